// What runs along the lanes of vectors, and lanes that are left over.

// RUN: bitserial-opt %s --split-input-file --pass-pipeline='builtin.module(bitserial-set-target{cpu=icelake-server},func.func(bitserial-lower-reduce),canonicalize,cse)' | FileCheck %s --implicit-check-not=mask --implicit-check-not='tensor.insert_slice'

// The weights store words of one output innermost: lanes are summed at the end,
// one accumulator per output.

// CHECK-LABEL: func @words(
// CHECK-SAME: %[[A:[^:]+]]: tensor<1x2x3x16xi32>, %[[W:[^:]+]]: tensor<1x2x3x16xi32>, %[[ACC:[^:]+]]: tensor<2x2xi32>
// CHECK: %[[P:.+]]:4 = scf.for %[[K:.+]] = %c0 to %c48 step %c16
// CHECK: %[[TILE:.+]] = affine.apply #{{.+}}(%[[K]])
// CHECK: %[[IN:.+]] = affine.apply #{{.+}}(%[[K]])
// CHECK: %[[W0:.+]] = vector.transfer_read %[[W]][%c0, %c0, %[[TILE]], %[[IN]]]
// CHECK: %[[W1:.+]] = vector.transfer_read %[[W]][%c0, %c1, %[[TILE]], %[[IN]]]
// CHECK: %[[A0:.+]] = vector.transfer_read %[[A]][%c0, %c0, %[[TILE]], %[[IN]]]
// CHECK: arith.andi %[[A0]], %[[W0]]
// CHECK: arith.andi %[[A0]], %[[W1]]
// CHECK: %[[SUM:.+]] = vector.reduction <add>, %[[P]]#0 : vector<16xi32> into i32
// CHECK: %[[OLD:.+]] = tensor.extract %[[ACC]][%c0, %c0]
// CHECK: %[[NEW:.+]] = arith.addi %[[OLD]], %[[SUM]]
// CHECK: tensor.insert %[[NEW]] into %[[ACC]][%c0, %c0]
func.func @words(%a: tensor<1x2x3x16xi32>, %w: tensor<1x2x3x16xi32>, %acc: tensor<2x2xi32>) -> tensor<2x2xi32> {
  %0 = bitserial.reduce ins(%a, %w : tensor<1x2x3x16xi32>, tensor<1x2x3x16xi32>) outs(%acc : tensor<2x2xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k floordiv 16, k mod 16)>, affine_map<(m, n, k) -> (n, k floordiv 16, k mod 16)>,
                       affine_map<(m, n, k) -> (m, n)>] plane_dims = [0, 0] {
  ^bb0(%a0: i1, %w0: i1):
    %x0 = arith.andi %a0, %w0 : i1
    %s0 = arith.extui %x0 : i1 to i32
    bitserial.yield %s0 : i32
  } -> tensor<2x2xi32>
  return %0 : tensor<2x2xi32>
}

// -----

// 35 words are two vectors and three lanes, which are read as such; a loop
// inside of theirs is there for both.

// CHECK-LABEL: func @words_left_over(
// CHECK: %[[WHOLE:.+]] = scf.for %[[K:.+]] = %c0 to %c32 step %c16
// CHECK: scf.for %{{.+}} = %c0 to %c5 step %c1
// CHECK: vector.transfer_read %{{.+}}, %[[K]]], {{.*}} {in_bounds = [true]} : tensor<1x5x35xi32>, vector<16xi32>
// CHECK: %[[PART:.+]] = scf.for %[[T:.+]] = %c0 to %c5 step %c1 iter_args(%{{.+}} = %[[WHOLE]])
// CHECK: vector.transfer_read %{{.+}}[%c0, %[[T]], %c32], {{.*}} {in_bounds = [true]} : tensor<1x5x35xi32>, vector<3xi32>
// CHECK: vector.insert_strided_slice %{{.+}} {offsets = [0], strides = [1]} : vector<3xi32> into vector<16xi32>
// CHECK: vector.reduction <add>, %[[PART]]
func.func @words_left_over(%a: tensor<1x5x35xi32>, %w: tensor<1x5x35xi32>, %acc: tensor<i32>) -> tensor<i32> {
  %0 = bitserial.reduce ins(%a, %w : tensor<1x5x35xi32>, tensor<1x5x35xi32>) outs(%acc : tensor<i32>)
      indexing_maps = [affine_map<(k, t) -> (t, k)>, affine_map<(k, t) -> (t, k)>, affine_map<(k, t) -> ()>] plane_dims = [0, 0] {
  ^bb0(%a0: i1, %w0: i1):
    %x0 = arith.andi %a0, %w0 : i1
    %s0 = arith.extui %x0 : i1 to i32
    bitserial.yield %s0 : i32
  } -> tensor<i32>
  return %0 : tensor<i32>
}

