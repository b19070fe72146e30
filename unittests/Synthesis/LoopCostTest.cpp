//===- LoopCostTest.cpp - Cycles of loops with known limits --------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Synthesis/LoopCost.h"

#include "llvm/Support/FormatVariadic.h"
#include "gtest/gtest.h"

using namespace mlir::bitserial;

namespace {

std::unique_ptr<LoopAnalyzer> makeAnalyzer(llvm::StringRef cpu,
                                           llvm::StringRef features = "") {
  return llvm::cantFail(
      LoopAnalyzer::create(llvm::cantFail(Target::get(cpu, features))));
}

/// The loops of a function @f with the given body.
llvm::Expected<std::vector<LoopCost>> analyze(llvm::StringRef cpu,
                                              llvm::StringRef body) {
  return makeAnalyzer(cpu)->analyze(("f:\n" + body).str(), "f");
}

/// The message of what must be an error.
template <typename T> std::string messageOf(llvm::Expected<T> result) {
  if (!result)
    return llvm::toString(result.takeError());
  return "no error";
}

/// The only loop of @f.
LoopCost analyzeOne(llvm::StringRef cpu, llvm::StringRef body) {
  auto loops = analyze(cpu, body);
  if (!loops) {
    ADD_FAILURE() << llvm::toString(loops.takeError());
    return {};
  }
  if (loops->size() != 1) {
    ADD_FAILURE() << loops->size() << " loops";
    return {};
  }
  return loops->front();
}

TEST(LoopCost, PortsOfHaswell) {
  // Two ports add vectors.
  LoopCost adds = analyzeOne("haswell", R"(
.LBB0_1:
  vpaddd %ymm0, %ymm1, %ymm2
  vpaddd %ymm0, %ymm1, %ymm3
  vpaddd %ymm0, %ymm1, %ymm4
  vpaddd %ymm0, %ymm1, %ymm5
  decq %rax
  jne .LBB0_1
  retq
)");
  EXPECT_NEAR(adds.cycles, 2, 0.01);
  EXPECT_EQ(adds.cycles, adds.simulatedCycles);
  EXPECT_EQ(adds.inOrderBound, 0);
  EXPECT_EQ(adds.label, ".LBB0_1");
  EXPECT_EQ(adds.instructions, 6u);
  EXPECT_EQ(adds.vectorOps, 4u);
  EXPECT_EQ(adds.loads, 0u);
  EXPECT_EQ(adds.stores, 0u);
  EXPECT_EQ(adds.depth, 1u);
  EXPECT_TRUE(adds.isInnermost);
  EXPECT_FALSE(adds.parent);
  EXPECT_FALSE(adds.tripCount);
  EXPECT_EQ(adds.assembly.front(), "vpaddd %ymm0, %ymm1, %ymm2");

  // One port shuffles.
  LoopCost shuffles = analyzeOne("haswell", R"(
.LBB0_1:
  vpshufb %ymm0, %ymm1, %ymm2
  vpshufb %ymm0, %ymm1, %ymm3
  vpshufb %ymm0, %ymm1, %ymm4
  decq %rax
  jne .LBB0_1
  retq
)");
  EXPECT_NEAR(shuffles.cycles, 3, 0.01);
  EXPECT_EQ(shuffles.bottleneck, "HWPort5");
  EXPECT_NEAR(shuffles.bottleneckCycles, 3, 0.2);
}

TEST(LoopCost, LatencyOfARecurrence) {
  LoopCost chain = analyzeOne("haswell", R"(
.LBB0_1:
  vpaddd %ymm0, %ymm1, %ymm1
  vpaddd %ymm0, %ymm1, %ymm1
  vpaddd %ymm0, %ymm1, %ymm1
  decq %rax
  jne .LBB0_1
  retq
)");
  EXPECT_NEAR(chain.cycles, 3, 0.01);
}

TEST(LoopCost, LoadsStoresAndSpills) {
  LoopCost loop = analyzeOne("haswell", R"(
.LBB0_1:
  vmovdqu (%rdi), %ymm0                # a load
  vpand 32(%rdi), %ymm0, %ymm1         # an operation and a load
  vmovdqu %ymm1, (%rsi)                # a store
  vmovdqu %ymm1, -32(%rsp)             # a spill
  vpaddd -64(%rsp), %ymm1, %ymm2       # a reload and an operation
  vpbroadcastq (%rdx), %ymm3           # a load
  movq (%rdx), %rcx                    # a load, not of a vector
  decq %rax
  jne .LBB0_1
  retq
)");
  EXPECT_EQ(loop.vectorOps, 2u);
  EXPECT_EQ(loop.loads, 5u);
  EXPECT_EQ(loop.stores, 2u);
  EXPECT_EQ(loop.stackAccesses, 2u);
}

TEST(LoopCost, SpillsThroughAComputedAddress) {
  LoopCost loop = analyzeOne("cortex-a7", R"(
.LBB0_1:
  add r0, sp, #48
  vst1.64 {d0, d1}, [r0:128]
  add r0, r1, #16
  vld1.64 {d2, d3}, [r0:128]
  subs r2, r2, #1
  bne .LBB0_1
  bx lr
)");
  EXPECT_EQ(loop.loads, 1u);
  EXPECT_EQ(loop.stores, 1u);
  EXPECT_EQ(loop.stackAccesses, 1u);
}

TEST(LoopCost, NestsAndSequences) {
  auto loops = analyze("cortex-a72", R"(
  mov x3, #0
.LBB0_1:
  mov x4, #8
.LBB0_2:
  and v0.16b, v1.16b, v2.16b
  cnt v0.16b, v0.16b
  subs x4, x4, #1
  b.ne .LBB0_2
  uadalp v3.8h, v4.16b
  movi v4.16b, #0
  subs x3, x3, #1
  b.ne .LBB0_1
.LBB0_4:
  ldr q0, [x0], #16
  subs x5, x5, #1
  b.ne .LBB0_4
  ret
)");
  ASSERT_TRUE(bool(loops)) << llvm::toString(loops.takeError());
  ASSERT_EQ(loops->size(), 3u);
  const LoopCost &outer = (*loops)[0], &inner = (*loops)[1],
                 &second = (*loops)[2];
  EXPECT_EQ(outer.label, ".LBB0_1");
  EXPECT_FALSE(outer.isInnermost);
  EXPECT_EQ(outer.instructions, 5u);
  EXPECT_EQ(outer.vectorOps, 2u);
  EXPECT_EQ(inner.label, ".LBB0_2");
  EXPECT_EQ(inner.parent, 0u);
  EXPECT_EQ(inner.depth, 2u);
  EXPECT_TRUE(inner.isInnermost);
  EXPECT_EQ(inner.vectorOps, 2u);
  // Three instructions are dispatched per cycle.
  EXPECT_NEAR(inner.cycles, 4 / 3.0, 0.05);
  EXPECT_EQ(second.depth, 1u);
  EXPECT_FALSE(second.parent);
  EXPECT_EQ(second.loads, 1u);
}

TEST(LoopCost, InOrderCoresHaveABound) {
  // Three operations and 128 bits of loads; a pair of loads counts twice.
  LoopCost loop = analyzeOne("cortex-a53", R"(
.LBB0_1:
  ldr q0, [x0], #16
  ldp q6, q7, [x1], #32
  and v1.16b, v0.16b, v2.16b
  cnt v1.16b, v1.16b
  add v3.16b, v3.16b, v1.16b
  subs x4, x4, #1
  b.ne .LBB0_1
  ret
)");
  EXPECT_EQ(loop.vectorOps, 3u);
  EXPECT_EQ(loop.loads, 2u);
  EXPECT_EQ(loop.inOrderBound, 9);
  EXPECT_GE(loop.cycles, 9);
  EXPECT_GE(loop.cycles, loop.simulatedCycles);
}

TEST(LoopCost, EveryDefaultTargetHasAModel) {
  for (llvm::StringRef cpu :
       {"haswell", "icelake-server", "sapphirerapids", "znver4", "cortex-a53",
        "cortex-a55", "cortex-a72", "neoverse-n1", "cortex-a7", "cortex-a9"})
    EXPECT_EQ(messageOf(LoopAnalyzer::create(llvm::cantFail(Target::get(cpu)))),
              "no error")
        << cpu.str();
}

TEST(LoopCost, ProductsOfBytesCostAsThoseOfHalfwords) {
  // LLVM's model for Neoverse N1 takes them for additions.
  auto cyclesOf = [](llvm::StringRef lanes) {
    std::string code = ".LBB0_1:\n";
    for (unsigned i = 4; i < 12; ++i)
      code += llvm::formatv("  mla v{0}.{1}, v1.{1}, v2.{1}\n", i, lanes);
    return analyzeOne("neoverse-n1",
                      code + "  subs x4, x4, #1\n  b.ne .LBB0_1\n  ret\n")
        .cycles;
  };
  EXPECT_NEAR(cyclesOf("16b"), 16, 0.1);
  EXPECT_EQ(cyclesOf("16b"), cyclesOf("8h"));
}

TEST(LoopCost, GapsOfTheModelOfCortexR52) {
  LoopCost loop = analyzeOne("cortex-a7", R"(
.LBB0_1:
  vld1.16 {d0[], d1[]}, [r0:16], r1
  vld1.8 {d2[], d3[]}, [r0]
  vldmia r2, {d4, d5}
  vldmia r2!, {d4, d5, d6}
  vstmia sp, {d4, d5}
  subs r2, r2, #1
  bne .LBB0_1
  bx lr
)");
  EXPECT_EQ(loop.loads, 4u);
  EXPECT_EQ(loop.stores, 1u);
  EXPECT_EQ(loop.stackAccesses, 1u);
  EXPECT_EQ(loop.vectorOps, 0u);
  EXPECT_GT(loop.simulatedCycles, 4);
}

TEST(LoopCost, TheSameTwice) {
  const char *body = R"(
.LBB0_1:
  vpshufb %ymm0, %ymm1, %ymm2
  vpaddd (%rdi), %ymm2, %ymm3
  decq %rax
  jne .LBB0_1
  retq
)";
  auto analyzer = makeAnalyzer("haswell");
  std::string assembly = std::string("f:\n") + body;
  auto first = llvm::cantFail(analyzer->analyze(assembly, "f"));
  auto second = llvm::cantFail(analyzer->analyze(assembly, "f"));
  EXPECT_EQ(first[0].simulatedCycles, second[0].simulatedCycles);
  EXPECT_EQ(first[0].bottleneck, second[0].bottleneck);
}

