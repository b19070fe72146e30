// bitserial kernel, format 1
// key: pack=bipolar:2:0 values=64 target=AArch64:cortex-a53 model=cortex-a53 features=neon vectors=32x128 semantics=0371ec95c5a6df56 pack-prover=2 pack-search=1 version=0.1.0/22.1.8
// blake3: c5d19ed8415f4645d49fa0d8ed258ba81217e2f47b40c8d77778f92b9ed19c75
module @"pack-b2-v64" attributes {bitserial.pack = {cpu = "cortex-a53", cycles = "33.00", sketch = "the reference lowering", spec = {format = !bitserial.int<2, bipolar>, values = 64 : i64}, steps = 4 : i64}} {
  func.func @pack(%arg0: vector<64xi8>) -> (vector<8xi8>, vector<8xi8>) {
    %cst = arith.constant dense<[-1, 0, 1, 2, 3, 4, 5, 6, -1, 0, 1, 2, 3, 4, 5, 6]> : vector<16xi8>
    %cst_0 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %cst_1 = arith.constant dense<0> : vector<64xi8>
    %0 = vector.extract_strided_slice %arg0 {offsets = [0], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %1 = llvm.call_intrinsic "llvm.aarch64.neon.ushl"(%0, %cst) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %2 = arith.andi %1, %cst_0 : vector<16xi8>
    %3 = vector.insert_strided_slice %2, %cst_1 {offsets = [0], strides = [1]} : vector<16xi8> into vector<64xi8>
    %4 = vector.extract_strided_slice %arg0 {offsets = [16], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %5 = llvm.call_intrinsic "llvm.aarch64.neon.ushl"(%4, %cst) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %6 = arith.andi %5, %cst_0 : vector<16xi8>
    %7 = vector.insert_strided_slice %6, %3 {offsets = [16], strides = [1]} : vector<16xi8> into vector<64xi8>
    %8 = vector.extract_strided_slice %arg0 {offsets = [32], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %9 = llvm.call_intrinsic "llvm.aarch64.neon.ushl"(%8, %cst) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %10 = arith.andi %9, %cst_0 : vector<16xi8>
    %11 = vector.insert_strided_slice %10, %7 {offsets = [32], strides = [1]} : vector<16xi8> into vector<64xi8>
    %12 = vector.extract_strided_slice %arg0 {offsets = [48], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %13 = llvm.call_intrinsic "llvm.aarch64.neon.ushl"(%12, %cst) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %14 = arith.andi %13, %cst_0 : vector<16xi8>
    %15 = vector.insert_strided_slice %14, %11 {offsets = [48], strides = [1]} : vector<16xi8> into vector<64xi8>
    %16 = vector.extract_strided_slice %15 {offsets = [0], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %17 = vector.extract_strided_slice %15 {offsets = [16], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %18 = vector.extract_strided_slice %15 {offsets = [32], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %19 = vector.extract_strided_slice %15 {offsets = [48], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %20 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%16, %17) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %21 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%18, %19) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %22 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%20, %21) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %23 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%22, %22) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %24 = vector.extract_strided_slice %23 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %cst_2 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<64xi8>
    %cst_3 = arith.constant dense<0> : vector<64xi8>
    %cst_4 = arith.constant dense<1> : vector<64xi8>
    %25 = arith.cmpi sge, %arg0, %cst_4 : vector<64xi8>
    %26 = arith.select %25, %cst_2, %cst_3 : vector<64xi1>, vector<64xi8>
    %27 = vector.extract_strided_slice %26 {offsets = [0], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %28 = vector.extract_strided_slice %26 {offsets = [16], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %29 = vector.extract_strided_slice %26 {offsets = [32], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %30 = vector.extract_strided_slice %26 {offsets = [48], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %31 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%27, %28) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %32 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%29, %30) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %33 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%31, %32) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %34 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%33, %33) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %35 = vector.extract_strided_slice %34 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    return %24, %35 : vector<8xi8>, vector<8xi8>
  }
}

