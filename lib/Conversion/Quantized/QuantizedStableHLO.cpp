//===- QuantizedStableHLO.cpp - Quantised ops of StableHLO ----------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// As in the section "Quantization computations" of the specification,
// https://openxla.org/stablehlo/spec. It computes contractions in floats, in an
// order that it leaves open; here their sums are exact.
//
//===----------------------------------------------------------------------===//

#include "LowerQuantized.h"
#include "Quantization.h"
#include "bitserial/Conversion/Ranges/FloatFunction.h"
#include "bitserial/Conversion/Ranges/RangeAnalysis.h"
#include "bitserial/Conversion/StableHLO/StableHLO.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Func/Transforms/FuncConversions.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/CheckedArithmetic.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace mlir::bitserial;
using namespace mlir::bitserial::stablehlo;
using llvm::formatv;

static RankedTensorType getTensor(Value value) {
  return cast<RankedTensorType>(value.getType());
}

//===----------------------------------------------------------------------===//
// What is supported
//===----------------------------------------------------------------------===//

/// The bound of a sum of products of stored integers less their zero points;
/// nullopt beyond 63 bits.
static std::optional<int64_t> getSumBound(Operation *op) {
  std::optional<int64_t> bound = llvm::checkedMul(
      getQuantization(op->getOperand(0).getType()).getMagnitude(),
      getQuantization(op->getOperand(1).getType()).getMagnitude());
  auto multiply = [&](int64_t size) {
    bound = bound ? llvm::checkedMul(*bound, size) : std::nullopt;
  };
  if (auto dot = dyn_cast<DotGeneralOp>(op)) {
    for (int64_t dim :
         dot.getDotDimensionNumbers().getLhsContractingDimensions())
      multiply(getTensor(dot.getLhs()).getDimSize(dim));
    return bound;
  }
  auto conv = cast<ConvolutionOp>(op);
  for (auto [dim, size] : llvm::enumerate(getTensor(conv.getRhs()).getShape()))
    if (int64_t(dim) != conv.getDimensionNumbers().getKernelOutputFeature())
      multiply(size);
  return bound;
}

/// The dimension of the result that a dimension of the rhs becomes; -1 if it is
/// contracted or divided.
static int getResultDim(Operation *op, int rhsDim) {
  if (auto conv = dyn_cast<ConvolutionOp>(op)) {
    ConvNumbersAttr numbers = conv.getDimensionNumbers();
    return rhsDim == numbers.getKernelOutputFeature()
               ? numbers.getOutputFeature()
               : -1;
  }
  auto dot = cast<DotGeneralOp>(op);
  DotNumbersAttr numbers = dot.getDotDimensionNumbers();
  ArrayRef<int64_t> batching = numbers.getRhsBatchingDimensions(),
                    contracting = numbers.getRhsContractingDimensions();
  if (const auto *it = llvm::find(batching, rhsDim); it != batching.end())
    return it - batching.begin();
  if (llvm::is_contained(contracting, rhsDim))
    return -1;
  int position = getTensor(dot.getLhs()).getRank() - contracting.size();
  for (int dim = 0; dim < rhsDim; ++dim)
    position += !llvm::is_contained(batching, dim) &&
                !llvm::is_contained(contracting, dim);
  return position;
}

static std::string checkContraction(Operation *op) {
  bool isQuantizedLhs = isQuantized(op->getOperand(0).getType()),
       isQuantizedRhs = isQuantized(op->getOperand(1).getType()),
       isQuantizedResult = isQuantized(op->getResult(0).getType());
  if (!isQuantizedRhs || isQuantizedLhs != isQuantizedResult)
    return "expected quantised operands and a quantised result, or floats with "
           "quantised weights and a result of floats";
  if (isQuantizedLhs &&
      getQuantization(op->getOperand(0).getType()).isPerAxis())
    return "the first operand has a scale per index of a dimension, expected "
           "one for all";
  Quantization rhs = getQuantization(op->getOperand(1).getType());
  if (isQuantizedLhs && rhs.isPerAxis() && getResultDim(op, rhs.dim) < 0)
    return formatv("the scales of the second operand run along dimension {0}, "
                   "which the result does not have",
                   rhs.dim);
  return "";
}

