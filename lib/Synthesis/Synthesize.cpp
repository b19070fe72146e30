//===- Synthesize.cpp - Micro-tiles to kernels ----------------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Synthesis/Synthesize.h"

#include "bitserial/Synthesis/LibraryTargets.h"
#include "bitserial/Synthesis/Passes.h"
#include "bitserial/Transforms/KernelCost.h"
#include "bitserial/Transforms/KernelEmission.h"
#include "bitserial/Transforms/MicroTile.h"
#include "bitserial/Transforms/Passes.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/Remarks.h"

#include "llvm/Support/FormatVariadic.h"

namespace mlir::bitserial {
#define GEN_PASS_DEF_SYNTHESIZE
#define GEN_PASS_DEF_USEKERNELS
#include "bitserial/Synthesis/Passes.h.inc"
} // namespace mlir::bitserial

using namespace mlir;
using namespace mlir::bitserial;
using llvm::formatv;

/// "kernel a2w1-o64 from the library (haswell/a2w1-o64.mlir): 1.63 cycles ...".
static std::string describe(const KernelSpec &spec,
                            const KernelAnswer &answer) {
  const Kernel &kernel = *answer.kernel;
  std::string text;
  llvm::raw_string_ostream os(text);
  os << "kernel " << spec.name() << " " << answer.describeOrigin();
  os << formatv(": {0:f2} cycles per vector by the model of {1}", kernel.cycles,
                kernel.cpu);
  if (!kernel.sketch.empty())
    os << "; " << kernel.sketch;
  return text;
}

/// The folder of the proof of a kernel that is made for an op: kernels of one
/// spec differ in lanes, limits and passes.
static std::string getReferenceName(const Kernel &kernel) {
  std::string name = formatv("{0}-reference-x{1}", kernel.spec.name(),
                             kernel.wordType().getNumElements());
  if (kernel.maxPositions)
    name += formatv("-n{0}", *kernel.maxPositions).str();
  if (kernel.passes.size() == 1)
    name += "-p1";
  return name;
}

/// Writes the proof of the kernel that the reference lowering uses; an error is
/// emitted if that fails.
static LogicalResult proveReference(ReduceOp op, const LaneMapping &lanes,
                                    const Target &target, StringRef directory) {
  std::optional<ReferenceLowering> reference =
      makeReferenceLowering(op, lanes, target);
  if (!reference)
    return success();
  const Kernel &kernel = reference->kernel;
  if (llvm::Error error =
          proveAndWrite(kernel, target, directory, getReferenceName(kernel)))
    return op.emitError() << llvm::toString(std::move(error));
  return success();
}

SynthesisResult bitserial::synthesizeReduce(IRRewriter &rewriter, ReduceOp op,
                                            const Target &target,
                                            const KernelLibrary &library,
                                            int64_t maxAccumulators,
                                            StringRef proofsDirectory) {
  Location loc = op.getLoc();
  LaneMapping lanes = getLaneMapping(op, target);
  std::optional<int64_t> accumulators = getNumAccumulators(op, lanes);
  if (!accumulators) {
    op.emitOpError("has dynamic sizes; peel partial tiles so that every "
                   "micro-tile is static");
    return {SynthesisResult::Invalid, ""};
  }
  if (*accumulators > maxAccumulators) {
    op.emitOpError() << "has " << *accumulators
                     << " accumulator vectors, more than " << maxAccumulators
                     << "; tile it, by --bitserial-tile for example";
    return {SynthesisResult::Invalid, ""};
  }

  auto leaveSilently = [&](const Twine &reason) -> SynthesisResult {
    if (!proofsDirectory.empty() &&
        failed(proveReference(op, lanes, target, proofsDirectory)))
      return {SynthesisResult::Invalid, ""};
    return {SynthesisResult::Left, reason.str()};
  };
  auto leave = [&](const Twine &reason) {
    remark::missed(loc,
                   remark::RemarkOpts::name("kernel").category("bitserial"))
        << ("no kernel, but the reference lowering: " + reason).str();
    return leaveSilently(reason);
  };
  // There is one way to multiply numbers, and it is made where it is needed.
  if (op.getNumbersAttr())
    return leaveSilently("its words hold whole numbers");
  auto spec = KernelSpec::get(op, target);
  if (failed(spec))
    return leave("the region is no polynomial that a kernel can be made for");
  KernelAnswer answer =
      library.lookup(rewriter.getContext(), spec->first, target);
  if (!answer.kernel)
    return leave(answer.reason +
                 (isReferenceFastest(target) ? "; none measured faster there"
                  : library.getOptions().search
                      ? ""
                      : "; 'bitserial-synth search' looks for one"));
  const Kernel &kernel = *answer.kernel;
  if (!canEmitKernel(op, lanes, kernel)) {
    std::string name = spec->first.name();
    if (int64_t count = kernel.wordType().getNumElements();
        count != lanes.numLanes)
      return leave(
          formatv("{0} works on {1} lanes at once, this micro-tile has "
                  "{2}",
                  name, count, lanes.numLanes)
              .str());
    int64_t positions = getNumPositions(op, lanes);
    if (kernel.maxPositions && positions > *kernel.maxPositions)
      return leave(
          formatv("{0} is right for sums over {1} words at most, these "
                  "are over {2}",
                  name, *kernel.maxPositions, positions)
              .str());
    return leave(name + " is for lanes that share the words of all inputs but "
                        "the last, and here they do not");
  }
  if (uint64_t positions = countPositions(op, lanes);
      !paysOff(kernel, positions, target))
    return leave(formatv("sums over {0} words are too short for {1} to pay off",
                         positions, spec->first.name())
                     .str());
  std::string description = describe(spec->first, answer);
  if (!proofsDirectory.empty())
    if (llvm::Error error = proveAndWrite(kernel, target, proofsDirectory,
                                          spec->first.name())) {
      op.emitError() << llvm::toString(std::move(error));
      return {SynthesisResult::Invalid, ""};
    }
  emitKernel(rewriter, op, lanes, &kernel, spec->second);
  remark::passed(loc, remark::RemarkOpts::name("kernel").category("bitserial"))
      << description;
  return {SynthesisResult::Replaced, ""};
}

