// One knob feeds the layout and the tile; everything that is left open is
// chosen for the target.

// RUN: split-file %s %t
// RUN: bitserial-opt %t/matmul.mlir --bitserial-set-target=cpu=icelake-server --transform-preload-library=transform-library-paths=%t/layouts.mlir --transform-interpreter | FileCheck %s --check-prefix=LAYOUTS
// RUN: bitserial-opt %t/matmul.mlir --bitserial-set-target=cpu=icelake-server --transform-preload-library=transform-library-paths=%t/tiles.mlir --transform-interpreter --canonicalize | FileCheck %s --check-prefix=TILES
// RUN: bitserial-opt %t/depthwise.mlir --bitserial-set-target=cpu=icelake-server --transform-preload-library=transform-library-paths=%t/unit.mlir --transform-interpreter | FileCheck %s --check-prefix=UNIT
// RUN: bitserial-opt %t/matmul.mlir --bitserial-set-target=cpu=icelake-server --transform-preload-library=transform-library-paths=%t/blocks.mlir --transform-interpreter | FileCheck %s --check-prefix=BLOCKS

//--- matmul.mlir
func.func @main(%x: tensor<12x2000x!bitserial.int<2, unsigned>>, %w: tensor<64x2000x!bitserial.int<1, bipolar>>) -> tensor<12x64xi32> {
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      : tensor<12x2000x!bitserial.int<2, unsigned>>, tensor<64x2000x!bitserial.int<1, bipolar>> -> tensor<12x64xi32>
  return %0 : tensor<12x64xi32>
}

//--- layouts.mlir
// LAYOUTS-DAG: #[[LHS:.+]] = #bitserial.layout<packed = 1, word = 64>
// LAYOUTS-DAG: #[[RHS:.+]] = #bitserial.layout<packed = 1, word = 64, inner_dims_pos = [0], inner_tiles = [16]>
// LAYOUTS: %[[X:.+]] = bitserial.pack %{{.+}} to tensor<12x2000x!bitserial.int<2, unsigned>, #[[LHS]]>
// LAYOUTS: %[[W:.+]] = bitserial.pack %{{.+}} to tensor<64x2000x!bitserial.int<1, bipolar>, #[[RHS]]>
// LAYOUTS: bitserial.contract %[[X]], %[[W]] {{.*}} {bitserial.tile = #bitserial.tile<rows = 5, vectors = 2>, reached}
module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%module: !transform.any_op {transform.readonly}) {
    %contract = transform.structured.match ops{["bitserial.contract"]} in %module : (!transform.any_op) -> !transform.any_op
    %vectors = transform.tune.knob<"vectors"> = 2 from options = [1, 2] -> !transform.param<i64>
    %threads = transform.bitserial.property "threads" of %contract : (!transform.any_op) -> !transform.param<i64>
    transform.bitserial.require affine_set<()[threads] : (threads - 1 == 0)>(%threads)
      "one thread where the module says nothing" : !transform.param<i64>
    %outputs = transform.bitserial.property "outputs" of %contract : (!transform.any_op) -> !transform.param<i64>
    %bits = transform.bitserial.property "vector_bits" of %contract : (!transform.any_op) -> !transform.param<i64>
    transform.bitserial.require affine_set<()[vectors, outputs, bits] : (vectors * (bits floordiv 64) <= outputs)>(%vectors, %outputs, %bits)
      "no more vectors than outputs" : !transform.param<i64>, !transform.param<i64>, !transform.param<i64>
    %packed = transform.bitserial.assign_layouts %contract with word = 64, vectors = %vectors, planes = "outer"
      : (!transform.any_op, !transform.param<i64>) -> !transform.any_op
    %requested = transform.bitserial.request_tile %packed with rows = 5, vectors = %vectors
      : (!transform.any_op, !transform.param<i64>) -> !transform.any_op
    transform.annotate %requested "reached" : !transform.any_op
    transform.yield
  }
}

