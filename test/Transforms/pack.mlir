// Loops over vectors for bitserial.pack: one test per way of walking.

// RUN: bitserial-opt %s --bitserial-set-target=cpu=x86-64-v4 \
// RUN:   --bitserial-materialize-layouts --canonicalize --cse | FileCheck %s
// RUN: bitserial-opt %s --bitserial-set-target=cpu=cortex-a53 \
// RUN:   --bitserial-materialize-layouts --canonicalize --cse \
// RUN:   | FileCheck %s --check-prefix=NEON
// RUN: bitserial-opt %s --bitserial-set-target=cpu=x86-64-v4 \
// RUN:   --bitserial-materialize-layouts --canonicalize --cse \
// RUN:   "--one-shot-bufferize=bufferize-function-boundaries=1 function-boundary-type-conversion=identity-layout-map" \
// RUN:   --canonicalize \
// RUN:   | FileCheck %s --check-prefix=INPLACE

// Nothing is copied, and nothing allocated but the results.
// INPLACE-NOT: memref.copy
// INPLACE-NOT: scf.for {{.*}}iter_args({{.*}}memref

// Rows of whole words that follow one another are one row of 512 values.
#rows = #bitserial.layout<packed = 1, word = 32>
// CHECK-LABEL: func @long_rows(
// CHECK-SAME:    %[[X:.+]]: tensor<8x64xi8>
// CHECK-DAG:     %[[ONE:.+]] = arith.constant dense<1> : vector<64xi8>
// CHECK-DAG:     %[[TWO:.+]] = arith.constant dense<2> : vector<64xi8>
// CHECK-DAG:     %[[ZERO:.+]] = arith.constant dense<0> : vector<64xi8>
// CHECK-DAG:     %[[STEPS:.+]] = arith.constant 8 : index
// CHECK:         %[[WORDS:.+]] = tensor.collapse_shape %{{.+}} into tensor<32xi32>
// CHECK:         %[[VALUES:.+]] = tensor.collapse_shape %[[X]] {{.+}} into tensor<512xi8>
// CHECK:         scf.for %{{.+}} to %[[STEPS]] {{.+}} iter_args(%[[DEST:.+]] = %[[WORDS]])
// CHECK:           %[[V:.+]] = vector.transfer_read %[[VALUES]]{{.+}} vector<64xi8>
// CHECK:           %[[A0:.+]] = arith.andi %[[V]], %[[ONE]]
// CHECK:           %[[M0:.+]] = arith.cmpi ne, %[[A0]], %[[ZERO]]
// CHECK:           %[[A1:.+]] = arith.andi %[[V]], %[[TWO]]
// CHECK:           %[[M1:.+]] = arith.cmpi ne, %[[A1]], %[[ZERO]]
// CHECK:           %[[B0:.+]] = vector.bitcast %[[M0]] : vector<64xi1> to vector<2xi32>
// CHECK:           %[[W0:.+]] = vector.transfer_write %[[B0]], %[[DEST]]
// CHECK:           %[[B1:.+]] = vector.bitcast %[[M1]] : vector<64xi1> to vector<2xi32>
// CHECK:           %[[W1:.+]] = vector.transfer_write %[[B1]], %[[W0]]
// CHECK:           scf.yield %[[W1]]

// NEON has no vector of mask bits: each value sets another bit of its byte.
// NEON-LABEL:  func @long_rows(
// NEON-COUNT-4:  llvm.call_intrinsic "llvm.aarch64.neon.ushl"
// NEON-COUNT-4:  llvm.call_intrinsic "llvm.aarch64.neon.addp"
// NEON-NOT:      vector<64xi1>
func.func @long_rows(%x: tensor<8x64x!bitserial.int<2, unsigned>>)
    -> tensor<8x64x!bitserial.int<2, unsigned>, #rows> {
  %0 = bitserial.pack %x : tensor<8x64x!bitserial.int<2, unsigned>>
      to tensor<8x64x!bitserial.int<2, unsigned>, #rows>
  return %0 : tensor<8x64x!bitserial.int<2, unsigned>, #rows>
}

