// RUN: bitserial-opt %s --bitserial-set-target=cpu=cortex-a53 --split-input-file | FileCheck %s --check-prefix=CPU
// RUN: bitserial-opt %s --bitserial-set-target="cpu=haswell features=+avx512f,-bmi2" --split-input-file | FileCheck %s --check-prefix=FEATURES
// RUN: bitserial-opt %s --bitserial-set-target --split-input-file | FileCheck %s --check-prefix=KEEP

// A module without a target gets one. Nothing else in it is of the dialect,
// which the pass has to load itself.

// CPU: module attributes {bitserial.target = #bitserial.target<"cortex-a53">}
// FEATURES: module attributes {bitserial.target = #bitserial.target<"haswell", "+avx512f,-bmi2">}
// KEEP: module attributes {bitserial.target = #bitserial.target<"native">}
module {
}

// -----

// The target of a module is replaced by one that is named, and kept else.

// CPU: module attributes {bitserial.target = #bitserial.target<"cortex-a53">}
// FEATURES: module attributes {bitserial.target = #bitserial.target<"haswell", "+avx512f,-bmi2">}
// KEEP: module attributes {bitserial.target = #bitserial.target<"armv7-linux-gnueabihf:cortex-a9", "+neon">}
module attributes {bitserial.target = #bitserial.target<"armv7-linux-gnueabihf:cortex-a9", "+neon">} {
}
