//===- TileReduce.cpp - The default schedule's tiling ------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Epilogue.h"
#include "bitserial/IR/Bitserial.h"
#include "bitserial/Target/Target.h"
#include "bitserial/Transforms/MicroTile.h"
#include "bitserial/Transforms/Passes.h"
#include "bitserial/Transforms/Scheduling.h"
#include "bitserial/Transforms/VectorEvaluator.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/SCF/Transforms/TileUsingInterface.h"
#include "mlir/Dialect/SCF/Transforms/Transforms.h"
#include "mlir/Dialect/Tensor/Transforms/Transforms.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/Remarks.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"
#include "llvm/Support/FormatVariadic.h"

#include <numeric>

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

/// The most output vectors of a tile that is not cut further.
static int64_t getMaxOutputVectors(ReduceOp op, const LaneMapping &lanes,
                                   const Target &target,
                                   std::optional<MicroTile> kernelTile) {
  return kernelTile
             ? kernelTile->rows * kernelTile->vectors
             : getMaxAccumulators(target) / getNumStates(op, lanes, target);
}

namespace {
/// What the parallel loops of a reduce mean for its tiles.
struct TiledLoops {
  std::optional<unsigned> rows;    // the micro-tile's rows
  std::optional<unsigned> columns; // the micro-tile's vectors
  std::optional<unsigned> lines;   // the outermost loop over positions
  int64_t lanesPerColumn = 1;      // iterations of `columns` per vector
};
} // namespace

/// Rows are the innermost parallel loop that the weights do not depend on,
/// columns the lanes' loop (or the innermost one of the weights alone).
static TiledLoops findTiledLoops(ReduceOp op, const LaneMapping &lanes) {
  SmallVector<int64_t> ranges = op.getLoopRanges();
  AffineMap weights = op.getInputMap(op.getInputs().size() - 1);
  TiledLoops loops;
  if (!lanes.isReduction) {
    loops.columns = lanes.dim;
    loops.lanesPerColumn = lanes.numLanes;
  }
  for (AffineExpr expr : op.getInitMap().getResults()) {
    unsigned dim = cast<AffineDimExpr>(expr).getPosition();
    if (dim == lanes.dim || ranges[dim] == 1)
      continue;
    if (!weights.isFunctionOfDim(dim)) {
      loops.rows = dim;
      if (!loops.lines)
        loops.lines = dim;
    } else if (lanes.isReduction) {
      loops.columns = dim;
    }
  }
  return loops;
}

/// Loops outermost first: by columns, one tile of weights serves all rows
/// before the next one is touched.
static SmallVector<int64_t> orderLoops(ReduceOp op, const TiledLoops &loops,
                                       TileOrder order) {
  SmallVector<int64_t> result;
  if (loops.columns && order == TileOrder::Columns)
    result.push_back(*loops.columns);
  for (unsigned dim = 0; dim < op.getNumLoops(); ++dim)
    if (loops.columns != dim)
      result.push_back(dim);
  if (loops.columns && order == TileOrder::Rows)
    result.push_back(*loops.columns);
  return result;
}

/// Tiles of `rowSize` and `columnSize` iterations, 1 along other parallel
/// loops.
static Tiling makeMicroTiling(ReduceOp op, const TiledLoops &loops,
                              int64_t rowSize, int64_t columnSize,
                              TileOrder order) {
  Tiling tiling;
  for (auto [dim, range, iterator] :
       llvm::enumerate(op.getLoopRanges(), op.getLoopIteratorTypes())) {
    bool parallel = iterator == utils::IteratorType::parallel;
    int64_t size = parallel ? 1 : 0;
    if (loops.rows == dim)
      size = rowSize;
    if (loops.columns == dim)
      size = columnSize;
    tiling.sizes.push_back(parallel && size >= range ? 0 : size);
  }
  tiling.order = orderLoops(op, loops, order);
  return tiling;
}

static Tiling chooseTiling(ReduceOp op, const Target &target,
                           std::optional<MicroTile> kernelTile) {
  SmallVector<int64_t> ranges = op.getLoopRanges();
  LaneMapping lanes = getLaneMapping(op, target);
  AffineMap weights = op.getInputMap(op.getInputs().size() - 1);
  TiledLoops loops = findTiledLoops(op, lanes);
  auto [rows, columns, lines, lanesPerColumn] = loops;

  // The weights' inner tile is the micro-tile's width, or a multiple of it.
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
      tileVectors, kernelTile, SumShape::get(op, lanes, target));
  int64_t maxVectors = getMaxOutputVectors(op, lanes, target, kernelTile);
  while (micro.rows * micro.vectors > maxVectors && micro.vectors > 1)
    do
      --micro.vectors;
    while (tileVectors && *tileVectors % micro.vectors);

  return makeMicroTiling(
      op, loops, rows ? alignToInnerTiles(op, *rows, micro.rows) : 1,
      columns ? alignToInnerTiles(op, *columns, micro.vectors * lanesPerColumn)
              : 1,
      TileOrder::Columns);
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

