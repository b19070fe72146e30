//===- Measure.h - Interleaved timing ---------------------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_TOOLS_BENCH_MEASURE_H
#define BITSERIAL_TOOLS_BENCH_MEASURE_H

#include "llvm/ADT/ArrayRef.h"
#include <functional>
#include <string>
#include <vector>

namespace mlir {
namespace bitserial {
namespace bench {

/// Something to be timed. What it needs is prepared before; `run` does the work
/// of one call, again and again.
struct Candidate {
  /// The name of the InstructionSet it is restricted to; `name` is unique
  /// within that.
  std::string isa, name;
  /// What was chosen, e.g. the implementation that a peer reports.
  std::string details;
  /// Multiply-accumulates of one run.
  double macs;
  std::function<void()> run;
};

enum class Clock {
  /// CPU time of this thread: not disturbed by other processes on the machine
  /// (except through caches and frequency).
  Cpu,
  Wall
};

struct MeasureOptions {
  /// Samples per candidate.
  unsigned rounds = 21;
  /// Least length of a sample; a sample averages as many runs as that takes.
  double sampleSeconds = 2e-3;
  Clock clock = Clock::Cpu;
};

/// Seconds per run of each candidate: one sample per round and candidate. In
/// each round all candidates have their turn, so that what slows the machine
/// down for a while does so to all of them. The order rotates. Before each
/// sample the candidate runs once untimed to get its data into the caches.
std::vector<std::vector<double>>
measureInterleaved(llvm::ArrayRef<Candidate> candidates,
                   const MeasureOptions &options);

} // namespace bench
} // namespace bitserial
} // namespace mlir

#endif // BITSERIAL_TOOLS_BENCH_MEASURE_H
