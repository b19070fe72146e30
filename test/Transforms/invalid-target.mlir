// Targets that do not exist, and passes that need one and find none.

// RUN: not bitserial-opt %s --bitserial-set-target=cpu=cortex-a54 2>&1 | FileCheck %s --check-prefix=CPU
// CPU: invalid-target.mlir:[[#@LINE+30]]:1: error: unknown CPU 'cortex-a54'; did you mean 'cortex-a34', 'cortex-a5' or 'cortex-a53'?

// RUN: not bitserial-opt %s --bitserial-set-target="cpu=haswell features=+vnni" 2>&1 | FileCheck %s --check-prefix=FEATURE
// FEATURE: error: unknown x86-64 feature 'vnni'

// RUN: not bitserial-opt %s --bitserial-set-target="cpu=cortex-a53 features=+avx2" 2>&1 | FileCheck %s --check-prefix=OTHER
// OTHER: error: unknown AArch64 feature 'avx2'

// RUN: not bitserial-opt %s --bitserial-set-target="cpu=haswell features=avx2" 2>&1 | FileCheck %s --check-prefix=SIGN
// SIGN: error: the feature 'avx2' has no sign; write '+avx2' to add it or '-avx2' to remove it

// RUN: not bitserial-opt %s --bitserial-set-target=cpu=cortex-m4 2>&1 | FileCheck %s --check-prefix=NEON
// NEON: error: the ARM CPU 'cortex-m4' lacks the NEON vector unit ('neon'), which all generated code needs

// RUN: bitserial-opt %s --bitserial-set-target=cpu=haswell -o %t.mlir
// RUN: not bitserial-opt %t.mlir --bitserial-set-target=features=+avx512f 2>&1 | FileCheck %s --check-prefix=KEPT
// KEPT: error: features without a cpu: the module already has a target

// RUN: sed s/haswell/hasbeen/ %t.mlir > %t.unknown.mlir
// RUN: not bitserial-opt %t.unknown.mlir --bitserial-set-target 2>&1 | FileCheck %s --check-prefix=UNKNOWN
// RUN: not bitserial-opt %t.unknown.mlir --bitserial-attach-target 2>&1 | FileCheck %s --check-prefix=UNKNOWN
// UNKNOWN: .unknown.mlir:1:1: error: unknown CPU 'hasbeen'

// RUN: not bitserial-opt %s --bitserial-attach-target 2>&1 | FileCheck %s --check-prefix=NONE
// RUN: not bitserial-opt %s --bitserial-materialize-layouts 2>&1 | FileCheck %s --check-prefix=NONE
// RUN: not bitserial-opt %s --pass-pipeline='builtin.module(func.func(bitserial-assign-layouts))' 2>&1 | FileCheck %s --check-prefix=NONE
// RUN: not bitserial-opt %s --pass-pipeline='builtin.module(func.func(bitserial-tile))' 2>&1 | FileCheck %s --check-prefix=NONE
// RUN: not bitserial-opt %s --pass-pipeline='builtin.module(func.func(bitserial-lower-reduce))' 2>&1 | FileCheck %s --check-prefix=NONE
// NONE: error: the module has no 'bitserial.target' attribute to choose by; run --bitserial-set-target first

module {
  func.func @f() {
    return
  }
}
