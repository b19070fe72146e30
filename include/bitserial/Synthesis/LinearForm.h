//===- LinearForm.h - Vector code as integer polynomials --------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The third reading of a LaneProgram: each lane as an integer polynomial over
/// bits, as long as nothing wraps around.
///
/// Counting code is linear over products of input bits. What hides that from a
/// solver, carries and lanes of fixed width, is gone here: sums of hundreds of
/// counts are compared in milliseconds, term by term.
///
/// A lane has one of three forms:
///   - bits, each a Boolean function of few variables, by its truth table;
///   - a value: a polynomial p with lane = p modulo 2^width. Sums, differences,
///     products and shifts to the left are exact without conditions;
///   - unknown.
///
/// Where the value of a lane as a number matters (it becomes wider, is shifted
/// to the right, compared, clamped), the exact bounds of p must show that it is
/// in range: a *wrap check*. If they do not, the result is unknown.
///
/// A bit that depends on too many variables is cut: a new variable stands for
/// it, with the definition kept. canonical() replaces such variables by what
/// they stand for, the newest first. A carry-save adder then disappears, since
/// its outputs s and c only occur as s + 2c, which is x + y + z; so deep trees
/// of them stay small, and nothing about adders is assumed.
///
/// Nothing here is heuristic: two lanes of equal canonical values are equal,
/// and bounds are attained (see Bounds::exact).
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_SYNTHESIS_LINEARFORM_H
#define BITSERIAL_SYNTHESIS_LINEARFORM_H

#include "bitserial/Synthesis/LaneProgram.h"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace mlir::bitserial {

struct LaneDemand;

/// An integer polynomial, linear in every variable, over the variables of a
/// LinearDomain. Equal polynomials compare equal.
class LinearPolynomial {
public:
  LinearPolynomial() = default;

  /// Pairs of a monomial (a number given by the domain; 0 is the constant one)
  /// and its coefficient, which is not zero, by ascending monomial.
  ArrayRef<std::pair<unsigned, int64_t>> terms() const { return allTerms; }
  bool isConstant() const {
    return allTerms.empty() || (allTerms.size() == 1 && !allTerms[0].first);
  }
  int64_t constantTerm() const {
    return allTerms.empty() || allTerms[0].first ? 0 : allTerms[0].second;
  }
  bool operator==(const LinearPolynomial &other) const {
    return allTerms == other.allTerms;
  }
  bool operator!=(const LinearPolynomial &other) const {
    return !(*this == other);
  }

private:
  friend class LinearDomain;
  std::vector<std::pair<unsigned, int64_t>> allTerms;
};

/// One lane; see the top of this file.
struct LinearLane {
  enum class Form { Bits, Value, Unknown };
  Form form = Form::Unknown;
  unsigned width = 0;
  /// Of bits: the lowest first, numbers given by the domain.
  std::vector<unsigned> bits;
  /// Of a value.
  LinearPolynomial value;
  /// Of an unknown lane: why it is; shared by all that follow from it.
  std::shared_ptr<const std::string> reason;

  bool isUnknown() const { return form == Form::Unknown; }
};

/// The integers from `min` to `max`.
struct Bounds {
  int64_t min;
  int64_t max;
  /// Whether both are attained.
  bool exact;
};

/// A place where bounds were needed, and sufficed. Lanes of one step that need
/// the same are one check.
struct WrapCheck {
  unsigned step;                  ///< Of the program.
  int64_t allowedMin, allowedMax; ///< What the lane can hold.
  int64_t min, max;               ///< What its values are within.
};

/// Variables, and what is known of them. All lanes and polynomials that are
/// used together belong to one domain.
class LinearDomain {
public:
  LinearDomain();

  //===--- Variables and lanes --------------------------------------------===//

  /// A variable that is 0 or 1.
  unsigned addBit();
  /// A variable from `min` to `max`: what an accumulator may hold.
  unsigned addInteger(int64_t min, int64_t max);
  unsigned numVariables() const { return variables.size(); }

