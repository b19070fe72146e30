//===- LowerQuantized.h - Quantised types as integers -----------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_CONVERSION_QUANTIZED_LOWERQUANTIZED_H
#define BITSERIAL_CONVERSION_QUANTIZED_LOWERQUANTIZED_H

#include "mlir/IR/BuiltinOps.h"

namespace mlir::bitserial {

/// Rewrites a module whose quantised types have all been read without an error.
/// Fail with a diagnostic.
/// @{
LogicalResult lowerQuantizedStableHLO(ModuleOp module);
LogicalResult lowerQuantizedTosa(ModuleOp module);
/// @}

} // namespace mlir::bitserial

#endif // BITSERIAL_CONVERSION_QUANTIZED_LOWERQUANTIZED_H
