// bitserial kernel, format 1
// key: planes=3,3 terms=9:1,10:2,12:4,17:2,18:4,20:8,33:4,34:8,36:16 word=32 lanes=outputs target=x86-64:sapphirerapids model=sapphirerapids features=avx,avx2,avx512bitalg,avx512bw,avx512f,avx512vbmi,avx512vl,avx512vnni,avx512vpopcntdq,avxvnni,gfni,sse4.1,ssse3 vectors=32x512 semantics=96304efe6d36b525 prover=1 search=1 cost=1 version=0.1.0/22.1.8
// blake3: 4fb9070af0ffd45418b4c2b63e45bad165962a423b60729606f12caa484abe38
module @"a3w3-o32" attributes {bitserial.kernel = {cpu = "sapphirerapids", cycles = "11.23", features = ["avx512bitalg", "avx512bw", "avx512f", "avx512vnni"], group = 1 : i64, passes = [{capacity = 0 : i64, planes = [2, 5], steps = [{cost = 0 : i64, words = 8 : i64}, {cost = 0 : i64, words = 1 : i64}]}, {capacity = 0 : i64, planes = [2, 4], steps = [{cost = 0 : i64, words = 8 : i64}, {cost = 0 : i64, words = 1 : i64}]}, {capacity = 0 : i64, planes = [1, 5], steps = [{cost = 0 : i64, words = 8 : i64}, {cost = 0 : i64, words = 1 : i64}]}, {capacity = 0 : i64, planes = [2, 3], steps = [{cost = 0 : i64, words = 8 : i64}, {cost = 0 : i64, words = 1 : i64}]}, {capacity = 0 : i64, planes = [1, 4], steps = [{cost = 0 : i64, words = 8 : i64}, {cost = 0 : i64, words = 1 : i64}]}, {capacity = 0 : i64, planes = [0, 5], steps = [{cost = 0 : i64, words = 8 : i64}, {cost = 0 : i64, words = 1 : i64}]}, {capacity = 0 : i64, planes = [1, 3], steps = [{cost = 0 : i64, words = 8 : i64}, {cost = 0 : i64, words = 1 : i64}]}, {capacity = 0 : i64, planes = [0, 4], steps = [{cost = 0 : i64, words = 8 : i64}, {cost = 0 : i64, words = 1 : i64}]}, {capacity = 0 : i64, planes = [0, 3], steps = [{cost = 0 : i64, words = 8 : i64}, {cost = 0 : i64, words = 1 : i64}]}], sketch = "count bytes; dot products with the coefficients; weights after passes; carry-save of depth 3; 8 words per step; passes: a2*w2, times 2, then a2*w1, then a1*w2, times 2, then a2*w0, then a1*w1, then a0*w2, times 2, then a1*w0, then a0*w1, times 2, then a0*w0", spec = {lanes = "outputs", planes = [3, 3], terms = [[9, 1], [10, 2], [12, 4], [17, 2], [18, 4], [20, 8], [33, 4], [34, 8], [36, 16]], word = 32 : i64}, state = ["bits", "bits", "bits", "sum"], tile = [8, 1]}} {
  func.func @step_0_8(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>, %arg8: vector<16xi32>, %arg9: vector<16xi32>, %arg10: vector<16xi32>, %arg11: vector<16xi32>, %arg12: vector<16xi32>, %arg13: vector<16xi32>, %arg14: vector<16xi32>, %arg15: vector<16xi32>, %arg16: vector<16xi32>, %arg17: vector<16xi32>, %arg18: vector<16xi32>, %arg19: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %c120_i32 = arith.constant 120 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %arg4, %arg5, %c120_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32 = arith.constant 106 : i32
    %1 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg6, %arg7, %0, %c106_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32 = arith.constant 116 : i32
    %2 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %0, %1, %c116_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_0 = arith.constant 120 : i32
    %3 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%1, %arg8, %arg9, %c120_i32_0) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_1 = arith.constant 106 : i32
    %4 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg10, %arg11, %3, %c106_i32_1) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_2 = arith.constant 116 : i32
    %5 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%1, %3, %4, %c116_i32_2) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_3 = arith.constant 120 : i32
    %6 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%4, %arg12, %arg13, %c120_i32_3) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_4 = arith.constant 106 : i32
    %7 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg14, %arg15, %6, %c106_i32_4) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_5 = arith.constant 116 : i32
    %8 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%4, %6, %7, %c116_i32_5) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_6 = arith.constant 120 : i32
    %9 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%7, %arg16, %arg17, %c120_i32_6) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_7 = arith.constant 106 : i32
    %10 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg18, %arg19, %9, %c106_i32_7) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_8 = arith.constant 116 : i32
    %11 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%7, %9, %10, %c116_i32_8) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c150_i32 = arith.constant 150 : i32
    %12 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg1, %2, %5, %c150_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32 = arith.constant 232 : i32
    %13 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg1, %2, %5, %c232_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c150_i32_9 = arith.constant 150 : i32
    %14 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%12, %8, %11, %c150_i32_9) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32_10 = arith.constant 232 : i32
    %15 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%12, %8, %11, %c232_i32_10) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c150_i32_11 = arith.constant 150 : i32
    %16 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg2, %13, %15, %c150_i32_11) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32_12 = arith.constant 232 : i32
    %17 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg2, %13, %15, %c232_i32_12) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %18 = vector.bitcast %17 : vector<16xi32> to vector<64xi8>
    %19 = math.ctpop %18 : vector<64xi8>
    %cst = arith.constant dense<8> : vector<64xi8>
    %20 = llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.512"(%arg3, %19, %cst) : (vector<16xi32>, vector<64xi8>, vector<64xi8>) -> vector<16xi32>
    return %10, %14, %16, %20 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @step_0_1(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %c120_i32 = arith.constant 120 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %arg4, %arg5, %c120_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %cst = arith.constant dense<-1> : vector<16xi32>
    %1 = arith.xori %0, %cst : vector<16xi32>
    %2 = arith.andi %1, %arg0 : vector<16xi32>
    %3 = arith.andi %arg1, %2 : vector<16xi32>
    %4 = arith.xori %arg1, %2 : vector<16xi32>
    %5 = arith.andi %arg2, %3 : vector<16xi32>
    %6 = arith.xori %arg2, %3 : vector<16xi32>
    %7 = vector.bitcast %5 : vector<16xi32> to vector<64xi8>
    %8 = math.ctpop %7 : vector<64xi8>
    %cst_0 = arith.constant dense<8> : vector<64xi8>
    %9 = llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.512"(%arg3, %8, %cst_0) : (vector<16xi32>, vector<64xi8>, vector<64xi8>) -> vector<16xi32>
    return %0, %4, %6, %9 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
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
    %cst_10 = arith.constant dense<1> : vector<16xi32>
    %17 = arith.shli %16, %cst_10 : vector<16xi32>
    return %cst, %cst_2, %cst_6, %17 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @step_1_8(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>, %arg8: vector<16xi32>, %arg9: vector<16xi32>, %arg10: vector<16xi32>, %arg11: vector<16xi32>, %arg12: vector<16xi32>, %arg13: vector<16xi32>, %arg14: vector<16xi32>, %arg15: vector<16xi32>, %arg16: vector<16xi32>, %arg17: vector<16xi32>, %arg18: vector<16xi32>, %arg19: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %c120_i32 = arith.constant 120 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %arg4, %arg5, %c120_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32 = arith.constant 106 : i32
    %1 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg6, %arg7, %0, %c106_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32 = arith.constant 116 : i32
    %2 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %0, %1, %c116_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_0 = arith.constant 120 : i32
    %3 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%1, %arg8, %arg9, %c120_i32_0) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_1 = arith.constant 106 : i32
    %4 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg10, %arg11, %3, %c106_i32_1) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_2 = arith.constant 116 : i32
    %5 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%1, %3, %4, %c116_i32_2) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_3 = arith.constant 120 : i32
    %6 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%4, %arg12, %arg13, %c120_i32_3) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_4 = arith.constant 106 : i32
    %7 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg14, %arg15, %6, %c106_i32_4) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_5 = arith.constant 116 : i32
    %8 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%4, %6, %7, %c116_i32_5) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_6 = arith.constant 120 : i32
    %9 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%7, %arg16, %arg17, %c120_i32_6) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_7 = arith.constant 106 : i32
    %10 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg18, %arg19, %9, %c106_i32_7) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_8 = arith.constant 116 : i32
    %11 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%7, %9, %10, %c116_i32_8) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c150_i32 = arith.constant 150 : i32
    %12 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg1, %2, %5, %c150_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32 = arith.constant 232 : i32
    %13 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg1, %2, %5, %c232_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c150_i32_9 = arith.constant 150 : i32
    %14 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%12, %8, %11, %c150_i32_9) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32_10 = arith.constant 232 : i32
    %15 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%12, %8, %11, %c232_i32_10) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c150_i32_11 = arith.constant 150 : i32
    %16 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg2, %13, %15, %c150_i32_11) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32_12 = arith.constant 232 : i32
    %17 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg2, %13, %15, %c232_i32_12) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %18 = vector.bitcast %17 : vector<16xi32> to vector<64xi8>
    %19 = math.ctpop %18 : vector<64xi8>
    %cst = arith.constant dense<8> : vector<64xi8>
    %20 = llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.512"(%arg3, %19, %cst) : (vector<16xi32>, vector<64xi8>, vector<64xi8>) -> vector<16xi32>
    return %10, %14, %16, %20 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @step_1_1(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %c120_i32 = arith.constant 120 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %arg4, %arg5, %c120_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %cst = arith.constant dense<-1> : vector<16xi32>
    %1 = arith.xori %0, %cst : vector<16xi32>
    %2 = arith.andi %1, %arg0 : vector<16xi32>
    %3 = arith.andi %arg1, %2 : vector<16xi32>
    %4 = arith.xori %arg1, %2 : vector<16xi32>
    %5 = arith.andi %arg2, %3 : vector<16xi32>
    %6 = arith.xori %arg2, %3 : vector<16xi32>
    %7 = vector.bitcast %5 : vector<16xi32> to vector<64xi8>
    %8 = math.ctpop %7 : vector<64xi8>
    %cst_0 = arith.constant dense<8> : vector<64xi8>
    %9 = llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.512"(%arg3, %8, %cst_0) : (vector<16xi32>, vector<64xi8>, vector<64xi8>) -> vector<16xi32>
    return %0, %4, %6, %9 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @end_1(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
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
  func.func @step_2_8(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>, %arg8: vector<16xi32>, %arg9: vector<16xi32>, %arg10: vector<16xi32>, %arg11: vector<16xi32>, %arg12: vector<16xi32>, %arg13: vector<16xi32>, %arg14: vector<16xi32>, %arg15: vector<16xi32>, %arg16: vector<16xi32>, %arg17: vector<16xi32>, %arg18: vector<16xi32>, %arg19: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %c120_i32 = arith.constant 120 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %arg4, %arg5, %c120_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32 = arith.constant 106 : i32
    %1 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg6, %arg7, %0, %c106_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32 = arith.constant 116 : i32
    %2 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %0, %1, %c116_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_0 = arith.constant 120 : i32
    %3 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%1, %arg8, %arg9, %c120_i32_0) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_1 = arith.constant 106 : i32
    %4 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg10, %arg11, %3, %c106_i32_1) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_2 = arith.constant 116 : i32
    %5 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%1, %3, %4, %c116_i32_2) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_3 = arith.constant 120 : i32
    %6 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%4, %arg12, %arg13, %c120_i32_3) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_4 = arith.constant 106 : i32
    %7 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg14, %arg15, %6, %c106_i32_4) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_5 = arith.constant 116 : i32
    %8 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%4, %6, %7, %c116_i32_5) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_6 = arith.constant 120 : i32
    %9 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%7, %arg16, %arg17, %c120_i32_6) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_7 = arith.constant 106 : i32
    %10 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg18, %arg19, %9, %c106_i32_7) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_8 = arith.constant 116 : i32
    %11 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%7, %9, %10, %c116_i32_8) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c150_i32 = arith.constant 150 : i32
    %12 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg1, %2, %5, %c150_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32 = arith.constant 232 : i32
    %13 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg1, %2, %5, %c232_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c150_i32_9 = arith.constant 150 : i32
    %14 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%12, %8, %11, %c150_i32_9) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32_10 = arith.constant 232 : i32
    %15 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%12, %8, %11, %c232_i32_10) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c150_i32_11 = arith.constant 150 : i32
    %16 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg2, %13, %15, %c150_i32_11) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32_12 = arith.constant 232 : i32
    %17 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg2, %13, %15, %c232_i32_12) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %18 = vector.bitcast %17 : vector<16xi32> to vector<64xi8>
    %19 = math.ctpop %18 : vector<64xi8>
    %cst = arith.constant dense<8> : vector<64xi8>
    %20 = llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.512"(%arg3, %19, %cst) : (vector<16xi32>, vector<64xi8>, vector<64xi8>) -> vector<16xi32>
    return %10, %14, %16, %20 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @step_2_1(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %c120_i32 = arith.constant 120 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %arg4, %arg5, %c120_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %cst = arith.constant dense<-1> : vector<16xi32>
    %1 = arith.xori %0, %cst : vector<16xi32>
    %2 = arith.andi %1, %arg0 : vector<16xi32>
    %3 = arith.andi %arg1, %2 : vector<16xi32>
    %4 = arith.xori %arg1, %2 : vector<16xi32>
    %5 = arith.andi %arg2, %3 : vector<16xi32>
    %6 = arith.xori %arg2, %3 : vector<16xi32>
    %7 = vector.bitcast %5 : vector<16xi32> to vector<64xi8>
    %8 = math.ctpop %7 : vector<64xi8>
    %cst_0 = arith.constant dense<8> : vector<64xi8>
    %9 = llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.512"(%arg3, %8, %cst_0) : (vector<16xi32>, vector<64xi8>, vector<64xi8>) -> vector<16xi32>
    return %0, %4, %6, %9 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @end_2(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
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
    %cst_10 = arith.constant dense<1> : vector<16xi32>
    %17 = arith.shli %16, %cst_10 : vector<16xi32>
    return %cst, %cst_2, %cst_6, %17 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @step_3_8(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>, %arg8: vector<16xi32>, %arg9: vector<16xi32>, %arg10: vector<16xi32>, %arg11: vector<16xi32>, %arg12: vector<16xi32>, %arg13: vector<16xi32>, %arg14: vector<16xi32>, %arg15: vector<16xi32>, %arg16: vector<16xi32>, %arg17: vector<16xi32>, %arg18: vector<16xi32>, %arg19: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %c120_i32 = arith.constant 120 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %arg4, %arg5, %c120_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32 = arith.constant 106 : i32
    %1 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg6, %arg7, %0, %c106_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32 = arith.constant 116 : i32
    %2 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %0, %1, %c116_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_0 = arith.constant 120 : i32
    %3 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%1, %arg8, %arg9, %c120_i32_0) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_1 = arith.constant 106 : i32
    %4 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg10, %arg11, %3, %c106_i32_1) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_2 = arith.constant 116 : i32
    %5 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%1, %3, %4, %c116_i32_2) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_3 = arith.constant 120 : i32
    %6 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%4, %arg12, %arg13, %c120_i32_3) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_4 = arith.constant 106 : i32
    %7 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg14, %arg15, %6, %c106_i32_4) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_5 = arith.constant 116 : i32
    %8 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%4, %6, %7, %c116_i32_5) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_6 = arith.constant 120 : i32
    %9 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%7, %arg16, %arg17, %c120_i32_6) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_7 = arith.constant 106 : i32
    %10 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg18, %arg19, %9, %c106_i32_7) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_8 = arith.constant 116 : i32
    %11 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%7, %9, %10, %c116_i32_8) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c150_i32 = arith.constant 150 : i32
    %12 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg1, %2, %5, %c150_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32 = arith.constant 232 : i32
    %13 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg1, %2, %5, %c232_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c150_i32_9 = arith.constant 150 : i32
    %14 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%12, %8, %11, %c150_i32_9) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32_10 = arith.constant 232 : i32
    %15 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%12, %8, %11, %c232_i32_10) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c150_i32_11 = arith.constant 150 : i32
    %16 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg2, %13, %15, %c150_i32_11) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32_12 = arith.constant 232 : i32
    %17 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg2, %13, %15, %c232_i32_12) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %18 = vector.bitcast %17 : vector<16xi32> to vector<64xi8>
    %19 = math.ctpop %18 : vector<64xi8>
    %cst = arith.constant dense<8> : vector<64xi8>
    %20 = llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.512"(%arg3, %19, %cst) : (vector<16xi32>, vector<64xi8>, vector<64xi8>) -> vector<16xi32>
    return %10, %14, %16, %20 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @step_3_1(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %c120_i32 = arith.constant 120 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %arg4, %arg5, %c120_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %cst = arith.constant dense<-1> : vector<16xi32>
    %1 = arith.xori %0, %cst : vector<16xi32>
    %2 = arith.andi %1, %arg0 : vector<16xi32>
    %3 = arith.andi %arg1, %2 : vector<16xi32>
    %4 = arith.xori %arg1, %2 : vector<16xi32>
    %5 = arith.andi %arg2, %3 : vector<16xi32>
    %6 = arith.xori %arg2, %3 : vector<16xi32>
    %7 = vector.bitcast %5 : vector<16xi32> to vector<64xi8>
    %8 = math.ctpop %7 : vector<64xi8>
    %cst_0 = arith.constant dense<8> : vector<64xi8>
    %9 = llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.512"(%arg3, %8, %cst_0) : (vector<16xi32>, vector<64xi8>, vector<64xi8>) -> vector<16xi32>
    return %0, %4, %6, %9 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @end_3(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
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
  func.func @step_4_8(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>, %arg8: vector<16xi32>, %arg9: vector<16xi32>, %arg10: vector<16xi32>, %arg11: vector<16xi32>, %arg12: vector<16xi32>, %arg13: vector<16xi32>, %arg14: vector<16xi32>, %arg15: vector<16xi32>, %arg16: vector<16xi32>, %arg17: vector<16xi32>, %arg18: vector<16xi32>, %arg19: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %c120_i32 = arith.constant 120 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %arg4, %arg5, %c120_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32 = arith.constant 106 : i32
    %1 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg6, %arg7, %0, %c106_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32 = arith.constant 116 : i32
    %2 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %0, %1, %c116_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_0 = arith.constant 120 : i32
    %3 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%1, %arg8, %arg9, %c120_i32_0) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_1 = arith.constant 106 : i32
    %4 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg10, %arg11, %3, %c106_i32_1) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_2 = arith.constant 116 : i32
    %5 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%1, %3, %4, %c116_i32_2) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_3 = arith.constant 120 : i32
    %6 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%4, %arg12, %arg13, %c120_i32_3) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_4 = arith.constant 106 : i32
    %7 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg14, %arg15, %6, %c106_i32_4) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_5 = arith.constant 116 : i32
    %8 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%4, %6, %7, %c116_i32_5) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_6 = arith.constant 120 : i32
    %9 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%7, %arg16, %arg17, %c120_i32_6) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_7 = arith.constant 106 : i32
    %10 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg18, %arg19, %9, %c106_i32_7) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_8 = arith.constant 116 : i32
    %11 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%7, %9, %10, %c116_i32_8) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c150_i32 = arith.constant 150 : i32
    %12 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg1, %2, %5, %c150_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32 = arith.constant 232 : i32
    %13 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg1, %2, %5, %c232_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c150_i32_9 = arith.constant 150 : i32
    %14 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%12, %8, %11, %c150_i32_9) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32_10 = arith.constant 232 : i32
    %15 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%12, %8, %11, %c232_i32_10) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c150_i32_11 = arith.constant 150 : i32
    %16 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg2, %13, %15, %c150_i32_11) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32_12 = arith.constant 232 : i32
    %17 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg2, %13, %15, %c232_i32_12) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %18 = vector.bitcast %17 : vector<16xi32> to vector<64xi8>
    %19 = math.ctpop %18 : vector<64xi8>
    %cst = arith.constant dense<8> : vector<64xi8>
    %20 = llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.512"(%arg3, %19, %cst) : (vector<16xi32>, vector<64xi8>, vector<64xi8>) -> vector<16xi32>
    return %10, %14, %16, %20 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @step_4_1(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %c120_i32 = arith.constant 120 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %arg4, %arg5, %c120_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %cst = arith.constant dense<-1> : vector<16xi32>
    %1 = arith.xori %0, %cst : vector<16xi32>
    %2 = arith.andi %1, %arg0 : vector<16xi32>
    %3 = arith.andi %arg1, %2 : vector<16xi32>
    %4 = arith.xori %arg1, %2 : vector<16xi32>
    %5 = arith.andi %arg2, %3 : vector<16xi32>
    %6 = arith.xori %arg2, %3 : vector<16xi32>
    %7 = vector.bitcast %5 : vector<16xi32> to vector<64xi8>
    %8 = math.ctpop %7 : vector<64xi8>
    %cst_0 = arith.constant dense<8> : vector<64xi8>
    %9 = llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.512"(%arg3, %8, %cst_0) : (vector<16xi32>, vector<64xi8>, vector<64xi8>) -> vector<16xi32>
    return %0, %4, %6, %9 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @end_4(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
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
  func.func @step_5_8(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>, %arg8: vector<16xi32>, %arg9: vector<16xi32>, %arg10: vector<16xi32>, %arg11: vector<16xi32>, %arg12: vector<16xi32>, %arg13: vector<16xi32>, %arg14: vector<16xi32>, %arg15: vector<16xi32>, %arg16: vector<16xi32>, %arg17: vector<16xi32>, %arg18: vector<16xi32>, %arg19: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %c120_i32 = arith.constant 120 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %arg4, %arg5, %c120_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32 = arith.constant 106 : i32
    %1 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg6, %arg7, %0, %c106_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32 = arith.constant 116 : i32
    %2 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %0, %1, %c116_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_0 = arith.constant 120 : i32
    %3 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%1, %arg8, %arg9, %c120_i32_0) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_1 = arith.constant 106 : i32
    %4 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg10, %arg11, %3, %c106_i32_1) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_2 = arith.constant 116 : i32
    %5 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%1, %3, %4, %c116_i32_2) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_3 = arith.constant 120 : i32
    %6 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%4, %arg12, %arg13, %c120_i32_3) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_4 = arith.constant 106 : i32
    %7 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg14, %arg15, %6, %c106_i32_4) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_5 = arith.constant 116 : i32
    %8 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%4, %6, %7, %c116_i32_5) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_6 = arith.constant 120 : i32
    %9 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%7, %arg16, %arg17, %c120_i32_6) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_7 = arith.constant 106 : i32
    %10 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg18, %arg19, %9, %c106_i32_7) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_8 = arith.constant 116 : i32
    %11 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%7, %9, %10, %c116_i32_8) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c150_i32 = arith.constant 150 : i32
    %12 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg1, %2, %5, %c150_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32 = arith.constant 232 : i32
    %13 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg1, %2, %5, %c232_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c150_i32_9 = arith.constant 150 : i32
    %14 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%12, %8, %11, %c150_i32_9) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32_10 = arith.constant 232 : i32
    %15 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%12, %8, %11, %c232_i32_10) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c150_i32_11 = arith.constant 150 : i32
    %16 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg2, %13, %15, %c150_i32_11) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32_12 = arith.constant 232 : i32
    %17 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg2, %13, %15, %c232_i32_12) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %18 = vector.bitcast %17 : vector<16xi32> to vector<64xi8>
    %19 = math.ctpop %18 : vector<64xi8>
    %cst = arith.constant dense<8> : vector<64xi8>
    %20 = llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.512"(%arg3, %19, %cst) : (vector<16xi32>, vector<64xi8>, vector<64xi8>) -> vector<16xi32>
    return %10, %14, %16, %20 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @step_5_1(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %c120_i32 = arith.constant 120 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %arg4, %arg5, %c120_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %cst = arith.constant dense<-1> : vector<16xi32>
    %1 = arith.xori %0, %cst : vector<16xi32>
    %2 = arith.andi %1, %arg0 : vector<16xi32>
    %3 = arith.andi %arg1, %2 : vector<16xi32>
    %4 = arith.xori %arg1, %2 : vector<16xi32>
    %5 = arith.andi %arg2, %3 : vector<16xi32>
    %6 = arith.xori %arg2, %3 : vector<16xi32>
    %7 = vector.bitcast %5 : vector<16xi32> to vector<64xi8>
    %8 = math.ctpop %7 : vector<64xi8>
    %cst_0 = arith.constant dense<8> : vector<64xi8>
    %9 = llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.512"(%arg3, %8, %cst_0) : (vector<16xi32>, vector<64xi8>, vector<64xi8>) -> vector<16xi32>
    return %0, %4, %6, %9 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @end_5(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
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
    %cst_10 = arith.constant dense<1> : vector<16xi32>
    %17 = arith.shli %16, %cst_10 : vector<16xi32>
    return %cst, %cst_2, %cst_6, %17 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @step_6_8(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>, %arg8: vector<16xi32>, %arg9: vector<16xi32>, %arg10: vector<16xi32>, %arg11: vector<16xi32>, %arg12: vector<16xi32>, %arg13: vector<16xi32>, %arg14: vector<16xi32>, %arg15: vector<16xi32>, %arg16: vector<16xi32>, %arg17: vector<16xi32>, %arg18: vector<16xi32>, %arg19: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %c120_i32 = arith.constant 120 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %arg4, %arg5, %c120_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32 = arith.constant 106 : i32
    %1 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg6, %arg7, %0, %c106_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32 = arith.constant 116 : i32
    %2 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %0, %1, %c116_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_0 = arith.constant 120 : i32
    %3 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%1, %arg8, %arg9, %c120_i32_0) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_1 = arith.constant 106 : i32
    %4 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg10, %arg11, %3, %c106_i32_1) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_2 = arith.constant 116 : i32
    %5 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%1, %3, %4, %c116_i32_2) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_3 = arith.constant 120 : i32
    %6 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%4, %arg12, %arg13, %c120_i32_3) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_4 = arith.constant 106 : i32
    %7 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg14, %arg15, %6, %c106_i32_4) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_5 = arith.constant 116 : i32
    %8 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%4, %6, %7, %c116_i32_5) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_6 = arith.constant 120 : i32
    %9 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%7, %arg16, %arg17, %c120_i32_6) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_7 = arith.constant 106 : i32
    %10 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg18, %arg19, %9, %c106_i32_7) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_8 = arith.constant 116 : i32
    %11 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%7, %9, %10, %c116_i32_8) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c150_i32 = arith.constant 150 : i32
    %12 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg1, %2, %5, %c150_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32 = arith.constant 232 : i32
    %13 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg1, %2, %5, %c232_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c150_i32_9 = arith.constant 150 : i32
    %14 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%12, %8, %11, %c150_i32_9) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32_10 = arith.constant 232 : i32
    %15 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%12, %8, %11, %c232_i32_10) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c150_i32_11 = arith.constant 150 : i32
    %16 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg2, %13, %15, %c150_i32_11) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32_12 = arith.constant 232 : i32
    %17 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg2, %13, %15, %c232_i32_12) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %18 = vector.bitcast %17 : vector<16xi32> to vector<64xi8>
    %19 = math.ctpop %18 : vector<64xi8>
    %cst = arith.constant dense<8> : vector<64xi8>
    %20 = llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.512"(%arg3, %19, %cst) : (vector<16xi32>, vector<64xi8>, vector<64xi8>) -> vector<16xi32>
    return %10, %14, %16, %20 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @step_6_1(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %c120_i32 = arith.constant 120 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %arg4, %arg5, %c120_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %cst = arith.constant dense<-1> : vector<16xi32>
    %1 = arith.xori %0, %cst : vector<16xi32>
    %2 = arith.andi %1, %arg0 : vector<16xi32>
    %3 = arith.andi %arg1, %2 : vector<16xi32>
    %4 = arith.xori %arg1, %2 : vector<16xi32>
    %5 = arith.andi %arg2, %3 : vector<16xi32>
    %6 = arith.xori %arg2, %3 : vector<16xi32>
    %7 = vector.bitcast %5 : vector<16xi32> to vector<64xi8>
    %8 = math.ctpop %7 : vector<64xi8>
    %cst_0 = arith.constant dense<8> : vector<64xi8>
    %9 = llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.512"(%arg3, %8, %cst_0) : (vector<16xi32>, vector<64xi8>, vector<64xi8>) -> vector<16xi32>
    return %0, %4, %6, %9 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @end_6(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
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
  func.func @step_7_8(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>, %arg8: vector<16xi32>, %arg9: vector<16xi32>, %arg10: vector<16xi32>, %arg11: vector<16xi32>, %arg12: vector<16xi32>, %arg13: vector<16xi32>, %arg14: vector<16xi32>, %arg15: vector<16xi32>, %arg16: vector<16xi32>, %arg17: vector<16xi32>, %arg18: vector<16xi32>, %arg19: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %c120_i32 = arith.constant 120 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %arg4, %arg5, %c120_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32 = arith.constant 106 : i32
    %1 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg6, %arg7, %0, %c106_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32 = arith.constant 116 : i32
    %2 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %0, %1, %c116_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_0 = arith.constant 120 : i32
    %3 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%1, %arg8, %arg9, %c120_i32_0) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_1 = arith.constant 106 : i32
    %4 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg10, %arg11, %3, %c106_i32_1) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_2 = arith.constant 116 : i32
    %5 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%1, %3, %4, %c116_i32_2) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_3 = arith.constant 120 : i32
    %6 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%4, %arg12, %arg13, %c120_i32_3) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_4 = arith.constant 106 : i32
    %7 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg14, %arg15, %6, %c106_i32_4) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_5 = arith.constant 116 : i32
    %8 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%4, %6, %7, %c116_i32_5) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_6 = arith.constant 120 : i32
    %9 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%7, %arg16, %arg17, %c120_i32_6) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_7 = arith.constant 106 : i32
    %10 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg18, %arg19, %9, %c106_i32_7) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_8 = arith.constant 116 : i32
    %11 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%7, %9, %10, %c116_i32_8) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c150_i32 = arith.constant 150 : i32
    %12 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg1, %2, %5, %c150_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32 = arith.constant 232 : i32
    %13 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg1, %2, %5, %c232_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c150_i32_9 = arith.constant 150 : i32
    %14 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%12, %8, %11, %c150_i32_9) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32_10 = arith.constant 232 : i32
    %15 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%12, %8, %11, %c232_i32_10) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c150_i32_11 = arith.constant 150 : i32
    %16 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg2, %13, %15, %c150_i32_11) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32_12 = arith.constant 232 : i32
    %17 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg2, %13, %15, %c232_i32_12) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %18 = vector.bitcast %17 : vector<16xi32> to vector<64xi8>
    %19 = math.ctpop %18 : vector<64xi8>
    %cst = arith.constant dense<8> : vector<64xi8>
    %20 = llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.512"(%arg3, %19, %cst) : (vector<16xi32>, vector<64xi8>, vector<64xi8>) -> vector<16xi32>
    return %10, %14, %16, %20 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @step_7_1(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %c120_i32 = arith.constant 120 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %arg4, %arg5, %c120_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %cst = arith.constant dense<-1> : vector<16xi32>
    %1 = arith.xori %0, %cst : vector<16xi32>
    %2 = arith.andi %1, %arg0 : vector<16xi32>
    %3 = arith.andi %arg1, %2 : vector<16xi32>
    %4 = arith.xori %arg1, %2 : vector<16xi32>
    %5 = arith.andi %arg2, %3 : vector<16xi32>
    %6 = arith.xori %arg2, %3 : vector<16xi32>
    %7 = vector.bitcast %5 : vector<16xi32> to vector<64xi8>
    %8 = math.ctpop %7 : vector<64xi8>
    %cst_0 = arith.constant dense<8> : vector<64xi8>
    %9 = llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.512"(%arg3, %8, %cst_0) : (vector<16xi32>, vector<64xi8>, vector<64xi8>) -> vector<16xi32>
    return %0, %4, %6, %9 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @end_7(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
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
    %cst_10 = arith.constant dense<1> : vector<16xi32>
    %17 = arith.shli %16, %cst_10 : vector<16xi32>
    return %cst, %cst_2, %cst_6, %17 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @step_8_8(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>, %arg8: vector<16xi32>, %arg9: vector<16xi32>, %arg10: vector<16xi32>, %arg11: vector<16xi32>, %arg12: vector<16xi32>, %arg13: vector<16xi32>, %arg14: vector<16xi32>, %arg15: vector<16xi32>, %arg16: vector<16xi32>, %arg17: vector<16xi32>, %arg18: vector<16xi32>, %arg19: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %c120_i32 = arith.constant 120 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %arg4, %arg5, %c120_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32 = arith.constant 106 : i32
    %1 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg6, %arg7, %0, %c106_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32 = arith.constant 116 : i32
    %2 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %0, %1, %c116_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_0 = arith.constant 120 : i32
    %3 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%1, %arg8, %arg9, %c120_i32_0) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_1 = arith.constant 106 : i32
    %4 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg10, %arg11, %3, %c106_i32_1) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_2 = arith.constant 116 : i32
    %5 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%1, %3, %4, %c116_i32_2) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_3 = arith.constant 120 : i32
    %6 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%4, %arg12, %arg13, %c120_i32_3) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_4 = arith.constant 106 : i32
    %7 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg14, %arg15, %6, %c106_i32_4) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_5 = arith.constant 116 : i32
    %8 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%4, %6, %7, %c116_i32_5) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_6 = arith.constant 120 : i32
    %9 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%7, %arg16, %arg17, %c120_i32_6) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_7 = arith.constant 106 : i32
    %10 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg18, %arg19, %9, %c106_i32_7) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_8 = arith.constant 116 : i32
    %11 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%7, %9, %10, %c116_i32_8) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c150_i32 = arith.constant 150 : i32
    %12 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg1, %2, %5, %c150_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32 = arith.constant 232 : i32
    %13 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg1, %2, %5, %c232_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c150_i32_9 = arith.constant 150 : i32
    %14 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%12, %8, %11, %c150_i32_9) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32_10 = arith.constant 232 : i32
    %15 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%12, %8, %11, %c232_i32_10) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c150_i32_11 = arith.constant 150 : i32
    %16 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg2, %13, %15, %c150_i32_11) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32_12 = arith.constant 232 : i32
    %17 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg2, %13, %15, %c232_i32_12) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %18 = vector.bitcast %17 : vector<16xi32> to vector<64xi8>
    %19 = math.ctpop %18 : vector<64xi8>
    %cst = arith.constant dense<8> : vector<64xi8>
    %20 = llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.512"(%arg3, %19, %cst) : (vector<16xi32>, vector<64xi8>, vector<64xi8>) -> vector<16xi32>
    return %10, %14, %16, %20 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @step_8_1(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %c120_i32 = arith.constant 120 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %arg4, %arg5, %c120_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %cst = arith.constant dense<-1> : vector<16xi32>
    %1 = arith.xori %0, %cst : vector<16xi32>
    %2 = arith.andi %1, %arg0 : vector<16xi32>
    %3 = arith.andi %arg1, %2 : vector<16xi32>
    %4 = arith.xori %arg1, %2 : vector<16xi32>
    %5 = arith.andi %arg2, %3 : vector<16xi32>
    %6 = arith.xori %arg2, %3 : vector<16xi32>
    %7 = vector.bitcast %5 : vector<16xi32> to vector<64xi8>
    %8 = math.ctpop %7 : vector<64xi8>
    %cst_0 = arith.constant dense<8> : vector<64xi8>
    %9 = llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.512"(%arg3, %8, %cst_0) : (vector<16xi32>, vector<64xi8>, vector<64xi8>) -> vector<16xi32>
    return %0, %4, %6, %9 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @end_8(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
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

