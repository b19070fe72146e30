//===- ScalarFunction.cpp - Functions of one integer, per channel ---------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ScalarFunction.h"
#include "bitserial/Conversion/Ranges/RangeAnalysis.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/CheckedArithmetic.h"
#include "llvm/Support/MathExtras.h"
#include <cmath>

using namespace mlir;
using namespace mlir::bitserial;

//===----------------------------------------------------------------------===//
// Numbers
//===----------------------------------------------------------------------===//

/// The width of an integer type that is handled, else 0.
static unsigned getWidth(Type type) {
  auto integer = dyn_cast<IntegerType>(type);
  return integer && integer.getWidth() <= 64 && integer.isSignless()
             ? integer.getWidth()
             : 0;
}

/// `value` modulo 2^width as LaneValues have it.
static int64_t wrap(uint64_t value, unsigned width) {
  return width == 1 ? int64_t(value & 1) : llvm::SignExtend64(value, width);
}

static uint64_t toUnsigned(int64_t value, unsigned width) {
  return uint64_t(value) & llvm::maskTrailingOnes<uint64_t>(width);
}

static double toDouble(APFloat value) {
  bool losesInfo;
  value.convert(APFloat::IEEEdouble(), APFloat::rmNearestTiesToEven,
                &losesInfo);
  return value.convertToDouble();
}

std::optional<LaneValues> bitserial::getConstantLanes(Attribute constant,
                                                      size_t count) {
  LaneValues lanes;
  if (auto integer = dyn_cast<IntegerAttr>(constant);
      integer && getWidth(integer.getType()))
    lanes.integers.assign(count, wrap(integer.getValue().getZExtValue(),
                                      getWidth(integer.getType())));
  else if (auto number = dyn_cast<FloatAttr>(constant);
           number && getFloatElement(number.getType()))
    lanes.reals.assign(count, toDouble(number.getValue()));
  else
    return std::nullopt;
  return lanes;
}

//===----------------------------------------------------------------------===//
// Evaluation
//===----------------------------------------------------------------------===//

/// Whether `a` is in the relation to `b` that a predicate on signed or unsigned
/// integers of `width` bits names.
static bool compare(arith::CmpIPredicate predicate, int64_t a, int64_t b,
                    unsigned width) {
  using P = arith::CmpIPredicate;
  uint64_t ua = toUnsigned(a, width), ub = toUnsigned(b, width);
  if (width == 1) { // true is -1 where it is signed
    a = -a;
    b = -b;
  }
  switch (predicate) {
  case P::eq:
    return a == b;
  case P::ne:
    return a != b;
  case P::slt:
    return a < b;
  case P::sle:
    return a <= b;
  case P::sgt:
    return a > b;
  case P::sge:
    return a >= b;
  case P::ult:
    return ua < ub;
  case P::ule:
    return ua <= ub;
  case P::ugt:
    return ua > ub;
  case P::uge:
    return ua >= ub;
  }
  llvm_unreachable("all predicates are handled");
}

static bool compare(arith::CmpFPredicate predicate, double a, double b) {
  using P = arith::CmpFPredicate;
  bool isUnordered = std::isnan(a) || std::isnan(b);
  switch (predicate) {
  case P::AlwaysFalse:
    return false;
  case P::OEQ:
    return a == b;
  case P::OGT:
    return a > b;
  case P::OGE:
    return a >= b;
  case P::OLT:
    return a < b;
  case P::OLE:
    return a <= b;
  case P::ONE:
    return !isUnordered && a != b;
  case P::ORD:
    return !isUnordered;
  case P::UEQ:
    return isUnordered || a == b;
  case P::UGT:
    return isUnordered || a > b;
  case P::UGE:
    return isUnordered || a >= b;
  case P::ULT:
    return isUnordered || a < b;
  case P::ULE:
    return isUnordered || a <= b;
  case P::UNE:
    return isUnordered || a != b;
  case P::UNO:
    return isUnordered;
  case P::AlwaysTrue:
    return true;
  }
  llvm_unreachable("all predicates are handled");
}

namespace {
/// The lanes of one op.
struct Evaluator {
  Operation *op;
  ArrayRef<const LaneValues *> operands;
  size_t numLanes;
  LaneValues result;
  bool isDefined = true;

