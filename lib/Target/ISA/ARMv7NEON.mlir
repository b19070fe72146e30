// ARMv7NEON.mlir: 64 and 128-bit vectors of ARMv7.
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Names end in the arrangement of the operands as on AArch64: vpaddl_u16b adds
// pairs of sixteen bytes.

!v8i8 = vector<8xi8>
!v16i8 = vector<16xi8>
!v4i16 = vector<4xi16>
!v8i16 = vector<8xi16>
!v2i32 = vector<2xi32>
!v4i32 = vector<4xi32>
!v2i64 = vector<2xi64>

module @armv7 attributes {isa.arch = "ARM", isa.feature = "neon"} {

  //===--- Bits -----------------------------------------------------------===//

  func.func @vand_16b(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "vand"} {
    %r = arith.andi %a, %b : !v16i8
    return %r : !v16i8
  }

  func.func @vorr_16b(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "vorr"} {
    %r = arith.ori %a, %b : !v16i8
    return %r : !v16i8
  }

  func.func @veor_16b(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "veor"} {
    %r = arith.xori %a, %b : !v16i8
    return %r : !v16i8
  }

  func.func @vbic_16b(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "vbic"} {
    %ones = arith.constant dense<-1> : !v16i8
    %not_b = arith.xori %b, %ones : !v16i8
    %r = arith.andi %a, %not_b : !v16i8
    return %r : !v16i8
  }

  func.func @vorn_16b(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "vorn"} {
    %ones = arith.constant dense<-1> : !v16i8
    %not_b = arith.xori %b, %ones : !v16i8
    %r = arith.ori %a, %not_b : !v16i8
    return %r : !v16i8
  }

  func.func @vmvn_16b(%a: !v16i8) -> !v16i8 attributes {isa.asm = "vmvn"} {
    %ones = arith.constant dense<-1> : !v16i8
    %r = arith.xori %a, %ones : !v16i8
    return %r : !v16i8
  }

  // Bits of a where the mask is one, else of b.
  func.func @vbsl_16b(%mask: !v16i8, %a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "vbsl|vbif|vbit",
                  isa.intrinsic = "llvm.arm.neon.vbsl"} {
    %ones = arith.constant dense<-1> : !v16i8
    %not_mask = arith.xori %mask, %ones : !v16i8
    %from_a = arith.andi %mask, %a : !v16i8
    %from_b = arith.andi %not_mask, %b : !v16i8
    %r = arith.ori %from_a, %from_b : !v16i8
    return %r : !v16i8
  }

  func.func @vcnt_16b(%a: !v16i8) -> !v16i8 attributes {isa.asm = "vcnt.8"} {
    %r = math.ctpop %a : !v16i8
    return %r : !v16i8
  }

  func.func @vand_8b(%a: !v8i8, %b: !v8i8) -> !v8i8
      attributes {isa.asm = "vand"} {
    %r = arith.andi %a, %b : !v8i8
    return %r : !v8i8
  }

  func.func @vorr_8b(%a: !v8i8, %b: !v8i8) -> !v8i8
      attributes {isa.asm = "vorr"} {
    %r = arith.ori %a, %b : !v8i8
    return %r : !v8i8
  }

  func.func @veor_8b(%a: !v8i8, %b: !v8i8) -> !v8i8
      attributes {isa.asm = "veor"} {
    %r = arith.xori %a, %b : !v8i8
    return %r : !v8i8
  }

  func.func @vbic_8b(%a: !v8i8, %b: !v8i8) -> !v8i8
      attributes {isa.asm = "vbic"} {
    %ones = arith.constant dense<-1> : !v8i8
    %not_b = arith.xori %b, %ones : !v8i8
    %r = arith.andi %a, %not_b : !v8i8
    return %r : !v8i8
  }

  func.func @vorn_8b(%a: !v8i8, %b: !v8i8) -> !v8i8
      attributes {isa.asm = "vorn"} {
    %ones = arith.constant dense<-1> : !v8i8
    %not_b = arith.xori %b, %ones : !v8i8
    %r = arith.ori %a, %not_b : !v8i8
    return %r : !v8i8
  }

  func.func @vmvn_8b(%a: !v8i8) -> !v8i8 attributes {isa.asm = "vmvn"} {
    %ones = arith.constant dense<-1> : !v8i8
    %r = arith.xori %a, %ones : !v8i8
    return %r : !v8i8
  }

  // Bits of a where the mask is one, else of b.
  func.func @vbsl_8b(%mask: !v8i8, %a: !v8i8, %b: !v8i8) -> !v8i8
      attributes {isa.asm = "vbsl|vbif|vbit",
                  isa.intrinsic = "llvm.arm.neon.vbsl"} {
    %ones = arith.constant dense<-1> : !v8i8
    %not_mask = arith.xori %mask, %ones : !v8i8
    %from_a = arith.andi %mask, %a : !v8i8
    %from_b = arith.andi %not_mask, %b : !v8i8
    %r = arith.ori %from_a, %from_b : !v8i8
    return %r : !v8i8
  }

  func.func @vcnt_8b(%a: !v8i8) -> !v8i8 attributes {isa.asm = "vcnt.8"} {
    %r = math.ctpop %a : !v8i8
    return %r : !v8i8
  }

  //===--- Sums and products ----------------------------------------------===//

  func.func @vadd_16b(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "vadd.i8"} {
    %r = arith.addi %a, %b : !v16i8
    return %r : !v16i8
  }

  func.func @vadd_8h(%a: !v8i16, %b: !v8i16) -> !v8i16
      attributes {isa.asm = "vadd.i16"} {
    %r = arith.addi %a, %b : !v8i16
    return %r : !v8i16
  }

  func.func @vadd_4s(%a: !v4i32, %b: !v4i32) -> !v4i32
      attributes {isa.asm = "vadd.i32"} {
    %r = arith.addi %a, %b : !v4i32
    return %r : !v4i32
  }

  func.func @vadd_2d(%a: !v2i64, %b: !v2i64) -> !v2i64
      attributes {isa.asm = "vadd.i64"} {
    %r = arith.addi %a, %b : !v2i64
    return %r : !v2i64
  }

  func.func @vadd_8b(%a: !v8i8, %b: !v8i8) -> !v8i8
      attributes {isa.asm = "vadd.i8"} {
    %r = arith.addi %a, %b : !v8i8
    return %r : !v8i8
  }

  func.func @vadd_4h(%a: !v4i16, %b: !v4i16) -> !v4i16
      attributes {isa.asm = "vadd.i16"} {
    %r = arith.addi %a, %b : !v4i16
    return %r : !v4i16
  }

  func.func @vadd_2s(%a: !v2i32, %b: !v2i32) -> !v2i32
      attributes {isa.asm = "vadd.i32"} {
    %r = arith.addi %a, %b : !v2i32
    return %r : !v2i32
  }

  func.func @vsub_16b(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "vsub.i8"} {
    %r = arith.subi %a, %b : !v16i8
    return %r : !v16i8
  }

  func.func @vsub_8h(%a: !v8i16, %b: !v8i16) -> !v8i16
      attributes {isa.asm = "vsub.i16"} {
    %r = arith.subi %a, %b : !v8i16
    return %r : !v8i16
  }

  func.func @vsub_4s(%a: !v4i32, %b: !v4i32) -> !v4i32
      attributes {isa.asm = "vsub.i32"} {
    %r = arith.subi %a, %b : !v4i32
    return %r : !v4i32
  }

  func.func @vsub_2d(%a: !v2i64, %b: !v2i64) -> !v2i64
      attributes {isa.asm = "vsub.i64"} {
    %r = arith.subi %a, %b : !v2i64
    return %r : !v2i64
  }

  func.func @vsub_8b(%a: !v8i8, %b: !v8i8) -> !v8i8
      attributes {isa.asm = "vsub.i8"} {
    %r = arith.subi %a, %b : !v8i8
    return %r : !v8i8
  }

  func.func @vsub_4h(%a: !v4i16, %b: !v4i16) -> !v4i16
      attributes {isa.asm = "vsub.i16"} {
    %r = arith.subi %a, %b : !v4i16
    return %r : !v4i16
  }

  func.func @vsub_2s(%a: !v2i32, %b: !v2i32) -> !v2i32
      attributes {isa.asm = "vsub.i32"} {
    %r = arith.subi %a, %b : !v2i32
    return %r : !v2i32
  }

  func.func @vmul_16b(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "vmul.i8"} {
    %r = arith.muli %a, %b : !v16i8
    return %r : !v16i8
  }

  func.func @vmla_16b(%sum: !v16i8, %a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "vmla.i8"} {
    %products = arith.muli %a, %b : !v16i8
    %r = arith.addi %sum, %products : !v16i8
    return %r : !v16i8
  }

  func.func @vmul_8h(%a: !v8i16, %b: !v8i16) -> !v8i16
      attributes {isa.asm = "vmul.i16"} {
    %r = arith.muli %a, %b : !v8i16
    return %r : !v8i16
  }

  func.func @vmla_8h(%sum: !v8i16, %a: !v8i16, %b: !v8i16) -> !v8i16
      attributes {isa.asm = "vmla.i16"} {
    %products = arith.muli %a, %b : !v8i16
    %r = arith.addi %sum, %products : !v8i16
    return %r : !v8i16
  }

  func.func @vmul_4s(%a: !v4i32, %b: !v4i32) -> !v4i32
      attributes {isa.asm = "vmul.i32"} {
    %r = arith.muli %a, %b : !v4i32
    return %r : !v4i32
  }

  func.func @vmla_4s(%sum: !v4i32, %a: !v4i32, %b: !v4i32) -> !v4i32
      attributes {isa.asm = "vmla.i32"} {
    %products = arith.muli %a, %b : !v4i32
    %r = arith.addi %sum, %products : !v4i32
    return %r : !v4i32
  }

  func.func @vmul_8b(%a: !v8i8, %b: !v8i8) -> !v8i8
      attributes {isa.asm = "vmul.i8"} {
    %r = arith.muli %a, %b : !v8i8
    return %r : !v8i8
  }

  func.func @vmla_8b(%sum: !v8i8, %a: !v8i8, %b: !v8i8) -> !v8i8
      attributes {isa.asm = "vmla.i8"} {
    %products = arith.muli %a, %b : !v8i8
    %r = arith.addi %sum, %products : !v8i8
    return %r : !v8i8
  }

  func.func @vmul_4h(%a: !v4i16, %b: !v4i16) -> !v4i16
      attributes {isa.asm = "vmul.i16"} {
    %r = arith.muli %a, %b : !v4i16
    return %r : !v4i16
  }

  func.func @vmla_4h(%sum: !v4i16, %a: !v4i16, %b: !v4i16) -> !v4i16
      attributes {isa.asm = "vmla.i16"} {
    %products = arith.muli %a, %b : !v4i16
    %r = arith.addi %sum, %products : !v4i16
    return %r : !v4i16
  }

  func.func @vmul_2s(%a: !v2i32, %b: !v2i32) -> !v2i32
      attributes {isa.asm = "vmul.i32"} {
    %r = arith.muli %a, %b : !v2i32
    return %r : !v2i32
  }

  func.func @vmla_2s(%sum: !v2i32, %a: !v2i32, %b: !v2i32) -> !v2i32
      attributes {isa.asm = "vmla.i32"} {
    %products = arith.muli %a, %b : !v2i32
    %r = arith.addi %sum, %products : !v2i32
    return %r : !v2i32
  }

  //===--- Sums of neighbours ---------------------------------------------===//

  func.func @vpadd_8b(%a: !v8i8, %b: !v8i8) -> !v8i8
      attributes {isa.asm = "vpadd.i8", isa.intrinsic = "llvm.arm.neon.vpadd"} {
    %ab = vector.shuffle %a, %b [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
        13, 14, 15] : !v8i8, !v8i8
    %even, %odd = vector.deinterleave %ab : vector<16xi8> -> !v8i8
    %r = arith.addi %even, %odd : !v8i8
    return %r : !v8i8
  }

  func.func @vpadd_4h(%a: !v4i16, %b: !v4i16) -> !v4i16
      attributes {isa.asm = "vpadd.i16",
                  isa.intrinsic = "llvm.arm.neon.vpadd"} {
    %ab = vector.shuffle %a, %b [0, 1, 2, 3, 4, 5, 6, 7] : !v4i16, !v4i16
    %even, %odd = vector.deinterleave %ab : vector<8xi16> -> !v4i16
    %r = arith.addi %even, %odd : !v4i16
    return %r : !v4i16
  }

  func.func @vpadd_2s(%a: !v2i32, %b: !v2i32) -> !v2i32
      attributes {isa.asm = "vpadd.i32",
                  isa.intrinsic = "llvm.arm.neon.vpadd"} {
    %ab = vector.shuffle %a, %b [0, 1, 2, 3] : !v2i32, !v2i32
    %even, %odd = vector.deinterleave %ab : vector<4xi32> -> !v2i32
    %r = arith.addi %even, %odd : !v2i32
    return %r : !v2i32
  }

  func.func @vpaddl_u16b(%a: !v16i8) -> !v8i16
      attributes {isa.asm = "vpaddl.u8",
                  isa.intrinsic = "llvm.arm.neon.vpaddlu"} {
    %even, %odd = vector.deinterleave %a : !v16i8 -> vector<8xi8>
    %even_wide = arith.extui %even : vector<8xi8> to !v8i16
    %odd_wide = arith.extui %odd : vector<8xi8> to !v8i16
    %r = arith.addi %even_wide, %odd_wide : !v8i16
    return %r : !v8i16
  }

  func.func @vpaddl_u8h(%a: !v8i16) -> !v4i32
      attributes {isa.asm = "vpaddl.u16",
                  isa.intrinsic = "llvm.arm.neon.vpaddlu"} {
    %even, %odd = vector.deinterleave %a : !v8i16 -> vector<4xi16>
    %even_wide = arith.extui %even : vector<4xi16> to !v4i32
    %odd_wide = arith.extui %odd : vector<4xi16> to !v4i32
    %r = arith.addi %even_wide, %odd_wide : !v4i32
    return %r : !v4i32
  }

  func.func @vpaddl_u4s(%a: !v4i32) -> !v2i64
      attributes {isa.asm = "vpaddl.u32",
                  isa.intrinsic = "llvm.arm.neon.vpaddlu"} {
    %even, %odd = vector.deinterleave %a : !v4i32 -> vector<2xi32>
    %even_wide = arith.extui %even : vector<2xi32> to !v2i64
    %odd_wide = arith.extui %odd : vector<2xi32> to !v2i64
    %r = arith.addi %even_wide, %odd_wide : !v2i64
    return %r : !v2i64
  }

  func.func @vpaddl_u8b(%a: !v8i8) -> !v4i16
      attributes {isa.asm = "vpaddl.u8",
                  isa.intrinsic = "llvm.arm.neon.vpaddlu"} {
    %even, %odd = vector.deinterleave %a : !v8i8 -> vector<4xi8>
    %even_wide = arith.extui %even : vector<4xi8> to !v4i16
    %odd_wide = arith.extui %odd : vector<4xi8> to !v4i16
    %r = arith.addi %even_wide, %odd_wide : !v4i16
    return %r : !v4i16
  }

  func.func @vpaddl_u4h(%a: !v4i16) -> !v2i32
      attributes {isa.asm = "vpaddl.u16",
                  isa.intrinsic = "llvm.arm.neon.vpaddlu"} {
    %even, %odd = vector.deinterleave %a : !v4i16 -> vector<2xi16>
    %even_wide = arith.extui %even : vector<2xi16> to !v2i32
    %odd_wide = arith.extui %odd : vector<2xi16> to !v2i32
    %r = arith.addi %even_wide, %odd_wide : !v2i32
    return %r : !v2i32
  }

  func.func @vpaddl_u2s(%a: !v2i32) -> vector<1xi64>
      attributes {isa.asm = "vpaddl.u32",
                  isa.intrinsic = "llvm.arm.neon.vpaddlu"} {
    %even, %odd = vector.deinterleave %a : !v2i32 -> vector<1xi32>
    %even_wide = arith.extui %even : vector<1xi32> to vector<1xi64>
    %odd_wide = arith.extui %odd : vector<1xi32> to vector<1xi64>
    %r = arith.addi %even_wide, %odd_wide : vector<1xi64>
    return %r : vector<1xi64>
  }

  func.func @vpadal_u16b(%sum: !v8i16, %a: !v16i8) -> !v8i16
      attributes {isa.asm = "vpadal.u8",
                  isa.intrinsic = "llvm.arm.neon.vpadalu"} {
    %even, %odd = vector.deinterleave %a : !v16i8 -> vector<8xi8>
    %even_wide = arith.extui %even : vector<8xi8> to !v8i16
    %odd_wide = arith.extui %odd : vector<8xi8> to !v8i16
    %pairs = arith.addi %even_wide, %odd_wide : !v8i16
    %r = arith.addi %sum, %pairs : !v8i16
    return %r : !v8i16
  }

  func.func @vpadal_u8h(%sum: !v4i32, %a: !v8i16) -> !v4i32
      attributes {isa.asm = "vpadal.u16",
                  isa.intrinsic = "llvm.arm.neon.vpadalu"} {
    %even, %odd = vector.deinterleave %a : !v8i16 -> vector<4xi16>
    %even_wide = arith.extui %even : vector<4xi16> to !v4i32
    %odd_wide = arith.extui %odd : vector<4xi16> to !v4i32
    %pairs = arith.addi %even_wide, %odd_wide : !v4i32
    %r = arith.addi %sum, %pairs : !v4i32
    return %r : !v4i32
  }

  func.func @vpadal_u4s(%sum: !v2i64, %a: !v4i32) -> !v2i64
      attributes {isa.asm = "vpadal.u32",
                  isa.intrinsic = "llvm.arm.neon.vpadalu"} {
    %even, %odd = vector.deinterleave %a : !v4i32 -> vector<2xi32>
    %even_wide = arith.extui %even : vector<2xi32> to !v2i64
    %odd_wide = arith.extui %odd : vector<2xi32> to !v2i64
    %pairs = arith.addi %even_wide, %odd_wide : !v2i64
    %r = arith.addi %sum, %pairs : !v2i64
    return %r : !v2i64
  }

  func.func @vpadal_u8b(%sum: !v4i16, %a: !v8i8) -> !v4i16
      attributes {isa.asm = "vpadal.u8",
                  isa.intrinsic = "llvm.arm.neon.vpadalu"} {
    %even, %odd = vector.deinterleave %a : !v8i8 -> vector<4xi8>
    %even_wide = arith.extui %even : vector<4xi8> to !v4i16
    %odd_wide = arith.extui %odd : vector<4xi8> to !v4i16
    %pairs = arith.addi %even_wide, %odd_wide : !v4i16
    %r = arith.addi %sum, %pairs : !v4i16
    return %r : !v4i16
  }

  func.func @vpadal_u4h(%sum: !v2i32, %a: !v4i16) -> !v2i32
      attributes {isa.asm = "vpadal.u16",
                  isa.intrinsic = "llvm.arm.neon.vpadalu"} {
    %even, %odd = vector.deinterleave %a : !v4i16 -> vector<2xi16>
    %even_wide = arith.extui %even : vector<2xi16> to !v2i32
    %odd_wide = arith.extui %odd : vector<2xi16> to !v2i32
    %pairs = arith.addi %even_wide, %odd_wide : !v2i32
    %r = arith.addi %sum, %pairs : !v2i32
    return %r : !v2i32
  }

  func.func @vpadal_u2s(%sum: vector<1xi64>, %a: !v2i32) -> vector<1xi64>
      attributes {isa.asm = "vpadal.u32",
                  isa.intrinsic = "llvm.arm.neon.vpadalu"} {
    %even, %odd = vector.deinterleave %a : !v2i32 -> vector<1xi32>
    %even_wide = arith.extui %even : vector<1xi32> to vector<1xi64>
    %odd_wide = arith.extui %odd : vector<1xi32> to vector<1xi64>
    %pairs = arith.addi %even_wide, %odd_wide : vector<1xi64>
    %r = arith.addi %sum, %pairs : vector<1xi64>
    return %r : vector<1xi64>
  }

  func.func @vpaddl_s16b(%a: !v16i8) -> !v8i16
      attributes {isa.asm = "vpaddl.s8",
                  isa.intrinsic = "llvm.arm.neon.vpaddls"} {
    %even, %odd = vector.deinterleave %a : !v16i8 -> vector<8xi8>
    %even_wide = arith.extsi %even : vector<8xi8> to !v8i16
    %odd_wide = arith.extsi %odd : vector<8xi8> to !v8i16
    %r = arith.addi %even_wide, %odd_wide : !v8i16
    return %r : !v8i16
  }

  func.func @vpaddl_s8h(%a: !v8i16) -> !v4i32
      attributes {isa.asm = "vpaddl.s16",
                  isa.intrinsic = "llvm.arm.neon.vpaddls"} {
    %even, %odd = vector.deinterleave %a : !v8i16 -> vector<4xi16>
    %even_wide = arith.extsi %even : vector<4xi16> to !v4i32
    %odd_wide = arith.extsi %odd : vector<4xi16> to !v4i32
    %r = arith.addi %even_wide, %odd_wide : !v4i32
    return %r : !v4i32
  }

  func.func @vpaddl_s4s(%a: !v4i32) -> !v2i64
      attributes {isa.asm = "vpaddl.s32",
                  isa.intrinsic = "llvm.arm.neon.vpaddls"} {
    %even, %odd = vector.deinterleave %a : !v4i32 -> vector<2xi32>
    %even_wide = arith.extsi %even : vector<2xi32> to !v2i64
    %odd_wide = arith.extsi %odd : vector<2xi32> to !v2i64
    %r = arith.addi %even_wide, %odd_wide : !v2i64
    return %r : !v2i64
  }

  func.func @vpaddl_s8b(%a: !v8i8) -> !v4i16
      attributes {isa.asm = "vpaddl.s8",
                  isa.intrinsic = "llvm.arm.neon.vpaddls"} {
    %even, %odd = vector.deinterleave %a : !v8i8 -> vector<4xi8>
    %even_wide = arith.extsi %even : vector<4xi8> to !v4i16
    %odd_wide = arith.extsi %odd : vector<4xi8> to !v4i16
    %r = arith.addi %even_wide, %odd_wide : !v4i16
    return %r : !v4i16
  }

  func.func @vpaddl_s4h(%a: !v4i16) -> !v2i32
      attributes {isa.asm = "vpaddl.s16",
                  isa.intrinsic = "llvm.arm.neon.vpaddls"} {
    %even, %odd = vector.deinterleave %a : !v4i16 -> vector<2xi16>
    %even_wide = arith.extsi %even : vector<2xi16> to !v2i32
    %odd_wide = arith.extsi %odd : vector<2xi16> to !v2i32
    %r = arith.addi %even_wide, %odd_wide : !v2i32
    return %r : !v2i32
  }

  func.func @vpaddl_s2s(%a: !v2i32) -> vector<1xi64>
      attributes {isa.asm = "vpaddl.s32",
                  isa.intrinsic = "llvm.arm.neon.vpaddls"} {
    %even, %odd = vector.deinterleave %a : !v2i32 -> vector<1xi32>
    %even_wide = arith.extsi %even : vector<1xi32> to vector<1xi64>
    %odd_wide = arith.extsi %odd : vector<1xi32> to vector<1xi64>
    %r = arith.addi %even_wide, %odd_wide : vector<1xi64>
    return %r : vector<1xi64>
  }

  func.func @vpadal_s16b(%sum: !v8i16, %a: !v16i8) -> !v8i16
      attributes {isa.asm = "vpadal.s8",
                  isa.intrinsic = "llvm.arm.neon.vpadals"} {
    %even, %odd = vector.deinterleave %a : !v16i8 -> vector<8xi8>
    %even_wide = arith.extsi %even : vector<8xi8> to !v8i16
    %odd_wide = arith.extsi %odd : vector<8xi8> to !v8i16
    %pairs = arith.addi %even_wide, %odd_wide : !v8i16
    %r = arith.addi %sum, %pairs : !v8i16
    return %r : !v8i16
  }

  func.func @vpadal_s8h(%sum: !v4i32, %a: !v8i16) -> !v4i32
      attributes {isa.asm = "vpadal.s16",
                  isa.intrinsic = "llvm.arm.neon.vpadals"} {
    %even, %odd = vector.deinterleave %a : !v8i16 -> vector<4xi16>
    %even_wide = arith.extsi %even : vector<4xi16> to !v4i32
    %odd_wide = arith.extsi %odd : vector<4xi16> to !v4i32
    %pairs = arith.addi %even_wide, %odd_wide : !v4i32
    %r = arith.addi %sum, %pairs : !v4i32
    return %r : !v4i32
  }

  func.func @vpadal_s4s(%sum: !v2i64, %a: !v4i32) -> !v2i64
      attributes {isa.asm = "vpadal.s32",
                  isa.intrinsic = "llvm.arm.neon.vpadals"} {
    %even, %odd = vector.deinterleave %a : !v4i32 -> vector<2xi32>
    %even_wide = arith.extsi %even : vector<2xi32> to !v2i64
    %odd_wide = arith.extsi %odd : vector<2xi32> to !v2i64
    %pairs = arith.addi %even_wide, %odd_wide : !v2i64
    %r = arith.addi %sum, %pairs : !v2i64
    return %r : !v2i64
  }

  func.func @vpadal_s8b(%sum: !v4i16, %a: !v8i8) -> !v4i16
      attributes {isa.asm = "vpadal.s8",
                  isa.intrinsic = "llvm.arm.neon.vpadals"} {
    %even, %odd = vector.deinterleave %a : !v8i8 -> vector<4xi8>
    %even_wide = arith.extsi %even : vector<4xi8> to !v4i16
    %odd_wide = arith.extsi %odd : vector<4xi8> to !v4i16
    %pairs = arith.addi %even_wide, %odd_wide : !v4i16
    %r = arith.addi %sum, %pairs : !v4i16
    return %r : !v4i16
  }

  func.func @vpadal_s4h(%sum: !v2i32, %a: !v4i16) -> !v2i32
      attributes {isa.asm = "vpadal.s16",
                  isa.intrinsic = "llvm.arm.neon.vpadals"} {
    %even, %odd = vector.deinterleave %a : !v4i16 -> vector<2xi16>
    %even_wide = arith.extsi %even : vector<2xi16> to !v2i32
    %odd_wide = arith.extsi %odd : vector<2xi16> to !v2i32
    %pairs = arith.addi %even_wide, %odd_wide : !v2i32
    %r = arith.addi %sum, %pairs : !v2i32
    return %r : !v2i32
  }

  func.func @vpadal_s2s(%sum: vector<1xi64>, %a: !v2i32) -> vector<1xi64>
      attributes {isa.asm = "vpadal.s32",
                  isa.intrinsic = "llvm.arm.neon.vpadals"} {
    %even, %odd = vector.deinterleave %a : !v2i32 -> vector<1xi32>
    %even_wide = arith.extsi %even : vector<1xi32> to vector<1xi64>
    %odd_wide = arith.extsi %odd : vector<1xi32> to vector<1xi64>
    %pairs = arith.addi %even_wide, %odd_wide : vector<1xi64>
    %r = arith.addi %sum, %pairs : vector<1xi64>
    return %r : vector<1xi64>
  }

  //===--- Widening -------------------------------------------------------===//

  func.func @vmovl_u8b(%a: !v8i8) -> !v8i16 attributes {isa.asm = "vmovl.u8"} {
    %r = arith.extui %a : !v8i8 to !v8i16
    return %r : !v8i16
  }

  func.func @vaddl_u8b(%a: !v8i8, %b: !v8i8) -> !v8i16
      attributes {isa.asm = "vaddl.u8"} {
    %a_wide = arith.extui %a : !v8i8 to !v8i16
    %b_wide = arith.extui %b : !v8i8 to !v8i16
    %r = arith.addi %a_wide, %b_wide : !v8i16
    return %r : !v8i16
  }

  func.func @vaddw_u8b(%sum: !v8i16, %a: !v8i8) -> !v8i16
      attributes {isa.asm = "vaddw.u8"} {
    %wide = arith.extui %a : !v8i8 to !v8i16
    %r = arith.addi %sum, %wide : !v8i16
    return %r : !v8i16
  }

  func.func @vmull_u8b(%a: !v8i8, %b: !v8i8) -> !v8i16
      attributes {isa.asm = "vmull.u8",
                  isa.intrinsic = "llvm.arm.neon.vmullu"} {
    %a_wide = arith.extui %a : !v8i8 to !v8i16
    %b_wide = arith.extui %b : !v8i8 to !v8i16
    %r = arith.muli %a_wide, %b_wide : !v8i16
    return %r : !v8i16
  }

  func.func @vmlal_u8b(%sum: !v8i16, %a: !v8i8, %b: !v8i8) -> !v8i16
      attributes {isa.asm = "vmlal.u8"} {
    %products = call @vmull_u8b(%a, %b) : (!v8i8, !v8i8) -> !v8i16
    %r = arith.addi %sum, %products : !v8i16
    return %r : !v8i16
  }

  func.func @vmovl_u4h(%a: !v4i16) -> !v4i32
      attributes {isa.asm = "vmovl.u16"} {
    %r = arith.extui %a : !v4i16 to !v4i32
    return %r : !v4i32
  }

  func.func @vaddl_u4h(%a: !v4i16, %b: !v4i16) -> !v4i32
      attributes {isa.asm = "vaddl.u16"} {
    %a_wide = arith.extui %a : !v4i16 to !v4i32
    %b_wide = arith.extui %b : !v4i16 to !v4i32
    %r = arith.addi %a_wide, %b_wide : !v4i32
    return %r : !v4i32
  }

  func.func @vaddw_u4h(%sum: !v4i32, %a: !v4i16) -> !v4i32
      attributes {isa.asm = "vaddw.u16"} {
    %wide = arith.extui %a : !v4i16 to !v4i32
    %r = arith.addi %sum, %wide : !v4i32
    return %r : !v4i32
  }

  func.func @vmull_u4h(%a: !v4i16, %b: !v4i16) -> !v4i32
      attributes {isa.asm = "vmull.u16",
                  isa.intrinsic = "llvm.arm.neon.vmullu"} {
    %a_wide = arith.extui %a : !v4i16 to !v4i32
    %b_wide = arith.extui %b : !v4i16 to !v4i32
    %r = arith.muli %a_wide, %b_wide : !v4i32
    return %r : !v4i32
  }

  func.func @vmlal_u4h(%sum: !v4i32, %a: !v4i16, %b: !v4i16) -> !v4i32
      attributes {isa.asm = "vmlal.u16"} {
    %products = call @vmull_u4h(%a, %b) : (!v4i16, !v4i16) -> !v4i32
    %r = arith.addi %sum, %products : !v4i32
    return %r : !v4i32
  }

  func.func @vmovl_u2s(%a: !v2i32) -> !v2i64
      attributes {isa.asm = "vmovl.u32"} {
    %r = arith.extui %a : !v2i32 to !v2i64
    return %r : !v2i64
  }

  func.func @vaddl_u2s(%a: !v2i32, %b: !v2i32) -> !v2i64
      attributes {isa.asm = "vaddl.u32"} {
    %a_wide = arith.extui %a : !v2i32 to !v2i64
    %b_wide = arith.extui %b : !v2i32 to !v2i64
    %r = arith.addi %a_wide, %b_wide : !v2i64
    return %r : !v2i64
  }

  func.func @vaddw_u2s(%sum: !v2i64, %a: !v2i32) -> !v2i64
      attributes {isa.asm = "vaddw.u32"} {
    %wide = arith.extui %a : !v2i32 to !v2i64
    %r = arith.addi %sum, %wide : !v2i64
    return %r : !v2i64
  }

  func.func @vmovl_s8b(%a: !v8i8) -> !v8i16 attributes {isa.asm = "vmovl.s8"} {
    %r = arith.extsi %a : !v8i8 to !v8i16
    return %r : !v8i16
  }

  func.func @vaddl_s8b(%a: !v8i8, %b: !v8i8) -> !v8i16
      attributes {isa.asm = "vaddl.s8"} {
    %a_wide = arith.extsi %a : !v8i8 to !v8i16
    %b_wide = arith.extsi %b : !v8i8 to !v8i16
    %r = arith.addi %a_wide, %b_wide : !v8i16
    return %r : !v8i16
  }

  func.func @vaddw_s8b(%sum: !v8i16, %a: !v8i8) -> !v8i16
      attributes {isa.asm = "vaddw.s8"} {
    %wide = arith.extsi %a : !v8i8 to !v8i16
    %r = arith.addi %sum, %wide : !v8i16
    return %r : !v8i16
  }

  func.func @vmull_s8b(%a: !v8i8, %b: !v8i8) -> !v8i16
      attributes {isa.asm = "vmull.s8",
                  isa.intrinsic = "llvm.arm.neon.vmulls"} {
    %a_wide = arith.extsi %a : !v8i8 to !v8i16
    %b_wide = arith.extsi %b : !v8i8 to !v8i16
    %r = arith.muli %a_wide, %b_wide : !v8i16
    return %r : !v8i16
  }

  func.func @vmlal_s8b(%sum: !v8i16, %a: !v8i8, %b: !v8i8) -> !v8i16
      attributes {isa.asm = "vmlal.s8"} {
    %products = call @vmull_s8b(%a, %b) : (!v8i8, !v8i8) -> !v8i16
    %r = arith.addi %sum, %products : !v8i16
    return %r : !v8i16
  }

  func.func @vmovl_s4h(%a: !v4i16) -> !v4i32
      attributes {isa.asm = "vmovl.s16"} {
    %r = arith.extsi %a : !v4i16 to !v4i32
    return %r : !v4i32
  }

  func.func @vaddl_s4h(%a: !v4i16, %b: !v4i16) -> !v4i32
      attributes {isa.asm = "vaddl.s16"} {
    %a_wide = arith.extsi %a : !v4i16 to !v4i32
    %b_wide = arith.extsi %b : !v4i16 to !v4i32
    %r = arith.addi %a_wide, %b_wide : !v4i32
    return %r : !v4i32
  }

  func.func @vaddw_s4h(%sum: !v4i32, %a: !v4i16) -> !v4i32
      attributes {isa.asm = "vaddw.s16"} {
    %wide = arith.extsi %a : !v4i16 to !v4i32
    %r = arith.addi %sum, %wide : !v4i32
    return %r : !v4i32
  }

  func.func @vmull_s4h(%a: !v4i16, %b: !v4i16) -> !v4i32
      attributes {isa.asm = "vmull.s16",
                  isa.intrinsic = "llvm.arm.neon.vmulls"} {
    %a_wide = arith.extsi %a : !v4i16 to !v4i32
    %b_wide = arith.extsi %b : !v4i16 to !v4i32
    %r = arith.muli %a_wide, %b_wide : !v4i32
    return %r : !v4i32
  }

  func.func @vmlal_s4h(%sum: !v4i32, %a: !v4i16, %b: !v4i16) -> !v4i32
      attributes {isa.asm = "vmlal.s16"} {
    %products = call @vmull_s4h(%a, %b) : (!v4i16, !v4i16) -> !v4i32
    %r = arith.addi %sum, %products : !v4i32
    return %r : !v4i32
  }

  func.func @vmovl_s2s(%a: !v2i32) -> !v2i64
      attributes {isa.asm = "vmovl.s32"} {
    %r = arith.extsi %a : !v2i32 to !v2i64
    return %r : !v2i64
  }

  func.func @vaddl_s2s(%a: !v2i32, %b: !v2i32) -> !v2i64
      attributes {isa.asm = "vaddl.s32"} {
    %a_wide = arith.extsi %a : !v2i32 to !v2i64
    %b_wide = arith.extsi %b : !v2i32 to !v2i64
    %r = arith.addi %a_wide, %b_wide : !v2i64
    return %r : !v2i64
  }

  func.func @vaddw_s2s(%sum: !v2i64, %a: !v2i32) -> !v2i64
      attributes {isa.asm = "vaddw.s32"} {
    %wide = arith.extsi %a : !v2i32 to !v2i64
    %r = arith.addi %sum, %wide : !v2i64
    return %r : !v2i64
  }

  func.func @vmovn_8h(%a: !v8i16) -> !v8i8 attributes {isa.asm = "vmovn.i16"} {
    %r = arith.trunci %a : !v8i16 to !v8i8
    return %r : !v8i8
  }

  func.func @vshrn_8h(%a: !v8i16, %count: i16) -> !v8i8
      attributes {isa.asm = "vshrn.i16", isa.immediates = [[1, 8]]} {
    %count_v = vector.broadcast %count : i16 to !v8i16
    %shifted = arith.shrui %a, %count_v : !v8i16
    %r = arith.trunci %shifted : !v8i16 to !v8i8
    return %r : !v8i8
  }

  func.func @vmovn_4s(%a: !v4i32) -> !v4i16 attributes {isa.asm = "vmovn.i32"} {
    %r = arith.trunci %a : !v4i32 to !v4i16
    return %r : !v4i16
  }

  func.func @vshrn_4s(%a: !v4i32, %count: i32) -> !v4i16
      attributes {isa.asm = "vshrn.i32", isa.immediates = [[1, 16]]} {
    %count_v = vector.broadcast %count : i32 to !v4i32
    %shifted = arith.shrui %a, %count_v : !v4i32
    %r = arith.trunci %shifted : !v4i32 to !v4i16
    return %r : !v4i16
  }

  func.func @vmovn_2d(%a: !v2i64) -> !v2i32 attributes {isa.asm = "vmovn.i64"} {
    %r = arith.trunci %a : !v2i64 to !v2i32
    return %r : !v2i32
  }

  func.func @vshrn_2d(%a: !v2i64, %count: i64) -> !v2i32
      attributes {isa.asm = "vshrn.i64", isa.immediates = [[1, 32]]} {
    %count_v = vector.broadcast %count : i64 to !v2i64
    %shifted = arith.shrui %a, %count_v : !v2i64
    %r = arith.trunci %shifted : !v2i64 to !v2i32
    return %r : !v2i32
  }

  //===--- Shifts ---------------------------------------------------------===//

  func.func @vshl_16b(%a: !v16i8, %count: i8) -> !v16i8
      attributes {isa.asm = "vshl.i8", isa.immediates = [[0, 7]]} {
    %count_v = vector.broadcast %count : i8 to !v16i8
    %r = arith.shli %a, %count_v : !v16i8
    return %r : !v16i8
  }

  func.func @vshr_u16b(%a: !v16i8, %count: i8) -> !v16i8
      attributes {isa.asm = "vshr.u8", isa.immediates = [[1, 7]]} {
    %count_v = vector.broadcast %count : i8 to !v16i8
    %r = arith.shrui %a, %count_v : !v16i8
    return %r : !v16i8
  }

  func.func @vshr_s16b(%a: !v16i8, %count: i8) -> !v16i8
      attributes {isa.asm = "vshr.s8", isa.immediates = [[1, 7]]} {
    %count_v = vector.broadcast %count : i8 to !v16i8
    %r = arith.shrsi %a, %count_v : !v16i8
    return %r : !v16i8
  }

  func.func @vshl_8h(%a: !v8i16, %count: i16) -> !v8i16
      attributes {isa.asm = "vshl.i16", isa.immediates = [[0, 15]]} {
    %count_v = vector.broadcast %count : i16 to !v8i16
    %r = arith.shli %a, %count_v : !v8i16
    return %r : !v8i16
  }

  func.func @vshr_u8h(%a: !v8i16, %count: i16) -> !v8i16
      attributes {isa.asm = "vshr.u16", isa.immediates = [[1, 15]]} {
    %count_v = vector.broadcast %count : i16 to !v8i16
    %r = arith.shrui %a, %count_v : !v8i16
    return %r : !v8i16
  }

  func.func @vshr_s8h(%a: !v8i16, %count: i16) -> !v8i16
      attributes {isa.asm = "vshr.s16", isa.immediates = [[1, 15]]} {
    %count_v = vector.broadcast %count : i16 to !v8i16
    %r = arith.shrsi %a, %count_v : !v8i16
    return %r : !v8i16
  }

  func.func @vshl_4s(%a: !v4i32, %count: i32) -> !v4i32
      attributes {isa.asm = "vshl.i32", isa.immediates = [[0, 31]]} {
    %count_v = vector.broadcast %count : i32 to !v4i32
    %r = arith.shli %a, %count_v : !v4i32
    return %r : !v4i32
  }

  func.func @vshr_u4s(%a: !v4i32, %count: i32) -> !v4i32
      attributes {isa.asm = "vshr.u32", isa.immediates = [[1, 31]]} {
    %count_v = vector.broadcast %count : i32 to !v4i32
    %r = arith.shrui %a, %count_v : !v4i32
    return %r : !v4i32
  }

  func.func @vshr_s4s(%a: !v4i32, %count: i32) -> !v4i32
      attributes {isa.asm = "vshr.s32", isa.immediates = [[1, 31]]} {
    %count_v = vector.broadcast %count : i32 to !v4i32
    %r = arith.shrsi %a, %count_v : !v4i32
    return %r : !v4i32
  }

  func.func @vshl_2d(%a: !v2i64, %count: i64) -> !v2i64
      attributes {isa.asm = "vshl.i64", isa.immediates = [[0, 63]]} {
    %count_v = vector.broadcast %count : i64 to !v2i64
    %r = arith.shli %a, %count_v : !v2i64
    return %r : !v2i64
  }

  func.func @vshr_u2d(%a: !v2i64, %count: i64) -> !v2i64
      attributes {isa.asm = "vshr.u64", isa.immediates = [[1, 63]]} {
    %count_v = vector.broadcast %count : i64 to !v2i64
    %r = arith.shrui %a, %count_v : !v2i64
    return %r : !v2i64
  }

  func.func @vshr_s2d(%a: !v2i64, %count: i64) -> !v2i64
      attributes {isa.asm = "vshr.s64", isa.immediates = [[1, 63]]} {
    %count_v = vector.broadcast %count : i64 to !v2i64
    %r = arith.shrsi %a, %count_v : !v2i64
    return %r : !v2i64
  }

  func.func @vsra_u16b(%sum: !v16i8, %a: !v16i8, %count: i8) -> !v16i8
      attributes {isa.asm = "vsra.u8", isa.immediates = [[1, 7]]} {
    %count_v = vector.broadcast %count : i8 to !v16i8
    %shifted = arith.shrui %a, %count_v : !v16i8
    %r = arith.addi %sum, %shifted : !v16i8
    return %r : !v16i8
  }

  func.func @vsra_u8h(%sum: !v8i16, %a: !v8i16, %count: i16) -> !v8i16
      attributes {isa.asm = "vsra.u16", isa.immediates = [[1, 15]]} {
    %count_v = vector.broadcast %count : i16 to !v8i16
    %shifted = arith.shrui %a, %count_v : !v8i16
    %r = arith.addi %sum, %shifted : !v8i16
    return %r : !v8i16
  }

  func.func @vsra_u4s(%sum: !v4i32, %a: !v4i32, %count: i32) -> !v4i32
      attributes {isa.asm = "vsra.u32", isa.immediates = [[1, 31]]} {
    %count_v = vector.broadcast %count : i32 to !v4i32
    %shifted = arith.shrui %a, %count_v : !v4i32
    %r = arith.addi %sum, %shifted : !v4i32
    return %r : !v4i32
  }

  func.func @vsra_u2d(%sum: !v2i64, %a: !v2i64, %count: i64) -> !v2i64
      attributes {isa.asm = "vsra.u64", isa.immediates = [[1, 63]]} {
    %count_v = vector.broadcast %count : i64 to !v2i64
    %shifted = arith.shrui %a, %count_v : !v2i64
    %r = arith.addi %sum, %shifted : !v2i64
    return %r : !v2i64
  }

  func.func @vsra_s16b(%sum: !v16i8, %a: !v16i8, %count: i8) -> !v16i8
      attributes {isa.asm = "vsra.s8", isa.immediates = [[1, 7]]} {
    %count_v = vector.broadcast %count : i8 to !v16i8
    %shifted = arith.shrsi %a, %count_v : !v16i8
    %r = arith.addi %sum, %shifted : !v16i8
    return %r : !v16i8
  }

  func.func @vsra_s8h(%sum: !v8i16, %a: !v8i16, %count: i16) -> !v8i16
      attributes {isa.asm = "vsra.s16", isa.immediates = [[1, 15]]} {
    %count_v = vector.broadcast %count : i16 to !v8i16
    %shifted = arith.shrsi %a, %count_v : !v8i16
    %r = arith.addi %sum, %shifted : !v8i16
    return %r : !v8i16
  }

  func.func @vsra_s4s(%sum: !v4i32, %a: !v4i32, %count: i32) -> !v4i32
      attributes {isa.asm = "vsra.s32", isa.immediates = [[1, 31]]} {
    %count_v = vector.broadcast %count : i32 to !v4i32
    %shifted = arith.shrsi %a, %count_v : !v4i32
    %r = arith.addi %sum, %shifted : !v4i32
    return %r : !v4i32
  }

  func.func @vsra_s2d(%sum: !v2i64, %a: !v2i64, %count: i64) -> !v2i64
      attributes {isa.asm = "vsra.s64", isa.immediates = [[1, 63]]} {
    %count_v = vector.broadcast %count : i64 to !v2i64
    %shifted = arith.shrsi %a, %count_v : !v2i64
    %r = arith.addi %sum, %shifted : !v2i64
    return %r : !v2i64
  }

  //===--- Comparisons ----------------------------------------------------===//
  //
  // A lane of all ones stands for true.

  func.func @vceq_16b(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "vceq.i8"} {
    %true = arith.cmpi eq, %a, %b : !v16i8
    %r = arith.extsi %true : vector<16xi1> to !v16i8
    return %r : !v16i8
  }

  func.func @vcgt_u16b(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "vcgt.u8"} {
    %true = arith.cmpi ugt, %a, %b : !v16i8
    %r = arith.extsi %true : vector<16xi1> to !v16i8
    return %r : !v16i8
  }

  func.func @vcgt_s16b(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "vcgt.s8"} {
    %true = arith.cmpi sgt, %a, %b : !v16i8
    %r = arith.extsi %true : vector<16xi1> to !v16i8
    return %r : !v16i8
  }

  func.func @vtst_16b(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "vtst.8"} {
    %both = arith.andi %a, %b : !v16i8
    %zero = arith.constant dense<0> : !v16i8
    %some = arith.cmpi ne, %both, %zero : !v16i8
    %r = arith.extsi %some : vector<16xi1> to !v16i8
    return %r : !v16i8
  }

  func.func @vceq_8h(%a: !v8i16, %b: !v8i16) -> !v8i16
      attributes {isa.asm = "vceq.i16"} {
    %true = arith.cmpi eq, %a, %b : !v8i16
    %r = arith.extsi %true : vector<8xi1> to !v8i16
    return %r : !v8i16
  }

  func.func @vcgt_u8h(%a: !v8i16, %b: !v8i16) -> !v8i16
      attributes {isa.asm = "vcgt.u16"} {
    %true = arith.cmpi ugt, %a, %b : !v8i16
    %r = arith.extsi %true : vector<8xi1> to !v8i16
    return %r : !v8i16
  }

  func.func @vcgt_s8h(%a: !v8i16, %b: !v8i16) -> !v8i16
      attributes {isa.asm = "vcgt.s16"} {
    %true = arith.cmpi sgt, %a, %b : !v8i16
    %r = arith.extsi %true : vector<8xi1> to !v8i16
    return %r : !v8i16
  }

  func.func @vtst_8h(%a: !v8i16, %b: !v8i16) -> !v8i16
      attributes {isa.asm = "vtst.16"} {
    %both = arith.andi %a, %b : !v8i16
    %zero = arith.constant dense<0> : !v8i16
    %some = arith.cmpi ne, %both, %zero : !v8i16
    %r = arith.extsi %some : vector<8xi1> to !v8i16
    return %r : !v8i16
  }

  func.func @vceq_4s(%a: !v4i32, %b: !v4i32) -> !v4i32
      attributes {isa.asm = "vceq.i32"} {
    %true = arith.cmpi eq, %a, %b : !v4i32
    %r = arith.extsi %true : vector<4xi1> to !v4i32
    return %r : !v4i32
  }

  func.func @vcgt_u4s(%a: !v4i32, %b: !v4i32) -> !v4i32
      attributes {isa.asm = "vcgt.u32"} {
    %true = arith.cmpi ugt, %a, %b : !v4i32
    %r = arith.extsi %true : vector<4xi1> to !v4i32
    return %r : !v4i32
  }

  func.func @vcgt_s4s(%a: !v4i32, %b: !v4i32) -> !v4i32
      attributes {isa.asm = "vcgt.s32"} {
    %true = arith.cmpi sgt, %a, %b : !v4i32
    %r = arith.extsi %true : vector<4xi1> to !v4i32
    return %r : !v4i32
  }

  func.func @vtst_4s(%a: !v4i32, %b: !v4i32) -> !v4i32
      attributes {isa.asm = "vtst.32"} {
    %both = arith.andi %a, %b : !v4i32
    %zero = arith.constant dense<0> : !v4i32
    %some = arith.cmpi ne, %both, %zero : !v4i32
    %r = arith.extsi %some : vector<4xi1> to !v4i32
    return %r : !v4i32
  }

  //===--- Tables ---------------------------------------------------------===//
  //
  // Bytes of one to four registers; zero where the index is beyond them.

  // Lane i is table[index[i]]; zero if the table has no such entry.
  func.func private @lookup(%table: !v8i8, %index: !v8i8) -> !v8i8 {
    %entry = arith.constant dense<[[0], [1], [2], [3], [4], [5], [6], [7]]>
        : vector<8x1xi8>
    %entries = vector.broadcast %entry : vector<8x1xi8> to vector<8x8xi8>
    %indices = vector.broadcast %index : !v8i8 to vector<8x8xi8>
    %hit = arith.cmpi eq, %entries, %indices : vector<8x8xi8>
    %value = vector.shape_cast %table : !v8i8 to vector<8x1xi8>
    %values = vector.broadcast %value : vector<8x1xi8> to vector<8x8xi8>
    %none = arith.constant dense<0> : vector<8x8xi8>
    %chosen = arith.select %hit, %values, %none : vector<8x8xi1>, vector<8x8xi8>
    %zero = arith.constant dense<0> : !v8i8
    %r = vector.multi_reduction <add>, %chosen, %zero [0] : vector<8x8xi8>
        to !v8i8
    return %r : !v8i8
  }

  func.func @vtbl1(%table0: !v8i8, %index: !v8i8) -> !v8i8
      attributes {isa.asm = "vtbl.8", isa.intrinsic = "llvm.arm.neon.vtbl1"} {
    %r = call @lookup(%table0, %index) : (!v8i8, !v8i8) -> !v8i8
    return %r : !v8i8
  }

  func.func @vtbl2(%table0: !v8i8, %table1: !v8i8, %index: !v8i8) -> !v8i8
      attributes {isa.asm = "vtbl.8", isa.intrinsic = "llvm.arm.neon.vtbl2"} {
    %r0 = call @lookup(%table0, %index) : (!v8i8, !v8i8) -> !v8i8
    %first1 = arith.constant dense<8> : !v8i8
    %index1 = arith.subi %index, %first1 : !v8i8
    %r1_only = call @lookup(%table1, %index1) : (!v8i8, !v8i8) -> !v8i8
    %r = arith.addi %r0, %r1_only : !v8i8
    return %r : !v8i8
  }

  func.func @vtbl3(%table0: !v8i8, %table1: !v8i8, %table2: !v8i8, %index:
                   !v8i8) -> !v8i8
      attributes {isa.asm = "vtbl.8", isa.intrinsic = "llvm.arm.neon.vtbl3"} {
    %r0 = call @lookup(%table0, %index) : (!v8i8, !v8i8) -> !v8i8
    %first1 = arith.constant dense<8> : !v8i8
    %index1 = arith.subi %index, %first1 : !v8i8
    %r1_only = call @lookup(%table1, %index1) : (!v8i8, !v8i8) -> !v8i8
    %r1 = arith.addi %r0, %r1_only : !v8i8
    %first2 = arith.constant dense<16> : !v8i8
    %index2 = arith.subi %index, %first2 : !v8i8
    %r2_only = call @lookup(%table2, %index2) : (!v8i8, !v8i8) -> !v8i8
    %r = arith.addi %r1, %r2_only : !v8i8
    return %r : !v8i8
  }

  func.func @vtbl4(%table0: !v8i8, %table1: !v8i8, %table2: !v8i8, %table3:
                   !v8i8, %index: !v8i8) -> !v8i8
      attributes {isa.asm = "vtbl.8", isa.intrinsic = "llvm.arm.neon.vtbl4"} {
    %r0 = call @lookup(%table0, %index) : (!v8i8, !v8i8) -> !v8i8
    %first1 = arith.constant dense<8> : !v8i8
    %index1 = arith.subi %index, %first1 : !v8i8
    %r1_only = call @lookup(%table1, %index1) : (!v8i8, !v8i8) -> !v8i8
    %r1 = arith.addi %r0, %r1_only : !v8i8
    %first2 = arith.constant dense<16> : !v8i8
    %index2 = arith.subi %index, %first2 : !v8i8
    %r2_only = call @lookup(%table2, %index2) : (!v8i8, !v8i8) -> !v8i8
    %r2 = arith.addi %r1, %r2_only : !v8i8
    %first3 = arith.constant dense<24> : !v8i8
    %index3 = arith.subi %index, %first3 : !v8i8
    %r3_only = call @lookup(%table3, %index3) : (!v8i8, !v8i8) -> !v8i8
    %r = arith.addi %r2, %r3_only : !v8i8
    return %r : !v8i8
  }

  //===--- Lanes ----------------------------------------------------------===//
  //
  // vzip, vuzp and vtrn change two registers; these are the two results.

  func.func @vzip_lo_16b(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "vzip.8"} {
    %r = vector.shuffle %a, %b [0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6,
        22, 7, 23] : !v16i8, !v16i8
    return %r : !v16i8
  }

  func.func @vzip_hi_16b(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "vzip.8"} {
    %r = vector.shuffle %a, %b [8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13,
        29, 14, 30, 15, 31] : !v16i8, !v16i8
    return %r : !v16i8
  }

  func.func @vuzp_even_16b(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "vuzp.8"} {
    %r = vector.shuffle %a, %b [0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22,
        24, 26, 28, 30] : !v16i8, !v16i8
    return %r : !v16i8
  }

  func.func @vuzp_odd_16b(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "vuzp.8"} {
    %r = vector.shuffle %a, %b [1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23,
        25, 27, 29, 31] : !v16i8, !v16i8
    return %r : !v16i8
  }

  func.func @vtrn_even_16b(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "vtrn.8"} {
    %r = vector.shuffle %a, %b [0, 16, 2, 18, 4, 20, 6, 22, 8, 24, 10, 26,
        12, 28, 14, 30] : !v16i8, !v16i8
    return %r : !v16i8
  }

  func.func @vtrn_odd_16b(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "vtrn.8"} {
    %r = vector.shuffle %a, %b [1, 17, 3, 19, 5, 21, 7, 23, 9, 25, 11, 27,
        13, 29, 15, 31] : !v16i8, !v16i8
    return %r : !v16i8
  }

  func.func @vzip_lo_8h(%a: !v8i16, %b: !v8i16) -> !v8i16
      attributes {isa.asm = "vzip.16"} {
    %r = vector.shuffle %a, %b [0, 8, 1, 9, 2, 10, 3, 11] : !v8i16, !v8i16
    return %r : !v8i16
  }

  func.func @vzip_hi_8h(%a: !v8i16, %b: !v8i16) -> !v8i16
      attributes {isa.asm = "vzip.16"} {
    %r = vector.shuffle %a, %b [4, 12, 5, 13, 6, 14, 7, 15] : !v8i16, !v8i16
    return %r : !v8i16
  }

  func.func @vuzp_even_8h(%a: !v8i16, %b: !v8i16) -> !v8i16
      attributes {isa.asm = "vuzp.16"} {
    %r = vector.shuffle %a, %b [0, 2, 4, 6, 8, 10, 12, 14] : !v8i16, !v8i16
    return %r : !v8i16
  }

  func.func @vuzp_odd_8h(%a: !v8i16, %b: !v8i16) -> !v8i16
      attributes {isa.asm = "vuzp.16"} {
    %r = vector.shuffle %a, %b [1, 3, 5, 7, 9, 11, 13, 15] : !v8i16, !v8i16
    return %r : !v8i16
  }

  func.func @vtrn_even_8h(%a: !v8i16, %b: !v8i16) -> !v8i16
      attributes {isa.asm = "vtrn.16"} {
    %r = vector.shuffle %a, %b [0, 8, 2, 10, 4, 12, 6, 14] : !v8i16, !v8i16
    return %r : !v8i16
  }

  func.func @vtrn_odd_8h(%a: !v8i16, %b: !v8i16) -> !v8i16
      attributes {isa.asm = "vtrn.16"} {
    %r = vector.shuffle %a, %b [1, 9, 3, 11, 5, 13, 7, 15] : !v8i16, !v8i16
    return %r : !v8i16
  }

  func.func @vzip_lo_4s(%a: !v4i32, %b: !v4i32) -> !v4i32
      attributes {isa.asm = "vzip.32"} {
    %r = vector.shuffle %a, %b [0, 4, 1, 5] : !v4i32, !v4i32
    return %r : !v4i32
  }

  func.func @vzip_hi_4s(%a: !v4i32, %b: !v4i32) -> !v4i32
      attributes {isa.asm = "vzip.32"} {
    %r = vector.shuffle %a, %b [2, 6, 3, 7] : !v4i32, !v4i32
    return %r : !v4i32
  }

  func.func @vuzp_even_4s(%a: !v4i32, %b: !v4i32) -> !v4i32
      attributes {isa.asm = "vuzp.32"} {
    %r = vector.shuffle %a, %b [0, 2, 4, 6] : !v4i32, !v4i32
    return %r : !v4i32
  }

  func.func @vuzp_odd_4s(%a: !v4i32, %b: !v4i32) -> !v4i32
      attributes {isa.asm = "vuzp.32"} {
    %r = vector.shuffle %a, %b [1, 3, 5, 7] : !v4i32, !v4i32
    return %r : !v4i32
  }

  func.func @vtrn_even_4s(%a: !v4i32, %b: !v4i32) -> !v4i32
      attributes {isa.asm = "vtrn.32"} {
    %r = vector.shuffle %a, %b [0, 4, 2, 6] : !v4i32, !v4i32
    return %r : !v4i32
  }

  func.func @vtrn_odd_4s(%a: !v4i32, %b: !v4i32) -> !v4i32
      attributes {isa.asm = "vtrn.32"} {
    %r = vector.shuffle %a, %b [1, 5, 3, 7] : !v4i32, !v4i32
    return %r : !v4i32
  }

  func.func @vzip_lo_8b(%a: !v8i8, %b: !v8i8) -> !v8i8
      attributes {isa.asm = "vzip.8"} {
    %r = vector.shuffle %a, %b [0, 8, 1, 9, 2, 10, 3, 11] : !v8i8, !v8i8
    return %r : !v8i8
  }

  func.func @vzip_hi_8b(%a: !v8i8, %b: !v8i8) -> !v8i8
      attributes {isa.asm = "vzip.8"} {
    %r = vector.shuffle %a, %b [4, 12, 5, 13, 6, 14, 7, 15] : !v8i8, !v8i8
    return %r : !v8i8
  }

  func.func @vuzp_even_8b(%a: !v8i8, %b: !v8i8) -> !v8i8
      attributes {isa.asm = "vuzp.8"} {
    %r = vector.shuffle %a, %b [0, 2, 4, 6, 8, 10, 12, 14] : !v8i8, !v8i8
    return %r : !v8i8
  }

  func.func @vuzp_odd_8b(%a: !v8i8, %b: !v8i8) -> !v8i8
      attributes {isa.asm = "vuzp.8"} {
    %r = vector.shuffle %a, %b [1, 3, 5, 7, 9, 11, 13, 15] : !v8i8, !v8i8
    return %r : !v8i8
  }

  func.func @vtrn_even_8b(%a: !v8i8, %b: !v8i8) -> !v8i8
      attributes {isa.asm = "vtrn.8"} {
    %r = vector.shuffle %a, %b [0, 8, 2, 10, 4, 12, 6, 14] : !v8i8, !v8i8
    return %r : !v8i8
  }

  func.func @vtrn_odd_8b(%a: !v8i8, %b: !v8i8) -> !v8i8
      attributes {isa.asm = "vtrn.8"} {
    %r = vector.shuffle %a, %b [1, 9, 3, 11, 5, 13, 7, 15] : !v8i8, !v8i8
    return %r : !v8i8
  }

  func.func @vzip_lo_4h(%a: !v4i16, %b: !v4i16) -> !v4i16
      attributes {isa.asm = "vzip.16"} {
    %r = vector.shuffle %a, %b [0, 4, 1, 5] : !v4i16, !v4i16
    return %r : !v4i16
  }

  func.func @vzip_hi_4h(%a: !v4i16, %b: !v4i16) -> !v4i16
      attributes {isa.asm = "vzip.16"} {
    %r = vector.shuffle %a, %b [2, 6, 3, 7] : !v4i16, !v4i16
    return %r : !v4i16
  }

  func.func @vuzp_even_4h(%a: !v4i16, %b: !v4i16) -> !v4i16
      attributes {isa.asm = "vuzp.16"} {
    %r = vector.shuffle %a, %b [0, 2, 4, 6] : !v4i16, !v4i16
    return %r : !v4i16
  }

  func.func @vuzp_odd_4h(%a: !v4i16, %b: !v4i16) -> !v4i16
      attributes {isa.asm = "vuzp.16"} {
    %r = vector.shuffle %a, %b [1, 3, 5, 7] : !v4i16, !v4i16
    return %r : !v4i16
  }

  func.func @vtrn_even_4h(%a: !v4i16, %b: !v4i16) -> !v4i16
      attributes {isa.asm = "vtrn.16"} {
    %r = vector.shuffle %a, %b [0, 4, 2, 6] : !v4i16, !v4i16
    return %r : !v4i16
  }

  func.func @vtrn_odd_4h(%a: !v4i16, %b: !v4i16) -> !v4i16
      attributes {isa.asm = "vtrn.16"} {
    %r = vector.shuffle %a, %b [1, 5, 3, 7] : !v4i16, !v4i16
    return %r : !v4i16
  }

  func.func @vtrn_even_2s(%a: !v2i32, %b: !v2i32) -> !v2i32
      attributes {isa.asm = "vtrn.32"} {
    %r = vector.shuffle %a, %b [0, 2] : !v2i32, !v2i32
    return %r : !v2i32
  }

  func.func @vtrn_odd_2s(%a: !v2i32, %b: !v2i32) -> !v2i32
      attributes {isa.asm = "vtrn.32"} {
    %r = vector.shuffle %a, %b [1, 3] : !v2i32, !v2i32
    return %r : !v2i32
  }

  func.func @vext_16b_1(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "vext.8"} {
    %r = vector.shuffle %a, %b [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13,
        14, 15, 16] : !v16i8, !v16i8
    return %r : !v16i8
  }

  func.func @vext_16b_2(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "vext.8"} {
    %r = vector.shuffle %a, %b [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14,
        15, 16, 17] : !v16i8, !v16i8
    return %r : !v16i8
  }

  func.func @vext_16b_4(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "vext.8"} {
    %r = vector.shuffle %a, %b [4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        16, 17, 18, 19] : !v16i8, !v16i8
    return %r : !v16i8
  }

  func.func @vext_16b_8(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "vext.8"} {
    %r = vector.shuffle %a, %b [8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18,
        19, 20, 21, 22, 23] : !v16i8, !v16i8
    return %r : !v16i8
  }

  func.func @vext_16b_12(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "vext.8"} {
    %r = vector.shuffle %a, %b [12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22,
        23, 24, 25, 26, 27] : !v16i8, !v16i8
    return %r : !v16i8
  }

  func.func @vext_8b_1(%a: !v8i8, %b: !v8i8) -> !v8i8
      attributes {isa.asm = "vext.8"} {
    %r = vector.shuffle %a, %b [1, 2, 3, 4, 5, 6, 7, 8] : !v8i8, !v8i8
    return %r : !v8i8
  }

  func.func @vext_8b_2(%a: !v8i8, %b: !v8i8) -> !v8i8
      attributes {isa.asm = "vext.8"} {
    %r = vector.shuffle %a, %b [2, 3, 4, 5, 6, 7, 8, 9] : !v8i8, !v8i8
    return %r : !v8i8
  }

  func.func @vext_8b_4(%a: !v8i8, %b: !v8i8) -> !v8i8
      attributes {isa.asm = "vext.8"} {
    %r = vector.shuffle %a, %b [4, 5, 6, 7, 8, 9, 10, 11] : !v8i8, !v8i8
    return %r : !v8i8
  }

  func.func @vrev64_16b(%a: !v16i8) -> !v16i8
      attributes {isa.asm = "vrev64.8"} {
    %r = vector.shuffle %a, %a [7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11,
        10, 9, 8] : !v16i8, !v16i8
    return %r : !v16i8
  }

  func.func @vrev64_8h(%a: !v8i16) -> !v8i16
      attributes {isa.asm = "vrev64.16"} {
    %r = vector.shuffle %a, %a [3, 2, 1, 0, 7, 6, 5, 4] : !v8i16, !v8i16
    return %r : !v8i16
  }

  func.func @vrev64_4s(%a: !v4i32) -> !v4i32
      attributes {isa.asm = "vrev64.32"} {
    %r = vector.shuffle %a, %a [1, 0, 3, 2] : !v4i32, !v4i32
    return %r : !v4i32
  }

  func.func @vrev32_16b(%a: !v16i8) -> !v16i8
      attributes {isa.asm = "vrev32.8"} {
    %r = vector.shuffle %a, %a [3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15,
        14, 13, 12] : !v16i8, !v16i8
    return %r : !v16i8
  }

  func.func @vrev32_8h(%a: !v8i16) -> !v8i16
      attributes {isa.asm = "vrev32.16"} {
    %r = vector.shuffle %a, %a [1, 0, 3, 2, 5, 4, 7, 6] : !v8i16, !v8i16
    return %r : !v8i16
  }

  func.func @vrev16_16b(%a: !v16i8) -> !v16i8
      attributes {isa.asm = "vrev16.8"} {
    %r = vector.shuffle %a, %a [1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13,
        12, 15, 14] : !v16i8, !v16i8
    return %r : !v16i8
  }

  func.func @vdup_16b(%a: !v16i8) -> !v16i8 attributes {isa.asm = "vdup.8"} {
    %r = vector.shuffle %a, %a [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0] : !v16i8, !v16i8
    return %r : !v16i8
  }

  func.func @vdup_8h(%a: !v8i16) -> !v8i16 attributes {isa.asm = "vdup.16"} {
    %r = vector.shuffle %a, %a [0, 0, 0, 0, 0, 0, 0, 0] : !v8i16, !v8i16
    return %r : !v8i16
  }

  func.func @vdup_4s(%a: !v4i32) -> !v4i32 attributes {isa.asm = "vdup.32"} {
    %r = vector.shuffle %a, %a [0, 0, 0, 0] : !v4i32, !v4i32
    return %r : !v4i32
  }

  func.func @vdup_8b(%a: !v8i8) -> !v8i8 attributes {isa.asm = "vdup.8"} {
    %r = vector.shuffle %a, %a [0, 0, 0, 0, 0, 0, 0, 0] : !v8i8, !v8i8
    return %r : !v8i8
  }

  func.func @vdup_4h(%a: !v4i16) -> !v4i16 attributes {isa.asm = "vdup.16"} {
    %r = vector.shuffle %a, %a [0, 0, 0, 0] : !v4i16, !v4i16
    return %r : !v4i16
  }

  func.func @vdup_2s(%a: !v2i32) -> !v2i32 attributes {isa.asm = "vdup.32"} {
    %r = vector.shuffle %a, %a [0, 0] : !v2i32, !v2i32
    return %r : !v2i32
  }

}
