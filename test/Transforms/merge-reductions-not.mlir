// Reductions that are not merged.

// RUN: bitserial-opt %s --split-input-file --pass-pipeline='builtin.module(func.func(bitserial-merge-reductions),canonicalize)' | FileCheck %s

// With a dilation: taps are two words apart.

// CHECK-LABEL: func @dilation(
// CHECK-NOT: collapse_shape
// CHECK: bitserial.reduce ins({{.*}} : tensor<2x6x8x2xi32>, tensor<1x3x3x2x1x16xi32>)
func.func @dilation(%x: tensor<2x6x8x2xi32>, %w: tensor<1x3x3x2x1x16xi32>, %acc: tensor<4x4x16xi32>) -> tensor<4x4x16xi32> {
  %0 = bitserial.reduce ins(%x, %w : tensor<2x6x8x2xi32>, tensor<1x3x3x2x1x16xi32>) outs(%acc : tensor<4x4x16xi32>)
      indexing_maps = [affine_map<(oh, ow, o, kh, kw, c) -> (oh + kh, ow + kw * 2, c)>,
                       affine_map<(oh, ow, o, kh, kw, c) -> (o floordiv 16, kh, kw, c, o mod 16)>,
                       affine_map<(oh, ow, o, kh, kw, c) -> (oh, ow, o)>] plane_dims = [0, 4] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %y = arith.andi %a1, %w0 : i1
    %s = arith.extui %y : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<4x4x16xi32>
  return %0 : tensor<4x4x16xi32>
}

// -----

// Planes lie between the two.

// CHECK-LABEL: func @planes_between(
// CHECK-NOT: collapse_shape
// CHECK: bitserial.reduce ins({{.*}} : tensor<6x6x2x2xi32>, tensor<1x3x3x2x1x16xi32>)
func.func @planes_between(%x: tensor<6x6x2x2xi32>, %w: tensor<1x3x3x2x1x16xi32>, %acc: tensor<4x4x16xi32>) -> tensor<4x4x16xi32> {
  %0 = bitserial.reduce ins(%x, %w : tensor<6x6x2x2xi32>, tensor<1x3x3x2x1x16xi32>) outs(%acc : tensor<4x4x16xi32>)
      indexing_maps = [affine_map<(oh, ow, o, kh, kw, c) -> (oh + kh, ow + kw, c)>,
                       affine_map<(oh, ow, o, kh, kw, c) -> (o floordiv 16, kh, kw, c, o mod 16)>,
                       affine_map<(oh, ow, o, kh, kw, c) -> (oh, ow, o)>] plane_dims = [2, 4] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %y = arith.andi %a1, %w0 : i1
    %s = arith.extui %y : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<4x4x16xi32>
  return %0 : tensor<4x4x16xi32>
}

// -----

// The order differs between the inputs.

// CHECK-LABEL: func @order(
// CHECK-NOT: collapse_shape
// CHECK: bitserial.reduce ins({{.*}} : tensor<2x7x3x4xi8>, tensor<1x4x3x5xi8>)
func.func @order(%x: tensor<2x7x3x4xi8>, %w: tensor<1x4x3x5xi8>, %acc: tensor<7x5xi32>) -> tensor<7x5xi32> {
  %0 = bitserial.reduce ins(%x, %w : tensor<2x7x3x4xi8>, tensor<1x4x3x5xi8>) outs(%acc : tensor<7x5xi32>)
      indexing_maps = [affine_map<(m, n, j, k) -> (m, j, k)>,
                       affine_map<(m, n, j, k) -> (k, j, n)>,
                       affine_map<(m, n, j, k) -> (m, n)>] plane_dims = [0, 0] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %y = arith.andi %a1, %w0 : i1
    %s = arith.extui %y : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<7x5xi32>
  return %0 : tensor<7x5xi32>
}

// -----

// The inner one is in tiles, whose words lie elsewhere.

// CHECK-LABEL: func @tiled(
// CHECK-NOT: collapse_shape
// CHECK: bitserial.reduce ins({{.*}} : tensor<2x7x3x2x4xi8>, tensor<1x3x2x5x4xi8>)
func.func @tiled(%x: tensor<2x7x3x2x4xi8>, %w: tensor<1x3x2x5x4xi8>, %acc: tensor<7x5xi32>) -> tensor<7x5xi32> {
  %0 = bitserial.reduce ins(%x, %w : tensor<2x7x3x2x4xi8>, tensor<1x3x2x5x4xi8>) outs(%acc : tensor<7x5xi32>)
      indexing_maps = [affine_map<(m, n, j, k) -> (m, j, k floordiv 4, k mod 4)>,
                       affine_map<(m, n, j, k) -> (j, k floordiv 4, n, k mod 4)>,
                       affine_map<(m, n, j, k) -> (m, n)>] plane_dims = [0, 0] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %y = arith.andi %a1, %w0 : i1
    %s = arith.extui %y : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<7x5xi32>
  return %0 : tensor<7x5xi32>
}

// -----

// One of them is parallel, or not in every input.

// CHECK-LABEL: func @parallel(
// CHECK-NOT: collapse_shape
// CHECK: bitserial.reduce ins({{.*}} : tensor<2x7x3x4xi8>, tensor<1x3x4x5xi8>)
func.func @parallel(%x: tensor<2x7x3x4xi8>, %w: tensor<1x3x4x5xi8>, %acc: tensor<7x5x3xi32>) -> tensor<7x5x3xi32> {
  %0 = bitserial.reduce ins(%x, %w : tensor<2x7x3x4xi8>, tensor<1x3x4x5xi8>) outs(%acc : tensor<7x5x3xi32>)
      indexing_maps = [affine_map<(m, n, j, k) -> (m, j, k)>,
                       affine_map<(m, n, j, k) -> (j, k, n)>,
                       affine_map<(m, n, j, k) -> (m, n, j)>] plane_dims = [0, 0] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %y = arith.andi %a1, %w0 : i1
    %s = arith.extui %y : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<7x5x3xi32>
  return %0 : tensor<7x5x3xi32>
}

// -----

// CHECK-LABEL: func @one_input(
// CHECK-NOT: collapse_shape
// CHECK: bitserial.reduce ins({{.*}} : tensor<2x7x3x4xi8>, tensor<1x4x5xi8>)
func.func @one_input(%x: tensor<2x7x3x4xi8>, %w: tensor<1x4x5xi8>, %acc: tensor<7x5xi32>) -> tensor<7x5xi32> {
  %0 = bitserial.reduce ins(%x, %w : tensor<2x7x3x4xi8>, tensor<1x4x5xi8>) outs(%acc : tensor<7x5xi32>)
      indexing_maps = [affine_map<(m, n, j, k) -> (m, j, k)>,
                       affine_map<(m, n, j, k) -> (k, n)>,
                       affine_map<(m, n, j, k) -> (m, n)>] plane_dims = [0, 0] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %y = arith.andi %a1, %w0 : i1
    %s = arith.extui %y : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<7x5xi32>
  return %0 : tensor<7x5xi32>
}
