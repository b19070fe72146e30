//===- Verify.cpp - A subset of StableHLO: what ops must obey -------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The constraints of the specification. Most amount to: the result has the
// shape that follows from operands and attributes. Sizes and attributes of
// windows are limited to 31 bits, so that nothing here overflows.
//
//===----------------------------------------------------------------------===//

#include "bitserial/Conversion/StableHLO/StableHLO.h"
#include "mlir/Dialect/Quant/IR/QuantTypes.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/SmallBitVector.h"

using namespace mlir;
using namespace mlir::bitserial;
using namespace mlir::bitserial::stablehlo;

static RankedTensorType getTensor(Value value) {
  return cast<RankedTensorType>(value.getType());
}

static constexpr int64_t kMax = INT32_MAX;

/// `values` has `count` entries between `min` and 2^31 - 1.
static LogicalResult verifyArray(Operation *op, StringRef name,
                                 ArrayRef<int64_t> values, int64_t count,
                                 int64_t min) {
  if (int64_t(values.size()) != count)
    return op->emitOpError() << "expects " << count << " entries in " << name
                             << ", got " << values.size();
  for (int64_t value : values)
    if (value < min || value > kMax)
      return op->emitOpError() << name << " has the entry " << value
                               << ", expected " << min << " to " << kMax;
  return success();
}

/// `dims` are different dimensions of a tensor of rank `rank`.
static LogicalResult verifyDims(Operation *op, StringRef name,
                                ArrayRef<int64_t> dims, int64_t rank) {
  llvm::SmallBitVector seen(rank);
  for (int64_t dim : dims) {
    if (dim < 0 || dim >= rank)
      return op->emitOpError() << name << " has the dimension " << dim
                               << ", but the rank is " << rank;
    if (seen.test(dim))
      return op->emitOpError()
             << name << " has the dimension " << dim << " twice";
    seen.set(dim);
  }
  return success();
}

/// The result has the shape `shape`.
static LogicalResult verifyShape(Operation *op, Value result,
                                 ArrayRef<int64_t> shape) {
  if (getTensor(result).getShape() == shape)
    return success();
  InFlightDiagnostic error = op->emitOpError("has a result of shape [");
  auto print = [&](ArrayRef<int64_t> sizes) {
    llvm::ListSeparator separator;
    for (int64_t size : sizes)
      error << StringRef(separator) << size;
  };
  print(getTensor(result).getShape());
  error << "], expected [";
  print(shape);
  error << ']';
  return error;
}

/// The same element types; those with a scale per channel may have it along
/// another dimension.
static LogicalResult verifyElements(Operation *op, Value operand,
                                    Value result) {
  Type expected = getElementTypeOrSelf(operand),
       actual = getElementTypeOrSelf(result);
  if (expected == actual)
    return success();
  auto from = dyn_cast<quant::UniformQuantizedPerAxisType>(expected),
       to = dyn_cast<quant::UniformQuantizedPerAxisType>(actual);
  if (from && to &&
      to == quant::UniformQuantizedPerAxisType::get(
                from.getFlags(), from.getStorageType(), from.getExpressedType(),
                from.getScales(), from.getZeroPoints(),
                to.getQuantizedDimension(), from.getStorageTypeMin(),
                from.getStorageTypeMax()))
    return success();
  return op->emitOpError() << "has a result of " << actual << ", expected "
                           << expected;
}

//===----------------------------------------------------------------------===//
// Elementwise ops
//===----------------------------------------------------------------------===//

LogicalResult stablehlo::verifySameTypeOrQuantized(Operation *op) {
  SmallVector<Type> types(op->getOperandTypes());
  llvm::append_range(types, op->getResultTypes());
  if (llvm::all_equal(types))
    return success();
  for (Type type : types)
    if (!isa<quant::QuantizedType>(getElementTypeOrSelf(type)) ||
        cast<RankedTensorType>(type).getShape() !=
            cast<RankedTensorType>(types.front()).getShape())
      return op->emitOpError(
          "requires the same type for all operands and results");
  return success();
}

