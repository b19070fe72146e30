//===- InstructionSetTest.cpp - Tests of loading and emission -------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TestUtils.h"

#include "bitserial/Synthesis/Evaluate.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/Verifier.h"

#include <set>

using namespace mlir;
using namespace mlir::bitserial;

namespace {

class InstructionSetTest : public SynthesisTest {
protected:
  const InstructionSet &builtin() {
    const InstructionSet *set = InstructionSet::get(&context);
    EXPECT_TRUE(set) << diagnostics;
    return *set;
  }

  std::string diagnose(StringRef text) {
    diagnostics.clear();
    EXPECT_TRUE(failed(InstructionSet::load(&context, {{"Test.mlir", text}})));
    return diagnostics;
  }
};

Target target(StringRef cpu, StringRef features = "") {
  return llvm::cantFail(Target::get(cpu, features));
}

//===----------------------------------------------------------------------===//
// The built-in instructions
//===----------------------------------------------------------------------===//

TEST_F(InstructionSetTest, oneSetForAContext) {
  EXPECT_EQ(InstructionSet::get(&context), InstructionSet::get(&context));
}

// Loading less for a target leaves out nothing that it has.
TEST_F(InstructionSetTest, setsOfTargets) {
  auto names = [](ArrayRef<const Instruction *> instructions) {
    std::set<std::string> names;
    for (const Instruction *instruction : instructions)
      names.insert(instruction->getName().str());
    return names;
  };
  for (const Target &cpu :
       {target("haswell"), target("x86-64"), target("sapphirerapids"),
        target("cortex-a53"), target("neoverse-n1"), target("cortex-a7")}) {
    const InstructionSet *some = InstructionSet::get(&context, cpu);
    ASSERT_TRUE(some) << diagnostics;
    EXPECT_EQ(InstructionSet::get(&context, cpu), some);
    EXPECT_LT(some->getInstructions().size(),
              builtin().getInstructions().size());
    EXPECT_EQ(names(some->getAvailable(cpu)),
              names(builtin().getAvailable(cpu)));
  }
}

TEST_F(InstructionSetTest, lookup) {
  const Instruction *psadbw = builtin().lookup("avx2.vpsadbw");
  ASSERT_TRUE(psadbw);
  EXPECT_EQ(psadbw->getArch(), Arch::X86_64);
  EXPECT_EQ(psadbw->getFeatures(), ArrayRef<StringRef>{"avx2"});
  EXPECT_EQ(psadbw->getMnemonics(), ArrayRef<StringRef>{"vpsadbw"});
  EXPECT_EQ(psadbw->getIntrinsic(), "llvm.x86.avx2.psad.bw");
  EXPECT_EQ(psadbw->getOperandTypes().size(), 2u);
  const Instruction *ternlog = builtin().lookup("avx512f.vpternlogd_256");
  ASSERT_TRUE(ternlog);
  EXPECT_EQ(ternlog->getFeatures(),
            (ArrayRef<StringRef>{"avx512f", "avx512vl"}));
  ASSERT_EQ(ternlog->getImmediates().size(), 1u);
  EXPECT_EQ(ternlog->getImmediates()[0].max, 255);
  EXPECT_EQ(ternlog->getOperandTypes().size(), 3u);
  EXPECT_FALSE(builtin().lookup("avx2.nothing"));
  // A helper is no instruction.
  EXPECT_FALSE(builtin().lookup("avx2.lookup_8"));
}

TEST_F(InstructionSetTest, targetsHaveTheirInstructions) {
  auto has = [&](const Target &target, StringRef name) {
    const Instruction *instruction = builtin().lookup(name);
    EXPECT_TRUE(instruction) << name.str();
    bool isAvailable = instruction->isAvailable(target);
    EXPECT_EQ(llvm::is_contained(builtin().getAvailable(target), instruction),
              isAvailable);
    return isAvailable;
  };
  EXPECT_TRUE(has(target("haswell"), "avx2.vpsadbw"));
  EXPECT_TRUE(has(target("haswell"), "sse2.psadbw"));
  EXPECT_FALSE(has(target("haswell"), "avx512bw.vpsadbw"));
  EXPECT_FALSE(has(target("haswell", "-avx2"), "avx2.vpsadbw"));
  EXPECT_TRUE(has(target("icelake-server"), "avx512vpopcntdq.vpopcntd"));
  EXPECT_TRUE(has(target("icelake-server"), "avx512vnni.vpdpbusd"));
  EXPECT_FALSE(has(target("skylake-avx512"), "avx512vnni.vpdpbusd"));
  EXPECT_TRUE(has(target("cortex-a53"), "neon.uadalp_16b"));
  EXPECT_FALSE(has(target("cortex-a53"), "dotprod.udot_16b"));
  EXPECT_TRUE(has(target("neoverse-n1"), "dotprod.udot_16b"));
  EXPECT_FALSE(has(target("neoverse-n1"), "i8mm.ummla"));
  EXPECT_TRUE(has(target("cortex-a7"), "armv7.vpadal_u16b"));
  EXPECT_FALSE(has(target("cortex-a7"), "neon.uadalp_16b"));
}

// A feature that LLVM does not know would make an instruction vanish.
TEST_F(InstructionSetTest, featuresExist) {
  std::set<std::pair<Arch, StringRef>> features;
  for (const Instruction &instruction : builtin().getInstructions())
    for (StringRef feature : instruction.getFeatures())
      features.insert({instruction.getArch(), feature});
  for (auto [arch, feature] : features) {
    StringRef cpu = arch == Arch::X86_64    ? "x86-64"
                    : arch == Arch::AArch64 ? "aarch64-linux-gnu:generic"
                                            : "armv7-linux-gnueabihf:generic";
    auto target = Target::get(cpu, ("+" + feature).str());
    if (!target)
      ADD_FAILURE() << llvm::toString(target.takeError());
    else
      EXPECT_TRUE(target->hasFeature(feature)) << feature.str();
  }
}

//===----------------------------------------------------------------------===//
// Emission
//===----------------------------------------------------------------------===//

// The emitted ops mean what the instruction means.
TEST_F(InstructionSetTest, emittedCodeHasTheMeaning) {
  const InstructionSet &set = builtin();
  std::mt19937_64 random(3);
  for (const Instruction &instruction : set.getInstructions())
    for (ArrayRef<int64_t> immediates : someImmediates(instruction)) {
      OpBuilder builder(&context);
      Location loc = builder.getUnknownLoc();
      OwningOpRef<ModuleOp> module = ModuleOp::create(loc);
      builder.setInsertionPointToEnd(module->getBody());
      auto function = func::FuncOp::create(
          builder, loc, "f",
          builder.getFunctionType(instruction.getOperandTypes(),
                                  instruction.getResultType()));
      builder.setInsertionPointToEnd(function.addEntryBlock());
      Value result = InstructionSet::emit(builder, loc, instruction,
                                          function.getArguments(), immediates);
      func::ReturnOp::create(builder, loc, result);
      ASSERT_TRUE(succeeded(verify(*module))) << diagnostics;

      if (!instruction.getIntrinsic().empty()) {
        Operation *op = result.getDefiningOp();
        const Instruction *match = set.match(op);
        ASSERT_TRUE(match) << instruction.getName().str();
        EXPECT_EQ(match->getIntrinsic(), instruction.getIntrinsic());
      }
      auto emitted = set.getProgram(function.getArguments(), result);
      ASSERT_TRUE(succeeded(emitted)) << diagnostics;
      LaneProgram defined = set.getProgram(instruction, immediates);
      auto inputs = randomInputs(defined, random);
      EXPECT_EQ(evaluate(*emitted, inputs), evaluate(defined, inputs))
          << instruction.getName().str();
    }
}

TEST_F(InstructionSetTest, otherIntrinsicsDoNotMatch) {
  for (StringRef call :
       {// Another type.
        "\"llvm.aarch64.neon.uaddlp\"(%a) : (vector<16xi8>) -> vector<16xi8>",
        // An immediate out of range, and one that is variable.
        "\"llvm.aarch64.neon.vsri\"(%a, %a, %zero) : (vector<16xi8>, "
        "vector<16xi8>, i32) -> vector<16xi8>",
        "\"llvm.aarch64.neon.vsri\"(%a, %a, %n) : (vector<16xi8>, "
        "vector<16xi8>, i32) -> vector<16xi8>",
        "\"llvm.aarch64.neon.nothing\"(%a) : (vector<16xi8>) -> "
        "vector<16xi8>"}) {
    diagnostics.clear();
    func::FuncOp function =
        parse(("func.func @f(%a: vector<16xi8>, %n: i32) -> vector<16xi8> {\n"
               "  %zero = llvm.mlir.constant(0 : i32) : i32\n"
               "  %r = llvm.call_intrinsic " +
               call + "\n  return %r : vector<16xi8>\n}")
                  .str());
    Operation *op = function.getBody()
                        .front()
                        .getTerminator()
                        ->getOperand(0)
                        .getDefiningOp();
    EXPECT_FALSE(builtin().match(op)) << call.str();
    EXPECT_TRUE(failed(
        builtin().getProgram(function.getArguments(), op->getResults())));
    EXPECT_NE(diagnostics.find("has no meaning in lanes of bits"),
              std::string::npos)
        << diagnostics;
  }
}

//===----------------------------------------------------------------------===//
// Mistakes in files
//===----------------------------------------------------------------------===//

constexpr const char *header =
    R"mlir(module @test attributes {isa.arch = "x86-64"} {
)mlir";