/// Maxima and minima of two arguments, which are those of the integers.
template <typename OpTy> static std::string checkReduction(OpTy op) {
  Block &body = op.getBody().front();
  Quantization quantization = getQuantization(op.getInputs()[0].getType());
  if (op.getInputs().size() != 1 || !llvm::hasNItems(body, 2) ||
      !isa<MaxOp, MinOp>(body.front()) ||
      !llvm::equal(body.front().getOperands(), body.getArguments()) ||
      !llvm::equal(body.front().getResults(), body.back().getOperands()) ||
      quantization.isPerAxis() || !quantization.isInvertible() ||
      body.front().getResult(0).getType() != op.getInitValues()[0].getType())
    return "quantised numbers are reduced by maximum and minimum of one type "
           "only; dequantise them for others";
  return "";
}

static std::string checkConstant(stablehlo::ConstantOp op) {
  Quantization quantization = getQuantization(op.getType());
  auto value = dyn_cast<DenseIntElementsAttr>(op.getValue());
  if (!value)
    return "the stored integers are not known";
  auto check = [&](const APInt &element) {
    int64_t number = readInteger(element, quantization.storage);
    return number >= quantization.min && number <= quantization.max;
  };
  bool areInside = value.isSplat()
                       ? check(value.getSplatValue<APInt>())
                       : llvm::all_of(value.getValues<APInt>(), check);
  if (!areInside)
    return formatv(
        "a stored integer is not among {0} to {1}, the bounds of the "
        "type",
        quantization.min, quantization.max);
  return "";
}

static bool isElementwise(Operation *op) {
  return isa<AbsOp, CeilOp, ExpOp, Expm1Op, FloorOp, LogOp, Log1pOp, LogisticOp,
             NegOp, RoundAfzOp, RoundEvenOp, RsqrtOp, SignOp, SqrtOp, TanhOp,
             AddOp, DivOp, MaxOp, MinOp, MulOp, PowOp, SubtractOp, ClampOp>(op);
}

/// Ops that give stored integers as they are.
static bool isMove(Operation *op) {
  return isa<ReshapeOp, TransposeOp, SliceOp, BroadcastInDimOp, ConcatenateOp,
             PadOp, ReverseOp, DynamicSliceOp, DynamicUpdateSliceOp, GatherOp,
             SelectOp, OptimizationBarrierOp>(op);
}

/// Why a StableHLO op with quantised types has no lowering; empty if it has.
static std::string findObstacle(Operation *op) {
  FloatType expressed;
  SmallVector<Type> types(op->getOperandTypes());
  llvm::append_range(types, op->getResultTypes());
  for (Type type : types) {
    if (!isQuantized(type))
      continue;
    FloatType other = getQuantization(type).expressed;
    if (expressed && other != expressed)
      return formatv("numbers that express {0} and {1} are in one op",
                     expressed, other);
    expressed = other;
  }
  for (Type type : types)
    if (isa<FloatType>(getElementTypeOrSelf(type)) &&
        getElementTypeOrSelf(type) != expressed)
      return formatv("floats of type {0} go with numbers that express {1}",
                     getElementTypeOrSelf(type), expressed);
  return llvm::TypeSwitch<Operation *, std::string>(op)
      .Case<DotGeneralOp, ConvolutionOp>(
          [](Operation *op) { return checkContraction(op); })
      .Case<stablehlo::ReduceOp, ReduceWindowOp>(
          [](auto reduce) { return checkReduction(reduce); })
      .Case([](stablehlo::ConstantOp constant) {
        return checkConstant(constant);
      })
      .Case([](UniformQuantizeOp quantize) -> std::string {
        Type from = getElementTypeOrSelf(quantize.getOperand());
        return isa<IntegerType>(from) ? "integers cannot be quantised" : "";
      })
      .Default([](Operation *op) -> std::string {
        if (isElementwise(op) || isMove(op) ||
            isa<UniformDequantizeOp, CompareOp, stablehlo::ReturnOp>(op))
          return "";
        return "the op is not for quantised numbers";
      });
}

//===----------------------------------------------------------------------===//
// Pieces
//===----------------------------------------------------------------------===//

namespace {
struct Emitter {
  OpBuilder &b;
  Location loc;

