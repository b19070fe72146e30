// Constraints C1 to C9 of bitserial.contract.

// RUN: bitserial-opt %s --split-input-file --verify-diagnostics

// C1
func.func @f(%a: tensor<8x64x!bitserial.int<2, unsigned>>, %b: tensor<32x64x!bitserial.int<1, bipolar>>) {
  // expected-error@+1 {{'bitserial.contract' op expects 3 indexing maps (lhs, rhs, result), got 2}}
  %0 = bitserial.contract %a, %b
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                       affine_map<(m, n, k) -> (n, k)>]
      : tensor<8x64x!bitserial.int<2, unsigned>>, tensor<32x64x!bitserial.int<1, bipolar>>
      -> tensor<8x32xi32>
  return
}

// -----

// C1
func.func @f(%a: tensor<8x64x!bitserial.int<2, unsigned>>, %b: tensor<32x64x!bitserial.int<1, bipolar>>) {
  // expected-error@+1 {{'bitserial.contract' op the rhs indexing map must not have symbols}}
  %0 = bitserial.contract %a, %b
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                       affine_map<(m, n, k)[s] -> (n, k)>,
                       affine_map<(m, n, k) -> (m, n)>]
      : tensor<8x64x!bitserial.int<2, unsigned>>, tensor<32x64x!bitserial.int<1, bipolar>>
      -> tensor<8x32xi32>
  return
}

// -----

// C1
func.func @f(%a: tensor<8x64x!bitserial.int<2, unsigned>>, %b: tensor<32x64x!bitserial.int<1, bipolar>>) {
  // expected-error@+1 {{'bitserial.contract' op the result indexing map has 4 dimensions, the lhs map 3}}
  %0 = bitserial.contract %a, %b
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                       affine_map<(m, n, k) -> (n, k)>,
                       affine_map<(m, n, k, l) -> (m, n)>]
      : tensor<8x64x!bitserial.int<2, unsigned>>, tensor<32x64x!bitserial.int<1, bipolar>>
      -> tensor<8x32xi32>
  return
}

// -----

// C1
func.func @f(%a: tensor<8x64x!bitserial.int<2, unsigned>>, %b: tensor<32x64x!bitserial.int<1, bipolar>>) {
  // expected-error@+1 {{'bitserial.contract' op the lhs indexing map has 3 results for 2 dimensions of the lhs}}
  %0 = bitserial.contract %a, %b
      indexing_maps = [affine_map<(m, n, k) -> (m, k, n)>,
                       affine_map<(m, n, k) -> (n, k)>,
                       affine_map<(m, n, k) -> (m, n)>]
      : tensor<8x64x!bitserial.int<2, unsigned>>, tensor<32x64x!bitserial.int<1, bipolar>>
      -> tensor<8x32xi32>
  return
}

// -----

// C2
func.func @f(%a: tensor<?x64x!bitserial.int<2, unsigned>>, %b: tensor<32x64x!bitserial.int<1, bipolar>>) {
  // expected-error@+1 {{'bitserial.contract' op needs static shapes that are not empty, the lhs is 'tensor<?x64x!bitserial.int<2, unsigned>>'}}
  %0 = bitserial.contract %a, %b
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                       affine_map<(m, n, k) -> (n, k)>,
                       affine_map<(m, n, k) -> (m, n)>]
      : tensor<?x64x!bitserial.int<2, unsigned>>, tensor<32x64x!bitserial.int<1, bipolar>>
      -> tensor<8x32xi32>
  return
}

// -----

// C2
func.func @f(%a: tensor<8x64x!bitserial.int<2, unsigned>>, %b: tensor<0x64x!bitserial.int<1, bipolar>>) {
  // expected-error@+1 {{'bitserial.contract' op needs static shapes that are not empty, the rhs is 'tensor<0x64x!bitserial.int<1, bipolar>>'}}
  %0 = bitserial.contract %a, %b
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                       affine_map<(m, n, k) -> (n, k)>,
                       affine_map<(m, n, k) -> (m, n)>]
      : tensor<8x64x!bitserial.int<2, unsigned>>, tensor<0x64x!bitserial.int<1, bipolar>>
      -> tensor<8x0xi32>
  return
}

// -----

// C2
func.func @f(%a: tensor<17179869185x64x!bitserial.int<2, unsigned>>, %b: tensor<32x64x!bitserial.int<1, bipolar>>) {
  // expected-error@+1 {{'bitserial.contract' op takes tensors of at most 2^40 elements, the lhs is 'tensor<17179869185x64x!bitserial.int<2, unsigned>>'}}
  %0 = bitserial.contract %a, %b
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                       affine_map<(m, n, k) -> (n, k)>,
                       affine_map<(m, n, k) -> (m, n)>]
      : tensor<17179869185x64x!bitserial.int<2, unsigned>>, tensor<32x64x!bitserial.int<1, bipolar>>
      -> tensor<17179869185x32xi32>
  return
}