TEST_F(InstructionSetTest, mistakesArePointedAt) {
  std::pair<StringRef, StringRef> cases[] = {
      {R"mlir(func.func @f(%a: i8) -> i8 attributes {isa.asm = "x"} {
        return %b : i8
      })mlir",
       "\"Test.mlir\":3:16): use of undeclared SSA value name"},
      {R"mlir(func.func @f(%a: i8) -> i8 {
        return %a : i8
      })mlir",
       "\"Test.mlir\":2:1): 'func.func' op needs the attribute 'isa.asm'"},
      {R"mlir(func.func @f(%a: i8) -> i8 attributes {isa.asm = "x", isa.asn = 1} {
        return %a : i8
      })mlir",
       "has an attribute \"isa.asn\", which means nothing"},
      {R"mlir(func.func @f(%a: i8) -> i8
          attributes {isa.asm = "x", isa.intrinsic = "llvm.x86.none"} {
        return %a : i8
      })mlir",
       "has an 'isa.intrinsic' that LLVM does not know: \"llvm.x86.none\""},
      {R"mlir(func.func @f(%a: i8) attributes {isa.asm = "x"} {
        return
      })mlir",
       "must have one result"},
      {R"mlir(func.func @f(%a: vector<4xi4>) -> vector<4xi4>
          attributes {isa.asm = "x"} {
        return %a : vector<4xi4>
      })mlir",
       "uses 'vector<4xi4>'; instructions work on integers of 8, 16, 32 or 64"},
      {R"mlir(func.func @f(%a: i8, %n: i8) -> i8
          attributes {isa.asm = "x", isa.immediates = [[0, 256]]} {
        return %a : i8
      })mlir",
       "needs 'isa.immediates' to be a list of [min, max]"},
      {R"mlir(func.func @f(%a: i8, %n: i8) -> i8
          attributes {isa.asm = "x", isa.immediates = [0]} {
        return %a : i8
      })mlir",
       "needs 'isa.immediates' to be a list of [min, max]"},
      {R"mlir(func.func @f(%a: i8, %n: i8) -> i8
          attributes {isa.asm = "x", isa.immediates = [[0, 8]]} {
        %r = arith.shli %a, %n : i8
        return %r : i8
      })mlir",
       "\"Test.mlir\":4:14): 'arith.shli' op shifts by the width of a lane or "
       "more"},
      {R"mlir(func.func @f(%a: i8, %n: i8) -> i8 attributes {isa.asm = "x"} {
        %r = arith.shli %a, %n : i8
        return %r : i8
      })mlir",
       "'arith.shli' op shifts by an amount that is not constant"},
      {R"mlir(func.func @f(%a: i8) -> i8 attributes {isa.asm = "x"} {
        %r = call @g(%a) : (i8) -> i8
        return %r : i8
      }
      func.func private @g(i8) -> i8)mlir",
       "\"Test.mlir\":3:14): 'func.call' op calls 'g', which has no body"},
      {R"mlir(func.func @f(%a: i8) -> i8 attributes {isa.asm = "x"} {
        %r = call @f(%a) : (i8) -> i8
        return %r : i8
      })mlir",
       "calls itself"},
      {R"mlir(func.func @f(%a: f32) -> f32 attributes {isa.asm = "x"} {
        return %a : f32
      })mlir",
       "uses 'f32'; instructions work on integers"},
      {"llvm.mlir.global internal constant @x(1 : i32) : i32",
       "is not a function"},
  };
  for (auto [text, message] : cases) {
    std::string diagnostic = diagnose((header + text + "\n}").str());
    EXPECT_NE(diagnostic.find(message.str()), std::string::npos)
        << message.str() << "\nis not in\n"
        << diagnostic;
  }
  EXPECT_NE(diagnose("module @test {}").find("the attribute 'isa.arch'"),
            std::string::npos);
  EXPECT_NE(diagnose("module attributes {isa.arch = \"ARM\"} {}")
                .find("needs a name"),
            std::string::npos);
}

TEST_F(InstructionSetTest, namesAreUnique) {
  StringRef text = R"mlir(
    module @test attributes {isa.arch = "x86-64"} {
      func.func @f(%a: i8) -> i8 attributes {isa.asm = "x"} {
        return %a : i8
      }
    })mlir";
  EXPECT_TRUE(failed(InstructionSet::load(
      &context, {{"One.mlir", text}, {"Two.mlir", text}})));
  EXPECT_NE(diagnostics.find("\"Two.mlir\":3:7): 'func.func' op is the second "
                             "instruction of the name 'test.f'"),
            std::string::npos)
      << diagnostics;
}

} // namespace
