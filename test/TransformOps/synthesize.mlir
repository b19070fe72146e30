// REQUIRES: solver
// RUN: rm -rf %t && split-file %s %t
// RUN: bitserial-synth add %S/../Transforms/Inputs/kernels/avx2-a1w1-bytes.mlir --cache-dir=%t/cache
// DEFINE: %{run} = env BITSERIAL_CACHE_DIR=%t/cache bitserial-opt --bitserial-set-target=cpu=haswell --transform-interpreter

// RUN: %{run} %t/success.mlir | FileCheck %s
// CHECK-LABEL: func @tile(
// CHECK-NOT: bitserial.reduce
// CHECK: llvm.call_intrinsic "llvm.x86.avx2.psad.bw"
// RUN: bitserial-opt %t/success.mlir | FileCheck %s --check-prefix=ROUNDTRIP
// ROUNDTRIP: transform.bitserial.synthesize %{{.+}} {max_accumulators = 16 : i64} : !transform.any_op

// Every failure, each at the op of the schedule, with the payload.

// RUN: not bitserial-opt %t/verifier.mlir 2>&1 | FileCheck %s --check-prefix=VERIFIER
// VERIFIER: error: 'transform.bitserial.synthesize' op max_accumulators must be positive

// RUN: not %{run} %t/not-a-reduce.mlir 2>&1 | FileCheck %s --check-prefix=OTHER
// OTHER: :4:5: error: only bitserial.reduce has kernels
// OTHER: note: payload op

// RUN: not %{run} %t/no-kernel.mlir 2>&1 | FileCheck %s --check-prefix=NONE
// NONE: :4:5: error: no kernel: neither library nor cache has a kernel 'a1w1x{{.*}}-o64' for haswell
// NONE: :11:10: note: payload op

// A silenceable failure can be silenced, and leaves the op alone.
// RUN: %{run} %t/silenced.mlir | FileCheck %s --check-prefix=SILENCED
// SILENCED: bitserial.reduce

// A definite one cannot.
// RUN: not %{run} %t/dynamic.mlir 2>&1 | FileCheck %s --check-prefix=DYNAMIC
// DYNAMIC: :13:10: error: 'bitserial.reduce' op has dynamic sizes
// RUN: not env BITSERIAL_CACHE_DIR=%t/cache bitserial-opt --transform-interpreter %t/success.mlir 2>&1 | FileCheck %s --check-prefix=TARGET
// TARGET: error: the module has no 'bitserial.target' attribute

//--- success.mlir
module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%root: !transform.any_op) {
    %tiles = transform.structured.match ops{["bitserial.reduce"]} in %root : (!transform.any_op) -> !transform.any_op
    transform.bitserial.synthesize %tiles {max_accumulators = 16} : !transform.any_op
    transform.yield
  }

  func.func @tile(%a: tensor<1x2x9xi64>, %w: tensor<9x1x4xi64>, %acc: tensor<2x4xi32>) -> tensor<2x4xi32> {
    %0 = bitserial.reduce ins(%a, %w : tensor<1x2x9xi64>, tensor<9x1x4xi64>) outs(%acc : tensor<2x4xi32>)
        indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (k, n)>,
                         affine_map<(m, n, k) -> (m, n)>] plane_dims = [0, 1] {
    ^bb0(%a0: i1, %w0: i1):
      %x0 = arith.andi %a0, %w0 : i1
      %s0 = arith.extui %x0 : i1 to i32
      bitserial.yield %s0 : i32
    } -> tensor<2x4xi32>
    return %0 : tensor<2x4xi32>
  }
}

//--- verifier.mlir
module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%root: !transform.any_op) {
    transform.bitserial.synthesize %root {max_accumulators = 0} : !transform.any_op
    transform.yield
  }
}

