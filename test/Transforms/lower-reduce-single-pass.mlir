// A matrix times one vector is bound by reading the matrix: all planes of the
// activations meet a word of the weights when it is read, each coefficient with
// an accumulator of its own.

// RUN: bitserial-opt %s --bitserial-set-target=cpu=icelake-server --bitserial-tile --canonicalize --cse --bitserial-lower-reduce --canonicalize --cse | FileCheck %s

// Two coefficients for each of four vectors: eight accumulators, one loop.
// CHECK-LABEL: func.func @one_row(
// CHECK: scf.for {{.*}} -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>)
// CHECK-COUNT-8: math.ctpop
// CHECK: scf.yield
// The second coefficient is 2.
// CHECK: arith.shli
// CHECK-NOT: scf.for
// CHECK: return
func.func @one_row(%a: tensor<2x1x18xi32>, %w: tensor<1x18x1x64xi32>, %acc: tensor<1x64xi32>) -> tensor<1x64xi32> {
  %0 = bitserial.reduce ins(%a, %w : tensor<2x1x18xi32>, tensor<1x18x1x64xi32>) outs(%acc : tensor<1x64xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>,
                       affine_map<(m, n, k) -> (m, n)>] plane_dims = [0, 2] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %two = arith.constant 2 : i32
    %x0 = arith.andi %a0, %w0 : i1
    %x1 = arith.andi %a1, %w0 : i1
    %e0 = arith.extui %x0 : i1 to i32
    %e1 = arith.extui %x1 : i1 to i32
    %s1 = arith.muli %e1, %two : i32
    %s = arith.addi %e0, %s1 : i32
    bitserial.yield %s : i32
  } -> tensor<1x64xi32>
  return %0 : tensor<1x64xi32>
}

// With several rows weights are read from the first-level cache: one pass for
// each plane, as many accumulators as outputs.
// CHECK-LABEL: func.func @rows(
// CHECK: scf.for
// CHECK-COUNT-16: math.ctpop
// CHECK-NOT: math.ctpop
// CHECK: scf.yield
// CHECK: scf.for
// CHECK-COUNT-16: math.ctpop
// CHECK: return
func.func @rows(%a: tensor<2x4x18xi32>, %w: tensor<1x18x1x64xi32>, %acc: tensor<4x64xi32>) -> tensor<4x64xi32> {
  %0 = bitserial.reduce ins(%a, %w : tensor<2x4x18xi32>, tensor<1x18x1x64xi32>) outs(%acc : tensor<4x64xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>,
                       affine_map<(m, n, k) -> (m, n)>] plane_dims = [0, 2] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %two = arith.constant 2 : i32
    %x0 = arith.andi %a0, %w0 : i1
    %x1 = arith.andi %a1, %w0 : i1
    %e0 = arith.extui %x0 : i1 to i32
    %e1 = arith.extui %x1 : i1 to i32
    %s1 = arith.muli %e1, %two : i32
    %s = arith.addi %e0, %s1 : i32
    bitserial.yield %s : i32
  } -> tensor<4x64xi32>
  return %0 : tensor<4x64xi32>
}
