// bitserial kernel, format 1
// key: planes=2,2 terms=5:1,6:2,9:-1,10:-2 word=32 lanes=outputs target=x86-64:icelake-server model=icelake-server features=avx,avx2,avx512bitalg,avx512bw,avx512f,avx512vbmi,avx512vl,avx512vnni,avx512vpopcntdq,gfni,sse4.1,ssse3 vectors=32x512 semantics=96304efe6d36b525 prover=2 search=2 cost=2 version=0.1.0/22.1.8
// blake3: 3b97760f104df7e0d99ab2afd6f270f38c212ccaf3f88ec739357e1883fafc1d
module @"a2w2t-o32" attributes {bitserial.kernel = {cpu = "icelake-server", cycles = "4.17", features = ["avx512f"], group = 1 : i64, passes = [{capacity = 0 : i64, planes = [1, 3], steps = [{cost = 0 : i64, words = 8 : i64}, {cost = 0 : i64, words = 1 : i64}]}, {capacity = 0 : i64, planes = [1, 2], steps = [{cost = 0 : i64, words = 8 : i64}, {cost = 0 : i64, words = 1 : i64}]}, {capacity = 0 : i64, planes = [0, 3], steps = [{cost = 0 : i64, words = 8 : i64}, {cost = 0 : i64, words = 1 : i64}]}, {capacity = 0 : i64, planes = [0, 2], steps = [{cost = 0 : i64, words = 8 : i64}, {cost = 0 : i64, words = 1 : i64}]}], sketch = "count lanes; sums; weights after passes; 8 words per step; passes: -a1*w1, then a1*w0, times 2, then -a0*w1, then a0*w0", spec = {lanes = "outputs", planes = [2, 2], terms = [[5, 1], [6, 2], [9, -1], [10, -2]], word = 32 : i64}, state = ["sum"], tile = [1, 8]}} {
  func.func @step_0_8(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>, %arg8: vector<16xi32>, %arg9: vector<16xi32>, %arg10: vector<16xi32>, %arg11: vector<16xi32>, %arg12: vector<16xi32>, %arg13: vector<16xi32>, %arg14: vector<16xi32>, %arg15: vector<16xi32>, %arg16: vector<16xi32>) -> vector<16xi32> {
    %0 = arith.andi %arg1, %arg2 : vector<16xi32>
    %1 = arith.andi %arg3, %arg4 : vector<16xi32>
    %2 = arith.andi %arg5, %arg6 : vector<16xi32>
    %3 = arith.andi %arg7, %arg8 : vector<16xi32>
    %4 = arith.andi %arg9, %arg10 : vector<16xi32>
    %5 = arith.andi %arg11, %arg12 : vector<16xi32>
    %6 = arith.andi %arg13, %arg14 : vector<16xi32>
    %7 = arith.andi %arg15, %arg16 : vector<16xi32>
    %8 = math.ctpop %0 : vector<16xi32>
    %9 = math.ctpop %1 : vector<16xi32>
    %10 = arith.addi %8, %9 : vector<16xi32>
    %11 = math.ctpop %2 : vector<16xi32>
    %12 = arith.addi %10, %11 : vector<16xi32>
    %13 = math.ctpop %3 : vector<16xi32>
    %14 = arith.addi %12, %13 : vector<16xi32>
    %15 = math.ctpop %4 : vector<16xi32>
    %16 = arith.addi %14, %15 : vector<16xi32>
    %17 = math.ctpop %5 : vector<16xi32>
    %18 = arith.addi %16, %17 : vector<16xi32>
    %19 = math.ctpop %6 : vector<16xi32>
    %20 = arith.addi %18, %19 : vector<16xi32>
    %21 = math.ctpop %7 : vector<16xi32>
    %22 = arith.addi %20, %21 : vector<16xi32>
    %23 = arith.subi %arg0, %22 : vector<16xi32>
    return %23 : vector<16xi32>
  }
  func.func @step_0_1(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>) -> vector<16xi32> {
    %0 = arith.andi %arg1, %arg2 : vector<16xi32>
    %1 = math.ctpop %0 : vector<16xi32>
    %2 = arith.subi %arg0, %1 : vector<16xi32>
    return %2 : vector<16xi32>
  }
  func.func @step_1_8(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>, %arg8: vector<16xi32>, %arg9: vector<16xi32>, %arg10: vector<16xi32>, %arg11: vector<16xi32>, %arg12: vector<16xi32>, %arg13: vector<16xi32>, %arg14: vector<16xi32>, %arg15: vector<16xi32>, %arg16: vector<16xi32>) -> vector<16xi32> {
    %0 = arith.andi %arg1, %arg2 : vector<16xi32>
    %1 = arith.andi %arg3, %arg4 : vector<16xi32>
    %2 = arith.andi %arg5, %arg6 : vector<16xi32>
    %3 = arith.andi %arg7, %arg8 : vector<16xi32>
    %4 = arith.andi %arg9, %arg10 : vector<16xi32>
    %5 = arith.andi %arg11, %arg12 : vector<16xi32>
    %6 = arith.andi %arg13, %arg14 : vector<16xi32>
    %7 = arith.andi %arg15, %arg16 : vector<16xi32>
    %8 = math.ctpop %0 : vector<16xi32>
    %9 = math.ctpop %1 : vector<16xi32>
    %10 = arith.addi %8, %9 : vector<16xi32>
    %11 = math.ctpop %2 : vector<16xi32>
    %12 = arith.addi %10, %11 : vector<16xi32>
    %13 = math.ctpop %3 : vector<16xi32>
    %14 = arith.addi %12, %13 : vector<16xi32>
    %15 = math.ctpop %4 : vector<16xi32>
    %16 = arith.addi %14, %15 : vector<16xi32>
    %17 = math.ctpop %5 : vector<16xi32>
    %18 = arith.addi %16, %17 : vector<16xi32>
    %19 = math.ctpop %6 : vector<16xi32>
    %20 = arith.addi %18, %19 : vector<16xi32>
    %21 = math.ctpop %7 : vector<16xi32>
    %22 = arith.addi %20, %21 : vector<16xi32>
    %23 = arith.addi %arg0, %22 : vector<16xi32>
    return %23 : vector<16xi32>
  }
  func.func @step_1_1(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>) -> vector<16xi32> {
    %0 = arith.andi %arg1, %arg2 : vector<16xi32>
    %1 = math.ctpop %0 : vector<16xi32>
    %2 = arith.addi %arg0, %1 : vector<16xi32>
    return %2 : vector<16xi32>
  }
  func.func @end_1(%arg0: vector<16xi32>) -> vector<16xi32> {
    %cst = arith.constant dense<1> : vector<16xi32>
    %0 = arith.shli %arg0, %cst : vector<16xi32>
    return %0 : vector<16xi32>
  }
  func.func @step_2_8(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>, %arg8: vector<16xi32>, %arg9: vector<16xi32>, %arg10: vector<16xi32>, %arg11: vector<16xi32>, %arg12: vector<16xi32>, %arg13: vector<16xi32>, %arg14: vector<16xi32>, %arg15: vector<16xi32>, %arg16: vector<16xi32>) -> vector<16xi32> {
    %0 = arith.andi %arg1, %arg2 : vector<16xi32>
    %1 = arith.andi %arg3, %arg4 : vector<16xi32>
    %2 = arith.andi %arg5, %arg6 : vector<16xi32>
    %3 = arith.andi %arg7, %arg8 : vector<16xi32>
    %4 = arith.andi %arg9, %arg10 : vector<16xi32>
    %5 = arith.andi %arg11, %arg12 : vector<16xi32>
    %6 = arith.andi %arg13, %arg14 : vector<16xi32>
    %7 = arith.andi %arg15, %arg16 : vector<16xi32>
    %8 = math.ctpop %0 : vector<16xi32>
    %9 = math.ctpop %1 : vector<16xi32>
    %10 = arith.addi %8, %9 : vector<16xi32>
    %11 = math.ctpop %2 : vector<16xi32>
    %12 = arith.addi %10, %11 : vector<16xi32>
    %13 = math.ctpop %3 : vector<16xi32>
    %14 = arith.addi %12, %13 : vector<16xi32>
    %15 = math.ctpop %4 : vector<16xi32>
    %16 = arith.addi %14, %15 : vector<16xi32>
    %17 = math.ctpop %5 : vector<16xi32>
    %18 = arith.addi %16, %17 : vector<16xi32>
    %19 = math.ctpop %6 : vector<16xi32>
    %20 = arith.addi %18, %19 : vector<16xi32>
    %21 = math.ctpop %7 : vector<16xi32>
    %22 = arith.addi %20, %21 : vector<16xi32>
    %23 = arith.subi %arg0, %22 : vector<16xi32>
    return %23 : vector<16xi32>
  }
  func.func @step_2_1(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>) -> vector<16xi32> {
    %0 = arith.andi %arg1, %arg2 : vector<16xi32>
    %1 = math.ctpop %0 : vector<16xi32>
    %2 = arith.subi %arg0, %1 : vector<16xi32>
    return %2 : vector<16xi32>
  }
  func.func @step_3_8(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>, %arg8: vector<16xi32>, %arg9: vector<16xi32>, %arg10: vector<16xi32>, %arg11: vector<16xi32>, %arg12: vector<16xi32>, %arg13: vector<16xi32>, %arg14: vector<16xi32>, %arg15: vector<16xi32>, %arg16: vector<16xi32>) -> vector<16xi32> {
    %0 = arith.andi %arg1, %arg2 : vector<16xi32>
    %1 = arith.andi %arg3, %arg4 : vector<16xi32>
    %2 = arith.andi %arg5, %arg6 : vector<16xi32>
    %3 = arith.andi %arg7, %arg8 : vector<16xi32>
    %4 = arith.andi %arg9, %arg10 : vector<16xi32>
    %5 = arith.andi %arg11, %arg12 : vector<16xi32>
    %6 = arith.andi %arg13, %arg14 : vector<16xi32>
    %7 = arith.andi %arg15, %arg16 : vector<16xi32>
    %8 = math.ctpop %0 : vector<16xi32>
    %9 = math.ctpop %1 : vector<16xi32>
    %10 = arith.addi %8, %9 : vector<16xi32>
    %11 = math.ctpop %2 : vector<16xi32>
    %12 = arith.addi %10, %11 : vector<16xi32>
    %13 = math.ctpop %3 : vector<16xi32>
    %14 = arith.addi %12, %13 : vector<16xi32>
    %15 = math.ctpop %4 : vector<16xi32>
    %16 = arith.addi %14, %15 : vector<16xi32>
    %17 = math.ctpop %5 : vector<16xi32>
    %18 = arith.addi %16, %17 : vector<16xi32>
    %19 = math.ctpop %6 : vector<16xi32>
    %20 = arith.addi %18, %19 : vector<16xi32>
    %21 = math.ctpop %7 : vector<16xi32>
    %22 = arith.addi %20, %21 : vector<16xi32>
    %23 = arith.addi %arg0, %22 : vector<16xi32>
    return %23 : vector<16xi32>
  }
  func.func @step_3_1(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>) -> vector<16xi32> {
    %0 = arith.andi %arg1, %arg2 : vector<16xi32>
    %1 = math.ctpop %0 : vector<16xi32>
    %2 = arith.addi %arg0, %1 : vector<16xi32>
    return %2 : vector<16xi32>
  }
  func.func @finish(%arg0: vector<16xi32>) -> vector<16xi32> {
    return %arg0 : vector<16xi32>
  }
}

