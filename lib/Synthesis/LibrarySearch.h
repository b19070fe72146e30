//===- LibrarySearch.h - A search for the library ---------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_LIB_SYNTHESIS_LIBRARYSEARCH_H
#define BITSERIAL_LIB_SYNTHESIS_LIBRARYSEARCH_H

#include "bitserial/Synthesis/Search.h"

#include <string>

namespace mlir::bitserial {

struct LibrarySearchResult {
  std::string text;   ///< Of the kernel's module; empty if there is none.
  std::string reason; ///< Then: why.
  SearchStatistics statistics;
};

/// Searches for the kernel of a spec, proved by solver and linear forms and
/// ranked by the model of the target or by measurement on this machine. In a
/// context of its own, since a search runs passes and may be called from one.
LibrarySearchResult searchForLibrary(const KernelSpec &spec,
                                     const Target &target, bool measure);

} // namespace mlir::bitserial

#endif // BITSERIAL_LIB_SYNTHESIS_LIBRARYSEARCH_H
