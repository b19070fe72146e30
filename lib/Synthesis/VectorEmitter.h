//===- VectorEmitter.h - Emitting vector code -------------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Emission of vector code on registers that are seen as lanes of one width or
/// another. Values are cast to the lanes that an operation asks for.
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_LIB_SYNTHESIS_VECTOREMITTER_H
#define BITSERIAL_LIB_SYNTHESIS_VECTOREMITTER_H

#include "bitserial/Synthesis/InstructionSet.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

#include <set>

namespace mlir::bitserial {

class VectorEmitter {
public:
  VectorEmitter(OpBuilder &b, Location loc, unsigned vectorBits)
      : b(b), loc(loc), vectorBits(vectorBits) {}

  /// Lanes of a full register.
  VectorType lanes(unsigned width) const {
    return VectorType::get({int64_t(vectorBits / width)},
                           b.getIntegerType(width));
  }

  Value cast(Value value, VectorType type) {
    if (value.getType() == type)
      return value;
    return vector::BitCastOp::create(b, loc, type, value);
  }
  Value cast(Value value, unsigned width) { return cast(value, lanes(width)); }

  Value constant(VectorType type, ArrayRef<int64_t> values) {
    SmallVector<APInt> lanes;
    for (int64_t value : values)
      lanes.push_back(APInt(type.getElementTypeBitWidth(), value,
                            /*isSigned=*/true, /*implicitTrunc=*/true));
    return arith::ConstantOp::create(b, loc,
                                     DenseElementsAttr::get(type, lanes));
  }
  Value splat(VectorType type, int64_t value) {
    return constant(type, SmallVector<int64_t>(type.getNumElements(), value));
  }
  Value zero(VectorType type) { return splat(type, 0); }

  /// These take lanes of the first operand's type.
  Value add(Value a, Value c) {
    return arith::AddIOp::create(b, loc, a, castLike(c, a));
  }
  Value sub(Value a, Value c) {
    return arith::SubIOp::create(b, loc, a, castLike(c, a));
  }
  Value bitAnd(Value a, Value c) {
    return arith::AndIOp::create(b, loc, a, castLike(c, a));
  }
  Value shiftLeft(Value a, unsigned count) {
    if (count == 0)
      return a;
    return arith::ShLIOp::create(b, loc, a, splat(typeOf(a), count));
  }
  Value shiftRight(Value a, unsigned count) {
    if (count == 0)
      return a;
    return arith::ShRUIOp::create(b, loc, a, splat(typeOf(a), count));
  }
  /// Times a constant, by a shift if possible.
  Value scale(Value a, int64_t factor) {
    if (factor == 1)
      return a;
    if (llvm::isPowerOf2_64(factor))
      return shiftLeft(a, llvm::Log2_64(factor));
    return arith::MulIOp::create(b, loc, a, splat(typeOf(a), factor));
  }
  /// Times a constant, by a multiplication even if a shift would do: with an
  /// addition it is one instruction.
  Value multiply(Value a, int64_t factor) {
    if (factor == 1)
      return a;
    return arith::MulIOp::create(b, loc, a, splat(typeOf(a), factor));
  }
  Value popcount(Value a) { return math::CtPopOp::create(b, loc, a); }
  /// To lanes of another width, as many as there are.
  Value extend(Value a, unsigned width) {
    VectorType type = typeOf(a);
    if (type.getElementTypeBitWidth() == width)
      return a;
    return arith::ExtUIOp::create(b, loc, type.clone(b.getIntegerType(width)),
                                  a);
  }
  Value truncate(Value a, unsigned width) {
    VectorType type = typeOf(a);
    if (type.getElementTypeBitWidth() == width)
      return a;
    return arith::TruncIOp::create(b, loc, type.clone(b.getIntegerType(width)),
                                   a);
  }

  /// An instruction; operands are cast to its types.
  Value emit(const Instruction &instruction, ValueRange operands) {
    SmallVector<Value> arguments;
    for (auto [operand, type] :
         llvm::zip_equal(operands, instruction.getOperandTypes()))
      arguments.push_back(cast(operand, cast_or_null<VectorType>(type)));
    use(instruction);
    return InstructionSet::emit(b, loc, instruction, arguments);
  }
  /// Notes that an instruction is made use of.
  void use(const Instruction &instruction) {
    for (StringRef feature : instruction.getFeatures())
      features.insert(feature.str());
  }

  static VectorType typeOf(Value value) {
    return llvm::cast<VectorType>(value.getType());
  }

  OpBuilder &b;
  Location loc;
  unsigned vectorBits;
  /// What the emitted instructions need, in LLVM's names.
  std::set<std::string> features;

private:
  Value castLike(Value value, Value other) {
    return cast(value, typeOf(other));
  }
};

} // namespace mlir::bitserial

#endif // BITSERIAL_LIB_SYNTHESIS_VECTOREMITTER_H
