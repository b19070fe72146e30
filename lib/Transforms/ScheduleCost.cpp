//===- ScheduleCost.cpp - What choices of a schedule cost -----------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Transforms/ScheduleCost.h"

#include "bitserial/Transforms/Kernel.h"
#include "bitserial/Transforms/KernelCost.h"
#include "bitserial/Transforms/MicroTile.h"
#include "bitserial/Transforms/NumberKernel.h"

#include <cmath>

using namespace mlir;
using namespace mlir::bitserial;
using llvm::divideCeil;

// In units of one vector instruction.
static constexpr double kLoad = 1;       // a word to all lanes, a vector
static constexpr double kSpill = 2;      // storing and loading it again
static constexpr double kStore = 1;      // of a vector of sums
static constexpr double kStartTile = 10; // addresses, loops; per pass
// Waking the threads of a team and waiting for all: one to two microseconds.
static constexpr double kBeginThreads = 4000;
static constexpr double kLineFromL2 = 2; // 64 bytes
static constexpr double kLineFromFar = 8;
// One after the other: from a large last level, and from memory, which is
// slower by more on cores of little systems.
static constexpr double kLineStreamed = 3;
static constexpr double kLineFromMemory = 12, kLineFromMemoryOnArm = 40;
static constexpr int64_t kLastLevelBytes = 16 << 20;
// Accumulators that take turns, so that none waits for the one before.
static constexpr int64_t kLatency = 6;

ScheduleCost::Storage ScheduleCost::getStorage(bool numbers) const {
  if (!numbers)
    return {sizes.lhsBits,
            sizes.rhsBits,
            sizes.lhsBits,
            sizes.rhsBits,
            1,
            getStepRegisters(target) - 2};
  NumberTypes types = chooseNumberTypes(ContractOp(op).getContext(), lhsFormat,
                                        rhsFormat, target);
  NumberRegisters registers = getNumberRegisters(
      getNumberSpec(lhsFormat, rhsFormat, types, /*wordBits=*/32), target);
  int64_t bits = types.lhs.getWidth();
  return {bits, bits, 1, 1, registers.accumulator, registers.step};
}

double ScheduleCost::countLoop(const SumCost &sum, int64_t rows,
                               int64_t vectors, const Storage &storage) const {
  int64_t accumulators = rows * vectors;
  double independent = std::max<double>(accumulators, kLatency / sum.chains);
  // Weights are loaded for all rows, activations for one after the other.
  int64_t used = accumulators * storage.accumulator +
                 vectors * storage.rhsPlanes + storage.lhsPlanes + storage.step;
  return sum.perPosition * independent +
         kLoad *
             (double(vectors) * storage.rhsPlanes + rows * storage.lhsPlanes) +
         kSpill * std::max<int64_t>(used - target.vectorRegisters(), 0);
}

const ScheduleCost::SumCost &ScheduleCost::getSumCost(int64_t word,
                                                      bool lanesAreReduction,
                                                      int64_t positions) {
  auto [it, isNew] = sums.try_emplace({word, lanesAreReduction});
  SumCost &sum = it->second;
  if (!isNew)
    return sum;
  KernelSpec spec =
      KernelSpec::get(lhsFormat, rhsFormat, word, lanesAreReduction).first;
  auto count = [&](const Kernel &kernel) {
    sum.perPosition = countLoopInstructions(kernel, 1, target);
    // The state is zero at first.
    sum.rest = countInstructions(kernel, positions, target) -
               countLoopInstructions(kernel, positions, target) +
               double(kernel.stateTypes.size());
  };
  MLIRContext *context = op.getContext();
  if (KernelSource *source = KernelSource::get(context)) {
    std::optional<Kernel> kernel = source->find(spec, target);
    if (kernel && paysOff(*kernel, positions, target)) {
      count(*kernel);
      sum.passes = kernel->passes.size();
      sum.chains = double(kernel->passes.front().steps.front().words) *
                   spec.polynomial.getTerms().size() / sum.passes;
      sum.group = kernel->group;
      if (kernel->cycles > 0)
        sum.calibration = kernel->cycles * getVectorOpsPerCycle(target) *
                          kernel->tileRows * kernel->tileVectors /
                          countLoop(sum, kernel->tileRows, kernel->tileVectors,
                                    getStorage(/*numbers=*/false));
      return sum;
    }
  }
  OwningOpRef<ModuleOp> module =
      Kernel::makeReference(context, spec, target, positions);
  FailureOr<Kernel> reference = Kernel::get(*module);
  assert(succeeded(reference) && "the reference kernel is well-formed");
  count(*reference);
  sum.passes = reference->passes.size();
  // Sums across lanes end in a tree of shuffles and adds.
  if (lanesAreReduction)
    sum.rest += 2 * llvm::Log2_64_Ceil(target.vectorBits() / word) + 2;
  return sum;
}

