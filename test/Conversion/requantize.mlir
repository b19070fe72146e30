// RUN: bitserial-opt %s --bitserial-requantize --canonicalize | FileCheck %s

// What follows the sums of a contraction becomes comparisons with thresholds,
// if it is known to be monotone and thresholds are cheaper.

#x = affine_map<(m, n, k) -> (m, k)>
#w = affine_map<(m, n, k) -> (n, k)>
#y = affine_map<(m, n, k) -> (m, n)>
#id = affine_map<(m, n) -> (m, n)>
#channel = affine_map<(m, n) -> (n)>

// (x * m + b + 8) >> 4, limited to 0..3, where m is 3, 5 and -1: in the last
// channel ~x is compared. x is in -24..24, b + 8 is 8, 0, 20.
//   x * 3 + 8 >= 16 from 3 on, >= 32 from 8, >= 48 from 14
//   x * 5 >= 16 from 4 on, >= 32 from 7, >= 48 from 10
//   20 - x >= 16 up to 4, ~x >= -5; >= 32 up to -12, ~x >= 11; 48 nowhere
// CHECK-LABEL: func.func @batch_norm(
// CHECK-DAG: %[[FLIP:.*]] = arith.constant dense<[0, 0, -1]> : tensor<3xi32>
// CHECK-DAG: %[[ONE:.*]] = arith.constant dense<[2, 3, -6]> : tensor<3xi32>
// CHECK-DAG: %[[TWO:.*]] = arith.constant dense<[7, 6, 10]> : tensor<3xi32>
// CHECK-DAG: %[[THREE:.*]] = arith.constant dense<[13, 9, 23]> : tensor<3xi32>
// CHECK: %[[SUMS:.*]] = bitserial.contract
// CHECK: linalg.generic {{.*}} ins(%[[SUMS]], %[[FLIP]], %[[ONE]], %[[TWO]], %[[THREE]] :
// CHECK-NEXT: ^bb0(%[[X:.*]]: i32, %[[F:.*]]: i32, %[[A:.*]]: i32, %[[B:.*]]: i32, %[[C:.*]]: i32, %{{.*}}: i8):
// CHECK-NEXT: %[[FLIPPED:.*]] = arith.xori %[[X]], %[[F]]
// CHECK-NEXT: %[[GA:.*]] = arith.cmpi sgt, %[[FLIPPED]], %[[A]]
// CHECK-NEXT: %[[GB:.*]] = arith.cmpi sgt, %[[FLIPPED]], %[[B]]
// CHECK-NEXT: %[[GC:.*]] = arith.cmpi sgt, %[[FLIPPED]], %[[C]]
// CHECK-NEXT: arith.extui %[[GA]]
// CHECK-NEXT: arith.extui %[[GB]]
// CHECK-NEXT: arith.addi
// CHECK-NEXT: arith.extui %[[GC]]
// CHECK-NEXT: %[[SUM:.*]] = arith.addi
// CHECK-NEXT: %[[RESULT:.*]] = arith.trunci %[[SUM]] : i32 to i8
// CHECK-NEXT: linalg.yield %[[RESULT]]
func.func @batch_norm(%x: tensor<4x8x!bitserial.int<2, unsigned>>, %w: tensor<3x8x!bitserial.int<1, bipolar>>) -> tensor<4x3xi8> {
  %zero = arith.constant 0 : i32
  %three = arith.constant 3 : i32
  %four = arith.constant 4 : i32
  %half = arith.constant 8 : i32
  %m = arith.constant dense<[3, 5, -1]> : tensor<3xi32>
  %b = arith.constant dense<[0, -8, 12]> : tensor<3xi32>
  %sums = bitserial.contract %x, %w indexing_maps = [#x, #w, #y]
      : tensor<4x8x!bitserial.int<2, unsigned>>, tensor<3x8x!bitserial.int<1, bipolar>> -> tensor<4x3xi32>
  %empty = tensor.empty() : tensor<4x3xi8>
  %r = linalg.generic {indexing_maps = [#id, #channel, #channel, #id], iterator_types = ["parallel", "parallel"]}
      ins(%sums, %m, %b : tensor<4x3xi32>, tensor<3xi32>, tensor<3xi32>) outs(%empty : tensor<4x3xi8>) {
  ^bb0(%s: i32, %mul: i32, %add: i32, %out: i8):
    %0 = arith.muli %s, %mul : i32
    %1 = arith.addi %0, %add : i32
    %rounded = arith.addi %1, %half : i32
    %2 = arith.shrsi %rounded, %four : i32
    %3 = arith.maxsi %2, %zero : i32
    %4 = arith.minsi %3, %three : i32
    %5 = arith.trunci %4 : i32 to i8
    linalg.yield %5 : i8
  } -> tensor<4x3xi8>
  return %r : tensor<4x3xi8>
}

// A sign, of floats: one threshold for all, and a select.
// CHECK-LABEL: func.func @sign(
// CHECK-DAG: %[[T:.*]] = arith.constant 4 : i32
// CHECK-DAG: %[[PLUS:.*]] = arith.constant 1 : i8
// CHECK-DAG: %[[MINUS:.*]] = arith.constant -1 : i8
// CHECK: ^bb0(%[[X:.*]]: i32, %{{.*}}: i8):
// CHECK-NEXT: %[[IS:.*]] = arith.cmpi sgt, %[[X]], %[[T]] : i32
// CHECK-NEXT: %[[R:.*]] = arith.select %[[IS]], %[[PLUS]], %[[MINUS]] : i8
// CHECK-NEXT: linalg.yield %[[R]]
func.func @sign(%x: tensor<4x8x!bitserial.int<2, unsigned>>, %w: tensor<3x8x!bitserial.int<1, bipolar>>) -> tensor<4x3xi8> {
  %half = arith.constant 0.5 : f32
  %shift = arith.constant -2.25 : f32
  %zero = arith.constant 0.0 : f32
  %plus = arith.constant 1 : i8
  %minus = arith.constant -1 : i8
  %sums = bitserial.contract %x, %w indexing_maps = [#x, #w, #y]
      : tensor<4x8x!bitserial.int<2, unsigned>>, tensor<3x8x!bitserial.int<1, bipolar>> -> tensor<4x3xi32>
  %empty = tensor.empty() : tensor<4x3xi8>
  %r = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%sums : tensor<4x3xi32>) outs(%empty : tensor<4x3xi8>) {
  ^bb0(%s: i32, %out: i8):
    %0 = arith.sitofp %s : i32 to f32
    %1 = arith.mulf %0, %half : f32
    %2 = arith.addf %1, %shift : f32
    %3 = arith.cmpf oge, %2, %zero : f32
    %4 = arith.select %3, %plus, %minus : i8
    linalg.yield %4 : i8
  } -> tensor<4x3xi8>
  return %r : tensor<4x3xi8>
}

// Any i32 times 2^30 in 64 bits: the type's whole range, from an ordinary
// argument. Infinity is a bound like others.
// CHECK-LABEL: func.func @rescale(
// CHECK-DAG: arith.constant 127 : i32
// CHECK-DAG: arith.constant 383 : i32
// CHECK-NOT: i64
// CHECK: arith.cmpi sgt
// CHECK-NEXT: arith.cmpi sgt
// CHECK-NOT: i64
// CHECK: return
func.func @rescale(%x: tensor<4x3xi32>) -> tensor<4x3xi8> {
  %multiplier = arith.constant 1073741824 : i64
  %round = arith.constant 137438953472 : i64
  %shift = arith.constant 38 : i64
  %zero = arith.constant 0 : i32
  %two = arith.constant 2 : i32
  %empty = tensor.empty() : tensor<4x3xi8>
  %r = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x : tensor<4x3xi32>) outs(%empty : tensor<4x3xi8>) {
  ^bb0(%s: i32, %out: i8):
    %0 = arith.extsi %s : i32 to i64
    %1 = arith.muli %0, %multiplier : i64
    %2 = arith.addi %1, %round : i64
    %3 = arith.shrsi %2, %shift : i64
    %4 = arith.trunci %3 : i64 to i32
    %5 = arith.maxsi %4, %zero : i32
    %6 = arith.minsi %5, %two : i32
    %7 = arith.trunci %6 : i32 to i8
    linalg.yield %7 : i8
  } -> tensor<4x3xi8>
  return %r : tensor<4x3xi8>
}

// CHECK-LABEL: func.func @infinity(
// CHECK-COUNT-3: arith.cmpi sgt
// CHECK-NOT: f32
// CHECK: return
func.func @infinity(%x: tensor<4x3xi16>) -> tensor<4x3xi8> {
  %inf = arith.constant 0x7F800000 : f32
  %scale = arith.constant 0.3 : f32
  %zero = arith.constant 0.0 : f32
  %three = arith.constant 3.0 : f32
  %empty = tensor.empty() : tensor<4x3xi8>
  %r = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x : tensor<4x3xi16>) outs(%empty : tensor<4x3xi8>) {
  ^bb0(%s: i16, %out: i8):
    %0 = arith.sitofp %s : i16 to f32
    %1 = arith.minimumf %0, %inf : f32
    %2 = arith.mulf %1, %scale : f32
    %3 = math.roundeven %2 : f32
    %4 = arith.maximumf %3, %zero : f32
    %5 = arith.minimumf %4, %three : f32
    %6 = arith.fptosi %5 : f32 to i8
    linalg.yield %6 : i8
  } -> tensor<4x3xi8>
  return %r : tensor<4x3xi8>
}

// A residual sum of two inputs is what the thresholds are for.
// CHECK-LABEL: func.func @residual(
// CHECK: ^bb0(%[[A:.*]]: i32, %[[B:.*]]: i32, %{{.*}}: i8):
// CHECK-NEXT: %[[SUM:.*]] = arith.addi %[[A]], %[[B]]
// CHECK-NEXT: %[[ABOVE:.*]] = arith.cmpi sgt, %[[SUM]]
// CHECK-NEXT: arith.extui %[[ABOVE]] : i1 to i8
// CHECK-NEXT: linalg.yield
func.func @residual(%x: tensor<4x3xi32>, %y: tensor<4x3xi32>) -> tensor<4x3xi8> {
  %shift = arith.constant 6 : i32
  %zero = arith.constant 0 : i32
  %one = arith.constant 1 : i32
  %empty = tensor.empty() : tensor<4x3xi8>
  %r = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x, %y : tensor<4x3xi32>, tensor<4x3xi32>) outs(%empty : tensor<4x3xi8>) {
  ^bb0(%a: i32, %b: i32, %out: i8):
    %0 = arith.addi %a, %b : i32
    %1 = arith.shrsi %0, %shift : i32
    %2 = arith.maxsi %1, %zero : i32
    %3 = arith.minsi %2, %one : i32
    %4 = arith.trunci %3 : i32 to i8
    linalg.yield %4 : i8
  } -> tensor<4x3xi8>
  return %r : tensor<4x3xi8>
}

