// bitserial kernel, format 1
// key: planes=3,3 terms=9:1,10:2,12:4,17:2,18:4,20:8,33:-4,34:-8,36:-16 word=32 lanes=outputs target=x86-64:sapphirerapids model=sapphirerapids features=avx,avx2,avx512bitalg,avx512bw,avx512f,avx512vbmi,avx512vl,avx512vnni,avx512vpopcntdq,avxvnni,gfni,sse4.1,ssse3 vectors=32x512 semantics=96304efe6d36b525 prover=2 search=1 cost=1 version=0.1.0/22.1.8
// blake3: 9efeac38dda605a8d13553ae6876a34d09336c5090ae5e3064da872b429c4348
module @"a3w3s-o32" attributes {bitserial.kernel = {cpu = "sapphirerapids", cycles = "11.18", features = ["avx512f"], group = 1 : i64, passes = [{capacity = 0 : i64, planes = [2, 5], steps = [{cost = 0 : i64, words = 4 : i64}, {cost = 0 : i64, words = 1 : i64}]}, {capacity = 0 : i64, planes = [1, 5], steps = [{cost = 0 : i64, words = 4 : i64}, {cost = 0 : i64, words = 1 : i64}]}, {capacity = 0 : i64, planes = [2, 4], steps = [{cost = 0 : i64, words = 4 : i64}, {cost = 0 : i64, words = 1 : i64}]}, {capacity = 0 : i64, planes = [0, 5], steps = [{cost = 0 : i64, words = 4 : i64}, {cost = 0 : i64, words = 1 : i64}]}, {capacity = 0 : i64, planes = [2, 3], steps = [{cost = 0 : i64, words = 4 : i64}, {cost = 0 : i64, words = 1 : i64}]}, {capacity = 0 : i64, planes = [1, 4], steps = [{cost = 0 : i64, words = 4 : i64}, {cost = 0 : i64, words = 1 : i64}]}, {capacity = 0 : i64, planes = [1, 3], steps = [{cost = 0 : i64, words = 4 : i64}, {cost = 0 : i64, words = 1 : i64}]}, {capacity = 0 : i64, planes = [0, 4], steps = [{cost = 0 : i64, words = 4 : i64}, {cost = 0 : i64, words = 1 : i64}]}, {capacity = 0 : i64, planes = [0, 3], steps = [{cost = 0 : i64, words = 4 : i64}, {cost = 0 : i64, words = 1 : i64}]}], sketch = "count lanes; sums; weights after passes; carry-save of depth 2; 4 words per step; passes: -a2*w2, times 2, then -a1*w2, then a2*w1, times 2, then -a0*w2, then a2*w0, then a1*w1, times 2, then a1*w0, then a0*w1, times 2, then a0*w0", spec = {lanes = "outputs", planes = [3, 3], terms = [[9, 1], [10, 2], [12, 4], [17, 2], [18, 4], [20, 8], [33, -4], [34, -8], [36, -16]], word = 32 : i64}, state = ["bits", "bits", "sum", "sum", "bits", "bits"], tile = [8, 2]}} {
  func.func @step_0_4(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>, %arg8: vector<16xi32>, %arg9: vector<16xi32>, %arg10: vector<16xi32>, %arg11: vector<16xi32>, %arg12: vector<16xi32>, %arg13: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %c120_i32 = arith.constant 120 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %arg6, %arg7, %c120_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32 = arith.constant 106 : i32
    %1 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg8, %arg9, %0, %c106_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32 = arith.constant 116 : i32
    %2 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %0, %1, %c116_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_0 = arith.constant 120 : i32
    %3 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%1, %arg10, %arg11, %c120_i32_0) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_1 = arith.constant 106 : i32
    %4 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg12, %arg13, %3, %c106_i32_1) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_2 = arith.constant 116 : i32
    %5 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%1, %3, %4, %c116_i32_2) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c150_i32 = arith.constant 150 : i32
    %6 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg1, %2, %5, %c150_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32 = arith.constant 232 : i32
    %7 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg1, %2, %5, %c232_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %8 = math.ctpop %7 : vector<16xi32>
    %9 = arith.subi %arg2, %8 : vector<16xi32>
    return %4, %6, %9, %arg3, %arg4, %arg5 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @step_0_1(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %c120_i32 = arith.constant 120 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %arg6, %arg7, %c120_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %cst = arith.constant dense<-1> : vector<16xi32>
    %1 = arith.xori %0, %cst : vector<16xi32>
    %2 = arith.andi %1, %arg0 : vector<16xi32>
    %3 = arith.andi %arg1, %2 : vector<16xi32>
    %4 = arith.xori %arg1, %2 : vector<16xi32>
    %5 = math.ctpop %3 : vector<16xi32>
    %6 = arith.subi %arg2, %5 : vector<16xi32>
    return %0, %4, %6, %arg3, %arg4, %arg5 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @end_0(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %cst = arith.constant dense<0> : vector<16xi32>
    %0 = math.ctpop %arg0 : vector<16xi32>
    %1 = arith.subi %arg3, %0 : vector<16xi32>
    %cst_0 = arith.constant dense<0> : vector<16xi32>
    %2 = math.ctpop %arg1 : vector<16xi32>
    %cst_1 = arith.constant dense<1> : vector<16xi32>
    %3 = arith.shli %2, %cst_1 : vector<16xi32>
    %4 = arith.subi %1, %3 : vector<16xi32>
    %cst_2 = arith.constant dense<0> : vector<16xi32>
    %cst_3 = arith.constant dense<0> : vector<16xi32>
    %cst_4 = arith.constant dense<1> : vector<16xi32>
    %5 = arith.shli %arg2, %cst_4 : vector<16xi32>
    %cst_5 = arith.constant dense<1> : vector<16xi32>
    %6 = arith.shli %4, %cst_5 : vector<16xi32>
    return %cst, %cst_0, %5, %6, %cst_2, %cst_3 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @step_1_4(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>, %arg8: vector<16xi32>, %arg9: vector<16xi32>, %arg10: vector<16xi32>, %arg11: vector<16xi32>, %arg12: vector<16xi32>, %arg13: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %c120_i32 = arith.constant 120 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %arg6, %arg7, %c120_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32 = arith.constant 106 : i32
    %1 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg8, %arg9, %0, %c106_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32 = arith.constant 116 : i32
    %2 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %0, %1, %c116_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_0 = arith.constant 120 : i32
    %3 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%1, %arg10, %arg11, %c120_i32_0) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_1 = arith.constant 106 : i32
    %4 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg12, %arg13, %3, %c106_i32_1) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_2 = arith.constant 116 : i32
    %5 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%1, %3, %4, %c116_i32_2) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c150_i32 = arith.constant 150 : i32
    %6 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg1, %2, %5, %c150_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32 = arith.constant 232 : i32
    %7 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg1, %2, %5, %c232_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %8 = math.ctpop %7 : vector<16xi32>
    %9 = arith.subi %arg2, %8 : vector<16xi32>
    return %4, %6, %9, %arg3, %arg4, %arg5 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @step_1_1(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %c120_i32 = arith.constant 120 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %arg6, %arg7, %c120_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %cst = arith.constant dense<-1> : vector<16xi32>
    %1 = arith.xori %0, %cst : vector<16xi32>
    %2 = arith.andi %1, %arg0 : vector<16xi32>
    %3 = arith.andi %arg1, %2 : vector<16xi32>
    %4 = arith.xori %arg1, %2 : vector<16xi32>
    %5 = math.ctpop %3 : vector<16xi32>
    %6 = arith.subi %arg2, %5 : vector<16xi32>
    return %0, %4, %6, %arg3, %arg4, %arg5 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @end_1(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %cst = arith.constant dense<0> : vector<16xi32>
    %0 = math.ctpop %arg0 : vector<16xi32>
    %1 = arith.subi %arg3, %0 : vector<16xi32>
    %cst_0 = arith.constant dense<0> : vector<16xi32>
    %2 = math.ctpop %arg1 : vector<16xi32>
    %cst_1 = arith.constant dense<1> : vector<16xi32>
    %3 = arith.shli %2, %cst_1 : vector<16xi32>
    %4 = arith.subi %1, %3 : vector<16xi32>
    %cst_2 = arith.constant dense<0> : vector<16xi32>
    %cst_3 = arith.constant dense<0> : vector<16xi32>
    return %cst, %cst_0, %arg2, %4, %cst_2, %cst_3 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @step_2_4(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>, %arg8: vector<16xi32>, %arg9: vector<16xi32>, %arg10: vector<16xi32>, %arg11: vector<16xi32>, %arg12: vector<16xi32>, %arg13: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %c120_i32 = arith.constant 120 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg4, %arg6, %arg7, %c120_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32 = arith.constant 106 : i32
    %1 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg8, %arg9, %0, %c106_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32 = arith.constant 116 : i32
    %2 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg4, %0, %1, %c116_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_0 = arith.constant 120 : i32
    %3 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%1, %arg10, %arg11, %c120_i32_0) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_1 = arith.constant 106 : i32
    %4 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg12, %arg13, %3, %c106_i32_1) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_2 = arith.constant 116 : i32
    %5 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%1, %3, %4, %c116_i32_2) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c150_i32 = arith.constant 150 : i32
    %6 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg5, %2, %5, %c150_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32 = arith.constant 232 : i32
    %7 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg5, %2, %5, %c232_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %8 = math.ctpop %7 : vector<16xi32>
    %9 = arith.addi %arg2, %8 : vector<16xi32>
    return %arg0, %arg1, %9, %arg3, %4, %6 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @step_2_1(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %c120_i32 = arith.constant 120 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg4, %arg6, %arg7, %c120_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %cst = arith.constant dense<-1> : vector<16xi32>
    %1 = arith.xori %0, %cst : vector<16xi32>
    %2 = arith.andi %1, %arg4 : vector<16xi32>
    %3 = arith.andi %arg5, %2 : vector<16xi32>
    %4 = arith.xori %arg5, %2 : vector<16xi32>
    %5 = math.ctpop %3 : vector<16xi32>
    %6 = arith.addi %arg2, %5 : vector<16xi32>
    return %arg0, %arg1, %6, %arg3, %0, %4 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @end_2(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %cst = arith.constant dense<0> : vector<16xi32>
    %cst_0 = arith.constant dense<0> : vector<16xi32>
    %cst_1 = arith.constant dense<0> : vector<16xi32>
    %0 = math.ctpop %arg4 : vector<16xi32>
    %1 = arith.addi %arg3, %0 : vector<16xi32>
    %cst_2 = arith.constant dense<0> : vector<16xi32>
    %2 = math.ctpop %arg5 : vector<16xi32>
    %cst_3 = arith.constant dense<1> : vector<16xi32>
    %3 = arith.shli %2, %cst_3 : vector<16xi32>
    %4 = arith.addi %1, %3 : vector<16xi32>
    %cst_4 = arith.constant dense<1> : vector<16xi32>
    %5 = arith.shli %arg2, %cst_4 : vector<16xi32>
    %cst_5 = arith.constant dense<1> : vector<16xi32>
    %6 = arith.shli %4, %cst_5 : vector<16xi32>
    return %cst, %cst_0, %5, %6, %cst_1, %cst_2 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @step_3_4(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>, %arg8: vector<16xi32>, %arg9: vector<16xi32>, %arg10: vector<16xi32>, %arg11: vector<16xi32>, %arg12: vector<16xi32>, %arg13: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %c120_i32 = arith.constant 120 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %arg6, %arg7, %c120_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32 = arith.constant 106 : i32
    %1 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg8, %arg9, %0, %c106_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32 = arith.constant 116 : i32
    %2 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %0, %1, %c116_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_0 = arith.constant 120 : i32
    %3 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%1, %arg10, %arg11, %c120_i32_0) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_1 = arith.constant 106 : i32
    %4 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg12, %arg13, %3, %c106_i32_1) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_2 = arith.constant 116 : i32
    %5 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%1, %3, %4, %c116_i32_2) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c150_i32 = arith.constant 150 : i32
    %6 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg1, %2, %5, %c150_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32 = arith.constant 232 : i32
    %7 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg1, %2, %5, %c232_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %8 = math.ctpop %7 : vector<16xi32>
    %9 = arith.subi %arg2, %8 : vector<16xi32>
    return %4, %6, %9, %arg3, %arg4, %arg5 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @step_3_1(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %c120_i32 = arith.constant 120 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %arg6, %arg7, %c120_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %cst = arith.constant dense<-1> : vector<16xi32>
    %1 = arith.xori %0, %cst : vector<16xi32>
    %2 = arith.andi %1, %arg0 : vector<16xi32>
    %3 = arith.andi %arg1, %2 : vector<16xi32>
    %4 = arith.xori %arg1, %2 : vector<16xi32>
    %5 = math.ctpop %3 : vector<16xi32>
    %6 = arith.subi %arg2, %5 : vector<16xi32>
    return %0, %4, %6, %arg3, %arg4, %arg5 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @end_3(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %cst = arith.constant dense<0> : vector<16xi32>
    %0 = math.ctpop %arg0 : vector<16xi32>
    %1 = arith.subi %arg3, %0 : vector<16xi32>
    %cst_0 = arith.constant dense<0> : vector<16xi32>
    %2 = math.ctpop %arg1 : vector<16xi32>
    %cst_1 = arith.constant dense<1> : vector<16xi32>
    %3 = arith.shli %2, %cst_1 : vector<16xi32>
    %4 = arith.subi %1, %3 : vector<16xi32>
    %cst_2 = arith.constant dense<0> : vector<16xi32>
    %cst_3 = arith.constant dense<0> : vector<16xi32>
    return %cst, %cst_0, %arg2, %4, %cst_2, %cst_3 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @step_4_4(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>, %arg8: vector<16xi32>, %arg9: vector<16xi32>, %arg10: vector<16xi32>, %arg11: vector<16xi32>, %arg12: vector<16xi32>, %arg13: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %c120_i32 = arith.constant 120 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg4, %arg6, %arg7, %c120_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32 = arith.constant 106 : i32
    %1 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg8, %arg9, %0, %c106_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32 = arith.constant 116 : i32
    %2 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg4, %0, %1, %c116_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_0 = arith.constant 120 : i32
    %3 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%1, %arg10, %arg11, %c120_i32_0) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_1 = arith.constant 106 : i32
    %4 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg12, %arg13, %3, %c106_i32_1) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_2 = arith.constant 116 : i32
    %5 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%1, %3, %4, %c116_i32_2) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c150_i32 = arith.constant 150 : i32
    %6 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg5, %2, %5, %c150_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32 = arith.constant 232 : i32
    %7 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg5, %2, %5, %c232_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %8 = math.ctpop %7 : vector<16xi32>
    %9 = arith.addi %arg2, %8 : vector<16xi32>
    return %arg0, %arg1, %9, %arg3, %4, %6 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @step_4_1(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %c120_i32 = arith.constant 120 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg4, %arg6, %arg7, %c120_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %cst = arith.constant dense<-1> : vector<16xi32>
    %1 = arith.xori %0, %cst : vector<16xi32>
    %2 = arith.andi %1, %arg4 : vector<16xi32>
    %3 = arith.andi %arg5, %2 : vector<16xi32>
    %4 = arith.xori %arg5, %2 : vector<16xi32>
    %5 = math.ctpop %3 : vector<16xi32>
    %6 = arith.addi %arg2, %5 : vector<16xi32>
    return %arg0, %arg1, %6, %arg3, %0, %4 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @end_4(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %cst = arith.constant dense<0> : vector<16xi32>
    %cst_0 = arith.constant dense<0> : vector<16xi32>
    %cst_1 = arith.constant dense<0> : vector<16xi32>
    %0 = math.ctpop %arg4 : vector<16xi32>
    %1 = arith.addi %arg3, %0 : vector<16xi32>
    %cst_2 = arith.constant dense<0> : vector<16xi32>
    %2 = math.ctpop %arg5 : vector<16xi32>
    %cst_3 = arith.constant dense<1> : vector<16xi32>
    %3 = arith.shli %2, %cst_3 : vector<16xi32>
    %4 = arith.addi %1, %3 : vector<16xi32>
    return %cst, %cst_0, %arg2, %4, %cst_1, %cst_2 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @step_5_4(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>, %arg8: vector<16xi32>, %arg9: vector<16xi32>, %arg10: vector<16xi32>, %arg11: vector<16xi32>, %arg12: vector<16xi32>, %arg13: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %c120_i32 = arith.constant 120 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg4, %arg6, %arg7, %c120_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32 = arith.constant 106 : i32
    %1 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg8, %arg9, %0, %c106_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32 = arith.constant 116 : i32
    %2 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg4, %0, %1, %c116_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_0 = arith.constant 120 : i32
    %3 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%1, %arg10, %arg11, %c120_i32_0) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_1 = arith.constant 106 : i32
    %4 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg12, %arg13, %3, %c106_i32_1) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_2 = arith.constant 116 : i32
    %5 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%1, %3, %4, %c116_i32_2) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c150_i32 = arith.constant 150 : i32
    %6 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg5, %2, %5, %c150_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32 = arith.constant 232 : i32
    %7 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg5, %2, %5, %c232_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %8 = math.ctpop %7 : vector<16xi32>
    %9 = arith.addi %arg2, %8 : vector<16xi32>
    return %arg0, %arg1, %9, %arg3, %4, %6 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @step_5_1(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %c120_i32 = arith.constant 120 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg4, %arg6, %arg7, %c120_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %cst = arith.constant dense<-1> : vector<16xi32>
    %1 = arith.xori %0, %cst : vector<16xi32>
    %2 = arith.andi %1, %arg4 : vector<16xi32>
    %3 = arith.andi %arg5, %2 : vector<16xi32>
    %4 = arith.xori %arg5, %2 : vector<16xi32>
    %5 = math.ctpop %3 : vector<16xi32>
    %6 = arith.addi %arg2, %5 : vector<16xi32>
    return %arg0, %arg1, %6, %arg3, %0, %4 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @end_5(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %cst = arith.constant dense<0> : vector<16xi32>
    %cst_0 = arith.constant dense<0> : vector<16xi32>
    %cst_1 = arith.constant dense<0> : vector<16xi32>
    %0 = math.ctpop %arg4 : vector<16xi32>
    %1 = arith.addi %arg3, %0 : vector<16xi32>
    %cst_2 = arith.constant dense<0> : vector<16xi32>
    %2 = math.ctpop %arg5 : vector<16xi32>
    %cst_3 = arith.constant dense<1> : vector<16xi32>
    %3 = arith.shli %2, %cst_3 : vector<16xi32>
    %4 = arith.addi %1, %3 : vector<16xi32>
    %cst_4 = arith.constant dense<1> : vector<16xi32>
    %5 = arith.shli %arg2, %cst_4 : vector<16xi32>
    %cst_5 = arith.constant dense<1> : vector<16xi32>
    %6 = arith.shli %4, %cst_5 : vector<16xi32>
    return %cst, %cst_0, %5, %6, %cst_1, %cst_2 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @step_6_4(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>, %arg8: vector<16xi32>, %arg9: vector<16xi32>, %arg10: vector<16xi32>, %arg11: vector<16xi32>, %arg12: vector<16xi32>, %arg13: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %c120_i32 = arith.constant 120 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg4, %arg6, %arg7, %c120_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32 = arith.constant 106 : i32
    %1 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg8, %arg9, %0, %c106_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32 = arith.constant 116 : i32
    %2 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg4, %0, %1, %c116_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_0 = arith.constant 120 : i32
    %3 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%1, %arg10, %arg11, %c120_i32_0) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_1 = arith.constant 106 : i32
    %4 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg12, %arg13, %3, %c106_i32_1) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_2 = arith.constant 116 : i32
    %5 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%1, %3, %4, %c116_i32_2) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c150_i32 = arith.constant 150 : i32
    %6 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg5, %2, %5, %c150_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32 = arith.constant 232 : i32
    %7 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg5, %2, %5, %c232_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %8 = math.ctpop %7 : vector<16xi32>
    %9 = arith.addi %arg2, %8 : vector<16xi32>
    return %arg0, %arg1, %9, %arg3, %4, %6 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @step_6_1(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %c120_i32 = arith.constant 120 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg4, %arg6, %arg7, %c120_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %cst = arith.constant dense<-1> : vector<16xi32>
    %1 = arith.xori %0, %cst : vector<16xi32>
    %2 = arith.andi %1, %arg4 : vector<16xi32>
    %3 = arith.andi %arg5, %2 : vector<16xi32>
    %4 = arith.xori %arg5, %2 : vector<16xi32>
    %5 = math.ctpop %3 : vector<16xi32>
    %6 = arith.addi %arg2, %5 : vector<16xi32>
    return %arg0, %arg1, %6, %arg3, %0, %4 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @end_6(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %cst = arith.constant dense<0> : vector<16xi32>
    %cst_0 = arith.constant dense<0> : vector<16xi32>
    %cst_1 = arith.constant dense<0> : vector<16xi32>
    %0 = math.ctpop %arg4 : vector<16xi32>
    %1 = arith.addi %arg3, %0 : vector<16xi32>
    %cst_2 = arith.constant dense<0> : vector<16xi32>
    %2 = math.ctpop %arg5 : vector<16xi32>
    %cst_3 = arith.constant dense<1> : vector<16xi32>
    %3 = arith.shli %2, %cst_3 : vector<16xi32>
    %4 = arith.addi %1, %3 : vector<16xi32>
    return %cst, %cst_0, %arg2, %4, %cst_1, %cst_2 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @step_7_4(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>, %arg8: vector<16xi32>, %arg9: vector<16xi32>, %arg10: vector<16xi32>, %arg11: vector<16xi32>, %arg12: vector<16xi32>, %arg13: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %c120_i32 = arith.constant 120 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg4, %arg6, %arg7, %c120_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32 = arith.constant 106 : i32
    %1 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg8, %arg9, %0, %c106_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32 = arith.constant 116 : i32
    %2 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg4, %0, %1, %c116_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_0 = arith.constant 120 : i32
    %3 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%1, %arg10, %arg11, %c120_i32_0) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_1 = arith.constant 106 : i32
    %4 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg12, %arg13, %3, %c106_i32_1) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_2 = arith.constant 116 : i32
    %5 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%1, %3, %4, %c116_i32_2) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c150_i32 = arith.constant 150 : i32
    %6 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg5, %2, %5, %c150_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32 = arith.constant 232 : i32
    %7 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg5, %2, %5, %c232_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %8 = math.ctpop %7 : vector<16xi32>
    %9 = arith.addi %arg2, %8 : vector<16xi32>
    return %arg0, %arg1, %9, %arg3, %4, %6 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @step_7_1(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %c120_i32 = arith.constant 120 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg4, %arg6, %arg7, %c120_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %cst = arith.constant dense<-1> : vector<16xi32>
    %1 = arith.xori %0, %cst : vector<16xi32>
    %2 = arith.andi %1, %arg4 : vector<16xi32>
    %3 = arith.andi %arg5, %2 : vector<16xi32>
    %4 = arith.xori %arg5, %2 : vector<16xi32>
    %5 = math.ctpop %3 : vector<16xi32>
    %6 = arith.addi %arg2, %5 : vector<16xi32>
    return %arg0, %arg1, %6, %arg3, %0, %4 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @end_7(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %cst = arith.constant dense<0> : vector<16xi32>
    %cst_0 = arith.constant dense<0> : vector<16xi32>
    %cst_1 = arith.constant dense<0> : vector<16xi32>
    %0 = math.ctpop %arg4 : vector<16xi32>
    %1 = arith.addi %arg3, %0 : vector<16xi32>
    %cst_2 = arith.constant dense<0> : vector<16xi32>
    %2 = math.ctpop %arg5 : vector<16xi32>
    %cst_3 = arith.constant dense<1> : vector<16xi32>
    %3 = arith.shli %2, %cst_3 : vector<16xi32>
    %4 = arith.addi %1, %3 : vector<16xi32>
    %cst_4 = arith.constant dense<1> : vector<16xi32>
    %5 = arith.shli %arg2, %cst_4 : vector<16xi32>
    %cst_5 = arith.constant dense<1> : vector<16xi32>
    %6 = arith.shli %4, %cst_5 : vector<16xi32>
    return %cst, %cst_0, %5, %6, %cst_1, %cst_2 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @step_8_4(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>, %arg8: vector<16xi32>, %arg9: vector<16xi32>, %arg10: vector<16xi32>, %arg11: vector<16xi32>, %arg12: vector<16xi32>, %arg13: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %c120_i32 = arith.constant 120 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg4, %arg6, %arg7, %c120_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32 = arith.constant 106 : i32
    %1 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg8, %arg9, %0, %c106_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32 = arith.constant 116 : i32
    %2 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg4, %0, %1, %c116_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_0 = arith.constant 120 : i32
    %3 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%1, %arg10, %arg11, %c120_i32_0) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_1 = arith.constant 106 : i32
    %4 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg12, %arg13, %3, %c106_i32_1) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_2 = arith.constant 116 : i32
    %5 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%1, %3, %4, %c116_i32_2) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c150_i32 = arith.constant 150 : i32
    %6 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg5, %2, %5, %c150_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32 = arith.constant 232 : i32
    %7 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg5, %2, %5, %c232_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %8 = math.ctpop %7 : vector<16xi32>
    %9 = arith.addi %arg2, %8 : vector<16xi32>
    return %arg0, %arg1, %9, %arg3, %4, %6 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @step_8_1(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %c120_i32 = arith.constant 120 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg4, %arg6, %arg7, %c120_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %cst = arith.constant dense<-1> : vector<16xi32>
    %1 = arith.xori %0, %cst : vector<16xi32>
    %2 = arith.andi %1, %arg4 : vector<16xi32>
    %3 = arith.andi %arg5, %2 : vector<16xi32>
    %4 = arith.xori %arg5, %2 : vector<16xi32>
    %5 = math.ctpop %3 : vector<16xi32>
    %6 = arith.addi %arg2, %5 : vector<16xi32>
    return %arg0, %arg1, %6, %arg3, %0, %4 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @end_8(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %cst = arith.constant dense<0> : vector<16xi32>
    %cst_0 = arith.constant dense<0> : vector<16xi32>
    %cst_1 = arith.constant dense<0> : vector<16xi32>
    %0 = math.ctpop %arg4 : vector<16xi32>
    %1 = arith.addi %arg3, %0 : vector<16xi32>
    %cst_2 = arith.constant dense<0> : vector<16xi32>
    %2 = math.ctpop %arg5 : vector<16xi32>
    %cst_3 = arith.constant dense<1> : vector<16xi32>
    %3 = arith.shli %2, %cst_3 : vector<16xi32>
    %4 = arith.addi %1, %3 : vector<16xi32>
    return %cst, %cst_0, %arg2, %4, %cst_1, %cst_2 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @finish(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>) -> vector<16xi32> {
    %cst = arith.constant dense<2> : vector<16xi32>
    %0 = arith.shli %arg2, %cst : vector<16xi32>
    %1 = arith.addi %0, %arg3 : vector<16xi32>
    return %1 : vector<16xi32>
  }
}

