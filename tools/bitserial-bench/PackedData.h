//===- PackedData.h - Activations in the layout of a layer ------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_TOOLS_BENCH_PACKEDDATA_H
#define BITSERIAL_TOOLS_BENCH_PACKEDDATA_H

#include "Workload.h"

namespace mlir {
namespace bitserial {
namespace bench {

/// A tensor of packed activations.
struct PackedData {
  /// As MLIR text.
  std::string type;
  /// The words in memory.
  std::vector<uint8_t> words;
};

/// Packs `values`, the input of `layer` in NHWC order, into the layout that the
/// compiler chooses for the layer's activations on the instruction set.
llvm::Expected<PackedData> packInput(const ConvLayer &layer,
                                     const FormatPair &formats,
                                     const InstructionSet &isa,
                                     llvm::ArrayRef<int16_t> values);

} // namespace bench
} // namespace bitserial
} // namespace mlir

#endif // BITSERIAL_TOOLS_BENCH_PACKEDDATA_H
