//===- Report.h - Tables of results -----------------------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_TOOLS_BENCH_REPORT_H
#define BITSERIAL_TOOLS_BENCH_REPORT_H

#include "Results.h"

namespace mlir {
namespace bitserial {
namespace bench {

enum class TableStyle { Text, Markdown };

enum class Unit { GMacPerSecond, MacPerCycle };

/// One table per instruction set: a row per layer with the rates of the peers
/// and, for each pair of formats, its rate, the ratios to the peers, the
/// fraction of the roofline (of the plain loop, if memory was not measured) and
/// the speed-up by threads; a last row with geometric means.
void printTables(const BenchResult &result, TableStyle style, Unit unit,
                 llvm::raw_ostream &os);

} // namespace bench
} // namespace bitserial
} // namespace mlir

#endif // BITSERIAL_TOOLS_BENCH_REPORT_H
