//===- BitserialTransformOps.h - Transform ops ------------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What bitserial adds to the transform dialect, for schedules.
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_TRANSFORMOPS_BITSERIALTRANSFORMOPS_H
#define BITSERIAL_TRANSFORMOPS_BITSERIALTRANSFORMOPS_H

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/Dialect/Transform/IR/TransformDialect.h"
#include "mlir/Dialect/Transform/Interfaces/TransformInterfaces.h"
#include "mlir/IR/OpImplementation.h"

#define GET_OP_CLASSES
#include "bitserial/TransformOps/BitserialTransformOps.h.inc"

namespace mlir {
class DialectRegistry;

namespace bitserial {

/// Makes `transform.bitserial.*` known wherever the transform dialect is.
void registerTransformOps(DialectRegistry &registry);

} // namespace bitserial
} // namespace mlir

#endif // BITSERIAL_TRANSFORMOPS_BITSERIALTRANSFORMOPS_H
