//===- CostModel.cpp - What micro-kernels cost ---------------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Synthesis/CostModel.h"
#include "bitserial/Transforms/IntrinsicEffects.h"
#include "bitserial/Transforms/Lowering.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlow.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"

#include <algorithm>
#include <numeric>

using namespace mlir;
using namespace mlir::bitserial;
using llvm::Error;
using llvm::Expected;
using llvm::formatv;

static Error error(const llvm::Twine &message) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), message);
}

/// The name of the function that is modelled.
static constexpr StringLiteral kFunctionName = "tile";

//===----------------------------------------------------------------------===//
// The micro-tile
//===----------------------------------------------------------------------===//

/// Positions of the reduction that one pass takes between two flushes with its
/// first step; 0 if it never flushes.
static int64_t getPeriod(const KernelPass &pass) {
  const KernelStep &step = pass.steps.front();
  return step.cost == 0 ? 0 : int64_t(pass.capacity / step.cost) * step.words;
}

/// As many positions as show what a kernel costs in the long run: several
/// flushes, if those are frequent, but not so many that loads need more
/// registers for addresses than in a real layer.
static int64_t choosePositions(const Kernel &kernel) {
  constexpr int64_t kFew = 256, kMany = 2048, kFlushes = 8;
  int64_t positions = kFew, multiple = 1;
  for (const KernelPass &pass : kernel.passes) {
    multiple = std::lcm(multiple, int64_t(pass.steps.front().words));
    int64_t wanted = getPeriod(pass) * kFlushes;
    if (wanted <= kMany)
      positions = std::max(positions, wanted);
  }
  // More than `maxPositions` would make the sums wrong, not slow.
  return llvm::alignTo(positions, multiple);
}

namespace {
/// Builds a function that computes one micro-tile with a kernel: activations
/// tensor<planes x rows x positions>, weights tensor<positions x planes x
/// outputs> (or, for a reduction across lanes, tensor<planes x outputs x
/// positions>), as default layouts have them.
class TileBuilder {
public:
  TileBuilder(Kernel kernel, MicroTile tile, int64_t positions)
      : b(kernel.module.getContext()), loc(b.getUnknownLoc()),
        kernel(std::move(kernel)), tile(tile), positions(positions),
        wordType(this->kernel.wordType()) {}

  OwningOpRef<ModuleOp> build();

private:
  using State = SmallVector<Value>; // of all accumulators, one after another

  Value constant(int64_t value) {
    return arith::ConstantIndexOp::create(b, loc, value);
  }
  MemRefType getInputType(unsigned input);
  SmallVector<Value> call(func::FuncOp function, ValueRange arguments);
  Value loadWord(unsigned plane, int64_t row, int64_t vector, Value position);
  State emitStep(const KernelStep &step, const KernelPass &pass, Value position,
                 ValueRange state);
  State emitForAll(func::FuncOp function, ValueRange state);
  State emitLoop(int64_t begin, int64_t end, int64_t step, ValueRange state,
                 function_ref<State(Value, ValueRange)> body);
  State emitPass(const KernelPass &pass, ValueRange state);
  ValueRange stateOf(int64_t accumulator, ValueRange state) {
    return state.slice(accumulator * kernel.stateTypes.size(),
                       kernel.stateTypes.size());
  }

  OpBuilder b;
  Location loc;
  Kernel kernel;
  MicroTile tile;
  int64_t positions; // words of the reduction, or vectors of them
  VectorType wordType;
  SmallVector<Value> inputs;
};
} // namespace

MemRefType TileBuilder::getInputType(unsigned input) {
  const KernelSpec &spec = kernel.spec;
  int64_t planes = spec.numPlanes[input], lanes = wordType.getNumElements();
  SmallVector<int64_t> shape;
  bool isWeights = input + 1 == spec.numPlanes.size();
  if (spec.lanesAreReduction)
    shape = {planes, isWeights ? tile.vectors : tile.rows, positions * lanes};
  else if (isWeights)
    shape = {positions, planes, tile.vectors * lanes};
  else
    shape = {planes, tile.rows, positions};
  return MemRefType::get(shape, wordType.getElementType());
}

SmallVector<Value> TileBuilder::call(func::FuncOp function,
                                     ValueRange arguments) {
  IRMapping mapping;
  mapping.map(function.getArguments(), arguments);
  for (Operation &op : function.getBody().front().without_terminator())
    b.clone(op, mapping);
  SmallVector<Value> results;
  for (Value value : function.getBody().front().getTerminator()->getOperands())
    results.push_back(mapping.lookup(value));
  return results;
}

Value TileBuilder::loadWord(unsigned plane, int64_t row, int64_t vector,
                            Value position) {
  const KernelSpec &spec = kernel.spec;
  unsigned input = spec.getInput(plane);
  for (unsigned i = 0; i < input; ++i)
    plane -= spec.numPlanes[i];
  bool isWeights = input + 1 == spec.numPlanes.size();
  int64_t lanes = wordType.getNumElements();
  if (spec.lanesAreReduction) {
    Value at = arith::MulIOp::create(b, loc, position, constant(lanes));
    return vector::LoadOp::create(
        b, loc, wordType, inputs[input],
        ValueRange{constant(plane), constant(isWeights ? vector : row), at});
  }
  if (isWeights)
    return vector::LoadOp::create(
        b, loc, wordType, inputs[input],
        ValueRange{position, constant(plane), constant(vector * lanes)});
  Value word = memref::LoadOp::create(
      b, loc, inputs[input],
      ValueRange{constant(plane), constant(row), position});
  return vector::BroadcastOp::create(b, loc, wordType, word);
}

