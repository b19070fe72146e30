//===- PackingWalk.h - Walks over values and words --------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// There are three ways to walk over a tensor:
//
//   long rows   along the packed dimension, where the values are contiguous in
//               it: up to 64 values are tested and their bits moved together;
//   short rows  the same where the packed dimension is short: the bits of one
//               row, or of several at once, are taken from one vector;
//   columns     across the packed dimension, where the values are contiguous in
//               another one: words are put together lane by lane.
//
// Sizes that are no multiple of a vector are covered by a last vector that
// overlaps the one before. What belongs to other elements is shifted out or, if
// it yields the same words again, written a second time.
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_LIB_TRANSFORMS_PACKINGWALK_H
#define BITSERIAL_LIB_TRANSFORMS_PACKINGWALK_H

#include "PackingGeometry.h"
#include "bitserial/IR/Bitserial.h"
#include "bitserial/Target/Target.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

namespace mlir::bitserial {

/// Values of a row that are treated at once: their bits fill the longest word,
/// or several shorter ones. At least a register of the smallest vectors.
inline constexpr int64_t kMaxRowLanes = 64;
inline constexpr int64_t kMinRowLanes = 16;

/// Words of all planes that one step of a loop accesses one by one, where they
/// are not contiguous. Bounds the code (and the time that the analysis of
/// bufferization takes, which is quadratic in the number of accesses).
inline constexpr int64_t kMaxSingleWords = 32;

/// An index into a View's merged tensor.
using Index = SmallVector<OpFoldResult>;

/// Where a walk is.
struct Position {
  Index value, word;
};

/// What packing and unpacking have in common.
class Walk {
protected:
  Walk(OpBuilder &b, Location loc, RankedTensorType packedType,
       const Target &target, const View &valueView, const View &wordView,
       ArrayRef<int64_t> wordOffsets = {})
      : b(b), loc(loc), target(target), valueView(valueView),
        wordView(wordView), geometry(packedType, valueView, wordView),
        format(cast<IntType>(packedType.getElementType()).getFormat()),
        numPlanes(
            getLayout(packedType)
                .getNumPlanes(cast<IntType>(packedType.getElementType()))),
        wordBits(geometry.wordBits), perWord(geometry.perWord),
        rowLanes(chooseRowLanes()) {
    origin.value = valueView.getIndex(b);
    origin.word = wordView.getIndex(b, wordOffsets);
  }

  VectorType getVectorType(int64_t size, unsigned width) const {
    return VectorType::get(size, b.getIntegerType(width));
  }
  VectorType getValueVectorType(int64_t size) const {
    return getVectorType(size, format.getValueBits());
  }
  VectorType getWordVectorType(int64_t size) const {
    return getVectorType(size, wordBits);
  }

  /// An integer, or a vector of equal ones.
  Value createConstant(Type type, int64_t value) {
    Type elementType = getElementTypeOrSelf(type);
    TypedAttr attr = b.getIntegerAttr(
        elementType, APInt(elementType.getIntOrFloatBitWidth(), value,
                           /*isSigned=*/true, /*implicitTrunc=*/true));
    if (auto vectorType = dyn_cast<VectorType>(type))
      attr = DenseElementsAttr::get(vectorType, Attribute(attr));
    return arith::ConstantOp::create(b, loc, attr);
  }

  /// a + b * factor
  OpFoldResult addScaled(OpFoldResult a, OpFoldResult i, int64_t factor) {
    AffineExpr d0 = b.getAffineDimExpr(0), d1 = b.getAffineDimExpr(1);
    return affine::makeComposedFoldedAffineApply(b, loc, d0 + d1 * factor,
                                                 {a, i});
  }
  void advance(Index &index, Stride stride, OpFoldResult i) {
    index[stride.group] = addScaled(index[stride.group], i, stride.step);
  }
  void advance(Index &index, const WordStride &stride, OpFoldResult i) {
    if (!stride.isTiled())
      return advance(index, stride.outer, i);
    AffineExpr d0 = b.getAffineDimExpr(0);
    advance(index, stride.outer,
            affine::makeComposedFoldedAffineApply(
                b, loc, d0.floorDiv(stride.tile), {i}));
    advance(
        index, stride.inner,
        affine::makeComposedFoldedAffineApply(b, loc, d0 % stride.tile, {i}));
  }
  Position at(Position position, const Dim &dim, OpFoldResult i) {
    advance(position.value, dim.value, i);
    advance(position.word, dim.word, i);
    return position;
  }

