//===- Recovery.h - Fatal errors of LLVM as errors --------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_TARGET_RECOVERY_H
#define BITSERIAL_TARGET_RECOVERY_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/Error.h"

namespace mlir::bitserial {

/// Runs `function` on this thread; an error if LLVM or MLIR gave up or crashed
/// in it. After that nothing that `function` worked on can be trusted, not even
/// to be destroyed.
llvm::Error runProtected(llvm::function_ref<void()> function);

} // namespace mlir::bitserial

#endif // BITSERIAL_TARGET_RECOVERY_H
