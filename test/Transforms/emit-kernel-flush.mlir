// Counters of bytes, which hold 31 words of at most 8 bits each.

// RUN: bitserial-opt %s --split-input-file --pass-pipeline='builtin.module(bitserial-set-target{cpu=haswell},func.func(bitserial-lower-reduce{kernels=%S/Inputs/kernels/avx2-a1w1-bytes.mlir}),canonicalize,cse)' | FileCheck %s --implicit-check-not=ctpop
// RUN: bitserial-opt %s --split-input-file --pass-pipeline='builtin.module(bitserial-set-target{cpu=x86-64},func.func(bitserial-lower-reduce{kernels=%S/Inputs/kernels/avx2-a1w1-bytes.mlir}),canonicalize,cse)' | FileCheck %s --check-prefix=SSE2

// What fits is not flushed: the sum is not even carried through the loop.

// SSE2-COUNT-4: math.ctpop
// SSE2-NOT: llvm.call_intrinsic

// CHECK-LABEL: func @fits(
// CHECK: %[[C:.+]] = scf.for %{{.+}} = %c0 to %c31 step %c1 iter_args(%[[OLD:.+]] = %{{.+}}) -> (vector<32xi8>)
// CHECK: vector.transfer_read
// CHECK: arith.andi
// CHECK-COUNT-2: llvm.call_intrinsic "llvm.x86.avx2.pshuf.b"
// CHECK: %[[NEW:.+]] = arith.addi %[[OLD]], %{{.+}} : vector<32xi8>
// CHECK: scf.yield %[[NEW]]
// CHECK: %[[SUM:.+]] = llvm.call_intrinsic "llvm.x86.avx2.psad.bw"(%[[C]],
// CHECK-NOT: psad
// CHECK: arith.trunci %[[SUM]] : vector<4xi64> to vector<4xi32>
func.func @fits(%a: tensor<1x1x31xi64>, %w: tensor<1x31x4xi64>, %acc: tensor<1x4xi32>) -> tensor<1x4xi32> {
  %0 = bitserial.reduce ins(%a, %w : tensor<1x1x31xi64>, tensor<1x31x4xi64>) outs(%acc : tensor<1x4xi32>)
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

// 100 words are four strips of 25. The last one is followed by the end, and not
// by a flush.

// CHECK-LABEL: func @strips(
// CHECK: %[[S:.+]] = scf.for %[[STRIP:.+]] = %c0 to %c75 step %c25 iter_args(%[[OLD:.+]] = %{{.+}}) -> (vector<4xi64>)
// CHECK: %[[C:.+]] = scf.for %[[K:.+]] = %c0 to %c25 step %c1 iter_args(%{{.+}} = %{{.+}}) -> (vector<32xi8>)
// CHECK: %[[AT:.+]] = affine.apply #{{.+}}(%[[STRIP]], %[[K]])
// CHECK: vector.transfer_read %{{.+}}[%c0, %[[AT]], %c0], {{.*}} {in_bounds = [true]}
// CHECK: %[[WIDE:.+]] = llvm.call_intrinsic "llvm.x86.avx2.psad.bw"(%[[C]],
// CHECK: %[[NEW:.+]] = arith.addi %[[OLD]], %[[WIDE]]
// CHECK: scf.yield %[[NEW]] : vector<4xi64>
// CHECK: %[[L:.+]] = scf.for %{{.+}} = %c75 to %c100 step %c1
// CHECK: llvm.call_intrinsic "llvm.x86.avx2.psad.bw"(%[[L]],
// CHECK-NOT: psad
// CHECK: return
func.func @strips(%a: tensor<1x1x100xi64>, %w: tensor<1x100x4xi64>, %acc: tensor<1x4xi32>) -> tensor<1x4xi32> {
  %0 = bitserial.reduce ins(%a, %w : tensor<1x1x100xi64>, tensor<1x100x4xi64>) outs(%acc : tensor<1x4xi32>)
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

// Two of three trips fit: the flush is between trips of the outer loop.

// CHECK-LABEL: func @outer(
// CHECK: scf.for %{{.+}} = %c0 to %c2 step %c1
// CHECK-NEXT: scf.for %{{.+}} = %c0 to %c12 step %c1
// CHECK: psad.bw
// CHECK: scf.for %{{.+}} = %c0 to %c12 step %c1
// CHECK: psad.bw
// CHECK-NOT: psad.bw
// CHECK: return
func.func @outer(%a: tensor<1x1x3x12xi64>, %w: tensor<1x3x12x4xi64>, %acc: tensor<1x4xi32>) -> tensor<1x4xi32> {
  %0 = bitserial.reduce ins(%a, %w : tensor<1x1x3x12xi64>, tensor<1x3x12x4xi64>) outs(%acc : tensor<1x4xi32>)
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

// Not even one trip of the outer loop does.

// CHECK-LABEL: func @inner(
// CHECK: scf.for %{{.+}} = %c0 to %c3 step %c1 iter_args(%{{.+}} = %{{.+}}) -> (vector<4xi64>)
// CHECK-NEXT: scf.for %{{.+}} = %c0 to %c20 step %c1
// CHECK: psad.bw
// CHECK: scf.for %{{.+}} = %c20 to %c40 step %c1
// CHECK: psad.bw
// CHECK-NEXT: arith.addi
// CHECK-NEXT: scf.yield
func.func @inner(%a: tensor<1x1x3x40xi64>, %w: tensor<1x3x40x4xi64>, %acc: tensor<1x4xi32>) -> tensor<1x4xi32> {
  %0 = bitserial.reduce ins(%a, %w : tensor<1x1x3x40xi64>, tensor<1x3x40x4xi64>) outs(%acc : tensor<1x4xi32>)
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

// A factor that all terms have is applied to the sums; here it is negative.

// CHECK-LABEL: func @factor(
// CHECK: %[[SUM:.+]] = arith.trunci
// CHECK: %[[SCALED:.+]] = arith.muli %[[SUM]], %{{.+}} : vector<4xi32>
// CHECK: arith.subi %{{.+}}, %[[SCALED]]
func.func @factor(%a: tensor<1x1x3xi64>, %w: tensor<1x3x4xi64>, %acc: tensor<1x4xi32>) -> tensor<1x4xi32> {
  %0 = bitserial.reduce ins(%a, %w : tensor<1x1x3xi64>, tensor<1x3x4xi64>) outs(%acc : tensor<1x4xi32>)
      indexing_maps = [affine_map<(m, n, k0) -> (m, k0)>, affine_map<(m, n, k0) -> (k0, n)>,
                       affine_map<(m, n, k0) -> (m, n)>] plane_dims = [0, 0] {
  ^bb0(%a0: i1, %w0: i1):
    %x0 = arith.andi %a0, %w0 : i1
    %s0 = arith.extui %x0 : i1 to i32
    %c = arith.constant -6 : i32
    %t0 = arith.muli %s0, %c : i32
    bitserial.yield %t0 : i32
  } -> tensor<1x4xi32>
  return %0 : tensor<1x4xi32>
}
