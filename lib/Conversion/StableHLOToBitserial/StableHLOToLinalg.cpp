//===- StableHLOToLinalg.cpp - What is not low-bit ------------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StableHLOToLinalg.h"
#include "Contractions.h"
#include "Elementwise.h"
#include "bitserial/Conversion/StableHLO/StableHLO.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Func/Transforms/FuncConversions.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace mlir::bitserial;
using namespace mlir::bitserial::stablehlo;
using utils::IteratorType;

static RankedTensorType getTensor(Value value) {
  return cast<RankedTensorType>(value.getType());
}

static Value createFilled(OpBuilder &b, Location loc, ArrayRef<int64_t> shape,
                          Value scalar) {
  Value empty = tensor::EmptyOp::create(b, loc, shape, scalar.getType());
  return linalg::FillOp::create(b, loc, scalar, empty)->getResult(0);
}

static Value createZeros(OpBuilder &b, Location loc, ArrayRef<int64_t> shape,
                         Type element) {
  return createFilled(
      b, loc, shape, arith::ConstantOp::create(b, loc, b.getZeroAttr(element)));
}

/// The scalar in a tensor of rank 0.
static Value getScalar(OpBuilder &b, Location loc, Value tensor) {
  return tensor::ExtractOp::create(b, loc, tensor, ValueRange());
}

static SmallVector<OpFoldResult> attrs(OpBuilder &b, ArrayRef<int64_t> values) {
  return getAsIndexOpFoldResult(b.getContext(), values);
}

/// A part of `value` without elements: slices must not begin where the tensor
/// ends.
static Value createEmpty(OpBuilder &b, Location loc, Value value,
                         ArrayRef<int64_t> shape) {
  return tensor::EmptyOp::create(b, loc, shape,
                                 getTensor(value).getElementType());
}

static Value createSlice(OpBuilder &b, Location loc, Value value,
                         ArrayRef<int64_t> offsets, ArrayRef<int64_t> sizes,
                         ArrayRef<int64_t> strides) {
  if (getTensor(value).getShape() == sizes &&
      llvm::all_of(offsets, [](int64_t offset) { return offset == 0; }) &&
      llvm::all_of(strides, [](int64_t stride) { return stride == 1; }))
    return value;
  if (llvm::is_contained(sizes, 0))
    return createEmpty(b, loc, value, sizes);
  return tensor::ExtractSliceOp::create(b, loc, value, attrs(b, offsets),
                                        attrs(b, sizes), attrs(b, strides));
}

/// A tensor whose elements `body` computes, of their positions.
static Value
createByPosition(OpBuilder &b, Location loc, RankedTensorType type,
                 function_ref<Value(OpBuilder &, ValueRange indices)> body) {
  Value empty =
      tensor::EmptyOp::create(b, loc, type.getShape(), type.getElementType());
  SmallVector<IteratorType> loops(type.getRank(), IteratorType::parallel);
  return linalg::GenericOp::create(
             b, loc, TypeRange{type}, ValueRange(), ValueRange{empty},
             b.getMultiDimIdentityMap(type.getRank()), loops,
             [&](OpBuilder &inner, Location innerLoc, ValueRange) {
               SmallVector<Value> indices;
               for (int64_t dim = 0; dim < type.getRank(); ++dim)
                 indices.push_back(
                     linalg::IndexOp::create(inner, innerLoc, dim));
               linalg::YieldOp::create(inner, innerLoc, body(inner, indices));
             })
      .getResult(0);
}

static Value createReverse(OpBuilder &b, Location loc, Value value,
                           ArrayRef<bool> isReversed) {
  if (llvm::none_of(isReversed, [](bool reversed) { return reversed; }))
    return value;
  RankedTensorType type = getTensor(value);
  return createByPosition(
      b, loc, type, [&](OpBuilder &inner, ValueRange indices) -> Value {
        SmallVector<Value> from(indices);
        for (auto [dim, index] : llvm::enumerate(from))
          if (isReversed[dim])
            index =
                arith::SubIOp::create(inner, loc,
                                      arith::ConstantIndexOp::create(
                                          inner, loc, type.getDimSize(dim) - 1),
                                      index);
        return tensor::ExtractOp::create(inner, loc, value, from);
      });
}

/// The integer `start` as an index, limited to 0 to `max`.
static Value createStart(OpBuilder &b, Location loc, Value start,
                         bool isUnsigned, int64_t max) {
  // Wide enough for any index and for the type's own values.
  Value index = start;
  if (isUnsigned)
    index = arith::IndexCastUIOp::create(b, loc, b.getIndexType(), start);
  else
    index = arith::IndexCastOp::create(b, loc, b.getIndexType(), start);
  Value limit = arith::ConstantIndexOp::create(b, loc, max);
  if (isUnsigned)
    return arith::MinUIOp::create(b, loc, index, limit);
  Value zero = arith::ConstantIndexOp::create(b, loc, 0);
  return arith::MinSIOp::create(
      b, loc, arith::MaxSIOp::create(b, loc, index, zero), limit);
}

