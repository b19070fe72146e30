//===- StepPlanes.h - Bit planes of step functions --------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The bit planes of what an elementwise op computes by comparisons with
/// constants, without the numbers. Private to emission.
///
/// Let t_1 <= ... <= t_n (in every channel) be all that x is compared with, by
/// x > t_i for instance. Each comparison implies those before it, so that the
/// result is one of n + 1 numbers: v_k where k comparisons hold. A bit that
/// differs between v_(i-1) and v_i for i in C alone is the parity of the
/// comparisons in C, or its complement.
///
/// Of n = 2^r - 1 comparisons, r > 1, that takes a binary search. Let t_m be
/// the one in the middle. Where x > t_m, those up to it hold as well, an even
/// number; else, none above it does. The parity is that of the n - m above or
/// the m - 1 below, as many:
///
///     parity_i(x > t_i) = parity_j(x > (x > t_m ? t_(m+j) : t_j)),  j < m
///
/// So the planes of 2 bits take 2 comparisons and a selection, of 3 bits 3 and
/// 4: the planes share those with the same operands.
///
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_LIB_TRANSFORMS_STEPPLANES_H
#define BITSERIAL_LIB_TRANSFORMS_STEPPLANES_H

#include "bitserial/IR/NumberFormat.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"

namespace mlir::bitserial {

/// Adds ops to the body of elementwise `op` that compute the bits of its result
/// in `format`, whose value type that has: i1 values, plane by plane. Nullopt,
/// and `op` as it was, unless the result depends on comparisons of one value
/// with ordered constants alone, and belongs to the format whichever of them
/// hold.
std::optional<SmallVector<Value>> createStepPlanes(OpBuilder &b,
                                                   linalg::GenericOp op,
                                                   const NumberFormat &format);

} // namespace mlir::bitserial

#endif // BITSERIAL_LIB_TRANSFORMS_STEPPLANES_H
