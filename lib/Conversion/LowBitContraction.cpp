//===- LowBitContraction.cpp - A model's contraction as ours --------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Conversion/LowBitContraction.h"
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
  (void)matchPattern(value, m_Constant(&operand.constant));
  if (failed(zeroPoint))
    return; // Its values stay unknown.
  operand.zeroPoint = *zeroPoint;
  operand.values =
      ranges->get(value).mapMonotone([&](int64_t v) -> std::optional<int64_t> {
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

std::string LowBitContraction::findObstacle(unsigned maxPlaneProducts) {
  for (auto [operand, name] : llvm::zip_equal(operands, kOperandNames))
    if (!isa<IntegerType>(getElementTypeOrSelf(operand.value.getType())))
      return formatv("the {0} are no integers, but {1}", name,
                     getElementTypeOrSelf(operand.value.getType()));
  auto resultType =
      dyn_cast<IntegerType>(getElementTypeOrSelf(op->getResult(0).getType()));
  if (!resultType || resultType.getWidth() < 32)
    return formatv("the sums are of type {0}, not of 32 or more bits",
                   getElementTypeOrSelf(op->getResult(0).getType()));
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

  for (auto [operand, name] : llvm::zip_equal(operands, kOperandNames)) {
    operand.format = chooseFormat(operand.values);
    if (operand.format)
      continue;
    if (operand.values.isUnknown())
      return formatv("the values or the zero point of the {0} are not known",
                     name);
    return formatv("the {0} may be {1}, which takes more than 8 bits", name,
                   operand.values.str());
  }
  unsigned lhsBits = operands[0].format->getWidth(),
           rhsBits = operands[1].format->getWidth();
  if (lhsBits * rhsBits > maxPlaneProducts)
    return formatv("{0} x {1} bits are {2} products of bit planes, more than "
                   "the {3} that are worth it",
                   lhsBits, rhsBits, lhsBits * rhsBits, maxPlaneProducts);

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
  return "";
}

void LowBitContraction::decide(unsigned maxPlaneProducts) {
  reason = findObstacle(maxPlaneProducts);
  // Formats are reported even where they are not used.
  for (Operand &operand : operands)
    if (!operand.format)
      operand.format = chooseFormat(operand.values);
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
    if (!operand.values.isUnknown())
      into->values = operand.values.str();
    if (operand.format) {
      into->format = operand.format->describe();
      into->bits = operand.format->getWidth();
    }
    into->isConstant = matchPattern(operand.value, m_Constant());
  }
  report.isLowBit = reason.empty();
  report.reason = reason;
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

/// The constant `(elements - zeroPoint) / scale` as numbers of `format`.
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
  DenseElementsAttr values =
      elements.mapValues(stored.getElementType(), convert);
  return bitserial::ConstantOp::create(
      b, loc, type, cast<DenseIntElementsAttr>(values.reshape(stored)));
}

Value LowBitContraction::emitOperand(OpBuilder &b, unsigned index) const {
  const Operand &operand = operands[index];
  const LowBitFormat &lowBit = *operand.format;
  Location loc = op->getLoc();
  auto type = cast<RankedTensorType>(operand.value.getType());
  ArrayRef<int64_t> sizes = index == 0 ? shape.lhsShape : shape.rhsShape;
  auto resultType =
      RankedTensorType::get(sizes, lowBit.getType(b.getContext()));
  if (operand.constant)
    return createLowBitConstant(b, loc, operand.constant, operand.zeroPoint,
                                lowBit, resultType);

  // The zero point is subtracted modulo 2^width: what encode reads is right as
  // soon as it fits. A division needs the number itself.
  auto element = cast<IntegerType>(type.getElementType());
  Value value = operand.value;
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

Value LowBitContraction::emitBias(OpBuilder &b, Value sums) const {
  Location loc = op->getLoc();
  auto type = cast<RankedTensorType>(sums.getType());
  DenseIntElementsAttr constant;
  if (matchPattern(bias, m_Constant(&constant)) && constant.isSplat()) {
    APInt value = constant.getSplatValue<APInt>();
    if (value.isZero())
      return sums;
    Value splat = arith::ConstantOp::create(
        b, loc,
        DenseElementsAttr::get(
            type, value.sextOrTrunc(type.getElementTypeBitWidth())));
    return arith::AddIOp::create(b, loc, sums, splat);
  }
  // One number for all, or one per channel.
  auto biasType = cast<RankedTensorType>(bias.getType());
  unsigned rank = biasType.getNumElements() == 1 ? 0 : shape.biasRank;
  Value channels = createReshape(b, loc, bias, type.getShape().take_back(rank));
  Value empty =
      tensor::EmptyOp::create(b, loc, type.getShape(), type.getElementType());
  SmallVector<int64_t> others =
      llvm::to_vector(llvm::seq<int64_t>(type.getRank() - rank));
  Value spread = linalg::BroadcastOp::create(b, loc, channels, empty, others)
                     ->getResult(0);
  return arith::AddIOp::create(b, loc, sums, spread);
}

Value LowBitContraction::emit(OpBuilder &b) const {
  assert(reason.empty() && "this is no low-bit contraction");
  Location loc = op->getLoc();
  Value lhs = emitOperand(b, 0), rhs = emitOperand(b, 1);
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

  // Sums of 48 bits fit 32, but factor and bias may take them beyond. Where the
  // model's are of 32 bits, both are modulo 2^32.
  auto modelType = cast<RankedTensorType>(op->getResult(0).getType());
  if (modelType.getElementTypeBitWidth() > 32) {
    type = RankedTensorType::get(shape.resultShape, modelType.getElementType());
    result = arith::ExtSIOp::create(b, loc, type, result);
  }
  int64_t scale = int64_t(uint64_t(operands[0].format->scale) *
                          uint64_t(operands[1].format->scale));
  if (scale != 1)
    result =
        arith::MulIOp::create(b, loc, result, createSplat(b, loc, type, scale));
  if (bias)
    result = emitBias(b, result);
  return createReshape(b, loc, result, modelType.getShape());
}

//===----------------------------------------------------------------------===//
// Conversion of a module
//===----------------------------------------------------------------------===//

LogicalResult bitserial::convertContractions(ModuleOp module,
                                             ContractionFinder find,
                                             ImportReport *report,
                                             StringRef reportFile) {
  // All are found before one is converted: the analysis is of the module as it
  // is.
  SmallVector<LowBitContraction, 0> contractions;
  {
    FailureOr<RangeAnalysis> ranges = RangeAnalysis::create(module);
    if (failed(ranges))
      return module.emitError("the range analysis failed");
    module.walk([&](Operation *op) {
      if (auto found = find(op, *ranges))
        contractions.push_back(std::move(*found));
    });
  }
  ImportReport found;
  IRRewriter rewriter(module.getContext());
  for (LowBitContraction &contraction : contractions) {
    LayerReport layer = contraction.getReport();
    remark::analysis(contraction.op->getLoc(),
                     remark::RemarkOpts::name("import").category("bitserial"))
        << layer.summary();
    found.layers.push_back(std::move(layer));
    if (!contraction.reason.empty())
      continue;
    rewriter.setInsertionPoint(contraction.op);
    rewriter.replaceOp(contraction.op, contraction.emit(rewriter));
  }
  if (report)
    llvm::append_range(report->layers, found.layers);
  if (!reportFile.empty())
    if (llvm::Error problem = found.write(reportFile))
      return emitError(UnknownLoc::get(module.getContext()))
             << llvm::toString(std::move(problem));
  return success();
}
