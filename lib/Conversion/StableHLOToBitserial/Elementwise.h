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

/// An elements attribute of signless integers or floats; null for others.
DenseElementsAttr toSignless(ElementsAttr value);

/// The ops of the body of a reduction or a comparator, on tensors of rank 0, as
/// ops on scalars. Fails, with nothing to be kept, if one has no lowering.
FailureOr<SmallVector<Value>> emitBody(OpBuilder &b, Block &body,
                                       ValueRange arguments);

/// Whether emitBody will succeed: tried on a block that is thrown away.
bool canEmitBody(Block &body);

} // namespace mlir::bitserial

#endif // BITSERIAL_CONVERSION_STABLEHLOTOBITSERIAL_ELEMENTWISE_H
