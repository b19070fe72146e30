// bitserial kernel, format 1
// key: planes=2,2 terms=5:1,6:-1,9:2,10:-2 word=16 lanes=outputs target=AArch64:cortex-a72 model=cortex-a72 features=neon vectors=32x128 semantics=0371ec95c5a6df56 prover=1 search=2 cost=2 version=0.1.0/22.1.8
// blake3: c73555d258e2e140c3d99e2e2470fd651b007d16b5403df51341eaf666459102
module @"a2tw2-o16" attributes {bitserial.kernel = {cpu = "cortex-a72", cycles = "6.42", features = ["neon"], group = 1 : i64, passes = [{capacity = 65535 : i64, planes = [0, 1, 3], steps = [{cost = 48 : i64, words = 3 : i64}, {cost = 16 : i64, words = 1 : i64}]}, {capacity = 65535 : i64, planes = [0, 1, 2], steps = [{cost = 48 : i64, words = 3 : i64}, {cost = 16 : i64, words = 1 : i64}]}], sketch = "count bytes; 16-bit counters of pairs; weights after passes; 3 words per step; passes: -p1*p3 + p0*p3, times 2, then -p1*p2 + p0*p2", spec = {lanes = "outputs", planes = [2, 2], terms = [[5, 1], [6, -1], [9, 2], [10, -2]], word = 16 : i64}, state = ["counter", "counter", "sum"], tile = [1, 8]}} {
  func.func @step_0_3(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi32>, %arg3: vector<8xi16>, %arg4: vector<8xi16>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi16>, %arg8: vector<8xi16>, %arg9: vector<8xi16>, %arg10: vector<8xi16>, %arg11: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<8xi32>) {
    %0 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %arg3 : vector<8xi16> to vector<16xi8>
    %5 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %6 = arith.andi %4, %5 : vector<16xi8>
    %7 = vector.bitcast %6 : vector<16xi8> to vector<8xi16>
    %8 = vector.bitcast %arg7 : vector<8xi16> to vector<16xi8>
    %9 = vector.bitcast %arg8 : vector<8xi16> to vector<16xi8>
    %10 = arith.andi %8, %9 : vector<16xi8>
    %11 = vector.bitcast %10 : vector<16xi8> to vector<8xi16>
    %12 = vector.bitcast %arg6 : vector<8xi16> to vector<16xi8>
    %13 = vector.bitcast %arg8 : vector<8xi16> to vector<16xi8>
    %14 = arith.andi %12, %13 : vector<16xi8>
    %15 = vector.bitcast %14 : vector<16xi8> to vector<8xi16>
    %16 = vector.bitcast %arg10 : vector<8xi16> to vector<16xi8>
    %17 = vector.bitcast %arg11 : vector<8xi16> to vector<16xi8>
    %18 = arith.andi %16, %17 : vector<16xi8>
    %19 = vector.bitcast %18 : vector<16xi8> to vector<8xi16>
    %20 = vector.bitcast %arg9 : vector<8xi16> to vector<16xi8>
    %21 = vector.bitcast %arg11 : vector<8xi16> to vector<16xi8>
    %22 = arith.andi %20, %21 : vector<16xi8>
    %23 = vector.bitcast %22 : vector<16xi8> to vector<8xi16>
    %24 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %25 = math.ctpop %24 : vector<16xi8>
    %26 = vector.bitcast %7 : vector<8xi16> to vector<16xi8>
    %27 = math.ctpop %26 : vector<16xi8>
    %28 = vector.bitcast %11 : vector<8xi16> to vector<16xi8>
    %29 = math.ctpop %28 : vector<16xi8>
    %30 = arith.addi %25, %29 : vector<16xi8>
    %31 = vector.bitcast %15 : vector<8xi16> to vector<16xi8>
    %32 = math.ctpop %31 : vector<16xi8>
    %33 = arith.addi %27, %32 : vector<16xi8>
    %34 = vector.bitcast %19 : vector<8xi16> to vector<16xi8>
    %35 = math.ctpop %34 : vector<16xi8>
    %36 = arith.addi %30, %35 : vector<16xi8>
    %37 = vector.bitcast %23 : vector<8xi16> to vector<16xi8>
    %38 = math.ctpop %37 : vector<16xi8>
    %39 = arith.addi %33, %38 : vector<16xi8>
    %40 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%36) : (vector<16xi8>) -> vector<8xi16>
    %41 = arith.addi %arg0, %40 : vector<8xi16>
    %42 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%39) : (vector<16xi8>) -> vector<8xi16>
    %43 = arith.addi %arg1, %42 : vector<8xi16>
    return %41, %43, %arg2 : vector<8xi16>, vector<8xi16>, vector<8xi32>
  }
  func.func @step_0_1(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi32>, %arg3: vector<8xi16>, %arg4: vector<8xi16>, %arg5: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<8xi32>) {
    %0 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %arg3 : vector<8xi16> to vector<16xi8>
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
    return %13, %15, %arg2 : vector<8xi16>, vector<8xi16>, vector<8xi32>
  }
  func.func @flush_0(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi32>) -> (vector<8xi16>, vector<8xi16>, vector<8xi32>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg0 : vector<8xi16> to vector<8xi32>
    %1 = arith.subi %arg2, %0 : vector<8xi32>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %2 = arith.extui %arg1 : vector<8xi16> to vector<8xi32>
    %3 = arith.addi %1, %2 : vector<8xi32>
    return %cst, %cst_0, %3 : vector<8xi16>, vector<8xi16>, vector<8xi32>
  }
  func.func @end_0(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi32>) -> (vector<8xi16>, vector<8xi16>, vector<8xi32>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg0 : vector<8xi16> to vector<8xi32>
    %1 = arith.subi %arg2, %0 : vector<8xi32>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %2 = arith.extui %arg1 : vector<8xi16> to vector<8xi32>
    %3 = arith.addi %1, %2 : vector<8xi32>
    %cst_1 = arith.constant dense<1> : vector<8xi32>
    %4 = arith.shli %3, %cst_1 : vector<8xi32>
    return %cst, %cst_0, %4 : vector<8xi16>, vector<8xi16>, vector<8xi32>
  }
  func.func @step_1_3(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi32>, %arg3: vector<8xi16>, %arg4: vector<8xi16>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi16>, %arg8: vector<8xi16>, %arg9: vector<8xi16>, %arg10: vector<8xi16>, %arg11: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<8xi32>) {
    %0 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %arg3 : vector<8xi16> to vector<16xi8>
    %5 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %6 = arith.andi %4, %5 : vector<16xi8>
    %7 = vector.bitcast %6 : vector<16xi8> to vector<8xi16>
    %8 = vector.bitcast %arg7 : vector<8xi16> to vector<16xi8>
    %9 = vector.bitcast %arg8 : vector<8xi16> to vector<16xi8>
    %10 = arith.andi %8, %9 : vector<16xi8>
    %11 = vector.bitcast %10 : vector<16xi8> to vector<8xi16>
    %12 = vector.bitcast %arg6 : vector<8xi16> to vector<16xi8>
    %13 = vector.bitcast %arg8 : vector<8xi16> to vector<16xi8>
    %14 = arith.andi %12, %13 : vector<16xi8>
    %15 = vector.bitcast %14 : vector<16xi8> to vector<8xi16>
    %16 = vector.bitcast %arg10 : vector<8xi16> to vector<16xi8>
    %17 = vector.bitcast %arg11 : vector<8xi16> to vector<16xi8>
    %18 = arith.andi %16, %17 : vector<16xi8>
    %19 = vector.bitcast %18 : vector<16xi8> to vector<8xi16>
    %20 = vector.bitcast %arg9 : vector<8xi16> to vector<16xi8>
    %21 = vector.bitcast %arg11 : vector<8xi16> to vector<16xi8>
    %22 = arith.andi %20, %21 : vector<16xi8>
    %23 = vector.bitcast %22 : vector<16xi8> to vector<8xi16>
    %24 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %25 = math.ctpop %24 : vector<16xi8>
    %26 = vector.bitcast %7 : vector<8xi16> to vector<16xi8>
    %27 = math.ctpop %26 : vector<16xi8>
    %28 = vector.bitcast %11 : vector<8xi16> to vector<16xi8>
    %29 = math.ctpop %28 : vector<16xi8>
    %30 = arith.addi %25, %29 : vector<16xi8>
    %31 = vector.bitcast %15 : vector<8xi16> to vector<16xi8>
    %32 = math.ctpop %31 : vector<16xi8>
    %33 = arith.addi %27, %32 : vector<16xi8>
    %34 = vector.bitcast %19 : vector<8xi16> to vector<16xi8>
    %35 = math.ctpop %34 : vector<16xi8>
    %36 = arith.addi %30, %35 : vector<16xi8>
    %37 = vector.bitcast %23 : vector<8xi16> to vector<16xi8>
    %38 = math.ctpop %37 : vector<16xi8>
    %39 = arith.addi %33, %38 : vector<16xi8>
    %40 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%36) : (vector<16xi8>) -> vector<8xi16>
    %41 = arith.addi %arg0, %40 : vector<8xi16>
    %42 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%39) : (vector<16xi8>) -> vector<8xi16>
    %43 = arith.addi %arg1, %42 : vector<8xi16>
    return %41, %43, %arg2 : vector<8xi16>, vector<8xi16>, vector<8xi32>
  }
  func.func @step_1_1(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi32>, %arg3: vector<8xi16>, %arg4: vector<8xi16>, %arg5: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<8xi32>) {
    %0 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %arg3 : vector<8xi16> to vector<16xi8>
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
    return %13, %15, %arg2 : vector<8xi16>, vector<8xi16>, vector<8xi32>
  }
  func.func @flush_1(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi32>) -> (vector<8xi16>, vector<8xi16>, vector<8xi32>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg0 : vector<8xi16> to vector<8xi32>
    %1 = arith.subi %arg2, %0 : vector<8xi32>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %2 = arith.extui %arg1 : vector<8xi16> to vector<8xi32>
    %3 = arith.addi %1, %2 : vector<8xi32>
    return %cst, %cst_0, %3 : vector<8xi16>, vector<8xi16>, vector<8xi32>
  }
  func.func @end_1(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi32>) -> (vector<8xi16>, vector<8xi16>, vector<8xi32>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg0 : vector<8xi16> to vector<8xi32>
    %1 = arith.subi %arg2, %0 : vector<8xi32>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %2 = arith.extui %arg1 : vector<8xi16> to vector<8xi32>
    %3 = arith.addi %1, %2 : vector<8xi32>
    return %cst, %cst_0, %3 : vector<8xi16>, vector<8xi16>, vector<8xi32>
  }
  func.func @finish(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi32>) -> vector<8xi32> {
    return %arg2 : vector<8xi32>
  }
}

