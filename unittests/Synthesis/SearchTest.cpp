//===- SearchTest.cpp - Tests of the search for kernels -------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Synthesis/Search.h"

#include "bitserial/Synthesis/KernelBuilder.h"
#include "bitserial/Synthesis/Prover.h"
#include "bitserial/Transforms/KernelCost.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

#include "ProverTestUtils.h"

using namespace mlir;
using namespace mlir::bitserial;

namespace {

class SearchTest : public SynthesisTest {
protected:
  SearchTest() { registerSearchDialects(registry); }

  static Target target(StringRef cpu, StringRef features = "") {
    return llvm::cantFail(Target::get(cpu, features));
  }
  InstructionRoles roles(StringRef cpu) {
    Target target = SearchTest::target(cpu);
    return InstructionRoles::get(*InstructionSet::get(&context, target),
                                 target);
  }

  /// Weights of planes: of powers of two, signed, and ternary ones.
  static SmallVector<int64_t> unsignedPlanes(unsigned width) {
    SmallVector<int64_t> weights;
    for (unsigned i = 0; i < width; ++i)
      weights.push_back(int64_t(1) << i);
    return weights;
  }

  DialectRegistry registry;
};

TEST_F(SearchTest, Roles) {
  InstructionRoles haswell = roles("haswell");
  EXPECT_EQ(haswell.byteCount, nullptr);
  ASSERT_TRUE(haswell.lookup16);
  EXPECT_EQ(haswell.lookup16->getName(), "avx2.vpshufb");
  ASSERT_TRUE(haswell.sumBytes);
  EXPECT_EQ(haswell.sumBytes->getName(), "avx2.vpsadbw");
  ASSERT_TRUE(haswell.multiplyAddBytes);
  EXPECT_EQ(haswell.multiplyAddBytes->getName(), "avx2.vpmaddubsw");
  ASSERT_TRUE(haswell.multiplyAddPairs);
  EXPECT_EQ(haswell.multiplyAddPairs->getName(), "avx2.vpmaddwd");
  EXPECT_EQ(haswell.dotUnsigned, nullptr);

  InstructionRoles icelake = roles("icelake-server");
  ASSERT_TRUE(icelake.byteCount);
  EXPECT_EQ(icelake.byteCount->getName(), "avx512bitalg.vpopcntb");
  ASSERT_TRUE(icelake.dotSigned);
  EXPECT_EQ(icelake.dotSigned->getName(), "avx512vnni.vpdpbusd");

  InstructionRoles a53 = roles("cortex-a53");
  ASSERT_TRUE(a53.byteCount);
  EXPECT_EQ(a53.byteCount->getName(), "neon.cnt_16b");
  ASSERT_TRUE(a53.addPairs[0] && a53.accumulatePairs[0]);
  EXPECT_EQ(a53.addPairs[0]->getName(), "neon.uaddlp_16b");
  EXPECT_EQ(a53.accumulatePairs[0]->getName(), "neon.uadalp_16b");
  ASSERT_TRUE(a53.lookup16);
  EXPECT_EQ(a53.lookup16->getName(), "neon.tbl1_16b");
  ASSERT_TRUE(a53.horizontalAdd);
  EXPECT_EQ(a53.horizontalAdd->getName(), "neon.addp_4s");
  EXPECT_TRUE(a53.multipliesBytes);
  EXPECT_FALSE(haswell.multipliesBytes);
}

TEST_F(SearchTest, FullAdders) {
  auto full = [](ArrayRef<BitwiseInstruction> instructions) {
    return findBitwise(instructions, 3, {0x96, 0xe8});
  };
  // Five ops without ternary logic, and no fewer.
  BitwiseSearchResult result = full(roles("haswell").bitwise);
  ASSERT_TRUE(result.sequence);
  EXPECT_TRUE(result.exhausted);
  EXPECT_EQ(result.sequence->ops.size(), 5u);
  // With bit selection three, with ternary logic two.
  EXPECT_EQ(full(roles("cortex-a53").bitwise).sequence->ops.size(), 3u);
  EXPECT_EQ(full(roles("icelake-server").bitwise).sequence->ops.size(), 2u);

  // The ANDs of two words fused.
  InstructionRoles icelake = roles("icelake-server");
  BitwiseLibrary library(icelake.bitwise);
  const BitwiseSequence *fused = library.getAdder({2, 2, 1});
  ASSERT_TRUE(fused);
  EXPECT_EQ(fused->ops.size(), 3u) << fused->str();
}

TEST_F(SearchTest, AddersHaveShortChainsThroughTheirLastInput) {
  // The state of a carry-save adder is the last input: of a chain of adders,
  // only one op each is to wait for the one before.
  for (StringRef cpu : {"haswell", "cortex-a53"}) {
    BitwiseLibrary library(roles(cpu).bitwise);
    const BitwiseSequence *adder = library.getAdder({1, 1, 1});
    ASSERT_TRUE(adder);
    std::vector<std::optional<unsigned>> distance(3);
    distance[2] = 0;
    for (const BitwiseSequence::Op &op : adder->ops) {
      std::optional<unsigned> longest;
      for (unsigned operand : op.operands)
        if (distance[operand])
          longest = std::max(longest.value_or(0), *distance[operand] + 1);
      distance.push_back(longest);
    }
    EXPECT_EQ(distance[adder->outputs[0]], 1u) << adder->str();
  }
}

TEST_F(SearchTest, NibbleTables) {
  auto tables =
      findNibbleTables([](unsigned byte) { return 3 * llvm::popcount(byte); });
  ASSERT_TRUE(tables);
  EXPECT_EQ(tables->lowMask, 15u);
  EXPECT_EQ(tables->shift, 4u);
  EXPECT_EQ(tables->highMask, 15u);
  for (unsigned byte = 0; byte < 256; ++byte)
    EXPECT_EQ(tables->low[byte & 15] + tables->high[byte >> 4],
              3 * llvm::popcount(byte));
  EXPECT_FALSE(
      findNibbleTables([](unsigned byte) { return llvm::popcount(byte) & 1; }));
}

TEST_F(SearchTest, EveryPlanIsRight) {
  struct Case {
    StringRef cpu;
    unsigned word;
    bool isReduction;
  };
  SmallVector<int64_t> one = {1}, two = {1, 2}, ternary = {1, -1};
  for (Case c :
       {Case{"haswell", 64, false}, Case{"haswell", 8, false},
        Case{"icelake-server", 32, false}, Case{"cortex-a53", 16, false},
        Case{"cortex-a53", 32, true}, Case{"cortex-a7", 16, false}}) {
    for (ArrayRef<int64_t> a : {ArrayRef<int64_t>(one), ArrayRef<int64_t>(two)})
      for (ArrayRef<int64_t> w :
           {ArrayRef<int64_t>(one), ArrayRef<int64_t>(ternary)}) {
        SearchOptions options;
        options.maxModelled = 1000;
        options.maxEstimate = 1000;
        options.prove = [](const Kernel &) { return Verdict::Proved; };
        options.model = [](const Kernel &, int64_t, int64_t) { return 1.0; };
        auto result =
            search(&context, makeProductSpec(a, w, c.word, c.isReduction),
                   target(c.cpu), options);
        ASSERT_TRUE(succeeded(result)) << diagnostics;
        EXPECT_EQ(result->statistics.screenedOut, 0u)
            << c.cpu.str() << ": " << result->statistics.str();
        EXPECT_EQ(result->outcome, SearchResult::Outcome::Found);
      }
  }
}

//===----------------------------------------------------------------------===//
// Plans
//===----------------------------------------------------------------------===//

/// The kernel of the first plan whose text contains `text`.
class PlanTest : public SearchTest {
protected:
  Kernel build(StringRef cpu, const KernelSpec &spec, StringRef text) {
    Target target = SearchTest::target(cpu);
    const InstructionSet &set = *InstructionSet::get(&context, target);
    SketchContext sketch(&context, set, target);
    for (const AccumulationPlan &plan :
         enumeratePlans(spec, target, sketch.roles))
      if (StringRef(plan.str(spec.numPlanes)).contains(text)) {
        modules.push_back(buildKernel(sketch, spec, plan));
        EXPECT_TRUE(modules.back()) << text.str();
        if (!modules.back())
          break;
        FailureOr<Kernel> kernel = Kernel::get(*modules.back());
        EXPECT_TRUE(succeeded(kernel)) << diagnostics;
        EXPECT_FALSE(prove(*kernel, set).isRefuted());
        return *kernel;
      }
    ADD_FAILURE() << "no plan with " << text.str();
    return {};
  }
};

TEST_F(PlanTest, CapacitiesFollowFromBounds) {
  SmallVector<int64_t> one = {1}, two = {1, 2};
  // A byte of eight ones counts 8, not 7: 31 steps.
  Kernel kernel =
      build("haswell", makeProductSpec(one, one, 64, false),
            "byte counters; weights after counting; 1 word per step");
  ASSERT_EQ(kernel.passes.size(), 1u);
  EXPECT_EQ(kernel.passes[0].capacity, 255u);
  EXPECT_EQ(kernel.passes[0].steps[0].cost, 8u);
  // Two planes by two in one byte: (1 + 2) * (1 + 2) * 8.
  kernel = build("cortex-a53", makeProductSpec(two, two, 16, false),
                 "byte counters; weights in steps; 1 word per step");
  EXPECT_EQ(kernel.passes[0].steps[0].cost, 72u);
  // Four words, one of whose carries is counted; a word alone may carry, too.
  kernel = build("haswell", makeProductSpec(one, one, 64, false),
                 "byte counters; weights after counting; carry-save of depth "
                 "2; 4 words per step");
  ASSERT_EQ(kernel.passes[0].steps.size(), 2u);
  EXPECT_EQ(kernel.passes[0].steps[0].cost, 8u);
  EXPECT_EQ(kernel.passes[0].steps[1].cost, 8u);
  EXPECT_EQ(kernel.passes[0].steps[1].words, 1u);
  // Pairs of bytes in 16 bits.
  kernel = build("cortex-a72", makeProductSpec(one, one, 16, false),
                 "16-bit counters of pairs; weights after counting; 2 words");
  EXPECT_EQ(kernel.passes[0].capacity, 65535u);
  EXPECT_EQ(kernel.passes[0].steps[0].cost, 32u);
}

TEST_F(PlanTest, WeightsAreMultiplied) {
  // Four ANDs, four counts; two products by two, each added to a count, and one
  // more addition; one accumulation of pairs.
  SmallVector<int64_t> two = {1, 2}, negative = {1, -2};
  Kernel kernel = build("cortex-a53", makeProductSpec(two, two, 16, false),
                        "16-bit counters of pairs; weights in steps, "
                        "multiplied; 1 word per step; passes: a0*w0 + 2*a1*w0 "
                        "+ 2*a0*w1 + 4*a1*w1");
  ASSERT_EQ(kernel.passes.size(), 1u);
  EXPECT_EQ(kernel.passes[0].steps[0].cost, 144u);
  unsigned products = 0;
  kernel.passes[0].steps[0].function.walk([&](arith::MulIOp) { ++products; });
  EXPECT_EQ(products, 2u);
  EXPECT_EQ(countLoopInstructions(kernel, 1, target("cortex-a53")), 13.0);
  // What all coefficients of a sign have in common is left to the flush.
  kernel = build("cortex-a53", makeProductSpec(two, negative, 16, false),
                 "16-bit counters of pairs; weights in steps, multiplied; 1 "
                 "word per step; passes: a0*w0 + 2*a1*w0 - 2*a0*w1 - 4*a1*w1");
  products = 0;
  kernel.passes[0].steps[0].function.walk([&](arith::MulIOp) { ++products; });
  EXPECT_EQ(products, 2u);
}

TEST_F(PlanTest, PassesOfWeights) {
  // The factor of the second plane is applied once, after its pass.
  SmallVector<int64_t> two = {1, 2};
  Kernel kernel =
      build("haswell", makeProductSpec(two, two, 64, false),
            "passes: a0*w1 + 2*a1*w1, times 2, then a0*w0 + 2*a1*w0");
  ASSERT_EQ(kernel.passes.size(), 2u);
  EXPECT_EQ(kernel.passes[0].planes, (SmallVector<unsigned>{0, 1, 3}));
}

TEST_F(PlanTest, TablesNeedSharedWords) {
  SmallVector<int64_t> one = {1}, two = {1, 2};
  EXPECT_TRUE(build("haswell", makeProductSpec(two, one, 8, false), "tables")
                  .sharedWords);
  EXPECT_FALSE(
      build("haswell", makeProductSpec(two, one, 8, false), "count bytes")
          .sharedWords);
}

TEST_F(PlanTest, AccumulatorsAreReducedTogether) {
  // Three pairwise additions for four accumulators.
  SmallVector<int64_t> one = {1};
  Kernel kernel = build("cortex-a53", makeProductSpec(one, one, 16, true),
                        "16-bit counters of pairs");
  EXPECT_EQ(kernel.group, 4u);
  unsigned calls = 0;
  kernel.finish.walk([&](LLVM::CallIntrinsicOp op) {
    calls += op.getIntrin() == "llvm.aarch64.neon.addp";
  });
  EXPECT_EQ(calls, 3u);
}

//===----------------------------------------------------------------------===//
// The search
//===----------------------------------------------------------------------===//

TEST_F(SearchTest, IsDeterministic) {
  SmallVector<int64_t> one = {1}, signedTwo = {1, -2};
  SearchOptions options;
  options.maxModelled = 4;
  options.maxRefined = 2;
  options.maxTiles = 2;
  std::string texts[2];
  for (std::string &text : texts) {
    MLIRContext fresh(registry);
    auto result = search(&fresh, makeProductSpec(signedTwo, one, 16, true),
                         target("cortex-a72"), options);
    ASSERT_TRUE(succeeded(result));
    ASSERT_EQ(result->kernels.size(), 1u);
    EXPECT_EQ(result->statistics.proved, 1u);
    // By the solver, not by the linear check alone.
    std::unique_ptr<Solver> solver = Solver::create();
    EXPECT_EQ(result->solver, solver ? solver->getVersion() : "");
    llvm::raw_string_ostream(text) << *result->kernels.front().module;
  }
  EXPECT_EQ(texts[0], texts[1]);
}

TEST_F(SearchTest, NegativeAnswersDiffer) {
  SmallVector<int64_t> one = {1};
  KernelSpec spec = makeProductSpec(one, one, 16, false);
  SearchOptions options;
  options.maxModelled = 1000;
  options.maxEstimate = 1000;
  options.maxProofs = 1000;
  options.model = [](const Kernel &, int64_t, int64_t) { return 1.0; };
  // Nothing is correct, and all was tried.
  unsigned asked = 0;
  options.prove = [&](const Kernel &) {
    ++asked;
    return Verdict::Unknown;
  };
  auto result = search(&context, spec, target("cortex-a53"), options);
  ASSERT_TRUE(succeeded(result));
  EXPECT_EQ(result->outcome, SearchResult::Outcome::Exhausted);
  EXPECT_EQ(result->statistics.unknown, asked);
  EXPECT_TRUE(result->kernels.empty());
  // Not all was tried.
  options.maxProofs = 3;
  result = search(&context, spec, target("cortex-a53"), options);
  ASSERT_TRUE(succeeded(result));
  EXPECT_EQ(result->outcome, SearchResult::Outcome::OutOfBudget);
  EXPECT_EQ(result->statistics.unknown, 3u);
}

} // namespace
