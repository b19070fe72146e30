// RUN: bitserial-opt %s --split-input-file --pass-pipeline='builtin.module(func.func(bitserial-merge-reductions),canonicalize)' | FileCheck %s

// Taps of a row and channel words follow each other in memory, in activations
// and in weights: one loop over six words. Rows of taps do not.

// CHECK-DAG: #[[LHS:.+]] = affine_map<(d0, d1, d2, d3, d4) -> (d0 + d3, d1 * 2 + d4)>
// CHECK-DAG: #[[RHS:.+]] = affine_map<(d0, d1, d2, d3, d4) -> (d2 floordiv 16, d3, d4, d2 mod 16)>
// CHECK-DAG: #[[OUT:.+]] = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2)>
// CHECK-LABEL: func @row(
// CHECK-SAME: %[[X:[^:]+]]: tensor<2x6x6x2xi32>, %[[W:[^:]+]]: tensor<1x3x3x2x1x16xi32>, %[[ACC:[^:]+]]:
// CHECK-DAG: %[[CX:.+]] = tensor.collapse_shape %[[X]] {{\[}}[0], [1], [2, 3]] : tensor<2x6x6x2xi32> into tensor<2x6x12xi32>
// CHECK-DAG: %[[CW:.+]] = tensor.collapse_shape %[[W]] {{\[}}[0], [1], [2, 3], [4], [5]] : tensor<1x3x3x2x1x16xi32> into tensor<1x3x6x1x16xi32>
// CHECK: bitserial.reduce ins(%[[CX]], %[[CW]] : tensor<2x6x12xi32>, tensor<1x3x6x1x16xi32>) outs(%[[ACC]] : tensor<4x4x16xi32>)
// CHECK-SAME: indexing_maps = [#[[LHS]], #[[RHS]], #[[OUT]]] plane_dims = [0, 3] attributes {note = "kept"} {
// CHECK-NEXT: ^bb0(%{{.+}}: i1, %[[A1:.+]]: i1, %[[W0:.+]]: i1):
// CHECK-NEXT: arith.andi %[[A1]], %[[W0]] : i1
func.func @row(%x: tensor<2x6x6x2xi32>, %w: tensor<1x3x3x2x1x16xi32>, %acc: tensor<4x4x16xi32>) -> tensor<4x4x16xi32> {
  %0 = bitserial.reduce ins(%x, %w : tensor<2x6x6x2xi32>, tensor<1x3x3x2x1x16xi32>) outs(%acc : tensor<4x4x16xi32>)
      indexing_maps = [affine_map<(oh, ow, o, kh, kw, c) -> (oh + kh, ow + kw, c)>,
                       affine_map<(oh, ow, o, kh, kw, c) -> (o floordiv 16, kh, kw, c, o mod 16)>,
                       affine_map<(oh, ow, o, kh, kw, c) -> (oh, ow, o)>] plane_dims = [0, 4] attributes {note = "kept"} {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %y = arith.andi %a1, %w0 : i1
    %s = arith.extui %y : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<4x4x16xi32>
  return %0 : tensor<4x4x16xi32>
}

// -----

// With a stride as well.

// CHECK: affine_map<(d0, d1, d2, d3, d4) -> (d0 * 2 + d3, d1 * 4 + d4)>
// CHECK-LABEL: func @stride(
// CHECK: bitserial.reduce ins({{.*}} : tensor<2x9x18xi32>, tensor<1x3x6x1x16xi32>)
func.func @stride(%x: tensor<2x9x9x2xi32>, %w: tensor<1x3x3x2x1x16xi32>, %acc: tensor<4x4x16xi32>) -> tensor<4x4x16xi32> {
  %0 = bitserial.reduce ins(%x, %w : tensor<2x9x9x2xi32>, tensor<1x3x3x2x1x16xi32>) outs(%acc : tensor<4x4x16xi32>)
      indexing_maps = [affine_map<(oh, ow, o, kh, kw, c) -> (oh * 2 + kh, ow * 2 + kw, c)>,
                       affine_map<(oh, ow, o, kh, kw, c) -> (o floordiv 16, kh, kw, c, o mod 16)>,
                       affine_map<(oh, ow, o, kh, kw, c) -> (oh, ow, o)>] plane_dims = [0, 4] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %y = arith.andi %a1, %w0 : i1
    %s = arith.extui %y : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<4x4x16xi32>
  return %0 : tensor<4x4x16xi32>
}

// -----

// Loops that stand alone in both maps, wherever the planes are outside them;
// three become one.

// CHECK-DAG: #[[LHS:.+]] = affine_map<(d0, d1, d2) -> (d0, d2)>
// CHECK-DAG: #[[RHS:.+]] = affine_map<(d0, d1, d2) -> (d2, d1)>
// CHECK-LABEL: func @plain(
// CHECK: tensor.collapse_shape %{{.+}} {{\[}}[0], [1, 2, 3], [4]] : tensor<7x2x3x4x2xi8> into tensor<7x24x2xi8>
// CHECK: tensor.collapse_shape %{{.+}} {{\[}}[0], [1, 2, 3], [4]] : tensor<1x2x3x4x5xi8> into tensor<1x24x5xi8>
// CHECK: bitserial.reduce ins({{.*}} : tensor<7x24x2xi8>, tensor<1x24x5xi8>) {{.*}} indexing_maps = [#[[LHS]], #[[RHS]], #{{.+}}] plane_dims = [2, 0]
func.func @plain(%x: tensor<7x2x3x4x2xi8>, %w: tensor<1x2x3x4x5xi8>, %acc: tensor<7x5xi32>) -> tensor<7x5xi32> {
  %0 = bitserial.reduce ins(%x, %w : tensor<7x2x3x4x2xi8>, tensor<1x2x3x4x5xi8>) outs(%acc : tensor<7x5xi32>)
      indexing_maps = [affine_map<(m, n, i, j, k) -> (m, i, j, k)>,
                       affine_map<(m, n, i, j, k) -> (i, j, k, n)>,
                       affine_map<(m, n, i, j, k) -> (m, n)>] plane_dims = [4, 0] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %y = arith.andi %a1, %w0 : i1
    %s = arith.extui %y : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<7x5xi32>
  return %0 : tensor<7x5xi32>
}
