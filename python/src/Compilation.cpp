//===- Compilation.cpp - A module compiled for Python ---------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Compilation.h"

#include "bitserial/InitAll.h"

#include "mlir/IR/DialectRegistry.h"

#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include <atomic>
#include <mutex>

using namespace mlir;
using namespace mlir::bitserial;
using namespace mlir::bitserial::python;

static CompileOptions makeOptions(const Request &request) {
  CompileOptions options;
  options.cpu = request.cpu;
  options.features = request.features;
  options.scheduleFile = request.scheduleFile;
  options.tuningDatabase = request.tuningDatabase;
  options.synthesis = request.synthesis;
  options.proofs = request.proofs;
  options.threads = request.threads;
  options.allowReassociation = request.allowReassociation;
  options.maxInput = request.maxInput;
  options.prefix = "";
  return options;
}

static const DialectRegistry &allDialects() {
  static const DialectRegistry *registry = [] {
    auto *result = new DialectRegistry;
    registerAllDialects(*result);
    // Schedules name passes.
    registerAllPasses();
    return result;
  }();
  return *registry;
}

namespace {

class CompilationImpl : public Compilation {
public:
  explicit CompilationImpl(const Request &request)
      : compiler(allDialects(), makeOptions(request)) {}

  LogicalResult run(const Request &request) {
    if (failed(compiler.parse(request.source, request.name)))
      return failure();
    runnable = compiler.target().isHostRunnable();
    if (!runnable)
      // All that can go wrong goes wrong now.
      return compiler.emit(EmitKind::Object);
    FailureOr<std::unique_ptr<JitModule>> created = compiler.createJit();
    if (failed(created))
      return failure();
    jit = std::move(*created);
    for (const FunctionInterface &function : compiler.functions()) {
      llvm::Expected<JitModule::PackedFunction> entry =
          jit->lookup(function.name);
      if (!entry)
        return compiler.error(llvm::toString(entry.takeError()));
      entries.push_back(*entry);
    }
    return success();
  }

  const std::vector<CompileDiagnostic> &messages() const {
    return compiler.diagnostics();
  }

  ArrayRef<FunctionInterface> functions() const override {
    return compiler.functions();
  }

  std::string target() const override { return compiler.target().describe(); }

  bool isRunnable() const override { return runnable; }

  Outcome emit(EmitKind kind) const override {
    return withMessages([&]() -> FailureOr<std::string> {
      if (failed(compiler.setSymbolPrefix("")))
        return failure();
      return compiler.emit(kind);
    });
  }

  Outcome save(EmitKind kind, const std::string &path,
               const std::string &prefix) const override {
    return withMessages([&]() -> FailureOr<std::string> {
      if (failed(compiler.setSymbolPrefix(prefix)) ||
          failed(compiler.emitToFile(kind, path)))
        return failure();
      return std::string();
    });
  }

  std::pair<std::string, std::string> report() const override {
    std::string table, json;
    llvm::raw_string_ostream tableStream(table), jsonStream(json);
    compiler.importReport().print(tableStream);
    jsonStream << compiler.importReport().toJSON();
    return {table, json};
  }

  void call(size_t index, const std::vector<const void *> &arguments,
            const std::vector<void *> &results) const override {
    const FunctionInterface &function = functions()[index];
    assert(runnable && function.arguments.size() == arguments.size() &&
           function.results.size() == results.size());

    // Each element points to an argument: to a pointer for tensors, to the
    // value for scalars. Tensor results come next, a returned scalar last.
    std::vector<void *> pointers, packed;
    pointers.reserve(arguments.size() + results.size());
    auto add = [&](const ValueInterface &value, void *data) {
      if (!value.isTensor) {
        packed.push_back(data);
        return;
      }
      pointers.push_back(data);
      packed.push_back(&pointers.back());
    };
    for (auto [value, data] : llvm::zip_equal(function.arguments, arguments))
      add(value, const_cast<void *>(data));
    for (bool tensors : {true, false})
      for (auto [value, data] : llvm::zip_equal(function.results, results))
        if (value.isTensor == tensors)
          add(value, data);
    // OpenMP's number belongs to the calling thread, and not to us.
    int threads = numThreads;
    int previous = threads > 0 ? jit->setNumThreads(threads) : 0;
    entries[index](packed.data());
    if (threads > 0)
      jit->setNumThreads(previous);
  }

  void setNumThreads(unsigned threads) override { numThreads = threads; }

private:
  /// What `work` returns, and what the compiler said meanwhile.
  Outcome
  withMessages(llvm::function_ref<FailureOr<std::string>()> work) const {
    std::lock_guard<std::mutex> lock(mutex);
    size_t before = compiler.diagnostics().size();
    FailureOr<std::string> text = work();
    Outcome outcome;
    if (succeeded(text))
      outcome.text = std::move(*text);
    const std::vector<CompileDiagnostic> &all = compiler.diagnostics();
    outcome.messages.assign(all.begin() + before, all.end());
    return outcome;
  }

  // Emission caches what it generates.
  mutable std::mutex mutex;
  mutable Compiler compiler;
  std::unique_ptr<JitModule> jit;
  std::vector<JitModule::PackedFunction> entries;
  bool runnable = false;
  std::atomic<int> numThreads = 0;
};

} // namespace

Outcome python::describeTuningSpace(const Request &request, unsigned limit) {
  Compiler compiler(allDialects(), makeOptions(request));
  Outcome outcome;
  if (succeeded(compiler.parse(request.source, request.name)))
    if (FailureOr<std::string> text = compiler.tuningSpace(limit);
        succeeded(text))
      outcome.text = std::move(*text);
  outcome.messages = compiler.diagnostics();
  return outcome;
}

std::shared_ptr<Compilation>
Compilation::create(const Request &request,
                    std::vector<CompileDiagnostic> &messages) {
  auto compilation = std::make_shared<CompilationImpl>(request);
  bool ok = succeeded(compilation->run(request));
  messages = compilation->messages();
  return ok ? compilation : nullptr;
}
