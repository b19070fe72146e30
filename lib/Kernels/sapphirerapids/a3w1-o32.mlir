// bitserial kernel, format 1
// key: planes=3,1 terms=9:1,10:2,12:4 word=32 lanes=outputs target=x86-64:sapphirerapids model=sapphirerapids features=avx,avx2,avx512bitalg,avx512bw,avx512f,avx512vbmi,avx512vl,avx512vnni,avx512vpopcntdq,avxvnni,gfni,sse4.1,ssse3 vectors=32x512 semantics=96304efe6d36b525 prover=2 search=1 cost=1 version=0.1.0/22.1.8
// blake3: e114c5399bbb795a0529229210e22dd613ba148dab62245a894934a2b1d55f5c
module @"a3w1-o32" attributes {bitserial.kernel = {cpu = "sapphirerapids", cycles = "3.70", features = ["avx512bitalg", "avx512bw", "avx512f", "avx512vnni"], group = 1 : i64, passes = [{capacity = 0 : i64, planes = [0, 1, 2, 3], steps = [{cost = 0 : i64, words = 8 : i64}, {cost = 0 : i64, words = 1 : i64}]}], sketch = "count bytes; dot products with the coefficients; weights after counting; carry-save of depth 3; 8 words per step; passes: a0*w0 + 2*a1*w0 + 4*a2*w0", spec = {lanes = "outputs", planes = [3, 1], terms = [[9, 1], [10, 2], [12, 4]], word = 32 : i64}, state = ["bits", "bits", "bits", "sum"], tile = [1, 3]}} {
  func.func @step_0_8(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>, %arg8: vector<16xi32>, %arg9: vector<16xi32>, %arg10: vector<16xi32>, %arg11: vector<16xi32>, %arg12: vector<16xi32>, %arg13: vector<16xi32>, %arg14: vector<16xi32>, %arg15: vector<16xi32>, %arg16: vector<16xi32>, %arg17: vector<16xi32>, %arg18: vector<16xi32>, %arg19: vector<16xi32>, %arg20: vector<16xi32>, %arg21: vector<16xi32>, %arg22: vector<16xi32>, %arg23: vector<16xi32>, %arg24: vector<16xi32>, %arg25: vector<16xi32>, %arg26: vector<16xi32>, %arg27: vector<16xi32>, %arg28: vector<16xi32>, %arg29: vector<16xi32>, %arg30: vector<16xi32>, %arg31: vector<16xi32>, %arg32: vector<16xi32>, %arg33: vector<16xi32>, %arg34: vector<16xi32>, %arg35: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %c120_i32 = arith.constant 120 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %arg4, %arg7, %c120_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32 = arith.constant 106 : i32
    %1 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg8, %arg11, %0, %c106_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32 = arith.constant 116 : i32
    %2 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %0, %1, %c116_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_0 = arith.constant 120 : i32
    %3 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%1, %arg12, %arg15, %c120_i32_0) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_1 = arith.constant 106 : i32
    %4 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg16, %arg19, %3, %c106_i32_1) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_2 = arith.constant 116 : i32
    %5 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%1, %3, %4, %c116_i32_2) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_3 = arith.constant 120 : i32
    %6 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%4, %arg20, %arg23, %c120_i32_3) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_4 = arith.constant 106 : i32
    %7 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg24, %arg27, %6, %c106_i32_4) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_5 = arith.constant 116 : i32
    %8 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%4, %6, %7, %c116_i32_5) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_6 = arith.constant 120 : i32
    %9 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%7, %arg28, %arg31, %c120_i32_6) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_7 = arith.constant 106 : i32
    %10 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg32, %arg35, %9, %c106_i32_7) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_8 = arith.constant 116 : i32
    %11 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%7, %9, %10, %c116_i32_8) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_9 = arith.constant 120 : i32
    %12 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg1, %arg5, %arg7, %c120_i32_9) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_10 = arith.constant 106 : i32
    %13 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg9, %arg11, %12, %c106_i32_10) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_11 = arith.constant 116 : i32
    %14 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg1, %12, %13, %c116_i32_11) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_12 = arith.constant 120 : i32
    %15 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%13, %arg13, %arg15, %c120_i32_12) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_13 = arith.constant 106 : i32
    %16 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg17, %arg19, %15, %c106_i32_13) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_14 = arith.constant 116 : i32
    %17 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%13, %15, %16, %c116_i32_14) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_15 = arith.constant 120 : i32
    %18 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%16, %arg21, %arg23, %c120_i32_15) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_16 = arith.constant 106 : i32
    %19 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg25, %arg27, %18, %c106_i32_16) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_17 = arith.constant 116 : i32
    %20 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%16, %18, %19, %c116_i32_17) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_18 = arith.constant 120 : i32
    %21 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%19, %arg29, %arg31, %c120_i32_18) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_19 = arith.constant 106 : i32
    %22 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg33, %arg35, %21, %c106_i32_19) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_20 = arith.constant 116 : i32
    %23 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%19, %21, %22, %c116_i32_20) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c150_i32 = arith.constant 150 : i32
    %24 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%22, %2, %5, %c150_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32 = arith.constant 232 : i32
    %25 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%22, %2, %5, %c232_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c150_i32_21 = arith.constant 150 : i32
    %26 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%24, %8, %11, %c150_i32_21) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32_22 = arith.constant 232 : i32
    %27 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%24, %8, %11, %c232_i32_22) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_23 = arith.constant 120 : i32
    %28 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg2, %arg6, %arg7, %c120_i32_23) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_24 = arith.constant 106 : i32
    %29 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg10, %arg11, %28, %c106_i32_24) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_25 = arith.constant 116 : i32
    %30 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg2, %28, %29, %c116_i32_25) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_26 = arith.constant 120 : i32
    %31 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%29, %arg14, %arg15, %c120_i32_26) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_27 = arith.constant 106 : i32
    %32 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg18, %arg19, %31, %c106_i32_27) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_28 = arith.constant 116 : i32
    %33 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%29, %31, %32, %c116_i32_28) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_29 = arith.constant 120 : i32
    %34 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%32, %arg22, %arg23, %c120_i32_29) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_30 = arith.constant 106 : i32
    %35 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg26, %arg27, %34, %c106_i32_30) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_31 = arith.constant 116 : i32
    %36 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%32, %34, %35, %c116_i32_31) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_32 = arith.constant 120 : i32
    %37 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%35, %arg30, %arg31, %c120_i32_32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_33 = arith.constant 106 : i32
    %38 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg34, %arg35, %37, %c106_i32_33) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_34 = arith.constant 116 : i32
    %39 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%35, %37, %38, %c116_i32_34) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c150_i32_35 = arith.constant 150 : i32
    %40 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%38, %14, %17, %c150_i32_35) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32_36 = arith.constant 232 : i32
    %41 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%38, %14, %17, %c232_i32_36) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c150_i32_37 = arith.constant 150 : i32
    %42 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%40, %20, %23, %c150_i32_37) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32_38 = arith.constant 232 : i32
    %43 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%40, %20, %23, %c232_i32_38) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c150_i32_39 = arith.constant 150 : i32
    %44 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%42, %25, %27, %c150_i32_39) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32_40 = arith.constant 232 : i32
    %45 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%42, %25, %27, %c232_i32_40) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %46 = vector.bitcast %30 : vector<16xi32> to vector<64xi8>
    %47 = math.ctpop %46 : vector<64xi8>
    %48 = vector.bitcast %33 : vector<16xi32> to vector<64xi8>
    %49 = math.ctpop %48 : vector<64xi8>
    %50 = arith.addi %47, %49 : vector<64xi8>
    %51 = vector.bitcast %36 : vector<16xi32> to vector<64xi8>
    %52 = math.ctpop %51 : vector<64xi8>
    %53 = arith.addi %50, %52 : vector<64xi8>
    %54 = vector.bitcast %39 : vector<16xi32> to vector<64xi8>
    %55 = math.ctpop %54 : vector<64xi8>
    %56 = arith.addi %53, %55 : vector<64xi8>
    %57 = vector.bitcast %41 : vector<16xi32> to vector<64xi8>
    %58 = math.ctpop %57 : vector<64xi8>
    %59 = arith.addi %56, %58 : vector<64xi8>
    %60 = vector.bitcast %43 : vector<16xi32> to vector<64xi8>
    %61 = math.ctpop %60 : vector<64xi8>
    %62 = arith.addi %59, %61 : vector<64xi8>
    %63 = vector.bitcast %45 : vector<16xi32> to vector<64xi8>
    %64 = math.ctpop %63 : vector<64xi8>
    %65 = arith.addi %62, %64 : vector<64xi8>
    %cst = arith.constant dense<8> : vector<64xi8>
    %66 = llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.512"(%arg3, %65, %cst) : (vector<16xi32>, vector<64xi8>, vector<64xi8>) -> vector<16xi32>
    return %10, %26, %44, %66 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @step_0_1(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %c120_i32 = arith.constant 120 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %arg4, %arg7, %c120_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %cst = arith.constant dense<-1> : vector<16xi32>
    %1 = arith.xori %0, %cst : vector<16xi32>
    %2 = arith.andi %1, %arg0 : vector<16xi32>
    %3 = arith.andi %arg5, %arg7 : vector<16xi32>
    %c150_i32 = arith.constant 150 : i32
    %4 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg1, %2, %3, %c150_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32 = arith.constant 232 : i32
    %5 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg1, %2, %3, %c232_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %6 = arith.andi %arg6, %arg7 : vector<16xi32>
    %c150_i32_0 = arith.constant 150 : i32
    %7 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg2, %5, %6, %c150_i32_0) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32_1 = arith.constant 232 : i32
    %8 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg2, %5, %6, %c232_i32_1) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %9 = vector.bitcast %8 : vector<16xi32> to vector<64xi8>
    %10 = math.ctpop %9 : vector<64xi8>
    %cst_2 = arith.constant dense<8> : vector<64xi8>
    %11 = llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.512"(%arg3, %10, %cst_2) : (vector<16xi32>, vector<64xi8>, vector<64xi8>) -> vector<16xi32>
    return %0, %4, %7, %11 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @end_0(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %cst = arith.constant dense<0> : vector<16xi32>
    %0 = vector.bitcast %arg0 : vector<16xi32> to vector<64xi8>
    %1 = math.ctpop %0 : vector<64xi8>
    %cst_0 = arith.constant dense<1> : vector<64xi8>
    %2 = llvm.call_intrinsic "llvm.x86.avx512.pmaddubs.w.512"(%1, %cst_0) : (vector<64xi8>, vector<64xi8>) -> vector<32xi16>
    %cst_1 = arith.constant dense<1> : vector<32xi16>
    %3 = llvm.call_intrinsic "llvm.x86.avx512.pmaddw.d.512"(%2, %cst_1) : (vector<32xi16>, vector<32xi16>) -> vector<16xi32>
    %4 = arith.addi %arg3, %3 : vector<16xi32>
    %cst_2 = arith.constant dense<0> : vector<16xi32>
    %5 = vector.bitcast %arg1 : vector<16xi32> to vector<64xi8>
    %6 = math.ctpop %5 : vector<64xi8>
    %cst_3 = arith.constant dense<1> : vector<64xi8>
    %7 = llvm.call_intrinsic "llvm.x86.avx512.pmaddubs.w.512"(%6, %cst_3) : (vector<64xi8>, vector<64xi8>) -> vector<32xi16>
    %cst_4 = arith.constant dense<1> : vector<32xi16>
    %8 = llvm.call_intrinsic "llvm.x86.avx512.pmaddw.d.512"(%7, %cst_4) : (vector<32xi16>, vector<32xi16>) -> vector<16xi32>
    %cst_5 = arith.constant dense<1> : vector<16xi32>
    %9 = arith.shli %8, %cst_5 : vector<16xi32>
    %10 = arith.addi %4, %9 : vector<16xi32>
    %cst_6 = arith.constant dense<0> : vector<16xi32>
    %11 = vector.bitcast %arg2 : vector<16xi32> to vector<64xi8>
    %12 = math.ctpop %11 : vector<64xi8>
    %cst_7 = arith.constant dense<1> : vector<64xi8>
    %13 = llvm.call_intrinsic "llvm.x86.avx512.pmaddubs.w.512"(%12, %cst_7) : (vector<64xi8>, vector<64xi8>) -> vector<32xi16>
    %cst_8 = arith.constant dense<1> : vector<32xi16>
    %14 = llvm.call_intrinsic "llvm.x86.avx512.pmaddw.d.512"(%13, %cst_8) : (vector<32xi16>, vector<32xi16>) -> vector<16xi32>
    %cst_9 = arith.constant dense<2> : vector<16xi32>
    %15 = arith.shli %14, %cst_9 : vector<16xi32>
    %16 = arith.addi %10, %15 : vector<16xi32>
    return %cst, %cst_2, %cst_6, %16 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @finish(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>) -> vector<16xi32> {
    return %arg3 : vector<16xi32>
  }
}

