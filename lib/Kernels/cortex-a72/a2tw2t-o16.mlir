// bitserial kernel, format 1
// key: planes=2,2 terms=5:1,6:-1,9:-1,10:1 word=16 lanes=outputs target=AArch64:cortex-a72 model=cortex-a72 features=neon vectors=32x128 semantics=0371ec95c5a6df56 prover=2 search=2 cost=2 version=0.1.0/22.1.8
// blake3: ff808ffc7819ee733a159ba8e5232b560c897619037b8fe05b1626214581e61d
module @"a2tw2t-o16" attributes {bitserial.kernel = {cpu = "cortex-a72", cycles = "6.15", features = ["neon"], group = 1 : i64, passes = [{capacity = 65535 : i64, planes = [0, 1, 2, 3], steps = [{cost = 96 : i64, words = 3 : i64}, {cost = 32 : i64, words = 1 : i64}]}], sketch = "count bytes; 16-bit counters of pairs; weights after counting; 3 words per step; passes: a0*w0 - a1*w0 - a0*w1 + a1*w1", spec = {lanes = "outputs", planes = [2, 2], terms = [[5, 1], [6, -1], [9, -1], [10, 1]], word = 16 : i64}, state = ["counter", "counter", "sum"], tile = [2, 8]}} {
  func.func @step_0_3(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi32>, %arg3: vector<8xi16>, %arg4: vector<8xi16>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi16>, %arg8: vector<8xi16>, %arg9: vector<8xi16>, %arg10: vector<8xi16>, %arg11: vector<8xi16>, %arg12: vector<8xi16>, %arg13: vector<8xi16>, %arg14: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<8xi32>) {
    %0 = vector.bitcast %arg3 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %5 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %6 = arith.andi %4, %5 : vector<16xi8>
    %7 = vector.bitcast %6 : vector<16xi8> to vector<8xi16>
    %8 = vector.bitcast %arg3 : vector<8xi16> to vector<16xi8>
    %9 = vector.bitcast %arg6 : vector<8xi16> to vector<16xi8>
    %10 = arith.andi %8, %9 : vector<16xi8>
    %11 = vector.bitcast %10 : vector<16xi8> to vector<8xi16>
    %12 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %13 = vector.bitcast %arg6 : vector<8xi16> to vector<16xi8>
    %14 = arith.andi %12, %13 : vector<16xi8>
    %15 = vector.bitcast %14 : vector<16xi8> to vector<8xi16>
    %16 = vector.bitcast %arg7 : vector<8xi16> to vector<16xi8>
    %17 = vector.bitcast %arg9 : vector<8xi16> to vector<16xi8>
    %18 = arith.andi %16, %17 : vector<16xi8>
    %19 = vector.bitcast %18 : vector<16xi8> to vector<8xi16>
    %20 = vector.bitcast %arg8 : vector<8xi16> to vector<16xi8>
    %21 = vector.bitcast %arg9 : vector<8xi16> to vector<16xi8>
    %22 = arith.andi %20, %21 : vector<16xi8>
    %23 = vector.bitcast %22 : vector<16xi8> to vector<8xi16>
    %24 = vector.bitcast %arg7 : vector<8xi16> to vector<16xi8>
    %25 = vector.bitcast %arg10 : vector<8xi16> to vector<16xi8>
    %26 = arith.andi %24, %25 : vector<16xi8>
    %27 = vector.bitcast %26 : vector<16xi8> to vector<8xi16>
    %28 = vector.bitcast %arg8 : vector<8xi16> to vector<16xi8>
    %29 = vector.bitcast %arg10 : vector<8xi16> to vector<16xi8>
    %30 = arith.andi %28, %29 : vector<16xi8>
    %31 = vector.bitcast %30 : vector<16xi8> to vector<8xi16>
    %32 = vector.bitcast %arg11 : vector<8xi16> to vector<16xi8>
    %33 = vector.bitcast %arg13 : vector<8xi16> to vector<16xi8>
    %34 = arith.andi %32, %33 : vector<16xi8>
    %35 = vector.bitcast %34 : vector<16xi8> to vector<8xi16>
    %36 = vector.bitcast %arg12 : vector<8xi16> to vector<16xi8>
    %37 = vector.bitcast %arg13 : vector<8xi16> to vector<16xi8>
    %38 = arith.andi %36, %37 : vector<16xi8>
    %39 = vector.bitcast %38 : vector<16xi8> to vector<8xi16>
    %40 = vector.bitcast %arg11 : vector<8xi16> to vector<16xi8>
    %41 = vector.bitcast %arg14 : vector<8xi16> to vector<16xi8>
    %42 = arith.andi %40, %41 : vector<16xi8>
    %43 = vector.bitcast %42 : vector<16xi8> to vector<8xi16>
    %44 = vector.bitcast %arg12 : vector<8xi16> to vector<16xi8>
    %45 = vector.bitcast %arg14 : vector<8xi16> to vector<16xi8>
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
    %57 = arith.addi %49, %56 : vector<16xi8>
    %58 = vector.bitcast %19 : vector<8xi16> to vector<16xi8>
    %59 = math.ctpop %58 : vector<16xi8>
    %60 = arith.addi %57, %59 : vector<16xi8>
    %61 = vector.bitcast %23 : vector<8xi16> to vector<16xi8>
    %62 = math.ctpop %61 : vector<16xi8>
    %63 = arith.addi %54, %62 : vector<16xi8>
    %64 = vector.bitcast %27 : vector<8xi16> to vector<16xi8>
    %65 = math.ctpop %64 : vector<16xi8>
    %66 = arith.addi %63, %65 : vector<16xi8>
    %67 = vector.bitcast %31 : vector<8xi16> to vector<16xi8>
    %68 = math.ctpop %67 : vector<16xi8>
    %69 = arith.addi %60, %68 : vector<16xi8>
    %70 = vector.bitcast %35 : vector<8xi16> to vector<16xi8>
    %71 = math.ctpop %70 : vector<16xi8>
    %72 = arith.addi %69, %71 : vector<16xi8>
    %73 = vector.bitcast %39 : vector<8xi16> to vector<16xi8>
    %74 = math.ctpop %73 : vector<16xi8>
    %75 = arith.addi %66, %74 : vector<16xi8>
    %76 = vector.bitcast %43 : vector<8xi16> to vector<16xi8>
    %77 = math.ctpop %76 : vector<16xi8>
    %78 = arith.addi %75, %77 : vector<16xi8>
    %79 = vector.bitcast %47 : vector<8xi16> to vector<16xi8>
    %80 = math.ctpop %79 : vector<16xi8>
    %81 = arith.addi %72, %80 : vector<16xi8>
    %82 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%81) : (vector<16xi8>) -> vector<8xi16>
    %83 = arith.addi %arg0, %82 : vector<8xi16>
    %84 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%78) : (vector<16xi8>) -> vector<8xi16>
    %85 = arith.addi %arg1, %84 : vector<8xi16>
    return %83, %85, %arg2 : vector<8xi16>, vector<8xi16>, vector<8xi32>
  }
  func.func @step_0_1(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi32>, %arg3: vector<8xi16>, %arg4: vector<8xi16>, %arg5: vector<8xi16>, %arg6: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<8xi32>) {
    %0 = vector.bitcast %arg3 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %5 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %6 = arith.andi %4, %5 : vector<16xi8>
    %7 = vector.bitcast %6 : vector<16xi8> to vector<8xi16>
    %8 = vector.bitcast %arg3 : vector<8xi16> to vector<16xi8>
    %9 = vector.bitcast %arg6 : vector<8xi16> to vector<16xi8>
    %10 = arith.andi %8, %9 : vector<16xi8>
    %11 = vector.bitcast %10 : vector<16xi8> to vector<8xi16>
    %12 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %13 = vector.bitcast %arg6 : vector<8xi16> to vector<16xi8>
    %14 = arith.andi %12, %13 : vector<16xi8>
    %15 = vector.bitcast %14 : vector<16xi8> to vector<8xi16>
    %16 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %17 = math.ctpop %16 : vector<16xi8>
    %18 = vector.bitcast %7 : vector<8xi16> to vector<16xi8>
    %19 = math.ctpop %18 : vector<16xi8>
    %20 = vector.bitcast %11 : vector<8xi16> to vector<16xi8>
    %21 = math.ctpop %20 : vector<16xi8>
    %22 = arith.addi %19, %21 : vector<16xi8>
    %23 = vector.bitcast %15 : vector<8xi16> to vector<16xi8>
    %24 = math.ctpop %23 : vector<16xi8>
    %25 = arith.addi %17, %24 : vector<16xi8>
    %26 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%25) : (vector<16xi8>) -> vector<8xi16>
    %27 = arith.addi %arg0, %26 : vector<8xi16>
    %28 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%22) : (vector<16xi8>) -> vector<8xi16>
    %29 = arith.addi %arg1, %28 : vector<8xi16>
    return %27, %29, %arg2 : vector<8xi16>, vector<8xi16>, vector<8xi32>
  }
  func.func @flush_0(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi32>) -> (vector<8xi16>, vector<8xi16>, vector<8xi32>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg0 : vector<8xi16> to vector<8xi32>
    %1 = arith.addi %arg2, %0 : vector<8xi32>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %2 = arith.extui %arg1 : vector<8xi16> to vector<8xi32>
    %3 = arith.subi %1, %2 : vector<8xi32>
    return %cst, %cst_0, %3 : vector<8xi16>, vector<8xi16>, vector<8xi32>
  }
  func.func @end_0(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi32>) -> (vector<8xi16>, vector<8xi16>, vector<8xi32>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg0 : vector<8xi16> to vector<8xi32>
    %1 = arith.addi %arg2, %0 : vector<8xi32>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %2 = arith.extui %arg1 : vector<8xi16> to vector<8xi32>
    %3 = arith.subi %1, %2 : vector<8xi32>
    return %cst, %cst_0, %3 : vector<8xi16>, vector<8xi16>, vector<8xi32>
  }
  func.func @finish(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi32>) -> vector<8xi32> {
    return %arg2 : vector<8xi32>
  }
}

