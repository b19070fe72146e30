// bitserial kernel, format 1
// key: planes=3,3 terms=9:1,10:2,12:4,17:2,18:4,20:8,33:-4,34:-8,36:-16 word=16 lanes=outputs target=AArch64:neoverse-n1 model=neoverse-n1 features=dotprod,neon vectors=32x128 semantics=0371ec95c5a6df56 prover=2 search=2 cost=2 version=0.1.0/22.1.8
// blake3: 38080d1052df4cdf7862273f579c315f63fdcc594d44705a8d762c334f266c87
module @"a3w3s-o16" attributes {bitserial.kernel = {cpu = "neoverse-n1", cycles = "14.17", features = ["neon"], group = 1 : i64, passes = [{capacity = 65535 : i64, planes = [0, 1, 2, 3, 4, 5], steps = [{cost = 32 : i64, words = 1 : i64}]}], sketch = "count bytes; 16-bit counters of pairs; weights after counting; 1 word per step; passes: a0*w0 + 2*a1*w0 + 4*a2*w0 + 2*a0*w1 + 4*a1*w1 + 8*a2*w1 - 4*a0*w2 - 8*a1*w2 - 16*a2*w2", spec = {lanes = "outputs", planes = [3, 3], terms = [[9, 1], [10, 2], [12, 4], [17, 2], [18, 4], [20, 8], [33, -4], [34, -8], [36, -16]], word = 16 : i64}, state = ["counter", "counter", "counter", "counter", "counter", "counter", "counter", "sum"], tile = [1, 3]}} {
  func.func @step_0_1(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi16>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi32>, %arg8: vector<8xi16>, %arg9: vector<8xi16>, %arg10: vector<8xi16>, %arg11: vector<8xi16>, %arg12: vector<8xi16>, %arg13: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi32>) {
    %0 = vector.bitcast %arg8 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg11 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %arg9 : vector<8xi16> to vector<16xi8>
    %5 = vector.bitcast %arg11 : vector<8xi16> to vector<16xi8>
    %6 = arith.andi %4, %5 : vector<16xi8>
    %7 = vector.bitcast %6 : vector<16xi8> to vector<8xi16>
    %8 = vector.bitcast %arg10 : vector<8xi16> to vector<16xi8>
    %9 = vector.bitcast %arg11 : vector<8xi16> to vector<16xi8>
    %10 = arith.andi %8, %9 : vector<16xi8>
    %11 = vector.bitcast %10 : vector<16xi8> to vector<8xi16>
    %12 = vector.bitcast %arg8 : vector<8xi16> to vector<16xi8>
    %13 = vector.bitcast %arg12 : vector<8xi16> to vector<16xi8>
    %14 = arith.andi %12, %13 : vector<16xi8>
    %15 = vector.bitcast %14 : vector<16xi8> to vector<8xi16>
    %16 = vector.bitcast %arg9 : vector<8xi16> to vector<16xi8>
    %17 = vector.bitcast %arg12 : vector<8xi16> to vector<16xi8>
    %18 = arith.andi %16, %17 : vector<16xi8>
    %19 = vector.bitcast %18 : vector<16xi8> to vector<8xi16>
    %20 = vector.bitcast %arg10 : vector<8xi16> to vector<16xi8>
    %21 = vector.bitcast %arg12 : vector<8xi16> to vector<16xi8>
    %22 = arith.andi %20, %21 : vector<16xi8>
    %23 = vector.bitcast %22 : vector<16xi8> to vector<8xi16>
    %24 = vector.bitcast %arg8 : vector<8xi16> to vector<16xi8>
    %25 = vector.bitcast %arg13 : vector<8xi16> to vector<16xi8>
    %26 = arith.andi %24, %25 : vector<16xi8>
    %27 = vector.bitcast %26 : vector<16xi8> to vector<8xi16>
    %28 = vector.bitcast %arg9 : vector<8xi16> to vector<16xi8>
    %29 = vector.bitcast %arg13 : vector<8xi16> to vector<16xi8>
    %30 = arith.andi %28, %29 : vector<16xi8>
    %31 = vector.bitcast %30 : vector<16xi8> to vector<8xi16>
    %32 = vector.bitcast %arg10 : vector<8xi16> to vector<16xi8>
    %33 = vector.bitcast %arg13 : vector<8xi16> to vector<16xi8>
    %34 = arith.andi %32, %33 : vector<16xi8>
    %35 = vector.bitcast %34 : vector<16xi8> to vector<8xi16>
    %36 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %37 = math.ctpop %36 : vector<16xi8>
    %38 = vector.bitcast %7 : vector<8xi16> to vector<16xi8>
    %39 = math.ctpop %38 : vector<16xi8>
    %40 = vector.bitcast %11 : vector<8xi16> to vector<16xi8>
    %41 = math.ctpop %40 : vector<16xi8>
    %42 = vector.bitcast %15 : vector<8xi16> to vector<16xi8>
    %43 = math.ctpop %42 : vector<16xi8>
    %44 = arith.addi %39, %43 : vector<16xi8>
    %45 = vector.bitcast %19 : vector<8xi16> to vector<16xi8>
    %46 = math.ctpop %45 : vector<16xi8>
    %47 = arith.addi %41, %46 : vector<16xi8>
    %48 = vector.bitcast %23 : vector<8xi16> to vector<16xi8>
    %49 = math.ctpop %48 : vector<16xi8>
    %50 = vector.bitcast %27 : vector<8xi16> to vector<16xi8>
    %51 = math.ctpop %50 : vector<16xi8>
    %52 = vector.bitcast %31 : vector<8xi16> to vector<16xi8>
    %53 = math.ctpop %52 : vector<16xi8>
    %54 = vector.bitcast %35 : vector<8xi16> to vector<16xi8>
    %55 = math.ctpop %54 : vector<16xi8>
    %56 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%37) : (vector<16xi8>) -> vector<8xi16>
    %57 = arith.addi %arg0, %56 : vector<8xi16>
    %58 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%44) : (vector<16xi8>) -> vector<8xi16>
    %59 = arith.addi %arg1, %58 : vector<8xi16>
    %60 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%47) : (vector<16xi8>) -> vector<8xi16>
    %61 = arith.addi %arg2, %60 : vector<8xi16>
    %62 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%49) : (vector<16xi8>) -> vector<8xi16>
    %63 = arith.addi %arg3, %62 : vector<8xi16>
    %64 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%51) : (vector<16xi8>) -> vector<8xi16>
    %65 = arith.addi %arg4, %64 : vector<8xi16>
    %66 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%53) : (vector<16xi8>) -> vector<8xi16>
    %67 = arith.addi %arg5, %66 : vector<8xi16>
    %68 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%55) : (vector<16xi8>) -> vector<8xi16>
    %69 = arith.addi %arg6, %68 : vector<8xi16>
    return %57, %59, %61, %63, %65, %67, %69, %arg7 : vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi32>
  }
  func.func @flush_0(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi16>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi32>) -> (vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi32>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg0 : vector<8xi16> to vector<8xi32>
    %1 = arith.addi %arg7, %0 : vector<8xi32>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %2 = arith.extui %arg1 : vector<8xi16> to vector<8xi32>
    %cst_1 = arith.constant dense<1> : vector<8xi32>
    %3 = arith.shli %2, %cst_1 : vector<8xi32>
    %4 = arith.addi %1, %3 : vector<8xi32>
    %cst_2 = arith.constant dense<0> : vector<8xi16>
    %5 = arith.extui %arg2 : vector<8xi16> to vector<8xi32>
    %cst_3 = arith.constant dense<2> : vector<8xi32>
    %6 = arith.shli %5, %cst_3 : vector<8xi32>
    %7 = arith.addi %4, %6 : vector<8xi32>
    %cst_4 = arith.constant dense<0> : vector<8xi16>
    %8 = arith.extui %arg3 : vector<8xi16> to vector<8xi32>
    %cst_5 = arith.constant dense<3> : vector<8xi32>
    %9 = arith.shli %8, %cst_5 : vector<8xi32>
    %10 = arith.addi %7, %9 : vector<8xi32>
    %cst_6 = arith.constant dense<0> : vector<8xi16>
    %11 = arith.extui %arg4 : vector<8xi16> to vector<8xi32>
    %cst_7 = arith.constant dense<2> : vector<8xi32>
    %12 = arith.shli %11, %cst_7 : vector<8xi32>
    %13 = arith.subi %10, %12 : vector<8xi32>
    %cst_8 = arith.constant dense<0> : vector<8xi16>
    %14 = arith.extui %arg5 : vector<8xi16> to vector<8xi32>
    %cst_9 = arith.constant dense<3> : vector<8xi32>
    %15 = arith.shli %14, %cst_9 : vector<8xi32>
    %16 = arith.subi %13, %15 : vector<8xi32>
    %cst_10 = arith.constant dense<0> : vector<8xi16>
    %17 = arith.extui %arg6 : vector<8xi16> to vector<8xi32>
    %cst_11 = arith.constant dense<4> : vector<8xi32>
    %18 = arith.shli %17, %cst_11 : vector<8xi32>
    %19 = arith.subi %16, %18 : vector<8xi32>
    return %cst, %cst_0, %cst_2, %cst_4, %cst_6, %cst_8, %cst_10, %19 : vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi32>
  }
  func.func @end_0(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi16>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi32>) -> (vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi32>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg0 : vector<8xi16> to vector<8xi32>
    %1 = arith.addi %arg7, %0 : vector<8xi32>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %2 = arith.extui %arg1 : vector<8xi16> to vector<8xi32>
    %cst_1 = arith.constant dense<1> : vector<8xi32>
    %3 = arith.shli %2, %cst_1 : vector<8xi32>
    %4 = arith.addi %1, %3 : vector<8xi32>
    %cst_2 = arith.constant dense<0> : vector<8xi16>
    %5 = arith.extui %arg2 : vector<8xi16> to vector<8xi32>
    %cst_3 = arith.constant dense<2> : vector<8xi32>
    %6 = arith.shli %5, %cst_3 : vector<8xi32>
    %7 = arith.addi %4, %6 : vector<8xi32>
    %cst_4 = arith.constant dense<0> : vector<8xi16>
    %8 = arith.extui %arg3 : vector<8xi16> to vector<8xi32>
    %cst_5 = arith.constant dense<3> : vector<8xi32>
    %9 = arith.shli %8, %cst_5 : vector<8xi32>
    %10 = arith.addi %7, %9 : vector<8xi32>
    %cst_6 = arith.constant dense<0> : vector<8xi16>
    %11 = arith.extui %arg4 : vector<8xi16> to vector<8xi32>
    %cst_7 = arith.constant dense<2> : vector<8xi32>
    %12 = arith.shli %11, %cst_7 : vector<8xi32>
    %13 = arith.subi %10, %12 : vector<8xi32>
    %cst_8 = arith.constant dense<0> : vector<8xi16>
    %14 = arith.extui %arg5 : vector<8xi16> to vector<8xi32>
    %cst_9 = arith.constant dense<3> : vector<8xi32>
    %15 = arith.shli %14, %cst_9 : vector<8xi32>
    %16 = arith.subi %13, %15 : vector<8xi32>
    %cst_10 = arith.constant dense<0> : vector<8xi16>
    %17 = arith.extui %arg6 : vector<8xi16> to vector<8xi32>
    %cst_11 = arith.constant dense<4> : vector<8xi32>
    %18 = arith.shli %17, %cst_11 : vector<8xi32>
    %19 = arith.subi %16, %18 : vector<8xi32>
    return %cst, %cst_0, %cst_2, %cst_4, %cst_6, %cst_8, %cst_10, %19 : vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi32>
  }
  func.func @finish(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi16>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi32>) -> vector<8xi32> {
    return %arg7 : vector<8xi32>
  }
}

