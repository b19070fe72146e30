//===- IntegerTensors.cpp - Float tensors as the integers in them ---------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "IntegerTensors.h"
#include "bitserial/Conversion/StableHLO/StableHLO.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/ADT/bit.h"
#include <cmath>

using namespace mlir;
using namespace mlir::bitserial;
namespace shlo = mlir::bitserial::stablehlo;

static RankedTensorType withElement(Value value, Type element) {
  return cast<RankedTensorType>(value.getType()).clone(element);
}

IntegerType IntegerTensors::getType(const FloatSet &values, double unit,
                                    MLIRContext *context) {
  double low = std::nearbyint(values.min() / unit),
         high = std::nearbyint(values.max() / unit);
  for (unsigned width : {8, 16, 32})
    if (low >= -std::ldexp(1.0, width - 1) && high < std::ldexp(1.0, width - 1))
      return IntegerType::get(context, width);
  return {};
}

Value IntegerTensors::get(Value value, double unit, double deviation) {
  IntegerType type = getType(ranges.getFloats(value), unit, value.getContext());
  assert(type && "the integers have more than 32 bits");
  std::pair<Value, uint64_t> key(value, llvm::bit_cast<uint64_t>(unit));
  Value result = built.lookup(key);
  if (!result) {
    result = build(value, unit, deviation, type);
    built[key] = result;
  }
  return result;
}

/// A tensor of integers as one of `type`, which holds them.
static Value resize(OpBuilder &b, Location loc, Value value, IntegerType type) {
  auto from = cast<IntegerType>(
      cast<RankedTensorType>(value.getType()).getElementType());
  if (from == type)
    return value;
  RankedTensorType result = withElement(value, type);
  if (from.getWidth() < type.getWidth())
    return arith::ExtSIOp::create(b, loc, result, value);
  return arith::TruncIOp::create(b, loc, result, value);
}

Value IntegerTensors::build(Value value, double unit, double deviation,
                            IntegerType type) {
  OpBuilder b(value.getContext());
  b.setInsertionPointAfterValue(value);
  Location loc = value.getLoc();
  Operation *op = value.getDefiningOp();
  if (op) {
    if (DenseElementsAttr constant;
        matchPattern(value, m_Constant(&constant)) &&
        isa<FloatType>(constant.getElementType())) {
      auto toInteger = [&](const APFloat &element) {
        APFloat number = element;
        bool losesInfo;
        number.convert(APFloat::IEEEdouble(), APFloat::rmNearestTiesToEven,
                       &losesInfo);
        return APInt(type.getWidth(),
                     int64_t(std::llround(number.convertToDouble() / unit)),
                     /*isSigned=*/true, /*implicitTrunc=*/true);
      };
      return arith::ConstantOp::create(
          b, loc,
          cast<DenseFPElementsAttr>(constant).mapValues(type, toInteger));
    }
    if (Value moved = move(op, unit, deviation, type))
      return moved;
    auto [source, sourceUnit] = traceBack(op, ranges.getFloats(value), unit);
    if (source) {
      if (getFloatElement(source.getType()))
        return resize(b, loc, get(source, sourceUnit, deviation), type);
      return resize(b, loc, source, type);
    }
  }

  // A division by a power of two is a multiplication, and exact; so is any that
  // has no remainder.
  FloatType element = getFloatElement(value.getType());
  auto createSplat = [&](double number) {
    return arith::ConstantOp::create(
        b, loc,
        DenseElementsAttr::get(cast<RankedTensorType>(value.getType()),
                               FloatAttr::get(element, number).getValue()));
  };
  if (unit != 1) {
    if (std::abs(getOddPart(unit)) == 1)
      value = arith::MulFOp::create(b, loc, value, createSplat(1 / unit));
    else
      value = arith::DivFOp::create(b, loc, value, createSplat(unit));
  }
  if (deviation != 0)
    value = math::RoundEvenOp::create(b, loc, value);
  return arith::FPToSIOp::create(b, loc, withElement(value, type), value);
}

//===----------------------------------------------------------------------===//
// Ops that move elements
//===----------------------------------------------------------------------===//

