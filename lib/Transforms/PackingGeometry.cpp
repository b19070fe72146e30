//===- PackingGeometry.cpp - Values and words as strided memory -----------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PackingGeometry.h"
#include "bitserial/IR/Bitserial.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace mlir::bitserial;

//===----------------------------------------------------------------------===//
// View
//===----------------------------------------------------------------------===//

/// Whether one step of dimension `outer` passes over all elements of the
/// dimensions after it up to `inner`, as far as the IR shows.
static bool isContiguous(Value tensor, int64_t outer, int64_t inner) {
  auto slice = tensor.getDefiningOp<tensor::ExtractSliceOp>();
  if (!slice)
    return true;
  RankedTensorType source = slice.getSourceType(), type = slice.getType();
  return source.getRank() == type.getRank() &&
         slice.getStaticStride(outer) == 1 &&
         source.getShape().slice(outer + 1, inner - outer) ==
             type.getShape().slice(outer + 1, inner - outer) &&
         isContiguous(slice.getSource(), outer, inner);
}

View::View(Value tensor, bool keepSlice)
    : type(cast<RankedTensorType>(tensor.getType())) {
  bool mayMerge = !keepSlice || !tensor.getDefiningOp<tensor::ExtractSliceOp>();
  // The last dimension so far that is not of size 1. One of size 1 belongs to
  // any group.
  std::optional<int64_t> last;
  for (int64_t dim = 0; dim < type.getRank(); ++dim) {
    bool isUnit = type.getDimSize(dim) == 1;
    if (dim == 0 || !mayMerge ||
        (!isUnit && last && !isContiguous(tensor, *last, dim)))
      groups.emplace_back();
    groups.back().push_back(dim);
    if (!isUnit)
      last = dim;
  }
  strides.resize(type.getRank());
  for (auto [i, group] : llvm::enumerate(groups)) {
    int64_t step = 1;
    for (int64_t dim : llvm::reverse(group)) {
      strides[dim] = {unsigned(i), step};
      step *= type.getDimSize(dim);
    }
  }
}

Value View::merge(OpBuilder &b, Location loc, Value tensor) const {
  if (int64_t(groups.size()) == type.getRank())
    return tensor;
  return tensor::CollapseShapeOp::create(b, loc, tensor, groups);
}

Value View::split(OpBuilder &b, Location loc, Value merged) const {
  if (int64_t(groups.size()) == type.getRank())
    return merged;
  return tensor::ExpandShapeOp::create(b, loc, type, merged, groups);
}

SmallVector<OpFoldResult> View::getIndex(OpBuilder &b,
                                         ArrayRef<int64_t> offsets) const {
  SmallVector<int64_t> index(groups.size(), 0);
  for (auto [stride, offset] : llvm::zip(strides, offsets))
    index[stride.group] += stride.step * offset;
  return llvm::map_to_vector(
      index, [&](int64_t i) -> OpFoldResult { return b.getIndexAttr(i); });
}

int64_t View::getInnerSize() const {
  int64_t size = 1;
  for (int64_t dim : groups.back())
    size *= type.getDimSize(dim);
  return size;
}

//===----------------------------------------------------------------------===//
// Geometry
//===----------------------------------------------------------------------===//

/// Drops tiles that change nothing.
static void simplify(WordStride &word, int64_t size) {
  if (word.isTiled() && word.tile >= size)
    word = {1, word.inner, {}};
  if (word.isTiled() && word.outer == word.inner * word.tile)
    word = {1, word.inner, {}};
}

/// Merges neighbours that are contiguous on both sides.
static SmallVector<Dim> mergeDims(ArrayRef<Dim> dims) {
  SmallVector<Dim> merged;
  for (const Dim &dim : dims) {
    if (!merged.empty() && !merged.back().word.isTiled() &&
        !dim.word.isTiled() && merged.back().value == dim.value * dim.size &&
        merged.back().word.outer == dim.word.outer * dim.size) {
      merged.back().size *= dim.size;
      merged.back().value = dim.value;
      merged.back().word.outer = dim.word.outer;
    } else {
      merged.push_back(dim);
    }
  }
  return merged;
}

Geometry::Geometry(RankedTensorType packedType, const View &values,
                   const View &words)
    : valueUnit(values.getUnitStride()), wordUnit(words.getUnitStride()) {
  LayoutAttr layout = getLayout(packedType);
  int64_t rank = packedType.getRank();
  wordBits = layout.getWord();
  perWord = layout.getElementsPerWord();

  SmallVector<Stride> wordStrides(words.getStrides());
  plane = wordStrides[layout.getPlanes()];
  wordStrides.erase(wordStrides.begin() + layout.getPlanes());
  SmallVector<Dim> dims(rank);
  for (int64_t dim = 0; dim < rank; ++dim) {
    dims[dim].size = packedType.getDimSize(dim);
    dims[dim].value = values.getStrides()[dim];
  }
  for (int64_t i = 0; i < rank; ++i) {
    int64_t dim =
        layout.getOuterDimsPerm().empty() ? i : layout.getOuterDimsPerm()[i];
    dims[dim].word.outer = wordStrides[i];
  }
  for (auto [i, dim] : llvm::enumerate(layout.getInnerDimsPos())) {
    int64_t tile = layout.getInnerTiles()[i];
    dims[dim].word.tile = tile;
    if (tile > 1)
      dims[dim].word.inner = wordStrides[rank + i];
  }

  packed = dims[layout.getPacked()];
  simplify(packed.word, getNumWords());
  // The stride of a single element is that of nothing: call it contiguous.
  if (packed.size == 1)
    packed.value = valueUnit;

  for (int64_t dim = 0; dim < rank; ++dim) {
    if (dim == layout.getPacked())
      continue;
    auto [size, value, word] = dims[dim];
    simplify(word, size);
    if (word.isTiled() && size % word.tile == 0) {
      loops.push_back(
          {size / word.tile, value * word.tile, {1, word.outer, {}}});
      loops.push_back({word.tile, value, {1, word.inner, {}}});
    } else {
      loops.push_back({size, value, word});
    }
  }
  llvm::erase_if(loops, [](const Dim &dim) { return dim.size == 1; });
  loops = mergeDims(loops);

  // Rows of whole words that follow one another make one long row.
  while (hasRows() && !loops.empty() && !packed.word.isTiled() &&
         !loops.back().word.isTiled() && packed.size % perWord == 0 &&
         loops.back().value == packed.value * packed.size &&
         loops.back().word.outer == packed.word.outer * getNumWords()) {
    packed.size *= loops.back().size;
    loops.pop_back();
  }
}

int64_t Geometry::getNumWords() const {
  return llvm::divideCeil(packed.size, perWord);
}

bool Geometry::isContiguous(const WordStride &stride, int64_t count,
                            int64_t alignment) const {
  if (!stride.isTiled())
    return stride.outer == wordUnit;
  return stride.inner == wordUnit && stride.tile % count == 0 &&
         alignment % count == 0;
}
