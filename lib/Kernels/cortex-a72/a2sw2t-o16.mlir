// bitserial kernel, format 1
// key: planes=2,2 terms=5:1,6:-2,9:-1,10:2 word=16 lanes=outputs target=AArch64:cortex-a72 model=cortex-a72 features=neon vectors=32x128 semantics=0371ec95c5a6df56 prover=2 search=3 cost=3 version=0.1.0/22.1.8
// blake3: bc397f45d2be5d985e8e4b452a15015f36d5326b5a0660df12b99bee526043b5
module @"a2sw2t-o16" attributes {bitserial.kernel = {cpu = "cortex-a72", cycles = "6.38", features = ["neon"], group = 1 : i64, passes = [{capacity = 65535 : i64, planes = [0, 1, 2], steps = [{cost = 64 : i64, words = 4 : i64}, {cost = 16 : i64, words = 1 : i64}]}, {capacity = 65535 : i64, planes = [0, 1, 3], steps = [{cost = 64 : i64, words = 4 : i64}, {cost = 16 : i64, words = 1 : i64}]}], sketch = "count bytes; 16-bit counters of pairs; weights in steps, multiplied; 4 words per step; passes: a0*w0 - 2*a1*w0, then -a0*w1 + 2*a1*w1", spec = {lanes = "outputs", planes = [2, 2], terms = [[5, 1], [6, -2], [9, -1], [10, 2]], word = 16 : i64}, state = ["counter", "counter", "sum", "counter", "counter"], tile = [1, 8]}} {
  func.func @step_0_4(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi32>, %arg3: vector<8xi16>, %arg4: vector<8xi16>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi16>, %arg8: vector<8xi16>, %arg9: vector<8xi16>, %arg10: vector<8xi16>, %arg11: vector<8xi16>, %arg12: vector<8xi16>, %arg13: vector<8xi16>, %arg14: vector<8xi16>, %arg15: vector<8xi16>, %arg16: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<8xi32>, vector<8xi16>, vector<8xi16>) {
    %0 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg7 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %arg6 : vector<8xi16> to vector<16xi8>
    %5 = vector.bitcast %arg7 : vector<8xi16> to vector<16xi8>
    %6 = arith.andi %4, %5 : vector<16xi8>
    %7 = vector.bitcast %6 : vector<16xi8> to vector<8xi16>
    %8 = vector.bitcast %arg8 : vector<8xi16> to vector<16xi8>
    %9 = vector.bitcast %arg10 : vector<8xi16> to vector<16xi8>
    %10 = arith.andi %8, %9 : vector<16xi8>
    %11 = vector.bitcast %10 : vector<16xi8> to vector<8xi16>
    %12 = vector.bitcast %arg9 : vector<8xi16> to vector<16xi8>
    %13 = vector.bitcast %arg10 : vector<8xi16> to vector<16xi8>
    %14 = arith.andi %12, %13 : vector<16xi8>
    %15 = vector.bitcast %14 : vector<16xi8> to vector<8xi16>
    %16 = vector.bitcast %arg11 : vector<8xi16> to vector<16xi8>
    %17 = vector.bitcast %arg13 : vector<8xi16> to vector<16xi8>
    %18 = arith.andi %16, %17 : vector<16xi8>
    %19 = vector.bitcast %18 : vector<16xi8> to vector<8xi16>
    %20 = vector.bitcast %arg12 : vector<8xi16> to vector<16xi8>
    %21 = vector.bitcast %arg13 : vector<8xi16> to vector<16xi8>
    %22 = arith.andi %20, %21 : vector<16xi8>
    %23 = vector.bitcast %22 : vector<16xi8> to vector<8xi16>
    %24 = vector.bitcast %arg14 : vector<8xi16> to vector<16xi8>
    %25 = vector.bitcast %arg16 : vector<8xi16> to vector<16xi8>
    %26 = arith.andi %24, %25 : vector<16xi8>
    %27 = vector.bitcast %26 : vector<16xi8> to vector<8xi16>
    %28 = vector.bitcast %arg15 : vector<8xi16> to vector<16xi8>
    %29 = vector.bitcast %arg16 : vector<8xi16> to vector<16xi8>
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
    %42 = vector.bitcast %23 : vector<8xi16> to vector<16xi8>
    %43 = math.ctpop %42 : vector<16xi8>
    %44 = vector.bitcast %27 : vector<8xi16> to vector<16xi8>
    %45 = math.ctpop %44 : vector<16xi8>
    %46 = vector.bitcast %31 : vector<8xi16> to vector<16xi8>
    %47 = math.ctpop %46 : vector<16xi8>
    %48 = arith.addi %33, %37 : vector<16xi8>
    %49 = arith.addi %48, %41 : vector<16xi8>
    %50 = arith.addi %49, %45 : vector<16xi8>
    %51 = arith.addi %35, %39 : vector<16xi8>
    %52 = arith.addi %51, %43 : vector<16xi8>
    %53 = arith.addi %52, %47 : vector<16xi8>
    %54 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%50) : (vector<16xi8>) -> vector<8xi16>
    %55 = arith.addi %arg0, %54 : vector<8xi16>
    %56 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%53) : (vector<16xi8>) -> vector<8xi16>
    %57 = arith.addi %arg1, %56 : vector<8xi16>
    return %55, %57, %arg2, %arg3, %arg4 : vector<8xi16>, vector<8xi16>, vector<8xi32>, vector<8xi16>, vector<8xi16>
  }
  func.func @step_0_1(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi32>, %arg3: vector<8xi16>, %arg4: vector<8xi16>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<8xi32>, vector<8xi16>, vector<8xi16>) {
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
    return %13, %15, %arg2, %arg3, %arg4 : vector<8xi16>, vector<8xi16>, vector<8xi32>, vector<8xi16>, vector<8xi16>
  }
  func.func @flush_0(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi32>, %arg3: vector<8xi16>, %arg4: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<8xi32>, vector<8xi16>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg0 : vector<8xi16> to vector<8xi32>
    %1 = arith.addi %arg2, %0 : vector<8xi32>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %2 = arith.extui %arg1 : vector<8xi16> to vector<8xi32>
    %cst_1 = arith.constant dense<1> : vector<8xi32>
    %3 = arith.shli %2, %cst_1 : vector<8xi32>
    %4 = arith.subi %1, %3 : vector<8xi32>
    %cst_2 = arith.constant dense<0> : vector<8xi16>
    %cst_3 = arith.constant dense<0> : vector<8xi16>
    return %cst, %cst_0, %4, %cst_2, %cst_3 : vector<8xi16>, vector<8xi16>, vector<8xi32>, vector<8xi16>, vector<8xi16>
  }
  func.func @end_0(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi32>, %arg3: vector<8xi16>, %arg4: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<8xi32>, vector<8xi16>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg0 : vector<8xi16> to vector<8xi32>
    %1 = arith.addi %arg2, %0 : vector<8xi32>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %2 = arith.extui %arg1 : vector<8xi16> to vector<8xi32>
    %cst_1 = arith.constant dense<1> : vector<8xi32>
    %3 = arith.shli %2, %cst_1 : vector<8xi32>
    %4 = arith.subi %1, %3 : vector<8xi32>
    %cst_2 = arith.constant dense<0> : vector<8xi16>
    %cst_3 = arith.constant dense<0> : vector<8xi16>
    return %cst, %cst_0, %4, %cst_2, %cst_3 : vector<8xi16>, vector<8xi16>, vector<8xi32>, vector<8xi16>, vector<8xi16>
  }
  func.func @step_1_4(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi32>, %arg3: vector<8xi16>, %arg4: vector<8xi16>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi16>, %arg8: vector<8xi16>, %arg9: vector<8xi16>, %arg10: vector<8xi16>, %arg11: vector<8xi16>, %arg12: vector<8xi16>, %arg13: vector<8xi16>, %arg14: vector<8xi16>, %arg15: vector<8xi16>, %arg16: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<8xi32>, vector<8xi16>, vector<8xi16>) {
    %0 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg7 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %arg6 : vector<8xi16> to vector<16xi8>
    %5 = vector.bitcast %arg7 : vector<8xi16> to vector<16xi8>
    %6 = arith.andi %4, %5 : vector<16xi8>
    %7 = vector.bitcast %6 : vector<16xi8> to vector<8xi16>
    %8 = vector.bitcast %arg8 : vector<8xi16> to vector<16xi8>
    %9 = vector.bitcast %arg10 : vector<8xi16> to vector<16xi8>
    %10 = arith.andi %8, %9 : vector<16xi8>
    %11 = vector.bitcast %10 : vector<16xi8> to vector<8xi16>
    %12 = vector.bitcast %arg9 : vector<8xi16> to vector<16xi8>
    %13 = vector.bitcast %arg10 : vector<8xi16> to vector<16xi8>
    %14 = arith.andi %12, %13 : vector<16xi8>
    %15 = vector.bitcast %14 : vector<16xi8> to vector<8xi16>
    %16 = vector.bitcast %arg11 : vector<8xi16> to vector<16xi8>
    %17 = vector.bitcast %arg13 : vector<8xi16> to vector<16xi8>
    %18 = arith.andi %16, %17 : vector<16xi8>
    %19 = vector.bitcast %18 : vector<16xi8> to vector<8xi16>
    %20 = vector.bitcast %arg12 : vector<8xi16> to vector<16xi8>
    %21 = vector.bitcast %arg13 : vector<8xi16> to vector<16xi8>
    %22 = arith.andi %20, %21 : vector<16xi8>
    %23 = vector.bitcast %22 : vector<16xi8> to vector<8xi16>
    %24 = vector.bitcast %arg14 : vector<8xi16> to vector<16xi8>
    %25 = vector.bitcast %arg16 : vector<8xi16> to vector<16xi8>
    %26 = arith.andi %24, %25 : vector<16xi8>
    %27 = vector.bitcast %26 : vector<16xi8> to vector<8xi16>
    %28 = vector.bitcast %arg15 : vector<8xi16> to vector<16xi8>
    %29 = vector.bitcast %arg16 : vector<8xi16> to vector<16xi8>
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
    %42 = vector.bitcast %23 : vector<8xi16> to vector<16xi8>
    %43 = math.ctpop %42 : vector<16xi8>
    %44 = vector.bitcast %27 : vector<8xi16> to vector<16xi8>
    %45 = math.ctpop %44 : vector<16xi8>
    %46 = vector.bitcast %31 : vector<8xi16> to vector<16xi8>
    %47 = math.ctpop %46 : vector<16xi8>
    %48 = arith.addi %35, %39 : vector<16xi8>
    %49 = arith.addi %48, %43 : vector<16xi8>
    %50 = arith.addi %49, %47 : vector<16xi8>
    %51 = arith.addi %33, %37 : vector<16xi8>
    %52 = arith.addi %51, %41 : vector<16xi8>
    %53 = arith.addi %52, %45 : vector<16xi8>
    %54 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%50) : (vector<16xi8>) -> vector<8xi16>
    %55 = arith.addi %arg3, %54 : vector<8xi16>
    %56 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%53) : (vector<16xi8>) -> vector<8xi16>
    %57 = arith.addi %arg4, %56 : vector<8xi16>
    return %arg0, %arg1, %arg2, %55, %57 : vector<8xi16>, vector<8xi16>, vector<8xi32>, vector<8xi16>, vector<8xi16>
  }
  func.func @step_1_1(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi32>, %arg3: vector<8xi16>, %arg4: vector<8xi16>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<8xi32>, vector<8xi16>, vector<8xi16>) {
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
    %12 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%11) : (vector<16xi8>) -> vector<8xi16>
    %13 = arith.addi %arg3, %12 : vector<8xi16>
    %14 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%9) : (vector<16xi8>) -> vector<8xi16>
    %15 = arith.addi %arg4, %14 : vector<8xi16>
    return %arg0, %arg1, %arg2, %13, %15 : vector<8xi16>, vector<8xi16>, vector<8xi32>, vector<8xi16>, vector<8xi16>
  }
  func.func @flush_1(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi32>, %arg3: vector<8xi16>, %arg4: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<8xi32>, vector<8xi16>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %cst_1 = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg3 : vector<8xi16> to vector<8xi32>
    %cst_2 = arith.constant dense<1> : vector<8xi32>
    %1 = arith.shli %0, %cst_2 : vector<8xi32>
    %2 = arith.addi %arg2, %1 : vector<8xi32>
    %cst_3 = arith.constant dense<0> : vector<8xi16>
    %3 = arith.extui %arg4 : vector<8xi16> to vector<8xi32>
    %4 = arith.subi %2, %3 : vector<8xi32>
    return %cst, %cst_0, %4, %cst_1, %cst_3 : vector<8xi16>, vector<8xi16>, vector<8xi32>, vector<8xi16>, vector<8xi16>
  }
  func.func @end_1(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi32>, %arg3: vector<8xi16>, %arg4: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<8xi32>, vector<8xi16>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %cst_1 = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg3 : vector<8xi16> to vector<8xi32>
    %cst_2 = arith.constant dense<1> : vector<8xi32>
    %1 = arith.shli %0, %cst_2 : vector<8xi32>
    %2 = arith.addi %arg2, %1 : vector<8xi32>
    %cst_3 = arith.constant dense<0> : vector<8xi16>
    %3 = arith.extui %arg4 : vector<8xi16> to vector<8xi32>
    %4 = arith.subi %2, %3 : vector<8xi32>
    return %cst, %cst_0, %4, %cst_1, %cst_3 : vector<8xi16>, vector<8xi16>, vector<8xi32>, vector<8xi16>, vector<8xi16>
  }
  func.func @finish(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi32>, %arg3: vector<8xi16>, %arg4: vector<8xi16>) -> vector<8xi32> {
    return %arg2 : vector<8xi32>
  }
}

