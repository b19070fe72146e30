//===- Prover.h - Proofs that kernels are correct ---------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Proves that a kernel (Transforms/Kernel.h) computes what its spec says, for
/// all words and any number of steps; or finds an input for which it does not.
///
/// What is proved. Write [f] for the function that @f stands for, S for a state
/// and w for words. For the last pass p let
///
///     V_p(S) = [finish]([end_p](S)),   before it   V_p(S) =
///     V_{p+1}([end_p](S))
///
/// modulo 2^32: the result if nothing is added any more. A state is *within
/// (p, u)* if its counters are at most u in magnitude, and counters and bits
/// that pass p does not use (which no step of it changes) are zero. Proved is,
/// for each pass p with capacity c, and output by output:
///
///  1. V_p is linear in the numbers and bits of the state: a constant plus a
///     sum of them with fixed coefficients, for all states within (p, c).
///     Where it depends on a sum of fewer than 32 bits, which is known modulo
///     2^width only, the coefficient is a multiple of 2^(32 - width).
///  2. V_0(0) = 0.
///  3. [end_p] of a state within (p, c) has neither counters nor bits set. A
///     pass without @end_p uses none.
///  4. [flush_p] of a state within (p, c) has the same V_p, and counters zero.
///  5. [step_p_U], of cost k, of a state within (p, u) is within (p, u + k), if
///     u + k <= c: counters do not wrap around.
///  6. V_p([step_p_U](S, w)) = V_p(S) + C_p(w_1) + ... + C_p(w_U) for S within
///     (p, c - k), where C_p, the *contribution* of a position, is the sum of
///     one polynomial in the bits of the pass's planes over all bits of a word:
///     of the words of lane i for output i if lanes are outputs, of the words
///     of all lanes if they are a reduction, and then of the accumulator that
///     the output belongs to.
///  7. The sum of the polynomials of all passes is that of the spec.
///
/// Composition. A kernel is used so: a state of zeros; for each pass, steps
/// that together take all positions, with a flush before each step whose cost
/// would carry the sum of costs since the last flush (or the begin of the pass)
/// beyond c; then @end_p; at last @finish. By induction over the functions in
/// the order in which they run, the state is within (p, sum of costs since the
/// last flush) by 3, 4 and 5, so that 4 and 6 apply; and V_p(state) is V_0(0) =
/// 0 plus the contributions so far, by 3, 4, 6 and the definition of V. After
/// the last pass this is the result: by 7 the spec's sum.
///
/// Where words hold numbers (KernelSpec::numbers), C_p is the sum of the
/// products of the two numbers in each place of a word, for all numbers within
/// the bounds of the spec. Sums of fewer bits than 32 are within what
/// `max_positions` positions can make them, so that they are known as integers.
///
/// All of it for arbitrary words. Only if the kernel says that it is for
/// `shared_words` (Kernel.h), the words of all inputs but the last are assumed
/// to be the same in all lanes: see ProofResult::needsSharedWords.
///
/// So one proof serves all numbers of rows, columns and reduction steps. It is
/// about the very functions that emission inlines. What an op means is what
/// LaneProgram and the instruction files say.
///
/// It is proved in the process, by linear forms of small pieces of the code
/// (the *linear check*); and the *obligations*, small claims in SMT-LIB about
/// these pieces and how they add up, are the independent evidence.
/// docs/synthesis.md says more.
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_SYNTHESIS_PROVER_H
#define BITSERIAL_SYNTHESIS_PROVER_H

#include "bitserial/Synthesis/InstructionSet.h"
#include "bitserial/Synthesis/Solver.h"
#include "bitserial/Transforms/Kernel.h"

#include "llvm/Support/Error.h"

#include <optional>
#include <string>
#include <vector>

namespace mlir::bitserial {

/// An input for which a function of a kernel does not do what it has to.
/// Always confirmed by evaluation.
struct Counterexample {
  /// "step_0_4"; empty if it is all passes, one after the other, on the words
  /// of one position.
  std::string function;
  /// The arguments of the function (or the words of the planes), lane by lane.
  std::vector<std::vector<uint64_t>> arguments;
  /// What goes wrong, with what the kernel gives and what it should give.
  std::string message;

