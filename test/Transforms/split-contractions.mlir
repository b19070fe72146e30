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

// What is computed from the result element by element is so in blocks; factors
// for outputs are constants, thresholds for lines slices.

// CHECK-LABEL: func.func @epilogue(
// CHECK-SAME:    %[[X:.+]]: tensor<8x32x{{.+}}>, %[[W:.+]]: tensor<{{.+}}>, %[[T:.+]]: tensor<8xi32>)
// CHECK: %[[FACTORS:.+]] = arith.constant dense<7>
// CHECK: %[[R0:.+]] = bitserial.contract
// CHECK: %[[T0:.+]] = tensor.extract_slice %[[T]][0] [4] [1]
// CHECK: %[[E0:.+]] = linalg.generic {{.+}} ins(%[[R0]], %[[FACTORS]], %[[T0]] :
// CHECK: %[[A0:.+]] = arith.addi %[[E0]], %[[E0]] : tensor<4x64xi32>
// CHECK: tensor.insert_slice %[[A0]] into %{{.+}}[0, 0] [4, 64] [1, 1]
// CHECK: %[[R1:.+]] = bitserial.contract
// CHECK: %[[T1:.+]] = tensor.extract_slice %[[T]][4] [4] [1]
// CHECK: linalg.generic {{.+}} ins(%[[R1]], %[[FACTORS]], %[[T1]] :
// CHECK: tensor.insert_slice %{{.+}} into %{{.+}}[4, 0] [4, 64] [1, 1]
#whole = affine_map<(m, n) -> (m, n)>
func.func @epilogue(%x: tensor<8x32x!bitserial.int<1, unsigned>>, %w: tensor<64x32x!bitserial.int<1, bipolar>>, %thresholds: tensor<8xi32>) -> tensor<8x64xi32> {
  %0 = bitserial.contract %x, %w indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      : tensor<8x32x!bitserial.int<1, unsigned>>, tensor<64x32x!bitserial.int<1, bipolar>> -> tensor<8x64xi32>
  %factors = arith.constant dense<7> : tensor<64xi32>
  %empty = tensor.empty() : tensor<8x64xi32>
  %1 = linalg.generic {indexing_maps = [#whole, affine_map<(m, n) -> (n)>, affine_map<(m, n) -> (m)>, #whole], iterator_types = ["parallel", "parallel"]}
      ins(%0, %factors, %thresholds : tensor<8x64xi32>, tensor<64xi32>, tensor<8xi32>) outs(%empty : tensor<8x64xi32>) {
  ^bb0(%sum: i32, %factor: i32, %threshold: i32, %out: i32):
    %product = arith.muli %sum, %factor : i32
    %difference = arith.subi %product, %threshold : i32
    linalg.yield %difference : i32
  } -> tensor<8x64xi32>
  %2 = arith.addi %1, %1 : tensor<8x64xi32>
  return %2 : tensor<8x64xi32>
}

// From words to words: neither is unpacked. Halves of the outputs are whole
// words; their factors are constants of their own.

// CHECK-LABEL: func.func @packed(
// CHECK: %[[RESULT:.+]] = tensor.empty() : tensor<7x128x!bitserial.int<2, unsigned>, #{{.+}}>
// CHECK: %[[F0:.+]] = arith.constant dense<1> : tensor<7x64xi32>
// CHECK: arith.muli %{{.+}}, %[[F0]]
// CHECK: %[[P0:.+]] = bitserial.pack %{{.+}} to tensor<7x64x!bitserial.int<2, unsigned>, #[[L:.+]]>
// CHECK: tensor.insert_slice %[[P0]] into %[[RESULT]][0, 0] [7, 64] [1, 1]
// CHECK: %[[F1:.+]] = arith.constant dense<2> : tensor<7x64xi32>
// CHECK: %[[P1:.+]] = bitserial.pack %{{.+}} to tensor<7x64x!bitserial.int<2, unsigned>, #[[L]]>
// CHECK: tensor.insert_slice %[[P1]] into %{{.+}}[0, 64] [7, 64] [1, 1]

#l = #bitserial.layout<packed = 1, word = 32>
func.func @packed(%words: tensor<7x32x!bitserial.int<1, unsigned>, #l>, %w: tensor<128x32x!bitserial.int<1, unsigned>>) -> tensor<7x128x!bitserial.int<2, unsigned>, #l> {
  %x = bitserial.unpack %words : tensor<7x32x!bitserial.int<1, unsigned>, #l> to tensor<7x32x!bitserial.int<1, unsigned>>
  %0 = bitserial.contract %x, %w indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      : tensor<7x32x!bitserial.int<1, unsigned>>, tensor<128x32x!bitserial.int<1, unsigned>> -> tensor<7x128xi32>
  %factors = arith.constant dense<[[1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2], [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2], [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2], [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2], [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2], [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2], [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2]]> : tensor<7x128xi32>
  %1 = arith.muli %0, %factors : tensor<7x128xi32>
  %three = arith.constant dense<3> : tensor<7x128xi32>
  %2 = arith.andi %1, %three : tensor<7x128xi32>
  %3 = bitserial.encode %2 : tensor<7x128xi32> to tensor<7x128x!bitserial.int<2, unsigned>>
  %4 = bitserial.pack %3 : tensor<7x128x!bitserial.int<2, unsigned>> to tensor<7x128x!bitserial.int<2, unsigned>, #l>
  return %4 : tensor<7x128x!bitserial.int<2, unsigned>, #l>
}

// CHECK-LABEL: func.func @packed_lines(
// CHECK-SAME:    %[[WORDS:[a-z0-9]+]]: tensor
// CHECK: %[[S0:.+]] = tensor.extract_slice %[[WORDS]][0, 0] [4, 32] [1, 1]
// CHECK: bitserial.unpack %[[S0]] : tensor<4x32x!bitserial.int<1, unsigned>, #{{.+}}>
func.func @packed_lines(%words: tensor<8x32x!bitserial.int<1, unsigned>, #l>, %w: tensor<16x32x!bitserial.int<1, unsigned>>) -> tensor<8x16xi32> {
  %x = bitserial.unpack %words : tensor<8x32x!bitserial.int<1, unsigned>, #l> to tensor<8x32x!bitserial.int<1, unsigned>>
  %0 = bitserial.contract %x, %w indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      : tensor<8x32x!bitserial.int<1, unsigned>>, tensor<16x32x!bitserial.int<1, unsigned>> -> tensor<8x16xi32>
  return %0 : tensor<8x16xi32>
}

// Whole: lines that share words, a result that needs another contraction, and
// one that is summed up.

// CHECK-LABEL: func.func @shared_words(
// CHECK: bitserial.contract
// CHECK-NOT: bitserial.contract
#lines = #bitserial.layout<packed = 0, word = 32>
func.func @shared_words(%x: tensor<48x32x!bitserial.int<1, unsigned>>, %w: tensor<16x32x!bitserial.int<1, unsigned>>) -> tensor<48x16x!bitserial.int<2, unsigned>, #lines> {
  %0 = bitserial.contract %x, %w indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      : tensor<48x32x!bitserial.int<1, unsigned>>, tensor<16x32x!bitserial.int<1, unsigned>> -> tensor<48x16xi32>
  %three = arith.constant dense<3> : tensor<48x16xi32>
  %1 = arith.andi %0, %three : tensor<48x16xi32>
  %2 = bitserial.encode %1 : tensor<48x16xi32> to tensor<48x16x!bitserial.int<2, unsigned>>
  %3 = bitserial.pack %2 : tensor<48x16x!bitserial.int<2, unsigned>> to tensor<48x16x!bitserial.int<2, unsigned>, #lines>
  return %3 : tensor<48x16x!bitserial.int<2, unsigned>, #lines>
}

// CHECK-LABEL: func.func @residual(
// CHECK-COUNT-2: bitserial.contract
// CHECK-NOT: bitserial.contract
func.func @residual(%x: tensor<8x32x!bitserial.int<1, unsigned>>, %v: tensor<64x32x!bitserial.int<1, bipolar>>, %w: tensor<64x32x!bitserial.int<1, bipolar>>) -> tensor<8x64xi32> {
  %0 = bitserial.contract %x, %v indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      : tensor<8x32x!bitserial.int<1, unsigned>>, tensor<64x32x!bitserial.int<1, bipolar>> -> tensor<8x64xi32>
  %1 = bitserial.contract %x, %w indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      : tensor<8x32x!bitserial.int<1, unsigned>>, tensor<64x32x!bitserial.int<1, bipolar>> -> tensor<8x64xi32>
  %2 = arith.addi %0, %1 : tensor<8x64xi32>
  return %2 : tensor<8x64xi32>
}

// CHECK-LABEL: func.func @sums(
// CHECK: bitserial.contract
// CHECK-NOT: bitserial.contract
func.func @sums(%x: tensor<8x32x!bitserial.int<1, unsigned>>, %w: tensor<64x32x!bitserial.int<1, bipolar>>, %init: tensor<8xi32>) -> tensor<8xi32> {
  %0 = bitserial.contract %x, %w indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      : tensor<8x32x!bitserial.int<1, unsigned>>, tensor<64x32x!bitserial.int<1, bipolar>> -> tensor<8x64xi32>
  %1 = linalg.reduce { arith.addi } ins(%0 : tensor<8x64xi32>) outs(%init : tensor<8xi32>) dimensions = [1]
  return %1 : tensor<8xi32>
}
