//===- Passes.td - Passes of schedules ---------------------*- tablegen -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_SCHEDULES_PASSES_TD
#define BITSERIAL_SCHEDULES_PASSES_TD

include "mlir/Pass/PassBase.td"

def ApplySchedules : Pass<"bitserial-apply-schedules", "::mlir::ModuleOp"> {
  let summary = "Run transform dialect schedules on contractions";
  let description = [{
    Runs, in this order,

    1. the named sequence `@__transform_main` of the file `schedule`, if it has
       one, on the module;
    2. for each `bitserial.contract` without layouts the sequence for its kind
       (`@conv`, `@pointwise`, `@strided`, `@depthwise`, `@matmul` or
       `@matvec`), with its knobs set: one of the file `schedule`, else that of
       the schedules that are part of the program (`lib/Schedules`).

    Knobs have the values that the attribute `bitserial.knobs` of the
    contraction gives them, a dictionary, or those of the fastest record for it
    in the file `tuning-db`. Knobs that neither speaks of get defaults: what the
    passes of the default schedule choose by their model of cost, or the
    closest to it that the constraints of the schedule allow. A contraction with
    neither, for whose kind the file has no sequence, is left to those passes,
    which is the same.

    Records are for a number of threads, which the attribute `bitserial.threads`
    of the module says. Where there is none for several threads, one for a single
    thread is taken: a contraction that is worth splitting (see
    `--bitserial-split-contractions`) becomes a block for each thread, with the
    knobs of the record; where a block is too small for them, the passes choose
    for it.

    A record whose knobs the schedule does not have, or forbids, is ignored with
    a warning; so is a line of the file that is no record.
  }];
  let options = [
    Option<"schedule", "schedule", "std::string", "\"\"",
           "File with a schedule">,
    Option<"tuningDb", "tuning-db", "std::string", "\"\"",
           "File with records of the tuner">
  ];
  let dependentDialects = ["::mlir::affine::AffineDialect",
                           "::mlir::bitserial::BitserialDialect",
                           "::mlir::scf::SCFDialect",
                           "::mlir::tensor::TensorDialect",
                           "::mlir::transform::TransformDialect"];
}

#endif // BITSERIAL_SCHEDULES_PASSES_TD
