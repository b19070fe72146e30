// AVX512VNNI.mlir: sums of products, accumulated in 32 bits.
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
!v4i32 = vector<4xi32>
!v8i32 = vector<8xi32>
!v16i32 = vector<16xi32>

module @avx512vnni
    attributes {isa.arch = "x86-64", isa.feature = "avx512vnni"} {

  // Adds four products of unsigned bytes of a and signed bytes of b.
  func.func @vpdpbusd(%sum: !v16i32, %a: !v64i8, %b: !v64i8) -> !v16i32
      attributes {isa.asm = "vpdpbusd",
                  isa.intrinsic = "llvm.x86.avx512.vpdpbusd.512"} {
    %a_wide = arith.extui %a : !v64i8 to vector<64xi32>
    %b_wide = arith.extsi %b : !v64i8 to vector<64xi32>
    %products = arith.muli %a_wide, %b_wide : vector<64xi32>
    %rows = vector.shape_cast %products : vector<64xi32> to vector<16x4xi32>
    %r = vector.multi_reduction <add>, %rows, %sum [1]
      : vector<16x4xi32> to !v16i32
    return %r : !v16i32
  }

  // Adds two products of signed words.
  func.func @vpdpwssd(%sum: !v16i32, %a: !v32i16, %b: !v32i16) -> !v16i32
      attributes {isa.asm = "vpdpwssd",
                  isa.intrinsic = "llvm.x86.avx512.vpdpwssd.512"} {
    %a_wide = arith.extsi %a : !v32i16 to vector<32xi32>
    %b_wide = arith.extsi %b : !v32i16 to vector<32xi32>
    %products = arith.muli %a_wide, %b_wide : vector<32xi32>
    %rows = vector.shape_cast %products : vector<32xi32> to vector<16x2xi32>
    %r = vector.multi_reduction <add>, %rows, %sum [1]
      : vector<16x2xi32> to !v16i32
    return %r : !v16i32
  }

  // Adds four products of unsigned bytes of a and signed bytes of b.
  func.func @vpdpbusd_256(%sum: !v8i32, %a: !v32i8, %b: !v32i8) -> !v8i32
      attributes {isa.asm = "vpdpbusd",
                  isa.intrinsic = "llvm.x86.avx512.vpdpbusd.256",
                  isa.feature = "avx512vl"} {
    %a_wide = arith.extui %a : !v32i8 to vector<32xi32>
    %b_wide = arith.extsi %b : !v32i8 to vector<32xi32>
    %products = arith.muli %a_wide, %b_wide : vector<32xi32>
    %rows = vector.shape_cast %products : vector<32xi32> to vector<8x4xi32>
    %r = vector.multi_reduction <add>, %rows, %sum [1]
      : vector<8x4xi32> to !v8i32
    return %r : !v8i32
  }

  // Adds two products of signed words.
  func.func @vpdpwssd_256(%sum: !v8i32, %a: !v16i16, %b: !v16i16) -> !v8i32
      attributes {isa.asm = "vpdpwssd",
                  isa.intrinsic = "llvm.x86.avx512.vpdpwssd.256",
                  isa.feature = "avx512vl"} {
    %a_wide = arith.extsi %a : !v16i16 to vector<16xi32>
    %b_wide = arith.extsi %b : !v16i16 to vector<16xi32>
    %products = arith.muli %a_wide, %b_wide : vector<16xi32>
    %rows = vector.shape_cast %products : vector<16xi32> to vector<8x2xi32>
    %r = vector.multi_reduction <add>, %rows, %sum [1]
      : vector<8x2xi32> to !v8i32
    return %r : !v8i32
  }

  // Adds four products of unsigned bytes of a and signed bytes of b.
  func.func @vpdpbusd_128(%sum: !v4i32, %a: !v16i8, %b: !v16i8) -> !v4i32
      attributes {isa.asm = "vpdpbusd",
                  isa.intrinsic = "llvm.x86.avx512.vpdpbusd.128",
                  isa.feature = "avx512vl"} {
    %a_wide = arith.extui %a : !v16i8 to vector<16xi32>
    %b_wide = arith.extsi %b : !v16i8 to vector<16xi32>
    %products = arith.muli %a_wide, %b_wide : vector<16xi32>
    %rows = vector.shape_cast %products : vector<16xi32> to vector<4x4xi32>
    %r = vector.multi_reduction <add>, %rows, %sum [1]
      : vector<4x4xi32> to !v4i32
    return %r : !v4i32
  }

  // Adds two products of signed words.
  func.func @vpdpwssd_128(%sum: !v4i32, %a: !v8i16, %b: !v8i16) -> !v4i32
      attributes {isa.asm = "vpdpwssd",
                  isa.intrinsic = "llvm.x86.avx512.vpdpwssd.128",
                  isa.feature = "avx512vl"} {
    %a_wide = arith.extsi %a : !v8i16 to vector<8xi32>
    %b_wide = arith.extsi %b : !v8i16 to vector<8xi32>
    %products = arith.muli %a_wide, %b_wide : vector<8xi32>
    %rows = vector.shape_cast %products : vector<8xi32> to vector<4x2xi32>
    %r = vector.multi_reduction <add>, %rows, %sum [1]
      : vector<4x2xi32> to !v4i32
    return %r : !v4i32
  }

}
