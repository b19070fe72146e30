//===- FloatFunction.cpp - What elementwise ops do to floats --------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Sums, products, quotients and square roots of numbers of up to 24 bits are
// computed in f64 and rounded again. Rounding twice is as rounding once, since
// f64 has more than 2 * 24 + 2 bits: S. A. Figueroa, "When is double rounding
// innocuous?", SIGNUM Newsletter 30(3), 1995.
//
//===----------------------------------------------------------------------===//

#include "bitserial/Conversion/Ranges/FloatFunction.h"
#include "llvm/ADT/APFloat.h"
#include "llvm/ADT/STLExtras.h"
#include <cmath>
#include <limits>

using namespace mlir;
using namespace mlir::bitserial;

static constexpr double kInfinity = std::numeric_limits<double>::infinity();
static constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

bool bitserial::isExact(FloatFunction function) {
  return function < FloatFunction::Rsqrt;
}

bool bitserial::isBinary(FloatFunction function) {
  return function <= FloatFunction::MinNumber;
}

bool bitserial::isIncreasing(FloatFunction function) {
  using F = FloatFunction;
  return llvm::is_contained({F::Identity, F::Sign, F::Floor, F::Ceil,
                             F::Truncate, F::RoundEven, F::RoundAway, F::Sqrt},
                            function);
}

double bitserial::roundToType(double value, FloatType type) {
  if (type.isF64() || std::isnan(value))
    return value;
  if (type.isF32())
    return double(float(value));
  llvm::APFloat number(value);
  bool losesInfo;
  number.convert(type.getFloatSemantics(), llvm::APFloat::rmNearestTiesToEven,
                 &losesInfo);
  number.convert(llvm::APFloat::IEEEdouble(),
                 llvm::APFloat::rmNearestTiesToEven, &losesInfo);
  return number.convertToDouble();
}

static double roundAway(double a) {
  double truncated = std::trunc(a);
  return std::abs(a - truncated) >= 0.5 ? truncated + std::copysign(1.0, a)
                                        : truncated;
}

static double evaluateInDouble(FloatFunction function, double a, double b) {
  using F = FloatFunction;
  switch (function) {
  case F::Add:
    return a + b;
  case F::Sub:
    return a - b;
  case F::Mul:
    return a * b;
  case F::Div:
    return a / b;
  case F::Max:
    return std::isnan(a) || std::isnan(b) ? kNaN : std::max(a, b);
  case F::Min:
    return std::isnan(a) || std::isnan(b) ? kNaN : std::min(a, b);
  case F::MaxNumber:
    return std::fmax(a, b);
  case F::MinNumber:
    return std::fmin(a, b);
  case F::Identity:
    return a;
  case F::Abs:
    return std::abs(a);
  case F::Neg:
    return -a;
  case F::Sign:
    return std::isnan(a) ? a : double((a > 0) - (a < 0));
  case F::Floor:
    return std::floor(a);
  case F::Ceil:
    return std::ceil(a);
  case F::Truncate:
    return std::trunc(a);
  case F::RoundEven:
    // In the default rounding mode, which nothing changes here.
    return std::nearbyint(a);
  case F::RoundAway:
    return roundAway(a);
  case F::Sqrt:
    return std::sqrt(a);
  case F::Reciprocal:
    return 1.0 / a;
  case F::Rsqrt:
    return 1.0 / std::sqrt(a);
  case F::Exp:
    return std::exp(a);
  case F::Expm1:
    return std::expm1(a);
  case F::Log:
    return std::log(a);
  case F::Log1p:
    return std::log1p(a);
  case F::Tanh:
    return std::tanh(a);
  case F::Logistic:
    return 1.0 / (1.0 + std::exp(-a));
  case F::Erf:
    return std::erf(a);
  case F::Erfc:
    return std::erfc(a);
  }
  llvm_unreachable("all functions are handled");
}

double bitserial::evaluate(FloatFunction function, double a, double b,
                           FloatType type) {
  assert(isExact(function) && "implementations differ");
  return roundToType(evaluateInDouble(function, a, b), type);
}

