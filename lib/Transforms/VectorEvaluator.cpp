//===- VectorEvaluator.cpp - Elements of tensors as vectors ------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Transforms/VectorEvaluator.h"
#include "bitserial/IR/Bitserial.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/Matchers.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::bitserial;

Value bitserial::broadcastLanes(OpBuilder &b, Location loc, Value value,
                                int64_t numLanes) {
  if (isa<VectorType>(value.getType()))
    return value;
  return vector::BroadcastOp::create(
      b, loc, VectorType::get({numLanes}, value.getType()), value);
}

/// Whether consecutive lanes read consecutive elements through `expr`. Of a
/// tiled dimension (d mod c) that holds when no vector crosses a tile: lanes
/// divide c, and points start at multiples of the lanes.
static bool isContiguous(AffineExpr expr, const LanePoint &point) {
  if (getCoefficient(expr, point.lane) == 1)
    return true;
  auto binary = dyn_cast<AffineBinaryOpExpr>(expr);
  if (!binary || binary.getKind() != AffineExprKind::Mod ||
      binary.getLHS() != getAffineDimExpr(point.lane, expr.getContext()))
    return false;
  auto tile = dyn_cast<AffineConstantExpr>(binary.getRHS());
  return tile && tile.getValue() % point.numLanes == 0;
}

/// Whether all lanes see the same value of `expr`.
static bool isUniform(AffineExpr expr, const LanePoint &point) {
  if (!expr.isFunctionOfDim(point.lane))
    return true;
  auto binary = dyn_cast<AffineBinaryOpExpr>(expr);
  if (!binary || binary.getKind() != AffineExprKind::FloorDiv ||
      binary.getLHS() != getAffineDimExpr(point.lane, expr.getContext()))
    return false;
  auto tile = dyn_cast<AffineConstantExpr>(binary.getRHS());
  return tile && tile.getValue() % point.numLanes == 0;
}

static std::optional<int64_t> getMax(OpFoldResult index, int64_t numLanes);

/// The largest value of `expr`, a sum of dimensions with positive coefficients
/// or a floordiv or mod, given those of its dimensions. Vectors do not cross a
/// tile of a mod, see isContiguous.
static std::optional<int64_t>
getMax(AffineExpr expr, int64_t numLanes,
       function_ref<std::optional<int64_t>(AffineExpr)> getOperandMax) {
  if (auto constant = dyn_cast<AffineConstantExpr>(expr))
    return constant.getValue();
  auto binary = dyn_cast<AffineBinaryOpExpr>(expr);
  if (!binary)
    return getOperandMax(expr);
  std::optional<int64_t> lhs = getMax(binary.getLHS(), numLanes, getOperandMax);
  if (binary.getKind() == AffineExprKind::Add) {
    std::optional<int64_t> rhs =
        getMax(binary.getRHS(), numLanes, getOperandMax);
    return lhs && rhs ? std::optional(*lhs + *rhs) : std::nullopt;
  }
  auto constant = dyn_cast<AffineConstantExpr>(binary.getRHS());
  if (!constant || constant.getValue() < 1)
    return std::nullopt;
  int64_t c = constant.getValue();
  if (binary.getKind() == AffineExprKind::Mod && c % numLanes == 0)
    return c - numLanes;
  if (binary.getKind() == AffineExprKind::Mul && lhs)
    return *lhs * c;
  if (binary.getKind() == AffineExprKind::FloorDiv && lhs)
    return *lhs / c;
  return std::nullopt;
}

