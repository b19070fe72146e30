//===- BitserialOps.cpp - Conversions, constants and contract -------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/IR/Bitserial.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/PatternMatch.h"

using namespace mlir;
using namespace mlir::bitserial;

/// A region, `->` and a type. The parser lets what stands outside refer to the
/// region's values; where the rest is wrong, and the region is thrown away, no
/// such use may stay.
static ParseResult parseRegionAndType(OpAsmParser &parser, Region &region,
                                      Type &type) {
  if (succeeded(parser.parseRegion(region))) {
    ReduceOp::ensureTerminator(region, parser.getBuilder(),
                               parser.getEncodedSourceLoc(parser.getNameLoc()));
    if (succeeded(parser.parseArrow()) && succeeded(parser.parseType(type)))
      return success();
  }
  for (Block &block : region)
    block.dropAllDefinedValueUses();
  return failure();
}
static void printRegionAndType(OpAsmPrinter &printer, Operation *,
                               Region &region, Type type) {
  printer.printRegion(region);
  printer << " -> " << type;
}

#define GET_OP_CLASSES
#include "bitserial/IR/BitserialOps.cpp.inc"

//===----------------------------------------------------------------------===//
// encode and decode
//===----------------------------------------------------------------------===//

/// Whether integers of type `type`, read as signed, hold all values of
/// `format`.
static bool holdsSigned(Type type, const NumberFormat &format) {
  unsigned width = cast<IntegerType>(type).getWidth();
  return width > 16 || (llvm::isIntN(width, format.getMin()) &&
                        llvm::isIntN(width, format.getMax()));
}

/// Whether integers of type `type`, read as unsigned, hold all values.
static bool holdsUnsigned(Type type, const NumberFormat &format) {
  unsigned width = cast<IntegerType>(type).getWidth();
  return format.getMin() >= 0 &&
         (width > 16 || llvm::isUIntN(width, format.getMax()));
}

/// Constraints E1 and D1.
static LogicalResult verifyHolds(Operation *op, Type integer, IntType lowBit) {
  NumberFormat format = lowBit.getFormat();
  if (holdsSigned(integer, format) || holdsUnsigned(integer, format))
    return success();
  return op->emitOpError() << integer << " does not hold the values "
                           << format.getMin() << " to " << format.getMax()
                           << " of " << lowBit;
}

/// Reads integer `value` of an encode's source or writes a decode's result.
static int64_t readInteger(const APInt &value, const NumberFormat &format,
                           Type type) {
  return holdsSigned(type, format) ? value.getSExtValue()
                                   : int64_t(value.getZExtValue());
}

static IntType getLowBitElement(Type tensor) {
  return cast<IntType>(cast<RankedTensorType>(tensor).getElementType());
}

/// Reports the first of `elements` that is no value of `lowBit`, as an error of
/// `op` that calls it `what`. Silent if `op` is null.
static LogicalResult verifyValues(Operation *op, StringRef what,
                                  DenseIntElementsAttr elements,
                                  IntType lowBit) {
  NumberFormat format = lowBit.getFormat();
  auto verifyValue = [&](int64_t i, const APInt &element) -> LogicalResult {
    int64_t value = readInteger(element, format, elements.getElementType());
    if (format.contains(value))
      return success();
    if (!op)
      return failure();
    return op->emitOpError()
           << what << " " << i << " is " << value << ", which is no value of "
           << lowBit << " (range " << format.getMin() << " to "
           << format.getMax() << ", step " << format.getStep() << ")";
  };
  if (llvm::is_contained(elements.getType().getShape(), 0))
    return success();
  if (elements.isSplat())
    return verifyValue(0, elements.getSplatValue<APInt>());
  // Weights have millions of elements, and are verified after each pass.
  if (elements.getElementType().isInteger(8)) {
    bool isValue[256];
    for (unsigned byte = 0; byte < 256; ++byte)
      isValue[byte] = format.contains(
          readInteger(APInt(8, byte), format, elements.getElementType()));
    bool areValues = true;
    for (char byte : elements.getRawData())
      areValues &= isValue[uint8_t(byte)];
    if (areValues)
      return success();
  }
  for (auto [i, element] : llvm::enumerate(elements.getValues<APInt>()))
    if (failed(verifyValue(i, element)))
      return failure();
  return success();
}

