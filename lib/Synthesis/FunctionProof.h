//===- FunctionProof.h - Obligations of one function ------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Cuts straight-line vector code into pieces so small that a solver sees
/// through each of them at once, and says what each piece computes.
///
/// Every op whose lanes are more than copies of bits is *cut*: its lanes get
/// variables of their own, one for a lane that is a number, or one for each
/// bit. A *fact* is an equation between a few of these variables and products
/// of bits, linear in all of them; an obligation over bit vectors proves it of
/// the ops between the variables. Facts of a lane of bits that is no sum of
/// products come in pairs: sum and carry of an adder, s + 2c = x + y + z.
///
/// With facts as equations, what a function returns is expressed in its
/// arguments by elimination, the newest variable first. The equations used, and
/// the result, are an obligation over the integers.
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_LIB_SYNTHESIS_FUNCTIONPROOF_H
#define BITSERIAL_LIB_SYNTHESIS_FUNCTIONPROOF_H

#include "KernelCode.h"
#include "LaneBlocks.h"

#include "bitserial/Synthesis/LinearForm.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/MapVector.h"

#include <map>
#include <set>

namespace mlir::bitserial {

/// Obligations without repetitions.
class ObligationSet {
public:
  /// Without texts, facts are only found, by linear forms: faster.
  explicit ObligationSet(bool hasTexts = true) : hasTexts(hasTexts) {}
  const bool hasTexts;

  unsigned add(Obligation::Kind kind, const std::string &claim,
               const std::string &text);
  const std::string &getName(unsigned index) const { return all[index].name; }
  std::vector<Obligation> take();

private:
  std::vector<Obligation> all;
  std::map<std::string, unsigned> byText;
};

class FunctionProof {
public:
  FunctionProof(const KernelFunction &function, const InstructionSet &set,
                ObligationSet &obligations)
      : function(function), set(set), obligations(obligations) {}

  /// Which bits of values matter (lanes one after the other), of arguments and
  /// of results of ops. The others are not looked at.
  using Demand = llvm::DenseMap<Value, llvm::BitVector>;
  /// To be called first: only what these bits of the results depend on is of
  /// interest. Without, all of it is. Fails if the code has no meaning.
  bool restrict(ArrayRef<llvm::BitVector> results);

  //===--- What the arguments are, in order -------------------------------===//

  /// If `isShared` all lanes are the same.
  void addBits(bool isWord, bool isShared = false);
  /// Integers in a range.
  void addNumbers(int64_t min, int64_t max, bool isSigned);
  /// Numbers modulo 2^width.
  void addSums();
  void addZeros();

  /// Cuts, and makes the obligations of all facts.
  bool run();
  /// Why something failed.
  const std::string &getReason() const { return reason; }

  //===--- Results --------------------------------------------------------===//

  /// A lane of what is returned: its variable, or a constant.
  struct Term {
    std::optional<unsigned> variable;
    int64_t constant = 0;
    bool isModular = false;
    /// What is assumed, or has been proved.
    int64_t min = 0, max = 0;
  };
  Term getLane(unsigned result, unsigned lane);
  Term getBit(unsigned result, unsigned lane, unsigned bit);

  /// The variable of an argument's lane (or bit).
  unsigned getArgument(unsigned argument, unsigned lane, unsigned bit = 0);

  /// Whether an argument's lane (or bit) is of no interest: no result that is
  /// looked at depends on it.
  bool isIgnored(unsigned argument, unsigned lane, unsigned bit = 0) const;

  /// The same as getArgument(); nullopt for a constant, and for what is of no
  /// interest.
  std::optional<unsigned> findArgument(unsigned argument, unsigned lane,
                                       unsigned bit = 0);

  /// A linear expression.
  using Expression = std::map<unsigned, int64_t>; ///< By monomial.

