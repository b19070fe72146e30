//===- Packing.cpp - Packing of values into words -------------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Transforms/Packing.h"
#include "NumberPacking.h"
#include "PackingWalk.h"
#include "bitserial/Transforms/BitPlanes.h"
#include "bitserial/Transforms/PackKernel.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/Remarks.h"
#include "mlir/Transforms/DialectConversion.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace mlir::bitserial;

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

  /// Writes the first `count` words of `bits`, see getWords.
  Value writeBits(Value bits, int64_t count, Value dest, const Index &index,
                  OpFoldResult first, int64_t alignment, unsigned plane) {
    return writeWords(
        count, [&](int64_t i, int64_t n) { return getWords(bits, i, n); }, dest,
        index, geometry.packed.word, first, alignment, plane);
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
    return createColumnLoops(
        dest, [&](const Position &position, const Lanes &lanes, Value inner) {
          return packLanes(position, lanes, inner);
        });
  }

  Value packLanes(const Position &position, const Lanes &lanes, Value dest) {
    const Dim &packed = geometry.packed;
    Index firstValue = position.value;
    advance(firstValue, lanes.dim.value, lanes.first);
    auto packWord = [&](OpFoldResult word, int64_t numRows, Value inner) {
      Index value = firstValue;
      advance(value, packed.value * wordBits, word);
      Index wordIndex = position.word;
      advance(wordIndex, packed.word, word);
      SmallVector<Value> planes = getWordsOfRows(value, numRows, lanes.size);
      for (auto [plane, words] : llvm::enumerate(planes))
        inner = writeWords(words, inner, wordIndex, lanes.dim.word, lanes.first,
                           lanes.alignment, plane);
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
// Entry points
//===----------------------------------------------------------------------===//

/// Whether tiles round a size of `packedType` up, so that some words belong to
/// no element.
static bool hasUnusedWords(RankedTensorType packedType) {
  LayoutAttr layout = getLayout(packedType);
  for (auto [dim, tile] :
       llvm::zip_equal(layout.getInnerDimsPos(), layout.getInnerTiles())) {
    int64_t size = packedType.getDimSize(dim);
    if (dim == layout.getPacked())
      size = llvm::divideCeil(size, layout.getElementsPerWord());
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
  if (getLayout(packedType).getNumbers())
    merged = packNumbers(b, loc, packedType, target, values, valueView,
                         wordView, offsets, merged);
  else
    merged =
        Packer(b, loc, packedType, target, values, valueView, wordView, offsets)
            .pack(merged);
  return wordView.split(b, loc, merged);
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
} // namespace

void bitserial::populatePackingPatterns(const TypeConverter &converter,
                                        RewritePatternSet &patterns,
                                        const Target &target) {
  patterns.add<ConvertPack>(converter, patterns.getContext(), target);
}
