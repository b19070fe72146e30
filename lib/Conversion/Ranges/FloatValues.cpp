//===- FloatValues.cpp - Elements of ops on floats ------------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Transfer functions of the range analysis for ops of TOSA, StableHLO and arith
// that have floats among their operands or as their result.
//
//===----------------------------------------------------------------------===//

#include "Reductions.h"
#include "bitserial/Conversion/Ranges/FloatFunction.h"
#include "bitserial/Conversion/Ranges/RangeAnalysis.h"
#include "bitserial/Conversion/StableHLO/StableHLO.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/TypeSwitch.h"
#include <cmath>

using namespace mlir;
using namespace mlir::bitserial;
using F = FloatFunction;
using Result = std::optional<ElementValues>;
namespace shlo = mlir::bitserial::stablehlo;

static Result floats(FloatSet set) {
  return ElementValues{ValueSet(), std::move(set)};
}

static Result integers(ValueSet set, Type type) {
  return ElementValues{limitToType(set, type), FloatSet()};
}

std::optional<FloatFunction> bitserial::getFloatFunction(Operation *op) {
  using Function = std::optional<FloatFunction>;
  auto propagates = [](auto minMax) {
    return minMax.getNanMode() == tosa::NanPropagationMode::PROPAGATE;
  };
  return llvm::TypeSwitch<Operation *, Function>(op)
      .Case<shlo::AddOp, tosa::AddOp, arith::AddFOp>(
          [](auto) { return F::Add; })
      .Case<shlo::SubtractOp, tosa::SubOp, arith::SubFOp>(
          [](auto) { return F::Sub; })
      .Case<shlo::MulOp, tosa::MulOp, arith::MulFOp>(
          [](auto) { return F::Mul; })
      .Case<shlo::DivOp, arith::DivFOp>([](auto) { return F::Div; })
      .Case<shlo::MaxOp, arith::MaximumFOp>([](auto) { return F::Max; })
      .Case<shlo::MinOp, arith::MinimumFOp>([](auto) { return F::Min; })
      .Case<arith::MaxNumFOp>([](auto) { return F::MaxNumber; })
      .Case<arith::MinNumFOp>([](auto) { return F::MinNumber; })
      .Case([&](tosa::MaximumOp max) {
        return propagates(max) ? F::Max : F::MaxNumber;
      })
      .Case([&](tosa::MinimumOp min) {
        return propagates(min) ? F::Min : F::MinNumber;
      })
      .Case<shlo::AbsOp, tosa::AbsOp, math::AbsFOp>([](auto) { return F::Abs; })
      .Case<shlo::NegOp, tosa::NegateOp, arith::NegFOp>(
          [](auto) { return F::Neg; })
      .Case<shlo::SignOp>([](auto) { return F::Sign; })
      .Case<shlo::FloorOp, tosa::FloorOp, math::FloorOp>(
          [](auto) { return F::Floor; })
      .Case<shlo::CeilOp, tosa::CeilOp, math::CeilOp>(
          [](auto) { return F::Ceil; })
      .Case<math::TruncOp>([](auto) { return F::Truncate; })
      .Case<shlo::RoundEvenOp, math::RoundEvenOp>(
          [](auto) { return F::RoundEven; })
      .Case<shlo::RoundAfzOp, math::RoundOp>([](auto) { return F::RoundAway; })
      .Case<shlo::SqrtOp, math::SqrtOp>([](auto) { return F::Sqrt; })
      .Case<tosa::ReciprocalOp>([](auto) { return F::Reciprocal; })
      .Case<shlo::RsqrtOp, tosa::RsqrtOp, math::RsqrtOp>(
          [](auto) { return F::Rsqrt; })
      .Case<shlo::ExpOp, tosa::ExpOp, math::ExpOp>([](auto) { return F::Exp; })
      .Case<shlo::Expm1Op, math::ExpM1Op>([](auto) { return F::Expm1; })
      .Case<shlo::LogOp, tosa::LogOp, math::LogOp>([](auto) { return F::Log; })
      .Case<shlo::Log1pOp, math::Log1pOp>([](auto) { return F::Log1p; })
      .Case<shlo::TanhOp, tosa::TanhOp, math::TanhOp>(
          [](auto) { return F::Tanh; })
      .Case<shlo::LogisticOp, tosa::SigmoidOp>([](auto) { return F::Logistic; })
      .Case<chlo::ErfOp, tosa::ErfOp, math::ErfOp>([](auto) { return F::Erf; })
      .Case<chlo::ErfcOp, math::ErfcOp>([](auto) { return F::Erfc; })
      .Default([](Operation *) { return std::nullopt; });
}

