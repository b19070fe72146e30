// bitserial kernel, format 1
// key: planes=3,3 terms=9:1,10:2,12:4,17:2,18:4,20:8,33:4,34:8,36:16 word=32 lanes=outputs target=x86-64:sapphirerapids model=sapphirerapids features=avx,avx2,avx512bitalg,avx512bw,avx512f,avx512vbmi,avx512vl,avx512vnni,avx512vpopcntdq,avxvnni,gfni,sse4.1,ssse3 vectors=32x512 semantics=96304efe6d36b525 prover=2 search=3 cost=3 version=0.1.0/22.1.8
// blake3: 2320b2a25a215243e4837c57a6e2ba8d164c55db4910caf207b87ff5d1296517
module @"a3w3-o32" attributes {bitserial.kernel = {cpu = "sapphirerapids", cycles = "11.23", features = ["avx512bitalg", "avx512bw", "avx512f", "avx512vnni"], group = 1 : i64, passes = [{capacity = 0 : i64, planes = [2, 5], steps = [{cost = 0 : i64, words = 2 : i64}, {cost = 0 : i64, words = 1 : i64}]}, {capacity = 0 : i64, planes = [1, 2, 4, 5], steps = [{cost = 0 : i64, words = 2 : i64}, {cost = 0 : i64, words = 1 : i64}]}, {capacity = 0 : i64, planes = [0, 1, 2, 3, 4, 5], steps = [{cost = 0 : i64, words = 2 : i64}, {cost = 0 : i64, words = 1 : i64}]}, {capacity = 0 : i64, planes = [0, 1, 3, 4], steps = [{cost = 0 : i64, words = 2 : i64}, {cost = 0 : i64, words = 1 : i64}]}, {capacity = 0 : i64, planes = [0, 3], steps = [{cost = 0 : i64, words = 2 : i64}, {cost = 0 : i64, words = 1 : i64}]}], sketch = "count bytes; dot products with the coefficients; weights after passes; carry-save of depth 1; 2 words per step; passes: a2*w2, times 2, then a2*w1 + a1*w2, times 2, then a2*w0 + a1*w1 + a0*w2, times 2, then a1*w0 + a0*w1, times 2, then a0*w0", spec = {lanes = "outputs", planes = [3, 3], terms = [[9, 1], [10, 2], [12, 4], [17, 2], [18, 4], [20, 8], [33, 4], [34, 8], [36, 16]], word = 32 : i64}, state = ["bits", "sum"], tile = [2, 4]}} {
  func.func @step_0_2(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>) {
    %c106_i32 = arith.constant 106 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg2, %arg3, %arg0, %c106_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_0 = arith.constant 106 : i32
    %1 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg4, %arg5, %0, %c106_i32_0) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32 = arith.constant 116 : i32
    %2 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %0, %1, %c116_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %3 = vector.bitcast %2 : vector<16xi32> to vector<64xi8>
    %4 = math.ctpop %3 : vector<64xi8>
    %cst = arith.constant dense<2> : vector<64xi8>
    %5 = llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.512"(%arg1, %4, %cst) : (vector<16xi32>, vector<64xi8>, vector<64xi8>) -> vector<16xi32>
    return %1, %5 : vector<16xi32>, vector<16xi32>
  }
  func.func @step_0_1(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>) {
    %c106_i32 = arith.constant 106 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg2, %arg3, %arg0, %c106_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %cst = arith.constant dense<-1> : vector<16xi32>
    %1 = arith.xori %0, %cst : vector<16xi32>
    %2 = arith.andi %1, %arg0 : vector<16xi32>
    %3 = vector.bitcast %2 : vector<16xi32> to vector<64xi8>
    %4 = math.ctpop %3 : vector<64xi8>
    %cst_0 = arith.constant dense<2> : vector<64xi8>
    %5 = llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.512"(%arg1, %4, %cst_0) : (vector<16xi32>, vector<64xi8>, vector<64xi8>) -> vector<16xi32>
    return %0, %5 : vector<16xi32>, vector<16xi32>
  }
  func.func @end_0(%arg0: vector<16xi32>, %arg1: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>) {
    %cst = arith.constant dense<0> : vector<16xi32>
    %0 = vector.bitcast %arg0 : vector<16xi32> to vector<64xi8>
    %1 = math.ctpop %0 : vector<64xi8>
    %cst_0 = arith.constant dense<1> : vector<64xi8>
    %2 = llvm.call_intrinsic "llvm.x86.avx512.pmaddubs.w.512"(%1, %cst_0) : (vector<64xi8>, vector<64xi8>) -> vector<32xi16>
    %cst_1 = arith.constant dense<1> : vector<32xi16>
    %3 = llvm.call_intrinsic "llvm.x86.avx512.pmaddw.d.512"(%2, %cst_1) : (vector<32xi16>, vector<32xi16>) -> vector<16xi32>
    %4 = arith.addi %arg1, %3 : vector<16xi32>
    %cst_2 = arith.constant dense<1> : vector<16xi32>
    %5 = arith.shli %4, %cst_2 : vector<16xi32>
    return %cst, %5 : vector<16xi32>, vector<16xi32>
  }
  func.func @step_1_2(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>, %arg8: vector<16xi32>, %arg9: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>) {
    %c106_i32 = arith.constant 106 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg3, %arg4, %arg0, %c106_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_0 = arith.constant 106 : i32
    %1 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg2, %arg5, %0, %c106_i32_0) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32 = arith.constant 116 : i32
    %2 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %0, %1, %c116_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_1 = arith.constant 106 : i32
    %3 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg7, %arg8, %1, %c106_i32_1) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_2 = arith.constant 106 : i32
    %4 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg6, %arg9, %3, %c106_i32_2) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_3 = arith.constant 116 : i32
    %5 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%1, %3, %4, %c116_i32_3) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %6 = vector.bitcast %2 : vector<16xi32> to vector<64xi8>
    %7 = math.ctpop %6 : vector<64xi8>
    %8 = vector.bitcast %5 : vector<16xi32> to vector<64xi8>
    %9 = math.ctpop %8 : vector<64xi8>
    %10 = arith.addi %7, %9 : vector<64xi8>
    %cst = arith.constant dense<2> : vector<64xi8>
    %11 = llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.512"(%arg1, %10, %cst) : (vector<16xi32>, vector<64xi8>, vector<64xi8>) -> vector<16xi32>
    return %4, %11 : vector<16xi32>, vector<16xi32>
  }
  func.func @step_1_1(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>) {
    %c106_i32 = arith.constant 106 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg3, %arg4, %arg0, %c106_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_0 = arith.constant 106 : i32
    %1 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg2, %arg5, %0, %c106_i32_0) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32 = arith.constant 116 : i32
    %2 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %0, %1, %c116_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %3 = vector.bitcast %2 : vector<16xi32> to vector<64xi8>
    %4 = math.ctpop %3 : vector<64xi8>
    %cst = arith.constant dense<2> : vector<64xi8>
    %5 = llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.512"(%arg1, %4, %cst) : (vector<16xi32>, vector<64xi8>, vector<64xi8>) -> vector<16xi32>
    return %1, %5 : vector<16xi32>, vector<16xi32>
  }
  func.func @end_1(%arg0: vector<16xi32>, %arg1: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>) {
    %cst = arith.constant dense<0> : vector<16xi32>
    %0 = vector.bitcast %arg0 : vector<16xi32> to vector<64xi8>
    %1 = math.ctpop %0 : vector<64xi8>
    %cst_0 = arith.constant dense<1> : vector<64xi8>
    %2 = llvm.call_intrinsic "llvm.x86.avx512.pmaddubs.w.512"(%1, %cst_0) : (vector<64xi8>, vector<64xi8>) -> vector<32xi16>
    %cst_1 = arith.constant dense<1> : vector<32xi16>
    %3 = llvm.call_intrinsic "llvm.x86.avx512.pmaddw.d.512"(%2, %cst_1) : (vector<32xi16>, vector<32xi16>) -> vector<16xi32>
    %4 = arith.addi %arg1, %3 : vector<16xi32>
    %cst_2 = arith.constant dense<1> : vector<16xi32>
    %5 = arith.shli %4, %cst_2 : vector<16xi32>
    return %cst, %5 : vector<16xi32>, vector<16xi32>
  }
  func.func @step_2_2(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>, %arg8: vector<16xi32>, %arg9: vector<16xi32>, %arg10: vector<16xi32>, %arg11: vector<16xi32>, %arg12: vector<16xi32>, %arg13: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>) {
    %c106_i32 = arith.constant 106 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg4, %arg5, %arg0, %c106_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_0 = arith.constant 106 : i32
    %1 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg3, %arg6, %0, %c106_i32_0) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32 = arith.constant 116 : i32
    %2 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %0, %1, %c116_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_1 = arith.constant 106 : i32
    %3 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg2, %arg7, %1, %c106_i32_1) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_2 = arith.constant 106 : i32
    %4 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg10, %arg11, %3, %c106_i32_2) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_3 = arith.constant 116 : i32
    %5 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%1, %3, %4, %c116_i32_3) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_4 = arith.constant 106 : i32
    %6 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg9, %arg12, %4, %c106_i32_4) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_5 = arith.constant 106 : i32
    %7 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg8, %arg13, %6, %c106_i32_5) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_6 = arith.constant 116 : i32
    %8 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%4, %6, %7, %c116_i32_6) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %9 = vector.bitcast %2 : vector<16xi32> to vector<64xi8>
    %10 = math.ctpop %9 : vector<64xi8>
    %11 = vector.bitcast %5 : vector<16xi32> to vector<64xi8>
    %12 = math.ctpop %11 : vector<64xi8>
    %13 = arith.addi %10, %12 : vector<64xi8>
    %14 = vector.bitcast %8 : vector<16xi32> to vector<64xi8>
    %15 = math.ctpop %14 : vector<64xi8>
    %16 = arith.addi %13, %15 : vector<64xi8>
    %cst = arith.constant dense<2> : vector<64xi8>
    %17 = llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.512"(%arg1, %16, %cst) : (vector<16xi32>, vector<64xi8>, vector<64xi8>) -> vector<16xi32>
    return %7, %17 : vector<16xi32>, vector<16xi32>
  }
  func.func @step_2_1(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>) {
    %c106_i32 = arith.constant 106 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg4, %arg5, %arg0, %c106_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_0 = arith.constant 106 : i32
    %1 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg3, %arg6, %0, %c106_i32_0) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32 = arith.constant 116 : i32
    %2 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %0, %1, %c116_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_1 = arith.constant 106 : i32
    %3 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg2, %arg7, %1, %c106_i32_1) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %cst = arith.constant dense<-1> : vector<16xi32>
    %4 = arith.xori %3, %cst : vector<16xi32>
    %5 = arith.andi %4, %1 : vector<16xi32>
    %6 = vector.bitcast %2 : vector<16xi32> to vector<64xi8>
    %7 = math.ctpop %6 : vector<64xi8>
    %8 = vector.bitcast %5 : vector<16xi32> to vector<64xi8>
    %9 = math.ctpop %8 : vector<64xi8>
    %10 = arith.addi %7, %9 : vector<64xi8>
    %cst_2 = arith.constant dense<2> : vector<64xi8>
    %11 = llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.512"(%arg1, %10, %cst_2) : (vector<16xi32>, vector<64xi8>, vector<64xi8>) -> vector<16xi32>
    return %3, %11 : vector<16xi32>, vector<16xi32>
  }
  func.func @end_2(%arg0: vector<16xi32>, %arg1: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>) {
    %cst = arith.constant dense<0> : vector<16xi32>
    %0 = vector.bitcast %arg0 : vector<16xi32> to vector<64xi8>
    %1 = math.ctpop %0 : vector<64xi8>
    %cst_0 = arith.constant dense<1> : vector<64xi8>
    %2 = llvm.call_intrinsic "llvm.x86.avx512.pmaddubs.w.512"(%1, %cst_0) : (vector<64xi8>, vector<64xi8>) -> vector<32xi16>
    %cst_1 = arith.constant dense<1> : vector<32xi16>
    %3 = llvm.call_intrinsic "llvm.x86.avx512.pmaddw.d.512"(%2, %cst_1) : (vector<32xi16>, vector<32xi16>) -> vector<16xi32>
    %4 = arith.addi %arg1, %3 : vector<16xi32>
    %cst_2 = arith.constant dense<1> : vector<16xi32>
    %5 = arith.shli %4, %cst_2 : vector<16xi32>
    return %cst, %5 : vector<16xi32>, vector<16xi32>
  }
  func.func @step_3_2(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>, %arg8: vector<16xi32>, %arg9: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>) {
    %c106_i32 = arith.constant 106 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg3, %arg4, %arg0, %c106_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_0 = arith.constant 106 : i32
    %1 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg2, %arg5, %0, %c106_i32_0) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32 = arith.constant 116 : i32
    %2 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %0, %1, %c116_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_1 = arith.constant 106 : i32
    %3 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg7, %arg8, %1, %c106_i32_1) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_2 = arith.constant 106 : i32
    %4 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg6, %arg9, %3, %c106_i32_2) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_3 = arith.constant 116 : i32
    %5 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%1, %3, %4, %c116_i32_3) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %6 = vector.bitcast %2 : vector<16xi32> to vector<64xi8>
    %7 = math.ctpop %6 : vector<64xi8>
    %8 = vector.bitcast %5 : vector<16xi32> to vector<64xi8>
    %9 = math.ctpop %8 : vector<64xi8>
    %10 = arith.addi %7, %9 : vector<64xi8>
    %cst = arith.constant dense<2> : vector<64xi8>
    %11 = llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.512"(%arg1, %10, %cst) : (vector<16xi32>, vector<64xi8>, vector<64xi8>) -> vector<16xi32>
    return %4, %11 : vector<16xi32>, vector<16xi32>
  }
  func.func @step_3_1(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>) {
    %c106_i32 = arith.constant 106 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg3, %arg4, %arg0, %c106_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_0 = arith.constant 106 : i32
    %1 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg2, %arg5, %0, %c106_i32_0) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32 = arith.constant 116 : i32
    %2 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %0, %1, %c116_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %3 = vector.bitcast %2 : vector<16xi32> to vector<64xi8>
    %4 = math.ctpop %3 : vector<64xi8>
    %cst = arith.constant dense<2> : vector<64xi8>
    %5 = llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.512"(%arg1, %4, %cst) : (vector<16xi32>, vector<64xi8>, vector<64xi8>) -> vector<16xi32>
    return %1, %5 : vector<16xi32>, vector<16xi32>
  }
  func.func @end_3(%arg0: vector<16xi32>, %arg1: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>) {
    %cst = arith.constant dense<0> : vector<16xi32>
    %0 = vector.bitcast %arg0 : vector<16xi32> to vector<64xi8>
    %1 = math.ctpop %0 : vector<64xi8>
    %cst_0 = arith.constant dense<1> : vector<64xi8>
    %2 = llvm.call_intrinsic "llvm.x86.avx512.pmaddubs.w.512"(%1, %cst_0) : (vector<64xi8>, vector<64xi8>) -> vector<32xi16>
    %cst_1 = arith.constant dense<1> : vector<32xi16>
    %3 = llvm.call_intrinsic "llvm.x86.avx512.pmaddw.d.512"(%2, %cst_1) : (vector<32xi16>, vector<32xi16>) -> vector<16xi32>
    %4 = arith.addi %arg1, %3 : vector<16xi32>
    %cst_2 = arith.constant dense<1> : vector<16xi32>
    %5 = arith.shli %4, %cst_2 : vector<16xi32>
    return %cst, %5 : vector<16xi32>, vector<16xi32>
  }
  func.func @step_4_2(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>) {
    %c106_i32 = arith.constant 106 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg2, %arg3, %arg0, %c106_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_0 = arith.constant 106 : i32
    %1 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg4, %arg5, %0, %c106_i32_0) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32 = arith.constant 116 : i32
    %2 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %0, %1, %c116_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %3 = vector.bitcast %2 : vector<16xi32> to vector<64xi8>
    %4 = math.ctpop %3 : vector<64xi8>
    %cst = arith.constant dense<2> : vector<64xi8>
    %5 = llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.512"(%arg1, %4, %cst) : (vector<16xi32>, vector<64xi8>, vector<64xi8>) -> vector<16xi32>
    return %1, %5 : vector<16xi32>, vector<16xi32>
  }
  func.func @step_4_1(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>) {
    %c106_i32 = arith.constant 106 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg2, %arg3, %arg0, %c106_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %cst = arith.constant dense<-1> : vector<16xi32>
    %1 = arith.xori %0, %cst : vector<16xi32>
    %2 = arith.andi %1, %arg0 : vector<16xi32>
    %3 = vector.bitcast %2 : vector<16xi32> to vector<64xi8>
    %4 = math.ctpop %3 : vector<64xi8>
    %cst_0 = arith.constant dense<2> : vector<64xi8>
    %5 = llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.512"(%arg1, %4, %cst_0) : (vector<16xi32>, vector<64xi8>, vector<64xi8>) -> vector<16xi32>
    return %0, %5 : vector<16xi32>, vector<16xi32>
  }
  func.func @end_4(%arg0: vector<16xi32>, %arg1: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>) {
    %cst = arith.constant dense<0> : vector<16xi32>
    %0 = vector.bitcast %arg0 : vector<16xi32> to vector<64xi8>
    %1 = math.ctpop %0 : vector<64xi8>
    %cst_0 = arith.constant dense<1> : vector<64xi8>
    %2 = llvm.call_intrinsic "llvm.x86.avx512.pmaddubs.w.512"(%1, %cst_0) : (vector<64xi8>, vector<64xi8>) -> vector<32xi16>
    %cst_1 = arith.constant dense<1> : vector<32xi16>
    %3 = llvm.call_intrinsic "llvm.x86.avx512.pmaddw.d.512"(%2, %cst_1) : (vector<32xi16>, vector<32xi16>) -> vector<16xi32>
    %4 = arith.addi %arg1, %3 : vector<16xi32>
    return %cst, %4 : vector<16xi32>, vector<16xi32>
  }
  func.func @finish(%arg0: vector<16xi32>, %arg1: vector<16xi32>) -> vector<16xi32> {
    return %arg1 : vector<16xi32>
  }
}

