//===- Pipelines.h - Named pass pipelines -----------------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// The stages from a model to the LLVM dialect, each a pipeline of its own in
/// bitserial-opt:
///
///   bitserial-import-pipeline     TOSA -> contract, and linalg around it
///   bitserial-layout-pipeline     contract -> reduce on words
///   bitserial-kernel-pipeline     reduce -> tiled loops of vector code
///   bitserial-bufferize-pipeline  tensors -> memory
///   bitserial-llvm-pipeline       vectors, loops and memory -> LLVM dialect
///   bitserial-pipeline            all of them
///
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_PIPELINES_PIPELINES_H
#define BITSERIAL_PIPELINES_PIPELINES_H

#include "bitserial/Conversion/Ranges/FloatSet.h"
#include "bitserial/Transforms/Lowering.h"

#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassOptions.h"

namespace mlir::bitserial {

/// What becomes of micro-tiles.
enum class SynthesisMode {
  Off,     ///< The reference lowering.
  Library, ///< Proved kernels from the user's cache and the shipped library.
  Search   ///< And from searches, where neither has one.
};

/// "off", "library", "search", and back.
StringRef stringifySynthesisMode(SynthesisMode mode);
std::optional<SynthesisMode> symbolizeSynthesisMode(StringRef name);

/// The values of an option of this type.
llvm::cl::ValuesClass getSynthesisModeValues();

struct KernelPipelineOptions : PassPipelineOptions<KernelPipelineOptions> {
  Option<SynthesisMode> synthesize{
      *this, "synthesize",
      llvm::cl::desc("Where the kernels of micro-tiles come from"),
      llvm::cl::init(SynthesisMode::Library), getSynthesisModeValues()};
  Option<std::string> proofs{
      *this, "proofs",
      llvm::cl::desc(
          "Folder to write the proofs of the kernels used to; empty: "
          "nowhere")};
};

struct ImportReport;

/// The threads that compiled functions use. Parallel loops call LLVM's OpenMP
/// runtime where the program has it, and run in one thread where it has not.
struct LLVMPipelineOptions : PassPipelineOptions<LLVMPipelineOptions> {
  Option<unsigned> threads{
      *this, "threads",
      llvm::cl::desc("Threads that loops are divided among: 1 for code without "
                     "threads, 0 for as many as OpenMP has at run time "
                     "(OMP_NUM_THREADS)"),
      llvm::cl::init(1)};
};

struct ImportPipelineOptions : PassPipelineOptions<ImportPipelineOptions> {
  Option<bool> allowReassociation{
      *this, "allow-reassociation",
      llvm::cl::desc("Find low-bit contractions of floats also where sums may "
                     "be rounded differently, within a bound that is reported"),
      llvm::cl::init(false)};
  Option<double> maxInput{
      *this, "max-input",
      llvm::cl::desc("Float arguments are numbers of at most this magnitude; "
                     "0: anything, also NaN"),
      llvm::cl::init(kDefaultMaxInput)};
};

struct PipelineOptions : PassPipelineOptions<PipelineOptions> {
  Option<std::string> target{
      *this, "target",
      llvm::cl::desc(
          "LLVM's name of the CPU, <triple>:<cpu>, or native; empty: "
          "the module's own target, or native")};
  Option<std::string> features{
      *this, "features", llvm::cl::desc("Features to add or remove, as +a,-b")};
  Option<std::string> schedule{
      *this, "schedule",
      llvm::cl::desc("File with transform dialect schedules: "
                     "@__transform_main runs on the module first, @conv and so "
                     "on on contractions of that kind; empty: the default "
                     "schedule only")};
  Option<std::string> tuningDb{
      *this, "tuning-db",
      llvm::cl::desc("File with the tuner's records, which schedule the "
                     "contractions that they are for")};
  Option<SynthesisMode> synthesize{
      *this, "synthesize",
      llvm::cl::desc("Where the kernels of micro-tiles come from"),
      llvm::cl::init(SynthesisMode::Library), getSynthesisModeValues()};
  Option<std::string> proofs{
      *this, "proofs", llvm::cl::desc("As for bitserial-kernel-pipeline")};
  Option<bool> allowReassociation{
      *this, "allow-reassociation",
      llvm::cl::desc("As for bitserial-import-pipeline"),
      llvm::cl::init(false)};
  Option<double> maxInput{*this, "max-input",
                          llvm::cl::desc("As for bitserial-import-pipeline"),
                          llvm::cl::init(kDefaultMaxInput)};
  /// Where the import says what it made of the model; null for nowhere. Must
  /// outlive the passes.
  ImportReport *importReport = nullptr;
  Option<unsigned> threads{
      *this, "threads",
      llvm::cl::desc("Threads, as for bitserial-llvm-pipeline"),
      llvm::cl::init(1)};
};

/// Models in TOSA: contractions over few-bit integers become
/// bitserial.contract, all else linalg, tensor and arith. Does nothing to other
/// dialects.
void buildImportPipeline(OpPassManager &pm,
                         const ImportPipelineOptions &options = {},
                         ImportReport *report = nullptr);

/// Has the choice of layouts and tiles know the kernels from these places: from
/// the beginning of the pass manager's run on.
void addKernelSource(OpPassManager &pm, SynthesisMode synthesis);

/// Chooses and materialises layouts; contractions become reductions over words.
/// Layouts suit the kernels that buildKernelPipeline() uses in the same mode.
void buildLayoutPipeline(OpPassManager &pm,
                         SynthesisMode synthesis = SynthesisMode::Library);
/// Tiles reductions, replaces the tiles by kernels and lowers what is left to
/// vector code. If `proofs` is not empty, the proofs of all kernels are written
/// to that folder, and it fails if one has none.
void buildKernelPipeline(OpPassManager &pm,
                         SynthesisMode synthesis = SynthesisMode::Library,
                         StringRef proofs = "");
/// The whole way.
void buildPipeline(OpPassManager &pm, const PipelineOptions &options);

/// Registers the pipelines by the names above.
void registerPipelines();

} // namespace mlir::bitserial

#endif // BITSERIAL_PIPELINES_PIPELINES_H
