// Lanes are the reduction where the library's kernels are the faster for it by
// their modelled cycles: for long sums on neoverse-n1, where a word in all lanes
// takes a slot of the vector unit. What follows the loops decides for short ones.

// RUN: env BITSERIAL_CACHE_DIR= bitserial-compile %s --target=neoverse-n1 --features=+dotprod --emit=mlir --remarks -o /dev/null 2>&1 | FileCheck %s
// RUN: env BITSERIAL_CACHE_DIR= bitserial-compile %s --target=neoverse-n1 --features=+dotprod --synthesize=off --emit=mlir --remarks -o /dev/null 2>&1 | FileCheck %s --check-prefix=OFF

// CHECK: lanes.mlir:[[#@LINE+5]]:8: remark: micro-tile {{.*}}lanes run along reduction d2
// CHECK: lanes.mlir:[[#@LINE+11]]:8: remark: micro-tile {{.*}}lanes run along outputs d1
// CHECK: lanes.mlir:[[#@LINE+3]]:8: remark: kernel a2w1-r16 from the library
// OFF-NOT: lanes run along reduction
func.func @long(%x: tensor<56x8192x!bitserial.int<2, unsigned>>, %w: tensor<512x8192x!bitserial.int<1, bipolar>>) -> tensor<56x512xi32> {
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      : tensor<56x8192x!bitserial.int<2, unsigned>>, tensor<512x8192x!bitserial.int<1, bipolar>> -> tensor<56x512xi32>
  return %0 : tensor<56x512xi32>
}

func.func @short(%x: tensor<56x128x!bitserial.int<2, unsigned>>, %w: tensor<512x128x!bitserial.int<1, bipolar>>) -> tensor<56x512xi32> {
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      : tensor<56x128x!bitserial.int<2, unsigned>>, tensor<512x128x!bitserial.int<1, bipolar>> -> tensor<56x512xi32>
  return %0 : tensor<56x512xi32>
}
