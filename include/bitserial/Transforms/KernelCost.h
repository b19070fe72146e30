//===- KernelCost.h - Operations of a kernel --------------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// How many operations a kernel takes for a sum of a given length: quick to
/// find out, and enough to see whether a sum is long enough for what a kernel
/// does at its end. How fast its loop is, the model of its code says (see
/// Synthesis/CostModel.h).
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_TRANSFORMS_KERNELCOST_H
#define BITSERIAL_TRANSFORMS_KERNELCOST_H

#include "bitserial/Transforms/Kernel.h"

namespace mlir::bitserial {
struct LaneMapping;

/// The vector instructions that a target needs for an op of a kernel's
/// functions, about; none for constants and casts.
double countInstructions(Operation *op, const Target &target);

/// The vector instructions, without loads, for one accumulator that takes
/// `positions` vectors of words of each plane.
double countInstructions(const Kernel &kernel, uint64_t positions,
                         const Target &target);

/// Of these, those of the loops, if the larger steps took all positions.
double countLoopInstructions(const Kernel &kernel, uint64_t positions,
                             const Target &target);

/// Vector instructions that a target executes per cycle, at most.
double getVectorOpsPerCycle(const Target &target);

/// Whether sums of so many positions are long enough for `kernel`: what it does
/// besides its largest steps is small, or it takes no more instructions than
/// the reference lowering in spite of it.
bool paysOff(const Kernel &kernel, uint64_t positions, const Target &target);

/// The vectors of words that an accumulator of `op` takes; of static sizes.
uint64_t countPositions(ReduceOp op, const LaneMapping &lanes);

} // namespace mlir::bitserial

#endif // BITSERIAL_TRANSFORMS_KERNELCOST_H
