// A padded position contributes nothing, so that the sum of weights depends on
// which taps lie inside.

// RUN: bitserial-opt %s --split-input-file --pass-pipeline='builtin.module(bitserial-set-target{cpu=haswell},canonicalize,bitserial-materialize-layouts,canonicalize,cse)' | FileCheck %s

#x = #bitserial.layout<packed = 1, word = 8>
#w = #bitserial.layout<packed = 2, word = 8, planes = 3>

// The first of five positions lacks tap 0, the others lack none: two classes.
// Of constant weights (7, 2, 7 and 2, 3, 1 per tap) their sums are constant.

// CHECK-DAG: #[[LHS:.+]] = affine_map<(d0, d1, d2, d3) -> (d0 + d2, d3)>
// CHECK-LABEL: func @classes(
// CHECK-SAME: %[[X:[^:]+]]: tensor<1x6x1xi8>
// CHECK-DAG: %[[CLASSES:.+]] = arith.constant dense<[0, 1, 1, 1, 1]> : tensor<5xindex>
// CHECK-DAG: %[[SUMS:.+]] = arith.constant dense<{{\[}}[-9, -4], [-16, -6]]> : tensor<2x2xi32>
// Padding of zeros, one word before the first.
// CHECK: %[[ZEROS:.+]] = linalg.fill ins(%c0_i8 : i8) outs(%{{.+}} : tensor<1x7x1xi8>)
// CHECK: %[[PADDED:.+]] = tensor.insert_slice %[[X]] into %[[ZEROS]][0, 1, 0] [1, 6, 1] [1, 1, 1]
// CHECK: %[[INIT:.+]] = linalg.generic {{.*}} outs(%{{.+}} : tensor<5x2xi32>)
// CHECK-DAG: %[[I:.+]] = linalg.index 0
// CHECK-DAG: %[[CLASS:.+]] = tensor.extract %[[CLASSES]][%[[I]]]
// CHECK-DAG: %[[O:.+]] = linalg.index 1
// CHECK: %[[SUM:.+]] = tensor.extract %[[SUMS]][%[[CLASS]], %[[O]]]
// CHECK-NEXT: linalg.yield %[[SUM]]
// CHECK: bitserial.reduce ins(%[[PADDED]], %{{.+}} : tensor<1x7x1xi8>, tensor<2x3x1x2xi8>) outs(%[[INIT]] : tensor<5x2xi32>) indexing_maps = [#[[LHS]]
func.func @classes(%x: tensor<6x8x!bitserial.int<1, bipolar>, #x>) -> tensor<5x2xi32> {
  %w = bitserial.constant dense<[[[1,2,3,0,0,0,0,1], [1,1,0,0,0,0,0,0], [0,0,3,3,0,0,1,0]],
                                 [[0,0,0,0,0,0,0,2], [0,0,0,0,0,0,3,0], [1,0,0,0,0,0,0,0]]]> : tensor<2x3x8xi8> to tensor<2x3x8x!bitserial.int<2, unsigned>>
  %p = bitserial.pack %w : tensor<2x3x8x!bitserial.int<2, unsigned>> to tensor<2x3x8x!bitserial.int<2, unsigned>, #w>
  %0 = bitserial.contract %x, %p
    indexing_maps = [affine_map<(w, o, t, c) -> (w + t, c)>, affine_map<(w, o, t, c) -> (o, t, c)>, affine_map<(w, o, t, c) -> (w, o)>]
    pad_low = [1, 0] pad_high = [0, 0]
    : tensor<6x8x!bitserial.int<1, bipolar>, #x>, tensor<2x3x8x!bitserial.int<2, unsigned>, #w> -> tensor<5x2xi32>
  return %0 : tensor<5x2xi32>
}

// -----

// The same with weights that only run time knows: a sum per tap, and of these
// one per class by a mask.

#x = #bitserial.layout<packed = 1, word = 8>
#w = #bitserial.layout<packed = 2, word = 8, planes = 3>
// CHECK-DAG: #[[OT:.+]] = affine_map<(d0, d1, d2) -> (d1, d2)>
// CHECK-DAG: #[[CT:.+]] = affine_map<(d0, d1, d2) -> (d0, d2)>
// CHECK-DAG: #[[CO:.+]] = affine_map<(d0, d1, d2) -> (d0, d1)>
// CHECK-LABEL: func @masks(
// CHECK-DAG: %[[MASKS:.+]] = arith.constant dense<{{\[}}[0, 1, 1], [1, 1, 1]]> : tensor<2x3xi32>
// CHECK: %[[SUMS:.+]] = linalg.generic {indexing_maps = [#[[OT]], #[[CT]], #[[CO]]], iterator_types = ["parallel", "parallel", "reduction"]} ins(%{{.+}}, %[[MASKS]] : tensor<2x3xi32>, tensor<2x3xi32>)
// CHECK: linalg.index 0
// CHECK: tensor.extract %[[SUMS]]
func.func @masks(%x: tensor<6x8x!bitserial.int<1, bipolar>, #x>, %w: tensor<2x3x8x!bitserial.int<2, unsigned>, #w>) -> tensor<5x2xi32> {
  %0 = bitserial.contract %x, %w
    indexing_maps = [affine_map<(w, o, t, c) -> (w + t, c)>, affine_map<(w, o, t, c) -> (o, t, c)>, affine_map<(w, o, t, c) -> (w, o)>]
    pad_low = [1, 0] pad_high = [0, 0]
    : tensor<6x8x!bitserial.int<1, bipolar>, #x>, tensor<2x3x8x!bitserial.int<2, unsigned>, #w> -> tensor<5x2xi32>
  return %0 : tensor<5x2xi32>
}

