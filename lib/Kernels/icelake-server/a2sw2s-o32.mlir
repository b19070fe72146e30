// bitserial kernel, format 1
// key: planes=2,2 terms=5:1,6:-2,9:-2,10:4 word=32 lanes=outputs target=x86-64:icelake-server model=icelake-server features=avx,avx2,avx512bitalg,avx512bw,avx512f,avx512vbmi,avx512vl,avx512vnni,avx512vpopcntdq,gfni,sse4.1,ssse3 vectors=32x512 semantics=96304efe6d36b525 prover=1 search=1 cost=1 version=0.1.0/22.1.8
// blake3: afee17b89df2bea4ef9907c95bac0d786110fc566246cc3f47ff3a5ef4d2b348
module @"a2sw2s-o32" attributes {bitserial.kernel = {cpu = "icelake-server", cycles = "5.11", features = ["avx512f"], group = 1 : i64, passes = [{capacity = 0 : i64, planes = [0, 1, 2, 3], steps = [{cost = 0 : i64, words = 4 : i64}, {cost = 0 : i64, words = 1 : i64}]}], sketch = "count lanes; sums; weights after counting; carry-save of depth 2; 4 words per step; passes: p0*p2 - 2*p1*p2 - 2*p0*p3 + 4*p1*p3", spec = {lanes = "outputs", planes = [2, 2], terms = [[5, 1], [6, -2], [9, -2], [10, 4]], word = 32 : i64}, state = ["bits", "bits", "bits", "sum", "sum"], tile = [4, 1]}} {
  func.func @step_0_4(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>, %arg8: vector<16xi32>, %arg9: vector<16xi32>, %arg10: vector<16xi32>, %arg11: vector<16xi32>, %arg12: vector<16xi32>, %arg13: vector<16xi32>, %arg14: vector<16xi32>, %arg15: vector<16xi32>, %arg16: vector<16xi32>, %arg17: vector<16xi32>, %arg18: vector<16xi32>, %arg19: vector<16xi32>, %arg20: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %c120_i32 = arith.constant 120 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %arg6, %arg7, %c120_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32 = arith.constant 106 : i32
    %1 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg5, %arg8, %0, %c106_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32 = arith.constant 116 : i32
    %2 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %0, %1, %c116_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_0 = arith.constant 120 : i32
    %3 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%1, %arg10, %arg11, %c120_i32_0) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_1 = arith.constant 106 : i32
    %4 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg9, %arg12, %3, %c106_i32_1) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_2 = arith.constant 116 : i32
    %5 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%1, %3, %4, %c116_i32_2) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_3 = arith.constant 120 : i32
    %6 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%4, %arg14, %arg15, %c120_i32_3) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_4 = arith.constant 106 : i32
    %7 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg13, %arg16, %6, %c106_i32_4) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_5 = arith.constant 116 : i32
    %8 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%4, %6, %7, %c116_i32_5) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_6 = arith.constant 120 : i32
    %9 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%7, %arg18, %arg19, %c120_i32_6) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_7 = arith.constant 106 : i32
    %10 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg17, %arg20, %9, %c106_i32_7) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_8 = arith.constant 116 : i32
    %11 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%7, %9, %10, %c116_i32_8) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_9 = arith.constant 120 : i32
    %12 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg1, %arg5, %arg7, %c120_i32_9) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_10 = arith.constant 106 : i32
    %13 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg9, %arg11, %12, %c106_i32_10) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_11 = arith.constant 116 : i32
    %14 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg1, %12, %13, %c116_i32_11) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_12 = arith.constant 120 : i32
    %15 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%13, %arg13, %arg15, %c120_i32_12) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_13 = arith.constant 106 : i32
    %16 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg17, %arg19, %15, %c106_i32_13) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_14 = arith.constant 116 : i32
    %17 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%13, %15, %16, %c116_i32_14) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c150_i32 = arith.constant 150 : i32
    %18 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg2, %14, %17, %c150_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32 = arith.constant 232 : i32
    %19 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg2, %14, %17, %c232_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %20 = arith.andi %arg6, %arg8 : vector<16xi32>
    %21 = arith.andi %arg10, %arg12 : vector<16xi32>
    %22 = arith.andi %arg14, %arg16 : vector<16xi32>
    %23 = arith.andi %arg18, %arg20 : vector<16xi32>
    %24 = math.ctpop %2 : vector<16xi32>
    %25 = math.ctpop %5 : vector<16xi32>
    %26 = arith.addi %24, %25 : vector<16xi32>
    %27 = math.ctpop %8 : vector<16xi32>
    %28 = arith.addi %26, %27 : vector<16xi32>
    %29 = math.ctpop %11 : vector<16xi32>
    %30 = arith.addi %28, %29 : vector<16xi32>
    %31 = math.ctpop %20 : vector<16xi32>
    %32 = math.ctpop %21 : vector<16xi32>
    %33 = arith.addi %31, %32 : vector<16xi32>
    %34 = math.ctpop %22 : vector<16xi32>
    %35 = arith.addi %33, %34 : vector<16xi32>
    %36 = math.ctpop %23 : vector<16xi32>
    %37 = arith.addi %35, %36 : vector<16xi32>
    %38 = math.ctpop %19 : vector<16xi32>
    %39 = arith.addi %37, %38 : vector<16xi32>
    %40 = arith.subi %arg3, %30 : vector<16xi32>
    %41 = arith.addi %40, %39 : vector<16xi32>
    return %10, %16, %18, %41, %arg4 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @step_0_1(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>, %arg8: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %c120_i32 = arith.constant 120 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %arg6, %arg7, %c120_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32 = arith.constant 106 : i32
    %1 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg5, %arg8, %0, %c106_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32 = arith.constant 116 : i32
    %2 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %0, %1, %c116_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_0 = arith.constant 120 : i32
    %3 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg1, %arg5, %arg7, %c120_i32_0) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %cst = arith.constant dense<-1> : vector<16xi32>
    %4 = arith.xori %3, %cst : vector<16xi32>
    %5 = arith.andi %4, %arg1 : vector<16xi32>
    %6 = arith.andi %arg2, %5 : vector<16xi32>
    %7 = arith.xori %arg2, %5 : vector<16xi32>
    %8 = arith.andi %arg6, %arg8 : vector<16xi32>
    %9 = math.ctpop %2 : vector<16xi32>
    %10 = math.ctpop %8 : vector<16xi32>
    %11 = math.ctpop %6 : vector<16xi32>
    %12 = arith.addi %10, %11 : vector<16xi32>
    %13 = arith.subi %arg3, %9 : vector<16xi32>
    %14 = arith.addi %13, %12 : vector<16xi32>
    return %1, %3, %7, %14, %arg4 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @end_0(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %cst = arith.constant dense<0> : vector<16xi32>
    %0 = math.ctpop %arg0 : vector<16xi32>
    %cst_0 = arith.constant dense<1> : vector<16xi32>
    %1 = arith.shli %0, %cst_0 : vector<16xi32>
    %2 = arith.subi %arg4, %1 : vector<16xi32>
    %cst_1 = arith.constant dense<0> : vector<16xi32>
    %3 = math.ctpop %arg1 : vector<16xi32>
    %4 = arith.addi %2, %3 : vector<16xi32>
    %cst_2 = arith.constant dense<0> : vector<16xi32>
    %5 = math.ctpop %arg2 : vector<16xi32>
    %cst_3 = arith.constant dense<1> : vector<16xi32>
    %6 = arith.shli %5, %cst_3 : vector<16xi32>
    %7 = arith.addi %4, %6 : vector<16xi32>
    return %cst, %cst_1, %cst_2, %arg3, %7 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @finish(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>) -> vector<16xi32> {
    %cst = arith.constant dense<2> : vector<16xi32>
    %0 = arith.shli %arg3, %cst : vector<16xi32>
    %1 = arith.addi %0, %arg4 : vector<16xi32>
    return %1 : vector<16xi32>
  }
}

