// Layouts that attributes of the contraction ask for. Those that do not go
// together are refused by the verifier, see IR/invalid-contract.mlir.

// RUN: bitserial-opt %s --split-input-file --pass-pipeline='builtin.module(bitserial-set-target{cpu=icelake-server},func.func(bitserial-assign-layouts))' | FileCheck %s --implicit-check-not=bitserial.lhs_layout --implicit-check-not=bitserial.rhs_layout

#mk = affine_map<(m, n, k) -> (m, k)>
#nk = affine_map<(m, n, k) -> (n, k)>
#mn = affine_map<(m, n, k) -> (m, n)>

// Both.

// CHECK-DAG: #[[X:.+]] = #bitserial.layout<packed = 1, word = 8, inner_dims_pos = [0], inner_tiles = [4], planes = 1>
// CHECK-DAG: #[[W:.+]] = #bitserial.layout<packed = 1, word = 8, outer_dims_perm = [1, 0]>
// CHECK-LABEL: func @both(
// CHECK: %[[PX:.+]] = bitserial.pack %{{.+}} : {{.*}} to tensor<56x256x!bitserial.int<2, unsigned>, #[[X]]>
// CHECK: %[[PW:.+]] = bitserial.pack %{{.+}} : {{.*}} to tensor<128x256x!bitserial.int<1, bipolar>, #[[W]]>
// CHECK: bitserial.contract %[[PX]], %[[PW]] indexing_maps = {{.*}}] {note = "kept"} :
func.func @both(%x: tensor<56x256x!bitserial.int<2, unsigned>>, %w: tensor<128x256x!bitserial.int<1, bipolar>>) -> tensor<56x128xi32> {
  %0 = bitserial.contract %x, %w indexing_maps = [#mk, #nk, #mn]
    {bitserial.lhs_layout = #bitserial.layout<packed = 1, word = 8, inner_dims_pos = [0], inner_tiles = [4], planes = 1>,
     bitserial.rhs_layout = #bitserial.layout<packed = 1, word = 8, outer_dims_perm = [1, 0]>, note = "kept"}
    : tensor<56x256x!bitserial.int<2, unsigned>>, tensor<128x256x!bitserial.int<1, bipolar>> -> tensor<56x128xi32>
  return %0 : tensor<56x128xi32>
}

// -----

// The words of the weights decide about those of the activations.

// CHECK-DAG: #[[X:.+]] = #bitserial.layout<packed = 1, word = 64>
// CHECK-DAG: #[[W:.+]] = #bitserial.layout<packed = 1, word = 64, inner_dims_pos = [0], inner_tiles = [16], planes = 2>
// CHECK-LABEL: func @weights(
// CHECK: bitserial.pack %{{.+}}unsigned>, #[[X]]>
// CHECK: bitserial.pack %{{.+}}bipolar>, #[[W]]>
func.func @weights(%x: tensor<56x256x!bitserial.int<2, unsigned>>, %w: tensor<128x256x!bitserial.int<1, bipolar>>) -> tensor<56x128xi32> {
  %0 = bitserial.contract %x, %w
    indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
    {bitserial.rhs_layout = #bitserial.layout<packed = 1, word = 64, inner_dims_pos = [0], inner_tiles = [16], planes = 2>}
    : tensor<56x256x!bitserial.int<2, unsigned>>, tensor<128x256x!bitserial.int<1, bipolar>> -> tensor<56x128xi32>
  return %0 : tensor<56x128xi32>
}

// -----

// Reduction across lanes: both operands need the same inner tile of words, and
// get it whichever asks.

// CHECK-DAG: #[[X:.+]] = #bitserial.layout<packed = 1, word = 32, inner_dims_pos = [1], inner_tiles = [4]>
// CHECK-DAG: #[[W:.+]] = #bitserial.layout<packed = 1, word = 32, inner_dims_pos = [1], inner_tiles = [4], planes = 2>
// CHECK-LABEL: func @words_of_weights(
// CHECK: bitserial.pack %{{.+}}unsigned>, #[[X]]>
// CHECK: bitserial.pack %{{.+}}bipolar>, #[[W]]>
func.func @words_of_weights(%x: tensor<56x256x!bitserial.int<2, unsigned>>, %w: tensor<128x256x!bitserial.int<1, bipolar>>) -> tensor<56x128xi32> {
  %0 = bitserial.contract %x, %w
    indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
    {bitserial.rhs_layout = #bitserial.layout<packed = 1, word = 32, inner_dims_pos = [1], inner_tiles = [4], planes = 2>}
    : tensor<56x256x!bitserial.int<2, unsigned>>, tensor<128x256x!bitserial.int<1, bipolar>> -> tensor<56x128xi32>
  return %0 : tensor<56x128xi32>
}

// -----

// CHECK-DAG: #[[X:.+]] = #bitserial.layout<packed = 1, word = 16, inner_dims_pos = [1], inner_tiles = [8], planes = 3>
// CHECK-DAG: #[[W:.+]] = #bitserial.layout<packed = 1, word = 16, inner_dims_pos = [1], inner_tiles = [8], planes = 2>
// CHECK-LABEL: func @words_of_activations(
// CHECK: bitserial.pack %{{.+}}unsigned>, #[[X]]>
// CHECK: bitserial.pack %{{.+}}bipolar>, #[[W]]>
func.func @words_of_activations(%x: tensor<56x256x!bitserial.int<2, unsigned>>, %w: tensor<128x256x!bitserial.int<1, bipolar>>) -> tensor<56x128xi32> {
  %0 = bitserial.contract %x, %w
    indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
    {bitserial.lhs_layout = #bitserial.layout<packed = 1, word = 16, inner_dims_pos = [1], inner_tiles = [8], planes = 3>}
    : tensor<56x256x!bitserial.int<2, unsigned>>, tensor<128x256x!bitserial.int<1, bipolar>> -> tensor<56x128xi32>
  return %0 : tensor<56x128xi32>
}

// -----

// A request says what to pack along, even where another choice is better: the
// taps instead of the channels.

// CHECK-DAG: #[[X:.+]] = #bitserial.layout<packed = 0, word = 8>
// CHECK-DAG: #[[W:.+]] = #bitserial.layout<packed = 1, word = 8, inner_dims_pos = [0], inner_tiles = [{{.*}}], planes = 3>
// CHECK-LABEL: func @taps(
// CHECK: bitserial.pack %{{.+}} to tensor<3x256x!bitserial.int<2, unsigned>, #[[X]]>
// CHECK: bitserial.pack %{{.+}} to tensor<128x3x256x!bitserial.int<1, bipolar>, #[[W]]>
func.func @taps(%x: tensor<3x256x!bitserial.int<2, unsigned>>, %w: tensor<128x3x256x!bitserial.int<1, bipolar>>) -> tensor<128xi32> {
  %0 = bitserial.contract %x, %w
    indexing_maps = [affine_map<(n, t, k) -> (t, k)>, affine_map<(n, t, k) -> (n, t, k)>, affine_map<(n, t, k) -> (n)>]
    {bitserial.lhs_layout = #bitserial.layout<packed = 0, word = 8>}
    : tensor<3x256x!bitserial.int<2, unsigned>>, tensor<128x3x256x!bitserial.int<1, bipolar>> -> tensor<128xi32>
  return %0 : tensor<128xi32>
}

// -----

// What is packed already stays as it is.

#x = #bitserial.layout<packed = 1, word = 8>
#w = #bitserial.layout<packed = 1, word = 8, planes = 2>
// CHECK-LABEL: func @packed(
// CHECK-SAME: %[[X:[^:]+]]: {{.*}}, %[[W:[^:]+]]: {{.*}})
// CHECK-NEXT: bitserial.contract %[[X]], %[[W]]
func.func @packed(%x: tensor<8x64x!bitserial.int<2, unsigned>, #x>, %w: tensor<16x64x!bitserial.int<1, bipolar>, #w>) -> tensor<8x16xi32> {
  %0 = bitserial.contract %x, %w
    indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
    : tensor<8x64x!bitserial.int<2, unsigned>, #x>, tensor<16x64x!bitserial.int<1, bipolar>, #w> -> tensor<8x16xi32>
  return %0 : tensor<8x16xi32>
}
