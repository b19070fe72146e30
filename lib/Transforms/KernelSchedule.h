//===- KernelSchedule.h - How a kernel walks the reductions -----*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Which loops a pass of a kernel runs over the reductions of a micro-tile:
/// what is unrolled for steps of several words, and what that costs counters.
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_LIB_TRANSFORMS_KERNELSCHEDULE_H
#define BITSERIAL_LIB_TRANSFORMS_KERNELSCHEDULE_H

#include "bitserial/Transforms/Kernel.h"

namespace mlir::bitserial {

/// The iterations of one reduction: at indices 0, step, 2 * step, ...
struct ReductionLoop {
  unsigned dim;
  int64_t step;
  uint64_t numWhole; ///< Iterations with whole vectors,
  bool hasPart;      ///< after which there may be one with a part of a vector.
  uint64_t numIterations() const { return numWhole + hasPart; }
};

/// The loops of one pass, outermost first: those before `getDepth` as they are,
/// that one `getChunk` iterations at a time, and those after it unrolled.
class PassSchedule {
public:
  /// Chooses what is unrolled so that the fewest ops are executed, within
  /// limits on the size of the code of `numAccumulators` accumulators.
  PassSchedule(const KernelPass &pass, ArrayRef<ReductionLoop> loops,
               uint64_t numAccumulators);

  unsigned getDepth() const { return depth; }
  uint64_t getChunk() const { return chunk; }

  /// How often loop `level`, at most `getDepth`, takes one iteration or chunk
  /// of them.
  uint64_t getTripCount(unsigned level) const;
  /// Iterations that are left over: one with a part of a vector, or those that
  /// do not fill a chunk.
  uint64_t getRest(unsigned level) const;

  /// Steps that together take `numWords` words, greedily.
  SmallVector<const KernelStep *> getSteps(uint64_t numWords) const;

  /// How often counters of `capacity` are flushed between these steps, if they
  /// were zero before them: as late as possible.
  uint64_t countFlushes(uint64_t numWords) const;

  /// The sum of `stepWeight` over all steps that are executed, and of
  /// `flushWeight` over all flushes.
  double sumAll(llvm::function_ref<double(const KernelStep &)> stepWeight,
                double flushWeight) const;

  /// What counters gain, at most: in all of loop `level`, the loops inside it
  /// included, in one trip of it, and in its rest. A trip or a rest may be more
  /// than they hold; it is flushed between its steps then.
  uint64_t getCost(unsigned level) const;
  uint64_t getTripCost(unsigned level) const;
  uint64_t getRestCost(unsigned level) const;

private:
  /// The number of words of one iteration of the loop at `depth`.
  uint64_t getWordsPerIteration() const;
  /// The sum of `weight` over the steps of all of loop `level`, of one trip,
  /// and over those for `numWords` words.
  using Weight = llvm::function_ref<uint64_t(const KernelStep &)>;
  uint64_t sumLoop(unsigned level, Weight weight) const;
  uint64_t sumTrip(unsigned level, Weight weight) const;
  uint64_t sumRest(unsigned level, Weight weight) const;
  uint64_t sumBody(uint64_t numWords, Weight weight) const;
  double sumAll(unsigned level, bool isLast,
                llvm::function_ref<double(const KernelStep &)> stepWeight,
                double flushWeight) const;

  const KernelPass &pass;
  ArrayRef<ReductionLoop> loops;
  unsigned depth = 0;
  uint64_t chunk = 1;
};

} // namespace mlir::bitserial

#endif // BITSERIAL_LIB_TRANSFORMS_KERNELSCHEDULE_H
