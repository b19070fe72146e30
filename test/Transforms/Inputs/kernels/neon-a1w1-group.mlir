// Lanes are a reduction: pairwise adds sum the lanes of four accumulators at
// once.

!bytes = vector<16xi8>
!words = vector<4xi32>

module @neon_a1w1_group attributes {bitserial.kernel = {
    spec = {planes = [1, 1], terms = [[3, 1]], word = 32, lanes = "reduction"},
    cpu = "cortex-a53", features = ["neon"], state = ["counter", "sum"],
    passes = [{planes = [0, 1], capacity = 255, steps = [{words = 1, cost = 8}]}],
    group = 4, tile = [4, 4], sketch = "bytes, a tree of four"}} {
  func.func @step_0_1(%counter: !bytes, %sum: !words, %a: !words, %w: !words) -> (!bytes, !words) {
    %both = arith.andi %a, %w : !words
    %both_bytes = vector.bitcast %both : !words to !bytes
    %count = math.ctpop %both_bytes : !bytes
    %new = arith.addi %counter, %count : !bytes
    return %new, %sum : !bytes, !words
  }

  func.func @flush_0(%counter: !bytes, %sum: !words) -> (!bytes, !words) {
    %zero = arith.constant dense<0> : !bytes
    %pairs = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%counter) : (!bytes) -> vector<8xi16>
    %fours = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%pairs) : (vector<8xi16>) -> !words
    %new = arith.addi %sum, %fours : !words
    return %zero, %new : !bytes, !words
  }

  func.func @end_0(%counter: !bytes, %sum: !words) -> (!bytes, !words) {
    %zero = arith.constant dense<0> : !bytes
    %pairs = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%counter) : (!bytes) -> vector<8xi16>
    %fours = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%pairs) : (vector<8xi16>) -> !words
    %new = arith.addi %sum, %fours : !words
    return %zero, %new : !bytes, !words
  }

  func.func @finish(%counter0: !bytes, %sum0: !words, %counter1: !bytes, %sum1: !words, %counter2: !bytes, %sum2: !words, %counter3: !bytes, %sum3: !words) -> !words {
    %left = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%sum0, %sum1) : (!words, !words) -> !words
    %right = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%sum2, %sum3) : (!words, !words) -> !words
    %result = llvm.call_intrinsic "llvm.aarch64.neon.addp"(%left, %right) : (!words, !words) -> !words
    return %result : !words
  }
}
