//===- SearchTest.cpp - Tests of the search for kernels -------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Synthesis/Search.h"

#include "bitserial/Synthesis/Fragment.h"
#include "bitserial/Synthesis/InstructionRoles.h"

#include "TestUtils.h"

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
  static KernelSpec spec(ArrayRef<int64_t> a, ArrayRef<int64_t> w,
                         unsigned word, bool isReduction) {
    BitPolynomial x, y;
    for (auto [i, weight] : llvm::enumerate(a))
      x = x + BitPolynomial::constant(weight) * BitPolynomial::variable(i);
    for (auto [i, weight] : llvm::enumerate(w))
      y = y + BitPolynomial::constant(weight) *
                  BitPolynomial::variable(a.size() + i);
    return KernelSpec::get({unsigned(a.size()), unsigned(w.size())}, x * y,
                           word, isReduction)
        ->first;
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
  const BitwiseSequence *fused = library.getAdder({1, 2, 2});
  ASSERT_TRUE(fused);
  EXPECT_EQ(fused->ops.size(), 3u) << fused->str();
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
        options.prove = [](const Kernel &) { return Verdict::Proved; };
        options.model = [](const Kernel &, int64_t, int64_t) { return 1.0; };
        auto result = search(&context, spec(a, w, c.word, c.isReduction),
                             target(c.cpu), options);
        ASSERT_TRUE(succeeded(result)) << diagnostics;
        EXPECT_EQ(result->statistics.screenedOut, 0u)
            << c.cpu.str() << ": " << result->statistics.str();
        EXPECT_EQ(result->outcome, SearchResult::Outcome::Found);
      }
  }
}

} // namespace
