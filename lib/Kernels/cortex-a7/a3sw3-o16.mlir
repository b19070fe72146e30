// bitserial kernel, format 1
// key: planes=3,3 terms=9:1,10:2,12:-4,17:2,18:4,20:-8,33:4,34:8,36:-16 word=16 lanes=outputs target=ARM:cortex-a7 model=cortex-r52 features=neon vectors=16x128 semantics=02740cc13617de67 prover=2 search=1 cost=1 version=0.1.0/22.1.8
// blake3: f12e2160510844bd8013ddc4cad72ced72721ca9cdfd13a80ec0fd9494f90253
module @"a3sw3-o16" attributes {bitserial.kernel = {cpu = "cortex-a7", cycles = "74.50", features = ["neon"], group = 1 : i64, passes = [{capacity = 65535 : i64, planes = [2, 5], steps = [{cost = 48 : i64, words = 3 : i64}, {cost = 16 : i64, words = 1 : i64}]}, {capacity = 65535 : i64, planes = [2, 4], steps = [{cost = 48 : i64, words = 3 : i64}, {cost = 16 : i64, words = 1 : i64}]}, {capacity = 65535 : i64, planes = [1, 5], steps = [{cost = 48 : i64, words = 3 : i64}, {cost = 16 : i64, words = 1 : i64}]}, {capacity = 65535 : i64, planes = [2, 3], steps = [{cost = 48 : i64, words = 3 : i64}, {cost = 16 : i64, words = 1 : i64}]}, {capacity = 65535 : i64, planes = [1, 4], steps = [{cost = 48 : i64, words = 3 : i64}, {cost = 16 : i64, words = 1 : i64}]}, {capacity = 65535 : i64, planes = [0, 5], steps = [{cost = 48 : i64, words = 3 : i64}, {cost = 16 : i64, words = 1 : i64}]}, {capacity = 65535 : i64, planes = [1, 3], steps = [{cost = 48 : i64, words = 3 : i64}, {cost = 16 : i64, words = 1 : i64}]}, {capacity = 65535 : i64, planes = [0, 4], steps = [{cost = 48 : i64, words = 3 : i64}, {cost = 16 : i64, words = 1 : i64}]}, {capacity = 65535 : i64, planes = [0, 3], steps = [{cost = 48 : i64, words = 3 : i64}, {cost = 16 : i64, words = 1 : i64}]}], sketch = "count bytes; 16-bit counters of pairs; weights after passes; 3 words per step; passes: -a2*w2, times 2, then -a2*w1, then a1*w2, times 2, then -a2*w0, then a1*w1, then a0*w2, times 2, then a1*w0, then a0*w1, times 2, then a0*w0", spec = {lanes = "outputs", planes = [3, 3], terms = [[9, 1], [10, 2], [12, -4], [17, 2], [18, 4], [20, -8], [33, 4], [34, 8], [36, -16]], word = 16 : i64}, state = ["counter", "sum", "counter"], tile = [3, 2]}} {
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
  func.func @step_1_3(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi16>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi16>, %arg8: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
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
  func.func @step_1_1(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %0 = vector.bitcast %arg3 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %5 = math.ctpop %4 : vector<16xi8>
    %6 = llvm.call_intrinsic "llvm.arm.neon.vpadalu"(%arg0, %5) : (vector<8xi16>, vector<16xi8>) -> vector<8xi16>
    return %6, %arg1, %arg2 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @flush_1(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg0 : vector<8xi16> to vector<8xi32>
    %1 = arith.subi %arg1, %0 : vector<8xi32>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    return %cst, %1, %cst_0 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @end_1(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg0 : vector<8xi16> to vector<8xi32>
    %1 = arith.subi %arg1, %0 : vector<8xi32>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    return %cst, %1, %cst_0 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @step_2_3(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi16>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi16>, %arg8: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
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
  func.func @step_2_1(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %0 = vector.bitcast %arg3 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %5 = math.ctpop %4 : vector<16xi8>
    %6 = llvm.call_intrinsic "llvm.arm.neon.vpadalu"(%arg2, %5) : (vector<8xi16>, vector<16xi8>) -> vector<8xi16>
    return %arg0, %arg1, %6 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @flush_2(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg2 : vector<8xi16> to vector<8xi32>
    %1 = arith.addi %arg1, %0 : vector<8xi32>
    return %cst, %1, %cst_0 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @end_2(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg2 : vector<8xi16> to vector<8xi32>
    %1 = arith.addi %arg1, %0 : vector<8xi32>
    %cst_1 = arith.constant dense<1> : vector<8xi32>
    %2 = arith.shli %1, %cst_1 : vector<8xi32>
    return %cst, %2, %cst_0 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @step_3_3(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi16>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi16>, %arg8: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
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
  func.func @step_3_1(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %0 = vector.bitcast %arg3 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %5 = math.ctpop %4 : vector<16xi8>
    %6 = llvm.call_intrinsic "llvm.arm.neon.vpadalu"(%arg0, %5) : (vector<8xi16>, vector<16xi8>) -> vector<8xi16>
    return %6, %arg1, %arg2 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @flush_3(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg0 : vector<8xi16> to vector<8xi32>
    %1 = arith.subi %arg1, %0 : vector<8xi32>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    return %cst, %1, %cst_0 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @end_3(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg0 : vector<8xi16> to vector<8xi32>
    %1 = arith.subi %arg1, %0 : vector<8xi32>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    return %cst, %1, %cst_0 : vector<8xi16>, vector<8xi32>, vector<8xi16>
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
  func.func @step_5_3(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi16>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi16>, %arg8: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
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
  func.func @step_5_1(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %0 = vector.bitcast %arg3 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %5 = math.ctpop %4 : vector<16xi8>
    %6 = llvm.call_intrinsic "llvm.arm.neon.vpadalu"(%arg2, %5) : (vector<8xi16>, vector<16xi8>) -> vector<8xi16>
    return %arg0, %arg1, %6 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @flush_5(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg2 : vector<8xi16> to vector<8xi32>
    %1 = arith.addi %arg1, %0 : vector<8xi32>
    return %cst, %1, %cst_0 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @end_5(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg2 : vector<8xi16> to vector<8xi32>
    %1 = arith.addi %arg1, %0 : vector<8xi32>
    %cst_1 = arith.constant dense<1> : vector<8xi32>
    %2 = arith.shli %1, %cst_1 : vector<8xi32>
    return %cst, %2, %cst_0 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @step_6_3(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi16>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi16>, %arg8: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
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
  func.func @step_6_1(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %0 = vector.bitcast %arg3 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %5 = math.ctpop %4 : vector<16xi8>
    %6 = llvm.call_intrinsic "llvm.arm.neon.vpadalu"(%arg2, %5) : (vector<8xi16>, vector<16xi8>) -> vector<8xi16>
    return %arg0, %arg1, %6 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @flush_6(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg2 : vector<8xi16> to vector<8xi32>
    %1 = arith.addi %arg1, %0 : vector<8xi32>
    return %cst, %1, %cst_0 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @end_6(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg2 : vector<8xi16> to vector<8xi32>
    %1 = arith.addi %arg1, %0 : vector<8xi32>
    return %cst, %1, %cst_0 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @step_7_3(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi16>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi16>, %arg8: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
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
  func.func @step_7_1(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %0 = vector.bitcast %arg3 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %5 = math.ctpop %4 : vector<16xi8>
    %6 = llvm.call_intrinsic "llvm.arm.neon.vpadalu"(%arg2, %5) : (vector<8xi16>, vector<16xi8>) -> vector<8xi16>
    return %arg0, %arg1, %6 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @flush_7(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg2 : vector<8xi16> to vector<8xi32>
    %1 = arith.addi %arg1, %0 : vector<8xi32>
    return %cst, %1, %cst_0 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @end_7(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg2 : vector<8xi16> to vector<8xi32>
    %1 = arith.addi %arg1, %0 : vector<8xi32>
    %cst_1 = arith.constant dense<1> : vector<8xi32>
    %2 = arith.shli %1, %cst_1 : vector<8xi32>
    return %cst, %2, %cst_0 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @step_8_3(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi16>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi16>, %arg8: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
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
  func.func @step_8_1(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %0 = vector.bitcast %arg3 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %5 = math.ctpop %4 : vector<16xi8>
    %6 = llvm.call_intrinsic "llvm.arm.neon.vpadalu"(%arg2, %5) : (vector<8xi16>, vector<16xi8>) -> vector<8xi16>
    return %arg0, %arg1, %6 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @flush_8(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg2 : vector<8xi16> to vector<8xi32>
    %1 = arith.addi %arg1, %0 : vector<8xi32>
    return %cst, %1, %cst_0 : vector<8xi16>, vector<8xi32>, vector<8xi16>
  }
  func.func @end_8(%arg0: vector<8xi16>, %arg1: vector<8xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<8xi32>, vector<8xi16>) {
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

