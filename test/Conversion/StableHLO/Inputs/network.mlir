module @jit_f attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<1x4x4x2xf32>, %arg1: tensor<3x3x2x3xf32>, %arg2: tensor<14x5xf32>) -> (tensor<1xi32> {jax.result_info = "result[0]"}, tensor<5xf32> {jax.result_info = "result[1]"}, tensor<5x1xf32> {jax.result_info = "result[2]"}) {
    %0 = call @round(%arg0) : (tensor<1x4x4x2xf32>) -> tensor<1x4x4x2xf32>
    %c = stablehlo.constant dense<0> : tensor<i32>
    %c_0 = stablehlo.constant dense<3> : tensor<i32>
    %1 = call @clip(%0, %c, %c_0) : (tensor<1x4x4x2xf32>, tensor<i32>, tensor<i32>) -> tensor<1x4x4x2xf32>
    %2 = stablehlo.convolution(%1, %arg1) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[1, 1], [1, 1]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x4x4x2xf32>, tensor<3x3x2x3xf32>) -> tensor<1x4x4x3xf32>
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %3 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<1x4x4x3xf32>
    %4 = stablehlo.compare GE, %2, %3, FLOAT : (tensor<1x4x4x3xf32>, tensor<1x4x4x3xf32>) -> tensor<1x4x4x3xi1>
    %cst_1 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %cst_2 = stablehlo.constant dense<-1.000000e+00> : tensor<f32>
    %5 = call @_where(%4, %cst_1, %cst_2) : (tensor<1x4x4x3xi1>, tensor<f32>, tensor<f32>) -> tensor<1x4x4x3xf32>
    %cst_3 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %6 = stablehlo.broadcast_in_dim %cst_3, dims = [] : (tensor<f32>) -> tensor<f32>
    %7 = "stablehlo.reduce_window"(%5, %6) <{base_dilations = array<i64: 1, 1, 1, 1>, padding = dense<0> : tensor<4x2xi64>, window_dilations = array<i64: 1, 1, 1, 1>, window_dimensions = array<i64: 1, 2, 2, 1>, window_strides = array<i64: 1, 2, 2, 1>}> ({
    ^bb0(%arg3: tensor<f32>, %arg4: tensor<f32>):
      %22 = stablehlo.maximum %arg3, %arg4 : tensor<f32>
      stablehlo.return %22 : tensor<f32>
    }) : (tensor<1x4x4x3xf32>, tensor<f32>) -> tensor<1x2x2x3xf32>
    %8 = stablehlo.reshape %7 : (tensor<1x2x2x3xf32>) -> tensor<1x12xf32>
    %9 = stablehlo.slice %8 [0:1, 1:8:2] : (tensor<1x12xf32>) -> tensor<1x4xf32>
    %c_4 = stablehlo.constant dense<0> : tensor<i32>
    %10 = call @_pad(%9, %c_4) : (tensor<1x4xf32>, tensor<i32>) -> tensor<1x7xf32>
    %11 = stablehlo.concatenate %10, %10, dim = 1 : (tensor<1x7xf32>, tensor<1x7xf32>) -> tensor<1x14xf32>
    %12 = stablehlo.sign %11 : tensor<1x14xf32>
    %13 = stablehlo.dot_general %12, %arg2, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<1x14xf32>, tensor<14x5xf32>) -> tensor<1x5xf32>
    %14 = call @relu(%13) : (tensor<1x5xf32>) -> tensor<1x5xf32>
    %15 = stablehlo.iota dim = 0 : tensor<5xi32>
    %16 = stablehlo.convert %15 : (tensor<5xi32>) -> tensor<5xf32>
    %17 = stablehlo.broadcast_in_dim %16, dims = [1] : (tensor<5xf32>) -> tensor<1x5xf32>
    %18 = stablehlo.add %14, %17 : tensor<1x5xf32>
    %19 = call @argmax(%18) : (tensor<1x5xf32>) -> tensor<1xi32>
    %cst_5 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %20 = stablehlo.reduce(%18 init: %cst_5) applies stablehlo.add across dimensions = [0] : (tensor<1x5xf32>, tensor<f32>) -> tensor<5xf32>
    %21 = stablehlo.transpose %18, dims = [1, 0] : (tensor<1x5xf32>) -> tensor<5x1xf32>
    return %19, %20, %21 : tensor<1xi32>, tensor<5xf32>, tensor<5x1xf32>
  }
  func.func private @round(%arg0: tensor<1x4x4x2xf32>) -> tensor<1x4x4x2xf32> {
    %0 = stablehlo.round_nearest_even %arg0 : tensor<1x4x4x2xf32>
    return %0 : tensor<1x4x4x2xf32>
  }
  func.func private @clip(%arg0: tensor<1x4x4x2xf32>, %arg1: tensor<i32>, %arg2: tensor<i32>) -> tensor<1x4x4x2xf32> {
    %0 = stablehlo.convert %arg1 : (tensor<i32>) -> tensor<f32>
    %1 = stablehlo.broadcast_in_dim %0, dims = [] : (tensor<f32>) -> tensor<1x4x4x2xf32>
    %2 = stablehlo.maximum %1, %arg0 : tensor<1x4x4x2xf32>
    %3 = stablehlo.convert %arg2 : (tensor<i32>) -> tensor<f32>
    %4 = stablehlo.broadcast_in_dim %3, dims = [] : (tensor<f32>) -> tensor<1x4x4x2xf32>
    %5 = stablehlo.minimum %4, %2 : tensor<1x4x4x2xf32>
    return %5 : tensor<1x4x4x2xf32>
  }
  func.func private @_where(%arg0: tensor<1x4x4x3xi1>, %arg1: tensor<f32>, %arg2: tensor<f32>) -> tensor<1x4x4x3xf32> {
    %0 = stablehlo.broadcast_in_dim %arg1, dims = [] : (tensor<f32>) -> tensor<1x4x4x3xf32>
    %1 = stablehlo.broadcast_in_dim %arg2, dims = [] : (tensor<f32>) -> tensor<1x4x4x3xf32>
    %2 = stablehlo.select %arg0, %0, %1 : tensor<1x4x4x3xi1>, tensor<1x4x4x3xf32>
    return %2 : tensor<1x4x4x3xf32>
  }
  func.func private @_pad(%arg0: tensor<1x4xf32>, %arg1: tensor<i32>) -> tensor<1x7xf32> {
    %0 = stablehlo.convert %arg1 : (tensor<i32>) -> tensor<f32>
    %1 = stablehlo.pad %arg0, %0, low = [0, 1], high = [0, 2], interior = [0, 0] : (tensor<1x4xf32>, tensor<f32>) -> tensor<1x7xf32>
    return %1 : tensor<1x7xf32>
  }
  func.func private @relu(%arg0: tensor<1x5xf32>) -> tensor<1x5xf32> {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<1x5xf32>
    %1 = stablehlo.maximum %arg0, %0 : tensor<1x5xf32>
    return %1 : tensor<1x5xf32>
  }
  func.func private @argmax(%arg0: tensor<1x5xf32>) -> tensor<1xi32> {
    %0 = stablehlo.iota dim = 1 : tensor<1x5xi32>
    %cst = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %c = stablehlo.constant dense<0> : tensor<i32>
    %1:2 = stablehlo.reduce(%arg0 init: %cst), (%0 init: %c) across dimensions = [1] : (tensor<1x5xf32>, tensor<1x5xi32>, tensor<f32>, tensor<i32>) -> (tensor<1xf32>, tensor<1xi32>)
     reducer(%arg1: tensor<f32>, %arg3: tensor<f32>) (%arg2: tensor<i32>, %arg4: tensor<i32>)  {
      %2 = stablehlo.compare GT, %arg1, %arg3, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %3 = stablehlo.compare NE, %arg1, %arg1, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %4 = stablehlo.or %2, %3 : tensor<i1>
      %5 = stablehlo.compare EQ, %arg1, %arg3, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %6 = stablehlo.compare LT, %arg2, %arg4, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
      %7 = stablehlo.and %5, %6 : tensor<i1>
      %8 = stablehlo.or %4, %7 : tensor<i1>
      %9 = stablehlo.select %4, %arg1, %arg3 : tensor<i1>, tensor<f32>
      %10 = stablehlo.select %8, %arg2, %arg4 : tensor<i1>, tensor<i32>
      stablehlo.return %9, %10 : tensor<f32>, tensor<i32>
    }
    return %1#1 : tensor<1xi32>
  }
}
