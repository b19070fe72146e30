// What a kernel is not for is left to the reference lowering: vectors that are
// narrower than its own, words of another width.

// RUN: bitserial-opt %s --split-input-file --pass-pipeline='builtin.module(bitserial-set-target{cpu=haswell},func.func(bitserial-lower-reduce{kernels=%S/Inputs/kernels/avx2-a1w1-bytes.mlir}),canonicalize,cse)' | FileCheck %s --implicit-check-not=call_intrinsic

// CHECK-LABEL: func @narrow(
// CHECK: math.ctpop %{{.+}} : vector<2xi64>
func.func @narrow(%a: tensor<1x1x3xi64>, %w: tensor<1x3x2xi64>, %acc: tensor<1x2xi32>) -> tensor<1x2xi32> {
  %0 = bitserial.reduce ins(%a, %w : tensor<1x1x3xi64>, tensor<1x3x2xi64>) outs(%acc : tensor<1x2xi32>)
      indexing_maps = [affine_map<(m, n, k0) -> (m, k0)>, affine_map<(m, n, k0) -> (k0, n)>,
                       affine_map<(m, n, k0) -> (m, n)>] plane_dims = [0, 0] {
  ^bb0(%a0: i1, %w0: i1):
    %x0 = arith.andi %a0, %w0 : i1
    %s0 = arith.extui %x0 : i1 to i32
    bitserial.yield %s0 : i32
  } -> tensor<1x2xi32>
  return %0 : tensor<1x2xi32>
}

// -----

// CHECK-LABEL: func @word(
// CHECK: math.ctpop %{{.+}} : vector<8xi32>
func.func @word(%a: tensor<1x1x3xi32>, %w: tensor<1x3x8xi32>, %acc: tensor<1x8xi32>) -> tensor<1x8xi32> {
  %0 = bitserial.reduce ins(%a, %w : tensor<1x1x3xi32>, tensor<1x3x8xi32>) outs(%acc : tensor<1x8xi32>)
      indexing_maps = [affine_map<(m, n, k0) -> (m, k0)>, affine_map<(m, n, k0) -> (k0, n)>,
                       affine_map<(m, n, k0) -> (m, n)>] plane_dims = [0, 0] {
  ^bb0(%a0: i1, %w0: i1):
    %x0 = arith.andi %a0, %w0 : i1
    %s0 = arith.extui %x0 : i1 to i32
    bitserial.yield %s0 : i32
  } -> tensor<1x8xi32>
  return %0 : tensor<1x8xi32>
}

// -----

// CHECK-LABEL: func @lanes(
// CHECK: math.ctpop %{{.+}} : vector<4xi64>
// CHECK: vector.reduction
func.func @lanes(%a: tensor<1x1x4xi64>, %w: tensor<1x1x4xi64>, %acc: tensor<1x1xi32>) -> tensor<1x1xi32> {
  %0 = bitserial.reduce ins(%a, %w : tensor<1x1x4xi64>, tensor<1x1x4xi64>) outs(%acc : tensor<1x1xi32>)
      indexing_maps = [affine_map<(m, n, k0) -> (m, k0)>, affine_map<(m, n, k0) -> (n, k0)>,
                       affine_map<(m, n, k0) -> (m, n)>] plane_dims = [0, 0] {
  ^bb0(%a0: i1, %w0: i1):
    %x0 = arith.andi %a0, %w0 : i1
    %s0 = arith.extui %x0 : i1 to i32
    bitserial.yield %s0 : i32
  } -> tensor<1x1xi32>
  return %0 : tensor<1x1xi32>
}
