//===- Elementwise.cpp - Elementwise ops of StableHLO in arith ------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Elementwise.h"
#include "bitserial/Conversion/StableHLO/StableHLO.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/TypeSwitch.h"
#include <cmath>

using namespace mlir;
using namespace mlir::bitserial;
using namespace mlir::bitserial::stablehlo;

Type bitserial::toSignless(Type type) {
  auto integer = dyn_cast<IntegerType>(getElementTypeOrSelf(type));
  if (!integer || integer.isSignless())
    return type;
  Type signless = IntegerType::get(type.getContext(), integer.getWidth());
  if (auto tensor = dyn_cast<RankedTensorType>(type))
    return tensor.clone(signless);
  return signless;
}

namespace {
/// Builds ops on values of one type, scalars or tensors.
struct Emitter {
  OpBuilder &b;
  Location loc;
  Type type;       // of the operands
  bool isUnsigned; // how integers among them are read; i1 is unsigned
  bool isFloat;

  Value constant(Type of, const APInt &value) {
    Attribute attr = b.getIntegerAttr(getElementTypeOrSelf(of), value);
    return materialize(of, attr);
  }
  Value integer(int64_t value) {
    unsigned width = getElementTypeOrSelf(type).getIntOrFloatBitWidth();
    return constant(type, APInt(width, value, /*isSigned=*/true,
                                /*implicitTrunc=*/true));
  }
  Value number(double value) {
    return materialize(type, b.getFloatAttr(getElementTypeOrSelf(type), value));
  }
  Value materialize(Type of, Attribute attr) {
    if (auto tensor = dyn_cast<RankedTensorType>(of))
      attr = DenseElementsAttr::get(tensor, attr);
    return arith::ConstantOp::create(b, loc, cast<TypedAttr>(attr));
  }
  Value compare(arith::CmpIPredicate predicate, Value a, Value c) {
    return arith::CmpIOp::create(b, loc, predicate, a, c);
  }
  Value select(Value condition, Value a, Value c) {
    return arith::SelectOp::create(b, loc, condition, a, c);
  }

  Value divide(Value a, Value d, bool remainder);
  Value shift(Operation *op, Value a, Value amount);
  Value sign(Value a);
  Value truncate(Value a, Type to, bool toUnsigned);
  Value compare(CompareOp op, Value a, Value c);
  Value convert(Value a, Type to, bool toUnsigned);
};
} // namespace

/// Unlike those of arith, a quotient by 0 is -1 (all bits set), the remainder
/// the number itself, and the quotient of the smallest number by -1 that
/// number.
Value Emitter::divide(Value a, Value d, bool remainder) {
  if (isFloat)
    return remainder ? arith::RemFOp::create(b, loc, a, d).getResult()
                     : arith::DivFOp::create(b, loc, a, d).getResult();
  unsigned width = getElementTypeOrSelf(type).getIntOrFloatBitWidth();
  Value isZero = compare(arith::CmpIPredicate::eq, d, integer(0));
  Value isUnsafe = isZero;
  if (!isUnsigned) {
    Value isMin = compare(arith::CmpIPredicate::eq, a,
                          constant(type, APInt::getSignedMinValue(width)));
    Value isMinusOne = compare(arith::CmpIPredicate::eq, d, integer(-1));
    isUnsafe = arith::OrIOp::create(
        b, loc, isZero, arith::AndIOp::create(b, loc, isMin, isMinusOne));
  }
  Value safe = select(isUnsafe, integer(1), d);
  Value result;
  if (remainder)
    result = isUnsigned ? arith::RemUIOp::create(b, loc, a, safe).getResult()
                        : arith::RemSIOp::create(b, loc, a, safe).getResult();
  else
    result = isUnsigned ? arith::DivUIOp::create(b, loc, a, safe).getResult()
                        : arith::DivSIOp::create(b, loc, a, safe).getResult();
  return select(isZero, remainder ? a : integer(-1), result);
}

