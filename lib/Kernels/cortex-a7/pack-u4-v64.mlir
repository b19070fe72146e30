// bitserial kernel, format 1
// key: pack=unsigned:4:0 values=64 target=ARM:cortex-a7 model=cortex-r52 features=neon vectors=16x128 semantics=02740cc13617de67 pack-prover=2 pack-search=1 version=0.1.0/22.1.8
// blake3: 57a9335b313e4191d190b10a8980a65f5e00c5de522e638d2625fba9375dee9f
module @"pack-u4-v64" attributes {bitserial.pack = {cpu = "cortex-a7", cycles = "104.00", features = ["neon"], sketch = "plane 0: armv7.vtst_16b, armv7.vand_16b, sums by armv7.vpadd_8b; plane 1: armv7.vtst_16b, armv7.vand_16b, sums by armv7.vpadd_8b; plane 2: armv7.vtst_16b, armv7.vand_16b, sums by armv7.vpadd_8b; plane 3: armv7.vcgt_s16b, armv7.vand_16b, sums by armv7.vpadd_8b", spec = {format = !bitserial.int<4, unsigned>, values = 64 : i64}}} {
  func.func @pack(%arg0: vector<64xi8>) -> (vector<8xi8>, vector<8xi8>, vector<8xi8>, vector<8xi8>) {
    %0 = vector.extract_strided_slice %arg0 {offsets = [0], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %1 = vector.extract_strided_slice %arg0 {offsets = [16], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %2 = vector.extract_strided_slice %arg0 {offsets = [32], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %3 = vector.extract_strided_slice %arg0 {offsets = [48], sizes = [16], strides = [1]} : vector<64xi8> to vector<16xi8>
    %cst = arith.constant dense<1> : vector<16xi8>
    %4 = arith.andi %0, %cst : vector<16xi8>
    %cst_0 = arith.constant dense<0> : vector<16xi8>
    %5 = arith.cmpi ne, %4, %cst_0 : vector<16xi8>
    %6 = arith.extsi %5 : vector<16xi1> to vector<16xi8>
    %cst_1 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %7 = arith.andi %6, %cst_1 : vector<16xi8>
    %8 = vector.extract_strided_slice %7 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %9 = vector.extract_strided_slice %7 {offsets = [8], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %cst_2 = arith.constant dense<1> : vector<16xi8>
    %10 = arith.andi %1, %cst_2 : vector<16xi8>
    %cst_3 = arith.constant dense<0> : vector<16xi8>
    %11 = arith.cmpi ne, %10, %cst_3 : vector<16xi8>
    %12 = arith.extsi %11 : vector<16xi1> to vector<16xi8>
    %cst_4 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %13 = arith.andi %12, %cst_4 : vector<16xi8>
    %14 = vector.extract_strided_slice %13 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %15 = vector.extract_strided_slice %13 {offsets = [8], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %cst_5 = arith.constant dense<1> : vector<16xi8>
    %16 = arith.andi %2, %cst_5 : vector<16xi8>
    %cst_6 = arith.constant dense<0> : vector<16xi8>
    %17 = arith.cmpi ne, %16, %cst_6 : vector<16xi8>
    %18 = arith.extsi %17 : vector<16xi1> to vector<16xi8>
    %cst_7 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %19 = arith.andi %18, %cst_7 : vector<16xi8>
    %20 = vector.extract_strided_slice %19 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %21 = vector.extract_strided_slice %19 {offsets = [8], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %cst_8 = arith.constant dense<1> : vector<16xi8>
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
    %cst_11 = arith.constant dense<2> : vector<16xi8>
    %35 = arith.andi %0, %cst_11 : vector<16xi8>
    %cst_12 = arith.constant dense<0> : vector<16xi8>
    %36 = arith.cmpi ne, %35, %cst_12 : vector<16xi8>
    %37 = arith.extsi %36 : vector<16xi1> to vector<16xi8>
    %cst_13 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %38 = arith.andi %37, %cst_13 : vector<16xi8>
    %39 = vector.extract_strided_slice %38 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %40 = vector.extract_strided_slice %38 {offsets = [8], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %cst_14 = arith.constant dense<2> : vector<16xi8>
    %41 = arith.andi %1, %cst_14 : vector<16xi8>
    %cst_15 = arith.constant dense<0> : vector<16xi8>
    %42 = arith.cmpi ne, %41, %cst_15 : vector<16xi8>
    %43 = arith.extsi %42 : vector<16xi1> to vector<16xi8>
    %cst_16 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %44 = arith.andi %43, %cst_16 : vector<16xi8>
    %45 = vector.extract_strided_slice %44 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %46 = vector.extract_strided_slice %44 {offsets = [8], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %cst_17 = arith.constant dense<2> : vector<16xi8>
    %47 = arith.andi %2, %cst_17 : vector<16xi8>
    %cst_18 = arith.constant dense<0> : vector<16xi8>
    %48 = arith.cmpi ne, %47, %cst_18 : vector<16xi8>
    %49 = arith.extsi %48 : vector<16xi1> to vector<16xi8>
    %cst_19 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %50 = arith.andi %49, %cst_19 : vector<16xi8>
    %51 = vector.extract_strided_slice %50 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %52 = vector.extract_strided_slice %50 {offsets = [8], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %cst_20 = arith.constant dense<2> : vector<16xi8>
    %53 = arith.andi %3, %cst_20 : vector<16xi8>
    %cst_21 = arith.constant dense<0> : vector<16xi8>
    %54 = arith.cmpi ne, %53, %cst_21 : vector<16xi8>
    %55 = arith.extsi %54 : vector<16xi1> to vector<16xi8>
    %cst_22 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %56 = arith.andi %55, %cst_22 : vector<16xi8>
    %57 = vector.extract_strided_slice %56 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %58 = vector.extract_strided_slice %56 {offsets = [8], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %59 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%39, %40) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %60 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%45, %46) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %61 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%51, %52) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %62 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%57, %58) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %63 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%59, %60) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %64 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%61, %62) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %65 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%63, %64) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %cst_23 = arith.constant dense<4> : vector<16xi8>
    %66 = arith.andi %0, %cst_23 : vector<16xi8>
    %cst_24 = arith.constant dense<0> : vector<16xi8>
    %67 = arith.cmpi ne, %66, %cst_24 : vector<16xi8>
    %68 = arith.extsi %67 : vector<16xi1> to vector<16xi8>
    %cst_25 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %69 = arith.andi %68, %cst_25 : vector<16xi8>
    %70 = vector.extract_strided_slice %69 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %71 = vector.extract_strided_slice %69 {offsets = [8], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %cst_26 = arith.constant dense<4> : vector<16xi8>
    %72 = arith.andi %1, %cst_26 : vector<16xi8>
    %cst_27 = arith.constant dense<0> : vector<16xi8>
    %73 = arith.cmpi ne, %72, %cst_27 : vector<16xi8>
    %74 = arith.extsi %73 : vector<16xi1> to vector<16xi8>
    %cst_28 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %75 = arith.andi %74, %cst_28 : vector<16xi8>
    %76 = vector.extract_strided_slice %75 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %77 = vector.extract_strided_slice %75 {offsets = [8], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %cst_29 = arith.constant dense<4> : vector<16xi8>
    %78 = arith.andi %2, %cst_29 : vector<16xi8>
    %cst_30 = arith.constant dense<0> : vector<16xi8>
    %79 = arith.cmpi ne, %78, %cst_30 : vector<16xi8>
    %80 = arith.extsi %79 : vector<16xi1> to vector<16xi8>
    %cst_31 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %81 = arith.andi %80, %cst_31 : vector<16xi8>
    %82 = vector.extract_strided_slice %81 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %83 = vector.extract_strided_slice %81 {offsets = [8], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %cst_32 = arith.constant dense<4> : vector<16xi8>
    %84 = arith.andi %3, %cst_32 : vector<16xi8>
    %cst_33 = arith.constant dense<0> : vector<16xi8>
    %85 = arith.cmpi ne, %84, %cst_33 : vector<16xi8>
    %86 = arith.extsi %85 : vector<16xi1> to vector<16xi8>
    %cst_34 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %87 = arith.andi %86, %cst_34 : vector<16xi8>
    %88 = vector.extract_strided_slice %87 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %89 = vector.extract_strided_slice %87 {offsets = [8], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %90 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%70, %71) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %91 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%76, %77) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %92 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%82, %83) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %93 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%88, %89) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %94 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%90, %91) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %95 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%92, %93) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %96 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%94, %95) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %cst_35 = arith.constant dense<7> : vector<16xi8>
    %97 = arith.cmpi sgt, %0, %cst_35 : vector<16xi8>
    %98 = arith.extsi %97 : vector<16xi1> to vector<16xi8>
    %cst_36 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %99 = arith.andi %98, %cst_36 : vector<16xi8>
    %100 = vector.extract_strided_slice %99 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %101 = vector.extract_strided_slice %99 {offsets = [8], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %cst_37 = arith.constant dense<7> : vector<16xi8>
    %102 = arith.cmpi sgt, %1, %cst_37 : vector<16xi8>
    %103 = arith.extsi %102 : vector<16xi1> to vector<16xi8>
    %cst_38 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %104 = arith.andi %103, %cst_38 : vector<16xi8>
    %105 = vector.extract_strided_slice %104 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %106 = vector.extract_strided_slice %104 {offsets = [8], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %cst_39 = arith.constant dense<7> : vector<16xi8>
    %107 = arith.cmpi sgt, %2, %cst_39 : vector<16xi8>
    %108 = arith.extsi %107 : vector<16xi1> to vector<16xi8>
    %cst_40 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %109 = arith.andi %108, %cst_40 : vector<16xi8>
    %110 = vector.extract_strided_slice %109 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %111 = vector.extract_strided_slice %109 {offsets = [8], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %cst_41 = arith.constant dense<7> : vector<16xi8>
    %112 = arith.cmpi sgt, %3, %cst_41 : vector<16xi8>
    %113 = arith.extsi %112 : vector<16xi1> to vector<16xi8>
    %cst_42 = arith.constant dense<[1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128]> : vector<16xi8>
    %114 = arith.andi %113, %cst_42 : vector<16xi8>
    %115 = vector.extract_strided_slice %114 {offsets = [0], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %116 = vector.extract_strided_slice %114 {offsets = [8], sizes = [8], strides = [1]} : vector<16xi8> to vector<8xi8>
    %117 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%100, %101) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %118 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%105, %106) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %119 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%110, %111) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %120 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%115, %116) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %121 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%117, %118) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %122 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%119, %120) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    %123 = llvm.call_intrinsic "llvm.arm.neon.vpadd"(%121, %122) : (vector<8xi8>, vector<8xi8>) -> vector<8xi8>
    return %34, %65, %96, %123 : vector<8xi8>, vector<8xi8>, vector<8xi8>, vector<8xi8>
  }
}

