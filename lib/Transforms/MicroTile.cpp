//===- MicroTile.cpp - The shape of a micro-kernel ---------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Transforms/MicroTile.h"
#include "Epilogue.h"
#include "bitserial/Transforms/Kernel.h"
#include "bitserial/Transforms/KernelCost.h"
#include "bitserial/Transforms/NumberKernel.h"
#include "bitserial/Transforms/Scheduling.h"

using namespace mlir;
using namespace mlir::bitserial;

LaneMapping bitserial::getLaneMapping(ReduceOp op, const Target &target) {
  SmallVector<int64_t> ranges = op.getLoopRanges();
  SmallVector<utils::IteratorType> iterators = op.getLoopIteratorTypes();
  int64_t lanes = target.vectorBits() / op.getWordBits();
  AffineMap map = op.getInputMap(op.getInputs().size() - 1);

  auto make = [&](unsigned dim, int64_t tile) {
    int64_t range = ranges[dim];
    int64_t limit = std::min(
        tile, ShapedType::isDynamic(range)
                  ? lanes
                  : int64_t(llvm::PowerOf2Ceil(std::max<int64_t>(range, 1))));
    // A power of two: LLVM widens other vectors, and needs more registers.
    int64_t numLanes = llvm::bit_floor(uint64_t(std::min(lanes, limit)));
    while (tile % numLanes)
      numLanes /= 2;
    return LaneMapping{dim, numLanes,
                       iterators[dim] == utils::IteratorType::reduction};
  };
  for (AffineExpr expr : llvm::reverse(map.getResults())) {
    if (auto dim = dyn_cast<AffineDimExpr>(expr)) {
      if (ranges[dim.getPosition()] != 1)
        return make(dim.getPosition(), lanes);
      continue;
    }
    auto binary = dyn_cast<AffineBinaryOpExpr>(expr);
    if (binary && binary.getKind() == AffineExprKind::Mod) {
      unsigned dim = cast<AffineDimExpr>(binary.getLHS()).getPosition();
      int64_t tile = cast<AffineConstantExpr>(binary.getRHS()).getValue();
      if (tile != 1)
        return make(dim, tile);
      continue;
    }
    break;
  }
  // No dimension to run along: the last one of the destination, or none at all.
  if (op.getInitMap().getNumResults() == 0)
    return LaneMapping{0, 1, iterators[0] == utils::IteratorType::reduction};
  return make(
      cast<AffineDimExpr>(op.getInitMap().getResults().back()).getPosition(),
      lanes);
}

std::optional<int64_t> bitserial::getNumAccumulators(ReduceOp op,
                                                     const LaneMapping &lanes) {
  int64_t count = 1;
  for (auto [dim, range, iterator] :
       llvm::enumerate(op.getLoopRanges(), op.getLoopIteratorTypes())) {
    if (ShapedType::isDynamic(range))
      return std::nullopt;
    if (iterator == utils::IteratorType::reduction)
      continue;
    int64_t factor = dim == lanes.dim
                         ? int64_t(llvm::divideCeil(range, lanes.numLanes))
                         : range;
    if (llvm::MulOverflow(count, factor, count))
      return INT64_MAX;
  }
  return count;
}

int64_t bitserial::getMaxAccumulators(const Target &target) {
  bool wide = target.vectorRegisters() >= 32;
  bool oneInstruction = target.hasVectorPopcount(target.preferredWordBits());
  // Measured: 24 of 32 with a popcount instruction. Without one, its table,
  // masks and temporaries take about six registers more.
  if (wide)
    return oneInstruction ? 24 : 16;
  return 8;
}

int64_t bitserial::getNumStates(ReduceOp op, const LaneMapping &lanes,
                                const Target &target) {
  // A single vector of outputs has few weights to read.
  if (lanes.isReduction || op.getLoopRanges()[lanes.dim] <= lanes.numLanes)
    return 1;
  AffineMap weights = op.getInputMap(op.getInputs().size() - 1);
  for (auto [dim, range, iterator] :
       llvm::enumerate(op.getLoopRanges(), op.getLoopIteratorTypes()))
    if (iterator == utils::IteratorType::parallel && dim != lanes.dim &&
        range != 1 && !weights.isFunctionOfDim(dim))
      return 1;
  auto spec = KernelSpec::get(op, target);
  if (failed(spec))
    return 1;
  // All of a vector's must fit the registers, and leave room for others.
  int64_t states = Kernel::countCoefficients(spec->first);
  return 2 * states <= getMaxAccumulators(target) ? states : 1;
}

