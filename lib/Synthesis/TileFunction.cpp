//===- TileFunction.cpp - One micro-tile as a function --------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TileFunction.h"
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

//===----------------------------------------------------------------------===//
// The micro-tile
//===----------------------------------------------------------------------===//

/// Positions of the reduction that one pass takes between two flushes with its
/// first step; 0 if it never flushes.
static int64_t getPeriod(const KernelPass &pass) {
  const KernelStep &step = pass.steps.front();
  return step.cost == 0 ? 0 : int64_t(pass.capacity / step.cost) * step.words;
}

int64_t bitserial::choosePositions(const Kernel &kernel) {
  // Flushes that are rarer than every kMany positions do not count.
  constexpr int64_t kFew = 256, kMany = 1024, kFlushes = 32;
  int64_t positions = kFew, multiple = 1;
  for (const KernelPass &pass : kernel.passes) {
    multiple = std::lcm(multiple, int64_t(pass.steps.front().words));
    if (int64_t period = getPeriod(pass); period > 0 && period <= kMany)
      positions =
          std::max(positions, period * std::min(kFlushes, kMany / period));
  }
  return llvm::alignTo(positions, multiple);
}

int64_t bitserial::choosePositionsInCache(const Kernel &kernel,
                                          MicroTile tile) {
  const KernelSpec &spec = kernel.spec;
  VectorType type = Kernel(kernel).wordType();
  int64_t wordBytes = spec.wordBits / 8,
          vectorBytes = type.getNumElements() * wordBytes;
  int64_t perPosition = 0;
  for (auto [input, planes] : llvm::enumerate(spec.numPlanes))
    perPosition += planes * (input + 1 == spec.numPlanes.size()
                                 ? tile.vectors * vectorBytes
                             : spec.lanesAreReduction ? tile.rows * vectorBytes
                                                      : tile.rows * wordBytes);
  constexpr int64_t kBytes = 24 << 10;
  int64_t positions = std::max<int64_t>(kBytes / perPosition, 1), multiple = 1;
  for (const KernelPass &pass : kernel.passes)
    multiple = std::lcm(multiple, int64_t(pass.steps.front().words));
  return std::max(positions / multiple, int64_t(1)) * multiple;
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
  auto function = func::FuncOp::create(b, loc, kTileFunctionName,
                                       b.getFunctionType(types, result));
  Block *entry = function.addEntryBlock();
  b.setInsertionPointToStart(entry);
  auto reduce = ReduceOp::create(
      b, loc, result, entry->getArguments().drop_back(),
      entry->getArguments().back(), b.getAffineMapArrayAttr(maps), planeDims,
      /*numbers=*/ArrayAttr());
  buildRegion(b, reduce, spec);
  func::ReturnOp::create(b, loc, reduce.getResult());
  return module;
}

//===----------------------------------------------------------------------===//
// Code
//===----------------------------------------------------------------------===//

Error TileCompiler::lower(ModuleOp module, const Kernel &kernel) {
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

Expected<OwningOpRef<ModuleOp>>
TileCompiler::compile(const Kernel &kernel, MicroTile tile, int64_t positions) {
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
  // More positions than the kernel is for make the sums wrong, not slow.
  Kernel unlimited = kernel;
  unlimited.maxPositions.reset();
  OwningOpRef<ModuleOp> module =
      buildTile(unlimited.module.getContext(), kernel.spec, tile,
                unlimited.wordType().getNumElements(), positions);
  if (Error e = lower(*module, unlimited))
    return std::move(e);
  return module;
}
