//===- NumberFormat.h - Low-bit number formats ------------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What `!bitserial.int<W, kind>` means, without any IR: each kind is an affine
/// row, value(b) = offset + sum_i weight_i * b_i. Everything else about a
/// format (its range, its bits for a value) is derived from that row.
///
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_IR_NUMBERFORMAT_H
#define BITSERIAL_IR_NUMBERFORMAT_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <optional>
#include <string>

namespace mlir {
namespace bitserial {

enum class Kind : uint32_t;

/// How the numbers of a format are stored as integers of 8 or 16 bits: the
/// integer `code` stands for `offset + step * code`.
struct NumberCode {
  int64_t offset, step;
  int64_t min, max; ///< The least and the largest code of the format.
};

/// A low-bit number format: kind, width and zero point.
class NumberFormat {
public:
  static constexpr unsigned kMaxWidth = 8;

  /// Requires `isValid(width, kind, zeroPoint)` to be empty.
  NumberFormat(unsigned width, Kind kind, int64_t zeroPoint = 0);

  /// Returns why there is no such format, or an empty string if there is.
  static std::string isValid(unsigned width, Kind kind, int64_t zeroPoint);

  unsigned getWidth() const { return weights.size(); }
  Kind getKind() const { return kind; }
  int64_t getZeroPoint() const { return zeroPoint; }

  /// The weight of each bit, least significant plane first.
  llvm::ArrayRef<int64_t> getWeights() const { return weights; }
  /// The value of the number whose bits are all zero.
  int64_t getOffset() const { return offset; }

  int64_t getMin() const { return min; }
  int64_t getMax() const { return max; }
  /// Values are getMin(), getMin() + getStep(), ..., getMax().
  int64_t getStep() const { return step; }
  bool contains(int64_t value) const;

  /// The value with these bits (bit i is plane i).
  int64_t decode(unsigned bits) const;
  /// The bits of `value`, the canonical ones where several patterns have it
  /// (a ternary digit 0 has both bits clear). `value` must belong to the
  /// format.
  unsigned encode(int64_t value) const;

  /// The codes of the values as integers of `bits` bits: unsigned 8-bit codes
  /// start from 0; signed ones are the values themselves if these fit, else
  /// they start from -128. `bits` is 8, or 16 where `isSigned`.
  NumberCode getCode(unsigned bits, bool isSigned) const;

  /// Bits of the smallest of int8_t, uint8_t and int16_t that holds all values.
  unsigned getValueBits() const;
  /// Whether that type is uint8_t.
  bool isValueUnsigned() const;

  /// The format as in the type, e.g. `2-bit unsigned (zero point 1)`.
  std::string describe() const;

private:
  Kind kind;
  int64_t zeroPoint;
  int64_t offset;
  llvm::SmallVector<int64_t, kMaxWidth> weights;
  int64_t min, max, step;
};

} // namespace bitserial
} // namespace mlir

#endif // BITSERIAL_IR_NUMBERFORMAT_H
