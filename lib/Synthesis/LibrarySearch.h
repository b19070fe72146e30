//===- LibrarySearch.h - A search for the library ---------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_LIB_SYNTHESIS_LIBRARYSEARCH_H
#define BITSERIAL_LIB_SYNTHESIS_LIBRARYSEARCH_H

#include "bitserial/Synthesis/KernelLibrary.h"

#include <string>

namespace mlir::bitserial {

/// Searches for the kernel of a spec, proved by the solver and ranked by the
/// model of the target (or, if `measure`, by measurement on this machine). In a
/// context of its own, since a search runs passes and may be called from one.
/// Returns the text of the kernel's module, or an empty one, and sets what
/// `answer` says of the search: statistics, and why there is no kernel.
std::string searchForLibrary(const KernelSpec &spec, const Target &target,
                             bool measure, KernelAnswer &answer);
/// Of pack kernels, none is measured.
std::string searchForLibrary(const PackSpec &spec, const Target &target,
                             bool measure, PackAnswer &answer);

} // namespace mlir::bitserial

#endif // BITSERIAL_LIB_SYNTHESIS_LIBRARYSEARCH_H
