//===- MemoryPlanTest.cpp - Where buffers lie in an arena -----------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Transforms/MemoryPlan.h"
#include "llvm/ADT/SmallVector.h"
#include "gtest/gtest.h"

#include <random>

using namespace mlir::bitserial;

namespace {

bool liveTogether(const BufferLifetime &a, const BufferLifetime &b) {
  return a.first <= b.last && b.first <= a.last;
}

/// Whether buffers that live at the same time are apart and inside the arena.
void expectValid(llvm::ArrayRef<BufferLifetime> buffers, int64_t total) {
  for (const BufferLifetime &a : buffers) {
    EXPECT_GE(a.offset, 0);
    EXPECT_LE(a.offset + a.size, total);
    for (const BufferLifetime &b : buffers) {
      if (&a == &b || !liveTogether(a, b))
        continue;
      EXPECT_TRUE(a.offset + a.size <= b.offset ||
                  b.offset + b.size <= a.offset);
    }
  }
}

TEST(MemoryPlanTest, Nothing) {
  EXPECT_EQ(planMemory(llvm::MutableArrayRef<BufferLifetime>()), 0);
}

TEST(MemoryPlanTest, ChainNeedsTheLargestNeighbours) {
  // Layers: each reads what the one before has written.
  BufferLifetime buffers[] = {
      {64, 0, 1, 0}, {128, 1, 2, 0}, {256, 2, 3, 0}, {64, 3, 4, 0}};
  int64_t total = planMemory(buffers);
  EXPECT_EQ(total, 128 + 256);
  expectValid(buffers, total);
}

TEST(MemoryPlanTest, EndsAreInclusive) {
  BufferLifetime buffers[] = {{64, 0, 5, 0}, {64, 5, 9, 0}};
  EXPECT_EQ(planMemory(buffers), 128);
}

TEST(MemoryPlanTest, SmallestGap) {
  // From position 4 on there are gaps of 256 and 128 bytes.
  BufferLifetime buffers[] = {{256, 0, 3, 0},
                              {200, 0, 9, 0},
                              {128, 0, 3, 0},
                              {100, 0, 9, 0},
                              {64, 4, 9, 0}};
  int64_t total = planMemory(buffers);
  EXPECT_EQ(buffers[4].offset, 256 + 200);
  EXPECT_EQ(total, 256 + 200 + 128 + 100);
  expectValid(buffers, total);
}

TEST(MemoryPlanTest, Random) {
  std::mt19937 random(1);
  for (int run = 0; run < 200; ++run) {
    llvm::SmallVector<BufferLifetime> buffers;
    int64_t sum = 0;
    for (unsigned i = 0, n = 1 + random() % 20; i < n; ++i) {
      int64_t first = random() % 30, length = random() % 10;
      buffers.push_back({64 * int64_t(1 + random() % 9), first, first + length,
                         /*offset=*/-1});
      sum += buffers.back().size;
    }
    int64_t total = planMemory(buffers);
    expectValid(buffers, total);
    // No more than all of them, no less than what lives at any one time.
    EXPECT_LE(total, sum);
    for (int64_t at = 0; at < 40; ++at) {
      int64_t live = 0;
      for (const BufferLifetime &buffer : buffers)
        if (buffer.first <= at && at <= buffer.last)
          live += buffer.size;
      EXPECT_GE(total, live);
    }
  }
}

} // namespace
