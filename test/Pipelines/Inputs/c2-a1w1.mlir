func.func @main(%x: tensor<1x56x56x64x!bitserial.int<1, unsigned>>, %w: tensor<64x3x3x64x!bitserial.int<1, unsigned>>) -> tensor<1x56x56x64xi32> {
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(n, oh, ow, o, kh, kw, c) -> (n, oh + kh, ow + kw, c)>,
                       affine_map<(n, oh, ow, o, kh, kw, c) -> (o, kh, kw, c)>,
                       affine_map<(n, oh, ow, o, kh, kw, c) -> (n, oh, ow, o)>]
      pad_low = [0, 1, 1, 0] pad_high = [0, 1, 1, 0]
      : tensor<1x56x56x64x!bitserial.int<1, unsigned>>, tensor<64x3x3x64x!bitserial.int<1, unsigned>>
      -> tensor<1x56x56x64xi32>
  return %0 : tensor<1x56x56x64xi32>
}
