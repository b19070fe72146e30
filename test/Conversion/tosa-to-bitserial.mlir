// RUN: bitserial-opt %s --bitserial-convert-tosa --canonicalize | FileCheck %s

// Zero points of both operands, a bias per channel, strides, dilations, padding
// in TOSA's order: top, bottom, left, right.

// CHECK-DAG: #[[LHS:.+]] = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1 * 2 + d4, d2 + d5 * 3, d6)>
// CHECK-DAG: #[[RHS:.+]] = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d3, d4, d5, d6)>
// CHECK-DAG: #[[OUT:.+]] = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1, d2, d3)>
// CHECK-DAG: #[[DEPTHWISE_LHS:.+]] = affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d1 + d3, d2 + d4, d5)>
// CHECK-DAG: #[[DEPTHWISE_RHS:.+]] = affine_map<(d0, d1, d2, d3, d4, d5) -> (d3, d4, d5)>
// CHECK-DAG: #[[DEPTHWISE_OUT:.+]] = affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d1, d2, d5)>
// CHECK-DAG: #[[FILTERS_LHS:.+]] = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1 + d3, d2 + d4, d5)>
// CHECK-DAG: #[[FILTERS_OUT:.+]] = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1, d2, d5, d6)>

// CHECK-LABEL: func @conv2d(
// CHECK-SAME:    %[[X:.+]]: tensor<1x9x8x16xi8>, %[[BIAS:.+]]: tensor<2xi32>
func.func @conv2d(%x: tensor<1x9x8x16xi8>, %bias: tensor<2xi32>) -> tensor<1x4x6x2xi32> {
  // CHECK-DAG: %[[ZERO_POINT:.+]] = arith.constant dense<-10> : tensor<1x9x8x16xi8>
  // CHECK-DAG: %[[W:.+]] = bitserial.constant dense<1> : tensor<2x3x2x16xi8> to tensor<2x3x2x16x!bitserial.int<1, unsigned>>
  // CHECK: %[[FEW:.+]] = tosa.clamp %[[X]]
  // CHECK: %[[VALUES:.+]] = arith.subi %[[FEW]], %[[ZERO_POINT]]
  // CHECK: %[[A:.+]] = bitserial.encode %[[VALUES]] : tensor<1x9x8x16xi8> to tensor<1x9x8x16x!bitserial.int<2, signed>>
  // CHECK: %[[SUMS:.+]] = bitserial.contract %[[A]], %[[W]]
  // CHECK-SAME: indexing_maps = [#[[LHS]], #[[RHS]], #[[OUT]]]
  // CHECK-SAME: pad_low = [0, 0, 1, 0] pad_high = [0, 0, 0, 0]
  // CHECK: %[[BIASES:.+]] = linalg.broadcast ins(%[[BIAS]] : tensor<2xi32>) outs(%{{.+}} : tensor<1x4x6x2xi32>) dimensions = [0, 1, 2]
  // CHECK: %[[RESULT:.+]] = arith.addi %[[SUMS]], %[[BIASES]]
  // CHECK: return %[[RESULT]]
  %few = tosa.clamp %x {min_val = -12 : i8, max_val = -9 : i8} : (tensor<1x9x8x16xi8>) -> tensor<1x9x8x16xi8>
  %w = "tosa.const"() <{values = dense<4> : tensor<2x3x2x16xi8>}> : () -> tensor<2x3x2x16xi8>
  %xz = "tosa.const"() <{values = dense<-10> : tensor<1xi8>}> : () -> tensor<1xi8>
  %wz = "tosa.const"() <{values = dense<3> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.conv2d %few, %w, %bias, %xz, %wz {acc_type = i32, pad = array<i64: 0, 0, 1, 0>, stride = array<i64: 2, 1>, dilation = array<i64: 1, 3>} : (tensor<1x9x8x16xi8>, tensor<2x3x2x16xi8>, tensor<2xi32>, tensor<1xi8>, tensor<1xi8>) -> tensor<1x4x6x2xi32>
  return %0 : tensor<1x4x6x2xi32>
}

// One filter per channel needs no reshape of the result.

// CHECK-LABEL: func @depthwise(
func.func @depthwise(%x: tensor<1x6x6x8xi8>) -> tensor<1x6x6x8xi32> {
  // CHECK: %[[W:.+]] = bitserial.constant {{.+}} to tensor<3x3x8x!bitserial.int<1, signed>>
  // CHECK: %[[SUMS:.+]] = bitserial.contract %{{.+}}, %[[W]]
  // CHECK-SAME: indexing_maps = [#[[DEPTHWISE_LHS]], #[[DEPTHWISE_RHS]], #[[DEPTHWISE_OUT]]]
  // CHECK-SAME: pad_low = [0, 1, 1, 0] pad_high = [0, 1, 1, 0]
  // CHECK: return %[[SUMS]] : tensor<1x6x6x8xi32>
  %few = tosa.clamp %x {min_val = 0 : i8, max_val = 3 : i8} : (tensor<1x6x6x8xi8>) -> tensor<1x6x6x8xi8>
  %w = "tosa.const"() <{values = dense<-1> : tensor<3x3x8x1xi8>}> : () -> tensor<3x3x8x1xi8>
  %bias = "tosa.const"() <{values = dense<0> : tensor<1xi32>}> : () -> tensor<1xi32>
  %z = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.depthwise_conv2d %few, %w, %bias, %z, %z {acc_type = i32, pad = array<i64: 1, 1, 1, 1>, stride = array<i64: 1, 1>, dilation = array<i64: 1, 1>} : (tensor<1x6x6x8xi8>, tensor<3x3x8x1xi8>, tensor<1xi32>, tensor<1xi8>, tensor<1xi8>) -> tensor<1x6x6x8xi32>
  return %0 : tensor<1x6x6x8xi32>
}

// Several filters per channel do, behind the bias.

// CHECK-LABEL: func @depthwise_filters(
// CHECK-SAME:    %[[X:.+]]: tensor<1x6x6x8xi8>, %[[BIAS:.+]]: tensor<16xi32>
func.func @depthwise_filters(%x: tensor<1x6x6x8xi8>, %bias: tensor<16xi32>) -> tensor<1x4x4x16xi32> {
  // CHECK: %[[SUMS:.+]] = bitserial.contract
  // CHECK-SAME: indexing_maps = [#[[FILTERS_LHS]], #[[RHS]], #[[FILTERS_OUT]]]
  // CHECK-SAME: -> tensor<1x4x4x8x2xi32>
  // CHECK: %[[SPLIT:.+]] = tensor.expand_shape %[[BIAS]] {{\[}}[0, 1]] output_shape [8, 2]
  // CHECK: %[[BIASES:.+]] = linalg.broadcast ins(%[[SPLIT]] : tensor<8x2xi32>)
  // CHECK: %[[SUM:.+]] = arith.addi %[[SUMS]], %[[BIASES]]
  // CHECK: %[[RESULT:.+]] = tensor.collapse_shape %[[SUM]] {{\[}}[0], [1], [2], [3, 4]]
  // CHECK: return %[[RESULT]]
  %few = tosa.clamp %x {min_val = 0 : i8, max_val = 3 : i8} : (tensor<1x6x6x8xi8>) -> tensor<1x6x6x8xi8>
  %w = "tosa.const"() <{values = dense<-1> : tensor<3x3x8x2xi8>}> : () -> tensor<3x3x8x2xi8>
  %z = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.depthwise_conv2d %few, %w, %bias, %z, %z {acc_type = i32, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, dilation = array<i64: 1, 1>} : (tensor<1x6x6x8xi8>, tensor<3x3x8x2xi8>, tensor<16xi32>, tensor<1xi8>, tensor<1xi8>) -> tensor<1x4x4x16xi32>
  return %0 : tensor<1x4x4x16xi32>
}

// Neither operand is a constant. Sums of i16 numbers have 48 bits.

// CHECK-LABEL: func @matmul(
func.func @matmul(%a: tensor<2x3x4xi16>, %b: tensor<2x4x5xi16>) -> tensor<2x3x5xi48> {
  // CHECK: bitserial.encode %{{.+}} : tensor<2x3x4xi16> to tensor<2x3x4x!bitserial.int<1, unsigned>>
  // CHECK: bitserial.encode %{{.+}} : tensor<2x4x5xi16> to tensor<2x4x5x!bitserial.int<2, unsigned>>
  // CHECK: %[[SUMS:.+]] = bitserial.contract
  // CHECK-SAME: -> tensor<2x3x5xi32>
  // CHECK: %[[RESULT:.+]] = arith.extsi %[[SUMS]] : tensor<2x3x5xi32> to tensor<2x3x5xi48>
  // CHECK: return %[[RESULT]]
  %few_a = tosa.clamp %a {min_val = 0 : i16, max_val = 1 : i16} : (tensor<2x3x4xi16>) -> tensor<2x3x4xi16>
  %few_b = tosa.clamp %b {min_val = 0 : i16, max_val = 3 : i16} : (tensor<2x4x5xi16>) -> tensor<2x4x5xi16>
  %z = "tosa.const"() <{values = dense<0> : tensor<1xi16>}> : () -> tensor<1xi16>
  %0 = tosa.matmul %few_a, %few_b, %z, %z : (tensor<2x3x4xi16>, tensor<2x4x5xi16>, tensor<1xi16>, tensor<1xi16>) -> tensor<2x3x5xi48>
  return %0 : tensor<2x3x5xi48>
}

// A common factor of all values is taken out of the operands and put back into
// the sums. The division needs the number, not its residue modulo 2^8.

// CHECK-LABEL: func @factor(
func.func @factor(%c: tensor<1x2x4xi1>) -> tensor<1x2x2xi32> {
  // CHECK-DAG: %[[FIVE:.+]] = arith.constant dense<5> : tensor<1x2x4xi16>
  // CHECK-DAG: %[[THIRTY:.+]] = arith.constant dense<30> : tensor<1x2x2xi32>
  // CHECK-DAG: %[[W:.+]] = bitserial.constant dense<{{\[\[\[}}-1, 1], [1, 0], [0, 1], [1, 1]]]> : tensor<1x4x2xi8> to tensor<1x4x2x!bitserial.int<2, ternary>>
  // CHECK: %[[WIDE:.+]] = arith.extsi %{{.+}} : tensor<1x2x4xi8> to tensor<1x2x4xi16>
  // CHECK: %[[SIGNS:.+]] = arith.divsi %[[WIDE]], %[[FIVE]]
  // CHECK: bitserial.encode %[[SIGNS]] : tensor<1x2x4xi16> to tensor<1x2x4x!bitserial.int<1, bipolar>>
  // CHECK: %[[SUMS:.+]] = bitserial.contract
  // CHECK: arith.muli %[[SUMS]], %[[THIRTY]]
  %plus = "tosa.const"() <{values = dense<5> : tensor<1x2x4xi8>}> : () -> tensor<1x2x4xi8>
  %minus = "tosa.const"() <{values = dense<-5> : tensor<1x2x4xi8>}> : () -> tensor<1x2x4xi8>
  %x = tosa.select %c, %plus, %minus : (tensor<1x2x4xi1>, tensor<1x2x4xi8>, tensor<1x2x4xi8>) -> tensor<1x2x4xi8>
  %w = "tosa.const"() <{values = dense<[[[-6, 6], [6, 0], [0, 6], [6, 6]]]> : tensor<1x4x2xi8>}> : () -> tensor<1x4x2xi8>
  %z = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %0 = tosa.matmul %x, %w, %z, %z : (tensor<1x2x4xi8>, tensor<1x4x2xi8>, tensor<1xi8>, tensor<1xi8>) -> tensor<1x2x2xi32>
  return %0 : tensor<1x2x2xi32>
}
