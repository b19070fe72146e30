//===- FloatSet.cpp - Which floats a tensor may hold ----------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Conversion/Ranges/FloatSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

using namespace mlir;
using namespace mlir::bitserial;

static constexpr double kInfinity = std::numeric_limits<double>::infinity();

FloatSet FloatSet::unknown() { return range(-kInfinity, kInfinity, true); }

FloatSet FloatSet::of(ArrayRef<double> values, bool mayBeNaN) {
  FloatSet result;
  SmallVector<double> sorted;
  for (double value : values) {
    if (std::isnan(value))
      mayBeNaN = true;
    else
      sorted.push_back(value + 0.0); // Of the zeros, the positive one.
  }
  if (sorted.empty())
    return mayBeNaN ? unknown() : result;
  llvm::sort(sorted);
  sorted.erase(llvm::unique(sorted), sorted.end());
  if (sorted.size() > kMaxListed)
    return range(sorted.front(), sorted.back(), mayBeNaN);
  result.kind = Kind::Listed;
  result.hasNaN = mayBeNaN;
  result.listed.assign(sorted.begin(), sorted.end());
  return result;
}

FloatSet FloatSet::range(double min, double max, bool mayBeNaN) {
  assert(min <= max && "an interval is not empty");
  if (min == max)
    return of(min, mayBeNaN);
  FloatSet result;
  result.kind = Kind::Range;
  result.hasNaN = mayBeNaN;
  result.low = min + 0.0;
  result.high = max + 0.0;
  return result;
}

FloatSet FloatSet::integers(double min, double max, bool mayBeNaN) {
  min = std::ceil(min);
  max = std::floor(max);
  if (!(max - min < kMaxListed) || std::abs(min) > 1e15) {
    FloatSet result = range(min, max, mayBeNaN);
    result.isIntegral = result.kind == Kind::Range;
    return result;
  }
  SmallVector<double> values;
  for (double value = min; value <= max; ++value)
    values.push_back(value);
  return of(values, mayBeNaN);
}

double FloatSet::min() const {
  assert(!isEmpty() && "no smallest number");
  return isListed() ? listed.front() : low;
}

double FloatSet::max() const {
  assert(!isEmpty() && "no largest number");
  return isListed() ? listed.back() : high;
}

bool FloatSet::areIntegers() const {
  return isListed()
             ? llvm::all_of(listed, [](double v) { return v == std::trunc(v); })
             : kind == Kind::Range && isIntegral;
}

bool FloatSet::isFinite() const {
  return isEmpty() || (!hasNaN && std::isfinite(min()) && std::isfinite(max()));
}

bool FloatSet::contains(double value) const {
  if (isListed())
    return std::binary_search(listed.begin(), listed.end(), value);
  return !isEmpty() && low <= value && value <= high &&
         (!isIntegral || value == std::trunc(value));
}

bool FloatSet::includes(const FloatSet &other) const {
  if (other.isEmpty())
    return true;
  if (isEmpty() || (other.hasNaN && !hasNaN))
    return false;
  if (kind == Kind::Range)
    return low <= other.min() && other.max() <= high &&
           (!isIntegral || other.areIntegers());
  return other.isListed() &&
         std::includes(listed.begin(), listed.end(), other.listed.begin(),
                       other.listed.end());
}

FloatSet FloatSet::unite(const FloatSet &other) const {
  if (includes(other))
    return *this;
  if (other.includes(*this))
    return other;
  bool mayBeNaN = hasNaN || other.hasNaN;
  if (isListed() && other.isListed()) {
    SmallVector<double> both(listed.begin(), listed.end());
    both.append(other.listed.begin(), other.listed.end());
    return of(both, mayBeNaN);
  }
  double least = std::min(min(), other.min()),
         most = std::max(max(), other.max());
  return areIntegers() && other.areIntegers() ? integers(least, most, mayBeNaN)
                                              : range(least, most, mayBeNaN);
}

FloatSet FloatSet::withNaN(bool mayBeNaN) const {
  FloatSet result = *this;
  if (!isEmpty())
    result.hasNaN |= mayBeNaN;
  return result;
}

/// 0 or a power of 2^16, at least `value`, which is not negative.
static double widenUp(double value) {
  if (value == 0 || std::isinf(value))
    return value;
  double exponent = std::ceil(std::log2(value) / 16) * 16;
  return std::ldexp(1.0, std::max(int(exponent), -1022));
}

FloatSet FloatSet::join(const FloatSet &a, const FloatSet &b) {
  FloatSet result = a.unite(b);
  // The first value of a lattice is taken as it is.
  if (result.kind != Kind::Range || a.isEmpty() || result == a)
    return result;
  FloatSet wide =
      range(result.low < 0 ? -widenUp(-result.low) : 0.0,
            result.high > 0 ? widenUp(result.high) : 0.0, result.hasNaN);
  // Powers of two below 1 are no integers, but no bounds of them either.
  wide.isIntegral = result.isIntegral;
  return wide;
}

bool FloatSet::operator==(const FloatSet &other) const {
  return kind == other.kind && hasNaN == other.hasNaN &&
         isIntegral == other.isIntegral && listed == other.listed &&
         low == other.low && high == other.high;
}

std::string bitserial::printNumber(double value) {
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format("%.6g", value);
  return text;
}

std::string FloatSet::str() const {
  if (isEmpty())
    return "none";
  std::string text;
  if (isListed() && listed.size() <= 8) {
    text = "{" + llvm::join(llvm::map_range(listed, printNumber), ", ") + "}";
  } else {
    text = printNumber(min()) + ".." + printNumber(max());
    if (isListed())
      text += llvm::formatv(" ({0} values)", listed.size());
    else if (isIntegral)
      text = "integers " + text;
  }
  return hasNaN ? text + " or NaN" : text;
}

void FloatSet::print(raw_ostream &os) const { os << str(); }

//===----------------------------------------------------------------------===//
// Units
//===----------------------------------------------------------------------===//

/// The odd integer and the exponent that make up a value other than 0.
static std::pair<int64_t, int> split(double value) {
  int exponent;
  double fraction = std::frexp(value, &exponent);
  int64_t mantissa = int64_t(std::ldexp(fraction, 53));
  exponent -= 53;
  while (mantissa % 2 == 0) {
    mantissa /= 2;
    ++exponent;
  }
  return {mantissa, exponent};
}

double bitserial::getOddPart(double value) {
  return value == 0 ? 0.0 : double(split(value).first);
}

std::optional<double> bitserial::findUnit(ArrayRef<double> values) {
  int low = std::numeric_limits<int>::max();
  double largest = 0;
  for (double value : values) {
    if (!std::isfinite(value))
      return std::nullopt;
    if (value != 0)
      low = std::min(low, split(value).second);
    largest = std::max(largest, std::abs(value));
  }
  if (largest == 0)
    return 1.0;
  int64_t divisor = 0;
  for (double value : values) {
    if (value == 0)
      continue;
    auto [mantissa, exponent] = split(value);
    if (exponent - low > 62)
      return std::nullopt;
    // Beyond 63 bits a product has no common divisor worth knowing.
    int64_t integer;
    if (llvm::MulOverflow(mantissa, int64_t(1) << (exponent - low), integer))
      return std::nullopt;
    divisor = std::gcd(divisor, integer);
  }
  double unit = std::ldexp(double(divisor), low);
  if (double(int64_t(double(divisor))) != double(divisor) ||
      int64_t(double(divisor)) != divisor || largest / unit > 0x1p31)
    return std::nullopt;
  return unit;
}