LogicalResult ClampOp::verify() {
  for (Value bound : {getMin(), getMax()}) {
    if (failed(verifyElements(*this, getOperand(), bound)))
      return failure();
    ArrayRef<int64_t> shape = getTensor(bound).getShape();
    if (!shape.empty() && shape != getTensor(getOperand()).getShape())
      return emitOpError("expects bounds that are scalars or of the shape of "
                         "the operand");
  }
  return success();
}

LogicalResult SelectOp::verify() {
  ArrayRef<int64_t> shape = getTensor(getPred()).getShape();
  if (!shape.empty() && shape != getTensor(getOnTrue()).getShape())
    return emitOpError(
        "expects a predicate that is a scalar or of the shape of the others");
  return success();
}

LogicalResult UniformQuantizeOp::verify() {
  if (!isa<quant::QuantizedType>(getElementTypeOrSelf(getResult())))
    return emitOpError("expects a result of quantised numbers");
  return success();
}

LogicalResult UniformDequantizeOp::verify() {
  auto type =
      dyn_cast<quant::QuantizedType>(getElementTypeOrSelf(getOperand()));
  if (!type || type.getExpressedType() != getElementTypeOrSelf(getResult()))
    return emitOpError(
        "expects quantised numbers and a result of the type they express");
  return success();
}

LogicalResult BitcastConvertOp::verify() {
  Type from = getElementTypeOrSelf(getOperand()),
       to = getElementTypeOrSelf(getResult());
  if (!from.isIntOrFloat() || !to.isIntOrFloat() ||
      from.getIntOrFloatBitWidth() != to.getIntOrFloatBitWidth())
    return emitOpError() << "reads " << from << " as " << to
                         << ", which has another number of bits";
  return success();
}

LogicalResult OptimizationBarrierOp::verify() {
  if (getInputs().getTypes() != getResults().getTypes())
    return emitOpError("expects results of the types of the operands");
  return success();
}

//===----------------------------------------------------------------------===//
// Constants and ops that move elements
//===----------------------------------------------------------------------===//

LogicalResult ConstantOp::verify() {
  ShapedType type = getValue().getShapedType();
  if (type == getType())
    return success();
  auto quantized = dyn_cast<quant::QuantizedType>(getType().getElementType());
  if (!quantized || quantized.getStorageType() != type.getElementType() ||
      getType().getShape() != type.getShape())
    return emitOpError() << "has a value of type " << type;
  return success();
}

LogicalResult IotaOp::verify() {
  return verifyDims(*this, "dim", {int64_t(getIotaDimension())},
                    getType().getRank());
}

LogicalResult BroadcastInDimOp::verify() {
  RankedTensorType from = getTensor(getOperand()), to = getType();
  ArrayRef<int64_t> dims = getBroadcastDimensions();
  if (int64_t(dims.size()) != from.getRank())
    return emitOpError() << "expects " << from.getRank()
                         << " entries in dims, got " << dims.size();
  if (failed(verifyElements(*this, getOperand(), getResult())) ||
      failed(verifyDims(*this, "dims", dims, to.getRank())))
    return failure();
  for (auto [dim, size] : llvm::zip_equal(dims, from.getShape()))
    if (size != 1 && size != to.getDimSize(dim))
      return emitOpError() << "repeats a dimension of size " << size
                           << " to one of size " << to.getDimSize(dim);
  return success();
}

LogicalResult ReshapeOp::verify() {
  if (failed(verifyElements(*this, getOperand(), getResult())))
    return failure();
  if (getTensor(getOperand()).getNumElements() != getType().getNumElements())
    return emitOpError() << "makes " << getType().getNumElements()
                         << " elements of "
                         << getTensor(getOperand()).getNumElements();
  return success();
}

