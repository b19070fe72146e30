//===- ConstantEvaluator.cpp - What ops make of constants -----------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Floats are computed directly. Of all else, the range analysis knows what an
// op makes of sets of one number each, and few different numbers occur.
//
//===----------------------------------------------------------------------===//

#include "bitserial/Conversion/Ranges/ConstantEvaluator.h"
#include "bitserial/Conversion/Ranges/RangeAnalysis.h"
#include "bitserial/Conversion/StableHLO/StableHLO.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/ADT/bit.h"
#include <cmath>

using namespace mlir;
using namespace mlir::bitserial;
namespace shlo = mlir::bitserial::stablehlo;

namespace {
/// A float, or an integer as readInteger() has it.
union Number {
  double real;
  int64_t integer;
};
} // namespace

/// The elements of a tensor, row by row; one element if all are equal.
struct ConstantEvaluator::Numbers {
  RankedTensorType type;
  std::vector<Number> elements;

  bool isFloat() const { return bool(getFloatElement(type)); }
  bool isSplat() const { return elements.size() == 1; }
  Number at(int64_t index) const { return elements[isSplat() ? 0 : index]; }
};

/// Larger tensors are not weights.
static constexpr int64_t kMaxElements = int64_t(1) << 28;
/// Chains of ops are followed so far; those of a quantiser have about ten.
static constexpr unsigned kMaxDepth = 200;

static SmallVector<int64_t> getStrides(ArrayRef<int64_t> shape) {
  SmallVector<int64_t> strides(shape.size(), 1);
  for (size_t i = shape.size(); i > 1; --i)
    strides[i - 2] = strides[i - 1] * shape[i - 1];
  return strides;
}

/// Calls `visit` with every index of a tensor, row by row.
static void forEachIndex(ArrayRef<int64_t> shape,
                         function_ref<void(ArrayRef<int64_t>)> visit) {
  int64_t count = ShapedType::getNumElements(shape);
  SmallVector<int64_t> index(shape.size(), 0);
  for (int64_t i = 0; i < count; ++i) {
    visit(index);
    for (size_t dim = shape.size(); dim > 0; --dim) {
      if (++index[dim - 1] < shape[dim - 1])
        break;
      index[dim - 1] = 0;
    }
  }
}

static double readFloat(APFloat value) {
  bool losesInfo;
  value.convert(APFloat::IEEEdouble(), APFloat::rmNearestTiesToEven,
                &losesInfo);
  return value.convertToDouble();
}

static std::vector<Number> readConstant(DenseElementsAttr constant) {
  std::vector<Number> elements;
  bool isSplat = constant.isSplat();
  elements.reserve(isSplat ? 1 : constant.getNumElements());
  Type type = constant.getElementType();
  auto addInteger = [&](const APInt &value) {
    Number number;
    number.integer = readInteger(value, type);
    elements.push_back(number);
  };
  auto addFloat = [&](double value) { elements.push_back({value}); };
  if (isa<IntegerType>(type)) {
    if (isSplat)
      addInteger(constant.getSplatValue<APInt>());
    else
      for (const APInt &value : constant.getValues<APInt>())
        addInteger(value);
  } else if (isSplat) {
    addFloat(readFloat(constant.getSplatValue<APFloat>()));
  } else if (type.isF32()) {
    for (float value : constant.getValues<float>())
      addFloat(value);
  } else {
    for (const APFloat &value : constant.getValues<APFloat>())
      addFloat(readFloat(value));
  }
  return elements;
}

//===----------------------------------------------------------------------===//
// Elementwise ops
//===----------------------------------------------------------------------===//

namespace {
/// What an op does to numbers, one of each operand.
class ScalarFunction {
public:
  /// Null if `op` is no elementwise op.
  static std::optional<ScalarFunction> get(Operation *op);

  unsigned numOperands() const { return operands; }
  /// nullopt where that is not known.
  std::optional<Number> operator()(ArrayRef<Number> numbers);

private:
  std::optional<Number> compute(ArrayRef<Number> numbers) const;

