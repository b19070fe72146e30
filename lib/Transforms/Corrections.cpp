//===- Corrections.cpp - What a contraction adds to its bit products ------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// See populateContractToReducePatterns for the identity. Here: beta times the
// sums of activation bits, which are box sums of popcounts, and alpha times the
// sums of weights, which depend on the position where padding cuts them.
//
//===----------------------------------------------------------------------===//

#include "bitserial/Transforms/Corrections.h"
#include "bitserial/IR/Bitserial.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace mlir::bitserial;

//===----------------------------------------------------------------------===//
// Helpers
//===----------------------------------------------------------------------===//

static Value createConstant(OpBuilder &b, Location loc,
                            DenseElementsAttr value) {
  return arith::ConstantOp::create(b, loc, value);
}

static Value createI32(OpBuilder &b, Location loc, int64_t value) {
  return arith::ConstantOp::create(b, loc, b.getI32IntegerAttr(value));
}

Value bitserial::createZeroTensor(OpBuilder &b, Location loc,
                                  RankedTensorType type) {
  Value empty =
      tensor::EmptyOp::create(b, loc, type.getShape(), type.getElementType());
  Value zero =
      arith::ConstantOp::create(b, loc, b.getZeroAttr(type.getElementType()));
  return linalg::FillOp::create(b, loc, zero, empty).getResult(0);
}

/// The dimensions that `expr` uses.
static llvm::SmallBitVector getDims(AffineExpr expr, unsigned numDims) {
  llvm::SmallBitVector dims(numDims);
  expr.walk([&](AffineExpr e) {
    if (auto dim = dyn_cast<AffineDimExpr>(e))
      dims.set(dim.getPosition());
  });
  return dims;
}

namespace {
/// A tensor together with the expression, over the loops of a contraction, that
/// indexes each of its dimensions.
struct IndexedTensor {
  Value value;
  SmallVector<AffineExpr> exprs;
};
} // namespace

//===----------------------------------------------------------------------===//
// Sums over one operand
//===----------------------------------------------------------------------===//

/// The sum of the numbers that a word holds, an i32.
static Value createSumOfNumbers(OpBuilder &b, Location loc, Value word,
                                IntegerType numbers, int64_t step) {
  unsigned width = word.getType().getIntOrFloatBitWidth();
  auto numberType = b.getIntegerType(numbers.getWidth());
  Value sum;
  for (unsigned bit = 0; bit < width; bit += numbers.getWidth()) {
    Value number = word;
    if (bit)
      number = arith::ShRUIOp::create(
          b, loc, number,
          arith::ConstantOp::create(b, loc,
                                    b.getIntegerAttr(word.getType(), bit)));
    if (number.getType() != numberType)
      number = arith::TruncIOp::create(b, loc, numberType, number);
    if (numbers.isSigned())
      number = arith::ExtSIOp::create(b, loc, b.getI32Type(), number);
    else
      number = arith::ExtUIOp::create(b, loc, b.getI32Type(), number);
    sum = sum ? arith::AddIOp::create(b, loc, sum, number).getResult() : number;
  }
  if (step != 1)
    sum = arith::MulIOp::create(b, loc, sum, createI32(b, loc, step));
  return sum;
}

