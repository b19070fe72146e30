// Accumulators, passes over the reductions and what is done between them.

// RUN: bitserial-opt %s --split-input-file --pass-pipeline='builtin.module(bitserial-set-target{cpu=icelake-server},func.func(bitserial-lower-reduce),canonicalize,cse)' | FileCheck %s --implicit-check-not=mask --implicit-check-not=bitserial.reduce

// Planes of powers of two, the sign bit of the weights negative: one set of
// accumulators, one-dimensional vectors in registers, doubled in between. The
// largest coefficient comes first (-4, 2, -2, 1).

// CHECK-LABEL: func @horner(
// CHECK-SAME: %[[A:[^:]+]]: tensor<2x2x18xi32>, %[[W:[^:]+]]: tensor<1x18x2x32xi32>, %[[ACC:[^:]+]]: tensor<2x32xi32>
// CHECK-DAG: %[[ONE:.+]] = arith.constant dense<1> : vector<16xi32>
// CHECK-DAG: %[[ZERO:.+]] = arith.constant dense<0> : vector<16xi32>
// CHECK: %[[P0:.+]]:4 = scf.for %[[K:.+]] = %c0 to %c18 step %c1 iter_args(%[[I0:.+]] = %[[ZERO]], %[[I1:.+]] = %[[ZERO]], %[[I2:.+]] = %[[ZERO]], %[[I3:.+]] = %[[ZERO]]) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>)
// Weights once for all rows, then row by row.
// CHECK-DAG: %[[W0:.+]] = vector.transfer_read %[[W]][%c0, %[[K]], %c1, %c0], {{.*}} {in_bounds = [true]}
// CHECK-DAG: %[[W1:.+]] = vector.transfer_read %[[W]][%c0, %[[K]], %c1, %c16], {{.*}} {in_bounds = [true]}
// CHECK: %[[A0:.+]] = tensor.extract %[[A]][%c1, %c0, %[[K]]]
// CHECK: %[[B0:.+]] = vector.broadcast %[[A0]] : i32 to vector<16xi32>
// CHECK: %[[X00:.+]] = arith.andi %[[B0]], %[[W0]]
// CHECK: %[[C00:.+]] = math.ctpop %[[X00]]
// CHECK: %[[S00:.+]] = arith.subi %[[I0]], %[[C00]]
// CHECK: %[[X01:.+]] = arith.andi %[[B0]], %[[W1]]
// CHECK: %[[C01:.+]] = math.ctpop %[[X01]]
// CHECK: %[[S01:.+]] = arith.subi %[[I1]], %[[C01]]
// CHECK-NOT: transfer_read
// CHECK: %[[A1:.+]] = tensor.extract %[[A]][%c1, %c1, %[[K]]]
// CHECK: scf.yield %[[S00]], %[[S01]], %{{.+}}, %{{.+}} :
// CHECK: %[[D0:.+]] = arith.shli %[[P0]]#0, %[[ONE]]
// CHECK: scf.for {{.*}} iter_args(%{{.+}} = %[[D0]],
// CHECK: vector.transfer_read %[[W]][%c0, %{{.+}}, %c0, %c0]
// CHECK: tensor.extract %[[A]][%c1, %c0,
// CHECK: arith.addi
// CHECK: %[[P2:.+]]:4 = scf.for
// CHECK: vector.transfer_read %[[W]][%c0, %{{.+}}, %c1, %c0]
// CHECK: tensor.extract %[[A]][%c0, %c0,
// CHECK: arith.subi
// CHECK: %[[D2:.+]] = arith.shli %[[P2]]#0, %[[ONE]]
// CHECK: %[[P3:.+]]:4 = scf.for {{.*}} iter_args(%{{.+}} = %[[D2]],
// CHECK: arith.addi
// Added to the destination.
// CHECK: %[[OLD:.+]] = vector.transfer_read %[[ACC]][%c0, %c0]
// CHECK: %[[NEW:.+]] = arith.addi %[[OLD]], %[[P3]]#0
// CHECK: %[[R0:.+]] = vector.transfer_write %[[NEW]], %[[ACC]][%c0, %c0]
// CHECK: vector.transfer_write %{{.+}}, %[[R0]][%c0, %c16]
func.func @horner(%a: tensor<2x2x18xi32>, %w: tensor<1x18x2x32xi32>, %acc: tensor<2x32xi32>) -> tensor<2x32xi32> {
  %0 = bitserial.reduce ins(%a, %w : tensor<2x2x18xi32>, tensor<1x18x2x32xi32>) outs(%acc : tensor<2x32xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n floordiv 32, k, n mod 32)>,
                       affine_map<(m, n, k) -> (m, n)>] plane_dims = [0, 2] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1, %w1: i1):
    %c2 = arith.constant 2 : i32
    %c-2 = arith.constant -2 : i32
    %c-4 = arith.constant -4 : i32
    %x00 = arith.andi %a0, %w0 : i1
    %x01 = arith.andi %a0, %w1 : i1
    %x10 = arith.andi %a1, %w0 : i1
    %x11 = arith.andi %a1, %w1 : i1
    %s00 = arith.extui %x00 : i1 to i32
    %s01 = arith.extui %x01 : i1 to i32
    %s10 = arith.extui %x10 : i1 to i32
    %s11 = arith.extui %x11 : i1 to i32
    %t01 = arith.muli %s01, %c-2 : i32
    %t10 = arith.muli %s10, %c2 : i32
    %t11 = arith.muli %s11, %c-4 : i32
    %u0 = arith.addi %s00, %t01 : i32
    %u1 = arith.addi %t10, %t11 : i32
    %u = arith.addi %u0, %u1 : i32
    bitserial.yield %u : i32
  } -> tensor<2x32xi32>
  return %0 : tensor<2x32xi32>
}

