// Four words a step through carry-save adders: the bits of ones and twos wait in
// the state, fours are counted in bytes.

!bytes = vector<32xi8>
!words = vector<4xi64>

module @avx2_a1w1_carry_save attributes {bitserial.kernel = {
    spec = {planes = [1, 1], terms = [[3, 1]], word = 64, lanes = "outputs"},
    cpu = "haswell", features = ["avx2"],
    state = ["bits", "bits", "counter", "sum"],
    passes = [{planes = [0, 1], capacity = 255,
               steps = [{words = 4, cost = 8}, {words = 1, cost = 8}]}],
    tile = [2, 1], sketch = "carry-save, bytes"}} {
  func.func @step_0_4(%ones: !words, %twos: !words, %counter: !bytes, %sum: !words, %a0: !words, %w0: !words, %a1: !words, %w1: !words, %a2: !words, %w2: !words, %a3: !words, %w3: !words) -> (!words, !words, !bytes, !words) {
    %table = arith.constant dense<[0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4,
        0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4]> : !bytes
    %nibble = arith.constant dense<15> : !bytes
    %four = arith.constant dense<4> : !words
    %x0 = arith.andi %a0, %w0 : !words
    %x1 = arith.andi %a1, %w1 : !words
    %x2 = arith.andi %a2, %w2 : !words
    %x3 = arith.andi %a3, %w3 : !words
    %ones1_half = arith.xori %ones, %x0 : !words
    %ones1 = arith.xori %ones1_half, %x1 : !words
    %ones1_both = arith.andi %ones, %x0 : !words
    %ones1_one = arith.andi %ones1_half, %x1 : !words
    %carry0 = arith.ori %ones1_both, %ones1_one : !words
    %ones2_half = arith.xori %ones1, %x2 : !words
    %ones2 = arith.xori %ones2_half, %x3 : !words
    %ones2_both = arith.andi %ones1, %x2 : !words
    %ones2_one = arith.andi %ones2_half, %x3 : !words
    %carry1 = arith.ori %ones2_both, %ones2_one : !words
    %twos1_half = arith.xori %twos, %carry0 : !words
    %twos1 = arith.xori %twos1_half, %carry1 : !words
    %twos1_both = arith.andi %twos, %carry0 : !words
    %twos1_one = arith.andi %twos1_half, %carry1 : !words
    %fours = arith.ori %twos1_both, %twos1_one : !words
    %count_bytes = vector.bitcast %fours : !words to !bytes
    %count_low = arith.andi %count_bytes, %nibble : !bytes
    %count_shifted = arith.shrui %fours, %four : !words
    %count_shifted_bytes = vector.bitcast %count_shifted : !words to !bytes
    %count_high = arith.andi %count_shifted_bytes, %nibble : !bytes
    %count_count_low = llvm.call_intrinsic "llvm.x86.avx2.pshuf.b"(%table, %count_low) : (!bytes, !bytes) -> !bytes
    %count_count_high = llvm.call_intrinsic "llvm.x86.avx2.pshuf.b"(%table, %count_high) : (!bytes, !bytes) -> !bytes
    %count = arith.addi %count_count_low, %count_count_high : !bytes
    %new = arith.addi %counter, %count : !bytes
    return %ones2, %twos1, %new, %sum : !words, !words, !bytes, !words
  }

  func.func @step_0_1(%ones: !words, %twos: !words, %counter: !bytes, %sum: !words, %a: !words, %w: !words) -> (!words, !words, !bytes, !words) {
    %table = arith.constant dense<[0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4,
        0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4]> : !bytes
    %nibble = arith.constant dense<15> : !bytes
    %four = arith.constant dense<4> : !words
    %x = arith.andi %a, %w : !words
    %ones1 = arith.xori %ones, %x : !words
    %carry = arith.andi %ones, %x : !words
    %twos1 = arith.xori %twos, %carry : !words
    %fours = arith.andi %twos, %carry : !words
    %count_bytes = vector.bitcast %fours : !words to !bytes
    %count_low = arith.andi %count_bytes, %nibble : !bytes
    %count_shifted = arith.shrui %fours, %four : !words
    %count_shifted_bytes = vector.bitcast %count_shifted : !words to !bytes
    %count_high = arith.andi %count_shifted_bytes, %nibble : !bytes
    %count_count_low = llvm.call_intrinsic "llvm.x86.avx2.pshuf.b"(%table, %count_low) : (!bytes, !bytes) -> !bytes
    %count_count_high = llvm.call_intrinsic "llvm.x86.avx2.pshuf.b"(%table, %count_high) : (!bytes, !bytes) -> !bytes
    %count = arith.addi %count_count_low, %count_count_high : !bytes
    %new = arith.addi %counter, %count : !bytes
    return %ones1, %twos1, %new, %sum : !words, !words, !bytes, !words
  }

  func.func @flush_0(%ones: !words, %twos: !words, %counter: !bytes, %sum: !words) -> (!words, !words, !bytes, !words) {
    %zero = arith.constant dense<0> : !bytes
    %wide = llvm.call_intrinsic "llvm.x86.avx2.psad.bw"(%counter, %zero) : (!bytes, !bytes) -> !words
    %new = arith.addi %sum, %wide : !words
    return %ones, %twos, %zero, %new : !words, !words, !bytes, !words
  }

  // The sum counts fours up to here.
  func.func @end_0(%ones: !words, %twos: !words, %counter: !bytes, %sum: !words) -> (!words, !words, !bytes, !words) {
    %table = arith.constant dense<[0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4,
        0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4]> : !bytes
    %nibble = arith.constant dense<15> : !bytes
    %four = arith.constant dense<4> : !words
    %zero = arith.constant dense<0> : !bytes
    %zero_words = arith.constant dense<0> : !words
    %one = arith.constant dense<1> : !words
    %wide = llvm.call_intrinsic "llvm.x86.avx2.psad.bw"(%counter, %zero) : (!bytes, !bytes) -> !words
    %fours = arith.addi %sum, %wide : !words
    %count_twos_bytes = vector.bitcast %twos : !words to !bytes
    %count_twos_low = arith.andi %count_twos_bytes, %nibble : !bytes
    %count_twos_shifted = arith.shrui %twos, %four : !words
    %count_twos_shifted_bytes = vector.bitcast %count_twos_shifted : !words to !bytes
    %count_twos_high = arith.andi %count_twos_shifted_bytes, %nibble : !bytes
    %count_twos_count_low = llvm.call_intrinsic "llvm.x86.avx2.pshuf.b"(%table, %count_twos_low) : (!bytes, !bytes) -> !bytes
    %count_twos_count_high = llvm.call_intrinsic "llvm.x86.avx2.pshuf.b"(%table, %count_twos_high) : (!bytes, !bytes) -> !bytes
    %count_twos = arith.addi %count_twos_count_low, %count_twos_count_high : !bytes
    %wide_twos = llvm.call_intrinsic "llvm.x86.avx2.psad.bw"(%count_twos, %zero) : (!bytes, !bytes) -> !words
    %count_ones_bytes = vector.bitcast %ones : !words to !bytes
    %count_ones_low = arith.andi %count_ones_bytes, %nibble : !bytes
    %count_ones_shifted = arith.shrui %ones, %four : !words
    %count_ones_shifted_bytes = vector.bitcast %count_ones_shifted : !words to !bytes
    %count_ones_high = arith.andi %count_ones_shifted_bytes, %nibble : !bytes
    %count_ones_count_low = llvm.call_intrinsic "llvm.x86.avx2.pshuf.b"(%table, %count_ones_low) : (!bytes, !bytes) -> !bytes
    %count_ones_count_high = llvm.call_intrinsic "llvm.x86.avx2.pshuf.b"(%table, %count_ones_high) : (!bytes, !bytes) -> !bytes
    %count_ones = arith.addi %count_ones_count_low, %count_ones_count_high : !bytes
    %wide_ones = llvm.call_intrinsic "llvm.x86.avx2.psad.bw"(%count_ones, %zero) : (!bytes, !bytes) -> !words
    %fours_doubled = arith.shli %fours, %one : !words
    %sum_twos = arith.addi %fours_doubled, %wide_twos : !words
    %sum_doubled = arith.shli %sum_twos, %one : !words
    %new = arith.addi %sum_doubled, %wide_ones : !words
    return %zero_words, %zero_words, %zero, %new : !words, !words, !bytes, !words
  }

  func.func @finish(%ones: !words, %twos: !words, %counter: !bytes, %sum: !words) -> vector<4xi32> {
    %result = arith.trunci %sum : !words to vector<4xi32>
    return %result : vector<4xi32>
  }
}