//===----------------------------------------------------------------------===//
// Sets
//===----------------------------------------------------------------------===//

static double getMinNormal(FloatType type) {
  return llvm::APFloat::getSmallestNormalized(type.getFloatSemantics())
      .convertToDouble();
}

/// Whether a processor may make 0 of `value`.
static bool isTiny(double value, FloatType type) {
  return value != 0 && std::abs(value) < getMinNormal(type);
}

static FloatSet makeList(ArrayRef<double> values, bool mayBeNaN,
                         FloatType type) {
  if (llvm::none_of(values, [&](double v) { return isTiny(v, type); }))
    return FloatSet::of(values, mayBeNaN);
  return FloatSet::of(values, mayBeNaN).unite(FloatSet::of(0.0));
}

static FloatSet makeRange(double low, double high, bool mayBeNaN,
                          FloatType type) {
  if (std::isnan(low) || std::isnan(high))
    return FloatSet::unknown();
  if (isTiny(low, type))
    low = std::min(low, 0.0);
  if (isTiny(high, type))
    high = std::max(high, 0.0);
  return FloatSet::range(low, high, mayBeNaN);
}

static bool mayBeInfinite(const FloatSet &set) {
  return std::isinf(set.min()) || std::isinf(set.max());
}

static bool mayBeZero(const FloatSet &set, FloatType type) {
  return set.contains(0) ||
         (set.isListed()
              ? llvm::any_of(set.values(),
                             [&](double v) { return isTiny(v, type); })
              : isTiny(set.min(), type) || isTiny(set.max(), type));
}

/// The interval of a binary function that is monotone in each operand.
static FloatSet applyAtCorners(FloatFunction function, const FloatSet &a,
                               const FloatSet &b, FloatType type) {
  double low = kInfinity, high = -kInfinity;
  for (double x : {a.min(), a.max()})
    for (double y : {b.min(), b.max()}) {
      double value = evaluate(function, x, y, type);
      if (std::isnan(value))
        return FloatSet::unknown();
      low = std::min(low, value);
      high = std::max(high, value);
    }
  bool mayBeNaN = a.mayBeNaN() || b.mayBeNaN();
  // Sums and products of integers are integers, rounded or not.
  if (function != FloatFunction::Div && a.areIntegers() && b.areIntegers())
    return FloatSet::integers(low, high, mayBeNaN);
  return makeRange(low, high, mayBeNaN, type);
}

FloatSet bitserial::withoutNaN(const FloatSet &set) {
  if (set.isListed())
    return FloatSet::of(set.values());
  return set.areIntegers() ? FloatSet::integers(set.min(), set.max())
                           : FloatSet::range(set.min(), set.max());
}

static FloatSet applyBinary(FloatFunction function, const FloatSet &a,
                            const FloatSet &b, FloatType type) {
  using F = FloatFunction;
  bool mayBeNaN = a.mayBeNaN() || b.mayBeNaN();
  if (function == F::MaxNumber || function == F::MinNumber) {
    FloatSet result =
        applyBinary(function == F::MaxNumber ? F::Max : F::Min, a, b, type);
    if (!mayBeNaN)
      return result;
    // Either may be what is left.
    bool both = a.mayBeNaN() && b.mayBeNaN();
    FloatSet numbers = withoutNaN(result);
    if (a.mayBeNaN())
      numbers = numbers.unite(withoutNaN(b));
    if (b.mayBeNaN())
      numbers = numbers.unite(withoutNaN(a));
    return numbers.withNaN(both);
  }
  // The sign of a zero decides between infinities.
  if (function == F::Div &&
      (mayBeZero(b, type) || (mayBeInfinite(a) && mayBeInfinite(b))))
    return FloatSet::unknown();
  if (function == F::Mul && ((mayBeInfinite(a) && mayBeZero(b, type)) ||
                             (mayBeInfinite(b) && mayBeZero(a, type))))
    return FloatSet::unknown();
  if (a.isListed() && b.isListed()) {
    SmallVector<double> images;
    for (double x : a.values())
      for (double y : b.values())
        images.push_back(evaluate(function, x, y, type));
    return makeList(images, mayBeNaN, type);
  }
  if ((function == F::Add &&
       ((a.max() == kInfinity && b.min() == -kInfinity) ||
        (a.min() == -kInfinity && b.max() == kInfinity))) ||
      (function == F::Sub &&
       ((a.max() == kInfinity && b.max() == kInfinity) ||
        (a.min() == -kInfinity && b.min() == -kInfinity))))
    return FloatSet::unknown();
  // Quotients are monotone in divisors of one sign only.
  if (function == F::Div && b.min() < 0 && b.max() > 0) {
    FloatSet result;
    for (double divisor : b.values())
      result = result.unite(
          applyAtCorners(function, a, FloatSet::of(divisor), type));
    return result.withNaN(mayBeNaN);
  }
  return applyAtCorners(function, a, b, type);
}

