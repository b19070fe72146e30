//===- BuildLibrary.h - Making the shipped library --------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_TOOLS_SYNTH_BUILDLIBRARY_H
#define BITSERIAL_TOOLS_SYNTH_BUILDLIBRARY_H

#include "mlir/Support/LLVM.h"

#include "llvm/ADT/ArrayRef.h"

#include "bitserial/Synthesis/KernelLibrary.h"
#include "bitserial/Transforms/Kernel.h"

#include <functional>
#include <string>
#include <vector>

namespace mlir {
class MLIRContext;

namespace bitserial::synth {

/// The specifications that the library has kernels for on a target: distinct
/// ones, in order.
std::vector<KernelSpec> getLibrarySpecs(const Target &target);

struct BuildLibraryOptions {
  /// The folder with a folder for each CPU.
  std::string directory;
  /// CPUs of getLibraryTargets(); empty: all.
  ArrayRef<std::string> cpus;
  /// Names of kernels, such as "a2w1-o64"; empty: all.
  ArrayRef<std::string> names;
  /// Search for what is there and up to date, too.
  bool force = false;
};

/// What a search for the library gave.
struct LibraryFinding {
  std::string text;        ///< Of the kernel's module; empty if there is none.
  std::string summary;     ///< For people: what it costs, or why there is none.
  bool isWorthFile = true; ///< False if the reference lowering is as good.
};

/// A kernel that the library should have for a target.
struct LibraryItem {
  std::string name; ///< Of the file, without ".mlir".
  std::string key;  ///< See KernelLibrary.h.
  std::function<LibraryFinding(MLIRContext &, const KernelLibraryOptions &)>
      search;
};

/// Searches for the kernels of the shipped library, those of reduces and of
/// packs, one line for each on standard output, and writes them. What is there
/// with the key that it would get now is left as it is, so that an interrupted
/// run can be continued. Fails, with an error message, if a kernel was not
/// found, or if the options name a CPU or kernel that the library is not to
/// have.
LogicalResult buildLibrary(const BuildLibraryOptions &options);

} // namespace bitserial::synth
} // namespace mlir

#endif // BITSERIAL_TOOLS_SYNTH_BUILDLIBRARY_H
