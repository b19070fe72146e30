// bitserial kernel, format 1
// key: planes=2,2 terms=5:1,6:2,9:2,10:4 word=16 lanes=reduction target=AArch64:cortex-a53 model=cortex-a53 features=neon vectors=32x128 semantics=0371ec95c5a6df56 prover=2 search=3 cost=3 version=0.1.0/22.1.8
// blake3: 0e5817695587453f831566d1f34ba7e793a6623602eb6e326d0b21ca7bfac303
module @"a2w2-r16" attributes {bitserial.kernel = {cpu = "cortex-a53", cycles = "14.33", features = ["neon"], group = 4 : i64, passes = [{capacity = 65535 : i64, planes = [0, 1, 2, 3], steps = [{cost = 144 : i64, words = 1 : i64}]}], sketch = "count bytes; 16-bit counters of pairs; weights in steps, multiplied; 1 word per step; groups of 4; passes: a0*w0 + 2*a1*w0 + 2*a0*w1 + 4*a1*w1", spec = {lanes = "reduction", planes = [2, 2], terms = [[5, 1], [6, 2], [9, 2], [10, 4]], word = 16 : i64}, state = ["counter", "sum"], tile = [4, 3]}} {
  func.func @step_0_1(%arg0: vector<8xi16>, %arg1: vector<4xi32>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi16>, %arg5: vector<8xi16>) -> (vector<8xi16>, vector<4xi32>) {
    %0 = vector.bitcast %arg2 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %arg3 : vector<8xi16> to vector<16xi8>
    %5 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %6 = arith.andi %4, %5 : vector<16xi8>
    %7 = vector.bitcast %6 : vector<16xi8> to vector<8xi16>
    %8 = vector.bitcast %arg2 : vector<8xi16> to vector<16xi8>
    %9 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %10 = arith.andi %8, %9 : vector<16xi8>
    %11 = vector.bitcast %10 : vector<16xi8> to vector<8xi16>
    %12 = vector.bitcast %arg3 : vector<8xi16> to vector<16xi8>
    %13 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
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
    %cst = arith.constant dense<2> : vector<16xi8>
    %24 = arith.muli %23, %cst : vector<16xi8>
    %25 = arith.addi %24, %19 : vector<16xi8>
    %26 = arith.addi %25, %21 : vector<16xi8>
    %cst_0 = arith.constant dense<2> : vector<16xi8>
    %27 = arith.muli %26, %cst_0 : vector<16xi8>
    %28 = arith.addi %27, %17 : vector<16xi8>
    %29 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%28) : (vector<16xi8>) -> vector<8xi16>
    %30 = arith.addi %arg0, %29 : vector<8xi16>
    return %30, %arg1 : vector<8xi16>, vector<4xi32>
  }
  func.func @flush_0(%arg0: vector<8xi16>, %arg1: vector<4xi32>) -> (vector<8xi16>, vector<4xi32>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%arg0) : (vector<8xi16>) -> vector<4xi32>
    %1 = arith.addi %arg1, %0 : vector<4xi32>
    return %cst, %1 : vector<8xi16>, vector<4xi32>
  }
  func.func @end_0(%arg0: vector<8xi16>, %arg1: vector<4xi32>) -> (vector<8xi16>, vector<4xi32>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%arg0) : (vector<8xi16>) -> vector<4xi32>
    %1 = arith.addi %arg1, %0 : vector<4xi32>
    return %cst, %1 : vector<8xi16>, vector<4xi32>
  }
  func.func @finish(%arg0: vector<8xi16>, %arg1: vector<4xi32>, %arg2: vector<8xi16>, %arg3: vector<4xi32>, %arg4: vector<8xi16>, %arg5: vector<4xi32>, %arg6: vector<8xi16>, %arg7: vector<4xi32>) -> vector<4xi32> {
    %0 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%arg1, %arg3) : (vector<4xi32>, vector<4xi32>) -> vector<4xi32>
    %1 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%arg5, %arg7) : (vector<4xi32>, vector<4xi32>) -> vector<4xi32>
    %2 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%0, %1) : (vector<4xi32>, vector<4xi32>) -> vector<4xi32>
    return %2 : vector<4xi32>
  }
}

