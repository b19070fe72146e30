// How the bits of each kind of number are found. Everything else is the same
// for all of them.

// RUN: bitserial-opt %s --bitserial-set-target=cpu=x86-64-v4 \
// RUN:   --bitserial-materialize-layouts --canonicalize --cse | FileCheck %s

#layout = #bitserial.layout<packed = 0, word = 64>

// The upper bit of a signed number is its sign: one test per plane.
// CHECK-LABEL: func @signed(
// CHECK:         %[[V:.+]] = vector.transfer_read
// CHECK-NEXT:    arith.andi %[[V]],
// CHECK-NEXT:    arith.cmpi ne
// CHECK-NEXT:    arith.andi %[[V]],
// CHECK-NEXT:    arith.cmpi ne
// CHECK-NOT:     arith.cmpi
func.func @signed(%x: tensor<64x!bitserial.int<2, signed>>)
    -> tensor<64x!bitserial.int<2, signed>, #layout> {
  %0 = bitserial.pack %x : tensor<64x!bitserial.int<2, signed>>
      to tensor<64x!bitserial.int<2, signed>, #layout>
  return %0 : tensor<64x!bitserial.int<2, signed>, #layout>
}

// -1 and 1: greater than 0.
// CHECK-LABEL: func @bipolar1(
// CHECK:         %[[ONE:.+]] = arith.constant dense<1> : vector<64xi8>
// CHECK:         %[[V:.+]] = vector.transfer_read
// CHECK-NEXT:    arith.cmpi sge, %[[V]], %[[ONE]]
// CHECK-NOT:     arith.cmpi
func.func @bipolar1(%x: tensor<64x!bitserial.int<1, bipolar>>)
    -> tensor<64x!bitserial.int<1, bipolar>, #layout> {
  %0 = bitserial.pack %x : tensor<64x!bitserial.int<1, bipolar>>
      to tensor<64x!bitserial.int<1, bipolar>, #layout>
  return %0 : tensor<64x!bitserial.int<1, bipolar>, #layout>
}

// -3, -1, 1, 3: bit 1 of the value, and a comparison.
// CHECK-LABEL: func @bipolar2(
// CHECK:         %[[TWO:.+]] = arith.constant dense<2> : vector<64xi8>
// CHECK:         %[[V:.+]] = vector.transfer_read
// CHECK-NEXT:    arith.andi %[[V]], %[[TWO]]
// CHECK-NEXT:    arith.cmpi ne
// CHECK-NEXT:    arith.cmpi sge, %[[V]]
// CHECK-NOT:     arith.cmpi
func.func @bipolar2(%x: tensor<64x!bitserial.int<2, bipolar>>)
    -> tensor<64x!bitserial.int<2, bipolar>, #layout> {
  %0 = bitserial.pack %x : tensor<64x!bitserial.int<2, bipolar>>
      to tensor<64x!bitserial.int<2, bipolar>, #layout>
  return %0 : tensor<64x!bitserial.int<2, bipolar>, #layout>
}

// Of -1, 0 and 1, bit 1 is set in -1 alone.
// CHECK-LABEL: func @ternary2(
// CHECK-DAG:     %[[ONE:.+]] = arith.constant dense<1> : vector<64xi8>
// CHECK-DAG:     %[[TWO:.+]] = arith.constant dense<2> : vector<64xi8>
// CHECK:         %[[V:.+]] = vector.transfer_read
// CHECK-NEXT:    arith.cmpi sge, %[[V]], %[[ONE]]
// CHECK-NEXT:    arith.andi %[[V]], %[[TWO]]
// CHECK-NEXT:    arith.cmpi ne
func.func @ternary2(%x: tensor<64x!bitserial.int<2, ternary>>)
    -> tensor<64x!bitserial.int<2, ternary>, #layout> {
  %0 = bitserial.pack %x : tensor<64x!bitserial.int<2, ternary>>
      to tensor<64x!bitserial.int<2, ternary>, #layout>
  return %0 : tensor<64x!bitserial.int<2, ternary>, #layout>
}

