//===- LowBitFormatTest.cpp - Tests of the choice of formats --------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Conversion/Ranges/LowBitFormat.h"
#include "gtest/gtest.h"
#include <random>

using namespace mlir;
using namespace mlir::bitserial;

namespace {

std::string choose(ArrayRef<int64_t> values) {
  std::optional<LowBitFormat> format = chooseFormat(ValueSet::of(values));
  return format ? format->describe() : "none";
}

std::string chooseRange(int64_t min, int64_t max) {
  std::optional<LowBitFormat> format = chooseFormat(ValueSet::range(min, max));
  return format ? format->describe() : "none";
}

TEST(LowBitFormatTest, UsualFormats) {
  EXPECT_EQ(choose({-1, 1}), "1-bit bipolar");
  EXPECT_EQ(choose({-1, 0, 1}), "2-bit ternary");
  EXPECT_EQ(choose({0, 1}), "1-bit unsigned");
  EXPECT_EQ(chooseRange(0, 3), "2-bit unsigned");
  EXPECT_EQ(chooseRange(-2, 1), "2-bit signed");
  EXPECT_EQ(choose({-3, -1, 1, 3}), "2-bit bipolar");
  EXPECT_EQ(chooseRange(-128, 127), "8-bit signed");
  EXPECT_EQ(chooseRange(0, 255), "8-bit unsigned");
}

TEST(LowBitFormatTest, OneMoreValueTakesOneMoreBit) {
  EXPECT_EQ(chooseRange(0, 4), "3-bit unsigned");
  EXPECT_EQ(chooseRange(-2, 2), "3-bit signed");
  EXPECT_EQ(choose({-1, 0, 1, 2}), "2-bit unsigned (zero point 1)");
  EXPECT_EQ(choose({-1, 1, 2}), "2-bit unsigned (zero point 1)");
  EXPECT_EQ(chooseRange(-1, 255), "none");
  EXPECT_EQ(chooseRange(-129, 127), "none");
}

TEST(LowBitFormatTest, ZeroPointsAndFactors) {
  EXPECT_EQ(chooseRange(10, 13), "2-bit unsigned (zero point -10)");
  EXPECT_EQ(choose({4, 6}), "1-bit bipolar (zero point -5)");
  EXPECT_EQ(choose({0, 7}), "1-bit unsigned times 7");
  EXPECT_EQ(choose({-40, 0, 40}), "2-bit ternary times 40");
  // A factor that saves nothing is not taken out.
  EXPECT_EQ(choose({0, 2}), "1-bit bipolar (zero point -1)");
  EXPECT_EQ(choose({0}), "1-bit unsigned");
  EXPECT_EQ(choose({5}), "1-bit unsigned (zero point -5)");
  // Not multiples of anything.
  EXPECT_EQ(choose({0, 7, 15}), "4-bit unsigned");
}

TEST(LowBitFormatTest, FarFromZero) {
  EXPECT_EQ(choose({0, int64_t(1) << 40}),
            "1-bit unsigned times 1099511627776");
  EXPECT_EQ(choose({40000, 40001}), "none");
  EXPECT_EQ(choose({INT64_MIN, 0}), "none");
  EXPECT_EQ(choose({INT64_MAX - 1, INT64_MAX}), "none");
  EXPECT_EQ(choose({INT16_MAX - 1, INT16_MAX}),
            "1-bit unsigned (zero point -32766)");
}

TEST(LowBitFormatTest, NothingIsChosenForNothing) {
  EXPECT_FALSE(chooseFormat(ValueSet()).has_value());
  EXPECT_FALSE(chooseFormat(ValueSet::unknown()).has_value());
  EXPECT_FALSE(chooseFormat(ValueSet::range(0, 256)).has_value());
}

TEST(LowBitFormatTest, HoldsAllValuesInFewestBits) {
  std::mt19937 random(1);
  for (unsigned i = 0; i < 2000; ++i) {
    SmallVector<int64_t> values;
    int64_t spread = 1 + random() % 300, factor = 1 + random() % 3;
    for (unsigned n = 1 + random() % 6; n > 0; --n)
      values.push_back((int64_t(random() % spread) - spread / 2) * factor);
    ValueSet set = ValueSet::of(values);
    std::optional<LowBitFormat> format = chooseFormat(set);
    if (!format) {
      EXPECT_GT((set.max() - set.min()) / factor, 255);
      continue;
    }
    for (int64_t value : set.values()) {
      ASSERT_EQ(value % format->scale, 0);
      ASSERT_TRUE(format->format.contains(value / format->scale));
    }
    // No format has more values than bit patterns.
    ASSERT_LE(set.values().size(), size_t(1) << format->getWidth());
  }
}

} // namespace
