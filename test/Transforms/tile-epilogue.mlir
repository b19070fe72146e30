// What is computed from the sums of a reduce, element by element, is computed
// tile by tile.

// RUN: bitserial-opt %s --split-input-file --pass-pipeline='builtin.module(bitserial-set-target{cpu=icelake-server},func.func(bitserial-tile),canonicalize,cse)' | FileCheck %s
// RUN: bitserial-opt %s --split-input-file --pass-pipeline='builtin.module(bitserial-set-target{cpu=icelake-server},func.func(bitserial-tile{tile-sizes=6,64,9}),canonicalize,cse)' | FileCheck %s --check-prefix=WORDS

#id = affine_map<(m, n) -> (m, n)>

// CHECK-LABEL: func @epilogue(
// CHECK-SAME: %{{[^:]+}}: tensor<1x12x18xi32>, %{{[^:]+}}: tensor<1x18x1x64xi32>, %[[BIAS:[^:]+]]: tensor<64xi32>
// CHECK: scf.for %[[M:.+]] = %c0 to %c12 step %c6 iter_args(%[[IT:.+]] = %{{.+}}) -> (tensor<12x64xi8>)
// CHECK: %[[INIT:.+]] = linalg.fill {{.*}} -> tensor<6x64xi32>
// CHECK: %[[SUM:.+]] = bitserial.reduce {{.*}} outs(%[[INIT]] : tensor<6x64xi32>)
// CHECK: %[[OUT:.+]] = tensor.extract_slice %[[IT]][%[[M]], 0] [6, 64] [1, 1]
// CHECK: %[[R:.+]] = linalg.generic {{.*}} ins(%[[SUM]], %[[BIAS]] : tensor<6x64xi32>, tensor<64xi32>) outs(%[[OUT]] : tensor<6x64xi8>)
// CHECK: tensor.insert_slice %[[R]] into %[[IT]][%[[M]], 0] [6, 64] [1, 1]
// CHECK-NOT: bitserial.reduce

// The loop over words is inside: the epilogue takes complete sums.

// WORDS-LABEL: func @epilogue(
// WORDS: scf.for {{.*}} -> (tensor<12x64xi8>)
// WORDS: %[[INIT:.+]] = linalg.fill {{.*}} -> tensor<6x64xi32>
// WORDS: %[[SUM:.+]] = scf.for %{{.+}} = %c0 to %c18 step %c9 iter_args(%[[IT:.+]] = %[[INIT]]) -> (tensor<6x64xi32>)
// WORDS: bitserial.reduce ins({{.*}} : tensor<1x6x9xi32>, tensor<1x9x1x64xi32>) outs(%[[IT]] : tensor<6x64xi32>)
// WORDS: linalg.generic {{.*}} ins(%[[SUM]],
func.func @epilogue(%a: tensor<1x12x18xi32>, %w: tensor<1x18x1x64xi32>, %bias: tensor<64xi32>) -> tensor<12x64xi8> {
  %c0 = arith.constant 0 : i32
  %e = tensor.empty() : tensor<12x64xi32>
  %acc = linalg.fill ins(%c0 : i32) outs(%e : tensor<12x64xi32>) -> tensor<12x64xi32>
  %0 = bitserial.reduce ins(%a, %w : tensor<1x12x18xi32>, tensor<1x18x1x64xi32>) outs(%acc : tensor<12x64xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>,
                       affine_map<(m, n, k) -> (m, n)>] plane_dims = [0, 2] {
  ^bb0(%a0: i1, %w0: i1):
    %x = arith.andi %a0, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<12x64xi32>
  %f = tensor.empty() : tensor<12x64xi8>
  %1 = linalg.generic {indexing_maps = [#id, affine_map<(m, n) -> (n)>, #id], iterator_types = ["parallel", "parallel"]}
      ins(%0, %bias : tensor<12x64xi32>, tensor<64xi32>) outs(%f : tensor<12x64xi8>) {
  ^bb0(%in: i32, %b: i32, %out: i8):
    %s = arith.addi %in, %b : i32
    %t = arith.trunci %s : i32 to i8
    linalg.yield %t : i8
  } -> tensor<12x64xi8>
  return %1 : tensor<12x64xi8>
}

// -----

// Not where the sums have another use as well, or are transposed: they are in
// memory then.

// CHECK-LABEL: func @used_twice(
// CHECK: %[[SUMS:.+]] = scf.for {{.*}} -> (tensor<12x64xi32>)
// CHECK-NOT: linalg.generic
// CHECK: }
// CHECK: linalg.generic {{.*}} ins(%[[SUMS]] : tensor<12x64xi32>) outs(%{{.+}} : tensor<64x12xi32>)
// CHECK: linalg.generic {{.*}} ins(%[[SUMS]] : tensor<12x64xi32>) outs(%{{.+}} : tensor<12x64xi32>)
func.func @used_twice(%a: tensor<1x12x18xi32>, %w: tensor<1x18x1x64xi32>, %acc: tensor<12x64xi32>) -> (tensor<64x12xi32>, tensor<12x64xi32>) {
  %0 = bitserial.reduce ins(%a, %w : tensor<1x12x18xi32>, tensor<1x18x1x64xi32>) outs(%acc : tensor<12x64xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>,
                       affine_map<(m, n, k) -> (m, n)>] plane_dims = [0, 2] {
  ^bb0(%a0: i1, %w0: i1):
    %x = arith.andi %a0, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<12x64xi32>
  %e = tensor.empty() : tensor<64x12xi32>
  %1 = linalg.generic {indexing_maps = [affine_map<(m, n) -> (n, m)>, affine_map<(m, n) -> (m, n)>], iterator_types = ["parallel", "parallel"]}
      ins(%0 : tensor<12x64xi32>) outs(%e : tensor<64x12xi32>) {
  ^bb0(%in: i32, %out: i32):
    %s = arith.addi %in, %in : i32
    linalg.yield %s : i32
  } -> tensor<64x12xi32>
  %f = tensor.empty() : tensor<12x64xi32>
  %2 = linalg.generic {indexing_maps = [affine_map<(m, n) -> (m, n)>, affine_map<(m, n) -> (m, n)>], iterator_types = ["parallel", "parallel"]}
      ins(%0 : tensor<12x64xi32>) outs(%f : tensor<12x64xi32>) {
  ^bb0(%in: i32, %out: i32):
    %s = arith.muli %in, %in : i32
    linalg.yield %s : i32
  } -> tensor<12x64xi32>
  return %1, %2 : tensor<64x12xi32>, tensor<12x64xi32>
}
