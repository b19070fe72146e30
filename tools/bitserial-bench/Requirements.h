//===- Requirements.h - Ratios that a run must reach ------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_TOOLS_BENCH_REQUIREMENTS_H
#define BITSERIAL_TOOLS_BENCH_REQUIREMENTS_H

#include "Results.h"

namespace mlir {
namespace bitserial {
namespace bench {

/// A least ratio of our speed with some formats to a reference (see
/// BenchResult::ratio), on one layer or as geometric mean over all.
struct Requirement {
  std::string formats, reference;
  /// Empty for the geometric mean.
  std::string layer;
  double minimum;
};

/// Parses a comma-separated list of `FORMATS/REFERENCE[@LAYER]=MINIMUM`, e.g.
/// `a1w1/fp32=3,a1w1/plain@C2=0.6`.
llvm::Expected<std::vector<Requirement>>
parseRequirements(llvm::StringRef list);

/// Prints a line for each requirement and instruction set of the run and
/// returns whether all are met. What was not measured is not met.
bool checkRequirements(const BenchResult &result,
                       llvm::ArrayRef<Requirement> requirements,
                       llvm::raw_ostream &os);

} // namespace bench
} // namespace bitserial
} // namespace mlir

#endif // BITSERIAL_TOOLS_BENCH_REQUIREMENTS_H
