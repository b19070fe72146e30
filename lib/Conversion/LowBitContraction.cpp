//===- LowBitContraction.cpp - A model's contraction as ours --------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Conversion/LowBitContraction.h"
#include "IntegerTensors.h"
#include "bitserial/Transforms/NumberKernel.h"
#include "bitserial/Transforms/Passes.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/ReshapeOpsUtils.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/Remarks.h"
#include "mlir/IR/TypeUtilities.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MathExtras.h"
#include <cmath>

using namespace mlir;
using namespace mlir::bitserial;
using llvm::formatv;

static constexpr StringLiteral kOperandNames[] = {"activations", "weights"};

static std::string printType(Type type) {
  std::string text;
  llvm::raw_string_ostream(text) << type;
  return text;
}

//===----------------------------------------------------------------------===//
// Decision
//===----------------------------------------------------------------------===//

void LowBitContraction::setOperand(unsigned index, Value value,
                                   FailureOr<int64_t> zeroPoint) {
  Operand &operand = operands[index];
  operand.value = value;
  operand.constant = facts->constants.evaluate(value);
  if (operand.isFloat()) {
    operand.floats = operand.constant ? getConstantFloats(operand.constant)
                                      : facts->ranges.getFloats(value);
    return;
  }
  if (failed(zeroPoint))
    return; // Its values stay unknown.
  operand.zeroPoint = *zeroPoint;
  ValueSet values =
      operand.constant && isa<DenseIntElementsAttr>(operand.constant)
          ? getConstantValues(operand.constant)
          : facts->ranges.get(value);
  operand.values = values.mapMonotone([&](int64_t v) -> std::optional<int64_t> {
    int64_t result;
    if (llvm::SubOverflow(v, *zeroPoint, result))
      return std::nullopt;
    return result;
  });
}

bool LowBitContraction::hasStaticShapes() const {
  SmallVector<Type> types = {operands[0].value.getType(),
                             operands[1].value.getType(),
                             op->getResult(0).getType()};
  return llvm::all_of(types, [](Type type) {
    auto tensor = dyn_cast<RankedTensorType>(type);
    return tensor && tensor.hasStaticShape() &&
           !llvm::is_contained(tensor.getShape(), 0);
  });
}

/// Whether the product of `factors` is at most `max`.
static bool isProductAtMost(ArrayRef<int64_t> factors, int64_t max) {
  int64_t product = 1;
  for (int64_t factor : factors)
    if (llvm::MulOverflow(product, factor, product) || product > max)
      return false;
  return true;
}

int64_t LowBitContraction::countTerms() const {
  int64_t terms = 1;
  for (auto [expr, size] :
       llvm::zip_equal(shape.rhsMap.getResults(), shape.rhsShape))
    if (!shape.resultMap.isFunctionOfDim(
            cast<AffineDimExpr>(expr).getPosition()))
      terms *= size;
  return terms;
}

//===----------------------------------------------------------------------===//
// Floats
//===----------------------------------------------------------------------===//

/// A number that all of `values` are multiples of, approximately, and the
/// largest relative error; nullopt if there is none by small integers.
static std::optional<std::pair<double, double>>
findNearUnit(ArrayRef<double> values) {
  double smallest = 0, largest = 0;
  for (double value : values) {
    if (value != 0 && (smallest == 0 || std::abs(value) < smallest))
      smallest = std::abs(value);
    largest = std::max(largest, std::abs(value));
  }
  // Products with a scale are rounded to some 20 bits or more.
  constexpr double kTolerance = 0x1p-20;
  for (int divisor = 1; smallest > 0 && divisor <= 4; ++divisor) {
    double unit = smallest / divisor;
    // The largest value is relatively the nearest to a multiple.
    double multiple = std::nearbyint(largest / unit);
    if (multiple > INT16_MAX)
      return std::nullopt;
    unit = largest / multiple;
    double error = 0;
    for (double value : values)
      if (value != 0)
        error = std::max(error,
                         std::abs(std::nearbyint(value / unit) * unit - value) /
                             std::abs(value));
    if (error <= kTolerance)
      return std::make_pair(unit, error);
  }
  return std::nullopt;
}

