//===- Passes.h - Passes and pattern sets of bitserial ----------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_TRANSFORMS_PASSES_H
#define BITSERIAL_TRANSFORMS_PASSES_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

namespace mlir {
class RewritePatternSet;
class TypeConverter;

namespace bitserial {
class Target;

#define GEN_PASS_DECL
#include "bitserial/Transforms/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "bitserial/Transforms/Passes.h.inc"

/// The target of the module around `op`. Emits an error at `op` if the module
/// has no `bitserial.target` or one that does not exist.
FailureOr<Target> getTarget(Operation *op);

/// Patterns for `bitserial.contract` with packed operands: `bitserial.reduce`
/// and its corrections. `converter` turns low-bit tensors into stored types.
void populateContractToReducePatterns(const TypeConverter &converter,
                                      const Target &target,
                                      RewritePatternSet &patterns);

/// Patterns that merge reduction dimensions, see --bitserial-merge-reductions.
void populateMergeReductionsPatterns(RewritePatternSet &patterns);

} // namespace bitserial
} // namespace mlir

#endif // BITSERIAL_TRANSFORMS_PASSES_H