/// Scalar tensors as indices where a part of size `sizes` of a tensor of shape
/// `shape` begins.
static SmallVector<OpFoldResult>
createStarts(OpBuilder &b, Location loc, ValueRange starts, bool areUnsigned,
             ArrayRef<int64_t> shape, ArrayRef<int64_t> sizes) {
  SmallVector<OpFoldResult> indices;
  for (auto [start, whole, size] : llvm::zip_equal(starts, shape, sizes))
    indices.push_back(createStart(b, loc, getScalar(b, loc, start), areUnsigned,
                                  whole - size));
  return indices;
}

/// `value` with `padding`, a scalar, around and between its elements; negative
/// padding at the edges removes elements.
static Value createPad(OpBuilder &b, Location loc, Value value, Value padding,
                       ArrayRef<int64_t> low, ArrayRef<int64_t> high,
                       ArrayRef<int64_t> interior) {
  SmallVector<int64_t> full, inner, offsets, strides, from, shape;
  for (auto [size, l, h, i] :
       llvm::zip_equal(getTensor(value).getShape(), low, high, interior)) {
    int64_t dilated = size == 0 ? 0 : (size - 1) * i + size;
    full.push_back(dilated + std::max<int64_t>(l, 0) + std::max<int64_t>(h, 0));
    inner.push_back(size);
    offsets.push_back(std::max<int64_t>(l, 0));
    strides.push_back(i + 1);
    from.push_back(std::max<int64_t>(-l, 0));
    shape.push_back(dilated + l + h);
  }
  if (full != getTensor(value).getShape()) {
    Value filled = createFilled(b, loc, full, padding);
    value = llvm::is_contained(inner, 0)
                ? filled
                : tensor::InsertSliceOp::create(
                      b, loc, value, filled, attrs(b, offsets), attrs(b, inner),
                      attrs(b, strides));
  }
  return createSlice(b, loc, value, from, shape,
                     SmallVector<int64_t>(shape.size(), 1));
}

//===----------------------------------------------------------------------===//
// Patterns
//===----------------------------------------------------------------------===//

namespace {

struct ConvertElementwise : ConversionPattern {
  ConvertElementwise(const TypeConverter &converter, MLIRContext *context)
      : ConversionPattern(converter, MatchAnyOpTypeTag(), 1, context) {}

  LogicalResult matchAndRewrite(Operation *op, ArrayRef<Value> operands,
                                ConversionPatternRewriter &b) const override {
    if (!isa_and_nonnull<StableHLODialect, chlo::CHLODialect>(
            op->getDialect()) ||
        op->getNumOperands() == 0 || op->getNumResults() != 1)
      return failure();
    // Scalars of clamp and select, for all elements.
    SmallVector<Value> values(operands);
    if (isa<ClampOp, SelectOp>(op))
      for (Value &value : values) {
        ArrayRef<int64_t> shape = getTensor(op->getResult(0)).getShape();
        if (getTensor(value).getRank() == 0 && !shape.empty())
          value = createFilled(b, op->getLoc(), shape,
                               getScalar(b, op->getLoc(), value));
      }
    Value result = emitElementwise(b, op, values);
    if (!result)
      return failure();
    b.replaceOp(op, result);
    return success();
  }
};

struct ConvertConstant : OpConversionPattern<stablehlo::ConstantOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult matchAndRewrite(stablehlo::ConstantOp op, OpAdaptor,
                                ConversionPatternRewriter &b) const override {
    DenseElementsAttr value = toSignless(op.getValue());
    if (!value)
      return failure();
    b.replaceOpWithNewOp<arith::ConstantOp>(op, value);
    return success();
  }
};

struct ConvertIota : OpConversionPattern<IotaOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult matchAndRewrite(IotaOp op, OpAdaptor,
                                ConversionPatternRewriter &b) const override {
    auto type = cast<RankedTensorType>(toSignless(op.getType()));
    Type element = type.getElementType();
    if (!isa<IntegerType, FloatType>(element))
      return failure();
    AffineMap map = b.getMultiDimIdentityMap(type.getRank());
    SmallVector<IteratorType> loops(type.getRank(), IteratorType::parallel);
    Value empty =
        tensor::EmptyOp::create(b, op.getLoc(), type.getShape(), element);
    auto body = [&](OpBuilder &inner, Location loc, ValueRange) {
      Value index = linalg::IndexOp::create(inner, loc, op.getIotaDimension());
      Value value =
          arith::IndexCastOp::create(inner, loc, inner.getI64Type(), index);
      if (isa<FloatType>(element))
        value = arith::SIToFPOp::create(inner, loc, element, value);
      else if (element.getIntOrFloatBitWidth() < 64)
        value = arith::TruncIOp::create(inner, loc, element, value);
      linalg::YieldOp::create(inner, loc, value);
    };
    b.replaceOpWithNewOp<linalg::GenericOp>(
        op, TypeRange{type}, ValueRange(), ValueRange{empty}, map, loops, body);
    return success();
  }
};

