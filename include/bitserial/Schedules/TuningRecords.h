//===- TuningRecords.h - What the tuner has measured ------------*- C++ -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A tuning database is a text file with a JSON object per line:
///
///     {"version": 1, "target": "icelake-server", "family": "avx512",
///      "kind": "conv", "formats": ["int<2, unsigned>", "int<1, bipolar>"],
///      "shape": {"rows": 56, "lines": 56, "positions": 3136, "outputs": 64,
///                "groups": 1, "packed": 64, "taps": 9, "stride": 1},
///      "threads": 1,
///      "knobs": {"word": 32, "rows": 6, ...}, "seconds": 1.7e-4}
///
/// `target` is the CPU and, after commas, the vector features that were added
/// to it or removed. `threads`, 1 where it is missing, is how many a call ran
/// in. `seconds` is null where the trial failed. A contraction and a record
/// belong together if all members but `knobs`, `seconds` and those not named
/// here agree. Of several records with the same knobs the last one
/// counts. An optional member `is_default` is true where the knobs are those of
/// the default: others take its place only if they are faster by more than 2 %,
/// which is noise.
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_SCHEDULES_TUNINGRECORDS_H
#define BITSERIAL_SCHEDULES_TUNINGRECORDS_H

#include "bitserial/IR/Bitserial.h"
#include "bitserial/Target/Target.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

#include "llvm/Support/Error.h"
#include "llvm/Support/JSON.h"

#include <functional>
#include <string>
#include <vector>

namespace mlir::bitserial {

/// The members of a record that say what was measured, not how fast it was.
llvm::json::Object describeContraction(ContractOp op, const Target &target,
                                       int64_t threads);

/// A module with a function `@trial` that computes `op` alone, of a random lhs
/// as its argument and with weights that are pseudo-random constants.
OwningOpRef<ModuleOp> makeTrial(ContractOp op);

/// What the tuner needs to know of the contractions of a module: an array with,
/// for each that has no layouts and differs from those before, an object with
/// the members of its records, "location", "trial" (the text of makeTrial),
/// "candidates": up to `limit` choices of knobs, the default first, then those
/// that the model of cost finds cheapest, in this order; and "costs": what it
/// says of each (ScheduleCost::estimateCall), in the threads that the module is
/// for. Emits a diagnostic and fails if a schedule cannot be used.
FailureOr<llvm::json::Value> describeTuningSpace(ModuleOp module,
                                                 const Target &target,
                                                 llvm::StringRef scheduleFile,
                                                 unsigned limit);

/// A value of a knob in JSON, an integer or a string.
llvm::json::Value toJSON(Attribute knobValue);

class TuningDatabase {
public:
  /// Reads a file. A line that is no record of this version is skipped and
  /// given to `warn`, as "file:line: reason". Fails if the file cannot be read,
  /// and if it has several lines but no record: it is some other file.
  static llvm::Expected<TuningDatabase>
  load(llvm::StringRef path,
       llvm::function_ref<void(const llvm::Twine &)> warn);

  struct Match {
    DictionaryAttr knobs;
    std::string place; ///< "file:line"
    bool isDefault;    ///< The knobs are those of the default.
  };
  /// The records for a contraction in so many threads, the fastest first, but
  /// the default's before those that beat it by no more than noise.
  llvm::SmallVector<Match> find(ContractOp op, const Target &target,
                                int64_t threads) const;

private:
  struct Record {
    std::string key; ///< The description, as text.
    llvm::json::Object knobs;
    std::optional<double> seconds; ///< None if the trial failed.
    bool isDefault;
    std::string place; ///< "file:line"
  };
  std::vector<Record> records;
};

} // namespace mlir::bitserial

#endif // BITSERIAL_SCHEDULES_TUNINGRECORDS_H
