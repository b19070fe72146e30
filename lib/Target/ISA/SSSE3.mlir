// SSSE3.mlir: byte shuffles, sums of products and of neighbours.
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

!v16i8 = vector<16xi8>
!v8i16 = vector<8xi16>
!v4i32 = vector<4xi32>

module @ssse3 attributes {isa.arch = "x86-64", isa.feature = "ssse3"} {

  // Each 128-bit part is a table of its own. An index with bit 7 set names no
  // entry and gives zero.
  func.func @pshufb(%table: !v16i8, %index: !v16i8) -> !v16i8
      attributes {isa.asm = "pshufb",
                  isa.intrinsic = "llvm.x86.ssse3.pshuf.b.128"} {
    %low = arith.constant dense<15> : !v16i8
    %high = arith.constant dense<-128> : !v16i8
    %mask = arith.ori %low, %high : !v16i8
    %masked = arith.andi %index, %mask : !v16i8
    %index_rows = vector.shape_cast %masked : !v16i8 to vector<1x16xi8>
    %indices = vector.broadcast %index_rows : vector<1x16xi8> to
        vector<16x1x16xi8>
    %entry = arith.constant dense<[[0], [1], [2], [3], [4], [5], [6], [7],
        [8], [9], [10], [11], [12], [13], [14], [15]]> : vector<16x1xi8>
    %entry_3d = vector.shape_cast %entry : vector<16x1xi8> to vector<16x1x1xi8>
    %entries = vector.broadcast %entry_3d : vector<16x1x1xi8> to
        vector<16x1x16xi8>
    %hit = arith.cmpi eq, %entries, %indices : vector<16x1x16xi8>
    %table_rows = vector.shape_cast %table : !v16i8 to vector<1x16xi8>
    %table_columns = vector.transpose %table_rows, [1, 0]
      : vector<1x16xi8> to vector<16x1xi8>
    %value = vector.shape_cast %table_columns
      : vector<16x1xi8> to vector<16x1x1xi8>
    %values = vector.broadcast %value : vector<16x1x1xi8> to vector<16x1x16xi8>
    %none = arith.constant dense<0> : vector<16x1x16xi8>
    %chosen = arith.select %hit, %values, %none : vector<16x1x16xi1>,
        vector<16x1x16xi8>
    %zero = arith.constant dense<0> : vector<1x16xi8>
    %rows = vector.multi_reduction <add>, %chosen, %zero [0]
      : vector<16x1x16xi8> to vector<1x16xi8>
    %r = vector.shape_cast %rows : vector<1x16xi8> to !v16i8
    return %r : !v16i8
  }

  // Unsigned bytes of a times signed bytes of b; sums of two, saturating.
  func.func @pmaddubsw(%a: !v16i8, %b: !v16i8) -> !v8i16
      attributes {isa.asm = "pmaddubsw",
                  isa.intrinsic = "llvm.x86.ssse3.pmadd.ub.sw.128"} {
    %a_wide = arith.extui %a : !v16i8 to vector<16xi32>
    %b_wide = arith.extsi %b : !v16i8 to vector<16xi32>
    %products = arith.muli %a_wide, %b_wide : vector<16xi32>
    %even, %odd = vector.deinterleave %products : vector<16xi32> ->
        vector<8xi32>
    %sum = arith.addi %even, %odd : vector<8xi32>
    %least = arith.constant dense<-32768> : vector<8xi32>
    %greatest = arith.constant dense<32767> : vector<8xi32>
    %at_least = arith.maxsi %sum, %least : vector<8xi32>
    %clamped = arith.minsi %at_least, %greatest : vector<8xi32>
    %r = arith.trunci %clamped : vector<8xi32> to !v8i16
    return %r : !v8i16
  }

  // Sums of two neighbours, those of a first.
  func.func @phaddw(%a: !v8i16, %b: !v8i16) -> !v8i16
      attributes {isa.asm = "phaddw",
                  isa.intrinsic = "llvm.x86.ssse3.phadd.w.128"} {
    %a_even, %a_odd = vector.deinterleave %a : !v8i16 -> vector<4xi16>
    %b_even, %b_odd = vector.deinterleave %b : !v8i16 -> vector<4xi16>
    %a_sums = arith.addi %a_even, %a_odd : vector<4xi16>
    %b_sums = arith.addi %b_even, %b_odd : vector<4xi16>
    %r = vector.shuffle %a_sums, %b_sums [0, 1, 2, 3, 4, 5, 6, 7] :
        vector<4xi16>, vector<4xi16>
    return %r : !v8i16
  }

  // Sums of two neighbours, those of a first.
  func.func @phaddd(%a: !v4i32, %b: !v4i32) -> !v4i32
      attributes {isa.asm = "phaddd",
                  isa.intrinsic = "llvm.x86.ssse3.phadd.d.128"} {
    %a_even, %a_odd = vector.deinterleave %a : !v4i32 -> vector<2xi32>
    %b_even, %b_odd = vector.deinterleave %b : !v4i32 -> vector<2xi32>
    %a_sums = arith.addi %a_even, %a_odd : vector<2xi32>
    %b_sums = arith.addi %b_even, %b_odd : vector<2xi32>
    %r = vector.shuffle %a_sums, %b_sums [0, 1, 2, 3] : vector<2xi32>,
        vector<2xi32>
    return %r : !v4i32
  }

  func.func @palignr_1(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "palignr"} {
    %r = vector.shuffle %a, %b [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13,
        14, 15, 16] : !v16i8, !v16i8
    return %r : !v16i8
  }

  func.func @palignr_2(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "palignr"} {
    %r = vector.shuffle %a, %b [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14,
        15, 16, 17] : !v16i8, !v16i8
    return %r : !v16i8
  }

  func.func @palignr_4(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "palignr|shufps"} {
    %r = vector.shuffle %a, %b [4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        16, 17, 18, 19] : !v16i8, !v16i8
    return %r : !v16i8
  }

  func.func @palignr_8(%a: !v16i8, %b: !v16i8) -> !v16i8
      attributes {isa.asm = "palignr|shufpd|shufps"} {
    %r = vector.shuffle %a, %b [8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18,
        19, 20, 21, 22, 23] : !v16i8, !v16i8
    return %r : !v16i8
  }

}
