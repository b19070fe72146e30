// Carry-save with the ANDs fused into ternary logic: the carries of two words
// are counted at once, the bits of the sum wait in the state.

!words = vector<16xi32>

module @avx512_a1w1_fused attributes {bitserial.kernel = {
    spec = {planes = [1, 1], terms = [[3, 1]], word = 32, lanes = "outputs"},
    cpu = "icelake-server", features = ["avx512f", "avx512vpopcntdq"],
    state = ["bits", "sum"],
    passes = [{planes = [0, 1], capacity = 0,
               steps = [{words = 2, cost = 0}, {words = 1, cost = 0}]}],
    tile = [4, 2], sketch = "fused carry-save"}} {
  func.func @step_0_2(%ones: !words, %sum: !words, %a0: !words, %w0: !words, %a1: !words, %w1: !words) -> (!words, !words) {
    %xor_and = arith.constant 120 : i32
    %not_or = arith.constant 58 : i32
    // ones ^ (a & w), twice; then the carry: half ? ~new : ones.
    %half = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%ones, %a0, %w0, %xor_and) : (!words, !words, !words, i32) -> !words
    %new = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%half, %a1, %w1, %xor_and) : (!words, !words, !words, i32) -> !words
    %carry = llvm.call_intrinsic "llvm.x86.avx512.pternlog.d.512"(%half, %new, %ones, %not_or) : (!words, !words, !words, i32) -> !words
    %count = math.ctpop %carry : !words
    %pairs = arith.addi %sum, %count : !words
    return %new, %pairs : !words, !words
  }

  func.func @step_0_1(%ones: !words, %sum: !words, %a: !words, %w: !words) -> (!words, !words) {
    %both = arith.andi %a, %w : !words
    %new = arith.xori %ones, %both : !words
    %carry = arith.andi %ones, %both : !words
    %count = math.ctpop %carry : !words
    %pairs = arith.addi %sum, %count : !words
    return %new, %pairs : !words, !words
  }

  // The sum counts pairs up to here.
  func.func @end_0(%ones: !words, %sum: !words) -> (!words, !words) {
    %zero = arith.constant dense<0> : !words
    %one = arith.constant dense<1> : !words
    %doubled = arith.shli %sum, %one : !words
    %count = math.ctpop %ones : !words
    %total = arith.addi %doubled, %count : !words
    return %zero, %total : !words, !words
  }

  func.func @finish(%ones: !words, %sum: !words) -> !words {
    return %sum : !words
  }
}
