//===- BitserialDialect.cpp - Dialect, types, and shared helpers ----------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/IR/Bitserial.h"
#include "mlir/IR/DialectImplementation.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Transforms/InliningUtils.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mlir::bitserial;

#include "bitserial/IR/BitserialDialect.cpp.inc"
#include "bitserial/IR/BitserialEnums.cpp.inc"

#define GET_TYPEDEF_CLASSES
#include "bitserial/IR/BitserialTypes.cpp.inc"

#define GET_ATTRDEF_CLASSES
#include "bitserial/IR/BitserialAttrs.cpp.inc"

namespace {
/// All ops may be inlined, so that layers in functions of their own are
/// compiled like those of one function.
struct BitserialInliner : DialectInlinerInterface {
  using DialectInlinerInterface::DialectInlinerInterface;

  bool isLegalToInline(Operation *, Region *, bool, IRMapping &) const final {
    return true;
  }
  bool isLegalToInline(Region *, Region *, bool, IRMapping &) const final {
    return true;
  }
};
} // namespace

void BitserialDialect::initialize() {
  addInterfaces<BitserialInliner>();
  addTypes<
#define GET_TYPEDEF_LIST
#include "bitserial/IR/BitserialTypes.cpp.inc"
      >();
  addAttributes<
#define GET_ATTRDEF_LIST
#include "bitserial/IR/BitserialAttrs.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "bitserial/IR/BitserialOps.cpp.inc"
      >();
}

Operation *BitserialDialect::materializeConstant(OpBuilder &builder,
                                                 Attribute value, Type type,
                                                 Location loc) {
  if (auto stored = dyn_cast<StoredAttr>(value))
    return ConstantOp::create(builder, loc, type, stored.getValue());
  // bitserial.decode folds to an ordinary constant.
  return arith::ConstantOp::materialize(builder, value, type, loc);
}

LogicalResult
BitserialDialect::verifyOperationAttribute(Operation *op,
                                           NamedAttribute attribute) {
  if (attribute.getName() == kTileAttrName) {
    if (!isa<ContractOp, ReduceOp>(op))
      return op->emitOpError()
             << "has the attribute " << attribute.getName()
             << ", which belongs on a bitserial.contract or bitserial.reduce";
    if (!isa<TileAttr>(attribute.getValue()))
      return op->emitOpError()
             << "expects a #bitserial.tile as " << attribute.getName()
             << ", got " << attribute.getValue();
    return success();
  }
  if (isa<ContractOp>(op)) {
    // What is misspelt would have no effect.
    StringRef known[] = {ContractOp::kLhsLayoutAttrName,
                         ContractOp::kRhsLayoutAttrName, "bitserial.knobs",
                         "bitserial.packing"};
    if (!llvm::is_contained(known, attribute.getName()))
      return op->emitOpError()
             << "has the attribute " << attribute.getName()
             << ", which means nothing; there are bitserial.knobs, "
             << kTileAttrName << ", " << ContractOp::kLhsLayoutAttrName
             << " and " << ContractOp::kRhsLayoutAttrName;
    return success();
  }
  if (attribute.getName() != kTargetAttrName)
    return success();
  if (!isa<ModuleOp>(op))
    return op->emitOpError() << "has the attribute " << attribute.getName()
                             << ", which belongs on a module";
  if (!isa<TargetAttr>(attribute.getValue()))
    return op->emitOpError()
           << "expects a #bitserial.target as " << attribute.getName()
           << ", got " << attribute.getValue();
  return success();
}

LogicalResult NumbersAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                  IntegerType type, int64_t min, int64_t max) {
  if (!isNumbersType(type)) // N1
    return emitError() << "numbers are of type ui8, si8 or si16, got " << type;
  unsigned width = type.getWidth();
  int64_t least = type.isSigned() ? llvm::minIntN(width) : 0;
  int64_t most =
      type.isSigned() ? llvm::maxIntN(width) : int64_t(llvm::maxUIntN(width));
  if (min > 0 || max < 0 || min < least || max > most)
    return emitError() << "numbers of " << type << " have bounds from " << least
                       << " to " << most << " around 0, got " << min << " and "
                       << max;
  return success();
}

LogicalResult TileAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                               int64_t rows, int64_t vectors, int64_t lines,
                               int64_t columns, TileOrder) {
  constexpr int64_t kMaxMicroTile = 1 << 20, kMaxTile = 1 << 30;
  if (rows < 1 || rows > kMaxMicroTile || vectors < 1 ||
      vectors > kMaxMicroTile) // T1
    return emitError() << "the rows and vectors of a tile must be 1 to 2^20, "
                          "got "
                       << rows << " x " << vectors;
  if (lines < 0 || lines > kMaxTile || columns < 0 || columns > kMaxTile) // T2
    return emitError() << "the lines and columns of a tile must be 0 to 2^30, "
                          "got "
                       << lines << " and " << columns;
  if (columns % vectors != 0)
    return emitError() << "the columns of a tile must be a multiple of its "
                       << vectors << " vectors, got " << columns;
  return success();
}

