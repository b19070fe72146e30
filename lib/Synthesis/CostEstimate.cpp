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
  double estimateFlushes() const;

private:
  /// Of one pass, per position.
  struct PassCounts {
    OpCounts all, shuffles;
    double planesOfLhs = 0, planesOfWeights = 0;
    double words = 1; ///< Positions of a step.
    double stateRegisters = 0;
    /// Registers that one step needs besides, constants among them.
    double temporaries = 0;
  };
  PassCounts count(const KernelPass &pass) const;
  double estimate(const PassCounts &pass, int64_t rows, int64_t columns) const;
  bool isOfWeights(unsigned plane) const {
    return kernel.spec.getInput(plane) + 1 == kernel.spec.numPlanes.size();
  }

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
  double width() const { return getVectorOpsPerCycle(target); }

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
      of = isOfWeights(plane) ? Weights : Lhs;
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

Estimator::PassCounts Estimator::count(const KernelPass &pass) const {
  const KernelStep &step = pass.steps.front();
  PassCounts counts;
  counts.words = step.words;
  OpCounts ofStep, shufflesOfStep, ofFlush, shufflesOfFlush;
  count(step.function, &pass, ofStep, shufflesOfStep);
  double period = 1;
  if (pass.capacity && step.cost) {
    period = pass.capacity / step.cost;
    count(pass.flush, nullptr, ofFlush, shufflesOfFlush);
  }
  auto add = [&](OpCounts &total, const OpCounts &step, const OpCounts &flush) {
    total.perRow = step.perRow / counts.words;
    total.perColumn = step.perColumn / counts.words;
    total.perCell = (step.perCell + flush.perCell / period) / counts.words;
  };
  add(counts.all, ofStep, ofFlush);
  add(counts.shuffles, shufflesOfStep, shufflesOfFlush);
  for (unsigned plane : pass.planes)
    (isOfWeights(plane) ? counts.planesOfWeights : counts.planesOfLhs) += 1;

  // What the steps pass on is not held in registers.
  func::FuncOp function = step.function;
  Block &body = function.getBody().front();
  Operation *end = body.getTerminator();
  for (auto [i, value] : llvm::enumerate(end->getOperands()))
    if (value != function.getArgument(i))
      counts.stateRegisters += registersOf(value.getType());
  // Values between their op and their last use, in the order of ops.
  auto skipCasts = [](Value value) {
    while (auto cast = value.getDefiningOp<vector::BitCastOp>())
      value = cast.getSource();
    return value;
  };
  auto isFree = [](Operation *op) {
    return isa<arith::ConstantOp, LLVM::ConstantOp, vector::BitCastOp>(op);
  };
  llvm::SmallDenseSet<Attribute> constants;
  llvm::DenseMap<Value, Operation *> lastUses;
  for (Operation &op : body) {
    if (auto constant = dyn_cast<arith::ConstantOp>(op))
      constants.insert(constant.getValue());
    if (!isFree(&op))
      for (Value operand : op.getOperands())
        lastUses[skipCasts(operand)] = &op;
  }
  double live = 0, mostLive = 0;
  for (Operation &op : body.without_terminator()) {
    if (isFree(&op))
      continue;
    llvm::SmallDenseSet<Value> operands;
    for (Value operand : op.getOperands()) {
      operand = skipCasts(operand);
      Operation *source = operand.getDefiningOp();
      if (source && !isFree(source) && lastUses.lookup(operand) == &op &&
          operands.insert(operand).second)
        live -= registersOf(operand.getType());
    }
    for (Value result : op.getResults())
      if (lastUses.lookup(result) != end)
        live += registersOf(result.getType());
    mostLive = std::max(mostLive, live);
  }
  counts.temporaries = mostLive + constants.size();
  return counts;
}

