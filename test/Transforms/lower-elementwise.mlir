// Elementwise ops beside reductions: computed where a micro-tile uses them, by
// vectors of their own else.

// RUN: bitserial-opt %s --split-input-file --pass-pipeline='builtin.module(bitserial-set-target{cpu=haswell},func.func(bitserial-lower-reduce),canonicalize,cse)' | FileCheck %s --implicit-check-not=mask

// What initialises the destination is computed on the accumulators: no tensor of
// it is made. A term per row is one for all lanes.

// CHECK-LABEL: func @init(
// CHECK-SAME: %{{[^:]+}}: {{.*}}, %{{[^:]+}}: {{.*}}, %[[ROWS:[^:]+]]: tensor<2xi32>, %[[COLUMNS:[^:]+]]: tensor<4xi32>, %[[OUT:[^:]+]]: tensor<2x4xi32>
// CHECK-NOT: transfer_write
// CHECK: %[[P:.+]]:2 = scf.for
// CHECK: %[[ROW:.+]] = tensor.extract %[[ROWS]][%c0]
// CHECK: %[[COLUMN:.+]] = vector.transfer_read %[[COLUMNS]][%c0]
// CHECK: %[[B:.+]] = vector.broadcast %[[ROW]] : i32 to vector<4xi32>
// CHECK: %[[INIT:.+]] = arith.subi %[[COLUMN]], %[[B]]
// CHECK: %[[SUM:.+]] = arith.addi %[[INIT]], %{{.+}}
// CHECK: vector.transfer_write %[[SUM]], %[[OUT]][%c0, %c0]
func.func @init(%a: tensor<1x2x18xi64>, %w: tensor<1x18x1x4xi64>, %rows: tensor<2xi32>, %columns: tensor<4xi32>, %out: tensor<2x4xi32>) -> tensor<2x4xi32> {
  %init = linalg.generic {indexing_maps = [affine_map<(m, n) -> (m)>, affine_map<(m, n) -> (n)>, affine_map<(m, n) -> (m, n)>], iterator_types = ["parallel", "parallel"]}
      ins(%rows, %columns : tensor<2xi32>, tensor<4xi32>) outs(%out : tensor<2x4xi32>) {
  ^bb0(%r: i32, %c: i32, %o: i32):
    %s = arith.subi %c, %r : i32
    linalg.yield %s : i32
  } -> tensor<2x4xi32>
  %0 = bitserial.reduce ins(%a, %w : tensor<1x2x18xi64>, tensor<1x18x1x4xi64>) outs(%init : tensor<2x4xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n floordiv 4, k, n mod 4)>,
                       affine_map<(m, n, k) -> (m, n)>] plane_dims = [0, 2] {
  ^bb0(%a0: i1, %w0: i1):
    %x0 = arith.andi %a0, %w0 : i1
    %s0 = arith.extui %x0 : i1 to i32
    bitserial.yield %s0 : i32
  } -> tensor<2x4xi32>
  return %0 : tensor<2x4xi32>
}

// -----

// By vectors along the last dimension, the rest of it as a shorter one.

// CHECK-LABEL: func @alone(
// CHECK: scf.for %[[I:.+]] = %c0 to %c3 step %c1
// CHECK: scf.for %[[J:.+]] = %c0 to %c16 step %c8
// CHECK: vector.transfer_read %{{.+}}[%[[I]], %[[J]]], {{.*}} {in_bounds = [true]} : tensor<3x20xi32>, vector<8xi32>
// CHECK: math.ctpop %{{.+}} : vector<8xi32>
// CHECK: vector.transfer_write
// CHECK: vector.transfer_read %{{.+}}[%[[I]], %c16], {{.*}} {in_bounds = [true]} : tensor<3x20xi32>, vector<4xi32>
// CHECK: vector.transfer_write %{{.+}}[%[[I]], %c16] {in_bounds = [true]} : vector<4xi32>
func.func @alone(%a: tensor<3x20xi32>) -> tensor<3x20xi32> {
  %e = tensor.empty() : tensor<3x20xi32>
  %0 = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>], iterator_types = ["parallel", "parallel"]}
      ins(%a : tensor<3x20xi32>) outs(%e : tensor<3x20xi32>) {
  ^bb0(%in: i32, %out: i32):
    %c = math.ctpop %in : i32
    linalg.yield %c : i32
  } -> tensor<3x20xi32>
  return %0 : tensor<3x20xi32>
}

