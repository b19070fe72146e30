// RUN: bitserial-opt %s --bitserial-requantize | FileCheck %s --implicit-check-not='cmpi sgt'

// What stays as it is: functions that are not monotone, or not known to be,
// that have too many results, or are cheap as they are.

#id = affine_map<(m, n) -> (m, n)>

// x * x is not monotone.
// CHECK-LABEL: func.func @square(
// CHECK: arith.muli
func.func @square(%x: tensor<4x3xi8>) -> tensor<4x3xi8> {
  %one = arith.constant 1 : i32
  %shift = arith.constant 10 : i32
  %empty = tensor.empty() : tensor<4x3xi8>
  %r = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x : tensor<4x3xi8>) outs(%empty : tensor<4x3xi8>) {
  ^bb0(%s: i8, %out: i8):
    %0 = arith.extsi %s : i8 to i32
    %1 = arith.muli %0, %0 : i32
    %2 = arith.shrsi %1, %shift : i32
    %3 = arith.minsi %2, %one : i32
    %4 = arith.trunci %3 : i32 to i8
    linalg.yield %4 : i8
  } -> tensor<4x3xi8>
  return %r : tensor<4x3xi8>
}

// 17 results.
// CHECK-LABEL: func.func @many(
// CHECK: arith.muli
func.func @many(%x: tensor<4x3xi8>) -> tensor<4x3xi8> {
  %seven = arith.constant 7 : i64
  %zero = arith.constant 0 : i64
  %most = arith.constant 16 : i64
  %empty = tensor.empty() : tensor<4x3xi8>
  %r = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x : tensor<4x3xi8>) outs(%empty : tensor<4x3xi8>) {
  ^bb0(%s: i8, %out: i8):
    %0 = arith.extsi %s : i8 to i64
    %1 = arith.muli %0, %seven : i64
    %2 = arith.maxsi %1, %zero : i64
    %3 = arith.minsi %2, %most : i64
    %4 = arith.muli %3, %seven : i64
    %5 = arith.trunci %3 : i64 to i8
    linalg.yield %5 : i8
  } -> tensor<4x3xi8>
  return %r : tensor<4x3xi8>
}

// Three comparisons and two sums against a minimum and a maximum.
// CHECK-LABEL: func.func @clamp(
// CHECK: arith.maxsi
func.func @clamp(%x: tensor<4x3xi32>) -> tensor<4x3xi8> {
  %zero = arith.constant 0 : i32
  %three = arith.constant 3 : i32
  %empty = tensor.empty() : tensor<4x3xi8>
  %r = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x : tensor<4x3xi32>) outs(%empty : tensor<4x3xi8>) {
  ^bb0(%s: i32, %out: i8):
    %0 = arith.maxsi %s, %zero : i32
    %1 = arith.minsi %0, %three : i32
    %2 = arith.trunci %1 : i32 to i8
    linalg.yield %2 : i8
  } -> tensor<4x3xi8>
  return %r : tensor<4x3xi8>
}

// 0 times infinity is NaN, which is no integer: in between -128 and 127 only.
// CHECK-LABEL: func.func @infinite_scale(
// CHECK: arith.mulf
func.func @infinite_scale(%x: tensor<4x3xi8>) -> tensor<4x3xi8> {
  %inf = arith.constant 0x7F800000 : f32
  %zero = arith.constant 0.0 : f32
  %one = arith.constant 1.0 : f32
  %empty = tensor.empty() : tensor<4x3xi8>
  %r = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x : tensor<4x3xi8>) outs(%empty : tensor<4x3xi8>) {
  ^bb0(%s: i8, %out: i8):
    %0 = arith.sitofp %s : i8 to f32
    %1 = arith.mulf %0, %inf : f32
    %2 = arith.maximumf %1, %zero : f32
    %3 = arith.minimumf %2, %one : f32
    %4 = arith.fptosi %3 : f32 to i8
    linalg.yield %4 : i8
  } -> tensor<4x3xi8>
  return %r : tensor<4x3xi8>
}

