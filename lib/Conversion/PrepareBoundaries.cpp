//===- PrepareBoundaries.cpp - Arguments and results as C passes them -----===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Conversion/Passes.h"
#include "bitserial/Conversion/StableHLO/StableHLO.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/BuiltinOps.h"

namespace mlir::bitserial {
#define GEN_PASS_DEF_PREPAREBOUNDARIES
#include "bitserial/Conversion/Passes.h.inc"
} // namespace mlir::bitserial

using namespace mlir;
using namespace mlir::bitserial;

/// How a tensor is passed: integers of 2 to 7 bits in bytes, one without
/// elements with a single dimension (bare pointers are none of upstream's for
/// some others). Any other type itself.
static Type prepare(Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  if (!tensor || tensor.getEncoding() || !tensor.hasStaticShape() ||
      !tensor.getElementType().isIntOrFloat())
    return type;
  Type element = tensor.getElementType();
  if (auto integer = dyn_cast<IntegerType>(element))
    if (integer.getWidth() > 1 && integer.getWidth() < 8 && !integer.isSigned())
      element = IntegerType::get(type.getContext(), 8, integer.getSignedness());
  if (llvm::is_contained(tensor.getShape(), 0))
    return RankedTensorType::get({0}, element);
  return tensor.clone(element);
}

/// `value` as `type`, which is its own, or that prepared, or the reverse.
static Value convert(OpBuilder &b, Location loc, Value value, Type type) {
  if (value.getType() == type)
    return value;
  auto tensor = cast<RankedTensorType>(type);
  if (tensor.getNumElements() == 0)
    return tensor::EmptyOp::create(b, loc, tensor.getShape(),
                                   tensor.getElementType());
  // Types without sign are none of arith's.
  auto element = cast<IntegerType>(tensor.getElementType());
  if (!element.isSignless())
    return stablehlo::ConvertOp::create(b, loc, type, value);
  if (element.getWidth() == 8)
    return arith::ExtSIOp::create(b, loc, type, value);
  return arith::TruncIOp::create(b, loc, type, value);
}

/// Gives `value` the prepared type, and its uses what it was.
static void prepareValue(OpBuilder &b, Value value) {
  Type type = value.getType();
  if (prepare(type) == type)
    return;
  value.setType(prepare(type));
  Value before = convert(b, value.getLoc(), value, type);
  value.replaceAllUsesExcept(before, before.getDefiningOp());
}

static void prepareOperands(OpBuilder &b, Operation *op) {
  b.setInsertionPoint(op);
  for (OpOperand &operand : op->getOpOperands())
    operand.set(convert(b, op->getLoc(), operand.get(),
                        prepare(operand.get().getType())));
}

static void prepareFunction(OpBuilder &b, func::FuncOp func) {
  b.setInsertionPointToStart(&func.front());
  for (BlockArgument argument : func.getArguments())
    prepareValue(b, argument);
  func.walk([&](func::ReturnOp op) { prepareOperands(b, op); });
  SmallVector<Type> inputs =
      llvm::map_to_vector(func.getArgumentTypes(), prepare);
  SmallVector<Type> results =
      llvm::map_to_vector(func.getResultTypes(), prepare);
  func.setFunctionType(b.getFunctionType(inputs, results));
}

namespace {
struct PrepareBoundariesPass
    : bitserial::impl::PrepareBoundariesBase<PrepareBoundariesPass> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    OpBuilder b(&getContext());
    auto isOther = [](Type type) { return prepare(type) != type; };
    llvm::SmallDenseSet<StringRef> prepared;
    for (auto func : module.getOps<func::FuncOp>())
      if (func.isPublic() && !func.isExternal() &&
          (llvm::any_of(func.getArgumentTypes(), isOther) ||
           llvm::any_of(func.getResultTypes(), isOther))) {
        prepareFunction(b, func);
        prepared.insert(func.getName());
      }
    if (prepared.empty())
      return markAllAnalysesPreserved();
    module.walk([&](func::CallOp call) {
      if (!prepared.contains(call.getCallee()))
        return;
      prepareOperands(b, call);
      b.setInsertionPointAfter(call);
      for (Value result : call.getResults())
        prepareValue(b, result);
    });
  }
};
} // namespace