/// Shifts by the width or more leave zeros or the sign.
Value Emitter::shift(Operation *op, Value a, Value amount) {
  unsigned width = getElementTypeOrSelf(type).getIntOrFloatBitWidth();
  Value isSmall = compare(arith::CmpIPredicate::ult, amount, integer(width));
  if (isa<ShiftRightArithmeticOp>(op)) {
    Value limited = select(isSmall, amount, integer(width - 1));
    return arith::ShRSIOp::create(b, loc, a, limited);
  }
  Value limited = select(isSmall, amount, integer(0));
  Value shifted = isa<ShiftLeftOp>(op)
                      ? arith::ShLIOp::create(b, loc, a, limited).getResult()
                      : arith::ShRUIOp::create(b, loc, a, limited).getResult();
  return select(isSmall, shifted, integer(0));
}

Value Emitter::sign(Value a) {
  if (isFloat) {
    // Zeros and NaN are their own signs.
    Value ordinary = arith::CmpFOp::create(b, loc, arith::CmpFPredicate::ONE, a,
                                           number(0.0));
    return select(ordinary, math::CopySignOp::create(b, loc, number(1.0), a),
                  a);
  }
  Value isPositive =
      compare(isUnsigned ? arith::CmpIPredicate::ne : arith::CmpIPredicate::sgt,
              a, integer(0));
  Value rest = integer(0);
  if (!isUnsigned)
    rest = select(compare(arith::CmpIPredicate::slt, a, integer(0)),
                  integer(-1), rest);
  return select(isPositive, integer(1), rest);
}

Value Emitter::compare(CompareOp op, Value a, Value c) {
  using Direction = ComparisonDirection;
  if (isFloat && op.getCompareType() == ComparisonType::TOTALORDER) {
    // That of IEEE 754: of the bits as a number, those below its sign flipped
    // where it is negative.
    unsigned width = getElementTypeOrSelf(type).getIntOrFloatBitWidth();
    Type bits = b.getIntegerType(width);
    if (auto tensor = dyn_cast<RankedTensorType>(type))
      bits = tensor.clone(bits);
    for (Value *value : {&a, &c}) {
      Value number = arith::BitcastOp::create(b, loc, bits, *value);
      Value sign = arith::ShRSIOp::create(
          b, loc, number, constant(bits, APInt(width, width - 1)));
      Value flipped = arith::AndIOp::create(
          b, loc, sign, constant(bits, APInt::getSignedMaxValue(width)));
      *value = arith::XOrIOp::create(b, loc, number, flipped);
    }
    using P = arith::CmpIPredicate;
    constexpr P predicates[] = {P::eq, P::ne, P::sge, P::sgt, P::sle, P::slt};
    return compare(predicates[unsigned(op.getComparisonDirection())], a, c);
  }
  unsigned index = unsigned(op.getComparisonDirection());
  static_assert(unsigned(Direction::EQ) == 0 && unsigned(Direction::NE) == 1 &&
                unsigned(Direction::GE) == 2 && unsigned(Direction::GT) == 3 &&
                unsigned(Direction::LE) == 4 && unsigned(Direction::LT) == 5);
  if (isFloat) {
    using P = arith::CmpFPredicate;
    constexpr P predicates[] = {P::OEQ, P::UNE, P::OGE, P::OGT, P::OLE, P::OLT};
    return arith::CmpFOp::create(b, loc, predicates[index], a, c);
  }
  using P = arith::CmpIPredicate;
  constexpr P withSign[] = {P::eq, P::ne, P::sge, P::sgt, P::sle, P::slt};
  constexpr P without[] = {P::eq, P::ne, P::uge, P::ugt, P::ule, P::ult};
  return compare(isUnsigned ? without[index] : withSign[index], a, c);
}

/// The integer towards zero, NaN as 0. The specification leaves open what
/// becomes of numbers that `to` does not hold; they saturate, as in XLA.
Value Emitter::truncate(Value a, Type to, bool toUnsigned) {
  unsigned width = getElementTypeOrSelf(to).getIntOrFloatBitWidth();
  double limit = std::ldexp(1.0, toUnsigned ? width : width - 1);
  APInt min = toUnsigned ? APInt(width, 0) : APInt::getSignedMinValue(width);
  APInt max =
      toUnsigned ? APInt::getMaxValue(width) : APInt::getSignedMaxValue(width);
  using P = arith::CmpFPredicate;
  auto compareFloat = [&](P predicate, Value c) -> Value {
    return arith::CmpFOp::create(b, loc, predicate, a, c);
  };
  // Out of range the instruction gives anything, which nobody selects.
  Value result = toUnsigned
                     ? arith::FPToUIOp::create(b, loc, to, a).getResult()
                     : arith::FPToSIOp::create(b, loc, to, a).getResult();
  result =
      select(compareFloat(P::OGE, number(limit)), constant(to, max), result);
  if (toUnsigned)
    return select(compareFloat(P::ULE, number(0.0)), constant(to, min), result);
  result =
      select(compareFloat(P::OLE, number(-limit)), constant(to, min), result);
  return select(compareFloat(P::UNO, a), constant(to, APInt(width, 0)), result);
}