// CHECK-LABEL: func.func @nan(
// CHECK: arith.addf
func.func @nan(%x: tensor<4x3xi8>) -> tensor<4x3xi8> {
  %nan = arith.constant 0x7FC00000 : f32
  %zero = arith.constant 0.0 : f32
  %one = arith.constant 1.0 : f32
  %empty = tensor.empty() : tensor<4x3xi8>
  %r = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x : tensor<4x3xi8>) outs(%empty : tensor<4x3xi8>) {
  ^bb0(%s: i8, %out: i8):
    %0 = arith.sitofp %s : i8 to f32
    %1 = arith.addf %0, %nan : f32
    %2 = arith.maximumf %1, %zero : f32
    %3 = arith.minimumf %2, %one : f32
    %4 = arith.fptosi %3 : f32 to i8
    linalg.yield %4 : i8
  } -> tensor<4x3xi8>
  return %r : tensor<4x3xi8>
}

// Sums that may be computed otherwise than they are here.
// CHECK-LABEL: func.func @fast(
// CHECK: arith.addf
func.func @fast(%x: tensor<4x3xi8>) -> tensor<4x3xi8> {
  %scale = arith.constant 0.1 : f32
  %zero = arith.constant 0.0 : f32
  %one = arith.constant 1.0 : f32
  %empty = tensor.empty() : tensor<4x3xi8>
  %r = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x : tensor<4x3xi8>) outs(%empty : tensor<4x3xi8>) {
  ^bb0(%s: i8, %out: i8):
    %0 = arith.sitofp %s : i8 to f32
    %1 = arith.mulf %0, %scale fastmath<contract> : f32
    %2 = arith.addf %1, %scale fastmath<contract> : f32
    %3 = arith.maximumf %2, %zero : f32
    %4 = arith.minimumf %3, %one : f32
    %5 = arith.fptosi %4 : f32 to i8
    linalg.yield %5 : i8
  } -> tensor<4x3xi8>
  return %r : tensor<4x3xi8>
}

// Two inputs, and nothing that depends on one number alone.
// CHECK-LABEL: func.func @two_inputs(
// CHECK: arith.maxsi
func.func @two_inputs(%x: tensor<4x3xi32>, %y: tensor<4x3xi32>) -> tensor<4x3xi8> {
  %zero = arith.constant 0 : i32
  %three = arith.constant 3 : i32
  %empty = tensor.empty() : tensor<4x3xi8>
  %r = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x, %y : tensor<4x3xi32>, tensor<4x3xi32>) outs(%empty : tensor<4x3xi8>) {
  ^bb0(%a: i32, %b: i32, %out: i8):
    %0 = arith.shrsi %a, %three : i32
    %1 = arith.shrsi %b, %three : i32
    %2 = arith.addi %0, %1 : i32
    %3 = arith.maxsi %2, %zero : i32
    %4 = arith.minsi %3, %three : i32
    %5 = arith.trunci %4 : i32 to i8
    linalg.yield %5 : i8
  } -> tensor<4x3xi8>
  return %r : tensor<4x3xi8>
}

// A table is no function that is known.
// CHECK-LABEL: func.func @table(
// CHECK: tensor.extract
func.func @table(%x: tensor<4x3xi8>, %table: tensor<256xi8>) -> tensor<4x3xi8> {
  %offset = arith.constant 128 : index
  %empty = tensor.empty() : tensor<4x3xi8>
  %r = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x : tensor<4x3xi8>) outs(%empty : tensor<4x3xi8>) {
  ^bb0(%s: i8, %out: i8):
    %0 = arith.index_cast %s : i8 to index
    %1 = arith.addi %0, %offset : index
    %2 = tensor.extract %table[%1] : tensor<256xi8>
    linalg.yield %2 : i8
  } -> tensor<4x3xi8>
  return %r : tensor<4x3xi8>
}
