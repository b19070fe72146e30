// NEONDotProd.mlir: sums of four products of bytes.
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

!v8i8 = vector<8xi8>
!v16i8 = vector<16xi8>
!v2i32 = vector<2xi32>
!v4i32 = vector<4xi32>

module @dotprod attributes {isa.arch = "AArch64", isa.feature = "dotprod"} {

  func.func @udot_16b(%sum: !v4i32, %a: !v16i8, %b: !v16i8) -> !v4i32
      attributes {isa.asm = "udot", isa.intrinsic = "llvm.aarch64.neon.udot"} {
    %a_wide = arith.extui %a : !v16i8 to vector<16xi32>
    %b_wide = arith.extui %b : !v16i8 to vector<16xi32>
    %products = arith.muli %a_wide, %b_wide : vector<16xi32>
    %rows = vector.shape_cast %products : vector<16xi32> to vector<4x4xi32>
    %r = vector.multi_reduction <add>, %rows, %sum [1]
      : vector<4x4xi32> to !v4i32
    return %r : !v4i32
  }

  func.func @sdot_16b(%sum: !v4i32, %a: !v16i8, %b: !v16i8) -> !v4i32
      attributes {isa.asm = "sdot", isa.intrinsic = "llvm.aarch64.neon.sdot"} {
    %a_wide = arith.extsi %a : !v16i8 to vector<16xi32>
    %b_wide = arith.extsi %b : !v16i8 to vector<16xi32>
    %products = arith.muli %a_wide, %b_wide : vector<16xi32>
    %rows = vector.shape_cast %products : vector<16xi32> to vector<4x4xi32>
    %r = vector.multi_reduction <add>, %rows, %sum [1]
      : vector<4x4xi32> to !v4i32
    return %r : !v4i32
  }

  func.func @udot_8b(%sum: !v2i32, %a: !v8i8, %b: !v8i8) -> !v2i32
      attributes {isa.asm = "udot", isa.intrinsic = "llvm.aarch64.neon.udot"} {
    %a_wide = arith.extui %a : !v8i8 to vector<8xi32>
    %b_wide = arith.extui %b : !v8i8 to vector<8xi32>
    %products = arith.muli %a_wide, %b_wide : vector<8xi32>
    %rows = vector.shape_cast %products : vector<8xi32> to vector<2x4xi32>
    %r = vector.multi_reduction <add>, %rows, %sum [1]
      : vector<2x4xi32> to !v2i32
    return %r : !v2i32
  }

  func.func @sdot_8b(%sum: !v2i32, %a: !v8i8, %b: !v8i8) -> !v2i32
      attributes {isa.asm = "sdot", isa.intrinsic = "llvm.aarch64.neon.sdot"} {
    %a_wide = arith.extsi %a : !v8i8 to vector<8xi32>
    %b_wide = arith.extsi %b : !v8i8 to vector<8xi32>
    %products = arith.muli %a_wide, %b_wide : vector<8xi32>
    %rows = vector.shape_cast %products : vector<8xi32> to vector<2x4xi32>
    %r = vector.multi_reduction <add>, %rows, %sum [1]
      : vector<2x4xi32> to !v2i32
    return %r : !v2i32
  }

}
