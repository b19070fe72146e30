// The schedule for the kind of a contraction, with knobs by attributes.

// RUN: bitserial-opt %s --split-input-file --bitserial-set-target=cpu=icelake-server --bitserial-apply-schedules | FileCheck %s

// Four knobs are given, the others have defaults.

// CHECK-DAG: #[[LHS:.+]] = #bitserial.layout<packed = 1, word = 64>
// CHECK-DAG: #[[RHS:.+]] = #bitserial.layout<packed = 1, word = 64, inner_dims_pos = [0], inner_tiles = [32], planes = 2>
// CHECK-LABEL: func.func @matmul
// CHECK: bitserial.contract {{.*}} {bitserial.tile = #bitserial.tile<rows = 4, vectors = 4, lines = 12>} : tensor<{{.*}}, #[[LHS]]>, tensor<{{.*}}, #[[RHS]]>
// CHECK-NOT: bitserial.knobs
func.func @matmul(%x: tensor<12x200x!bitserial.int<1, unsigned>>, %w: tensor<64x200x!bitserial.int<1, unsigned>>) -> tensor<12x64xi32> {
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      {bitserial.knobs = {rows = 4, vectors = 4, word = 64, lines = 12}}
      : tensor<12x200x!bitserial.int<1, unsigned>>, tensor<64x200x!bitserial.int<1, unsigned>> -> tensor<12x64xi32>
  return %0 : tensor<12x64xi32>
}

// -----

// Without knobs, the passes decide.

// CHECK-LABEL: func.func @left
// CHECK-NOT: bitserial.pack
// CHECK-NOT: bitserial.tile
func.func @left(%x: tensor<12x200x!bitserial.int<1, unsigned>>, %w: tensor<64x200x!bitserial.int<1, unsigned>>) -> tensor<12x64xi32> {
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      : tensor<12x200x!bitserial.int<1, unsigned>>, tensor<64x200x!bitserial.int<1, unsigned>> -> tensor<12x64xi32>
  return %0 : tensor<12x64xi32>
}

// -----

// A convolution with a stride; lanes run along the channels.

// CHECK-DAG: #[[RHS:.+]] = #bitserial.layout<packed = 3, word = 32, inner_dims_pos = [3], inner_tiles = [8]>
// CHECK-LABEL: func.func @strided
// CHECK: bitserial.contract {{.*}}bitserial.tile = #bitserial.tile<rows = 5, vectors = 2, lines = 7, order = rows>
// CHECK-SAME: #[[RHS]]>
func.func @strided(%x: tensor<1x28x28x256x!bitserial.int<1, unsigned>>, %w: tensor<64x1x1x256x!bitserial.int<1, unsigned>>) -> tensor<1x14x14x64xi32> {
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(n, oh, ow, o, kh, kw, c) -> (n, oh * 2 + kh, ow * 2 + kw, c)>,
                       affine_map<(n, oh, ow, o, kh, kw, c) -> (o, kh, kw, c)>,
                       affine_map<(n, oh, ow, o, kh, kw, c) -> (n, oh, ow, o)>]
      {bitserial.knobs = {rows = 5, vectors = 2, lines = 7, lanes = "reduction", planes = "outer", order = "rows"}}
      : tensor<1x28x28x256x!bitserial.int<1, unsigned>>, tensor<64x1x1x256x!bitserial.int<1, unsigned>> -> tensor<1x14x14x64xi32>
  return %0 : tensor<1x14x14x64xi32>
}

// -----

// A depthwise convolution has no dimension to pack along, and gets one.

// CHECK-LABEL: func.func @depthwise
// CHECK: bitserial.contract {{.*}}bitserial.tile = #bitserial.tile<rows = 7, vectors = 1>
// CHECK-SAME: tensor<1x14x14x32x1x!bitserial.int<2, unsigned>
func.func @depthwise(%x: tensor<1x14x14x32x!bitserial.int<2, unsigned>>, %w: tensor<32x3x3x!bitserial.int<2, ternary>>) -> tensor<1x14x14x32xi32> {
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(n, oh, ow, g, kh, kw) -> (n, oh + kh, ow + kw, g)>,
                       affine_map<(n, oh, ow, g, kh, kw) -> (g, kh, kw)>,
                       affine_map<(n, oh, ow, g, kh, kw) -> (n, oh, ow, g)>]
      pad_low = [0, 1, 1, 0] pad_high = [0, 1, 1, 0] {bitserial.knobs = {rows = 7}}
      : tensor<1x14x14x32x!bitserial.int<2, unsigned>>, tensor<32x3x3x!bitserial.int<2, ternary>>
      -> tensor<1x14x14x32xi32>
  return %0 : tensor<1x14x14x32xi32>
}
