// RUN: bitserial-opt %s --pass-pipeline='builtin.module(bitserial-set-target{cpu=haswell},bitserial-materialize-layouts)' | FileCheck %s --implicit-check-not='!bitserial.int'

#x = #bitserial.layout<packed = 1, word = 32>
!packed = tensor<4x64x!bitserial.int<2, unsigned>, #x>

// Conversions of values: the same integers, in the width that the format's
// values take in memory.

// CHECK-LABEL: func @encode(
// CHECK-SAME: %[[SAME:[^:]+]]: tensor<4xi8> {bufferization.writable = false}, %[[WIDE:[^:]+]]: tensor<5xi32> {bufferization.writable = false}, %[[SHORT:[^:]+]]: tensor<6xi2> {bufferization.writable = false})
// CHECK-SAME: -> (tensor<4xi8>, tensor<5xi8>, tensor<6xi8>)
// CHECK-DAG: %[[NARROWED:.+]] = arith.trunci %[[WIDE]] : tensor<5xi32> to tensor<5xi8>
// CHECK-DAG: %[[WIDENED:.+]] = arith.extui %[[SHORT]] : tensor<6xi2> to tensor<6xi8>
// CHECK: return %[[SAME]], %[[NARROWED]], %[[WIDENED]]
func.func @encode(%same: tensor<4xi8>, %wide: tensor<5xi32>, %short: tensor<6xi2>)
    -> (tensor<4x!bitserial.int<2, unsigned>>, tensor<5x!bitserial.int<3, signed>>, tensor<6x!bitserial.int<2, unsigned>>) {
  %0 = bitserial.encode %same : tensor<4xi8> to tensor<4x!bitserial.int<2, unsigned>>
  %1 = bitserial.encode %wide : tensor<5xi32> to tensor<5x!bitserial.int<3, signed>>
  %2 = bitserial.encode %short : tensor<6xi2> to tensor<6x!bitserial.int<2, unsigned>>
  return %0, %1, %2 : tensor<4x!bitserial.int<2, unsigned>>, tensor<5x!bitserial.int<3, signed>>, tensor<6x!bitserial.int<2, unsigned>>
}

// Eight unsigned bits are a byte read as unsigned, their negatives take more.

// CHECK-LABEL: func @decode(
// CHECK-SAME: %[[S:[^:]+]]: tensor<4xi8> {{.*}}, %[[U:[^:]+]]: tensor<4xi8> {{.*}}, %[[Z:[^:]+]]: tensor<4xi16> {{.*}})
// CHECK-DAG: %[[DS:.+]] = arith.extsi %[[S]] : tensor<4xi8> to tensor<4xi32>
// CHECK-DAG: %[[DU:.+]] = arith.extui %[[U]] : tensor<4xi8> to tensor<4xi32>
// CHECK-DAG: %[[DZ:.+]] = arith.extsi %[[Z]] : tensor<4xi16> to tensor<4xi32>
// CHECK: return %[[DS]], %[[DU]], %[[DZ]]
func.func @decode(%s: tensor<4x!bitserial.int<2, bipolar>>, %u: tensor<4x!bitserial.int<8, unsigned>>, %z: tensor<4x!bitserial.int<8, unsigned, zero_point = 1>>)
    -> (tensor<4xi32>, tensor<4xi32>, tensor<4xi32>) {
  %0 = bitserial.decode %s : tensor<4x!bitserial.int<2, bipolar>> to tensor<4xi32>
  %1 = bitserial.decode %u : tensor<4x!bitserial.int<8, unsigned>> to tensor<4xi32>
  %2 = bitserial.decode %z : tensor<4x!bitserial.int<8, unsigned, zero_point = 1>> to tensor<4xi32>
  return %0, %1, %2 : tensor<4xi32>, tensor<4xi32>, tensor<4xi32>
}

