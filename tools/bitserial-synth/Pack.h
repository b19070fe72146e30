//===- Pack.h - The tool's commands for pack kernels ------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_TOOLS_SYNTH_PACK_H
#define BITSERIAL_TOOLS_SYNTH_PACK_H

#include "BuildLibrary.h"

#include "bitserial/Synthesis/KernelLibrary.h"

namespace mlir::bitserial::synth {

/// The spec for a format such as "unsigned:2" and a number of values.
llvm::Expected<PackSpec> parsePackSpec(StringRef format, unsigned numValues);

/// Finds a kernel and prints a line about it and the reference lowering; null,
/// after a message, if there is none.
FailureOr<PackKernel> searchPackKernel(MLIRContext *context,
                                       const PackSpec &spec,
                                       const Target &target,
                                       const KernelLibraryOptions &options);

/// A line of the list of kernels. Kernels of other CPUs (empty: none are) or
/// specs are left out: false. Fails, after a diagnostic, if the text is no pack
/// kernel.
FailureOr<bool> listPackKernel(MLIRContext *context, StringRef text,
                               StringRef file, StringRef origin, StringRef cpu,
                               const std::optional<PackSpec> &spec);

/// Prints what a kernel does: its sketch, its cost and its steps.
LogicalResult explainPack(const PackKernel &kernel, const Target &target,
                          llvm::raw_ostream &os);

/// Proves a kernel and prints the verdict. With a directory, the proof is
/// written there.
LogicalResult provePackKernel(const PackKernel &kernel, const Target &target,
                              StringRef directory);
/// Proves all pack kernels of the library.
LogicalResult provePackLibrary(const DialectRegistry &registry,
                               StringRef directory, StringRef renewed);

/// What the library has kernels for, where one gains enough.
std::vector<PackSpec> getPackSpecs();
/// The pack kernels of a target.
std::vector<LibraryItem> getPackItems(const Target &target);

} // namespace mlir::bitserial::synth

#endif // BITSERIAL_TOOLS_SYNTH_PACK_H
