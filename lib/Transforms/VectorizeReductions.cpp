//===- VectorizeReductions.cpp - Ordinary contractions as vector code -----===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/IR/Bitserial.h"
#include "bitserial/Target/Target.h"
#include "bitserial/Transforms/MicroTile.h"
#include "bitserial/Transforms/Passes.h"
#include "bitserial/Transforms/VectorEvaluator.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/Matchers.h"

namespace mlir::bitserial {
#define GEN_PASS_DEF_VECTORIZEREDUCTIONS
#include "bitserial/Transforms/Passes.h.inc"
} // namespace mlir::bitserial

using namespace mlir;
using namespace mlir::bitserial;

//===----------------------------------------------------------------------===//
// Which ops, and along which loop
//===----------------------------------------------------------------------===//

/// Shorter rows than this are left to scalar code.
static constexpr int64_t kMinLanes = 4;

/// The most ops of a body times accumulators: what is unrolled.
static constexpr int64_t kMaxUnrolledOps = 768;

/// Whether elements lie in a vector as they do in memory.
static bool isVectorElement(Type type) {
  return type.isIntOrFloat() && type.getIntOrFloatBitWidth() >= 8 &&
         llvm::isPowerOf2_32(type.getIntOrFloatBitWidth());
}

/// Whether consecutive iterations of `lane` read consecutive elements, or all
/// of them the same one.
static bool isVectorAccess(AffineMap map, unsigned lane) {
  for (auto [i, expr] : llvm::enumerate(map.getResults()))
    if (expr.isFunctionOfDim(lane) &&
        (i + 1 != map.getNumResults() || getCoefficient(expr, lane) != 1))
      return false;
  return true;
}

static bool isUsed(linalg::GenericOp op, OpOperand *operand) {
  return !op.getMatchingBlockArgument(operand).use_empty();
}

/// Whether `op` is a reduction of tensors whose body is one of vectors as well.
static bool isReduction(linalg::GenericOp op) {
  if (!op.hasPureTensorSemantics() || op.hasDynamicShape() ||
      op->getNumResults() != 1 || op.getNumReductionLoops() == 0 ||
      op.getNumParallelLoops() + op.getNumReductionLoops() != op.getNumLoops())
    return false;
  AffineMap out = op.getMatchingIndexingMap(op.getDpsInitOperand(0));
  if (!out.isProjectedPermutation() || out.getNumResults() == 0)
    return false;
  for (Value operand : op->getOperands())
    if (!isVectorElement(getElementTypeOrSelf(operand.getType())))
      return false;
  return llvm::all_of(op.getBody()->without_terminator(), [](Operation &inner) {
    return isa<arith::ConstantOp>(inner) ||
           (OpTrait::hasElementwiseMappableTraits(&inner) &&
            inner.getNumResults() == 1);
  });
}

/// The loop along the destination's rows.
static unsigned getLaneLoop(linalg::GenericOp op) {
  AffineMap out = op.getMatchingIndexingMap(op.getDpsInitOperand(0));
  return cast<AffineDimExpr>(out.getResults().back()).getPosition();
}

/// `elements` with dimension `dim` moved behind all others.
static DenseElementsAttr moveLast(DenseElementsAttr elements, unsigned dim) {
  auto type = cast<RankedTensorType>(elements.getType());
  ArrayRef<int64_t> shape = type.getShape();
  SmallVector<int64_t> newShape(shape);
  newShape.erase(newShape.begin() + dim);
  newShape.push_back(shape[dim]);
  auto newType = RankedTensorType::get(newShape, type.getElementType());
  if (elements.isSplat())
    return elements.resizeSplat(newType);
  int64_t inner = 1;
  for (int64_t size : shape.drop_front(dim + 1))
    inner *= size;
  int64_t size = shape[dim], bytes = type.getElementTypeBitWidth() / 8;
  ArrayRef<char> from = elements.getRawData();
  std::vector<char> to(from.size());
  // Elements of a number of bytes lie as in memory.
  for (int64_t i = 0, count = type.getNumElements(); i < count; ++i) {
    int64_t in = i % inner, at = i / inner % size, out = i / inner / size;
    std::copy_n(from.data() + i * bytes, bytes,
                to.data() + ((out * inner + in) * size + at) * bytes);
  }
  return DenseElementsAttr::getFromRawBuffer(newType, to);
}

