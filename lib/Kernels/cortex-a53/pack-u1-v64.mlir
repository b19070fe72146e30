// bitserial kernel, format 1
// key: pack=unsigned:1:0 values=64 target=AArch64:cortex-a53 model=cortex-a53 features=neon vectors=32x128 semantics=0371ec95c5a6df56 pack-prover=2 pack-search=1 version=0.1.0/22.1.8
// blake3: d3095417a320355fec6ec2a7177261efc679f12a491d15821108d521160ef027
module @"pack-u1-v64" attributes {bitserial.pack = {cpu = "cortex-a53", cycles = "17.25", features = ["neon"], sketch = "plane 0: neon.mul_16b, sums by neon.addp_16b", spec = {format = !bitserial.int<1, unsigned>, values = 64 : i64}, steps = 4 : i64}} {
  func.func @pack(%arg0: vector<64xi8>) -> vector<8xi8> {
    %0 = vector.extract_strided_slice %arg0 {offsets = [0], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %1 = vector.extract_strided_slice %arg0 {offsets = [16], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %2 = vector.extract_strided_slice %arg0 {offsets = [32], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %3 = vector.extract_strided_slice %arg0 {offsets = [48], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %cst = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %4 = arith.muli %0, %cst : vector<16xi8>
    %cst_0 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %5 = arith.muli %1, %cst_0 : vector<16xi8>
    %cst_1 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %6 = arith.muli %2, %cst_1 : vector<16xi8>
    %cst_2 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %7 = arith.muli %3, %cst_2 : vector<16xi8>
    %8 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%4, %5) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %9 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%6, %7) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %10 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%8, %9) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %11 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%10, %10) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %12 = vector.extract_strided_slice %11 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    return %12 : vector<8xi8>
  }
}

