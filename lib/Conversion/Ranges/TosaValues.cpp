//===- TosaValues.cpp - Elements of the results of TOSA ops ---------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Transfer functions of the range analysis, after the TOSA specification 1.0
// (https://www.mlplatform.org/tosa/tosa_spec.html). What the specification
// leaves open, overflow above all, gives all values of the type.
//
//===----------------------------------------------------------------------===//

#include "bitserial/Conversion/Ranges/RangeAnalysis.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/CheckedArithmetic.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::bitserial;

using Number = std::optional<int64_t>;
using Result = std::optional<ValueSet>;

static ValueSet addSets(const ValueSet &a, const ValueSet &b) {
  return ValueSet::combine(a, b, /*cornersSuffice=*/true,
                           llvm::checkedAdd<int64_t>);
}

static ValueSet subtractConstant(const ValueSet &set, int64_t constant) {
  return set.mapMonotone(
      [&](int64_t v) { return llvm::checkedSub<int64_t>(v, constant); });
}

static ValueSet booleans(bool canBeFalse, bool canBeTrue) {
  SmallVector<int64_t, 2> values;
  if (canBeFalse)
    values.push_back(0);
  if (canBeTrue)
    values.push_back(1);
  return ValueSet::of(values);
}

static DenseIntElementsAttr getConstant(Value value) {
  DenseIntElementsAttr elements;
  if (!matchPattern(value, m_Constant(&elements)) || elements.empty())
    return {};
  return elements;
}

//===----------------------------------------------------------------------===//
// Rescale
//===----------------------------------------------------------------------===//

namespace {
/// The pseudocode of apply_scale_16 and apply_scale_32 for one channel.
struct Scale {
  int64_t multiplier = 0, shift = 0;
  bool isDouble = false;

  /// nullopt where the specification asks for another shift or the result does
  /// not fit 32 bits.
  Number apply(int64_t value) const {
    if (shift < 1 || shift > 62)
      return std::nullopt;
    int64_t round = int64_t(1) << (shift - 1);
    if (isDouble && shift > 31)
      round += value >= 0 ? int64_t(1) << 30 : -(int64_t(1) << 30);
    Number product = llvm::checkedMul<int64_t>(value, multiplier);
    Number sum =
        product ? llvm::checkedAdd<int64_t>(*product, round) : std::nullopt;
    if (!sum)
      return std::nullopt;
    int64_t result = *sum >> shift;
    return llvm::isInt<32>(result) ? Number(result) : std::nullopt;
  }
};
} // namespace

/// A signed number as the unsigned one with the same bits, or the reverse.
static ValueSet reinterpret(const ValueSet &values, unsigned width,
                            bool toSigned) {
  bool isSame = toSigned ? values.isWithin(0, llvm::maxIntN(width))
                         : values.isWithin(0, INT64_MAX);
  if (isSame)
    return values;
  ValueSet images = values.map([&](int64_t v) -> Number {
    return toSigned ? llvm::SignExtend64(v, width)
                    : int64_t(v & llvm::maskTrailingOnes<uint64_t>(width));
  });
  return images.isBounded() ? images : ValueSet::ofWidth(width, toSigned);
}

