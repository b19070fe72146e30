// AVX512VBMI.mlir: byte tables and bit fields of any position.
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

!v16i8 = vector<16xi8>
!v32i8 = vector<32xi8>
!v64i8 = vector<64xi8>
!v128i8 = vector<128xi8>

module @avx512vbmi
    attributes {isa.arch = "x86-64", isa.feature = "avx512vbmi"} {

  //===--- 512 bits -------------------------------------------------------===//

  // Lane i is table[index[i]]; zero if the table has no such entry.
  func.func private @lookup_64(%table: !v64i8, %index: !v64i8) -> !v64i8 {
    %entry = arith.constant dense<[[0], [1], [2], [3], [4], [5], [6], [7],
        [8], [9], [10], [11], [12], [13], [14], [15], [16], [17], [18], [19],
        [20], [21], [22], [23], [24], [25], [26], [27], [28], [29], [30], [31],
        [32], [33], [34], [35], [36], [37], [38], [39], [40], [41], [42], [43],
        [44], [45], [46], [47], [48], [49], [50], [51], [52], [53], [54], [55],
        [56], [57], [58], [59], [60], [61], [62], [63]]> : vector<64x1xi8>
    %entries = vector.broadcast %entry : vector<64x1xi8> to vector<64x64xi8>
    %indices = vector.broadcast %index : !v64i8 to vector<64x64xi8>
    %hit = arith.cmpi eq, %entries, %indices : vector<64x64xi8>
    %value = vector.shape_cast %table : !v64i8 to vector<64x1xi8>
    %values = vector.broadcast %value : vector<64x1xi8> to vector<64x64xi8>
    %none = arith.constant dense<0> : vector<64x64xi8>
    %chosen = arith.select %hit, %values, %none : vector<64x64xi1>,
        vector<64x64xi8>
    %zero = arith.constant dense<0> : !v64i8
    %r = vector.multi_reduction <add>, %chosen, %zero [0] : vector<64x64xi8>
        to !v64i8
    return %r : !v64i8
  }

  func.func @vpermb(%table: !v64i8, %index: !v64i8) -> !v64i8
      attributes {isa.asm = "vpermb",
                  isa.intrinsic = "llvm.x86.avx512.permvar.qi.512"} {
    %mask = arith.constant dense<63> : !v64i8
    %masked = arith.andi %index, %mask : !v64i8
    %r = call @lookup_64(%table, %masked) : (!v64i8, !v64i8) -> !v64i8
    return %r : !v64i8
  }

  // Lane i is table[index[i]]; zero if the table has no such entry.
  func.func private @lookup2_64(%table: !v128i8, %index: !v64i8) -> !v64i8 {
    %entry = arith.constant dense<[[0], [1], [2], [3], [4], [5], [6], [7],
        [8], [9], [10], [11], [12], [13], [14], [15], [16], [17], [18], [19],
        [20], [21], [22], [23], [24], [25], [26], [27], [28], [29], [30], [31],
        [32], [33], [34], [35], [36], [37], [38], [39], [40], [41], [42], [43],
        [44], [45], [46], [47], [48], [49], [50], [51], [52], [53], [54], [55],
        [56], [57], [58], [59], [60], [61], [62], [63], [64], [65], [66], [67],
        [68], [69], [70], [71], [72], [73], [74], [75], [76], [77], [78], [79],
        [80], [81], [82], [83], [84], [85], [86], [87], [88], [89], [90], [91],
        [92], [93], [94], [95], [96], [97], [98], [99], [100], [101], [102],
        [103], [104], [105], [106], [107], [108], [109], [110], [111], [112],
        [113], [114], [115], [116], [117], [118], [119], [120], [121], [122],
        [123], [124], [125], [126], [127]]> : vector<128x1xi8>
    %entries = vector.broadcast %entry : vector<128x1xi8> to vector<128x64xi8>
    %indices = vector.broadcast %index : !v64i8 to vector<128x64xi8>
    %hit = arith.cmpi eq, %entries, %indices : vector<128x64xi8>
    %value = vector.shape_cast %table : !v128i8 to vector<128x1xi8>
    %values = vector.broadcast %value : vector<128x1xi8> to vector<128x64xi8>
    %none = arith.constant dense<0> : vector<128x64xi8>
    %chosen = arith.select %hit, %values, %none : vector<128x64xi1>,
        vector<128x64xi8>
    %zero = arith.constant dense<0> : !v64i8
    %r = vector.multi_reduction <add>, %chosen, %zero [0] :
        vector<128x64xi8> to !v64i8
    return %r : !v64i8
  }

  // A lookup in two registers.
  func.func @vpermi2b(%table0: !v64i8, %index: !v64i8, %table1: !v64i8)
      -> !v64i8
      attributes {isa.asm = "vpermi2b|vpermt2b",
                  isa.intrinsic = "llvm.x86.avx512.vpermi2var.qi.512"} {
    %tables = vector.shuffle %table0, %table1 [0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
        10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27,
        28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45,
        46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63,
        64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 77, 78, 79, 80, 81,
        82, 83, 84, 85, 86, 87, 88, 89, 90, 91, 92, 93, 94, 95, 96, 97, 98, 99,
        100, 101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 111, 112, 113,
        114, 115, 116, 117, 118, 119, 120, 121, 122, 123, 124, 125, 126, 127] :
        !v64i8, !v64i8
    %mask = arith.constant dense<127> : !v64i8
    %masked = arith.andi %index, %mask : !v64i8
    %r = call @lookup2_64(%tables, %masked) : (!v128i8, !v64i8) -> !v64i8
    return %r : !v64i8
  }

  // Eight bits of the 64-bit lane, from the given position on, wrapping
  // around.
  func.func @vpmultishiftqb(%count: !v64i8, %a: !v64i8) -> !v64i8
      attributes {isa.asm = "vpmultishiftqb",
                  isa.intrinsic = "llvm.x86.avx512.pmultishift.qb.512"} {
    %mask = arith.constant dense<63> : !v64i8
    %masked = arith.andi %count, %mask : !v64i8
    %right = arith.extui %masked : !v64i8 to vector<64xi64>
    %width = arith.constant dense<64> : vector<64xi64>
    %left = arith.subi %width, %right : vector<64xi64>
    %words = vector.bitcast %a : !v64i8 to vector<8xi64>
    %word = vector.shape_cast %words : vector<8xi64> to vector<8x1xi64>
    %rows = vector.broadcast %word : vector<8x1xi64> to vector<8x8xi64>
    %all = vector.shape_cast %rows : vector<8x8xi64> to vector<64xi64>
    %low = arith.shrui %all, %right : vector<64xi64>
    %high = arith.shli %all, %left : vector<64xi64>
    %rotated = arith.ori %low, %high : vector<64xi64>
    %r = arith.trunci %rotated : vector<64xi64> to !v64i8
    return %r : !v64i8
  }

  //===--- 256 bits -------------------------------------------------------===//

  // Lane i is table[index[i]]; zero if the table has no such entry.
  func.func private @lookup_32(%table: !v32i8, %index: !v32i8) -> !v32i8 {
    %entry = arith.constant dense<[[0], [1], [2], [3], [4], [5], [6], [7],
        [8], [9], [10], [11], [12], [13], [14], [15], [16], [17], [18], [19],
        [20], [21], [22], [23], [24], [25], [26], [27], [28], [29], [30], [31]]>
        : vector<32x1xi8>
    %entries = vector.broadcast %entry : vector<32x1xi8> to vector<32x32xi8>
    %indices = vector.broadcast %index : !v32i8 to vector<32x32xi8>
    %hit = arith.cmpi eq, %entries, %indices : vector<32x32xi8>
    %value = vector.shape_cast %table : !v32i8 to vector<32x1xi8>
    %values = vector.broadcast %value : vector<32x1xi8> to vector<32x32xi8>
    %none = arith.constant dense<0> : vector<32x32xi8>
    %chosen = arith.select %hit, %values, %none : vector<32x32xi1>,
        vector<32x32xi8>
    %zero = arith.constant dense<0> : !v32i8
    %r = vector.multi_reduction <add>, %chosen, %zero [0] : vector<32x32xi8>
        to !v32i8
    return %r : !v32i8
  }

  func.func @vpermb_256(%table: !v32i8, %index: !v32i8) -> !v32i8
      attributes {isa.asm = "vpermb",
                  isa.intrinsic = "llvm.x86.avx512.permvar.qi.256",
                  isa.feature = "avx512vl"} {
    %mask = arith.constant dense<31> : !v32i8
    %masked = arith.andi %index, %mask : !v32i8
    %r = call @lookup_32(%table, %masked) : (!v32i8, !v32i8) -> !v32i8
    return %r : !v32i8
  }

  // Lane i is table[index[i]]; zero if the table has no such entry.
  func.func private @lookup2_32(%table: !v64i8, %index: !v32i8) -> !v32i8 {
    %entry = arith.constant dense<[[0], [1], [2], [3], [4], [5], [6], [7],
        [8], [9], [10], [11], [12], [13], [14], [15], [16], [17], [18], [19],
        [20], [21], [22], [23], [24], [25], [26], [27], [28], [29], [30], [31],
        [32], [33], [34], [35], [36], [37], [38], [39], [40], [41], [42], [43],
        [44], [45], [46], [47], [48], [49], [50], [51], [52], [53], [54], [55],
        [56], [57], [58], [59], [60], [61], [62], [63]]> : vector<64x1xi8>
    %entries = vector.broadcast %entry : vector<64x1xi8> to vector<64x32xi8>
    %indices = vector.broadcast %index : !v32i8 to vector<64x32xi8>
    %hit = arith.cmpi eq, %entries, %indices : vector<64x32xi8>
    %value = vector.shape_cast %table : !v64i8 to vector<64x1xi8>
    %values = vector.broadcast %value : vector<64x1xi8> to vector<64x32xi8>
    %none = arith.constant dense<0> : vector<64x32xi8>
    %chosen = arith.select %hit, %values, %none : vector<64x32xi1>,
        vector<64x32xi8>
    %zero = arith.constant dense<0> : !v32i8
    %r = vector.multi_reduction <add>, %chosen, %zero [0] : vector<64x32xi8>
        to !v32i8
    return %r : !v32i8
  }

  // A lookup in two registers.
  func.func @vpermi2b_256(%table0: !v32i8, %index: !v32i8, %table1: !v32i8)
      -> !v32i8
      attributes {isa.asm = "vpermi2b|vpermt2b",
                  isa.intrinsic = "llvm.x86.avx512.vpermi2var.qi.256",
                  isa.feature = "avx512vl"} {
    %tables = vector.shuffle %table0, %table1 [0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
        10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27,
        28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45,
        46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63]
        : !v32i8, !v32i8
    %mask = arith.constant dense<63> : !v32i8
    %masked = arith.andi %index, %mask : !v32i8
    %r = call @lookup2_32(%tables, %masked) : (!v64i8, !v32i8) -> !v32i8
    return %r : !v32i8
  }

  // Eight bits of the 64-bit lane, from the given position on, wrapping
  // around.
  func.func @vpmultishiftqb_256(%count: !v32i8, %a: !v32i8) -> !v32i8
      attributes {isa.asm = "vpmultishiftqb",
                  isa.intrinsic = "llvm.x86.avx512.pmultishift.qb.256",
                  isa.feature = "avx512vl"} {
    %mask = arith.constant dense<63> : !v32i8
    %masked = arith.andi %count, %mask : !v32i8
    %right = arith.extui %masked : !v32i8 to vector<32xi64>
    %width = arith.constant dense<64> : vector<32xi64>
    %left = arith.subi %width, %right : vector<32xi64>
    %words = vector.bitcast %a : !v32i8 to vector<4xi64>
    %word = vector.shape_cast %words : vector<4xi64> to vector<4x1xi64>
    %rows = vector.broadcast %word : vector<4x1xi64> to vector<4x8xi64>
    %all = vector.shape_cast %rows : vector<4x8xi64> to vector<32xi64>
    %low = arith.shrui %all, %right : vector<32xi64>
    %high = arith.shli %all, %left : vector<32xi64>
    %rotated = arith.ori %low, %high : vector<32xi64>
    %r = arith.trunci %rotated : vector<32xi64> to !v32i8
    return %r : !v32i8
  }

  //===--- 128 bits -------------------------------------------------------===//

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

  func.func @vpermb_128(%table: !v16i8, %index: !v16i8) -> !v16i8
      attributes {isa.asm = "vpermb",
                  isa.intrinsic = "llvm.x86.avx512.permvar.qi.128",
                  isa.feature = "avx512vl"} {
    %mask = arith.constant dense<15> : !v16i8
    %masked = arith.andi %index, %mask : !v16i8
    %r = call @lookup_16(%table, %masked) : (!v16i8, !v16i8) -> !v16i8
    return %r : !v16i8
  }

  // Lane i is table[index[i]]; zero if the table has no such entry.
  func.func private @lookup2_16(%table: !v32i8, %index: !v16i8) -> !v16i8 {
    %entry = arith.constant dense<[[0], [1], [2], [3], [4], [5], [6], [7],
        [8], [9], [10], [11], [12], [13], [14], [15], [16], [17], [18], [19],
        [20], [21], [22], [23], [24], [25], [26], [27], [28], [29], [30], [31]]>
        : vector<32x1xi8>
    %entries = vector.broadcast %entry : vector<32x1xi8> to vector<32x16xi8>
    %indices = vector.broadcast %index : !v16i8 to vector<32x16xi8>
    %hit = arith.cmpi eq, %entries, %indices : vector<32x16xi8>
    %value = vector.shape_cast %table : !v32i8 to vector<32x1xi8>
    %values = vector.broadcast %value : vector<32x1xi8> to vector<32x16xi8>
    %none = arith.constant dense<0> : vector<32x16xi8>
    %chosen = arith.select %hit, %values, %none : vector<32x16xi1>,
        vector<32x16xi8>
    %zero = arith.constant dense<0> : !v16i8
    %r = vector.multi_reduction <add>, %chosen, %zero [0] : vector<32x16xi8>
        to !v16i8
    return %r : !v16i8
  }

  // A lookup in two registers.
  func.func @vpermi2b_128(%table0: !v16i8, %index: !v16i8, %table1: !v16i8)
      -> !v16i8
      attributes {isa.asm = "vpermi2b|vpermt2b",
                  isa.intrinsic = "llvm.x86.avx512.vpermi2var.qi.128",
                  isa.feature = "avx512vl"} {
    %tables = vector.shuffle %table0, %table1 [0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
        10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27,
        28, 29, 30, 31] : !v16i8, !v16i8
    %mask = arith.constant dense<31> : !v16i8
    %masked = arith.andi %index, %mask : !v16i8
    %r = call @lookup2_16(%tables, %masked) : (!v32i8, !v16i8) -> !v16i8
    return %r : !v16i8
  }

  // Eight bits of the 64-bit lane, from the given position on, wrapping
  // around.
  func.func @vpmultishiftqb_128(%count: !v16i8, %a: !v16i8) -> !v16i8
      attributes {isa.asm = "vpmultishiftqb",
                  isa.intrinsic = "llvm.x86.avx512.pmultishift.qb.128",
                  isa.feature = "avx512vl"} {
    %mask = arith.constant dense<63> : !v16i8
    %masked = arith.andi %count, %mask : !v16i8
    %right = arith.extui %masked : !v16i8 to vector<16xi64>
    %width = arith.constant dense<64> : vector<16xi64>
    %left = arith.subi %width, %right : vector<16xi64>
    %words = vector.bitcast %a : !v16i8 to vector<2xi64>
    %word = vector.shape_cast %words : vector<2xi64> to vector<2x1xi64>
    %rows = vector.broadcast %word : vector<2x1xi64> to vector<2x8xi64>
    %all = vector.shape_cast %rows : vector<2x8xi64> to vector<16xi64>
    %low = arith.shrui %all, %right : vector<16xi64>
    %high = arith.shli %all, %left : vector<16xi64>
    %rotated = arith.ori %low, %high : vector<16xi64>
    %r = arith.trunci %rotated : vector<16xi64> to !v16i8
    return %r : !v16i8
  }

}
