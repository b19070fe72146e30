//===- NumberPacking.cpp - Whole numbers in words -------------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "NumberPacking.h"
#include "PackingWalk.h"

using namespace mlir;
using namespace mlir::bitserial;

namespace {
/// Values of a format, and the integers that stand for them in words.
class NumberWalk : protected Walk {
protected:
  NumberWalk(OpBuilder &b, Location loc, RankedTensorType packedType,
             const Target &target, const View &valueView, const View &wordView,
             ArrayRef<int64_t> wordOffsets = {})
      : Walk(b, loc, packedType, target, valueView, wordView, wordOffsets),
        numbers(getLayout(packedType).getNumbers()),
        code(getLayout(packedType).getCode(format)) {}

  Value add(Value vector, int64_t constant) {
    if (constant == 0)
      return vector;
    return arith::AddIOp::create(b, loc, vector,
                                 createConstant(vector.getType(), constant));
  }
  Value extend(Value vector, unsigned width, bool isUnsigned) {
    if (isUnsigned)
      return resize(vector, width);
    Type type =
        cast<VectorType>(vector.getType()).clone(b.getIntegerType(width));
    return arith::ExtSIOp::create(b, loc, type, vector);
  }

  /// The integers, modulo the width of the lanes: bounds of either side fit.
  Value getCodes(Value values) {
    unsigned width = numbers.getWidth();
    if (width > format.getValueBits())
      values = extend(values, width, format.isValueUnsigned());
    if (code.step == 1)
      return resize(add(values, -code.offset), width);
    Value distance = add(values, -format.getMin());
    assert(code.step == 2 && "steps of formats are 1 and 2");
    distance = arith::ShRUIOp::create(b, loc, distance,
                                      createConstant(distance.getType(), 1));
    return resize(add(distance, code.min), width);
  }

  Value getValues(Value codes) {
    unsigned width = format.getValueBits();
    if (width > numbers.getWidth())
      codes = extend(codes, width, numbers.isUnsigned());
    if (code.step != 1)
      codes = arith::MulIOp::create(b, loc, codes,
                                    createConstant(codes.getType(), code.step));
    return resize(add(codes, code.offset), width);
  }

  VectorType getCodeVectorType(int64_t size) const {
    return getVectorType(size, numbers.getWidth());
  }
  /// `codes` as words, the last one filled up with zeros.
  Value getWords(Value codes) {
    int64_t size = cast<VectorType>(codes.getType()).getNumElements();
    int64_t numWords = llvm::divideCeil(size, perWord);
    codes = insert(codes,
                   createConstant(getCodeVectorType(numWords * perWord), 0), 0);
    return bitcast(codes, getWordVectorType(numWords));
  }

  /// The numbers that a step along a row treats: those of a register, or of one
  /// word if words do not follow one another.
  int64_t chooseLanes() const {
    for (int64_t lanes = kMaxRowLanes; lanes > perWord; lanes /= 2)
      if (geometry.isContiguous(geometry.packed.word, lanes / perWord,
                                lanes / perWord))
        return lanes;
    return perWord;
  }

  IntegerType numbers;
  NumberCode code;
};

class NumberPacker : NumberWalk {
public:
  NumberPacker(OpBuilder &b, Location loc, RankedTensorType packedType,
               const Target &target, Value values, const View &valueView,
               const View &wordView, ArrayRef<int64_t> offsets)
      : NumberWalk(b, loc, packedType, target, valueView, wordView, offsets),
        values(valueView.merge(b, loc, values)) {}

