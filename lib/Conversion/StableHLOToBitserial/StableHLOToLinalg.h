//===- StableHLOToLinalg.h - What is not low-bit ----------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_CONVERSION_STABLEHLOTOBITSERIAL_STABLEHLOTOLINALG_H
#define BITSERIAL_CONVERSION_STABLEHLOTOBITSERIAL_STABLEHLOTOLINALG_H

#include "mlir/Transforms/DialectConversion.h"

namespace mlir::bitserial {

/// Patterns from StableHLO to arith, math, linalg and tensor, and of functions.
/// `converter` makes integers signless. Ops without a lowering do not match.
void populateStableHLOToLinalgPatterns(const TypeConverter &converter,
                                       RewritePatternSet &patterns);

} // namespace mlir::bitserial

#endif // BITSERIAL_CONVERSION_STABLEHLOTOBITSERIAL_STABLEHLOTOLINALG_H
