//===- NumberFormat.cpp - Low-bit number formats --------------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/IR/NumberFormat.h"
#include "bitserial/IR/Bitserial.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/FormatVariadic.h"
#include <cassert>

using namespace mlir::bitserial;

//===----------------------------------------------------------------------===//
// The affine row of each kind
//===----------------------------------------------------------------------===//

/// The weight of bit `i` of a number with `width` bits.
static int64_t getKindWeight(Kind kind, unsigned i, unsigned width) {
  switch (kind) {
  case Kind::Unsigned:
    return int64_t(1) << i;
  case Kind::Signed:
    return i + 1 == width ? -(int64_t(1) << i) : int64_t(1) << i;
  case Kind::Bipolar:
    return int64_t(2) << i;
  case Kind::Ternary: {
    // Balanced ternary: the bits 2t and 2t + 1 are digit t's plus and minus.
    int64_t weight = 1;
    for (unsigned digit = 0; digit < i / 2; ++digit)
      weight *= 3;
    return i % 2 == 0 ? weight : -weight;
  }
  }
  llvm_unreachable("unknown kind");
}

static int64_t getKindOffset(Kind kind, unsigned width) {
  return kind == Kind::Bipolar ? -((int64_t(1) << width) - 1) : 0;
}

/// Bits that stand for one digit: only values of whole digits exist.
static unsigned getBitsPerDigit(Kind kind) {
  return kind == Kind::Ternary ? 2 : 1;
}

//===----------------------------------------------------------------------===//
// NumberFormat
//===----------------------------------------------------------------------===//

NumberFormat::NumberFormat(unsigned width, Kind kind, int64_t zeroPoint)
    : kind(kind), zeroPoint(zeroPoint),
      offset(getKindOffset(kind, width) - zeroPoint) {
  for (unsigned i = 0; i < width; ++i)
    weights.push_back(getKindWeight(kind, i, width));
  min = max = offset;
  for (int64_t weight : weights)
    (weight < 0 ? min : max) += weight;
  step = weights.front();
  if (kind == Kind::Signed)
    step = 1;
}

std::string NumberFormat::isValid(unsigned width, Kind kind,
                                  int64_t zeroPoint) {
  if (width < 1 || width > kMaxWidth)
    return llvm::formatv("width must be 1 to {0} bits, got {1}", kMaxWidth,
                         width);
  if (width % getBitsPerDigit(kind))
    return llvm::formatv("a {0} number takes an even width ({1} bits per "
                         "digit), got {2}",
                         stringifyKind(kind), getBitsPerDigit(kind), width);
  // The sum below cannot wrap: no kind has values beyond 16 bits.
  constexpr int64_t kLimit = 1 << 15;
  if (zeroPoint < -2 * kLimit || zeroPoint > 2 * kLimit)
    return llvm::formatv("zero point {0} leaves the range of 16-bit signed "
                         "values",
                         zeroPoint);
  NumberFormat format(width, kind, zeroPoint);
  if (format.getMin() < -kLimit || format.getMax() >= kLimit)
    return llvm::formatv(
        "zero point {0} gives values {1} to {2}, which do not fit 16-bit "
        "signed integers",
        zeroPoint, format.getMin(), format.getMax());
  return "";
}

bool NumberFormat::contains(int64_t value) const {
  return value >= min && value <= max && (value - min) % step == 0;
}

int64_t NumberFormat::decode(unsigned bits) const {
  int64_t value = offset;
  for (auto [i, weight] : llvm::enumerate(weights))
    if (bits >> i & 1)
      value += weight;
  return value;
}

unsigned NumberFormat::encode(int64_t value) const {
  assert(contains(value) && "value does not belong to the format");
  int64_t rest = value - offset;
  if (kind != Kind::Ternary)
    return unsigned(rest / step) & ((1u << getWidth()) - 1);
  unsigned bits = 0;
  for (unsigned i = 0; i < getWidth(); i += 2) {
    int64_t digit = ((rest % 3) + 4) % 3 - 1;
    if (digit > 0)
      bits |= 1u << i;
    if (digit < 0)
      bits |= 2u << i;
    rest = (rest - digit) / 3;
  }
  return bits;
}

NumberCode NumberFormat::getCode(unsigned bits, bool isSigned) const {
  assert((bits == 8 || (bits == 16 && isSigned)) && "no code of this type");
  if (isSigned && (bits == 16 || (min >= INT8_MIN && max <= INT8_MAX)))
    return {/*offset=*/0, /*step=*/1, min, max};
  int64_t first = isSigned ? INT8_MIN : 0;
  return {min - step * first, step, first, first + (max - min) / step};
}

unsigned NumberFormat::getValueBits() const {
  bool fitsInt8 = min >= INT8_MIN && max <= INT8_MAX;
  return fitsInt8 || isValueUnsigned() ? 8 : 16;
}

bool NumberFormat::isValueUnsigned() const {
  return min >= 0 && max > INT8_MAX && max <= UINT8_MAX;
}

std::string NumberFormat::describe() const {
  std::string text =
      llvm::formatv("{0}-bit {1}", getWidth(), stringifyKind(kind));
  if (zeroPoint)
    text += llvm::formatv(" (zero point {0})", zeroPoint).str();
  return text;
}
