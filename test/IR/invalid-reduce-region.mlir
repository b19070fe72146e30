// Constraint R6 of bitserial.reduce: its region.

// RUN: bitserial-opt %s --split-input-file --verify-diagnostics

func.func @f(%a: tensor<2x9xi8>, %acc: tensor<i32>) {
  // expected-error@+1 {{'bitserial.reduce' op region must have 2 i1 arguments, one per plane of each input}}
  %0 = bitserial.reduce ins(%a : tensor<2x9xi8>) outs(%acc : tensor<i32>)
      indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> ()>] plane_dims = [0] {
  ^bb0(%a0: i1):
    %s = arith.extui %a0 : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<i32>
  return
}

// -----

func.func @f(%a: tensor<2x9xi8>, %acc: tensor<i32>) {
  // expected-error@+1 {{'bitserial.reduce' op region must have 2 i1 arguments, one per plane of each input}}
  %0 = bitserial.reduce ins(%a : tensor<2x9xi8>) outs(%acc : tensor<i32>)
      indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> ()>] plane_dims = [0] {
  ^bb0(%a0: i1, %a1: i8):
    %s = arith.extui %a0 : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<i32>
  return
}

// -----

func.func @f(%a: tensor<33x9xi8>, %acc: tensor<i32>) {
  // expected-error@+1 {{'bitserial.reduce' op has 33 planes, at most 32 are supported}}
  %0 = bitserial.reduce ins(%a : tensor<33x9xi8>) outs(%acc : tensor<i32>)
      indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> ()>] plane_dims = [0] {
  ^bb0(%a0: i1, %a1: i1):
    %s = arith.extui %a0 : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<i32>
  return
}

// -----

func.func @f(%a: tensor<2x9xi8>, %acc: tensor<i32>) {
  // expected-error@+1 {{'bitserial.reduce' op region yields 2 when all bits are 0, must yield 0 so that padding bits add nothing}}
  %0 = bitserial.reduce ins(%a : tensor<2x9xi8>) outs(%acc : tensor<i32>)
      indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> ()>] plane_dims = [0] {
  ^bb0(%a0: i1, %a1: i1):
    %s = arith.extui %a1 : i1 to i32
    %two = arith.constant 2 : i32
    %t = arith.subi %two, %s : i32
    bitserial.yield %t : i32
  } -> tensor<i32>
  return
}

// -----

func.func @f(%a: tensor<2x9xi8>, %acc: tensor<i32>) {
  // expected-error@+1 {{'bitserial.reduce' op region yields 1 when all bits are 0, must yield 0 so that padding bits add nothing}}
  %0 = bitserial.reduce ins(%a : tensor<2x9xi8>) outs(%acc : tensor<i32>)
      indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> ()>] plane_dims = [0] {
  ^bb0(%a0: i1, %a1: i1):
    %true = arith.constant true
    %n = arith.xori %a0, %true : i1
    %s = arith.extui %n : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<i32>
  return
}

// -----

func.func @f(%a: tensor<2x9xi8>, %acc: tensor<i32>) {
  %c = arith.constant 7 : i32
  // expected-error@+1 {{'bitserial.reduce' op region yields 7 when all bits are 0, must yield 0 so that padding bits add nothing}}
  %0 = bitserial.reduce ins(%a : tensor<2x9xi8>) outs(%acc : tensor<i32>)
      indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> ()>] plane_dims = [0] {
  ^bb0(%a0: i1, %a1: i1):
    bitserial.yield %c : i32
  } -> tensor<i32>
  return
}

// -----

func.func @f(%a: tensor<2x9xi8>, %acc: tensor<i32>) {
  %0 = bitserial.reduce ins(%a : tensor<2x9xi8>) outs(%acc : tensor<i32>)
      indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> ()>] plane_dims = [0] {
  ^bb0(%a0: i1, %a1: i1):
    %s = arith.extui %a1 : i1 to i32
    // expected-error@+1 {{'arith.divsi' op is not supported in the region of bitserial.reduce: it is not known to be a polynomial in the bits}}
    %q = arith.divsi %s, %s : i32
    bitserial.yield %q : i32
  } -> tensor<i32>
  return
}

