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
                       "refuted, {4} unknown, {5} proved; {6} tiles modelled",
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
  std::vector<TileEstimate> tiles;  ///< Cheapest first.
  std::string text;                 ///< Breaks ties.
  double cycles = 0;                ///< Estimated, then modelled.
  unsigned numModelled = 0;         ///< The first tiles.
  std::optional<TileEstimate> best; ///< Of these.
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
  /// Models the first tiles of a candidate; false if none can be.
  bool modelTiles(Candidate &candidate, unsigned maxTiles);
  /// Adds candidates to `found`, best first, until there are `maxModelled`.
  LogicalResult modelPlans(unsigned maxModelled, unsigned maxRefined,
                           std::vector<Candidate> &found);
  Verdict proveKernel(const Kernel &kernel);
  std::optional<double> model(const Kernel &kernel, const TileEstimate &tile);

  MLIRContext *context;
  const InstructionSet &set;
  const KernelSpec &spec;
  const Target &target;
  const SearchOptions &options;
  SketchContext sketch;
  std::unique_ptr<CostModel> costs;
  std::unique_ptr<Solver> solver;
  bool isWithinBudget = true;
  std::vector<Candidate> candidates; ///< Best first, by the estimate.
  size_t nextCandidate = 0;
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
    Candidate candidate{std::move(module), *kernel, {}, plan.str(), 0, 0, {}};
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

bool Searcher::modelTiles(Candidate &candidate, unsigned maxTiles) {
  ArrayRef<TileEstimate> tiles = candidate.tiles;
  for (const TileEstimate &tile :
       tiles.take_front(maxTiles).drop_front(candidate.numModelled)) {
    ++candidate.numModelled;
    ++result.statistics.modelled;
    std::optional<double> cycles = model(candidate.kernel, tile);
    if (!cycles)
      continue;
    // As the module will say, so that order and text agree.
    *cycles = std::round(*cycles * 100) / 100;
    if (!candidate.best || *cycles < candidate.best->cycles)
      candidate.best = {tile.rows, tile.vectors, *cycles};
  }
  // Code that cannot be generated or analysed is of no use.
  if (!candidate.best)
    return false;
  candidate.cycles = candidate.best->cycles;
  return true;
}

Verdict Searcher::proveKernel(const Kernel &kernel) {
  // A kernel that was right on concrete values is more likely out of the
  // prover's reach than wrong: no time is spent on a counterexample.
  ProverOptions proverOptions;
  proverOptions.findCounterexample = false;
  if (!solver)
    solver = Solver::create();
  ProofResult proof = prove(kernel, set, solver.get(), proverOptions);
  if (proof.isProved())
    result.solver = proof.solver;
  return proof.verdict;
}

LogicalResult Searcher::modelPlans(unsigned maxModelled, unsigned maxRefined,
                                   std::vector<Candidate> &found) {
  while (nextCandidate < candidates.size() && found.size() < maxModelled) {
    Candidate &candidate = candidates[nextCandidate++];
    FailureOr<bool> survives = survivesScreening(set, candidate.kernel);
    if (failed(survives))
      return failure();
    if (!*survives)
      ++result.statistics.screenedOut;
    else if (modelTiles(candidate, 1))
      found.push_back(std::move(candidate));
  }
  llvm::sort(found, isBetter);
  for (Candidate &candidate : MutableArrayRef(found).take_front(maxRefined))
    modelTiles(candidate, options.maxTiles);
  llvm::sort(found, isBetter);
  return success();
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

  // The most promising ones, each in the tile that seems best for it; then the
  // best of these in others. More of both if the estimate has put the plans in
  // a bad order: nothing is found that is as fast as the reference lowering.
  std::vector<Candidate> found;
  if (failed(modelPlans(options.maxModelled, options.maxRefined, found)))
    return failure();
  if (costs) {
    llvm::Expected<KernelCost> reference = costs->modelReference(context, spec);
    if (!reference)
      llvm::consumeError(reference.takeError());
    else if (found.empty() || found.front().cycles > reference->cycles)
      if (failed(modelPlans(4 * options.maxModelled, 4 * options.maxRefined,
                            found)))
        return failure();
  }

  isWithinBudget &= nextCandidate == candidates.size();

  // Proofs of those that are wanted.
  unsigned numProofs = 0;
  for (Candidate &candidate : found) {
    if (result.kernels.size() == options.maxKernels)
      break;
    if (numProofs++ == options.maxProofs) {
      isWithinBudget = false;
      break;
    }
    candidate.kernel.tileRows = candidate.best->rows;
    candidate.kernel.tileVectors = candidate.best->vectors;
    candidate.kernel.cycles = candidate.cycles;
    candidate.kernel.writeAttribute();
    Verdict verdict = options.prove ? options.prove(candidate.kernel)
                                    : proveKernel(candidate.kernel);
    if (verdict == Verdict::Refuted)
      ++result.statistics.refuted;
    if (verdict == Verdict::Unknown)
      ++result.statistics.unknown;
    if (verdict != Verdict::Proved)
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
