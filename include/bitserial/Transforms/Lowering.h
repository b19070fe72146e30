//===- Lowering.h - From vector code to the LLVM dialect --------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_TRANSFORMS_LOWERING_H
#define BITSERIAL_TRANSFORMS_LOWERING_H

#include "mlir/Pass/PassManager.h"

namespace mlir::bitserial {

/// Tensors to memory. Results of functions become arguments that the caller
/// allocates; arguments are not written.
void buildBufferizePipeline(OpPassManager &pm);

/// All that is left, vectors, loops and memory, to the LLVM dialect. Functions
/// take bare pointers. Parallel loops are divided among `threads` threads: 0
/// for as many as OpenMP has at run time, 1 for code without threads.
void buildLLVMPipeline(OpPassManager &pm, unsigned threads = 1);

} // namespace mlir::bitserial

#endif // BITSERIAL_TRANSFORMS_LOWERING_H
