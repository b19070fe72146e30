// bitserial kernel, format 1
// key: planes=2,1 terms=5:1,6:-2 word=16 lanes=outputs target=ARM:cortex-a7 model=cortex-r52 features=neon vectors=16x128 semantics=02740cc13617de67 prover=1 search=1 cost=1 version=0.1.0/22.1.8
// blake3: e1fd540fef85a4d9d2c89b937f247776fdaf947a6ae6b73d94ba9992ac6092ab
module @"a2sw1-o16" attributes {bitserial.kernel = {cpu = "cortex-a7", cycles = "15.75", features = ["neon"], group = 1 : i64, passes = [{capacity = 65535 : i64, planes = [0, 1, 2], steps = [{cost = 32 : i64, words = 2 : i64}, {cost = 16 : i64, words = 1 : i64}]}], sketch = "count bytes; 16-bit counters of pairs; weights after counting; carry-save of depth 1; 2 words per step; passes: p0*p2 - 2*p1*p2", spec = {lanes = "outputs", planes = [2, 1], terms = [[5, 1], [6, -2]], word = 16 : i64}, state = ["bits", "counter", "counter", "sum"], tile = [1, 2]}} {
  func.func @step_0_2(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi16>, %arg3: vector<8xi32>, %arg4: vector<8xi16>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi16>, %arg8: vector<8xi16>, %arg9: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi32>) {
    %0 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg6 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %arg8 : vector<8xi16> to vector<16xi8>
    %5 = vector.bitcast %arg9 : vector<8xi16> to vector<16xi8>
    %6 = arith.andi %4, %5 : vector<16xi8>
    %7 = vector.bitcast %6 : vector<16xi8> to vector<8xi16>
    %8 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %9 = vector.bitcast %arg6 : vector<8xi16> to vector<16xi8>
    %10 = arith.andi %8, %9 : vector<16xi8>
    %11 = vector.bitcast %10 : vector<16xi8> to vector<8xi16>
    %12 = vector.bitcast %arg7 : vector<8xi16> to vector<16xi8>
    %13 = vector.bitcast %arg9 : vector<8xi16> to vector<16xi8>
    %14 = arith.andi %12, %13 : vector<16xi8>
    %15 = vector.bitcast %14 : vector<16xi8> to vector<8xi16>
    %16 = vector.bitcast %arg0 : vector<8xi16> to vector<16xi8>
    %17 = vector.bitcast %11 : vector<8xi16> to vector<16xi8>
    %18 = arith.xori %16, %17 : vector<16xi8>
    %19 = vector.bitcast %18 : vector<16xi8> to vector<8xi16>
    %20 = vector.bitcast %15 : vector<8xi16> to vector<16xi8>
    %21 = vector.bitcast %19 : vector<8xi16> to vector<16xi8>
    %22 = arith.xori %20, %21 : vector<16xi8>
    %23 = vector.bitcast %22 : vector<16xi8> to vector<8xi16>
    %24 = vector.bitcast %19 : vector<8xi16> to vector<16xi8>
    %25 = vector.bitcast %15 : vector<8xi16> to vector<16xi8>
    %26 = vector.bitcast %arg0 : vector<8xi16> to vector<16xi8>
    %27 = llvm.call_intrinsic "llvm.arm.neon.vbsl"(%24, %25, %26) : (vector<16xi8>, vector<16xi8>, vector<16xi8>) -> vector<16xi8>
    %28 = vector.bitcast %27 : vector<16xi8> to vector<8xi16>
    %29 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %30 = math.ctpop %29 : vector<16xi8>
    %31 = vector.bitcast %7 : vector<8xi16> to vector<16xi8>
    %32 = math.ctpop %31 : vector<16xi8>
    %33 = arith.addi %30, %32 : vector<16xi8>
    %34 = vector.bitcast %28 : vector<8xi16> to vector<16xi8>
    %35 = math.ctpop %34 : vector<16xi8>
    %36 = llvm.call_intrinsic "llvm.arm.neon.vpadalu"(%arg1, %33) : (vector<8xi16>, vector<16xi8>) -> vector<8xi16>
    %37 = llvm.call_intrinsic "llvm.arm.neon.vpadalu"(%arg2, %35) : (vector<8xi16>, vector<16xi8>) -> vector<8xi16>
    return %23, %36, %37, %arg3 : vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi32>
  }
  func.func @step_0_1(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi16>, %arg3: vector<8xi32>, %arg4: vector<8xi16>, %arg5: vector<8xi16>, %arg6: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi32>) {
    %0 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg6 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %5 = vector.bitcast %arg6 : vector<8xi16> to vector<16xi8>
    %6 = arith.andi %4, %5 : vector<16xi8>
    %7 = vector.bitcast %6 : vector<16xi8> to vector<8xi16>
    %8 = vector.bitcast %arg0 : vector<8xi16> to vector<16xi8>
    %9 = vector.bitcast %7 : vector<8xi16> to vector<16xi8>
    %10 = arith.andi %8, %9 : vector<16xi8>
    %11 = vector.bitcast %10 : vector<16xi8> to vector<8xi16>
    %12 = vector.bitcast %arg0 : vector<8xi16> to vector<16xi8>
    %13 = vector.bitcast %7 : vector<8xi16> to vector<16xi8>
    %14 = arith.xori %12, %13 : vector<16xi8>
    %15 = vector.bitcast %14 : vector<16xi8> to vector<8xi16>
    %16 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %17 = math.ctpop %16 : vector<16xi8>
    %18 = vector.bitcast %11 : vector<8xi16> to vector<16xi8>
    %19 = math.ctpop %18 : vector<16xi8>
    %20 = llvm.call_intrinsic "llvm.arm.neon.vpadalu"(%arg1, %17) : (vector<8xi16>, vector<16xi8>) -> vector<8xi16>
    %21 = llvm.call_intrinsic "llvm.arm.neon.vpadalu"(%arg2, %19) : (vector<8xi16>, vector<16xi8>) -> vector<8xi16>
    return %15, %20, %21, %arg3 : vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi32>
  }
  func.func @flush_0(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi16>, %arg3: vector<8xi32>) -> (vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi32>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg1 : vector<8xi16> to vector<8xi32>
    %cst_0 = arith.constant dense<1> : vector<8xi32>
    %1 = arith.shli %0, %cst_0 : vector<8xi32>
    %2 = arith.subi %arg3, %1 : vector<8xi32>
    %cst_1 = arith.constant dense<0> : vector<8xi16>
    %3 = arith.extui %arg2 : vector<8xi16> to vector<8xi32>
    %cst_2 = arith.constant dense<1> : vector<8xi32>
    %4 = arith.shli %3, %cst_2 : vector<8xi32>
    %5 = arith.addi %2, %4 : vector<8xi32>
    return %arg0, %cst, %cst_1, %5 : vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi32>
  }
  func.func @end_0(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi16>, %arg3: vector<8xi32>) -> (vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi32>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = vector.bitcast %arg0 : vector<8xi16> to vector<16xi8>
    %1 = math.ctpop %0 : vector<16xi8>
    %2 = llvm.call_intrinsic "llvm.arm.neon.vpaddlu"(%1) : (vector<16xi8>) -> vector<8xi16>
    %3 = arith.extui %2 : vector<8xi16> to vector<8xi32>
    %4 = arith.addi %arg3, %3 : vector<8xi32>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %5 = arith.extui %arg1 : vector<8xi16> to vector<8xi32>
    %cst_1 = arith.constant dense<1> : vector<8xi32>
    %6 = arith.shli %5, %cst_1 : vector<8xi32>
    %7 = arith.subi %4, %6 : vector<8xi32>
    %cst_2 = arith.constant dense<0> : vector<8xi16>
    %8 = arith.extui %arg2 : vector<8xi16> to vector<8xi32>
    %cst_3 = arith.constant dense<1> : vector<8xi32>
    %9 = arith.shli %8, %cst_3 : vector<8xi32>
    %10 = arith.addi %7, %9 : vector<8xi32>
    return %cst, %cst_0, %cst_2, %10 : vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi32>
  }
  func.func @finish(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi16>, %arg3: vector<8xi32>) -> vector<8xi32> {
    return %arg3 : vector<8xi32>
  }
}

