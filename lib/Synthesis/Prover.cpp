//===- Prover.cpp - Proofs that kernels are correct -----------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Synthesis/Prover.h"

#include "FunctionProof.h"

#include <chrono>

using namespace mlir;
using namespace mlir::bitserial;

static double secondsSince(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start)
      .count();
}

/// Whether a kernel with larger capacities, one pass after the other, is wrong.
static void checkCapacities(const Kernel &kernel, const InstructionSet &set,
                            bool assumeSharedWords,
                            std::vector<PassProof> &passes) {
  for (auto [index, pass] : llvm::enumerate(kernel.passes)) {
    if (!pass.capacity)
      continue;
    Kernel larger = kernel;
    ++larger.passes[index].capacity;
    FailureOr<KernelCode> code = KernelCode::get(larger, set);
    if (failed(code))
      continue;
    code->assumeSharedWords = assumeSharedWords;
    LinearCheck check = checkLinear(*code);
    passes[index].capacityIsMaximal =
        !check.holds && findCounterexample(*code, check.suspects);
  }
}

bool mlir::bitserial::dischargeObligations(Solver &solver,
                                           ProofResult &result) {
  auto start = std::chrono::steady_clock::now();
  result.solver = solver.getVersion();
  bool allProved = true;
  for (Obligation &obligation : result.obligations) {
    SolverAnswer answer = solver.proveText(obligation.text);
    obligation.verdict = answer.verdict;
    obligation.reason = answer.reason;
    obligation.resources = answer.resources;
    result.resources += answer.resources;
    if (answer.isProved())
      continue;
    // The linear check has shown the claim; that the solver has a model of its
    // negation means that one of the two is wrong, and is no proof either way.
    allProved = false;
    if (result.reason.empty())
      result.reason =
          (obligation.name + " is " + stringifyVerdict(answer.verdict) +
           (answer.reason.empty() ? "" : ": " + answer.reason))
              .str();
  }
  result.solverSeconds = secondsSince(start);
  return allProved;
}

ProofResult mlir::bitserial::prove(const Kernel &kernel,
                                   const InstructionSet &set, Solver *solver,
                                   const ProverOptions &options) {
  ProofResult result;
  auto start = std::chrono::steady_clock::now();
  FailureOr<KernelCode> code = KernelCode::get(kernel, set);
  if (failed(code)) {
    result.reason = "the kernel contains code without a meaning";
    return result;
  }
  LinearCheck check = checkLinear(*code);
  if (!check.holds && kernel.sharedWords && !kernel.spec.lanesAreReduction) {
    // It is used only where lanes share words.
    code->assumeSharedWords = true;
    LinearCheck again = checkLinear(*code);
    // A counterexample, too, has to be one with that assumption.
    result.needsSharedWords = again.holds;
    check = std::move(again);
  }
  result.linearSeconds = secondsSince(start);
  result.wrapChecks = check.wrapChecks;
  result.reason = check.reason;
  if (!check.holds) {
    if (options.findCounterexample)
      result.counterexample = findCounterexample(*code, check.suspects);
    if (result.counterexample)
      result.verdict = Verdict::Refuted;
    return result;
  }
  if (solver || options.makeObligations) {
    result.reason.clear();
    auto started = std::chrono::steady_clock::now();
    if (!makeObligations(*code, set, check, result.obligations,
                         result.reason)) {
      result.obligationSeconds = secondsSince(started);
      return result;
    }
    result.obligationSeconds = secondsSince(started);
  }
  if (solver && !dischargeObligations(*solver, result))
    return result;
  result.passes = std::move(check.passes);
  result.verdict = Verdict::Proved;
  if (options.checkCapacity)
    checkCapacities(kernel, set, result.needsSharedWords, result.passes);
  return result;
}

StringRef mlir::bitserial::stringifyObligationKind(Obligation::Kind kind) {
  switch (kind) {
  case Obligation::Kind::Number:
    return "number";
  case Obligation::Kind::Bits:
    return "bits";
  case Obligation::Kind::Adder:
    return "adder";
  case Obligation::Kind::Link:
    return "link";
  case Obligation::Kind::Bound:
    return "bound";
  }
  llvm_unreachable("no such kind");
}
