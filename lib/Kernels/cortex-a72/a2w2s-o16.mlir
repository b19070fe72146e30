// bitserial kernel, format 1
// key: planes=2,2 terms=5:1,6:2,9:-2,10:-4 word=16 lanes=outputs target=AArch64:cortex-a72 model=cortex-a72 features=neon vectors=32x128 semantics=0371ec95c5a6df56 prover=2 search=1 cost=1 version=0.1.0/22.1.8
// blake3: 06e3bd31ad934afc440f7335357eab1604afe5a492eed6d73166c987786ad633
module @"a2w2s-o16" attributes {bitserial.kernel = {cpu = "cortex-a72", cycles = "6.28", features = ["neon"], group = 1 : i64, passes = [{capacity = 65535 : i64, planes = [0, 1, 2], steps = [{cost = 128 : i64, words = 8 : i64}, {cost = 16 : i64, words = 1 : i64}]}, {capacity = 65535 : i64, planes = [0, 1, 3], steps = [{cost = 128 : i64, words = 8 : i64}, {cost = 16 : i64, words = 1 : i64}]}], sketch = "count bytes; 16-bit counters of pairs; weights after counting; 8 words per step; passes: a0*w0 + 2*a1*w0, then -2*a0*w1 - 4*a1*w1", spec = {lanes = "outputs", planes = [2, 2], terms = [[5, 1], [6, 2], [9, -2], [10, -4]], word = 16 : i64}, state = ["counter", "counter", "sum", "counter", "counter"], tile = [1, 8]}} {
  func.func @step_0_8(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi32>, %arg3: vector<8xi16>, %arg4: vector<8xi16>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi16>, %arg8: vector<8xi16>, %arg9: vector<8xi16>, %arg10: vector<8xi16>, %arg11: vector<8xi16>, %arg12: vector<8xi16>, %arg13: vector<8xi16>, %arg14: vector<8xi16>, %arg15: vector<8xi16>, %arg16: vector<8xi16>, %arg17: vector<8xi16>, %arg18: vector<8xi16>, %arg19: vector<8xi16>, %arg20: vector<8xi16>, %arg21: vector<8xi16>, %arg22: vector<8xi16>, %arg23: vector<8xi16>, %arg24: vector<8xi16>, %arg25: vector<8xi16>, %arg26: vector<8xi16>, %arg27: vector<8xi16>, %arg28: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<8xi32>, vector<8xi16>, vector<8xi16>) {
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
    %32 = vector.bitcast %arg17 : vector<8xi16> to vector<16xi8>
    %33 = vector.bitcast %arg19 : vector<8xi16> to vector<16xi8>
    %34 = arith.andi %32, %33 : vector<16xi8>
    %35 = vector.bitcast %34 : vector<16xi8> to vector<8xi16>
    %36 = vector.bitcast %arg18 : vector<8xi16> to vector<16xi8>
    %37 = vector.bitcast %arg19 : vector<8xi16> to vector<16xi8>
    %38 = arith.andi %36, %37 : vector<16xi8>
    %39 = vector.bitcast %38 : vector<16xi8> to vector<8xi16>
    %40 = vector.bitcast %arg20 : vector<8xi16> to vector<16xi8>
    %41 = vector.bitcast %arg22 : vector<8xi16> to vector<16xi8>
    %42 = arith.andi %40, %41 : vector<16xi8>
    %43 = vector.bitcast %42 : vector<16xi8> to vector<8xi16>
    %44 = vector.bitcast %arg21 : vector<8xi16> to vector<16xi8>
    %45 = vector.bitcast %arg22 : vector<8xi16> to vector<16xi8>
    %46 = arith.andi %44, %45 : vector<16xi8>
    %47 = vector.bitcast %46 : vector<16xi8> to vector<8xi16>
    %48 = vector.bitcast %arg23 : vector<8xi16> to vector<16xi8>
    %49 = vector.bitcast %arg25 : vector<8xi16> to vector<16xi8>
    %50 = arith.andi %48, %49 : vector<16xi8>
    %51 = vector.bitcast %50 : vector<16xi8> to vector<8xi16>
    %52 = vector.bitcast %arg24 : vector<8xi16> to vector<16xi8>
    %53 = vector.bitcast %arg25 : vector<8xi16> to vector<16xi8>
    %54 = arith.andi %52, %53 : vector<16xi8>
    %55 = vector.bitcast %54 : vector<16xi8> to vector<8xi16>
    %56 = vector.bitcast %arg26 : vector<8xi16> to vector<16xi8>
    %57 = vector.bitcast %arg28 : vector<8xi16> to vector<16xi8>
    %58 = arith.andi %56, %57 : vector<16xi8>
    %59 = vector.bitcast %58 : vector<16xi8> to vector<8xi16>
    %60 = vector.bitcast %arg27 : vector<8xi16> to vector<16xi8>
    %61 = vector.bitcast %arg28 : vector<8xi16> to vector<16xi8>
    %62 = arith.andi %60, %61 : vector<16xi8>
    %63 = vector.bitcast %62 : vector<16xi8> to vector<8xi16>
    %64 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %65 = math.ctpop %64 : vector<16xi8>
    %66 = vector.bitcast %7 : vector<8xi16> to vector<16xi8>
    %67 = math.ctpop %66 : vector<16xi8>
    %68 = vector.bitcast %11 : vector<8xi16> to vector<16xi8>
    %69 = math.ctpop %68 : vector<16xi8>
    %70 = arith.addi %65, %69 : vector<16xi8>
    %71 = vector.bitcast %15 : vector<8xi16> to vector<16xi8>
    %72 = math.ctpop %71 : vector<16xi8>
    %73 = arith.addi %67, %72 : vector<16xi8>
    %74 = vector.bitcast %19 : vector<8xi16> to vector<16xi8>
    %75 = math.ctpop %74 : vector<16xi8>
    %76 = arith.addi %70, %75 : vector<16xi8>
    %77 = vector.bitcast %23 : vector<8xi16> to vector<16xi8>
    %78 = math.ctpop %77 : vector<16xi8>
    %79 = arith.addi %73, %78 : vector<16xi8>
    %80 = vector.bitcast %27 : vector<8xi16> to vector<16xi8>
    %81 = math.ctpop %80 : vector<16xi8>
    %82 = arith.addi %76, %81 : vector<16xi8>
    %83 = vector.bitcast %31 : vector<8xi16> to vector<16xi8>
    %84 = math.ctpop %83 : vector<16xi8>
    %85 = arith.addi %79, %84 : vector<16xi8>
    %86 = vector.bitcast %35 : vector<8xi16> to vector<16xi8>
    %87 = math.ctpop %86 : vector<16xi8>
    %88 = arith.addi %82, %87 : vector<16xi8>
    %89 = vector.bitcast %39 : vector<8xi16> to vector<16xi8>
    %90 = math.ctpop %89 : vector<16xi8>
    %91 = arith.addi %85, %90 : vector<16xi8>
    %92 = vector.bitcast %43 : vector<8xi16> to vector<16xi8>
    %93 = math.ctpop %92 : vector<16xi8>
    %94 = arith.addi %88, %93 : vector<16xi8>
    %95 = vector.bitcast %47 : vector<8xi16> to vector<16xi8>
    %96 = math.ctpop %95 : vector<16xi8>
    %97 = arith.addi %91, %96 : vector<16xi8>
    %98 = vector.bitcast %51 : vector<8xi16> to vector<16xi8>
    %99 = math.ctpop %98 : vector<16xi8>
    %100 = arith.addi %94, %99 : vector<16xi8>
    %101 = vector.bitcast %55 : vector<8xi16> to vector<16xi8>
    %102 = math.ctpop %101 : vector<16xi8>
    %103 = arith.addi %97, %102 : vector<16xi8>
    %104 = vector.bitcast %59 : vector<8xi16> to vector<16xi8>
    %105 = math.ctpop %104 : vector<16xi8>
    %106 = arith.addi %100, %105 : vector<16xi8>
    %107 = vector.bitcast %63 : vector<8xi16> to vector<16xi8>
    %108 = math.ctpop %107 : vector<16xi8>
    %109 = arith.addi %103, %108 : vector<16xi8>
    %110 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%106) : (vector<16xi8>) -> vector<8xi16>
    %111 = arith.addi %arg0, %110 : vector<8xi16>
    %112 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%109) : (vector<16xi8>) -> vector<8xi16>
    %113 = arith.addi %arg1, %112 : vector<8xi16>
    return %111, %113, %arg2, %arg3, %arg4 : vector<8xi16>, vector<8xi16>, vector<8xi32>, vector<8xi16>, vector<8xi16>
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
    %4 = arith.addi %1, %3 : vector<8xi32>
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
    %4 = arith.addi %1, %3 : vector<8xi32>
    %cst_2 = arith.constant dense<0> : vector<8xi16>
    %cst_3 = arith.constant dense<0> : vector<8xi16>
    return %cst, %cst_0, %4, %cst_2, %cst_3 : vector<8xi16>, vector<8xi16>, vector<8xi32>, vector<8xi16>, vector<8xi16>
  }
  func.func @step_1_8(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi32>, %arg3: vector<8xi16>, %arg4: vector<8xi16>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi16>, %arg8: vector<8xi16>, %arg9: vector<8xi16>, %arg10: vector<8xi16>, %arg11: vector<8xi16>, %arg12: vector<8xi16>, %arg13: vector<8xi16>, %arg14: vector<8xi16>, %arg15: vector<8xi16>, %arg16: vector<8xi16>, %arg17: vector<8xi16>, %arg18: vector<8xi16>, %arg19: vector<8xi16>, %arg20: vector<8xi16>, %arg21: vector<8xi16>, %arg22: vector<8xi16>, %arg23: vector<8xi16>, %arg24: vector<8xi16>, %arg25: vector<8xi16>, %arg26: vector<8xi16>, %arg27: vector<8xi16>, %arg28: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<8xi32>, vector<8xi16>, vector<8xi16>) {
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
    %32 = vector.bitcast %arg17 : vector<8xi16> to vector<16xi8>
    %33 = vector.bitcast %arg19 : vector<8xi16> to vector<16xi8>
    %34 = arith.andi %32, %33 : vector<16xi8>
    %35 = vector.bitcast %34 : vector<16xi8> to vector<8xi16>
    %36 = vector.bitcast %arg18 : vector<8xi16> to vector<16xi8>
    %37 = vector.bitcast %arg19 : vector<8xi16> to vector<16xi8>
    %38 = arith.andi %36, %37 : vector<16xi8>
    %39 = vector.bitcast %38 : vector<16xi8> to vector<8xi16>
    %40 = vector.bitcast %arg20 : vector<8xi16> to vector<16xi8>
    %41 = vector.bitcast %arg22 : vector<8xi16> to vector<16xi8>
    %42 = arith.andi %40, %41 : vector<16xi8>
    %43 = vector.bitcast %42 : vector<16xi8> to vector<8xi16>
    %44 = vector.bitcast %arg21 : vector<8xi16> to vector<16xi8>
    %45 = vector.bitcast %arg22 : vector<8xi16> to vector<16xi8>
    %46 = arith.andi %44, %45 : vector<16xi8>
    %47 = vector.bitcast %46 : vector<16xi8> to vector<8xi16>
    %48 = vector.bitcast %arg23 : vector<8xi16> to vector<16xi8>
    %49 = vector.bitcast %arg25 : vector<8xi16> to vector<16xi8>
    %50 = arith.andi %48, %49 : vector<16xi8>
    %51 = vector.bitcast %50 : vector<16xi8> to vector<8xi16>
    %52 = vector.bitcast %arg24 : vector<8xi16> to vector<16xi8>
    %53 = vector.bitcast %arg25 : vector<8xi16> to vector<16xi8>
    %54 = arith.andi %52, %53 : vector<16xi8>
    %55 = vector.bitcast %54 : vector<16xi8> to vector<8xi16>
    %56 = vector.bitcast %arg26 : vector<8xi16> to vector<16xi8>
    %57 = vector.bitcast %arg28 : vector<8xi16> to vector<16xi8>
    %58 = arith.andi %56, %57 : vector<16xi8>
    %59 = vector.bitcast %58 : vector<16xi8> to vector<8xi16>
    %60 = vector.bitcast %arg27 : vector<8xi16> to vector<16xi8>
    %61 = vector.bitcast %arg28 : vector<8xi16> to vector<16xi8>
    %62 = arith.andi %60, %61 : vector<16xi8>
    %63 = vector.bitcast %62 : vector<16xi8> to vector<8xi16>
    %64 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %65 = math.ctpop %64 : vector<16xi8>
    %66 = vector.bitcast %7 : vector<8xi16> to vector<16xi8>
    %67 = math.ctpop %66 : vector<16xi8>
    %68 = vector.bitcast %11 : vector<8xi16> to vector<16xi8>
    %69 = math.ctpop %68 : vector<16xi8>
    %70 = arith.addi %65, %69 : vector<16xi8>
    %71 = vector.bitcast %15 : vector<8xi16> to vector<16xi8>
    %72 = math.ctpop %71 : vector<16xi8>
    %73 = arith.addi %67, %72 : vector<16xi8>
    %74 = vector.bitcast %19 : vector<8xi16> to vector<16xi8>
    %75 = math.ctpop %74 : vector<16xi8>
    %76 = arith.addi %70, %75 : vector<16xi8>
    %77 = vector.bitcast %23 : vector<8xi16> to vector<16xi8>
    %78 = math.ctpop %77 : vector<16xi8>
    %79 = arith.addi %73, %78 : vector<16xi8>
    %80 = vector.bitcast %27 : vector<8xi16> to vector<16xi8>
    %81 = math.ctpop %80 : vector<16xi8>
    %82 = arith.addi %76, %81 : vector<16xi8>
    %83 = vector.bitcast %31 : vector<8xi16> to vector<16xi8>
    %84 = math.ctpop %83 : vector<16xi8>
    %85 = arith.addi %79, %84 : vector<16xi8>
    %86 = vector.bitcast %35 : vector<8xi16> to vector<16xi8>
    %87 = math.ctpop %86 : vector<16xi8>
    %88 = arith.addi %82, %87 : vector<16xi8>
    %89 = vector.bitcast %39 : vector<8xi16> to vector<16xi8>
    %90 = math.ctpop %89 : vector<16xi8>
    %91 = arith.addi %85, %90 : vector<16xi8>
    %92 = vector.bitcast %43 : vector<8xi16> to vector<16xi8>
    %93 = math.ctpop %92 : vector<16xi8>
    %94 = arith.addi %88, %93 : vector<16xi8>
    %95 = vector.bitcast %47 : vector<8xi16> to vector<16xi8>
    %96 = math.ctpop %95 : vector<16xi8>
    %97 = arith.addi %91, %96 : vector<16xi8>
    %98 = vector.bitcast %51 : vector<8xi16> to vector<16xi8>
    %99 = math.ctpop %98 : vector<16xi8>
    %100 = arith.addi %94, %99 : vector<16xi8>
    %101 = vector.bitcast %55 : vector<8xi16> to vector<16xi8>
    %102 = math.ctpop %101 : vector<16xi8>
    %103 = arith.addi %97, %102 : vector<16xi8>
    %104 = vector.bitcast %59 : vector<8xi16> to vector<16xi8>
    %105 = math.ctpop %104 : vector<16xi8>
    %106 = arith.addi %100, %105 : vector<16xi8>
    %107 = vector.bitcast %63 : vector<8xi16> to vector<16xi8>
    %108 = math.ctpop %107 : vector<16xi8>
    %109 = arith.addi %103, %108 : vector<16xi8>
    %110 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%106) : (vector<16xi8>) -> vector<8xi16>
    %111 = arith.addi %arg3, %110 : vector<8xi16>
    %112 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%109) : (vector<16xi8>) -> vector<8xi16>
    %113 = arith.addi %arg4, %112 : vector<8xi16>
    return %arg0, %arg1, %arg2, %111, %113 : vector<8xi16>, vector<8xi16>, vector<8xi32>, vector<8xi16>, vector<8xi16>
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
    %12 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%9) : (vector<16xi8>) -> vector<8xi16>
    %13 = arith.addi %arg3, %12 : vector<8xi16>
    %14 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%11) : (vector<16xi8>) -> vector<8xi16>
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
    %2 = arith.subi %arg2, %1 : vector<8xi32>
    %cst_3 = arith.constant dense<0> : vector<8xi16>
    %3 = arith.extui %arg4 : vector<8xi16> to vector<8xi32>
    %cst_4 = arith.constant dense<2> : vector<8xi32>
    %4 = arith.shli %3, %cst_4 : vector<8xi32>
    %5 = arith.subi %2, %4 : vector<8xi32>
    return %cst, %cst_0, %5, %cst_1, %cst_3 : vector<8xi16>, vector<8xi16>, vector<8xi32>, vector<8xi16>, vector<8xi16>
  }
  func.func @end_1(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi32>, %arg3: vector<8xi16>, %arg4: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<8xi32>, vector<8xi16>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %cst_1 = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg3 : vector<8xi16> to vector<8xi32>
    %cst_2 = arith.constant dense<1> : vector<8xi32>
    %1 = arith.shli %0, %cst_2 : vector<8xi32>
    %2 = arith.subi %arg2, %1 : vector<8xi32>
    %cst_3 = arith.constant dense<0> : vector<8xi16>
    %3 = arith.extui %arg4 : vector<8xi16> to vector<8xi32>
    %cst_4 = arith.constant dense<2> : vector<8xi32>
    %4 = arith.shli %3, %cst_4 : vector<8xi32>
    %5 = arith.subi %2, %4 : vector<8xi32>
    return %cst, %cst_0, %5, %cst_1, %cst_3 : vector<8xi16>, vector<8xi16>, vector<8xi32>, vector<8xi16>, vector<8xi16>
  }
  func.func @finish(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi32>, %arg3: vector<8xi16>, %arg4: vector<8xi16>) -> vector<8xi32> {
    return %arg2 : vector<8xi32>
  }
}

