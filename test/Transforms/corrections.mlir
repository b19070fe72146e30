// The terms beside the products of bits, by the formats of both operands. With
// a = alpha + ..., w = beta + ... they are alpha * (sum of weights inside) and
// beta * (sum of weighted activation bits).

// RUN: bitserial-opt %s --split-input-file --pass-pipeline='builtin.module(bitserial-set-target{cpu=haswell},canonicalize,bitserial-materialize-layouts,canonicalize,cse)' | FileCheck %s

#x = #bitserial.layout<packed = 1, word = 32>
#w = #bitserial.layout<packed = 1, word = 32, inner_dims_pos = [0], inner_tiles = [16], planes = 2>

// None where both offsets are 0: unsigned, signed and ternary.

// CHECK-DAG: #[[MK:.+]] = affine_map<(d0, d1, d2) -> (d0, d2)>
// CHECK-DAG: #[[NK:.+]] = affine_map<(d0, d1, d2) -> (d1 floordiv 16, d2, d1 mod 16)>
// CHECK-DAG: #[[MN:.+]] = affine_map<(d0, d1, d2) -> (d0, d1)>
// CHECK-LABEL: func @none(
// CHECK-SAME: %[[X:[^:]+]]: tensor<2x4x2xi32> {{.*}}, %[[W:[^:]+]]: tensor<1x2x1x16xi32> {{.*}})
// CHECK-DAG: %[[TWO:.+]] = arith.constant 2 : i32
// CHECK-DAG: %[[ZERO:.+]] = arith.constant 0 : i32
// CHECK: %[[INIT:.+]] = linalg.fill ins(%[[ZERO]] : i32)
// CHECK-NEXT: %[[R:.+]] = bitserial.reduce ins(%[[X]], %[[W]] : tensor<2x4x2xi32>, tensor<1x2x1x16xi32>) outs(%[[INIT]] : tensor<4x16xi32>)
// CHECK-SAME: indexing_maps = [#[[MK]], #[[NK]], #[[MN]]] plane_dims = [0, 2] {
// CHECK-NEXT: ^bb0(%[[A0:.+]]: i1, %[[A1:.+]]: i1, %[[W0:.+]]: i1):
// CHECK-NEXT: %[[P0:.+]] = arith.andi %[[A0]], %[[W0]] : i1
// CHECK-NEXT: %[[E0:.+]] = arith.extui %[[P0]] : i1 to i32
// CHECK-NEXT: %[[P1:.+]] = arith.andi %[[A1]], %[[W0]] : i1
// CHECK-NEXT: %[[E1:.+]] = arith.extui %[[P1]] : i1 to i32
// CHECK-NEXT: %[[S1:.+]] = arith.muli %[[E1]], %[[TWO]] : i32
// CHECK-NEXT: %[[SUM:.+]] = arith.addi %[[E0]], %[[S1]] : i32
// CHECK-NEXT: bitserial.yield %[[SUM]] : i32
// CHECK: return %[[R]]
func.func @none(%x: tensor<4x64x!bitserial.int<2, unsigned>, #x>, %w: tensor<16x64x!bitserial.int<1, unsigned>, #w>) -> tensor<4x16xi32> {
  %0 = bitserial.contract %x, %w
    indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
    : tensor<4x64x!bitserial.int<2, unsigned>, #x>, tensor<16x64x!bitserial.int<1, unsigned>, #w> -> tensor<4x16xi32>
  return %0 : tensor<4x16xi32>
}

// -----

// The weight of a sign and of a ternary digit is in the region.

