// Packing and unpacking of constants. The expected words were computed from
// the definition of the layout by other means.

// RUN: bitserial-opt %s --canonicalize --split-input-file | FileCheck %s

// One word per 8 columns, planes in front.
!values = tensor<3x11x!bitserial.int<2, unsigned>>
!packed = tensor<3x11x!bitserial.int<2, unsigned>, #bitserial.layout<packed = 1, word = 8>>
// CHECK-LABEL: func.func @partial_words
// CHECK-NEXT{LITERAL}: bitserial.constant dense<[[[-86, 2], [-57, 1], [-114, 3]], [[-52, 4], [-83, 4], [-127, 7]]]> : tensor<2x3x2xi8> to tensor<3x11x
// CHECK-NEXT{LITERAL}: bitserial.constant dense<[[0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2], [3, 1, 3, 2, 0, 2, 1, 3, 1, 0, 2], [2, 1, 1, 1, 0, 0, 0, 3, 3, 3, 2]]> : tensor<3x11xi8> to tensor<3x11x
// CHECK-NEXT: return
func.func @partial_words() -> (!packed, !values) {
  %c = bitserial.constant dense<[[0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2],
                                 [3, 1, 3, 2, 0, 2, 1, 3, 1, 0, 2],
                                 [2, 1, 1, 1, 0, 0, 0, 3, 3, 3, 2]]> : tensor<3x11xi8> to !values
  %p = bitserial.pack %c : !values to !packed
  %u = bitserial.unpack %p : !packed to !values
  return %p, %u : !packed, !values
}

// -----

// Rows interleaved in pairs, planes last; the third row's pair is padding.
!values = tensor<3x11x!bitserial.int<2, unsigned>>
!packed = tensor<3x11x!bitserial.int<2, unsigned>,
  #bitserial.layout<packed = 1, word = 8, inner_dims_pos = [0], inner_tiles = [2], planes = 3>>
// CHECK-LABEL: func.func @rows_interleaved
// CHECK-NEXT{LITERAL}: bitserial.constant dense<[[[[-86, -52], [-57, -83]], [[2, 4], [1, 4]]], [[[-114, -127], [0, 0]], [[3, 7], [0, 0]]]]> : tensor<2x2x2x2xi8> to
// CHECK-NEXT{LITERAL}: bitserial.constant dense<[[0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2], [3, 1, 3, 2, 0, 2, 1, 3, 1, 0, 2], [2, 1, 1, 1, 0, 0, 0, 3, 3, 3, 2]]> : tensor<3x11xi8> to
// CHECK-NEXT: return
func.func @rows_interleaved() -> (!packed, !values) {
  %c = bitserial.constant dense<[[0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2],
                                 [3, 1, 3, 2, 0, 2, 1, 3, 1, 0, 2],
                                 [2, 1, 1, 1, 0, 0, 0, 3, 3, 3, 2]]> : tensor<3x11xi8> to !values
  %p = bitserial.pack %c : !values to !packed
  %u = bitserial.unpack %p : !packed to !values
  return %p, %u : !packed, !values
}

// -----

// Words and rows in tiles, the outer dimensions swapped, planes in between.
!values = tensor<3x11x!bitserial.int<2, unsigned>>
!packed = tensor<3x11x!bitserial.int<2, unsigned>,
  #bitserial.layout<packed = 1, word = 8, inner_dims_pos = [1, 0], inner_tiles = [2, 2],
                    outer_dims_perm = [1, 0], planes = 2>>
// CHECK-LABEL: func.func @all_at_once
// CHECK-NEXT{LITERAL}: bitserial.constant dense<[[[[[-86, -57], [2, 1]], [[-52, -83], [4, 4]]], [[[-114, 0], [3, 0]], [[-127, 0], [7, 0]]]]]> : tensor<1x2x2x2x2xi8> to
// CHECK-NEXT{LITERAL}: bitserial.constant dense<[[0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2], [3, 1, 3, 2, 0, 2, 1, 3, 1, 0, 2], [2, 1, 1, 1, 0, 0, 0, 3, 3, 3, 2]]> : tensor<3x11xi8> to
// CHECK-NEXT: return
func.func @all_at_once() -> (!packed, !values) {
  %c = bitserial.constant dense<[[0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2],
                                 [3, 1, 3, 2, 0, 2, 1, 3, 1, 0, 2],
                                 [2, 1, 1, 1, 0, 0, 0, 3, 3, 3, 2]]> : tensor<3x11xi8> to !values
  %p = bitserial.pack %c : !values to !packed
  %u = bitserial.unpack %p : !packed to !values
  return %p, %u : !packed, !values
}

// -----

// Another dimension than the last is packed.
!values = tensor<3x11x!bitserial.int<2, unsigned>>
!packed = tensor<3x11x!bitserial.int<2, unsigned>,
  #bitserial.layout<packed = 0, word = 16, outer_dims_perm = [1, 0], planes = 2>>
