//===- Bitserial.h - The bitserial dialect ----------------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_IR_BITSERIAL_H
#define BITSERIAL_IR_BITSERIAL_H

#include "bitserial/IR/BitPolynomial.h"
#include "bitserial/IR/NumberFormat.h"
#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StructuredOpsUtils.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/TensorEncoding.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "mlir/Interfaces/DestinationStyleOpInterface.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "mlir/Interfaces/TilingInterface.h"

#include "bitserial/IR/BitserialEnums.h.inc"

#include "bitserial/IR/BitserialDialect.h.inc"

namespace mlir::bitserial {
class IntType;
} // namespace mlir::bitserial

#define GET_ATTRDEF_CLASSES
#include "bitserial/IR/BitserialAttrs.h.inc"

#define GET_TYPEDEF_CLASSES
#include "bitserial/IR/BitserialTypes.h.inc"

namespace mlir {
namespace bitserial {

/// Whether `type` is a tensor of low-bit numbers without an encoding.
bool isValueTensor(Type type);
/// Whether `type` is a tensor of low-bit numbers with a #bitserial.layout.
bool isPackedTensor(Type type);
/// The layout of a packed tensor, null for other types.
LayoutAttr getLayout(Type type);
/// `type` without its encoding.
RankedTensorType dropLayout(RankedTensorType type);
/// Whether `type` is a signless integer of 1 to 64 bits.
bool isSupportedInteger(Type type);
/// The tensor of ordinary integers that holds a low-bit tensor in memory: its
/// values, or its words if it is packed.
RankedTensorType getStoredType(RankedTensorType lowBitTensor);

/// The stored form (see getStoredType) of `value` if it is a
/// bitserial.constant, else null. m_Constant does not see it as elements.
DenseIntElementsAttr getConstantValue(Value value);

/// Packs `values`, which hold numbers of the format of `packed` in memory, into
/// words as the layout of `packed` says.
DenseIntElementsAttr packConstant(DenseIntElementsAttr values,
                                  RankedTensorType packed);
/// The inverse of packConstant.
DenseIntElementsAttr unpackConstant(DenseIntElementsAttr words,
                                    RankedTensorType packed);

/// Whether all bits of `words` that belong to no element are zero.
bool hasZeroPadding(DenseIntElementsAttr words, RankedTensorType packed);

/// An element (in row-major order) whose integer in `words` stands for no
/// number of the format; nullopt if there is none.
std::optional<int64_t> findInvalidCode(DenseIntElementsAttr words,
                                       RankedTensorType packed);

/// Whether `type` is one that the words of a layout can hold numbers as: ui8,
/// si8 or si16.
bool isNumbersType(IntegerType type);

/// The coefficient of dimension `dim` in a sum of dimensions `expr`; nullopt
/// for other expressions that use `dim`, 0 for those that do not.
std::optional<int64_t> getCoefficient(AffineExpr expr, unsigned dim);
/// `expr` as text, for messages.
std::string str(AffineExpr expr);

/// The name of the module attribute that holds the #bitserial.target.
constexpr llvm::StringLiteral kTargetAttrName = "bitserial.target";
/// The name of the attribute by which a contract or a reduce requests tiles, a
/// #bitserial.tile.
constexpr llvm::StringLiteral kTileAttrName = "bitserial.tile";

} // namespace bitserial
} // namespace mlir

#define GET_OP_CLASSES
#include "bitserial/IR/BitserialOps.h.inc"

#endif // BITSERIAL_IR_BITSERIAL_H
