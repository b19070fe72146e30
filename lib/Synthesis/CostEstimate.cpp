//===- CostEstimate.cpp - What a kernel costs at least --------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CostEstimate.h"

#include "bitserial/Transforms/KernelCost.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"

using namespace mlir;
using namespace mlir::bitserial;

namespace {
/// Vector operations by what they depend on.
struct OpCounts {
  double perRow = 0;    ///< On words of the lhs alone.
  double perColumn = 0; ///< On words of the weights alone.
  double perCell = 0;

  double total(int64_t rows, int64_t columns) const {
    return perRow / columns + perColumn / rows + perCell;
  }
};

class Estimator {
public:
  Estimator(const Kernel &kernel, const Target &target)
      : kernel(kernel), target(target) {}

  std::vector<TileEstimate> run();

private:
  enum Dependence : uint8_t { Lhs = 1, Weights = 2, State = 4 };

  /// Counts all ops (slots of the pipeline), and those that only one of its
  /// units does.
  void count(func::FuncOp function, const KernelPass *pass, OpCounts &all,
             OpCounts &shuffles) const;
  /// Slots of the pipeline that an op takes.
  double weigh(Operation *op, bool &isShuffle) const;
  double registersOf(Type type) const {
    auto vector = dyn_cast<VectorType>(type);
    if (!vector)
      return 1;
    return std::max(
        1.0, double(vector.getNumElements() * vector.getElementTypeBitWidth()) /
                 target.vectorBits());
  }
  /// Vector operations per cycle.
  double width() const {
    if (target.arch() == Arch::X86_64)
      return target.vectorBits() == 512 ? 2 : 3;
    if (target.arch() == Arch::ARM || target.cpu().starts_with("cortex-a5") ||
        target.cpu().starts_with("cortex-a3"))
      return 1;
    return 2;
  }

  const Kernel &kernel;
  const Target &target;
};
} // namespace

double Estimator::weigh(Operation *op, bool &isShuffle) const {
  isShuffle = false;
  if (target.arch() == Arch::X86_64) {
    if (auto count = dyn_cast<math::CtPopOp>(op))
      isShuffle = target.hasVectorPopcount(
          getElementTypeOrSelf(count.getType()).getIntOrFloatBitWidth());
    if (auto call = dyn_cast<LLVM::CallIntrinsicOp>(op))
      isShuffle = call.getIntrin().contains("pshuf") ||
                  call.getIntrin().contains("perm");
  }
  return countInstructions(op, target);
}

void Estimator::count(func::FuncOp function, const KernelPass *pass,
                      OpCounts &all, OpCounts &shuffles) const {
  llvm::DenseMap<Value, uint8_t> dependence;
  unsigned numStates = kernel.stateKinds.size();
  for (BlockArgument argument : function.getArguments()) {
    unsigned index = argument.getArgNumber();
    uint8_t of = State;
    if (pass && index >= numStates) {
      unsigned plane = pass->planes[(index - numStates) % pass->planes.size()];
      of = kernel.spec.getInput(plane) + 1 == kernel.spec.numPlanes.size()
               ? Weights
               : Lhs;
    }
    dependence[argument] = of;
  }
  for (Operation &op : function.getBody().front().without_terminator()) {
    uint8_t of = 0;
    for (Value operand : op.getOperands())
      of |= dependence.lookup(operand);
    for (Value result : op.getResults())
      dependence[result] = of;
    bool isShuffle;
    double weight = weigh(&op, isShuffle);
    for (OpCounts *counts : {&all, isShuffle ? &shuffles : nullptr}) {
      if (!counts || of == 0)
        continue;
      (of == Lhs       ? counts->perRow
       : of == Weights ? counts->perColumn
                       : counts->perCell) += weight;
    }
  }
}