// -----

func.func @f(%a: tensor<2x9xi8>, %acc: tensor<i32>) {
  %0 = bitserial.reduce ins(%a : tensor<2x9xi8>) outs(%acc : tensor<i32>)
      indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> ()>] plane_dims = [0] {
  ^bb0(%a0: i1, %a1: i1):
    %s = arith.extui %a1 : i1 to i32
    // expected-error@+1 {{'arith.andi' op is not supported in the region of bitserial.reduce: it is not known to be a polynomial in the bits}}
    %q = arith.andi %s, %s : i32
    bitserial.yield %q : i32
  } -> tensor<i32>
  return
}

// -----

func.func @f(%a: tensor<2x9xi8>, %acc: tensor<i32>) {
  %0 = bitserial.reduce ins(%a : tensor<2x9xi8>) outs(%acc : tensor<i32>)
      indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> ()>] plane_dims = [0] {
  ^bb0(%a0: i1, %a1: i1):
    %s = arith.extui %a1 : i1 to i32
    // expected-error@+1 {{'arith.addi' op is not supported in the region of bitserial.reduce: it is not known to be a polynomial in the bits}}
    %q = arith.addi %a0, %a1 : i1
    bitserial.yield %s : i32
  } -> tensor<i32>
  return
}

// -----

func.func @f(%a: tensor<2x9xi8>, %acc: tensor<i32>) {
  %0 = bitserial.reduce ins(%a : tensor<2x9xi8>) outs(%acc : tensor<i32>)
      indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> ()>] plane_dims = [0] {
  ^bb0(%a0: i1, %a1: i1):
    %s = arith.extui %a1 : i1 to i32
    // expected-error@+1 {{'arith.trunci' op is not supported in the region of bitserial.reduce: it is not known to be a polynomial in the bits}}
    %q = arith.trunci %s : i32 to i1
    bitserial.yield %s : i32
  } -> tensor<i32>
  return
}

// -----

// Zero extension of a number that may be negative.
func.func @f(%a: tensor<2x9xi8>, %acc: tensor<i32>) {
  %0 = bitserial.reduce ins(%a : tensor<2x9xi8>) outs(%acc : tensor<i32>)
      indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> ()>] plane_dims = [0] {
  ^bb0(%a0: i1, %a1: i1):
    %m = arith.extsi %a0 : i1 to i8
    // expected-error@+1 {{'arith.extui' op is not supported in the region of bitserial.reduce: it is not known to be a polynomial in the bits}}
    %q = arith.extui %m : i8 to i32
    bitserial.yield %q : i32
  } -> tensor<i32>
  return
}

// -----

func.func @f(%a: tensor<2x9xi8>, %acc: tensor<i32>) {
  %0 = bitserial.reduce ins(%a : tensor<2x9xi8>) outs(%acc : tensor<i32>)
      indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> ()>] plane_dims = [0] {
  ^bb0(%a0: i1, %a1: i1):
    %s = arith.extui %a1 : i1 to i32
    // expected-error@+1 {{'arith.shli' op is not supported in the region of bitserial.reduce: it is not known to be a polynomial in the bits}}
    %q = arith.shli %s, %s : i32
    bitserial.yield %q : i32
  } -> tensor<i32>
  return
}

// -----

func.func @f(%a: tensor<2x9xi8>, %acc: tensor<i32>) {
  %0 = bitserial.reduce ins(%a : tensor<2x9xi8>) outs(%acc : tensor<i32>)
      indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> ()>] plane_dims = [0] {
  ^bb0(%a0: i1, %a1: i1):
    %s = arith.extui %a1 : i1 to i32
    %c = arith.constant 32 : i32
    // expected-error@+1 {{'arith.shli' op is not supported in the region of bitserial.reduce: it is not known to be a polynomial in the bits}}
    %q = arith.shli %s, %c : i32
    bitserial.yield %q : i32
  } -> tensor<i32>
  return
}

// -----

