//===- Prove.cpp - Proving kernels again ----------------------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Prove.h"

#include "Report.h"

#include "bitserial/Synthesis/InstructionSet.h"
#include "bitserial/Synthesis/KernelLibrary.h"
#include "bitserial/Synthesis/Prover.h"
#include "bitserial/Target/Codegen.h"
#include "bitserial/Transforms/PlaneNames.h"

#include "mlir/IR/MLIRContext.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"

#include <map>

using namespace mlir;
using namespace mlir::bitserial;
using llvm::formatv;
using synth::fail;

/// Proves a kernel and writes what there is to write.
static FailureOr<ProofResult> run(const Kernel &kernel, const Target &target,
                                  StringRef directory) {
  auto proveKernel = [](const Kernel &kernel, const InstructionSet &set,
                        Solver *solver) {
    ProverOptions options;
    options.checkCapacity = true;
    return prove(kernel, set, solver, options);
  };
  return synth::proveAndWrite(kernel, target, directory, proveKernel,
                              writeProof);
}

static std::string summarise(const ProofResult &result) {
  return formatv("{0}, {1} obligations, {2} wrap checks, {3:f3} s linear, "
                 "{4:f2} s {5}",
                 stringifyVerdict(result.verdict), result.obligations.size(),
                 result.wrapChecks, result.linearSeconds, result.solverSeconds,
                 result.solver);
}

/// What obligations of a kind claim, of many.
static StringRef describeKind(Obligation::Kind kind) {
  switch (kind) {
  case Obligation::Kind::Number:
    return "lanes are linear expressions of lanes before them";
  case Obligation::Kind::Product:
    return "lanes grow by products of numbers";
  case Obligation::Kind::Bits:
    return "bits of lanes are sums of products of bits";
  case Obligation::Kind::Adder:
    return "lanes are the sum and the carry of bits before them";
  case Obligation::Kind::Link:
    return "given these facts, results add up";
  case Obligation::Kind::Bound:
    return "counters grow by the cost of a step at most, products are bounded";
  }
  llvm_unreachable("unknown kind of obligation");
}

void synth::printObligations(ArrayRef<Obligation> obligations,
                             llvm::raw_ostream &os) {
  struct Count {
    unsigned obligations = 0, uses = 0;
  };
  std::map<Obligation::Kind, Count> proved;
  for (const Obligation &obligation : obligations) {
    if (obligation.verdict == Verdict::Proved) {
      ++proved[obligation.kind].obligations;
      proved[obligation.kind].uses += obligation.uses;
      continue;
    }
    os << formatv("  {0} {1} ({2} uses)", stringifyVerdict(obligation.verdict),
                  obligation.name, obligation.uses);
    if (!obligation.reason.empty())
      os << ": " << obligation.reason;
    os << '\n';
  }
  for (auto [kind, count] : proved)
    os << formatv("  proved {0,4} {1,-7} used {2,5} times: {3}\n",
                  count.obligations, stringifyObligationKind(kind), count.uses,
                  describeKind(kind));
}

void synth::printFolder(StringRef directory, StringRef cpu, StringRef name,
                        llvm::raw_ostream &os) {
  SmallString<128> folder(directory);
  llvm::sys::path::append(folder, cpu, name);
  os << "  written to '" << folder << "'; scripts/check-proofs.sh " << directory
     << " asks z3 and cvc5\n";
}

LogicalResult synth::prove(const Kernel &kernel, const Target &target,
                           StringRef directory) {
  FailureOr<ProofResult> result = run(kernel, target, directory);
  if (failed(result))
    return failure();
  llvm::raw_ostream &os = llvm::outs();
  os << kernel.spec.name() << " for " << kernel.cpu << ": "
     << summarise(*result) << '\n';
  printObligations(result->obligations, os);
  for (auto [number, pass] : llvm::enumerate(result->passes)) {
    os << formatv("  pass {0} contributes {1}", number,
                  describePolynomial(pass.contribution, kernel.spec.numPlanes));
    if (pass.capacityIsMaximal)
      os << formatv("; counters hold {0}{1}", pass.capacity,
                    *pass.capacityIsMaximal
                        ? ", one more is refuted"
                        : ", though more would be right as well");
    os << '\n';
  }
  if (result->counterexample)
    os << result->counterexample->str(kernel);
  if (!result->isProved())
    return fail(formatv("{0} is {1}: {2}", kernel.spec.name(),
                        stringifyVerdict(result->verdict), result->reason));
  if (!directory.empty())
    printFolder(directory, kernel.cpu, kernel.spec.name(), os);
  return success();
}