struct ConvertBroadcast : OpConversionPattern<BroadcastInDimOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult matchAndRewrite(BroadcastInDimOp op, OpAdaptor adaptor,
                                ConversionPatternRewriter &b) const override {
    Location loc = op.getLoc();
    RankedTensorType from = getTensor(adaptor.getOperand());
    auto to = cast<RankedTensorType>(toSignless(op.getType()));
    if (from == to && llvm::equal(op.getBroadcastDimensions(),
                                  llvm::seq<int64_t>(to.getRank()))) {
      b.replaceOp(op, adaptor.getOperand());
      return success();
    }
    DenseElementsAttr constant;
    if (matchPattern(adaptor.getOperand(), m_Constant(&constant)) &&
        constant.isSplat()) {
      b.replaceOpWithNewOp<arith::ConstantOp>(op, constant.resizeSplat(to));
      return success();
    }
    SmallVector<AffineExpr> exprs;
    for (auto [dim, size] :
         llvm::zip_equal(op.getBroadcastDimensions(), from.getShape()))
      exprs.push_back(size == 1 && to.getDimSize(dim) != 1
                          ? b.getAffineConstantExpr(0)
                          : b.getAffineDimExpr(dim));
    AffineMap maps[] = {AffineMap::get(to.getRank(), 0, exprs, b.getContext()),
                        b.getMultiDimIdentityMap(to.getRank())};
    Value empty =
        tensor::EmptyOp::create(b, loc, to.getShape(), to.getElementType());
    SmallVector<IteratorType> loops(to.getRank(), IteratorType::parallel);
    b.replaceOpWithNewOp<linalg::GenericOp>(
        op, TypeRange{to}, adaptor.getOperand(), ValueRange{empty}, maps, loops,
        [](OpBuilder &inner, Location loc, ValueRange arguments) {
          linalg::YieldOp::create(inner, loc, arguments[0]);
        });
    return success();
  }
};

struct ConvertReshape : OpConversionPattern<ReshapeOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult matchAndRewrite(ReshapeOp op, OpAdaptor adaptor,
                                ConversionPatternRewriter &b) const override {
    b.replaceOp(op, createReshape(b, op.getLoc(), adaptor.getOperand(),
                                  getTensor(op.getResult()).getShape()));
    return success();
  }
};

struct ConvertTranspose : OpConversionPattern<TransposeOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult matchAndRewrite(TransposeOp op, OpAdaptor adaptor,
                                ConversionPatternRewriter &b) const override {
    auto type = cast<RankedTensorType>(toSignless(op.getType()));
    Value empty = tensor::EmptyOp::create(b, op.getLoc(), type.getShape(),
                                          type.getElementType());
    b.replaceOpWithNewOp<linalg::TransposeOp>(op, adaptor.getOperand(), empty,
                                              op.getPermutation());
    return success();
  }
};

struct ConvertSlice : OpConversionPattern<SliceOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult matchAndRewrite(SliceOp op, OpAdaptor adaptor,
                                ConversionPatternRewriter &b) const override {
    b.replaceOp(op, createSlice(b, op.getLoc(), adaptor.getOperand(),
                                op.getStartIndices(),
                                getTensor(op.getResult()).getShape(),
                                op.getStrides()));
    return success();
  }
};

struct ConvertReverse : OpConversionPattern<ReverseOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult matchAndRewrite(ReverseOp op, OpAdaptor adaptor,
                                ConversionPatternRewriter &b) const override {
    SmallVector<bool> isReversed(getTensor(op.getResult()).getRank(), false);
    for (int64_t dim : op.getDimensions())
      isReversed[dim] = true;
    b.replaceOp(
        op, createReverse(b, op.getLoc(), adaptor.getOperand(), isReversed));
    return success();
  }
};

static bool areUnsigned(OperandRange values) {
  return !values.empty() &&
         getElementTypeOrSelf(values.front()).isUnsignedInteger();
}

struct ConvertDynamicSlice : OpConversionPattern<DynamicSliceOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult matchAndRewrite(DynamicSliceOp op, OpAdaptor adaptor,
                                ConversionPatternRewriter &b) const override {
    ArrayRef<int64_t> sizes = op.getSliceSizes();
    if (llvm::is_contained(sizes, 0)) {
      b.replaceOp(op, createEmpty(b, op.getLoc(), adaptor.getOperand(), sizes));
      return success();
    }
    SmallVector<OpFoldResult> starts =
        createStarts(b, op.getLoc(), adaptor.getStartIndices(),
                     areUnsigned(op.getStartIndices()),
                     getTensor(op.getOperand()).getShape(), sizes);
    SmallVector<int64_t> ones(sizes.size(), 1);
    b.replaceOpWithNewOp<tensor::ExtractSliceOp>(
        op, adaptor.getOperand(), starts, attrs(b, sizes), attrs(b, ones));
    return success();
  }
};

