//===- LowerReduce.cpp - The reference lowering of micro-tiles -----------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/IR/Bitserial.h"
#include "bitserial/Target/Target.h"
#include "bitserial/Transforms/Kernel.h"
#include "bitserial/Transforms/KernelEmission.h"
#include "bitserial/Transforms/MicroTile.h"
#include "bitserial/Transforms/Packing.h"
#include "bitserial/Transforms/Passes.h"
#include "bitserial/Transforms/VectorEvaluator.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/Remarks.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MemoryBuffer.h"

#include <deque>
#include <memory>

namespace mlir::bitserial {
#define GEN_PASS_DEF_LOWERREDUCE
#include "bitserial/Transforms/Passes.h.inc"
} // namespace mlir::bitserial

using namespace mlir;
using namespace mlir::bitserial;

namespace {
/// Kernels that were read from files.
struct KernelFiles {
  std::deque<OwningOpRef<ModuleOp>> modules;
  std::vector<Kernel> kernels;
};

struct LowerReducePass : bitserial::impl::LowerReduceBase<LowerReducePass> {
  using LowerReduceBase::LowerReduceBase;

  LogicalResult initialize(MLIRContext *context) override {
    auto read = std::make_shared<KernelFiles>();
    for (const std::string &path : kernels) {
      auto text = llvm::MemoryBuffer::getFile(path, /*IsText=*/true);
      if (!text)
        return emitError(UnknownLoc::get(context))
               << "bitserial-lower-reduce: cannot read the kernel " << path
               << ": " << text.getError().message();
      FailureOr<Kernel> kernel = Kernel::parse(
          context, (*text)->getBuffer(), path, read->modules.emplace_back());
      if (failed(kernel))
        return failure();
      read->kernels.push_back(*kernel);
    }
    files = std::move(read);
    return success();
  }

  /// Lowers by the first of the given kernels that fits.
  bool lowerByFile(ReduceOp op, const LaneMapping &lanes,
                   const Target &target) {
    if (files->kernels.empty())
      return false;
    auto spec = KernelSpec::get(op, target);
    if (failed(spec))
      return false;
    for (const Kernel &kernel : files->kernels)
      if (kernel.spec == spec->first && kernel.isSupportedBy(target) &&
          canEmitKernel(op, lanes, kernel)) {
        remark::passed(op.getLoc(),
                       remark::RemarkOpts::name("kernel").category("bitserial"))
            << llvm::formatv("kernel {0}: {1}",
                             ModuleOp(kernel.module).getName().value_or(""),
                             kernel.sketch)
                   .str();
        IRRewriter b(&getContext());
        emitKernel(b, op, lanes, &kernel, spec->second);
        return true;
      }
    return false;
  }

  /// Lowers by the kernel that is right on every target; by none if there is
  /// nothing to count.
  void lowerByReference(ReduceOp op, const LaneMapping &lanes,
                        const Target &target) {
    IRRewriter b(&getContext());
    std::optional<ReferenceLowering> reference =
        makeReferenceLowering(op, lanes, target);
    if (!reference)
      return emitKernel(b, op, lanes, nullptr, 1);
    if (op.getNumbersAttr())
      remark::passed(op.getLoc(),
                     remark::RemarkOpts::name("kernel").category("bitserial"))
          << reference->kernel.sketch;
    emitKernel(b, op, lanes, &reference->kernel, reference->factor);
  }

  LogicalResult lowerReduce(ReduceOp op, const Target &target) {
    LaneMapping lanes = getLaneMapping(op, target);
    std::optional<int64_t> accumulators = getNumAccumulators(op, lanes);
    if (!accumulators)
      return op.emitOpError("has dynamic sizes; peel partial tiles so that "
                            "every micro-tile is static");
    if (*accumulators > maxAccumulators)
      return op.emitOpError()
             << "has " << *accumulators << " accumulator vectors, more than "
             << maxAccumulators.getValue()
             << "; tile it, by --bitserial-tile for example";
    if (!lowerByFile(op, lanes, target))
      lowerByReference(op, lanes, target);
    return success();
  }

  void runOnOperation() override {
    func::FuncOp func = getOperation();
    FailureOr<Target> target = getTarget(func);
    if (failed(target))
      return signalPassFailure();
    SmallVector<ReduceOp> reduces;
    func.walk([&](ReduceOp op) { reduces.push_back(op); });
    for (ReduceOp op : reduces)
      if (failed(lowerReduce(op, *target)))
        return signalPassFailure();
    // What the micro-tiles have computed in place is dead now.
    IRRewriter b(&getContext());
    SmallVector<linalg::GenericOp> generics;
    func.walk([&](linalg::GenericOp op) { generics.push_back(op); });
    for (linalg::GenericOp op : llvm::reverse(generics)) {
      if (op->use_empty())
        b.eraseOp(op);
      else if (isElementwise(op) && !op.hasDynamicShape())
        lowerElementwise(b, op, *target);
    }
    // What was not packed in registers.
    SmallVector<PackWordsOp> packs;
    func.walk([&](PackWordsOp op) { packs.push_back(op); });
    for (PackWordsOp op : packs) {
      if (!op.getPackedType().hasStaticShape()) {
        op.emitOpError("has dynamic sizes; peel partial tiles so that every "
                       "tile is static");
        return signalPassFailure();
      }
      b.setInsertionPoint(op);
      b.replaceOp(op, emitPack(b, op.getLoc(), op.getValues(),
                               op.getPackedType(), op.getInit(), *target));
    }
  }

  /// The given kernels; shared by the copies of the pass that threads work
  /// with.
  std::shared_ptr<const KernelFiles> files;
};
} // namespace
