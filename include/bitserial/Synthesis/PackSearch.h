//===- PackSearch.h - Finding pack kernels ----------------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Searches for the pack kernel (Transforms/PackKernel.h) of a specification on
/// a target: kernels are made from sketches, run on concrete values, modelled,
/// and proved by the solver, best first. What the lowering emits without a
/// kernel is one of them. docs/synthesis.md says more.
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_SYNTHESIS_PACKSEARCH_H
#define BITSERIAL_SYNTHESIS_PACKSEARCH_H

#include "bitserial/Synthesis/PackProver.h"

#include <functional>

namespace mlir::bitserial {

struct PackSearchOptions {
  /// Kernels that are modelled at most.
  unsigned maxModelled = 120;
  /// Of the best kernels, so many are modelled with other numbers of steps.
  unsigned maxRefined = 4;
  /// Kernels that the solver may give up on; then only the reference lowering
  /// is still proved.
  unsigned maxUnknown = 4;
  /// The solver's budget for one byte of a plane, see SolverOptions. What is
  /// proved at all takes a tenth.
  uint64_t resourceLimit = 500'000;
  /// If given, in place of the cost model: cycles, or nullopt if a kernel
  /// cannot be modelled.
  std::function<std::optional<double>(const PackKernel &)> model;
};

struct PackSearchStatistics {
  unsigned plans = 0;       ///< Sketches that differ in more than sequences.
  unsigned modelled = 0;    ///< Kernels.
  unsigned screenedOut = 0; ///< Wrong on a concrete value.
  unsigned refuted = 0, unknown = 0, proved = 0;

  /// One line.
  std::string str() const;
};

struct PackSearchResult {
  /// The kernel, proved; null if there is none. Its sketch is "the reference
  /// lowering" if nothing is faster.
  OwningOpRef<ModuleOp> module;
  /// Modelled, to load, pack and store the values: of the kernel and of the
  /// reference lowering.
  double cycles = 0, referenceCycles = 0;
  bool isReference = false;
  /// Not all that could be was modelled, or the solver gave up too often.
  bool isOutOfBudget = false;
  PackSearchStatistics statistics;
};

/// Searches. `context` is as registerSearchDialects() makes it. Fails, after a
/// diagnostic, if there is no cost model or an instruction cannot be read.
/// Deterministic. Without a solver nothing is proved, so nothing found.
FailureOr<PackSearchResult> searchPack(MLIRContext *context,
                                       const PackSpec &spec,
                                       const Target &target,
                                       const PackSearchOptions &options = {});

/// The cycles of a pack kernel, and the assembly of the loop modelled.
struct PackModel {
  double cycles = 0;
  std::string assembly;
};
llvm::Expected<PackModel> modelPack(const PackKernel &kernel,
                                    const Target &target);

/// The cycles of the lowering without a kernel, for the values of `spec` once.
llvm::Expected<double> modelPackReference(MLIRContext *context,
                                          const PackSpec &spec,
                                          const Target &target);

} // namespace mlir::bitserial

#endif // BITSERIAL_SYNTHESIS_PACKSEARCH_H
