//===- BitPolynomialTest.cpp - Tests of polynomials over bits -------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/IR/BitPolynomial.h"
#include "gtest/gtest.h"
#include <random>

using namespace mlir::bitserial;

namespace {

BitPolynomial c(int64_t value) { return BitPolynomial::constant(value); }
BitPolynomial b(unsigned index) { return BitPolynomial::variable(index); }

TEST(BitPolynomialTest, LogicOfBits) {
  BitPolynomial x = b(0), y = b(1);
  BitPolynomial both = x * y;
  BitPolynomial either = x + y - both;
  BitPolynomial different = x + y - c(2) * both;
  for (uint32_t bits = 0; bits < 4; ++bits) {
    bool p = bits & 1, q = bits >> 1;
    EXPECT_EQ(both.evaluate(bits), p && q);
    EXPECT_EQ(either.evaluate(bits), p || q);
    EXPECT_EQ(different.evaluate(bits), p != q);
  }
  EXPECT_EQ(x * x, x);
  EXPECT_EQ((x - y) * (x - y), different);
  EXPECT_EQ(x - x, c(0));
}

TEST(BitPolynomialTest, AgreesWithEvaluation) {
  constexpr unsigned kVariables = 5;
  std::mt19937 random(1);
  auto pick = [&](int64_t below) { return int64_t(random() % below); };
  for (int round = 0; round < 300; ++round) {
    // A random expression beside the table of its values.
    BitPolynomial polynomial = c(pick(9) - 4);
    std::vector<int64_t> table(1 << kVariables, polynomial.getConstant());
    for (int step = 0; step < 8; ++step) {
      unsigned variable = pick(kVariables);
      BitPolynomial operand = b(variable) * c(pick(9) - 4) + c(pick(5) - 2);
      unsigned operation = pick(3);
      for (uint32_t bits = 0; bits < table.size(); ++bits) {
        int64_t value = operand.evaluate(bits);
        table[bits] = operation == 0   ? table[bits] + value
                      : operation == 1 ? table[bits] - value
                                       : table[bits] * value;
      }
      polynomial = operation == 0   ? polynomial + operand
                   : operation == 1 ? polynomial - operand
                                    : polynomial * operand;
    }
    ASSERT_FALSE(polynomial.isTooLarge());
    for (uint32_t bits = 0; bits < table.size(); ++bits) {
      ASSERT_EQ(polynomial.evaluate(bits), table[bits]) << polynomial.str();
      EXPECT_LE(polynomial.getMin(), table[bits]);
      EXPECT_GE(polynomial.getMax(), table[bits]);
    }
    EXPECT_EQ(polynomial.getConstant(), table[0]);
    // No monomial is kept that does not count.
    for (auto [monomial, coefficient] : polynomial.getTerms())
      EXPECT_NE(coefficient, 0);
  }
}

TEST(BitPolynomialTest, EqualFunctionsAreEqual) {
  // (1 - x)(1 - y) = not (x or y), in two ways.
  BitPolynomial x = b(3), y = b(31);
  EXPECT_EQ((c(1) - x) * (c(1) - y), c(1) - (x + y - x * y));
  EXPECT_EQ((x * y).getCoefficient(1u << 3 | 1u << 31), 1);
}

TEST(BitPolynomialTest, Bounds) {
  BitPolynomial p = c(5) + c(3) * b(0) - c(2) * b(1);
  EXPECT_EQ(p.getMin(), 3);
  EXPECT_EQ(p.getMax(), 8);
  EXPECT_EQ(c(-7).getMin(), -7);
  EXPECT_EQ(c(-7).getMax(), -7);
  EXPECT_EQ(c(0).getMin(), 0);
  EXPECT_EQ(c(0).getMax(), 0);
}

TEST(BitPolynomialTest, CoefficientsThatOverflow) {
  int64_t limit = int64_t(1) << 48;
  EXPECT_FALSE(c(limit).isTooLarge());
  EXPECT_FALSE(c(-limit).isTooLarge());
  EXPECT_TRUE(c(limit + 1).isTooLarge());
  EXPECT_TRUE(c(INT64_MAX).isTooLarge());
  EXPECT_TRUE(c(INT64_MIN).isTooLarge());
  EXPECT_TRUE((c(limit) + c(1)).isTooLarge());
  EXPECT_TRUE((c(-limit) - c(1)).isTooLarge());
  EXPECT_TRUE((c(limit) * c(limit)).isTooLarge());
  EXPECT_TRUE((c(limit) * b(0) * c(-limit)).isTooLarge());
  // It spreads, whatever comes after.
  BitPolynomial large = c(limit + 1);
  EXPECT_TRUE((large - large).isTooLarge());
  EXPECT_TRUE((large * c(0)).isTooLarge());
  EXPECT_TRUE((c(0) * large).isTooLarge());
  EXPECT_TRUE((b(0) + large).isTooLarge());
  EXPECT_EQ(large.str(), "(too large)");
}

TEST(BitPolynomialTest, TermsThatOverflow) {
  // (1 + b0)(1 + b1)... has 2^n terms.
  BitPolynomial product = c(1);
  for (unsigned i = 0; i < 12; ++i)
    product = product * (c(1) + b(i));
  EXPECT_FALSE(product.isTooLarge());
  EXPECT_EQ(product.getTerms().size(), BitPolynomial::kMaxTerms);
  EXPECT_EQ(product.evaluate(0xfff), 1 << 12);
  EXPECT_TRUE((product * (c(1) + b(12))).isTooLarge());
  EXPECT_TRUE((product + b(12)).isTooLarge());
  // Few terms in the end, too many on the way.
  EXPECT_TRUE((product * product).isTooLarge());
}

TEST(BitPolynomialTest, Text) {
  EXPECT_EQ(c(0).str(), "0");
  EXPECT_EQ(c(-3).str(), "-3");
  EXPECT_EQ((c(2) * b(0) * b(2) - b(1)).str(), "-b1 + 2*b0*b2");
  EXPECT_EQ((c(1) - b(31)).str(), "1 - b31");
}

} // namespace
