// Constraints R1 to R5 of bitserial.reduce: operands and maps.

// RUN: bitserial-opt %s --split-input-file --verify-diagnostics

// R1
func.func @f(%a: tensor<2x8x18xi32>, %w: tensor<1x18x1x64xi32>, %acc: tensor<8x64xi32>) {
  // expected-error@+1 {{'bitserial.reduce' op expects 3 indexing maps (inputs and destination), got 2}}
  %0 = bitserial.reduce ins(%a, %w : tensor<2x8x18xi32>, tensor<1x18x1x64xi32>) outs(%acc : tensor<8x64xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>]
      plane_dims = [0, 2] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %x = arith.andi %a1, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<8x64xi32>
  return
}

// -----

// R1
func.func @f(%a: tensor<2x8x18xi32>, %w: tensor<1x18x1x64xi32>, %acc: tensor<8x64xi32>) {
  // expected-error@+1 {{'bitserial.reduce' op expects one plane dimension per input, got 1 for 2 inputs}}
  %0 = bitserial.reduce ins(%a, %w : tensor<2x8x18xi32>, tensor<1x18x1x64xi32>) outs(%acc : tensor<8x64xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>, affine_map<(m, n, k) -> (m, n)>]
      plane_dims = [0] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %x = arith.andi %a1, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<8x64xi32>
  return
}

// -----

// R1
func.func @f(%a: tensor<2x8x18xi32>, %w: tensor<1x18x1x64xi32>, %acc: tensor<8x64xi32>) {
  // expected-error@+1 {{'bitserial.reduce' op the indexing map of input 0 must have 3 dimensions and no symbols}}
  %0 = bitserial.reduce ins(%a, %w : tensor<2x8x18xi32>, tensor<1x18x1x64xi32>) outs(%acc : tensor<8x64xi32>)
      indexing_maps = [affine_map<(m, n) -> (m, n)>, affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>, affine_map<(m, n, k) -> (m, n)>]
      plane_dims = [0, 2] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %x = arith.andi %a1, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<8x64xi32>
  return
}

// -----

// R1
func.func @f(%a: tensor<2x8x18xi32>, %w: tensor<1x18x1x64xi32>, %acc: tensor<8x64xi32>) {
  // expected-error@+1 {{'bitserial.reduce' op the indexing map of the destination must have 3 dimensions and no symbols}}
  %0 = bitserial.reduce ins(%a, %w : tensor<2x8x18xi32>, tensor<1x18x1x64xi32>) outs(%acc : tensor<8x64xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>, affine_map<(m, n, k)[s] -> (m, n)>]
      plane_dims = [0, 2] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %x = arith.andi %a1, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<8x64xi32>
  return
}

// -----

// R1
func.func @f(%a: tensor<2x8x18xi32>, %w: tensor<1x18x1x64xi32>, %acc: tensor<8x64xi32>) {
  // expected-error@+1 {{'bitserial.reduce' op plane dimension 4 of input 1 is outside its rank 4}}
  %0 = bitserial.reduce ins(%a, %w : tensor<2x8x18xi32>, tensor<1x18x1x64xi32>) outs(%acc : tensor<8x64xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>, affine_map<(m, n, k) -> (m, n)>]
      plane_dims = [0, 4] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %x = arith.andi %a1, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<8x64xi32>
  return
}

// -----

// R1
func.func @f(%a: tensor<2x8x18xi32>, %w: tensor<1x18x1x64xi32>, %acc: tensor<8x64xi32>) {
  // expected-error@+1 {{'bitserial.reduce' op plane dimension -1 of input 0 is outside its rank 3}}
  %0 = bitserial.reduce ins(%a, %w : tensor<2x8x18xi32>, tensor<1x18x1x64xi32>) outs(%acc : tensor<8x64xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>, affine_map<(m, n, k) -> (m, n)>]
      plane_dims = [-1, 2] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %x = arith.andi %a1, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<8x64xi32>
  return
}

// -----

