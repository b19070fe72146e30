// bitserial kernel, format 1
// key: planes=1,1 terms=3:1 word=16 lanes=outputs target=ARM:cortex-a7 model=cortex-r52 features=neon vectors=16x128 semantics=02740cc13617de67 prover=2 search=1 cost=1 version=0.1.0/22.1.8
// blake3: e2eec0f66c7a570a8ab3f1575bf05945fa252a786318be0917737c9940390e8a
module @"a1w1-o16" attributes {bitserial.kernel = {cpu = "cortex-a7", cycles = "6.67", features = ["neon"], group = 1 : i64, passes = [{capacity = 65535 : i64, planes = [0, 1], steps = [{cost = 16 : i64, words = 1 : i64}]}], sketch = "count bytes; 16-bit counters of pairs; weights after counting; 1 word per step; passes: a0*w0", spec = {lanes = "outputs", planes = [1, 1], terms = [[3, 1]], word = 16 : i64}, state = ["counter", "sum"], tile = [3, 2]}} {
  func.func @step_0_1(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>, %arg3: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>) {
    %0 = vector.bitcast %arg2 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg3 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %5 = math.ctpop %4 : vector<16xi8>
    %6 = llvm.call_intrinsic "llvm.arm.neon.vpadalu"(%arg0, %5) : (vector<8xi16>, vector<16xi8>) -> vector<8xi16>
    return %6, %arg1 : vector<8xi16>, vector<8xi32>
  }
  func.func @flush_0(%arg0: vector<8xi16>, %arg1: vector<8xi32>) -> (vector<8xi16>, vector<8xi32>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg0 : vector<8xi16> to vector<8xi32>
    %1 = arith.addi %arg1, %0 : vector<8xi32>
    return %cst, %1 : vector<8xi16>, vector<8xi32>
  }
  func.func @end_0(%arg0: vector<8xi16>, %arg1: vector<8xi32>) -> (vector<8xi16>, vector<8xi32>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg0 : vector<8xi16> to vector<8xi32>
    %1 = arith.addi %arg1, %0 : vector<8xi32>
    return %cst, %1 : vector<8xi16>, vector<8xi32>
  }
  func.func @finish(%arg0: vector<8xi16>, %arg1: vector<8xi32>) -> vector<8xi32> {
    return %arg1 : vector<8xi32>
  }
}