namespace {
struct SynthesizePass : bitserial::impl::SynthesizeBase<SynthesizePass> {
  using SynthesizeBase::SynthesizeBase;

  LogicalResult initialize(MLIRContext *context) override {
    if (maxAccumulators < 1)
      return emitError(
          UnknownLoc::get(context),
          "bitserial-synthesize: max-accumulators must be positive");
    KernelLibraryOptions options;
    options.useCache = useCache;
    options.useLibrary = useLibrary;
    options.search = search;
    options.measure = measure;
    if (measure && !search)
      return emitError(UnknownLoc::get(context),
                       "bitserial-synthesize: what is measured has to be "
                       "searched for; measure excludes search=false");
    if (!cacheDirectory.empty())
      options.cacheDirectory = cacheDirectory;
    library = std::make_shared<KernelLibrary>(std::move(options));
    KernelLibrary::activate(context, library);
    return success();
  }

  void getDependentDialects(DialectRegistry &registry) const override {
    SynthesizeBase::getDependentDialects(registry);
    KernelLibrary::registerDialects(registry);
  }

  void runOnOperation() override {
    FailureOr<Target> target = getTarget(getOperation());
    if (failed(target))
      return signalPassFailure();
    SmallVector<ReduceOp> reduces;
    getOperation().walk([&](ReduceOp op) { reduces.push_back(op); });
    IRRewriter rewriter(&getContext());
    for (ReduceOp op : reduces)
      switch (synthesizeReduce(rewriter, op, *target, *library, maxAccumulators,
                               proofs)
                  .kind) {
      case SynthesisResult::Replaced:
        ++numReplaced;
        break;
      case SynthesisResult::Left:
        ++numLeft;
        break;
      case SynthesisResult::Invalid:
        return signalPassFailure();
      }
    // Values were packed before.
    if (!proofs.empty())
      if (llvm::Error error = proveUsedPacks(&getContext(), proofs)) {
        getOperation().emitError() << llvm::toString(std::move(error));
        return signalPassFailure();
      }
  }

  std::shared_ptr<const KernelLibrary> library;
};

struct UseKernelsPass : bitserial::impl::UseKernelsBase<UseKernelsPass> {
  using UseKernelsBase::UseKernelsBase;

  LogicalResult initialize(MLIRContext *context) override {
    KernelLibraryOptions options;
    options.useCache = useCache;
    options.useLibrary = useLibrary;
    options.search = search;
    if (!cacheDirectory.empty())
      options.cacheDirectory = cacheDirectory;
    KernelLibrary::activate(
        context, std::make_shared<KernelLibrary>(std::move(options)));
    return success();
  }

  void getDependentDialects(DialectRegistry &registry) const override {
    UseKernelsBase::getDependentDialects(registry);
    KernelLibrary::registerDialects(registry);
  }

  void runOnOperation() override {}
};
} // namespace
