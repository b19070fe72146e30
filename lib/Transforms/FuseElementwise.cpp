//===- FuseElementwise.cpp - Elementwise ops between contractions ---------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Target/Target.h"
#include "bitserial/Transforms/Passes.h"
#include "bitserial/Transforms/VectorEvaluator.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/IR/TypeUtilities.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace mlir::bitserial {
#define GEN_PASS_DEF_FUSEELEMENTWISE
#include "bitserial/Transforms/Passes.h.inc"
} // namespace mlir::bitserial

using namespace mlir;
using namespace mlir::bitserial;

/// Whether vector code can be made of `op` once the elementwise ops that
/// compute its booleans are fused with it: those are no elements of vectors in
/// memory.
static bool isFusable(linalg::GenericOp op) {
  auto isBoolean = [](Value value) {
    return getElementTypeOrSelf(value.getType()).isInteger(1);
  };
  if (!op.hasPureTensorSemantics() || op.hasDynamicShape() ||
      op->getNumResults() != 1 ||
      op.getNumParallelLoops() != op.getNumLoops() || op.getNumLoops() == 0 ||
      !op.getMatchingIndexingMap(op.getDpsInitOperand(0)).isIdentity() ||
      !op.getRegionOutputArgs().front().use_empty() || op.hasIndexSemantics())
    return false;
  bool hasBooleans = false;
  for (Value input : op.getDpsInputs()) {
    if (!isBoolean(input))
      continue;
    hasBooleans = true;
    if (!input.getDefiningOp<linalg::GenericOp>() || !input.hasOneUse())
      return false;
  }
  Value result = op->getResult(0);
  if (isBoolean(result)) {
    hasBooleans = true;
    if (!result.hasOneUse() ||
        !isa<linalg::GenericOp>(*result.getUsers().begin()))
      return false;
  }
  return hasBooleans;
}

namespace {
struct FuseElementwisePass
    : bitserial::impl::FuseElementwiseBase<FuseElementwisePass> {
  void runOnOperation() override {
    IRRewriter rewriter(&getContext());
    dropEmptyOps(rewriter);
    // Broadcasts, transposes and named elementwise ops are elementwise as well.
    SmallVector<linalg::LinalgOp> named;
    getOperation().walk([&](linalg::LinalgOp op) {
      if (!isa<linalg::GenericOp, linalg::FillOp>(op.getOperation()) &&
          op.getNumLoops() == op.getNumParallelLoops() &&
          op.hasPureTensorSemantics())
        named.push_back(op);
    });
    for (linalg::LinalgOp op : named) {
      rewriter.setInsertionPoint(op);
      (void)linalg::generalizeNamedOp(rewriter, op);
    }

    RewritePatternSet toLinalg(&getContext());
    linalg::populateElementwiseToLinalgConversionPatterns(toLinalg);
    RewritePatternSet fusion(&getContext());
    linalg::populateElementwiseOpsFusionPatterns(
        fusion, [](OpOperand *operand) {
          auto producer = operand->get().getDefiningOp<linalg::GenericOp>();
          auto consumer = dyn_cast<linalg::GenericOp>(operand->getOwner());
          // Position by position only: read in another order, what was
          // computed by vectors would be computed element by element.
          auto canFuse = [](linalg::GenericOp op) {
            return isElementwise(op) || isFusable(op);
          };
          return producer && consumer && producer->hasOneUse() &&
                 canFuse(producer) && canFuse(consumer) &&
                 consumer.getMatchingIndexingMap(operand).isIdentity();
        });
    if (failed(applyPatternsGreedily(getOperation(), std::move(toLinalg))) ||
        failed(applyPatternsGreedily(getOperation(), std::move(fusion))))
      signalPassFailure();
  }

  /// What has no iterations, a sum of no terms for one, leaves its destination
  /// as it was. Vector code cannot be made of it.
  void dropEmptyOps(IRRewriter &rewriter) {
    SmallVector<linalg::LinalgOp> empty;
    getOperation().walk([&](linalg::LinalgOp op) {
      if (op.hasPureTensorSemantics() &&
          llvm::is_contained(op.getStaticLoopRanges(), 0))
        empty.push_back(op);
    });
    for (linalg::LinalgOp op : empty)
      rewriter.replaceOp(op, op.getDpsInits());
  }
};
} // namespace
