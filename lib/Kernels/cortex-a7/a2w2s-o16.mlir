// bitserial kernel, format 1
// key: planes=2,2 terms=5:1,6:2,9:-2,10:-4 word=16 lanes=outputs target=ARM:cortex-a7 model=cortex-r52 features=neon vectors=16x128 semantics=02740cc13617de67 prover=2 search=1 cost=1 version=0.1.0/22.1.8
// blake3: c6ad237441d2e4bbbbc16825a6827ff93f8b85bf2eda5aab91c9d5fd829fd4ad
module @"a2w2s-o16" attributes {bitserial.kernel = {cpu = "cortex-a7", cycles = "29.50", features = ["neon"], group = 1 : i64, passes = [{capacity = 65535 : i64, planes = [0, 1, 2, 3], steps = [{cost = 48 : i64, words = 2 : i64}, {cost = 32 : i64, words = 1 : i64}]}], sketch = "count bytes; 16-bit counters of pairs; weights after counting; carry-save of depth 1; 2 words per step; passes: a0*w0 + 2*a1*w0 - 2*a0*w1 - 4*a1*w1", spec = {lanes = "outputs", planes = [2, 2], terms = [[5, 1], [6, 2], [9, -2], [10, -4]], word = 16 : i64}, state = ["bits", "counter", "counter", "counter", "sum"], tile = [1, 1]}} {
  func.func @step_0_2(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi32>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi16>, %arg8: vector<8xi16>, %arg9: vector<8xi16>, %arg10: vector<8xi16>, %arg11: vector<8xi16>, %arg12: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi32>) {
    %0 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg8 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %arg9 : vector<8xi16> to vector<16xi8>
    %5 = vector.bitcast %arg12 : vector<8xi16> to vector<16xi8>
    %6 = arith.andi %4, %5 : vector<16xi8>
    %7 = vector.bitcast %6 : vector<16xi8> to vector<8xi16>
    %8 = vector.bitcast %arg6 : vector<8xi16> to vector<16xi8>
    %9 = vector.bitcast %arg8 : vector<8xi16> to vector<16xi8>
    %10 = arith.andi %8, %9 : vector<16xi8>
    %11 = vector.bitcast %10 : vector<16xi8> to vector<8xi16>
    %12 = vector.bitcast %arg10 : vector<8xi16> to vector<16xi8>
    %13 = vector.bitcast %arg12 : vector<8xi16> to vector<16xi8>
    %14 = arith.andi %12, %13 : vector<16xi8>
    %15 = vector.bitcast %14 : vector<16xi8> to vector<8xi16>
    %16 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %17 = vector.bitcast %arg7 : vector<8xi16> to vector<16xi8>
    %18 = arith.andi %16, %17 : vector<16xi8>
    %19 = vector.bitcast %18 : vector<16xi8> to vector<8xi16>
    %20 = vector.bitcast %arg9 : vector<8xi16> to vector<16xi8>
    %21 = vector.bitcast %arg11 : vector<8xi16> to vector<16xi8>
    %22 = arith.andi %20, %21 : vector<16xi8>
    %23 = vector.bitcast %22 : vector<16xi8> to vector<8xi16>
    %24 = vector.bitcast %arg0 : vector<8xi16> to vector<16xi8>
    %25 = vector.bitcast %19 : vector<8xi16> to vector<16xi8>
    %26 = arith.xori %24, %25 : vector<16xi8>
    %27 = vector.bitcast %26 : vector<16xi8> to vector<8xi16>
    %28 = vector.bitcast %23 : vector<8xi16> to vector<16xi8>
    %29 = vector.bitcast %27 : vector<8xi16> to vector<16xi8>
    %30 = arith.xori %28, %29 : vector<16xi8>
    %31 = vector.bitcast %30 : vector<16xi8> to vector<8xi16>
    %32 = vector.bitcast %27 : vector<8xi16> to vector<16xi8>
    %33 = vector.bitcast %23 : vector<8xi16> to vector<16xi8>
    %34 = vector.bitcast %arg0 : vector<8xi16> to vector<16xi8>
    %35 = llvm.call_intrinsic "llvm.arm.neon.vbsl"(%32, %33, %34) : (vector<16xi8>, vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %36 = vector.bitcast %35 : vector<16xi8> to vector<8xi16>
    %37 = vector.bitcast %arg6 : vector<8xi16> to vector<16xi8>
    %38 = vector.bitcast %arg7 : vector<8xi16> to vector<16xi8>
    %39 = arith.andi %37, %38 : vector<16xi8>
    %40 = vector.bitcast %39 : vector<16xi8> to vector<8xi16>
    %41 = vector.bitcast %arg10 : vector<8xi16> to vector<16xi8>
    %42 = vector.bitcast %arg11 : vector<8xi16> to vector<16xi8>
    %43 = arith.andi %41, %42 : vector<16xi8>
    %44 = vector.bitcast %43 : vector<16xi8> to vector<8xi16>
    %45 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %46 = math.ctpop %45 : vector<16xi8>
    %47 = vector.bitcast %7 : vector<8xi16> to vector<16xi8>
    %48 = math.ctpop %47 : vector<16xi8>
    %49 = arith.addi %46, %48 : vector<16xi8>
    %50 = vector.bitcast %11 : vector<8xi16> to vector<16xi8>
    %51 = math.ctpop %50 : vector<16xi8>
    %52 = vector.bitcast %15 : vector<8xi16> to vector<16xi8>
    %53 = math.ctpop %52 : vector<16xi8>
    %54 = arith.addi %51, %53 : vector<16xi8>
    %55 = vector.bitcast %40 : vector<8xi16> to vector<16xi8>
    %56 = math.ctpop %55 : vector<16xi8>
    %57 = vector.bitcast %44 : vector<8xi16> to vector<16xi8>
    %58 = math.ctpop %57 : vector<16xi8>
    %59 = arith.addi %56, %58 : vector<16xi8>
    %60 = vector.bitcast %36 : vector<8xi16> to vector<16xi8>
    %61 = math.ctpop %60 : vector<16xi8>
    %62 = arith.addi %59, %61 : vector<16xi8>
    %63 = llvm.call_intrinsic "llvm.arm.neon.vpadalu"(%arg1, %49) : (vector<8xi16>, vector<16xi8>) -> vector<8xi16>
    %64 = llvm.call_intrinsic "llvm.arm.neon.vpadalu"(%arg2, %54) : (vector<8xi16>, vector<16xi8>) -> vector<8xi16>
    %65 = llvm.call_intrinsic "llvm.arm.neon.vpadalu"(%arg3, %62) : (vector<8xi16>, vector<16xi8>) -> vector<8xi16>
    return %31, %63, %64, %65, %arg4 : vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi32>
  }
  func.func @step_0_1(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi32>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi16>, %arg8: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi32>) {
    %0 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg8 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %arg6 : vector<8xi16> to vector<16xi8>
    %5 = vector.bitcast %arg8 : vector<8xi16> to vector<16xi8>
    %6 = arith.andi %4, %5 : vector<16xi8>
    %7 = vector.bitcast %6 : vector<16xi8> to vector<8xi16>
    %8 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %9 = vector.bitcast %arg7 : vector<8xi16> to vector<16xi8>
    %10 = arith.andi %8, %9 : vector<16xi8>
    %11 = vector.bitcast %10 : vector<16xi8> to vector<8xi16>
    %12 = vector.bitcast %arg0 : vector<8xi16> to vector<16xi8>
    %13 = vector.bitcast %11 : vector<8xi16> to vector<16xi8>
    %14 = arith.andi %12, %13 : vector<16xi8>
    %15 = vector.bitcast %14 : vector<16xi8> to vector<8xi16>
    %16 = vector.bitcast %arg0 : vector<8xi16> to vector<16xi8>
    %17 = vector.bitcast %11 : vector<8xi16> to vector<16xi8>
    %18 = arith.xori %16, %17 : vector<16xi8>
    %19 = vector.bitcast %18 : vector<16xi8> to vector<8xi16>
    %20 = vector.bitcast %arg6 : vector<8xi16> to vector<16xi8>
    %21 = vector.bitcast %arg7 : vector<8xi16> to vector<16xi8>
    %22 = arith.andi %20, %21 : vector<16xi8>
    %23 = vector.bitcast %22 : vector<16xi8> to vector<8xi16>
    %24 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %25 = math.ctpop %24 : vector<16xi8>
    %26 = vector.bitcast %7 : vector<8xi16> to vector<16xi8>
    %27 = math.ctpop %26 : vector<16xi8>
    %28 = vector.bitcast %23 : vector<8xi16> to vector<16xi8>
    %29 = math.ctpop %28 : vector<16xi8>
    %30 = vector.bitcast %15 : vector<8xi16> to vector<16xi8>
    %31 = math.ctpop %30 : vector<16xi8>
    %32 = arith.addi %29, %31 : vector<16xi8>
    %33 = llvm.call_intrinsic "llvm.arm.neon.vpadalu"(%arg1, %25) : (vector<8xi16>, vector<16xi8>) -> vector<8xi16>
    %34 = llvm.call_intrinsic "llvm.arm.neon.vpadalu"(%arg2, %27) : (vector<8xi16>, vector<16xi8>) -> vector<8xi16>
    %35 = llvm.call_intrinsic "llvm.arm.neon.vpadalu"(%arg3, %32) : (vector<8xi16>, vector<16xi8>) -> vector<8xi16>
    return %19, %33, %34, %35, %arg4 : vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi32>
  }
  func.func @flush_0(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi32>) -> (vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi32>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg1 : vector<8xi16> to vector<8xi32>
    %cst_0 = arith.constant dense<1> : vector<8xi32>
    %1 = arith.shli %0, %cst_0 : vector<8xi32>
    %2 = arith.subi %arg4, %1 : vector<8xi32>
    %cst_1 = arith.constant dense<0> : vector<8xi16>
    %3 = arith.extui %arg2 : vector<8xi16> to vector<8xi32>
    %cst_2 = arith.constant dense<2> : vector<8xi32>
    %4 = arith.shli %3, %cst_2 : vector<8xi32>
    %5 = arith.subi %2, %4 : vector<8xi32>
    %cst_3 = arith.constant dense<0> : vector<8xi16>
    %6 = arith.extui %arg3 : vector<8xi16> to vector<8xi32>
    %cst_4 = arith.constant dense<1> : vector<8xi32>
    %7 = arith.shli %6, %cst_4 : vector<8xi32>
    %8 = arith.addi %5, %7 : vector<8xi32>
    return %arg0, %cst, %cst_1, %cst_3, %8 : vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi32>
  }
  func.func @end_0(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi32>) -> (vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi32>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = vector.bitcast %arg0 : vector<8xi16> to vector<16xi8>
    %1 = math.ctpop %0 : vector<16xi8>
    %2 = llvm.call_intrinsic "llvm.arm.neon.vpaddlu"(%1) : (vector<16xi8>) -> vector<8xi16>
    %3 = arith.extui %2 : vector<8xi16> to vector<8xi32>
    %4 = arith.addi %arg4, %3 : vector<8xi32>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %5 = arith.extui %arg1 : vector<8xi16> to vector<8xi32>
    %cst_1 = arith.constant dense<1> : vector<8xi32>
    %6 = arith.shli %5, %cst_1 : vector<8xi32>
    %7 = arith.subi %4, %6 : vector<8xi32>
    %cst_2 = arith.constant dense<0> : vector<8xi16>
    %8 = arith.extui %arg2 : vector<8xi16> to vector<8xi32>
    %cst_3 = arith.constant dense<2> : vector<8xi32>
    %9 = arith.shli %8, %cst_3 : vector<8xi32>
    %10 = arith.subi %7, %9 : vector<8xi32>
    %cst_4 = arith.constant dense<0> : vector<8xi16>
    %11 = arith.extui %arg3 : vector<8xi16> to vector<8xi32>
    %cst_5 = arith.constant dense<1> : vector<8xi32>
    %12 = arith.shli %11, %cst_5 : vector<8xi32>
    %13 = arith.addi %10, %12 : vector<8xi32>
    return %cst, %cst_0, %cst_2, %cst_4, %13 : vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi32>
  }
  func.func @finish(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi32>) -> vector<8xi32> {
    return %arg4 : vector<8xi32>
  }
}