ScheduleCost::SumCost ScheduleCost::getNumberSumCost(int64_t positions) const {
  NumberTypes types = chooseNumberTypes(ContractOp(op).getContext(), lhsFormat,
                                        rhsFormat, target);
  constexpr unsigned kWord = 32;
  KernelSpec spec = getNumberSpec(lhsFormat, rhsFormat, types, kWord);
  int64_t lanes = std::min<int64_t>(target.vectorBits() / kWord,
                                    llvm::PowerOf2Ceil(sizes.outputs));
  SumCost sum;
  sum.perPosition = getNumberCost(spec, target, lanes, positions);
  // Emptying counters and finishing.
  sum.rest = 4;
  return sum;
}

double ScheduleCost::countActivations() const {
  return double(sizes.positions) * sizes.stride * sizes.packed * sizes.groups;
}

double ScheduleCost::estimatePacking(const ScheduleChoice &choice) const {
  if (choice.packing == Packing::Producer)
    return 0;
  Storage storage = getStorage(choice.numbers);
  double activations = countActivations();
  if (choice.packing == Packing::Tile && choice.lines) {
    double own = double(choice.lines) * sizes.stride;
    activations *= (own + sizes.halo) / own;
  }
  double bytes = double(target.vectorBits()) / 8;
  // A vector of values is read, and planes are written; two operations make the
  // bits of a plane.
  return activations / bytes *
         (kLoad + (choice.numbers ? storage.lhsBits / 8.0 * kStore
                                  : storage.lhsPlanes * (2 + kStore / 8)));
}

double ScheduleCost::estimateTransfer(const ScheduleChoice &choice) const {
  if (choice.packing == Packing::Producer)
    return 0;
  int64_t l1 = *getTargetProperty("l1_bytes", target);
  int64_t l2 = *getTargetProperty("l2_bytes", target);
  bool perTile = choice.packing == Packing::Tile && choice.lines;
  // Words are read again after all that are packed together.
  double values = countActivations();
  double words = values * getStorage(choice.numbers).lhsBits / 8;
  double together = words;
  if (perTile)
    together *= std::min(double(choice.lines) / sizes.lines, 1.0);
  double perLine = together <= l1   ? 0
                   : together <= l2 ? kLineFromL2
                                    : kLineFromFar;
  double cost = perLine * words / 64;
  // Values that the results of the last call have replaced in the cache: while
  // sums are computed they can be fetched ahead, before that nothing else is
  // done.
  double results = 4.0 * sizes.positions * sizes.outputs * sizes.groups;
  if (!perTile && values + results > l2)
    cost += getStreamedLineCost(values + results) * values / 64;
  return cost;
}

double ScheduleCost::getStreamedLineCost(double bytes) const {
  if (target.arch() != Arch::X86_64)
    return kLineFromMemoryOnArm;
  return bytes <= kLastLevelBytes ? kLineStreamed : kLineFromMemory;
}

double ScheduleCost::estimateMemory(const ScheduleChoice &choice) const {
  Storage storage = getStorage(choice.numbers);
  double weights = double(sizes.taps) * sizes.packed * sizes.outputs *
                   sizes.groups * storage.rhsBits / 8;
  double perLine = kLineFromL2;
  if (weights > *getTargetProperty("l2_bytes", target))
    perLine = getStreamedLineCost(weights);
  return estimatePacking(choice) + weights / 64 * perLine;
}

const ScheduleCost::Block &ScheduleCost::getBlock(int64_t count) {
  auto [it, isNew] = blocks.try_emplace(count);
  Block &block = it->second;
  if (!isNew)
    return block;
  ScopedDiagnosticHandler silence(ContractOp(op).getContext(),
                                  [](Diagnostic &) { return success(); });
  FailureOr<OwningOpRef<ModuleOp>> parts = makeBlocks(op, count);
  if (failed(parts))
    return block;
  block.module = std::move(*parts);
  // Where sizes differ, the last one is among the largest.
  ContractOp last;
  block.module->walk([&](ContractOp part) { last = part; });
  block.cost = std::make_unique<ScheduleCost>(last, target);
  return block;
}

