// GFNI.mlir: products with 8x8 bit matrices.
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

!v16i8 = vector<16xi8>
!v32i8 = vector<32xi8>
!v64i8 = vector<64xi8>

module @gfni attributes {isa.arch = "x86-64", isa.feature = "gfni"} {

  // Each byte of x times the 8x8 bit matrix in the same 64 bits, plus a
  // constant.
  func.func @gf2p8affineqb_512(%x: !v64i8, %matrix: !v64i8, %constant: i8)
      -> !v64i8
      attributes {isa.asm = "gf2p8affineqb", isa.immediates = [[0, 255]],
                  isa.intrinsic = "llvm.x86.vgf2p8affineqb.512",
                  isa.feature = "avx512f"} {
    // Bit b of a result is the parity of byte 7 - b of the matrix and x.
    %matrices = vector.shape_cast %matrix : !v64i8 to vector<8x8xi8>
    %byte_7_to_0 = vector.transpose %matrices, [1, 0]
      : vector<8x8xi8> to vector<8x8xi8>
    %byte_0_to_7 = vector.shuffle %byte_7_to_0, %byte_7_to_0
      [7, 6, 5, 4, 3, 2, 1, 0] : vector<8x8xi8>, vector<8x8xi8>
    %rows_2d = vector.transpose %byte_0_to_7, [1, 0]
      : vector<8x8xi8> to vector<8x8xi8>
    %row = vector.shape_cast %rows_2d : vector<8x8xi8> to vector<8x1x8xi8>
    %rows = vector.broadcast %row : vector<8x1x8xi8> to vector<8x8x8xi8>
    %x_byte = vector.shape_cast %x : !v64i8 to vector<8x8x1xi8>
    %x_bytes = vector.broadcast %x_byte : vector<8x8x1xi8> to vector<8x8x8xi8>
    %both = arith.andi %rows, %x_bytes : vector<8x8x8xi8>
    %count = math.ctpop %both : vector<8x8x8xi8>
    %parity = arith.trunci %count : vector<8x8x8xi8> to vector<8x8x8xi1>
    %bits = vector.shape_cast %parity : vector<8x8x8xi1> to vector<512xi1>
    %product = vector.bitcast %bits : vector<512xi1> to !v64i8
    %constants = vector.broadcast %constant : i8 to !v64i8
    %r = arith.xori %product, %constants : !v64i8
    return %r : !v64i8
  }

  // Each byte of x times the 8x8 bit matrix in the same 64 bits, plus a
  // constant.
  func.func @gf2p8affineqb_256(%x: !v32i8, %matrix: !v32i8, %constant: i8)
      -> !v32i8
      attributes {isa.asm = "gf2p8affineqb", isa.immediates = [[0, 255]],
                  isa.intrinsic = "llvm.x86.vgf2p8affineqb.256",
                  isa.feature = "avx"} {
    // Bit b of a result is the parity of byte 7 - b of the matrix and x.
    %matrices = vector.shape_cast %matrix : !v32i8 to vector<4x8xi8>
    %byte_7_to_0 = vector.transpose %matrices, [1, 0]
      : vector<4x8xi8> to vector<8x4xi8>
    %byte_0_to_7 = vector.shuffle %byte_7_to_0, %byte_7_to_0
      [7, 6, 5, 4, 3, 2, 1, 0] : vector<8x4xi8>, vector<8x4xi8>
    %rows_2d = vector.transpose %byte_0_to_7, [1, 0]
      : vector<8x4xi8> to vector<4x8xi8>
    %row = vector.shape_cast %rows_2d : vector<4x8xi8> to vector<4x1x8xi8>
    %rows = vector.broadcast %row : vector<4x1x8xi8> to vector<4x8x8xi8>
    %x_byte = vector.shape_cast %x : !v32i8 to vector<4x8x1xi8>
    %x_bytes = vector.broadcast %x_byte : vector<4x8x1xi8> to vector<4x8x8xi8>
    %both = arith.andi %rows, %x_bytes : vector<4x8x8xi8>
    %count = math.ctpop %both : vector<4x8x8xi8>
    %parity = arith.trunci %count : vector<4x8x8xi8> to vector<4x8x8xi1>
    %bits = vector.shape_cast %parity : vector<4x8x8xi1> to vector<256xi1>
    %product = vector.bitcast %bits : vector<256xi1> to !v32i8
    %constants = vector.broadcast %constant : i8 to !v32i8
    %r = arith.xori %product, %constants : !v32i8
    return %r : !v32i8
  }

  // Each byte of x times the 8x8 bit matrix in the same 64 bits, plus a
  // constant.
  func.func @gf2p8affineqb(%x: !v16i8, %matrix: !v16i8, %constant: i8) -> !v16i8
      attributes {isa.asm = "gf2p8affineqb", isa.immediates = [[0, 255]],
                  isa.intrinsic = "llvm.x86.vgf2p8affineqb.128"} {
    // Bit b of a result is the parity of byte 7 - b of the matrix and x.
    %matrices = vector.shape_cast %matrix : !v16i8 to vector<2x8xi8>
    %byte_7_to_0 = vector.transpose %matrices, [1, 0]
      : vector<2x8xi8> to vector<8x2xi8>
    %byte_0_to_7 = vector.shuffle %byte_7_to_0, %byte_7_to_0
      [7, 6, 5, 4, 3, 2, 1, 0] : vector<8x2xi8>, vector<8x2xi8>
    %rows_2d = vector.transpose %byte_0_to_7, [1, 0]
      : vector<8x2xi8> to vector<2x8xi8>
    %row = vector.shape_cast %rows_2d : vector<2x8xi8> to vector<2x1x8xi8>
    %rows = vector.broadcast %row : vector<2x1x8xi8> to vector<2x8x8xi8>
    %x_byte = vector.shape_cast %x : !v16i8 to vector<2x8x1xi8>
    %x_bytes = vector.broadcast %x_byte : vector<2x8x1xi8> to vector<2x8x8xi8>
    %both = arith.andi %rows, %x_bytes : vector<2x8x8xi8>
    %count = math.ctpop %both : vector<2x8x8xi8>
    %parity = arith.trunci %count : vector<2x8x8xi8> to vector<2x8x8xi1>
    %bits = vector.shape_cast %parity : vector<2x8x8xi1> to vector<128xi1>
    %product = vector.bitcast %bits : vector<128xi1> to !v16i8
    %constants = vector.broadcast %constant : i8 to !v16i8
    %r = arith.xori %product, %constants : !v16i8
    return %r : !v16i8
  }

}
