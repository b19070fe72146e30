//===- NumberKernel.h - Sums of products of bytes --------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Kernels for words that hold whole numbers instead of bits of planes: which
/// instructions multiply and add them on a target, what integers these want,
/// and when narrow accumulators have to be emptied.
///
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_TRANSFORMS_NUMBERKERNEL_H
#define BITSERIAL_TRANSFORMS_NUMBERKERNEL_H

#include "bitserial/Transforms/Kernel.h"
#include "bitserial/Transforms/MicroTile.h"

namespace mlir::bitserial {

/// The integers that suit a target for two operands.
struct NumberTypes {
  IntegerType lhs, rhs;
};

/// Unsigned bytes times signed ones for x86's instructions, signed ones on ARM;
/// 16 bits where products of bytes could overflow what x86 without VNNI adds
/// them up in.
NumberTypes chooseNumberTypes(MLIRContext *context, const NumberFormat &lhs,
                              const NumberFormat &rhs, const Target &target);

/// The spec for products of numbers of two formats as such integers in words
/// of `wordBits`, lanes of outputs.
KernelSpec getNumberSpec(const NumberFormat &lhs, const NumberFormat &rhs,
                         const NumberTypes &types, unsigned wordBits);

/// The kernel for a spec with numbers and vectors of `numLanes` words, for sums
/// over `maxPositions` words at most. Correct by derivation from the bounds of
/// the numbers: accumulators of 16 bits are used only where a pair of products
/// fits them, and emptied before more of them could overflow. Where the target
/// has no instruction for such vectors, numbers are widened to 32 bits.
OwningOpRef<ModuleOp> makeNumberKernel(MLIRContext *context,
                                       const KernelSpec &spec,
                                       const Target &target, int64_t numLanes,
                                       int64_t maxPositions);

/// The vector registers of the kernel of full vectors.
struct NumberRegisters {
  /// Those of an accumulator, which is of one vector of outputs.
  int64_t accumulator;
  /// Those that a step takes besides accumulators, a word of the lhs in all
  /// lanes and the weights, of which there is one per vector of outputs.
  int64_t step;
};
NumberRegisters getNumberRegisters(const KernelSpec &spec,
                                   const Target &target);

/// The micro-tile that suits the kernel of full vectors.
MicroTile getNumberTile(const KernelSpec &spec, const Target &target);

/// The cost of makeNumberKernel's kernel per position in units of a vector
/// instruction, as ScheduleCost has it: products take more than one where a CPU
/// multiplies in fewer of its pipes than it adds.
double getNumberCost(const KernelSpec &spec, const Target &target,
                     int64_t numLanes, int64_t maxPositions);

} // namespace mlir::bitserial

#endif // BITSERIAL_TRANSFORMS_NUMBERKERNEL_H
