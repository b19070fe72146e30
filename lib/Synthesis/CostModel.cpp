//===- CostModel.cpp - What micro-kernels cost ---------------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Synthesis/CostModel.h"
#include "bitserial/Transforms/IntrinsicEffects.h"
#include "bitserial/Transforms/KernelEmission.h"
#include "bitserial/Transforms/Lowering.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/Builders.h"
#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/Passes.h"
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

/// As many positions as show what a kernel costs in the long run: so many
/// flushes that LLVM keeps their loop, unless they are rare.
static int64_t choosePositions(const Kernel &kernel) {
  constexpr int64_t kFew = 256, kMany = 4096, kFlushes = 32;
  int64_t positions = kFew, multiple = 1;
  for (const KernelPass &pass : kernel.passes) {
    multiple = std::lcm(multiple, int64_t(pass.steps.front().words));
    if (int64_t period = getPeriod(pass); period > 0 && period <= kMany)
      positions =
          std::max(positions, period * std::min(kFlushes, kMany / period));
  }
  return llvm::alignTo(positions, multiple);
}

/// The contribution of a spec as the region of `op`.
static void buildRegion(OpBuilder &b, ReduceOp op, const KernelSpec &spec) {
  Location loc = op.getLoc();
  OpBuilder::InsertionGuard guard(b);
  unsigned numPlanes = spec.getTotalPlanes();
  Block *block = b.createBlock(&op.getRegion(), {},
                               SmallVector<Type>(numPlanes, b.getI1Type()),
                               SmallVector<Location>(numPlanes, loc));
  Value sum;
  for (auto [monomial, coefficient] : spec.polynomial.getTerms()) {
    Value bits;
    for (unsigned plane = 0; plane < numPlanes; ++plane)
      if (monomial >> plane & 1) {
        Value bit = block->getArgument(plane);
        bits = bits ? arith::AndIOp::create(b, loc, bits, bit) : bit;
      }
    Value term = arith::ExtUIOp::create(b, loc, b.getI32Type(), bits);
    Value factor = arith::ConstantOp::create(
        b, loc,
        b.getIntegerAttr(b.getI32Type(), int64_t(int32_t(coefficient))));
    term = arith::MulIOp::create(b, loc, term, factor);
    sum = sum ? arith::AddIOp::create(b, loc, sum, term) : term;
  }
  YieldOp::create(b, loc, sum);
}

/// A function that computes one micro-tile of a matrix product by a reduce,
/// with operands laid out as the default layouts are: activations
/// tensor<planes x rows x positions>, weights tensor<1 x positions x planes x
/// outputs> or, for a reduction across lanes, tensor<planes x outputs x words>.
static OwningOpRef<ModuleOp> buildTile(MLIRContext *context,
                                       const KernelSpec &spec, MicroTile tile,
                                       int64_t lanes, int64_t positions) {
  context->loadDialect<affine::AffineDialect, arith::ArithDialect,
                       BitserialDialect, func::FuncDialect, LLVM::LLVMDialect,
                       math::MathDialect, scf::SCFDialect,
                       tensor::TensorDialect, vector::VectorDialect>();
  OpBuilder b(context);
  Location loc = b.getUnknownLoc();
  Type word = b.getIntegerType(spec.wordBits);
  bool across = spec.lanesAreReduction;
  int64_t words = across ? positions * lanes : positions;
  int64_t outputs = across ? tile.vectors : tile.vectors * lanes;

  AffineExpr m = b.getAffineDimExpr(0), n = b.getAffineDimExpr(1),
             k = b.getAffineDimExpr(2);
  SmallVector<Type> types;
  SmallVector<AffineMap> maps;
  SmallVector<int64_t> planeDims;
  for (auto [input, planes] : llvm::enumerate(spec.numPlanes)) {
    bool isWeights = input + 1 == spec.numPlanes.size();
    SmallVector<int64_t> shape{planes, isWeights ? outputs : tile.rows, words};
    SmallVector<AffineExpr> exprs{isWeights ? n : m, k};
    int64_t planeDim = 0;
    if (isWeights && !across) {
      shape = {1, words, planes, outputs};
      exprs = {n.floorDiv(outputs), k, n % outputs};
      planeDim = 2;
    }
    types.push_back(RankedTensorType::get(shape, word));
    maps.push_back(AffineMap::get(3, 0, exprs, context));
    planeDims.push_back(planeDim);
  }
  Type result = RankedTensorType::get({tile.rows, outputs}, b.getI32Type());
  types.push_back(result);
  maps.push_back(AffineMap::get(3, 0, {m, n}, context));

  OwningOpRef<ModuleOp> module(ModuleOp::create(loc));
  b.setInsertionPointToStart(module->getBody());
  auto function = func::FuncOp::create(b, loc, kFunctionName,
                                       b.getFunctionType(types, result));
  Block *entry = function.addEntryBlock();
  b.setInsertionPointToStart(entry);
  auto reduce = ReduceOp::create(
      b, loc, result, entry->getArguments().drop_back(),
      entry->getArguments().back(), b.getAffineMapArrayAttr(maps), planeDims);
  buildRegion(b, reduce, spec);
  func::ReturnOp::create(b, loc, reduce.getResult());
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
  /// From a function with a reduce to the LLVM dialect.
  Error lower(ModuleOp module, const Kernel &kernel);

  Target target;
  std::unique_ptr<LoopAnalyzer> analyzer;
  /// Kept for the context of the last kernel: setting up the passes takes
  /// longer than running them.
  std::unique_ptr<PassManager> passes;
};

Error CostModel::Data::lower(ModuleOp module, const Kernel &kernel) {
  MLIRContext *context = module.getContext();
  if (!passes || passes->getContext() != context) {
    passes = std::make_unique<PassManager>(context);
    passes->addPass(createCanonicalizerPass());
    passes->addPass(createCSEPass());
    buildBufferizePipeline(*passes);
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
  IRRewriter rewriter(context);
  module.walk([&](ReduceOp op) {
    rewriter.setInsertionPoint(op);
    emitKernel(rewriter, op, getLaneMapping(op, target), &kernel, 1);
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
  Kernel unlimited = kernel;
  unlimited.maxPositions.reset();
  OwningOpRef<ModuleOp> module =
      buildTile(unlimited.module.getContext(), kernel.spec, tile,
                unlimited.wordType().getNumElements(), cost.positions);
  if (Error e = lower(*module, unlimited))
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
