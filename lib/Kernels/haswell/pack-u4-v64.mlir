// bitserial kernel, format 1
// key: pack=unsigned:4:0 values=64 target=x86-64:haswell model=haswell features=avx,avx2,sse4.1,ssse3 vectors=16x256 semantics=96304efe6d36b525 pack-prover=2 pack-search=1 version=0.1.0/22.1.8
// blake3: f19605dddbfdb900d7d2239a4831a9d803b0fee8c816da892049ca6131e2740a
module @"pack-u4-v64" attributes {bitserial.pack = {cpu = "haswell", cycles = "8.00", features = ["avx2"], sketch = "all planes: avx2.vpshufb; plane 3: avx2.vpmovmskb; plane 2: avx2.vpaddb, avx2.vpmovmskb; plane 1: avx2.vpaddd, avx2.vpmovmskb; plane 0: avx2.vpaddb, avx2.vpmovmskb; joined as integers", spec = {format = !bitserial.int<4, unsigned>, values = 64 : i64}, steps = 2 : i64}} {
  func.func @pack(%arg0: vector<64xi8>) -> (vector<8xi8>, vector<8xi8>, vector<8xi8>, vector<8xi8>) {
    %0 = vector.extract_strided_slice %arg0 {offsets = [0], sizes = [32], strides = [1]} : vector<64xi8> to vector<32xi8>
    %1 = vector.extract_strided_slice %arg0 {offsets = [32], sizes = [32], strides = [1]} : vector<64xi8> to vector<32xi8>
    %cst = arith.constant dense<[0, 16, 32, 48, 64, 80, 96, 112, -128, -112, -96, -80, -64, -48, -32, -16, 0, 16, 32, 48, 64, 80, 96, 112, -128, -112, -96, -80, -64, -48, -32, -16]> : vector<32xi8>
    %2 = llvm.call_intrinsic "llvm.x86.avx2.pshuf.b"(%cst, %0) : (vector<32xi8>, vector<32xi8>) -> vector<32xi8>
    %cst_0 = arith.constant dense<[0, 16, 32, 48, 64, 80, 96, 112, -128, -112, -96, -80, -64, -48, -32, -16, 0, 16, 32, 48, 64, 80, 96, 112, -128, -112, -96, -80, -64, -48, -32, -16]> : vector<32xi8>
    %3 = llvm.call_intrinsic "llvm.x86.avx2.pshuf.b"(%cst_0, %1) : (vector<32xi8>, vector<32xi8>) -> vector<32xi8>
    %4 = llvm.call_intrinsic "llvm.x86.avx2.pmovmskb"(%2) : (vector<32xi8>) -> i32
    %5 = llvm.call_intrinsic "llvm.x86.avx2.pmovmskb"(%3) : (vector<32xi8>) -> i32
    %6 = arith.extui %4 : i32 to i64
    %7 = arith.extui %5 : i32 to i64
    %c32_i64 = arith.constant 32 : i64
    %8 = arith.shli %7, %c32_i64 : i64
    %9 = arith.ori %6, %8 : i64
    %10 = vector.broadcast %9 : i64 to vector<1xi64>
    %11 = vector.bitcast %10 : vector<1xi64> to vector<8xi8>
    %12 = arith.addi %2, %2 : vector<32xi8>
    %13 = llvm.call_intrinsic "llvm.x86.avx2.pmovmskb"(%12) : (vector<32xi8>) -> i32
    %14 = arith.addi %3, %3 : vector<32xi8>
    %15 = llvm.call_intrinsic "llvm.x86.avx2.pmovmskb"(%14) : (vector<32xi8>) -> i32
    %16 = arith.extui %13 : i32 to i64
    %17 = arith.extui %15 : i32 to i64
    %c32_i64_1 = arith.constant 32 : i64
    %18 = arith.shli %17, %c32_i64_1 : i64
    %19 = arith.ori %16, %18 : i64
    %20 = vector.broadcast %19 : i64 to vector<1xi64>
    %21 = vector.bitcast %20 : vector<1xi64> to vector<8xi8>
    %22 = vector.bitcast %12 : vector<32xi8> to vector<8xi32>
    %23 = vector.bitcast %12 : vector<32xi8> to vector<8xi32>
    %24 = arith.addi %22, %23 : vector<8xi32>
    %25 = vector.bitcast %24 : vector<8xi32> to vector<32xi8>
    %26 = llvm.call_intrinsic "llvm.x86.avx2.pmovmskb"(%25) : (vector<32xi8>) -> i32
    %27 = vector.bitcast %14 : vector<32xi8> to vector<8xi32>
    %28 = vector.bitcast %14 : vector<32xi8> to vector<8xi32>
    %29 = arith.addi %27, %28 : vector<8xi32>
    %30 = vector.bitcast %29 : vector<8xi32> to vector<32xi8>
    %31 = llvm.call_intrinsic "llvm.x86.avx2.pmovmskb"(%30) : (vector<32xi8>) -> i32
    %32 = arith.extui %26 : i32 to i64
    %33 = arith.extui %31 : i32 to i64
    %c32_i64_2 = arith.constant 32 : i64
    %34 = arith.shli %33, %c32_i64_2 : i64
    %35 = arith.ori %32, %34 : i64
    %36 = vector.broadcast %35 : i64 to vector<1xi64>
    %37 = vector.bitcast %36 : vector<1xi64> to vector<8xi8>
    %38 = arith.addi %25, %25 : vector<32xi8>
    %39 = llvm.call_intrinsic "llvm.x86.avx2.pmovmskb"(%38) : (vector<32xi8>) -> i32
    %40 = arith.addi %30, %30 : vector<32xi8>
    %41 = llvm.call_intrinsic "llvm.x86.avx2.pmovmskb"(%40) : (vector<32xi8>) -> i32
    %42 = arith.extui %39 : i32 to i64
    %43 = arith.extui %41 : i32 to i64
    %c32_i64_3 = arith.constant 32 : i64
    %44 = arith.shli %43, %c32_i64_3 : i64
    %45 = arith.ori %42, %44 : i64
    %46 = vector.broadcast %45 : i64 to vector<1xi64>
    %47 = vector.bitcast %46 : vector<1xi64> to vector<8xi8>
    return %47, %37, %21, %11 : vector<8xi8>, vector<8xi8>, vector<8xi8>, vector<8xi8>
  }
}

