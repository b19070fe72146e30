//===- PackWordsOp.cpp - bitserial.pack_words -----------------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TilingUtils.h"
#include "bitserial/IR/Bitserial.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"

using namespace mlir;
using namespace mlir::bitserial;

RankedTensorType PackWordsOp::getPackedType() {
  return RankedTensorType::get(getValues().getType().getShape(), getElement(),
                               getLayout());
}

int64_t PackWordsOp::getUnit(int64_t dim) {
  int64_t word =
      dim == getLayout().getPacked() ? getLayout().getElementsPerWord() : 1;
  return word * getLayout().getInnerTile(dim);
}

LogicalResult PackWordsOp::verify() {
  auto element = cast<IntType>(getElement());
  RankedTensorType values = getValues().getType(), init = getInit().getType();
  unsigned bits = element.getFormat().getValueBits();
  if (values.getElementTypeBitWidth() != bits) // Q1
    return emitOpError() << "values of " << element << " have the type i"
                         << bits << ", not " << values.getElementType();
  if (failed(getLayout().verifyEncoding(values.getShape(), element, // Q2
                                        [&] { return emitOpError(); })))
    return failure();
  RankedTensorType words = getLayout().getWordType(getPackedType()); // Q3
  if (words.getElementType() != init.getElementType() ||
      failed(verifyCompatibleShape(words, init)))
    return emitOpError() << "the destination of " << values << " is " << words
                         << " in this layout, got " << init;
  if (getType() != init) // Q4
    return emitOpError() << "the result has the destination's type " << init
                         << ", got " << getType();
  return success();
}

//===----------------------------------------------------------------------===//
// TilingInterface
//===----------------------------------------------------------------------===//

SmallVector<utils::IteratorType> PackWordsOp::getLoopIteratorTypes() {
  return SmallVector<utils::IteratorType>(getValues().getType().getRank(),
                                          utils::IteratorType::parallel);
}

SmallVector<Range> PackWordsOp::getIterationDomain(OpBuilder &b) {
  return llvm::map_to_vector(
      tensor::getMixedSizes(b, getLoc(), getValues()), [&](OpFoldResult size) {
        return Range{b.getIndexAttr(0), size, b.getIndexAttr(1)};
      });
}

LogicalResult PackWordsOp::getResultTilePosition(
    OpBuilder &b, unsigned resultNumber, ArrayRef<OpFoldResult> offsets,
    ArrayRef<OpFoldResult> sizes, SmallVector<OpFoldResult> &resultOffsets,
    SmallVector<OpFoldResult> &resultSizes) {
  LayoutAttr layout = getLayout();
  AffineExpr d = b.getAffineDimExpr(0);
  for (auto [dim, offset, size] : llvm::enumerate(offsets, sizes)) {
    int64_t unit = getUnit(dim);
    resultOffsets.push_back(affine::makeComposedFoldedAffineApply(
        b, getLoc(), d.floorDiv(unit), {offset}));
    resultSizes.push_back(affine::makeComposedFoldedAffineApply(
        b, getLoc(), d.ceilDiv(unit), {size}));
  }
  if (!layout.getOuterDimsPerm().empty()) {
    applyPermutationToVector(resultOffsets, layout.getOuterDimsPerm());
    applyPermutationToVector(resultSizes, layout.getOuterDimsPerm());
  }
  for (int64_t tile : layout.getInnerTiles()) {
    resultOffsets.push_back(b.getIndexAttr(0));
    resultSizes.push_back(b.getIndexAttr(tile));
  }
  int64_t planes = layout.getPlanes();
  resultOffsets.insert(resultOffsets.begin() + planes, b.getIndexAttr(0));
  resultSizes.insert(
      resultSizes.begin() + planes,
      b.getIndexAttr(layout.getNumPlanes(cast<IntType>(getElement()))));
  return success();
}

FailureOr<TilingResult>
PackWordsOp::getTiledImplementation(OpBuilder &b,
                                    ArrayRef<OpFoldResult> offsets,
                                    ArrayRef<OpFoldResult> sizes) {
  Location loc = getLoc();
  for (auto [dim, offset] : llvm::enumerate(offsets)) {
    int64_t divisor = getKnownDivisor(offset);
    if (divisor % getUnit(dim))
      return emitOpError() << "cannot be tiled at multiples of " << divisor
                           << " along dimension " << dim
                           << ": use a multiple of " << getUnit(dim)
                           << " elements, which its layout keeps together";
  }
  SmallVector<OpFoldResult> wordOffsets, wordSizes;
  if (failed(
          getResultTilePosition(b, 0, offsets, sizes, wordOffsets, wordSizes)))
    return failure();
  auto slice = [&](Value tensor, ArrayRef<OpFoldResult> offsets,
                   ArrayRef<OpFoldResult> sizes) {
    SmallVector<OpFoldResult> strides(offsets.size(), b.getIndexAttr(1));
    return tensor::ExtractSliceOp::create(b, loc, tensor, offsets, sizes,
                                          strides);
  };
  auto values = slice(getValues(), offsets, sizes);
  auto init = slice(getInit(), wordOffsets, wordSizes);
  auto tiled = PackWordsOp::create(b, loc, init.getType(), values, init,
                                   getElementAttr(), getLayout());
  for (NamedAttribute attr : (*this)->getDiscardableAttrs())
    tiled->setDiscardableAttr(attr.getName(), attr.getValue());
  return TilingResult{{tiled}, {tiled.getResult()}, {values, init}};
}
