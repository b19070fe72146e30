// Valid at the edge: nothing of this is refused, and nothing of it crashes
// folders.

// RUN: bitserial-opt %s --canonicalize | FileCheck %s

// CHECK-LABEL: func.func @rank_0
// CHECK: bitserial.contract
func.func @rank_0(%x: tensor<!bitserial.int<2, unsigned>>, %w: tensor<!bitserial.int<1, bipolar>>) -> tensor<i32> {
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<() -> ()>, affine_map<() -> ()>, affine_map<() -> ()>]
      : tensor<!bitserial.int<2, unsigned>>, tensor<!bitserial.int<1, bipolar>> -> tensor<i32>
  return %0 : tensor<i32>
}

// An elementwise product: no dimension is summed over.
// CHECK-LABEL: func.func @no_reduction
// CHECK: bitserial.contract
func.func @no_reduction(%x: tensor<4x!bitserial.int<2, unsigned>>, %w: tensor<4x!bitserial.int<8, signed>>) -> tensor<4xi32> {
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(d) -> (d)>, affine_map<(d) -> (d)>, affine_map<(d) -> (d)>]
      : tensor<4x!bitserial.int<2, unsigned>>, tensor<4x!bitserial.int<8, signed>> -> tensor<4xi32>
  return %0 : tensor<4xi32>
}

// Three dimensions in a sum; a lhs larger than what is read of it.
// CHECK-LABEL: func.func @sums
// CHECK: bitserial.contract
func.func @sums(%x: tensor<99x!bitserial.int<2, ternary>>, %w: tensor<3x2x!bitserial.int<2, ternary>>) -> tensor<5xi32> {
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(o, i, j) -> (j * 7 + o + i * 2)>, affine_map<(o, i, j) -> (i, j)>, affine_map<(o, i, j) -> (o)>]
      pad_low = [1] pad_high = [0]
      : tensor<99x!bitserial.int<2, ternary>>, tensor<3x2x!bitserial.int<2, ternary>> -> tensor<5xi32>
  return %0 : tensor<5xi32>
}

// CHECK-LABEL: func.func @empty
// CHECK: %[[E:.+]] = bitserial.constant dense<> : tensor<0x3xi8> to tensor<0x3x!bitserial.int<2, bipolar>>
// CHECK: return %[[E]]
func.func @empty() -> tensor<0x3x!bitserial.int<2, bipolar>> {
  %0 = arith.constant dense<> : tensor<0x3xi16>
  %1 = bitserial.encode %0 : tensor<0x3xi16> to tensor<0x3x!bitserial.int<2, bipolar>>
  return %1 : tensor<0x3x!bitserial.int<2, bipolar>>
}

// Splats of more elements than any memory holds, or than 64 bits count.
// CHECK-LABEL: func.func @huge_splats
// CHECK: bitserial.constant dense<3> : tensor<4294967296x4294967296xi8>
// CHECK: bitserial.constant dense<-1> : tensor<1048576x1048576x1048576xi8>
// CHECK: arith.constant dense<1> : tensor<1048576x1048576x1048576xi32>
func.func @huge_splats() -> (tensor<1048576x1048576x1048576x!bitserial.int<1, bipolar>>,
                             tensor<4294967296x4294967296x!bitserial.int<2, unsigned>>,
                             tensor<1048576x1048576x1048576xi32>) {
  %0 = arith.constant dense<-1> : tensor<1048576x1048576x1048576xi64>
  %1 = bitserial.encode %0 : tensor<1048576x1048576x1048576xi64> to tensor<1048576x1048576x1048576x!bitserial.int<1, bipolar>>
  %2 = bitserial.constant dense<3> : tensor<4294967296x4294967296xi8> to tensor<4294967296x4294967296x!bitserial.int<2, unsigned>>
  %3 = bitserial.constant dense<1> : tensor<1048576x1048576x1048576xi8> to tensor<1048576x1048576x1048576x!bitserial.int<1, bipolar>>
  %4 = bitserial.decode %3 : tensor<1048576x1048576x1048576x!bitserial.int<1, bipolar>> to tensor<1048576x1048576x1048576xi32>
  return %1, %2, %4 : tensor<1048576x1048576x1048576x!bitserial.int<1, bipolar>>,
                      tensor<4294967296x4294967296x!bitserial.int<2, unsigned>>,
                      tensor<1048576x1048576x1048576xi32>
}

