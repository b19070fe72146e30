//===- Prove.cpp - Proving kernels again ----------------------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Prove.h"

#include "bitserial/Synthesis/InstructionSet.h"
#include "bitserial/Synthesis/KernelLibrary.h"
#include "bitserial/Synthesis/Prover.h"

#include "mlir/IR/MLIRContext.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"

using namespace mlir;
using namespace mlir::bitserial;
using llvm::formatv;

static LogicalResult fail(const Twine &message) {
  llvm::errs() << "error: " << message << '\n';
  return failure();
}

/// Proves a kernel and writes what there is to write.
static FailureOr<ProofResult> run(const Kernel &kernel, const Target &target,
                                  StringRef directory) {
  const InstructionSet *set =
      InstructionSet::get(kernel.module->getContext(), target);
  if (!set)
    return failure();
  std::unique_ptr<Solver> solver = Solver::create();
  if (!solver)
    return fail("built without a solver: nothing can be proved again");
  ProverOptions options;
  options.checkCapacity = true;
  ProofResult result = prove(kernel, *set, solver.get(), options);
  if (!directory.empty() && result.isProved()) {
    SmallString<128> folder(directory);
    llvm::sys::path::append(folder, kernel.cpu);
    if (llvm::Error error =
            writeProof(folder, kernel.spec.name(), kernel, *set, result))
      return fail(llvm::toString(std::move(error)));
  }
  return result;
}

static std::string summarise(const ProofResult &result) {
  return formatv("{0}, {1} obligations, {2} wrap checks, {3:f3} s linear, "
                 "{4:f2} s {5}",
                 stringifyVerdict(result.verdict), result.obligations.size(),
                 result.wrapChecks, result.linearSeconds, result.solverSeconds,
                 result.solver);
}

LogicalResult synth::prove(const Kernel &kernel, const Target &target,
                           StringRef directory) {
  FailureOr<ProofResult> result = run(kernel, target, directory);
  if (failed(result))
    return failure();
  llvm::raw_ostream &os = llvm::outs();
  os << kernel.spec.name() << " for " << kernel.cpu << ": "
     << summarise(*result) << '\n';
  for (const Obligation &obligation : result->obligations) {
    os << formatv("  {0,-8} {1} ({2} uses)",
                  stringifyVerdict(obligation.verdict), obligation.name,
                  obligation.uses);
    if (!obligation.reason.empty())
      os << ": " << obligation.reason;
    os << '\n';
  }
  for (auto [number, pass] : llvm::enumerate(result->passes)) {
    os << formatv("  pass {0} contributes {1}", number,
                  pass.contribution.str());
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
  return success();
}

LogicalResult synth::proveLibrary(const DialectRegistry &registry,
                                  StringRef directory) {
  unsigned counts[3] = {};
  unsigned broken = 0;
  for (const LibraryFile &file : getLibraryFiles()) {
    MLIRContext context(registry, MLIRContext::Threading::DISABLED);
    auto entry = parseKernelEntry(file.text);
    if (!entry) {
      ++broken;
      (void)fail("'" + file.name + "': " + llvm::toString(entry.takeError()));
      continue;
    }
    OwningOpRef<ModuleOp> owner;
    FailureOr<Kernel> kernel =
        Kernel::parse(&context, entry->second, file.name, owner);
    if (failed(kernel)) {
      ++broken;
      continue;
    }
    const LibraryTarget *home =
        llvm::find_if(getLibraryTargets(), [&](const LibraryTarget &entry) {
          return entry.cpu == kernel->cpu;
        });
    if (home == getLibraryTargets().end()) {
      ++broken;
      (void)fail("'" + file.name + "' is for the CPU '" + kernel->cpu +
                 "', which the library does not have");
      continue;
    }
    Target target = llvm::cantFail(Target::get(home->cpu, home->features));
    FailureOr<ProofResult> result = run(*kernel, target, directory);
    if (failed(result))
      return failure();
    ++counts[unsigned(result->verdict)];
    llvm::outs() << formatv("{0,-32} {1}\n", file.name, summarise(*result));
    if (!result->isProved())
      (void)fail("'" + file.name + "': " + result->reason);
    llvm::outs().flush();
  }
  llvm::outs() << formatv(
      "{0} proved, {1} refuted, {2} unknown, {3} not read\n",
      counts[unsigned(Verdict::Proved)], counts[unsigned(Verdict::Refuted)],
      counts[unsigned(Verdict::Unknown)], broken);
  return success(broken + counts[unsigned(Verdict::Refuted)] +
                     counts[unsigned(Verdict::Unknown)] ==
                 0);
}
