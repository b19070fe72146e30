//===- LibrarySearch.cpp - A search for the library -----------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LibrarySearch.h"

#include "bitserial/Synthesis/CostModel.h"
#include "bitserial/Synthesis/KernelLibrary.h"
#include "bitserial/Synthesis/Prover.h"

#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace mlir::bitserial;
using llvm::formatv;

static std::string describe(const SearchResult &result,
                            const KernelSpec &spec) {
  switch (result.outcome) {
  case SearchResult::Outcome::Found:
    return "";
  case SearchResult::Outcome::Exhausted:
    return formatv("no sketch fits {0} ({1})", spec.name(),
                   result.statistics.str());
  case SearchResult::Outcome::OutOfBudget:
    return formatv("the search for {0} ran out of budget ({1})", spec.name(),
                   result.statistics.str());
  }
  llvm_unreachable("all outcomes are handled");
}

LibrarySearchResult bitserial::searchForLibrary(const KernelSpec &spec,
                                                const Target &target) {
  LibrarySearchResult result;
  std::unique_ptr<Solver> solver = Solver::create();
  if (!solver) {
    result.reason =
        "built without a solver: only library and cache kernels are used";
    return result;
  }
  DialectRegistry registry;
  registerSearchDialects(registry);
  CostModel::registerDialects(registry);
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  context.loadAllAvailableDialects();
  std::string said;
  context.getDiagEngine().registerHandler([&](Diagnostic &diagnostic) {
    if (said.empty())
      said = diagnostic.str();
    return success();
  });
  const InstructionSet *set = InstructionSet::get(&context, target);
  llvm::Expected<std::unique_ptr<CostModel>> model = CostModel::create(target);
  if (!model) {
    result.reason = llvm::toString(model.takeError());
    return result;
  }

  SearchOptions options;
  options.prove = [&](const Kernel &kernel) {
    return set ? prove(kernel, *set, solver.get()).verdict : Verdict::Unknown;
  };
  options.model = [&](const Kernel &kernel, int64_t rows,
                      int64_t vectors) -> std::optional<double> {
    llvm::Expected<KernelCost> cost = (*model)->model(kernel, rows, vectors);
    if (cost)
      return cost->cycles;
    llvm::consumeError(cost.takeError());
    return std::nullopt;
  };
  FailureOr<SearchResult> found = search(&context, spec, target, options);
  if (failed(found)) {
    result.reason = "the search failed: " + said;
    return result;
  }
  result.statistics = found->statistics;
  result.reason = describe(*found, spec);
  if (!found->kernels.empty()) {
    FailureOr<Kernel> kernel = Kernel::get(*found->kernels.front().module);
    if (failed(kernel)) {
      result.reason = "the search made no kernel: " + said;
      return result;
    }
    result.text = printKernel(*kernel);
  }
  return result;
}
