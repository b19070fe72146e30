// RUN: bitserial-opt %s --split-input-file -verify-diagnostics \
// RUN:   --pass-pipeline="builtin.module(bitserial-set-target{cpu=x86-64-v3},func.func(bitserial-expand-math))" | FileCheck %s --check-prefixes=CHECK,FMA
// RUN: bitserial-opt %s --split-input-file -verify-diagnostics \
// RUN:   --pass-pipeline="builtin.module(bitserial-set-target{cpu=x86-64},func.func(bitserial-expand-math))" | FileCheck %s --check-prefixes=CHECK,NOFMA

// CHECK-LABEL: func @exp(
// CHECK-NOT: math.exp
// FMA: math.fma
// NOFMA-NOT: math.fma
// CHECK: return
func.func @exp(%x: vector<8xf32>) -> vector<8xf32> {
  %0 = math.exp %x : vector<8xf32>
  return %0 : vector<8xf32>
}

// Half precision is extended.
// CHECK-LABEL: func @half(
// CHECK: arith.extf %{{.*}} : f16 to f32
// CHECK: arith.truncf %{{.*}} : f32 to f16
func.func @half(%x: f16) -> f16 {
  %0 = math.log %x : f16
  return %0 : f16
}

// CHECK-LABEL: func @round(
// FMA: math.floor
// NOFMA-NOT: math.floor
// NOFMA: arith.constant 0x4B000000 : f32
// CHECK: return
func.func @round(%x: f32) -> f32 {
  %0 = math.floor %x : f32
  return %0 : f32
}

// CHECK-LABEL: func @power(
// CHECK-NOT: math.powf
// CHECK: return
func.func @power(%x: vector<4xf32>, %y: vector<4xf32>) -> vector<4xf32> {
  %0 = math.powf %x, %y : vector<4xf32>
  return %0 : vector<4xf32>
}

// -----

func.func @double(%x: f64) -> f64 {
  // expected-error @+1 {{'math.exp' of 'f64' would be a call of the C library}}
  %0 = math.exp %x : f64
  return %0 : f64
}

// -----

func.func @remainder(%x: f32) -> f32 {
  // expected-error @+1 {{'arith.remf' of 'f32' would be a call of the C library}}
  %0 = arith.remf %x, %x : f32
  return %0 : f32
}

// -----

func.func @sine(%x: f32) -> f32 {
  // expected-error @+1 {{'math.sin' of 'f32' would be a call of the C library}}
  %0 = math.sin %x : f32
  return %0 : f32
}
