//===- Mutator.h - Mutations of MLIR text -----------------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_FUZZ_MUTATOR_H
#define BITSERIAL_FUZZ_MUTATOR_H

#include "llvm/ADT/StringRef.h"

#include <random>
#include <string>

namespace bitserial::fuzz {

/// Changes some tokens or lines of MLIR text: numbers, keywords, names of ops,
/// types, attributes. Most results still are what MLIR reads, other than those
/// of changed bytes. Tokens come from the text itself and from a table of those
/// that the importers know.
std::string mutate(llvm::StringRef text, std::minstd_rand &random);

/// `text` with some lines of `other`.
std::string crossOver(llvm::StringRef text, llvm::StringRef other,
                      std::minstd_rand &random);

} // namespace bitserial::fuzz

#endif // BITSERIAL_FUZZ_MUTATOR_H
