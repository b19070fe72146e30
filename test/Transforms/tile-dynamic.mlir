// Partial tiles of loops that a schedule has made are peeled, outer and inner
// ones. What fits registers then is left alone, what does not is tiled.

// RUN: bitserial-opt %s --pass-pipeline='builtin.module(bitserial-set-target{cpu=icelake-server},func.func(bitserial-tile),canonicalize,cse)' | FileCheck %s

#min5 = affine_map<(d) -> (5, 14 - d)>
#min7 = affine_map<(d) -> (7, 18 - d)>

// CHECK-LABEL: func @peel(
// CHECK-SAME: %[[A:[^:]+]]: tensor<1x14x18xi32>
// CHECK: %[[MAIN:.+]] = scf.for %[[M:.+]] = %c0 to %c10 step %c5
// CHECK: %[[ROWS:.+]] = tensor.extract_slice %[[A]][0, %[[M]], 0] [1, 5, 18] [1, 1, 1]
// CHECK: %[[WORDS:.+]] = scf.for %{{.+}} = %c0 to %c14 step %c7
// CHECK: bitserial.reduce ins({{.*}} : tensor<1x5x7xi32>, tensor<1x7x1x64xi32>) outs(%{{.+}} : tensor<5x64xi32>)
// CHECK: bitserial.reduce ins({{.*}} : tensor<1x5x4xi32>, tensor<1x4x1x64xi32>) outs(%[[WORDS]] : tensor<5x64xi32>)
// CHECK: scf.for %{{.+}} = %c0 to %c14 step %c7
// CHECK: bitserial.reduce ins({{.*}} : tensor<1x4x7xi32>, tensor<1x7x1x64xi32>) outs(%{{.+}} : tensor<4x64xi32>)
// CHECK: bitserial.reduce ins({{.*}} : tensor<1x4x4xi32>, tensor<1x4x1x64xi32>) outs(%{{.+}} : tensor<4x64xi32>)
// CHECK-NOT: bitserial.reduce
func.func @peel(%a: tensor<1x14x18xi32>, %w: tensor<1x18x1x64xi32>, %acc: tensor<14x64xi32>) -> tensor<14x64xi32> {
  %c0 = arith.constant 0 : index
  %c5 = arith.constant 5 : index
  %c7 = arith.constant 7 : index
  %c14 = arith.constant 14 : index
  %c18 = arith.constant 18 : index
  %0 = scf.for %m = %c0 to %c14 step %c5 iter_args(%it = %acc) -> tensor<14x64xi32> {
    %rows = affine.min #min5(%m)
    %1 = tensor.extract_slice %a[0, %m, 0] [1, %rows, 18] [1, 1, 1] : tensor<1x14x18xi32> to tensor<1x?x18xi32>
    %2 = tensor.extract_slice %it[%m, 0] [%rows, 64] [1, 1] : tensor<14x64xi32> to tensor<?x64xi32>
    %3 = scf.for %k = %c0 to %c18 step %c7 iter_args(%sum = %2) -> tensor<?x64xi32> {
      %words = affine.min #min7(%k)
      %4 = tensor.extract_slice %1[0, 0, %k] [1, %rows, %words] [1, 1, 1] : tensor<1x?x18xi32> to tensor<1x?x?xi32>
      %5 = tensor.extract_slice %w[0, %k, 0, 0] [1, %words, 1, 64] [1, 1, 1, 1] : tensor<1x18x1x64xi32> to tensor<1x?x1x64xi32>
      %6 = bitserial.reduce ins(%4, %5 : tensor<1x?x?xi32>, tensor<1x?x1x64xi32>) outs(%sum : tensor<?x64xi32>)
          indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>,
                           affine_map<(m, n, k) -> (m, n)>] plane_dims = [0, 2] {
      ^bb0(%a0: i1, %w0: i1):
        %x = arith.andi %a0, %w0 : i1
        %s = arith.extui %x : i1 to i32
        bitserial.yield %s : i32
      } -> tensor<?x64xi32>
      scf.yield %6 : tensor<?x64xi32>
    }
    %7 = tensor.insert_slice %3 into %it[%m, 0] [%rows, 64] [1, 1] : tensor<?x64xi32> into tensor<14x64xi32>
    scf.yield %7 : tensor<14x64xi32>
  }
  return %0 : tensor<14x64xi32>
}
