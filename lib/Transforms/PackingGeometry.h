//===- PackingGeometry.h - Values and words as strided memory ---*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Where the values and the words of a packed tensor lie, in a form that is the
/// same for all layouts: a few loops with a stride on either side. Private to
/// the lowering of pack and unpack.
///
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_LIB_TRANSFORMS_PACKINGGEOMETRY_H
#define BITSERIAL_LIB_TRANSFORMS_PACKINGGEOMETRY_H

#include "mlir/Dialect/Utils/ReshapeOpsUtils.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinTypes.h"

namespace mlir {
namespace bitserial {

/// A step in one of the contiguous groups of dimensions of a View.
struct Stride {
  unsigned group = 0;
  int64_t step = 0;

  bool operator==(const Stride &other) const {
    return group == other.group && step == other.step;
  }
  Stride operator*(int64_t factor) const { return {group, step * factor}; }
};

/// A static tensor with neighbouring dimensions merged where its memory is
/// known to be contiguous: into one dimension, unless it is a slice.
class View {
public:
  /// With `keepSlice`, the dimensions of an extract_slice are not merged.
  explicit View(Value tensor, bool keepSlice = false);

  /// The tensor with its dimensions merged, and the way back.
  Value merge(OpBuilder &b, Location loc, Value tensor) const;
  Value split(OpBuilder &b, Location loc, Value merged) const;

  /// The stride of each dimension of the tensor.
  ArrayRef<Stride> getStrides() const { return strides; }
  /// The stride of neighbouring elements of the merged tensor.
  Stride getUnitStride() const { return {unsigned(groups.size()) - 1, 1}; }
  /// The index, in the merged tensor, of the element at `offsets`, by default
  /// of the first.
  SmallVector<OpFoldResult> getIndex(OpBuilder &b,
                                     ArrayRef<int64_t> offsets = {}) const;
  /// The number of elements of the last group.
  int64_t getInnerSize() const;

private:
  RankedTensorType type;
  SmallVector<ReassociationIndices> groups;
  SmallVector<Stride> strides;
};

/// Where the words along one dimension are: word i is at (i / tile) * outer +
/// (i % tile) * inner.
struct WordStride {
  int64_t tile = 1;
  Stride outer, inner;

  bool isTiled() const { return tile != 1; }
};

/// A dimension of the logical tensor, or several or part of one.
struct Dim {
  int64_t size;
  Stride value;
  WordStride word;
};

/// The walk over a packed tensor. Sizes and value strides of the packed
/// dimension are in elements, its word stride is in words.
struct Geometry {
  /// `values` and `words` view the tensors on both sides; the one of words may
  /// be larger than `packedType` needs.
  Geometry(RankedTensorType packedType, const View &values, const View &words);

  int64_t getNumWords() const;
  /// Whether the values are contiguous in the packed dimension.
  bool hasRows() const { return packed.value == valueUnit; }
  /// Whether `count` words from one on are contiguous, where the index of that
  /// one is known to be a multiple of `alignment`.
  bool isContiguous(const WordStride &stride, int64_t count,
                    int64_t alignment) const;

  /// The dimensions to loop over besides the packed one, in the values' order,
  /// none of size 1. Without rows, the values are contiguous in the last.
  SmallVector<Dim> loops;
  Dim packed;
  Stride plane;
  int64_t wordBits, perWord; // Bits of a word, and elements.
  Stride valueUnit, wordUnit;
};

} // namespace bitserial
} // namespace mlir

#endif // BITSERIAL_LIB_TRANSFORMS_PACKINGGEOMETRY_H
