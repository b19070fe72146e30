//===- Jit.cpp - Machine code in this process -----------------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "OpenMP.h"
#include "bitserial/Target/Codegen.h"

#include "mlir/Support/Timing.h"

#include "llvm/ExecutionEngine/Orc/JITTargetMachineBuilder.h"
#include "llvm/ExecutionEngine/Orc/LLJIT.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace mlir;
using namespace mlir::bitserial;
using llvm::Error;
using llvm::Expected;
using llvm::formatv;

struct JitModule::Data {
  explicit Data(GeneratedCode code) : code(std::move(code)) {}

  GeneratedCode code;
  std::unique_ptr<llvm::orc::LLJIT> jit;
  ThreadRuntime threads;
};

JitModule::JitModule(std::unique_ptr<Data> data) : data(std::move(data)) {}
JitModule::~JitModule() = default;

const GeneratedCode &JitModule::code() const { return data->code; }

int JitModule::setNumThreads(int threads) const {
  assert(threads >= 1 && "at least the calling thread");
  return data->threads.setNumThreads(threads);
}

/// Gives the code what it needs for threads.
static Error defineFunctions(const ThreadRuntime &runtime,
                             llvm::orc::LLJIT &jit) {
  llvm::orc::SymbolMap symbols;
  for (auto [name, address] : runtime.functions())
    symbols[jit.mangleAndIntern(name)] = {
        llvm::orc::ExecutorAddr::fromPtr(address),
        llvm::JITSymbolFlags::Exported | llvm::JITSymbolFlags::Callable};
  return jit.getMainJITDylib().define(
      llvm::orc::absoluteSymbols(std::move(symbols)));
}

Expected<std::unique_ptr<JitModule>>
JitModule::create(ModuleOp module, const Target &target,
                  const CodegenOptions &options) {
  TimingScope timing;
  return create(module, target, options, timing);
}

Expected<std::unique_ptr<JitModule>>
JitModule::create(ModuleOp module, const Target &target,
                  const CodegenOptions &options, TimingScope &timing) {
  std::string reason;
  if (!target.isHostRunnable(&reason))
    return llvm::createStringError(
        formatv("this machine cannot run code for '{0}': {1}", target.cpu(),
                reason)
            .str());

  CodegenOptions jitOptions = options;
  jitOptions.packedEntryPoints = true;
  Expected<GeneratedCode> code =
      GeneratedCode::create(module, target, jitOptions, timing);
  if (!code)
    return code.takeError();
  auto data = std::make_unique<Data>(std::move(*code));

  // The object is generated here and not by the JIT, so that the code is the
  // same as ahead of time, and that fatal errors of LLVM are caught.
  TimingScope phase = timing.nest("Code generation");
  Expected<std::string> object = data->code.object();
  if (!object)
    return object.takeError();

  llvm::orc::LLJITBuilder builder;
  builder.setJITTargetMachineBuilder(
      llvm::orc::JITTargetMachineBuilder(target.triple()));
  builder.setDataLayout(data->code.module().getDataLayout());
  // There are no static constructors and no thread-local data to support.
  builder.setPlatformSetUp(llvm::orc::setUpInactivePlatform);
  Expected<std::unique_ptr<llvm::orc::LLJIT>> jit = builder.create();
  if (!jit)
    return jit.takeError();
  data->jit = std::move(*jit);
  // Failures come back from lookup(); the session would also print them.
  data->jit->getExecutionSession().setErrorReporter(
      [](Error error) { llvm::consumeError(std::move(error)); });
  if (data->code.usesThreads())
    if (Error e = defineFunctions(data->threads, *data->jit))
      return std::move(e);
  if (Error e = data->jit->addObjectFile(
          llvm::MemoryBuffer::getMemBufferCopy(*object, "bitserial")))
    return std::move(e);
  return std::unique_ptr<JitModule>(new JitModule(std::move(data)));
}

Expected<JitModule::PackedFunction>
JitModule::lookup(llvm::StringRef function) const {
  std::string symbol = ("packed_" + function).str();
  if (!data->code.module().getFunction(symbol))
    return llvm::createStringError(
        formatv("the module has no public function '{0}'", function).str());
  Expected<llvm::orc::ExecutorAddr> address = data->jit->lookup(symbol);
  if (!address)
    return address.takeError();
  return address->toPtr<PackedFunction>();
}
