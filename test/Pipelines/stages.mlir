// The named pipelines, one after the other, and what each of them leaves behind.

// RUN: bitserial-opt %s --bitserial-set-target=cpu=cortex-a53 --bitserial-layout-pipeline=synthesize=off -o %t.words.mlir
// RUN: FileCheck %s --check-prefix=WORDS --input-file=%t.words.mlir --implicit-check-not='bitserial.{{contract|pack|constant}}' --implicit-check-not='!bitserial.int'
// RUN: bitserial-opt %t.words.mlir --bitserial-kernel-pipeline=synthesize=off -o %t.vectors.mlir
// RUN: FileCheck %s --check-prefix=VECTORS --input-file=%t.vectors.mlir --implicit-check-not='bitserial.reduce'
// RUN: bitserial-opt %t.vectors.mlir --bitserial-bufferize-pipeline -o %t.memory.mlir
// RUN: FileCheck %s --check-prefix=MEMORY --input-file=%t.memory.mlir --implicit-check-not='tensor' --implicit-check-not='memref.copy'
// RUN: bitserial-opt %t.memory.mlir --bitserial-llvm-pipeline -o %t.llvm.mlir
// RUN: FileCheck %s --check-prefix=LLVM --input-file=%t.llvm.mlir --implicit-check-not='{{[^.]}}{{memref|vector|scf|arith|affine|linalg|func|cf}}.{{[a-z]+}} '

// The whole way is the sum of its parts.
// RUN: bitserial-opt %s --bitserial-pipeline="target=cortex-a53 synthesize=off" -o %t.all.mlir
// RUN: diff %t.llvm.mlir %t.all.mlir

// So it is with kernels of the library, which layouts depend on.
// RUN: bitserial-opt %s --bitserial-set-target=cpu=cortex-a53 --bitserial-layout-pipeline=synthesize=library \
// RUN:   | bitserial-opt --bitserial-kernel-pipeline | bitserial-opt --bitserial-bufferize-pipeline \
// RUN:   | bitserial-opt --bitserial-llvm-pipeline -o %t.kernels.mlir
// RUN: bitserial-opt %s --bitserial-pipeline=target=cortex-a53 | diff %t.kernels.mlir -
// RUN: not diff %t.kernels.mlir %t.all.mlir

// A layout is chosen for the reduces that there are kernels for.
// RUN: bitserial-opt %s --bitserial-set-target=cpu=cortex-a53 --bitserial-layout-pipeline=synthesize=library --dump-pass-pipeline 2>&1 -o /dev/null | FileCheck %s --check-prefix=PASSES
// PASSES: bitserial-use-kernels{cache=true cache-dir= library=true search=false}

// Every stage can be written as bytecode and read again.
// RUN: bitserial-opt %s --bitserial-set-target=cpu=cortex-a53 --bitserial-layout-pipeline=synthesize=off --emit-bytecode -o %t.words.mlirbc
// RUN: bitserial-opt %t.words.mlirbc --bitserial-kernel-pipeline=synthesize=off | diff %t.vectors.mlir -

// Weights are packed at compile time, activations by a loop over vectors.
// WORDS: module attributes {bitserial.target = #bitserial.target<"cortex-a53">}
// WORDS-LABEL: func.func @main(
// WORDS-SAME: %[[X:[^:]+]]: tensor<1x14x14x16xi8> {bufferization.writable = false}) -> tensor<1x14x14x8xi32>
// WORDS-DAG: %[[W:.+]] = arith.constant dense<{{.*}}> : tensor<1x3x3x1x8xi16>
// WORDS: scf.for
// WORDS: vector.transfer_read
// WORDS: %[[R:.+]] = bitserial.reduce ins(%{{.+}}, %{{.+}} : tensor<2x1x16x16xi16>, tensor<1x3x3x1x8xi16>)
// WORDS: return %[[R]]

// VECTORS-LABEL: func.func @main(
// VECTORS: scf.for {{.*}} -> (tensor<1x14x14x8xi32>)
// VECTORS: scf.for {{.*}} -> (vector<8xi16>, vector<8xi16>,
// VECTORS: math.ctpop %{{.+}} : vector<8xi16>
// VECTORS: arith.shli

// The result is an argument; what is allocated is also freed.
// MEMORY: memref.global "private" constant @[[WEIGHTS:.+]] : memref<1x3x3x1x8xi16>
// MEMORY-LABEL: func.func @main(
// MEMORY-SAME: %[[X:[^:]+]]: memref<1x14x14x16xi8>, %[[OUT:[^:]+]]: memref<1x14x14x8xi32>
// MEMORY: %[[W:.+]] = memref.get_global @[[WEIGHTS]]
// MEMORY: %[[PACKED:.+]] = memref.alloc() {{.*}} : memref<2x1x16x16x1xi16>
// MEMORY: scf.for
// MEMORY: memref.dealloc %[[PACKED]]
// MEMORY: return{{$}}

// Bare pointers.
// LLVM: llvm.func @main(%{{.+}}: !llvm.ptr, %{{.+}}: !llvm.ptr
// LLVM-SAME: target_cpu = "cortex-a53"
// LLVM: llvm.intr.ctpop(%{{.+}}) : (vector<8xi16>) -> vector<8xi16>
// LLVM: llvm.return{{$}}
func.func @main(%x: tensor<1x14x14x16x!bitserial.int<2, unsigned>>) -> tensor<1x14x14x8xi32> {
  %w = bitserial.constant dense<1> : tensor<8x3x3x16xi8> to tensor<8x3x3x16x!bitserial.int<1, unsigned>>
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(n, oh, ow, o, kh, kw, c) -> (n, oh + kh, ow + kw, c)>,
                       affine_map<(n, oh, ow, o, kh, kw, c) -> (o, kh, kw, c)>,
                       affine_map<(n, oh, ow, o, kh, kw, c) -> (n, oh, ow, o)>]
      pad_low = [0, 1, 1, 0] pad_high = [0, 1, 1, 0]
      : tensor<1x14x14x16x!bitserial.int<2, unsigned>>, tensor<8x3x3x16x!bitserial.int<1, unsigned>>
      -> tensor<1x14x14x8xi32>
  return %0 : tensor<1x14x14x8xi32>
}
