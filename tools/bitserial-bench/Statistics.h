//===- Statistics.h - Medians, quartiles, means -----------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_TOOLS_BENCH_STATISTICS_H
#define BITSERIAL_TOOLS_BENCH_STATISTICS_H

#include "llvm/ADT/ArrayRef.h"

namespace mlir {
namespace bitserial {
namespace bench {

/// The `p` quantile (0..1) of `samples` by linear interpolation between the two
/// nearest ranks; NaN if there are none.
double quantile(llvm::ArrayRef<double> samples, double p);

inline double median(llvm::ArrayRef<double> samples) {
  return quantile(samples, 0.5);
}

/// Half the interquartile range relative to the median: the "±" of a table.
/// 0 for fewer than two samples.
double relativeSpread(llvm::ArrayRef<double> samples);

/// The geometric mean of positive numbers; NaN if there are none or if one of
/// them is not positive.
double geometricMean(llvm::ArrayRef<double> values);

} // namespace bench
} // namespace bitserial
} // namespace mlir

#endif // BITSERIAL_TOOLS_BENCH_STATISTICS_H
