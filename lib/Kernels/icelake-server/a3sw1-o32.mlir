// bitserial kernel, format 1
// key: planes=3,1 terms=9:1,10:2,12:-4 word=32 lanes=outputs target=x86-64:icelake-server model=icelake-server features=avx,avx2,avx512bitalg,avx512bw,avx512f,avx512vbmi,avx512vl,avx512vnni,avx512vpopcntdq,gfni,sse4.1,ssse3 vectors=32x512 semantics=96304efe6d36b525 prover=1 search=1 cost=1 version=0.1.0/22.1.8
// blake3: 7d5c998a85e3f01a419d12d830e01aa109835c86c631e0fdea001f2810eb13f5
module @"a3sw1-o32" attributes {bitserial.kernel = {cpu = "icelake-server", cycles = "3.42", features = ["avx512f"], group = 1 : i64, passes = [{capacity = 0 : i64, planes = [0, 1, 2, 3], steps = [{cost = 0 : i64, words = 4 : i64}, {cost = 0 : i64, words = 1 : i64}]}], sketch = "count lanes; sums; weights after counting; carry-save of depth 2; 4 words per step; passes: p0*p3 + 2*p1*p3 - 4*p2*p3", spec = {lanes = "outputs", planes = [3, 1], terms = [[9, 1], [10, 2], [12, -4]], word = 32 : i64}, state = ["bits", "bits", "sum", "sum"], tile = [6, 1]}} {
  func.func @step_0_4(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>, %arg8: vector<16xi32>, %arg9: vector<16xi32>, %arg10: vector<16xi32>, %arg11: vector<16xi32>, %arg12: vector<16xi32>, %arg13: vector<16xi32>, %arg14: vector<16xi32>, %arg15: vector<16xi32>, %arg16: vector<16xi32>, %arg17: vector<16xi32>, %arg18: vector<16xi32>, %arg19: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %0 = arith.andi %arg6, %arg7 : vector<16xi32>
    %1 = arith.andi %arg10, %arg11 : vector<16xi32>
    %2 = arith.andi %arg14, %arg15 : vector<16xi32>
    %3 = arith.andi %arg18, %arg19 : vector<16xi32>
    %c120_i32 = arith.constant 120 : i32
    %4 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %arg4, %arg7, %c120_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32 = arith.constant 106 : i32
    %5 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg8, %arg11, %4, %c106_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32 = arith.constant 116 : i32
    %6 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %4, %5, %c116_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_0 = arith.constant 120 : i32
    %7 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%5, %arg12, %arg15, %c120_i32_0) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_1 = arith.constant 106 : i32
    %8 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg16, %arg19, %7, %c106_i32_1) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_2 = arith.constant 116 : i32
    %9 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%5, %7, %8, %c116_i32_2) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_3 = arith.constant 120 : i32
    %10 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg1, %arg5, %arg7, %c120_i32_3) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_4 = arith.constant 106 : i32
    %11 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg9, %arg11, %10, %c106_i32_4) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_5 = arith.constant 116 : i32
    %12 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg1, %10, %11, %c116_i32_5) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_6 = arith.constant 120 : i32
    %13 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%11, %arg13, %arg15, %c120_i32_6) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_7 = arith.constant 106 : i32
    %14 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg17, %arg19, %13, %c106_i32_7) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_8 = arith.constant 116 : i32
    %15 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%11, %13, %14, %c116_i32_8) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c150_i32 = arith.constant 150 : i32
    %16 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%14, %6, %9, %c150_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32 = arith.constant 232 : i32
    %17 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%14, %6, %9, %c232_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %18 = math.ctpop %0 : vector<16xi32>
    %19 = math.ctpop %1 : vector<16xi32>
    %20 = arith.addi %18, %19 : vector<16xi32>
    %21 = math.ctpop %2 : vector<16xi32>
    %22 = arith.addi %20, %21 : vector<16xi32>
    %23 = math.ctpop %3 : vector<16xi32>
    %24 = arith.addi %22, %23 : vector<16xi32>
    %25 = math.ctpop %12 : vector<16xi32>
    %26 = math.ctpop %15 : vector<16xi32>
    %27 = arith.addi %25, %26 : vector<16xi32>
    %28 = math.ctpop %17 : vector<16xi32>
    %29 = arith.addi %27, %28 : vector<16xi32>
    %30 = arith.subi %arg2, %24 : vector<16xi32>
    %31 = arith.addi %30, %29 : vector<16xi32>
    return %8, %16, %31, %arg3 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @step_0_1(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %0 = arith.andi %arg6, %arg7 : vector<16xi32>
    %c120_i32 = arith.constant 120 : i32
    %1 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %arg4, %arg7, %c120_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %cst = arith.constant dense<-1> : vector<16xi32>
    %2 = arith.xori %1, %cst : vector<16xi32>
    %3 = arith.andi %2, %arg0 : vector<16xi32>
    %4 = arith.andi %arg5, %arg7 : vector<16xi32>
    %c150_i32 = arith.constant 150 : i32
    %5 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg1, %3, %4, %c150_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32 = arith.constant 232 : i32
    %6 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg1, %3, %4, %c232_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %7 = math.ctpop %0 : vector<16xi32>
    %8 = math.ctpop %6 : vector<16xi32>
    %9 = arith.subi %arg2, %7 : vector<16xi32>
    %10 = arith.addi %9, %8 : vector<16xi32>
    return %1, %5, %10, %arg3 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @end_0(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %cst = arith.constant dense<0> : vector<16xi32>
    %0 = math.ctpop %arg0 : vector<16xi32>
    %1 = arith.addi %arg3, %0 : vector<16xi32>
    %cst_0 = arith.constant dense<0> : vector<16xi32>
    %2 = math.ctpop %arg1 : vector<16xi32>
    %cst_1 = arith.constant dense<1> : vector<16xi32>
    %3 = arith.shli %2, %cst_1 : vector<16xi32>
    %4 = arith.addi %1, %3 : vector<16xi32>
    return %cst, %cst_0, %arg2, %4 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @finish(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>) -> vector<16xi32> {
    %cst = arith.constant dense<2> : vector<16xi32>
    %0 = arith.shli %arg2, %cst : vector<16xi32>
    %1 = arith.addi %0, %arg3 : vector<16xi32>
    return %1 : vector<16xi32>
  }
}