struct ConvertDynamicUpdateSlice : OpConversionPattern<DynamicUpdateSliceOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult matchAndRewrite(DynamicUpdateSliceOp op, OpAdaptor adaptor,
                                ConversionPatternRewriter &b) const override {
    ArrayRef<int64_t> sizes = getTensor(op.getUpdate()).getShape();
    if (llvm::is_contained(sizes, 0)) {
      b.replaceOp(op, adaptor.getOperand());
      return success();
    }
    SmallVector<OpFoldResult> starts =
        createStarts(b, op.getLoc(), adaptor.getStartIndices(),
                     areUnsigned(op.getStartIndices()),
                     getTensor(op.getOperand()).getShape(), sizes);
    SmallVector<int64_t> ones(sizes.size(), 1);
    b.replaceOpWithNewOp<tensor::InsertSliceOp>(
        op, adaptor.getUpdate(), adaptor.getOperand(), starts, attrs(b, sizes),
        attrs(b, ones));
    return success();
  }
};

struct ConvertGather : OpConversionPattern<GatherOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult matchAndRewrite(GatherOp op, OpAdaptor adaptor,
                                ConversionPatternRewriter &b) const override {
    Location loc = op.getLoc();
    GatherNumbersAttr numbers = op.getDimensionNumbers();
    RankedTensorType from = getTensor(op.getOperand()),
                     starts = getTensor(op.getStartIndices());
    SmallVector<int64_t> windowDims = op.getWindowDims(),
                         batchDims = op.getBatchDims();
    int64_t vectorDim = numbers.getIndexVectorDim();
    bool isUnsigned = starts.getElementType().isUnsignedInteger();
    auto element = [&](OpBuilder &inner, ValueRange position) -> Value {
      // Where the indices of this element are.
      SmallVector<Value> at;
      for (int64_t dim = 0, next = 0; dim < starts.getRank(); ++dim)
        at.push_back(dim == vectorDim ? Value() : position[batchDims[next++]]);
      SmallVector<Value> index(from.getRank());
      for (auto [dim, startDim] :
           llvm::zip_equal(numbers.getOperandBatchingDims(),
                           numbers.getStartIndicesBatchingDims()))
        index[dim] = at[startDim];
      for (auto [i, dim] : llvm::enumerate(numbers.getStartIndexMap())) {
        if (vectorDim < starts.getRank())
          at[vectorDim] = arith::ConstantIndexOp::create(inner, loc, i);
        Value start = tensor::ExtractOp::create(inner, loc,
                                                adaptor.getStartIndices(), at);
        index[dim] =
            createStart(inner, loc, start, isUnsigned,
                        from.getDimSize(dim) - op.getSliceSizes()[dim]);
      }
      for (auto [dim, windowDim] :
           llvm::zip_equal(numbers.getOffsetDims(), windowDims))
        index[windowDim] =
            index[windowDim] ? arith::AddIOp::create(
                                   inner, loc, index[windowDim], position[dim])
                                   .getResult()
                             : position[dim];
      for (Value &value : index)
        if (!value)
          value = arith::ConstantIndexOp::create(inner, loc, 0);
      return tensor::ExtractOp::create(inner, loc, adaptor.getOperand(), index);
    };
    auto type = cast<RankedTensorType>(toSignless(op.getType()));
    b.replaceOp(op, createByPosition(b, loc, type, element));
    return success();
  }
};

struct ConvertBarrier : OpConversionPattern<OptimizationBarrierOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult matchAndRewrite(OptimizationBarrierOp op, OpAdaptor adaptor,
                                ConversionPatternRewriter &b) const override {
    b.replaceOp(op, adaptor.getInputs());
    return success();
  }
};

/// Results without elements, whatever the op: nothing else has to think of
/// them.
struct ConvertToEmpty : ConversionPattern {
  ConvertToEmpty(const TypeConverter &converter, MLIRContext *context)
      : ConversionPattern(converter, MatchAnyOpTypeTag(), /*benefit=*/10,
                          context) {}