// -----

// C2
func.func @f(%a: tensor<1048577x1x!bitserial.int<2, unsigned>>, %b: tensor<1048576x1x!bitserial.int<1, bipolar>>) {
  // expected-error@+1 {{'bitserial.contract' op takes tensors of at most 2^40 elements, the result is 'tensor<1048577x1048576xi32>'}}
  %0 = bitserial.contract %a, %b
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                       affine_map<(m, n, k) -> (n, k)>,
                       affine_map<(m, n, k) -> (m, n)>]
      : tensor<1048577x1x!bitserial.int<2, unsigned>>, tensor<1048576x1x!bitserial.int<1, bipolar>>
      -> tensor<1048577x1048576xi32>
  return
}

// -----

// C2: a number of elements that wraps to 0.
func.func @f(%a: tensor<4294967296x4294967296x!bitserial.int<2, unsigned>>, %b: tensor<32x64x!bitserial.int<1, bipolar>>) {
  // expected-error@+1 {{'bitserial.contract' op takes tensors of at most 2^40 elements, the lhs is 'tensor<4294967296x4294967296x!bitserial.int<2, unsigned>>'}}
  %0 = bitserial.contract %a, %b
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                       affine_map<(m, n, k) -> (n, k)>,
                       affine_map<(m, n, k) -> (m, n)>]
      : tensor<4294967296x4294967296x!bitserial.int<2, unsigned>>, tensor<32x64x!bitserial.int<1, bipolar>>
      -> tensor<8x32xi32>
  return
}

// -----

// C3
func.func @f(%a: tensor<8x64x!bitserial.int<2, unsigned>>, %b: tensor<32x64x!bitserial.int<1, bipolar>>) {
  // expected-error@+1 {{'bitserial.contract' op the lhs indexing map has the result d0 floordiv 2, expected a sum of dimensions with coefficients of 1 to 2^30}}
  %0 = bitserial.contract %a, %b
      indexing_maps = [affine_map<(m, n, k) -> (m floordiv 2, k)>,
                       affine_map<(m, n, k) -> (n, k)>,
                       affine_map<(m, n, k) -> (m, n)>]
      : tensor<8x64x!bitserial.int<2, unsigned>>, tensor<32x64x!bitserial.int<1, bipolar>>
      -> tensor<8x32xi32>
  return
}

// -----

// C3
func.func @f(%a: tensor<8x64x!bitserial.int<2, unsigned>>, %b: tensor<32x64x!bitserial.int<1, bipolar>>) {
  // expected-error@+1 {{'bitserial.contract' op the lhs indexing map has the result d0 - d2, expected a sum of dimensions with coefficients of 1 to 2^30}}
  %0 = bitserial.contract %a, %b
      indexing_maps = [affine_map<(m, n, k) -> (m - k, k)>,
                       affine_map<(m, n, k) -> (n, k)>,
                       affine_map<(m, n, k) -> (m, n)>]
      : tensor<8x64x!bitserial.int<2, unsigned>>, tensor<32x64x!bitserial.int<1, bipolar>>
      -> tensor<8x32xi32>
  return
}

// -----

// C3
func.func @f(%a: tensor<8x64x!bitserial.int<2, unsigned>>, %b: tensor<32x64x!bitserial.int<1, bipolar>>) {
  // expected-error@+1 {{'bitserial.contract' op the lhs indexing map has the result d0 + 1, expected a sum of dimensions with coefficients of 1 to 2^30}}
  %0 = bitserial.contract %a, %b
      indexing_maps = [affine_map<(m, n, k) -> (m + 1, k)>,
                       affine_map<(m, n, k) -> (n, k)>,
                       affine_map<(m, n, k) -> (m, n)>]
      : tensor<8x64x!bitserial.int<2, unsigned>>, tensor<32x64x!bitserial.int<1, bipolar>>
      -> tensor<8x32xi32>
  return
}

// -----

// C3
func.func @f(%a: tensor<8x64x!bitserial.int<2, unsigned>>, %b: tensor<32x64x!bitserial.int<1, bipolar>>) {
  // expected-error@+1 {{'bitserial.contract' op the lhs indexing map has the result 0, expected a sum of dimensions with coefficients of 1 to 2^30}}
  %0 = bitserial.contract %a, %b
      indexing_maps = [affine_map<(m, n, k) -> (0, k)>,
                       affine_map<(m, n, k) -> (n, k)>,
                       affine_map<(m, n, k) -> (m, n)>]
      : tensor<8x64x!bitserial.int<2, unsigned>>, tensor<32x64x!bitserial.int<1, bipolar>>
      -> tensor<8x32xi32>
  return
}

// -----

