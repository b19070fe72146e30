//===- Synthesize.h - Micro-tiles to kernels --------------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_SYNTHESIS_SYNTHESIZE_H
#define BITSERIAL_SYNTHESIS_SYNTHESIZE_H

#include "bitserial/IR/Bitserial.h"
#include "bitserial/Synthesis/KernelLibrary.h"

#include "mlir/IR/PatternMatch.h"

namespace mlir::bitserial {

/// What became of a micro-tile.
struct SynthesisResult {
  enum Kind {
    Replaced, ///< By a kernel.
    Left,     ///< There is no kernel; `reason` says why. The op is unchanged.
    Invalid   ///< It is no micro-tile; an error has been emitted.
  } kind;
  std::string reason;
};

/// Replaces a micro-tile, and the epilogue that alone uses it, by code around
/// its kernel. A remark says which one, or why there is none.
/// `maxAccumulators` limits the vectors of accumulators. If `proofsDirectory`
/// is not empty, the kernel's proof is written there (see proveAndWrite); if
/// that fails, the op is invalid.
SynthesisResult synthesizeReduce(IRRewriter &rewriter, ReduceOp op,
                                 const Target &target,
                                 const KernelLibrary &library,
                                 int64_t maxAccumulators = 128,
                                 StringRef proofsDirectory = "");

} // namespace mlir::bitserial

#endif // BITSERIAL_SYNTHESIS_SYNTHESIZE_H
