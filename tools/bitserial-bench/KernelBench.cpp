//===- KernelBench.cpp - Micro-kernels alone ------------------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelBench.h"
#include "bitserial/InitAll.h"
#include "bitserial/Synthesis/CostModel.h"
#include "bitserial/Synthesis/KernelLibrary.h"
#include "bitserial/Synthesis/KernelTiming.h"
#include "mlir/IR/MLIRContext.h"
#include "llvm/Support/FormatVariadic.h"

using namespace llvm;

namespace mlir::bitserial::bench {

std::string referenceName(const FormatPair &formats) {
  return formats.name + " reference";
}

static Expected<Candidate> makeCandidate(const TimedKernel &timed,
                                         const Target &target, StringRef isa,
                                         StringRef name, StringRef details) {
  Expected<std::unique_ptr<LoadedKernel>> loaded =
      LoadedKernel::load(timed, target);
  if (!loaded)
    return loaded.takeError();
  std::shared_ptr<LoadedKernel> kernel = std::move(*loaded);
  std::string text = formatv("{0}; {1}x{2} vectors", details, timed.tile.rows,
                             timed.tile.vectors);
  return Candidate{isa.str(), name.str(), text,
                   kernel->getWork() * target.vectorBits(),
                   [kernel] { kernel->run(); }};
}

Expected<std::vector<Candidate>>
makeKernelCandidates(const FormatPair &formats, const InstructionSet &isa) {
  Expected<Target> target = Target::get(isa.cpu, isa.features);
  if (!target)
    return target.takeError();
  DialectRegistry registry;
  registerAllDialects(registry);
  CostModel::registerDialects(registry);
  KernelLibrary::registerDialects(registry);
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  KernelSpec spec =
      KernelSpec::get(formats.activations, formats.weights,
                      target->preferredWordBits(), /*lanesAreReduction=*/false)
          .first;

  std::vector<Candidate> candidates;
  KernelLibraryOptions sources;
  sources.search = true;
  KernelAnswer answer = KernelLibrary(sources).lookup(&context, spec, *target);
  if (answer.kernel) {
    const Kernel &kernel = *answer.kernel;
    Expected<Candidate> ours =
        makeCandidate({kernel, {kernel.tileRows, kernel.tileVectors}}, *target,
                      isa.name, formats.name, kernel.sketch);
    if (!ours)
      return ours.takeError();
    candidates.push_back(std::move(*ours));
  } else {
    errs() << formatv(
        "bitserial-bench: warning: no kernel for {0} on {1}: {2}\n",
        spec.name(), target->cpu(), answer.reason);
  }

  OwningOpRef<ModuleOp> module = Kernel::makeReference(&context, spec, *target);
  FailureOr<Kernel> reference = Kernel::get(*module);
  if (failed(reference))
    return createStringError("the reference kernel is malformed");
  Expected<Candidate> theirs =
      makeCandidate({*reference, getDefaultMicroTile(*target)}, *target,
                    isa.name, referenceName(formats), "reference lowering");
  if (!theirs)
    return theirs.takeError();
  candidates.push_back(std::move(*theirs));
  return candidates;
}

} // namespace mlir::bitserial::bench