// R1
func.func @f(%a: tensor<2x8x18xi32>, %w: tensor<1x18x1x64xi32>, %acc: tensor<8x64xi32>) {
  // expected-error@+1 {{'bitserial.reduce' op the indexing map of input 1 has 2 results, expected 3}}
  %0 = bitserial.reduce ins(%a, %w : tensor<2x8x18xi32>, tensor<1x18x1x64xi32>) outs(%acc : tensor<8x64xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      plane_dims = [0, 2] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %x = arith.andi %a1, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<8x64xi32>
  return
}

// -----

// R1
func.func @f(%a: tensor<2x8x18xi32>, %w: tensor<1x18x1x64xi32>, %acc: tensor<8x64xi32>) {
  // expected-error@+1 {{'bitserial.reduce' op the indexing map of the destination has 1 results, expected 2}}
  %0 = bitserial.reduce ins(%a, %w : tensor<2x8x18xi32>, tensor<1x18x1x64xi32>) outs(%acc : tensor<8x64xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>, affine_map<(m, n, k) -> (m)>]
      plane_dims = [0, 2] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %x = arith.andi %a1, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<8x64xi32>
  return
}

// -----

// R1
func.func @f(%a: tensor<?x8x18xi32>, %w: tensor<1x18x1x64xi32>, %acc: tensor<8x64xi32>) {
  // expected-error@+1 {{'bitserial.reduce' op the plane dimension of input 0 must be static and not empty}}
  %0 = bitserial.reduce ins(%a, %w : tensor<?x8x18xi32>, tensor<1x18x1x64xi32>) outs(%acc : tensor<8x64xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>, affine_map<(m, n, k) -> (m, n)>]
      plane_dims = [0, 2] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %x = arith.andi %a1, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<8x64xi32>
  return
}

// -----

// R1
func.func @f(%a: tensor<0x8x18xi32>, %w: tensor<1x18x1x64xi32>, %acc: tensor<8x64xi32>) {
  // expected-error@+1 {{'bitserial.reduce' op the plane dimension of input 0 must be static and not empty}}
  %0 = bitserial.reduce ins(%a, %w : tensor<0x8x18xi32>, tensor<1x18x1x64xi32>) outs(%acc : tensor<8x64xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>, affine_map<(m, n, k) -> (m, n)>]
      plane_dims = [0, 2] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %x = arith.andi %a1, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<8x64xi32>
  return
}

// -----

// R2
func.func @f(%a: tensor<2x8x18xi32>, %w: tensor<1x18x1x64xi64>, %acc: tensor<8x64xi32>) {
  // expected-error@+1 {{'bitserial.reduce' op inputs must hold words of the same width, got 'tensor<2x8x18xi32>' and 'tensor<1x18x1x64xi64>'}}
  %0 = bitserial.reduce ins(%a, %w : tensor<2x8x18xi32>, tensor<1x18x1x64xi64>) outs(%acc : tensor<8x64xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>, affine_map<(m, n, k) -> (m, n)>]
      plane_dims = [0, 2] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %x = arith.andi %a1, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<8x64xi32>
  return
}

// -----

// R3
func.func @f(%a: tensor<2x8x18xi32>, %w: tensor<1x18x1x64xi32>, %acc: tensor<8x64xi32>) {
  // expected-error@+1 {{'bitserial.reduce' op the indexing map of input 0 has the result d0 ceildiv 2, expected a sum of dimensions with positive coefficients, or a dimension floordiv or mod a constant}}
  %0 = bitserial.reduce ins(%a, %w : tensor<2x8x18xi32>, tensor<1x18x1x64xi32>) outs(%acc : tensor<8x64xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m ceildiv 2, k)>, affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>, affine_map<(m, n, k) -> (m, n)>]
      plane_dims = [0, 2] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %x = arith.andi %a1, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<8x64xi32>
  return
}

// -----

