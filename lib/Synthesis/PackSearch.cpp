//===- PackSearch.cpp - Finding pack kernels ------------------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Synthesis/PackSearch.h"

#include "PackCost.h"
#include "PackSketch.h"

#include "llvm/MC/MCSchedule.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/Support/FormatVariadic.h"

#include <cmath>

using namespace mlir;
using namespace mlir::bitserial;

std::string PackSearchStatistics::str() const {
  return llvm::formatv("{0} sketches; {1} kernels modelled, {2} screened out, "
                       "{3} refuted, {4} unknown, {5} proved",
                       plans, modelled, screenedOut, refuted, unknown, proved);
}

/// How many of the cycles may be left for more vectors at once to be used.
static constexpr double kWorthwhile = 0.97;

/// How often all choices of a plan are gone through.
static constexpr unsigned kMaxRounds = 2;

namespace {
struct Candidate {
  OwningOpRef<ModuleOp> module;
  PackKernel kernel;
  double cycles;
  bool isReference;
  std::string text; ///< Breaks ties.
};

class PackSearcher {
public:
  PackSearcher(MLIRContext *context, const InstructionSet &set,
               const PackSpec &spec, const Target &target,
               const PackSearchOptions &options)
      : context(context), set(set), target(target), options(options),
        sketcher(context, set, spec, target),
        firstSteps(target.subtarget()
                           .getSchedModelForCPU(target.costModelCpu())
                           .isOutOfOrder()
                       ? 1
                       : 2) {}

  FailureOr<PackSearchResult> run();

private:
  /// The cycles of a plan's kernel; nullopt if there is none that works.
  FailureOr<std::optional<double>> evaluate(const PackPlan &plan);
  /// Improves one choice after the other.
  LogicalResult descend(PackPlan plan);
  /// Models a candidate with other numbers of steps as well.
  void chooseSteps(Candidate &candidate);
  /// Best first; the reference first of those that are as fast.
  void sortCandidates();
  std::optional<double> model(const PackKernel &kernel);

  MLIRContext *context;
  const InstructionSet &set;
  const Target &target;
  const PackSearchOptions &options;
  PackSketcher sketcher;
  /// Vectors for an iteration, where sequences are compared: one would show the
  /// latencies of a core that executes in order.
  int64_t firstSteps;
  std::unique_ptr<PackCostModel> costs;
  std::vector<Candidate> candidates;
  /// By the text of the function.
  std::map<std::string, std::optional<double>> known;
  PackSearchResult result;
};
} // namespace

static std::string print(Operation *op) {
  std::string text;
  llvm::raw_string_ostream os(text);
  op->print(os);
  return text;
}

std::optional<double> PackSearcher::model(const PackKernel &kernel) {
  if (options.model)
    return options.model(kernel);
  llvm::Expected<double> cycles = costs->model(kernel);
  if (cycles)
    // As the module will say, so that order and text agree.
    return std::round(*cycles * 100) / 100;
  llvm::consumeError(cycles.takeError());
  return std::nullopt;
}

FailureOr<std::optional<double>> PackSearcher::evaluate(const PackPlan &plan) {
  OwningOpRef<ModuleOp> module = sketcher.build(plan);
  if (!module)
    return std::optional<double>();
  FailureOr<PackKernel> kernel = PackKernel::get(*module);
  if (failed(kernel))
    return failure();
  auto [it, isNew] = known.try_emplace(print(kernel->function));
  if (!isNew)
    return it->second;
  FailureOr<std::optional<PackCounterexample>> wrong = screenPack(*kernel, set);
  if (failed(wrong))
    return failure();
  if (*wrong) {
    ++result.statistics.screenedOut;
    return std::optional<double>();
  }
  if (result.statistics.modelled == options.maxModelled) {
    result.isOutOfBudget = true;
    return std::optional<double>();
  }
  ++result.statistics.modelled;
  // The lowering without a kernel takes one vector at a time.
  bool isReference = plan.gather == PackPlan::Gather::Reference;
  kernel->steps = isReference ? 1 : firstSteps;
  it->second = model(*kernel);
  if (!it->second)
    return it->second;
  if (isReference)
    result.referenceCycles = *it->second;
  candidates.push_back({std::move(module), *kernel, *it->second, isReference,
                        print(kernel->function)});
  return it->second;
}

void PackSearcher::chooseSteps(Candidate &candidate) {
  int64_t modelled = candidate.kernel.steps;
  for (int64_t steps : {1, 2, 4}) {
    if (steps == modelled || result.statistics.modelled == options.maxModelled)
      continue;
    ++result.statistics.modelled;
    PackKernel kernel = candidate.kernel;
    kernel.steps = steps;
    std::optional<double> cycles = model(kernel);
    if (!cycles)
      continue;
    // More code has to gain something.
    if (*cycles < kWorthwhile * candidate.cycles) {
      candidate.cycles = *cycles;
      candidate.kernel.steps = steps;
    }
  }
}