// C3
func.func @f(%a: tensor<8x64x!bitserial.int<2, unsigned>>, %b: tensor<32x64x!bitserial.int<1, bipolar>>) {
  // expected-error@+1 {{'bitserial.contract' op the rhs indexing map has the result d1 * 2, expected one dimension}}
  %0 = bitserial.contract %a, %b
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                       affine_map<(m, n, k) -> (n * 2, k)>,
                       affine_map<(m, n, k) -> (m, n)>]
      : tensor<8x64x!bitserial.int<2, unsigned>>, tensor<32x64x!bitserial.int<1, bipolar>>
      -> tensor<8x32xi32>
  return
}

// -----

// C3
func.func @f(%a: tensor<8x64x!bitserial.int<2, unsigned>>, %b: tensor<32x64x!bitserial.int<1, bipolar>>) {
  // expected-error@+1 {{'bitserial.contract' op the result indexing map has the result d0 + d1, expected one dimension}}
  %0 = bitserial.contract %a, %b
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                       affine_map<(m, n, k) -> (n, k)>,
                       affine_map<(m, n, k) -> (m, m + n)>]
      : tensor<8x64x!bitserial.int<2, unsigned>>, tensor<32x64x!bitserial.int<1, bipolar>>
      -> tensor<8x32xi32>
  return
}

// -----

// C3
func.func @f(%a: tensor<8x64x!bitserial.int<2, unsigned>>, %b: tensor<32x64x!bitserial.int<1, bipolar>>) {
  // expected-error@+1 {{'bitserial.contract' op the lhs indexing map names dimension d2 twice}}
  %0 = bitserial.contract %a, %b
      indexing_maps = [affine_map<(m, n, k) -> (m + k, k)>,
                       affine_map<(m, n, k) -> (n, k)>,
                       affine_map<(m, n, k) -> (m, n)>]
      : tensor<8x64x!bitserial.int<2, unsigned>>, tensor<32x64x!bitserial.int<1, bipolar>>
      -> tensor<8x32xi32>
  return
}

// -----

// C3
func.func @f(%a: tensor<8x64x!bitserial.int<2, unsigned>>, %b: tensor<32x64x!bitserial.int<1, bipolar>>) {
  // expected-error@+1 {{'bitserial.contract' op the result indexing map names dimension d0 twice}}
  %0 = bitserial.contract %a, %b
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                       affine_map<(m, n, k) -> (n, k)>,
                       affine_map<(m, n, k) -> (m, m)>]
      : tensor<8x64x!bitserial.int<2, unsigned>>, tensor<32x64x!bitserial.int<1, bipolar>>
      -> tensor<8x32xi32>
  return
}

// -----

// C4
func.func @f(%a: tensor<8x64x!bitserial.int<2, unsigned>>, %b: tensor<32x64x!bitserial.int<1, bipolar>>) {
  // expected-error@+1 {{'bitserial.contract' op reduction dimension d2 must stand in the lhs and the rhs map}}
  %0 = bitserial.contract %a, %b
      indexing_maps = [affine_map<(m, n, k, l) -> (m, l)>,
                       affine_map<(m, n, k, l) -> (n, k)>,
                       affine_map<(m, n, k, l) -> (m, n)>]
      : tensor<8x64x!bitserial.int<2, unsigned>>, tensor<32x64x!bitserial.int<1, bipolar>>
      -> tensor<8x32xi32>
  return
}

// -----

// C4
func.func @f(%a: tensor<8x64x!bitserial.int<2, unsigned>>, %b: tensor<32x64x!bitserial.int<1, bipolar>>) {
  // expected-error@+1 {{'bitserial.contract' op parallel dimension d1 must stand in the lhs or the rhs map}}
  %0 = bitserial.contract %a, %b
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                       affine_map<(m, n, k) -> (m, k)>,
                       affine_map<(m, n, k) -> (m, n)>]
      : tensor<8x64x!bitserial.int<2, unsigned>>, tensor<32x64x!bitserial.int<1, bipolar>>
      -> tensor<8x32xi32>
  return
}

// -----

// C5
func.func @f(%a: tensor<8x64x!bitserial.int<2, unsigned>>, %b: tensor<32x63x!bitserial.int<1, bipolar>>) {
  // expected-error@+1 {{'bitserial.contract' op dimension d2 has 63 iterations, but dimension 1 of the lhs has size 64}}
  %0 = bitserial.contract %a, %b
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                       affine_map<(m, n, k) -> (n, k)>,
                       affine_map<(m, n, k) -> (m, n)>]
      : tensor<8x64x!bitserial.int<2, unsigned>>, tensor<32x63x!bitserial.int<1, bipolar>>
      -> tensor<8x32xi32>
  return
}

// -----