#x = #bitserial.layout<packed = 0, word = 32>
#w = #bitserial.layout<packed = 0, word = 32>
// CHECK-LABEL: func @signed_by_ternary(
// CHECK-DAG: %[[MINUSTWO:.+]] = arith.constant -2 : i32
// CHECK-DAG: %[[TWO:.+]] = arith.constant 2 : i32
// CHECK: linalg.fill
// CHECK-NEXT: bitserial.reduce
// CHECK-NEXT: ^bb0(%[[A0:.+]]: i1, %[[A1:.+]]: i1, %[[W0:.+]]: i1, %[[W1:.+]]: i1):
// CHECK: %[[P00:.+]] = arith.andi %[[A0]], %[[W0]]
// CHECK: %[[X00:.+]] = arith.extui %[[P00]]
// CHECK: %[[P01:.+]] = arith.andi %[[A0]], %[[W1]]
// CHECK: %[[X01:.+]] = arith.extui %[[P01]]
// CHECK: arith.subi %[[X00]], %[[X01]]
// CHECK: %[[P10:.+]] = arith.andi %[[A1]], %[[W0]]
// CHECK: %[[X10:.+]] = arith.extui %[[P10]]
// CHECK: arith.muli %[[X10]], %[[MINUSTWO]]
// CHECK: %[[P11:.+]] = arith.andi %[[A1]], %[[W1]]
// CHECK: %[[X11:.+]] = arith.extui %[[P11]]
// CHECK: arith.muli %[[X11]], %[[TWO]]
func.func @signed_by_ternary(%x: tensor<64x!bitserial.int<2, signed>, #x>, %w: tensor<64x!bitserial.int<2, ternary>, #w>) -> tensor<i32> {
  %0 = bitserial.contract %x, %w indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> (k)>, affine_map<(k) -> ()>]
    : tensor<64x!bitserial.int<2, signed>, #x>, tensor<64x!bitserial.int<2, ternary>, #w> -> tensor<i32>
  return %0 : tensor<i32>
}

// -----

// Bipolar weights (w = -1 + 2 w0): one popcount per activation word, for all
// outputs.

#x = #bitserial.layout<packed = 1, word = 32>
#w = #bitserial.layout<packed = 1, word = 32, inner_dims_pos = [0], inner_tiles = [16], planes = 2>
// CHECK-DAG: #[[ROW:.+]] = affine_map<(d0, d1) -> (d0)>
// CHECK-DAG: #[[ID:.+]] = affine_map<(d0, d1) -> (d0, d1)>
// CHECK-LABEL: func @activation_sums(
// CHECK-SAME: %[[X:[^:]+]]: tensor<2x4x2xi32>
// CHECK-DAG: %[[TWO:.+]] = arith.constant 2 : i32
// CHECK-DAG: %[[MINUS:.+]] = arith.constant -1 : i32
// CHECK-DAG: %[[X0:.+]] = tensor.extract_slice %[[X]][0, 0, 0] [1, 4, 2] [1, 1, 1]
// CHECK-DAG: %[[X1:.+]] = tensor.extract_slice %[[X]][1, 0, 0] [1, 4, 2] [1, 1, 1]
// CHECK: %[[COUNTS:.+]] = linalg.generic {{.*}} ins(%[[X0]], %[[X1]] : tensor<4x2xi32>, tensor<4x2xi32>) outs(%{{.+}} : tensor<4x2xi32>) {
// CHECK-NEXT: ^bb0(%[[IN0:.+]]: i32, %[[IN1:.+]]: i32, %{{.+}}: i32):
// CHECK-NEXT: %[[C0:.+]] = math.ctpop %[[IN0]] : i32
// CHECK-NEXT: %[[C1:.+]] = math.ctpop %[[IN1]] : i32
// CHECK-NEXT: %[[S1:.+]] = arith.muli %[[C1]], %[[TWO]] : i32
// CHECK-NEXT: %[[S:.+]] = arith.addi %[[C0]], %[[S1]] : i32
// CHECK-NEXT: linalg.yield %[[S]]
// CHECK: %[[SUMS:.+]] = linalg.generic {{.*}} iterator_types = ["parallel", "reduction"]} ins(%[[COUNTS]], %{{.+}} : tensor<4x2xi32>, tensor<2xi32>) outs(%{{.+}} : tensor<4xi32>)
// CHECK: %[[INIT:.+]] = linalg.generic {indexing_maps = [#[[ROW]], #[[ID]]]{{.*}} ins(%[[SUMS]] : tensor<4xi32>) outs(%{{.+}} : tensor<4x16xi32>) {
// CHECK-NEXT: ^bb0(%[[SUM:.+]]: i32, %{{.+}}: i32):
// CHECK-NEXT: %[[TERM:.+]] = arith.muli %[[SUM]], %[[MINUS]] : i32
// CHECK-NEXT: linalg.yield %[[TERM]]
// CHECK: bitserial.reduce {{.*}} outs(%[[INIT]] : tensor<4x16xi32>)
func.func @activation_sums(%x: tensor<4x64x!bitserial.int<2, unsigned>, #x>, %w: tensor<16x64x!bitserial.int<1, bipolar>, #w>) -> tensor<4x16xi32> {
  %0 = bitserial.contract %x, %w
    indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
    : tensor<4x64x!bitserial.int<2, unsigned>, #x>, tensor<16x64x!bitserial.int<1, bipolar>, #w> -> tensor<4x16xi32>
  return %0 : tensor<4x16xi32>
}

