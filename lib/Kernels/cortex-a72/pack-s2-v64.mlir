// bitserial kernel, format 1
// key: pack=signed:2:0 values=64 target=AArch64:cortex-a72 model=cortex-a72 features=neon vectors=32x128 semantics=0371ec95c5a6df56 pack-prover=2 pack-search=1 version=0.1.0/22.1.8
// blake3: b9ddd554d0bc43083acc1d2889477176075286fcd8ed08116da30ead02cd55ec
module @"pack-s2-v64" attributes {bitserial.pack = {cpu = "cortex-a72", cycles = "11.50", features = ["neon"], sketch = "planes 0 and 1: neon.and_16b, neon.mul_16b, sums by neon.addp_16b", spec = {format = !bitserial.int<2, signed>, values = 64 : i64}, steps = 2 : i64}} {
  func.func @pack(%arg0: vector<64xi8>) -> (vector<8xi8>, vector<8xi8>) {
    %0 = vector.extract_strided_slice %arg0 {offsets = [0], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %1 = vector.extract_strided_slice %arg0 {offsets = [16], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %2 = vector.extract_strided_slice %arg0 {offsets = [32], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %3 = vector.extract_strided_slice %arg0 {offsets = [48], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %cst = arith.constant dense<17> : vector<16xi8>
    %4 = arith.andi %0, %cst : vector<16xi8>
    %cst_0 = arith.constant dense<[1, 2, 4, 8, 1, 2, 4, 8, 1, 2, 4, 8, 1, 2, 4, 8]> : vector<16xi8>
    %5 = arith.muli %4, %cst_0 : vector<16xi8>
    %cst_1 = arith.constant dense<17> : vector<16xi8>
    %6 = arith.andi %1, %cst_1 : vector<16xi8>
    %cst_2 = arith.constant dense<[1, 2, 4, 8, 1, 2, 4, 8, 1, 2, 4, 8, 1, 2, 4, 8]> : vector<16xi8>
    %7 = arith.muli %6, %cst_2 : vector<16xi8>
    %cst_3 = arith.constant dense<17> : vector<16xi8>
    %8 = arith.andi %2, %cst_3 : vector<16xi8>
    %cst_4 = arith.constant dense<[1, 2, 4, 8, 1, 2, 4, 8, 1, 2, 4, 8, 1, 2, 4, 8]> : vector<16xi8>
    %9 = arith.muli %8, %cst_4 : vector<16xi8>
    %cst_5 = arith.constant dense<17> : vector<16xi8>
    %10 = arith.andi %3, %cst_5 : vector<16xi8>
    %cst_6 = arith.constant dense<[1, 2, 4, 8, 1, 2, 4, 8, 1, 2, 4, 8, 1, 2, 4, 8]> : vector<16xi8>
    %11 = arith.muli %10, %cst_6 : vector<16xi8>
    %12 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%5, %7) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %13 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%9, %11) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %14 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%12, %13) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %15 = vector.shuffle %14, %14 [0, 2, 4, 6, 8, 10, 12, 14] : vector<16xi8>, vector<16xi8>
    %16 = vector.shuffle %14, %14 [1, 3, 5, 7, 9, 11, 13, 15] : vector<16xi8>, vector<16xi8>
    %cst_7 = arith.constant dense<15> : vector<8xi8>
    %17 = arith.andi %15, %cst_7 : vector<8xi8>
    %cst_8 = arith.constant dense<4> : vector<8xi8>
    %18 = arith.shli %16, %cst_8 : vector<8xi8>
    %19 = arith.ori %17, %18 : vector<8xi8>
    %cst_9 = arith.constant dense<4> : vector<8xi8>
    %20 = arith.shrui %15, %cst_9 : vector<8xi8>
    %cst_10 = arith.constant dense<-16> : vector<8xi8>
    %21 = arith.andi %16, %cst_10 : vector<8xi8>
    %22 = arith.ori %20, %21 : vector<8xi8>
    return %19, %22 : vector<8xi8>, vector<8xi8>
  }
}

