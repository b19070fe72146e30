// bitserial kernel, format 1
// key: pack=signed:4:0 values=64 target=x86-64:haswell model=haswell features=avx,avx2,sse4.1,ssse3 vectors=16x256 semantics=96304efe6d36b525 pack-prover=2 pack-search=1 version=0.1.0/22.1.8
// blake3: f7d34f662d3f567d5ddbc56a7548925e7aed4ab2582d59445cecca039c84f383
module @"pack-s4-v64" attributes {bitserial.pack = {cpu = "haswell", cycles = "10.00", features = ["avx2"], sketch = "plane 3: avx2.vpmovmskb; plane 2: avx2.vpsllq, avx2.vpmovmskb; plane 1: avx2.vpaddd, avx2.vpmovmskb; plane 0: avx2.vpaddb, avx2.vpmovmskb; joined as integers", spec = {format = !bitserial.int<4, signed>, values = 64 : i64}}} {
  func.func @pack(%arg0: vector<64xi8>) -> (vector<8xi8>, vector<8xi8>, vector<8xi8>, vector<8xi8>) {
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
    %c5_i64 = arith.constant 5 : i64
    %11 = vector.broadcast %c5_i64 : i64 to vector<4xi64>
    %12 = arith.shli %10, %11 : vector<4xi64>
    %13 = vector.bitcast %12 : vector<4xi64> to vector<32xi8>
    %14 = llvm.call_intrinsic "llvm.x86.avx2.pmovmskb"(%13) : (vector<32xi8>) -> i32
    %15 = vector.bitcast %1 : vector<32xi8> to vector<4xi64>
    %c5_i64_0 = arith.constant 5 : i64
    %16 = vector.broadcast %c5_i64_0 : i64 to vector<4xi64>
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
    %26 = vector.bitcast %13 : vector<32xi8> to vector<8xi32>
    %27 = vector.bitcast %13 : vector<32xi8> to vector<8xi32>
    %28 = arith.addi %26, %27 : vector<8xi32>
    %29 = vector.bitcast %28 : vector<8xi32> to vector<32xi8>
    %30 = llvm.call_intrinsic "llvm.x86.avx2.pmovmskb"(%29) : (vector<32xi8>) -> i32
    %31 = vector.bitcast %18 : vector<32xi8> to vector<8xi32>
    %32 = vector.bitcast %18 : vector<32xi8> to vector<8xi32>
    %33 = arith.addi %31, %32 : vector<8xi32>
    %34 = vector.bitcast %33 : vector<8xi32> to vector<32xi8>
    %35 = llvm.call_intrinsic "llvm.x86.avx2.pmovmskb"(%34) : (vector<32xi8>) -> i32
    %36 = arith.extui %30 : i32 to i64
    %37 = arith.extui %35 : i32 to i64
    %c32_i64_2 = arith.constant 32 : i64
    %38 = arith.shli %37, %c32_i64_2 : i64
    %39 = arith.ori %36, %38 : i64
    %40 = vector.broadcast %39 : i64 to vector<1xi64>
    %41 = vector.bitcast %40 : vector<1xi64> to vector<8xi8>
    %42 = arith.addi %29, %29 : vector<32xi8>
    %43 = llvm.call_intrinsic "llvm.x86.avx2.pmovmskb"(%42) : (vector<32xi8>) -> i32
    %44 = arith.addi %34, %34 : vector<32xi8>
    %45 = llvm.call_intrinsic "llvm.x86.avx2.pmovmskb"(%44) : (vector<32xi8>) -> i32
    %46 = arith.extui %43 : i32 to i64
    %47 = arith.extui %45 : i32 to i64
    %c32_i64_3 = arith.constant 32 : i64
    %48 = arith.shli %47, %c32_i64_3 : i64
    %49 = arith.ori %46, %48 : i64
    %50 = vector.broadcast %49 : i64 to vector<1xi64>
    %51 = vector.bitcast %50 : vector<1xi64> to vector<8xi8>
    return %51, %41, %25, %9 : vector<8xi8>, vector<8xi8>, vector<8xi8>, vector<8xi8>
  }
}

