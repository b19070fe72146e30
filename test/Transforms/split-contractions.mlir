// RUN: bitserial-opt %s --bitserial-split-contractions="blocks=2 min-products=1" | FileCheck %s
// RUN: bitserial-opt %s --bitserial-split-contractions=blocks=2 | FileCheck %s --check-prefix=LITTLE

// Little work stays whole.
// LITTLE-NOT: tensor.insert_slice

// Lines of the image: the first block has the padding above it, the second
// begins with the line that both read.

// CHECK-LABEL: func.func @lines(
// CHECK-SAME:    %[[X:.+]]: tensor<1x8x8x64x!bitserial.int<1, unsigned>>, %[[W:.+]]: tensor
// CHECK: %[[EMPTY:.+]] = tensor.empty() : tensor<1x4x4x16xi32>
// CHECK: %[[X0:.+]] = tensor.extract_slice %[[X]][0, 0, 0, 0] [1, 4, 8, 64] [1, 1, 1, 1]
// CHECK: %[[R0:.+]] = bitserial.contract %[[X0]], %[[W]] {{.*}} pad_low = [0, 1, 1, 0] pad_high = [0, 0, 0, 0]
// CHECK: %[[I0:.+]] = tensor.insert_slice %[[R0]] into %[[EMPTY]][0, 0, 0, 0] [1, 2, 4, 16] [1, 1, 1, 1]
// CHECK: %[[X1:.+]] = tensor.extract_slice %[[X]][0, 3, 0, 0] [1, 5, 8, 64] [1, 1, 1, 1]
// CHECK: %[[R1:.+]] = bitserial.contract %[[X1]], %[[W]] {{.*}} pad_low = [0, 0, 1, 0] pad_high = [0, 0, 0, 0]
// CHECK: %[[I1:.+]] = tensor.insert_slice %[[R1]] into %[[I0]][0, 2, 0, 0] [1, 2, 4, 16] [1, 1, 1, 1]
// CHECK: return %[[I1]]
func.func @lines(%x: tensor<1x8x8x64x!bitserial.int<1, unsigned>>, %w: tensor<16x3x3x64x!bitserial.int<1, bipolar>>) -> tensor<1x4x4x16xi32> {
  %0 = bitserial.contract %x, %w indexing_maps = [affine_map<(n, oh, ow, o, kh, kw, c) -> (n, oh * 2 + kh, ow * 2 + kw, c)>,
         affine_map<(n, oh, ow, o, kh, kw, c) -> (o, kh, kw, c)>,
         affine_map<(n, oh, ow, o, kh, kw, c) -> (n, oh, ow, o)>]
      pad_low = [0, 1, 1, 0] pad_high = [0, 0, 0, 0]
      : tensor<1x8x8x64x!bitserial.int<1, unsigned>>, tensor<16x3x3x64x!bitserial.int<1, bipolar>> -> tensor<1x4x4x16xi32>
  return %0 : tensor<1x4x4x16xi32>
}

// An odd number of rows, but outputs in whole vectors: halves of the weights,
// which stay constants.

// CHECK-LABEL: func.func @outputs(
// CHECK-SAME:    %[[X:.+]]: tensor
// CHECK-DAG: %[[W0:.+]] = bitserial.constant dense<1> : tensor<64x8xi8> to
// CHECK-DAG: %[[W1:.+]] = bitserial.constant dense<-1> : tensor<64x8xi8> to
// CHECK-DAG: %[[R0:.+]] = bitserial.contract %[[X]], %[[W0]]
// CHECK-DAG: %[[R1:.+]] = bitserial.contract %[[X]], %[[W1]]
// CHECK-DAG: tensor.insert_slice %[[R0]] into %{{.+}}[0, 0] [7, 64] [1, 1]
// CHECK-DAG: tensor.insert_slice %[[R1]] into %{{.+}}[0, 64] [7, 64] [1, 1]
func.func @outputs(%x: tensor<7x8x!bitserial.int<1, unsigned>>) -> tensor<7x128xi32> {
  %w = bitserial.constant dense<"0x0101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF"> : tensor<128x8xi8> to tensor<128x8x!bitserial.int<1, bipolar>>
  %0 = bitserial.contract %x, %w indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      : tensor<7x8x!bitserial.int<1, unsigned>>, tensor<128x8x!bitserial.int<1, bipolar>> -> tensor<7x128xi32>
  return %0 : tensor<7x128xi32>
}

// What is computed from a result is computed with it, in registers.

// CHECK-LABEL: func.func @used(
// CHECK: bitserial.contract
// CHECK-NOT: bitserial.contract
func.func @used(%x: tensor<8x32x!bitserial.int<1, unsigned>>, %w: tensor<64x32x!bitserial.int<1, bipolar>>) -> tensor<8x64xi32> {
  %0 = bitserial.contract %x, %w indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      : tensor<8x32x!bitserial.int<1, unsigned>>, tensor<64x32x!bitserial.int<1, bipolar>> -> tensor<8x64xi32>
  %1 = arith.addi %0, %0 : tensor<8x64xi32>
  return %1 : tensor<8x64xi32>
}
