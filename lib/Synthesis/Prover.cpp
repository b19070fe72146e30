//===- Prover.cpp - Proofs that kernels are correct -----------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Synthesis/Prover.h"

#include "KernelCode.h"

#include <chrono>

using namespace mlir;
using namespace mlir::bitserial;

static double secondsSince(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start)
      .count();
}

/// Whether a kernel with larger capacities, one pass after the other, is wrong.
static void checkCapacities(const Kernel &kernel, const InstructionSet &set,
                            std::vector<PassProof> &passes) {
  for (auto [index, pass] : llvm::enumerate(kernel.passes)) {
    if (!pass.capacity)
      continue;
    Kernel larger = kernel;
    ++larger.passes[index].capacity;
    FailureOr<KernelCode> code = KernelCode::get(larger, set);
    if (failed(code))
      continue;
    LinearCheck check = checkLinear(*code);
    passes[index].capacityIsMaximal =
        !check.holds && findCounterexample(*code, check.suspects);
  }
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
  result.passes = std::move(check.passes);
  result.verdict = Verdict::Proved;
  if (options.checkCapacity)
    checkCapacities(kernel, set, result.passes);
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
  case Obligation::Kind::Lane:
    return "lane";
  case Obligation::Kind::Link:
    return "link";
  case Obligation::Kind::Bound:
    return "bound";
  }
  llvm_unreachable("no such kind");
}
