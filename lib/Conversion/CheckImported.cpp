//===- CheckImported.cpp - Refuse ops that nothing lowers -----------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Conversion/Passes.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/BuiltinOps.h"

namespace mlir::bitserial {
#define GEN_PASS_DEF_CHECKIMPORTED
#include "bitserial/Conversion/Passes.h.inc"
} // namespace mlir::bitserial

using namespace mlir;
using namespace mlir::bitserial;

namespace {
struct CheckImportedPass
    : bitserial::impl::CheckImportedBase<CheckImportedPass> {
  void runOnOperation() override {
    bool hasFailed = false;
    getOperation().walk([&](Operation *op) {
      // Shapes that nothing uses any more are no computation.
      if (!isa_and_nonnull<tosa::TosaDialect>(op->getDialect()) ||
          isOpTriviallyDead(op))
        return;
      op->emitError() << "'" << op->getName()
                      << "' cannot be compiled: the import has no lowering of "
                         "it for these types and attributes";
      hasFailed = true;
    });
    if (hasFailed)
      signalPassFailure();
  }
};
} // namespace