  LogicalResult matchAndRewrite(Operation *op, ArrayRef<Value>,
                                ConversionPatternRewriter &b) const override {
    auto isEmpty = [](Type type) {
      auto tensor = dyn_cast<RankedTensorType>(type);
      return tensor && llvm::is_contained(tensor.getShape(), 0);
    };
    if (!isa_and_nonnull<StableHLODialect, chlo::CHLODialect>(
            op->getDialect()) ||
        op->getNumResults() == 0 ||
        !llvm::all_of(op->getResultTypes(), isEmpty))
      return failure();
    SmallVector<Value> results;
    for (Type result : op->getResultTypes()) {
      auto type = cast<RankedTensorType>(toSignless(result));
      if (!type.getElementType().isIntOrFloat())
        return failure();
      results.push_back(tensor::EmptyOp::create(
          b, op->getLoc(), type.getShape(), type.getElementType()));
    }
    b.replaceOp(op, results);
    return success();
  }
};

/// Arguments without elements, which are passed in another shape.
struct ConvertEmpty : OpConversionPattern<tensor::EmptyOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult matchAndRewrite(tensor::EmptyOp op, OpAdaptor adaptor,
                                ConversionPatternRewriter &b) const override {
    b.replaceOpWithNewOp<tensor::EmptyOp>(op, toSignless(op.getType()),
                                          adaptor.getDynamicSizes());
    return success();
  }
};

struct ConvertPad : OpConversionPattern<stablehlo::PadOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult matchAndRewrite(stablehlo::PadOp op, OpAdaptor adaptor,
                                ConversionPatternRewriter &b) const override {
    b.replaceOp(op,
                createPad(b, op.getLoc(), adaptor.getOperand(),
                          getScalar(b, op.getLoc(), adaptor.getPaddingValue()),
                          op.getEdgePaddingLow(), op.getEdgePaddingHigh(),
                          op.getInteriorPadding()));
    return success();
  }
};

struct ConvertConcatenate : OpConversionPattern<ConcatenateOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult matchAndRewrite(ConcatenateOp op, OpAdaptor adaptor,
                                ConversionPatternRewriter &b) const override {
    Location loc = op.getLoc();
    auto type = cast<RankedTensorType>(toSignless(op.getType()));
    Value result =
        tensor::EmptyOp::create(b, loc, type.getShape(), type.getElementType());
    SmallVector<int64_t> offsets(type.getRank(), 0), ones(type.getRank(), 1);
    for (Value input : adaptor.getInputs()) {
      ArrayRef<int64_t> shape = getTensor(input).getShape();
      // No slice may begin where the tensor ends.
      if (llvm::is_contained(shape, 0))
        continue;
      result = tensor::InsertSliceOp::create(b, loc, input, result,
                                             attrs(b, offsets), attrs(b, shape),
                                             attrs(b, ones));
      offsets[op.getDimension()] += shape[op.getDimension()];
    }
    b.replaceOp(op, result);
    return success();
  }
};

/// A linalg.generic with the body of a reduction. The destinations begin with
/// the initial values.
template <typename OpTy>
static LogicalResult
replaceReduction(OpTy op, ValueRange inputs, ValueRange inits,
                 ValueRange extraInputs, ArrayRef<AffineMap> maps,
                 ArrayRef<IteratorType> loops, ConversionPatternRewriter &b) {
  Location loc = op.getLoc();
  SmallVector<Value> operands(inputs), destinations;
  llvm::append_range(operands, extraInputs);
  for (auto [init, result] : llvm::zip_equal(inits, op.getResults()))
    destinations.push_back(createFilled(b, loc, getTensor(result).getShape(),
                                        getScalar(b, loc, init)));
  Block &body = op.getBody().front();
  auto generic = linalg::GenericOp::create(
      b, loc, TypeRange(ValueRange(destinations)), operands, destinations, maps,
      loops, [&](OpBuilder &inner, Location innerLoc, ValueRange arguments) {
        // What has been accumulated, then the elements.
        SmallVector<Value> values(arguments.take_back(destinations.size()));
        llvm::append_range(values, arguments.take_front(inputs.size()));
        linalg::YieldOp::create(inner, innerLoc,
                                *emitBody(inner, body, values));
      });
  b.replaceOp(op, generic.getResults());
  return success();
}

struct ConvertReduce : OpConversionPattern<stablehlo::ReduceOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult matchAndRewrite(stablehlo::ReduceOp op, OpAdaptor adaptor,
                                ConversionPatternRewriter &b) const override {
    if (!canEmitBody(op.getBody().front()))
      return failure();
    int64_t rank = getTensor(op.getInputs()[0]).getRank();
    SmallVector<IteratorType> loops(rank, IteratorType::parallel);
    SmallVector<AffineExpr> kept;
    for (int64_t dim : op.getDimensions())
      loops[dim] = IteratorType::reduction;
    for (int64_t dim = 0; dim < rank; ++dim)
      if (loops[dim] == IteratorType::parallel)
        kept.push_back(b.getAffineDimExpr(dim));
    SmallVector<AffineMap> maps(op.getInputs().size(),
                                b.getMultiDimIdentityMap(rank));
    maps.append(op.getInputs().size(),
                AffineMap::get(rank, 0, kept, b.getContext()));
    return replaceReduction(op, adaptor.getInputs(), adaptor.getInitValues(),
                            {}, maps, loops, b);
  }
};