// C5
func.func @f(%a: tensor<8x64x!bitserial.int<2, unsigned>>, %b: tensor<32x64x!bitserial.int<1, bipolar>>) {
  // expected-error@+1 {{'bitserial.contract' op dimension d1 has 31 iterations, but dimension 0 of the rhs has size 32}}
  %0 = bitserial.contract %a, %b
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                       affine_map<(m, n, k) -> (n, k)>,
                       affine_map<(m, n, k) -> (m, n)>]
      : tensor<8x64x!bitserial.int<2, unsigned>>, tensor<32x64x!bitserial.int<1, bipolar>>
      -> tensor<8x31xi32>
  return
}

// -----

// C6
func.func @f(%a: tensor<8x64x!bitserial.int<2, unsigned>>, %b: tensor<32x64x!bitserial.int<1, bipolar>>) {
  // expected-error@+1 {{'bitserial.contract' op expects pad_low and pad_high together}}
  %0 = bitserial.contract %a, %b
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                       affine_map<(m, n, k) -> (n, k)>,
                       affine_map<(m, n, k) -> (m, n)>]
      pad_low = [0, 0]
      : tensor<8x64x!bitserial.int<2, unsigned>>, tensor<32x64x!bitserial.int<1, bipolar>>
      -> tensor<8x32xi32>
  return
}

// -----

// C6
func.func @f(%a: tensor<8x64x!bitserial.int<2, unsigned>>, %b: tensor<32x64x!bitserial.int<1, bipolar>>) {
  // expected-error@+1 {{'bitserial.contract' op expects one pad_low and pad_high per dimension of the lhs, which has rank 2}}
  %0 = bitserial.contract %a, %b
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                       affine_map<(m, n, k) -> (n, k)>,
                       affine_map<(m, n, k) -> (m, n)>]
      pad_low = [0, 0] pad_high = [0]
      : tensor<8x64x!bitserial.int<2, unsigned>>, tensor<32x64x!bitserial.int<1, bipolar>>
      -> tensor<8x32xi32>
  return
}

// -----

// C6
func.func @f(%a: tensor<8x64x!bitserial.int<2, unsigned>>, %b: tensor<32x64x!bitserial.int<1, bipolar>>) {
  // expected-error@+1 {{'bitserial.contract' op padding must be 0 to 2^30, got -1}}
  %0 = bitserial.contract %a, %b
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                       affine_map<(m, n, k) -> (n, k)>,
                       affine_map<(m, n, k) -> (m, n)>]
      pad_low = [0, 0] pad_high = [-1, 0]
      : tensor<8x64x!bitserial.int<2, unsigned>>, tensor<32x64x!bitserial.int<1, bipolar>>
      -> tensor<8x32xi32>
  return
}

// -----

// C6
func.func @f(%a: tensor<8x64x!bitserial.int<2, unsigned>>, %b: tensor<32x64x!bitserial.int<1, bipolar>>) {
  // expected-error@+1 {{'bitserial.contract' op padding must be 0 to 2^30, got 9223372036854775807}}
  %0 = bitserial.contract %a, %b
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                       affine_map<(m, n, k) -> (n, k)>,
                       affine_map<(m, n, k) -> (m, n)>]
      pad_low = [9223372036854775807, 0] pad_high = [0, 0]
      : tensor<8x64x!bitserial.int<2, unsigned>>, tensor<32x64x!bitserial.int<1, bipolar>>
      -> tensor<8x32xi32>
  return
}

// -----

// C7
func.func @f(%a: tensor<10x64x!bitserial.int<2, unsigned>>, %b: tensor<3x64x!bitserial.int<1, bipolar>>) {
  // expected-error@+1 {{'bitserial.contract' op reads position 10 of dimension 0 of the lhs, which has size 10}}
  %0 = bitserial.contract %a, %b
      indexing_maps = [affine_map<(o, k, c) -> (o * 2 + k, c)>,
                       affine_map<(o, k, c) -> (k, c)>,
                       affine_map<(o, k, c) -> (o)>]
      : tensor<10x64x!bitserial.int<2, unsigned>>, tensor<3x64x!bitserial.int<1, bipolar>>
      -> tensor<5xi32>
  return
}

// -----

// C7
func.func @f(%a: tensor<10x64x!bitserial.int<2, unsigned>>, %b: tensor<3x64x!bitserial.int<1, bipolar>>) {
  // expected-error@+1 {{'bitserial.contract' op reads position 14 of dimension 0 of the lhs, which has size 13 with padding}}
  %0 = bitserial.contract %a, %b
      indexing_maps = [affine_map<(o, k, c) -> (o * 2 + k, c)>,
                       affine_map<(o, k, c) -> (k, c)>,
                       affine_map<(o, k, c) -> (o)>]
      pad_low = [2, 0] pad_high = [1, 0]
      : tensor<10x64x!bitserial.int<2, unsigned>>, tensor<3x64x!bitserial.int<1, bipolar>>
      -> tensor<7xi32>
  return
}

