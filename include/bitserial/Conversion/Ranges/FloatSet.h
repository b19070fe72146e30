//===- FloatSet.h - Which floats a tensor may hold --------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The abstract value of the range analysis for tensors of floats: a set that
/// contains every element. Few numbers are listed exactly as they are, so that
/// the result of a rounding, a sign or a clamp is followed number by number
/// through all that is done with it; more are an interval. Numbers of all types
/// up to f64 are doubles here. Zeros of both signs are one number. No IR.
///
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_CONVERSION_RANGES_FLOATSET_H
#define BITSERIAL_CONVERSION_RANGES_FLOATSET_H

#include "mlir/Support/LLVM.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include <optional>
#include <string>

namespace mlir::bitserial {

/// Inputs of floats are taken to be numbers of at most this magnitude, unless
/// one says otherwise. 2^32: no image or spectrum has more, and layers enough
/// can be passed until f32 is exhausted.
inline constexpr double kDefaultMaxInput = 0x1p32;

/// A set of floats, infinities among them, and whether NaN may occur as well.
class FloatSet {
public:
  /// Sets of at most this many numbers are listed.
  static constexpr size_t kMaxListed = 256;

  /// The empty set: of code that is never reached.
  FloatSet() = default;
  /// All floats, infinities and NaN.
  static FloatSet unknown();
  /// The values, in any order, NaN among them; their interval if there are more
  /// than kMaxListed; empty if there are none.
  static FloatSet of(ArrayRef<double> values, bool mayBeNaN = false);
  /// min to max, both included; min <= max.
  static FloatSet range(double min, double max, bool mayBeNaN = false);
  /// The integers from min to max: listed if they are few. There is one.
  static FloatSet integers(double min, double max, bool mayBeNaN = false);

  bool isEmpty() const { return kind == Kind::Empty; }
  bool isListed() const { return kind == Kind::Listed; }
  bool mayBeNaN() const { return hasNaN; }
  /// Whether all numbers are integers or infinite.
  bool areIntegers() const;
  /// Whether there is neither NaN nor an infinity.
  bool isFinite() const;
  /// The smallest and largest number of a set that is not empty.
  double min() const;
  double max() const;
  bool contains(double value) const;
  /// The numbers of a listed set, ascending.
  ArrayRef<double> values() const { return listed; }

  bool includes(const FloatSet &other) const;
  FloatSet unite(const FloatSet &other) const;
  FloatSet withNaN(bool mayBeNaN) const;
  /// For lattices: unite(), but an interval that grows does so by large powers
  /// of two, so that a chain of joins ends soon.
  static FloatSet join(const FloatSet &a, const FloatSet &b);

  bool operator==(const FloatSet &other) const;
  /// "{-0.5, 0.5}", "0..3 (4 values)", "-1e+10..2.5", "integers -1e+10..1e+10",
  /// "0..1 or NaN".
  std::string str() const;
  void print(raw_ostream &os) const;

private:
  enum class Kind { Empty, Listed, Range };
  Kind kind = Kind::Empty;
  bool hasNaN = false;
  bool isIntegral = false; // of a range
  SmallVector<double, 4> listed;
  double low = 0, high = 0;
};

/// `value` as 6 digits show it: "0.25", "1e+20".
std::string printNumber(double value);

/// The largest number that all of `values` are integer multiples of, exactly:
/// "times 0.25". 1 if all are zero; nullopt if there are multiples beyond
/// 2^31, or values that are not finite.
std::optional<double> findUnit(ArrayRef<double> values);

/// The number m of value = m * 2^e, m odd (0 of zero), of a finite value.
double getOddPart(double value);

} // namespace mlir::bitserial

#endif // BITSERIAL_CONVERSION_RANGES_FLOATSET_H
