//===- ReduceOpTiling.cpp - TilingInterface of bitserial.reduce -----------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TilingUtils.h"
#include "bitserial/IR/Bitserial.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/Interfaces/ValueBoundsOpInterface.h"
#include <numeric>

using namespace mlir;
using namespace mlir::bitserial;

SmallVector<utils::IteratorType> ReduceOp::getLoopIteratorTypes() {
  SmallVector<utils::IteratorType> types(getNumLoops(),
                                         utils::IteratorType::reduction);
  for (AffineExpr expr : getInitMap().getResults())
    types[cast<AffineDimExpr>(expr).getPosition()] =
        utils::IteratorType::parallel;
  return types;
}

namespace {
/// The part of one operand that a tile touches, and how the tile's own
/// indexing map reads it.
struct OperandTile {
  SmallVector<OpFoldResult> offsets, sizes;
  SmallVector<AffineExpr> exprs;
};
} // namespace

/// A constant that `size` does not exceed, if one is known.
static std::optional<int64_t> getUpperBound(OpFoldResult size) {
  if (std::optional<int64_t> constant = getConstantIntValue(size))
    return constant;
  FailureOr<int64_t> bound = ValueBoundsConstraintSet::computeConstantBound(
      presburger::BoundType::UB, cast<Value>(size),
      /*stopCondition=*/nullptr, /*closedUB=*/true);
  return succeeded(bound) ? std::optional(*bound) : std::nullopt;
}

/// Computes the slice of an operand (without its planes) for a tile of the
/// iteration space. A dimension in inner tiles of c words is tiled either by
/// multiples of c, and its slices are whole inner tiles, padding included, or
/// such that each tile lies within one inner tile, as divisors of c do.
static FailureOr<OperandTile> computeOperandTile(
    OpBuilder &b, ReduceOp op, AffineMap map, ArrayRef<OpFoldResult> shape,
    ArrayRef<int64_t> ranges, ArrayRef<utils::IteratorType> iterators,
    ArrayRef<OpFoldResult> offsets, ArrayRef<OpFoldResult> sizes) {
  Location loc = op.getLoc();
  auto apply = [&](AffineExpr expr, ArrayRef<OpFoldResult> operands) {
    return affine::makeComposedFoldedAffineApply(b, loc, expr, operands);
  };
  AffineExpr s = b.getAffineDimExpr(0);
  OperandTile tile;
  for (auto [pos, expr] : llvm::enumerate(map.getResults())) {
    auto binary = dyn_cast<AffineBinaryOpExpr>(expr);
    bool isDiv = binary && binary.getKind() == AffineExprKind::FloorDiv;
    bool isMod = binary && binary.getKind() == AffineExprKind::Mod;
    if (!isDiv && !isMod) {
      // Monotone in every dimension: [e(offsets), e(offsets + sizes - 1)].
      tile.offsets.push_back(apply(expr, offsets));
      SmallVector<OpFoldResult> last;
      for (OpFoldResult size : sizes)
        last.push_back(apply(s - 1, {size}));
      OpFoldResult span = apply(expr, last);
      tile.sizes.push_back(apply(s + 1, {span}));
      tile.exprs.push_back(expr);
      continue;
    }
    unsigned dim = cast<AffineDimExpr>(binary.getLHS()).getPosition();
    int64_t c = cast<AffineConstantExpr>(binary.getRHS()).getValue();
    OpFoldResult offset = offsets[dim], size = sizes[dim];
    std::optional<int64_t> staticSize = getConstantIntValue(size);
    int64_t divisor = getKnownDivisor(offset);
    bool isWhole = staticSize && *staticSize == ranges[dim];
    // Only the start matters: a partial last tile takes in words of padding. A
    // reduction would add what it takes in too much anywhere else.
    bool isAligned = divisor % c == 0;
    if (iterators[dim] == utils::IteratorType::reduction && staticSize &&
        *staticSize % c != 0)
      isAligned = false;
    std::optional<int64_t> bound = getUpperBound(size);
    if (isWhole || isAligned) {
      tile.exprs.push_back(expr);
      if (isDiv) {
        tile.offsets.push_back(apply(s.floorDiv(c), {offset}));
        tile.sizes.push_back(bound && *bound <= c
                                 ? OpFoldResult(b.getIndexAttr(1))
                                 : apply(s.ceilDiv(c), {size}));
      } else {
        tile.offsets.push_back(b.getIndexAttr(0));
        tile.sizes.push_back(shape[pos]);
      }
      continue;
    }
    if (!bound || *bound > std::gcd(divisor, c)) {
      InFlightDiagnostic error = op.emitOpError() << "cannot be tiled by ";
      bound ? error << *bound : error << "a dynamic size";
      if (bound != divisor)
        error << " at multiples of " << divisor;
      return error << " along dimension d" << dim
                   << ", which has inner tiles of " << c
                   << " words: use a multiple or a divisor of " << c;
    }
    if (isDiv) {
      tile.offsets.push_back(apply(s.floorDiv(c), {offset}));
      tile.sizes.push_back(b.getIndexAttr(1));
      tile.exprs.push_back(b.getAffineConstantExpr(0));
    } else {
      tile.offsets.push_back(apply(s % c, {offset}));
      tile.sizes.push_back(size);
      tile.exprs.push_back(b.getAffineDimExpr(dim));
    }
  }
  return tile;
}

