//===- FusePools.cpp - Pools on rows as they are computed -----------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/IR/Bitserial.h"
#include "bitserial/Transforms/MemoryPasses.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tensor/Transforms/Transforms.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Interfaces/TilingInterface.h"

namespace mlir::bitserial {
#define GEN_PASS_DEF_FUSEPOOLS
#include "bitserial/Transforms/MemoryPasses.h.inc"
} // namespace mlir::bitserial

using namespace mlir;
using namespace mlir::bitserial;

/// What is smaller stays in the cache anyway.
static constexpr int64_t kMinBytes = 32 * 1024;

//===----------------------------------------------------------------------===//
// Matching
//===----------------------------------------------------------------------===//

namespace {
/// `inner` with `value` around it: `low` before each dimension, to `shape`.
struct Padded {
  Value inner;
  Value value; // null if there is no padding
  SmallVector<int64_t> low;
  SmallVector<int64_t> shape;
};

/// A reduction over windows of the rows of its input: result row r reads the
/// padded rows stride * r to stride * r + window - 1.
struct Pool {
  linalg::GenericOp op;
  OpOperand *input = nullptr;
  unsigned dim = 0;       // of the rows in the input
  unsigned resultDim = 0; // and in the result
  int64_t stride = 0, window = 0;
  Value initial; // what results start from
  Padded padded;

  /// Rows that one result shares with the next.
  int64_t getCarried() const { return window - stride; }
  /// Rows of the inner input that are computed before the first result.
  int64_t getPrologue() const { return getCarried() - padded.low[dim]; }
};
} // namespace

static bool areStatic(ArrayRef<int64_t> numbers) {
  return !llvm::is_contained(numbers, ShapedType::kDynamic);
}

static std::optional<Padded> matchPadding(Value value) {
  auto type = cast<RankedTensorType>(value.getType());
  if (auto insert = value.getDefiningOp<tensor::InsertSliceOp>()) {
    auto fill = insert.getDest().getDefiningOp<linalg::FillOp>();
    if (!fill || !areStatic(insert.getStaticOffsets()) ||
        !areStatic(insert.getStaticSizes()) || !insert.hasUnitStride() ||
        insert.getSourceType().getRank() != type.getRank())
      return std::nullopt;
    return Padded{insert.getSource(), fill.getInputs()[0],
                  llvm::to_vector(insert.getStaticOffsets()),
                  llvm::to_vector(type.getShape())};
  }
  if (auto pad = value.getDefiningOp<tensor::PadOp>()) {
    Value constant = pad.getConstantPaddingValue();
    if (!constant || !areStatic(pad.getStaticLow()) ||
        (constant.getDefiningOp() &&
         constant.getDefiningOp()->getParentOp() == pad.getOperation()))
      return std::nullopt;
    return Padded{pad.getSource(), constant,
                  llvm::to_vector(pad.getStaticLow()),
                  llvm::to_vector(type.getShape())};
  }
  return Padded{value, Value(), SmallVector<int64_t>(type.getRank(), 0),
                llvm::to_vector(type.getShape())};
}

/// Whether `op` is a contraction of whole numbers, which is tiled by rows like
/// ordinary ones.
static bool isContractionOfNumbers(Operation *op) {
  auto reduce = dyn_cast_or_null<ReduceOp>(op);
  return reduce && reduce.getNumbersAttr() &&
         llvm::none_of(reduce.getLoopRanges(), ShapedType::isDynamic);
}

/// Whether `value` is the result of an ordinary contraction or sum, of one of
/// whole numbers, or what elementwise ops make of one, each used once.
static bool isComputedOnce(Value value) {
  if (isContractionOfNumbers(value.getDefiningOp()))
    return value.hasOneUse();
  auto op = value.getDefiningOp<linalg::LinalgOp>();
  if (!op || !value.hasOneUse() || !op.hasPureTensorSemantics() ||
      op.hasDynamicShape() || op->getNumResults() != 1 ||
      !op.getMatchingIndexingMap(op.getDpsInitOperand(0))
           .isProjectedPermutation())
    return false;
  return op.getNumReductionLoops() != 0 ||
         llvm::any_of(op.getDpsInputs(), isComputedOnce);
}

