// bitserial.reduce is tiled and fused by the transform ops of upstream.

// RUN: bitserial-opt %s --transform-interpreter --canonicalize --cse --split-input-file | FileCheck %s

// Outputs in inner tiles of 64 words, tiled by as many: a tile takes a whole
// inner tile with its padding, the partial last one too.

// CHECK-DAG: #[[SIZE:.+]] = affine_map<(d0) -> (-d0 + 100, 64)>
// CHECK-DAG: #[[INNER_TILE:.+]] = affine_map<(d0) -> (d0 floordiv 64)>
// CHECK-DAG: #[[LHS:.+]] = affine_map<(d0, d1, d2) -> (d0, d2)>
// CHECK-DAG: #[[RHS:.+]] = affine_map<(d0, d1, d2) -> (d1 floordiv 64, d2, d1 mod 64)>
// CHECK-DAG: #[[OUT:.+]] = affine_map<(d0, d1, d2) -> (d0, d1)>
// CHECK-LABEL: func.func @multiple
// CHECK-SAME: (%[[A:[^:]+]]: tensor<2x8x18xi32>, %[[W:[^:]+]]: tensor<2x18x1x64xi32>, %[[ACC:[^:]+]]: tensor<8x100xi32>)
// CHECK: scf.for %[[M:.+]] = %c0 to %c8 step %c4 iter_args(%[[ACC1:.+]] = %[[ACC]])
// CHECK: scf.for %[[N:.+]] = %c0 to %c100 step %c64 iter_args(%[[ACC2:.+]] = %[[ACC1]])
// CHECK: scf.for %[[K:.+]] = %c0 to %c18 step %c9 iter_args(%[[ACC3:.+]] = %[[ACC2]])
// CHECK-DAG: %[[S:.+]] = affine.min #[[SIZE]](%[[N]])
// CHECK-DAG: %[[A_TILE:.+]] = tensor.extract_slice %[[A]][0, %[[M]], %[[K]]] [2, 4, 9] [1, 1, 1]
// CHECK-DAG: %[[T:.+]] = affine.apply #[[INNER_TILE]](%[[N]])
// CHECK-DAG: %[[W_TILE:.+]] = tensor.extract_slice %[[W]][%[[T]], %[[K]], 0, 0] [1, 9, 1, 64] [1, 1, 1, 1]
// CHECK: %[[ACC_TILE:.+]] = tensor.extract_slice %[[ACC3]][%[[M]], %[[N]]] [4, %[[S]]] [1, 1]
// CHECK: %[[R:.+]] = bitserial.reduce ins(%[[A_TILE]], %[[W_TILE]] : tensor<2x4x9xi32>, tensor<1x9x1x64xi32>) outs(%[[ACC_TILE]] : tensor<4x?xi32>)
// CHECK-SAME: indexing_maps = [#[[LHS]], #[[RHS]], #[[OUT]]] plane_dims = [0, 2] attributes {note = "kept"}
// CHECK: tensor.insert_slice %[[R]] into %[[ACC3]][%[[M]], %[[N]]] [4, %[[S]]] [1, 1]
func.func @multiple(%a: tensor<2x8x18xi32>, %w: tensor<2x18x1x64xi32>, %acc: tensor<8x100xi32>) -> tensor<8x100xi32> {
  %0 = bitserial.reduce ins(%a, %w : tensor<2x8x18xi32>, tensor<2x18x1x64xi32>) outs(%acc : tensor<8x100xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>,
                       affine_map<(m, n, k) -> (m, n)>] plane_dims = [0, 2] attributes {note = "kept"} {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %x = arith.andi %a1, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<8x100xi32>
  return %0 : tensor<8x100xi32>
}
module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %reduce = transform.structured.match ops{["bitserial.reduce"]} in %root : (!transform.any_op) -> !transform.any_op
    %tile, %loops:3 = transform.structured.tile_using_for %reduce tile_sizes [4, 64, 9]
      : (!transform.any_op) -> (!transform.any_op, !transform.any_op, !transform.any_op, !transform.any_op)
    transform.yield
  }
}

// -----

// Tiled by a divisor: each tile lies within one inner tile, the partial last
// one too. The maps of the tile need no floordiv or mod.

