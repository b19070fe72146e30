// bitserial kernel, format 1
// key: planes=3,3 terms=9:1,10:2,12:-4,17:2,18:4,20:-8,33:4,34:8,36:-16 word=16 lanes=reduction target=AArch64:neoverse-n1 model=neoverse-n1 features=dotprod,neon vectors=32x128 semantics=0371ec95c5a6df56 prover=2 search=2 cost=2 version=0.1.0/22.1.8
// blake3: 51a60729b3f48f56dcd4e9fa2648e7b13859722d324f8781a0253ce58ed0af45
module @"a3sw3-r16" attributes {bitserial.kernel = {cpu = "neoverse-n1", cycles = "13.50", features = ["neon"], group = 4 : i64, passes = [{capacity = 65535 : i64, planes = [0, 1, 3, 4, 5], steps = [{cost = 64 : i64, words = 2 : i64}, {cost = 32 : i64, words = 1 : i64}]}, {capacity = 65535 : i64, planes = [2, 3, 4, 5], steps = [{cost = 32 : i64, words = 2 : i64}, {cost = 16 : i64, words = 1 : i64}]}], sketch = "count bytes; 16-bit counters of pairs; weights after counting; 2 words per step; groups of 4; passes: a0*w0 + 2*a1*w0 + 2*a0*w1 + 4*a1*w1 + 4*a0*w2 + 8*a1*w2, then -4*a2*w0 - 8*a2*w1 - 16*a2*w2", spec = {lanes = "reduction", planes = [3, 3], terms = [[9, 1], [10, 2], [12, -4], [17, 2], [18, 4], [20, -8], [33, 4], [34, 8], [36, -16]], word = 16 : i64}, state = ["counter", "counter", "counter", "counter", "sum", "counter", "counter", "counter"], tile = [4, 1]}} {
  func.func @step_0_2(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<4xi32>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi16>, %arg8: vector<8xi16>, %arg9: vector<8xi16>, %arg10: vector<8xi16>, %arg11: vector<8xi16>, %arg12: vector<8xi16>, %arg13: vector<8xi16>, %arg14: vector<8xi16>, %arg15: vector<8xi16>, %arg16: vector<8xi16>, %arg17: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<4xi32>, vector<8xi16>, vector<8xi16>, vector<8xi16>) {
    %0 = vector.bitcast %arg8 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg10 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %arg9 : vector<8xi16> to vector<16xi8>
    %5 = vector.bitcast %arg10 : vector<8xi16> to vector<16xi8>
    %6 = arith.andi %4, %5 : vector<16xi8>
    %7 = vector.bitcast %6 : vector<16xi8> to vector<8xi16>
    %8 = vector.bitcast %arg8 : vector<8xi16> to vector<16xi8>
    %9 = vector.bitcast %arg11 : vector<8xi16> to vector<16xi8>
    %10 = arith.andi %8, %9 : vector<16xi8>
    %11 = vector.bitcast %10 : vector<16xi8> to vector<8xi16>
    %12 = vector.bitcast %arg9 : vector<8xi16> to vector<16xi8>
    %13 = vector.bitcast %arg11 : vector<8xi16> to vector<16xi8>
    %14 = arith.andi %12, %13 : vector<16xi8>
    %15 = vector.bitcast %14 : vector<16xi8> to vector<8xi16>
    %16 = vector.bitcast %arg8 : vector<8xi16> to vector<16xi8>
    %17 = vector.bitcast %arg12 : vector<8xi16> to vector<16xi8>
    %18 = arith.andi %16, %17 : vector<16xi8>
    %19 = vector.bitcast %18 : vector<16xi8> to vector<8xi16>
    %20 = vector.bitcast %arg9 : vector<8xi16> to vector<16xi8>
    %21 = vector.bitcast %arg12 : vector<8xi16> to vector<16xi8>
    %22 = arith.andi %20, %21 : vector<16xi8>
    %23 = vector.bitcast %22 : vector<16xi8> to vector<8xi16>
    %24 = vector.bitcast %arg13 : vector<8xi16> to vector<16xi8>
    %25 = vector.bitcast %arg15 : vector<8xi16> to vector<16xi8>
    %26 = arith.andi %24, %25 : vector<16xi8>
    %27 = vector.bitcast %26 : vector<16xi8> to vector<8xi16>
    %28 = vector.bitcast %arg14 : vector<8xi16> to vector<16xi8>
    %29 = vector.bitcast %arg15 : vector<8xi16> to vector<16xi8>
    %30 = arith.andi %28, %29 : vector<16xi8>
    %31 = vector.bitcast %30 : vector<16xi8> to vector<8xi16>
    %32 = vector.bitcast %arg13 : vector<8xi16> to vector<16xi8>
    %33 = vector.bitcast %arg16 : vector<8xi16> to vector<16xi8>
    %34 = arith.andi %32, %33 : vector<16xi8>
    %35 = vector.bitcast %34 : vector<16xi8> to vector<8xi16>
    %36 = vector.bitcast %arg14 : vector<8xi16> to vector<16xi8>
    %37 = vector.bitcast %arg16 : vector<8xi16> to vector<16xi8>
    %38 = arith.andi %36, %37 : vector<16xi8>
    %39 = vector.bitcast %38 : vector<16xi8> to vector<8xi16>
    %40 = vector.bitcast %arg13 : vector<8xi16> to vector<16xi8>
    %41 = vector.bitcast %arg17 : vector<8xi16> to vector<16xi8>
    %42 = arith.andi %40, %41 : vector<16xi8>
    %43 = vector.bitcast %42 : vector<16xi8> to vector<8xi16>
    %44 = vector.bitcast %arg14 : vector<8xi16> to vector<16xi8>
    %45 = vector.bitcast %arg17 : vector<8xi16> to vector<16xi8>
    %46 = arith.andi %44, %45 : vector<16xi8>
    %47 = vector.bitcast %46 : vector<16xi8> to vector<8xi16>
    %48 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %49 = math.ctpop %48 : vector<16xi8>
    %50 = vector.bitcast %7 : vector<8xi16> to vector<16xi8>
    %51 = math.ctpop %50 : vector<16xi8>
    %52 = vector.bitcast %11 : vector<8xi16> to vector<16xi8>
    %53 = math.ctpop %52 : vector<16xi8>
    %54 = arith.addi %51, %53 : vector<16xi8>
    %55 = vector.bitcast %15 : vector<8xi16> to vector<16xi8>
    %56 = math.ctpop %55 : vector<16xi8>
    %57 = vector.bitcast %19 : vector<8xi16> to vector<16xi8>
    %58 = math.ctpop %57 : vector<16xi8>
    %59 = arith.addi %56, %58 : vector<16xi8>
    %60 = vector.bitcast %23 : vector<8xi16> to vector<16xi8>
    %61 = math.ctpop %60 : vector<16xi8>
    %62 = vector.bitcast %27 : vector<8xi16> to vector<16xi8>
    %63 = math.ctpop %62 : vector<16xi8>
    %64 = arith.addi %49, %63 : vector<16xi8>
    %65 = vector.bitcast %31 : vector<8xi16> to vector<16xi8>
    %66 = math.ctpop %65 : vector<16xi8>
    %67 = arith.addi %54, %66 : vector<16xi8>
    %68 = vector.bitcast %35 : vector<8xi16> to vector<16xi8>
    %69 = math.ctpop %68 : vector<16xi8>
    %70 = arith.addi %67, %69 : vector<16xi8>
    %71 = vector.bitcast %39 : vector<8xi16> to vector<16xi8>
    %72 = math.ctpop %71 : vector<16xi8>
    %73 = arith.addi %59, %72 : vector<16xi8>
    %74 = vector.bitcast %43 : vector<8xi16> to vector<16xi8>
    %75 = math.ctpop %74 : vector<16xi8>
    %76 = arith.addi %73, %75 : vector<16xi8>
    %77 = vector.bitcast %47 : vector<8xi16> to vector<16xi8>
    %78 = math.ctpop %77 : vector<16xi8>
    %79 = arith.addi %61, %78 : vector<16xi8>
    %80 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%64) : (vector<16xi8>) -> vector<8xi16>
    %81 = arith.addi %arg0, %80 : vector<8xi16>
    %82 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%70) : (vector<16xi8>) -> vector<8xi16>
    %83 = arith.addi %arg1, %82 : vector<8xi16>
    %84 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%76) : (vector<16xi8>) -> vector<8xi16>
    %85 = arith.addi %arg2, %84 : vector<8xi16>
    %86 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%79) : (vector<16xi8>) -> vector<8xi16>
    %87 = arith.addi %arg3, %86 : vector<8xi16>
    return %81, %83, %85, %87, %arg4, %arg5, %arg6, %arg7 : vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<4xi32>, vector<8xi16>, vector<8xi16>, vector<8xi16>
  }
  func.func @step_0_1(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<4xi32>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi16>, %arg8: vector<8xi16>, %arg9: vector<8xi16>, %arg10: vector<8xi16>, %arg11: vector<8xi16>, %arg12: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<4xi32>, vector<8xi16>, vector<8xi16>, vector<8xi16>) {
    %0 = vector.bitcast %arg8 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg10 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %arg9 : vector<8xi16> to vector<16xi8>
    %5 = vector.bitcast %arg10 : vector<8xi16> to vector<16xi8>
    %6 = arith.andi %4, %5 : vector<16xi8>
    %7 = vector.bitcast %6 : vector<16xi8> to vector<8xi16>
    %8 = vector.bitcast %arg8 : vector<8xi16> to vector<16xi8>
    %9 = vector.bitcast %arg11 : vector<8xi16> to vector<16xi8>
    %10 = arith.andi %8, %9 : vector<16xi8>
    %11 = vector.bitcast %10 : vector<16xi8> to vector<8xi16>
    %12 = vector.bitcast %arg9 : vector<8xi16> to vector<16xi8>
    %13 = vector.bitcast %arg11 : vector<8xi16> to vector<16xi8>
    %14 = arith.andi %12, %13 : vector<16xi8>
    %15 = vector.bitcast %14 : vector<16xi8> to vector<8xi16>
    %16 = vector.bitcast %arg8 : vector<8xi16> to vector<16xi8>
    %17 = vector.bitcast %arg12 : vector<8xi16> to vector<16xi8>
    %18 = arith.andi %16, %17 : vector<16xi8>
    %19 = vector.bitcast %18 : vector<16xi8> to vector<8xi16>
    %20 = vector.bitcast %arg9 : vector<8xi16> to vector<16xi8>
    %21 = vector.bitcast %arg12 : vector<8xi16> to vector<16xi8>
    %22 = arith.andi %20, %21 : vector<16xi8>
    %23 = vector.bitcast %22 : vector<16xi8> to vector<8xi16>
    %24 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %25 = math.ctpop %24 : vector<16xi8>
    %26 = vector.bitcast %7 : vector<8xi16> to vector<16xi8>
    %27 = math.ctpop %26 : vector<16xi8>
    %28 = vector.bitcast %11 : vector<8xi16> to vector<16xi8>
    %29 = math.ctpop %28 : vector<16xi8>
    %30 = arith.addi %27, %29 : vector<16xi8>
    %31 = vector.bitcast %15 : vector<8xi16> to vector<16xi8>
    %32 = math.ctpop %31 : vector<16xi8>
    %33 = vector.bitcast %19 : vector<8xi16> to vector<16xi8>
    %34 = math.ctpop %33 : vector<16xi8>
    %35 = arith.addi %32, %34 : vector<16xi8>
    %36 = vector.bitcast %23 : vector<8xi16> to vector<16xi8>
    %37 = math.ctpop %36 : vector<16xi8>
    %38 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%25) : (vector<16xi8>) -> vector<8xi16>
    %39 = arith.addi %arg0, %38 : vector<8xi16>
    %40 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%30) : (vector<16xi8>) -> vector<8xi16>
    %41 = arith.addi %arg1, %40 : vector<8xi16>
    %42 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%35) : (vector<16xi8>) -> vector<8xi16>
    %43 = arith.addi %arg2, %42 : vector<8xi16>
    %44 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%37) : (vector<16xi8>) -> vector<8xi16>
    %45 = arith.addi %arg3, %44 : vector<8xi16>
    return %39, %41, %43, %45, %arg4, %arg5, %arg6, %arg7 : vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<4xi32>, vector<8xi16>, vector<8xi16>, vector<8xi16>
  }
  func.func @flush_0(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<4xi32>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<4xi32>, vector<8xi16>, vector<8xi16>, vector<8xi16>) {
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
    %cst_3 = arith.constant dense<2> : vector<4xi32>
    %6 = arith.shli %5, %cst_3 : vector<4xi32>
    %7 = arith.addi %4, %6 : vector<4xi32>
    %cst_4 = arith.constant dense<0> : vector<8xi16>
    %8 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%arg3) : (vector<8xi16>) -> vector<4xi32>
    %cst_5 = arith.constant dense<3> : vector<4xi32>
    %9 = arith.shli %8, %cst_5 : vector<4xi32>
    %10 = arith.addi %7, %9 : vector<4xi32>
    %cst_6 = arith.constant dense<0> : vector<8xi16>
    %cst_7 = arith.constant dense<0> : vector<8xi16>
    %cst_8 = arith.constant dense<0> : vector<8xi16>
    return %cst, %cst_0, %cst_2, %cst_4, %10, %cst_6, %cst_7, %cst_8 : vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<4xi32>, vector<8xi16>, vector<8xi16>, vector<8xi16>
  }
  func.func @end_0(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<4xi32>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<4xi32>, vector<8xi16>, vector<8xi16>, vector<8xi16>) {
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
    %cst_3 = arith.constant dense<2> : vector<4xi32>
    %6 = arith.shli %5, %cst_3 : vector<4xi32>
    %7 = arith.addi %4, %6 : vector<4xi32>
    %cst_4 = arith.constant dense<0> : vector<8xi16>
    %8 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%arg3) : (vector<8xi16>) -> vector<4xi32>
    %cst_5 = arith.constant dense<3> : vector<4xi32>
    %9 = arith.shli %8, %cst_5 : vector<4xi32>
    %10 = arith.addi %7, %9 : vector<4xi32>
    %cst_6 = arith.constant dense<0> : vector<8xi16>
    %cst_7 = arith.constant dense<0> : vector<8xi16>
    %cst_8 = arith.constant dense<0> : vector<8xi16>
    return %cst, %cst_0, %cst_2, %cst_4, %10, %cst_6, %cst_7, %cst_8 : vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<4xi32>, vector<8xi16>, vector<8xi16>, vector<8xi16>
  }
  func.func @step_1_2(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<4xi32>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi16>, %arg8: vector<8xi16>, %arg9: vector<8xi16>, %arg10: vector<8xi16>, %arg11: vector<8xi16>, %arg12: vector<8xi16>, %arg13: vector<8xi16>, %arg14: vector<8xi16>, %arg15: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<4xi32>, vector<8xi16>, vector<8xi16>, vector<8xi16>) {
    %0 = vector.bitcast %arg8 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg9 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %arg8 : vector<8xi16> to vector<16xi8>
    %5 = vector.bitcast %arg10 : vector<8xi16> to vector<16xi8>
    %6 = arith.andi %4, %5 : vector<16xi8>
    %7 = vector.bitcast %6 : vector<16xi8> to vector<8xi16>
    %8 = vector.bitcast %arg8 : vector<8xi16> to vector<16xi8>
    %9 = vector.bitcast %arg11 : vector<8xi16> to vector<16xi8>
    %10 = arith.andi %8, %9 : vector<16xi8>
    %11 = vector.bitcast %10 : vector<16xi8> to vector<8xi16>
    %12 = vector.bitcast %arg12 : vector<8xi16> to vector<16xi8>
    %13 = vector.bitcast %arg13 : vector<8xi16> to vector<16xi8>
    %14 = arith.andi %12, %13 : vector<16xi8>
    %15 = vector.bitcast %14 : vector<16xi8> to vector<8xi16>
    %16 = vector.bitcast %arg12 : vector<8xi16> to vector<16xi8>
    %17 = vector.bitcast %arg14 : vector<8xi16> to vector<16xi8>
    %18 = arith.andi %16, %17 : vector<16xi8>
    %19 = vector.bitcast %18 : vector<16xi8> to vector<8xi16>
    %20 = vector.bitcast %arg12 : vector<8xi16> to vector<16xi8>
    %21 = vector.bitcast %arg15 : vector<8xi16> to vector<16xi8>
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
    %40 = arith.addi %arg5, %39 : vector<8xi16>
    %41 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%35) : (vector<16xi8>) -> vector<8xi16>
    %42 = arith.addi %arg6, %41 : vector<8xi16>
    %43 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%38) : (vector<16xi8>) -> vector<8xi16>
    %44 = arith.addi %arg7, %43 : vector<8xi16>
    return %arg0, %arg1, %arg2, %arg3, %arg4, %40, %42, %44 : vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<4xi32>, vector<8xi16>, vector<8xi16>, vector<8xi16>
  }
  func.func @step_1_1(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<4xi32>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi16>, %arg8: vector<8xi16>, %arg9: vector<8xi16>, %arg10: vector<8xi16>, %arg11: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<4xi32>, vector<8xi16>, vector<8xi16>, vector<8xi16>) {
    %0 = vector.bitcast %arg8 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg9 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %arg8 : vector<8xi16> to vector<16xi8>
    %5 = vector.bitcast %arg10 : vector<8xi16> to vector<16xi8>
    %6 = arith.andi %4, %5 : vector<16xi8>
    %7 = vector.bitcast %6 : vector<16xi8> to vector<8xi16>
    %8 = vector.bitcast %arg8 : vector<8xi16> to vector<16xi8>
    %9 = vector.bitcast %arg11 : vector<8xi16> to vector<16xi8>
    %10 = arith.andi %8, %9 : vector<16xi8>
    %11 = vector.bitcast %10 : vector<16xi8> to vector<8xi16>
    %12 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %13 = math.ctpop %12 : vector<16xi8>
    %14 = vector.bitcast %7 : vector<8xi16> to vector<16xi8>
    %15 = math.ctpop %14 : vector<16xi8>
    %16 = vector.bitcast %11 : vector<8xi16> to vector<16xi8>
    %17 = math.ctpop %16 : vector<16xi8>
    %18 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%13) : (vector<16xi8>) -> vector<8xi16>
    %19 = arith.addi %arg5, %18 : vector<8xi16>
    %20 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%15) : (vector<16xi8>) -> vector<8xi16>
    %21 = arith.addi %arg6, %20 : vector<8xi16>
    %22 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%17) : (vector<16xi8>) -> vector<8xi16>
    %23 = arith.addi %arg7, %22 : vector<8xi16>
    return %arg0, %arg1, %arg2, %arg3, %arg4, %19, %21, %23 : vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<4xi32>, vector<8xi16>, vector<8xi16>, vector<8xi16>
  }
  func.func @flush_1(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<4xi32>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<4xi32>, vector<8xi16>, vector<8xi16>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %cst_1 = arith.constant dense<0> : vector<8xi16>
    %cst_2 = arith.constant dense<0> : vector<8xi16>
    %cst_3 = arith.constant dense<0> : vector<8xi16>
    %0 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%arg5) : (vector<8xi16>) -> vector<4xi32>
    %cst_4 = arith.constant dense<2> : vector<4xi32>
    %1 = arith.shli %0, %cst_4 : vector<4xi32>
    %2 = arith.subi %arg4, %1 : vector<4xi32>
    %cst_5 = arith.constant dense<0> : vector<8xi16>
    %3 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%arg6) : (vector<8xi16>) -> vector<4xi32>
    %cst_6 = arith.constant dense<3> : vector<4xi32>
    %4 = arith.shli %3, %cst_6 : vector<4xi32>
    %5 = arith.subi %2, %4 : vector<4xi32>
    %cst_7 = arith.constant dense<0> : vector<8xi16>
    %6 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%arg7) : (vector<8xi16>) -> vector<4xi32>
    %cst_8 = arith.constant dense<4> : vector<4xi32>
    %7 = arith.shli %6, %cst_8 : vector<4xi32>
    %8 = arith.subi %5, %7 : vector<4xi32>
    return %cst, %cst_0, %cst_1, %cst_2, %8, %cst_3, %cst_5, %cst_7 : vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<4xi32>, vector<8xi16>, vector<8xi16>, vector<8xi16>
  }
  func.func @end_1(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<4xi32>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<4xi32>, vector<8xi16>, vector<8xi16>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %cst_1 = arith.constant dense<0> : vector<8xi16>
    %cst_2 = arith.constant dense<0> : vector<8xi16>
    %cst_3 = arith.constant dense<0> : vector<8xi16>
    %0 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%arg5) : (vector<8xi16>) -> vector<4xi32>
    %cst_4 = arith.constant dense<2> : vector<4xi32>
    %1 = arith.shli %0, %cst_4 : vector<4xi32>
    %2 = arith.subi %arg4, %1 : vector<4xi32>
    %cst_5 = arith.constant dense<0> : vector<8xi16>
    %3 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%arg6) : (vector<8xi16>) -> vector<4xi32>
    %cst_6 = arith.constant dense<3> : vector<4xi32>
    %4 = arith.shli %3, %cst_6 : vector<4xi32>
    %5 = arith.subi %2, %4 : vector<4xi32>
    %cst_7 = arith.constant dense<0> : vector<8xi16>
    %6 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%arg7) : (vector<8xi16>) -> vector<4xi32>
    %cst_8 = arith.constant dense<4> : vector<4xi32>
    %7 = arith.shli %6, %cst_8 : vector<4xi32>
    %8 = arith.subi %5, %7 : vector<4xi32>
    return %cst, %cst_0, %cst_1, %cst_2, %8, %cst_3, %cst_5, %cst_7 : vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<4xi32>, vector<8xi16>, vector<8xi16>, vector<8xi16>
  }
  func.func @finish(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<4xi32>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi16>, %arg8: vector<8xi16>, %arg9: vector<8xi16>, %arg10: vector<8xi16>, %arg11: vector<8xi16>, %arg12: vector<4xi32>, %arg13: vector<8xi16>, %arg14: vector<8xi16>, %arg15: vector<8xi16>, %arg16: vector<8xi16>, %arg17: vector<8xi16>, %arg18: vector<8xi16>, %arg19: vector<8xi16>, %arg20: vector<4xi32>, %arg21: vector<8xi16>, %arg22: vector<8xi16>, %arg23: vector<8xi16>, %arg24: vector<8xi16>, %arg25: vector<8xi16>, %arg26: vector<8xi16>, %arg27: vector<8xi16>, %arg28: vector<4xi32>, %arg29: vector<8xi16>, %arg30: vector<8xi16>, %arg31: vector<8xi16>) -> vector<4xi32> {
    %0 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%arg4, %arg12) : (vector<4xi32>, vector<4xi32>) -> vector<4xi32>
    %1 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%arg20, %arg28) : (vector<4xi32>, vector<4xi32>) -> vector<4xi32>
    %2 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%0, %1) : (vector<4xi32>, vector<4xi32>) -> vector<4xi32>
    return %2 : vector<4xi32>
  }
}

