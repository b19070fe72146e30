//===- ValueSet.cpp - Which integers a tensor may hold --------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Conversion/Ranges/ValueSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/raw_ostream.h"
#include <algorithm>

using namespace mlir;
using namespace mlir::bitserial;

ValueSet ValueSet::unknown() {
  ValueSet result;
  result.kind = Kind::Unknown;
  return result;
}

ValueSet ValueSet::of(ArrayRef<int64_t> values) {
  if (values.empty())
    return {};
  ValueSet result;
  SmallVector<int64_t> sorted(values);
  llvm::sort(sorted);
  sorted.erase(llvm::unique(sorted), sorted.end());
  if (sorted.size() > kMaxListed)
    return range(sorted.front(), sorted.back());
  result.kind = Kind::Listed;
  result.listed.assign(sorted.begin(), sorted.end());
  return result;
}

ValueSet ValueSet::range(int64_t min, int64_t max) {
  assert(min <= max && "a range is not empty");
  ValueSet result;
  if (uint64_t(max) - uint64_t(min) < kMaxListed) {
    result.kind = Kind::Listed;
    for (int64_t value = min;; ++value) {
      result.listed.push_back(value);
      if (value == max)
        return result;
    }
  }
  result.kind = Kind::Range;
  result.rangeMin = min;
  result.rangeMax = max;
  return result;
}

ValueSet ValueSet::ofWidth(unsigned width, bool isSigned) {
  assert(width >= 1 && width <= 64 && "no integer type of the analysis");
  if (isSigned)
    return range(llvm::minIntN(width), llvm::maxIntN(width));
  // Beyond 63 bits an int64_t does not hold the values.
  return width == 64 ? unknown() : range(0, llvm::maxUIntN(width));
}

int64_t ValueSet::min() const {
  assert(isBounded() && "no smallest value");
  return isListed() ? listed.front() : rangeMin;
}

int64_t ValueSet::max() const {
  assert(isBounded() && "no largest value");
  return isListed() ? listed.back() : rangeMax;
}

bool ValueSet::includes(const ValueSet &other) const {
  if (isUnknown() || other.isEmpty())
    return true;
  if (isEmpty() || other.isUnknown())
    return false;
  if (kind == Kind::Range)
    return other.isWithin(rangeMin, rangeMax);
  return other.isListed() &&
         std::includes(listed.begin(), listed.end(), other.listed.begin(),
                       other.listed.end());
}

bool ValueSet::isWithin(int64_t low, int64_t high) const {
  return isEmpty() || (isBounded() && low <= min() && max() <= high);
}

ValueSet ValueSet::unite(const ValueSet &other) const {
  if (includes(other))
    return *this;
  if (other.includes(*this))
    return other;
  if (isListed() && other.isListed()) {
    SmallVector<int64_t> both(listed.begin(), listed.end());
    both.append(other.listed.begin(), other.listed.end());
    return of(both);
  }
  return range(std::min(min(), other.min()), std::max(max(), other.max()));
}

ValueSet ValueSet::mapMonotone(
    function_ref<std::optional<int64_t>(int64_t)> function) const {
  if (kind != Kind::Range)
    return map(function);
  std::optional<int64_t> a = function(rangeMin), b = function(rangeMax);
  if (!a || !b)
    return unknown();
  return range(std::min(*a, *b), std::max(*a, *b));
}

ValueSet
ValueSet::map(function_ref<std::optional<int64_t>(int64_t)> function) const {
  if (isEmpty())
    return {};
  if (!isListed())
    return unknown();
  SmallVector<int64_t> images;
  for (int64_t value : listed) {
    std::optional<int64_t> image = function(value);
    if (!image)
      return unknown();
    images.push_back(*image);
  }
  return of(images);
}

ValueSet ValueSet::combine(
    const ValueSet &a, const ValueSet &b, bool cornersSuffice,
    function_ref<std::optional<int64_t>(int64_t, int64_t)> function) {
  if (a.isEmpty() || b.isEmpty())
    return {};
  bool areListed = a.isListed() && b.isListed();
  if (!a.isBounded() || !b.isBounded() || (!areListed && !cornersSuffice))
    return unknown();
  SmallVector<int64_t> images;
  auto add = [&](int64_t x, int64_t y) {
    std::optional<int64_t> image = function(x, y);
    if (image)
      images.push_back(*image);
    return image.has_value();
  };
  if (!areListed) {
    for (int64_t x : {a.min(), a.max()})
      for (int64_t y : {b.min(), b.max()})
        if (!add(x, y))
          return unknown();
    return range(*llvm::min_element(images), *llvm::max_element(images));
  }
  for (int64_t x : a.values())
    for (int64_t y : b.values())
      if (!add(x, y))
        return unknown();
  return of(images);
}

/// -2^k or 0, at most `value`.
static int64_t widenDown(int64_t value) {
  if (value >= 0)
    return 0;
  unsigned bits = 64 - llvm::countl_one(uint64_t(value));
  return bits >= 63 ? INT64_MIN : -(int64_t(1) << bits);
}

/// 2^k - 1 or -1, at least `value`.
static int64_t widenUp(int64_t value) {
  if (value < 0)
    return -1;
  unsigned bits = 64 - llvm::countl_zero(uint64_t(value));
  return int64_t(llvm::maskTrailingOnes<uint64_t>(bits));
}

ValueSet ValueSet::join(const ValueSet &a, const ValueSet &b) {
  ValueSet result = a.unite(b);
  // The first value of a lattice is taken as it is.
  if (result.kind != Kind::Range || a.isEmpty() || result == a)
    return result;
  return range(widenDown(result.rangeMin), widenUp(result.rangeMax));
}

bool ValueSet::operator==(const ValueSet &other) const {
  return kind == other.kind && listed == other.listed &&
         rangeMin == other.rangeMin && rangeMax == other.rangeMax;
}

std::string ValueSet::str() const {
  if (isEmpty())
    return "none";
  if (isUnknown())
    return "unknown";
  uint64_t distance = uint64_t(max()) - uint64_t(min());
  if (isListed() && listed.size() <= 8 &&
      (listed.size() <= 2 || distance + 1 != listed.size()))
    return "{" +
           llvm::join(llvm::map_range(
                          listed, [](int64_t v) { return std::to_string(v); }),
                      ", ") +
           "}";
  std::string text = llvm::formatv("{0}..{1}", min(), max());
  if (isListed() && distance + 1 != listed.size())
    text += llvm::formatv(" ({0} values)", listed.size());
  return text;
}

void ValueSet::print(raw_ostream &os) const { os << str(); }
