#words = #bitserial.layout<packed = 1, word = 16, planes = 0>
func.func @rows(%x: tensor<1x16x!bitserial.int<1, unsigned>>) -> tensor<1x16x!bitserial.int<1, unsigned>, #words> {
  %0 = bitserial.pack %x : tensor<1x16x!bitserial.int<1, unsigned>> to tensor<1x16x!bitserial.int<1, unsigned>, #words>
  return %0 : tensor<1x16x!bitserial.int<1, unsigned>, #words>
}