TEST(LoopCost, OnlyTheNamedFunction) {
  const char *assembly = R"(
g:
.LBB0_1:
  jne .LBB0_1
  retq
f:
  retq
)";
  auto analyzer = makeAnalyzer("haswell");
  EXPECT_EQ(llvm::cantFail(analyzer->analyze(assembly, "f")).size(), 0u);
  EXPECT_EQ(llvm::cantFail(analyzer->analyze(assembly, "g")).size(), 1u);
  EXPECT_EQ(messageOf(analyzer->analyze(assembly, "h")),
            "the assembly has no function 'h'");
}

TEST(LoopCost, Errors) {
  EXPECT_EQ(
      messageOf(analyze("haswell",
                        ".LBB0_1:\n  callq memcpy\n  jne .LBB0_1\n  retq\n")),
      "the loop at '.LBB0_1' contains a call: 'callq memcpy'");
  // A call elsewhere does no harm.
  EXPECT_EQ(
      messageOf(analyze("haswell",
                        "  callq memcpy\n.LBB0_1:\n  jne .LBB0_1\n  retq\n")),
      "no error");
  EXPECT_EQ(messageOf(analyze("haswell", "  vpfoo %ymm0\n  retq\n")),
            "the assembly cannot be parsed: line 2: invalid instruction "
            "mnemonic 'vpfoo': vpfoo %ymm0");
  EXPECT_EQ(messageOf(analyze("haswell", "  jmpq *%rax\n")),
            "'jmpq *%rax' branches to an address that is not in the "
            "instruction");
  EXPECT_EQ(
      messageOf(analyze("cortex-a7", ".LBB0_1:\n  mcr p15, #0, r0, c7, c5, #0\n"
                                     "  bne .LBB0_1\n  bx lr\n")),
      "the scheduling model of 'cortex-r52' does not describe the "
      "instruction 'mcr p15, #0, r0, c7, c5, #0'");
}

} // namespace
