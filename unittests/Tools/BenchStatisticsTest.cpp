//===- BenchStatisticsTest.cpp - Medians, timing, reference ---------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Measure.h"
#include "Reference.h"
#include "Statistics.h"
#include "bitserial/IR/Bitserial.h"
#include "gtest/gtest.h"
#include <cmath>

using namespace mlir::bitserial;
using namespace mlir::bitserial::bench;

TEST(BenchStatistics, QuantilesInterpolate) {
  EXPECT_EQ(median({3.0}), 3.0);
  EXPECT_EQ(median({9.0, 1.0, 5.0}), 5.0);
  EXPECT_EQ(median({4.0, 1.0, 2.0, 3.0}), 2.5);
  EXPECT_EQ(quantile({4.0, 1.0, 2.0, 3.0}, 0), 1.0);
  EXPECT_EQ(quantile({4.0, 1.0, 2.0, 3.0}, 0.25), 1.75);
  EXPECT_EQ(quantile({4.0, 1.0, 2.0, 3.0}, 1), 4.0);
  EXPECT_TRUE(std::isnan(median({})));
}

TEST(BenchStatistics, SpreadIsHalfTheInterquartileRange) {
  EXPECT_EQ(relativeSpread({1.0, 2.0, 3.0, 4.0, 5.0}), 1.0 / 3);
  // One disturbed sample does not count.
  EXPECT_EQ(relativeSpread({2.0, 2.0, 2.0, 2.0, 100.0}), 0.0);
  EXPECT_EQ(relativeSpread({2.0}), 0.0);
}

TEST(BenchStatistics, GeometricMean) {
  EXPECT_DOUBLE_EQ(geometricMean({2.0, 8.0}), 4.0);
  EXPECT_TRUE(std::isnan(geometricMean({})));
  EXPECT_TRUE(std::isnan(geometricMean({1.0, 0.0})));
  EXPECT_TRUE(std::isnan(geometricMean({1.0, NAN})));
}

TEST(BenchMeasure, EveryCandidateHasItsTurnInEveryRound) {
  // Runs that take no time at all: calibration must still end.
  std::string order;
  std::vector<Candidate> candidates = {{"", "a", "", 1, [&] { order += 'a'; }},
                                       {"", "b", "", 1, [&] { order += 'b'; }}};
  MeasureOptions options;
  options.rounds = 3;
  options.sampleSeconds = 1e-6;
  std::vector<std::vector<double>> samples =
      measureInterleaved(candidates, options);
  ASSERT_EQ(samples.size(), 2u);
  EXPECT_EQ(samples[0].size(), 3u);
  EXPECT_EQ(samples[1].size(), 3u);
  // Whole samples alternate; the order rotates from round to round, so that
  // after the calibration (a, b) come a b, b a, a b.
  std::string turns(1, order[0]);
  for (char c : order)
    if (c != turns.back())
      turns += c;
  EXPECT_EQ(turns, "ababab");
}

TEST(BenchReference, ConvolutionWithStrideAndPadding) {
  // All inputs and weights are 1: outputs count the positions not padded.
  ConvLayer layer{"", 3, 3, 1, 1, 3, 2, 1};
  ConvData data = computeConv(layer, std::vector<int16_t>(9, 1),
                              std::vector<int16_t>(9, 1));
  EXPECT_EQ(data.output, std::vector<int32_t>({4, 4, 4, 4}));
  // Weights pick one position: the middle is the input at stride 2.
  data = computeConv(layer, {1, 2, 3, 4, 5, 6, 7, 8, 9},
                     {0, 0, 0, 0, -1, 0, 0, 0, 0});
  EXPECT_EQ(data.output, std::vector<int32_t>({-1, -3, -7, -9}));
}

TEST(BenchReference, RandomValuesAreOfTheFormat) {
  for (const NumberFormat &format :
       {NumberFormat(2, Kind::Unsigned), NumberFormat(1, Kind::Bipolar),
        NumberFormat(4, Kind::Ternary), NumberFormat(8, Kind::Bipolar)}) {
    std::vector<int16_t> values = randomValues(format, 1000, /*seed=*/1);
    EXPECT_EQ(values, randomValues(format, 1000, /*seed=*/1));
    for (int16_t value : values)
      EXPECT_TRUE(format.contains(value));
    EXPECT_NE(values, randomValues(format, 1000, /*seed=*/2));
  }
}

TEST(BenchReference, DifferenceNamesTheFirst) {
  EXPECT_EQ(describeDifference({1, 2, 3}, {1, 2, 3}), "");
  EXPECT_EQ(describeDifference({1, 2, 3}, {1, 5, 6}),
            "element 1 is 5, expected 2");
}
