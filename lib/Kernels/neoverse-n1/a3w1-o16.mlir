// bitserial kernel, format 1
// key: planes=3,1 terms=9:1,10:2,12:4 word=16 lanes=outputs target=AArch64:neoverse-n1 model=neoverse-n1 features=dotprod,neon vectors=32x128 semantics=0371ec95c5a6df56 prover=2 search=2 cost=2 version=0.1.0/22.1.8
// blake3: f1f15b25632b831af2d7781aa2921ff2accf949c90cdbac596d6e9968f5066a3
module @"a3w1-o16" attributes {bitserial.kernel = {cpu = "neoverse-n1", cycles = "4.69", features = ["neon"], group = 1 : i64, passes = [{capacity = 65535 : i64, planes = [0, 1, 2, 3], steps = [{cost = 16 : i64, words = 1 : i64}]}], sketch = "count bytes; 16-bit counters of pairs; weights after counting; 1 word per step; passes: a0*w0 + 2*a1*w0 + 4*a2*w0", spec = {lanes = "outputs", planes = [3, 1], terms = [[9, 1], [10, 2], [12, 4]], word = 16 : i64}, state = ["counter", "counter", "counter", "sum"], tile = [1, 8]}} {
  func.func @step_0_1(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi16>, %arg3: vector<8xi32>, %arg4: vector<8xi16>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi32>) {
    %0 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg7 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %5 = vector.bitcast %arg7 : vector<8xi16> to vector<16xi8>
    %6 = arith.andi %4, %5 : vector<16xi8>
    %7 = vector.bitcast %6 : vector<16xi8> to vector<8xi16>
    %8 = vector.bitcast %arg6 : vector<8xi16> to vector<16xi8>
    %9 = vector.bitcast %arg7 : vector<8xi16> to vector<16xi8>
    %10 = arith.andi %8, %9 : vector<16xi8>
    %11 = vector.bitcast %10 : vector<16xi8> to vector<8xi16>
    %12 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %13 = math.ctpop %12 : vector<16xi8>
    %14 = vector.bitcast %7 : vector<8xi16> to vector<16xi8>
    %15 = math.ctpop %14 : vector<16xi8>
    %16 = vector.bitcast %11 : vector<8xi16> to vector<16xi8>
    %17 = math.ctpop %16 : vector<16xi8>
    %18 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%13) : (vector<16xi8>) -> vector<8xi16>
    %19 = arith.addi %arg0, %18 : vector<8xi16>
    %20 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%15) : (vector<16xi8>) -> vector<8xi16>
    %21 = arith.addi %arg1, %20 : vector<8xi16>
    %22 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%17) : (vector<16xi8>) -> vector<8xi16>
    %23 = arith.addi %arg2, %22 : vector<8xi16>
    return %19, %21, %23, %arg3 : vector<8xi16>, vector<8xi16>, vector<8xi16>, vector<8xi32>
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

