//===- Prove.h - Proving kernels again --------------------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_TOOLS_SYNTH_PROVE_H
#define BITSERIAL_TOOLS_SYNTH_PROVE_H

#include "bitserial/Target/Target.h"
#include "bitserial/Transforms/Kernel.h"

namespace mlir::bitserial::synth {

/// Proves a kernel with the solver of this build and prints the verdict of each
/// obligation, or a counterexample. If `directory` is not empty, writes the
/// obligations there, into a folder of the kernel's CPU and name. Fails, unless
/// the kernel is proved.
LogicalResult prove(const Kernel &kernel, const Target &target,
                    StringRef directory);

/// The same for all kernels of the library, with one line for each, and counts.
LogicalResult proveLibrary(const DialectRegistry &registry,
                           StringRef directory);

} // namespace mlir::bitserial::synth

#endif // BITSERIAL_TOOLS_SYNTH_PROVE_H
