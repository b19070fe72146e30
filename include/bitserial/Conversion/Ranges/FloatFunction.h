//===- FloatFunction.h - What elementwise ops do to floats ------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Elementwise functions of floats, of numbers and of sets of them, with the
/// rounding of a type. No IR but the type.
///
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_CONVERSION_RANGES_FLOATFUNCTION_H
#define BITSERIAL_CONVERSION_RANGES_FLOATFUNCTION_H

#include "bitserial/Conversion/Ranges/FloatSet.h"
#include "mlir/IR/BuiltinTypes.h"

namespace mlir::bitserial {

enum class FloatFunction {
  Add,
  Sub,
  Mul,
  Div,
  Max, ///< NaN if one operand is.
  Min,
  MaxNumber, ///< The other operand if one is NaN.
  MinNumber,
  Identity, ///< Rounded to the type.
  Abs,
  Neg,
  Sign, ///< -1, 0 or 1
  Floor,
  Ceil,
  Truncate,
  RoundEven, ///< Halves to even.
  RoundAway, ///< Halves away from zero.
  Sqrt,
  Reciprocal,
  // Functions that implementations round in ways of their own.
  Rsqrt,
  Exp,
  Expm1,
  Log,
  Log1p,
  Tanh,
  Logistic,
  Erf,
  Erfc,
};

/// Whether all implementations have the same result: that of IEEE 754,
/// rounded to nearest.
bool isExact(FloatFunction function);
bool isBinary(FloatFunction function);
/// Whether the function grows or stays the same with its only operand.
bool isIncreasing(FloatFunction function);

/// `value`, the result of one of +, -, *, / and square root in f64, as `type`
/// (f16, bf16, f32, f64) rounds it.
double roundToType(double value, FloatType type);

/// The result on numbers of `type`. For exact functions.
double evaluate(FloatFunction function, double a, double b, FloatType type);

/// The results on elements of `a`, and of `b` if the function has two operands,
/// numbers of `type`. Results so small that some processors make them zero may
/// be zero. Of functions that are not exact, an interval.
FloatSet apply(FloatFunction function, const FloatSet &a, const FloatSet &b,
               FloatType type);

/// The products of elements of `a` with themselves: none is negative.
FloatSet square(const FloatSet &a, FloatType type);

/// The numbers of `set`.
FloatSet withoutNaN(const FloatSet &set);

/// `a` limited to `low` and above, then to `high` and below.
FloatSet clampSet(const FloatSet &a, const FloatSet &low, const FloatSet &high,
                  FloatType type);

/// Sums of `count` numbers of `values`, some of which may be missing, in any
/// order of additions in `type`.
FloatSet sumOf(const FloatSet &values, int64_t count, FloatType type);

} // namespace mlir::bitserial

#endif // BITSERIAL_CONVERSION_RANGES_FLOATFUNCTION_H