// R3
func.func @f(%a: tensor<2x8x18xi32>, %w: tensor<1x18x1x64xi32>, %acc: tensor<8x64xi32>) {
  // expected-error@+1 {{'bitserial.reduce' op the indexing map of input 0 has the result d0 - d1, expected a sum of dimensions with positive coefficients, or a dimension floordiv or mod a constant}}
  %0 = bitserial.reduce ins(%a, %w : tensor<2x8x18xi32>, tensor<1x18x1x64xi32>) outs(%acc : tensor<8x64xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m - n, k)>, affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>, affine_map<(m, n, k) -> (m, n)>]
      plane_dims = [0, 2] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %x = arith.andi %a1, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<8x64xi32>
  return
}

// -----

// R3
func.func @f(%a: tensor<2x8x18xi32>, %w: tensor<1x18x1x64xi32>, %acc: tensor<8x64xi32>) {
  // expected-error@+1 {{'bitserial.reduce' op the indexing map of input 0 has the result 1, expected a sum of dimensions with positive coefficients, or a dimension floordiv or mod a constant}}
  %0 = bitserial.reduce ins(%a, %w : tensor<2x8x18xi32>, tensor<1x18x1x64xi32>) outs(%acc : tensor<8x64xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (1, k)>, affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>, affine_map<(m, n, k) -> (m, n)>]
      plane_dims = [0, 2] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %x = arith.andi %a1, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<8x64xi32>
  return
}

// -----

// R3
func.func @f(%a: tensor<2x8x18xi32>, %w: tensor<1x18x1x64xi32>, %acc: tensor<8x64xi32>) {
  // expected-error@+1 {{'bitserial.reduce' op the indexing map of input 0 has the result d0 + 1, expected a sum of dimensions with positive coefficients, or a dimension floordiv or mod a constant}}
  %0 = bitserial.reduce ins(%a, %w : tensor<2x8x18xi32>, tensor<1x18x1x64xi32>) outs(%acc : tensor<8x64xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m + 1, k)>, affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>, affine_map<(m, n, k) -> (m, n)>]
      plane_dims = [0, 2] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %x = arith.andi %a1, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<8x64xi32>
  return
}

// -----

// R3
func.func @f(%a: tensor<2x8x18xi32>, %w: tensor<1x18x1x64xi32>, %acc: tensor<8x64xi32>) {
  // expected-error@+1 {{'bitserial.reduce' op the indexing map of input 0 has the result (d0 + d1) floordiv 2, expected a sum of dimensions with positive coefficients, or a dimension floordiv or mod a constant}}
  %0 = bitserial.reduce ins(%a, %w : tensor<2x8x18xi32>, tensor<1x18x1x64xi32>) outs(%acc : tensor<8x64xi32>)
      indexing_maps = [affine_map<(m, n, k) -> ((m + n) floordiv 2, k)>, affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>, affine_map<(m, n, k) -> (m, n)>]
      plane_dims = [0, 2] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %x = arith.andi %a1, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<8x64xi32>
  return
}

// -----

// R3
func.func @f(%a: tensor<2x8x18xi32>, %w: tensor<1x18x1x64xi32>, %acc: tensor<8x64xi32>) {
  // expected-error@+1 {{'bitserial.reduce' op the indexing map of input 0 has the result d0 floordiv 2 + d1, expected a sum of dimensions with positive coefficients, or a dimension floordiv or mod a constant}}
  %0 = bitserial.reduce ins(%a, %w : tensor<2x8x18xi32>, tensor<1x18x1x64xi32>) outs(%acc : tensor<8x64xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m floordiv 2 + n, k)>, affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>, affine_map<(m, n, k) -> (m, n)>]
      plane_dims = [0, 2] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %x = arith.andi %a1, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<8x64xi32>
  return
}

// -----

// R3
func.func @f(%a: tensor<2x8x18xi32>, %w: tensor<1x18x1x64xi32>, %acc: tensor<8x64xi32>) {
  // expected-error@+1 {{'bitserial.reduce' op the indexing map of input 0 has the result d0 floordiv 1073741825, expected a sum of dimensions with positive coefficients, or a dimension floordiv or mod a constant}}
  %0 = bitserial.reduce ins(%a, %w : tensor<2x8x18xi32>, tensor<1x18x1x64xi32>) outs(%acc : tensor<8x64xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m floordiv 1073741825, k)>, affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>, affine_map<(m, n, k) -> (m, n)>]
      plane_dims = [0, 2] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %x = arith.andi %a1, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<8x64xi32>
  return
}

