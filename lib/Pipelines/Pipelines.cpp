//===- Pipelines.cpp - Named pass pipelines ----------------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Pipelines/Pipelines.h"
#include "bitserial/Transforms/Passes.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Transform/Transforms/Passes.h"
#include "mlir/Pass/PassRegistry.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;
using namespace mlir::bitserial;

static void addCleanup(OpPassManager &pm) {
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());
}

void bitserial::buildLayoutPipeline(OpPassManager &pm) {
  addCleanup(pm);
  pm.addNestedPass<func::FuncOp>(createAssignLayouts());
  // Packs of constants fold, so that no weights are packed at run time.
  addCleanup(pm);
  pm.addPass(createMaterializeLayouts());
  addCleanup(pm);
  pm.addNestedPass<func::FuncOp>(createMergeReductions());
  pm.addNestedPass<func::FuncOp>(createFuseElementwise());
  addCleanup(pm);
}

void bitserial::buildKernelPipeline(OpPassManager &pm) {
  pm.addNestedPass<func::FuncOp>(createTileReduce());
  // Peeled tiles get their static sizes here.
  addCleanup(pm);
  pm.addNestedPass<func::FuncOp>(createLowerReduce());
  addCleanup(pm);
}

void bitserial::buildPipeline(OpPassManager &pm,
                              const PipelineOptions &options) {
  pm.addPass(
      createSetTarget(SetTargetOptions{options.target, options.features}));
  if (!options.schedule.empty()) {
    transform::PreloadLibraryPassOptions library;
    library.transformLibraryPaths.push_back(options.schedule);
    pm.addPass(transform::createPreloadLibraryPass(library));
    pm.addPass(transform::createInterpreterPass());
  }
  buildLayoutPipeline(pm);
  buildKernelPipeline(pm);
  buildBufferizePipeline(pm);
  buildLLVMPipeline(pm);
}

void bitserial::registerPipelines() {
  PassPipelineRegistration<> layout(
      "bitserial-layout-pipeline",
      "Choose and materialise layouts: contractions to reductions over words",
      buildLayoutPipeline);
  PassPipelineRegistration<> kernel(
      "bitserial-kernel-pipeline",
      "Tile reductions and lower the tiles to vector code",
      buildKernelPipeline);
  PassPipelineRegistration<> bufferize(
      "bitserial-bufferize-pipeline", "Tensors to memory, results to arguments",
      buildBufferizePipeline);
  PassPipelineRegistration<> llvm(
      "bitserial-llvm-pipeline",
      "Vectors, loops and memory to the LLVM dialect, with bare pointers",
      buildLLVMPipeline);
  PassPipelineRegistration<PipelineOptions> all(
      "bitserial-pipeline", "From contractions to the LLVM dialect for a CPU",
      buildPipeline);
}