  Operation *op = nullptr;
  unsigned operands = 0;
  std::optional<FloatFunction> function;
  FloatType floatType; // of the result
  double minNormal = 0;
  DenseMap<std::tuple<uint64_t, uint64_t, uint64_t>, std::optional<uint64_t>>
      known;
};
} // namespace

std::optional<ScalarFunction> ScalarFunction::get(Operation *op) {
  bool isElementwise =
      op->hasTrait<OpTrait::Elementwise>() ||
      isa<shlo::AddOp, shlo::AndOp, shlo::DivOp, shlo::MaxOp, shlo::MinOp,
          shlo::MulOp, shlo::OrOp, shlo::RemOp, shlo::SubtractOp, shlo::XorOp,
          shlo::ShiftRightArithmeticOp, shlo::AbsOp, shlo::CeilOp,
          shlo::FloorOp, shlo::NegOp, shlo::NotOp, shlo::RoundAfzOp,
          shlo::RoundEvenOp, shlo::SignOp, shlo::SqrtOp, shlo::ConvertOp,
          shlo::ClampOp, shlo::CompareOp, shlo::SelectOp>(op) ||
      isa<tosa::AddOp, tosa::SubOp, tosa::MulOp, tosa::MaximumOp,
          tosa::MinimumOp, tosa::AbsOp, tosa::NegateOp, tosa::FloorOp,
          tosa::CeilOp, tosa::ReciprocalOp, tosa::ClampOp, tosa::CastOp,
          tosa::GreaterOp, tosa::GreaterEqualOp, tosa::EqualOp, tosa::SelectOp,
          tosa::LogicalNotOp, tosa::LogicalAndOp, tosa::LogicalOrOp>(op);
  if (!isElementwise || op->getNumResults() != 1 || op->getNumOperands() == 0)
    return std::nullopt;
  ScalarFunction result;
  result.op = op;
  // Zero points and shifts are looked up by the range analysis.
  result.operands = isa<tosa::MulOp>(op)      ? 2
                    : isa<tosa::NegateOp>(op) ? 1
                                              : op->getNumOperands();
  if (result.operands > 3)
    return std::nullopt;
  result.floatType = getFloatElement(op->getResult(0).getType());
  if (result.floatType) {
    result.function = getFloatFunction(op);
    result.minNormal = readFloat(
        APFloat::getSmallestNormalized(result.floatType.getFloatSemantics()));
    if (result.function && !isExact(*result.function))
      return std::nullopt;
  }
  return result;
}

std::optional<Number> ScalarFunction::compute(ArrayRef<Number> numbers) const {
  SmallVector<ElementValues> sets;
  for (auto [i, operand] : llvm::enumerate(op->getOperands())) {
    bool isFloat = bool(getFloatElement(operand.getType()));
    if (i >= operands) {
      sets.push_back({ValueSet::unknown(), FloatSet()});
    } else if (isFloat) {
      if (std::isnan(numbers[i].real))
        return std::nullopt;
      sets.push_back({ValueSet(), FloatSet::of(numbers[i].real)});
    } else {
      sets.push_back({ValueSet::of(numbers[i].integer), FloatSet()});
    }
  }
  std::optional<ElementValues> result = inferValues(op, sets);
  Number number;
  if (floatType) {
    if (!result || !result->floats.isListed() || result->floats.mayBeNaN() ||
        result->floats.values().size() != 1)
      return std::nullopt;
    number.real = result->floats.min();
  } else {
    if (!result || !result->integers.isListed() ||
        result->integers.values().size() != 1)
      return std::nullopt;
    number.integer = result->integers.min();
  }
  return number;
}

