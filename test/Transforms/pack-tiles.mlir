// Activations that are packed for each tile of lines.

// RUN: bitserial-opt %s --split-input-file --bitserial-set-target=cpu=icelake-server --bitserial-apply-schedules | FileCheck %s
// RUN: bitserial-opt %s --split-input-file --bitserial-set-target=cpu=icelake-server --bitserial-apply-schedules --bitserial-layout-pipeline \
// RUN:   --bitserial-kernel-pipeline=synthesize=off --bitserial-bufferize-pipeline | FileCheck %s --check-prefix=MEMORY

// First and last tiles, which read padding, stand around the loop. Tiles of 4
// lines read 6.

// CHECK-DAG: #[[READ:.+]] = affine_map<(d0) -> (d0 - 1)>
// CHECK-LABEL: func.func @padded(
// CHECK-SAME:    %[[X:.+]]: tensor<1x16x16x64x!bitserial.int<1, unsigned>>
// CHECK: %[[EMPTY:.+]] = tensor.empty() : tensor<1x16x16x32xi32>
// CHECK: %[[FIRST:.+]] = tensor.extract_slice %[[X]][0, 0, 0, 0] [1, 5, 16, 64] [1, 1, 1, 1]
// CHECK: %[[P0:.+]] = bitserial.pack %[[FIRST]]
// CHECK: %[[C0:.+]] = bitserial.contract %[[P0]], %{{.+}} pad_low = [0, 1, 1, 0] pad_high = [0, 0, 1, 0]
// CHECK: %[[R0:.+]] = tensor.insert_slice %[[C0]] into %[[EMPTY]][0, 0, 0, 0] [1, 4, 16, 32] [1, 1, 1, 1]
// CHECK: %[[LOOP:.+]] = scf.for %[[LINE:.+]] = %c4{{.*}} to %c12{{.*}} step %c4{{.*}} iter_args(%[[R:.+]] = %[[R0]])
// CHECK:   %[[START:.+]] = affine.apply #[[READ]](%[[LINE]])
// CHECK:   %[[INNER:.+]] = tensor.extract_slice %[[X]][0, %[[START]], 0, 0] [1, 6, 16, 64] [1, 1, 1, 1]
// CHECK:   %[[P1:.+]] = bitserial.pack %[[INNER]]
// CHECK:   %[[C1:.+]] = bitserial.contract %[[P1]], %{{.+}} pad_low = [0, 0, 1, 0] pad_high = [0, 0, 1, 0] {bitserial.tile = #bitserial.tile<{{.*}}lines = 4>}
// CHECK:   tensor.insert_slice %[[C1]] into %[[R]][0, %[[LINE]], 0, 0] [1, 4, 16, 32] [1, 1, 1, 1]
// CHECK: %[[LAST:.+]] = tensor.extract_slice %[[X]][0, 11, 0, 0] [1, 5, 16, 64] [1, 1, 1, 1]
// CHECK: bitserial.contract {{.*}} pad_low = [0, 0, 1, 0] pad_high = [0, 1, 1, 0]
// CHECK: tensor.insert_slice %{{.+}} into %[[LOOP]][0, 12, 0, 0]

// The words of a tile are a small buffer.
// MEMORY-LABEL: func.func @padded(
// MEMORY-NOT: memref<1x1x16x16x2xi32
// MEMORY: scf.for
// MEMORY: memref.alloc{{.*}} : memref<1x1x6x18x2xi32>
func.func @padded(%x: tensor<1x16x16x64x!bitserial.int<1, unsigned>>, %w: tensor<32x3x3x64x!bitserial.int<1, unsigned>>) -> tensor<1x16x16x32xi32> {
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(n, oh, ow, o, kh, kw, c) -> (n, oh + kh, ow + kw, c)>,
                       affine_map<(n, oh, ow, o, kh, kw, c) -> (o, kh, kw, c)>,
                       affine_map<(n, oh, ow, o, kh, kw, c) -> (n, oh, ow, o)>]
      pad_low = [0, 1, 1, 0] pad_high = [0, 1, 1, 0] {bitserial.knobs = {packing = "tile", lines = 4}}
      : tensor<1x16x16x64x!bitserial.int<1, unsigned>>, tensor<32x3x3x64x!bitserial.int<1, unsigned>> -> tensor<1x16x16x32xi32>
  return %0 : tensor<1x16x16x32xi32>
}

// -----

// Without padding one loop is all, here with a stride and without anything that
// two tiles read.

// CHECK-DAG: #[[READ:.+]] = affine_map<(d0) -> (d0 * 2)>
// CHECK-LABEL: func.func @strided(
// CHECK: scf.for %[[LINE:.+]] = %c0{{.*}} to %c14{{.*}} step %c2{{.*}}
// CHECK:   %[[START:.+]] = affine.apply #[[READ]](%[[LINE]])
// CHECK:   tensor.extract_slice %{{.+}}[0, %[[START]], 0, 0] [1, 3, 28, 64] [1, 1, 1, 1]
// CHECK:   bitserial.contract
// CHECK-NOT: bitserial.contract
func.func @strided(%x: tensor<1x28x28x64x!bitserial.int<1, unsigned>>, %w: tensor<32x1x1x64x!bitserial.int<1, unsigned>>) -> tensor<1x14x14x32xi32> {
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(n, oh, ow, o, kh, kw, c) -> (n, oh * 2 + kh, ow * 2 + kw, c)>,
                       affine_map<(n, oh, ow, o, kh, kw, c) -> (o, kh, kw, c)>,
                       affine_map<(n, oh, ow, o, kh, kw, c) -> (n, oh, ow, o)>]
      {bitserial.knobs = {packing = "tile", lines = 2}}
      : tensor<1x28x28x64x!bitserial.int<1, unsigned>>, tensor<32x1x1x64x!bitserial.int<1, unsigned>> -> tensor<1x14x14x32xi32>
  return %0 : tensor<1x14x14x32xi32>
}
