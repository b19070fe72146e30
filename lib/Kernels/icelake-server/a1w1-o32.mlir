// bitserial kernel, format 1
// key: planes=1,1 terms=3:1 word=32 lanes=outputs target=x86-64:icelake-server model=icelake-server features=avx,avx2,avx512bitalg,avx512bw,avx512f,avx512vbmi,avx512vl,avx512vnni,avx512vpopcntdq,gfni,sse4.1,ssse3 vectors=32x512 semantics=96304efe6d36b525 prover=1 search=1 cost=1 version=0.1.0/22.1.8
// blake3: 213fa53a4ed985b22508afe28af8906352e38f173d528be2933aabd87ca115ba
module @"a1w1-o32" attributes {bitserial.kernel = {cpu = "icelake-server", cycles = "1.04", features = ["avx512f"], group = 1 : i64, passes = [{capacity = 0 : i64, planes = [0, 1], steps = [{cost = 0 : i64, words = 3 : i64}, {cost = 0 : i64, words = 1 : i64}]}], sketch = "count lanes; sums; weights after counting; 3 words per step; passes: p0*p1", spec = {lanes = "outputs", planes = [1, 1], terms = [[3, 1]], word = 32 : i64}, state = ["sum"], tile = [1, 8]}} {
  func.func @step_0_3(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>) -> vector<16xi32> {
    %0 = arith.andi %arg1, %arg2 : vector<16xi32>
    %1 = arith.andi %arg3, %arg4 : vector<16xi32>
    %2 = arith.andi %arg5, %arg6 : vector<16xi32>
    %3 = math.ctpop %0 : vector<16xi32>
    %4 = math.ctpop %1 : vector<16xi32>
    %5 = arith.addi %3, %4 : vector<16xi32>
    %6 = math.ctpop %2 : vector<16xi32>
    %7 = arith.addi %5, %6 : vector<16xi32>
    %8 = arith.addi %arg0, %7 : vector<16xi32>
    return %8 : vector<16xi32>
  }
  func.func @step_0_1(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>) -> vector<16xi32> {
    %0 = arith.andi %arg1, %arg2 : vector<16xi32>
    %1 = math.ctpop %0 : vector<16xi32>
    %2 = arith.addi %arg0, %1 : vector<16xi32>
    return %2 : vector<16xi32>
  }
  func.func @finish(%arg0: vector<16xi32>) -> vector<16xi32> {
    return %arg0 : vector<16xi32>
  }
}

