//===- Search.h - Finding kernels -------------------------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The search for the kernel of a spec on a target. Plans (AccumulationPlan.h)
/// are built best first by a lower bound of their cost, run on concrete values,
/// and proved; the best of those that are proved are ranked by the model of the
/// target's pipeline. Everything is counted, not timed, so that two runs give
/// the same kernels, byte for byte.
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_SYNTHESIS_SEARCH_H
#define BITSERIAL_SYNTHESIS_SEARCH_H

#include "bitserial/Synthesis/InstructionSet.h"
#include "bitserial/Synthesis/Solver.h"
#include "bitserial/Transforms/Kernel.h"

#include "llvm/Support/Error.h"

#include <functional>

namespace mlir::bitserial {

struct SearchOptions {
  /// Kernels that are returned at most.
  unsigned maxKernels = 1;
  /// Plans that are built at most; beyond, the search is out of budget.
  unsigned maxPlans = 1000;
  /// Kernels whose cycles are modelled at most, in one micro-tile each.
  unsigned maxModelled = 400;
  /// Plans that are estimated to take more than so many times the cycles of the
  /// one with the lowest estimate are not modelled.
  double maxEstimate = 1.35;
  /// The best of these that are modelled in three micro-tiles; half of them in
  /// six, and so on.
  unsigned maxRefined = 16;
  /// Micro-tiles that one kernel is modelled in at most.
  unsigned maxTiles = 24;
  /// Kernels that a proof is tried of at most.
  unsigned maxProofs = 20;
  /// Decides whether a kernel is correct, best first until there are enough.
  /// The default is the prover, with the solver of this build if there is one.
  std::function<Verdict(const Kernel &)> prove;
  /// The modelled cycles per vector of words of each plane and input, for a
  /// micro-tile of so many rows and vectors; nullopt if there are none. The
  /// default is CostModel.
  std::function<std::optional<double>(const Kernel &, int64_t rows,
                                      int64_t vectors)>
      model;
  /// How long kernels take on this machine, each in its micro-tile. If it is
  /// there, the best `maxMeasured` kernels by the model are put in the order of
  /// these times before any is proved.
  std::function<llvm::Expected<std::vector<double>>(ArrayRef<Kernel>)> measure;
  unsigned maxMeasured = 32;
};

struct SearchStatistics {
  unsigned enumerated = 0;  ///< Plans.
  unsigned unbuildable = 0; ///< That do not fit the spec or the target.
  unsigned screenedOut = 0; ///< Wrong on a concrete input.
  unsigned refuted = 0;
  unsigned unknown = 0;  ///< The prover could not tell; never used.
  unsigned proved = 0;   ///< Those that are returned.
  unsigned modelled = 0; ///< Pairs of a kernel and a tile.

  /// "84 plans: 3 unbuildable, 0 screened out, ..."
  std::string str() const;
};

struct FoundKernel {
  OwningOpRef<ModuleOp> module; ///< In the format of Transforms/Kernel.h.
  double cycles = 0;            ///< As the module says.
};

struct SearchResult {
  enum class Outcome {
    Found,
    Exhausted,  ///< All plans were tried, none is a correct kernel.
    OutOfBudget ///< None of the plans that were tried is.
  };
  Outcome outcome = Outcome::Exhausted;
  std::vector<FoundKernel> kernels; ///< Best first.
  /// Name and version of the solver that proved them; empty if this build has
  /// none, or SearchOptions::prove decided.
  std::string solver;
  SearchStatistics statistics;
};

/// Prepares contexts for search().
void registerSearchDialects(DialectRegistry &registry);

/// Finds kernels for a spec on a target. The modules live in `context`, which
/// must have been made with registerSearchDialects(). Fails, with a diagnostic,
/// only if the search itself could not be carried out.
FailureOr<SearchResult> search(MLIRContext *context, const KernelSpec &spec,
                               const Target &target,
                               const SearchOptions &options = {});

} // namespace mlir::bitserial

#endif // BITSERIAL_SYNTHESIS_SEARCH_H
