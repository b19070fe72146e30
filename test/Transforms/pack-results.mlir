// What is computed from the sums of a contraction is packed for the next one
// tile by tile: neither sums nor values are in memory as a whole.

// RUN: bitserial-opt %s --bitserial-set-target=cpu=icelake-server --bitserial-layout-pipeline | FileCheck %s --check-prefix=LAYOUT
// RUN: bitserial-opt %s --bitserial-set-target=cpu=icelake-server --bitserial-layout-pipeline --bitserial-kernel-pipeline=synthesize=off \
// RUN:   | FileCheck %s --check-prefixes=CHECK,REGISTERS --implicit-check-not='tensor<1x8x8x64xi32>' --implicit-check-not='tensor<1x8x8x64xi8>'
// RUN: bitserial-opt %s --bitserial-set-target=cpu=haswell --bitserial-layout-pipeline --bitserial-kernel-pipeline=synthesize=off \
// RUN:   | FileCheck %s --check-prefixes=CHECK,BUFFER --implicit-check-not='tensor<1x8x8x64xi32>' --implicit-check-not='tensor<1x8x8x64xi8>'
// RUN: bitserial-opt %s --bitserial-set-target=cpu=haswell --bitserial-layout-pipeline --bitserial-kernel-pipeline=synthesize=off --bitserial-bufferize-pipeline \
// RUN:   | FileCheck %s --check-prefix=MEMORY --implicit-check-not='memref<1x8x8x64x'
// RUN: bitserial-opt %s --bitserial-set-target=cpu=haswell --bitserial-layout-pipeline --bitserial-kernel-pipeline=synthesize=off --bitserial-bufferize-pipeline \
// RUN:   --bitserial-llvm-pipeline | FileCheck %s --check-prefix=LLVM

#x = affine_map<(n, oh, ow, o, kh, kw, c) -> (n, oh + kh, ow + kw, c)>
#w = affine_map<(n, oh, ow, o, kh, kw, c) -> (o, kh, kw, c)>
#y = affine_map<(n, oh, ow, o, kh, kw, c) -> (n, oh, ow, o)>
#identity = affine_map<(n, oh, ow, o) -> (n, oh, ow, o)>

// The words go where the next layer reads them, inside of its padding.
// LAYOUT-LABEL: func.func @chain(
// LAYOUT: %[[SUMS:.*]] = bitserial.reduce {{.*}} outs(%{{.*}} : tensor<1x8x8x64xi32>)
// LAYOUT: %[[VALUES:.*]] = linalg.generic {{.*}} ins(%[[SUMS]], %{{.*}}) outs(%{{.*}} : tensor<1x8x8x64xi8>)
// LAYOUT: %[[INNER:.*]] = tensor.extract_slice %[[PADDED:.*]][0, 0, 1, 1, 0] [2, 1, 8, 8, 2] [1, 1, 1, 1, 1] : tensor<2x1x10x10x2xi32>
// LAYOUT: %[[WORDS:.*]] = bitserial.pack_words ins(%[[VALUES]] : tensor<1x8x8x64xi8>) outs(%[[INNER]] : tensor<2x1x8x8x2xi32>)
// LAYOUT: tensor.insert_slice %[[WORDS]] into %[[PADDED]][0, 0, 1, 1, 0]

// CHECK-LABEL: func.func @chain(

// With 16 lanes, four vectors are two words of 32 bits: compared and written.
// REGISTERS: scf.for {{.*}} -> (tensor<2x1x8x8x2xi32>)
// REGISTERS: math.ctpop %{{.*}} : vector<16xi32>
// REGISTERS: %[[CLAMPED:.*]] = arith.minsi %{{.*}} : vector<16xi32>
// REGISTERS: arith.trunci %[[CLAMPED]] : vector<16xi32> to vector<16xi8>
// REGISTERS: %[[MASK:.*]] = arith.cmpi ne, %{{.*}} : vector<64xi8>
// REGISTERS: %[[PLANE:.*]] = vector.bitcast %[[MASK]] : vector<64xi1> to vector<2xi32>
// REGISTERS: vector.transfer_write %[[PLANE]], %{{.*}} : vector<2xi32>, tensor<2x1x1x{{[0-9]+}}x2xi32>
// REGISTERS-NOT: pack_words

