//===- CostModel.cpp - What micro-kernels cost ---------------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Synthesis/CostModel.h"
#include "TileFunction.h"
#include "bitserial/Transforms/IntrinsicEffects.h"

#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"

#include <cmath>

using namespace mlir;
using namespace mlir::bitserial;
using llvm::Error;
using llvm::Expected;
using llvm::formatv;

static Error error(const llvm::Twine &message) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), message);
}

/// As the search rounds them, so that the same cost always reads alike.
static double roundCycles(double cycles) {
  return std::round(cycles * 100) / 100;
}

std::string KernelCost::str() const {
  return formatv("{0:f2} cycles per vector ({1:f1} one-bit MAC/cycle), tile "
                 "{2}x{3}",
                 roundCycles(cycles), bitMacsPerCycle, tile.rows, tile.vectors);
}

struct CostModel::Data {
  explicit Data(const Target &target) : target(target), compiler(target) {}

  Expected<KernelCost> model(const Kernel &kernel, MicroTile tile);
  Target target;
  std::unique_ptr<LoopAnalyzer> analyzer;
  TileCompiler compiler;
};

Expected<KernelCost> CostModel::Data::model(const Kernel &kernel,
                                            MicroTile tile) {
  KernelCost cost;
  cost.tile = tile;
  cost.positions = choosePositions(kernel);
  Expected<OwningOpRef<ModuleOp>> module =
      compiler.compile(kernel, tile, cost.positions);
  if (!module)
    return module.takeError();
  Expected<GeneratedCode> code = GeneratedCode::create(**module, target);
  if (!code)
    return code.takeError();
  Expected<std::vector<LoopCost>> loops =
      analyzer->analyze(*code, kTileFunctionName);
  if (!loops)
    return loops.takeError();
  cost.loops = std::move(*loops);
  if (cost.loops.empty())
    return error("no loop is left of the kernel");

  // How often each loop runs in all.
  std::vector<double> iterations;
  for (const LoopCost &loop : cost.loops) {
    if (!loop.tripCount)
      return error(formatv(
          "LLVM does not know how often the loop at '{0}' runs", loop.label));
    double entered = loop.parent ? iterations[*loop.parent] : 1;
    iterations.push_back(entered * *loop.tripCount);
    double perPosition = iterations.back() / cost.positions;
    cost.cyclesPerPosition += perPosition * loop.cycles;
    cost.simulatedCycles += perPosition * loop.simulatedCycles;
    cost.vectorOps += perPosition * loop.vectorOps;
    cost.loads += perPosition * loop.loads;
    cost.stackAccesses += perPosition * loop.stackAccesses;
  }
  cost.cycles = cost.cyclesPerPosition / (tile.rows * tile.vectors);
  cost.simulatedCycles /= tile.rows * tile.vectors;
  cost.macsPerCycle = target.vectorBits() / cost.cycles;
  cost.bitMacsPerCycle = cost.macsPerCycle;
  for (unsigned planes : kernel.spec.numPlanes)
    cost.bitMacsPerCycle *= planes;
  return cost;
}

MicroTile bitserial::getDefaultMicroTile(const Target &target) {
  constexpr int64_t kRows = 840, kVectors = 64;
  return chooseMicroTile(kRows, kVectors, target);
}

CostModel::CostModel(std::unique_ptr<Data> data) : data(std::move(data)) {}
CostModel::~CostModel() = default;

void CostModel::registerDialects(DialectRegistry &registry) {
  registerAllDialects(registry);
  registerAllExtensions(registry);
  registry.insert<BitserialDialect>();
  registerIntrinsicEffects(registry);
  registerCodegenTranslations(registry);
}

Expected<std::unique_ptr<CostModel>> CostModel::create(const Target &target) {
  auto data = std::make_unique<Data>(target);
  Expected<std::unique_ptr<LoopAnalyzer>> analyzer =
      LoopAnalyzer::create(target);
  if (!analyzer)
    return analyzer.takeError();
  data->analyzer = std::move(*analyzer);
  return std::unique_ptr<CostModel>(new CostModel(std::move(data)));
}

Expected<KernelCost> CostModel::model(const Kernel &kernel, int64_t rows,
                                      int64_t vectors) {
  return data->model(kernel, {rows, vectors});
}

Expected<KernelCost> CostModel::modelReference(MLIRContext *context,
                                               const KernelSpec &spec,
                                               std::optional<MicroTile> tile,
                                               int64_t bits) {
  KernelSpec actual = spec;
  int64_t largest =
      std::max(spec.polynomial.getMax(), -spec.polynomial.getMin());
  if (!spec.lanesAreReduction && spec.wordBits == 16 &&
      largest * bits > INT16_MAX)
    actual.wordBits = 32;
  int64_t wordsTogether =
      spec.lanesAreReduction ? data->target.vectorBits() : actual.wordBits;
  OwningOpRef<ModuleOp> module =
      Kernel::makeReference(context, actual, data->target,
                            int64_t(llvm::divideCeil(bits, wordsTogether)));
  FailureOr<Kernel> kernel = Kernel::get(*module);
  if (failed(kernel))
    return error("the reference kernel is malformed");
  if (!tile)
    tile = getDefaultMicroTile(data->target);
  return data->model(*kernel, *tile);
}
