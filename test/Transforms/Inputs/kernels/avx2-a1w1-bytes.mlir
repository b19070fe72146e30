// Counts in bytes by table lookups, which vpsadbw widens before they overflow.

!bytes = vector<32xi8>
!words = vector<4xi64>

module @avx2_a1w1_bytes attributes {bitserial.kernel = {
    spec = {planes = [1, 1], terms = [[3, 1]], word = 64, lanes = "outputs"},
    cpu = "haswell", features = ["avx2"], state = ["counter", "sum"],
    passes = [{planes = [0, 1], capacity = 255, steps = [{words = 1, cost = 8}]}],
    tile = [2, 3], sketch = "bytes"}} {
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

  func.func @finish(%counter: !bytes, %sum: !words) -> vector<4xi32> {
    %result = arith.trunci %sum : !words to vector<4xi32>
    return %result : vector<4xi32>
  }
}
