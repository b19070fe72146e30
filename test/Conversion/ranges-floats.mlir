// RUN: bitserial-opt %s --bitserial-print-ranges -verify-diagnostics -o /dev/null

// The values that the range analysis finds for floats. Arguments are taken to be
// numbers of magnitudes up to 2^32.

func.func @stablehlo(%x: tensor<4xf32>, %i: tensor<4xi8>) {
  // expected-remark @+1 {{{0}: 1-bit unsigned}}
  %zero = stablehlo.constant dense<0.0> : tensor<4xf32>
  // expected-remark @+1 {{{3}: 1-bit unsigned times 3}}
  %three = stablehlo.constant dense<3.0> : tensor<4xf32>
  // expected-remark @+1 {{{0.25}: 1-bit unsigned times 0.25}}
  %scale = stablehlo.constant dense<0.25> : tensor<4xf32>
  // expected-remark @+1 {{-1.71799e+10..1.71799e+10}}
  %0 = stablehlo.divide %x, %scale : tensor<4xf32>
  // expected-remark @+1 {{integers -1.71799e+10..1.71799e+10}}
  %1 = stablehlo.round_nearest_even %0 : tensor<4xf32>
  // expected-remark @+1 {{{0, 1, 2, 3}: 2-bit unsigned}}
  %2 = stablehlo.clamp %zero, %1, %three : tensor<4xf32>
  // expected-remark @+1 {{{0, 0.25, 0.5, 0.75}: 2-bit unsigned times 0.25}}
  %3 = stablehlo.multiply %2, %scale : tensor<4xf32>
  // expected-remark @+1 {{{-1, 0, 1}: 2-bit ternary}}
  %4 = stablehlo.sign %x : tensor<4xf32>
  // expected-remark @+1 {{{-0.5, 0.25, 1}: 3-bit unsigned (zero point 2) times 0.25}}
  %5 = stablehlo.constant dense<[-0.5, 0.25, 1.0, 1.0]> : tensor<4xf32>
  // expected-remark @+1 {{-0.5..1.75 (10 values): 4-bit signed times 0.25}}
  %6 = stablehlo.add %3, %5 : tensor<4xf32>
  // expected-remark @+1 {{{0, 1}: 1-bit unsigned}}
  %7 = stablehlo.compare GE, %x, %zero : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xi1>
  // expected-remark @+1 {{{1}: 1-bit unsigned}}
  %8 = stablehlo.compare GT, %three, %zero : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xi1>
  // expected-remark @+1 {{-128..127 (256 values): 8-bit signed}}
  %9 = stablehlo.convert %i : (tensor<4xi8>) -> tensor<4xf32>
  return
}

// Sums of integers that are taken as floats: nothing is known of them.
func.func @tosa_mixed(%x: tensor<1x4x8xi8>) -> tensor<1x4x2xbf16> {
  // expected-remark @+1 {{{0}: 1-bit unsigned}}
  %zero = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  // expected-remark @+1 {{{1}: 1-bit unsigned}}
  %w = "tosa.const"() <{values = dense<1> : tensor<1x8x2xi8>}> : () -> tensor<1x8x2xi8>
  // expected-remark @+1 {{-inf..inf or NaN}}
  %0 = tosa.matmul %x, %w, %zero, %zero : (tensor<1x4x8xi8>, tensor<1x8x2xi8>, tensor<1xi8>, tensor<1xi8>) -> tensor<1x4x2xbf16>
  return %0 : tensor<1x4x2xbf16>
}
