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
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/TypeSwitch.h"

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
  if (op.getCompareType() == ComparisonType::TOTALORDER)
    return {};
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
    if (fromBits == toBits)
      return {};
    return fromBits < toBits
               ? arith::ExtFOp::create(b, loc, to, a).getResult()
               : arith::TruncFOp::create(b, loc, to, a).getResult();
  }
  if (isFloat)
    return toUnsigned ? arith::FPToUIOp::create(b, loc, to, a).getResult()
                      : arith::FPToSIOp::create(b, loc, to, a).getResult();
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
            // The width of i1 and i2 is no amount that they hold.
            if (element.getIntOrFloatBitWidth() < 4)
              return {};
            return e.shift(shift, v[0], v[1]);
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