// With 4 lanes and words of 64 bits a row of sums meets in a buffer; values are
// computed from whole vectors of them, and packed before the next row begins.
// BUFFER: scf.for {{.*}} -> (tensor<2x1x8x8x1xi64>)
// BUFFER: tensor.empty() : tensor<1x1x8x64xi32>
// BUFFER: scf.for {{.*}} -> (tensor<1x1x8x64xi32>)
// BUFFER: math.ctpop
// BUFFER: scf.for {{.*}} -> (tensor<1x1x8x64xi8>)
// BUFFER: arith.trunci %{{.*}} : vector<32xi32> to vector<32xi8>
// BUFFER: scf.for {{.*}} -> (tensor<2x1x1x8x1xi64>)
// BUFFER: vector.bitcast %{{.*}} : vector<64xi1> to vector<1xi64>
// BUFFER-NOT: pack_words

// The buffers are on the stack, and allocated once.
// MEMORY-LABEL: func.func @chain(
// MEMORY: scf.for
// MEMORY: memref.alloca() {{.*}} : memref<1x1x8x64xi32>
// MEMORY: memref.alloca() {{.*}} : memref<1x1x8x64xi8>
// LLVM-LABEL: llvm.func @chain(
// LLVM-NOT: llvm.br
// LLVM-COUNT-2: llvm.alloca
// LLVM-NOT: llvm.alloca
// LLVM: llvm.func @used_twice(
func.func @chain(%x: tensor<1x8x8x128x!bitserial.int<2, unsigned>>,
                 %w1: tensor<64x3x3x128x!bitserial.int<1, bipolar>>, %bias: tensor<64xi32>,
                 %w2: tensor<16x3x3x64x!bitserial.int<1, bipolar>>) -> tensor<1x8x8x16xi32> {
  %sums = bitserial.contract %x, %w1 indexing_maps = [#x, #w, #y] pad_low = [0, 1, 1, 0] pad_high = [0, 1, 1, 0]
      : tensor<1x8x8x128x!bitserial.int<2, unsigned>>, tensor<64x3x3x128x!bitserial.int<1, bipolar>> -> tensor<1x8x8x64xi32>
  %empty = tensor.empty() : tensor<1x8x8x64xi32>
  %three = arith.constant 3 : i32
  %zero = arith.constant 0 : i32
  %clamped = linalg.generic {indexing_maps = [#identity, affine_map<(n, oh, ow, o) -> (o)>, #identity],
                             iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%sums, %bias : tensor<1x8x8x64xi32>, tensor<64xi32>) outs(%empty : tensor<1x8x8x64xi32>) {
  ^bb0(%sum: i32, %b: i32, %out: i32):
    %biased = arith.addi %sum, %b : i32
    %low = arith.maxsi %biased, %zero : i32
    %high = arith.minsi %low, %three : i32
    linalg.yield %high : i32
  } -> tensor<1x8x8x64xi32>
  %a = bitserial.encode %clamped : tensor<1x8x8x64xi32> to tensor<1x8x8x64x!bitserial.int<2, unsigned>>
  %y = bitserial.contract %a, %w2 indexing_maps = [#x, #w, #y] pad_low = [0, 1, 1, 0] pad_high = [0, 1, 1, 0]
      : tensor<1x8x8x64x!bitserial.int<2, unsigned>>, tensor<16x3x3x64x!bitserial.int<1, bipolar>> -> tensor<1x8x8x16xi32>
  return %y : tensor<1x8x8x16xi32>
}

// A value that has another use is in memory, and packed from there.
// CHECK-LABEL: func.func @used_twice(
// REGISTERS: vector.transfer_write {{.*}} : vector<16xi8>, tensor<{{.*}}xi8>
func.func @used_twice(%x: tensor<6x64x!bitserial.int<1, unsigned>>, %w1: tensor<64x64x!bitserial.int<1, bipolar>>,
                      %w2: tensor<16x64x!bitserial.int<1, bipolar>>) -> (tensor<6x16xi32>, tensor<6x64x!bitserial.int<1, unsigned>>) {
  %sums = bitserial.contract %x, %w1
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      : tensor<6x64x!bitserial.int<1, unsigned>>, tensor<64x64x!bitserial.int<1, bipolar>> -> tensor<6x64xi32>
  %zero = arith.constant dense<0> : tensor<6x64xi32>
  %one = arith.constant dense<1> : tensor<6x64xi32>
  %low = arith.maxsi %sums, %zero : tensor<6x64xi32>
  %high = arith.minsi %low, %one : tensor<6x64xi32>
  %a = bitserial.encode %high : tensor<6x64xi32> to tensor<6x64x!bitserial.int<1, unsigned>>
  %y = bitserial.contract %a, %w2
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      : tensor<6x64x!bitserial.int<1, unsigned>>, tensor<16x64x!bitserial.int<1, bipolar>> -> tensor<6x16xi32>
  return %y, %a : tensor<6x16xi32>, tensor<6x64x!bitserial.int<1, unsigned>>
}
