//===- ScheduleCost.h - What choices of a schedule cost ---------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// An analytical model of a contraction's time as a function of the choices
/// that schedules leave open. It takes microseconds per choice, so that the
/// tuner can leave out what is hopeless before it measures.
///
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_TRANSFORMS_SCHEDULECOST_H
#define BITSERIAL_TRANSFORMS_SCHEDULECOST_H

#include "bitserial/IR/Bitserial.h"
#include "bitserial/Target/Target.h"
#include "bitserial/Transforms/Scheduling.h"

#include <map>
#include <memory>
#include <utility>

namespace mlir::bitserial {

/// Where activations are packed: before all else, for each cache tile of lines,
/// or in the registers of what computes them.
enum class Packing { Whole, Tile, Producer };

/// The choices that the model knows.
struct ScheduleChoice {
  int64_t blocks = 1;             ///< That threads compute on their own.
  int64_t word = 32;              ///< Bits.
  bool lanesAreReduction = false; ///< Otherwise lanes are outputs.
  int64_t rows = 1, vectors = 1;  ///< The micro-tile.
  int64_t lines = 0, columns = 0; ///< Cache tiles; 0: none.
  Packing packing = Packing::Whole;
  bool rowsOutside = false; ///< The loop over columns is the inner one.
  /// Words hold whole numbers of the types that suit the target, not bits.
  bool numbers = false;
};

/// Models the choices for one contraction on one target.
class ScheduleCost {
public:
  /// `threads`: that a call runs in.
  ScheduleCost(ContractOp op, const Target &target, int64_t threads = 1)
      : op(op), target(target), threads(threads), sizes(getSizes(op)),
        lhsFormat(op.getLhsElementType().getFormat()),
        rhsFormat(op.getRhsElementType().getFormat()) {}

  /// The cost, in vector instructions: those of the micro-tiles, their loads
  /// and stores, spills where the registers do not suffice, and cache lines
  /// that come from beyond the first level because the loops return to them too
  /// late. Where there is a kernel, its loops take what its modelled cycles say
  /// in its own micro-tile, and in others more or less as the instructions do.
  /// Padding to whole words, vectors and tiles counts. Packing and corrections,
  /// which all choices share, do not. Infinite for choices that there are not:
  /// numbers in words of other than 32 bits, or where lanes are not outputs.
  double estimate(const ScheduleChoice &choice);

  /// In the same unit, packing the activations, those that tiles share for
  /// each.
  double estimatePacking(const ScheduleChoice &choice) const;
  /// In the same unit, the way of activations through the caches: packed ones
  /// leave the first cache before the sums read them, and values come from
  /// beyond the second one while nothing else is to be done. Not where each
  /// cache tile is packed as it is computed.
  double estimateTransfer(const ScheduleChoice &choice) const;
  /// In the same unit, what planes and numbers do not share: packing the
  /// activations, and reading the weights for the first time.
  double estimateMemory(const ScheduleChoice &choice) const;

  /// In the same unit, the time of a call, packing included. In several threads
  /// it is that of the largest block, and of beginning to run in threads; a
  /// contraction that is not split begins anew for packing, corrections and
  /// sums, each of which is divided evenly.
  double estimateCall(const ScheduleChoice &choice);

private:
  /// How one kind of sums is computed.
  struct SumCost {
    /// The instructions for one accumulator, without loads: of the loops, per
    /// position, and of all else.
    double perPosition = 0, rest = 0;
    unsigned passes = 1;
    /// Counts of a step and an accumulator, which need not wait for one
    /// another.
    double chains = 1;
    /// Accumulators whose results are one vector.
    unsigned group = 1;
    /// What the model says of the loops, over what the instructions say.
    double calibration = 1;
  };
  /// That of the kernel, or of the reference lowering.
  const SumCost &getSumCost(int64_t word, bool lanesAreReduction,
                            int64_t positions);
  /// That of makeNumberKernel.
  SumCost getNumberSumCost(int64_t positions) const;
  /// Bits of an element of either operand in words, and its planes; registers
  /// of an accumulator, and of a step besides words and accumulators.
  struct Storage {
    int64_t lhsBits, rhsBits, lhsPlanes, rhsPlanes, accumulator, step;
  };
  Storage getStorage(bool numbers) const;
  /// A cache line of so many bytes that do not fit the second cache and are
  /// read one after the other.
  double getStreamedLineCost(double bytes) const;
  /// Elements of the lhs that are packed.
  double countActivations() const;
  /// The instructions of the loops for a micro-tile, per position.
  double countLoop(const SumCost &sum, int64_t rows, int64_t vectors,
                   const Storage &storage) const;

  /// The largest of so many blocks.
  struct Block {
    OwningOpRef<ModuleOp> module;
    std::unique_ptr<ScheduleCost> cost; ///< Null if there are no such blocks.
  };
  const Block &getBlock(int64_t blocks);

  ContractOp op;
  const Target &target;
  int64_t threads;
  ContractionSizes sizes;
  NumberFormat lhsFormat, rhsFormat;
  std::map<std::pair<int64_t, bool>, SumCost> sums;
  std::map<int64_t, Block> blocks;
  /// All of estimate(), estimatePacking() and estimateTransfer().
  double estimateAll(const ScheduleChoice &choice) {
    return estimate(choice) + estimatePacking(choice) +
           estimateTransfer(choice);
  }
};

} // namespace mlir::bitserial

#endif // BITSERIAL_TRANSFORMS_SCHEDULECOST_H