/// The largest value of `index`, the first of `numLanes` consecutive ones;
/// nullopt if it is not known. Upstream's value bounds do not know that the
/// last iteration of a loop starts a whole step before its end.
static std::optional<int64_t> getMax(OpFoldResult index, int64_t numLanes) {
  if (std::optional<int64_t> constant = getConstantIntValue(index))
    return constant;
  auto value = cast<Value>(index);
  if (auto argument = dyn_cast<BlockArgument>(value)) {
    auto loop = dyn_cast<scf::ForOp>(argument.getOwner()->getParentOp());
    if (!loop || loop.getInductionVar() != argument)
      return std::nullopt;
    auto lower = getConstantIntValue(loop.getLowerBound());
    auto upper = getConstantIntValue(loop.getUpperBound());
    auto step = getConstantIntValue(loop.getStep());
    if (!lower || !upper || !step || *step < 1 || *upper <= *lower)
      return std::nullopt;
    return *lower + (*upper - 1 - *lower) / *step * *step;
  }
  auto apply = value.getDefiningOp<affine::AffineApplyOp>();
  if (!apply)
    return std::nullopt;
  AffineMap map = apply.getAffineMap();
  return getMax(map.getResult(0), numLanes,
                [&](AffineExpr operand) -> std::optional<int64_t> {
                  auto dim = dyn_cast<AffineDimExpr>(operand);
                  unsigned position =
                      dim ? dim.getPosition()
                          : map.getNumDims() +
                                cast<AffineSymbolExpr>(operand).getPosition();
                  return getMax(apply.getMapOperands()[position], numLanes);
                });
}

/// Whether `index + numLanes <= size` for certain.
static bool isInBounds(OpFoldResult index, int64_t numLanes, int64_t size) {
  std::optional<int64_t> max = getMax(index, numLanes);
  return max && !ShapedType::isDynamic(size) && *max + numLanes <= size;
}

/// How many of `numLanes` elements from `index` on lie within `size`; nullopt
/// where only run time tells.
static std::optional<int64_t> getLanesInBounds(OpFoldResult index,
                                               int64_t numLanes, int64_t size) {
  if (isInBounds(index, numLanes, size))
    return numLanes;
  std::optional<int64_t> constant = getConstantIntValue(index);
  if (!constant || ShapedType::isDynamic(size))
    return std::nullopt;
  return std::clamp<int64_t>(size - *constant, 0, numLanes);
}

