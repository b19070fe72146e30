//===- Search.cpp - Finding kernels ---------------------------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Synthesis/Search.h"

#include "CostEstimate.h"
#include "PassCost.h"
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
#include <map>
#include <numeric>

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
  AccumulationPlan plan;
  OwningOpRef<ModuleOp> module;
  Kernel kernel;
  std::vector<TileEstimate> tiles;         ///< Cheapest first, by the estimate.
  std::string text;                        ///< Breaks ties.
  TileEstimate best{1, 1, 0};              ///< Estimated, then modelled.
  unsigned numModelled = 0;                ///< The first tiles.
  std::vector<TileEstimate> modelled = {}; ///< Of these, best first.
  bool isWhole = false;                    ///< Modelled as a whole.
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
  /// The candidates whose cycles have been modelled, best first.
  FailureOr<std::vector<Candidate>> modelPlans();
  /// Puts the first of `found` in the order of measured times.
  LogicalResult measure(std::vector<Candidate> &found);
  Verdict proveKernel(const Kernel &kernel);
  std::optional<TileEstimate> model(const Candidate &candidate,
                                    const TileEstimate &tile);
  /// Models the best pairs of a kernel and a tile as the code that they are in
  /// the end, all passes together, and puts them in front, best first.
  void modelWhole(std::vector<Candidate> &found);

  MLIRContext *context;
  const InstructionSet &set;
  const KernelSpec &spec;
  const Target &target;
  const SearchOptions &options;
  SketchContext sketch;
  std::unique_ptr<CostModel> costs;
  std::optional<PassCosts> passCosts;
  std::unique_ptr<Solver> solver;
  bool isWithinBudget = true;
  std::vector<Candidate> candidates; ///< Best first, by the estimate.
  SearchResult result;
};
} // namespace

/// Kernels, and micro-tiles of these, whose code is modelled as a whole: the
/// best by the costs of their passes.
static constexpr unsigned kWhole = 6;
/// Kernels that take more than so many times the cycles of the best one are
/// not tried in a few other tiles; in more, the square root of that.
static constexpr double kClose = 1.15;

static bool isBetter(const Candidate &x, const Candidate &y) {
  return std::make_tuple(x.best.cost(), StringRef(x.text)) <
         std::make_tuple(y.best.cost(), StringRef(y.text));
}

LogicalResult Searcher::build() {
  SearchStatistics &statistics = result.statistics;
  std::vector<AccumulationPlan> plans =
      enumeratePlans(spec, target, sketch.roles);
  isWithinBudget = plans.size() <= options.maxPlans;
  if (!isWithinBudget)
    plans.resize(options.maxPlans);
  MicroTile usualTile = getDefaultMicroTile(target);
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
    Candidate candidate{
        plan, std::move(module), *kernel, {}, plan.str(spec.numPlanes)};
    candidate.tiles = estimateTiles(candidate.kernel, target);
    if (candidate.tiles.empty()) {
      ++statistics.unbuildable;
      continue;
    }
    candidate.best = candidate.tiles.front();
    // That of the reference lowering is one of the first.
    auto usual = llvm::find_if(candidate.tiles, [&](const TileEstimate &tile) {
      return tile.rows == usualTile.rows && tile.vectors == usualTile.vectors;
    });
    if (usual != candidate.tiles.end() && usual - candidate.tiles.begin() > 1)
      std::rotate(candidate.tiles.begin() + 1, usual, usual + 1);
    candidates.push_back(std::move(candidate));
  }
  llvm::sort(candidates, isBetter);
  return success();
}

/// As a module says, so that order and text agree.
static double roundCycles(double cycles) {
  return std::round(cycles * 100) / 100;
}

std::optional<TileEstimate> Searcher::model(const Candidate &candidate,
                                            const TileEstimate &tile) {
  ++result.statistics.modelled;
  std::optional<TileEstimate> cost;
  if (!options.model)
    cost = passCosts->model(spec, candidate.plan, {tile.rows, tile.vectors});
  else if (auto cycles =
               options.model(candidate.kernel, tile.rows, tile.vectors))
    cost = TileEstimate{tile.rows, tile.vectors, *cycles, *cycles};
  if (cost) {
    cost->cycles = roundCycles(cost->cycles);
    cost->simulatedCycles = roundCycles(cost->simulatedCycles);
  }
  return cost;
}