LogicalResult TransposeOp::verify() {
  RankedTensorType from = getTensor(getOperand());
  ArrayRef<int64_t> permutation = getPermutation();
  if (int64_t(permutation.size()) != from.getRank())
    return emitOpError() << "expects " << from.getRank()
                         << " entries in dims, got " << permutation.size();
  if (failed(verifyElements(*this, getOperand(), getResult())) ||
      failed(verifyDims(*this, "dims", permutation, from.getRank())))
    return failure();
  SmallVector<int64_t> shape;
  for (int64_t dim : permutation)
    shape.push_back(from.getDimSize(dim));
  return verifyShape(*this, getResult(), shape);
}

LogicalResult SliceOp::verify() {
  RankedTensorType from = getTensor(getOperand());
  ArrayRef<int64_t> starts = getStartIndices(), limits = getLimitIndices(),
                    strides = getStrides();
  for (ArrayRef<int64_t> indices : {starts, limits})
    if (failed(verifyArray(*this, "the ranges", indices, from.getRank(), 0)))
      return failure();
  if (failed(verifyElements(*this, getOperand(), getResult())) ||
      failed(verifyArray(*this, "strides", strides, from.getRank(), 1)))
    return failure();
  SmallVector<int64_t> shape;
  for (auto [start, limit, stride, size] :
       llvm::zip_equal(starts, limits, strides, from.getShape())) {
    if (start > limit || limit > size)
      return emitOpError() << "takes " << start << " to " << limit
                           << " of a dimension of size " << size;
    shape.push_back(llvm::divideCeil(limit - start, stride));
  }
  return verifyShape(*this, getResult(), shape);
}

LogicalResult ReverseOp::verify() {
  return verifyDims(*this, "dims", getDimensions(),
                    getTensor(getOperand()).getRank());
}

/// Scalars of one integer type, one per dimension of a tensor, from where
/// `sizes` elements are taken that it has.
static LogicalResult verifyDynamicRange(Operation *op, OperandRange starts,
                                        RankedTensorType tensor,
                                        ArrayRef<int64_t> sizes) {
  if (int64_t(starts.size()) != tensor.getRank())
    return op->emitOpError() << "expects " << tensor.getRank()
                             << " start indices, got " << starts.size();
  for (Value start : starts)
    if (getTensor(start).getRank() != 0 ||
        start.getType() != starts[0].getType() ||
        !isa<IntegerType>(getElementTypeOrSelf(start)))
      return op->emitOpError("expects start indices that are scalars of one "
                             "integer type");
  for (auto [size, whole] : llvm::zip_equal(sizes, tensor.getShape()))
    if (size < 0 || size > whole)
      return op->emitOpError() << "takes " << size
                               << " elements of a dimension of size " << whole;
  return success();
}

LogicalResult DynamicSliceOp::verify() {
  RankedTensorType from = getTensor(getOperand());
  ArrayRef<int64_t> sizes = getSliceSizes();
  if (int64_t(sizes.size()) != from.getRank())
    return emitOpError() << "expects " << from.getRank()
                         << " entries in sizes, got " << sizes.size();
  if (failed(verifyElements(*this, getOperand(), getResult())) ||
      failed(verifyDynamicRange(*this, getStartIndices(), from, sizes)))
    return failure();
  return verifyShape(*this, getResult(), sizes);
}

LogicalResult DynamicUpdateSliceOp::verify() {
  RankedTensorType from = getTensor(getOperand()),
                   update = getTensor(getUpdate());
  if (from.getRank() != update.getRank())
    return emitOpError() << "replaces part of a tensor of rank "
                         << from.getRank() << " by one of rank "
                         << update.getRank();
  if (failed(verifyElements(*this, getOperand(), getUpdate())))
    return failure();
  return verifyDynamicRange(*this, getStartIndices(), from, update.getShape());
}

