//===- Compiler.h - From source text to code --------------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The compiler as a library: what bitserial-compile and the Python package are
// made of. Nothing here prints or ends the process; every problem becomes a
// diagnostic.
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_PIPELINES_COMPILER_H
#define BITSERIAL_PIPELINES_COMPILER_H

#include "bitserial/Conversion/ImportReport.h"
#include "bitserial/Pipelines/Interface.h"
#include "bitserial/Pipelines/Pipelines.h"
#include "bitserial/Target/Codegen.h"
#include "bitserial/Target/Target.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/OwningOpRef.h"
#include "mlir/Support/Timing.h"

#include "llvm/Support/SourceMgr.h"

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace llvm {
class raw_ostream;
} // namespace llvm

namespace mlir {
class DialectRegistry;
class PassManager;
} // namespace mlir

namespace mlir::bitserial {

//===----------------------------------------------------------------------===//
// Diagnostics
//===----------------------------------------------------------------------===//

enum class Severity { Error, Warning, Remark, Note };

/// "error", "warning", "remark", "note".
llvm::StringRef stringifySeverity(Severity severity);

/// A message to the user.
struct CompileDiagnostic {
  Severity severity = Severity::Error;
  std::string message;
  /// Where, counted from 1. Without a file for messages about no place; line
  /// and column are 0 for messages about a file as a whole.
  std::string file;
  unsigned line = 0, column = 0;
  /// The line of the source, if it is at hand.
  std::string sourceLine;
  std::vector<CompileDiagnostic> notes;

  /// Prints "file:line:column: severity: message", the line of the source with
  /// a mark under the column, and the notes in the same way.
  void print(llvm::raw_ostream &os) const;
};

//===----------------------------------------------------------------------===//
// Options
//===----------------------------------------------------------------------===//

/// What can be made of a module.
enum class EmitKind {
  /// MLIR at the end of the pipeline: the LLVM dialect.
  MLIR,
  /// LLVM IR, optimised.
  LLVM,
  Assembly,
  /// A relocatable object file.
  Object,
  /// A shared library.
  Shared,
  /// A C header that declares the public functions.
  Header,
  /// Modelled cycles of a call of each public function, in JSON; see
  /// lib/Pipelines/CostReport.h.
  Cost,
};

struct CompileOptions {
  /// As for Target::get. If empty, the module's attribute `bitserial.target`
  /// counts, and without it "native".
  std::string cpu;
  /// As for Target::get; behind those of the module if `cpu` is empty.
  std::string features;
  /// A file with a transform dialect module whose named sequences are the
  /// schedule: `@__transform_main` for the module, `@conv` and so on for
  /// contractions of a kind (Schedules/Schedules.h). Empty: the default
  /// schedule.
  std::string scheduleFile;
  /// A file with records of the tuner (Schedules/TuningRecords.h), or empty.
  std::string tuningDatabase;
  /// Where the kernels of micro-tiles come from.
  SynthesisMode synthesis = SynthesisMode::Library;
  /// A folder that the proofs of all kernels used are written to, see
  /// writeProof (Synthesis/Prover.h); empty: none are. Needs a solver.
  std::string proofs;
  /// Threads that the functions use: 1 for code without threads, 0 for as many
  /// as the OpenMP runtime has when they are called, n for n. Without that
  /// runtime the code runs in one thread.
  unsigned threads = 1;
  /// Whether contractions of floats may be low-bit where sums may be rounded
  /// differently from the model's, within a bound that the report has.
  bool allowReassociation = false;
  /// Float arguments are taken to be numbers of at most this magnitude; 0: to
  /// be anything, NaN among them.
  double maxInput = kDefaultMaxInput;
  /// LLVM's optimisation level, 0..3.
  unsigned optLevel = 3;
  /// Put before the names of the public functions in everything that is seen by
  /// a linker or a C compiler. If not given: the name of the module, or else of
  /// the source file without directory and extension, with '_' behind it. So
  /// `@main` of conv.mlir is `conv_main` in C, not the program's entry point.
  std::optional<std::string> prefix;

