//===- ContractToReduce.cpp - Packed contractions to words ----------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Lowers bitserial.contract on packed operands to bitserial.reduce on words,
// whose destination starts from the correction terms. With
//
//     a = alpha + sum_i alpha_i a_i        w = beta + sum_j beta_j w_j
//
// and K the reduction positions where lhs is not padding,
//
//     sum_K a w = alpha sum_K w + beta sum_K (a - alpha) + sum_K sum_ij ...
//
// The padding of lhs has all bits zero, so that the last two sums may run over
// it; the first may not.
//
// Where words hold whole numbers, a = alpha + step * (integer) is a format of
// one "bit" for the same identity.
//
//===----------------------------------------------------------------------===//

#include "bitserial/IR/Bitserial.h"
#include "bitserial/Target/Target.h"
#include "bitserial/Transforms/Corrections.h"
#include "bitserial/Transforms/Packing.h"
#include "bitserial/Transforms/Passes.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/Transforms/DialectConversion.h"

using namespace mlir;
using namespace mlir::bitserial;

//===----------------------------------------------------------------------===//
// Padding
//===----------------------------------------------------------------------===//

/// `words`, a packed lhs, with words of zeros around it as the contraction's
/// padding says.
static Value createPaddedWords(ConversionPatternRewriter &b, ContractOp op,
                               Value words, const Target &target) {
  SmallVector<int64_t> low = op.getLhsPadLow(), high = op.getLhsPadHigh();
  auto isZero = [](int64_t pad) { return pad == 0; };
  if (llvm::all_of(low, isZero) && llvm::all_of(high, isZero))
    return words;
  Location loc = op.getLoc();
  LayoutAttr layout = op.getLhsLayout();
  RankedTensorType lhsType = op.getLhs().getType();
  unsigned rank = lhsType.getRank();
  SmallVector<int64_t> shape(lhsType.getShape()), offsets(low);
  for (unsigned dim = 0; dim < rank; ++dim)
    shape[dim] += low[dim] + high[dim];
  auto paddedType =
      RankedTensorType::get(shape, lhsType.getElementType(), layout);
  // Padded dimensions have no inner tiles, so that offsets are those of the
  // outer dimensions.
  if (!layout.getOuterDimsPerm().empty())
    applyPermutationToVector(offsets, layout.getOuterDimsPerm());
  offsets.append(layout.getInnerTiles().size(), 0);
  offsets.insert(offsets.begin() + layout.getPlanes(), 0);

  RankedTensorType wordType = getStoredType(lhsType);
  SmallVector<int64_t> strides(wordType.getRank(), 1);
  RankedTensorType paddedWordType = getStoredType(paddedType);
  Value padded = createZeroTensor(b, loc, paddedWordType);
  // Where the pack is at hand it writes into the padded tensor directly.
  auto pack = op.getLhs().getDefiningOp<PackOp>();
  Value values = pack && pack->hasOneUse()
                     ? b.getRemappedValue(pack.getSource())
                     : nullptr;
  if (auto packWords = words.getDefiningOp<PackWordsOp>();
      packWords && values) {
    // Still an op: it gets the inner part as its destination.
    SmallVector<OpFoldResult> at = getAsIndexOpFoldResult(b.getContext(),
                                                          offsets),
                              sizes = getAsIndexOpFoldResult(
                                  b.getContext(), wordType.getShape()),
                              ones(wordType.getRank(), b.getIndexAttr(1));
    Value inner =
        tensor::ExtractSliceOp::create(b, loc, padded, at, sizes, ones);
    inner =
        PackWordsOp::create(b, loc, wordType, packWords.getValues(), inner,
                            packWords.getElementAttr(), packWords.getLayout())
            .getResult();
    padded =
        tensor::InsertSliceOp::create(b, loc, inner, padded, at, sizes, ones);
  } else if (values)
    padded = emitPack(b, loc, values, lhsType, padded, target, offsets);
  else
    padded = tensor::InsertSliceOp::create(b, loc, words, padded, ValueRange(),
                                           ValueRange(), ValueRange(), offsets,
                                           wordType.getShape(), strides);

  // A dimension that one loop reads has as many positions as that loop.
  SmallVector<int64_t> ranges = op.getLoopRanges();
  for (auto [size, expr] : llvm::zip_equal(shape, op.getLhsMap().getResults()))
    if (auto loop = dyn_cast<AffineDimExpr>(expr))
      size = ranges[loop.getPosition()];
  RankedTensorType readType = getStoredType(
      RankedTensorType::get(shape, lhsType.getElementType(), layout));
  if (readType == paddedWordType)
    return padded;
  SmallVector<int64_t> start(readType.getRank(), 0);
  return tensor::ExtractSliceOp::create(b, loc, readType, padded, ValueRange(),
                                        ValueRange(), ValueRange(), start,
                                        readType.getShape(), strides);
}

//===----------------------------------------------------------------------===//
// The pattern
//===----------------------------------------------------------------------===//

namespace {
struct ContractToReduce : OpConversionPattern<ContractOp> {
  ContractToReduce(const TypeConverter &converter, MLIRContext *context,
                   const Target &target)
      : OpConversionPattern(converter, context), target(target) {}

