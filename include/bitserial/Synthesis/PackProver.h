//===- PackProver.h - Proofs that pack kernels are correct ------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Proves that a pack kernel (Transforms/PackKernel.h) gives the bits of its
/// values, for all values of the format; or finds values for which it does not.
///
/// What is proved, bit by bit: let b be any bits of the numbers that the format
/// has a value for (a ternary digit never has both bits set, since those of
/// digit 0 are both clear). If number i is
///
///     value(b_i) = offset + sum_p weight_p * b_i,p
///
/// in the kernel's value type, then bit i of plane p is b_i,p. There is one
/// claim for each byte of each plane, about the numbers that it depends on; the
/// same claims about other bytes are one obligation. Since every value of a
/// format is that of exactly one such pattern, the planes are those that
/// NumberFormat::encode gives.
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_SYNTHESIS_PACKPROVER_H
#define BITSERIAL_SYNTHESIS_PACKPROVER_H

#include "bitserial/Synthesis/InstructionSet.h"
#include "bitserial/Synthesis/Prover.h"
#include "bitserial/Synthesis/Solver.h"
#include "bitserial/Transforms/PackKernel.h"

#include <optional>
#include <string>
#include <vector>

namespace mlir::bitserial {

/// Values that a kernel packs wrongly; confirmed by evaluation.
struct PackCounterexample {
  std::vector<int64_t> values; ///< Of all numbers.
  /// The first bit that is wrong: of this plane and number.
  unsigned plane = 0, number = 0;
  bool actual = false;

  /// "bit 1 of number 3, which is -1, is 0 instead of 1; the numbers: ...".
  std::string str() const;
};

struct PackProof {
  Verdict verdict = Verdict::Unknown;
  std::string reason; ///< If unknown: why. If refuted: what is wrong.
  std::optional<PackCounterexample> counterexample; ///< If refuted.
  /// Of the kind `bits`.
  std::vector<Obligation> obligations;
  std::string solver; ///< Name and version.
  uint64_t resources = 0;
  double seconds = 0;

  bool isProved() const { return verdict == Verdict::Proved; }
  bool isRefuted() const { return verdict == Verdict::Refuted; }
};

/// Runs a kernel on all values of its format in all places, some of them among
/// random ones. Returns what goes wrong, or nullopt; fails, after a diagnostic,
/// if an op has no meaning. Takes a millisecond or so.
FailureOr<std::optional<PackCounterexample>>
screenPack(const PackKernel &kernel, const InstructionSet &set);

/// Proves a kernel by a solver. Unknown if the solver gave up on a claim or
/// there is none, or an op has no meaning (after a diagnostic). Deterministic.
PackProof provePack(const PackKernel &kernel, const InstructionSet &set,
                    Solver *solver);

/// Writes a proof into `folder`/`name`, as writeProof does for kernels.
llvm::Error writePackProof(StringRef folder, StringRef name,
                           const PackKernel &kernel, const InstructionSet &set,
                           const PackProof &proof);

} // namespace mlir::bitserial

#endif // BITSERIAL_SYNTHESIS_PACKPROVER_H
