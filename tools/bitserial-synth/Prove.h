//===- Prove.h - Proving kernels again --------------------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_TOOLS_SYNTH_PROVE_H
#define BITSERIAL_TOOLS_SYNTH_PROVE_H

#include "Report.h"
#include "bitserial/Synthesis/InstructionSet.h"
#include "bitserial/Synthesis/KernelLibrary.h"
#include "bitserial/Synthesis/Prover.h"
#include "bitserial/Synthesis/Solver.h"
#include "bitserial/Target/Target.h"
#include "bitserial/Transforms/Kernel.h"

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/Path.h"

#include <optional>
#include <string>
#include <type_traits>

namespace mlir::bitserial::synth {

/// Proves a kernel with the solver of this build and prints the verdict of each
/// obligation, or a counterexample. If `directory` is not empty, writes the
/// obligations there, into a folder of the kernel's CPU and name. Fails, unless
/// the kernel is proved.
LogicalResult prove(const Kernel &kernel, const Target &target,
                    StringRef directory);

/// The same for all kernels of the library, with one line for each, and counts.
/// If `renewed` is not empty, writes the files of those that are proved to this
/// folder, with keys that name the present prover and semantics.
LogicalResult proveLibrary(const DialectRegistry &registry, StringRef directory,
                           StringRef renewed);

/// What became of the proof of a library's file.
struct FileProof {
  Verdict verdict;
  /// For the list of all files; and why it is not proved.
  std::string summary, reason;
};

/// Proves the kernel of a file for the target of its CPU.
/// No proof, with a diagnostic, if the file does not hold such a kernel; fails
/// if nothing can be proved at all.
using ProveFile = llvm::function_ref<FailureOr<std::optional<FileProof>>(
    MLIRContext &context, StringRef text, StringRef name)>;

/// `prove(kernel, instructions of target, solver of this build)`, and then
/// `write(folder, name, kernel, instructions, proof)` with the folder of the
/// kernel's CPU in `directory`, if there is one and the kernel is proved. Fails
/// with a diagnostic if there is no solver or nothing can be written.
template <typename AnyKernel, typename Prove, typename Write>
auto proveAndWrite(const AnyKernel &kernel, const Target &target,
                   StringRef directory, Prove prove, Write write)
    -> FailureOr<std::invoke_result_t<Prove, const AnyKernel &,
                                      const InstructionSet &, Solver *>> {
  const InstructionSet *set =
      InstructionSet::get(kernel.module->getContext(), target);
  if (!set)
    return failure();
  std::unique_ptr<Solver> solver = Solver::create();
  if (!solver)
    return fail("built without a solver: nothing can be proved again");
  auto proof = prove(kernel, *set, solver.get());
  if (!directory.empty() && proof.isProved()) {
    SmallString<128> folder(directory);
    llvm::sys::path::append(folder, kernel.cpu);
    if (llvm::Error error =
            write(folder, kernel.spec.name(), kernel, *set, proof))
      return fail(llvm::toString(std::move(error)));
  }
  return proof;
}

/// Proved obligations by their kinds; others one by one.
void printObligations(ArrayRef<Obligation> obligations, llvm::raw_ostream &os);

/// Says where in `directory` the proof of a kernel was written.
void printFolder(StringRef directory, StringRef cpu, StringRef name,
                 llvm::raw_ostream &os);

/// The library's target for a CPU; nothing, with a diagnostic, if it has none.
std::optional<Target> findHome(StringRef cpu, StringRef fileName);

/// Proves the kernels of all files, each in a context of its own, prints a line
/// for each and how many have which verdict, after `title`. Fails unless all
/// are proved. `renewed` is as for proveLibrary.
LogicalResult proveFiles(const DialectRegistry &registry,
                         ArrayRef<LibraryFile> files, StringRef title,
                         StringRef renewed, ProveFile prove);

} // namespace mlir::bitserial::synth

#endif // BITSERIAL_TOOLS_SYNTH_PROVE_H
