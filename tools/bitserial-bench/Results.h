//===- Results.h - What a run of the benchmark found ------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// The samples of a run with all that is needed to make tables of them. They
/// are written as JSON and read again, so that a table can be made of an old
/// run.
///
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_TOOLS_BENCH_RESULTS_H
#define BITSERIAL_TOOLS_BENCH_RESULTS_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/JSON.h"
#include <string>
#include <vector>

namespace mlir {
namespace bitserial {
namespace bench {

/// The samples of one Candidate.
struct Series {
  std::string isa, name, details;
  /// Multiply-accumulates (for `clock`: cycles) of one run.
  double macs = 0;
  /// Seconds per run, one number per round.
  std::vector<double> seconds;

  /// Median of the rate, per second.
  double rate() const;
  double spread() const;
};

struct LayerResult {
  std::string name, shape;
  double macs = 0;
  std::vector<Series> series;

  /// Null if there is none.
  const Series *find(llvm::StringRef isa, llvm::StringRef name) const;
};

struct IsaInfo {
  std::string name;
  /// What our compiler and oneDNN were told.
  std::string cpu, features, oneDnnCap;
};

struct FormatInfo {
  std::string name;
  /// One-bit products per multiply-accumulate.
  int64_t planeProducts = 1;
};

struct BenchResult {
  /// The CPU as it calls itself.
  std::string host;
  /// Version of oneDNN; empty if it was not measured.
  std::string oneDnn;
  /// `cpu` (time of the thread) or `wall`.
  std::string clock;
  /// Numbers of threads other than 1 that ours was run with as well: series
  /// `a1w1@2` is `a1w1` in 2 threads.
  std::vector<int64_t> threads;
  /// From packed activations to packed activations; from values to sums
  /// otherwise.
  bool packed = false;
  int64_t rounds = 0;
  double sampleSeconds = 0;
  std::vector<IsaInfo> isas;
  std::vector<FormatInfo> formats;
  std::vector<LayerResult> layers;

  /// How many times as fast the formats are as a reference on a layer: `fp32`,
  /// `int8`; `plain`, the plain loop's time for the same one-bit products;
  /// `roofline`, that time or the one for reading the operands from memory,
  /// whichever is longer (so that both are at most about 1); `@2`, 2 threads
  /// relative to one. NaN if one was not measured.
  double ratio(const LayerResult &layer, llvm::StringRef isa,
               const FormatInfo &formats, llvm::StringRef reference) const;
};

/// The best rate of the plain loops of an instruction set in the rounds of a
/// layer, in one-bit multiply-accumulates per second; NaN if it has none.
double plainRate(const LayerResult &layer, llvm::StringRef isa);

/// Median of the clock frequency over all layers, in Hz; NaN if unknown.
double clockFrequency(const BenchResult &result);

llvm::json::Value toJSON(const BenchResult &result);

/// Reads what toJSON made; errors name the place.
llvm::Expected<BenchResult> parseResult(llvm::StringRef json);

} // namespace bench
} // namespace bitserial
} // namespace mlir

#endif // BITSERIAL_TOOLS_BENCH_RESULTS_H
