//===- SemanticsTest.cpp - Instructions against their semantics -----------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Executes every instruction of lib/Target/ISA on at least 100,000 vectors and
// compares with what its file says. What neither this machine nor an emulator
// can execute is skipped.
//
//===----------------------------------------------------------------------===//

#include "bitserial/Synthesis/TestHarness.h"

#include "bitserial/Target/Codegen.h"

#include "mlir/IR/MLIRContext.h"

#include "llvm/Support/MemoryBuffer.h"

#include "gtest/gtest.h"

#include <cstring>

using namespace mlir;
using namespace mlir::bitserial;

namespace {

/// One context and set for all tests: the vectors are shared as well.
struct Shared {
  Shared() : context(registry()) {
    context.loadAllAvailableDialects();
    set = InstructionSet::get(&context);
    if (!set)
      return;
    groups = groupInstructions(set->getInstructions());
    tester = std::make_unique<InstructionTester>(*set);
  }
  static DialectRegistry registry() {
    DialectRegistry registry;
    InstructionSet::registerDialects(registry);
    registerCodegenTranslations(registry);
    return registry;
  }
  static Shared &get() {
    static Shared shared;
    return shared;
  }

  MLIRContext context;
  const InstructionSet *set = nullptr;
  std::vector<InstructionGroup> groups;
  std::unique_ptr<InstructionTester> tester;
};

class SemanticsTest : public testing::TestWithParam<size_t> {};

TEST_P(SemanticsTest, agreeWithTheInstructions) {
  const InstructionGroup &group = Shared::get().groups[GetParam()];
  std::string skipped;
  auto results = Shared::get().tester->test(group, skipped);
  if (!results)
    FAIL() << llvm::toString(results.takeError());
  if (!skipped.empty())
    GTEST_SKIP() << group.name() << ": " << skipped;
  EXPECT_EQ(results->size(), group.instructions.size());
  for (const InstructionTestResult &result : *results) {
    EXPECT_EQ(result.failure, "");
    EXPECT_GE(result.vectors, 100000u) << result.instruction->getName().str();
  }
}

std::string testName(const testing::TestParamInfo<size_t> &info) {
  std::string name = Shared::get().groups[info.param].name();
  for (char &c : name)
    if (!isalnum(c))
      c = '_';
  return name;
}

INSTANTIATE_TEST_SUITE_P(All, SemanticsTest,
                         testing::Range<size_t>(0, Shared::get().groups.size()),
                         testName);

//===----------------------------------------------------------------------===//
// The test itself
//===----------------------------------------------------------------------===//

/// The failures that the test finds in a file.
std::vector<std::string> findFailures(StringRef text) {
  auto set = InstructionSet::load(&Shared::get().context, {{"test", text}});
  if (failed(set))
    return {"does not load"};
  InstructionTester tester(**set);
  std::vector<std::string> failures;
  for (const InstructionGroup &group :
       groupInstructions((*set)->getInstructions())) {
    std::string skipped;
    auto results = tester.test(group, skipped);
    if (!results)
      failures.push_back(llvm::toString(results.takeError()));
    else
      for (const InstructionTestResult &result : *results)
        failures.push_back(result.failure);
    if (!skipped.empty())
      failures.push_back("skipped: " + skipped);
  }
  return failures;
}

#define SKIP_IF_SKIPPED(failure)                                               \
  if (StringRef(failure).starts_with("skipped: "))                             \
  GTEST_SKIP() << (failure)

// A published verifier had |a - b| of bytes as the absolute value of the
// wrapped difference. For counts of bits against zero both agree.
TEST(SemanticsTest, wrongDifferenceIsFound) {
  std::vector<std::string> failures = findFailures(R"mlir(
    module @test attributes {isa.arch = "x86-64"} {
      func.func @psadbw(%a: vector<16xi8>, %b: vector<16xi8>) -> vector<2xi64>
          attributes {isa.asm = "psadbw",
                      isa.intrinsic = "llvm.x86.sse2.psad.bw"} {
        %zero = arith.constant dense<0> : vector<16xi8>
        %difference = arith.subi %a, %b : vector<16xi8>
        %negated = arith.subi %zero, %difference : vector<16xi8>
        %absolute = arith.maxsi %difference, %negated : vector<16xi8>
        %wide = arith.extui %absolute : vector<16xi8> to vector<16xi64>
        %rows = vector.shape_cast %wide : vector<16xi64> to vector<2x8xi64>
        %none = arith.constant dense<0> : vector<2xi64>
        %r = vector.multi_reduction <add>, %rows, %none [1]
          : vector<2x8xi64> to vector<2xi64>
        return %r : vector<2xi64>
      }
    })mlir");
  ASSERT_EQ(failures.size(), 1u);
  SKIP_IF_SKIPPED(failures[0]);
  EXPECT_NE(failures[0].find("test.psadbw on vector"), std::string::npos)
      << failures[0];
}

TEST(SemanticsTest, wrongEmulatedInstructionIsFound) {
  std::vector<std::string> failures = findFailures(R"mlir(
    module @test attributes {isa.arch = "AArch64"} {
      func.func @uaddlp(%a: vector<16xi8>) -> vector<8xi16>
          attributes {isa.asm = "uaddlp",
                      isa.intrinsic = "llvm.aarch64.neon.uaddlp"} {
        %even, %odd = vector.deinterleave %a : vector<16xi8> -> vector<8xi8>
        %sum = arith.addi %even, %odd : vector<8xi8>
        %r = arith.extui %sum : vector<8xi8> to vector<8xi16>
        return %r : vector<8xi16>
      }
    })mlir");
  ASSERT_EQ(failures.size(), 1u);
  SKIP_IF_SKIPPED(failures[0]);
  EXPECT_NE(failures[0].find("test.uaddlp on vector"), std::string::npos)
      << failures[0];
}

// One immediate of many, and one bit of the result.
TEST(SemanticsTest, wrongImmediateIsFound) {
  std::vector<std::string> failures = findFailures(R"mlir(
    module @test attributes {isa.arch = "x86-64"} {
      func.func @psrlw(%a: vector<8xi16>, %count: i32) -> vector<8xi16>
          attributes {isa.asm = "psrlw", isa.immediates = [[0, 15]],
                      isa.intrinsic = "llvm.x86.sse2.psrli.w"} {
        %special = arith.constant 13 : i32
        %is_special = arith.cmpi eq, %count, %special : i32
        %plain = arith.trunci %count : i32 to i16
        %count_v = vector.broadcast %plain : i16 to vector<8xi16>
        %shifted = arith.shrui %a, %count_v : vector<8xi16>
        %one = arith.constant dense<1> : vector<8xi16>
        %wrong = arith.ori %shifted, %one : vector<8xi16>
        %r = arith.select %is_special, %wrong, %shifted : vector<8xi16>
        return %r : vector<8xi16>
      }
    })mlir");
  ASSERT_EQ(failures.size(), 1u);
  SKIP_IF_SKIPPED(failures[0]);
  EXPECT_NE(failures[0].find("test.psrlw #13 on vector"), std::string::npos)
      << failures[0];
}

TEST(SemanticsTest, otherInstructionIsFound) {
  std::vector<std::string> failures = findFailures(R"mlir(
    module @test attributes {isa.arch = "x86-64"} {
      func.func @paddw(%a: vector<8xi16>, %b: vector<8xi16>) -> vector<8xi16>
          attributes {isa.asm = "paddd"} {
        %r = arith.addi %a, %b : vector<8xi16>
        return %r : vector<8xi16>
      }
    })mlir");
  ASSERT_EQ(failures.size(), 1u);
  SKIP_IF_SKIPPED(failures[0]);
  EXPECT_NE(failures[0].find("none of its mnemonics paddd is in the code"),
            std::string::npos)
      << failures[0];
}

// What docs/synthesis.md says of how to add an instruction: its example is
// right, and would be found to be wrong if it rounded down.
TEST(SemanticsTest, exampleOfTheDocs) {
  auto page = llvm::MemoryBuffer::getFile(BITSERIAL_DOCS "/synthesis.md");
  ASSERT_TRUE(bool(page));
  auto [before, rest] = (*page)->getBuffer().split("```mlir\nmodule @avx2 ");
  ASSERT_FALSE(rest.empty());
  std::string text = ("module @avx2 " + rest.split("```").first).str();
  std::vector<std::string> failures = findFailures(text);
  ASSERT_EQ(failures.size(), 1u);
  SKIP_IF_SKIPPED(failures[0]);
  EXPECT_EQ(failures[0], "");

  size_t at = text.find("shrui %rounded");
  ASSERT_NE(at, std::string::npos);
  text.replace(at, strlen("shrui %rounded"), "shrui %sum");
  failures = findFailures(text);
  ASSERT_EQ(failures.size(), 1u);
  EXPECT_NE(failures[0].find("avx2.vpavgb on vector"), std::string::npos)
      << failures[0];
}

// No CPU made since 2017 has XOP.
TEST(SemanticsTest, missingFeaturesAreReported) {
  std::vector<std::string> failures = findFailures(R"mlir(
    module @test attributes {isa.arch = "x86-64", isa.feature = "xop"} {
      func.func @paddw(%a: vector<8xi16>, %b: vector<8xi16>) -> vector<8xi16>
          attributes {isa.asm = "paddw"} {
        %r = arith.addi %a, %b : vector<8xi16>
        return %r : vector<8xi16>
      }
    })mlir");
  ASSERT_EQ(failures.size(), 1u);
  EXPECT_TRUE(StringRef(failures[0]).starts_with("skipped: ")) << failures[0];
}

} // namespace
