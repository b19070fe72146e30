// RUN: bitserial-opt %s --bitserial-check-imported -verify-diagnostics

// An error names what nothing lowers, and where it is.

func.func @main(%x: tensor<4x8x16xf32>) -> tensor<4x8x9xf32> {
  // expected-error @+1 {{'tosa.rfft2d' cannot be compiled: the import has no lowering of it for these types and attributes}}
  %0, %1 = tosa.rfft2d %x : (tensor<4x8x16xf32>) -> (tensor<4x8x9xf32>, tensor<4x8x9xf32>)
  return %0 : tensor<4x8x9xf32>
}

func.func @stablehlo(%x: tensor<4xf32>, %c: tensor<f32>) -> tensor<f32> {
  // expected-error @+1 {{'stablehlo.reduce' cannot be compiled}}
  %0 = stablehlo.reduce(%x init: %c) applies stablehlo.add across dimensions = [0] : (tensor<4xf32>, tensor<f32>) -> tensor<f32>
  return %0 : tensor<f32>
}
