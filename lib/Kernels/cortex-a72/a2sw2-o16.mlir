// bitserial kernel, format 1
// key: planes=2,2 terms=5:1,6:-2,9:2,10:-4 word=16 lanes=outputs target=AArch64:cortex-a72 model=cortex-a72 features=neon vectors=32x128 semantics=0371ec95c5a6df56 prover=2 search=1 cost=1 version=0.1.0/22.1.8
// blake3: 28053c484cf46fdf2ee2d29729f39329ff33f2a63661a7899c49c4d0da1d3bbf
module @"a2sw2-o16" attributes {bitserial.kernel = {cpu = "cortex-a72", cycles = "6.33", features = ["neon"], group = 1 : i64, passes = [{capacity = 65535 : i64, planes = [0, 1, 2, 3], steps = [{cost = 48 : i64, words = 3 : i64}, {cost = 16 : i64, words = 1 : i64}]}], sketch = "count bytes; 16-bit counters of pairs; weights after counting; 3 words per step; passes: a0*w0 - 2*a1*w0 + 2*a0*w1 - 4*a1*w1", spec = {lanes = "outputs", planes = [2, 2], terms = [[5, 1], [6, -2], [9, 2], [10, -4]], word = 16 : i64}, state = ["counter", "counter", "counter", "counter", "sum"], tile = [1, 4]}} {
  func.func @step_0_3(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi32>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi16>, %arg8: vector<8xi16>, %arg9: vector<8xi16>, %arg10: vector<8xi16>, %arg11: vector<8xi16>, %arg12: vector<8xi16>, %arg13: vector<8xi16>, %arg14: vector<8xi16>, %arg15: vector<8xi16>, %arg16: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi32>) {
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
    %32 = vector.bitcast %arg13 : vector<8xi16> to vector<16xi8>
    %33 = vector.bitcast %arg15 : vector<8xi16> to vector<16xi8>
    %34 = arith.andi %32, %33 : vector<16xi8>
    %35 = vector.bitcast %34 : vector<16xi8> to vector<8xi16>
    %36 = vector.bitcast %arg14 : vector<8xi16> to vector<16xi8>
    %37 = vector.bitcast %arg15 : vector<8xi16> to vector<16xi8>
    %38 = arith.andi %36, %37 : vector<16xi8>
    %39 = vector.bitcast %38 : vector<16xi8> to vector<8xi16>
    %40 = vector.bitcast %arg13 : vector<8xi16> to vector<16xi8>
    %41 = vector.bitcast %arg16 : vector<8xi16> to vector<16xi8>
    %42 = arith.andi %40, %41 : vector<16xi8>
    %43 = vector.bitcast %42 : vector<16xi8> to vector<8xi16>
    %44 = vector.bitcast %arg14 : vector<8xi16> to vector<16xi8>
    %45 = vector.bitcast %arg16 : vector<8xi16> to vector<16xi8>
    %46 = arith.andi %44, %45 : vector<16xi8>
    %47 = vector.bitcast %46 : vector<16xi8> to vector<8xi16>
    %48 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %49 = math.ctpop %48 : vector<16xi8>
    %50 = vector.bitcast %7 : vector<8xi16> to vector<16xi8>
    %51 = math.ctpop %50 : vector<16xi8>
    %52 = vector.bitcast %11 : vector<8xi16> to vector<16xi8>
    %53 = math.ctpop %52 : vector<16xi8>
    %54 = vector.bitcast %15 : vector<8xi16> to vector<16xi8>
    %55 = math.ctpop %54 : vector<16xi8>
    %56 = vector.bitcast %19 : vector<8xi16> to vector<16xi8>
    %57 = math.ctpop %56 : vector<16xi8>
    %58 = arith.addi %49, %57 : vector<16xi8>
    %59 = vector.bitcast %23 : vector<8xi16> to vector<16xi8>
    %60 = math.ctpop %59 : vector<16xi8>
    %61 = arith.addi %51, %60 : vector<16xi8>
    %62 = vector.bitcast %27 : vector<8xi16> to vector<16xi8>
    %63 = math.ctpop %62 : vector<16xi8>
    %64 = arith.addi %53, %63 : vector<16xi8>
    %65 = vector.bitcast %31 : vector<8xi16> to vector<16xi8>
    %66 = math.ctpop %65 : vector<16xi8>
    %67 = arith.addi %55, %66 : vector<16xi8>
    %68 = vector.bitcast %35 : vector<8xi16> to vector<16xi8>
    %69 = math.ctpop %68 : vector<16xi8>
    %70 = arith.addi %58, %69 : vector<16xi8>
    %71 = vector.bitcast %39 : vector<8xi16> to vector<16xi8>
    %72 = math.ctpop %71 : vector<16xi8>
    %73 = arith.addi %61, %72 : vector<16xi8>
    %74 = vector.bitcast %43 : vector<8xi16> to vector<16xi8>
    %75 = math.ctpop %74 : vector<16xi8>
    %76 = arith.addi %64, %75 : vector<16xi8>
    %77 = vector.bitcast %47 : vector<8xi16> to vector<16xi8>
    %78 = math.ctpop %77 : vector<16xi8>
    %79 = arith.addi %67, %78 : vector<16xi8>
    %80 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%70) : (vector<16xi8>) -> vector<8xi16>
    %81 = arith.addi %arg0, %80 : vector<8xi16>
    %82 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%73) : (vector<16xi8>) -> vector<8xi16>
    %83 = arith.addi %arg1, %82 : vector<8xi16>
    %84 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%76) : (vector<16xi8>) -> vector<8xi16>
    %85 = arith.addi %arg2, %84 : vector<8xi16>
    %86 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%79) : (vector<16xi8>) -> vector<8xi16>
    %87 = arith.addi %arg3, %86 : vector<8xi16>
    return %81, %83, %85, %87, %arg4 : vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi32>
  }
  func.func @step_0_1(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi32>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi16>, %arg8: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi32>) {
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
    return %25, %27, %29, %31, %arg4 : vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi32>
  }
  func.func @flush_0(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi32>) -> (vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi32>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg0 : vector<8xi16> to vector<8xi32>
    %1 = arith.addi %arg4, %0 : vector<8xi32>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %2 = arith.extui %arg1 : vector<8xi16> to vector<8xi32>
    %cst_1 = arith.constant dense<1> : vector<8xi32>
    %3 = arith.shli %2, %cst_1 : vector<8xi32>
    %4 = arith.subi %1, %3 : vector<8xi32>
    %cst_2 = arith.constant dense<0> : vector<8xi16>
    %5 = arith.extui %arg2 : vector<8xi16> to vector<8xi32>
    %cst_3 = arith.constant dense<1> : vector<8xi32>
    %6 = arith.shli %5, %cst_3 : vector<8xi32>
    %7 = arith.addi %4, %6 : vector<8xi32>
    %cst_4 = arith.constant dense<0> : vector<8xi16>
    %8 = arith.extui %arg3 : vector<8xi16> to vector<8xi32>
    %cst_5 = arith.constant dense<2> : vector<8xi32>
    %9 = arith.shli %8, %cst_5 : vector<8xi32>
    %10 = arith.subi %7, %9 : vector<8xi32>
    return %cst, %cst_0, %cst_2, %cst_4, %10 : vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi32>
  }
  func.func @end_0(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi32>) -> (vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi32>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg0 : vector<8xi16> to vector<8xi32>
    %1 = arith.addi %arg4, %0 : vector<8xi32>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %2 = arith.extui %arg1 : vector<8xi16> to vector<8xi32>
    %cst_1 = arith.constant dense<1> : vector<8xi32>
    %3 = arith.shli %2, %cst_1 : vector<8xi32>
    %4 = arith.subi %1, %3 : vector<8xi32>
    %cst_2 = arith.constant dense<0> : vector<8xi16>
    %5 = arith.extui %arg2 : vector<8xi16> to vector<8xi32>
    %cst_3 = arith.constant dense<1> : vector<8xi32>
    %6 = arith.shli %5, %cst_3 : vector<8xi32>
    %7 = arith.addi %4, %6 : vector<8xi32>
    %cst_4 = arith.constant dense<0> : vector<8xi16>
    %8 = arith.extui %arg3 : vector<8xi16> to vector<8xi32>
    %cst_5 = arith.constant dense<2> : vector<8xi32>
    %9 = arith.shli %8, %cst_5 : vector<8xi32>
    %10 = arith.subi %7, %9 : vector<8xi32>
    return %cst, %cst_0, %cst_2, %cst_4, %10 : vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi32>
  }
  func.func @finish(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi32>) -> vector<8xi32> {
    return %arg4 : vector<8xi32>
  }
}

