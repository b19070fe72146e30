//===- QuantizedTosa.cpp - Quantised types in TOSA ------------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LowerQuantized.h"
#include "Quantization.h"
#include "bitserial/Conversion/Ranges/RangeAnalysis.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace mlir::bitserial;

static Type toStorage(Type type) {
  return isQuantized(type) ? getQuantization(type).getStorageTensor() : type;
}

/// Integers that are computed and need not be within the bounds of their type.
static bool needsClamp(Type type) {
  return isQuantized(type) && getQuantization(type).hasBounds();
}

/// Whether an op gives elements of its operands, of the same element type.
static bool isMove(Operation *op) {
  if (!isa<tosa::ReshapeOp, tosa::TransposeOp, tosa::SliceOp, tosa::ReverseOp,
           tosa::TileOp, tosa::IdentityOp, tosa::ConcatOp, tosa::MaxPool2dOp>(
          op) ||
      !isQuantized(op->getOperand(0).getType()))
    return false;
  return llvm::all_of(op->getOperands(), [&](Value operand) {
    return !isQuantized(operand.getType()) ||
           getElementTypeOrSelf(operand) ==
               getElementTypeOrSelf(op->getResult(0));
  });
}

static InFlightDiagnostic emitObstacle(Operation *op) {
  return op->emitError() << "'" << op->getName()
                         << "' with quantised types cannot be compiled: ";
}

static LogicalResult check(Operation *op) {
  SmallVector<Type> types(op->getOperandTypes());
  llvm::append_range(types, op->getResultTypes());
  const auto *quantized = llvm::find_if(types, isQuantized);
  if (quantized == types.end())
    return success();
  for (Type type : types) {
    if (isa<FloatType>(getElementTypeOrSelf(type)))
      return emitObstacle(op)
             << "TOSA has no conversion between " << *quantized << " and "
             << type << "; rescale integers, or cast them from i8";
    if (isQuantized(type) && getQuantization(type).storage.isUnsigned())
      return emitObstacle(op)
             << type << " is stored without sign; TOSA has signed integers and "
             << "a rescale with input_unsigned";
  }
  auto constant = dyn_cast<tosa::ConstOp>(op);
  for (Type type : op->getResultTypes()) {
    if (!needsClamp(type))
      continue;
    Quantization bounds = getQuantization(type);
    if (constant) {
      ValueSet values = getConstantValues(constant.getValues());
      if (!values.isWithin(bounds.min, bounds.max))
        return emitObstacle(op)
               << "a stored integer is not among " << bounds.min << " to "
               << bounds.max << ", the bounds of the type";
    } else if (bounds.storage.getWidth() != 8 &&
               bounds.storage.getWidth() != 16) {
      return emitObstacle(op) << "bounds narrower than the type of " << type
                              << " are for integers of 8 and 16 bits";
    }
  }
  return success();
}

/// `value`, limited to the bounds of the type it had.
static void limit(OpBuilder &b, Value value, Type type) {
  if (!needsClamp(type) || value.use_empty())
    return;
  Quantization bounds = getQuantization(type);
  b.setInsertionPointAfterValue(value);
  auto clamp = tosa::ClampOp::create(
      b, value.getLoc(), value.getType(), value,
      b.getIntegerAttr(bounds.storage, bounds.min),
      b.getIntegerAttr(bounds.storage, bounds.max),
      tosa::NanPropagationModeAttr::get(b.getContext(),
                                        tosa::NanPropagationMode::PROPAGATE));
  value.replaceAllUsesExcept(clamp, clamp);
}

LogicalResult bitserial::lowerQuantizedTosa(ModuleOp module) {
  // What only moves elements keeps them within the operands' bounds, which are
  // the same. All is looked at before a type is changed.
  SmallVector<std::pair<Operation *, bool>> ops;
  WalkResult checked = module.walk([&](Operation *op) {
    bool isInside = isa<tosa::ConstOp, func::CallOp>(op) || isMove(op);
    ops.push_back({op, isInside});
    return failed(check(op)) ? WalkResult::interrupt() : WalkResult::advance();
  });
  if (checked.wasInterrupted())
    return failure();

  OpBuilder b(module.getContext());
  for (auto [op, isInside] : ops) {
    for (OpResult result : op->getResults()) {
      Type type = result.getType();
      result.setType(toStorage(type));
      if (!isInside)
        limit(b, result, type);
    }
    auto func = dyn_cast<func::FuncOp>(op);
    if (!func)
      continue;
    auto convert = [](TypeRange types) {
      return llvm::map_to_vector(types, toStorage);
    };
    func.setFunctionType(b.getFunctionType(convert(func.getArgumentTypes()),
                                           convert(func.getResultTypes())));
    if (!func.isExternal())
      for (BlockArgument argument : func.getArguments()) {
        Type type = argument.getType();
        argument.setType(toStorage(type));
        if (func.isPublic())
          limit(b, argument, type);
      }
  }
  return success();
}
