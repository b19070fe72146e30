//===- TileReduce.cpp - The default schedule's tiling ------------------===//
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
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/SCF/Transforms/TileUsingInterface.h"
#include "mlir/Dialect/SCF/Transforms/Transforms.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/Remarks.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"
#include "llvm/Support/FormatVariadic.h"

namespace mlir::bitserial {
#define GEN_PASS_DEF_TILEREDUCE
#include "bitserial/Transforms/Passes.h.inc"
} // namespace mlir::bitserial

using namespace mlir;
using namespace mlir::bitserial;

namespace {
struct Tiling {
  SmallVector<int64_t> sizes; // 0: not tiled
  SmallVector<int64_t> order; // loops, outermost first
};
} // namespace

/// The largest tile of dimension `dim`, `size` at most, that all inner tiles of
/// the inputs divide or are divided by; see the TilingInterface of reduce.
static int64_t alignToInnerTiles(ReduceOp op, unsigned dim, int64_t size) {
  SmallVector<int64_t> innerTiles;
  for (unsigned input = 0; input < op.getInputs().size(); ++input)
    for (AffineExpr expr : op.getInputMap(input).getResults())
      if (auto binary = dyn_cast<AffineBinaryOpExpr>(expr))
        if (binary.getKind() == AffineExprKind::Mod &&
            binary.isFunctionOfDim(dim))
          innerTiles.push_back(
              cast<AffineConstantExpr>(binary.getRHS()).getValue());
  for (; size > 1; --size)
    if (llvm::all_of(innerTiles, [&](int64_t tile) {
          return size % tile == 0 || tile % size == 0;
        }))
      break;
  return size;
}

/// Rows are the innermost parallel loop that the weights do not depend on,
/// columns the lanes' loop (or the innermost one of the weights alone).
static Tiling chooseTiling(ReduceOp op, const Target &target) {
  SmallVector<int64_t> ranges = op.getLoopRanges();
  SmallVector<utils::IteratorType> iterators = op.getLoopIteratorTypes();
  LaneMapping lanes = getLaneMapping(op, target);
  AffineMap weights = op.getInputMap(op.getInputs().size() - 1);

  std::optional<unsigned> rows, columns;
  if (!lanes.isReduction)
    columns = lanes.dim;
  for (AffineExpr expr : op.getInitMap().getResults()) {
    unsigned dim = cast<AffineDimExpr>(expr).getPosition();
    if (dim == lanes.dim || ranges[dim] == 1)
      continue;
    if (!weights.isFunctionOfDim(dim))
      rows = dim;
    else if (lanes.isReduction)
      columns = dim;
  }

  // The weights' inner tile is the micro-tile's width, or a multiple of it.
  int64_t lanesPerColumn = lanes.isReduction ? 1 : lanes.numLanes;
  std::optional<int64_t> tile;
  for (AffineExpr expr : weights.getResults())
    if (auto binary = dyn_cast<AffineBinaryOpExpr>(expr))
      if (columns && binary.getKind() == AffineExprKind::Mod &&
          binary.isFunctionOfDim(*columns))
        tile = cast<AffineConstantExpr>(binary.getRHS()).getValue();
  std::optional<int64_t> tileVectors;
  if (tile)
    tileVectors = std::max<int64_t>(*tile / lanesPerColumn, 1);
  MicroTile micro = chooseMicroTile(
      rows ? ranges[*rows] : 1,
      columns ? llvm::divideCeil(ranges[*columns], lanesPerColumn) : 1, target,
      tileVectors);

  Tiling tiling;
  for (auto [dim, range, iterator] : llvm::enumerate(ranges, iterators)) {
    bool parallel = iterator == utils::IteratorType::parallel;
    int64_t size = parallel ? 1 : 0;
    if (rows == dim)
      size = alignToInnerTiles(op, dim, micro.rows);
    if (columns == dim)
      size = alignToInnerTiles(op, dim, micro.vectors * lanesPerColumn);
    tiling.sizes.push_back(parallel && size >= range ? 0 : size);
  }
  // One tile of weights serves all rows before the next one is touched.
  if (columns)
    tiling.order.push_back(*columns);
  for (unsigned dim = 0; dim < ranges.size(); ++dim)
    if (columns != dim)
      tiling.order.push_back(dim);
  return tiling;
}

/// The tile sizes, e.g. "d2 = 4, d3 = 64".
static std::string describe(const Tiling &tiling, ReduceOp op) {
  std::string text;
  llvm::raw_string_ostream os(text);
  SmallVector<utils::IteratorType> iterators = op.getLoopIteratorTypes();
  SmallVector<int64_t> ranges = op.getLoopRanges();
  llvm::ListSeparator separator;
  for (auto [dim, size] : llvm::enumerate(tiling.sizes))
    if (iterators[dim] == utils::IteratorType::parallel && ranges[dim] != 1)
      os << separator << "d" << dim << " = " << (size ? size : ranges[dim]);
  return text;
}

