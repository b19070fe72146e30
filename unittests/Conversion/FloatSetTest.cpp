//===- FloatSetTest.cpp - Tests of sets of floats -------------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Conversion/Ranges/FloatSet.h"
#include "bitserial/Conversion/Ranges/FloatFunction.h"
#include "bitserial/Conversion/Ranges/LowBitFormat.h"
#include "mlir/IR/MLIRContext.h"
#include "gtest/gtest.h"
#include <cmath>
#include <limits>
#include <random>

using namespace mlir;
using namespace mlir::bitserial;

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

TEST(FloatSetTest, ListsAndRanges) {
  EXPECT_EQ(FloatSet::of({0.5, -1.0, 0.5}).str(), "{-1, 0.5}");
  EXPECT_EQ(FloatSet::of({0.0, -0.0}).values().size(), 1u);
  EXPECT_TRUE(FloatSet::of({1.0, kNaN}).mayBeNaN());
  EXPECT_TRUE(FloatSet::of(kNaN).mayBeNaN());
  EXPECT_TRUE(FloatSet::range(2, 2).isListed());
  EXPECT_EQ(FloatSet::integers(-1.5, 2.5).str(), "{-1, 0, 1, 2}");
  EXPECT_EQ(FloatSet::integers(0, 300).str(), "integers 0..300");
  EXPECT_FALSE(FloatSet::range(0, kInfinity).isFinite());
  EXPECT_FALSE(FloatSet::of(1.0, true).isFinite());
}

TEST(FloatSetTest, Inclusion) {
  FloatSet few = FloatSet::of({0.0, 1.0}), all = FloatSet::unknown();
  EXPECT_TRUE(all.includes(few));
  EXPECT_FALSE(few.includes(all));
  EXPECT_TRUE(FloatSet::range(0, 1).includes(few));
  EXPECT_FALSE(few.includes(FloatSet::range(0, 1)));
  EXPECT_FALSE(few.includes(few.withNaN(true)));
  EXPECT_TRUE(FloatSet::integers(0, 300).includes(few));
  EXPECT_FALSE(FloatSet::integers(0, 300).includes(FloatSet::of(0.5)));
  EXPECT_EQ(few.unite(FloatSet::of(0.5)).str(), "{0, 0.5, 1}");
  EXPECT_EQ(few.unite(FloatSet::range(0.25, 3)).str(), "0..3");
}

TEST(FloatSetTest, JoinsEnd) {
  FloatSet set = FloatSet::range(0, 1);
  unsigned steps = 0;
  for (double max = 2; std::isfinite(max); max *= 2) {
    FloatSet joined = FloatSet::join(set, FloatSet::range(0, max));
    EXPECT_TRUE(joined.includes(FloatSet::range(0, max)));
    steps += !(joined == set);
    set = joined;
  }
  EXPECT_LE(steps, 70u);
}

TEST(FloatSetTest, Units) {
  EXPECT_EQ(findUnit({0.0, 0.75, -0.5}), 0.25);
  EXPECT_EQ(findUnit({3.0, 9.0}), 3.0);
  EXPECT_EQ(findUnit({0.0}), 1.0);
  // 0.1f has 24 bits, and so have its multiples by powers of two only.
  float s = 0.1f;
  EXPECT_EQ(findUnit({0.0, s, 2 * s, 4 * s}), double(s));
  EXPECT_NE(findUnit({0.0, s, 3 * s}), double(s));
  EXPECT_FALSE(findUnit({1.0, 0x1p-40}));
  EXPECT_FALSE(findUnit({1.0, kInfinity}));
  EXPECT_FALSE(findUnit({1e300, 1e-300}));
  EXPECT_EQ(getOddPart(0.15625), 5.0);
  EXPECT_EQ(getOddPart(-12.0), -3.0);
}

