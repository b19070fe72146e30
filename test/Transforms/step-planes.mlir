// What is packed in registers and known to be a step function of one value is
// not computed: its bits are comparisons, each with one of two thresholds that
// an earlier one selects.

// RUN: bitserial-opt %s --bitserial-set-target=cpu=icelake-server --bitserial-layout-pipeline --bitserial-kernel-pipeline=synthesize=off \
// RUN:   --split-input-file | FileCheck %s

#x = affine_map<(m, n, k) -> (m, k)>
#w = affine_map<(m, n, k) -> (n, k)>
#y = affine_map<(m, n, k) -> (m, n)>
#channel = affine_map<(m, n) -> (n)>
#identity = affine_map<(m, n) -> (m, n)>

// Thresholds per channel, in any order in the sum. Of 128 channels each tile
// reads a slice.
// CHECK-LABEL: func.func @ordered(
// CHECK: %[[HIGH:.*]] = arith.cmpi sgt, %[[X:.*]], %[[MIDDLE:.*]] : vector<16xi32>
// CHECK: %[[BETWEEN:.*]] = arith.select %[[HIGH]], %{{.*}}, %{{.*}} : vector<16xi1>, vector<16xi32>
// CHECK: %[[LOW:.*]] = arith.cmpi sgt, %[[X]], %[[BETWEEN]] : vector<16xi32>
// CHECK-NOT: arith.extui
// CHECK-NOT: arith.cmpi {{.*}}xi8>
// CHECK: %[[JOINED:.*]] = vector.shuffle %[[LOW]], %{{.*}}
// CHECK-NOT: arith.extui
// CHECK-NOT: arith.cmpi {{.*}}xi8>
// CHECK: return
func.func @ordered(%x: tensor<4x128x!bitserial.int<1, unsigned>>, %w: tensor<128x128x!bitserial.int<1, bipolar>>) -> tensor<4x128x!bitserial.int<2, unsigned>, #bitserial.layout<packed = 1, word = 32>> {
  %sums = bitserial.contract %x, %w indexing_maps = [#x, #w, #y]
      : tensor<4x128x!bitserial.int<1, unsigned>>, tensor<128x128x!bitserial.int<1, bipolar>> -> tensor<4x128xi32>
  %t0 = arith.constant dense<[-9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10]> : tensor<128xi32>
  %t1 = arith.constant dense<[0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2]> : tensor<128xi32>
  %t2 = arith.constant dense<[9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10]> : tensor<128xi32>
  %empty = tensor.empty() : tensor<4x128xi8>
  %values = linalg.generic {indexing_maps = [#identity, #channel, #channel, #channel, #identity], iterator_types = ["parallel", "parallel"]}
      ins(%sums, %t0, %t1, %t2 : tensor<4x128xi32>, tensor<128xi32>, tensor<128xi32>, tensor<128xi32>) outs(%empty : tensor<4x128xi8>) {
  ^bb0(%s: i32, %u0: i32, %u1: i32, %u2: i32, %out: i8):
    %c0 = arith.cmpi sgt, %s, %u2 : i32
    %c1 = arith.cmpi sgt, %s, %u0 : i32
    %c2 = arith.cmpi sgt, %s, %u1 : i32
    %e0 = arith.extui %c0 : i1 to i8
    %e1 = arith.extui %c1 : i1 to i8
    %e2 = arith.extui %c2 : i1 to i8
    %a = arith.addi %e0, %e1 : i8
    %v = arith.addi %a, %e2 : i8
    linalg.yield %v : i8
  } -> tensor<4x128xi8>
  %numbers = bitserial.encode %values : tensor<4x128xi8> to tensor<4x128x!bitserial.int<2, unsigned>>
  %packed = bitserial.pack %numbers : tensor<4x128x!bitserial.int<2, unsigned>> to tensor<4x128x!bitserial.int<2, unsigned>, #bitserial.layout<packed = 1, word = 32>>
  return %packed : tensor<4x128x!bitserial.int<2, unsigned>, #bitserial.layout<packed = 1, word = 32>>
}

// -----

#x = affine_map<(m, n, k) -> (m, k)>
#w = affine_map<(m, n, k) -> (n, k)>
#y = affine_map<(m, n, k) -> (m, n)>
#channel = affine_map<(m, n) -> (n)>
#identity = affine_map<(m, n) -> (m, n)>

// In one channel the second threshold is below the first.
// CHECK-LABEL: func.func @unordered(
// CHECK: arith.extui {{.*}} : vector<16xi1> to vector<16xi8>
// CHECK: arith.cmpi ne, {{.*}} : vector<64xi8>
// CHECK: return
func.func @unordered(%x: tensor<4x128x!bitserial.int<1, unsigned>>, %w: tensor<64x128x!bitserial.int<1, bipolar>>) -> tensor<4x64x!bitserial.int<2, unsigned>, #bitserial.layout<packed = 1, word = 32>> {
  %sums = bitserial.contract %x, %w indexing_maps = [#x, #w, #y]
      : tensor<4x128x!bitserial.int<1, unsigned>>, tensor<64x128x!bitserial.int<1, bipolar>> -> tensor<4x64xi32>
  %t0 = arith.constant dense<[-9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9]> : tensor<64xi32>
  %t1 = arith.constant dense<[0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, -30]> : tensor<64xi32>
  %t2 = arith.constant dense<[9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9]> : tensor<64xi32>
  %empty = tensor.empty() : tensor<4x64xi8>
  %values = linalg.generic {indexing_maps = [#identity, #channel, #channel, #channel, #identity], iterator_types = ["parallel", "parallel"]}
      ins(%sums, %t0, %t1, %t2 : tensor<4x64xi32>, tensor<64xi32>, tensor<64xi32>, tensor<64xi32>) outs(%empty : tensor<4x64xi8>) {
  ^bb0(%s: i32, %u0: i32, %u1: i32, %u2: i32, %out: i8):
    %c0 = arith.cmpi sgt, %s, %u0 : i32
    %c1 = arith.cmpi sgt, %s, %u1 : i32
    %c2 = arith.cmpi sgt, %s, %u2 : i32
    %e0 = arith.extui %c0 : i1 to i8
    %e1 = arith.extui %c1 : i1 to i8
    %e2 = arith.extui %c2 : i1 to i8
    %a = arith.addi %e0, %e1 : i8
    %v = arith.addi %a, %e2 : i8
    linalg.yield %v : i8
  } -> tensor<4x64xi8>
  %numbers = bitserial.encode %values : tensor<4x64xi8> to tensor<4x64x!bitserial.int<2, unsigned>>
  %packed = bitserial.pack %numbers : tensor<4x64x!bitserial.int<2, unsigned>> to tensor<4x64x!bitserial.int<2, unsigned>, #bitserial.layout<packed = 1, word = 32>>
  return %packed : tensor<4x64x!bitserial.int<2, unsigned>, #bitserial.layout<packed = 1, word = 32>>
}

// -----

#x = affine_map<(m, n, k) -> (m, k)>
#w = affine_map<(m, n, k) -> (n, k)>
#y = affine_map<(m, n, k) -> (m, n)>
#channel = affine_map<(m, n) -> (n)>
#identity = affine_map<(m, n) -> (m, n)>

// Comparisons of different values.
// CHECK-LABEL: func.func @two_values(
// CHECK: arith.extui {{.*}} : vector<16xi1> to vector<16xi8>
// CHECK: arith.cmpi ne, {{.*}} : vector<64xi8>
// CHECK: return
func.func @two_values(%x: tensor<4x128x!bitserial.int<1, unsigned>>, %w: tensor<64x128x!bitserial.int<1, bipolar>>) -> tensor<4x64x!bitserial.int<2, unsigned>, #bitserial.layout<packed = 1, word = 32>> {
  %sums = bitserial.contract %x, %w indexing_maps = [#x, #w, #y]
      : tensor<4x128x!bitserial.int<1, unsigned>>, tensor<64x128x!bitserial.int<1, bipolar>> -> tensor<4x64xi32>
  %t0 = arith.constant dense<[-9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9]> : tensor<64xi32>
  %t1 = arith.constant dense<[0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3]> : tensor<64xi32>
  %t2 = arith.constant dense<[9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9]> : tensor<64xi32>
  %empty = tensor.empty() : tensor<4x64xi8>
  %values = linalg.generic {indexing_maps = [#identity, #channel, #channel, #channel, #identity], iterator_types = ["parallel", "parallel"]}
      ins(%sums, %t0, %t1, %t2 : tensor<4x64xi32>, tensor<64xi32>, tensor<64xi32>, tensor<64xi32>) outs(%empty : tensor<4x64xi8>) {
  ^bb0(%s: i32, %u0: i32, %u1: i32, %u2: i32, %out: i8):
    %one = arith.constant 1 : i32
    %s1 = arith.addi %s, %one : i32
    %c0 = arith.cmpi sgt, %s, %u0 : i32
    %c1 = arith.cmpi sgt, %s1, %u1 : i32
    %c2 = arith.cmpi sgt, %s, %u2 : i32
    %e0 = arith.extui %c0 : i1 to i8
    %e1 = arith.extui %c1 : i1 to i8
    %e2 = arith.extui %c2 : i1 to i8
    %a = arith.addi %e0, %e1 : i8
    %v = arith.addi %a, %e2 : i8
    linalg.yield %v : i8
  } -> tensor<4x64xi8>
  %numbers = bitserial.encode %values : tensor<4x64xi8> to tensor<4x64x!bitserial.int<2, unsigned>>
  %packed = bitserial.pack %numbers : tensor<4x64x!bitserial.int<2, unsigned>> to tensor<4x64x!bitserial.int<2, unsigned>, #bitserial.layout<packed = 1, word = 32>>
  return %packed : tensor<4x64x!bitserial.int<2, unsigned>, #bitserial.layout<packed = 1, word = 32>>
}

// -----

#x = affine_map<(m, n, k) -> (m, k)>
#w = affine_map<(m, n, k) -> (n, k)>
#y = affine_map<(m, n, k) -> (m, n)>
#channel = affine_map<(m, n) -> (n)>
#identity = affine_map<(m, n) -> (m, n)>

// Comparisons by different predicates.
// CHECK-LABEL: func.func @other_predicate(
// CHECK: arith.extui {{.*}} : vector<16xi1> to vector<16xi8>
// CHECK: arith.cmpi ne, {{.*}} : vector<64xi8>
// CHECK: return
func.func @other_predicate(%x: tensor<4x128x!bitserial.int<1, unsigned>>, %w: tensor<64x128x!bitserial.int<1, bipolar>>) -> tensor<4x64x!bitserial.int<2, unsigned>, #bitserial.layout<packed = 1, word = 32>> {
  %sums = bitserial.contract %x, %w indexing_maps = [#x, #w, #y]
      : tensor<4x128x!bitserial.int<1, unsigned>>, tensor<64x128x!bitserial.int<1, bipolar>> -> tensor<4x64xi32>
  %t0 = arith.constant dense<[-9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9]> : tensor<64xi32>
  %t1 = arith.constant dense<[0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3]> : tensor<64xi32>
  %t2 = arith.constant dense<[9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9]> : tensor<64xi32>
  %empty = tensor.empty() : tensor<4x64xi8>
  %values = linalg.generic {indexing_maps = [#identity, #channel, #channel, #channel, #identity], iterator_types = ["parallel", "parallel"]}
      ins(%sums, %t0, %t1, %t2 : tensor<4x64xi32>, tensor<64xi32>, tensor<64xi32>, tensor<64xi32>) outs(%empty : tensor<4x64xi8>) {
  ^bb0(%s: i32, %u0: i32, %u1: i32, %u2: i32, %out: i8):
    %c0 = arith.cmpi sgt, %s, %u0 : i32
    %c1 = arith.cmpi sgt, %s, %u1 : i32
    %c2 = arith.cmpi sge, %s, %u2 : i32
    %e0 = arith.extui %c0 : i1 to i8
    %e1 = arith.extui %c1 : i1 to i8
    %e2 = arith.extui %c2 : i1 to i8
    %a = arith.addi %e0, %e1 : i8
    %v = arith.addi %a, %e2 : i8
    linalg.yield %v : i8
  } -> tensor<4x64xi8>
  %numbers = bitserial.encode %values : tensor<4x64xi8> to tensor<4x64x!bitserial.int<2, unsigned>>
  %packed = bitserial.pack %numbers : tensor<4x64x!bitserial.int<2, unsigned>> to tensor<4x64x!bitserial.int<2, unsigned>, #bitserial.layout<packed = 1, word = 32>>
  return %packed : tensor<4x64x!bitserial.int<2, unsigned>, #bitserial.layout<packed = 1, word = 32>>
}

// -----

#x = affine_map<(m, n, k) -> (m, k)>
#w = affine_map<(m, n, k) -> (n, k)>
#y = affine_map<(m, n, k) -> (m, n)>
#channel = affine_map<(m, n) -> (n)>
#identity = affine_map<(m, n) -> (m, n)>

// No threshold.
// CHECK-LABEL: func.func @equality(
// CHECK: arith.extui {{.*}} : vector<16xi1> to vector<16xi8>
// CHECK: arith.cmpi ne, {{.*}} : vector<64xi8>
// CHECK: return
func.func @equality(%x: tensor<4x128x!bitserial.int<1, unsigned>>, %w: tensor<64x128x!bitserial.int<1, bipolar>>) -> tensor<4x64x!bitserial.int<2, unsigned>, #bitserial.layout<packed = 1, word = 32>> {
  %sums = bitserial.contract %x, %w indexing_maps = [#x, #w, #y]
      : tensor<4x128x!bitserial.int<1, unsigned>>, tensor<64x128x!bitserial.int<1, bipolar>> -> tensor<4x64xi32>
  %t0 = arith.constant dense<[-9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9]> : tensor<64xi32>
  %t1 = arith.constant dense<[0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3]> : tensor<64xi32>
  %t2 = arith.constant dense<[9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9]> : tensor<64xi32>
  %empty = tensor.empty() : tensor<4x64xi8>
  %values = linalg.generic {indexing_maps = [#identity, #channel, #channel, #channel, #identity], iterator_types = ["parallel", "parallel"]}
      ins(%sums, %t0, %t1, %t2 : tensor<4x64xi32>, tensor<64xi32>, tensor<64xi32>, tensor<64xi32>) outs(%empty : tensor<4x64xi8>) {
  ^bb0(%s: i32, %u0: i32, %u1: i32, %u2: i32, %out: i8):
    %c0 = arith.cmpi eq, %s, %u0 : i32
    %c1 = arith.cmpi eq, %s, %u1 : i32
    %c2 = arith.cmpi eq, %s, %u2 : i32
    %e0 = arith.extui %c0 : i1 to i8
    %e1 = arith.extui %c1 : i1 to i8
    %e2 = arith.extui %c2 : i1 to i8
    %a = arith.addi %e0, %e1 : i8
    %v = arith.addi %a, %e2 : i8
    linalg.yield %v : i8
  } -> tensor<4x64xi8>
  %numbers = bitserial.encode %values : tensor<4x64xi8> to tensor<4x64x!bitserial.int<2, unsigned>>
  %packed = bitserial.pack %numbers : tensor<4x64x!bitserial.int<2, unsigned>> to tensor<4x64x!bitserial.int<2, unsigned>, #bitserial.layout<packed = 1, word = 32>>
  return %packed : tensor<4x64x!bitserial.int<2, unsigned>, #bitserial.layout<packed = 1, word = 32>>
}

// -----

#x = affine_map<(m, n, k) -> (m, k)>
#w = affine_map<(m, n, k) -> (n, k)>
#y = affine_map<(m, n, k) -> (m, n)>
#channel = affine_map<(m, n) -> (n)>
#identity = affine_map<(m, n) -> (m, n)>

// The largest number, 4, does not fit two bits: what becomes of it is up to the
// packing of numbers.
// CHECK-LABEL: func.func @beyond(
// CHECK: arith.extui {{.*}} : vector<16xi1> to vector<16xi8>
// CHECK: arith.cmpi ne, {{.*}} : vector<64xi8>
// CHECK: return
func.func @beyond(%x: tensor<4x128x!bitserial.int<1, unsigned>>, %w: tensor<64x128x!bitserial.int<1, bipolar>>) -> tensor<4x64x!bitserial.int<2, unsigned>, #bitserial.layout<packed = 1, word = 32>> {
  %sums = bitserial.contract %x, %w indexing_maps = [#x, #w, #y]
      : tensor<4x128x!bitserial.int<1, unsigned>>, tensor<64x128x!bitserial.int<1, bipolar>> -> tensor<4x64xi32>
  %t0 = arith.constant dense<[-9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9]> : tensor<64xi32>
  %t1 = arith.constant dense<[0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3]> : tensor<64xi32>
  %t2 = arith.constant dense<[9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9]> : tensor<64xi32>
  %empty = tensor.empty() : tensor<4x64xi8>
  %values = linalg.generic {indexing_maps = [#identity, #channel, #channel, #channel, #identity], iterator_types = ["parallel", "parallel"]}
      ins(%sums, %t0, %t1, %t2 : tensor<4x64xi32>, tensor<64xi32>, tensor<64xi32>, tensor<64xi32>) outs(%empty : tensor<4x64xi8>) {
  ^bb0(%s: i32, %u0: i32, %u1: i32, %u2: i32, %out: i8):
    %c0 = arith.cmpi sgt, %s, %u0 : i32
    %c1 = arith.cmpi sgt, %s, %u1 : i32
    %c2 = arith.cmpi sgt, %s, %u2 : i32
    %e0 = arith.extui %c0 : i1 to i8
    %e1 = arith.extui %c1 : i1 to i8
    %e2 = arith.extui %c2 : i1 to i8
    %a = arith.addi %e0, %e1 : i8
    %more = arith.addi %e2, %e2 : i8
    %v = arith.addi %a, %more : i8
    linalg.yield %v : i8
  } -> tensor<4x64xi8>
  %numbers = bitserial.encode %values : tensor<4x64xi8> to tensor<4x64x!bitserial.int<2, unsigned>>
  %packed = bitserial.pack %numbers : tensor<4x64x!bitserial.int<2, unsigned>> to tensor<4x64x!bitserial.int<2, unsigned>, #bitserial.layout<packed = 1, word = 32>>
  return %packed : tensor<4x64x!bitserial.int<2, unsigned>, #bitserial.layout<packed = 1, word = 32>>
}

// -----

#x = affine_map<(m, n, k) -> (m, k)>
#w = affine_map<(m, n, k) -> (n, k)>
#y = affine_map<(m, n, k) -> (m, n)>
#channel = affine_map<(m, n) -> (n)>
#identity = affine_map<(m, n) -> (m, n)>

// 0, 1 or 2: the lower bit is the parity of both comparisons.
// CHECK-LABEL: func.func @two_steps(
// CHECK: %[[FIRST:.*]] = arith.cmpi sle, %[[X:.*]], %{{.*}} : vector<16xi32>
// CHECK: %[[SECOND:.*]] = arith.cmpi sle, %[[X]], %{{.*}} : vector<16xi32>
// CHECK: arith.xori %[[FIRST]], %[[SECOND]] : vector<16xi1>
// CHECK-NOT: arith.cmpi {{.*}}xi8>
// CHECK: return
func.func @two_steps(%x: tensor<4x128x!bitserial.int<1, unsigned>>, %w: tensor<64x128x!bitserial.int<1, bipolar>>) -> tensor<4x64x!bitserial.int<2, unsigned>, #bitserial.layout<packed = 1, word = 32>> {
  %sums = bitserial.contract %x, %w indexing_maps = [#x, #w, #y]
      : tensor<4x128x!bitserial.int<1, unsigned>>, tensor<64x128x!bitserial.int<1, bipolar>> -> tensor<4x64xi32>
  %t0 = arith.constant dense<[9, 8, 7, 9, 8, 7, 9, 8, 7, 9, 8, 7, 9, 8, 7, 9, 8, 7, 9, 8, 7, 9, 8, 7, 9, 8, 7, 9, 8, 7, 9, 8, 7, 9, 8, 7, 9, 8, 7, 9, 8, 7, 9, 8, 7, 9, 8, 7, 9, 8, 7, 9, 8, 7, 9, 8, 7, 9, 8, 7, 9, 8, 7, 9]> : tensor<64xi32>
  %t1 = arith.constant dense<[0, 4, 3, 2, 1, 0, 4, 3, 2, 1, 0, 4, 3, 2, 1, 0, 4, 3, 2, 1, 0, 4, 3, 2, 1, 0, 4, 3, 2, 1, 0, 4, 3, 2, 1, 0, 4, 3, 2, 1, 0, 4, 3, 2, 1, 0, 4, 3, 2, 1, 0, 4, 3, 2, 1, 0, 4, 3, 2, 1, 0, 4, 3, 2]> : tensor<64xi32>
  %empty = tensor.empty() : tensor<4x64xi8>
  %values = linalg.generic {indexing_maps = [#identity, #channel, #channel, #identity], iterator_types = ["parallel", "parallel"]}
      ins(%sums, %t0, %t1 : tensor<4x64xi32>, tensor<64xi32>, tensor<64xi32>) outs(%empty : tensor<4x64xi8>) {
  ^bb0(%s: i32, %u0: i32, %u1: i32, %out: i8):
    %c0 = arith.cmpi sle, %s, %u0 : i32
    %c1 = arith.cmpi sle, %s, %u1 : i32
    %e0 = arith.extui %c0 : i1 to i8
    %e1 = arith.extui %c1 : i1 to i8
    %v = arith.addi %e0, %e1 : i8
    linalg.yield %v : i8
  } -> tensor<4x64xi8>
  %numbers = bitserial.encode %values : tensor<4x64xi8> to tensor<4x64x!bitserial.int<2, unsigned>>
  %packed = bitserial.pack %numbers : tensor<4x64x!bitserial.int<2, unsigned>> to tensor<4x64x!bitserial.int<2, unsigned>, #bitserial.layout<packed = 1, word = 32>>
  return %packed : tensor<4x64x!bitserial.int<2, unsigned>, #bitserial.layout<packed = 1, word = 32>>
}

// -----

#x = affine_map<(m, n, k) -> (m, k)>
#w = affine_map<(m, n, k) -> (n, k)>
#y = affine_map<(m, n, k) -> (m, n)>
#channel = affine_map<(m, n) -> (n)>
#identity = affine_map<(m, n) -> (m, n)>

// -1, 0 or 1, by selections: the plane of -1 is a comparison that does not hold.
// CHECK-LABEL: func.func @ternary(
// CHECK: %[[ABOVE:.*]] = arith.cmpi sgt, %[[X:.*]], %{{.*}} : vector<16xi32>
// CHECK: %[[NOT_BELOW:.*]] = arith.cmpi sgt, %[[X]], %{{.*}} : vector<16xi32>
// CHECK: arith.xori %[[NOT_BELOW]], %{{.*}} : vector<16xi1>
// CHECK-NOT: arith.select
// CHECK: vector.shuffle %[[ABOVE]], %{{.*}}
// CHECK: return
func.func @ternary(%x: tensor<4x128x!bitserial.int<1, unsigned>>, %w: tensor<64x128x!bitserial.int<1, bipolar>>) -> tensor<4x64x!bitserial.int<2, ternary>, #bitserial.layout<packed = 1, word = 32>> {
  %sums = bitserial.contract %x, %w indexing_maps = [#x, #w, #y]
      : tensor<4x128x!bitserial.int<1, unsigned>>, tensor<64x128x!bitserial.int<1, bipolar>> -> tensor<4x64xi32>
  %low = arith.constant -3 : i32
  %high = arith.constant 3 : i32
  %minus = arith.constant -1 : i8
  %none = arith.constant 0 : i8
  %plus = arith.constant 1 : i8
  %empty = tensor.empty() : tensor<4x64xi8>
  %values = linalg.generic {indexing_maps = [#identity, #identity], iterator_types = ["parallel", "parallel"]}
      ins(%sums : tensor<4x64xi32>) outs(%empty : tensor<4x64xi8>) {
  ^bb0(%s: i32, %out: i8):
    %c0 = arith.cmpi sgt, %s, %low : i32
    %c1 = arith.cmpi sgt, %s, %high : i32
    %a = arith.select %c0, %none, %minus : i8
    %v = arith.select %c1, %plus, %a : i8
    linalg.yield %v : i8
  } -> tensor<4x64xi8>
  %numbers = bitserial.encode %values : tensor<4x64xi8> to tensor<4x64x!bitserial.int<2, ternary>>
  %packed = bitserial.pack %numbers : tensor<4x64x!bitserial.int<2, ternary>> to tensor<4x64x!bitserial.int<2, ternary>, #bitserial.layout<packed = 1, word = 32>>
  return %packed : tensor<4x64x!bitserial.int<2, ternary>, #bitserial.layout<packed = 1, word = 32>>
}

// -----

#x = affine_map<(m, n, k) -> (m, k)>
#w = affine_map<(m, n, k) -> (n, k)>
#y = affine_map<(m, n, k) -> (m, n)>
#channel = affine_map<(m, n) -> (n)>
#identity = affine_map<(m, n) -> (m, n)>

// The numbers are needed elsewhere: they are computed, and packed from memory.
// CHECK-LABEL: func.func @used_twice(
// CHECK: arith.extui
// CHECK: vector.transfer_write {{.*}} : vector<16xi8>
// CHECK: return
func.func @used_twice(%x: tensor<4x128x!bitserial.int<1, unsigned>>, %w: tensor<64x128x!bitserial.int<1, bipolar>>) -> (tensor<4x64x!bitserial.int<2, unsigned>, #bitserial.layout<packed = 1, word = 32>>, tensor<4x64xi8>) {
  %sums = bitserial.contract %x, %w indexing_maps = [#x, #w, #y]
      : tensor<4x128x!bitserial.int<1, unsigned>>, tensor<64x128x!bitserial.int<1, bipolar>> -> tensor<4x64xi32>
  %t0 = arith.constant dense<[-9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9, -10, -11, -9]> : tensor<64xi32>
  %t1 = arith.constant dense<[0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3]> : tensor<64xi32>
  %t2 = arith.constant dense<[9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9, 10, 11, 12, 13, 14, 15, 9]> : tensor<64xi32>
  %empty = tensor.empty() : tensor<4x64xi8>
  %values = linalg.generic {indexing_maps = [#identity, #channel, #channel, #channel, #identity], iterator_types = ["parallel", "parallel"]}
      ins(%sums, %t0, %t1, %t2 : tensor<4x64xi32>, tensor<64xi32>, tensor<64xi32>, tensor<64xi32>) outs(%empty : tensor<4x64xi8>) {
  ^bb0(%s: i32, %u0: i32, %u1: i32, %u2: i32, %out: i8):
    %c0 = arith.cmpi sgt, %s, %u0 : i32
    %c1 = arith.cmpi sgt, %s, %u1 : i32
    %c2 = arith.cmpi sgt, %s, %u2 : i32
    %e0 = arith.extui %c0 : i1 to i8
    %e1 = arith.extui %c1 : i1 to i8
    %e2 = arith.extui %c2 : i1 to i8
    %a = arith.addi %e0, %e1 : i8
    %v = arith.addi %a, %e2 : i8
    linalg.yield %v : i8
  } -> tensor<4x64xi8>
  %numbers = bitserial.encode %values : tensor<4x64xi8> to tensor<4x64x!bitserial.int<2, unsigned>>
  %packed = bitserial.pack %numbers : tensor<4x64x!bitserial.int<2, unsigned>> to tensor<4x64x!bitserial.int<2, unsigned>, #bitserial.layout<packed = 1, word = 32>>
  return %packed, %values : tensor<4x64x!bitserial.int<2, unsigned>, #bitserial.layout<packed = 1, word = 32>>, tensor<4x64xi8>
}
