// Tile sizes instead of the default schedule's.

// RUN: bitserial-opt %s --pass-pipeline='builtin.module(bitserial-set-target{cpu=icelake-server},func.func(bitserial-tile{tile-sizes=7,32,0}),canonicalize,cse)' | FileCheck %s --check-prefix=OUTPUTS
// RUN: bitserial-opt %s --pass-pipeline='builtin.module(bitserial-set-target{cpu=icelake-server},func.func(bitserial-tile{tile-sizes=0,0,5}),canonicalize,cse)' | FileCheck %s --check-prefix=WORDS
// RUN: bitserial-opt %s --pass-pipeline='builtin.module(bitserial-set-target{cpu=icelake-server},func.func(bitserial-tile{tile-sizes=14,64,6}),canonicalize,cse)' | FileCheck %s --check-prefix=BOTH
// RUN: bitserial-opt %s --pass-pipeline='builtin.module(bitserial-set-target{cpu=icelake-server},func.func(bitserial-tile{tile-sizes=0,128,0}),canonicalize,cse)' | FileCheck %s --check-prefix=NONE

// RUN: not bitserial-opt %s --pass-pipeline='builtin.module(bitserial-set-target{cpu=icelake-server},func.func(bitserial-tile{tile-sizes=7,32}))' 2>&1 | FileCheck %s --check-prefix=NUMBER
// NUMBER: tile-sizes.mlir:[[#@LINE+42]]:8: error: 'bitserial.reduce' op has 3 loops, but 2 tile sizes are given
// RUN: not bitserial-opt %s --pass-pipeline='builtin.module(bitserial-set-target{cpu=icelake-server},func.func(bitserial-tile{tile-sizes=7,-32,0}))' 2>&1 | FileCheck %s --check-prefix=NEGATIVE
// NEGATIVE: error: bitserial-tile: tile sizes must not be negative
// RUN: not bitserial-opt %s --pass-pipeline='builtin.module(bitserial-set-target{cpu=icelake-server},func.func(bitserial-tile{tile-sizes=7,48,0}))' 2>&1 | FileCheck %s --check-prefix=ALIGN
// ALIGN: error: 'bitserial.reduce' op cannot be tiled by 48 along d1: the size of a tile must divide the inner tiles of its dimension, or be a multiple of them

// OUTPUTS-LABEL: func @f(
// OUTPUTS: scf.for %[[N:.+]] = %c0 to %c96 step %c32
// OUTPUTS: scf.for %[[M:.+]] = %c0 to %c14 step %c7
// OUTPUTS: %[[INIT:.+]] = linalg.fill {{.*}} -> tensor<7x32xi32>
// OUTPUTS: bitserial.reduce ins({{.*}} : tensor<1x7x18xi32>, tensor<1x18x1x32xi32>) outs(%[[INIT]] : tensor<7x32xi32>)
// OUTPUTS: scf.for %{{.+}} = %c0 to %c14 step %c7
// OUTPUTS: bitserial.reduce {{.*}} outs(%{{.+}} : tensor<7x4xi32>)

// Tiles of the reduction add to what those before left: the destination is
// initialised once.

// WORDS-LABEL: func @f(
// WORDS: %[[INIT:.+]] = linalg.fill {{.*}} -> tensor<14x100xi32>
// WORDS: %[[SUM:.+]] = scf.for %[[K:.+]] = %c0 to %c15 step %c5 iter_args(%[[IT:.+]] = %[[INIT]])
// WORDS-DAG: tensor.extract_slice %{{.+}}[0, 0, %[[K]]] [1, 14, 5] [1, 1, 1]
// WORDS-DAG: tensor.extract_slice %{{.+}}[0, %[[K]], 0, 0] [2, 5, 1, 64] [1, 1, 1, 1]
// WORDS-NOT: linalg.fill
// WORDS: %[[R:.+]] = bitserial.reduce {{.*}} outs(%[[IT]] : tensor<14x100xi32>)
// WORDS: scf.yield %[[R]]
// WORDS: bitserial.reduce ins({{.*}} : tensor<1x14x3xi32>, tensor<2x3x1x64xi32>) outs(%[[SUM]] : tensor<14x100xi32>)

// BOTH-LABEL: func @f(
// BOTH-NOT: scf.for
// BOTH: %[[INIT:.+]] = linalg.fill {{.*}} -> tensor<14x64xi32>
// BOTH-NEXT: scf.for %{{.+}} = %c0 to %c18 step %c6 iter_args(%[[IT:.+]] = %[[INIT]])
// BOTH: bitserial.reduce ins({{.*}} : tensor<1x14x6xi32>, tensor<1x6x1x64xi32>) outs(%[[IT]] : tensor<14x64xi32>)
// BOTH: %[[INIT2:.+]] = linalg.fill {{.*}} -> tensor<14x36xi32>
// BOTH-NEXT: scf.for %{{.+}} = %c0 to %c18 step %c6 iter_args(%{{.+}} = %[[INIT2]])

// NONE-LABEL: func @f(
// NONE-NOT: scf.for
// NONE: bitserial.reduce {{.*}} outs(%{{.+}} : tensor<14x100xi32>)
func.func @f(%a: tensor<1x14x18xi32>, %w: tensor<2x18x1x64xi32>) -> tensor<14x100xi32> {
  %c0 = arith.constant 0 : i32
  %e = tensor.empty() : tensor<14x100xi32>
  %acc = linalg.fill ins(%c0 : i32) outs(%e : tensor<14x100xi32>) -> tensor<14x100xi32>
  %0 = bitserial.reduce ins(%a, %w : tensor<1x14x18xi32>, tensor<2x18x1x64xi32>) outs(%acc : tensor<14x100xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                       affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>,
                       affine_map<(m, n, k) -> (m, n)>] plane_dims = [0, 2] {
  ^bb0(%a0: i1, %w0: i1):
    %x = arith.andi %a0, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<14x100xi32>
  return %0 : tensor<14x100xi32>
}
