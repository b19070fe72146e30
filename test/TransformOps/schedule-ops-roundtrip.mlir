// RUN: bitserial-opt %s | bitserial-opt | FileCheck %s

// CHECK: #[[SET:.+]] = affine_set<()[s0, s1] : (s1 - s0 * 64 >= 0)>
module attributes {transform.with_named_sequence} {
  // CHECK-LABEL: transform.named_sequence @ops
  // CHECK-SAME: (%[[CONTRACT:[^:]+]]: !transform.any_op
  transform.named_sequence @ops(%contract: !transform.any_op {transform.consumed},
                                %module: !transform.any_op {transform.consumed},
                                %reduce: !transform.any_op {transform.consumed}) {
    // CHECK: %[[ROWS:.+]] = transform.tune.knob<"rows">
    %rows = transform.tune.knob<"rows"> options = [2, 4] -> !transform.param<i64>
    // CHECK: %[[LANES:.+]] = transform.tune.knob<"lanes">
    %lanes = transform.tune.knob<"lanes"> options = ["outputs", "reduction"] -> !transform.any_param
    // CHECK: %[[BITS:.+]] = transform.bitserial.property "vector_bits" of %[[CONTRACT]] : (!transform.any_op) -> !transform.param<i64>
    %bits = transform.bitserial.property "vector_bits" of %contract : (!transform.any_op) -> !transform.param<i64>
    // CHECK: transform.bitserial.require #[[SET]](%[[ROWS]], %[[BITS]]) "at most a vector" : !transform.param<i64>, !transform.param<i64>
    transform.bitserial.require affine_set<()[rows, bits] : (rows * 64 <= bits)>(%rows, %bits) "at most a vector"
      : !transform.param<i64>, !transform.param<i64>
    // CHECK: %[[PARTS:.+]] = transform.bitserial.split %[[CONTRACT]] with blocks = %[[ROWS]] : (!transform.any_op, !transform.param<i64>) -> !transform.any_op
    %parts = transform.bitserial.split %contract with blocks = %rows : (!transform.any_op, !transform.param<i64>) -> !transform.any_op
    // CHECK: %[[IS:.+]] = transform.bitserial.is %[[LANES]], "outputs" : (!transform.any_param) -> !transform.param<i64>
    %is = transform.bitserial.is %lanes, "outputs" : (!transform.any_param) -> !transform.param<i64>
    // CHECK: %[[TILES:.+]] = transform.bitserial.place_packing %[[PARTS]] with lines = %[[IS]], packing = "tile" : (!transform.any_op, !transform.param<i64>) -> !transform.any_op
    %in_tiles = transform.bitserial.place_packing %parts with packing = "tile", lines = %is : (!transform.any_op, !transform.param<i64>) -> !transform.any_op
    // CHECK: %[[PACKED:.+]] = transform.bitserial.assign_layouts %[[TILES]] with lanes = %[[LANES]], planes = "outer", word = 32 {note} : (!transform.any_op, !transform.any_param) -> !transform.any_op
    %packed = transform.bitserial.assign_layouts %in_tiles with word = 32, lanes = %lanes, planes = "outer" {note}
      : (!transform.any_op, !transform.any_param) -> !transform.any_op
    // CHECK: transform.bitserial.request_tile %[[PACKED]] with rows = %[[ROWS]], vectors = 4 : (!transform.any_op, !transform.param<i64>) -> !transform.any_op
    %requested = transform.bitserial.request_tile %packed with rows = %rows, vectors = 4
      : (!transform.any_op, !transform.param<i64>) -> !transform.any_op
    // CHECK: transform.bitserial.assign_layouts %{{.+}} : (!transform.any_op) -> !transform.any_op
    %again = transform.bitserial.assign_layouts %requested : (!transform.any_op) -> !transform.any_op
    // CHECK: transform.bitserial.materialize_layouts %{{.+}} : (!transform.any_op) -> !transform.any_op
    %words = transform.bitserial.materialize_layouts %module : (!transform.any_op) -> !transform.any_op
    // CHECK: %{{.+}}, %{{.+}} = transform.bitserial.tile %{{.+}} with columns = 8, lines = 2, order = "rows", rows = 1, vectors = 2 : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    %tiles, %loops = transform.bitserial.tile %reduce with rows = 1, vectors = 2, lines = 2, columns = 8, order = "rows"
      : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    // CHECK: transform.bitserial.tile %{{.+}} : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    %tiles2, %loops2 = transform.bitserial.tile %tiles : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    transform.yield
  }
}