// CHECK-DAG: #[[SIZE:.+]] = affine_map<(d0) -> (-d0 + 100, 16)>
// CHECK-DAG: #[[INNER_TILE:.+]] = affine_map<(d0) -> (d0 floordiv 64)>
// CHECK-DAG: #[[WITHIN:.+]] = affine_map<(d0) -> (d0 mod 64)>
// CHECK-DAG: #[[RHS:.+]] = affine_map<(d0, d1, d2) -> (0, d2, d1)>
// CHECK-LABEL: func.func @divisor
// CHECK-SAME: %[[W:[^:]+]]: tensor<2x18x1x64xi32>
// CHECK: scf.for %[[N:.+]] = %c0 to %c100 step %c16
// CHECK-DAG: %[[S:.+]] = affine.min #[[SIZE]](%[[N]])
// CHECK-DAG: %[[T:.+]] = affine.apply #[[INNER_TILE]](%[[N]])
// CHECK-DAG: %[[I:.+]] = affine.apply #[[WITHIN]](%[[N]])
// CHECK: tensor.extract_slice %[[W]][%[[T]], 0, 0, %[[I]]] [1, 18, 1, %[[S]]] [1, 1, 1, 1]
// CHECK: bitserial.reduce ins({{.*}} : tensor<2x8x18xi32>, tensor<1x18x1x?xi32>) outs({{.*}} : tensor<8x?xi32>) indexing_maps = [#{{.+}}, #[[RHS]], #{{.+}}]
func.func @divisor(%a: tensor<2x8x18xi32>, %w: tensor<2x18x1x64xi32>, %acc: tensor<8x100xi32>) -> tensor<8x100xi32> {
  %0 = bitserial.reduce ins(%a, %w : tensor<2x8x18xi32>, tensor<2x18x1x64xi32>) outs(%acc : tensor<8x100xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>,
                       affine_map<(m, n, k) -> (m, n)>] plane_dims = [0, 2] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %x = arith.andi %a1, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<8x100xi32>
  return %0 : tensor<8x100xi32>
}
module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %reduce = transform.structured.match ops{["bitserial.reduce"]} in %root : (!transform.any_op) -> !transform.any_op
    %tile, %loop = transform.structured.tile_using_for %reduce tile_sizes [0, 16]
      : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    transform.yield
  }
}

// -----

// The reduction in inner tiles of 4 words: 18 words are rounded up to 20. Tiled
// by 8, then within an inner tile by 2.

// CHECK-DAG: #[[LHS8:.+]] = affine_map<(d0, d1, d2) -> (d0, 0, d2)>
// CHECK-DAG: #[[RHS8:.+]] = affine_map<(d0, d1, d2) -> (d1, 0, d2)>
// CHECK-LABEL: func.func @reduction
// CHECK-SAME: (%[[A:[^:]+]]: tensor<2x3x5x4xi32>, %[[W:[^:]+]]: tensor<1x7x5x4xi32>
// CHECK: scf.for %[[K:.+]] = %c0 to %c20 step %c8
// CHECK: tensor.extract_slice %[[A]][0, 0, %{{.+}}, 0] [2, 3, %{{.+}}, 4] [1, 1, 1, 1] : tensor<2x3x5x4xi32> to tensor<2x3x?x4xi32>
// CHECK: scf.for %{{.+}} = %c0 to %{{.+}} step %c2
// CHECK: %[[S:.+]] = affine.min
// CHECK: tensor.extract_slice %{{.+}}[0, 0, %{{.+}}, %{{.+}}] [2, 3, 1, %[[S]]] [1, 1, 1, 1]
// CHECK: tensor.extract_slice %{{.+}}[0, 0, %{{.+}}, %{{.+}}] [1, 7, 1, %[[S]]] [1, 1, 1, 1]
// CHECK: bitserial.reduce ins({{.*}} : tensor<2x3x1x?xi32>, tensor<1x7x1x?xi32>) outs({{.*}} : tensor<3x7xi32>) indexing_maps = [#[[LHS8]], #[[RHS8]], #{{.+}}]
func.func @reduction(%a: tensor<2x3x5x4xi32>, %w: tensor<1x7x5x4xi32>, %acc: tensor<3x7xi32>) -> tensor<3x7xi32> {
  %0 = bitserial.reduce ins(%a, %w : tensor<2x3x5x4xi32>, tensor<1x7x5x4xi32>) outs(%acc : tensor<3x7xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k floordiv 4, k mod 4)>, affine_map<(m, n, k) -> (n, k floordiv 4, k mod 4)>,
                       affine_map<(m, n, k) -> (m, n)>] plane_dims = [0, 0] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %x = arith.andi %a1, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<3x7xi32>
  return %0 : tensor<3x7xi32>
}
module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %reduce = transform.structured.match ops{["bitserial.reduce"]} in %root : (!transform.any_op) -> !transform.any_op
    %tile, %loop = transform.structured.tile_using_for %reduce tile_sizes [0, 0, 8]
      : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    %tile2, %loop2 = transform.structured.tile_using_for %tile tile_sizes [0, 0, 2]
      : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    transform.yield
  }
}

// -----

// A reduction whose tile has a dynamic size is tiled again.