/// Conversion to the signless type `to`.
Value Emitter::convert(Value a, Type to, bool toUnsigned) {
  Type from = getElementTypeOrSelf(type), into = getElementTypeOrSelf(to);
  if (from == into)
    return a;
  bool toFloat = isa<FloatType>(into);
  if (into.isInteger(1)) {
    if (isFloat)
      return arith::CmpFOp::create(b, loc, arith::CmpFPredicate::UNE, a,
                                   number(0.0));
    return compare(arith::CmpIPredicate::ne, a, integer(0));
  }
  unsigned fromBits = from.getIntOrFloatBitWidth(),
           toBits = into.getIntOrFloatBitWidth();
  if (isFloat && toFloat) {
    // bf16 and f16, neither of which holds the other.
    if (fromBits == toBits) {
      Type single = b.getF32Type();
      if (auto tensor = dyn_cast<RankedTensorType>(to))
        single = tensor.clone(single);
      return arith::TruncFOp::create(b, loc, to,
                                     arith::ExtFOp::create(b, loc, single, a));
    }
    return fromBits < toBits
               ? arith::ExtFOp::create(b, loc, to, a).getResult()
               : arith::TruncFOp::create(b, loc, to, a).getResult();
  }
  if (isFloat)
    return truncate(a, to, toUnsigned);
  if (toFloat)
    return isUnsigned ? arith::UIToFPOp::create(b, loc, to, a).getResult()
                      : arith::SIToFPOp::create(b, loc, to, a).getResult();
  if (fromBits == toBits)
    return a;
  if (fromBits > toBits)
    return arith::TruncIOp::create(b, loc, to, a);
  return isUnsigned ? arith::ExtUIOp::create(b, loc, to, a).getResult()
                    : arith::ExtSIOp::create(b, loc, to, a).getResult();
}

/// `Float` or one of the integer ops, which has the same operands.
template <typename Float, typename Signed, typename Unsigned>
static Value emitBinary(Emitter &e, ValueRange v) {
  if (e.isFloat)
    return Float::create(e.b, e.loc, v[0], v[1]);
  if (e.isUnsigned)
    return Unsigned::create(e.b, e.loc, v[0], v[1]);
  return Signed::create(e.b, e.loc, v[0], v[1]);
}

template <typename Op> static Value emitFloat(Emitter &e, ValueRange v) {
  return e.isFloat ? Op::create(e.b, e.loc, v[0]).getResult() : Value();
}

/// Functions that are approximated by polynomials, as there is no library at
/// run time. There are none for double precision.
template <typename Op> static Value emitFunction(Emitter &e, ValueRange v) {
  Type element = getElementTypeOrSelf(e.type);
  if (!element.isF32() && !element.isF16() && !element.isBF16())
    return {};
  return Op::create(e.b, e.loc, v.front().getType(), v).getResult();
}

