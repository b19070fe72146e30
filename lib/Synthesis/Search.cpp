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
#include "bitserial/Synthesis/CostModel.h"
#include "bitserial/Synthesis/KernelBuilder.h"
#include "bitserial/Synthesis/Prover.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

#include "llvm/Support/FormatVariadic.h"

#include <cmath>

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
  CostModel::registerDialects(registry);
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

namespace {
class Searcher {
public:
  Searcher(MLIRContext *context, const InstructionSet &set,
           const KernelSpec &spec, const Target &target,
           const SearchOptions &options)
      : context(context), set(set), spec(spec), target(target),
        options(options), sketch(context, set, target) {}

  FailureOr<SearchResult> run();

private:
  LogicalResult build();
  /// Whether a candidate is right as far as can be told without a solver.
  FailureOr<bool> check(Candidate &candidate);
  /// Finds the best micro-tile; false if there is none.
  bool chooseTile(Candidate &candidate);
  std::optional<double> model(const Kernel &kernel, const TileEstimate &tile);
  bool count(Verdict verdict);

  MLIRContext *context;
  const InstructionSet &set;
  const KernelSpec &spec;
  const Target &target;
  const SearchOptions &options;
  SketchContext sketch;
  std::unique_ptr<CostModel> costs;
  bool isWithinBudget = true;
  std::vector<Candidate> candidates;
  SearchResult result;
};
} // namespace

static bool isBetter(const Candidate &x, const Candidate &y) {
  return std::tie(x.cycles, x.text) < std::tie(y.cycles, y.text);
}

LogicalResult Searcher::build() {
  SearchStatistics &statistics = result.statistics;
  std::vector<AccumulationPlan> plans =
      enumeratePlans(spec, target, sketch.roles);
  isWithinBudget = plans.size() <= options.maxPlans;
  if (!isWithinBudget)
    plans.resize(options.maxPlans);
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
  llvm::sort(candidates, isBetter);
  return success();
}

bool Searcher::count(Verdict verdict) {
  if (verdict == Verdict::Refuted)
    ++result.statistics.refuted;
  if (verdict == Verdict::Unknown)
    ++result.statistics.unknown;
  return verdict == Verdict::Proved;
}

FailureOr<bool> Searcher::check(Candidate &candidate) {
  FailureOr<bool> survives = survivesScreening(set, candidate.kernel);
  if (failed(survives))
    return failure();
  if (!*survives) {
    ++result.statistics.screenedOut;
    return false;
  }
  return count(options.prove ? options.prove(candidate.kernel)
                             : prove(candidate.kernel, set).verdict);
}

std::optional<double> Searcher::model(const Kernel &kernel,
                                      const TileEstimate &tile) {
  if (options.model)
    return options.model(kernel, tile.rows, tile.vectors);
  llvm::Expected<KernelCost> cost =
      costs->model(kernel, tile.rows, tile.vectors);
  if (cost)
    return cost->cycles;
  llvm::consumeError(cost.takeError());
  return std::nullopt;
}

bool Searcher::chooseTile(Candidate &candidate) {
  // Code that cannot be generated or analysed is of no use.
  std::optional<TileEstimate> best;
  for (const TileEstimate &tile :
       ArrayRef(candidate.tiles).take_front(options.maxTiles)) {
    std::optional<double> cycles = model(candidate.kernel, tile);
    if (cycles && (!best || *cycles < best->cycles))
      best = {tile.rows, tile.vectors, *cycles};
  }
  if (!best)
    return false;
  ++result.statistics.modelled;
  // As the module will say, so that order and text agree.
  candidate.cycles = std::round(best->cycles * 100) / 100;
  candidate.kernel.tileRows = best->rows;
  candidate.kernel.tileVectors = best->vectors;
  candidate.kernel.cycles = candidate.cycles;
  candidate.kernel.writeAttribute();
  return true;
}

FailureOr<SearchResult> Searcher::run() {
  if (!options.model) {
    llvm::Expected<std::unique_ptr<CostModel>> created =
        CostModel::create(target);
    if (!created)
      return emitError(UnknownLoc::get(context))
             << llvm::toString(created.takeError());
    costs = std::move(*created);
  }
  if (failed(build()))
    return failure();

  // Best first, until enough kernels that are right have been modelled.
  std::vector<Candidate> found;
  for (Candidate &candidate : candidates) {
    if (found.size() >= std::max(options.maxModelled, options.maxKernels))
      break;
    FailureOr<bool> isRight = check(candidate);
    if (failed(isRight))
      return failure();
    if (*isRight && chooseTile(candidate))
      found.push_back(std::move(candidate));
  }
  llvm::sort(found, isBetter);

  // The solver has the last word, on the few that are wanted.
  std::unique_ptr<Solver> solver = Solver::create();
  for (Candidate &candidate : found) {
    if (result.kernels.size() == options.maxKernels)
      break;
    if (solver && !options.prove &&
        !count(prove(candidate.kernel, set, solver.get()).verdict))
      continue;
    ++result.statistics.proved;
    result.kernels.push_back({std::move(candidate.module), candidate.cycles});
  }
  if (!result.kernels.empty())
    result.outcome = SearchResult::Outcome::Found;
  else if (!isWithinBudget)
    result.outcome = SearchResult::Outcome::OutOfBudget;
  return std::move(result);
}

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
  return Searcher(context, *set, spec, target, options).run();
}