/// Finds the rows of windows in the input's map.
static bool matchWindows(Pool &pool) {
  linalg::GenericOp op = pool.op;
  AffineMap map = op.getMatchingIndexingMap(pool.input),
            out = op.getMatchingIndexingMap(op.getDpsInitOperand(0));
  SmallVector<int64_t> ranges = op.getStaticLoopRanges();
  SmallVector<utils::IteratorType> iterators = op.getIteratorTypesArray();
  auto isUsedOnce = [&](unsigned loop) {
    return llvm::count_if(map.getResults(), [&](AffineExpr expr) {
             return expr.isFunctionOfDim(loop);
           }) == 1;
  };
  for (auto [dim, expr] : llvm::enumerate(map.getResults())) {
    std::optional<unsigned> outer, inner;
    for (unsigned loop = 0; loop < ranges.size(); ++loop)
      if (expr.isFunctionOfDim(loop))
        (iterators[loop] == utils::IteratorType::parallel ? outer : inner) =
            loop;
    if (!outer || !inner || ranges[*inner] == 1)
      continue;
    AffineExpr r = getAffineDimExpr(*outer, op.getContext()),
               k = getAffineDimExpr(*inner, op.getContext());
    std::optional<unsigned> position = out.getResultPosition(r);
    pool.stride = getCoefficient(expr, *outer).value_or(0);
    pool.window = ranges[*inner];
    if (!position || expr != r * pool.stride + k || !isUsedOnce(*outer) ||
        !isUsedOnce(*inner) || pool.stride < 1 || pool.stride > pool.window)
      return false;
    pool.dim = dim;
    pool.resultDim = *position;
    return true;
  }
  return false;
}

static std::optional<Pool> matchPool(linalg::GenericOp op) {
  if (op.getNumReductionLoops() == 0 || op->getNumResults() != 1 ||
      !op.hasPureTensorSemantics() || op.hasDynamicShape() ||
      op.hasIndexSemantics())
    return std::nullopt;
  Pool pool;
  pool.op = op;
  for (OpOperand *input : op.getDpsInputOperands()) {
    if (op.getMatchingBlockArgument(input).use_empty())
      continue;
    if (pool.input) // a convolution
      return std::nullopt;
    pool.input = input;
  }
  auto fill = op.getDpsInits()[0].getDefiningOp<linalg::FillOp>();
  if (!pool.input || !fill || !pool.input->get().hasOneUse() ||
      !matchWindows(pool))
    return std::nullopt;
  pool.initial = fill.getInputs()[0];
  std::optional<Padded> padded = matchPadding(pool.input->get());
  if (!padded || !isComputedOnce(padded->inner))
    return std::nullopt;
  pool.padded = std::move(*padded);

  // Rows of padding may come first, and only there.
  auto type = cast<RankedTensorType>(pool.padded.inner.getType());
  int64_t rows = cast<RankedTensorType>(op.getResult(0).getType())
                     .getDimSize(pool.resultDim);
  if (!type.getElementType().isIntOrFloat() ||
      type.getNumElements() * type.getElementTypeBitWidth() / 8 < kMinBytes ||
      pool.getPrologue() < 0 ||
      pool.getPrologue() + rows * pool.stride > type.getDimSize(pool.dim))
    return std::nullopt;
  return pool;
}

//===----------------------------------------------------------------------===//
// Rewriting
//===----------------------------------------------------------------------===//

static SmallVector<OpFoldResult> toIndices(OpBuilder &b,
                                           ArrayRef<int64_t> numbers) {
  return getAsIndexOpFoldResult(b.getContext(), numbers);
}

static SmallVector<OpFoldResult> getUnitStrides(OpBuilder &b, size_t rank) {
  return SmallVector<OpFoldResult>(rank, b.getIndexAttr(1));
}

