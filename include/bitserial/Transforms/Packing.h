//===- Packing.h - Packing of values into words -----------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// `bitserial.pack` and `bitserial.unpack` as loops over vectors, on tensors.
///
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_TRANSFORMS_PACKING_H
#define BITSERIAL_TRANSFORMS_PACKING_H

#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/PatternMatch.h"

namespace mlir {
class RewritePatternSet;
class TypeConverter;

namespace bitserial {
class Target;

/// A new tensor of type getStoredType(packedType) to pack into: zero where a
/// tile rounds a size up, else not initialised.
Value createPackDestination(OpBuilder &b, Location loc,
                            RankedTensorType packedType);

/// Packs `values` into words, as the layout of `packedType` says, and returns
/// `dest` with these words written to it.
///
/// `packedType` is a static packed tensor (see isPackedTensor); `values` has
/// its shape and the value type of its elements. Values outside the format give
/// unspecified bits, but only within their own element.
///
/// `dest` has the type getStoredType(packedType). It may also be larger, to
/// hold padding for instance: the words are then written at `offsets`, one per
/// dimension of `dest`. Words that belong to no element, because a tile rounds
/// a size up, are not written: `dest` has to be zero there. Without a `dest`
/// one is made, zero where that matters. Writing to an extract_slice instead
/// works, but for most layouts word by word, because its memory is not
/// contiguous.
///
/// The loops pass the destination on and bufferize in place. No vector is
/// accessed out of bounds, and none is masked.
Value emitPack(RewriterBase &b, Location loc, Value values,
               RankedTensorType packedType, Value dest, const Target &target,
               ArrayRef<int64_t> offsets = {});

/// The inverse of emitPack: returns a new tensor of values, given the words.
Value emitUnpack(RewriterBase &b, Location loc, Value words,
                 RankedTensorType packedType, const Target &target);

/// Patterns for PackOp, with a converter that turns tensors of the dialect into
/// stored types. `target` has to outlive the patterns.
void populatePackingPatterns(const TypeConverter &converter,
                             RewritePatternSet &patterns, const Target &target);

/// The same for UnpackOp.
void populateUnpackingPatterns(const TypeConverter &converter,
                               RewritePatternSet &patterns,
                               const Target &target);

} // namespace bitserial
} // namespace mlir

#endif // BITSERIAL_TRANSFORMS_PACKING_H
