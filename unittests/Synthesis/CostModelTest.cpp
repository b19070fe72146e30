//===- CostModelTest.cpp - Cycles of micro-kernels -----------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Synthesis/CostModel.h"
#include "bitserial/Synthesis/KernelTiming.h"

#include "gtest/gtest.h"

using namespace mlir;
using namespace mlir::bitserial;

namespace {

class CostModelTest : public testing::Test {
protected:
  CostModelTest() {
    DialectRegistry registry;
    CostModel::registerDialects(registry);
    context.appendDialectRegistry(registry);
    context.disableMultithreading();
  }

  std::unique_ptr<CostModel> makeModel(StringRef cpu, StringRef features = "") {
    return llvm::cantFail(
        CostModel::create(llvm::cantFail(Target::get(cpu, features))));
  }

  KernelCost modelReference(CostModel &model, const KernelSpec &spec) {
    auto cost = model.modelReference(&context, spec);
    if (cost)
      return *cost;
    ADD_FAILURE() << llvm::toString(cost.takeError());
    return {};
  }

  /// Unsigned activations of `a` bits times bipolar weights of `w`.
  static KernelSpec makeSpec(unsigned a, unsigned w, unsigned wordBits,
                             bool lanesAreReduction = false) {
    BitPolynomial polynomial;
    for (unsigned i = 0; i < a; ++i)
      for (unsigned j = 0; j < w; ++j)
        polynomial = polynomial + BitPolynomial::constant(1 << (i + j)) *
                                      BitPolynomial::variable(i) *
                                      BitPolynomial::variable(a + j);
    return KernelSpec::get({a, w}, polynomial, wordBits, lanesAreReduction)
        ->first;
  }

  MLIRContext context;
};

TEST_F(CostModelTest, ReferenceOnHaswell) {
  auto model = makeModel("haswell");
  KernelCost a1w1 = modelReference(*model, makeSpec(1, 1, 64));
  // Nine operations of 256 bits on three ports.
  EXPECT_NEAR(a1w1.cycles, 3, 0.1) << a1w1.str();
  EXPECT_NEAR(a1w1.bitMacsPerCycle, 256 / 3.0, 3);
  EXPECT_EQ(a1w1.macsPerCycle, a1w1.bitMacsPerCycle);
  EXPECT_EQ(a1w1.stackAccesses, 0);
  EXPECT_NEAR(a1w1.vectorOps, 9 * a1w1.tile.rows * a1w1.tile.vectors, 0.1);

  // One pass for each pair of planes.
  KernelCost a2w2 = modelReference(*model, makeSpec(2, 2, 64));
  EXPECT_EQ(a2w2.loops.size(), 4u);
  EXPECT_NEAR(a2w2.cycles, 4 * a1w1.cycles, 0.3);
  EXPECT_NEAR(a2w2.bitMacsPerCycle, a1w1.bitMacsPerCycle, 2);
  EXPECT_NEAR(a2w2.macsPerCycle, a1w1.macsPerCycle / 4, 1);
}

TEST_F(CostModelTest, EveryDefaultTarget) {
  for (auto [cpu, features] :
       {std::pair<const char *, const char *>{"haswell", ""},
        {"icelake-server", ""},
        {"sapphirerapids", ""},
        {"cortex-a53", ""},
        {"cortex-a72", ""},
        {"neoverse-n1", "+dotprod"},
        {"cortex-a7", ""}}) {
    auto model = makeModel(cpu, features);
    Target target = llvm::cantFail(Target::get(cpu, features));
    for (bool reduction : {false, true}) {
      auto cost = model->modelReference(
          &context, makeSpec(2, 1, target.preferredWordBits(), reduction));
      ASSERT_TRUE(bool(cost))
          << cpu << ": " << llvm::toString(cost.takeError());
      EXPECT_GT(cost->bitMacsPerCycle, 5) << cpu;
    }
  }
}

/// Four bytes at a time: counts in bytes, which are widened after three steps
/// of two words.
constexpr const char *kBytes = R"(
!bytes = vector<32xi8>
!words = vector<4xi64>
module attributes {bitserial.kernel = {
    spec = {planes = [1, 1], terms = [[3, 1]], word = 64, lanes = "outputs"},
    cpu = "haswell", features = ["avx2"], state = ["counter", "sum"],
    passes = [{planes = [0, 1], capacity = 48,
               steps = [{words = 2, cost = 16}, {words = 1, cost = 8}]}]}} {
  func.func @step_0_2(%counter: !bytes, %sum: !words, %a0: !words, %w0: !words,
                      %a1: !words, %w1: !words) -> (!bytes, !words) {
    %x0 = arith.andi %a0, %w0 : !words
    %x1 = arith.andi %a1, %w1 : !words
    %b0 = vector.bitcast %x0 : !words to !bytes
    %b1 = vector.bitcast %x1 : !words to !bytes
    %c0 = math.ctpop %b0 : !bytes
    %c1 = math.ctpop %b1 : !bytes
    %c = arith.addi %c0, %c1 : !bytes
    %new = arith.addi %counter, %c : !bytes
    return %new, %sum : !bytes, !words
  }
  func.func @step_0_1(%counter: !bytes, %sum: !words, %a: !words, %w: !words)
      -> (!bytes, !words) {
    %x = arith.andi %a, %w : !words
    %b = vector.bitcast %x : !words to !bytes
    %c = math.ctpop %b : !bytes
    %new = arith.addi %counter, %c : !bytes
    return %new, %sum : !bytes, !words
  }
  func.func @flush_0(%counter: !bytes, %sum: !words) -> (!bytes, !words) {
    %zero = arith.constant dense<0> : !bytes
    %wide = llvm.call_intrinsic "llvm.x86.avx2.psad.bw"(%counter, %zero)
        : (!bytes, !bytes) -> !words
    %new = arith.addi %sum, %wide : !words
    return %zero, %new : !bytes, !words
  }
  func.func @end_0(%counter: !bytes, %sum: !words) -> (!bytes, !words) {
    %zero = arith.constant dense<0> : !bytes
    %wide = llvm.call_intrinsic "llvm.x86.avx2.psad.bw"(%counter, %zero)
        : (!bytes, !bytes) -> !words
    %new = arith.addi %sum, %wide : !words
    return %zero, %new : !bytes, !words
  }
  func.func @finish(%counter: !bytes, %sum: !words) -> vector<4xi32> {
    %result = arith.trunci %sum : !words to vector<4xi32>
    return %result : vector<4xi32>
  }
}
)";

