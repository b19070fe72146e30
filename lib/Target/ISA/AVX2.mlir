// AVX2.mlir: 256-bit integer vectors.
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The lanes of 128 bits count as separate registers for most of what moves
// bytes.

!v4i8 = vector<4xi8>
!v8i8 = vector<8xi8>
!v16i8 = vector<16xi8>
!v32i8 = vector<32xi8>
!v4i16 = vector<4xi16>
!v8i16 = vector<8xi16>
!v16i16 = vector<16xi16>
!v4i32 = vector<4xi32>
!v8i32 = vector<8xi32>
!v2i64 = vector<2xi64>
!v4i64 = vector<4xi64>

module @avx2 attributes {isa.arch = "x86-64", isa.feature = "avx2"} {

  //===--- Bits -----------------------------------------------------------===//

  func.func @vpand(%a: !v32i8, %b: !v32i8) -> !v32i8
      attributes {isa.asm = "vpand|vandps"} {
    %r = arith.andi %a, %b : !v32i8
    return %r : !v32i8
  }

  func.func @vpor(%a: !v32i8, %b: !v32i8) -> !v32i8
      attributes {isa.asm = "vpor|vorps"} {
    %r = arith.ori %a, %b : !v32i8
    return %r : !v32i8
  }

  func.func @vpxor(%a: !v32i8, %b: !v32i8) -> !v32i8
      attributes {isa.asm = "vpxor|vxorps"} {
    %r = arith.xori %a, %b : !v32i8
    return %r : !v32i8
  }

  // Not a, and b.
  func.func @vpandn(%a: !v32i8, %b: !v32i8) -> !v32i8
      attributes {isa.asm = "vpandn|vandnps"} {
    %ones = arith.constant dense<-1> : !v32i8
    %not_a = arith.xori %a, %ones : !v32i8
    %r = arith.andi %not_a, %b : !v32i8
    return %r : !v32i8
  }

  // b where the top bit of the mask is set.
  func.func @vpblendvb(%a: !v32i8, %b: !v32i8, %mask: !v32i8) -> !v32i8
      attributes {isa.asm = "vpblendvb",
                  isa.intrinsic = "llvm.x86.avx2.pblendvb"} {
    %zero = arith.constant dense<0> : !v32i8
    %take_b = arith.cmpi slt, %mask, %zero : !v32i8
    %r = arith.select %take_b, %b, %a : vector<32xi1>, !v32i8
    return %r : !v32i8
  }

  //===--- Sums and products ----------------------------------------------===//

  func.func @vpaddb(%a: !v32i8, %b: !v32i8) -> !v32i8
      attributes {isa.asm = "vpaddb"} {
    %r = arith.addi %a, %b : !v32i8
    return %r : !v32i8
  }

  func.func @vpaddw(%a: !v16i16, %b: !v16i16) -> !v16i16
      attributes {isa.asm = "vpaddw"} {
    %r = arith.addi %a, %b : !v16i16
    return %r : !v16i16
  }

  func.func @vpaddd(%a: !v8i32, %b: !v8i32) -> !v8i32
      attributes {isa.asm = "vpaddd"} {
    %r = arith.addi %a, %b : !v8i32
    return %r : !v8i32
  }

  func.func @vpaddq(%a: !v4i64, %b: !v4i64) -> !v4i64
      attributes {isa.asm = "vpaddq"} {
    %r = arith.addi %a, %b : !v4i64
    return %r : !v4i64
  }

  func.func @vpsubb(%a: !v32i8, %b: !v32i8) -> !v32i8
      attributes {isa.asm = "vpsubb"} {
    %r = arith.subi %a, %b : !v32i8
    return %r : !v32i8
  }

  func.func @vpsubw(%a: !v16i16, %b: !v16i16) -> !v16i16
      attributes {isa.asm = "vpsubw"} {
    %r = arith.subi %a, %b : !v16i16
    return %r : !v16i16
  }

  func.func @vpsubd(%a: !v8i32, %b: !v8i32) -> !v8i32
      attributes {isa.asm = "vpsubd"} {
    %r = arith.subi %a, %b : !v8i32
    return %r : !v8i32
  }

  func.func @vpsubq(%a: !v4i64, %b: !v4i64) -> !v4i64
      attributes {isa.asm = "vpsubq"} {
    %r = arith.subi %a, %b : !v4i64
    return %r : !v4i64
  }

  // The sum of |a - b| over eight unsigned bytes.
  func.func @vpsadbw(%a: !v32i8, %b: !v32i8) -> !v4i64
      attributes {isa.asm = "vpsadbw",
                  isa.intrinsic = "llvm.x86.avx2.psad.bw"} {
    %max = arith.maxui %a, %b : !v32i8
    %min = arith.minui %a, %b : !v32i8
    %difference = arith.subi %max, %min : !v32i8
    %wide = arith.extui %difference : !v32i8 to vector<32xi64>
    %rows = vector.shape_cast %wide : vector<32xi64> to vector<4x8xi64>
    %zero = arith.constant dense<0> : !v4i64
    %r = vector.multi_reduction <add>, %rows, %zero [1]
      : vector<4x8xi64> to !v4i64
    return %r : !v4i64
  }

  // Unsigned bytes of a times signed bytes of b; sums of two, saturating.
  func.func @vpmaddubsw(%a: !v32i8, %b: !v32i8) -> !v16i16
      attributes {isa.asm = "vpmaddubsw",
                  isa.intrinsic = "llvm.x86.avx2.pmadd.ub.sw"} {
    %a_wide = arith.extui %a : !v32i8 to vector<32xi32>
    %b_wide = arith.extsi %b : !v32i8 to vector<32xi32>
    %products = arith.muli %a_wide, %b_wide : vector<32xi32>
    %even, %odd = vector.deinterleave %products : vector<32xi32> ->
        vector<16xi32>
    %sum = arith.addi %even, %odd : vector<16xi32>
    %least = arith.constant dense<-32768> : vector<16xi32>
    %greatest = arith.constant dense<32767> : vector<16xi32>
    %at_least = arith.maxsi %sum, %least : vector<16xi32>
    %clamped = arith.minsi %at_least, %greatest : vector<16xi32>
    %r = arith.trunci %clamped : vector<16xi32> to !v16i16
    return %r : !v16i16
  }

  // Signed products, sums of two.
  func.func @vpmaddwd(%a: !v16i16, %b: !v16i16) -> !v8i32
      attributes {isa.asm = "vpmaddwd",
                  isa.intrinsic = "llvm.x86.avx2.pmadd.wd"} {
    %a_wide = arith.extsi %a : !v16i16 to vector<16xi32>
    %b_wide = arith.extsi %b : !v16i16 to vector<16xi32>
    %products = arith.muli %a_wide, %b_wide : vector<16xi32>
    %even, %odd = vector.deinterleave %products : vector<16xi32> -> !v8i32
    %r = arith.addi %even, %odd : !v8i32
    return %r : !v8i32
  }

  func.func @vpmullw(%a: !v16i16, %b: !v16i16) -> !v16i16
      attributes {isa.asm = "vpmullw"} {
    %r = arith.muli %a, %b : !v16i16
    return %r : !v16i16
  }

  func.func @vpmulld(%a: !v8i32, %b: !v8i32) -> !v8i32
      attributes {isa.asm = "vpmulld"} {
    %r = arith.muli %a, %b : !v8i32
    return %r : !v8i32
  }

  // Sums of two neighbours: of a in the low half of each 128 bits, of b in the
  // high half.
  func.func @vphaddw(%a: !v16i16, %b: !v16i16) -> !v16i16
      attributes {isa.asm = "vphaddw",
                  isa.intrinsic = "llvm.x86.avx2.phadd.w"} {
    %a_even, %a_odd = vector.deinterleave %a : !v16i16 -> vector<8xi16>
    %b_even, %b_odd = vector.deinterleave %b : !v16i16 -> vector<8xi16>
    %a_sums = arith.addi %a_even, %a_odd : vector<8xi16>
    %b_sums = arith.addi %b_even, %b_odd : vector<8xi16>
    %a_sums_rows = vector.shape_cast %a_sums : vector<8xi16> to vector<2x4xi16>
    %b_sums_rows = vector.shape_cast %b_sums : vector<8xi16> to vector<2x4xi16>
    %rows = vector.shuffle %a_sums_rows, %b_sums_rows [0, 2, 1, 3] :
        vector<2x4xi16>, vector<2x4xi16>
    %r = vector.shape_cast %rows : vector<4x4xi16> to !v16i16
    return %r : !v16i16
  }

  // Sums of two neighbours: of a in the low half of each 128 bits, of b in the
  // high half.
  func.func @vphaddd(%a: !v8i32, %b: !v8i32) -> !v8i32
      attributes {isa.asm = "vphaddd",
                  isa.intrinsic = "llvm.x86.avx2.phadd.d"} {
    %a_even, %a_odd = vector.deinterleave %a : !v8i32 -> vector<4xi32>
    %b_even, %b_odd = vector.deinterleave %b : !v8i32 -> vector<4xi32>
    %a_sums = arith.addi %a_even, %a_odd : vector<4xi32>
    %b_sums = arith.addi %b_even, %b_odd : vector<4xi32>
    %a_sums_rows = vector.shape_cast %a_sums : vector<4xi32> to vector<2x2xi32>
    %b_sums_rows = vector.shape_cast %b_sums : vector<4xi32> to vector<2x2xi32>
    %rows = vector.shuffle %a_sums_rows, %b_sums_rows [0, 2, 1, 3] :
        vector<2x2xi32>, vector<2x2xi32>
    %r = vector.shape_cast %rows : vector<4x2xi32> to !v8i32
    return %r : !v8i32
  }

  //===--- Shifts ---------------------------------------------------------===//

  func.func @vpsllw(%a: !v16i16, %count: i16) -> !v16i16
      attributes {isa.asm = "vpsllw", isa.immediates = [[0, 15]]} {
    %count_v = vector.broadcast %count : i16 to !v16i16
    %r = arith.shli %a, %count_v : !v16i16
    return %r : !v16i16
  }

  func.func @vpsrlw(%a: !v16i16, %count: i16) -> !v16i16
      attributes {isa.asm = "vpsrlw", isa.immediates = [[0, 15]]} {
    %count_v = vector.broadcast %count : i16 to !v16i16
    %r = arith.shrui %a, %count_v : !v16i16
    return %r : !v16i16
  }

  func.func @vpsraw(%a: !v16i16, %count: i16) -> !v16i16
      attributes {isa.asm = "vpsraw", isa.immediates = [[0, 15]]} {
    %count_v = vector.broadcast %count : i16 to !v16i16
    %r = arith.shrsi %a, %count_v : !v16i16
    return %r : !v16i16
  }

  func.func @vpslld(%a: !v8i32, %count: i32) -> !v8i32
      attributes {isa.asm = "vpslld", isa.immediates = [[0, 31]]} {
    %count_v = vector.broadcast %count : i32 to !v8i32
    %r = arith.shli %a, %count_v : !v8i32
    return %r : !v8i32
  }

  func.func @vpsrld(%a: !v8i32, %count: i32) -> !v8i32
      attributes {isa.asm = "vpsrld", isa.immediates = [[0, 31]]} {
    %count_v = vector.broadcast %count : i32 to !v8i32
    %r = arith.shrui %a, %count_v : !v8i32
    return %r : !v8i32
  }

  func.func @vpsrad(%a: !v8i32, %count: i32) -> !v8i32
      attributes {isa.asm = "vpsrad", isa.immediates = [[0, 31]]} {
    %count_v = vector.broadcast %count : i32 to !v8i32
    %r = arith.shrsi %a, %count_v : !v8i32
    return %r : !v8i32
  }

  func.func @vpsllq(%a: !v4i64, %count: i64) -> !v4i64
      attributes {isa.asm = "vpsllq", isa.immediates = [[0, 63]]} {
    %count_v = vector.broadcast %count : i64 to !v4i64
    %r = arith.shli %a, %count_v : !v4i64
    return %r : !v4i64
  }

  func.func @vpsrlq(%a: !v4i64, %count: i64) -> !v4i64
      attributes {isa.asm = "vpsrlq", isa.immediates = [[0, 63]]} {
    %count_v = vector.broadcast %count : i64 to !v4i64
    %r = arith.shrui %a, %count_v : !v4i64
    return %r : !v4i64
  }

  func.func @vpsllvd(%a: !v8i32, %count: !v8i32) -> !v8i32
      attributes {isa.asm = "vpsllvd",
                  isa.intrinsic = "llvm.x86.avx2.psllv.d.256"} {
    %r = arith.shli %a, %count : !v8i32
    return %r : !v8i32
  }

  func.func @vpsllvd_128(%a: !v4i32, %count: !v4i32) -> !v4i32
      attributes {isa.asm = "vpsllvd",
                  isa.intrinsic = "llvm.x86.avx2.psllv.d"} {
    %r = arith.shli %a, %count : !v4i32
    return %r : !v4i32
  }

  func.func @vpsrlvd(%a: !v8i32, %count: !v8i32) -> !v8i32
      attributes {isa.asm = "vpsrlvd",
                  isa.intrinsic = "llvm.x86.avx2.psrlv.d.256"} {
    %r = arith.shrui %a, %count : !v8i32
    return %r : !v8i32
  }

  func.func @vpsrlvd_128(%a: !v4i32, %count: !v4i32) -> !v4i32
      attributes {isa.asm = "vpsrlvd",
                  isa.intrinsic = "llvm.x86.avx2.psrlv.d"} {
    %r = arith.shrui %a, %count : !v4i32
    return %r : !v4i32
  }

  func.func @vpsllvq(%a: !v4i64, %count: !v4i64) -> !v4i64
      attributes {isa.asm = "vpsllvq",
                  isa.intrinsic = "llvm.x86.avx2.psllv.q.256"} {
    %r = arith.shli %a, %count : !v4i64
    return %r : !v4i64
  }

  func.func @vpsllvq_128(%a: !v2i64, %count: !v2i64) -> !v2i64
      attributes {isa.asm = "vpsllvq",
                  isa.intrinsic = "llvm.x86.avx2.psllv.q"} {
    %r = arith.shli %a, %count : !v2i64
    return %r : !v2i64
  }

  func.func @vpsrlvq(%a: !v4i64, %count: !v4i64) -> !v4i64
      attributes {isa.asm = "vpsrlvq",
                  isa.intrinsic = "llvm.x86.avx2.psrlv.q.256"} {
    %r = arith.shrui %a, %count : !v4i64
    return %r : !v4i64
  }

  func.func @vpsrlvq_128(%a: !v2i64, %count: !v2i64) -> !v2i64
      attributes {isa.asm = "vpsrlvq",
                  isa.intrinsic = "llvm.x86.avx2.psrlv.q"} {
    %r = arith.shrui %a, %count : !v2i64
    return %r : !v2i64
  }

  //===--- Comparisons ----------------------------------------------------===//
  //
  // A lane of all ones stands for true.

  func.func @vpcmpeqb(%a: !v32i8, %b: !v32i8) -> !v32i8
      attributes {isa.asm = "vpcmpeqb"} {
    %true = arith.cmpi eq, %a, %b : !v32i8
    %r = arith.extsi %true : vector<32xi1> to !v32i8
    return %r : !v32i8
  }

  func.func @vpcmpgtb(%a: !v32i8, %b: !v32i8) -> !v32i8
      attributes {isa.asm = "vpcmpgtb"} {
    %true = arith.cmpi sgt, %a, %b : !v32i8
    %r = arith.extsi %true : vector<32xi1> to !v32i8
    return %r : !v32i8
  }

  func.func @vpcmpeqw(%a: !v16i16, %b: !v16i16) -> !v16i16
      attributes {isa.asm = "vpcmpeqw"} {
    %true = arith.cmpi eq, %a, %b : !v16i16
    %r = arith.extsi %true : vector<16xi1> to !v16i16
    return %r : !v16i16
  }

  func.func @vpcmpgtw(%a: !v16i16, %b: !v16i16) -> !v16i16
      attributes {isa.asm = "vpcmpgtw"} {
    %true = arith.cmpi sgt, %a, %b : !v16i16
    %r = arith.extsi %true : vector<16xi1> to !v16i16
    return %r : !v16i16
  }

  func.func @vpcmpeqd(%a: !v8i32, %b: !v8i32) -> !v8i32
      attributes {isa.asm = "vpcmpeqd"} {
    %true = arith.cmpi eq, %a, %b : !v8i32
    %r = arith.extsi %true : vector<8xi1> to !v8i32
    return %r : !v8i32
  }

  func.func @vpcmpgtd(%a: !v8i32, %b: !v8i32) -> !v8i32
      attributes {isa.asm = "vpcmpgtd"} {
    %true = arith.cmpi sgt, %a, %b : !v8i32
    %r = arith.extsi %true : vector<8xi1> to !v8i32
    return %r : !v8i32
  }

  func.func @vpcmpeqq(%a: !v4i64, %b: !v4i64) -> !v4i64
      attributes {isa.asm = "vpcmpeqq"} {
    %true = arith.cmpi eq, %a, %b : !v4i64
    %r = arith.extsi %true : vector<4xi1> to !v4i64
    return %r : !v4i64
  }

  func.func @vpcmpgtq(%a: !v4i64, %b: !v4i64) -> !v4i64
      attributes {isa.asm = "vpcmpgtq"} {
    %true = arith.cmpi sgt, %a, %b : !v4i64
    %r = arith.extsi %true : vector<4xi1> to !v4i64
    return %r : !v4i64
  }

  func.func @vpminub(%a: !v32i8, %b: !v32i8) -> !v32i8
      attributes {isa.asm = "vpminub"} {
    %r = arith.minui %a, %b : !v32i8
    return %r : !v32i8
  }

  func.func @vpmaxub(%a: !v32i8, %b: !v32i8) -> !v32i8
      attributes {isa.asm = "vpmaxub"} {
    %r = arith.maxui %a, %b : !v32i8
    return %r : !v32i8
  }

  // The top bit of each byte.
  func.func @vpmovmskb(%a: !v32i8) -> i32
      attributes {isa.asm = "vpmovmskb",
                  isa.intrinsic = "llvm.x86.avx2.pmovmskb"} {
    %zero = arith.constant dense<0> : !v32i8
    %bits = arith.cmpi slt, %a, %zero : !v32i8
    %mask = vector.bitcast %bits : vector<32xi1> to vector<1xi32>
    %r = vector.extract %mask[0] : i32 from vector<1xi32>
    return %r : i32
  }

  //===--- Tables ---------------------------------------------------------===//

  // Each 128-bit part is a table of its own. An index with bit 7 set names no
  // entry and gives zero.
  func.func @vpshufb(%table: !v32i8, %index: !v32i8) -> !v32i8
      attributes {isa.asm = "vpshufb",
                  isa.intrinsic = "llvm.x86.avx2.pshuf.b"} {
    %low = arith.constant dense<15> : !v32i8
    %high = arith.constant dense<-128> : !v32i8
    %mask = arith.ori %low, %high : !v32i8
    %masked = arith.andi %index, %mask : !v32i8
    %index_rows = vector.shape_cast %masked : !v32i8 to vector<2x16xi8>
    %indices = vector.broadcast %index_rows : vector<2x16xi8> to
        vector<16x2x16xi8>
    %entry = arith.constant dense<[[0], [1], [2], [3], [4], [5], [6], [7],
        [8], [9], [10], [11], [12], [13], [14], [15]]> : vector<16x1xi8>
    %entry_3d = vector.shape_cast %entry : vector<16x1xi8> to vector<16x1x1xi8>
    %entries = vector.broadcast %entry_3d : vector<16x1x1xi8> to
        vector<16x2x16xi8>
    %hit = arith.cmpi eq, %entries, %indices : vector<16x2x16xi8>
    %table_rows = vector.shape_cast %table : !v32i8 to vector<2x16xi8>
    %table_columns = vector.transpose %table_rows, [1, 0]
      : vector<2x16xi8> to vector<16x2xi8>
    %value = vector.shape_cast %table_columns
      : vector<16x2xi8> to vector<16x2x1xi8>
    %values = vector.broadcast %value : vector<16x2x1xi8> to vector<16x2x16xi8>
    %none = arith.constant dense<0> : vector<16x2x16xi8>
    %chosen = arith.select %hit, %values, %none : vector<16x2x16xi1>,
        vector<16x2x16xi8>
    %zero = arith.constant dense<0> : vector<2x16xi8>
    %rows = vector.multi_reduction <add>, %chosen, %zero [0]
      : vector<16x2x16xi8> to vector<2x16xi8>
    %r = vector.shape_cast %rows : vector<2x16xi8> to !v32i8
    return %r : !v32i8
  }

  // Lane i is table[index[i]]; zero if the table has no such entry.
  func.func private @lookup_8(%table: !v8i32, %index: !v8i32) -> !v8i32 {
    %entry = arith.constant dense<[[0], [1], [2], [3], [4], [5], [6], [7]]>
        : vector<8x1xi32>
    %entries = vector.broadcast %entry : vector<8x1xi32> to vector<8x8xi32>
    %indices = vector.broadcast %index : !v8i32 to vector<8x8xi32>
    %hit = arith.cmpi eq, %entries, %indices : vector<8x8xi32>
    %value = vector.shape_cast %table : !v8i32 to vector<8x1xi32>
    %values = vector.broadcast %value : vector<8x1xi32> to vector<8x8xi32>
    %none = arith.constant dense<0> : vector<8x8xi32>
    %chosen = arith.select %hit, %values, %none : vector<8x8xi1>,
        vector<8x8xi32>
    %zero = arith.constant dense<0> : !v8i32
    %r = vector.multi_reduction <add>, %chosen, %zero [0] : vector<8x8xi32>
        to !v8i32
    return %r : !v8i32
  }

  func.func @vpermd(%table: !v8i32, %index: !v8i32) -> !v8i32
      attributes {isa.asm = "vpermd|vpermps",
                  isa.intrinsic = "llvm.x86.avx2.permd"} {
    %mask = arith.constant dense<7> : !v8i32
    %masked = arith.andi %index, %mask : !v8i32
    %r = call @lookup_8(%table, %masked) : (!v8i32, !v8i32) -> !v8i32
    return %r : !v8i32
  }

  //===--- Lanes ----------------------------------------------------------===//

  // Signed lanes saturated to signed ones of half the width: of a in the low
  // half of each 128 bits, of b in the high half.
  func.func @vpacksswb(%a: !v16i16, %b: !v16i16) -> !v32i8
      attributes {isa.asm = "vpacksswb",
                  isa.intrinsic = "llvm.x86.avx2.packsswb"} {
    %least = arith.constant dense<-128> : !v16i16
    %greatest = arith.constant dense<127> : !v16i16
    %a_least = arith.maxsi %a, %least : !v16i16
    %b_least = arith.maxsi %b, %least : !v16i16
    %a_clamped = arith.minsi %a_least, %greatest : !v16i16
    %b_clamped = arith.minsi %b_least, %greatest : !v16i16
    %a_low = arith.trunci %a_clamped : !v16i16 to vector<16xi8>
    %b_low = arith.trunci %b_clamped : !v16i16 to vector<16xi8>
    %a_low_rows = vector.shape_cast %a_low : vector<16xi8> to vector<2x8xi8>
    %b_low_rows = vector.shape_cast %b_low : vector<16xi8> to vector<2x8xi8>
    %rows = vector.shuffle %a_low_rows, %b_low_rows [0, 2, 1, 3] :
        vector<2x8xi8>, vector<2x8xi8>
    %r = vector.shape_cast %rows : vector<4x8xi8> to !v32i8
    return %r : !v32i8
  }

  // Signed lanes saturated to unsigned ones of half the width: of a in the low
  // half of each 128 bits, of b in the high half.
  func.func @vpackuswb(%a: !v16i16, %b: !v16i16) -> !v32i8
      attributes {isa.asm = "vpackuswb",
                  isa.intrinsic = "llvm.x86.avx2.packuswb"} {
    %least = arith.constant dense<0> : !v16i16
    %greatest = arith.constant dense<255> : !v16i16
    %a_least = arith.maxsi %a, %least : !v16i16
    %b_least = arith.maxsi %b, %least : !v16i16
    %a_clamped = arith.minsi %a_least, %greatest : !v16i16
    %b_clamped = arith.minsi %b_least, %greatest : !v16i16
    %a_low = arith.trunci %a_clamped : !v16i16 to vector<16xi8>
    %b_low = arith.trunci %b_clamped : !v16i16 to vector<16xi8>
    %a_low_rows = vector.shape_cast %a_low : vector<16xi8> to vector<2x8xi8>
    %b_low_rows = vector.shape_cast %b_low : vector<16xi8> to vector<2x8xi8>
    %rows = vector.shuffle %a_low_rows, %b_low_rows [0, 2, 1, 3] :
        vector<2x8xi8>, vector<2x8xi8>
    %r = vector.shape_cast %rows : vector<4x8xi8> to !v32i8
    return %r : !v32i8
  }

  // Signed lanes saturated to signed ones of half the width: of a in the low
  // half of each 128 bits, of b in the high half.
  func.func @vpackssdw(%a: !v8i32, %b: !v8i32) -> !v16i16
      attributes {isa.asm = "vpackssdw",
                  isa.intrinsic = "llvm.x86.avx2.packssdw"} {
    %least = arith.constant dense<-32768> : !v8i32
    %greatest = arith.constant dense<32767> : !v8i32
    %a_least = arith.maxsi %a, %least : !v8i32
    %b_least = arith.maxsi %b, %least : !v8i32
    %a_clamped = arith.minsi %a_least, %greatest : !v8i32
    %b_clamped = arith.minsi %b_least, %greatest : !v8i32
    %a_low = arith.trunci %a_clamped : !v8i32 to vector<8xi16>
    %b_low = arith.trunci %b_clamped : !v8i32 to vector<8xi16>
    %a_low_rows = vector.shape_cast %a_low : vector<8xi16> to vector<2x4xi16>
    %b_low_rows = vector.shape_cast %b_low : vector<8xi16> to vector<2x4xi16>
    %rows = vector.shuffle %a_low_rows, %b_low_rows [0, 2, 1, 3] :
        vector<2x4xi16>, vector<2x4xi16>
    %r = vector.shape_cast %rows : vector<4x4xi16> to !v16i16
    return %r : !v16i16
  }

  // Signed lanes saturated to unsigned ones of half the width: of a in the low
  // half of each 128 bits, of b in the high half.
  func.func @vpackusdw(%a: !v8i32, %b: !v8i32) -> !v16i16
      attributes {isa.asm = "vpackusdw",
                  isa.intrinsic = "llvm.x86.avx2.packusdw"} {
    %least = arith.constant dense<0> : !v8i32
    %greatest = arith.constant dense<65535> : !v8i32
    %a_least = arith.maxsi %a, %least : !v8i32
    %b_least = arith.maxsi %b, %least : !v8i32
    %a_clamped = arith.minsi %a_least, %greatest : !v8i32
    %b_clamped = arith.minsi %b_least, %greatest : !v8i32
    %a_low = arith.trunci %a_clamped : !v8i32 to vector<8xi16>
    %b_low = arith.trunci %b_clamped : !v8i32 to vector<8xi16>
    %a_low_rows = vector.shape_cast %a_low : vector<8xi16> to vector<2x4xi16>
    %b_low_rows = vector.shape_cast %b_low : vector<8xi16> to vector<2x4xi16>
    %rows = vector.shuffle %a_low_rows, %b_low_rows [0, 2, 1, 3] :
        vector<2x4xi16>, vector<2x4xi16>
    %r = vector.shape_cast %rows : vector<4x4xi16> to !v16i16
    return %r : !v16i16
  }

  func.func @vpunpcklbw(%a: !v32i8, %b: !v32i8) -> !v32i8
      attributes {isa.asm = "vpunpcklbw"} {
    %r = vector.shuffle %a, %b [0, 32, 1, 33, 2, 34, 3, 35, 4, 36, 5, 37, 6,
        38, 7, 39, 16, 48, 17, 49, 18, 50, 19, 51, 20, 52, 21, 53, 22, 54, 23,
        55] : !v32i8, !v32i8
    return %r : !v32i8
  }

  func.func @vpunpckhbw(%a: !v32i8, %b: !v32i8) -> !v32i8
      attributes {isa.asm = "vpunpckhbw"} {
    %r = vector.shuffle %a, %b [8, 40, 9, 41, 10, 42, 11, 43, 12, 44, 13,
        45, 14, 46, 15, 47, 24, 56, 25, 57, 26, 58, 27, 59, 28, 60, 29, 61, 30,
        62, 31, 63] : !v32i8, !v32i8
    return %r : !v32i8
  }

  func.func @vpunpcklwd(%a: !v16i16, %b: !v16i16) -> !v16i16
      attributes {isa.asm = "vpunpcklwd"} {
    %r = vector.shuffle %a, %b [0, 16, 1, 17, 2, 18, 3, 19, 8, 24, 9, 25,
        10, 26, 11, 27] : !v16i16, !v16i16
    return %r : !v16i16
  }

  func.func @vpunpckhwd(%a: !v16i16, %b: !v16i16) -> !v16i16
      attributes {isa.asm = "vpunpckhwd"} {
    %r = vector.shuffle %a, %b [4, 20, 5, 21, 6, 22, 7, 23, 12, 28, 13, 29,
        14, 30, 15, 31] : !v16i16, !v16i16
    return %r : !v16i16
  }

  func.func @vpunpckldq(%a: !v8i32, %b: !v8i32) -> !v8i32
      attributes {isa.asm = "vpunpckldq|vunpcklps"} {
    %r = vector.shuffle %a, %b [0, 8, 1, 9, 4, 12, 5, 13] : !v8i32, !v8i32
    return %r : !v8i32
  }

  func.func @vpunpckhdq(%a: !v8i32, %b: !v8i32) -> !v8i32
      attributes {isa.asm = "vpunpckhdq|vunpckhps"} {
    %r = vector.shuffle %a, %b [2, 10, 3, 11, 6, 14, 7, 15] : !v8i32, !v8i32
    return %r : !v8i32
  }

  func.func @vpunpcklqdq(%a: !v4i64, %b: !v4i64) -> !v4i64
      attributes {isa.asm = "vpunpcklqdq|vunpcklpd"} {
    %r = vector.shuffle %a, %b [0, 4, 2, 6] : !v4i64, !v4i64
    return %r : !v4i64
  }

  func.func @vpunpckhqdq(%a: !v4i64, %b: !v4i64) -> !v4i64
      attributes {isa.asm = "vpunpckhqdq|vunpckhpd"} {
    %r = vector.shuffle %a, %b [1, 5, 3, 7] : !v4i64, !v4i64
    return %r : !v4i64
  }

  func.func @vpmovzxbw(%a: !v16i8) -> !v16i16
      attributes {isa.asm = "vpmovzxbw"} {
    %r = arith.extui %a : !v16i8 to !v16i16
    return %r : !v16i16
  }

  func.func @vpmovsxbw(%a: !v16i8) -> !v16i16
      attributes {isa.asm = "vpmovsxbw"} {
    %r = arith.extsi %a : !v16i8 to !v16i16
    return %r : !v16i16
  }

  func.func @vpmovzxbd(%a: !v8i8) -> !v8i32 attributes {isa.asm = "vpmovzxbd"} {
    %r = arith.extui %a : !v8i8 to !v8i32
    return %r : !v8i32
  }

  func.func @vpmovsxbd(%a: !v8i8) -> !v8i32 attributes {isa.asm = "vpmovsxbd"} {
    %r = arith.extsi %a : !v8i8 to !v8i32
    return %r : !v8i32
  }

  func.func @vpmovzxbq(%a: !v4i8) -> !v4i64 attributes {isa.asm = "vpmovzxbq"} {
    %r = arith.extui %a : !v4i8 to !v4i64
    return %r : !v4i64
  }

  func.func @vpmovsxbq(%a: !v4i8) -> !v4i64 attributes {isa.asm = "vpmovsxbq"} {
    %r = arith.extsi %a : !v4i8 to !v4i64
    return %r : !v4i64
  }

  func.func @vpmovzxwd(%a: !v8i16) -> !v8i32
      attributes {isa.asm = "vpmovzxwd"} {
    %r = arith.extui %a : !v8i16 to !v8i32
    return %r : !v8i32
  }

  func.func @vpmovsxwd(%a: !v8i16) -> !v8i32
      attributes {isa.asm = "vpmovsxwd"} {
    %r = arith.extsi %a : !v8i16 to !v8i32
    return %r : !v8i32
  }

  func.func @vpmovzxwq(%a: !v4i16) -> !v4i64
      attributes {isa.asm = "vpmovzxwq"} {
    %r = arith.extui %a : !v4i16 to !v4i64
    return %r : !v4i64
  }

  func.func @vpmovsxwq(%a: !v4i16) -> !v4i64
      attributes {isa.asm = "vpmovsxwq"} {
    %r = arith.extsi %a : !v4i16 to !v4i64
    return %r : !v4i64
  }

  func.func @vpmovzxdq(%a: !v4i32) -> !v4i64
      attributes {isa.asm = "vpmovzxdq"} {
    %r = arith.extui %a : !v4i32 to !v4i64
    return %r : !v4i64
  }

  func.func @vpmovsxdq(%a: !v4i32) -> !v4i64
      attributes {isa.asm = "vpmovsxdq"} {
    %r = arith.extsi %a : !v4i32 to !v4i64
    return %r : !v4i64
  }

  func.func @vextracti128(%a: !v4i64) -> !v2i64
      attributes {isa.asm = "vextracti128|vextractf128"} {
    %r = vector.shuffle %a, %a [2, 3] : !v4i64, !v4i64
    return %r : !v2i64
  }

  func.func @vinserti128_low(%a: !v2i64, %b: !v2i64) -> !v4i64
      attributes {isa.asm = "vinserti128|vinsertf128"} {
    %r = vector.shuffle %a, %b [0, 1, 2, 3] : !v2i64, !v2i64
    return %r : !v4i64
  }

  func.func @vperm2i128_low(%a: !v4i64, %b: !v4i64) -> !v4i64
      attributes {isa.asm = "vperm2i128|vperm2f128|vinserti128|vinsertf128"} {
    %r = vector.shuffle %a, %b [0, 1, 4, 5] : !v4i64, !v4i64
    return %r : !v4i64
  }

  func.func @vperm2i128_high(%a: !v4i64, %b: !v4i64) -> !v4i64
      attributes {isa.asm = "vperm2i128|vperm2f128"} {
    %r = vector.shuffle %a, %b [2, 3, 6, 7] : !v4i64, !v4i64
    return %r : !v4i64
  }

  func.func @vperm2i128_swap(%a: !v4i64) -> !v4i64
      attributes {isa.asm = "vperm2i128|vperm2f128|vpermq|vpermpd"} {
    %r = vector.shuffle %a, %a [2, 3, 0, 1] : !v4i64, !v4i64
    return %r : !v4i64
  }

  func.func @vpshufd_swap64(%a: !v8i32) -> !v8i32
      attributes {isa.asm = "vpshufd|vpermilps|vshufps|vpermilpd"} {
    %r = vector.shuffle %a, %a [2, 3, 0, 1, 6, 7, 4, 5] : !v8i32, !v8i32
    return %r : !v8i32
  }

  func.func @vpshufd_swap32(%a: !v8i32) -> !v8i32
      attributes {isa.asm = "vpshufd|vpermilps|vshufps"} {
    %r = vector.shuffle %a, %a [1, 0, 3, 2, 5, 4, 7, 6] : !v8i32, !v8i32
    return %r : !v8i32
  }

  func.func @vpbroadcastb(%a: !v16i8) -> !v32i8
      attributes {isa.asm = "vpbroadcastb"} {
    %r = vector.shuffle %a, %a [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] : !v16i8, !v16i8
    return %r : !v32i8
  }

  func.func @vpbroadcastw(%a: !v8i16) -> !v16i16
      attributes {isa.asm = "vpbroadcastw"} {
    %r = vector.shuffle %a, %a [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0] : !v8i16, !v8i16
    return %r : !v16i16
  }

  func.func @vpbroadcastd(%a: !v4i32) -> !v8i32
      attributes {isa.asm = "vpbroadcastd|vbroadcastss"} {
    %r = vector.shuffle %a, %a [0, 0, 0, 0, 0, 0, 0, 0] : !v4i32, !v4i32
    return %r : !v8i32
  }

  func.func @vpbroadcastq(%a: !v2i64) -> !v4i64
      attributes {isa.asm = "vpbroadcastq|vbroadcastsd"} {
    %r = vector.shuffle %a, %a [0, 0, 0, 0] : !v2i64, !v2i64
    return %r : !v4i64
  }

}