// Two digits: what the upper one leaves decides about the lower one.
// CHECK-LABEL: func @ternary4(
// CHECK-DAG:     %[[THREE:.+]] = arith.constant dense<3> : vector<64xi8>
// CHECK-DAG:     %[[TWO:.+]] = arith.constant dense<2> : vector<64xi8>
// CHECK:         %[[V:.+]] = vector.transfer_read
// CHECK:         %[[PLUS3:.+]] = arith.cmpi sge, %[[V]], %[[TWO]]
// CHECK:         %[[LESS:.+]] = arith.subi %[[V]], %[[THREE]]
// CHECK:         %[[REST:.+]] = arith.select %[[PLUS3]], %[[LESS]], %[[V]]
// CHECK:         arith.cmpi slt, %[[REST]]
func.func @ternary4(%x: tensor<64x!bitserial.int<4, ternary>>)
    -> tensor<64x!bitserial.int<4, ternary>, #layout> {
  %0 = bitserial.pack %x : tensor<64x!bitserial.int<4, ternary>>
      to tensor<64x!bitserial.int<4, ternary>, #layout>
  return %0 : tensor<64x!bitserial.int<4, ternary>, #layout>
}

// -3 to 4: the middle bit is that of the distance from -3.
// CHECK-LABEL: func @zero_point(
// CHECK-DAG:     %[[OFFSET:.+]] = arith.constant dense<-3> : vector<64xi8>
// CHECK-DAG:     %[[TWO:.+]] = arith.constant dense<2> : vector<64xi8>
// CHECK:         %[[V:.+]] = vector.transfer_read
// CHECK:         %[[DISTANCE:.+]] = arith.subi %[[V]], %[[OFFSET]]
// CHECK:         arith.andi %[[DISTANCE]], %[[TWO]]
func.func @zero_point(%x: tensor<64x!bitserial.int<3, unsigned, zero_point = 3>>)
    -> tensor<64x!bitserial.int<3, unsigned, zero_point = 3>, #layout> {
  %0 = bitserial.pack %x : tensor<64x!bitserial.int<3, unsigned, zero_point = 3>>
      to tensor<64x!bitserial.int<3, unsigned, zero_point = 3>, #layout>
  return %0 : tensor<64x!bitserial.int<3, unsigned, zero_point = 3>, #layout>
}

// 297 to 300, as i16.
// CHECK-LABEL: func @large_values(
// CHECK-DAG:     %[[MIDDLE:.+]] = arith.constant dense<299> : vector<64xi16>
// CHECK:         %[[V:.+]] = vector.transfer_read {{.+}} vector<64xi16>
// CHECK:         arith.cmpi sge, %[[V]], %[[MIDDLE]]
func.func @large_values(%x: tensor<64x!bitserial.int<2, unsigned, zero_point = -297>>)
    -> tensor<64x!bitserial.int<2, unsigned, zero_point = -297>, #layout> {
  %0 = bitserial.pack %x : tensor<64x!bitserial.int<2, unsigned, zero_point = -297>>
      to tensor<64x!bitserial.int<2, unsigned, zero_point = -297>, #layout>
  return %0 : tensor<64x!bitserial.int<2, unsigned, zero_point = -297>, #layout>
}

// 199 to 202, as i8 without a sign. The lowest bit is the complement of the
// value's.
// CHECK-LABEL: func @unsigned_values(
// CHECK-DAG:     %[[MIDDLE:.+]] = arith.constant dense<-55> : vector<64xi8>
// CHECK:         %[[V:.+]] = vector.transfer_read
// CHECK:         arith.cmpi eq
// CHECK:         arith.cmpi uge, %[[V]], %[[MIDDLE]]
func.func @unsigned_values(%x: tensor<64x!bitserial.int<2, unsigned, zero_point = -199>>)
    -> tensor<64x!bitserial.int<2, unsigned, zero_point = -199>, #layout> {
  %0 = bitserial.pack %x : tensor<64x!bitserial.int<2, unsigned, zero_point = -199>>
      to tensor<64x!bitserial.int<2, unsigned, zero_point = -199>, #layout>
  return %0 : tensor<64x!bitserial.int<2, unsigned, zero_point = -199>, #layout>
}
