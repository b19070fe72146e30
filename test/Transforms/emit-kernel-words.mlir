// Steps of several words: bodies are unrolled as far as that saves ops.

// RUN: bitserial-opt %s --split-input-file --pass-pipeline='builtin.module(bitserial-set-target{cpu=haswell},func.func(bitserial-lower-reduce{kernels=%S/Inputs/kernels/avx2-a1w1-carry-save.mlir}),canonicalize,cse)' | FileCheck %s --implicit-check-not=ctpop

// Four words at a time, two that are left over one by one. A step of one word
// has two table lookups, as one of four.

// CHECK-LABEL: func @chunks(
// CHECK-SAME: %[[A:[^:]+]]: tensor<1x1x14xi64>, %[[W:[^:]+]]:
// CHECK: scf.for %[[K:.+]] = %c0 to %c12 step %c4
// The weights first.
// CHECK: vector.transfer_read %[[W]][%c0, %[[K]], %c0]
// CHECK: %[[K1:.+]] = affine.apply #{{.+}}(%[[K]])
// CHECK: vector.transfer_read %[[W]][%c0, %[[K1]], %c0], {{.*}} {in_bounds = [true]}
// CHECK-COUNT-2: vector.transfer_read
// CHECK-COUNT-4: tensor.extract %[[A]]
// CHECK-COUNT-4: arith.andi
// CHECK-COUNT-2: pshuf.b
// CHECK-NOT: pshuf.b
// CHECK: scf.yield
// CHECK: vector.transfer_read %[[W]][%c0, %c12, %c0]
// CHECK-NOT: transfer_read
// CHECK-COUNT-2: pshuf.b
// CHECK: vector.transfer_read %[[W]][%c0, %c13, %c0]
// CHECK-COUNT-2: pshuf.b
// CHECK: psad.bw
// CHECK-NOT: scf.for
// CHECK: return
func.func @chunks(%a: tensor<1x1x14xi64>, %w: tensor<1x14x4xi64>, %acc: tensor<1x4xi32>) -> tensor<1x4xi32> {
  %0 = bitserial.reduce ins(%a, %w : tensor<1x1x14xi64>, tensor<1x14x4xi64>) outs(%acc : tensor<1x4xi32>)
      indexing_maps = [affine_map<(m, n, k0) -> (m, k0)>, affine_map<(m, n, k0) -> (k0, n)>,
                       affine_map<(m, n, k0) -> (m, n)>] plane_dims = [0, 0] {
  ^bb0(%a0: i1, %w0: i1):
    %x0 = arith.andi %a0, %w0 : i1
    %s0 = arith.extui %x0 : i1 to i32
    bitserial.yield %s0 : i32
  } -> tensor<1x4xi32>
  return %0 : tensor<1x4xi32>
}

// -----

// The two iterations of the inner loop are unrolled, and two of the outer one.

// CHECK-LABEL: func @suffix(
// CHECK-SAME: %{{[^:]+}}: {{.*}}, %[[W:[^:]+]]: tensor<1x6x2x4xi64>
// CHECK: scf.for %[[T:.+]] = %c0 to %c6 step %c2
// CHECK-NEXT: vector.transfer_read %[[W]][%c0, %[[T]], %c0, %c0]
// CHECK-NEXT: vector.transfer_read %[[W]][%c0, %[[T]], %c1, %c0]
// CHECK-NEXT: %[[T1:.+]] = affine.apply
// CHECK-NEXT: vector.transfer_read %[[W]][%c0, %[[T1]], %c0, %c0]
// CHECK-NEXT: vector.transfer_read %[[W]][%c0, %[[T1]], %c1, %c0]
// CHECK-NOT: scf.for
// CHECK: return
func.func @suffix(%a: tensor<1x1x6x2xi64>, %w: tensor<1x6x2x4xi64>, %acc: tensor<1x4xi32>) -> tensor<1x4xi32> {
  %0 = bitserial.reduce ins(%a, %w : tensor<1x1x6x2xi64>, tensor<1x6x2x4xi64>) outs(%acc : tensor<1x4xi32>)
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

// Words are shared by all accumulators that use them: two rows, two vectors.

// CHECK-LABEL: func @shared(
// CHECK-COUNT-8: vector.transfer_read %arg1
// CHECK-NOT: vector.transfer_read %arg1
// CHECK-COUNT-4: tensor.extract
// CHECK-COUNT-4: pshuf.b
// CHECK-COUNT-4: tensor.extract
// CHECK-NOT: tensor.extract
// CHECK: return
func.func @shared(%a: tensor<1x2x4xi64>, %w: tensor<1x4x8xi64>, %acc: tensor<2x8xi32>) -> tensor<2x8xi32> {
  %0 = bitserial.reduce ins(%a, %w : tensor<1x2x4xi64>, tensor<1x4x8xi64>) outs(%acc : tensor<2x8xi32>)
      indexing_maps = [affine_map<(m, n, k0) -> (m, k0)>, affine_map<(m, n, k0) -> (k0, n)>,
                       affine_map<(m, n, k0) -> (m, n)>] plane_dims = [0, 0] {
  ^bb0(%a0: i1, %w0: i1):
    %x0 = arith.andi %a0, %w0 : i1
    %s0 = arith.extui %x0 : i1 to i32
    bitserial.yield %s0 : i32
  } -> tensor<2x8xi32>
  return %0 : tensor<2x8xi32>
}
