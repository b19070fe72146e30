// RUN: bitserial-opt %s --split-input-file --verify-diagnostics --pass-pipeline='builtin.module(bitserial-set-target{cpu=icelake-server},func.func(bitserial-tile))'

func.func @dynamic(%a: tensor<1x?x18xi32>, %w: tensor<1x18x1x64xi32>, %acc: tensor<?x64xi32>) -> tensor<?x64xi32> {
  // expected-error@+1 {{'bitserial.reduce' op has dynamic sizes: partial tiles are peeled from scf.for loops with constant bounds, others have to be static}}
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

// -----

// Loops in parallel are not peeled.

#map = affine_map<(d) -> (5, 12 - d)>
func.func @forall(%a: tensor<1x12x18xi32>, %w: tensor<1x18x1x64xi32>, %acc: tensor<12x64xi32>) -> tensor<12x64xi32> {
  %0 = scf.forall (%m) = (0) to (12) step (5) shared_outs(%it = %acc) -> (tensor<12x64xi32>) {
    %size = affine.min #map(%m)
    %1 = tensor.extract_slice %a[0, %m, 0] [1, %size, 18] [1, 1, 1] : tensor<1x12x18xi32> to tensor<1x?x18xi32>
    %2 = tensor.extract_slice %it[%m, 0] [%size, 64] [1, 1] : tensor<12x64xi32> to tensor<?x64xi32>
    // expected-error@+1 {{'bitserial.reduce' op has dynamic sizes}}
    %3 = bitserial.reduce ins(%1, %w : tensor<1x?x18xi32>, tensor<1x18x1x64xi32>) outs(%2 : tensor<?x64xi32>)
        indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>,
                         affine_map<(m, n, k) -> (m, n)>] plane_dims = [0, 2] {
    ^bb0(%a0: i1, %w0: i1):
      %x = arith.andi %a0, %w0 : i1
      %s = arith.extui %x : i1 to i32
      bitserial.yield %s : i32
    } -> tensor<?x64xi32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %3 into %it[%m, 0] [%size, 64] [1, 1] : tensor<?x64xi32> into tensor<12x64xi32>
    }
  }
  return %0 : tensor<12x64xi32>
}