/// An interval around the results of a function that implementations compute
/// to a few units in the last place; wider than any of them is wrong by.
static FloatSet applyInexact(FloatFunction function, const FloatSet &a,
                             FloatType type) {
  using F = FloatFunction;
  bool mayBeNaN = a.mayBeNaN();
  double low = a.min(), high = a.max();
  if ((function == F::Log || function == F::Rsqrt) &&
      (low < 0 || mayBeZero(a, type)))
    return FloatSet::unknown();
  if (function == F::Log1p && low <= -1)
    return FloatSet::unknown();
  double ends[] = {evaluateInDouble(function, low, 0),
                   evaluateInDouble(function, high, 0)};
  double min = std::min(ends[0], ends[1]), max = std::max(ends[0], ends[1]);
  constexpr double kSlack = 0x1p-6;
  min -= std::abs(min) * kSlack + getMinNormal(type);
  max += std::abs(max) * kSlack + getMinNormal(type);
  double floor = -kInfinity, ceil = kInfinity;
  if (function == F::Tanh || function == F::Erf) {
    floor = -1;
    ceil = 1;
  } else if (function == F::Logistic) {
    floor = 0;
    ceil = 1;
  } else if (function == F::Expm1) {
    floor = -1;
  } else if (function == F::Erfc) {
    floor = 0;
    ceil = 2;
  } else if (function == F::Exp || function == F::Rsqrt) {
    floor = 0;
  }
  return makeRange(roundToType(std::clamp(min, floor, ceil), type),
                   roundToType(std::clamp(max, floor, ceil), type), mayBeNaN,
                   type);
}

FloatSet bitserial::apply(FloatFunction function, const FloatSet &a,
                          const FloatSet &b, FloatType type) {
  using F = FloatFunction;
  if (a.isEmpty() || (isBinary(function) && b.isEmpty()))
    return {};
  if (isBinary(function))
    return applyBinary(function, a, b, type);
  if (!isExact(function))
    return applyInexact(function, a, type);
  if (function == F::Reciprocal)
    return applyBinary(F::Div, FloatSet::of(1.0), a, type);
  bool mayBeNaN = a.mayBeNaN();
  if (a.isListed()) {
    SmallVector<double> images;
    for (double value : a.values())
      images.push_back(evaluate(function, value, 0, type));
    return makeList(images, mayBeNaN, type);
  }
  double low = evaluate(function, a.min(), 0, type),
         high = evaluate(function, a.max(), 0, type);
  auto makeRange = [&](double least, double most, bool hasNaN, FloatType) {
    return a.areIntegers() && function != F::Sqrt
               ? FloatSet::integers(least, most, hasNaN)
               : ::makeRange(least, most, hasNaN, type);
  };
  switch (function) {
  case F::Abs:
    if (a.min() < 0 && a.max() > 0)
      return makeRange(0, std::max(low, high), mayBeNaN, type);
    return makeRange(std::min(low, high), std::max(low, high), mayBeNaN, type);
  case F::Neg:
    return makeRange(high, low, mayBeNaN, type);
  case F::Sqrt:
    if (a.min() < 0)
      return a.max() < 0 ? FloatSet::unknown()
                         : makeRange(0, high, /*mayBeNaN=*/true, type);
    return makeRange(low, high, mayBeNaN, type);
  case F::Identity:
    return makeRange(low, high, mayBeNaN, type);
  case F::Sign:
  case F::Floor:
  case F::Ceil:
  case F::Truncate:
  case F::RoundEven:
  case F::RoundAway:
    return FloatSet::integers(low, high, mayBeNaN);
  default:
    llvm_unreachable("all other functions are handled before");
  }
}