//===----------------------------------------------------------------------===//
// Canonicalisation
//===----------------------------------------------------------------------===//

namespace {
/// Reshapes constant values, so that the filter of a grouped convolution, which
/// is expanded to groups, stays one. Upstream knows this only for constants of
/// builtin types.
template <typename ReshapeOp>
struct ReshapeConstant : OpRewritePattern<ReshapeOp> {
  using OpRewritePattern<ReshapeOp>::OpRewritePattern;

  LogicalResult matchAndRewrite(ReshapeOp op,
                                PatternRewriter &rewriter) const override {
    auto constant = op.getSrc().template getDefiningOp<ConstantOp>();
    RankedTensorType type = op.getResultType();
    if (!constant || !isValueTensor(type) || !type.hasStaticShape() ||
        !isValueTensor(constant.getType()))
      return failure();
    auto elements = cast<DenseIntElementsAttr>(
        constant.getValue().reshape(getStoredType(type)));
    rewriter.replaceOpWithNewOp<ConstantOp>(op, type, elements);
    return success();
  }
};
} // namespace

void BitserialDialect::getCanonicalizationPatterns(
    RewritePatternSet &results) const {
  results.add<ReshapeConstant<tensor::ExpandShapeOp>,
              ReshapeConstant<tensor::CollapseShapeOp>>(getContext());
}

//===----------------------------------------------------------------------===//
// !bitserial.int
//===----------------------------------------------------------------------===//

LogicalResult IntType::verify(function_ref<InFlightDiagnostic()> emitError,
                              unsigned width, Kind kind, int64_t zeroPoint) {
  // Constraints T1 to T3.
  std::string reason = NumberFormat::isValid(width, kind, zeroPoint);
  if (!reason.empty())
    return emitError() << "invalid !bitserial.int: " << reason;
  return success();
}

NumberFormat IntType::getFormat() const {
  return NumberFormat(getWidth(), getKind(), getZeroPoint());
}

IntegerType IntType::getValueType() const {
  return IntegerType::get(getContext(), getFormat().getValueBits());
}

//===----------------------------------------------------------------------===//
// Low-bit tensor types
//===----------------------------------------------------------------------===//

bool bitserial::isValueTensor(Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  return tensor && isa<IntType>(tensor.getElementType()) &&
         !tensor.getEncoding();
}

bool bitserial::isPackedTensor(Type type) { return bool(getLayout(type)); }

LayoutAttr bitserial::getLayout(Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  if (!tensor || !isa<IntType>(tensor.getElementType()))
    return {};
  return dyn_cast_or_null<LayoutAttr>(tensor.getEncoding());
}

RankedTensorType bitserial::dropLayout(RankedTensorType type) {
  return RankedTensorType::get(type.getShape(), type.getElementType());
}

bool bitserial::isSupportedInteger(Type type) {
  return type.isSignlessInteger() && type.getIntOrFloatBitWidth() >= 1 &&
         type.getIntOrFloatBitWidth() <= 64;
}

RankedTensorType bitserial::getStoredType(RankedTensorType lowBitTensor) {
  if (LayoutAttr layout = getLayout(lowBitTensor))
    return layout.getWordType(lowBitTensor);
  auto element = cast<IntType>(lowBitTensor.getElementType());
  return RankedTensorType::get(lowBitTensor.getShape(), element.getValueType());
}

std::string bitserial::str(AffineExpr expr) {
  std::string text;
  llvm::raw_string_ostream(text) << expr;
  return text;
}

std::optional<int64_t> bitserial::getCoefficient(AffineExpr expr,
                                                 unsigned dim) {
  if (!expr.isFunctionOfDim(dim))
    return 0;
  if (isa<AffineDimExpr>(expr))
    return 1;
  auto binary = cast<AffineBinaryOpExpr>(expr);
  if (binary.getKind() == AffineExprKind::Mul) {
    auto factor = dyn_cast<AffineConstantExpr>(binary.getRHS());
    std::optional<int64_t> inner = getCoefficient(binary.getLHS(), dim);
    if (!factor || !inner)
      return std::nullopt;
    return factor.getValue() * *inner;
  }
  if (binary.getKind() != AffineExprKind::Add)
    return std::nullopt;
  std::optional<int64_t> lhs = getCoefficient(binary.getLHS(), dim);
  std::optional<int64_t> rhs = getCoefficient(binary.getRHS(), dim);
  if (!lhs || !rhs)
    return std::nullopt;
  return *lhs + *rhs;
}
