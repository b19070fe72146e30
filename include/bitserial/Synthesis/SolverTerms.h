//===- SolverTerms.h - Vector code as terms for a solver --------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The second reading of a LaneProgram: its lanes as terms over bit vectors,
/// in SMT-LIB 2. Text is the one form of a query: what the built-in solver is
/// asked is letter for letter what is written to a file for others.
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_SYNTHESIS_SOLVERTERMS_H
#define BITSERIAL_SYNTHESIS_SOLVERTERMS_H

#include "bitserial/Synthesis/LaneProgram.h"

#include "llvm/ADT/Twine.h"

#include <string>
#include <vector>

namespace mlir::bitserial {

/// A bit vector: a constant or a symbol of its query.
struct SolverTerm {
  std::string text;
  unsigned width;
  /// The value of a constant.
  std::optional<uint64_t> constant;
  /// How many definitions it takes after one another; 0 for constants and
  /// variables.
  unsigned depth = 0;
};

/// A claim about all values of some variables. It holds if and only if
/// str(), which asks for a counterexample, is unsatisfiable.
class SolverQuery {
public:
  /// A variable of 1 to 64 bits. Names must be distinct SMT-LIB symbols without
  /// exclamation marks.
  SolverTerm addVariable(StringRef name, unsigned width);
  static SolverTerm getConstant(uint64_t value, unsigned width);

  /// The lanes of the outputs of a program. Only lanes that `demanded` names
  /// (pairs of output and lane; empty: all) are defined; the terms of others
  /// are empty. `inputs[i]` are the lanes of input i.
  std::vector<std::vector<SolverTerm>>
  addProgram(const LaneProgram &program,
             ArrayRef<std::vector<SolverTerm>> inputs,
             ArrayRef<std::pair<unsigned, unsigned>> demanded = {});

  /// The lanes of inputs (pairs of input and lane, ascending) that the demanded
  /// lanes depend on. The terms of others may be empty.
  static std::vector<std::pair<unsigned, unsigned>>
  findInputs(const LaneProgram &program,
             ArrayRef<std::pair<unsigned, unsigned>> demanded);

  /// One of the kinds with operands: see LaneProgram::Kind.
  SolverTerm addTerm(LaneProgram::Kind kind, unsigned width,
                     ArrayRef<SolverTerm> operands);

  /// Restricts the claim to values for which a term of one bit is 1.
  void assume(const SolverTerm &condition);

  /// Claims that a term of one bit is always 1. Several claims are a
  /// conjunction.
  void claim(const SolverTerm &condition);
  void claimEqual(const SolverTerm &a, const SolverTerm &b);

  /// The query in SMT-LIB 2, logic QF_BV. The same calls give the same text.
  /// `comment` goes in front, line by line.
  std::string str(StringRef comment = "") const;

  /// The variables in the order in which they were added.
  ArrayRef<SolverTerm> getVariables() const { return variables; }

private:
  SolverTerm define(unsigned width, ArrayRef<SolverTerm> operands,
                    const llvm::Twine &expression);

  std::vector<SolverTerm> variables;
  /// The definitions of each depth, from 1, as bindings of one `let`.
  std::vector<std::string> definitions;
  std::vector<std::string> assumptions, claims;
  unsigned nextSymbol = 0;
};

} // namespace mlir::bitserial

#endif // BITSERIAL_SYNTHESIS_SOLVERTERMS_H
