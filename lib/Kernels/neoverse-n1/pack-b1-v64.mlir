// bitserial kernel, format 1
// key: pack=bipolar:1:0 values=64 target=AArch64:neoverse-n1 model=neoverse-n1 features=dotprod,neon vectors=32x128 semantics=0371ec95c5a6df56 pack-prover=2 pack-search=1 version=0.1.0/22.1.8
// blake3: 2d85ba417cc09c790d12dc6d1d6e3be841b9226b1f7f443d8a76737c1f53004a
module @"pack-b1-v64" attributes {bitserial.pack = {cpu = "neoverse-n1", cycles = "7.25", sketch = "the reference lowering", spec = {format = !bitserial.int<1, bipolar>, values = 64 : i64}, steps = 4 : i64}} {
  func.func @pack(%arg0: vector<64xi8>) -> vector<8xi8> {
    %cst = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<64xi8>
    %cst_0 = arith.constant dense<0> : vector<64xi8>
    %cst_1 = arith.constant dense<1> : vector<64xi8>
    %0 = arith.cmpi sge, %arg0, %cst_1 : vector<64xi8>
    %1 = arith.select %0, %cst, %cst_0 : vector<64xi1>, vector<64xi8>
    %2 = vector.extract_strided_slice %1 {offsets = [0], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %3 = vector.extract_strided_slice %1 {offsets = [16], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %4 = vector.extract_strided_slice %1 {offsets = [32], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %5 = vector.extract_strided_slice %1 {offsets = [48], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %6 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%2, %3) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %7 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%4, %5) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %8 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%6, %7) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %9 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%8, %8) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %10 = vector.extract_strided_slice %9 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    return %10 : vector<8xi8>
  }
}

