// bitserial kernel, format 1
// key: planes=1,2 terms=3:1,5:-2 word=32 lanes=outputs target=x86-64:icelake-server model=icelake-server features=avx,avx2,avx512bitalg,avx512bw,avx512f,avx512vbmi,avx512vl,avx512vnni,avx512vpopcntdq,gfni,sse4.1,ssse3 vectors=32x512 semantics=96304efe6d36b525 prover=2 search=2 cost=2 version=0.1.0/22.1.8
// blake3: 6693f08f41678730c1a0e4d18d0c6b87eec286a62bb57ae72c30ef45210df7b2
module @"a1w2s-o32" attributes {bitserial.kernel = {cpu = "icelake-server", cycles = "2.04", features = ["avx512f"], group = 1 : i64, passes = [{capacity = 0 : i64, planes = [0, 1, 2], steps = [{cost = 0 : i64, words = 2 : i64}, {cost = 0 : i64, words = 1 : i64}]}], sketch = "count lanes; sums; weights after counting; 2 words per step; passes: a0*w0 - 2*a0*w1", spec = {lanes = "outputs", planes = [1, 2], terms = [[3, 1], [5, -2]], word = 32 : i64}, state = ["sum", "sum"], tile = [1, 8]}} {
  func.func @step_0_2(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>) {
    %0 = arith.andi %arg2, %arg3 : vector<16xi32>
    %1 = arith.andi %arg2, %arg4 : vector<16xi32>
    %2 = arith.andi %arg5, %arg6 : vector<16xi32>
    %3 = arith.andi %arg5, %arg7 : vector<16xi32>
    %4 = math.ctpop %0 : vector<16xi32>
    %5 = math.ctpop %1 : vector<16xi32>
    %6 = math.ctpop %2 : vector<16xi32>
    %7 = arith.addi %4, %6 : vector<16xi32>
    %8 = math.ctpop %3 : vector<16xi32>
    %9 = arith.addi %5, %8 : vector<16xi32>
    %10 = arith.addi %arg0, %7 : vector<16xi32>
    %11 = arith.subi %arg1, %9 : vector<16xi32>
    return %10, %11 : vector<16xi32>, vector<16xi32>
  }
  func.func @step_0_1(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>) {
    %0 = arith.andi %arg2, %arg3 : vector<16xi32>
    %1 = arith.andi %arg2, %arg4 : vector<16xi32>
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

