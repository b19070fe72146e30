//===- TestHarness.h - Semantics against the instruction --------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Tests what the files of lib/Target/ISA say about instructions against the
/// instructions themselves: each is executed on many vectors of the full range
/// (on this machine, or under QEMU) and its results are compared with those of
/// the evaluator.
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_SYNTHESIS_TESTHARNESS_H
#define BITSERIAL_SYNTHESIS_TESTHARNESS_H

#include "bitserial/Synthesis/InstructionSet.h"

#include <memory>

namespace mlir::bitserial {

struct InstructionTestOptions {
  /// Vectors for each instruction, shared out among the values of its
  /// immediates, and the least for each value. The vectors begin with corners:
  /// every pair of them for the first two operands.
  size_t vectors = 100000;
  size_t vectorsPerImmediate = 2048;
  uint64_t seed = 1;
};

/// What the test of one instruction found.
struct InstructionTestResult {
  const Instruction *instruction;
  /// The number of vectors it was executed on.
  size_t vectors = 0;
  /// The first difference, or what else is wrong; empty if all is well.
  std::string failure;
};

/// Instructions that need the same features, and so can be tested together.
struct InstructionGroup {
  Arch arch;
  std::string features; ///< As LLVM wants them: "+avx512f,+avx512vl".
  std::vector<const Instruction *> instructions;

  /// For messages: "x86-64 +avx2".
  std::string name() const;
};
std::vector<InstructionGroup>
groupInstructions(ArrayRef<Instruction> instructions);

/// Executes instructions and compares. Keeps the vectors, which all
/// instructions share.
class InstructionTester {
public:
  InstructionTester(const InstructionSet &set,
                    const InstructionTestOptions &options = {});
  ~InstructionTester();

  /// Tests the instructions of a group: their code has a mnemonic of
  /// `isa.asm`, and computes what the semantics say. If neither this machine
  /// nor an emulator can execute them, `skipped` gets the reason, and there are
  /// no results. An error means that the test itself could not be carried out.
  llvm::Expected<std::vector<InstructionTestResult>>
  test(const InstructionGroup &group, std::string &skipped);

private:
  struct Data;
  std::unique_ptr<Data> data;
};

} // namespace mlir::bitserial

#endif // BITSERIAL_SYNTHESIS_TESTHARNESS_H
