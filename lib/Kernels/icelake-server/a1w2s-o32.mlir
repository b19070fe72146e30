// bitserial kernel, format 1
// key: planes=1,2 terms=3:1,5:-2 word=32 lanes=outputs target=x86-64:icelake-server model=icelake-server features=avx,avx2,avx512bitalg,avx512bw,avx512f,avx512vbmi,avx512vl,avx512vnni,avx512vpopcntdq,gfni,sse4.1,ssse3 vectors=32x512 semantics=96304efe6d36b525 prover=1 search=1 cost=1 version=0.1.0/22.1.8
// blake3: d347e21a866a929c652df7cf283b5ec0c8bbda2dfa90f5ef4f739eff5680872a
module @"a1w2s-o32" attributes {bitserial.kernel = {cpu = "icelake-server", cycles = "2.33", features = ["avx512bitalg", "avx512bw", "avx512f", "avx512vnni"], group = 1 : i64, passes = [{capacity = 0 : i64, planes = [0, 1, 2], steps = [{cost = 0 : i64, words = 2 : i64}, {cost = 0 : i64, words = 1 : i64}]}], sketch = "count bytes; dot products with the coefficients; weights after counting; carry-save of depth 1; 2 words per step; passes: p0*p1 - 2*p0*p2", spec = {lanes = "outputs", planes = [1, 2], terms = [[3, 1], [5, -2]], word = 32 : i64}, state = ["bits", "sum"], tile = [1, 6]}} {
  func.func @step_0_2(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>) {
    %0 = arith.andi %arg2, %arg4 : vector<16xi32>
    %1 = arith.andi %arg5, %arg7 : vector<16xi32>
    %c120_i32 = arith.constant 120 : i32
    %2 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %arg2, %arg3, %c120_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32 = arith.constant 106 : i32
    %3 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg5, %arg6, %2, %c106_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32 = arith.constant 116 : i32
    %4 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %2, %3, %c116_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %5 = vector.bitcast %0 : vector<16xi32> to vector<64xi8>
    %6 = math.ctpop %5 : vector<64xi8>
    %7 = vector.bitcast %1 : vector<16xi32> to vector<64xi8>
    %8 = math.ctpop %7 : vector<64xi8>
    %9 = arith.addi %6, %8 : vector<64xi8>
    %10 = vector.bitcast %4 : vector<16xi32> to vector<64xi8>
    %11 = math.ctpop %10 : vector<64xi8>
    %cst = arith.constant dense<-2> : vector<64xi8>
    %12 = llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.512"(%arg1, %9, %cst) : (vector<16xi32>, vector<64xi8>, vector<64xi8>) -> vector<16xi32>
    %cst_0 = arith.constant dense<2> : vector<64xi8>
    %13 = llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.512"(%12, %11, %cst_0) : (vector<16xi32>, vector<64xi8>, vector<64xi8>) -> vector<16xi32>
    return %3, %13 : vector<16xi32>, vector<16xi32>
  }
  func.func @step_0_1(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>) {
    %0 = arith.andi %arg2, %arg4 : vector<16xi32>
    %c120_i32 = arith.constant 120 : i32
    %1 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %arg2, %arg3, %c120_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %cst = arith.constant dense<-1> : vector<16xi32>
    %2 = arith.xori %1, %cst : vector<16xi32>
    %3 = arith.andi %2, %arg0 : vector<16xi32>
    %4 = vector.bitcast %0 : vector<16xi32> to vector<64xi8>
    %5 = math.ctpop %4 : vector<64xi8>
    %6 = vector.bitcast %3 : vector<16xi32> to vector<64xi8>
    %7 = math.ctpop %6 : vector<64xi8>
    %cst_0 = arith.constant dense<-2> : vector<64xi8>
    %8 = llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.512"(%arg1, %5, %cst_0) : (vector<16xi32>, vector<64xi8>, vector<64xi8>) -> vector<16xi32>
    %cst_1 = arith.constant dense<2> : vector<64xi8>
    %9 = llvm.call_intrinsic "llvm.x86.avx512.vpdpbusd.512"(%8, %7, %cst_1) : (vector<16xi32>, vector<64xi8>, vector<64xi8>) -> vector<16xi32>
    return %1, %9 : vector<16xi32>, vector<16xi32>
  }
  func.func @end_0(%arg0: vector<16xi32>, %arg1: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>) {
    %cst = arith.constant dense<0> : vector<16xi32>
    %0 = vector.bitcast %arg0 : vector<16xi32> to vector<64xi8>
    %1 = math.ctpop %0 : vector<64xi8>
    %cst_0 = arith.constant dense<1> : vector<64xi8>
    %2 = llvm.call_intrinsic "llvm.x86.avx512.pmaddubs.w.512"(%1, %cst_0) : (vector<64xi8>, vector<64xi8>) -> vector<32xi16>
    %cst_1 = arith.constant dense<1> : vector<32xi16>
    %3 = llvm.call_intrinsic "llvm.x86.avx512.pmaddw.d.512"(%2, %cst_1) : (vector<32xi16>, vector<32xi16>) -> vector<16xi32>
    %4 = arith.addi %arg1, %3 : vector<16xi32>
    return %cst, %4 : vector<16xi32>, vector<16xi32>
  }
  func.func @finish(%arg0: vector<16xi32>, %arg1: vector<16xi32>) -> vector<16xi32> {
    return %arg1 : vector<16xi32>
  }
}