  Type getType() const { return op->getResult(0).getType(); }
  /// Of the first operand.
  unsigned getOperandWidth() const {
    return getWidth(op->getOperand(0).getType());
  }
  int64_t integer(unsigned operand, size_t lane) const {
    return operands[operand]->integers[lane];
  }
  double real(unsigned operand, size_t lane) const {
    return operands[operand]->reals[lane];
  }
  uint64_t natural(unsigned operand, size_t lane) const {
    return toUnsigned(integer(operand, lane), getOperandWidth());
  }

  /// Sets the lanes to fn(lane), modulo the type.
  template <typename Fn> bool integers(Fn fn) {
    unsigned width = getWidth(getType());
    result.integers.resize(numLanes);
    for (size_t i = 0; i < numLanes; ++i)
      result.integers[i] = wrap(uint64_t(fn(i)), width);
    return isDefined;
  }
  /// Sets the lanes to fn(lane), a number of the type.
  template <typename Fn> bool reals(Fn fn) {
    result.reals.resize(numLanes);
    for (size_t i = 0; i < numLanes; ++i)
      result.reals[i] = fn(i);
    return isDefined;
  }
  /// The same for fn(first operand, second operand).
  template <typename Fn> bool combine(Fn fn) {
    return integers([&](size_t i) { return fn(integer(0, i), integer(1, i)); });
  }
  template <typename Fn> bool shift(Fn fn) {
    unsigned width = getOperandWidth();
    return integers([&](size_t i) {
      uint64_t amount = natural(1, i);
      if (amount >= width) {
        isDefined = false;
        return int64_t(0);
      }
      return int64_t(fn(i, amount));
    });
  }
  bool toFloat(function_ref<double(size_t)> get) {
    FloatType type = getFloatElement(getType());
    return reals([&](size_t i) {
      double value = get(i);
      // Rounded once, by the conversion to double, beyond 53 bits.
      if (std::abs(value) > 0x1p53 && !type.isF64())
        isDefined = false;
      return roundToType(value, type);
    });
  }
  bool toInteger(bool isSigned) {
    unsigned width = getWidth(getType());
    double low = isSigned ? -std::ldexp(1.0, width - 1) : 0,
           end = std::ldexp(1.0, isSigned ? width - 1 : width);
    return integers([&](size_t i) -> uint64_t {
      double value = std::trunc(real(0, i));
      if (!(value >= low && value < end)) {
        isDefined = false;
        return 0;
      }
      return isSigned ? uint64_t(int64_t(value)) : uint64_t(value);
    });
  }

  bool evaluate();
};
} // namespace

