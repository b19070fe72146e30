//===- BitPolynomial.h - Integer polynomials over bits ----------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A function of bits as the multilinear polynomial that equals it: every
/// function {0,1}^n -> Z has exactly one, since b * b = b. Its monomials are
/// what a popcount can count: the number of positions where all bits of a set
/// are one.
///
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_IR_BITPOLYNOMIAL_H
#define BITSERIAL_IR_BITPOLYNOMIAL_H

#include "llvm/ADT/ArrayRef.h"
#include <cstdint>
#include <map>
#include <string>

namespace mlir {
namespace bitserial {

/// A polynomial with integer coefficients in up to 32 bits. Coefficients are
/// 64-bit; `isTooLarge` says when one left the range in which they are exact.
class BitPolynomial {
public:
  /// A set of variables, bit i for variable i; the empty set is the constant.
  using Monomial = uint32_t;
  static constexpr unsigned kMaxVariables = 32;
  /// Polynomials with more monomials than this, and products of more pairs of
  /// monomials, are refused (see isTooLarge).
  static constexpr unsigned kMaxTerms = 1 << 12;
  static constexpr unsigned kMaxProducts = 1 << 18;

  BitPolynomial() = default;
  static BitPolynomial constant(int64_t value);
  static BitPolynomial variable(unsigned index);

  /// The monomials with a coefficient other than zero, in ascending order.
  const std::map<Monomial, int64_t> &getTerms() const { return terms; }
  int64_t getCoefficient(Monomial monomial) const;
  int64_t getConstant() const { return getCoefficient(0); }

  /// An interval that holds every value of the polynomial.
  int64_t getMin() const;
  int64_t getMax() const;

  /// Whether a coefficient or the number of terms became too large; the
  /// polynomial then says nothing.
  bool isTooLarge() const { return tooLarge; }

  BitPolynomial operator+(const BitPolynomial &other) const;
  BitPolynomial operator-(const BitPolynomial &other) const;
  BitPolynomial operator*(const BitPolynomial &other) const;
  bool operator==(const BitPolynomial &other) const {
    return terms == other.terms && tooLarge == other.tooLarge;
  }

  /// The value for the given bits (bit i is variable i).
  int64_t evaluate(uint32_t bits) const;

  /// For messages and tests, e.g. `2*b0*b2 - b1`.
  std::string str() const;

private:
  void add(Monomial monomial, int64_t coefficient);

  std::map<Monomial, int64_t> terms;
  bool tooLarge = false;
};

} // namespace bitserial
} // namespace mlir

#endif // BITSERIAL_IR_BITPOLYNOMIAL_H
