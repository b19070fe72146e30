// A kernel that makes tables of the activations is right where all lanes have
// the same: not in a depthwise reduce, whose channels run along the lanes of
// both inputs. Without that restriction it would be used.

// RUN: bitserial-opt %s --pass-pipeline='builtin.module(bitserial-set-target{cpu=haswell},func.func(bitserial-lower-reduce{kernels=%S/Inputs/kernels/avx2-a1w1-bytes.mlir}))' | FileCheck %s --check-prefixes=CHECK,ANY
// RUN: sed 's/attributes {bitserial.kernel = {/&shared_words,/' %S/Inputs/kernels/avx2-a1w1-bytes.mlir > %t.kernel.mlir
// RUN: bitserial-opt %s --pass-pipeline='builtin.module(bitserial-set-target{cpu=haswell},func.func(bitserial-lower-reduce{kernels=%t.kernel.mlir}))' | FileCheck %s --check-prefixes=CHECK,SHARED

// CHECK-LABEL: func @depthwise(
// ANY: pshuf.b
// SHARED-NOT: pshuf.b
// SHARED: math.ctpop %{{.+}} : vector<4xi64>
// SHARED-NOT: pshuf.b
// CHECK: return
func.func @depthwise(%a: tensor<1x9x4xi64>, %w: tensor<1x9x4xi64>, %acc: tensor<4xi32>) -> tensor<4xi32> {
  %0 = bitserial.reduce ins(%a, %w : tensor<1x9x4xi64>, tensor<1x9x4xi64>) outs(%acc : tensor<4xi32>)
      indexing_maps = [affine_map<(c, k0) -> (k0, c)>, affine_map<(c, k0) -> (k0, c)>,
                       affine_map<(c, k0) -> (c)>] plane_dims = [0, 0] {
  ^bb0(%a0: i1, %w0: i1):
    %x0 = arith.andi %a0, %w0 : i1
    %s0 = arith.extui %x0 : i1 to i32
    bitserial.yield %s0 : i32
  } -> tensor<4xi32>
  return %0 : tensor<4xi32>
}

// CHECK-LABEL: func @dense(
// CHECK: pshuf.b
// CHECK: return
func.func @dense(%a: tensor<1x1x9xi64>, %w: tensor<1x9x4xi64>, %acc: tensor<1x4xi32>) -> tensor<1x4xi32> {
  %0 = bitserial.reduce ins(%a, %w : tensor<1x1x9xi64>, tensor<1x9x4xi64>) outs(%acc : tensor<1x4xi32>)
      indexing_maps = [affine_map<(m, n, k0) -> (m, k0)>, affine_map<(m, n, k0) -> (k0, n)>,
                       affine_map<(m, n, k0) -> (m, n)>] plane_dims = [0, 0] {
  ^bb0(%a0: i1, %w0: i1):
    %x0 = arith.andi %a0, %w0 : i1
    %s0 = arith.extui %x0 : i1 to i32
    bitserial.yield %s0 : i32
  } -> tensor<1x4xi32>
  return %0 : tensor<1x4xi32>
}
