//===- TilingUtils.h - What the tiling of several ops needs -----*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_LIB_IR_TILINGUTILS_H
#define BITSERIAL_LIB_IR_TILINGUTILS_H

#include "mlir/IR/OpDefinition.h"

namespace mlir::bitserial {

/// A number that is known to divide `value`, as large as possible; 0 if `value`
/// is 0.
int64_t getKnownDivisor(OpFoldResult value);

} // namespace mlir::bitserial

#endif // BITSERIAL_LIB_IR_TILINGUTILS_H
