//===- Explain.h - Kernels for people ---------------------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_TOOLS_SYNTH_EXPLAIN_H
#define BITSERIAL_TOOLS_SYNTH_EXPLAIN_H

#include "bitserial/Target/Target.h"
#include "bitserial/Transforms/Kernel.h"

namespace mlir::bitserial::synth {

/// Prints what a kernel computes and how: the specification, the sketch, the
/// state, each function with the meaning of its instructions and the range of
/// every value, and when counters are emptied and why that is in time.
LogicalResult explain(const Kernel &kernel, const Target &target,
                      llvm::raw_ostream &os);

/// The loops of a micro-tile of the kernel in assembly, each with its modelled
/// cycles as a comment.
llvm::Expected<std::string> printLoops(const Kernel &kernel,
                                       const Target &target);

} // namespace mlir::bitserial::synth

#endif // BITSERIAL_TOOLS_SYNTH_EXPLAIN_H
