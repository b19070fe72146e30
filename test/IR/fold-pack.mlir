// Packing and unpacking of constants. The expected words were computed from
// the definition of the layout by other means.

// RUN: bitserial-opt %s --canonicalize --split-input-file | FileCheck %s
// Unpacking gives back the values.
// RUN: sed -e 's/return %p : .*/return %u : !values/' -e 's/-> !packed/-> !values/' %s \
// RUN:   | bitserial-opt --canonicalize --split-input-file | FileCheck %s --check-prefix=BACK

// One word per 8 columns, planes in front.
!values = tensor<3x11x!bitserial.int<2, unsigned>>
!packed = tensor<3x11x!bitserial.int<2, unsigned>, #bitserial.layout<packed = 1, word = 8>>
// CHECK-LABEL: func.func @partial_words
// CHECK-NEXT{LITERAL}: bitserial.constant dense<[[[-86, 2], [-57, 1], [-114, 3]], [[-52, 4], [-83, 4], [-127, 7]]]> : tensor<2x3x2xi8> to tensor<3x11x
// BACK-LABEL: func.func @partial_words
// BACK-NEXT{LITERAL}: bitserial.constant dense<[[0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2], [3, 1, 3, 2, 0, 2, 1, 3, 1, 0, 2], [2, 1, 1, 1, 0, 0, 0, 3, 3, 3, 2]]> : tensor<3x11xi8> to tensor<3x11x
func.func @partial_words() -> !packed {
  %c = bitserial.constant dense<[[0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2],
                                 [3, 1, 3, 2, 0, 2, 1, 3, 1, 0, 2],
                                 [2, 1, 1, 1, 0, 0, 0, 3, 3, 3, 2]]> : tensor<3x11xi8> to !values
  %p = bitserial.pack %c : !values to !packed
  %u = bitserial.unpack %p : !packed to !values
  return %p : !packed
}

// -----

// Rows interleaved in pairs, planes last; the third row's pair is padding.
!values = tensor<3x11x!bitserial.int<2, unsigned>>
!packed = tensor<3x11x!bitserial.int<2, unsigned>,
  #bitserial.layout<packed = 1, word = 8, inner_dims_pos = [0], inner_tiles = [2], planes = 3>>
// CHECK-LABEL: func.func @rows_interleaved
// CHECK-NEXT{LITERAL}: bitserial.constant dense<[[[[-86, -52], [-57, -83]], [[2, 4], [1, 4]]], [[[-114, -127], [0, 0]], [[3, 7], [0, 0]]]]> : tensor<2x2x2x2xi8> to
// BACK-LABEL: func.func @rows_interleaved
// BACK-NEXT{LITERAL}: bitserial.constant dense<[[0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2], [3, 1, 3, 2, 0, 2, 1, 3, 1, 0, 2], [2, 1, 1, 1, 0, 0, 0, 3, 3, 3, 2]]> : tensor<3x11xi8> to
func.func @rows_interleaved() -> !packed {
  %c = bitserial.constant dense<[[0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2],
                                 [3, 1, 3, 2, 0, 2, 1, 3, 1, 0, 2],
                                 [2, 1, 1, 1, 0, 0, 0, 3, 3, 3, 2]]> : tensor<3x11xi8> to !values
  %p = bitserial.pack %c : !values to !packed
  %u = bitserial.unpack %p : !packed to !values
  return %p : !packed
}

// -----

// Words and rows in tiles, the outer dimensions swapped, planes in between.
!values = tensor<3x11x!bitserial.int<2, unsigned>>
!packed = tensor<3x11x!bitserial.int<2, unsigned>,
  #bitserial.layout<packed = 1, word = 8, inner_dims_pos = [1, 0], inner_tiles = [2, 2],
                    outer_dims_perm = [1, 0], planes = 2>>
// CHECK-LABEL: func.func @all_at_once
// CHECK-NEXT{LITERAL}: bitserial.constant dense<[[[[[-86, -57], [2, 1]], [[-52, -83], [4, 4]]], [[[-114, 0], [3, 0]], [[-127, 0], [7, 0]]]]]> : tensor<1x2x2x2x2xi8> to
// BACK-LABEL: func.func @all_at_once
// BACK-NEXT{LITERAL}: bitserial.constant dense<[[0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2], [3, 1, 3, 2, 0, 2, 1, 3, 1, 0, 2], [2, 1, 1, 1, 0, 0, 0, 3, 3, 3, 2]]> : tensor<3x11xi8> to
func.func @all_at_once() -> !packed {
  %c = bitserial.constant dense<[[0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2],
                                 [3, 1, 3, 2, 0, 2, 1, 3, 1, 0, 2],
                                 [2, 1, 1, 1, 0, 0, 0, 3, 3, 3, 2]]> : tensor<3x11xi8> to !values
  %p = bitserial.pack %c : !values to !packed
  %u = bitserial.unpack %p : !packed to !values
  return %p : !packed
}