std::string LowBitContraction::findUnits(unsigned index) {
  Operand &operand = operands[index];
  StringRef name = kOperandNames[index];
  const FloatSet &floats = operand.floats;
  if (floats.mayBeNaN() || !floats.isFinite())
    return formatv("the {0} may be NaN or infinite", name);
  if (operand.constant)
    return findUnitsOfConstant(index);
  if (floats.areIntegers() && !floats.isListed())
    return formatv("the {0} may be {1}, which takes more than 8 bits", name,
                   floats.str());
  if (!floats.isListed())
    return formatv("the {0} may be anything in {1}: no op limits them to a few "
                   "values",
                   name, floats.str());
  std::optional<double> unit = findUnit(floats.values());
  if (unit && !chooseFormat(divideByUnit(floats, *unit)))
    unit = std::nullopt;
  if (!unit && facts->options.allowReassociation)
    if (auto near = findNearUnit(floats.values())) {
      unit = near->first;
      operand.deviation = near->second;
    }
  if (!unit)
    return formatv("the {0} {1} are no exact multiples of one number by 8 bits",
                   name, floats.str());
  operand.units = {*unit};
  operand.values = divideByUnit(floats, *unit);
  return "";
}

/// Every channel of weights may have a scale of its own.
std::string LowBitContraction::findUnitsOfConstant(unsigned index) {
  Operand &operand = operands[index];
  StringRef name = kOperandNames[index];
  ArrayRef<int64_t> sizes = index == 0 ? shape.lhsShape : shape.rhsShape;
  AffineMap map = index == 0 ? shape.lhsMap : shape.rhsMap;
  SmallVector<int64_t> steps(sizes.size(), 0); // of the channel, per dimension
  int64_t numChannels = 1;
  operand.channelDims.clear();
  for (unsigned dim = sizes.size(); dim > 0; --dim) {
    auto expr = dyn_cast<AffineDimExpr>(map.getResult(dim - 1));
    if (!expr || !shape.resultMap.isFunctionOfDim(expr.getPosition()))
      continue;
    operand.channelDims.insert(operand.channelDims.begin(), dim - 1);
    steps[dim - 1] = numChannels;
    numChannels *= sizes[dim - 1];
  }

  struct Channel {
    SmallVector<double, 4> values; // that are different
    SmallVector<int64_t, 4> counts;
  };
  std::vector<Channel> channels(numChannels);
  constexpr size_t kMaxValues = 256;
  bool isFew = true;
  auto add = [&](Channel &channel, double value) {
    auto *it = llvm::find(channel.values, value);
    size_t i = it - channel.values.begin();
    if (it == channel.values.end()) {
      isFew = channel.values.size() < kMaxValues;
      channel.values.push_back(value);
      channel.counts.push_back(0);
    }
    ++channel.counts[i];
  };
  auto constant = cast<DenseFPElementsAttr>(operand.constant);
  int64_t numElements = constant.getNumElements();
  if (constant.isSplat()) {
    APFloat number = constant.getSplatValue<APFloat>();
    bool losesInfo;
    number.convert(APFloat::IEEEdouble(), APFloat::rmNearestTiesToEven,
                   &losesInfo);
    for (Channel &channel : channels) {
      channel.values = {number.convertToDouble()};
      channel.counts = {numElements / numChannels};
    }
  } else {
    SmallVector<int64_t> position(sizes.size(), 0);
    int64_t channel = 0;
    auto visit = [&](double value) {
      add(channels[channel], value);
      for (size_t dim = sizes.size(); dim > 0; --dim) {
        channel += steps[dim - 1];
        if (++position[dim - 1] < sizes[dim - 1])
          break;
        channel -= steps[dim - 1] * sizes[dim - 1];
        position[dim - 1] = 0;
      }
      return isFew;
    };
    if (constant.getElementType().isF32())
      (void)llvm::all_of(constant.getValues<float>(), visit);
    else
      (void)llvm::all_of(constant.getValues<APFloat>(), [&](APFloat number) {
        bool losesInfo;
        number.convert(APFloat::IEEEdouble(), APFloat::rmNearestTiesToEven,
                       &losesInfo);
        return visit(number.convertToDouble());
      });
  }
  if (!isFew)
    return formatv("the {0} have more than {1} different values in a channel",
                   name, kMaxValues);

  operand.units.clear();
  operand.norms.clear();
  SmallVector<int64_t> integers;
  for (Channel &channel : channels) {
    std::optional<double> unit = findUnit(channel.values);
    if (unit && llvm::any_of(channel.values, [&](double value) {
          return std::abs(value / *unit) > UINT8_MAX;
        }))
      unit = std::nullopt;
    if (!unit && facts->options.allowReassociation)
      if (auto near = findNearUnit(channel.values)) {
        unit = near->first;
        operand.deviation = std::max(operand.deviation, near->second);
      }
    if (!unit)
      return formatv("the {0} of a channel, {1}, are no exact multiples of one "
                     "number by 8 bits",
                     name, FloatSet::of(channel.values).str());
    double norm = 0;
    for (auto [value, count] :
         llvm::zip_equal(channel.values, channel.counts)) {
      int64_t multiple = std::llround(value / *unit);
      norm += double(std::abs(multiple)) * double(count);
      if (!llvm::is_contained(integers, multiple))
        integers.push_back(multiple);
    }
    operand.units.push_back(*unit);
    operand.norms.push_back(norm);
  }
  operand.values = ValueSet::of(integers);
  if (llvm::all_equal(operand.units)) {
    operand.units.truncate(1);
    operand.norms = {*llvm::max_element(operand.norms)};
    operand.channelDims.clear();
  }
  return "";
}

