//===- TargetTest.cpp - Tests of the description of targets ---------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Target/Target.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/Target/TargetMachine.h"
#include "llvm/TargetParser/Host.h"

#include "gtest/gtest.h"

using namespace mlir::bitserial;
using llvm::StringRef;

namespace {

Target get(StringRef cpu, StringRef features = "") {
  llvm::Expected<Target> target = Target::get(cpu, features);
  if (!target) {
    ADD_FAILURE() << cpu.str() << ": " << llvm::toString(target.takeError());
    return llvm::cantFail(Target::get("x86-64"));
  }
  return *target;
}

std::string errorOf(StringRef cpu, StringRef features = "") {
  llvm::Expected<Target> target = Target::get(cpu, features);
  if (target)
    return "no error";
  return llvm::toString(target.takeError());
}

/// The widths of the lanes that one instruction counts the bits of.
std::string popcountLanes(const Target &target) {
  std::string lanes;
  for (unsigned bits : {8, 16, 32, 64})
    if (target.hasVectorPopcount(bits))
      lanes += std::to_string(bits) + " ";
  return lanes;
}

//===----------------------------------------------------------------------===//
// What the families answer
//===----------------------------------------------------------------------===//

struct Facts {
  const char *cpu;
  const char *features;
  Arch arch;
  unsigned vectorBits, vectorRegisters, preferredWordBits;
  const char *popcountLanes;
  const char *costModelCpu;
};

std::ostream &operator<<(std::ostream &os, const Facts &facts) {
  return os << facts.cpu << " \"" << facts.features << '"';
}

class FactsTest : public testing::TestWithParam<Facts> {};

TEST_P(FactsTest, areAnswered) {
  const Facts &facts = GetParam();
  Target target = get(facts.cpu, facts.features);
  EXPECT_EQ(target.arch(), facts.arch);
  EXPECT_EQ(target.vectorBits(), facts.vectorBits);
  EXPECT_EQ(target.vectorRegisters(), facts.vectorRegisters);
  EXPECT_EQ(target.preferredWordBits(), facts.preferredWordBits);
  EXPECT_EQ(popcountLanes(target), facts.popcountLanes);
  EXPECT_EQ(target.costModelCpu(), facts.costModelCpu);
  EXPECT_EQ(target.pointerBits(), facts.arch == Arch::ARM ? 32u : 64u);
}

constexpr Arch x86 = Arch::X86_64, a64 = Arch::AArch64, arm = Arch::ARM;

INSTANTIATE_TEST_SUITE_P(
    Targets, FactsTest,
    testing::Values(
        Facts{"x86-64", "", x86, 128, 16, 64, "", "x86-64"},
        Facts{"x86-64-v2", "", x86, 128, 16, 64, "", "x86-64-v2"},
        // AVX without AVX2 has no integer vectors of 256 bits.
        Facts{"sandybridge", "", x86, 128, 16, 64, "", "sandybridge"},
        Facts{"haswell", "", x86, 256, 16, 64, "", "haswell"},
        Facts{"x86-64-v3", "", x86, 256, 16, 64, "", "x86-64-v3"},
        Facts{"skylake-avx512", "", x86, 512, 32, 64, "", "skylake-avx512"},
        Facts{"skylake-avx512", "+prefer-256-bit", x86, 256, 32, 64, "",
              "skylake-avx512"},
        Facts{"icelake-server", "", x86, 512, 32, 32, "8 16 32 64 ",
              "icelake-server"},
        Facts{"icelake-server", "-avx512bitalg", x86, 512, 32, 32, "32 64 ",
              "icelake-server"},
        Facts{"icelake-server", "+prefer-256-bit", x86, 256, 32, 32,
              "8 16 32 64 ", "icelake-server"},
        Facts{"sapphirerapids", "", x86, 512, 32, 32, "8 16 32 64 ",
              "sapphirerapids"},
        Facts{"znver4", "", x86, 512, 32, 32, "8 16 32 64 ", "znver4"},
        // A feature that the named CPU lacks is costed by one that has it.
        Facts{"x86-64-v4", "+avx512vpopcntdq", x86, 512, 32, 32, "32 64 ",
              "icelake-server"},
        Facts{"rocketlake", "+amx-tile", x86, 512, 32, 32, "8 16 32 64 ",
              "sapphirerapids"},
        Facts{"x86-64", "+avx2", x86, 256, 16, 64, "", "skylake"},
        Facts{"cortex-a53", "", a64, 128, 32, 16, "8 ", "cortex-a53"},
        Facts{"cortex-a72", "", a64, 128, 32, 16, "8 ", "cortex-a72"},
        Facts{"neoverse-n1", "", a64, 128, 32, 16, "8 ", "neoverse-n1"},
        Facts{"cortex-a76", "", a64, 128, 32, 16, "8 ", "neoverse-n1"},
        Facts{"apple-m1", "", a64, 128, 32, 16, "8 ", "apple-a14"},
        Facts{"generic", "", a64, 128, 32, 16, "8 ", "generic"},
        // SVE is there, NEON is used.
        Facts{"neoverse-v1", "", a64, 128, 32, 16, "8 ", "neoverse-v1"},
        Facts{"cortex-a7", "", arm, 128, 16, 16, "8 ", "cortex-r52"},
        Facts{"cortex-a9", "", arm, 128, 16, 16, "8 ", "cortex-a9"},
        Facts{"cortex-a15", "", arm, 128, 16, 16, "8 ", "cortex-a15"},
        Facts{"arm:cortex-a53", "", arm, 128, 16, 16, "8 ", "cortex-r52"},
        Facts{"arm:cortex-a76", "", arm, 128, 16, 16, "8 ", "cortex-a57"}));

//===----------------------------------------------------------------------===//
// Names and triples
//===----------------------------------------------------------------------===//

TEST(TargetNames, triples) {
  EXPECT_EQ(get("haswell").triple().str(), "x86_64-unknown-linux-gnu");
  EXPECT_EQ(get("cortex-a53").triple().str(), "aarch64-unknown-linux-gnu");
  EXPECT_EQ(get("cortex-a7").triple().str(), "armv7-unknown-linux-gnueabihf");
  EXPECT_EQ(get("arm:cortex-a53").triple().str(),
            "armv7-unknown-linux-gnueabihf");
  EXPECT_EQ(get("armv7-linux-gnueabi:cortex-a53").triple().str(),
            "armv7-unknown-linux-gnueabi");
  EXPECT_EQ(get("x86_64:generic").arch(), Arch::X86_64);
  EXPECT_TRUE(get("aarch64-apple-macosx:apple-m1").triple().isOSDarwin());
}

TEST(TargetNames, aliasesAreResolved) {
  EXPECT_EQ(get("apple-m1").cpu(), "apple-a14");
  EXPECT_EQ(get(" haswell ").cpu(), "haswell");
}

TEST(TargetNames, everyListedCpuIsAccepted) {
  for (auto [arch, prefix] :
       {std::pair(x86, "x86_64:"), std::pair(a64, "aarch64:"),
        std::pair(arm, "armv7:")}) {
    std::vector<std::string> names = Target::cpuNames(arch);
    EXPECT_GT(names.size(), 30u);
    for (const std::string &name : names)
      EXPECT_EQ(get(prefix + name).arch(), arch) << name;
  }
}

TEST(TargetNames, unknownCpu) {
  EXPECT_EQ(errorOf("haswel"), "unknown CPU 'haswel'; did you mean 'haswell'?");
  EXPECT_EQ(errorOf("cortexa53"),
            "unknown CPU 'cortexa53'; did you mean 'cortex-a53'?");
  EXPECT_EQ(errorOf("Native"), "unknown CPU 'Native'; did you mean 'native'?");
  EXPECT_EQ(errorOf("znver"), "unknown CPU 'znver'; did you mean 'znver1', "
                              "'znver2' or 'znver3'?");
  EXPECT_EQ(errorOf("potato"),
            "unknown CPU 'potato'; 'bitserial-compile --list-targets' prints "
            "the known ones");
  EXPECT_EQ(errorOf("aarch64-linux-gnu:haswell"),
            "unknown AArch64 CPU 'haswell'; 'bitserial-compile --list-targets' "
            "prints the known ones");
  EXPECT_EQ(errorOf(""), "the name of the target CPU is empty");
  EXPECT_EQ(errorOf("aarch64:"), "target 'aarch64:' names no CPU after the "
                                 "':'");
}

TEST(TargetNames, unsupportedArchitecture) {
  for (StringRef triple : {"riscv64", "aarch64_be", "i686", "thumbv7"})
    EXPECT_EQ(errorOf((triple + "-linux-gnu:generic").str()),
              ("unsupported architecture '" + triple + "' in target '" +
               triple +
               "-linux-gnu:generic'; supported are x86_64, aarch64 and armv7")
                  .str());
}

TEST(TargetNames, cpusWithoutWhatCodeNeeds) {
  EXPECT_EQ(errorOf("pentium4"), "the x86-64 CPU 'pentium4' lacks 64-bit mode "
                                 "('64bit'), which all generated code needs");
  EXPECT_EQ(errorOf("cortex-m4"),
            "the ARM CPU 'cortex-m4' lacks the NEON vector unit ('neon'), "
            "which all generated code needs");
  EXPECT_EQ(errorOf("arm926ej-s"),
            "the ARM CPU 'arm926ej-s' lacks ARMv7 ('v7'), which all generated "
            "code needs");
}

//===----------------------------------------------------------------------===//
// Features
//===----------------------------------------------------------------------===//

TEST(TargetFeatures, removingRemovesWhatImpliesIt) {
  Target target = get("icelake-server", "-avx512f");
  for (StringRef name : {"avx512f", "avx512bw", "avx512vl", "avx512vpopcntdq",
                         "avx512bitalg", "avx512vnni", "avx512vbmi"}) {
    EXPECT_FALSE(target.hasFeature(name)) << name.str();
    EXPECT_TRUE(StringRef(target.featureString()).contains(("-" + name).str()))
        << name.str();
  }
  EXPECT_TRUE(target.hasFeature("avx2"));
  EXPECT_EQ(target.vectorBits(), 256u);
  EXPECT_EQ(get("icelake-server", "-avx2").vectorBits(), 128u);
  EXPECT_FALSE(get("icelake-server", "-avx2").hasFeature("avx512f"));
}

TEST(TargetFeatures, addingAddsWhatItImplies) {
  Target target = get("x86-64", "+avx512vpopcntdq");
  EXPECT_TRUE(target.hasFeature("avx512f"));
  EXPECT_TRUE(target.hasFeature("avx2"));
  // 512-bit kernels take byte operations and the VL forms as well.
  EXPECT_EQ(target.vectorBits(), 256u);
  EXPECT_EQ(get("x86-64", "+avx512vpopcntdq,+avx512bw,+avx512vl").vectorBits(),
            512u);
}

TEST(TargetFeatures, armHasNeonByDefault) {
  EXPECT_TRUE(get("cortex-a7").hasFeature("neon"));
  EXPECT_TRUE(get("cortex-a9").hasFeature("neon"));
  EXPECT_TRUE(StringRef(get("cortex-a9").featureString()).contains("+neon"));
}

TEST(TargetFeatures, unknownNamesAreAbsent) {
  EXPECT_FALSE(get("haswell").hasFeature("neon"));
  EXPECT_FALSE(get("haswell").hasFeature("no-such-thing"));
}

TEST(TargetFeatures, errors) {
  EXPECT_EQ(errorOf("haswell", "avx2"),
            "the feature 'avx2' has no sign; write '+avx2' to add it or "
            "'-avx2' to remove it");
  EXPECT_EQ(errorOf("haswell", "+avx2,,-bmi"),
            "empty entry in the features '+avx2,,-bmi'");
  EXPECT_EQ(errorOf("haswell", "+avx512_vpopcntdq"),
            "unknown x86-64 feature 'avx512_vpopcntdq'; did you mean "
            "'avx512vpopcntdq'?");
  EXPECT_EQ(errorOf("haswell", "+frobnicate"),
            "unknown x86-64 feature 'frobnicate'");
  EXPECT_EQ(errorOf("cortex-a53", "+avx2"),
            "unknown AArch64 feature 'avx2': it belongs to x86-64, but the "
            "target CPU is 'cortex-a53'");
  EXPECT_EQ(errorOf("haswell", "+avx2,-avx2"),
            "the features '+avx2' and '-avx2' contradict each other");
  EXPECT_EQ(errorOf("haswell", "+avx512vpopcntdq,-avx512f"),
            "the features '+avx512vpopcntdq' and '-avx512f' contradict each "
            "other: 'avx512vpopcntdq' needs 'avx512f'");
  EXPECT_EQ(errorOf("haswell", "-avx512f, +avx512vpopcntdq"),
            "the features '-avx512f' and '+avx512vpopcntdq' contradict each "
            "other: 'avx512vpopcntdq' needs 'avx512f'");
  EXPECT_EQ(errorOf("haswell", "+soft-float"),
            "the feature 'soft-float' cannot be changed: it is decided by the "
            "architecture, x86-64");
}

TEST(TargetFeatures, whatCodeNeedsCannotBeRemoved) {
  EXPECT_EQ(errorOf("haswell", "-sse2"),
            "the feature 'sse2' cannot be removed: all code for x86-64 needs "
            "SSE2 vectors ('sse2')");
  EXPECT_EQ(errorOf("cortex-a53", "-neon"),
            "the feature 'neon' cannot be removed: all code for AArch64 needs "
            "the NEON vector unit ('neon')");
  EXPECT_EQ(errorOf("cortex-a53", "-fp-armv8"),
            "the feature 'fp-armv8' cannot be removed: all code for AArch64 "
            "needs the NEON vector unit ('neon')");
  EXPECT_EQ(errorOf("cortex-a9", "-neon"),
            "the feature 'neon' cannot be removed: all code for ARM needs the "
            "NEON vector unit ('neon')");
}

/// featureString() and cpu() given to LLVM yield the features they came from.
TEST(TargetFeatures, stringIsComplete) {
  for (auto [cpu, features] :
       {std::pair("haswell", ""), std::pair("native", ""),
        std::pair("native", "-avx2"), std::pair("icelake-server", "-avx512f"),
        std::pair("icelake-server", "-avx512vl"), std::pair("cortex-a7", ""),
        std::pair("neoverse-n1", "-lse"), std::pair("apple-m1", "-dotprod")}) {
    if (StringRef(cpu) == "native" &&
        llvm::Triple(llvm::sys::getProcessTriple()).getArch() !=
            llvm::Triple::x86_64)
      continue;
    Target target = get(cpu, features);
    std::unique_ptr<llvm::TargetMachine> machine =
        llvm::cantFail(target.createTargetMachine());
    for (const llvm::SubtargetFeatureKV &kv :
         target.subtarget().getAllProcessorFeatures())
      EXPECT_EQ(machine->getMCSubtargetInfo()->hasFeature(kv.Value),
                target.hasFeature(kv.Key))
          << cpu << " " << kv.Key;
  }
}

//===----------------------------------------------------------------------===//
// This machine
//===----------------------------------------------------------------------===//

TEST(TargetHost, nativeHasTheFeaturesOfTheMachine) {
  Target native = get("native");
  for (const auto &entry : llvm::sys::getHostCPUFeatures())
    if (entry.second)
      EXPECT_TRUE(native.hasFeature(entry.first())) << entry.first().str();
  EXPECT_TRUE(native.isHostRunnable());
}

TEST(TargetHost, otherMachinesAreNotRunnable) {
  Target native = get("native");
  std::string reason;
  Target other = get(native.arch() == x86 ? "cortex-a53" : "haswell");
  EXPECT_FALSE(other.isHostRunnable(&reason));
  EXPECT_EQ(reason, "the target is " + stringifyArch(other.arch()).str() +
                        ", this machine is " +
                        stringifyArch(native.arch()).str());
  if (native.arch() != x86)
    GTEST_SKIP();
  EXPECT_TRUE(get("x86-64").isHostRunnable());
  EXPECT_FALSE(get("x86_64-apple-macosx:x86-64").isHostRunnable(&reason));
  EXPECT_TRUE(get("native", "-avx2").isHostRunnable());
  // XOP was dropped before AVX-512 came: no CPU has both.
  EXPECT_FALSE(get("x86-64", "+xop,+avx512f").isHostRunnable(&reason));
  EXPECT_TRUE(StringRef(reason).starts_with("this machine lacks the features"))
      << reason;
}

} // namespace