// CHECK-LABEL: func @constants(
// CHECK-DAG: %[[V:.+]] = arith.constant dense<[-1, 1, 1, -1]> : tensor<4xi8>
// CHECK-DAG: %[[P:.+]] = arith.constant dense<7> : tensor<2x4x2xi32>
// CHECK: return %[[V]], %[[P]]
func.func @constants() -> (tensor<4x!bitserial.int<1, bipolar>>, !packed) {
  %0 = bitserial.constant dense<[-1, 1, 1, -1]> : tensor<4xi8> to tensor<4x!bitserial.int<1, bipolar>>
  %1 = bitserial.constant dense<7> : tensor<2x4x2xi32> to !packed
  return %0, %1 : tensor<4x!bitserial.int<1, bipolar>>, !packed
}

// CHECK: func.func private @external(tensor<4xi8>, tensor<2x4x2xi32>) -> tensor<2x4x2xi32>
func.func private @external(tensor<4x!bitserial.int<1, bipolar>>, !packed) -> !packed

// Only what a caller from outside owns is not to be written.

// CHECK-LABEL: func private @call(
// CHECK-SAME: %[[A:[^:]+]]: tensor<4xi8>, %[[B:[^:]+]]: tensor<2x4x2xi32>) -> tensor<2x4x2xi32>
// CHECK: %[[R:.+]] = call @external(%[[A]], %[[B]]) : (tensor<4xi8>, tensor<2x4x2xi32>) -> tensor<2x4x2xi32>
// CHECK: return %[[R]]
func.func private @call(%a: tensor<4x!bitserial.int<1, bipolar>>, %b: !packed) -> !packed {
  %0 = call @external(%a, %b) : (tensor<4x!bitserial.int<1, bipolar>>, !packed) -> !packed
  return %0 : !packed
}

// CHECK-LABEL: func @control_flow(
// CHECK-SAME: %[[X:[^:]+]]: tensor<2x4x2xi32>
// CHECK: %[[E:.+]] = tensor.empty() : tensor<2x4x2xi32>
// CHECK: %[[IF:.+]] = scf.if %{{.+}} -> (tensor<2x4x2xi32>) {
// CHECK-NEXT: scf.yield %[[X]] : tensor<2x4x2xi32>
// CHECK: scf.yield %[[E]] : tensor<2x4x2xi32>
// CHECK: scf.for {{.*}} iter_args(%[[IT:.+]] = %[[IF]]) -> (tensor<2x4x2xi32>)
// CHECK: arith.select %{{.+}}, %[[IT]], %[[X]] : tensor<2x4x2xi32>
// CHECK: scf.while (%{{.+}} = %{{.+}}) : (tensor<2x4x2xi32>) -> tensor<2x4x2xi32>
func.func @control_flow(%x: !packed, %c: i1, %n: index) -> !packed {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %e = tensor.empty() : !packed
  %0 = scf.if %c -> !packed {
    scf.yield %x : !packed
  } else {
    scf.yield %e : !packed
  }
  %1 = scf.for %i = %c0 to %n step %c1 iter_args(%a = %0) -> !packed {
    %s = arith.select %c, %a, %x : !packed
    scf.yield %s : !packed
  }
  %2 = scf.while (%a = %1) : (!packed) -> !packed {
    scf.condition(%c) %a : !packed
  } do {
  ^bb0(%a: !packed):
    scf.yield %a : !packed
  }
  return %2 : !packed
}

// Values may be moved about while they are not packed.

