//===- Layout.cpp - #bitserial.layout and packing of constants ------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/IR/Bitserial.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/SmallBitVector.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::bitserial;

//===----------------------------------------------------------------------===//
// Syntax
//===----------------------------------------------------------------------===//

static ParseResult parseIntegers(AsmParser &parser,
                                 SmallVectorImpl<int64_t> &values) {
  return parser.parseCommaSeparatedList(AsmParser::Delimiter::Square, [&] {
    return parser.parseInteger(values.emplace_back());
  });
}

Attribute LayoutAttr::parse(AsmParser &parser, Type) {
  std::optional<int64_t> packed, word, planes;
  std::optional<IntegerType> numbers;
  std::optional<SmallVector<int64_t>> positions, tiles, permutation;
  SMLoc start = parser.getCurrentLocation();

  auto parseField = [&]() -> ParseResult {
    StringRef name;
    SMLoc loc = parser.getCurrentLocation();
    if (parser.parseKeyword(&name) || parser.parseEqual())
      return failure();
    auto parseOnce = [&](auto &slot, auto parse) -> ParseResult {
      if (slot)
        return parser.emitError(loc) << "'" << name << "' is given twice";
      return parse(slot.emplace());
    };
    auto integer = [&](int64_t &value) { return parser.parseInteger(value); };
    auto list = [&](SmallVector<int64_t> &values) {
      return parseIntegers(parser, values);
    };
    if (name == "packed")
      return parseOnce(packed, integer);
    if (name == "word")
      return parseOnce(word, integer);
    if (name == "planes")
      return parseOnce(planes, integer);
    if (name == "numbers")
      return parseOnce(
          numbers, [&](IntegerType &type) { return parser.parseType(type); });
    if (name == "inner_dims_pos")
      return parseOnce(positions, list);
    if (name == "inner_tiles")
      return parseOnce(tiles, list);
    if (name == "outer_dims_perm")
      return parseOnce(permutation, list);
    return parser.emitError(loc)
           << "unknown layout parameter '" << name
           << "', expected packed, word, numbers, inner_dims_pos, "
              "inner_tiles, outer_dims_perm or planes";
  };
  if (parser.parseCommaSeparatedList(AsmParser::Delimiter::LessGreater,
                                     parseField))
    return {};
  if (!packed || !word) {
    parser.emitError(start) << "layout needs 'packed' and 'word'";
    return {};
  }
  if (*word < 0 || *word > UINT_MAX) {
    parser.emitError(start) << "word width out of range";
    return {};
  }
  SmallVector<int64_t> noIntegers;
  ArrayRef<int64_t> positionList = positions ? *positions : noIntegers,
                    tileList = tiles ? *tiles : noIntegers,
                    permutationList = permutation ? *permutation : noIntegers;
  return LayoutAttr::getChecked(
      [&] { return parser.emitError(start); }, parser.getContext(), *packed,
      unsigned(*word), positionList, tileList, permutationList,
      planes.value_or(0), numbers.value_or(IntegerType()));
}

void LayoutAttr::print(AsmPrinter &printer) const {
  auto printList = [&](StringRef name, ArrayRef<int64_t> values) {
    if (values.empty())
      return;
    printer << ", " << name << " = [";
    llvm::interleaveComma(values, printer);
    printer << "]";
  };
  printer << "<packed = " << getPacked() << ", word = " << getWord();
  if (getNumbers())
    printer << ", numbers = " << getNumbers();
  printList("inner_dims_pos", getInnerDimsPos());
  printList("inner_tiles", getInnerTiles());
  printList("outer_dims_perm", getOuterDimsPerm());
  if (getPlanes())
    printer << ", planes = " << getPlanes();
  printer << ">";
}

//===----------------------------------------------------------------------===//
// Verification
//===----------------------------------------------------------------------===//

bool bitserial::isNumbersType(IntegerType type) {
  return (type.getWidth() == 8 && !type.isSignless()) ||
         (type.getWidth() == 16 && type.isSigned());
}