SmallVector<int64_t> GatherOp::getWindowDims() {
  GatherNumbersAttr numbers = getDimensionNumbers();
  SmallVector<int64_t> dims;
  for (int64_t dim = 0; dim < getTensor(getOperand()).getRank(); ++dim)
    if (!llvm::is_contained(numbers.getCollapsedSliceDims(), dim) &&
        !llvm::is_contained(numbers.getOperandBatchingDims(), dim))
      dims.push_back(dim);
  return dims;
}

SmallVector<int64_t> GatherOp::getBatchDims() {
  SmallVector<int64_t> dims;
  for (int64_t dim = 0; dim < getType().getRank(); ++dim)
    if (!llvm::is_contained(getDimensionNumbers().getOffsetDims(), dim))
      dims.push_back(dim);
  return dims;
}

LogicalResult GatherOp::verify() {
  RankedTensorType from = getTensor(getOperand()),
                   starts = getTensor(getStartIndices());
  GatherNumbersAttr numbers = getDimensionNumbers();
  ArrayRef<int64_t> sizes = getSliceSizes(),
                    collapsed = numbers.getCollapsedSliceDims(),
                    batching = numbers.getOperandBatchingDims(),
                    startBatching = numbers.getStartIndicesBatchingDims(),
                    map = numbers.getStartIndexMap();
  int64_t vectorDim = numbers.getIndexVectorDim();
  if (!isa<IntegerType>(starts.getElementType()))
    return emitOpError("expects start indices that are integers");
  if (int64_t(sizes.size()) != from.getRank())
    return emitOpError() << "expects " << from.getRank()
                         << " entries in slice_sizes, got " << sizes.size();
  for (auto [size, whole] : llvm::zip_equal(sizes, from.getShape()))
    if (size < 0 || size > whole)
      return emitOpError() << "takes " << size
                           << " elements of a dimension of size " << whole;
  SmallVector<int64_t> dropped(collapsed);
  dropped.append(batching.begin(), batching.end());
  SmallVector<int64_t> indexed(map);
  indexed.append(batching.begin(), batching.end());
  if (failed(verifyElements(*this, getOperand(), getResult())) ||
      failed(verifyDims(*this, "collapsed_slice_dims and operand_batching_dims",
                        dropped, from.getRank())) ||
      failed(verifyDims(*this, "start_index_map and operand_batching_dims",
                        indexed, from.getRank())) ||
      failed(verifyDims(*this, "start_indices_batching_dims", startBatching,
                        starts.getRank())) ||
      failed(verifyDims(*this, "offset_dims", numbers.getOffsetDims(),
                        getType().getRank())))
    return failure();
  for (int64_t dim : dropped)
    if (sizes[dim] > 1)
      return emitOpError() << "drops dimension " << dim
                           << ", of which it takes " << sizes[dim]
                           << " elements";
  if (vectorDim < 0 || vectorDim > starts.getRank() ||
      llvm::is_contained(startBatching, vectorDim))
    return emitOpError() << "has no dimension " << vectorDim
                         << " of start indices for index_vector_dim";
  int64_t indices =
      vectorDim == starts.getRank() ? 1 : starts.getDimSize(vectorDim);
  if (indices != int64_t(map.size()))
    return emitOpError() << "has " << indices << " indices for " << map.size()
                         << " dimensions in start_index_map";
  if (batching.size() != startBatching.size())
    return emitOpError("pairs different numbers of batching dimensions");
  for (auto [dim, startDim] : llvm::zip_equal(batching, startBatching))
    if (from.getDimSize(dim) != starts.getDimSize(startDim))
      return emitOpError() << "pairs dimension " << dim << ", of size "
                           << from.getDimSize(dim)
                           << ", with one of start indices of size "
                           << starts.getDimSize(startDim);

  SmallVector<int64_t> windowDims = getWindowDims(), batchSizes;
  for (auto [dim, size] : llvm::enumerate(starts.getShape()))
    if (int64_t(dim) != vectorDim)
      batchSizes.push_back(size);
  ArrayRef<int64_t> offsetDims = numbers.getOffsetDims();
  if (!llvm::is_sorted(offsetDims))
    return emitOpError("expects offset_dims in rising order");
  if (offsetDims.size() != windowDims.size() ||
      getType().getRank() != int64_t(windowDims.size() + batchSizes.size()))
    return emitOpError() << "has a result of rank " << getType().getRank()
                         << " and " << offsetDims.size()
                         << " offset_dims, expected "
                         << windowDims.size() + batchSizes.size() << " and "
                         << windowDims.size();
  SmallVector<int64_t> shape(getType().getRank());
  for (auto [dim, windowDim] : llvm::zip_equal(offsetDims, windowDims))
    shape[dim] = sizes[windowDim];
  for (auto [dim, size] : llvm::zip_equal(getBatchDims(), batchSizes))
    shape[dim] = size;
  return verifyShape(*this, getResult(), shape);
}