double Estimator::estimate(const PassCounts &pass, int64_t rows,
                           int64_t columns) const {
  bool isX86 = target.arch() == Arch::X86_64;
  bool isInOrder = width() == 1;
  double cells = rows * columns, words = pass.words;
  // Of cores that execute in order, the model counts operations and loads in
  // units of 64 bits; a word in all lanes is one. Out of order, such a word
  // takes a slot of the vector unit, but on x86 for words of 32 bits or more.
  // The model of ARMv7 cores counts the load as well.
  double loadSlots = isInOrder ? 2 : 0;
  double lhsSlots = kernel.spec.lanesAreReduction         ? loadSlots
                    : isX86 && kernel.spec.wordBits >= 32 ? 0
                    : target.arch() == Arch::ARM          ? loadSlots + 1
                                                          : 1;
  // The emission keeps the words of the shorter side of the tile, and those of
  // one row or column of the other while it is worked on.
  bool isByColumn = rows < columns;
  double lhsWords = words * pass.planesOfLhs,
         weightWords = words * pass.planesOfWeights;
  double kept = isByColumn ? rows * lhsWords + (rows > 1 ? weightWords : 0)
                           : (rows > 1 ? columns * weightWords : 0) +
                                 (columns > 1 ? lhsWords : 0);
  double registers = cells * pass.stateRegisters + kept + pass.temporaries +
                     // Operands have to be in registers on Arm.
                     (isX86 ? 1 : 3);
  double spills = std::max(0.0, registers - double(target.vectorRegisters())) /
                  cells / words;

  double slots = pass.all.total(rows, columns) +
                 pass.planesOfLhs * lhsSlots / columns +
                 pass.planesOfWeights * loadSlots / rows + 2 / words / cells +
                 (isInOrder ? 3 : 1) * spills;
  double cycles = std::max(slots / width(), pass.shuffles.total(rows, columns));
  // Loads, two at a time (or one).
  double loads =
      pass.planesOfLhs / columns + pass.planesOfWeights / rows + 2 * spills;
  cycles = std::max(cycles, loads / (isX86 ? 2 : 1));
  // Too few accumulators do not cover the latency of a step.
  return cycles * std::max(1.0, 3.0 / (cells * words));
}

std::vector<TileEstimate> Estimator::run() {
  SmallVector<PassCounts, 4> passes;
  for (const KernelPass &pass : kernel.passes)
    passes.push_back(count(pass));
  std::vector<TileEstimate> tiles;
  for (int64_t rows : {1, 2, 3, 4, 6, 8})
    for (int64_t columns : {1, 2, 3, 4, 6, 8}) {
      int64_t cells = rows * columns;
      if (kernel.spec.lanesAreReduction && cells % kernel.group)
        continue;
      // The accumulators fill the registers twice at most, and the loop fits
      // into the cache of instructions.
      constexpr double kMaxOps = 4000;
      TileEstimate tile{rows, columns, 0};
      bool isPossible = true;
      for (const PassCounts &pass : passes) {
        isPossible &=
            cells * pass.stateRegisters <= 2 * target.vectorRegisters() &&
            pass.all.perCell * pass.words * cells <= kMaxOps;
        tile.cycles += estimate(pass, rows, columns);
      }
      if (isPossible)
        tiles.push_back(tile);
    }
  llvm::sort(tiles, [](const TileEstimate &x, const TileEstimate &y) {
    return std::tie(x.cycles, x.rows, x.vectors) <
           std::tie(y.cycles, y.rows, y.vectors);
  });
  return tiles;
}

double Estimator::estimateFlushes() const {
  double ops = 0;
  for (const KernelPass &pass : kernel.passes) {
    const KernelStep &step = pass.steps.front();
    if (!pass.capacity || !step.cost)
      continue;
    OpCounts all, shuffles;
    count(pass.flush, nullptr, all, shuffles);
    ops += all.perCell / (pass.capacity / step.cost) / step.words;
  }
  return ops / width();
}

double bitserial::estimateFlushes(const Kernel &kernel, const Target &target) {
  return Estimator(kernel, target).estimateFlushes();
}

std::vector<TileEstimate> bitserial::estimateTiles(const Kernel &kernel,
                                                   const Target &target) {
  return Estimator(kernel, target).run();
}
