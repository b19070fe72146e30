// Options of bitserial-pipeline.

// RUN: bitserial-opt %s --bitserial-pipeline="target=x86-64-v4 features=+avx512vpopcntdq" | FileCheck %s --check-prefix=TARGET
// TARGET: module attributes {bitserial.target = #bitserial.target<"x86-64-v4", "+avx512vpopcntdq">
// TARGET: llvm.func @main({{.*}} prefer_vector_width = "512", target_cpu = "x86-64-v4", target_features = {{.*}}"+avx512vpopcntdq"

// Without a target it is this machine, unless the module names one.
// RUN: bitserial-opt %s --bitserial-pipeline | FileCheck %s --check-prefix=NATIVE
// NATIVE: bitserial.target = #bitserial.target<"native">
// RUN: bitserial-opt %s --bitserial-set-target=cpu=cortex-a7 -o %t.mlir
// RUN: bitserial-opt %t.mlir --bitserial-pipeline | FileCheck %s --check-prefix=KEPT
// KEPT: bitserial.target = #bitserial.target<"cortex-a7">
// KEPT: target_cpu = "cortex-a7"

// RUN: not bitserial-opt %s --bitserial-pipeline=target=potato 2>&1 | FileCheck %s --check-prefix=CPU
// CPU: options.mlir:[[#@LINE+10]]:1: error: unknown CPU 'potato'
// RUN: not bitserial-opt %s --bitserial-pipeline="target=haswell features=+sve" 2>&1 | FileCheck %s --check-prefix=FEATURE
// FEATURE: error: unknown x86-64 feature 'sve'
// RUN: not bitserial-opt %s --bitserial-pipeline="target=haswell schedule=%t/none.mlir" 2>&1 | FileCheck %s --check-prefix=SCHEDULE
// SCHEDULE: error: cannot read the schedule: {{.*}}none.mlir
// RUN: not bitserial-opt %s --bitserial-pipeline="cpu=haswell" 2>&1 | FileCheck %s --check-prefix=UNKNOWN
// UNKNOWN: no such option cpu
// RUN: not bitserial-opt %s --bitserial-kernel-pipeline 2>&1 | FileCheck %s --check-prefix=NONE
// NONE: error: the module has no 'bitserial.target' attribute to choose by; run --bitserial-set-target first

module {
  func.func @main(%x: tensor<8x!bitserial.int<2, unsigned>>, %w: tensor<8x!bitserial.int<1, bipolar>>) -> tensor<i32> {
    %0 = bitserial.contract %x, %w indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> (k)>, affine_map<(k) -> ()>]
      : tensor<8x!bitserial.int<2, unsigned>>, tensor<8x!bitserial.int<1, bipolar>> -> tensor<i32>
    return %0 : tensor<i32>
  }
}
