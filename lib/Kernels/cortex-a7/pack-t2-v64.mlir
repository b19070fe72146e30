// bitserial kernel, format 1
// key: pack=ternary:2:0 values=64 target=ARM:cortex-a7 model=cortex-r52 features=neon vectors=16x128 semantics=02740cc13617de67 pack-prover=2 pack-search=1 version=0.1.0/22.1.8
// blake3: 4701b35f3b865aef200b959e58abbb20afab47d53f63cfd1b885b2b1afd75ee3
module @"pack-t2-v64" attributes {bitserial.pack = {cpu = "cortex-a7", cycles = "48.00", features = ["neon"], sketch = "plane 0: armv7.vcgt_s16b, armv7.vand_16b, sums by armv7.vpadd_8b; plane 1: armv7.vshr_s16b, armv7.vand_16b, sums by armv7.vpadd_8b", spec = {format = !bitserial.int<2, ternary>, values = 64 : i64}, steps = 2 : i64}} {
  func.func @pack(%arg0: vector<64xi8>) -> (vector<8xi8>, vector<8xi8>) {
    %0 = vector.extract_strided_slice %arg0 {offsets = [0], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %1 = vector.extract_strided_slice %arg0 {offsets = [16], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %2 = vector.extract_strided_slice %arg0 {offsets = [32], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %3 = vector.extract_strided_slice %arg0 {offsets = [48], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %cst = arith.constant dense<0> : vector<16xi8>
    %4 = arith.cmpi sgt, %0, %cst : vector<16xi8>
    %5 = arith.extsi %4 : vector<16xi1> to vector<16xi8>
    %cst_0 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %6 = arith.andi %5, %cst_0 : vector<16xi8>
    %7 = vector.extract_strided_slice %6 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %8 = vector.extract_strided_slice %6 {offsets = [8], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %cst_1 = arith.constant dense<0> : vector<16xi8>
    %9 = arith.cmpi sgt, %1, %cst_1 : vector<16xi8>
    %10 = arith.extsi %9 : vector<16xi1> to vector<16xi8>
    %cst_2 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %11 = arith.andi %10, %cst_2 : vector<16xi8>
    %12 = vector.extract_strided_slice %11 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %13 = vector.extract_strided_slice %11 {offsets = [8], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %cst_3 = arith.constant dense<0> : vector<16xi8>
    %14 = arith.cmpi sgt, %2, %cst_3 : vector<16xi8>
    %15 = arith.extsi %14 : vector<16xi1> to vector<16xi8>
    %cst_4 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %16 = arith.andi %15, %cst_4 : vector<16xi8>
    %17 = vector.extract_strided_slice %16 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %18 = vector.extract_strided_slice %16 {offsets = [8], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %cst_5 = arith.constant dense<0> : vector<16xi8>
    %19 = arith.cmpi sgt, %3, %cst_5 : vector<16xi8>
    %20 = arith.extsi %19 : vector<16xi1> to vector<16xi8>
    %cst_6 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %21 = arith.andi %20, %cst_6 : vector<16xi8>
    %22 = vector.extract_strided_slice %21 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %23 = vector.extract_strided_slice %21 {offsets = [8], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %24 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%7, %8) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %25 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%12, %13) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %26 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%17, %18) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %27 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%22, %23) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %28 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%24, %25) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %29 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%26, %27) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %30 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%28, %29) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %c1_i8 = arith.constant 1 : i8
    %31 = vector.broadcast %c1_i8 : i8 to vector<16xi8>
    %32 = arith.shrsi %0, %31 : vector<16xi8>
    %cst_7 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %33 = arith.andi %32, %cst_7 : vector<16xi8>
    %34 = vector.extract_strided_slice %33 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %35 = vector.extract_strided_slice %33 {offsets = [8], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %c1_i8_8 = arith.constant 1 : i8
    %36 = vector.broadcast %c1_i8_8 : i8 to vector<16xi8>
    %37 = arith.shrsi %1, %36 : vector<16xi8>
    %cst_9 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %38 = arith.andi %37, %cst_9 : vector<16xi8>
    %39 = vector.extract_strided_slice %38 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %40 = vector.extract_strided_slice %38 {offsets = [8], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %c1_i8_10 = arith.constant 1 : i8
    %41 = vector.broadcast %c1_i8_10 : i8 to vector<16xi8>
    %42 = arith.shrsi %2, %41 : vector<16xi8>
    %cst_11 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %43 = arith.andi %42, %cst_11 : vector<16xi8>
    %44 = vector.extract_strided_slice %43 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %45 = vector.extract_strided_slice %43 {offsets = [8], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %c1_i8_12 = arith.constant 1 : i8
    %46 = vector.broadcast %c1_i8_12 : i8 to vector<16xi8>
    %47 = arith.shrsi %3, %46 : vector<16xi8>
    %cst_13 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %48 = arith.andi %47, %cst_13 : vector<16xi8>
    %49 = vector.extract_strided_slice %48 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %50 = vector.extract_strided_slice %48 {offsets = [8], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %51 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%34, %35) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %52 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%39, %40) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %53 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%44, %45) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %54 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%49, %50) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %55 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%51, %52) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %56 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%53, %54) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %57 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%55, %56) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    return %30, %57 : vector<8xi8>, vector<8xi8>
  }
}

