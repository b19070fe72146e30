// bitserial kernel, format 1
// key: planes=3,1 terms=9:1,10:2,12:-4 word=32 lanes=outputs target=x86-64:sapphirerapids model=sapphirerapids features=avx,avx2,avx512bitalg,avx512bw,avx512f,avx512vbmi,avx512vl,avx512vnni,avx512vpopcntdq,avxvnni,gfni,sse4.1,ssse3 vectors=32x512 semantics=96304efe6d36b525 prover=2 search=1 cost=1 version=0.1.0/22.1.8
// blake3: 27bb0915ab80ae3bbf63b03d236b5f21731b52efdf8726d3d89350a7e20f1998
module @"a3sw1-o32" attributes {bitserial.kernel = {cpu = "sapphirerapids", cycles = "3.72", features = ["avx512f"], group = 1 : i64, passes = [{capacity = 0 : i64, planes = [0, 1, 2, 3], steps = [{cost = 0 : i64, words = 8 : i64}, {cost = 0 : i64, words = 1 : i64}]}], sketch = "count lanes; sums; weights after counting; carry-save of depth 3; 8 words per step; passes: a0*w0 + 2*a1*w0 - 4*a2*w0", spec = {lanes = "outputs", planes = [3, 1], terms = [[9, 1], [10, 2], [12, -4]], word = 32 : i64}, state = ["bits", "bits", "bits", "bits", "sum", "sum"], tile = [1, 2]}} {
  func.func @step_0_8(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>, %arg8: vector<16xi32>, %arg9: vector<16xi32>, %arg10: vector<16xi32>, %arg11: vector<16xi32>, %arg12: vector<16xi32>, %arg13: vector<16xi32>, %arg14: vector<16xi32>, %arg15: vector<16xi32>, %arg16: vector<16xi32>, %arg17: vector<16xi32>, %arg18: vector<16xi32>, %arg19: vector<16xi32>, %arg20: vector<16xi32>, %arg21: vector<16xi32>, %arg22: vector<16xi32>, %arg23: vector<16xi32>, %arg24: vector<16xi32>, %arg25: vector<16xi32>, %arg26: vector<16xi32>, %arg27: vector<16xi32>, %arg28: vector<16xi32>, %arg29: vector<16xi32>, %arg30: vector<16xi32>, %arg31: vector<16xi32>, %arg32: vector<16xi32>, %arg33: vector<16xi32>, %arg34: vector<16xi32>, %arg35: vector<16xi32>, %arg36: vector<16xi32>, %arg37: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %c120_i32 = arith.constant 120 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %arg8, %arg9, %c120_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32 = arith.constant 106 : i32
    %1 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg12, %arg13, %0, %c106_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32 = arith.constant 116 : i32
    %2 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %0, %1, %c116_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_0 = arith.constant 120 : i32
    %3 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%1, %arg16, %arg17, %c120_i32_0) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_1 = arith.constant 106 : i32
    %4 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg20, %arg21, %3, %c106_i32_1) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_2 = arith.constant 116 : i32
    %5 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%1, %3, %4, %c116_i32_2) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_3 = arith.constant 120 : i32
    %6 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%4, %arg24, %arg25, %c120_i32_3) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_4 = arith.constant 106 : i32
    %7 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg28, %arg29, %6, %c106_i32_4) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_5 = arith.constant 116 : i32
    %8 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%4, %6, %7, %c116_i32_5) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_6 = arith.constant 120 : i32
    %9 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%7, %arg32, %arg33, %c120_i32_6) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_7 = arith.constant 106 : i32
    %10 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg36, %arg37, %9, %c106_i32_7) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_8 = arith.constant 116 : i32
    %11 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%7, %9, %10, %c116_i32_8) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_9 = arith.constant 120 : i32
    %12 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg1, %arg6, %arg9, %c120_i32_9) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_10 = arith.constant 106 : i32
    %13 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg10, %arg13, %12, %c106_i32_10) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_11 = arith.constant 116 : i32
    %14 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg1, %12, %13, %c116_i32_11) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_12 = arith.constant 120 : i32
    %15 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%13, %arg14, %arg17, %c120_i32_12) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_13 = arith.constant 106 : i32
    %16 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg18, %arg21, %15, %c106_i32_13) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_14 = arith.constant 116 : i32
    %17 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%13, %15, %16, %c116_i32_14) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_15 = arith.constant 120 : i32
    %18 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%16, %arg22, %arg25, %c120_i32_15) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_16 = arith.constant 106 : i32
    %19 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg26, %arg29, %18, %c106_i32_16) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_17 = arith.constant 116 : i32
    %20 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%16, %18, %19, %c116_i32_17) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_18 = arith.constant 120 : i32
    %21 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%19, %arg30, %arg33, %c120_i32_18) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_19 = arith.constant 106 : i32
    %22 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg34, %arg37, %21, %c106_i32_19) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_20 = arith.constant 116 : i32
    %23 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%19, %21, %22, %c116_i32_20) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_21 = arith.constant 120 : i32
    %24 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg2, %arg7, %arg9, %c120_i32_21) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_22 = arith.constant 106 : i32
    %25 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg11, %arg13, %24, %c106_i32_22) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_23 = arith.constant 116 : i32
    %26 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg2, %24, %25, %c116_i32_23) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_24 = arith.constant 120 : i32
    %27 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%25, %arg15, %arg17, %c120_i32_24) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_25 = arith.constant 106 : i32
    %28 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg19, %arg21, %27, %c106_i32_25) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_26 = arith.constant 116 : i32
    %29 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%25, %27, %28, %c116_i32_26) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_27 = arith.constant 120 : i32
    %30 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%28, %arg23, %arg25, %c120_i32_27) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_28 = arith.constant 106 : i32
    %31 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg27, %arg29, %30, %c106_i32_28) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_29 = arith.constant 116 : i32
    %32 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%28, %30, %31, %c116_i32_29) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c120_i32_30 = arith.constant 120 : i32
    %33 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%31, %arg31, %arg33, %c120_i32_30) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c106_i32_31 = arith.constant 106 : i32
    %34 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg35, %arg37, %33, %c106_i32_31) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c116_i32_32 = arith.constant 116 : i32
    %35 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%31, %33, %34, %c116_i32_32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c150_i32 = arith.constant 150 : i32
    %36 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%34, %14, %17, %c150_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32 = arith.constant 232 : i32
    %37 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%34, %14, %17, %c232_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c150_i32_33 = arith.constant 150 : i32
    %38 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%36, %20, %23, %c150_i32_33) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32_34 = arith.constant 232 : i32
    %39 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%36, %20, %23, %c232_i32_34) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c150_i32_35 = arith.constant 150 : i32
    %40 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg3, %26, %29, %c150_i32_35) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32_36 = arith.constant 232 : i32
    %41 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg3, %26, %29, %c232_i32_36) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c150_i32_37 = arith.constant 150 : i32
    %42 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%40, %32, %35, %c150_i32_37) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32_38 = arith.constant 232 : i32
    %43 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%40, %32, %35, %c232_i32_38) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c150_i32_39 = arith.constant 150 : i32
    %44 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%42, %37, %39, %c150_i32_39) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32_40 = arith.constant 232 : i32
    %45 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%42, %37, %39, %c232_i32_40) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %46 = math.ctpop %2 : vector<16xi32>
    %47 = math.ctpop %5 : vector<16xi32>
    %48 = arith.addi %46, %47 : vector<16xi32>
    %49 = math.ctpop %8 : vector<16xi32>
    %50 = arith.addi %48, %49 : vector<16xi32>
    %51 = math.ctpop %11 : vector<16xi32>
    %52 = arith.addi %50, %51 : vector<16xi32>
    %53 = math.ctpop %41 : vector<16xi32>
    %54 = math.ctpop %43 : vector<16xi32>
    %55 = arith.addi %53, %54 : vector<16xi32>
    %56 = math.ctpop %45 : vector<16xi32>
    %57 = arith.addi %55, %56 : vector<16xi32>
    %58 = arith.subi %arg4, %52 : vector<16xi32>
    %59 = arith.addi %58, %57 : vector<16xi32>
    return %10, %22, %38, %44, %59, %arg5 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @step_0_1(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>, %arg6: vector<16xi32>, %arg7: vector<16xi32>, %arg8: vector<16xi32>, %arg9: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %c120_i32 = arith.constant 120 : i32
    %0 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg0, %arg8, %arg9, %c120_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %cst = arith.constant dense<-1> : vector<16xi32>
    %1 = arith.xori %0, %cst : vector<16xi32>
    %2 = arith.andi %1, %arg0 : vector<16xi32>
    %c120_i32_0 = arith.constant 120 : i32
    %3 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg1, %arg6, %arg9, %c120_i32_0) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %cst_1 = arith.constant dense<-1> : vector<16xi32>
    %4 = arith.xori %3, %cst_1 : vector<16xi32>
    %5 = arith.andi %4, %arg1 : vector<16xi32>
    %6 = arith.andi %arg7, %arg9 : vector<16xi32>
    %c150_i32 = arith.constant 150 : i32
    %7 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg2, %5, %6, %c150_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %c232_i32 = arith.constant 232 : i32
    %8 = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%arg2, %5, %6, %c232_i32) : (vector<16xi32>, vector<16xi32>, vector<16xi32>, i32) -> vector<16xi32>
    %9 = arith.andi %arg3, %8 : vector<16xi32>
    %10 = arith.xori %arg3, %8 : vector<16xi32>
    %11 = math.ctpop %2 : vector<16xi32>
    %12 = math.ctpop %9 : vector<16xi32>
    %13 = arith.subi %arg4, %11 : vector<16xi32>
    %14 = arith.addi %13, %12 : vector<16xi32>
    return %0, %3, %7, %10, %14, %arg5 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @end_0(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>) -> (vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>) {
    %cst = arith.constant dense<0> : vector<16xi32>
    %0 = math.ctpop %arg0 : vector<16xi32>
    %cst_0 = arith.constant dense<2> : vector<16xi32>
    %1 = arith.shli %0, %cst_0 : vector<16xi32>
    %2 = arith.subi %arg5, %1 : vector<16xi32>
    %cst_1 = arith.constant dense<0> : vector<16xi32>
    %3 = math.ctpop %arg1 : vector<16xi32>
    %4 = arith.addi %2, %3 : vector<16xi32>
    %cst_2 = arith.constant dense<0> : vector<16xi32>
    %5 = math.ctpop %arg2 : vector<16xi32>
    %cst_3 = arith.constant dense<1> : vector<16xi32>
    %6 = arith.shli %5, %cst_3 : vector<16xi32>
    %7 = arith.addi %4, %6 : vector<16xi32>
    %cst_4 = arith.constant dense<0> : vector<16xi32>
    %8 = math.ctpop %arg3 : vector<16xi32>
    %cst_5 = arith.constant dense<2> : vector<16xi32>
    %9 = arith.shli %8, %cst_5 : vector<16xi32>
    %10 = arith.addi %7, %9 : vector<16xi32>
    return %cst, %cst_1, %cst_2, %cst_4, %arg4, %10 : vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>, vector<16xi32>
  }
  func.func @finish(%arg0: vector<16xi32>, %arg1: vector<16xi32>, %arg2: vector<16xi32>, %arg3: vector<16xi32>, %arg4: vector<16xi32>, %arg5: vector<16xi32>) -> vector<16xi32> {
    %cst = arith.constant dense<3> : vector<16xi32>
    %0 = arith.shli %arg4, %cst : vector<16xi32>
    %1 = arith.addi %0, %arg5 : vector<16xi32>
    return %1 : vector<16xi32>
  }
}