static Value createFilled(OpBuilder &b, Location loc, ArrayRef<int64_t> shape,
                          Type element, Value value) {
  Value empty = tensor::EmptyOp::create(b, loc, shape, element);
  return value ? linalg::FillOp::create(b, loc, value, empty).getResult(0)
               : empty;
}

/// `size` rows of `value` from `first` on, computed by copies of the ops that
/// `value` is made of: elementwise ops, one contraction or sum, and the
/// elementwise ops before it, of whose results neighbouring rows share some.
static Value createRows(RewriterBase &b, Location loc, Value value,
                        unsigned dim, OpFoldResult first, int64_t size) {
  auto type = cast<RankedTensorType>(value.getType());
  SmallVector<OpFoldResult> offsets(type.getRank(), b.getIndexAttr(0)),
      sizes = toIndices(b, type.getShape());
  offsets[dim] = first;
  sizes[dim] = b.getIndexAttr(size);
  auto slice = tensor::ExtractSliceOp::create(
      b, loc, value, offsets, sizes, getUnitStrides(b, type.getRank()));
  Value result = slice;
  bool hasReduction = false;
  SmallVector<tensor::ExtractSliceOp> work = {slice};
  while (!work.empty()) {
    tensor::ExtractSliceOp next = work.pop_back_val();
    b.setInsertionPoint(next);
    if (next.getSource().getDefiningOp<tensor::EmptyOp>()) {
      b.replaceOpWithNewOp<tensor::EmptyOp>(next, next.getType().getShape(),
                                            next.getType().getElementType());
      continue;
    }
    // What all rows share is computed outside.
    if (next.getType() == next.getSourceType())
      continue;
    Operation *producer = next.getSource().getDefiningOp();
    auto linalgOp = dyn_cast_or_null<linalg::LinalgOp>(producer);
    bool isReduction = isContractionOfNumbers(producer);
    if (!isReduction) {
      if (!linalgOp || !linalgOp.hasPureTensorSemantics() ||
          linalgOp.hasDynamicShape() || producer->getNumResults() != 1 ||
          !isa<TilingInterface>(producer))
        continue;
      isReduction = linalgOp.getNumReductionLoops() != 0;
    }
    auto isOther = [&](Operation *user) { return user != next; };
    if ((isReduction && hasReduction) ||
        (!isa<linalg::FillOp>(producer) &&
         llvm::count_if(producer->getUsers(), isOther) > 1))
      continue;
    FailureOr<TilingResult> tiled =
        tensor::replaceExtractSliceWithTiledProducer(
            b, next, cast<OpResult>(next.getSource()));
    if (failed(tiled))
      continue;
    hasReduction |= isReduction;
    Value rows = tiled->tiledValues.front();
    if (result == next.getResult())
      result = rows;
    b.replaceOp(next, rows);
    for (Operation *made : tiled->generatedSlices)
      if (auto madeSlice = dyn_cast<tensor::ExtractSliceOp>(made))
        work.push_back(madeSlice);
  }
  return result;
}

