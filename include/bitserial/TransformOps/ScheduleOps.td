//===- ScheduleOps.td - Transform ops: layouts and tiles ---*- tablegen -*-===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What schedules choose, as attributes or from params, so that one knob feeds
// the layout and the tile. The ops are shells over Transforms/Scheduling.h.
//
//===----------------------------------------------------------------------===//

#ifndef BITSERIAL_TRANSFORMOPS_SCHEDULEOPS_TD
#define BITSERIAL_TRANSFORMOPS_SCHEDULEOPS_TD

include "mlir/Dialect/Transform/IR/TransformDialect.td"
include "mlir/Dialect/Transform/Interfaces/TransformInterfaces.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

/// An op with named settings, each an attribute or a param.
class SettingsOp<string mnemonic, list<Trait> traits = []>
    : TransformDialectOp<mnemonic,
        !listconcat(traits,
          [DeclareOpInterfaceMethods<TransformOpInterface>,
           DeclareOpInterfaceMethods<MemoryEffectsOpInterface>])> {
  let arguments = (ins TransformHandleTypeInterface:$target,
                       Variadic<TransformParamTypeInterface>:$params,
                       StrArrayAttr:$param_names,
                       DictionaryAttr:$settings);
  let assemblyFormat = [{
    $target custom<Settings>($params, $param_names, $settings) attr-dict `:`
    functional-type(operands, results)
  }];
  let hasVerifier = 1;
}

def SplitContractionOp : SettingsOp<"bitserial.split", [
    ReportTrackingListenerFailuresOpTrait]> {
  let summary = "Split contractions into blocks that have nothing in common";
  let description = [{
    Splits each `bitserial.contract`, whose operands must not be packed yet,
    into as many contractions as the setting `blocks` says, each of a block of
    the result, as the pass `--bitserial-split-contractions` does. Each block
    packs the activations that it needs: a thread can compute it, or a cache
    hold it, on its own. Blocks are of lines of the image where `blocks` divides
    these; else of outputs, if they are whole vectors; else of lines.

    ```mlir
    module attributes {transform.with_named_sequence} {
      transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
        %contract = transform.structured.match ops{["bitserial.contract"]} in %root
          : (!transform.any_op) -> !transform.any_op
        %blocks = transform.tune.knob<"blocks"> = 2 from options = [1, 2, 4]
          -> !transform.param<i64>
        %parts = transform.bitserial.split %contract with blocks = %blocks
          : (!transform.any_op, !transform.param<i64>) -> !transform.any_op
        %packed = transform.bitserial.assign_layouts %parts
          : (!transform.any_op) -> !transform.any_op
        transform.yield
      }
    }
    ```

    #### Operand effects

    Consumes the handle and returns one to the blocks, in order; the payload op
    itself if it is a single block. Reads the param. Modifies the payload.

    #### Return modes

    - Success if every payload op was split, or there are none.
    - A silenceable failure if a payload op is not a `bitserial.contract`, is
      packed already, or has no parallel loop with as many iterations as
      `blocks`, or if there is to be less than one block. That op is unchanged;
      those before it are split.
    - A definite failure if the param has not exactly one value or one of the
      wrong type.
  }];
  let results = (outs TransformHandleTypeInterface:$parts);
}

def PlacePackingOp : SettingsOp<"bitserial.place_packing", [
    ReportTrackingListenerFailuresOpTrait]> {
  let summary = "Say where the activations of contractions are packed";
  let description = [{
    Says of each `bitserial.contract`, whose operands must not be packed yet,
    where its lhs is packed. The settings, params or attributes:

    | setting | |
    |:--|:--|
    | `packing` | `"whole"`: before the contraction, even if its values are computed in registers that they could be packed in; `"tile"`: in a loop over cache tiles of lines, each of which packs what it needs; `"producer"`: in the registers of the contraction that they are computed from |
    | `lines` | the lines of such a tile, for `"tile"` alone |

    With `"tile"` the contraction becomes one for a tile, in an `scf.for`; first
    and last tiles that read padding stand before and behind the loop. What two
    tiles read is packed for both. Nothing that is computed from the result is
    tiled with it.

    ```mlir
    module attributes {transform.with_named_sequence} {
      transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
        %contract = transform.structured.match ops{["bitserial.contract"]} in %root
          : (!transform.any_op) -> !transform.any_op
        %packing = transform.tune.knob<"packing"> = "tile" from options = ["whole", "tile"]
          -> !transform.any_param
        %tiles = transform.bitserial.place_packing %contract with packing = %packing, lines = 4
          : (!transform.any_op, !transform.any_param) -> !transform.any_op
        %packed = transform.bitserial.assign_layouts %tiles
          : (!transform.any_op) -> !transform.any_op
        transform.yield
      }
    }
    ```

    #### Operand effects

    Consumes the handle and returns one to the contractions of tiles, in order;
    the payload op itself if it is a single one. Reads the params. Modifies the
    payload.

    #### Return modes

    - Success if every payload op is packed where the settings say, or there are
      none.
    - A silenceable failure if a payload op is not a `bitserial.contract` or is
      packed already; for `"tile"`, if `lines` is not set or does not divide its
      lines, or a tile reads padding alone; for `"producer"`, if its lhs is not
      computed from a contraction, position by position. That op is unchanged;
      those before it are not.
    - A definite failure if a param has not exactly one value or one of the
      wrong type.
  }];
  let results = (outs TransformHandleTypeInterface:$placed);
}