// -----

// R3
func.func @f(%a: tensor<2x8x18xi32>, %w: tensor<1x18x1x64xi32>, %acc: tensor<8x64xi32>) {
  // expected-error@+1 {{'bitserial.reduce' op the indexing map of input 0 has the result d0 * 1073741825, expected a sum of dimensions with positive coefficients, or a dimension floordiv or mod a constant}}
  %0 = bitserial.reduce ins(%a, %w : tensor<2x8x18xi32>, tensor<1x18x1x64xi32>) outs(%acc : tensor<8x64xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m * 1073741825, k)>, affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>, affine_map<(m, n, k) -> (m, n)>]
      plane_dims = [0, 2] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %x = arith.andi %a1, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<8x64xi32>
  return
}

// -----

// R3
func.func @f(%a: tensor<2x8x18xi32>, %w: tensor<1x18x1x64xi32>, %acc: tensor<8x64xi32>) {
  // expected-error@+1 {{'bitserial.reduce' op the indexing map of the destination has the result d0 * 2, expected one dimension}}
  %0 = bitserial.reduce ins(%a, %w : tensor<2x8x18xi32>, tensor<1x18x1x64xi32>) outs(%acc : tensor<8x64xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>, affine_map<(m, n, k) -> (m * 2, n)>]
      plane_dims = [0, 2] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %x = arith.andi %a1, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<8x64xi32>
  return
}

// -----

// R3
func.func @f(%a: tensor<2x8x18xi32>, %w: tensor<1x18x1x64xi32>, %acc: tensor<8x64xi32>) {
  // expected-error@+1 {{'bitserial.reduce' op the indexing map of the destination has the result 0, expected one dimension}}
  %0 = bitserial.reduce ins(%a, %w : tensor<2x8x18xi32>, tensor<1x18x1x64xi32>) outs(%acc : tensor<8x64xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>, affine_map<(m, n, k) -> (0, n)>]
      plane_dims = [0, 2] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %x = arith.andi %a1, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<8x64xi32>
  return
}

// -----

// R3
func.func @f(%a: tensor<2x8x18xi32>, %w: tensor<1x18x1x64xi32>, %acc: tensor<8x64xi32>) {
  // expected-error@+1 {{'bitserial.reduce' op the indexing map of the destination names dimension d0 twice}}
  %0 = bitserial.reduce ins(%a, %w : tensor<2x8x18xi32>, tensor<1x18x1x64xi32>) outs(%acc : tensor<8x64xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>, affine_map<(m, n, k) -> (m, m)>]
      plane_dims = [0, 2] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %x = arith.andi %a1, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<8x64xi32>
  return
}

// -----

// R3
func.func @f(%a: tensor<2x8x18xi32>, %w: tensor<1x18x1x64xi32>, %acc: tensor<8x64xi32>) {
  // expected-error@+1 {{'bitserial.reduce' op the indexing map of input 0 names dimension d2 twice}}
  %0 = bitserial.reduce ins(%a, %w : tensor<2x8x18xi32>, tensor<1x18x1x64xi32>) outs(%acc : tensor<8x64xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m + k, k)>, affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>, affine_map<(m, n, k) -> (m, n)>]
      plane_dims = [0, 2] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %x = arith.andi %a1, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<8x64xi32>
  return
}

// -----

// R3: different tiles.
func.func @f(%a: tensor<2x8x18xi32>, %w: tensor<1x18x1x64xi32>, %acc: tensor<8x64xi32>) {
  // expected-error@+1 {{'bitserial.reduce' op the indexing map of input 1 names dimension d1 twice}}
  %0 = bitserial.reduce ins(%a, %w : tensor<2x8x18xi32>, tensor<1x18x1x64xi32>) outs(%acc : tensor<8x64xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n floordiv 64, k, n mod 32)>, affine_map<(m, n, k) -> (m, n)>]
      plane_dims = [0, 2] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %x = arith.andi %a1, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<8x64xi32>
  return
}

