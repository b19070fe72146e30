//===- Unpacking.cpp - Unpacking of words into values ---------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "NumberPacking.h"
#include "PackingWalk.h"
#include "bitserial/Transforms/BitPlanes.h"
#include "bitserial/Transforms/Packing.h"
#include "mlir/Transforms/DialectConversion.h"

using namespace mlir;
using namespace mlir::bitserial;

namespace {
class Unpacker : Walk {
public:
  Unpacker(OpBuilder &b, Location loc, RankedTensorType packedType,
           const Target &target, Value words, const View &valueView,
           const View &wordView)
      : Walk(b, loc, packedType, target, valueView, wordView),
        words(wordView.merge(b, loc, words)) {}

  /// Writes all values to `dest`, merged as the value view says.
  Value unpack(Value dest) {
    if (!geometry.hasRows())
      return unpackColumns(dest);
    return createNest(geometry.loops, origin, dest,
                      [&](const Position &position, Value inner) {
                        return unpackRow(position, inner);
                      });
  }

private:
  Value unpackRow(const Position &position, Value dest) {
    const Dim &packed = geometry.packed;
    int64_t wordsPerStep = rowLanes / wordBits;
    auto unpackStep = [&](OpFoldResult first, OpFoldResult firstWord,
                          int64_t count, Value inner) {
      int64_t lanes = getNumLanes(count);
      int64_t numWords = llvm::divideCeil(count, wordBits);
      SmallVector<Value> masks;
      for (unsigned plane = 0; plane < numPlanes; ++plane) {
        Value bits = readWords(words, numWords, position.word, packed.word,
                               firstWord, wordsPerStep, plane);
        if (lanes >= wordBits) {
          auto type = getWordVectorType(lanes / wordBits);
          bits = insert(bits, createConstant(type, 0), 0);
        } else {
          bits = resize(bits, lanes);
        }
        masks.push_back(emitMaskFromBytes(
            b, loc, bitcast(bits, getVectorType(lanes / 8, 8)), target));
      }
      Value values = emitValuesFromMasks(b, loc, masks, format);
      Index index = position.value;
      advance(index, packed.value, first);
      return write(slice(values, 0, count), inner, index);
    };
    int64_t numSteps = packed.size / rowLanes, rest = packed.size % rowLanes;
    OpFoldResult zero = b.getIndexAttr(0);
    dest = createLoop(numSteps, dest, [&](OpFoldResult i, Value inner) {
      return unpackStep(addScaled(zero, i, rowLanes),
                        addScaled(zero, i, wordsPerStep), rowLanes, inner);
    });
    if (!rest)
      return dest;
    return unpackStep(b.getIndexAttr(numSteps * rowLanes),
                      b.getIndexAttr(numSteps * wordsPerStep), rest, dest);
  }

  Value unpackColumns(Value dest) {
    return createColumnLoops(
        dest, [&](const Position &position, const Lanes &lanes, Value inner) {
          return unpackLanes(position, lanes, inner);
        });
  }

  Value unpackLanes(const Position &position, const Lanes &lanes, Value dest) {
    const Dim &packed = geometry.packed;
    Index firstValue = position.value;
    advance(firstValue, lanes.dim.value, lanes.first);
    return createLoop(
        geometry.getNumWords(), dest, [&](OpFoldResult word, Value inner) {
          Index wordIndex = position.word;
          advance(wordIndex, packed.word, word);
          SmallVector<Value> planes;
          for (unsigned plane = 0; plane < numPlanes; ++plane)
            planes.push_back(readWords(words, lanes.size, wordIndex,
                                       lanes.dim.word, lanes.first,
                                       lanes.alignment, plane));
          // The last word may have fewer rows.
          OpFoldResult numRows = affine::makeComposedFoldedAffineMin(
              b, loc,
              AffineMap::get(1, 0,
                             {b.getAffineConstantExpr(wordBits),
                              packed.size - b.getAffineDimExpr(0) * wordBits},
                             b.getContext()),
              {word});
          return createLoop(
              numRows, inner, [&](OpFoldResult row, Value innermost) {
                Value shift = castIndex(row, getWordVectorType(lanes.size));
                SmallVector<Value> masks;
                for (Value plane : planes)
                  masks.push_back(
                      resize(arith::ShRUIOp::create(b, loc, plane, shift), 1));
                Index index = firstValue;
                advance(index, packed.value * wordBits, word);
                advance(index, packed.value, row);
                return write(emitValuesFromMasks(b, loc, masks, format),
                             innermost, index);
              });
        });
  }

  Value words;
};
} // namespace

Value bitserial::emitUnpack(RewriterBase &b, Location loc, Value words,
                            RankedTensorType packedType, const Target &target) {
  assert(packedType.hasStaticShape() && "needs static shapes");
  assert(words.getType() == getStoredType(packedType) &&
         "words do not fit the packed type");
  Value dest = createEmpty(b, loc, getStoredType(dropLayout(packedType)));
  if (packedType.getNumElements() == 0)
    return dest;
  View valueView(dest), wordView(words);
  Value merged = valueView.merge(b, loc, dest);
  if (getLayout(packedType).getNumbers())
    merged = unpackNumbers(b, loc, packedType, target, words, valueView,
                           wordView, merged);
  else
    merged = Unpacker(b, loc, packedType, target, words, valueView, wordView)
                 .unpack(merged);
  return valueView.split(b, loc, merged);
}

namespace {
struct ConvertUnpack : OpConversionPattern<UnpackOp> {
  ConvertUnpack(const TypeConverter &converter, MLIRContext *context,
                const Target &target)
      : OpConversionPattern(converter, context), target(target) {}

  LogicalResult matchAndRewrite(UnpackOp op, OpAdaptor adaptor,
                                ConversionPatternRewriter &b) const override {
    RankedTensorType type = op.getSource().getType();
    if (!type.hasStaticShape())
      return b.notifyMatchFailure(op, "shape is not static");
    b.replaceOp(op,
                emitUnpack(b, op.getLoc(), adaptor.getSource(), type, target));
    return success();
  }

  const Target &target;
};
} // namespace

void bitserial::populateUnpackingPatterns(const TypeConverter &converter,
                                          RewritePatternSet &patterns,
                                          const Target &target) {
  patterns.add<ConvertUnpack>(converter, patterns.getContext(), target);
}