  /// A lane of new bits, lowest first.
  LinearLane addBits(unsigned width);
  /// A lane of given bits: variables made by addBit(), lowest first.
  LinearLane makeBits(ArrayRef<unsigned> bitVariables);
  LinearLane makeConstant(uint64_t value, unsigned width);
  LinearLane makeValue(LinearPolynomial value, unsigned width);

  //===--- Programs -------------------------------------------------------===//

  /// The lanes of the outputs. `checks`, if given, receives what the result
  /// rests on. With `demand`, only bits that are demanded are computed: others
  /// are zero, and lanes without any are unknown, without a reason.
  std::vector<std::vector<LinearLane>>
  evaluate(const LaneProgram &program, ArrayRef<std::vector<LinearLane>> inputs,
           std::vector<WrapCheck> *checks = nullptr,
           const LaneDemand *demand = nullptr);

  /// The number that a lane is, unsigned or in two's complement. Nullopt if it
  /// is unknown, or its bounds do not tell.
  std::optional<LinearPolynomial> asUnsigned(const LinearLane &lane);
  std::optional<LinearPolynomial> asSigned(const LinearLane &lane);

  /// A number that a lane is modulo 2^width. Nullopt if it is unknown, or has
  /// too large coefficients.
  std::optional<LinearPolynomial> valueOf(const LinearLane &lane);
  /// The lane if it is the same for all values of the variables.
  std::optional<uint64_t> asConstant(const LinearLane &lane) const;

  //===--- Polynomials ----------------------------------------------------===//
  //
  // Nullopt where a result is not linear in the integer variables, or has too
  // many terms or too large coefficients.

  LinearPolynomial constant(int64_t value) const;
  LinearPolynomial variable(unsigned variable);
  /// The product of distinct variables.
  LinearPolynomial product(ArrayRef<unsigned> factors);
  std::optional<LinearPolynomial> add(const LinearPolynomial &a,
                                      const LinearPolynomial &b,
                                      int64_t factorOfB = 1) const;
  std::optional<LinearPolynomial> multiply(const LinearPolynomial &a,
                                           const LinearPolynomial &b);
  std::optional<LinearPolynomial> scale(const LinearPolynomial &a,
                                        int64_t factor) const;
  /// The sum of polynomials with factors, faster than one by one.
  std::optional<LinearPolynomial>
  sum(ArrayRef<std::pair<const LinearPolynomial *, int64_t>> addends) const;

  /// A monomial on its own.
  LinearPolynomial makeMonomialPolynomial(unsigned monomial) const {
    LinearPolynomial result;
    result.allTerms.push_back({monomial, 1});
    return result;
  }
  /// The variables, ascending, whose product a monomial is.
  ArrayRef<unsigned> getFactors(unsigned monomial) const {
    return monomials[monomial];
  }

  /// The same polynomial over variables that were added from outside: of two
  /// polynomials that are equal as functions the canonical forms are equal.
  std::optional<LinearPolynomial> canonical(const LinearPolynomial &a);

  /// Bounds that hold for all values of the variables. Exact for canonical
  /// polynomials that fall into parts with few variables in common, as sums of
  /// counts do.
  Bounds bounds(const LinearPolynomial &a);

  /// Values of all variables for which a canonical polynomial is as large (or
  /// as small) as bounds() says, if they are exact: what to try as a
  /// counterexample.
  std::vector<int64_t> extremePoint(const LinearPolynomial &a, bool largest);

  /// The value for given values of the variables.
  int64_t evaluate(const LinearPolynomial &a, ArrayRef<int64_t> values) const;

  /// The value of a lane for given values of the variables, which must not be
  /// unknown.
  uint64_t evaluate(const LinearLane &lane, ArrayRef<int64_t> values) const;

  /// For messages and tests: "3 + 2*x0*x1 - x4".
  std::string str(const LinearPolynomial &a) const;

private:
  /// Truth tables have 2^maxSupport entries, one bit each.
  static constexpr unsigned maxSupport = 6;
  static constexpr size_t maxTerms = 1 << 16;