std::string LowBitContraction::checkExactness() {
  FloatType type = getFloatElement(op->getResult(0).getType());
  auto getMagnitude = [](const ValueSet &set) {
    return double(std::max(std::abs(set.min()), std::abs(set.max())));
  };
  double terms = double(countTerms());
  double largest[] = {getMagnitude(operands[0].values),
                      getMagnitude(operands[1].values)};
  unsigned precision =
      llvm::APFloat::semanticsPrecision(type.getFloatSemantics());
  double limit = std::ldexp(1.0, precision);
  double minNormal = std::ldexp(
      1.0, llvm::APFloat::semanticsMinExponent(type.getFloatSemantics()));
  double maxSum = 0, maxMagnitude = 0;
  bool isExact = operands[0].deviation == 0 && operands[1].deviation == 0;
  bool isRepresentable = true;
  for (auto [i, lhsUnit] : llvm::enumerate(operands[0].units))
    for (auto [j, rhsUnit] : llvm::enumerate(operands[1].units)) {
      // The sum of magnitudes, in units: of all terms, or as the weights are.
      double sum = terms * largest[0] * largest[1];
      if (!operands[0].norms.empty())
        sum = std::min(sum, operands[0].norms[i] * largest[1]);
      if (!operands[1].norms.empty())
        sum = std::min(sum, operands[1].norms[j] * largest[0]);
      double unit = lhsUnit * rhsUnit;
      maxSum = std::max(maxSum, sum * std::abs(getOddPart(lhsUnit)) *
                                    std::abs(getOddPart(rhsUnit)));
      maxMagnitude = std::max(maxMagnitude, sum * unit);
      // The unit's own last bit, and all sums, are normal numbers.
      double lastBit =
          unit / std::abs(getOddPart(lhsUnit)) / std::abs(getOddPart(rhsUnit));
      isRepresentable &= lastBit >= minNormal && unit >= minNormal &&
                         std::isfinite(roundToType(sum * unit, type));
    }
  if (!isRepresentable)
    return formatv("the scales make sums too small or too large for {0}", type);
  if (isExact && maxSum <= limit)
    return "";
  // What is not a multiple is found only if the user allows for it.
  assert((isExact || facts->options.allowReassociation) && "no exact units");
  if (!facts->options.allowReassociation)
    return formatv(
        "sums may have {0} units of the scales' last bits, more than "
        "the 2^{1} that {2} has exactly; --allow-reassociation "
        "converts it with a bound on the error",
        printNumber(maxSum), precision, type);
  // The model rounds each product and sum, in some order; here are rounded: the
  // sum as a float, the scale, their product. N. J. Higham, "Accuracy and
  // Stability of Numerical Algorithms", 2nd ed., section 3.1.
  double rounding = std::ldexp(1.0, -int(precision));
  double model = (terms + 1) * rounding;
  if (model >= 0.5)
    return formatv("{0} terms are too many for an error bound in {1}",
                   countTerms(), type);
  model /= 1 - model;
  double own = (1 + operands[0].deviation) * (1 + operands[1].deviation) *
                   std::pow(1 + rounding, 4) -
               1;
  errorBound = maxMagnitude * (model + own) * (1 + 0x1p-20);
  return "";
}

//===----------------------------------------------------------------------===//
// All contractions
//===----------------------------------------------------------------------===//

/// Whether the contraction can be one of whole numbers in words, several of
/// which follow each other along a reduction (see docs/layouts.md), and
/// instructions that multiply bytes have enough of them to be worth it. Where
/// the target has to widen numbers in memory it is not.
static bool suitsWholeNumbers(Operation *op, const ContractionShape &shape,
                              const NumberFormat &lhs,
                              const NumberFormat &rhs) {
  auto module = op->getParentOfType<ModuleOp>();
  if (module->hasAttr(kTargetAttrName)) {
    FailureOr<Target> target = getTarget(op);
    if (failed(target) ||
        chooseNumberTypes(op->getContext(), lhs, rhs, *target).lhs.getWidth() !=
            8)
      return false;
  }

  constexpr int64_t kFewestInWord = 3, kFewestOutputs = 4;
  bool hasReduction = false, hasOutputs = false;
  for (auto [pos, expr] : llvm::enumerate(shape.rhsMap.getResults())) {
    auto dim = dyn_cast<AffineDimExpr>(expr);
    if (!dim)
      continue;
    int64_t size = shape.rhsShape[pos];
    if (!shape.resultMap.isFunctionOfDim(dim.getPosition())) {
      std::optional<unsigned> inLhs = shape.lhsMap.getResultPosition(dim);
      hasReduction |= inLhs && size >= kFewestInWord &&
                      (shape.padLow.empty() || (shape.padLow[*inLhs] == 0 &&
                                                shape.padHigh[*inLhs] == 0));
    } else if (!shape.lhsMap.isFunctionOfDim(dim.getPosition())) {
      hasOutputs |= size >= kFewestOutputs;
    }
  }
  return hasReduction && hasOutputs;
}