  LogicalResult matchAndRewrite(ContractOp op, OpAdaptor adaptor,
                                ConversionPatternRewriter &b) const override {
    LayoutAttr lhsLayout = op.getLhsLayout(), rhsLayout = op.getRhsLayout();
    if (!lhsLayout)
      return b.notifyMatchFailure(op, "operands are not packed");
    Location loc = op.getLoc();

    Value lhs = createPaddedWords(b, op, adaptor.getLhs(), target);
    Value rhs = adaptor.getRhs();
    AffineMap lhsMap = lhsLayout.getWordMap(op.getLhs().getType().getRank())
                           .compose(op.getLhsMap());
    AffineMap rhsMap = rhsLayout.getWordMap(op.getRhs().getType().getRank())
                           .compose(op.getRhsMap());

    // Loop ranges with the packed dimension in words, rounded up to its tile.
    SmallVector<int64_t> wordRanges = op.getLoopRanges();
    unsigned packedLoop =
        cast<AffineDimExpr>(op.getRhsMap().getResult(rhsLayout.getPacked()))
            .getPosition();
    int64_t tile = rhsLayout.getInnerTile(rhsLayout.getPacked());
    wordRanges[packedLoop] =
        llvm::divideCeil(wordRanges[packedLoop],
                         rhsLayout.getElementsPerWord() * tile) *
        tile;

    Value init = createCorrections(b, op, lhs, lhsMap, rhs, wordRanges);

    AffineMap maps[] = {lhsMap, rhsMap, op.getResultMap()};
    NumberFormat lhsFormat = op.getLhsElementType().getFormat(),
                 rhsFormat = op.getRhsElementType().getFormat();
    ArrayAttr numbers;
    if (lhsLayout.getNumbers())
      numbers = b.getArrayAttr({describeNumbers(lhsLayout, lhsFormat),
                                describeNumbers(rhsLayout, rhsFormat)});
    auto reduce = ReduceOp::create(
        b, loc, op.getType(), ValueRange{lhs, rhs}, init,
        b.getAffineMapArrayAttr(maps),
        b.getDenseI64ArrayAttr({lhsLayout.getPlanes(), rhsLayout.getPlanes()}),
        numbers);
    if (Attribute tile = op->getDiscardableAttr(kTileAttrName))
      reduce->setDiscardableAttr(kTileAttrName, tile);
    if (numbers)
      createProduct(b, loc, reduce,
                    lhsLayout.getCode(lhsFormat).step *
                        rhsLayout.getCode(rhsFormat).step);
    else
      createRegion(b, loc, reduce, lhsFormat, rhsFormat);
    b.replaceOp(op, reduce.getResult());
    return success();
  }

private:
  /// The integers of a layout that holds whole numbers, zeros of padding
  /// included.
  static NumbersAttr describeNumbers(LayoutAttr layout,
                                     const NumberFormat &format) {
    NumberCode code = layout.getCode(format);
    return NumbersAttr::get(layout.getContext(), layout.getNumbers(),
                            std::min<int64_t>(code.min, 0),
                            std::max<int64_t>(code.max, 0));
  }

  /// factor * a * w
  static void createProduct(OpBuilder &b, Location loc, ReduceOp reduce,
                            int64_t factor) {
    OpBuilder::InsertionGuard guard(b);
    Block *body =
        b.createBlock(&reduce.getRegion(), {},
                      SmallVector<Type>(2, b.getI32Type()), {loc, loc});
    Value product = arith::MulIOp::create(b, loc, body->getArgument(0),
                                          body->getArgument(1));
    if (factor != 1)
      product = arith::MulIOp::create(
          b, loc, product,
          arith::ConstantOp::create(b, loc, b.getI32IntegerAttr(factor)));
    YieldOp::create(b, loc, product);
  }

  /// sum_ij alpha_i beta_j (a_i & w_j)
  static void createRegion(OpBuilder &b, Location loc, ReduceOp reduce,
                           const NumberFormat &lhs, const NumberFormat &rhs) {
    OpBuilder::InsertionGuard guard(b);
    unsigned numPlanes = lhs.getWidth() + rhs.getWidth();
    Block *body = b.createBlock(&reduce.getRegion(), {},
                                SmallVector<Type>(numPlanes, b.getI1Type()),
                                SmallVector<Location>(numPlanes, loc));
    Value sum;
    for (auto [i, lhsWeight] : llvm::enumerate(lhs.getWeights()))
      for (auto [j, rhsWeight] : llvm::enumerate(rhs.getWeights())) {
        Value both =
            arith::AndIOp::create(b, loc, body->getArgument(i),
                                  body->getArgument(lhs.getWidth() + j));
        Value term = arith::ExtUIOp::create(b, loc, b.getI32Type(), both);
        if (int64_t weight = lhsWeight * rhsWeight; weight != 1)
          term = arith::MulIOp::create(
              b, loc, term,
              arith::ConstantOp::create(b, loc, b.getI32IntegerAttr(weight)));
        sum = sum ? arith::AddIOp::create(b, loc, sum, term).getResult() : term;
      }
    YieldOp::create(b, loc, sum);
  }

  const Target &target;
};
} // namespace

void bitserial::populateContractToReducePatterns(const TypeConverter &converter,
                                                 const Target &target,
                                                 RewritePatternSet &patterns) {
  patterns.add<ContractToReduce>(converter, patterns.getContext(), target);
}