// -----

// R3: a pair and more.
func.func @f(%a: tensor<2x8x18xi32>, %w: tensor<1x1x1x1x64xi32>, %acc: tensor<8x64xi32>) {
  // expected-error@+1 {{'bitserial.reduce' op the indexing map of input 1 names dimension d1 twice}}
  %0 = bitserial.reduce ins(%a, %w : tensor<2x8x18xi32>, tensor<1x1x1x1x64xi32>) outs(%acc : tensor<8x64xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n mod 64, n floordiv 64, n mod 64, k)>, affine_map<(m, n, k) -> (m, n)>]
      plane_dims = [0, 0] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %x = arith.andi %a1, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<8x64xi32>
  return
}

// -----

// R4
func.func @f(%a: tensor<2x8x1xi32>, %w: tensor<1x1x1x64xi32>, %acc: tensor<8x64xi32>) {
  // expected-error@+1 {{'bitserial.reduce' op the range of dimension d2 does not follow from the operands}}
  %0 = bitserial.reduce ins(%a, %w : tensor<2x8x1xi32>, tensor<1x1x1x64xi32>) outs(%acc : tensor<8x64xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, 0)>, affine_map<(m, n, k) -> (n floordiv 64, k mod 8, n mod 64)>, affine_map<(m, n, k) -> (m, n)>]
      plane_dims = [0, 2] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %x = arith.andi %a1, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<8x64xi32>
  return
}

// -----

// R4
func.func @f(%a: tensor<2x8x281474976710657xi32>, %w: tensor<1x281474976710657x1x64xi32>, %acc: tensor<8x64xi32>) {
  // expected-error@+1 {{'bitserial.reduce' op dimension d2 has more than 2^48 iterations}}
  %0 = bitserial.reduce ins(%a, %w : tensor<2x8x281474976710657xi32>, tensor<1x281474976710657x1x64xi32>) outs(%acc : tensor<8x64xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>, affine_map<(m, n, k) -> (m, n)>]
      plane_dims = [0, 2] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %x = arith.andi %a1, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<8x64xi32>
  return
}

// -----

// R4: a bound that leaves 64 bits.
func.func @f(%a: tensor<2x8x9223372036854775807xi32>, %w: tensor<1x9223372036854775807x1x64xi32>, %acc: tensor<8x64xi32>) {
  // expected-error@+1 {{'bitserial.reduce' op dimension d2 has more than 2^48 iterations}}
  %0 = bitserial.reduce ins(%a, %w : tensor<2x8x9223372036854775807xi32>, tensor<1x9223372036854775807x1x64xi32>) outs(%acc : tensor<8x64xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k floordiv 1073741824)>, affine_map<(m, n, k) -> (n floordiv 64, k floordiv 2, n mod 64)>, affine_map<(m, n, k) -> (m, n)>]
      plane_dims = [0, 2] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %x = arith.andi %a1, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<8x64xi32>
  return
}

// -----

// R5
func.func @f(%a: tensor<2x8x18xi32>, %w: tensor<1x18x1x64xi32>, %acc: tensor<8x64xi32>) {
  // expected-error@+1 {{'bitserial.reduce' op result type 'tensor<8x?xi32>' differs from that of the destination, 'tensor<8x64xi32>'}}
  %0 = bitserial.reduce ins(%a, %w : tensor<2x8x18xi32>, tensor<1x18x1x64xi32>) outs(%acc : tensor<8x64xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>, affine_map<(m, n, k) -> (m, n)>]
      plane_dims = [0, 2] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %x = arith.andi %a1, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<8x?xi32>
  return
}

// -----

