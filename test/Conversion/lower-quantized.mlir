// RUN: bitserial-opt %s --bitserial-lower-quantized -split-input-file -verify-diagnostics | FileCheck %s

// The zero point of the weights is subtracted at compile time; scales are
// multiplied once, per channel.
// CHECK-LABEL: func.func @dot
// CHECK-SAME: %[[X:.+]]: tensor<2x3xui8>) -> tensor<2x2xi8>
func.func @dot(%x: tensor<2x3x!quant.uniform<u8<0:3>:f32, 0.5:1>>)
    -> tensor<2x2x!quant.uniform<i8:f32, 2.0:-4>> {
  // CHECK-DAG: %[[LOW:.+]] = stablehlo.constant dense<0> : tensor<ui8>
  // CHECK-DAG: %[[HIGH:.+]] = stablehlo.constant dense<3> : tensor<ui8>
  // CHECK: %[[LIMITED:.+]] = stablehlo.clamp %[[LOW]], %[[X]], %[[HIGH]]
  %w = stablehlo.constant() <{value = dense<[[1, 4], [2, 5], [3, 6]]> : tensor<3x2xi8>}>
      : () -> tensor<3x2x!quant.uniform<i8:f32:1, {0.25:1, 0.125:4}>>
  // CHECK: %[[WIDE:.+]] = stablehlo.convert %[[LIMITED]] : (tensor<2x3xui8>) -> tensor<2x3xi8>
  // CHECK: %[[A:.+]] = stablehlo.subtract %[[WIDE]]
  // CHECK: %[[B:.+]] = stablehlo.constant dense<{{\[}}[0, 0], [1, 1], [2, 2]]> : tensor<3x2xi8>
  // CHECK: %[[SUMS:.+]] = stablehlo.dot_general %[[A]], %[[B]], contracting_dims = [1] x [0] : (tensor<2x3xi8>, tensor<3x2xi8>) -> tensor<2x2xi32>
  // CHECK: %[[FLOATS:.+]] = stablehlo.convert %[[SUMS]]
  // CHECK: %[[SCALES:.+]] = stablehlo.constant dense<[1.250000e-01, 6.250000e-02]>
  // CHECK: %[[EACH:.+]] = stablehlo.broadcast_in_dim %[[SCALES]], dims = [1]
  // CHECK: stablehlo.multiply %[[FLOATS]], %[[EACH]]
  // CHECK: stablehlo.divide
  // CHECK: stablehlo.add
  // CHECK: stablehlo.clamp
  // CHECK: stablehlo.round_nearest_even
  // CHECK: stablehlo.convert %{{.+}} : (tensor<2x2xf32>) -> tensor<2x2xi8>
  %r = stablehlo.dot_general %x, %w, contracting_dims = [1] x [0]
      : (tensor<2x3x!quant.uniform<u8<0:3>:f32, 0.5:1>>, tensor<3x2x!quant.uniform<i8:f32:1, {0.25:1, 0.125:4}>>)
      -> tensor<2x2x!quant.uniform<i8:f32, 2.0:-4>>
  return %r : tensor<2x2x!quant.uniform<i8:f32, 2.0:-4>>
}

// -----

// Sums that may exceed 32 bits.
// CHECK-LABEL: func.func @wide
// CHECK: stablehlo.dot_general {{.*}} -> tensor<1x1xi64>
func.func @wide(%x: tensor<1x4x!quant.uniform<i16:f32, 0.5>>, %y: tensor<4x1x!quant.uniform<i16:f32, 0.5>>)
    -> tensor<1x1x!quant.uniform<i16:f32, 2.0>> {
  %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0]
      : (tensor<1x4x!quant.uniform<i16:f32, 0.5>>, tensor<4x1x!quant.uniform<i16:f32, 0.5>>) -> tensor<1x1x!quant.uniform<i16:f32, 2.0>>
  return %r : tensor<1x1x!quant.uniform<i16:f32, 2.0>>
}

// -----

// Maxima of one type are those of integers; not where half precision is too
// little to tell them apart.
// CHECK-LABEL: func.func @maximum
// CHECK: stablehlo.maximum %arg0, %arg0 : tensor<4xi8>
// CHECK: stablehlo.maximum %{{.+}}, %{{.+}} : tensor<4xbf16>
func.func @maximum(%x: tensor<4x!quant.uniform<i8:f32, 0.5>>, %y: tensor<4x!quant.uniform<i8:bf16, 0.5>>)
    -> (tensor<4x!quant.uniform<i8:f32, 0.5>>, tensor<4x!quant.uniform<i8:bf16, 0.5>>) {
  %0 = stablehlo.maximum %x, %x : tensor<4x!quant.uniform<i8:f32, 0.5>>
  %1 = stablehlo.maximum %y, %y : tensor<4x!quant.uniform<i8:bf16, 0.5>>
  return %0, %1 : tensor<4x!quant.uniform<i8:f32, 0.5>>, tensor<4x!quant.uniform<i8:bf16, 0.5>>
}

// -----

// Through calls.
// CHECK-LABEL: func.func @caller
// CHECK: call @callee(%arg0) : (tensor<4xi8>) -> tensor<4xi8>
func.func @caller(%x: tensor<4x!quant.uniform<i8:f32, 0.5>>) -> tensor<4x!quant.uniform<i8:f32, 0.5>> {
  %0 = call @callee(%x) : (tensor<4x!quant.uniform<i8:f32, 0.5>>) -> tensor<4x!quant.uniform<i8:f32, 0.5>>
  return %0 : tensor<4x!quant.uniform<i8:f32, 0.5>>
}
// CHECK: func.func private @callee(%arg0: tensor<4xi8>) -> tensor<4xi8>
func.func private @callee(%x: tensor<4x!quant.uniform<i8:f32, 0.5>>) -> tensor<4x!quant.uniform<i8:f32, 0.5>> {
  %0 = stablehlo.abs %x : tensor<4x!quant.uniform<i8:f32, 0.5>>
  return %0 : tensor<4x!quant.uniform<i8:f32, 0.5>>
}

// -----

// CHECK-LABEL: func.func @tosa
// CHECK-SAME: %[[X:.+]]: tensor<4xi8>) -> tensor<4xi8>
// CHECK: %[[LIMITED:.+]] = tosa.clamp %[[X]] {max_val = 3 : i8, min_val = -1 : i8}
// CHECK: %[[SAME:.+]] = tosa.identity %[[LIMITED]]
// CHECK: return %[[SAME]]
func.func @tosa(%x: tensor<4x!quant.uniform<i8<-1:3>:f32, 0.5>>) -> tensor<4x!quant.uniform<i8<-1:3>:f32, 0.5>> {
  %0 = tosa.identity %x : (tensor<4x!quant.uniform<i8<-1:3>:f32, 0.5>>) -> tensor<4x!quant.uniform<i8<-1:3>:f32, 0.5>>
  return %0 : tensor<4x!quant.uniform<i8<-1:3>:f32, 0.5>>
}

// -----

func.func @subchannel(%x: tensor<2x!quant.uniform<i8:f32:{0:1}, {0.5, 0.25}>>) {
  // expected-error@-1 {{is not supported: expected !quant.uniform with a scale per tensor or per index of a dimension}}
  return
}