TileBuilder::State TileBuilder::emitStep(const KernelStep &step,
                                         const KernelPass &pass, Value position,
                                         ValueRange state) {
  // Weights first, which all rows share; then row by row, each accumulator
  // finished before the next.
  auto load = [&](unsigned plane, unsigned word, int64_t row, int64_t vector) {
    Value at = position;
    if (word)
      at = arith::AddIOp::create(b, loc, position, constant(word));
    return loadWord(plane, row, vector, at);
  };
  unsigned weights = kernel.spec.numPlanes.size() - 1;
  auto isWeights = [&](unsigned plane) {
    return kernel.spec.getInput(plane) == weights;
  };
  SmallVector<SmallVector<Value>> columns(tile.vectors);
  for (int64_t vector = 0; vector < tile.vectors; ++vector)
    for (unsigned word = 0; word < step.words; ++word)
      for (unsigned plane : pass.planes)
        columns[vector].push_back(
            isWeights(plane) ? load(plane, word, 0, vector) : Value());
  State result;
  for (int64_t row = 0; row < tile.rows; ++row) {
    SmallVector<Value> words;
    for (unsigned word = 0; word < step.words; ++word)
      for (unsigned plane : pass.planes)
        words.push_back(isWeights(plane) ? Value() : load(plane, word, row, 0));
    for (int64_t vector = 0; vector < tile.vectors; ++vector) {
      SmallVector<Value> arguments(stateOf(row * tile.vectors + vector, state));
      for (auto [mine, shared] : llvm::zip_equal(words, columns[vector]))
        arguments.push_back(mine ? mine : shared);
      llvm::append_range(result, call(step.function, arguments));
    }
  }
  return result;
}

TileBuilder::State TileBuilder::emitForAll(func::FuncOp function,
                                           ValueRange state) {
  if (!function)
    return State(state);
  State result;
  for (int64_t i = 0; i < tile.rows * tile.vectors; ++i)
    llvm::append_range(result, call(function, stateOf(i, state)));
  return result;
}

TileBuilder::State
TileBuilder::emitLoop(int64_t begin, int64_t end, int64_t step,
                      ValueRange state,
                      function_ref<State(Value, ValueRange)> body) {
  if (begin == end)
    return State(state);
  auto loop = scf::ForOp::create(b, loc, constant(begin), constant(end),
                                 constant(step), state);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(loop.getBody());
  scf::YieldOp::create(b, loc,
                       body(loop.getInductionVar(), loop.getRegionIterArgs()));
  return State(loop.getResults());
}

TileBuilder::State TileBuilder::emitPass(const KernelPass &pass,
                                         ValueRange state) {
  const KernelStep &step = pass.steps.front();
  int64_t period = getPeriod(pass);
  int64_t flushed = period ? positions / period * period : 0;
  State current =
      emitLoop(0, flushed, period, state, [&](Value begin, ValueRange outer) {
        State steps = emitLoop(
            0, period, step.words, outer, [&](Value offset, ValueRange inner) {
              Value at = arith::AddIOp::create(b, loc, begin, offset);
              return emitStep(step, pass, at, inner);
            });
        return emitForAll(pass.flush, steps);
      });
  current = emitLoop(flushed, positions, step.words, current,
                     [&](Value at, ValueRange inner) {
                       return emitStep(step, pass, at, inner);
                     });
  return emitForAll(pass.end, current);
}

OwningOpRef<ModuleOp> TileBuilder::build() {
  OwningOpRef<ModuleOp> module(ModuleOp::create(loc));
  b.setInsertionPointToStart(module->getBody());
  SmallVector<Type> types;
  for (unsigned input = 0; input < kernel.spec.numPlanes.size(); ++input)
    types.push_back(getInputType(input));
  int64_t numAccumulators = tile.rows * tile.vectors;
  auto resultType = cast<VectorType>(kernel.finish.getResultTypes().front());
  int64_t numResults = numAccumulators / kernel.group;
  types.push_back(MemRefType::get({numResults, resultType.getNumElements()},
                                  b.getI32Type()));
  auto function =
      func::FuncOp::create(b, loc, kFunctionName, b.getFunctionType(types, {}));
  Block *entry = function.addEntryBlock();
  b.setInsertionPointToStart(entry);
  for (BlockArgument argument : entry->getArguments().drop_back())
    inputs.push_back(argument);
  Value output = entry->getArguments().back();

  State state;
  for (VectorType type : kernel.stateTypes)
    state.push_back(arith::ConstantOp::create(b, loc, b.getZeroAttr(type)));
  State all;
  for (int64_t i = 0; i < numAccumulators; ++i)
    llvm::append_range(all, state);
  for (const KernelPass &pass : kernel.passes)
    all = emitPass(pass, all);
  size_t perGroup = kernel.group * kernel.stateTypes.size();
  for (int64_t i = 0; i < numResults; ++i) {
    SmallVector<Value> sums =
        call(kernel.finish, ValueRange(all).slice(i * perGroup, perGroup));
    vector::StoreOp::create(b, loc, sums.front(), output,
                            ValueRange{constant(i), constant(0)});
  }
  func::ReturnOp::create(b, loc);
  return module;
}