// CHECK-LABEL: func.func @along_rows
// CHECK-NEXT{LITERAL}: bitserial.constant dense<[[[2, 6]], [[7, 0]], [[6, 3]], [[5, 3]], [[0, 0]], [[1, 2]], [[2, 1]], [[7, 7]], [[6, 4]], [[5, 4]], [[0, 7]]]> : tensor<11x1x2xi16> to
// CHECK-NEXT{LITERAL}: bitserial.constant dense<[[0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2], [3, 1, 3, 2, 0, 2, 1, 3, 1, 0, 2], [2, 1, 1, 1, 0, 0, 0, 3, 3, 3, 2]]> : tensor<3x11xi8> to
// CHECK-NEXT: return
func.func @along_rows() -> (!packed, !values) {
  %c = bitserial.constant dense<[[0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2],
                                 [3, 1, 3, 2, 0, 2, 1, 3, 1, 0, 2],
                                 [2, 1, 1, 1, 0, 0, 0, 3, 3, 3, 2]]> : tensor<3x11xi8> to !values
  %p = bitserial.pack %c : !values to !packed
  %u = bitserial.unpack %p : !packed to !values
  return %p, %u : !packed, !values
}

// -----

// Two balanced ternary digits: planes +1, -1, +3, -3.
!values = tensor<9x!bitserial.int<4, ternary>>
!packed = tensor<9x!bitserial.int<4, ternary>, #bitserial.layout<packed = 0, word = 16>>
// CHECK-LABEL: func.func @ternary
// CHECK-NEXT{LITERAL}: bitserial.constant dense<[[292], [73], [448], [7]]> : tensor<4x1xi16> to
// CHECK-NEXT: bitserial.constant dense<[-4, -3, -2, -1, 0, 1, 2, 3, 4]> : tensor<9xi8> to
// CHECK-NEXT: return
func.func @ternary() -> (!packed, !values) {
  %c = bitserial.constant dense<[-4, -3, -2, -1, 0, 1, 2, 3, 4]> : tensor<9xi8> to !values
  %p = bitserial.pack %c : !values to !packed
  %u = bitserial.unpack %p : !packed to !values
  return %p, %u : !packed, !values
}

// -----

!values = tensor<5x!bitserial.int<2, bipolar>>
!packed = tensor<5x!bitserial.int<2, bipolar>, #bitserial.layout<packed = 0, word = 8>>
// CHECK-LABEL: func.func @bipolar
// CHECK-NEXT{LITERAL}: bitserial.constant dense<[[26], [28]]> : tensor<2x1xi8> to
// CHECK-NEXT: bitserial.constant dense<[-3, -1, 1, 3, 3]> : tensor<5xi8> to
// CHECK-NEXT: return
func.func @bipolar() -> (!packed, !values) {
  %c = bitserial.constant dense<[-3, -1, 1, 3, 3]> : tensor<5xi8> to !values
  %p = bitserial.pack %c : !values to !packed
  %u = bitserial.unpack %p : !packed to !values
  return %p, %u : !packed, !values
}

// -----

!values = tensor<4x!bitserial.int<3, signed>>
!packed = tensor<4x!bitserial.int<3, signed>, #bitserial.layout<packed = 0, word = 64>>
// CHECK-LABEL: func.func @signed
// CHECK-NEXT{LITERAL}: bitserial.constant dense<[[6], [6], [5]]> : tensor<3x1xi64> to
// CHECK-NEXT: bitserial.constant dense<[-4, 3, -1, 0]> : tensor<4xi8> to
// CHECK-NEXT: return
func.func @signed() -> (!packed, !values) {
  %c = bitserial.constant dense<[-4, 3, -1, 0]> : tensor<4xi8> to !values
  %p = bitserial.pack %c : !values to !packed
  %u = bitserial.unpack %p : !packed to !values
  return %p, %u : !packed, !values
}

// -----

!values = tensor<4x!bitserial.int<4, unsigned, zero_point = 8>>
!packed = tensor<4x!bitserial.int<4, unsigned, zero_point = 8>, #bitserial.layout<packed = 0, word = 32>>
// CHECK-LABEL: func.func @zero_point
// CHECK-NEXT{LITERAL}: bitserial.constant dense<[[10], [10], [10], [6]]> : tensor<4x1xi32> to
// CHECK-NEXT: bitserial.constant dense<[-8, 7, 0, -1]> : tensor<4xi8> to
// CHECK-NEXT: return
func.func @zero_point() -> (!packed, !values) {
  %c = bitserial.constant dense<[-8, 7, 0, -1]> : tensor<4xi8> to !values
  %p = bitserial.pack %c : !values to !packed
  %u = bitserial.unpack %p : !packed to !values
  return %p, %u : !packed, !values
}

// -----

