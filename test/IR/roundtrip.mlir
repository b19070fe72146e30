// Text, generic form and bytecode all give back what they were made from.

// RUN: bitserial-opt %s | FileCheck %s
// RUN: bitserial-opt %s > %t.once && bitserial-opt %t.once | diff %t.once -
// RUN: bitserial-opt %s --mlir-print-op-generic | bitserial-opt | diff %t.once -
// RUN: bitserial-opt %s --emit-bytecode | bitserial-opt | diff %t.once -
// RUN: bitserial-opt %s --mlir-print-op-generic | FileCheck %s --check-prefix=GENERIC

// CHECK-DAG: #[[OUTPUTS:.+]] = #bitserial.layout<packed = 3, word = 32, inner_dims_pos = [0], inner_tiles = [64], planes = 4>
// CHECK-DAG: #[[ALL:.+]] = #bitserial.layout<packed = 1, word = 8, inner_dims_pos = [1, 0], inner_tiles = [2, 4], outer_dims_perm = [1, 0], planes = 1>
// CHECK-DAG: #[[PLAIN:.+]] = #bitserial.layout<packed = 0, word = 64>
#outputs = #bitserial.layout<packed = 3, word = 32, inner_dims_pos = [0],
                             inner_tiles = [64], planes = 4>
// In any order, defaults written out.
#all = #bitserial.layout<planes = 1, outer_dims_perm = [1, 0], inner_tiles = [2, 4],
                         inner_dims_pos = [1, 0], word = 8, packed = 1>
#plain = #bitserial.layout<packed = 0, word = 64, planes = 0, inner_tiles = [],
                           inner_dims_pos = [], outer_dims_perm = []>

