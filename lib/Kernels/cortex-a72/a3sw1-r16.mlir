// bitserial kernel, format 1
// key: planes=3,1 terms=9:1,10:2,12:-4 word=16 lanes=reduction target=AArch64:cortex-a72 model=cortex-a72 features=neon vectors=32x128 semantics=0371ec95c5a6df56 prover=2 search=2 cost=2 version=0.1.0/22.1.8
// blake3: 0a7f384a9af329f1f785294d943c8e4d617bd79bcc7f580957d9b4a5488d0657
module @"a3sw1-r16" attributes {bitserial.kernel = {cpu = "cortex-a72", cycles = "4.50", features = ["neon"], group = 4 : i64, passes = [{capacity = 65535 : i64, planes = [0, 1, 2, 3], steps = [{cost = 16 : i64, words = 1 : i64}]}], sketch = "count bytes; 16-bit counters of pairs; weights after counting; 1 word per step; groups of 4; passes: a0*w0 + 2*a1*w0 - 4*a2*w0", spec = {lanes = "reduction", planes = [3, 1], terms = [[9, 1], [10, 2], [12, -4]], word = 16 : i64}, state = ["counter", "counter", "counter", "sum"], tile = [1, 4]}} {
  func.func @step_0_1(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi16>, %arg3: vector<4xi32>, %arg4: vector<8xi16>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<4xi32>) {
    %0 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg7 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %5 = vector.bitcast %arg7 : vector<8xi16> to vector<16xi8>
    %6 = arith.andi %4, %5 : vector<16xi8>
    %7 = vector.bitcast %6 : vector<16xi8> to vector<8xi16>
    %8 = vector.bitcast %arg6 : vector<8xi16> to vector<16xi8>
    %9 = vector.bitcast %arg7 : vector<8xi16> to vector<16xi8>
    %10 = arith.andi %8, %9 : vector<16xi8>
    %11 = vector.bitcast %10 : vector<16xi8> to vector<8xi16>
    %12 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %13 = math.ctpop %12 : vector<16xi8>
    %14 = vector.bitcast %7 : vector<8xi16> to vector<16xi8>
    %15 = math.ctpop %14 : vector<16xi8>
    %16 = vector.bitcast %11 : vector<8xi16> to vector<16xi8>
    %17 = math.ctpop %16 : vector<16xi8>
    %18 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%13) : (vector<16xi8>) -> vector<8xi16>
    %19 = arith.addi %arg0, %18 : vector<8xi16>
    %20 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%15) : (vector<16xi8>) -> vector<8xi16>
    %21 = arith.addi %arg1, %20 : vector<8xi16>
    %22 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%17) : (vector<16xi8>) -> vector<8xi16>
    %23 = arith.addi %arg2, %22 : vector<8xi16>
    return %19, %21, %23, %arg3 : vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<4xi32>
  }
  func.func @flush_0(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi16>, %arg3: vector<4xi32>) -> (vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<4xi32>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%arg0) : (vector<8xi16>) -> vector<4xi32>
    %1 = arith.addi %arg3, %0 : vector<4xi32>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %2 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%arg1) : (vector<8xi16>) -> vector<4xi32>
    %cst_1 = arith.constant dense<1> : vector<4xi32>
    %3 = arith.shli %2, %cst_1 : vector<4xi32>
    %4 = arith.addi %1, %3 : vector<4xi32>
    %cst_2 = arith.constant dense<0> : vector<8xi16>
    %5 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%arg2) : (vector<8xi16>) -> vector<4xi32>
    %cst_3 = arith.constant dense<2> : vector<4xi32>
    %6 = arith.shli %5, %cst_3 : vector<4xi32>
    %7 = arith.subi %4, %6 : vector<4xi32>
    return %cst, %cst_0, %cst_2, %7 : vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<4xi32>
  }
  func.func @end_0(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi16>, %arg3: vector<4xi32>) -> (vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<4xi32>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%arg0) : (vector<8xi16>) -> vector<4xi32>
    %1 = arith.addi %arg3, %0 : vector<4xi32>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %2 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%arg1) : (vector<8xi16>) -> vector<4xi32>
    %cst_1 = arith.constant dense<1> : vector<4xi32>
    %3 = arith.shli %2, %cst_1 : vector<4xi32>
    %4 = arith.addi %1, %3 : vector<4xi32>
    %cst_2 = arith.constant dense<0> : vector<8xi16>
    %5 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%arg2) : (vector<8xi16>) -> vector<4xi32>
    %cst_3 = arith.constant dense<2> : vector<4xi32>
    %6 = arith.shli %5, %cst_3 : vector<4xi32>
    %7 = arith.subi %4, %6 : vector<4xi32>
    return %cst, %cst_0, %cst_2, %7 : vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<4xi32>
  }
  func.func @finish(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi16>, %arg3: vector<4xi32>, %arg4: vector<8xi16>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<4xi32>, %arg8: vector<8xi16>, %arg9: vector<8xi16>, %arg10: vector<8xi16>, %arg11: vector<4xi32>, %arg12: vector<8xi16>, %arg13: vector<8xi16>, %arg14: vector<8xi16>, %arg15: vector<4xi32>) -> vector<4xi32> {
    %0 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%arg3, %arg7) : (vector<4xi32>, vector<4xi32>) -> vector<4xi32>
    %1 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%arg11, %arg15) : (vector<4xi32>, vector<4xi32>) -> vector<4xi32>
    %2 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%0, %1) : (vector<4xi32>, vector<4xi32>) -> vector<4xi32>
    return %2 : vector<4xi32>
  }
}

