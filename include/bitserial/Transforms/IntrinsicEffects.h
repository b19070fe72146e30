//===- IntrinsicEffects.h - Effects of vector intrinsics --------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_TRANSFORMS_INTRINSICEFFECTS_H
#define BITSERIAL_TRANSFORMS_INTRINSICEFFECTS_H

namespace mlir {
class DialectRegistry;

namespace bitserial {

/// Lets passes know that `llvm.call_intrinsic` ops from registers to a register
/// touch no memory. Upstream says nothing about them, and buffer deallocation
/// refuses ops of which nothing is known.
void registerIntrinsicEffects(DialectRegistry &registry);

} // namespace bitserial
} // namespace mlir

#endif // BITSERIAL_TRANSFORMS_INTRINSICEFFECTS_H
