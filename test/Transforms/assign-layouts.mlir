// Layouts that are chosen, by target.

// RUN: bitserial-opt %s --split-input-file --pass-pipeline='builtin.module(bitserial-set-target{cpu=icelake-server},func.func(bitserial-assign-layouts))' | FileCheck %s --check-prefixes=CHECK,ICELAKE
// RUN: bitserial-opt %s --split-input-file --pass-pipeline='builtin.module(bitserial-set-target{cpu=haswell},func.func(bitserial-assign-layouts))' | FileCheck %s --check-prefixes=CHECK,HASWELL
// RUN: bitserial-opt %s --split-input-file --pass-pipeline='builtin.module(bitserial-set-target{cpu=x86-64},func.func(bitserial-assign-layouts))' | FileCheck %s --check-prefixes=CHECK,SSE2
// RUN: bitserial-opt %s --split-input-file --pass-pipeline='builtin.module(bitserial-set-target{cpu=cortex-a53},func.func(bitserial-assign-layouts))' | FileCheck %s --check-prefixes=CHECK,A53

#mk = affine_map<(m, n, k) -> (m, k)>
#nk = affine_map<(m, n, k) -> (n, k)>
#mn = affine_map<(m, n, k) -> (m, n)>

// Words as wide as the target counts best; weights in tiles of the outputs that
// a micro-tile has: 2 vectors of 16 lanes (sums of 8 words are short), 2 of 4, 2
// of 2, 4 of 8.

