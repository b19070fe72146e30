// bitserial kernel, format 1
// key: pack=unsigned:1:0 values=64 target=x86-64:haswell model=haswell features=avx,avx2,sse4.1,ssse3 vectors=16x256 semantics=96304efe6d36b525 pack-prover=2 pack-search=1 version=0.1.0/22.1.8
// blake3: 290ef817f7c0e5c237e719fce98a8808a778f590953f5553fb08db5a730e0d34
module @"pack-u1-v64" attributes {bitserial.pack = {cpu = "haswell", cycles = "2.44", features = ["avx2"], sketch = "plane 0: avx2.vpcmpgtb, avx2.vpmovmskb; joined as integers", spec = {format = !bitserial.int<1, unsigned>, values = 64 : i64}}} {
  func.func @pack(%arg0: vector<64xi8>) -> vector<8xi8> {
    %0 = vector.extract_strided_slice %arg0 {offsets = [0], sizes = [32], strides = [1]} : vector<64xi8> to vector<32xi8>
    %1 = vector.extract_strided_slice %arg0 {offsets = [32], sizes = [32], strides = [1]} : vector<64xi8> to vector<32xi8>
    %cst = arith.constant dense<0> : vector<32xi8>
    %2 = arith.cmpi sgt, %0, %cst : vector<32xi8>
    %3 = arith.extsi %2 : vector<32xi1> to vector<32xi8>
    %4 = llvm.call_intrinsic "llvm.x86.avx2.pmovmskb"(%3) : (vector<32xi8>) -> i32
    %cst_0 = arith.constant dense<0> : vector<32xi8>
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
    return %13 : vector<8xi8>
  }
}

