//===- Prover.cpp - Proofs that kernels are correct -----------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Synthesis/Prover.h"

#include "DirectCheck.h"
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
    passes[index].capacityIsMaximal =
        findCounterexample(*code, checkLinear(*code).suspects).has_value();
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

/// A kernel whose claims only a solver can prove. Counterexamples come first:
/// evaluation takes milliseconds.
static void proveDirectly(const KernelCode &code, Solver *solver,
                          const ProverOptions &options, ProofResult &result) {
  ObligationSet obligations;
  LinearCheck check = checkDirectly(code, obligations);
  result.reason = check.reason;
  if (options.findCounterexample)
    result.counterexample = findCounterexample(code, check.suspects);
  if (result.counterexample) {
    result.verdict = Verdict::Refuted;
    if (result.reason.empty())
      result.reason = result.counterexample->message;
    return;
  }
  if (!check.holds)
    return;
  result.obligations = obligations.take();
  result.passes = std::move(check.passes);
  if (!solver)
    result.reason = "its functions are proved by a solver, and there is none";
  else if (dischargeObligations(*solver, result))
    result.verdict = Verdict::Proved;
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
  code->assumeSharedWords = result.needsSharedWords =
      kernel.sharedWords && !kernel.spec.lanesAreReduction;
  if (needsDirectCheck(kernel)) {
    proveDirectly(*code, solver, options, result);
    return result;
  }
  ObligationSet obligations(/*hasTexts=*/solver || options.makeObligations);
  LinearCheck check = checkFacts(*code, set, obligations);
  if (check.holds)
    result.obligations = obligations.take();
  result.linearSeconds = secondsSince(start);
  if (!check.holds) {
    // For a counterexample it helps to know where numbers leave their bounds.
    result.reason = check.reason;
    if (!options.findCounterexample)
      return result;
    LinearCheck forms = checkLinear(*code);
    if (!forms.holds && !forms.reason.empty())
      result.reason = forms.reason;
    result.counterexample = findCounterexample(*code, forms.suspects);
    if (result.counterexample)
      result.verdict = Verdict::Refuted;
    else if (forms.holds)
      result.reason = check.reason;
    return result;
  }
  if (solver && !dischargeObligations(*solver, result))
    return result;
  result.wrapChecks = check.wrapChecks;
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
  case Obligation::Kind::Product:
    return "product";
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