Value bitserial::readLanes(OpBuilder &b, Location loc, Value tensor,
                           AffineMap map, const LanePoint &point,
                           std::optional<FixedIndex> fixed) {
  // An elementwise producer on the same tile: compute instead of reading;
  // unless that is done for single elements, but could be with vectors.
  if (auto generic = tensor.getDefiningOp<linalg::GenericOp>();
      generic && !fixed && generic->getBlock() == b.getInsertionBlock() &&
      isElementwise(generic) &&
      (point.numLanes > 1 || generic.getStaticLoopRanges().back() == 1))
    for (auto [pos, expr] : llvm::enumerate(map.getResults()))
      if (expr == getAffineDimExpr(point.lane, b.getContext())) {
        LanePoint at{{}, unsigned(pos), point.numLanes};
        bool others = true;
        for (auto [i, other] : llvm::enumerate(map.getResults())) {
          others &= i == pos || !other.isFunctionOfDim(point.lane);
          at.indices.push_back(affine::makeComposedFoldedAffineApply(
              b, loc, other, point.indices));
        }
        if (others)
          return evaluateElementwise(b, generic, at);
      }
  if (auto fill = tensor.getDefiningOp<linalg::FillOp>())
    return fill.getInputs().front();

  auto type = cast<RankedTensorType>(tensor.getType());
  SmallVector<AffineExpr> exprs(map.getResults());
  if (fixed)
    exprs.insert(exprs.begin() + fixed->dim,
                 b.getAffineConstantExpr(fixed->index));
  auto indicesAt = [&](ArrayRef<OpFoldResult> operands) {
    return llvm::map_to_vector(exprs, [&](AffineExpr expr) -> Value {
      OpFoldResult index =
          affine::makeComposedFoldedAffineApply(b, loc, expr, operands);
      return getValueOrCreateConstantIndexOp(b, loc, index);
    });
  };

  if (llvm::all_of(exprs,
                   [&](AffineExpr expr) { return isUniform(expr, point); }))
    return tensor::ExtractOp::create(b, loc, tensor, indicesAt(point.indices));

  bool restUniform =
      llvm::all_of(ArrayRef(exprs).drop_back(),
                   [&](AffineExpr expr) { return isUniform(expr, point); });
  if (restUniform && isContiguous(exprs.back(), point)) {
    SmallVector<Value> indices = indicesAt(point.indices);
    std::optional<int64_t> lanes = getLanesInBounds(
        OpFoldResult(indices.back()), point.numLanes, type.getShape().back());
    auto vectorType = VectorType::get({point.numLanes}, type.getElementType());
    if (lanes == 0)
      return arith::ConstantOp::create(b, loc, b.getZeroAttr(vectorType));
    // A shorter vector rather than a mask: masks are slow on targets without
    // mask registers.
    auto partType = VectorType::get({lanes.value_or(point.numLanes)},
                                    type.getElementType());
    Value padding =
        arith::ConstantOp::create(b, loc, b.getZeroAttr(type.getElementType()));
    Value part =
        vector::TransferReadOp::create(b, loc, partType, tensor, indices,
                                       padding, ArrayRef<bool>{bool(lanes)});
    if (partType == vectorType)
      return part;
    Value zeros = arith::ConstantOp::create(b, loc, b.getZeroAttr(vectorType));
    return vector::InsertStridedSliceOp::create(
        b, loc, part, zeros, ArrayRef<int64_t>{0}, ArrayRef<int64_t>{1});
  }

  // Element by element.
  SmallVector<Value> elements;
  Value zero =
      arith::ConstantOp::create(b, loc, b.getZeroAttr(type.getElementType()));
  for (int64_t lane = 0; lane < point.numLanes; ++lane) {
    SmallVector<OpFoldResult> at = point.indices;
    at[point.lane] = affine::makeComposedFoldedAffineApply(
        b, loc, b.getAffineDimExpr(0) + lane, {point.indices[point.lane]});
    SmallVector<Value> indices = indicesAt(at);
    // Only dimensions that the lanes run along can be left.
    bool isOutside = false;
    Value isInside;
    for (auto [i, expr] : llvm::enumerate(exprs)) {
      int64_t size = type.getDimSize(i);
      if (!expr.isFunctionOfDim(point.lane) || ShapedType::isDynamic(size))
        continue;
      std::optional<int64_t> max = getMax(expr, 1, [&](AffineExpr operand) {
        return getMax(at[cast<AffineDimExpr>(operand).getPosition()], 1);
      });
      if (max && *max < size)
        continue;
      if (std::optional<int64_t> index =
              getConstantIntValue(OpFoldResult(indices[i]))) {
        isOutside |= *index >= size;
        continue;
      }
      // Only run time tells.
      Value bound = arith::ConstantIndexOp::create(b, loc, size);
      Value last = arith::ConstantIndexOp::create(b, loc, size - 1);
      Value inside = arith::CmpIOp::create(b, loc, arith::CmpIPredicate::ult,
                                           indices[i], bound);
      indices[i] = arith::MinUIOp::create(b, loc, indices[i], last);
      isInside =
          isInside ? arith::AndIOp::create(b, loc, isInside, inside).getResult()
                   : inside;
    }
    if (isOutside) {
      elements.push_back(zero);
      continue;
    }
    Value element = tensor::ExtractOp::create(b, loc, tensor, indices);
    if (isInside)
      element = arith::SelectOp::create(b, loc, isInside, element, zero);
    elements.push_back(element);
  }
  return vector::FromElementsOp::create(
      b, loc, VectorType::get({point.numLanes}, type.getElementType()),
      elements);
}

