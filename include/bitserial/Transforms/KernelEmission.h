//===- KernelEmission.h - Kernels as loops over a micro-tile ----*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Turns a `bitserial.reduce` micro-tile into loops over its reductions around
/// the functions of a kernel (see Kernel.h), which are cloned for every
/// accumulator. The state is in registers throughout.
///
/// The innermost loops are unrolled as far as steps that take several words
/// need it; what is left over is done by smaller steps. Counters are flushed
/// in the outermost loop that allows it, and not at all if they hold what the
/// whole micro-tile adds to them.
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_TRANSFORMS_KERNELEMISSION_H
#define BITSERIAL_TRANSFORMS_KERNELEMISSION_H

#include "bitserial/IR/Bitserial.h"
#include "bitserial/Transforms/Kernel.h"
#include "bitserial/Transforms/MicroTile.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/PatternMatch.h"

namespace mlir::bitserial {

/// The positions of the reduction that a lane of an accumulator takes: words of
/// one plane. Requires static sizes.
int64_t getNumPositions(ReduceOp op, const LaneMapping &lanes);

/// Whether a kernel with the spec of `op` can compute it: vectors are as wide
/// as the kernel's (they are narrower where a dimension is too short), sizes
/// are static, there are not too many positions, and lanes share words if the
/// kernel needs that.
bool canEmitKernel(ReduceOp op, const LaneMapping &lanes, const Kernel &kernel);

/// A kernel that is made for one op, and what its sums are multiplied by.
struct ReferenceLowering {
  OwningOpRef<ModuleOp> module;
  Kernel kernel;
  int64_t factor;
};

/// The kernel that the reference lowering uses for `op`, whose sizes are
/// static: right on every target, with accumulators as narrow as the number of
/// positions allows. Nullopt if there is nothing to count.
std::optional<ReferenceLowering> makeReferenceLowering(ReduceOp op,
                                                       const LaneMapping &lanes,
                                                       const Target &target);

/// Replaces `op` by code of `kernel`, whose sums are multiplied by `factor`
/// (see KernelSpec::get). The elementwise op that alone uses the result, if
/// there is one in the same tile, is computed on the sums before anything is
/// stored, and replaced as well. Without a kernel all sums are zero.
/// Requires canEmitKernel and the spec of `op`.
void emitKernel(IRRewriter &b, ReduceOp op, const LaneMapping &lanes,
                const Kernel *kernel, int64_t factor);

} // namespace mlir::bitserial

#endif // BITSERIAL_TRANSFORMS_KERNELEMISSION_H
