//===- Nesting.h - Text that the parser survives ----------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_IR_NESTING_H
#define BITSERIAL_IR_NESTING_H

#include "mlir/Support/LLVM.h"

namespace mlir {
class MLIRContext;

namespace bitserial {

/// Checks MLIR text for what the parser does not survive: brackets that are
/// nested more than 256 deep (it calls itself for each and would run out of
/// stack), quantised types whose storage type is no integer type, and
/// array<index: ...>. Emits an error that points at the place; `name` is that
/// of the file. Bytecode passes.
LogicalResult checkText(MLIRContext *context, StringRef text, StringRef name);

} // namespace bitserial
} // namespace mlir

#endif // BITSERIAL_IR_NESTING_H
