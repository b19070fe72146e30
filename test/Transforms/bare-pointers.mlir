// RUN: bitserial-opt %s --pass-pipeline='builtin.module(func.func(bitserial-bare-pointers))' | FileCheck %s

// CHECK: func @static(%{{.+}}: memref<4x8xi8>, %{{.+}}: i32) -> memref<i32> attributes {llvm.bareptr}
func.func @static(%a: memref<4x8xi8>, %b: i32) -> memref<i32> {
  %0 = memref.alloc() : memref<i32>
  return %0 : memref<i32>
}

// CHECK: func private @declaration(memref<4xi8>) attributes {llvm.bareptr}
func.func private @declaration(memref<4xi8>)

// CHECK: func private @dynamic(memref<?xi1>){{$}}
func.func private @dynamic(memref<?xi1>)

// CHECK: func private @dynamic_result() -> memref<?xi1>{{$}}
func.func private @dynamic_result() -> memref<?xi1>

// CHECK: func private @unranked(memref<*xi1>){{$}}
func.func private @unranked(memref<*xi1>)
