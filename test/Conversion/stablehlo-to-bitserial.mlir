// RUN: bitserial-opt %s --bitserial-convert-stablehlo --canonicalize | FileCheck %s

// Groups are dimensions of their own; u8 numbers become signless; a private
// function is inlined.

// CHECK-DAG: #[[LHS:.+]] = affine_map<(d0, d1, d2, d3, d4, d5, d6, d7) -> (d0, d1 + d5, d2 + d6, d3, d7)>
// CHECK-DAG: #[[RHS:.+]] = affine_map<(d0, d1, d2, d3, d4, d5, d6, d7) -> (d5, d6, d7, d3, d4)>
// CHECK-DAG: #[[OUT:.+]] = affine_map<(d0, d1, d2, d3, d4, d5, d6, d7) -> (d0, d1, d2, d3, d4)>

// CHECK-LABEL: func public @main(
// CHECK-SAME:    %[[X:[^:]+]]: tensor<1x8x8x6xi8>
// CHECK-NOT: jax
func.func public @main(%x: tensor<1x8x8x6xui8>) -> (tensor<1x8x8x4xi32> {jax.result_info = "result"}) {
  // CHECK: %[[FEW:.+]] = arith.minui %[[X]]
  // CHECK: %[[SPLIT:.+]] = tensor.expand_shape %[[FEW]] {{.*}} into tensor<1x8x8x2x3xi8>
  // CHECK: bitserial.encode %[[SPLIT]] : tensor<1x8x8x2x3xi8> to tensor<1x8x8x2x3x!bitserial.int<2, unsigned>>
  // CHECK: %[[SUMS:.+]] = bitserial.contract
  // CHECK-SAME: indexing_maps = [#[[LHS]], #[[RHS]], #[[OUT]]]
  // CHECK-SAME: pad_low = [0, 1, 1, 0, 0] pad_high = [0, 1, 1, 0, 0]
  // CHECK: tensor.collapse_shape %[[SUMS]] {{.*}} into tensor<1x8x8x4xi32>
  %few = call @limit(%x) : (tensor<1x8x8x6xui8>) -> tensor<1x8x8x6xui8>
  %w = stablehlo.constant dense<1> : tensor<3x3x3x4xi8>
  %0 = stablehlo.convolution(%few, %w) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {pad = [[1, 1], [1, 1]]} {batch_group_count = 1 : i64, feature_group_count = 2 : i64} : (tensor<1x8x8x6xui8>, tensor<3x3x3x4xi8>) -> tensor<1x8x8x4xi32>
  return %0 : tensor<1x8x8x4xi32>
}

// CHECK-NOT: @limit
func.func private @limit(%x: tensor<1x8x8x6xui8>) -> tensor<1x8x8x6xui8> {
  %c = stablehlo.constant dense<3> : tensor<1x8x8x6xui8>
  %0 = stablehlo.minimum %x, %c : tensor<1x8x8x6xui8>
  return %0 : tensor<1x8x8x6xui8>
}