//===----------------------------------------------------------------------===//
// The model
//===----------------------------------------------------------------------===//

std::string KernelCost::str() const {
  return formatv("{0:f2} cycles per vector ({1:f1} one-bit MAC/cycle), tile "
                 "{2}x{3}",
                 cycles, bitMacsPerCycle, tile.rows, tile.vectors);
}

struct CostModel::Data {
  explicit Data(const Target &target) : target(target) {}

  Expected<KernelCost> model(const Kernel &kernel, MicroTile tile);
  Error lower(ModuleOp module);

  Target target;
  std::unique_ptr<LoopAnalyzer> analyzer;
  /// Kept for the context of the last kernel: setting up the passes takes
  /// longer than running them.
  std::unique_ptr<PassManager> passes;
};

Error CostModel::Data::lower(ModuleOp module) {
  MLIRContext *context = module.getContext();
  if (!passes || passes->getContext() != context) {
    passes = std::make_unique<PassManager>(context);
    buildLLVMPipeline(*passes);
  }
  std::string cpu = (target.triple().str() + ":" + target.cpu()).str();
  module->setAttr(kTargetAttrName,
                  TargetAttr::get(context, cpu, target.featureString()));
  std::string diagnostics;
  ScopedDiagnosticHandler handler(context, [&](Diagnostic &diagnostic) {
    if (diagnostic.getSeverity() == DiagnosticSeverity::Error &&
        diagnostics.empty())
      diagnostics = diagnostic.str();
  });
  if (failed(passes->run(module)))
    return error("the kernel cannot be lowered: " + diagnostics);
  return Error::success();
}

Expected<KernelCost> CostModel::Data::model(const Kernel &kernel,
                                            MicroTile tile) {
  if (tile.rows < 1 || tile.vectors < 1 ||
      tile.rows * tile.vectors % kernel.group != 0)
    return error(formatv("a kernel for groups of {0} accumulators cannot have "
                         "a tile of {1}x{2}",
                         kernel.group, tile.rows, tile.vectors));
  for (const std::string &feature : kernel.features)
    if (!target.hasFeature(feature))
      return error(formatv("the kernel needs the feature '{0}', which '{1}' "
                           "does not have",
                           feature, target.cpu()));
  KernelCost cost;
  cost.tile = tile;
  cost.positions = choosePositions(kernel);
  OwningOpRef<ModuleOp> module =
      TileBuilder(kernel, tile, cost.positions).build();
  if (Error e = lower(*module))
    return std::move(e);
  Expected<GeneratedCode> code = GeneratedCode::create(*module, target);
  if (!code)
    return code.takeError();
  Expected<std::vector<LoopCost>> loops =
      analyzer->analyze(*code, kFunctionName);
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
    cost.vectorOps += perPosition * loop.vectorOps;
    cost.loads += perPosition * loop.loads;
    cost.stackAccesses += perPosition * loop.stackAccesses;
  }
  cost.cycles = cost.cyclesPerPosition / (tile.rows * tile.vectors);
  cost.macsPerCycle = target.vectorBits() / cost.cycles;
  cost.bitMacsPerCycle = cost.macsPerCycle;
  for (unsigned planes : kernel.spec.numPlanes)
    cost.bitMacsPerCycle *= planes;
  return cost;
}

CostModel::CostModel(std::unique_ptr<Data> data) : data(std::move(data)) {}
CostModel::~CostModel() = default;

void CostModel::registerDialects(DialectRegistry &registry) {
  registry
      .insert<arith::ArithDialect, BitserialDialect, cf::ControlFlowDialect,
              func::FuncDialect, LLVM::LLVMDialect, math::MathDialect,
              memref::MemRefDialect, scf::SCFDialect, vector::VectorDialect>();
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
                                               std::optional<MicroTile> tile) {
  // Lanes may be as narrow as the reductions of most layers allow.
  constexpr int64_t kBits = 512;
  int64_t positions = kBits / spec.wordBits;
  if (spec.lanesAreReduction)
    positions = llvm::divideCeil(kBits, int64_t(data->target.vectorBits()));
  OwningOpRef<ModuleOp> module =
      Kernel::makeReference(context, spec, data->target, positions);
  FailureOr<Kernel> kernel = Kernel::get(*module);
  if (failed(kernel))
    return error("the reference kernel is malformed");
  if (!tile) {
    constexpr int64_t kRows = 840, kVectors = 64;
    tile = chooseMicroTile(kRows, kVectors, data->target);
  }
  return data->model(*kernel, *tile);
}
