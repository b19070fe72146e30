//===- SearchedProofTest.cpp - Proofs of what the search builds -----------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ProverTestUtils.h"

#include "bitserial/Synthesis/KernelBuilder.h"
#include "bitserial/Synthesis/Search.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace mlir::bitserial;

namespace {

class SearchedProofTest : public KernelProofTest {
protected:
  SearchedProofTest() {
    DialectRegistry registry;
    registerSearchDialects(registry);
    context.appendDialectRegistry(registry);
    context.loadAllAvailableDialects();
  }
};

// All plans of the search, not only the best, are correct, and the prover sees
// it.
TEST_F(SearchedProofTest, everyPlanIsProved) {
  struct Case {
    StringRef cpu, features;
    unsigned word;
    bool isReduction;
  };
  SmallVector<Case> cases = {{"haswell", "", 64, false},
                             {"icelake-server", "", 32, false},
                             {"cortex-a53", "", 16, true},
                             {"neoverse-n1", "", 16, true}};
  SmallVector<std::pair<SmallVector<int64_t>, SmallVector<int64_t>>> formats = {
      {{1}, {1}}, {{1, 2}, {1, -2}}};
  unsigned maxPlans = 6;
  std::unique_ptr<Solver> solver = Solver::create();
  if (getenv("BITSERIAL_ALL_PLANS")) {
    cases = {
        {"haswell", "", 64, false},        {"haswell", "", 32, true},
        {"icelake-server", "", 32, false}, {"sapphirerapids", "", 32, false},
        {"cortex-a53", "", 16, false},     {"cortex-a53", "", 16, true},
        {"cortex-a72", "", 16, true},      {"neoverse-n1", "", 16, false},
        {"neoverse-n1", "", 32, true},     {"cortex-a7", "", 16, false}};
    formats = {{{1}, {1}},
               {{1, 2}, {1}},
               {{1, 2}, {1, 2}},
               {{1, 2, 4}, {1}},
               {{1}, {1, -2}},
               {{1, 2}, {1, -1}},
               {{1, 2, 4}, {1, 2, -4}}};
    maxPlans = atoi(getenv("BITSERIAL_ALL_PLANS"));
  }
  for (const Case &c : cases)
    for (auto &[a, w] : formats) {
      Target target = llvm::cantFail(Target::get(c.cpu, c.features));
      unsigned count = 0, proved = 0;
      double slowest = 0, total = 0, solverTime = 0;
      size_t obligationCount = 0;
      SearchOptions options;
      options.maxKernels = maxPlans;
      options.maxPlans = maxPlans;
      options.maxModelled = 1000;
      options.maxEstimate = 1000;
      options.maxTiles = 1;
      options.model = [](const Kernel &, int64_t, int64_t) { return 1.0; };
      options.prove = [&](const Kernel &kernel) {
        ProverOptions proverOptions;
        proverOptions.makeObligations = true;
        const char *folder = getenv("BITSERIAL_PROOFS");
        ProofResult result = prove(
            kernel, set(), folder ? solver.get() : nullptr, proverOptions);
        if (folder && result.isProved())
          EXPECT_FALSE(errorToBool(writeProof(
              folder,
              llvm::formatv("{0}-{1}-{2}", c.cpu, kernel.spec.name(), count)
                  .str(),
              kernel, set(), result)));
        solverTime += result.solverSeconds;
        obligationCount += result.obligations.size();
        ++count;
        proved += result.isProved();
        total += result.linearSeconds;
        slowest = std::max(slowest, result.linearSeconds);
        EXPECT_TRUE(result.isProved())
            << c.cpu.str() << " " << kernel.spec.str() << ": " << kernel.sketch
            << ": " << result.reason;
        if (!result.isProved() && getenv("BITSERIAL_ALL_PLANS"))
          ModuleOp(kernel.module).dump();
        return result.verdict;
      };
      auto result =
          search(&context, makeProductSpec(a, w, c.word, c.isReduction), target,
                 options);
      ASSERT_TRUE(succeeded(result)) << diagnostics;
      EXPECT_GT(count, 0u);
      if (getenv("BITSERIAL_ALL_PLANS"))
        llvm::errs() << llvm::formatv(
            "{0} {1} {2}x{3} word {4}: {5} of {6} proved, {7:f1} ms on "
            "average, {8:f1} ms at most, {9:f1} obligations, solver {10:f2} s "
            "on average\n",
            c.cpu, c.isReduction ? "reduction" : "outputs", a.size(), w.size(),
            c.word, proved, count, total / count * 1e3, slowest * 1e3,
            double(obligationCount) / count, solverTime / count);
    }
}

/// Changes one element of a constant; false if it has not so many.
static bool changeElement(arith::ConstantOp op, unsigned index) {
  auto dense = dyn_cast<DenseIntElementsAttr>(op.getValue());
  if (!dense || index >= dense.getNumElements())
    return false;
  SmallVector<APInt> values(dense.getValues<APInt>());
  values[index] += 1;
  op.setValueAttr(
      cast<TypedAttr>(DenseElementsAttr::get(dense.getType(), values)));
  return true;
}

// Sums that are looked up in tables of the activations.
TEST_F(SearchedProofTest, tablesAreProved) {
  std::unique_ptr<Solver> solver = Solver::create();
  Target target = llvm::cantFail(Target::get("haswell", ""));
  SketchContext sketch(&context, set(), target);
  for (auto &[a, w] :
       {std::pair<SmallVector<int64_t>, SmallVector<int64_t>>{{1, 2}, {1}},
        {{1, 2, 4}, {1}},
        {{1, 2}, {1, -2}}}) {
    KernelSpec spec = makeProductSpec(a, w, /*wordBits=*/8,
                                      /*lanesAreReduction=*/false);
    unsigned count = 0;
    for (const AccumulationPlan &plan :
         enumeratePlans(spec, target, sketch.roles)) {
      if (plan.counting != AccumulationPlan::Counting::Table ||
          plan.words > 1 ||
          plan.accumulator != AccumulationPlan::Accumulator::Byte)
        continue;
      OwningOpRef<ModuleOp> module = buildKernel(sketch, spec, plan);
      if (!module)
        continue;
      FailureOr<Kernel> kernel = Kernel::get(*module);
      ASSERT_TRUE(succeeded(kernel)) << diagnostics;
      ProofResult result = prove(*kernel, set(), solver.get());
      EXPECT_TRUE(result.isProved()) << kernel->sketch << ": " << result.reason;
      EXPECT_TRUE(result.needsSharedWords);
      ++count;
    }
    EXPECT_GE(count, 1u);
  }
}

// Wrong entries of the tables, and of the masks that they are made with; in the
// last lane as in the first.
TEST_F(SearchedProofTest, wrongTablesAreRefuted) {
  Target target = llvm::cantFail(Target::get("haswell", ""));
  SketchContext sketch(&context, set(), target);
  KernelSpec spec = makeProductSpec({1, 2}, {1}, /*wordBits=*/8,
                                    /*lanesAreReduction=*/false);
  auto plans = enumeratePlans(spec, target, sketch.roles);
  auto plan = llvm::find_if(plans, [](const AccumulationPlan &plan) {
    return plan.counting == AccumulationPlan::Counting::Table;
  });
  ASSERT_NE(plan, plans.end());
  OwningOpRef<ModuleOp> module = buildKernel(sketch, spec, *plan);
  ASSERT_TRUE(module);
  unsigned count = 0;
  for (unsigned index : {3, 31}) {
    for (unsigned which = 0;; ++which) {
      OwningOpRef<ModuleOp> mutant = module->clone();
      unsigned at = 0;
      arith::ConstantOp chosen;
      mutant->lookupSymbol<func::FuncOp>("step_0_1")
          .walk([&](arith::ConstantOp op) {
            if (at++ == which)
              chosen = op;
          });
      if (!chosen)
        break;
      if (!changeElement(chosen, index))
        continue;
      diagnostics.clear();
      FailureOr<Kernel> kernel = Kernel::get(*mutant);
      ASSERT_TRUE(succeeded(kernel)) << diagnostics;
      ProofResult result = prove(*kernel, set());
      EXPECT_TRUE(result.isRefuted()) << "constant " << which << ", element "
                                      << index << ": " << result.reason;
      EXPECT_TRUE(result.counterexample);
      ++count;
    }
  }
  EXPECT_GE(count, 12u);

  // It rests on words that lanes share.
  FailureOr<Kernel> kernel = Kernel::get(*module);
  ASSERT_TRUE(succeeded(kernel));
  kernel->sharedWords = false;
  EXPECT_TRUE(prove(*kernel, set()).isRefuted());
}

} // namespace
