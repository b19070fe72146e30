// Two-bit signed weights in one pass: the count of the plane with weight -2 is
// subtracted from signed counters; lanes are a reduction, whose halves are
// joined by shuffles at the end.

!bytes = vector<32xi8>
!words = vector<8xi32>

module @avx2_a2w2s_bytes attributes {bitserial.kernel = {
    spec = {planes = [1, 2], terms = [[3, 1], [5, -2]], word = 32, lanes = "reduction"},
    cpu = "haswell", features = ["avx2"], state = ["signed-counter", "sum"],
    passes = [{planes = [0, 1, 2], capacity = 127, steps = [{words = 1, cost = 16}]}],
    group = 1, sketch = "signed bytes"}} {
  func.func @step_0_1(%counter: !bytes, %sum: !words, %a: !words, %w: !words, %v: !words) -> (!bytes, !words) {
    %table = arith.constant dense<[0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4,
        0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4]> : !bytes
    %doubled = arith.constant dense<[0, 2, 2, 4, 2, 4, 4, 6, 2, 4, 4, 6, 4, 6, 6, 8,
        0, 2, 2, 4, 2, 4, 4, 6, 2, 4, 4, 6, 4, 6, 6, 8]> : !bytes
    %nibble = arith.constant dense<15> : !bytes
    %four = arith.constant dense<4> : !words
    %x = arith.andi %a, %w : !words
    %x_bytes = vector.bitcast %x : !words to !bytes
    %x_low = arith.andi %x_bytes, %nibble : !bytes
    %x_shifted = arith.shrui %x, %four : !words
    %x_shifted_bytes = vector.bitcast %x_shifted : !words to !bytes
    %x_high = arith.andi %x_shifted_bytes, %nibble : !bytes
    %x_count_low = llvm.call_intrinsic "llvm.x86.avx2.pshuf.b"(%table, %x_low) : (!bytes, !bytes) -> !bytes
    %x_count_high = llvm.call_intrinsic "llvm.x86.avx2.pshuf.b"(%table, %x_high) : (!bytes, !bytes) -> !bytes
    %y = arith.andi %a, %v : !words
    %y_bytes = vector.bitcast %y : !words to !bytes
    %y_low = arith.andi %y_bytes, %nibble : !bytes
    %y_shifted = arith.shrui %y, %four : !words
    %y_shifted_bytes = vector.bitcast %y_shifted : !words to !bytes
    %y_high = arith.andi %y_shifted_bytes, %nibble : !bytes
    %y_count_low = llvm.call_intrinsic "llvm.x86.avx2.pshuf.b"(%doubled, %y_low) : (!bytes, !bytes) -> !bytes
    %y_count_high = llvm.call_intrinsic "llvm.x86.avx2.pshuf.b"(%doubled, %y_high) : (!bytes, !bytes) -> !bytes
    %plus = arith.addi %x_count_low, %x_count_high : !bytes
    %minus = arith.addi %y_count_low, %y_count_high : !bytes
    %more = arith.addi %counter, %plus : !bytes
    %new = arith.subi %more, %minus : !bytes
    return %new, %sum : !bytes, !words
  }

  func.func @flush_0(%counter: !bytes, %sum: !words) -> (!bytes, !words) {
    %zero = arith.constant dense<0> : !bytes
    %ones = arith.constant dense<1> : !bytes
    %ones_wide = arith.constant dense<1> : vector<16xi16>
    %pairs = llvm.call_intrinsic "llvm.x86.avx2.pmadd.ub.sw"(%ones, %counter) : (!bytes, !bytes) -> vector<16xi16>
    %fours = llvm.call_intrinsic "llvm.x86.avx2.pmadd.wd"(%pairs, %ones_wide) : (vector<16xi16>, vector<16xi16>) -> !words
    %new = arith.addi %sum, %fours : !words
    return %zero, %new : !bytes, !words
  }

  func.func @end_0(%counter: !bytes, %sum: !words) -> (!bytes, !words) {
    %zero = arith.constant dense<0> : !bytes
    %ones = arith.constant dense<1> : !bytes
    %ones_wide = arith.constant dense<1> : vector<16xi16>
    %pairs = llvm.call_intrinsic "llvm.x86.avx2.pmadd.ub.sw"(%ones, %counter) : (!bytes, !bytes) -> vector<16xi16>
    %fours = llvm.call_intrinsic "llvm.x86.avx2.pmadd.wd"(%pairs, %ones_wide) : (vector<16xi16>, vector<16xi16>) -> !words
    %new = arith.addi %sum, %fours : !words
    return %zero, %new : !bytes, !words
  }

  func.func @finish(%counter: !bytes, %sum: !words) -> vector<1xi32> {
    %high = vector.shuffle %sum, %sum [4, 5, 6, 7] : !words, !words
    %low = vector.shuffle %sum, %sum [0, 1, 2, 3] : !words, !words
    %four = arith.addi %high, %low : vector<4xi32>
    %four_high = vector.shuffle %four, %four [2, 3, 2, 3] : vector<4xi32>, vector<4xi32>
    %two = arith.addi %four, %four_high : vector<4xi32>
    %two_high = vector.shuffle %two, %two [1, 1, 1, 1] : vector<4xi32>, vector<4xi32>
    %all = arith.addi %two, %two_high : vector<4xi32>
    %result = vector.shuffle %all, %all [0] : vector<4xi32>, vector<4xi32>
    return %result : vector<1xi32>
  }
}
