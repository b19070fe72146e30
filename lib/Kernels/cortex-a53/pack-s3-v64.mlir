// bitserial kernel, format 1
// key: pack=signed:3:0 values=64 target=AArch64:cortex-a53 model=cortex-a53 features=neon vectors=32x128 semantics=0371ec95c5a6df56 pack-prover=2 pack-search=1 version=0.1.0/22.1.8
// blake3: f12c6831b8e62d0836d72babea68027f71108d53846b8dcf8d063c31642d9674
module @"pack-s3-v64" attributes {bitserial.pack = {cpu = "cortex-a53", cycles = "45.50", sketch = "the reference lowering", spec = {format = !bitserial.int<3, signed>, values = 64 : i64}, steps = 4 : i64}} {
  func.func @pack(%arg0: vector<64xi8>) -> (vector<8xi8>, vector<8xi8>, vector<8xi8>) {
    %cst = arith.constant dense<[0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7]> : vector<16xi8>
    %cst_0 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %cst_1 = arith.constant dense<0> : vector<64xi8>
    %0 = vector.extract_strided_slice %arg0 {offsets = [0], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %1 = llvm.call_intrinsic "llvm.aarch64.neon.ushl"(%0, %cst) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %2 = arith.andi %1, %cst_0 : vector<16xi8>
    %3 = vector.insert_strided_slice %2, %cst_1 {offsets = [0], strides = [1]} : vector<16xi8> into vector<64xi8>
    %4 = vector.extract_strided_slice %arg0 {offsets = [16], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %5 = llvm.call_intrinsic "llvm.aarch64.neon.ushl"(%4, %cst) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %6 = arith.andi %5, %cst_0 : vector<16xi8>
    %7 = vector.insert_strided_slice %6, %3 {offsets = [16], strides = [1]} : vector<16xi8> into vector<64xi8>
    %8 = vector.extract_strided_slice %arg0 {offsets = [32], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %9 = llvm.call_intrinsic "llvm.aarch64.neon.ushl"(%8, %cst) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %10 = arith.andi %9, %cst_0 : vector<16xi8>
    %11 = vector.insert_strided_slice %10, %7 {offsets = [32], strides = [1]} : vector<16xi8> into vector<64xi8>
    %12 = vector.extract_strided_slice %arg0 {offsets = [48], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %13 = llvm.call_intrinsic "llvm.aarch64.neon.ushl"(%12, %cst) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %14 = arith.andi %13, %cst_0 : vector<16xi8>
    %15 = vector.insert_strided_slice %14, %11 {offsets = [48], strides = [1]} : vector<16xi8> into vector<64xi8>
    %16 = vector.extract_strided_slice %15 {offsets = [0], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %17 = vector.extract_strided_slice %15 {offsets = [16], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %18 = vector.extract_strided_slice %15 {offsets = [32], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %19 = vector.extract_strided_slice %15 {offsets = [48], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %20 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%16, %17) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %21 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%18, %19) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %22 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%20, %21) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %23 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%22, %22) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %24 = vector.extract_strided_slice %23 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %cst_2 = arith.constant dense<[-1, 0, 1, 2, 3, 4, 5, 6, -1, 0, 1, 2, 3, 4, 5, 6]> : vector<16xi8>
    %cst_3 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %cst_4 = arith.constant dense<0> : vector<64xi8>
    %25 = vector.extract_strided_slice %arg0 {offsets = [0], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %26 = llvm.call_intrinsic "llvm.aarch64.neon.ushl"(%25, %cst_2) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %27 = arith.andi %26, %cst_3 : vector<16xi8>
    %28 = vector.insert_strided_slice %27, %cst_4 {offsets = [0], strides = [1]} : vector<16xi8> into vector<64xi8>
    %29 = vector.extract_strided_slice %arg0 {offsets = [16], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %30 = llvm.call_intrinsic "llvm.aarch64.neon.ushl"(%29, %cst_2) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %31 = arith.andi %30, %cst_3 : vector<16xi8>
    %32 = vector.insert_strided_slice %31, %28 {offsets = [16], strides = [1]} : vector<16xi8> into vector<64xi8>
    %33 = vector.extract_strided_slice %arg0 {offsets = [32], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %34 = llvm.call_intrinsic "llvm.aarch64.neon.ushl"(%33, %cst_2) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %35 = arith.andi %34, %cst_3 : vector<16xi8>
    %36 = vector.insert_strided_slice %35, %32 {offsets = [32], strides = [1]} : vector<16xi8> into vector<64xi8>
    %37 = vector.extract_strided_slice %arg0 {offsets = [48], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %38 = llvm.call_intrinsic "llvm.aarch64.neon.ushl"(%37, %cst_2) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %39 = arith.andi %38, %cst_3 : vector<16xi8>
    %40 = vector.insert_strided_slice %39, %36 {offsets = [48], strides = [1]} : vector<16xi8> into vector<64xi8>
    %41 = vector.extract_strided_slice %40 {offsets = [0], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %42 = vector.extract_strided_slice %40 {offsets = [16], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %43 = vector.extract_strided_slice %40 {offsets = [32], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %44 = vector.extract_strided_slice %40 {offsets = [48], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %45 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%41, %42) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %46 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%43, %44) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %47 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%45, %46) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %48 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%47, %47) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %49 = vector.extract_strided_slice %48 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %cst_5 = arith.constant dense<[-2, -1, 0, 1, 2, 3, 4, 5, -2, -1, 0, 1, 2, 3, 4, 5]> : vector<16xi8>
    %cst_6 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %cst_7 = arith.constant dense<0> : vector<64xi8>
    %50 = vector.extract_strided_slice %arg0 {offsets = [0], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %51 = llvm.call_intrinsic "llvm.aarch64.neon.ushl"(%50, %cst_5) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %52 = arith.andi %51, %cst_6 : vector<16xi8>
    %53 = vector.insert_strided_slice %52, %cst_7 {offsets = [0], strides = [1]} : vector<16xi8> into vector<64xi8>
    %54 = vector.extract_strided_slice %arg0 {offsets = [16], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %55 = llvm.call_intrinsic "llvm.aarch64.neon.ushl"(%54, %cst_5) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %56 = arith.andi %55, %cst_6 : vector<16xi8>
    %57 = vector.insert_strided_slice %56, %53 {offsets = [16], strides = [1]} : vector<16xi8> into vector<64xi8>
    %58 = vector.extract_strided_slice %arg0 {offsets = [32], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %59 = llvm.call_intrinsic "llvm.aarch64.neon.ushl"(%58, %cst_5) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %60 = arith.andi %59, %cst_6 : vector<16xi8>
    %61 = vector.insert_strided_slice %60, %57 {offsets = [32], strides = [1]} : vector<16xi8> into vector<64xi8>
    %62 = vector.extract_strided_slice %arg0 {offsets = [48], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %63 = llvm.call_intrinsic "llvm.aarch64.neon.ushl"(%62, %cst_5) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %64 = arith.andi %63, %cst_6 : vector<16xi8>
    %65 = vector.insert_strided_slice %64, %61 {offsets = [48], strides = [1]} : vector<16xi8> into vector<64xi8>
    %66 = vector.extract_strided_slice %65 {offsets = [0], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %67 = vector.extract_strided_slice %65 {offsets = [16], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %68 = vector.extract_strided_slice %65 {offsets = [32], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %69 = vector.extract_strided_slice %65 {offsets = [48], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %70 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%66, %67) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %71 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%68, %69) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %72 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%70, %71) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %73 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%72, %72) : (vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %74 = vector.extract_strided_slice %73 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    return %24, %49, %74 : vector<8xi8>, vector<8xi8>, vector<8xi8>
  }
}

