// RUN: bitserial-opt %s --bitserial-print-ranges -verify-diagnostics -o /dev/null

// The values that the range analysis finds for elementwise ops of TOSA.

func.func @elementwise(%x: tensor<4x16xi8>, %y: tensor<4x16xi32>, %c: tensor<4x16xi1>) {
  // expected-remark @+1 {{0..3: 2-bit unsigned}}
  %few = tosa.clamp %x {min_val = 0 : i8, max_val = 3 : i8} : (tensor<4x16xi8>) -> tensor<4x16xi8>
  // expected-remark @+1 {{0..4: 3-bit unsigned}}
  %more = tosa.clamp %x {min_val = 0 : i8, max_val = 4 : i8} : (tensor<4x16xi8>) -> tensor<4x16xi8>
  // expected-remark @+1 {{0..7: 3-bit unsigned}}
  %sum = tosa.add %few, %more : (tensor<4x16xi8>, tensor<4x16xi8>) -> tensor<4x16xi8>
  // expected-remark @+1 {{-4..3: 3-bit signed}}
  %difference = tosa.sub %few, %more : (tensor<4x16xi8>, tensor<4x16xi8>) -> tensor<4x16xi8>
  // expected-remark @+1 {{-128..127: 8-bit signed}}
  %wrapped = tosa.add %few, %x : (tensor<4x16xi8>, tensor<4x16xi8>) -> tensor<4x16xi8>
  // expected-remark @+1 {{{0}: 1-bit unsigned}}
  %s0 = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  // expected-remark @+1 {{{1}: 1-bit unsigned}}
  %s1 = "tosa.const"() <{values = dense<1> : tensor<1xi8>}> : () -> tensor<1xi8>
  // expected-remark @+1 {{0..12 (9 values): 4-bit unsigned}}
  %product = tosa.mul %few, %more, %s0 : (tensor<4x16xi8>, tensor<4x16xi8>, tensor<1xi8>) -> tensor<4x16xi32>
  // expected-remark @+1 {{0..3: 2-bit unsigned}}
  %max = tosa.maximum %few, %difference : (tensor<4x16xi8>, tensor<4x16xi8>) -> tensor<4x16xi8>
  // expected-remark @+1 {{-4..3: 3-bit signed}}
  %min = tosa.minimum %few, %difference : (tensor<4x16xi8>, tensor<4x16xi8>) -> tensor<4x16xi8>
  // expected-remark @+1 {{0..4: 3-bit unsigned}}
  %abs = tosa.abs %difference : (tensor<4x16xi8>) -> tensor<4x16xi8>
  // expected-remark @+1 {{-2..1: 2-bit signed}}
  %neg = tosa.negate %few, %s0, %s1 : (tensor<4x16xi8>, tensor<1xi8>, tensor<1xi8>) -> tensor<4x16xi8>
  // expected-remark @+1 {{{1}: 1-bit unsigned}}
  %ones = "tosa.const"() <{values = dense<1> : tensor<4x16xi8>}> : () -> tensor<4x16xi8>
  // expected-remark @+1 {{{-1}: 1-bit signed}}
  %minus = "tosa.const"() <{values = dense<-1> : tensor<4x16xi8>}> : () -> tensor<4x16xi8>
  // expected-remark @+1 {{0..2: 2-bit unsigned}}
  %half = tosa.arithmetic_right_shift %few, %ones {round = true} : (tensor<4x16xi8>, tensor<4x16xi8>) -> tensor<4x16xi8>
  // expected-remark @+1 {{{1}: 1-bit unsigned}}
  %gt = tosa.greater %few, %minus : (tensor<4x16xi8>, tensor<4x16xi8>) -> tensor<4x16xi1>
  // expected-remark @+1 {{{0, 1}: 1-bit unsigned}}
  %ge = tosa.greater_equal %x, %ones : (tensor<4x16xi8>, tensor<4x16xi8>) -> tensor<4x16xi1>
  // expected-remark @+1 {{{-1, 1}: 1-bit bipolar}}
  %sign = tosa.select %ge, %ones, %minus : (tensor<4x16xi1>, tensor<4x16xi8>, tensor<4x16xi8>) -> tensor<4x16xi8>
  // expected-remark @+1 {{{1}: 1-bit unsigned}}
  %known = tosa.select %gt, %ones, %minus : (tensor<4x16xi1>, tensor<4x16xi8>, tensor<4x16xi8>) -> tensor<4x16xi8>
  // expected-remark @+1 {{{0, 1}: 1-bit unsigned}}
  %bool = tosa.cast %ge : (tensor<4x16xi1>) -> tensor<4x16xi8>
  // expected-remark @+1 {{-128..127: 8-bit signed}}
  %narrow = tosa.cast %y : (tensor<4x16xi32>) -> tensor<4x16xi8>
  // expected-remark @+1 {{0..3: 2-bit unsigned}}
  %wide = tosa.cast %few : (tensor<4x16xi8>) -> tensor<4x16xi32>
  // expected-remark @+1 {{{0, 1}: 1-bit unsigned}}
  %and = tosa.bitwise_and %x, %ones : (tensor<4x16xi8>, tensor<4x16xi8>) -> tensor<4x16xi8>
  // expected-remark @+1 {{{0, 1}: 1-bit unsigned}}
  %not = tosa.logical_not %ge : (tensor<4x16xi1>) -> tensor<4x16xi1>
  // expected-remark @+1 {{{0}: 1-bit unsigned}}
  %eq = tosa.equal %few, %minus : (tensor<4x16xi8>, tensor<4x16xi8>) -> tensor<4x16xi1>
  return
}
