//===- KernelBody.h - What functions of kernels consist of ------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_LIB_TRANSFORMS_KERNELBODY_H
#define BITSERIAL_LIB_TRANSFORMS_KERNELBODY_H

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace mlir::bitserial {

/// Checks that a function of a kernel has the given type and is one block of
/// straight-line code on integers and vectors of integers, as Kernel.h says.
/// Emits a diagnostic.
LogicalResult checkKernelFunction(func::FuncOp function, TypeRange arguments,
                                  TypeRange results);

} // namespace mlir::bitserial

#endif // BITSERIAL_LIB_TRANSFORMS_KERNELBODY_H
