// Words of whole numbers: packing, corrections, and the instructions that
// multiply and add.

// RUN: split-file %s %t
// RUN: bitserial-opt %t/contract.mlir --pass-pipeline='builtin.module(bitserial-set-target{cpu=haswell},func.func(bitserial-assign-layouts),canonicalize,bitserial-materialize-layouts,canonicalize,cse)' | FileCheck %s --check-prefix=WORDS
// RUN: bitserial-opt %t/reduce.mlir --pass-pipeline='builtin.module(bitserial-set-target{cpu=haswell},func.func(bitserial-lower-reduce),canonicalize,cse)' | FileCheck %s --check-prefixes=PAIRS
// RUN: bitserial-opt %t/reduce.mlir --pass-pipeline='builtin.module(bitserial-set-target{cpu=alderlake},func.func(bitserial-lower-reduce),canonicalize,cse)' | FileCheck %s --check-prefixes=DOT

//--- contract.mlir

// Activations are copied; weights that are bytes keep their values, so that there
// is nothing to correct.
// WORDS-LABEL: func @values(
// WORDS: %[[V:.+]] = vector.transfer_read %{{.+}} : tensor<2048xi8>, vector<64xi8>
// WORDS-NEXT: %[[B:.+]] = vector.bitcast %[[V]] : vector<64xi8> to vector<16xi32>
// WORDS: vector.transfer_write %[[B]]
// WORDS: %[[ZERO:.+]] = linalg.fill
// WORDS: bitserial.reduce {{.*}} outs(%[[ZERO]] : tensor<8x64xi32>)
// WORDS-SAME: numbers = [#bitserial.numbers<ui8, 0, 255>, #bitserial.numbers<si8, -1, 1>]
// WORDS-NEXT: ^bb0(%[[A:.+]]: i32, %[[W:.+]]: i32):
// WORDS-NEXT: %[[P:.+]] = arith.muli %[[A]], %[[W]] : i32
// WORDS-NEXT: bitserial.yield %[[P]] : i32
func.func @values(%x: tensor<8x256x!bitserial.int<8, unsigned>>,
                  %w: tensor<64x256x!bitserial.int<1, bipolar>>) -> tensor<8x64xi32> {
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      : tensor<8x256x!bitserial.int<8, unsigned>>, tensor<64x256x!bitserial.int<1, bipolar>> -> tensor<8x64xi32>
  return %0 : tensor<8x64xi32>
}

// Signed activations less their least value, -128; three channels of four in a
// word, many positions at once. The sums of weights times -128 depend on the
// border.
// WORDS-LABEL: func @convolution(
// WORDS-SAME: %[[X:[^:]+]]: tensor<1x32x32x3xi8>
// WORDS-DAG: %[[LEAST:.+]] = arith.constant dense<-128> : vector<48xi8>
// WORDS: linalg.fill {{.*}} -> tensor<1156xi32>
// WORDS: %[[V:.+]] = vector.transfer_read %{{.+}} : tensor<3072xi8>, vector<48xi8>
// WORDS-NEXT: %[[C:.+]] = arith.addi %[[V]], %[[LEAST]] : vector<48xi8>
// WORDS-NEXT: %[[S:.+]] = vector.shuffle %[[C]], %{{.+}} [0, 1, 2, 48, 3, 4, 5, 48,
// WORDS-NEXT: vector.bitcast %[[S]] : vector<64xi8> to vector<16xi32>
// WORDS: linalg.generic
// WORDS: tensor.extract
// WORDS: bitserial.reduce
// WORDS-SAME: numbers = [#bitserial.numbers<ui8, 0, 255>, #bitserial.numbers<si8, -8, 7>]
func.func @convolution(%x: tensor<1x32x32x3x!bitserial.int<8, signed>>,
                       %w: tensor<64x3x3x3x!bitserial.int<4, signed>>) -> tensor<1x32x32x64xi32> {
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(n, oh, ow, o, kh, kw, c) -> (n, oh + kh, ow + kw, c)>,
                       affine_map<(n, oh, ow, o, kh, kw, c) -> (o, kh, kw, c)>,
                       affine_map<(n, oh, ow, o, kh, kw, c) -> (n, oh, ow, o)>]
      pad_low = [0, 1, 1, 0] pad_high = [0, 1, 1, 0]
      : tensor<1x32x32x3x!bitserial.int<8, signed>>, tensor<64x3x3x3x!bitserial.int<4, signed>> -> tensor<1x32x32x64xi32>
  return %0 : tensor<1x32x32x64xi32>
}

