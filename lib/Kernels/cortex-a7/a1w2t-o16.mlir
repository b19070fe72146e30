// bitserial kernel, format 1
// key: planes=1,2 terms=3:1,5:-1 word=16 lanes=outputs target=ARM:cortex-a7 model=cortex-r52 features=neon vectors=16x128 semantics=02740cc13617de67 prover=2 search=1 cost=1 version=0.1.0/22.1.8
// blake3: 6f2e40daa16043463ec0efe628ca9bd94bf3cdb51bfd32b3c234955a17a1dc96
module @"a1w2t-o16" attributes {bitserial.kernel = {cpu = "cortex-a7", cycles = "13.33", features = ["neon"], group = 1 : i64, passes = [{capacity = 65535 : i64, planes = [0, 1, 2], steps = [{cost = 16 : i64, words = 1 : i64}]}], sketch = "count bytes; 16-bit counters of pairs; weights after counting; 1 word per step; passes: a0*w0 - a0*w1", spec = {lanes = "outputs", planes = [1, 2], terms = [[3, 1], [5, -1]], word = 16 : i64}, state = ["counter", "counter", "sum"], tile = [3, 1]}} {
  func.func @step_0_1(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi32>, %arg3: vector<8xi16>, %arg4: vector<8xi16>, %arg5: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<8xi32>) {
    %0 = vector.bitcast %arg3 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %arg3 : vector<8xi16> to vector<16xi8>
    %5 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %6 = arith.andi %4, %5 : vector<16xi8>
    %7 = vector.bitcast %6 : vector<16xi8> to vector<8xi16>
    %8 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %9 = math.ctpop %8 : vector<16xi8>
    %10 = vector.bitcast %7 : vector<8xi16> to vector<16xi8>
    %11 = math.ctpop %10 : vector<16xi8>
    %12 = llvm.call_intrinsic "llvm.arm.neon.vpadalu"(%arg0, %9) : (vector<8xi16>, vector<16xi8>) -> vector<8xi16>
    %13 = llvm.call_intrinsic "llvm.arm.neon.vpadalu"(%arg1, %11) : (vector<8xi16>, vector<16xi8>) -> vector<8xi16>
    return %12, %13, %arg2 : vector<8xi16>, vector<8xi16>, vector<8xi32>
  }
  func.func @flush_0(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi32>) -> (vector<8xi16>, vector<8xi16>, vector<8xi32>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg0 : vector<8xi16> to vector<8xi32>
    %1 = arith.addi %arg2, %0 : vector<8xi32>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %2 = arith.extui %arg1 : vector<8xi16> to vector<8xi32>
    %3 = arith.subi %1, %2 : vector<8xi32>
    return %cst, %cst_0, %3 : vector<8xi16>, vector<8xi16>, vector<8xi32>
  }
  func.func @end_0(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi32>) -> (vector<8xi16>, vector<8xi16>, vector<8xi32>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg0 : vector<8xi16> to vector<8xi32>
    %1 = arith.addi %arg2, %0 : vector<8xi32>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %2 = arith.extui %arg1 : vector<8xi16> to vector<8xi32>
    %3 = arith.subi %1, %2 : vector<8xi32>
    return %cst, %cst_0, %3 : vector<8xi16>, vector<8xi16>, vector<8xi32>
  }
  func.func @finish(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi32>) -> vector<8xi32> {
    return %arg2 : vector<8xi32>
  }
}

