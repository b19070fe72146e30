// Dot products as accumulators: what a plane counts for is the other factor.

!bytes = vector<16xi8>
!words = vector<4xi32>

module @neon_a2w1_udot attributes {bitserial.kernel = {
    spec = {planes = [2, 1], terms = [[5, 1], [6, 2]], word = 32, lanes = "outputs"},
    cpu = "neoverse-n1", features = ["neon", "dotprod"], state = ["sum"],
    passes = [{planes = [0, 1, 2], capacity = 0,
               steps = [{words = 2, cost = 0}, {words = 1, cost = 0}]}],
    sketch = "udot"}} {
  func.func @step_0_2(%sum: !words, %a0: !words, %b0: !words, %w0: !words, %a1: !words, %b1: !words, %w1: !words) -> !words {
    %one = arith.constant dense<1> : !bytes
    %two = arith.constant dense<2> : !bytes
    %x0 = arith.andi %a0, %w0 : !words
    %y0 = arith.andi %b0, %w0 : !words
    %x1 = arith.andi %a1, %w1 : !words
    %y1 = arith.andi %b1, %w1 : !words
    %x0_bytes = vector.bitcast %x0 : !words to !bytes
    %y0_bytes = vector.bitcast %y0 : !words to !bytes
    %x1_bytes = vector.bitcast %x1 : !words to !bytes
    %y1_bytes = vector.bitcast %y1 : !words to !bytes
    %x0_count = math.ctpop %x0_bytes : !bytes
    %x1_count = math.ctpop %x1_bytes : !bytes
    %x_count = arith.addi %x0_count, %x1_count : !bytes
    %y0_count = math.ctpop %y0_bytes : !bytes
    %y1_count = math.ctpop %y1_bytes : !bytes
    %y_count = arith.addi %y0_count, %y1_count : !bytes
    %low = llvm.call_intrinsic "llvm.aarch64.neon.udot"(%sum, %x_count, %one) : (!words, !bytes, !bytes) -> !words
    %new = llvm.call_intrinsic "llvm.aarch64.neon.udot"(%low, %y_count, %two) : (!words, !bytes, !bytes) -> !words
    return %new : !words
  }

  func.func @step_0_1(%sum: !words, %a: !words, %b: !words, %w: !words) -> !words {
    %one = arith.constant dense<1> : !bytes
    %shift = arith.constant dense<1> : !bytes
    %x = arith.andi %a, %w : !words
    %y = arith.andi %b, %w : !words
    %x_bytes = vector.bitcast %x : !words to !bytes
    %y_bytes = vector.bitcast %y : !words to !bytes
    %x_count = math.ctpop %x_bytes : !bytes
    %y_count = math.ctpop %y_bytes : !bytes
    %doubled = arith.shli %y_count, %shift : !bytes
    %both = arith.addi %x_count, %doubled : !bytes
    %new = llvm.call_intrinsic "llvm.aarch64.neon.udot"(%sum, %both, %one) : (!words, !bytes, !bytes) -> !words
    return %new : !words
  }

  func.func @finish(%sum: !words) -> !words {
    return %sum : !words
  }
}