LogicalResult EncodeOp::verify() {
  Type sourceElement = getSource().getType().getElementType();
  IntType lowBit = getLowBitElement(getType());
  if (failed(verifyHolds(*this, sourceElement, lowBit)))
    return failure();
  DenseIntElementsAttr constant;
  if (!matchPattern(getSource(), m_Constant(&constant)))
    return success();
  return verifyValues(*this, "constant element", constant, lowBit);
}

/// A constant's elements as integers of another width.
static DenseIntElementsAttr castElements(DenseIntElementsAttr elements,
                                         ShapedType type,
                                         function_ref<int64_t(APInt)> read) {
  unsigned width = type.getElementTypeBitWidth();
  return cast<DenseIntElementsAttr>(
      elements.mapValues(type.getElementType(), [&](const APInt &value) {
        return APInt(width, read(value), /*isSigned=*/true,
                     /*implicitTrunc=*/true);
      }));
}

OpFoldResult EncodeOp::fold(FoldAdaptor adaptor) {
  if (auto decode = getSource().getDefiningOp<DecodeOp>())
    if (decode.getSource().getType() == getType())
      return decode.getSource();
  auto constant = dyn_cast_or_null<DenseIntElementsAttr>(adaptor.getSource());
  if (!constant || !getType().hasStaticShape())
    return {};
  IntType lowBit = getLowBitElement(getType());
  if (failed(verifyValues(nullptr, "", constant, lowBit)))
    return {}; // The verifier reports it.
  NumberFormat format = lowBit.getFormat();
  Type sourceElement = getSource().getType().getElementType();
  return StoredAttr::get(
      getContext(),
      castElements(constant, getStoredType(getType()), [&](const APInt &value) {
        return readInteger(value, format, sourceElement);
      }));
}

LogicalResult DecodeOp::verify() {
  return verifyHolds(*this, getType().getElementType(),
                     getLowBitElement(getSource().getType()));
}

OpFoldResult DecodeOp::fold(FoldAdaptor adaptor) {
  if (auto encode = getSource().getDefiningOp<EncodeOp>())
    if (encode.getSource().getType() == getType())
      return encode.getSource();
  auto constant = dyn_cast_or_null<StoredAttr>(adaptor.getSource());
  if (!constant)
    return {};
  NumberFormat format = getLowBitElement(getSource().getType()).getFormat();
  return castElements(constant.getValue(), getType(), [&](const APInt &value) {
    return readInteger(value, format, constant.getValue().getElementType());
  });
}

//===----------------------------------------------------------------------===//
// constant
//===----------------------------------------------------------------------===//

LogicalResult ConstantOp::verify() {
  auto type = cast<RankedTensorType>(getType());
  if (!type.hasStaticShape())
    return emitOpError("result must have a static shape");
  RankedTensorType stored = getStoredType(type);
  if (getValue().getType() != stored) // K1
    return emitOpError() << "value has type " << getValue().getType()
                         << ", but " << type << " is stored as " << stored;

  if (getLayout(type)) { // K3
    if (!hasZeroPadding(getValue(), type))
      return emitOpError("has bits beyond the logical size of the tensor that "
                         "are not zero");
    if (std::optional<int64_t> element =
            findInvalidCode(getValue(), type)) // K4
      return emitOpError() << "has an integer that stands for no number of "
                           << type.getElementType() << ", at element "
                           << *element << " in row-major order";
    return success();
  }

  return verifyValues(*this, "element", getValue(),
                      getLowBitElement(type)); // K2
}

OpFoldResult ConstantOp::fold(FoldAdaptor adaptor) {
  return StoredAttr::get(getContext(), getValue());
}

DenseIntElementsAttr bitserial::getConstantValue(Value value) {
  auto constant = value.getDefiningOp<ConstantOp>();
  return constant ? constant.getValue() : nullptr;
}

//===----------------------------------------------------------------------===//
// pack and unpack
//===----------------------------------------------------------------------===//

/// Whether a constant of this type is small enough to be computed at compile
/// time: a splat can be larger than any memory.
static bool canFoldTo(RankedTensorType type) {
  constexpr int64_t kMaxBits = int64_t(8) * 256 * 1024 * 1024;
  RankedTensorType stored = getStoredType(type);
  int64_t bits = stored.getElementTypeBitWidth();
  for (int64_t size : stored.getShape())
    if (llvm::MulOverflow(bits, size, bits))
      return false;
  return bits <= kMaxBits;
}