Value bitserial::emitElementwise(OpBuilder &b, Operation *op, ValueRange v) {
  if (op->getNumOperands() == 0 || op->getNumResults() != 1)
    return {};
  // A select is for its values, not for its predicate.
  Type source = op->getOperand(isa<SelectOp>(op) ? 1 : 0).getType();
  Type element = getElementTypeOrSelf(source);
  Type result = op->getResult(0).getType();
  if (!isa<FloatType, IntegerType>(element) ||
      !isa<FloatType, IntegerType>(getElementTypeOrSelf(result)))
    return {};
  Emitter e{b, op->getLoc(), v[isa<SelectOp>(op) ? 1 : 0].getType(),
            element.isUnsignedInteger() || element.isInteger(1),
            isa<FloatType>(element)};
  bool isBool = element.isInteger(1);
  Location loc = op->getLoc();
  return llvm::TypeSwitch<Operation *, Value>(op)
      .Case([&](AddOp) -> Value {
        if (isBool)
          return arith::OrIOp::create(b, loc, v[0], v[1]);
        return emitBinary<arith::AddFOp, arith::AddIOp, arith::AddIOp>(e, v);
      })
      .Case([&](SubtractOp) -> Value {
        if (isBool)
          return {};
        return emitBinary<arith::SubFOp, arith::SubIOp, arith::SubIOp>(e, v);
      })
      .Case([&](MulOp) {
        return emitBinary<arith::MulFOp, arith::MulIOp, arith::MulIOp>(e, v);
      })
      .Case([&](MaxOp) {
        return emitBinary<arith::MaximumFOp, arith::MaxSIOp, arith::MaxUIOp>(e,
                                                                             v);
      })
      .Case([&](MinOp) {
        return emitBinary<arith::MinimumFOp, arith::MinSIOp, arith::MinUIOp>(e,
                                                                             v);
      })
      .Case([&](DivOp) -> Value {
        return isBool ? Value() : e.divide(v[0], v[1], /*remainder=*/false);
      })
      .Case([&](RemOp) -> Value {
        // What LLVM makes of a remainder of floats is a call of libm.
        if (isBool || e.isFloat)
          return {};
        return e.divide(v[0], v[1], /*remainder=*/true);
      })
      .Case([&](AndOp) -> Value {
        return arith::AndIOp::create(b, loc, v[0], v[1]);
      })
      .Case([&](OrOp) -> Value {
        return arith::OrIOp::create(b, loc, v[0], v[1]);
      })
      .Case([&](XorOp) -> Value {
        return arith::XOrIOp::create(b, loc, v[0], v[1]);
      })
      .Case([&](NotOp) -> Value {
        return arith::XOrIOp::create(b, loc, v[0], e.integer(-1));
      })
      .Case<ShiftLeftOp, ShiftRightArithmeticOp, ShiftRightLogicalOp>(
          [&](Operation *shift) -> Value {
            return isBool || e.isFloat ? Value() : e.shift(shift, v[0], v[1]);
          })
      .Case([&](AbsOp) -> Value {
        if (e.isFloat)
          return math::AbsFOp::create(b, loc, v[0]);
        return e.isUnsigned ? v[0]
                            : math::AbsIOp::create(b, loc, v[0]).getResult();
      })
      .Case([&](NegOp) -> Value {
        if (e.isFloat)
          return arith::NegFOp::create(b, loc, v[0]);
        return arith::SubIOp::create(b, loc, e.integer(0), v[0]);
      })
      .Case([&](SignOp) { return e.sign(v[0]); })
      .Case([&](CeilOp) { return emitFloat<math::CeilOp>(e, v); })
      .Case([&](FloorOp) { return emitFloat<math::FloorOp>(e, v); })
      .Case([&](SqrtOp) { return emitFloat<math::SqrtOp>(e, v); })
      .Case([&](RsqrtOp) -> Value {
        if (!e.isFloat)
          return {};
        return arith::DivFOp::create(b, loc, e.number(1.0),
                                     math::SqrtOp::create(b, loc, v[0]));
      })
      .Case([&](TanhOp) { return emitFunction<math::TanhOp>(e, v); })
      .Case([&](ExpOp) { return emitFunction<math::ExpOp>(e, v); })
      .Case([&](Expm1Op) { return emitFunction<math::ExpM1Op>(e, v); })
      .Case([&](LogOp) { return emitFunction<math::LogOp>(e, v); })
      .Case([&](Log1pOp) { return emitFunction<math::Log1pOp>(e, v); })
      .Case([&](chlo::ErfOp) { return emitFunction<math::ErfOp>(e, v); })
      .Case([&](chlo::ErfcOp) { return emitFunction<math::ErfcOp>(e, v); })
      .Case([&](chlo::SquareOp) {
        return emitBinary<arith::MulFOp, arith::MulIOp, arith::MulIOp>(
            e, {v[0], v[0]});
      })
      .Case([&](LogisticOp) -> Value {
        Value power = emitFunction<math::ExpOp>(
            e, arith::NegFOp::create(b, loc, v[0]).getResult());
        if (!power)
          return {};
        Value one = e.number(1.0);
        return arith::DivFOp::create(b, loc, one,
                                     arith::AddFOp::create(b, loc, one, power));
      })
      .Case([&](PowOp) { return emitFunction<math::PowFOp>(e, v); })
      .Case([&](IsFiniteOp) -> Value {
        if (!e.isFloat)
          return {};
        const llvm::fltSemantics &semantics =
            cast<FloatType>(element).getFloatSemantics();
        return arith::CmpFOp::create(
            b, loc, arith::CmpFPredicate::OLT,
            math::AbsFOp::create(b, loc, v[0]),
            e.materialize(e.type,
                          b.getFloatAttr(element, APFloat::getInf(semantics))));
      })
      .Case([&](PopcntOp) -> Value {
        return isBool || e.isFloat ? Value()
                                   : math::CtPopOp::create(b, loc, v[0]);
      })
      .Case([&](ClzOp) -> Value {
        return isBool || e.isFloat
                   ? Value()
                   : math::CountLeadingZerosOp::create(b, loc, v[0]);
      })
      .Case([&](BitcastConvertOp) -> Value {
        Type to = toSignless(result);
        if (!isa<RankedTensorType>(e.type))
          to = getElementTypeOrSelf(to);
        return v[0].getType() == to
                   ? v[0]
                   : arith::BitcastOp::create(b, loc, to, v[0]).getResult();
      })
      .Case([&](RoundEvenOp) { return emitFloat<math::RoundEvenOp>(e, v); })
      .Case([&](RoundAfzOp) { return emitFloat<math::RoundOp>(e, v); })
      .Case([&](ClampOp) {
        Value low =
            emitBinary<arith::MaximumFOp, arith::MaxSIOp, arith::MaxUIOp>(
                e, {v[1], v[0]});
        return emitBinary<arith::MinimumFOp, arith::MinSIOp, arith::MinUIOp>(
            e, {low, v[2]});
      })
      .Case([&](CompareOp compare) { return e.compare(compare, v[0], v[1]); })
      .Case([&](SelectOp) { return e.select(v[0], v[1], v[2]); })
      .Case([&](ConvertOp) {
        Type to = toSignless(result);
        if (!isa<RankedTensorType>(e.type))
          to = getElementTypeOrSelf(to);
        return e.convert(v[0], to,
                         getElementTypeOrSelf(result).isUnsignedInteger());
      })
      .Default([](Operation *) { return Value(); });
}