LogicalResult LayoutAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                 int64_t packed, unsigned word,
                                 ArrayRef<int64_t> innerDimsPos,
                                 ArrayRef<int64_t> innerTiles,
                                 ArrayRef<int64_t> outerDimsPerm,
                                 int64_t planes, IntegerType numbers) {
  if (!llvm::is_contained({8u, 16u, 32u, 64u}, word)) // L1
    return emitError() << "layout word width must be 8, 16, 32 or 64 bits, got "
                       << word;
  if (innerDimsPos.size() != innerTiles.size()) // L2
    return emitError() << "layout has " << innerDimsPos.size()
                       << " inner_dims_pos but " << innerTiles.size()
                       << " inner_tiles";
  if (packed < 0 || planes < 0 ||
      llvm::any_of(innerDimsPos, [](int64_t dim) { return dim < 0; }))
    return emitError() << "layout positions must not be negative";
  for (auto [i, dim] : llvm::enumerate(innerDimsPos))
    if (llvm::is_contained(innerDimsPos.take_front(i), dim))
      return emitError() << "layout tiles dimension " << dim << " twice";
  constexpr int64_t kMaxTile = int64_t(1) << 30;
  for (int64_t tile : innerTiles)
    if (tile < 1 || tile > kMaxTile)
      return emitError() << "layout inner tiles must be 1 to 2^30, got "
                         << tile;
  if (!isPermutationVector(outerDimsPerm)) // L3
    return emitError() << "layout outer_dims_perm is not a permutation";
  if (numbers && (!isNumbersType(numbers) || numbers.getWidth() > word)) // L8
    return emitError() << "layout numbers must be ui8, si8 or si16, and not "
                          "wider than a word, got "
                       << numbers;
  return success();
}

LogicalResult
LayoutAttr::verifyEncoding(ArrayRef<int64_t> shape, Type elementType,
                           function_ref<InFlightDiagnostic()> emitError) const {
  int64_t rank = shape.size();
  if (!elementType)
    return failure(); // The parser has reported what it could not read.
  if (!isa<IntType>(elementType)) // L4
    return emitError()
           << "#bitserial.layout encodes tensors of !bitserial.int, not of "
           << elementType;
  auto checkDim = [&](StringRef what, int64_t dim) -> LogicalResult {
    if (dim >= rank)
      return emitError() << "layout " << what << " names dimension " << dim
                         << " of a tensor of rank " << rank;
    return success();
  };
  if (failed(checkDim("packed", getPacked()))) // L5
    return failure();
  for (int64_t dim : getInnerDimsPos())
    if (failed(checkDim("inner_dims_pos", dim)))
      return failure();
  if (!getOuterDimsPerm().empty() && int64_t(getOuterDimsPerm().size()) != rank)
    return emitError() << "layout outer_dims_perm has "
                       << getOuterDimsPerm().size()
                       << " entries for a tensor of rank " << rank;
  int64_t wordRank = rank + getInnerTiles().size();
  if (getPlanes() > wordRank) // L6
    return emitError() << "layout places planes at " << getPlanes()
                       << ", behind the " << wordRank
                       << " dimensions of the word tensor";
  constexpr int64_t kMaxBits = int64_t(1) << 48; // L7
  int64_t bits = getWord();
  for (int64_t size :
       getWordShape(shape, getNumPlanes(cast<IntType>(elementType))))
    if (size > 1 && (llvm::MulOverflow(bits, size, bits) || bits > kMaxBits))
      return emitError() << "layout gives a word tensor of more than 2^48 bits";
  return success();
}

//===----------------------------------------------------------------------===//
// The word tensor
//===----------------------------------------------------------------------===//

int64_t LayoutAttr::getElementsPerWord() const {
  return getWord() / (getNumbers() ? getNumbers().getWidth() : 1);
}

int64_t LayoutAttr::getNumPlanes(IntType element) const {
  return getNumbers() ? 1 : element.getWidth();
}

NumberCode LayoutAttr::getCode(const NumberFormat &format) const {
  return format.getCode(getNumbers().getWidth(), getNumbers().isSigned());
}