//--- not-a-reduce.mlir
module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%root: !transform.any_op) {
    %f = transform.structured.match ops{["func.func"]} in %root : (!transform.any_op) -> !transform.any_op
    transform.bitserial.synthesize %f : !transform.any_op
    transform.yield
  }
  func.func private @f()
}

//--- no-kernel.mlir
module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%root: !transform.any_op) {
    %tiles = transform.structured.match ops{["bitserial.reduce"]} in %root : (!transform.any_op) -> !transform.any_op
    transform.bitserial.synthesize %tiles : !transform.any_op
    transform.yield
  }

  // The bits of the weights that no activation meets: no product of numbers.
  func.func @tile(%a: tensor<1x2x9xi64>, %w: tensor<9x1x4xi64>, %acc: tensor<2x4xi32>) -> tensor<2x4xi32> {
    %one = arith.constant 1 : i32
    %0 = bitserial.reduce ins(%a, %w : tensor<1x2x9xi64>, tensor<9x1x4xi64>) outs(%acc : tensor<2x4xi32>)
        indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (k, n)>,
                         affine_map<(m, n, k) -> (m, n)>] plane_dims = [0, 1] {
    ^bb0(%a0: i1, %w0: i1):
      %x0 = arith.andi %a0, %w0 : i1
      %s0 = arith.extui %x0 : i1 to i32
      %s1 = arith.extui %w0 : i1 to i32
      %s2 = arith.subi %s1, %s0 : i32
      bitserial.yield %s2 : i32
    } -> tensor<2x4xi32>
    return %0 : tensor<2x4xi32>
  }
}

//--- silenced.mlir
module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%root: !transform.any_op) {
    transform.sequence %root : !transform.any_op failures(suppress) {
    ^bb0(%inner: !transform.any_op):
      %tiles = transform.structured.match ops{["bitserial.reduce"]} in %inner : (!transform.any_op) -> !transform.any_op
      transform.bitserial.synthesize %tiles : !transform.any_op
    }
    transform.yield
  }

  func.func @tile(%a: tensor<1x2x9xi64>, %w: tensor<9x1x2xi64>, %acc: tensor<2x2xi32>) -> tensor<2x2xi32> {
    %0 = bitserial.reduce ins(%a, %w : tensor<1x2x9xi64>, tensor<9x1x2xi64>) outs(%acc : tensor<2x2xi32>)
        indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (k, n)>,
                         affine_map<(m, n, k) -> (m, n)>] plane_dims = [0, 1] {
    ^bb0(%a0: i1, %w0: i1):
      %x0 = arith.andi %a0, %w0 : i1
      %s0 = arith.extui %x0 : i1 to i32
      bitserial.yield %s0 : i32
    } -> tensor<2x2xi32>
    return %0 : tensor<2x2xi32>
  }
}

//--- dynamic.mlir
module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%root: !transform.any_op) {
    transform.sequence %root : !transform.any_op failures(suppress) {
    ^bb0(%inner: !transform.any_op):
      %tiles = transform.structured.match ops{["bitserial.reduce"]} in %inner : (!transform.any_op) -> !transform.any_op
      transform.bitserial.synthesize %tiles : !transform.any_op
    }
    transform.yield
  }

  func.func @tile(%a: tensor<1x?x9xi64>, %w: tensor<9x1x4xi64>, %acc: tensor<?x4xi32>) -> tensor<?x4xi32> {

    %0 = bitserial.reduce ins(%a, %w : tensor<1x?x9xi64>, tensor<9x1x4xi64>) outs(%acc : tensor<?x4xi32>)
        indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (k, n)>,
                         affine_map<(m, n, k) -> (m, n)>] plane_dims = [0, 1] {
    ^bb0(%a0: i1, %w0: i1):
      %x0 = arith.andi %a0, %w0 : i1
      %s0 = arith.extui %x0 : i1 to i32
      bitserial.yield %s0 : i32
    } -> tensor<?x4xi32>
    return %0 : tensor<?x4xi32>
  }
}