  /// The same in variables of arguments alone, modulo 2^32: nullopt if facts
  /// do not suffice. Makes the obligations that link it with the facts.
  std::optional<Expression> express(const Expression &sum);

  /// Proves that a number is one of the arguments, or none, plus what is within
  /// [0, added], or [-added, added] if `isSigned`.
  bool bound(unsigned variable, int64_t added, bool isSigned);

  /// The variables whose product a monomial is.
  ArrayRef<unsigned> getFactors(unsigned monomial) const {
    return domain.getFactors(monomial);
  }

  LinearDomain &getDomain() { return domain; }
  /// Numbers that are known not to wrap around.
  unsigned getNumBounded() const { return numBounded; }

private:
  /// Bits that are no variables.
  enum : int64_t { kZero = -1, kOne = -2, kIgnored = -3 };
  struct CutLane {
    bool isBits = false, isSigned = false, isModular = false;
    bool isIgnored = false; ///< Of no interest.
    unsigned width = 0;
    std::vector<int64_t> bits; ///< Variables, or of the above.
    unsigned number = 0;
  };
  /// A value that is cut.
  struct Cut {
    std::vector<CutLane> lanes;
    /// Bits of words only, as sums of products of these: may be looked through.
    bool isWordLogic = false;
    /// Numbers or bits that depend on words alone.
    bool isOfWords = false;
    bool isShared = false; ///< All lanes are the same.
    SmallVector<Value, 4> leaves;
  };
  struct Variable {
    Value value;
    unsigned lane;
    int bit; ///< -1: a number.
    bool isArgument, isWord;
    bool isModular = false;
    int64_t min = 0, max = 1;
  };
  /// left = right, modulo 2^modulus if that is not 0.
  struct Fact {
    SmallVector<std::pair<unsigned, int64_t>, 2> left; ///< Variables.
    LinearPolynomial right;
    unsigned modulus = 0;
    unsigned obligation;
  };
  bool fail(const llvm::Twine &why) {
    if (reason.empty())
      reason = (function.name + ": " + why).str();
    return false;
  }
  Cut &addArgument(LaneType &type);
  unsigned addVariable(Variable variable, bool isBit, int64_t min, int64_t max);
  /// Whether a bit matters.
  bool isDemanded(Value value, unsigned lane, unsigned width,
                  unsigned bit) const {
    return !demand || demand->find(value)->second[lane * width + bit];
  }
  /// How many bits of a lane do.
  unsigned countDemanded(Value value, unsigned lane, unsigned width) const;
  unsigned monomialOf(unsigned variable);

  // Cuts.
  SmallVector<Value, 4> getWindow(ValueRange values) const;
  SmallVector<Value, 4> expand(ArrayRef<Value> leaves,
                               bool throughNumbers) const;
  std::vector<LinearLane> getForms(const Cut &cut);
  /// Empty if the code has no meaning.
  std::vector<std::vector<LinearLane>> evaluate(ArrayRef<Value> leaves,
                                                ValueRange values);
  /// The part of a program that matters; nullopt if that needs more of the
  /// leaves than is known.
  std::optional<LaneDemand> findDemand(const LaneProgram &program,
                                       ArrayRef<Value> leaves,
                                       ValueRange values) const;
  struct LaneReading {
    unsigned width = 0, numDemanded = 0;
    bool isBits = false, isSigned = false, isModular = false;
    bool isGood = false;                ///< Bits with facts of their own.
    std::vector<LinearPolynomial> bits; ///< If `isBits`.
    /// If it is not good: as a number, if it is linear.
    std::optional<LinearPolynomial> number;
  };
  struct Reading {
    std::string problem; ///< Empty if there is none.
    SmallVector<Value, 4> leaves;
    std::vector<LaneReading> lanes;
    /// Nothing but copies of bits and numbers.
    bool isTrivial = true;
    bool areBitsGood = true, areNumbersGood = true;
  };
  Reading read(Value value, ArrayRef<Value> leaves);
  void readNumber(const LinearLane &form, LaneReading &lane);
  bool isCopy(const LinearLane &form) const;
  bool visit(Value value, bool force);
  bool cut(Value value, Reading reading);
  bool isGood(const LinearPolynomial &number) const;
  std::optional<LinearPolynomial> bitOf(const LinearLane &lane, unsigned bit);
  bool isTrivialBit(const LinearPolynomial &bit) const;
  FailureOr<LaneProgram> getProgram(ArrayRef<Value> leaves, ValueRange values);

