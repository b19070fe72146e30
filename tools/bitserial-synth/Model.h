//===- Model.h - Cycles of the library beside the reference -----*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_TOOLS_SYNTH_MODEL_H
#define BITSERIAL_TOOLS_SYNTH_MODEL_H

#include "mlir/Support/LLVM.h"

#include "llvm/Support/raw_ostream.h"

#include <string>

namespace mlir::bitserial::synth {

struct ModelOptions {
  /// CPUs of getLibraryTargets(); empty: all.
  ArrayRef<std::string> cpus;
  /// Names of kernels, such as "a2w1-o64"; empty: all.
  ArrayRef<std::string> names;
  /// Runs kernels and references, by turns, where this machine can.
  bool measure = false;
};

/// Models the kernels of the shipped library, and the reference lowering of the
/// same specifications. Writes a JSON array with an object for each:
///   target, features, model, spec, terms: the CPU, what is added to it, the
///     CPU whose scheduling model is used, the specification, its polynomial;
///   reference, kernel: {tile, cycles, simulated, bit_macs, vector_ops, loads,
///     stack}, as in KernelCost; per vector of outputs and position. The kernel
///     also has its `sketch`; null if the library has none.
/// and then one for each format that it may have a pack kernel for:
///   target, features, model, pack: as above, and the kernel's name;
///   reference, kernel: {cycles}, as in PackModel. The kernel also has its
///     `sketch` and the `values` that it packs at once; null if there is none.
///     Both are null if LLVM's model lacks an instruction.
/// If they are measured, both have `ns` as well: nanoseconds per vector of
/// outputs and position on this machine.
/// Fails, with a message on standard error, if something cannot be modelled.
LogicalResult modelLibrary(const ModelOptions &options, llvm::raw_ostream &os);

} // namespace mlir::bitserial::synth

#endif // BITSERIAL_TOOLS_SYNTH_MODEL_H
