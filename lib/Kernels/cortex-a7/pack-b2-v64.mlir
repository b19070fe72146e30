// bitserial kernel, format 1
// key: pack=bipolar:2:0 values=64 target=ARM:cortex-a7 model=cortex-r52 features=neon vectors=16x128 semantics=02740cc13617de67 pack-prover=2 pack-search=1 version=0.1.0/22.1.8
// blake3: 43212bae1826b10fb12f6a901208bbfc91e327e6ee03fe1889d6154943b315f1
module @"pack-b2-v64" attributes {bitserial.pack = {cpu = "cortex-a7", cycles = "54.00", features = ["neon"], sketch = "plane 0: armv7.vtst_16b, armv7.vand_16b, sums by armv7.vpadd_8b; plane 1: armv7.vcgt_s16b, armv7.vand_16b, sums by armv7.vpadd_8b", spec = {format = !bitserial.int<2, bipolar>, values = 64 : i64}, steps = 2 : i64}} {
  func.func @pack(%arg0: vector<64xi8>) -> (vector<8xi8>, vector<8xi8>) {
    %0 = vector.extract_strided_slice %arg0 {offsets = [0], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %1 = vector.extract_strided_slice %arg0 {offsets = [16], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %2 = vector.extract_strided_slice %arg0 {offsets = [32], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %3 = vector.extract_strided_slice %arg0 {offsets = [48], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %cst = arith.constant dense<2> : vector<16xi8>
    %4 = arith.andi %0, %cst : vector<16xi8>
    %cst_0 = arith.constant dense<0> : vector<16xi8>
    %5 = arith.cmpi ne, %4, %cst_0 : vector<16xi8>
    %6 = arith.extsi %5 : vector<16xi1> to vector<16xi8>
    %cst_1 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %7 = arith.andi %6, %cst_1 : vector<16xi8>
    %8 = vector.extract_strided_slice %7 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %9 = vector.extract_strided_slice %7 {offsets = [8], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %cst_2 = arith.constant dense<2> : vector<16xi8>
    %10 = arith.andi %1, %cst_2 : vector<16xi8>
    %cst_3 = arith.constant dense<0> : vector<16xi8>
    %11 = arith.cmpi ne, %10, %cst_3 : vector<16xi8>
    %12 = arith.extsi %11 : vector<16xi1> to vector<16xi8>
    %cst_4 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %13 = arith.andi %12, %cst_4 : vector<16xi8>
    %14 = vector.extract_strided_slice %13 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %15 = vector.extract_strided_slice %13 {offsets = [8], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %cst_5 = arith.constant dense<2> : vector<16xi8>
    %16 = arith.andi %2, %cst_5 : vector<16xi8>
    %cst_6 = arith.constant dense<0> : vector<16xi8>
    %17 = arith.cmpi ne, %16, %cst_6 : vector<16xi8>
    %18 = arith.extsi %17 : vector<16xi1> to vector<16xi8>
    %cst_7 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %19 = arith.andi %18, %cst_7 : vector<16xi8>
    %20 = vector.extract_strided_slice %19 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %21 = vector.extract_strided_slice %19 {offsets = [8], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %cst_8 = arith.constant dense<2> : vector<16xi8>
    %22 = arith.andi %3, %cst_8 : vector<16xi8>
    %cst_9 = arith.constant dense<0> : vector<16xi8>
    %23 = arith.cmpi ne, %22, %cst_9 : vector<16xi8>
    %24 = arith.extsi %23 : vector<16xi1> to vector<16xi8>
    %cst_10 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %25 = arith.andi %24, %cst_10 : vector<16xi8>
    %26 = vector.extract_strided_slice %25 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %27 = vector.extract_strided_slice %25 {offsets = [8], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %28 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%8, %9) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %29 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%14, %15) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %30 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%20, %21) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %31 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%26, %27) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %32 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%28, %29) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %33 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%30, %31) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %34 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%32, %33) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %cst_11 = arith.constant dense<-1> : vector<16xi8>
    %35 = arith.cmpi sgt, %0, %cst_11 : vector<16xi8>
    %36 = arith.extsi %35 : vector<16xi1> to vector<16xi8>
    %cst_12 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %37 = arith.andi %36, %cst_12 : vector<16xi8>
    %38 = vector.extract_strided_slice %37 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %39 = vector.extract_strided_slice %37 {offsets = [8], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %cst_13 = arith.constant dense<-1> : vector<16xi8>
    %40 = arith.cmpi sgt, %1, %cst_13 : vector<16xi8>
    %41 = arith.extsi %40 : vector<16xi1> to vector<16xi8>
    %cst_14 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %42 = arith.andi %41, %cst_14 : vector<16xi8>
    %43 = vector.extract_strided_slice %42 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %44 = vector.extract_strided_slice %42 {offsets = [8], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %cst_15 = arith.constant dense<-1> : vector<16xi8>
    %45 = arith.cmpi sgt, %2, %cst_15 : vector<16xi8>
    %46 = arith.extsi %45 : vector<16xi1> to vector<16xi8>
    %cst_16 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %47 = arith.andi %46, %cst_16 : vector<16xi8>
    %48 = vector.extract_strided_slice %47 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %49 = vector.extract_strided_slice %47 {offsets = [8], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %cst_17 = arith.constant dense<-1> : vector<16xi8>
    %50 = arith.cmpi sgt, %3, %cst_17 : vector<16xi8>
    %51 = arith.extsi %50 : vector<16xi1> to vector<16xi8>
    %cst_18 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %52 = arith.andi %51, %cst_18 : vector<16xi8>
    %53 = vector.extract_strided_slice %52 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %54 = vector.extract_strided_slice %52 {offsets = [8], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %55 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%38, %39) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %56 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%43, %44) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %57 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%48, %49) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %58 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%53, %54) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %59 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%55, %56) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %60 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%57, %58) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %61 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%59, %60) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    return %34, %61 : vector<8xi8>, vector<8xi8>
  }
}

