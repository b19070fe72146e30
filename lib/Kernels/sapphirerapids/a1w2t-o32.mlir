// bitserial kernel, format 1
// key: planes=1,2 terms=3:1,5:-1 word=32 lanes=outputs target=x86-64:sapphirerapids model=sapphirerapids features=avx,avx2,avx512bitalg,avx512bw,avx512f,avx512vbmi,avx512vl,avx512vnni,avx512vpopcntdq,avxvnni,gfni,sse4.1,ssse3 vectors=32x512 semantics=96304efe6d36b525 prover=2 search=3 cost=3 version=0.1.0/22.1.8
// blake3: 5ff8632c12cb7a81ba068c1ff5e3e4c2f39d1dc9cda79d412ec5e2015d714c09
module @"a1w2t-o32" attributes {bitserial.kernel = {cpu = "sapphirerapids", cycles = "2.49", features = ["avx512bitalg", "avx512bw", "avx512f", "avx512vnni"], group = 1 : i64, passes = [{capacity = 0 : i64, planes = [0, 1], steps = [{cost = 0 : i64, words = 2 : i64}, {cost = 0 : i64, words = 1 : i64}]}, {capacity = 0 : i64, planes = [0, 2], steps = [{cost = 0 : i64, words = 2 : i64}, {cost = 0 : i64, words = 1 : i64}]}], sketch = "count bytes; dot products with the coefficients; weights after counting; carry-save of depth 1; 2 words per step; passes: a0*w0, then -a0*w1", spec = {lanes = "outputs", planes = [1, 2], terms = [[3, 1], [5, -1]], word = 32 : i64}, state = ["bits", "sum", "bits"], tile = [3, 3]}} {
  func.func @step_0_2(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %c106_i32 = arith.constant 106 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg3, %arg4, %arg0, %c106_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_0 = arith.constant 106 : i32
    %1 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg5, %arg6, %0, %c106_i32_0) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32 = arith.constant 116 : i32
    %2 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %0, %1, %c116_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %3 = vector.bitcast %2 : vector<16xi32> to vector<64xi8>
    %4 = math.ctpop %3 : vector<64xi8>
    %cst = arith.constant dense<2> : vector<64xi8>
    %5 = llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.512"(%arg1, %4, %cst) : (vector<16xi32>, vector<64xi8>, vector<64xi8>) -> vector<16xi32>
    return %1, %5, %arg2 : vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @step_0_1(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %c106_i32 = arith.constant 106 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg3, %arg4, %arg0, %c106_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %cst = arith.constant dense<-1> : vector<16xi32>
    %1 = arith.xori %0, %cst : vector<16xi32>
    %2 = arith.andi %1, %arg0 : vector<16xi32>
    %3 = vector.bitcast %2 : vector<16xi32> to vector<64xi8>
    %4 = math.ctpop %3 : vector<64xi8>
    %cst_0 = arith.constant dense<2> : vector<64xi8>
    %5 = llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.512"(%arg1, %4, %cst_0) : (vector<16xi32>, vector<64xi8>, vector<64xi8>) -> vector<16xi32>
    return %0, %5, %arg2 : vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @end_0(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %cst = arith.constant dense<0> : vector<16xi32>
    %0 = vector.bitcast %arg0 : vector<16xi32> to vector<64xi8>
    %1 = math.ctpop %0 : vector<64xi8>
    %cst_0 = arith.constant dense<1> : vector<64xi8>
    %2 = llvm.call_intrinsic "llvm.x86.avx512.pmaddubs.w.512"(%1, %cst_0) : (vector<64xi8>, vector<64xi8>) -> vector<32xi16>
    %cst_1 = arith.constant dense<1> : vector<32xi16>
    %3 = llvm.call_intrinsic "llvm.x86.avx512.pmaddw.d.512"(%2, %cst_1) : (vector<32xi16>, vector<32xi16>) -> vector<16xi32>
    %4 = arith.addi %arg1, %3 : vector<16xi32>
    %cst_2 = arith.constant dense<0> : vector<16xi32>
    return %cst, %4, %cst_2 : vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @step_1_2(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %c106_i32 = arith.constant 106 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg3, %arg4, %arg2, %c106_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_0 = arith.constant 106 : i32
    %1 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg5, %arg6, %0, %c106_i32_0) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32 = arith.constant 116 : i32
    %2 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg2, %0, %1, %c116_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %3 = vector.bitcast %2 : vector<16xi32> to vector<64xi8>
    %4 = math.ctpop %3 : vector<64xi8>
    %cst = arith.constant dense<-2> : vector<64xi8>
    %5 = llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.512"(%arg1, %4, %cst) : (vector<16xi32>, vector<64xi8>, vector<64xi8>) -> vector<16xi32>
    return %arg0, %5, %1 : vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @step_1_1(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %c106_i32 = arith.constant 106 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg3, %arg4, %arg2, %c106_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %cst = arith.constant dense<-1> : vector<16xi32>
    %1 = arith.xori %0, %cst : vector<16xi32>
    %2 = arith.andi %1, %arg2 : vector<16xi32>
    %3 = vector.bitcast %2 : vector<16xi32> to vector<64xi8>
    %4 = math.ctpop %3 : vector<64xi8>
    %cst_0 = arith.constant dense<-2> : vector<64xi8>
    %5 = llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.512"(%arg1, %4, %cst_0) : (vector<16xi32>, vector<64xi8>, vector<64xi8>) -> vector<16xi32>
    return %arg0, %5, %0 : vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @end_1(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %cst = arith.constant dense<0> : vector<16xi32>
    %cst_0 = arith.constant dense<0> : vector<16xi32>
    %0 = vector.bitcast %arg2 : vector<16xi32> to vector<64xi8>
    %1 = math.ctpop %0 : vector<64xi8>
    %cst_1 = arith.constant dense<1> : vector<64xi8>
    %2 = llvm.call_intrinsic "llvm.x86.avx512.pmaddubs.w.512"(%1, %cst_1) : (vector<64xi8>, vector<64xi8>) -> vector<32xi16>
    %cst_2 = arith.constant dense<1> : vector<32xi16>
    %3 = llvm.call_intrinsic "llvm.x86.avx512.pmaddw.d.512"(%2, %cst_2) : (vector<32xi16>, vector<32xi16>) -> vector<16xi32>
    %4 = arith.subi %arg1, %3 : vector<16xi32>
    return %cst, %4, %cst_0 : vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @finish(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>) -> vector<16xi32> {
    return %arg1 : vector<16xi32>
  }
}