// CHECK-LABEL: func.func @dynamic_reduction
// CHECK: scf.for %[[K:.+]] = %c0 to %c18 step %c5
// CHECK: %[[S:.+]] = affine.min #{{.+}}(%[[K]])
// CHECK: scf.for %[[K2:.+]] = %c0 to %[[S]] step %c2
// CHECK: bitserial.reduce ins({{.*}} : tensor<1x?xi8>) outs({{.*}} : tensor<i32>)
func.func @dynamic_reduction(%a: tensor<1x18xi8>, %acc: tensor<i32>) -> tensor<i32> {
  %0 = bitserial.reduce ins(%a : tensor<1x18xi8>) outs(%acc : tensor<i32>)
      indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> ()>] plane_dims = [0] {
  ^bb0(%a0: i1):
    %s = arith.extui %a0 : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<i32>
  return %0 : tensor<i32>
}
module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %reduce = transform.structured.match ops{["bitserial.reduce"]} in %root : (!transform.any_op) -> !transform.any_op
    %tile, %loop = transform.structured.tile_using_for %reduce tile_sizes [5]
      : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    %tile2, %loop2 = transform.structured.tile_using_for %tile tile_sizes [2]
      : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    transform.yield
  }
}

// -----

// A convolution with stride 2: rows of the input overlap between tiles.

// CHECK-DAG: #[[ROW:.+]] = affine_map<(d0) -> (d0 * 8)>
// CHECK-DAG: #[[COLUMN:.+]] = affine_map<(d0) -> (d0 * 14)>
// CHECK-LABEL: func.func @convolution
// CHECK-SAME: (%[[X:[^:]+]]: tensor<58x58x2x2xi32>
// CHECK: scf.forall (%[[OH:.+]], %[[OW:.+]]) in (7, 4) shared_outs
// CHECK-DAG: %[[R:.+]] = affine.apply #[[ROW]](%[[OH]])
// CHECK-DAG: %[[C:.+]] = affine.apply #[[COLUMN]](%[[OW]])
// CHECK: tensor.extract_slice %[[X]][%[[R]], %[[C]], 0, 0] [9, 15, 2, 2] [1, 1, 1, 1]
// CHECK: bitserial.reduce ins({{.*}} : tensor<9x15x2x2xi32>, tensor<32x3x3x2x1xi32>) outs({{.*}} : tensor<4x7x32xi32>)
// CHECK: tensor.parallel_insert_slice
func.func @convolution(%x: tensor<58x58x2x2xi32>, %w: tensor<32x3x3x2x1xi32>, %acc: tensor<28x28x32xi32>) -> tensor<28x28x32xi32> {
  %0 = bitserial.reduce ins(%x, %w : tensor<58x58x2x2xi32>, tensor<32x3x3x2x1xi32>) outs(%acc : tensor<28x28x32xi32>)
      indexing_maps = [affine_map<(oh, ow, o, kh, kw, c) -> (oh * 2 + kh, ow * 2 + kw, c)>,
                       affine_map<(oh, ow, o, kh, kw, c) -> (o, kh, kw, c)>,
                       affine_map<(oh, ow, o, kh, kw, c) -> (oh, ow, o)>] plane_dims = [3, 4] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %y = arith.andi %a1, %w0 : i1
    %s = arith.extui %y : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<28x28x32xi32>
  return %0 : tensor<28x28x32xi32>
}
module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %reduce = transform.structured.match ops{["bitserial.reduce"]} in %root : (!transform.any_op) -> !transform.any_op
    %tile, %loop = transform.structured.tile_using_forall %reduce tile_sizes [4, 7]
      : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    transform.yield
  }
}

// -----

// Threads: the tile's start is a multiple of the inner tile.

// CHECK-DAG: #[[RHS:.+]] = affine_map<(d0, d1, d2) -> (d1 floordiv 16, d2, d1 mod 16)>
// CHECK-LABEL: func.func @threads
// CHECK: scf.forall (%[[N:.+]]) in (4) shared_outs
// CHECK: tensor.extract_slice %{{.+}}[%{{.+}}, 0, 0, 0] [2, 18, 1, 16] [1, 1, 1, 1]
// CHECK: bitserial.reduce ins({{.*}} : tensor<2x8x18xi32>, tensor<2x18x1x16xi32>) outs({{.*}} : tensor<8x32xi32>) indexing_maps = [#{{.+}}, #[[RHS]], #{{.+}}]
func.func @threads(%a: tensor<2x8x18xi32>, %w: tensor<8x18x1x16xi32>, %acc: tensor<8x128xi32>) -> tensor<8x128xi32> {
  %0 = bitserial.reduce ins(%a, %w : tensor<2x8x18xi32>, tensor<8x18x1x16xi32>) outs(%acc : tensor<8x128xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n floordiv 16, k, n mod 16)>,
                       affine_map<(m, n, k) -> (m, n)>] plane_dims = [0, 2] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %x = arith.andi %a1, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<8x128xi32>
  return %0 : tensor<8x128xi32>
}
module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %reduce = transform.structured.match ops{["bitserial.reduce"]} in %root : (!transform.any_op) -> !transform.any_op
    %tile, %loop = transform.structured.tile_using_forall %reduce num_threads [0, 4]
      : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    transform.yield
  }
}