/// Gives constants that are read across their rows another order. Returns
/// whether all operands can be read by vectors then.
static bool makeVectorAccesses(RewriterBase &b, linalg::GenericOp op) {
  unsigned lane = getLaneLoop(op);
  SmallVector<std::pair<OpOperand *, DenseElementsAttr>> constants;
  for (OpOperand *input : op.getDpsInputOperands()) {
    AffineMap map = op.getMatchingIndexingMap(input);
    if (!isUsed(op, input) || isVectorAccess(map, lane))
      continue;
    DenseElementsAttr elements;
    if (!map.isProjectedPermutation() ||
        !matchPattern(input->get(), m_Constant(&elements)))
      return false;
    constants.emplace_back(input, elements);
  }
  SmallVector<AffineMap> maps = op.getIndexingMapsArray();
  b.setInsertionPoint(op);
  for (auto [input, elements] : constants) {
    AffineMap &map = maps[input->getOperandNumber()];
    AffineExpr laneExpr = b.getAffineDimExpr(lane);
    unsigned dim = *map.getResultPosition(laneExpr);
    SmallVector<AffineExpr> exprs(map.getResults());
    exprs.erase(exprs.begin() + dim);
    exprs.push_back(laneExpr);
    map = AffineMap::get(map.getNumDims(), 0, exprs, b.getContext());
    Value moved =
        arith::ConstantOp::create(b, op.getLoc(), moveLast(elements, dim));
    b.modifyOpInPlace(op, [&, input = input] { input->set(moved); });
  }
  if (!constants.empty())
    b.modifyOpInPlace(
        op, [&] { op.setIndexingMapsAttr(b.getAffineMapArrayAttr(maps)); });
  return true;
}

/// The elementwise op that alone uses the result of `op`, position by position.
static linalg::GenericOp findEpilogue(linalg::GenericOp op) {
  if (!op.getResult(0).hasOneUse())
    return {};
  OpOperand &use = *op.getResult(0).use_begin();
  auto generic = dyn_cast<linalg::GenericOp>(use.getOwner());
  if (!generic || generic->getBlock() != op->getBlock() ||
      !isElementwise(generic) || !generic.isDpsInput(&use) ||
      !generic.getMatchingIndexingMap(&use).isIdentity())
    return {};
  return generic;
}

/// Lets the code generator make one instruction of a product and its sum, as
/// every framework's convolutions do.
static void allowFusedMultiplyAdd(linalg::GenericOp op) {
  for (Operation &inner : op.getBody()->without_terminator())
    if (isa<arith::MulFOp, arith::AddFOp>(inner)) {
      auto fmf = cast<arith::ArithFastMathInterface>(inner);
      inner.setAttr("fastmath",
                    arith::FastMathFlagsAttr::get(
                        op.getContext(), fmf.getFastMathFlagsAttr().getValue() |
                                             arith::FastMathFlags::contract));
    }
}

//===----------------------------------------------------------------------===//
// Emission
//===----------------------------------------------------------------------===//

namespace {
/// Emits loops over tiles of `rows` x `vectors` accumulators, in registers
/// while the loops over the reductions run.
class ReductionEmitter {
public:
  ReductionEmitter(IRRewriter &b, linalg::GenericOp op, const Target &target)
      : b(b), op(op), epilogue(findEpilogue(op)), loc(op.getLoc()),
        ranges(op.getStaticLoopRanges()), lane(getLaneLoop(op)),
        outMap(op.getMatchingIndexingMap(op.getDpsInitOperand(0))) {
    unsigned bits =
        getElementTypeOrSelf(op.getResult(0).getType()).getIntOrFloatBitWidth();
    numLanes = std::min<int64_t>(target.vectorBits() / bits,
                                 llvm::PowerOf2Ceil(ranges[lane]));
    chooseTile(target);
  }

  void emit() {
    Operation *root = epilogue ? epilogue.getOperation() : op.getOperation();
    b.setInsertionPoint(root);
    auto type = cast<RankedTensorType>(root->getResult(0).getType());
    destination =
        tensor::EmptyOp::create(b, loc, type.getShape(), type.getElementType());
    indices.assign(ranges.size(), b.getIndexAttr(0));
    emitLoops(0);
    b.replaceOp(root, destination);
    if (epilogue)
      b.eraseOp(op);
  }

private:
  /// A parallel loop and how many of its iterations a tile covers.
  struct TiledLoop {
    unsigned dim;
    int64_t size;
  };

