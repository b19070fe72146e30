// Loops over vectors for bitserial.unpack.

// RUN: bitserial-opt %s --bitserial-set-target=cpu=x86-64-v4 \
// RUN:   --bitserial-materialize-layouts --canonicalize --cse | FileCheck %s
// RUN: bitserial-opt %s --bitserial-set-target=cpu=cortex-a53 \
// RUN:   --bitserial-materialize-layouts --canonicalize --cse \
// RUN:   | FileCheck %s --check-prefix=NEON

// -3 + 2 b0 + 4 b1
#rows = #bitserial.layout<packed = 1, word = 32>
// CHECK-LABEL: func @rows(
// CHECK-DAG:     %[[MINUS3:.+]] = arith.constant dense<-3> : vector<64xi8>
// CHECK-DAG:     %[[MINUS1:.+]] = arith.constant dense<-1> : vector<64xi8>
// CHECK-DAG:     %[[FOUR:.+]] = arith.constant dense<4> : vector<64xi8>
// CHECK:         scf.for
// CHECK:           %[[W0:.+]] = vector.transfer_read {{.+}} vector<2xi32>
// CHECK:           %[[M0:.+]] = vector.bitcast %[[W0]] : vector<2xi32> to vector<64xi1>
// CHECK:           %[[W1:.+]] = vector.transfer_read {{.+}} vector<2xi32>
// CHECK:           %[[M1:.+]] = vector.bitcast %[[W1]] : vector<2xi32> to vector<64xi1>
// CHECK:           %[[S0:.+]] = arith.select %[[M0]], %[[MINUS1]], %[[MINUS3]]
// CHECK:           %[[MORE:.+]] = arith.addi %[[S0]], %[[FOUR]]
// CHECK:           %[[V:.+]] = arith.select %[[M1]], %[[MORE]], %[[S0]]
// CHECK:           %[[DONE:.+]] = vector.transfer_write %[[V]]
// CHECK:           scf.yield %[[DONE]]

// Without vectors of mask bits: every bit to the lane of its own byte.
// NEON-LABEL:  func @rows(
// NEON:          %[[BYTES:.+]] = vector.bitcast %{{.+}} : vector<2xi32> to vector<8xi8>
// NEON:          %[[LANES:.+]] = vector.shuffle %[[BYTES]], %[[BYTES]] [0, 0, 0, 0, 0, 0, 0, 0, 1,
// NEON:          %[[BITS:.+]] = arith.andi %[[LANES]], %{{.+}} : vector<64xi8>
// NEON:          arith.cmpi ne, %[[BITS]]
func.func @rows(%x: tensor<8x64x!bitserial.int<2, bipolar>, #rows>)
    -> tensor<8x64x!bitserial.int<2, bipolar>> {
  %0 = bitserial.unpack %x : tensor<8x64x!bitserial.int<2, bipolar>, #rows>
      to tensor<8x64x!bitserial.int<2, bipolar>>
  return %0 : tensor<8x64x!bitserial.int<2, bipolar>>
}

// CHECK-LABEL: func @tail(
// CHECK:         vector.transfer_read {{.+}} vector<1xi32>
// CHECK:         vector.transfer_write {{.+}} : vector<5xi8>
func.func @tail(%x: tensor<69x!bitserial.int<1, signed>, #bitserial.layout<packed = 0, word = 32>>)
    -> tensor<69x!bitserial.int<1, signed>> {
  %0 = bitserial.unpack %x : tensor<69x!bitserial.int<1, signed>, #bitserial.layout<packed = 0, word = 32>>
      to tensor<69x!bitserial.int<1, signed>>
  return %0 : tensor<69x!bitserial.int<1, signed>>
}

// One row of 32 positions for each bit of their words.
// CHECK-LABEL: func @columns(
// CHECK:         %[[W:.+]] = vector.transfer_read {{.+}} vector<32xi16>
// CHECK:         scf.for %[[BIT:[a-z0-9]+]] =
// CHECK:           %[[CAST:.+]] = arith.index_cast %[[BIT]] : index to i16
// CHECK:           %[[SHIFT:.+]] = vector.broadcast %[[CAST]]
// CHECK:           %[[SHIFTED:.+]] = arith.shrui %[[W]], %[[SHIFT]]
// CHECK:           arith.trunci %[[SHIFTED]] : vector<32xi16> to vector<32xi1>
// CHECK:           vector.transfer_write {{.+}} : vector<32xi8>
func.func @columns(%x: tensor<16x32x!bitserial.int<1, unsigned>, #bitserial.layout<packed = 0, word = 16>>)
    -> tensor<16x32x!bitserial.int<1, unsigned>> {
  %0 = bitserial.unpack %x : tensor<16x32x!bitserial.int<1, unsigned>, #bitserial.layout<packed = 0, word = 16>>
      to tensor<16x32x!bitserial.int<1, unsigned>>
  return %0 : tensor<16x32x!bitserial.int<1, unsigned>>
}
