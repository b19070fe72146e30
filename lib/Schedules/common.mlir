// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the schedules of all families end with: the constraints between knobs,
// and what the knobs are for.

module @common attributes {transform.with_named_sequence} {
  // Packs the operands of a contraction and requests its tiles. The width of
  // the micro-tile, `vectors`, is the width of the weights' inner tile.
  transform.named_sequence @cut(
      %contract: !transform.any_op {transform.consumed},
      %word: !transform.param<i64> {transform.readonly},
      %rows: !transform.param<i64> {transform.readonly},
      %vectors: !transform.param<i64> {transform.readonly},
      %lanes: !transform.any_param {transform.readonly},
      %planes: !transform.any_param {transform.readonly},
      %lines: !transform.param<i64> {transform.readonly},
      %columns: !transform.param<i64> {transform.readonly},
      %order: !transform.any_param {transform.readonly}) {
    %bits = transform.bitserial.property "vector_bits" of %contract : (!transform.any_op) -> !transform.param<i64>
    %registers = transform.bitserial.property "vector_registers" of %contract : (!transform.any_op) -> !transform.param<i64>
    %outputs = transform.bitserial.property "outputs" of %contract : (!transform.any_op) -> !transform.param<i64>
    %all_lines = transform.bitserial.property "lines" of %contract : (!transform.any_op) -> !transform.param<i64>
    %positions = transform.bitserial.property "positions" of %contract : (!transform.any_op) -> !transform.param<i64>
    %packed = transform.bitserial.property "packed" of %contract : (!transform.any_op) -> !transform.param<i64>
    %taps = transform.bitserial.property "taps" of %contract : (!transform.any_op) -> !transform.param<i64>
    %planes_of_weights = transform.bitserial.property "rhs_bits" of %contract : (!transform.any_op) -> !transform.param<i64>
    %l2 = transform.bitserial.property "l2_bytes" of %contract : (!transform.any_op) -> !transform.param<i64>

    // Words. Whole numbers and reductions across lanes need some of their own.
    %numbers = transform.bitserial.is %planes, "none" : (!transform.any_param) -> !transform.param<i64>
    %across = transform.bitserial.is %lanes, "reduction" : (!transform.any_param) -> !transform.param<i64>
    transform.bitserial.require
      affine_set<()[numbers, word, across, packed] :
        (numbers * (word - 32) == 0, numbers + across <= 1, packed - numbers >= 1)>
      (%numbers, %word, %across, %packed)
      "words of whole numbers have 32 bits, lanes of outputs and a reduction that is packed"
      : !transform.param<i64>, !transform.param<i64>, !transform.param<i64>, !transform.param<i64>
    transform.bitserial.require
      affine_set<()[across, word, packed] : (across * (packed - word - 1) >= 0)>
      (%across, %word, %packed)
      "lanes cannot run along a reduction that is not longer than a word"
      : !transform.param<i64>, !transform.param<i64>, !transform.param<i64>

    // Registers: an accumulator at least for each row and vector.
    transform.bitserial.require
      affine_set<()[rows, vectors, registers] : (rows * vectors <= registers)>
      (%rows, %vectors, %registers)
      "the accumulators of a micro-tile must fit the vector registers"
      : !transform.param<i64>, !transform.param<i64>, !transform.param<i64>
    // Of planes: an accumulator for each row and vector, the weights of all
    // vectors and the activations of one row. A single row takes one vector of
    // weights after the other: (rows - 1) ceildiv rows is 0 for it, else 1.
    transform.bitserial.require
      affine_set<()[rows, vectors, registers, numbers] :
        ((1 - numbers) * (rows * vectors + vectors * ((rows - 1) ceildiv rows) + 1 floordiv rows + 1) <= registers)>
      (%rows, %vectors, %registers, %numbers)
      "the accumulators of a micro-tile and the words of a step must fit the vector registers"
      : !transform.param<i64>, !transform.param<i64>, !transform.param<i64>, !transform.param<i64>
    %of_accumulator = transform.bitserial.property "number_accumulator" of %contract : (!transform.any_op) -> !transform.param<i64>
    %of_step = transform.bitserial.property "number_step" of %contract : (!transform.any_op) -> !transform.param<i64>
    transform.bitserial.require
      affine_set<()[rows, vectors, accumulator, step, registers, numbers] :
        (numbers * (rows * vectors * accumulator + vectors * ((rows - 1) ceildiv rows) + 1 floordiv rows + 1 + step) <= registers)>
      (%rows, %vectors, %of_accumulator, %of_step, %registers, %numbers)
      "the accumulators of a micro-tile of whole numbers and what a step takes must fit the vector registers"
      : !transform.param<i64>, !transform.param<i64>, !transform.param<i64>, !transform.param<i64>,
        !transform.param<i64>, !transform.param<i64>

    // Divisibility. 1 floordiv (x + 1) is 1 if x is 0, which means no cache
    // tile, else 0.
    transform.bitserial.require
      affine_set<()[lines, all] : (all mod (lines + 1 floordiv (lines + 1)) == 0)>
      (%lines, %all_lines)
      "cache tiles must divide the lines"
      : !transform.param<i64>, !transform.param<i64>
    // Lines of one position each are what a micro-tile's rows are cut from, as
    // in matrices: 1 floordiv (positions - all + 1) is 1 for them, else 0.
    transform.bitserial.require
      affine_set<()[lines, rows, positions, all] :
        ((lines mod rows) * (1 floordiv (positions - all + 1)) == 0)>
      (%lines, %rows, %positions, %all_lines)
      "cache tiles must be a multiple of the micro-tile's rows"
      : !transform.param<i64>, !transform.param<i64>, !transform.param<i64>, !transform.param<i64>
    transform.bitserial.require
      affine_set<()[columns, vectors] : (columns mod vectors == 0)>
      (%columns, %vectors)
      "cache tiles must be a multiple of the micro-tile's vectors"
      : !transform.param<i64>, !transform.param<i64>
    transform.bitserial.require
      affine_set<()[columns, word, outputs, bits] :
        (columns * (outputs mod ((columns + 1 floordiv (columns + 1)) * (bits floordiv word))) == 0)>
      (%columns, %word, %outputs, %bits)
      "cache tiles must divide the outputs"
      : !transform.param<i64>, !transform.param<i64>, !transform.param<i64>, !transform.param<i64>

    // Caches: a tile of weights that is to be used again has to stay.
    transform.bitserial.require
      affine_set<()[columns, word, bits, packed, taps, planes, l2] :
        (columns * (bits floordiv word) * taps * (packed ceildiv 8) * planes <= l2)>
      (%columns, %word, %bits, %packed, %taps, %planes_of_weights, %l2)
      "a cache tile of weights must fit the second-level cache"
      : !transform.param<i64>, !transform.param<i64>, !transform.param<i64>, !transform.param<i64>,
        !transform.param<i64>, !transform.param<i64>, !transform.param<i64>

    %with_layouts = transform.bitserial.assign_layouts %contract
      with word = %word, vectors = %vectors, lanes = %lanes, planes = %planes
      : (!transform.any_op, !transform.param<i64>, !transform.param<i64>, !transform.any_param, !transform.any_param)
      -> !transform.any_op
    %with_tile = transform.bitserial.request_tile %with_layouts
      with rows = %rows, vectors = %vectors, lines = %lines, columns = %columns, order = %order
      : (!transform.any_op, !transform.param<i64>, !transform.param<i64>, !transform.param<i64>,
         !transform.param<i64>, !transform.any_param) -> !transform.any_op
    transform.yield
  }

  // Splits a contraction into blocks, which threads compute side by side, says
  // where each packs its activations, and cuts it.
  transform.named_sequence @split(
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
      %packing: !transform.any_param {transform.readonly}) {
    %threads = transform.bitserial.property "threads" of %contract : (!transform.any_op) -> !transform.param<i64>
    %producer = transform.bitserial.property "producer" of %contract : (!transform.any_op) -> !transform.param<i64>
    %epilogue = transform.bitserial.property "epilogue" of %contract : (!transform.any_op) -> !transform.param<i64>
    %in_producer = transform.bitserial.is %packing, "producer" : (!transform.any_param) -> !transform.param<i64>
    %in_tile = transform.bitserial.is %packing, "tile" : (!transform.any_param) -> !transform.param<i64>

    // Threads.
    transform.bitserial.require
      affine_set<()[blocks, threads] : (blocks <= threads)>
      (%blocks, %threads)
      "there must be a thread for each block"
      : !transform.param<i64>, !transform.param<i64>

    // Packing. In the registers of what computes the activations, if there is
    // such a thing; blocks pack what they need of them themselves.
    transform.bitserial.require
      affine_set<()[packing, producer] : (packing <= producer)>
      (%in_producer, %producer)
      "packing in the registers of a producer needs one: activations that are computed from a contraction"
      : !transform.param<i64>, !transform.param<i64>
    transform.bitserial.require
      affine_set<()[packing, blocks] : (packing * (blocks - 1) == 0)>
      (%in_producer, %blocks)
      "blocks pack their activations themselves, not in the registers of a producer"
      : !transform.param<i64>, !transform.param<i64>
    // For each cache tile of lines, in the outermost loop, whatever the order
    // of others: nothing is packed twice but what tiles share. What is computed
    // from the result would not be tiled with it.
    transform.bitserial.require
      affine_set<()[packing, lines] : (packing <= lines)>
      (%in_tile, %lines)
      "packing per cache tile needs cache tiles of lines"
      : !transform.param<i64>, !transform.param<i64>
    transform.bitserial.require
      affine_set<()[packing, epilogue] : (packing + epilogue <= 1)>
      (%in_tile, %epilogue)
      "packing per cache tile is for results that nothing is computed from"
      : !transform.param<i64>, !transform.param<i64>

    // That there is something to split, this op requires itself.
    %parts = transform.bitserial.split %contract with blocks = %blocks
      : (!transform.any_op, !transform.param<i64>) -> !transform.any_op
    %tiles = transform.bitserial.place_packing %parts with packing = %packing, lines = %lines
      : (!transform.any_op, !transform.any_param, !transform.param<i64>) -> !transform.any_op
    transform.foreach %tiles : !transform.any_op {
    ^bb0(%tile: !transform.any_op):
      transform.include @cut failures(propagate)
        (%tile, %word, %rows, %vectors, %lanes, %planes, %lines, %columns, %order)
        : (!transform.any_op, !transform.param<i64>, !transform.param<i64>, !transform.param<i64>,
           !transform.any_param, !transform.any_param, !transform.param<i64>, !transform.param<i64>,
           !transform.any_param) -> ()
    }
    transform.yield
  }
}
