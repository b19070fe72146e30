// RUN: bitserial-opt %s --pass-pipeline="builtin.module(bitserial-set-target{cpu=x86-64},func.func(bitserial-expand-half))" | FileCheck %s --check-prefixes=CHECK,BITS
// RUN: bitserial-opt %s --pass-pipeline="builtin.module(bitserial-set-target{cpu=haswell},func.func(bitserial-expand-half))" | FileCheck %s --check-prefixes=CHECK,F16C
// RUN: bitserial-opt %s --pass-pipeline="builtin.module(bitserial-set-target{cpu=cortex-a53},func.func(bitserial-expand-half))" | FileCheck %s --check-prefix=SAME

// CHECK-LABEL: func @sum(
// BITS-NOT: arith.extf
// BITS: arith.bitcast %{{.*}} : vector<8xf16> to vector<8xi16>
// BITS: arith.addf %{{.*}} : vector<8xf32>
// BITS: arith.bitcast %{{.*}} : vector<8xi16> to vector<8xf16>
// F16C-NEXT: arith.addf %{{.*}} : vector<8xf16>
// SAME-LABEL: func @sum(
// SAME-NEXT: arith.addf %{{.*}} : vector<8xf16>
func.func @sum(%x: vector<8xf16>, %y: vector<8xf16>) -> vector<8xf16> {
  %0 = arith.addf %x, %y : vector<8xf16>
  return %0 : vector<8xf16>
}

// CHECK-LABEL: func @brain(
// CHECK-NOT: arith.truncf
// CHECK: arith.mulf %{{.*}} : f32
// CHECK-NOT: arith.truncf
// CHECK: return
// SAME-LABEL: func @brain(
// SAME-NEXT: arith.mulf %{{.*}} : bf16
func.func @brain(%x: bf16) -> bf16 {
  %0 = arith.mulf %x, %x : bf16
  return %0 : bf16
}

// The last bit of the f32 says whether anything was cut off.
// CHECK-LABEL: func @double(
// CHECK: arith.truncf %{{.*}} : f64 to f32
// CHECK: arith.ori
// F16C: arith.truncf %{{.*}} : f32 to f16
// CHECK: return
// SAME-LABEL: func @double(
// SAME-NEXT: arith.truncf %{{.*}} : f64 to f16
func.func @double(%x: f64) -> f16 {
  %0 = arith.truncf %x : f64 to f16
  return %0 : f16
}
