// bitserial kernel, format 1
// key: planes=1,2 terms=3:1,5:2 word=32 lanes=outputs target=x86-64:sapphirerapids model=sapphirerapids features=avx,avx2,avx512bitalg,avx512bw,avx512f,avx512vbmi,avx512vl,avx512vnni,avx512vpopcntdq,avxvnni,gfni,sse4.1,ssse3 vectors=32x512 semantics=96304efe6d36b525 prover=2 search=3 cost=3 version=0.1.0/22.1.8
// blake3: 8b1a3ac5512eb526294e476429b3a6267fbb1b506f8d806ac66f04de90336780
module @"a1w2-o32" attributes {bitserial.kernel = {cpu = "sapphirerapids", cycles = "2.45", features = ["avx512f"], group = 1 : i64, passes = [{capacity = 0 : i64, planes = [0, 1, 2], steps = [{cost = 0 : i64, words = 4 : i64}, {cost = 0 : i64, words = 1 : i64}]}], sketch = "count lanes; sums; weights after counting; carry-save of depth 2; 4 words per step; passes: a0*w0 + 2*a0*w1", spec = {lanes = "outputs", planes = [1, 2], terms = [[3, 1], [5, 2]], word = 32 : i64}, state = ["bits", "bits", "sum", "sum"], tile = [3, 4]}} {
  func.func @step_0_4(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>, %arg8: vector<16xi32>, %arg9: vector<16xi32>, %arg10: vector<16xi32>, %arg11: vector<16xi32>, %arg12: vector<16xi32>, %arg13: vector<16xi32>, %arg14: vector<16xi32>, %arg15: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %c106_i32 = arith.constant 106 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg4, %arg5, %arg0, %c106_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_0 = arith.constant 106 : i32
    %1 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg7, %arg8, %0, %c106_i32_0) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32 = arith.constant 116 : i32
    %2 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %0, %1, %c116_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_1 = arith.constant 106 : i32
    %3 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg10, %arg11, %1, %c106_i32_1) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_2 = arith.constant 106 : i32
    %4 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg13, %arg14, %3, %c106_i32_2) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_3 = arith.constant 116 : i32
    %5 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%1, %3, %4, %c116_i32_3) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_4 = arith.constant 106 : i32
    %6 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg4, %arg6, %arg1, %c106_i32_4) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_5 = arith.constant 106 : i32
    %7 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg7, %arg9, %6, %c106_i32_5) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_6 = arith.constant 116 : i32
    %8 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg1, %6, %7, %c116_i32_6) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_7 = arith.constant 106 : i32
    %9 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg10, %arg12, %7, %c106_i32_7) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_8 = arith.constant 106 : i32
    %10 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg13, %arg15, %9, %c106_i32_8) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_9 = arith.constant 116 : i32
    %11 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%7, %9, %10, %c116_i32_9) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c150_i32 = arith.constant 150 : i32
    %12 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%2, %5, %10, %c150_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32 = arith.constant 232 : i32
    %13 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%2, %5, %10, %c232_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %14 = math.ctpop %8 : vector<16xi32>
    %15 = math.ctpop %11 : vector<16xi32>
    %16 = arith.addi %14, %15 : vector<16xi32>
    %17 = math.ctpop %13 : vector<16xi32>
    %18 = arith.addi %16, %17 : vector<16xi32>
    %19 = arith.addi %arg2, %18 : vector<16xi32>
    return %4, %12, %19, %arg3 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @step_0_1(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %c106_i32 = arith.constant 106 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg4, %arg5, %arg0, %c106_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %cst = arith.constant dense<-1> : vector<16xi32>
    %1 = arith.xori %0, %cst : vector<16xi32>
    %2 = arith.andi %1, %arg0 : vector<16xi32>
    %3 = arith.andi %arg4, %arg6 : vector<16xi32>
    %c150_i32 = arith.constant 150 : i32
    %4 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%2, %arg1, %3, %c150_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32 = arith.constant 232 : i32
    %5 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%2, %arg1, %3, %c232_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %6 = math.ctpop %5 : vector<16xi32>
    %7 = arith.addi %arg2, %6 : vector<16xi32>
    return %0, %4, %7, %arg3 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @end_0(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %cst = arith.constant dense<0> : vector<16xi32>
    %0 = math.ctpop %arg0 : vector<16xi32>
    %1 = arith.addi %arg3, %0 : vector<16xi32>
    %cst_0 = arith.constant dense<0> : vector<16xi32>
    %2 = math.ctpop %arg1 : vector<16xi32>
    %cst_1 = arith.constant dense<1> : vector<16xi32>
    %3 = arith.shli %2, %cst_1 : vector<16xi32>
    %4 = arith.addi %1, %3 : vector<16xi32>
    return %cst, %cst_0, %arg2, %4 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @finish(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>) -> vector<16xi32> {
    %cst = arith.constant dense<2> : vector<16xi32>
    %0 = arith.shli %arg2, %cst : vector<16xi32>
    %1 = arith.addi %0, %arg3 : vector<16xi32>
    return %1 : vector<16xi32>
  }
}

