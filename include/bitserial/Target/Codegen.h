//===- Codegen.h - From the LLVM dialect to machine code --------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What happens after the last MLIR pass: translation to LLVM IR, optimisation,
// emission as text, object or shared library, and execution in this process.
//
// LLVM ends the process when it meets code it cannot select, such as an
// intrinsic of a feature that the target lacks. Everything here turns that
// into an llvm::Error instead.
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_TARGET_CODEGEN_H
#define BITSERIAL_TARGET_CODEGEN_H

#include "bitserial/Target/Target.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/DialectRegistry.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <memory>
#include <string>

namespace llvm {
class Module;
} // namespace llvm

namespace mlir {
class TimingScope;
} // namespace mlir

namespace mlir::bitserial {

/// Registers the translations to LLVM IR of the dialects that the pipelines
/// produce. Needed in the context of every module given to GeneratedCode.
void registerCodegenTranslations(DialectRegistry &registry);

/// Gives the module the target's triple and data layout, and every `llvm.func`
/// with a body the attributes by which LLVM knows the target: `target_cpu`,
/// `target_features` and, on x86-64, `prefer_vector_width`, without which LLVM
/// avoids 512-bit registers on some CPUs. Private functions become internal.
void attachTargetAttributes(ModuleOp module, const Target &target);

struct CodegenOptions {
  /// LLVM's optimisation level, 0 to 3.
  unsigned optLevel = 3;

  /// Put before the name of every public function: with "conv_", `@main`
  /// becomes the symbol `conv_main`.
  std::string symbolPrefix;

  /// Also generate, for every public function `f` (without the prefix), a
  /// function of the one type `void(void **)`; see JitModule.
  bool packedEntryPoints = false;
};

/// A module translated to LLVM IR and optimised for a target. Not for use from
/// several threads at once.
class GeneratedCode {
public:
  /// Translates `module`, which must consist of the LLVM dialect, and optimises
  /// it. The target attributes are attached first (to a clone: `module` does
  /// not change). A translation that fails has also emitted diagnostics.
  /// `timing` gets a child for each phase.
  static llvm::Expected<GeneratedCode> create(ModuleOp module,
                                              const Target &target,
                                              const CodegenOptions &options,
                                              TimingScope &timing);
  static llvm::Expected<GeneratedCode>
  create(ModuleOp module, const Target &target,
         const CodegenOptions &options = {});

  GeneratedCode(GeneratedCode &&);
  GeneratedCode &operator=(GeneratedCode &&);
  ~GeneratedCode();

  /// The optimised LLVM IR as text.
  std::string llvmIR() const;
  /// Assembly in the target's (on x86-64, AT&T) syntax.
  llvm::Expected<std::string> assembly() const;
  /// The bytes of a relocatable, position-independent object file.
  llvm::Expected<std::string> object() const;

  const llvm::Module &module() const;
  /// Whether there are parallel loops. They use LLVM's OpenMP runtime, or
  /// runtime/Threads.c, if the program has it (by weak references), else they
  /// run in one thread.
  bool usesThreads() const;

private:
  struct Data;
  explicit GeneratedCode(std::unique_ptr<Data> data);
  llvm::Expected<std::string> emit(bool asObject) const;

  std::unique_ptr<Data> data;
};

/// Links the bytes of an object file to the shared library `path`, which
/// appears complete or not at all. Symbols the object leaves undefined (malloc,
/// free, memcpy, ...) are left to the loader. The linker is the first found in
/// PATH of LLVM's lld, the GNU linker and the C compiler driver for the target;
/// fails with what was tried if there is none, and with the linker's own
/// message if linking fails.
llvm::Error linkSharedLibrary(llvm::StringRef object, llvm::StringRef path,
                              const Target &target);

/// Writes a file, which appears complete or not at all; "-" is standard output.
/// The error names the path and the reason.
llvm::Error writeOutputFile(llvm::StringRef path, llvm::StringRef contents);

/// Machine code in this process.
class JitModule {
public:
  /// The calling convention of all entry points: `args[i]` points to the i-th
  /// argument (for a tensor: to a pointer to its first element), in the order
  /// of the C interface, which ends with the pointers to the results. If the C
  /// function returns a value, one more element points to where it goes.
  using PackedFunction = void (*)(void **args);

  /// Generates code for `module` (the LLVM dialect; see GeneratedCode) and
  /// loads it. Fails if this machine cannot execute code for the target.
  static llvm::Expected<std::unique_ptr<JitModule>>
  create(ModuleOp module, const Target &target,
         const CodegenOptions &options = {});
  static llvm::Expected<std::unique_ptr<JitModule>>
  create(ModuleOp module, const Target &target, const CodegenOptions &options,
         TimingScope &timing);

  ~JitModule();

  /// The entry point of a public function, by its name in MLIR. Valid as long
  /// as this object lives; may be called from several threads at once.
  llvm::Expected<PackedFunction> lookup(llvm::StringRef function) const;

  /// The code that was loaded: its LLVM IR and assembly.
  const GeneratedCode &code() const;

  /// The number of threads, at least 1, for calls that the calling thread makes
  /// from now on, of all code that asks at run time; where it is not set,
  /// OMP_NUM_THREADS or the number of CPUs counts. Returns what it was before.
  int setNumThreads(int threads) const;

private:
  struct Data;
  explicit JitModule(std::unique_ptr<Data> data);

  std::unique_ptr<Data> data;
};

} // namespace mlir::bitserial

#endif // BITSERIAL_TARGET_CODEGEN_H