/// For each word of `words`, in `layout`, the sum over its elements of what
/// they are more than LayoutAttr::getOffset, as a tensor without the plane
/// dimension: the sum over planes of weight times popcount, or that of numbers.
static Value createWordSums(OpBuilder &b, Location loc, Value words,
                            LayoutAttr layout, const NumberFormat &format) {
  int64_t planeDim = layout.getPlanes();
  SmallVector<int64_t> weights(format.getWeights());
  if (layout.getNumbers())
    weights.assign({layout.getCode(format).step});
  auto type = cast<RankedTensorType>(words.getType());
  SmallVector<int64_t> shape(type.getShape());
  shape.erase(shape.begin() + planeDim);

  SmallVector<Value> planes;
  SmallVector<int64_t> offsets(type.getRank(), 0), strides(type.getRank(), 1),
      sizes(type.getShape());
  sizes[planeDim] = 1;
  auto planeType = RankedTensorType::get(shape, type.getElementType());
  for (int64_t plane = 0; plane < int64_t(weights.size()); ++plane) {
    offsets[planeDim] = plane;
    planes.push_back(tensor::ExtractSliceOp::create(
        b, loc, planeType, words, ValueRange(), ValueRange(), ValueRange(),
        offsets, sizes, strides));
  }

  AffineMap identity = b.getMultiDimIdentityMap(shape.size());
  SmallVector<AffineMap> maps(weights.size() + 1, identity);
  SmallVector<utils::IteratorType> iterators(shape.size(),
                                             utils::IteratorType::parallel);
  Value empty = tensor::EmptyOp::create(b, loc, shape, b.getI32Type());
  auto body = [&](OpBuilder &b, Location loc, ValueRange args) {
    Value sum;
    for (auto [word, weight] : llvm::zip_first(args.drop_back(), weights)) {
      if (IntegerType numbers = layout.getNumbers()) {
        sum = createSumOfNumbers(b, loc, word, numbers, weight);
        break;
      }
      Value count = math::CtPopOp::create(b, loc, word);
      unsigned width = count.getType().getIntOrFloatBitWidth();
      if (width < 32)
        count = arith::ExtUIOp::create(b, loc, b.getI32Type(), count);
      else if (width > 32)
        count = arith::TruncIOp::create(b, loc, b.getI32Type(), count);
      if (weight != 1)
        count = arith::MulIOp::create(b, loc, count, createI32(b, loc, weight));
      sum = sum ? arith::AddIOp::create(b, loc, sum, count).getResult() : count;
    }
    linalg::YieldOp::create(b, loc, sum);
  };
  return linalg::GenericOp::create(b, loc, empty.getType(), planes, empty, maps,
                                   iterators, body)
      .getResult(0);
}

/// The dimension of `tensor` to sum next, none if all are indexed by single
/// loops that are not reductions. From the innermost to the outermost; but
/// first those that a stride makes smaller, which leaves less to do for the
/// others, as far as there is a vector of elements inside.
static std::optional<int64_t>
chooseDimToSum(const IndexedTensor &tensor, ArrayRef<int64_t> ranges,
               const llvm::SmallBitVector &reduce) {
  constexpr int64_t vector = 16;
  ArrayRef<int64_t> shape =
      cast<RankedTensorType>(tensor.value.getType()).getShape();
  std::optional<int64_t> last;
  for (auto [pos, expr] : llvm::enumerate(tensor.exprs)) {
    llvm::SmallBitVector used = getDims(expr, ranges.size());
    if (isa<AffineDimExpr>(expr) && !used.anyCommon(reduce))
      continue;
    last = pos;
    bool isStrided = false;
    expr.walk(
        [&](AffineExpr e) { isStrided |= e.getKind() == AffineExprKind::Mul; });
    if (isStrided &&
        ShapedType::getNumElements(shape.drop_front(pos + 1)) >= vector)
      return pos;
  }
  return last;
}

