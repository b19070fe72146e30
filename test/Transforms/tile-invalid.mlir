// RUN: bitserial-opt %s --split-input-file --verify-diagnostics --pass-pipeline='builtin.module(bitserial-set-target{cpu=icelake-server},func.func(bitserial-tile))'

func.func @dynamic(%a: tensor<1x?x18xi32>, %w: tensor<1x18x1x64xi32>, %acc: tensor<?x64xi32>) -> tensor<?x64xi32> {
  // expected-error@+1 {{'bitserial.reduce' op has dynamic sizes: peel partial tiles before --bitserial-tile}}
  %0 = bitserial.reduce ins(%a, %w : tensor<1x?x18xi32>, tensor<1x18x1x64xi32>) outs(%acc : tensor<?x64xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                       affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>,
                       affine_map<(m, n, k) -> (m, n)>] plane_dims = [0, 2] {
  ^bb0(%a0: i1, %w0: i1):
    %x = arith.andi %a0, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<?x64xi32>
  return %0 : tensor<?x64xi32>
}
