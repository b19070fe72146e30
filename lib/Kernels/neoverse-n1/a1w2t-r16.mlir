// bitserial kernel, format 1
// key: planes=1,2 terms=3:1,5:-1 word=16 lanes=reduction target=AArch64:neoverse-n1 model=neoverse-n1 features=dotprod,neon vectors=32x128 semantics=0371ec95c5a6df56 prover=2 search=2 cost=2 version=0.1.0/22.1.8
// blake3: 791bd7d2de060b64f11b6afacdecd6e3f3174dbcd29977db0efc306216e7b916
module @"a1w2t-r16" attributes {bitserial.kernel = {cpu = "neoverse-n1", cycles = "3.00", features = ["neon"], group = 4 : i64, passes = [{capacity = 65535 : i64, planes = [0, 1], steps = [{cost = 16 : i64, words = 1 : i64}]}, {capacity = 65535 : i64, planes = [0, 2], steps = [{cost = 16 : i64, words = 1 : i64}]}], sketch = "count bytes; 16-bit counters of pairs; weights after counting; 1 word per step; groups of 4; passes: a0*w0, then -a0*w1", spec = {lanes = "reduction", planes = [1, 2], terms = [[3, 1], [5, -1]], word = 16 : i64}, state = ["counter", "sum", "counter"], tile = [3, 8]}} {
  func.func @step_0_1(%arg0: vector<8xi16>, %arg1: vector<4xi32>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi16>) -> (vector<8xi16>, vector<4xi32>, vector<8xi16>) {
    %0 = vector.bitcast %arg3 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %5 = math.ctpop %4 : vector<16xi8>
    %6 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%5) : (vector<16xi8>) -> vector<8xi16>
    %7 = arith.addi %arg0, %6 : vector<8xi16>
    return %7, %arg1, %arg2 : vector<8xi16>, vector<4xi32>, vector<8xi16>
  }
  func.func @flush_0(%arg0: vector<8xi16>, %arg1: vector<4xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<4xi32>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%arg0) : (vector<8xi16>) -> vector<4xi32>
    %1 = arith.addi %arg1, %0 : vector<4xi32>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    return %cst, %1, %cst_0 : vector<8xi16>, vector<4xi32>, vector<8xi16>
  }
  func.func @end_0(%arg0: vector<8xi16>, %arg1: vector<4xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<4xi32>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%arg0) : (vector<8xi16>) -> vector<4xi32>
    %1 = arith.addi %arg1, %0 : vector<4xi32>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    return %cst, %1, %cst_0 : vector<8xi16>, vector<4xi32>, vector<8xi16>
  }
  func.func @step_1_1(%arg0: vector<8xi16>, %arg1: vector<4xi32>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi16>) -> (vector<8xi16>, vector<4xi32>, vector<8xi16>) {
    %0 = vector.bitcast %arg3 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %5 = math.ctpop %4 : vector<16xi8>
    %6 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%5) : (vector<16xi8>) -> vector<8xi16>
    %7 = arith.addi %arg2, %6 : vector<8xi16>
    return %arg0, %arg1, %7 : vector<8xi16>, vector<4xi32>, vector<8xi16>
  }
  func.func @flush_1(%arg0: vector<8xi16>, %arg1: vector<4xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<4xi32>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %0 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%arg2) : (vector<8xi16>) -> vector<4xi32>
    %1 = arith.subi %arg1, %0 : vector<4xi32>
    return %cst, %1, %cst_0 : vector<8xi16>, vector<4xi32>, vector<8xi16>
  }
  func.func @end_1(%arg0: vector<8xi16>, %arg1: vector<4xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<4xi32>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %0 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%arg2) : (vector<8xi16>) -> vector<4xi32>
    %1 = arith.subi %arg1, %0 : vector<4xi32>
    return %cst, %1, %cst_0 : vector<8xi16>, vector<4xi32>, vector<8xi16>
  }
  func.func @finish(%arg0: vector<8xi16>, %arg1: vector<4xi32>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<4xi32>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<4xi32>, %arg8: vector<8xi16>, %arg9: vector<8xi16>, %arg10: vector<4xi32>, %arg11: vector<8xi16>) -> vector<4xi32> {
    %0 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%arg1, %arg4) : (vector<4xi32>, vector<4xi32>) -> vector<4xi32>
    %1 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%arg7, %arg10) : (vector<4xi32>, vector<4xi32>) -> vector<4xi32>
    %2 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%0, %1) : (vector<4xi32>, vector<4xi32>) -> vector<4xi32>
    return %2 : vector<4xi32>
  }
}