LogicalResult PackSearcher::descend(PackPlan plan) {
  FailureOr<std::optional<double>> best = evaluate(plan);
  if (failed(best))
    return failure();
  bool isBetter = true;
  for (unsigned round = 0; round < kMaxRounds && isBetter; ++round) {
    isBetter = false;
    for (unsigned i = 0; i < plan.choices.size(); ++i)
      for (unsigned option = 0, e = sketcher.countOptions(plan, i); option < e;
           ++option) {
        // What comes behind may have other options then.
        PackPlan other = plan;
        other.choices[i] = option;
        FailureOr<std::optional<double>> cycles = evaluate(other);
        if (failed(cycles))
          return failure();
        if (*cycles && (!*best || **cycles < **best)) {
          best = cycles;
          plan = std::move(other);
          isBetter = true;
        }
      }
  }
  // The other way to put the parts of planes together.
  if (plan.mergeIntegers) {
    plan.mergeIntegers = false;
    if (failed(evaluate(plan)))
      return failure();
  }
  return success();
}

void PackSearcher::sortCandidates() {
  auto key = [](const Candidate &c) {
    return std::make_tuple(c.cycles, !c.isReference, c.text.size(), c.text);
  };
  llvm::sort(candidates, [&](const Candidate &a, const Candidate &b) {
    return key(a) < key(b);
  });
}

FailureOr<PackSearchResult> PackSearcher::run() {
  if (!options.model) {
    llvm::Expected<std::unique_ptr<PackCostModel>> created =
        PackCostModel::create(target);
    if (!created)
      return emitError(UnknownLoc::get(context))
             << llvm::toString(created.takeError());
    costs = std::move(*created);
  }
  for (const PackPlan &plan : sketcher.enumerate()) {
    ++result.statistics.plans;
    if (failed(descend(plan)))
      return failure();
  }
  sortCandidates();
  for (auto [i, candidate] : llvm::enumerate(candidates))
    if (i < options.maxRefined || candidate.isReference)
      chooseSteps(candidate);
  sortCandidates();
  SolverOptions solverOptions;
  solverOptions.resourceLimit = options.resourceLimit;
  std::unique_ptr<Solver> solver = Solver::create(solverOptions);
  for (Candidate &candidate : candidates) {
    if (result.statistics.unknown >= options.maxUnknown &&
        !candidate.isReference) {
      result.isOutOfBudget = true;
      continue;
    }
    PackProof proof = provePack(candidate.kernel, set, solver.get());
    if (proof.isRefuted())
      ++result.statistics.refuted;
    else if (!proof.isProved())
      ++result.statistics.unknown;
    if (!proof.isProved())
      continue;
    ++result.statistics.proved;
    candidate.kernel.cycles = candidate.cycles;
    candidate.kernel.writeAttribute();
    result.module = std::move(candidate.module);
    result.cycles = candidate.cycles;
    result.isReference = candidate.isReference && candidate.kernel.steps == 1;
    break;
  }
  return std::move(result);
}

FailureOr<PackSearchResult>
bitserial::searchPack(MLIRContext *context, const PackSpec &spec,
                      const Target &target, const PackSearchOptions &options) {
  const InstructionSet *set = InstructionSet::get(context, target);
  if (!set)
    return failure();
  return PackSearcher(context, *set, spec, target, options).run();
}

llvm::Expected<PackModel> bitserial::modelPack(const PackKernel &kernel,
                                               const Target &target) {
  llvm::Expected<std::unique_ptr<PackCostModel>> costs =
      PackCostModel::create(target);
  if (!costs)
    return costs.takeError();
  llvm::Expected<double> cycles = (*costs)->model(kernel);
  if (!cycles)
    return cycles.takeError();
  return PackModel{*cycles, (*costs)->getAssembly()};
}

llvm::Expected<double> bitserial::modelPackReference(MLIRContext *context,
                                                     const PackSpec &spec,
                                                     const Target &target) {
  const InstructionSet *set = InstructionSet::get(context, target);
  if (!set)
    return llvm::createStringError("the instructions cannot be read");
  PackSketcher sketcher(context, *set, spec, target);
  OwningOpRef<ModuleOp> module = sketcher.build(sketcher.enumerate().front());
  FailureOr<PackKernel> kernel = PackKernel::get(*module);
  if (failed(kernel))
    return llvm::createStringError("the reference kernel is malformed");
  kernel->steps = 1;
  llvm::Expected<PackModel> model = modelPack(*kernel, target);
  if (!model)
    return model.takeError();
  return model->cycles;
}
