//===- TestUtils.h - What the tests of synthesis share ----------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_UNITTESTS_SYNTHESIS_TESTUTILS_H
#define BITSERIAL_UNITTESTS_SYNTHESIS_TESTUTILS_H

#include "bitserial/Synthesis/InstructionSet.h"
#include "bitserial/Target/Codegen.h"

#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"

#include "gtest/gtest.h"

#include <random>

namespace mlir::bitserial {

/// A context with the dialects, and the diagnostics that it emits.
class SynthesisTest : public testing::Test {
protected:
  SynthesisTest()
      : context(makeRegistry()), handler(&context, [this](Diagnostic &diag) {
          llvm::raw_string_ostream os(diagnostics);
          os << diag.getLocation() << ": " << diag.str() << '\n';
        }) {
    context.loadAllAvailableDialects();
  }

  static DialectRegistry makeRegistry() {
    DialectRegistry registry;
    InstructionSet::registerDialects(registry);
    registerCodegenTranslations(registry);
    return registry;
  }

  /// A function in MLIR's syntax.
  func::FuncOp parse(StringRef text) {
    modules.push_back(parseSourceString<ModuleOp>(text, &context));
    EXPECT_TRUE(modules.back()) << diagnostics;
    return *(*modules.back()).getOps<func::FuncOp>().begin();
  }

  /// The program of a function without calls.
  LaneProgram program(StringRef text) {
    auto program =
        LaneProgram::create(parse(text), {}, LaneProgram::Trust::Definition,
                            [](Operation *) { return func::FuncOp(); });
    EXPECT_TRUE(succeeded(program)) << diagnostics;
    return std::move(*program);
  }

  MLIRContext context;
  std::string diagnostics;
  ScopedDiagnosticHandler handler;
  std::vector<OwningOpRef<ModuleOp>> modules;
};

/// Lanes, half of which are at an end of their range.
inline std::vector<std::vector<uint64_t>>
randomInputs(const LaneProgram &program, std::mt19937_64 &random) {
  std::vector<std::vector<uint64_t>> inputs;
  for (LaneType type : program.inputs()) {
    inputs.emplace_back(type.lanes);
    for (uint64_t &lane : inputs.back()) {
      uint64_t bits = random();
      uint64_t ends[] = {0, ~uint64_t(0), uint64_t(1) << (type.width - 1),
                         laneMask(type.width - 1), 1};
      lane = (bits % 2 ? random() : ends[bits / 2 % 5]) & laneMask(type.width);
    }
  }
  return inputs;
}

/// The least and greatest immediates of an instruction, and one between.
inline std::vector<SmallVector<int64_t>>
someImmediates(const Instruction &instruction) {
  if (instruction.getImmediates().empty())
    return {{}};
  std::vector<SmallVector<int64_t>> all(3);
  for (ImmediateRange range : instruction.getImmediates()) {
    all[0].push_back(range.min);
    all[1].push_back((range.min + range.max) * 2 / 3);
    all[2].push_back(range.max);
  }
  return all;
}

} // namespace mlir::bitserial

#endif // BITSERIAL_UNITTESTS_SYNTHESIS_TESTUTILS_H
