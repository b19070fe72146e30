//===- BooleanConstants.h - Constants of i1 of newer MLIR -------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_CONVERSION_BOOLEANCONSTANTS_H
#define BITSERIAL_CONVERSION_BOOLEANCONSTANTS_H

#include "mlir/Support/LLVM.h"

#include <string>

namespace mlir::bitserial {

/// Large constants of i1, `dense<"0x0100..."> : tensor<32x32xi1>`: MLIR newer
/// than LLVM 22, which is what JAX has, writes a byte for each element, where
/// LLVM 22 expects a bit. Returns `text` with those of the first kind in the
/// second, and spaces after them so that everything keeps its place; an empty
/// string if there are none.
std::string packBooleanConstants(StringRef text);

} // namespace mlir::bitserial

#endif // BITSERIAL_CONVERSION_BOOLEANCONSTANTS_H