/// Sums the reduction dimensions that `reduce` names out of `tensor`, one of
/// its dimensions after the other; box sums of a convolution are separable.
/// What is left is indexed by single dimensions.
static IndexedTensor sumOut(OpBuilder &b, Location loc, IndexedTensor tensor,
                            ArrayRef<int64_t> ranges,
                            const llvm::SmallBitVector &reduce) {
  MLIRContext *context = b.getContext();
  unsigned numLoops = ranges.size();
  // A window of one element, as that of a 1×1 convolution, is nothing to sum.
  DenseMap<AffineExpr, AffineExpr> single;
  for (unsigned dim : reduce.set_bits())
    if (ranges[dim] == 1)
      single[getAffineDimExpr(dim, context)] =
          getAffineConstantExpr(0, context);
  for (auto [expr, size] : llvm::zip_equal(
           tensor.exprs,
           cast<RankedTensorType>(tensor.value.getType()).getShape())) {
    AffineExpr simpler = expr.replace(single);
    auto dim = dyn_cast<AffineDimExpr>(simpler);
    if (dim && ranges[dim.getPosition()] == size)
      expr = simpler;
  }
  while (std::optional<int64_t> next = chooseDimToSum(tensor, ranges, reduce)) {
    int64_t pos = *next;
    llvm::SmallBitVector used = getDims(tensor.exprs[pos], numLoops);

    // The step's iteration space: what is left, in order of the dimensions,
    // with the tensor dimensions that share a loop with this one replaced.
    SmallVector<AffineExpr> kept;
    llvm::SmallBitVector replaced(numLoops);
    for (auto [i, other] : llvm::enumerate(tensor.exprs)) {
      llvm::SmallBitVector otherUsed = getDims(other, numLoops);
      if (!otherUsed.anyCommon(used) && int64_t(i) != pos) {
        kept.push_back(other);
        continue;
      }
      otherUsed |= used;
      for (unsigned dim : otherUsed.set_bits())
        if (!replaced.test(dim)) {
          replaced.set(dim);
          if (!reduce.test(dim))
            kept.push_back(getAffineDimExpr(dim, context));
        }
    }
    // Loops: summed dimensions outermost, so that inner loops run along memory,
    // then one per dimension of the result. If the innermost dimension is
    // short, its loop comes last in the end: LLVM unrolls it.
    SmallVector<AffineExpr> toLoop(numLoops, getAffineConstantExpr(0, context));
    SmallVector<utils::IteratorType> iterators;
    SmallVector<int64_t> shape;
    SmallVector<int64_t> window;
    auto addReduction = [&](int64_t size) {
      iterators.push_back(utils::IteratorType::reduction);
      window.push_back(size);
      return getAffineDimExpr(iterators.size() - 1, context);
    };
    SmallVector<AffineExpr> inputExprs(tensor.exprs.size()), outputExprs;
    auto inputShape = cast<RankedTensorType>(tensor.value.getType()).getShape();
    for (auto [i, input, other] : llvm::enumerate(inputExprs, tensor.exprs)) {
      // A tiled reduction: the tile and the place in it are loops of their own.
      auto binary = dyn_cast<AffineBinaryOpExpr>(other);
      llvm::SmallBitVector otherUsed = getDims(other, numLoops);
      if (binary && binary.getKind() != AffineExprKind::Add &&
          binary.getKind() != AffineExprKind::Mul &&
          otherUsed.anyCommon(replaced) && otherUsed.anyCommon(reduce)) {
        input = addReduction(inputShape[i]);
        continue;
      }
      otherUsed &= replaced;
      for (unsigned dim : otherUsed.set_bits())
        if (reduce.test(dim))
          toLoop[dim] = addReduction(ranges[dim]);
    }
    for (AffineExpr expr : kept) {
      AffineExpr loop = getAffineDimExpr(iterators.size(), context);
      iterators.push_back(utils::IteratorType::parallel);
      outputExprs.push_back(loop);
      // Either an untouched tensor dimension or a parallel one made plain.
      auto it = llvm::find(tensor.exprs, expr);
      bool untouched = it != tensor.exprs.end() &&
                       !getDims(expr, numLoops).anyCommon(replaced);
      if (untouched) {
        unsigned i = it - tensor.exprs.begin();
        inputExprs[i] = loop;
        shape.push_back(inputShape[i]);
      } else {
        unsigned dim = cast<AffineDimExpr>(expr).getPosition();
        toLoop[dim] = loop;
        shape.push_back(ranges[dim]);
      }
    }
    for (auto [input, expr] : llvm::zip_equal(inputExprs, tensor.exprs))
      if (!input)
        input = expr.replaceDims(toLoop);

    unsigned numStepLoops = iterators.size();
    bool sums = !window.empty();
    constexpr int64_t unrolled = 8;
    bool isShort = pos + 1 == int64_t(inputShape.size()) && sums &&
                   computeProduct(window) <= unrolled;
    SmallVector<AffineExpr> order;
    for (unsigned loop = 0; loop < numStepLoops; ++loop)
      order.push_back(getAffineDimExpr(
          isShort ? (loop + shape.size()) % numStepLoops : loop, context));
    if (isShort)
      std::rotate(iterators.begin(), iterators.begin() + window.size(),
                  iterators.end());
    SmallVector<Value> inputs = {tensor.value};
    SmallVector<AffineMap> maps = {
        AffineMap::get(numStepLoops, 0, inputExprs, context)};
    if (sums) {
      // Says the sizes of the summed loops, as in upstream's pooling ops; its
      // elements are not read.
      inputs.push_back(tensor::EmptyOp::create(b, loc, window, b.getI32Type()));
      maps.push_back(AffineMap::getMultiDimIdentityMap(numStepLoops, context)
                         .getMajorSubMap(window.size()));
    }
    maps.push_back(AffineMap::get(numStepLoops, 0, outputExprs, context));
    for (AffineMap &map : maps)
      map = map.replaceDimsAndSymbols(order, {}, numStepLoops, 0);
    auto type = RankedTensorType::get(shape, b.getI32Type());
    Value init = sums ? createZeroTensor(b, loc, type)
                      : tensor::EmptyOp::create(b, loc, shape, b.getI32Type())
                            .getResult();
    tensor.value =
        linalg::GenericOp::create(
            b, loc, type, inputs, init, maps, iterators,
            [&](OpBuilder &b, Location loc, ValueRange args) {
              Value sum = args[0];
              if (sums)
                sum = arith::AddIOp::create(b, loc, args.front(), args.back());
              linalg::YieldOp::create(b, loc, sum);
            })
            .getResult(0);
    tensor.exprs = kept;
  }
  return tensor;
}