struct ConvertReduceWindow : OpConversionPattern<ReduceWindowOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult matchAndRewrite(ReduceWindowOp op, OpAdaptor adaptor,
                                ConversionPatternRewriter &b) const override {
    if (!canEmitBody(op.getBody().front()))
      return failure();
    Location loc = op.getLoc();
    int64_t rank = getTensor(op.getInputs()[0]).getRank();
    ArrayRef<int64_t> window = op.getWindowDimensions();
    SmallVector<int64_t> low(rank, 0), high(rank, 0), interior(rank, 0);
    if (std::optional<DenseIntElementsAttr> padding = op.getPadding()) {
      SmallVector<int64_t> values(padding->getValues<int64_t>());
      for (int64_t dim = 0; dim < rank; ++dim) {
        low[dim] = values[2 * dim];
        high[dim] = values[2 * dim + 1];
      }
    }
    auto getOr = [](std::optional<ArrayRef<int64_t>> attr, int64_t dim) {
      return attr ? (*attr)[dim] : int64_t(1);
    };
    SmallVector<AffineExpr> read, tap, position;
    for (int64_t dim = 0; dim < rank; ++dim) {
      interior[dim] = getOr(op.getBaseDilations(), dim) - 1;
      position.push_back(b.getAffineDimExpr(dim));
      tap.push_back(b.getAffineDimExpr(rank + dim));
      read.push_back(position.back() * getOr(op.getWindowStrides(), dim) +
                     tap.back() * getOr(op.getWindowDilations(), dim));
    }
    SmallVector<Value> inputs;
    for (auto [input, init] :
         llvm::zip_equal(adaptor.getInputs(), adaptor.getInitValues()))
      inputs.push_back(createPad(b, loc, input, getScalar(b, loc, init), low,
                                 high, interior));
    // It has the window's shape, which the loops are found by.
    Value shape = tensor::EmptyOp::create(b, loc, window, b.getI8Type());
    auto getMap = [&](ArrayRef<AffineExpr> exprs) {
      return AffineMap::get(2 * rank, 0, exprs, b.getContext());
    };
    SmallVector<AffineMap> maps(inputs.size(), getMap(read));
    maps.push_back(getMap(tap));
    maps.append(inputs.size(), getMap(position));
    SmallVector<IteratorType> loops(rank, IteratorType::parallel);
    loops.append(rank, IteratorType::reduction);
    return replaceReduction(op, inputs, adaptor.getInitValues(), {shape}, maps,
                            loops, b);
  }
};

/// Sums of products over loops. Numbers are multiplied and added in the
/// result's type, those of 16-bit floats in f32 (as XLA does): their sums would
/// lose what is less than 1/256 of them.
static LogicalResult replaceContraction(Operation *op, Value lhs, Value rhs,
                                        const ContractionShape &shape,
                                        ConversionPatternRewriter &b) {
  Location loc = op->getLoc();
  auto type = cast<RankedTensorType>(toSignless(op->getResult(0).getType()));
  Type element = type.getElementType();
  if (isa<FloatType>(element) && element.getIntOrFloatBitWidth() < 32)
    element = b.getF32Type();
  SmallVector<bool> isUnsigned;
  for (Value operand : op->getOperands()) {
    Type from = getElementTypeOrSelf(operand);
    // Sums of booleans are none of arith's.
    if (isa<FloatType>(from) != isa<FloatType>(element) ||
        !isa<FloatType, IntegerType>(from) || from.isInteger(1) ||
        from.getIntOrFloatBitWidth() > element.getIntOrFloatBitWidth())
      return failure();
    isUnsigned.push_back(from.isUnsignedInteger());
  }
  lhs = createReshape(b, loc, lhs, shape.lhsShape);
  rhs = createReshape(b, loc, rhs, shape.rhsShape);
  SmallVector<IteratorType> loops;
  for (unsigned dim = 0; dim < shape.resultMap.getNumDims(); ++dim)
    loops.push_back(shape.resultMap.isFunctionOfDim(dim)
                        ? IteratorType::parallel
                        : IteratorType::reduction);
  AffineMap maps[] = {shape.lhsMap, shape.rhsMap, shape.resultMap};
  Value zeros = createZeros(b, loc, shape.resultShape, element);
  auto generic = linalg::GenericOp::create(
      b, loc, TypeRange{zeros.getType()}, ValueRange{lhs, rhs},
      ValueRange{zeros}, maps, loops,
      [&](OpBuilder &inner, Location innerLoc, ValueRange arguments) {
        SmallVector<Value> factors;
        for (auto [value, hasNoSign] :
             llvm::zip_equal(arguments.take_front(2), isUnsigned)) {
          Value factor = value;
          if (value.getType() != element) {
            if (isa<FloatType>(element))
              factor = arith::ExtFOp::create(inner, innerLoc, element, value);
            else if (hasNoSign)
              factor = arith::ExtUIOp::create(inner, innerLoc, element, value);
            else
              factor = arith::ExtSIOp::create(inner, innerLoc, element, value);
          }
          factors.push_back(factor);
        }
        Value sum = arguments[2];
        if (isa<FloatType>(element))
          sum = arith::AddFOp::create(
              inner, innerLoc, sum,
              arith::MulFOp::create(inner, innerLoc, factors[0], factors[1]));
        else
          sum = arith::AddIOp::create(
              inner, innerLoc, sum,
              arith::MulIOp::create(inner, innerLoc, factors[0], factors[1]));
        linalg::YieldOp::create(inner, innerLoc, sum);
      });
  Value sums = createReshape(b, loc, generic.getResult(0), type.getShape());
  if (element != type.getElementType())
    sums = arith::TruncFOp::create(b, loc, type, sums);
  b.replaceOp(op, sums);
  return success();
}

