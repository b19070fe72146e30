// bitserial kernel, format 1
// key: pack=signed:2:0 values=64 target=ARM:cortex-a7 model=cortex-r52 features=neon vectors=16x128 semantics=02740cc13617de67 pack-prover=2 pack-search=1 version=0.1.0/22.1.8
// blake3: 03d5086932f5ccc3d65b3effbb1bca41110e339ced714ec3e29fc171998fa08d
module @"pack-s2-v64" attributes {bitserial.pack = {cpu = "cortex-a7", cycles = "44.25", features = ["neon"], sketch = "planes 0 and 1: armv7.vand_16b, armv7.vmul_16b, sums by armv7.vpadd_8b", spec = {format = !bitserial.int<2, signed>, values = 64 : i64}, steps = 4 : i64}} {
  func.func @pack(%arg0: vector<64xi8>) -> (vector<8xi8>, vector<8xi8>) {
    %0 = vector.extract_strided_slice %arg0 {offsets = [0], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %1 = vector.extract_strided_slice %arg0 {offsets = [16], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %2 = vector.extract_strided_slice %arg0 {offsets = [32], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %3 = vector.extract_strided_slice %arg0 {offsets = [48], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %cst = arith.constant dense<17> : vector<16xi8>
    %4 = arith.andi %0, %cst : vector<16xi8>
    %cst_0 = arith.constant dense<[1, 2, 4, 8, 1, 2, 4, 8, 1, 2, 4, 8, 1, 2, 4, 8]> : vector<16xi8>
    %5 = arith.muli %4, %cst_0 : vector<16xi8>
    %6 = vector.extract_strided_slice %5 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %7 = vector.extract_strided_slice %5 {offsets = [8], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %cst_1 = arith.constant dense<17> : vector<16xi8>
    %8 = arith.andi %1, %cst_1 : vector<16xi8>
    %cst_2 = arith.constant dense<[1, 2, 4, 8, 1, 2, 4, 8, 1, 2, 4, 8, 1, 2, 4, 8]> : vector<16xi8>
    %9 = arith.muli %8, %cst_2 : vector<16xi8>
    %10 = vector.extract_strided_slice %9 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %11 = vector.extract_strided_slice %9 {offsets = [8], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %cst_3 = arith.constant dense<17> : vector<16xi8>
    %12 = arith.andi %2, %cst_3 : vector<16xi8>
    %cst_4 = arith.constant dense<[1, 2, 4, 8, 1, 2, 4, 8, 1, 2, 4, 8, 1, 2, 4, 8]> : vector<16xi8>
    %13 = arith.muli %12, %cst_4 : vector<16xi8>
    %14 = vector.extract_strided_slice %13 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %15 = vector.extract_strided_slice %13 {offsets = [8], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %cst_5 = arith.constant dense<17> : vector<16xi8>
    %16 = arith.andi %3, %cst_5 : vector<16xi8>
    %cst_6 = arith.constant dense<[1, 2, 4, 8, 1, 2, 4, 8, 1, 2, 4, 8, 1, 2, 4, 8]> : vector<16xi8>
    %17 = arith.muli %16, %cst_6 : vector<16xi8>
    %18 = vector.extract_strided_slice %17 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %19 = vector.extract_strided_slice %17 {offsets = [8], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %20 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%6, %7) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %21 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%10, %11) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %22 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%14, %15) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %23 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%18, %19) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %24 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%20, %21) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %25 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%22, %23) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %26 = vector.shuffle %24, %25 [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15] : vector<8xi8>, vector<8xi8>
    %27 = vector.shuffle %26, %26 [0, 2, 4, 6, 8, 10, 12, 14] : vector<16xi8>, vector<16xi8>
    %28 = vector.shuffle %26, %26 [1, 3, 5, 7, 9, 11, 13, 15] : vector<16xi8>, vector<16xi8>
    %cst_7 = arith.constant dense<15> : vector<8xi8>
    %29 = arith.andi %27, %cst_7 : vector<8xi8>
    %cst_8 = arith.constant dense<4> : vector<8xi8>
    %30 = arith.shli %28, %cst_8 : vector<8xi8>
    %31 = arith.ori %29, %30 : vector<8xi8>
    %cst_9 = arith.constant dense<4> : vector<8xi8>
    %32 = arith.shrui %27, %cst_9 : vector<8xi8>
    %cst_10 = arith.constant dense<-16> : vector<8xi8>
    %33 = arith.andi %28, %cst_10 : vector<8xi8>
    %34 = arith.ori %32, %33 : vector<8xi8>
    return %31, %34 : vector<8xi8>, vector<8xi8>
  }
}

