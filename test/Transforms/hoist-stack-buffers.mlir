// RUN: bitserial-opt %s --allow-unregistered-dialect --pass-pipeline='builtin.module(func.func(bitserial-hoist-stack-buffers))' | FileCheck %s

// Out of all loops.
// CHECK-LABEL: func.func @loops(
// CHECK-NEXT: memref.alloca() : memref<4x64xi8>
// CHECK: scf.for
func.func @loops(%n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  scf.for %i = %c0 to %n step %c1 {
    scf.for %j = %c0 to %i step %c1 {
      %buffer = memref.alloca() : memref<4x64xi8>
      "test.use"(%buffer) : (memref<4x64xi8>) -> ()
    }
  }
  return
}

// Each thread has its own. A scope in between is none that counts.
// CHECK-LABEL: func.func @threads(
// CHECK: omp.parallel {
// CHECK-NEXT: %[[BUFFER:.+]] = memref.alloca() : memref<4x64xi8>
// CHECK: memref.alloca_scope
// CHECK-NEXT: "test.use"(%[[BUFFER]])
func.func @threads(%n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  omp.parallel {
    scf.for %i = %c0 to %n step %c1 {
      memref.alloca_scope {
        %buffer = memref.alloca() : memref<4x64xi8>
        "test.use"(%buffer) : (memref<4x64xi8>) -> ()
      }
    }
    omp.terminator
  }
  return
}

// A size that is computed in the loop keeps it there.
// CHECK-LABEL: func.func @dynamic(
// CHECK: scf.for %[[I:.+]] =
// CHECK-NEXT: memref.alloca(%[[I]]) : memref<?xi8>
func.func @dynamic(%n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  scf.for %i = %c0 to %n step %c1 {
    %buffer = memref.alloca(%i) : memref<?xi8>
    "test.use"(%buffer) : (memref<?xi8>) -> ()
  }
  return
}