// ICELAKE: #[[X:.+]] = #bitserial.layout<packed = 1, word = 32>
// ICELAKE: #[[W:.+]] = #bitserial.layout<packed = 1, word = 32, inner_dims_pos = [0], inner_tiles = [32], planes = 2>
// HASWELL: #[[X:.+]] = #bitserial.layout<packed = 1, word = 64>
// HASWELL: #[[W:.+]] = #bitserial.layout<packed = 1, word = 64, inner_dims_pos = [0], inner_tiles = [8], planes = 2>
// SSE2: #[[X:.+]] = #bitserial.layout<packed = 1, word = 64>
// SSE2: #[[W:.+]] = #bitserial.layout<packed = 1, word = 64, inner_dims_pos = [0], inner_tiles = [4], planes = 2>
// A53: #[[X:.+]] = #bitserial.layout<packed = 1, word = 16>
// A53: #[[W:.+]] = #bitserial.layout<packed = 1, word = 16, inner_dims_pos = [0], inner_tiles = [32], planes = 2>
// CHECK-LABEL: func @matmul(
// CHECK-SAME: %[[A:[^:]+]]: tensor<56x256x!bitserial.int<2, unsigned>>, %[[B:[^:]+]]: tensor<128x256x!bitserial.int<1, bipolar>>)
// CHECK-DAG: %[[PA:.+]] = bitserial.pack %[[A]] : {{.*}} to tensor<56x256x!bitserial.int<2, unsigned>, #[[X]]>
// CHECK-DAG: %[[PB:.+]] = bitserial.pack %[[B]] : {{.*}} to tensor<128x256x!bitserial.int<1, bipolar>, #[[W]]>
// CHECK: %[[R:.+]] = bitserial.contract %[[PA]], %[[PB]] indexing_maps = {{.*}} {note = "kept"} :
// CHECK: return %[[R]] : tensor<56x128xi32>
func.func @matmul(%x: tensor<56x256x!bitserial.int<2, unsigned>>, %w: tensor<128x256x!bitserial.int<1, bipolar>>) -> tensor<56x128xi32> {
  %0 = bitserial.contract %x, %w indexing_maps = [#mk, #nk, #mn] {note = "kept"}
    : tensor<56x256x!bitserial.int<2, unsigned>>, tensor<128x256x!bitserial.int<1, bipolar>> -> tensor<56x128xi32>
  return %0 : tensor<56x128xi32>
}

// -----

// Narrower words where they hold all bits: 12 in 16.

// CHECK: #[[X:.+]] = #bitserial.layout<packed = 1, word = 16>
// ICELAKE: layout<packed = 1, word = 16, inner_dims_pos = [0], inner_tiles = [128], planes = 2>
// HASWELL: layout<packed = 1, word = 16, inner_dims_pos = [0], inner_tiles = [32], planes = 2>
// SSE2: layout<packed = 1, word = 16, inner_dims_pos = [0], inner_tiles = [16], planes = 2>
// A53: layout<packed = 1, word = 16, inner_dims_pos = [0], inner_tiles = [32], planes = 2>
// CHECK-LABEL: func @narrow(
func.func @narrow(%x: tensor<56x12x!bitserial.int<2, unsigned>>, %w: tensor<128x12x!bitserial.int<1, bipolar>>) -> tensor<56x128xi32> {
  %0 = bitserial.contract %x, %w indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
    : tensor<56x12x!bitserial.int<2, unsigned>>, tensor<128x12x!bitserial.int<1, bipolar>> -> tensor<56x128xi32>
  return %0 : tensor<56x128xi32>
}

// -----

// Sums that 16-bit lanes do not hold: 20000 * 3 is more than 32767. Their
// weights are more than the first cache holds, where more rows use them at once.

// A53: layout<packed = 1, word = 32>
// A53: layout<packed = 1, word = 32, inner_dims_pos = [0], inner_tiles = [8], planes = 2>
// CHECK-LABEL: func @long(
func.func @long(%x: tensor<56x20000x!bitserial.int<2, unsigned>>, %w: tensor<128x20000x!bitserial.int<1, bipolar>>) -> tensor<56x128xi32> {
  %0 = bitserial.contract %x, %w indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
    : tensor<56x20000x!bitserial.int<2, unsigned>>, tensor<128x20000x!bitserial.int<1, bipolar>> -> tensor<56x128xi32>
  return %0 : tensor<56x128xi32>
}

// -----

// Sums of 64 products of bits, which bytes hold: AVX2 counts bytes, and saves
// adding up those of wider words.

// ICELAKE: layout<packed = 1, word = 32>
// HASWELL: #[[X:.+]] = #bitserial.layout<packed = 1, word = 8>
// HASWELL: #[[W:.+]] = #bitserial.layout<packed = 1, word = 8, inner_dims_pos = [0], inner_tiles = [{{[0-9]+}}], planes = 2>
// SSE2: layout<packed = 1, word = 64>
// A53: layout<packed = 1, word = 16>
// CHECK-LABEL: func @bytes(
// HASWELL-DAG: bitserial.pack %{{.+}} : {{.*}} to tensor<56x64x!bitserial.int<1, unsigned>, #[[X]]>
// HASWELL-DAG: bitserial.pack %{{.+}} : {{.*}} to tensor<64x64x!bitserial.int<1, bipolar>, #[[W]]>
func.func @bytes(%x: tensor<56x64x!bitserial.int<1, unsigned>>, %w: tensor<64x64x!bitserial.int<1, bipolar>>) -> tensor<56x64xi32> {
  %0 = bitserial.contract %x, %w indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
    : tensor<56x64x!bitserial.int<1, unsigned>>, tensor<64x64x!bitserial.int<1, bipolar>> -> tensor<56x64xi32>
  return %0 : tensor<56x64xi32>
}

// -----

// Not sums of 128, which need wider lanes.

// HASWELL: layout<packed = 1, word = 64>
// CHECK-LABEL: func @no_bytes(
func.func @no_bytes(%x: tensor<56x128x!bitserial.int<1, unsigned>>, %w: tensor<64x128x!bitserial.int<1, bipolar>>) -> tensor<56x64xi32> {
  %0 = bitserial.contract %x, %w indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
    : tensor<56x128x!bitserial.int<1, unsigned>>, tensor<64x128x!bitserial.int<1, bipolar>> -> tensor<56x64xi32>
  return %0 : tensor<56x64xi32>
}

// -----

// Three outputs make no whole vector.

// ICELAKE: layout<packed = 1, word = 32, inner_dims_pos = [0], inner_tiles = [4], planes = 2>
// CHECK-LABEL: func @few_outputs(
func.func @few_outputs(%x: tensor<56x256x!bitserial.int<2, unsigned>>, %w: tensor<3x256x!bitserial.int<1, bipolar>>) -> tensor<56x3xi32> {
  %0 = bitserial.contract %x, %w indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
    : tensor<56x256x!bitserial.int<2, unsigned>>, tensor<3x256x!bitserial.int<1, bipolar>> -> tensor<56x3xi32>
  return %0 : tensor<56x3xi32>
}

// -----

// Nor does a dot product have outputs.

// ICELAKE: #[[X:.+]] = #bitserial.layout<packed = 0, word = 32>
// ICELAKE: #[[W:.+]] = #bitserial.layout<packed = 0, word = 32, planes = 1>
// CHECK-LABEL: func @dot(
func.func @dot(%x: tensor<256x!bitserial.int<2, unsigned>>, %w: tensor<256x!bitserial.int<1, bipolar>>) -> tensor<i32> {
  %0 = bitserial.contract %x, %w indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> (k)>, affine_map<(k) -> ()>]
    : tensor<256x!bitserial.int<2, unsigned>>, tensor<256x!bitserial.int<1, bipolar>> -> tensor<i32>
  return %0 : tensor<i32>
}

// -----

// A depthwise convolution has nothing to pack along: it gets a reduction of size
// 1. Lanes run along the channels, innermost in both operands.

