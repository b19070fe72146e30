// bitserial kernel, format 1
// key: planes=2,2 terms=5:1,6:2,9:2,10:4 word=32 lanes=outputs target=x86-64:sapphirerapids model=sapphirerapids features=avx,avx2,avx512bitalg,avx512bw,avx512f,avx512vbmi,avx512vl,avx512vnni,avx512vpopcntdq,avxvnni,gfni,sse4.1,ssse3 vectors=32x512 semantics=96304efe6d36b525 prover=2 search=3 cost=3 version=0.1.0/22.1.8
// blake3: 49a2bcce3d5f70d45f7000d1d286e9608cf7d949ccc4c384e5d8ee983da7b4ff
module @"a2w2-o32" attributes {bitserial.kernel = {cpu = "sapphirerapids", cycles = "4.90", features = ["avx512bitalg", "avx512bw", "avx512f", "avx512vnni"], group = 1 : i64, passes = [{capacity = 0 : i64, planes = [0, 1, 3], steps = [{cost = 0 : i64, words = 4 : i64}, {cost = 0 : i64, words = 1 : i64}]}, {capacity = 0 : i64, planes = [0, 1, 2], steps = [{cost = 0 : i64, words = 4 : i64}, {cost = 0 : i64, words = 1 : i64}]}], sketch = "count bytes; dot products with the coefficients; weights after counting; carry-save of depth 2; 4 words per step; passes: a0*w1 + 2*a1*w1, times 2, then a0*w0 + 2*a1*w0", spec = {lanes = "outputs", planes = [2, 2], terms = [[5, 1], [6, 2], [9, 2], [10, 4]], word = 32 : i64}, state = ["bits", "bits", "sum"], tile = [4, 3]}} {
  func.func @step_0_4(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>, %arg8: vector<16xi32>, %arg9: vector<16xi32>, %arg10: vector<16xi32>, %arg11: vector<16xi32>, %arg12: vector<16xi32>, %arg13: vector<16xi32>, %arg14: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %c106_i32 = arith.constant 106 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg3, %arg5, %arg0, %c106_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_0 = arith.constant 106 : i32
    %1 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg6, %arg8, %0, %c106_i32_0) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32 = arith.constant 116 : i32
    %2 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %0, %1, %c116_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_1 = arith.constant 106 : i32
    %3 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg9, %arg11, %1, %c106_i32_1) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_2 = arith.constant 106 : i32
    %4 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg12, %arg14, %3, %c106_i32_2) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_3 = arith.constant 116 : i32
    %5 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%1, %3, %4, %c116_i32_3) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_4 = arith.constant 106 : i32
    %6 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg4, %arg5, %arg1, %c106_i32_4) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_5 = arith.constant 106 : i32
    %7 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg7, %arg8, %6, %c106_i32_5) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_6 = arith.constant 116 : i32
    %8 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg1, %6, %7, %c116_i32_6) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_7 = arith.constant 106 : i32
    %9 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg10, %arg11, %7, %c106_i32_7) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_8 = arith.constant 106 : i32
    %10 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg13, %arg14, %9, %c106_i32_8) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_9 = arith.constant 116 : i32
    %11 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%7, %9, %10, %c116_i32_9) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c150_i32 = arith.constant 150 : i32
    %12 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%2, %5, %10, %c150_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32 = arith.constant 232 : i32
    %13 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%2, %5, %10, %c232_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %14 = vector.bitcast %8 : vector<16xi32> to vector<64xi8>
    %15 = math.ctpop %14 : vector<64xi8>
    %16 = vector.bitcast %11 : vector<16xi32> to vector<64xi8>
    %17 = math.ctpop %16 : vector<64xi8>
    %18 = arith.addi %15, %17 : vector<64xi8>
    %19 = vector.bitcast %13 : vector<16xi32> to vector<64xi8>
    %20 = math.ctpop %19 : vector<64xi8>
    %21 = arith.addi %18, %20 : vector<64xi8>
    %cst = arith.constant dense<4> : vector<64xi8>
    %22 = llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.512"(%arg2, %21, %cst) : (vector<16xi32>, vector<64xi8>, vector<64xi8>) -> vector<16xi32>
    return %4, %12, %22 : vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @step_0_1(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %c106_i32 = arith.constant 106 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg3, %arg5, %arg0, %c106_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %cst = arith.constant dense<-1> : vector<16xi32>
    %1 = arith.xori %0, %cst : vector<16xi32>
    %2 = arith.andi %1, %arg0 : vector<16xi32>
    %3 = arith.andi %arg4, %arg5 : vector<16xi32>
    %c150_i32 = arith.constant 150 : i32
    %4 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%2, %arg1, %3, %c150_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32 = arith.constant 232 : i32
    %5 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%2, %arg1, %3, %c232_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %6 = vector.bitcast %5 : vector<16xi32> to vector<64xi8>
    %7 = math.ctpop %6 : vector<64xi8>
    %cst_0 = arith.constant dense<4> : vector<64xi8>
    %8 = llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.512"(%arg2, %7, %cst_0) : (vector<16xi32>, vector<64xi8>, vector<64xi8>) -> vector<16xi32>
    return %0, %4, %8 : vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @end_0(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %cst = arith.constant dense<0> : vector<16xi32>
    %0 = vector.bitcast %arg0 : vector<16xi32> to vector<64xi8>
    %1 = math.ctpop %0 : vector<64xi8>
    %cst_0 = arith.constant dense<1> : vector<64xi8>
    %2 = llvm.call_intrinsic "llvm.x86.avx512.pmaddubs.w.512"(%1, %cst_0) : (vector<64xi8>, vector<64xi8>) -> vector<32xi16>
    %cst_1 = arith.constant dense<1> : vector<32xi16>
    %3 = llvm.call_intrinsic "llvm.x86.avx512.pmaddw.d.512"(%2, %cst_1) : (vector<32xi16>, vector<32xi16>) -> vector<16xi32>
    %4 = arith.addi %arg2, %3 : vector<16xi32>
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
    %cst_6 = arith.constant dense<1> : vector<16xi32>
    %11 = arith.shli %10, %cst_6 : vector<16xi32>
    return %cst, %cst_2, %11 : vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @step_1_4(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>, %arg8: vector<16xi32>, %arg9: vector<16xi32>, %arg10: vector<16xi32>, %arg11: vector<16xi32>, %arg12: vector<16xi32>, %arg13: vector<16xi32>, %arg14: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %c106_i32 = arith.constant 106 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg3, %arg5, %arg0, %c106_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_0 = arith.constant 106 : i32
    %1 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg6, %arg8, %0, %c106_i32_0) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32 = arith.constant 116 : i32
    %2 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %0, %1, %c116_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_1 = arith.constant 106 : i32
    %3 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg9, %arg11, %1, %c106_i32_1) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_2 = arith.constant 106 : i32
    %4 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg12, %arg14, %3, %c106_i32_2) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_3 = arith.constant 116 : i32
    %5 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%1, %3, %4, %c116_i32_3) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_4 = arith.constant 106 : i32
    %6 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg4, %arg5, %arg1, %c106_i32_4) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_5 = arith.constant 106 : i32
    %7 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg7, %arg8, %6, %c106_i32_5) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_6 = arith.constant 116 : i32
    %8 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg1, %6, %7, %c116_i32_6) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_7 = arith.constant 106 : i32
    %9 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg10, %arg11, %7, %c106_i32_7) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_8 = arith.constant 106 : i32
    %10 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg13, %arg14, %9, %c106_i32_8) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_9 = arith.constant 116 : i32
    %11 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%7, %9, %10, %c116_i32_9) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c150_i32 = arith.constant 150 : i32
    %12 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%2, %5, %10, %c150_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32 = arith.constant 232 : i32
    %13 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%2, %5, %10, %c232_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %14 = vector.bitcast %8 : vector<16xi32> to vector<64xi8>
    %15 = math.ctpop %14 : vector<64xi8>
    %16 = vector.bitcast %11 : vector<16xi32> to vector<64xi8>
    %17 = math.ctpop %16 : vector<64xi8>
    %18 = arith.addi %15, %17 : vector<64xi8>
    %19 = vector.bitcast %13 : vector<16xi32> to vector<64xi8>
    %20 = math.ctpop %19 : vector<64xi8>
    %21 = arith.addi %18, %20 : vector<64xi8>
    %cst = arith.constant dense<4> : vector<64xi8>
    %22 = llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.512"(%arg2, %21, %cst) : (vector<16xi32>, vector<64xi8>, vector<64xi8>) -> vector<16xi32>
    return %4, %12, %22 : vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @step_1_1(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %c106_i32 = arith.constant 106 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg3, %arg5, %arg0, %c106_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %cst = arith.constant dense<-1> : vector<16xi32>
    %1 = arith.xori %0, %cst : vector<16xi32>
    %2 = arith.andi %1, %arg0 : vector<16xi32>
    %3 = arith.andi %arg4, %arg5 : vector<16xi32>
    %c150_i32 = arith.constant 150 : i32
    %4 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%2, %arg1, %3, %c150_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32 = arith.constant 232 : i32
    %5 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%2, %arg1, %3, %c232_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %6 = vector.bitcast %5 : vector<16xi32> to vector<64xi8>
    %7 = math.ctpop %6 : vector<64xi8>
    %cst_0 = arith.constant dense<4> : vector<64xi8>
    %8 = llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.512"(%arg2, %7, %cst_0) : (vector<16xi32>, vector<64xi8>, vector<64xi8>) -> vector<16xi32>
    return %0, %4, %8 : vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @end_1(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %cst = arith.constant dense<0> : vector<16xi32>
    %0 = vector.bitcast %arg0 : vector<16xi32> to vector<64xi8>
    %1 = math.ctpop %0 : vector<64xi8>
    %cst_0 = arith.constant dense<1> : vector<64xi8>
    %2 = llvm.call_intrinsic "llvm.x86.avx512.pmaddubs.w.512"(%1, %cst_0) : (vector<64xi8>, vector<64xi8>) -> vector<32xi16>
    %cst_1 = arith.constant dense<1> : vector<32xi16>
    %3 = llvm.call_intrinsic "llvm.x86.avx512.pmaddw.d.512"(%2, %cst_1) : (vector<32xi16>, vector<32xi16>) -> vector<16xi32>
    %4 = arith.addi %arg2, %3 : vector<16xi32>
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
    return %cst, %cst_2, %10 : vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @finish(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>) -> vector<16xi32> {
    return %arg2 : vector<16xi32>
  }
}

