// bitserial kernel, format 1
// key: planes=3,1 terms=9:1,10:2,12:4 word=16 lanes=reduction target=AArch64:cortex-a53 model=cortex-a53 features=neon vectors=32x128 semantics=0371ec95c5a6df56 prover=2 search=3 cost=3 version=0.1.0/22.1.8
// blake3: 06444b61cf9bf69f44054b85a281b9ed533237e2fef2c28731f2dc116a69d04e
module @"a3w1-r16" attributes {bitserial.kernel = {cpu = "cortex-a53", cycles = "11.00", features = ["neon"], group = 4 : i64, passes = [{capacity = 65535 : i64, planes = [0, 1, 2, 3], steps = [{cost = 112 : i64, words = 1 : i64}]}], sketch = "count bytes; 16-bit counters of pairs; weights in steps, multiplied; 1 word per step; groups of 4; passes: a0*w0 + 2*a1*w0 + 4*a2*w0", spec = {lanes = "reduction", planes = [3, 1], terms = [[9, 1], [10, 2], [12, 4]], word = 16 : i64}, state = ["counter", "sum"], tile = [2, 6]}} {
  func.func @step_0_1(%arg0: vector<8xi16>, %arg1: vector<4xi32>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi16>, %arg5: vector<8xi16>) -> (vector<8xi16>, vector<4xi32>) {
    %0 = vector.bitcast %arg2 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %arg3 : vector<8xi16> to vector<16xi8>
    %5 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %6 = arith.andi %4, %5 : vector<16xi8>
    %7 = vector.bitcast %6 : vector<16xi8> to vector<8xi16>
    %8 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %9 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
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
    %23 = arith.addi %arg0, %22 : vector<8xi16>
    return %23, %arg1 : vector<8xi16>, vector<4xi32>
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

