//===- PlaneNames.h - What people call bit planes ---------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Planes and sums of products of planes as text, in the same way wherever
/// people read them: remarks, sketches, explanations, proofs.
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_TRANSFORMS_PLANENAMES_H
#define BITSERIAL_TRANSFORMS_PLANENAMES_H

#include "bitserial/IR/BitPolynomial.h"

#include "mlir/Support/LLVM.h"

#include <string>
#include <utility>

namespace mlir::bitserial {

/// The name of a plane, which is numbered through the inputs (`numPlanes` of
/// each): "a0", "a1", ... for activations and "w0", ... for weights if there
/// are two inputs; else a letter for each input from "a" on.
std::string getPlaneName(unsigned plane, ArrayRef<unsigned> numPlanes);

/// Terms in this order, such as "a0*w0 - 2*a1*w0"; "0" if there are none.
std::string
describeTerms(ArrayRef<std::pair<BitPolynomial::Monomial, int64_t>> terms,
              ArrayRef<unsigned> numPlanes);

/// A polynomial whose variables are planes, its monomials in ascending order.
std::string describePolynomial(const BitPolynomial &polynomial,
                               ArrayRef<unsigned> numPlanes);

} // namespace mlir::bitserial

#endif // BITSERIAL_TRANSFORMS_PLANENAMES_H