// -----

// Coefficients of which one does not divide the next, as those of a ternary
// number of four bits times an unsigned one (6, 3, 2, 1): every pass starts
// from zero, and its scaled counts are added to a total.

// CHECK-LABEL: func @totals(
// CHECK-DAG: %[[ZERO:.+]] = arith.constant dense<0> : vector<16xi32>
// CHECK-DAG: %[[THREE:.+]] = arith.constant dense<3> : vector<16xi32>
// CHECK-DAG: %[[ONE:.+]] = arith.constant dense<1> : vector<16xi32>
// CHECK: %[[P0:.+]] = scf.for {{.*}} iter_args(%{{.+}} = %[[ZERO]]) -> (vector<16xi32>)
// CHECK: arith.subi
// CHECK: %[[T0:.+]] = arith.muli %[[P0]], %[[THREE]]
// CHECK: %[[P1:.+]] = scf.for {{.*}} iter_args(%{{.+}} = %[[ZERO]]) -> (vector<16xi32>)
// CHECK: arith.addi
// CHECK: %[[T1:.+]] = arith.shli %[[P1]], %[[ONE]]
// CHECK: %[[T:.+]] = arith.addi %[[T0]], %[[T1]]
// CHECK: arith.addi %{{.+}}, %[[T]]
func.func @totals(%a: tensor<2x1x18xi32>, %w: tensor<1x18x1x16xi32>, %acc: tensor<1x16xi32>) -> tensor<1x16xi32> {
  %0 = bitserial.reduce ins(%a, %w : tensor<2x1x18xi32>, tensor<1x18x1x16xi32>) outs(%acc : tensor<1x16xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n floordiv 16, k, n mod 16)>,
                       affine_map<(m, n, k) -> (m, n)>] plane_dims = [0, 2] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %c2 = arith.constant 2 : i32
    %c-3 = arith.constant -3 : i32
    %x0 = arith.andi %a0, %w0 : i1
    %x1 = arith.andi %a1, %w0 : i1
    %s0 = arith.extui %x0 : i1 to i32
    %s1 = arith.extui %x1 : i1 to i32
    %t0 = arith.muli %s0, %c2 : i32
    %t1 = arith.muli %s1, %c-3 : i32
    %t = arith.addi %t0, %t1 : i32
    bitserial.yield %t : i32
  } -> tensor<1x16xi32>
  return %0 : tensor<1x16xi32>
}

// -----

// Any polynomial over any inputs: (a ^ b) & w is aw + bw - 2abw. Reductions are
// nested; a coefficient that all share is applied last, to 32-bit results.

// CHECK-LABEL: func @polynomial(
// CHECK-DAG: %[[FIVE:.+]] = arith.constant dense<5> : vector<16xi32>
// CHECK: scf.for %{{.+}} = %c0 to %c3
// CHECK-NEXT: scf.for %{{.+}} = %c0 to %c5
// CHECK: %[[AB:.+]] = arith.andi
// CHECK: %[[ABW:.+]] = arith.andi %[[AB]],
// CHECK: math.ctpop %[[ABW]]
// CHECK: arith.subi
// CHECK: arith.shli
// CHECK: scf.for %{{.+}} = %c0 to %c3
// CHECK: %[[LAST:.+]] = scf.for %{{.+}} = %c0 to %c3
// CHECK: arith.muli %[[LAST]], %[[FIVE]]
func.func @polynomial(%a: tensor<1x3x5xi32>, %b: tensor<1x3x5xi32>, %w: tensor<1x3x5x16xi32>, %acc: tensor<16xi32>) -> tensor<16xi32> {
  %0 = bitserial.reduce ins(%a, %b, %w : tensor<1x3x5xi32>, tensor<1x3x5xi32>, tensor<1x3x5x16xi32>) outs(%acc : tensor<16xi32>)
      indexing_maps = [affine_map<(n, t, k) -> (t, k)>, affine_map<(n, t, k) -> (t, k)>, affine_map<(n, t, k) -> (t, k, n)>,
                       affine_map<(n, t, k) -> (n)>] plane_dims = [0, 0, 0] {
  ^bb0(%a0: i1, %b0: i1, %w0: i1):
    %c5 = arith.constant 5 : i32
    %x = arith.xori %a0, %b0 : i1
    %y = arith.andi %x, %w0 : i1
    %s = arith.extui %y : i1 to i32
    %t = arith.muli %s, %c5 : i32
    bitserial.yield %t : i32
  } -> tensor<16xi32>
  return %0 : tensor<16xi32>
}

// -----

// Nothing to count.

// CHECK-LABEL: func @nothing(
// CHECK-NOT: ctpop
// CHECK: return
func.func @nothing(%a: tensor<1x8xi32>, %acc: tensor<i32>) -> tensor<i32> {
  %0 = bitserial.reduce ins(%a : tensor<1x8xi32>) outs(%acc : tensor<i32>)
      indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> ()>] plane_dims = [0] {
  ^bb0(%a0: i1):
    %0 = arith.constant 0 : i32
    bitserial.yield %0 : i32
  } -> tensor<i32>
  return %0 : tensor<i32>
}
