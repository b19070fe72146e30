// bitserial kernel, format 1
// key: planes=2,2 terms=5:1,6:2,9:2,10:4 word=16 lanes=outputs target=ARM:cortex-a7 model=cortex-r52 features=neon vectors=16x128 semantics=02740cc13617de67 prover=2 search=1 cost=1 version=0.1.0/22.1.8
// blake3: 87e99261d008cd7a3f7e6cd1ee554311518750889e8bd9086a1ef76ab37d731e
module @"a2w2-o16" attributes {bitserial.kernel = {cpu = "cortex-a7", cycles = "25.50", features = ["neon"], group = 1 : i64, passes = [{capacity = 65535 : i64, planes = [0, 1, 2, 3], steps = [{cost = 64 : i64, words = 2 : i64}, {cost = 32 : i64, words = 1 : i64}]}], sketch = "count bytes; 16-bit counters of pairs; weights after counting; 2 words per step; passes: a0*w0 + 2*a1*w0 + 2*a0*w1 + 4*a1*w1", spec = {lanes = "outputs", planes = [2, 2], terms = [[5, 1], [6, 2], [9, 2], [10, 4]], word = 16 : i64}, state = ["counter", "counter", "counter", "sum"], tile = [2, 1]}} {
  func.func @step_0_2(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi16>, %arg3: vector<8xi32>, %arg4: vector<8xi16>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi16>, %arg8: vector<8xi16>, %arg9: vector<8xi16>, %arg10: vector<8xi16>, %arg11: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi32>) {
    %0 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg6 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %5 = vector.bitcast %arg6 : vector<8xi16> to vector<16xi8>
    %6 = arith.andi %4, %5 : vector<16xi8>
    %7 = vector.bitcast %6 : vector<16xi8> to vector<8xi16>
    %8 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %9 = vector.bitcast %arg7 : vector<8xi16> to vector<16xi8>
    %10 = arith.andi %8, %9 : vector<16xi8>
    %11 = vector.bitcast %10 : vector<16xi8> to vector<8xi16>
    %12 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %13 = vector.bitcast %arg7 : vector<8xi16> to vector<16xi8>
    %14 = arith.andi %12, %13 : vector<16xi8>
    %15 = vector.bitcast %14 : vector<16xi8> to vector<8xi16>
    %16 = vector.bitcast %arg8 : vector<8xi16> to vector<16xi8>
    %17 = vector.bitcast %arg10 : vector<8xi16> to vector<16xi8>
    %18 = arith.andi %16, %17 : vector<16xi8>
    %19 = vector.bitcast %18 : vector<16xi8> to vector<8xi16>
    %20 = vector.bitcast %arg9 : vector<8xi16> to vector<16xi8>
    %21 = vector.bitcast %arg10 : vector<8xi16> to vector<16xi8>
    %22 = arith.andi %20, %21 : vector<16xi8>
    %23 = vector.bitcast %22 : vector<16xi8> to vector<8xi16>
    %24 = vector.bitcast %arg8 : vector<8xi16> to vector<16xi8>
    %25 = vector.bitcast %arg11 : vector<8xi16> to vector<16xi8>
    %26 = arith.andi %24, %25 : vector<16xi8>
    %27 = vector.bitcast %26 : vector<16xi8> to vector<8xi16>
    %28 = vector.bitcast %arg9 : vector<8xi16> to vector<16xi8>
    %29 = vector.bitcast %arg11 : vector<8xi16> to vector<16xi8>
    %30 = arith.andi %28, %29 : vector<16xi8>
    %31 = vector.bitcast %30 : vector<16xi8> to vector<8xi16>
    %32 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %33 = math.ctpop %32 : vector<16xi8>
    %34 = vector.bitcast %7 : vector<8xi16> to vector<16xi8>
    %35 = math.ctpop %34 : vector<16xi8>
    %36 = vector.bitcast %11 : vector<8xi16> to vector<16xi8>
    %37 = math.ctpop %36 : vector<16xi8>
    %38 = arith.addi %35, %37 : vector<16xi8>
    %39 = vector.bitcast %15 : vector<8xi16> to vector<16xi8>
    %40 = math.ctpop %39 : vector<16xi8>
    %41 = vector.bitcast %19 : vector<8xi16> to vector<16xi8>
    %42 = math.ctpop %41 : vector<16xi8>
    %43 = arith.addi %33, %42 : vector<16xi8>
    %44 = vector.bitcast %23 : vector<8xi16> to vector<16xi8>
    %45 = math.ctpop %44 : vector<16xi8>
    %46 = arith.addi %38, %45 : vector<16xi8>
    %47 = vector.bitcast %27 : vector<8xi16> to vector<16xi8>
    %48 = math.ctpop %47 : vector<16xi8>
    %49 = arith.addi %46, %48 : vector<16xi8>
    %50 = vector.bitcast %31 : vector<8xi16> to vector<16xi8>
    %51 = math.ctpop %50 : vector<16xi8>
    %52 = arith.addi %40, %51 : vector<16xi8>
    %53 = llvm.call_intrinsic "llvm.arm.neon.vpadalu"(%arg0, %43) : (vector<8xi16>, vector<16xi8>) -> vector<8xi16>
    %54 = llvm.call_intrinsic "llvm.arm.neon.vpadalu"(%arg1, %49) : (vector<8xi16>, vector<16xi8>) -> vector<8xi16>
    %55 = llvm.call_intrinsic "llvm.arm.neon.vpadalu"(%arg2, %52) : (vector<8xi16>, vector<16xi8>) -> vector<8xi16>
    return %53, %54, %55, %arg3 : vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi32>
  }
  func.func @step_0_1(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi16>, %arg3: vector<8xi32>, %arg4: vector<8xi16>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi32>) {
    %0 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg6 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %5 = vector.bitcast %arg6 : vector<8xi16> to vector<16xi8>
    %6 = arith.andi %4, %5 : vector<16xi8>
    %7 = vector.bitcast %6 : vector<16xi8> to vector<8xi16>
    %8 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %9 = vector.bitcast %arg7 : vector<8xi16> to vector<16xi8>
    %10 = arith.andi %8, %9 : vector<16xi8>
    %11 = vector.bitcast %10 : vector<16xi8> to vector<8xi16>
    %12 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %13 = vector.bitcast %arg7 : vector<8xi16> to vector<16xi8>
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
    %25 = llvm.call_intrinsic "llvm.arm.neon.vpadalu"(%arg0, %17) : (vector<8xi16>, vector<16xi8>) -> vector<8xi16>
    %26 = llvm.call_intrinsic "llvm.arm.neon.vpadalu"(%arg1, %22) : (vector<8xi16>, vector<16xi8>) -> vector<8xi16>
    %27 = llvm.call_intrinsic "llvm.arm.neon.vpadalu"(%arg2, %24) : (vector<8xi16>, vector<16xi8>) -> vector<8xi16>
    return %25, %26, %27, %arg3 : vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi32>
  }
  func.func @flush_0(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi16>, %arg3: vector<8xi32>) -> (vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi32>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg0 : vector<8xi16> to vector<8xi32>
    %1 = arith.addi %arg3, %0 : vector<8xi32>
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
    return %cst, %cst_0, %cst_2, %7 : vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi32>
  }
  func.func @end_0(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi16>, %arg3: vector<8xi32>) -> (vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi32>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg0 : vector<8xi16> to vector<8xi32>
    %1 = arith.addi %arg3, %0 : vector<8xi32>
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
    return %cst, %cst_0, %cst_2, %7 : vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi32>
  }
  func.func @finish(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi16>, %arg3: vector<8xi32>) -> vector<8xi32> {
    return %arg3 : vector<8xi32>
  }
}

