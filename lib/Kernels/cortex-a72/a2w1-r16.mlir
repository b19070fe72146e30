// bitserial kernel, format 1
// key: planes=2,1 terms=5:1,6:2 word=16 lanes=reduction target=AArch64:cortex-a72 model=cortex-a72 features=neon vectors=32x128 semantics=0371ec95c5a6df56 prover=2 search=2 cost=2 version=0.1.0/22.1.8
// blake3: b4ee974e6778383a6e48cae9869fd4fd2d119af2a8d7e564ec4e8667ce95d33e
module @"a2w1-r16" attributes {bitserial.kernel = {cpu = "cortex-a72", cycles = "3.00", features = ["neon"], group = 4 : i64, passes = [{capacity = 65535 : i64, planes = [0, 1, 2], steps = [{cost = 16 : i64, words = 1 : i64}]}], sketch = "count bytes; 16-bit counters of pairs; weights after counting; 1 word per step; groups of 4; passes: a0*w0 + 2*a1*w0", spec = {lanes = "reduction", planes = [2, 1], terms = [[5, 1], [6, 2]], word = 16 : i64}, state = ["counter", "counter", "sum"], tile = [1, 4]}} {
  func.func @step_0_1(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<4xi32>, %arg3: vector<8xi16>, %arg4: vector<8xi16>, %arg5: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<4xi32>) {
    %0 = vector.bitcast %arg3 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %5 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %6 = arith.andi %4, %5 : vector<16xi8>
    %7 = vector.bitcast %6 : vector<16xi8> to vector<8xi16>
    %8 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %9 = math.ctpop %8 : vector<16xi8>
    %10 = vector.bitcast %7 : vector<8xi16> to vector<16xi8>
    %11 = math.ctpop %10 : vector<16xi8>
    %12 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%9) : (vector<16xi8>) -> vector<8xi16>
    %13 = arith.addi %arg0, %12 : vector<8xi16>
    %14 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%11) : (vector<16xi8>) -> vector<8xi16>
    %15 = arith.addi %arg1, %14 : vector<8xi16>
    return %13, %15, %arg2 : vector<8xi16>, vector<8xi16>, vector<4xi32>
  }
  func.func @flush_0(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<4xi32>) -> (vector<8xi16>, vector<8xi16>, vector<4xi32>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%arg0) : (vector<8xi16>) -> vector<4xi32>
    %1 = arith.addi %arg2, %0 : vector<4xi32>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %2 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%arg1) : (vector<8xi16>) -> vector<4xi32>
    %cst_1 = arith.constant dense<1> : vector<4xi32>
    %3 = arith.shli %2, %cst_1 : vector<4xi32>
    %4 = arith.addi %1, %3 : vector<4xi32>
    return %cst, %cst_0, %4 : vector<8xi16>, vector<8xi16>, vector<4xi32>
  }
  func.func @end_0(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<4xi32>) -> (vector<8xi16>, vector<8xi16>, vector<4xi32>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%arg0) : (vector<8xi16>) -> vector<4xi32>
    %1 = arith.addi %arg2, %0 : vector<4xi32>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %2 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%arg1) : (vector<8xi16>) -> vector<4xi32>
    %cst_1 = arith.constant dense<1> : vector<4xi32>
    %3 = arith.shli %2, %cst_1 : vector<4xi32>
    %4 = arith.addi %1, %3 : vector<4xi32>
    return %cst, %cst_0, %4 : vector<8xi16>, vector<8xi16>, vector<4xi32>
  }
  func.func @finish(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<4xi32>, %arg3: vector<8xi16>, %arg4: vector<8xi16>, %arg5: vector<4xi32>, %arg6: vector<8xi16>, %arg7: vector<8xi16>, %arg8: vector<4xi32>, %arg9: vector<8xi16>, %arg10: vector<8xi16>, %arg11: vector<4xi32>) -> vector<4xi32> {
    %0 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%arg2, %arg5) : (vector<4xi32>, vector<4xi32>) -> vector<4xi32>
    %1 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%arg8, %arg11) : (vector<4xi32>, vector<4xi32>) -> vector<4xi32>
    %2 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%0, %1) : (vector<4xi32>, vector<4xi32>) -> vector<4xi32>
    return %2 : vector<4xi32>
  }
}