static Result inferRescale(tosa::RescaleOp op, ValueSet values) {
  DenseIntElementsAttr multipliers = getConstant(op.getMultiplier());
  DenseIntElementsAttr shifts = getConstant(op.getShift());
  FailureOr<int64_t> inputZero = op.getInputZeroPoint(),
                     outputZero = op.getOutputZeroPoint();
  auto inType =
      dyn_cast<IntegerType>(getElementTypeOrSelf(op.getInput().getType()));
  auto outType = dyn_cast<IntegerType>(getElementTypeOrSelf(op.getType()));
  if (!multipliers || !shifts || failed(inputZero) || failed(outputZero) ||
      !inType || !outType || inType.getWidth() > 48 ||
      outType.getWidth() > 32 || inType.isUnsigned() || outType.isUnsigned() ||
      op.getRoundingMode() == tosa::RoundingMode::INEXACT_ROUND)
    return std::nullopt;
  if (op.getInputUnsigned())
    values = reinterpret(values, inType.getWidth(), /*toSigned=*/false);
  values = subtractConstant(values, *inputZero);

  unsigned width = outType.getWidth();
  int64_t low = op.getOutputUnsigned() ? 0 : llvm::minIntN(width);
  int64_t high = op.getOutputUnsigned() ? int64_t(llvm::maxUIntN(width))
                                        : llvm::maxIntN(width);
  ValueSet all;
  int64_t channels = std::max(multipliers.size(), shifts.size());
  for (int64_t channel = 0; channel < channels; ++channel) {
    auto at = [&](DenseIntElementsAttr elements) {
      return elements.getValues<APInt>()[elements.size() == 1 ? 0 : channel];
    };
    if ((multipliers.size() != 1 && channel >= multipliers.size()) ||
        (shifts.size() != 1 && channel >= shifts.size()))
      return std::nullopt;
    Scale scale{at(multipliers).getSExtValue(), at(shifts).getSExtValue(),
                op.getScale32() &&
                    op.getRoundingMode() == tosa::RoundingMode::DOUBLE_ROUND};
    // The rounding of negative multipliers is not monotone.
    if (scale.multiplier < 0)
      return std::nullopt;
    ValueSet images = values.mapMonotone([&](int64_t value) -> Number {
      Number scaled = scale.apply(value);
      Number shifted = scaled ? llvm::checkedAdd<int64_t>(*scaled, *outputZero)
                              : std::nullopt;
      return shifted ? Number(std::clamp(*shifted, low, high)) : std::nullopt;
    });
    all = all.unite(images);
    if (all.isUnknown())
      return all;
  }
  return op.getOutputUnsigned() ? reinterpret(all, width, /*toSigned=*/true)
                                : all;
}

//===----------------------------------------------------------------------===//
// Elementwise ops
//===----------------------------------------------------------------------===//

static Result inferClamp(tosa::ClampOp op, const ValueSet &values) {
  auto low = dyn_cast<IntegerAttr>(op.getMinValAttr());
  auto high = dyn_cast<IntegerAttr>(op.getMaxValAttr());
  if (!low || !high || low.getValue().getBitWidth() > 64 ||
      high.getValue().getBitWidth() > 64)
    return std::nullopt;
  Type element = getElementTypeOrSelf(op.getType());
  int64_t min = readInteger(low.getValue(), element);
  int64_t max = readInteger(high.getValue(), element);
  if (min > max)
    return std::nullopt;
  return values.mapMonotone(
      [&](int64_t v) -> Number { return std::clamp(v, min, max); });
}

static Result inferMul(tosa::MulOp op, ArrayRef<ValueSet> operands) {
  DenseIntElementsAttr shifts = getConstant(op.getShift());
  if (!shifts)
    return std::nullopt;
  int64_t shift = (*shifts.value_begin<APInt>()).getSExtValue();
  if (shift == 0)
    return ValueSet::combine(operands[0], operands[1], true,
                             llvm::checkedMul<int64_t>);
  auto scale = [&](int64_t a, int64_t b) {
    return Scale{a, shift, false}.apply(b);
  };
  return ValueSet::combine(operands[0], operands[1], true, scale);
}

static Result inferCast(tosa::CastOp op, const ValueSet &values) {
  auto from =
      dyn_cast<IntegerType>(getElementTypeOrSelf(op.getInput().getType()));
  auto to = dyn_cast<IntegerType>(getElementTypeOrSelf(op.getType()));
  if (!from || !to)
    return std::nullopt;
  if (to.getWidth() == 1) {
    if (!values.isBounded())
      return std::nullopt;
    bool hasZero = values.isListed() ? llvm::is_contained(values.values(), 0)
                                     : values.min() <= 0 && values.max() >= 0;
    return booleans(hasZero, !(values == ValueSet::of(0)));
  }
  if (getTypeValues(to).includes(values))
    return values;
  if (to.isUnsigned())
    return std::nullopt;
  return values.map([&](int64_t v) -> Number {
    return llvm::SignExtend64(v, to.getWidth());
  });
}

