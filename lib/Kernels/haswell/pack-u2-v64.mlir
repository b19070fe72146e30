// bitserial kernel, format 1
// key: pack=unsigned:2:0 values=64 target=x86-64:haswell model=haswell features=avx,avx2,sse4.1,ssse3 vectors=16x256 semantics=96304efe6d36b525 pack-prover=2 pack-search=1 version=0.1.0/22.1.8
// blake3: f16b71c934b4ec9e8fb8ab8ab787a60c4b407fae6a8ffa064d0cc6962baa858f
module @"pack-u2-v64" attributes {bitserial.pack = {cpu = "haswell", cycles = "4.38", features = ["avx2"], sketch = "plane 1: avx2.vpcmpgtb, avx2.vpmovmskb; plane 0: avx2.vpshufb, avx2.vpmovmskb; joined as integers", spec = {format = !bitserial.int<2, unsigned>, values = 64 : i64}}} {
  func.func @pack(%arg0: vector<64xi8>) -> (vector<8xi8>, vector<8xi8>) {
    %0 = vector.extract_strided_slice %arg0 {offsets = [0], sizes = [32], strides = [1]} : vector<64xi8> to vector<32xi8>
    %1 = vector.extract_strided_slice %arg0 {offsets = [32], sizes = [32], strides = [1]} : vector<64xi8> to vector<32xi8>
    %cst = arith.constant dense<1> : vector<32xi8>
    %2 = arith.cmpi sgt, %0, %cst : vector<32xi8>
    %3 = arith.extsi %2 : vector<32xi1> to vector<32xi8>
    %4 = llvm.call_intrinsic "llvm.x86.avx2.pmovmskb"(%3) : (vector<32xi8>) -> i32
    %cst_0 = arith.constant dense<1> : vector<32xi8>
    %5 = arith.cmpi sgt, %1, %cst_0 : vector<32xi8>
    %6 = arith.extsi %5 : vector<32xi1> to vector<32xi8>
    %7 = llvm.call_intrinsic "llvm.x86.avx2.pmovmskb"(%6) : (vector<32xi8>) -> i32
    %8 = arith.extui %4 : i32 to i64
    %9 = arith.extui %7 : i32 to i64
    %c32_i64 = arith.constant 32 : i64
    %10 = arith.shli %9, %c32_i64 : i64
    %11 = arith.ori %8, %10 : i64
    %12 = vector.broadcast %11 : i64 to vector<1xi64>
    %13 = vector.bitcast %12 : vector<1xi64> to vector<8xi8>
    %cst_1 = arith.constant dense<[0, -128, 0, -128, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -128, 0, -128, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]> : vector<32xi8>
    %14 = llvm.call_intrinsic "llvm.x86.avx2.pshuf.b"(%cst_1, %0) : (vector<32xi8>, vector<32xi8>) -> vector<32xi8>
    %15 = llvm.call_intrinsic "llvm.x86.avx2.pmovmskb"(%14) : (vector<32xi8>) -> i32
    %cst_2 = arith.constant dense<[0, -128, 0, -128, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -128, 0, -128, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]> : vector<32xi8>
    %16 = llvm.call_intrinsic "llvm.x86.avx2.pshuf.b"(%cst_2, %1) : (vector<32xi8>, vector<32xi8>) -> vector<32xi8>
    %17 = llvm.call_intrinsic "llvm.x86.avx2.pmovmskb"(%16) : (vector<32xi8>) -> i32
    %18 = arith.extui %15 : i32 to i64
    %19 = arith.extui %17 : i32 to i64
    %c32_i64_3 = arith.constant 32 : i64
    %20 = arith.shli %19, %c32_i64_3 : i64
    %21 = arith.ori %18, %20 : i64
    %22 = vector.broadcast %21 : i64 to vector<1xi64>
    %23 = vector.bitcast %22 : vector<1xi64> to vector<8xi8>
    return %23, %13 : vector<8xi8>, vector<8xi8>
  }
}

