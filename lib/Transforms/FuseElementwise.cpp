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
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace mlir::bitserial {
#define GEN_PASS_DEF_FUSEELEMENTWISE
#include "bitserial/Transforms/Passes.h.inc"
} // namespace mlir::bitserial

using namespace mlir;
using namespace mlir::bitserial;

namespace {
struct FuseElementwisePass
    : bitserial::impl::FuseElementwiseBase<FuseElementwisePass> {
  void runOnOperation() override {
    // Broadcasts, transposes and named elementwise ops are elementwise as well.
    SmallVector<linalg::LinalgOp> named;
    getOperation().walk([&](linalg::LinalgOp op) {
      if (!isa<linalg::GenericOp, linalg::FillOp>(op.getOperation()) &&
          op.getNumLoops() == op.getNumParallelLoops() &&
          op.hasPureTensorSemantics())
        named.push_back(op);
    });
    IRRewriter rewriter(&getContext());
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
          return producer && consumer && producer->hasOneUse() &&
                 isElementwise(producer) && isElementwise(consumer) &&
                 consumer.getMatchingIndexingMap(operand).isIdentity();
        });
    if (failed(applyPatternsGreedily(getOperation(), std::move(toLinalg))) ||
        failed(applyPatternsGreedily(getOperation(), std::move(fusion))))
      signalPassFailure();
  }
};
} // namespace
