//===- BitserialDialect.cpp - Dialect, types, and shared helpers ----------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/IR/Bitserial.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mlir::bitserial;

#include "bitserial/IR/BitserialDialect.cpp.inc"
#include "bitserial/IR/BitserialEnums.cpp.inc"

#define GET_TYPEDEF_CLASSES
#include "bitserial/IR/BitserialTypes.cpp.inc"

#define GET_ATTRDEF_CLASSES
#include "bitserial/IR/BitserialAttrs.cpp.inc"

void BitserialDialect::initialize() {
  addTypes<
#define GET_TYPEDEF_LIST
#include "bitserial/IR/BitserialTypes.cpp.inc"
      >();
  addAttributes<
#define GET_ATTRDEF_LIST
#include "bitserial/IR/BitserialAttrs.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "bitserial/IR/BitserialOps.cpp.inc"
      >();
}

Operation *BitserialDialect::materializeConstant(OpBuilder &builder,
                                                 Attribute value, Type type,
                                                 Location loc) {
  auto elements = dyn_cast<DenseIntElementsAttr>(value);
  if (!elements)
    return nullptr;
  if (isValueTensor(type) || isPackedTensor(type))
    return ConstantOp::create(builder, loc, type, elements);
  // bitserial.decode folds to an ordinary constant.
  return arith::ConstantOp::materialize(builder, value, type, loc);
}

//===----------------------------------------------------------------------===//
// !bitserial.int
//===----------------------------------------------------------------------===//

LogicalResult IntType::verify(function_ref<InFlightDiagnostic()> emitError,
                              unsigned width, Kind kind, int64_t zeroPoint) {
  // Constraints T1 to T3.
  std::string reason = NumberFormat::isValid(width, kind, zeroPoint);
  if (!reason.empty())
    return emitError() << "invalid !bitserial.int: " << reason;
  return success();
}

NumberFormat IntType::getFormat() const {
  return NumberFormat(getWidth(), getKind(), getZeroPoint());
}

IntegerType IntType::getValueType() const {
  return IntegerType::get(getContext(), getFormat().getValueBits());
}

//===----------------------------------------------------------------------===//
// Low-bit tensor types
//===----------------------------------------------------------------------===//

bool bitserial::isValueTensor(Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  return tensor && isa<IntType>(tensor.getElementType()) &&
         !tensor.getEncoding();
}

bool bitserial::isPackedTensor(Type type) { return bool(getLayout(type)); }

LayoutAttr bitserial::getLayout(Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  if (!tensor || !isa<IntType>(tensor.getElementType()))
    return {};
  return dyn_cast_or_null<LayoutAttr>(tensor.getEncoding());
}

RankedTensorType bitserial::dropLayout(RankedTensorType type) {
  return RankedTensorType::get(type.getShape(), type.getElementType());
}

RankedTensorType bitserial::getStoredType(RankedTensorType lowBitTensor) {
  if (LayoutAttr layout = getLayout(lowBitTensor))
    return layout.getWordType(lowBitTensor);
  auto element = cast<IntType>(lowBitTensor.getElementType());
  return RankedTensorType::get(lowBitTensor.getShape(), element.getValueType());
}

std::string bitserial::str(AffineExpr expr) {
  std::string text;
  llvm::raw_string_ostream(text) << expr;
  return text;
}