  using Body = function_ref<Value(OpFoldResult, Value)>;
  /// A loop from 0 to `count` that passes `dest` on from one iteration to the
  /// next.
  Value createLoop(OpFoldResult count, Value dest, Body body) {
    std::optional<int64_t> constant = getConstantIntValue(count);
    if (constant && *constant == 0)
      return dest;
    if (constant && *constant == 1)
      return body(b.getIndexAttr(0), dest);
    Value zero = arith::ConstantIndexOp::create(b, loc, 0);
    Value one = arith::ConstantIndexOp::create(b, loc, 1);
    auto loop = scf::ForOp::create(
        b, loc, zero, getValueOrCreateConstantIndexOp(b, loc, count), one,
        dest);
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(loop.getBody());
    Value result = body(loop.getInductionVar(), loop.getRegionIterArg(0));
    scf::YieldOp::create(b, loc, result);
    return loop.getResult(0);
  }
  Value createLoop(int64_t count, Value dest, Body body) {
    return createLoop(OpFoldResult(b.getIndexAttr(count)), dest, body);
  }

  /// `size` elements of `dim` from the `first` on, a multiple of `alignment`.
  struct Lanes {
    const Dim &dim;
    OpFoldResult first;
    int64_t size, alignment;
  };
  using LaneBody =
      function_ref<Value(const Position &, const Lanes &, Value dest)>;
  /// Loops over all but the packed dimension, over the last one in vectors.
  Value createColumnLoops(Value dest, LaneBody body) {
    const Dim &dim = geometry.loops.back();
    assert(dim.value == geometry.valueUnit && "values are not contiguous");
    int64_t most = std::min<int64_t>(llvm::bit_floor<uint64_t>(dim.size),
                                     std::max(16u, target.vectorBits() / 16));
    int64_t numLanes = most;
    while (numLanes > 4 && !geometry.isContiguous(dim.word, numLanes, numLanes))
      numLanes /= 2;
    if (!geometry.isContiguous(dim.word, numLanes, numLanes))
      numLanes = std::min(most, int64_t(llvm::bit_floor<uint64_t>(
                                    kMaxSingleWords / numPlanes)));
    return createNest(
        ArrayRef(geometry.loops).drop_back(), origin, dest,
        [&](const Position &position, Value inner) {
          inner = createLoop(
              dim.size / numLanes, inner, [&](OpFoldResult i, Value innermost) {
                OpFoldResult first = addScaled(b.getIndexAttr(0), i, numLanes);
                return body(position, {dim, first, numLanes, numLanes},
                            innermost);
              });
          if (dim.size % numLanes == 0)
            return inner;
          OpFoldResult first = b.getIndexAttr(dim.size - numLanes);
          return body(position, {dim, first, numLanes, /*alignment=*/1}, inner);
        });
  }

  using NestBody = function_ref<Value(const Position &, Value)>;
  Value createNest(ArrayRef<Dim> dims, const Position &position, Value dest,
                   NestBody body) {
    if (dims.empty())
      return body(position, dest);
    return createLoop(
        dims.front().size, dest, [&](OpFoldResult i, Value inner) {
          return createNest(dims.drop_front(), at(position, dims.front(), i),
                            inner, body);
        });
  }

  Value read(VectorType type, Value tensor, const Index &index) {
    Value padding = createConstant(type.getElementType(), 0);
    return vector::TransferReadOp::create(
        b, loc, type, tensor, getValueOrCreateConstantIndexOp(b, loc, index),
        padding, ArrayRef<bool>{true});
  }
  Value write(Value vector, Value tensor, const Index &index) {
    return vector::TransferWriteOp::create(
               b, loc, vector, tensor,
               getValueOrCreateConstantIndexOp(b, loc, index),
               ArrayRef<bool>{true})
        .getResult();
  }
  using WordGetter = function_ref<Value(int64_t first, int64_t count)>;
  /// Writes `count` words of one plane, from the `first` of `stride` on.
  Value writeWords(int64_t count, WordGetter getWords, Value dest, Index index,
                   const WordStride &stride, OpFoldResult first,
                   int64_t alignment, unsigned plane) {
    advance(index, geometry.plane, b.getIndexAttr(plane));
    if (count == 1 || geometry.isContiguous(stride, count, alignment)) {
      advance(index, stride, first);
      return write(getWords(0, count), dest, index);
    }
    for (int64_t i = 0; i < count; ++i) {
      Index single = index;
      advance(single, stride, addScaled(first, b.getIndexAttr(i), 1));
      dest = write(getWords(i, 1), dest, single);
    }
    return dest;
  }
  /// Writes a vector of words.
  Value writeWords(Value words, Value dest, const Index &index,
                   const WordStride &stride, OpFoldResult first,
                   int64_t alignment, unsigned plane) {
    return writeWords(
        cast<VectorType>(words.getType()).getNumElements(),
        [&](int64_t i, int64_t n) { return slice(words, i, n); }, dest, index,
        stride, first, alignment, plane);
  }
  /// Reads `count` words of one plane, from the `first` of `stride` on.
  Value readWords(Value words, int64_t count, Index index,
                  const WordStride &stride, OpFoldResult first,
                  int64_t alignment, unsigned plane) {
    advance(index, geometry.plane, b.getIndexAttr(plane));
    if (count == 1 || geometry.isContiguous(stride, count, alignment)) {
      advance(index, stride, first);
      return read(getWordVectorType(count), words, index);
    }
    Value result = createConstant(getWordVectorType(count), 0);
    for (int64_t i = 0; i < count; ++i) {
      Index single = index;
      advance(single, stride, addScaled(first, b.getIndexAttr(i), 1));
      result = insert(read(getWordVectorType(1), words, single), result, i);
    }
    return result;
  }