int64_t LayoutAttr::getOffset(const NumberFormat &format) const {
  return getNumbers() ? getCode(format).offset : format.getOffset();
}

int64_t LayoutAttr::getInnerTile(int64_t dim) const {
  for (auto [pos, tile] : llvm::zip_equal(getInnerDimsPos(), getInnerTiles()))
    if (pos == dim)
      return tile;
  return 1;
}

SmallVector<int64_t> LayoutAttr::getWordShape(ArrayRef<int64_t> shape,
                                              int64_t numPlanes) const {
  auto divide = [](int64_t size, int64_t by) {
    return ShapedType::isDynamic(size) ? size
                                       : int64_t(llvm::divideCeil(size, by));
  };
  SmallVector<int64_t> result(shape);
  result[getPacked()] = divide(result[getPacked()], getElementsPerWord());
  for (auto [pos, tile] : llvm::zip_equal(getInnerDimsPos(), getInnerTiles()))
    result[pos] = divide(result[pos], tile);
  if (!getOuterDimsPerm().empty())
    applyPermutationToVector(result, getOuterDimsPerm());
  llvm::append_range(result, getInnerTiles());
  result.insert(result.begin() + getPlanes(), numPlanes);
  return result;
}

RankedTensorType LayoutAttr::getWordType(RankedTensorType type) const {
  auto element = cast<IntType>(type.getElementType());
  return RankedTensorType::get(
      getWordShape(type.getShape(), getNumPlanes(element)),
      IntegerType::get(getContext(), getWord()));
}

AffineMap LayoutAttr::getWordMap(unsigned rank) const {
  SmallVector<AffineExpr> outer, inner;
  for (unsigned dim = 0; dim < rank; ++dim)
    outer.push_back(getAffineDimExpr(dim, getContext()));
  for (auto [pos, tile] : llvm::zip_equal(getInnerDimsPos(), getInnerTiles())) {
    inner.push_back(outer[pos] % tile);
    outer[pos] = outer[pos].floorDiv(tile);
  }
  if (!getOuterDimsPerm().empty())
    applyPermutationToVector(outer, getOuterDimsPerm());
  llvm::append_range(outer, inner);
  return AffineMap::get(rank, 0, outer, getContext());
}

//===----------------------------------------------------------------------===//
// Packing of constants
//===----------------------------------------------------------------------===//

namespace {
/// Walks the logical tensor of a packed type and says where each element's
/// bits are.
class PackedWalker {
public:
  explicit PackedWalker(RankedTensorType packed)
      : layout(getLayout(packed)), perWord(layout.getElementsPerWord()),
        shape(packed.getShape()) {
    RankedTensorType words = layout.getWordType(packed);
    SmallVector<int64_t> strides = computeStrides(words.getShape());
    planeStride = strides[layout.getPlanes()];
    strides.erase(strides.begin() + layout.getPlanes());
    // Per logical dimension: outer stride, tile and inner stride.
    unsigned rank = shape.size();
    dims.resize(rank);
    for (unsigned i = 0; i < rank; ++i) {
      unsigned dim =
          layout.getOuterDimsPerm().empty() ? i : layout.getOuterDimsPerm()[i];
      dims[dim] = {strides[i], 1, 0};
    }
    for (auto [i, pos] : llvm::enumerate(layout.getInnerDimsPos())) {
      dims[pos].tile = layout.getInnerTiles()[i];
      dims[pos].innerStride = strides[rank + i];
    }
  }

  /// Calls `fn(element, word, place)` for each element in row-major order,
  /// where `word` is the linear index of its word in plane 0, and `place` says
  /// which bit, or which number, of the word it is.
  template <typename Fn> void walk(Fn fn) const {
    if (llvm::is_contained(shape, 0))
      return;
    SmallVector<int64_t> index(shape.size(), 0);
    int64_t last = shape.size() - 1;
    int64_t element = 0;
    do {
      int64_t base = 0;
      for (int64_t dim = 0; dim < last; ++dim)
        base += getOffset(dim, index[dim]);
      int64_t packedIndex = index[layout.getPacked()];
      for (int64_t i = 0; i < shape[last]; ++i) {
        int64_t inPacked = last == layout.getPacked() ? i : packedIndex;
        fn(element++, base + getOffset(last, i), inPacked % perWord);
      }
      // Advance all but the last dimension.
      int64_t dim = last - 1;
      for (; dim >= 0 && ++index[dim] == shape[dim]; --dim)
        index[dim] = 0;
      if (dim < 0)
        return;
    } while (true);
  }

