//===- BarePointers.cpp - Calling convention of functions -----------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Target/Target.h"
#include "bitserial/Transforms/Passes.h"
#include "mlir/Conversion/LLVMCommon/TypeConverter.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace mlir::bitserial {
#define GEN_PASS_DEF_BAREPOINTERS
#include "bitserial/Transforms/Passes.h.inc"
} // namespace mlir::bitserial

using namespace mlir;

/// What convert-func-to-llvm looks for on functions and callees.
static constexpr StringLiteral kBarePointersAttrName = "llvm.bareptr";

namespace {
struct BarePointersPass : bitserial::impl::BarePointersBase<BarePointersPass> {
  void runOnOperation() override {
    func::FuncOp func = getOperation();
    auto isPointer = [](Type type) {
      auto memref = dyn_cast<BaseMemRefType>(type);
      return !memref || LLVMTypeConverter::canConvertToBarePtr(memref);
    };
    if (llvm::all_of(func.getArgumentTypes(), isPointer) &&
        llvm::all_of(func.getResultTypes(), isPointer))
      func->setAttr(kBarePointersAttrName, UnitAttr::get(&getContext()));
  }
};
} // namespace
