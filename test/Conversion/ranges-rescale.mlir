// RUN: bitserial-opt %s --bitserial-print-ranges -verify-diagnostics -o /dev/null

// The range analysis of rescaling and table lookups.

func.func @rescale(%x: tensor<4xi32>, %y: tensor<2x2xi8>) {
  // expected-remark @+1 {{{1073741824}: 1-bit unsigned times 1073741824}}
  %m = "tosa.const"() <{values = dense<1073741824> : tensor<1xi32>}> : () -> tensor<1xi32>
  // expected-remark @+1 {{{31}: 1-bit unsigned (zero point -31)}}
  %s = "tosa.const"() <{values = dense<31> : tensor<1xi8>}> : () -> tensor<1xi8>
  // expected-remark @+1 {{{0}: 1-bit unsigned}}
  %z32 = "tosa.const"() <{values = dense<0> : tensor<1xi32>}> : () -> tensor<1xi32>
  // expected-remark @+1 {{{0}: 1-bit unsigned}}
  %z8 = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  // expected-remark @+1 {{-3..5: 4-bit signed}}
  %c = tosa.clamp %x {min_val = -3 : i32, max_val = 5 : i32} : (tensor<4xi32>) -> tensor<4xi32>
  // Halves, rounded up: of -3 to 5, -1 to 3.
  // expected-remark @+1 {{-1..3: 3-bit signed}}
  %half = tosa.rescale %c, %m, %s, %z32, %z8 {scale32 = true, rounding_mode = SINGLE_ROUND, per_channel = false, input_unsigned = false, output_unsigned = false} : (tensor<4xi32>, tensor<1xi32>, tensor<1xi8>, tensor<1xi32>, tensor<1xi8>) -> tensor<4xi8>
  // Any number may come out of an inexact rounding.
  // expected-remark @+1 {{-128..127: 8-bit signed}}
  %inexact = tosa.rescale %c, %m, %s, %z32, %z8 {scale32 = true, rounding_mode = INEXACT_ROUND, per_channel = false, input_unsigned = false, output_unsigned = false} : (tensor<4xi32>, tensor<1xi32>, tensor<1xi8>, tensor<1xi32>, tensor<1xi8>) -> tensor<4xi8>
  // Two channels: one halves, one keeps an eighth.
  // expected-remark @+1 {{{1073741824}: 1-bit unsigned times 1073741824}}
  %ms = "tosa.const"() <{values = dense<[1073741824, 1073741824]> : tensor<2xi32>}> : () -> tensor<2xi32>
  // expected-remark @+1 {{{31, 33}: 1-bit bipolar (zero point -32)}}
  %ss = "tosa.const"() <{values = dense<[31, 33]> : tensor<2xi8>}> : () -> tensor<2xi8>
  // expected-remark @+1 {{0..8: 4-bit unsigned}}
  %bit = tosa.clamp %y {min_val = 0 : i8, max_val = 8 : i8} : (tensor<2x2xi8>) -> tensor<2x2xi8>
  // expected-remark @+1 {{0..4: 3-bit unsigned}}
  %channels = tosa.rescale %bit, %ms, %ss, %z8, %z8 {scale32 = true, rounding_mode = DOUBLE_ROUND, per_channel = true, input_unsigned = false, output_unsigned = false} : (tensor<2x2xi8>, tensor<2xi32>, tensor<2xi8>, tensor<1xi8>, tensor<1xi8>) -> tensor<2x2xi8>
  // 0 to 255 as unsigned numbers, less 128, times 1/64.
  // expected-remark @+1 {{{-128}: 1-bit unsigned (zero point 128)}}
  %z128 = "tosa.const"() <{values = dense<-128> : tensor<1xi8>}> : () -> tensor<1xi8>
  // expected-remark @+1 {{{36}: 1-bit unsigned (zero point -36)}}
  %s6 = "tosa.const"() <{values = dense<36> : tensor<1xi8>}> : () -> tensor<1xi8>
  // expected-remark @+1 {{-2..2: 3-bit signed}}
  %unsigned = tosa.rescale %y, %m, %s6, %z128, %z8 {scale32 = true, rounding_mode = SINGLE_ROUND, per_channel = false, input_unsigned = true, output_unsigned = false} : (tensor<2x2xi8>, tensor<1xi32>, tensor<1xi8>, tensor<1xi8>, tensor<1xi8>) -> tensor<2x2xi8>
  return
}

func.func @tables(%x: tensor<4xi8>, %y: tensor<4xi16>, %t: tensor<256xi8>) {
  // expected-remark @+1 {{{-128, -127}: 1-bit unsigned (zero point 128)}}
  %c = tosa.clamp %x {min_val = -128 : i8, max_val = -127 : i8} : (tensor<4xi8>) -> tensor<4xi8>
  // expected-remark @+1 {{-3..64 (64 values): 7-bit unsigned (zero point 3)}}
  %ramp = "tosa.const"() <{values = dense<"0xFD02030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F202122232425262728292A2B2C2D2E2F303132333435363738393A3B3C3D3E3F40FD02030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F202122232425262728292A2B2C2D2E2F303132333435363738393A3B3C3D3E3F40FD02030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F202122232425262728292A2B2C2D2E2F303132333435363738393A3B3C3D3E3F40FD02030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F202122232425262728292A2B2C2D2E2F303132333435363738393A3B3C3D3E3F40"> : tensor<256xi8>}> : () -> tensor<256xi8>
  // Only the first two entries.
  // expected-remark @+1 {{{-3, 2}: 3-bit signed}}
  %looked = tosa.table %c, %ramp : (tensor<4xi8>, tensor<256xi8>) -> tensor<4xi8>
  // expected-remark @+1 {{-128..127: 8-bit signed}}
  %argument = tosa.table %c, %t : (tensor<4xi8>, tensor<256xi8>) -> tensor<4xi8>
  // expected-remark @+1 {{{1}: 1-bit unsigned}}
  %wide = "tosa.const"() <{values = dense<1> : tensor<513xi16>}> : () -> tensor<513xi16>
  // expected-remark @+1 {{{128}: 1-bit unsigned (zero point -128)}}
  %interpolated = tosa.table %y, %wide : (tensor<4xi16>, tensor<513xi16>) -> tensor<4xi32>
  return
}
