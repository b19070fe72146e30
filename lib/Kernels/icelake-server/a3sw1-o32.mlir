// bitserial kernel, format 1
// key: planes=3,1 terms=9:1,10:2,12:-4 word=32 lanes=outputs target=x86-64:icelake-server model=icelake-server features=avx,avx2,avx512bitalg,avx512bw,avx512f,avx512vbmi,avx512vl,avx512vnni,avx512vpopcntdq,gfni,sse4.1,ssse3 vectors=32x512 semantics=96304efe6d36b525 prover=2 search=2 cost=2 version=0.1.0/22.1.8
// blake3: cab7464a9a3e84aca9f81cb5a4effcedc95387e188a7c65c220dae4d6014b786
module @"a3sw1-o32" attributes {bitserial.kernel = {cpu = "icelake-server", cycles = "3.06", features = ["avx512f"], group = 1 : i64, passes = [{capacity = 0 : i64, planes = [0, 1, 2, 3], steps = [{cost = 0 : i64, words = 3 : i64}, {cost = 0 : i64, words = 1 : i64}]}], sketch = "count lanes; sums; weights after counting; 3 words per step; passes: a0*w0 + 2*a1*w0 - 4*a2*w0", spec = {lanes = "outputs", planes = [3, 1], terms = [[9, 1], [10, 2], [12, -4]], word = 32 : i64}, state = ["sum", "sum", "sum"], tile = [6, 1]}} {
  func.func @step_0_3(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>, %arg8: vector<16xi32>, %arg9: vector<16xi32>, %arg10: vector<16xi32>, %arg11: vector<16xi32>, %arg12: vector<16xi32>, %arg13: vector<16xi32>, %arg14: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %0 = arith.andi %arg3, %arg6 : vector<16xi32>
    %1 = arith.andi %arg4, %arg6 : vector<16xi32>
    %2 = arith.andi %arg5, %arg6 : vector<16xi32>
    %3 = arith.andi %arg7, %arg10 : vector<16xi32>
    %4 = arith.andi %arg8, %arg10 : vector<16xi32>
    %5 = arith.andi %arg9, %arg10 : vector<16xi32>
    %6 = arith.andi %arg11, %arg14 : vector<16xi32>
    %7 = arith.andi %arg12, %arg14 : vector<16xi32>
    %8 = arith.andi %arg13, %arg14 : vector<16xi32>
    %9 = math.ctpop %0 : vector<16xi32>
    %10 = math.ctpop %1 : vector<16xi32>
    %11 = math.ctpop %2 : vector<16xi32>
    %12 = math.ctpop %3 : vector<16xi32>
    %13 = arith.addi %9, %12 : vector<16xi32>
    %14 = math.ctpop %4 : vector<16xi32>
    %15 = arith.addi %10, %14 : vector<16xi32>
    %16 = math.ctpop %5 : vector<16xi32>
    %17 = arith.addi %11, %16 : vector<16xi32>
    %18 = math.ctpop %6 : vector<16xi32>
    %19 = arith.addi %13, %18 : vector<16xi32>
    %20 = math.ctpop %7 : vector<16xi32>
    %21 = arith.addi %15, %20 : vector<16xi32>
    %22 = math.ctpop %8 : vector<16xi32>
    %23 = arith.addi %17, %22 : vector<16xi32>
    %24 = arith.addi %arg0, %19 : vector<16xi32>
    %25 = arith.addi %arg1, %21 : vector<16xi32>
    %26 = arith.subi %arg2, %23 : vector<16xi32>
    return %24, %25, %26 : vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @step_0_1(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %0 = arith.andi %arg3, %arg6 : vector<16xi32>
    %1 = arith.andi %arg4, %arg6 : vector<16xi32>
    %2 = arith.andi %arg5, %arg6 : vector<16xi32>
    %3 = math.ctpop %0 : vector<16xi32>
    %4 = math.ctpop %1 : vector<16xi32>
    %5 = math.ctpop %2 : vector<16xi32>
    %6 = arith.addi %arg0, %3 : vector<16xi32>
    %7 = arith.addi %arg1, %4 : vector<16xi32>
    %8 = arith.subi %arg2, %5 : vector<16xi32>
    return %6, %7, %8 : vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @finish(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>) -> vector<16xi32> {
    %cst = arith.constant dense<1> : vector<16xi32>
    %0 = arith.shli %arg1, %cst : vector<16xi32>
    %1 = arith.addi %arg0, %0 : vector<16xi32>
    %cst_0 = arith.constant dense<2> : vector<16xi32>
    %2 = arith.shli %arg2, %cst_0 : vector<16xi32>
    %3 = arith.addi %1, %2 : vector<16xi32>
    return %3 : vector<16xi32>
  }
}

