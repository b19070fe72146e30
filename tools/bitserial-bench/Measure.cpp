//===- Measure.cpp - Interleaved timing -----------------------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Measure.h"
#include <algorithm>
#include <cmath>
#include <ctime>

using namespace llvm;

namespace mlir::bitserial::bench {

static double now(Clock clock) {
  timespec time;
  clock_gettime(clock == Clock::Cpu ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC,
                &time);
  return time.tv_sec + time.tv_nsec * 1e-9;
}

static double timeRuns(const Candidate &candidate, long runs, Clock clock) {
  double start = now(clock);
  for (long i = 0; i < runs; ++i)
    candidate.run();
  return now(clock) - start;
}

/// How many runs last about `seconds`.
static long calibrate(const Candidate &candidate,
                      const MeasureOptions &options) {
  candidate.run();
  long runs = 1;
  while (true) {
    double taken = timeRuns(candidate, runs, options.clock);
    if (taken >= options.sampleSeconds)
      return runs;
    // Not more than tenfold at once: short times are inexact.
    double factor = options.sampleSeconds / std::max(taken, 1e-9) * 1.1;
    runs = std::max(runs + 1, long(std::ceil(runs * std::min(factor, 10.0))));
  }
}

std::vector<std::vector<double>>
measureInterleaved(ArrayRef<Candidate> candidates,
                   const MeasureOptions &options) {
  std::vector<long> runs;
  for (const Candidate &candidate : candidates)
    runs.push_back(calibrate(candidate, options));

  std::vector<std::vector<double>> samples(candidates.size());
  for (unsigned round = 0; round < options.rounds; ++round)
    for (size_t i = 0; i < candidates.size(); ++i) {
      size_t turn = (i + round) % candidates.size();
      candidates[turn].run();
      samples[turn].push_back(
          timeRuns(candidates[turn], runs[turn], options.clock) / runs[turn]);
    }
  return samples;
}

} // namespace mlir::bitserial::bench