// -----

// C3
func.func @f(%a: tensor<10x64x!bitserial.int<2, unsigned>>, %b: tensor<3x64x!bitserial.int<1, bipolar>>) {
  // expected-error@+1 {{'bitserial.contract' op the lhs indexing map has the result d0 * 1073741825 + d1, expected a sum of dimensions with coefficients of 1 to 2^30}}
  %0 = bitserial.contract %a, %b
      indexing_maps = [affine_map<(o, k, c) -> (o * 1073741825 + k, c)>,
                       affine_map<(o, k, c) -> (k, c)>,
                       affine_map<(o, k, c) -> (o)>]
      : tensor<10x64x!bitserial.int<2, unsigned>>, tensor<3x64x!bitserial.int<1, bipolar>>
      -> tensor<1xi32>
  return
}

// -----

// C7
func.func @f(%a: tensor<10x64x!bitserial.int<2, unsigned>>, %b: tensor<3x64x!bitserial.int<1, bipolar>>) {
  // expected-error@+1 {{'bitserial.contract' op positions in the lhs overflow 64 bits}}
  %0 = bitserial.contract %a, %b
      indexing_maps = [affine_map<(o, k, c) -> (o * 1073741824 + k, c)>,
                       affine_map<(o, k, c) -> (k, c)>,
                       affine_map<(o, k, c) -> (o)>]
      : tensor<10x64x!bitserial.int<2, unsigned>>, tensor<3x64x!bitserial.int<1, bipolar>>
      -> tensor<1099511627776xi32>
  return
}

// -----

// C8
#l = #bitserial.layout<packed = 1, word = 32>
func.func @f(%a: tensor<8x64x!bitserial.int<2, unsigned>, #l>, %b: tensor<32x64x!bitserial.int<1, bipolar>>) {
  // expected-error@+1 {{'bitserial.contract' op the lhs is packed, the rhs is not}}
  %0 = bitserial.contract %a, %b
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                       affine_map<(m, n, k) -> (n, k)>,
                       affine_map<(m, n, k) -> (m, n)>]
      : tensor<8x64x!bitserial.int<2, unsigned>, #l>, tensor<32x64x!bitserial.int<1, bipolar>>
      -> tensor<8x32xi32>
  return
}

// -----

// C8
#l = #bitserial.layout<packed = 1, word = 32>
func.func @f(%a: tensor<8x64x!bitserial.int<2, unsigned>>, %b: tensor<32x64x!bitserial.int<1, bipolar>, #l>) {
  // expected-error@+1 {{'bitserial.contract' op the rhs is packed, the lhs is not}}
  %0 = bitserial.contract %a, %b
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                       affine_map<(m, n, k) -> (n, k)>,
                       affine_map<(m, n, k) -> (m, n)>]
      : tensor<8x64x!bitserial.int<2, unsigned>>, tensor<32x64x!bitserial.int<1, bipolar>, #l>
      -> tensor<8x32xi32>
  return
}

// -----

// C8: a parallel dimension.
#l = #bitserial.layout<packed = 0, word = 32>
#r = #bitserial.layout<packed = 1, word = 32>
func.func @f(%a: tensor<8x64x!bitserial.int<2, unsigned>, #l>, %b: tensor<32x64x!bitserial.int<1, bipolar>, #r>) {
  // expected-error@+1 {{'bitserial.contract' op the lhs is packed along d0, expected a reduction dimension that is not padded and stands alone in the lhs and the rhs map}}
  %0 = bitserial.contract %a, %b
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                       affine_map<(m, n, k) -> (n, k)>,
                       affine_map<(m, n, k) -> (m, n)>]
      : tensor<8x64x!bitserial.int<2, unsigned>, #l>, tensor<32x64x!bitserial.int<1, bipolar>, #r>
      -> tensor<8x32xi32>
  return
}

// -----

// C8
#l = #bitserial.layout<packed = 0, word = 32>
func.func @f(%a: tensor<10x64x!bitserial.int<2, unsigned>, #l>, %b: tensor<3x64x!bitserial.int<1, bipolar>, #l>) {
  // expected-error@+1 {{'bitserial.contract' op the lhs is packed along d0 * 2 + d1, expected a reduction dimension that is not padded and stands alone in the lhs and the rhs map}}
  %0 = bitserial.contract %a, %b
      indexing_maps = [affine_map<(o, k, c) -> (o * 2 + k, c)>,
                       affine_map<(o, k, c) -> (k, c)>,
                       affine_map<(o, k, c) -> (o)>]
      : tensor<10x64x!bitserial.int<2, unsigned>, #l>, tensor<3x64x!bitserial.int<1, bipolar>, #l>
      -> tensor<4xi32>
  return
}

// -----

