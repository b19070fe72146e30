//===- DirectCheckTest.cpp - Tests of claims about whole functions
//---------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ProverTestUtils.h"

#include "bitserial/Transforms/NumberKernel.h"

#include <set>

using namespace mlir;
using namespace mlir::bitserial;

namespace {

class DirectCheckTest : public KernelProofTest {
protected:
  void SetUp() override {
    solver = Solver::create();
    if (!solver)
      GTEST_SKIP() << "built without a solver";
  }

  static Target getTarget(StringRef cpu, StringRef features = "") {
    return llvm::cantFail(Target::get(cpu, features));
  }

  /// The sketch of a kernel that is to be proved.
  std::string expectProved(OwningOpRef<ModuleOp> module) {
    Kernel kernel = *Kernel::get(*module);
    ProofResult result = prove(kernel, set(), solver.get());
    EXPECT_EQ(stringifyVerdict(result.verdict).str(), "proved")
        << kernel.spec.name() << ", " << kernel.sketch << ": " << result.reason
        << (result.counterexample ? result.counterexample->str(kernel) : "");
    EXPECT_FALSE(result.obligations.empty());
    if (getenv("BITSERIAL_PROVER_TIMES"))
      llvm::errs() << kernel.spec.name() << ", " << kernel.sketch << ": "
                   << result.obligations.size() << " obligations, "
                   << result.solverSeconds * 1e3 << " ms\n";
    if (const char *folder = getenv("BITSERIAL_PROVER_DUMP"))
      EXPECT_FALSE(errorToBool(writeProof(
          folder, kernel.spec.name() + "-" + std::to_string(numProved++),
          kernel, set(), result)));
    return kernel.sketch;
  }

  std::unique_ptr<Solver> solver;
  unsigned numProved = 0;
};

// The kernels of numbers of each way to multiply, for long and short sums.
TEST_F(DirectCheckTest, numbersAreProved) {
  using Kind = bitserial::Kind;
  std::pair<StringRef, StringRef> targets[] = {
      {"haswell", ""},     {"skylake-avx512", ""}, {"icelake-server", ""},
      {"alderlake", ""},   {"x86-64", ""},         {"cortex-a7", ""},
      {"neoverse-n1", ""}, {"cortex-a53", ""}};
  std::pair<NumberFormat, NumberFormat> formats[] = {
      {{8, Kind::Unsigned}, {8, Kind::Signed}},
      {{7, Kind::Unsigned}, {8, Kind::Signed}},
      {{4, Kind::Signed}, {2, Kind::Ternary}},
  };
  std::set<std::string> sketches;
  for (auto [cpu, features] : targets)
    for (auto &[lhs, rhs] : formats)
      for (int64_t positions : {1, 5000}) {
        Target target = getTarget(cpu, features);
        KernelSpec spec = getNumberSpec(
            lhs, rhs, chooseNumberTypes(&context, lhs, rhs, target), 32);
        spec.lanesAreReduction = cpu == "x86-64";
        sketches.insert(expectProved(makeNumberKernel(
            &context, spec, target, target.vectorBits() / 32, positions)));
      }
  // Fewer lanes than a vector, for which there is no instruction.
  Target target = getTarget("haswell");
  KernelSpec spec = getNumberSpec(
      formats[0].first, formats[0].second,
      chooseNumberTypes(&context, formats[0].first, formats[0].second, target),
      32);
  sketches.insert(
      expectProved(makeNumberKernel(&context, spec, target, 2, 100)));
  EXPECT_GE(sketches.size(), 8u);
}

// The reference lowering with sums as narrow as words.
TEST_F(DirectCheckTest, narrowSumsAreProved) {
  using Kind = bitserial::Kind;
  unsigned numNarrow = 0;
  for (auto [lhs, rhs] :
       {std::pair(NumberFormat(1, Kind::Unsigned),
                  NumberFormat(1, Kind::Bipolar)),
        {NumberFormat(2, Kind::Unsigned), NumberFormat(2, Kind::Bipolar)},
        {NumberFormat(3, Kind::Signed), NumberFormat(2, Kind::Ternary)},
        {NumberFormat(8, Kind::Unsigned), NumberFormat(1, Kind::Bipolar)}})
    for (unsigned word : {8, 16, 64})
      for (bool lanesAreReduction : {false, true})
        for (bool singlePass : {false, true}) {
          KernelSpec spec =
              KernelSpec::get(lhs, rhs, word, lanesAreReduction).first;
          OwningOpRef<ModuleOp> module =
              Kernel::makeReference(&context, spec, /*numLanes=*/4,
                                    /*maxPositions=*/3, singlePass);
          if (!Kernel::get(*module)->maxPositions)
            continue;
          ++numNarrow;
          expectProved(std::move(module));
        }
  EXPECT_GE(numNarrow, 10u);
}

// One position more than a narrow sum holds.
TEST_F(DirectCheckTest, tooManyPositionsAreNotProved) {
  using Kind = bitserial::Kind;
  KernelSpec spec = KernelSpec::get(NumberFormat(1, Kind::Unsigned),
                                    NumberFormat(1, Kind::Bipolar), 8, false)
                        .first;
  modules.push_back(Kernel::makeReference(&context, spec, 4, 15));
  Kernel kernel = *Kernel::get(*modules.back());
  ASSERT_EQ(kernel.maxPositions, 15); // 15 * 8 = 120 <= 127
  EXPECT_TRUE(prove(kernel, set(), solver.get()).isProved());
  kernel.maxPositions = 16;
  ProofResult result = prove(kernel, set(), solver.get());
  EXPECT_FALSE(result.isProved());
  EXPECT_NE(result.reason.find("do not hold what 16 positions"),
            std::string::npos)
      << result.reason;
}

// What numbers are taken to be is part of the claim.
TEST_F(DirectCheckTest, widerNumbersAreNotProved) {
  using Kind = bitserial::Kind;
  Target target = getTarget("haswell");
  NumberFormat lhs(7, Kind::Unsigned), rhs(8, Kind::Signed);
  KernelSpec spec = getNumberSpec(
      lhs, rhs, chooseNumberTypes(&context, lhs, rhs, target), 32);
  modules.push_back(makeNumberKernel(&context, spec, target, 8, 5000));
  Kernel kernel = *Kernel::get(*modules.back());
  // Two products of 255 and -128 are more than 16 bits hold.
  kernel.spec.numbers[0].max = 255;
  ProofResult result = prove(kernel, set(), solver.get());
  EXPECT_TRUE(result.isRefuted()) << result.reason;
  // More positions between flushes than the counter has room for.
  rhs = NumberFormat(2, Kind::Ternary);
  spec = getNumberSpec(lhs, rhs, chooseNumberTypes(&context, lhs, rhs, target),
                       32);
  modules.push_back(makeNumberKernel(&context, spec, target, 8, 5000));
  kernel = *Kernel::get(*modules.back());
  ASSERT_GT(kernel.passes[0].capacity, 0u);
  kernel.passes[0].capacity *= 2;
  EXPECT_FALSE(prove(kernel, set(), solver.get()).isProved());
}

} // namespace