//===----------------------------------------------------------------------===//
// Padding
//===----------------------------------------------------------------------===//

namespace {
/// Which positions of a padded dimension of lhs lie inside it. They depend on
/// the parallel dimensions that index it; parallel iterations with the same set
/// of positions inside form a class.
struct Border {
  SmallVector<unsigned> parallel, reductions; // loops that index the dimension
  SmallVector<int64_t> classes; // of each parallel iteration, row-major
  /// For each class: whether each reduction iteration (row-major) is inside.
  SmallVector<SmallVector<bool>> inside;
};
} // namespace

/// Calls `fn` for each point of a box in row-major order.
static void forEachPoint(ArrayRef<int64_t> sizes,
                         function_ref<void(ArrayRef<int64_t>)> fn) {
  SmallVector<int64_t> point(sizes.size(), 0);
  while (true) {
    fn(point);
    int64_t dim = int64_t(sizes.size()) - 1;
    for (; dim >= 0 && ++point[dim] == sizes[dim]; --dim)
      point[dim] = 0;
    if (dim < 0)
      return;
  }
}

static SmallVector<int64_t> select(ArrayRef<int64_t> values,
                                   ArrayRef<unsigned> indices) {
  return llvm::map_to_vector(indices, [&](unsigned i) { return values[i]; });
}

/// The borders of all padded dimensions where some position is outside.
static std::vector<Border> findBorders(ContractOp op) {
  std::vector<Border> borders;
  SmallVector<int64_t> ranges = op.getLoopRanges();
  SmallVector<utils::IteratorType> iterators = op.getIteratorTypes();
  SmallVector<int64_t> low = op.getLhsPadLow(), high = op.getLhsPadHigh();
  for (auto [pos, expr] : llvm::enumerate(op.getLhsMap().getResults())) {
    if (low[pos] == 0 && high[pos] == 0)
      continue;
    Border border;
    llvm::SmallBitVector dims = getDims(expr, ranges.size());
    for (unsigned dim : dims.set_bits())
      (iterators[dim] == utils::IteratorType::parallel ? border.parallel
                                                       : border.reductions)
          .push_back(dim);
    int64_t size = op.getLhs().getType().getDimSize(pos), padLow = low[pos];
    AffineExpr indexExpr = expr;
    SmallVector<int64_t> at(ranges.size(), 0);
    forEachPoint(select(ranges, border.parallel), [&](ArrayRef<int64_t> p) {
      for (auto [dim, i] : llvm::zip_equal(border.parallel, p))
        at[dim] = i;
      SmallVector<bool> inside;
      forEachPoint(select(ranges, border.reductions), [&](ArrayRef<int64_t> r) {
        for (auto [dim, i] : llvm::zip_equal(border.reductions, r))
          at[dim] = i;
        SmallVector<AffineExpr> constants =
            llvm::map_to_vector(at, [&](int64_t i) {
              return getAffineConstantExpr(i, op.getContext());
            });
        int64_t index =
            cast<AffineConstantExpr>(indexExpr.replaceDims(constants))
                .getValue() -
            padLow;
        inside.push_back(index >= 0 && index < size);
      });
      auto it = llvm::find(border.inside, inside);
      border.classes.push_back(it - border.inside.begin());
      if (it == border.inside.end())
        border.inside.push_back(inside);
    });
    if (border.inside.size() > 1 || !llvm::all_equal(border.inside.front()) ||
        !border.inside.front().front())
      borders.push_back(border);
  }
  return borders;
}

