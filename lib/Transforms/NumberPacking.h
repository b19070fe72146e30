//===- NumberPacking.h - Whole numbers in words ----------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Packing for layouts whose words hold whole numbers: mostly copies of memory,
/// unlike that of bits. Private to the lowering of pack and unpack.
///
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_LIB_TRANSFORMS_NUMBERPACKING_H
#define BITSERIAL_LIB_TRANSFORMS_NUMBERPACKING_H

#include "PackingGeometry.h"
#include "bitserial/Target/Target.h"

namespace mlir::bitserial {

/// As emitPack, for a layout with `numbers`, between views of the tensors.
/// `dest` is merged as the word view says.
Value packNumbers(OpBuilder &b, Location loc, RankedTensorType packedType,
                  const Target &target, Value values, const View &valueView,
                  const View &wordView, ArrayRef<int64_t> offsets, Value dest);

/// As emitUnpack; `dest` is merged as the value view says.
Value unpackNumbers(OpBuilder &b, Location loc, RankedTensorType packedType,
                    const Target &target, Value words, const View &valueView,
                    const View &wordView, Value dest);

} // namespace mlir::bitserial

#endif // BITSERIAL_LIB_TRANSFORMS_NUMBERPACKING_H
