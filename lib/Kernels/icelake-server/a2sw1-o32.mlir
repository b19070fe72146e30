// bitserial kernel, format 1
// key: planes=2,1 terms=5:1,6:-2 word=32 lanes=outputs target=x86-64:icelake-server model=icelake-server features=avx,avx2,avx512bitalg,avx512bw,avx512f,avx512vbmi,avx512vl,avx512vnni,avx512vpopcntdq,gfni,sse4.1,ssse3 vectors=32x512 semantics=96304efe6d36b525 prover=2 search=2 cost=2 version=0.1.0/22.1.8
// blake3: 75e70e3cfffb0618722142a7b4cf159692032d2541f59dc569fed725a1b9dbfb
module @"a2sw1-o32" attributes {bitserial.kernel = {cpu = "icelake-server", cycles = "2.04", features = ["avx512f"], group = 1 : i64, passes = [{capacity = 0 : i64, planes = [0, 1, 2], steps = [{cost = 0 : i64, words = 4 : i64}, {cost = 0 : i64, words = 1 : i64}]}], sketch = "count lanes; sums; weights after counting; 4 words per step; passes: a0*w0 - 2*a1*w0", spec = {lanes = "outputs", planes = [2, 1], terms = [[5, 1], [6, -2]], word = 32 : i64}, state = ["sum", "sum"], tile = [8, 1]}} {
  func.func @step_0_4(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>, %arg8: vector<16xi32>, %arg9: vector<16xi32>, %arg10: vector<16xi32>, %arg11: vector<16xi32>, %arg12: vector<16xi32>, %arg13: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>) {
    %0 = arith.andi %arg2, %arg4 : vector<16xi32>
    %1 = arith.andi %arg3, %arg4 : vector<16xi32>
    %2 = arith.andi %arg5, %arg7 : vector<16xi32>
    %3 = arith.andi %arg6, %arg7 : vector<16xi32>
    %4 = arith.andi %arg8, %arg10 : vector<16xi32>
    %5 = arith.andi %arg9, %arg10 : vector<16xi32>
    %6 = arith.andi %arg11, %arg13 : vector<16xi32>
    %7 = arith.andi %arg12, %arg13 : vector<16xi32>
    %8 = math.ctpop %0 : vector<16xi32>
    %9 = math.ctpop %1 : vector<16xi32>
    %10 = math.ctpop %2 : vector<16xi32>
    %11 = arith.addi %8, %10 : vector<16xi32>
    %12 = math.ctpop %3 : vector<16xi32>
    %13 = arith.addi %9, %12 : vector<16xi32>
    %14 = math.ctpop %4 : vector<16xi32>
    %15 = arith.addi %11, %14 : vector<16xi32>
    %16 = math.ctpop %5 : vector<16xi32>
    %17 = arith.addi %13, %16 : vector<16xi32>
    %18 = math.ctpop %6 : vector<16xi32>
    %19 = arith.addi %15, %18 : vector<16xi32>
    %20 = math.ctpop %7 : vector<16xi32>
    %21 = arith.addi %17, %20 : vector<16xi32>
    %22 = arith.addi %arg0, %19 : vector<16xi32>
    %23 = arith.subi %arg1, %21 : vector<16xi32>
    return %22, %23 : vector<16xi32>, vector<16xi32>
  }
  func.func @step_0_1(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>) {
    %0 = arith.andi %arg2, %arg4 : vector<16xi32>
    %1 = arith.andi %arg3, %arg4 : vector<16xi32>
    %2 = math.ctpop %0 : vector<16xi32>
    %3 = math.ctpop %1 : vector<16xi32>
    %4 = arith.addi %arg0, %2 : vector<16xi32>
    %5 = arith.subi %arg1, %3 : vector<16xi32>
    return %4, %5 : vector<16xi32>, vector<16xi32>
  }
  func.func @finish(%arg0: vector<16xi32>, %arg1: vector<16xi32>) -> vector<16xi32> {
    %cst = arith.constant dense<1> : vector<16xi32>
    %0 = arith.shli %arg1, %cst : vector<16xi32>
    %1 = arith.addi %arg0, %0 : vector<16xi32>
    return %1 : vector<16xi32>
  }
}

