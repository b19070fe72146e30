//===- LayoutTest.cpp - Tests of layouts and of packed constants ----------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/IR/Bitserial.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "gtest/gtest.h"
#include <numeric>
#include <random>

using namespace mlir;
using namespace mlir::bitserial;

namespace {

class LayoutTest : public testing::Test {
protected:
  LayoutTest() { context.loadDialect<BitserialDialect>(); }

  int64_t pick(int64_t from, int64_t to) {
    return from + int64_t(random() % uint64_t(to - from + 1));
  }

  IntType pickElement() {
    while (true) {
      unsigned width = pick(1, 8);
      auto kind = static_cast<Kind>(pick(0, 3));
      int64_t zeroPoint = pick(0, 2) ? 0 : pick(-300, 300);
      if (NumberFormat::isValid(width, kind, zeroPoint).empty())
        return IntType::get(&context, width, kind, zeroPoint);
    }
  }

  /// Any layout for tensors of this rank.
  LayoutAttr pickLayout(int64_t rank) {
    auto pickPermutation = [&] {
      SmallVector<int64_t> permutation(rank);
      std::iota(permutation.begin(), permutation.end(), 0);
      std::shuffle(permutation.begin(), permutation.end(), random);
      return permutation;
    };
    SmallVector<int64_t> positions = pickPermutation(), tiles, permutation;
    positions.resize(pick(0, rank));
    for (size_t i = 0; i < positions.size(); ++i)
      tiles.push_back(pick(1, 5));
    if (pick(0, 1))
      permutation = pickPermutation();
    unsigned word = 8u << pick(0, 3);
    return LayoutAttr::get(&context, pick(0, rank - 1), word, positions, tiles,
                           permutation, pick(0, rank + positions.size()));
  }

  RankedTensorType pickPacked(int64_t minSize = 1) {
    int64_t rank = pick(1, 4);
    LayoutAttr layout = pickLayout(rank);
    SmallVector<int64_t> shape;
    for (int64_t dim = 0; dim < rank; ++dim)
      shape.push_back(
          pick(minSize, dim == layout.getPacked() ? (rank < 3 ? 140 : 20) : 5));
    return RankedTensorType::get(shape, pickElement(), layout);
  }

  /// Random numbers of the format of `packed`, unpacked.
  DenseIntElementsAttr pickValues(RankedTensorType packed) {
    RankedTensorType type = getStoredType(dropLayout(packed));
    NumberFormat format = cast<IntType>(packed.getElementType()).getFormat();
    SmallVector<APInt> values;
    int64_t count = (format.getMax() - format.getMin()) / format.getStep();
    for (int64_t i = 0, e = type.getNumElements(); i < e; ++i)
      values.push_back(
          APInt(type.getElementTypeBitWidth(),
                format.getMin() + format.getStep() * pick(0, count),
                /*isSigned=*/true, /*implicitTrunc=*/true));
    return cast<DenseIntElementsAttr>(DenseElementsAttr::get(type, values));
  }

  static int64_t readValue(const APInt &value, const NumberFormat &format) {
    return format.isValueUnsigned() ? value.getZExtValue()
                                    : value.getSExtValue();
  }