def AssignLayoutsOp : SettingsOp<"bitserial.assign_layouts", [
    ReportTrackingListenerFailuresOpTrait]> {
  let summary = "Choose layouts for the operands of contractions and pack them";
  let description = [{
    Packs the operands of each `bitserial.contract`, as the pass
    `--bitserial-assign-layouts` does, by the settings behind `with`. A setting
    is a param or an attribute; what is not set is chosen for the target.

    | setting | |
    |:--|:--|
    | `word` | bits per word: 8, 16, 32 or 64 |
    | `vectors` | the width of the weights' inner tile in vectors of outputs, which the width of a micro-tile has to divide or be a multiple of |
    | `lanes` | `"outputs"` or `"reduction"`: what lanes run along |
    | `planes` | where the planes of the weights stand: `"inner"`, just outside of the inner tile; `"outer"`, outermost; or `"none"`: words hold whole numbers, which takes words of 32 bits and lanes of outputs |

    Layouts that the op requests by `bitserial.lhs_layout` and
    `bitserial.rhs_layout` go before all settings.

    ```mlir
    module attributes {transform.with_named_sequence} {
      transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
        %contract = transform.structured.match ops{["bitserial.contract"]} in %root
          : (!transform.any_op) -> !transform.any_op
        %vectors = transform.tune.knob<"vectors"> = 4 from options = [1, 2, 4]
          -> !transform.param<i64>
        %packed = transform.bitserial.assign_layouts %contract
          with vectors = %vectors, word = 32, lanes = "outputs"
          : (!transform.any_op, !transform.param<i64>) -> !transform.any_op
        %tile = transform.bitserial.request_tile %packed with vectors = %vectors, rows = 6
          : (!transform.any_op, !transform.param<i64>) -> !transform.any_op
        transform.yield
      }
    }
    ```

    #### Operand effects

    Consumes the handle and returns one to the contractions with packed
    operands: one without a dimension to pack along is replaced. Reads the
    params. Modifies the payload.

    #### Return modes

    - Success if the operands of every payload op were packed, or there are no
      payload ops.
    - A silenceable failure if a payload op is not a `bitserial.contract`, is
      packed already, or cannot have what is set. That op is unchanged; those
      before it are packed.
    - A definite failure if the module has no target, or a param has not exactly
      one value or one of the wrong type.
  }];
  let results = (outs TransformHandleTypeInterface:$packed);
}

def MaterializeLayoutsOp
    : TransformDialectOp<"bitserial.materialize_layouts", [
        TransformOpInterface, TransformEachOpTrait,
        DeclareOpInterfaceMethods<MemoryEffectsOpInterface>]> {
  let summary = "Turn low-bit tensors into tensors of words and integers";
  let description = [{
    Does to each module what the pass `--bitserial-materialize-layouts` does:
    no type of the dialect is left, contractions become `bitserial.reduce` on
    words. The pipeline also cleans up before and after, merges reductions and
    fuses elementwise ops; `transform.apply_registered_pass` with
    `bitserial-layout-pipeline` is all of it, and leaves contractions that are
    packed already as they are.

    #### Operand effects

    Consumes the handle, and with it all handles to ops inside; returns one to
    the same modules. Modifies the payload.

    #### Return modes

    - Success if every payload op was converted, or there are none.
    - A silenceable failure if a payload op is not a `builtin.module`; it is
      unchanged.
    - A definite failure if the module has no target, or an op in it cannot be
      converted: what is left is of no use.
  }];
  let arguments = (ins TransformHandleTypeInterface:$target);
  let results = (outs TransformHandleTypeInterface:$materialized);
  let assemblyFormat =
      "$target attr-dict `:` functional-type(operands, results)";
  let extraClassDeclaration = [{
    ::mlir::DiagnosedSilenceableFailure applyToOne(
        ::mlir::transform::TransformRewriter &rewriter,
        ::mlir::Operation *target,
        ::mlir::transform::ApplyToEachResultList &results,
        ::mlir::transform::TransformState &state);
  }];
}

