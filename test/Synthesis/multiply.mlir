// Weights are applied by mla where it is one instruction: factors that are
// powers of two stay products in the loops, and are set up outside of them.

// RUN: env BITSERIAL_CACHE_DIR= bitserial-compile %s --target=cortex-a53 --emit=asm -o - | FileCheck %s --implicit-check-not='shl {{.*}}.16b'

// CHECK-LABEL: multiply_main:
// CHECK: movi [[TWO:v[0-9]+]].16b, #2
// CHECK: .LBB
// CHECK: mla {{v[0-9]+}}.16b, {{v[0-9]+}}.16b, {{v[0-9]+}}.16b
// CHECK-NOT: movi {{.*}}.16b
// CHECK: uadalp
// CHECK: b.ne
func.func @main(%x: tensor<64x1024x!bitserial.int<2, unsigned>>, %w: tensor<96x1024x!bitserial.int<2, unsigned>>) -> tensor<64x96xi32> {
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      : tensor<64x1024x!bitserial.int<2, unsigned>>, tensor<96x1024x!bitserial.int<2, unsigned>> -> tensor<64x96xi32>
  return %0 : tensor<64x96xi32>
}