//--- blocks.mlir
// Blocks of rows, each packed on its own.
// BLOCKS: %[[X0:.+]] = bitserial.pack %{{.+}} : tensor<4x2000x
// BLOCKS: %[[R0:.+]] = bitserial.contract %[[X0]], {{.*}} -> tensor<4x64xi32>
// BLOCKS: tensor.insert_slice %[[R0]] into %{{.+}}[0, 0] [4, 64]
// BLOCKS: %[[X1:.+]] = bitserial.pack %{{.+}} : tensor<4x2000x
// BLOCKS: %[[R1:.+]] = bitserial.contract %[[X1]], {{.*}} -> tensor<4x64xi32>
// BLOCKS: tensor.insert_slice %[[R1]] into %{{.+}}[4, 0] [4, 64]
// BLOCKS: bitserial.contract {{.*}} -> tensor<4x64xi32>
// BLOCKS: tensor.insert_slice %{{.+}} into %{{.+}}[8, 0] [4, 64]
// BLOCKS-NOT: bitserial.contract
module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%module: !transform.any_op {transform.readonly}) {
    %contract = transform.structured.match ops{["bitserial.contract"]} in %module : (!transform.any_op) -> !transform.any_op
    %blocks = transform.tune.knob<"blocks"> = 3 from options = [1, 2, 3] -> !transform.param<i64>
    %parts = transform.bitserial.split %contract with blocks = %blocks
      : (!transform.any_op, !transform.param<i64>) -> !transform.any_op
    %packed = transform.bitserial.assign_layouts %parts : (!transform.any_op) -> !transform.any_op
    transform.yield
  }
}

//--- tiles.mlir
// Lanes along the reduction, 16 words of 32 bits; tiles by the same script.
// TILES: scf.for %{{.+}} = %c0 to %c64 step %c4 {{.*}} {
// TILES: scf.for %{{.+}} = %c0 to %c10 step %c5
// TILES: bitserial.reduce ins({{.*}} : tensor<2x5x4x16xi32>, tensor<4x4x1x16xi32>) outs(%{{.+}} : tensor<5x4xi32>) {{.*}} attributes {tile}
// TILES: } {loop}
// TILES: bitserial.reduce {{.*}} outs(%{{.+}} : tensor<2x4xi32>) {{.*}} attributes {tile}
// TILES: } {loop}
module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%module: !transform.any_op {transform.consumed}) {
    %contract = transform.structured.match ops{["bitserial.contract"]} in %module : (!transform.any_op) -> !transform.any_op
    %packed = transform.bitserial.assign_layouts %contract with lanes = "reduction", word = 32
      : (!transform.any_op) -> !transform.any_op
    %words = transform.bitserial.materialize_layouts %module : (!transform.any_op) -> !transform.any_op
    %reduce = transform.structured.match ops{["bitserial.reduce"]} in %words : (!transform.any_op) -> !transform.any_op
    %tiles, %loops = transform.bitserial.tile %reduce with rows = 5, vectors = 4
      : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    transform.annotate %tiles "tile" : !transform.any_op
    transform.annotate %loops "loop" : !transform.any_op
    transform.yield
  }
}

//--- depthwise.mlir
func.func @main(%x: tensor<14x64x!bitserial.int<1, unsigned>>, %w: tensor<64x!bitserial.int<1, bipolar>>) -> tensor<14x64xi32> {
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(m, g) -> (m, g)>, affine_map<(m, g) -> (g)>, affine_map<(m, g) -> (m, g)>]
      : tensor<14x64x!bitserial.int<1, unsigned>>, tensor<64x!bitserial.int<1, bipolar>> -> tensor<14x64xi32>
  return %0 : tensor<14x64xi32>
}

//--- unit.mlir
// The op that replaces one without a dimension to pack along is the one that
// the new handle is for.
// UNIT: bitserial.contract {{.*}} {reached} : tensor<14x64x1x!bitserial.int<1, unsigned>, #{{.+}}>
module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%module: !transform.any_op {transform.readonly}) {
    %contract = transform.structured.match ops{["bitserial.contract"]} in %module : (!transform.any_op) -> !transform.any_op
    %packed = transform.bitserial.assign_layouts %contract : (!transform.any_op) -> !transform.any_op
    transform.annotate %packed "reached" : !transform.any_op
    transform.yield
  }
}
