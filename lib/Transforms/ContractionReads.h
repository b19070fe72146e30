//===- ContractionReads.h - What parts of a contraction read ----*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Which part of its lhs some iterations of a contraction read. Private to
/// splitting.
///
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_LIB_TRANSFORMS_CONTRACTIONREADS_H
#define BITSERIAL_LIB_TRANSFORMS_CONTRACTIONREADS_H

#include "bitserial/IR/Bitserial.h"

namespace mlir::bitserial {

/// A range of a dimension of an operand, with what it has of the padding.
struct Range1D {
  int64_t offset = 0, size = 0, padLow = 0, padHigh = 0;
};

/// What iterations [begin, end) of loop `dim` read of a dimension of `size`
/// elements that `expr` indexes and that is padded by `padLow` in front;
/// nullopt if that is padding alone.
std::optional<Range1D> findRead(AffineExpr expr, ContractOp op, unsigned dim,
                                int64_t begin, int64_t end, int64_t size,
                                int64_t padLow);

} // namespace mlir::bitserial

#endif // BITSERIAL_LIB_TRANSFORMS_CONTRACTIONREADS_H