// The last 2 of 130 values: the last 64 are read and 62 of them shifted out.
// CHECK-LABEL: func @tail(
// CHECK-DAG:     %[[LAST:.+]] = arith.constant 66 : index
// CHECK-DAG:     %[[SHIFT:.+]] = arith.constant 62 : i64
// CHECK:         vector.transfer_read
// CHECK:         %[[V:.+]] = vector.transfer_read %{{.+}}[%[[LAST]]]{{.+}} vector<64xi8>
// CHECK:         %[[M:.+]] = arith.cmpi ne
// CHECK:         %[[BITS:.+]] = vector.extract %{{.+}}[0] : i64 from vector<1xi64>
// CHECK:         arith.shrui %[[BITS]], %[[SHIFT]] : i64
// CHECK:         vector.transfer_write {{.+}} : vector<1xi16>
// NEON-LABEL:  func @tail(
// NEON:          arith.shrui %{{.+}}, %{{.+}} : vector<1xi64>
func.func @tail(%x: tensor<130x!bitserial.int<1, unsigned>>)
    -> tensor<130x!bitserial.int<1, unsigned>, #bitserial.layout<packed = 0, word = 16>> {
  %0 = bitserial.pack %x : tensor<130x!bitserial.int<1, unsigned>>
      to tensor<130x!bitserial.int<1, unsigned>, #bitserial.layout<packed = 0, word = 16>>
  return %0 : tensor<130x!bitserial.int<1, unsigned>, #bitserial.layout<packed = 0, word = 16>>
}

// Words of the same row that are not contiguous: one at a time.
#lanes = #bitserial.layout<packed = 1, word = 32, inner_dims_pos = [0], inner_tiles = [64], planes = 2>
// CHECK-LABEL: func @scattered(
// CHECK-DAG:     %[[TILES:.+]] = arith.constant 2 : index
// CHECK-DAG:     %[[TILE:.+]] = arith.constant 64 : index
// CHECK-DAG:     %[[STEPS:.+]] = arith.constant 3 : index
// CHECK:         scf.for {{.+}} to %[[TILES]]
// CHECK:           scf.for {{.+}} to %[[TILE]]
// CHECK:             scf.for {{.+}} to %[[STEPS]]
// CHECK:               vector.transfer_read {{.+}} vector<32xi8>
// CHECK-COUNT-2:       vector.transfer_write {{.+}} : vector<1xi32>, tensor<768xi32>
// CHECK-NEXT:          scf.yield
func.func @scattered(%x: tensor<128x96x!bitserial.int<2, unsigned>>)
    -> tensor<128x96x!bitserial.int<2, unsigned>, #lanes> {
  %0 = bitserial.pack %x : tensor<128x96x!bitserial.int<2, unsigned>>
      to tensor<128x96x!bitserial.int<2, unsigned>, #lanes>
  return %0 : tensor<128x96x!bitserial.int<2, unsigned>, #lanes>
}

// A partial tile: the destination is zero before. The tile is no loop, since
// the last one is shorter.
// CHECK-LABEL: func @partial_tile(
// CHECK-DAG:     %[[ROWS:.+]] = arith.constant 100 : index
// CHECK:         linalg.fill
// CHECK:         scf.for {{.+}} to %[[ROWS]]
func.func @partial_tile(%x: tensor<100x64x!bitserial.int<1, unsigned>>)
    -> tensor<100x64x!bitserial.int<1, unsigned>, #lanes> {
  %0 = bitserial.pack %x : tensor<100x64x!bitserial.int<1, unsigned>>
      to tensor<100x64x!bitserial.int<1, unsigned>, #lanes>
  return %0 : tensor<100x64x!bitserial.int<1, unsigned>, #lanes>
}

