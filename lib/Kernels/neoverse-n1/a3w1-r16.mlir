// bitserial kernel, format 1
// key: planes=3,1 terms=9:1,10:2,12:4 word=16 lanes=reduction target=AArch64:neoverse-n1 model=neoverse-n1 features=dotprod,neon vectors=32x128 semantics=0371ec95c5a6df56 prover=2 search=2 cost=2 version=0.1.0/22.1.8
// blake3: 070093a619b0ab9f13e2915650f2f92c15af51af69c4d23eb2f827fde298166f
module @"a3w1-r16" attributes {bitserial.kernel = {cpu = "neoverse-n1", cycles = "4.50", features = ["neon"], group = 4 : i64, passes = [{capacity = 65535 : i64, planes = [0, 1, 2, 3], steps = [{cost = 32 : i64, words = 2 : i64}, {cost = 16 : i64, words = 1 : i64}]}], sketch = "count bytes; 16-bit counters of pairs; weights after counting; 2 words per step; groups of 4; passes: a0*w0 + 2*a1*w0 + 4*a2*w0", spec = {lanes = "reduction", planes = [3, 1], terms = [[9, 1], [10, 2], [12, 4]], word = 16 : i64}, state = ["counter", "counter", "counter", "sum"], tile = [1, 4]}} {
  func.func @step_0_2(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi16>, %arg3: vector<4xi32>, %arg4: vector<8xi16>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi16>, %arg8: vector<8xi16>, %arg9: vector<8xi16>, %arg10: vector<8xi16>, %arg11: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<4xi32>) {
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
    %12 = vector.bitcast %arg8 : vector<8xi16> to vector<16xi8>
    %13 = vector.bitcast %arg11 : vector<8xi16> to vector<16xi8>
    %14 = arith.andi %12, %13 : vector<16xi8>
    %15 = vector.bitcast %14 : vector<16xi8> to vector<8xi16>
    %16 = vector.bitcast %arg9 : vector<8xi16> to vector<16xi8>
    %17 = vector.bitcast %arg11 : vector<8xi16> to vector<16xi8>
    %18 = arith.andi %16, %17 : vector<16xi8>
    %19 = vector.bitcast %18 : vector<16xi8> to vector<8xi16>
    %20 = vector.bitcast %arg10 : vector<8xi16> to vector<16xi8>
    %21 = vector.bitcast %arg11 : vector<8xi16> to vector<16xi8>
    %22 = arith.andi %20, %21 : vector<16xi8>
    %23 = vector.bitcast %22 : vector<16xi8> to vector<8xi16>
    %24 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %25 = math.ctpop %24 : vector<16xi8>
    %26 = vector.bitcast %7 : vector<8xi16> to vector<16xi8>
    %27 = math.ctpop %26 : vector<16xi8>
    %28 = vector.bitcast %11 : vector<8xi16> to vector<16xi8>
    %29 = math.ctpop %28 : vector<16xi8>
    %30 = vector.bitcast %15 : vector<8xi16> to vector<16xi8>
    %31 = math.ctpop %30 : vector<16xi8>
    %32 = arith.addi %25, %31 : vector<16xi8>
    %33 = vector.bitcast %19 : vector<8xi16> to vector<16xi8>
    %34 = math.ctpop %33 : vector<16xi8>
    %35 = arith.addi %27, %34 : vector<16xi8>
    %36 = vector.bitcast %23 : vector<8xi16> to vector<16xi8>
    %37 = math.ctpop %36 : vector<16xi8>
    %38 = arith.addi %29, %37 : vector<16xi8>
    %39 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%32) : (vector<16xi8>) -> vector<8xi16>
    %40 = arith.addi %arg0, %39 : vector<8xi16>
    %41 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%35) : (vector<16xi8>) -> vector<8xi16>
    %42 = arith.addi %arg1, %41 : vector<8xi16>
    %43 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%38) : (vector<16xi8>) -> vector<8xi16>
    %44 = arith.addi %arg2, %43 : vector<8xi16>
    return %40, %42, %44, %arg3 : vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<4xi32>
  }
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
    %7 = arith.addi %4, %6 : vector<4xi32>
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
    %7 = arith.addi %4, %6 : vector<4xi32>
    return %cst, %cst_0, %cst_2, %7 : vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<4xi32>
  }
  func.func @finish(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi16>, %arg3: vector<4xi32>, %arg4: vector<8xi16>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<4xi32>, %arg8: vector<8xi16>, %arg9: vector<8xi16>, %arg10: vector<8xi16>, %arg11: vector<4xi32>, %arg12: vector<8xi16>, %arg13: vector<8xi16>, %arg14: vector<8xi16>, %arg15: vector<4xi32>) -> vector<4xi32> {
    %0 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%arg3, %arg7) : (vector<4xi32>, vector<4xi32>) -> vector<4xi32>
    %1 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%arg11, %arg15) : (vector<4xi32>, vector<4xi32>) -> vector<4xi32>
    %2 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%0, %1) : (vector<4xi32>, vector<4xi32>) -> vector<4xi32>
    return %2 : vector<4xi32>
  }
}

