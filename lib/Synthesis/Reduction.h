//===- Reduction.h - From counters to sums to results -----------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The third layer of a sketch: sums of neighbouring lanes, and of the lanes of
/// several accumulators at once.
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_LIB_SYNTHESIS_REDUCTION_H
#define BITSERIAL_LIB_SYNTHESIS_REDUCTION_H

#include "VectorEmitter.h"
#include "bitserial/Synthesis/InstructionRoles.h"

namespace mlir::bitserial {

/// The sums of neighbouring unsigned lanes of a full register, in lanes of
/// `toWidth` bits. Lanes of 16 bits are at most `bound`, which decides what may
/// be used.
Value addNeighbours(VectorEmitter &e, const InstructionRoles &roles,
                    Value lanes, unsigned toWidth, uint64_t bound);

/// The sum of all lanes of each of the values, modulo 2^32, in a vector of as
/// many i32.
Value reduceLanes(VectorEmitter &e, const InstructionRoles &roles,
                  ArrayRef<Value> values);

} // namespace mlir::bitserial

#endif // BITSERIAL_LIB_SYNTHESIS_REDUCTION_H