/// The elementwise op that alone uses the result of `op`, position by position:
/// its tiles are made of the reduce's. Null if there is none.
static linalg::GenericOp findEpilogue(ReduceOp op) {
  if (!op.getResult().hasOneUse())
    return {};
  OpOperand &use = *op.getResult().use_begin();
  auto generic = dyn_cast<linalg::GenericOp>(use.getOwner());
  if (!generic || generic->getBlock() != op->getBlock() ||
      !isElementwise(generic) || !generic.isDpsInput(&use) ||
      !generic.getMatchingIndexingMap(&use).isIdentity())
    return {};
  return generic;
}

/// Makes loops over static tiles only.
static void peelPartialTiles(IRRewriter &rewriter,
                             ArrayRef<LoopLikeOpInterface> loops) {
  for (LoopLikeOpInterface loop : llvm::reverse(loops))
    if (auto forOp = dyn_cast<scf::ForOp>(loop.getOperation())) {
      scf::ForOp partial;
      // Fails where there is no partial iteration.
      (void)scf::peelForLoopAndSimplifyBounds(rewriter, forOp, partial);
    }
}

/// Tiles the reductions of `op`: every tile adds to what the ones before left
/// in the destination.
static FailureOr<SmallVector<LoopLikeOpInterface>>
tileReductions(IRRewriter &rewriter, ReduceOp op, ArrayRef<int64_t> sizes) {
  scf::SCFTilingOptions options;
  options.setTileSizes(getAsIndexOpFoldResult(op.getContext(), sizes));
  rewriter.setInsertionPoint(op);
  FailureOr<scf::SCFTilingResult> result = scf::tileUsingSCF(
      rewriter, cast<TilingInterface>(op.getOperation()), options);
  if (failed(result))
    return failure();
  rewriter.replaceOp(op, result->replacements);
  return std::move(result->loops);
}

/// Tiles `op`, and with it what initialises its destination and what is
/// computed from its result. Tiles of reductions are the innermost.
static LogicalResult tile(IRRewriter &rewriter, ReduceOp op,
                          const Tiling &tiling) {
  SmallVector<int64_t> sizes = tiling.sizes, order = tiling.order;
  SmallVector<int64_t> reductionSizes(sizes.size(), 0);
  for (auto [size, reductionSize, iterator] :
       llvm::zip_equal(sizes, reductionSizes, op.getLoopIteratorTypes()))
    if (iterator == utils::IteratorType::reduction)
      std::swap(size, reductionSize);
  auto isTiled = [](int64_t size) { return size != 0; };
  bool tilesReductions = llvm::any_of(reductionSizes, isTiled);

  if (!llvm::any_of(sizes, isTiled)) {
    if (!tilesReductions)
      return success();
    FailureOr<SmallVector<LoopLikeOpInterface>> loops =
        tileReductions(rewriter, op, reductionSizes);
    if (failed(loops))
      return failure();
    peelPartialTiles(rewriter, *loops);
    return success();
  }

  Operation *init = op.getInit().getDefiningOp();
  linalg::GenericOp epilogue = findEpilogue(op);
  if (epilogue) {
    // Its loops are the dimensions of the destination.
    SmallVector<int64_t> position(sizes.size(), -1);
    sizes.clear();
    for (auto [pos, expr] : llvm::enumerate(op.getInitMap().getResults())) {
      unsigned dim = cast<AffineDimExpr>(expr).getPosition();
      position[dim] = pos;
      sizes.push_back(tiling.sizes[dim]);
    }
    order.clear();
    for (int64_t dim : tiling.order)
      if (position[dim] >= 0)
        order.push_back(position[dim]);
  }
  Operation *root = epilogue ? epilogue.getOperation() : op.getOperation();

  scf::SCFTileAndFuseOptions options;
  scf::SCFTilingOptions tilingOptions;
  tilingOptions.setTileSizes(getAsIndexOpFoldResult(op.getContext(), sizes));
  tilingOptions.setInterchange(order);
  options.setTilingOptions(tilingOptions);
  options.setFusionControlFn(
      [&](tensor::ExtractSliceOp, OpResult producer,
          bool) -> std::optional<scf::SCFTileAndFuseOptions::ControlFnResult> {
        bool isInit = producer.getOwner() == init &&
                      isa_and_nonnull<linalg::LinalgOp>(init);
        if (!isInit && producer.getOwner() != op)
          return std::nullopt;
        return scf::SCFTileAndFuseOptions::ControlFnResult{};
      });
  rewriter.setInsertionPoint(root);
  FailureOr<scf::SCFTileAndFuseResult> result =
      scf::tileConsumerAndFuseProducersUsingSCF(
          rewriter, cast<TilingInterface>(root), options);
  if (failed(result))
    return failure();
  // A fused reduce is dead, but for slices of it that are dead as well.
  rewriter.replaceOp(root, result->replacements.lookup(root->getResult(0)));

  if (tilesReductions)
    for (Operation *tiled : result->tiledAndFusedOps)
      if (auto reduce = dyn_cast<ReduceOp>(tiled)) {
        FailureOr<SmallVector<LoopLikeOpInterface>> loops =
            tileReductions(rewriter, reduce, reductionSizes);
        if (failed(loops))
          return failure();
        peelPartialTiles(rewriter, *loops);
      }
  peelPartialTiles(rewriter, result->loops);
  return success();
}