struct ConvertDot : OpConversionPattern<DotGeneralOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult matchAndRewrite(DotGeneralOp op, OpAdaptor adaptor,
                                ConversionPatternRewriter &b) const override {
    return replaceContraction(op, adaptor.getLhs(), adaptor.getRhs(),
                              describeContraction(op), b);
  }
};

struct ConvertConvolution : OpConversionPattern<ConvolutionOp> {
  using OpConversionPattern::OpConversionPattern;

  /// The kernel with some spatial dimensions in reverse order.
  static Value reverse(OpBuilder &b, ConvolutionOp op, Value kernel) {
    SmallVector<bool> isReversed(getTensor(kernel).getRank(), false);
    for (auto [dim, value] : llvm::zip_equal(
             op.getDimensionNumbers().getKernelSpatial(), op.getReversal()))
      isReversed[dim] = value;
    return createReverse(b, op.getLoc(), kernel, isReversed);
  }

  LogicalResult matchAndRewrite(ConvolutionOp op, OpAdaptor adaptor,
                                ConversionPatternRewriter &b) const override {
    Location loc = op.getLoc();
    int64_t rank = getTensor(op.getLhs()).getRank();
    SmallVector<int64_t> low(rank, 0), high(rank, 0), interior(rank, 0);
    for (auto [dim, padding, dilation] :
         llvm::zip_equal(op.getDimensionNumbers().getInputSpatial(),
                         op.getPaddings(), op.getInputDilation())) {
      low[dim] = padding.first;
      high[dim] = padding.second;
      interior[dim] = dilation - 1;
    }
    Type element = getTensor(adaptor.getLhs()).getElementType();
    if (!isa<IntegerType, FloatType>(element))
      return failure();
    Value zero = arith::ConstantOp::create(b, loc, b.getZeroAttr(element));
    Value lhs = createPad(b, loc, adaptor.getLhs(), zero, low, high, interior);
    ContractionShape shape = describeContraction(op, getTensor(lhs).getShape());
    return replaceContraction(op, lhs, reverse(b, op, adaptor.getRhs()), shape,
                              b);
  }
};

/// Each element's rank is the number of those that come before it; what has
/// been counted says where elements go. Quadratic in the size, but a loop
/// without branches, and any order that a body gives.
struct ConvertSort : OpConversionPattern<SortOp> {
  using OpConversionPattern::OpConversionPattern;

