//===- Screening.h - Kernels on concrete values -----------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_LIB_SYNTHESIS_SCREENING_H
#define BITSERIAL_LIB_SYNTHESIS_SCREENING_H

#include "bitserial/Synthesis/InstructionSet.h"
#include "bitserial/Transforms/Kernel.h"

namespace mlir::bitserial {

/// Whether a kernel computes what it should on random words and on words of all
/// ones, in steps of all kinds, with flushes as late as its capacity admits:
/// what a wrong kernel hardly survives. Fails, with a diagnostic, if its
/// functions contain an op without a meaning.
FailureOr<bool> survivesScreening(const InstructionSet &set,
                                  const Kernel &kernel);

} // namespace mlir::bitserial

#endif // BITSERIAL_LIB_SYNTHESIS_SCREENING_H