  /// Several lines for people: the function, its arguments, the message.
  std::string str(const Kernel &kernel) const;
  /// The same without the kinds of the state.
  std::string str() const;
};

/// A claim that both solvers are to confirm.
struct Obligation {
  /// What is claimed: see docs/synthesis.md.
  enum class Kind {
    Number,  ///< A lane is a linear expression of lanes before it.
    Product, ///< A lane grows by products of numbers.
    Bits,    ///< The bits of a lane are polynomials of bits before them.
    Adder,   ///< Two lanes are the sum and carry bits of lanes before them.
    Link,    ///< The results add up, given the facts above.
    Bound,   ///< A counter or a product is within its bounds.
  };
  Kind kind;
  std::string name;  ///< Unique, stable: "number-0a1b2c3d4e5f6071".
  std::string claim; ///< For people, one or more lines.
  std::string text;  ///< SMT-LIB 2: unsatisfiable if the claim holds.
  /// How many places of the kernel need it.
  unsigned uses = 1;

  Verdict verdict = Verdict::Unknown;
  std::string reason; ///< If unknown.
  uint64_t resources = 0;
};
StringRef stringifyObligationKind(Obligation::Kind kind);

/// What is known of one pass.
struct PassProof {
  /// C_p, in the bits of the spec's planes.
  BitPolynomial contribution;
  unsigned capacity = 0;
  /// Whether a larger capacity would be wrong, by a counterexample; not set if
  /// the pass has none, or it was not asked for.
  std::optional<bool> capacityIsMaximal;
};

struct ProofResult {
  Verdict verdict = Verdict::Unknown;
  /// If unknown: why. If refuted: what failed, in short.
  std::string reason;
  /// If refuted.
  std::optional<Counterexample> counterexample;
  std::vector<PassProof> passes;

  /// The kernel is right only if the words of all inputs but the last are the
  /// same in all lanes, as it says itself. It must not be used for a reduce
  /// where such an input depends on the loop that runs along the lanes.
  bool needsSharedWords = false;

  /// Empty if there was no solver.
  std::vector<Obligation> obligations;
  std::string solver; ///< Name and version.

  // Statistics.
  unsigned wrapChecks = 0; ///< Lanes that are proved not to wrap around.
  double linearSeconds = 0, solverSeconds = 0;
  uint64_t resources = 0;

  bool isProved() const { return verdict == Verdict::Proved; }
  bool isRefuted() const { return verdict == Verdict::Refuted; }
};

struct ProverOptions {
  /// Look for a counterexample if the linear check fails. Without, such a
  /// kernel is Unknown.
  bool findCounterexample = true;
  /// Make the obligations even if there is no solver.
  bool makeObligations = false;
  /// Find out whether capacities are maximal.
  bool checkCapacity = false;
};

/// Proves a kernel: by the linear check; then, if a solver is given, by
/// obligations. Proved means that all of it was; Unknown is never a proof. A
/// kernel whose words hold numbers has no linear check: it needs a solver.
/// Deterministic. Emits no diagnostics, except for ops without a meaning.
ProofResult prove(const Kernel &kernel, const InstructionSet &set,
                  Solver *solver = nullptr, const ProverOptions &options = {});

/// Writes a proof into `folder`/`name`: kernel.mlir, one .smt2 file for each
/// obligation (named as it is) and manifest.json, which lists them with their
/// verdicts and SHA-256 hashes, those of the kernel and of the semantics files
/// it uses, the bounds, the lane map, the solver and its resources. What
/// another proof of that name left there is removed. `kernel` must be proved
/// with obligations. scripts/check-proofs.sh re-checks what is written.
llvm::Error writeProof(StringRef folder, StringRef name, const Kernel &kernel,
                       const InstructionSet &set, const ProofResult &result);

//===----------------------------------------------------------------------===//
// Sums of lanes
//===----------------------------------------------------------------------===//

/// A lane of an argument, with a factor.
struct ReductionTerm {
  unsigned argument, lane;
  int64_t coefficient = 1;
};

/// What a function on vectors should compute: each lane of its results a sum of
/// lanes of its arguments, modulo 2^width.
struct ReductionSpec {
  /// What the lanes of each argument are within: two's complement if the lower
  /// bound is negative.
  std::vector<std::pair<int64_t, int64_t>> bounds;
  /// By result and lane.
  std::vector<std::vector<std::vector<ReductionTerm>>> outputs;
};

/// Proves that a function of straight-line code on vectors computes sums of its
/// lanes, as prove() does for kernels. Fails likewise.
ProofResult proveReduction(func::FuncOp function, const ReductionSpec &spec,
                           const InstructionSet &set, Solver *solver = nullptr);

} // namespace mlir::bitserial

#endif // BITSERIAL_SYNTHESIS_PROVER_H