// -----

// A last dimension too short for vectors: all of them at once, if there are no
// gaps in memory.

// CHECK-LABEL: func @short_rows(
// CHECK-SAME: %[[A:[^:]+]]: tensor<2x12x1xi32>
// CHECK: %[[S:.+]] = tensor.extract_slice %[[A]][1, 0, 0] [1, 12, 1]
// CHECK: %[[C:.+]] = tensor.collapse_shape %[[S]] {{\[}}[0, 1]] : tensor<12x1xi32> into tensor<12xi32>
// CHECK: vector.transfer_read %[[C]]{{.*}} vector<8xi32>
// CHECK: vector.transfer_read %[[C]]{{.*}} vector<4xi32>
// CHECK: tensor.expand_shape %{{.+}} {{\[}}[0, 1]] output_shape [12, 1]
func.func @short_rows(%a: tensor<2x12x1xi32>) -> tensor<12x1xi32> {
  %s = tensor.extract_slice %a[1, 0, 0] [1, 12, 1] [1, 1, 1] : tensor<2x12x1xi32> to tensor<12x1xi32>
  %e = tensor.empty() : tensor<12x1xi32>
  %0 = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>], iterator_types = ["parallel", "parallel"]}
      ins(%s : tensor<12x1xi32>) outs(%e : tensor<12x1xi32>) {
  ^bb0(%in: i32, %out: i32):
    %c = math.ctpop %in : i32
    linalg.yield %c : i32
  } -> tensor<12x1xi32>
  return %0 : tensor<12x1xi32>
}

// -----

// CHECK-LABEL: func @short_rows_with_gaps(
// CHECK-NOT: collapse_shape
// CHECK: scf.for %{{.+}} = %c0 to %c12
// CHECK: math.ctpop %{{.+}} : vector<1xi32>
func.func @short_rows_with_gaps(%a: tensor<12x1x2xi32>) -> tensor<12x1xi32> {
  %s = tensor.extract_slice %a[0, 0, 1] [12, 1, 1] [1, 1, 1] : tensor<12x1x2xi32> to tensor<12x1xi32>
  %e = tensor.empty() : tensor<12x1xi32>
  %0 = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>], iterator_types = ["parallel", "parallel"]}
      ins(%s : tensor<12x1xi32>) outs(%e : tensor<12x1xi32>) {
  ^bb0(%in: i32, %out: i32):
    %c = math.ctpop %in : i32
    linalg.yield %c : i32
  } -> tensor<12x1xi32>
  return %0 : tensor<12x1xi32>
}

// -----

// Reductions and ops that read what they overwrite are not elementwise.

// CHECK-LABEL: func @others(
// CHECK: linalg.generic {{.*}} ["parallel", "reduction"]
// CHECK: linalg.generic {{.*}} ["parallel"]
func.func @others(%a: tensor<3x20xi32>, %b: tensor<3xi32>) -> tensor<3xi32> {
  %0 = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i)>], iterator_types = ["parallel", "reduction"]}
      ins(%a : tensor<3x20xi32>) outs(%b : tensor<3xi32>) {
  ^bb0(%in: i32, %out: i32):
    %s = arith.addi %in, %out : i32
    linalg.yield %s : i32
  } -> tensor<3xi32>
  %1 = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      ins(%b : tensor<3xi32>) outs(%0 : tensor<3xi32>) {
  ^bb0(%in: i32, %out: i32):
    %s = arith.muli %in, %out : i32
    linalg.yield %s : i32
  } -> tensor<3xi32>
  return %1 : tensor<3xi32>
}

// -----

// The elements of a tensor of i48 lie 8 bytes apart, those of a vector 6.

// CHECK-LABEL: func @odd_width(
// CHECK: linalg.generic
func.func @odd_width(%a: tensor<3x20xi32>) -> tensor<3x20xi48> {
  %e = tensor.empty() : tensor<3x20xi48>
  %0 = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>], iterator_types = ["parallel", "parallel"]}
      ins(%a : tensor<3x20xi32>) outs(%e : tensor<3x20xi48>) {
  ^bb0(%in: i32, %out: i48):
    %s = arith.extsi %in : i32 to i48
    linalg.yield %s : i48
  } -> tensor<3x20xi48>
  return %0 : tensor<3x20xi48>
}