//===----------------------------------------------------------------------===//
// Conversions and comparisons
//===----------------------------------------------------------------------===//

/// Integers as floats of `type`.
static FloatSet toFloats(const ValueSet &set, FloatType type) {
  if (set.isEmpty())
    return {};
  if (!set.isBounded())
    return FloatSet::unknown();
  // Beyond 53 bits a double would be rounded twice.
  constexpr int64_t kExact = int64_t(1) << 53;
  if (!set.isWithin(-kExact, kExact))
    return FloatSet::range(-0x1p64, 0x1p64);
  if (!set.isListed())
    return FloatSet::integers(roundToType(double(set.min()), type),
                              roundToType(double(set.max()), type));
  SmallVector<double> values;
  for (int64_t value : set.values())
    values.push_back(roundToType(double(value), type));
  return FloatSet::of(values);
}

/// Floats as integers, by `function` of those of FloatFunction that round;
/// unknown where one does not fit `type`, unless `saturates`.
static ValueSet toIntegers(const FloatSet &set, F function, Type type,
                           bool saturates) {
  if (set.isEmpty())
    return {};
  ValueSet all = getTypeValues(type);
  if (set.mayBeNaN() || !all.isBounded())
    return ValueSet::unknown();
  bool isOutside = false;
  auto convert = [&](double value) -> int64_t {
    double low = double(all.min()), high = double(all.max());
    if (!std::isinf(value))
      value = evaluate(function, value, 0, Float64Type::get(type.getContext()));
    if (value >= low && value <= high && std::abs(value) < 0x1p62)
      return int64_t(value);
    isOutside = true;
    return value < 0 ? all.min() : all.max();
  };
  ValueSet result;
  if (set.isListed())
    result = ValueSet::of(llvm::map_to_vector(set.values(), convert));
  else
    result = ValueSet::range(convert(set.min()), convert(set.max()));
  return isOutside && !saturates ? ValueSet::unknown() : result;
}

/// The results of a comparison, which is false of NaN, but for inequality.
static ValueSet compare(shlo::ComparisonDirection direction, const FloatSet &a,
                        const FloatSet &b) {
  using Direction = shlo::ComparisonDirection;
  if (a.isEmpty() || b.isEmpty())
    return {};
  bool canBeTrue, canBeFalse;
  bool meet =
      a.isListed() && b.isListed()
          ? llvm::any_of(a.values(), [&](double v) { return b.contains(v); })
          : a.min() <= b.max() && b.min() <= a.max();
  switch (direction) {
  case Direction::EQ:
  case Direction::NE:
    canBeTrue = meet;
    canBeFalse = a.min() != a.max() || b.min() != b.max() || !meet;
    if (direction == Direction::NE)
      std::swap(canBeTrue, canBeFalse);
    break;
  case Direction::GE:
    canBeTrue = a.max() >= b.min();
    canBeFalse = a.min() < b.max();
    break;
  case Direction::GT:
    canBeTrue = a.max() > b.min();
    canBeFalse = a.min() <= b.max();
    break;
  case Direction::LE:
    canBeTrue = a.min() <= b.max();
    canBeFalse = a.max() > b.min();
    break;
  case Direction::LT:
    canBeTrue = a.min() < b.max();
    canBeFalse = a.max() >= b.min();
    break;
  }
  if (a.mayBeNaN() || b.mayBeNaN())
    (direction == Direction::NE ? canBeTrue : canBeFalse) = true;
  SmallVector<int64_t, 2> values;
  if (canBeFalse)
    values.push_back(0);
  if (canBeTrue)
    values.push_back(1);
  return ValueSet::of(values);
}

static std::optional<shlo::ComparisonDirection>
getDirection(arith::CmpFPredicate predicate) {
  using P = arith::CmpFPredicate;
  using Direction = shlo::ComparisonDirection;
  switch (predicate) {
  case P::OEQ:
    return Direction::EQ;
  case P::UNE:
    return Direction::NE;
  case P::OGE:
    return Direction::GE;
  case P::OGT:
    return Direction::GT;
  case P::OLE:
    return Direction::LE;
  case P::OLT:
    return Direction::LT;
  default:
    return std::nullopt;
  }
}