//===----------------------------------------------------------------------===//
// The correction alpha * (sum of weights inside)
//===----------------------------------------------------------------------===//

/// As createWeightSums, for weights that are constant: so are their sums.
/// `reduce` are the reductions that are in no border.
static IndexedTensor sumConstantWeights(OpBuilder &b, ContractOp op,
                                        DenseIntElementsAttr words,
                                        ArrayRef<Border> borders,
                                        const llvm::SmallBitVector &reduce) {
  SmallVector<int64_t> ranges = op.getLoopRanges();
  SmallVector<utils::IteratorType> iterators = op.getIteratorTypes();
  RankedTensorType type = op.getRhs().getType();
  bool isUnsigned = op.getRhsElementType().getFormat().isValueUnsigned();
  int64_t alpha =
      op.getLhsLayout().getOffset(op.getLhsElementType().getFormat());
  SmallVector<unsigned> rhsDims =
      llvm::map_to_vector(op.getRhsMap().getResults(), [](AffineExpr expr) {
        return cast<AffineDimExpr>(expr).getPosition();
      });
  /// Where a point of the loops in `dims` lies in a tensor of these dimensions.
  auto getStrides = [&](ArrayRef<unsigned> dims) {
    SmallVector<int64_t> byLoop(ranges.size(), 0);
    SmallVector<int64_t> strides = computeStrides(select(ranges, dims));
    for (auto [dim, stride] : llvm::zip_equal(dims, strides))
      byLoop[dim] = stride;
    return byLoop;
  };
  auto linearize = [](ArrayRef<int64_t> point, ArrayRef<unsigned> dims,
                      ArrayRef<int64_t> strides) {
    int64_t index = 0;
    for (auto [i, dim] : llvm::zip_equal(point, dims))
      index += i * strides[dim];
    return index;
  };

  // First over the reductions that no border needs.
  SmallVector<unsigned> kept, parallel;
  IndexedTensor sums;
  for (unsigned dim : rhsDims) {
    if (!reduce.test(dim))
      kept.push_back(dim);
    if (iterators[dim] == utils::IteratorType::parallel) {
      parallel.push_back(dim);
      sums.exprs.push_back(b.getAffineDimExpr(dim));
    }
  }
  SmallVector<int64_t> keptStrides = getStrides(kept);
  std::vector<int64_t> totals(computeProduct(select(ranges, kept)), 0);
  DenseIntElementsAttr values = unpackConstant(words, type);
  auto value = values.getValues<APInt>().begin();
  forEachPoint(type.getShape(), [&](ArrayRef<int64_t> point) {
    totals[linearize(point, rhsDims, keptStrides)] +=
        isUnsigned ? (*value).getZExtValue() : (*value).getSExtValue();
    ++value;
  });

  // Then, for each class, over those positions of the borders that are inside.
  SmallVector<int64_t> shape;
  std::vector<SmallVector<int64_t>> borderStrides;
  for (const Border &border : borders) {
    shape.push_back(border.inside.size());
    borderStrides.push_back(getStrides(border.reductions));
  }
  SmallVector<int64_t> classes = shape;
  llvm::append_range(shape, select(ranges, parallel));
  SmallVector<int64_t> outStrides = getStrides(parallel);
  int64_t classStride = computeProduct(select(ranges, parallel));
  std::vector<int32_t> result(computeProduct(shape), 0);
  auto total = totals.begin();
  forEachPoint(select(ranges, kept), [&](ArrayRef<int64_t> point) {
    int64_t term = alpha * *total++;
    int64_t index = linearize(point, kept, outStrides);
    SmallVector<int64_t> positions =
        llvm::map_to_vector(borderStrides, [&](ArrayRef<int64_t> strides) {
          return linearize(point, kept, strides);
        });
    forEachPoint(classes, [&](ArrayRef<int64_t> classPoint) {
      bool isInside = true;
      for (auto [border, i, position] :
           llvm::zip_equal(borders, classPoint, positions))
        isInside &= border.inside[i][position];
      if (isInside)
        result[index] += term;
      index += classStride;
    });
  });
  sums.value = createConstant(
      b, op.getLoc(),
      DenseElementsAttr::get(RankedTensorType::get(shape, b.getI32Type()),
                             ArrayRef<int32_t>(result)));
  return sums;
}

