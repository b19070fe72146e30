//===- BitserialTransformOps.td - Transform ops ------------*- tablegen -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_TRANSFORMOPS_BITSERIALTRANSFORMOPS_TD
#define BITSERIAL_TRANSFORMOPS_BITSERIALTRANSFORMOPS_TD

include "bitserial/TransformOps/ScheduleOps.td"
include "mlir/Dialect/Transform/IR/TransformDialect.td"
include "mlir/Dialect/Transform/Interfaces/TransformInterfaces.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

def SynthesizeOp
    : TransformDialectOp<"bitserial.synthesize",
        [TransformOpInterface, TransformEachOpTrait,
         DeclareOpInterfaceMethods<MemoryEffectsOpInterface>,
         ReportTrackingListenerFailuresOpTrait]> {
  let summary = "Replace micro-tiles by kernels that are proved equal to them";
  let description = [{
    Replaces each targeted `bitserial.reduce`, and the elementwise op that alone
    uses it, by loops around a proved kernel, as the pass
    `--bitserial-synthesize` does. Kernels come from the user's cache, from the
    library that is part of the program and, with `search`, from a search.

    ```mlir
    module attributes {transform.with_named_sequence} {
      transform.named_sequence @__transform_main(%root: !transform.any_op) {
        %tiles = transform.structured.match ops{["bitserial.reduce"]} in %root
          : (!transform.any_op) -> !transform.any_op
        transform.bitserial.synthesize %tiles {max_accumulators = 16}
          : !transform.any_op
        transform.yield
      }
    }
    ```

    #### Operand effects

    Consumes the handle: its payload is replaced. Modifies the payload, and
    nothing outside of the functions it is in.

    #### Return modes

    - Success if every payload op was replaced, or there are none.
    - A silenceable failure if a payload op is not a `bitserial.reduce`, or if
      there is no kernel for one; the failure says why, and that op stays as it
      is. Others may have been replaced.
    - A definite failure if the module has no target, or an op is no micro-tile:
      its sizes are dynamic, or it has more than `max_accumulators` vectors of
      accumulators.
  }];
  let arguments = (ins TransformHandleTypeInterface:$target,
                       UnitAttr:$search,
                       DefaultValuedAttr<I64Attr, "128">:$max_accumulators);
  let assemblyFormat = [{
    $target attr-dict `:` type($target)
  }];
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    ::mlir::DiagnosedSilenceableFailure applyToOne(
        ::mlir::transform::TransformRewriter &rewriter,
        ::mlir::Operation *target,
        ::mlir::transform::ApplyToEachResultList &results,
        ::mlir::transform::TransformState &state);
  }];
}

#endif // BITSERIAL_TRANSFORMOPS_BITSERIALTRANSFORMOPS_TD
