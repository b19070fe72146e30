// RUN: bitserial-opt %s --bitserial-vectorize-reductions --canonicalize --cse | FileCheck %s

module attributes {bitserial.target = #bitserial.target<"haswell">} {

// Rows share the weights: tiles of 3 rows of two vectors of 8 lanes.
// CHECK-LABEL: func @matmul(
// CHECK-SAME:    %[[X:.*]]: tensor<6x9xf32>, %[[W:.*]]: tensor<9x16xf32>, %[[B:.*]]: tensor<16xf32>)
// CHECK:       scf.for
// CHECK:         %[[BIAS0:[0-9]+]] = vector.transfer_read %[[B]]
// CHECK:         %[[BIAS1:[0-9]+]] = vector.transfer_read %[[B]]
// CHECK:         scf.for %[[K:[a-z0-9]+]] = {{.*}} iter_args(%{{[a-z0-9]+}} = %[[BIAS0]], %{{[a-z0-9]+}} = %[[BIAS1]], {{.*}}) -> (vector<8xf32>
// CHECK-DAG:       vector.transfer_read %[[W]][%[[K]], %{{.*}}]{{.*}} vector<8xf32>
// CHECK-DAG:       tensor.extract %[[X]][%{{.*}}, %[[K]]]
// CHECK:           %[[P:[0-9]+]] = arith.mulf {{.*}} fastmath<contract> : vector<8xf32>
// CHECK:           arith.addf %{{.*}}, %[[P]] fastmath<contract> : vector<8xf32>
// The epilogue, on the accumulators.
// CHECK:         arith.maximumf {{.*}} : vector<8xf32>
// CHECK:         vector.transfer_write
// CHECK-NOT:   linalg.generic
func.func @matmul(%x: tensor<6x9xf32>, %w: tensor<9x16xf32>, %b: tensor<16xf32>) -> tensor<6x16xf32> {
  %e = tensor.empty() : tensor<6x16xf32>
  %bias = linalg.generic {
      indexing_maps = [affine_map<(i, j) -> (j)>, affine_map<(i, j) -> (i, j)>],
      iterator_types = ["parallel", "parallel"]}
      ins(%b : tensor<16xf32>) outs(%e : tensor<6x16xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
  } -> tensor<6x16xf32>
  %m = linalg.matmul ins(%x, %w : tensor<6x9xf32>, tensor<9x16xf32>) outs(%bias : tensor<6x16xf32>) -> tensor<6x16xf32>
  %zero = arith.constant 0.0 : f32
  %r = linalg.generic {
      indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>],
      iterator_types = ["parallel", "parallel"]}
      ins(%m : tensor<6x16xf32>) outs(%e : tensor<6x16xf32>) {
    ^bb0(%in: f32, %out: f32):
      %0 = arith.maximumf %in, %zero : f32
      linalg.yield %0 : f32
  } -> tensor<6x16xf32>
  return %r : tensor<6x16xf32>
}

// Constant weights with outputs outermost are transposed.
// CHECK-LABEL: func @transposed(
// CHECK:       arith.constant dense<{{\[}}[1, 4, 7, 10], [2, 5, 8, 11], [3, 6, 9, 12]]> : tensor<3x4xi32>
// CHECK-NOT:   linalg.generic
// CHECK:       return
func.func @transposed(%x: tensor<2x3xi32>, %i: tensor<2x4xi32>) -> tensor<2x4xi32> {
  %w = arith.constant dense<[[1, 2, 3], [4, 5, 6], [7, 8, 9], [10, 11, 12]]> : tensor<4x3xi32>
  %r = linalg.matmul
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      ins(%x, %w : tensor<2x3xi32>, tensor<4x3xi32>) outs(%i : tensor<2x4xi32>) -> tensor<2x4xi32>
  return %r : tensor<2x4xi32>
}

// Bytes: 32 lanes. The window is not read.
// CHECK-LABEL: func @max_pool(
// CHECK-SAME:    %[[X:.*]]: tensor<1x7x7x33xi8>)
// CHECK:       vector.transfer_read %[[X]]{{.*}} vector<32xi8>
// CHECK:       arith.maxsi {{.*}} : vector<32xi8>
// The channel that is left.
// CHECK:       vector.transfer_read %[[X]]{{.*}} vector<1xi8>
// CHECK-NOT:   linalg
func.func @max_pool(%x: tensor<1x7x7x33xi8>) -> tensor<1x3x3x33xi8> {
  %window = tensor.empty() : tensor<3x3xi8>
  %low = arith.constant -128 : i8
  %e = tensor.empty() : tensor<1x3x3x33xi8>
  %init = linalg.fill ins(%low : i8) outs(%e : tensor<1x3x3x33xi8>) -> tensor<1x3x3x33xi8>
  %r = linalg.pooling_nhwc_max {strides = dense<2> : vector<2xi64>, dilations = dense<1> : vector<2xi64>}
      ins(%x, %window : tensor<1x7x7x33xi8>, tensor<3x3xi8>) outs(%init : tensor<1x3x3x33xi8>) -> tensor<1x3x3x33xi8>
  return %r : tensor<1x3x3x33xi8>
}

// Lanes would read columns of a tensor that is no constant; rows are short; the
// result has no rows.
// CHECK-LABEL: func @not(
// CHECK:       linalg.generic
// CHECK:       linalg.generic
// CHECK:       linalg.generic
func.func @not(%x: tensor<2x3xf32>, %w: tensor<4x3xf32>, %i: tensor<2x4xf32>, %y: tensor<5x3xf32>, %j: tensor<3xf32>, %k: tensor<f32>)
    -> (tensor<2x4xf32>, tensor<3xf32>, tensor<f32>) {
  %0 = linalg.matmul
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      ins(%x, %w : tensor<2x3xf32>, tensor<4x3xf32>) outs(%i : tensor<2x4xf32>) -> tensor<2x4xf32>
  %1 = linalg.reduce { arith.addf } ins(%y : tensor<5x3xf32>) outs(%j : tensor<3xf32>) dimensions = [0]
  %2 = linalg.reduce { arith.addf } ins(%y : tensor<5x3xf32>) outs(%k : tensor<f32>) dimensions = [0, 1]
  return %0, %1, %2 : tensor<2x4xf32>, tensor<3xf32>, tensor<f32>
}
}