// -----

// Another dimension than the last is packed.
!values = tensor<3x11x!bitserial.int<2, unsigned>>
!packed = tensor<3x11x!bitserial.int<2, unsigned>,
  #bitserial.layout<packed = 0, word = 16, outer_dims_perm = [1, 0], planes = 2>>
// CHECK-LABEL: func.func @along_rows
// CHECK-NEXT{LITERAL}: bitserial.constant dense<[[[2, 6]], [[7, 0]], [[6, 3]], [[5, 3]], [[0, 0]], [[1, 2]], [[2, 1]], [[7, 7]], [[6, 4]], [[5, 4]], [[0, 7]]]> : tensor<11x1x2xi16> to
// BACK-LABEL: func.func @along_rows
// BACK-NEXT{LITERAL}: bitserial.constant dense<[[0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2], [3, 1, 3, 2, 0, 2, 1, 3, 1, 0, 2], [2, 1, 1, 1, 0, 0, 0, 3, 3, 3, 2]]> : tensor<3x11xi8> to
func.func @along_rows() -> !packed {
  %c = bitserial.constant dense<[[0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2],
                                 [3, 1, 3, 2, 0, 2, 1, 3, 1, 0, 2],
                                 [2, 1, 1, 1, 0, 0, 0, 3, 3, 3, 2]]> : tensor<3x11xi8> to !values
  %p = bitserial.pack %c : !values to !packed
  %u = bitserial.unpack %p : !packed to !values
  return %p : !packed
}

// -----

// Two balanced ternary digits: planes +1, -1, +3, -3.
!values = tensor<9x!bitserial.int<4, ternary>>
!packed = tensor<9x!bitserial.int<4, ternary>, #bitserial.layout<packed = 0, word = 16>>
// CHECK-LABEL: func.func @ternary
// CHECK-NEXT{LITERAL}: bitserial.constant dense<[[292], [73], [448], [7]]> : tensor<4x1xi16> to
// BACK-LABEL: func.func @ternary
// BACK-NEXT: bitserial.constant dense<[-4, -3, -2, -1, 0, 1, 2, 3, 4]> : tensor<9xi8> to
func.func @ternary() -> !packed {
  %c = bitserial.constant dense<[-4, -3, -2, -1, 0, 1, 2, 3, 4]> : tensor<9xi8> to !values
  %p = bitserial.pack %c : !values to !packed
  %u = bitserial.unpack %p : !packed to !values
  return %p : !packed
}

// -----

!values = tensor<5x!bitserial.int<2, bipolar>>
!packed = tensor<5x!bitserial.int<2, bipolar>, #bitserial.layout<packed = 0, word = 8>>
// CHECK-LABEL: func.func @bipolar
// CHECK-NEXT{LITERAL}: bitserial.constant dense<[[26], [28]]> : tensor<2x1xi8> to
// BACK-LABEL: func.func @bipolar
// BACK-NEXT: bitserial.constant dense<[-3, -1, 1, 3, 3]> : tensor<5xi8> to
func.func @bipolar() -> !packed {
  %c = bitserial.constant dense<[-3, -1, 1, 3, 3]> : tensor<5xi8> to !values
  %p = bitserial.pack %c : !values to !packed
  %u = bitserial.unpack %p : !packed to !values
  return %p : !packed
}

// -----

!values = tensor<4x!bitserial.int<3, signed>>
!packed = tensor<4x!bitserial.int<3, signed>, #bitserial.layout<packed = 0, word = 64>>
// CHECK-LABEL: func.func @signed
// CHECK-NEXT{LITERAL}: bitserial.constant dense<[[6], [6], [5]]> : tensor<3x1xi64> to
// BACK-LABEL: func.func @signed
// BACK-NEXT: bitserial.constant dense<[-4, 3, -1, 0]> : tensor<4xi8> to
func.func @signed() -> !packed {
  %c = bitserial.constant dense<[-4, 3, -1, 0]> : tensor<4xi8> to !values
  %p = bitserial.pack %c : !values to !packed
  %u = bitserial.unpack %p : !packed to !values
  return %p : !packed
}

