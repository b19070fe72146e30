//===- StableHLOValues.cpp - Elements of the results of StableHLO ops -----===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Transfer functions of the range analysis, for integers. Integer arithmetic of
// StableHLO wraps: what does not fit its type gives all values of the type.
//
//===----------------------------------------------------------------------===//

#include "Reductions.h"
#include "bitserial/Conversion/Ranges/RangeAnalysis.h"
#include "bitserial/Conversion/StableHLO/StableHLO.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/CheckedArithmetic.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::bitserial;

using Number = std::optional<int64_t>;
using Result = std::optional<ValueSet>;

static Number maximum(int64_t a, int64_t b) { return std::max(a, b); }
static Number minimum(int64_t a, int64_t b) { return std::min(a, b); }

static Result inferCompare(stablehlo::CompareOp op,
                           ArrayRef<ValueSet> operands) {
  using Direction = stablehlo::ComparisonDirection;
  Direction direction = op.getComparisonDirection();
  bool isEquality = direction == Direction::EQ || direction == Direction::NE;
  return ValueSet::combine(operands[0], operands[1],
                           /*cornersSuffice=*/!isEquality,
                           [&](int64_t a, int64_t b) -> Number {
                             switch (direction) {
                             case Direction::EQ:
                               return a == b;
                             case Direction::NE:
                               return a != b;
                             case Direction::GE:
                               return a >= b;
                             case Direction::GT:
                               return a > b;
                             case Direction::LE:
                               return a <= b;
                             case Direction::LT:
                               return a < b;
                             }
                             return std::nullopt;
                           });
}

static Result inferConvert(stablehlo::ConvertOp op, const ValueSet &values) {
  auto to = dyn_cast<IntegerType>(getElementTypeOrSelf(op.getType()));
  if (!to || !values.isBounded())
    return std::nullopt;
  if (to.getWidth() == 1)
    return values.map([](int64_t v) { return Number(v != 0); });
  if (getTypeValues(to).includes(values))
    return values;
  return values.map([&](int64_t v) -> Number {
    return readInteger(APInt(to.getWidth(), v, /*isSigned=*/true,
                             /*implicitTrunc=*/true),
                       to);
  });
}

/// Sums of `count` products of elements.
static Result inferProducts(ArrayRef<ValueSet> operands, Number count) {
  ValueSet products = ValueSet::combine(operands[0], operands[1], true,
                                        llvm::checkedMul<int64_t>)
                          .unite(ValueSet::of(0));
  if (!count || !products.isBounded())
    return std::nullopt;
  Number low = llvm::checkedMul<int64_t>(products.min(), *count),
         high = llvm::checkedMul<int64_t>(products.max(), *count);
  return low && high ? Result(ValueSet::range(*low, *high)) : std::nullopt;
}

static bool isNotEmpty(Value value) {
  return !llvm::is_contained(cast<RankedTensorType>(value.getType()).getShape(),
                             0);
}

bool bitserial::reducesElements(stablehlo::ReduceOp op) {
  return isNotEmpty(op.getInputs()[0]);
}

bool bitserial::reducesElements(stablehlo::ReduceWindowOp op) {
  auto areOnes = [](std::optional<ArrayRef<int64_t>> dilations) {
    return !dilations || llvm::all_of(*dilations, [](int64_t dilation) {
      return dilation == 1;
    });
  };
  if (!isNotEmpty(op.getInputs()[0]) || !areOnes(op.getBaseDilations()) ||
      !areOnes(op.getWindowDilations()))
    return false;
  // Windows that stand in the padding altogether.
  if (std::optional<DenseIntElementsAttr> padding = op.getPadding())
    for (auto [i, value] : llvm::enumerate(padding->getValues<int64_t>()))
      if (value >= op.getWindowDimensions()[i / 2])
        return false;
  return true;
}

/// Reductions by maximum or minimum choose among inputs and initial values. An
/// initial value that any element beats does not count if there is an element.
template <typename OpTy>
static Result inferReduction(OpTy reduce, ArrayRef<ValueSet> operands) {
  Region &body = reduce.getBody();
  Operation &op = body.front().front();
  if (operands.size() != 2 || !llvm::hasNItems(body.front(), 2) ||
      !isa<stablehlo::MaxOp, stablehlo::MinOp, stablehlo::AndOp,
           stablehlo::OrOp>(op) ||
      !llvm::equal(op.getOperands(), body.getArguments()) ||
      !llvm::equal(op.getResults(), body.front().back().getOperands()))
    return std::nullopt;
  bool isNeverEmpty = reducesElements(reduce);
  if (isNeverEmpty && isa<stablehlo::MaxOp>(op))
    return ValueSet::combine(operands[0], operands[1], true, maximum);
  if (isNeverEmpty && isa<stablehlo::MinOp>(op))
    return ValueSet::combine(operands[0], operands[1], true, minimum);
  ValueSet all = operands[0].unite(operands[1]);
  // AND and OR of few bits are other numbers, but not of booleans.
  if (isa<stablehlo::AndOp, stablehlo::OrOp>(op) && !all.isWithin(0, 1))
    return std::nullopt;
  return all;
}