  // Obligations over bit vectors.
  struct Window;
  void addLeaves(Window &window, const LaneProgram &program,
                 ArrayRef<Value> leaves, unsigned lane);
  SolverTerm addSum(Window &window, const LinearPolynomial &sum,
                    unsigned width);
  std::string describe(const Window &window, const LinearPolynomial &sum) const;
  std::optional<unsigned> proveNumber(const LaneProgram &program,
                                      ArrayRef<Value> leaves, Value value,
                                      unsigned lane, const CutLane &cut,
                                      const LinearPolynomial &number);
  /// Of bit b of lane `lane`: the sum of `values` with `factors` is bits[b].
  std::optional<unsigned>
  proveBits(const LaneProgram &program, ArrayRef<Value> leaves,
            ValueRange values, ArrayRef<int64_t> factors, unsigned lane,
            const std::map<unsigned, LinearPolynomial> &bits,
            Obligation::Kind kind);
  /// By variables, so that alike sums are in the same order.
  std::vector<std::pair<unsigned, int64_t>>
  sortTerms(ArrayRef<std::pair<unsigned, int64_t>> terms) const;
  std::vector<std::pair<unsigned, int64_t>>
  sortTerms(const LinearPolynomial &sum) const {
    return sortTerms(sum.terms());
  }

  // Adders.
  void findAdders();
  bool addAdder(Value s, Value c, int64_t factor, ArrayRef<Value> leaves);

  // Links.
  class LinkText;
  /// `used` are facts and what they were multiplied by.
  void addLink(ArrayRef<std::pair<unsigned, int64_t>> used,
               const Expression &before, const Expression &after,
               const std::string &claim);
  /// The variable that a monomial is.
  std::optional<unsigned> asVariable(unsigned monomial) const;
  /// A number without facts about numbers; the link if it is new.
  std::optional<Expression> getNormalForm(unsigned variable);
  static void addTo(Expression &sum, unsigned monomial, int64_t coefficient);
  LinearPolynomial makePolynomial(const Expression &sum) const;

  const KernelFunction &function;
  const InstructionSet &set;
  ObligationSet &obligations;
  std::string reason;

  LinearDomain domain;
  std::optional<Demand> demand;
  llvm::DenseMap<Value, Cut> cuts;
  std::map<unsigned, Variable> variables; ///< By number in the domain.
  /// Of bits without a fact of their own.
  std::map<unsigned, LinearPolynomial> definitions;
  std::vector<Fact> facts;
  std::map<unsigned, unsigned> singles;    ///< Facts by variable.
  std::multimap<unsigned, unsigned> pairs; ///< Facts by variable.
  std::vector<Value> nonlinear;            ///< Bits without own facts.
  unsigned nextArgument = 0, numBounded = 0;
  std::map<unsigned, Expression> normalForms;
  std::map<unsigned, unsigned> monomials; ///< By variable.
};

/// Checks a kernel by facts. With `obligations`, these are made as well.
LinearCheck checkFacts(const KernelCode &code, const InstructionSet &set,
                       ObligationSet &obligations);

/// Asks a solver for all obligations of a result; false, with a reason, if one
/// is not proved.
bool dischargeObligations(Solver &solver, ProofResult &result);

} // namespace mlir::bitserial

#endif // BITSERIAL_LIB_SYNTHESIS_FUNCTIONPROOF_H
