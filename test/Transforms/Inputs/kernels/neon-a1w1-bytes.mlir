// Counts in bytes, of which uaddlp adds two for each word before they overflow.

!bytes = vector<16xi8>
!words = vector<8xi16>

module @neon_a1w1_bytes attributes {bitserial.kernel = {
    spec = {planes = [1, 1], terms = [[3, 1]], word = 16, lanes = "outputs"},
    cpu = "cortex-a53", features = ["neon"], state = ["counter", "sum"],
    passes = [{planes = [0, 1], capacity = 255, steps = [{words = 1, cost = 8}]}],
    tile = [4, 4], sketch = "bytes"}} {
  func.func @step_0_1(%counter: !bytes, %sum: vector<8xi32>, %a: !words, %w: !words) -> (!bytes, vector<8xi32>) {
    %both = arith.andi %a, %w : !words
    %both_bytes = vector.bitcast %both : !words to !bytes
    %count = math.ctpop %both_bytes : !bytes
    %new = arith.addi %counter, %count : !bytes
    return %new, %sum : !bytes, vector<8xi32>
  }

  func.func @flush_0(%counter: !bytes, %sum: vector<8xi32>) -> (!bytes, vector<8xi32>) {
    %zero = arith.constant dense<0> : !bytes
    %pairs = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%counter) : (!bytes) -> !words
    %wide = arith.extui %pairs : !words to vector<8xi32>
    %new = arith.addi %sum, %wide : vector<8xi32>
    return %zero, %new : !bytes, vector<8xi32>
  }

  func.func @end_0(%counter: !bytes, %sum: vector<8xi32>) -> (!bytes, vector<8xi32>) {
    %zero = arith.constant dense<0> : !bytes
    %pairs = llvm.call_intrinsic "llvm.aarch64.neon.uaddlp"(%counter) : (!bytes) -> !words
    %wide = arith.extui %pairs : !words to vector<8xi32>
    %new = arith.addi %sum, %wide : vector<8xi32>
    return %zero, %new : !bytes, vector<8xi32>
  }

  func.func @finish(%counter: !bytes, %sum: vector<8xi32>) -> vector<8xi32> {
    return %sum : vector<8xi32>
  }
}