LogicalResult PadOp::verify() {
  RankedTensorType from = getTensor(getOperand());
  int64_t rank = from.getRank();
  if (getTensor(getPaddingValue()).getRank() != 0)
    return emitOpError("expects a scalar to pad with");
  if (failed(verifyElements(*this, getOperand(), getResult())) ||
      failed(verifyElements(*this, getOperand(), getPaddingValue())) ||
      failed(verifyArray(*this, "low", getEdgePaddingLow(), rank, -kMax)) ||
      failed(verifyArray(*this, "high", getEdgePaddingHigh(), rank, -kMax)) ||
      failed(verifyArray(*this, "interior", getInteriorPadding(), rank, 0)) ||
      failed(verifyArray(*this, "the shape", from.getShape(), rank, 0)))
    return failure();
  SmallVector<int64_t> shape;
  for (auto [low, high, interior, size] :
       llvm::zip_equal(getEdgePaddingLow(), getEdgePaddingHigh(),
                       getInteriorPadding(), from.getShape())) {
    int64_t padded =
        low + high + size + std::max<int64_t>(size - 1, 0) * interior;
    if (padded < 0)
      return emitOpError() << "removes more than there is of a dimension of "
                              "size "
                           << size;
    shape.push_back(padded);
  }
  return verifyShape(*this, getResult(), shape);
}

LogicalResult ConcatenateOp::verify() {
  if (getInputs().empty())
    return emitOpError("expects at least one operand");
  RankedTensorType first = getTensor(getInputs()[0]);
  int64_t dim = getDimension();
  if (failed(verifyDims(*this, "dim", {dim}, first.getRank())))
    return failure();
  SmallVector<int64_t> shape(first.getShape());
  int64_t total = 0; // Of sizes up to 2^40 each.
  shape[dim] = 0;
  for (Value input : getInputs()) {
    if (failed(verifyElements(*this, input, getResult())))
      return failure();
    SmallVector<int64_t> sizes(getTensor(input).getShape());
    if (sizes.size() == shape.size()) {
      total += sizes[dim];
      sizes[dim] = 0;
    }
    if (sizes != shape)
      return emitOpError()
             << "has operands that differ in another dimension than " << dim;
  }
  shape[dim] = total;
  return verifyShape(*this, getResult(), shape);
}

//===----------------------------------------------------------------------===//
// Reductions
//===----------------------------------------------------------------------===//