std::optional<Number> ScalarFunction::operator()(ArrayRef<Number> numbers) {
  auto finish = [&](double value) -> std::optional<Number> {
    // Some processors make zero of it.
    if (value != 0 && std::abs(value) < minNormal)
      return std::nullopt;
    return Number{value};
  };
  if (function)
    return finish(evaluate(*function, numbers[0].real,
                           operands > 1 ? numbers[1].real : 0, floatType));
  if (isa<shlo::SelectOp, tosa::SelectOp>(op))
    return numbers[numbers[0].integer ? 1 : 2];
  if (floatType && isa<shlo::ClampOp>(op))
    return finish(evaluate(FloatFunction::Min,
                           evaluate(FloatFunction::Max, numbers[0].real,
                                    numbers[1].real, floatType),
                           numbers[2].real, floatType));
  uint64_t bits[3] = {0, 0, 0};
  for (unsigned i = 0; i < operands; ++i)
    bits[i] = llvm::bit_cast<uint64_t>(numbers[i]);
  // Trained weights are all different: nothing is gained by remembering more.
  std::tuple<uint64_t, uint64_t, uint64_t> key(bits[0], bits[1], bits[2]);
  auto it = known.find(key);
  if (it == known.end()) {
    std::optional<Number> number = compute(numbers);
    if (known.size() >= (1 << 16))
      return number;
    std::optional<uint64_t> image;
    if (number)
      image = llvm::bit_cast<uint64_t>(*number);
    it = known.try_emplace(key, image).first;
  }
  if (!it->second)
    return std::nullopt;
  return llvm::bit_cast<Number>(*it->second);
}

//===----------------------------------------------------------------------===//
// Ops that move elements
//===----------------------------------------------------------------------===//

namespace {
/// Where each element of the result of an op is in its operand.
using Source = std::function<int64_t(ArrayRef<int64_t> index)>;
} // namespace

static Source permute(ArrayRef<int64_t> sourceStrides) {
  SmallVector<int64_t> strides(sourceStrides);
  return [strides](ArrayRef<int64_t> index) {
    int64_t offset = 0;
    for (auto [i, stride] : llvm::zip_equal(index, strides))
      offset += i * stride;
    return offset;
  };
}

template <typename Permutation>
static Source transpose(ArrayRef<int64_t> shape, Permutation permutation) {
  SmallVector<int64_t> from = getStrides(shape), strides;
  for (auto dim : permutation)
    strides.push_back(from[dim]);
  return permute(strides);
}

/// Null for ops that do not take all elements from their first operand.
static Source getSource(Operation *op) {
  auto in = dyn_cast<RankedTensorType>(op->getOperand(0).getType());
  auto out = dyn_cast<RankedTensorType>(op->getResult(0).getType());
  if (!in || !out || !in.hasStaticShape() || !out.hasStaticShape())
    return {};
  return llvm::TypeSwitch<Operation *, Source>(op)
      .Case<shlo::ReshapeOp, tosa::ReshapeOp, tosa::IdentityOp>(
          [&](Operation *) { return permute(getStrides(out.getShape())); })
      .Case([&](shlo::TransposeOp op) {
        return transpose(in.getShape(), op.getPermutation());
      })
      .Case([&](tosa::TransposeOp op) {
        return transpose(in.getShape(), op.getPerms());
      })
      .Case([&](shlo::BroadcastInDimOp op) {
        SmallVector<int64_t> from = getStrides(in.getShape()),
                             strides(out.getRank(), 0);
        for (auto [i, dim] : llvm::enumerate(op.getBroadcastDimensions()))
          strides[dim] = in.getDimSize(i) == 1 ? 0 : from[i];
        return permute(strides);
      })
      .Case([&](shlo::SliceOp op) -> Source {
        SmallVector<int64_t> from = getStrides(in.getShape()),
                             starts(op.getStartIndices()),
                             steps(op.getStrides());
        return [=](ArrayRef<int64_t> index) {
          int64_t offset = 0;
          for (auto [i, stride, start, step] :
               llvm::zip_equal(index, from, starts, steps))
            offset += (start + i * step) * stride;
          return offset;
        };
      })
      .Case([&](tosa::ReverseOp op) -> Source {
        SmallVector<int64_t> from = getStrides(in.getShape());
        int64_t axis = op.getAxis(), last = in.getDimSize(axis) - 1;
        return [=](ArrayRef<int64_t> index) {
          int64_t offset = 0;
          for (auto [dim, i, stride] : llvm::enumerate(index, from))
            offset += (int64_t(dim) == axis ? last - i : i) * stride;
          return offset;
        };
      })
      .Case([&](tosa::TileOp) -> Source {
        SmallVector<int64_t> from = getStrides(in.getShape()),
                             sizes(in.getShape());
        return [=](ArrayRef<int64_t> index) {
          int64_t offset = 0;
          for (auto [i, stride, size] : llvm::zip_equal(index, from, sizes))
            offset += i % size * stride;
          return offset;
        };
      })
      .Default([](Operation *) { return Source(); });
}

