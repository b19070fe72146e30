// bitserial kernel, format 1
// key: planes=2,2 terms=5:1,6:-2,9:2,10:-4 word=16 lanes=outputs target=ARM:cortex-a7 model=cortex-r52 features=neon vectors=16x128 semantics=02740cc13617de67 prover=2 search=1 cost=1 version=0.1.0/22.1.8
// blake3: 03731be73ee0717dd08fddc9d19e901fd0d1efb8b2d502c5dc61720461156b51
module @"a2sw2-o16" attributes {bitserial.kernel = {cpu = "cortex-a7", cycles = "29.00", features = ["neon"], group = 1 : i64, passes = [{capacity = 65535 : i64, planes = [0, 2, 3], steps = [{cost = 16 : i64, words = 1 : i64}]}, {capacity = 65535 : i64, planes = [1, 2, 3], steps = [{cost = 16 : i64, words = 1 : i64}]}], sketch = "count bytes; 16-bit counters of pairs; weights after counting; 1 word per step; passes: a0*w0 + 2*a0*w1, then -2*a1*w0 - 4*a1*w1", spec = {lanes = "outputs", planes = [2, 2], terms = [[5, 1], [6, -2], [9, 2], [10, -4]], word = 16 : i64}, state = ["counter", "counter", "sum", "counter", "counter"], tile = [3, 1]}} {
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
    %cst_2 = arith.constant dense<1> : vector<8xi32>
    %1 = arith.shli %0, %cst_2 : vector<8xi32>
    %2 = arith.subi %arg2, %1 : vector<8xi32>
    %cst_3 = arith.constant dense<0> : vector<8xi16>
    %3 = arith.extui %arg4 : vector<8xi16> to vector<8xi32>
    %cst_4 = arith.constant dense<2> : vector<8xi32>
    %4 = arith.shli %3, %cst_4 : vector<8xi32>
    %5 = arith.subi %2, %4 : vector<8xi32>
    return %cst, %cst_0, %5, %cst_1, %cst_3 : vector<8xi16>, vector<8xi16>, vector<8xi32>, vector<8xi16>, vector<8xi16>
  }
  func.func @end_1(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi32>, %arg3: vector<8xi16>, %arg4: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<8xi32>, vector<8xi16>, vector<8xi16>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %cst_1 = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg3 : vector<8xi16> to vector<8xi32>
    %cst_2 = arith.constant dense<1> : vector<8xi32>
    %1 = arith.shli %0, %cst_2 : vector<8xi32>
    %2 = arith.subi %arg2, %1 : vector<8xi32>
    %cst_3 = arith.constant dense<0> : vector<8xi16>
    %3 = arith.extui %arg4 : vector<8xi16> to vector<8xi32>
    %cst_4 = arith.constant dense<2> : vector<8xi32>
    %4 = arith.shli %3, %cst_4 : vector<8xi32>
    %5 = arith.subi %2, %4 : vector<8xi32>
    return %cst, %cst_0, %5, %cst_1, %cst_3 : vector<8xi16>, vector<8xi16>, vector<8xi32>, vector<8xi16>, vector<8xi16>
  }
  func.func @finish(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi32>, %arg3: vector<8xi16>, %arg4: vector<8xi16>) -> vector<8xi32> {
    return %arg2 : vector<8xi32>
  }
}

