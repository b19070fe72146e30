//===- Search.cpp - Finding kernels ---------------------------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Synthesis/Search.h"

#include "CostEstimate.h"
#include "Screening.h"
#include "bitserial/Synthesis/AccumulationPlan.h"
#include "bitserial/Synthesis/KernelBuilder.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace mlir::bitserial;

std::string SearchStatistics::str() const {
  return llvm::formatv("{0} plans: {1} unbuildable, {2} screened out, {3} "
                       "refuted, {4} unknown, {5} proved, {6} modelled",
                       enumerated, unbuildable, screenedOut, refuted, unknown,
                       proved, modelled);
}

void bitserial::registerSearchDialects(DialectRegistry &registry) {
  InstructionSet::registerDialects(registry);
}

namespace {
/// A kernel that was built.
struct Candidate {
  OwningOpRef<ModuleOp> module;
  Kernel kernel;
  std::vector<TileEstimate> tiles; ///< Cheapest first.
  std::string text;                ///< Breaks ties.
  double cycles = 0;
};
} // namespace

FailureOr<SearchResult> bitserial::search(MLIRContext *context,
                                          const KernelSpec &spec,
                                          const Target &target,
                                          const SearchOptions &options) {
  context
      ->loadDialect<arith::ArithDialect, func::FuncDialect, LLVM::LLVMDialect,
                    math::MathDialect, vector::VectorDialect>();
  const InstructionSet *set = InstructionSet::get(context, target);
  if (!set)
    return failure();
  SketchContext sketch(context, *set, target);
  SearchResult result;
  SearchStatistics &statistics = result.statistics;

  std::vector<AccumulationPlan> plans =
      enumeratePlans(spec, target, sketch.roles);
  bool isWithinBudget = plans.size() <= options.maxPlans;
  if (!isWithinBudget)
    plans.resize(options.maxPlans);
  std::vector<Candidate> candidates;
  for (const AccumulationPlan &plan : plans) {
    ++statistics.enumerated;
    OwningOpRef<ModuleOp> module = buildKernel(sketch, spec, plan);
    if (!module) {
      ++statistics.unbuildable;
      continue;
    }
    FailureOr<Kernel> kernel = Kernel::get(*module);
    if (failed(kernel))
      return failure();
    Candidate candidate{std::move(module), *kernel, {}, plan.str(), 0};
    candidate.tiles = estimateTiles(candidate.kernel, target);
    if (candidate.tiles.empty()) {
      ++statistics.unbuildable;
      continue;
    }
    candidate.cycles = candidate.tiles.front().cycles;
    candidates.push_back(std::move(candidate));
  }
  auto isBetter = [](const Candidate &x, const Candidate &y) {
    return std::tie(x.cycles, x.text) < std::tie(y.cycles, y.text);
  };
  llvm::sort(candidates, isBetter);

  // Best first: screened, proved, and modelled until enough are.
  std::vector<Candidate> found;
  unsigned wanted = std::max(options.maxModelled, options.maxKernels);
  for (Candidate &candidate : candidates) {
    if (found.size() >= wanted)
      break;
    FailureOr<bool> survives = survivesScreening(*set, candidate.kernel);
    if (failed(survives))
      return failure();
    if (!*survives) {
      ++statistics.screenedOut;
      continue;
    }
    if (options.prove) {
      Verdict verdict = options.prove(candidate.kernel);
      if (verdict == Verdict::Refuted)
        ++statistics.refuted;
      if (verdict == Verdict::Unknown)
        ++statistics.unknown;
      if (verdict != Verdict::Proved)
        continue;
      ++statistics.proved;
    }
    TileEstimate best = candidate.tiles.front();
    if (options.model) {
      std::optional<TileEstimate> modelled;
      for (const TileEstimate &tile : ArrayRef(candidate.tiles).take_front(3)) {
        std::optional<double> cycles =
            options.model(candidate.kernel, tile.rows, tile.vectors);
        if (cycles && (!modelled || *cycles < modelled->cycles))
          modelled = {tile.rows, tile.vectors, *cycles};
      }
      // Code that cannot be generated or analysed is of no use.
      if (!modelled)
        continue;
      ++statistics.modelled;
      best = *modelled;
    }
    candidate.cycles = best.cycles;
    candidate.kernel.tileRows = best.rows;
    candidate.kernel.tileVectors = best.vectors;
    candidate.kernel.cycles = best.cycles;
    candidate.kernel.writeAttribute();
    found.push_back(std::move(candidate));
  }
  llvm::sort(found, isBetter);
  for (Candidate &candidate : found)
    if (result.kernels.size() < options.maxKernels)
      result.kernels.push_back({std::move(candidate.module), candidate.cycles});
  if (!result.kernels.empty())
    result.outcome = SearchResult::Outcome::Found;
  else if (!isWithinBudget)
    result.outcome = SearchResult::Outcome::OutOfBudget;
  return result;
}
