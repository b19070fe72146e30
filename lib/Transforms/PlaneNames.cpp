//===- PlaneNames.cpp - What people call bit planes -----------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Transforms/PlaneNames.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace mlir::bitserial;

std::string bitserial::getPlaneName(unsigned plane,
                                    ArrayRef<unsigned> numPlanes) {
  size_t input = 0;
  for (; input < numPlanes.size() && plane >= numPlanes[input]; ++input)
    plane -= numPlanes[input];
  assert(input < numPlanes.size() && "there are fewer planes");
  char letter = numPlanes.size() == 2 && input == 1 ? 'w' : char('a' + input);
  return letter + std::to_string(plane);
}

std::string bitserial::describeTerms(
    ArrayRef<std::pair<BitPolynomial::Monomial, int64_t>> terms,
    ArrayRef<unsigned> numPlanes) {
  if (terms.empty())
    return "0";
  std::string text;
  llvm::raw_string_ostream os(text);
  bool isFirst = true;
  for (auto [planes, coefficient] : terms) {
    if (isFirst)
      os << (coefficient < 0 ? "-" : "");
    else
      os << (coefficient < 0 ? " - " : " + ");
    isFirst = false;
    llvm::ListSeparator times("*");
    if (planes == 0 || std::abs(coefficient) != 1)
      os << times << std::abs(coefficient);
    for (unsigned plane = 0; plane < BitPolynomial::kMaxVariables; ++plane)
      if (planes >> plane & 1)
        os << times << getPlaneName(plane, numPlanes);
  }
  return text;
}

std::string bitserial::describePolynomial(const BitPolynomial &polynomial,
                                          ArrayRef<unsigned> numPlanes) {
  return describeTerms(
      SmallVector<std::pair<BitPolynomial::Monomial, int64_t>>(
          polynomial.getTerms().begin(), polynomial.getTerms().end()),
      numPlanes);
}