  /// Called on the pass manager before it runs, to add instrumentation.
  std::function<LogicalResult(PassManager &)> configurePassManager;
  /// Where the phases are timed, if anywhere.
  TimingScope *timing = nullptr;
};

//===----------------------------------------------------------------------===//
// Compiler
//===----------------------------------------------------------------------===//

/// Compiles one module: parse, then lower, then emit as often as wanted. One
/// compiler is for one thread at a time; several of them can work at once.
class Compiler {
public:
  /// `registry` has the dialects that a source may contain (see InitAll.h).
  Compiler(const DialectRegistry &registry, CompileOptions options = {});
  ~Compiler();
  Compiler(const Compiler &) = delete;
  Compiler &operator=(const Compiler &) = delete;

  /// Parses and verifies a module, text or bytecode; resolves the target and
  /// the schedule. `name` is the file's name in messages. To be called once,
  /// before all else.
  LogicalResult parse(llvm::StringRef source, llvm::StringRef name);
  /// The same for a file; "-" is standard input.
  LogicalResult parseFile(llvm::StringRef path);

  /// What the tuner needs to know, in JSON (describeTuningSpace). To be called
  /// before lower(). Models are imported first.
  FailureOr<std::string> tuningSpace(unsigned limit);

  /// Runs the whole pipeline, after which module() is in the LLVM dialect.
  LogicalResult lower();

  /// The result as text or bytes; fails for EmitKind::Shared, which needs a
  /// file. Lowers the module if that is needed and has not been done. `title`
  /// is the name of the file that is going to be written, for the header.
  FailureOr<std::string> emit(EmitKind kind, llvm::StringRef title = "");
  /// Writes the result to a file, which appears complete or not at all; "-" is
  /// standard output.
  LogicalResult emitToFile(EmitKind kind, llvm::StringRef path);

  /// Loads the code into this process; fails if that cannot execute it. The
  /// result lives independently of the compiler.
  FailureOr<std::unique_ptr<JitModule>> createJit();

  /// Everything said so far, in order. Remarks are among it.
  const std::vector<CompileDiagnostic> &diagnostics() const { return messages; }
  bool hasErrors() const;

  // After parsing:
  const Target &target() const { return *resolvedTarget; }
  /// The public functions as they are called from C.
  llvm::ArrayRef<FunctionInterface> functions() const { return interface; }
  /// Replaces the prefix for what is emitted from now on. Fails if it is no C
  /// identifier.
  LogicalResult setSymbolPrefix(llvm::StringRef newPrefix);
  /// What CompileOptions::prefix came to.
  const std::string &symbolPrefix() const { return prefix; }
  ModuleOp module() const { return *parsed; }

  /// The contractions of the model and what became of them; after lowering.
  const ImportReport &importReport() const { return report; }

  /// Adds an error that concerns no place in the source.
  LogicalResult error(const llvm::Twine &message);

private:
  LogicalResult parseBuffer(std::unique_ptr<llvm::MemoryBuffer> buffer);
  LogicalResult resolveTarget();
  LogicalResult checkSchedule();
  LogicalResult checkInterface();
  LogicalResult error(llvm::Error problem);
  FailureOr<GeneratedCode *> generateCode();
  void record(Diagnostic &diagnostic);
  CompileDiagnostic convert(Diagnostic &diagnostic) const;

  CompileOptions options;
  TimingScope noTiming;
  TimingScope &timing;
  // Behind a pointer, so that it can be left alone when a pass crashed in it.
  std::unique_ptr<MLIRContext> ownedContext;
  MLIRContext &context;
  llvm::SourceMgr sources, scheduleSources;
  OwningOpRef<ModuleOp> parsed;
  bool isLowered = false;
  std::optional<Target> resolvedTarget;
  std::vector<FunctionInterface> interface;
  std::string prefix;
  ImportReport report;
  std::optional<GeneratedCode> code;
  // Passes may run in parallel.
  std::mutex messagesMutex;
  std::vector<CompileDiagnostic> messages;
};

} // namespace mlir::bitserial

#endif // BITSERIAL_PIPELINES_COMPILER_H
