// bitserial kernel, format 1
// key: planes=3,3 terms=9:1,10:2,12:-4,17:2,18:4,20:-8,33:-4,34:-8,36:16 word=16 lanes=outputs target=AArch64:neoverse-n1 model=neoverse-n1 features=dotprod,neon vectors=32x128 semantics=0371ec95c5a6df56 prover=2 search=2 cost=2 version=0.1.0/22.1.8
// blake3: 431eca8e599bb60526ca4d841ec5b75ed049bc1dfcef7404f36c8d5029e148ad
module @"a3sw3s-o16" attributes {bitserial.kernel = {cpu = "neoverse-n1", cycles = "14.06", features = ["neon"], group = 1 : i64, passes = [{capacity = 65535 : i64, planes = [2, 5], steps = [{cost = 16 : i64, words = 1 : i64}]}, {capacity = 65535 : i64, planes = [2, 4], steps = [{cost = 16 : i64, words = 1 : i64}]}, {capacity = 65535 : i64, planes = [1, 5], steps = [{cost = 16 : i64, words = 1 : i64}]}, {capacity = 65535 : i64, planes = [2, 3], steps = [{cost = 16 : i64, words = 1 : i64}]}, {capacity = 65535 : i64, planes = [0, 5], steps = [{cost = 16 : i64, words = 1 : i64}]}, {capacity = 65535 : i64, planes = [1, 4], steps = [{cost = 16 : i64, words = 1 : i64}]}, {capacity = 65535 : i64, planes = [1, 3], steps = [{cost = 16 : i64, words = 1 : i64}]}, {capacity = 65535 : i64, planes = [0, 4], steps = [{cost = 16 : i64, words = 1 : i64}]}, {capacity = 65535 : i64, planes = [0, 3], steps = [{cost = 16 : i64, words = 1 : i64}]}], sketch = "count bytes; 16-bit counters of pairs; weights after passes; 1 word per step; passes: a2*w2, times 2, then -a2*w1, then -a1*w2, times 2, then -a2*w0, then -a0*w2, then a1*w1, times 2, then a1*w0, then a0*w1, times 2, then a0*w0", spec = {lanes = "outputs", planes = [3, 3], terms = [[9, 1], [10, 2], [12, -4], [17, 2], [18, 4], [20, -8], [33, -4], [34, -8], [36, 16]], word = 16 : i64}, state = ["counter", "sum", "counter"], tile = [3, 8]}} {
  func.func @step_0_1(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %0 = vector.bitcast %arg3 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %5 = math.ctpop %4 : vector<16xi8>
    %6 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%5) : (vector<16xi8>) -> vector<8xi16>
    %7 = arith.addi %arg0, %6 : vector<8xi16>
    return %7, %arg1, %arg2 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @flush_0(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg0 : vector<8xi16> to vector<8xi32>
    %1 = arith.addi %arg1, %0 : vector<8xi32>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    return %cst, %1, %cst_0 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @end_0(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg0 : vector<8xi16> to vector<8xi32>
    %1 = arith.addi %arg1, %0 : vector<8xi32>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %cst_1 = arith.constant dense<1> : vector<8xi32>
    %2 = arith.shli %1, %cst_1 : vector<8xi32>
    return %cst, %2, %cst_0 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @step_1_1(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %0 = vector.bitcast %arg3 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %5 = math.ctpop %4 : vector<16xi8>
    %6 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%5) : (vector<16xi8>) -> vector<8xi16>
    %7 = arith.addi %arg2, %6 : vector<8xi16>
    return %arg0, %arg1, %7 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @flush_1(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg2 : vector<8xi16> to vector<8xi32>
    %1 = arith.subi %arg1, %0 : vector<8xi32>
    return %cst, %1, %cst_0 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @end_1(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg2 : vector<8xi16> to vector<8xi32>
    %1 = arith.subi %arg1, %0 : vector<8xi32>
    return %cst, %1, %cst_0 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @step_2_1(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %0 = vector.bitcast %arg3 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %5 = math.ctpop %4 : vector<16xi8>
    %6 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%5) : (vector<16xi8>) -> vector<8xi16>
    %7 = arith.addi %arg2, %6 : vector<8xi16>
    return %arg0, %arg1, %7 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @flush_2(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg2 : vector<8xi16> to vector<8xi32>
    %1 = arith.subi %arg1, %0 : vector<8xi32>
    return %cst, %1, %cst_0 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @end_2(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg2 : vector<8xi16> to vector<8xi32>
    %1 = arith.subi %arg1, %0 : vector<8xi32>
    %cst_1 = arith.constant dense<1> : vector<8xi32>
    %2 = arith.shli %1, %cst_1 : vector<8xi32>
    return %cst, %2, %cst_0 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @step_3_1(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %0 = vector.bitcast %arg3 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %5 = math.ctpop %4 : vector<16xi8>
    %6 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%5) : (vector<16xi8>) -> vector<8xi16>
    %7 = arith.addi %arg2, %6 : vector<8xi16>
    return %arg0, %arg1, %7 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @flush_3(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg2 : vector<8xi16> to vector<8xi32>
    %1 = arith.subi %arg1, %0 : vector<8xi32>
    return %cst, %1, %cst_0 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @end_3(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg2 : vector<8xi16> to vector<8xi32>
    %1 = arith.subi %arg1, %0 : vector<8xi32>
    return %cst, %1, %cst_0 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @step_4_1(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %0 = vector.bitcast %arg3 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %5 = math.ctpop %4 : vector<16xi8>
    %6 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%5) : (vector<16xi8>) -> vector<8xi16>
    %7 = arith.addi %arg2, %6 : vector<8xi16>
    return %arg0, %arg1, %7 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @flush_4(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg2 : vector<8xi16> to vector<8xi32>
    %1 = arith.subi %arg1, %0 : vector<8xi32>
    return %cst, %1, %cst_0 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @end_4(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg2 : vector<8xi16> to vector<8xi32>
    %1 = arith.subi %arg1, %0 : vector<8xi32>
    return %cst, %1, %cst_0 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @step_5_1(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %0 = vector.bitcast %arg3 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %5 = math.ctpop %4 : vector<16xi8>
    %6 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%5) : (vector<16xi8>) -> vector<8xi16>
    %7 = arith.addi %arg0, %6 : vector<8xi16>
    return %7, %arg1, %arg2 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @flush_5(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg0 : vector<8xi16> to vector<8xi32>
    %1 = arith.addi %arg1, %0 : vector<8xi32>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    return %cst, %1, %cst_0 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @end_5(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg0 : vector<8xi16> to vector<8xi32>
    %1 = arith.addi %arg1, %0 : vector<8xi32>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %cst_1 = arith.constant dense<1> : vector<8xi32>
    %2 = arith.shli %1, %cst_1 : vector<8xi32>
    return %cst, %2, %cst_0 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @step_6_1(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %0 = vector.bitcast %arg3 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %5 = math.ctpop %4 : vector<16xi8>
    %6 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%5) : (vector<16xi8>) -> vector<8xi16>
    %7 = arith.addi %arg0, %6 : vector<8xi16>
    return %7, %arg1, %arg2 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @flush_6(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg0 : vector<8xi16> to vector<8xi32>
    %1 = arith.addi %arg1, %0 : vector<8xi32>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    return %cst, %1, %cst_0 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @end_6(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg0 : vector<8xi16> to vector<8xi32>
    %1 = arith.addi %arg1, %0 : vector<8xi32>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    return %cst, %1, %cst_0 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @step_7_1(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %0 = vector.bitcast %arg3 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %5 = math.ctpop %4 : vector<16xi8>
    %6 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%5) : (vector<16xi8>) -> vector<8xi16>
    %7 = arith.addi %arg0, %6 : vector<8xi16>
    return %7, %arg1, %arg2 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @flush_7(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg0 : vector<8xi16> to vector<8xi32>
    %1 = arith.addi %arg1, %0 : vector<8xi32>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    return %cst, %1, %cst_0 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @end_7(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg0 : vector<8xi16> to vector<8xi32>
    %1 = arith.addi %arg1, %0 : vector<8xi32>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %cst_1 = arith.constant dense<1> : vector<8xi32>
    %2 = arith.shli %1, %cst_1 : vector<8xi32>
    return %cst, %2, %cst_0 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @step_8_1(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %0 = vector.bitcast %arg3 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %5 = math.ctpop %4 : vector<16xi8>
    %6 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%5) : (vector<16xi8>) -> vector<8xi16>
    %7 = arith.addi %arg0, %6 : vector<8xi16>
    return %7, %arg1, %arg2 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @flush_8(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg0 : vector<8xi16> to vector<8xi32>
    %1 = arith.addi %arg1, %0 : vector<8xi32>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    return %cst, %1, %cst_0 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @end_8(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg0 : vector<8xi16> to vector<8xi32>
    %1 = arith.addi %arg1, %0 : vector<8xi32>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    return %cst, %1, %cst_0 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @finish(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>) -> vector<8xi32> {
    return %arg1 : vector<8xi32>
  }
}

