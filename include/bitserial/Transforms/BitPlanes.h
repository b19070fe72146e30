//===- BitPlanes.h - Numbers to bit planes and back, on vectors -*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Takes the bits of low-bit numbers apart and puts them together, for a vector
/// of numbers at a time. How is derived from the numbers' format alone.
///
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_TRANSFORMS_BITPLANES_H
#define BITSERIAL_TRANSFORMS_BITPLANES_H

#include "bitserial/IR/NumberFormat.h"
#include "mlir/IR/Builders.h"

namespace mlir {
namespace bitserial {
class Target;

//===----------------------------------------------------------------------===//
// What to test
//===----------------------------------------------------------------------===//

/// One test of a number that yields one of its bits.
struct PlaneTest {
  enum class Operand {
    /// The value.
    Value,
    /// The value less the format's offset.
    Distance,
    /// The value less the weights of the bits that earlier tests found set.
    Residual
  };
  enum class Condition {
    /// Bit `parameter` of the operand is set, in two's complement.
    BitSet,
    /// Bit `parameter` of the operand is clear.
    BitClear,
    /// The operand is at least `parameter`.
    AtLeast,
    /// The operand is less than `parameter`.
    LessThan
  };

  unsigned plane = 0;
  Operand operand = Operand::Value;
  Condition condition = Condition::BitSet;
  int64_t parameter = 0;
};

/// The cheapest way to obtain all bit planes of a number of this format: one
/// test per plane, in the order in which they have to be made.
SmallVector<PlaneTest> planPlaneTests(const NumberFormat &format);

//===----------------------------------------------------------------------===//
// Vector code
//===----------------------------------------------------------------------===//

/// Tests each element of `values`, a vector of n numbers in the format's value
/// type. Returns one vector<n x i1> per plane.
SmallVector<Value> emitPlaneMasks(OpBuilder &b, Location loc, Value values,
                                  const NumberFormat &format);

/// As emitPlaneMasks, but the bits lie side by side in bytes, the first element
/// in the least significant bit of the first byte: one vector<n/8 x i8> per
/// plane. `n` is 16, 32 or 64; on x86-64 it may also be 8.
SmallVector<Value> emitPlaneBytes(OpBuilder &b, Location loc, Value values,
                                  const NumberFormat &format,
                                  const Target &target);

/// The elements of `mask`, a vector<n x i1>, side by side in a vector<n/8 x
/// i8>, as those of emitPlaneBytes.
Value emitMaskBytes(OpBuilder &b, Location loc, Value mask,
                    const Target &target);

/// Spreads the bits of `bytes`, a vector<n/8 x i8>, to a vector<n x i1>.
Value emitMaskFromBytes(OpBuilder &b, Location loc, Value bytes,
                        const Target &target);

/// The inverse of emitPlaneMasks: a vector of n numbers in the format's value
/// type from one vector<n x i1> per plane.
Value emitValuesFromMasks(OpBuilder &b, Location loc, ArrayRef<Value> masks,
                          const NumberFormat &format);

} // namespace bitserial
} // namespace mlir

#endif // BITSERIAL_TRANSFORMS_BITPLANES_H
