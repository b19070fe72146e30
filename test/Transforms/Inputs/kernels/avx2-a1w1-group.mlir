// Lanes are a reduction: one transposition sums the lanes of four accumulators.

!bytes = vector<32xi8>
!words = vector<4xi64>

module @avx2_a1w1_group attributes {bitserial.kernel = {
    spec = {planes = [1, 1], terms = [[3, 1]], word = 64, lanes = "reduction"},
    cpu = "haswell", features = ["avx2"], state = ["counter", "sum"],
    passes = [{planes = [0, 1], capacity = 255, steps = [{words = 1, cost = 8}]}],
    group = 4, tile = [2, 4], sketch = "bytes, a transposition of four"}} {
  func.func @step_0_1(%counter: !bytes, %sum: !words, %a: !words, %w: !words) -> (!bytes, !words) {
    %table = arith.constant dense<[0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4,
        0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4]> : !bytes
    %nibble = arith.constant dense<15> : !bytes
    %four = arith.constant dense<4> : !words
    %both = arith.andi %a, %w : !words
    %count_bytes = vector.bitcast %both : !words to !bytes
    %count_low = arith.andi %count_bytes, %nibble : !bytes
    %count_shifted = arith.shrui %both, %four : !words
    %count_shifted_bytes = vector.bitcast %count_shifted : !words to !bytes
    %count_high = arith.andi %count_shifted_bytes, %nibble : !bytes
    %count_count_low = llvm.call_intrinsic "llvm.x86.avx2.pshuf.b"(%table, %count_low) : (!bytes, !bytes) -> !bytes
    %count_count_high = llvm.call_intrinsic "llvm.x86.avx2.pshuf.b"(%table, %count_high) : (!bytes, !bytes) -> !bytes
    %count = arith.addi %count_count_low, %count_count_high : !bytes
    %new = arith.addi %counter, %count : !bytes
    return %new, %sum : !bytes, !words
  }

  func.func @flush_0(%counter: !bytes, %sum: !words) -> (!bytes, !words) {
    %zero = arith.constant dense<0> : !bytes
    %wide = llvm.call_intrinsic "llvm.x86.avx2.psad.bw"(%counter, %zero) : (!bytes, !bytes) -> !words
    %new = arith.addi %sum, %wide : !words
    return %zero, %new : !bytes, !words
  }

  func.func @end_0(%counter: !bytes, %sum: !words) -> (!bytes, !words) {
    %zero = arith.constant dense<0> : !bytes
    %wide = llvm.call_intrinsic "llvm.x86.avx2.psad.bw"(%counter, %zero) : (!bytes, !bytes) -> !words
    %new = arith.addi %sum, %wide : !words
    return %zero, %new : !bytes, !words
  }

  // Column i of the four rows is added to the others: lane j is the sum of row j.
  func.func @finish(%counter0: !bytes, %sum0: !words, %counter1: !bytes, %sum1: !words, %counter2: !bytes, %sum2: !words, %counter3: !bytes, %sum3: !words) -> vector<4xi32> {
    %even01 = vector.shuffle %sum0, %sum1 [0, 4, 2, 6] : !words, !words
    %odd01 = vector.shuffle %sum0, %sum1 [1, 5, 3, 7] : !words, !words
    %pairs01 = arith.addi %even01, %odd01 : !words
    %even23 = vector.shuffle %sum2, %sum3 [0, 4, 2, 6] : !words, !words
    %odd23 = vector.shuffle %sum2, %sum3 [1, 5, 3, 7] : !words, !words
    %pairs23 = arith.addi %even23, %odd23 : !words
    %low = vector.shuffle %pairs01, %pairs23 [0, 1, 4, 5] : !words, !words
    %high = vector.shuffle %pairs01, %pairs23 [2, 3, 6, 7] : !words, !words
    %sums = arith.addi %low, %high : !words
    %result = arith.trunci %sums : !words to vector<4xi32>
    return %result : vector<4xi32>
  }
}
