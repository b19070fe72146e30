//===- CostReport.h - Modelled cycles of compiled functions -----*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_LIB_PIPELINES_COSTREPORT_H
#define BITSERIAL_LIB_PIPELINES_COSTREPORT_H

#include "bitserial/Pipelines/Interface.h"
#include "bitserial/Target/Codegen.h"
#include "bitserial/Target/Target.h"

#include <string>

namespace mlir::bitserial {

/// What a call of each function costs by LLVM's scheduling model
/// (Synthesis/LoopCost.h), as JSON:
///
///     {"target": "cortex-a53", "model": "cortex-a53", "functions": [
///       {"name": "main", "cycles": 8.1e6, "simulated": 8.0e6,
///        "outside_loops": 310, "loops": [
///         {"label": ".LBB0_2", "depth": 1, "parent": null, "iterations": 56,
///          "cycles": 12.5, "simulated": 12.5, "instructions": 20,
///          "vector_ops": 8, "loads": 4, "stores": 2, "stack": 0,
///          "bottleneck": "A53UnitFPALU"}, ...]}]}
///
/// `cycles` of a loop are per iteration, without the loops inside; its
/// `iterations` are those of a whole call. `prefix` stands before the symbols.
llvm::Expected<std::string>
reportCost(const GeneratedCode &code, const Target &target,
           llvm::ArrayRef<FunctionInterface> functions, llvm::StringRef prefix);

} // namespace mlir::bitserial

#endif // BITSERIAL_LIB_PIPELINES_COSTREPORT_H