func.func @f(%a: tensor<2x9xi8>, %acc: tensor<i32>) {
  %0 = bitserial.reduce ins(%a : tensor<2x9xi8>) outs(%acc : tensor<i32>)
      indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> ()>] plane_dims = [0] {
  ^bb0(%a0: i1, %a1: i1):
    %z32 = arith.constant 0 : i32
    %c = arith.constant 8 : i8
    %z = arith.constant 0 : i8
    // expected-error@+1 {{'arith.shli' op is not supported in the region of bitserial.reduce: it is not known to be a polynomial in the bits}}
    %q = arith.shli %z, %c : i8
    bitserial.yield %z32 : i32
  } -> tensor<i32>
  return
}

// -----

func.func @f(%a: tensor<2x9xi8>, %acc: tensor<i32>) {
  %0 = bitserial.reduce ins(%a : tensor<2x9xi8>) outs(%acc : tensor<i32>)
      indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> ()>] plane_dims = [0] {
  ^bb0(%a0: i1, %a1: i1):
    %s = arith.extui %a1 : i1 to i32
    // expected-error@+1 {{'arith.constant' op is not supported in the region of bitserial.reduce: it is not known to be a polynomial in the bits}}
    %c = arith.constant 1.0 : f32
    bitserial.yield %s : i32
  } -> tensor<i32>
  return
}

// -----

func.func @f(%a: tensor<2x9xi8>, %acc: tensor<i32>) {
  %0 = bitserial.reduce ins(%a : tensor<2x9xi8>) outs(%acc : tensor<i32>)
      indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> ()>] plane_dims = [0] {
  ^bb0(%a0: i1, %a1: i1):
    %s = arith.extui %a1 : i1 to i32
    // expected-error@+1 {{'arith.constant' op is not supported in the region of bitserial.reduce: it is not known to be a polynomial in the bits}}
    %c = arith.constant dense<1> : vector<4xi32>
    bitserial.yield %s : i32
  } -> tensor<i32>
  return
}

// -----

func.func @f(%a: tensor<2x9xi8>, %acc: tensor<i32>) {
  %0 = bitserial.reduce ins(%a : tensor<2x9xi8>) outs(%acc : tensor<i32>)
      indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> ()>] plane_dims = [0] {
  ^bb0(%a0: i1, %a1: i1):
    %s = arith.extui %a1 : i1 to i32
    // expected-error@+1 {{'arith.constant' op is not supported in the region of bitserial.reduce: it is not known to be a polynomial in the bits}}
    %c = arith.constant 1 : index
    bitserial.yield %s : i32
  } -> tensor<i32>
  return
}

// -----

func.func @f(%a: tensor<2x9xi8>, %acc: tensor<i32>) {
  %0 = bitserial.reduce ins(%a : tensor<2x9xi8>) outs(%acc : tensor<i32>)
      indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> ()>] plane_dims = [0] {
  ^bb0(%a0: i1, %a1: i1):
    %s = arith.extui %a1 : i1 to i32
    // expected-error@+1 {{'func.call' op is not supported in the region of bitserial.reduce: it is not known to be a polynomial in the bits}}
    %q = func.call @g(%s) : (i32) -> i32
    bitserial.yield %q : i32
  } -> tensor<i32>
  return
}

// -----

// Side effects.
func.func @f(%a: tensor<2x9xi8>, %acc: tensor<i32>) {
  %0 = bitserial.reduce ins(%a : tensor<2x9xi8>) outs(%acc : tensor<i32>)
      indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> ()>] plane_dims = [0] {
  ^bb0(%a0: i1, %a1: i1):
    %s = arith.extui %a1 : i1 to i32
    // expected-error@+1 {{'vector.print' op is not supported in the region of bitserial.reduce: it is not known to be a polynomial in the bits}}
    vector.print %s : i32
    bitserial.yield %s : i32
  } -> tensor<i32>
  return
}

// -----

func.func @f(%a: tensor<2x9xi8>, %acc: tensor<i32>) {
  %0 = bitserial.reduce ins(%a : tensor<2x9xi8>) outs(%acc : tensor<i32>)
      indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> ()>] plane_dims = [0] {
  ^bb0(%a0: i1, %a1: i1):
    %s = arith.extui %a1 : i1 to i32
    // expected-error@+1 {{'cf.assert' op is not supported in the region of bitserial.reduce: it is not known to be a polynomial in the bits}}
    cf.assert %a0, "bit"
    bitserial.yield %s : i32
  } -> tensor<i32>
  return
}

