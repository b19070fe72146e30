// bitserial kernel, format 1
// key: pack=bipolar:2:0 values=64 target=x86-64:haswell model=haswell features=avx,avx2,sse4.1,ssse3 vectors=16x256 semantics=96304efe6d36b525 pack-prover=2 pack-search=1 version=0.1.0/22.1.8
// blake3: ccaf1195b7c7b879423e9cf53435dc73a295eabec8de6883a2a3f99bfcc41ecb
module @"pack-b2-v64" attributes {bitserial.pack = {cpu = "haswell", cycles = "4.75", features = ["avx2"], sketch = "all planes: avx2.vpand, avx2.vpsubb; plane 1: avx2.vpmovmskb; plane 0: avx2.vpaddb, avx2.vpmovmskb; joined as integers", spec = {format = !bitserial.int<2, bipolar>, values = 64 : i64}, steps = 4 : i64}} {
  func.func @pack(%arg0: vector<64xi8>) -> (vector<8xi8>, vector<8xi8>) {
    %0 = vector.extract_strided_slice %arg0 {offsets = [0], sizes = [32], strides = [1]} : vector<64xi8> to vector<32xi8>
    %1 = vector.extract_strided_slice %arg0 {offsets = [32], sizes = [32], strides = [1]} : vector<64xi8> to vector<32xi8>
    %cst = arith.constant dense<-126> : vector<32xi8>
    %2 = arith.andi %0, %cst : vector<32xi8>
    %cst_0 = arith.constant dense<65> : vector<32xi8>
    %3 = arith.subi %2, %cst_0 : vector<32xi8>
    %cst_1 = arith.constant dense<-126> : vector<32xi8>
    %4 = arith.andi %1, %cst_1 : vector<32xi8>
    %cst_2 = arith.constant dense<65> : vector<32xi8>
    %5 = arith.subi %4, %cst_2 : vector<32xi8>
    %6 = llvm.call_intrinsic "llvm.x86.avx2.pmovmskb"(%3) : (vector<32xi8>) -> i32
    %7 = llvm.call_intrinsic "llvm.x86.avx2.pmovmskb"(%5) : (vector<32xi8>) -> i32
    %8 = arith.extui %6 : i32 to i64
    %9 = arith.extui %7 : i32 to i64
    %c32_i64 = arith.constant 32 : i64
    %10 = arith.shli %9, %c32_i64 : i64
    %11 = arith.ori %8, %10 : i64
    %12 = vector.broadcast %11 : i64 to vector<1xi64>
    %13 = vector.bitcast %12 : vector<1xi64> to vector<8xi8>
    %14 = arith.addi %3, %3 : vector<32xi8>
    %15 = llvm.call_intrinsic "llvm.x86.avx2.pmovmskb"(%14) : (vector<32xi8>) -> i32
    %16 = arith.addi %5, %5 : vector<32xi8>
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

