// bitserial kernel, format 1
// key: pack=ternary:2:0 values=64 target=x86-64:haswell model=haswell features=avx,avx2,sse4.1,ssse3 vectors=16x256 semantics=96304efe6d36b525 pack-prover=2 pack-search=1 version=0.1.0/22.1.8
// blake3: bb21b641f178a1b3912cc0089219ec263ae5b5b2f305e4da3ad14e456eaeb1bb
module @"pack-t2-v64" attributes {bitserial.pack = {cpu = "haswell", cycles = "4.00", features = ["avx2"], sketch = "plane 1: avx2.vpmovmskb; plane 0: avx2.vpaddb, avx2.vpmovmskb; joined as integers", spec = {format = !bitserial.int<2, ternary>, values = 64 : i64}}} {
  func.func @pack(%arg0: vector<64xi8>) -> (vector<8xi8>, vector<8xi8>) {
    %0 = vector.extract_strided_slice %arg0 {offsets = [0], sizes = [32], strides = [1]} : vector<64xi8> to vector<32xi8>
    %1 = vector.extract_strided_slice %arg0 {offsets = [32], sizes = [32], strides = [1]} : vector<64xi8> to vector<32xi8>
    %2 = llvm.call_intrinsic "llvm.x86.avx2.pmovmskb"(%0) : (vector<32xi8>) -> i32
    %3 = llvm.call_intrinsic "llvm.x86.avx2.pmovmskb"(%1) : (vector<32xi8>) -> i32
    %4 = arith.extui %2 : i32 to i64
    %5 = arith.extui %3 : i32 to i64
    %c32_i64 = arith.constant 32 : i64
    %6 = arith.shli %5, %c32_i64 : i64
    %7 = arith.ori %4, %6 : i64
    %8 = vector.broadcast %7 : i64 to vector<1xi64>
    %9 = vector.bitcast %8 : vector<1xi64> to vector<8xi8>
    %cst = arith.constant dense<127> : vector<32xi8>
    %10 = arith.addi %0, %cst : vector<32xi8>
    %11 = llvm.call_intrinsic "llvm.x86.avx2.pmovmskb"(%10) : (vector<32xi8>) -> i32
    %cst_0 = arith.constant dense<127> : vector<32xi8>
    %12 = arith.addi %1, %cst_0 : vector<32xi8>
    %13 = llvm.call_intrinsic "llvm.x86.avx2.pmovmskb"(%12) : (vector<32xi8>) -> i32
    %14 = arith.extui %11 : i32 to i64
    %15 = arith.extui %13 : i32 to i64
    %c32_i64_1 = arith.constant 32 : i64
    %16 = arith.shli %15, %c32_i64_1 : i64
    %17 = arith.ori %14, %16 : i64
    %18 = vector.broadcast %17 : i64 to vector<1xi64>
    %19 = vector.bitcast %18 : vector<1xi64> to vector<8xi8>
    return %19, %9 : vector<8xi8>, vector<8xi8>
  }
}

