// NEON.mlir: 128 and 64-bit vectors of every AArch64 CPU.
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Names end in the arrangement of the operands: uaddlp_16b adds pairs of
// sixteen bytes.

!v8i8 = vector<8xi8>
!v16i8 = vector<16xi8>
!v4i16 = vector<4xi16>
!v8i16 = vector<8xi16>
!v2i32 = vector<2xi32>
!v4i32 = vector<4xi32>
!v2i64 = vector<2xi64>

module @neon attributes {isa.arch = "AArch64", isa.feature = "neon"} {

  //===--- Bits -----------------------------------------------------------===//

  func.func @and_16b(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "and"} {
    %r = arith.andi %a, %b : !v16i8
    return %r : !v16i8
  }

  func.func @orr_16b(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "orr"} {
    %r = arith.ori %a, %b : !v16i8
    return %r : !v16i8
  }

  func.func @eor_16b(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "eor"} {
    %r = arith.xori %a, %b : !v16i8
    return %r : !v16i8
  }

  func.func @bic_16b(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "bic"} {
    %ones = arith.constant dense<-1> : !v16i8
    %not_b = arith.xori %b, %ones : !v16i8
    %r = arith.andi %a, %not_b : !v16i8
    return %r : !v16i8
  }

  func.func @orn_16b(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "orn"} {
    %ones = arith.constant dense<-1> : !v16i8
    %not_b = arith.xori %b, %ones : !v16i8
    %r = arith.ori %a, %not_b : !v16i8
    return %r : !v16i8
  }

  func.func @mvn_16b(%a: !v16i8) -> !v16i8 attributes {isa.asm = "mvn"} {
    %ones = arith.constant dense<-1> : !v16i8
    %r = arith.xori %a, %ones : !v16i8
    return %r : !v16i8
  }

  // Bits of a where the mask is one, else of b.
  func.func @bsl_16b(%mask: !v16i8, %a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "bsl|bif|bit"} {
    %ones = arith.constant dense<-1> : !v16i8
    %not_mask = arith.xori %mask, %ones : !v16i8
    %from_a = arith.andi %mask, %a : !v16i8
    %from_b = arith.andi %not_mask, %b : !v16i8
    %r = arith.ori %from_a, %from_b : !v16i8
    return %r : !v16i8
  }

  func.func @cnt_16b(%a: !v16i8) -> !v16i8 attributes {isa.asm = "cnt"} {
    %r = math.ctpop %a : !v16i8
    return %r : !v16i8
  }

  // The bits of each byte in reverse order.
  func.func @rbit_16b(%a: !v16i8) -> !v16i8
      attributes {isa.asm = "rbit", isa.intrinsic = "llvm.bitreverse"} {
    %bits = vector.bitcast %a : !v16i8 to vector<128xi1>
    %rows = vector.shape_cast %bits : vector<128xi1> to vector<16x8xi1>
    %columns = vector.transpose %rows, [1, 0]
      : vector<16x8xi1> to vector<8x16xi1>
    %flipped = vector.shuffle %columns, %columns [7, 6, 5, 4, 3, 2, 1, 0]
      : vector<8x16xi1>, vector<8x16xi1>
    %back = vector.transpose %flipped, [1, 0]
      : vector<8x16xi1> to vector<16x8xi1>
    %all = vector.shape_cast %back : vector<16x8xi1> to vector<128xi1>
    %r = vector.bitcast %all : vector<128xi1> to !v16i8
    return %r : !v16i8
  }

  func.func @and_8b(%a: !v8i8, %b: !v8i8) -> !v8i8
      attributes {isa.asm = "and"} {
    %r = arith.andi %a, %b : !v8i8
    return %r : !v8i8
  }

  func.func @orr_8b(%a: !v8i8, %b: !v8i8) -> !v8i8
      attributes {isa.asm = "orr"} {
    %r = arith.ori %a, %b : !v8i8
    return %r : !v8i8
  }

  func.func @eor_8b(%a: !v8i8, %b: !v8i8) -> !v8i8
      attributes {isa.asm = "eor"} {
    %r = arith.xori %a, %b : !v8i8
    return %r : !v8i8
  }

  func.func @bic_8b(%a: !v8i8, %b: !v8i8) -> !v8i8
      attributes {isa.asm = "bic"} {
    %ones = arith.constant dense<-1> : !v8i8
    %not_b = arith.xori %b, %ones : !v8i8
    %r = arith.andi %a, %not_b : !v8i8
    return %r : !v8i8
  }

  func.func @orn_8b(%a: !v8i8, %b: !v8i8) -> !v8i8
      attributes {isa.asm = "orn"} {
    %ones = arith.constant dense<-1> : !v8i8
    %not_b = arith.xori %b, %ones : !v8i8
    %r = arith.ori %a, %not_b : !v8i8
    return %r : !v8i8
  }

  func.func @mvn_8b(%a: !v8i8) -> !v8i8 attributes {isa.asm = "mvn"} {
    %ones = arith.constant dense<-1> : !v8i8
    %r = arith.xori %a, %ones : !v8i8
    return %r : !v8i8
  }

  // Bits of a where the mask is one, else of b.
  func.func @bsl_8b(%mask: !v8i8, %a: !v8i8, %b: !v8i8) -> !v8i8
      attributes {isa.asm = "bsl|bif|bit"} {
    %ones = arith.constant dense<-1> : !v8i8
    %not_mask = arith.xori %mask, %ones : !v8i8
    %from_a = arith.andi %mask, %a : !v8i8
    %from_b = arith.andi %not_mask, %b : !v8i8
    %r = arith.ori %from_a, %from_b : !v8i8
    return %r : !v8i8
  }

  func.func @cnt_8b(%a: !v8i8) -> !v8i8 attributes {isa.asm = "cnt"} {
    %r = math.ctpop %a : !v8i8
    return %r : !v8i8
  }

  // The bits of each byte in reverse order.
  func.func @rbit_8b(%a: !v8i8) -> !v8i8
      attributes {isa.asm = "rbit", isa.intrinsic = "llvm.bitreverse"} {
    %bits = vector.bitcast %a : !v8i8 to vector<64xi1>
    %rows = vector.shape_cast %bits : vector<64xi1> to vector<8x8xi1>
    %columns = vector.transpose %rows, [1, 0]
      : vector<8x8xi1> to vector<8x8xi1>
    %flipped = vector.shuffle %columns, %columns [7, 6, 5, 4, 3, 2, 1, 0]
      : vector<8x8xi1>, vector<8x8xi1>
    %back = vector.transpose %flipped, [1, 0]
      : vector<8x8xi1> to vector<8x8xi1>
    %all = vector.shape_cast %back : vector<8x8xi1> to vector<64xi1>
    %r = vector.bitcast %all : vector<64xi1> to !v8i8
    return %r : !v8i8
  }

  //===--- Sums and products ----------------------------------------------===//

  func.func @add_16b(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "add"} {
    %r = arith.addi %a, %b : !v16i8
    return %r : !v16i8
  }

  func.func @add_8h(%a: !v8i16, %b: !v8i16) -> !v8i16
      attributes {isa.asm = "add"} {
    %r = arith.addi %a, %b : !v8i16
    return %r : !v8i16
  }

  func.func @add_4s(%a: !v4i32, %b: !v4i32) -> !v4i32
      attributes {isa.asm = "add"} {
    %r = arith.addi %a, %b : !v4i32
    return %r : !v4i32
  }

  func.func @add_2d(%a: !v2i64, %b: !v2i64) -> !v2i64
      attributes {isa.asm = "add"} {
    %r = arith.addi %a, %b : !v2i64
    return %r : !v2i64
  }

  func.func @add_8b(%a: !v8i8, %b: !v8i8) -> !v8i8
      attributes {isa.asm = "add"} {
    %r = arith.addi %a, %b : !v8i8
    return %r : !v8i8
  }

  func.func @add_4h(%a: !v4i16, %b: !v4i16) -> !v4i16
      attributes {isa.asm = "add"} {
    %r = arith.addi %a, %b : !v4i16
    return %r : !v4i16
  }

  func.func @add_2s(%a: !v2i32, %b: !v2i32) -> !v2i32
      attributes {isa.asm = "add"} {
    %r = arith.addi %a, %b : !v2i32
    return %r : !v2i32
  }

  func.func @sub_16b(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "sub"} {
    %r = arith.subi %a, %b : !v16i8
    return %r : !v16i8
  }

  func.func @sub_8h(%a: !v8i16, %b: !v8i16) -> !v8i16
      attributes {isa.asm = "sub"} {
    %r = arith.subi %a, %b : !v8i16
    return %r : !v8i16
  }

  func.func @sub_4s(%a: !v4i32, %b: !v4i32) -> !v4i32
      attributes {isa.asm = "sub"} {
    %r = arith.subi %a, %b : !v4i32
    return %r : !v4i32
  }

  func.func @sub_2d(%a: !v2i64, %b: !v2i64) -> !v2i64
      attributes {isa.asm = "sub"} {
    %r = arith.subi %a, %b : !v2i64
    return %r : !v2i64
  }

  func.func @sub_8b(%a: !v8i8, %b: !v8i8) -> !v8i8
      attributes {isa.asm = "sub"} {
    %r = arith.subi %a, %b : !v8i8
    return %r : !v8i8
  }

  func.func @sub_4h(%a: !v4i16, %b: !v4i16) -> !v4i16
      attributes {isa.asm = "sub"} {
    %r = arith.subi %a, %b : !v4i16
    return %r : !v4i16
  }

  func.func @sub_2s(%a: !v2i32, %b: !v2i32) -> !v2i32
      attributes {isa.asm = "sub"} {
    %r = arith.subi %a, %b : !v2i32
    return %r : !v2i32
  }

  //===--- Sums of neighbours ---------------------------------------------===//

  func.func @addp_16b(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "addp", isa.intrinsic = "llvm.aarch64.neon.addp"} {
    %ab = vector.shuffle %a, %b [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
        13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30,
        31] : !v16i8, !v16i8
    %even, %odd = vector.deinterleave %ab : vector<32xi8> -> !v16i8
    %r = arith.addi %even, %odd : !v16i8
    return %r : !v16i8
  }

  func.func @addp_8h(%a: !v8i16, %b: !v8i16) -> !v8i16
      attributes {isa.asm = "addp", isa.intrinsic = "llvm.aarch64.neon.addp"} {
    %ab = vector.shuffle %a, %b [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
        13, 14, 15] : !v8i16, !v8i16
    %even, %odd = vector.deinterleave %ab : vector<16xi16> -> !v8i16
    %r = arith.addi %even, %odd : !v8i16
    return %r : !v8i16
  }

  func.func @addp_4s(%a: !v4i32, %b: !v4i32) -> !v4i32
      attributes {isa.asm = "addp", isa.intrinsic = "llvm.aarch64.neon.addp"} {
    %ab = vector.shuffle %a, %b [0, 1, 2, 3, 4, 5, 6, 7] : !v4i32, !v4i32
    %even, %odd = vector.deinterleave %ab : vector<8xi32> -> !v4i32
    %r = arith.addi %even, %odd : !v4i32
    return %r : !v4i32
  }

  func.func @addp_2d(%a: !v2i64, %b: !v2i64) -> !v2i64
      attributes {isa.asm = "addp", isa.intrinsic = "llvm.aarch64.neon.addp"} {
    %ab = vector.shuffle %a, %b [0, 1, 2, 3] : !v2i64, !v2i64
    %even, %odd = vector.deinterleave %ab : vector<4xi64> -> !v2i64
    %r = arith.addi %even, %odd : !v2i64
    return %r : !v2i64
  }

  func.func @addp_8b(%a: !v8i8, %b: !v8i8) -> !v8i8
      attributes {isa.asm = "addp", isa.intrinsic = "llvm.aarch64.neon.addp"} {
    %ab = vector.shuffle %a, %b [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
        13, 14, 15] : !v8i8, !v8i8
    %even, %odd = vector.deinterleave %ab : vector<16xi8> -> !v8i8
    %r = arith.addi %even, %odd : !v8i8
    return %r : !v8i8
  }

  func.func @addp_4h(%a: !v4i16, %b: !v4i16) -> !v4i16
      attributes {isa.asm = "addp", isa.intrinsic = "llvm.aarch64.neon.addp"} {
    %ab = vector.shuffle %a, %b [0, 1, 2, 3, 4, 5, 6, 7] : !v4i16, !v4i16
    %even, %odd = vector.deinterleave %ab : vector<8xi16> -> !v4i16
    %r = arith.addi %even, %odd : !v4i16
    return %r : !v4i16
  }

  func.func @addp_2s(%a: !v2i32, %b: !v2i32) -> !v2i32
      attributes {isa.asm = "addp", isa.intrinsic = "llvm.aarch64.neon.addp"} {
    %ab = vector.shuffle %a, %b [0, 1, 2, 3] : !v2i32, !v2i32
    %even, %odd = vector.deinterleave %ab : vector<4xi32> -> !v2i32
    %r = arith.addi %even, %odd : !v2i32
    return %r : !v2i32
  }

  func.func @uaddlp_16b(%a: !v16i8) -> !v8i16
      attributes {isa.asm = "uaddlp",
                  isa.intrinsic = "llvm.aarch64.neon.uaddlp"} {
    %even, %odd = vector.deinterleave %a : !v16i8 -> vector<8xi8>
    %even_wide = arith.extui %even : vector<8xi8> to !v8i16
    %odd_wide = arith.extui %odd : vector<8xi8> to !v8i16
    %r = arith.addi %even_wide, %odd_wide : !v8i16
    return %r : !v8i16
  }

  func.func @uaddlp_8h(%a: !v8i16) -> !v4i32
      attributes {isa.asm = "uaddlp",
                  isa.intrinsic = "llvm.aarch64.neon.uaddlp"} {
    %even, %odd = vector.deinterleave %a : !v8i16 -> vector<4xi16>
    %even_wide = arith.extui %even : vector<4xi16> to !v4i32
    %odd_wide = arith.extui %odd : vector<4xi16> to !v4i32
    %r = arith.addi %even_wide, %odd_wide : !v4i32
    return %r : !v4i32
  }

  func.func @uaddlp_4s(%a: !v4i32) -> !v2i64
      attributes {isa.asm = "uaddlp",
                  isa.intrinsic = "llvm.aarch64.neon.uaddlp"} {
    %even, %odd = vector.deinterleave %a : !v4i32 -> vector<2xi32>
    %even_wide = arith.extui %even : vector<2xi32> to !v2i64
    %odd_wide = arith.extui %odd : vector<2xi32> to !v2i64
    %r = arith.addi %even_wide, %odd_wide : !v2i64
    return %r : !v2i64
  }

  func.func @uaddlp_8b(%a: !v8i8) -> !v4i16
      attributes {isa.asm = "uaddlp",
                  isa.intrinsic = "llvm.aarch64.neon.uaddlp"} {
    %even, %odd = vector.deinterleave %a : !v8i8 -> vector<4xi8>
    %even_wide = arith.extui %even : vector<4xi8> to !v4i16
    %odd_wide = arith.extui %odd : vector<4xi8> to !v4i16
    %r = arith.addi %even_wide, %odd_wide : !v4i16
    return %r : !v4i16
  }

  func.func @uaddlp_4h(%a: !v4i16) -> !v2i32
      attributes {isa.asm = "uaddlp",
                  isa.intrinsic = "llvm.aarch64.neon.uaddlp"} {
    %even, %odd = vector.deinterleave %a : !v4i16 -> vector<2xi16>
    %even_wide = arith.extui %even : vector<2xi16> to !v2i32
    %odd_wide = arith.extui %odd : vector<2xi16> to !v2i32
    %r = arith.addi %even_wide, %odd_wide : !v2i32
    return %r : !v2i32
  }

  func.func @uadalp_16b(%sum: !v8i16, %a: !v16i8) -> !v8i16
      attributes {isa.asm = "uadalp"} {
    %pairs = call @uaddlp_16b(%a) : (!v16i8) -> !v8i16
    %r = arith.addi %sum, %pairs : !v8i16
    return %r : !v8i16
  }

  func.func @uadalp_8h(%sum: !v4i32, %a: !v8i16) -> !v4i32
      attributes {isa.asm = "uadalp"} {
    %pairs = call @uaddlp_8h(%a) : (!v8i16) -> !v4i32
    %r = arith.addi %sum, %pairs : !v4i32
    return %r : !v4i32
  }

  func.func @uadalp_4s(%sum: !v2i64, %a: !v4i32) -> !v2i64
      attributes {isa.asm = "uadalp"} {
    %pairs = call @uaddlp_4s(%a) : (!v4i32) -> !v2i64
    %r = arith.addi %sum, %pairs : !v2i64
    return %r : !v2i64
  }

  func.func @uadalp_8b(%sum: !v4i16, %a: !v8i8) -> !v4i16
      attributes {isa.asm = "uadalp"} {
    %pairs = call @uaddlp_8b(%a) : (!v8i8) -> !v4i16
    %r = arith.addi %sum, %pairs : !v4i16
    return %r : !v4i16
  }

  func.func @uadalp_4h(%sum: !v2i32, %a: !v4i16) -> !v2i32
      attributes {isa.asm = "uadalp"} {
    %pairs = call @uaddlp_4h(%a) : (!v4i16) -> !v2i32
    %r = arith.addi %sum, %pairs : !v2i32
    return %r : !v2i32
  }

  func.func @saddlp_16b(%a: !v16i8) -> !v8i16
      attributes {isa.asm = "saddlp",
                  isa.intrinsic = "llvm.aarch64.neon.saddlp"} {
    %even, %odd = vector.deinterleave %a : !v16i8 -> vector<8xi8>
    %even_wide = arith.extsi %even : vector<8xi8> to !v8i16
    %odd_wide = arith.extsi %odd : vector<8xi8> to !v8i16
    %r = arith.addi %even_wide, %odd_wide : !v8i16
    return %r : !v8i16
  }

  func.func @saddlp_8h(%a: !v8i16) -> !v4i32
      attributes {isa.asm = "saddlp",
                  isa.intrinsic = "llvm.aarch64.neon.saddlp"} {
    %even, %odd = vector.deinterleave %a : !v8i16 -> vector<4xi16>
    %even_wide = arith.extsi %even : vector<4xi16> to !v4i32
    %odd_wide = arith.extsi %odd : vector<4xi16> to !v4i32
    %r = arith.addi %even_wide, %odd_wide : !v4i32
    return %r : !v4i32
  }

  func.func @saddlp_4s(%a: !v4i32) -> !v2i64
      attributes {isa.asm = "saddlp",
                  isa.intrinsic = "llvm.aarch64.neon.saddlp"} {
    %even, %odd = vector.deinterleave %a : !v4i32 -> vector<2xi32>
    %even_wide = arith.extsi %even : vector<2xi32> to !v2i64
    %odd_wide = arith.extsi %odd : vector<2xi32> to !v2i64
    %r = arith.addi %even_wide, %odd_wide : !v2i64
    return %r : !v2i64
  }

  func.func @saddlp_8b(%a: !v8i8) -> !v4i16
      attributes {isa.asm = "saddlp",
                  isa.intrinsic = "llvm.aarch64.neon.saddlp"} {
    %even, %odd = vector.deinterleave %a : !v8i8 -> vector<4xi8>
    %even_wide = arith.extsi %even : vector<4xi8> to !v4i16
    %odd_wide = arith.extsi %odd : vector<4xi8> to !v4i16
    %r = arith.addi %even_wide, %odd_wide : !v4i16
    return %r : !v4i16
  }

  func.func @saddlp_4h(%a: !v4i16) -> !v2i32
      attributes {isa.asm = "saddlp",
                  isa.intrinsic = "llvm.aarch64.neon.saddlp"} {
    %even, %odd = vector.deinterleave %a : !v4i16 -> vector<2xi16>
    %even_wide = arith.extsi %even : vector<2xi16> to !v2i32
    %odd_wide = arith.extsi %odd : vector<2xi16> to !v2i32
    %r = arith.addi %even_wide, %odd_wide : !v2i32
    return %r : !v2i32
  }

  func.func @sadalp_16b(%sum: !v8i16, %a: !v16i8) -> !v8i16
      attributes {isa.asm = "sadalp"} {
    %pairs = call @saddlp_16b(%a) : (!v16i8) -> !v8i16
    %r = arith.addi %sum, %pairs : !v8i16
    return %r : !v8i16
  }

  func.func @sadalp_8h(%sum: !v4i32, %a: !v8i16) -> !v4i32
      attributes {isa.asm = "sadalp"} {
    %pairs = call @saddlp_8h(%a) : (!v8i16) -> !v4i32
    %r = arith.addi %sum, %pairs : !v4i32
    return %r : !v4i32
  }

  func.func @sadalp_4s(%sum: !v2i64, %a: !v4i32) -> !v2i64
      attributes {isa.asm = "sadalp"} {
    %pairs = call @saddlp_4s(%a) : (!v4i32) -> !v2i64
    %r = arith.addi %sum, %pairs : !v2i64
    return %r : !v2i64
  }

  func.func @sadalp_8b(%sum: !v4i16, %a: !v8i8) -> !v4i16
      attributes {isa.asm = "sadalp"} {
    %pairs = call @saddlp_8b(%a) : (!v8i8) -> !v4i16
    %r = arith.addi %sum, %pairs : !v4i16
    return %r : !v4i16
  }

  func.func @sadalp_4h(%sum: !v2i32, %a: !v4i16) -> !v2i32
      attributes {isa.asm = "sadalp"} {
    %pairs = call @saddlp_4h(%a) : (!v4i16) -> !v2i32
    %r = arith.addi %sum, %pairs : !v2i32
    return %r : !v2i32
  }

  //===--- Sums of all lanes ----------------------------------------------===//

  func.func @addv_16b(%a: !v16i8) -> i8 attributes {isa.asm = "addv"} {
    %r = vector.reduction <add>, %a : !v16i8 into i8
    return %r : i8
  }

  func.func @addv_8b(%a: !v8i8) -> i8 attributes {isa.asm = "addv"} {
    %r = vector.reduction <add>, %a : !v8i8 into i8
    return %r : i8
  }

  func.func @addv_8h(%a: !v8i16) -> i16 attributes {isa.asm = "addv"} {
    %r = vector.reduction <add>, %a : !v8i16 into i16
    return %r : i16
  }

  func.func @addv_4h(%a: !v4i16) -> i16 attributes {isa.asm = "addv"} {
    %r = vector.reduction <add>, %a : !v4i16 into i16
    return %r : i16
  }

  func.func @addv_4s(%a: !v4i32) -> i32 attributes {isa.asm = "addv"} {
    %r = vector.reduction <add>, %a : !v4i32 into i32
    return %r : i32
  }

  // A sum of 16 bits; those above are zero.
  func.func @uaddlv_16b(%a: !v16i8) -> i32
      attributes {isa.asm = "uaddlv",
                  isa.intrinsic = "llvm.aarch64.neon.uaddlv"} {
    %wide = arith.extui %a : !v16i8 to vector<16xi16>
    %sum = vector.reduction <add>, %wide : vector<16xi16> into i16
    %r = arith.extui %sum : i16 to i32
    return %r : i32
  }

  func.func @uaddlv_8b(%a: !v8i8) -> i32
      attributes {isa.asm = "uaddlv",
                  isa.intrinsic = "llvm.aarch64.neon.uaddlv"} {
    %wide = arith.extui %a : !v8i8 to vector<8xi16>
    %sum = vector.reduction <add>, %wide : vector<8xi16> into i16
    %r = arith.extui %sum : i16 to i32
    return %r : i32
  }

  func.func @uaddlv_8h(%a: !v8i16) -> i32
      attributes {isa.asm = "uaddlv",
                  isa.intrinsic = "llvm.aarch64.neon.uaddlv"} {
    %wide = arith.extui %a : !v8i16 to vector<8xi32>
    %r = vector.reduction <add>, %wide : vector<8xi32> into i32
    return %r : i32
  }

  func.func @uaddlv_4h(%a: !v4i16) -> i32
      attributes {isa.asm = "uaddlv",
                  isa.intrinsic = "llvm.aarch64.neon.uaddlv"} {
    %wide = arith.extui %a : !v4i16 to vector<4xi32>
    %r = vector.reduction <add>, %wide : vector<4xi32> into i32
    return %r : i32
  }

  func.func @uaddlv_4s(%a: !v4i32) -> i64
      attributes {isa.asm = "uaddlv",
                  isa.intrinsic = "llvm.aarch64.neon.uaddlv"} {
    %wide = arith.extui %a : !v4i32 to vector<4xi64>
    %r = vector.reduction <add>, %wide : vector<4xi64> into i64
    return %r : i64
  }

  // A sum of 16 bits; those above are zero.
  func.func @saddlv_16b(%a: !v16i8) -> i32
      attributes {isa.asm = "saddlv",
                  isa.intrinsic = "llvm.aarch64.neon.saddlv"} {
    %wide = arith.extsi %a : !v16i8 to vector<16xi16>
    %sum = vector.reduction <add>, %wide : vector<16xi16> into i16
    %r = arith.extui %sum : i16 to i32
    return %r : i32
  }

  func.func @saddlv_8b(%a: !v8i8) -> i32
      attributes {isa.asm = "saddlv",
                  isa.intrinsic = "llvm.aarch64.neon.saddlv"} {
    %wide = arith.extsi %a : !v8i8 to vector<8xi16>
    %sum = vector.reduction <add>, %wide : vector<8xi16> into i16
    %r = arith.extui %sum : i16 to i32
    return %r : i32
  }

  func.func @saddlv_8h(%a: !v8i16) -> i32
      attributes {isa.asm = "saddlv",
                  isa.intrinsic = "llvm.aarch64.neon.saddlv"} {
    %wide = arith.extsi %a : !v8i16 to vector<8xi32>
    %r = vector.reduction <add>, %wide : vector<8xi32> into i32
    return %r : i32
  }

  func.func @saddlv_4h(%a: !v4i16) -> i32
      attributes {isa.asm = "saddlv",
                  isa.intrinsic = "llvm.aarch64.neon.saddlv"} {
    %wide = arith.extsi %a : !v4i16 to vector<4xi32>
    %r = vector.reduction <add>, %wide : vector<4xi32> into i32
    return %r : i32
  }

  func.func @saddlv_4s(%a: !v4i32) -> i64
      attributes {isa.asm = "saddlv",
                  isa.intrinsic = "llvm.aarch64.neon.saddlv"} {
    %wide = arith.extsi %a : !v4i32 to vector<4xi64>
    %r = vector.reduction <add>, %wide : vector<4xi64> into i64
    return %r : i64
  }

  //===--- Widening sums --------------------------------------------------===//
  //
  // The forms with "2" take the high halves of 128-bit operands.

  func.func @uaddl_8b(%a: !v8i8, %b: !v8i8) -> !v8i16
      attributes {isa.asm = "uaddl"} {
    %a_wide = arith.extui %a : !v8i8 to !v8i16
    %b_wide = arith.extui %b : !v8i8 to !v8i16
    %r = arith.addi %a_wide, %b_wide : !v8i16
    return %r : !v8i16
  }

  func.func @uaddl2_16b(%a: !v16i8, %b: !v16i8) -> !v8i16
      attributes {isa.asm = "uaddl2"} {
    %a_high = vector.shuffle %a, %a [8, 9, 10, 11, 12, 13, 14, 15] : !v16i8,
        !v16i8
    %b_high = vector.shuffle %b, %b [8, 9, 10, 11, 12, 13, 14, 15] : !v16i8,
        !v16i8
    %a_wide = arith.extui %a_high : !v8i8 to !v8i16
    %b_wide = arith.extui %b_high : !v8i8 to !v8i16
    %r = arith.addi %a_wide, %b_wide : !v8i16
    return %r : !v8i16
  }

  func.func @uaddw_8b(%sum: !v8i16, %a: !v8i8) -> !v8i16
      attributes {isa.asm = "uaddw"} {
    %wide = arith.extui %a : !v8i8 to !v8i16
    %r = arith.addi %sum, %wide : !v8i16
    return %r : !v8i16
  }

  func.func @uaddw2_16b(%sum: !v8i16, %a: !v16i8) -> !v8i16
      attributes {isa.asm = "uaddw2"} {
    %high = vector.shuffle %a, %a [8, 9, 10, 11, 12, 13, 14, 15] : !v16i8,
        !v16i8
    %wide = arith.extui %high : !v8i8 to !v8i16
    %r = arith.addi %sum, %wide : !v8i16
    return %r : !v8i16
  }

  func.func @uaddl_4h(%a: !v4i16, %b: !v4i16) -> !v4i32
      attributes {isa.asm = "uaddl"} {
    %a_wide = arith.extui %a : !v4i16 to !v4i32
    %b_wide = arith.extui %b : !v4i16 to !v4i32
    %r = arith.addi %a_wide, %b_wide : !v4i32
    return %r : !v4i32
  }

  func.func @uaddl2_8h(%a: !v8i16, %b: !v8i16) -> !v4i32
      attributes {isa.asm = "uaddl2"} {
    %a_high = vector.shuffle %a, %a [4, 5, 6, 7] : !v8i16, !v8i16
    %b_high = vector.shuffle %b, %b [4, 5, 6, 7] : !v8i16, !v8i16
    %a_wide = arith.extui %a_high : !v4i16 to !v4i32
    %b_wide = arith.extui %b_high : !v4i16 to !v4i32
    %r = arith.addi %a_wide, %b_wide : !v4i32
    return %r : !v4i32
  }

  func.func @uaddw_4h(%sum: !v4i32, %a: !v4i16) -> !v4i32
      attributes {isa.asm = "uaddw"} {
    %wide = arith.extui %a : !v4i16 to !v4i32
    %r = arith.addi %sum, %wide : !v4i32
    return %r : !v4i32
  }

  func.func @uaddw2_8h(%sum: !v4i32, %a: !v8i16) -> !v4i32
      attributes {isa.asm = "uaddw2"} {
    %high = vector.shuffle %a, %a [4, 5, 6, 7] : !v8i16, !v8i16
    %wide = arith.extui %high : !v4i16 to !v4i32
    %r = arith.addi %sum, %wide : !v4i32
    return %r : !v4i32
  }

  func.func @uaddl_2s(%a: !v2i32, %b: !v2i32) -> !v2i64
      attributes {isa.asm = "uaddl"} {
    %a_wide = arith.extui %a : !v2i32 to !v2i64
    %b_wide = arith.extui %b : !v2i32 to !v2i64
    %r = arith.addi %a_wide, %b_wide : !v2i64
    return %r : !v2i64
  }

  func.func @uaddl2_4s(%a: !v4i32, %b: !v4i32) -> !v2i64
      attributes {isa.asm = "uaddl2"} {
    %a_high = vector.shuffle %a, %a [2, 3] : !v4i32, !v4i32
    %b_high = vector.shuffle %b, %b [2, 3] : !v4i32, !v4i32
    %a_wide = arith.extui %a_high : !v2i32 to !v2i64
    %b_wide = arith.extui %b_high : !v2i32 to !v2i64
    %r = arith.addi %a_wide, %b_wide : !v2i64
    return %r : !v2i64
  }

  func.func @uaddw_2s(%sum: !v2i64, %a: !v2i32) -> !v2i64
      attributes {isa.asm = "uaddw"} {
    %wide = arith.extui %a : !v2i32 to !v2i64
    %r = arith.addi %sum, %wide : !v2i64
    return %r : !v2i64
  }

  func.func @uaddw2_4s(%sum: !v2i64, %a: !v4i32) -> !v2i64
      attributes {isa.asm = "uaddw2"} {
    %high = vector.shuffle %a, %a [2, 3] : !v4i32, !v4i32
    %wide = arith.extui %high : !v2i32 to !v2i64
    %r = arith.addi %sum, %wide : !v2i64
    return %r : !v2i64
  }

  func.func @saddl_8b(%a: !v8i8, %b: !v8i8) -> !v8i16
      attributes {isa.asm = "saddl"} {
    %a_wide = arith.extsi %a : !v8i8 to !v8i16
    %b_wide = arith.extsi %b : !v8i8 to !v8i16
    %r = arith.addi %a_wide, %b_wide : !v8i16
    return %r : !v8i16
  }

  func.func @saddl2_16b(%a: !v16i8, %b: !v16i8) -> !v8i16
      attributes {isa.asm = "saddl2"} {
    %a_high = vector.shuffle %a, %a [8, 9, 10, 11, 12, 13, 14, 15] : !v16i8,
        !v16i8
    %b_high = vector.shuffle %b, %b [8, 9, 10, 11, 12, 13, 14, 15] : !v16i8,
        !v16i8
    %a_wide = arith.extsi %a_high : !v8i8 to !v8i16
    %b_wide = arith.extsi %b_high : !v8i8 to !v8i16
    %r = arith.addi %a_wide, %b_wide : !v8i16
    return %r : !v8i16
  }

  func.func @saddw_8b(%sum: !v8i16, %a: !v8i8) -> !v8i16
      attributes {isa.asm = "saddw"} {
    %wide = arith.extsi %a : !v8i8 to !v8i16
    %r = arith.addi %sum, %wide : !v8i16
    return %r : !v8i16
  }

  func.func @saddw2_16b(%sum: !v8i16, %a: !v16i8) -> !v8i16
      attributes {isa.asm = "saddw2"} {
    %high = vector.shuffle %a, %a [8, 9, 10, 11, 12, 13, 14, 15] : !v16i8,
        !v16i8
    %wide = arith.extsi %high : !v8i8 to !v8i16
    %r = arith.addi %sum, %wide : !v8i16
    return %r : !v8i16
  }

  func.func @saddl_4h(%a: !v4i16, %b: !v4i16) -> !v4i32
      attributes {isa.asm = "saddl"} {
    %a_wide = arith.extsi %a : !v4i16 to !v4i32
    %b_wide = arith.extsi %b : !v4i16 to !v4i32
    %r = arith.addi %a_wide, %b_wide : !v4i32
    return %r : !v4i32
  }

  func.func @saddl2_8h(%a: !v8i16, %b: !v8i16) -> !v4i32
      attributes {isa.asm = "saddl2"} {
    %a_high = vector.shuffle %a, %a [4, 5, 6, 7] : !v8i16, !v8i16
    %b_high = vector.shuffle %b, %b [4, 5, 6, 7] : !v8i16, !v8i16
    %a_wide = arith.extsi %a_high : !v4i16 to !v4i32
    %b_wide = arith.extsi %b_high : !v4i16 to !v4i32
    %r = arith.addi %a_wide, %b_wide : !v4i32
    return %r : !v4i32
  }

  func.func @saddw_4h(%sum: !v4i32, %a: !v4i16) -> !v4i32
      attributes {isa.asm = "saddw"} {
    %wide = arith.extsi %a : !v4i16 to !v4i32
    %r = arith.addi %sum, %wide : !v4i32
    return %r : !v4i32
  }

  func.func @saddw2_8h(%sum: !v4i32, %a: !v8i16) -> !v4i32
      attributes {isa.asm = "saddw2"} {
    %high = vector.shuffle %a, %a [4, 5, 6, 7] : !v8i16, !v8i16
    %wide = arith.extsi %high : !v4i16 to !v4i32
    %r = arith.addi %sum, %wide : !v4i32
    return %r : !v4i32
  }

  func.func @saddl_2s(%a: !v2i32, %b: !v2i32) -> !v2i64
      attributes {isa.asm = "saddl"} {
    %a_wide = arith.extsi %a : !v2i32 to !v2i64
    %b_wide = arith.extsi %b : !v2i32 to !v2i64
    %r = arith.addi %a_wide, %b_wide : !v2i64
    return %r : !v2i64
  }

  func.func @saddl2_4s(%a: !v4i32, %b: !v4i32) -> !v2i64
      attributes {isa.asm = "saddl2"} {
    %a_high = vector.shuffle %a, %a [2, 3] : !v4i32, !v4i32
    %b_high = vector.shuffle %b, %b [2, 3] : !v4i32, !v4i32
    %a_wide = arith.extsi %a_high : !v2i32 to !v2i64
    %b_wide = arith.extsi %b_high : !v2i32 to !v2i64
    %r = arith.addi %a_wide, %b_wide : !v2i64
    return %r : !v2i64
  }

  func.func @saddw_2s(%sum: !v2i64, %a: !v2i32) -> !v2i64
      attributes {isa.asm = "saddw"} {
    %wide = arith.extsi %a : !v2i32 to !v2i64
    %r = arith.addi %sum, %wide : !v2i64
    return %r : !v2i64
  }

  func.func @saddw2_4s(%sum: !v2i64, %a: !v4i32) -> !v2i64
      attributes {isa.asm = "saddw2"} {
    %high = vector.shuffle %a, %a [2, 3] : !v4i32, !v4i32
    %wide = arith.extsi %high : !v2i32 to !v2i64
    %r = arith.addi %sum, %wide : !v2i64
    return %r : !v2i64
  }

  //===--- Products -------------------------------------------------------===//

  func.func @mul_16b(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "mul"} {
    %r = arith.muli %a, %b : !v16i8
    return %r : !v16i8
  }

  func.func @mla_16b(%sum: !v16i8, %a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "mla"} {
    %products = arith.muli %a, %b : !v16i8
    %r = arith.addi %sum, %products : !v16i8
    return %r : !v16i8
  }

  func.func @mul_8h(%a: !v8i16, %b: !v8i16) -> !v8i16
      attributes {isa.asm = "mul"} {
    %r = arith.muli %a, %b : !v8i16
    return %r : !v8i16
  }

  func.func @mla_8h(%sum: !v8i16, %a: !v8i16, %b: !v8i16) -> !v8i16
      attributes {isa.asm = "mla"} {
    %products = arith.muli %a, %b : !v8i16
    %r = arith.addi %sum, %products : !v8i16
    return %r : !v8i16
  }

  func.func @mul_4s(%a: !v4i32, %b: !v4i32) -> !v4i32
      attributes {isa.asm = "mul"} {
    %r = arith.muli %a, %b : !v4i32
    return %r : !v4i32
  }

  func.func @mla_4s(%sum: !v4i32, %a: !v4i32, %b: !v4i32) -> !v4i32
      attributes {isa.asm = "mla"} {
    %products = arith.muli %a, %b : !v4i32
    %r = arith.addi %sum, %products : !v4i32
    return %r : !v4i32
  }

  func.func @umull_8b(%a: !v8i8, %b: !v8i8) -> !v8i16
      attributes {isa.asm = "umull",
                  isa.intrinsic = "llvm.aarch64.neon.umull"} {
    %a_wide = arith.extui %a : !v8i8 to !v8i16
    %b_wide = arith.extui %b : !v8i8 to !v8i16
    %r = arith.muli %a_wide, %b_wide : !v8i16
    return %r : !v8i16
  }

  func.func @umull2_16b(%a: !v16i8, %b: !v16i8) -> !v8i16
      attributes {isa.asm = "umull2"} {
    %a_high = vector.shuffle %a, %a [8, 9, 10, 11, 12, 13, 14, 15] : !v16i8,
        !v16i8
    %b_high = vector.shuffle %b, %b [8, 9, 10, 11, 12, 13, 14, 15] : !v16i8,
        !v16i8
    %r = call @umull_8b(%a_high, %b_high) : (!v8i8, !v8i8) -> !v8i16
    return %r : !v8i16
  }

  func.func @umlal_8b(%sum: !v8i16, %a: !v8i8, %b: !v8i8) -> !v8i16
      attributes {isa.asm = "umlal"} {
    %products = call @umull_8b(%a, %b) : (!v8i8, !v8i8) -> !v8i16
    %r = arith.addi %sum, %products : !v8i16
    return %r : !v8i16
  }

  func.func @umlal2_16b(%sum: !v8i16, %a: !v16i8, %b: !v16i8) -> !v8i16
      attributes {isa.asm = "umlal2"} {
    %products = call @umull2_16b(%a, %b) : (!v16i8, !v16i8) -> !v8i16
    %r = arith.addi %sum, %products : !v8i16
    return %r : !v8i16
  }

  func.func @umull_4h(%a: !v4i16, %b: !v4i16) -> !v4i32
      attributes {isa.asm = "umull",
                  isa.intrinsic = "llvm.aarch64.neon.umull"} {
    %a_wide = arith.extui %a : !v4i16 to !v4i32
    %b_wide = arith.extui %b : !v4i16 to !v4i32
    %r = arith.muli %a_wide, %b_wide : !v4i32
    return %r : !v4i32
  }

  func.func @umull2_8h(%a: !v8i16, %b: !v8i16) -> !v4i32
      attributes {isa.asm = "umull2"} {
    %a_high = vector.shuffle %a, %a [4, 5, 6, 7] : !v8i16, !v8i16
    %b_high = vector.shuffle %b, %b [4, 5, 6, 7] : !v8i16, !v8i16
    %r = call @umull_4h(%a_high, %b_high) : (!v4i16, !v4i16) -> !v4i32
    return %r : !v4i32
  }

  func.func @umlal_4h(%sum: !v4i32, %a: !v4i16, %b: !v4i16) -> !v4i32
      attributes {isa.asm = "umlal"} {
    %products = call @umull_4h(%a, %b) : (!v4i16, !v4i16) -> !v4i32
    %r = arith.addi %sum, %products : !v4i32
    return %r : !v4i32
  }

  func.func @umlal2_8h(%sum: !v4i32, %a: !v8i16, %b: !v8i16) -> !v4i32
      attributes {isa.asm = "umlal2"} {
    %products = call @umull2_8h(%a, %b) : (!v8i16, !v8i16) -> !v4i32
    %r = arith.addi %sum, %products : !v4i32
    return %r : !v4i32
  }

  func.func @smull_8b(%a: !v8i8, %b: !v8i8) -> !v8i16
      attributes {isa.asm = "smull",
                  isa.intrinsic = "llvm.aarch64.neon.smull"} {
    %a_wide = arith.extsi %a : !v8i8 to !v8i16
    %b_wide = arith.extsi %b : !v8i8 to !v8i16
    %r = arith.muli %a_wide, %b_wide : !v8i16
    return %r : !v8i16
  }

  func.func @smull2_16b(%a: !v16i8, %b: !v16i8) -> !v8i16
      attributes {isa.asm = "smull2"} {
    %a_high = vector.shuffle %a, %a [8, 9, 10, 11, 12, 13, 14, 15] : !v16i8,
        !v16i8
    %b_high = vector.shuffle %b, %b [8, 9, 10, 11, 12, 13, 14, 15] : !v16i8,
        !v16i8
    %r = call @smull_8b(%a_high, %b_high) : (!v8i8, !v8i8) -> !v8i16
    return %r : !v8i16
  }

  func.func @smlal_8b(%sum: !v8i16, %a: !v8i8, %b: !v8i8) -> !v8i16
      attributes {isa.asm = "smlal"} {
    %products = call @smull_8b(%a, %b) : (!v8i8, !v8i8) -> !v8i16
    %r = arith.addi %sum, %products : !v8i16
    return %r : !v8i16
  }

  func.func @smlal2_16b(%sum: !v8i16, %a: !v16i8, %b: !v16i8) -> !v8i16
      attributes {isa.asm = "smlal2"} {
    %products = call @smull2_16b(%a, %b) : (!v16i8, !v16i8) -> !v8i16
    %r = arith.addi %sum, %products : !v8i16
    return %r : !v8i16
  }

  func.func @smull_4h(%a: !v4i16, %b: !v4i16) -> !v4i32
      attributes {isa.asm = "smull",
                  isa.intrinsic = "llvm.aarch64.neon.smull"} {
    %a_wide = arith.extsi %a : !v4i16 to !v4i32
    %b_wide = arith.extsi %b : !v4i16 to !v4i32
    %r = arith.muli %a_wide, %b_wide : !v4i32
    return %r : !v4i32
  }

  func.func @smull2_8h(%a: !v8i16, %b: !v8i16) -> !v4i32
      attributes {isa.asm = "smull2"} {
    %a_high = vector.shuffle %a, %a [4, 5, 6, 7] : !v8i16, !v8i16
    %b_high = vector.shuffle %b, %b [4, 5, 6, 7] : !v8i16, !v8i16
    %r = call @smull_4h(%a_high, %b_high) : (!v4i16, !v4i16) -> !v4i32
    return %r : !v4i32
  }

  func.func @smlal_4h(%sum: !v4i32, %a: !v4i16, %b: !v4i16) -> !v4i32
      attributes {isa.asm = "smlal"} {
    %products = call @smull_4h(%a, %b) : (!v4i16, !v4i16) -> !v4i32
    %r = arith.addi %sum, %products : !v4i32
    return %r : !v4i32
  }

  func.func @smlal2_8h(%sum: !v4i32, %a: !v8i16, %b: !v8i16) -> !v4i32
      attributes {isa.asm = "smlal2"} {
    %products = call @smull2_8h(%a, %b) : (!v8i16, !v8i16) -> !v4i32
    %r = arith.addi %sum, %products : !v4i32
    return %r : !v4i32
  }

  //===--- Shifts ---------------------------------------------------------===//

  func.func @shl_16b(%a: !v16i8, %count: i8) -> !v16i8
      attributes {isa.asm = "shl", isa.immediates = [[0, 7]]} {
    %count_v = vector.broadcast %count : i8 to !v16i8
    %r = arith.shli %a, %count_v : !v16i8
    return %r : !v16i8
  }

  func.func @ushr_16b(%a: !v16i8, %count: i8) -> !v16i8
      attributes {isa.asm = "ushr", isa.immediates = [[1, 7]]} {
    %count_v = vector.broadcast %count : i8 to !v16i8
    %r = arith.shrui %a, %count_v : !v16i8
    return %r : !v16i8
  }

  func.func @sshr_16b(%a: !v16i8, %count: i8) -> !v16i8
      attributes {isa.asm = "sshr", isa.immediates = [[1, 7]]} {
    %count_v = vector.broadcast %count : i8 to !v16i8
    %r = arith.shrsi %a, %count_v : !v16i8
    return %r : !v16i8
  }

  func.func @shl_8h(%a: !v8i16, %count: i16) -> !v8i16
      attributes {isa.asm = "shl", isa.immediates = [[0, 15]]} {
    %count_v = vector.broadcast %count : i16 to !v8i16
    %r = arith.shli %a, %count_v : !v8i16
    return %r : !v8i16
  }

  func.func @ushr_8h(%a: !v8i16, %count: i16) -> !v8i16
      attributes {isa.asm = "ushr", isa.immediates = [[1, 15]]} {
    %count_v = vector.broadcast %count : i16 to !v8i16
    %r = arith.shrui %a, %count_v : !v8i16
    return %r : !v8i16
  }

  func.func @sshr_8h(%a: !v8i16, %count: i16) -> !v8i16
      attributes {isa.asm = "sshr", isa.immediates = [[1, 15]]} {
    %count_v = vector.broadcast %count : i16 to !v8i16
    %r = arith.shrsi %a, %count_v : !v8i16
    return %r : !v8i16
  }

  func.func @shl_4s(%a: !v4i32, %count: i32) -> !v4i32
      attributes {isa.asm = "shl", isa.immediates = [[0, 31]]} {
    %count_v = vector.broadcast %count : i32 to !v4i32
    %r = arith.shli %a, %count_v : !v4i32
    return %r : !v4i32
  }

  func.func @ushr_4s(%a: !v4i32, %count: i32) -> !v4i32
      attributes {isa.asm = "ushr", isa.immediates = [[1, 31]]} {
    %count_v = vector.broadcast %count : i32 to !v4i32
    %r = arith.shrui %a, %count_v : !v4i32
    return %r : !v4i32
  }

  func.func @sshr_4s(%a: !v4i32, %count: i32) -> !v4i32
      attributes {isa.asm = "sshr", isa.immediates = [[1, 31]]} {
    %count_v = vector.broadcast %count : i32 to !v4i32
    %r = arith.shrsi %a, %count_v : !v4i32
    return %r : !v4i32
  }

  func.func @shl_2d(%a: !v2i64, %count: i64) -> !v2i64
      attributes {isa.asm = "shl", isa.immediates = [[0, 63]]} {
    %count_v = vector.broadcast %count : i64 to !v2i64
    %r = arith.shli %a, %count_v : !v2i64
    return %r : !v2i64
  }

  func.func @ushr_2d(%a: !v2i64, %count: i64) -> !v2i64
      attributes {isa.asm = "ushr", isa.immediates = [[1, 63]]} {
    %count_v = vector.broadcast %count : i64 to !v2i64
    %r = arith.shrui %a, %count_v : !v2i64
    return %r : !v2i64
  }

  func.func @sshr_2d(%a: !v2i64, %count: i64) -> !v2i64
      attributes {isa.asm = "sshr", isa.immediates = [[1, 63]]} {
    %count_v = vector.broadcast %count : i64 to !v2i64
    %r = arith.shrsi %a, %count_v : !v2i64
    return %r : !v2i64
  }

  func.func @usra_16b(%sum: !v16i8, %a: !v16i8, %count: i8) -> !v16i8
      attributes {isa.asm = "usra", isa.immediates = [[1, 7]]} {
    %count_v = vector.broadcast %count : i8 to !v16i8
    %shifted = arith.shrui %a, %count_v : !v16i8
    %r = arith.addi %sum, %shifted : !v16i8
    return %r : !v16i8
  }

  func.func @usra_8h(%sum: !v8i16, %a: !v8i16, %count: i16) -> !v8i16
      attributes {isa.asm = "usra", isa.immediates = [[1, 15]]} {
    %count_v = vector.broadcast %count : i16 to !v8i16
    %shifted = arith.shrui %a, %count_v : !v8i16
    %r = arith.addi %sum, %shifted : !v8i16
    return %r : !v8i16
  }

  func.func @usra_4s(%sum: !v4i32, %a: !v4i32, %count: i32) -> !v4i32
      attributes {isa.asm = "usra", isa.immediates = [[1, 31]]} {
    %count_v = vector.broadcast %count : i32 to !v4i32
    %shifted = arith.shrui %a, %count_v : !v4i32
    %r = arith.addi %sum, %shifted : !v4i32
    return %r : !v4i32
  }

  func.func @usra_2d(%sum: !v2i64, %a: !v2i64, %count: i64) -> !v2i64
      attributes {isa.asm = "usra", isa.immediates = [[1, 63]]} {
    %count_v = vector.broadcast %count : i64 to !v2i64
    %shifted = arith.shrui %a, %count_v : !v2i64
    %r = arith.addi %sum, %shifted : !v2i64
    return %r : !v2i64
  }

  func.func @ssra_16b(%sum: !v16i8, %a: !v16i8, %count: i8) -> !v16i8
      attributes {isa.asm = "ssra", isa.immediates = [[1, 7]]} {
    %count_v = vector.broadcast %count : i8 to !v16i8
    %shifted = arith.shrsi %a, %count_v : !v16i8
    %r = arith.addi %sum, %shifted : !v16i8
    return %r : !v16i8
  }

  func.func @ssra_8h(%sum: !v8i16, %a: !v8i16, %count: i16) -> !v8i16
      attributes {isa.asm = "ssra", isa.immediates = [[1, 15]]} {
    %count_v = vector.broadcast %count : i16 to !v8i16
    %shifted = arith.shrsi %a, %count_v : !v8i16
    %r = arith.addi %sum, %shifted : !v8i16
    return %r : !v8i16
  }

  func.func @ssra_4s(%sum: !v4i32, %a: !v4i32, %count: i32) -> !v4i32
      attributes {isa.asm = "ssra", isa.immediates = [[1, 31]]} {
    %count_v = vector.broadcast %count : i32 to !v4i32
    %shifted = arith.shrsi %a, %count_v : !v4i32
    %r = arith.addi %sum, %shifted : !v4i32
    return %r : !v4i32
  }

  func.func @ssra_2d(%sum: !v2i64, %a: !v2i64, %count: i64) -> !v2i64
      attributes {isa.asm = "ssra", isa.immediates = [[1, 63]]} {
    %count_v = vector.broadcast %count : i64 to !v2i64
    %shifted = arith.shrsi %a, %count_v : !v2i64
    %r = arith.addi %sum, %shifted : !v2i64
    return %r : !v2i64
  }

  // b shifted left and inserted into a.
  func.func @sli_16b(%a: !v16i8, %b: !v16i8, %count: i32) -> !v16i8
      attributes {isa.asm = "sli", isa.immediates = [[0, 7]],
                  isa.intrinsic = "llvm.aarch64.neon.vsli"} {
    %count_w = arith.trunci %count : i32 to i8
    %count_v = vector.broadcast %count_w : i8 to !v16i8
    %ones = arith.constant dense<-1> : !v16i8
    %moved = arith.shli %ones, %count_v : !v16i8
    %kept = arith.xori %moved, %ones : !v16i8
    %old = arith.andi %a, %kept : !v16i8
    %new = arith.shli %b, %count_v : !v16i8
    %r = arith.ori %old, %new : !v16i8
    return %r : !v16i8
  }

  // b shifted left and inserted into a.
  func.func @sli_8h(%a: !v8i16, %b: !v8i16, %count: i32) -> !v8i16
      attributes {isa.asm = "sli", isa.immediates = [[0, 15]],
                  isa.intrinsic = "llvm.aarch64.neon.vsli"} {
    %count_w = arith.trunci %count : i32 to i16
    %count_v = vector.broadcast %count_w : i16 to !v8i16
    %ones = arith.constant dense<-1> : !v8i16
    %moved = arith.shli %ones, %count_v : !v8i16
    %kept = arith.xori %moved, %ones : !v8i16
    %old = arith.andi %a, %kept : !v8i16
    %new = arith.shli %b, %count_v : !v8i16
    %r = arith.ori %old, %new : !v8i16
    return %r : !v8i16
  }

  // b shifted left and inserted into a.
  func.func @sli_4s(%a: !v4i32, %b: !v4i32, %count: i32) -> !v4i32
      attributes {isa.asm = "sli", isa.immediates = [[0, 31]],
                  isa.intrinsic = "llvm.aarch64.neon.vsli"} {
    %count_v = vector.broadcast %count : i32 to !v4i32
    %ones = arith.constant dense<-1> : !v4i32
    %moved = arith.shli %ones, %count_v : !v4i32
    %kept = arith.xori %moved, %ones : !v4i32
    %old = arith.andi %a, %kept : !v4i32
    %new = arith.shli %b, %count_v : !v4i32
    %r = arith.ori %old, %new : !v4i32
    return %r : !v4i32
  }

  // b shifted left and inserted into a.
  func.func @sli_2d(%a: !v2i64, %b: !v2i64, %count: i32) -> !v2i64
      attributes {isa.asm = "sli", isa.immediates = [[0, 63]],
                  isa.intrinsic = "llvm.aarch64.neon.vsli"} {
    %count_w = arith.extui %count : i32 to i64
    %count_v = vector.broadcast %count_w : i64 to !v2i64
    %ones = arith.constant dense<-1> : !v2i64
    %moved = arith.shli %ones, %count_v : !v2i64
    %kept = arith.xori %moved, %ones : !v2i64
    %old = arith.andi %a, %kept : !v2i64
    %new = arith.shli %b, %count_v : !v2i64
    %r = arith.ori %old, %new : !v2i64
    return %r : !v2i64
  }

  // b shifted right and inserted into a.
  func.func @sri_16b(%a: !v16i8, %b: !v16i8, %count: i32) -> !v16i8
      attributes {isa.asm = "sri", isa.immediates = [[1, 7]],
                  isa.intrinsic = "llvm.aarch64.neon.vsri"} {
    %count_w = arith.trunci %count : i32 to i8
    %count_v = vector.broadcast %count_w : i8 to !v16i8
    %ones = arith.constant dense<-1> : !v16i8
    %moved = arith.shrui %ones, %count_v : !v16i8
    %kept = arith.xori %moved, %ones : !v16i8
    %old = arith.andi %a, %kept : !v16i8
    %new = arith.shrui %b, %count_v : !v16i8
    %r = arith.ori %old, %new : !v16i8
    return %r : !v16i8
  }

  // b shifted right and inserted into a.
  func.func @sri_8h(%a: !v8i16, %b: !v8i16, %count: i32) -> !v8i16
      attributes {isa.asm = "sri", isa.immediates = [[1, 15]],
                  isa.intrinsic = "llvm.aarch64.neon.vsri"} {
    %count_w = arith.trunci %count : i32 to i16
    %count_v = vector.broadcast %count_w : i16 to !v8i16
    %ones = arith.constant dense<-1> : !v8i16
    %moved = arith.shrui %ones, %count_v : !v8i16
    %kept = arith.xori %moved, %ones : !v8i16
    %old = arith.andi %a, %kept : !v8i16
    %new = arith.shrui %b, %count_v : !v8i16
    %r = arith.ori %old, %new : !v8i16
    return %r : !v8i16
  }

  // b shifted right and inserted into a.
  func.func @sri_4s(%a: !v4i32, %b: !v4i32, %count: i32) -> !v4i32
      attributes {isa.asm = "sri", isa.immediates = [[1, 31]],
                  isa.intrinsic = "llvm.aarch64.neon.vsri"} {
    %count_v = vector.broadcast %count : i32 to !v4i32
    %ones = arith.constant dense<-1> : !v4i32
    %moved = arith.shrui %ones, %count_v : !v4i32
    %kept = arith.xori %moved, %ones : !v4i32
    %old = arith.andi %a, %kept : !v4i32
    %new = arith.shrui %b, %count_v : !v4i32
    %r = arith.ori %old, %new : !v4i32
    return %r : !v4i32
  }

  // b shifted right and inserted into a.
  func.func @sri_2d(%a: !v2i64, %b: !v2i64, %count: i32) -> !v2i64
      attributes {isa.asm = "sri", isa.immediates = [[1, 63]],
                  isa.intrinsic = "llvm.aarch64.neon.vsri"} {
    %count_w = arith.extui %count : i32 to i64
    %count_v = vector.broadcast %count_w : i64 to !v2i64
    %ones = arith.constant dense<-1> : !v2i64
    %moved = arith.shrui %ones, %count_v : !v2i64
    %kept = arith.xori %moved, %ones : !v2i64
    %old = arith.andi %a, %kept : !v2i64
    %new = arith.shrui %b, %count_v : !v2i64
    %r = arith.ori %old, %new : !v2i64
    return %r : !v2i64
  }

  // The low byte of the count is signed: to the left, or if negative to the
  // right.
  func.func @ushl_16b(%a: !v16i8, %count: !v16i8) -> !v16i8
      attributes {isa.asm = "ushl", isa.intrinsic = "llvm.aarch64.neon.ushl"} {
    %left = arith.extsi %count : vector<16xi8> to vector<16xi16>
    %zero = arith.constant dense<0> : vector<16xi16>
    %right = arith.subi %zero, %left : vector<16xi16>
    %is_right = arith.cmpi slt, %left, %zero : vector<16xi16>
    %absolute = arith.select %is_right, %right, %left
      : vector<16xi1>, vector<16xi16>
    %distance = arith.trunci %absolute : vector<16xi16> to !v16i8
    %to_left = arith.shli %a, %distance : !v16i8
    %to_right = arith.shrui %a, %distance : !v16i8
    %r = arith.select %is_right, %to_right, %to_left : vector<16xi1>, !v16i8
    return %r : !v16i8
  }

  // The low byte of the count is signed: to the left, or if negative to the
  // right.
  func.func @ushl_8h(%a: !v8i16, %count: !v8i16) -> !v8i16
      attributes {isa.asm = "ushl", isa.intrinsic = "llvm.aarch64.neon.ushl"} {
    %low = arith.trunci %count : !v8i16 to vector<8xi8>
    %left = arith.extsi %low : vector<8xi8> to vector<8xi16>
    %zero = arith.constant dense<0> : vector<8xi16>
    %right = arith.subi %zero, %left : vector<8xi16>
    %is_right = arith.cmpi slt, %left, %zero : vector<8xi16>
    %absolute = arith.select %is_right, %right, %left
      : vector<8xi1>, vector<8xi16>
    %to_left = arith.shli %a, %absolute : !v8i16
    %to_right = arith.shrui %a, %absolute : !v8i16
    %r = arith.select %is_right, %to_right, %to_left : vector<8xi1>, !v8i16
    return %r : !v8i16
  }

  // The low byte of the count is signed: to the left, or if negative to the
  // right.
  func.func @ushl_4s(%a: !v4i32, %count: !v4i32) -> !v4i32
      attributes {isa.asm = "ushl", isa.intrinsic = "llvm.aarch64.neon.ushl"} {
    %low = arith.trunci %count : !v4i32 to vector<4xi8>
    %left = arith.extsi %low : vector<4xi8> to vector<4xi16>
    %zero = arith.constant dense<0> : vector<4xi16>
    %right = arith.subi %zero, %left : vector<4xi16>
    %is_right = arith.cmpi slt, %left, %zero : vector<4xi16>
    %absolute = arith.select %is_right, %right, %left
      : vector<4xi1>, vector<4xi16>
    %distance = arith.extui %absolute : vector<4xi16> to !v4i32
    %to_left = arith.shli %a, %distance : !v4i32
    %to_right = arith.shrui %a, %distance : !v4i32
    %r = arith.select %is_right, %to_right, %to_left : vector<4xi1>, !v4i32
    return %r : !v4i32
  }

  // The low byte of the count is signed: to the left, or if negative to the
  // right.
  func.func @ushl_2d(%a: !v2i64, %count: !v2i64) -> !v2i64
      attributes {isa.asm = "ushl", isa.intrinsic = "llvm.aarch64.neon.ushl"} {
    %low = arith.trunci %count : !v2i64 to vector<2xi8>
    %left = arith.extsi %low : vector<2xi8> to vector<2xi16>
    %zero = arith.constant dense<0> : vector<2xi16>
    %right = arith.subi %zero, %left : vector<2xi16>
    %is_right = arith.cmpi slt, %left, %zero : vector<2xi16>
    %absolute = arith.select %is_right, %right, %left
      : vector<2xi1>, vector<2xi16>
    %distance = arith.extui %absolute : vector<2xi16> to !v2i64
    %to_left = arith.shli %a, %distance : !v2i64
    %to_right = arith.shrui %a, %distance : !v2i64
    %r = arith.select %is_right, %to_right, %to_left : vector<2xi1>, !v2i64
    return %r : !v2i64
  }

  // The low byte of the count is signed: to the left, or if negative to the
  // right.
  func.func @sshl_16b(%a: !v16i8, %count: !v16i8) -> !v16i8
      attributes {isa.asm = "sshl", isa.intrinsic = "llvm.aarch64.neon.sshl"} {
    %left = arith.extsi %count : vector<16xi8> to vector<16xi16>
    %zero = arith.constant dense<0> : vector<16xi16>
    %right = arith.subi %zero, %left : vector<16xi16>
    %is_right = arith.cmpi slt, %left, %zero : vector<16xi16>
    %absolute = arith.select %is_right, %right, %left
      : vector<16xi1>, vector<16xi16>
    %distance = arith.trunci %absolute : vector<16xi16> to !v16i8
    %to_left = arith.shli %a, %distance : !v16i8
    %to_right = arith.shrsi %a, %distance : !v16i8
    %r = arith.select %is_right, %to_right, %to_left : vector<16xi1>, !v16i8
    return %r : !v16i8
  }

  // The low byte of the count is signed: to the left, or if negative to the
  // right.
  func.func @sshl_8h(%a: !v8i16, %count: !v8i16) -> !v8i16
      attributes {isa.asm = "sshl", isa.intrinsic = "llvm.aarch64.neon.sshl"} {
    %low = arith.trunci %count : !v8i16 to vector<8xi8>
    %left = arith.extsi %low : vector<8xi8> to vector<8xi16>
    %zero = arith.constant dense<0> : vector<8xi16>
    %right = arith.subi %zero, %left : vector<8xi16>
    %is_right = arith.cmpi slt, %left, %zero : vector<8xi16>
    %absolute = arith.select %is_right, %right, %left
      : vector<8xi1>, vector<8xi16>
    %to_left = arith.shli %a, %absolute : !v8i16
    %to_right = arith.shrsi %a, %absolute : !v8i16
    %r = arith.select %is_right, %to_right, %to_left : vector<8xi1>, !v8i16
    return %r : !v8i16
  }

  // The low byte of the count is signed: to the left, or if negative to the
  // right.
  func.func @sshl_4s(%a: !v4i32, %count: !v4i32) -> !v4i32
      attributes {isa.asm = "sshl", isa.intrinsic = "llvm.aarch64.neon.sshl"} {
    %low = arith.trunci %count : !v4i32 to vector<4xi8>
    %left = arith.extsi %low : vector<4xi8> to vector<4xi16>
    %zero = arith.constant dense<0> : vector<4xi16>
    %right = arith.subi %zero, %left : vector<4xi16>
    %is_right = arith.cmpi slt, %left, %zero : vector<4xi16>
    %absolute = arith.select %is_right, %right, %left
      : vector<4xi1>, vector<4xi16>
    %distance = arith.extui %absolute : vector<4xi16> to !v4i32
    %to_left = arith.shli %a, %distance : !v4i32
    %to_right = arith.shrsi %a, %distance : !v4i32
    %r = arith.select %is_right, %to_right, %to_left : vector<4xi1>, !v4i32
    return %r : !v4i32
  }

  // The low byte of the count is signed: to the left, or if negative to the
  // right.
  func.func @sshl_2d(%a: !v2i64, %count: !v2i64) -> !v2i64
      attributes {isa.asm = "sshl", isa.intrinsic = "llvm.aarch64.neon.sshl"} {
    %low = arith.trunci %count : !v2i64 to vector<2xi8>
    %left = arith.extsi %low : vector<2xi8> to vector<2xi16>
    %zero = arith.constant dense<0> : vector<2xi16>
    %right = arith.subi %zero, %left : vector<2xi16>
    %is_right = arith.cmpi slt, %left, %zero : vector<2xi16>
    %absolute = arith.select %is_right, %right, %left
      : vector<2xi1>, vector<2xi16>
    %distance = arith.extui %absolute : vector<2xi16> to !v2i64
    %to_left = arith.shli %a, %distance : !v2i64
    %to_right = arith.shrsi %a, %distance : !v2i64
    %r = arith.select %is_right, %to_right, %to_left : vector<2xi1>, !v2i64
    return %r : !v2i64
  }

  //===--- Comparisons ----------------------------------------------------===//
  //
  // A lane of all ones stands for true.

  func.func @cmeq_16b(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "cmeq"} {
    %true = arith.cmpi eq, %a, %b : !v16i8
    %r = arith.extsi %true : vector<16xi1> to !v16i8
    return %r : !v16i8
  }

  func.func @cmhi_16b(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "cmhi"} {
    %true = arith.cmpi ugt, %a, %b : !v16i8
    %r = arith.extsi %true : vector<16xi1> to !v16i8
    return %r : !v16i8
  }

  func.func @cmhs_16b(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "cmhs"} {
    %true = arith.cmpi uge, %a, %b : !v16i8
    %r = arith.extsi %true : vector<16xi1> to !v16i8
    return %r : !v16i8
  }

  func.func @cmgt_16b(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "cmgt"} {
    %true = arith.cmpi sgt, %a, %b : !v16i8
    %r = arith.extsi %true : vector<16xi1> to !v16i8
    return %r : !v16i8
  }

  func.func @cmge_16b(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "cmge"} {
    %true = arith.cmpi sge, %a, %b : !v16i8
    %r = arith.extsi %true : vector<16xi1> to !v16i8
    return %r : !v16i8
  }

  func.func @cmtst_16b(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "cmtst"} {
    %both = arith.andi %a, %b : !v16i8
    %zero = arith.constant dense<0> : !v16i8
    %some = arith.cmpi ne, %both, %zero : !v16i8
    %r = arith.extsi %some : vector<16xi1> to !v16i8
    return %r : !v16i8
  }

  func.func @cmeq_8h(%a: !v8i16, %b: !v8i16) -> !v8i16
      attributes {isa.asm = "cmeq"} {
    %true = arith.cmpi eq, %a, %b : !v8i16
    %r = arith.extsi %true : vector<8xi1> to !v8i16
    return %r : !v8i16
  }

  func.func @cmhi_8h(%a: !v8i16, %b: !v8i16) -> !v8i16
      attributes {isa.asm = "cmhi"} {
    %true = arith.cmpi ugt, %a, %b : !v8i16
    %r = arith.extsi %true : vector<8xi1> to !v8i16
    return %r : !v8i16
  }

  func.func @cmhs_8h(%a: !v8i16, %b: !v8i16) -> !v8i16
      attributes {isa.asm = "cmhs"} {
    %true = arith.cmpi uge, %a, %b : !v8i16
    %r = arith.extsi %true : vector<8xi1> to !v8i16
    return %r : !v8i16
  }

  func.func @cmgt_8h(%a: !v8i16, %b: !v8i16) -> !v8i16
      attributes {isa.asm = "cmgt"} {
    %true = arith.cmpi sgt, %a, %b : !v8i16
    %r = arith.extsi %true : vector<8xi1> to !v8i16
    return %r : !v8i16
  }

  func.func @cmge_8h(%a: !v8i16, %b: !v8i16) -> !v8i16
      attributes {isa.asm = "cmge"} {
    %true = arith.cmpi sge, %a, %b : !v8i16
    %r = arith.extsi %true : vector<8xi1> to !v8i16
    return %r : !v8i16
  }

  func.func @cmtst_8h(%a: !v8i16, %b: !v8i16) -> !v8i16
      attributes {isa.asm = "cmtst"} {
    %both = arith.andi %a, %b : !v8i16
    %zero = arith.constant dense<0> : !v8i16
    %some = arith.cmpi ne, %both, %zero : !v8i16
    %r = arith.extsi %some : vector<8xi1> to !v8i16
    return %r : !v8i16
  }

  func.func @cmeq_4s(%a: !v4i32, %b: !v4i32) -> !v4i32
      attributes {isa.asm = "cmeq"} {
    %true = arith.cmpi eq, %a, %b : !v4i32
    %r = arith.extsi %true : vector<4xi1> to !v4i32
    return %r : !v4i32
  }

  func.func @cmhi_4s(%a: !v4i32, %b: !v4i32) -> !v4i32
      attributes {isa.asm = "cmhi"} {
    %true = arith.cmpi ugt, %a, %b : !v4i32
    %r = arith.extsi %true : vector<4xi1> to !v4i32
    return %r : !v4i32
  }

  func.func @cmhs_4s(%a: !v4i32, %b: !v4i32) -> !v4i32
      attributes {isa.asm = "cmhs"} {
    %true = arith.cmpi uge, %a, %b : !v4i32
    %r = arith.extsi %true : vector<4xi1> to !v4i32
    return %r : !v4i32
  }

  func.func @cmgt_4s(%a: !v4i32, %b: !v4i32) -> !v4i32
      attributes {isa.asm = "cmgt"} {
    %true = arith.cmpi sgt, %a, %b : !v4i32
    %r = arith.extsi %true : vector<4xi1> to !v4i32
    return %r : !v4i32
  }

  func.func @cmge_4s(%a: !v4i32, %b: !v4i32) -> !v4i32
      attributes {isa.asm = "cmge"} {
    %true = arith.cmpi sge, %a, %b : !v4i32
    %r = arith.extsi %true : vector<4xi1> to !v4i32
    return %r : !v4i32
  }

  func.func @cmtst_4s(%a: !v4i32, %b: !v4i32) -> !v4i32
      attributes {isa.asm = "cmtst"} {
    %both = arith.andi %a, %b : !v4i32
    %zero = arith.constant dense<0> : !v4i32
    %some = arith.cmpi ne, %both, %zero : !v4i32
    %r = arith.extsi %some : vector<4xi1> to !v4i32
    return %r : !v4i32
  }

  func.func @umin_16b(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "umin"} {
    %r = arith.minui %a, %b : !v16i8
    return %r : !v16i8
  }

  func.func @umax_16b(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "umax"} {
    %r = arith.maxui %a, %b : !v16i8
    return %r : !v16i8
  }

  //===--- Tables ---------------------------------------------------------===//
  //
  // Bytes of one to four registers; zero where the index is beyond them.

  // Lane i is table[index[i]]; zero if the table has no such entry.
  func.func private @lookup_16(%table: !v16i8, %index: !v16i8) -> !v16i8 {
    %entry = arith.constant dense<[[0], [1], [2], [3], [4], [5], [6], [7],
        [8], [9], [10], [11], [12], [13], [14], [15]]> : vector<16x1xi8>
    %entries = vector.broadcast %entry : vector<16x1xi8> to vector<16x16xi8>
    %indices = vector.broadcast %index : !v16i8 to vector<16x16xi8>
    %hit = arith.cmpi eq, %entries, %indices : vector<16x16xi8>
    %value = vector.shape_cast %table : !v16i8 to vector<16x1xi8>
    %values = vector.broadcast %value : vector<16x1xi8> to vector<16x16xi8>
    %none = arith.constant dense<0> : vector<16x16xi8>
    %chosen = arith.select %hit, %values, %none : vector<16x16xi1>,
        vector<16x16xi8>
    %zero = arith.constant dense<0> : !v16i8
    %r = vector.multi_reduction <add>, %chosen, %zero [0] : vector<16x16xi8>
        to !v16i8
    return %r : !v16i8
  }

  func.func @tbl1_16b(%table0: !v16i8, %index: !v16i8) -> !v16i8
      attributes {isa.asm = "tbl", isa.intrinsic = "llvm.aarch64.neon.tbl1"} {
    %r = call @lookup_16(%table0, %index) : (!v16i8, !v16i8) -> !v16i8
    return %r : !v16i8
  }

  func.func @tbl2_16b(%table0: !v16i8, %table1: !v16i8, %index: !v16i8)
      -> !v16i8
      attributes {isa.asm = "tbl", isa.intrinsic = "llvm.aarch64.neon.tbl2"} {
    %r0 = call @lookup_16(%table0, %index) : (!v16i8, !v16i8) -> !v16i8
    %first1 = arith.constant dense<16> : !v16i8
    %index1 = arith.subi %index, %first1 : !v16i8
    %r1_only = call @lookup_16(%table1, %index1) : (!v16i8, !v16i8) -> !v16i8
    %r = arith.addi %r0, %r1_only : !v16i8
    return %r : !v16i8
  }

  func.func @tbl3_16b(%table0: !v16i8, %table1: !v16i8, %table2: !v16i8,
                      %index: !v16i8) -> !v16i8
      attributes {isa.asm = "tbl", isa.intrinsic = "llvm.aarch64.neon.tbl3"} {
    %r0 = call @lookup_16(%table0, %index) : (!v16i8, !v16i8) -> !v16i8
    %first1 = arith.constant dense<16> : !v16i8
    %index1 = arith.subi %index, %first1 : !v16i8
    %r1_only = call @lookup_16(%table1, %index1) : (!v16i8, !v16i8) -> !v16i8
    %r1 = arith.addi %r0, %r1_only : !v16i8
    %first2 = arith.constant dense<32> : !v16i8
    %index2 = arith.subi %index, %first2 : !v16i8
    %r2_only = call @lookup_16(%table2, %index2) : (!v16i8, !v16i8) -> !v16i8
    %r = arith.addi %r1, %r2_only : !v16i8
    return %r : !v16i8
  }

  func.func @tbl4_16b(%table0: !v16i8, %table1: !v16i8, %table2: !v16i8,
                      %table3: !v16i8, %index: !v16i8) -> !v16i8
      attributes {isa.asm = "tbl", isa.intrinsic = "llvm.aarch64.neon.tbl4"} {
    %r0 = call @lookup_16(%table0, %index) : (!v16i8, !v16i8) -> !v16i8
    %first1 = arith.constant dense<16> : !v16i8
    %index1 = arith.subi %index, %first1 : !v16i8
    %r1_only = call @lookup_16(%table1, %index1) : (!v16i8, !v16i8) -> !v16i8
    %r1 = arith.addi %r0, %r1_only : !v16i8
    %first2 = arith.constant dense<32> : !v16i8
    %index2 = arith.subi %index, %first2 : !v16i8
    %r2_only = call @lookup_16(%table2, %index2) : (!v16i8, !v16i8) -> !v16i8
    %r2 = arith.addi %r1, %r2_only : !v16i8
    %first3 = arith.constant dense<48> : !v16i8
    %index3 = arith.subi %index, %first3 : !v16i8
    %r3_only = call @lookup_16(%table3, %index3) : (!v16i8, !v16i8) -> !v16i8
    %r = arith.addi %r2, %r3_only : !v16i8
    return %r : !v16i8
  }

  // Lane i is table[index[i]]; zero if the table has no such entry.
  func.func private @lookup_8(%table: !v16i8, %index: !v8i8) -> !v8i8 {
    %entry = arith.constant dense<[[0], [1], [2], [3], [4], [5], [6], [7],
        [8], [9], [10], [11], [12], [13], [14], [15]]> : vector<16x1xi8>
    %entries = vector.broadcast %entry : vector<16x1xi8> to vector<16x8xi8>
    %indices = vector.broadcast %index : !v8i8 to vector<16x8xi8>
    %hit = arith.cmpi eq, %entries, %indices : vector<16x8xi8>
    %value = vector.shape_cast %table : !v16i8 to vector<16x1xi8>
    %values = vector.broadcast %value : vector<16x1xi8> to vector<16x8xi8>
    %none = arith.constant dense<0> : vector<16x8xi8>
    %chosen = arith.select %hit, %values, %none : vector<16x8xi1>,
        vector<16x8xi8>
    %zero = arith.constant dense<0> : !v8i8
    %r = vector.multi_reduction <add>, %chosen, %zero [0] : vector<16x8xi8>
        to !v8i8
    return %r : !v8i8
  }

  func.func @tbl1_8b(%table0: !v16i8, %index: !v8i8) -> !v8i8
      attributes {isa.asm = "tbl", isa.intrinsic = "llvm.aarch64.neon.tbl1"} {
    %r = call @lookup_8(%table0, %index) : (!v16i8, !v8i8) -> !v8i8
    return %r : !v8i8
  }

  func.func @tbl2_8b(%table0: !v16i8, %table1: !v16i8, %index: !v8i8) -> !v8i8
      attributes {isa.asm = "tbl", isa.intrinsic = "llvm.aarch64.neon.tbl2"} {
    %r0 = call @lookup_8(%table0, %index) : (!v16i8, !v8i8) -> !v8i8
    %first1 = arith.constant dense<16> : !v8i8
    %index1 = arith.subi %index, %first1 : !v8i8
    %r1_only = call @lookup_8(%table1, %index1) : (!v16i8, !v8i8) -> !v8i8
    %r = arith.addi %r0, %r1_only : !v8i8
    return %r : !v8i8
  }

  func.func @tbl3_8b(%table0: !v16i8, %table1: !v16i8, %table2: !v16i8,
                     %index: !v8i8) -> !v8i8
      attributes {isa.asm = "tbl", isa.intrinsic = "llvm.aarch64.neon.tbl3"} {
    %r0 = call @lookup_8(%table0, %index) : (!v16i8, !v8i8) -> !v8i8
    %first1 = arith.constant dense<16> : !v8i8
    %index1 = arith.subi %index, %first1 : !v8i8
    %r1_only = call @lookup_8(%table1, %index1) : (!v16i8, !v8i8) -> !v8i8
    %r1 = arith.addi %r0, %r1_only : !v8i8
    %first2 = arith.constant dense<32> : !v8i8
    %index2 = arith.subi %index, %first2 : !v8i8
    %r2_only = call @lookup_8(%table2, %index2) : (!v16i8, !v8i8) -> !v8i8
    %r = arith.addi %r1, %r2_only : !v8i8
    return %r : !v8i8
  }

  func.func @tbl4_8b(%table0: !v16i8, %table1: !v16i8, %table2: !v16i8,
                     %table3: !v16i8, %index: !v8i8) -> !v8i8
      attributes {isa.asm = "tbl", isa.intrinsic = "llvm.aarch64.neon.tbl4"} {
    %r0 = call @lookup_8(%table0, %index) : (!v16i8, !v8i8) -> !v8i8
    %first1 = arith.constant dense<16> : !v8i8
    %index1 = arith.subi %index, %first1 : !v8i8
    %r1_only = call @lookup_8(%table1, %index1) : (!v16i8, !v8i8) -> !v8i8
    %r1 = arith.addi %r0, %r1_only : !v8i8
    %first2 = arith.constant dense<32> : !v8i8
    %index2 = arith.subi %index, %first2 : !v8i8
    %r2_only = call @lookup_8(%table2, %index2) : (!v16i8, !v8i8) -> !v8i8
    %r2 = arith.addi %r1, %r2_only : !v8i8
    %first3 = arith.constant dense<48> : !v8i8
    %index3 = arith.subi %index, %first3 : !v8i8
    %r3_only = call @lookup_8(%table3, %index3) : (!v16i8, !v8i8) -> !v8i8
    %r = arith.addi %r2, %r3_only : !v8i8
    return %r : !v8i8
  }

  //===--- Lanes ----------------------------------------------------------===//

  func.func @zip1_16b(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "zip1"} {
    %r = vector.shuffle %a, %b [0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6,
        22, 7, 23] : !v16i8, !v16i8
    return %r : !v16i8
  }

  func.func @zip2_16b(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "zip2"} {
    %r = vector.shuffle %a, %b [8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13,
        29, 14, 30, 15, 31] : !v16i8, !v16i8
    return %r : !v16i8
  }

  func.func @uzp1_16b(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "uzp1"} {
    %r = vector.shuffle %a, %b [0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22,
        24, 26, 28, 30] : !v16i8, !v16i8
    return %r : !v16i8
  }

  func.func @uzp2_16b(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "uzp2"} {
    %r = vector.shuffle %a, %b [1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23,
        25, 27, 29, 31] : !v16i8, !v16i8
    return %r : !v16i8
  }

  func.func @trn1_16b(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "trn1"} {
    %r = vector.shuffle %a, %b [0, 16, 2, 18, 4, 20, 6, 22, 8, 24, 10, 26,
        12, 28, 14, 30] : !v16i8, !v16i8
    return %r : !v16i8
  }

  func.func @trn2_16b(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "trn2"} {
    %r = vector.shuffle %a, %b [1, 17, 3, 19, 5, 21, 7, 23, 9, 25, 11, 27,
        13, 29, 15, 31] : !v16i8, !v16i8
    return %r : !v16i8
  }

  func.func @zip1_8h(%a: !v8i16, %b: !v8i16) -> !v8i16
      attributes {isa.asm = "zip1"} {
    %r = vector.shuffle %a, %b [0, 8, 1, 9, 2, 10, 3, 11] : !v8i16, !v8i16
    return %r : !v8i16
  }

  func.func @zip2_8h(%a: !v8i16, %b: !v8i16) -> !v8i16
      attributes {isa.asm = "zip2"} {
    %r = vector.shuffle %a, %b [4, 12, 5, 13, 6, 14, 7, 15] : !v8i16, !v8i16
    return %r : !v8i16
  }

  func.func @uzp1_8h(%a: !v8i16, %b: !v8i16) -> !v8i16
      attributes {isa.asm = "uzp1"} {
    %r = vector.shuffle %a, %b [0, 2, 4, 6, 8, 10, 12, 14] : !v8i16, !v8i16
    return %r : !v8i16
  }

  func.func @uzp2_8h(%a: !v8i16, %b: !v8i16) -> !v8i16
      attributes {isa.asm = "uzp2"} {
    %r = vector.shuffle %a, %b [1, 3, 5, 7, 9, 11, 13, 15] : !v8i16, !v8i16
    return %r : !v8i16
  }

  func.func @trn1_8h(%a: !v8i16, %b: !v8i16) -> !v8i16
      attributes {isa.asm = "trn1"} {
    %r = vector.shuffle %a, %b [0, 8, 2, 10, 4, 12, 6, 14] : !v8i16, !v8i16
    return %r : !v8i16
  }

  func.func @trn2_8h(%a: !v8i16, %b: !v8i16) -> !v8i16
      attributes {isa.asm = "trn2"} {
    %r = vector.shuffle %a, %b [1, 9, 3, 11, 5, 13, 7, 15] : !v8i16, !v8i16
    return %r : !v8i16
  }

  func.func @zip1_4s(%a: !v4i32, %b: !v4i32) -> !v4i32
      attributes {isa.asm = "zip1"} {
    %r = vector.shuffle %a, %b [0, 4, 1, 5] : !v4i32, !v4i32
    return %r : !v4i32
  }

  func.func @zip2_4s(%a: !v4i32, %b: !v4i32) -> !v4i32
      attributes {isa.asm = "zip2"} {
    %r = vector.shuffle %a, %b [2, 6, 3, 7] : !v4i32, !v4i32
    return %r : !v4i32
  }

  func.func @uzp1_4s(%a: !v4i32, %b: !v4i32) -> !v4i32
      attributes {isa.asm = "uzp1"} {
    %r = vector.shuffle %a, %b [0, 2, 4, 6] : !v4i32, !v4i32
    return %r : !v4i32
  }

  func.func @uzp2_4s(%a: !v4i32, %b: !v4i32) -> !v4i32
      attributes {isa.asm = "uzp2"} {
    %r = vector.shuffle %a, %b [1, 3, 5, 7] : !v4i32, !v4i32
    return %r : !v4i32
  }

  func.func @trn1_4s(%a: !v4i32, %b: !v4i32) -> !v4i32
      attributes {isa.asm = "trn1"} {
    %r = vector.shuffle %a, %b [0, 4, 2, 6] : !v4i32, !v4i32
    return %r : !v4i32
  }

  func.func @trn2_4s(%a: !v4i32, %b: !v4i32) -> !v4i32
      attributes {isa.asm = "trn2"} {
    %r = vector.shuffle %a, %b [1, 5, 3, 7] : !v4i32, !v4i32
    return %r : !v4i32
  }

  func.func @zip1_2d(%a: !v2i64, %b: !v2i64) -> !v2i64
      attributes {isa.asm = "zip1"} {
    %r = vector.shuffle %a, %b [0, 2] : !v2i64, !v2i64
    return %r : !v2i64
  }

  func.func @zip2_2d(%a: !v2i64, %b: !v2i64) -> !v2i64
      attributes {isa.asm = "zip2"} {
    %r = vector.shuffle %a, %b [1, 3] : !v2i64, !v2i64
    return %r : !v2i64
  }

  func.func @ext_1(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "ext"} {
    %r = vector.shuffle %a, %b [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13,
        14, 15, 16] : !v16i8, !v16i8
    return %r : !v16i8
  }

  func.func @ext_2(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "ext"} {
    %r = vector.shuffle %a, %b [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14,
        15, 16, 17] : !v16i8, !v16i8
    return %r : !v16i8
  }

  func.func @ext_4(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "ext"} {
    %r = vector.shuffle %a, %b [4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        16, 17, 18, 19] : !v16i8, !v16i8
    return %r : !v16i8
  }

  func.func @ext_8(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "ext"} {
    %r = vector.shuffle %a, %b [8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18,
        19, 20, 21, 22, 23] : !v16i8, !v16i8
    return %r : !v16i8
  }

  func.func @ext_12(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "ext"} {
    %r = vector.shuffle %a, %b [12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22,
        23, 24, 25, 26, 27] : !v16i8, !v16i8
    return %r : !v16i8
  }

  func.func @rev64_16b(%a: !v16i8) -> !v16i8 attributes {isa.asm = "rev64"} {
    %r = vector.shuffle %a, %a [7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11,
        10, 9, 8] : !v16i8, !v16i8
    return %r : !v16i8
  }

  func.func @rev64_8h(%a: !v8i16) -> !v8i16 attributes {isa.asm = "rev64"} {
    %r = vector.shuffle %a, %a [3, 2, 1, 0, 7, 6, 5, 4] : !v8i16, !v8i16
    return %r : !v8i16
  }

  func.func @rev64_4s(%a: !v4i32) -> !v4i32 attributes {isa.asm = "rev64"} {
    %r = vector.shuffle %a, %a [1, 0, 3, 2] : !v4i32, !v4i32
    return %r : !v4i32
  }

  func.func @rev32_16b(%a: !v16i8) -> !v16i8 attributes {isa.asm = "rev32"} {
    %r = vector.shuffle %a, %a [3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15,
        14, 13, 12] : !v16i8, !v16i8
    return %r : !v16i8
  }

  func.func @rev32_8h(%a: !v8i16) -> !v8i16 attributes {isa.asm = "rev32"} {
    %r = vector.shuffle %a, %a [1, 0, 3, 2, 5, 4, 7, 6] : !v8i16, !v8i16
    return %r : !v8i16
  }

  func.func @rev16_16b(%a: !v16i8) -> !v16i8 attributes {isa.asm = "rev16"} {
    %r = vector.shuffle %a, %a [1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13,
        12, 15, 14] : !v16i8, !v16i8
    return %r : !v16i8
  }

  func.func @uxtl_8b(%a: !v8i8) -> !v8i16 attributes {isa.asm = "ushll"} {
    %r = arith.extui %a : !v8i8 to !v8i16
    return %r : !v8i16
  }

  func.func @uxtl2_16b(%a: !v16i8) -> !v8i16 attributes {isa.asm = "ushll2"} {
    %high = vector.shuffle %a, %a [8, 9, 10, 11, 12, 13, 14, 15] : !v16i8,
        !v16i8
    %r = arith.extui %high : !v8i8 to !v8i16
    return %r : !v8i16
  }

  func.func @uxtl_4h(%a: !v4i16) -> !v4i32 attributes {isa.asm = "ushll"} {
    %r = arith.extui %a : !v4i16 to !v4i32
    return %r : !v4i32
  }

  func.func @uxtl2_8h(%a: !v8i16) -> !v4i32 attributes {isa.asm = "ushll2"} {
    %high = vector.shuffle %a, %a [4, 5, 6, 7] : !v8i16, !v8i16
    %r = arith.extui %high : !v4i16 to !v4i32
    return %r : !v4i32
  }

  func.func @uxtl_2s(%a: !v2i32) -> !v2i64 attributes {isa.asm = "ushll"} {
    %r = arith.extui %a : !v2i32 to !v2i64
    return %r : !v2i64
  }

  func.func @uxtl2_4s(%a: !v4i32) -> !v2i64 attributes {isa.asm = "ushll2"} {
    %high = vector.shuffle %a, %a [2, 3] : !v4i32, !v4i32
    %r = arith.extui %high : !v2i32 to !v2i64
    return %r : !v2i64
  }

  func.func @sxtl_8b(%a: !v8i8) -> !v8i16 attributes {isa.asm = "sshll"} {
    %r = arith.extsi %a : !v8i8 to !v8i16
    return %r : !v8i16
  }

  func.func @sxtl2_16b(%a: !v16i8) -> !v8i16 attributes {isa.asm = "sshll2"} {
    %high = vector.shuffle %a, %a [8, 9, 10, 11, 12, 13, 14, 15] : !v16i8,
        !v16i8
    %r = arith.extsi %high : !v8i8 to !v8i16
    return %r : !v8i16
  }

  func.func @sxtl_4h(%a: !v4i16) -> !v4i32 attributes {isa.asm = "sshll"} {
    %r = arith.extsi %a : !v4i16 to !v4i32
    return %r : !v4i32
  }

  func.func @sxtl2_8h(%a: !v8i16) -> !v4i32 attributes {isa.asm = "sshll2"} {
    %high = vector.shuffle %a, %a [4, 5, 6, 7] : !v8i16, !v8i16
    %r = arith.extsi %high : !v4i16 to !v4i32
    return %r : !v4i32
  }

  func.func @sxtl_2s(%a: !v2i32) -> !v2i64 attributes {isa.asm = "sshll"} {
    %r = arith.extsi %a : !v2i32 to !v2i64
    return %r : !v2i64
  }

  func.func @sxtl2_4s(%a: !v4i32) -> !v2i64 attributes {isa.asm = "sshll2"} {
    %high = vector.shuffle %a, %a [2, 3] : !v4i32, !v4i32
    %r = arith.extsi %high : !v2i32 to !v2i64
    return %r : !v2i64
  }

  func.func @xtn_8h(%a: !v8i16) -> !v8i8 attributes {isa.asm = "xtn"} {
    %r = arith.trunci %a : !v8i16 to !v8i8
    return %r : !v8i8
  }

  func.func @shrn_8h(%a: !v8i16, %count: i16) -> !v8i8
      attributes {isa.asm = "shrn", isa.immediates = [[1, 8]]} {
    %count_v = vector.broadcast %count : i16 to !v8i16
    %shifted = arith.shrui %a, %count_v : !v8i16
    %r = arith.trunci %shifted : !v8i16 to !v8i8
    return %r : !v8i8
  }

  func.func @xtn_4s(%a: !v4i32) -> !v4i16 attributes {isa.asm = "xtn"} {
    %r = arith.trunci %a : !v4i32 to !v4i16
    return %r : !v4i16
  }

  func.func @shrn_4s(%a: !v4i32, %count: i32) -> !v4i16
      attributes {isa.asm = "shrn", isa.immediates = [[1, 16]]} {
    %count_v = vector.broadcast %count : i32 to !v4i32
    %shifted = arith.shrui %a, %count_v : !v4i32
    %r = arith.trunci %shifted : !v4i32 to !v4i16
    return %r : !v4i16
  }

  func.func @xtn_2d(%a: !v2i64) -> !v2i32 attributes {isa.asm = "xtn"} {
    %r = arith.trunci %a : !v2i64 to !v2i32
    return %r : !v2i32
  }

  func.func @shrn_2d(%a: !v2i64, %count: i64) -> !v2i32
      attributes {isa.asm = "shrn", isa.immediates = [[1, 32]]} {
    %count_v = vector.broadcast %count : i64 to !v2i64
    %shifted = arith.shrui %a, %count_v : !v2i64
    %r = arith.trunci %shifted : !v2i64 to !v2i32
    return %r : !v2i32
  }

  func.func @dup_16b(%a: !v16i8) -> !v16i8 attributes {isa.asm = "dup"} {
    %r = vector.shuffle %a, %a [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0] : !v16i8, !v16i8
    return %r : !v16i8
  }

  func.func @dup_8h(%a: !v8i16) -> !v8i16 attributes {isa.asm = "dup"} {
    %r = vector.shuffle %a, %a [0, 0, 0, 0, 0, 0, 0, 0] : !v8i16, !v8i16
    return %r : !v8i16
  }

  func.func @dup_4s(%a: !v4i32) -> !v4i32 attributes {isa.asm = "dup"} {
    %r = vector.shuffle %a, %a [0, 0, 0, 0] : !v4i32, !v4i32
    return %r : !v4i32
  }

  func.func @dup_2d(%a: !v2i64) -> !v2i64 attributes {isa.asm = "dup"} {
    %r = vector.shuffle %a, %a [0, 0] : !v2i64, !v2i64
    return %r : !v2i64
  }

}