// CHECK-DAG: #[[X:.+]] = #bitserial.layout<packed = 4, word = 8, outer_dims_perm = [0, 1, 2, 4, 3]>
// ICELAKE-DAG: #[[W:.+]] = #bitserial.layout<packed = 3, word = 8, inner_dims_pos = [0], inner_tiles = [32], planes = 4>
// A53-DAG: #[[W:.+]] = #bitserial.layout<packed = 3, word = 8, inner_dims_pos = [0], inner_tiles = [32], planes = 4>
// CHECK-DAG: #[[XMAP:.+]] = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1 + d4, d2 + d5, d3, d6)>
// CHECK-DAG: #[[WMAP:.+]] = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d3, d4, d5, d6)>
// CHECK-DAG: #[[RMAP:.+]] = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1, d2, d3)>
// CHECK-LABEL: func @depthwise(
// CHECK-SAME: %[[A:[^:]+]]: tensor<1x14x14x32x!{{.*}}>, %[[B:[^:]+]]: tensor<32x3x3x!{{.*}}>)
// CHECK-DAG: %[[EA:.+]] = tensor.expand_shape %[[A]] {{\[}}[0], [1], [2], [3, 4]] output_shape [1, 14, 14, 32, 1]
// CHECK-DAG: %[[EB:.+]] = tensor.expand_shape %[[B]] {{\[}}[0], [1], [2, 3]] output_shape [32, 3, 3, 1]
// CHECK-DAG: %[[PA:.+]] = bitserial.pack %[[EA]] : {{.*}}, #[[X]]>
// CHECK-DAG: %[[PB:.+]] = bitserial.pack %[[EB]] :
// CHECK: bitserial.contract %[[PA]], %[[PB]] indexing_maps = [#[[XMAP]], #[[WMAP]], #[[RMAP]]] pad_low = [0, 1, 1, 0, 0] pad_high = [0, 1, 1, 0, 0] {note = "kept"}
func.func @depthwise(%x: tensor<1x14x14x32x!bitserial.int<2, unsigned>>, %w: tensor<32x3x3x!bitserial.int<1, bipolar>>) -> tensor<1x14x14x32xi32> {
  %0 = bitserial.contract %x, %w
    indexing_maps = [affine_map<(n, oh, ow, g, kh, kw) -> (n, oh + kh, ow + kw, g)>,
                     affine_map<(n, oh, ow, g, kh, kw) -> (g, kh, kw)>,
                     affine_map<(n, oh, ow, g, kh, kw) -> (n, oh, ow, g)>]
    pad_low = [0, 1, 1, 0] pad_high = [0, 1, 1, 0] {note = "kept"}
    : tensor<1x14x14x32x!bitserial.int<2, unsigned>>, tensor<32x3x3x!bitserial.int<1, bipolar>> -> tensor<1x14x14x32xi32>
  return %0 : tensor<1x14x14x32xi32>
}

// -----

// Not even dimensions to expand.

// CHECK-LABEL: func @product(
// CHECK-SAME: %[[A:[^:]+]]: tensor<!{{.*}}>, %[[B:[^:]+]]: tensor<7x!{{.*}}>)
// CHECK: tensor.expand_shape %[[A]] [] output_shape [1] :
// CHECK: tensor.expand_shape %[[B]] {{\[}}[0, 1]] output_shape [7, 1]
func.func @product(%x: tensor<!bitserial.int<2, unsigned>>, %w: tensor<7x!bitserial.int<1, bipolar>>) -> tensor<7xi32> {
  %0 = bitserial.contract %x, %w indexing_maps = [affine_map<(n) -> ()>, affine_map<(n) -> (n)>, affine_map<(n) -> (n)>]
    : tensor<!bitserial.int<2, unsigned>>, tensor<7x!bitserial.int<1, bipolar>> -> tensor<7xi32>
  return %0 : tensor<7xi32>
}

// Values are packed where they are computed, not where the words are used.
// CHECK-LABEL: func.func @pack_early(
// CHECK: %[[SUM:.*]] = arith.addi
// CHECK-NEXT: %[[ENCODED:.*]] = bitserial.encode %[[SUM]]
// CHECK-NEXT: bitserial.pack %[[ENCODED]]
// CHECK: arith.muli
func.func @pack_early(%x: tensor<4x64xi8>, %w: tensor<32x64x!bitserial.int<1, bipolar>>) -> (tensor<4x32xi32>, tensor<4x64xi8>) {
  %0 = arith.addi %x, %x : tensor<4x64xi8>
  %1 = arith.muli %x, %x : tensor<4x64xi8>
  %2 = bitserial.encode %0 : tensor<4x64xi8> to tensor<4x64x!bitserial.int<2, unsigned>>
  %3 = bitserial.contract %2, %w
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      : tensor<4x64x!bitserial.int<2, unsigned>>, tensor<32x64x!bitserial.int<1, bipolar>> -> tensor<4x32xi32>
  return %3, %1 : tensor<4x32xi32>, tensor<4x64xi8>
}
