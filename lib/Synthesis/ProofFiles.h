//===- ProofFiles.h - Proofs as files ---------------------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_LIB_SYNTHESIS_PROOFFILES_H
#define BITSERIAL_LIB_SYNTHESIS_PROOFFILES_H

#include "bitserial/Synthesis/Prover.h"

#include "llvm/Support/JSON.h"

#include <string>

namespace mlir::bitserial {

/// The SHA-256 of a text, 64 hexadecimal digits.
std::string hashProofText(StringRef text);

/// Writes a proof into `folder`/`name`: the text of the module as kernel.mlir,
/// the obligations, and a manifest of what `manifest` says (its entry
/// `specification` is a text) and of what all manifests have: hashes of
/// specification, kernel, semantics and obligations. What another proof of that
/// name left there is removed.
llvm::Error writeProofFolder(StringRef folder, StringRef name, ModuleOp module,
                             const InstructionSet &set,
                             ArrayRef<Obligation> obligations,
                             llvm::json::Object manifest);

} // namespace mlir::bitserial

#endif // BITSERIAL_LIB_SYNTHESIS_PROOFFILES_H
