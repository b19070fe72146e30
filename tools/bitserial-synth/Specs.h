//===- Specs.h - Specifications from formats and files ----------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_TOOLS_SYNTH_SPECS_H
#define BITSERIAL_TOOLS_SYNTH_SPECS_H

#include "bitserial/IR/NumberFormat.h"
#include "bitserial/Target/Target.h"
#include "bitserial/Transforms/Kernel.h"

#include "llvm/Support/Error.h"

#include <vector>

namespace mlir::bitserial::synth {

/// A format as "unsigned:2": kind and width.
llvm::Expected<NumberFormat> parseFormat(StringRef text);

/// The specs of all `bitserial.reduce` of bits in a module, each once, in
/// order. A module without, of contractions or a model, is imported and taken
/// through the layouts of the target first (and changed). Emits diagnostics.
FailureOr<std::vector<KernelSpec>> findSpecs(ModuleOp module,
                                             const Target &target);

} // namespace mlir::bitserial::synth

#endif // BITSERIAL_TOOLS_SYNTH_SPECS_H
