// RUN: bitserial-opt %s --bitserial-prepare-boundaries | FileCheck %s

// CHECK-LABEL: func.func @signless(
// CHECK-SAME: %[[X:.*]]: tensor<4xi8>, %{{.*}}: tensor<4xi8>) -> tensor<4xi8>
// CHECK: %[[NARROW:.*]] = arith.trunci %[[X]] : tensor<4xi8> to tensor<4xi4>
// CHECK: %[[SUM:.*]] = arith.addi %[[NARROW]], %[[NARROW]] : tensor<4xi4>
// CHECK: %[[WIDE:.*]] = arith.extsi %[[SUM]] : tensor<4xi4> to tensor<4xi8>
// CHECK: return %[[WIDE]]
func.func @signless(%x: tensor<4xi4>, %y: tensor<4xi8>) -> tensor<4xi4> {
  %0 = arith.addi %x, %x : tensor<4xi4>
  return %0 : tensor<4xi4>
}

// CHECK-LABEL: func.func @unsigned(
// CHECK-SAME: %[[X:.*]]: tensor<4xui8>) -> tensor<4xui8>
// CHECK: stablehlo.convert %[[X]] : (tensor<4xui8>) -> tensor<4xui2>
// CHECK: stablehlo.convert %{{.*}} : (tensor<4xui2>) -> tensor<4xui8>
func.func @unsigned(%x: tensor<4xui2>) -> tensor<4xui2> {
  return %x : tensor<4xui2>
}

// CHECK-LABEL: func.func @empty(
// CHECK-SAME: tensor<0xi32>) -> tensor<0xi8>
func.func @empty(%x: tensor<3x0xi32>) -> tensor<1x0xi4> {
  %0 = arith.trunci %x : tensor<3x0xi32> to tensor<3x0xi4>
  %1 = tensor.empty() : tensor<1x0xi4>
  return %1 : tensor<1x0xi4>
}

// Callers convert as well.
// CHECK-LABEL: func.func @caller(
// CHECK: %[[WIDE:.*]] = arith.extsi %{{.*}} : tensor<4xi4> to tensor<4xi8>
// CHECK: %[[RESULT:.*]] = call @signless(%[[WIDE]], %{{.*}}) : (tensor<4xi8>, tensor<4xi8>) -> tensor<4xi8>
// CHECK: arith.trunci %[[RESULT]]
func.func @caller(%x: tensor<4xi8>) -> tensor<4xi8> {
  %0 = arith.trunci %x : tensor<4xi8> to tensor<4xi4>
  %1 = call @signless(%0, %x) : (tensor<4xi4>, tensor<4xi8>) -> tensor<4xi4>
  %2 = arith.extsi %1 : tensor<4xi4> to tensor<4xi8>
  return %2 : tensor<4xi8>
}

// Private functions stay as they are.
// CHECK-LABEL: func.func private @private(
// CHECK-SAME: tensor<4xi4>
func.func private @private(%x: tensor<4xi4>) -> tensor<4xi4> {
  return %x : tensor<4xi4>
}
