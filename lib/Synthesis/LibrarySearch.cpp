//===- LibrarySearch.cpp - A search for the library -----------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LibrarySearch.h"

#include "bitserial/Synthesis/KernelLibrary.h"
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

LibrarySearchResult bitserial::searchForLibrary(const KernelSpec &spec,
                                                const Target &target,
                                                bool measure) {
  LibrarySearchResult result;
  // The search would be content with linear forms.
  if (!Solver::create()) {
    result.reason =
        "built without a solver: only library and cache kernels are used";
    return result;
  }
  DialectRegistry registry;
  registerSearchDialects(registry);
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  context.loadAllAvailableDialects();
  std::string said;
  context.getDiagEngine().registerHandler([&](Diagnostic &diagnostic) {
    if (said.empty())
      said = diagnostic.str();
    return success();
  });
  SearchOptions options;
  if (measure) {
    std::string reason;
    if (!target.isHostRunnable(&reason)) {
      result.reason = "nothing can be measured: " + reason;
      return result;
    }
    options.measure = [&](ArrayRef<Kernel> kernels) {
      return measureKernels(kernels, target);
    };
  }
  FailureOr<SearchResult> found = search(&context, spec, target, options);
  if (failed(found)) {
    result.reason = "the search failed: " + said;
    return result;
  }
  result.statistics = found->statistics;
  result.reason = describe(*found, spec);
  if (!found->kernels.empty()) {
    FailureOr<Kernel> kernel = Kernel::get(*found->kernels.front().module);
    if (failed(kernel))
      result.reason = "the search made no kernel: " + said;
    else
      result.text = printKernel(*kernel);
  }
  return result;
}
