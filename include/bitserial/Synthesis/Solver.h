//===- Solver.h - Asking a solver -------------------------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_SYNTHESIS_SOLVER_H
#define BITSERIAL_SYNTHESIS_SOLVER_H

#include "bitserial/Synthesis/SolverTerms.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace mlir::bitserial {

/// What is known of a claim. That a solver gave up says nothing about it.
enum class Verdict { Proved, Refuted, Unknown };
StringRef stringifyVerdict(Verdict verdict); ///< "proved", ...

struct SolverAnswer {
  Verdict verdict = Verdict::Unknown;
  /// If refuted: a value for each variable of the query, in its order.
  std::vector<uint64_t> counterexample;
  /// If unknown: why.
  std::string reason;
  /// What it took, in the solver's own unit; the same in every run.
  uint64_t resources = 0;

  bool isProved() const { return verdict == Verdict::Proved; }
  bool isRefuted() const { return verdict == Verdict::Refuted; }
};

struct SolverOptions {
  /// The budget, in the solver's own unit of work, so that every run ends
  /// alike. (Z3: about 2 million a second.)
  uint64_t resourceLimit = 20'000'000;
  /// A query is stopped after this time in any case; the answer is Unknown.
  unsigned wallClockSeconds = 60;
  unsigned seed = 0;
};

/// A solver for claims about bit vectors. Each query starts afresh: answers do
/// not depend on earlier ones. Different objects can be used at the same time.
class Solver {
public:
  virtual ~Solver();

  virtual SolverAnswer prove(const SolverQuery &query) = 0;

  /// Whether a query in SMT-LIB 2, of any logic, is unsatisfiable. Refuted has
  /// no counterexample.
  virtual SolverAnswer proveText(StringRef text) = 0;

  /// Its name and version: "Z3 4.8.12".
  virtual std::string getVersion() const = 0;

  /// Null if bitserial was built without a solver.
  static std::unique_ptr<Solver> create(const SolverOptions &options = {});
};

} // namespace mlir::bitserial

#endif // BITSERIAL_SYNTHESIS_SOLVER_H
