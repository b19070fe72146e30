// bitserial kernel, format 1
// key: planes=1,2 terms=3:1,5:-2 word=16 lanes=outputs target=AArch64:cortex-a53 model=cortex-a53 features=neon vectors=32x128 semantics=0371ec95c5a6df56 prover=2 search=3 cost=3 version=0.1.0/22.1.8
// blake3: 1f2653d9de96dcb78ac4624750e52c49ac1bf8a22e28d974ad380a016f6d0dc3
module @"a1w2s-o16" attributes {bitserial.kernel = {cpu = "cortex-a53", cycles = "8.11", features = ["neon"], group = 1 : i64, passes = [{capacity = 65535 : i64, planes = [0, 1], steps = [{cost = 48 : i64, words = 3 : i64}, {cost = 16 : i64, words = 1 : i64}]}, {capacity = 65535 : i64, planes = [0, 2], steps = [{cost = 48 : i64, words = 3 : i64}, {cost = 16 : i64, words = 1 : i64}]}], sketch = "count bytes; 16-bit counters of pairs; weights after counting; 3 words per step; passes: a0*w0, then -2*a0*w1", spec = {lanes = "outputs", planes = [1, 2], terms = [[3, 1], [5, -2]], word = 16 : i64}, state = ["counter", "sum", "counter"], tile = [3, 4]}} {
  func.func @step_0_3(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi16>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi16>, %arg8: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %0 = vector.bitcast %arg3 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %5 = vector.bitcast %arg6 : vector<8xi16> to vector<16xi8>
    %6 = arith.andi %4, %5 : vector<16xi8>
    %7 = vector.bitcast %6 : vector<16xi8> to vector<8xi16>
    %8 = vector.bitcast %arg7 : vector<8xi16> to vector<16xi8>
    %9 = vector.bitcast %arg8 : vector<8xi16> to vector<16xi8>
    %10 = arith.andi %8, %9 : vector<16xi8>
    %11 = vector.bitcast %10 : vector<16xi8> to vector<8xi16>
    %12 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %13 = math.ctpop %12 : vector<16xi8>
    %14 = vector.bitcast %7 : vector<8xi16> to vector<16xi8>
    %15 = math.ctpop %14 : vector<16xi8>
    %16 = arith.addi %13, %15 : vector<16xi8>
    %17 = vector.bitcast %11 : vector<8xi16> to vector<16xi8>
    %18 = math.ctpop %17 : vector<16xi8>
    %19 = arith.addi %16, %18 : vector<16xi8>
    %20 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%19) : (vector<16xi8>) -> vector<8xi16>
    %21 = arith.addi %arg0, %20 : vector<8xi16>
    return %21, %arg1, %arg2 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
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
    return %cst, %1, %cst_0 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @step_1_3(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi16>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi16>, %arg8: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %0 = vector.bitcast %arg3 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %5 = vector.bitcast %arg6 : vector<8xi16> to vector<16xi8>
    %6 = arith.andi %4, %5 : vector<16xi8>
    %7 = vector.bitcast %6 : vector<16xi8> to vector<8xi16>
    %8 = vector.bitcast %arg7 : vector<8xi16> to vector<16xi8>
    %9 = vector.bitcast %arg8 : vector<8xi16> to vector<16xi8>
    %10 = arith.andi %8, %9 : vector<16xi8>
    %11 = vector.bitcast %10 : vector<16xi8> to vector<8xi16>
    %12 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %13 = math.ctpop %12 : vector<16xi8>
    %14 = vector.bitcast %7 : vector<8xi16> to vector<16xi8>
    %15 = math.ctpop %14 : vector<16xi8>
    %16 = arith.addi %13, %15 : vector<16xi8>
    %17 = vector.bitcast %11 : vector<8xi16> to vector<16xi8>
    %18 = math.ctpop %17 : vector<16xi8>
    %19 = arith.addi %16, %18 : vector<16xi8>
    %20 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%19) : (vector<16xi8>) -> vector<8xi16>
    %21 = arith.addi %arg2, %20 : vector<8xi16>
    return %arg0, %arg1, %21 : vector<8xi16>, vector<8xi32>, vector<8xi16>
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
    %cst_1 = arith.constant dense<1> : vector<8xi32>
    %1 = arith.shli %0, %cst_1 : vector<8xi32>
    %2 = arith.subi %arg1, %1 : vector<8xi32>
    return %cst, %2, %cst_0 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @end_1(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg2 : vector<8xi16> to vector<8xi32>
    %cst_1 = arith.constant dense<1> : vector<8xi32>
    %1 = arith.shli %0, %cst_1 : vector<8xi32>
    %2 = arith.subi %arg1, %1 : vector<8xi32>
    return %cst, %2, %cst_0 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @finish(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>) -> vector<8xi32> {
    return %arg1 : vector<8xi32>
  }
}