static Result convert(const ElementValues &values, Type from, Type to,
                      F rounding, bool saturates) {
  FloatType source = getFloatElement(from), target = getFloatElement(to);
  if (source && target)
    return floats(apply(F::Identity, values.floats, {}, target));
  if (target)
    return floats(toFloats(values.integers, target));
  Type element = getElementTypeOrSelf(to);
  if (!isa<IntegerType>(element))
    return std::nullopt;
  if (element.isInteger(1))
    return integers(compare(shlo::ComparisonDirection::NE, values.floats,
                            FloatSet::of(0.0)),
                    to);
  return integers(toIntegers(values.floats, rounding, element, saturates), to);
}

//===----------------------------------------------------------------------===//
// Reductions and contractions
//===----------------------------------------------------------------------===//

/// The elements of `value` along `dims`; nullopt if a size is dynamic.
static std::optional<int64_t> countElements(Value value,
                                            ArrayRef<int64_t> dims) {
  auto type = dyn_cast<RankedTensorType>(value.getType());
  if (!type)
    return std::nullopt;
  int64_t count = 1;
  for (int64_t dim : dims)
    if (type.isDynamicDim(dim) ||
        llvm::MulOverflow(count, type.getDimSize(dim), count))
      return std::nullopt;
  return count;
}

/// Sums of `count` products.
static Result inferProducts(ArrayRef<ElementValues> operands,
                            std::optional<int64_t> count, FloatType type) {
  if (!count)
    return std::nullopt;
  FloatSet a = operands[0].floats, b = operands[1].floats;
  // Integers, or tensors without elements.
  if (a.isEmpty() || b.isEmpty())
    return std::nullopt;
  // What is listed is not needed, and many pairs take long.
  FloatSet products =
      apply(F::Mul, FloatSet::range(a.min(), a.max(), a.mayBeNaN()),
            FloatSet::range(b.min(), b.max(), b.mayBeNaN()), type);
  return floats(sumOf(products, *count, type));
}

