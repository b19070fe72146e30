// Counters that hold two steps, of four words each: bodies that take more are
// flushed between their steps, since fewer words a step would take more ops.

// RUN: sed 's/capacity = 255/capacity = 17/' %S/Inputs/kernels/avx2-a1w1-carry-save.mlir > %t.kernel.mlir
// RUN: bitserial-opt %s --split-input-file --pass-pipeline='builtin.module(bitserial-set-target{cpu=haswell},func.func(bitserial-lower-reduce{kernels=%t.kernel.mlir}),canonicalize,cse)' | FileCheck %s

// Nine words are two steps and one word, without loops: a flush before the
// third. The end counts three of the state.

// CHECK-LABEL: func @unrolled(
// CHECK-NOT: scf.for
// CHECK-COUNT-4: "llvm.x86.avx2.psad.bw"
// CHECK-NOT: psad.bw
// CHECK: return
func.func @unrolled(%a: tensor<1x1x3x3xi64>, %w: tensor<1x3x3x4xi64>, %acc: tensor<1x4xi32>) -> tensor<1x4xi32> {
  %0 = bitserial.reduce ins(%a, %w : tensor<1x1x3x3xi64>, tensor<1x3x3x4xi64>) outs(%acc : tensor<1x4xi32>)
      indexing_maps = [affine_map<(m, n, k0, k1) -> (m, k0, k1)>, affine_map<(m, n, k0, k1) -> (k0, k1, n)>,
                       affine_map<(m, n, k0, k1) -> (m, n)>] plane_dims = [0, 0] {
  ^bb0(%a0: i1, %w0: i1):
    %x0 = arith.andi %a0, %w0 : i1
    %s0 = arith.extui %x0 : i1 to i32
    bitserial.yield %s0 : i32
  } -> tensor<1x4xi32>
  return %0 : tensor<1x4xi32>
}

// -----

// Six steps a trip: two flushes within and one behind each trip but the last,
// which the end follows.

// CHECK-LABEL: func @trips(
// CHECK: scf.for %{{.+}} = %c0 to %c32 step %c8
// CHECK-COUNT-3: "llvm.x86.avx2.psad.bw"
// CHECK: scf.yield
// CHECK-NOT: scf.for
// CHECK-COUNT-5: "llvm.x86.avx2.psad.bw"
// CHECK-NOT: psad.bw
// CHECK: return
func.func @trips(%a: tensor<1x1x40x3xi64>, %w: tensor<1x40x3x4xi64>, %acc: tensor<1x4xi32>) -> tensor<1x4xi32> {
  %0 = bitserial.reduce ins(%a, %w : tensor<1x1x40x3xi64>, tensor<1x40x3x4xi64>) outs(%acc : tensor<1x4xi32>)
      indexing_maps = [affine_map<(m, n, k0, k1) -> (m, k0, k1)>, affine_map<(m, n, k0, k1) -> (k0, k1, n)>,
                       affine_map<(m, n, k0, k1) -> (m, n)>] plane_dims = [0, 0] {
  ^bb0(%a0: i1, %w0: i1):
    %x0 = arith.andi %a0, %w0 : i1
    %s0 = arith.extui %x0 : i1 to i32
    bitserial.yield %s0 : i32
  } -> tensor<1x4xi32>
  return %0 : tensor<1x4xi32>
}

// -----

// Two steps a strip, then three single words: flushed before them, between
// them, and behind them, as the outer loop goes on.

// CHECK-LABEL: func @rest(
// CHECK: scf.for %{{.+}} = %c0 to %c3 step %c1
// CHECK: scf.for %{{.+}} = %c32 to %c40 step %c4
// CHECK: scf.yield
// CHECK-COUNT-3: "llvm.x86.avx2.psad.bw"
// CHECK-NOT: psad.bw
// CHECK: scf.yield
func.func @rest(%a: tensor<1x1x3x43xi64>, %w: tensor<1x3x43x4xi64>, %acc: tensor<1x4xi32>) -> tensor<1x4xi32> {
  %0 = bitserial.reduce ins(%a, %w : tensor<1x1x3x43xi64>, tensor<1x3x43x4xi64>) outs(%acc : tensor<1x4xi32>)
      indexing_maps = [affine_map<(m, n, k0, k1) -> (m, k0, k1)>, affine_map<(m, n, k0, k1) -> (k0, k1, n)>,
                       affine_map<(m, n, k0, k1) -> (m, n)>] plane_dims = [0, 0] {
  ^bb0(%a0: i1, %w0: i1):
    %x0 = arith.andi %a0, %w0 : i1
    %s0 = arith.extui %x0 : i1 to i32
    bitserial.yield %s0 : i32
  } -> tensor<1x4xi32>
  return %0 : tensor<1x4xi32>
}