/// What all reductions have in common: inputs of one shape, scalars to begin
/// with, and a body that takes and returns such scalars.
template <typename OpTy>
static LogicalResult verifyReduction(OpTy op, ArrayRef<int64_t> resultShape) {
  OperandRange inputs = op.getInputs(), inits = op.getInitValues();
  for (auto [input, init, result] :
       llvm::zip_equal(inputs, inits, op.getResults())) {
    if (getTensor(input).getShape() != getTensor(inputs[0]).getShape())
      return op.emitOpError("expects inputs of one shape");
    if (getTensor(init).getRank() != 0)
      return op.emitOpError("expects scalars to begin with");
    if (failed(verifyElements(op, input, init)) ||
        failed(verifyElements(op, input, result)) ||
        failed(verifyShape(op, result, resultShape)))
      return failure();
  }
  Block &block = op.getBody().front();
  auto terminator = dyn_cast<ReturnOp>(block.back());
  SmallVector<Type> scalars(inits.getTypes());
  SmallVector<Type> arguments(scalars);
  arguments.append(scalars);
  if (!terminator || !llvm::equal(block.getArgumentTypes(), arguments) ||
      !llvm::equal(terminator.getOperandTypes(), scalars))
    return op.emitOpError("expects a body that takes two scalars per input and "
                          "returns one, of the types that it begins with");
  return success();
}

LogicalResult ReturnOp::verify() {
  Operation *parent = (*this)->getParentOp();
  if (isa<ReduceOp, ReduceWindowOp, SortOp, WhileOp, CaseOp, IfOp>(parent))
    return success();
  // The regions of ops that are not supported end in this one as well, and are
  // verified first.
  if (!parent->isRegistered())
    return parent->emitError()
           << "'" << parent->getName()
           << "' is not among the StableHLO ops that are supported";
  return emitOpError("stands in '")
         << parent->getName() << "', expected it in an op of StableHLO";
}

/// There is a result per input, and at least one.
template <typename OpTy> static LogicalResult verifyCounts(OpTy op) {
  if (op.getInputs().empty() || op.getInputs().size() != op->getNumResults())
    return op.emitOpError("expects one result per input, and at least one");
  return success();
}

LogicalResult ReduceOp::verify() {
  if (failed(verifyCounts(*this)))
    return failure();
  RankedTensorType type = getTensor(getInputs()[0]);
  if (failed(verifyDims(*this, "dimensions", getDimensions(), type.getRank())))
    return failure();
  SmallVector<int64_t> shape;
  for (auto [dim, size] : llvm::enumerate(type.getShape()))
    if (!llvm::is_contained(getDimensions(), int64_t(dim)))
      shape.push_back(size);
  return verifyReduction(*this, shape);
}

/// `attr`, or `count` times `value` if it is absent.
static SmallVector<int64_t> getOr(std::optional<ArrayRef<int64_t>> attr,
                                  int64_t count, int64_t value) {
  return attr ? llvm::to_vector(*attr) : SmallVector<int64_t>(count, value);
}

/// Low and high padding of `count` dimensions.
static FailureOr<SmallVector<int64_t>>
getPadding(Operation *op, std::optional<DenseIntElementsAttr> attr,
           int64_t count) {
  if (!attr)
    return SmallVector<int64_t>(2 * count, 0);
  if (attr->getType().getShape() != ArrayRef<int64_t>{count, 2})
    return op->emitOpError() << "expects padding of type tensor<" << count
                             << "x2xi64>, got " << attr->getType();
  SmallVector<int64_t> values(attr->getValues<int64_t>());
  if (failed(verifyArray(op, "padding", values, 2 * count, -kMax)))
    return failure();
  return values;
}

/// How many windows there are along a dimension; nullopt if a number is too
/// large. All numbers are below 2^31, padding above -2^31.
static int64_t countWindows(int64_t size, int64_t low, int64_t high,
                            int64_t baseDilation, int64_t window,
                            int64_t windowDilation, int64_t stride) {
  auto dilate = [](int64_t size, int64_t dilation) {
    return size == 0 ? 0 : (size - 1) * dilation + 1;
  };
  int64_t padded = dilate(size, baseDilation) + low + high;
  int64_t reach = dilate(window, windowDilation);
  return padded < reach || padded <= 0 ? 0 : (padded - reach) / stride + 1;
}