//--- reduce.mlir

// A pair adds up to 12 at most: 2730 of them fit 16 bits.
// PAIRS-LABEL: func @fits(
// PAIRS: scf.for {{.*}} iter_args(%[[IT:.+]] = %{{.+}}) -> (vector<16xi16>)
// PAIRS: %[[P:.+]] = llvm.call_intrinsic "llvm.x86.avx2.pmadd.ub.sw"(%{{.+}}, %{{.+}}) : (vector<32xi8>, vector<32xi8>) -> vector<16xi16>
// PAIRS: %[[N:.+]] = arith.addi %[[IT]], %[[P]] : vector<16xi16>
// PAIRS: scf.yield %[[N]]
// PAIRS: llvm.call_intrinsic "llvm.x86.avx2.pmadd.wd"
// DOT-LABEL: func @fits(
// DOT: scf.for {{.*}} iter_args(%[[IT:.+]] = %{{.+}}) -> (vector<8xi32>)
// DOT: llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.256"(%[[IT]], %{{.+}}, %{{.+}}) : (vector<8xi32>, vector<32xi8>, vector<32xi8>) -> vector<8xi32>
func.func @fits(%a: tensor<1x1x2730xi32>, %w: tensor<1x2730x1x8xi32>, %acc: tensor<1x8xi32>) -> tensor<1x8xi32> {
  %0 = bitserial.reduce ins(%a, %w : tensor<1x1x2730xi32>, tensor<1x2730x1x8xi32>) outs(%acc : tensor<1x8xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n floordiv 8, k, n mod 8)>,
                       affine_map<(m, n, k) -> (m, n)>] plane_dims = [0, 2]
      numbers = [#bitserial.numbers<ui8, 0, 3>, #bitserial.numbers<si8, -2, 1>] {
  ^bb0(%a0: i32, %w0: i32):
    %p = arith.muli %a0, %w0 : i32
    bitserial.yield %p : i32
  } -> tensor<1x8xi32>
  return %0 : tensor<1x8xi32>
}

// One more does not: two halves, and counters emptied in between.
// PAIRS-LABEL: func @is_flushed(
// PAIRS: scf.for %{{.+}} = %{{.+}} to %c1366 step %{{.+}} iter_args(%{{.+}} = %{{.+}}) -> (vector<16xi16>)
// PAIRS: llvm.call_intrinsic "llvm.x86.avx2.pmadd.wd"
// PAIRS: scf.for
// PAIRS: llvm.call_intrinsic "llvm.x86.avx2.pmadd.wd"
func.func @is_flushed(%a: tensor<1x1x2731xi32>, %w: tensor<1x2731x1x8xi32>, %acc: tensor<1x8xi32>) -> tensor<1x8xi32> {
  %0 = bitserial.reduce ins(%a, %w : tensor<1x1x2731xi32>, tensor<1x2731x1x8xi32>) outs(%acc : tensor<1x8xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n floordiv 8, k, n mod 8)>,
                       affine_map<(m, n, k) -> (m, n)>] plane_dims = [0, 2]
      numbers = [#bitserial.numbers<ui8, 0, 3>, #bitserial.numbers<si8, -2, 1>] {
  ^bb0(%a0: i32, %w0: i32):
    %p = arith.muli %a0, %w0 : i32
    bitserial.yield %p : i32
  } -> tensor<1x8xi32>
  return %0 : tensor<1x8xi32>
}

// A pair may exceed 16 bits, which vpmaddubsw saturates to: not that one.
// PAIRS-LABEL: func @too_large(
// PAIRS-NOT: pmadd
// PAIRS: return
func.func @too_large(%a: tensor<1x1x9xi32>, %w: tensor<1x9x1x8xi32>, %acc: tensor<1x8xi32>) -> tensor<1x8xi32> {
  %0 = bitserial.reduce ins(%a, %w : tensor<1x1x9xi32>, tensor<1x9x1x8xi32>) outs(%acc : tensor<1x8xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n floordiv 8, k, n mod 8)>,
                       affine_map<(m, n, k) -> (m, n)>] plane_dims = [0, 2]
      numbers = [#bitserial.numbers<ui8, 0, 255>, #bitserial.numbers<si8, -65, 1>] {
  ^bb0(%a0: i32, %w0: i32):
    %p = arith.muli %a0, %w0 : i32
    bitserial.yield %p : i32
  } -> tensor<1x8xi32>
  return %0 : tensor<1x8xi32>
}
