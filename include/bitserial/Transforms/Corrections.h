//===- Corrections.h - What a contraction adds to its bit products -*- C++
//-*-=//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_TRANSFORMS_CORRECTIONS_H
#define BITSERIAL_TRANSFORMS_CORRECTIONS_H

#include "bitserial/IR/Bitserial.h"

namespace mlir::bitserial {

/// A tensor of zeros of a static type.
Value createZeroTensor(OpBuilder &b, Location loc, RankedTensorType type);

/// The sum of all terms of `op` besides the products of bits, a tensor of the
/// type of its result:
///
///     alpha * (sum of weights inside) + beta * (sum of activation bits)
///
/// where alpha and beta are the offsets of the formats of lhs and rhs, and
/// "inside" leaves the padding of lhs out. `lhsWords` and `rhsWords` are the
/// word tensors, that of lhs with zeros for its padding; `lhsMap` indexes its
/// dimensions besides the planes by the loops of `op`, of which the packed one
/// counts words; `wordRanges` are the sizes of these loops. Sums of constant
/// weights are constants.
Value createCorrections(OpBuilder &b, ContractOp op, Value lhsWords,
                        AffineMap lhsMap, Value rhsWords,
                        ArrayRef<int64_t> wordRanges);

} // namespace mlir::bitserial

#endif // BITSERIAL_TRANSFORMS_CORRECTIONS_H
