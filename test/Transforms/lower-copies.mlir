// RUN: bitserial-opt %s --pass-pipeline='builtin.module(func.func(bitserial-lower-copies))' | FileCheck %s

#gap = strided<[8, 1], offset: ?>
#column = strided<[8]>

// CHECK-LABEL: func @strided_target(
// CHECK-SAME: %[[A:.+]]: memref<4x4xi8>, %[[B:.+]]: memref<4x4xi8, strided<[8, 1], offset: ?>>)
// CHECK-NOT: memref.copy
// CHECK: scf.for %[[I:.+]] = %c0 to %c4 step %c1
// CHECK:   %[[ROW:.+]] = vector.transfer_read %[[A]][%[[I]], %c0], %{{.+}} {in_bounds = [true]} : memref<4x4xi8>, vector<4xi8>
// CHECK:   vector.transfer_write %[[ROW]], %[[B]][%[[I]], %c0] {in_bounds = [true]} : vector<4xi8>, memref<4x4xi8, strided<[8, 1], offset: ?>>
func.func @strided_target(%a: memref<4x4xi8>, %b: memref<4x4xi8, #gap>) {
  memref.copy %a, %b : memref<4x4xi8> to memref<4x4xi8, #gap>
  return
}

// Long rows in vectors of 64 bytes, and what is left over.

// CHECK-LABEL: func @long_rows(
// CHECK: scf.for %{{.+}} = %c0 to %c3 step %c1
// CHECK:   scf.for %{{.+}} = %c0 to %c64 step %c32
// CHECK:     vector.transfer_read {{.+}} vector<32xi16>
// CHECK:     vector.transfer_write {{.+}} vector<32xi16>
// CHECK:   vector.transfer_read %{{.+}}[%{{.+}}, %c64], {{.+}} vector<6xi16>
// CHECK:   vector.transfer_write
func.func @long_rows(%a: memref<3x70xi16, strided<[140, 1]>>, %b: memref<3x70xi16>) {
  memref.copy %a, %b : memref<3x70xi16, strided<[140, 1]>> to memref<3x70xi16>
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
