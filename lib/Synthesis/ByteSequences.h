//===- ByteSequences.h - Functions of bytes by few instructions -*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Finds sequences of instructions that compute a function of each byte of a
/// register, which may depend on the place of the byte in its group of eight.
///
/// An instruction whose other operands are constants is such a function as far
/// as a bit of its result does not depend on other bytes. Which bits those are,
/// and what they are for all 256 bytes, is found by running the meaning of the
/// instruction; so one that is new in lib/Target/ISA is put to use without a
/// change here. Sequences are enumerated bottom-up, on the few bytes that the
/// values of a format have; of values that are equal on all of them one is
/// kept. What is found here is a candidate: a proof decides.
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_LIB_SYNTHESIS_BYTESEQUENCES_H
#define BITSERIAL_LIB_SYNTHESIS_BYTESEQUENCES_H

#include "bitserial/Synthesis/InstructionSet.h"

#include <array>
#include <string>
#include <vector>

namespace mlir::bitserial {

/// Bytes repeat with this period: those whose bits make a byte of a plane.
constexpr unsigned kPlaces = 8;

/// A byte for each place.
using PlaceBytes = std::array<uint8_t, kPlaces>;

/// What an operand of an instruction is.
struct ByteOperand {
  enum class Source {
    Data,     ///< The register.
    Constant, ///< `bytes`, over and over.
    Table     ///< `table`, of as many bytes as the register.
  };
  Source source = Source::Data;
  PlaceBytes bytes = {};
  std::vector<uint8_t> table;
};

/// An instruction of which one operand or several are one register and the
/// others constants.
struct ByteOp {
  const Instruction *instruction;
  SmallVector<ByteOperand, 3> operands;
  SmallVector<int64_t, 1> immediates;
  /// The result for each byte, by place. For an instruction that gives one bit
  /// for each byte, bit 0.
  std::array<std::array<uint8_t, 256>, kPlaces> function;
  /// Bits of the result that depend on other bytes of the register.
  uint8_t unknown = 0;
  /// Bits of the result that depend on each bit of the byte.
  std::array<uint8_t, 8> influence = {};
};

/// What a register holds where its bytes come from values of a format: a byte
/// for each value and place, and which bits of it are not known.
struct ByteState {
  std::vector<PlaceBytes> values; ///< By value.
  uint8_t unknown = 0;

  bool operator<(const ByteState &other) const {
    return std::tie(unknown, values) < std::tie(other.unknown, other.values);
  }
};

/// What a register, or the bits of the result of an instruction that gives one
/// for each byte, should be.
struct ByteGoal {
  std::vector<PlaceBytes> values; ///< By value.
  uint8_t required = 0xff;        ///< The bits that matter.
};

/// One or two ops, one after the other. Names of instructions joined.
struct ByteSequence {
  SmallVector<ByteOp, 2> ops;

  std::string str() const;
};

class ByteSequenceFinder {
public:
  /// The instructions of `target` on registers of `registerBits` bits.
  ByteSequenceFinder(const InstructionSet &set, const Target &target,
                     unsigned registerBits);

  /// The state of a register that an op is applied to.
  static ByteState apply(const ByteOp &op, const ByteState &state);

  /// Sequences from a state to a register that is as the goal says: the empty
  /// one if it is so already, else of one instruction, else of two. The first
  /// for each choice of instructions, at most `limit`. `offset` is minus the
  /// least value: what has to be added to make all non-negative.
  std::vector<ByteSequence> find(const ByteState &state, const ByteGoal &goal,
                                 uint8_t offset, unsigned limit);

  /// The same, the last instruction giving one bit for each byte: bit 0 of the
  /// goal.
  std::vector<ByteSequence> findMask(const ByteState &state,
                                     const ByteGoal &goal, uint8_t offset,
                                     unsigned limit);

private:
  /// A function of one operand whose other operand is a table of bytes: which
  /// byte of it each byte selects, by byte of the register; -1: none, 0.
  struct Lookup {
    const Instruction *instruction;
    unsigned index, table; ///< The operands.
    std::vector<std::array<int16_t, 256>> selected;
  };

  void prepare(uint8_t offset);
  void addOps(const Instruction &instruction, bool isMask, uint8_t offset);
  bool measure(ByteOp &op, bool isMask) const;
  void addLookup(const Instruction &instruction);
  std::optional<ByteOp> solve(const Lookup &lookup, const ByteState &state,
                              const ByteGoal &goal) const;
  void findLast(const ByteState &state, const ByteGoal &goal,
                ArrayRef<ByteOp> lastOps, bool withLookups, const ByteOp *first,
                unsigned limit, std::vector<ByteSequence> &found) const;
  std::vector<ByteSequence> search(const ByteState &state, const ByteGoal &goal,
                                   bool isMask, unsigned limit);

  const InstructionSet &set;
  unsigned numBytes;
  std::vector<const Instruction *> byteInstructions, maskInstructions;
  std::optional<uint8_t> preparedFor;
  std::vector<ByteOp> byteOps, maskOps;
  std::vector<Lookup> lookups;
};

} // namespace mlir::bitserial

#endif // BITSERIAL_LIB_SYNTHESIS_BYTESEQUENCES_H
