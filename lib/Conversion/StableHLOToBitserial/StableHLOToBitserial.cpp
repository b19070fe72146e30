//===- StableHLOToBitserial.cpp - Import of StableHLO ---------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Contractions.h"
#include "ControlFlow.h"
#include "Elementwise.h"
#include "StableHLOToLinalg.h"
#include "bitserial/Conversion/LowBitContraction.h"
#include "bitserial/Conversion/Passes.h"
#include "bitserial/Conversion/StableHLO/StableHLO.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Func/Transforms/FuncConversions.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/SCF/Transforms/Patterns.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Remarks.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/Passes.h"

namespace mlir::bitserial {
#define GEN_PASS_DEF_CONVERTSTABLEHLO
#include "bitserial/Conversion/Passes.h.inc"
} // namespace mlir::bitserial

using namespace mlir;
using namespace mlir::bitserial;
using stablehlo::ConvolutionOp;
using stablehlo::DotGeneralOp;

//===----------------------------------------------------------------------===//
// Low-bit contractions
//===----------------------------------------------------------------------===//

static std::optional<LowBitContraction>
findContraction(Operation *op, const ModelFacts &facts) {
  if (!isa<DotGeneralOp, ConvolutionOp>(op))
    return std::nullopt;
  LowBitContraction result(op, facts);
  for (unsigned index : {0, 1})
    result.setOperand(index, op->getOperand(index), int64_t(0));
  auto conv = dyn_cast<ConvolutionOp>(op);
  result.shape = conv ? describeContraction(conv)
                      : describeContraction(cast<DotGeneralOp>(op));
  result.decide();
  if (conv && !isPlain(conv) && result.reason.empty())
    result.reason =
        "the input is dilated, the kernel reversed or the padding negative";
  return result;
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

/// What frameworks note beside the program, in dialects that are not there.
static void dropForeignAttributes(ModuleOp module) {
  auto isForeign = [&](NamedAttribute attr) {
    return attr.getName().strref().contains('.') && !attr.getNameDialect();
  };
  auto drop = [&](Operation *op) {
    for (NamedAttribute attr : llvm::to_vector(op->getDiscardableAttrs()))
      if (isForeign(attr))
        op->removeDiscardableAttr(attr.getName());
  };
  drop(module);
  for (auto function : module.getOps<func::FuncOp>()) {
    drop(function);
    for (unsigned i = 0; i < function.getNumArguments(); ++i)
      if (DictionaryAttr attrs = function.getArgAttrDict(i))
        for (NamedAttribute attr : attrs)
          if (isForeign(attr))
            function.removeArgAttr(i, attr.getName());
    for (unsigned i = 0; i < function.getNumResults(); ++i)
      if (DictionaryAttr attrs = function.getResultAttrDict(i))
        for (NamedAttribute attr : attrs)
          if (isForeign(attr))
            function.removeResultAttr(i, attr.getName());
  }
}

/// Sorting takes quadratic time.
static LogicalResult checkSorts(ModuleOp module) {
  constexpr int64_t kMaxSorted = 1 << 14;
  WalkResult checked = module.walk([&](stablehlo::SortOp op) -> WalkResult {
    auto type = cast<RankedTensorType>(op.getInputs()[0].getType());
    int64_t size = type.getDimSize(op.getSortedDim());
    if (size <= kMaxSorted)
      return WalkResult::advance();
    return op.emitError() << "cannot sort " << size << " elements: at most "
                          << kMaxSorted << " of a dimension are sorted";
  });
  return failure(checked.wasInterrupted());
}

namespace {
struct ConvertStableHLOPass
    : bitserial::impl::ConvertStableHLOBase<ConvertStableHLOPass> {
  using ConvertStableHLOBase::ConvertStableHLOBase;
  ConvertStableHLOPass(ImportReport &report,
                       const ConvertStableHLOOptions &options)
      : ConvertStableHLOBase(options), report(&report) {}

  void runOnOperation() override {
    ModuleOp module = getOperation();
    bool isStableHLO =
        module
            .walk([](Operation *op) {
              return isa_and_nonnull<stablehlo::StableHLODialect,
                                     chlo::CHLODialect>(op->getDialect())
                         ? WalkResult::interrupt()
                         : WalkResult::advance();
            })
            .wasInterrupted();
    if (!isStableHLO)
      return;
    // Frameworks put a clip or a rounding into functions that all layers call:
    // what is true of one call is not of all.
    OpPassManager inliner(ModuleOp::getOperationName());
    inliner.addPass(createInlinerPass());
    inliner.addPass(createSymbolDCEPass());
    if (failed(runPipeline(inliner, module)))
      return signalPassFailure();
    dropForeignAttributes(module);
    expandTopK(module);
    if (failed(checkSorts(module)))
      return signalPassFailure();
    lowerControlFlow(module);
    ImportOptions options{maxPlaneProducts, allowReassociation, maxInput};
    if (failed(convertContractions(module, findContraction, options, report,
                                   reportFile)) ||
        failed(convertRest()))
      signalPassFailure();
  }

private:
  LogicalResult convertRest() {
    TypeConverter converter;
    converter.addConversion([](Type type) { return toSignless(type); });
    ConversionTarget target(getContext());
    target.addIllegalDialect<stablehlo::StableHLODialect, chlo::CHLODialect>();
    target.addDynamicallyLegalOp<func::FuncOp>([&](func::FuncOp op) {
      return converter.isSignatureLegal(op.getFunctionType()) &&
             converter.isLegal(&op.getBody());
    });
    target.markUnknownOpDynamicallyLegal(
        [&](Operation *op) { return converter.isLegal(op); });
    RewritePatternSet patterns(&getContext());
    populateStableHLOToLinalgPatterns(converter, patterns);
    scf::populateSCFStructuralTypeConversionsAndLegality(converter, patterns,
                                                         target);
    return applyPartialConversion(getOperation(), target, std::move(patterns));
  }

  ImportReport *report = nullptr;
};
} // namespace

std::unique_ptr<Pass>
bitserial::createConvertStableHLO(ImportReport &report,
                                  const ConvertStableHLOOptions &options) {
  return std::make_unique<ConvertStableHLOPass>(report, options);
}
