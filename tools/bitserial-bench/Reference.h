//===- Reference.h - Operands and expected results --------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_TOOLS_BENCH_REFERENCE_H
#define BITSERIAL_TOOLS_BENCH_REFERENCE_H

#include "Workload.h"

namespace mlir {
namespace bitserial {
namespace bench {

/// `count` pseudo-random values of `format`, the same ones for the same seed.
std::vector<int16_t> randomValues(const NumberFormat &format, int64_t count,
                                  uint32_t seed);

/// The operands of a layer (input NHWC, filter OHWI) and its output (NHWC).
struct ConvData {
  std::vector<int16_t> input, filter;
  std::vector<int32_t> output;
};

/// What plain integer loops make of these operands. Padding contributes 0
/// whatever the format.
ConvData computeConv(const ConvLayer &layer, std::vector<int16_t> input,
                     std::vector<int16_t> filter);

/// The same for random operands.
ConvData makeConvData(const ConvLayer &layer, const NumberFormat &activations,
                      const NumberFormat &weights);

/// Where `actual` differs from `expected` first, as text, or an empty string.
std::string describeDifference(llvm::ArrayRef<int32_t> expected,
                               llvm::ArrayRef<int32_t> actual);

/// Sums to the numbers of the next layer: with the levels v_0 < v_1 < ... of
/// `format`, v_i for i = (sum * multiplier + bias) >> shift, clamped.
/// Multiplier and bias are those of the output channel.
struct Requantisation {
  NumberFormat format;
  unsigned shift = 0;
  std::vector<int32_t> multipliers, biases;

  int64_t numLevels() const;
  int16_t apply(int32_t sum, int64_t channel) const;
  /// All of a result with the channels innermost.
  std::vector<int16_t> apply(llvm::ArrayRef<int32_t> sums) const;
};

/// One that spreads these sums of `layer` over all levels and overflows 32 bits
/// nowhere.
Requantisation makeRequantisation(const ConvLayer &layer,
                                  const NumberFormat &format,
                                  llvm::ArrayRef<int32_t> sums);

} // namespace bench
} // namespace bitserial
} // namespace mlir

#endif // BITSERIAL_TOOLS_BENCH_REFERENCE_H