  Value splat(RankedTensorType type, double value) {
    auto element = cast<FloatType>(type.getElementType());
    return stablehlo::ConstantOp::create(
        b, loc, type,
        DenseElementsAttr::get(type,
                               b.getFloatAttr(element, value).getValue()));
  }
  Value splat(RankedTensorType type, int64_t value) {
    unsigned width = type.getElementTypeBitWidth();
    return stablehlo::ConstantOp::create(
        b, loc, type,
        DenseElementsAttr::get(type, APInt(width, value, /*isSigned=*/true,
                                           /*implicitTrunc=*/true)));
  }
  /// One number for all of a tensor, or one per index of `dim`.
  template <typename Number>
  Value channels(RankedTensorType type, ArrayRef<Number> values, int dim) {
    if (dim < 0 || llvm::all_equal(values))
      return splat(type, values.front());
    auto list =
        RankedTensorType::get({int64_t(values.size())}, type.getElementType());
    SmallVector<Attribute> attrs;
    for (Number value : values) {
      if constexpr (std::is_same_v<Number, double>)
        attrs.push_back(b.getFloatAttr(type.getElementType(), value));
      else
        attrs.push_back(b.getIntegerAttr(type.getElementType(),
                                         APInt(type.getElementTypeBitWidth(),
                                               value, /*isSigned=*/true,
                                               /*implicitTrunc=*/true)));
    }
    Value constant = stablehlo::ConstantOp::create(
        b, loc, list, DenseElementsAttr::get(list, attrs));
    return BroadcastInDimOp::create(b, loc, type, constant,
                                    b.getDenseI64ArrayAttr({dim}));
  }
  Value convert(Value value, Type element) {
    RankedTensorType type = getTensor(value).clone(element);
    return value.getType() == type
               ? value
               : ConvertOp::create(b, loc, type, value).getResult();
  }
  Value multiply(Value x, ArrayRef<double> factors, int dim) {
    if (llvm::all_of(factors, [](double factor) { return factor == 1; }))
      return x;
    return MulOp::create(b, loc, x.getType(), x,
                         channels(getTensor(x), factors, dim));
  }

  /// Where there are zero points, in the narrowest type of 8, 16, 32 or 64
  /// bits.
  Value subtractZeroPoints(Value stored, const Quantization &from);
  Value dequantize(Value stored, const Quantization &from);
  Value quantize(Value x, const Quantization &to);
  /// Operands, those that are quantised as floats.
  SmallVector<Value> dequantize(Operation *op, ValueRange stored);
  Value contract(Operation *op, ValueRange stored);
  Value copy(Operation *op, ValueRange operands, TypeRange results);
};
} // namespace

/// The index along `dim` of every element of a tensor, row by row.
static auto getChannelOf(const Quantization &quantization) {
  int64_t inner = 1, size = 1;
  if (quantization.isPerAxis()) {
    size = quantization.type.getDimSize(quantization.dim);
    for (int64_t dim = quantization.dim + 1; dim < quantization.type.getRank();
         ++dim)
      inner *= quantization.type.getDimSize(dim);
  }
  return [=](int64_t position) { return position / inner % size; };
}

/// Calls `visit` with the elements of a constant, less their zero points, and
/// their channels.
template <typename Visit>
static void visitConstant(DenseIntElementsAttr value, const Quantization &from,
                          Visit visit) {
  auto getChannel = getChannelOf(from);
  int64_t position = 0;
  for (const APInt &element : value.getValues<APInt>()) {
    int64_t channel = getChannel(position++);
    visit(readInteger(element, from.storage) - from.zeroPoints[channel],
          channel);
  }
}

/// The elements of a constant; null for a splat, which may be larger than any
/// memory.
static DenseIntElementsAttr getConstant(Value value) {
  auto constant = value.getDefiningOp<stablehlo::ConstantOp>();
  auto elements = constant ? dyn_cast<DenseIntElementsAttr>(constant.getValue())
                           : DenseIntElementsAttr();
  return elements && !elements.isSplat() ? elements : DenseIntElementsAttr();
}

/// The narrowest of 8, 16, 32 and 64 bits for integers of a magnitude.
static unsigned getWidth(int64_t magnitude) {
  unsigned width = 8;
  while (width < 64 && magnitude >= int64_t(1) << (width - 1))
    width *= 2;
  return width;
}

