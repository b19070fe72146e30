//===- MicroTile.h - The shape of a micro-kernel ----------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// How a bitserial.reduce uses vectors and registers. The choice of layouts,
/// the default schedule and the reference lowering share these answers, so that
/// the inner tile of a layout is the tile of the kernel.
///
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_TRANSFORMS_MICROTILE_H
#define BITSERIAL_TRANSFORMS_MICROTILE_H

#include "bitserial/IR/Bitserial.h"
#include "bitserial/Target/Target.h"

namespace mlir::bitserial {

/// Which loop of a reduce runs along the lanes of a vector.
struct LaneMapping {
  unsigned dim;     // the loop
  int64_t numLanes; // iterations per vector
  /// Lanes are summed at the end (reduction across lanes) rather than outputs.
  bool isReduction;
};

/// The lane mapping that the layout of the last input (the weights) asks for:
/// the loop that indexes its innermost dimension.
LaneMapping getLaneMapping(ReduceOp op, const Target &target);

/// The number of accumulator vectors of `op` taken as one micro-tile; nullopt
/// if its sizes are not static.
std::optional<int64_t> getNumAccumulators(ReduceOp op,
                                          const LaneMapping &lanes);

/// The most accumulator vectors that the target keeps in registers beside the
/// operands of a step and what its popcount needs.
int64_t getMaxAccumulators(const Target &target);

/// How many accumulator vectors an output vector of `op` takes by the reference
/// kernel. More than 1 where the lhs has one position and several planes, and
/// there is more than one such vector: every word of the weights is read once
/// then, for all planes, since reading them is what takes the time.
int64_t getNumStates(ReduceOp op, const LaneMapping &lanes,
                     const Target &target);

/// Registers that a step takes besides the accumulators and the weights, of
/// which there is one per column: the word of the lhs in all lanes,
/// temporaries, and what a popcount without an instruction of its own looks up
/// and masks. Found by reading the code for stack accesses; LLVM's scheduler
/// for ARMv7 brings forward loads of the rows to come.
int64_t getStepRegisters(const Target &target);

/// The rows and vectors of a micro-tile.
struct MicroTile {
  int64_t rows;    // positions of the lhs
  int64_t vectors; // vectors of outputs (outputs if lanes are reductions)
  /// Of a kernel: whether it is faster than others of as many accumulators.
  bool isFastest = true;
};

/// What the sums of a micro-tile are over. The default: long ones of bits.
struct SumShape {
  int64_t lhsPlanes = 1, rhsPlanes = 1;
  /// Vectors of words, of each plane, that an accumulator takes; 0: many.
  int64_t positions = 0;
  /// The weights of one column, all planes together; 0: few.
  int64_t weightBytes = 0;
  /// Vectors of outputs that make a word, where what is computed from the sums
  /// is packed for another contraction; 0: it is not.
  int64_t wordVectors = 0;
  /// Whether lanes are summed in the end, see LaneMapping.
  bool areAcrossLanes = false;

  static SumShape get(ReduceOp op, const LaneMapping &lanes,
                      const Target &target);
};

/// The best micro-tile for `numRows` x `numVectors` in all, by a model that
/// counts vector operations and loads of the whole nest, partial tiles
/// included. Of `sums` it knows whether the weights of a tile stay in the first
/// cache; that LLVM unrolls the loops of short ones, keeps words for all pairs
/// of planes they are in, in registers or on the stack, and the weights for the
/// next tile of rows if they fit; and that packed results of tiles which do not
/// fill words meet in memory.
/// `tileVectors`, if given, is the width of the weights' inner tiles,
/// which the micro-tile's divides. `kernelTile`, if given, is the one that a
/// kernel is fastest with: it is taken where the shape allows, else one that
/// has no more accumulators.
MicroTile chooseMicroTile(int64_t numRows, int64_t numVectors,
                          const Target &target,
                          std::optional<int64_t> tileVectors = std::nullopt,
                          std::optional<MicroTile> kernelTile = std::nullopt,
                          const SumShape &sums = {});

/// The tile of the kernel that the context's KernelSource has for `op`; nullopt
/// if there is no source, no kernel, or none for vectors of so few lanes. Where
/// words hold numbers, that of makeNumberKernel.
std::optional<MicroTile> findKernelTile(ReduceOp op, const LaneMapping &lanes,
                                        const Target &target);

} // namespace mlir::bitserial

#endif // BITSERIAL_TRANSFORMS_MICROTILE_H
