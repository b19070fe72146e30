//===- PackCost.cpp - What pack kernels cost ------------------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PackCost.h"

#include "bitserial/IR/Bitserial.h"
#include "bitserial/Transforms/Lowering.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;
using namespace mlir::bitserial;
using llvm::Expected;

static constexpr llvm::StringLiteral kFunctionName = "pack_row";

/// Steps of a row: too many for the loop to be unrolled altogether, and a
/// multiple of PackKernel::kMaxSteps.
static constexpr int64_t kSteps = 256;

Expected<std::unique_ptr<PackCostModel>>
PackCostModel::create(const Target &target) {
  Expected<std::unique_ptr<LoopAnalyzer>> analyzer =
      LoopAnalyzer::create(target);
  if (!analyzer)
    return analyzer.takeError();
  return std::unique_ptr<PackCostModel>(
      new PackCostModel(target, std::move(*analyzer)));
}

/// A function that packs a row of kSteps times the kernel's values to words as
/// the target prefers them, each plane in memory of its own.
static OwningOpRef<ModuleOp> buildRow(const PackKernel &kernel,
                                      const Target &target) {
  MLIRContext *context = ModuleOp(kernel.module).getContext();
  context->loadDialect<arith::ArithDialect, func::FuncDialect,
                       memref::MemRefDialect, scf::SCFDialect,
                       vector::VectorDialect>();
  OpBuilder b(context);
  Location loc = b.getUnknownLoc();
  OwningOpRef<ModuleOp> module(ModuleOp::create(loc));
  b.setInsertionPointToStart(module->getBody());

  int64_t numValues = kernel.spec.numValues;
  int64_t wordBits = std::min<int64_t>(target.preferredWordBits(), numValues);
  int64_t numWords = numValues / wordBits;
  VectorType valueType = kernel.spec.valueType(context);
  auto wordType = VectorType::get({numWords}, b.getIntegerType(wordBits));
  SmallVector<Type> types{
      MemRefType::get({kSteps * numValues}, valueType.getElementType())};
  types.append(kernel.spec.format.getWidth(),
               MemRefType::get({kSteps * numWords}, wordType.getElementType()));
  auto function =
      func::FuncOp::create(b, loc, kFunctionName, b.getFunctionType(types, {}));
  for (unsigned i = 0; i < types.size(); ++i)
    function.setArgAttr(i, LLVM::LLVMDialect::getNoAliasAttrName(),
                        b.getUnitAttr());
  Block *entry = function.addEntryBlock();
  b.setInsertionPointToStart(entry);
  auto index = [&](int64_t value) -> Value {
    return arith::ConstantIndexOp::create(b, loc, value);
  };
  Value zero = index(0), by = index(kernel.steps), steps = index(kSteps);
  Value valuesPerStep = index(numValues), wordsPerStep = index(numWords);
  auto loop = scf::ForOp::create(b, loc, zero, steps, by);
  b.setInsertionPointToStart(loop.getBody());
  SmallVector<Value> values, words;
  for (int64_t i = 0; i < kernel.steps; ++i) {
    Value step =
        arith::AddIOp::create(b, loc, loop.getInductionVar(), index(i));
    values.push_back(vector::LoadOp::create(
        b, loc, valueType, entry->getArgument(0),
        ValueRange{arith::MulIOp::create(b, loc, step, valuesPerStep)}));
    words.push_back(arith::MulIOp::create(b, loc, step, wordsPerStep));
  }
  SmallVector<SmallVector<Value>> planes;
  for (Value value : values)
    planes.push_back(kernel.inlineAt(b, loc, value));
  for (auto [word, planesOfStep] : llvm::zip_equal(words, planes))
    for (auto [i, plane] : llvm::enumerate(planesOfStep))
      vector::StoreOp::create(
          b, loc, vector::BitCastOp::create(b, loc, wordType, plane),
          entry->getArgument(1 + i), ValueRange{word});
  b.setInsertionPointToEnd(entry);
  func::ReturnOp::create(b, loc);
  return module;
}

Expected<OwningOpRef<ModuleOp>>
PackCostModel::compile(const PackKernel &kernel) {
  if (!kernel.isSupportedBy(target))
    return llvm::createStringError("the target lacks what the kernel needs");
  OwningOpRef<ModuleOp> module = buildRow(kernel, target);
  MLIRContext *context = module->getContext();
  if (!passes || passes->getContext() != context) {
    passes = std::make_unique<PassManager>(context);
    passes->addPass(createCanonicalizerPass());
    passes->addPass(createCSEPass());
    buildLLVMPipeline(*passes);
  }
  std::string cpu = (target.triple().str() + ":" + target.cpu()).str();
  (*module)->setAttr(kTargetAttrName,
                     TargetAttr::get(context, cpu, target.featureString()));
  std::string said;
  ScopedDiagnosticHandler handler(context, [&](Diagnostic &diagnostic) {
    if (diagnostic.getSeverity() == DiagnosticSeverity::Error && said.empty())
      said = diagnostic.str();
  });
  if (failed(passes->run(*module)))
    return llvm::createStringError("the pack kernel cannot be lowered: " +
                                   said);
  return module;
}

Expected<double> PackCostModel::model(const PackKernel &kernel) {
  Expected<OwningOpRef<ModuleOp>> module = compile(kernel);
  if (!module)
    return module.takeError();
  Expected<GeneratedCode> code = GeneratedCode::create(**module, target);
  if (!code)
    return code.takeError();
  Expected<std::vector<LoopCost>> found =
      analyzer->analyze(*code, kFunctionName);
  if (!found)
    return found.takeError();
  loops = std::move(*found);
  if (loops.size() != 1 || !loops.front().tripCount)
    return llvm::createStringError("the row is packed by more than a loop");
  return loops.front().cycles * *loops.front().tripCount / kSteps;
}

std::string PackCostModel::getAssembly() const {
  std::string text;
  for (const LoopCost &loop : loops)
    for (const std::string &line : loop.assembly)
      text += line + '\n';
  return text;
}