FloatSet bitserial::square(const FloatSet &a, FloatType type) {
  if (a.isListed()) {
    SmallVector<double> images;
    for (double value : a.values())
      images.push_back(evaluate(FloatFunction::Mul, value, value, type));
    return makeList(images, a.mayBeNaN(), type);
  }
  FloatSet magnitudes = apply(FloatFunction::Abs, a, {}, type);
  return apply(FloatFunction::Mul, magnitudes, magnitudes, type);
}

FloatSet bitserial::clampSet(const FloatSet &a, const FloatSet &low,
                             const FloatSet &high, FloatType type) {
  return apply(FloatFunction::Min, apply(FloatFunction::Max, low, a, type),
               high, type);
}

/// Sums of numbers that are multiples of one, where all that may occur on the
/// way are numbers of the type; else nullopt.
static std::optional<FloatSet> sumExactly(const FloatSet &values, int64_t count,
                                          FloatType type) {
  if (!values.isListed() || values.mayBeNaN())
    return std::nullopt;
  std::optional<double> unit = findUnit(values.values());
  if (!unit || *unit < getMinNormal(type))
    return std::nullopt;
  double low = std::min(values.min(), 0.0) / *unit * double(count),
         high = std::max(values.max(), 0.0) / *unit * double(count);
  double limit = std::ldexp(
      1.0, llvm::APFloat::semanticsPrecision(type.getFloatSemantics()));
  double odd = std::abs(getOddPart(*unit));
  if (std::max(-low, high) * odd > limit ||
      !std::isfinite(roundToType(std::max(-low, high) * *unit, type)))
    return std::nullopt;
  if (high - low < double(FloatSet::kMaxListed)) {
    SmallVector<double> sums;
    for (double multiple = low; multiple <= high; ++multiple)
      sums.push_back(multiple * *unit);
    return FloatSet::of(sums);
  }
  if (*unit >= 1 && std::trunc(*unit) == *unit)
    return FloatSet::integers(low * *unit, high * *unit);
  return std::nullopt;
}

FloatSet bitserial::sumOf(const FloatSet &values, int64_t count,
                          FloatType type) {
  if (values.isEmpty() || count <= 0)
    return FloatSet::of(0.0);
  if (!values.isFinite())
    return FloatSet::unknown();
  if (std::optional<FloatSet> sums = sumExactly(values, count, type))
    return *sums;
  // Every addition is wrong by at most half a unit in the last place of its
  // result: a factor of 1 + 2^-p. Of count additions, (1 + 2^-p)^count.
  int bits = llvm::APFloat::semanticsPrecision(type.getFloatSemantics());
  double growth =
      std::exp(double(count) * std::ldexp(1.0, -bits)) * (1 + 0x1p-40);
  double low = std::min(values.min(), 0.0) * double(count),
         high = std::max(values.max(), 0.0) * double(count);
  // Sums on the way to a number in the range reach neither end.
  double largest = std::max(-low, high) * growth;
  if (!std::isfinite(largest) || std::isinf(roundToType(largest, type)))
    return FloatSet::unknown();
  double slack = largest - std::max(-low, high);
  // Numbers of one sign have sums of that sign.
  return makeRange(
      low == 0 ? 0.0 : roundToType(low - slack - std::abs(low) * 0x1p-7, type),
      high == 0 ? 0.0 : roundToType(high + slack + high * 0x1p-7, type), false,
      type);
}