// C8: a padded dimension.
#l = #bitserial.layout<packed = 1, word = 32>
func.func @f(%a: tensor<8x62x!bitserial.int<2, unsigned>, #l>, %b: tensor<32x64x!bitserial.int<1, bipolar>, #l>) {
  // expected-error@+1 {{'bitserial.contract' op the lhs is packed along d2, expected a reduction dimension that is not padded and stands alone in the lhs and the rhs map}}
  %0 = bitserial.contract %a, %b
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                       affine_map<(m, n, k) -> (n, k)>,
                       affine_map<(m, n, k) -> (m, n)>]
      pad_low = [0, 1] pad_high = [0, 1]
      : tensor<8x62x!bitserial.int<2, unsigned>, #l>, tensor<32x64x!bitserial.int<1, bipolar>, #l>
      -> tensor<8x32xi32>
  return
}

// -----

// C8
#l = #bitserial.layout<packed = 1, word = 32>
#r = #bitserial.layout<packed = 2, word = 32>
func.func @f(%a: tensor<8x64x3x!bitserial.int<2, unsigned>, #l>, %b: tensor<32x64x3x!bitserial.int<1, bipolar>, #r>) {
  // expected-error@+1 {{'bitserial.contract' op the lhs is packed along d2, the rhs along d3}}
  %0 = bitserial.contract %a, %b
      indexing_maps = [affine_map<(m, n, k, j) -> (m, k, j)>,
                       affine_map<(m, n, k, j) -> (n, k, j)>,
                       affine_map<(m, n, k, j) -> (m, n)>]
      : tensor<8x64x3x!bitserial.int<2, unsigned>, #l>, tensor<32x64x3x!bitserial.int<1, bipolar>, #r>
      -> tensor<8x32xi32>
  return
}

// -----

// C8
#l = #bitserial.layout<packed = 1, word = 32>
#r = #bitserial.layout<packed = 1, word = 64>
func.func @f(%a: tensor<8x64x!bitserial.int<2, unsigned>, #l>, %b: tensor<32x64x!bitserial.int<1, bipolar>, #r>) {
  // expected-error@+1 {{'bitserial.contract' op the lhs has 32-bit words, the rhs 64-bit words}}
  %0 = bitserial.contract %a, %b
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                       affine_map<(m, n, k) -> (n, k)>,
                       affine_map<(m, n, k) -> (m, n)>]
      : tensor<8x64x!bitserial.int<2, unsigned>, #l>, tensor<32x64x!bitserial.int<1, bipolar>, #r>
      -> tensor<8x32xi32>
  return
}

// -----

// C8
#l = #bitserial.layout<packed = 1, word = 32>
#r = #bitserial.layout<packed = 1, word = 32, inner_dims_pos = [1], inner_tiles = [2]>
func.func @f(%a: tensor<8x64x!bitserial.int<2, unsigned>, #l>, %b: tensor<32x64x!bitserial.int<1, bipolar>, #r>) {
  // expected-error@+1 {{'bitserial.contract' op the packed dimension has an inner tile of 1 words in the lhs and of 2 in the rhs}}
  %0 = bitserial.contract %a, %b
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                       affine_map<(m, n, k) -> (n, k)>,
                       affine_map<(m, n, k) -> (m, n)>]
      : tensor<8x64x!bitserial.int<2, unsigned>, #l>, tensor<32x64x!bitserial.int<1, bipolar>, #r>
      -> tensor<8x32xi32>
  return
}

// -----

// C8
#l = #bitserial.layout<packed = 1, word = 32, inner_dims_pos = [0], inner_tiles = [4]>
#r = #bitserial.layout<packed = 1, word = 32>
func.func @f(%a: tensor<6x64x!bitserial.int<2, unsigned>, #l>, %b: tensor<32x64x!bitserial.int<1, bipolar>, #r>) {
  // expected-error@+1 {{'bitserial.contract' op dimension 0 of the lhs is padded, its layout must not split it into inner tiles}}
  %0 = bitserial.contract %a, %b
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                       affine_map<(m, n, k) -> (n, k)>,
                       affine_map<(m, n, k) -> (m, n)>]
      pad_low = [1, 0] pad_high = [1, 0]
      : tensor<6x64x!bitserial.int<2, unsigned>, #l>, tensor<32x64x!bitserial.int<1, bipolar>, #r>
      -> tensor<8x32xi32>
  return
}

// -----

