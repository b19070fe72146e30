//===- LaneBlocks.h - What repeats along the lanes --------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Vector code does the same to all lanes, or to all bytes. What holds of one
/// of them needs to be proved once.
///
/// A function of B *blocks* divides each vector of its arguments and results
/// into B parts of equally many bits, so that part i of the results is one and
/// the same function, whatever i, of the parts i of the arguments. That is
/// decided by value numbering, of four bits at a time: two pieces of values
/// have one number only if they are computed by the same steps, from the same
/// places of the block that they belong to. So nothing is assumed of what the
/// steps compute.
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_LIB_SYNTHESIS_LANEBLOCKS_H
#define BITSERIAL_LIB_SYNTHESIS_LANEBLOCKS_H

#include "bitserial/Synthesis/LaneProgram.h"

#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/DenseMap.h"

#include <vector>

namespace mlir::bitserial {

/// Which bits of the values of a program's steps matter: by step, the bits of
/// all lanes, those of lane 0 first.
struct LaneDemand {
  std::vector<llvm::BitVector> steps;

  /// What bits of the outputs depend on.
  static LaneDemand find(const LaneProgram &program,
                         ArrayRef<llvm::BitVector> outputs);
  /// Whether any bit of a lane matters.
  bool hasLane(unsigned step, unsigned lane, unsigned width) const {
    return steps[step].find_first_in(lane * width, (lane + 1) * width) >= 0;
  }
};

/// What an input of a program is.
enum class BlockInput {
  Divided, ///< Has a part for each block.
  Shared,  ///< The same in all lanes.
  Zero,
};

/// Whether the outputs `outputs` (numbers of outputs) of a program are the same
/// function of the inputs in each of `count` blocks.
bool hasBlocks(const LaneProgram &program, ArrayRef<BlockInput> inputs,
               ArrayRef<unsigned> outputs, unsigned count);

} // namespace mlir::bitserial

#endif // BITSERIAL_LIB_SYNTHESIS_LANEBLOCKS_H