// -----

// Regions.
func.func @f(%a: tensor<2x9xi8>, %acc: tensor<i32>) {
  %0 = bitserial.reduce ins(%a : tensor<2x9xi8>) outs(%acc : tensor<i32>)
      indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> ()>] plane_dims = [0] {
  ^bb0(%a0: i1, %a1: i1):
    %s = arith.extui %a1 : i1 to i32
    // expected-error@+1 {{'scf.if' op is not supported in the region of bitserial.reduce: it is not known to be a polynomial in the bits}}
    %q = scf.if %a0 -> i32 { scf.yield %s : i32 } else { scf.yield %s : i32 }
    bitserial.yield %q : i32
  } -> tensor<i32>
  return
}

// -----

func.func @f(%a: tensor<2x9xi8>, %acc: tensor<i32>, %out: i32) {
  %0 = bitserial.reduce ins(%a : tensor<2x9xi8>) outs(%acc : tensor<i32>)
      indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> ()>] plane_dims = [0] {
  ^bb0(%a0: i1, %a1: i1):
    %s = arith.extui %a1 : i1 to i32
    // expected-error@+1 {{'arith.addi' op uses a value from outside the region of bitserial.reduce that is not a constant}}
    %q = arith.addi %s, %out : i32
    bitserial.yield %q : i32
  } -> tensor<i32>
  return
}

// -----

func.func @f(%a: tensor<2x9xi8>, %acc: tensor<i32>, %out: i32) {
  %0 = bitserial.reduce ins(%a : tensor<2x9xi8>) outs(%acc : tensor<i32>)
      indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> ()>] plane_dims = [0] {
  ^bb0(%a0: i1, %a1: i1):
    // expected-error@+1 {{'bitserial.yield' op uses a value from outside the region of bitserial.reduce that is not a constant}}
    bitserial.yield %out : i32
  } -> tensor<i32>
  return
}

// -----

func.func @f(%a: tensor<2x9xi8>, %acc: tensor<i32>) {
  %0 = bitserial.reduce ins(%a : tensor<2x9xi8>) outs(%acc : tensor<i32>)
      indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> ()>] plane_dims = [0] {
  ^bb0(%a0: i1, %a1: i1):
    %s = arith.extui %a1 : i1 to i32
    %c = arith.constant 65536 : i32
    %p = arith.muli %s, %c : i32
    // expected-error@+1 {{'arith.muli' op may overflow in the region of bitserial.reduce}}
    %q = arith.muli %p, %c : i32
    bitserial.yield %q : i32
  } -> tensor<i32>
  return
}

// -----

func.func @f(%a: tensor<2x9xi8>, %acc: tensor<i32>) {
  %0 = bitserial.reduce ins(%a : tensor<2x9xi8>) outs(%acc : tensor<i32>)
      indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> ()>] plane_dims = [0] {
  ^bb0(%a0: i1, %a1: i1):
    %s = arith.extui %a1 : i1 to i32
    %c = arith.constant 128 : i32
    %p = arith.muli %s, %c : i32
    // expected-error@+1 {{'arith.trunci' op may overflow in the region of bitserial.reduce}}
    %q = arith.trunci %p : i32 to i8
    bitserial.yield %s : i32
  } -> tensor<i32>
  return
}

// -----

func.func @f(%a: tensor<2x9xi8>, %acc: tensor<i32>) {
  %0 = bitserial.reduce ins(%a : tensor<2x9xi8>) outs(%acc : tensor<i32>)
      indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> ()>] plane_dims = [0] {
  ^bb0(%a0: i1, %a1: i1):
    %s = arith.extui %a0 : i1 to i32
    %c = arith.constant 31 : i32
    // expected-error@+1 {{'arith.shli' op may overflow in the region of bitserial.reduce}}
    %q = arith.shli %s, %c : i32
    bitserial.yield %q : i32
  } -> tensor<i32>
  return
}

