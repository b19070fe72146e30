//===- MemoryPlan.h - Where buffers lie in an arena -------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_TRANSFORMS_MEMORYPLAN_H
#define BITSERIAL_TRANSFORMS_MEMORYPLAN_H

#include "mlir/Support/LLVM.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>

namespace mlir::bitserial {

/// In bytes, of an arena and of everything in it: a cache line.
inline constexpr int64_t kArenaAlignment = 64;

/// The attribute with the size of a function's arena in bytes, and what the
/// name of the variant that gets the arena as its last argument ends with.
inline constexpr llvm::StringLiteral kArenaAttrName = "bitserial.arena";
inline constexpr llvm::StringLiteral kArenaSuffix = "_in_arena";

/// The attribute of functions that allocate memory besides their arena.
inline constexpr llvm::StringLiteral kAllocatesAttrName = "bitserial.allocates";

/// A buffer that is needed from position `first` to position `last`.
struct BufferLifetime {
  int64_t size; // in bytes
  int64_t first, last;
  int64_t offset; // set by planMemory
};

/// Gives every buffer an offset so that none overlaps another one that lives at
/// the same time, and returns the size of the arena. Offsets are sums of sizes.
/// Greedy by size: Pisarchyk and Lee, "Efficient Memory Management for Deep
/// Neural Net Inference", arXiv 2001.03288.
int64_t planMemory(MutableArrayRef<BufferLifetime> buffers);

} // namespace mlir::bitserial

#endif // BITSERIAL_TRANSFORMS_MEMORYPLAN_H