def RequestTileOp : SettingsOp<"bitserial.request_tile"> {
  let summary = "Say how contractions are to be cut into tiles";
  let description = [{
    Sets the attribute `bitserial.tile` of each `bitserial.contract` or
    `bitserial.reduce`, which goes with a contraction to its reduce and which
    the pass `--bitserial-tile` honours. The settings are the parameters of
    `#bitserial.tile`: `rows` and `vectors`, which have to be set, and
    `lines`, `columns` (both 0 if not set) and `order` (`"columns"` if not set,
    or `"rows"`). See `transform.bitserial.assign_layouts` for an example.

    #### Operand effects

    Reads the handle and the params; returns the same payload. Modifies the
    payload.

    #### Return modes

    - Success if every payload op has the attribute, or there are none.
    - A silenceable failure if a payload op is no `bitserial.contract` and no
      `bitserial.reduce`, or if the settings make no valid `#bitserial.tile`;
      that op is unchanged, those before it have the attribute.
    - A definite failure if a param has not exactly one value or one of the
      wrong type.
  }];
  let results = (outs TransformHandleTypeInterface:$requested);
}

def TileReduceOp : SettingsOp<"bitserial.tile", [
    ReportTrackingListenerFailuresOpTrait]> {
  let summary = "Cut reduces into tiles";
  let description = [{
    Cuts each `bitserial.reduce` into cache tiles and micro-tiles, as
    `--bitserial-tile` does for one with the attribute `bitserial.tile`. The
    settings are those of `transform.bitserial.request_tile`; if there are none,
    that attribute of the payload op counts. What initialises the destination
    and the elementwise op that alone uses the result, the epilogue, are tiled
    with it, so that a kernel finishes its sums in registers; partial
    micro-tiles are peeled. `transform.structured.fuse` does neither of the
    last two.

    ```mlir
    module attributes {transform.with_named_sequence} {
      transform.named_sequence @__transform_main(%root: !transform.any_op {transform.consumed}) {
        %words = transform.apply_registered_pass "bitserial-layout-pipeline" to %root
          : (!transform.any_op) -> !transform.any_op
        %reduce = transform.structured.match ops{["bitserial.reduce"]} in %words
          : (!transform.any_op) -> !transform.any_op
        %tiles, %loops = transform.bitserial.tile %reduce with rows = 6, vectors = 4, lines = 14
          : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
        transform.yield
      }
    }
    ```

    #### Operand effects

    Consumes the handle and returns one to the tiles, the peeled ones included,
    and one to the loops over whole tiles, outermost first. The tiles are in the
    order in which they stand in the payload; peeled ones have dynamic types
    until they are canonicalised. Reads the params. Modifies the payload.

    #### Return modes

    - Success if every payload op was tiled, or is as small as its tile, or
      there are none.
    - A silenceable failure if a payload op is not a `bitserial.reduce`, has
      dynamic sizes or requests no tile where none is set, or if the tile does
      not fit it. That op is unchanged; those before it are tiled.
    - A definite failure if the module has no target, or a param has not exactly
      one value or one of the wrong type.
  }];
  let results = (outs TransformHandleTypeInterface:$tiles,
                      TransformHandleTypeInterface:$loops);
}

def PropertyOp : TransformDialectOp<"bitserial.property", [
    DeclareOpInterfaceMethods<TransformOpInterface>,
    DeclareOpInterfaceMethods<MemoryEffectsOpInterface>]> {
  let summary = "A number that constraints of a schedule depend on";
  let description = [{
    Yields a property of the target or of a contraction as a param.

    | of the target | |
    |:--|:--|
    | `vector_bits` | bits of a vector register |
    | `vector_registers` | their number |
    | `max_accumulators` | the most of them that accumulators may take |
    | `step_registers` | registers that a step takes besides accumulators and weights |
    | `l1_bytes`, `l2_bytes` | the data caches of a core, as far as one may rely on them |
    | `threads` | that calls run in, by the module's attribute `bitserial.threads`; 1 without it |

    | of a `bitserial.contract` | |
    |:--|:--|
    | `rows` | positions along the innermost dimension that the weights do not have |
    | `lines` | positions along the outermost such dimension with more than one |
    | `positions` | positions along all such dimensions |
    | `outputs` | size of the largest dimension that only the weights distinguish |
    | `groups` | size of the largest dimension of both operands and the result |
    | `packed` | elements along the dimension that is packed into words |
    | `taps` | iterations of the other reductions |
    | `lhs_bits`, `rhs_bits` | bits of an element |
    | `producer` | 1 if the lhs is computed from a contraction, position by position, and used by contractions alone; else 0 |
    | `number_accumulator`, `number_step` | vector registers of words with whole numbers: of an accumulator, and of a step besides accumulators, weights and a word of activations |
    | `epilogue` | 1 if something is computed from the result; 0 if it is one of the function |

    #### Operand effects

    Reads the handle, produces a new param. Does not modify the payload.

    #### Return modes

    - Success if the handle has exactly one payload op.
    - A silenceable failure if it has none or several, or if a property of a
      contraction is asked of another op.
    - A definite failure if the module has no target, or an attribute
      `bitserial.threads` that is no number of threads.
  }];
  let arguments = (ins TransformHandleTypeInterface:$target, StrAttr:$name);
  let results = (outs TransformParamTypeInterface:$value);
  let assemblyFormat = [{
    $name `of` $target attr-dict `:` functional-type(operands, results)
  }];
  let hasVerifier = 1;
}