int64_t bitserial::getStepRegisters(const Target &target) {
  if (target.hasVectorPopcount(target.preferredWordBits()))
    return 2;
  return target.arch() == Arch::ARM ? 8 : 7;
}

SumShape SumShape::get(ReduceOp op, const LaneMapping &lanes,
                       const Target &target) {
  SumShape sums;
  auto countPlanes = [&](unsigned input) {
    return cast<ShapedType>(op.getInputs()[input].getType())
        .getDimSize(op.getPlaneDims()[input]);
  };
  unsigned weights = op.getInputs().size() - 1;
  sums.rhsPlanes = countPlanes(weights);
  for (unsigned input = 0; input < weights; ++input)
    sums.lhsPlanes *= countPlanes(input);
  if (llvm::any_of(op.getLoopRanges(), ShapedType::isDynamic))
    return sums;
  sums.positions = countPositions(op, lanes);
  sums.areAcrossLanes = lanes.isReduction;
  sums.weightBytes = sums.positions * sums.rhsPlanes * target.vectorBits() / 8;
  if (PackWordsOp pack = findPack(findEpilogue(op)))
    sums.wordVectors =
        llvm::divideCeil(int64_t(pack.getLayout().getWord()), lanes.numLanes);
  return sums;
}

namespace {
/// Words of a micro-tile that do not fit the registers beside its accumulators.
struct Spills {
  /// Of the weights, which all tiles of rows share: written once, read again.
  int64_t rhsWords;
  /// Of the other operand: written and read for each tile.
  int64_t lhsWords;
};
} // namespace

/// By what was seen of LLVM: it unrolls a loop of that many operations
/// altogether. Where a count takes many instructions, that makes no difference
/// that could be measured.
static bool isUnrolled(int64_t rows, int64_t cols, const SumShape &sums,
                       const Target &target) {
  constexpr int64_t kMaxUnrolled = 300;
  int64_t ops = 3 * rows * cols + 3 * rows + cols;
  return sums.positions != 0 && sums.positions <= kMaxUnrolled / ops &&
         target.hasVectorPopcount(target.preferredWordBits());
}

/// In an unrolled loop a word that several pairs of planes need is read once
/// and kept.
static Spills countSpills(int64_t rows, int64_t cols, const SumShape &sums,
                          const Target &target) {
  if (!isUnrolled(rows, cols, sums, target))
    return {0, 0};
  int64_t lhsWords = sums.rhsPlanes > 1 ? rows * sums.lhsPlanes : 0;
  int64_t rhsWords = sums.lhsPlanes > 1 ? cols * sums.rhsPlanes : 0;
  int64_t live = rows * cols + sums.positions * (lhsWords + rhsWords) +
                 getStepRegisters(target);
  int64_t spilled = std::max<int64_t>(live - target.vectorRegisters(), 0);
  int64_t fromRhs = std::min(spilled, sums.positions * rhsWords);
  return {fromRhs, spilled - fromRhs};
}

