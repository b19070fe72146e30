//===- DiagnosticCollector.h - What a thread says -------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_LIB_SYNTHESIS_DIAGNOSTICCOLLECTOR_H
#define BITSERIAL_LIB_SYNTHESIS_DIAGNOSTICCOLLECTOR_H

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/MLIRContext.h"

#include "llvm/Support/Threading.h"

namespace mlir::bitserial {

/// Collects what this thread says as long as it lives. Passes run on several
/// threads of a context: what the others say goes where it went before.
class DiagnosticCollector {
public:
  explicit DiagnosticCollector(MLIRContext *context)
      : engine(context->getDiagEngine()), thread(llvm::get_threadid()),
        id(engine.registerHandler([this](Diagnostic &diagnostic) {
          if (llvm::get_threadid() != thread)
            return failure();
          if (text.empty())
            text = diagnostic.str();
          return success();
        })) {}
  ~DiagnosticCollector() { engine.eraseHandler(id); }

  /// The first message.
  std::string text;

private:
  DiagnosticEngine &engine;
  uint64_t thread;
  DiagnosticEngine::HandlerID id;
};

} // namespace mlir::bitserial

#endif // BITSERIAL_LIB_SYNTHESIS_DIAGNOSTICCOLLECTOR_H
