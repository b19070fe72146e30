//===- KernelTest.cpp - Reading kernels -----------------------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Transforms/Kernel.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Verifier.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace mlir::bitserial;

namespace {
using Monomial = BitPolynomial::Monomial;

/// The polynomial with the given coefficients.
BitPolynomial
makePolynomial(ArrayRef<std::pair<Monomial, int64_t>> coefficients) {
  BitPolynomial result;
  for (auto [monomial, coefficient] : coefficients) {
    BitPolynomial term = BitPolynomial::constant(coefficient);
    for (unsigned i = 0; i < BitPolynomial::kMaxVariables; ++i)
      if (monomial >> i & 1)
        term = term * BitPolynomial::variable(i);
    result = result + term;
  }
  return result;
}

/// The product of two numbers with these weights of planes.
BitPolynomial makeProduct(ArrayRef<int64_t> lhs, ArrayRef<int64_t> rhs) {
  BitPolynomial a, w;
  for (auto [i, weight] : llvm::enumerate(lhs))
    a = a + BitPolynomial::constant(weight) * BitPolynomial::variable(i);
  for (auto [i, weight] : llvm::enumerate(rhs))
    w = w + BitPolynomial::constant(weight) *
                BitPolynomial::variable(lhs.size() + i);
  return a * w;
}

std::pair<KernelSpec, int64_t> getProductSpec(ArrayRef<int64_t> lhs,
                                              ArrayRef<int64_t> rhs) {
  unsigned planes[] = {unsigned(lhs.size()), unsigned(rhs.size())};
  return *KernelSpec::get(planes, makeProduct(lhs, rhs), 32, false);
}

//===----------------------------------------------------------------------===//
// KernelSpec
//===----------------------------------------------------------------------===//

TEST(KernelSpec, isNormalised) {
  auto [spec, factor] = getProductSpec({-2, -4}, {3});
  EXPECT_EQ(factor, -6);
  EXPECT_EQ(spec.str(), "planes=2,1 terms=5:1,6:2 word=32 lanes=outputs");
  EXPECT_EQ(spec.name(), "a2w1-o32");
  EXPECT_TRUE(failed(KernelSpec::get({1, 1}, BitPolynomial(), 32, false)));
}

TEST(KernelSpec, names) {
  auto name = [](ArrayRef<int64_t> lhs, ArrayRef<int64_t> rhs) {
    return getProductSpec(lhs, rhs).first.name();
  };
  EXPECT_EQ(name({1, 2}, {1, -2}), "a2w2s-o32");
  EXPECT_EQ(name({1, 2, -4}, {1, -1}), "a3sw2t-o32");
  EXPECT_EQ(name({1, -1, 3, -3}, {1}), "a4tw1-o32");
  // One plane has no sign of its own.
  EXPECT_EQ(name({-1}, {1}), "a1w1-o32");
  // Weights without a name: told apart by a hash.
  std::string other = name({1, 3}, {1}), another = name({1, 5}, {1});
  EXPECT_EQ(StringRef(other).substr(0, 5), "a2w1x");
  EXPECT_EQ(other.size(), StringRef("a2w1x0123456789abcdef-o32").size());
  EXPECT_NE(other, another);
  // (a ^ b) & w over three inputs.
  auto spec = *KernelSpec::get(
      {1, 1, 1}, makePolynomial({{5, 1}, {6, 1}, {7, -2}}), 8, true);
  EXPECT_EQ(StringRef(spec.first.name()).substr(0, 7), "x1x1x1x");
  EXPECT_TRUE(StringRef(spec.first.name()).ends_with("-r8"));
}

TEST(KernelSpec, attributes) {
  MLIRContext context;
  for (auto lhs : {std::vector<int64_t>{1}, {1, -2}, {1, 2, 4}, {3, 7}}) {
    KernelSpec spec = getProductSpec(lhs, {1, -1}).first;
    auto read =
        KernelSpec::fromAttr(UnknownLoc::get(&context), spec.toAttr(&context));
    ASSERT_TRUE(succeeded(read));
    EXPECT_EQ(read->str(), spec.str());
  }
}

//===----------------------------------------------------------------------===//
// Kernels that are well-formed
//===----------------------------------------------------------------------===//

TEST(Kernel, examples) {
  MLIRContext context;
  std::error_code error;
  unsigned count = 0;
  for (llvm::sys::fs::directory_iterator it(BITSERIAL_KERNEL_INPUTS, error),
       end;
       it != end && !error; it.increment(error), ++count) {
    auto text = llvm::MemoryBuffer::getFile(it->path());
    ASSERT_TRUE(bool(text));
    OwningOpRef<ModuleOp> owner;
    FailureOr<Kernel> kernel =
        Kernel::parse(&context, (*text)->getBuffer(), it->path(), owner);
    ASSERT_TRUE(succeeded(kernel)) << it->path();
    // Writing what has been read changes nothing.
    kernel->writeAttribute();
    FailureOr<Kernel> again = Kernel::get(kernel->module);
    ASSERT_TRUE(succeeded(again));
    EXPECT_EQ(again->spec, kernel->spec);
    EXPECT_EQ(again->features, kernel->features);
    EXPECT_EQ(again->passes.size(), kernel->passes.size());
    EXPECT_EQ(again->tileVectors, kernel->tileVectors);
    EXPECT_EQ(again->group, kernel->group);
  }
  EXPECT_GE(count, 7u);
}

TEST(Kernel, reference) {
  MLIRContext context;
  Target target = llvm::cantFail(Target::get("cortex-a53"));
  for (unsigned word : {8, 16, 32, 64})
    for (bool isReduction : {false, true})
      for (auto maxPositions : {std::optional<int64_t>(), {10}, {100000}})
        for (auto lhs : {std::vector<int64_t>{1}, {1, -2}, {3, 2}, {1, 2, 4}}) {
          unsigned planes[] = {unsigned(lhs.size()), 1};
          KernelSpec spec =
              KernelSpec::get(planes, makeProduct(lhs, {1}), word, isReduction)
                  ->first;
          OwningOpRef<ModuleOp> module =
              Kernel::makeReference(&context, spec, target, maxPositions);
          ASSERT_TRUE(succeeded(verify(*module)));
          FailureOr<Kernel> kernel = Kernel::get(*module);
          ASSERT_TRUE(succeeded(kernel));
          EXPECT_EQ(kernel->spec, spec);
          EXPECT_EQ(kernel->passes.size(), lhs.size());
          EXPECT_EQ(kernel->wordType().getNumElements(), 128 / word);
          // Narrow lanes are for few positions.
          bool isNarrow = kernel->stateTypes[0].getElementTypeBitWidth() < 32;
          EXPECT_EQ(kernel->maxPositions.has_value(), isNarrow);
          EXPECT_TRUE(!isNarrow || (word < 32 && maxPositions == 10));
          EXPECT_TRUE(isNarrow || word != 16 || maxPositions != 10);
        }
}

} // namespace
