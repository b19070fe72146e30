// bitserial kernel, format 1
// key: planes=2,2 terms=5:1,6:2,9:-1,10:-2 word=16 lanes=reduction target=AArch64:neoverse-n1 model=neoverse-n1 features=dotprod,neon vectors=32x128 semantics=0371ec95c5a6df56 prover=2 search=2 cost=2 version=0.1.0/22.1.8
// blake3: bbb2d3a70e7e04d364cab9c230f64f416b8a5be3432d967d7070fb1e8ebb1c97
module @"a2w2t-r16" attributes {bitserial.kernel = {cpu = "neoverse-n1", cycles = "6.00", features = ["neon"], group = 4 : i64, passes = [{capacity = 65535 : i64, planes = [0, 1, 2, 3], steps = [{cost = 32 : i64, words = 2 : i64}, {cost = 16 : i64, words = 1 : i64}]}], sketch = "count bytes; 16-bit counters of pairs; weights after counting; 2 words per step; groups of 4; passes: a0*w0 + 2*a1*w0 - a0*w1 - 2*a1*w1", spec = {lanes = "reduction", planes = [2, 2], terms = [[5, 1], [6, 2], [9, -1], [10, -2]], word = 16 : i64}, state = ["counter", "counter", "counter", "counter", "sum"], tile = [1, 4]}} {
  func.func @step_0_2(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<4xi32>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi16>, %arg8: vector<8xi16>, %arg9: vector<8xi16>, %arg10: vector<8xi16>, %arg11: vector<8xi16>, %arg12: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<4xi32>) {
    %0 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg7 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %arg6 : vector<8xi16> to vector<16xi8>
    %5 = vector.bitcast %arg7 : vector<8xi16> to vector<16xi8>
    %6 = arith.andi %4, %5 : vector<16xi8>
    %7 = vector.bitcast %6 : vector<16xi8> to vector<8xi16>
    %8 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %9 = vector.bitcast %arg8 : vector<8xi16> to vector<16xi8>
    %10 = arith.andi %8, %9 : vector<16xi8>
    %11 = vector.bitcast %10 : vector<16xi8> to vector<8xi16>
    %12 = vector.bitcast %arg6 : vector<8xi16> to vector<16xi8>
    %13 = vector.bitcast %arg8 : vector<8xi16> to vector<16xi8>
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
    %24 = vector.bitcast %arg9 : vector<8xi16> to vector<16xi8>
    %25 = vector.bitcast %arg12 : vector<8xi16> to vector<16xi8>
    %26 = arith.andi %24, %25 : vector<16xi8>
    %27 = vector.bitcast %26 : vector<16xi8> to vector<8xi16>
    %28 = vector.bitcast %arg10 : vector<8xi16> to vector<16xi8>
    %29 = vector.bitcast %arg12 : vector<8xi16> to vector<16xi8>
    %30 = arith.andi %28, %29 : vector<16xi8>
    %31 = vector.bitcast %30 : vector<16xi8> to vector<8xi16>
    %32 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %33 = math.ctpop %32 : vector<16xi8>
    %34 = vector.bitcast %7 : vector<8xi16> to vector<16xi8>
    %35 = math.ctpop %34 : vector<16xi8>
    %36 = vector.bitcast %11 : vector<8xi16> to vector<16xi8>
    %37 = math.ctpop %36 : vector<16xi8>
    %38 = vector.bitcast %15 : vector<8xi16> to vector<16xi8>
    %39 = math.ctpop %38 : vector<16xi8>
    %40 = vector.bitcast %19 : vector<8xi16> to vector<16xi8>
    %41 = math.ctpop %40 : vector<16xi8>
    %42 = arith.addi %33, %41 : vector<16xi8>
    %43 = vector.bitcast %23 : vector<8xi16> to vector<16xi8>
    %44 = math.ctpop %43 : vector<16xi8>
    %45 = arith.addi %35, %44 : vector<16xi8>
    %46 = vector.bitcast %27 : vector<8xi16> to vector<16xi8>
    %47 = math.ctpop %46 : vector<16xi8>
    %48 = arith.addi %37, %47 : vector<16xi8>
    %49 = vector.bitcast %31 : vector<8xi16> to vector<16xi8>
    %50 = math.ctpop %49 : vector<16xi8>
    %51 = arith.addi %39, %50 : vector<16xi8>
    %52 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%42) : (vector<16xi8>) -> vector<8xi16>
    %53 = arith.addi %arg0, %52 : vector<8xi16>
    %54 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%45) : (vector<16xi8>) -> vector<8xi16>
    %55 = arith.addi %arg1, %54 : vector<8xi16>
    %56 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%48) : (vector<16xi8>) -> vector<8xi16>
    %57 = arith.addi %arg2, %56 : vector<8xi16>
    %58 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%51) : (vector<16xi8>) -> vector<8xi16>
    %59 = arith.addi %arg3, %58 : vector<8xi16>
    return %53, %55, %57, %59, %arg4 : vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<4xi32>
  }
  func.func @step_0_1(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<4xi32>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi16>, %arg8: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<4xi32>) {
    %0 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg7 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %arg6 : vector<8xi16> to vector<16xi8>
    %5 = vector.bitcast %arg7 : vector<8xi16> to vector<16xi8>
    %6 = arith.andi %4, %5 : vector<16xi8>
    %7 = vector.bitcast %6 : vector<16xi8> to vector<8xi16>
    %8 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %9 = vector.bitcast %arg8 : vector<8xi16> to vector<16xi8>
    %10 = arith.andi %8, %9 : vector<16xi8>
    %11 = vector.bitcast %10 : vector<16xi8> to vector<8xi16>
    %12 = vector.bitcast %arg6 : vector<8xi16> to vector<16xi8>
    %13 = vector.bitcast %arg8 : vector<8xi16> to vector<16xi8>
    %14 = arith.andi %12, %13 : vector<16xi8>
    %15 = vector.bitcast %14 : vector<16xi8> to vector<8xi16>
    %16 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %17 = math.ctpop %16 : vector<16xi8>
    %18 = vector.bitcast %7 : vector<8xi16> to vector<16xi8>
    %19 = math.ctpop %18 : vector<16xi8>
    %20 = vector.bitcast %11 : vector<8xi16> to vector<16xi8>
    %21 = math.ctpop %20 : vector<16xi8>
    %22 = vector.bitcast %15 : vector<8xi16> to vector<16xi8>
    %23 = math.ctpop %22 : vector<16xi8>
    %24 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%17) : (vector<16xi8>) -> vector<8xi16>
    %25 = arith.addi %arg0, %24 : vector<8xi16>
    %26 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%19) : (vector<16xi8>) -> vector<8xi16>
    %27 = arith.addi %arg1, %26 : vector<8xi16>
    %28 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%21) : (vector<16xi8>) -> vector<8xi16>
    %29 = arith.addi %arg2, %28 : vector<8xi16>
    %30 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%23) : (vector<16xi8>) -> vector<8xi16>
    %31 = arith.addi %arg3, %30 : vector<8xi16>
    return %25, %27, %29, %31, %arg4 : vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<4xi32>
  }
  func.func @flush_0(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<4xi32>) -> (vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<4xi32>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%arg0) : (vector<8xi16>) -> vector<4xi32>
    %1 = arith.addi %arg4, %0 : vector<4xi32>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %2 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%arg1) : (vector<8xi16>) -> vector<4xi32>
    %cst_1 = arith.constant dense<1> : vector<4xi32>
    %3 = arith.shli %2, %cst_1 : vector<4xi32>
    %4 = arith.addi %1, %3 : vector<4xi32>
    %cst_2 = arith.constant dense<0> : vector<8xi16>
    %5 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%arg2) : (vector<8xi16>) -> vector<4xi32>
    %6 = arith.subi %4, %5 : vector<4xi32>
    %cst_3 = arith.constant dense<0> : vector<8xi16>
    %7 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%arg3) : (vector<8xi16>) -> vector<4xi32>
    %cst_4 = arith.constant dense<1> : vector<4xi32>
    %8 = arith.shli %7, %cst_4 : vector<4xi32>
    %9 = arith.subi %6, %8 : vector<4xi32>
    return %cst, %cst_0, %cst_2, %cst_3, %9 : vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<4xi32>
  }
  func.func @end_0(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<4xi32>) -> (vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<4xi32>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%arg0) : (vector<8xi16>) -> vector<4xi32>
    %1 = arith.addi %arg4, %0 : vector<4xi32>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %2 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%arg1) : (vector<8xi16>) -> vector<4xi32>
    %cst_1 = arith.constant dense<1> : vector<4xi32>
    %3 = arith.shli %2, %cst_1 : vector<4xi32>
    %4 = arith.addi %1, %3 : vector<4xi32>
    %cst_2 = arith.constant dense<0> : vector<8xi16>
    %5 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%arg2) : (vector<8xi16>) -> vector<4xi32>
    %6 = arith.subi %4, %5 : vector<4xi32>
    %cst_3 = arith.constant dense<0> : vector<8xi16>
    %7 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%arg3) : (vector<8xi16>) -> vector<4xi32>
    %cst_4 = arith.constant dense<1> : vector<4xi32>
    %8 = arith.shli %7, %cst_4 : vector<4xi32>
    %9 = arith.subi %6, %8 : vector<4xi32>
    return %cst, %cst_0, %cst_2, %cst_3, %9 : vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<4xi32>
  }
  func.func @finish(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<4xi32>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi16>, %arg8: vector<8xi16>, %arg9: vector<4xi32>, %arg10: vector<8xi16>, %arg11: vector<8xi16>, %arg12: vector<8xi16>, %arg13: vector<8xi16>, %arg14: vector<4xi32>, %arg15: vector<8xi16>, %arg16: vector<8xi16>, %arg17: vector<8xi16>, %arg18: vector<8xi16>, %arg19: vector<4xi32>) -> vector<4xi32> {
    %0 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%arg4, %arg9) : (vector<4xi32>, vector<4xi32>) -> vector<4xi32>
    %1 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%arg14, %arg19) : (vector<4xi32>, vector<4xi32>) -> vector<4xi32>
    %2 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%0, %1) : (vector<4xi32>, vector<4xi32>) -> vector<4xi32>
    return %2 : vector<4xi32>
  }
}

