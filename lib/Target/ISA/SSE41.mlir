// SSE41.mlir: selection, widening, 32-bit products.
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

!v2i8 = vector<2xi8>
!v4i8 = vector<4xi8>
!v8i8 = vector<8xi8>
!v16i8 = vector<16xi8>
!v2i16 = vector<2xi16>
!v4i16 = vector<4xi16>
!v8i16 = vector<8xi16>
!v2i32 = vector<2xi32>
!v4i32 = vector<4xi32>
!v2i64 = vector<2xi64>

module @sse41 attributes {isa.arch = "x86-64", isa.feature = "sse4.1"} {

  // b where the top bit of the mask is set.
  func.func @pblendvb(%a: !v16i8, %b: !v16i8, %mask: !v16i8) -> !v16i8
      attributes {isa.asm = "pblendvb",
                  isa.intrinsic = "llvm.x86.sse41.pblendvb"} {
    %zero = arith.constant dense<0> : !v16i8
    %take_b = arith.cmpi slt, %mask, %zero : !v16i8
    %r = arith.select %take_b, %b, %a : vector<16xi1>, !v16i8
    return %r : !v16i8
  }

  func.func @pmulld(%a: !v4i32, %b: !v4i32) -> !v4i32
      attributes {isa.asm = "pmulld"} {
    %r = arith.muli %a, %b : !v4i32
    return %r : !v4i32
  }

  // Signed lanes saturated to unsigned ones of half the width.
  func.func @packusdw(%a: !v4i32, %b: !v4i32) -> !v8i16
      attributes {isa.asm = "packusdw",
                  isa.intrinsic = "llvm.x86.sse41.packusdw"} {
    %least = arith.constant dense<0> : !v4i32
    %greatest = arith.constant dense<65535> : !v4i32
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

  func.func @pcmpeqq(%a: !v2i64, %b: !v2i64) -> !v2i64
      attributes {isa.asm = "pcmpeqq"} {
    %true = arith.cmpi eq, %a, %b : !v2i64
    %r = arith.extsi %true : vector<2xi1> to !v2i64
    return %r : !v2i64
  }

  //===--- Widening -------------------------------------------------------===//

  func.func @pmovzxbw(%a: !v8i8) -> !v8i16 attributes {isa.asm = "pmovzxbw"} {
    %r = arith.extui %a : !v8i8 to !v8i16
    return %r : !v8i16
  }

  func.func @pmovsxbw(%a: !v8i8) -> !v8i16 attributes {isa.asm = "pmovsxbw"} {
    %r = arith.extsi %a : !v8i8 to !v8i16
    return %r : !v8i16
  }

  func.func @pmovzxbd(%a: !v4i8) -> !v4i32 attributes {isa.asm = "pmovzxbd"} {
    %r = arith.extui %a : !v4i8 to !v4i32
    return %r : !v4i32
  }

  func.func @pmovsxbd(%a: !v4i8) -> !v4i32 attributes {isa.asm = "pmovsxbd"} {
    %r = arith.extsi %a : !v4i8 to !v4i32
    return %r : !v4i32
  }

  func.func @pmovzxbq(%a: !v2i8) -> !v2i64 attributes {isa.asm = "pmovzxbq"} {
    %r = arith.extui %a : !v2i8 to !v2i64
    return %r : !v2i64
  }

  func.func @pmovsxbq(%a: !v2i8) -> !v2i64 attributes {isa.asm = "pmovsxbq"} {
    %r = arith.extsi %a : !v2i8 to !v2i64
    return %r : !v2i64
  }

  func.func @pmovzxwd(%a: !v4i16) -> !v4i32 attributes {isa.asm = "pmovzxwd"} {
    %r = arith.extui %a : !v4i16 to !v4i32
    return %r : !v4i32
  }

  func.func @pmovsxwd(%a: !v4i16) -> !v4i32 attributes {isa.asm = "pmovsxwd"} {
    %r = arith.extsi %a : !v4i16 to !v4i32
    return %r : !v4i32
  }

  func.func @pmovzxwq(%a: !v2i16) -> !v2i64 attributes {isa.asm = "pmovzxwq"} {
    %r = arith.extui %a : !v2i16 to !v2i64
    return %r : !v2i64
  }

  func.func @pmovsxwq(%a: !v2i16) -> !v2i64 attributes {isa.asm = "pmovsxwq"} {
    %r = arith.extsi %a : !v2i16 to !v2i64
    return %r : !v2i64
  }

  func.func @pmovzxdq(%a: !v2i32) -> !v2i64 attributes {isa.asm = "pmovzxdq"} {
    %r = arith.extui %a : !v2i32 to !v2i64
    return %r : !v2i64
  }

  func.func @pmovsxdq(%a: !v2i32) -> !v2i64 attributes {isa.asm = "pmovsxdq"} {
    %r = arith.extsi %a : !v2i32 to !v2i64
    return %r : !v2i64
  }

}