/// Reductions by one op on what has been reduced and an element.
template <typename OpTy>
static Result inferReduction(OpTy reduce, ArrayRef<ElementValues> operands,
                             std::optional<int64_t> count, FloatType type) {
  Region &body = reduce.getBody();
  Operation &op = body.front().front();
  if (operands.size() != 2 || !llvm::hasNItems(body.front(), 2) ||
      !llvm::equal(op.getOperands(), body.getArguments()) ||
      !llvm::equal(op.getResults(), body.front().back().getOperands()))
    return std::nullopt;
  const FloatSet &values = operands[0].floats, &init = operands[1].floats;
  if (isa<shlo::MaxOp, shlo::MinOp>(op)) {
    F function = isa<shlo::MaxOp>(op) ? F::Max : F::Min;
    FloatSet result = apply(function, values, init, type);
    // A window in the padding has the initial value only.
    return floats(reducesElements(reduce) ? result : result.unite(init));
  }
  if (isa<shlo::AddOp>(op) && count)
    return floats(
        apply(F::Add, sumOf(values.unite(init), *count, type), init, type));
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// All ops
//===----------------------------------------------------------------------===//

static Result unite(ArrayRef<ElementValues> sets) {
  FloatSet all;
  for (const ElementValues &set : sets)
    all = all.unite(set.floats);
  return floats(all);
}

static Result inferSelect(ArrayRef<ElementValues> operands) {
  if (operands[0].integers == ValueSet::of(1))
    return floats(operands[1].floats);
  if (operands[0].integers == ValueSet::of(0))
    return floats(operands[2].floats);
  return unite(operands.drop_front());
}

/// Means of windows, where few numbers have few sums.
static Result inferMeans(tosa::AvgPool2dOp pool, const ElementValues &values,
                         FloatType type) {
  constexpr int64_t kMaxWindow = 64;
  ArrayRef<int64_t> kernel = pool.getKernel();
  if (kernel[0] > kMaxWindow || kernel[1] > kMaxWindow ||
      kernel[0] * kernel[1] > kMaxWindow)
    return std::nullopt;
  int64_t window = kernel[0] * kernel[1];
  // What is in the padding does not count.
  bool isPadded = llvm::any_of(pool.getPad(), [](int64_t pad) { return pad; });
  FloatSet means;
  for (int64_t count = isPadded ? 1 : window; count <= window; ++count) {
    FloatSet sums = sumOf(values.floats, count, type);
    if (!sums.isListed())
      return std::nullopt;
    means = means.unite(apply(F::Div, sums, FloatSet::of(double(count)), type));
  }
  return means.isListed() ? Result(floats(means)) : std::nullopt;
}

static Result inferTosa(Operation *op, ArrayRef<ElementValues> operands,
                        FloatType type) {
  auto comparison = [&](shlo::ComparisonDirection direction) {
    return integers(compare(direction, operands[0].floats, operands[1].floats),
                    op->getResult(0).getType());
  };
  using Direction = shlo::ComparisonDirection;
  return llvm::TypeSwitch<Operation *, Result>(op)
      .Case([&](tosa::ClampOp clamp) -> Result {
        auto low = dyn_cast<FloatAttr>(clamp.getMinValAttr()),
             high = dyn_cast<FloatAttr>(clamp.getMaxValAttr());
        if (!low || !high)
          return std::nullopt;
        FloatSet min = FloatSet::of(low.getValueAsDouble()),
                 max = FloatSet::of(high.getValueAsDouble());
        FloatSet result = clampSet(operands[0].floats, min, max, type);
        if (clamp.getNanMode() == tosa::NanPropagationMode::PROPAGATE ||
            !result.mayBeNaN() || min.mayBeNaN() || max.mayBeNaN())
          return floats(result);
        // NaN is then the lower bound.
        return floats(withoutNaN(result).unite(min));
      })
      .Case([&](tosa::GreaterOp) { return comparison(Direction::GT); })
      .Case([&](tosa::GreaterEqualOp) { return comparison(Direction::GE); })
      .Case([&](tosa::EqualOp) { return comparison(Direction::EQ); })
      .Case([&](tosa::SelectOp) { return inferSelect(operands); })
      .Case([&](tosa::CastOp cast) {
        return convert(operands[0], cast.getInput().getType(), cast.getType(),
                       F::RoundEven, /*saturates=*/true);
      })
      .Case<tosa::IdentityOp, tosa::ReshapeOp, tosa::TransposeOp,
            tosa::ReverseOp, tosa::SliceOp, tosa::TileOp, tosa::GatherOp,
            tosa::MaxPool2dOp, tosa::ReduceMaxOp, tosa::ReduceMinOp>(
          [&](Operation *) { return floats(operands[0].floats); })
      .Case([&](tosa::ConcatOp) { return unite(operands); })
      .Case([&](tosa::PadOp) {
        return floats(operands[0].floats.unite(operands[2].floats));
      })
      .Case([&](tosa::AvgPool2dOp) -> Result {
        // Means of so few numbers are wrong by less than what sumOf allows for.
        std::optional<int64_t> size =
            countElements(cast<tosa::AvgPool2dOp>(op).getInput(), {1, 2});
        if (!type.isF32() || !size || *size > (1 << 15))
          return std::nullopt;
        if (Result means =
                inferMeans(cast<tosa::AvgPool2dOp>(op), operands[0], type))
          return means;
        return floats(sumOf(operands[0].floats, 1, type));
      })
      .Case([&](tosa::ReduceSumOp reduce) -> Result {
        auto size = countElements(reduce.getInput(), {reduce.getAxis()});
        return size ? floats(sumOf(operands[0].floats, *size, type)) : Result();
      })
      .Case<tosa::Conv2DOp, tosa::DepthwiseConv2DOp>([&](auto conv) -> Result {
        bool isDepthwise = isa<tosa::DepthwiseConv2DOp>(op);
        auto count = countElements(conv.getWeight(),
                                   isDepthwise ? ArrayRef<int64_t>{0, 1}
                                               : ArrayRef<int64_t>{1, 2, 3});
        Result sums = inferProducts(operands, count, type);
        if (!sums)
          return std::nullopt;
        // The bias may be where the sums begin.
        FloatSet bias = operands[2].floats;
        return floats(sumOf(apply(F::Add, sums->floats, bias, type)
                                .unite(sums->floats)
                                .unite(bias),
                            2, type));
      })
      .Case([&](tosa::MatMulOp matmul) {
        return inferProducts(operands, countElements(matmul.getA(), {2}), type);
      })
      .Default([](Operation *) { return std::nullopt; });
}

static Result inferStableHLO(Operation *op, ArrayRef<ElementValues> operands,
                             FloatType type) {
  return llvm::TypeSwitch<Operation *, Result>(op)
      .Case([&](shlo::ClampOp) {
        return floats(clampSet(operands[1].floats, operands[0].floats,
                               operands[2].floats, type));
      })
      .Case([&](shlo::CompareOp comparison) -> Result {
        if (comparison.getCompareType() == shlo::ComparisonType::TOTALORDER)
          return std::nullopt;
        return integers(compare(comparison.getComparisonDirection(),
                                operands[0].floats, operands[1].floats),
                        comparison.getType());
      })
      .Case([&](shlo::SelectOp) { return inferSelect(operands); })
      .Case([&](shlo::ConvertOp conversion) {
        return convert(operands[0], conversion.getOperand().getType(),
                       conversion.getType(), F::Truncate, /*saturates=*/false);
      })
      .Case<shlo::BroadcastInDimOp, shlo::ReshapeOp, shlo::TransposeOp,
            shlo::SliceOp, shlo::ReverseOp, shlo::DynamicSliceOp,
            shlo::GatherOp, shlo::OptimizationBarrierOp>(
          [&](Operation *) { return floats(operands[0].floats); })
      .Case([&](shlo::DynamicUpdateSliceOp) {
        return unite(operands.take_front(2));
      })
      .Case<shlo::ConcatenateOp, shlo::PadOp>(
          [&](Operation *) { return unite(operands); })
      .Case([&](shlo::IotaOp iota) -> Result {
        int64_t size = cast<RankedTensorType>(iota.getType())
                           .getDimSize(iota.getIotaDimension());
        return size > 0 && size < (1 << 11)
                   ? floats(FloatSet::integers(0, double(size - 1)))
                   : Result();
      })
      .Case([&](shlo::ReduceOp reduce) -> Result {
        return inferReduction(
            reduce, operands,
            countElements(reduce.getInputs()[0], reduce.getDimensions()), type);
      })
      .Case([&](shlo::ReduceWindowOp reduce) -> Result {
        std::optional<int64_t> count = 1;
        for (int64_t size : reduce.getWindowDimensions())
          if (count && llvm::MulOverflow(*count, size, *count))
            count = std::nullopt;
        return inferReduction(reduce, operands, count, type);
      })
      .Case([&](shlo::DotGeneralOp dot) {
        return inferProducts(
            operands,
            countElements(
                dot.getLhs(),
                dot.getDotDimensionNumbers().getLhsContractingDimensions()),
            type);
      })
      .Case([&](shlo::ConvolutionOp conv) {
        return inferProducts(
            operands,
            cast<RankedTensorType>(conv.getRhs().getType()).getNumElements(),
            type);
      })
      .Default([](Operation *) { return std::nullopt; });
}

static Result inferArith(Operation *op, ArrayRef<ElementValues> operands) {
  return llvm::TypeSwitch<Operation *, Result>(op)
      .Case([&](arith::CmpFOp comparison) -> Result {
        auto direction = getDirection(comparison.getPredicate());
        if (!direction)
          return std::nullopt;
        return integers(
            compare(*direction, operands[0].floats, operands[1].floats),
            comparison.getType());
      })
      .Case([&](arith::SelectOp) { return inferSelect(operands); })
      // What does not fit is undefined.
      .Case<arith::FPToSIOp, arith::SIToFPOp, arith::ExtFOp, arith::TruncFOp>(
          [&](auto conversion) -> Result {
            Type from = conversion.getIn().getType();
            // Elements of i1 are 0 and 1 here.
            if (getElementTypeOrSelf(from).isInteger(1))
              return std::nullopt;
            return convert(operands[0], from, conversion.getType(), F::Truncate,
                           /*saturates=*/false);
          })
      .Case<tensor::CastOp, tensor::ReshapeOp, tensor::ExpandShapeOp,
            tensor::CollapseShapeOp, tensor::ExtractSliceOp, tensor::ExtractOp>(
          [&](Operation *) -> Result { return floats(operands[0].floats); })
      .Case([&](tensor::ConcatOp) { return unite(operands); })
      .Default([](Operation *) { return std::nullopt; });
}

//===----------------------------------------------------------------------===//
// Softmax
//===----------------------------------------------------------------------===//

/// The reduction that `value` has the results of, at each position that of the
/// row that the position is in; null if it is no such thing.
static shlo::ReduceOp getRowReduction(Value value) {
  int64_t rank = cast<RankedTensorType>(value.getType()).getRank();
  // Where the dimensions of `value` go.
  SmallVector<int64_t> dims = llvm::to_vector(llvm::seq<int64_t>(0, rank));
  while (true) {
    if (auto broadcast = value.getDefiningOp<shlo::BroadcastInDimOp>()) {
      dims = llvm::map_to_vector(broadcast.getBroadcastDimensions(),
                                 [&](int64_t dim) { return dims[dim]; });
      value = broadcast.getOperand();
      continue;
    }
    // JAX limits the maximum to -infinity and above.
    auto max = value.getDefiningOp<shlo::MaxOp>();
    Value bound = max ? max.getLhs() : Value();
    if (auto broadcast =
            bound ? bound.getDefiningOp<shlo::BroadcastInDimOp>() : nullptr)
      bound = broadcast.getOperand();
    if (!bound || !matchPattern(bound, m_NegInfFloat()))
      break;
    value = max.getRhs();
  }
  auto reduce = value.getDefiningOp<shlo::ReduceOp>();
  if (!reduce || reduce.getInputs().size() != 1 ||
      cast<RankedTensorType>(reduce.getInputs()[0].getType()).getRank() != rank)
    return {};
  SmallVector<int64_t> kept;
  for (int64_t dim = 0; dim < rank; ++dim)
    if (!llvm::is_contained(reduce.getDimensions(), dim))
      kept.push_back(dim);
  return dims == kept ? reduce : shlo::ReduceOp();
}

/// Whether the body of `reduce` is this op on its arguments.
template <typename OpTy> static bool reducesBy(shlo::ReduceOp reduce) {
  Block &body = reduce.getBody().front();
  return llvm::hasNItems(body, 2) && isa<OpTy>(body.front()) &&
         llvm::equal(body.front().getOperands(), body.getArguments()) &&
         llvm::equal(body.front().getResults(), body.back().getOperands());
}

/// Whether `op` is exp(x - max) / sum, with the maximum of a row of x and the
/// sum of a row of such powers. One of them is exp(0), the others are positive
/// and at most that: the sum is no less than any of them, rounded or not, and
/// the quotient 0 to 1. Where x is infinite or NaN, the powers may be NaN.
static bool isSoftmax(Operation *op) {
  auto quotient = dyn_cast<shlo::DivOp>(op);
  auto exp =
      quotient ? quotient.getLhs().getDefiningOp<shlo::ExpOp>() : nullptr;
  auto difference =
      exp ? exp.getOperand().getDefiningOp<shlo::SubtractOp>() : nullptr;
  if (!difference)
    return false;
  shlo::ReduceOp sum = getRowReduction(quotient.getRhs()),
                 max = getRowReduction(difference.getRhs());
  return sum && max && reducesBy<shlo::AddOp>(sum) &&
         reducesBy<shlo::MaxOp>(max) && sum.getInputs()[0] == exp.getResult() &&
         max.getInputs()[0] == difference.getLhs() &&
         matchPattern(sum.getInitValues()[0], m_AnyZeroFloat()) &&
         matchPattern(max.getInitValues()[0], m_NegInfFloat()) &&
         sum.getDimensions() == max.getDimensions();
}

Result bitserial::inferFloatValues(Operation *op,
                                   ArrayRef<ElementValues> operands) {
  FloatType type = getFloatElement(op->getResult(0).getType());
  std::optional<FloatFunction> function = getFloatFunction(op);
  bool isSquare = function == F::Mul && op->getOperand(0) == op->getOperand(1);
  if (type && (isSquare || isa<chlo::SquareOp>(op)))
    return floats(square(operands[0].floats, type));
  if (type && isSoftmax(op) && !operands[0].floats.mayBeNaN())
    return floats(FloatSet::range(0, 1));
  if (function && type)
    return floats(apply(*function, operands[0].floats,
                        isBinary(*function) ? operands[1].floats : FloatSet(),
                        type));
  if (Result result = inferTosa(op, operands, type))
    return result;
  if (Result result = inferStableHLO(op, operands, type))
    return result;
  return inferArith(op, operands);
}
