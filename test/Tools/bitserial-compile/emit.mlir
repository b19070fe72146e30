// Every kind of output, chosen by --emit or by the name of the file.

// RUN: rm -rf %t && mkdir %t
// RUN: bitserial-compile %s --target=haswell | FileCheck %s --check-prefix=MLIR
// RUN: bitserial-compile %s --target=haswell -o %t/a.mlir && FileCheck %s --check-prefix=MLIR < %t/a.mlir
// MLIR: module attributes {{.*}}bitserial.target = #bitserial.target<"haswell">
// MLIR: llvm.func @main(

// RUN: bitserial-compile %s --target=haswell --emit=llvm | FileCheck %s --check-prefix=LLVM
// RUN: bitserial-compile %s --target=haswell -o %t/a.ll && FileCheck %s --check-prefix=LLVM < %t/a.ll
// LLVM: target triple = "x86_64-unknown-linux-gnu"
// LLVM: define {{.*}}i32 @emit_main(i32
// LLVM: attributes #0 = {{.*}}"prefer-vector-width"="256" "target-cpu"="haswell" "target-features"="+64bit,{{.*}}+avx2

// RUN: bitserial-compile %s --target=haswell --emit=asm | FileCheck %s --check-prefix=X86
// RUN: bitserial-compile %s --target=haswell -o %t/a.s && FileCheck %s --check-prefix=X86 < %t/a.s
// RUN: bitserial-compile %s --target=cortex-a53 --emit=asm | FileCheck %s --check-prefix=AARCH64
// RUN: bitserial-compile %s --target=cortex-a7 --emit=asm | FileCheck %s --check-prefix=ARM
// X86: .globl emit_main
// X86: leal (%rdi,%rdi,2), %eax
// AARCH64: .globl emit_main
// AARCH64: add w0, w0, w0, lsl #1
// ARM: .globl emit_main
// ARM: add r0, r0, r0, lsl #1

// The triple in the target chooses between AArch64 and ARM.
// RUN: bitserial-compile %s --target=arm:cortex-a53 --emit=asm | FileCheck %s --check-prefix=ARM

// RUN: bitserial-compile %s --target=haswell -o %t/x86.o
// RUN: bitserial-compile %s --target=cortex-a53 -o %t/aarch64.so
// RUN: bitserial-compile %s --target=cortex-a7 -o %t/arm.so
// RUN: llvm-readelf -hs %t/x86.o | FileCheck %s --check-prefix=OBJECT
// RUN: llvm-readelf -hs %t/aarch64.so | FileCheck %s --check-prefix=SO-AARCH64
// RUN: llvm-readelf -hs %t/arm.so | FileCheck %s --check-prefix=SO-ARM
// OBJECT: Type: REL
// OBJECT: Machine: Advanced Micro Devices X86-64
// OBJECT: GLOBAL DEFAULT {{.*}} emit_main
// SO-AARCH64: Type: DYN
// SO-AARCH64: Machine: AArch64
// SO-AARCH64: GLOBAL DEFAULT {{.*}} emit_main
// SO-ARM: Type: DYN
// SO-ARM: Machine: ARM
// SO-ARM: GLOBAL DEFAULT {{.*}} emit_main

// Nothing unfinished stays behind.
// RUN: ls %t | FileCheck %s --check-prefix=FILES
// FILES:      a.ll
// FILES-NEXT: a.mlir
// FILES-NEXT: a.s
// FILES-NEXT: aarch64.so
// FILES-NEXT: arm.so
// FILES-NEXT: x86.o
// FILES-NOT:  {{.}}

// RUN: bitserial-compile %s --target=haswell --emit=asm --remarks 2>&1 >%t/a.s | FileCheck %s --check-prefix=REMARKS
// REMARKS: remark: compiling for haswell (x86-64, AVX2: 16 vector registers of 256 bits)

// The attribute of the module counts if the command line names no target.
// RUN: sed 's/^module/module attributes {bitserial.target = #bitserial.target<"cortex-a72", "-crc">}/' %s > %t/attribute.mlir
// RUN: bitserial-compile %t/attribute.mlir --emit=llvm | FileCheck %s --check-prefix=ATTRIBUTE
// RUN: bitserial-compile %t/attribute.mlir --emit=llvm --features=-aes | FileCheck %s --check-prefix=AES
// RUN: bitserial-compile %t/attribute.mlir --emit=llvm --target=haswell | FileCheck %s --check-prefix=OVERRIDE
// ATTRIBUTE: "target-cpu"="cortex-a72"
// ATTRIBUTE-SAME: "-crc
// AES: "target-cpu"="cortex-a72" "target-features"="-aes,-crc,
// OVERRIDE: "target-cpu"="haswell"

// RUN: bitserial-compile %s --emit=asm --mlir-timing 2>&1 >%t/a.s | FileCheck %s --check-prefix=TIMING
// TIMING-DAG: Parse
// TIMING-DAG: Passes
// TIMING-DAG: LLVM optimisation
// TIMING-DAG: Code generation

// RUN: bitserial-compile %s --mlir-print-ir-after=cse 2>&1 >%t/a.mlir | FileCheck %s --check-prefix=PRINT
// PRINT: IR Dump After CSE

module {
  func.func @main(%x: i32) -> i32 {
    %c3 = arith.constant 3 : i32
    %r = arith.muli %x, %c3 : i32
    return %r : i32
  }
}