  MLIRContext context;
  std::mt19937 random{7};
};

/// The index behind `index` in row-major order; false behind the last one.
bool advance(SmallVectorImpl<int64_t> &index, ArrayRef<int64_t> shape) {
  for (int64_t dim = int64_t(shape.size()) - 1; dim >= 0; --dim) {
    if (++index[dim] < shape[dim])
      return true;
    index[dim] = 0;
  }
  return false;
}

/// Where the definition of the layout puts the word of plane `plane` that holds
/// the element at `index`.
SmallVector<int64_t> getWordPosition(LayoutAttr layout, ArrayRef<int64_t> index,
                                     int64_t plane) {
  SmallVector<int64_t> outer(index), inner, position;
  outer[layout.getPacked()] /= layout.getWord();
  for (size_t i = 0; i < layout.getInnerTiles().size(); ++i) {
    int64_t dim = layout.getInnerDimsPos()[i], tile = layout.getInnerTiles()[i];
    inner.push_back(outer[dim] % tile);
    outer[dim] /= tile;
  }
  for (size_t i = 0; i < outer.size(); ++i)
    position.push_back(layout.getOuterDimsPerm().empty()
                           ? outer[i]
                           : outer[layout.getOuterDimsPerm()[i]]);
  position.append(inner);
  position.insert(position.begin() + layout.getPlanes(), plane);
  return position;
}

TEST_F(LayoutTest, WordShape) {
  // The examples of the documentation.
  LayoutAttr outputs =
      LayoutAttr::get(&context, 3, 32, {0}, {64}, ArrayRef<int64_t>(), 4);
  EXPECT_EQ(outputs.getWordShape({128, 3, 3, 96}, 1),
            SmallVector<int64_t>({2, 3, 3, 3, 1, 64}));
  LayoutAttr words =
      LayoutAttr::get(&context, 3, 32, {3}, {8}, ArrayRef<int64_t>(), 4);
  EXPECT_EQ(words.getWordShape({128, 3, 3, 96}, 2),
            SmallVector<int64_t>({128, 3, 3, 1, 2, 8}));
  EXPECT_EQ(words.getInnerTile(3), 8);
  EXPECT_EQ(words.getInnerTile(0), 1);
  // Sizes that are not known stay so, empty ones stay empty.
  LayoutAttr all = LayoutAttr::get(&context, 1, 8, {1, 0}, {2, 4}, {1, 0}, 0);
  EXPECT_EQ(all.getWordShape({ShapedType::kDynamic, 0}, 3),
            SmallVector<int64_t>({3, 0, ShapedType::kDynamic, 2, 4}));
}

TEST_F(LayoutTest, WordsAreWhereTheDefinitionSays) {
  for (int round = 0; round < 400; ++round) {
    RankedTensorType packed = pickPacked();
    LayoutAttr layout = getLayout(packed);
    SmallVector<int64_t> shape(packed.getShape());
    NumberFormat format = cast<IntType>(packed.getElementType()).getFormat();
    RankedTensorType wordType = layout.getWordType(packed);
    EXPECT_EQ(wordType, getStoredType(packed));
    EXPECT_EQ(ArrayRef(layout.getWordShape(shape, format.getWidth())),
              wordType.getShape());

    // Each element's bits; all others zero.
    DenseIntElementsAttr values = pickValues(packed);
    std::vector<uint64_t> expected(wordType.getNumElements(), 0);
    SmallVector<int64_t> index(shape.size(), 0);
    auto value = values.value_begin<APInt>();
    AffineMap wordMap = layout.getWordMap(shape.size());
    do {
      unsigned bits = format.encode(readValue(*value, format));
      for (unsigned plane = 0; plane < format.getWidth(); ++plane) {
        SmallVector<int64_t> position = getWordPosition(layout, index, plane);
        int64_t linear = 0;
        for (auto [i, size] : llvm::zip_equal(position, wordType.getShape())) {
          ASSERT_LT(i, size);
          linear = linear * size + i;
        }
        if (bits >> plane & 1)
          expected[linear] |= uint64_t(1)
                              << index[layout.getPacked()] % layout.getWord();
        // The map says the same, of words and without planes.
        SmallVector<int64_t> inWords(index);
        inWords[layout.getPacked()] /= layout.getWord();
        position.erase(position.begin() + layout.getPlanes());
        EXPECT_EQ(wordMap.compose(inWords), position);
      }
      ++value;
    } while (advance(index, shape));

    DenseIntElementsAttr words = packConstant(values, packed);
    ASSERT_EQ(words.getType(), wordType);
    for (auto [i, word] : llvm::enumerate(words.getValues<APInt>()))
      ASSERT_EQ(word.getZExtValue(), expected[i]);
    EXPECT_TRUE(hasZeroPadding(words, packed));
    EXPECT_EQ(unpackConstant(words, packed), values);
  }
}

TEST_F(LayoutTest, NumbersAreWhereTheDefinitionSays) {
  IntegerType types[] = {IntegerType::get(&context, 8, IntegerType::Unsigned),
                         IntegerType::get(&context, 8, IntegerType::Signed),
                         IntegerType::get(&context, 16, IntegerType::Signed)};
  for (int round = 0; round < 200; ++round) {
    RankedTensorType planes = pickPacked();
    LayoutAttr bits = getLayout(planes);
    IntegerType numbers = types[pick(0, bits.getWord() == 8 ? 1 : 2)];
    auto layout =
        LayoutAttr::get(&context, bits.getPacked(), bits.getWord(),
                        bits.getInnerDimsPos(), bits.getInnerTiles(),
                        bits.getOuterDimsPerm(), bits.getPlanes(), numbers);
    auto packed = RankedTensorType::get(planes.getShape(),
                                        planes.getElementType(), layout);
    NumberFormat format = cast<IntType>(packed.getElementType()).getFormat();
    NumberCode code = layout.getCode(format);
    unsigned width = numbers.getWidth();
    int64_t perWord = layout.getWord() / width;
    ASSERT_EQ(layout.getElementsPerWord(), perWord);
    RankedTensorType wordType = getStoredType(packed);
    AffineMap wordMap = layout.getWordMap(packed.getRank());

    DenseIntElementsAttr values = pickValues(packed);
    std::vector<uint64_t> expected(wordType.getNumElements(), 0);
    SmallVector<int64_t> index(packed.getRank(), 0);
    auto value = values.value_begin<APInt>();
    do {
      SmallVector<int64_t> position(index);
      int64_t place = position[layout.getPacked()] % perWord;
      position[layout.getPacked()] /= perWord;
      position = wordMap.compose(position);
      position.insert(position.begin() + layout.getPlanes(), 0);
      int64_t linear = 0;
      for (auto [i, size] : llvm::zip_equal(position, wordType.getShape()))
        linear = linear * size + i;
      int64_t integer = (readValue(*value, format) - code.offset) / code.step;
      expected[linear] |= (uint64_t(integer) & ((uint64_t(1) << width) - 1))
                          << place * width;
      ++value;
    } while (advance(index, packed.getShape()));

    DenseIntElementsAttr words = packConstant(values, packed);
    for (auto [i, word] : llvm::enumerate(words.getValues<APInt>()))
      ASSERT_EQ(word.getZExtValue(), expected[i]);
    EXPECT_TRUE(hasZeroPadding(words, packed));
    EXPECT_EQ(findInvalidCode(words, packed), std::nullopt);
    EXPECT_EQ(unpackConstant(words, packed), values);
  }
}

TEST_F(LayoutTest, SplatsPackLikeOtherConstants) {
  for (int round = 0; round < 200; ++round) {
    RankedTensorType packed = pickPacked();
    RankedTensorType type = getStoredType(dropLayout(packed));
    APInt value = *pickValues(packed).value_begin<APInt>();
    auto splat = cast<DenseIntElementsAttr>(
        DenseElementsAttr::get(type, ArrayRef<APInt>(value)));
    ASSERT_TRUE(splat.isSplat());
    DenseIntElementsAttr words = packConstant(splat, packed);
    NumberFormat format = cast<IntType>(packed.getElementType()).getFormat();
    int64_t ones = 0;
    for (const APInt &word : words.getValues<APInt>())
      ones += word.popcount();
    EXPECT_EQ(ones, packed.getNumElements() * llvm::popcount(format.encode(
                                                  readValue(value, format))));
    EXPECT_TRUE(hasZeroPadding(words, packed));
    DenseIntElementsAttr unpacked = unpackConstant(words, packed);
    for (const APInt &element : unpacked.getValues<APInt>())
      ASSERT_EQ(element, value);
  }
}

TEST_F(LayoutTest, PaddingIsFound) {
  int found = 0;
  for (int round = 0; round < 300; ++round) {
    RankedTensorType packed = pickPacked();
    RankedTensorType wordType = getStoredType(packed);
    unsigned width = cast<IntType>(packed.getElementType()).getWidth();
    // The bits that belong to elements are those that all ones set.
    SmallVector<APInt> words;
    IntType ones = IntType::get(&context, width, Kind::Unsigned, 0);
    RankedTensorType onesType =
        RankedTensorType::get(packed.getShape(), ones, packed.getEncoding());
    RankedTensorType valueType = getStoredType(dropLayout(onesType));
    DenseIntElementsAttr used =
        packConstant(cast<DenseIntElementsAttr>(DenseElementsAttr::get(
                         valueType, APInt(8, (1u << width) - 1))),
                     onesType);
    int64_t linear = pick(0, wordType.getNumElements() - 1);
    unsigned bit = pick(0, wordType.getElementTypeBitWidth() - 1);
    for (const APInt &word : used.getValues<APInt>())
      words.push_back(APInt::getZero(word.getBitWidth()));
    words[linear].setBit(bit);
    bool belongs = used.getValues<APInt>()[linear][bit];
    auto attribute =
        cast<DenseIntElementsAttr>(DenseElementsAttr::get(wordType, words));
    EXPECT_EQ(hasZeroPadding(attribute, packed), belongs);
    found += !belongs;

    // The same word everywhere: the check without a walk and that of the
    // equal constant that is no splat.
    APInt same(wordType.getElementTypeBitWidth(), random(), false, true);
    if (pick(0, 1))
      same = same.lshr(pick(0, same.getBitWidth()));
    auto splat = cast<DenseIntElementsAttr>(
        DenseElementsAttr::get(wordType, ArrayRef<APInt>(same)));
    bool isZero = true;
    for (const APInt &word : used.getValues<APInt>())
      isZero &= (same & ~word).isZero();
    EXPECT_EQ(hasZeroPadding(splat, packed), isZero);
  }
  EXPECT_GT(found, 50);
}

TEST_F(LayoutTest, EmptyTensors) {
  for (int round = 0; round < 100; ++round) {
    RankedTensorType packed = pickPacked();
    SmallVector<int64_t> shape(packed.getShape());
    shape[pick(0, shape.size() - 1)] = 0;
    packed = RankedTensorType::get(shape, packed.getElementType(),
                                   packed.getEncoding());
    RankedTensorType type = getStoredType(dropLayout(packed));
    auto values = cast<DenseIntElementsAttr>(
        DenseElementsAttr::get(type, ArrayRef<APInt>()));
    DenseIntElementsAttr words = packConstant(values, packed);
    EXPECT_EQ(words.getNumElements(), 0);
    EXPECT_TRUE(hasZeroPadding(words, packed));
    EXPECT_EQ(unpackConstant(words, packed), values);
  }
}

TEST_F(LayoutTest, VerifiesSizes) {
  SmallVector<std::string> errors;
  context.getDiagEngine().registerHandler([&](Diagnostic &diagnostic) {
    errors.push_back(diagnostic.str());
    return success();
  });
  auto emitError = [&] { return mlir::emitError(UnknownLoc::get(&context)); };
  auto bit = IntType::get(&context, 1, Kind::Unsigned, 0);
  LayoutAttr layout =
      LayoutAttr::get(&context, 1, 64, {0}, {1 << 30}, ArrayRef<int64_t>(), 0);
  EXPECT_TRUE(RankedTensorType::getChecked(emitError, {1, 64}, bit, layout));
  EXPECT_TRUE(RankedTensorType::getChecked(emitError, {1 << 30, 4096 * 64}, bit,
                                           layout));
  EXPECT_EQ(errors.size(), 0u);
  EXPECT_FALSE(
      RankedTensorType::getChecked(emitError, {1, 4097 * 64}, bit, layout));
  EXPECT_FALSE(RankedTensorType::getChecked(emitError, {INT64_MAX, INT64_MAX},
                                            bit, layout));
  EXPECT_EQ(errors.size(), 2u);
}

} // namespace