static Result inferTable(tosa::TableOp op, const ValueSet &values) {
  DenseIntElementsAttr table = getConstant(op.getTable());
  if (!table)
    return std::nullopt;
  auto at = [&](int64_t index) {
    return table.getValues<APInt>()[index].getSExtValue();
  };
  if (getElementTypeOrSelf(op.getInput1().getType()).isInteger(8) &&
      table.size() == 256)
    return values.map([&](int64_t v) -> Number { return at(v + 128); });
  if (!getElementTypeOrSelf(op.getInput1().getType()).isInteger(16) ||
      table.size() != 513)
    return std::nullopt;
  // Interpolation, in units of 1/128, stays between neighbours.
  ValueSet entries = getConstantValues(table);
  return ValueSet::range(entries.min() * 128, entries.max() * 128);
}

static Result inferNegate(tosa::NegateOp op, const ValueSet &values) {
  FailureOr<int64_t> inputZero = op.getInput1ZeroPoint(),
                     outputZero = op.getOutputZeroPoint();
  if (failed(inputZero) || failed(outputZero))
    return std::nullopt;
  // -(v - inputZero) + outputZero
  Number total = llvm::checkedAdd<int64_t>(*inputZero, *outputZero);
  return values.mapMonotone([&](int64_t v) -> Number {
    return total ? llvm::checkedSub<int64_t>(*total, v) : std::nullopt;
  });
}

static Result inferArithmeticRightShift(tosa::ArithmeticRightShiftOp op,
                                        ArrayRef<ValueSet> operands) {
  unsigned width = getElementTypeOrSelf(op.getType()).getIntOrFloatBitWidth();
  if (!operands[1].isWithin(0, width - 1))
    return std::nullopt;
  bool round = op.getRound();
  return ValueSet::combine(operands[0], operands[1], !round,
                           [&](int64_t v, int64_t shift) {
                             int64_t result = v >> shift;
                             if (round && shift > 0)
                               result += (v >> (shift - 1)) & 1;
                             return Number(result);
                           });
}

/// `predicate(a, b)` for all pairs of two sets.
static ValueSet compare(const ValueSet &a, const ValueSet &b,
                        function_ref<bool(int64_t, int64_t)> predicate) {
  // Comparisons by <, <= are monotone in both operands.
  return ValueSet::combine(a, b, true, [&](int64_t x, int64_t y) {
    return Number(predicate(x, y));
  });
}

static Result inferEqual(const ValueSet &a, const ValueSet &b) {
  if (!a.isBounded() || !b.isBounded())
    return std::nullopt;
  if (a.max() < b.min() || b.max() < a.min())
    return ValueSet::of(0);
  if (!a.isListed() || !b.isListed())
    return booleans(true, true);
  return compare(a, b, [](int64_t x, int64_t y) { return x == y; });
}

static Result inferSelect(ArrayRef<ValueSet> operands) {
  if (operands[0] == ValueSet::of(1))
    return operands[1];
  if (operands[0] == ValueSet::of(0))
    return operands[2];
  return operands[1].unite(operands[2]);
}

//===----------------------------------------------------------------------===//
// Sums
//===----------------------------------------------------------------------===//

/// Sums of `count` values of `values`.
static ValueSet sum(const ValueSet &values, int64_t count) {
  if (values.isEmpty() || !values.isBounded())
    return values;
  Number low = llvm::checkedMul<int64_t>(values.min(), count),
         high = llvm::checkedMul<int64_t>(values.max(), count);
  return low && high ? ValueSet::range(*low, *high) : ValueSet::unknown();
}

/// Sums of `count` products, any of which padding may take away, and `bias`.
static Result inferContraction(ValueSet lhs, ValueSet rhs,
                               FailureOr<int64_t> lhsZero,
                               FailureOr<int64_t> rhsZero, Number count,
                               const ValueSet &bias) {
  if (failed(lhsZero) || failed(rhsZero) || !count)
    return std::nullopt;
  ValueSet products = ValueSet::combine(subtractConstant(lhs, *lhsZero),
                                        subtractConstant(rhs, *rhsZero), true,
                                        llvm::checkedMul<int64_t>);
  return addSets(sum(products.unite(ValueSet::of(0)), *count), bias);
}

