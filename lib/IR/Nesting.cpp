//===- Nesting.cpp - Text that the parser survives ------------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/IR/Nesting.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Location.h"
#include "llvm/ADT/StringExtras.h"

#include <optional>
#include <string>

using namespace mlir;
using namespace mlir::bitserial;

static constexpr unsigned kMaxNesting = 256;
/// What bytecode begins with.
static constexpr StringLiteral kBytecode = "ML\xefR";

namespace {
/// A place in text that is refused, and why.
struct Fault {
  const char *place;
  std::string message;
};
} // namespace

/// Whether `text` begins with an integer type: i8, si8, ui8, or u8 as quantised
/// types write it.
static bool startsWithIntegerType(StringRef text) {
  text.consume_front("s") || text.consume_front("u");
  text.consume_front("i");
  return !text.empty() && llvm::isDigit(text.front());
}

/// What stands in angle brackets after `before` and makes upstream's parser
/// (LLVM 22) read memory that is not there, as a message; empty if nothing
/// does.
static std::string checkParameters(StringRef before, StringRef parameters) {
  before = before.rtrim();
  parameters = parameters.ltrim();
  // Any type is taken for an integer.
  for (StringRef name :
       {"quant.any", "quant.uniform", "quant<any", "quant<uniform"})
    if (before.ends_with(name) && !startsWithIntegerType(parameters))
      return "the storage type of a quantised type must be an integer type "
             "that is written out, as i8";
  // The width of index is asked for.
  if (before.consume_back("array") && parameters.starts_with("index") &&
      (before.empty() || !(llvm::isAlnum(before.back()) ||
                           StringRef("_.$!#").contains(before.back()))))
    return "the elements of array<...> must be integers or floats of a known "
           "width, as i64, not index";
  return {};
}

/// Where MLIR text has what upstream's parser does not survive: brackets nested
/// deeper than `limit`, since it calls itself for each and would run out of
/// stack, or types it does not check.
static std::optional<Fault> findFault(StringRef text, unsigned limit) {
  unsigned depth = 0;
  bool isString = false;
  for (const char *at = text.begin(); at != text.end(); ++at) {
    switch (*at) {
    case '"':
      isString = !isString;
      break;
    case '\\':
      if (isString && at + 1 != text.end())
        ++at;
      break;
    case '\n':
      // No string is longer than a line.
      isString = false;
      break;
    case '/':
      // A comment.
      if (!isString && StringRef(at, text.end() - at).starts_with("//"))
        while (at + 1 != text.end() && at[1] != '\n')
          ++at;
      break;
    case '(':
    case '[':
    case '{':
    case '<':
      if (isString)
        break;
      if (++depth > limit)
        return Fault{at, "brackets are nested more than " +
                             std::to_string(limit) + " deep"};
      if (*at == '<') {
        size_t offset = at - text.begin();
        std::string message = checkParameters(text.take_front(offset),
                                              text.drop_front(offset + 1));
        if (!message.empty())
          return Fault{at, message};
      }
      break;
    case ')':
    case ']':
    case '}':
    case '>':
      // That of an arrow is none. Too many are the parser's business.
      if (!isString && depth > 0 && !(*at == '>' && at[-1] == '-'))
        --depth;
      break;
    default:
      break;
    }
  }
  return std::nullopt;
}

LogicalResult bitserial::checkText(MLIRContext *context, StringRef text,
                                   StringRef name) {
  if (text.starts_with(kBytecode))
    return success();
  std::optional<Fault> fault = findFault(text, kMaxNesting);
  if (!fault)
    return success();
  StringRef before = text.take_front(fault->place - text.begin());
  unsigned line = before.count('\n') + 1;
  unsigned column = before.size() - (before.rfind('\n') + 1) + 1;
  return emitError(FileLineColLoc::get(context, name, line, column))
         << fault->message;
}
