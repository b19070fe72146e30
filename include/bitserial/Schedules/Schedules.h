//===- Schedules.h - Schedules of contractions as text ----------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Transform dialect schedules for single contractions: a named sequence for
/// each kind of contraction in a module for each family of targets
/// (lib/Schedules/*.mlir, part of the program). The free choices of a sequence
/// are its knobs, `transform.tune.knob`; the constraints between them are
/// `transform.bitserial.require`.
///
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_SCHEDULES_SCHEDULES_H
#define BITSERIAL_SCHEDULES_SCHEDULES_H

#include "bitserial/IR/Bitserial.h"
#include "bitserial/Target/Target.h"
#include "bitserial/Transforms/ScheduleCost.h"

#include "mlir/Dialect/Transform/IR/TransformOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

#include <string>

namespace mlir::bitserial {

/// The family of a target: "avx512", "avx2", "sse", "neon" or "arm".
llvm::StringRef getScheduleFamily(const Target &target);

/// The kind of a contraction, which is the name of its sequence: "conv" (stride
/// 1, several taps), "pointwise" (one tap), "strided", "depthwise", "matmul" or
/// "matvec".
llvm::StringRef getContractionKind(ContractOp op);
/// All kinds.
llvm::ArrayRef<llvm::StringRef> getContractionKinds();

/// A free choice of a sequence.
struct Knob {
  std::string name;
  /// Integers or strings; at least one.
  SmallVector<Attribute> options;
};

/// The schedules for contractions on a target, in so many threads.
class ScheduleSet {
public:
  /// Those that are part of the program.
  static FailureOr<ScheduleSet>
  getShipped(MLIRContext *context, const Target &target, int64_t threads);
  /// Those of a file; where it has no sequence for a kind, the shipped one.
  /// Sequences of the file may include the shipped ones that they declare,
  /// `@cut` for one. Emits a diagnostic if the file cannot be used.
  static FailureOr<ScheduleSet> load(MLIRContext *context, llvm::StringRef path,
                                     const Target &target, int64_t threads);

  /// Whether a file that was loaded has a sequence for `kind` of its own.
  bool isFromFile(llvm::StringRef kind) const {
    return llvm::is_contained(kindsFromFile, kind);
  }

  /// The knobs of the sequence for `kind`, included ones among them, in the
  /// order in which they are met.
  SmallVector<Knob> getKnobs(llvm::StringRef kind) const;

  /// At most `limit` choices that the constraints allow, each a value for every
  /// knob, those closest to the default first. Otherwise as resolve().
  FailureOr<SmallVector<DictionaryAttr>>
  enumerate(ContractOp op, DictionaryAttr given, unsigned limit) const;

  /// Values for all knobs: those of `given`, which may leave some open, and
  /// defaults for the others: what the passes would choose, or the closest
  /// option to it that the constraints allow. Emits a diagnostic at `op` if
  /// `given` has a knob or a value that there is not, or if there is no way to
  /// satisfy the constraints.
  FailureOr<DictionaryAttr> resolve(ContractOp op, DictionaryAttr given) const;

  /// Whether there is a sequence `@__transform_main`.
  bool hasMain() const;
  /// Applies the sequence `@__transform_main` of the file, if it has one.
  LogicalResult applyMain(ModuleOp payload) const;
  /// Applies the sequence for the kind of `op`, with all knobs set.
  LogicalResult apply(ContractOp op, DictionaryAttr knobs) const;

private:
  ScheduleSet(OwningOpRef<ModuleOp> module, const Target &target,
              int64_t threads)
      : module(std::move(module)), target(target), threads(threads) {}
  transform::NamedSequenceOp lookup(llvm::StringRef kind) const;

  mutable OwningOpRef<ModuleOp> module;
  Target target;
  int64_t threads;
  SmallVector<std::string> kindsFromFile;
};

/// The choices that `knobs` stand for, as far as the model of cost knows them
/// (the names of the shipped schedules); what is not among them has its
/// default.
ScheduleChoice getScheduleChoice(ContractOp op, DictionaryAttr knobs,
                                 const Target &target, int64_t threads);

/// The attribute of a contraction that gives knobs values, a dictionary.
constexpr llvm::StringLiteral kKnobsAttrName = "bitserial.knobs";

} // namespace mlir::bitserial

#endif // BITSERIAL_SCHEDULES_SCHEDULES_H