// -----

// Padding that no position reads makes no classes, nor a correction for weights.

#x = #bitserial.layout<packed = 1, word = 8>
#w = #bitserial.layout<packed = 2, word = 8, planes = 3>
// CHECK-LABEL: func @unread(
// CHECK-NOT: linalg.index
// CHECK: bitserial.reduce
func.func @unread(%x: tensor<6x8x!bitserial.int<1, bipolar>, #x>, %w: tensor<2x3x8x!bitserial.int<2, unsigned>, #w>) -> tensor<4x2xi32> {
  %0 = bitserial.contract %x, %w
    indexing_maps = [affine_map<(w, o, t, c) -> (w + t, c)>, affine_map<(w, o, t, c) -> (o, t, c)>, affine_map<(w, o, t, c) -> (w, o)>]
    pad_low = [0, 0] pad_high = [2, 0]
    : tensor<6x8x!bitserial.int<1, bipolar>, #x>, tensor<2x3x8x!bitserial.int<2, unsigned>, #w> -> tensor<4x2xi32>
  return %0 : tensor<4x2xi32>
}

// -----

// A dimension that one loop reads: positions 0 and 1 lie in the padding, and of
// those behind them only the first is read.

#x = #bitserial.layout<packed = 1, word = 8>
#w = #bitserial.layout<packed = 1, word = 8, planes = 2>
// CHECK-LABEL: func @one_loop(
// CHECK-SAME: %[[X:[^:]+]]: tensor<1x6x1xi8>
// CHECK-DAG: %[[CLASSES:.+]] = arith.constant dense<[0, 0, 1]> : tensor<3xindex>
// CHECK-DAG: %[[SUMS:.+]] = arith.constant dense<{{\[}}[0, 0], [-8, -8]]> : tensor<2x2xi32>
// CHECK: %[[PADDED:.+]] = tensor.insert_slice %[[X]] into %{{.+}}[0, 2, 0] [1, 6, 1] [1, 1, 1] : tensor<1x6x1xi8> into tensor<1x8x1xi8>
// CHECK: %[[READ:.+]] = tensor.extract_slice %[[PADDED]][0, 0, 0] [1, 3, 1] [1, 1, 1] : tensor<1x8x1xi8> to tensor<1x3x1xi8>
// CHECK: bitserial.reduce ins(%[[READ]], %{{.+}} : tensor<1x3x1xi8>, tensor<2x1x2xi8>)
func.func @one_loop(%x: tensor<6x8x!bitserial.int<1, bipolar>, #x>) -> tensor<3x2xi32> {
  %w = bitserial.constant dense<1> : tensor<2x8xi8> to tensor<2x8x!bitserial.int<2, unsigned>>
  %p = bitserial.pack %w : tensor<2x8x!bitserial.int<2, unsigned>> to tensor<2x8x!bitserial.int<2, unsigned>, #w>
  %0 = bitserial.contract %x, %p
    indexing_maps = [affine_map<(w, o, c) -> (w, c)>, affine_map<(w, o, c) -> (o, c)>, affine_map<(w, o, c) -> (w, o)>]
    pad_low = [2, 0] pad_high = [0, 0]
    : tensor<6x8x!bitserial.int<1, bipolar>, #x>, tensor<2x8x!bitserial.int<2, unsigned>, #w> -> tensor<3x2xi32>
  return %0 : tensor<3x2xi32>
}

// -----

// Activations of which 0 has no bits set need no correction for padding.

#x = #bitserial.layout<packed = 1, word = 8>
#w = #bitserial.layout<packed = 2, word = 8, planes = 3>
// CHECK-LABEL: func @unsigned(
// CHECK-NOT: linalg.generic
// CHECK: bitserial.reduce
func.func @unsigned(%x: tensor<6x8x!bitserial.int<2, unsigned>, #x>, %w: tensor<2x3x8x!bitserial.int<2, signed>, #w>) -> tensor<6x2xi32> {
  %0 = bitserial.contract %x, %w
    indexing_maps = [affine_map<(w, o, t, c) -> (w + t, c)>, affine_map<(w, o, t, c) -> (o, t, c)>, affine_map<(w, o, t, c) -> (w, o)>]
    pad_low = [1, 0] pad_high = [1, 0]
    : tensor<6x8x!bitserial.int<2, unsigned>, #x>, tensor<2x3x8x!bitserial.int<2, signed>, #w> -> tensor<6x2xi32>
  return %0 : tensor<6x2xi32>
}