  void chooseTile(const Target &target) {
    int64_t numVectors = llvm::divideCeil(ranges[lane], numLanes);
    // Rows share vectors that do not depend on them, the weights.
    for (AffineExpr expr : outMap.getResults().drop_back()) {
      unsigned dim = cast<AffineDimExpr>(expr).getPosition();
      bool shares = llvm::any_of(op.getDpsInputOperands(), [&](OpOperand *in) {
        AffineMap map = op.getMatchingIndexingMap(in);
        return isUsed(op, in) && map.isFunctionOfDim(lane) &&
               !map.isFunctionOfDim(dim);
      });
      if (shares && ranges[dim] != 1)
        row = dim;
    }
    constexpr int64_t kVectorsAlone = 4;
    MicroTile tile{1, std::min(numVectors, kVectorsAlone)};
    bool hasUniform =
        llvm::any_of(op.getDpsInputOperands(), [&](OpOperand *in) {
          return isUsed(op, in) &&
                 !op.getMatchingIndexingMap(in).isFunctionOfDim(lane);
        });
    if (row || hasUniform)
      tile = chooseMicroTile(row ? ranges[*row] : 1, numVectors, target);
    int64_t bodySize = llvm::range_size(op.getBody()->without_terminator());
    int64_t limit =
        std::max<int64_t>(1, kMaxUnrolledOps / std::max<int64_t>(1, bodySize));
    tile.vectors = std::min(tile.vectors, limit);
    tile.rows = std::min(tile.rows, limit / tile.vectors);

    TiledLoop columns{lane, tile.vectors * numLanes};
    // One tile of weights serves all rows before the next one is touched.
    if (row)
      loops.push_back(columns);
    for (AffineExpr expr : outMap.getResults().drop_back()) {
      unsigned dim = cast<AffineDimExpr>(expr).getPosition();
      loops.push_back({dim, dim == row ? tile.rows : 1});
    }
    if (!row)
      loops.push_back(columns);
  }

  Value constant(int64_t value) {
    return arith::ConstantIndexOp::create(b, loc, value);
  }

  /// The parallel loops from `depth` on. Whole tiles come first, then what is
  /// left, so that every tile has a static size.
  void emitLoops(unsigned depth) {
    if (depth == loops.size())
      return emitTile();
    unsigned dim = loops[depth].dim;
    int64_t size = loops[depth].size;
    int64_t range = ranges[dim], whole = range / size * size;
    auto emitAt = [&](OpFoldResult index, int64_t count) {
      indices[dim] = index;
      int64_t &tileSize = dim == lane ? laneCount : rowCount;
      if (dim == lane || dim == row)
        tileSize = count;
      emitLoops(depth + 1);
    };
    if (whole == size) {
      emitAt(b.getIndexAttr(0), size);
    } else if (whole) {
      auto loop = scf::ForOp::create(b, loc, constant(0), constant(whole),
                                     constant(size), destination);
      b.setInsertionPointToStart(loop.getBody());
      destination = loop.getRegionIterArg(0);
      emitAt(loop.getInductionVar(), size);
      scf::YieldOp::create(b, loc, destination);
      b.setInsertionPointAfter(loop);
      destination = loop.getResult(0);
    }
    if (whole != range)
      emitAt(b.getIndexAttr(whole), range - whole);
  }

  /// Position (r, v) of the tile, in the loops of `op`.
  LanePoint pointAt(int64_t r, int64_t v) {
    LanePoint point{indices, lane, numLanes};
    auto advance = [&](unsigned dim, int64_t distance) {
      point.indices[dim] = affine::makeComposedFoldedAffineApply(
          b, loc, b.getAffineDimExpr(0) + distance, {indices[dim]});
    };
    if (r)
      advance(*row, r);
    if (v)
      advance(lane, v * numLanes);
    return point;
  }

  /// The same position in the destination.
  LanePoint inDestination(const LanePoint &point) {
    LanePoint result{{}, outMap.getNumResults() - 1, numLanes};
    for (AffineExpr expr : outMap.getResults())
      result.indices.push_back(
          point.indices[cast<AffineDimExpr>(expr).getPosition()]);
    return result;
  }

  Value getInitial(const LanePoint &point) {
    Value init = op.getDpsInits()[0];
    auto producer = init.getDefiningOp<linalg::GenericOp>();
    Value value = producer && isElementwise(producer)
                      ? evaluateElementwise(b, producer, inDestination(point))
                      : readLanes(b, loc, init, outMap, point);
    return broadcastLanes(b, loc, value, numLanes);
  }

