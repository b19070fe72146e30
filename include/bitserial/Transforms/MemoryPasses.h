//===- MemoryPasses.h - Passes that save memory -----------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_TRANSFORMS_MEMORYPASSES_H
#define BITSERIAL_TRANSFORMS_MEMORYPASSES_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Pass/Pass.h"

namespace mlir::bitserial {

#define GEN_PASS_DECL
#include "bitserial/Transforms/MemoryPasses.h.inc"

#define GEN_PASS_REGISTRATION
#include "bitserial/Transforms/MemoryPasses.h.inc"

} // namespace mlir::bitserial

#endif // BITSERIAL_TRANSFORMS_MEMORYPASSES_H