static void rewrite(RewriterBase &b, const Pool &pool) {
  linalg::GenericOp op = pool.op;
  Location loc = op.getLoc();
  const Padded &padded = pool.padded;
  auto innerType = cast<RankedTensorType>(padded.inner.getType());
  auto resultType = cast<RankedTensorType>(op.getResult(0).getType());
  Type element = innerType.getElementType();
  unsigned rank = innerType.getRank(), dim = pool.dim;
  int64_t carried = pool.getCarried(), prologue = pool.getPrologue();
  b.setInsertionPoint(op);

  // The window, with padding at the sides of its rows.
  SmallVector<int64_t> windowShape = padded.shape,
                       carriedShape(innerType.getShape());
  windowShape[dim] = pool.window;
  carriedShape[dim] = carried;
  auto insertRows = [&](Value rows, Value window, int64_t first) -> Value {
    SmallVector<int64_t> offsets = padded.low;
    offsets[dim] = first;
    return tensor::InsertSliceOp::create(
        b, loc, rows, window, toIndices(b, offsets),
        toIndices(b, cast<RankedTensorType>(rows.getType()).getShape()),
        getUnitStrides(b, rank));
  };
  SmallVector<Value> inits = {
      tensor::EmptyOp::create(b, loc, resultType.getShape(),
                              resultType.getElementType()),
      createFilled(b, loc, windowShape, element, padded.value)};
  if (carried) {
    Value rows = createFilled(b, loc, carriedShape, element, padded.value);
    if (prologue) {
      Value first =
          createRows(b, loc, padded.inner, dim, b.getIndexAttr(0), prologue);
      b.setInsertionPoint(op);
      SmallVector<int64_t> offsets(rank, 0);
      offsets[dim] = padded.low[dim];
      rows = tensor::InsertSliceOp::create(
          b, loc, first, rows, toIndices(b, offsets),
          toIndices(b, cast<RankedTensorType>(first.getType()).getShape()),
          getUnitStrides(b, rank));
    }
    inits.push_back(rows);
  }

  auto constant = [&](int64_t value) -> Value {
    return arith::ConstantIndexOp::create(b, loc, value);
  };
  auto loop = scf::ForOp::create(
      b, loc, constant(0), constant(resultType.getDimSize(pool.resultDim)),
      constant(1), inits);
  b.setInsertionPointToStart(loop.getBody());
  Value result = loop.getRegionIterArg(0), window = loop.getRegionIterArg(1);
  if (carried)
    window = insertRows(loop.getRegionIterArg(2), window, 0);
  OpFoldResult first = affine::makeComposedFoldedAffineApply(
      b, loc, b.getAffineDimExpr(0) * pool.stride + prologue,
      {OpFoldResult(loop.getInductionVar())});
  Value rows = createRows(b, loc, padded.inner, dim, first, pool.stride);
  b.setInsertionPointToEnd(loop.getBody());
  window = insertRows(rows, window, carried);

  // One row of results.
  SmallVector<int64_t> tileShape(resultType.getShape());
  tileShape[pool.resultDim] = 1;
  Value init = createFilled(b, loc, tileShape, resultType.getElementType(),
                            pool.initial);
  IRMapping mapping;
  mapping.map(pool.input->get(), window);
  mapping.map(op.getDpsInits()[0], init);
  Operation *pooled = b.clone(*op, mapping);
  pooled->getResult(0).setType(init.getType());
  SmallVector<OpFoldResult> offsets(resultType.getRank(), b.getIndexAttr(0));
  offsets[pool.resultDim] = loop.getInductionVar();
  SmallVector<Value> yields = {
      tensor::InsertSliceOp::create(b, loc, pooled->getResult(0), result,
                                    offsets, toIndices(b, tileShape),
                                    getUnitStrides(b, tileShape.size())),
      window};
  if (carried) {
    SmallVector<int64_t> last = padded.low;
    last[dim] = pool.stride;
    Value kept = tensor::ExtractSliceOp::create(
        b, loc, window, toIndices(b, last), toIndices(b, carriedShape),
        getUnitStrides(b, rank));
    // A copy: the next iteration writes the window.
    yields.push_back(bufferization::MaterializeInDestinationOp::create(
                         b, loc, kept.getType(), kept, loop.getRegionIterArg(2))
                         .getResult());
  }
  scf::YieldOp::create(b, loc, yields);
  b.replaceOp(op, loop.getResult(0));
}

namespace {
struct FusePoolsPass : bitserial::impl::FusePoolsBase<FusePoolsPass> {
  void runOnOperation() override {
    SmallVector<linalg::GenericOp> ops;
    getOperation().walk([&](linalg::GenericOp op) { ops.push_back(op); });
    IRRewriter rewriter(&getContext());
    for (linalg::GenericOp op : ops)
      if (std::optional<Pool> pool = matchPool(op))
        rewrite(rewriter, *pool);
  }
};
} // namespace
