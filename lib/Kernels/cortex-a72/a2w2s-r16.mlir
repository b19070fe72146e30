// bitserial kernel, format 1
// key: planes=2,2 terms=5:1,6:2,9:-2,10:-4 word=16 lanes=reduction target=AArch64:cortex-a72 model=cortex-a72 features=neon vectors=32x128 semantics=0371ec95c5a6df56 prover=2 search=3 cost=3 version=0.1.0/22.1.8
// blake3: 014a8227f713c03756315e1456d04a86ffd18949713d346924a61d5af95cde6c
module @"a2w2s-r16" attributes {bitserial.kernel = {cpu = "cortex-a72", cycles = "5.99", features = ["neon"], group = 4 : i64, passes = [{capacity = 65535 : i64, planes = [0, 1, 3], steps = [{cost = 16 : i64, words = 1 : i64}]}, {capacity = 65535 : i64, planes = [0, 1, 2], steps = [{cost = 16 : i64, words = 1 : i64}]}], sketch = "count bytes; 16-bit counters of pairs; weights after counting; 1 word per step; groups of 4; passes: -a0*w1 - 2*a1*w1, times 2, then a0*w0 + 2*a1*w0", spec = {lanes = "reduction", planes = [2, 2], terms = [[5, 1], [6, 2], [9, -2], [10, -4]], word = 16 : i64}, state = ["counter", "counter", "sum", "counter", "counter"], tile = [2, 2]}} {
  func.func @step_0_1(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<4xi32>, %arg3: vector<8xi16>, %arg4: vector<8xi16>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<4xi32>, vector<8xi16>, vector<8xi16>) {
    %0 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg7 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %arg6 : vector<8xi16> to vector<16xi8>
    %5 = vector.bitcast %arg7 : vector<8xi16> to vector<16xi8>
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
    return %13, %15, %arg2, %arg3, %arg4 : vector<8xi16>, vector<8xi16>, vector<4xi32>, vector<8xi16>, vector<8xi16>
  }
  func.func @flush_0(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<4xi32>, %arg3: vector<8xi16>, %arg4: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<4xi32>, vector<8xi16>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%arg0) : (vector<8xi16>) -> vector<4xi32>
    %1 = arith.subi %arg2, %0 : vector<4xi32>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %2 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%arg1) : (vector<8xi16>) -> vector<4xi32>
    %cst_1 = arith.constant dense<1> : vector<4xi32>
    %3 = arith.shli %2, %cst_1 : vector<4xi32>
    %4 = arith.subi %1, %3 : vector<4xi32>
    %cst_2 = arith.constant dense<0> : vector<8xi16>
    %cst_3 = arith.constant dense<0> : vector<8xi16>
    return %cst, %cst_0, %4, %cst_2, %cst_3 : vector<8xi16>, vector<8xi16>, vector<4xi32>, vector<8xi16>, vector<8xi16>
  }
  func.func @end_0(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<4xi32>, %arg3: vector<8xi16>, %arg4: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<4xi32>, vector<8xi16>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%arg0) : (vector<8xi16>) -> vector<4xi32>
    %1 = arith.subi %arg2, %0 : vector<4xi32>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %2 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%arg1) : (vector<8xi16>) -> vector<4xi32>
    %cst_1 = arith.constant dense<1> : vector<4xi32>
    %3 = arith.shli %2, %cst_1 : vector<4xi32>
    %4 = arith.subi %1, %3 : vector<4xi32>
    %cst_2 = arith.constant dense<0> : vector<8xi16>
    %cst_3 = arith.constant dense<0> : vector<8xi16>
    %cst_4 = arith.constant dense<1> : vector<4xi32>
    %5 = arith.shli %4, %cst_4 : vector<4xi32>
    return %cst, %cst_0, %5, %cst_2, %cst_3 : vector<8xi16>, vector<8xi16>, vector<4xi32>, vector<8xi16>, vector<8xi16>
  }
  func.func @step_1_1(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<4xi32>, %arg3: vector<8xi16>, %arg4: vector<8xi16>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<4xi32>, vector<8xi16>, vector<8xi16>) {
    %0 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg7 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %arg6 : vector<8xi16> to vector<16xi8>
    %5 = vector.bitcast %arg7 : vector<8xi16> to vector<16xi8>
    %6 = arith.andi %4, %5 : vector<16xi8>
    %7 = vector.bitcast %6 : vector<16xi8> to vector<8xi16>
    %8 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %9 = math.ctpop %8 : vector<16xi8>
    %10 = vector.bitcast %7 : vector<8xi16> to vector<16xi8>
    %11 = math.ctpop %10 : vector<16xi8>
    %12 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%9) : (vector<16xi8>) -> vector<8xi16>
    %13 = arith.addi %arg3, %12 : vector<8xi16>
    %14 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%11) : (vector<16xi8>) -> vector<8xi16>
    %15 = arith.addi %arg4, %14 : vector<8xi16>
    return %arg0, %arg1, %arg2, %13, %15 : vector<8xi16>, vector<8xi16>, vector<4xi32>, vector<8xi16>, vector<8xi16>
  }
  func.func @flush_1(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<4xi32>, %arg3: vector<8xi16>, %arg4: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<4xi32>, vector<8xi16>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %cst_1 = arith.constant dense<0> : vector<8xi16>
    %0 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%arg3) : (vector<8xi16>) -> vector<4xi32>
    %1 = arith.addi %arg2, %0 : vector<4xi32>
    %cst_2 = arith.constant dense<0> : vector<8xi16>
    %2 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%arg4) : (vector<8xi16>) -> vector<4xi32>
    %cst_3 = arith.constant dense<1> : vector<4xi32>
    %3 = arith.shli %2, %cst_3 : vector<4xi32>
    %4 = arith.addi %1, %3 : vector<4xi32>
    return %cst, %cst_0, %4, %cst_1, %cst_2 : vector<8xi16>, vector<8xi16>, vector<4xi32>, vector<8xi16>, vector<8xi16>
  }
  func.func @end_1(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<4xi32>, %arg3: vector<8xi16>, %arg4: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<4xi32>, vector<8xi16>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %cst_1 = arith.constant dense<0> : vector<8xi16>
    %0 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%arg3) : (vector<8xi16>) -> vector<4xi32>
    %1 = arith.addi %arg2, %0 : vector<4xi32>
    %cst_2 = arith.constant dense<0> : vector<8xi16>
    %2 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%arg4) : (vector<8xi16>) -> vector<4xi32>
    %cst_3 = arith.constant dense<1> : vector<4xi32>
    %3 = arith.shli %2, %cst_3 : vector<4xi32>
    %4 = arith.addi %1, %3 : vector<4xi32>
    return %cst, %cst_0, %4, %cst_1, %cst_2 : vector<8xi16>, vector<8xi16>, vector<4xi32>, vector<8xi16>, vector<8xi16>
  }
  func.func @finish(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<4xi32>, %arg3: vector<8xi16>, %arg4: vector<8xi16>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<4xi32>, %arg8: vector<8xi16>, %arg9: vector<8xi16>, %arg10: vector<8xi16>, %arg11: vector<8xi16>, %arg12: vector<4xi32>, %arg13: vector<8xi16>, %arg14: vector<8xi16>, %arg15: vector<8xi16>, %arg16: vector<8xi16>, %arg17: vector<4xi32>, %arg18: vector<8xi16>, %arg19: vector<8xi16>) -> vector<4xi32> {
    %0 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%arg2, %arg7) : (vector<4xi32>, vector<4xi32>) -> vector<4xi32>
    %1 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%arg12, %arg17) : (vector<4xi32>, vector<4xi32>) -> vector<4xi32>
    %2 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%0, %1) : (vector<4xi32>, vector<4xi32>) -> vector<4xi32>
    return %2 : vector<4xi32>
  }
}

