// What stands between layers may be a function: it is inlined, and its results are
// packed in the registers of the layer before.

// RUN: bitserial-compile %s --target=icelake-server --remarks -o %t.mlir 2>&1 | FileCheck %s --check-prefix=REMARKS
// RUN: FileCheck %s --input-file=%t.mlir
// REMARKS: remark: packed micro-tile
// CHECK-NOT: llvm.call @few

func.func private @few(%sums: tensor<8x64xi32>) -> tensor<8x64x!bitserial.int<1, unsigned>> {
  %zero = arith.constant dense<0> : tensor<8x64xi32>
  %positive = arith.cmpi sgt, %sums, %zero : tensor<8x64xi32>
  %values = arith.extui %positive : tensor<8x64xi1> to tensor<8x64xi8>
  %few = bitserial.encode %values : tensor<8x64xi8> to tensor<8x64x!bitserial.int<1, unsigned>>
  return %few : tensor<8x64x!bitserial.int<1, unsigned>>
}

func.func @main(%x: tensor<8x256x!bitserial.int<1, unsigned>>, %w: tensor<64x256x!bitserial.int<1, bipolar>>,
                %v: tensor<64x64x!bitserial.int<1, bipolar>>) -> tensor<8x64xi32> {
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      : tensor<8x256x!bitserial.int<1, unsigned>>, tensor<64x256x!bitserial.int<1, bipolar>> -> tensor<8x64xi32>
  %1 = func.call @few(%0) : (tensor<8x64xi32>) -> tensor<8x64x!bitserial.int<1, unsigned>>
  %2 = bitserial.contract %1, %v
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      : tensor<8x64x!bitserial.int<1, unsigned>>, tensor<64x64x!bitserial.int<1, bipolar>> -> tensor<8x64xi32>
  return %2 : tensor<8x64xi32>
}