Value Emitter::subtractZeroPoints(Value stored, const Quantization &from) {
  if (!from.hasZeroPoint())
    return stored;
  if (DenseIntElementsAttr constant = getConstant(stored)) {
    std::vector<int64_t> numbers;
    numbers.reserve(constant.getNumElements());
    int64_t magnitude = 0;
    visitConstant(constant, from, [&](int64_t number, int64_t) {
      numbers.push_back(number);
      magnitude = std::max(magnitude, std::abs(number));
    });
    Type element = b.getIntegerType(getWidth(magnitude));
    auto values =
        DenseIntElementsAttr::get(from.withElement(b.getI64Type()), numbers);
    return stablehlo::ConstantOp::create(
        b, loc, from.withElement(element),
        values.mapValues(element, [&](const APInt &number) {
          return number.trunc(element.getIntOrFloatBitWidth());
        }));
  }
  // Modulo 2^width, so that what is stored needs not fit.
  RankedTensorType type =
      from.withElement(b.getIntegerType(getWidth(from.getMagnitude())));
  Value wide = convert(stored, type.getElementType());
  return SubtractOp::create(
      b, loc, type, wide, channels(type, ArrayRef(from.zeroPoints), from.dim));
}

static DenseElementsAttr dequantizeConstant(DenseIntElementsAttr constant,
                                            const Quantization &from) {
  RankedTensorType type = from.getExpressedTensor();
  // Weights have millions of elements.
  std::vector<float> singles;
  std::vector<double> doubles;
  singles.reserve(from.expressed.isF64() ? 0 : constant.getNumElements());
  visitConstant(constant, from, [&](int64_t number, int64_t channel) {
    double x = roundToType(double(number), from.expressed);
    x = roundToType(x * from.scales[channel], from.expressed);
    if (from.expressed.isF64())
      doubles.push_back(x);
    else
      singles.push_back(float(x));
  });
  if (from.expressed.isF64())
    return DenseElementsAttr::get(type, ArrayRef(doubles));
  if (from.expressed.isF32())
    return DenseElementsAttr::get(type, ArrayRef(singles));
  // Numbers of 16-bit types, which conversion keeps.
  auto exact = cast<DenseFPElementsAttr>(DenseElementsAttr::get(
      from.withElement(Float32Type::get(type.getContext())),
      ArrayRef(singles)));
  return exact.mapValues(from.expressed, [&](const APFloat &number) {
    APFloat narrow = number;
    bool losesInfo;
    narrow.convert(from.expressed.getFloatSemantics(),
                   APFloat::rmNearestTiesToEven, &losesInfo);
    return narrow.bitcastToAPInt();
  });
}

Value Emitter::dequantize(Value stored, const Quantization &from) {
  RankedTensorType type = from.getExpressedTensor();
  if (DenseIntElementsAttr constant = getConstant(stored))
    return stablehlo::ConstantOp::create(b, loc, type,
                                         dequantizeConstant(constant, from));
  Value x = convert(subtractZeroPoints(stored, from), from.expressed);
  return multiply(x, from.scales, from.dim);
}

Value Emitter::quantize(Value x, const Quantization &to) {
  RankedTensorType type = to.getExpressedTensor();
  if (llvm::any_of(to.scales, [](double scale) { return scale != 1; }))
    x = DivOp::create(b, loc, type, x,
                      channels(type, ArrayRef(to.scales), to.dim));
  if (to.hasZeroPoint()) {
    auto points = llvm::map_to_vector(
        to.zeroPoints, [](int64_t point) { return double(point); });
    x = AddOp::create(b, loc, type, x,
                      channels(type, ArrayRef<double>(points), to.dim));
  }
  auto scalar = RankedTensorType::get({}, to.expressed);
  x = ClampOp::create(b, loc, type, splat(scalar, double(to.min)), x,
                      splat(scalar, double(to.max)));
  x = RoundEvenOp::create(b, loc, type, x);
  return convert(x, to.storage);
}

SmallVector<Value> Emitter::dequantize(Operation *op, ValueRange stored) {
  SmallVector<Value> floats;
  for (auto [operand, value] : llvm::zip_equal(op->getOperands(), stored))
    floats.push_back(isQuantized(operand.getType())
                         ? dequantize(value, getQuantization(operand.getType()))
                         : value);
  return floats;
}

