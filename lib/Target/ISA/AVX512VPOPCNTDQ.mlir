// AVX512VPOPCNTDQ.mlir: population counts of 32 and 64-bit lanes.
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

!v4i32 = vector<4xi32>
!v8i32 = vector<8xi32>
!v16i32 = vector<16xi32>
!v2i64 = vector<2xi64>
!v4i64 = vector<4xi64>
!v8i64 = vector<8xi64>

module @avx512vpopcntdq
    attributes {isa.arch = "x86-64", isa.feature = "avx512vpopcntdq"} {

  func.func @vpopcntd(%a: !v16i32) -> !v16i32
      attributes {isa.asm = "vpopcntd"} {
    %r = math.ctpop %a : !v16i32
    return %r : !v16i32
  }

  func.func @vpopcntq(%a: !v8i64) -> !v8i64 attributes {isa.asm = "vpopcntq"} {
    %r = math.ctpop %a : !v8i64
    return %r : !v8i64
  }

  func.func @vpopcntd_256(%a: !v8i32) -> !v8i32
      attributes {isa.asm = "vpopcntd", isa.feature = "avx512vl"} {
    %r = math.ctpop %a : !v8i32
    return %r : !v8i32
  }

  func.func @vpopcntq_256(%a: !v4i64) -> !v4i64
      attributes {isa.asm = "vpopcntq", isa.feature = "avx512vl"} {
    %r = math.ctpop %a : !v4i64
    return %r : !v4i64
  }

  func.func @vpopcntd_128(%a: !v4i32) -> !v4i32
      attributes {isa.asm = "vpopcntd", isa.feature = "avx512vl"} {
    %r = math.ctpop %a : !v4i32
    return %r : !v4i32
  }

  func.func @vpopcntq_128(%a: !v2i64) -> !v2i64
      attributes {isa.asm = "vpopcntq", isa.feature = "avx512vl"} {
    %r = math.ctpop %a : !v2i64
    return %r : !v2i64
  }

}