// -----

// Bipolar activations (alpha = -1): sums of the weights, here of words that
// only run time knows. Their padding up to whole words is zero: no offset for
// it in 3 * 40.

#x = #bitserial.layout<packed = 1, word = 32>
#w = #bitserial.layout<packed = 2, word = 32, planes = 3>
// CHECK-LABEL: func @weight_sums(
// CHECK-SAME: %{{[^:]+}}: tensor<1x3x2xi32> {{.*}}, %[[W:[^:]+]]: tensor<5x3x2x1xi32>
// CHECK-DAG: %[[MINUS120:.+]] = arith.constant -120 : i32
// CHECK: %[[W0:.+]] = tensor.extract_slice %[[W]]{{.*}} to tensor<5x3x2xi32>
// CHECK: %[[COUNTS:.+]] = linalg.generic {{.*}} ins(%[[W0]] : tensor<5x3x2xi32>)
// CHECK: math.ctpop
// CHECK: arith.muli %{{.+}}, %c2_i32
// CHECK: %[[ROWS:.+]] = linalg.generic {{.*}} ins(%[[COUNTS]], %{{.+}} : tensor<5x3x2xi32>, tensor<2xi32>) outs(%{{.+}} : tensor<5x3xi32>)
// CHECK: %[[SUMS:.+]] = linalg.generic {{.*}} ins(%[[ROWS]], %{{.+}} : tensor<5x3xi32>, tensor<3xi32>) outs(%{{.+}} : tensor<5xi32>)
// CHECK: linalg.generic {{.*}} ins(%[[SUMS]] : tensor<5xi32>)
// CHECK: arith.addi %{{.+}}, %[[MINUS120]]
// CHECK-NOT: linalg.index
// CHECK: bitserial.reduce
func.func @weight_sums(%x: tensor<3x40x!bitserial.int<1, bipolar>, #x>, %w: tensor<5x3x40x!bitserial.int<1, bipolar>, #w>) -> tensor<5xi32> {
  %0 = bitserial.contract %x, %w
    indexing_maps = [affine_map<(n, t, k) -> (t, k)>, affine_map<(n, t, k) -> (n, t, k)>, affine_map<(n, t, k) -> (n)>]
    : tensor<3x40x!bitserial.int<1, bipolar>, #x>, tensor<5x3x40x!bitserial.int<1, bipolar>, #w> -> tensor<5xi32>
  return %0 : tensor<5xi32>
}

// -----

// A zero point is an offset like any other. The sums of constant weights are
// constant: 2 * (1 - 3 + 3), 2 * 2.

#x = #bitserial.layout<packed = 0, word = 8>
#w = #bitserial.layout<packed = 1, word = 8, planes = 2>
// CHECK-LABEL: func @constant_weights(
// CHECK-DAG: %[[SUMS:.+]] = arith.constant dense<[2, 4]> : tensor<2xi32>
// CHECK-NOT: math.ctpop
// CHECK: bitserial.reduce {{.*}} outs(%[[SUMS]] : tensor<2xi32>)
func.func @constant_weights(%x: tensor<4x!bitserial.int<2, unsigned, zero_point = -2>, #x>) -> tensor<2xi32> {
  %w = bitserial.constant dense<[[1, -3, 3, 0], [2, 0, 0, 0]]> : tensor<2x4xi8> to tensor<2x4x!bitserial.int<3, signed>>
  %p = bitserial.pack %w : tensor<2x4x!bitserial.int<3, signed>> to tensor<2x4x!bitserial.int<3, signed>, #w>
  %0 = bitserial.contract %x, %p
    indexing_maps = [affine_map<(n, k) -> (k)>, affine_map<(n, k) -> (n, k)>, affine_map<(n, k) -> (n)>]
    : tensor<4x!bitserial.int<2, unsigned, zero_point = -2>, #x>, tensor<2x4x!bitserial.int<3, signed>, #w> -> tensor<2xi32>
  return %0 : tensor<2xi32>
}