  struct Variable {
    int64_t min, max;
    bool isBit;
    /// The bit that it stands for, if it was not added from outside.
    std::optional<unsigned> definition;
  };

  /// A Boolean function: entry i of the table (bit i) for the assignment whose
  /// bit j is the value of `support[j]`. Depends on all of its support.
  struct BitFunction {
    SmallVector<unsigned, maxSupport> support; ///< Ascending.
    uint64_t table;
    bool operator<(const BitFunction &other) const {
      return std::tie(table, support) < std::tie(other.table, other.support);
    }
  };

  /// Whether a coefficient is so small that sums of a few never overflow.
  static bool isSmall(int64_t coefficient) {
    return coefficient > -(int64_t(1) << 61) && coefficient < int64_t(1) << 61;
  }

  // Bits. Numbers 0 and 1 are the constants.
  SmallVector<unsigned> joinSupports(ArrayRef<unsigned> bits) const;
  unsigned makeBit(BitFunction function);
  unsigned bitOfVariable(unsigned variable);
  unsigned variableOfBit(unsigned bit);
  unsigned applyBits(uint64_t table, ArrayRef<unsigned> operands);
  const LinearPolynomial &polynomialOfBit(unsigned bit);
  bool evaluateBit(unsigned bit, ArrayRef<int64_t> values) const;

  // Lanes.
  LinearLane unknown(unsigned width, const llvm::Twine &reason) const;
  std::optional<std::vector<unsigned>> bitsOf(const LinearLane &lane);
  std::optional<LinearPolynomial> asNumber(const LinearLane &lane, int64_t min,
                                           int64_t max, bool isSigned);
  std::optional<LinearLane> enumerate(LaneProgram::Kind kind, unsigned width,
                                      ArrayRef<LinearLane> operands);
  LinearLane evaluateLane(LaneProgram::Kind kind, unsigned width,
                          ArrayRef<LinearLane> operands);
  LinearLane evaluateBitwise(LaneProgram::Kind kind, unsigned width,
                             const LinearLane &a, const LinearLane &b);
  LinearLane evaluateShiftRight(LaneProgram::Kind kind, unsigned width,
                                const LinearLane &a, const LinearLane &b);
  LinearLane evaluateComparison(LaneProgram::Kind kind, unsigned width,
                                const LinearLane &a, const LinearLane &b);
  LinearLane orZero(const LinearLane &lane);
  LinearLane evaluateBitcast(ArrayRef<LinearLane> from, unsigned width,
                             unsigned lane);
  std::optional<std::pair<LinearPolynomial, LinearPolynomial>>
  split(const LinearPolynomial &a, unsigned bits);

  // Polynomials.
  using TermMap = std::map<unsigned, int64_t>;
  static bool addTerm(TermMap &terms, unsigned monomial, int64_t coefficient);
  static LinearPolynomial fromTerms(const TermMap &terms);
  unsigned makeMonomial(SmallVector<unsigned, 4> factors);
  std::optional<unsigned> multiplyMonomials(unsigned a, unsigned b);
  struct Part;
  std::vector<Part> partition(const LinearPolynomial &a) const;
  void findExtremes(Part &part) const;
  std::vector<int64_t> factorsOf(const Part &part, int64_t integer) const;

  std::vector<Variable> variables;
  std::vector<BitFunction> bitFunctions;
  std::map<BitFunction, unsigned> bitNumbers;
  std::vector<std::optional<LinearPolynomial>> bitPolynomials;
  std::map<unsigned, unsigned> definedVariables; ///< By bit.
  std::vector<SmallVector<unsigned, 4>> monomials;
  std::map<SmallVector<unsigned, 4>, unsigned> monomialNumbers;

  // While a program is evaluated.
  std::vector<WrapCheck> *checks = nullptr;
  unsigned currentStep = 0;
};

} // namespace mlir::bitserial

#endif // BITSERIAL_SYNTHESIS_LINEARFORM_H
