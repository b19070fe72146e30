//===- LoopCost.h - What the loops of generated code cost -------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Cycles per iteration of the loops of a function, by LLVM's machine code
/// analyser (llvm-mca) on the assembly that LLVM generates for it: loads,
/// spills and what LLVM has made of the operations are counted as they are.
/// Memory is assumed to be in the first-level cache, branches to be predicted.
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_SYNTHESIS_LOOPCOST_H
#define BITSERIAL_SYNTHESIS_LOOPCOST_H

#include "bitserial/Target/Codegen.h"
#include "bitserial/Target/Target.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace mlir::bitserial {

/// A loop of a function. All figures are per iteration and about the loop's own
/// instructions: those of the loops inside it are not included.
struct LoopCost {
  /// The assembly label of the block that the loop begins with.
  std::string label;
  /// The index of the loop around this one in the list of all loops.
  std::optional<unsigned> parent;
  unsigned depth = 1; ///< 1: in no other loop.
  bool isInnermost = true;
  /// How often an iteration runs each time the loop is entered, if that is a
  /// constant. Known to analyze(GeneratedCode) only.
  std::optional<uint64_t> tripCount;

  /// The figure to compare loops by: `simulatedCycles` on cores that execute
  /// out of order; on others the larger of it and `inOrderBound`, because the
  /// simulation of those does not rank schedules reliably.
  double cycles = 0;
  /// llvm-mca's, in the steady state.
  double simulatedCycles = 0;
  /// V + L for V vector operations and L vector loads in units of 64 bits that
  /// they read: what a core like Cortex-A53 takes, which issues one 128-bit
  /// operation or 64 bits of a load per cycle. 0 on cores out of order.
  double inOrderBound = 0;

  unsigned instructions = 0;
  /// Instructions that compute with vector registers, copies between them
  /// included. One that also loads an operand counts as both.
  unsigned vectorOps = 0;
  unsigned loads = 0, stores = 0; ///< Instructions that access memory.
  unsigned stackAccesses = 0;     ///< Of these, spills and reloads.

  /// The busiest resource of the scheduling model, "HWPort5", and for how many
  /// cycles of an iteration it is in use.
  std::string bottleneck;
  double bottleneckCycles = 0;

  /// The instructions, as they stand in the assembly.
  std::vector<std::string> assembly;
};

/// The cost of a call of a function: that of its loops, each as often as it
/// runs, and of the code outside of loops.
struct FunctionCost {
  /// Cycles of a call; see LoopCost for the difference of the two.
  double cycles = 0, simulatedCycles = 0;
  /// Of these, those outside of loops; calls there (of malloc and the like)
  /// count 100 cycles each.
  double straightCycles = 0;
  std::vector<LoopCost> loops;
  /// Iterations of each of `loops` in a call, whether or not it has a
  /// `tripCount`.
  std::vector<double> iterations;
};

/// Analyses the loops of code for one target. Holds LLVM's tables for it, which
/// are worth reusing. Not for use from several threads at once.
class LoopAnalyzer {
public:
  /// Fails if LLVM has no scheduling model of instructions for the target's
  /// costModelCpu().
  static llvm::Expected<std::unique_ptr<LoopAnalyzer>>
  create(const Target &target);
  ~LoopAnalyzer();

  /// The loops of `function`, a symbol defined in `assembly` (AT&T syntax on
  /// x86-64), each before those inside it and otherwise in the order of the
  /// code; empty if it has none. A loop with several ways through it is taken
  /// to run all of its blocks. Fails if the text cannot be parsed or has no
  /// such function, or if a loop contains a call or an instruction that the
  /// scheduling model does not describe.
  llvm::Expected<std::vector<LoopCost>> analyze(llvm::StringRef assembly,
                                                llvm::StringRef function);

  /// The same for generated code, with the trip counts that LLVM knows. Fails,
  /// too, if the loops of the assembly are not those of the LLVM IR.
  llvm::Expected<std::vector<LoopCost>> analyze(const GeneratedCode &code,
                                                llvm::StringRef function);

  /// The cost of a call of `function`. A branch is taken to go both ways: code
  /// that only some iterations run counts for all of them. Fails as analyze()
  /// does, and if how often a loop runs depends on data.
  llvm::Expected<FunctionCost> analyzeCall(const GeneratedCode &code,
                                           llvm::StringRef function);

private:
  struct Data;
  explicit LoopAnalyzer(std::unique_ptr<Data> data);

  std::unique_ptr<Data> data;
};

} // namespace mlir::bitserial

#endif // BITSERIAL_SYNTHESIS_LOOPCOST_H
