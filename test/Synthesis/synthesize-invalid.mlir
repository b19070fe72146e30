// RUN: bitserial-opt %s --split-input-file --verify-diagnostics --pass-pipeline='builtin.module(bitserial-set-target{cpu=icelake-server},func.func(bitserial-synthesize{search=false}))' -o /dev/null
// RUN: not bitserial-opt %s --split-input-file --pass-pipeline='builtin.module(bitserial-set-target{cpu=icelake-server},func.func(bitserial-synthesize{search=false max-accumulators=16}))' 2>&1 | FileCheck %s

// 33 rows of 4 vectors.

func.func @too_many(%a: tensor<1x33x18xi32>, %w: tensor<1x18x1x64xi32>, %acc: tensor<33x64xi32>) -> tensor<33x64xi32> {
  // expected-error@+1 {{'bitserial.reduce' op has 132 accumulator vectors, more than 128; tile it, by --bitserial-tile for example}}
  %0 = bitserial.reduce ins(%a, %w : tensor<1x33x18xi32>, tensor<1x18x1x64xi32>) outs(%acc : tensor<33x64xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>,
                       affine_map<(m, n, k) -> (m, n)>] plane_dims = [0, 2] {
  ^bb0(%a0: i1, %w0: i1):
    %x0 = arith.andi %a0, %w0 : i1
    %s0 = arith.extui %x0 : i1 to i32
    bitserial.yield %s0 : i32
  } -> tensor<33x64xi32>
  return %0 : tensor<33x64xi32>
}

// -----

func.func @dynamic(%a: tensor<1x?x18xi32>, %w: tensor<1x18x1x64xi32>, %acc: tensor<?x64xi32>) -> tensor<?x64xi32> {
  // expected-error@+1 {{'bitserial.reduce' op has dynamic sizes; peel partial tiles so that every micro-tile is static}}
  %0 = bitserial.reduce ins(%a, %w : tensor<1x?x18xi32>, tensor<1x18x1x64xi32>) outs(%acc : tensor<?x64xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>,
                       affine_map<(m, n, k) -> (m, n)>] plane_dims = [0, 2] {
  ^bb0(%a0: i1, %w0: i1):
    %x0 = arith.andi %a0, %w0 : i1
    %s0 = arith.extui %x0 : i1 to i32
    bitserial.yield %s0 : i32
  } -> tensor<?x64xi32>
  return %0 : tensor<?x64xi32>
}

// -----

// A limit of one's own.

// CHECK: error: 'bitserial.reduce' op has 20 accumulator vectors, more than 16
func.func @limit(%a: tensor<1x5x18xi32>, %w: tensor<1x18x1x64xi32>, %acc: tensor<5x64xi32>) -> tensor<5x64xi32> {
  %0 = bitserial.reduce ins(%a, %w : tensor<1x5x18xi32>, tensor<1x18x1x64xi32>) outs(%acc : tensor<5x64xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>,
                       affine_map<(m, n, k) -> (m, n)>] plane_dims = [0, 2] {
  ^bb0(%a0: i1, %w0: i1):
    %x0 = arith.andi %a0, %w0 : i1
    %s0 = arith.extui %x0 : i1 to i32
    bitserial.yield %s0 : i32
  } -> tensor<5x64xi32>
  return %0 : tensor<5x64xi32>
}

// Options, and the target.

// RUN: not bitserial-opt %s --split-input-file --pass-pipeline='builtin.module(bitserial-set-target{cpu=icelake-server},func.func(bitserial-synthesize{max-accumulators=0}))' 2>&1 | FileCheck %s --check-prefix=OPTION
// OPTION: error: bitserial-synthesize: max-accumulators must be positive
// RUN: not bitserial-opt %s --split-input-file --bitserial-synthesize=search=maybe 2>&1 | FileCheck %s --check-prefix=VALUE
// VALUE: 'maybe' is invalid value for boolean argument!
// RUN: not bitserial-opt %s --split-input-file --bitserial-synthesize 2>&1 | FileCheck %s --check-prefix=TARGET
// TARGET: error: the module has no 'bitserial.target' attribute to choose by; run --bitserial-set-target first
