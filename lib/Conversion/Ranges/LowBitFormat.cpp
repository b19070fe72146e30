//===- LowBitFormat.cpp - The format that a set of values needs -----------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Conversion/Ranges/LowBitFormat.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include <cmath>
#include <numeric>

using namespace mlir;
using namespace mlir::bitserial;

std::string LowBitFormat::describe() const {
  std::string text = format.describe();
  if (unit != 1)
    text += " times " + printNumber(double(scale) * unit);
  else if (scale != 1)
    text += llvm::formatv(" times {0}", scale);
  return text;
}

/// The shortest format without a scale.
static std::optional<NumberFormat> chooseUnscaled(ArrayRef<int64_t> values) {
  int64_t min = values.front(), max = values.back();
  for (unsigned width = 1; width <= NumberFormat::kMaxWidth; ++width) {
    auto holdsAll = [&](Kind kind, int64_t zeroPoint) {
      if (!NumberFormat::isValid(width, kind, zeroPoint).empty())
        return false;
      NumberFormat format(width, kind, zeroPoint);
      return llvm::all_of(
          values, [&](int64_t value) { return format.contains(value); });
    };
    int64_t lastBit = (int64_t(1) << width) - 1;
    // Far from zero no zero point reaches, and its computation could overflow.
    if (min < INT16_MIN || max > INT16_MAX)
      return std::nullopt;
    std::pair<Kind, int64_t> candidates[] = {
        {Kind::Unsigned, 0},    {Kind::Ternary, 0},
        {Kind::Signed, 0},      {Kind::Bipolar, 0},
        {Kind::Unsigned, -min}, {Kind::Bipolar, -min - lastBit},
    };
    for (auto [kind, zeroPoint] : candidates)
      // Longer ternary numbers have fewer values than signed ones.
      if ((kind != Kind::Ternary || width == 2) && holdsAll(kind, zeroPoint))
        return NumberFormat(width, kind, zeroPoint);
  }
  return std::nullopt;
}

std::optional<LowBitFormat> bitserial::chooseFormat(const ValueSet &values) {
  if (!values.isListed())
    return std::nullopt;
  std::optional<NumberFormat> plain = chooseUnscaled(values.values());
  int64_t divisor = 0;
  for (int64_t value : values.values()) {
    if (value == INT64_MIN) // No absolute value.
      return std::nullopt;
    divisor = std::gcd(divisor, value);
  }
  if (divisor > 1) {
    SmallVector<int64_t> quotients = llvm::map_to_vector(
        values.values(), [&](int64_t value) { return value / divisor; });
    std::optional<NumberFormat> scaled = chooseUnscaled(quotients);
    if (scaled && (!plain || scaled->getWidth() < plain->getWidth()))
      return LowBitFormat{*scaled, divisor};
  }
  if (!plain)
    return std::nullopt;
  return LowBitFormat{*plain, 1};
}

ValueSet bitserial::divideByUnit(const FloatSet &values, double unit) {
  return ValueSet::of(llvm::map_to_vector(values.values(), [&](double value) {
    return int64_t(std::llround(value / unit));
  }));
}

std::optional<LowBitFormat> bitserial::chooseFormat(const FloatSet &values) {
  if (!values.isListed() || !values.isFinite())
    return std::nullopt;
  std::optional<double> unit = findUnit(values.values());
  if (!unit)
    return std::nullopt;
  std::optional<LowBitFormat> result =
      chooseFormat(divideByUnit(values, *unit));
  if (result)
    result->unit = *unit;
  return result;
}
