//===- Contractions.h - Contractions of StableHLO ---------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_CONVERSION_STABLEHLOTOBITSERIAL_CONTRACTIONS_H
#define BITSERIAL_CONVERSION_STABLEHLOTOBITSERIAL_CONTRACTIONS_H

#include "bitserial/Conversion/LowBitContraction.h"
#include "bitserial/Conversion/StableHLO/StableHLO.h"

namespace mlir::bitserial {

/// `op` as loops over its operands.
ContractionShape describeContraction(stablehlo::DotGeneralOp op);

/// `op` as loops over its operands, the kernel reversed as the op says. If a
/// shape is given, it is that of the left operand after padding and dilation,
/// over which the loops run; else the description has the padding (which may be
/// negative) and knows of no dilation.
ContractionShape
describeContraction(stablehlo::ConvolutionOp op,
                    std::optional<ArrayRef<int64_t>> paddedShape = {});

/// Whether the description is all that the op does: no dilation of the input,
/// no reversal, no negative padding.
bool isPlain(stablehlo::ConvolutionOp op);

} // namespace mlir::bitserial

#endif // BITSERIAL_CONVERSION_STABLEHLOTOBITSERIAL_CONTRACTIONS_H
