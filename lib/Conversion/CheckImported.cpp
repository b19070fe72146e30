//===- CheckImported.cpp - Refuse ops that nothing lowers -----------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Conversion/Passes.h"
#include "bitserial/Conversion/StableHLO/StableHLO.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/BuiltinOps.h"

namespace mlir::bitserial {
#define GEN_PASS_DEF_CHECKIMPORTED
#include "bitserial/Conversion/Passes.h.inc"
} // namespace mlir::bitserial

using namespace mlir;
using namespace mlir::bitserial;

static bool isModelOp(Operation *op) {
  return isa_and_nonnull<tosa::TosaDialect, stablehlo::StableHLODialect,
                         chlo::CHLODialect>(op->getDialect());
}

namespace {
struct CheckImportedPass
    : bitserial::impl::CheckImportedBase<CheckImportedPass> {
  void runOnOperation() override {
    bool hasFailed = false;
    getOperation().walk([&](Operation *op) {
      // Shapes that nothing uses any more are no computation. Of ops in a
      // region, the one that has it is named.
      if (!isModelOp(op) || isModelOp(op->getParentOp()) ||
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
