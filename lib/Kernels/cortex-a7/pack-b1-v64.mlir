// bitserial kernel, format 1
// key: pack=bipolar:1:0 values=64 target=ARM:cortex-a7 model=cortex-r52 features=neon vectors=16x128 semantics=02740cc13617de67 pack-prover=2 pack-search=1 version=0.1.0/22.1.8
// blake3: ca635b13aa0170b14d9e17cbecf1bca469484e2909575f422460989217f8b3e8
module @"pack-b1-v64" attributes {bitserial.pack = {cpu = "cortex-a7", cycles = "34.00", features = ["neon"], sketch = "plane 0: armv7.vsra_u16b, armv7.vmul_16b, sums by armv7.vpadd_8b", spec = {format = !bitserial.int<1, bipolar>, values = 64 : i64}, steps = 4 : i64}} {
  func.func @pack(%arg0: vector<64xi8>) -> vector<8xi8> {
    %0 = vector.extract_strided_slice %arg0 {offsets = [0], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %1 = vector.extract_strided_slice %arg0 {offsets = [16], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %2 = vector.extract_strided_slice %arg0 {offsets = [32], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %3 = vector.extract_strided_slice %arg0 {offsets = [48], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %c7_i8 = arith.constant 7 : i8
    %4 = vector.broadcast %c7_i8 : i8 to vector<16xi8>
    %5 = arith.shrui %0, %4 : vector<16xi8>
    %6 = arith.addi %0, %5 : vector<16xi8>
    %cst = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %7 = arith.muli %6, %cst : vector<16xi8>
    %8 = vector.extract_strided_slice %7 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %9 = vector.extract_strided_slice %7 {offsets = [8], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %c7_i8_0 = arith.constant 7 : i8
    %10 = vector.broadcast %c7_i8_0 : i8 to vector<16xi8>
    %11 = arith.shrui %1, %10 : vector<16xi8>
    %12 = arith.addi %1, %11 : vector<16xi8>
    %cst_1 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %13 = arith.muli %12, %cst_1 : vector<16xi8>
    %14 = vector.extract_strided_slice %13 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %15 = vector.extract_strided_slice %13 {offsets = [8], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %c7_i8_2 = arith.constant 7 : i8
    %16 = vector.broadcast %c7_i8_2 : i8 to vector<16xi8>
    %17 = arith.shrui %2, %16 : vector<16xi8>
    %18 = arith.addi %2, %17 : vector<16xi8>
    %cst_3 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %19 = arith.muli %18, %cst_3 : vector<16xi8>
    %20 = vector.extract_strided_slice %19 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %21 = vector.extract_strided_slice %19 {offsets = [8], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %c7_i8_4 = arith.constant 7 : i8
    %22 = vector.broadcast %c7_i8_4 : i8 to vector<16xi8>
    %23 = arith.shrui %3, %22 : vector<16xi8>
    %24 = arith.addi %3, %23 : vector<16xi8>
    %cst_5 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %25 = arith.muli %24, %cst_5 : vector<16xi8>
    %26 = vector.extract_strided_slice %25 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %27 = vector.extract_strided_slice %25 {offsets = [8], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %28 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%8, %9) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %29 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%14, %15) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %30 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%20, %21) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %31 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%26, %27) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %32 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%28, %29) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %33 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%30, %31) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %34 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%32, %33) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    return %34 : vector<8xi8>
  }
}

