//===- Mutator.cpp - Mutations of MLIR text -------------------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Mutator.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"

using llvm::ArrayRef;
using llvm::SmallVector;
using llvm::StringRef;
using Random = std::minstd_rand;

//===----------------------------------------------------------------------===//
// Tokens
//===----------------------------------------------------------------------===//

static constexpr StringRef kNumbers[] = {"0",
                                         "1",
                                         "-1",
                                         "2",
                                         "3",
                                         "7",
                                         "8",
                                         "31",
                                         "63",
                                         "64",
                                         "127",
                                         "-128",
                                         "255",
                                         "256",
                                         "32768",
                                         "65536",
                                         "2147483647",
                                         "-2147483648",
                                         "4294967296",
                                         "1073741825",
                                         "9223372036854775807",
                                         "-9223372036854775808",
                                         "18446744073709551616",
                                         "1.0",
                                         "-0.0",
                                         "0x7FC00000",
                                         "0x7F800000",
                                         "0xFF800000",
                                         "1.0e-40",
                                         "3.5",
                                         "1.0e38"};

static constexpr StringRef kTypes[] = {
    "i1",
    "i2",
    "i4",
    "i8",
    "i16",
    "i32",
    "i48",
    "i64",
    "i128",
    "ui2",
    "ui4",
    "ui8",
    "ui32",
    "ui64",
    "si8",
    "f16",
    "bf16",
    "f32",
    "f64",
    "index",
    "none",
    "complex<f32>",
    "f8E4M3FN",
    "!quant.uniform<i8:f32, 2.0e-1:3>",
    "!quant.uniform<i4:f32:0, {1.0e-1, 2.0}>",
    "!bitserial.int<2, unsigned>",
    "!bitserial.int<1, bipolar>"};

static constexpr StringRef kNames[] = {"stablehlo.abs",
                                       "stablehlo.add",
                                       "stablehlo.and",
                                       "stablehlo.ceil",
                                       "stablehlo.clamp",
                                       "stablehlo.compare",
                                       "stablehlo.concatenate",
                                       "stablehlo.convert",
                                       "stablehlo.count_leading_zeros",
                                       "stablehlo.divide",
                                       "stablehlo.exponential",
                                       "stablehlo.floor",
                                       "stablehlo.is_finite",
                                       "stablehlo.log",
                                       "stablehlo.logistic",
                                       "stablehlo.maximum",
                                       "stablehlo.minimum",
                                       "stablehlo.multiply",
                                       "stablehlo.negate",
                                       "stablehlo.not",
                                       "stablehlo.or",
                                       "stablehlo.popcnt",
                                       "stablehlo.power",
                                       "stablehlo.remainder",
                                       "stablehlo.reshape",
                                       "stablehlo.reverse",
                                       "stablehlo.round_nearest_afz",
                                       "stablehlo.round_nearest_even",
                                       "stablehlo.rsqrt",
                                       "stablehlo.select",
                                       "stablehlo.shift_left",
                                       "stablehlo.shift_right_arithmetic",
                                       "stablehlo.shift_right_logical",
                                       "stablehlo.sign",
                                       "stablehlo.sqrt",
                                       "stablehlo.subtract",
                                       "stablehlo.tanh",
                                       "stablehlo.transpose",
                                       "stablehlo.uniform_quantize",
                                       "stablehlo.uniform_dequantize",
                                       "stablehlo.xor",
                                       "chlo.square",
                                       "chlo.erf",
                                       "tosa.abs",
                                       "tosa.add",
                                       "tosa.bitwise_and",
                                       "tosa.bitwise_not",
                                       "tosa.cast",
                                       "tosa.clz",
                                       "tosa.identity",
                                       "tosa.intdiv",
                                       "tosa.logical_left_shift",
                                       "tosa.maximum",
                                       "tosa.minimum",
                                       "tosa.mul",
                                       "tosa.negate",
                                       "tosa.reciprocal",
                                       "tosa.select",
                                       "tosa.sub",
                                       "EQ",
                                       "NE",
                                       "GE",
                                       "GT",
                                       "LE",
                                       "LT",
                                       "FLOAT",
                                       "SIGNED",
                                       "UNSIGNED",
                                       "TOTALORDER",
                                       "DEFAULT",
                                       "HIGHEST",
                                       "stride",
                                       "pad",
                                       "lhs_dilate",
                                       "rhs_dilate",
                                       "reverse",
                                       "true",
                                       "false",
                                       "dense",
                                       "splat",
                                       "init",
                                       "across",
                                       "applies",
                                       "private",
                                       "public",
                                       "SINGLE_ROUND",
                                       "DOUBLE_ROUND"};

static bool isWord(char c) {
  return llvm::isAlnum(c) || c == '_' || c == '.' || c == '$';
}