MicroTile bitserial::chooseMicroTile(int64_t numRows, int64_t numVectors,
                                     const Target &target,
                                     std::optional<int64_t> tileVectors,
                                     std::optional<MicroTile> kernelTile,
                                     const SumShape &sums) {
  int64_t maxAccumulators = kernelTile ? kernelTile->rows * kernelTile->vectors
                                       : getMaxAccumulators(target);
  int64_t registers = target.vectorRegisters() - getStepRegisters(target);
  // In units of one and, popcount and add: a load, the same from the second
  // cache, starting a tile, what is written to the stack and read again, and
  // sums of one vector that meet in memory to be packed.
  constexpr double kLoad = 0.35, kFarLoad = 1.0, kTile = 1.0, kSpill = 3.0,
                   kBuffer = 1.5;
  int64_t l1 = *getTargetProperty("l1_bytes", target);
  double passes = std::max<double>(
      double(sums.lhsPlanes) * sums.rhsPlanes * sums.positions, 1);
  // Fewer than eight accumulators do not cover the latency of a step.
  double minCost = kernelTile ? std::min<int64_t>(maxAccumulators, 6) : 6;
  auto loopCost = [&](int64_t rows, int64_t cols) {
    double cost =
        std::max<double>(rows * cols, minCost) + kLoad * (rows + cols) + kTile;
    // Tiles of rows go through the weights of a tile one after the other.
    if (!kernelTile && rows < numRows && cols * sums.weightBytes > l1)
      cost += (kFarLoad - kLoad) * cols;
    return cost;
  };
  // Without a loop, the next tile begins while this one ends. Its weights stay
  // in registers, beside thresholds (those of two bits), if all have room.
  // LLVM mixes the accumulators of a tile: measured, few are better.
  auto shortCost = [&](int64_t rows, int64_t cols) {
    constexpr int64_t kThresholds = 3, kMaxMixed = 4;
    constexpr double kMixed = 1.06;
    int64_t live = rows * cols + cols * sums.positions * sums.rhsPlanes +
                   (sums.wordVectors ? kThresholds * cols : 0) +
                   getStepRegisters(target);
    bool stays = rows < numRows && live <= target.vectorRegisters();
    double cost = rows * cols + kLoad * (stays ? rows : rows + cols);
    if (rows * cols > kMaxMixed)
      cost *= kMixed;
    return cost + kTile / passes;
  };
  auto tileCost = [&](int64_t rows, int64_t cols) {
    // Longer sums wait for their own additions as those of loops do.
    constexpr int64_t kMaxShort = 8;
    if (kernelTile)
      return loopCost(rows, cols);
    bool isShort = isUnrolled(rows, cols, sums, target) &&
                   sums.positions <= kMaxShort && !sums.areAcrossLanes;
    double cost = isShort ? shortCost(rows, cols) : loopCost(rows, cols);
    Spills spills = countSpills(rows, cols, sums, target);
    cost += kSpill * (0.5 * spills.rhsWords + spills.lhsWords) / passes;
    if (sums.wordVectors && cols % sums.wordVectors)
      cost += kBuffer * rows * cols / passes;
    return cost;
  };
  MicroTile best{1, 1};
  double bestCost = -1;
  int64_t maxCols = kernelTile ? maxAccumulators : 8;
  for (int64_t cols = std::clamp<int64_t>(numVectors, 1, maxCols); cols >= 1;
       --cols) {
    if (tileVectors && *tileVectors % cols)
      continue;
    // rows * cols accumulators and the weights of cols columns.
    int64_t maxRows = std::min(maxAccumulators / cols, numRows);
    if (!kernelTile)
      maxRows = std::min(maxRows, registers / cols - 1);
    if (cols == 1)
      maxRows = std::max<int64_t>(maxRows, 1);
    for (int64_t rows = maxRows; rows >= 1; --rows) {
      // Weights are padded to whole tiles, rows are not.
      double cost = (numRows / rows) * tileCost(rows, cols);
      if (int64_t rest = numRows % rows)
        cost += 1.05 * tileCost(rest, cols);
      cost *= llvm::divideCeil(numVectors, cols);
      // Measured or modelled for it: worth more than what is modelled here.
      if (kernelTile && kernelTile->isFastest && rows == kernelTile->rows &&
          cols == kernelTile->vectors)
        cost *= 0.85;
      if (bestCost < 0 || cost < bestCost) {
        bestCost = cost;
        best = {rows, cols};
      }
    }
  }
  return best;
}

std::optional<MicroTile> bitserial::findKernelTile(ReduceOp op,
                                                   const LaneMapping &lanes,
                                                   const Target &target) {
  if (op.getNumbersAttr()) {
    auto spec = KernelSpec::get(op, target);
    if (failed(spec))
      return std::nullopt;
    return getNumberTile(spec->first, target);
  }
  KernelSource *source = KernelSource::get(op.getContext());
  if (!source || lanes.numLanes != target.vectorBits() / op.getWordBits())
    return std::nullopt;
  auto spec = KernelSpec::get(op, target);
  if (failed(spec))
    return std::nullopt;
  std::optional<Kernel> kernel = source->find(spec->first, target);
  if (!kernel || kernel->wordType().getNumElements() != lanes.numLanes ||
      !paysOff(*kernel, countPositions(op, lanes), target))
    return std::nullopt;
  return MicroTile{kernel->tileRows, kernel->tileVectors};
}