// C8
#l = #bitserial.layout<packed = 1, word = 32, inner_dims_pos = [0], inner_tiles = [2]>
#r = #bitserial.layout<packed = 1, word = 32>
func.func @f(%a: tensor<10x64x!bitserial.int<2, unsigned>, #l>, %b: tensor<3x64x!bitserial.int<1, bipolar>, #r>) {
  // expected-error@+1 {{'bitserial.contract' op dimension 0 of the lhs is read at d0 * 2 + d1, its layout must not split it into inner tiles}}
  %0 = bitserial.contract %a, %b
      indexing_maps = [affine_map<(o, k, c) -> (o * 2 + k, c)>,
                       affine_map<(o, k, c) -> (k, c)>,
                       affine_map<(o, k, c) -> (o)>]
      : tensor<10x64x!bitserial.int<2, unsigned>, #l>, tensor<3x64x!bitserial.int<1, bipolar>, #r>
      -> tensor<4xi32>
  return
}

// -----

// C8
#l = #bitserial.layout<packed = 1, word = 32, inner_dims_pos = [0], inner_tiles = [4]>
#r = #bitserial.layout<packed = 1, word = 32>
func.func @f(%a: tensor<15x64x!bitserial.int<2, unsigned>, #l>, %b: tensor<32x64x!bitserial.int<1, bipolar>, #r>) {
  // expected-error@+1 {{'bitserial.contract' op dimension 0 of the lhs is read at d0 * 2, its layout must not split it into inner tiles}}
  %0 = bitserial.contract %a, %b
      indexing_maps = [affine_map<(m, n, k) -> (m * 2, k)>,
                       affine_map<(m, n, k) -> (n, k)>,
                       affine_map<(m, n, k) -> (m, n)>]
      : tensor<15x64x!bitserial.int<2, unsigned>, #l>, tensor<32x64x!bitserial.int<1, bipolar>, #r>
      -> tensor<8x32xi32>
  return
}

// -----

// C8: the window of a convolution.
#l = #bitserial.layout<packed = 1, word = 32>
#r = #bitserial.layout<packed = 1, word = 32, inner_dims_pos = [0], inner_tiles = [2]>
func.func @f(%a: tensor<10x64x!bitserial.int<2, unsigned>, #l>, %b: tensor<3x64x!bitserial.int<1, bipolar>, #r>) {
  // expected-error@+1 {{'bitserial.contract' op reduction dimension d1 is padded or part of a sum in the lhs, the layout of the rhs must not split it into inner tiles}}
  %0 = bitserial.contract %a, %b
      indexing_maps = [affine_map<(o, k, c) -> (o * 2 + k, c)>,
                       affine_map<(o, k, c) -> (k, c)>,
                       affine_map<(o, k, c) -> (o)>]
      : tensor<10x64x!bitserial.int<2, unsigned>, #l>, tensor<3x64x!bitserial.int<1, bipolar>, #r>
      -> tensor<4xi32>
  return
}

// -----

// C8, of a requested layout.
#l = #bitserial.layout<packed = 0, word = 32>
func.func @f(%a: tensor<8x64x!bitserial.int<2, unsigned>>, %b: tensor<32x64x!bitserial.int<1, bipolar>>) {
  // expected-error@+1 {{'bitserial.contract' op the lhs is packed along d0, expected a reduction dimension that is not padded and stands alone in the lhs and the rhs map}}
  %0 = bitserial.contract %a, %b
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                       affine_map<(m, n, k) -> (n, k)>,
                       affine_map<(m, n, k) -> (m, n)>]
      {bitserial.lhs_layout = #l}
      : tensor<8x64x!bitserial.int<2, unsigned>>, tensor<32x64x!bitserial.int<1, bipolar>>
      -> tensor<8x32xi32>
  return
}

// -----

// C8, of requested layouts.
#l = #bitserial.layout<packed = 1, word = 8>
#r = #bitserial.layout<packed = 1, word = 32>
func.func @f(%a: tensor<8x64x!bitserial.int<2, unsigned>>, %b: tensor<32x64x!bitserial.int<1, bipolar>>) {
  // expected-error@+1 {{'bitserial.contract' op the lhs has 8-bit words, the rhs 32-bit words}}
  %0 = bitserial.contract %a, %b
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                       affine_map<(m, n, k) -> (n, k)>,
                       affine_map<(m, n, k) -> (m, n)>]
      {bitserial.lhs_layout = #l, bitserial.rhs_layout = #r}
      : tensor<8x64x!bitserial.int<2, unsigned>>, tensor<32x64x!bitserial.int<1, bipolar>>
      -> tensor<8x32xi32>
  return
}

// -----

// C8, of a requested layout.
#l = #bitserial.layout<packed = 4, word = 32>
func.func @f(%a: tensor<8x64x!bitserial.int<2, unsigned>>, %b: tensor<32x64x!bitserial.int<1, bipolar>>) {
  // expected-error@+1 {{'bitserial.contract' op bitserial.rhs_layout: layout packed names dimension 4 of a tensor of rank 2}}
  %0 = bitserial.contract %a, %b
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                       affine_map<(m, n, k) -> (n, k)>,
                       affine_map<(m, n, k) -> (m, n)>]
      {bitserial.rhs_layout = #l}
      : tensor<8x64x!bitserial.int<2, unsigned>>, tensor<32x64x!bitserial.int<1, bipolar>>
      -> tensor<8x32xi32>
  return
}

