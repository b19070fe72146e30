// RUN: bitserial-opt %s | bitserial-opt | FileCheck %s

// Forms that what JAX emits usually does not have.

// CHECK-LABEL: func @elementwise(
func.func @elementwise(%x: tensor<4xf32>, %i: tensor<4xi8>, %s: tensor<f32>, %p: tensor<i1>) {
  // CHECK: stablehlo.add %{{.+}}, %{{.+}} : tensor<4xf32>
  %0 = stablehlo.add %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  // CHECK: stablehlo.clamp %{{.+}}, %{{.+}}, %{{.+}} : (tensor<f32>, tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  %1 = stablehlo.clamp %s, %x, %s : (tensor<f32>, tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  // CHECK: stablehlo.compare LT, %{{.+}}, %{{.+}} : (tensor<4xi8>, tensor<4xi8>) -> tensor<4xi1>
  %2 = stablehlo.compare LT, %i, %i : (tensor<4xi8>, tensor<4xi8>) -> tensor<4xi1>
  // CHECK: stablehlo.select %{{.+}}, %{{.+}}, %{{.+}} : tensor<i1>, tensor<4xf32>
  %3 = stablehlo.select %p, %x, %x : (tensor<i1>, tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  // CHECK: stablehlo.uniform_quantize %{{.+}} : (tensor<4xf32>) -> tensor<4x!quant.uniform<i8:f32, 5.000000e-01:3>>
  %4 = stablehlo.uniform_quantize %x : (tensor<4xf32>) -> tensor<4x!quant.uniform<i8:f32, 0.5:3>>
  // CHECK: stablehlo.uniform_dequantize
  %5 = stablehlo.uniform_dequantize %4 : (tensor<4x!quant.uniform<i8:f32, 0.5:3>>) -> tensor<4xf32>
  return
}

// CHECK-LABEL: func @narrow(
func.func @narrow(%a: tensor<4xi2>, %b: tensor<4xi4>, %c: tensor<4xui2>, %d: tensor<4xui4>) {
  // CHECK: stablehlo.constant dense<[0, 1, 2, 3]> : tensor<4xui2>
  %0 = stablehlo.constant dense<[0, 1, 2, 3]> : tensor<4xui2>
  // CHECK: stablehlo.convert %{{.+}} : (tensor<4xui4>) -> tensor<4xi32>
  %1 = stablehlo.convert %d : (tensor<4xui4>) -> tensor<4xi32>
  return
}

// CHECK-LABEL: func @convolutions(
func.func @convolutions(%x: tensor<4x8x9xf32>, %w: tensor<4x2x3xf32>, %y: tensor<2x6xf32>, %v: tensor<6x6xf32>) {
  // CHECK: stablehlo.convolution(%{{.+}}, %{{.+}}) dim_numbers = [f, b, 0]x[o, i, 0]->[0, f, b], window = {pad = {{\[\[}}-1, 2]]} {batch_group_count = 1 : i64, feature_group_count = 2 : i64} :
  %0 = stablehlo.convolution(%x, %w) dim_numbers = [f, b, 0]x[o, i, 0]->[0, f, b], window = {pad = [[-1, 2]]} {batch_group_count = 1 : i64, feature_group_count = 2 : i64} : (tensor<4x8x9xf32>, tensor<4x2x3xf32>) -> tensor<8x4x8xf32>
  // CHECK: stablehlo.convolution(%{{.+}}, %{{.+}}) dim_numbers = [b, f]x[i, o]->[b, f], window = {} {batch_group_count = 2
  %1 = stablehlo.convolution(%y, %v) dim_numbers = [b, f]x[i, o]->[b, f], window = {} {feature_group_count = 1 : i64, batch_group_count = 2 : i64} : (tensor<2x6xf32>, tensor<6x6xf32>) -> tensor<1x6xf32>
  return
}

// A reduction with a body of several ops, and of a body whose op is not applied
// to the arguments in order.

// CHECK-LABEL: func @reductions(
func.func @reductions(%x: tensor<4x8xi32>, %c: tensor<i32>) {
  // CHECK: stablehlo.reduce(%{{.+}} init: %{{.+}}) across dimensions = [0]
  // CHECK-NEXT: reducer(%[[A:.+]]: tensor<i32>, %[[B:.+]]: tensor<i32>)
  // CHECK-NEXT: stablehlo.subtract %[[B]], %[[A]]
  %0 = stablehlo.reduce(%x init: %c) across dimensions = [0] : (tensor<4x8xi32>, tensor<i32>) -> tensor<8xi32>
    reducer(%a: tensor<i32>, %b: tensor<i32>) {
      %d = stablehlo.subtract %b, %a : tensor<i32>
      stablehlo.return %d : tensor<i32>
    }
  // CHECK: stablehlo.reduce(%{{.+}} init: %{{.+}}) applies stablehlo.minimum across dimensions = [0, 1] :
  %1 = stablehlo.reduce(%x init: %c) applies stablehlo.minimum across dimensions = [0, 1] : (tensor<4x8xi32>, tensor<i32>) -> tensor<i32>
  return
}

// Both regions of a loop have the same names for what it carries.

// CHECK-LABEL: func @loops(
func.func @loops(%x: tensor<4xf32>, %n: tensor<i32>) {
  // CHECK: stablehlo.while(%[[I:.+]] = %{{.+}}, %[[Y:.+]] = %{{.+}}) : tensor<i32>, tensor<4xf32> attributes {name = "f"}
  // CHECK-NEXT: cond {
  // CHECK: stablehlo.compare LT, %[[I]], %{{.+}}
  // CHECK: } do {
  // CHECK: stablehlo.negate %[[Y]]
  %0:2 = stablehlo.while(%i = %n, %y = %x) : tensor<i32>, tensor<4xf32> attributes {name = "f"}
  cond {
    %1 = stablehlo.compare LT, %i, %n : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %1 : tensor<i1>
  } do {
    %1 = stablehlo.negate %y : tensor<4xf32>
    stablehlo.return %i, %1 : tensor<i32>, tensor<4xf32>
  }
  return
}

// CHECK-LABEL: func @branches(
func.func @branches(%x: tensor<4xf32>, %n: tensor<i32>, %p: tensor<i1>) {
  // CHECK: "stablehlo.case"(%{{.+}}) ({
  %0 = "stablehlo.case"(%n) ({
    %1 = stablehlo.negate %x : tensor<4xf32>
    stablehlo.return %1 : tensor<4xf32>
  }, {
    stablehlo.return %x : tensor<4xf32>
  }) : (tensor<i32>) -> tensor<4xf32>
  // CHECK: "stablehlo.if"(%{{.+}}) ({
  "stablehlo.if"(%p) ({
    stablehlo.return
  }, {
    stablehlo.return
  }) : (tensor<i1>) -> ()
  return
}

// CHECK-LABEL: func @sorts(
func.func @sorts(%x: tensor<4x8xf32>) {
  // CHECK: "stablehlo.sort"(%{{.+}}) <{dimension = 1 : i64, is_stable = true}> ({
  %0 = "stablehlo.sort"(%x) <{dimension = 1 : i64, is_stable = true}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %1 = stablehlo.compare LT, %a, %b, TOTALORDER : (tensor<f32>, tensor<f32>) -> tensor<i1>
    stablehlo.return %1 : tensor<i1>
  }) : (tensor<4x8xf32>) -> tensor<4x8xf32>
  // CHECK: chlo.top_k(%{{.+}}, k = 3) : tensor<4x8xf32> -> (tensor<4x3xf32>, tensor<4x3xi32>)
  %2:2 = chlo.top_k(%x, k = 3) : tensor<4x8xf32> -> (tensor<4x3xf32>, tensor<4x3xi32>)
  return
}
