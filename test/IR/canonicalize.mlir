// Folders and canonicalisation. Packing of constants is in fold-pack.mlir.

// RUN: bitserial-opt %s --canonicalize | FileCheck %s

#layout = #bitserial.layout<packed = 1, word = 32>
#other = #bitserial.layout<packed = 0, word = 32>
!values = tensor<4x64x!bitserial.int<2, unsigned>>
!packed = tensor<4x64x!bitserial.int<2, unsigned>, #layout>
!repacked = tensor<4x64x!bitserial.int<2, unsigned>, #other>

// CHECK-LABEL: func.func @pack_unpack
// CHECK-SAME: (%[[P:.+]]: tensor
// CHECK-NEXT: return %[[P]]
func.func @pack_unpack(%p: !packed) -> !packed {
  %u = bitserial.unpack %p : !packed to !values
  %q = bitserial.pack %u : !values to !packed
  return %q : !packed
}

// CHECK-LABEL: func.func @unpack_pack
// CHECK-SAME: (%[[X:.+]]: tensor
// CHECK-NEXT: return %[[X]]
func.func @unpack_pack(%x: !values) -> !values {
  %p = bitserial.pack %x : !values to !packed
  %u = bitserial.unpack %p : !packed to !values
  return %u : !values
}

// A change of layout stays.
// CHECK-LABEL: func.func @repack
// CHECK-SAME: (%[[P:.+]]: tensor
// CHECK-NEXT: %[[U:.+]] = bitserial.unpack %[[P]]
// CHECK-NEXT: %[[Q:.+]] = bitserial.pack %[[U]]
// CHECK-NEXT: return %[[Q]]
func.func @repack(%p: !packed) -> !repacked {
  %u = bitserial.unpack %p : !packed to !values
  %q = bitserial.pack %u : !values to !repacked
  return %q : !repacked
}

// CHECK-LABEL: func.func @encode_decode
// CHECK-SAME: (%[[X:.+]]: tensor
// CHECK-NEXT: return %[[X]]
func.func @encode_decode(%x: !values) -> !values {
  %i = bitserial.decode %x : !values to tensor<4x64xi32>
  %y = bitserial.encode %i : tensor<4x64xi32> to !values
  return %y : !values
}

// CHECK-LABEL: func.func @decode_encode
// CHECK-SAME: (%[[I:.+]]: tensor
// CHECK-NEXT: return %[[I]]
func.func @decode_encode(%i: tensor<4x64xi32>) -> tensor<4x64xi32> {
  %x = bitserial.encode %i : tensor<4x64xi32> to !values
  %j = bitserial.decode %x : !values to tensor<4x64xi32>
  return %j : tensor<4x64xi32>
}

// Other formats and other integers stay.
// CHECK-LABEL: func.func @changes
// CHECK-COUNT-2: bitserial.encode
// CHECK-NOT: bitserial.encode
func.func @changes(%x: !values, %i: tensor<4x64xi16>)
    -> (tensor<4x64x!bitserial.int<3, signed>>, tensor<4x64xi32>) {
  %0 = bitserial.decode %x : !values to tensor<4x64xi32>
  %1 = bitserial.encode %0 : tensor<4x64xi32> to tensor<4x64x!bitserial.int<3, signed>>
  %2 = bitserial.encode %i : tensor<4x64xi16> to !values
  %3 = bitserial.decode %2 : !values to tensor<4x64xi32>
  return %1, %3 : tensor<4x64x!bitserial.int<3, signed>>, tensor<4x64xi32>
}

