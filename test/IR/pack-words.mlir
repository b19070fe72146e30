// Packing of integers as a structured op: text and tiles.

// RUN: bitserial-opt %s | bitserial-opt | FileCheck %s --check-prefix=TEXT
// RUN: bitserial-opt %s --transform-interpreter --canonicalize --cse | FileCheck %s

// Tiles are counted in elements: two rows, and 64 of 70 elements, which are two
// words. The last tile has 6 elements, and a word.

// TEXT: #[[LAYOUT:.+]] = #bitserial.layout<packed = 1, word = 32>
// TEXT-LABEL: func.func @tile(
// TEXT: bitserial.pack_words ins(%{{.*}} : tensor<4x70xi8>) outs(%{{.*}} : tensor<2x4x3xi32>) element = !bitserial.int<2, unsigned> layout = #[[LAYOUT]] -> tensor<2x4x3xi32>

// CHECK-DAG: #[[SIZE:.+]] = affine_map<(d0) -> (-d0 + 70, 64)>
// CHECK-DAG: #[[WORD:.+]] = affine_map<(d0) -> (d0 floordiv 32)>
// CHECK-DAG: #[[WORDS:.+]] = affine_map<(d0) -> (d0 ceildiv 32)>
// CHECK-LABEL: func.func @tile(
// CHECK-SAME: %[[X:[^:]+]]: tensor<4x70xi8>
// CHECK: scf.for %[[M:.+]] = %c0 to %c4 step %c2
// CHECK: scf.for %[[K:.+]] = %c0 to %c70 step %c64 iter_args(%[[IT:.+]] =
// CHECK-DAG: %[[N:.+]] = affine.min #[[SIZE]](%[[K]])
// CHECK-DAG: %[[FIRST:.+]] = affine.apply #[[WORD]](%[[K]])
// CHECK-DAG: %[[COUNT:.+]] = affine.apply #[[WORDS]](%[[N]])
// CHECK: %[[V:.+]] = tensor.extract_slice %[[X]][%[[M]], %[[K]]] [2, %[[N]]] [1, 1]
// CHECK: %[[W:.+]] = tensor.extract_slice %[[IT]][0, %[[M]], %[[FIRST]]] [2, 2, %[[COUNT]]] [1, 1, 1]
// CHECK: %[[P:.+]] = bitserial.pack_words ins(%[[V]] : tensor<2x?xi8>) outs(%[[W]] : tensor<2x2x?xi32>)
// CHECK: tensor.insert_slice %[[P]] into %[[IT]][0, %[[M]], %[[FIRST]]] [2, 2, %[[COUNT]]] [1, 1, 1]
func.func @tile(%x: tensor<4x70xi8>, %init: tensor<2x4x3xi32>) -> tensor<2x4x3xi32> {
  %0 = bitserial.pack_words ins(%x : tensor<4x70xi8>) outs(%init : tensor<2x4x3xi32>)
      element = !bitserial.int<2, unsigned> layout = <packed = 1, word = 32> -> tensor<2x4x3xi32>
  return %0 : tensor<2x4x3xi32>
}

// Inner tiles and planes of the layout are whole in every tile, wherever they
// stand: here dimensions 0 and 1 of the values are dimensions 1 and 0.

// CHECK-LABEL: func.func @layout(
// CHECK: tensor.extract_slice %{{.*}}[%[[M:.+]], %[[K:.+]]] [2, 64] [1, 1] : tensor<4x256xi8> to tensor<2x64xi8>
// CHECK: tensor.extract_slice %{{.*}}[%{{.*}}, 0, %[[M]], 0] [1, 2, 2, 4] [1, 1, 1, 1] : tensor<4x2x4x4xi16> to tensor<1x2x2x4xi16>
func.func @layout(%x: tensor<4x256xi8>, %init: tensor<4x2x4x4xi16>) -> tensor<4x2x4x4xi16> {
  %0 = bitserial.pack_words ins(%x : tensor<4x256xi8>) outs(%init : tensor<4x2x4x4xi16>)
      element = !bitserial.int<2, unsigned>
      layout = <packed = 1, word = 16, inner_dims_pos = [1], inner_tiles = [4], outer_dims_perm = [1, 0], planes = 1>
      -> tensor<4x2x4x4xi16>
  return %0 : tensor<4x2x4x4xi16>
}

module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %packs = transform.structured.match ops{["bitserial.pack_words"]} in %root : (!transform.any_op) -> !transform.any_op
    transform.foreach %packs : !transform.any_op {
    ^bb0(%pack: !transform.any_op):
      %tile, %loops:2 = transform.structured.tile_using_for %pack tile_sizes [2, 64]
        : (!transform.any_op) -> (!transform.any_op, !transform.any_op, !transform.any_op)
    }
    transform.yield
  }
}
