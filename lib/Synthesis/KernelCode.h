//===- KernelCode.h - The functions of a kernel, for proofs -----*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What the parts of the prover share: the functions of a kernel as lane
/// programs, the parts of its state, and V_p as coefficients of these (see
/// Prover.h).
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_LIB_SYNTHESIS_KERNELCODE_H
#define BITSERIAL_LIB_SYNTHESIS_KERNELCODE_H

#include "bitserial/Synthesis/InstructionSet.h"
#include "bitserial/Synthesis/LaneProgram.h"
#include "bitserial/Synthesis/Prover.h"

#include <optional>
#include <string>
#include <vector>

namespace mlir::bitserial {

using Lanes = std::vector<uint64_t>;

/// One function. Its arguments are the state (for @finish: of all accumulators)
/// and then words.
struct KernelFunction {
  std::string name;
  func::FuncOp function;
  LaneProgram program;
};

/// A number or a bit of the state of one accumulator.
struct StateSlot {
  unsigned component, lane;
  int bit; ///< -1: the lane is a number.
};

/// A kernel whose functions all have a meaning.
struct KernelCode {
  /// Emits a diagnostic for an op without a meaning.
  static FailureOr<KernelCode> get(const Kernel &kernel,
                                   const InstructionSet &set);

  struct Pass {
    std::vector<KernelFunction> steps; ///< As in Kernel.
    std::optional<KernelFunction> flush, end;
  };

  const Kernel *kernel;
  /// See ProofResult::needsSharedWords.
  bool assumeSharedWords = false;
  std::vector<Pass> passes;
  std::optional<KernelFunction> finish;
  std::vector<LaneType> stateTypes;
  LaneType wordType;
  std::vector<StateSlot> slots;
  /// Of the first lane of each component.
  std::vector<unsigned> firstSlot;

  bool isCounter(unsigned component) const {
    StateKind kind = kernel->stateKinds[component];
    return kind == StateKind::Counter || kind == StateKind::SignedCounter;
  }
  /// Whether a pass may change a counter or bits. Where all its steps return
  /// what they are given, these stay zero, as the pass before left them; so do
  /// they in a pass without @end.
  bool isActive(unsigned pass, unsigned component) const;
  bool isSum(unsigned component) const {
    return kernel->stateKinds[component] == StateKind::Sum;
  }
  /// The slot of a lane (and bit, for a component of bits).
  unsigned getSlot(unsigned component, unsigned lane, unsigned bit = 0) const {
    unsigned perLane = kernel->stateKinds[component] == StateKind::Bits
                           ? stateTypes[component].width
                           : 1;
    return firstSlot[component] + lane * perLane + bit;
  }
  /// The largest magnitude that a counter can have within (p, used).
  int64_t getCounterLimit(unsigned component, int64_t used) const;

  /// The lanes of the result of @finish, and of one accumulator.
  unsigned numOutputs() const { return finish->program.outputType(0).lanes; }
  /// Words of lane `lane` belong to output `output`.
  bool feeds(unsigned lane, unsigned output) const {
    return kernel->spec.lanesAreReduction || lane == output;
  }

  /// The words of this plane are assumed to be the same in all lanes: they
  /// belong to an input other than the last, and lanes are outputs.
  bool isSharedByLanes(unsigned plane) const {
    const KernelSpec &spec = kernel->spec;
    return assumeSharedWords && !spec.lanesAreReduction &&
           spec.getInput(plane) + 1 != spec.numPlanes.size();
  }

  /// [end_p] and then all that follows, for accumulator `accumulator` with this
  /// state and others that are zero: the outputs of that accumulator.
  Lanes evaluateRest(unsigned pass, std::vector<Lanes> state,
                     unsigned accumulator = 0) const;
  std::vector<Lanes> zeroState() const;
};

/// V_p for one output: what it depends on, modulo 2^32.
struct LinearRow {
  unsigned output, accumulator;
  int64_t constant = 0;
  std::vector<int64_t> coefficients; ///< By slot; from -2^31 to 2^31 - 1.
};

/// What is the same modulo 2^32, from -2^31 to 2^31 - 1.
inline int64_t reduce32(int64_t number) {
  return static_cast<int32_t>(static_cast<uint32_t>(number));
}

/// The arguments of a function with which something may go wrong.
struct Suspect {
  const KernelFunction *function;
  std::vector<Lanes> arguments;
};

/// The linear check.
struct LinearCheck {
  bool holds = false;
  std::string reason; ///< If it does not hold.
  /// V_p, by pass, and by output without repetitions: outputs for which nothing
  /// differs but the accumulator occur once.
  std::vector<std::vector<LinearRow>> rows;
  std::vector<PassProof> passes;
  unsigned wrapChecks = 0;
  std::vector<Suspect> suspects;
};
LinearCheck checkLinear(const KernelCode &code);

/// Looks for a counterexample by evaluation, of the suspects first.
/// Deterministic.
std::optional<Counterexample> findCounterexample(const KernelCode &code,
                                                 ArrayRef<Suspect> suspects);

} // namespace mlir::bitserial

#endif // BITSERIAL_LIB_SYNTHESIS_KERNELCODE_H
