//===- CostReport.cpp - Modelled cycles of compiled functions -------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CostReport.h"

#include "bitserial/Synthesis/LoopCost.h"
#include "bitserial/Transforms/MemoryPlan.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"

#include <cmath>

using namespace mlir;
using namespace mlir::bitserial;
namespace json = llvm::json;

/// Two decimals, which is more than models are good for.
static double roundFigure(double value) {
  return std::round(value * 100) / 100;
}

static json::Object toJSON(const LoopCost &loop, double iterations,
                           llvm::ArrayRef<LoopCost> all) {
  json::Value parent = nullptr;
  if (loop.parent)
    parent = all[*loop.parent].label;
  return json::Object{{"label", loop.label},
                      {"depth", loop.depth},
                      {"parent", parent},
                      {"iterations", iterations},
                      {"cycles", roundFigure(loop.cycles)},
                      {"simulated", roundFigure(loop.simulatedCycles)},
                      {"instructions", loop.instructions},
                      {"vector_ops", loop.vectorOps},
                      {"loads", loop.loads},
                      {"stores", loop.stores},
                      {"stack", loop.stackAccesses},
                      {"bottleneck", loop.bottleneck}};
}

llvm::Expected<std::string>
bitserial::reportCost(const GeneratedCode &code, const Target &target,
                      llvm::ArrayRef<FunctionInterface> functions,
                      llvm::StringRef prefix) {
  auto analyzer = LoopAnalyzer::create(target);
  if (!analyzer)
    return analyzer.takeError();
  json::Array list;
  for (const FunctionInterface &function : functions) {
    // What there is besides allocates the arena.
    llvm::StringRef suffix = function.arenaBytes ? kArenaSuffix : "";
    llvm::Expected<FunctionCost> cost =
        (*analyzer)->analyzeCall(code, (prefix + function.name + suffix).str());
    if (!cost)
      return llvm::createStringError(
          "the function '" + function.name +
          "' cannot be modelled: " + llvm::toString(cost.takeError()));
    json::Array loops;
    for (auto [loop, iterations] :
         llvm::zip_equal(cost->loops, cost->iterations))
      loops.push_back(toJSON(loop, iterations, cost->loops));
    list.push_back(
        json::Object{{"name", function.name},
                     {"cycles", roundFigure(cost->cycles)},
                     {"simulated", roundFigure(cost->simulatedCycles)},
                     {"outside_loops", roundFigure(cost->straightCycles)},
                     {"loops", std::move(loops)}});
  }
  json::Object report{{"target", target.cpu()},
                      {"model", target.costModelCpu()},
                      {"functions", std::move(list)}};
  return llvm::formatv("{0:2}\n", json::Value(std::move(report))).str();
}
