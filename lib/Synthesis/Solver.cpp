//===- Solver.cpp - Asking a solver ---------------------------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Synthesis/Solver.h"

#include "Z3Solver.h"

using namespace mlir;
using namespace mlir::bitserial;

Solver::~Solver() = default;

StringRef mlir::bitserial::stringifyVerdict(Verdict verdict) {
  switch (verdict) {
  case Verdict::Proved:
    return "proved";
  case Verdict::Refuted:
    return "refuted";
  case Verdict::Unknown:
    return "unknown";
  }
  llvm_unreachable("no such verdict");
}

std::unique_ptr<Solver> Solver::create(const SolverOptions &options) {
#ifdef BITSERIAL_HAVE_Z3
  return createZ3Solver(options);
#else
  (void)options;
  return nullptr;
#endif
}
