func.func @main(%x: tensor<4x640x!bitserial.int<1, unsigned>>,
                %w: tensor<8x640x!bitserial.int<1, bipolar>>) -> tensor<4x8xi32> {
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                       affine_map<(m, n, k) -> (n, k)>,
                       affine_map<(m, n, k) -> (m, n)>]
      : tensor<4x640x!bitserial.int<1, unsigned>>, tensor<8x640x!bitserial.int<1, bipolar>>
      -> tensor<4x8xi32>
  return %0 : tensor<4x8xi32>
}
