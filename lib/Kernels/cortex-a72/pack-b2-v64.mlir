// bitserial kernel, format 1
// key: pack=bipolar:2:0 values=64 target=AArch64:cortex-a72 model=cortex-a72 features=neon vectors=32x128 semantics=0371ec95c5a6df56 pack-prover=2 pack-search=1 version=0.1.0/22.1.8
// blake3: 8ae09a16c1a4fca3b58f09783d09e9d3473e201d9634b4c32743fbd59ead69d9
module @"pack-b2-v64" attributes {bitserial.pack = {cpu = "cortex-a72", cycles = "14.50", features = ["neon"], sketch = "plane 0: neon.and_16b, neon.sshl_16b, sums by neon.addp_16b; plane 1: neon.bic_16b, neon.umin_16b, sums by neon.addp_16b", spec = {format = !bitserial.int<2, bipolar>, values = 64 : i64}, steps = 2 : i64}} {
  func.func @pack(%arg0: vector<64xi8>) -> (vector<8xi8>, vector<8xi8>) {
    %0 = vector.extract_strided_slice %arg0 {offsets = [0], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %1 = vector.extract_strided_slice %arg0 {offsets = [16], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %2 = vector.extract_strided_slice %arg0 {offsets = [32], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %3 = vector.extract_strided_slice %arg0 {offsets = [48], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %cst = arith.constant dense<2> : vector<16xi8>
    %4 = arith.andi %0, %cst : vector<16xi8>
    %cst_0 = arith.constant dense<[-1, 0, 1, 2, 3, 4, 5, 6, -1, 0, 1, 2, 3, 4, 5, 6]> : vector<16xi8>
    %5 = llvm.call_intrinsic "llvm.aarch64.neon.sshl"(%4, %cst_0) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %cst_1 = arith.constant dense<2> : vector<16xi8>
    %6 = arith.andi %1, %cst_1 : vector<16xi8>
    %cst_2 = arith.constant dense<[-1, 0, 1, 2, 3, 4, 5, 6, -1, 0, 1, 2, 3, 4, 5, 6]> : vector<16xi8>
    %7 = llvm.call_intrinsic "llvm.aarch64.neon.sshl"(%6, %cst_2) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %cst_3 = arith.constant dense<2> : vector<16xi8>
    %8 = arith.andi %2, %cst_3 : vector<16xi8>
    %cst_4 = arith.constant dense<[-1, 0, 1, 2, 3, 4, 5, 6, -1, 0, 1, 2, 3, 4, 5, 6]> : vector<16xi8>
    %9 = llvm.call_intrinsic "llvm.aarch64.neon.sshl"(%8, %cst_4) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %cst_5 = arith.constant dense<2> : vector<16xi8>
    %10 = arith.andi %3, %cst_5 : vector<16xi8>
    %cst_6 = arith.constant dense<[-1, 0, 1, 2, 3, 4, 5, 6, -1, 0, 1, 2, 3, 4, 5, 6]> : vector<16xi8>
    %11 = llvm.call_intrinsic "llvm.aarch64.neon.sshl"(%10, %cst_6) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %12 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%5, %7) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %13 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%9, %11) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %14 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%12, %13) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %15 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%14, %14) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %16 = vector.extract_strided_slice %15 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %cst_7 = arith.constant dense<-128> : vector<16xi8>
    %cst_8 = arith.constant dense<-1> : vector<16xi8>
    %17 = arith.xori %0, %cst_8 : vector<16xi8>
    %18 = arith.andi %cst_7, %17 : vector<16xi8>
    %cst_9 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %19 = arith.minui %18, %cst_9 : vector<16xi8>
    %cst_10 = arith.constant dense<-128> : vector<16xi8>
    %cst_11 = arith.constant dense<-1> : vector<16xi8>
    %20 = arith.xori %1, %cst_11 : vector<16xi8>
    %21 = arith.andi %cst_10, %20 : vector<16xi8>
    %cst_12 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %22 = arith.minui %21, %cst_12 : vector<16xi8>
    %cst_13 = arith.constant dense<-128> : vector<16xi8>
    %cst_14 = arith.constant dense<-1> : vector<16xi8>
    %23 = arith.xori %2, %cst_14 : vector<16xi8>
    %24 = arith.andi %cst_13, %23 : vector<16xi8>
    %cst_15 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %25 = arith.minui %24, %cst_15 : vector<16xi8>
    %cst_16 = arith.constant dense<-128> : vector<16xi8>
    %cst_17 = arith.constant dense<-1> : vector<16xi8>
    %26 = arith.xori %3, %cst_17 : vector<16xi8>
    %27 = arith.andi %cst_16, %26 : vector<16xi8>
    %cst_18 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %28 = arith.minui %27, %cst_18 : vector<16xi8>
    %29 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%19, %22) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %30 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%25, %28) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %31 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%29, %30) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %32 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%31, %31) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %33 = vector.extract_strided_slice %32 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    return %16, %33 : vector<8xi8>, vector<8xi8>
  }
}