  int64_t planeStride;

private:
  struct Dim {
    int64_t outerStride, tile, innerStride;
  };

  int64_t getOffset(int64_t dim, int64_t index) const {
    if (dim == layout.getPacked())
      index /= perWord;
    const Dim &d = dims[dim];
    return index / d.tile * d.outerStride + index % d.tile * d.innerStride;
  }

  LayoutAttr layout;
  int64_t perWord;
  ArrayRef<int64_t> shape;
  SmallVector<Dim> dims;
};

/// Reads element `i` of little-endian raw data with `bytes` per element.
uint64_t loadRaw(const char *data, int64_t i, unsigned bytes) {
  uint64_t value = 0;
  std::memcpy(&value, data + i * bytes, bytes);
  return value;
}

/// The integer at `place` of word `i`.
int64_t loadCode(const char *data, int64_t i, int64_t place,
                 LayoutAttr layout) {
  IntegerType type = layout.getNumbers();
  unsigned width = type.getWidth();
  uint64_t bits = loadRaw(data, i, layout.getWord() / 8) >> (place * width) &
                  ((uint64_t(1) << width) - 1);
  return type.isSigned() ? llvm::SignExtend64(bits, width) : int64_t(bits);
}
} // namespace

DenseIntElementsAttr bitserial::packConstant(DenseIntElementsAttr values,
                                             RankedTensorType packed) {
  RankedTensorType words = getStoredType(packed);
  NumberFormat format = cast<IntType>(packed.getElementType()).getFormat();
  unsigned wordBytes = getLayout(packed).getWord() / 8;
  std::vector<char> data(words.getNumElements() * wordBytes, 0);

  // The code or the bits of each value by its unsigned representation.
  LayoutAttr layout = getLayout(packed);
  unsigned valueBytes = format.getValueBits() / 8;
  std::vector<uint16_t> table(size_t(1) << format.getValueBits(), 0);
  for (int64_t v = format.getMin(); v <= format.getMax();
       v += format.getStep()) {
    uint16_t &entry = table[uint64_t(v) & (table.size() - 1)];
    if (layout.getNumbers()) {
      NumberCode code = layout.getCode(format);
      entry = uint16_t((v - code.offset) / code.step);
    } else {
      entry = format.encode(v);
    }
  }

  PackedWalker walker(packed);
  const char *raw = values.getRawData().data();
  bool splat = values.isSplat();
  walker.walk([&](int64_t element, int64_t word, int64_t bit) {
    unsigned bits = table[loadRaw(raw, splat ? 0 : element, valueBytes)];
    if (IntegerType numbers = layout.getNumbers()) {
      unsigned bytes = numbers.getWidth() / 8;
      std::memcpy(&data[word * wordBytes + bit * bytes], &bits, bytes);
      return;
    }
    for (; bits; bits &= bits - 1) {
      int64_t index = word + llvm::countr_zero(bits) * walker.planeStride;
      data[index * wordBytes + bit / 8] |= char(1 << bit % 8);
    }
  });
  return cast<DenseIntElementsAttr>(
      DenseElementsAttr::getFromRawBuffer(words, data));
}