/// The number of elements in the dimensions `dims`, unless dynamic.
static Number countElements(Value tensor, ArrayRef<unsigned> dims) {
  auto type = dyn_cast<RankedTensorType>(tensor.getType());
  Number count = 1;
  for (unsigned dim : dims) {
    if (!type || dim >= type.getRank() || type.isDynamicDim(dim))
      return std::nullopt;
    count = count ? llvm::checkedMul<int64_t>(*count, type.getDimSize(dim))
                  : std::nullopt;
  }
  return count;
}

static Result inferAvgPool(tosa::AvgPool2dOp op, const ValueSet &values) {
  FailureOr<int64_t> inputZero = op.getInputZeroPoint(),
                     outputZero = op.getOutputZeroPoint();
  if (failed(inputZero) || failed(outputZero) || !values.isBounded())
    return std::nullopt;
  Number low = llvm::checkedSub<int64_t>(values.min(), *inputZero),
         high = llvm::checkedSub<int64_t>(values.max(), *inputZero);
  // The sum of n values is multiplied by a reciprocal of n that is at most
  // 2^-30 too large. For small values, n times the largest one is thereby still
  // rounded to that value, and a smaller sum to no larger one.
  constexpr int64_t kSmall = int64_t(1) << 24;
  if (!low || !high || *low < -kSmall || *high > kSmall)
    return std::nullopt;
  ValueSet all = getTypeValues(op.getType());
  low = llvm::checkedAdd<int64_t>(*low, *outputZero);
  high = llvm::checkedAdd<int64_t>(*high, *outputZero);
  if (!low || !high || !all.isBounded())
    return std::nullopt;
  return ValueSet::range(std::clamp(*low, all.min(), all.max()),
                         std::clamp(*high, all.min(), all.max()));
}

//===----------------------------------------------------------------------===//
// All ops
//===----------------------------------------------------------------------===//

static Result uniteAll(ArrayRef<ValueSet> sets) {
  ValueSet all;
  for (const ValueSet &set : sets)
    all = all.unite(set);
  return all;
}

/// Bits of two's complement numbers stay bits of sign-extended ones.
static Result inferBitwise(ArrayRef<ValueSet> operands,
                           function_ref<int64_t(int64_t, int64_t)> function) {
  ValueSet images = ValueSet::combine(
      operands[0], operands[1], false,
      [&](int64_t a, int64_t b) { return Number(function(a, b)); });
  return images.isBounded() ? Result(images) : std::nullopt;
}

