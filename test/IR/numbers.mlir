// Layouts and reduces whose words hold whole numbers.

// RUN: bitserial-opt %s --split-input-file --verify-diagnostics | FileCheck %s

// CHECK: #[[LAYOUT:.+]] = #bitserial.layout<packed = 1, word = 32, numbers = si8, inner_dims_pos = [0], inner_tiles = [16], planes = 2>
#layout = #bitserial.layout<packed = 1, word = 32, numbers = si8, inner_dims_pos = [0], inner_tiles = [16], planes = 2>

// CHECK: func private @layout(tensor<20x9x!bitserial.int<8, signed>, #[[LAYOUT]]>)
func.func private @layout(tensor<20x9x!bitserial.int<8, signed>, #layout>)

// CHECK-LABEL: func @reduce(
// CHECK: plane_dims = [0, 2] numbers = [#bitserial.numbers<ui8, 0, 255>, #bitserial.numbers<si8, -1, 1>] {
// CHECK: ^bb0(%{{.+}}: i32, %{{.+}}: i32):
func.func @reduce(%a: tensor<1x8x18xi32>, %w: tensor<1x18x1x16xi32>, %acc: tensor<8x16xi32>) -> tensor<8x16xi32> {
  %0 = bitserial.reduce ins(%a, %w : tensor<1x8x18xi32>, tensor<1x18x1x16xi32>) outs(%acc : tensor<8x16xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                       affine_map<(m, n, k) -> (n floordiv 16, k, n mod 16)>,
                       affine_map<(m, n, k) -> (m, n)>]
      plane_dims = [0, 2] numbers = [#bitserial.numbers<ui8, 0, 255>, #bitserial.numbers<si8, -1, 1>] {
  ^bb0(%a0: i32, %w0: i32):
    %two = arith.constant 2 : i32
    %p = arith.muli %a0, %w0 : i32
    %s = arith.muli %two, %p : i32
    bitserial.yield %s : i32
  } -> tensor<8x16xi32>
  return %0 : tensor<8x16xi32>
}

// -----

// L8
// expected-error@+1 {{layout numbers must be ui8, si8 or si16, and not wider than a word, got 'ui16'}}
#layout = #bitserial.layout<packed = 0, word = 32, numbers = ui16>

// -----

// L8
// expected-error@+1 {{layout numbers must be ui8, si8 or si16, and not wider than a word, got 'si16'}}
#layout = #bitserial.layout<packed = 0, word = 8, numbers = si16>

// -----

// L8
// expected-error@+1 {{layout numbers must be ui8, si8 or si16, and not wider than a word, got 'i8'}}
#layout = #bitserial.layout<packed = 0, word = 8, numbers = i8>

// -----

// K3
#layout = #bitserial.layout<packed = 0, word = 32, numbers = ui8>
func.func @f() {
  // expected-error@+1 {{'bitserial.constant' op has bits beyond the logical size of the tensor that are not zero}}
  %0 = bitserial.constant dense<16777216> : tensor<1x1xi32> to tensor<3x!bitserial.int<2, unsigned>, #layout>
  return
}

// -----

// K4: 7 is no number of two bits.
#layout = #bitserial.layout<packed = 0, word = 32, numbers = ui8>
func.func @f() {
  // expected-error@+1 {{'bitserial.constant' op has an integer that stands for no number of '!bitserial.int<2, unsigned>', at element 1 in row-major order}}
  %0 = bitserial.constant dense<[[1795, 1]]> : tensor<1x2xi32> to tensor<5x!bitserial.int<2, unsigned>, #layout>
  return
}

// -----

// N1
// expected-error@+1 {{numbers of 'si8' have bounds from -128 to 127 around 0, got -129 and 0}}
#numbers = #bitserial.numbers<si8, -129, 0>

// -----

// N1
// expected-error@+1 {{numbers of 'ui8' have bounds from 0 to 255 around 0, got 3 and 9}}
#numbers = #bitserial.numbers<ui8, 3, 9>

// -----

// N1
// expected-error@+1 {{numbers are of type ui8, si8 or si16, got 'i4'}}
#numbers = #bitserial.numbers<i4, 0, 1>

// -----

// C8
func.func @f(%a: tensor<4x8x!bitserial.int<8, unsigned>, #bitserial.layout<packed = 1, word = 8, numbers = ui8>>,
             %w: tensor<4x8x!bitserial.int<1, signed>, #bitserial.layout<packed = 1, word = 8>>) {
  // expected-error@+1 {{'bitserial.contract' op a word of the lhs holds 1 elements, one of the rhs 8}}
  %0 = bitserial.contract %a, %w
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      : tensor<4x8x!bitserial.int<8, unsigned>, #bitserial.layout<packed = 1, word = 8, numbers = ui8>>,
        tensor<4x8x!bitserial.int<1, signed>, #bitserial.layout<packed = 1, word = 8>> -> tensor<4x4xi32>
  return
}

// -----

// R7
func.func @f(%a: tensor<1x9xi8>, %acc: tensor<i32>) {
  // expected-error@+1 {{'bitserial.reduce' op must have two inputs whose `numbers` are said, got 1 for 1 inputs}}
  %0 = bitserial.reduce ins(%a : tensor<1x9xi8>) outs(%acc : tensor<i32>)
      indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> ()>] plane_dims = [0]
      numbers = [#bitserial.numbers<ui8, 0, 255>] {
  ^bb0(%a0: i32):
    bitserial.yield %a0 : i32
  } -> tensor<i32>
  return
}

