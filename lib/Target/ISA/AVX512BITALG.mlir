// AVX512BITALG.mlir: population counts of bytes and 16-bit lanes.
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

!v16i8 = vector<16xi8>
!v32i8 = vector<32xi8>
!v64i8 = vector<64xi8>
!v8i16 = vector<8xi16>
!v16i16 = vector<16xi16>
!v32i16 = vector<32xi16>

module @avx512bitalg
    attributes {isa.arch = "x86-64", isa.feature = "avx512bitalg"} {

  func.func @vpopcntb(%a: !v64i8) -> !v64i8 attributes {isa.asm = "vpopcntb"} {
    %r = math.ctpop %a : !v64i8
    return %r : !v64i8
  }

  func.func @vpopcntw(%a: !v32i16) -> !v32i16
      attributes {isa.asm = "vpopcntw"} {
    %r = math.ctpop %a : !v32i16
    return %r : !v32i16
  }

  func.func @vpopcntb_256(%a: !v32i8) -> !v32i8
      attributes {isa.asm = "vpopcntb", isa.feature = "avx512vl"} {
    %r = math.ctpop %a : !v32i8
    return %r : !v32i8
  }

  func.func @vpopcntw_256(%a: !v16i16) -> !v16i16
      attributes {isa.asm = "vpopcntw", isa.feature = "avx512vl"} {
    %r = math.ctpop %a : !v16i16
    return %r : !v16i16
  }

  func.func @vpopcntb_128(%a: !v16i8) -> !v16i8
      attributes {isa.asm = "vpopcntb", isa.feature = "avx512vl"} {
    %r = math.ctpop %a : !v16i8
    return %r : !v16i8
  }

  func.func @vpopcntw_128(%a: !v8i16) -> !v8i16
      attributes {isa.asm = "vpopcntw", isa.feature = "avx512vl"} {
    %r = math.ctpop %a : !v8i16
    return %r : !v8i16
  }

}