// CHECK-LABEL: func @movement(
// CHECK-SAME: %[[X:[^:]+]]: tensor<4x64xi8>
// CHECK: %[[E:.+]] = tensor.expand_shape %[[X]] {{.*}} : tensor<4x64xi8> into tensor<4x32x2xi8>
// CHECK: %[[S:.+]] = tensor.extract_slice %[[E]][1, %{{.+}}, 0] [1, 1, 2] [1, 1, 1] : tensor<4x32x2xi8> to tensor<2xi8>
// CHECK: tensor.concat dim(0) %[[S]], %[[S]] : (tensor<2xi8>, tensor<2xi8>) -> tensor<4xi8>
func.func @movement(%x: tensor<4x64x!bitserial.int<2, unsigned>>, %i: index) -> tensor<4x!bitserial.int<2, unsigned>> {
  %0 = tensor.expand_shape %x [[0], [1, 2]] output_shape [4, 32, 2] : tensor<4x64x!bitserial.int<2, unsigned>> into tensor<4x32x2x!bitserial.int<2, unsigned>>
  %1 = tensor.extract_slice %0[1, %i, 0] [1, 1, 2] [1, 1, 1] : tensor<4x32x2x!bitserial.int<2, unsigned>> to tensor<2x!bitserial.int<2, unsigned>>
  %2 = tensor.concat dim(0) %1, %1 : (tensor<2x!bitserial.int<2, unsigned>>, tensor<2x!bitserial.int<2, unsigned>>) -> tensor<4x!bitserial.int<2, unsigned>>
  return %2 : tensor<4x!bitserial.int<2, unsigned>>
}

// Tensors of other elements stay as they are; but the caller keeps them too.

// CHECK-LABEL: func @others(
// CHECK-SAME: %{{[^:]+}}: tensor<?xf32> {bufferization.writable = false}, %[[B:[^:]+]]: memref<4xi8>)
// CHECK: memref.load %[[B]]
func.func @others(%a: tensor<?xf32>, %b: memref<4xi8>) -> i8 {
  %c0 = arith.constant 0 : index
  %0 = memref.load %b[%c0] : memref<4xi8>
  return %0 : i8
}

// Slices of packed tensors that are whole words are slices of words, whose
// planes come first.

// CHECK-LABEL: func.func @packed_slices(
// CHECK-SAME:    %[[X:[a-z0-9]+]]: tensor<2x8x3xi32> {{.*}}, %[[Y:[a-z0-9]+]]: tensor<2x8x4xi32>
// CHECK: %[[LINES:.+]] = tensor.extract_slice %[[X]][0, 3, 0] [2, 5, 3] [1, 1, 1] : tensor<2x8x3xi32> to tensor<2x5x3xi32>
// CHECK: %[[WORDS:.+]] = tensor.extract_slice %[[X]][0, 0, 1] [2, 8, 2] [1, 1, 1] : tensor<2x8x3xi32> to tensor<2x8x2xi32>
// CHECK: %[[Z:.+]] = tensor.insert_slice %[[WORDS]] into %[[Y]][0, 0, 2] [2, 8, 2] [1, 1, 1] : tensor<2x8x2xi32> into tensor<2x8x4xi32>
// CHECK: return %[[LINES]], %[[Z]]
#words = #bitserial.layout<packed = 1, word = 32>
func.func @packed_slices(%x: tensor<8x70x!bitserial.int<2, unsigned>, #words>, %y: tensor<8x102x!bitserial.int<2, unsigned>, #words>)
    -> (tensor<5x70x!bitserial.int<2, unsigned>, #words>, tensor<8x102x!bitserial.int<2, unsigned>, #words>) {
  %0 = tensor.extract_slice %x[3, 0] [5, 70] [1, 1] : tensor<8x70x!bitserial.int<2, unsigned>, #words> to tensor<5x70x!bitserial.int<2, unsigned>, #words>
  %1 = tensor.extract_slice %x[0, 32] [8, 38] [1, 1] : tensor<8x70x!bitserial.int<2, unsigned>, #words> to tensor<8x38x!bitserial.int<2, unsigned>, #words>
  %2 = tensor.insert_slice %1 into %y[0, 64] [8, 38] [1, 1] : tensor<8x38x!bitserial.int<2, unsigned>, #words> into tensor<8x102x!bitserial.int<2, unsigned>, #words>
  return %0, %2 : tensor<5x70x!bitserial.int<2, unsigned>, #words>, tensor<8x102x!bitserial.int<2, unsigned>, #words>
}