std::optional<Target> synth::findHome(StringRef cpu, StringRef fileName) {
  for (const LibraryTarget &home : getLibraryTargets())
    if (home.cpu == cpu)
      return llvm::cantFail(Target::get(home.cpu, home.features));
  (void)fail("'" + fileName + "' is for the CPU '" + cpu +
             "', which the library does not have");
  return std::nullopt;
}

/// Writes the entry of a kernel that was proved, with its key of today.
static LogicalResult renew(StringRef directory, const LibraryFile &file,
                           StringRef key, StringRef text) {
  std::optional<std::string> newKey = renewKernelKey(key);
  if (!newKey)
    return fail("'" + file.name + "' has no key of a kernel: " + key);
  SmallString<128> path(directory);
  llvm::sys::path::append(path, file.name);
  if (std::error_code error =
          llvm::sys::fs::create_directories(llvm::sys::path::parent_path(path)))
    return fail("cannot make the folder of '" + path + "': " + error.message());
  if (llvm::Error error = writeOutputFile(path, makeKernelEntry(*newKey, text)))
    return fail(llvm::toString(std::move(error)));
  return success();
}

LogicalResult synth::proveFiles(const DialectRegistry &registry,
                                ArrayRef<LibraryFile> files, StringRef title,
                                StringRef renewed, ProveFile prove) {
  unsigned counts[3] = {};
  unsigned broken = 0;
  for (const LibraryFile &file : files) {
    MLIRContext context(registry, MLIRContext::Threading::DISABLED);
    auto entry = parseKernelEntry(file.text);
    if (!entry) {
      ++broken;
      (void)fail("'" + file.name + "': " + llvm::toString(entry.takeError()));
      continue;
    }
    FailureOr<std::optional<FileProof>> proof =
        prove(context, entry->second, file.name);
    if (failed(proof))
      return failure();
    if (!*proof) {
      ++broken;
      continue;
    }
    ++counts[unsigned((*proof)->verdict)];
    llvm::outs() << formatv("{0,-32} {1}\n", file.name, (*proof)->summary);
    if ((*proof)->verdict != Verdict::Proved)
      (void)fail("'" + file.name + "': " + (*proof)->reason);
    else if (!renewed.empty() &&
             failed(renew(renewed, file, entry->first, entry->second)))
      return failure();
    llvm::outs().flush();
  }
  llvm::outs() << formatv(
      "{0}{1} proved, {2} refuted, {3} unknown, {4} not read\n", title,
      counts[unsigned(Verdict::Proved)], counts[unsigned(Verdict::Refuted)],
      counts[unsigned(Verdict::Unknown)], broken);
  return success(broken + counts[unsigned(Verdict::Refuted)] +
                     counts[unsigned(Verdict::Unknown)] ==
                 0);
}

LogicalResult synth::proveLibrary(const DialectRegistry &registry,
                                  StringRef directory, StringRef renewed) {
  auto prove = [&](MLIRContext &context, StringRef text,
                   StringRef name) -> FailureOr<std::optional<FileProof>> {
    OwningOpRef<ModuleOp> owner;
    FailureOr<Kernel> kernel = Kernel::parse(&context, text, name, owner);
    if (failed(kernel))
      return std::optional<FileProof>();
    std::optional<Target> home = findHome(kernel->cpu, name);
    if (!home)
      return std::optional<FileProof>();
    FailureOr<ProofResult> result = run(*kernel, *home, directory);
    if (failed(result))
      return failure();
    return std::optional(
        FileProof{result->verdict, summarise(*result), result->reason});
  };
  return proveFiles(registry, getLibraryFiles(), "", renewed, prove);
}
