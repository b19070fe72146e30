// bitserial kernel, format 1
// key: planes=1,2 terms=3:1,5:-1 word=32 lanes=outputs target=x86-64:icelake-server model=icelake-server features=avx,avx2,avx512bitalg,avx512bw,avx512f,avx512vbmi,avx512vl,avx512vnni,avx512vpopcntdq,gfni,sse4.1,ssse3 vectors=32x512 semantics=96304efe6d36b525 prover=2 search=2 cost=2 version=0.1.0/22.1.8
// blake3: d9bfea09fb619e3302d7684de6a27ddd70d0f06158636fa6b47eddd0b9320c25
module @"a1w2t-o32" attributes {bitserial.kernel = {cpu = "icelake-server", cycles = "2.04", features = ["avx512f"], group = 1 : i64, passes = [{capacity = 0 : i64, planes = [0, 1, 2], steps = [{cost = 0 : i64, words = 4 : i64}, {cost = 0 : i64, words = 1 : i64}]}], sketch = "count lanes; sums; weights after counting; 4 words per step; passes: a0*w0 - a0*w1", spec = {lanes = "outputs", planes = [1, 2], terms = [[3, 1], [5, -1]], word = 32 : i64}, state = ["sum"], tile = [1, 8]}} {
  func.func @step_0_4(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>, %arg8: vector<16xi32>, %arg9: vector<16xi32>, %arg10: vector<16xi32>, %arg11: vector<16xi32>, %arg12: vector<16xi32>) -> vector<16xi32> {
    %0 = arith.andi %arg1, %arg2 : vector<16xi32>
    %1 = arith.andi %arg1, %arg3 : vector<16xi32>
    %2 = arith.andi %arg4, %arg5 : vector<16xi32>
    %3 = arith.andi %arg4, %arg6 : vector<16xi32>
    %4 = arith.andi %arg7, %arg8 : vector<16xi32>
    %5 = arith.andi %arg7, %arg9 : vector<16xi32>
    %6 = arith.andi %arg10, %arg11 : vector<16xi32>
    %7 = arith.andi %arg10, %arg12 : vector<16xi32>
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
    %23 = arith.subi %22, %21 : vector<16xi32>
    return %23 : vector<16xi32>
  }
  func.func @step_0_1(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>) -> vector<16xi32> {
    %0 = arith.andi %arg1, %arg2 : vector<16xi32>
    %1 = arith.andi %arg1, %arg3 : vector<16xi32>
    %2 = math.ctpop %0 : vector<16xi32>
    %3 = math.ctpop %1 : vector<16xi32>
    %4 = arith.addi %arg0, %2 : vector<16xi32>
    %5 = arith.subi %4, %3 : vector<16xi32>
    return %5 : vector<16xi32>
  }
  func.func @finish(%arg0: vector<16xi32>) -> vector<16xi32> {
    return %arg0 : vector<16xi32>
  }
}

