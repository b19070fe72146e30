// bitserial kernel, format 1
// key: pack=signed:2:0 values=64 target=x86-64:haswell model=haswell features=avx,avx2,sse4.1,ssse3 vectors=16x256 semantics=96304efe6d36b525 pack-prover=2 pack-search=1 version=0.1.0/22.1.8
// blake3: 3362f7775e4dcc45c061a331a4b9ca889aa56ebc8bb67bb653e54cae99c7f667
module @"pack-s2-v64" attributes {bitserial.pack = {cpu = "haswell", cycles = "6.00", features = ["avx2"], sketch = "plane 1: avx2.vpmovmskb; plane 0: avx2.vpsllq, avx2.vpmovmskb; joined as integers", spec = {format = !bitserial.int<2, signed>, values = 64 : i64}}} {
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
    %10 = vector.bitcast %0 : vector<32xi8> to vector<4xi64>
    %c7_i64 = arith.constant 7 : i64
    %11 = vector.broadcast %c7_i64 : i64 to vector<4xi64>
    %12 = arith.shli %10, %11 : vector<4xi64>
    %13 = vector.bitcast %12 : vector<4xi64> to vector<32xi8>
    %14 = llvm.call_intrinsic "llvm.x86.avx2.pmovmskb"(%13) : (vector<32xi8>) -> i32
    %15 = vector.bitcast %1 : vector<32xi8> to vector<4xi64>
    %c7_i64_0 = arith.constant 7 : i64
    %16 = vector.broadcast %c7_i64_0 : i64 to vector<4xi64>
    %17 = arith.shli %15, %16 : vector<4xi64>
    %18 = vector.bitcast %17 : vector<4xi64> to vector<32xi8>
    %19 = llvm.call_intrinsic "llvm.x86.avx2.pmovmskb"(%18) : (vector<32xi8>) -> i32
    %20 = arith.extui %14 : i32 to i64
    %21 = arith.extui %19 : i32 to i64
    %c32_i64_1 = arith.constant 32 : i64
    %22 = arith.shli %21, %c32_i64_1 : i64
    %23 = arith.ori %20, %22 : i64
    %24 = vector.broadcast %23 : i64 to vector<1xi64>
    %25 = vector.bitcast %24 : vector<1xi64> to vector<8xi8>
    return %25, %9 : vector<8xi8>, vector<8xi8>
  }
}

