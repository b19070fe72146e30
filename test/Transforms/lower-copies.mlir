// RUN: bitserial-opt %s --pass-pipeline='builtin.module(func.func(bitserial-lower-copies))' | FileCheck %s

#gap = strided<[8, 1], offset: ?>
#column = strided<[8]>

// CHECK-LABEL: func @strided_target(
// CHECK-SAME: %[[A:.+]]: memref<4x4xi8>, %[[B:.+]]: memref<4x4xi8, strided<[8, 1], offset: ?>>)
// CHECK-NOT: memref.copy
// CHECK: linalg.copy ins(%[[A]] : memref<4x4xi8>) outs(%[[B]] : memref<4x4xi8, strided<[8, 1], offset: ?>>)
func.func @strided_target(%a: memref<4x4xi8>, %b: memref<4x4xi8, #gap>) {
  memref.copy %a, %b : memref<4x4xi8> to memref<4x4xi8, #gap>
  return
}

// CHECK-LABEL: func @strided_source(
// CHECK: linalg.copy ins(%{{.+}} : memref<4xi32, strided<[8]>>) outs(%{{.+}} : memref<4xi32>)
func.func @strided_source(%a: memref<4xi32, #column>, %b: memref<4xi32>) {
  memref.copy %a, %b : memref<4xi32, #column> to memref<4xi32>
  return
}

// CHECK-LABEL: func @dynamic(
// CHECK: linalg.copy
func.func @dynamic(%a: memref<?xi32>, %b: memref<?xi32>) {
  memref.copy %a, %b : memref<?xi32> to memref<?xi32>
  return
}

// Contiguous ones become a call of memcpy, which is all they need; an offset
// does not matter.

// CHECK-LABEL: func @contiguous(
// CHECK: memref.copy %{{.+}}, %{{.+}} : memref<4x4xi8> to memref<4x4xi8, strided<[4, 1], offset: ?>>
func.func @contiguous(%a: memref<4x4xi8>, %b: memref<4x4xi8, strided<[4, 1], offset: ?>>) {
  memref.copy %a, %b : memref<4x4xi8> to memref<4x4xi8, strided<[4, 1], offset: ?>>
  return
}

// CHECK-LABEL: func @unranked(
// CHECK: memref.copy %{{.+}}, %{{.+}} : memref<*xi8> to memref<4xi8>
func.func @unranked(%a: memref<*xi8>, %b: memref<4xi8>) {
  memref.copy %a, %b : memref<*xi8> to memref<4xi8>
  return
}
