// Constraints of the conversions (E, D, P) and of constants (K).

// RUN: bitserial-opt %s --split-input-file --verify-diagnostics

// E1
func.func @f(%x: tensor<4xi8>) {
  // expected-error@+1 {{'bitserial.encode' op 'i8' does not hold the values -255 to 255 of '!bitserial.int<8, bipolar>'}}
  %0 = bitserial.encode %x : tensor<4xi8> to tensor<4x!bitserial.int<8, bipolar>>
  return
}

// -----

// E1
func.func @f(%x: tensor<4xi1>) {
  // Read as unsigned.
  %0 = bitserial.encode %x : tensor<4xi1> to tensor<4x!bitserial.int<1, unsigned>>
  // expected-error@+1 {{'bitserial.encode' op 'i1' does not hold the values -1 to 1 of '!bitserial.int<1, bipolar>'}}
  %1 = bitserial.encode %x : tensor<4xi1> to tensor<4x!bitserial.int<1, bipolar>>
  return
}

// -----

// E2
func.func @f(%x: tensor<4xi8>) {
  // expected-error@+1 {{'bitserial.encode' op failed to verify that all of {source, result} have same shape}}
  %0 = bitserial.encode %x : tensor<4xi8> to tensor<?x!bitserial.int<1, bipolar>>
  return
}

// -----

func.func @f(%x: tensor<*xi8>) {
  // expected-error@+1 {{'bitserial.encode' op operand #0 must be ranked tensor of signless integers of 1 to 64 bits without encoding, but got 'tensor<*xi8>'}}
  %0 = "bitserial.encode"(%x) : (tensor<*xi8>) -> tensor<4x!bitserial.int<1, bipolar>>
  return
}

// -----

func.func @f(%x: tensor<4xi0>) {
  // expected-error@+1 {{'bitserial.encode' op operand #0 must be ranked tensor of signless integers of 1 to 64 bits without encoding, but got 'tensor<4xi0>'}}
  %0 = bitserial.encode %x : tensor<4xi0> to tensor<4x!bitserial.int<1, bipolar>>
  return
}

// -----

func.func @f(%x: tensor<4xi65>) {
  // expected-error@+1 {{'bitserial.encode' op operand #0 must be ranked tensor of signless integers of 1 to 64 bits without encoding, but got 'tensor<4xi65>'}}
  %0 = bitserial.encode %x : tensor<4xi65> to tensor<4x!bitserial.int<1, bipolar>>
  return
}

// -----

func.func @f(%x: tensor<4xui8>) {
  // expected-error@+1 {{'bitserial.encode' op operand #0 must be ranked tensor of signless integers of 1 to 64 bits without encoding, but got 'tensor<4xui8>'}}
  %0 = bitserial.encode %x : tensor<4xui8> to tensor<4x!bitserial.int<1, unsigned>>
  return
}

// -----

func.func @f(%x: tensor<4xi8, "other">) {
  // expected-error@+1 {{'bitserial.encode' op operand #0 must be ranked tensor of signless integers of 1 to 64 bits without encoding, but got 'tensor<4xi8, "other">'}}
  %0 = bitserial.encode %x : tensor<4xi8, "other"> to tensor<4x!bitserial.int<1, bipolar>>
  return
}

// -----

#layout = #bitserial.layout<packed = 0, word = 8>
func.func @f(%x: tensor<4xi8>) {
  // expected-error@+1 {{'bitserial.encode' op result #0 must be ranked tensor of !bitserial.int without encoding, but got 'tensor<4x!bitserial.int<1, bipolar>, #bitserial.layout<packed = 0, word = 8>>'}}
  %0 = bitserial.encode %x : tensor<4xi8> to tensor<4x!bitserial.int<1, bipolar>, #layout>
  return
}

// -----

// A constant that is encoded holds values of the format.
func.func @f() {
  %c = arith.constant dense<[1, -1, 0, 1]> : tensor<4xi8>
  // expected-error@+1 {{'bitserial.encode' op constant element 2 is 0, which is no value of '!bitserial.int<1, bipolar>' (range -1 to 1, step 2)}}
  %0 = bitserial.encode %c : tensor<4xi8> to tensor<4x!bitserial.int<1, bipolar>>
  return
}

// -----