std::vector<TileEstimate> Estimator::run() {
  // Per position, all passes together.
  OpCounts all, shuffles;
  double planesOfLhs = 0, planesOfWeights = 0, loops = 0;
  double stateRegisters = 0;
  // Words of the largest step of a pass.
  double wordsOfLhs = 0, wordsOfWeights = 0, wordsPerStep = 1;
  for (const KernelPass &pass : kernel.passes) {
    KernelStep step = pass.steps.front();
    OpCounts ofStep, shufflesOfStep;
    count(step.function, &pass, ofStep, shufflesOfStep);
    OpCounts ofFlush, shufflesOfFlush;
    double period = 1;
    if (pass.capacity && step.cost) {
      period = pass.capacity / step.cost;
      count(pass.flush, nullptr, ofFlush, shufflesOfFlush);
    }
    auto add = [&](OpCounts &total, const OpCounts &step, const OpCounts &flush,
                   unsigned words) {
      total.perRow += step.perRow / words;
      total.perColumn += step.perColumn / words;
      total.perCell += (step.perCell + flush.perCell / period) / words;
    };
    add(all, ofStep, ofFlush, step.words);
    add(shuffles, shufflesOfStep, shufflesOfFlush, step.words);
    for (unsigned plane : pass.planes)
      (kernel.spec.getInput(plane) + 1 == kernel.spec.numPlanes.size()
           ? planesOfWeights
           : planesOfLhs) += 1;
    loops += 1.0 / step.words;
    double lhs = 0, weights = 0;
    for (unsigned plane : pass.planes)
      (kernel.spec.getInput(plane) + 1 == kernel.spec.numPlanes.size() ? weights
                                                                       : lhs) +=
          step.words;
    wordsOfLhs = std::max(wordsOfLhs, lhs);
    wordsOfWeights = std::max(wordsOfWeights, weights);
    wordsPerStep = step.words;
    // What the steps pass on is not held in registers.
    double registers = 0;
    for (auto [i, value] : llvm::enumerate(
             step.function.getBody().front().getTerminator()->getOperands()))
      if (value != step.function.getArgument(i))
        registers += registersOf(value.getType());
    stateRegisters = std::max(stateRegisters, registers);
  }

  bool isX86 = target.arch() == Arch::X86_64;
  bool isInOrder = width() == 1;
  // A load takes the place of two operations where few are issued at a time; a
  // word in all lanes takes one more, but on x86 for words of 32 bits or more.
  double loadSlots = isInOrder ? 2 : 0;
  double broadcastSlots = kernel.spec.lanesAreReduction ? loadSlots
                          : isX86 ? (kernel.spec.wordBits < 32 ? 1 : 0)
                                  : loadSlots + 1;
  std::vector<TileEstimate> tiles;
  for (int64_t rows : {1, 2, 3, 4, 6, 8})
    for (int64_t columns : {1, 2, 3, 4, 6, 8}) {
      int64_t groups = kernel.spec.lanesAreReduction ? kernel.group : 1;
      int64_t cells = rows * columns;
      if (cells % groups)
        continue;
      // All state stays in registers; so do the words of the weights if there
      // are several rows, those of one row, and a few temporaries.
      double registers = cells * stateRegisters + 3 + wordsOfLhs +
                         (rows > 1 ? columns : 1) * wordsOfWeights;
      double spills =
          std::max(0.0, registers - double(target.vectorRegisters()));
      if (spills > target.vectorRegisters())
        continue;
      double slots = all.total(rows, columns) +
                     planesOfLhs * broadcastSlots / columns +
                     planesOfWeights * loadSlots / rows + loops * 2 / cells +
                     (isInOrder ? 3 : 1) * spills / cells / wordsPerStep;
      double cycles = std::max(slots / width(), shuffles.total(rows, columns));
      // Loads, two at a time (or one).
      double loads = planesOfLhs / columns + planesOfWeights / rows +
                     2 * spills / cells / wordsPerStep;
      cycles = std::max(cycles, loads / (isX86 ? 2 : 1));
      // Too few accumulators do not cover the latency of a step.
      cycles *= std::max(1.0, 3.0 / (cells * wordsPerStep));
      tiles.push_back({rows, columns, cycles});
    }
  llvm::sort(tiles, [](const TileEstimate &x, const TileEstimate &y) {
    return std::tie(x.cycles, x.rows, x.vectors) <
           std::tie(y.cycles, y.rows, y.vectors);
  });
  return tiles;
}

std::vector<TileEstimate> bitserial::estimateTiles(const Kernel &kernel,
                                                   const Target &target) {
  return Estimator(kernel, target).run();
}
