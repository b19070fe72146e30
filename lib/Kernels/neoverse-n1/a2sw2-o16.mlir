// bitserial kernel, format 1
// key: planes=2,2 terms=5:1,6:-2,9:2,10:-4 word=16 lanes=outputs target=AArch64:neoverse-n1 model=neoverse-n1 features=dotprod,neon vectors=32x128 semantics=0371ec95c5a6df56 prover=2 search=2 cost=2 version=0.1.0/22.1.8
// blake3: 8f10f8d7b9072ef7c06e096425fcc8ebf708b7d2f5e38dcb9da9ad77fc799499
module @"a2sw2-o16" attributes {bitserial.kernel = {cpu = "neoverse-n1", cycles = "6.24", features = ["neon"], group = 1 : i64, passes = [{capacity = 65535 : i64, planes = [0, 1, 2, 3], steps = [{cost = 16 : i64, words = 1 : i64}]}], sketch = "count bytes; 16-bit counters of pairs; weights after counting; 1 word per step; passes: a0*w0 - 2*a1*w0 + 2*a0*w1 - 4*a1*w1", spec = {lanes = "outputs", planes = [2, 2], terms = [[5, 1], [6, -2], [9, 2], [10, -4]], word = 16 : i64}, state = ["counter", "counter", "counter", "counter", "sum"], tile = [1, 6]}} {
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

