// bitserial kernel, format 1
// key: planes=2,2 terms=5:1,6:-2,9:-1,10:2 word=32 lanes=outputs target=x86-64:sapphirerapids model=sapphirerapids features=avx,avx2,avx512bitalg,avx512bw,avx512f,avx512vbmi,avx512vl,avx512vnni,avx512vpopcntdq,avxvnni,gfni,sse4.1,ssse3 vectors=32x512 semantics=96304efe6d36b525 prover=2 search=2 cost=2 version=0.1.0/22.1.8
// blake3: 3e92af5f3f6a7111c31003b3fe8f04641b3173689918063a596a9f681f9d9ff8
module @"a2sw2t-o32" attributes {bitserial.kernel = {cpu = "sapphirerapids", cycles = "4.85", features = ["avx512f"], group = 1 : i64, passes = [{capacity = 0 : i64, planes = [0, 1, 2, 3], steps = [{cost = 0 : i64, words = 4 : i64}, {cost = 0 : i64, words = 1 : i64}]}], sketch = "count lanes; sums; weights after counting; carry-save of depth 2; 4 words per step; passes: a0*w0 - 2*a1*w0 - a0*w1 + 2*a1*w1", spec = {lanes = "outputs", planes = [2, 2], terms = [[5, 1], [6, -2], [9, -1], [10, 2]], word = 32 : i64}, state = ["bits", "bits", "bits", "bits", "sum", "sum"], tile = [1, 6]}} {
  func.func @step_0_4(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>, %arg8: vector<16xi32>, %arg9: vector<16xi32>, %arg10: vector<16xi32>, %arg11: vector<16xi32>, %arg12: vector<16xi32>, %arg13: vector<16xi32>, %arg14: vector<16xi32>, %arg15: vector<16xi32>, %arg16: vector<16xi32>, %arg17: vector<16xi32>, %arg18: vector<16xi32>, %arg19: vector<16xi32>, %arg20: vector<16xi32>, %arg21: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %c106_i32 = arith.constant 106 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg6, %arg9, %arg0, %c106_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_0 = arith.constant 106 : i32
    %1 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg10, %arg13, %0, %c106_i32_0) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32 = arith.constant 116 : i32
    %2 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %0, %1, %c116_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_1 = arith.constant 106 : i32
    %3 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg14, %arg17, %1, %c106_i32_1) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_2 = arith.constant 106 : i32
    %4 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg18, %arg21, %3, %c106_i32_2) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_3 = arith.constant 116 : i32
    %5 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%1, %3, %4, %c116_i32_3) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_4 = arith.constant 106 : i32
    %6 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg7, %arg8, %arg1, %c106_i32_4) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_5 = arith.constant 106 : i32
    %7 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg11, %arg12, %6, %c106_i32_5) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_6 = arith.constant 116 : i32
    %8 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg1, %6, %7, %c116_i32_6) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_7 = arith.constant 106 : i32
    %9 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg15, %arg16, %7, %c106_i32_7) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_8 = arith.constant 106 : i32
    %10 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg19, %arg20, %9, %c106_i32_8) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_9 = arith.constant 116 : i32
    %11 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%7, %9, %10, %c116_i32_9) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c150_i32 = arith.constant 150 : i32
    %12 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%2, %5, %10, %c150_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32 = arith.constant 232 : i32
    %13 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%2, %5, %10, %c232_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_10 = arith.constant 106 : i32
    %14 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg6, %arg8, %arg2, %c106_i32_10) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_11 = arith.constant 106 : i32
    %15 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg10, %arg12, %14, %c106_i32_11) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_12 = arith.constant 116 : i32
    %16 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg2, %14, %15, %c116_i32_12) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_13 = arith.constant 106 : i32
    %17 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg14, %arg16, %15, %c106_i32_13) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_14 = arith.constant 106 : i32
    %18 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg18, %arg20, %17, %c106_i32_14) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_15 = arith.constant 116 : i32
    %19 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%15, %17, %18, %c116_i32_15) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_16 = arith.constant 106 : i32
    %20 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg7, %arg9, %arg3, %c106_i32_16) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_17 = arith.constant 106 : i32
    %21 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg11, %arg13, %20, %c106_i32_17) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_18 = arith.constant 116 : i32
    %22 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg3, %20, %21, %c116_i32_18) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_19 = arith.constant 106 : i32
    %23 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg15, %arg17, %21, %c106_i32_19) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_20 = arith.constant 106 : i32
    %24 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg19, %arg21, %23, %c106_i32_20) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_21 = arith.constant 116 : i32
    %25 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%21, %23, %24, %c116_i32_21) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c150_i32_22 = arith.constant 150 : i32
    %26 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%16, %19, %24, %c150_i32_22) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32_23 = arith.constant 232 : i32
    %27 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%16, %19, %24, %c232_i32_23) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %28 = math.ctpop %8 : vector<16xi32>
    %29 = math.ctpop %11 : vector<16xi32>
    %30 = arith.addi %28, %29 : vector<16xi32>
    %31 = math.ctpop %13 : vector<16xi32>
    %32 = arith.addi %30, %31 : vector<16xi32>
    %33 = math.ctpop %22 : vector<16xi32>
    %34 = math.ctpop %25 : vector<16xi32>
    %35 = arith.addi %33, %34 : vector<16xi32>
    %36 = math.ctpop %27 : vector<16xi32>
    %37 = arith.addi %35, %36 : vector<16xi32>
    %38 = arith.subi %arg4, %32 : vector<16xi32>
    %39 = arith.addi %38, %37 : vector<16xi32>
    return %4, %12, %18, %26, %39, %arg5 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @step_0_1(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>, %arg8: vector<16xi32>, %arg9: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %c106_i32 = arith.constant 106 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg6, %arg9, %arg0, %c106_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %cst = arith.constant dense<-1> : vector<16xi32>
    %1 = arith.xori %0, %cst : vector<16xi32>
    %2 = arith.andi %1, %arg0 : vector<16xi32>
    %3 = arith.andi %arg7, %arg8 : vector<16xi32>
    %c150_i32 = arith.constant 150 : i32
    %4 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%2, %arg1, %3, %c150_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32 = arith.constant 232 : i32
    %5 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%2, %arg1, %3, %c232_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_0 = arith.constant 106 : i32
    %6 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg6, %arg8, %arg2, %c106_i32_0) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %cst_1 = arith.constant dense<-1> : vector<16xi32>
    %7 = arith.xori %6, %cst_1 : vector<16xi32>
    %8 = arith.andi %7, %arg2 : vector<16xi32>
    %9 = arith.andi %arg7, %arg9 : vector<16xi32>
    %c150_i32_2 = arith.constant 150 : i32
    %10 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%8, %arg3, %9, %c150_i32_2) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32_3 = arith.constant 232 : i32
    %11 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%8, %arg3, %9, %c232_i32_3) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %12 = math.ctpop %5 : vector<16xi32>
    %13 = math.ctpop %11 : vector<16xi32>
    %14 = arith.subi %arg4, %12 : vector<16xi32>
    %15 = arith.addi %14, %13 : vector<16xi32>
    return %0, %4, %6, %10, %15, %arg5 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @end_0(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %cst = arith.constant dense<0> : vector<16xi32>
    %0 = math.ctpop %arg0 : vector<16xi32>
    %1 = arith.subi %arg5, %0 : vector<16xi32>
    %cst_0 = arith.constant dense<0> : vector<16xi32>
    %2 = math.ctpop %arg1 : vector<16xi32>
    %cst_1 = arith.constant dense<1> : vector<16xi32>
    %3 = arith.shli %2, %cst_1 : vector<16xi32>
    %4 = arith.subi %1, %3 : vector<16xi32>
    %cst_2 = arith.constant dense<0> : vector<16xi32>
    %5 = math.ctpop %arg2 : vector<16xi32>
    %6 = arith.addi %4, %5 : vector<16xi32>
    %cst_3 = arith.constant dense<0> : vector<16xi32>
    %7 = math.ctpop %arg3 : vector<16xi32>
    %cst_4 = arith.constant dense<1> : vector<16xi32>
    %8 = arith.shli %7, %cst_4 : vector<16xi32>
    %9 = arith.addi %6, %8 : vector<16xi32>
    return %cst, %cst_0, %cst_2, %cst_3, %arg4, %9 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @finish(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>) -> vector<16xi32> {
    %cst = arith.constant dense<2> : vector<16xi32>
    %0 = arith.shli %arg4, %cst : vector<16xi32>
    %1 = arith.addi %0, %arg5 : vector<16xi32>
    return %1 : vector<16xi32>
  }
}