std::string LowBitContraction::describePlaneProducts() const {
  unsigned lhsBits = operands[0].format->getWidth(),
           rhsBits = operands[1].format->getWidth();
  return formatv("{0} x {1} bits are {2} products of bit planes, more than "
                 "the {3} that are worth it",
                 lhsBits, rhsBits, lhsBits * rhsBits,
                 facts->options.maxPlaneProducts);
}

std::string LowBitContraction::findObstacle() {
  unsigned maxPlaneProducts = facts->options.maxPlaneProducts;
  bool isFloat = operands[0].isFloat();
  Type resultElement = getElementTypeOrSelf(op->getResult(0).getType());
  for (auto [operand, name] : llvm::zip_equal(operands, kOperandNames)) {
    Type element = getElementTypeOrSelf(operand.value.getType());
    if (operand.isFloat() ? !isFloat : !isa<IntegerType>(element) || isFloat)
      return formatv("the {0} are neither integers nor floats as the others, "
                     "but {1}",
                     name, element);
  }
  auto resultType = dyn_cast<IntegerType>(resultElement);
  if (isFloat ? !getFloatElement(resultElement)
              : !resultType || resultType.getWidth() < 32)
    return formatv("the sums are of type {0}, not of 32 or more bits",
                   resultElement);
  if (!hasStaticShapes())
    return "the shapes are not static";
  // The limits of bitserial.contract.
  constexpr int64_t kMaxElements = int64_t(1) << 40, kMaxPad = int64_t(1) << 30;
  for (ArrayRef<int64_t> sizes :
       {ArrayRef(shape.lhsShape), ArrayRef(shape.rhsShape),
        ArrayRef(shape.resultShape)})
    if (!isProductAtMost(sizes, kMaxElements))
      return "a tensor has more than 2^40 elements";
  for (int64_t pad : llvm::concat<int64_t>(shape.padLow, shape.padHigh))
    if (pad < 0 || pad > kMaxPad)
      return formatv("padding of {0} is outside 0 to 2^30", pad);
  // Strides and dilations are the coefficients.
  bool isInRange = true;
  for (AffineExpr expr : shape.lhsMap.getResults())
    expr.walk([&](AffineExpr inner) {
      if (auto factor = dyn_cast<AffineConstantExpr>(inner))
        isInRange &= factor.getValue() >= 1 && factor.getValue() <= kMaxPad;
    });
  if (!isInRange)
    return "a stride or dilation is outside 1 to 2^30";

  for (auto [index, operand] : llvm::enumerate(operands)) {
    StringRef name = kOperandNames[index];
    if (isFloat)
      if (std::string problem = findUnits(index); !problem.empty())
        return problem;
    operand.format = chooseFormat(operand.values);
    if (operand.format) {
      if (operand.units.size() == 1)
        operand.format->unit = operand.units.front();
      continue;
    }
    if (operand.values.isUnknown())
      return formatv("the values or the zero point of the {0} are not known",
                     name);
    return formatv("the {0} may be {1}, which takes more than 8 bits", name,
                   operand.values.str());
  }
  unsigned lhsBits = operands[0].format->getWidth(),
           rhsBits = operands[1].format->getWidth();
  if (lhsBits * rhsBits > maxPlaneProducts) {
    isWholeNumbers =
        !isFloat && suitsWholeNumbers(op, shape, operands[0].format->format,
                                      operands[1].format->format);
    if (!isWholeNumbers)
      return describePlaneProducts();
  }

  const NumberFormat &lhs = operands[0].format->format,
                     &rhs = operands[1].format->format;
  int64_t terms = countTerms();
  for (int64_t a : {lhs.getMin(), lhs.getMax()})
    for (int64_t w : {rhs.getMin(), rhs.getMax()}) {
      int64_t sum;
      if (llvm::MulOverflow(a * w, terms, sum) || !llvm::isInt<32>(sum))
        return formatv("{0} products of up to {1} may exceed 32 bits", terms,
                       a * w);
    }
  return isFloat ? checkExactness() : "";
}

