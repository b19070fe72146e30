// RUN: bitserial-opt %s --bitserial-fuse-elementwise --split-input-file | FileCheck %s

// Ops on tensors become one linalg.generic, the broadcast of a bias included.

// CHECK-LABEL: func.func @chain(
// CHECK-SAME:      %[[SUMS:.*]]: tensor<4x96xi32>, %[[BIAS:.*]]: tensor<96xi32>)
// CHECK:         %[[RESULT:.*]] = linalg.generic
// CHECK-SAME:        ins(%[[SUMS]], %[[BIAS]] : tensor<4x96xi32>, tensor<96xi32>)
// CHECK:           %[[SUM:.*]] = arith.addi
// CHECK:           %[[MAX:.*]] = arith.maxsi %[[SUM]]
// CHECK:           arith.trunci %[[MAX]] : i32 to i8
// CHECK-NOT:     linalg.generic
// CHECK:         return %[[RESULT]]
func.func @chain(%sums: tensor<4x96xi32>, %bias: tensor<96xi32>) -> tensor<4x96xi8> {
  %empty = tensor.empty() : tensor<4x96xi32>
  %all = linalg.broadcast ins(%bias : tensor<96xi32>) outs(%empty : tensor<4x96xi32>) dimensions = [0]
  %0 = arith.addi %sums, %all : tensor<4x96xi32>
  %zero = arith.constant dense<0> : tensor<4x96xi32>
  %1 = arith.maxsi %0, %zero : tensor<4x96xi32>
  %2 = arith.trunci %1 : tensor<4x96xi32> to tensor<4x96xi8>
  return %2 : tensor<4x96xi8>
}

// -----

// A value that is used twice is computed once.

// CHECK-LABEL: func.func @used_twice(
// CHECK:         %[[FIRST:.*]] = linalg.generic
// CHECK:           arith.addi
// CHECK:         %[[SECOND:.*]] = linalg.generic
// CHECK-SAME:        ins(%[[FIRST]]
// CHECK:         return %[[FIRST]], %[[SECOND]]
func.func @used_twice(%a: tensor<8xi32>) -> (tensor<8xi32>, tensor<8xi32>) {
  %0 = arith.addi %a, %a : tensor<8xi32>
  %1 = arith.muli %0, %a : tensor<8xi32>
  return %0, %1 : tensor<8xi32>, tensor<8xi32>
}

// -----

// Counts of bits are not pulled into the sum that reads them, where they would
// be counted one by one.

// CHECK-LABEL: func.func @sum_of_counts(
// CHECK:         linalg.generic
// CHECK-SAME:        iterator_types = ["parallel"]
// CHECK:           math.ctpop
// CHECK:         linalg.generic
// CHECK-SAME:        iterator_types = ["reduction"]
// CHECK-NOT:       math.ctpop
// CHECK:         return
func.func @sum_of_counts(%words: tensor<8xi32>) -> tensor<i32> {
  %0 = math.ctpop %words : tensor<8xi32>
  %zero = arith.constant dense<0> : tensor<i32>
  %1 = linalg.generic {indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> ()>], iterator_types = ["reduction"]}
      ins(%0 : tensor<8xi32>) outs(%zero : tensor<i32>) {
  ^bb0(%count: i32, %sum: i32):
    %2 = arith.addi %count, %sum : i32
    linalg.yield %2 : i32
  } -> tensor<i32>
  return %1 : tensor<i32>
}

// What is used more than once in one place is computed once: doubling six
// times is six additions, not 63.

// CHECK-LABEL: func.func @doubled(
// CHECK: linalg.generic
// CHECK-COUNT-6: arith.addi
// CHECK-NOT: arith.addi
// CHECK-NOT: linalg.generic
// CHECK: return
func.func @doubled(%x: tensor<8xi32>) -> tensor<8xi32> {
  %0 = arith.addi %x, %x : tensor<8xi32>
  %1 = arith.addi %0, %0 : tensor<8xi32>
  %2 = arith.addi %1, %1 : tensor<8xi32>
  %3 = arith.addi %2, %2 : tensor<8xi32>
  %4 = arith.addi %3, %3 : tensor<8xi32>
  %5 = arith.addi %4, %4 : tensor<8xi32>
  return %5 : tensor<8xi32>
}

// Booleans between elementwise ops are no tensors: those of a conversion that
// saturates.

// CHECK-LABEL: func.func @booleans(
// CHECK-SAME:      %[[X:.*]]: tensor<8xf32>
// CHECK-NOT:     tensor<8xi1>
// CHECK:         linalg.generic {{.*}} ins(%[[X]] : tensor<8xf32>)
// CHECK:           arith.cmpf
// CHECK:           arith.select
// CHECK-NOT:     linalg.generic
// CHECK:         return
func.func @booleans(%x: tensor<8xf32>) -> tensor<8xi8> {
  %high = arith.constant dense<127.0> : tensor<8xf32>
  %most = arith.constant dense<127> : tensor<8xi8>
  %zero = arith.constant dense<0> : tensor<8xi8>
  %0 = math.roundeven %x : tensor<8xf32>
  %1 = arith.fptosi %0 : tensor<8xf32> to tensor<8xi8>
  %2 = arith.cmpf oge, %0, %high : tensor<8xf32>
  %3 = arith.select %2, %most, %1 : tensor<8xi1>, tensor<8xi8>
  %4 = arith.cmpf uno, %0, %0 : tensor<8xf32>
  %5 = arith.select %4, %zero, %3 : tensor<8xi1>, tensor<8xi8>
  return %5 : tensor<8xi8>
}

// -----

// A sum of no terms is what it begins with, and no elements need no code.

// CHECK-LABEL: func.func @no_iterations(
// CHECK-SAME:      %[[INIT:[a-z0-9]+]]: tensor<2x4xi32>)
// CHECK-NOT:     linalg
// CHECK:         return %[[INIT]], %{{.*}} : tensor<2x4xi32>, tensor<2x0xi8>
func.func @no_iterations(%x: tensor<2x0xi32>, %w: tensor<0x4xi32>, %init: tensor<2x4xi32>) -> (tensor<2x4xi32>, tensor<2x0xi8>) {
  %0 = linalg.matmul ins(%x, %w : tensor<2x0xi32>, tensor<0x4xi32>) outs(%init : tensor<2x4xi32>) -> tensor<2x4xi32>
  %empty = tensor.empty() : tensor<2x0xi8>
  %1 = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>],
                       iterator_types = ["parallel", "parallel"]}
      ins(%x : tensor<2x0xi32>) outs(%empty : tensor<2x0xi8>) {
  ^bb0(%in: i32, %out: i8):
    %2 = arith.trunci %in : i32 to i8
    linalg.yield %2 : i8
  } -> tensor<2x0xi8>
  return %0, %1 : tensor<2x4xi32>, tensor<2x0xi8>
}