  Value pack(Value dest) {
    if (!geometry.hasRows())
      return packColumns(dest);
    ArrayRef<Dim> loops = geometry.loops;
    // Several short rows side by side, each with words of its own.
    if (!loops.empty()) {
      const Dim &rows = loops.back();
      int64_t numWords = geometry.getNumWords();
      int64_t together = llvm::bit_floor<uint64_t>(
          std::min(kMaxRowLanes / (numWords * perWord), rows.size));
      if (together > 1 && !rows.word.isTiled() &&
          geometry.isContiguous(geometry.packed.word, numWords, numWords) &&
          rows.word.outer == geometry.wordUnit * numWords &&
          rows.value == packed().value * packed().size)
        return createNest(loops.drop_back(), origin, dest,
                          [&](const Position &position, Value inner) {
                            return packRows(position, rows, together, inner);
                          });
    }
    return createNest(loops, origin, dest,
                      [&](const Position &position, Value inner) {
                        return packRow(position, inner);
                      });
  }

private:
  const Dim &packed() const { return geometry.packed; }

  Value readCodes(int64_t count, const Index &index) {
    return getCodes(read(getValueVectorType(count), values, index));
  }

  Value packRow(const Position &position, Value dest) {
    int64_t lanes = chooseLanes();
    int64_t numSteps = packed().size / lanes, rest = packed().size % lanes;
    auto packStep = [&](OpFoldResult step, int64_t count, Value inner) {
      OpFoldResult zero = b.getIndexAttr(0);
      Index index = position.value;
      Value codes;
      if (count < lanes && numSteps > 0) {
        // A whole vector that ends with the row.
        advance(index, packed().value, b.getIndexAttr(packed().size - lanes));
        codes = slice(readCodes(lanes, index), lanes - count, count);
      } else {
        advance(index, packed().value, addScaled(zero, step, lanes));
        codes = readCodes(count, index);
      }
      return writeWords(getWords(codes), inner, position.word, packed().word,
                        addScaled(zero, step, lanes / perWord),
                        /*alignment=*/lanes / perWord, /*plane=*/0);
    };
    dest = createLoop(numSteps, dest, [&](OpFoldResult step, Value inner) {
      return packStep(step, lanes, inner);
    });
    return rest ? packStep(b.getIndexAttr(numSteps), rest, dest) : dest;
  }

  /// Rows of less than half a vector, `together` at a time.
  Value packRows(const Position &position, const Dim &rows, int64_t together,
                 Value dest) {
    int64_t size = packed().size, numWords = geometry.getNumWords();
    SmallVector<int64_t> places;
    for (int64_t row = 0; row < together; ++row)
      for (int64_t i = 0; i < numWords * perWord; ++i)
        places.push_back(i < size ? row * size + i : together * size);
    auto packStep = [&](OpFoldResult first, Value inner) {
      Index index = position.value;
      advance(index, rows.value, first);
      Value codes = readCodes(together * size, index);
      if (size != numWords * perWord)
        codes = vector::ShuffleOp::create(
            b, loc, codes, createConstant(codes.getType(), 0), places);
      Position at = position;
      advance(at.word, rows.word, first);
      return writeWords(getWords(codes), inner, at.word,
                        WordStride{1, geometry.wordUnit, {}}, b.getIndexAttr(0),
                        /*alignment=*/1, /*plane=*/0);
    };
    dest = createLoop(
        rows.size / together, dest, [&](OpFoldResult i, Value inner) {
          return packStep(addScaled(b.getIndexAttr(0), i, together), inner);
        });
    if (rows.size % together == 0)
      return dest;
    return packStep(b.getIndexAttr(rows.size - together), dest);
  }

  Value packColumns(Value dest) {
    return createColumnLoops(dest, [&](const Position &position,
                                       const Lanes &lanes, Value inner) {
      Index firstValue = position.value;
      advance(firstValue, lanes.dim.value, lanes.first);
      auto packWord = [&](OpFoldResult word, int64_t numRows, Value dest) {
        Value words;
        for (int64_t row = 0; row < numRows; ++row) {
          Index index = firstValue;
          advance(index, packed().value * perWord, word);
          advance(index, packed().value, b.getIndexAttr(row));
          Value codes = resize(readCodes(lanes.size, index), wordBits);
          if (row)
            codes = arith::ShLIOp::create(
                b, loc, codes,
                createConstant(codes.getType(), row * numbers.getWidth()));
          words = words ? arith::OrIOp::create(b, loc, words, codes).getResult()
                        : codes;
        }
        Index wordIndex = position.word;
        advance(wordIndex, packed().word, word);
        return writeWords(words, dest, wordIndex, lanes.dim.word, lanes.first,
                          lanes.alignment,
                          /*plane=*/0);
      };
      int64_t numWords = packed().size / perWord;
      inner = createLoop(numWords, inner, [&](OpFoldResult word, Value dest) {
        return packWord(word, perWord, dest);
      });
      if (int64_t rest = packed().size % perWord)
        inner = packWord(b.getIndexAttr(numWords), rest, inner);
      return inner;
    });
  }