//===----------------------------------------------------------------------===//
// All ops
//===----------------------------------------------------------------------===//

ConstantEvaluator::ConstantEvaluator(bool reorderSums)
    : reorderSums(reorderSums) {}
ConstantEvaluator::~ConstantEvaluator() = default;

std::shared_ptr<ConstantEvaluator::Numbers>
ConstantEvaluator::computeOp(Operation *op, unsigned depth) {
  auto type = dyn_cast<RankedTensorType>(op->getResult(0).getType());
  if (!type || !type.hasStaticShape() || type.getNumElements() > kMaxElements ||
      type.getNumElements() == 0)
    return nullptr;
  Type element = type.getElementType();
  if (!getFloatElement(type) &&
      (!isa<IntegerType>(element) || getTypeValues(element).isUnknown()))
    return nullptr;
  auto result = std::make_shared<Numbers>();
  result->type = type;
  DenseElementsAttr constant;
  if (matchPattern(op, m_Constant(&constant))) {
    if (!isa<IntegerType, FloatType>(constant.getElementType()))
      return nullptr;
    result->elements = readConstant(constant);
    return result;
  }
  if (op->getNumOperands() == 0)
    return nullptr;

  if (std::optional<ScalarFunction> function = ScalarFunction::get(op)) {
    SmallVector<std::shared_ptr<Numbers>> operands;
    SmallVector<Source> sources;
    bool isSplat = true, isSameShape = true;
    for (unsigned i = 0; i < function->numOperands(); ++i) {
      operands.push_back(compute(op->getOperand(i), depth + 1));
      if (!operands.back())
        return nullptr;
      isSplat &= operands.back()->isSplat();
      isSameShape &= operands.back()->isSplat() ||
                     operands.back()->type.getShape() == type.getShape();
    }
    SmallVector<Number> numbers(operands.size());
    if (isSplat || isSameShape) {
      int64_t count = isSplat ? 1 : type.getNumElements();
      result->elements.reserve(count);
      for (int64_t i = 0; i < count; ++i) {
        for (auto [number, operand] : llvm::zip_equal(numbers, operands))
          number = operand->at(i);
        std::optional<Number> image = (*function)(numbers);
        if (!image)
          return nullptr;
        result->elements.push_back(*image);
      }
      return result;
    }
    // Operands of size 1 along a dimension, in TOSA, or scalars.
    SmallVector<SmallVector<int64_t>> strides;
    for (const auto &operand : operands) {
      ArrayRef<int64_t> shape = operand->type.getShape();
      SmallVector<int64_t> from = getStrides(shape);
      if (shape.size() > size_t(type.getRank()))
        return nullptr;
      from.insert(from.begin(), type.getRank() - shape.size(), 0);
      for (auto [i, size] : llvm::enumerate(shape))
        if (size == 1)
          from[type.getRank() - shape.size() + i] = 0;
      strides.push_back(from);
    }
    bool isKnown = true;
    forEachIndex(type.getShape(), [&](ArrayRef<int64_t> index) {
      if (!isKnown)
        return;
      for (auto [number, operand, stride] :
           llvm::zip_equal(numbers, operands, strides)) {
        int64_t offset = 0;
        for (auto [i, s] : llvm::zip_equal(index, stride))
          offset += i * s;
        number = operand->at(offset);
      }
      std::optional<Number> image = (*function)(numbers);
      isKnown = image.has_value();
      if (isKnown)
        result->elements.push_back(*image);
    });
    return isKnown ? result : nullptr;
  }

  if (Source source = getSource(op)) {
    auto operand = compute(op->getOperand(0), depth + 1);
    if (!operand)
      return nullptr;
    if (operand->isSplat()) {
      result->elements = operand->elements;
      return result;
    }
    result->elements.reserve(type.getNumElements());
    forEachIndex(type.getShape(), [&](ArrayRef<int64_t> index) {
      result->elements.push_back(operand->at(source(index)));
    });
    return result;
  }

  if (isa<shlo::ConcatenateOp, tosa::ConcatOp>(op)) {
    auto concatenate = dyn_cast<shlo::ConcatenateOp>(op);
    int64_t axis = concatenate ? int64_t(concatenate.getDimension())
                               : int64_t(cast<tosa::ConcatOp>(op).getAxis());
    result->elements.resize(type.getNumElements());
    SmallVector<int64_t> strides = getStrides(type.getShape());
    int64_t begin = 0;
    for (Value input : op->getOperands()) {
      auto operand = compute(input, depth + 1);
      if (!operand)
        return nullptr;
      int64_t i = 0;
      forEachIndex(operand->type.getShape(), [&](ArrayRef<int64_t> index) {
        int64_t offset = begin * strides[axis];
        for (auto [position, stride] : llvm::zip_equal(index, strides))
          offset += position * stride;
        result->elements[offset] = operand->at(i++);
      });
      begin += operand->type.getDimSize(axis);
    }
    return result;
  }

  // The mean of weights, by which their signs are multiplied.
  auto reduce = dyn_cast<shlo::ReduceOp>(op);
  if (reduce && reorderSums && result->isFloat() && op->getNumOperands() == 2 &&
      llvm::hasNItems(reduce.getBody().front(), 2) &&
      isa<shlo::AddOp>(reduce.getBody().front().front())) {
    auto operand = compute(op->getOperand(0), depth + 1),
         init = compute(op->getOperand(1), depth + 1);
    if (!operand || !init)
      return nullptr;
    result->elements.assign(type.getNumElements(), Number{init->at(0).real});
    SmallVector<int64_t> to = getStrides(type.getShape()), strides;
    unsigned kept = 0;
    for (int64_t dim = 0; dim < operand->type.getRank(); ++dim)
      strides.push_back(
          llvm::is_contained(reduce.getDimensions(), dim) ? 0 : to[kept++]);
    int64_t i = 0;
    forEachIndex(operand->type.getShape(), [&](ArrayRef<int64_t> index) {
      int64_t offset = 0;
      for (auto [position, stride] : llvm::zip_equal(index, strides))
        offset += position * stride;
      result->elements[offset].real += operand->at(i++).real;
    });
    for (Number &number : result->elements)
      number.real = roundToType(number.real, getFloatElement(type));
    return result;
  }
  return nullptr;
}