LogicalResult ReduceWindowOp::verify() {
  if (failed(verifyCounts(*this)))
    return failure();
  RankedTensorType type = getTensor(getInputs()[0]);
  int64_t rank = type.getRank();
  SmallVector<int64_t> window(getWindowDimensions()),
      strides = getOr(getWindowStrides(), rank, 1),
      base = getOr(getBaseDilations(), rank, 1),
      dilation = getOr(getWindowDilations(), rank, 1);
  FailureOr<SmallVector<int64_t>> padding =
      ::getPadding(*this, getPadding(), rank);
  if (failed(padding) ||
      failed(verifyArray(*this, "window_dimensions", window, rank, 1)) ||
      failed(verifyArray(*this, "window_strides", strides, rank, 1)) ||
      failed(verifyArray(*this, "base_dilations", base, rank, 1)) ||
      failed(verifyArray(*this, "window_dilations", dilation, rank, 1)) ||
      failed(verifyArray(*this, "the shape", type.getShape(), rank, 0)))
    return failure();
  SmallVector<int64_t> shape;
  for (int64_t dim = 0; dim < rank; ++dim)
    shape.push_back(countWindows(type.getDimSize(dim), (*padding)[2 * dim],
                                 (*padding)[2 * dim + 1], base[dim],
                                 window[dim], dilation[dim], strides[dim]));
  return verifyReduction(*this, shape);
}

//===----------------------------------------------------------------------===//
// Contractions
//===----------------------------------------------------------------------===//

LogicalResult DotGeneralOp::verify() {
  RankedTensorType lhs = getTensor(getLhs()), rhs = getTensor(getRhs());
  DotNumbersAttr numbers = getDotDimensionNumbers();
  ArrayRef<int64_t> lhsBatch = numbers.getLhsBatchingDimensions(),
                    rhsBatch = numbers.getRhsBatchingDimensions(),
                    lhsContract = numbers.getLhsContractingDimensions(),
                    rhsContract = numbers.getRhsContractingDimensions();
  if (lhsBatch.size() != rhsBatch.size() ||
      lhsContract.size() != rhsContract.size())
    return emitOpError("names different numbers of dimensions of lhs and rhs");
  SmallVector<int64_t> lhsDims(lhsBatch), rhsDims(rhsBatch);
  lhsDims.append(lhsContract.begin(), lhsContract.end());
  rhsDims.append(rhsContract.begin(), rhsContract.end());
  if (failed(verifyDims(*this, "lhs", lhsDims, lhs.getRank())) ||
      failed(verifyDims(*this, "rhs", rhsDims, rhs.getRank())))
    return failure();
  for (auto [l, r] : llvm::zip_equal(lhsDims, rhsDims))
    if (lhs.getDimSize(l) != rhs.getDimSize(r))
      return emitOpError() << "pairs dimension " << l << " of lhs, of size "
                           << lhs.getDimSize(l) << ", with dimension " << r
                           << " of rhs, of size " << rhs.getDimSize(r);
  SmallVector<int64_t> shape;
  for (int64_t dim : lhsBatch)
    shape.push_back(lhs.getDimSize(dim));
  for (auto [type, dims] :
       {std::pair(lhs, ArrayRef(lhsDims)), std::pair(rhs, ArrayRef(rhsDims))})
    for (auto [dim, size] : llvm::enumerate(type.getShape()))
      if (!llvm::is_contained(dims, int64_t(dim)))
        shape.push_back(size);
  return verifyShape(*this, getResult(), shape);
}