// A row that is not full words: what follows is read, too, and masked.
// CHECK-LABEL: func @short_row(
// CHECK-DAG:     %[[MASK:.+]] = arith.constant 8589934591 : i64
// CHECK:         scf.for
// CHECK:           %[[START:.+]] = affine.min
// CHECK:           vector.transfer_read %{{.+}}[%[[START]]]{{.+}} vector<64xi8>
// CHECK:           %[[DISTANCE:.+]] = arith.index_cast %{{.+}} : index to i64
// CHECK:           %[[BITS:.+]] = vector.extract %{{.+}}[0] : i64 from vector<1xi64>
// CHECK:           %[[SHIFTED:.+]] = arith.shrui %[[BITS]], %[[DISTANCE]]
// CHECK:           arith.andi %[[SHIFTED]], %[[MASK]] : i64
// CHECK:           vector.transfer_write {{.+}} : vector<2xi32>
func.func @short_row(%x: tensor<8x33x!bitserial.int<1, unsigned>>)
    -> tensor<8x33x!bitserial.int<1, unsigned>, #rows> {
  %0 = bitserial.pack %x : tensor<8x33x!bitserial.int<1, unsigned>>
      to tensor<8x33x!bitserial.int<1, unsigned>, #rows>
  return %0 : tensor<8x33x!bitserial.int<1, unsigned>, #rows>
}

// Eight rows of three values at once.
// CHECK-LABEL: func @row_groups(
// CHECK-DAG:     %[[SHIFTS:.+]] = arith.constant dense<[0, 3, 6, 9, 12, 15, 18, 21]> : vector<8xi32>
// CHECK-DAG:     %[[MASK:.+]] = arith.constant dense<7> : vector<8xi32>
// CHECK-DAG:     %[[STEPS:.+]] = arith.constant 12 : index
// CHECK:         scf.for {{.+}} to %[[STEPS]]
// CHECK:           vector.transfer_read {{.+}} vector<32xi8>
// CHECK:           %[[ALL:.+]] = vector.broadcast %{{.+}} : i32 to vector<8xi32>
// CHECK:           %[[ROWS:.+]] = arith.shrui %[[ALL]], %[[SHIFTS]]
// CHECK:           %[[WORDS:.+]] = arith.andi %[[ROWS]], %[[MASK]]
// CHECK:           vector.transfer_write %[[WORDS]]
// CHECK:           scf.yield
// The last four rows, as the last eight.
// CHECK:         vector.transfer_read
// CHECK:         vector.transfer_write
func.func @row_groups(%x: tensor<10x10x3x!bitserial.int<1, unsigned>>)
    -> tensor<10x10x3x!bitserial.int<1, unsigned>, #bitserial.layout<packed = 2, word = 32>> {
  %0 = bitserial.pack %x : tensor<10x10x3x!bitserial.int<1, unsigned>>
      to tensor<10x10x3x!bitserial.int<1, unsigned>, #bitserial.layout<packed = 2, word = 32>>
  return %0 : tensor<10x10x3x!bitserial.int<1, unsigned>, #bitserial.layout<packed = 2, word = 32>>
}

// Channels first: 32 positions in as many lanes, eight channels to a byte.
// CHECK-LABEL:  func @columns(
// CHECK:          %[[WORDS:.+]] = scf.for {{.+}} -> (vector<32xi16>)
// CHECK-COUNT-8:    vector.transfer_read {{.+}} vector<32xi8>
// CHECK:            arith.shli %{{.+}}, %{{.+}} : vector<32xi16>
// CHECK:            arith.ori
// CHECK-NEXT:       scf.yield
// CHECK:          vector.transfer_write %[[WORDS]]
func.func @columns(%x: tensor<16x32x!bitserial.int<1, unsigned>>)
    -> tensor<16x32x!bitserial.int<1, unsigned>, #bitserial.layout<packed = 0, word = 16>> {
  %0 = bitserial.pack %x : tensor<16x32x!bitserial.int<1, unsigned>>
      to tensor<16x32x!bitserial.int<1, unsigned>, #bitserial.layout<packed = 0, word = 16>>
  return %0 : tensor<16x32x!bitserial.int<1, unsigned>, #bitserial.layout<packed = 0, word = 16>>
}