/// For each result position, by its parallel rhs dimensions, and for each
/// combination of classes of the borders: alpha times the sum of the weights
/// over the positions inside. Leading dimensions are the classes.
static IndexedTensor createWeightSums(OpBuilder &b, ContractOp op,
                                      Value rhsWords,
                                      ArrayRef<Border> borders) {
  Location loc = op.getLoc();
  MLIRContext *context = b.getContext();
  SmallVector<int64_t> ranges = op.getLoopRanges();
  SmallVector<utils::IteratorType> iterators = op.getIteratorTypes();
  unsigned numLoops = ranges.size();
  NumberFormat rhsFormat = op.getRhsElementType().getFormat();
  int64_t alpha =
      op.getLhsLayout().getOffset(op.getLhsElementType().getFormat());

  // Sum out the reductions that no border needs.
  llvm::SmallBitVector reduce(numLoops);
  for (unsigned dim = 0; dim < numLoops; ++dim)
    if (iterators[dim] == utils::IteratorType::reduction)
      reduce.set(dim);
  SmallVector<unsigned> borderReductions;
  for (const Border &border : borders)
    for (unsigned dim : border.reductions) {
      reduce.reset(dim);
      borderReductions.push_back(dim);
    }
  int64_t summed = 1;
  for (unsigned dim : reduce.set_bits())
    summed *= ranges[dim];

  if (DenseIntElementsAttr words = getConstantValue(op.getRhs()))
    return sumConstantWeights(b, op, words, borders, reduce);

  LayoutAttr layout = op.getRhsLayout();
  SmallVector<int64_t> wordRanges = ranges;
  unsigned packedLoop =
      cast<AffineDimExpr>(op.getRhsMap().getResult(layout.getPacked()))
          .getPosition();
  int64_t tile = layout.getInnerTile(layout.getPacked());
  wordRanges[packedLoop] =
      llvm::divideCeil(ranges[packedLoop], layout.getElementsPerWord() * tile) *
      tile;

  Value counts = createWordSums(b, loc, rhsWords, layout, rhsFormat);
  AffineMap map = layout.getWordMap(op.getRhs().getType().getRank())
                      .compose(op.getRhsMap());
  IndexedTensor sums = sumOut(
      b, loc, {counts, llvm::to_vector(map.getResults())}, wordRanges, reduce);
  // What the offset of the weights adds, once per summed position.
  if (int64_t offset = layout.getOffset(rhsFormat) * summed) {
    auto type = cast<RankedTensorType>(sums.value.getType());
    Value empty =
        tensor::EmptyOp::create(b, loc, type.getShape(), b.getI32Type());
    AffineMap identity = b.getMultiDimIdentityMap(type.getRank());
    SmallVector<utils::IteratorType> parallel(type.getRank(),
                                              utils::IteratorType::parallel);
    sums.value = linalg::GenericOp::create(
                     b, loc, type, sums.value, empty,
                     ArrayRef<AffineMap>{identity, identity}, parallel,
                     [&](OpBuilder &b, Location loc, ValueRange args) {
                       Value sum = arith::AddIOp::create(
                           b, loc, args[0], createI32(b, loc, offset));
                       linalg::YieldOp::create(b, loc, sum);
                     })
                     .getResult(0);
  }

  // Now alpha * sum over the border reductions, masked, for each class. Loops:
  // classes, what the sums keep besides border reductions, border reductions.
  SmallVector<AffineExpr> toLoop(numLoops);
  SmallVector<AffineExpr> outExprs, keptExprs;
  SmallVector<int64_t> shape;
  SmallVector<utils::IteratorType> stepIterators;
  auto addLoop = [&](utils::IteratorType type) {
    stepIterators.push_back(type);
    return getAffineDimExpr(stepIterators.size() - 1, context);
  };
  for (const Border &border : borders) {
    outExprs.push_back(addLoop(utils::IteratorType::parallel));
    shape.push_back(border.inside.size());
  }
  for (AffineExpr expr : sums.exprs) {
    unsigned dim = cast<AffineDimExpr>(expr).getPosition();
    if (llvm::is_contained(borderReductions, dim))
      continue;
    toLoop[dim] = addLoop(utils::IteratorType::parallel);
    outExprs.push_back(toLoop[dim]);
    keptExprs.push_back(expr);
    shape.push_back(ranges[dim]);
  }
  for (unsigned dim : borderReductions)
    toLoop[dim] = addLoop(utils::IteratorType::reduction);

  SmallVector<Value> inputs = {sums.value};
  SmallVector<SmallVector<AffineExpr>> exprs(1);
  for (AffineExpr expr : sums.exprs)
    exprs[0].push_back(toLoop[cast<AffineDimExpr>(expr).getPosition()]);
  for (auto [i, border] : llvm::enumerate(borders)) {
    SmallVector<int64_t> maskShape = {int64_t(border.inside.size())};
    SmallVector<AffineExpr> maskExprs = {getAffineDimExpr(i, context)};
    for (unsigned dim : border.reductions) {
      maskShape.push_back(ranges[dim]);
      maskExprs.push_back(toLoop[dim]);
    }
    SmallVector<int32_t> mask;
    for (ArrayRef<bool> inside : border.inside)
      llvm::append_range(mask, inside);
    auto type = RankedTensorType::get(maskShape, b.getI32Type());
    inputs.push_back(createConstant(
        b, loc, DenseElementsAttr::get(type, ArrayRef<int32_t>(mask))));
    exprs.push_back(maskExprs);
  }
  unsigned numStepLoops = stepIterators.size();
  SmallVector<AffineMap> maps;
  for (ArrayRef<AffineExpr> inputExprs : exprs)
    maps.push_back(AffineMap::get(numStepLoops, 0, inputExprs, context));
  maps.push_back(AffineMap::get(numStepLoops, 0, outExprs, context));
  auto type = RankedTensorType::get(shape, b.getI32Type());
  Value scaled =
      linalg::GenericOp::create(
          b, loc, type, inputs, createZeroTensor(b, loc, type), maps,
          stepIterators,
          [&](OpBuilder &b, Location loc, ValueRange args) {
            Value term = arith::MulIOp::create(b, loc, args[0],
                                               createI32(b, loc, alpha));
            for (Value mask : args.drop_front().drop_back())
              term = arith::MulIOp::create(b, loc, term, mask);
            Value sum = arith::AddIOp::create(b, loc, args.back(), term);
            linalg::YieldOp::create(b, loc, sum);
          })
          .getResult(0);
  return {scaled, keptExprs};
}