// Values are kept in the smallest of i8, unsigned i8 and i16, whatever they
// came from.
// CHECK-LABEL: func.func @encode_constant
// CHECK-DAG: %[[A:.+]] = bitserial.constant dense<[-1, 1, 1]> : tensor<3xi8> to tensor<3x!bitserial.int<1, bipolar>>
// CHECK-DAG: %[[B:.+]] = bitserial.constant dense<[-1, -128, 7]> : tensor<3xi8> to tensor<3x!bitserial.int<8, unsigned>>
// CHECK-DAG: %[[C:.+]] = bitserial.constant dense<[-255, 255, 1]> : tensor<3xi16> to tensor<3x!bitserial.int<8, bipolar>>
// CHECK-DAG: %[[D:.+]] = bitserial.constant dense<[1, 0, 1]> : tensor<3xi8> to tensor<3x!bitserial.int<1, unsigned>>
// CHECK-DAG: %[[E:.+]] = bitserial.constant dense<[-1, 0, -1]> : tensor<3xi8> to tensor<3x!bitserial.int<1, signed>>
// CHECK-DAG: %[[F:.+]] = bitserial.constant dense<3> : tensor<3xi8> to tensor<3x!bitserial.int<2, bipolar>>
// CHECK: return %[[A]], %[[B]], %[[C]], %[[D]], %[[E]], %[[F]]
func.func @encode_constant() -> (
    tensor<3x!bitserial.int<1, bipolar>>, tensor<3x!bitserial.int<8, unsigned>>,
    tensor<3x!bitserial.int<8, bipolar>>, tensor<3x!bitserial.int<1, unsigned>>,
    tensor<3x!bitserial.int<1, signed>>, tensor<3x!bitserial.int<2, bipolar>>) {
  %0 = arith.constant dense<[-1, 1, 1]> : tensor<3xi64>
  %a = bitserial.encode %0 : tensor<3xi64> to tensor<3x!bitserial.int<1, bipolar>>
  %1 = arith.constant dense<[255, 128, 7]> : tensor<3xi8>
  %b = bitserial.encode %1 : tensor<3xi8> to tensor<3x!bitserial.int<8, unsigned>>
  %2 = arith.constant dense<[-255, 255, 1]> : tensor<3xi32>
  %c = bitserial.encode %2 : tensor<3xi32> to tensor<3x!bitserial.int<8, bipolar>>
  %3 = arith.constant dense<[true, false, true]> : tensor<3xi1>
  %d = bitserial.encode %3 : tensor<3xi1> to tensor<3x!bitserial.int<1, unsigned>>
  %e = bitserial.encode %3 : tensor<3xi1> to tensor<3x!bitserial.int<1, signed>>
  %4 = arith.constant dense<3> : tensor<3xi5>
  %f = bitserial.encode %4 : tensor<3xi5> to tensor<3x!bitserial.int<2, bipolar>>
  return %a, %b, %c, %d, %e, %f :
    tensor<3x!bitserial.int<1, bipolar>>, tensor<3x!bitserial.int<8, unsigned>>,
    tensor<3x!bitserial.int<8, bipolar>>, tensor<3x!bitserial.int<1, unsigned>>,
    tensor<3x!bitserial.int<1, signed>>, tensor<3x!bitserial.int<2, bipolar>>
}

// CHECK-LABEL: func.func @decode_constant
// CHECK-DAG: %[[A:.+]] = arith.constant dense<[255, 128, 7]> : tensor<3xi32>
// CHECK-DAG: %[[B:.+]] = arith.constant dense<[-255, 255, 1]> : tensor<3xi64>
// CHECK-DAG: %[[C:.+]] = arith.constant dense<[true, false, true]> : tensor<3xi1>
// CHECK-DAG: %[[D:.+]] = arith.constant dense<-1> : tensor<3xi8>
// CHECK: return %[[A]], %[[B]], %[[C]], %[[D]]
func.func @decode_constant() -> (tensor<3xi32>, tensor<3xi64>, tensor<3xi1>, tensor<3xi8>) {
  %0 = bitserial.constant dense<[255, 128, 7]> : tensor<3xi8> to tensor<3x!bitserial.int<8, unsigned>>
  %a = bitserial.decode %0 : tensor<3x!bitserial.int<8, unsigned>> to tensor<3xi32>
  %1 = bitserial.constant dense<[-255, 255, 1]> : tensor<3xi16> to tensor<3x!bitserial.int<8, bipolar>>
  %b = bitserial.decode %1 : tensor<3x!bitserial.int<8, bipolar>> to tensor<3xi64>
  %2 = bitserial.constant dense<[1, 0, 1]> : tensor<3xi8> to tensor<3x!bitserial.int<1, unsigned>>
  %c = bitserial.decode %2 : tensor<3x!bitserial.int<1, unsigned>> to tensor<3xi1>
  %3 = bitserial.constant dense<-1> : tensor<3xi8> to tensor<3x!bitserial.int<1, bipolar>>
  %d = bitserial.decode %3 : tensor<3x!bitserial.int<1, bipolar>> to tensor<3xi8>
  return %a, %b, %c, %d : tensor<3xi32>, tensor<3xi64>, tensor<3xi1>, tensor<3xi8>
}

// Constants the compiler cannot look into stay as they are.
// CHECK-LABEL: func.func @resource
// CHECK: %[[C:.+]] = arith.constant dense_resource<blob> : tensor<4xi8>
// CHECK: bitserial.encode %[[C]]
func.func @resource() -> tensor<4x!bitserial.int<2, unsigned>> {
  %0 = arith.constant dense_resource<blob> : tensor<4xi8>
  %1 = bitserial.encode %0 : tensor<4xi8> to tensor<4x!bitserial.int<2, unsigned>>
  return %1 : tensor<4x!bitserial.int<2, unsigned>>
}