// -----

// R7
func.func @f(%a: tensor<2x9xi8>, %w: tensor<1x9xi8>, %acc: tensor<i32>) {
  // expected-error@+1 {{'bitserial.reduce' op must have one plane of words that hold numbers, input 0 has 2}}
  %0 = bitserial.reduce ins(%a, %w : tensor<2x9xi8>, tensor<1x9xi8>) outs(%acc : tensor<i32>)
      indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> (k)>, affine_map<(k) -> ()>] plane_dims = [0, 0]
      numbers = [#bitserial.numbers<ui8, 0, 255>, #bitserial.numbers<ui8, 0, 255>] {
  ^bb0(%a0: i32, %w0: i32):
    %p = arith.muli %a0, %w0 : i32
    bitserial.yield %p : i32
  } -> tensor<i32>
  return
}

// -----

// R7
func.func @f(%a: tensor<1x9xi8>, %w: tensor<1x9xi8>, %acc: tensor<i32>) {
  // expected-error@+1 {{'bitserial.reduce' op must hold numbers of the same width in its inputs, at most that of a word}}
  %0 = bitserial.reduce ins(%a, %w : tensor<1x9xi8>, tensor<1x9xi8>) outs(%acc : tensor<i32>)
      indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> (k)>, affine_map<(k) -> ()>] plane_dims = [0, 0]
      numbers = [#bitserial.numbers<ui8, 0, 255>, #bitserial.numbers<si16, 0, 255>] {
  ^bb0(%a0: i32, %w0: i32):
    %p = arith.muli %a0, %w0 : i32
    bitserial.yield %p : i32
  } -> tensor<i32>
  return
}

// -----

// R7
func.func @f(%a: tensor<1x9xi8>, %w: tensor<1x9xi8>, %acc: tensor<i32>) {
  // expected-error@+1 {{'bitserial.reduce' op region must have two i32 arguments, one per input}}
  %0 = bitserial.reduce ins(%a, %w : tensor<1x9xi8>, tensor<1x9xi8>) outs(%acc : tensor<i32>)
      indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> (k)>, affine_map<(k) -> ()>] plane_dims = [0, 0]
      numbers = [#bitserial.numbers<ui8, 0, 255>, #bitserial.numbers<ui8, 0, 255>] {
  ^bb0(%a0: i1, %w0: i32):
    bitserial.yield %w0 : i32
  } -> tensor<i32>
  return
}

// -----

// R7: a square is no product of both.
func.func @f(%a: tensor<1x9xi8>, %w: tensor<1x9xi8>, %acc: tensor<i32>) {
  // expected-error@+1 {{'bitserial.reduce' op region must yield the product of its two arguments, or a constant times that}}
  %0 = bitserial.reduce ins(%a, %w : tensor<1x9xi8>, tensor<1x9xi8>) outs(%acc : tensor<i32>)
      indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> (k)>, affine_map<(k) -> ()>] plane_dims = [0, 0]
      numbers = [#bitserial.numbers<ui8, 0, 255>, #bitserial.numbers<ui8, 0, 255>] {
  ^bb0(%a0: i32, %w0: i32):
    %p = arith.muli %a0, %w0 : i32
    %s = arith.muli %p, %p : i32
    bitserial.yield %s : i32
  } -> tensor<i32>
  return
}

// -----

// R7
func.func @f(%a: tensor<1x9xi8>, %w: tensor<1x9xi8>, %acc: tensor<i32>) {
  // expected-error@+1 {{'bitserial.reduce' op region yields a product that may exceed 32 bits}}
  %0 = bitserial.reduce ins(%a, %w : tensor<1x9xi8>, tensor<1x9xi8>) outs(%acc : tensor<i32>)
      indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> (k)>, affine_map<(k) -> ()>] plane_dims = [0, 0]
      numbers = [#bitserial.numbers<ui8, 0, 255>, #bitserial.numbers<ui8, 0, 255>] {
  ^bb0(%a0: i32, %w0: i32):
    %c = arith.constant 100000 : i32
    %p = arith.muli %a0, %w0 : i32
    %s = arith.muli %p, %c : i32
    bitserial.yield %s : i32
  } -> tensor<i32>
  return
}