// -----

func.func @f(%a: tensor<2x9xi8>, %acc: tensor<i32>) {
  %0 = bitserial.reduce ins(%a : tensor<2x9xi8>) outs(%acc : tensor<i32>)
      indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> ()>] plane_dims = [0] {
  ^bb0(%a0: i1, %a1: i1):
    %s = arith.extui %a1 : i1 to i32
    // expected-error@+1 {{'arith.constant' op may overflow in the region of bitserial.reduce}}
    %c = arith.constant 9223372036854775807 : i64
    bitserial.yield %s : i32
  } -> tensor<i32>
  return
}

// -----

func.func @f(%a: tensor<2x9xi8>, %acc: tensor<i32>) {
  %0 = bitserial.reduce ins(%a : tensor<2x9xi8>) outs(%acc : tensor<i32>)
      indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> ()>] plane_dims = [0] {
  ^bb0(%a0: i1, %a1: i1):
    %s = arith.extui %a1 : i1 to i32
    // expected-error@+1 {{'arith.constant' op may overflow in the region of bitserial.reduce}}
    %c = arith.constant 170141183460469231731687303715884105727 : i128
    bitserial.yield %s : i32
  } -> tensor<i32>
  return
}

// -----

// No region.
func.func @f(%a: tensor<1x18xi32>, %acc: tensor<i32>) {
  // expected-error@+1 {{'bitserial.reduce' op region #0 ('region') failed to verify constraint: region with 1 blocks}}
  %0 = "bitserial.reduce"(%a, %acc) ({
  }) {indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> ()>], plane_dims = array<i64: 0>} : (tensor<1x18xi32>, tensor<i32>) -> tensor<i32>
  return
}

// -----

// No terminator.
func.func @f(%a: tensor<1x18xi32>, %acc: tensor<i32>) {
  // expected-error@+1 {{'bitserial.reduce' op expects a non-empty block}}
  %0 = "bitserial.reduce"(%a, %acc) ({
  ^bb0(%a0: i1):
  }) {indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> ()>], plane_dims = array<i64: 0>} : (tensor<1x18xi32>, tensor<i32>) -> tensor<i32>
  return
}

// -----

// Two blocks.
func.func @f(%a: tensor<1x18xi32>, %acc: tensor<i32>) {
  // expected-error@+1 {{'bitserial.reduce' op expects region #0 to have 0 or 1 blocks}}
  %0 = "bitserial.reduce"(%a, %acc) ({
  ^bb0(%a0: i1):
    cf.br ^bb1
  ^bb1:
    %c = arith.constant 0 : i32
    bitserial.yield %c : i32
  }) {indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> ()>], plane_dims = array<i64: 0>} : (tensor<1x18xi32>, tensor<i32>) -> tensor<i32>
  return
}

// -----

// A foreign terminator.
func.func @f(%a: tensor<1x18xi32>, %acc: tensor<i32>) {
  // expected-error@+2 {{'bitserial.reduce' op expects regions to end with 'bitserial.yield', found 'llvm.unreachable'}}
  // expected-note@+1 {{in custom textual format, the absence of terminator implies 'bitserial.yield'}}
  %0 = "bitserial.reduce"(%a, %acc) ({
  ^bb0(%a0: i1):
    llvm.unreachable
  }) {indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> ()>], plane_dims = array<i64: 0>} : (tensor<1x18xi32>, tensor<i32>) -> tensor<i32>
  return
}

// -----

// The terminator that text without one implies yields nothing.
func.func @f(%a: tensor<1x18xi32>, %acc: tensor<i32>) {
  // expected-error@+1 {{'bitserial.yield' op requires a single operand}}
  %0 = bitserial.reduce ins(%a : tensor<1x18xi32>) outs(%acc : tensor<i32>)
      indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> ()>] plane_dims = [0] {
  ^bb0(%a0: i1):
  } -> tensor<i32>
  return
}

// -----

func.func @f(%c: i32) {
  // expected-error@+1 {{'bitserial.yield' op expects parent op 'bitserial.reduce'}}
  bitserial.yield %c : i32
}
