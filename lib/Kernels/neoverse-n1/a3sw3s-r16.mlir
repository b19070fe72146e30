// bitserial kernel, format 1
// key: planes=3,3 terms=9:1,10:2,12:-4,17:2,18:4,20:-8,33:-4,34:-8,36:16 word=16 lanes=reduction target=AArch64:neoverse-n1 model=neoverse-n1 features=dotprod,neon vectors=32x128 semantics=0371ec95c5a6df56 prover=1 search=1 cost=1 version=0.1.0/22.1.8
// blake3: 39ae1e6535cc9603ecad3b86558af9a8f9c36a19c660ba349f3baa1fecbef29d
module @"a3sw3s-r16" attributes {bitserial.kernel = {cpu = "neoverse-n1", cycles = "13.50", features = ["dotprod", "neon"], group = 4 : i64, passes = [{capacity = 0 : i64, planes = [0, 1, 2, 3, 4, 5], steps = [{cost = 0 : i64, words = 1 : i64}]}, {capacity = 0 : i64, planes = [0, 1, 2, 3, 4, 5], steps = [{cost = 0 : i64, words = 1 : i64}]}], sketch = "count bytes; dot products with the coefficients; weights after counting; 1 word per step; groups of 4; passes: p0*p3 + 2*p1*p3 + 2*p0*p4 + 4*p1*p4 + 16*p2*p5, then -4*p2*p3 - 8*p2*p4 - 4*p0*p5 - 8*p1*p5", spec = {lanes = "reduction", planes = [3, 3], terms = [[9, 1], [10, 2], [12, -4], [17, 2], [18, 4], [20, -8], [33, -4], [34, -8], [36, 16]], word = 16 : i64}, state = ["sum"], tile = [8, 2]}} {
  func.func @step_0_1(%arg0: vector<4xi32>, %arg1: vector<8xi16>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi16>, %arg5: vector<8xi16>, %arg6: vector<8xi16>) -> vector<4xi32> {
    %0 = vector.bitcast %arg1 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %arg2 : vector<8xi16> to vector<16xi8>
    %5 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %6 = arith.andi %4, %5 : vector<16xi8>
    %7 = vector.bitcast %6 : vector<16xi8> to vector<8xi16>
    %8 = vector.bitcast %arg1 : vector<8xi16> to vector<16xi8>
    %9 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %10 = arith.andi %8, %9 : vector<16xi8>
    %11 = vector.bitcast %10 : vector<16xi8> to vector<8xi16>
    %12 = vector.bitcast %arg2 : vector<8xi16> to vector<16xi8>
    %13 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %14 = arith.andi %12, %13 : vector<16xi8>
    %15 = vector.bitcast %14 : vector<16xi8> to vector<8xi16>
    %16 = vector.bitcast %arg3 : vector<8xi16> to vector<16xi8>
    %17 = vector.bitcast %arg6 : vector<8xi16> to vector<16xi8>
    %18 = arith.andi %16, %17 : vector<16xi8>
    %19 = vector.bitcast %18 : vector<16xi8> to vector<8xi16>
    %20 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %21 = math.ctpop %20 : vector<16xi8>
    %22 = vector.bitcast %7 : vector<8xi16> to vector<16xi8>
    %23 = math.ctpop %22 : vector<16xi8>
    %24 = vector.bitcast %11 : vector<8xi16> to vector<16xi8>
    %25 = math.ctpop %24 : vector<16xi8>
    %26 = arith.addi %23, %25 : vector<16xi8>
    %27 = vector.bitcast %15 : vector<8xi16> to vector<16xi8>
    %28 = math.ctpop %27 : vector<16xi8>
    %29 = vector.bitcast %19 : vector<8xi16> to vector<16xi8>
    %30 = math.ctpop %29 : vector<16xi8>
    %cst = arith.constant dense<1> : vector<16xi8>
    %31 = llvm.call_intrinsic "llvm.aarch64.neon.udot"(%arg0, %21, %cst) : (vector<4xi32>, vector<16xi8>, vector<16xi8>) -> vector<4xi32>
    %cst_0 = arith.constant dense<2> : vector<16xi8>
    %32 = llvm.call_intrinsic "llvm.aarch64.neon.udot"(%31, %26, %cst_0) : (vector<4xi32>, vector<16xi8>, vector<16xi8>) -> vector<4xi32>
    %cst_1 = arith.constant dense<4> : vector<16xi8>
    %33 = llvm.call_intrinsic "llvm.aarch64.neon.udot"(%32, %28, %cst_1) : (vector<4xi32>, vector<16xi8>, vector<16xi8>) -> vector<4xi32>
    %cst_2 = arith.constant dense<16> : vector<16xi8>
    %34 = llvm.call_intrinsic "llvm.aarch64.neon.udot"(%33, %30, %cst_2) : (vector<4xi32>, vector<16xi8>, vector<16xi8>) -> vector<4xi32>
    return %34 : vector<4xi32>
  }
  func.func @step_1_1(%arg0: vector<4xi32>, %arg1: vector<8xi16>, %arg2: vector<8xi16>, %arg3: vector<8xi16>, %arg4: vector<8xi16>, %arg5: vector<8xi16>, %arg6: vector<8xi16>) -> vector<4xi32> {
    %0 = vector.bitcast %arg3 : vector<8xi16> to vector<16xi8>
    %1 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %2 = arith.andi %0, %1 : vector<16xi8>
    %3 = vector.bitcast %2 : vector<16xi8> to vector<8xi16>
    %4 = vector.bitcast %arg3 : vector<8xi16> to vector<16xi8>
    %5 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %6 = arith.andi %4, %5 : vector<16xi8>
    %7 = vector.bitcast %6 : vector<16xi8> to vector<8xi16>
    %8 = vector.bitcast %arg1 : vector<8xi16> to vector<16xi8>
    %9 = vector.bitcast %arg6 : vector<8xi16> to vector<16xi8>
    %10 = arith.andi %8, %9 : vector<16xi8>
    %11 = vector.bitcast %10 : vector<16xi8> to vector<8xi16>
    %12 = vector.bitcast %arg2 : vector<8xi16> to vector<16xi8>
    %13 = vector.bitcast %arg6 : vector<8xi16> to vector<16xi8>
    %14 = arith.andi %12, %13 : vector<16xi8>
    %15 = vector.bitcast %14 : vector<16xi8> to vector<8xi16>
    %16 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %17 = math.ctpop %16 : vector<16xi8>
    %18 = vector.bitcast %7 : vector<8xi16> to vector<16xi8>
    %19 = math.ctpop %18 : vector<16xi8>
    %20 = vector.bitcast %11 : vector<8xi16> to vector<16xi8>
    %21 = math.ctpop %20 : vector<16xi8>
    %22 = arith.addi %17, %21 : vector<16xi8>
    %23 = vector.bitcast %15 : vector<8xi16> to vector<16xi8>
    %24 = math.ctpop %23 : vector<16xi8>
    %25 = arith.addi %19, %24 : vector<16xi8>
    %cst = arith.constant dense<-4> : vector<16xi8>
    %26 = llvm.call_intrinsic "llvm.aarch64.neon.sdot"(%arg0, %22, %cst) : (vector<4xi32>, vector<16xi8>, vector<16xi8>) -> vector<4xi32>
    %cst_0 = arith.constant dense<-8> : vector<16xi8>
    %27 = llvm.call_intrinsic "llvm.aarch64.neon.sdot"(%26, %25, %cst_0) : (vector<4xi32>, vector<16xi8>, vector<16xi8>) -> vector<4xi32>
    return %27 : vector<4xi32>
  }
  func.func @finish(%arg0: vector<4xi32>, %arg1: vector<4xi32>, %arg2: vector<4xi32>, %arg3: vector<4xi32>) -> vector<4xi32> {
    %0 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%arg0, %arg1) : (vector<4xi32>, vector<4xi32>) -> vector<4xi32>
    %1 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%arg2, %arg3) : (vector<4xi32>, vector<4xi32>) -> vector<4xi32>
    %2 = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%0, %1) : (vector<4xi32>, vector<4xi32>) -> vector<4xi32>
    return %2 : vector<4xi32>
  }
}

