//===- StableHLO.h - A subset of StableHLO ----------------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_CONVERSION_STABLEHLO_STABLEHLO_H
#define BITSERIAL_CONVERSION_STABLEHLO_STABLEHLO_H

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

namespace mlir::bitserial::stablehlo {
/// Whether `type` is a tensor of static shape and at most 2^40 elements,
/// without encoding, of integers of 1 to 64 bits, floats or quantised numbers.
bool isTensor(Type type);

/// The verifier of SameTypeOrQuantized.
LogicalResult verifySameTypeOrQuantized(Operation *op);

/// All operands and results have one type, or are quantised and of one shape:
/// quantised numbers are computed with as the floats that they express.
template <typename ConcreteType>
class SameTypeOrQuantized
    : public OpTrait::TraitBase<ConcreteType, SameTypeOrQuantized> {
public:
  static LogicalResult verifyTrait(Operation *op) {
    return verifySameTypeOrQuantized(op);
  }
};
} // namespace mlir::bitserial::stablehlo

#include "bitserial/Conversion/StableHLO/StableHLODialect.h.inc"

#include "bitserial/Conversion/StableHLO/StableHLOEnums.h.inc"

#define GET_ATTRDEF_CLASSES
#include "bitserial/Conversion/StableHLO/StableHLOAttrs.h.inc"

#define GET_OP_CLASSES
#include "bitserial/Conversion/StableHLO/StableHLOOps.h.inc"

#include "bitserial/Conversion/StableHLO/CHLODialect.h.inc"

#define GET_OP_CLASSES
#include "bitserial/Conversion/StableHLO/CHLOOps.h.inc"

#endif // BITSERIAL_CONVERSION_STABLEHLO_STABLEHLO_H