OpFoldResult PackOp::fold(FoldAdaptor adaptor) {
  if (auto unpack = getSource().getDefiningOp<UnpackOp>())
    if (unpack.getSource().getType() == getType())
      return unpack.getSource();
  auto constant = dyn_cast_or_null<StoredAttr>(adaptor.getSource());
  if (!constant || !canFoldTo(getType()))
    return {};
  return StoredAttr::get(getContext(),
                         packConstant(constant.getValue(), getType()));
}

OpFoldResult UnpackOp::fold(FoldAdaptor adaptor) {
  if (auto pack = getSource().getDefiningOp<PackOp>())
    if (pack.getSource().getType() == getType())
      return pack.getSource();
  auto constant = dyn_cast_or_null<StoredAttr>(adaptor.getSource());
  if (!constant || !canFoldTo(getType()))
    return {};
  return StoredAttr::get(
      getContext(), unpackConstant(constant.getValue(), getSource().getType()));
}

//===----------------------------------------------------------------------===//
// contract
//===----------------------------------------------------------------------===//

AffineMap ContractOp::getLhsMap() {
  return cast<AffineMapAttr>(getIndexingMaps()[0]).getValue();
}
AffineMap ContractOp::getRhsMap() {
  return cast<AffineMapAttr>(getIndexingMaps()[1]).getValue();
}
AffineMap ContractOp::getResultMap() {
  return cast<AffineMapAttr>(getIndexingMaps()[2]).getValue();
}
IntType ContractOp::getLhsElementType() {
  return getLowBitElement(getLhs().getType());
}
IntType ContractOp::getRhsElementType() {
  return getLowBitElement(getRhs().getType());
}
LayoutAttr ContractOp::getLhsLayout() { return getLayout(getLhs().getType()); }
LayoutAttr ContractOp::getRhsLayout() { return getLayout(getRhs().getType()); }

SmallVector<int64_t> ContractOp::getLhsPadLow() {
  if (auto pad = getPadLow())
    return llvm::to_vector(*pad);
  return SmallVector<int64_t>(getLhs().getType().getRank(), 0);
}

SmallVector<int64_t> ContractOp::getLhsPadHigh() {
  if (auto pad = getPadHigh())
    return llvm::to_vector(*pad);
  return SmallVector<int64_t>(getLhs().getType().getRank(), 0);
}

SmallVector<utils::IteratorType> ContractOp::getIteratorTypes() {
  SmallVector<utils::IteratorType> types(getNumLoops(),
                                         utils::IteratorType::reduction);
  for (AffineExpr expr : getResultMap().getResults())
    types[cast<AffineDimExpr>(expr).getPosition()] =
        utils::IteratorType::parallel;
  return types;
}

SmallVector<int64_t> ContractOp::getLoopRanges() {
  SmallVector<int64_t> ranges(getNumLoops(), ShapedType::kDynamic);
  auto take = [&](AffineMap map, ArrayRef<int64_t> shape) {
    for (auto [expr, size] : llvm::zip_equal(map.getResults(), shape))
      if (auto dim = dyn_cast<AffineDimExpr>(expr))
        ranges[dim.getPosition()] = size;
  };
  // Last wins: a padded lhs dimension does not say the range.
  SmallVector<int64_t> lhsShape(getLhs().getType().getShape());
  for (auto [size, low, high] :
       llvm::zip_equal(lhsShape, getLhsPadLow(), getLhsPadHigh()))
    size += low + high;
  take(getLhsMap(), lhsShape);
  take(getRhsMap(), getRhs().getType().getShape());
  take(getResultMap(), getType().getShape());
  return ranges;
}

bool ContractOp::isPackable(unsigned dim) {
  std::optional<unsigned> lhsPos =
      getLhsMap().getResultPosition(getAffineDimExpr(dim, getContext()));
  return getIteratorTypes()[dim] == utils::IteratorType::reduction && lhsPos &&
         getRhsMap().getResultPosition(getAffineDimExpr(dim, getContext())) &&
         getLhsPadLow()[*lhsPos] == 0 && getLhsPadHigh()[*lhsPos] == 0;
}

/// Collects the dimensions and coefficients of a sum of dimensions. Returns
/// false for any other expression and for coefficients that `reduce` would not
/// take.
static bool
collectLinear(AffineExpr expr,
              SmallVectorImpl<std::pair<unsigned, int64_t>> &terms) {
  if (auto dim = dyn_cast<AffineDimExpr>(expr)) {
    terms.emplace_back(dim.getPosition(), 1);
    return true;
  }
  auto binary = dyn_cast<AffineBinaryOpExpr>(expr);
  if (!binary)
    return false;
  if (binary.getKind() == AffineExprKind::Add)
    return collectLinear(binary.getLHS(), terms) &&
           collectLinear(binary.getRHS(), terms);
  constexpr int64_t kMaxFactor = int64_t(1) << 30;
  auto factor = dyn_cast<AffineConstantExpr>(binary.getRHS());
  auto dim = dyn_cast<AffineDimExpr>(binary.getLHS());
  if (binary.getKind() != AffineExprKind::Mul || !factor || !dim ||
      factor.getValue() < 1 || factor.getValue() > kMaxFactor)
    return false;
  terms.emplace_back(dim.getPosition(), factor.getValue());
  return true;
}

