// bitserial kernel, format 1
// key: planes=1,1 terms=3:1 word=64 lanes=outputs target=x86-64:haswell model=haswell features=avx,avx2,sse4.1,ssse3 vectors=16x256 semantics=96304efe6d36b525 prover=1 search=1 cost=1 version=0.1.0/22.1.8
// blake3: 8bc60124880c7373a6f473eff61e2e8480bfbea66234ea4f9fd8ba2ebebcb61b
module @"a1w1-o64" attributes {bitserial.kernel = {cpu = "haswell", cycles = "2.19", features = ["avx2"], group = 1 : i64, passes = [{capacity = 255 : i64, planes = [0, 1], steps = [{cost = 8 : i64, words = 4 : i64}, {cost = 8 : i64, words = 1 : i64}]}], sketch = "count bytes; byte counters; weights after counting; carry-save of depth 2; 4 words per step; passes: p0*p1", spec = {lanes = "outputs", planes = [1, 1], terms = [[3, 1]], word = 64 : i64}, state = ["bits", "bits", "counter", "sum"], tile = [2, 1]}} {
  func.func @step_0_4(%arg0: vector<4xi64>, %arg1: vector<4xi64>, %arg2: vector<32xi8>, %arg3: vector<4xi64>, %arg4: vector<4xi64>, %arg5: vector<4xi64>, %arg6: vector<4xi64>, %arg7: vector<4xi64>, %arg8: vector<4xi64>, %arg9: vector<4xi64>, %arg10: vector<4xi64>, %arg11: vector<4xi64>) -> (vector<4xi64>, vector<4xi64>, vector<32xi8>, vector<4xi64>) {
    %0 = vector.bitcast %arg4 : vector<4xi64> to vector<32xi8>
    %1 = vector.bitcast %arg5 : vector<4xi64> to vector<32xi8>
    %2 = arith.andi %0, %1 : vector<32xi8>
    %3 = vector.bitcast %2 : vector<32xi8> to vector<4xi64>
    %4 = vector.bitcast %arg6 : vector<4xi64> to vector<32xi8>
    %5 = vector.bitcast %arg7 : vector<4xi64> to vector<32xi8>
    %6 = arith.andi %4, %5 : vector<32xi8>
    %7 = vector.bitcast %6 : vector<32xi8> to vector<4xi64>
    %8 = vector.bitcast %arg0 : vector<4xi64> to vector<32xi8>
    %9 = vector.bitcast %3 : vector<4xi64> to vector<32xi8>
    %10 = arith.andi %8, %9 : vector<32xi8>
    %11 = vector.bitcast %10 : vector<32xi8> to vector<4xi64>
    %12 = vector.bitcast %arg0 : vector<4xi64> to vector<32xi8>
    %13 = vector.bitcast %3 : vector<4xi64> to vector<32xi8>
    %14 = arith.xori %12, %13 : vector<32xi8>
    %15 = vector.bitcast %14 : vector<32xi8> to vector<4xi64>
    %16 = vector.bitcast %7 : vector<4xi64> to vector<32xi8>
    %17 = vector.bitcast %15 : vector<4xi64> to vector<32xi8>
    %18 = arith.andi %16, %17 : vector<32xi8>
    %19 = vector.bitcast %18 : vector<32xi8> to vector<4xi64>
    %20 = vector.bitcast %11 : vector<4xi64> to vector<32xi8>
    %21 = vector.bitcast %19 : vector<4xi64> to vector<32xi8>
    %22 = arith.ori %20, %21 : vector<32xi8>
    %23 = vector.bitcast %22 : vector<32xi8> to vector<4xi64>
    %24 = vector.bitcast %7 : vector<4xi64> to vector<32xi8>
    %25 = vector.bitcast %15 : vector<4xi64> to vector<32xi8>
    %26 = arith.xori %24, %25 : vector<32xi8>
    %27 = vector.bitcast %26 : vector<32xi8> to vector<4xi64>
    %28 = vector.bitcast %arg8 : vector<4xi64> to vector<32xi8>
    %29 = vector.bitcast %arg9 : vector<4xi64> to vector<32xi8>
    %30 = arith.andi %28, %29 : vector<32xi8>
    %31 = vector.bitcast %30 : vector<32xi8> to vector<4xi64>
    %32 = vector.bitcast %arg10 : vector<4xi64> to vector<32xi8>
    %33 = vector.bitcast %arg11 : vector<4xi64> to vector<32xi8>
    %34 = arith.andi %32, %33 : vector<32xi8>
    %35 = vector.bitcast %34 : vector<32xi8> to vector<4xi64>
    %36 = vector.bitcast %27 : vector<4xi64> to vector<32xi8>
    %37 = vector.bitcast %31 : vector<4xi64> to vector<32xi8>
    %38 = arith.andi %36, %37 : vector<32xi8>
    %39 = vector.bitcast %38 : vector<32xi8> to vector<4xi64>
    %40 = vector.bitcast %27 : vector<4xi64> to vector<32xi8>
    %41 = vector.bitcast %31 : vector<4xi64> to vector<32xi8>
    %42 = arith.xori %40, %41 : vector<32xi8>
    %43 = vector.bitcast %42 : vector<32xi8> to vector<4xi64>
    %44 = vector.bitcast %35 : vector<4xi64> to vector<32xi8>
    %45 = vector.bitcast %43 : vector<4xi64> to vector<32xi8>
    %46 = arith.andi %44, %45 : vector<32xi8>
    %47 = vector.bitcast %46 : vector<32xi8> to vector<4xi64>
    %48 = vector.bitcast %39 : vector<4xi64> to vector<32xi8>
    %49 = vector.bitcast %47 : vector<4xi64> to vector<32xi8>
    %50 = arith.ori %48, %49 : vector<32xi8>
    %51 = vector.bitcast %50 : vector<32xi8> to vector<4xi64>
    %52 = vector.bitcast %35 : vector<4xi64> to vector<32xi8>
    %53 = vector.bitcast %43 : vector<4xi64> to vector<32xi8>
    %54 = arith.xori %52, %53 : vector<32xi8>
    %55 = vector.bitcast %54 : vector<32xi8> to vector<4xi64>
    %56 = vector.bitcast %arg1 : vector<4xi64> to vector<32xi8>
    %57 = vector.bitcast %23 : vector<4xi64> to vector<32xi8>
    %58 = arith.andi %56, %57 : vector<32xi8>
    %59 = vector.bitcast %58 : vector<32xi8> to vector<4xi64>
    %60 = vector.bitcast %arg1 : vector<4xi64> to vector<32xi8>
    %61 = vector.bitcast %23 : vector<4xi64> to vector<32xi8>
    %62 = arith.xori %60, %61 : vector<32xi8>
    %63 = vector.bitcast %62 : vector<32xi8> to vector<4xi64>
    %64 = vector.bitcast %51 : vector<4xi64> to vector<32xi8>
    %65 = vector.bitcast %63 : vector<4xi64> to vector<32xi8>
    %66 = arith.andi %64, %65 : vector<32xi8>
    %67 = vector.bitcast %66 : vector<32xi8> to vector<4xi64>
    %68 = vector.bitcast %59 : vector<4xi64> to vector<32xi8>
    %69 = vector.bitcast %67 : vector<4xi64> to vector<32xi8>
    %70 = arith.ori %68, %69 : vector<32xi8>
    %71 = vector.bitcast %70 : vector<32xi8> to vector<4xi64>
    %72 = vector.bitcast %51 : vector<4xi64> to vector<32xi8>
    %73 = vector.bitcast %63 : vector<4xi64> to vector<32xi8>
    %74 = arith.xori %72, %73 : vector<32xi8>
    %75 = vector.bitcast %74 : vector<32xi8> to vector<4xi64>
    %76 = vector.bitcast %71 : vector<4xi64> to vector<32xi8>
    %cst = arith.constant dense<15> : vector<32xi8>
    %77 = arith.andi %76, %cst : vector<32xi8>
    %78 = vector.bitcast %76 : vector<32xi8> to vector<16xi16>
    %cst_0 = arith.constant dense<4> : vector<16xi16>
    %79 = arith.shrui %78, %cst_0 : vector<16xi16>
    %80 = vector.bitcast %79 : vector<16xi16> to vector<32xi8>
    %cst_1 = arith.constant dense<15> : vector<32xi8>
    %81 = arith.andi %80, %cst_1 : vector<32xi8>
    %cst_2 = arith.constant dense<[0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, 0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4]> : vector<32xi8>
    %82 = llvm.call_intrinsic "llvm.x86.avx2.pshuf.b"(%cst_2, %77) : (vector<32xi8>, vector<32xi8>) -> vector<32xi8>
    %cst_3 = arith.constant dense<[0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, 0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4]> : vector<32xi8>
    %83 = llvm.call_intrinsic "llvm.x86.avx2.pshuf.b"(%cst_3, %81) : (vector<32xi8>, vector<32xi8>) -> vector<32xi8>
    %84 = arith.addi %82, %83 : vector<32xi8>
    %85 = arith.addi %arg2, %84 : vector<32xi8>
    return %55, %75, %85, %arg3 : vector<4xi64>, vector<4xi64>, vector<32xi8>, vector<4xi64>
  }
  func.func @step_0_1(%arg0: vector<4xi64>, %arg1: vector<4xi64>, %arg2: vector<32xi8>, %arg3: vector<4xi64>, %arg4: vector<4xi64>, %arg5: vector<4xi64>) -> (vector<4xi64>, vector<4xi64>, vector<32xi8>, vector<4xi64>) {
    %0 = vector.bitcast %arg4 : vector<4xi64> to vector<32xi8>
    %1 = vector.bitcast %arg5 : vector<4xi64> to vector<32xi8>
    %2 = arith.andi %0, %1 : vector<32xi8>
    %3 = vector.bitcast %2 : vector<32xi8> to vector<4xi64>
    %4 = vector.bitcast %arg0 : vector<4xi64> to vector<32xi8>
    %5 = vector.bitcast %3 : vector<4xi64> to vector<32xi8>
    %6 = arith.andi %4, %5 : vector<32xi8>
    %7 = vector.bitcast %6 : vector<32xi8> to vector<4xi64>
    %8 = vector.bitcast %arg0 : vector<4xi64> to vector<32xi8>
    %9 = vector.bitcast %3 : vector<4xi64> to vector<32xi8>
    %10 = arith.xori %8, %9 : vector<32xi8>
    %11 = vector.bitcast %10 : vector<32xi8> to vector<4xi64>
    %12 = vector.bitcast %arg1 : vector<4xi64> to vector<32xi8>
    %13 = vector.bitcast %7 : vector<4xi64> to vector<32xi8>
    %14 = arith.andi %12, %13 : vector<32xi8>
    %15 = vector.bitcast %14 : vector<32xi8> to vector<4xi64>
    %16 = vector.bitcast %arg1 : vector<4xi64> to vector<32xi8>
    %17 = vector.bitcast %7 : vector<4xi64> to vector<32xi8>
    %18 = arith.xori %16, %17 : vector<32xi8>
    %19 = vector.bitcast %18 : vector<32xi8> to vector<4xi64>
    %20 = vector.bitcast %15 : vector<4xi64> to vector<32xi8>
    %cst = arith.constant dense<15> : vector<32xi8>
    %21 = arith.andi %20, %cst : vector<32xi8>
    %22 = vector.bitcast %20 : vector<32xi8> to vector<16xi16>
    %cst_0 = arith.constant dense<4> : vector<16xi16>
    %23 = arith.shrui %22, %cst_0 : vector<16xi16>
    %24 = vector.bitcast %23 : vector<16xi16> to vector<32xi8>
    %cst_1 = arith.constant dense<15> : vector<32xi8>
    %25 = arith.andi %24, %cst_1 : vector<32xi8>
    %cst_2 = arith.constant dense<[0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, 0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4]> : vector<32xi8>
    %26 = llvm.call_intrinsic "llvm.x86.avx2.pshuf.b"(%cst_2, %21) : (vector<32xi8>, vector<32xi8>) -> vector<32xi8>
    %cst_3 = arith.constant dense<[0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, 0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4]> : vector<32xi8>
    %27 = llvm.call_intrinsic "llvm.x86.avx2.pshuf.b"(%cst_3, %25) : (vector<32xi8>, vector<32xi8>) -> vector<32xi8>
    %28 = arith.addi %26, %27 : vector<32xi8>
    %29 = arith.addi %arg2, %28 : vector<32xi8>
    return %11, %19, %29, %arg3 : vector<4xi64>, vector<4xi64>, vector<32xi8>, vector<4xi64>
  }
  func.func @flush_0(%arg0: vector<4xi64>, %arg1: vector<4xi64>, %arg2: vector<32xi8>, %arg3: vector<4xi64>) -> (vector<4xi64>, vector<4xi64>, vector<32xi8>, vector<4xi64>) {
    %cst = arith.constant dense<0> : vector<32xi8>
    %cst_0 = arith.constant dense<0> : vector<32xi8>
    %0 = llvm.call_intrinsic "llvm.x86.avx2.psad.bw"(%arg2, %cst_0) : (vector<32xi8>, vector<32xi8>) -> vector<4xi64>
    %cst_1 = arith.constant dense<2> : vector<4xi64>
    %1 = arith.shli %0, %cst_1 : vector<4xi64>
    %2 = arith.addi %arg3, %1 : vector<4xi64>
    return %arg0, %arg1, %cst, %2 : vector<4xi64>, vector<4xi64>, vector<32xi8>, vector<4xi64>
  }
  func.func @end_0(%arg0: vector<4xi64>, %arg1: vector<4xi64>, %arg2: vector<32xi8>, %arg3: vector<4xi64>) -> (vector<4xi64>, vector<4xi64>, vector<32xi8>, vector<4xi64>) {
    %cst = arith.constant dense<0> : vector<4xi64>
    %0 = vector.bitcast %arg0 : vector<4xi64> to vector<32xi8>
    %cst_0 = arith.constant dense<15> : vector<32xi8>
    %1 = arith.andi %0, %cst_0 : vector<32xi8>
    %2 = vector.bitcast %0 : vector<32xi8> to vector<16xi16>
    %cst_1 = arith.constant dense<4> : vector<16xi16>
    %3 = arith.shrui %2, %cst_1 : vector<16xi16>
    %4 = vector.bitcast %3 : vector<16xi16> to vector<32xi8>
    %cst_2 = arith.constant dense<15> : vector<32xi8>
    %5 = arith.andi %4, %cst_2 : vector<32xi8>
    %cst_3 = arith.constant dense<[0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, 0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4]> : vector<32xi8>
    %6 = llvm.call_intrinsic "llvm.x86.avx2.pshuf.b"(%cst_3, %1) : (vector<32xi8>, vector<32xi8>) -> vector<32xi8>
    %cst_4 = arith.constant dense<[0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, 0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4]> : vector<32xi8>
    %7 = llvm.call_intrinsic "llvm.x86.avx2.pshuf.b"(%cst_4, %5) : (vector<32xi8>, vector<32xi8>) -> vector<32xi8>
    %8 = arith.addi %6, %7 : vector<32xi8>
    %cst_5 = arith.constant dense<0> : vector<32xi8>
    %9 = llvm.call_intrinsic "llvm.x86.avx2.psad.bw"(%8, %cst_5) : (vector<32xi8>, vector<32xi8>) -> vector<4xi64>
    %10 = arith.addi %arg3, %9 : vector<4xi64>
    %cst_6 = arith.constant dense<0> : vector<4xi64>
    %11 = vector.bitcast %arg1 : vector<4xi64> to vector<32xi8>
    %cst_7 = arith.constant dense<15> : vector<32xi8>
    %12 = arith.andi %11, %cst_7 : vector<32xi8>
    %13 = vector.bitcast %11 : vector<32xi8> to vector<16xi16>
    %cst_8 = arith.constant dense<4> : vector<16xi16>
    %14 = arith.shrui %13, %cst_8 : vector<16xi16>
    %15 = vector.bitcast %14 : vector<16xi16> to vector<32xi8>
    %cst_9 = arith.constant dense<15> : vector<32xi8>
    %16 = arith.andi %15, %cst_9 : vector<32xi8>
    %cst_10 = arith.constant dense<[0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, 0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4]> : vector<32xi8>
    %17 = llvm.call_intrinsic "llvm.x86.avx2.pshuf.b"(%cst_10, %12) : (vector<32xi8>, vector<32xi8>) -> vector<32xi8>
    %cst_11 = arith.constant dense<[0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, 0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4]> : vector<32xi8>
    %18 = llvm.call_intrinsic "llvm.x86.avx2.pshuf.b"(%cst_11, %16) : (vector<32xi8>, vector<32xi8>) -> vector<32xi8>
    %19 = arith.addi %17, %18 : vector<32xi8>
    %cst_12 = arith.constant dense<0> : vector<32xi8>
    %20 = llvm.call_intrinsic "llvm.x86.avx2.psad.bw"(%19, %cst_12) : (vector<32xi8>, vector<32xi8>) -> vector<4xi64>
    %cst_13 = arith.constant dense<1> : vector<4xi64>
    %21 = arith.shli %20, %cst_13 : vector<4xi64>
    %22 = arith.addi %10, %21 : vector<4xi64>
    %cst_14 = arith.constant dense<0> : vector<32xi8>
    %cst_15 = arith.constant dense<0> : vector<32xi8>
    %23 = llvm.call_intrinsic "llvm.x86.avx2.psad.bw"(%arg2, %cst_15) : (vector<32xi8>, vector<32xi8>) -> vector<4xi64>
    %cst_16 = arith.constant dense<2> : vector<4xi64>
    %24 = arith.shli %23, %cst_16 : vector<4xi64>
    %25 = arith.addi %22, %24 : vector<4xi64>
    return %cst, %cst_6, %cst_14, %25 : vector<4xi64>, vector<4xi64>, vector<32xi8>, vector<4xi64>
  }
  func.func @finish(%arg0: vector<4xi64>, %arg1: vector<4xi64>, %arg2: vector<32xi8>, %arg3: vector<4xi64>) -> vector<4xi32> {
    %0 = arith.trunci %arg3 : vector<4xi64> to vector<4xi32>
    return %0 : vector<4xi32>
  }
}

