//===- LoopIterations.h - How often loops run, by execution -----*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Scalar evolution knows the trip counts of simple loops. Those that LLVM has
/// unrolled, peeled or made of others depend on surrounding loops; but as long
/// as no data decide where control goes, running the integers that do counts
/// them all.
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_LIB_SYNTHESIS_LOOPITERATIONS_H
#define BITSERIAL_LIB_SYNTHESIS_LOOPITERATIONS_H

#include "llvm/ADT/DenseMap.h"
#include "llvm/IR/Function.h"
#include "llvm/Support/Error.h"

#include <cstdint>

namespace mlir::bitserial {

/// How often each block of `function` is executed in a call, if buffers do not
/// overlap. Fails if control depends on integer arguments or on memory, or if
/// there are more than `maxSteps` blocks to execute.
llvm::Expected<llvm::DenseMap<const llvm::BasicBlock *, uint64_t>>
countBlockExecutions(const llvm::Function &function,
                     uint64_t maxSteps = 50000000);

} // namespace mlir::bitserial

#endif // BITSERIAL_LIB_SYNTHESIS_LOOPITERATIONS_H
