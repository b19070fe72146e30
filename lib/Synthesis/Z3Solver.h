//===- Z3Solver.h - Z3 behind the Solver interface --------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_LIB_SYNTHESIS_Z3SOLVER_H
#define BITSERIAL_LIB_SYNTHESIS_Z3SOLVER_H

#include "bitserial/Synthesis/Solver.h"

namespace mlir::bitserial {

/// Defined in Z3Solver.cpp, which is only compiled where there is Z3.
std::unique_ptr<Solver> createZ3Solver(const SolverOptions &options);

} // namespace mlir::bitserial

#endif // BITSERIAL_LIB_SYNTHESIS_Z3SOLVER_H