// The larger of two by a select is monotone; so is, of 256 numbers, what no op
// shows to be.
// CHECK-LABEL: func.func @select(
// CHECK-COUNT-1: arith.cmpi sgt
// CHECK-NOT: arith.select %{{.*}} : i32
// CHECK-NOT: arith.muli
// CHECK: return
func.func @select(%x: tensor<4x3xi8>) -> tensor<4x3xi8> {
  %zero = arith.constant 0 : i32
  %one = arith.constant 1 : i32
  %shift = arith.constant 10 : i32
  %empty = tensor.empty() : tensor<4x3xi8>
  %r = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x : tensor<4x3xi8>) outs(%empty : tensor<4x3xi8>) {
  ^bb0(%s: i8, %out: i8):
    %0 = arith.extsi %s : i8 to i32
    %1 = arith.cmpi sgt, %0, %zero : i32
    %2 = arith.select %1, %0, %zero : i32
    %3 = arith.muli %2, %2 : i32
    %4 = arith.shrsi %3, %shift : i32
    %5 = arith.minsi %4, %one : i32
    %6 = arith.trunci %5 : i32 to i8
    linalg.yield %6 : i8
  } -> tensor<4x3xi8>
  return %r : tensor<4x3xi8>
}

// The product of any i32 with 3 wraps around: what the threshold is for is the
// product.
// CHECK-LABEL: func.func @wraps(
// CHECK: %[[PRODUCT:.*]] = arith.muli
// CHECK-NEXT: arith.cmpi sgt, %[[PRODUCT]]
func.func @wraps(%x: tensor<4x3xi32>) -> tensor<4x3xi8> {
  %three = arith.constant 3 : i32
  %zero = arith.constant 0 : i32
  %one = arith.constant 1 : i32
  %empty = tensor.empty() : tensor<4x3xi8>
  %r = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x : tensor<4x3xi32>) outs(%empty : tensor<4x3xi8>) {
  ^bb0(%s: i32, %out: i8):
    %0 = arith.muli %s, %three : i32
    %1 = arith.maxsi %0, %zero : i32
    %2 = arith.minsi %1, %one : i32
    %3 = arith.trunci %2 : i32 to i8
    linalg.yield %3 : i8
  } -> tensor<4x3xi8>
  return %r : tensor<4x3xi8>
}