/// Words with what marks their kind before them, and single other characters.
static SmallVector<StringRef> tokenize(StringRef text) {
  SmallVector<StringRef> tokens;
  while (!text.empty()) {
    size_t length = 1;
    if (llvm::isSpace(text[0])) {
      length = text.take_while(llvm::isSpace).size();
    } else if (isWord(text[0]) ||
               (text.size() > 1 && StringRef("%@#!-").contains(text[0]) &&
                isWord(text[1]))) {
      length = 1 + text.drop_front().take_while(isWord).size();
      // Shapes: "4x8xf32" are several.
      if (llvm::isDigit(text[0])) {
        size_t digits = text.take_while(llvm::isDigit).size();
        if (digits < length && text[digits] == 'x')
          length = digits;
      } else if (text[0] == 'x' && length > 1 &&
                 (llvm::isDigit(text[1]) || StringRef("iuf").contains(text[1])))
        length = 1;
    }
    tokens.push_back(text.take_front(length));
    text = text.drop_front(length);
  }
  return tokens;
}

static size_t below(size_t count, Random &random) {
  return std::uniform_int_distribution<size_t>(0, count - 1)(random);
}

static StringRef choose(ArrayRef<StringRef> options, Random &random) {
  return options[below(options.size(), random)];
}

enum class TokenKind { Space, Number, Type, Name, Value, Other };

static TokenKind getKind(StringRef token) {
  if (llvm::isSpace(token[0]))
    return TokenKind::Space;
  if (llvm::isDigit(token[0]) || (token[0] == '-' && token.size() > 1))
    return TokenKind::Number;
  if (token[0] == '%')
    return TokenKind::Value;
  if (llvm::is_contained(kTypes, token))
    return TokenKind::Type;
  if (llvm::isAlpha(token[0]) && token != "x")
    return TokenKind::Name;
  return TokenKind::Other;
}

static void mutateToken(SmallVector<StringRef> &tokens, Random &random) {
  if (tokens.empty())
    return;
  size_t at = below(tokens.size(), random);
  for (int tries = 0; tries < 20 && getKind(tokens[at]) == TokenKind::Space;
       ++tries)
    at = below(tokens.size(), random);
  TokenKind kind = getKind(tokens[at]);
  // Another one of the text, most often of the same kind.
  auto another = [&] {
    for (int tries = 0; tries < 50; ++tries) {
      StringRef token = tokens[below(tokens.size(), random)];
      if (getKind(token) == kind && token != tokens[at])
        return token;
    }
    return tokens[below(tokens.size(), random)];
  };
  switch (below(8, random)) {
  case 0:
    tokens.erase(tokens.begin() + at);
    return;
  case 1:
    tokens.insert(tokens.begin() + at, tokens[below(tokens.size(), random)]);
    return;
  case 2:
    std::swap(tokens[at], tokens[below(tokens.size(), random)]);
    return;
  case 3:
    tokens[at] = another();
    return;
  default:
    break;
  }
  switch (kind) {
  case TokenKind::Number:
    tokens[at] = choose(kNumbers, random);
    return;
  case TokenKind::Type:
    tokens[at] = choose(kTypes, random);
    return;
  case TokenKind::Name:
    tokens[at] = choose(kNames, random);
    return;
  default:
    tokens[at] = another();
    return;
  }
}

/// The same change everywhere keeps a program valid more often: one type or one
/// size for another.
static void replaceAll(SmallVector<StringRef> &tokens, Random &random) {
  if (tokens.empty())
    return;
  StringRef from = tokens[below(tokens.size(), random)];
  TokenKind kind = getKind(from);
  StringRef to;
  if (kind == TokenKind::Type)
    to = choose(kTypes, random);
  else if (kind == TokenKind::Number)
    to = choose(kNumbers, random);
  else
    return mutateToken(tokens, random);
  for (StringRef &token : tokens)
    if (token == from)
      token = to;
}

static void mutateLines(SmallVector<StringRef> &lines, Random &random) {
  size_t at = below(lines.size(), random);
  StringRef line = lines[below(lines.size(), random)];
  switch (below(3, random)) {
  case 0:
    lines.erase(lines.begin() + at);
    return;
  case 1:
    lines.insert(lines.begin() + at, line);
    return;
  default:
    std::swap(lines[at], lines[below(lines.size(), random)]);
    return;
  }
}

std::string bitserial::fuzz::mutate(StringRef text, Random &random) {
  if (text.empty())
    return "func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {\n"
           "  return %x : tensor<4xf32>\n}\n";
  if (below(5, random) == 0) {
    SmallVector<StringRef> lines;
    text.split(lines, '\n');
    mutateLines(lines, random);
    return llvm::join(lines, "\n");
  }
  SmallVector<StringRef> tokens = tokenize(text);
  for (size_t i = 0, count = 1 + below(3, random); i < count; ++i) {
    if (below(3, random) == 0)
      replaceAll(tokens, random);
    else
      mutateToken(tokens, random);
  }
  return llvm::join(tokens, "");
}

std::string bitserial::fuzz::crossOver(StringRef text, StringRef other,
                                       Random &random) {
  SmallVector<StringRef> lines, others;
  text.split(lines, '\n');
  other.split(others, '\n');
  size_t from = below(others.size(), random);
  size_t count = 1 + below(4, random);
  size_t at = below(lines.size(), random);
  ArrayRef<StringRef> some =
      ArrayRef<StringRef>(others).drop_front(from).take_front(count);
  lines.insert(lines.begin() + at, some.begin(), some.end());
  return llvm::join(lines, "\n");
}
