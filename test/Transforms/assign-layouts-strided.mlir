// Positions of the activations that strides skip are not packed.

// RUN: bitserial-opt %s --bitserial-set-target=cpu=icelake-server --bitserial-assign-layouts | FileCheck %s

#w = affine_map<(n, oh, ow, o, kh, kw, c) -> (o, kh, kw, c)>
#y = affine_map<(n, oh, ow, o, kh, kw, c) -> (n, oh, ow, o)>

// CHECK-DAG: #[[POSITIONS:.+]] = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1 + d4, d2 + d5, d6)>
// CHECK-LABEL: func.func @pointwise(
// CHECK: %[[SLICE:.+]] = tensor.extract_slice %{{.+}}[0, 0, 0, 0] [1, 7, 5, 64] [1, 2, 3, 1]
// CHECK: bitserial.pack %[[SLICE]] : tensor<1x7x5x64x
// CHECK: bitserial.contract {{.*}} indexing_maps = [#[[POSITIONS]],
func.func @pointwise(%x: tensor<1x13x14x64x!bitserial.int<2, unsigned>>, %w: tensor<32x1x1x64x!bitserial.int<1, bipolar>>) -> tensor<1x7x5x32xi32> {
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(n, oh, ow, o, kh, kw, c) -> (n, oh * 2 + kh, ow * 3 + kw, c)>, #w, #y]
      : tensor<1x13x14x64x!bitserial.int<2, unsigned>>, tensor<32x1x1x64x!bitserial.int<1, bipolar>> -> tensor<1x7x5x32xi32>
  return %0 : tensor<1x7x5x32xi32>
}

// A filter that reads between the strides, and padding, need all of them.
// CHECK-LABEL: func.func @all_read(
// CHECK-NOT: tensor.extract_slice
// CHECK: return
func.func @all_read(%x: tensor<1x13x14x64x!bitserial.int<2, unsigned>>, %w: tensor<32x2x1x64x!bitserial.int<1, bipolar>>) -> tensor<1x6x8x32xi32> {
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(n, oh, ow, o, kh, kw, c) -> (n, oh * 2 + kh, ow * 2 + kw, c)>, #w, #y]
      pad_low = [0, 0, 1, 0] pad_high = [0, 0, 1, 0]
      : tensor<1x13x14x64x!bitserial.int<2, unsigned>>, tensor<32x2x1x64x!bitserial.int<1, bipolar>> -> tensor<1x6x8x32xi32>
  return %0 : tensor<1x6x8x32xi32>
}

// What is packed already is not unpacked for it.
#layout = #bitserial.layout<packed = 3, word = 32>
// CHECK-LABEL: func.func @packed(
// CHECK-NOT: tensor.extract_slice
// CHECK: return
func.func @packed(%words: tensor<1x13x13x64x!bitserial.int<2, unsigned>, #layout>, %w: tensor<32x1x1x64x!bitserial.int<1, bipolar>>) -> tensor<1x7x7x32xi32> {
  %x = bitserial.unpack %words : tensor<1x13x13x64x!bitserial.int<2, unsigned>, #layout> to tensor<1x13x13x64x!bitserial.int<2, unsigned>>
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(n, oh, ow, o, kh, kw, c) -> (n, oh * 2 + kh, ow * 2 + kw, c)>, #w, #y]
      : tensor<1x13x13x64x!bitserial.int<2, unsigned>>, tensor<32x1x1x64x!bitserial.int<1, bipolar>> -> tensor<1x7x7x32xi32>
  return %0 : tensor<1x7x7x32xi32>
}