bool Evaluator::evaluate() {
  if (std::optional<FloatFunction> function = getFloatFunction(op)) {
    FloatType type = getFloatElement(getType());
    if (!type || !isExact(*function))
      return false;
    bool isUnary = op->getNumOperands() == 1;
    return reals([&](size_t i) {
      return bitserial::evaluate(*function, real(0, i),
                                 isUnary ? 0 : real(1, i), type);
    });
  }
  using A = int64_t;
  return llvm::TypeSwitch<Operation *, bool>(op)
      .Case([&](arith::AddIOp) {
        return combine([](A a, A b) { return uint64_t(a) + uint64_t(b); });
      })
      .Case([&](arith::SubIOp) {
        return combine([](A a, A b) { return uint64_t(a) - uint64_t(b); });
      })
      .Case([&](arith::MulIOp) {
        return combine([](A a, A b) { return uint64_t(a) * uint64_t(b); });
      })
      .Case([&](arith::AndIOp) {
        return combine([](A a, A b) { return a & b; });
      })
      .Case(
          [&](arith::OrIOp) { return combine([](A a, A b) { return a | b; }); })
      .Case([&](arith::XOrIOp) {
        return combine([](A a, A b) { return a ^ b; });
      })
      // Of i1, whose true is a negative number, nobody takes the larger one.
      .Case([&](arith::MaxSIOp) {
        return getOperandWidth() != 1 &&
               combine([](A a, A b) { return std::max(a, b); });
      })
      .Case([&](arith::MinSIOp) {
        return getOperandWidth() != 1 &&
               combine([](A a, A b) { return std::min(a, b); });
      })
      .Case([&](arith::MaxUIOp) {
        return integers(
            [&](size_t i) { return std::max(natural(0, i), natural(1, i)); });
      })
      .Case([&](arith::MinUIOp) {
        return integers(
            [&](size_t i) { return std::min(natural(0, i), natural(1, i)); });
      })
      .Case([&](arith::ShLIOp) {
        return shift([&](size_t i, uint64_t n) { return natural(0, i) << n; });
      })
      .Case([&](arith::ShRUIOp) {
        return shift([&](size_t i, uint64_t n) { return natural(0, i) >> n; });
      })
      .Case([&](arith::ShRSIOp) {
        return getOperandWidth() != 1 &&
               shift([&](size_t i, uint64_t n) { return integer(0, i) >> n; });
      })
      .Case([&](arith::ExtSIOp) {
        bool isBool = getOperandWidth() == 1;
        return integers(
            [&](size_t i) { return isBool ? -integer(0, i) : integer(0, i); });
      })
      .Case([&](arith::ExtUIOp) {
        return integers([&](size_t i) { return natural(0, i); });
      })
      .Case([&](arith::TruncIOp) {
        return integers([&](size_t i) { return integer(0, i); });
      })
      .Case([&](arith::CmpIOp cmp) {
        unsigned width = getOperandWidth();
        return integers([&](size_t i) {
          return compare(cmp.getPredicate(), integer(0, i), integer(1, i),
                         width);
        });
      })
      .Case([&](arith::CmpFOp cmp) {
        return integers([&](size_t i) {
          return compare(cmp.getPredicate(), real(0, i), real(1, i));
        });
      })
      .Case([&](arith::SelectOp) {
        if (getFloatElement(getType()))
          return reals([&](size_t i) {
            return integer(0, i) ? real(1, i) : real(2, i);
          });
        return integers([&](size_t i) {
          return integer(0, i) ? integer(1, i) : integer(2, i);
        });
      })
      .Case([&](arith::SIToFPOp) {
        bool isBool = getOperandWidth() == 1;
        return toFloat([&](size_t i) {
          return double(isBool ? -integer(0, i) : integer(0, i));
        });
      })
      .Case([&](arith::UIToFPOp) {
        return toFloat([&](size_t i) { return double(natural(0, i)); });
      })
      .Case([&](arith::FPToSIOp) { return toInteger(/*isSigned=*/true); })
      .Case([&](arith::FPToUIOp) { return toInteger(/*isSigned=*/false); })
      .Case<arith::ExtFOp, arith::TruncFOp>([&](Operation *) {
        FloatType type = getFloatElement(getType());
        return reals([&](size_t i) { return roundToType(real(0, i), type); });
      })
      .Default([](Operation *) { return false; });
}

std::optional<LaneValues>
bitserial::evaluateLanes(Operation *op, ArrayRef<const LaneValues *> operands,
                         size_t numLanes) {
  auto isHandled = [](Type type) {
    return getWidth(type) != 0 || getFloatElement(type);
  };
  if (op->getNumResults() != 1 || op->getNumRegions() != 0 ||
      !isHandled(op->getResult(0).getType()) ||
      !llvm::all_of(op->getOperandTypes(), isHandled))
    return std::nullopt;
  if (auto floats = dyn_cast<arith::ArithFastMathInterface>(op))
    if (auto flags = floats.getFastMathFlagsAttr();
        flags && flags.getValue() != arith::FastMathFlags::none)
      return std::nullopt;
  Evaluator evaluator{op, operands, numLanes, {}};
  if (!evaluator.evaluate())
    return std::nullopt;
  return std::move(evaluator.result);
}

//===----------------------------------------------------------------------===//
// Trends
//===----------------------------------------------------------------------===//

static Trend reverse(Trend trend) {
  if (trend == Trend::Increasing)
    return Trend::Decreasing;
  if (trend == Trend::Decreasing)
    return Trend::Increasing;
  return trend;
}

/// Of a function that grows with both of its operands.
static Trend combine(Trend a, Trend b) {
  if (a == Trend::Constant)
    return b;
  if (b == Trend::Constant || a == b)
    return a;
  return Trend::Unknown;
}

namespace {
/// One value at both ends of the interval.
struct Ends {
  int64_t low = 0, high = 0;
  double realLow = 0, realHigh = 0;
  Trend trend = Trend::Unknown;

