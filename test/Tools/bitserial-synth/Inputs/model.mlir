func.func @main(%x: tensor<4x64xi8>) -> tensor<4x8xi32> {
  %pixels = stablehlo.constant dense<3> : tensor<64x640xi8>
  %signs = stablehlo.constant dense<-1> : tensor<640x8xi8>
  %sums = stablehlo.dot_general %x, %pixels, contracting_dims = [1] x [0] : (tensor<4x64xi8>, tensor<64x640xi8>) -> tensor<4x640xi32>
  %zero = stablehlo.constant dense<0> : tensor<4x640xi32>
  %positive = stablehlo.compare GT, %sums, %zero, SIGNED : (tensor<4x640xi32>, tensor<4x640xi32>) -> tensor<4x640xi1>
  %few = stablehlo.convert %positive : (tensor<4x640xi1>) -> tensor<4x640xi8>
  %result = stablehlo.dot_general %few, %signs, contracting_dims = [1] x [0] : (tensor<4x640xi8>, tensor<640x8xi8>) -> tensor<4x8xi32>
  return %result : tensor<4x8xi32>
}
