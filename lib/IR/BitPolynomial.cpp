//===- BitPolynomial.cpp - Integer polynomials over bits ------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/IR/BitPolynomial.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/raw_ostream.h"
#include <cassert>

using namespace mlir::bitserial;

/// Coefficients stay below this, so that a sum of kMaxTerms of them is exact.
static constexpr int64_t kMaxCoefficient = int64_t(1) << 48;

void BitPolynomial::add(Monomial monomial, int64_t coefficient) {
  if (coefficient == 0)
    return;
  int64_t &slot = terms[monomial];
  slot += coefficient;
  if (slot > kMaxCoefficient || slot < -kMaxCoefficient ||
      terms.size() > kMaxTerms) {
    tooLarge = true;
    terms.clear();
    return;
  }
  if (slot == 0)
    terms.erase(monomial);
}

BitPolynomial BitPolynomial::constant(int64_t value) {
  BitPolynomial result;
  result.add(0, value);
  return result;
}

BitPolynomial BitPolynomial::variable(unsigned index) {
  assert(index < kMaxVariables && "variable out of range");
  BitPolynomial result;
  result.add(Monomial(1) << index, 1);
  return result;
}

int64_t BitPolynomial::getCoefficient(Monomial monomial) const {
  auto it = terms.find(monomial);
  return it == terms.end() ? 0 : it->second;
}

int64_t BitPolynomial::getMin() const {
  int64_t sum = getConstant();
  for (auto [monomial, coefficient] : terms)
    if (monomial && coefficient < 0)
      sum += coefficient;
  return sum;
}

int64_t BitPolynomial::getMax() const {
  int64_t sum = getConstant();
  for (auto [monomial, coefficient] : terms)
    if (monomial && coefficient > 0)
      sum += coefficient;
  return sum;
}

BitPolynomial BitPolynomial::operator+(const BitPolynomial &other) const {
  BitPolynomial result = *this;
  result.tooLarge |= other.tooLarge;
  for (auto [monomial, coefficient] : other.terms)
    if (!result.tooLarge)
      result.add(monomial, coefficient);
  return result;
}

BitPolynomial BitPolynomial::operator-(const BitPolynomial &other) const {
  return *this + constant(-1) * other;
}

BitPolynomial BitPolynomial::operator*(const BitPolynomial &other) const {
  BitPolynomial result;
  // The second condition bounds the time that this takes.
  result.tooLarge = tooLarge || other.tooLarge ||
                    terms.size() * other.terms.size() > kMaxProducts;
  for (auto [leftMonomial, left] : terms)
    for (auto [rightMonomial, right] : other.terms) {
      if (result.tooLarge)
        return result;
      int64_t product;
      if (llvm::MulOverflow(left, right, product))
        product = kMaxCoefficient + 1;
      result.add(leftMonomial | rightMonomial, product);
    }
  return result;
}

int64_t BitPolynomial::evaluate(uint32_t bits) const {
  int64_t sum = 0;
  for (auto [monomial, coefficient] : terms)
    if ((bits & monomial) == monomial)
      sum += coefficient;
  return sum;
}

std::string BitPolynomial::str() const {
  std::string text;
  llvm::raw_string_ostream os(text);
  if (tooLarge)
    return "(too large)";
  if (terms.empty())
    return "0";
  bool first = true;
  for (auto [monomial, coefficient] : terms) {
    int64_t magnitude = coefficient < 0 ? -coefficient : coefficient;
    if (first)
      os << (coefficient < 0 ? "-" : "");
    else
      os << (coefficient < 0 ? " - " : " + ");
    first = false;
    if (monomial == 0 || magnitude != 1)
      os << magnitude << (monomial ? "*" : "");
    bool firstVariable = true;
    for (unsigned i = 0; i < kMaxVariables; ++i)
      if (monomial >> i & 1) {
        os << (firstVariable ? "b" : "*b") << i;
        firstVariable = false;
      }
  }
  return text;
}
