func.func @main(%x: tensor<32x256x!bitserial.int<2, unsigned>>,
                %w: tensor<48x256x!bitserial.int<1, bipolar>>) -> tensor<32x48xi32> {
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                       affine_map<(m, n, k) -> (n, k)>,
                       affine_map<(m, n, k) -> (m, n)>]
      : tensor<32x256x!bitserial.int<2, unsigned>>, tensor<48x256x!bitserial.int<1, bipolar>>
      -> tensor<32x48xi32>
  return %0 : tensor<32x48xi32>
}
