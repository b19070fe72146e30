//===- Meaning.h - What the steps of a kernel are for -----------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Says in a few words what an op of a kernel computes, from its semantics: the
/// ones of bytes, sums of lanes, the sum and the carry bits of an adder.
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_TOOLS_SYNTH_MEANING_H
#define BITSERIAL_TOOLS_SYNTH_MEANING_H

#include "bitserial/Synthesis/InstructionSet.h"

#include "llvm/ADT/DenseMap.h"

#include <map>
#include <string>
#include <vector>

namespace mlir::bitserial::synth {

/// The meanings of the ops of one straight-line function. Ops are given in
/// their order, each after those that make its operands.
class Meanings {
public:
  explicit Meanings(const InstructionSet &instructions)
      : instructions(instructions) {}

  /// What is known of a value: its lanes are at most `max`, without a sign.
  void setMax(Value value, uint64_t max) { maxima[value] = max; }

  /// What the result of `op` is, in terms of the names of values: "carries of
  /// s0 + %1 + %2"; of its first lane "ones of %3[0]", "%4[0] + 2*%4[1]". Empty
  /// if the op's name says it, or nothing short does.
  std::string describe(Operation *op,
                       const llvm::DenseMap<Value, std::string> &names);

private:
  /// A Boolean function of single bits of values, the same at all places: entry
  /// i of the table for the assignment in which leaf j is bit j of i.
  struct Cut {
    SmallVector<std::string, 5> leaves; ///< Names, sorted.
    unsigned table;
  };
  /// Adders span more than one op: what the op is a function of, if its
  /// operands are taken for what they are made from.
  std::vector<Cut> findCuts(Operation *op,
                            const llvm::DenseMap<Value, std::string> &names);
  std::string describeBits(const std::vector<Cut> &cuts) const;
  std::string describeNumber(Operation *op,
                             const llvm::DenseMap<Value, std::string> &names);

  const InstructionSet &instructions;
  llvm::DenseMap<Value, uint64_t> maxima;
  /// By the name of the result.
  std::map<std::string, std::vector<Cut>> allCuts;
};

} // namespace mlir::bitserial::synth

#endif // BITSERIAL_TOOLS_SYNTH_MEANING_H