  static Ends at(const LaneValues &low, const LaneValues &high, size_t lane,
                 Trend trend) {
    Ends ends;
    ends.trend = trend;
    if (low.reals.empty()) {
      ends.low = low.integers[lane];
      ends.high = high.integers[lane];
    } else {
      ends.realLow = low.reals[lane];
      ends.realHigh = high.reals[lane];
    }
    return ends;
  }
  bool isConstant() const { return trend == Trend::Constant; }
  bool isNatural() const { return low >= 0 && high >= 0; }
  bool isFinite() const {
    return std::isfinite(realLow) && std::isfinite(realHigh);
  }
  bool isNumber() const {
    return !std::isnan(realLow) && !std::isnan(realHigh);
  }
  /// Of what is monotone, the same as constant.
  bool areEqual() const { return low == high && realLow == realHigh; }
};
} // namespace

/// The trend of a value whose relation to 0 a predicate asks for.
static Trend compareTrend(Trend difference, bool isGreater, bool isLess) {
  if (isGreater)
    return difference;
  if (isLess)
    return reverse(difference);
  return Trend::Unknown;
}

static Trend getTrendOfFloats(Operation *op, FloatFunction function,
                              ArrayRef<Ends> operands) {
  using F = FloatFunction;
  const Ends &a = operands.front(), &b = operands.back();
  // What is monotone and finite at the ends is so between them.
  bool isFinite =
      llvm::all_of(operands, [](const Ends &ends) { return ends.isFinite(); });
  bool areNumbers =
      llvm::all_of(operands, [](const Ends &ends) { return ends.isNumber(); });
  auto scale = [](Trend trend, double factor) {
    return factor > 0 ? trend : factor < 0 ? reverse(trend) : Trend::Constant;
  };
  switch (function) {
  case F::Add:
    return isFinite ? combine(a.trend, b.trend) : Trend::Unknown;
  case F::Sub:
    return isFinite ? combine(a.trend, reverse(b.trend)) : Trend::Unknown;
  case F::Mul:
    if (isFinite && b.isConstant())
      return scale(a.trend, b.realLow);
    if (isFinite && a.isConstant())
      return scale(b.trend, a.realLow);
    return Trend::Unknown;
  case F::Div:
    return isFinite && b.isConstant() && b.realLow != 0
               ? scale(a.trend, b.realLow)
               : Trend::Unknown;
  case F::Max:
  case F::Min:
  case F::MaxNumber:
  case F::MinNumber:
    return areNumbers ? combine(a.trend, b.trend) : Trend::Unknown;
  case F::Neg:
    return areNumbers ? reverse(a.trend) : Trend::Unknown;
  case F::Abs:
    if (!areNumbers)
      return Trend::Unknown;
    if (a.realLow >= 0 && a.realHigh >= 0)
      return a.trend;
    return a.realLow <= 0 && a.realHigh <= 0 ? reverse(a.trend)
                                             : Trend::Unknown;
  case F::Sqrt:
    return isFinite && a.realLow >= 0 && a.realHigh >= 0 ? a.trend
                                                         : Trend::Unknown;
  default:
    return areNumbers && isIncreasing(function) ? a.trend : Trend::Unknown;
  }
}

/// Whether `op`, evaluated on ends, has no other result than without the limits
/// of its type.
static bool isExactAt(Operation *op, int64_t a, int64_t b, int64_t result) {
  std::optional<int64_t> exact;
  if (isa<arith::AddIOp>(op))
    exact = llvm::checkedAdd(a, b);
  else if (isa<arith::SubIOp>(op))
    exact = llvm::checkedSub(a, b);
  else if (isa<arith::MulIOp>(op))
    exact = llvm::checkedMul(a, b);
  else if (isa<arith::ShLIOp>(op))
    exact = b < 63 ? llvm::checkedMul(a, int64_t(1) << b) : std::nullopt;
  return exact && *exact == result;
}

