// bitserial kernel, format 1
// key: pack=signed:3:0 values=64 target=x86-64:haswell model=haswell features=avx,avx2,sse4.1,ssse3 vectors=16x256 semantics=96304efe6d36b525 pack-prover=2 pack-search=1 version=0.1.0/22.1.8
// blake3: 06db8971fd1f3a8582656ae2e4498ad374aff0e1faff578f6c432cc895caeb63
module @"pack-s3-v64" attributes {bitserial.pack = {cpu = "haswell", cycles = "8.00", features = ["avx2"], sketch = "plane 2: avx2.vpmovmskb; plane 1: avx2.vpsllq, avx2.vpmovmskb; plane 0: avx2.vpaddb, avx2.vpmovmskb; joined as integers", spec = {format = !bitserial.int<3, signed>, values = 64 : i64}}} {
  func.func @pack(%arg0: vector<64xi8>) -> (vector<8xi8>, vector<8xi8>, vector<8xi8>) {
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
    %c6_i64 = arith.constant 6 : i64
    %11 = vector.broadcast %c6_i64 : i64 to vector<4xi64>
    %12 = arith.shli %10, %11 : vector<4xi64>
    %13 = vector.bitcast %12 : vector<4xi64> to vector<32xi8>
    %14 = llvm.call_intrinsic "llvm.x86.avx2.pmovmskb"(%13) : (vector<32xi8>) -> i32
    %15 = vector.bitcast %1 : vector<32xi8> to vector<4xi64>
    %c6_i64_0 = arith.constant 6 : i64
    %16 = vector.broadcast %c6_i64_0 : i64 to vector<4xi64>
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
    %26 = arith.addi %13, %13 : vector<32xi8>
    %27 = llvm.call_intrinsic "llvm.x86.avx2.pmovmskb"(%26) : (vector<32xi8>) -> i32
    %28 = arith.addi %18, %18 : vector<32xi8>
    %29 = llvm.call_intrinsic "llvm.x86.avx2.pmovmskb"(%28) : (vector<32xi8>) -> i32
    %30 = arith.extui %27 : i32 to i64
    %31 = arith.extui %29 : i32 to i64
    %c32_i64_2 = arith.constant 32 : i64
    %32 = arith.shli %31, %c32_i64_2 : i64
    %33 = arith.ori %30, %32 : i64
    %34 = vector.broadcast %33 : i64 to vector<1xi64>
    %35 = vector.bitcast %34 : vector<1xi64> to vector<8xi8>
    return %35, %25, %9 : vector<8xi8>, vector<8xi8>, vector<8xi8>
  }
}

