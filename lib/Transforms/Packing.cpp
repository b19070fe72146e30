//===- Packing.cpp - Packing of values into words -------------------------===//
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

#include "bitserial/Transforms/Packing.h"
#include "PackingGeometry.h"
#include "bitserial/IR/Bitserial.h"
#include "bitserial/Target/Target.h"
#include "bitserial/Transforms/BitPlanes.h"
#include "bitserial/Transforms/PackKernel.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/Remarks.h"
#include "mlir/Transforms/DialectConversion.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace mlir::bitserial;

/// Values of a row that are treated at once: their bits fill the longest word,
/// or several shorter ones. At least a register of the smallest vectors.
static constexpr int64_t kMaxRowLanes = 64;
static constexpr int64_t kMinRowLanes = 16;

/// Words of all planes that one step of a loop accesses one by one, where they
/// are not contiguous. Bounds the code (and the time that the analysis of
/// bufferization takes, which is quadratic in the number of accesses).
static constexpr int64_t kMaxSingleWords = 32;

//===----------------------------------------------------------------------===//
// Loops and accesses
//===----------------------------------------------------------------------===//

namespace {
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
        numPlanes(format.getWidth()), wordBits(geometry.wordBits),
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

  using LaneBody =
      function_ref<Value(const Position &, const Dim &, OpFoldResult first,
                         int64_t numLanes, int64_t alignment, Value dest)>;
  /// Loops over all but the packed dimension, over the last one in vectors of
  /// `numLanes` from the `first` on, which is a multiple of `alignment`.
  Value createColumnLoops(Value dest, LaneBody body) {
    const Dim &lanes = geometry.loops.back();
    assert(lanes.value == geometry.valueUnit && "values are not contiguous");
    int64_t most = std::min<int64_t>(llvm::bit_floor<uint64_t>(lanes.size),
                                     std::max(16u, target.vectorBits() / 16));
    int64_t numLanes = most;
    while (numLanes > 4 &&
           !geometry.isContiguous(lanes.word, numLanes, numLanes))
      numLanes /= 2;
    if (!geometry.isContiguous(lanes.word, numLanes, numLanes))
      numLanes = std::min(most, int64_t(llvm::bit_floor<uint64_t>(
                                    kMaxSingleWords / numPlanes)));
    return createNest(
        ArrayRef(geometry.loops).drop_back(), origin, dest,
        [&](const Position &position, Value inner) {
          inner = createLoop(
              lanes.size / numLanes, inner,
              [&](OpFoldResult i, Value innermost) {
                return body(position, lanes,
                            addScaled(b.getIndexAttr(0), i, numLanes), numLanes,
                            /*alignment=*/numLanes, innermost);
              });
          if (lanes.size % numLanes == 0)
            return inner;
          return body(position, lanes, b.getIndexAttr(lanes.size - numLanes),
                      numLanes, /*alignment=*/1, inner);
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
  int64_t numPlanes, wordBits;
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
int64_t getNumLanes(int64_t count) {
  return std::max<int64_t>(kMinRowLanes, llvm::PowerOf2Ceil(count));
}
} // namespace

//===----------------------------------------------------------------------===//
// Packing
//===----------------------------------------------------------------------===//

namespace {
class Packer : Walk {
public:
  Packer(OpBuilder &b, Location loc, RankedTensorType packedType,
         const Target &target, Value values, const View &valueView,
         const View &wordView, ArrayRef<int64_t> offsets)
      : Walk(b, loc, packedType, target, valueView, wordView, offsets),
        values(valueView.merge(b, loc, values)) {}

  /// Writes all words to `dest`, merged as the word view says.
  Value pack(Value dest) {
    if (!geometry.hasRows())
      return packColumns(dest);
    if (geometry.packed.size >= rowLanes)
      return createNest(geometry.loops, origin, dest,
                        [&](const Position &position, Value inner) {
                          return packLongRow(position, inner);
                        });
    return packShortRows(dest);
  }

private:
  //===--------------------------------------------------------------------===//
  // Kernels
  //===--------------------------------------------------------------------===//

  /// The kernel for a vector of so many values, or null.
  const PackKernel *getKernel(int64_t size) {
    if (!kernel || int64_t(kernel->spec.numValues) != size) {
      kernel.reset();
      PackKernelSource *source = PackKernelSource::get(b.getContext());
      if (!source || !PackSpec::isValidNumValues(size))
        return nullptr;
      PackSpec spec{format, unsigned(size)};
      std::optional<PackKernelSource::Answer> answer =
          source->find(spec, target);
      if (!answer)
        return nullptr;
      kernel = std::move(answer->kernel);
      remark::passed(loc,
                     remark::RemarkOpts::name("pack").category("bitserial"))
          << llvm::formatv("values are packed by {0}, {1}: {2:f2} cycles per "
                           "{3} values by the model of {4}; {5}",
                           spec.name(), answer->origin, kernel->cycles, size,
                           kernel->cpu, kernel->sketch)
                 .str();
    }
    return &*kernel;
  }

  /// The bytes of all planes of a vector of values.
  SmallVector<Value> getPlaneBytes(Value vector) {
    int64_t size = cast<VectorType>(vector.getType()).getNumElements();
    if (const PackKernel *found = getKernel(size))
      return found->inlineAt(b, loc, vector);
    return emitPlaneBytes(b, loc, vector, format, target);
  }

  //===--------------------------------------------------------------------===//
  // Bits of a row
  //===--------------------------------------------------------------------===//

  /// The type of n bits as one integer, to be shifted and masked: on ARM, where
  /// vector registers can do that, it need not leave them.
  Type getBitsType(int64_t size) const {
    Type type = b.getIntegerType(size);
    return target.arch() == Arch::X86_64 ? type : VectorType::get(1, type);
  }

  Value getBits(Value bytes) {
    int64_t size = cast<VectorType>(bytes.getType()).getNumElements() * 8;
    Value bits = bitcast(bytes, getVectorType(1, size));
    if (isa<VectorType>(getBitsType(size)))
      return bits;
    return vector::ExtractOp::create(b, loc, bits, 0);
  }

  /// `count` words from bits, which are fewer than a word or full words, either
  /// in bytes or in an integer.
  Value getWords(Value bits, int64_t first, int64_t count) {
    unsigned width = getElementTypeOrSelf(bits).getIntOrFloatBitWidth();
    auto type = dyn_cast<VectorType>(bits.getType());
    if (type)
      width *= type.getNumElements();
    int64_t numWords = llvm::divideCeil(width, wordBits);
    if (width < wordBits ||
        (count == 1 && numWords > 1 && target.arch() == Arch::X86_64)) {
      // Vectors of mask bits cannot be taken apart well, integers can.
      if (type && type.getNumElements() > 1)
        bits = getBits(bits);
      if (first)
        bits = arith::ShRUIOp::create(
            b, loc, bits, createConstant(bits.getType(), first * wordBits));
      bits = resize(bits, wordBits);
      numWords = 1;
      first = 0;
    }
    if (!isa<VectorType>(bits.getType()))
      bits = vector::BroadcastOp::create(
          b, loc, VectorType::get(1, bits.getType()), bits);
    return slice(bitcast(bits, getWordVectorType(numWords)), first, count);
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
  /// Writes the first `count` words of `bits`, see getWords.
  Value writeBits(Value bits, int64_t count, Value dest, const Index &index,
                  OpFoldResult first, int64_t alignment, unsigned plane) {
    return writeWords(
        count, [&](int64_t i, int64_t n) { return getWords(bits, i, n); }, dest,
        index, geometry.packed.word, first, alignment, plane);
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

  //===--------------------------------------------------------------------===//
  // Long rows
  //===--------------------------------------------------------------------===//

  Value packLongRow(const Position &position, Value dest) {
    const Dim &packed = geometry.packed;
    int64_t wordsPerStep = rowLanes / wordBits;
    int64_t numSteps = packed.size / rowLanes, rest = packed.size % rowLanes;

    OpFoldResult zero = b.getIndexAttr(0);
    auto readStep = [&](OpFoldResult first) {
      Index index = position.value;
      advance(index, packed.value, first);
      return read(getValueVectorType(rowLanes), values, index);
    };
    auto writeStep = [&](ArrayRef<Value> planes, OpFoldResult firstWord,
                         int64_t shift, int64_t numWords, Value inner) {
      for (auto [plane, bytes] : llvm::enumerate(planes)) {
        Value bits = bytes;
        if (shift) {
          bits = getBits(bytes);
          bits = arith::ShRUIOp::create(b, loc, bits,
                                        createConstant(bits.getType(), shift));
        }
        inner = writeBits(bits, numWords, inner, position.word, firstWord,
                          wordsPerStep, plane);
      }
      return inner;
    };
    // `count` iterations of `steps` vectors each, which are read and packed
    // before any word is written.
    auto createSteps = [&](int64_t first, int64_t count, int64_t steps,
                           Value outer) {
      return createLoop(count, outer, [&](OpFoldResult i, Value inner) {
        SmallVector<OpFoldResult> positions;
        SmallVector<Value> vectors;
        for (int64_t j = 0; j < steps; ++j) {
          positions.push_back(addScaled(b.getIndexAttr(first + j), i, steps));
          vectors.push_back(
              readStep(addScaled(zero, positions.back(), rowLanes)));
        }
        SmallVector<SmallVector<Value>> planes;
        for (Value vector : vectors)
          planes.push_back(getPlaneBytes(vector));
        for (auto [step, planesOfStep] : llvm::zip_equal(positions, planes))
          inner = writeStep(planesOfStep, addScaled(zero, step, wordsPerStep),
                            /*shift=*/0, wordsPerStep, inner);
        return inner;
      });
    };

    const PackKernel *found = getKernel(rowLanes);
    int64_t together = found ? found->steps : 1;
    int64_t alone = numSteps % together;
    dest = createSteps(0, numSteps / together, together, dest);
    dest = createSteps(numSteps - alone, alone, 1, dest);
    if (!rest)
      return dest;
    return writeStep(
        getPlaneBytes(readStep(b.getIndexAttr(packed.size - rowLanes))),
        b.getIndexAttr(numSteps * wordsPerStep), rowLanes - rest,
        llvm::divideCeil(rest, wordBits), dest);
  }

  //===--------------------------------------------------------------------===//
  // Short rows
  //===--------------------------------------------------------------------===//

  /// The bits of the `count` <= 64 values from `index` on, one integer per
  /// plane. Bits beyond `count` are unspecified.
  SmallVector<Value> getBitsOfValues(const Index &index, int64_t count) {
    int64_t lanes = getNumLanes(count), size = valueView.getInnerSize();
    auto type = getValueVectorType(lanes);
    Value vector, shift;
    if (size >= lanes) {
      // Read what follows as well, but not beyond the end of the tensor.
      Index start = index;
      start.back() = affine::makeComposedFoldedAffineMin(
          b, loc,
          AffineMap::get(
              1, 0,
              {b.getAffineDimExpr(0), b.getAffineConstantExpr(size - lanes)},
              b.getContext()),
          {index.back()});
      OpFoldResult distance = addScaled(index.back(), start.back(), -1);
      vector = read(type, values, start);
      if (!isConstantIntValue(distance, 0))
        shift = castIndex(distance, getBitsType(lanes));
    } else {
      vector = insert(read(getValueVectorType(count), values, index),
                      createConstant(type, format.getOffset()), 0);
    }
    SmallVector<Value> planes = getPlaneBytes(vector);
    for (Value &bits : planes) {
      bits = getBits(bits);
      if (shift)
        bits = arith::ShRUIOp::create(b, loc, bits, shift);
    }
    return planes;
  }

  Value keepBits(Value bits, int64_t count) {
    if (count == getElementTypeOrSelf(bits).getIntOrFloatBitWidth())
      return bits;
    return arith::AndIOp::create(
        b, loc, bits,
        createConstant(bits.getType(), (int64_t(1) << count) - 1));
  }

  Value packShortRows(Value dest) {
    const Dim &packed = geometry.packed;
    ArrayRef<Dim> loops = geometry.loops;
    if (!loops.empty()) {
      // Several rows that lie side by side, each with its own word: take their
      // bits together and give each lane a copy, shifted to its row.
      const Dim &rows = loops.back();
      int64_t windowBits = wordBits <= 32 ? 32 : 64;
      int64_t rowsPerStep = llvm::bit_floor<uint64_t>(
          std::min(windowBits / packed.size, rows.size));
      if (rowsPerStep > 1 && packed.size <= wordBits && !rows.word.isTiled() &&
          rows.word.outer == geometry.wordUnit &&
          rows.value == packed.value * packed.size)
        return createNest(loops.drop_back(), origin, dest,
                          [&](const Position &position, Value inner) {
                            return packRowGroups(position, rows, rowsPerStep,
                                                 inner);
                          });
    }
    return createNest(loops, origin, dest,
                      [&](const Position &position, Value inner) {
                        return packShortRow(position, inner);
                      });
  }

  Value packShortRow(const Position &position, Value dest) {
    const Dim &packed = geometry.packed;
    SmallVector<Value> planes = getBitsOfValues(position.value, packed.size);
    for (auto [plane, bits] : llvm::enumerate(planes)) {
      dest = writeBits(keepBits(bits, packed.size), geometry.getNumWords(),
                       dest, position.word, b.getIndexAttr(0),
                       /*alignment=*/geometry.getNumWords(), plane);
    }
    return dest;
  }

  Value packRowGroups(const Position &position, const Dim &rows,
                      int64_t rowsPerStep, Value dest) {
    int64_t rowSize = geometry.packed.size;
    auto packStep = [&](OpFoldResult first, Value inner) {
      Index index = position.value;
      advance(index, rows.value, first);
      SmallVector<Value> planes = getBitsOfValues(index, rowsPerStep * rowSize);
      for (auto [plane, bits] : llvm::enumerate(planes)) {
        unsigned width = getElementTypeOrSelf(bits).getIntOrFloatBitWidth();
        auto type = getVectorType(rowsPerStep, width <= 32 ? 32 : 64);
        SmallVector<APInt> shifts;
        for (int64_t i = 0; i < rowsPerStep; ++i)
          shifts.emplace_back(type.getElementTypeBitWidth(), i * rowSize);
        bits = vector::BroadcastOp::create(
            b, loc, type, resize(bits, type.getElementTypeBitWidth()));
        bits = arith::ShRUIOp::create(
            b, loc, bits,
            arith::ConstantOp::create(b, loc,
                                      DenseElementsAttr::get(type, shifts)));
        inner =
            writeWords(resize(keepBits(bits, rowSize), wordBits), inner,
                       position.word, rows.word, first, /*alignment=*/1, plane);
      }
      return inner;
    };
    dest = createLoop(
        rows.size / rowsPerStep, dest, [&](OpFoldResult i, Value inner) {
          return packStep(addScaled(b.getIndexAttr(0), i, rowsPerStep), inner);
        });
    if (rows.size % rowsPerStep == 0)
      return dest;
    return packStep(b.getIndexAttr(rows.size - rowsPerStep), dest);
  }

  //===--------------------------------------------------------------------===//
  // Columns
  //===--------------------------------------------------------------------===//

  Value packColumns(Value dest) {
    return createColumnLoops(dest, [&](const Position &position,
                                       const Dim &lanes, OpFoldResult first,
                                       int64_t numLanes, int64_t alignment,
                                       Value inner) {
      return packLanes(position, lanes, first, numLanes, alignment, inner);
    });
  }

  Value packLanes(const Position &position, const Dim &lanes,
                  OpFoldResult first, int64_t numLanes, int64_t alignment,
                  Value dest) {
    const Dim &packed = geometry.packed;
    Index firstValue = position.value;
    advance(firstValue, lanes.value, first);
    auto packWord = [&](OpFoldResult word, int64_t numRows, Value inner) {
      Index value = firstValue;
      advance(value, packed.value * wordBits, word);
      Index wordIndex = position.word;
      advance(wordIndex, packed.word, word);
      SmallVector<Value> planes = getWordsOfRows(value, numRows, numLanes);
      for (auto [plane, words] : llvm::enumerate(planes))
        inner = writeWords(words, inner, wordIndex, lanes.word, first,
                           alignment, plane);
      return inner;
    };
    int64_t numWords = packed.size / wordBits, rest = packed.size % wordBits;
    dest = createLoop(numWords, dest, [&](OpFoldResult word, Value inner) {
      return packWord(word, wordBits, inner);
    });
    return rest ? packWord(b.getIndexAttr(numWords), rest, dest) : dest;
  }

  /// One byte per lane and plane from up to 8 rows of `numLanes` values.
  SmallVector<Value> getBytesOfRows(const Index &first, int64_t numRows,
                                    int64_t numLanes) {
    VectorType type = getVectorType(numLanes, 8);
    SmallVector<Value> planes(numPlanes, createConstant(type, 0));
    for (int64_t row = 0; row < numRows; ++row) {
      Index index = first;
      advance(index, geometry.packed.value, b.getIndexAttr(row));
      SmallVector<Value> masks = emitPlaneMasks(
          b, loc, read(getValueVectorType(numLanes), values, index), format);
      Value bit = createConstant(type, int64_t(1) << row);
      Value zero = createConstant(type, 0);
      for (auto [bytes, mask] : llvm::zip_equal(planes, masks))
        bytes = arith::OrIOp::create(
            b, loc, bytes, arith::SelectOp::create(b, loc, mask, bit, zero));
    }
    return planes;
  }

  /// One word per lane and plane.
  SmallVector<Value> getWordsOfRows(const Index &first, int64_t numRows,
                                    int64_t numLanes) {
    if (wordBits == 8)
      return getBytesOfRows(first, numRows, numLanes);
    VectorType type = getWordVectorType(numLanes);
    SmallVector<Value> planes(numPlanes, createConstant(type, 0));
    auto addByte = [&](OpFoldResult byte, int64_t rowsOfByte,
                       ArrayRef<Value> words) {
      Index index = first;
      advance(index, geometry.packed.value * 8, byte);
      Value shift = castIndex(addScaled(b.getIndexAttr(0), byte, 8), type);
      SmallVector<Value> sums;
      for (auto [word, bytes] :
           llvm::zip_equal(words, getBytesOfRows(index, rowsOfByte, numLanes)))
        sums.push_back(arith::OrIOp::create(
            b, loc, word,
            arith::ShLIOp::create(b, loc, resize(bytes, wordBits), shift)));
      return sums;
    };
    int64_t numBytes = numRows / 8, rest = numRows % 8;
    if (numBytes) {
      Value zero = arith::ConstantIndexOp::create(b, loc, 0);
      Value one = arith::ConstantIndexOp::create(b, loc, 1);
      Value count = arith::ConstantIndexOp::create(b, loc, numBytes);
      auto loop = scf::ForOp::create(b, loc, zero, count, one, planes);
      OpBuilder::InsertionGuard guard(b);
      b.setInsertionPointToStart(loop.getBody());
      scf::YieldOp::create(
          b, loc,
          addByte(loop.getInductionVar(), 8,
                  llvm::to_vector_of<Value>(loop.getRegionIterArgs())));
      planes = llvm::to_vector_of<Value>(loop.getResults());
    }
    return rest ? addByte(b.getIndexAttr(numBytes), rest, planes) : planes;
  }

  Value values;
  std::optional<PackKernel> kernel;
};
} // namespace

//===----------------------------------------------------------------------===//
// Unpacking
//===----------------------------------------------------------------------===//

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
  /// Reads `count` words of one plane, from the `first` of `stride` on.
  Value readWords(int64_t count, Index index, const WordStride &stride,
                  OpFoldResult first, int64_t alignment, unsigned plane) {
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

  Value unpackRow(const Position &position, Value dest) {
    const Dim &packed = geometry.packed;
    int64_t wordsPerStep = rowLanes / wordBits;
    auto unpackStep = [&](OpFoldResult first, OpFoldResult firstWord,
                          int64_t count, Value inner) {
      int64_t lanes = getNumLanes(count);
      int64_t numWords = llvm::divideCeil(count, wordBits);
      SmallVector<Value> masks;
      for (unsigned plane = 0; plane < numPlanes; ++plane) {
        Value bits = readWords(numWords, position.word, packed.word, firstWord,
                               wordsPerStep, plane);
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
    return createColumnLoops(dest, [&](const Position &position,
                                       const Dim &lanes, OpFoldResult first,
                                       int64_t numLanes, int64_t alignment,
                                       Value inner) {
      return unpackLanes(position, lanes, first, numLanes, alignment, inner);
    });
  }

  Value unpackLanes(const Position &position, const Dim &lanes,
                    OpFoldResult first, int64_t numLanes, int64_t alignment,
                    Value dest) {
    const Dim &packed = geometry.packed;
    Index firstValue = position.value;
    advance(firstValue, lanes.value, first);
    return createLoop(
        geometry.getNumWords(), dest, [&](OpFoldResult word, Value inner) {
          Index wordIndex = position.word;
          advance(wordIndex, packed.word, word);
          SmallVector<Value> planes;
          for (unsigned plane = 0; plane < numPlanes; ++plane)
            planes.push_back(readWords(numLanes, wordIndex, lanes.word, first,
                                       alignment, plane));
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
                Value shift = castIndex(row, getWordVectorType(numLanes));
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

//===----------------------------------------------------------------------===//
// Entry points
//===----------------------------------------------------------------------===//

static Value createEmpty(OpBuilder &b, Location loc, RankedTensorType type) {
  return tensor::EmptyOp::create(b, loc, type.getShape(),
                                 type.getElementType());
}

/// Whether tiles round a size of `packedType` up, so that some words belong to
/// no element.
static bool hasUnusedWords(RankedTensorType packedType) {
  LayoutAttr layout = getLayout(packedType);
  for (auto [dim, tile] :
       llvm::zip_equal(layout.getInnerDimsPos(), layout.getInnerTiles())) {
    int64_t size = packedType.getDimSize(dim);
    if (dim == layout.getPacked())
      size = llvm::divideCeil(size, layout.getWord());
    if (size % tile)
      return true;
  }
  return false;
}

Value bitserial::createPackDestination(OpBuilder &b, Location loc,
                                       RankedTensorType packedType) {
  RankedTensorType wordType = getStoredType(packedType);
  Value dest = createEmpty(b, loc, wordType);
  if (!hasUnusedWords(packedType))
    return dest;
  Value zero = arith::ConstantOp::create(
      b, loc, b.getZeroAttr(wordType.getElementType()));
  return linalg::FillOp::create(b, loc, zero, dest).getResult(0);
}

Value bitserial::emitPack(RewriterBase &b, Location loc, Value values,
                          RankedTensorType packedType, Value dest,
                          const Target &target, ArrayRef<int64_t> offsets) {
  assert(packedType.hasStaticShape() && "needs static shapes");
  assert(values.getType() == getStoredType(dropLayout(packedType)) &&
         "values do not fit the packed type");
  if (!dest)
    dest = createPackDestination(b, loc, packedType);
  if (packedType.getNumElements() == 0)
    return dest;
  // Bufferization recognises that nothing is left to be copied when a slice is
  // inserted where it came from, but not if it was reshaped on the way.
  View valueView(values), wordView(dest, /*keepSlice=*/true);
  Value merged = wordView.merge(b, loc, dest);
  Packer packer(b, loc, packedType, target, values, valueView, wordView,
                offsets);
  return wordView.split(b, loc, packer.pack(merged));
}

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
  Unpacker unpacker(b, loc, packedType, target, words, valueView, wordView);
  return valueView.split(b, loc, unpacker.unpack(merged));
}

namespace {
struct ConvertPack : OpConversionPattern<PackOp> {
  ConvertPack(const TypeConverter &converter, MLIRContext *context,
              const Target &target)
      : OpConversionPattern(converter, context), target(target) {}

  LogicalResult matchAndRewrite(PackOp op, OpAdaptor adaptor,
                                ConversionPatternRewriter &b) const override {
    RankedTensorType type = op.getType();
    if (!type.hasStaticShape())
      return b.notifyMatchFailure(op, "shape is not static");
    b.replaceOp(op, emitPack(b, op.getLoc(), adaptor.getSource(), type,
                             /*dest=*/{}, target));
    return success();
  }

  const Target &target;
};

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

void bitserial::populatePackingPatterns(const TypeConverter &converter,
                                        RewritePatternSet &patterns,
                                        const Target &target) {
  patterns.add<ConvertPack, ConvertUnpack>(converter, patterns.getContext(),
                                           target);
}
