// bitserial kernel, format 1
// key: planes=3,3 terms=9:1,10:2,12:-4,17:2,18:4,20:-8,33:4,34:8,36:-16 word=16 lanes=outputs target=ARM:cortex-a7 model=cortex-r52 features=neon vectors=16x128 semantics=02740cc13617de67 prover=1 search=1 cost=1 version=0.1.0/22.1.8
// blake3: 0e0349e26290dcdc8e88a3c6985050af87c171b8ea7f2edbe5495184439f7f8e
module @"a3sw3-o16" attributes {bitserial.kernel = {cpu = "cortex-a7", cycles = "89.22", features = ["neon"], group = 1 : i64, passes = [{capacity = 65535 : i64, planes = [2, 5], steps = [{cost = 48 : i64, words = 3 : i64}, {cost = 16 : i64, words = 1 : i64}]}, {capacity = 65535 : i64, planes = [1, 2, 4, 5], steps = [{cost = 48 : i64, words = 3 : i64}, {cost = 16 : i64, words = 1 : i64}]}, {capacity = 65535 : i64, planes = [0, 1, 2, 3, 4, 5], steps = [{cost = 96 : i64, words = 3 : i64}, {cost = 32 : i64, words = 1 : i64}]}, {capacity = 65535 : i64, planes = [0, 1, 3, 4], steps = [{cost = 96 : i64, words = 3 : i64}, {cost = 32 : i64, words = 1 : i64}]}, {capacity = 65535 : i64, planes = [0, 3], steps = [{cost = 48 : i64, words = 3 : i64}, {cost = 16 : i64, words = 1 : i64}]}], sketch = "count bytes; 16-bit counters of pairs; weights after passes; 3 words per step; passes: -p2*p5, times 2, then -p2*p4 + p1*p5, times 2, then -p2*p3 + p1*p4 + p0*p5, times 2, then p1*p3 + p0*p4, times 2, then p0*p3", spec = {lanes = "outputs", planes = [3, 3], terms = [[9, 1], [10, 2], [12, -4], [17, 2], [18, 4], [20, -8], [33, 4], [34, 8], [36, -16]], word = 16 : i64}, state = ["counter", "sum", "counter"], tile = [3, 1]}} {
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
    %20 = llvm.call_intrinsic "llvm.arm.neon.vpadalu"(%arg0, %19) : (vector<8xi16>, vector<16xi8>) -> vector<8xi16>
    return %20, %arg1, %arg2 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @step_0_1(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %0 = vector.bitcast %arg3 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %5 = math.ctpop %4 : vector<16xi8>
    %6 = llvm.call_intrinsic "llvm.arm.neon.vpadalu"(%arg0, %5) : (vector<8xi16>, vector<16xi8>) -> vector<8xi16>
    return %6, %arg1, %arg2 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @flush_0(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg0 : vector<8xi16> to vector<8xi32>
    %1 = arith.subi %arg1, %0 : vector<8xi32>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    return %cst, %1, %cst_0 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @end_0(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg0 : vector<8xi16> to vector<8xi32>
    %1 = arith.subi %arg1, %0 : vector<8xi32>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %cst_1 = arith.constant dense<1> : vector<8xi32>
    %2 = arith.shli %1, %cst_1 : vector<8xi32>
    return %cst, %2, %cst_0 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @step_1_3(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi16>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi16>, %arg8: vector<8xi16>, %arg9: vector<8xi16>, %arg10: vector<8xi16>, %arg11: vector<8xi16>, %arg12: vector<8xi16>, %arg13: vector<8xi16>, %arg14: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %0 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %arg3 : vector<8xi16> to vector<16xi8>
    %5 = vector.bitcast %arg6 : vector<8xi16> to vector<16xi8>
    %6 = arith.andi %4, %5 : vector<16xi8>
    %7 = vector.bitcast %6 : vector<16xi8> to vector<8xi16>
    %8 = vector.bitcast %arg8 : vector<8xi16> to vector<16xi8>
    %9 = vector.bitcast %arg9 : vector<8xi16> to vector<16xi8>
    %10 = arith.andi %8, %9 : vector<16xi8>
    %11 = vector.bitcast %10 : vector<16xi8> to vector<8xi16>
    %12 = vector.bitcast %arg7 : vector<8xi16> to vector<16xi8>
    %13 = vector.bitcast %arg10 : vector<8xi16> to vector<16xi8>
    %14 = arith.andi %12, %13 : vector<16xi8>
    %15 = vector.bitcast %14 : vector<16xi8> to vector<8xi16>
    %16 = vector.bitcast %arg12 : vector<8xi16> to vector<16xi8>
    %17 = vector.bitcast %arg13 : vector<8xi16> to vector<16xi8>
    %18 = arith.andi %16, %17 : vector<16xi8>
    %19 = vector.bitcast %18 : vector<16xi8> to vector<8xi16>
    %20 = vector.bitcast %arg11 : vector<8xi16> to vector<16xi8>
    %21 = vector.bitcast %arg14 : vector<8xi16> to vector<16xi8>
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
    %40 = llvm.call_intrinsic "llvm.arm.neon.vpadalu"(%arg0, %36) : (vector<8xi16>, vector<16xi8>) -> vector<8xi16>
    %41 = llvm.call_intrinsic "llvm.arm.neon.vpadalu"(%arg2, %39) : (vector<8xi16>, vector<16xi8>) -> vector<8xi16>
    return %40, %arg1, %41 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @step_1_1(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi16>, %arg5: vector<8xi16>, %arg6: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %0 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %arg3 : vector<8xi16> to vector<16xi8>
    %5 = vector.bitcast %arg6 : vector<8xi16> to vector<16xi8>
    %6 = arith.andi %4, %5 : vector<16xi8>
    %7 = vector.bitcast %6 : vector<16xi8> to vector<8xi16>
    %8 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %9 = math.ctpop %8 : vector<16xi8>
    %10 = vector.bitcast %7 : vector<8xi16> to vector<16xi8>
    %11 = math.ctpop %10 : vector<16xi8>
    %12 = llvm.call_intrinsic "llvm.arm.neon.vpadalu"(%arg0, %9) : (vector<8xi16>, vector<16xi8>) -> vector<8xi16>
    %13 = llvm.call_intrinsic "llvm.arm.neon.vpadalu"(%arg2, %11) : (vector<8xi16>, vector<16xi8>) -> vector<8xi16>
    return %12, %arg1, %13 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @flush_1(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg0 : vector<8xi16> to vector<8xi32>
    %1 = arith.subi %arg1, %0 : vector<8xi32>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %2 = arith.extui %arg2 : vector<8xi16> to vector<8xi32>
    %3 = arith.addi %1, %2 : vector<8xi32>
    return %cst, %3, %cst_0 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @end_1(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg0 : vector<8xi16> to vector<8xi32>
    %1 = arith.subi %arg1, %0 : vector<8xi32>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %2 = arith.extui %arg2 : vector<8xi16> to vector<8xi32>
    %3 = arith.addi %1, %2 : vector<8xi32>
    %cst_1 = arith.constant dense<1> : vector<8xi32>
    %4 = arith.shli %3, %cst_1 : vector<8xi32>
    return %cst, %4, %cst_0 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @step_2_3(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi16>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi16>, %arg8: vector<8xi16>, %arg9: vector<8xi16>, %arg10: vector<8xi16>, %arg11: vector<8xi16>, %arg12: vector<8xi16>, %arg13: vector<8xi16>, %arg14: vector<8xi16>, %arg15: vector<8xi16>, %arg16: vector<8xi16>, %arg17: vector<8xi16>, %arg18: vector<8xi16>, %arg19: vector<8xi16>, %arg20: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %0 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg6 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %5 = vector.bitcast %arg7 : vector<8xi16> to vector<16xi8>
    %6 = arith.andi %4, %5 : vector<16xi8>
    %7 = vector.bitcast %6 : vector<16xi8> to vector<8xi16>
    %8 = vector.bitcast %arg3 : vector<8xi16> to vector<16xi8>
    %9 = vector.bitcast %arg8 : vector<8xi16> to vector<16xi8>
    %10 = arith.andi %8, %9 : vector<16xi8>
    %11 = vector.bitcast %10 : vector<16xi8> to vector<8xi16>
    %12 = vector.bitcast %arg11 : vector<8xi16> to vector<16xi8>
    %13 = vector.bitcast %arg12 : vector<8xi16> to vector<16xi8>
    %14 = arith.andi %12, %13 : vector<16xi8>
    %15 = vector.bitcast %14 : vector<16xi8> to vector<8xi16>
    %16 = vector.bitcast %arg10 : vector<8xi16> to vector<16xi8>
    %17 = vector.bitcast %arg13 : vector<8xi16> to vector<16xi8>
    %18 = arith.andi %16, %17 : vector<16xi8>
    %19 = vector.bitcast %18 : vector<16xi8> to vector<8xi16>
    %20 = vector.bitcast %arg9 : vector<8xi16> to vector<16xi8>
    %21 = vector.bitcast %arg14 : vector<8xi16> to vector<16xi8>
    %22 = arith.andi %20, %21 : vector<16xi8>
    %23 = vector.bitcast %22 : vector<16xi8> to vector<8xi16>
    %24 = vector.bitcast %arg17 : vector<8xi16> to vector<16xi8>
    %25 = vector.bitcast %arg18 : vector<8xi16> to vector<16xi8>
    %26 = arith.andi %24, %25 : vector<16xi8>
    %27 = vector.bitcast %26 : vector<16xi8> to vector<8xi16>
    %28 = vector.bitcast %arg16 : vector<8xi16> to vector<16xi8>
    %29 = vector.bitcast %arg19 : vector<8xi16> to vector<16xi8>
    %30 = arith.andi %28, %29 : vector<16xi8>
    %31 = vector.bitcast %30 : vector<16xi8> to vector<8xi16>
    %32 = vector.bitcast %arg15 : vector<8xi16> to vector<16xi8>
    %33 = vector.bitcast %arg20 : vector<8xi16> to vector<16xi8>
    %34 = arith.andi %32, %33 : vector<16xi8>
    %35 = vector.bitcast %34 : vector<16xi8> to vector<8xi16>
    %36 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %37 = math.ctpop %36 : vector<16xi8>
    %38 = vector.bitcast %7 : vector<8xi16> to vector<16xi8>
    %39 = math.ctpop %38 : vector<16xi8>
    %40 = vector.bitcast %11 : vector<8xi16> to vector<16xi8>
    %41 = math.ctpop %40 : vector<16xi8>
    %42 = arith.addi %39, %41 : vector<16xi8>
    %43 = vector.bitcast %15 : vector<8xi16> to vector<16xi8>
    %44 = math.ctpop %43 : vector<16xi8>
    %45 = arith.addi %37, %44 : vector<16xi8>
    %46 = vector.bitcast %19 : vector<8xi16> to vector<16xi8>
    %47 = math.ctpop %46 : vector<16xi8>
    %48 = arith.addi %42, %47 : vector<16xi8>
    %49 = vector.bitcast %23 : vector<8xi16> to vector<16xi8>
    %50 = math.ctpop %49 : vector<16xi8>
    %51 = arith.addi %48, %50 : vector<16xi8>
    %52 = vector.bitcast %27 : vector<8xi16> to vector<16xi8>
    %53 = math.ctpop %52 : vector<16xi8>
    %54 = arith.addi %45, %53 : vector<16xi8>
    %55 = vector.bitcast %31 : vector<8xi16> to vector<16xi8>
    %56 = math.ctpop %55 : vector<16xi8>
    %57 = arith.addi %51, %56 : vector<16xi8>
    %58 = vector.bitcast %35 : vector<8xi16> to vector<16xi8>
    %59 = math.ctpop %58 : vector<16xi8>
    %60 = arith.addi %57, %59 : vector<16xi8>
    %61 = llvm.call_intrinsic "llvm.arm.neon.vpadalu"(%arg0, %54) : (vector<8xi16>, vector<16xi8>) -> vector<8xi16>
    %62 = llvm.call_intrinsic "llvm.arm.neon.vpadalu"(%arg2, %60) : (vector<8xi16>, vector<16xi8>) -> vector<8xi16>
    return %61, %arg1, %62 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @step_2_1(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi16>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi16>, %arg8: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %0 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg6 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %5 = vector.bitcast %arg7 : vector<8xi16> to vector<16xi8>
    %6 = arith.andi %4, %5 : vector<16xi8>
    %7 = vector.bitcast %6 : vector<16xi8> to vector<8xi16>
    %8 = vector.bitcast %arg3 : vector<8xi16> to vector<16xi8>
    %9 = vector.bitcast %arg8 : vector<8xi16> to vector<16xi8>
    %10 = arith.andi %8, %9 : vector<16xi8>
    %11 = vector.bitcast %10 : vector<16xi8> to vector<8xi16>
    %12 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %13 = math.ctpop %12 : vector<16xi8>
    %14 = vector.bitcast %7 : vector<8xi16> to vector<16xi8>
    %15 = math.ctpop %14 : vector<16xi8>
    %16 = vector.bitcast %11 : vector<8xi16> to vector<16xi8>
    %17 = math.ctpop %16 : vector<16xi8>
    %18 = arith.addi %15, %17 : vector<16xi8>
    %19 = llvm.call_intrinsic "llvm.arm.neon.vpadalu"(%arg0, %13) : (vector<8xi16>, vector<16xi8>) -> vector<8xi16>
    %20 = llvm.call_intrinsic "llvm.arm.neon.vpadalu"(%arg2, %18) : (vector<8xi16>, vector<16xi8>) -> vector<8xi16>
    return %19, %arg1, %20 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @flush_2(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg0 : vector<8xi16> to vector<8xi32>
    %1 = arith.subi %arg1, %0 : vector<8xi32>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %2 = arith.extui %arg2 : vector<8xi16> to vector<8xi32>
    %3 = arith.addi %1, %2 : vector<8xi32>
    return %cst, %3, %cst_0 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @end_2(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg0 : vector<8xi16> to vector<8xi32>
    %1 = arith.subi %arg1, %0 : vector<8xi32>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %2 = arith.extui %arg2 : vector<8xi16> to vector<8xi32>
    %3 = arith.addi %1, %2 : vector<8xi32>
    %cst_1 = arith.constant dense<1> : vector<8xi32>
    %4 = arith.shli %3, %cst_1 : vector<8xi32>
    return %cst, %4, %cst_0 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @step_3_3(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi16>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi16>, %arg8: vector<8xi16>, %arg9: vector<8xi16>, %arg10: vector<8xi16>, %arg11: vector<8xi16>, %arg12: vector<8xi16>, %arg13: vector<8xi16>, %arg14: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %0 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %arg3 : vector<8xi16> to vector<16xi8>
    %5 = vector.bitcast %arg6 : vector<8xi16> to vector<16xi8>
    %6 = arith.andi %4, %5 : vector<16xi8>
    %7 = vector.bitcast %6 : vector<16xi8> to vector<8xi16>
    %8 = vector.bitcast %arg8 : vector<8xi16> to vector<16xi8>
    %9 = vector.bitcast %arg9 : vector<8xi16> to vector<16xi8>
    %10 = arith.andi %8, %9 : vector<16xi8>
    %11 = vector.bitcast %10 : vector<16xi8> to vector<8xi16>
    %12 = vector.bitcast %arg7 : vector<8xi16> to vector<16xi8>
    %13 = vector.bitcast %arg10 : vector<8xi16> to vector<16xi8>
    %14 = arith.andi %12, %13 : vector<16xi8>
    %15 = vector.bitcast %14 : vector<16xi8> to vector<8xi16>
    %16 = vector.bitcast %arg12 : vector<8xi16> to vector<16xi8>
    %17 = vector.bitcast %arg13 : vector<8xi16> to vector<16xi8>
    %18 = arith.andi %16, %17 : vector<16xi8>
    %19 = vector.bitcast %18 : vector<16xi8> to vector<8xi16>
    %20 = vector.bitcast %arg11 : vector<8xi16> to vector<16xi8>
    %21 = vector.bitcast %arg14 : vector<8xi16> to vector<16xi8>
    %22 = arith.andi %20, %21 : vector<16xi8>
    %23 = vector.bitcast %22 : vector<16xi8> to vector<8xi16>
    %24 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %25 = math.ctpop %24 : vector<16xi8>
    %26 = vector.bitcast %7 : vector<8xi16> to vector<16xi8>
    %27 = math.ctpop %26 : vector<16xi8>
    %28 = arith.addi %25, %27 : vector<16xi8>
    %29 = vector.bitcast %11 : vector<8xi16> to vector<16xi8>
    %30 = math.ctpop %29 : vector<16xi8>
    %31 = arith.addi %28, %30 : vector<16xi8>
    %32 = vector.bitcast %15 : vector<8xi16> to vector<16xi8>
    %33 = math.ctpop %32 : vector<16xi8>
    %34 = arith.addi %31, %33 : vector<16xi8>
    %35 = vector.bitcast %19 : vector<8xi16> to vector<16xi8>
    %36 = math.ctpop %35 : vector<16xi8>
    %37 = arith.addi %34, %36 : vector<16xi8>
    %38 = vector.bitcast %23 : vector<8xi16> to vector<16xi8>
    %39 = math.ctpop %38 : vector<16xi8>
    %40 = arith.addi %37, %39 : vector<16xi8>
    %41 = llvm.call_intrinsic "llvm.arm.neon.vpadalu"(%arg2, %40) : (vector<8xi16>, vector<16xi8>) -> vector<8xi16>
    return %arg0, %arg1, %41 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @step_3_1(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi16>, %arg5: vector<8xi16>, %arg6: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %0 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %arg3 : vector<8xi16> to vector<16xi8>
    %5 = vector.bitcast %arg6 : vector<8xi16> to vector<16xi8>
    %6 = arith.andi %4, %5 : vector<16xi8>
    %7 = vector.bitcast %6 : vector<16xi8> to vector<8xi16>
    %8 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %9 = math.ctpop %8 : vector<16xi8>
    %10 = vector.bitcast %7 : vector<8xi16> to vector<16xi8>
    %11 = math.ctpop %10 : vector<16xi8>
    %12 = arith.addi %9, %11 : vector<16xi8>
    %13 = llvm.call_intrinsic "llvm.arm.neon.vpadalu"(%arg2, %12) : (vector<8xi16>, vector<16xi8>) -> vector<8xi16>
    return %arg0, %arg1, %13 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @flush_3(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg2 : vector<8xi16> to vector<8xi32>
    %1 = arith.addi %arg1, %0 : vector<8xi32>
    return %cst, %1, %cst_0 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @end_3(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg2 : vector<8xi16> to vector<8xi32>
    %1 = arith.addi %arg1, %0 : vector<8xi32>
    %cst_1 = arith.constant dense<1> : vector<8xi32>
    %2 = arith.shli %1, %cst_1 : vector<8xi32>
    return %cst, %2, %cst_0 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @step_4_3(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi16>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi16>, %arg8: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
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
    %20 = llvm.call_intrinsic "llvm.arm.neon.vpadalu"(%arg2, %19) : (vector<8xi16>, vector<16xi8>) -> vector<8xi16>
    return %arg0, %arg1, %20 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @step_4_1(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %0 = vector.bitcast %arg3 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %5 = math.ctpop %4 : vector<16xi8>
    %6 = llvm.call_intrinsic "llvm.arm.neon.vpadalu"(%arg2, %5) : (vector<8xi16>, vector<16xi8>) -> vector<8xi16>
    return %arg0, %arg1, %6 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @flush_4(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg2 : vector<8xi16> to vector<8xi32>
    %1 = arith.addi %arg1, %0 : vector<8xi32>
    return %cst, %1, %cst_0 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @end_4(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg2 : vector<8xi16> to vector<8xi32>
    %1 = arith.addi %arg1, %0 : vector<8xi32>
    return %cst, %1, %cst_0 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @finish(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>) -> vector<8xi32> {
    return %arg1 : vector<8xi32>
  }
}

