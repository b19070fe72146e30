//===- LowBitFormat.h - The format that a set of values needs ---*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_CONVERSION_RANGES_LOWBITFORMAT_H
#define BITSERIAL_CONVERSION_RANGES_LOWBITFORMAT_H

#include "bitserial/Conversion/Ranges/FloatSet.h"
#include "bitserial/Conversion/Ranges/ValueSet.h"
#include "bitserial/IR/Bitserial.h"
#include "bitserial/IR/NumberFormat.h"

namespace mlir::bitserial {

/// A low-bit number format and a factor: numbers `scale * v` for v in `format`,
/// of floats `scale * unit * v`.
struct LowBitFormat {
  NumberFormat format;
  int64_t scale = 1; // >= 1
  double unit = 1;   // > 0

  unsigned getWidth() const { return format.getWidth(); }
  IntType getType(MLIRContext *context) const {
    return IntType::get(context, format.getWidth(), format.getKind(),
                        format.getZeroPoint());
  }
  /// "2-bit unsigned", "1-bit bipolar times 3", "2-bit unsigned times 0.25".
  std::string describe() const;
};

/// The format of fewest bits that holds all of `values`; nullopt if none of 1
/// to 8 bits does. Of several as short, one without zero point comes first,
/// and among those unsigned, ternary ({-1, 0, 1} only), signed, bipolar. A
/// scale other than 1 (the greatest common divisor) is used only where it saves
/// bits.
std::optional<LowBitFormat> chooseFormat(const ValueSet &values);

/// The same for floats, all of which are exact multiples of `unit`.
std::optional<LowBitFormat> chooseFormat(const FloatSet &values);

/// The integers that `values`, listed and multiples of `unit`, are multiples
/// by.
ValueSet divideByUnit(const FloatSet &values, double unit);

} // namespace mlir::bitserial

#endif // BITSERIAL_CONVERSION_RANGES_LOWBITFORMAT_H
