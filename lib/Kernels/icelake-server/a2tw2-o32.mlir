// bitserial kernel, format 1
// key: planes=2,2 terms=5:1,6:-1,9:2,10:-2 word=32 lanes=outputs target=x86-64:icelake-server model=icelake-server features=avx,avx2,avx512bitalg,avx512bw,avx512f,avx512vbmi,avx512vl,avx512vnni,avx512vpopcntdq,gfni,sse4.1,ssse3 vectors=32x512 semantics=96304efe6d36b525 prover=2 search=2 cost=2 version=0.1.0/22.1.8
// blake3: 9b80821e84dbb242fbfab4d10cab113c93842fcc571f0120f44d9a79a49dfe4c
module @"a2tw2-o32" attributes {bitserial.kernel = {cpu = "icelake-server", cycles = "4.08", features = ["avx512f"], group = 1 : i64, passes = [{capacity = 0 : i64, planes = [0, 1, 3], steps = [{cost = 0 : i64, words = 8 : i64}, {cost = 0 : i64, words = 1 : i64}]}, {capacity = 0 : i64, planes = [0, 1, 2], steps = [{cost = 0 : i64, words = 8 : i64}, {cost = 0 : i64, words = 1 : i64}]}], sketch = "count lanes; sums; weights after passes; 8 words per step; passes: -a1*w1 + a0*w1, times 2, then -a1*w0 + a0*w0", spec = {lanes = "outputs", planes = [2, 2], terms = [[5, 1], [6, -1], [9, 2], [10, -2]], word = 32 : i64}, state = ["sum"], tile = [8, 1]}} {
  func.func @step_0_8(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>, %arg8: vector<16xi32>, %arg9: vector<16xi32>, %arg10: vector<16xi32>, %arg11: vector<16xi32>, %arg12: vector<16xi32>, %arg13: vector<16xi32>, %arg14: vector<16xi32>, %arg15: vector<16xi32>, %arg16: vector<16xi32>, %arg17: vector<16xi32>, %arg18: vector<16xi32>, %arg19: vector<16xi32>, %arg20: vector<16xi32>, %arg21: vector<16xi32>, %arg22: vector<16xi32>, %arg23: vector<16xi32>, %arg24: vector<16xi32>) -> vector<16xi32> {
    %0 = arith.andi %arg2, %arg3 : vector<16xi32>
    %1 = arith.andi %arg1, %arg3 : vector<16xi32>
    %2 = arith.andi %arg5, %arg6 : vector<16xi32>
    %3 = arith.andi %arg4, %arg6 : vector<16xi32>
    %4 = arith.andi %arg8, %arg9 : vector<16xi32>
    %5 = arith.andi %arg7, %arg9 : vector<16xi32>
    %6 = arith.andi %arg11, %arg12 : vector<16xi32>
    %7 = arith.andi %arg10, %arg12 : vector<16xi32>
    %8 = arith.andi %arg14, %arg15 : vector<16xi32>
    %9 = arith.andi %arg13, %arg15 : vector<16xi32>
    %10 = arith.andi %arg17, %arg18 : vector<16xi32>
    %11 = arith.andi %arg16, %arg18 : vector<16xi32>
    %12 = arith.andi %arg20, %arg21 : vector<16xi32>
    %13 = arith.andi %arg19, %arg21 : vector<16xi32>
    %14 = arith.andi %arg23, %arg24 : vector<16xi32>
    %15 = arith.andi %arg22, %arg24 : vector<16xi32>
    %16 = math.ctpop %0 : vector<16xi32>
    %17 = math.ctpop %1 : vector<16xi32>
    %18 = math.ctpop %2 : vector<16xi32>
    %19 = arith.addi %16, %18 : vector<16xi32>
    %20 = math.ctpop %3 : vector<16xi32>
    %21 = arith.addi %17, %20 : vector<16xi32>
    %22 = math.ctpop %4 : vector<16xi32>
    %23 = arith.addi %19, %22 : vector<16xi32>
    %24 = math.ctpop %5 : vector<16xi32>
    %25 = arith.addi %21, %24 : vector<16xi32>
    %26 = math.ctpop %6 : vector<16xi32>
    %27 = arith.addi %23, %26 : vector<16xi32>
    %28 = math.ctpop %7 : vector<16xi32>
    %29 = arith.addi %25, %28 : vector<16xi32>
    %30 = math.ctpop %8 : vector<16xi32>
    %31 = arith.addi %27, %30 : vector<16xi32>
    %32 = math.ctpop %9 : vector<16xi32>
    %33 = arith.addi %29, %32 : vector<16xi32>
    %34 = math.ctpop %10 : vector<16xi32>
    %35 = arith.addi %31, %34 : vector<16xi32>
    %36 = math.ctpop %11 : vector<16xi32>
    %37 = arith.addi %33, %36 : vector<16xi32>
    %38 = math.ctpop %12 : vector<16xi32>
    %39 = arith.addi %35, %38 : vector<16xi32>
    %40 = math.ctpop %13 : vector<16xi32>
    %41 = arith.addi %37, %40 : vector<16xi32>
    %42 = math.ctpop %14 : vector<16xi32>
    %43 = arith.addi %39, %42 : vector<16xi32>
    %44 = math.ctpop %15 : vector<16xi32>
    %45 = arith.addi %41, %44 : vector<16xi32>
    %46 = arith.subi %arg0, %43 : vector<16xi32>
    %47 = arith.addi %46, %45 : vector<16xi32>
    return %47 : vector<16xi32>
  }
  func.func @step_0_1(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>) -> vector<16xi32> {
    %0 = arith.andi %arg2, %arg3 : vector<16xi32>
    %1 = arith.andi %arg1, %arg3 : vector<16xi32>
    %2 = math.ctpop %0 : vector<16xi32>
    %3 = math.ctpop %1 : vector<16xi32>
    %4 = arith.subi %arg0, %2 : vector<16xi32>
    %5 = arith.addi %4, %3 : vector<16xi32>
    return %5 : vector<16xi32>
  }
  func.func @end_0(%arg0: vector<16xi32>) -> vector<16xi32> {
    %cst = arith.constant dense<1> : vector<16xi32>
    %0 = arith.shli %arg0, %cst : vector<16xi32>
    return %0 : vector<16xi32>
  }
  func.func @step_1_8(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>, %arg8: vector<16xi32>, %arg9: vector<16xi32>, %arg10: vector<16xi32>, %arg11: vector<16xi32>, %arg12: vector<16xi32>, %arg13: vector<16xi32>, %arg14: vector<16xi32>, %arg15: vector<16xi32>, %arg16: vector<16xi32>, %arg17: vector<16xi32>, %arg18: vector<16xi32>, %arg19: vector<16xi32>, %arg20: vector<16xi32>, %arg21: vector<16xi32>, %arg22: vector<16xi32>, %arg23: vector<16xi32>, %arg24: vector<16xi32>) -> vector<16xi32> {
    %0 = arith.andi %arg2, %arg3 : vector<16xi32>
    %1 = arith.andi %arg1, %arg3 : vector<16xi32>
    %2 = arith.andi %arg5, %arg6 : vector<16xi32>
    %3 = arith.andi %arg4, %arg6 : vector<16xi32>
    %4 = arith.andi %arg8, %arg9 : vector<16xi32>
    %5 = arith.andi %arg7, %arg9 : vector<16xi32>
    %6 = arith.andi %arg11, %arg12 : vector<16xi32>
    %7 = arith.andi %arg10, %arg12 : vector<16xi32>
    %8 = arith.andi %arg14, %arg15 : vector<16xi32>
    %9 = arith.andi %arg13, %arg15 : vector<16xi32>
    %10 = arith.andi %arg17, %arg18 : vector<16xi32>
    %11 = arith.andi %arg16, %arg18 : vector<16xi32>
    %12 = arith.andi %arg20, %arg21 : vector<16xi32>
    %13 = arith.andi %arg19, %arg21 : vector<16xi32>
    %14 = arith.andi %arg23, %arg24 : vector<16xi32>
    %15 = arith.andi %arg22, %arg24 : vector<16xi32>
    %16 = math.ctpop %0 : vector<16xi32>
    %17 = math.ctpop %1 : vector<16xi32>
    %18 = math.ctpop %2 : vector<16xi32>
    %19 = arith.addi %16, %18 : vector<16xi32>
    %20 = math.ctpop %3 : vector<16xi32>
    %21 = arith.addi %17, %20 : vector<16xi32>
    %22 = math.ctpop %4 : vector<16xi32>
    %23 = arith.addi %19, %22 : vector<16xi32>
    %24 = math.ctpop %5 : vector<16xi32>
    %25 = arith.addi %21, %24 : vector<16xi32>
    %26 = math.ctpop %6 : vector<16xi32>
    %27 = arith.addi %23, %26 : vector<16xi32>
    %28 = math.ctpop %7 : vector<16xi32>
    %29 = arith.addi %25, %28 : vector<16xi32>
    %30 = math.ctpop %8 : vector<16xi32>
    %31 = arith.addi %27, %30 : vector<16xi32>
    %32 = math.ctpop %9 : vector<16xi32>
    %33 = arith.addi %29, %32 : vector<16xi32>
    %34 = math.ctpop %10 : vector<16xi32>
    %35 = arith.addi %31, %34 : vector<16xi32>
    %36 = math.ctpop %11 : vector<16xi32>
    %37 = arith.addi %33, %36 : vector<16xi32>
    %38 = math.ctpop %12 : vector<16xi32>
    %39 = arith.addi %35, %38 : vector<16xi32>
    %40 = math.ctpop %13 : vector<16xi32>
    %41 = arith.addi %37, %40 : vector<16xi32>
    %42 = math.ctpop %14 : vector<16xi32>
    %43 = arith.addi %39, %42 : vector<16xi32>
    %44 = math.ctpop %15 : vector<16xi32>
    %45 = arith.addi %41, %44 : vector<16xi32>
    %46 = arith.subi %arg0, %43 : vector<16xi32>
    %47 = arith.addi %46, %45 : vector<16xi32>
    return %47 : vector<16xi32>
  }
  func.func @step_1_1(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>) -> vector<16xi32> {
    %0 = arith.andi %arg2, %arg3 : vector<16xi32>
    %1 = arith.andi %arg1, %arg3 : vector<16xi32>
    %2 = math.ctpop %0 : vector<16xi32>
    %3 = math.ctpop %1 : vector<16xi32>
    %4 = arith.subi %arg0, %2 : vector<16xi32>
    %5 = arith.addi %4, %3 : vector<16xi32>
    return %5 : vector<16xi32>
  }
  func.func @finish(%arg0: vector<16xi32>) -> vector<16xi32> {
    return %arg0 : vector<16xi32>
  }
}

