// RUN: bitserial-opt %s --bitserial-set-target=cpu=icelake-server --bitserial-tile --canonicalize --cse \
// RUN:   --bitserial-lower-reduce --canonicalize --cse | FileCheck %s

// The epilogue of a reduce is tiled with it and computed on the accumulators:
// sums of 32 bits are never stored.

#lhs = affine_map<(m, n, k) -> (m, k)>
#rhs = affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>
#result = affine_map<(m, n, k) -> (m, n)>
#identity = affine_map<(m, n) -> (m, n)>

// CHECK-LABEL: func.func @requantised(
// CHECK-SAME:      %{{.*}}: tensor<1x12x18xi32>, %{{.*}}: tensor<2x18x1x64xi32>, %[[BIAS:.*]]: tensor<128xi32>)
// CHECK-NOT:     tensor<12x128xi32>
// CHECK:         scf.for {{.*}} -> (tensor<12x128xi8>)
// CHECK:           scf.for {{.*}} -> (tensor<12x128xi8>)
// The loop over words, with accumulators in registers.
// CHECK:             %[[SUMS:.*]]:{{[0-9]+}} = scf.for
// CHECK:               math.ctpop %{{.*}} : vector<16xi32>
// CHECK:             vector.transfer_read {{.*}} vector<16xi32>
// CHECK:             %[[BIASED:.*]] = arith.addi {{.*}} : vector<16xi32>
// CHECK:             %[[CLAMPED:.*]] = arith.maxsi %[[BIASED]], %{{.*}} : vector<16xi32>
// CHECK:             %[[BYTES:.*]] = arith.trunci %[[CLAMPED]] : vector<16xi32> to vector<16xi8>
// CHECK:             vector.transfer_write %[[BYTES]]
// CHECK-NOT:     linalg.generic
// CHECK:         return
func.func @requantised(%a: tensor<1x12x18xi32>, %w: tensor<2x18x1x64xi32>, %bias: tensor<128xi32>) -> tensor<12x128xi8> {
  %zero = arith.constant 0 : i32
  %empty = tensor.empty() : tensor<12x128xi32>
  %init = linalg.fill ins(%zero : i32) outs(%empty : tensor<12x128xi32>) -> tensor<12x128xi32>
  %sums = bitserial.reduce ins(%a, %w : tensor<1x12x18xi32>, tensor<2x18x1x64xi32>) outs(%init : tensor<12x128xi32>)
      indexing_maps = [#lhs, #rhs, #result] plane_dims = [0, 2] {
  ^bb0(%a0: i1, %w0: i1):
    %both = arith.andi %a0, %w0 : i1
    %count = arith.extui %both : i1 to i32
    bitserial.yield %count : i32
  } -> tensor<12x128xi32>
  %bytes = tensor.empty() : tensor<12x128xi8>
  %result = linalg.generic {indexing_maps = [#identity, affine_map<(m, n) -> (n)>, #identity], iterator_types = ["parallel", "parallel"]}
      ins(%sums, %bias : tensor<12x128xi32>, tensor<128xi32>) outs(%bytes : tensor<12x128xi8>) {
  ^bb0(%sum: i32, %b: i32, %out: i8):
    %biased = arith.addi %sum, %b : i32
    %clamped = arith.maxsi %biased, %zero : i32
    %byte = arith.trunci %clamped : i32 to i8
    linalg.yield %byte : i8
  } -> tensor<12x128xi8>
  return %result : tensor<12x128xi8>
}

// The sums are used elsewhere too: they are stored.

// CHECK-LABEL: func.func @used_twice(
// CHECK:         scf.for {{.*}} -> (tensor<12x128xi32>)
func.func @used_twice(%a: tensor<1x12x18xi32>, %w: tensor<2x18x1x64xi32>) -> (tensor<12x128xi32>, tensor<12x128xi32>) {
  %zero = arith.constant 0 : i32
  %empty = tensor.empty() : tensor<12x128xi32>
  %init = linalg.fill ins(%zero : i32) outs(%empty : tensor<12x128xi32>) -> tensor<12x128xi32>
  %sums = bitserial.reduce ins(%a, %w : tensor<1x12x18xi32>, tensor<2x18x1x64xi32>) outs(%init : tensor<12x128xi32>)
      indexing_maps = [#lhs, #rhs, #result] plane_dims = [0, 2] {
  ^bb0(%a0: i1, %w0: i1):
    %both = arith.andi %a0, %w0 : i1
    %count = arith.extui %both : i1 to i32
    bitserial.yield %count : i32
  } -> tensor<12x128xi32>
  %result = linalg.generic {indexing_maps = [#identity, #identity], iterator_types = ["parallel", "parallel"]}
      ins(%sums : tensor<12x128xi32>) outs(%empty : tensor<12x128xi32>) {
  ^bb0(%sum: i32, %out: i32):
    %clamped = arith.maxsi %sum, %zero : i32
    linalg.yield %clamped : i32
  } -> tensor<12x128xi32>
  return %sums, %result : tensor<12x128xi32>, tensor<12x128xi32>
}
