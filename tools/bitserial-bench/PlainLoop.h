//===- PlainLoop.h - Upper bounds measured on the machine -------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_TOOLS_BENCH_PLAINLOOP_H
#define BITSERIAL_TOOLS_BENCH_PLAINLOOP_H

#include "Measure.h"
#include "Workload.h"
#include <optional>

namespace mlir {
namespace bitserial {
namespace bench {

/// The and-popcount-add loop of `isa` on one-bit operands in L1, in two forms:
/// `plain-tile` as a micro-kernel that loads weights and broadcasts activation
/// words, `plain-regs` with all operands in registers. Empty if `isa` has none.
std::vector<Candidate> makePlainLoops(const InstructionSet &isa);

/// `plain-regs` in each of `threads` threads at once, `independent@THREADS`:
/// they share nothing, so that its rate over that of one is the number of CPUs
/// that the machine really gives. None if `isa` has no such loop.
std::optional<Candidate> makeIndependentLoops(const InstructionSet &isa,
                                              unsigned threads);

/// Reads `bytes` of memory once, in vectors of the instruction set: what
/// loading the operands of a layer takes at least, from the cache they fit.
/// `macs` of the candidate are bytes.
Candidate makeMemoryLoop(const InstructionSet &isa, llvm::StringRef name,
                         int64_t bytes);

/// A chain of dependent instructions that takes exactly `macs` core cycles on
/// every x86-64 CPU we know of (three per 32-bit multiplication): macs / time
/// is the clock frequency.
Candidate makeClockLoop();

} // namespace bench
} // namespace bitserial
} // namespace mlir

#endif // BITSERIAL_TOOLS_BENCH_PLAINLOOP_H