// R5
func.func @f(%a: tensor<2x8x18xi32>, %w: tensor<1x17x1x64xi32>, %acc: tensor<8x64xi32>) {
  // expected-error@+1 {{'bitserial.reduce' op dimension d2 has 17 iterations, but input 0 has size 18}}
  %0 = bitserial.reduce ins(%a, %w : tensor<2x8x18xi32>, tensor<1x17x1x64xi32>) outs(%acc : tensor<8x64xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>, affine_map<(m, n, k) -> (m, n)>]
      plane_dims = [0, 2] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %x = arith.andi %a1, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<8x64xi32>
  return
}

// -----

// R5
func.func @f(%a: tensor<2x8x18xi32>, %w: tensor<1x18x1x64xi32>, %acc: tensor<7x64xi32>) {
  // expected-error@+1 {{'bitserial.reduce' op dimension d0 has 7 iterations, but input 0 has size 8}}
  %0 = bitserial.reduce ins(%a, %w : tensor<2x8x18xi32>, tensor<1x18x1x64xi32>) outs(%acc : tensor<7x64xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>, affine_map<(m, n, k) -> (m, n)>]
      plane_dims = [0, 2] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %x = arith.andi %a1, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<7x64xi32>
  return
}

// -----

// R5: also beside dynamic sizes.
func.func @f(%a: tensor<2x8x?xi32>, %w: tensor<1x18x1x64xi32>, %acc: tensor<7x64xi32>) {
  // expected-error@+1 {{'bitserial.reduce' op dimension d0 has 7 iterations, but input 0 has size 8}}
  %0 = bitserial.reduce ins(%a, %w : tensor<2x8x?xi32>, tensor<1x18x1x64xi32>) outs(%acc : tensor<7x64xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>, affine_map<(m, n, k) -> (m, n)>]
      plane_dims = [0, 2] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %x = arith.andi %a1, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<7x64xi32>
  return
}

// -----

// R5
func.func @f(%a: tensor<2x8x18xi32>, %w: tensor<1x18x1x64xi32>, %acc: tensor<8x65xi32>) {
  // expected-error@+1 {{'bitserial.reduce' op reads word 1 of dimension 0 (planes not counted) of input 1, which has size 1}}
  %0 = bitserial.reduce ins(%a, %w : tensor<2x8x18xi32>, tensor<1x18x1x64xi32>) outs(%acc : tensor<8x65xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>, affine_map<(m, n, k) -> (m, n)>]
      plane_dims = [0, 2] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %x = arith.andi %a1, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<8x65xi32>
  return
}

// -----

// R5
func.func @f(%a: tensor<2x8x18xi32>, %w: tensor<1x18x1x48xi32>, %acc: tensor<8x64xi32>) {
  // expected-error@+1 {{'bitserial.reduce' op reads word 63 of dimension 2 (planes not counted) of input 1, which has size 48}}
  %0 = bitserial.reduce ins(%a, %w : tensor<2x8x18xi32>, tensor<1x18x1x48xi32>) outs(%acc : tensor<8x64xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>, affine_map<(m, n, k) -> (m, n)>]
      plane_dims = [0, 2] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %x = arith.andi %a1, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<8x64xi32>
  return
}

// -----

// R5
func.func @f(%a: tensor<2x14x18xi32>, %w: tensor<1x18x1x64xi32>, %acc: tensor<8x64xi32>) {
  // expected-error@+1 {{'bitserial.reduce' op reads word 14 of dimension 0 (planes not counted) of input 0, which has size 14}}
  %0 = bitserial.reduce ins(%a, %w : tensor<2x14x18xi32>, tensor<1x18x1x64xi32>) outs(%acc : tensor<8x64xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m * 2, k)>, affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>, affine_map<(m, n, k) -> (m, n)>]
      plane_dims = [0, 2] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %x = arith.andi %a1, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<8x64xi32>
  return
}

// -----

// R5
func.func @f(%a: tensor<2x8x18xi32>, %w: tensor<1x18x1x64xi32>, %acc: tensor<70368744177664x64xi32>) {
  // expected-error@+1 {{'bitserial.reduce' op positions in input 0 overflow 64 bits}}
  %0 = bitserial.reduce ins(%a, %w : tensor<2x8x18xi32>, tensor<1x18x1x64xi32>) outs(%acc : tensor<70368744177664x64xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m * 1073741824, k)>, affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>, affine_map<(m, n, k) -> (m, n)>]
      plane_dims = [0, 2] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %x = arith.andi %a1, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<70368744177664x64xi32>
  return
}