/// The layout requested for an operand of `type`, null if there is none.
static FailureOr<LayoutAttr> getRequestedLayout(ContractOp op, StringRef name,
                                                RankedTensorType type) {
  Attribute attribute = op->getDiscardableAttr(name);
  auto layout = dyn_cast_or_null<LayoutAttr>(attribute);
  if (attribute && !layout)
    return op.emitOpError() << "expects a #bitserial.layout as " << name
                            << ", got " << attribute;
  if (layout &&
      failed(layout.verifyEncoding(type.getShape(), type.getElementType(), [&] {
        return op.emitOpError() << name << ": ";
      })))
    return failure();
  return layout;
}

/// Constraint C8 for the layouts of the operands, each of which may be null.
static LogicalResult verifyLayouts(ContractOp op, LayoutAttr lhs,
                                   LayoutAttr rhs) {
  std::pair<LayoutAttr, AffineMap> operands[] = {{lhs, op.getLhsMap()},
                                                 {rhs, op.getRhsMap()}};
  for (auto [i, operand] : llvm::enumerate(operands)) {
    auto [layout, map] = operand;
    if (!layout)
      continue;
    AffineExpr expr = map.getResult(layout.getPacked());
    auto dim = dyn_cast<AffineDimExpr>(expr);
    if (!dim || !op.isPackable(dim.getPosition()))
      return op.emitOpError()
             << "the " << (i == 0 ? "lhs" : "rhs") << " is packed along "
             << str(expr)
             << ", expected a reduction dimension that is not padded and "
                "stands alone in the lhs and the rhs map";
  }
  if (lhs) {
    SmallVector<int64_t> padLow = op.getLhsPadLow(),
                         padHigh = op.getLhsPadHigh();
    for (int64_t pos : lhs.getInnerDimsPos()) {
      if (padLow[pos] || padHigh[pos])
        return op.emitOpError() << "dimension " << pos
                                << " of the lhs is padded, its layout must not "
                                   "split it into inner tiles";
      AffineExpr expr = op.getLhsMap().getResult(pos);
      if (!isa<AffineDimExpr>(expr))
        return op.emitOpError() << "dimension " << pos << " of the lhs is read "
                                << "at " << str(expr)
                                << ", its layout must not split it into inner "
                                   "tiles";
    }
  }
  if (rhs) {
    // Rounded up to whole tiles, the range of a reduction would be lost: the
    // lhs does not say it, and its words beyond are not zero.
    SmallVector<utils::IteratorType> iterators = op.getIteratorTypes();
    for (int64_t pos : rhs.getInnerDimsPos()) {
      AffineExpr expr = op.getRhsMap().getResult(pos);
      unsigned dim = cast<AffineDimExpr>(expr).getPosition();
      if (iterators[dim] == utils::IteratorType::reduction &&
          !op.isPackable(dim))
        return op.emitOpError() << "reduction dimension " << str(expr)
                                << " is padded or part of a sum in the lhs, "
                                   "the layout of the rhs must not split it "
                                   "into inner tiles";
    }
  }
  if (!lhs || !rhs)
    return success();
  AffineExpr lhsExpr = op.getLhsMap().getResult(lhs.getPacked());
  AffineExpr rhsExpr = op.getRhsMap().getResult(rhs.getPacked());
  if (lhsExpr != rhsExpr)
    return op.emitOpError() << "the lhs is packed along " << str(lhsExpr)
                            << ", the rhs along " << str(rhsExpr);
  if (lhs.getWord() != rhs.getWord())
    return op.emitOpError()
           << "the lhs has " << lhs.getWord() << "-bit words, the rhs "
           << rhs.getWord() << "-bit words";
  if (lhs.getElementsPerWord() != rhs.getElementsPerWord())
    return op.emitOpError()
           << "a word of the lhs holds " << lhs.getElementsPerWord()
           << " elements, one of the rhs " << rhs.getElementsPerWord();
  // A layout of integers has as many in a word as one of bits where there is
  // one element in it.
  if (bool(lhs.getNumbers()) != bool(rhs.getNumbers()))
    return op.emitOpError("one operand is packed into planes of bits, the "
                          "other into whole numbers");
  int64_t lhsTile = lhs.getInnerTile(lhs.getPacked());
  int64_t rhsTile = rhs.getInnerTile(rhs.getPacked());
  if (lhsTile != rhsTile)
    return op.emitOpError()
           << "the packed dimension has an inner tile of " << lhsTile
           << " words in the lhs and of " << rhsTile << " in the rhs";
  return success();
}

