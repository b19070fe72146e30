// The width of accumulators: that of the words as long as no count overflows
// it, else 32 bits.

// RUN: bitserial-opt %s --split-input-file --pass-pipeline='builtin.module(bitserial-set-target{cpu=cortex-a53},func.func(bitserial-lower-reduce),canonicalize,cse)' | FileCheck %s

// 2047 words of 16 bits are 32752 bits.

// CHECK-LABEL: func @fits(
// CHECK: %[[P:.+]] = scf.for {{.*}} iter_args(%[[IT:.+]] = %{{.+}}) -> (vector<8xi16>)
// CHECK: %[[C:.+]] = math.ctpop %{{.+}} : vector<8xi16>
// CHECK: arith.addi %[[IT]], %[[C]] : vector<8xi16>
// CHECK: %[[R:.+]] = arith.extsi %[[P]] : vector<8xi16> to vector<8xi32>
// CHECK: arith.addi %{{.+}}, %[[R]] : vector<8xi32>
func.func @fits(%a: tensor<1x1x2047xi16>, %w: tensor<1x2047x1x8xi16>, %acc: tensor<1x8xi32>) -> tensor<1x8xi32> {
  %0 = bitserial.reduce ins(%a, %w : tensor<1x1x2047xi16>, tensor<1x2047x1x8xi16>) outs(%acc : tensor<1x8xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n floordiv 8, k, n mod 8)>,
                       affine_map<(m, n, k) -> (m, n)>] plane_dims = [0, 2] {
  ^bb0(%a0: i1, %w0: i1):
    %x0 = arith.andi %a0, %w0 : i1
    %s0 = arith.extui %x0 : i1 to i32
    bitserial.yield %s0 : i32
  } -> tensor<1x8xi32>
  return %0 : tensor<1x8xi32>
}

// -----

// 2048 words are one bit too many.

// CHECK-LABEL: func @does_not_fit(
// CHECK: scf.for {{.*}} iter_args(%[[IT:.+]] = %{{.+}}) -> (vector<8xi32>)
// CHECK: %[[C:.+]] = math.ctpop %{{.+}} : vector<8xi16>
// CHECK: %[[E:.+]] = arith.extui %[[C]] : vector<8xi16> to vector<8xi32>
// CHECK: arith.addi %[[IT]], %[[E]] : vector<8xi32>
// CHECK-NOT: arith.extsi
func.func @does_not_fit(%a: tensor<1x1x2048xi16>, %w: tensor<1x2048x1x8xi16>, %acc: tensor<1x8xi32>) -> tensor<1x8xi32> {
  %0 = bitserial.reduce ins(%a, %w : tensor<1x1x2048xi16>, tensor<1x2048x1x8xi16>) outs(%acc : tensor<1x8xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n floordiv 8, k, n mod 8)>,
                       affine_map<(m, n, k) -> (m, n)>] plane_dims = [0, 2] {
  ^bb0(%a0: i1, %w0: i1):
    %x0 = arith.andi %a0, %w0 : i1
    %s0 = arith.extui %x0 : i1 to i32
    bitserial.yield %s0 : i32
  } -> tensor<1x8xi32>
  return %0 : tensor<1x8xi32>
}

// -----

// Words across lanes: what one lane sums up counts, not all of them.

// CHECK-LABEL: func @across(
// CHECK: %[[P:.+]] = scf.for %{{.+}} = %c0 to %c240 step %c16 iter_args(%{{.+}} = %{{.+}}) -> (vector<16xi8>)
// CHECK: %[[E:.+]] = arith.extsi %[[P]] : vector<16xi8> to vector<16xi32>
// CHECK: vector.reduction <add>, %[[E]] : vector<16xi32> into i32
func.func @across(%a: tensor<1x240xi8>, %w: tensor<1x240xi8>, %acc: tensor<i32>) -> tensor<i32> {
  %0 = bitserial.reduce ins(%a, %w : tensor<1x240xi8>, tensor<1x240xi8>) outs(%acc : tensor<i32>)
      indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> (k)>, affine_map<(k) -> ()>] plane_dims = [0, 0] {
  ^bb0(%a0: i1, %w0: i1):
    %x0 = arith.andi %a0, %w0 : i1
    %s0 = arith.extui %x0 : i1 to i32
    bitserial.yield %s0 : i32
  } -> tensor<i32>
  return %0 : tensor<i32>
}

