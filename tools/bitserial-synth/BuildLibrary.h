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

#include "bitserial/Transforms/Kernel.h"

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

/// Searches for the kernels of the shipped library, one line for each on
/// standard output, and writes them. What is there with the key that it would
/// get now is left as it is, so that an interrupted run can be continued.
/// Fails if a kernel was not found.
/// Whether a file holds a kernel found under this key.
bool isUpToDate(StringRef file, StringRef key);

LogicalResult buildLibrary(const BuildLibraryOptions &options);

} // namespace bitserial::synth
} // namespace mlir

#endif // BITSERIAL_TOOLS_SYNTH_BUILDLIBRARY_H