func.func @f() {
  %c = arith.constant dense<4> : tensor<1048576x1048576xi32>
  // expected-error@+1 {{'bitserial.encode' op constant element 0 is 4, which is no value of '!bitserial.int<2, unsigned>' (range 0 to 3, step 1)}}
  %0 = bitserial.encode %c : tensor<1048576x1048576xi32> to tensor<1048576x1048576x!bitserial.int<2, unsigned>>
  return
}

// -----

// D1
func.func @f(%x: tensor<4x!bitserial.int<8, unsigned, zero_point = 1>>) {
  // expected-error@+1 {{'bitserial.decode' op 'i8' does not hold the values -1 to 254 of '!bitserial.int<8, unsigned, zero_point = 1>'}}
  %0 = bitserial.decode %x : tensor<4x!bitserial.int<8, unsigned, zero_point = 1>> to tensor<4xi8>
  return
}

// -----

// D2
func.func @f(%x: tensor<4x2x!bitserial.int<2, unsigned>>) {
  // expected-error@+1 {{'bitserial.decode' op failed to verify that all of {source, result} have same shape}}
  %0 = bitserial.decode %x : tensor<4x2x!bitserial.int<2, unsigned>> to tensor<8xi8>
  return
}

// -----

func.func @f(%x: tensor<4x!bitserial.int<2, unsigned>>) {
  // expected-error@+1 {{'bitserial.decode' op result #0 must be ranked tensor of signless integers of 1 to 64 bits without encoding, but got 'tensor<4xf32>'}}
  %0 = bitserial.decode %x : tensor<4x!bitserial.int<2, unsigned>> to tensor<4xf32>
  return
}

// -----

// P1
#layout = #bitserial.layout<packed = 0, word = 8>
func.func @f(%x: tensor<4x!bitserial.int<2, unsigned>>) {
  // expected-error@+1 {{'bitserial.pack' op failed to verify that all of {source, result} have same shape}}
  %0 = bitserial.pack %x : tensor<4x!bitserial.int<2, unsigned>> to tensor<?x!bitserial.int<2, unsigned>, #layout>
  return
}

// -----

// P1
#layout = #bitserial.layout<packed = 0, word = 8>
func.func @f(%x: tensor<4x!bitserial.int<2, unsigned>>) {
  // expected-error@+1 {{'bitserial.pack' op failed to verify that all of {source, result} have same element type}}
  %0 = bitserial.pack %x : tensor<4x!bitserial.int<2, unsigned>> to tensor<4x!bitserial.int<2, signed>, #layout>
  return
}

// -----

func.func @f(%x: tensor<4x!bitserial.int<2, unsigned>>) {
  // expected-error@+1 {{'bitserial.pack' op result #0 must be ranked tensor of !bitserial.int with a #bitserial.layout, but got 'tensor<4x!bitserial.int<2, unsigned>, "other">'}}
  %0 = bitserial.pack %x : tensor<4x!bitserial.int<2, unsigned>> to tensor<4x!bitserial.int<2, unsigned>, "other">
  return
}

// -----

// P1
#layout = #bitserial.layout<packed = 0, word = 8>
func.func @f(%x: tensor<4x!bitserial.int<2, unsigned>, #layout>) {
  // expected-error@+1 {{'bitserial.unpack' op failed to verify that all of {source, result} have same shape}}
  %0 = bitserial.unpack %x : tensor<4x!bitserial.int<2, unsigned>, #layout> to tensor<5x!bitserial.int<2, unsigned>>
  return
}

// -----

func.func @f(%x: tensor<4x!bitserial.int<2, unsigned>>) {
  // expected-error@+1 {{'bitserial.unpack' op operand #0 must be ranked tensor of !bitserial.int with a #bitserial.layout, but got 'tensor<4x!bitserial.int<2, unsigned>>'}}
  %0 = bitserial.unpack %x : tensor<4x!bitserial.int<2, unsigned>> to tensor<4x!bitserial.int<2, unsigned>>
  return
}

// -----

// K1
func.func @f() {
  // expected-error@+1 {{'bitserial.constant' op value has type 'tensor<4xi32>', but 'tensor<4x!bitserial.int<2, unsigned>>' is stored as 'tensor<4xi8>'}}
  %0 = bitserial.constant dense<1> : tensor<4xi32> to tensor<4x!bitserial.int<2, unsigned>>
  return
}

// -----