Value bitserial::createCorrections(OpBuilder &b, ContractOp op, Value lhsWords,
                                   AffineMap lhsMap, Value rhsWords,
                                   ArrayRef<int64_t> wordRanges) {
  Location loc = op.getLoc();
  NumberFormat lhsFormat = op.getLhsElementType().getFormat();
  NumberFormat rhsFormat = op.getRhsElementType().getFormat();
  int64_t alpha = op.getLhsLayout().getOffset(lhsFormat),
          beta = op.getRhsLayout().getOffset(rhsFormat);
  RankedTensorType type = op.getType();
  if (alpha == 0 && beta == 0)
    return createZeroTensor(b, loc, type);

  unsigned numLoops = wordRanges.size();
  SmallVector<utils::IteratorType> iterators = op.getIteratorTypes();
  // Maps from result positions; its dimensions are the parallel loops.
  SmallVector<AffineExpr> loopToResult(
      numLoops, getAffineConstantExpr(0, b.getContext()));
  for (auto [i, expr] : llvm::enumerate(op.getResultMap().getResults()))
    loopToResult[cast<AffineDimExpr>(expr).getPosition()] =
        b.getAffineDimExpr(i);
  auto toResultMap = [&](ArrayRef<AffineExpr> exprs) {
    SmallVector<AffineExpr> mapped;
    for (AffineExpr expr : exprs)
      mapped.push_back(expr.replaceDims(loopToResult));
    return AffineMap::get(type.getRank(), 0, mapped, b.getContext());
  };

  SmallVector<Value> inputs;
  SmallVector<AffineMap> maps;
  if (beta) {
    llvm::SmallBitVector reduce(numLoops);
    for (unsigned dim = 0; dim < numLoops; ++dim)
      if (iterators[dim] == utils::IteratorType::reduction)
        reduce.set(dim);
    Value counts =
        createWordSums(b, loc, lhsWords, op.getLhsLayout(), lhsFormat);
    IndexedTensor sums =
        sumOut(b, loc, {counts, llvm::to_vector(lhsMap.getResults())},
               wordRanges, reduce);
    inputs.push_back(sums.value);
    maps.push_back(toResultMap(sums.exprs));
  }
  std::vector<Border> borders;
  IndexedTensor weightSums;
  if (alpha) {
    borders = findBorders(op);
    weightSums = createWeightSums(b, op, rhsWords, borders);
    if (borders.empty()) {
      inputs.push_back(weightSums.value);
      maps.push_back(toResultMap(weightSums.exprs));
    }
  }
  // The class of each parallel iteration, looked up by the result position.
  SmallVector<Value> classTables;
  SmallVector<int64_t> ranges = op.getLoopRanges();
  for (const Border &border : borders) {
    auto tableType = RankedTensorType::get(select(ranges, border.parallel),
                                           b.getIndexType());
    classTables.push_back(createConstant(
        b, loc, DenseIntElementsAttr::get(tableType, border.classes)));
  }

  maps.push_back(b.getMultiDimIdentityMap(type.getRank()));
  SmallVector<utils::IteratorType> parallel(type.getRank(),
                                            utils::IteratorType::parallel);
  Value empty =
      tensor::EmptyOp::create(b, loc, type.getShape(), b.getI32Type());
  auto body = [&](OpBuilder &b, Location loc, ValueRange args) {
    Value sum;
    auto accumulate = [&](Value term) {
      sum = sum ? arith::AddIOp::create(b, loc, sum, term).getResult() : term;
    };
    auto indexOf = [&](unsigned loop) -> Value {
      auto dim = cast<AffineDimExpr>(loopToResult[loop]);
      return linalg::IndexOp::create(b, loc, dim.getPosition());
    };
    ValueRange inputArgs = args.drop_back();
    if (beta) {
      Value term = inputArgs.front();
      inputArgs = inputArgs.drop_front();
      if (beta != 1)
        term = arith::MulIOp::create(b, loc, term, createI32(b, loc, beta));
      accumulate(term);
    }
    if (alpha && borders.empty())
      accumulate(inputArgs.front());
    if (!borders.empty()) {
      SmallVector<Value> indices;
      for (auto [border, table] : llvm::zip_equal(borders, classTables)) {
        SmallVector<Value> at = llvm::map_to_vector(border.parallel, indexOf);
        indices.push_back(tensor::ExtractOp::create(b, loc, table, at));
      }
      for (AffineExpr expr : weightSums.exprs)
        indices.push_back(indexOf(cast<AffineDimExpr>(expr).getPosition()));
      accumulate(tensor::ExtractOp::create(b, loc, weightSums.value, indices));
    }
    linalg::YieldOp::create(b, loc, sum);
  };
  return linalg::GenericOp::create(b, loc, type, inputs, empty, maps, parallel,
                                   body)
      .getResult(0);
}
