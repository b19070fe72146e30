// bitserial kernel, format 1
// key: planes=3,3 terms=9:1,10:2,12:4,17:2,18:4,20:8,33:-4,34:-8,36:-16 word=16 lanes=reduction target=AArch64:cortex-a53 model=cortex-a53 features=neon vectors=32x128 semantics=0371ec95c5a6df56 prover=2 search=3 cost=3 version=0.1.0/22.1.8
// blake3: 95ba36231eb442d2d3a32de0370065c3ff47ef1262b1ef8820e5a81ae4c26f6a
module @"a3w3s-r16" attributes {bitserial.kernel = {cpu = "cortex-a53", cycles = "32.43", features = ["neon"], group = 4 : i64, passes = [{capacity = 65535 : i64, planes = [0, 1, 2, 3, 4], steps = [{cost = 336 : i64, words = 1 : i64}]}, {capacity = 65535 : i64, planes = [0, 1, 2, 5], steps = [{cost = 112 : i64, words = 1 : i64}]}], sketch = "count bytes; 16-bit counters of pairs; weights in steps, multiplied; 1 word per step; groups of 4; passes: a0*w0 + 2*a1*w0 + 4*a2*w0 + 2*a0*w1 + 4*a1*w1 + 8*a2*w1, then -4*a0*w2 - 8*a1*w2 - 16*a2*w2", spec = {lanes = "reduction", planes = [3, 3], terms = [[9, 1], [10, 2], [12, 4], [17, 2], [18, 4], [20, 8], [33, -4], [34, -8], [36, -16]], word = 16 : i64}, state = ["counter", "sum", "counter"], tile = [2, 6]}} {
  func.func @step_0_1(%arg0: vector<8xi16>, %arg1: vector<4xi32>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi16>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi16>) -> (vector<8xi16>, vector<4xi32>, vector<8xi16>) {
    %0 = vector.bitcast %arg3 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg6 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %5 = vector.bitcast %arg6 : vector<8xi16> to vector<16xi8>
    %6 = arith.andi %4, %5 : vector<16xi8>
    %7 = vector.bitcast %6 : vector<16xi8> to vector<8xi16>
    %8 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %9 = vector.bitcast %arg6 : vector<8xi16> to vector<16xi8>
    %10 = arith.andi %8, %9 : vector<16xi8>
    %11 = vector.bitcast %10 : vector<16xi8> to vector<8xi16>
    %12 = vector.bitcast %arg3 : vector<8xi16> to vector<16xi8>
    %13 = vector.bitcast %arg7 : vector<8xi16> to vector<16xi8>
    %14 = arith.andi %12, %13 : vector<16xi8>
    %15 = vector.bitcast %14 : vector<16xi8> to vector<8xi16>
    %16 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %17 = vector.bitcast %arg7 : vector<8xi16> to vector<16xi8>
    %18 = arith.andi %16, %17 : vector<16xi8>
    %19 = vector.bitcast %18 : vector<16xi8> to vector<8xi16>
    %20 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %21 = vector.bitcast %arg7 : vector<8xi16> to vector<16xi8>
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
    %32 = vector.bitcast %19 : vector<8xi16> to vector<16xi8>
    %33 = math.ctpop %32 : vector<16xi8>
    %34 = vector.bitcast %23 : vector<8xi16> to vector<16xi8>
    %35 = math.ctpop %34 : vector<16xi8>
    %cst = arith.constant dense<2> : vector<16xi8>
    %36 = arith.muli %35, %cst : vector<16xi8>
    %37 = arith.addi %36, %29 : vector<16xi8>
    %38 = arith.addi %37, %33 : vector<16xi8>
    %cst_0 = arith.constant dense<2> : vector<16xi8>
    %39 = arith.muli %38, %cst_0 : vector<16xi8>
    %40 = arith.addi %39, %27 : vector<16xi8>
    %41 = arith.addi %40, %31 : vector<16xi8>
    %cst_1 = arith.constant dense<2> : vector<16xi8>
    %42 = arith.muli %41, %cst_1 : vector<16xi8>
    %43 = arith.addi %42, %25 : vector<16xi8>
    %44 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%43) : (vector<16xi8>) -> vector<8xi16>
    %45 = arith.addi %arg0, %44 : vector<8xi16>
    return %45, %arg1, %arg2 : vector<8xi16>, vector<4xi32>, vector<8xi16>
  }
  func.func @flush_0(%arg0: vector<8xi16>, %arg1: vector<4xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<4xi32>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%arg0) : (vector<8xi16>) -> vector<4xi32>
    %1 = arith.addi %arg1, %0 : vector<4xi32>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    return %cst, %1, %cst_0 : vector<8xi16>, vector<4xi32>, vector<8xi16>
  }
  func.func @end_0(%arg0: vector<8xi16>, %arg1: vector<4xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<4xi32>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%arg0) : (vector<8xi16>) -> vector<4xi32>
    %1 = arith.addi %arg1, %0 : vector<4xi32>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    return %cst, %1, %cst_0 : vector<8xi16>, vector<4xi32>, vector<8xi16>
  }
  func.func @step_1_1(%arg0: vector<8xi16>, %arg1: vector<4xi32>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi16>, %arg5: vector<8xi16>, %arg6: vector<8xi16>) -> (vector<8xi16>, vector<4xi32>, vector<8xi16>) {
    %0 = vector.bitcast %arg3 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg6 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %5 = vector.bitcast %arg6 : vector<8xi16> to vector<16xi8>
    %6 = arith.andi %4, %5 : vector<16xi8>
    %7 = vector.bitcast %6 : vector<16xi8> to vector<8xi16>
    %8 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %9 = vector.bitcast %arg6 : vector<8xi16> to vector<16xi8>
    %10 = arith.andi %8, %9 : vector<16xi8>
    %11 = vector.bitcast %10 : vector<16xi8> to vector<8xi16>
    %12 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %13 = math.ctpop %12 : vector<16xi8>
    %14 = vector.bitcast %7 : vector<8xi16> to vector<16xi8>
    %15 = math.ctpop %14 : vector<16xi8>
    %16 = vector.bitcast %11 : vector<8xi16> to vector<16xi8>
    %17 = math.ctpop %16 : vector<16xi8>
    %cst = arith.constant dense<2> : vector<16xi8>
    %18 = arith.muli %17, %cst : vector<16xi8>
    %19 = arith.addi %18, %15 : vector<16xi8>
    %cst_0 = arith.constant dense<2> : vector<16xi8>
    %20 = arith.muli %19, %cst_0 : vector<16xi8>
    %21 = arith.addi %20, %13 : vector<16xi8>
    %22 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%21) : (vector<16xi8>) -> vector<8xi16>
    %23 = arith.addi %arg2, %22 : vector<8xi16>
    return %arg0, %arg1, %23 : vector<8xi16>, vector<4xi32>, vector<8xi16>
  }
  func.func @flush_1(%arg0: vector<8xi16>, %arg1: vector<4xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<4xi32>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %0 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%arg2) : (vector<8xi16>) -> vector<4xi32>
    %cst_1 = arith.constant dense<2> : vector<4xi32>
    %1 = arith.shli %0, %cst_1 : vector<4xi32>
    %2 = arith.subi %arg1, %1 : vector<4xi32>
    return %cst, %2, %cst_0 : vector<8xi16>, vector<4xi32>, vector<8xi16>
  }
  func.func @end_1(%arg0: vector<8xi16>, %arg1: vector<4xi32>, %arg2: vector<8xi16>) -> (vector<8xi16>, vector<4xi32>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %0 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%arg2) : (vector<8xi16>) -> vector<4xi32>
    %cst_1 = arith.constant dense<2> : vector<4xi32>
    %1 = arith.shli %0, %cst_1 : vector<4xi32>
    %2 = arith.subi %arg1, %1 : vector<4xi32>
    return %cst, %2, %cst_0 : vector<8xi16>, vector<4xi32>, vector<8xi16>
  }
  func.func @finish(%arg0: vector<8xi16>, %arg1: vector<4xi32>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<4xi32>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<4xi32>, %arg8: vector<8xi16>, %arg9: vector<8xi16>, %arg10: vector<4xi32>, %arg11: vector<8xi16>) -> vector<4xi32> {
    %0 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%arg1, %arg4) : (vector<4xi32>, vector<4xi32>) -> vector<4xi32>
    %1 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%arg7, %arg10) : (vector<4xi32>, vector<4xi32>) -> vector<4xi32>
    %2 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%0, %1) : (vector<4xi32>, vector<4xi32>) -> vector<4xi32>
    return %2 : vector<4xi32>
  }
}

