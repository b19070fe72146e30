// RUN: bitserial-opt %s --bitserial-separate-buffers | FileCheck %s

// Two fills of one tensor, of which one is reshaped for a loop: each writer gets
// memory of its own; what is only read stays shared.

// CHECK-LABEL: func.func @writers(
// CHECK-DAG: %[[E0:.+]] = tensor.empty() : tensor<4x8xi32>
// CHECK-DAG: %[[F0:.+]] = linalg.fill {{.*}} outs(%[[E0]] :
// CHECK-DAG: %[[S0:.+]] = tensor.collapse_shape %[[F0]]
// CHECK-DAG: scf.for {{.*}} iter_args(%{{.+}} = %[[S0]])
// CHECK-DAG: %[[E1:.+]] = tensor.empty() : tensor<4x8xi32>
// CHECK-DAG: %[[F1:.+]] = linalg.fill {{.*}} outs(%[[E1]] :
// CHECK-DAG: tensor.insert_slice %{{.+}} into %[[F1]]
// CHECK-NOT: tensor.empty
func.func @writers(%line: tensor<1x8xi32>) -> (tensor<32xi32>, tensor<4x8xi32>, i32) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c32 = arith.constant 32 : index
  %zero = arith.constant 0 : i32
  %empty = tensor.empty() : tensor<4x8xi32>
  %fill = linalg.fill ins(%zero : i32) outs(%empty : tensor<4x8xi32>) -> tensor<4x8xi32>
  %flat = tensor.collapse_shape %fill [[0, 1]] : tensor<4x8xi32> into tensor<32xi32>
  %0 = scf.for %i = %c0 to %c32 step %c1 iter_args(%t = %flat) -> tensor<32xi32> {
    %n = arith.index_cast %i : index to i32
    %next = tensor.insert %n into %t[%i] : tensor<32xi32>
    scf.yield %next : tensor<32xi32>
  }
  %1 = tensor.insert_slice %line into %fill[1, 0] [1, 8] [1, 1] : tensor<1x8xi32> into tensor<4x8xi32>
  %2 = tensor.extract %0[%c1] : tensor<32xi32>
  return %0, %1, %2 : tensor<32xi32>, tensor<4x8xi32>, i32
}