// -----

!values = tensor<4x!bitserial.int<4, unsigned, zero_point = 8>>
!packed = tensor<4x!bitserial.int<4, unsigned, zero_point = 8>, #bitserial.layout<packed = 0, word = 32>>
// CHECK-LABEL: func.func @zero_point
// CHECK-NEXT{LITERAL}: bitserial.constant dense<[[10], [10], [10], [6]]> : tensor<4x1xi32> to
// BACK-LABEL: func.func @zero_point
// BACK-NEXT: bitserial.constant dense<[-8, 7, 0, -1]> : tensor<4xi8> to
func.func @zero_point() -> !packed {
  %c = bitserial.constant dense<[-8, 7, 0, -1]> : tensor<4xi8> to !values
  %p = bitserial.pack %c : !values to !packed
  %u = bitserial.unpack %p : !packed to !values
  return %p : !packed
}

// -----

// An i8 read as unsigned.
!values = tensor<4x!bitserial.int<8, unsigned>>
!packed = tensor<4x!bitserial.int<8, unsigned>, #bitserial.layout<packed = 0, word = 8>>
// CHECK-LABEL: func.func @unsigned_bytes
// CHECK-NEXT{LITERAL}: bitserial.constant dense<[[5], [1], [1], [1], [1], [1], [1], [3]]> : tensor<8x1xi8> to
// BACK-LABEL: func.func @unsigned_bytes
// BACK-NEXT: bitserial.constant dense<[-1, -128, 1, 0]> : tensor<4xi8> to
func.func @unsigned_bytes() -> !packed {
  %c = bitserial.constant dense<[255, 128, 1, 0]> : tensor<4xi8> to !values
  %p = bitserial.pack %c : !values to !packed
  %u = bitserial.unpack %p : !packed to !values
  return %p : !packed
}

// -----

// A splat's padding is zero all the same.
!values = tensor<3x20x!bitserial.int<2, unsigned>>
!packed = tensor<3x20x!bitserial.int<2, unsigned>,
  #bitserial.layout<packed = 1, word = 16, inner_dims_pos = [0], inner_tiles = [2], planes = 3>>
// CHECK-LABEL: func.func @splat
// CHECK-NEXT{LITERAL}: bitserial.constant dense<[[[[0, -1], [0, -1]], [[0, 15], [0, 15]]], [[[0, -1], [0, 0]], [[0, 15], [0, 0]]]]> : tensor<2x2x2x2xi16> to
// BACK-LABEL: func.func @splat
// BACK-NEXT: bitserial.constant dense<2> : tensor<3x20xi8> to
func.func @splat() -> !packed {
  %c = bitserial.constant dense<2> : tensor<3x20xi8> to !values
  %p = bitserial.pack %c : !values to !packed
  %u = bitserial.unpack %p : !packed to !values
  return %p : !packed
}

// -----

!values = tensor<0x20x!bitserial.int<2, unsigned>>
!packed = tensor<0x20x!bitserial.int<2, unsigned>, #bitserial.layout<packed = 1, word = 16>>
// CHECK-LABEL: func.func @empty
// CHECK-NEXT: bitserial.constant dense<> : tensor<2x0x2xi16> to
// BACK-LABEL: func.func @empty
// BACK-NEXT: bitserial.constant dense<> : tensor<0x20xi8> to
func.func @empty() -> !packed {
  %c = bitserial.constant dense<> : tensor<0x20xi8> to !values
  %p = bitserial.pack %c : !values to !packed
  %u = bitserial.unpack %p : !packed to !values
  return %p : !packed
}

// -----

// Too large to be computed: the splat takes no memory, its words would.
!values = tensor<1048576x4096x!bitserial.int<2, unsigned>>
!packed = tensor<1048576x4096x!bitserial.int<2, unsigned>, #bitserial.layout<packed = 1, word = 16>>
// CHECK-LABEL: func.func @large
// CHECK-NEXT: %[[C:.+]] = bitserial.constant dense<2>
// CHECK-NEXT: bitserial.pack %[[C]]
// BACK-LABEL: func.func @large
// BACK-NEXT: bitserial.constant dense<2> : tensor<1048576x4096xi8>
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