void LowBitContraction::decide() {
  reason = findObstacle();
  // Formats are reported even where they are not used.
  for (Operand &operand : operands)
    if (!operand.format)
      operand.format = operand.isFloat() ? chooseFormat(operand.floats)
                                         : chooseFormat(operand.values);
}

LayerReport LowBitContraction::getReport() const {
  LayerReport report;
  if (auto function = op->getParentOfType<FunctionOpInterface>())
    report.function = function.getName().str();
  if (auto place = op->getLoc()->findInstanceOf<FileLineColLoc>())
    report.location = formatv("{0}:{1}:{2}", place.getFilename().getValue(),
                              place.getLine(), place.getColumn());
  report.op = op->getName().getStringRef().str();
  if (auto type = dyn_cast<RankedTensorType>(op->getResult(0).getType()))
    report.shape.assign(type.getShape().begin(), type.getShape().end());
  if (shape.resultMap)
    report.terms = countTerms();
  OperandReport *reports[] = {&report.activations, &report.weights};
  for (auto [operand, into] : llvm::zip_equal(operands, reports)) {
    into->type = printType(getElementTypeOrSelf(operand.value.getType()));
    if (operand.isFloat())
      into->values = operand.floats.str();
    else if (!operand.values.isUnknown())
      into->values = operand.values.str();
    if (operand.format) {
      into->format = operand.format->describe();
      if (operand.units.size() > 1)
        into->format += ", a scale per channel";
      into->bits = operand.format->getWidth();
    }
    into->isConstant = bool(operand.constant);
  }
  report.errorBound = errorBound;
  report.isLowBit = reason.empty() && !isWholeNumbers;
  report.isWholeNumbers = reason.empty() && isWholeNumbers;
  report.reason = report.isWholeNumbers ? describePlaneProducts() : reason;
  return report;
}

//===----------------------------------------------------------------------===//
// Emission
//===----------------------------------------------------------------------===//

Value bitserial::createReshape(OpBuilder &b, Location loc, Value value,
                               ArrayRef<int64_t> shape) {
  auto type = cast<RankedTensorType>(value.getType());
  if (type.getShape() == shape)
    return value;
  auto result = RankedTensorType::get(shape, type.getElementType());
  if (auto groups = getReassociationIndicesForReshape(type, result)) {
    if (result.getRank() < type.getRank())
      return tensor::CollapseShapeOp::create(b, loc, result, value, *groups);
    return tensor::ExpandShapeOp::create(b, loc, result, value, *groups);
  }
  if (type.getRank() == 0)
    return tensor::ExpandShapeOp::create(b, loc, result, value,
                                         ArrayRef<ReassociationIndices>());
  if (shape.empty())
    return tensor::CollapseShapeOp::create(b, loc, result, value,
                                           ArrayRef<ReassociationIndices>());
  // Through one dimension.
  auto flat =
      RankedTensorType::get({type.getNumElements()}, type.getElementType());
  ReassociationIndices from = llvm::to_vector<2>(
                           llvm::seq<int64_t>(type.getRank())),
                       to = llvm::to_vector<2>(
                           llvm::seq<int64_t>(result.getRank()));
  Value collapsed = tensor::CollapseShapeOp::create(
      b, loc, flat, value, ArrayRef<ReassociationIndices>{from});
  return tensor::ExpandShapeOp::create(b, loc, result, collapsed,
                                       ArrayRef<ReassociationIndices>{to});
}

static Value createSplat(OpBuilder &b, Location loc, RankedTensorType type,
                         int64_t value) {
  auto element = cast<IntegerType>(type.getElementType());
  return arith::ConstantOp::create(
      b, loc,
      DenseElementsAttr::get(type, APInt(element.getWidth(), value,
                                         /*isSigned=*/true,
                                         /*implicitTrunc=*/true)));
}

/// Integers as numbers of `format`, less its scale.
static Value createLowBitConstant(OpBuilder &b, Location loc,
                                  DenseIntElementsAttr elements,
                                  int64_t zeroPoint, const LowBitFormat &format,
                                  RankedTensorType type) {
  Type sourceType = elements.getElementType();
  RankedTensorType stored = getStoredType(type);
  unsigned width = stored.getElementTypeBitWidth();
  auto convert = [&](const APInt &element) {
    int64_t value =
        (readInteger(element, sourceType) - zeroPoint) / format.scale;
    return APInt(width, value, /*isSigned=*/true, /*implicitTrunc=*/true);
  };
  DenseElementsAttr values;
  if (sourceType.getIntOrFloatBitWidth() == 8 && width == 8 &&
      !elements.isSplat()) {
    // Weights have millions of elements.
    char table[256];
    for (unsigned byte = 0; byte < 256; ++byte)
      table[byte] = char(convert(APInt(8, byte)).getZExtValue());
    std::vector<char> bytes(elements.getRawData());
    for (char &byte : bytes)
      byte = table[uint8_t(byte)];
    values = DenseElementsAttr::getFromRawBuffer(
        elements.getType().clone(stored.getElementType()), bytes);
  } else {
    values = elements.mapValues(stored.getElementType(), convert);
  }
  return bitserial::ConstantOp::create(
      b, loc, type, cast<DenseIntElementsAttr>(values.reshape(stored)));
}

