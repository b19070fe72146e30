//===- Reductions.h - What a reduction of StableHLO reduces -----*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_LIB_CONVERSION_RANGES_REDUCTIONS_H
#define BITSERIAL_LIB_CONVERSION_RANGES_REDUCTIONS_H

#include "bitserial/Conversion/StableHLO/StableHLO.h"

namespace mlir::bitserial {

/// Whether every result has an element of the input, not only initial values.
bool reducesElements(stablehlo::ReduceOp op);
bool reducesElements(stablehlo::ReduceWindowOp op);

} // namespace mlir::bitserial

#endif // BITSERIAL_LIB_CONVERSION_RANGES_REDUCTIONS_H