/// The same op on other operands, with regions on the stored integers.
Value Emitter::copy(Operation *op, ValueRange operands, TypeRange results) {
  Operation *clone = b.clone(*op);
  clone->setOperands(operands);
  for (auto [result, type] : llvm::zip_equal(clone->getResults(), results))
    result.setType(type);
  auto store = [](Value value) {
    if (isQuantized(value.getType()))
      value.setType(getQuantization(value.getType()).getStorageTensor());
  };
  for (Region &region : clone->getRegions())
    for (Block &block : region) {
      llvm::for_each(block.getArguments(), store);
      for (Operation &inner : block)
        llvm::for_each(inner.getResults(), store);
    }
  return clone->getResult(0);
}

Value Emitter::contract(Operation *op, ValueRange stored) {
  Type resultType = op->getResult(0).getType();
  std::optional<int64_t> bound;
  if (isQuantized(op->getOperand(0).getType()))
    bound = getSumBound(op);
  if (!bound) {
    // Floats, or integers whose sums no type holds.
    SmallVector<Value> floats = dequantize(op, stored);
    if (!isQuantized(resultType))
      return copy(op, floats, resultType);
    Quantization to = getQuantization(resultType);
    return quantize(copy(op, floats, to.getExpressedTensor()), to);
  }
  Quantization lhs = getQuantization(op->getOperand(0).getType()),
               rhs = getQuantization(op->getOperand(1).getType()),
               to = getQuantization(resultType);
  SmallVector<Value> integers = {subtractZeroPoints(stored[0], lhs),
                                 subtractZeroPoints(stored[1], rhs)};
  Type accumulator = b.getIntegerType(*bound < int64_t(1) << 31 ? 32 : 64);
  Value sums = copy(op, integers, to.withElement(accumulator));
  FloatType type = to.expressed.isF64() ? to.expressed : b.getF32Type();
  auto scales = llvm::map_to_vector(rhs.scales, [&](double scale) {
    return roundToType(lhs.scales.front() * scale, type);
  });
  Value x = multiply(convert(sums, type), scales,
                     rhs.isPerAxis() ? getResultDim(op, rhs.dim) : -1);
  return quantize(convert(x, to.expressed), to);
}

//===----------------------------------------------------------------------===//
// Conversion
//===----------------------------------------------------------------------===//

namespace {
struct LowerOp : ConversionPattern {
  LowerOp(const TypeConverter &converter, MLIRContext *context)
      : ConversionPattern(converter, MatchAnyOpTypeTag(), 1, context) {}

  LogicalResult matchAndRewrite(Operation *op, ArrayRef<Value> operands,
                                ConversionPatternRewriter &b) const override {
    if (!isa_and_nonnull<StableHLODialect>(op->getDialect()) ||
        op->hasTrait<OpTrait::IsTerminator>())
      return failure();
    Emitter e{b, op->getLoc()};
    SmallVector<Type> results;
    for (Type type : op->getResultTypes())
      results.push_back(getTypeConverter()->convertType(type));
    if (isa<OptimizationBarrierOp>(op)) {
      Value first = e.copy(op, operands, results);
      b.replaceOp(op, first.getDefiningOp()->getResults());
      return success();
    }
    Value result =
        llvm::TypeSwitch<Operation *, Value>(op)
            .Case<DotGeneralOp, ConvolutionOp>(
                [&](Operation *op) { return e.contract(op, operands); })
            .Case<stablehlo::ReduceOp, ReduceWindowOp>(
                [&](Operation *op) { return e.copy(op, operands, results); })
            .Case([&](stablehlo::ConstantOp constant) -> Value {
              auto type = cast<RankedTensorType>(results[0]);
              auto value = cast<DenseIntElementsAttr>(constant.getValue());
              return stablehlo::ConstantOp::create(
                  b, op->getLoc(), type,
                  cast<DenseElementsAttr>(value).bitcast(
                      type.getElementType()));
            })
            .Case([&](UniformDequantizeOp) {
              return e.dequantize(op, operands).front();
            })
            .Case([&](UniformQuantizeOp) {
              return e.quantize(e.dequantize(op, operands).front(),
                                getQuantization(op->getResult(0).getType()));
            })
            .Case([&](CompareOp) {
              return e.copy(op, e.dequantize(op, operands), results);
            })
            .Default([&](Operation *) {
              return isMove(op) || isOfIntegers(op)
                         ? e.copy(op, operands, results)
                         : lowerElementwise(e, op, operands);
            });
    b.replaceOp(op, result);
    return success();
  }

private:
  /// Whether an elementwise op does the same to integers.
  static bool isOfIntegers(Operation *op) {
    return isa<MaxOp, MinOp, ClampOp>(op) &&
           llvm::all_equal(llvm::map_range(
               llvm::concat<Value>(op->getOperands(), op->getResults()),
               [](Value value) {
                 return getElementTypeOrSelf(value.getType());
               })) &&
           getQuantization(op->getResult(0).getType()).isInvertible();
  }
  static Value lowerElementwise(Emitter &e, Operation *op,
                                ArrayRef<Value> operands) {
    Quantization to = getQuantization(op->getResult(0).getType());
    return e.quantize(e.copy(op, e.dequantize(op, operands),
                             TypeRange(to.getExpressedTensor())),
                      to);
  }
};
} // namespace

