//===- ProverTest.cpp - Tests of proofs of kernels ------------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ProverTestUtils.h"

using namespace mlir;
using namespace mlir::bitserial;

namespace {

class ProverTest : public KernelProofTest {};

TEST_F(ProverTest, examplesAreProved) {
  for (StringRef name : exampleKernels()) {
    Kernel kernel = parseKernel(readExample(name));
    ProofResult result = prove(kernel, set());
    EXPECT_EQ(stringifyVerdict(result.verdict).str(), "proved")
        << name.str() << ": " << result.reason;
    if (getenv("BITSERIAL_PROVER_TIMES"))
      llvm::errs() << name << ": " << result.linearSeconds * 1e3 << " ms, "
                   << result.wrapChecks << " wrap checks\n";
  }
}

TEST_F(ProverTest, obligationsOfExamples) {
  std::unique_ptr<Solver> solver = Solver::create();
  if (!solver)
    GTEST_SKIP() << "built without a solver";
  for (StringRef name : exampleKernels()) {
    Kernel kernel = parseKernel(readExample(name));
    ProverOptions options;
    options.checkCapacity = true;
    ProofResult result = prove(kernel, set(), solver.get(), options);
    EXPECT_EQ(stringifyVerdict(result.verdict).str(), "proved")
        << name.str() << ": " << result.reason;
    EXPECT_FALSE(result.obligations.empty());
    if (getenv("BITSERIAL_PROVER_TIMES"))
      llvm::errs() << name << ": " << result.linearSeconds * 1e3 << " ms, "
                   << result.obligations.size() << " obligations in "
                   << result.obligationSeconds * 1e3 << " ms, proved in "
                   << result.solverSeconds * 1e3 << " ms\n";
    if (const char *folder = getenv("BITSERIAL_PROVER_DUMP"))
      EXPECT_FALSE(
          errorToBool(writeProof(folder, name, kernel, set(), result)));
  }
}

TEST_F(ProverTest, capacityIsMaximal) {
  ProverOptions options;
  options.checkCapacity = true;
  Kernel kernel = parseKernel(readExample("avx2-a1w1-bytes"));
  ProofResult result = prove(kernel, set(), nullptr, options);
  EXPECT_TRUE(result.isProved());
  EXPECT_EQ(result.passes[0].capacityIsMaximal, true);
}

TEST_F(ProverTest, contributions) {
  ProofResult result =
      prove(parseKernel(readExample("avx2-a2w1-bytes")), set());
  ASSERT_TRUE(result.isProved());
  ASSERT_EQ(result.passes.size(), 2u);
  EXPECT_EQ(result.passes[0].contribution.str(), "2*b1*b2");
  EXPECT_EQ(result.passes[1].contribution.str(), "b0*b2");
}

} // namespace
