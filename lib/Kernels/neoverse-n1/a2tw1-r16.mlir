// bitserial kernel, format 1
// key: planes=2,1 terms=5:1,6:-1 word=16 lanes=reduction target=AArch64:neoverse-n1 model=neoverse-n1 features=dotprod,neon vectors=32x128 semantics=0371ec95c5a6df56 prover=1 search=1 cost=1 version=0.1.0/22.1.8
// blake3: 89126b08dee162ab92a444204e6cc91575d850cb8c1a5b575727aac8410ac362
module @"a2tw1-r16" attributes {bitserial.kernel = {cpu = "neoverse-n1", cycles = "3.00", features = ["dotprod", "neon"], group = 4 : i64, passes = [{capacity = 0 : i64, planes = [0, 1, 2], steps = [{cost = 0 : i64, words = 1 : i64}]}], sketch = "count bytes; dot products with the coefficients; weights after counting; 1 word per step; groups of 4; passes: p0*p2 - p1*p2", spec = {lanes = "reduction", planes = [2, 1], terms = [[5, 1], [6, -1]], word = 16 : i64}, state = ["sum"], tile = [8, 3]}} {
  func.func @step_0_1(%arg0: vector<4xi32>, %arg1: vector<8xi16>, %arg2: vector<8xi16>, %arg3: vector<8xi16>) -> vector<4xi32> {
    %0 = vector.bitcast %arg1 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg3 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %arg2 : vector<8xi16> to vector<16xi8>
    %5 = vector.bitcast %arg3 : vector<8xi16> to vector<16xi8>
    %6 = arith.andi %4, %5 : vector<16xi8>
    %7 = vector.bitcast %6 : vector<16xi8> to vector<8xi16>
    %8 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %9 = math.ctpop %8 : vector<16xi8>
    %10 = vector.bitcast %7 : vector<8xi16> to vector<16xi8>
    %11 = math.ctpop %10 : vector<16xi8>
    %cst = arith.constant dense<1> : vector<16xi8>
    %12 = llvm.call_intrinsic "llvm.aarch64.neon.udot"(%arg0, %9, %cst) : (vector<4xi32>, vector<16xi8>, vector<16xi8>) -> vector<4xi32>
    %cst_0 = arith.constant dense<-1> : vector<16xi8>
    %13 = llvm.call_intrinsic "llvm.aarch64.neon.sdot"(%12, %11, %cst_0) : (vector<4xi32>, vector<16xi8>, vector<16xi8>) -> vector<4xi32>
    return %13 : vector<4xi32>
  }
  func.func @finish(%arg0: vector<4xi32>, %arg1: vector<4xi32>, %arg2: vector<4xi32>, %arg3: vector<4xi32>) -> vector<4xi32> {
    %0 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%arg0, %arg1) : (vector<4xi32>, vector<4xi32>) -> vector<4xi32>
    %1 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%arg2, %arg3) : (vector<4xi32>, vector<4xi32>) -> vector<4xi32>
    %2 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%0, %1) : (vector<4xi32>, vector<4xi32>) -> vector<4xi32>
    return %2 : vector<4xi32>
  }
}

