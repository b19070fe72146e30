//===- ApplySchedules.cpp - Schedules of contractions, as a pass ----------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Schedules/Passes.h"
#include "bitserial/Schedules/Schedules.h"
#include "bitserial/Schedules/TuningRecords.h"
#include "bitserial/Transforms/Passes.h"
#include "bitserial/Transforms/Scheduling.h"

#include "mlir/Dialect/Transform/Transforms/TransformInterpreterUtils.h"
#include "mlir/IR/Remarks.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

namespace mlir::bitserial {
#define GEN_PASS_DEF_APPLYSCHEDULES
#include "bitserial/Schedules/Passes.h.inc"
} // namespace mlir::bitserial

using namespace mlir;
using namespace mlir::bitserial;

/// "word = 32, rows = 6"
static std::string describe(DictionaryAttr knobs) {
  std::string text;
  llvm::raw_string_ostream os(text);
  llvm::ListSeparator separator;
  for (NamedAttribute knob : knobs) {
    os << separator << knob.getName().strref() << " = ";
    if (auto word = dyn_cast<StringAttr>(knob.getValue()))
      os << word.getValue();
    else
      os << cast<IntegerAttr>(knob.getValue()).getValue();
  }
  return text;
}

/// The knob that says how many blocks threads compute.
static constexpr StringLiteral kBlocksKnob = "blocks";
/// The knob that says where activations are packed.
static constexpr StringLiteral kPackingKnob = "packing";