FailureOr<TilingResult>
ReduceOp::getTiledImplementation(OpBuilder &b, ArrayRef<OpFoldResult> offsets,
                                 ArrayRef<OpFoldResult> sizes) {
  Location loc = getLoc();
  SmallVector<Value> operands;
  SmallVector<Operation *> slices;
  SmallVector<Attribute> maps;
  SmallVector<AffineMap> oldMaps = getMaps();
  SmallVector<int64_t> ranges = getLoopRanges();
  SmallVector<utils::IteratorType> iterators = getLoopIteratorTypes();
  for (auto [i, operand] : llvm::enumerate((*this)->getOperands())) {
    SmallVector<OpFoldResult> shape = tensor::getMixedSizes(b, loc, operand);
    bool isInput = i < getInputs().size();
    OpFoldResult planes;
    if (isInput) {
      planes = shape[getPlaneDims()[i]];
      shape.erase(shape.begin() + getPlaneDims()[i]);
    }
    FailureOr<OperandTile> tile = computeOperandTile(
        b, *this, oldMaps[i], shape, ranges, iterators, offsets, sizes);
    if (failed(tile))
      return failure();
    maps.push_back(AffineMapAttr::get(
        AffineMap::get(getNumLoops(), 0, tile->exprs, getContext())));
    if (isInput) {
      tile->offsets.insert(tile->offsets.begin() + getPlaneDims()[i],
                           b.getIndexAttr(0));
      tile->sizes.insert(tile->sizes.begin() + getPlaneDims()[i], planes);
    }
    SmallVector<OpFoldResult> strides(tile->offsets.size(), b.getIndexAttr(1));
    auto slice = tensor::ExtractSliceOp::create(b, loc, operand, tile->offsets,
                                                tile->sizes, strides);
    operands.push_back(slice);
    slices.push_back(slice);
  }
  Value init = operands.back();
  auto tiled = ReduceOp::create(
      b, loc, init.getType(), ValueRange(operands).drop_back(), init,
      b.getArrayAttr(maps), getPlaneDimsAttr(), getNumbersAttr());
  for (NamedAttribute attr : (*this)->getDiscardableAttrs())
    tiled->setDiscardableAttr(attr.getName(), attr.getValue());
  IRMapping mapping;
  getRegion().cloneInto(&tiled.getRegion(), mapping);
  return TilingResult{{tiled}, {tiled.getResult()}, slices};
}

LogicalResult ReduceOp::getResultTilePosition(
    OpBuilder &b, unsigned resultNumber, ArrayRef<OpFoldResult> offsets,
    ArrayRef<OpFoldResult> sizes, SmallVector<OpFoldResult> &resultOffsets,
    SmallVector<OpFoldResult> &resultSizes) {
  for (AffineExpr expr : getInitMap().getResults()) {
    unsigned dim = cast<AffineDimExpr>(expr).getPosition();
    resultOffsets.push_back(offsets[dim]);
    resultSizes.push_back(sizes[dim]);
  }
  return success();
}

LogicalResult ReduceOp::getIterationDomainTileFromResultTile(
    OpBuilder &b, unsigned resultNumber, ArrayRef<OpFoldResult> offsets,
    ArrayRef<OpFoldResult> sizes,
    SmallVectorImpl<OpFoldResult> &iterDomainOffsets,
    SmallVectorImpl<OpFoldResult> &iterDomainSizes) {
  // Reductions in full, parallel dimensions as the result says.
  for (Range range : getIterationDomain(b)) {
    iterDomainOffsets.push_back(range.offset);
    iterDomainSizes.push_back(range.size);
  }
  for (auto [pos, expr] : llvm::enumerate(getInitMap().getResults())) {
    unsigned dim = cast<AffineDimExpr>(expr).getPosition();
    iterDomainOffsets[dim] = offsets[pos];
    iterDomainSizes[dim] = sizes[pos];
  }
  return success();
}

FailureOr<TilingResult>
ReduceOp::generateResultTileValue(OpBuilder &b, unsigned resultNumber,
                                  ArrayRef<OpFoldResult> offsets,
                                  ArrayRef<OpFoldResult> sizes) {
  SmallVector<OpFoldResult> domainOffsets, domainSizes;
  if (failed(getIterationDomainTileFromResultTile(
          b, resultNumber, offsets, sizes, domainOffsets, domainSizes)))
    return failure();
  return getTiledImplementation(b, domainOffsets, domainSizes);
}
