// SSE2.mlir: 128-bit integer vectors of every x86-64 CPU.
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

!v16i8 = vector<16xi8>
!v8i16 = vector<8xi16>
!v4i32 = vector<4xi32>
!v2i64 = vector<2xi64>

module @sse2 attributes {isa.arch = "x86-64"} {

  //===--- Bits -----------------------------------------------------------===//

  func.func @pand(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "pand|andps"} {
    %r = arith.andi %a, %b : !v16i8
    return %r : !v16i8
  }

  func.func @por(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "por|orps"} {
    %r = arith.ori %a, %b : !v16i8
    return %r : !v16i8
  }

  func.func @pxor(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "pxor|xorps"} {
    %r = arith.xori %a, %b : !v16i8
    return %r : !v16i8
  }

  // Not a, and b.
  func.func @pandn(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "pandn|andnps"} {
    %ones = arith.constant dense<-1> : !v16i8
    %not_a = arith.xori %a, %ones : !v16i8
    %r = arith.andi %not_a, %b : !v16i8
    return %r : !v16i8
  }

  //===--- Sums and products ----------------------------------------------===//

  func.func @paddb(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "paddb"} {
    %r = arith.addi %a, %b : !v16i8
    return %r : !v16i8
  }

  func.func @paddw(%a: !v8i16, %b: !v8i16) -> !v8i16
      attributes {isa.asm = "paddw"} {
    %r = arith.addi %a, %b : !v8i16
    return %r : !v8i16
  }

  func.func @paddd(%a: !v4i32, %b: !v4i32) -> !v4i32
      attributes {isa.asm = "paddd"} {
    %r = arith.addi %a, %b : !v4i32
    return %r : !v4i32
  }

  func.func @paddq(%a: !v2i64, %b: !v2i64) -> !v2i64
      attributes {isa.asm = "paddq"} {
    %r = arith.addi %a, %b : !v2i64
    return %r : !v2i64
  }

  func.func @psubb(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "psubb"} {
    %r = arith.subi %a, %b : !v16i8
    return %r : !v16i8
  }

  func.func @psubw(%a: !v8i16, %b: !v8i16) -> !v8i16
      attributes {isa.asm = "psubw"} {
    %r = arith.subi %a, %b : !v8i16
    return %r : !v8i16
  }

  func.func @psubd(%a: !v4i32, %b: !v4i32) -> !v4i32
      attributes {isa.asm = "psubd"} {
    %r = arith.subi %a, %b : !v4i32
    return %r : !v4i32
  }

  func.func @psubq(%a: !v2i64, %b: !v2i64) -> !v2i64
      attributes {isa.asm = "psubq"} {
    %r = arith.subi %a, %b : !v2i64
    return %r : !v2i64
  }

  // The sum of |a - b| over eight unsigned bytes.
  func.func @psadbw(%a: !v16i8, %b: !v16i8) -> !v2i64
      attributes {isa.asm = "psadbw", isa.intrinsic = "llvm.x86.sse2.psad.bw"} {
    %max = arith.maxui %a, %b : !v16i8
    %min = arith.minui %a, %b : !v16i8
    %difference = arith.subi %max, %min : !v16i8
    %wide = arith.extui %difference : !v16i8 to vector<16xi64>
    %rows = vector.shape_cast %wide : vector<16xi64> to vector<2x8xi64>
    %zero = arith.constant dense<0> : !v2i64
    %r = vector.multi_reduction <add>, %rows, %zero [1]
      : vector<2x8xi64> to !v2i64
    return %r : !v2i64
  }

  // Signed products, sums of two.
  func.func @pmaddwd(%a: !v8i16, %b: !v8i16) -> !v4i32
      attributes {isa.asm = "pmaddwd",
                  isa.intrinsic = "llvm.x86.sse2.pmadd.wd"} {
    %a_wide = arith.extsi %a : !v8i16 to vector<8xi32>
    %b_wide = arith.extsi %b : !v8i16 to vector<8xi32>
    %products = arith.muli %a_wide, %b_wide : vector<8xi32>
    %even, %odd = vector.deinterleave %products : vector<8xi32> -> !v4i32
    %r = arith.addi %even, %odd : !v4i32
    return %r : !v4i32
  }

  func.func @pmullw(%a: !v8i16, %b: !v8i16) -> !v8i16
      attributes {isa.asm = "pmullw"} {
    %r = arith.muli %a, %b : !v8i16
    return %r : !v8i16
  }

  //===--- Shifts ---------------------------------------------------------===//

  func.func @psllw(%a: !v8i16, %count: i16) -> !v8i16
      attributes {isa.asm = "psllw", isa.immediates = [[0, 15]]} {
    %count_v = vector.broadcast %count : i16 to !v8i16
    %r = arith.shli %a, %count_v : !v8i16
    return %r : !v8i16
  }

  func.func @psrlw(%a: !v8i16, %count: i16) -> !v8i16
      attributes {isa.asm = "psrlw", isa.immediates = [[0, 15]]} {
    %count_v = vector.broadcast %count : i16 to !v8i16
    %r = arith.shrui %a, %count_v : !v8i16
    return %r : !v8i16
  }

  func.func @psraw(%a: !v8i16, %count: i16) -> !v8i16
      attributes {isa.asm = "psraw", isa.immediates = [[0, 15]]} {
    %count_v = vector.broadcast %count : i16 to !v8i16
    %r = arith.shrsi %a, %count_v : !v8i16
    return %r : !v8i16
  }

  func.func @pslld(%a: !v4i32, %count: i32) -> !v4i32
      attributes {isa.asm = "pslld", isa.immediates = [[0, 31]]} {
    %count_v = vector.broadcast %count : i32 to !v4i32
    %r = arith.shli %a, %count_v : !v4i32
    return %r : !v4i32
  }

  func.func @psrld(%a: !v4i32, %count: i32) -> !v4i32
      attributes {isa.asm = "psrld", isa.immediates = [[0, 31]]} {
    %count_v = vector.broadcast %count : i32 to !v4i32
    %r = arith.shrui %a, %count_v : !v4i32
    return %r : !v4i32
  }

  func.func @psrad(%a: !v4i32, %count: i32) -> !v4i32
      attributes {isa.asm = "psrad", isa.immediates = [[0, 31]]} {
    %count_v = vector.broadcast %count : i32 to !v4i32
    %r = arith.shrsi %a, %count_v : !v4i32
    return %r : !v4i32
  }

  func.func @psllq(%a: !v2i64, %count: i64) -> !v2i64
      attributes {isa.asm = "psllq", isa.immediates = [[0, 63]]} {
    %count_v = vector.broadcast %count : i64 to !v2i64
    %r = arith.shli %a, %count_v : !v2i64
    return %r : !v2i64
  }

  func.func @psrlq(%a: !v2i64, %count: i64) -> !v2i64
      attributes {isa.asm = "psrlq", isa.immediates = [[0, 63]]} {
    %count_v = vector.broadcast %count : i64 to !v2i64
    %r = arith.shrui %a, %count_v : !v2i64
    return %r : !v2i64
  }

  //===--- Comparisons ----------------------------------------------------===//
  //
  // A lane of all ones stands for true.

  func.func @pcmpeqb(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "pcmpeqb"} {
    %true = arith.cmpi eq, %a, %b : !v16i8
    %r = arith.extsi %true : vector<16xi1> to !v16i8
    return %r : !v16i8
  }

  func.func @pcmpgtb(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "pcmpgtb"} {
    %true = arith.cmpi sgt, %a, %b : !v16i8
    %r = arith.extsi %true : vector<16xi1> to !v16i8
    return %r : !v16i8
  }

  func.func @pcmpeqw(%a: !v8i16, %b: !v8i16) -> !v8i16
      attributes {isa.asm = "pcmpeqw"} {
    %true = arith.cmpi eq, %a, %b : !v8i16
    %r = arith.extsi %true : vector<8xi1> to !v8i16
    return %r : !v8i16
  }

  func.func @pcmpgtw(%a: !v8i16, %b: !v8i16) -> !v8i16
      attributes {isa.asm = "pcmpgtw"} {
    %true = arith.cmpi sgt, %a, %b : !v8i16
    %r = arith.extsi %true : vector<8xi1> to !v8i16
    return %r : !v8i16
  }

  func.func @pcmpeqd(%a: !v4i32, %b: !v4i32) -> !v4i32
      attributes {isa.asm = "pcmpeqd"} {
    %true = arith.cmpi eq, %a, %b : !v4i32
    %r = arith.extsi %true : vector<4xi1> to !v4i32
    return %r : !v4i32
  }

  func.func @pcmpgtd(%a: !v4i32, %b: !v4i32) -> !v4i32
      attributes {isa.asm = "pcmpgtd"} {
    %true = arith.cmpi sgt, %a, %b : !v4i32
    %r = arith.extsi %true : vector<4xi1> to !v4i32
    return %r : !v4i32
  }

  func.func @pminub(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "pminub"} {
    %r = arith.minui %a, %b : !v16i8
    return %r : !v16i8
  }

  func.func @pmaxub(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "pmaxub"} {
    %r = arith.maxui %a, %b : !v16i8
    return %r : !v16i8
  }

  // The top bit of each byte.
  func.func @pmovmskb(%a: !v16i8) -> i32
      attributes {isa.asm = "pmovmskb",
                  isa.intrinsic = "llvm.x86.sse2.pmovmskb.128"} {
    %zero = arith.constant dense<0> : !v16i8
    %bits = arith.cmpi slt, %a, %zero : !v16i8
    %mask = vector.bitcast %bits : vector<16xi1> to vector<1xi16>
    %low = vector.extract %mask[0] : i16 from vector<1xi16>
    %r = arith.extui %low : i16 to i32
    return %r : i32
  }

  //===--- Lanes ----------------------------------------------------------===//

  // Signed lanes saturated to signed ones of half the width.
  func.func @packsswb(%a: !v8i16, %b: !v8i16) -> !v16i8
      attributes {isa.asm = "packsswb",
                  isa.intrinsic = "llvm.x86.sse2.packsswb.128"} {
    %least = arith.constant dense<-128> : !v8i16
    %greatest = arith.constant dense<127> : !v8i16
    %a_least = arith.maxsi %a, %least : !v8i16
    %b_least = arith.maxsi %b, %least : !v8i16
    %a_clamped = arith.minsi %a_least, %greatest : !v8i16
    %b_clamped = arith.minsi %b_least, %greatest : !v8i16
    %a_low = arith.trunci %a_clamped : !v8i16 to vector<8xi8>
    %b_low = arith.trunci %b_clamped : !v8i16 to vector<8xi8>
    %r = vector.shuffle %a_low, %b_low [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
        11, 12, 13, 14, 15] : vector<8xi8>, vector<8xi8>
    return %r : !v16i8
  }

  // Signed lanes saturated to unsigned ones of half the width.
  func.func @packuswb(%a: !v8i16, %b: !v8i16) -> !v16i8
      attributes {isa.asm = "packuswb",
                  isa.intrinsic = "llvm.x86.sse2.packuswb.128"} {
    %least = arith.constant dense<0> : !v8i16
    %greatest = arith.constant dense<255> : !v8i16
    %a_least = arith.maxsi %a, %least : !v8i16
    %b_least = arith.maxsi %b, %least : !v8i16
    %a_clamped = arith.minsi %a_least, %greatest : !v8i16
    %b_clamped = arith.minsi %b_least, %greatest : !v8i16
    %a_low = arith.trunci %a_clamped : !v8i16 to vector<8xi8>
    %b_low = arith.trunci %b_clamped : !v8i16 to vector<8xi8>
    %r = vector.shuffle %a_low, %b_low [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
        11, 12, 13, 14, 15] : vector<8xi8>, vector<8xi8>
    return %r : !v16i8
  }

  // Signed lanes saturated to signed ones of half the width.
  func.func @packssdw(%a: !v4i32, %b: !v4i32) -> !v8i16
      attributes {isa.asm = "packssdw",
                  isa.intrinsic = "llvm.x86.sse2.packssdw.128"} {
    %least = arith.constant dense<-32768> : !v4i32
    %greatest = arith.constant dense<32767> : !v4i32
    %a_least = arith.maxsi %a, %least : !v4i32
    %b_least = arith.maxsi %b, %least : !v4i32
    %a_clamped = arith.minsi %a_least, %greatest : !v4i32
    %b_clamped = arith.minsi %b_least, %greatest : !v4i32
    %a_low = arith.trunci %a_clamped : !v4i32 to vector<4xi16>
    %b_low = arith.trunci %b_clamped : !v4i32 to vector<4xi16>
    %r = vector.shuffle %a_low, %b_low [0, 1, 2, 3, 4, 5, 6, 7] :
        vector<4xi16>, vector<4xi16>
    return %r : !v8i16
  }

  func.func @punpcklbw(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "punpcklbw"} {
    %r = vector.shuffle %a, %b [0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6,
        22, 7, 23] : !v16i8, !v16i8
    return %r : !v16i8
  }

  func.func @punpckhbw(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "punpckhbw"} {
    %r = vector.shuffle %a, %b [8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13,
        29, 14, 30, 15, 31] : !v16i8, !v16i8
    return %r : !v16i8
  }

  func.func @punpcklwd(%a: !v8i16, %b: !v8i16) -> !v8i16
      attributes {isa.asm = "punpcklwd"} {
    %r = vector.shuffle %a, %b [0, 8, 1, 9, 2, 10, 3, 11] : !v8i16, !v8i16
    return %r : !v8i16
  }

  func.func @punpckhwd(%a: !v8i16, %b: !v8i16) -> !v8i16
      attributes {isa.asm = "punpckhwd"} {
    %r = vector.shuffle %a, %b [4, 12, 5, 13, 6, 14, 7, 15] : !v8i16, !v8i16
    return %r : !v8i16
  }

  func.func @punpckldq(%a: !v4i32, %b: !v4i32) -> !v4i32
      attributes {isa.asm = "punpckldq|unpcklps"} {
    %r = vector.shuffle %a, %b [0, 4, 1, 5] : !v4i32, !v4i32
    return %r : !v4i32
  }

  func.func @punpckhdq(%a: !v4i32, %b: !v4i32) -> !v4i32
      attributes {isa.asm = "punpckhdq|unpckhps"} {
    %r = vector.shuffle %a, %b [2, 6, 3, 7] : !v4i32, !v4i32
    return %r : !v4i32
  }

  func.func @punpcklqdq(%a: !v2i64, %b: !v2i64) -> !v2i64
      attributes {isa.asm =
          "punpcklqdq|unpcklpd|movlhps|movhps|movhpd|movlpd|movsd"} {
    %r = vector.shuffle %a, %b [0, 2] : !v2i64, !v2i64
    return %r : !v2i64
  }

  func.func @punpckhqdq(%a: !v2i64, %b: !v2i64) -> !v2i64
      attributes {isa.asm =
          "punpckhqdq|unpckhpd|movhlps|movhps|movhpd|movlpd|movsd"} {
    %r = vector.shuffle %a, %b [1, 3] : !v2i64, !v2i64
    return %r : !v2i64
  }

  func.func @pshufd_swap64(%a: !v4i32) -> !v4i32
      attributes {isa.asm = "pshufd|shufps"} {
    %r = vector.shuffle %a, %a [2, 3, 0, 1] : !v4i32, !v4i32
    return %r : !v4i32
  }

  func.func @pshufd_swap32(%a: !v4i32) -> !v4i32
      attributes {isa.asm = "pshufd|shufps"} {
    %r = vector.shuffle %a, %a [1, 0, 3, 2] : !v4i32, !v4i32
    return %r : !v4i32
  }

}