std::shared_ptr<ConstantEvaluator::Numbers>
ConstantEvaluator::compute(Value value, unsigned depth) {
  Operation *op = value.getDefiningOp();
  if (!op || op->getNumResults() != 1 || depth > kMaxDepth)
    return nullptr;
  auto it = known.find(value);
  if (it == known.end()) {
    std::shared_ptr<Numbers> numbers = computeOp(op, depth);
    it = known.try_emplace(value, std::move(numbers)).first;
  }
  return it->second;
}

DenseElementsAttr ConstantEvaluator::evaluate(Value value) {
  DenseElementsAttr constant;
  if (matchPattern(value, m_Constant(&constant)))
    return constant;
  std::shared_ptr<Numbers> numbers = compute(value, 0);
  if (!numbers)
    return {};
  if (FloatType type = getFloatElement(numbers->type)) {
    if (type.isF32()) {
      std::vector<float> values;
      for (Number number : numbers->elements)
        values.push_back(float(number.real));
      return DenseElementsAttr::get(numbers->type, ArrayRef<float>(values));
    }
    SmallVector<APFloat> values;
    for (Number number : numbers->elements) {
      APFloat converted(number.real);
      bool losesInfo;
      converted.convert(type.getFloatSemantics(), APFloat::rmNearestTiesToEven,
                        &losesInfo);
      values.push_back(converted);
    }
    return DenseElementsAttr::get(numbers->type, values);
  }
  unsigned width = numbers->type.getElementTypeBitWidth();
  SmallVector<APInt> values;
  for (Number number : numbers->elements)
    values.push_back(APInt(width, number.integer, /*isSigned=*/true,
                           /*implicitTrunc=*/true));
  return DenseElementsAttr::get(numbers->type, values);
}