def IsOp : TransformDialectOp<"bitserial.is", [
    DeclareOpInterfaceMethods<TransformOpInterface>,
    DeclareOpInterfaceMethods<MemoryEffectsOpInterface>]> {
  let summary = "Whether a choice is a word";
  let description = [{
    Yields 1 if a param is the string `word`, else 0: a number that constraints
    can depend on.

    ```mlir
    module attributes {transform.with_named_sequence} {
      transform.named_sequence @fits(%packing: !transform.any_param {transform.readonly},
                                     %lines: !transform.param<i64> {transform.readonly}) {
        %tile = transform.bitserial.is %packing, "tile" : (!transform.any_param) -> !transform.param<i64>
        transform.bitserial.require affine_set<()[tile, lines] : (lines - tile >= 0)>(%tile, %lines)
          "packing per cache tile needs cache tiles of lines"
          : !transform.param<i64>, !transform.param<i64>
        transform.yield
      }
    }
    ```

    #### Operand effects

    Reads the param, produces a new one. Does not modify the payload.

    #### Return modes

    - Success if the param is a single string.
    - A definite failure otherwise.
  }];
  let arguments = (ins TransformParamTypeInterface:$param, StrAttr:$word);
  let results = (outs TransformParamTypeInterface:$value);
  let assemblyFormat = [{
    $param `,` $word attr-dict `:` functional-type(operands, results)
  }];
  let extraClassDeclaration = [{
    /// What to tell the user of a value of this op, where `name` is what to call
    /// the param: `packing = "tile"`, or `packing is not "tile"`.
    std::string describe(::llvm::StringRef name, bool isWord);
  }];
}

def RequireOp : TransformDialectOp<"bitserial.require", [
    DeclareOpInterfaceMethods<TransformOpInterface>,
    DeclareOpInterfaceMethods<MemoryEffectsOpInterface>]> {
  let summary = "A constraint between the choices of a schedule";
  let description = [{
    Fails unless the params satisfy an integer set, of which they are the
    symbols. Symbols may be multiplied and divided by one another. `message`
    says in words what is required.

    The choice of knobs (`--bitserial-apply-schedules`, `bitserial-tune`) reads
    constraints without running the schedule.

    ```mlir
    module attributes {transform.with_named_sequence} {
      transform.named_sequence @fits(%rows: !transform.param<i64> {transform.readonly},
                                     %vectors: !transform.param<i64> {transform.readonly}) {
        transform.bitserial.require
          affine_set<()[rows, vectors] : (rows * vectors + vectors <= 30)>(%rows, %vectors)
          "accumulators and weights must fit the registers"
          : !transform.param<i64>, !transform.param<i64>
        transform.yield
      }
    }
    ```

    #### Operand effects

    Reads the params. Does not modify the payload.

    #### Return modes

    - Success if the set holds the params.
    - A silenceable failure if it does not, if it divides by zero or a number
      overflows 64 bits; the message has the values.
    - A definite failure if a param has not exactly one value, or one that is
      not an integer.
  }];
  let arguments = (ins Variadic<TransformParamTypeInterface>:$params,
                       IntegerSetAttr:$condition, StrAttr:$message);
  let assemblyFormat = [{
    $condition `(` $params `)` $message attr-dict `:` type($params)
  }];
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    /// Whether the constraint holds for values of the params.
    bool holds(::llvm::ArrayRef<int64_t> values);
    /// What to tell the user if it does not. `params` says the name and the
    /// value of each: "rows = 12".
    std::string describe(::llvm::ArrayRef<std::string> params);
  }];
}

#endif // BITSERIAL_TRANSFORMOPS_SCHEDULEOPS_TD