void Searcher::modelWhole(std::vector<Candidate> &found) {
  if (!costs)
    return;
  struct Pair {
    Candidate *candidate;
    TileEstimate tile;
  };
  std::vector<Pair> pairs;
  for (Candidate &candidate : MutableArrayRef(found).take_front(kWhole))
    for (const TileEstimate &tile : candidate.modelled)
      pairs.push_back({&candidate, tile});
  auto order = [](const Pair &pair) {
    return std::make_tuple(pair.tile.cost(), StringRef(pair.candidate->text),
                           pair.tile.rows, pair.tile.vectors);
  };
  llvm::sort(pairs,
             [&](const Pair &x, const Pair &y) { return order(x) < order(y); });
  pairs.resize(std::min<size_t>(pairs.size(), kWhole));
  std::map<Candidate *, TileEstimate> best;
  for (const Pair &pair : pairs) {
    ++result.statistics.modelled;
    llvm::Expected<KernelCost> cost =
        costs->model(pair.candidate->kernel, pair.tile.rows, pair.tile.vectors);
    if (!cost) {
      llvm::consumeError(cost.takeError());
      continue;
    }
    TileEstimate whole{pair.tile.rows, pair.tile.vectors,
                       roundCycles(cost->cycles),
                       roundCycles(cost->simulatedCycles)};
    auto [it, isNew] = best.try_emplace(pair.candidate, whole);
    if (!isNew && whole.cost() < it->second.cost())
      it->second = whole;
  }
  for (auto &[candidate, tile] : best) {
    candidate->best = tile;
    candidate->modelled = {tile};
    candidate->isWhole = true;
  }
  llvm::sort(found, [](const Candidate &x, const Candidate &y) {
    return x.isWhole != y.isWhole ? x.isWhole : isBetter(x, y);
  });
}

bool Searcher::modelTiles(Candidate &candidate, unsigned maxTiles) {
  ArrayRef<TileEstimate> tiles = candidate.tiles;
  for (const TileEstimate &tile :
       tiles.take_front(maxTiles).drop_front(candidate.numModelled)) {
    ++candidate.numModelled;
    if (std::optional<TileEstimate> cost = model(candidate, tile))
      candidate.modelled.push_back(*cost);
  }
  // Code that cannot be generated or analysed is of no use.
  if (candidate.modelled.empty())
    return false;
  llvm::sort(candidate.modelled,
             [](const TileEstimate &x, const TileEstimate &y) {
               return std::make_tuple(x.cost(), x.rows, x.vectors) <
                      std::make_tuple(y.cost(), y.rows, y.vectors);
             });
  candidate.best = candidate.modelled.front();
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

FailureOr<std::vector<Candidate>> Searcher::modelPlans() {
  // All that the budget allows, each in the tile that seems best for it.
  std::vector<Candidate> found;
  double cheapest = candidates.empty() ? 0 : candidates.front().best.cycles;
  for (Candidate &candidate : candidates) {
    if (found.size() == options.maxModelled ||
        candidate.best.cycles > cheapest * options.maxEstimate) {
      isWithinBudget = false;
      break;
    }
    FailureOr<bool> survives = survivesScreening(set, candidate.kernel);
    if (failed(survives))
      return failure();
    if (!*survives)
      ++result.statistics.screenedOut;
    else if (modelTiles(candidate, 1))
      found.push_back(std::move(candidate));
  }
  // The better ones in others: fewer and fewer plans, in more and more tiles,
  // as long as they may become the best.
  llvm::sort(found, isBetter);
  double close = kClose;
  for (unsigned plans = options.maxRefined, tiles = 3; plans > 1;
       plans /= 2, tiles *= 2, close = std::sqrt(close)) {
    for (Candidate &candidate : MutableArrayRef(found).take_front(plans)) {
      if (candidate.best.cycles > close * found.front().best.cycles)
        break;
      modelTiles(candidate, std::min(tiles, options.maxTiles));
    }
    llvm::sort(found, isBetter);
  }
  modelWhole(found);
  return std::move(found);
}

LogicalResult Searcher::measure(std::vector<Candidate> &found) {
  std::vector<Kernel> kernels;
  for (Candidate &candidate : found) {
    if (kernels.size() == options.maxMeasured)
      break;
    candidate.kernel.tileRows = candidate.modelled.front().rows;
    candidate.kernel.tileVectors = candidate.modelled.front().vectors;
    kernels.push_back(candidate.kernel);
  }
  llvm::Expected<std::vector<double>> times = options.measure(kernels);
  if (!times)
    return emitError(UnknownLoc::get(context))
           << "nothing can be measured: " << llvm::toString(times.takeError());
  std::vector<unsigned> order(times->size());
  std::iota(order.begin(), order.end(), 0);
  llvm::sort(order, [&](unsigned x, unsigned y) {
    return std::tie((*times)[x], x) < std::tie((*times)[y], y);
  });
  std::vector<Candidate> sorted;
  for (unsigned i : order)
    sorted.push_back(std::move(found[i]));
  std::move(sorted.begin(), sorted.end(), found.begin());
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
    passCosts.emplace(sketch, *costs);
  }
  if (failed(build()))
    return failure();
  FailureOr<std::vector<Candidate>> modelled = modelPlans();
  if (failed(modelled) || (options.measure && failed(measure(*modelled))))
    return failure();

  // Proofs of those that are wanted.
  unsigned numProofs = 0;
  for (Candidate &candidate : *modelled) {
    if (result.kernels.size() == options.maxKernels)
      break;
    if (numProofs++ == options.maxProofs) {
      isWithinBudget = false;
      break;
    }
    candidate.kernel.tileRows = candidate.modelled.front().rows;
    candidate.kernel.tileVectors = candidate.modelled.front().vectors;
    candidate.kernel.cycles = candidate.best.cycles;
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
    result.kernels.push_back(
        {std::move(candidate.module), candidate.best.cycles});
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
