// AVX512BW.mlir: 512-bit vectors with lanes of 8 and 16 bits.
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
!v64i16 = vector<64xi16>
!v16i32 = vector<16xi32>
!v8i64 = vector<8xi64>

module @avx512bw attributes {isa.arch = "x86-64", isa.feature = "avx512bw"} {

  //===--- Sums and products ----------------------------------------------===//

  func.func @vpaddb(%a: !v64i8, %b: !v64i8) -> !v64i8
      attributes {isa.asm = "vpaddb"} {
    %r = arith.addi %a, %b : !v64i8
    return %r : !v64i8
  }

  func.func @vpaddw(%a: !v32i16, %b: !v32i16) -> !v32i16
      attributes {isa.asm = "vpaddw"} {
    %r = arith.addi %a, %b : !v32i16
    return %r : !v32i16
  }

  func.func @vpsubb(%a: !v64i8, %b: !v64i8) -> !v64i8
      attributes {isa.asm = "vpsubb"} {
    %r = arith.subi %a, %b : !v64i8
    return %r : !v64i8
  }

  func.func @vpsubw(%a: !v32i16, %b: !v32i16) -> !v32i16
      attributes {isa.asm = "vpsubw"} {
    %r = arith.subi %a, %b : !v32i16
    return %r : !v32i16
  }

  // The sum of |a - b| over eight unsigned bytes.
  func.func @vpsadbw(%a: !v64i8, %b: !v64i8) -> !v8i64
      attributes {isa.asm = "vpsadbw",
                  isa.intrinsic = "llvm.x86.avx512.psad.bw.512"} {
    %max = arith.maxui %a, %b : !v64i8
    %min = arith.minui %a, %b : !v64i8
    %difference = arith.subi %max, %min : !v64i8
    %wide = arith.extui %difference : !v64i8 to vector<64xi64>
    %rows = vector.shape_cast %wide : vector<64xi64> to vector<8x8xi64>
    %zero = arith.constant dense<0> : !v8i64
    %r = vector.multi_reduction <add>, %rows, %zero [1]
      : vector<8x8xi64> to !v8i64
    return %r : !v8i64
  }

  // Unsigned bytes of a times signed bytes of b; sums of two, saturating.
  func.func @vpmaddubsw(%a: !v64i8, %b: !v64i8) -> !v32i16
      attributes {isa.asm = "vpmaddubsw",
                  isa.intrinsic = "llvm.x86.avx512.pmaddubs.w.512"} {
    %a_wide = arith.extui %a : !v64i8 to vector<64xi32>
    %b_wide = arith.extsi %b : !v64i8 to vector<64xi32>
    %products = arith.muli %a_wide, %b_wide : vector<64xi32>
    %even, %odd = vector.deinterleave %products : vector<64xi32> ->
        vector<32xi32>
    %sum = arith.addi %even, %odd : vector<32xi32>
    %least = arith.constant dense<-32768> : vector<32xi32>
    %greatest = arith.constant dense<32767> : vector<32xi32>
    %at_least = arith.maxsi %sum, %least : vector<32xi32>
    %clamped = arith.minsi %at_least, %greatest : vector<32xi32>
    %r = arith.trunci %clamped : vector<32xi32> to !v32i16
    return %r : !v32i16
  }

  // Signed products, sums of two.
  func.func @vpmaddwd(%a: !v32i16, %b: !v32i16) -> !v16i32
      attributes {isa.asm = "vpmaddwd",
                  isa.intrinsic = "llvm.x86.avx512.pmaddw.d.512"} {
    %a_wide = arith.extsi %a : !v32i16 to vector<32xi32>
    %b_wide = arith.extsi %b : !v32i16 to vector<32xi32>
    %products = arith.muli %a_wide, %b_wide : vector<32xi32>
    %even, %odd = vector.deinterleave %products : vector<32xi32> -> !v16i32
    %r = arith.addi %even, %odd : !v16i32
    return %r : !v16i32
  }

  func.func @vpmullw(%a: !v32i16, %b: !v32i16) -> !v32i16
      attributes {isa.asm = "vpmullw"} {
    %r = arith.muli %a, %b : !v32i16
    return %r : !v32i16
  }

  //===--- Shifts ---------------------------------------------------------===//

  func.func @vpsllw(%a: !v32i16, %count: i16) -> !v32i16
      attributes {isa.asm = "vpsllw", isa.immediates = [[0, 15]]} {
    %count_v = vector.broadcast %count : i16 to !v32i16
    %r = arith.shli %a, %count_v : !v32i16
    return %r : !v32i16
  }

  func.func @vpsrlw(%a: !v32i16, %count: i16) -> !v32i16
      attributes {isa.asm = "vpsrlw", isa.immediates = [[0, 15]]} {
    %count_v = vector.broadcast %count : i16 to !v32i16
    %r = arith.shrui %a, %count_v : !v32i16
    return %r : !v32i16
  }

  func.func @vpsraw(%a: !v32i16, %count: i16) -> !v32i16
      attributes {isa.asm = "vpsraw", isa.immediates = [[0, 15]]} {
    %count_v = vector.broadcast %count : i16 to !v32i16
    %r = arith.shrsi %a, %count_v : !v32i16
    return %r : !v32i16
  }

  func.func @vpsllvw(%a: !v32i16, %count: !v32i16) -> !v32i16
      attributes {isa.asm = "vpsllvw",
                  isa.intrinsic = "llvm.x86.avx512.psllv.w.512"} {
    %r = arith.shli %a, %count : !v32i16
    return %r : !v32i16
  }

  func.func @vpsrlvw(%a: !v32i16, %count: !v32i16) -> !v32i16
      attributes {isa.asm = "vpsrlvw",
                  isa.intrinsic = "llvm.x86.avx512.psrlv.w.512"} {
    %r = arith.shrui %a, %count : !v32i16
    return %r : !v32i16
  }

  func.func @vpsllvw_256(%a: !v16i16, %count: !v16i16) -> !v16i16
      attributes {isa.asm = "vpsllvw",
                  isa.intrinsic = "llvm.x86.avx512.psllv.w.256",
                  isa.feature = "avx512vl"} {
    %r = arith.shli %a, %count : !v16i16
    return %r : !v16i16
  }

  func.func @vpsrlvw_256(%a: !v16i16, %count: !v16i16) -> !v16i16
      attributes {isa.asm = "vpsrlvw",
                  isa.intrinsic = "llvm.x86.avx512.psrlv.w.256",
                  isa.feature = "avx512vl"} {
    %r = arith.shrui %a, %count : !v16i16
    return %r : !v16i16
  }

  func.func @vpsllvw_128(%a: !v8i16, %count: !v8i16) -> !v8i16
      attributes {isa.asm = "vpsllvw",
                  isa.intrinsic = "llvm.x86.avx512.psllv.w.128",
                  isa.feature = "avx512vl"} {
    %r = arith.shli %a, %count : !v8i16
    return %r : !v8i16
  }

  func.func @vpsrlvw_128(%a: !v8i16, %count: !v8i16) -> !v8i16
      attributes {isa.asm = "vpsrlvw",
                  isa.intrinsic = "llvm.x86.avx512.psrlv.w.128",
                  isa.feature = "avx512vl"} {
    %r = arith.shrui %a, %count : !v8i16
    return %r : !v8i16
  }

  //===--- Bits of lanes --------------------------------------------------===//

  // The top bit of each byte.
  func.func @vpmovb2m(%a: !v64i8) -> vector<1xi64>
      attributes {isa.asm = "vpmovb2m|vpcmpgtb"} {
    %zero = arith.constant dense<0> : !v64i8
    %bits = arith.cmpi slt, %a, %zero : !v64i8
    %r = vector.bitcast %bits : vector<64xi1> to vector<1xi64>
    return %r : vector<1xi64>
  }

  // Whether a and b have a common bit, for each byte.
  func.func @vptestmb(%a: !v64i8, %b: !v64i8) -> vector<1xi64>
      attributes {isa.asm = "vptestmb"} {
    %both = arith.andi %a, %b : !v64i8
    %zero = arith.constant dense<0> : !v64i8
    %bits = arith.cmpi ne, %both, %zero : !v64i8
    %r = vector.bitcast %bits : vector<64xi1> to vector<1xi64>
    return %r : vector<1xi64>
  }

  //===--- Tables ---------------------------------------------------------===//

  // Each 128-bit part is a table of its own. An index with bit 7 set names no
  // entry and gives zero.
  func.func @vpshufb(%table: !v64i8, %index: !v64i8) -> !v64i8
      attributes {isa.asm = "vpshufb",
                  isa.intrinsic = "llvm.x86.avx512.pshuf.b.512"} {
    %low = arith.constant dense<15> : !v64i8
    %high = arith.constant dense<-128> : !v64i8
    %mask = arith.ori %low, %high : !v64i8
    %masked = arith.andi %index, %mask : !v64i8
    %index_rows = vector.shape_cast %masked : !v64i8 to vector<4x16xi8>
    %indices = vector.broadcast %index_rows : vector<4x16xi8> to
        vector<16x4x16xi8>
    %entry = arith.constant dense<[[0], [1], [2], [3], [4], [5], [6], [7],
        [8], [9], [10], [11], [12], [13], [14], [15]]> : vector<16x1xi8>
    %entry_3d = vector.shape_cast %entry : vector<16x1xi8> to vector<16x1x1xi8>
    %entries = vector.broadcast %entry_3d : vector<16x1x1xi8> to
        vector<16x4x16xi8>
    %hit = arith.cmpi eq, %entries, %indices : vector<16x4x16xi8>
    %table_rows = vector.shape_cast %table : !v64i8 to vector<4x16xi8>
    %table_columns = vector.transpose %table_rows, [1, 0]
      : vector<4x16xi8> to vector<16x4xi8>
    %value = vector.shape_cast %table_columns
      : vector<16x4xi8> to vector<16x4x1xi8>
    %values = vector.broadcast %value : vector<16x4x1xi8> to vector<16x4x16xi8>
    %none = arith.constant dense<0> : vector<16x4x16xi8>
    %chosen = arith.select %hit, %values, %none : vector<16x4x16xi1>,
        vector<16x4x16xi8>
    %zero = arith.constant dense<0> : vector<4x16xi8>
    %rows = vector.multi_reduction <add>, %chosen, %zero [0]
      : vector<16x4x16xi8> to vector<4x16xi8>
    %r = vector.shape_cast %rows : vector<4x16xi8> to !v64i8
    return %r : !v64i8
  }

  // Lane i is table[index[i]]; zero if the table has no such entry.
  func.func private @lookup_32(%table: !v32i16, %index: !v32i16) -> !v32i16 {
    %entry = arith.constant dense<[[0], [1], [2], [3], [4], [5], [6], [7],
        [8], [9], [10], [11], [12], [13], [14], [15], [16], [17], [18], [19],
        [20], [21], [22], [23], [24], [25], [26], [27], [28], [29], [30], [31]]>
        : vector<32x1xi16>
    %entries = vector.broadcast %entry : vector<32x1xi16> to vector<32x32xi16>
    %indices = vector.broadcast %index : !v32i16 to vector<32x32xi16>
    %hit = arith.cmpi eq, %entries, %indices : vector<32x32xi16>
    %value = vector.shape_cast %table : !v32i16 to vector<32x1xi16>
    %values = vector.broadcast %value : vector<32x1xi16> to vector<32x32xi16>
    %none = arith.constant dense<0> : vector<32x32xi16>
    %chosen = arith.select %hit, %values, %none : vector<32x32xi1>,
        vector<32x32xi16>
    %zero = arith.constant dense<0> : !v32i16
    %r = vector.multi_reduction <add>, %chosen, %zero [0] :
        vector<32x32xi16> to !v32i16
    return %r : !v32i16
  }

  func.func @vpermw(%table: !v32i16, %index: !v32i16) -> !v32i16
      attributes {isa.asm = "vpermw",
                  isa.intrinsic = "llvm.x86.avx512.permvar.hi.512"} {
    %mask = arith.constant dense<31> : !v32i16
    %masked = arith.andi %index, %mask : !v32i16
    %r = call @lookup_32(%table, %masked) : (!v32i16, !v32i16) -> !v32i16
    return %r : !v32i16
  }

  // Lane i is table[index[i]]; zero if the table has no such entry.
  func.func private @lookup_64(%table: !v64i16, %index: !v32i16) -> !v32i16 {
    %entry = arith.constant dense<[[0], [1], [2], [3], [4], [5], [6], [7],
        [8], [9], [10], [11], [12], [13], [14], [15], [16], [17], [18], [19],
        [20], [21], [22], [23], [24], [25], [26], [27], [28], [29], [30], [31],
        [32], [33], [34], [35], [36], [37], [38], [39], [40], [41], [42], [43],
        [44], [45], [46], [47], [48], [49], [50], [51], [52], [53], [54], [55],
        [56], [57], [58], [59], [60], [61], [62], [63]]> : vector<64x1xi16>
    %entries = vector.broadcast %entry : vector<64x1xi16> to vector<64x32xi16>
    %indices = vector.broadcast %index : !v32i16 to vector<64x32xi16>
    %hit = arith.cmpi eq, %entries, %indices : vector<64x32xi16>
    %value = vector.shape_cast %table : !v64i16 to vector<64x1xi16>
    %values = vector.broadcast %value : vector<64x1xi16> to vector<64x32xi16>
    %none = arith.constant dense<0> : vector<64x32xi16>
    %chosen = arith.select %hit, %values, %none : vector<64x32xi1>,
        vector<64x32xi16>
    %zero = arith.constant dense<0> : !v32i16
    %r = vector.multi_reduction <add>, %chosen, %zero [0] :
        vector<64x32xi16> to !v32i16
    return %r : !v32i16
  }

  // A lookup in two registers.
  func.func @vpermi2w(%table0: !v32i16, %index: !v32i16, %table1: !v32i16)
      -> !v32i16
      attributes {isa.asm = "vpermi2w|vpermt2w",
                  isa.intrinsic = "llvm.x86.avx512.vpermi2var.hi.512"} {
    %tables = vector.shuffle %table0, %table1 [0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
        10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27,
        28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45,
        46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63]
        : !v32i16, !v32i16
    %mask = arith.constant dense<63> : !v32i16
    %masked = arith.andi %index, %mask : !v32i16
    %r = call @lookup_64(%tables, %masked) : (!v64i16, !v32i16) -> !v32i16
    return %r : !v32i16
  }

  //===--- Lanes ----------------------------------------------------------===//

  // Signed lanes saturated to signed ones of half the width: of a in the low
  // half of each 128 bits, of b in the high half.
  func.func @vpacksswb(%a: !v32i16, %b: !v32i16) -> !v64i8
      attributes {isa.asm = "vpacksswb",
                  isa.intrinsic = "llvm.x86.avx512.packsswb.512"} {
    %least = arith.constant dense<-128> : !v32i16
    %greatest = arith.constant dense<127> : !v32i16
    %a_least = arith.maxsi %a, %least : !v32i16
    %b_least = arith.maxsi %b, %least : !v32i16
    %a_clamped = arith.minsi %a_least, %greatest : !v32i16
    %b_clamped = arith.minsi %b_least, %greatest : !v32i16
    %a_low = arith.trunci %a_clamped : !v32i16 to vector<32xi8>
    %b_low = arith.trunci %b_clamped : !v32i16 to vector<32xi8>
    %a_low_rows = vector.shape_cast %a_low : vector<32xi8> to vector<4x8xi8>
    %b_low_rows = vector.shape_cast %b_low : vector<32xi8> to vector<4x8xi8>
    %rows = vector.shuffle %a_low_rows, %b_low_rows [0, 4, 1, 5, 2, 6, 3, 7]
        : vector<4x8xi8>, vector<4x8xi8>
    %r = vector.shape_cast %rows : vector<8x8xi8> to !v64i8
    return %r : !v64i8
  }

  // Signed lanes saturated to unsigned ones of half the width: of a in the low
  // half of each 128 bits, of b in the high half.
  func.func @vpackuswb(%a: !v32i16, %b: !v32i16) -> !v64i8
      attributes {isa.asm = "vpackuswb",
                  isa.intrinsic = "llvm.x86.avx512.packuswb.512"} {
    %least = arith.constant dense<0> : !v32i16
    %greatest = arith.constant dense<255> : !v32i16
    %a_least = arith.maxsi %a, %least : !v32i16
    %b_least = arith.maxsi %b, %least : !v32i16
    %a_clamped = arith.minsi %a_least, %greatest : !v32i16
    %b_clamped = arith.minsi %b_least, %greatest : !v32i16
    %a_low = arith.trunci %a_clamped : !v32i16 to vector<32xi8>
    %b_low = arith.trunci %b_clamped : !v32i16 to vector<32xi8>
    %a_low_rows = vector.shape_cast %a_low : vector<32xi8> to vector<4x8xi8>
    %b_low_rows = vector.shape_cast %b_low : vector<32xi8> to vector<4x8xi8>
    %rows = vector.shuffle %a_low_rows, %b_low_rows [0, 4, 1, 5, 2, 6, 3, 7]
        : vector<4x8xi8>, vector<4x8xi8>
    %r = vector.shape_cast %rows : vector<8x8xi8> to !v64i8
    return %r : !v64i8
  }

  // Signed lanes saturated to signed ones of half the width: of a in the low
  // half of each 128 bits, of b in the high half.
  func.func @vpackssdw(%a: !v16i32, %b: !v16i32) -> !v32i16
      attributes {isa.asm = "vpackssdw",
                  isa.intrinsic = "llvm.x86.avx512.packssdw.512"} {
    %least = arith.constant dense<-32768> : !v16i32
    %greatest = arith.constant dense<32767> : !v16i32
    %a_least = arith.maxsi %a, %least : !v16i32
    %b_least = arith.maxsi %b, %least : !v16i32
    %a_clamped = arith.minsi %a_least, %greatest : !v16i32
    %b_clamped = arith.minsi %b_least, %greatest : !v16i32
    %a_low = arith.trunci %a_clamped : !v16i32 to vector<16xi16>
    %b_low = arith.trunci %b_clamped : !v16i32 to vector<16xi16>
    %a_low_rows = vector.shape_cast %a_low : vector<16xi16> to vector<4x4xi16>
    %b_low_rows = vector.shape_cast %b_low : vector<16xi16> to vector<4x4xi16>
    %rows = vector.shuffle %a_low_rows, %b_low_rows [0, 4, 1, 5, 2, 6, 3, 7]
        : vector<4x4xi16>, vector<4x4xi16>
    %r = vector.shape_cast %rows : vector<8x4xi16> to !v32i16
    return %r : !v32i16
  }

  // Signed lanes saturated to unsigned ones of half the width: of a in the low
  // half of each 128 bits, of b in the high half.
  func.func @vpackusdw(%a: !v16i32, %b: !v16i32) -> !v32i16
      attributes {isa.asm = "vpackusdw",
                  isa.intrinsic = "llvm.x86.avx512.packusdw.512"} {
    %least = arith.constant dense<0> : !v16i32
    %greatest = arith.constant dense<65535> : !v16i32
    %a_least = arith.maxsi %a, %least : !v16i32
    %b_least = arith.maxsi %b, %least : !v16i32
    %a_clamped = arith.minsi %a_least, %greatest : !v16i32
    %b_clamped = arith.minsi %b_least, %greatest : !v16i32
    %a_low = arith.trunci %a_clamped : !v16i32 to vector<16xi16>
    %b_low = arith.trunci %b_clamped : !v16i32 to vector<16xi16>
    %a_low_rows = vector.shape_cast %a_low : vector<16xi16> to vector<4x4xi16>
    %b_low_rows = vector.shape_cast %b_low : vector<16xi16> to vector<4x4xi16>
    %rows = vector.shuffle %a_low_rows, %b_low_rows [0, 4, 1, 5, 2, 6, 3, 7]
        : vector<4x4xi16>, vector<4x4xi16>
    %r = vector.shape_cast %rows : vector<8x4xi16> to !v32i16
    return %r : !v32i16
  }

  func.func @vpunpcklbw(%a: !v64i8, %b: !v64i8) -> !v64i8
      attributes {isa.asm = "vpunpcklbw"} {
    %r = vector.shuffle %a, %b [0, 64, 1, 65, 2, 66, 3, 67, 4, 68, 5, 69, 6,
        70, 7, 71, 16, 80, 17, 81, 18, 82, 19, 83, 20, 84, 21, 85, 22, 86, 23,
        87, 32, 96, 33, 97, 34, 98, 35, 99, 36, 100, 37, 101, 38, 102, 39, 103,
        48, 112, 49, 113, 50, 114, 51, 115, 52, 116, 53, 117, 54, 118, 55, 119]
        : !v64i8, !v64i8
    return %r : !v64i8
  }

  func.func @vpunpckhbw(%a: !v64i8, %b: !v64i8) -> !v64i8
      attributes {isa.asm = "vpunpckhbw"} {
    %r = vector.shuffle %a, %b [8, 72, 9, 73, 10, 74, 11, 75, 12, 76, 13,
        77, 14, 78, 15, 79, 24, 88, 25, 89, 26, 90, 27, 91, 28, 92, 29, 93, 30,
        94, 31, 95, 40, 104, 41, 105, 42, 106, 43, 107, 44, 108, 45, 109, 46,
        110, 47, 111, 56, 120, 57, 121, 58, 122, 59, 123, 60, 124, 61, 125, 62,
        126, 63, 127] : !v64i8, !v64i8
    return %r : !v64i8
  }

  func.func @vpunpcklwd(%a: !v32i16, %b: !v32i16) -> !v32i16
      attributes {isa.asm = "vpunpcklwd"} {
    %r = vector.shuffle %a, %b [0, 32, 1, 33, 2, 34, 3, 35, 8, 40, 9, 41,
        10, 42, 11, 43, 16, 48, 17, 49, 18, 50, 19, 51, 24, 56, 25, 57, 26, 58,
        27, 59] : !v32i16, !v32i16
    return %r : !v32i16
  }

  func.func @vpunpckhwd(%a: !v32i16, %b: !v32i16) -> !v32i16
      attributes {isa.asm = "vpunpckhwd"} {
    %r = vector.shuffle %a, %b [4, 36, 5, 37, 6, 38, 7, 39, 12, 44, 13, 45,
        14, 46, 15, 47, 20, 52, 21, 53, 22, 54, 23, 55, 28, 60, 29, 61, 30, 62,
        31, 63] : !v32i16, !v32i16
    return %r : !v32i16
  }

  func.func @vpmovzxbw(%a: !v32i8) -> !v32i16
      attributes {isa.asm = "vpmovzxbw"} {
    %r = arith.extui %a : !v32i8 to !v32i16
    return %r : !v32i16
  }

  func.func @vpmovsxbw(%a: !v32i8) -> !v32i16
      attributes {isa.asm = "vpmovsxbw"} {
    %r = arith.extsi %a : !v32i8 to !v32i16
    return %r : !v32i16
  }

  func.func @vpmovwb(%a: !v32i16) -> !v32i8 attributes {isa.asm = "vpmovwb"} {
    %r = arith.trunci %a : !v32i16 to !v32i8
    return %r : !v32i8
  }

  func.func @vpbroadcastb(%a: !v16i8) -> !v64i8
      attributes {isa.asm = "vpbroadcastb"} {
    %r = vector.shuffle %a, %a [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0] : !v16i8, !v16i8
    return %r : !v64i8
  }

  func.func @vpbroadcastw(%a: !v8i16) -> !v32i16
      attributes {isa.asm = "vpbroadcastw"} {
    %r = vector.shuffle %a, %a [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] : !v8i16, !v8i16
    return %r : !v32i16
  }

}