  Value values;
};

class NumberUnpacker : NumberWalk {
public:
  NumberUnpacker(OpBuilder &b, Location loc, RankedTensorType packedType,
                 const Target &target, Value words, const View &valueView,
                 const View &wordView)
      : NumberWalk(b, loc, packedType, target, valueView, wordView),
        words(wordView.merge(b, loc, words)) {}

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
    int64_t lanes = chooseLanes();
    int64_t numSteps = packed.size / lanes, rest = packed.size % lanes;
    OpFoldResult zero = b.getIndexAttr(0);
    auto unpackStep = [&](OpFoldResult step, int64_t count, Value inner) {
      int64_t numWords = llvm::divideCeil(count, perWord);
      Value codes = readWords(words, numWords, position.word, packed.word,
                              addScaled(zero, step, lanes / perWord),
                              /*alignment=*/lanes / perWord, /*plane=*/0);
      codes = bitcast(codes, getCodeVectorType(numWords * perWord));
      Index index = position.value;
      advance(index, packed.value, addScaled(zero, step, lanes));
      return write(slice(getValues(codes), 0, count), inner, index);
    };
    dest = createLoop(numSteps, dest, [&](OpFoldResult step, Value inner) {
      return unpackStep(step, lanes, inner);
    });
    return rest ? unpackStep(b.getIndexAttr(numSteps), rest, dest) : dest;
  }

  Value unpackColumns(Value dest) {
    return createColumnLoops(dest, [&](const Position &position,
                                       const Lanes &lanes, Value inner) {
      const Dim &packed = geometry.packed;
      auto unpackWord = [&](OpFoldResult word, int64_t numRows, Value dest) {
        Index wordIndex = position.word;
        advance(wordIndex, packed.word, word);
        Value vector = readWords(words, lanes.size, wordIndex, lanes.dim.word,
                                 lanes.first, lanes.alignment, /*plane=*/0);
        for (int64_t row = 0; row < numRows; ++row) {
          Value codes = arith::ShRUIOp::create(
              b, loc, vector,
              createConstant(vector.getType(), row * numbers.getWidth()));
          Index index = position.value;
          advance(index, lanes.dim.value, lanes.first);
          advance(index, packed.value * perWord, word);
          advance(index, packed.value, b.getIndexAttr(row));
          dest =
              write(getValues(resize(codes, numbers.getWidth())), dest, index);
        }
        return dest;
      };
      int64_t numWords = packed.size / perWord;
      inner = createLoop(numWords, inner, [&](OpFoldResult word, Value dest) {
        return unpackWord(word, perWord, dest);
      });
      if (int64_t rest = packed.size % perWord)
        inner = unpackWord(b.getIndexAttr(numWords), rest, inner);
      return inner;
    });
  }

  Value words;
};
} // namespace

Value bitserial::packNumbers(OpBuilder &b, Location loc,
                             RankedTensorType packedType, const Target &target,
                             Value values, const View &valueView,
                             const View &wordView, ArrayRef<int64_t> offsets,
                             Value dest) {
  return NumberPacker(b, loc, packedType, target, values, valueView, wordView,
                      offsets)
      .pack(dest);
}

Value bitserial::unpackNumbers(OpBuilder &b, Location loc,
                               RankedTensorType packedType,
                               const Target &target, Value words,
                               const View &valueView, const View &wordView,
                               Value dest) {
  return NumberUnpacker(b, loc, packedType, target, words, valueView, wordView)
      .unpack(dest);
}
