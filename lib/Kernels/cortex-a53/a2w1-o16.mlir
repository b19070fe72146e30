// bitserial kernel, format 1
// key: planes=2,1 terms=5:1,6:2 word=16 lanes=outputs target=AArch64:cortex-a53 model=cortex-a53 features=neon vectors=32x128 semantics=0371ec95c5a6df56 prover=2 search=3 cost=3 version=0.1.0/22.1.8
// blake3: cc3820ff1875fec15eb025cccd9301910c6f74c777bc3b0bc8a0e785d7078152
module @"a2w1-o16" attributes {bitserial.kernel = {cpu = "cortex-a53", cycles = "7.67", features = ["neon"], group = 1 : i64, passes = [{capacity = 65535 : i64, planes = [0, 1, 2], steps = [{cost = 48 : i64, words = 1 : i64}]}], sketch = "count bytes; 16-bit counters of pairs; weights in steps, multiplied; 1 word per step; passes: a0*w0 + 2*a1*w0", spec = {lanes = "outputs", planes = [2, 1], terms = [[5, 1], [6, 2]], word = 16 : i64}, state = ["counter", "sum"], tile = [2, 6]}} {
  func.func @step_0_1(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>) {
    %0 = vector.bitcast %arg2 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %arg3 : vector<8xi16> to vector<16xi8>
    %5 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %6 = arith.andi %4, %5 : vector<16xi8>
    %7 = vector.bitcast %6 : vector<16xi8> to vector<8xi16>
    %8 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %9 = math.ctpop %8 : vector<16xi8>
    %10 = vector.bitcast %7 : vector<8xi16> to vector<16xi8>
    %11 = math.ctpop %10 : vector<16xi8>
    %cst = arith.constant dense<2> : vector<16xi8>
    %12 = arith.muli %11, %cst : vector<16xi8>
    %13 = arith.addi %12, %9 : vector<16xi8>
    %14 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%13) : (vector<16xi8>) -> vector<8xi16>
    %15 = arith.addi %arg0, %14 : vector<8xi16>
    return %15, %arg1 : vector<8xi16>, vector<8xi32>
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