/// The multiples of the channels' units that floats are.
static DenseIntElementsAttr
divideByUnits(const LowBitContraction::Operand &operand,
              ArrayRef<int64_t> sizes) {
  auto elements = cast<DenseFPElementsAttr>(operand.constant);
  auto toDouble = [](APFloat number) {
    bool losesInfo;
    number.convert(APFloat::IEEEdouble(), APFloat::rmNearestTiesToEven,
                   &losesInfo);
    return number.convertToDouble();
  };
  auto type =
      RankedTensorType::get(sizes, IntegerType::get(elements.getContext(), 16));
  if (elements.isSplat() && operand.units.size() == 1)
    return DenseIntElementsAttr::get(
        type, int16_t(std::llround(toDouble(elements.getSplatValue<APFloat>()) /
                                   operand.units.front())));
  SmallVector<int64_t> steps(sizes.size(), 0);
  int64_t numChannels = 1;
  for (unsigned dim : llvm::reverse(operand.channelDims)) {
    steps[dim] = numChannels;
    numChannels *= sizes[dim];
  }
  std::vector<int16_t> integers;
  integers.reserve(elements.getNumElements());
  SmallVector<int64_t> position(sizes.size(), 0);
  int64_t channel = 0;
  auto visit = [&](double value) {
    integers.push_back(int16_t(std::llround(value / operand.units[channel])));
    for (size_t dim = sizes.size(); dim > 0; --dim) {
      channel += steps[dim - 1];
      if (++position[dim - 1] < sizes[dim - 1])
        break;
      channel -= steps[dim - 1] * sizes[dim - 1];
      position[dim - 1] = 0;
    }
  };
  if (elements.getElementType().isF32())
    llvm::for_each(elements.getValues<float>(), visit);
  else
    llvm::for_each(elements.getValues<APFloat>(),
                   [&](const APFloat &number) { visit(toDouble(number)); });
  return DenseIntElementsAttr::get(type, ArrayRef<int16_t>(integers));
}

Value LowBitContraction::emitOperand(OpBuilder &b, IntegerTensors &integers,
                                     unsigned index) const {
  const Operand &operand = operands[index];
  const LowBitFormat &lowBit = *operand.format;
  Location loc = op->getLoc();
  ArrayRef<int64_t> sizes = index == 0 ? shape.lhsShape : shape.rhsShape;
  auto resultType =
      RankedTensorType::get(sizes, lowBit.getType(b.getContext()));
  if (operand.constant)
    return createLowBitConstant(
        b, loc,
        operand.isFloat() ? divideByUnits(operand, sizes)
                          : cast<DenseIntElementsAttr>(operand.constant),
        operand.zeroPoint, lowBit, resultType);

  // The zero point is subtracted modulo 2^width: what encode reads is right as
  // soon as it fits. A division needs the number itself.
  Value value = operand.value;
  if (operand.isFloat())
    value = integers.get(value, operand.units.front(), operand.deviation);
  auto type = cast<RankedTensorType>(value.getType());
  auto element = cast<IntegerType>(type.getElementType());
  if (!element.isSignless()) { // Upstream's ops take no others.
    type = RankedTensorType::get(type.getShape(),
                                 b.getIntegerType(element.getWidth()));
    value =
        UnrealizedConversionCastOp::create(b, loc, type, value).getResult(0);
  }
  unsigned width = lowBit.format.getValueBits();
  if (lowBit.scale != 1)
    width = operand.values.isWithin(INT16_MIN, INT16_MAX) ? 16 : 64;
  if (element.getWidth() < width) {
    type = RankedTensorType::get(type.getShape(), b.getIntegerType(width));
    // The analysis reads booleans as 0 and 1.
    value = element.getWidth() == 1 || element.isUnsigned()
                ? arith::ExtUIOp::create(b, loc, type, value).getResult()
                : arith::ExtSIOp::create(b, loc, type, value).getResult();
  }
  if (operand.zeroPoint != 0)
    value = arith::SubIOp::create(b, loc, value,
                                  createSplat(b, loc, type, operand.zeroPoint));
  if (lowBit.scale != 1)
    value = arith::DivSIOp::create(b, loc, value,
                                   createSplat(b, loc, type, lowBit.scale));
  return EncodeOp::create(b, loc, resultType,
                          createReshape(b, loc, value, sizes));
}

