//===- LibrarySearch.cpp - A search for the library -----------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LibrarySearch.h"

#include "bitserial/Synthesis/KernelTiming.h"
#include "bitserial/Synthesis/Solver.h"

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

/// Nanoseconds per position of each kernel, measured by turns.
static llvm::Expected<std::vector<double>>
measureKernels(ArrayRef<Kernel> kernels, const Target &target) {
  std::vector<TimedKernel> timed;
  for (const Kernel &kernel : kernels)
    timed.push_back({kernel, {kernel.tileRows, kernel.tileVectors}});
  return timeKernels(timed, target);
}

namespace {
/// A context for a search, which remembers the first of what is said.
class SearchContext {
public:
  SearchContext() : context(makeRegistry(), MLIRContext::Threading::DISABLED) {
    context.loadAllAvailableDialects();
    context.getDiagEngine().registerHandler([this](Diagnostic &diagnostic) {
      if (said.empty())
        said = diagnostic.str();
      return success();
    });
  }
  MLIRContext *get() { return &context; }

  std::string said;

private:
  static DialectRegistry makeRegistry() {
    DialectRegistry registry;
    registerSearchDialects(registry);
    return registry;
  }

  MLIRContext context;
};
} // namespace

static constexpr const char *kNoSolver =
    "built without a solver: only library and cache kernels are used";

std::string bitserial::searchForLibrary(const KernelSpec &spec,
                                        const Target &target, bool measure,
                                        KernelAnswer &answer) {
  // The search would be content with linear forms.
  if (!Solver::create()) {
    answer.reason = kNoSolver;
    return "";
  }
  SearchOptions options;
  if (measure) {
    std::string reason;
    if (!target.isHostRunnable(&reason)) {
      answer.reason = "nothing can be measured: " + reason;
      return "";
    }
    options.measure = [&](ArrayRef<Kernel> kernels) {
      return measureKernels(kernels, target);
    };
  }
  SearchContext context;
  FailureOr<SearchResult> found = search(context.get(), spec, target, options);
  if (failed(found)) {
    answer.reason = "the search failed: " + context.said;
    return "";
  }
  answer.statistics = found->statistics;
  answer.reason = describe(*found, spec);
  if (found->kernels.empty())
    return "";
  FailureOr<Kernel> kernel = Kernel::get(*found->kernels.front().module);
  if (failed(kernel)) {
    answer.reason = "the search made no kernel: " + context.said;
    return "";
  }
  return printKernel(*kernel);
}

std::string bitserial::searchForLibrary(const PackSpec &spec,
                                        const Target &target, bool,
                                        PackAnswer &answer) {
  if (!Solver::create()) {
    answer.reason = kNoSolver;
    return "";
  }
  SearchContext context;
  FailureOr<PackSearchResult> found = searchPack(context.get(), spec, target);
  if (failed(found)) {
    answer.reason = "the search failed: " + context.said;
    return "";
  }
  answer.statistics = found->statistics;
  answer.referenceCycles = found->referenceCycles;
  if (!found->module) {
    answer.reason =
        formatv("{0} {1} ({2})",
                found->isOutOfBudget ? "the search ran out of budget for"
                                     : "no sketch fits",
                spec.name(), found->statistics.str());
    return "";
  }
  return printKernel(*PackKernel::get(*found->module));
}