DenseElementsAttr bitserial::toSignless(ElementsAttr value) {
  auto dense = dyn_cast<DenseElementsAttr>(value);
  if (!dense || !isa<IntegerType, FloatType>(dense.getElementType()))
    return {};
  return dense.bitcast(toSignless(dense.getElementType()));
}

FailureOr<SmallVector<Value>> bitserial::emitBody(OpBuilder &b, Block &body,
                                                  ValueRange arguments) {
  IRMapping mapping;
  mapping.map(body.getArguments(), arguments);
  for (Operation &op : body.without_terminator()) {
    Value result;
    if (auto constant = dyn_cast<stablehlo::ConstantOp>(op)) {
      DenseElementsAttr value = toSignless(constant.getValue());
      if (value && value.getType().getRank() == 0)
        result = arith::ConstantOp::create(
            b, op.getLoc(), cast<TypedAttr>(value.getSplatValue<Attribute>()));
    } else {
      SmallVector<Value> operands;
      for (Value operand : op.getOperands())
        operands.push_back(mapping.lookupOrDefault(operand));
      if (llvm::all_of(op.getOperandTypes(), [](Type type) {
            return cast<RankedTensorType>(type).getRank() == 0;
          }))
        result = emitElementwise(b, &op, operands);
    }
    if (!result)
      return failure();
    mapping.map(op.getResult(0), result);
  }
  SmallVector<Value> results;
  for (Value result : body.getTerminator()->getOperands())
    results.push_back(mapping.lookupOrDefault(result));
  return results;
}

bool bitserial::canEmitBody(Block &body) {
  Location loc = body.getParentOp()->getLoc();
  OpBuilder b(body.getParentOp()->getContext());
  Block block;
  SmallVector<Value> arguments;
  for (Type type : body.getArgumentTypes())
    arguments.push_back(
        block.addArgument(toSignless(getElementTypeOrSelf(type)), loc));
  b.setInsertionPointToStart(&block);
  return succeeded(emitBody(b, body, arguments));
}