LogicalResult ContractOp::verify() {
  RankedTensorType lhsType = getLhs().getType(), rhsType = getRhs().getType();
  RankedTensorType types[] = {lhsType, rhsType, getType()};
  StringRef names[] = {"lhs", "rhs", "result"};

  // C1: three maps that fit the operands.
  if (getIndexingMaps().size() != 3)
    return emitOpError() << "expects 3 indexing maps (lhs, rhs, result), got "
                         << getIndexingMaps().size();
  AffineMap maps[] = {getLhsMap(), getRhsMap(), getResultMap()};
  unsigned numLoops = getNumLoops();
  for (auto [map, type, name] : llvm::zip_equal(maps, types, names)) {
    if (map.getNumSymbols())
      return emitOpError() << "the " << name
                           << " indexing map must not have symbols";
    if (map.getNumDims() != numLoops)
      return emitOpError() << "the " << name << " indexing map has "
                           << map.getNumDims() << " dimensions, the lhs map "
                           << numLoops;
    if (map.getNumResults() != type.getRank())
      return emitOpError() << "the " << name << " indexing map has "
                           << map.getNumResults() << " results for "
                           << type.getRank() << " dimensions of the " << name;
  }

  // C2: static shapes.
  constexpr int64_t kMaxElements = int64_t(1) << 40;
  for (auto [type, name] : llvm::zip_equal(types, names)) {
    if (!type.hasStaticShape() || llvm::is_contained(type.getShape(), 0))
      return emitOpError() << "needs static shapes that are not empty, the "
                           << name << " is " << type;
    int64_t numElements = 1;
    for (int64_t size : type.getShape())
      if (llvm::MulOverflow(numElements, size, numElements) ||
          numElements > kMaxElements)
        return emitOpError() << "takes tensors of at most 2^40 elements, the "
                             << name << " is " << type;
  }

  // C6: padding, checked early since the ranges depend on it.
  if (bool(getPadLow()) != bool(getPadHigh()))
    return emitOpError("expects pad_low and pad_high together");
  SmallVector<int64_t> padLow = getLhsPadLow(), padHigh = getLhsPadHigh();
  if (int64_t(padLow.size()) != lhsType.getRank() ||
      int64_t(padHigh.size()) != lhsType.getRank())
    return emitOpError() << "expects one pad_low and pad_high per dimension "
                            "of the lhs, which has rank "
                         << lhsType.getRank();
  constexpr int64_t kMaxPad = int64_t(1) << 30;
  for (int64_t pad : llvm::concat<int64_t>(padLow, padHigh))
    if (pad < 0 || pad > kMaxPad)
      return emitOpError() << "padding must be 0 to 2^30, got " << pad;

  // C3: form of the maps, each dimension at most once.
  using Linear = SmallVector<std::pair<unsigned, int64_t>>;
  SmallVector<Linear> lhsTerms;
  llvm::SmallBitVector inMap[3];
  for (unsigned i = 0; i < 3; ++i) {
    inMap[i].resize(numLoops);
    for (AffineExpr expr : maps[i].getResults()) {
      Linear terms;
      if (!collectLinear(expr, terms) || (i != 0 && !isa<AffineDimExpr>(expr)))
        return emitOpError()
               << "the " << names[i] << " indexing map has the result "
               << str(expr) << ", expected "
               << (i == 0 ? "a sum of dimensions with coefficients of 1 to 2^30"
                          : "one dimension");
      for (auto [dim, coefficient] : terms) {
        if (inMap[i].test(dim))
          return emitOpError()
                 << "the " << names[i] << " indexing map names dimension d"
                 << dim << " twice";
        inMap[i].set(dim);
      }
      if (i == 0)
        lhsTerms.push_back(terms);
    }
  }

  // C4: every dimension has a role.
  SmallVector<utils::IteratorType> iterators = getIteratorTypes();
  for (unsigned dim = 0; dim < numLoops; ++dim) {
    bool parallel = iterators[dim] == utils::IteratorType::parallel;
    if (!parallel && !(inMap[0].test(dim) && inMap[1].test(dim)))
      return emitOpError() << "reduction dimension d" << dim
                           << " must stand in the lhs and the rhs map";
    if (parallel && !inMap[0].test(dim) && !inMap[1].test(dim))
      return emitOpError() << "parallel dimension d" << dim
                           << " must stand in the lhs or the rhs map";
  }

  // C5: sizes agree.
  SmallVector<int64_t> ranges = getLoopRanges();
  for (unsigned i = 0; i < 3; ++i)
    for (auto [pos, expr] : llvm::enumerate(maps[i].getResults())) {
      auto dim = dyn_cast<AffineDimExpr>(expr);
      if (!dim || (i == 0 && (padLow[pos] || padHigh[pos])))
        continue;
      int64_t size = types[i].getDimSize(pos),
              range = ranges[dim.getPosition()];
      if (size != range)
        return emitOpError() << "dimension d" << dim.getPosition() << " has "
                             << range << " iterations, but dimension " << pos
                             << " of the " << names[i] << " has size " << size;
    }
  assert(!llvm::is_contained(ranges, ShapedType::kDynamic) &&
         "C3 and C4 imply that the rhs or result map names each dimension");

  // C7: the lhs is not left.
  for (auto [pos, terms] : llvm::enumerate(lhsTerms)) {
    int64_t last = 0;
    for (auto [dim, coefficient] : terms) {
      int64_t product;
      if (llvm::MulOverflow(coefficient, ranges[dim] - 1, product) ||
          llvm::AddOverflow(last, product, last))
        return emitOpError() << "positions in the lhs overflow 64 bits";
    }
    int64_t padded = lhsType.getDimSize(pos) + padLow[pos] + padHigh[pos];
    if (last >= padded)
      return emitOpError() << "reads position " << last << " of dimension "
                           << pos << " of the lhs, which has size " << padded
                           << (padLow[pos] || padHigh[pos] ? " with padding"
                                                           : "");
  }

  // C8: layouts go together.
  LayoutAttr lhsLayout = getLhsLayout(), rhsLayout = getRhsLayout();
  if (bool(lhsLayout) != bool(rhsLayout))
    return emitOpError() << "the " << (lhsLayout ? "lhs" : "rhs")
                         << " is packed, the " << (lhsLayout ? "rhs" : "lhs")
                         << " is not";
  if (!lhsLayout) { // What is requested obeys the same.
    FailureOr<LayoutAttr> lhs = getRequestedLayout(*this, kLhsLayoutAttrName,
                                                   lhsType),
                          rhs = getRequestedLayout(*this, kRhsLayoutAttrName,
                                                   rhsType);
    if (failed(lhs) || failed(rhs))
      return failure();
    lhsLayout = *lhs;
    rhsLayout = *rhs;
  }
  if (failed(verifyLayouts(*this, lhsLayout, rhsLayout)))
    return failure();

  // C9: no overflow, from exact bounds.
  NumberFormat lhsFormat = getLhsElementType().getFormat();
  NumberFormat rhsFormat = getRhsElementType().getFormat();
  int64_t terms = 1; // At most the elements of the rhs: no overflow.
  for (auto [iterator, range] : llvm::zip_equal(iterators, ranges))
    if (iterator == utils::IteratorType::reduction)
      terms *= range;
  int64_t corners[] = {lhsFormat.getMin() * rhsFormat.getMin(),
                       lhsFormat.getMin() * rhsFormat.getMax(),
                       lhsFormat.getMax() * rhsFormat.getMin(),
                       lhsFormat.getMax() * rhsFormat.getMax()};
  int64_t low = *llvm::min_element(corners), high = *llvm::max_element(corners);
  int64_t sumLow, sumHigh;
  if (llvm::MulOverflow(low, terms, sumLow) ||
      llvm::MulOverflow(high, terms, sumHigh) || sumLow < INT32_MIN ||
      sumHigh > INT32_MAX)
    return emitOpError() << "may overflow its 32-bit result: a sum of " << terms
                         << " products between " << low << " and " << high
                         << " exceeds 32-bit signed integers; at most "
                         << std::min(high > 0 ? INT32_MAX / high : INT64_MAX,
                                     low < 0 ? int64_t(INT32_MIN) / low
                                             : INT64_MAX)
                         << " terms are safe";
  return success();
}
