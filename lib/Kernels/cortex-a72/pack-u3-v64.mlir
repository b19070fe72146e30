// bitserial kernel, format 1
// key: pack=unsigned:3:0 values=64 target=AArch64:cortex-a72 model=cortex-a72 features=neon vectors=32x128 semantics=0371ec95c5a6df56 pack-prover=2 pack-search=1 version=0.1.0/22.1.8
// blake3: 9214fb57020b56c6fbad20d8f68bfb1069219c93c58d7fb6dbf31ec60df20af3
module @"pack-u3-v64" attributes {bitserial.pack = {cpu = "cortex-a72", cycles = "26.33", features = ["neon"], sketch = "plane 0: neon.and_16b, neon.mul_16b, sums by neon.addp_16b; plane 1: neon.and_16b, neon.ushl_16b, sums by neon.addp_16b; plane 2: neon.ushr_16b, neon.mul_16b, sums by neon.addp_16b", spec = {format = !bitserial.int<3, unsigned>, values = 64 : i64}, steps = 4 : i64}} {
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
    %cst_7 = arith.constant dense<2> : vector<16xi8>
    %17 = arith.andi %0, %cst_7 : vector<16xi8>
    %cst_8 = arith.constant dense<[-1, 0, 1, 2, 3, 4, 5, 6, -1, 0, 1, 2, 3, 4, 5, 6]> : vector<16xi8>
    %18 = llvm.call_intrinsic "llvm.aarch64.neon.ushl"(%17, %cst_8) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %cst_9 = arith.constant dense<2> : vector<16xi8>
    %19 = arith.andi %1, %cst_9 : vector<16xi8>
    %cst_10 = arith.constant dense<[-1, 0, 1, 2, 3, 4, 5, 6, -1, 0, 1, 2, 3, 4, 5, 6]> : vector<16xi8>
    %20 = llvm.call_intrinsic "llvm.aarch64.neon.ushl"(%19, %cst_10) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %cst_11 = arith.constant dense<2> : vector<16xi8>
    %21 = arith.andi %2, %cst_11 : vector<16xi8>
    %cst_12 = arith.constant dense<[-1, 0, 1, 2, 3, 4, 5, 6, -1, 0, 1, 2, 3, 4, 5, 6]> : vector<16xi8>
    %22 = llvm.call_intrinsic "llvm.aarch64.neon.ushl"(%21, %cst_12) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %cst_13 = arith.constant dense<2> : vector<16xi8>
    %23 = arith.andi %3, %cst_13 : vector<16xi8>
    %cst_14 = arith.constant dense<[-1, 0, 1, 2, 3, 4, 5, 6, -1, 0, 1, 2, 3, 4, 5, 6]> : vector<16xi8>
    %24 = llvm.call_intrinsic "llvm.aarch64.neon.ushl"(%23, %cst_14) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %25 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%18, %20) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %26 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%22, %24) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %27 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%25, %26) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %28 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%27, %27) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %29 = vector.extract_strided_slice %28 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %c2_i8 = arith.constant 2 : i8
    %30 = vector.broadcast %c2_i8 : i8 to vector<16xi8>
    %31 = arith.shrui %0, %30 : vector<16xi8>
    %cst_15 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %32 = arith.muli %31, %cst_15 : vector<16xi8>
    %c2_i8_16 = arith.constant 2 : i8
    %33 = vector.broadcast %c2_i8_16 : i8 to vector<16xi8>
    %34 = arith.shrui %1, %33 : vector<16xi8>
    %cst_17 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %35 = arith.muli %34, %cst_17 : vector<16xi8>
    %c2_i8_18 = arith.constant 2 : i8
    %36 = vector.broadcast %c2_i8_18 : i8 to vector<16xi8>
    %37 = arith.shrui %2, %36 : vector<16xi8>
    %cst_19 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %38 = arith.muli %37, %cst_19 : vector<16xi8>
    %c2_i8_20 = arith.constant 2 : i8
    %39 = vector.broadcast %c2_i8_20 : i8 to vector<16xi8>
    %40 = arith.shrui %3, %39 : vector<16xi8>
    %cst_21 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %41 = arith.muli %40, %cst_21 : vector<16xi8>
    %42 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%32, %35) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %43 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%38, %41) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %44 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%42, %43) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %45 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%44, %44) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %46 = vector.extract_strided_slice %45 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    return %16, %29, %46 : vector<8xi8>, vector<8xi8>, vector<8xi8>
  }
}