// K1: the words of 20 elements in 2 planes.
#layout = #bitserial.layout<packed = 0, word = 8, planes = 1>
func.func @f() {
  // expected-error@+1 {{'bitserial.constant' op value has type 'tensor<20xi8>', but 'tensor<20x!bitserial.int<2, unsigned>, #bitserial.layout<packed = 0, word = 8, planes = 1>>' is stored as 'tensor<3x2xi8>'}}
  %0 = bitserial.constant dense<1> : tensor<20xi8> to tensor<20x!bitserial.int<2, unsigned>, #layout>
  return
}

// -----

// K1
func.func @f() {
  // expected-error@+1 {{'bitserial.constant' op value has type 'vector<4xi8>', but 'tensor<4x!bitserial.int<2, unsigned>>' is stored as 'tensor<4xi8>'}}
  %0 = bitserial.constant dense<1> : vector<4xi8> to tensor<4x!bitserial.int<2, unsigned>>
  return
}

// -----

// K1
func.func @f() {
  // expected-error@+1 {{'bitserial.constant' op result must have a static shape}}
  %0 = bitserial.constant dense<1> : tensor<4xi8> to tensor<?x!bitserial.int<2, unsigned>>
  return
}

// -----

func.func @f() {
  // expected-error@+1 {{'bitserial.constant' op attribute 'value' failed to satisfy constraint: integer elements attribute}}
  %0 = "bitserial.constant"() {value = dense_resource<blob> : tensor<4xi8>} : () -> tensor<4x!bitserial.int<2, unsigned>>
  return
}

{-#
  dialect_resources: {
    builtin: {
      blob: "0x0100000001010101"
    }
  }
#-}

// -----

// K2
func.func @f() {
  // expected-error@+1 {{'bitserial.constant' op element 3 is 4, which is no value of '!bitserial.int<2, unsigned>' (range 0 to 3, step 1)}}
  %0 = bitserial.constant dense<[[0, 1], [2, 4]]> : tensor<2x2xi8> to tensor<2x2x!bitserial.int<2, unsigned>>
  return
}

// -----

// K2
func.func @f() {
  // expected-error@+1 {{'bitserial.constant' op element 0 is 0, which is no value of '!bitserial.int<3, bipolar>' (range -7 to 7, step 2)}}
  %0 = bitserial.constant dense<0> : tensor<4xi8> to tensor<4x!bitserial.int<3, bipolar>>
  return
}

// -----

// K3: bit 4 of the only word.
#layout = #bitserial.layout<packed = 0, word = 8>
func.func @f() {
  %0 = bitserial.constant dense<15> : tensor<1x1xi8> to tensor<4x!bitserial.int<1, unsigned>, #layout>
  // expected-error@+1 {{'bitserial.constant' op has bits beyond the logical size of the tensor that are not zero}}
  %1 = bitserial.constant dense<16> : tensor<1x1xi8> to tensor<4x!bitserial.int<1, unsigned>, #layout>
  return
}

// -----

// K3: the fourth word of an inner tile for three rows.
#layout = #bitserial.layout<packed = 1, word = 8, inner_dims_pos = [0], inner_tiles = [4]>
func.func @f() {
  %0 = bitserial.constant dense<[[[[255, 1, 2, 0]]]]> : tensor<1x1x1x4xi8> to tensor<3x8x!bitserial.int<1, unsigned>, #layout>
  // expected-error@+1 {{'bitserial.constant' op has bits beyond the logical size of the tensor that are not zero}}
  %1 = bitserial.constant dense<[[[[0, 0, 0, 1]]]]> : tensor<1x1x1x4xi8> to tensor<3x8x!bitserial.int<1, unsigned>, #layout>
  return
}

// -----

// K3: of a splat that no memory holds.
#layout = #bitserial.layout<packed = 1, word = 8>
func.func @f() {
  %0 = bitserial.constant dense<127> : tensor<1x1099511627776x1xi8> to tensor<1099511627776x7x!bitserial.int<1, unsigned>, #layout>
  // expected-error@+1 {{'bitserial.constant' op has bits beyond the logical size of the tensor that are not zero}}
  %1 = bitserial.constant dense<-1> : tensor<1x1099511627776x1xi8> to tensor<1099511627776x7x!bitserial.int<1, unsigned>, #layout>
  return
}
