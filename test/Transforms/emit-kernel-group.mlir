// Lanes that are a reduction: accumulators are finished in groups of four.

// RUN: bitserial-opt %s --split-input-file --pass-pipeline='builtin.module(bitserial-set-target{cpu=cortex-a53},func.func(bitserial-lower-reduce{kernels=%S/Inputs/kernels/neon-a1w1-group.mlir}),canonicalize,cse)' | FileCheck %s --implicit-check-not=vector.reduction

// CHECK-LABEL: func @whole(
// CHECK: scf.for {{.*}} -> (vector<16xi8>, vector<16xi8>, vector<16xi8>, vector<16xi8>)
// CHECK-COUNT-4: math.ctpop %{{.+}} : vector<16xi8>
// CHECK: %[[P0:.+]] = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"
// CHECK: %[[S0:.+]] = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%[[P0]])
// CHECK: %[[S1:.+]] = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"{{.*}} -> vector<4xi32>
// CHECK: %[[S2:.+]] = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"{{.*}} -> vector<4xi32>
// CHECK: %[[S3:.+]] = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"{{.*}} -> vector<4xi32>
// CHECK: %[[L:.+]] = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%[[S0]], %[[S1]])
// CHECK: %[[R:.+]] = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%[[S2]], %[[S3]])
// CHECK: %[[SUMS:.+]] = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%[[L]], %[[R]])
// Their outputs follow each other: one vector.
// CHECK: %[[OLD:.+]] = vector.transfer_read %{{.+}}[%c0, %c0], {{.*}} : tensor<1x4xi32>, vector<4xi32>
// CHECK: %[[NEW:.+]] = arith.addi %[[OLD]], %[[SUMS]]
// CHECK: vector.transfer_write %[[NEW]]
func.func @whole(%a: tensor<1x1x12xi32>, %w: tensor<1x4x12xi32>, %acc: tensor<1x4xi32>) -> tensor<1x4xi32> {
  %0 = bitserial.reduce ins(%a, %w : tensor<1x1x12xi32>, tensor<1x4x12xi32>) outs(%acc : tensor<1x4xi32>)
      indexing_maps = [affine_map<(m, n, k0) -> (m, k0)>, affine_map<(m, n, k0) -> (n, k0)>,
                       affine_map<(m, n, k0) -> (m, n)>] plane_dims = [0, 0] {
  ^bb0(%a0: i1, %w0: i1):
    %x0 = arith.andi %a0, %w0 : i1
    %s0 = arith.extui %x0 : i1 to i32
    bitserial.yield %s0 : i32
  } -> tensor<1x4xi32>
  return %0 : tensor<1x4xi32>
}

// -----

// Three accumulators: the fourth is zero, and its sum is not used.

// CHECK-LABEL: func @part(
// CHECK-DAG: %[[ZERO:.+]] = arith.constant dense<0> : vector<4xi32>
// CHECK: addp"(%{{.+}}, %{{.+}})
// CHECK: addp"(%{{.+}}, %[[ZERO]])
// CHECK: %[[SUMS:.+]] = llvm.call_intrinsic "llvm.aarch64.neon.addp"
// CHECK: vector.extract %[[SUMS]][0]
// CHECK: vector.extract %[[SUMS]][1]
// CHECK: vector.extract %[[SUMS]][2]
// CHECK-NOT: vector.extract
// CHECK-COUNT-3: tensor.insert
func.func @part(%a: tensor<1x3x12xi32>, %w: tensor<1x1x12xi32>, %acc: tensor<3x1xi32>) -> tensor<3x1xi32> {
  %0 = bitserial.reduce ins(%a, %w : tensor<1x3x12xi32>, tensor<1x1x12xi32>) outs(%acc : tensor<3x1xi32>)
      indexing_maps = [affine_map<(m, n, k0) -> (m, k0)>, affine_map<(m, n, k0) -> (n, k0)>,
                       affine_map<(m, n, k0) -> (m, n)>] plane_dims = [0, 0] {
  ^bb0(%a0: i1, %w0: i1):
    %x0 = arith.andi %a0, %w0 : i1
    %s0 = arith.extui %x0 : i1 to i32
    bitserial.yield %s0 : i32
  } -> tensor<3x1xi32>
  return %0 : tensor<3x1xi32>
}

// -----

// Two words of the last vector are left over: a step of its own.

// CHECK-LABEL: func @rest(
// CHECK: scf.for %{{.+}} = %c0 to %c8 step %c4
// CHECK: vector.transfer_read %{{.+}}[%c0, %c0, %c8], {{.*}} : tensor<1x1x10xi32>, vector<2xi32>
// CHECK: math.ctpop
func.func @rest(%a: tensor<1x1x10xi32>, %w: tensor<1x1x10xi32>, %acc: tensor<1x1xi32>) -> tensor<1x1xi32> {
  %0 = bitserial.reduce ins(%a, %w : tensor<1x1x10xi32>, tensor<1x1x10xi32>) outs(%acc : tensor<1x1xi32>)
      indexing_maps = [affine_map<(m, n, k0) -> (m, k0)>, affine_map<(m, n, k0) -> (n, k0)>,
                       affine_map<(m, n, k0) -> (m, n)>] plane_dims = [0, 0] {
  ^bb0(%a0: i1, %w0: i1):
    %x0 = arith.andi %a0, %w0 : i1
    %s0 = arith.extui %x0 : i1 to i32
    bitserial.yield %s0 : i32
  } -> tensor<1x1xi32>
  return %0 : tensor<1x1xi32>
}

// -----

// What alone uses the sums is computed on a group of them.

// CHECK-LABEL: func @epilogue(
// CHECK: %[[SUMS:.+]] = arith.addi %{{.+}}, %{{.+}} : vector<4xi32>
// CHECK: %[[SHIFTED:.+]] = arith.shrsi %[[SUMS]], %{{.+}} : vector<4xi32>
// CHECK: %[[NARROW:.+]] = arith.trunci %[[SHIFTED]] : vector<4xi32> to vector<4xi8>
// CHECK: vector.transfer_write %[[NARROW]], %{{.+}} : vector<4xi8>, tensor<1x4xi8>
func.func @epilogue(%a: tensor<1x1x12xi32>, %w: tensor<1x4x12xi32>, %acc: tensor<1x4xi32>) -> tensor<1x4xi8> {
  %0 = bitserial.reduce ins(%a, %w : tensor<1x1x12xi32>, tensor<1x4x12xi32>) outs(%acc : tensor<1x4xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      plane_dims = [0, 0] {
  ^bb0(%a0: i1, %w0: i1):
    %x0 = arith.andi %a0, %w0 : i1
    %s0 = arith.extui %x0 : i1 to i32
    bitserial.yield %s0 : i32
  } -> tensor<1x4xi32>
  %empty = tensor.empty() : tensor<1x4xi8>
  %1 = linalg.generic {indexing_maps = [affine_map<(m, n) -> (m, n)>, affine_map<(m, n) -> (m, n)>],
                       iterator_types = ["parallel", "parallel"]}
      ins(%0 : tensor<1x4xi32>) outs(%empty : tensor<1x4xi8>) {
  ^bb0(%sum: i32, %out: i8):
    %two = arith.constant 2 : i32
    %shifted = arith.shrsi %sum, %two : i32
    %narrow = arith.trunci %shifted : i32 to i8
    linalg.yield %narrow : i8
  } -> tensor<1x4xi8>
  return %1 : tensor<1x4xi8>
}
