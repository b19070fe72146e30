//===- LowerQuantized.cpp - Quantised types as integers -------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LowerQuantized.h"
#include "Quantization.h"
#include "bitserial/Conversion/Passes.h"
#include "bitserial/Conversion/StableHLO/StableHLO.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"

namespace mlir::bitserial {
#define GEN_PASS_DEF_LOWERQUANTIZED
#include "bitserial/Conversion/Passes.h.inc"
} // namespace mlir::bitserial

using namespace mlir;
using namespace mlir::bitserial;

/// Reads the quantised ones of `types`, for their errors.
static LogicalResult checkTypes(TypeRange types,
                                function_ref<InFlightDiagnostic()> emitError,
                                bool &hasAny) {
  for (Type type : types) {
    if (!isQuantized(type))
      continue;
    hasAny = true;
    if (failed(readQuantization(type, emitError)))
      return failure();
  }
  return success();
}

static LogicalResult checkTypes(Operation *op, bool &hasAny) {
  auto emitError = [&] { return op->emitError(); };
  if (failed(checkTypes(op->getResultTypes(), emitError, hasAny)))
    return failure();
  for (Region &region : op->getRegions())
    for (Block &block : region)
      for (BlockArgument argument : block.getArguments())
        if (failed(checkTypes(
                argument.getType(),
                [&] { return mlir::emitError(argument.getLoc()); }, hasAny)))
          return failure();
  if (auto func = dyn_cast<func::FuncOp>(op)) {
    if (failed(checkTypes(func.getArgumentTypes(), emitError, hasAny)))
      return failure();
    return checkTypes(func.getResultTypes(), emitError, hasAny);
  }
  return success();
}

namespace {
struct LowerQuantizedPass
    : bitserial::impl::LowerQuantizedBase<LowerQuantizedPass> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    bool hasAny = false, isTosa = false;
    WalkResult checked = module.walk([&](Operation *op) {
      isTosa |= isa_and_nonnull<tosa::TosaDialect>(op->getDialect());
      return failed(checkTypes(op, hasAny)) ? WalkResult::interrupt()
                                            : WalkResult::advance();
    });
    if (checked.wasInterrupted())
      return signalPassFailure();
    if (!hasAny)
      return markAllAnalysesPreserved();
    if (failed(isTosa ? lowerQuantizedTosa(module)
                      : lowerQuantizedStableHLO(module)))
      signalPassFailure();
  }
};
} // namespace
