// bitserial kernel, format 1
// key: pack=signed:3:0 values=64 target=AArch64:neoverse-n1 model=neoverse-n1 features=dotprod,neon vectors=32x128 semantics=0371ec95c5a6df56 pack-prover=2 pack-search=1 version=0.1.0/22.1.8
// blake3: 3883409538d1ff6994ef552dd4e5736d20ce614585980d0396e63dfda897c518
module @"pack-s3-v64" attributes {bitserial.pack = {cpu = "neoverse-n1", cycles = "18.76", features = ["neon"], sketch = "plane 0: neon.and_16b, neon.mul_16b, sums by neon.addp_16b; plane 1: neon.ushl_16b, neon.and_16b, sums by neon.addp_16b; plane 2: neon.and_16b, neon.sshl_16b, sums by neon.addp_16b", spec = {format = !bitserial.int<3, signed>, values = 64 : i64}, steps = 2 : i64}} {
  func.func @pack(%arg0: vector<64xi8>) -> (vector<8xi8>, vector<8xi8>, vector<8xi8>) {
    %0 = vector.extract_strided_slice %arg0 {offsets = [0], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %1 = vector.extract_strided_slice %arg0 {offsets = [16], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %2 = vector.extract_strided_slice %arg0 {offsets = [32], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %3 = vector.extract_strided_slice %arg0 {offsets = [48], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %cst = arith.constant dense<1> : vector<16xi8>
    %4 = arith.andi %0, %cst : vector<16xi8>
    %cst_0 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %5 = arith.muli %4, %cst_0 : vector<16xi8>
    %cst_1 = arith.constant dense<1> : vector<16xi8>
    %6 = arith.andi %1, %cst_1 : vector<16xi8>
    %cst_2 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %7 = arith.muli %6, %cst_2 : vector<16xi8>
    %cst_3 = arith.constant dense<1> : vector<16xi8>
    %8 = arith.andi %2, %cst_3 : vector<16xi8>
    %cst_4 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %9 = arith.muli %8, %cst_4 : vector<16xi8>
    %cst_5 = arith.constant dense<1> : vector<16xi8>
    %10 = arith.andi %3, %cst_5 : vector<16xi8>
    %cst_6 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %11 = arith.muli %10, %cst_6 : vector<16xi8>
    %12 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%5, %7) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %13 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%9, %11) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %14 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%12, %13) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %15 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%14, %14) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %16 = vector.extract_strided_slice %15 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %cst_7 = arith.constant dense<[-1, 0, 1, 2, 3, 4, 5, 6, -1, 0, 1, 2, 3, 4, 5, 6]> : vector<16xi8>
    %17 = llvm.call_intrinsic "llvm.aarch64.neon.ushl"(%0, %cst_7) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %cst_8 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %18 = arith.andi %17, %cst_8 : vector<16xi8>
    %cst_9 = arith.constant dense<[-1, 0, 1, 2, 3, 4, 5, 6, -1, 0, 1, 2, 3, 4, 5, 6]> : vector<16xi8>
    %19 = llvm.call_intrinsic "llvm.aarch64.neon.ushl"(%1, %cst_9) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %cst_10 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %20 = arith.andi %19, %cst_10 : vector<16xi8>
    %cst_11 = arith.constant dense<[-1, 0, 1, 2, 3, 4, 5, 6, -1, 0, 1, 2, 3, 4, 5, 6]> : vector<16xi8>
    %21 = llvm.call_intrinsic "llvm.aarch64.neon.ushl"(%2, %cst_11) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %cst_12 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %22 = arith.andi %21, %cst_12 : vector<16xi8>
    %cst_13 = arith.constant dense<[-1, 0, 1, 2, 3, 4, 5, 6, -1, 0, 1, 2, 3, 4, 5, 6]> : vector<16xi8>
    %23 = llvm.call_intrinsic "llvm.aarch64.neon.ushl"(%3, %cst_13) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %cst_14 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %24 = arith.andi %23, %cst_14 : vector<16xi8>
    %25 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%18, %20) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %26 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%22, %24) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %27 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%25, %26) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %28 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%27, %27) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %29 = vector.extract_strided_slice %28 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %cst_15 = arith.constant dense<4> : vector<16xi8>
    %30 = arith.andi %0, %cst_15 : vector<16xi8>
    %cst_16 = arith.constant dense<[-2, -1, 0, 1, 2, 3, 4, 5, -2, -1, 0, 1, 2, 3, 4, 5]> : vector<16xi8>
    %31 = llvm.call_intrinsic "llvm.aarch64.neon.sshl"(%30, %cst_16) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %cst_17 = arith.constant dense<4> : vector<16xi8>
    %32 = arith.andi %1, %cst_17 : vector<16xi8>
    %cst_18 = arith.constant dense<[-2, -1, 0, 1, 2, 3, 4, 5, -2, -1, 0, 1, 2, 3, 4, 5]> : vector<16xi8>
    %33 = llvm.call_intrinsic "llvm.aarch64.neon.sshl"(%32, %cst_18) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %cst_19 = arith.constant dense<4> : vector<16xi8>
    %34 = arith.andi %2, %cst_19 : vector<16xi8>
    %cst_20 = arith.constant dense<[-2, -1, 0, 1, 2, 3, 4, 5, -2, -1, 0, 1, 2, 3, 4, 5]> : vector<16xi8>
    %35 = llvm.call_intrinsic "llvm.aarch64.neon.sshl"(%34, %cst_20) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %cst_21 = arith.constant dense<4> : vector<16xi8>
    %36 = arith.andi %3, %cst_21 : vector<16xi8>
    %cst_22 = arith.constant dense<[-2, -1, 0, 1, 2, 3, 4, 5, -2, -1, 0, 1, 2, 3, 4, 5]> : vector<16xi8>
    %37 = llvm.call_intrinsic "llvm.aarch64.neon.sshl"(%36, %cst_22) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %38 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%31, %33) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %39 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%35, %37) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %40 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%38, %39) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %41 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%40, %40) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %42 = vector.extract_strided_slice %41 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    return %16, %29, %42 : vector<8xi8>, vector<8xi8>, vector<8xi8>
  }
}

