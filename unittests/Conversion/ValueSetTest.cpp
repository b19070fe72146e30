//===- ValueSetTest.cpp - Tests of the sets of the range analysis ---------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Conversion/Ranges/ValueSet.h"
#include "gtest/gtest.h"
#include <random>

using namespace mlir;
using namespace mlir::bitserial;

using Number = std::optional<int64_t>;

namespace {

TEST(ValueSetTest, ListsUpToItsLimit) {
  ValueSet small = ValueSet::range(-128, 127);
  EXPECT_TRUE(small.isListed());
  EXPECT_EQ(small.values().size(), 256u);
  EXPECT_EQ(small, ValueSet::ofWidth(8, /*isSigned=*/true));
  ValueSet large = ValueSet::range(-128, 128);
  EXPECT_FALSE(large.isListed());
  EXPECT_EQ(large.min(), -128);
  EXPECT_EQ(large.max(), 128);
}

TEST(ValueSetTest, SortsAndDropsDuplicates) {
  ValueSet set = ValueSet::of({3, -1, 3, 0});
  EXPECT_EQ(SmallVector<int64_t>(set.values()),
            SmallVector<int64_t>({-1, 0, 3}));
  EXPECT_EQ(set.str(), "{-1, 0, 3}");
  EXPECT_EQ(ValueSet::range(0, 3).str(), "0..3");
}

TEST(ValueSetTest, HoldsTheEndsOfInt64) {
  ValueSet all = ValueSet::range(INT64_MIN, INT64_MAX);
  EXPECT_TRUE(all.includes(ValueSet::of(INT64_MIN)));
  EXPECT_EQ(ValueSet::range(INT64_MAX - 1, INT64_MAX).values().size(), 2u);
  EXPECT_EQ(ValueSet::ofWidth(64, true), all);
  EXPECT_TRUE(ValueSet::ofWidth(64, false).isUnknown());
}

TEST(ValueSetTest, InclusionAndUnion) {
  ValueSet few = ValueSet::of({0, 5}), range = ValueSet::range(0, 1000);
  EXPECT_TRUE(range.includes(few));
  EXPECT_FALSE(few.includes(range));
  EXPECT_FALSE(few.includes(ValueSet::of(1)));
  EXPECT_TRUE(ValueSet::unknown().includes(range));
  EXPECT_FALSE(range.includes(ValueSet::unknown()));
  EXPECT_TRUE(few.includes(ValueSet()));
  EXPECT_EQ(few.unite(ValueSet::of(-2)), ValueSet::of({-2, 0, 5}));
  EXPECT_EQ(few.unite(range), range);
  EXPECT_EQ(range.unite(ValueSet::of(-9)), ValueSet::range(-9, 1000));
  EXPECT_TRUE(few.unite(ValueSet::unknown()).isUnknown());
}

TEST(ValueSetTest, Maps) {
  auto square = [](int64_t v) -> Number { return v * v; };
  EXPECT_EQ(ValueSet::of({-2, 0, 2}).map(square), ValueSet::of({0, 4}));
  // Not monotone: a range's ends do not tell.
  EXPECT_TRUE(ValueSet::range(-500, 500).map(square).isUnknown());
  auto negate = [](int64_t v) -> Number { return -v; };
  EXPECT_EQ(ValueSet::range(-1, 500).mapMonotone(negate),
            ValueSet::range(-500, 1));
  auto onlySmall = [](int64_t v) -> Number {
    return v < 500 ? Number(v) : std::nullopt;
  };
  EXPECT_TRUE(ValueSet::range(-1, 500).mapMonotone(onlySmall).isUnknown());
  EXPECT_TRUE(ValueSet::of({1, 500}).map(onlySmall).isUnknown());
  EXPECT_TRUE(ValueSet().map(square).isEmpty());
}

TEST(ValueSetTest, CombinesPairsOrCorners) {
  auto product = [](int64_t a, int64_t b) -> Number { return a * b; };
  EXPECT_EQ(ValueSet::combine(ValueSet::of({-1, 3}), ValueSet::of({2, 5}), true,
                              product),
            ValueSet::of({-5, -2, 6, 15}));
  EXPECT_EQ(ValueSet::combine(ValueSet::range(-300, 10), ValueSet::of({-2, 5}),
                              true, product),
            ValueSet::range(-1500, 600));
  EXPECT_TRUE(ValueSet::combine(ValueSet::range(-300, 10),
                                ValueSet::of({-2, 5}), false, product)
                  .isUnknown());
  EXPECT_TRUE(
      ValueSet::combine(ValueSet(), ValueSet::of(1), true, product).isEmpty());
}

/// Joins must be upper bounds, and a chain of them must end: analyses of loops
/// would not.
TEST(ValueSetTest, ChainsOfJoinsEnd) {
  ValueSet set = ValueSet::of(0);
  unsigned changes = 0;
  for (int64_t i = 1; i < 1'000'000; i += 7) {
    ValueSet next = ValueSet::join(set, ValueSet::range(-i, 3 * i));
    ASSERT_TRUE(next.includes(set));
    ASSERT_TRUE(next.isWithin(INT64_MIN, INT64_MAX));
    ASSERT_EQ(ValueSet::join(next, set), next);
    changes += !(next == set);
    set = next;
  }
  EXPECT_LT(changes, 256u + 128u);
  // The ends of the widest type are not exceeded.
  EXPECT_EQ(ValueSet::join(ValueSet::range(INT64_MIN, 0),
                           ValueSet::range(-1000, INT64_MAX)),
            ValueSet::range(INT64_MIN, INT64_MAX));
}

TEST(ValueSetTest, JoinIsMonotone) {
  std::mt19937 random(1);
  auto draw = [&]() -> ValueSet {
    int64_t scale = int64_t(1) << (random() % 40);
    int64_t a = int64_t(random() % 1000) * scale - 300 * scale;
    int64_t b = a + int64_t(random() % 3) * int64_t(random() % 1000) * scale;
    if (random() % 2)
      return ValueSet::of({a, b});
    return ValueSet::range(a, b);
  };
  for (unsigned i = 0; i < 2000; ++i) {
    ValueSet a = draw(), b = draw();
    ValueSet joined = ValueSet::join(a, b);
    ASSERT_TRUE(joined.includes(a) && joined.includes(b));
    ASSERT_EQ(ValueSet::join(joined, a), joined);
    ASSERT_EQ(ValueSet::join(joined, b), joined);
  }
}

} // namespace
