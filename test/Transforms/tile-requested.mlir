// Tiles that an attribute requests.

// RUN: split-file %s %t
// RUN: bitserial-opt %t/tiles.mlir --pass-pipeline='builtin.module(bitserial-set-target{cpu=icelake-server},func.func(bitserial-tile),canonicalize,cse)' | FileCheck %s
// RUN: bitserial-opt %t/contract.mlir --bitserial-set-target=cpu=icelake-server --bitserial-layout-pipeline | FileCheck %s --check-prefix=CONTRACT
// RUN: not bitserial-opt %t/rows.mlir --pass-pipeline='builtin.module(bitserial-set-target{cpu=icelake-server},func.func(bitserial-tile))' 2>&1 | FileCheck %s --check-prefix=DIVIDES
// DIVIDES: rows.mlir:4:8: error: 'bitserial.reduce' op cannot have cache tiles of 9 along d0, which has 28 iterations: they must divide it
// RUN: sed 's/lines = 9/lines = 14/' %t/rows.mlir | not bitserial-opt --pass-pipeline='builtin.module(bitserial-set-target{cpu=icelake-server},func.func(bitserial-tile))' 2>&1 | FileCheck %s --check-prefix=MULTIPLE
// MULTIPLE: error: 'bitserial.reduce' op cannot have cache tiles of 14 along d0: they must be a multiple of the micro-tile's 4
// RUN: sed 's/vectors = 4, lines = 9/vectors = 3/' %t/rows.mlir | not bitserial-opt --pass-pipeline='builtin.module(bitserial-set-target{cpu=icelake-server},func.func(bitserial-tile))' 2>&1 | FileCheck %s --check-prefix=ALIGNED
// ALIGNED: error: 'bitserial.reduce' op cannot be tiled by 48 along d1: the size of a tile must divide the inner tiles of its dimension, or be a multiple of them

