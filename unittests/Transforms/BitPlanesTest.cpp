//===- BitPlanesTest.cpp - Which tests yield the bits of a number ---------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Transforms/BitPlanes.h"
#include "bitserial/IR/Bitserial.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace mlir::bitserial;

namespace {
constexpr Kind kKinds[] = {Kind::Unsigned, Kind::Signed, Kind::Bipolar,
                           Kind::Ternary};

/// Calls `fn` with every format that has one of the zero points.
template <typename Fn> void forEachFormat(ArrayRef<int64_t> zeroPoints, Fn fn) {
  for (Kind kind : kKinds)
    for (unsigned width = 1; width <= NumberFormat::kMaxWidth; ++width)
      for (int64_t zeroPoint : zeroPoints)
        if (NumberFormat::isValid(width, kind, zeroPoint).empty())
          fn(NumberFormat(width, kind, zeroPoint));
}

/// The low bits of `value`, as the format's value type holds and compares it.
int64_t wrap(int64_t value, const NumberFormat &format) {
  unsigned bits = format.getValueBits();
  uint64_t low = uint64_t(value) & ((uint64_t(1) << bits) - 1);
  if (!format.isValueUnsigned() && low >> (bits - 1))
    return int64_t(low) - (int64_t(1) << bits);
  return low;
}

/// Makes the tests of `value` in the arithmetic of the value type.
unsigned evaluate(ArrayRef<PlaneTest> tests, int64_t value,
                  const NumberFormat &format) {
  int64_t residual = value;
  unsigned bits = 0;
  for (const PlaneTest &test : tests) {
    int64_t operand = value;
    if (test.operand == PlaneTest::Operand::Distance)
      operand = wrap(value - format.getOffset(), format);
    if (test.operand == PlaneTest::Operand::Residual)
      operand = residual;
    bool isSet = false;
    switch (test.condition) {
    case PlaneTest::Condition::BitSet:
      isSet = operand >> test.parameter & 1;
      break;
    case PlaneTest::Condition::BitClear:
      isSet = !(operand >> test.parameter & 1);
      break;
    case PlaneTest::Condition::AtLeast:
      isSet = operand >= wrap(test.parameter, format);
      break;
    case PlaneTest::Condition::LessThan:
      isSet = operand < wrap(test.parameter, format);
      break;
    }
    if (isSet) {
      bits |= 1u << test.plane;
      residual = wrap(residual - format.getWeights()[test.plane], format);
    }
  }
  return bits;
}
} // namespace

TEST(BitPlanesTest, TestsYieldTheBits) {
  forEachFormat({0, 1, -1, 3, 8, -17, 100, -128, -200, 777, -32000},
                [](const NumberFormat &format) {
                  SmallVector<PlaneTest> tests = planPlaneTests(format);
                  ASSERT_EQ(tests.size(), format.getWidth());
                  for (int64_t v = format.getMin(); v <= format.getMax();
                       v += format.getStep())
                    EXPECT_EQ(evaluate(tests, v, format), format.encode(v))
                        << format.describe() << ", value " << v;
                });
}

// Without a zero point every kind of at most one digit needs one operation per
// plane, and no test depends on another.
TEST(BitPlanesTest, NoArithmeticWithoutZeroPoint) {
  forEachFormat({0}, [](const NumberFormat &format) {
    if (format.getKind() == Kind::Ternary && format.getWidth() > 2)
      return;
    for (const PlaneTest &test : planPlaneTests(format))
      EXPECT_EQ(test.operand, PlaneTest::Operand::Value) << format.describe();
  });
}

// The value whose bits are all zero is what vectors are filled up with.
TEST(BitPlanesTest, OffsetHasNoBits) {
  forEachFormat({0, 5, -300}, [](const NumberFormat &format) {
    EXPECT_EQ(format.encode(format.getOffset()), 0u) << format.describe();
  });
}
