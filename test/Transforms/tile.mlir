// RUN: bitserial-opt %s --split-input-file --pass-pipeline='builtin.module(bitserial-set-target{cpu=icelake-server},func.func(bitserial-tile),canonicalize,cse)' | FileCheck %s

// Tiles of 6 rows and 4 vectors. What is left of rows (14 = 2 * 6 + 2) and of
// outputs (100 = 64 + 36) is peeled, so that all tiles are static. The tile of
// outputs is the outer loop: its weights serve all rows.

// CHECK-DAG: #[[LHS:.+]] = affine_map<(d0, d1, d2) -> (d0, d2)>
// CHECK-DAG: #[[RHS:.+]] = affine_map<(d0, d1, d2) -> (d1 floordiv 64, d2, d1 mod 64)>
// CHECK-DAG: #[[OUT:.+]] = affine_map<(d0, d1, d2) -> (d0, d1)>
// CHECK-LABEL: func @peeled(
// CHECK-SAME: %[[A:[^:]+]]: tensor<1x14x18xi32>, %[[W:[^:]+]]: tensor<2x18x1x64xi32>
// CHECK: %[[EMPTY:.+]] = tensor.empty()
// CHECK: scf.for %[[M:.+]] = %c0 to %c12 step %c6 iter_args(%[[IT:.+]] = %[[EMPTY]])
// CHECK-DAG: %[[A_TILE:.+]] = tensor.extract_slice %[[A]][0, %[[M]], 0] [1, 6, 18] [1, 1, 1]
// CHECK-DAG: %[[W_TILE:.+]] = tensor.extract_slice %[[W]][0, 0, 0, 0] [1, 18, 1, 64] [1, 1, 1, 1]
// CHECK-DAG: %[[OUT_TILE:.+]] = tensor.extract_slice %[[IT]][%[[M]], 0] [6, 64] [1, 1]
// CHECK: %[[INIT:.+]] = linalg.fill {{.*}} outs(%[[OUT_TILE]] : tensor<6x64xi32>)
// CHECK: %[[R:.+]] = bitserial.reduce ins(%[[A_TILE]], %[[W_TILE]] : tensor<1x6x18xi32>, tensor<1x18x1x64xi32>) outs(%[[INIT]] : tensor<6x64xi32>) indexing_maps = [#[[LHS]], #[[RHS]], #[[OUT]]] plane_dims = [0, 2] attributes {note = "kept"}
// CHECK: tensor.insert_slice %[[R]] into %[[IT]][%[[M]], 0] [6, 64] [1, 1]
// CHECK: bitserial.reduce {{.*}} outs(%{{.+}} : tensor<2x64xi32>)
// CHECK: scf.for %{{.+}} = %c0 to %c12 step %c6
// CHECK: bitserial.reduce {{.*}} outs(%{{.+}} : tensor<6x36xi32>)
// CHECK: bitserial.reduce {{.*}} outs(%{{.+}} : tensor<2x36xi32>)
// CHECK-NOT: bitserial.reduce
func.func @peeled(%a: tensor<1x14x18xi32>, %w: tensor<2x18x1x64xi32>) -> tensor<14x100xi32> {
  %c0 = arith.constant 0 : i32
  %e = tensor.empty() : tensor<14x100xi32>
  %acc = linalg.fill ins(%c0 : i32) outs(%e : tensor<14x100xi32>) -> tensor<14x100xi32>
  %0 = bitserial.reduce ins(%a, %w : tensor<1x14x18xi32>, tensor<2x18x1x64xi32>) outs(%acc : tensor<14x100xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                       affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>,
                       affine_map<(m, n, k) -> (m, n)>] plane_dims = [0, 2] attributes {note = "kept"} {
  ^bb0(%a0: i1, %w0: i1):
    %x = arith.andi %a0, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<14x100xi32>
  return %0 : tensor<14x100xi32>
}

// -----

// A convolution: rows are positions of a line, one line at a time.

// CHECK-LABEL: func @convolution(
// CHECK: scf.for %[[H:.+]] = %c0 to %c12 step %c1
// CHECK: scf.for %[[W:.+]] = %c0 to %c12 step %c6
// CHECK: tensor.extract_slice %{{.+}}[0, %[[H]], %[[W]], 0] [1, 3, 8, 2] [1, 1, 1, 1]
// CHECK: bitserial.reduce {{.*}} outs(%{{.+}} : tensor<1x6x64xi32>)
// CHECK-NOT: bitserial.reduce
func.func @convolution(%a: tensor<1x14x14x2xi32>, %w: tensor<1x3x3x2x1x64xi32>) -> tensor<12x12x64xi32> {
  %c0 = arith.constant 0 : i32
  %e = tensor.empty() : tensor<12x12x64xi32>
  %acc = linalg.fill ins(%c0 : i32) outs(%e : tensor<12x12x64xi32>) -> tensor<12x12x64xi32>
  %0 = bitserial.reduce ins(%a, %w : tensor<1x14x14x2xi32>, tensor<1x3x3x2x1x64xi32>) outs(%acc : tensor<12x12x64xi32>)
      indexing_maps = [affine_map<(h, w, o, kh, kw, c) -> (h + kh, w + kw, c)>,
                       affine_map<(h, w, o, kh, kw, c) -> (o floordiv 64, kh, kw, c, o mod 64)>,
                       affine_map<(h, w, o, kh, kw, c) -> (h, w, o)>] plane_dims = [0, 4] {
  ^bb0(%a0: i1, %w0: i1):
    %x = arith.andi %a0, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<12x12x64xi32>
  return %0 : tensor<12x12x64xi32>
}

// -----

// Weights whose inner tile has more vectors than registers hold: a divisor.

// CHECK-DAG: #[[RHS:.+]] = affine_map<(d0, d1, d2) -> (0, d2, d1)>
// CHECK-LABEL: func @wide_inner_tile(
// CHECK: scf.for %[[N:.+]] = %c0 to %c512 step %c64
// CHECK: scf.for %{{.+}} = %c0 to %c12 step %c6
// CHECK: tensor.extract_slice %{{.+}}[%{{.+}}, 0, 0, %{{.+}}] [1, 18, 1, 64] [1, 1, 1, 1] : tensor<1x18x1x512xi32>
// CHECK: bitserial.reduce {{.*}} outs(%{{.+}} : tensor<6x64xi32>) indexing_maps = [#{{.+}}, #[[RHS]], #{{.+}}]
func.func @wide_inner_tile(%a: tensor<1x12x18xi32>, %w: tensor<1x18x1x512xi32>) -> tensor<12x512xi32> {
  %c0 = arith.constant 0 : i32
  %e = tensor.empty() : tensor<12x512xi32>
  %acc = linalg.fill ins(%c0 : i32) outs(%e : tensor<12x512xi32>) -> tensor<12x512xi32>
  %0 = bitserial.reduce ins(%a, %w : tensor<1x12x18xi32>, tensor<1x18x1x512xi32>) outs(%acc : tensor<12x512xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                       affine_map<(m, n, k) -> (n floordiv 512, k, n mod 512)>,
                       affine_map<(m, n, k) -> (m, n)>] plane_dims = [0, 2] {
  ^bb0(%a0: i1, %w0: i1):
    %x = arith.andi %a0, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<12x512xi32>
  return %0 : tensor<12x512xi32>
}

// -----

// Reduction across lanes: an accumulator per row and output.

// CHECK-LABEL: func @lanes_are_words(
// CHECK: scf.for %{{.+}} = %c0 to %c32 step %c4
// CHECK: scf.for %{{.+}} = %c0 to %c12 step %c6
// CHECK: bitserial.reduce ins({{.*}} : tensor<1x6x2x16xi32>, tensor<1x4x2x16xi32>) outs(%{{.+}} : tensor<6x4xi32>)
func.func @lanes_are_words(%a: tensor<1x12x2x16xi32>, %w: tensor<1x32x2x16xi32>) -> tensor<12x32xi32> {
  %c0 = arith.constant 0 : i32
  %e = tensor.empty() : tensor<12x32xi32>
  %acc = linalg.fill ins(%c0 : i32) outs(%e : tensor<12x32xi32>) -> tensor<12x32xi32>
  %0 = bitserial.reduce ins(%a, %w : tensor<1x12x2x16xi32>, tensor<1x32x2x16xi32>) outs(%acc : tensor<12x32xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k floordiv 16, k mod 16)>,
                       affine_map<(m, n, k) -> (n, k floordiv 16, k mod 16)>,
                       affine_map<(m, n, k) -> (m, n)>] plane_dims = [0, 0] {
  ^bb0(%a0: i1, %w0: i1):
    %x = arith.andi %a0, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<12x32xi32>
  return %0 : tensor<12x32xi32>
}

// -----

// Accumulators that fit are left alone: the tile of a schedule, for instance.

// CHECK-LABEL: func @fits(
// CHECK: scf.for %{{.+}} = %c0 to %c14 step %c7
// CHECK-NOT: scf.for
// CHECK: bitserial.reduce {{.*}} outs(%{{.+}} : tensor<7x48xi32>)
// CHECK-NOT: scf.for
func.func @fits(%a: tensor<1x14x18xi32>, %w: tensor<1x18x1x64xi32>, %acc: tensor<14x48xi32>) -> tensor<14x48xi32> {
  %c0 = arith.constant 0 : index
  %c7 = arith.constant 7 : index
  %c14 = arith.constant 14 : index
  %0 = scf.for %m = %c0 to %c14 step %c7 iter_args(%it = %acc) -> tensor<14x48xi32> {
    %1 = tensor.extract_slice %a[0, %m, 0] [1, 7, 18] [1, 1, 1] : tensor<1x14x18xi32> to tensor<1x7x18xi32>
    %2 = tensor.extract_slice %it[%m, 0] [7, 48] [1, 1] : tensor<14x48xi32> to tensor<7x48xi32>
    %3 = bitserial.reduce ins(%1, %w : tensor<1x7x18xi32>, tensor<1x18x1x64xi32>) outs(%2 : tensor<7x48xi32>)
        indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>,
                         affine_map<(m, n, k) -> (m, n)>] plane_dims = [0, 2] {
    ^bb0(%a0: i1, %w0: i1):
      %x = arith.andi %a0, %w0 : i1
      %s = arith.extui %x : i1 to i32
      bitserial.yield %s : i32
    } -> tensor<7x48xi32>
    %4 = tensor.insert_slice %3 into %it[%m, 0] [7, 48] [1, 1] : tensor<7x48xi32> into tensor<14x48xi32>
    scf.yield %4 : tensor<14x48xi32>
  }
  return %0 : tensor<14x48xi32>
}
