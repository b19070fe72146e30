//===- Fragment.h - Bitwise and counting code, found -----------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The first layer of a sketch: how plane words become words to count, and
/// these become counts. Nothing here is written down as code: bitwise sequences
/// are found bottom-up among those of a target's instructions, tables by
/// solving for their entries.
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_SYNTHESIS_FRAGMENT_H
#define BITSERIAL_SYNTHESIS_FRAGMENT_H

#include "bitserial/Synthesis/InstructionRoles.h"

#include <array>
#include <map>

namespace mlir::bitserial {

/// A truth table of at most six variables: bit i is the value where variable j
/// has bit j of i.
using TruthTable = uint64_t;

/// The table of one variable among `numVariables`.
TruthTable tableOfVariable(unsigned variable, unsigned numVariables);

/// A straight-line sequence of bitwise instructions.
struct BitwiseSequence {
  struct Op {
    BitwiseInstruction instruction;
    uint8_t table; ///< As of BitwiseInstruction.
    /// Values: the inputs, then the results of the ops before.
    SmallVector<unsigned, 3> operands;
  };
  unsigned numInputs = 0;
  SmallVector<Op> ops;
  SmallVector<unsigned, 2> outputs; ///< One value for each goal.

  /// Emits it on vectors of one type.
  SmallVector<Value> emit(OpBuilder &builder, Location loc,
                          ValueRange inputs) const;
  /// "v3 = avx512f.vpternlogd(v0, v1, v2, 0x96); ..." for people and tests.
  std::string str() const;
  /// The longest chain of ops.
  unsigned getDepth() const;
};

/// The outcome of a search for a sequence.
struct BitwiseSearchResult {
  std::optional<BitwiseSequence> sequence;
  /// Whether all shorter sequences were tried: then the one found is a
  /// shortest, and if there is none, none has `maxOps` ops or fewer.
  bool exhausted = true;
  uint64_t tried = 0; ///< Ops that were tried.
};

/// Finds a shortest sequence that computes all goals, truth tables of the
/// inputs. Sequences are enumerated by their number of ops, each value a
/// function that none before it is (observational equivalence on all
/// assignments); the last ops can only be goals. Gives up after `budget` ops.
BitwiseSearchResult findBitwise(ArrayRef<BitwiseInstruction> instructions,
                                unsigned numInputs, ArrayRef<TruthTable> goals,
                                unsigned maxOps = 8,
                                uint64_t budget = 20'000'000);

/// The bitwise sequences that plans are made of, found once and kept.
class BitwiseLibrary {
public:
  explicit BitwiseLibrary(ArrayRef<BitwiseInstruction> instructions)
      : instructions(instructions) {}

  /// The AND of the inputs.
  const BitwiseSequence &getAnd(unsigned numInputs);

  /// One column of a carry-save adder: the sum and the carry of two or three
  /// bits, each the AND of so many inputs, one after the other. Null if no
  /// sequence was found for the fused form: the products are to be computed
  /// first then.
  const BitwiseSequence *getAdder(ArrayRef<unsigned> numFactors);

private:
  std::vector<BitwiseInstruction> instructions;
  std::map<unsigned, BitwiseSequence> ands;
  std::map<SmallVector<unsigned, 3>, std::optional<BitwiseSequence>> adders;
};

/// A function of a byte as a sum of two lookups in tables of 16 entries:
/// `low[x & lowMask] + high[(x >> shift) & highMask]`.
struct NibbleTables {
  std::array<uint8_t, 16> low, high;
  unsigned lowMask, shift, highMask;
};

/// Solves for the tables, the masks and the shift; the result is right for all
/// 256 bytes. Nullopt if there are none.
std::optional<NibbleTables>
findNibbleTables(llvm::function_ref<unsigned(unsigned)> function);

} // namespace mlir::bitserial

#endif // BITSERIAL_SYNTHESIS_FRAGMENT_H