// The filter of a grouped convolution is expanded to groups.
// CHECK-LABEL: func.func @reshape_constant
// CHECK-DAG{LITERAL}: bitserial.constant dense<[[-1, 1], [3, -3]]> : tensor<2x2xi8> to tensor<2x2x!bitserial.int<2, bipolar>>
// CHECK-DAG: bitserial.constant dense<1> : tensor<6xi8> to tensor<6x!bitserial.int<1, bipolar>>
// CHECK-NOT: tensor.
// CHECK: return
func.func @reshape_constant() -> (tensor<2x2x!bitserial.int<2, bipolar>>, tensor<6x!bitserial.int<1, bipolar>>) {
  %0 = bitserial.constant dense<[-1, 1, 3, -3]> : tensor<4xi8> to tensor<4x!bitserial.int<2, bipolar>>
  %1 = tensor.expand_shape %0 [[0, 1]] output_shape [2, 2]
      : tensor<4x!bitserial.int<2, bipolar>> into tensor<2x2x!bitserial.int<2, bipolar>>
  %2 = bitserial.constant dense<1> : tensor<2x3xi8> to tensor<2x3x!bitserial.int<1, bipolar>>
  %3 = tensor.collapse_shape %2 [[0, 1]]
      : tensor<2x3x!bitserial.int<1, bipolar>> into tensor<6x!bitserial.int<1, bipolar>>
  return %1, %3 : tensor<2x2x!bitserial.int<2, bipolar>>, tensor<6x!bitserial.int<1, bipolar>>
}

// Upstream folders leave low-bit constants alone.
// CHECK-LABEL: func.func @upstream
// CHECK: %[[C:.+]] = bitserial.constant dense<1>
// CHECK: tensor.cast %[[C]]
// CHECK: tensor.extract_slice %[[C]]
func.func @upstream(%i: index) -> (tensor<?x!bitserial.int<2, bipolar>>, tensor<2x!bitserial.int<2, bipolar>>) {
  %c = bitserial.constant dense<1> : tensor<4xi8> to tensor<4x!bitserial.int<2, bipolar>>
  %0 = tensor.cast %c : tensor<4x!bitserial.int<2, bipolar>> to tensor<?x!bitserial.int<2, bipolar>>
  %1 = tensor.extract_slice %c[%i] [2] [1] : tensor<4x!bitserial.int<2, bipolar>> to tensor<2x!bitserial.int<2, bipolar>>
  return %0, %1 : tensor<?x!bitserial.int<2, bipolar>>, tensor<2x!bitserial.int<2, bipolar>>
}

// The same constant of two types is two constants.
// CHECK-LABEL: func.func @unique
// CHECK-COUNT-2: bitserial.constant dense<1>
// CHECK-NOT: bitserial.constant
func.func @unique() -> (tensor<4x!bitserial.int<2, bipolar>>, tensor<4x!bitserial.int<2, bipolar>>, tensor<4x!bitserial.int<2, signed>>) {
  %0 = bitserial.constant dense<1> : tensor<4xi8> to tensor<4x!bitserial.int<2, bipolar>>
  %1 = bitserial.constant dense<1> : tensor<4xi8> to tensor<4x!bitserial.int<2, bipolar>>
  %2 = bitserial.constant dense<1> : tensor<4xi8> to tensor<4x!bitserial.int<2, signed>>
  return %0, %1, %2 : tensor<4x!bitserial.int<2, bipolar>>, tensor<4x!bitserial.int<2, bipolar>>, tensor<4x!bitserial.int<2, signed>>
}

// Ops without users go away, contractions included.
// CHECK-LABEL: func.func @dead
// CHECK-NEXT: return
func.func @dead(%x: !values) {
  %0 = bitserial.contract %x, %x
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>,
                       affine_map<(m, n, k) -> (m, n)>]
      : !values, !values -> tensor<4x4xi32>
  return
}

// Constants move out of the region; what it says stays the same, even where it
// comes down to a constant.
// CHECK-LABEL: func.func @region
// CHECK-DAG: %[[ZERO:.+]] = arith.constant 0 : i32
// CHECK-DAG: %[[THREE:.+]] = arith.constant 3 : i32
// CHECK: bitserial.reduce
// CHECK: arith.muli %{{.+}}, %[[THREE]]
// CHECK: bitserial.reduce
// CHECK-NEXT: ^bb0
// CHECK-NEXT: bitserial.yield %[[ZERO]]
func.func @region(%a: tensor<2x9xi8>, %acc: tensor<i32>) -> (tensor<i32>, tensor<i32>) {
  %0 = bitserial.reduce ins(%a : tensor<2x9xi8>) outs(%acc : tensor<i32>)
      indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> ()>] plane_dims = [0] {
  ^bb0(%a0: i1, %a1: i1):
    %three = arith.constant 3 : i32
    %e = arith.extui %a0 : i1 to i32
    %s = arith.muli %e, %three : i32
    bitserial.yield %s : i32
  } -> tensor<i32>
  %1 = bitserial.reduce ins(%a : tensor<2x9xi8>) outs(%acc : tensor<i32>)
      indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> ()>] plane_dims = [0] {
  ^bb0(%a0: i1, %a1: i1):
    %zero = arith.constant 0 : i32
    %e = arith.extui %a0 : i1 to i32
    %s = arith.muli %e, %zero : i32
    bitserial.yield %s : i32
  } -> tensor<i32>
  return %0, %1 : tensor<i32>, tensor<i32>
}

{-#
  dialect_resources: {
    builtin: {
      blob: "0x0100000001010101"
    }
  }
#-}
