//===- LaneProgram.h - Vector code as exact lane arithmetic -----*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Straight-line vector code (the semantics of an instruction, or a sequence
/// of emitted instructions) reduced to a few kinds of steps on lanes of bits.
/// All readings of vector code (evaluation, solver terms, linear forms) start
/// from here, so that what an op means is written down once, and each reading
/// is a function of some twenty cases.
///
/// A value is a list of lanes of one width, 1 to 64 bits. Shapes are gone:
/// lanes are numbered in row-major order, and whatever only moves lanes
/// (shuffles, broadcasts, transpositions, interleaving, ...) is one kind of
/// step. Calls and target intrinsics are replaced by what they compute.
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_SYNTHESIS_LANEPROGRAM_H
#define BITSERIAL_SYNTHESIS_LANEPROGRAM_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Value.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mlir::bitserial {

/// A list of lanes.
struct LaneType {
  unsigned lanes;
  unsigned width; ///< Bits of each lane, 1 to 64.

  bool operator==(const LaneType &other) const {
    return lanes == other.lanes && width == other.width;
  }
  bool operator!=(const LaneType &other) const { return !(*this == other); }

  /// The lanes of an integer or a vector of integers; nullopt for other types.
  static std::optional<LaneType> get(Type type);
};

class LaneProgram {
public:
  /// What a step computes. Unless stated otherwise it does so lane by lane, on
  /// operands of its own type, modulo 2^width.
  enum class Kind : uint8_t {
    Input,    ///< Input number `payload[0]`.
    Constant, ///< Lane i is `payload[i]`.
    Add,
    Sub,
    Mul,
    And,
    Or,
    Xor,
    ShiftLeft,   ///< Zero if the amount (operand 1) is >= width.
    ShiftRightU, ///< Likewise.
    ShiftRightS, ///< All sign bits if the amount is >= width.
    MinU,
    MaxU,
    MinS,
    MaxS,
    Equal,    ///< A lane of one bit from lanes of any width; so the next two.
    LessU,    ///< Unsigned.
    LessS,    ///< Signed.
    Select,   ///< Operand 0, of one bit, chooses between operands 1 and 2.
    Popcount, ///< Number of one bits.
    ExtendU,  ///< Wider lanes, zeros in front; from one narrower operand.
    ExtendS,  ///< Wider lanes, copies of the sign bit in front.
    Truncate, ///< Narrower lanes: the low bits.
    Shuffle,  ///< Lane i is lane `payload[i]` of the concatenated operands.
    Bitcast,  ///< The same bits in lanes of another width, lowest bit first.
  };
  static StringRef stringify(Kind kind);

  /// One value.
  struct Step {
    Kind kind;
    LaneType type;
    SmallVector<unsigned, 3> operands; ///< Steps before this one.
    std::vector<uint64_t> payload;     ///< See Kind.
    Location loc;
  };

  /// Finds the function that says what a call computes: an op that is not
  /// known here (a target intrinsic). Its arguments are the op's operands.
  /// Returns a null function if there is none.
  using Resolver = llvm::function_ref<func::FuncOp(Operation *)>;

  /// How much is assumed of the code.
  enum class Trust {
    /// A definition: shifts by variable amounts mean what Kind says.
    Definition,
    /// Code that is going to be compiled: what upstream leaves undefined (a
    /// shift that could be too far) is an error.
    Emitted,
  };

  /// The program that a function's body stands for. Its last arguments, as
  /// many as there are `immediates`, are replaced by these constants; the
  /// others are the inputs, the returned values the outputs. Emits a
  /// diagnostic and fails if there is an op without a meaning here.
  static FailureOr<LaneProgram> create(func::FuncOp function,
                                       ArrayRef<int64_t> immediates,
                                       Trust trust, Resolver resolver);

  /// The program that computes `outputs` from `inputs`, for SSA values
  /// anywhere. Likewise.
  static FailureOr<LaneProgram> create(ValueRange inputs, ValueRange outputs,
                                       Trust trust, Resolver resolver);

  ArrayRef<Step> steps() const { return allSteps; }
  const Step &step(unsigned index) const { return allSteps[index]; }

  /// The types of the inputs (some may be unused, and then have no step).
  ArrayRef<LaneType> inputs() const { return inputTypes; }

  /// The steps whose values are the outputs.
  ArrayRef<unsigned> outputs() const { return outputSteps; }
  LaneType outputType(unsigned index) const {
    return allSteps[outputSteps[index]].type;
  }

  /// One lane of a step other than Input, Constant, Shuffle and Bitcast, from
  /// the same lane of its operands. `width` is that of the result,
  /// `operandWidth` that of the last operand. This is the definition of the
  /// kinds; Evaluator is a faster one.
  static uint64_t evaluateLane(Kind kind, unsigned width, unsigned operandWidth,
                               ArrayRef<uint64_t> operands);

  /// One line for each step, for messages and tests.
  std::string str() const;

private:
  friend class LaneProgramBuilder;
  LaneProgram() = default;

  std::vector<Step> allSteps;
  SmallVector<LaneType> inputTypes;
  SmallVector<unsigned> outputSteps;
};

/// The low `width` bits set.
inline uint64_t laneMask(unsigned width) {
  return width >= 64 ? ~uint64_t(0) : (uint64_t(1) << width) - 1;
}

/// The low `width` bits of `lane` as a two's complement number.
inline int64_t signedLane(uint64_t lane, unsigned width) {
  unsigned shift = 64 - width;
  return static_cast<int64_t>(lane << shift) >> shift;
}

} // namespace mlir::bitserial

#endif // BITSERIAL_SYNTHESIS_LANEPROGRAM_H