  void emitTile() {
    int64_t rows = row ? rowCount : 1;
    int64_t vectors = llvm::divideCeil(laneCount, numLanes);
    SmallVector<Value> accumulators;
    for (int64_t r = 0; r < rows; ++r)
      for (int64_t v = 0; v < vectors; ++v)
        accumulators.push_back(getInitial(pointAt(r, v)));

    SmallVector<scf::ForOp> reductions;
    for (auto [dim, iterator] : llvm::enumerate(op.getIteratorTypesArray())) {
      if (iterator != utils::IteratorType::reduction)
        continue;
      indices[dim] = b.getIndexAttr(0);
      if (ranges[dim] == 1)
        continue;
      auto loop = scf::ForOp::create(b, loc, constant(0), constant(ranges[dim]),
                                     constant(1), accumulators);
      reductions.push_back(loop);
      b.setInsertionPointToStart(loop.getBody());
      indices[dim] = loop.getInductionVar();
      accumulators.assign(loop.getRegionIterArgs().begin(),
                          loop.getRegionIterArgs().end());
    }
    for (int64_t r = 0; r < rows; ++r)
      for (int64_t v = 0; v < vectors; ++v) {
        Value &accumulator = accumulators[r * vectors + v];
        Value next = evaluateElementwise(b, op, pointAt(r, v), std::nullopt,
                                         accumulator);
        accumulator = broadcastLanes(b, loc, next, numLanes);
      }
    while (!reductions.empty()) {
      scf::ForOp loop = reductions.pop_back_val();
      scf::YieldOp::create(b, loc, accumulators);
      b.setInsertionPointAfter(loop);
      accumulators.assign(loop.getResults().begin(), loop.getResults().end());
    }

    AffineMap identity = b.getMultiDimIdentityMap(outMap.getNumResults());
    for (int64_t r = 0; r < rows; ++r)
      for (int64_t v = 0; v < vectors; ++v) {
        LanePoint point = inDestination(pointAt(r, v));
        Value result = accumulators[r * vectors + v];
        if (epilogue)
          result = evaluateElementwise(b, epilogue, point,
                                       std::pair(op.getResult(0), result));
        result = broadcastLanes(b, loc, result, numLanes);
        destination = writeLanes(b, loc, result, destination, identity, point);
      }
  }

  IRRewriter &b;
  linalg::GenericOp op, epilogue;
  Location loc;
  SmallVector<int64_t> ranges;
  unsigned lane;
  AffineMap outMap;
  int64_t numLanes = 1;
  std::optional<unsigned> row;
  SmallVector<TiledLoop> loops; // parallel, outermost first

  // Where the emission is.
  SmallVector<OpFoldResult> indices; // of all loops of `op`
  int64_t rowCount = 1, laneCount = 1;
  Value destination;
};
} // namespace

//===----------------------------------------------------------------------===//
// Pass
//===----------------------------------------------------------------------===//

namespace {
struct VectorizeReductionsPass
    : bitserial::impl::VectorizeReductionsBase<VectorizeReductionsPass> {
  void runOnOperation() override {
    func::FuncOp func = getOperation();
    FailureOr<Target> target = getTarget(func);
    if (failed(target))
      return signalPassFailure();
    IRRewriter b(&getContext());
    SmallVector<linalg::LinalgOp> named;
    func.walk([&](linalg::LinalgOp op) {
      if (!isa<linalg::GenericOp>(op.getOperation()) &&
          op.hasPureTensorSemantics() && op.getNumReductionLoops() != 0)
        named.push_back(op);
    });
    for (linalg::LinalgOp op : named) {
      b.setInsertionPoint(op);
      (void)linalg::generalizeNamedOp(b, op);
    }

    SmallVector<linalg::GenericOp> reductions;
    func.walk([&](linalg::GenericOp op) {
      if (isReduction(op) &&
          op.getStaticLoopRanges()[getLaneLoop(op)] >= kMinLanes)
        reductions.push_back(op);
    });
    for (linalg::GenericOp op : reductions) {
      if (!makeVectorAccesses(b, op))
        continue;
      allowFusedMultiplyAdd(op);
      ReductionEmitter(b, op, *target).emit();
    }
  }
};
} // namespace