Value IntegerTensors::move(Operation *op, double unit, double deviation,
                           IntegerType type) {
  // Those of the operands that are elements. All are multiples of the unit.
  SmallVector<unsigned> operands;
  bool isWindow = isa<shlo::ReduceWindowOp>(op);
  if (isa<shlo::ReshapeOp, shlo::TransposeOp, shlo::SliceOp,
          shlo::BroadcastInDimOp, tosa::ReshapeOp, tosa::TransposeOp,
          tosa::SliceOp, tosa::ReverseOp, tosa::TileOp, tosa::IdentityOp,
          tosa::MaxPool2dOp>(op) ||
      isWindow)
    operands = {0};
  else if (isa<shlo::PadOp>(op))
    operands = {0, 1};
  else if (isa<tosa::PadOp>(op))
    operands = {0, 2};
  else if (isa<shlo::SelectOp, tosa::SelectOp>(op))
    operands = {1, 2};
  else if (isa<shlo::ConcatenateOp, tosa::ConcatOp>(op))
    operands = llvm::to_vector(llvm::seq<unsigned>(op->getNumOperands()));
  if (operands.empty())
    return {};
  if (isa<tosa::MaxPool2dOp>(op) && type.getWidth() > 16)
    return {};
  for (unsigned index : operands) {
    const FloatSet &values = ranges.getFloats(op->getOperand(index));
    if (!values.isListed() || !values.isFinite())
      return {};
    // Parts of a slice or branches of a select that are never taken may have
    // others.
    for (double value : values.values()) {
      double integer = std::nearbyint(value / unit);
      if (std::abs(integer * unit - value) > deviation * std::abs(value))
        return {};
    }
    IntegerType needed = getType(values, unit, op->getContext());
    if (!needed || needed.getWidth() > type.getWidth())
      return {};
    // Both branches of a select are computed anyway; the select of constants
    // is a sign.
    if (isa<shlo::SelectOp, tosa::SelectOp>(op) &&
        ranges.getFloats(op->getOperand(index)).values().size() != 1)
      return {};
  }
  OpBuilder b(op);
  b.setInsertionPointAfter(op);
  IRMapping mapping;
  Location loc = op->getLoc();
  for (unsigned index : operands)
    mapping.map(
        op->getOperand(index),
        resize(b, loc, get(op->getOperand(index), unit, deviation), type));
  if (isWindow) {
    auto reduce = cast<shlo::ReduceWindowOp>(op);
    Block &body = reduce.getBody().front();
    if (op->getNumOperands() != 2 || !llvm::hasNItems(body, 2) ||
        !isa<shlo::MaxOp>(body.front()) ||
        !llvm::equal(body.front().getOperands(), body.getArguments()) ||
        !llvm::equal(body.front().getResults(), body.back().getOperands()))
      return {};
    // What it begins with is an element of the result only if it is larger.
    FloatSet init = ranges.getFloats(op->getOperand(1)),
             inputs = ranges.getFloats(op->getOperand(0)),
             results = ranges.getFloats(op->getResult(0));
    if (!init.isListed() || init.values().size() != 1 ||
        !inputs.includes(results))
      return {};
    double start = init.min() < inputs.min()
                       ? -std::ldexp(1.0, type.getWidth() - 1)
                       : std::nearbyint(init.min() / unit);
    auto scalar = RankedTensorType::get({}, type);
    mapping.map(op->getOperand(1),
                arith::ConstantOp::create(
                    b, loc,
                    DenseElementsAttr::get(scalar, APInt(type.getWidth(),
                                                         int64_t(start),
                                                         /*isSigned=*/true))));
  }
  Operation *clone = b.clone(*op, mapping);
  clone->getResult(0).setType(withElement(op->getResult(0), type));
  if (isWindow) {
    auto scalar = RankedTensorType::get({}, type);
    Block &body = cast<shlo::ReduceWindowOp>(clone).getBody().front();
    for (BlockArgument argument : body.getArguments())
      argument.setType(scalar);
    body.front().getResult(0).setType(scalar);
  }
  return clone->getResult(0);
}

//===----------------------------------------------------------------------===//
// Scales and conversions
//===----------------------------------------------------------------------===//

std::pair<Value, double>
IntegerTensors::traceBack(Operation *op, const FloatSet &results, double unit) {
  if (op->getNumResults() != 1 || op->getNumRegions() != 0)
    return {};
  // A product, a quotient or a conversion; only one operand may vary.
  SmallVector<ElementValues> sets;
  int varying = -1;
  for (auto [i, operand] : llvm::enumerate(op->getOperands())) {
    sets.push_back(ranges.getElements(operand));
    ElementValues &set = sets.back();
    bool isOne =
        getFloatElement(operand.getType())
            ? set.floats.isListed() && !set.floats.mayBeNaN() &&
                  set.floats.values().size() == 1
            : set.integers.isListed() && set.integers.values().size() == 1;
    // The shift of tosa.mul is no factor.
    if (isOne || (isa<tosa::MulOp>(op) && i == 2))
      continue;
    if (varying >= 0)
      return {};
    varying = i;
  }
  if (varying < 0)
    return {};
  Value source = op->getOperand(varying);
  auto type = dyn_cast<RankedTensorType>(source.getType());
  if (!type ||
      type.getShape() !=
          cast<RankedTensorType>(op->getResult(0).getType()).getShape())
    return {};
  bool isFloat = bool(getFloatElement(type));
  if (!isFloat && (!isa<IntegerType>(type.getElementType()) ||
                   !type.getElementType().isSignlessInteger() ||
                   type.getElementType().isInteger(1)))
    return {};
  SmallVector<double> inputs;
  if (isFloat) {
    const FloatSet &set = sets[varying].floats;
    if (!set.isListed() || !set.isFinite())
      return {};
    inputs = llvm::to_vector(set.values());
  } else {
    const ValueSet &set = sets[varying].integers;
    if (!set.isListed() || !set.isWithin(INT32_MIN, INT32_MAX))
      return {};
    for (int64_t value : set.values())
      inputs.push_back(double(value));
  }

  // Is the result's multiple that of the source, for each of its values?
  double sourceUnit = isFloat ? 0 : 1;
  SmallVector<std::pair<double, double>> pairs;
  for (double input : inputs) {
    if (isFloat)
      sets[varying].floats = FloatSet::of(input);
    else
      sets[varying].integers = ValueSet::of(int64_t(input));
    std::optional<ElementValues> image = inferValues(op, sets);
    if (!image || !image->floats.isListed() || image->floats.mayBeNaN() ||
        image->floats.values().size() != 1)
      return {};
    double multiple = std::nearbyint(image->floats.min() / unit);
    pairs.push_back({input, multiple});
    if (sourceUnit == 0 && multiple != 0)
      sourceUnit = input / multiple;
  }
  if (!(sourceUnit > 0) || !std::isfinite(sourceUnit))
    return {};
  for (auto [input, multiple] : pairs)
    if (multiple * sourceUnit != input)
      return {};
  return {source, sourceUnit};
}