/// The outermost loop around `op` with a partial last iteration.
static scf::ForOp findPartialLoop(ReduceOp op) {
  scf::ForOp result;
  for (auto loop = op->getParentOfType<scf::ForOp>(); loop;
       loop = loop->getParentOfType<scf::ForOp>()) {
    std::optional<int64_t> lower = getConstantIntValue(loop.getLowerBound());
    std::optional<int64_t> upper = getConstantIntValue(loop.getUpperBound());
    std::optional<int64_t> step = getConstantIntValue(loop.getStep());
    if (lower && upper && step && *step > 0 && (*upper - *lower) % *step != 0)
      result = loop;
  }
  return result;
}

/// Peels loops whose last iteration makes tiles of dynamic size, as those of a
/// schedule may do.
static LogicalResult peelDynamicTiles(func::FuncOp func) {
  MLIRContext *context = func.getContext();
  IRRewriter rewriter(context);
  auto peelOne = [&] {
    WalkResult walk = func.walk([&](ReduceOp op) {
      if (llvm::none_of(op.getLoopRanges(), ShapedType::isDynamic))
        return WalkResult::advance();
      scf::ForOp loop = findPartialLoop(op), partial;
      return WalkResult(
          failure(loop && succeeded(scf::peelForLoopAndSimplifyBounds(
                              rewriter, loop, partial))));
    });
    return walk.wasInterrupted();
  };
  if (!peelOne())
    return success();
  // Sizes become static by canonicalization, those of inner loops too.
  RewritePatternSet owned(context);
  for (Dialect *dialect : context->getLoadedDialects())
    dialect->getCanonicalizationPatterns(owned);
  for (RegisteredOperationName op : context->getRegisteredOperations())
    op.getCanonicalizationPatterns(owned, context);
  FrozenRewritePatternSet patterns(std::move(owned));
  do {
    if (failed(applyPatternsGreedily(func, patterns)))
      return failure();
  } while (peelOne());
  return success();
}

namespace {
struct TileReducePass : bitserial::impl::TileReduceBase<TileReducePass> {
  using TileReduceBase::TileReduceBase;

  LogicalResult initialize(MLIRContext *context) override {
    if (llvm::any_of(tileSizes, [](int64_t size) { return size < 0; }))
      return emitError(UnknownLoc::get(context),
                       "bitserial-tile: tile sizes must not be negative");
    return success();
  }

  void runOnOperation() override {
    FailureOr<Target> target = getTarget(getOperation());
    if (failed(target))
      return signalPassFailure();
    if (failed(peelDynamicTiles(getOperation())))
      return signalPassFailure();
    SmallVector<ReduceOp> ops;
    getOperation().walk([&](ReduceOp op) { ops.push_back(op); });
    IRRewriter rewriter(&getContext());
    for (ReduceOp op : ops) {
      LaneMapping lanes = getLaneMapping(op, *target);
      std::optional<int64_t> accumulators = getNumAccumulators(op, lanes);
      if (!accumulators) {
        op.emitOpError(
            "has dynamic sizes: partial tiles are peeled from scf.for "
            "loops with constant bounds, others have to be static");
        return signalPassFailure();
      }
      Tiling tiling = chooseTiling(op, *target);
      if (!tileSizes.empty()) {
        if (tileSizes.size() != tiling.sizes.size()) {
          op.emitOpError() << "has " << tiling.sizes.size() << " loops, but "
                           << tileSizes.size() << " tile sizes are given";
          return signalPassFailure();
        }
        tiling.sizes.assign(tileSizes.begin(), tileSizes.end());
        for (auto [dim, size] : llvm::enumerate(tiling.sizes))
          if (alignToInnerTiles(op, dim, size) != size) {
            op.emitOpError()
                << "cannot be tiled by " << size << " along d" << dim
                << ": the size of a tile must divide the inner tiles of its "
                   "dimension, or be a multiple of them";
            return signalPassFailure();
          }
      } else if (*accumulators <= getMaxAccumulators(*target)) {
        continue;
      }
      remark::analysis(op.getLoc(),
                       remark::RemarkOpts::name("tile").category("bitserial"))
          << llvm::formatv("micro-tile {0}: lanes run along {1} d{2}, {3} per "
                           "vector; registers hold {4} accumulator vectors",
                           describe(tiling, op),
                           lanes.isReduction ? "reduction" : "outputs",
                           lanes.dim, lanes.numLanes,
                           getMaxAccumulators(*target))
                 .str();
      Location loc = op.getLoc();
      if (failed(tile(rewriter, op, tiling))) {
        emitError(loc, "bitserial.reduce cannot be tiled");
        return signalPassFailure();
      }
    }
  }
};
} // namespace