/// Makes loops over static tiles only.
static void peelPartialTiles(RewriterBase &rewriter,
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
tileReductions(RewriterBase &rewriter, ReduceOp op, ArrayRef<int64_t> sizes) {
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

/// Tiles `op`, and with it what initialises its destination and the `epilogue`
/// that is computed from its result (or null); with `pack`, the packing of that
/// as well. Tiles of reductions are the innermost. `loops`, if given, gets the
/// loops over whole tiles of parallel dimensions.
static LogicalResult tile(RewriterBase &rewriter, ReduceOp op,
                          const Tiling &tiling, linalg::GenericOp epilogue,
                          SmallVector<Operation *> *loops = nullptr,
                          PackWordsOp pack = {}) {
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
  if (pack)
    root = pack;

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
        if (!isInit && producer.getOwner() != op &&
            producer.getOwner() != epilogue)
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
  if (loops)
    loops->append(result->loops.begin(), result->loops.end());
  return success();
}

/// The epilogue that is computed on the sums of a micro-tile. In a tile that is
/// packed from a buffer it is not, if the sums are fewer than fit a register:
/// then the buffer is one of sums, and whole vectors of them are computed on.
static linalg::GenericOp findTiledEpilogue(ReduceOp op, const Target &target) {
  linalg::GenericOp epilogue = findEpilogue(op);
  int64_t sumBits = getLaneMapping(op, target).numLanes * 32;
  return findPack(epilogue) && sumBits < target.vectorBits()
             ? linalg::GenericOp()
             : epilogue;
}

static void remarkTiles(ReduceOp op, const Target &target, const Tiling &tiling,
                        StringRef tileName, StringRef note = "",
                        std::optional<MicroTile> kernelTile = std::nullopt) {
  LaneMapping lanes = getLaneMapping(op, target);
  remark::analysis(op.getLoc(),
                   remark::RemarkOpts::name("tile").category("bitserial"))
      << llvm::formatv("{0} {1}: lanes run along {2} d{3}, {4} per "
                       "vector; {5} {6} accumulator vectors{7}",
                       tileName, describe(tiling, op),
                       lanes.isReduction ? "reduction" : "outputs", lanes.dim,
                       lanes.numLanes,
                       kernelTile ? "the kernel has" : "registers hold",
                       kernelTile ? kernelTile->rows * kernelTile->vectors
                                  : getMaxAccumulators(target),
                       note)
             .str();
}

//===----------------------------------------------------------------------===//
// Tiles on request
//===----------------------------------------------------------------------===//

/// Marks what becomes of a reduce while it is being tiled; every tile has the
/// attributes of the whole.
static constexpr StringLiteral kTilingAttrName = "bitserial.tiling";

static LogicalResult checkAlignment(ReduceOp op, unsigned dim, int64_t size) {
  if (alignToInnerTiles(op, dim, size) == size)
    return success();
  return op.emitOpError()
         << "cannot be tiled by " << size << " along d" << dim
         << ": the size of a tile must divide the inner tiles of its "
            "dimension, or be a multiple of them";
}

/// Checks that a cache tile of `size` iterations divides dimension `dim`, and
/// is a multiple of the micro-tile's `microSize` (0: whichever).
static LogicalResult checkCacheTile(ReduceOp op, unsigned dim, int64_t size,
                                    int64_t microSize) {
  int64_t range = op.getLoopRanges()[dim];
  if (size >= range)
    return success();
  if (range % size != 0)
    return op.emitOpError()
           << "cannot have cache tiles of " << size << " along d" << dim
           << ", which has " << range << " iterations: they must divide it";
  if (microSize && size % microSize != 0)
    return op.emitOpError()
           << "cannot have cache tiles of " << size << " along d" << dim
           << ": they must be a multiple of the micro-tile's " << microSize;
  return checkAlignment(op, dim, size);
}

FailureOr<TiledReduce> bitserial::tileReduce(RewriterBase &rewriter,
                                             ReduceOp op, const Target &target,
                                             TileAttr request) {
  LaneMapping lanes = getLaneMapping(op, target);
  if (!getNumAccumulators(op, lanes))
    return op.emitOpError("has dynamic sizes and cannot be tiled");
  SmallVector<int64_t> ranges = op.getLoopRanges();
  TiledLoops loops = findTiledLoops(op, lanes);
  Tiling micro = makeMicroTiling(op, loops, request.getRows(),
                                 request.getVectors() * loops.lanesPerColumn,
                                 request.getOrder());
  for (auto [dim, size] : llvm::enumerate(micro.sizes))
    if (size && failed(checkAlignment(op, dim, size)))
      return failure();

  Tiling cache;
  cache.sizes.assign(ranges.size(), 0);
  cache.order = micro.order;
  auto addCacheTile = [&](std::optional<unsigned> dim, int64_t size) {
    if (!dim || size == 0)
      return success();
    if (failed(checkCacheTile(op, *dim, size, micro.sizes[*dim])))
      return failure();
    cache.sizes[*dim] = size >= ranges[*dim] ? 0 : size;
    return success();
  };
  if (failed(addCacheTile(loops.lines, request.getLines())) ||
      failed(addCacheTile(loops.columns,
                          request.getColumns() * loops.lanesPerColumn)))
    return failure();

  // Functions, not blocks: a tile stands in loops.
  auto func = op->getParentOfType<func::FuncOp>();
  Location loc = op.getLoc();
  op->removeDiscardableAttr(kTileAttrName);
  op->setDiscardableAttr(kTilingAttrName, rewriter.getUnitAttr());
  auto collectTiles = [&] {
    SmallVector<ReduceOp> tiles;
    func.walk([&](ReduceOp tile) {
      if (tile->hasAttr(kTilingAttrName))
        tiles.push_back(tile);
    });
    return tiles;
  };
  TiledReduce result;
  for (auto [tiling, name] :
       {std::pair(&cache, "cache tile"), std::pair(&micro, "micro-tile")}) {
    if (llvm::all_of(tiling->sizes, [](int64_t size) { return size == 0; }))
      continue;
    for (ReduceOp whole : collectTiles()) {
      remarkTiles(whole, target, *tiling, name, " (as requested)");
      // What is fused into its epilogue stays behind, unused.
      linalg::GenericOp epilogue = findTiledEpilogue(whole, target);
      rewriter.setInsertionPoint(whole);
      if (failed(tile(rewriter, whole, *tiling, epilogue, &result.loops)))
        return emitError(loc, "bitserial.reduce cannot be tiled");
      if (epilogue)
        whole->removeDiscardableAttr(kTilingAttrName);
    }
  }
  result.tiles = collectTiles();
  for (ReduceOp tile : result.tiles)
    tile->removeDiscardableAttr(kTilingAttrName);
  return result;
}

//===----------------------------------------------------------------------===//
// Packed results
//===----------------------------------------------------------------------===//

/// Turns the micro-tiles of `op` into tiles whose results fill whole words of
/// `pack`. Where the micro-tile does, it is the tile, and its words are made in
/// registers. Otherwise several of them, whose results meet in a small buffer.
static Tiling alignToWords(ReduceOp op, PackWordsOp pack, Tiling tiling,
                           const TiledLoops &loops) {
  SmallVector<int64_t> ranges = op.getLoopRanges();
  bool isBuffered = false;
  int64_t elements = 1;
  for (auto [pos, expr] : llvm::enumerate(op.getInitMap().getResults())) {
    unsigned dim = cast<AffineDimExpr>(expr).getPosition();
    int64_t &size = tiling.sizes[dim];
    if (size % pack.getUnit(pos)) {
      size = std::lcm(size, pack.getUnit(pos));
      isBuffered = true;
    }
    if (size >= ranges[dim])
      size = 0;
    elements *= size ? size : ranges[dim];
  }
  // More rows, so that the weights of a micro-tile serve more than one of them.
  constexpr int64_t kBufferedElements = 2048;
  if (int64_t rows = loops.rows ? tiling.sizes[*loops.rows] : 0;
      isBuffered && rows) {
    rows *= std::max<int64_t>(kBufferedElements / elements, 1);
    tiling.sizes[*loops.rows] = rows >= ranges[*loops.rows] ? 0 : rows;
  }
  return tiling;
}

/// Canonicalises `func`, so that sizes become static, those of inner loops too.
static LogicalResult canonicalize(func::FuncOp func) {
  MLIRContext *context = func.getContext();
  RewritePatternSet patterns(context);
  for (Dialect *dialect : context->getLoadedDialects())
    dialect->getCanonicalizationPatterns(patterns);
  for (RegisteredOperationName op : context->getRegisteredOperations())
    op.getCanonicalizationPatterns(patterns, context);
  // A tile that is made of an uninitialised tensor needs none but its own.
  tensor::populateFoldTensorEmptyPatterns(patterns);
  return applyPatternsGreedily(func, std::move(patterns));
}

/// Tiles reduces whose results are packed together with the packing. The tiles
/// may have to be tiled again.
static LogicalResult tilePackedReduces(func::FuncOp func,
                                       const Target &target) {
  SmallVector<ReduceOp> ops;
  func.walk([&](ReduceOp op) {
    if (findPack(findEpilogue(op)) &&
        llvm::none_of(op.getLoopRanges(), ShapedType::isDynamic))
      ops.push_back(op);
  });
  IRRewriter rewriter(func.getContext());
  bool isTiled = false;
  for (ReduceOp op : ops) {
    LaneMapping lanes = getLaneMapping(op, target);
    TiledLoops loops = findTiledLoops(op, lanes);
    Tiling micro;
    if (auto request = op->getAttrOfType<TileAttr>(kTileAttrName)) {
      micro = makeMicroTiling(op, loops, request.getRows(),
                              request.getVectors() * loops.lanesPerColumn,
                              request.getOrder());
      // Cache tiles are those that words ask for.
      op->setDiscardableAttr(kTileAttrName,
                             TileAttr::get(op.getContext(), request.getRows(),
                                           request.getVectors(), 0, 0,
                                           request.getOrder()));
    } else {
      std::optional<MicroTile> kernelTile = findKernelTile(op, lanes, target);
      if (*getNumAccumulators(op, lanes) <=
          getMaxOutputVectors(op, lanes, target, kernelTile))
        continue;
      micro = chooseTiling(op, target, kernelTile);
    }
    linalg::GenericOp epilogue = findEpilogue(op);
    PackWordsOp pack = findPack(epilogue);
    Tiling tiling = alignToWords(op, pack, micro, loops);
    if (llvm::all_of(tiling.sizes, [](int64_t size) { return size == 0; }))
      continue;
    remarkTiles(op, target, tiling,
                tiling.sizes == micro.sizes ? "packed micro-tile"
                                            : "packed tile");
    if (failed(tile(rewriter, op, tiling, epilogue, /*loops=*/nullptr, pack)))
      return emitError(op.getLoc(), "bitserial.reduce cannot be tiled");
    isTiled = true;
  }
  return isTiled ? canonicalize(func) : success();
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
  IRRewriter rewriter(func.getContext());
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
  do {
    if (failed(canonicalize(func)))
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
    if (failed(peelDynamicTiles(getOperation())) ||
        (tileSizes.empty() &&
         failed(tilePackedReduces(getOperation(), *target))))
      return signalPassFailure();
    SmallVector<ReduceOp> ops;
    getOperation().walk([&](ReduceOp op) { ops.push_back(op); });
    IRRewriter rewriter(&getContext());
    for (ReduceOp op : ops) {
      auto request = op->getAttrOfType<TileAttr>(kTileAttrName);
      if (request && tileSizes.empty()) {
        if (failed(tileReduce(rewriter, op, *target, request)))
          return signalPassFailure();
        continue;
      }
      op->removeDiscardableAttr(kTileAttrName);
      LaneMapping lanes = getLaneMapping(op, *target);
      std::optional<int64_t> accumulators = getNumAccumulators(op, lanes);
      if (!accumulators) {
        op.emitOpError(
            "has dynamic sizes: partial tiles are peeled from scf.for "
            "loops with constant bounds, others have to be static");
        return signalPassFailure();
      }
      std::optional<MicroTile> kernelTile = findKernelTile(op, lanes, *target);
      int64_t maxVectors = getMaxOutputVectors(op, lanes, *target, kernelTile);
      Tiling tiling = chooseTiling(op, *target, kernelTile);
      if (!tileSizes.empty()) {
        if (tileSizes.size() != tiling.sizes.size()) {
          op.emitOpError() << "has " << tiling.sizes.size() << " loops, but "
                           << tileSizes.size() << " tile sizes are given";
          return signalPassFailure();
        }
        tiling.sizes.assign(tileSizes.begin(), tileSizes.end());
        for (auto [dim, size] : llvm::enumerate(tiling.sizes))
          if (failed(checkAlignment(op, dim, size)))
            return signalPassFailure();
      } else if (*accumulators <= maxVectors) {
        continue;
      }
      remarkTiles(op, *target, tiling, "micro-tile", "", kernelTile);
      Location loc = op.getLoc();
      if (failed(tile(rewriter, op, tiling, findTiledEpilogue(op, *target)))) {
        emitError(loc, "bitserial.reduce cannot be tiled");
        return signalPassFailure();
      }
    }
  }
};
} // namespace