// -----

// Horner's rule multiplies: 15 * 8 + 15 * 8 * 2 do not fit 8 bits, though each
// count does. Totals are scaled in 32 bits: there they do.

// CHECK-LABEL: func @weighted(
// CHECK: scf.for {{.*}} -> (vector<16xi32>)
// CHECK: scf.for {{.*}} -> (vector<16xi32>)
func.func @weighted(%a: tensor<2x15xi8>, %w: tensor<1x15x16xi8>, %acc: tensor<16xi32>) -> tensor<16xi32> {
  %0 = bitserial.reduce ins(%a, %w : tensor<2x15xi8>, tensor<1x15x16xi8>) outs(%acc : tensor<16xi32>)
      indexing_maps = [affine_map<(n, k) -> (k)>, affine_map<(n, k) -> (k, n)>, affine_map<(n, k) -> (n)>] plane_dims = [0, 0] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %c2 = arith.constant 2 : i32
    %c3 = arith.constant 1 : i32
    %x0 = arith.andi %a0, %w0 : i1
    %x1 = arith.andi %a1, %w0 : i1
    %s0 = arith.extui %x0 : i1 to i32
    %s1 = arith.extui %x1 : i1 to i32
    %t0 = arith.muli %s0, %c3 : i32
    %t1 = arith.muli %s1, %c2 : i32
    %t = arith.addi %t0, %t1 : i32
    bitserial.yield %t : i32
  } -> tensor<16xi32>
  return %0 : tensor<16xi32>
}

// -----

// CHECK-LABEL: func @totals(
// CHECK: scf.for {{.*}} -> (vector<16xi8>)
// CHECK: arith.extsi %{{.+}} : vector<16xi8> to vector<16xi32>
// CHECK: arith.muli %{{.+}}, %{{.+}} : vector<16xi32>
// CHECK: scf.for {{.*}} -> (vector<16xi8>)
// CHECK: arith.extsi %{{.+}} : vector<16xi8> to vector<16xi32>
func.func @totals(%a: tensor<2x15xi8>, %w: tensor<1x15x16xi8>, %acc: tensor<16xi32>) -> tensor<16xi32> {
  %0 = bitserial.reduce ins(%a, %w : tensor<2x15xi8>, tensor<1x15x16xi8>) outs(%acc : tensor<16xi32>)
      indexing_maps = [affine_map<(n, k) -> (k)>, affine_map<(n, k) -> (k, n)>, affine_map<(n, k) -> (n)>] plane_dims = [0, 0] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %c2 = arith.constant 2 : i32
    %c3 = arith.constant 3 : i32
    %x0 = arith.andi %a0, %w0 : i1
    %x1 = arith.andi %a1, %w0 : i1
    %s0 = arith.extui %x0 : i1 to i32
    %s1 = arith.extui %x1 : i1 to i32
    %t0 = arith.muli %s0, %c3 : i32
    %t1 = arith.muli %s1, %c2 : i32
    %t = arith.addi %t0, %t1 : i32
    bitserial.yield %t : i32
  } -> tensor<16xi32>
  return %0 : tensor<16xi32>
}

// -----

// Words of 64 bits are counted in lanes of 64 and truncated.

// CHECK-LABEL: func @wide(
// CHECK: %[[P:.+]] = scf.for {{.*}} -> (vector<2xi64>)
// CHECK: arith.trunci %[[P]] : vector<2xi64> to vector<2xi32>
func.func @wide(%a: tensor<1x1x9xi64>, %w: tensor<1x9x1x2xi64>, %acc: tensor<1x2xi32>) -> tensor<1x2xi32> {
  %0 = bitserial.reduce ins(%a, %w : tensor<1x1x9xi64>, tensor<1x9x1x2xi64>) outs(%acc : tensor<1x2xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n floordiv 2, k, n mod 2)>,
                       affine_map<(m, n, k) -> (m, n)>] plane_dims = [0, 2] {
  ^bb0(%a0: i1, %w0: i1):
    %x0 = arith.andi %a0, %w0 : i1
    %s0 = arith.extui %x0 : i1 to i32
    bitserial.yield %s0 : i32
  } -> tensor<1x2xi32>
  return %0 : tensor<1x2xi32>
}
