// RUN: bitserial-opt %s --bitserial-set-target=cpu=cortex-a53 --split-input-file | FileCheck %s --check-prefix=CPU
// RUN: bitserial-opt %s --bitserial-set-target="cpu=haswell features=+avx512f,-bmi2" --split-input-file | FileCheck %s --check-prefix=FEATURES
// RUN: bitserial-opt %s --bitserial-set-target --split-input-file | FileCheck %s --check-prefix=KEEP
// RUN: bitserial-opt %s --bitserial-set-target="cpu=haswell threads=3" --split-input-file | FileCheck %s --check-prefix=THREADS
// RUN: bitserial-opt %s --bitserial-set-target="cpu=haswell threads=1" --split-input-file | FileCheck %s --check-prefix=ONE --implicit-check-not=threads

// A module without a target gets one. Nothing else in it is of the dialect,
// which the pass has to load itself.

// CPU: module attributes {bitserial.target = #bitserial.target<"cortex-a53">}
// FEATURES: module attributes {bitserial.target = #bitserial.target<"haswell", "+avx512f,-bmi2">}
// KEEP: module attributes {bitserial.target = #bitserial.target<"native">}
module {
}

// -----

// The target of a module is replaced by one that is named, and kept else; so are
// its threads.

// CPU: module attributes {bitserial.target = #bitserial.target<"cortex-a53">, bitserial.threads = 2 : i64}
// FEATURES: module attributes {bitserial.target = #bitserial.target<"haswell", "+avx512f,-bmi2">, bitserial.threads = 2 : i64}
// KEEP: module attributes {bitserial.target = #bitserial.target<"armv7-linux-gnueabihf:cortex-a9", "+neon">, bitserial.threads = 2 : i64}
// THREADS: module attributes {bitserial.target = #bitserial.target<"haswell">, bitserial.threads = 3 : i64}
// ONE: module attributes {bitserial.target = #bitserial.target<"haswell">}
module attributes {bitserial.target = #bitserial.target<"armv7-linux-gnueabihf:cortex-a9", "+neon">, bitserial.threads = 2 : i64} {
}
