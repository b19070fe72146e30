//===- MergeReductions.cpp - Fewer, longer reduction loops ------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/IR/Bitserial.h"
#include "bitserial/Target/Target.h"
#include "bitserial/Transforms/Passes.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace mlir::bitserial {
#define GEN_PASS_DEF_MERGEREDUCTIONS
#include "bitserial/Transforms/Passes.h.inc"
} // namespace mlir::bitserial

using namespace mlir;
using namespace mlir::bitserial;

namespace {
/// Merges reductions r1 and r2 where every input reads them as
/// [..., e + r1, r2, ...], adjacent in memory: that is [..., (e + r1) * |r2| +
/// r2] of the input with the two dimensions collapsed.
struct MergeReductionPair : OpRewritePattern<ReduceOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ReduceOp op,
                                PatternRewriter &b) const override {
    SmallVector<int64_t> ranges = op.getLoopRanges();
    SmallVector<utils::IteratorType> iterators = op.getLoopIteratorTypes();
    auto isReduction = [&](unsigned dim) {
      return iterators[dim] == utils::IteratorType::reduction &&
             !ShapedType::isDynamic(ranges[dim]);
    };
    for (unsigned first = 0; first < ranges.size(); ++first)
      for (unsigned second = 0; second < ranges.size(); ++second)
        if (first != second && isReduction(first) && isReduction(second)) {
          std::optional<SmallVector<int64_t>> positions =
              findPair(op, first, second, ranges[second]);
          if (positions) {
            merge(op, first, second, *positions, ranges, b);
            return success();
          }
        }
    return failure();
  }

private:
  /// For each input the map result that reads `first`, -1 if none does.
  static std::optional<SmallVector<int64_t>>
  findPair(ReduceOp op, unsigned first, unsigned second, int64_t secondRange) {
    SmallVector<int64_t> positions;
    AffineExpr secondExpr = getAffineDimExpr(second, op.getContext());
    for (unsigned input = 0; input < op.getInputs().size(); ++input) {
      AffineMap map = op.getInputMap(input);
      bool usesFirst = map.isFunctionOfDim(first);
      bool usesSecond = map.isFunctionOfDim(second);
      if (!usesFirst && !usesSecond) {
        positions.push_back(-1);
        continue;
      }
      std::optional<unsigned> pos = map.getResultPosition(secondExpr);
      if (!usesFirst || !pos || *pos == 0)
        return std::nullopt;
      auto type = cast<RankedTensorType>(op.getInputs()[input].getType());
      int64_t plane = op.getPlaneDims()[input];
      bool planeBetween = plane == int64_t(*pos);
      AffineExpr firstExpr = map.getResult(*pos - 1);
      // A tiled dimension (floordiv, mod) has no coefficient.
      if (planeBetween || getCoefficient(firstExpr, first) != 1 ||
          type.getDimSize(*pos + (plane <= int64_t(*pos))) != secondRange ||
          !type.hasStaticShape())
        return std::nullopt;
      positions.push_back(*pos - 1);
    }
    return positions;
  }

  static void merge(ReduceOp op, unsigned first, unsigned second,
                    ArrayRef<int64_t> positions, ArrayRef<int64_t> ranges,
                    PatternRewriter &b) {
    // The merged loop takes the place of `first`; `second` disappears.
    unsigned numLoops = ranges.size();
    SmallVector<AffineExpr> renumber;
    for (unsigned dim = 0; dim < numLoops; ++dim)
      renumber.push_back(dim == second
                             ? b.getAffineConstantExpr(0)
                             : b.getAffineDimExpr(dim - (dim > second)));

    SmallVector<Value> inputs;
    SmallVector<AffineMap> maps;
    SmallVector<int64_t> planeDims(op.getPlaneDims());
    for (unsigned i = 0; i < op.getInputs().size(); ++i) {
      Value input = op.getInputs()[i];
      SmallVector<AffineExpr> exprs(op.getInputMap(i).getResults());
      int64_t pos = positions[i];
      if (pos >= 0) {
        int64_t plane = planeDims[i];
        int64_t dim = pos + (plane <= pos);
        auto type = cast<RankedTensorType>(input.getType());
        SmallVector<ReassociationIndices> groups;
        for (int64_t d = 0; d < type.getRank(); ++d)
          if (d == dim + 1)
            groups.back().push_back(d);
          else
            groups.push_back({d});
        input = tensor::CollapseShapeOp::create(b, op.getLoc(), input, groups);
        if (plane > dim)
          --planeDims[i];
        // (e + first) * size + second = e * size + merged
        SmallVector<AffineExpr> withoutFirst;
        for (unsigned d = 0; d < numLoops; ++d)
          withoutFirst.push_back(d == first ? b.getAffineConstantExpr(0)
                                            : b.getAffineDimExpr(d));
        exprs[pos] = exprs[pos].replaceDims(withoutFirst) * ranges[second] +
                     b.getAffineDimExpr(first);
        exprs.erase(exprs.begin() + pos + 1);
      }
      inputs.push_back(input);
      for (AffineExpr &expr : exprs)
        expr = simplifyAffineExpr(expr.replaceDims(renumber), numLoops - 1, 0);
      maps.push_back(AffineMap::get(numLoops - 1, 0, exprs, b.getContext()));
    }
    maps.push_back(
        op.getInitMap().replaceDimsAndSymbols(renumber, {}, numLoops - 1, 0));
    auto result = ReduceOp::create(b, op.getLoc(), op.getType(), inputs,
                                   op.getInit(), b.getAffineMapArrayAttr(maps),
                                   b.getDenseI64ArrayAttr(planeDims),
                                   op.getNumbersAttr());
    result->setDiscardableAttrs(op->getDiscardableAttrDictionary());
    b.inlineRegionBefore(op.getRegion(), result.getRegion(),
                         result.getRegion().begin());
    b.replaceOp(op, result);
  }
};

struct MergeReductionsPass
    : bitserial::impl::MergeReductionsBase<MergeReductionsPass> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    populateMergeReductionsPatterns(patterns);
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};
} // namespace

void bitserial::populateMergeReductionsPatterns(RewritePatternSet &patterns) {
  patterns.add<MergeReductionPair>(patterns.getContext());
}