TEST(FloatSetTest, Formats) {
  auto choose = [](ArrayRef<double> values) {
    std::optional<LowBitFormat> format = chooseFormat(FloatSet::of(values));
    return format ? format->describe() : "none";
  };
  EXPECT_EQ(choose({0.0, 0.25, 0.5, 0.75}), "2-bit unsigned times 0.25");
  EXPECT_EQ(choose({-0.5, 0.5}), "1-bit bipolar times 0.5");
  EXPECT_EQ(choose({-1.0, 0.0, 1.0}), "2-bit ternary");
  EXPECT_EQ(choose({-1.5, -0.5, 0.5, 1.5}), "2-bit bipolar times 0.5");
  EXPECT_EQ(choose({0.0, 1.0, 256.0}), "none");
  EXPECT_EQ(choose({0.0, kNaN}), "none");
}

class FloatFunctionTest : public ::testing::Test {
protected:
  MLIRContext context;
  FloatType f32 = Float32Type::get(&context);
  FloatType f16 = Float16Type::get(&context);
};

TEST_F(FloatFunctionTest, RoundsAsTheTypeDoes) {
  using F = FloatFunction;
  std::mt19937 random(1);
  std::uniform_int_distribution<uint32_t> bits;
  auto number = [&] {
    uint32_t pattern = bits(random);
    float value;
    memcpy(&value, &pattern, sizeof value);
    return value;
  };
  for (int i = 0; i < 20000; ++i) {
    float a = number(), b = number();
    if (std::isnan(a) || std::isnan(b))
      continue;
    // Numbers of like magnitude, too, whose sums and quotients are rounded.
    if (i % 2)
      b = std::ldexp(b, std::ilogb(a) - std::ilogb(b) + int(i % 50) - 25);
    auto expect = [&](F function, float expected) {
      double got = evaluate(function, a, b, f32);
      if (std::isnan(expected))
        EXPECT_TRUE(std::isnan(got));
      else
        EXPECT_EQ(got, double(expected)) << a << ' ' << b;
    };
    expect(F::Add, a + b);
    expect(F::Sub, a - b);
    expect(F::Mul, a * b);
    expect(F::Div, a / b);
    expect(F::Sqrt, std::sqrt(a));
    expect(F::RoundEven, std::nearbyint(a));
    expect(F::RoundAway, std::round(a));
  }
  EXPECT_EQ(roundToType(2049, f16), 2048);
  EXPECT_EQ(roundToType(1e6, f16), kInfinity);
  EXPECT_EQ(evaluate(F::RoundAway, 0.49999999999999994, 0,
                     Float64Type::get(&context)),
            0);
}

/// Every result of elements of the sets belongs to the result of the sets.
TEST_F(FloatFunctionTest, SetsHoldAllResults) {
  using F = FloatFunction;
  std::mt19937 random(2);
  std::uniform_real_distribution<float> real(-4, 4);
  SmallVector<double> special = {
      0, 1, -1, 0.5, kInfinity, -kInfinity, 0x1p127, -0x1p127, 0x1p-130, 2.5};
  auto number = [&]() -> double {
    return random() % 4 ? double(real(random))
                        : special[random() % special.size()];
  };
  auto makeSet = [&]() {
    double a = number(), b = number();
    switch (random() % 4) {
    case 0:
      return FloatSet::of({a, b, number()}, random() % 4 == 0);
    case 1:
      return FloatSet::integers(std::floor(std::clamp(a, -1e3, 1e3)),
                                std::floor(std::clamp(a, -1e3, 1e3)) +
                                    double(random() % 400));
    default:
      return FloatSet::range(std::min(a, b), std::max(a, b), random() % 4 == 0);
    }
  };
  auto pick = [&](const FloatSet &set) {
    if (set.mayBeNaN() && random() % 4 == 0)
      return kNaN;
    if (set.isListed())
      return set.values()[random() % set.values().size()];
    if (random() % 3 == 0)
      return random() % 2 ? set.min() : set.max();
    double low = std::max(set.min(), -3e38), high = std::min(set.max(), 3e38);
    std::uniform_real_distribution<double> uniform(0, 1);
    double value = roundToType(low + (high - low) * uniform(random), f32);
    return std::clamp(set.areIntegers() ? std::floor(value) : value, set.min(),
                      set.max());
  };
  for (int i = 0; i < 30000; ++i) {
    auto function = F(random() % (unsigned(F::Reciprocal) + 1));
    FloatSet a = makeSet(), b = makeSet();
    FloatSet result = apply(function, a, b, f32);
    double x = pick(a), y = pick(b);
    double value = evaluate(function, x, y, f32);
    if (std::isnan(value))
      EXPECT_TRUE(result.mayBeNaN())
          << unsigned(function) << ": " << a.str() << ", " << b.str();
    else
      EXPECT_TRUE(result.contains(value))
          << unsigned(function) << ": " << a.str() << ", " << b.str() << ": "
          << value << " is not in " << result.str();
  }
}

