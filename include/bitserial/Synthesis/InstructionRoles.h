//===- InstructionRoles.h - Instructions by what they do --------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Which instruction of a target does what a plan needs: found by running the
/// meaning of every instruction on sample values, not by its name, so that a
/// new one in lib/Target/ISA is put to use without a change here. (That it does
/// so for all values is what the proof of the kernel says.)
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_SYNTHESIS_INSTRUCTIONROLES_H
#define BITSERIAL_SYNTHESIS_INSTRUCTIONROLES_H

#include "bitserial/Synthesis/InstructionSet.h"

namespace mlir::bitserial {

/// An instruction that treats each bit alone.
struct BitwiseInstruction {
  const Instruction *instruction;
  unsigned numOperands; ///< 2 or 3.
  /// Bit i is the result where operand j has bit j of i. Meaningless if
  /// `isAnyTable`.
  uint8_t table = 0;
  /// The immediate says which function of three bits it is. It has a bit for
  /// each assignment, the first operand as the highest of the index.
  bool isAnyTable = false;
};

/// The instructions of a target for vectors of its full width. A role that
/// nothing plays is null.
struct InstructionRoles {
  static InstructionRoles get(const InstructionSet &set, const Target &target);

  /// In the order of the files.
  std::vector<BitwiseInstruction> bitwise;

  /// The number of ones of each byte.
  const Instruction *byteCount = nullptr;
  /// Byte i is byte `index[i]` of the table's 16 bytes in the same 128 bits;
  /// the index is from 0 to 15.
  const Instruction *lookup16 = nullptr;
  /// Lane i is the sum of lanes 2i and 2i + 1 of lanes of 8 bits (entry 0), 16
  /// or 32, unsigned, which are half as wide.
  const Instruction *addPairs[3] = {};
  /// The same, added to the first operand.
  const Instruction *accumulatePairs[3] = {};
  /// The sum of eight bytes in each 64 bits; the second operand is zero.
  const Instruction *sumBytes = nullptr;
  /// Adds to lanes of 32 bits the products of four bytes of the second operand
  /// (from 0 to 127 at least) and of the third: from 0 to 127, or signed.
  const Instruction *dotUnsigned = nullptr;
  const Instruction *dotSigned = nullptr;
  /// Lanes of 16 bits: the sum of the products of two unsigned bytes and two
  /// small signed ones.
  const Instruction *multiplyAddBytes = nullptr;
  /// Lanes of 32 bits: the sum of the products of two pairs of signed lanes of
  /// 16 bits.
  const Instruction *multiplyAddPairs = nullptr;
  /// Sums of neighbours, of lanes of 32 bits: those of the first operand, then
  /// those of the second (in each 128 bits).
  const Instruction *horizontalAdd = nullptr;
  /// Whether there is an instruction that multiplies bytes and adds the
  /// products to others, which LLVM selects for arith.muli and arith.addi.
  bool multipliesBytes = false;
};

} // namespace mlir::bitserial

#endif // BITSERIAL_SYNTHESIS_INSTRUCTIONROLES_H
