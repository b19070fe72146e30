func.func @main(%x: tensor<1x4x16xi8>) -> tensor<1x4x8xi32> {
  %z = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %w = "tosa.const"() <{values = dense<1> : tensor<1x16x8xi8>}> : () -> tensor<1x16x8xi8>
  %few = tosa.clamp %x {min_val = 0 : i8, max_val = 3 : i8}
      : (tensor<1x4x16xi8>) -> tensor<1x4x16xi8>
  %0 = tosa.matmul %few, %w, %z, %z
      : (tensor<1x4x16xi8>, tensor<1x16x8xi8>, tensor<1xi8>, tensor<1xi8>) -> tensor<1x4x8xi32>
  return %0 : tensor<1x4x8xi32>
}
