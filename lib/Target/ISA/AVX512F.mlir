// AVX512F.mlir: 512-bit vectors with lanes of 32 and 64 bits, ternary logic.
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

!v8i8 = vector<8xi8>
!v16i8 = vector<16xi8>
!v8i16 = vector<8xi16>
!v16i16 = vector<16xi16>
!v4i32 = vector<4xi32>
!v8i32 = vector<8xi32>
!v16i32 = vector<16xi32>
!v32i32 = vector<32xi32>
!v2i64 = vector<2xi64>
!v4i64 = vector<4xi64>
!v8i64 = vector<8xi64>

module @avx512f attributes {isa.arch = "x86-64", isa.feature = "avx512f"} {

  //===--- Bits -----------------------------------------------------------===//

  func.func @vpandd(%a: !v16i32, %b: !v16i32) -> !v16i32
      attributes {isa.asm = "vpandd|vpandq"} {
    %r = arith.andi %a, %b : !v16i32
    return %r : !v16i32
  }

  func.func @vpord(%a: !v16i32, %b: !v16i32) -> !v16i32
      attributes {isa.asm = "vpord|vporq"} {
    %r = arith.ori %a, %b : !v16i32
    return %r : !v16i32
  }

  func.func @vpxord(%a: !v16i32, %b: !v16i32) -> !v16i32
      attributes {isa.asm = "vpxord|vpxorq"} {
    %r = arith.xori %a, %b : !v16i32
    return %r : !v16i32
  }

  // Not a, and b.
  func.func @vpandnd(%a: !v16i32, %b: !v16i32) -> !v16i32
      attributes {isa.asm = "vpandnd|vpandnq"} {
    %ones = arith.constant dense<-1> : !v16i32
    %not_a = arith.xori %a, %ones : !v16i32
    %r = arith.andi %not_a, %b : !v16i32
    return %r : !v16i32
  }

  // Bit 4a + 2b + c of the table, for each bit.
  func.func @vpternlogd(%a: !v16i32, %b: !v16i32, %c: !v16i32, %table: i32)
      -> !v16i32
      attributes {isa.asm = "vpternlogd|vpternlogq",
                  isa.immediates = [[0, 255]],
                  isa.intrinsic = "llvm.x86.avx512.pternlog.d.512"} {
    %a_bits = vector.bitcast %a : !v16i32 to vector<512xi1>
    %b_bits = vector.bitcast %b : !v16i32 to vector<512xi1>
    %c_bits = vector.bitcast %c : !v16i32 to vector<512xi1>
    %a_wide = arith.extui %a_bits : vector<512xi1> to vector<512xi8>
    %b_wide = arith.extui %b_bits : vector<512xi1> to vector<512xi8>
    %c_wide = arith.extui %c_bits : vector<512xi1> to vector<512xi8>
    %one = arith.constant dense<1> : vector<512xi8>
    %two = arith.constant dense<2> : vector<512xi8>
    %a_shifted = arith.shli %a_wide, %two : vector<512xi8>
    %b_shifted = arith.shli %b_wide, %one : vector<512xi8>
    %ab = arith.ori %a_shifted, %b_shifted : vector<512xi8>
    %index = arith.ori %ab, %c_wide : vector<512xi8>
    %table_8 = arith.trunci %table : i32 to i8
    %tables = vector.broadcast %table_8 : i8 to vector<512xi8>
    %entry = arith.shrui %tables, %index : vector<512xi8>
    %bits = arith.trunci %entry : vector<512xi8> to vector<512xi1>
    %r = vector.bitcast %bits : vector<512xi1> to !v16i32
    return %r : !v16i32
  }

  // Bit 4a + 2b + c of the table, for each bit.
  func.func @vpternlogd_256(%a: !v8i32, %b: !v8i32, %c: !v8i32, %table: i32)
      -> !v8i32
      attributes {isa.asm = "vpternlogd|vpternlogq",
                  isa.immediates = [[0, 255]],
                  isa.intrinsic = "llvm.x86.avx512.pternlog.d.256",
                  isa.feature = "avx512vl"} {
    %a_bits = vector.bitcast %a : !v8i32 to vector<256xi1>
    %b_bits = vector.bitcast %b : !v8i32 to vector<256xi1>
    %c_bits = vector.bitcast %c : !v8i32 to vector<256xi1>
    %a_wide = arith.extui %a_bits : vector<256xi1> to vector<256xi8>
    %b_wide = arith.extui %b_bits : vector<256xi1> to vector<256xi8>
    %c_wide = arith.extui %c_bits : vector<256xi1> to vector<256xi8>
    %one = arith.constant dense<1> : vector<256xi8>
    %two = arith.constant dense<2> : vector<256xi8>
    %a_shifted = arith.shli %a_wide, %two : vector<256xi8>
    %b_shifted = arith.shli %b_wide, %one : vector<256xi8>
    %ab = arith.ori %a_shifted, %b_shifted : vector<256xi8>
    %index = arith.ori %ab, %c_wide : vector<256xi8>
    %table_8 = arith.trunci %table : i32 to i8
    %tables = vector.broadcast %table_8 : i8 to vector<256xi8>
    %entry = arith.shrui %tables, %index : vector<256xi8>
    %bits = arith.trunci %entry : vector<256xi8> to vector<256xi1>
    %r = vector.bitcast %bits : vector<256xi1> to !v8i32
    return %r : !v8i32
  }

  // Bit 4a + 2b + c of the table, for each bit.
  func.func @vpternlogd_128(%a: !v4i32, %b: !v4i32, %c: !v4i32, %table: i32)
      -> !v4i32
      attributes {isa.asm = "vpternlogd|vpternlogq",
                  isa.immediates = [[0, 255]],
                  isa.intrinsic = "llvm.x86.avx512.pternlog.d.128",
                  isa.feature = "avx512vl"} {
    %a_bits = vector.bitcast %a : !v4i32 to vector<128xi1>
    %b_bits = vector.bitcast %b : !v4i32 to vector<128xi1>
    %c_bits = vector.bitcast %c : !v4i32 to vector<128xi1>
    %a_wide = arith.extui %a_bits : vector<128xi1> to vector<128xi8>
    %b_wide = arith.extui %b_bits : vector<128xi1> to vector<128xi8>
    %c_wide = arith.extui %c_bits : vector<128xi1> to vector<128xi8>
    %one = arith.constant dense<1> : vector<128xi8>
    %two = arith.constant dense<2> : vector<128xi8>
    %a_shifted = arith.shli %a_wide, %two : vector<128xi8>
    %b_shifted = arith.shli %b_wide, %one : vector<128xi8>
    %ab = arith.ori %a_shifted, %b_shifted : vector<128xi8>
    %index = arith.ori %ab, %c_wide : vector<128xi8>
    %table_8 = arith.trunci %table : i32 to i8
    %tables = vector.broadcast %table_8 : i8 to vector<128xi8>
    %entry = arith.shrui %tables, %index : vector<128xi8>
    %bits = arith.trunci %entry : vector<128xi8> to vector<128xi1>
    %r = vector.bitcast %bits : vector<128xi1> to !v4i32
    return %r : !v4i32
  }

  //===--- Sums and products ----------------------------------------------===//

  func.func @vpaddd(%a: !v16i32, %b: !v16i32) -> !v16i32
      attributes {isa.asm = "vpaddd"} {
    %r = arith.addi %a, %b : !v16i32
    return %r : !v16i32
  }

  func.func @vpaddq(%a: !v8i64, %b: !v8i64) -> !v8i64
      attributes {isa.asm = "vpaddq"} {
    %r = arith.addi %a, %b : !v8i64
    return %r : !v8i64
  }

  func.func @vpsubd(%a: !v16i32, %b: !v16i32) -> !v16i32
      attributes {isa.asm = "vpsubd"} {
    %r = arith.subi %a, %b : !v16i32
    return %r : !v16i32
  }

  func.func @vpsubq(%a: !v8i64, %b: !v8i64) -> !v8i64
      attributes {isa.asm = "vpsubq"} {
    %r = arith.subi %a, %b : !v8i64
    return %r : !v8i64
  }

  func.func @vpmulld(%a: !v16i32, %b: !v16i32) -> !v16i32
      attributes {isa.asm = "vpmulld"} {
    %r = arith.muli %a, %b : !v16i32
    return %r : !v16i32
  }

  //===--- Shifts ---------------------------------------------------------===//

  func.func @vpslld(%a: !v16i32, %count: i32) -> !v16i32
      attributes {isa.asm = "vpslld", isa.immediates = [[0, 31]]} {
    %count_v = vector.broadcast %count : i32 to !v16i32
    %r = arith.shli %a, %count_v : !v16i32
    return %r : !v16i32
  }

  func.func @vpsrld(%a: !v16i32, %count: i32) -> !v16i32
      attributes {isa.asm = "vpsrld", isa.immediates = [[0, 31]]} {
    %count_v = vector.broadcast %count : i32 to !v16i32
    %r = arith.shrui %a, %count_v : !v16i32
    return %r : !v16i32
  }

  func.func @vpsrad(%a: !v16i32, %count: i32) -> !v16i32
      attributes {isa.asm = "vpsrad", isa.immediates = [[0, 31]]} {
    %count_v = vector.broadcast %count : i32 to !v16i32
    %r = arith.shrsi %a, %count_v : !v16i32
    return %r : !v16i32
  }

  func.func @vpsllq(%a: !v8i64, %count: i64) -> !v8i64
      attributes {isa.asm = "vpsllq", isa.immediates = [[0, 63]]} {
    %count_v = vector.broadcast %count : i64 to !v8i64
    %r = arith.shli %a, %count_v : !v8i64
    return %r : !v8i64
  }

  func.func @vpsrlq(%a: !v8i64, %count: i64) -> !v8i64
      attributes {isa.asm = "vpsrlq", isa.immediates = [[0, 63]]} {
    %count_v = vector.broadcast %count : i64 to !v8i64
    %r = arith.shrui %a, %count_v : !v8i64
    return %r : !v8i64
  }

  func.func @vpsraq(%a: !v8i64, %count: i64) -> !v8i64
      attributes {isa.asm = "vpsraq", isa.immediates = [[0, 63]]} {
    %count_v = vector.broadcast %count : i64 to !v8i64
    %r = arith.shrsi %a, %count_v : !v8i64
    return %r : !v8i64
  }

  func.func @vpsllvd(%a: !v16i32, %count: !v16i32) -> !v16i32
      attributes {isa.asm = "vpsllvd",
                  isa.intrinsic = "llvm.x86.avx512.psllv.d.512"} {
    %r = arith.shli %a, %count : !v16i32
    return %r : !v16i32
  }

  func.func @vpsrlvd(%a: !v16i32, %count: !v16i32) -> !v16i32
      attributes {isa.asm = "vpsrlvd",
                  isa.intrinsic = "llvm.x86.avx512.psrlv.d.512"} {
    %r = arith.shrui %a, %count : !v16i32
    return %r : !v16i32
  }

  func.func @vpsllvq(%a: !v8i64, %count: !v8i64) -> !v8i64
      attributes {isa.asm = "vpsllvq",
                  isa.intrinsic = "llvm.x86.avx512.psllv.q.512"} {
    %r = arith.shli %a, %count : !v8i64
    return %r : !v8i64
  }

  func.func @vpsrlvq(%a: !v8i64, %count: !v8i64) -> !v8i64
      attributes {isa.asm = "vpsrlvq",
                  isa.intrinsic = "llvm.x86.avx512.psrlv.q.512"} {
    %r = arith.shrui %a, %count : !v8i64
    return %r : !v8i64
  }

  //===--- Tables ---------------------------------------------------------===//

  // Lane i is table[index[i]]; zero if the table has no such entry.
  func.func private @lookup_16(%table: !v16i32, %index: !v16i32) -> !v16i32 {
    %entry = arith.constant dense<[[0], [1], [2], [3], [4], [5], [6], [7],
        [8], [9], [10], [11], [12], [13], [14], [15]]> : vector<16x1xi32>
    %entries = vector.broadcast %entry : vector<16x1xi32> to vector<16x16xi32>
    %indices = vector.broadcast %index : !v16i32 to vector<16x16xi32>
    %hit = arith.cmpi eq, %entries, %indices : vector<16x16xi32>
    %value = vector.shape_cast %table : !v16i32 to vector<16x1xi32>
    %values = vector.broadcast %value : vector<16x1xi32> to vector<16x16xi32>
    %none = arith.constant dense<0> : vector<16x16xi32>
    %chosen = arith.select %hit, %values, %none : vector<16x16xi1>,
        vector<16x16xi32>
    %zero = arith.constant dense<0> : !v16i32
    %r = vector.multi_reduction <add>, %chosen, %zero [0] :
        vector<16x16xi32> to !v16i32
    return %r : !v16i32
  }

  func.func @vpermd(%table: !v16i32, %index: !v16i32) -> !v16i32
      attributes {isa.asm = "vpermd|vpermps",
                  isa.intrinsic = "llvm.x86.avx512.permvar.si.512"} {
    %mask = arith.constant dense<15> : !v16i32
    %masked = arith.andi %index, %mask : !v16i32
    %r = call @lookup_16(%table, %masked) : (!v16i32, !v16i32) -> !v16i32
    return %r : !v16i32
  }

  // Lane i is table[index[i]]; zero if the table has no such entry.
  func.func private @lookup_8(%table: !v8i64, %index: !v8i64) -> !v8i64 {
    %entry = arith.constant dense<[[0], [1], [2], [3], [4], [5], [6], [7]]>
        : vector<8x1xi64>
    %entries = vector.broadcast %entry : vector<8x1xi64> to vector<8x8xi64>
    %indices = vector.broadcast %index : !v8i64 to vector<8x8xi64>
    %hit = arith.cmpi eq, %entries, %indices : vector<8x8xi64>
    %value = vector.shape_cast %table : !v8i64 to vector<8x1xi64>
    %values = vector.broadcast %value : vector<8x1xi64> to vector<8x8xi64>
    %none = arith.constant dense<0> : vector<8x8xi64>
    %chosen = arith.select %hit, %values, %none : vector<8x8xi1>,
        vector<8x8xi64>
    %zero = arith.constant dense<0> : !v8i64
    %r = vector.multi_reduction <add>, %chosen, %zero [0] : vector<8x8xi64>
        to !v8i64
    return %r : !v8i64
  }

  func.func @vpermq(%table: !v8i64, %index: !v8i64) -> !v8i64
      attributes {isa.asm = "vpermq|vpermpd",
                  isa.intrinsic = "llvm.x86.avx512.permvar.di.512"} {
    %mask = arith.constant dense<7> : !v8i64
    %masked = arith.andi %index, %mask : !v8i64
    %r = call @lookup_8(%table, %masked) : (!v8i64, !v8i64) -> !v8i64
    return %r : !v8i64
  }

  // Lane i is table[index[i]]; zero if the table has no such entry.
  func.func private @lookup_32(%table: !v32i32, %index: !v16i32) -> !v16i32 {
    %entry = arith.constant dense<[[0], [1], [2], [3], [4], [5], [6], [7],
        [8], [9], [10], [11], [12], [13], [14], [15], [16], [17], [18], [19],
        [20], [21], [22], [23], [24], [25], [26], [27], [28], [29], [30], [31]]>
        : vector<32x1xi32>
    %entries = vector.broadcast %entry : vector<32x1xi32> to vector<32x16xi32>
    %indices = vector.broadcast %index : !v16i32 to vector<32x16xi32>
    %hit = arith.cmpi eq, %entries, %indices : vector<32x16xi32>
    %value = vector.shape_cast %table : !v32i32 to vector<32x1xi32>
    %values = vector.broadcast %value : vector<32x1xi32> to vector<32x16xi32>
    %none = arith.constant dense<0> : vector<32x16xi32>
    %chosen = arith.select %hit, %values, %none : vector<32x16xi1>,
        vector<32x16xi32>
    %zero = arith.constant dense<0> : !v16i32
    %r = vector.multi_reduction <add>, %chosen, %zero [0] :
        vector<32x16xi32> to !v16i32
    return %r : !v16i32
  }

  // A lookup in two registers.
  func.func @vpermi2d(%table0: !v16i32, %index: !v16i32, %table1: !v16i32)
      -> !v16i32
      attributes {isa.asm = "vpermi2d|vpermt2d",
                  isa.intrinsic = "llvm.x86.avx512.vpermi2var.d.512"} {
    %tables = vector.shuffle %table0, %table1 [0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
        10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27,
        28, 29, 30, 31] : !v16i32, !v16i32
    %mask = arith.constant dense<31> : !v16i32
    %masked = arith.andi %index, %mask : !v16i32
    %r = call @lookup_32(%tables, %masked) : (!v32i32, !v16i32) -> !v16i32
    return %r : !v16i32
  }

  //===--- Lanes ----------------------------------------------------------===//

  func.func @vpunpckldq(%a: !v16i32, %b: !v16i32) -> !v16i32
      attributes {isa.asm = "vpunpckldq|vunpcklps"} {
    %r = vector.shuffle %a, %b [0, 16, 1, 17, 4, 20, 5, 21, 8, 24, 9, 25,
        12, 28, 13, 29] : !v16i32, !v16i32
    return %r : !v16i32
  }

  func.func @vpunpckhdq(%a: !v16i32, %b: !v16i32) -> !v16i32
      attributes {isa.asm = "vpunpckhdq|vunpckhps"} {
    %r = vector.shuffle %a, %b [2, 18, 3, 19, 6, 22, 7, 23, 10, 26, 11, 27,
        14, 30, 15, 31] : !v16i32, !v16i32
    return %r : !v16i32
  }

  func.func @vpunpcklqdq(%a: !v8i64, %b: !v8i64) -> !v8i64
      attributes {isa.asm = "vpunpcklqdq|vunpcklpd"} {
    %r = vector.shuffle %a, %b [0, 8, 2, 10, 4, 12, 6, 14] : !v8i64, !v8i64
    return %r : !v8i64
  }

  func.func @vpunpckhqdq(%a: !v8i64, %b: !v8i64) -> !v8i64
      attributes {isa.asm = "vpunpckhqdq|vunpckhpd"} {
    %r = vector.shuffle %a, %b [1, 9, 3, 11, 5, 13, 7, 15] : !v8i64, !v8i64
    return %r : !v8i64
  }

  func.func @vpmovzxbd(%a: !v16i8) -> !v16i32
      attributes {isa.asm = "vpmovzxbd"} {
    %r = arith.extui %a : !v16i8 to !v16i32
    return %r : !v16i32
  }

  func.func @vpmovsxbd(%a: !v16i8) -> !v16i32
      attributes {isa.asm = "vpmovsxbd"} {
    %r = arith.extsi %a : !v16i8 to !v16i32
    return %r : !v16i32
  }

  func.func @vpmovzxbq(%a: !v8i8) -> !v8i64 attributes {isa.asm = "vpmovzxbq"} {
    %r = arith.extui %a : !v8i8 to !v8i64
    return %r : !v8i64
  }

  func.func @vpmovsxbq(%a: !v8i8) -> !v8i64 attributes {isa.asm = "vpmovsxbq"} {
    %r = arith.extsi %a : !v8i8 to !v8i64
    return %r : !v8i64
  }

  func.func @vpmovzxwd(%a: !v16i16) -> !v16i32
      attributes {isa.asm = "vpmovzxwd"} {
    %r = arith.extui %a : !v16i16 to !v16i32
    return %r : !v16i32
  }

  func.func @vpmovsxwd(%a: !v16i16) -> !v16i32
      attributes {isa.asm = "vpmovsxwd"} {
    %r = arith.extsi %a : !v16i16 to !v16i32
    return %r : !v16i32
  }

  func.func @vpmovzxwq(%a: !v8i16) -> !v8i64
      attributes {isa.asm = "vpmovzxwq"} {
    %r = arith.extui %a : !v8i16 to !v8i64
    return %r : !v8i64
  }

  func.func @vpmovsxwq(%a: !v8i16) -> !v8i64
      attributes {isa.asm = "vpmovsxwq"} {
    %r = arith.extsi %a : !v8i16 to !v8i64
    return %r : !v8i64
  }

  func.func @vpmovzxdq(%a: !v8i32) -> !v8i64
      attributes {isa.asm = "vpmovzxdq"} {
    %r = arith.extui %a : !v8i32 to !v8i64
    return %r : !v8i64
  }

  func.func @vpmovsxdq(%a: !v8i32) -> !v8i64
      attributes {isa.asm = "vpmovsxdq"} {
    %r = arith.extsi %a : !v8i32 to !v8i64
    return %r : !v8i64
  }

  func.func @vpmovdb(%a: !v16i32) -> !v16i8 attributes {isa.asm = "vpmovdb"} {
    %r = arith.trunci %a : !v16i32 to !v16i8
    return %r : !v16i8
  }

  func.func @vpmovdw(%a: !v16i32) -> !v16i16 attributes {isa.asm = "vpmovdw"} {
    %r = arith.trunci %a : !v16i32 to !v16i16
    return %r : !v16i16
  }

  func.func @vpmovqb(%a: !v8i64) -> !v8i8 attributes {isa.asm = "vpmovqb"} {
    %r = arith.trunci %a : !v8i64 to !v8i8
    return %r : !v8i8
  }

  func.func @vpmovqw(%a: !v8i64) -> !v8i16 attributes {isa.asm = "vpmovqw"} {
    %r = arith.trunci %a : !v8i64 to !v8i16
    return %r : !v8i16
  }

  func.func @vpmovqd(%a: !v8i64) -> !v8i32 attributes {isa.asm = "vpmovqd"} {
    %r = arith.trunci %a : !v8i64 to !v8i32
    return %r : !v8i32
  }

  func.func @vextracti64x4(%a: !v8i64) -> !v4i64
      attributes {isa.asm = "vextracti64x4|vextractf64x4"} {
    %r = vector.shuffle %a, %a [4, 5, 6, 7] : !v8i64, !v8i64
    return %r : !v4i64
  }

  func.func @vinserti64x4(%a: !v4i64, %b: !v4i64) -> !v8i64
      attributes {isa.asm = "vinserti64x4|vinsertf64x4"} {
    %r = vector.shuffle %a, %b [0, 1, 2, 3, 4, 5, 6, 7] : !v4i64, !v4i64
    return %r : !v8i64
  }

  func.func @vshufi64x2_swap256(%a: !v8i64) -> !v8i64
      attributes {isa.asm = "vshufi64x2|vshuff64x2|valignq|vpermq"} {
    %r = vector.shuffle %a, %a [4, 5, 6, 7, 0, 1, 2, 3] : !v8i64, !v8i64
    return %r : !v8i64
  }

  func.func @vshufi64x2_swap128(%a: !v8i64) -> !v8i64
      attributes {isa.asm = "vshufi64x2|vshuff64x2|vpermq|vpermpd"} {
    %r = vector.shuffle %a, %a [2, 3, 0, 1, 6, 7, 4, 5] : !v8i64, !v8i64
    return %r : !v8i64
  }

  func.func @vshufi64x2_even(%a: !v8i64, %b: !v8i64) -> !v8i64
      attributes {isa.asm = "vshufi64x2|vshuff64x2"} {
    %r = vector.shuffle %a, %b [0, 1, 4, 5, 8, 9, 12, 13] : !v8i64, !v8i64
    return %r : !v8i64
  }

  func.func @vshufi64x2_odd(%a: !v8i64, %b: !v8i64) -> !v8i64
      attributes {isa.asm = "vshufi64x2|vshuff64x2"} {
    %r = vector.shuffle %a, %b [2, 3, 6, 7, 10, 11, 14, 15] : !v8i64, !v8i64
    return %r : !v8i64
  }

  func.func @vpshufd_swap64(%a: !v16i32) -> !v16i32
      attributes {isa.asm = "vpshufd|vpermilps|vpermilpd|vshufps"} {
    %r = vector.shuffle %a, %a [2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14,
        15, 12, 13] : !v16i32, !v16i32
    return %r : !v16i32
  }

  func.func @vpshufd_swap32(%a: !v16i32) -> !v16i32
      attributes {isa.asm = "vpshufd|vpermilps|vshufps"} {
    %r = vector.shuffle %a, %a [1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13,
        12, 15, 14] : !v16i32, !v16i32
    return %r : !v16i32
  }

  func.func @vpbroadcastd(%a: !v4i32) -> !v16i32
      attributes {isa.asm = "vpbroadcastd|vbroadcastss"} {
    %r = vector.shuffle %a, %a [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0] : !v4i32, !v4i32
    return %r : !v16i32
  }

  func.func @vpbroadcastq(%a: !v2i64) -> !v8i64
      attributes {isa.asm = "vpbroadcastq|vbroadcastsd"} {
    %r = vector.shuffle %a, %a [0, 0, 0, 0, 0, 0, 0, 0] : !v2i64, !v2i64
    return %r : !v8i64
  }

}