Value bitserial::writeLanes(OpBuilder &b, Location loc, Value vector,
                            Value tensor, AffineMap map,
                            const LanePoint &point) {
  auto type = cast<RankedTensorType>(tensor.getType());
  SmallVector<Value> indices;
  std::optional<unsigned> lanePos;
  for (auto [pos, expr] : llvm::enumerate(map.getResults())) {
    indices.push_back(getValueOrCreateConstantIndexOp(
        b, loc,
        affine::makeComposedFoldedAffineApply(b, loc, expr, point.indices)));
    if (expr == getAffineDimExpr(point.lane, b.getContext()))
      lanePos = pos;
  }
  assert(lanePos && "lanes must be a dimension of the destination");
  std::optional<int64_t> lanes =
      getLanesInBounds(OpFoldResult(indices[*lanePos]), point.numLanes,
                       type.getDimSize(*lanePos));
  if (lanes == 0)
    return tensor;
  // A shorter vector rather than a mask, see readLanes. (LLVM 22 also gets a
  // masked store of one lane of a truncated vector wrong on AVX-512: it stores
  // the lane as wide as it was before.)
  if (lanes && *lanes != point.numLanes)
    vector = vector::ExtractStridedSliceOp::create(
        b, loc, vector, ArrayRef<int64_t>{0}, ArrayRef<int64_t>{*lanes},
        ArrayRef<int64_t>{1});
  auto permutation = AffineMap::get(
      type.getRank(), 0, b.getAffineDimExpr(*lanePos), b.getContext());
  return vector::TransferWriteOp::create(
             b, loc, vector, tensor, indices, AffineMapAttr::get(permutation),
             b.getBoolArrayAttr({lanes.has_value()}))
      .getResult();
}

bool bitserial::isElementwise(linalg::GenericOp op) {
  if (op.getNumDpsInits() != 1 || op->getNumResults() != 1 ||
      op.getNumParallelLoops() != op.getNumLoops() || op.getNumLoops() == 0 ||
      !op.getMatchingIndexingMap(op.getDpsInitOperand(0)).isIdentity())
    return false;
  // Elements of a vector lie in memory as those of a tensor only if they fill
  // 1, 2, 4 or 8 bytes: a vector of i1 or i48 is packed, a tensor is not.
  for (Value operand : op->getOperands()) {
    Type element = getElementTypeOrSelf(operand.getType());
    if (isa<RankedTensorType>(operand.getType()) &&
        (!element.isIntOrFloat() || element.getIntOrFloatBitWidth() < 8 ||
         !llvm::isPowerOf2_32(element.getIntOrFloatBitWidth())))
      return false;
  }
  // The old destination must not be read, and every op be one for vectors.
  if (!op.getRegionOutputArgs().front().use_empty())
    return false;
  return llvm::all_of(op.getBody()->without_terminator(), [](Operation &inner) {
    return isa<linalg::IndexOp, tensor::ExtractOp, arith::ConstantOp>(inner) ||
           (OpTrait::hasElementwiseMappableTraits(&inner) &&
            inner.getNumResults() == 1);
  });
}

Value bitserial::evaluateElementwise(
    OpBuilder &b, linalg::GenericOp op, const LanePoint &point,
    std::optional<std::pair<Value, Value>> known, Value accumulator) {
  return evaluateElementwise(b, op, point,
                             op.getBody()->getTerminator()->getOperand(0),
                             known, accumulator)
      .front();
}

