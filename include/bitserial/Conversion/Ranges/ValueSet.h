//===- ValueSet.h - Which integers a tensor may hold ------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The abstract value of the range analysis: a set of integers that contains
/// every element that a tensor can have. Small sets are listed, so that a table
/// lookup, a comparison or a rounding shift is followed value by value; larger
/// ones are ranges. No IR.
///
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_CONVERSION_RANGES_VALUESET_H
#define BITSERIAL_CONVERSION_RANGES_VALUESET_H

#include "mlir/Support/LLVM.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include <cstdint>
#include <optional>
#include <string>

namespace mlir::bitserial {

/// A set of 64-bit integers, an upper bound of what can occur: empty, listed,
/// a range, or unknown (anything, also what is not an integer).
class ValueSet {
public:
  /// Sets of at most this many values are listed. All values of an 8-bit type
  /// are.
  static constexpr size_t kMaxListed = 256;

  /// The empty set: of code that is never reached.
  ValueSet() = default;
  /// Nothing is known; also for what is not an integer.
  static ValueSet unknown();
  /// The values, in any order; their range if there are more than kMaxListed.
  static ValueSet of(ArrayRef<int64_t> values);
  /// min to max, both included; min <= max. Listed where that is possible.
  static ValueSet range(int64_t min, int64_t max);
  /// All values of an integer type of 1 to 64 bits.
  static ValueSet ofWidth(unsigned width, bool isSigned);

  bool isEmpty() const { return kind == Kind::Empty; }
  bool isUnknown() const { return kind == Kind::Unknown; }
  bool isListed() const { return kind == Kind::Listed; }
  /// Whether there is a smallest and a largest value.
  bool isBounded() const { return kind == Kind::Listed || kind == Kind::Range; }
  /// The smallest and largest value of a bounded set.
  int64_t min() const;
  int64_t max() const;
  /// The values of a listed set, ascending.
  ArrayRef<int64_t> values() const { return listed; }

  /// Whether all values of `other` belong to this set.
  bool includes(const ValueSet &other) const;
  /// Whether all values are in min..max.
  bool isWithin(int64_t min, int64_t max) const;

  /// The values of both.
  ValueSet unite(const ValueSet &other) const;

  /// The images under `function`, which must be monotone (increasing or
  /// decreasing) if the set is not listed; unknown if an image is nullopt.
  ValueSet
  mapMonotone(function_ref<std::optional<int64_t>(int64_t)> function) const;
  /// The images of a listed set under any function; unknown for other sets and
  /// if an image is nullopt.
  ValueSet map(function_ref<std::optional<int64_t>(int64_t)> function) const;
  /// The images of all pairs, where both sets are listed; else the range of the
  /// images of the four corners if `cornersSuffice`, that is if `function` is
  /// monotone in each argument for every value of the other; else unknown.
  /// Also unknown if an image is nullopt.
  static ValueSet
  combine(const ValueSet &a, const ValueSet &b, bool cornersSuffice,
          function_ref<std::optional<int64_t>(int64_t, int64_t)> function);

  /// For lattices: what `a` becomes when `b` is added. unite(), but a range
  /// that grows does so to powers of two, so that a chain of joins ends soon.
  static ValueSet join(const ValueSet &a, const ValueSet &b);

  bool operator==(const ValueSet &other) const;
  /// "{-1, 1}", "0..255", "unknown"; long lists as a range with their number.
  std::string str() const;
  void print(raw_ostream &os) const;

private:
  enum class Kind { Empty, Listed, Range, Unknown };
  Kind kind = Kind::Empty;
  SmallVector<int64_t, 4> listed;
  int64_t rangeMin = 0, rangeMax = 0;
};

} // namespace mlir::bitserial

#endif // BITSERIAL_CONVERSION_RANGES_VALUESET_H
