//===- Report.h - What the tool says on standard error ----------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_TOOLS_SYNTH_REPORT_H
#define BITSERIAL_TOOLS_SYNTH_REPORT_H

#include "bitserial/Target/Target.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"

namespace mlir::bitserial::synth {

/// An error that is not about a place in a file.
inline LogicalResult fail(const Twine &message) {
  llvm::outs().flush(); // what was said before comes first
  llvm::errs() << "error: " << message << '\n';
  return failure();
}

/// Says that there will be no output for a while.
inline void announceSearch(StringRef kernel, const Target &target) {
  llvm::errs() << llvm::formatv(
      "searching for {0} for {1}, which may take a minute\n", kernel,
      target.cpu());
}

} // namespace mlir::bitserial::synth

#endif // BITSERIAL_TOOLS_SYNTH_REPORT_H
