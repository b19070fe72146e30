//===- ProofFiles.cpp - Proofs as files -----------------------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ProofFiles.h"

#include "bitserial/Transforms/PlaneNames.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/SHA256.h"
#include "llvm/Support/raw_ostream.h"

#include <set>

using namespace mlir;
using namespace mlir::bitserial;
using llvm::Twine;

std::string bitserial::hashProofText(StringRef text) {
  llvm::SHA256 hash;
  hash.update(text);
  return llvm::toHex(hash.final(), /*LowerCase=*/true);
}

static std::string print(ModuleOp module) {
  std::string text;
  llvm::raw_string_ostream os(text);
  module.print(os);
  os << '\n';
  return text;
}

static llvm::Error writeFile(const Twine &path, StringRef text) {
  std::string name = path.str();
  return llvm::writeToOutput(name, [&](llvm::raw_ostream &os) {
    os << text;
    return llvm::Error::success();
  });
}

/// The files of semantics that say what a kernel's intrinsics are.
static std::vector<InstructionSet::File>
findSemantics(ModuleOp module, const InstructionSet &set) {
  std::set<std::string> modules;
  module.walk([&](Operation *op) {
    if (const Instruction *instruction = set.match(op))
      modules.insert(instruction->getName().split('.').first.str());
  });
  std::vector<InstructionSet::File> files;
  for (const InstructionSet::File &file : InstructionSet::builtinFiles())
    if (llvm::any_of(modules, [&](const std::string &name) {
          return file.text.contains("\nmodule @" + name + " ");
        }))
      files.push_back(file);
  return files;
}

/// What the manifest of a kernel says besides what all have.
static llvm::json::Object makeManifest(const Kernel &kernel,
                                       const ProofResult &result) {
  llvm::json::Array passes, outputs;
  for (auto [pass, proof] : llvm::zip_equal(kernel.passes, result.passes)) {
    llvm::json::Array planes, steps;
    for (unsigned plane : pass.planes)
      planes.push_back(getPlaneName(plane, kernel.spec.numPlanes));
    for (const KernelStep &step : pass.steps)
      steps.push_back(
          llvm::json::Object{{"words", step.words}, {"cost", step.cost}});
    llvm::json::Object made{
        {"planes", std::move(planes)},
        {"capacity", pass.capacity},
        {"steps", std::move(steps)},
        {"contribution",
         describePolynomial(proof.contribution, kernel.spec.numPlanes)}};
    if (proof.capacityIsMaximal)
      made["capacityIsMaximal"] = *proof.capacityIsMaximal;
    passes.push_back(std::move(made));
  }

  // Which lanes of the words each output sums.
  int64_t lanes = kernel.wordType().getNumElements();
  bool isReduction = kernel.spec.lanesAreReduction;
  for (int64_t output = 0; output < (isReduction ? kernel.group : lanes);
       ++output) {
    llvm::json::Array from;
    for (int64_t lane = 0; lane < lanes; ++lane)
      if (isReduction || lane == output)
        from.push_back(lane);
    outputs.push_back(
        llvm::json::Object{{"output", output},
                           {"accumulator", isReduction ? output : 0},
                           {"lanes", std::move(from)}});
  }

  return llvm::json::Object{{"verdict", stringifyVerdict(result.verdict)},
                            {"specification", kernel.spec.str()},
                            {"cpu", kernel.cpu},
                            {"needsSharedWords", result.needsSharedWords},
                            {"passes", std::move(passes)},
                            {"laneMap", std::move(outputs)},
                            {"solver", result.solver},
                            {"resources", result.resources}};
}

llvm::Error mlir::bitserial::writeProof(StringRef folder, StringRef name,
                                        const Kernel &kernel,
                                        const InstructionSet &set,
                                        const ProofResult &result) {
  if (!result.isProved() || result.obligations.empty())
    return llvm::createStringError(
        "there is no proof by obligations to be written");
  return writeProofFolder(folder, name, kernel.module, set, result.obligations,
                          makeManifest(kernel, result));
}

llvm::Error mlir::bitserial::writeProofFolder(StringRef folder, StringRef name,
                                              ModuleOp module,
                                              const InstructionSet &set,
                                              ArrayRef<Obligation> obligations,
                                              llvm::json::Object manifest) {
  SmallString<128> path(folder);
  llvm::sys::path::append(path, name);
  if (std::error_code error = llvm::sys::fs::create_directories(path))
    return llvm::createStringError(error, "cannot make the folder " + path +
                                              ": " + error.message());

  std::error_code error;
  for (llvm::sys::fs::directory_iterator it(path, error), end;
       it != end && !error; it.increment(error))
    if (StringRef(it->path()).ends_with(".smt2"))
      llvm::sys::fs::remove(it->path());
  if (error)
    return llvm::createStringError(error, "cannot read the folder " + path +
                                              ": " + error.message());

  std::string text = print(module);
  if (llvm::Error failure = writeFile(path + "/kernel.mlir", text))
    return failure;
  for (const Obligation &obligation : obligations)
    if (llvm::Error failure =
            writeFile(path + "/" + obligation.name + ".smt2", obligation.text))
      return failure;

  llvm::json::Array semantics, listed;
  for (const InstructionSet::File &file : findSemantics(module, set))
    semantics.push_back(llvm::json::Object{
        {"file", file.name}, {"sha256", hashProofText(file.text)}});
  for (const Obligation &obligation : obligations) {
    llvm::json::Object made{{"file", obligation.name + ".smt2"},
                            {"kind", stringifyObligationKind(obligation.kind)},
                            {"claim", obligation.claim},
                            {"sha256", hashProofText(obligation.text)},
                            {"uses", obligation.uses},
                            {"verdict", stringifyVerdict(obligation.verdict)},
                            {"resources", obligation.resources}};
    listed.push_back(std::move(made));
  }
  manifest["version"] = 1;
  manifest["specificationSha256"] =
      hashProofText(*manifest.getString("specification"));
  manifest["kernel"] = "kernel.mlir";
  manifest["kernelSha256"] = hashProofText(text);
  manifest["semantics"] = std::move(semantics);
  manifest["obligations"] = std::move(listed);
  std::string manifestText;
  llvm::raw_string_ostream os(manifestText);
  os << llvm::formatv("{0:2}", llvm::json::Value(std::move(manifest))) << '\n';
  return writeFile(path + "/manifest.json", manifestText);
}
