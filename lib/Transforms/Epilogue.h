//===- Epilogue.h - What is computed from the sums of a reduce --*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Finds what follows a reduce tile by tile: its epilogue, and the packing of
/// the epilogue's result. Private to tiling and emission.
///
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_LIB_TRANSFORMS_EPILOGUE_H
#define BITSERIAL_LIB_TRANSFORMS_EPILOGUE_H

#include "bitserial/IR/Bitserial.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"

namespace mlir::bitserial {

/// The elementwise op in the same block that alone uses the result of `op`,
/// position by position. Null if there is none.
linalg::GenericOp findEpilogue(ReduceOp op);

/// The pack in the same block that alone uses the result of `epilogue` (which
/// may be null). Null if there is none.
PackWordsOp findPack(linalg::GenericOp epilogue);

} // namespace mlir::bitserial

#endif // BITSERIAL_LIB_TRANSFORMS_EPILOGUE_H
