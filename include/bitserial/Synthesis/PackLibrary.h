//===- PackLibrary.h - Where proved pack kernels come from ------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The pack kernel for a specification on a target, from the same places as
/// kernels of reductions (KernelLibrary.h): the user's cache, the shipped
/// library (lib/Kernels/<cpu>/pack-*.mlir), or a search. The library has those
/// that are faster than the reference lowering. Zen CPUs take none of them.
///
/// Only kernels that were proved are kept, and used if the proof was made with
/// the semantics of instructions and the version of the prover of the program
/// at hand; they are also run on all values of the format. If semantics or
/// prover have changed since, they are proved again, if there is a solver.
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_SYNTHESIS_PACKLIBRARY_H
#define BITSERIAL_SYNTHESIS_PACKLIBRARY_H

#include "bitserial/Synthesis/KernelLibrary.h"
#include "bitserial/Synthesis/PackSearch.h"
#include "bitserial/Transforms/PackKernel.h"

#include <optional>
#include <string>

namespace mlir::bitserial {

/// The pack kernels of the shipped library, by name
/// ("haswell/pack-u2-v64.mlir").
ArrayRef<LibraryFile> getPackLibraryFiles();

/// All that the outcome of a search depends on, in one line.
std::string getPackKey(const PackSpec &spec, const Target &target);

/// The text of a kernel's module, as kept in library and cache.
std::string printPackKernel(const PackKernel &kernel);

/// What was found.
struct PackAnswer {
  std::optional<PackKernel> kernel;
  KernelOrigin origin = KernelOrigin::Library;
  /// The file that it comes from; empty after a search.
  std::string place;
  /// Without a kernel: why there is none, for people.
  std::string reason;
  /// Of the search, if there was one; and the modelled cycles of the reference
  /// lowering.
  std::optional<PackSearchStatistics> statistics;
  double referenceCycles = 0;
};

/// The kernel, or why there is none. May be called from several threads. The
/// kernel lives as long as `context`, which must have been made with
/// KernelLibrary::registerDialects(). Of the options, `measure` has no effect.
/// Warnings go to the context's diagnostics.
PackAnswer lookupPack(MLIRContext *context, const PackSpec &spec,
                      const Target &target,
                      const KernelLibraryOptions &options);

/// Makes contexts have a PackKernelSource. Part of
/// KernelLibrary::registerDialects.
void registerPackLibrary(DialectRegistry &registry);

/// Lets the PackKernelSource of a context, which has no kernels at first, find
/// kernels as the options say. Part of KernelLibrary::activate.
void activatePackLibrary(MLIRContext *context,
                         const KernelLibraryOptions &options);

/// Proves a kernel by the solver and writes its obligations into a folder of
/// its CPU in `directory`. Fails if it is not proved.
llvm::Error provePackAndWrite(const PackKernel &kernel, const Target &target,
                              StringRef directory);

/// The same for all kernels that the lowering has taken from the source of a
/// context. Each is written once in a process.
llvm::Error proveUsedPacks(MLIRContext *context, StringRef directory);

} // namespace mlir::bitserial

#endif // BITSERIAL_SYNTHESIS_PACKLIBRARY_H