double ScheduleCost::estimateCall(const ScheduleChoice &choice) {
  if (threads == 1)
    return estimateAll(choice);
  if (choice.blocks == 1) {
    constexpr int kParallelLoops = 3;
    return estimateAll(choice) / threads + kParallelLoops * kBeginThreads;
  }
  const Block &block = getBlock(choice.blocks);
  if (!block.cost)
    return HUGE_VAL;
  return block.cost->estimateAll(choice) + kBeginThreads;
}

double ScheduleCost::estimate(const ScheduleChoice &choice) {
  Storage storage = getStorage(choice.numbers);
  if (choice.numbers && (choice.word != 32 || choice.lanesAreReduction ||
                         (sizes.outputs == 1 && sizes.groups > 1)))
    return HUGE_VAL;
  int64_t perWord =
      choice.numbers ? choice.word / storage.rhsBits : choice.word;
  int64_t vectorLanes = target.vectorBits() / choice.word;
  // Lanes run along groups where both operands have them and outputs do not.
  bool useGroups = sizes.outputs == 1 && sizes.groups > 1;
  int64_t outputs = useGroups ? sizes.groups : sizes.outputs;
  int64_t words = divideCeil(sizes.packed, perWord);
  if (choice.lanesAreReduction)
    words = divideCeil(words, vectorLanes);
  int64_t steps = words * sizes.taps;

  // The micro-tiles: columns in vectors of outputs, or in outputs.
  int64_t columns =
      choice.lanesAreReduction ? outputs : divideCeil(outputs, vectorLanes);
  int64_t vectors = std::min(choice.vectors, columns);
  int64_t rows = std::min(choice.rows, sizes.rows);
  int64_t otherPositions = std::max<int64_t>(sizes.positions / sizes.rows, 1);

  SumCost sum = choice.numbers
                    ? getNumberSumCost(steps)
                    : getSumCost(choice.word, choice.lanesAreReduction, steps);
  auto tileCost = [&](int64_t tileRows, int64_t tileVectors) {
    double accumulators = tileRows * tileVectors;
    return steps * sum.calibration *
               countLoop(sum, tileRows, tileVectors, storage) +
           sum.rest * accumulators + accumulators / sum.group * kStore +
           sum.passes * kStartTile;
  };
  // Tiles at the edges are smaller.
  auto lineCost = [&](int64_t tileVectors) {
    double cost = double(sizes.rows / rows) * tileCost(rows, tileVectors);
    if (int64_t rest = sizes.rows % rows)
      cost += tileCost(rest, tileVectors);
    return cost;
  };
  double perLine = double(columns / vectors) * lineCost(vectors);
  if (int64_t rest = columns % vectors)
    perLine += lineCost(rest);
  int64_t groupsOutside = useGroups ? 1 : sizes.groups;
  double cost = perLine * otherPositions * groupsOutside;

  // Memory: what the inner loops go through before they return to the same
  // data has to stay in a cache; else it is read again in each iteration of the
  // outer one. Cache tiles bound it.
  int64_t l1 = *getTargetProperty("l1_bytes", target);
  int64_t l2 = *getTargetProperty("l2_bytes", target);
  auto reload = [&](double bytes, double times) {
    double perLine = bytes <= l1 ? 0 : bytes <= l2 ? kLineFromL2 : kLineFromFar;
    return perLine * bytes / 64 * std::max(times - 1, 0.0);
  };
  double weightsPerColumn = double(sizes.taps) * sizes.packed *
                            storage.rhsBits / 8 *
                            (choice.lanesAreReduction ? 1 : vectorLanes);
  double activationsPerPosition =
      double(sizes.stride) * sizes.packed * storage.lhsBits / 8;
  double positions = sizes.positions;
  if (choice.lines)
    positions = std::min(positions, double(choice.lines) *
                                        (sizes.positions / sizes.lines));
  double tileColumns = choice.columns
                           ? std::min<double>(choice.columns, columns)
                           : double(columns);
  double numTiles = sizes.positions / positions * (columns / tileColumns);
  if (choice.rowsOutside)
    // Each tile of rows goes through all weights of a cache tile.
    cost += numTiles *
            reload(weightsPerColumn * tileColumns, positions / double(rows));
  else
    cost += numTiles *
            reload(activationsPerPosition * positions, tileColumns / vectors);
  return cost;
}