  /// For all elements i, how many elements come before it.
  static Value createRanks(OpBuilder &b, SortOp op, ValueRange inputs) {
    Location loc = op.getLoc();
    ArrayRef<int64_t> shape = getTensor(inputs[0]).getShape();
    unsigned rank = shape.size(), dim = op.getSortedDim();
    SmallVector<AffineExpr> element, other;
    for (unsigned i = 0; i < rank; ++i) {
      element.push_back(b.getAffineDimExpr(i));
      other.push_back(b.getAffineDimExpr(i == dim ? rank : i));
    }
    AffineMap ofElement = AffineMap::get(rank + 1, 0, element, b.getContext());
    AffineMap ofOther = AffineMap::get(rank + 1, 0, other, b.getContext());
    SmallVector<Value> operands;
    SmallVector<AffineMap> maps;
    for (Value input : inputs) {
      operands.append({input, input});
      maps.append({ofElement, ofOther});
    }
    maps.push_back(ofElement);
    SmallVector<IteratorType> loops(rank, IteratorType::parallel);
    loops.push_back(IteratorType::reduction);
    Type countType = b.getI32Type();
    Value zeros = createZeros(b, loc, shape, countType);
    return linalg::GenericOp::create(
               b, loc, TypeRange{zeros.getType()}, operands, ValueRange{zeros},
               maps, loops,
               [&](OpBuilder &inner, Location loc, ValueRange arguments) {
                 Value i = linalg::IndexOp::create(inner, loc, dim),
                       j = linalg::IndexOp::create(inner, loc, rank);
                 Value isEarlier = arith::CmpIOp::create(
                     inner, loc, arith::CmpIPredicate::ult, j, i);
                 Value isOther = arith::CmpIOp::create(
                     inner, loc, arith::CmpIPredicate::ne, j, i);
                 // Of two elements, the later one comes first only where the
                 // comparison says so. One of the two is counted, whatever it
                 // says.
                 SmallVector<Value> values;
                 for (unsigned n = 0; n < inputs.size(); ++n) {
                   Value mine = arguments[2 * n], its = arguments[2 * n + 1];
                   values.push_back(arith::SelectOp::create(
                       inner, loc, isEarlier, mine, its));
                   values.push_back(arith::SelectOp::create(
                       inner, loc, isEarlier, its, mine));
                 }
                 Value laterIsFirst =
                     emitBody(inner, op.getComparator().front(), values)
                         ->front();
                 Value isBefore =
                     arith::XOrIOp::create(inner, loc, isEarlier, laterIsFirst);
                 isBefore =
                     arith::AndIOp::create(inner, loc, isBefore, isOther);
                 Value one =
                     arith::ExtUIOp::create(inner, loc, countType, isBefore);
                 linalg::YieldOp::create(
                     inner, loc,
                     arith::AddIOp::create(inner, loc, arguments.back(), one)
                         .getResult());
               })
        .getResult(0);
  }

  LogicalResult matchAndRewrite(SortOp op, OpAdaptor adaptor,
                                ConversionPatternRewriter &b) const override {
    if (!canEmitBody(op.getComparator().front()))
      return failure();
    Location loc = op.getLoc();
    Value ranks = createRanks(b, op, adaptor.getInputs());
    ArrayRef<int64_t> shape = getTensor(ranks).getShape();
    Value zero = arith::ConstantIndexOp::create(b, loc, 0),
          one = arith::ConstantIndexOp::create(b, loc, 1);
    SmallVector<Value> lows(shape.size(), zero), steps(shape.size(), one),
        highs;
    for (int64_t size : shape)
      highs.push_back(arith::ConstantIndexOp::create(b, loc, size));
    scf::LoopNest nest = scf::buildLoopNest(
        b, loc, lows, highs, steps, adaptor.getInputs(),
        [&](OpBuilder &inner, Location loc, ValueRange position,
            ValueRange sorted) {
          SmallVector<Value> to(position);
          Value rank = tensor::ExtractOp::create(inner, loc, ranks, position);
          to[op.getSortedDim()] = arith::IndexCastOp::create(
              inner, loc, inner.getIndexType(), rank);
          scf::ValueVector results;
          for (auto [input, result] :
               llvm::zip_equal(adaptor.getInputs(), sorted)) {
            Value element =
                tensor::ExtractOp::create(inner, loc, input, position);
            results.push_back(
                tensor::InsertOp::create(inner, loc, element, result, to));
          }
          return results;
        });
    b.replaceOp(op, nest.results);
    return success();
  }
};

/// Casts to signless types that low-bit contractions were built with.
struct ConvertCast : OpConversionPattern<UnrealizedConversionCastOp> {
  using OpConversionPattern::OpConversionPattern;
  LogicalResult matchAndRewrite(UnrealizedConversionCastOp op,
                                OpAdaptor adaptor,
                                ConversionPatternRewriter &b) const override {
    if (adaptor.getInputs().getTypes() != op.getResultTypes())
      return failure();
    b.replaceOp(op, adaptor.getInputs());
    return success();
  }
};
} // namespace

void bitserial::populateStableHLOToLinalgPatterns(
    const TypeConverter &converter, RewritePatternSet &patterns) {
  patterns
      .add<ConvertToEmpty, ConvertEmpty, ConvertReverse, ConvertDynamicSlice,
           ConvertDynamicUpdateSlice, ConvertGather, ConvertBarrier,
           ConvertElementwise, ConvertConstant, ConvertIota, ConvertBroadcast,
           ConvertReshape, ConvertTranspose, ConvertSlice, ConvertPad,
           ConvertConcatenate, ConvertReduce, ConvertReduceWindow, ConvertDot,
           ConvertConvolution, ConvertSort, ConvertCast>(converter,
                                                         patterns.getContext());
  populateFunctionOpInterfaceTypeConversionPattern<func::FuncOp>(patterns,
                                                                 converter);
  populateReturnOpTypeConversionPattern(patterns, converter);
  populateCallOpTypeConversionPattern(patterns, converter);
}