DenseIntElementsAttr bitserial::unpackConstant(DenseIntElementsAttr words,
                                               RankedTensorType packed) {
  RankedTensorType valueType = getStoredType(dropLayout(packed));
  NumberFormat format = cast<IntType>(packed.getElementType()).getFormat();
  unsigned wordBytes = getLayout(packed).getWord() / 8;
  unsigned valueBytes = format.getValueBits() / 8;
  std::vector<char> data(valueType.getNumElements() * valueBytes);

  LayoutAttr layout = getLayout(packed);
  PackedWalker walker(packed);
  const char *raw = words.getRawData().data();
  bool splat = words.isSplat();
  walker.walk([&](int64_t element, int64_t word, int64_t bit) {
    if (layout.getNumbers()) {
      NumberCode code = layout.getCode(format);
      int64_t value = code.offset +
                      code.step * loadCode(raw, splat ? 0 : word, bit, layout);
      std::memcpy(&data[element * valueBytes], &value, valueBytes);
      return;
    }
    unsigned bits = 0;
    for (unsigned plane = 0; plane < format.getWidth(); ++plane) {
      int64_t index = splat ? 0 : word + plane * walker.planeStride;
      bits |= unsigned(loadRaw(raw, index, wordBytes) >> bit & 1) << plane;
    }
    int64_t value = format.decode(bits);
    std::memcpy(&data[element * valueBytes], &value, valueBytes);
  });
  return cast<DenseIntElementsAttr>(
      DenseElementsAttr::getFromRawBuffer(valueType, data));
}

bool bitserial::hasZeroPadding(DenseIntElementsAttr words,
                               RankedTensorType packed) {
  LayoutAttr layout = getLayout(packed);
  RankedTensorType wordType = getStoredType(packed);
  int64_t planes = layout.getNumPlanes(cast<IntType>(packed.getElementType()));
  // What an element takes of a word.
  int64_t perWord = layout.getElementsPerWord();
  int64_t width = layout.getWord() / perWord;
  uint64_t mask = (uint64_t(1) << width) - 1;
  if (wordType.getNumElements() * perWord == packed.getNumElements() * planes)
    return true; // Nothing was rounded up.
  if (words.isSplat()) {
    // Not by a walk: a splat can be larger than any memory.
    uint64_t word = words.getSplatValue<APInt>().getZExtValue();
    if (word == 0 || wordType.getNumElements() == 0)
      return true;
    SmallVector<int64_t> unpadded(packed.getShape());
    int64_t &size = unpadded[layout.getPacked()];
    int64_t bitsInLastWord = size % perWord * width;
    size = llvm::divideCeil(size, perWord);
    bool wholeWords = ShapedType::getNumElements(unpadded) * planes ==
                      wordType.getNumElements();
    return wholeWords && (bitsInLastWord == 0 || word >> bitsInLastWord == 0);
  }

  unsigned wordBytes = layout.getWord() / 8;
  std::vector<uint64_t> used(wordType.getNumElements(), 0);
  PackedWalker walker(packed);
  walker.walk([&](int64_t, int64_t word, int64_t bit) {
    for (int64_t plane = 0; plane < planes; ++plane)
      used[word + plane * walker.planeStride] |= mask << bit * width;
  });
  const char *raw = words.getRawData().data();
  for (auto [i, mask] : llvm::enumerate(used))
    if (loadRaw(raw, i, wordBytes) & ~mask)
      return false;
  return true;
}

std::optional<int64_t> bitserial::findInvalidCode(DenseIntElementsAttr words,
                                                  RankedTensorType packed) {
  LayoutAttr layout = getLayout(packed);
  if (!layout.getNumbers() || packed.getNumElements() == 0)
    return std::nullopt;
  NumberCode code =
      layout.getCode(cast<IntType>(packed.getElementType()).getFormat());
  const char *raw = words.getRawData().data();
  auto isValid = [&](int64_t word, int64_t place) {
    int64_t value = loadCode(raw, word, place, layout);
    return value >= code.min && value <= code.max;
  };
  if (words.isSplat()) {
    // As often as the elements of a word differ.
    int64_t places = std::min(layout.getElementsPerWord(),
                              packed.getDimSize(layout.getPacked()));
    for (int64_t place = 0; place < places; ++place)
      if (!isValid(0, place))
        return 0;
    return std::nullopt;
  }
  std::optional<int64_t> invalid;
  PackedWalker(packed).walk([&](int64_t element, int64_t word, int64_t place) {
    if (!invalid && !isValid(word, place))
      invalid = element;
  });
  return invalid;
}
