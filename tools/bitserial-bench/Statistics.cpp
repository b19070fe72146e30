//===- Statistics.cpp - Medians, quartiles, means -------------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Statistics.h"
#include "llvm/ADT/SmallVector.h"
#include <algorithm>
#include <cmath>
#include <limits>

using namespace llvm;

namespace mlir::bitserial::bench {

double quantile(ArrayRef<double> samples, double p) {
  if (samples.empty())
    return std::numeric_limits<double>::quiet_NaN();
  SmallVector<double> sorted(samples);
  std::sort(sorted.begin(), sorted.end());
  double rank = p * (sorted.size() - 1);
  size_t below = static_cast<size_t>(std::floor(rank));
  size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
}

double relativeSpread(ArrayRef<double> samples) {
  if (samples.size() < 2)
    return 0;
  return (quantile(samples, 0.75) - quantile(samples, 0.25)) / 2 /
         median(samples);
}

double geometricMean(ArrayRef<double> values) {
  double sum = 0;
  for (double value : values) {
    if (!(value > 0))
      return std::numeric_limits<double>::quiet_NaN();
    sum += std::log(value);
  }
  return values.empty() ? std::numeric_limits<double>::quiet_NaN()
                        : std::exp(sum / values.size());
}

} // namespace mlir::bitserial::bench
