// RUN: bitserial-opt %s --bitserial-contract-in-float --canonicalize | FileCheck %s

// CHECK-LABEL: func @matmul(
// CHECK-SAME:    %[[X:.*]]: tensor<4x9xi8>) -> tensor<4x2xi32>
// CHECK-DAG:   %[[ZERO:.*]] = arith.constant 0.000000e+00 : f32
// The weights less their zero point, 1.
// CHECK-DAG:   %[[W:.*]] = arith.constant dense<{{.*}}-1.280000e+02{{.*}}> : tensor<9x2xf32>
// CHECK:       %[[F:.*]] = arith.sitofp %[[X]] : tensor<4x9xi8> to tensor<4x9xf32>
// CHECK:       %[[INIT:.*]] = linalg.fill ins(%[[ZERO]] : f32)
// CHECK:       %[[SUM:.*]] = linalg.generic {{.*}} ins(%[[F]], %[[W]] : tensor<4x9xf32>, tensor<9x2xf32>) outs(%[[INIT]] : tensor<4x2xf32>)
// CHECK:         %[[P:.*]] = arith.mulf
// CHECK:         arith.addf %{{.*}}, %[[P]]
// CHECK:       %[[R:.*]] = arith.fptosi %[[SUM]] : tensor<4x2xf32> to tensor<4x2xi32>
// CHECK:       return %[[R]]
func.func @matmul(%x: tensor<4x9xi8>) -> tensor<4x2xi32> {
  %w = arith.constant dense<[[-127, 1], [2, 2], [3, 3], [4, 4], [5, 5], [6, 6], [7, 7], [8, 8], [9, 9]]> : tensor<9x2xi8>
  %c0 = arith.constant 0 : i32
  %c1 = arith.constant 1 : i32
  %e = tensor.empty() : tensor<4x2xi32>
  %init = linalg.fill ins(%c0 : i32) outs(%e : tensor<4x2xi32>) -> tensor<4x2xi32>
  %r = linalg.quantized_matmul ins(%x, %w, %c0, %c1 : tensor<4x9xi8>, tensor<9x2xi8>, i32, i32) outs(%init : tensor<4x2xi32>) -> tensor<4x2xi32>
  return %r : tensor<4x2xi32>
}

// What sums start from is added as an integer; unsigned operands stay unsigned.
// CHECK-LABEL: func @initial(
// CHECK-SAME:    %[[X:.*]]: tensor<4x9xi8>, %[[W:.*]]: tensor<9x2xi8>, %[[I:.*]]: tensor<4x2xi32>)
// CHECK-DAG:   arith.uitofp %[[X]]
// CHECK-DAG:   arith.uitofp %[[W]]
// CHECK:       %[[R:.*]] = arith.fptosi
// CHECK:       arith.addi %[[R]], %[[I]]
func.func @initial(%x: tensor<4x9xi8>, %w: tensor<9x2xi8>, %i: tensor<4x2xi32>) -> tensor<4x2xi32> {
  %r = linalg.matmul {cast = #linalg.type_fn<cast_unsigned>} ins(%x, %w : tensor<4x9xi8>, tensor<9x2xi8>) outs(%i : tensor<4x2xi32>) -> tensor<4x2xi32>
  return %r : tensor<4x2xi32>
}

// 1024 products of up to 2^14 are 2^24; one more is too much.
// CHECK-LABEL: func @exact(
// CHECK:       arith.mulf
func.func @exact(%x: tensor<4x1024xi8>, %w: tensor<1024x8xi8>, %i: tensor<4x8xi32>) -> tensor<4x8xi32> {
  %r = linalg.matmul ins(%x, %w : tensor<4x1024xi8>, tensor<1024x8xi8>) outs(%i : tensor<4x8xi32>) -> tensor<4x8xi32>
  return %r : tensor<4x8xi32>
}

// CHECK-LABEL: func @inexact(
// CHECK-NOT:   arith.mulf
// CHECK:       arith.muli
func.func @inexact(%x: tensor<4x1025xi8>, %w: tensor<1025x8xi8>, %i: tensor<4x8xi32>) -> tensor<4x8xi32> {
  %r = linalg.matmul ins(%x, %w : tensor<4x1025xi8>, tensor<1025x8xi8>) outs(%i : tensor<4x8xi32>) -> tensor<4x8xi32>
  return %r : tensor<4x8xi32>
}

// Constants are bounded by their values; large ones are converted where they
// are read.
// CHECK-LABEL: func @large(
// CHECK:       linalg.generic {{.*}} ins(%{{.*}}, %{{.*}} : tensor<4x8192xf32>, tensor<8192x16xi8>)
// CHECK:         arith.sitofp %{{.*}} : i8 to f32
// CHECK:         arith.mulf
func.func @large(%x: tensor<4x8192xi8>, %i: tensor<4x16xi32>) -> tensor<4x16xi32> {
  %w = arith.constant dense<16> : tensor<8192x16xi8>
  %r = linalg.matmul ins(%x, %w : tensor<4x8192xi8>, tensor<8192x16xi8>) outs(%i : tensor<4x16xi32>) -> tensor<4x16xi32>
  return %r : tensor<4x16xi32>
}

// CHECK-LABEL: func @too_large(
// CHECK-NOT:   arith.mulf
// CHECK:       return
func.func @too_large(%x: tensor<4x8192xi8>, %i: tensor<4x16xi32>) -> tensor<4x16xi32> {
  %w = arith.constant dense<17> : tensor<8192x16xi8>
  %r = linalg.matmul ins(%x, %w : tensor<4x8192xi8>, tensor<8192x16xi8>) outs(%i : tensor<4x16xi32>) -> tensor<4x16xi32>
  return %r : tensor<4x16xi32>
}

// Products of 16-bit numbers, and sums that are no products.
// CHECK-LABEL: func @others(
// CHECK-NOT:   f32
// CHECK:       return
func.func @others(%x: tensor<4x9xi16>, %w: tensor<9x8xi16>, %i: tensor<4x8xi32>, %y: tensor<4x8xi32>) -> (tensor<4x8xi32>, tensor<8xi32>) {
  %r = linalg.matmul ins(%x, %w : tensor<4x9xi16>, tensor<9x8xi16>) outs(%i : tensor<4x8xi32>) -> tensor<4x8xi32>
  %e = arith.constant dense<0> : tensor<8xi32>
  %s = linalg.reduce { arith.addi } ins(%y : tensor<4x8xi32>) outs(%e : tensor<8xi32>) dimensions = [0]
  return %r, %s : tensor<4x8xi32>, tensor<8xi32>
}