// CHECK: module attributes {bitserial.target = #bitserial.target<"haswell", "+avx512f,-bmi2">}
module attributes {bitserial.target = #bitserial.target<"haswell", "+avx512f,-bmi2">} {

// CHECK-LABEL: func.func private @types(
// CHECK-SAME: !bitserial.int<1, unsigned>, !bitserial.int<8, unsigned>,
// CHECK-SAME: !bitserial.int<1, signed>, !bitserial.int<8, signed>,
// CHECK-SAME: !bitserial.int<1, bipolar>, !bitserial.int<8, bipolar>,
// CHECK-SAME: !bitserial.int<2, ternary>, !bitserial.int<8, ternary>,
// CHECK-SAME: !bitserial.int<4, unsigned, zero_point = 8>,
// CHECK-SAME: !bitserial.int<3, bipolar, zero_point = -7>, !bitserial.int<2, signed>)
func.func private @types(
    !bitserial.int<1, unsigned>, !bitserial.int<8, unsigned>,
    !bitserial.int<1, signed>, !bitserial.int<8, signed>,
    !bitserial.int<1, bipolar>, !bitserial.int<8, bipolar>,
    !bitserial.int<2, ternary>, !bitserial.int<8, ternary>,
    !bitserial.int<4, unsigned, zero_point = 8>,
    !bitserial.int<3, bipolar, zero_point = -7>, !bitserial.int<2, signed, zero_point = 0>)

// CHECK-LABEL: func.func private @layouts(
// CHECK-SAME: tensor<128x3x3x96x!bitserial.int<1, bipolar>, #[[OUTPUTS]]>,
// CHECK-SAME: tensor<?x7x!bitserial.int<3, signed>, #[[ALL]]>,
// CHECK-SAME: tensor<5x!bitserial.int<2, ternary>, #[[PLAIN]]>)
func.func private @layouts(
    tensor<128x3x3x96x!bitserial.int<1, bipolar>, #outputs>,
    tensor<?x7x!bitserial.int<3, signed>, #all>,
    tensor<5x!bitserial.int<2, ternary>, #plain>)

// CHECK-LABEL: func.func @conversions
// CHECK-SAME: (%[[X:.+]]: tensor<4x64xi8>)
// GENERIC-LABEL: sym_name = "conversions"
func.func @conversions(%x: tensor<4x64xi8>) -> tensor<4x64xi32> {
  // CHECK: %[[L:.+]] = bitserial.encode %[[X]] : tensor<4x64xi8> to tensor<4x64x!bitserial.int<2, unsigned>>
  // GENERIC: "bitserial.encode"(%{{.*}}) : (tensor<4x64xi8>) -> tensor<4x64x!bitserial.int<2, unsigned>>
  %l = bitserial.encode %x : tensor<4x64xi8> to tensor<4x64x!bitserial.int<2, unsigned>>
  // CHECK: %[[P:.+]] = bitserial.pack %[[L]] : tensor<4x64x!bitserial.int<2, unsigned>> to tensor<4x64x!bitserial.int<2, unsigned>, #[[ALL]]>
  %p = bitserial.pack %l : tensor<4x64x!bitserial.int<2, unsigned>>
                        to tensor<4x64x!bitserial.int<2, unsigned>, #all>
  // CHECK: %[[U:.+]] = bitserial.unpack %[[P]] : tensor<4x64x!bitserial.int<2, unsigned>, #[[ALL]]> to tensor<4x64x!bitserial.int<2, unsigned>>
  %u = bitserial.unpack %p : tensor<4x64x!bitserial.int<2, unsigned>, #all>
                          to tensor<4x64x!bitserial.int<2, unsigned>>
  // CHECK: bitserial.decode %[[U]] {name = "y"} : tensor<4x64x!bitserial.int<2, unsigned>> to tensor<4x64xi32>
  %y = bitserial.decode %u {name = "y"} : tensor<4x64x!bitserial.int<2, unsigned>> to tensor<4x64xi32>
  return %y : tensor<4x64xi32>
}

// CHECK-LABEL: func.func @constants
func.func @constants() {
  // CHECK: bitserial.constant dense<[-1, 1, 1, -1]> : tensor<4xi8> to tensor<4x!bitserial.int<1, bipolar>>
  // GENERIC: "bitserial.constant"() <{value = dense<[-1, 1, 1, -1]> : tensor<4xi8>}> : () -> tensor<4x!bitserial.int<1, bipolar>>
  %0 = bitserial.constant dense<[-1, 1, 1, -1]> : tensor<4xi8> to tensor<4x!bitserial.int<1, bipolar>>
  // Unsigned values that an i8 holds only as unsigned, and some that need i16.
  // CHECK: bitserial.constant dense<[-1, 0]> : tensor<2xi8> to tensor<2x!bitserial.int<8, unsigned>>
  %1 = bitserial.constant dense<[255, 0]> : tensor<2xi8> to tensor<2x!bitserial.int<8, unsigned>>
  // CHECK: bitserial.constant dense<[-255, 255]> : tensor<2xi16> to tensor<2x!bitserial.int<8, bipolar>>
  %2 = bitserial.constant dense<[-255, 255]> : tensor<2xi16> to tensor<2x!bitserial.int<8, bipolar>>
  // CHECK: bitserial.constant dense<{{\[\[}}3], [0]]> : tensor<2x1xi64> to tensor<5x!bitserial.int<2, ternary>, #[[PLAIN]]>
  %3 = bitserial.constant dense<[[3], [0]]> : tensor<2x1xi64> to tensor<5x!bitserial.int<2, ternary>, #plain>
  // CHECK: bitserial.constant dense<-3> : tensor<1000x1000xi8> to tensor<1000x1000x!bitserial.int<2, bipolar>>
  %4 = bitserial.constant dense<-3> : tensor<1000x1000xi8> to tensor<1000x1000x!bitserial.int<2, bipolar>>
  // CHECK: bitserial.constant dense<> : tensor<0x3xi8> to tensor<0x3x!bitserial.int<2, bipolar>>
  %5 = bitserial.constant dense<> : tensor<0x3xi8> to tensor<0x3x!bitserial.int<2, bipolar>>
  // CHECK: bitserial.constant dense<2> : tensor<i8> to tensor<!bitserial.int<2, unsigned>>
  %6 = bitserial.constant dense<2> : tensor<i8> to tensor<!bitserial.int<2, unsigned>>
  return
}

// CHECK-LABEL: func.func @contract
// CHECK-SAME: (%[[A:.+]]: tensor<8x64x!bitserial.int<2, unsigned>>, %[[B:.+]]: tensor<32x64x!bitserial.int<1, bipolar>>,
// CHECK-SAME: %[[X:.+]]: tensor<1x5x5x64x!bitserial.int<2, unsigned>>, %[[W:.+]]: tensor<32x3x3x64x!bitserial.int<2, ternary>>)
// GENERIC-LABEL: sym_name = "contract"
func.func @contract(%a: tensor<8x64x!bitserial.int<2, unsigned>>,
                    %b: tensor<32x64x!bitserial.int<1, bipolar>>,
                    %x: tensor<1x5x5x64x!bitserial.int<2, unsigned>>,
                    %w: tensor<32x3x3x64x!bitserial.int<2, ternary>>)
    -> (tensor<8x32xi32>, tensor<1x3x3x32xi32>) {
  // CHECK: bitserial.contract %[[A]], %[[B]] indexing_maps = [#{{.+}}, #{{.+}}, #{{.+}}] : tensor<8x64x!bitserial.int<2, unsigned>>, tensor<32x64x!bitserial.int<1, bipolar>> -> tensor<8x32xi32>
  %0 = bitserial.contract %a, %b
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                       affine_map<(m, n, k) -> (n, k)>,
                       affine_map<(m, n, k) -> (m, n)>]
      : tensor<8x64x!bitserial.int<2, unsigned>>, tensor<32x64x!bitserial.int<1, bipolar>>
      -> tensor<8x32xi32>
  // CHECK: bitserial.contract %[[X]], %[[W]] indexing_maps = [#{{.+}}, #{{.+}}, #{{.+}}] pad_low = [0, 1, 1, 0] pad_high = [0, 1, 1, 0] {bitserial.rhs_layout = #[[OUTPUTS]]} : tensor
  // GENERIC: "bitserial.contract"(%{{.*}}, %{{.*}}) <{indexing_maps = [#{{.*}}], pad_high = array<i64: 0, 1, 1, 0>, pad_low = array<i64: 0, 1, 1, 0>}>
  %1 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(n, oh, ow, o, kh, kw, c) -> (n, oh * 2 + kh, ow * 2 + kw, c)>,
                       affine_map<(n, oh, ow, o, kh, kw, c) -> (o, kh, kw, c)>,
                       affine_map<(n, oh, ow, o, kh, kw, c) -> (n, oh, ow, o)>]
      pad_low = [0, 1, 1, 0] pad_high = [0, 1, 1, 0]
      {bitserial.rhs_layout = #outputs}
      : tensor<1x5x5x64x!bitserial.int<2, unsigned>>, tensor<32x3x3x64x!bitserial.int<2, ternary>>
      -> tensor<1x3x3x32xi32>
  return %0, %1 : tensor<8x32xi32>, tensor<1x3x3x32xi32>
}

// CHECK-LABEL: func.func @reduce
// CHECK-SAME: (%[[A:.+]]: tensor<2x?x18xi32>, %[[W:.+]]: tensor<1x18x1x64xi32>, %[[ACC:.+]]: tensor<?x64xi32>)
// GENERIC-LABEL: sym_name = "reduce"
func.func @reduce(%a: tensor<2x?x18xi32>, %w: tensor<1x18x1x64xi32>,
                  %acc: tensor<?x64xi32>) -> tensor<?x64xi32> {
  // CHECK: bitserial.reduce ins(%[[A]], %[[W]] : tensor<2x?x18xi32>, tensor<1x18x1x64xi32>)
  // CHECK-SAME: outs(%[[ACC]] : tensor<?x64xi32>)
  // CHECK-SAME: indexing_maps = [#{{.+}}, #{{.+}}, #{{.+}}] plane_dims = [0, 2] attributes {note = "a"} {
  // CHECK-NEXT: ^bb0(%[[A0:.+]]: i1, %[[A1:.+]]: i1, %[[W0:.+]]: i1):
  // CHECK:      bitserial.yield %{{.+}} : i32
  // CHECK-NEXT: } -> tensor<?x64xi32>
  // GENERIC: "bitserial.reduce"(%{{.*}}, %{{.*}}, %{{.*}}) <{indexing_maps = [#{{.*}}], plane_dims = array<i64: 0, 2>}> ({
  // GENERIC-NEXT: ^bb0(%{{.*}}: i1, %{{.*}}: i1, %{{.*}}: i1):
  // GENERIC: "bitserial.yield"(%{{.*}}) : (i32) -> ()
  %0 = bitserial.reduce
      ins(%a, %w : tensor<2x?x18xi32>, tensor<1x18x1x64xi32>)
      outs(%acc : tensor<?x64xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                       affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>,
                       affine_map<(m, n, k) -> (m, n)>]
      plane_dims = [0, 2] attributes {note = "a"} {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %x0 = arith.andi %a0, %w0 : i1
    %x1 = arith.andi %a1, %w0 : i1
    %e0 = arith.extui %x0 : i1 to i32
    %e1 = arith.extui %x1 : i1 to i32
    %s1 = arith.addi %e1, %e1 : i32
    %s = arith.addi %e0, %s1 : i32
    bitserial.yield %s : i32
  } -> tensor<?x64xi32>
  return %0 : tensor<?x64xi32>
}
}

// CHECK-LABEL: func.func @tile_requests
func.func @tile_requests(%x: tensor<8x64x!bitserial.int<1, unsigned>>, %w: tensor<16x64x!bitserial.int<1, bipolar>>)
    -> (tensor<8x16xi32>, tensor<8x16xi32>) {
  // CHECK: bitserial.contract {{.*}} {bitserial.tile = #bitserial.tile<rows = 6, vectors = 4>}
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      {bitserial.tile = #bitserial.tile<rows = 6, vectors = 4>}
      : tensor<8x64x!bitserial.int<1, unsigned>>, tensor<16x64x!bitserial.int<1, bipolar>> -> tensor<8x16xi32>
  // CHECK: bitserial.contract {{.*}} {bitserial.tile = #bitserial.tile<rows = 1, vectors = 2, lines = 3, columns = 4, order = rows>}
  %1 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      {bitserial.tile = #bitserial.tile<order = rows, columns = 4, vectors = 2, rows = 1, lines = 3>}
      : tensor<8x64x!bitserial.int<1, unsigned>>, tensor<16x64x!bitserial.int<1, bipolar>> -> tensor<8x16xi32>
  return %0, %1 : tensor<8x16xi32>, tensor<8x16xi32>
}
