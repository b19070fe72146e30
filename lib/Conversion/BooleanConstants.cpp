//===- BooleanConstants.cpp - Constants of i1 of newer MLIR ---------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Conversion/BooleanConstants.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MathExtras.h"

#include <optional>

using namespace mlir;
using namespace mlir::bitserial;

/// The number of elements of a type whose text ends in `before` and "xi1>", and
/// `before` without its shape; nullopt if there is no static shape.
static std::optional<int64_t> consumeShape(StringRef &before) {
  size_t begin = before.find_last_not_of("0123456789x") + 1;
  StringRef shape = before.drop_front(begin);
  before = before.take_front(begin);
  if (!before.consume_back("tensor<"))
    return std::nullopt;
  int64_t count = 1;
  while (!shape.empty()) {
    auto [size, rest] = shape.split('x');
    int64_t number;
    if (size.getAsInteger(10, number) ||
        llvm::MulOverflow(count, number, count))
      return std::nullopt;
    shape = rest;
  }
  return count;
}

/// The digits of the constant whose type has the text that follows `before`;
/// empty if it is not written as one string.
static StringRef findDigits(StringRef before) {
  for (char expected : {':', '>', '"'}) {
    before = before.rtrim();
    if (!before.consume_back(StringRef(&expected, 1)))
      return {};
  }
  size_t begin = before.rfind('"') + 1;
  StringRef digits = before.drop_front(begin);
  if (!before.take_front(begin).ends_with("dense<\"") ||
      !digits.consume_front("0x"))
    return {};
  return digits;
}

std::string bitserial::packBooleanConstants(StringRef text) {
  constexpr StringLiteral kElement = "xi1>";
  std::string result;
  for (size_t at = text.find(kElement); at != StringRef::npos;
       at = text.find(kElement, at + 1)) {
    StringRef before = text.take_front(at);
    std::optional<int64_t> count = consumeShape(before);
    if (!count)
      continue;
    StringRef digits = findDigits(before);
    // One byte is one element either way.
    if (*count < 2 || digits.size() % 2 || int64_t(digits.size() / 2) != *count)
      continue;
    std::string packed;
    for (int64_t first = 0; first < *count; first += 8) {
      unsigned byte = 0;
      for (int64_t i = first; i < std::min(first + 8, *count); ++i) {
        StringRef element = digits.substr(2 * i, 2);
        if (element != "00" && element != "01")
          return result;
        byte |= unsigned(element == "01") << (i - first);
      }
      packed += llvm::hexdigit(byte >> 4);
      packed += llvm::hexdigit(byte & 15);
    }
    if (result.empty())
      result = text.str();
    size_t offset = digits.data() - text.data();
    packed += '"';
    packed.resize(digits.size() + 1, ' ');
    result.replace(offset, packed.size(), packed);
  }
  return result;
}
