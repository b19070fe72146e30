// NEONI8MM.mlir: mixed dot products and 2x8 by 8x2 matrix products of bytes.
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

!v8i8 = vector<8xi8>
!v16i8 = vector<16xi8>
!v2i32 = vector<2xi32>
!v4i32 = vector<4xi32>

module @i8mm attributes {isa.arch = "AArch64", isa.feature = "i8mm"} {

  func.func @usdot_16b(%sum: !v4i32, %a: !v16i8, %b: !v16i8) -> !v4i32
      attributes {isa.asm = "usdot",
                  isa.intrinsic = "llvm.aarch64.neon.usdot"} {
    %a_wide = arith.extui %a : !v16i8 to vector<16xi32>
    %b_wide = arith.extsi %b : !v16i8 to vector<16xi32>
    %products = arith.muli %a_wide, %b_wide : vector<16xi32>
    %rows = vector.shape_cast %products : vector<16xi32> to vector<4x4xi32>
    %r = vector.multi_reduction <add>, %rows, %sum [1]
      : vector<4x4xi32> to !v4i32
    return %r : !v4i32
  }

  func.func @usdot_8b(%sum: !v2i32, %a: !v8i8, %b: !v8i8) -> !v2i32
      attributes {isa.asm = "usdot",
                  isa.intrinsic = "llvm.aarch64.neon.usdot"} {
    %a_wide = arith.extui %a : !v8i8 to vector<8xi32>
    %b_wide = arith.extsi %b : !v8i8 to vector<8xi32>
    %products = arith.muli %a_wide, %b_wide : vector<8xi32>
    %rows = vector.shape_cast %products : vector<8xi32> to vector<2x4xi32>
    %r = vector.multi_reduction <add>, %rows, %sum [1]
      : vector<2x4xi32> to !v2i32
    return %r : !v2i32
  }

  // Lane 2i + j gains row i of a times row j of b.
  func.func @ummla(%sum: !v4i32, %a: !v16i8, %b: !v16i8) -> !v4i32
      attributes {isa.asm = "ummla",
                  isa.intrinsic = "llvm.aarch64.neon.ummla"} {
    %a_wide = arith.extui %a : !v16i8 to vector<16xi32>
    %b_wide = arith.extui %b : !v16i8 to vector<16xi32>
    %a_row = vector.shape_cast %a_wide : vector<16xi32> to vector<2x1x8xi32>
    %b_row = vector.shape_cast %b_wide : vector<16xi32> to vector<1x2x8xi32>
    %a_rows = vector.broadcast %a_row : vector<2x1x8xi32> to vector<2x2x8xi32>
    %b_rows = vector.broadcast %b_row : vector<1x2x8xi32> to vector<2x2x8xi32>
    %products = arith.muli %a_rows, %b_rows : vector<2x2x8xi32>
    %sums = vector.shape_cast %sum : !v4i32 to vector<2x2xi32>
    %result = vector.multi_reduction <add>, %products, %sums [2]
      : vector<2x2x8xi32> to vector<2x2xi32>
    %r = vector.shape_cast %result : vector<2x2xi32> to !v4i32
    return %r : !v4i32
  }

  // Lane 2i + j gains row i of a times row j of b.
  func.func @smmla(%sum: !v4i32, %a: !v16i8, %b: !v16i8) -> !v4i32
      attributes {isa.asm = "smmla",
                  isa.intrinsic = "llvm.aarch64.neon.smmla"} {
    %a_wide = arith.extsi %a : !v16i8 to vector<16xi32>
    %b_wide = arith.extsi %b : !v16i8 to vector<16xi32>
    %a_row = vector.shape_cast %a_wide : vector<16xi32> to vector<2x1x8xi32>
    %b_row = vector.shape_cast %b_wide : vector<16xi32> to vector<1x2x8xi32>
    %a_rows = vector.broadcast %a_row : vector<2x1x8xi32> to vector<2x2x8xi32>
    %b_rows = vector.broadcast %b_row : vector<1x2x8xi32> to vector<2x2x8xi32>
    %products = arith.muli %a_rows, %b_rows : vector<2x2x8xi32>
    %sums = vector.shape_cast %sum : !v4i32 to vector<2x2xi32>
    %result = vector.multi_reduction <add>, %products, %sums [2]
      : vector<2x2x8xi32> to vector<2x2xi32>
    %r = vector.shape_cast %result : vector<2x2xi32> to !v4i32
    return %r : !v4i32
  }

  // Lane 2i + j gains row i of a times row j of b.
  func.func @usmmla(%sum: !v4i32, %a: !v16i8, %b: !v16i8) -> !v4i32
      attributes {isa.asm = "usmmla",
                  isa.intrinsic = "llvm.aarch64.neon.usmmla"} {
    %a_wide = arith.extui %a : !v16i8 to vector<16xi32>
    %b_wide = arith.extsi %b : !v16i8 to vector<16xi32>
    %a_row = vector.shape_cast %a_wide : vector<16xi32> to vector<2x1x8xi32>
    %b_row = vector.shape_cast %b_wide : vector<16xi32> to vector<1x2x8xi32>
    %a_rows = vector.broadcast %a_row : vector<2x1x8xi32> to vector<2x2x8xi32>
    %b_rows = vector.broadcast %b_row : vector<1x2x8xi32> to vector<2x2x8xi32>
    %products = arith.muli %a_rows, %b_rows : vector<2x2x8xi32>
    %sums = vector.shape_cast %sum : !v4i32 to vector<2x2xi32>
    %result = vector.multi_reduction <add>, %products, %sums [2]
      : vector<2x2x8xi32> to vector<2x2xi32>
    %r = vector.shape_cast %result : vector<2x2xi32> to !v4i32
    return %r : !v4i32
  }

}
