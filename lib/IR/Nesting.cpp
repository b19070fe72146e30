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

using namespace mlir;
using namespace mlir::bitserial;

static constexpr unsigned kMaxNesting = 256;
/// What bytecode begins with.
static constexpr StringLiteral kBytecode = "ML\xefR";

/// Where brackets of MLIR text are nested deeper than `limit`; null if they are
/// nowhere. Upstream's parser calls itself for each and would run out of stack.
static const char *findDeepNesting(StringRef text, unsigned limit) {
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
      if (!isString && ++depth > limit)
        return at;
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
  return nullptr;
}

LogicalResult bitserial::checkNesting(MLIRContext *context, StringRef text,
                                      StringRef name) {
  if (text.starts_with(kBytecode))
    return success();
  const char *place = findDeepNesting(text, kMaxNesting);
  if (!place)
    return success();
  StringRef before = text.take_front(place - text.begin());
  unsigned line = before.count('\n') + 1;
  unsigned column = before.size() - (before.rfind('\n') + 1) + 1;
  return emitError(FileLineColLoc::get(context, name, line, column))
         << "brackets are nested more than " << kMaxNesting << " deep";
}
