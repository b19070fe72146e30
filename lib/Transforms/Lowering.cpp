//===- Lowering.cpp - From vector code to the LLVM dialect ----------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Transforms/Lowering.h"
#include "bitserial/Transforms/Passes.h"
#include "mlir/Conversion/Passes.h"
#include "mlir/Dialect/Bufferization/Pipelines/Passes.h"
#include "mlir/Dialect/Bufferization/Transforms/Passes.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Linalg/Passes.h"
#include "mlir/Dialect/MemRef/Transforms/Passes.h"
#include "mlir/Dialect/SCF/Transforms/Passes.h"
#include "mlir/Interfaces/LoopLikeInterface.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;
using namespace mlir::bitserial;

static void addCleanup(OpPassManager &pm) {
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());
}

/// Whether the allocation `buffer` is made again and again, and fits the stack.
static bool isSmallBufferOfLoop(Value buffer) {
  constexpr int64_t kMaxBits = 8 * (16 << 10);
  auto type = dyn_cast<MemRefType>(buffer.getType());
  return type && type.hasStaticShape() &&
         type.getElementType().isIntOrFloat() &&
         type.getNumElements() * type.getElementTypeBitWidth() <= kMaxBits &&
         buffer.getDefiningOp()->getParentOfType<LoopLikeOpInterface>();
}

void bitserial::buildBufferizePipeline(OpPassManager &pm) {
  pm.addNestedPass<func::FuncOp>(createSeparateBuffers());
  pm.addPass(bufferization::createEmptyTensorEliminationPass());
  bufferization::OneShotBufferizePassOptions bufferize;
  bufferize.bufferizeFunctionBoundaries = true;
  // A loop may carry a tensor that each iteration computes anew.
  bufferize.allowReturnAllocsFromLoops = true;
  bufferize.functionBoundaryTypeConversion =
      bufferization::LayoutMapOption::IdentityLayoutMap;
  pm.addPass(bufferization::createOneShotBufferizePass(bufferize));
  addCleanup(pm);
  bufferization::BufferResultsToOutParamsPassOptions outParams;
  outParams.hoistStaticAllocs = true;
  outParams.modifyPublicFunctions = true;
  pm.addPass(bufferization::createBufferResultsToOutParamsPass(outParams));
  // Copies onto themselves go away only after the slices they name are the
  // same.
  addCleanup(pm);
  pm.addPass(createCanonicalizerPass());
  // What a tile keeps for itself is on the stack.
  pm.addNestedPass<func::FuncOp>(
      bufferization::createPromoteBuffersToStackPass(isSmallBufferOfLoop));
  bufferization::buildBufferDeallocationPipeline(
      pm, bufferization::BufferDeallocationPipelineOptions());
  pm.addPass(createConvertBufferizationToMemRefPass());
  addCleanup(pm);
  pm.addNestedPass<func::FuncOp>(
      bufferization::createOptimizeAllocationLivenessPass());
}

void bitserial::buildLLVMPipeline(OpPassManager &pm, unsigned threads) {
  pm.addNestedPass<func::FuncOp>(createLowerCopies());
  pm.addNestedPass<func::FuncOp>(createConvertLinalgToLoopsPass());
  if (threads != 1) {
    pm.addNestedPass<func::FuncOp>(createParallelize());
    // Loops that a schedule made.
    pm.addNestedPass<func::FuncOp>(createForallToParallelLoopPass());
  }
  pm.addPass(createPlanMemory());
  pm.addNestedPass<func::FuncOp>(createExpandMath());
  pm.addNestedPass<func::FuncOp>(createExpandHalf());
  pm.addNestedPass<func::FuncOp>(createConvertVectorToSCFPass());
  pm.addPass(createLowerAffinePass());
  addCleanup(pm);
  pm.addNestedPass<func::FuncOp>(createLoopInvariantCodeMotionPass());
  if (threads != 1) {
    ConvertSCFToOpenMPPassOptions openMP;
    openMP.numThreads = threads;
    pm.addPass(createConvertSCFToOpenMPPass(openMP));
  }
  pm.addNestedPass<func::FuncOp>(createHoistStackBuffers());
  if (threads != 1)
    // Scopes for stack memory that no loop needs go away.
    pm.addPass(createCanonicalizerPass());
  pm.addPass(createSCFToControlFlowPass());
  pm.addPass(memref::createExpandStridedMetadataPass());
  pm.addPass(createLowerAffinePass());
  pm.addPass(createConvertMathToLLVMPass());
  pm.addPass(createConvertVectorToLLVMPass());
  pm.addPass(createArithToLLVMConversionPass());
  pm.addPass(createFinalizeMemRefToLLVMConversionPass());
  pm.addNestedPass<func::FuncOp>(createBarePointers());
  pm.addPass(createConvertFuncToLLVMPass());
  pm.addPass(createConvertControlFlowToLLVMPass());
  if (threads != 1)
    pm.addPass(createConvertOpenMPToLLVMPass());
  pm.addPass(createUBToLLVMConversionPass());
  pm.addPass(createReconcileUnrealizedCastsPass());
  addCleanup(pm);
  pm.addPass(createAttachTarget());
}
