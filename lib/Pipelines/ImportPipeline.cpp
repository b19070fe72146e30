//===- ImportPipeline.cpp - From a model to contractions ------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Conversion/Passes.h"
#include "bitserial/Pipelines/Pipelines.h"
#include "bitserial/Transforms/Passes.h"
#include "mlir/Conversion/Passes.h"
#include "mlir/Conversion/TosaToLinalg/TosaToLinalg.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Tosa/Transforms/Passes.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;
using namespace mlir::bitserial;

static void addCleanup(OpPassManager &pm) {
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());
}

void bitserial::buildImportPipeline(OpPassManager &pm,
                                    const ImportPipelineOptions &import,
                                    ImportReport *report) {
  ConvertStableHLOOptions stablehlo;
  ConvertTosaOptions tosa;
  stablehlo.allowReassociation = tosa.allowReassociation =
      import.allowReassociation;
  stablehlo.maxInput = tosa.maxInput = import.maxInput;
  pm.addPass(createCheckModel());
  pm.addPass(createInlineResources());
  pm.addPass(createLowerQuantized());
  pm.addPass(createPrepareBoundaries());
  pm.addPass(report ? createConvertStableHLO(*report, stablehlo)
                    : createConvertStableHLO(stablehlo));
  // Constants that the model computes become visible as such.
  pm.addNestedPass<func::FuncOp>(tosa::createTosaInferShapesPass());
  pm.addNestedPass<func::FuncOp>(tosa::createTosaLayerwiseConstantFoldPass());
  addCleanup(pm);
  pm.addPass(report ? createConvertTosa(*report, tosa)
                    : createConvertTosa(tosa));

  // What is not low-bit.
  pm.addNestedPass<func::FuncOp>(tosa::createTosaOptionalDecompositionsPass());
  addCleanup(pm);
  pm.addNestedPass<func::FuncOp>(tosa::createTosaToLinalgNamed());
  pm.addNestedPass<func::FuncOp>(tosa::createTosaLayerwiseConstantFoldPass());
  pm.addNestedPass<func::FuncOp>(tosa::createTosaMakeBroadcastablePass());
  pm.addNestedPass<func::FuncOp>(tosa::createTosaToLinalg());
  pm.addNestedPass<func::FuncOp>(createTosaToTensorPass());
  TosaToArithPassOptions arith;
  arith.includeApplyRescale = true;
  pm.addNestedPass<func::FuncOp>(createTosaToArithPass(arith));
  pm.addNestedPass<func::FuncOp>(createTosaToSCFPass());
  addCleanup(pm);
  pm.addPass(createCheckImported());
  pm.addNestedPass<func::FuncOp>(createFuseElementwise());
  addCleanup(pm);
  pm.addPass(report ? createRequantize(*report) : createRequantize());
  addCleanup(pm);
  // Constants that have been folded.
  pm.addPass(createCheckModel());
}