  Value slice(Value vector, int64_t offset, int64_t size) {
    if (size == cast<VectorType>(vector.getType()).getNumElements())
      return vector;
    return vector::ExtractStridedSliceOp::create(
        b, loc, vector, ArrayRef<int64_t>{offset}, ArrayRef<int64_t>{size},
        ArrayRef<int64_t>{1});
  }
  Value insert(Value part, Value vector, int64_t offset) {
    if (part.getType() == vector.getType())
      return part;
    return vector::InsertStridedSliceOp::create(
        b, loc, part, vector, ArrayRef<int64_t>{offset}, ArrayRef<int64_t>{1});
  }

  /// Converts an integer, or each one of a vector.
  Value resize(Value value, unsigned width) {
    Type type = b.getIntegerType(width);
    if (auto vectorType = dyn_cast<VectorType>(value.getType()))
      type = vectorType.clone(type);
    unsigned from = getElementTypeOrSelf(value).getIntOrFloatBitWidth();
    if (from < width)
      return arith::ExtUIOp::create(b, loc, type, value);
    if (from > width)
      return arith::TruncIOp::create(b, loc, type, value);
    return value;
  }
  Value bitcast(Value vector, VectorType type) {
    if (vector.getType() == type)
      return vector;
    return vector::BitCastOp::create(b, loc, type, vector);
  }
  /// `index` as an integer, or a vector of equal ones.
  Value castIndex(OpFoldResult index, Type type) {
    Value value = getValueOrCreateConstantIndexOp(b, loc, index);
    value =
        arith::IndexCastOp::create(b, loc, getElementTypeOrSelf(type), value);
    if (auto vectorType = dyn_cast<VectorType>(type))
      value = vector::BroadcastOp::create(b, loc, vectorType, value);
    return value;
  }

  OpBuilder &b;
  Location loc;
  const Target &target;
  const View &valueView, &wordView;
  Geometry geometry;
  Position origin;
  NumberFormat format;
  int64_t numPlanes, wordBits, perWord;
  /// The number of values that a step along a long row treats.
  int64_t rowLanes;

private:
  int64_t chooseRowLanes() const {
    int64_t fewest = std::max(kMinRowLanes, wordBits);
    for (int64_t lanes = kMaxRowLanes; lanes >= fewest; lanes /= 2) {
      int64_t words = lanes / wordBits;
      if (geometry.isContiguous(geometry.packed.word, words, words))
        return lanes;
    }
    // x86 has one integer for the bits of a vector, from which words are not
    // taken apart well.
    if (target.arch() == Arch::X86_64)
      return wordBits;
    int64_t lanes = kMaxRowLanes;
    while (lanes > fewest && lanes / wordBits * numPlanes > kMaxSingleWords)
      lanes /= 2;
    return lanes;
  }
};

/// The size of the vector that `count` values are treated in.
inline int64_t getNumLanes(int64_t count) {
  return std::max<int64_t>(kMinRowLanes, llvm::PowerOf2Ceil(count));
}

/// An uninitialised tensor.
inline Value createEmpty(OpBuilder &b, Location loc, RankedTensorType type) {
  return tensor::EmptyOp::create(b, loc, type.getShape(),
                                 type.getElementType());
}

} // namespace mlir::bitserial

#endif // BITSERIAL_LIB_TRANSFORMS_PACKINGWALK_H