/// Limits the arguments of a function that others call to the bounds of their
/// types, of which `types` are those before conversion.
static void limitArguments(func::FuncOp func, ArrayRef<Type> types) {
  OpBuilder b = OpBuilder::atBlockBegin(&func.front());
  for (auto [argument, type] : llvm::zip_equal(func.getArguments(), types)) {
    if (!isQuantized(type) || argument.use_empty())
      continue;
    Quantization quantization = getQuantization(type);
    if (!quantization.hasBounds())
      continue;
    Emitter e{b, argument.getLoc()};
    auto scalar = RankedTensorType::get({}, quantization.storage);
    Value min = e.splat(scalar, quantization.min),
          max = e.splat(scalar, quantization.max);
    auto clamp = ClampOp::create(b, argument.getLoc(), argument.getType(), min,
                                 argument, max);
    argument.replaceAllUsesExcept(clamp, clamp);
  }
}

LogicalResult bitserial::lowerQuantizedStableHLO(ModuleOp module) {
  auto hasQuantized = [](Operation *op) {
    return llvm::any_of(op->getOperandTypes(), isQuantized) ||
           llvm::any_of(op->getResultTypes(), isQuantized);
  };
  WalkResult checked = module.walk([&](Operation *op) {
    if (!hasQuantized(op) || isa<func::CallOp, func::ReturnOp>(op))
      return WalkResult::advance();
    std::string obstacle = "the op is not of StableHLO";
    if (isa_and_nonnull<StableHLODialect>(op->getDialect()))
      obstacle = findObstacle(op);
    if (obstacle.empty())
      return WalkResult::advance();
    op->emitError() << "'" << op->getName()
                    << "' with quantised types cannot be compiled: "
                    << obstacle;
    return WalkResult::interrupt();
  });
  if (checked.wasInterrupted())
    return failure();

  SmallVector<std::pair<func::FuncOp, SmallVector<Type>>> functions;
  for (auto func : module.getOps<func::FuncOp>())
    if (func.isPublic() && !func.isExternal())
      functions.push_back({func, llvm::to_vector(func.getArgumentTypes())});

  TypeConverter converter;
  converter.addConversion([](Type type) -> Type {
    return isQuantized(type) ? getQuantization(type).getStorageTensor() : type;
  });
  MLIRContext *context = module.getContext();
  ConversionTarget target(*context);
  target.addDynamicallyLegalOp<func::FuncOp>([&](func::FuncOp op) {
    return converter.isSignatureLegal(op.getFunctionType()) &&
           converter.isLegal(&op.getBody());
  });
  target.markUnknownOpDynamicallyLegal(
      [&](Operation *op) { return converter.isLegal(op); });
  RewritePatternSet patterns(context);
  patterns.add<LowerOp>(converter, context);
  populateFunctionOpInterfaceTypeConversionPattern<func::FuncOp>(patterns,
                                                                 converter);
  populateReturnOpTypeConversionPattern(patterns, converter);
  populateCallOpTypeConversionPattern(patterns, converter);
  if (failed(applyPartialConversion(module, target, std::move(patterns))))
    return failure();
  for (auto &[func, types] : functions)
    limitArguments(func, types);
  return success();
}