SmallVector<Value>
bitserial::evaluateElementwise(OpBuilder &b, linalg::GenericOp op,
                               const LanePoint &point, ArrayRef<Value> results,
                               std::optional<std::pair<Value, Value>> known,
                               Value accumulator) {
  Location loc = op.getLoc();
  llvm::DenseSet<Value> needed(results.begin(), results.end());
  for (Operation &inner : llvm::reverse(op.getBody()->without_terminator()))
    if (needed.contains(inner.getResult(0)))
      needed.insert(inner.operand_begin(), inner.operand_end());
  IRMapping mapping;
  if (accumulator)
    mapping.map(op.getRegionOutputArgs().front(), accumulator);
  for (OpOperand *input : op.getDpsInputOperands())
    if (needed.contains(op.getMatchingBlockArgument(input)))
      mapping.map(op.getMatchingBlockArgument(input),
                  known && known->first == input->get() ? known->second
                  : isa<RankedTensorType>(input->get().getType())
                      ? readLanes(b, loc, input->get(),
                                  op.getMatchingIndexingMap(input), point)
                      : input->get());

  // linalg.index of the lanes' loop: used as an index into tensors it stays
  // symbolic, so that they are read as vectors.
  DenseSet<Value> laneIndices;
  auto getIndexVector = [&]() -> Value {
    auto type = VectorType::get({point.numLanes}, b.getIndexType());
    Value first =
        getValueOrCreateConstantIndexOp(b, loc, point.indices[point.lane]);
    return arith::AddIOp::create(b, loc,
                                 broadcastLanes(b, loc, first, point.numLanes),
                                 vector::StepOp::create(b, loc, type));
  };
  for (Operation &inner : op.getBody()->without_terminator()) {
    if (!needed.contains(inner.getResult(0)))
      continue;
    if (auto index = dyn_cast<linalg::IndexOp>(inner)) {
      if (index.getDim() == point.lane)
        laneIndices.insert(index.getResult());
      else
        mapping.map(index.getResult(),
                    getValueOrCreateConstantIndexOp(
                        b, loc, point.indices[index.getDim()]));
      continue;
    }
    auto lookup = [&](Value value) -> Value {
      if (laneIndices.contains(value))
        return getIndexVector();
      return mapping.lookupOrDefault(value);
    };
    if (auto extract = dyn_cast<tensor::ExtractOp>(inner)) {
      // Indices are the dimensions of a map, the lanes' index among them.
      SmallVector<AffineExpr> exprs;
      LanePoint at{{}, unsigned(extract.getIndices().size()), point.numLanes};
      bool vectorIndex = false;
      for (auto [i, index] : llvm::enumerate(extract.getIndices())) {
        exprs.push_back(b.getAffineDimExpr(i));
        if (laneIndices.contains(index)) {
          at.lane = i;
          at.indices.push_back(point.indices[point.lane]);
          continue;
        }
        Value scalar = mapping.lookupOrDefault(index);
        vectorIndex |= isa<VectorType>(scalar.getType());
        at.indices.push_back(scalar);
      }
      if (!vectorIndex) {
        mapping.map(
            extract.getResult(),
            readLanes(b, loc, mapping.lookupOrDefault(extract.getTensor()),
                      AffineMap::get(exprs.size(), 0, exprs, b.getContext()),
                      at));
        continue;
      }
      // Indices that differ by lane: one element after the other.
      SmallVector<Value> elements;
      for (int64_t lane = 0; lane < point.numLanes; ++lane) {
        SmallVector<Value> indices;
        for (Value index : extract.getIndices()) {
          Value value = lookup(index);
          if (isa<VectorType>(value.getType()))
            value = vector::ExtractOp::create(b, loc, value, lane);
          indices.push_back(value);
        }
        elements.push_back(
            tensor::ExtractOp::create(b, loc, extract.getTensor(), indices));
      }
      mapping.map(
          extract.getResult(),
          vector::FromElementsOp::create(
              b, loc,
              VectorType::get({point.numLanes}, extract.getResult().getType()),
              elements));
      continue;
    }
    SmallVector<Value> operands =
        llvm::map_to_vector(inner.getOperands(), lookup);
    bool anyVector = llvm::any_of(operands, [](Value operand) {
      return isa<VectorType>(operand.getType());
    });
    Type type = inner.getResult(0).getType();
    if (anyVector) {
      for (Value &operand : operands)
        operand = broadcastLanes(b, loc, operand, point.numLanes);
      type = VectorType::get({point.numLanes}, type);
    }
    OperationState state(loc, inner.getName(), operands, type,
                         inner.getAttrs());
    mapping.map(inner.getResult(0), b.create(state)->getResult(0));
  }
  return llvm::map_to_vector(results, [&](Value result) {
    return laneIndices.contains(result) ? getIndexVector()
                                        : mapping.lookupOrDefault(result);
  });
}
