//===- ControlFlow.h - Loops and branches -----------------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_CONVERSION_STABLEHLOTOBITSERIAL_CONTROLFLOW_H
#define BITSERIAL_CONVERSION_STABLEHLOTOBITSERIAL_CONTROLFLOW_H

#include "mlir/IR/BuiltinOps.h"

namespace mlir::bitserial {

/// Loops over few layers, whose number of iterations is known, become their
/// iterations one after the other, so that each layer has weights of its own
/// that are constants. All other loops, and branches, become those of scf.
void lowerControlFlow(ModuleOp module);

/// chlo.top_k becomes a sort of elements and their places.
void expandTopK(ModuleOp module);

} // namespace mlir::bitserial

#endif // BITSERIAL_CONVERSION_STABLEHLOTOBITSERIAL_CONTROLFLOW_H
