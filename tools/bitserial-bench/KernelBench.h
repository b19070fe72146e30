//===- KernelBench.h - Micro-kernels alone ----------------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_TOOLS_BENCH_KERNELBENCH_H
#define BITSERIAL_TOOLS_BENCH_KERNELBENCH_H

#include "Measure.h"
#include "Workload.h"

namespace mlir {
namespace bitserial {
namespace bench {

/// The name of the reference lowering's candidate for a pair of formats.
std::string referenceName(const FormatPair &formats);

/// Two candidates, each one micro-tile on operands in the first-level cache:
/// the kernel for a pair of formats (from cache or library, else searched for;
/// named as the formats are) and the reference lowering of the same
/// specification in the tile of the default schedule. `macs` counts products of
/// numbers, not of planes. Without a kernel, warns and leaves it out.
llvm::Expected<std::vector<Candidate>>
makeKernelCandidates(const FormatPair &formats, const InstructionSet &isa);

} // namespace bench
} // namespace bitserial
} // namespace mlir

#endif // BITSERIAL_TOOLS_BENCH_KERNELBENCH_H