// Values of dynamic shape.
// CHECK-LABEL: func.func @dynamic
// CHECK: bitserial.encode
// CHECK: bitserial.pack
func.func @dynamic(%x: tensor<?x64xi8>) -> tensor<?x64x!bitserial.int<1, signed>, #bitserial.layout<packed = 1, word = 8>> {
  %0 = bitserial.encode %x : tensor<?x64xi8> to tensor<?x64x!bitserial.int<1, signed>>
  %1 = bitserial.pack %0 : tensor<?x64x!bitserial.int<1, signed>>
                        to tensor<?x64x!bitserial.int<1, signed>, #bitserial.layout<packed = 1, word = 8>>
  return %1 : tensor<?x64x!bitserial.int<1, signed>, #bitserial.layout<packed = 1, word = 8>>
}

// Three inputs, no reduction, a mod without its floordiv, a place that is
// always 0, an input without dimensions.
// CHECK-LABEL: func.func @reduce_forms
// CHECK: bitserial.reduce
func.func @reduce_forms(%a: tensor<1x4xi8>, %b: tensor<1x2xi8>, %c: tensor<3xi8>, %acc: tensor<8xi32>) -> tensor<8xi32> {
  %0 = bitserial.reduce ins(%a, %b, %c : tensor<1x4xi8>, tensor<1x2xi8>, tensor<3xi8>) outs(%acc : tensor<8xi32>)
      indexing_maps = [affine_map<(d) -> (d mod 4)>, affine_map<(d) -> (0)>, affine_map<(d) -> ()>, affine_map<(d) -> (d)>]
      plane_dims = [0, 0, 0] {
  ^bb0(%a0: i1, %b0: i1, %c0: i1, %c1: i1, %c2: i1):
    %s = arith.extsi %c1 : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<8xi32>
  return %0 : tensor<8xi32>
}

// Nothing is reduced.
// CHECK-LABEL: func.func @reduce_nothing
// CHECK: bitserial.reduce
func.func @reduce_nothing(%a: tensor<1x0xi8>, %acc: tensor<i32>) -> tensor<i32> {
  %0 = bitserial.reduce ins(%a : tensor<1x0xi8>) outs(%acc : tensor<i32>)
      indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> ()>] plane_dims = [0] {
  ^bb0(%a0: i1):
    %s = arith.extui %a0 : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<i32>
  return %0 : tensor<i32>
}

// Upstream folds casts into destination-passing ops: sizes become static.
// CHECK-LABEL: func.func @reduce_of_casts
// CHECK: bitserial.reduce ins({{.*}} : tensor<1x8x18xi32>, tensor<1x18x2x64xi32>) outs({{.*}} : tensor<8x100xi32>)
func.func @reduce_of_casts(%a: tensor<1x8x18xi32>, %w: tensor<1x18x2x64xi32>, %acc: tensor<8x100xi32>) -> tensor<?x?xi32> {
  %0 = tensor.cast %a : tensor<1x8x18xi32> to tensor<1x?x?xi32>
  %1 = tensor.cast %acc : tensor<8x100xi32> to tensor<?x?xi32>
  %2 = bitserial.reduce ins(%0, %w : tensor<1x?x?xi32>, tensor<1x18x2x64xi32>) outs(%1 : tensor<?x?xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (k, n floordiv 64, n mod 64)>,
                       affine_map<(m, n, k) -> (m, n)>] plane_dims = [0, 0] {
  ^bb0(%a0: i1, %w0: i1):
    %x = arith.andi %a0, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<?x?xi32>
  return %2 : tensor<?x?xi32>
}
