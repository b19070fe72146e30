//===- IntegerTensors.h - Float tensors as the integers in them -*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_LIB_CONVERSION_INTEGERTENSORS_H
#define BITSERIAL_LIB_CONVERSION_INTEGERTENSORS_H

#include "bitserial/Conversion/Ranges/RangeAnalysis.h"
#include "mlir/IR/Builders.h"

namespace mlir::bitserial {

/// Builds, for tensors of floats that are multiples of a unit, tensors of the
/// integers that they are multiples by. Ops that only move elements, and max
/// pools, are built again on integers, so that the conversion stands where the
/// numbers are rounded, and memory is read and written as bytes.
class IntegerTensors {
public:
  /// `ranges` must outlive this. The values that it knows must stay.
  explicit IntegerTensors(const RangeAnalysis &ranges) : ranges(ranges) {}

  /// A tensor of signless integers of 8, 16 or 32 bits with sign, of the shape
  /// of `value`. All elements of `value` are finite, and multiples of `unit` by
  /// integers of 32 bits, but for `deviation`, relative. Dominates all that
  /// `value` does.
  Value get(Value value, double unit, double deviation = 0);

private:
  Value build(Value value, double unit, double deviation, IntegerType type);
  /// An op on other elements than before, in the same places; null if `op` is
  /// none that just moves elements.
  Value move(Operation *op, double unit, double deviation, IntegerType type);
  /// The operand of `op` whose elements determine those of the result, and
  /// their unit; null if there is none.
  std::pair<Value, double> traceBack(Operation *op, const FloatSet &results,
                                     double unit);
  /// The integers for all values of a set; null if they do not fit.
  IntegerType getType(const FloatSet &values, double unit,
                      MLIRContext *context);

  const RangeAnalysis &ranges;
  DenseMap<std::pair<Value, uint64_t>, Value> built;
};

} // namespace mlir::bitserial

#endif // BITSERIAL_LIB_CONVERSION_INTEGERTENSORS_H
