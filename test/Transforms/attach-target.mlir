// RUN: bitserial-opt %s --bitserial-attach-target --split-input-file | FileCheck %s

// CHECK: module attributes {bitserial.target = #bitserial.target<"haswell", "-bmi2">
// CHECK-SAME: llvm.data_layout = "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128"
// CHECK-SAME: llvm.target_triple = "x86_64-unknown-linux-gnu"
module attributes {bitserial.target = #bitserial.target<"haswell", "-bmi2">} {
  // CHECK: llvm.func @public(%{{.*}}: !llvm.ptr) attributes {prefer_vector_width = "256", target_cpu = "haswell", target_features = #llvm.target_features<[
  // CHECK-SAME: "-bmi2",{{.*}} "+avx2"
  llvm.func @public(%arg0: !llvm.ptr) {
    llvm.return
  }
  // Functions that nobody else calls are not exported.
  // CHECK: llvm.func internal @private() attributes {{.*}}target_cpu = "haswell"
  llvm.func @private() attributes {sym_visibility = "private"} {
    llvm.return
  }
  // Declarations name no target.
  // CHECK: llvm.func @malloc(i64) -> !llvm.ptr{{$}}
  llvm.func @malloc(i64) -> !llvm.ptr
}

// -----

// CHECK: module attributes {bitserial.target = #bitserial.target<"x86-64-v4">
// CHECK: llvm.func @wide() attributes {prefer_vector_width = "512", target_cpu = "x86-64-v4"
module attributes {bitserial.target = #bitserial.target<"x86-64-v4">} {
  llvm.func @wide() {
    llvm.return
  }
}

// -----

// Only x86 has vectors of several widths.

// CHECK: module attributes {bitserial.target = #bitserial.target<"cortex-a7">
// CHECK-SAME: llvm.target_triple = "armv7-unknown-linux-gnueabihf"
// CHECK: llvm.func @arm() attributes {target_cpu = "cortex-a7", target_features = #llvm.target_features<[{{.*}}"+neon"
module attributes {bitserial.target = #bitserial.target<"cortex-a7">} {
  llvm.func @arm() {
    llvm.return
  }
}