// -----

// C8, of a requested layout.
func.func @f(%a: tensor<8x64x!bitserial.int<2, unsigned>>, %b: tensor<32x64x!bitserial.int<1, bipolar>>) {
  // expected-error@+1 {{'bitserial.contract' op expects a #bitserial.layout as bitserial.rhs_layout, got 5 : i64}}
  %0 = bitserial.contract %a, %b
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                       affine_map<(m, n, k) -> (n, k)>,
                       affine_map<(m, n, k) -> (m, n)>]
      {bitserial.rhs_layout = 5}
      : tensor<8x64x!bitserial.int<2, unsigned>>, tensor<32x64x!bitserial.int<1, bipolar>>
      -> tensor<8x32xi32>
  return
}

// -----

// C9
func.func @f(%a: tensor<8x65794x!bitserial.int<8, unsigned>>, %b: tensor<32x65794x!bitserial.int<8, signed>>) {
  // expected-error@+1 {{'bitserial.contract' op may overflow its 32-bit result: a sum of 65794 products between -32640 and 32385 exceeds 32-bit signed integers; at most 65793 terms are safe}}
  %0 = bitserial.contract %a, %b
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                       affine_map<(m, n, k) -> (n, k)>,
                       affine_map<(m, n, k) -> (m, n)>]
      : tensor<8x65794x!bitserial.int<8, unsigned>>, tensor<32x65794x!bitserial.int<8, signed>>
      -> tensor<8x32xi32>
  return
}

// -----

// C9
func.func @f(%a: tensor<8x715827883x!bitserial.int<2, unsigned>>, %b: tensor<32x715827883x!bitserial.int<1, bipolar>>) {
  // expected-error@+1 {{'bitserial.contract' op may overflow its 32-bit result: a sum of 715827883 products between -3 and 3 exceeds 32-bit signed integers; at most 715827882 terms are safe}}
  %0 = bitserial.contract %a, %b
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                       affine_map<(m, n, k) -> (n, k)>,
                       affine_map<(m, n, k) -> (m, n)>]
      : tensor<8x715827883x!bitserial.int<2, unsigned>>, tensor<32x715827883x!bitserial.int<1, bipolar>>
      -> tensor<8x32xi32>
  return
}

// -----

// C9: one term less is fine.
func.func @f(%a: tensor<65793x!bitserial.int<8, unsigned>>, %b: tensor<65793x!bitserial.int<8, signed>>) {
  %0 = bitserial.contract %a, %b
      indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> (k)>, affine_map<(k) -> ()>]
      : tensor<65793x!bitserial.int<8, unsigned>>, tensor<65793x!bitserial.int<8, signed>>
      -> tensor<i32>
  return
}

// -----

// The types of operands and result.
func.func @f(%a: tensor<8x64xi8>, %b: tensor<32x64x!bitserial.int<1, bipolar>>) {
  // expected-error@+1 {{'bitserial.contract' op operand #0 must be ranked tensor of !bitserial.int, but got 'tensor<8x64xi8>'}}
  %0 = "bitserial.contract"(%a, %b) {indexing_maps = []} : (tensor<8x64xi8>, tensor<32x64x!bitserial.int<1, bipolar>>) -> tensor<8x32xi32>
  return
}

// -----

// The types of operands and result.
func.func @f(%a: tensor<64x!bitserial.int<1, bipolar>>) {
  // expected-error@+1 {{'bitserial.contract' op result #0 must be ranked tensor of i32 without encoding, but got 'tensor<i64>'}}
  %0 = "bitserial.contract"(%a, %a) {indexing_maps = []} : (tensor<64x!bitserial.int<1, bipolar>>, tensor<64x!bitserial.int<1, bipolar>>) -> tensor<i64>
  return
}

// -----

func.func @f(%a: tensor<64x!bitserial.int<1, bipolar>>) {
  // expected-error@+1 {{'bitserial.contract' op attribute 'indexing_maps' failed to satisfy constraint: AffineMap array attribute}}
  %0 = "bitserial.contract"(%a, %a) {indexing_maps = [1, 2, 3]} : (tensor<64x!bitserial.int<1, bipolar>>, tensor<64x!bitserial.int<1, bipolar>>) -> tensor<i32>
  return
}

// -----

func.func @f(%a: tensor<64x!bitserial.int<1, bipolar>>) {
  // expected-error@+1 {{'bitserial.contract' op requires attribute 'indexing_maps'}}
  %0 = "bitserial.contract"(%a, %a) : (tensor<64x!bitserial.int<1, bipolar>>, tensor<64x!bitserial.int<1, bipolar>>) -> tensor<i32>
  return
}
