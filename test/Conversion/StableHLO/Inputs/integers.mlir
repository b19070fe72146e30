module @jit_g attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<2x3x4xi8>, %arg1: tensor<2x4x5xi4>) -> (tensor<2x3x5xui8> {jax.result_info = "result[0]"}, tensor<3x5xui8> {jax.result_info = "result[1]"}, tensor<2xf32> {jax.result_info = "result[2]"}) {
    %0 = stablehlo.convert %arg0 : (tensor<2x3x4xi8>) -> tensor<2x3x4xi32>
    %1 = stablehlo.convert %arg1 : (tensor<2x4x5xi4>) -> tensor<2x4x5xi32>
    %2 = stablehlo.dot_general %0, %1, batching_dims = [0] x [0], contracting_dims = [2] x [1], precision = [DEFAULT, DEFAULT] : (tensor<2x3x4xi32>, tensor<2x4x5xi32>) -> tensor<2x3x5xi32>
    %c = stablehlo.constant dense<2> : tensor<i32>
    %3 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i32>) -> tensor<2x3x5xi32>
    %4 = stablehlo.shift_right_arithmetic %2, %3 : tensor<2x3x5xi32>
    %c_0 = stablehlo.constant dense<0> : tensor<i32>
    %c_1 = stablehlo.constant dense<7> : tensor<i32>
    %5 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<i32>) -> tensor<2x3x5xi32>
    %6 = stablehlo.broadcast_in_dim %c_1, dims = [] : (tensor<i32>) -> tensor<2x3x5xi32>
    %7 = stablehlo.clamp %5, %4, %6 : tensor<2x3x5xi32>
    %8 = stablehlo.convert %7 : (tensor<2x3x5xi32>) -> tensor<2x3x5xui8>
    %c_2 = stablehlo.constant dense<0> : tensor<ui8>
    %9 = stablehlo.reduce(%8 init: %c_2) applies stablehlo.maximum across dimensions = [0] : (tensor<2x3x5xui8>, tensor<ui8>) -> tensor<3x5xui8>
    %10 = stablehlo.convert %arg0 : (tensor<2x3x4xi8>) -> tensor<2x3x4xf32>
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %11 = stablehlo.reduce(%10 init: %cst) applies stablehlo.add across dimensions = [1, 2] : (tensor<2x3x4xf32>, tensor<f32>) -> tensor<2xf32>
    %cst_3 = stablehlo.constant dense<1.200000e+01> : tensor<f32>
    %12 = stablehlo.broadcast_in_dim %cst_3, dims = [] : (tensor<f32>) -> tensor<2xf32>
    %13 = stablehlo.divide %11, %12 : tensor<2xf32>
    return %8, %9, %13 : tensor<2x3x5xui8>, tensor<3x5xui8>, tensor<2xf32>
  }
}
