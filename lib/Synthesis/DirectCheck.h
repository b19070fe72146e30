//===- DirectCheck.h - Claims about whole functions -------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The claims of Prover.h for the kernels that are made where they are needed:
/// those that multiply numbers, and the reference lowering with sums of fewer
/// than 32 bits. Their functions are a few instructions long, so that a solver
/// sees through a lane of a whole function at once. An obligation says of one
/// lane that a function returns, modulo 2^width and for all states within their
/// bounds,
///
///  - *number*: of what does not read words, that it is a sum of multiples of
///    the state's lanes;
///  - *product*: of a step, that it is the same lane of the state plus
///  multiples
///    of products: of two numbers of a word, or of bits of the planes, summed
///    over a word.
///
/// That these maps, one after the other, add up to the spec is arithmetic on
/// their coefficients; so is, from the bounds of a single product (which is an
/// obligation for numbers), that counters and narrow sums never leave theirs
/// and are therefore known as integers.
///
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_LIB_SYNTHESIS_DIRECTCHECK_H
#define BITSERIAL_LIB_SYNTHESIS_DIRECTCHECK_H

#include "FunctionProof.h"
#include "KernelCode.h"

namespace mlir::bitserial {

/// Whether claims of a kernel are made so.
bool needsDirectCheck(const Kernel &kernel);

/// Makes the obligations. That the check holds means that the kernel is right
/// if all of them are.
LinearCheck checkDirectly(const KernelCode &code, ObligationSet &obligations);

/// The largest magnitude of what a word of each plane contributes.
int64_t getMaxPerWord(const KernelSpec &spec);

} // namespace mlir::bitserial

#endif // BITSERIAL_LIB_SYNTHESIS_DIRECTCHECK_H