/// `numbers`, which run along the dimensions `dims` of `shape`, for all of it.
static Value createBroadcast(OpBuilder &b, Location loc, Value numbers,
                             ArrayRef<int64_t> shape, ArrayRef<int64_t> dims) {
  SmallVector<int64_t> others;
  for (int64_t dim = 0, rank = shape.size(); dim < rank; ++dim)
    if (!llvm::is_contained(dims, dim))
      others.push_back(dim);
  if (others.empty())
    return numbers;
  Value empty = tensor::EmptyOp::create(
      b, loc, shape,
      cast<RankedTensorType>(numbers.getType()).getElementType());
  return linalg::BroadcastOp::create(b, loc, numbers, empty, others)
      ->getResult(0);
}

/// Sums of multiples as the floats that they stand for.
Value LowBitContraction::emitScale(OpBuilder &b, Value sums) const {
  Location loc = op->getLoc();
  FloatType element = getFloatElement(op->getResult(0).getType());
  ArrayRef<int64_t> sizes = shape.resultShape;
  auto type = RankedTensorType::get(sizes, element);
  Value result = arith::SIToFPOp::create(b, loc, type, sums);

  // Where in the result each operand's channels are.
  SmallVector<int64_t> dims;
  SmallVector<SmallVector<int64_t>> steps;
  for (unsigned index : {0, 1}) {
    const Operand &operand = operands[index];
    AffineMap map = index == 0 ? shape.lhsMap : shape.rhsMap;
    ArrayRef<int64_t> operandSizes =
        index == 0 ? shape.lhsShape : shape.rhsShape;
    steps.emplace_back(sizes.size(), 0);
    int64_t step = 1;
    if (operand.units.size() > 1)
      for (unsigned dim : llvm::reverse(operand.channelDims)) {
        unsigned loop = cast<AffineDimExpr>(map.getResult(dim)).getPosition();
        int64_t position = *shape.resultMap.getResultPosition(
            getAffineDimExpr(loop, b.getContext()));
        steps.back()[position] = step;
        step *= operandSizes[dim];
        if (!llvm::is_contained(dims, position))
          dims.push_back(position);
      }
  }
  llvm::sort(dims);
  SmallVector<int64_t> channelSizes =
      llvm::map_to_vector(dims, [&](int64_t dim) { return sizes[dim]; });
  SmallVector<APFloat> scales;
  SmallVector<int64_t> position(dims.size(), 0);
  for (int64_t i = 0, e = ShapedType::getNumElements(channelSizes); i < e;
       ++i) {
    int64_t offsets[2] = {0, 0};
    for (unsigned index : {0, 1})
      for (auto [dim, p] : llvm::zip_equal(dims, position))
        offsets[index] += p * steps[index][dim];
    double scale =
        operands[0].units[offsets[0]] * operands[1].units[offsets[1]] *
        double(operands[0].format->scale) * double(operands[1].format->scale);
    scales.push_back(
        FloatAttr::get(element, roundToType(scale, element)).getValue());
    for (size_t dim = dims.size(); dim > 0; --dim) {
      if (++position[dim - 1] < channelSizes[dim - 1])
        break;
      position[dim - 1] = 0;
    }
  }
  Value factors;
  if (dims.empty()) {
    if (scales.front().isExactlyValue(1.0))
      return result;
    factors = arith::ConstantOp::create(
        b, loc, DenseElementsAttr::get(type, scales.front()));
  } else {
    auto channels = RankedTensorType::get(channelSizes, element);
    factors =
        createBroadcast(b, loc,
                        arith::ConstantOp::create(
                            b, loc, DenseElementsAttr::get(channels, scales)),
                        sizes, dims);
  }
  return arith::MulFOp::create(b, loc, result, factors);
}

Value LowBitContraction::emitBias(OpBuilder &b, Value sums) const {
  Location loc = op->getLoc();
  auto type = cast<RankedTensorType>(sums.getType());
  bool isFloat = isa<FloatType>(type.getElementType());
  auto add = [&](Value biases) -> Value {
    if (isFloat)
      return arith::AddFOp::create(b, loc, sums, biases);
    return arith::AddIOp::create(b, loc, sums, biases);
  };
  DenseElementsAttr constant;
  if (matchPattern(bias, m_Constant(&constant)) && constant.isSplat()) {
    if (isFloat) {
      APFloat value = constant.getSplatValue<APFloat>();
      if (value.isZero())
        return sums;
      return add(arith::ConstantOp::create(
          b, loc, DenseElementsAttr::get(type, value)));
    }
    APInt value = constant.getSplatValue<APInt>();
    if (value.isZero())
      return sums;
    return add(arith::ConstantOp::create(
        b, loc,
        DenseElementsAttr::get(
            type, value.sextOrTrunc(type.getElementTypeBitWidth()))));
  }
  // One number for all, or one per channel.
  auto biasType = cast<RankedTensorType>(bias.getType());
  int64_t rank = biasType.getNumElements() == 1 ? 0 : shape.biasRank;
  Value channels = createReshape(b, loc, bias, type.getShape().take_back(rank));
  SmallVector<int64_t> dims = llvm::to_vector(
      llvm::seq<int64_t>(type.getRank() - rank, type.getRank()));
  return add(createBroadcast(b, loc, channels, type.getShape(), dims));
}

