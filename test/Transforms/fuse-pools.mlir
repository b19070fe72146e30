// RUN: bitserial-opt %s --bitserial-fuse-pools --canonicalize --cse | FileCheck %s

// A pool's rows, and the rows of the convolution that they read, in one loop.

#x = affine_map<(n, oh, ow, o, kh, kw, c) -> (n, oh + kh, ow + kw, c)>
#w = affine_map<(n, oh, ow, o, kh, kw, c) -> (o, kh, kw, c)>
#y = affine_map<(n, oh, ow, o, kh, kw, c) -> (n, oh, ow, o)>
#id = affine_map<(n, h, w, c) -> (n, h, w, c)>
#windows = affine_map<(n, h, w, c, kh, kw) -> (n, h * 2 + kh, w * 2 + kw, c)>
#window = affine_map<(n, h, w, c, kh, kw) -> (kh, kw)>
#pooled = affine_map<(n, h, w, c, kh, kw) -> (n, h, w, c)>

// 3 x 3 with a border: one row is carried over, the first one of padding.
// CHECK-LABEL: func.func @padded(
// CHECK-DAG:   %[[LEAST:.*]] = arith.constant -128 : i8
// CHECK-DAG:   %[[WINDOW:.*]] = linalg.fill ins(%[[LEAST]] : i8) {{.*}} -> tensor<1x3x34x64xi8>
// CHECK-DAG:   %[[ROW:.*]] = linalg.fill ins(%[[LEAST]] : i8) {{.*}} -> tensor<1x1x32x64xi8>
// CHECK:       scf.for %[[R:.*]] = %{{.*}} to %{{.*}} iter_args(%[[OUT:.*]] = %{{.*}}, %[[PREVIOUS:.*]] = %[[WINDOW]], %[[LAST:.*]] = %[[ROW]])
// CHECK-SAME:    -> (tensor<1x16x16x64xi8>, tensor<1x3x34x64xi8>, tensor<1x1x32x64xi8>)
// CHECK:         tensor.insert_slice %[[LAST]] into %[[PREVIOUS]][0, 0, 1, 0] [1, 1, 32, 64]
// CHECK:         linalg.generic {{.*}} outs(%{{.*}} : tensor<1x4x34x8xf32>)
// CHECK:         linalg.generic {{.*}}
// CHECK:           arith.mulf
// CHECK:         } -> tensor<1x2x32x64xf32>
// CHECK:         linalg.generic {{.*}} outs(%{{.*}} : tensor<1x2x32x64xi8>)
// CHECK:         %[[FULL:.*]] = tensor.insert_slice %{{.*}} into %{{.*}}[0, 1, 1, 0] [1, 2, 32, 64]
// CHECK:         %[[POOLED:.*]] = linalg.generic {{.*}} ins(%[[FULL]], %{{.*}}) outs(%{{.*}} : tensor<1x1x16x64xi8>)
// CHECK:         tensor.insert_slice %[[POOLED]] into %[[OUT]][0, %[[R]], 0, 0] [1, 1, 16, 64]
// CHECK:         %[[KEPT:.*]] = tensor.extract_slice %[[FULL]][0, 2, 1, 0] [1, 1, 32, 64]
// CHECK:         bufferization.materialize_in_destination %[[KEPT]] in %[[LAST]]
// CHECK-NOT:   tensor<1x32x32x64x
// CHECK:       return
func.func @padded(%image: tensor<1x34x34x8xi8>, %w: tensor<64x3x3x8xf32>) -> tensor<1x16x16x64xi8> {
  %least = arith.constant -128 : i8
  %zero = arith.constant 0.0 : f32
  %e0 = tensor.empty() : tensor<1x34x34x8xf32>
  %x = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%image : tensor<1x34x34x8xi8>) outs(%e0 : tensor<1x34x34x8xf32>) {
  ^bb0(%in: i8, %out: f32):
    %0 = arith.sitofp %in : i8 to f32
    linalg.yield %0 : f32
  } -> tensor<1x34x34x8xf32>
  %e1 = tensor.empty() : tensor<1x32x32x64xf32>
  %zeros = linalg.fill ins(%zero : f32) outs(%e1 : tensor<1x32x32x64xf32>) -> tensor<1x32x32x64xf32>
  %sums = linalg.generic {indexing_maps = [#x, #w, #y], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction"]}
      ins(%x, %w : tensor<1x34x34x8xf32>, tensor<64x3x3x8xf32>) outs(%zeros : tensor<1x32x32x64xf32>) {
  ^bb0(%a: f32, %b: f32, %sum: f32):
    %0 = arith.mulf %a, %b : f32
    %1 = arith.addf %sum, %0 : f32
    linalg.yield %1 : f32
  } -> tensor<1x32x32x64xf32>
  %e2 = tensor.empty() : tensor<1x32x32x64xi8>
  %values = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%sums : tensor<1x32x32x64xf32>) outs(%e2 : tensor<1x32x32x64xi8>) {
  ^bb0(%in: f32, %out: i8):
    %0 = arith.fptosi %in : f32 to i8
    linalg.yield %0 : i8
  } -> tensor<1x32x32x64xi8>
  %padded = tensor.pad %values low[0, 1, 1, 0] high[0, 0, 1, 0] {
  ^bb0(%i: index, %j: index, %k: index, %l: index):
    tensor.yield %least : i8
  } : tensor<1x32x32x64xi8> to tensor<1x33x34x64xi8>
  %e3 = tensor.empty() : tensor<1x16x16x64xi8>
  %e4 = tensor.empty() : tensor<3x3xi8>
  %init = linalg.fill ins(%least : i8) outs(%e3 : tensor<1x16x16x64xi8>) -> tensor<1x16x16x64xi8>
  %r = linalg.generic {indexing_maps = [#windows, #window, #pooled], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction", "reduction"]}
      ins(%padded, %e4 : tensor<1x33x34x64xi8>, tensor<3x3xi8>) outs(%init : tensor<1x16x16x64xi8>) {
  ^bb0(%in: i8, %k: i8, %max: i8):
    %0 = arith.maxsi %max, %in : i8
    linalg.yield %0 : i8
  } -> tensor<1x16x16x64xi8>
  return %r : tensor<1x16x16x64xi8>
}

// A contraction of whole numbers: the rows of its image are sliced, and what it
// starts from is made row by row.
// CHECK-LABEL: func.func @whole_numbers(
// CHECK:       scf.for
// CHECK:         tensor.extract_slice %{{.+}} [1, 1, 4, 34, 2] [1, 1, 1, 1, 1] : tensor<1x1x34x34x2xi32> to tensor<1x1x4x34x2xi32>
// CHECK:         bitserial.reduce {{.*}} outs(%{{.+}} : tensor<1x2x32x64xi32>)
// CHECK:         linalg.generic {{.*}} ins(%{{.+}} : tensor<1x2x32x64xi32>, tensor<2x2xi32>)
// CHECK-NOT:   tensor<1x32x32x64xi32>
// CHECK:       return
func.func @whole_numbers(%x: tensor<1x1x34x34x2xi32>, %w: tensor<4x3x3x2x1x16xi32>) -> tensor<1x16x16x64xi32> {
  %zero = arith.constant 0 : i32
  %e1 = tensor.empty() : tensor<1x32x32x64xi32>
  %zeros = linalg.fill ins(%zero : i32) outs(%e1 : tensor<1x32x32x64xi32>) -> tensor<1x32x32x64xi32>
  %sums = bitserial.reduce ins(%x, %w : tensor<1x1x34x34x2xi32>, tensor<4x3x3x2x1x16xi32>) outs(%zeros : tensor<1x32x32x64xi32>)
      indexing_maps = [affine_map<(n, oh, ow, o, kh, kw, c) -> (n, oh + kh, ow + kw, c)>,
                       affine_map<(n, oh, ow, o, kh, kw, c) -> (o floordiv 16, kh, kw, c, o mod 16)>,
                       affine_map<(n, oh, ow, o, kh, kw, c) -> (n, oh, ow, o)>]
      plane_dims = [0, 4] numbers = [#bitserial.numbers<ui8, 0, 255>, #bitserial.numbers<si8, -128, 127>] {
  ^bb0(%a: i32, %b: i32):
    %0 = arith.muli %a, %b : i32
    bitserial.yield %0 : i32
  } -> tensor<1x32x32x64xi32>
  %e3 = tensor.empty() : tensor<1x16x16x64xi32>
  %e4 = tensor.empty() : tensor<2x2xi32>
  %init = linalg.fill ins(%zero : i32) outs(%e3 : tensor<1x16x16x64xi32>) -> tensor<1x16x16x64xi32>
  %r = linalg.generic {indexing_maps = [#windows, #window, #pooled], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction", "reduction"]}
      ins(%sums, %e4 : tensor<1x32x32x64xi32>, tensor<2x2xi32>) outs(%init : tensor<1x16x16x64xi32>) {
  ^bb0(%in: i32, %k: i32, %max: i32):
    %0 = arith.maxsi %max, %in : i32
    linalg.yield %0 : i32
  } -> tensor<1x16x16x64xi32>
  return %r : tensor<1x16x16x64xi32>
}

// What a pool reads is a result, too: it is computed once, as a whole.
// CHECK-LABEL: func.func @used_twice(
// CHECK-NOT:   scf.for
func.func @used_twice(%x: tensor<1x34x34x8xf32>, %w: tensor<64x3x3x8xf32>) -> (tensor<1x32x32x64xf32>, tensor<1x16x16x64xf32>) {
  %zero = arith.constant 0.0 : f32
  %e1 = tensor.empty() : tensor<1x32x32x64xf32>
  %zeros = linalg.fill ins(%zero : f32) outs(%e1 : tensor<1x32x32x64xf32>) -> tensor<1x32x32x64xf32>
  %sums = linalg.generic {indexing_maps = [#x, #w, #y], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction"]}
      ins(%x, %w : tensor<1x34x34x8xf32>, tensor<64x3x3x8xf32>) outs(%zeros : tensor<1x32x32x64xf32>) {
  ^bb0(%a: f32, %b: f32, %sum: f32):
    %0 = arith.mulf %a, %b : f32
    %1 = arith.addf %sum, %0 : f32
    linalg.yield %1 : f32
  } -> tensor<1x32x32x64xf32>
  %e3 = tensor.empty() : tensor<1x16x16x64xf32>
  %e4 = tensor.empty() : tensor<2x2xf32>
  %init = linalg.fill ins(%zero : f32) outs(%e3 : tensor<1x16x16x64xf32>) -> tensor<1x16x16x64xf32>
  %r = linalg.generic {indexing_maps = [#windows, #window, #pooled], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction", "reduction"]}
      ins(%sums, %e4 : tensor<1x32x32x64xf32>, tensor<2x2xf32>) outs(%init : tensor<1x16x16x64xf32>) {
  ^bb0(%in: f32, %k: f32, %sum: f32):
    %0 = arith.addf %sum, %in : f32
    linalg.yield %0 : f32
  } -> tensor<1x16x16x64xf32>
  return %sums, %r : tensor<1x32x32x64xf32>, tensor<1x16x16x64xf32>
}

// An argument is not computed here.
// CHECK-LABEL: func.func @argument(
// CHECK-NOT:   scf.for
func.func @argument(%x: tensor<1x32x32x64xf32>) -> tensor<1x16x16x64xf32> {
  %zero = arith.constant 0.0 : f32
  %e3 = tensor.empty() : tensor<1x16x16x64xf32>
  %e4 = tensor.empty() : tensor<2x2xf32>
  %init = linalg.fill ins(%zero : f32) outs(%e3 : tensor<1x16x16x64xf32>) -> tensor<1x16x16x64xf32>
  %r = linalg.generic {indexing_maps = [#windows, #window, #pooled], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction", "reduction"]}
      ins(%x, %e4 : tensor<1x32x32x64xf32>, tensor<2x2xf32>) outs(%init : tensor<1x16x16x64xf32>) {
  ^bb0(%in: f32, %k: f32, %sum: f32):
    %0 = arith.addf %sum, %in : f32
    linalg.yield %0 : f32
  } -> tensor<1x16x16x64xf32>
  return %r : tensor<1x16x16x64xf32>
}
