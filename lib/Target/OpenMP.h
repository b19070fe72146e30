//===- OpenMP.h - Code that uses OpenMP where there is one ------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_LIB_TARGET_OPENMP_H
#define BITSERIAL_LIB_TARGET_OPENMP_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

namespace llvm {
class Module;
} // namespace llvm

namespace mlir::bitserial {

/// Makes the calls of LLVM's OpenMP runtime conditional: its functions become
/// weak references, and where they are absent when the code is loaded, parallel
/// regions run in the calling thread. So one object serves programs with and
/// without OpenMP. Returns whether there are any calls.
bool makeOpenMPOptional(llvm::Module &module);

/// LLVM's OpenMP runtime in this process.
class OpenMPRuntime {
public:
  /// The runtime that the process has already, else libomp.so as the loader
  /// finds it. It stays loaded. The error says what was tried.
  static llvm::Expected<OpenMPRuntime> load();

  /// The address of a function; null if there is none.
  void *find(llvm::StringRef function) const;

private:
  explicit OpenMPRuntime(void *handle) : handle(handle) {}
  void *handle;
};

} // namespace mlir::bitserial

#endif // BITSERIAL_LIB_TARGET_OPENMP_H
