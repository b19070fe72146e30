//===- LibraryTargets.h - CPUs that the library has kernels for -*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The library has kernels for a few CPUs. Another target takes those of the
/// nearest: among the CPUs of its family whose kernel is for vectors of its
/// width and needs no feature that it lacks,
///   1. the CPU of the target's own name;
///   2. else the one that differs in the fewest features that the semantics of
///      instructions (lib/Target/ISA) know;
///   3. of these, one that executes out of order if and only if the target
///      does, by LLVM's scheduling models;
///   4. of these, the first in getLibraryTargets().
/// Zen CPUs do not take kernels for vectors of 512 bits: those are made for
/// CPUs that execute two such instructions at a time, and measured slower than
/// the reference lowering on one that executes four.
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_SYNTHESIS_LIBRARYTARGETS_H
#define BITSERIAL_SYNTHESIS_LIBRARYTARGETS_H

#include "bitserial/Target/Target.h"

#include <vector>

namespace mlir::bitserial {

/// A CPU that the library has kernels for, as for Target::get.
struct LibraryTarget {
  StringRef cpu;
  StringRef features;
};
ArrayRef<LibraryTarget> getLibraryTargets();

/// The CPUs of the library whose kernels may serve a target, nearest first.
std::vector<StringRef> rankLibraryTargets(const Target &target);

/// Whether no kernel for the vectors of the target measured faster than the
/// reference lowering (docs/cost-model.md), whatever a model says.
bool isReferenceFastest(const Target &target);

/// The features that the semantics of instructions know and the target has, in
/// LLVM's names, sorted.
std::vector<StringRef> getSemanticFeatures(const Target &target);

/// A hash of the semantics of a family's instructions: 64 hexadecimal digits.
StringRef getSemanticsHash(Arch arch);

} // namespace mlir::bitserial

#endif // BITSERIAL_SYNTHESIS_LIBRARYTARGETS_H
