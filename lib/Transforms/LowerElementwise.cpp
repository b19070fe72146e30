//===- LowerElementwise.cpp - Elementwise ops on their own ----------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Target/Target.h"
#include "bitserial/Transforms/VectorEvaluator.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/PatternMatch.h"

using namespace mlir;
using namespace mlir::bitserial;

/// Whether the elements of `value` follow each other in memory without gaps, as
/// far as the op that makes it tells.
static bool isContiguous(Value value) {
  auto slice = value.getDefiningOp<tensor::ExtractSliceOp>();
  if (!slice)
    return true;
  if (!slice.hasUnitStride())
    return false;
  // Whole dimensions inside, single elements of those outside of them.
  bool isWhole = true;
  for (auto [size, whole] : llvm::reverse(llvm::zip_equal(
           slice.getStaticSizes(), slice.getSourceType().getShape()))) {
    if (ShapedType::isDynamic(size) || (!isWhole && size != 1))
      return false;
    isWhole &= size == whole;
  }
  return true;
}

/// Makes one dimension of all those of an elementwise op whose last one is too
/// short for a vector, such as the words of few channels.
static linalg::GenericOp collapseShortRows(IRRewriter &b, linalg::GenericOp op,
                                           const Target &target) {
  auto type = dyn_cast<RankedTensorType>(op->getResult(0).getType());
  unsigned rank = op.getNumLoops();
  auto isIdentity = [](AffineMap map) { return map.isIdentity(); };
  if (rank < 2 || type.getShape().back() >= target.vectorBits() / 32 ||
      !op.getDpsInits()[0].getDefiningOp<tensor::EmptyOp>() ||
      op.hasIndexSemantics() ||
      !llvm::all_of(op.getIndexingMapsArray(), isIdentity) ||
      !llvm::all_of(op.getDpsInputs(), isContiguous))
    return op;
  b.setInsertionPoint(op);
  Location loc = op.getLoc();
  SmallVector<ReassociationIndices> all = {
      llvm::to_vector<2>(llvm::seq<int64_t>(rank))};
  auto collapse = [&](Value value) -> Value {
    return tensor::CollapseShapeOp::create(b, loc, value, all);
  };
  SmallVector<Value> inputs = llvm::map_to_vector(op.getDpsInputs(), collapse);
  Value init = tensor::EmptyOp::create(b, loc, {type.getNumElements()},
                                       type.getElementType());
  SmallVector<AffineMap> maps(inputs.size() + 1, b.getMultiDimIdentityMap(1));
  auto row = linalg::GenericOp::create(b, loc, init.getType(), inputs, init,
                                       maps, utils::IteratorType::parallel);
  b.inlineRegionBefore(op.getRegion(), row.getRegion(),
                       row.getRegion().begin());
  b.replaceOpWithNewOp<tensor::ExpandShapeOp>(op, type, row.getResult(0), all);
  return row;
}

void bitserial::lowerElementwise(IRRewriter &b, linalg::GenericOp op,
                                 const Target &target) {
  op = collapseShortRows(b, op, target);
  Location loc = op.getLoc();
  SmallVector<int64_t> ranges = op.getStaticLoopRanges();
  unsigned lane = ranges.size() - 1;
  unsigned bits =
      getElementTypeOrSelf(op->getResult(0).getType()).getIntOrFloatBitWidth();
  int64_t numLanes = std::min<int64_t>(target.vectorBits() / std::max(bits, 8u),
                                       llvm::PowerOf2Ceil(ranges.back()));
  b.setInsertionPoint(op);
  LanePoint point{SmallVector<OpFoldResult>(ranges.size(), b.getIndexAttr(0)),
                  lane, numLanes};
  Value result = op.getDpsInits()[0];
  SmallVector<scf::ForOp> loops;
  auto constant = [&](int64_t value) -> Value {
    return arith::ConstantIndexOp::create(b, loc, value);
  };
  auto openLoop = [&](unsigned dim, int64_t end, int64_t step) {
    auto loop = scf::ForOp::create(b, loc, constant(0), constant(end),
                                   constant(step), result);
    loops.push_back(loop);
    b.setInsertionPointToStart(loop.getBody());
    point.indices[dim] = loop.getInductionVar();
    result = loop.getRegionIterArg(0);
  };
  auto closeLoop = [&]() {
    scf::ForOp loop = loops.pop_back_val();
    b.setInsertionPointToEnd(loop.getBody());
    scf::YieldOp::create(b, loc, result);
    b.setInsertionPointAfter(loop);
    result = loop.getResult(0);
  };
  AffineMap identity = b.getMultiDimIdentityMap(ranges.size());
  auto emitChunk = [&]() {
    Value value = evaluateElementwise(b, op, point);
    value = broadcastLanes(b, loc, value, numLanes);
    result = writeLanes(b, loc, value, result, identity, point);
  };
  for (unsigned dim = 0; dim < lane; ++dim)
    if (ranges[dim] != 1)
      openLoop(dim, ranges[dim], 1);
  unsigned outer = loops.size();
  int64_t whole = ranges[lane] / numLanes * numLanes;
  if (whole == numLanes) {
    emitChunk();
  } else if (whole) {
    openLoop(lane, whole, numLanes);
    emitChunk();
    closeLoop();
  }
  if (whole != ranges[lane]) {
    point.indices[lane] = b.getIndexAttr(whole);
    emitChunk();
  }
  while (outer--)
    closeLoop();
  b.replaceOp(op, result);
}
