//===- PrintRanges.cpp - Say which integers every tensor may hold ---------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Conversion/Passes.h"
#include "bitserial/Conversion/Ranges/LowBitFormat.h"
#include "bitserial/Conversion/Ranges/RangeAnalysis.h"
#include "mlir/IR/BuiltinOps.h"

namespace mlir::bitserial {
#define GEN_PASS_DEF_PRINTRANGES
#include "bitserial/Conversion/Passes.h.inc"
} // namespace mlir::bitserial

using namespace mlir;
using namespace mlir::bitserial;

static std::string describe(const FloatSet &values) {
  std::string text = values.str();
  if (std::optional<LowBitFormat> found = chooseFormat(values))
    text += ": " + found->describe();
  return text;
}

namespace {
struct PrintRangesPass : bitserial::impl::PrintRangesBase<PrintRangesPass> {
  void runOnOperation() override {
    FailureOr<RangeAnalysis> ranges = RangeAnalysis::create(getOperation());
    if (failed(ranges)) {
      getOperation().emitError("the range analysis failed");
      return signalPassFailure();
    }
    getOperation().walk([&](Operation *op) {
      if (op->getNumResults() != 1 ||
          !isa<RankedTensorType>(op->getResult(0).getType()))
        return;
      if (getFloatElement(op->getResult(0).getType())) {
        op->emitRemark() << describe(ranges->getFloats(op->getResult(0)));
        return;
      }
      if (getTypeValues(op->getResult(0).getType()).isUnknown())
        return;
      ValueSet values = ranges->get(op->getResult(0));
      std::string format;
      if (std::optional<LowBitFormat> found = chooseFormat(values))
        format = ": " + found->describe();
      op->emitRemark() << values.str() << format;
    });
    markAllAnalysesPreserved();
  }
};
} // namespace