TEST_F(CostModelTest, FlushesCountAsOftenAsTheyRun) {
  OwningOpRef<ModuleOp> owner;
  FailureOr<Kernel> kernel = Kernel::parse(&context, kBytes, "bytes", owner);
  ASSERT_TRUE(succeeded(kernel));
  auto cost = makeModel("haswell")->model(*kernel, 3, 2);
  ASSERT_TRUE(bool(cost)) << llvm::toString(cost.takeError());
  // Per word: the AND, six operations of the count, an addition; every sixth
  // word two more and a zero.
  EXPECT_NEAR(cost->vectorOps, 6 * (8 + 3 / 6.0), 6 * 0.2);
  EXPECT_GT(cost->cycles, 8 / 3.0);
  EXPECT_LT(cost->cycles, 3.2);
  EXPECT_EQ(cost->positions % 2, 0);
}

TEST_F(CostModelTest, Errors) {
  OwningOpRef<ModuleOp> owner;
  FailureOr<Kernel> kernel = Kernel::parse(&context, kBytes, "bytes", owner);
  ASSERT_TRUE(succeeded(kernel));
  auto message = [](llvm::Expected<KernelCost> cost) {
    return cost ? "no error" : llvm::toString(cost.takeError());
  };
  EXPECT_EQ(message(makeModel("x86-64")->model(*kernel, 1, 1)),
            "the kernel needs the feature 'avx2', which 'x86-64' does not "
            "have");
  EXPECT_EQ(message(makeModel("haswell")->model(*kernel, 0, 1)),
            "a kernel for groups of 1 accumulators cannot have a tile of 0x1");
}

TEST_F(CostModelTest, TimesKernelsOnThisMachine) {
  Target host = llvm::cantFail(Target::get("native"));
  for (bool reduction : {false, true}) {
    OwningOpRef<ModuleOp> owner = Kernel::makeReference(
        &context, makeSpec(2, 1, host.preferredWordBits(), reduction), host);
    TimedKernel timed{*Kernel::get(*owner), {2, 2}};
    auto times = timeKernels({timed, timed}, host, /*rounds=*/3);
    ASSERT_TRUE(bool(times)) << llvm::toString(times.takeError());
    ASSERT_EQ(times->size(), 2u);
    EXPECT_GT((*times)[0], 0);
    EXPECT_GT((*times)[1], 0);
  }
}

TEST_F(CostModelTest, TimesNothingForOtherMachines) {
  Target host = llvm::cantFail(Target::get("native"));
  Target other = llvm::cantFail(
      Target::get(host.arch() == Arch::AArch64 ? "haswell" : "cortex-a72"));
  OwningOpRef<ModuleOp> owner = Kernel::makeReference(
      &context, makeSpec(1, 1, other.preferredWordBits()), other);
  auto times = timeKernels({{*Kernel::get(*owner), {2, 2}}}, other);
  EXPECT_FALSE(bool(times));
  llvm::consumeError(times.takeError());
}

} // namespace