Result bitserial::inferStableHLOValues(Operation *op,
                                       ArrayRef<ValueSet> operands) {
  using namespace stablehlo;
  auto pairs = [&](bool cornersSuffice,
                   function_ref<Number(int64_t, int64_t)> function) -> Result {
    return ValueSet::combine(operands[0], operands[1], cornersSuffice,
                             function);
  };
  Type element = getElementTypeOrSelf(op->getResult(0).getType());
  unsigned width = element.isInteger() ? element.getIntOrFloatBitWidth() : 0;
  // Addition of booleans is OR, multiplication AND.
  bool isBool = width == 1;
  return llvm::TypeSwitch<Operation *, Result>(op)
      .Case([&](AddOp) -> Result {
        return isBool ? getTypeValues(element)
                      : pairs(true, llvm::checkedAdd<int64_t>);
      })
      .Case([&](SubtractOp) -> Result {
        return isBool ? getTypeValues(element)
                      : pairs(true, llvm::checkedSub<int64_t>);
      })
      .Case([&](MulOp) { return pairs(true, llvm::checkedMul<int64_t>); })
      .Case([&](MaxOp) { return pairs(true, maximum); })
      .Case([&](MinOp) { return pairs(true, minimum); })
      .Case([&](AndOp) {
        return pairs(false, [](int64_t a, int64_t b) { return Number(a & b); });
      })
      .Case([&](OrOp) {
        return pairs(false, [](int64_t a, int64_t b) { return Number(a | b); });
      })
      .Case([&](XorOp) {
        return pairs(false, [](int64_t a, int64_t b) { return Number(a ^ b); });
      })
      .Case([&](NotOp) -> Result {
        if (isBool)
          return operands[0].map([](int64_t v) { return Number(1 - v); });
        return std::nullopt;
      })
      .Case([&](ShiftRightArithmeticOp) -> Result {
        if (element.isUnsignedInteger() || !operands[1].isWithin(0, width - 1))
          return std::nullopt;
        return pairs(true, [](int64_t a, int64_t b) { return Number(a >> b); });
      })
      .Case([&](ClampOp) -> Result {
        ValueSet low =
            ValueSet::combine(operands[0], operands[1], true, maximum);
        return ValueSet::combine(low, operands[2], true, minimum);
      })
      .Case([&](NegOp) -> Result {
        return operands[0].mapMonotone(
            [](int64_t v) { return llvm::checkedSub<int64_t>(0, v); });
      })
      .Case([&](AbsOp) -> Result {
        return operands[0].map([](int64_t v) {
          return v < 0 ? llvm::checkedSub<int64_t>(0, v) : Number(v);
        });
      })
      .Case([&](SignOp) -> Result {
        return operands[0].mapMonotone(
            [](int64_t v) { return Number((v > 0) - (v < 0)); });
      })
      .Case([&](CompareOp compare) { return inferCompare(compare, operands); })
      .Case(
          [&](ConvertOp convert) { return inferConvert(convert, operands[0]); })
      .Case([&](SelectOp) -> Result {
        if (operands[0] == ValueSet::of(1))
          return operands[1];
        if (operands[0] == ValueSet::of(0))
          return operands[2];
        return operands[1].unite(operands[2]);
      })
      .Case<BroadcastInDimOp, ReshapeOp, TransposeOp, SliceOp, ReverseOp,
            DynamicSliceOp, GatherOp, OptimizationBarrierOp>(
          [&](Operation *) -> Result { return operands[0]; })
      .Case([&](DynamicUpdateSliceOp) -> Result {
        return operands[0].unite(operands[1]);
      })
      .Case<PopcntOp, ClzOp>(
          [&](Operation *) -> Result { return ValueSet::range(0, width); })
      .Case<ConcatenateOp, PadOp>([&](Operation *) -> Result {
        ValueSet all;
        for (const ValueSet &set : operands)
          all = all.unite(set);
        return all;
      })
      .Case([&](IotaOp iota) -> Result {
        int64_t size = cast<RankedTensorType>(iota.getType())
                           .getDimSize(iota.getIotaDimension());
        return size > 0 ? Result(ValueSet::range(0, size - 1)) : std::nullopt;
      })
      .Case<ReduceOp, ReduceWindowOp>(
          [&](auto reduce) { return inferReduction(reduce, operands); })
      .Case([&](DotGeneralOp dot) -> Result {
        Number count = 1;
        auto type = cast<RankedTensorType>(dot.getLhs().getType());
        for (int64_t dim :
             dot.getDotDimensionNumbers().getLhsContractingDimensions())
          count = count
                      ? llvm::checkedMul<int64_t>(*count, type.getDimSize(dim))
                      : std::nullopt;
        return inferProducts(operands, count);
      })
      .Case([&](ConvolutionOp conv) -> Result {
        auto type = cast<RankedTensorType>(conv.getRhs().getType());
        return inferProducts(operands, type.getNumElements());
      })
      .Default([](Operation *) -> Result { return std::nullopt; });
}
