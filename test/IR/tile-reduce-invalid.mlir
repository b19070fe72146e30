// What cannot be tiled: tiles across the borders of inner tiles.

// RUN: not bitserial-opt %s --transform-interpreter --split-input-file 2>&1 | FileCheck %s

// CHECK: [[# @LINE + 2]]:8: error: 'bitserial.reduce' op cannot be tiled by 24 along dimension d1, which has inner tiles of 64 words: use a multiple or a divisor of 64
func.func @neither(%a: tensor<1x8x18xi32>, %w: tensor<2x18x1x64xi32>, %acc: tensor<8x120xi32>) -> tensor<8x120xi32> {
  %0 = bitserial.reduce ins(%a, %w : tensor<1x8x18xi32>, tensor<2x18x1x64xi32>) outs(%acc : tensor<8x120xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>,
                       affine_map<(m, n, k) -> (m, n)>] plane_dims = [0, 2] {
  ^bb0(%a0: i1, %w0: i1):
    %x = arith.andi %a0, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<8x120xi32>
  return %0 : tensor<8x120xi32>
}
module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %reduce = transform.structured.match ops{["bitserial.reduce"]} in %root : (!transform.any_op) -> !transform.any_op
    %tile, %loop = transform.structured.tile_using_for %reduce tile_sizes [0, 24]
      : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    transform.yield
  }
}

// -----

// 7 divides nothing, and the last tile is smaller still.
// CHECK: [[# @LINE + 2]]:8: error: 'bitserial.reduce' op cannot be tiled by 7 along dimension d2, which has inner tiles of 4 words: use a multiple or a divisor of 4
func.func @reduction(%a: tensor<1x8x5x4xi32>, %acc: tensor<8xi32>) -> tensor<8xi32> {
  %0 = bitserial.reduce ins(%a, %a : tensor<1x8x5x4xi32>, tensor<1x8x5x4xi32>) outs(%acc : tensor<8xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k floordiv 4, k mod 4)>, affine_map<(m, n, k) -> (n, k floordiv 4, k mod 4)>,
                       affine_map<(m, n, k) -> (m)>] plane_dims = [0, 0] {
  ^bb0(%a0: i1, %w0: i1):
    %x = arith.andi %a0, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<8xi32>
  return %0 : tensor<8xi32>
}
module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %reduce = transform.structured.match ops{["bitserial.reduce"]} in %root : (!transform.any_op) -> !transform.any_op
    %tile, %loop = transform.structured.tile_using_for %reduce tile_sizes [0, 0, 7]
      : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    transform.yield
  }
}

// -----

// A consumer whose tiles of 3 start at multiples of 2, some across two inner
// tiles.
// CHECK: [[# @LINE + 2]]:8: error: 'bitserial.reduce' op cannot be tiled by 3 at multiples of 2 along dimension d0, which has inner tiles of 4 words: use a multiple or a divisor of 4
func.func @fused(%w: tensor<4x18x1x4xi32>, %acc: tensor<16xi32>, %out: tensor<7xi32>) -> tensor<7xi32> {
  %0 = bitserial.reduce ins(%w : tensor<4x18x1x4xi32>) outs(%acc : tensor<16xi32>)
      indexing_maps = [affine_map<(n, k) -> (n floordiv 4, k, n mod 4)>, affine_map<(n, k) -> (n)>] plane_dims = [2] {
  ^bb0(%w0: i1):
    %s = arith.extui %w0 : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<16xi32>
  %size = tensor.empty() : tensor<3xi32>
  %1 = linalg.generic {indexing_maps = [affine_map<(n, j) -> (2 * n + j)>, affine_map<(n, j) -> (j)>, affine_map<(n, j) -> (n)>],
                       iterator_types = ["parallel", "reduction"]}
      ins(%0, %size : tensor<16xi32>, tensor<3xi32>) outs(%out : tensor<7xi32>) {
  ^bb0(%r: i32, %f: i32, %o: i32):
    %t = arith.addi %r, %o : i32
    linalg.yield %t : i32
  } -> tensor<7xi32>
  return %1 : tensor<7xi32>
}
module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %generic = transform.structured.match ops{["linalg.generic"]} in %root : (!transform.any_op) -> !transform.any_op
    %reduce = transform.structured.match ops{["bitserial.reduce"]} in %root : (!transform.any_op) -> !transform.any_op
    %tile, %loop = transform.structured.tile_using_forall %generic tile_sizes [1]
      : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    transform.structured.fuse_into_containing_op %reduce into %loop
      : (!transform.any_op, !transform.any_op) -> (!transform.any_op, !transform.any_op)
    transform.yield
  }
}