SmallVector<int64_t> ConvolutionOp::getStrides() {
  return getOr(getWindowStrides(), getNumSpatial(), 1);
}
SmallVector<int64_t> ConvolutionOp::getInputDilation() {
  return getOr(getLhsDilation(), getNumSpatial(), 1);
}
SmallVector<int64_t> ConvolutionOp::getKernelDilation() {
  return getOr(getRhsDilation(), getNumSpatial(), 1);
}
SmallVector<bool> ConvolutionOp::getReversal() {
  // llvm::to_vector would make a list of two pointers, taken as bools.
  if (std::optional<ArrayRef<bool>> reversal = getWindowReversal())
    return SmallVector<bool>(reversal->begin(), reversal->end());
  return SmallVector<bool>(getNumSpatial(), false);
}
SmallVector<std::pair<int64_t, int64_t>> ConvolutionOp::getPaddings() {
  SmallVector<std::pair<int64_t, int64_t>> result(getNumSpatial(), {0, 0});
  if (std::optional<DenseIntElementsAttr> padding = getPadding()) {
    SmallVector<int64_t> values(padding->getValues<int64_t>());
    for (auto [dim, pair] : llvm::enumerate(result))
      pair = {values[2 * dim], values[2 * dim + 1]};
  }
  return result;
}

LogicalResult ConvolutionOp::verify() {
  RankedTensorType lhs = getTensor(getLhs()), rhs = getTensor(getRhs());
  ConvNumbersAttr numbers = getDimensionNumbers();
  int64_t spatial = getNumSpatial(), rank = spatial + 2;
  for (RankedTensorType type : {lhs, rhs, getType()})
    if (type.getRank() != rank)
      return emitOpError() << "expects tensors of rank " << rank
                           << " by its dim_numbers, got " << type;
  for (RankedTensorType type : {lhs, rhs})
    if (failed(verifyArray(*this, "the shape", type.getShape(), rank, 0)))
      return failure();
  FailureOr<SmallVector<int64_t>> padding =
      ::getPadding(*this, getPadding(), spatial);
  if (failed(padding) ||
      failed(verifyArray(*this, "stride", getStrides(), spatial, 1)) ||
      failed(
          verifyArray(*this, "lhs_dilate", getInputDilation(), spatial, 1)) ||
      failed(verifyArray(*this, "rhs_dilate", getKernelDilation(), spatial, 1)))
    return failure();
  if (int64_t(getReversal().size()) != spatial)
    return emitOpError() << "expects " << spatial << " entries in reverse";

  int64_t groups = getFeatureGroupCount(), batches = getBatchGroupCount();
  int64_t batch = lhs.getDimSize(numbers.getInputBatch());
  int64_t features = lhs.getDimSize(numbers.getInputFeature());
  int64_t inputs = rhs.getDimSize(numbers.getKernelInputFeature());
  int64_t outputs = rhs.getDimSize(numbers.getKernelOutputFeature());
  if (groups < 1 || batches < 1 || (groups > 1 && batches > 1))
    return emitOpError("expects group counts of at least 1, and one of them 1");
  if (features % groups || features / groups != inputs)
    return emitOpError() << "has " << features << " features in " << groups
                         << " groups, but a kernel for " << inputs;
  if (outputs % groups || outputs % batches || batch % batches)
    return emitOpError() << "has " << outputs << " outputs and a batch of "
                         << batch << ", which " << groups
                         << " feature groups and " << batches
                         << " batch groups do not divide";
  SmallVector<int64_t> shape(rank);
  shape[numbers.getOutputBatch()] = batch / batches;
  shape[numbers.getOutputFeature()] = outputs;
  SmallVector<int64_t> strides = getStrides(), lhsDilation = getInputDilation(),
                       rhsDilation = getKernelDilation();
  for (int64_t i = 0; i < spatial; ++i)
    shape[numbers.getOutputSpatial()[i]] =
        countWindows(lhs.getDimSize(numbers.getInputSpatial()[i]),
                     (*padding)[2 * i], (*padding)[2 * i + 1], lhsDilation[i],
                     rhs.getDimSize(numbers.getKernelSpatial()[i]),
                     rhsDilation[i], strides[i]);
  return verifyShape(*this, getResult(), shape);
}
