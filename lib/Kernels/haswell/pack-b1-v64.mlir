// bitserial kernel, format 1
// key: pack=bipolar:1:0 values=64 target=x86-64:haswell model=haswell features=avx,avx2,sse4.1,ssse3 vectors=16x256 semantics=96304efe6d36b525 pack-prover=2 pack-search=1 version=0.1.0/22.1.8
// blake3: 461b2fc7e8e995904092cc12b823d8309c115702669020720e0c92856ddac196
module @"pack-b1-v64" attributes {bitserial.pack = {cpu = "haswell", cycles = "2.19", features = ["avx2"], sketch = "plane 0: avx2.vpxor, avx2.vpmovmskb; joined as integers", spec = {format = !bitserial.int<1, bipolar>, values = 64 : i64}}} {
  func.func @pack(%arg0: vector<64xi8>) -> vector<8xi8> {
    %0 = vector.extract_strided_slice %arg0 {offsets = [0], sizes = [32], strides = [1]} : vector<64xi8> to vector<32xi8>
    %1 = vector.extract_strided_slice %arg0 {offsets = [32], sizes = [32], strides = [1]} : vector<64xi8> to vector<32xi8>
    %cst = arith.constant dense<-1> : vector<32xi8>
    %2 = arith.xori %0, %cst : vector<32xi8>
    %3 = llvm.call_intrinsic "llvm.x86.avx2.pmovmskb"(%2) : (vector<32xi8>) -> i32
    %cst_0 = arith.constant dense<-1> : vector<32xi8>
    %4 = arith.xori %1, %cst_0 : vector<32xi8>
    %5 = llvm.call_intrinsic "llvm.x86.avx2.pmovmskb"(%4) : (vector<32xi8>) -> i32
    %6 = arith.extui %3 : i32 to i64
    %7 = arith.extui %5 : i32 to i64
    %c32_i64 = arith.constant 32 : i64
    %8 = arith.shli %7, %c32_i64 : i64
    %9 = arith.ori %6, %8 : i64
    %10 = vector.broadcast %9 : i64 to vector<1xi64>
    %11 = vector.bitcast %10 : vector<1xi64> to vector<8xi8>
    return %11 : vector<8xi8>
  }
}

