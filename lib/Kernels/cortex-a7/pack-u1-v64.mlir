// bitserial kernel, format 1
// key: pack=unsigned:1:0 values=64 target=ARM:cortex-a7 model=cortex-r52 features=neon vectors=16x128 semantics=02740cc13617de67 pack-prover=2 pack-search=1 version=0.1.0/22.1.8
// blake3: 00810eac5b08c2729f916f9d203361d28d55b6b8e79b0155d078a533baafd88e
module @"pack-u1-v64" attributes {bitserial.pack = {cpu = "cortex-a7", cycles = "35.50", features = ["neon"], sketch = "plane 0: armv7.vmul_16b, sums by armv7.vpadd_8b", spec = {format = !bitserial.int<1, unsigned>, values = 64 : i64}, steps = 2 : i64}} {
  func.func @pack(%arg0: vector<64xi8>) -> vector<8xi8> {
    %0 = vector.extract_strided_slice %arg0 {offsets = [0], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %1 = vector.extract_strided_slice %arg0 {offsets = [16], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %2 = vector.extract_strided_slice %arg0 {offsets = [32], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %3 = vector.extract_strided_slice %arg0 {offsets = [48], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %cst = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %4 = arith.muli %0, %cst : vector<16xi8>
    %5 = vector.extract_strided_slice %4 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %6 = vector.extract_strided_slice %4 {offsets = [8], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %cst_0 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %7 = arith.muli %1, %cst_0 : vector<16xi8>
    %8 = vector.extract_strided_slice %7 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %9 = vector.extract_strided_slice %7 {offsets = [8], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %cst_1 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %10 = arith.muli %2, %cst_1 : vector<16xi8>
    %11 = vector.extract_strided_slice %10 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %12 = vector.extract_strided_slice %10 {offsets = [8], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %cst_2 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %13 = arith.muli %3, %cst_2 : vector<16xi8>
    %14 = vector.extract_strided_slice %13 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %15 = vector.extract_strided_slice %13 {offsets = [8], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %16 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%5, %6) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %17 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%8, %9) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %18 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%11, %12) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %19 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%14, %15) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %20 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%16, %17) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %21 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%18, %19) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %22 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%20, %21) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    return %22 : vector<8xi8>
  }
}