// -----

// Box sums of a convolution: rows first where a stride leaves out some of them,
// then the words of a pixel, a short loop inside, then columns.

#layout = #bitserial.layout<packed = 3, word = 32>
#weights = #bitserial.layout<packed = 3, word = 32, inner_dims_pos = [0], inner_tiles = [16], planes = 5>

// CHECK-LABEL: func @strided(
// CHECK: %[[COUNTS:.+]] = linalg.generic {{.*}} outs(%{{.+}} : tensor<1x9x9x2xi32>)
// CHECK: %[[ROWS:.+]] = linalg.generic {{.*}} iterator_types = ["reduction", "parallel", "parallel", "parallel", "parallel"]} ins(%[[COUNTS]], %{{.+}} : tensor<1x9x9x2xi32>, tensor<3xi32>) outs(%{{.+}} : tensor<1x4x9x2xi32>)
// CHECK: %[[PIXELS:.+]] = linalg.generic {{.*}} iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%[[ROWS]], %{{.+}} : tensor<1x4x9x2xi32>, tensor<2xi32>) outs(%{{.+}} : tensor<1x4x9xi32>)
// CHECK: %[[SUMS:.+]] = linalg.generic {{.*}} ins(%[[PIXELS]], %{{.+}} : tensor<1x4x9xi32>, tensor<3xi32>) outs(%{{.+}} : tensor<1x4x4xi32>)
// CHECK: linalg.generic {{.*}} ins(%[[SUMS]] : tensor<1x4x4xi32>)
func.func @strided(%x: tensor<1x9x9x64x!bitserial.int<1, unsigned>, #layout>,
                   %w: tensor<16x3x3x64x!bitserial.int<1, bipolar>, #weights>) -> tensor<1x4x4x16xi32> {
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(n, h, w, o, kh, kw, c) -> (n, h * 2 + kh, w * 2 + kw, c)>,
                       affine_map<(n, h, w, o, kh, kw, c) -> (o, kh, kw, c)>,
                       affine_map<(n, h, w, o, kh, kw, c) -> (n, h, w, o)>]
      : tensor<1x9x9x64x!bitserial.int<1, unsigned>, #layout>, tensor<16x3x3x64x!bitserial.int<1, bipolar>, #weights> -> tensor<1x4x4x16xi32>
  return %0 : tensor<1x4x4x16xi32>
}

// -----

// Windows of one element are nothing to sum.

#layout = #bitserial.layout<packed = 3, word = 32>
#weights = #bitserial.layout<packed = 3, word = 32, inner_dims_pos = [0], inner_tiles = [16], planes = 5>

// CHECK-LABEL: func @pointwise(
// CHECK: %[[COUNTS:.+]] = linalg.generic {{.*}} outs(%{{.+}} : tensor<1x9x9x2xi32>)
// CHECK: %[[PIXELS:.+]] = linalg.generic {{.*}} ins(%[[COUNTS]], %{{.+}} : tensor<1x9x9x2xi32>, tensor<2xi32>) outs(%{{.+}} : tensor<1x9x9xi32>)
// CHECK: linalg.generic {{.*}} ins(%[[PIXELS]] : tensor<1x9x9xi32>)
// CHECK: bitserial.reduce
func.func @pointwise(%x: tensor<1x9x9x64x!bitserial.int<1, unsigned>, #layout>,
                     %w: tensor<16x1x1x64x!bitserial.int<1, bipolar>, #weights>) -> tensor<1x9x9x16xi32> {
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(n, h, w, o, kh, kw, c) -> (n, h + kh, w + kw, c)>,
                       affine_map<(n, h, w, o, kh, kw, c) -> (o, kh, kw, c)>,
                       affine_map<(n, h, w, o, kh, kw, c) -> (n, h, w, o)>]
      : tensor<1x9x9x64x!bitserial.int<1, unsigned>, #layout>, tensor<16x1x1x64x!bitserial.int<1, bipolar>, #weights> -> tensor<1x9x9x16xi32>
  return %0 : tensor<1x9x9x16xi32>
}