namespace {
struct ApplySchedulesPass
    : bitserial::impl::ApplySchedulesBase<ApplySchedulesPass> {
  using ApplySchedulesBase::ApplySchedulesBase;

  /// What the schedules are for.
  struct Machine {
    Target target;
    int64_t threads;
  };

  /// What a record says.
  struct Tuned {
    DictionaryAttr knobs; ///< All of them; null if there is no record.
    /// That nothing is faster than what the passes choose: they may choose what
    /// the constraints between knobs do not allow, tiles of kernels for one.
    bool isDefault = false;
  };

  /// The fastest record for so many threads that can be used.
  Tuned findTuned(ContractOp op, const TuningDatabase &database,
                  const ScheduleSet &schedules, const Machine &machine,
                  int64_t threads) {
    for (const TuningDatabase::Match &match :
         database.find(op, machine.target, threads)) {
      if (match.isDefault && !schedules.isFromFile(getContractionKind(op)))
        return {match.knobs, /*isDefault=*/true};
      NamedAttrList knobs(match.knobs);
      // Blocks of a record for one thread are not for several; what was right
      // for the contraction alone is not where others compute its activations
      // or need its result.
      auto blocks = dyn_cast_or_null<IntegerAttr>(knobs.get(kBlocksKnob));
      if (threads != machine.threads && hasBlocks(op, schedules))
        knobs.set(kBlocksKnob, Builder(&getContext()).getI64IntegerAttr(1));
      else if (blocks && blocks.getInt() > 1 &&
               !isWorthSplitting(op, blocks.getInt(), /*minProducts=*/0))
        knobs.erase(kBlocksKnob);
      if (ContractionSizes sizes = getSizes(op);
          sizes.hasProducer || sizes.hasEpilogue)
        knobs.erase(kPackingKnob);
      std::string reason;
      FailureOr<DictionaryAttr> resolved = failure();
      {
        ScopedDiagnosticHandler handler(&getContext(), [&](Diagnostic &error) {
          reason = error.str();
          return success();
        });
        resolved = schedules.resolve(op, knobs.getDictionary(&getContext()));
      }
      if (succeeded(resolved))
        return {*resolved};
      emitWarning(op.getLoc())
          << "the tuning record " << match.place << " is ignored: " << reason;
    }
    return {};
  }

  /// Whether the number of blocks is a knob of the schedule for `op`.
  bool hasBlocks(ContractOp op, const ScheduleSet &schedules) {
    return llvm::any_of(
        schedules.getKnobs(getContractionKind(op)),
        [](const Knob &knob) { return knob.name == kBlocksKnob; });
  }

  /// Whether the schedule for `op` can have these knobs.
  bool allows(const ScheduleSet &schedules, ContractOp op,
              DictionaryAttr knobs) {
    ScopedDiagnosticHandler silence(&getContext(),
                                    [](Diagnostic &) { return success(); });
    return succeeded(schedules.resolve(op, knobs));
  }

  /// Splits `op` as the passes do, and applies the knobs to the blocks that can
  /// have them.
  LogicalResult applyToBlocks(ContractOp op, int64_t blocks,
                              const ScheduleSet &schedules,
                              DictionaryAttr knobs) {
    IRRewriter rewriter(&getContext());
    FailureOr<SmallVector<ContractOp>> parts =
        splitContraction(rewriter, op, blocks);
    if (failed(parts))
      return failure();
    for (ContractOp part : *parts) {
      if (!allows(schedules, part, knobs))
        continue;
      if (failed(schedules.apply(part, knobs)))
        return failure();
    }
    return success();
  }

  LogicalResult applyTo(ContractOp op, const TuningDatabase &database,
                        const ScheduleSet &schedules, const Machine &machine) {
    StringRef kind = getContractionKind(op);
    Attribute attr = op->removeDiscardableAttr(kKnobsAttrName);
    auto given = dyn_cast_or_null<DictionaryAttr>(attr);
    if (attr && !given)
      return op.emitOpError("expects a dictionary of knobs as ")
             << kKnobsAttrName << ", got " << attr;
    StringRef origin = "default";
    DictionaryAttr knobs;
    Tuned tuned;
    // That a record for one thread is applied to.
    int64_t blocks = 1;
    if (given) {
      origin = "given";
      FailureOr<DictionaryAttr> resolved = schedules.resolve(op, given);
      if (failed(resolved))
        return failure();
      knobs = *resolved;
    } else if ((tuned = findTuned(op, database, schedules, machine,
                                  machine.threads))
                   .knobs) {
      origin = tuned.isDefault ? "tuned, the default" : "tuned";
      knobs = tuned.knobs;
    } else if (machine.threads > 1 &&
               (tuned = findTuned(op, database, schedules, machine,
                                  /*threads=*/1))
                   .knobs) {
      origin = tuned.isDefault ? "tuned for one thread, the default"
                               : "tuned for one thread";
      knobs = tuned.knobs;
      blocks = getDefaultBlocks(op, machine.threads);
    } else if (schedules.isFromFile(kind)) {
      FailureOr<DictionaryAttr> resolved =
          schedules.resolve(op, DictionaryAttr::get(&getContext()));
      if (failed(resolved))
        return failure();
      knobs = *resolved;
    } else {
      return success();
    }
    remark::analysis(op.getLoc(),
                     remark::RemarkOpts::name("schedule").category("bitserial"))
        << llvm::formatv("schedule @{0} ({1}): {2}", kind, origin,
                         describe(knobs))
               .str();
    if (tuned.isDefault)
      return success();
    return blocks > 1 ? applyToBlocks(op, blocks, schedules, knobs)
                      : schedules.apply(op, knobs);
  }

  /// Warns if the file has done nothing for any of the contractions.
  void checkUse(const ScheduleSet &schedules, ArrayRef<ContractOp> ops,
                bool mainHasEffect) {
    if (schedule.empty() || ops.empty() || mainHasEffect)
      return;
    llvm::SetVector<StringRef> kinds;
    for (ContractOp op : ops)
      kinds.insert(getContractionKind(op));
    if (llvm::any_of(
            kinds, [&](StringRef kind) { return schedules.isFromFile(kind); }))
      return;
    emitWarning(UnknownLoc::get(&getContext()))
        << "the schedule file '" << schedule << "' has no effect: "
        << (schedules.hasMain()
                ? "its '@__transform_main' leaves the module as it is, and "
                : "")
        << "it has no sequence for contractions of the "
        << (kinds.size() == 1 ? "kind '" : "kinds '")
        << llvm::join(kinds, "', '") << "'";
  }

  void runOnOperation() override {
    ModuleOp module = getOperation();
    // Most modules leave everything to the passes.
    if (schedule.empty() && tuningDb.empty() &&
        !module
             .walk([](ContractOp op) {
               return WalkResult(failure(op->hasAttr(kKnobsAttrName)));
             })
             .wasInterrupted())
      return;
    FailureOr<Target> target = getTarget(module);
    FailureOr<int64_t> threads = getThreads(module);
    if (failed(target) || failed(threads))
      return signalPassFailure();
    TuningDatabase database;
    if (!tuningDb.empty()) {
      llvm::Expected<TuningDatabase> loaded =
          TuningDatabase::load(tuningDb, [&](const Twine &problem) {
            emitWarning(UnknownLoc::get(&getContext())) << problem;
          });
      if (!loaded) {
        emitError(UnknownLoc::get(&getContext()))
            << llvm::toString(loaded.takeError());
        return signalPassFailure();
      }
      database = std::move(*loaded);
    }
    FailureOr<ScheduleSet> schedules =
        schedule.empty()
            ? ScheduleSet::getShipped(&getContext(), *target, *threads)
            : ScheduleSet::load(&getContext(), schedule, *target, *threads);
    if (failed(schedules))
      return signalPassFailure();
    bool mainHasEffect = false;
    if (schedules->hasMain()) {
      OperationFingerPrint before(module);
      if (failed(schedules->applyMain(module)))
        return signalPassFailure();
      mainHasEffect = OperationFingerPrint(module) != before;
    }

    SmallVector<ContractOp> ops;
    module.walk([&](ContractOp op) {
      if (!op.getLhsLayout())
        ops.push_back(op);
    });
    checkUse(*schedules, ops, mainHasEffect);
    for (ContractOp op : ops)
      if (failed(applyTo(op, database, *schedules, {*target, *threads})))
        return signalPassFailure();
  }
};
} // namespace