Value LowBitContraction::emit(OpBuilder &b, IntegerTensors &integers) const {
  assert(reason.empty() && "this is no low-bit contraction");
  Location loc = op->getLoc();
  Value lhs = emitOperand(b, integers, 0), rhs = emitOperand(b, integers, 1);
  AffineMap maps[] = {shape.lhsMap, shape.rhsMap, shape.resultMap};
  DenseI64ArrayAttr padLow, padHigh;
  auto isZero = [](int64_t pad) { return pad == 0; };
  if (!llvm::all_of(shape.padLow, isZero) ||
      !llvm::all_of(shape.padHigh, isZero)) {
    padLow = b.getDenseI64ArrayAttr(shape.padLow);
    padHigh = b.getDenseI64ArrayAttr(shape.padHigh);
  }
  auto type = RankedTensorType::get(shape.resultShape, b.getI32Type());
  Value result = ContractOp::create(
      b, loc, type, lhs, rhs, b.getAffineMapArrayAttr(maps), padLow, padHigh);

  auto modelType = cast<RankedTensorType>(op->getResult(0).getType());
  if (operands[0].isFloat()) {
    result = emitScale(b, result);
  } else {
    // Sums of 48 bits fit 32, but factor and bias may take them beyond. Where
    // the model's are of 32 bits, both are modulo 2^32.
    if (modelType.getElementTypeBitWidth() > 32) {
      type =
          RankedTensorType::get(shape.resultShape, modelType.getElementType());
      result = arith::ExtSIOp::create(b, loc, type, result);
    }
    int64_t scale = int64_t(uint64_t(operands[0].format->scale) *
                            uint64_t(operands[1].format->scale));
    if (scale != 1)
      result = arith::MulIOp::create(b, loc, result,
                                     createSplat(b, loc, type, scale));
  }
  if (bias)
    result = emitBias(b, result);
  return createReshape(b, loc, result, modelType.getShape());
}

//===----------------------------------------------------------------------===//
// Conversion of a module
//===----------------------------------------------------------------------===//

LogicalResult bitserial::convertContractions(ModuleOp module,
                                             ContractionFinder find,
                                             const ImportOptions &options,
                                             ImportReport *report,
                                             StringRef reportFile) {
  // All are found and emitted before one is replaced: the analysis is of the
  // module as it is, and an operand may be another contraction's result. What
  // is replaced is erased in the end, so that nothing new has the address of a
  // value that the analysis knows.
  SmallVector<LowBitContraction, 0> contractions;
  FailureOr<RangeAnalysis> ranges =
      RangeAnalysis::create(module, options.maxInput);
  if (failed(ranges))
    return module.emitError("the range analysis failed");
  ConstantEvaluator constants(options.allowReassociation);
  ModelFacts facts{*ranges, constants, options};
  module.walk([&](Operation *op) {
    if (auto found = find(op, facts))
      contractions.push_back(std::move(*found));
  });
  ImportReport found;
  IntegerTensors integers(*ranges);
  SmallVector<std::pair<Operation *, Value>> replacements;
  OpBuilder b(module.getContext());
  for (LowBitContraction &contraction : contractions) {
    LayerReport layer = contraction.getReport();
    remark::analysis(contraction.op->getLoc(),
                     remark::RemarkOpts::name("import").category("bitserial"))
        << layer.summary();
    found.layers.push_back(std::move(layer));
    if (!contraction.reason.empty())
      continue;
    if (contraction.operands[0].isFloat())
      found.maxInput = options.maxInput;
    b.setInsertionPoint(contraction.op);
    replacements.push_back({contraction.op, contraction.emit(b, integers)});
  }
  for (auto [op, value] : replacements)
    op->getResult(0).replaceAllUsesWith(value);
  for (auto [op, value] : replacements)
    op->erase();
  if (report) {
    llvm::append_range(report->layers, found.layers);
    report->maxInput = std::max(report->maxInput, found.maxInput);
  }
  if (!reportFile.empty())
    if (llvm::Error problem = found.write(reportFile))
      return emitError(UnknownLoc::get(module.getContext()))
             << llvm::toString(std::move(problem));
  return success();
}