Result bitserial::inferTosaValues(Operation *op, ArrayRef<ValueSet> operands) {
  return llvm::TypeSwitch<Operation *, Result>(op)
      // Elementwise.
      .Case([&](tosa::ClampOp clamp) { return inferClamp(clamp, operands[0]); })
      .Case([&](tosa::RescaleOp rescale) {
        return inferRescale(rescale, operands[0]);
      })
      .Case([&](tosa::CastOp cast) { return inferCast(cast, operands[0]); })
      .Case([&](tosa::TableOp table) { return inferTable(table, operands[0]); })
      .Case([&](tosa::NegateOp negate) {
        return inferNegate(negate, operands[0]);
      })
      .Case([&](tosa::MulOp mul) { return inferMul(mul, operands); })
      .Case([&](tosa::AddOp) -> Result {
        return addSets(operands[0], operands[1]);
      })
      .Case([&](tosa::SubOp) -> Result {
        return ValueSet::combine(operands[0], operands[1], true,
                                 llvm::checkedSub<int64_t>);
      })
      .Case([&](tosa::MaximumOp) -> Result {
        return ValueSet::combine(
            operands[0], operands[1], true,
            [](int64_t a, int64_t b) { return Number(std::max(a, b)); });
      })
      .Case([&](tosa::MinimumOp) -> Result {
        return ValueSet::combine(
            operands[0], operands[1], true,
            [](int64_t a, int64_t b) { return Number(std::min(a, b)); });
      })
      .Case([&](tosa::AbsOp) -> Result {
        return operands[0].isListed()
                   ? operands[0].map([](int64_t v) -> Number {
                       return v == INT64_MIN ? std::nullopt
                                             : Number(std::abs(v));
                     })
                   : Result();
      })
      .Case([&](tosa::ArithmeticRightShiftOp shift) {
        return inferArithmeticRightShift(shift, operands);
      })
      .Case<tosa::BitwiseAndOp, tosa::LogicalAndOp>([&](Operation *) {
        return inferBitwise(operands,
                            [](int64_t a, int64_t b) { return a & b; });
      })
      .Case<tosa::BitwiseOrOp, tosa::LogicalOrOp>([&](Operation *) {
        return inferBitwise(operands,
                            [](int64_t a, int64_t b) { return a | b; });
      })
      .Case<tosa::BitwiseXorOp, tosa::LogicalXorOp>([&](Operation *) {
        return inferBitwise(operands,
                            [](int64_t a, int64_t b) { return a ^ b; });
      })
      .Case([&](tosa::LogicalNotOp) -> Result {
        return operands[0].map([](int64_t v) { return Number(1 - v); });
      })
      .Case([&](tosa::EqualOp) { return inferEqual(operands[0], operands[1]); })
      .Case([&](tosa::GreaterOp) -> Result {
        return compare(operands[0], operands[1],
                       [](int64_t a, int64_t b) { return a > b; });
      })
      .Case([&](tosa::GreaterEqualOp) -> Result {
        return compare(operands[0], operands[1],
                       [](int64_t a, int64_t b) { return a >= b; });
      })
      .Case([&](tosa::SelectOp) { return inferSelect(operands); })
      // Ops that move elements.
      .Case<tosa::IdentityOp, tosa::ReshapeOp, tosa::TransposeOp,
            tosa::ReverseOp, tosa::SliceOp, tosa::TileOp, tosa::GatherOp,
            tosa::MaxPool2dOp, tosa::ReduceMaxOp, tosa::ReduceMinOp,
            tosa::ReduceAllOp, tosa::ReduceAnyOp>(
          [&](Operation *) -> Result { return operands[0]; })
      .Case([&](tosa::ConcatOp) { return uniteAll(operands); })
      .Case(
          [&](tosa::PadOp) -> Result { return operands[0].unite(operands[2]); })
      .Case([&](tosa::ScatterOp) -> Result {
        return operands[0].unite(operands[2]);
      })
      .Case([&](tosa::AvgPool2dOp pool) {
        return inferAvgPool(pool, operands[0]);
      })
      .Case([&](tosa::ArgMaxOp argmax) -> Result {
        Number size = countElements(argmax.getInput(), {argmax.getAxis()});
        return size && *size > 0 ? ValueSet::range(0, *size - 1) : Result();
      })
      // Sums.
      .Case([&](tosa::ReduceSumOp reduce) -> Result {
        Number size = countElements(reduce.getInput(), {reduce.getAxis()});
        return size ? sum(operands[0], *size) : Result();
      })
      .Case([&](tosa::Conv2DOp conv) {
        return inferContraction(
            operands[0], operands[1], conv.getInputZeroPoint(),
            conv.getWeightZeroPoint(),
            countElements(conv.getWeight(), {1, 2, 3}), operands[2]);
      })
      .Case([&](tosa::DepthwiseConv2DOp conv) {
        return inferContraction(
            operands[0], operands[1], conv.getInputZeroPoint(),
            conv.getWeightZeroPoint(), countElements(conv.getWeight(), {0, 1}),
            operands[2]);
      })
      .Case([&](tosa::MatMulOp matmul) {
        return inferContraction(operands[0], operands[1],
                                matmul.getAZeroPoint(), matmul.getBZeroPoint(),
                                countElements(matmul.getA(), {2}),
                                ValueSet::of(0));
      })
      .Default([](Operation *) -> Result { return std::nullopt; });
}