/// The trend of `op`, of which `result` has the ends only.
static Trend getTrend(Operation *op, ArrayRef<Ends> operands,
                      const Ends &result) {
  if (llvm::all_of(operands,
                   [](const Ends &ends) { return ends.isConstant(); }))
    return Trend::Constant;
  if (llvm::any_of(operands, [](const Ends &ends) {
        return ends.trend == Trend::Unknown;
      }))
    return Trend::Unknown;
  if (std::optional<FloatFunction> function = getFloatFunction(op))
    return getTrendOfFloats(op, *function, operands);

  const Ends &a = operands.front(), &b = operands.back();
  unsigned width = getWidth(op->getOperand(0).getType());
  bool areNatural =
      llvm::all_of(operands, [](const Ends &ends) { return ends.isNatural(); });
  bool isExact = isExactAt(op, a.low, b.low, result.low) &&
                 isExactAt(op, a.high, b.high, result.high);
  return llvm::TypeSwitch<Operation *, Trend>(op)
      .Case([&](arith::AddIOp) {
        return isExact && width > 1 ? combine(a.trend, b.trend)
                                    : Trend::Unknown;
      })
      .Case([&](arith::SubIOp) {
        return isExact && width > 1 ? combine(a.trend, reverse(b.trend))
                                    : Trend::Unknown;
      })
      .Case([&](arith::MulIOp) {
        if (!isExact || width == 1 || (!a.isConstant() && !b.isConstant()))
          return Trend::Unknown;
        const Ends &factor = a.isConstant() ? a : b;
        Trend trend = a.isConstant() ? b.trend : a.trend;
        return factor.low > 0   ? trend
               : factor.low < 0 ? reverse(trend)
                                : Trend::Constant;
      })
      .Case([&](arith::ShLIOp) {
        return isExact && width > 1 && b.isConstant() ? a.trend
                                                      : Trend::Unknown;
      })
      .Case([&](arith::ShRSIOp) {
        return width > 1 && b.isConstant() ? a.trend : Trend::Unknown;
      })
      .Case([&](arith::ShRUIOp) {
        return areNatural && b.isConstant() ? a.trend : Trend::Unknown;
      })
      .Case<arith::MaxSIOp, arith::MinSIOp>(
          [&](Operation *) { return combine(a.trend, b.trend); })
      .Case<arith::MaxUIOp, arith::MinUIOp>([&](Operation *) {
        return areNatural ? combine(a.trend, b.trend) : Trend::Unknown;
      })
      .Case<arith::AndIOp, arith::OrIOp>([&](Operation *) {
        return width == 1 ? combine(a.trend, b.trend) : Trend::Unknown;
      })
      .Case([&](arith::XOrIOp) {
        if (b.isConstant() && b.low == (width == 1 ? 1 : -1))
          return reverse(a.trend);
        return Trend::Unknown;
      })
      .Case([&](arith::ExtSIOp) {
        return width == 1 ? reverse(a.trend) : a.trend;
      })
      .Case<arith::ExtUIOp, arith::UIToFPOp>(
          [&](Operation *) { return areNatural ? a.trend : Trend::Unknown; })
      .Case([&](arith::TruncIOp) {
        return a.low == result.low && a.high == result.high ? a.trend
                                                            : Trend::Unknown;
      })
      .Case([&](arith::SIToFPOp) {
        return width == 1 ? reverse(a.trend) : a.trend;
      })
      // Those that do not fit at the ends are undefined there.
      .Case<arith::FPToSIOp, arith::FPToUIOp, arith::ExtFOp, arith::TruncFOp>(
          [&](Operation *) { return a.isNumber() ? a.trend : Trend::Unknown; })
      .Case([&](arith::CmpIOp cmp) {
        using P = arith::CmpIPredicate;
        P p = cmp.getPredicate();
        bool isSigned = llvm::is_contained({P::sgt, P::sge, P::slt, P::sle}, p);
        if (width == 1 || (!isSigned && !areNatural))
          return Trend::Unknown;
        return compareTrend(
            combine(a.trend, reverse(b.trend)),
            llvm::is_contained({P::sgt, P::sge, P::ugt, P::uge}, p),
            llvm::is_contained({P::slt, P::sle, P::ult, P::ule}, p));
      })
      .Case([&](arith::CmpFOp cmp) {
        using P = arith::CmpFPredicate;
        P p = cmp.getPredicate();
        if (!a.isNumber() || !b.isNumber())
          return Trend::Unknown;
        if (p == P::ORD || p == P::UNO)
          return Trend::Constant;
        return compareTrend(
            combine(a.trend, reverse(b.trend)),
            llvm::is_contained({P::OGT, P::OGE, P::UGT, P::UGE}, p),
            llvm::is_contained({P::OLT, P::OLE, P::ULT, P::ULE}, p));
      })
      .Case([&](arith::SelectOp select) {
        const Ends &ifTrue = operands[1], &ifFalse = operands[2];
        if (a.isConstant())
          return a.low ? ifTrue.trend : ifFalse.trend;
        Operation *condition = select.getCondition().getDefiningOp();
        // The larger or the smaller of two.
        if (isa_and_nonnull<arith::CmpIOp, arith::CmpFOp>(condition)) {
          Value x = condition->getOperand(0), y = condition->getOperand(1);
          bool isOrder = a.trend != Trend::Unknown;
          if (isOrder &&
              ((x == select.getTrueValue() && y == select.getFalseValue()) ||
               (y == select.getTrueValue() && x == select.getFalseValue())))
            return combine(ifTrue.trend, ifFalse.trend);
        }
        if (!ifTrue.isConstant() || !ifFalse.isConstant() ||
            !ifTrue.isNumber() || !ifFalse.isNumber())
          return Trend::Unknown;
        bool isLess = ifTrue.low < ifFalse.low || // of the other type: 0
                      ifTrue.realLow < ifFalse.realLow;
        return isLess ? reverse(a.trend) : a.trend;
      })
      .Default([](Operation *) { return Trend::Unknown; });
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

std::optional<LaneValues>
ScalarFunction::evaluate(ArrayRef<int64_t> arguments,
                         ArrayRef<size_t> channels) const {
  size_t numLanes = arguments.size();
  llvm::DenseMap<Value, LaneValues> values;
  values[argument].integers.assign(arguments.begin(), arguments.end());
  for (const auto &[value, perChannel] : constants) {
    LaneValues &lanes = values[value];
    for (size_t channel : channels)
      if (perChannel.reals.empty())
        lanes.integers.push_back(perChannel.integers[channel]);
      else
        lanes.reals.push_back(perChannel.reals[channel]);
  }
  for (Operation *op : ops) {
    SmallVector<const LaneValues *> operands;
    for (Value operand : op->getOperands())
      operands.push_back(&values.find(operand)->second);
    std::optional<LaneValues> lanes = evaluateLanes(op, operands, numLanes);
    if (!lanes)
      return std::nullopt;
    values[op->getResult(0)] = std::move(*lanes);
  }
  return std::move(values[result]);
}

std::vector<Trend> ScalarFunction::findTrends(int64_t low, int64_t high) const {
  struct Facts {
    LaneValues low, high;
    std::vector<Trend> trends;
  };
  std::vector<Trend> unknown(numChannels, Trend::Unknown);
  llvm::DenseMap<Value, Facts> facts;
  Facts &first = facts[argument];
  first.low.integers.assign(numChannels, low);
  first.high.integers.assign(numChannels, high);
  first.trends.assign(numChannels, Trend::Increasing);
  for (const auto &[value, lanes] : constants)
    facts[value] = {lanes, lanes,
                    std::vector<Trend>(numChannels, Trend::Constant)};
  for (Operation *op : ops) {
    SmallVector<const Facts *> operands;
    SmallVector<const LaneValues *> lows, highs;
    for (Value operand : op->getOperands()) {
      operands.push_back(&facts.find(operand)->second);
      lows.push_back(&operands.back()->low);
      highs.push_back(&operands.back()->high);
    }
    std::optional<LaneValues> lowest = evaluateLanes(op, lows, numChannels),
                              highest = evaluateLanes(op, highs, numChannels);
    if (!lowest || !highest)
      return unknown;
    std::vector<Trend> trends(numChannels);
    for (size_t i = 0; i < numChannels; ++i) {
      SmallVector<Ends, 3> ends;
      for (const Facts *operand : operands)
        ends.push_back(
            Ends::at(operand->low, operand->high, i, operand->trends[i]));
      Ends result = Ends::at(*lowest, *highest, i, Trend::Unknown);
      trends[i] = getTrend(op, ends, result);
      if (trends[i] != Trend::Unknown && result.areEqual())
        trends[i] = Trend::Constant;
    }
    facts[op->getResult(0)] = {std::move(*lowest), std::move(*highest),
                               std::move(trends)};
  }
  return facts[result].trends;
}
