// bitserial kernel, format 1
// key: planes=2,2 terms=5:1,6:-1,9:2,10:-2 word=16 lanes=outputs target=ARM:cortex-a7 model=cortex-r52 features=neon vectors=16x128 semantics=02740cc13617de67 prover=1 search=2 cost=2 version=0.1.0/22.1.8
// blake3: e1333c6c2523ff2323af52af12bc4bbe40afa77788eb182288612375cfcbdc6e
module @"a2tw2-o16" attributes {bitserial.kernel = {cpu = "cortex-a7", cycles = "29.33", features = ["neon"], group = 1 : i64, passes = [{capacity = 65535 : i64, planes = [0, 2, 3], steps = [{cost = 32 : i64, words = 2 : i64}, {cost = 16 : i64, words = 1 : i64}]}, {capacity = 65535 : i64, planes = [1, 2, 3], steps = [{cost = 32 : i64, words = 2 : i64}, {cost = 16 : i64, words = 1 : i64}]}], sketch = "count bytes; 16-bit counters of pairs; weights after counting; 2 words per step; passes: p0*p2 + 2*p0*p3, then -p1*p2 - 2*p1*p3", spec = {lanes = "outputs", planes = [2, 2], terms = [[5, 1], [6, -1], [9, 2], [10, -2]], word = 16 : i64}, state = ["counter", "counter", "sum", "counter", "counter"], tile = [3, 1]}} {
  func.func @step_0_2(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi32>, %arg3: vector<8xi16>, %arg4: vector<8xi16>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi16>, %arg8: vector<8xi16>, %arg9: vector<8xi16>, %arg10: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<8xi32>, vector<8xi16>, vector<8xi16>) {
    %0 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg6 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %5 = vector.bitcast %arg7 : vector<8xi16> to vector<16xi8>
    %6 = arith.andi %4, %5 : vector<16xi8>
    %7 = vector.bitcast %6 : vector<16xi8> to vector<8xi16>
    %8 = vector.bitcast %arg8 : vector<8xi16> to vector<16xi8>
    %9 = vector.bitcast %arg9 : vector<8xi16> to vector<16xi8>
    %10 = arith.andi %8, %9 : vector<16xi8>
    %11 = vector.bitcast %10 : vector<16xi8> to vector<8xi16>
    %12 = vector.bitcast %arg8 : vector<8xi16> to vector<16xi8>
    %13 = vector.bitcast %arg10 : vector<8xi16> to vector<16xi8>
    %14 = arith.andi %12, %13 : vector<16xi8>
    %15 = vector.bitcast %14 : vector<16xi8> to vector<8xi16>
    %16 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %17 = math.ctpop %16 : vector<16xi8>
    %18 = vector.bitcast %7 : vector<8xi16> to vector<16xi8>
    %19 = math.ctpop %18 : vector<16xi8>
    %20 = vector.bitcast %11 : vector<8xi16> to vector<16xi8>
    %21 = math.ctpop %20 : vector<16xi8>
    %22 = arith.addi %17, %21 : vector<16xi8>
    %23 = vector.bitcast %15 : vector<8xi16> to vector<16xi8>
    %24 = math.ctpop %23 : vector<16xi8>
    %25 = arith.addi %19, %24 : vector<16xi8>
    %26 = llvm.call_intrinsic "llvm.arm.neon.vpadalu"(%arg0, %22) : (vector<8xi16>, vector<16xi8>) -> vector<8xi16>
    %27 = llvm.call_intrinsic "llvm.arm.neon.vpadalu"(%arg1, %25) : (vector<8xi16>, vector<16xi8>) -> vector<8xi16>
    return %26, %27, %arg2, %arg3, %arg4 : vector<8xi16>, vector<8xi16>, vector<8xi32>, vector<8xi16>, vector<8xi16>
  }
  func.func @step_0_1(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi32>, %arg3: vector<8xi16>, %arg4: vector<8xi16>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<8xi32>, vector<8xi16>, vector<8xi16>) {
    %0 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg6 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %5 = vector.bitcast %arg7 : vector<8xi16> to vector<16xi8>
    %6 = arith.andi %4, %5 : vector<16xi8>
    %7 = vector.bitcast %6 : vector<16xi8> to vector<8xi16>
    %8 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %9 = math.ctpop %8 : vector<16xi8>
    %10 = vector.bitcast %7 : vector<8xi16> to vector<16xi8>
    %11 = math.ctpop %10 : vector<16xi8>
    %12 = llvm.call_intrinsic "llvm.arm.neon.vpadalu"(%arg0, %9) : (vector<8xi16>, vector<16xi8>) -> vector<8xi16>
    %13 = llvm.call_intrinsic "llvm.arm.neon.vpadalu"(%arg1, %11) : (vector<8xi16>, vector<16xi8>) -> vector<8xi16>
    return %12, %13, %arg2, %arg3, %arg4 : vector<8xi16>, vector<8xi16>, vector<8xi32>, vector<8xi16>, vector<8xi16>
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
  func.func @step_1_2(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi32>, %arg3: vector<8xi16>, %arg4: vector<8xi16>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi16>, %arg8: vector<8xi16>, %arg9: vector<8xi16>, %arg10: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<8xi32>, vector<8xi16>, vector<8xi16>) {
    %0 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg6 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %5 = vector.bitcast %arg7 : vector<8xi16> to vector<16xi8>
    %6 = arith.andi %4, %5 : vector<16xi8>
    %7 = vector.bitcast %6 : vector<16xi8> to vector<8xi16>
    %8 = vector.bitcast %arg8 : vector<8xi16> to vector<16xi8>
    %9 = vector.bitcast %arg9 : vector<8xi16> to vector<16xi8>
    %10 = arith.andi %8, %9 : vector<16xi8>
    %11 = vector.bitcast %10 : vector<16xi8> to vector<8xi16>
    %12 = vector.bitcast %arg8 : vector<8xi16> to vector<16xi8>
    %13 = vector.bitcast %arg10 : vector<8xi16> to vector<16xi8>
    %14 = arith.andi %12, %13 : vector<16xi8>
    %15 = vector.bitcast %14 : vector<16xi8> to vector<8xi16>
    %16 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %17 = math.ctpop %16 : vector<16xi8>
    %18 = vector.bitcast %7 : vector<8xi16> to vector<16xi8>
    %19 = math.ctpop %18 : vector<16xi8>
    %20 = vector.bitcast %11 : vector<8xi16> to vector<16xi8>
    %21 = math.ctpop %20 : vector<16xi8>
    %22 = arith.addi %17, %21 : vector<16xi8>
    %23 = vector.bitcast %15 : vector<8xi16> to vector<16xi8>
    %24 = math.ctpop %23 : vector<16xi8>
    %25 = arith.addi %19, %24 : vector<16xi8>
    %26 = llvm.call_intrinsic "llvm.arm.neon.vpadalu"(%arg3, %22) : (vector<8xi16>, vector<16xi8>) -> vector<8xi16>
    %27 = llvm.call_intrinsic "llvm.arm.neon.vpadalu"(%arg4, %25) : (vector<8xi16>, vector<16xi8>) -> vector<8xi16>
    return %arg0, %arg1, %arg2, %26, %27 : vector<8xi16>, vector<8xi16>, vector<8xi32>, vector<8xi16>, vector<8xi16>
  }
  func.func @step_1_1(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi32>, %arg3: vector<8xi16>, %arg4: vector<8xi16>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<8xi32>, vector<8xi16>, vector<8xi16>) {
    %0 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg6 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %5 = vector.bitcast %arg7 : vector<8xi16> to vector<16xi8>
    %6 = arith.andi %4, %5 : vector<16xi8>
    %7 = vector.bitcast %6 : vector<16xi8> to vector<8xi16>
    %8 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %9 = math.ctpop %8 : vector<16xi8>
    %10 = vector.bitcast %7 : vector<8xi16> to vector<16xi8>
    %11 = math.ctpop %10 : vector<16xi8>
    %12 = llvm.call_intrinsic "llvm.arm.neon.vpadalu"(%arg3, %9) : (vector<8xi16>, vector<16xi8>) -> vector<8xi16>
    %13 = llvm.call_intrinsic "llvm.arm.neon.vpadalu"(%arg4, %11) : (vector<8xi16>, vector<16xi8>) -> vector<8xi16>
    return %arg0, %arg1, %arg2, %12, %13 : vector<8xi16>, vector<8xi16>, vector<8xi32>, vector<8xi16>, vector<8xi16>
  }
  func.func @flush_1(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi32>, %arg3: vector<8xi16>, %arg4: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<8xi32>, vector<8xi16>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %cst_1 = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg3 : vector<8xi16> to vector<8xi32>
    %1 = arith.subi %arg2, %0 : vector<8xi32>
    %cst_2 = arith.constant dense<0> : vector<8xi16>
    %2 = arith.extui %arg4 : vector<8xi16> to vector<8xi32>
    %cst_3 = arith.constant dense<1> : vector<8xi32>
    %3 = arith.shli %2, %cst_3 : vector<8xi32>
    %4 = arith.subi %1, %3 : vector<8xi32>
    return %cst, %cst_0, %4, %cst_1, %cst_2 : vector<8xi16>, vector<8xi16>, vector<8xi32>, vector<8xi16>, vector<8xi16>
  }
  func.func @end_1(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi32>, %arg3: vector<8xi16>, %arg4: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<8xi32>, vector<8xi16>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %cst_1 = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg3 : vector<8xi16> to vector<8xi32>
    %1 = arith.subi %arg2, %0 : vector<8xi32>
    %cst_2 = arith.constant dense<0> : vector<8xi16>
    %2 = arith.extui %arg4 : vector<8xi16> to vector<8xi32>
    %cst_3 = arith.constant dense<1> : vector<8xi32>
    %3 = arith.shli %2, %cst_3 : vector<8xi32>
    %4 = arith.subi %1, %3 : vector<8xi32>
    return %cst, %cst_0, %4, %cst_1, %cst_2 : vector<8xi16>, vector<8xi16>, vector<8xi32>, vector<8xi16>, vector<8xi16>
  }
  func.func @finish(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi32>, %arg3: vector<8xi16>, %arg4: vector<8xi16>) -> vector<8xi32> {
    return %arg2 : vector<8xi32>
  }
}

