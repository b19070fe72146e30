//===- AccumulationPlan.h - How counts are accumulated ----------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The second layer of a sketch: in which passes the monomials of a spec are
/// counted, how many words a step takes, how deep it adds bits before it counts
/// any (carry-save), what the counts are added to and where weights are
/// applied. A plan is pure data: KernelBuilder makes a kernel of it, which says
/// what its steps cost and when its counters are full.
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_SYNTHESIS_ACCUMULATIONPLAN_H
#define BITSERIAL_SYNTHESIS_ACCUMULATIONPLAN_H

#include "bitserial/Synthesis/InstructionRoles.h"
#include "bitserial/Transforms/Kernel.h"

namespace mlir::bitserial {

/// A monomial of the spec's polynomial, and its coefficient.
struct WeightedTerm {
  BitPolynomial::Monomial planes;
  int64_t coefficient;

  bool operator==(const WeightedTerm &other) const {
    return planes == other.planes && coefficient == other.coefficient;
  }
};

/// An order of terms: the largest magnitudes first.
inline bool isHeavier(const WeightedTerm &x, const WeightedTerm &y) {
  return std::make_tuple(-std::abs(x.coefficient), x.coefficient, x.planes) <
         std::make_tuple(-std::abs(y.coefficient), y.coefficient, y.planes);
}

struct AccumulationPlan {
  /// How the ones of a word are counted.
  enum class Counting {
    Lanes, ///< Of lanes of words: one instruction, or what LLVM makes of it.
    Bytes, ///< Of bytes: an instruction, or two lookups of nibbles.
    Table, ///< Tables of the lhs's bits, looked up by nibbles of the weights.
  };
  /// What a count is added to in a step.
  enum class Accumulator {
    Sum,        ///< Lanes that may wrap around; counts of lanes only.
    Byte,       ///< Byte counters.
    Pair,       ///< Counters of 16 bits: two bytes each.
    Wide,       ///< Counters of 16 bits: one byte each.
    DotProduct, ///< Sums of 32 bits: four bytes each, by an instruction that
                ///< multiplies them by the coefficient.
  };
  /// Where coefficients are applied.
  enum class Weighting {
    Step,     ///< In each step: one accumulator for all positive ones.
    Multiply, ///< The same, by instructions that multiply bytes and add.
    Flush,    ///< An accumulator for each; at a flush, or at the end for sums.
    Pass,     ///< A pass for each, after which the sums are scaled.
  };

  Counting counting = Counting::Lanes;
  Accumulator accumulator = Accumulator::Sum;
  Weighting weighting = Weighting::Step;
  /// The terms of each pass.
  SmallVector<SmallVector<WeightedTerm, 4>, 2> passes;
  /// What the sums are multiplied by after each pass (all 1 if not Pass).
  SmallVector<int64_t, 2> scaleAfterPass;
  /// Levels of carry-save adders; 0: none.
  unsigned depth = 0;
  /// Positions that the larger kind of step takes; the other one takes 1.
  unsigned words = 1;
  /// Accumulators that are reduced together, if lanes are reductions.
  unsigned group = 1;

  /// One line for people and messages, which tells plans apart. The planes of
  /// a spec with `numPlanes` for each input have the names of PlaneNames.h.
  std::string str(ArrayRef<unsigned> numPlanes) const;
};

/// All plans for a spec that are worth building, in a fixed order. A few
/// hundred at most.
std::vector<AccumulationPlan> enumeratePlans(const KernelSpec &spec,
                                             const Target &target,
                                             const InstructionRoles &roles);

} // namespace mlir::bitserial

#endif // BITSERIAL_SYNTHESIS_ACCUMULATIONPLAN_H
