//===- Pipelines.cpp - Named pass pipelines ----------------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Pipelines/Pipelines.h"
#include "bitserial/Schedules/Passes.h"
#include "bitserial/Synthesis/Passes.h"
#include "bitserial/Transforms/MemoryPasses.h"
#include "bitserial/Transforms/Passes.h"
#include "bitserial/Transforms/Scheduling.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Pass/PassRegistry.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;
using namespace mlir::bitserial;

StringRef bitserial::stringifySynthesisMode(SynthesisMode mode) {
  switch (mode) {
  case SynthesisMode::Off:
    return "off";
  case SynthesisMode::Library:
    return "library";
  case SynthesisMode::Search:
    return "search";
  }
  llvm_unreachable("all modes are handled");
}

std::optional<SynthesisMode> bitserial::symbolizeSynthesisMode(StringRef name) {
  for (SynthesisMode mode :
       {SynthesisMode::Off, SynthesisMode::Library, SynthesisMode::Search})
    if (name == stringifySynthesisMode(mode))
      return mode;
  return std::nullopt;
}

llvm::cl::ValuesClass bitserial::getSynthesisModeValues() {
  return llvm::cl::values(
      clEnumValN(SynthesisMode::Off, "off", "from the reference lowering"),
      clEnumValN(SynthesisMode::Library, "library",
                 "from the user's cache and the shipped library (default)"),
      clEnumValN(SynthesisMode::Search, "search",
                 "from searches as well, where neither has one"));
}

static void addCleanup(OpPassManager &pm) {
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());
}

void bitserial::addKernelSource(OpPassManager &pm, SynthesisMode synthesis) {
  if (synthesis == SynthesisMode::Off)
    return;
  UseKernelsOptions options;
  options.search = synthesis == SynthesisMode::Search;
  pm.addPass(createUseKernels(options));
}

void bitserial::buildLayoutPipeline(OpPassManager &pm,
                                    SynthesisMode synthesis) {
  addKernelSource(pm, synthesis);
  addCleanup(pm);
  pm.addNestedPass<func::FuncOp>(createAssignLayouts());
  // Packs of constants fold, so that no weights are packed at run time.
  addCleanup(pm);
  pm.addPass(createMaterializeLayouts());
  addCleanup(pm);
  pm.addNestedPass<func::FuncOp>(createMergeReductions());
  pm.addNestedPass<func::FuncOp>(createContractInFloat());
  pm.addNestedPass<func::FuncOp>(createFuseElementwise());
  addCleanup(pm);
}

void bitserial::buildKernelPipeline(OpPassManager &pm, SynthesisMode synthesis,
                                    StringRef proofs) {
  pm.addNestedPass<func::FuncOp>(createTileReduce());
  // Peeled tiles get their static sizes here.
  addCleanup(pm);
  // The pass writes the proofs of the reference lowering, too.
  if (synthesis != SynthesisMode::Off || !proofs.empty()) {
    SynthesizeOptions options;
    options.search = synthesis == SynthesisMode::Search;
    options.useCache = options.useLibrary = synthesis != SynthesisMode::Off;
    options.proofs = proofs.str();
    pm.addNestedPass<func::FuncOp>(createSynthesize(options));
  }
  pm.addNestedPass<func::FuncOp>(createVectorizeReductions());
  pm.addNestedPass<func::FuncOp>(createLowerReduce());
  addCleanup(pm);
}

void bitserial::buildPipeline(OpPassManager &pm,
                              const PipelineOptions &options) {
  // How many there are at run time is nothing to choose by.
  unsigned threads = std::max(1u, unsigned(options.threads));
  pm.addPass(createSetTarget(
      SetTargetOptions{options.target, options.features, threads}));
  ImportPipelineOptions import;
  import.allowReassociation = options.allowReassociation;
  import.maxInput = options.maxInput;
  buildImportPipeline(pm, import, options.importReport);
  // One function, one plan of its memory.
  pm.addPass(createInlinerPass());
  pm.addPass(createApplySchedules(
      ApplySchedulesOptions{options.schedule, options.tuningDb}));
  if (threads > 1 && threads <= kMaxBlocks)
    pm.addNestedPass<func::FuncOp>(
        createSplitContractions(SplitContractionsOptions{threads}));
  buildLayoutPipeline(pm, options.synthesize);
  if (options.threads == 1) {
    pm.addNestedPass<func::FuncOp>(createFusePools());
    addCleanup(pm);
  }
  buildKernelPipeline(pm, options.synthesize, options.proofs);
  buildBufferizePipeline(pm);
  buildLLVMPipeline(pm, options.threads);
}

namespace {
struct LayoutPipelineOptions : PassPipelineOptions<LayoutPipelineOptions> {
  Option<SynthesisMode> synthesize{
      *this, "synthesize",
      llvm::cl::desc("Choose layouts that suit kernels from these places, as "
                     "bitserial-pipeline does"),
      llvm::cl::init(SynthesisMode::Off), getSynthesisModeValues()};
};
} // namespace

void bitserial::registerPipelines() {
  PassPipelineRegistration<ImportPipelineOptions> import(
      "bitserial-import-pipeline",
      "Find low-bit contractions in a model, lower the rest of it to linalg",
      [](OpPassManager &pm, const ImportPipelineOptions &options) {
        buildImportPipeline(pm, options);
      });
  PassPipelineRegistration<LayoutPipelineOptions> layout(
      "bitserial-layout-pipeline",
      "Choose and materialise layouts: contractions to reductions over words",
      [](OpPassManager &pm, const LayoutPipelineOptions &options) {
        buildLayoutPipeline(pm, options.synthesize);
      });
  PassPipelineRegistration<KernelPipelineOptions> kernel(
      "bitserial-kernel-pipeline",
      "Tile reductions, use kernels for the tiles, lower the rest to vector "
      "code",
      [](OpPassManager &pm, const KernelPipelineOptions &options) {
        buildKernelPipeline(pm, options.synthesize, options.proofs);
      });
  PassPipelineRegistration<> bufferize(
      "bitserial-bufferize-pipeline", "Tensors to memory, results to arguments",
      buildBufferizePipeline);
  PassPipelineRegistration<LLVMPipelineOptions> llvm(
      "bitserial-llvm-pipeline",
      "Vectors, loops and memory to the LLVM dialect, with bare pointers",
      [](OpPassManager &pm, const LLVMPipelineOptions &options) {
        buildLLVMPipeline(pm, options.threads);
      });
  PassPipelineRegistration<PipelineOptions> all(
      "bitserial-pipeline", "From a model to the LLVM dialect for a CPU",
      buildPipeline);
}
