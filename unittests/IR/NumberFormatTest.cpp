//===- NumberFormatTest.cpp - Tests of the number formats -----------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/IR/NumberFormat.h"
#include "bitserial/IR/Bitserial.h"
#include "gtest/gtest.h"
#include <set>

using namespace mlir::bitserial;

namespace {

constexpr Kind kKinds[] = {Kind::Unsigned, Kind::Signed, Kind::Bipolar,
                           Kind::Ternary};

/// The value of the number with these bits as the kinds are usually explained,
/// not by the affine row.
int64_t readBits(Kind kind, unsigned width, unsigned bits) {
  int64_t all = int64_t(1) << width;
  switch (kind) {
  case Kind::Unsigned:
    return bits;
  case Kind::Signed: // Two's complement.
    return bits >= all / 2 ? int64_t(bits) - all : bits;
  case Kind::Bipolar: // Odd numbers, symmetric around 0.
    return 2 * int64_t(bits) - (all - 1);
  case Kind::Ternary: { // Digits of plus and minus.
    int64_t value = 0, power = 1;
    for (unsigned digit = 0; digit < width / 2; ++digit, power *= 3)
      value += power * (int64_t(bits >> 2 * digit & 1) -
                        int64_t(bits >> (2 * digit + 1) & 1));
    return value;
  }
  }
  return 0;
}

/// Calls `check` with every format that exists.
template <typename Fn> void forEachFormat(Fn check) {
  for (Kind kind : kKinds)
    for (unsigned width = 1; width <= NumberFormat::kMaxWidth; ++width)
      for (int64_t zeroPoint :
           {0, 1, -1, 7, 128, -128, 129, -255, 32000, -32000}) {
        bool exists = NumberFormat::isValid(width, kind, zeroPoint).empty();
        EXPECT_EQ(exists, kind != Kind::Ternary || width % 2 == 0);
        if (!exists)
          continue;
        NumberFormat format(width, kind, zeroPoint);
        SCOPED_TRACE(format.describe());
        EXPECT_EQ(format.getWidth(), width);
        EXPECT_EQ(format.getKind(), kind);
        EXPECT_EQ(format.getZeroPoint(), zeroPoint);
        check(format);
      }
}

TEST(NumberFormatTest, DecodesWhatTheKindSays) {
  forEachFormat([](const NumberFormat &format) {
    EXPECT_EQ(format.decode(0), format.getOffset());
    for (unsigned bits = 0; bits < 1u << format.getWidth(); ++bits)
      EXPECT_EQ(format.decode(bits),
                readBits(format.getKind(), format.getWidth(), bits) -
                    format.getZeroPoint());
  });
}

TEST(NumberFormatTest, RangeAndStepAreExactlyTheValues) {
  forEachFormat([](const NumberFormat &format) {
    std::set<int64_t> values;
    for (unsigned bits = 0; bits < 1u << format.getWidth(); ++bits)
      values.insert(format.decode(bits));
    EXPECT_EQ(format.getMin(), *values.begin());
    EXPECT_EQ(format.getMax(), *values.rbegin());
    std::set<int64_t> steps;
    for (int64_t v = format.getMin(); v <= format.getMax();
         v += format.getStep())
      steps.insert(v);
    EXPECT_EQ(steps, values);
    for (int64_t v = format.getMin() - 3; v <= format.getMax() + 3; ++v)
      EXPECT_EQ(format.contains(v), values.count(v) == 1) << v;
    EXPECT_FALSE(format.contains(INT64_MAX));
    EXPECT_FALSE(format.contains(INT64_MIN));
  });
}

TEST(NumberFormatTest, EncodeInvertsDecode) {
  forEachFormat([](const NumberFormat &format) {
    for (int64_t v = format.getMin(); v <= format.getMax();
         v += format.getStep()) {
      unsigned bits = format.encode(v);
      EXPECT_LT(bits, 1u << format.getWidth());
      EXPECT_EQ(format.decode(bits), v);
      // A ternary digit never has both bits set.
      if (format.getKind() == Kind::Ternary) {
        EXPECT_EQ(bits & bits >> 1 & 0x55, 0u) << v;
      }
    }
  });
}

TEST(NumberFormatTest, ValueTypeIsTheSmallestThatHoldsAllValues) {
  forEachFormat([](const NumberFormat &format) {
    bool fitsInt8 = format.getMin() >= -128 && format.getMax() <= 127;
    bool fitsUInt8 = format.getMin() >= 0 && format.getMax() <= 255;
    EXPECT_EQ(format.getValueBits(), fitsInt8 || fitsUInt8 ? 8u : 16u);
    EXPECT_EQ(format.isValueUnsigned(), fitsUInt8 && !fitsInt8);
    EXPECT_GE(format.getMin(), -32768);
    EXPECT_LE(format.getMax(), 32767);
  });
}

TEST(NumberFormatTest, CodesStandForTheValues) {
  for (Kind kind : {Kind::Unsigned, Kind::Signed, Kind::Bipolar, Kind::Ternary})
    for (unsigned width = 1; width <= NumberFormat::kMaxWidth; ++width)
      for (int64_t zeroPoint : {0, 1, -77, 300}) {
        if (!NumberFormat::isValid(width, kind, zeroPoint).empty())
          continue;
        NumberFormat format(width, kind, zeroPoint);
        for (auto [bits, isSigned] :
             {std::pair(8u, false), {8u, true}, {16u, true}}) {
          NumberCode code = format.getCode(bits, isSigned);
          EXPECT_EQ(code.offset + code.step * code.min, format.getMin());
          EXPECT_EQ(code.offset + code.step * code.max, format.getMax());
          EXPECT_EQ(format.getStep() % code.step, 0);
          int64_t least = isSigned ? -(int64_t(1) << (bits - 1)) : 0;
          EXPECT_GE(code.min, least);
          EXPECT_LT(code.max, least + (int64_t(1) << bits));
        }
      }
  // Values that are bytes are their own codes.
  NumberCode own = NumberFormat(2, Kind::Bipolar).getCode(8, true);
  EXPECT_EQ(own.offset, 0);
  EXPECT_EQ(own.step, 1);
  EXPECT_EQ(own.min, -3);
  NumberCode far = NumberFormat(8, Kind::Unsigned).getCode(8, true);
  EXPECT_EQ(far.offset, 128);
  EXPECT_EQ(far.min, -128);
}

TEST(NumberFormatTest, KnownRows) {
  NumberFormat ternary(4, Kind::Ternary);
  EXPECT_EQ(ternary.getWeights(), llvm::ArrayRef<int64_t>({1, -1, 3, -3}));
  EXPECT_EQ(ternary.getMin(), -4);
  EXPECT_EQ(ternary.getMax(), 4);
  EXPECT_EQ(ternary.encode(-4), 0b1010u);
  EXPECT_EQ(ternary.encode(2), 0b0110u); // 3 - 1
  EXPECT_EQ(NumberFormat(8, Kind::Ternary).getMax(), 40);

  NumberFormat bipolar(3, Kind::Bipolar);
  EXPECT_EQ(bipolar.getWeights(), llvm::ArrayRef<int64_t>({2, 4, 8}));
  EXPECT_EQ(bipolar.getOffset(), -7);
  EXPECT_EQ(bipolar.getStep(), 2);

  NumberFormat bit(1, Kind::Signed);
  EXPECT_EQ(bit.getMin(), -1);
  EXPECT_EQ(bit.getMax(), 0);
  EXPECT_EQ(bit.getStep(), 1);
}

TEST(NumberFormatTest, RefusesWhatDoesNotFit) {
  auto isValid = [](unsigned width, Kind kind, int64_t zeroPoint) {
    return NumberFormat::isValid(width, kind, zeroPoint).empty();
  };
  EXPECT_FALSE(isValid(0, Kind::Unsigned, 0));
  EXPECT_FALSE(isValid(9, Kind::Unsigned, 0));
  EXPECT_FALSE(isValid(UINT_MAX, Kind::Bipolar, 0));
  EXPECT_FALSE(isValid(1, Kind::Ternary, 0));
  // The borders of 16-bit values.
  EXPECT_TRUE(isValid(1, Kind::Unsigned, 32768));
  EXPECT_FALSE(isValid(1, Kind::Unsigned, 32769));
  EXPECT_TRUE(isValid(8, Kind::Unsigned, -32512));
  EXPECT_FALSE(isValid(8, Kind::Unsigned, -32513));
  EXPECT_FALSE(isValid(1, Kind::Unsigned, INT64_MAX));
  EXPECT_FALSE(isValid(1, Kind::Unsigned, INT64_MIN));
}

TEST(NumberFormatTest, Describes) {
  EXPECT_EQ(NumberFormat(2, Kind::Unsigned).describe(), "2-bit unsigned");
  EXPECT_EQ(NumberFormat(4, Kind::Ternary, -3).describe(),
            "4-bit ternary (zero point -3)");
}

} // namespace
