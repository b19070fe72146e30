// bitserial kernel, format 1
// key: planes=3,3 terms=9:1,10:2,12:-4,17:2,18:4,20:-8,33:4,34:8,36:-16 word=16 lanes=outputs target=AArch64:cortex-a53 model=cortex-a53 features=neon vectors=32x128 semantics=0371ec95c5a6df56 prover=2 search=3 cost=3 version=0.1.0/22.1.8
// blake3: d840ba42ae15998bf9f078f30f22ab8d16f210366b6fd121601aba79072e4d6b
module @"a3sw3-o16" attributes {bitserial.kernel = {cpu = "cortex-a53", cycles = "32.84", features = ["neon"], group = 1 : i64, passes = [{capacity = 65535 : i64, planes = [0, 1, 2, 3, 4, 5], steps = [{cost = 336 : i64, words = 1 : i64}]}], sketch = "count bytes; 16-bit counters of pairs; weights in steps, multiplied; 1 word per step; passes: a0*w0 + 2*a1*w0 - 4*a2*w0 + 2*a0*w1 + 4*a1*w1 - 8*a2*w1 + 4*a0*w2 + 8*a1*w2 - 16*a2*w2", spec = {lanes = "outputs", planes = [3, 3], terms = [[9, 1], [10, 2], [12, -4], [17, 2], [18, 4], [20, -8], [33, 4], [34, 8], [36, -16]], word = 16 : i64}, state = ["counter", "counter", "sum"], tile = [2, 3]}} {
  func.func @step_0_1(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi32>, %arg3: vector<8xi16>, %arg4: vector<8xi16>, %arg5: vector<8xi16>, %arg6: vector<8xi16>, %arg7: vector<8xi16>, %arg8: vector<8xi16>) -> (vector<8xi16>, vector<8xi16>, vector<8xi32>) {
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
    %24 = vector.bitcast %arg3 : vector<8xi16> to vector<16xi8>
    %25 = vector.bitcast %arg8 : vector<8xi16> to vector<16xi8>
    %26 = arith.andi %24, %25 : vector<16xi8>
    %27 = vector.bitcast %26 : vector<16xi8> to vector<8xi16>
    %28 = vector.bitcast %arg4 : vector<8xi16> to vector<16xi8>
    %29 = vector.bitcast %arg8 : vector<8xi16> to vector<16xi8>
    %30 = arith.andi %28, %29 : vector<16xi8>
    %31 = vector.bitcast %30 : vector<16xi8> to vector<8xi16>
    %32 = vector.bitcast %arg5 : vector<8xi16> to vector<16xi8>
    %33 = vector.bitcast %arg8 : vector<8xi16> to vector<16xi8>
    %34 = arith.andi %32, %33 : vector<16xi8>
    %35 = vector.bitcast %34 : vector<16xi8> to vector<8xi16>
    %36 = vector.bitcast %3 : vector<8xi16> to vector<16xi8>
    %37 = math.ctpop %36 : vector<16xi8>
    %38 = vector.bitcast %7 : vector<8xi16> to vector<16xi8>
    %39 = math.ctpop %38 : vector<16xi8>
    %40 = vector.bitcast %11 : vector<8xi16> to vector<16xi8>
    %41 = math.ctpop %40 : vector<16xi8>
    %42 = vector.bitcast %15 : vector<8xi16> to vector<16xi8>
    %43 = math.ctpop %42 : vector<16xi8>
    %44 = vector.bitcast %19 : vector<8xi16> to vector<16xi8>
    %45 = math.ctpop %44 : vector<16xi8>
    %46 = vector.bitcast %23 : vector<8xi16> to vector<16xi8>
    %47 = math.ctpop %46 : vector<16xi8>
    %48 = vector.bitcast %27 : vector<8xi16> to vector<16xi8>
    %49 = math.ctpop %48 : vector<16xi8>
    %50 = vector.bitcast %31 : vector<8xi16> to vector<16xi8>
    %51 = math.ctpop %50 : vector<16xi8>
    %52 = vector.bitcast %35 : vector<8xi16> to vector<16xi8>
    %53 = math.ctpop %52 : vector<16xi8>
    %cst = arith.constant dense<2> : vector<16xi8>
    %54 = arith.muli %51, %cst : vector<16xi8>
    %55 = arith.addi %54, %45 : vector<16xi8>
    %56 = arith.addi %55, %49 : vector<16xi8>
    %cst_0 = arith.constant dense<2> : vector<16xi8>
    %57 = arith.muli %56, %cst_0 : vector<16xi8>
    %58 = arith.addi %57, %39 : vector<16xi8>
    %59 = arith.addi %58, %43 : vector<16xi8>
    %cst_1 = arith.constant dense<2> : vector<16xi8>
    %60 = arith.muli %59, %cst_1 : vector<16xi8>
    %61 = arith.addi %60, %37 : vector<16xi8>
    %cst_2 = arith.constant dense<2> : vector<16xi8>
    %62 = arith.muli %53, %cst_2 : vector<16xi8>
    %63 = arith.addi %62, %47 : vector<16xi8>
    %cst_3 = arith.constant dense<2> : vector<16xi8>
    %64 = arith.muli %63, %cst_3 : vector<16xi8>
    %65 = arith.addi %64, %41 : vector<16xi8>
    %66 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%61) : (vector<16xi8>) -> vector<8xi16>
    %67 = arith.addi %arg0, %66 : vector<8xi16>
    %68 = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%65) : (vector<16xi8>) -> vector<8xi16>
    %69 = arith.addi %arg1, %68 : vector<8xi16>
    return %67, %69, %arg2 : vector<8xi16>, vector<8xi16>, vector<8xi32>
  }
  func.func @flush_0(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi32>) -> (vector<8xi16>, vector<8xi16>, vector<8xi32>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg0 : vector<8xi16> to vector<8xi32>
    %1 = arith.addi %arg2, %0 : vector<8xi32>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %2 = arith.extui %arg1 : vector<8xi16> to vector<8xi32>
    %cst_1 = arith.constant dense<2> : vector<8xi32>
    %3 = arith.shli %2, %cst_1 : vector<8xi32>
    %4 = arith.subi %1, %3 : vector<8xi32>
    return %cst, %cst_0, %4 : vector<8xi16>, vector<8xi16>, vector<8xi32>
  }
  func.func @end_0(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi32>) -> (vector<8xi16>, vector<8xi16>, vector<8xi32>) {
    %cst = arith.constant dense<0> : vector<8xi16>
    %0 = arith.extui %arg0 : vector<8xi16> to vector<8xi32>
    %1 = arith.addi %arg2, %0 : vector<8xi32>
    %cst_0 = arith.constant dense<0> : vector<8xi16>
    %2 = arith.extui %arg1 : vector<8xi16> to vector<8xi32>
    %cst_1 = arith.constant dense<2> : vector<8xi32>
    %3 = arith.shli %2, %cst_1 : vector<8xi32>
    %4 = arith.subi %1, %3 : vector<8xi32>
    return %cst, %cst_0, %4 : vector<8xi16>, vector<8xi16>, vector<8xi32>
  }
  func.func @finish(%arg0: vector<8xi16>, %arg1: vector<8xi16>, %arg2: vector<8xi32>) -> vector<8xi32> {
    return %arg2 : vector<8xi32>
  }
}

