// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// x86-64 with vectors of 256 bits: 16 registers. Counts come from a table, whose
// sums are cheapest in words of 64 bits, or of 8 that hold them.
//
// A sequence for each kind of contraction. Its knobs are the free choices;
// @split and @cut (common.mlir) have the constraints between them.

module @avx2 attributes {transform.with_named_sequence} {
  transform.named_sequence private @split(
      %contract: !transform.any_op {transform.consumed},
      %blocks: !transform.param<i64> {transform.readonly},
      %word: !transform.param<i64> {transform.readonly},
      %rows: !transform.param<i64> {transform.readonly},
      %vectors: !transform.param<i64> {transform.readonly},
      %lanes: !transform.any_param {transform.readonly},
      %planes: !transform.any_param {transform.readonly},
      %lines: !transform.param<i64> {transform.readonly},
      %columns: !transform.param<i64> {transform.readonly},
      %order: !transform.any_param {transform.readonly},
      %packing: !transform.any_param {transform.readonly})

  // Convolutions with several taps and stride 1. Lines are those of the
  // image.
  transform.named_sequence @conv(%contract: !transform.any_op {transform.consumed}) {
    %blocks = transform.tune.knob<"blocks"> options = [1, 2, 3, 4, 5, 6, 7, 8] -> !transform.param<i64>
    %word = transform.tune.knob<"word"> options = [8, 16, 32, 64] -> !transform.param<i64>
    %rows = transform.tune.knob<"rows"> options = [1, 2, 3, 4, 5, 6, 7, 8, 10, 12] -> !transform.param<i64>
    %vectors = transform.tune.knob<"vectors"> options = [1, 2, 3, 4, 5, 6, 8] -> !transform.param<i64>
    %lanes = transform.tune.knob<"lanes"> options = ["outputs", "reduction"] -> !transform.any_param
    %planes = transform.tune.knob<"planes"> options = ["inner", "outer", "none"] -> !transform.any_param
    %lines = transform.tune.knob<"lines"> options = [0, 2, 4, 7, 8, 14, 28] -> !transform.param<i64>
    %columns = transform.tune.knob<"columns"> options = [0, 8, 16, 32, 64] -> !transform.param<i64>
    %order = transform.tune.knob<"order"> options = ["columns", "rows"] -> !transform.any_param
    %packing = transform.tune.knob<"packing"> options = ["whole", "tile", "producer"] -> !transform.any_param
    transform.include @split failures(propagate)
      (%contract, %blocks, %word, %rows, %vectors, %lanes, %planes, %lines, %columns, %order, %packing)
      : (!transform.any_op, !transform.param<i64>, !transform.param<i64>, !transform.param<i64>,
         !transform.param<i64>, !transform.any_param, !transform.any_param, !transform.param<i64>,
         !transform.param<i64>, !transform.any_param, !transform.any_param) -> ()
    transform.yield
  }

  // Convolutions with one tap and stride 1: matrix products whose rows
  // stand in lines.
  transform.named_sequence @pointwise(%contract: !transform.any_op {transform.consumed}) {
    %blocks = transform.tune.knob<"blocks"> options = [1, 2, 3, 4, 5, 6, 7, 8] -> !transform.param<i64>
    %word = transform.tune.knob<"word"> options = [8, 16, 32, 64] -> !transform.param<i64>
    %rows = transform.tune.knob<"rows"> options = [1, 2, 3, 4, 5, 6, 7, 8, 10, 12] -> !transform.param<i64>
    %vectors = transform.tune.knob<"vectors"> options = [1, 2, 3, 4, 5, 6, 8] -> !transform.param<i64>
    %lanes = transform.tune.knob<"lanes"> options = ["outputs", "reduction"] -> !transform.any_param
    %planes = transform.tune.knob<"planes"> options = ["inner", "outer", "none"] -> !transform.any_param
    %lines = transform.tune.knob<"lines"> options = [0, 2, 4, 7, 8, 14, 28] -> !transform.param<i64>
    %columns = transform.tune.knob<"columns"> options = [0, 8, 16, 32, 64] -> !transform.param<i64>
    %order = transform.tune.knob<"order"> options = ["columns", "rows"] -> !transform.any_param
    %packing = transform.tune.knob<"packing"> options = ["whole", "tile", "producer"] -> !transform.any_param
    transform.include @split failures(propagate)
      (%contract, %blocks, %word, %rows, %vectors, %lanes, %planes, %lines, %columns, %order, %packing)
      : (!transform.any_op, !transform.param<i64>, !transform.param<i64>, !transform.param<i64>,
         !transform.param<i64>, !transform.any_param, !transform.any_param, !transform.param<i64>,
         !transform.param<i64>, !transform.any_param, !transform.any_param) -> ()
    transform.yield
  }

  // Convolutions with a stride: neighbouring positions are not contiguous.
  transform.named_sequence @strided(%contract: !transform.any_op {transform.consumed}) {
    %blocks = transform.tune.knob<"blocks"> options = [1, 2, 3, 4, 5, 6, 7, 8] -> !transform.param<i64>
    %word = transform.tune.knob<"word"> options = [8, 16, 32, 64] -> !transform.param<i64>
    %rows = transform.tune.knob<"rows"> options = [1, 2, 3, 4, 5, 6, 7, 8, 10, 12] -> !transform.param<i64>
    %vectors = transform.tune.knob<"vectors"> options = [1, 2, 3, 4, 5, 6, 8] -> !transform.param<i64>
    %lanes = transform.tune.knob<"lanes"> options = ["outputs", "reduction"] -> !transform.any_param
    %planes = transform.tune.knob<"planes"> options = ["inner", "outer", "none"] -> !transform.any_param
    %lines = transform.tune.knob<"lines"> options = [0, 2, 4, 7, 8, 14, 28] -> !transform.param<i64>
    %columns = transform.tune.knob<"columns"> options = [0, 8, 16, 32, 64] -> !transform.param<i64>
    %order = transform.tune.knob<"order"> options = ["columns", "rows"] -> !transform.any_param
    %packing = transform.tune.knob<"packing"> options = ["whole", "tile", "producer"] -> !transform.any_param
    transform.include @split failures(propagate)
      (%contract, %blocks, %word, %rows, %vectors, %lanes, %planes, %lines, %columns, %order, %packing)
      : (!transform.any_op, !transform.param<i64>, !transform.param<i64>, !transform.param<i64>,
         !transform.param<i64>, !transform.any_param, !transform.any_param, !transform.param<i64>,
         !transform.param<i64>, !transform.any_param, !transform.any_param) -> ()
    transform.yield
  }

  // A group for each channel: lanes run along the groups, which both
  // operands have.
  transform.named_sequence @depthwise(%contract: !transform.any_op {transform.consumed}) {
    %blocks = transform.tune.knob<"blocks"> options = [1, 2, 3, 4, 5, 6, 7, 8] -> !transform.param<i64>
    %word = transform.tune.knob<"word"> options = [8, 16, 32, 64] -> !transform.param<i64>
    %rows = transform.tune.knob<"rows"> options = [1, 2, 3, 4, 5, 6, 7, 8, 10, 12] -> !transform.param<i64>
    %vectors = transform.tune.knob<"vectors"> options = [1, 2, 3, 4, 5, 6, 8] -> !transform.param<i64>
    %lanes = transform.tune.knob<"lanes"> options = ["outputs"] -> !transform.any_param
    %planes = transform.tune.knob<"planes"> options = ["inner", "outer"] -> !transform.any_param
    %lines = transform.tune.knob<"lines"> options = [0, 2, 4, 7, 8, 14, 28] -> !transform.param<i64>
    %columns = transform.tune.knob<"columns"> options = [0] -> !transform.param<i64>
    %order = transform.tune.knob<"order"> options = ["columns", "rows"] -> !transform.any_param
    %packing = transform.tune.knob<"packing"> options = ["whole", "tile", "producer"] -> !transform.any_param
    transform.include @split failures(propagate)
      (%contract, %blocks, %word, %rows, %vectors, %lanes, %planes, %lines, %columns, %order, %packing)
      : (!transform.any_op, !transform.param<i64>, !transform.param<i64>, !transform.param<i64>,
         !transform.param<i64>, !transform.any_param, !transform.any_param, !transform.param<i64>,
         !transform.param<i64>, !transform.any_param, !transform.any_param) -> ()
    transform.yield
  }

  // Matrix products. Lines and rows are the same dimension.
  transform.named_sequence @matmul(%contract: !transform.any_op {transform.consumed}) {
    %blocks = transform.tune.knob<"blocks"> options = [1, 2, 3, 4, 5, 6, 7, 8] -> !transform.param<i64>
    %word = transform.tune.knob<"word"> options = [8, 16, 32, 64] -> !transform.param<i64>
    %rows = transform.tune.knob<"rows"> options = [1, 2, 3, 4, 5, 6, 7, 8, 10, 12] -> !transform.param<i64>
    %vectors = transform.tune.knob<"vectors"> options = [1, 2, 3, 4, 5, 6, 8] -> !transform.param<i64>
    %lanes = transform.tune.knob<"lanes"> options = ["outputs", "reduction"] -> !transform.any_param
    %planes = transform.tune.knob<"planes"> options = ["inner", "outer", "none"] -> !transform.any_param
    %lines = transform.tune.knob<"lines"> options = [0, 4, 8, 12, 16, 24, 32, 48, 64, 96, 128] -> !transform.param<i64>
    %columns = transform.tune.knob<"columns"> options = [0, 8, 16, 32, 64] -> !transform.param<i64>
    %order = transform.tune.knob<"order"> options = ["columns", "rows"] -> !transform.any_param
    %packing = transform.tune.knob<"packing"> options = ["whole", "tile", "producer"] -> !transform.any_param
    transform.include @split failures(propagate)
      (%contract, %blocks, %word, %rows, %vectors, %lanes, %planes, %lines, %columns, %order, %packing)
      : (!transform.any_op, !transform.param<i64>, !transform.param<i64>, !transform.param<i64>,
         !transform.param<i64>, !transform.any_param, !transform.any_param, !transform.param<i64>,
         !transform.param<i64>, !transform.any_param, !transform.any_param) -> ()
    transform.yield
  }

  // One position: every weight is used once, so that loading it is what
  // counts.
  transform.named_sequence @matvec(%contract: !transform.any_op {transform.consumed}) {
    %blocks = transform.tune.knob<"blocks"> options = [1, 2, 3, 4, 5, 6, 7, 8] -> !transform.param<i64>
    %word = transform.tune.knob<"word"> options = [8, 16, 32, 64] -> !transform.param<i64>
    %rows = transform.tune.knob<"rows"> options = [1] -> !transform.param<i64>
    %vectors = transform.tune.knob<"vectors"> options = [1, 2, 3, 4, 5, 6, 8, 12] -> !transform.param<i64>
    %lanes = transform.tune.knob<"lanes"> options = ["outputs", "reduction"] -> !transform.any_param
    %planes = transform.tune.knob<"planes"> options = ["inner", "outer", "none"] -> !transform.any_param
    %lines = transform.tune.knob<"lines"> options = [0] -> !transform.param<i64>
    %columns = transform.tune.knob<"columns"> options = [0, 8, 16, 32, 64] -> !transform.param<i64>
    %order = transform.tune.knob<"order"> options = ["columns"] -> !transform.any_param
    %packing = transform.tune.knob<"packing"> options = ["whole", "producer"] -> !transform.any_param
    transform.include @split failures(propagate)
      (%contract, %blocks, %word, %rows, %vectors, %lanes, %planes, %lines, %columns, %order, %packing)
      : (!transform.any_op, !transform.param<i64>, !transform.param<i64>, !transform.param<i64>,
         !transform.param<i64>, !transform.any_param, !transform.any_param, !transform.param<i64>,
         !transform.param<i64>, !transform.any_param, !transform.any_param) -> ()
    transform.yield
  }
}