// An i8 read as unsigned.
!values = tensor<4x!bitserial.int<8, unsigned>>
!packed = tensor<4x!bitserial.int<8, unsigned>, #bitserial.layout<packed = 0, word = 8>>
// CHECK-LABEL: func.func @unsigned_bytes
// CHECK-NEXT{LITERAL}: bitserial.constant dense<[[5], [1], [1], [1], [1], [1], [1], [3]]> : tensor<8x1xi8> to
// CHECK-NEXT: bitserial.constant dense<[-1, -128, 1, 0]> : tensor<4xi8> to
// CHECK-NEXT: return
func.func @unsigned_bytes() -> (!packed, !values) {
  %c = bitserial.constant dense<[255, 128, 1, 0]> : tensor<4xi8> to !values
  %p = bitserial.pack %c : !values to !packed
  %u = bitserial.unpack %p : !packed to !values
  return %p, %u : !packed, !values
}

// -----

// A splat's padding is zero all the same.
!values = tensor<3x20x!bitserial.int<2, unsigned>>
!packed = tensor<3x20x!bitserial.int<2, unsigned>,
  #bitserial.layout<packed = 1, word = 16, inner_dims_pos = [0], inner_tiles = [2], planes = 3>>
// CHECK-LABEL: func.func @splat
// CHECK-NEXT{LITERAL}: bitserial.constant dense<[[[[0, -1], [0, -1]], [[0, 15], [0, 15]]], [[[0, -1], [0, 0]], [[0, 15], [0, 0]]]]> : tensor<2x2x2x2xi16> to
// CHECK-NEXT: bitserial.constant dense<2> : tensor<3x20xi8> to
// CHECK-NEXT: return
func.func @splat() -> (!packed, !values) {
  %c = bitserial.constant dense<2> : tensor<3x20xi8> to !values
  %p = bitserial.pack %c : !values to !packed
  %u = bitserial.unpack %p : !packed to !values
  return %p, %u : !packed, !values
}

// -----

!values = tensor<0x20x!bitserial.int<2, unsigned>>
!packed = tensor<0x20x!bitserial.int<2, unsigned>, #bitserial.layout<packed = 1, word = 16>>
// CHECK-LABEL: func.func @empty
// CHECK-NEXT: bitserial.constant dense<> : tensor<2x0x2xi16> to
// CHECK-NEXT: bitserial.constant dense<> : tensor<0x20xi8> to
// CHECK-NEXT: return
func.func @empty() -> (!packed, !values) {
  %c = bitserial.constant dense<> : tensor<0x20xi8> to !values
  %p = bitserial.pack %c : !values to !packed
  %u = bitserial.unpack %p : !packed to !values
  return %p, %u : !packed, !values
}

// -----

// CHECK-LABEL: func.func @unpack_words
// CHECK-NEXT: bitserial.constant dense<[-4, -3, -2, -1, 0, 1, 2, 3, 4]> : tensor<9xi8> to
// CHECK-NEXT: return
!values = tensor<9x!bitserial.int<4, ternary>>
!packed = tensor<9x!bitserial.int<4, ternary>, #bitserial.layout<packed = 0, word = 16>>
func.func @unpack_words() -> !values {
  %p = bitserial.constant dense<[[292], [73], [448], [7]]> : tensor<4x1xi16> to !packed
  %u = bitserial.unpack %p : !packed to !values
  return %u : !values
}

// -----

// Bits that are both set cancel out: not what packing gives, but a zero.
// CHECK-LABEL: func.func @unpack_other_zero
// CHECK-NEXT: bitserial.constant dense<0> : tensor<9xi8> to
// CHECK-NEXT: return
!values = tensor<9x!bitserial.int<2, ternary>>
!packed = tensor<9x!bitserial.int<2, ternary>, #bitserial.layout<packed = 0, word = 16>>
func.func @unpack_other_zero() -> !values {
  %p = bitserial.constant dense<511> : tensor<2x1xi16> to !packed
  %u = bitserial.unpack %p : !packed to !values
  return %u : !values
}

// -----

// Too large to be computed: the splat takes no memory, its words would.
!values = tensor<1048576x4096x!bitserial.int<2, unsigned>>
!packed = tensor<1048576x4096x!bitserial.int<2, unsigned>, #bitserial.layout<packed = 1, word = 16>>
// CHECK-LABEL: func.func @large
// CHECK-NEXT: %[[C:.+]] = bitserial.constant dense<2>
// CHECK-NEXT: bitserial.pack %[[C]]
func.func @large() -> !packed {
  %c = bitserial.constant dense<2> : tensor<1048576x4096xi8> to !values
  %p = bitserial.pack %c : !values to !packed
  %u = bitserial.unpack %p : !packed to !values
  return %p : !packed
}

// -----

!values = tensor<1048576x4096x!bitserial.int<2, unsigned>>
!packed = tensor<1048576x4096x!bitserial.int<2, unsigned>, #bitserial.layout<packed = 1, word = 16>>
// CHECK-LABEL: func.func @large_unpack
// CHECK-NEXT: %[[C:.+]] = bitserial.constant dense<2>
// CHECK-NEXT: bitserial.unpack %[[C]]
func.func @large_unpack() -> !values {
  %p = bitserial.constant dense<2> : tensor<2x1048576x256xi16> to !packed
  %u = bitserial.unpack %p : !packed to !values
  return %u : !values
}
