func.func @main(%x: tensor<4xi32>) -> tensor<4xi32> {
  %0 = tosa.custom %x {operator_name = "op", domain_name = "vendor", implementation_attrs = ""}
      : (tensor<4xi32>) -> (tensor<4xi32>)
  return %0 : tensor<4xi32>
}
