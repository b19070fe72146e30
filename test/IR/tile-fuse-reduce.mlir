// bitserial.reduce is fused into the loop of its consumer.

// RUN: bitserial-opt %s --transform-interpreter --canonicalize --cse | FileCheck %s

// The tile of 32 outputs is two inner tiles of 16.

// CHECK-DAG: #[[INNER_TILE:.+]] = affine_map<(d0) -> (d0 * 2)>
// CHECK-DAG: #[[RHS:.+]] = affine_map<(d0, d1, d2) -> (d1 floordiv 16, d2, d1 mod 16)>
// CHECK-LABEL: func.func @fuse
// CHECK-SAME: (%[[A:[^:]+]]: tensor<2x8x18xi32>, %[[W:[^:]+]]: tensor<8x18x1x16xi32>
// CHECK-NOT: bitserial.reduce
// CHECK: scf.forall (%[[M:.+]], %[[N:.+]]) in (8, 4)
// CHECK-DAG: %[[T:.+]] = affine.apply #[[INNER_TILE]](%[[N]])
// CHECK-DAG: %[[W_TILE:.+]] = tensor.extract_slice %[[W]][%[[T]], 0, 0, 0] [2, 18, 1, 16] [1, 1, 1, 1]
// CHECK: %[[R:.+]] = bitserial.reduce ins(%{{.+}}, %[[W_TILE]] : tensor<2x1x18xi32>, tensor<2x18x1x16xi32>) outs({{.*}} : tensor<1x32xi32>) indexing_maps = [#{{.+}}, #[[RHS]], #{{.+}}]
// CHECK: linalg.generic {{.*}} ins(%[[R]] : tensor<1x32xi32>)
// CHECK: return
func.func @fuse(%a: tensor<2x8x18xi32>, %w: tensor<8x18x1x16xi32>, %acc: tensor<8x128xi32>, %out: tensor<8x128xi8>) -> tensor<8x128xi8> {
  %0 = bitserial.reduce ins(%a, %w : tensor<2x8x18xi32>, tensor<8x18x1x16xi32>) outs(%acc : tensor<8x128xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n floordiv 16, k, n mod 16)>,
                       affine_map<(m, n, k) -> (m, n)>] plane_dims = [0, 2] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %x = arith.andi %a1, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<8x128xi32>
  %1 = linalg.generic {indexing_maps = [affine_map<(m, n) -> (m, n)>, affine_map<(m, n) -> (m, n)>],
                       iterator_types = ["parallel", "parallel"]}
      ins(%0 : tensor<8x128xi32>) outs(%out : tensor<8x128xi8>) {
  ^bb0(%r: i32, %o: i8):
    %t = arith.trunci %r : i32 to i8
    linalg.yield %t : i8
  } -> tensor<8x128xi8>
  return %1 : tensor<8x128xi8>
}

module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %generic = transform.structured.match ops{["linalg.generic"]} in %root : (!transform.any_op) -> !transform.any_op
    %reduce = transform.structured.match ops{["bitserial.reduce"]} in %root : (!transform.any_op) -> !transform.any_op
    %tile, %loop = transform.structured.tile_using_forall %generic tile_sizes [1, 32]
      : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    transform.structured.fuse_into_containing_op %reduce into %loop
      : (!transform.any_op, !transform.any_op) -> (!transform.any_op, !transform.any_op)
    transform.yield
  }
}
