//===- OpenMP.h - Code that uses OpenMP where there is one ------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_LIB_TARGET_OPENMP_H
#define BITSERIAL_LIB_TARGET_OPENMP_H

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <utility>

namespace llvm {
class Module;
} // namespace llvm

namespace mlir::bitserial {

/// Makes the calls of LLVM's OpenMP runtime conditional: its functions become
/// weak references, and where they are absent when the code is loaded, parallel
/// regions run in the calling thread. So one object serves programs with and
/// without threads. Returns whether there are any calls; fails if there are
/// others than those that runtime/Threads.c has as well.
llvm::Expected<bool> makeOpenMPOptional(llvm::Module &module);

/// Where code in this process gets its threads from: LLVM's OpenMP if the
/// process has loaded it, so that there is one pool of threads, else
/// runtime/Threads.c.
class ThreadRuntime {
public:
  ThreadRuntime();

  /// The functions that code may call, and where they are.
  llvm::SmallVector<std::pair<llvm::StringRef, void *>> functions() const;

  /// See JitModule::setNumThreads.
  int setNumThreads(int threads) const;

private:
  void *handle = nullptr; // of LLVM's OpenMP; it stays loaded
};

} // namespace mlir::bitserial

#endif // BITSERIAL_LIB_TARGET_OPENMP_H