//--- tiles.mlir
// The micro-tile alone, partial tiles peeled; rows are the outer loop.
// CHECK-LABEL: func @rows_outside(
// CHECK: scf.for %{{.+}} = %c0 to %c25 step %c5
// CHECK: scf.for %{{.+}} = %c0 to %c128 step %c32
// CHECK: bitserial.reduce {{.*}} outs(%{{.+}} : tensor<5x32xi32>)
// CHECK-NOT: bitserial.tile
// CHECK: scf.for %{{.+}} = %c0 to %c128 step %c32
// CHECK: bitserial.reduce {{.*}} outs(%{{.+}} : tensor<3x32xi32>)
func.func @rows_outside(%a: tensor<1x28x18xi32>, %w: tensor<2x18x1x64xi32>, %acc: tensor<28x128xi32>) -> tensor<28x128xi32> {
  %0 = bitserial.reduce ins(%a, %w : tensor<1x28x18xi32>, tensor<2x18x1x64xi32>) outs(%acc : tensor<28x128xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                       affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>,
                       affine_map<(m, n, k) -> (m, n)>] plane_dims = [0, 2]
      attributes {bitserial.tile = #bitserial.tile<rows = 5, vectors = 2, order = rows>} {
  ^bb0(%a0: i1, %w0: i1):
    %x = arith.andi %a0, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<28x128xi32>
  return %0 : tensor<28x128xi32>
}

// Cache tiles of four lines of an image and eight vectors; the initial value
// and the epilogue are fused at both levels.
// CHECK-LABEL: func @cache_tiles(
// CHECK: scf.for %{{.+}} = %c0 to %c256 step %c128
// CHECK: scf.for %{{.+}} = %c0 to %c12 step %c4
// CHECK: scf.for %{{.+}} = %c0 to %c128 step %c64
// CHECK: scf.for %{{.+}} = %c0 to %c4 step %c1
// CHECK: scf.for %{{.+}} = %c0 to %c12 step %c6
// CHECK: linalg.fill {{.*}} -> tensor<1x6x64xi32>
// CHECK: bitserial.reduce {{.*}} outs(%{{.+}} : tensor<1x6x64xi32>)
// CHECK: linalg.generic {{.*}} ins(%{{.+}} : tensor<1x6x64xi32>) outs(%{{.+}} : tensor<1x6x64xi8>)
// CHECK-NOT: bitserial.reduce
func.func @cache_tiles(%a: tensor<1x14x14x2xi32>, %w: tensor<4x3x3x2x1x64xi32>) -> tensor<12x12x256xi8> {
  %c0 = arith.constant 0 : i32
  %e = tensor.empty() : tensor<12x12x256xi32>
  %acc = linalg.fill ins(%c0 : i32) outs(%e : tensor<12x12x256xi32>) -> tensor<12x12x256xi32>
  %0 = bitserial.reduce ins(%a, %w : tensor<1x14x14x2xi32>, tensor<4x3x3x2x1x64xi32>) outs(%acc : tensor<12x12x256xi32>)
      indexing_maps = [affine_map<(h, w, o, kh, kw, c) -> (h + kh, w + kw, c)>,
                       affine_map<(h, w, o, kh, kw, c) -> (o floordiv 64, kh, kw, c, o mod 64)>,
                       affine_map<(h, w, o, kh, kw, c) -> (h, w, o)>] plane_dims = [0, 4]
      attributes {bitserial.tile = #bitserial.tile<rows = 6, vectors = 4, lines = 4, columns = 8>} {
  ^bb0(%a0: i1, %w0: i1):
    %x = arith.andi %a0, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<12x12x256xi32>
  %e8 = tensor.empty() : tensor<12x12x256xi8>
  %1 = linalg.generic {indexing_maps = [affine_map<(h, w, o) -> (h, w, o)>, affine_map<(h, w, o) -> (h, w, o)>],
                       iterator_types = ["parallel", "parallel", "parallel"]}
      ins(%0 : tensor<12x12x256xi32>) outs(%e8 : tensor<12x12x256xi8>) {
  ^bb0(%in: i32, %out: i8):
    %t = arith.trunci %in : i32 to i8
    linalg.yield %t : i8
  } -> tensor<12x12x256xi8>
  return %1 : tensor<12x12x256xi8>
}

// Tiles that are as large as everything leave it alone.
// CHECK-LABEL: func @whole(
// CHECK-NOT: scf.for
// CHECK: bitserial.reduce {{.*}} outs(%{{.+}} : tensor<28x128xi32>)
// CHECK-NOT: bitserial.tile
func.func @whole(%a: tensor<1x28x18xi32>, %w: tensor<2x18x1x64xi32>, %acc: tensor<28x128xi32>) -> tensor<28x128xi32> {
  %0 = bitserial.reduce ins(%a, %w : tensor<1x28x18xi32>, tensor<2x18x1x64xi32>) outs(%acc : tensor<28x128xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                       affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>,
                       affine_map<(m, n, k) -> (m, n)>] plane_dims = [0, 2]
      attributes {bitserial.tile = #bitserial.tile<rows = 28, vectors = 16, lines = 100>} {
  ^bb0(%a0: i1, %w0: i1):
    %x = arith.andi %a0, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<28x128xi32>
  return %0 : tensor<28x128xi32>
}

//--- contract.mlir
// The request of a contraction becomes that of its reduce.
// CONTRACT: bitserial.reduce {{.*}} attributes {bitserial.tile = #bitserial.tile<rows = 3, vectors = 1>}
func.func @contract(%x: tensor<12x200x!bitserial.int<2, unsigned>>, %w: tensor<64x200x!bitserial.int<1, bipolar>>) -> tensor<12x64xi32> {
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      {bitserial.tile = #bitserial.tile<rows = 3, vectors = 1>}
      : tensor<12x200x!bitserial.int<2, unsigned>>, tensor<64x200x!bitserial.int<1, bipolar>> -> tensor<12x64xi32>
  return %0 : tensor<12x64xi32>
}

//--- rows.mlir
#tile = #bitserial.tile<rows = 4, vectors = 4, lines = 9>

func.func @rows(%a: tensor<1x28x18xi32>, %w: tensor<2x18x1x64xi32>, %acc: tensor<28x128xi32>) -> tensor<28x128xi32> {
  %0 = bitserial.reduce ins(%a, %w : tensor<1x28x18xi32>, tensor<2x18x1x64xi32>) outs(%acc : tensor<28x128xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                       affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>,
                       affine_map<(m, n, k) -> (m, n)>] plane_dims = [0, 2] attributes {bitserial.tile = #tile} {
  ^bb0(%a0: i1, %w0: i1):
    %x = arith.andi %a0, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<28x128xi32>
  return %0 : tensor<28x128xi32>
}