// -----

// 20 outputs in weights of 32: the rest of the second vector is computed, as the
// weights are padded, but only four lanes of it are read from the destination
// and written.

// CHECK-LABEL: func @outputs_left_over(
// CHECK-SAME: %{{[^:]+}}: {{.*}}, %[[W:[^:]+]]: tensor<1x18x1x32xi32>, %[[ACC:[^:]+]]: tensor<1x20xi32>
// CHECK: %[[P:.+]]:2 = scf.for
// CHECK: vector.transfer_read %[[W]][%c0, %{{.+}}, %c0, %c16], {{.*}} {in_bounds = [true]} : tensor<1x18x1x32xi32>, vector<16xi32>
// CHECK: %[[OLD:.+]] = vector.transfer_read %[[ACC]][%c0, %c16], {{.*}} {in_bounds = [true]} : tensor<1x20xi32>, vector<4xi32>
// CHECK: %[[WIDE:.+]] = vector.insert_strided_slice %[[OLD]]
// CHECK: %[[NEW:.+]] = arith.addi %[[WIDE]], %[[P]]#1
// CHECK: %[[FOUR:.+]] = vector.extract_strided_slice %[[NEW]] {offsets = [0], sizes = [4], strides = [1]}
// CHECK: vector.transfer_write %[[FOUR]], %{{.+}}[%c0, %c16] {in_bounds = [true]} : vector<4xi32>, tensor<1x20xi32>
func.func @outputs_left_over(%a: tensor<1x1x18xi32>, %w: tensor<1x18x1x32xi32>, %acc: tensor<1x20xi32>) -> tensor<1x20xi32> {
  %0 = bitserial.reduce ins(%a, %w : tensor<1x1x18xi32>, tensor<1x18x1x32xi32>) outs(%acc : tensor<1x20xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n floordiv 32, k, n mod 32)>,
                       affine_map<(m, n, k) -> (m, n)>] plane_dims = [0, 2] {
  ^bb0(%a0: i1, %w0: i1):
    %x0 = arith.andi %a0, %w0 : i1
    %s0 = arith.extui %x0 : i1 to i32
    bitserial.yield %s0 : i32
  } -> tensor<1x20xi32>
  return %0 : tensor<1x20xi32>
}

// -----

// Lanes along a dimension of both operands (groups): activations are read as
// vectors too, and the destination is written across its rows.

// CHECK-LABEL: func @groups(
// CHECK: scf.for
// CHECK: %[[W:.+]] = vector.transfer_read %{{.+}} : tensor<1x9x16xi32>, vector<16xi32>
// CHECK: %[[A0:.+]] = vector.transfer_read %{{.+}} : tensor<1x2x9x16xi32>, vector<16xi32>
// CHECK: arith.andi %[[A0]], %[[W]]
// CHECK: %[[A1:.+]] = vector.transfer_read %{{.+}} : tensor<1x2x9x16xi32>, vector<16xi32>
// CHECK: arith.andi %[[A1]], %[[W]]
// CHECK: vector.transfer_write %{{.+}}[%c0, %c1] {in_bounds = [true], permutation_map = #{{.+}}} : vector<16xi32>, tensor<16x2xi32>
func.func @groups(%a: tensor<1x2x9x16xi32>, %w: tensor<1x9x16xi32>, %acc: tensor<16x2xi32>) -> tensor<16x2xi32> {
  %0 = bitserial.reduce ins(%a, %w : tensor<1x2x9x16xi32>, tensor<1x9x16xi32>) outs(%acc : tensor<16x2xi32>)
      indexing_maps = [affine_map<(g, m, k) -> (m, k, g)>, affine_map<(g, m, k) -> (k, g)>, affine_map<(g, m, k) -> (g, m)>] plane_dims = [0, 0] {
  ^bb0(%a0: i1, %w0: i1):
    %x0 = arith.andi %a0, %w0 : i1
    %s0 = arith.extui %x0 : i1 to i32
    bitserial.yield %s0 : i32
  } -> tensor<16x2xi32>
  return %0 : tensor<16x2xi32>
}
