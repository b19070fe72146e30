//===- Elementwise.h - Elementwise ops of StableHLO in arith ----*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_CONVERSION_STABLEHLOTOBITSERIAL_ELEMENTWISE_H
#define BITSERIAL_CONVERSION_STABLEHLOTOBITSERIAL_ELEMENTWISE_H

#include "mlir/IR/Builders.h"
#include "mlir/IR/PatternMatch.h"

namespace mlir::bitserial {

/// `type` with signless integers, whose signedness is that of the ops.
Type toSignless(Type type);

/// The value of `op`, an elementwise op of StableHLO, for `operands`, which are
/// all scalars or all tensors of one shape, of signless types. Null, with
/// nothing built, for other ops and for element types that have no lowering.
Value emitElementwise(OpBuilder &b, Operation *op, ValueRange operands);

} // namespace mlir::bitserial

#endif // BITSERIAL_CONVERSION_STABLEHLOTOBITSERIAL_ELEMENTWISE_H
