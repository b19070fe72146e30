// bitserial kernel, format 1
// key: planes=2,2 terms=5:1,6:2,9:-2,10:-4 word=16 lanes=reduction target=AArch64:cortex-a53 model=cortex-a53 features=neon vectors=32x128 semantics=0371ec95c5a6df56 prover=2 search=3 cost=3 version=0.1.0/22.1.8
// blake3: fbca7c7563a0fc5dace8a35c28b505992c113df764320be4b8c175b91ab9736b
module @"a2w2s-r16" attributes {bitserial.kernel = {cpu = "cortex-a53", cycles = "15.33", features = ["neon"], group = 4 : i64, passes = [{capacity = 65535 : i64, planes = [0, 1, 3], steps = [{cost = 48 : i64, words = 1 : i64}]}, {capacity = 65535 : i64, planes = [0, 1, 2], steps = [{cost = 48 : i64, words = 1 : i64}]}], sketch = "count bytes; 16-bit counters of pairs; weights in steps, multiplied; 1 word per step; groups of 4; passes: -a0*w1 - 2*a1*w1, times 2, then a0*w0 + 2*a1*w0", spec = {lanes = "reduction", planes = [2, 2], terms = [[5, 1], [6, 2], [9, -2], [10, -4]], word = 16 : i64}, state = ["counter", "sum", "counter"], tile = [2, 6]}} {
  func.func @step_0_1(%arg0: vector<8xi16>, %arg1: vector<4xi32>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi16>, %arg5: vector<8xi16>) -> (vector<8xi16>, vector<4xi32>, vector<8xi16>) {
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
    %cst = arith.constant dense<2> : vector<16xi8>
    %12 = arith.muli %11, %cst : vector<16xi8>
    %13 = arith.addi %12, %9 : vector<16xi8>
    %14 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%13) : (vector<16xi8>) -> vector<8xi16>
    %15 = arith.addi %arg0, %14 : vector<8xi16>
    return %15, %arg1, %arg2 : vector<8xi16>, vector<4xi32>, vector<8xi16>
  }
  func.func @flush_0(%arg0: vector<8xi16>, %arg1: vector<4xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<4xi32>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%arg0) : (vector<8xi16>) -> vector<4xi32>
    %1 = arith.subi %arg1, %0 : vector<4xi32>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    return %cst, %1, %cst_0 : vector<8xi16>, vector<4xi32>, vector<8xi16>
  }
  func.func @end_0(%arg0: vector<8xi16>, %arg1: vector<4xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<4xi32>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%arg0) : (vector<8xi16>) -> vector<4xi32>
    %1 = arith.subi %arg1, %0 : vector<4xi32>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %cst_1 = arith.constant dense<1> : vector<4xi32>
    %2 = arith.shli %1, %cst_1 : vector<4xi32>
    return %cst, %2, %cst_0 : vector<8xi16>, vector<4xi32>, vector<8xi16>
  }
  func.func @step_1_1(%arg0: vector<8xi16>, %arg1: vector<4xi32>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi16>, %arg5: vector<8xi16>) -> (vector<8xi16>, vector<4xi32>, vector<8xi16>) {
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
    %cst = arith.constant dense<2> : vector<16xi8>
    %12 = arith.muli %11, %cst : vector<16xi8>
    %13 = arith.addi %12, %9 : vector<16xi8>
    %14 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%13) : (vector<16xi8>) -> vector<8xi16>
    %15 = arith.addi %arg2, %14 : vector<8xi16>
    return %arg0, %arg1, %15 : vector<8xi16>, vector<4xi32>, vector<8xi16>
  }
  func.func @flush_1(%arg0: vector<8xi16>, %arg1: vector<4xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<4xi32>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %0 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%arg2) : (vector<8xi16>) -> vector<4xi32>
    %1 = arith.addi %arg1, %0 : vector<4xi32>
    return %cst, %1, %cst_0 : vector<8xi16>, vector<4xi32>, vector<8xi16>
  }
  func.func @end_1(%arg0: vector<8xi16>, %arg1: vector<4xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<4xi32>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %0 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%arg2) : (vector<8xi16>) -> vector<4xi32>
    %1 = arith.addi %arg1, %0 : vector<4xi32>
    return %cst, %1, %cst_0 : vector<8xi16>, vector<4xi32>, vector<8xi16>
  }
  func.func @finish(%arg0: vector<8xi16>, %arg1: vector<4xi32>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<4xi32>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<4xi32>, %arg8: vector<8xi16>, %arg9: vector<8xi16>, %arg10: vector<4xi32>, %arg11: vector<8xi16>) -> vector<4xi32> {
    %0 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%arg1, %arg4) : (vector<4xi32>, vector<4xi32>) -> vector<4xi32>
    %1 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%arg7, %arg10) : (vector<4xi32>, vector<4xi32>) -> vector<4xi32>
    %2 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%0, %1) : (vector<4xi32>, vector<4xi32>) -> vector<4xi32>
    return %2 : vector<4xi32>
  }
}

