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
                   << result.obligations.size() << " obligations, proved in "
                   << result.solverSeconds * 1e3 << " ms\n";
    if (const char *folder = getenv("BITSERIAL_PROVER_DUMP"))
      EXPECT_FALSE(
          errorToBool(writeProof(folder, name, kernel, set(), result)));
  }
}

TEST_F(ProverTest, otherKernels) {
  std::unique_ptr<Solver> solver = Solver::create();
  for (StringRef name : {"neon-a2w1-udot", "avx2-a2w2s-bytes"}) {
    Kernel kernel = parseKernel(readInput(name));
    ProofResult result = prove(kernel, set(), solver.get());
    EXPECT_EQ(stringifyVerdict(result.verdict).str(), "proved")
        << name.str() << ": " << result.reason
        << (result.counterexample ? result.counterexample->str(kernel) : "");
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

//===----------------------------------------------------------------------===//
// Sums of lanes
//===----------------------------------------------------------------------===//

/// The reduction that a published system found for A2W2 on NEON, of the bytes
/// of four vectors. Its bounds count 7 for eight ones, and make 63 of 72.
static constexpr StringLiteral kPublishedTree = R"mlir(
  func.func @tree(%x: vector<8xi8>, %y: vector<8xi8>, %z: vector<8xi8>, %u: vector<8xi8>, %sum: vector<4xi16>) -> vector<4xi16> {
    %a = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%x, %y) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %b = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%z, %u) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %c = llvm.call_intrinsic "llvm.arm.neon.vpaddls"(%a) : (vector<8xi8>) -> vector<4xi16>
    %d = llvm.call_intrinsic "llvm.arm.neon.vpaddls"(%b) : (vector<8xi8>) -> vector<4xi16>
    %e = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%c, %d) : (vector<4xi16>, vector<4xi16>) -> vector<4xi16>
    %f = arith.addi %sum, %e : vector<4xi16>
    return %f : vector<4xi16>
  })mlir";

static ReductionSpec publishedSpec(int64_t bound) {
  ReductionSpec spec;
  spec.bounds.assign(4, {0, bound});
  spec.bounds.push_back({0, 1000});
  spec.outputs.resize(1);
  for (unsigned argument = 0; argument < 4; ++argument) {
    std::vector<ReductionTerm> &terms = spec.outputs[0].emplace_back();
    for (unsigned lane = 0; lane < 8; ++lane)
      terms.push_back({argument, lane});
    terms.push_back({4, argument});
  }
  return spec;
}

TEST_F(ProverTest, publishedTreeIsRefuted) {
  func::FuncOp tree = parse(kPublishedTree);
  ProofResult result = proveReduction(tree, publishedSpec(72), set());
  EXPECT_TRUE(result.isRefuted()) << result.reason;
  ASSERT_TRUE(result.counterexample);
  EXPECT_EQ(result.counterexample->str(),
            "@tree: lane 0 of result 0 is 552, and should be 1576\n"
            "  argument 0: 0x48*8\n"
            "  argument 1: 0x0*8\n"
            "  argument 2: 0x0*8\n"
            "  argument 3: 0x0*8\n"
            "  argument 4: 0x3e8 0x0*3\n");
}

TEST_F(ProverTest, publishedTreeIsProvedUnderItsBounds) {
  std::unique_ptr<Solver> solver = Solver::create();
  func::FuncOp tree = parse(kPublishedTree);
  ProofResult result =
      proveReduction(tree, publishedSpec(63), set(), solver.get());
  EXPECT_TRUE(result.isProved()) << result.reason;
  EXPECT_EQ(result.obligations.empty(), !solver);
}

TEST_F(ProverTest, wrongReductionsAreRefuted) {
  func::FuncOp tree = parse(kPublishedTree);
  ReductionSpec spec = publishedSpec(63);
  std::swap(spec.outputs[0][1], spec.outputs[0][2]);
  EXPECT_TRUE(proveReduction(tree, spec, set()).isRefuted());
  spec = publishedSpec(63);
  spec.outputs[0][3][5].coefficient = 2;
  EXPECT_TRUE(proveReduction(tree, spec, set()).isRefuted());
}

} // namespace
