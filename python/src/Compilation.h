//===- Compilation.h - A module compiled for Python -------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The compiler as the extension module sees it: no Python in here, so that all
// of it runs without Python's lock, and nothing of MLIR in what it returns.
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_PYTHON_COMPILATION_H
#define BITSERIAL_PYTHON_COMPILATION_H

#include "bitserial/Pipelines/Compiler.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace mlir::bitserial::python {

/// What to compile.
struct Request {
  std::string source; ///< text or bytecode
  std::string name;   ///< of the source, for locations
  std::string cpu;
  std::string features;
  std::string scheduleFile;   ///< empty: the default schedule
  std::string tuningDatabase; ///< a file, or empty
  std::string proofs;         ///< a folder, or empty
  SynthesisMode synthesis = SynthesisMode::Library;
  unsigned threads = 1; ///< as CompileOptions::threads
  bool allowReassociation = false;
  double maxInput = kDefaultMaxInput;
};

/// A text, or the diagnostics that say why there is none.
struct Outcome {
  std::optional<std::string> text;
  std::vector<CompileDiagnostic> messages;
};

/// What the tuner needs to know of a module (Compiler::tuningSpace).
Outcome describeTuningSpace(const Request &request, unsigned limit);

/// A compiled module. Thread-safe.
class Compilation {
public:
  virtual ~Compilation() = default;

  /// Compiles; null if that fails. `messages` get all diagnostics.
  static std::shared_ptr<Compilation>
  create(const Request &request, std::vector<CompileDiagnostic> &messages);

  virtual llvm::ArrayRef<FunctionInterface> functions() const = 0;
  /// What the code is for, in words.
  virtual std::string target() const = 0;
  /// Whether this machine can run the code.
  virtual bool isRunnable() const = 0;
  /// The module as LLVM IR, assembly or an object file, in which functions have
  /// their own names.
  virtual Outcome emit(EmitKind kind) const = 0;
  /// Writes a file of some kind (a shared library, an object file, a header...)
  /// with `prefix` before the names of functions. The outcome has an empty text
  /// if that succeeds.
  virtual Outcome save(EmitKind kind, const std::string &path,
                       const std::string &prefix) const = 0;
  /// What became of the contractions of a model, as a table and as JSON.
  virtual std::pair<std::string, std::string> report() const = 0;
  /// Calls functions()[index]; the code must be runnable. `arguments` point to
  /// the arguments' elements and `results` to memory for the results, in the
  /// order of the source.
  virtual void call(size_t index, const std::vector<const void *> &arguments,
                    const std::vector<void *> &results) const = 0;
  /// The number of threads of calls, if it is decided at run time; 0, as at
  /// first: as many as OpenMP has.
  virtual void setNumThreads(unsigned threads) = 0;
};

} // namespace mlir::bitserial::python

#endif // BITSERIAL_PYTHON_COMPILATION_H