TEST_F(FloatFunctionTest, IntegersStayIntegers) {
  using F = FloatFunction;
  FloatSet all = FloatSet::range(-1e9, 1e9), three = FloatSet::of(3.0),
           zero = FloatSet::of(0.0);
  FloatSet rounded = apply(F::RoundEven, all, {}, f32);
  EXPECT_EQ(clampSet(rounded, zero, three, f32).str(), "{0, 1, 2, 3}");
  EXPECT_EQ(
      clampSet(apply(F::Add, rounded, three, f32), zero, three, f32).str(),
      "{0, 1, 2, 3}");
  EXPECT_EQ(clampSet(all, zero, three, f32).str(), "0..3");
}

TEST_F(FloatFunctionTest, WhatMayBeNaN) {
  using F = FloatFunction;
  FloatSet any = FloatSet::range(-1, 1),
           infinite = FloatSet::range(0, kInfinity), zero = FloatSet::of(0.0);
  EXPECT_TRUE(apply(F::Div, any, any, f32).mayBeNaN());
  EXPECT_FALSE(apply(F::Div, any, FloatSet::of(0.5), f32).mayBeNaN());
  EXPECT_TRUE(apply(F::Mul, infinite, any, f32).mayBeNaN());
  EXPECT_FALSE(apply(F::Mul, infinite, FloatSet::of(2.0), f32).mayBeNaN());
  EXPECT_TRUE(apply(F::Sub, infinite, infinite, f32).mayBeNaN());
  EXPECT_FALSE(apply(F::Add, infinite, infinite, f32).mayBeNaN());
  EXPECT_TRUE(apply(F::Sqrt, any, {}, f32).mayBeNaN());
  EXPECT_TRUE(apply(F::Max, any.withNaN(true), zero, f32).mayBeNaN());
  EXPECT_FALSE(apply(F::MaxNumber, any.withNaN(true), zero, f32).mayBeNaN());
}

/// Sums in any order of numbers that are rounded.
TEST_F(FloatFunctionTest, Sums) {
  std::mt19937 random(3);
  std::uniform_real_distribution<float> real(0.1f, 1.0f);
  for (int count : {1, 2, 100, 5000}) {
    FloatSet sums = sumOf(FloatSet::range(0.1, 1.0), count, f32);
    float forward = 0;
    for (int i = 0; i < count; ++i)
      forward += real(random);
    float ones = 0;
    for (int i = 0; i < count; ++i)
      ones += 1.0f;
    EXPECT_TRUE(sums.contains(forward));
    EXPECT_TRUE(sums.contains(ones));
    EXPECT_TRUE(sums.contains(0));
    EXPECT_TRUE(sums.isFinite());
  }
  // Few sums of multiples of a number are listed; one more than f32 has are
  // not.
  EXPECT_EQ(sumOf(FloatSet::of({0.5, 1.0}), 3, f32),
            FloatSet::of({0, 0.5, 1, 1.5, 2, 2.5, 3}));
  EXPECT_EQ(sumOf(FloatSet::of({-1.0, 2.0}), 2, f32),
            FloatSet::of({-2, -1, 0, 1, 2, 3, 4}));
  EXPECT_EQ(sumOf(FloatSet::of({0.0, 3.0}), 1000, f32),
            FloatSet::integers(0, 3000));
  EXPECT_FALSE(sumOf(FloatSet::of(double(0.1f)), 9, f32).isListed());
  EXPECT_FALSE(sumOf(FloatSet::of({1.0, 0x1p-23}), 4, f32).isListed());
  EXPECT_FALSE(sumOf(FloatSet::range(-1e38, 1e38), 4, f32).isFinite());
  EXPECT_FALSE(sumOf(FloatSet::of(40000.0), 2, f16).isFinite());
}

} // namespace