// -----

// R5: a place that is never empty.
func.func @f(%a: tensor<2x0x18xi32>, %w: tensor<1x18x1x64xi32>, %acc: tensor<8x64xi32>) {
  // expected-error@+1 {{'bitserial.reduce' op reads word 0 of dimension 0 (planes not counted) of input 0, which has size 0}}
  %0 = bitserial.reduce ins(%a, %w : tensor<2x0x18xi32>, tensor<1x18x1x64xi32>) outs(%acc : tensor<8x64xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (0, k)>, affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>, affine_map<(m, n, k) -> (m, n)>]
      plane_dims = [0, 2] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %x = arith.andi %a1, %w0 : i1
    %s = arith.extui %x : i1 to i32
    bitserial.yield %s : i32
  } -> tensor<8x64xi32>
  return
}

// -----

func.func @f(%a: tensor<1x18xi32>, %acc: tensor<i64>) {
  // expected-error@+1 {{'bitserial.reduce' op operand #1 must be ranked tensor of i32 without encoding, but got 'tensor<i64>'}}
  %0 = bitserial.reduce ins(%a : tensor<1x18xi32>) outs(%acc : tensor<i64>)
      indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> ()>]
      plane_dims = [0] {
  ^bb0(%a0: i1):
    %c = arith.extui %a0 : i1 to i32
    bitserial.yield %c : i32
  } -> tensor<i64>
  return
}

// -----

func.func @f(%a: tensor<1x18xi4>, %acc: tensor<i32>) {
  // expected-error@+1 {{'bitserial.reduce' op operand #0 must be variadic of ranked tensor of 8, 16, 32 or 64-bit words without encoding, but got 'tensor<1x18xi4>'}}
  %0 = bitserial.reduce ins(%a : tensor<1x18xi4>) outs(%acc : tensor<i32>)
      indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> ()>]
      plane_dims = [0] {
  ^bb0(%a0: i1):
    %c = arith.extui %a0 : i1 to i32
    bitserial.yield %c : i32
  } -> tensor<i32>
  return
}

// -----

func.func @f(%a: tensor<1x18xi8, "other">, %acc: tensor<i32>) {
  // expected-error@+1 {{'bitserial.reduce' op operand #0 must be variadic of ranked tensor of 8, 16, 32 or 64-bit words without encoding, but got 'tensor<1x18xi8, "other">'}}
  %0 = bitserial.reduce ins(%a : tensor<1x18xi8, "other">) outs(%acc : tensor<i32>)
      indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> ()>]
      plane_dims = [0] {
  ^bb0(%a0: i1):
    %c = arith.extui %a0 : i1 to i32
    bitserial.yield %c : i32
  } -> tensor<i32>
  return
}

// -----

// R1: planes of a scalar.
func.func @f(%a: tensor<i32>, %acc: tensor<i32>) {
  // expected-error@+1 {{'bitserial.reduce' op plane dimension 0 of input 0 is outside its rank 0}}
  %0 = bitserial.reduce ins(%a : tensor<i32>) outs(%acc : tensor<i32>)
      indexing_maps = [affine_map<() -> ()>, affine_map<() -> ()>]
      plane_dims = [0] {
  ^bb0(%a0: i1):
    %c = arith.extui %a0 : i1 to i32
    bitserial.yield %c : i32
  } -> tensor<i32>
  return
}

// -----

// R1
func.func @f(%acc: tensor<8x64xi32>) {
  // expected-error@+1 {{'bitserial.reduce' op expects at least one input}}
  %0 = "bitserial.reduce"(%acc) ({
    %c = arith.constant 0 : i32
    bitserial.yield %c : i32
  }) {indexing_maps = [affine_map<(m, n) -> (m, n)>], plane_dims = array<i64>} : (tensor<8x64xi32>) -> tensor<8x64xi32>
  return
}
