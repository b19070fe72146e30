// RUN: bitserial-opt %s --bitserial-print-ranges -verify-diagnostics -o /dev/null

// The range analysis through ops that move elements, reductions and calls.

func.func @structure(%x: tensor<1x4x4x8xi8>, %i: tensor<1x3xi32>) {
  // expected-remark @+1 {{{0, 1}: 1-bit unsigned}}
  %low = tosa.clamp %x {min_val = 0 : i8, max_val = 1 : i8} : (tensor<1x4x4x8xi8>) -> tensor<1x4x4x8xi8>
  // expected-remark @+1 {{{6, 7}: 1-bit unsigned (zero point -6)}}
  %high = tosa.clamp %x {min_val = 6 : i8, max_val = 7 : i8} : (tensor<1x4x4x8xi8>) -> tensor<1x4x4x8xi8>
  // expected-remark @+1 {{{0, 1, 6, 7}: 3-bit unsigned}}
  %both = tosa.concat %low, %high {axis = 3 : i32} : (tensor<1x4x4x8xi8>, tensor<1x4x4x8xi8>) -> tensor<1x4x4x16xi8>
  // expected-remark @+1 {{{0, 1, 6, 7}: 3-bit unsigned}}
  %turned = tosa.transpose %both {perms = array<i32: 0, 2, 1, 3>} : (tensor<1x4x4x16xi8>) -> tensor<1x4x4x16xi8>
  %shape = tosa.const_shape {values = dense<[1, 16, 16]> : tensor<3xindex>} : () -> !tosa.shape<3>
  // expected-remark @+1 {{{0, 1, 6, 7}: 3-bit unsigned}}
  %flat = tosa.reshape %turned, %shape : (tensor<1x4x4x16xi8>, !tosa.shape<3>) -> tensor<1x16x16xi8>
  // expected-remark @+1 {{{0, 1, 6, 7}: 3-bit unsigned}}
  %some = tosa.gather %flat, %i : (tensor<1x16x16xi8>, tensor<1x3xi32>) -> tensor<1x3x16xi8>
  %padding = tosa.const_shape {values = dense<[0, 0, 1, 1, 0, 0]> : tensor<6xindex>} : () -> !tosa.shape<6>
  // expected-remark @+1 {{{-1}: 1-bit signed}}
  %minus = "tosa.const"() <{values = dense<-1> : tensor<1xi8>}> : () -> tensor<1xi8>
  // expected-remark @+1 {{{-1, 0, 1, 6, 7}: 4-bit signed}}
  %padded = tosa.pad %some, %padding, %minus : (tensor<1x3x16xi8>, !tosa.shape<6>, tensor<1xi8>) -> tensor<1x5x16xi8>
  // expected-remark @+1 {{{-1, 0, 1, 6, 7}: 4-bit signed}}
  %top = tosa.reduce_max %padded {axis = 1 : i32} : (tensor<1x5x16xi8>) -> tensor<1x1x16xi8>
  // expected-remark @+1 {{-16..112: 8-bit signed}}
  %sum = tosa.reduce_sum %padded {axis = 2 : i32} : (tensor<1x5x16xi8>) -> tensor<1x5x1xi8>
  // expected-remark @+1 {{0..15: 4-bit unsigned}}
  %arg = tosa.argmax %padded {axis = 2 : i32} : (tensor<1x5x16xi8>) -> tensor<1x5xi32>
  // expected-remark @+1 {{{0, 1}: 1-bit unsigned}}
  %pool = tosa.max_pool2d %low {kernel = array<i64: 2, 2>, stride = array<i64: 2, 2>, pad = array<i64: 0, 0, 0, 0>} : (tensor<1x4x4x8xi8>) -> tensor<1x2x2x8xi8>
  // expected-remark @+1 {{{0}: 1-bit unsigned}}
  %zero = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  // expected-remark @+1 {{{6}: 1-bit unsigned (zero point -6)}}
  %six = "tosa.const"() <{values = dense<6> : tensor<1xi8>}> : () -> tensor<1xi8>
  // The zero points of input and output differ.
  // expected-remark @+1 {{-6..1: 3-bit unsigned (zero point 6)}}
  %mean = tosa.avg_pool2d %both, %six, %zero {kernel = array<i64: 2, 2>, stride = array<i64: 2, 2>, pad = array<i64: 0, 0, 0, 0>, acc_type = i32} : (tensor<1x4x4x16xi8>, tensor<1xi8>, tensor<1xi8>) -> tensor<1x2x2x16xi8>
  return
}

func.func @contractions(%x: tensor<1x4x4x8xi8>, %bias: tensor<5xi32>) {
  // expected-remark @+1 {{2..5: 2-bit unsigned (zero point -2)}}
  %few = tosa.clamp %x {min_val = 2 : i8, max_val = 5 : i8} : (tensor<1x4x4x8xi8>) -> tensor<1x4x4x8xi8>
  // expected-remark @+1 {{{-1}: 1-bit signed}}
  %w = "tosa.const"() <{values = dense<-1> : tensor<5x1x1x8xi8>}> : () -> tensor<5x1x1x8xi8>
  // expected-remark @+1 {{{2}: 1-bit unsigned (zero point -2)}}
  %two = "tosa.const"() <{values = dense<2> : tensor<1xi8>}> : () -> tensor<1xi8>
  // expected-remark @+1 {{{0}: 1-bit unsigned}}
  %zero = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  // expected-remark @+1 {{{100}: 1-bit unsigned (zero point -100)}}
  %b = "tosa.const"() <{values = dense<100> : tensor<5xi32>}> : () -> tensor<5xi32>
  // 100 - 8 * 3 to 100.
  // expected-remark @+1 {{76..100: 5-bit unsigned (zero point -76)}}
  %known = tosa.conv2d %few, %w, %b, %two, %zero {acc_type = i32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x4x4x8xi8>, tensor<5x1x1x8xi8>, tensor<5xi32>, tensor<1xi8>, tensor<1xi8>) -> tensor<1x4x4x5xi32>
  // Whatever bias is added, the sum may wrap.
  // expected-remark @+1 {{-2147483648..2147483647}}
  %unknown = tosa.conv2d %few, %w, %bias, %two, %zero {acc_type = i32, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x4x4x8xi8>, tensor<5x1x1x8xi8>, tensor<5xi32>, tensor<1xi8>, tensor<1xi8>) -> tensor<1x4x4x5xi32>
  return
}

func.func private @callee(%x: tensor<4xi8>) -> tensor<4xi8> {
  // expected-remark @+1 {{{0, 3}: 1-bit unsigned times 3}}
  %same = tosa.identity %x : (tensor<4xi8>) -> tensor<4xi8>
  return %same : tensor<4xi8>
}

// What a private function gets and returns follows from its calls.
func.func @caller(%x: tensor<4xi8>) {
  // expected-remark @+1 {{{0}: 1-bit unsigned}}
  %a = tosa.clamp %x {min_val = 0 : i8, max_val = 0 : i8} : (tensor<4xi8>) -> tensor<4xi8>
  // expected-remark @+1 {{{3}: 1-bit unsigned (zero point -3)}}
  %b = tosa.clamp %x {min_val = 3 : i8, max_val = 3 : i8} : (tensor<4xi8>) -> tensor<4xi8>
  // expected-remark @+1 {{{0, 3}: 1-bit unsigned times 3}}
  %c = func.call @callee(%a) : (tensor<4xi8>) -> tensor<4xi8>
  // expected-remark @+1 {{{0, 3}: 1-bit unsigned times 3}}
  %d = func.call @callee(%b) : (tensor<4xi8>) -> tensor<4xi8>
  return
}
