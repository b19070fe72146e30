// Constraints T1 to T3 of !bitserial.int and L1 to L7 of #bitserial.layout.

// RUN: bitserial-opt %s --split-input-file --verify-diagnostics

// T1
// expected-error@+1 {{invalid !bitserial.int: width must be 1 to 8 bits, got 0}}
func.func private @f(!bitserial.int<0, unsigned>)

// -----

// T1
// expected-error@+1 {{invalid !bitserial.int: width must be 1 to 8 bits, got 9}}
func.func private @f(!bitserial.int<9, bipolar>)

// -----

// T1
// expected-error@+2 {{integer value too large}}
// expected-error@+1 {{failed to parse Bitserial_IntType parameter 'width' which is to be a `unsigned`}}
func.func private @f(!bitserial.int<4294967297, unsigned>)

// -----

// expected-error@+2 {{expected integer value}}
// expected-error@+1 {{failed to parse Bitserial_IntType parameter 'width' which is to be a `unsigned`}}
func.func private @f(!bitserial.int<unsigned>)

// -----

// expected-error@+2 {{expected one of [unsigned, signed, bipolar, ternary] for how the bits of a low-bit number are read, got: floating}}
// expected-error@+1 {{failed to parse Bitserial_IntType parameter 'kind' which is to be a `::mlir::bitserial::Kind`}}
func.func private @f(!bitserial.int<2, floating>)

// -----

// T2
// expected-error@+1 {{invalid !bitserial.int: a ternary number takes an even width (2 bits per digit), got 3}}
func.func private @f(!bitserial.int<3, ternary>)

// -----

// T3
// expected-error@+1 {{invalid !bitserial.int: zero point -32765 gives values 32765 to 32768, which do not fit 16-bit signed integers}}
func.func private @f(!bitserial.int<2, unsigned, zero_point = -32765>)

// -----

// T3
// expected-error@+1 {{invalid !bitserial.int: zero point 32768 gives values -32769 to -32767, which do not fit 16-bit signed integers}}
func.func private @f(!bitserial.int<1, bipolar, zero_point = 32768>)

// -----

// T3
// expected-error@+1 {{invalid !bitserial.int: zero point 9223372036854775807 leaves the range of 16-bit signed values}}
func.func private @f(!bitserial.int<1, signed, zero_point = 9223372036854775807>)

// -----

// T3
// expected-error@+1 {{invalid !bitserial.int: zero point -9223372036854775808 leaves the range of 16-bit signed values}}
func.func private @f(!bitserial.int<1, signed, zero_point = -9223372036854775808>)

// -----

// L1
// expected-error@+1 {{layout word width must be 8, 16, 32 or 64 bits, got 12}}
#layout = #bitserial.layout<packed = 0, word = 12>

// -----

// L1
// expected-error@+1 {{word width out of range}}
#layout = #bitserial.layout<packed = 0, word = -32>

// -----

// L1
// expected-error@+1 {{word width out of range}}
#layout = #bitserial.layout<packed = 0, word = 4294967328>

// -----

// L2
// expected-error@+1 {{layout has 2 inner_dims_pos but 1 inner_tiles}}
#layout = #bitserial.layout<packed = 0, word = 8, inner_dims_pos = [0, 1], inner_tiles = [4]>

// -----

// L2
// expected-error@+1 {{layout tiles dimension 1 twice}}
#layout = #bitserial.layout<packed = 0, word = 8, inner_dims_pos = [1, 1], inner_tiles = [4, 2]>

// -----

// L2
// expected-error@+1 {{layout inner tiles must be 1 to 2^30, got 0}}
#layout = #bitserial.layout<packed = 0, word = 8, inner_dims_pos = [1], inner_tiles = [0]>

// -----

// L2
// expected-error@+1 {{layout inner tiles must be 1 to 2^30, got 1073741825}}
#layout = #bitserial.layout<packed = 0, word = 8, inner_dims_pos = [1], inner_tiles = [1073741825]>

// -----

// L2
// expected-error@+1 {{layout positions must not be negative}}
#layout = #bitserial.layout<packed = -1, word = 8>

// -----

// L2
// expected-error@+1 {{layout positions must not be negative}}
#layout = #bitserial.layout<packed = 0, word = 8, inner_dims_pos = [-9223372036854775808], inner_tiles = [2]>

// -----

// L2
// expected-error@+1 {{layout positions must not be negative}}
#layout = #bitserial.layout<packed = 0, word = 8, planes = -1>

// -----

// L3
// expected-error@+1 {{layout outer_dims_perm is not a permutation}}
#layout = #bitserial.layout<packed = 0, word = 8, outer_dims_perm = [0, 2]>

// -----

// L3
// expected-error@+1 {{layout outer_dims_perm is not a permutation}}
#layout = #bitserial.layout<packed = 0, word = 8, outer_dims_perm = [1, 1]>

// -----

// L4
// expected-error@+1 {{#bitserial.layout encodes tensors of !bitserial.int, not of 'i8'}}
func.func private @f(tensor<4xi8, #bitserial.layout<packed = 0, word = 8>>)

// -----

// An element type that does not parse.
// expected-error@+2 {{expected one of [unsigned, signed, bipolar, ternary] for how the bits of a low-bit number are read, got: signet}}
// expected-error@+1 {{failed to parse Bitserial_IntType parameter 'kind' which is to be a `::mlir::bitserial::Kind`}}
func.func private @f(tensor<4x!bitserial.int<1, signet>, #bitserial.layout<packed = 0, word = 8>>)

// -----

// L5
// expected-error@+1 {{layout packed names dimension 2 of a tensor of rank 2}}
func.func private @f(tensor<4x8x!bitserial.int<1, signed>, #bitserial.layout<packed = 2, word = 8>>)

// -----

// L5: no dimension to pack.
// expected-error@+1 {{layout packed names dimension 0 of a tensor of rank 0}}
func.func private @f(tensor<!bitserial.int<1, signed>, #bitserial.layout<packed = 0, word = 8>>)

// -----

// L5
// expected-error@+1 {{layout inner_dims_pos names dimension 9223372036854775807 of a tensor of rank 2}}
func.func private @f(tensor<4x8x!bitserial.int<1, signed>, #bitserial.layout<packed = 1, word = 8, inner_dims_pos = [9223372036854775807], inner_tiles = [2]>>)

// -----

// L5
// expected-error@+1 {{layout outer_dims_perm has 1 entries for a tensor of rank 2}}
func.func private @f(tensor<4x8x!bitserial.int<1, signed>, #bitserial.layout<packed = 1, word = 8, outer_dims_perm = [0]>>)

// -----

// L6
// expected-error@+1 {{layout places planes at 4, behind the 3 dimensions of the word tensor}}
func.func private @f(tensor<4x8x!bitserial.int<1, signed>, #bitserial.layout<packed = 1, word = 8, inner_dims_pos = [0], inner_tiles = [2], planes = 4>>)

// -----

// L7: 2^42 words of 64 bits are the limit.
func.func private @f(tensor<4398046511104x64x!bitserial.int<1, signed>, #bitserial.layout<packed = 1, word = 64>>)
// expected-error@+1 {{layout gives a word tensor of more than 2^48 bits}}
func.func private @g(tensor<4398046511105x64x!bitserial.int<1, signed>, #bitserial.layout<packed = 1, word = 64>>)

// -----

// L7: sizes whose product leaves 64 bits.
// expected-error@+1 {{layout gives a word tensor of more than 2^48 bits}}
func.func private @f(tensor<1x1x1x!bitserial.int<1, signed>, #bitserial.layout<packed = 0, word = 8, inner_dims_pos = [0, 1, 2], inner_tiles = [1073741824, 1073741824, 1073741824]>>)

// -----

// L7: also beside sizes that are unknown or 0.
// expected-error@+1 {{layout gives a word tensor of more than 2^48 bits}}
func.func private @f(tensor<?x0x9223372036854775807x!bitserial.int<1, signed>, #bitserial.layout<packed = 0, word = 8>>)

// -----

// expected-error@+1 {{'word' is given twice}}
#layout = #bitserial.layout<packed = 0, word = 8, word = 8>

// -----

// expected-error@+1 {{unknown layout parameter 'lanes', expected packed, word, numbers, inner_dims_pos, inner_tiles, outer_dims_perm or planes}}
#layout = #bitserial.layout<packed = 0, word = 8, lanes = 8>

// -----

// expected-error@+1 {{layout needs 'packed' and 'word'}}
#layout = #bitserial.layout<word = 8>

// -----

// expected-error@+1 {{expected '['}}
#layout = #bitserial.layout<packed = 0, word = 8, inner_tiles = 8>

// -----

// expected-error@+1 {{integer value too large}}
#layout = #bitserial.layout<packed = 99999999999999999999, word = 8>

// -----

// expected-error@+1 {{'builtin.module' op expects a #bitserial.target as "bitserial.target", got "haswell"}}
module attributes {bitserial.target = "haswell"} {}

// -----

// expected-error@+1 {{'func.func' op has the attribute "bitserial.target", which belongs on a module}}
func.func private @f() attributes {bitserial.target = #bitserial.target<"haswell">}

// -----

// expected-error@+2 {{expected string}}
// expected-error@+1 {{failed to parse Bitserial_TargetAttr parameter 'cpu' which is to be a `::llvm::StringRef`}}
module attributes {bitserial.target = #bitserial.target<haswell>} {}

// -----

// T1
// expected-error@+1 {{the rows and vectors of a tile must be 1 to 2^20, got 0 x 4}}
func.func private @f() attributes {tile = #bitserial.tile<rows = 0, vectors = 4>}

// -----

// T2
// expected-error@+1 {{the lines and columns of a tile must be 0 to 2^30, got -1 and 0}}
func.func private @f() attributes {tile = #bitserial.tile<rows = 1, vectors = 4, lines = -1>}

// -----

// T2
// expected-error@+1 {{the columns of a tile must be a multiple of its 4 vectors, got 6}}
func.func private @f() attributes {tile = #bitserial.tile<rows = 1, vectors = 4, columns = 6>}

// -----

// expected-error@+2 {{expected one of [columns, rows] for which loop over micro-tiles is outside, got: words}}
// expected-error@+1 {{failed to parse Bitserial_TileAttr parameter 'order'}}
func.func private @f() attributes {tile = #bitserial.tile<rows = 1, vectors = 4, order = words>}

// -----

// expected-error@+1 {{'func.func' op has the attribute "bitserial.tile", which belongs on a bitserial.contract or bitserial.reduce}}
func.func private @f() attributes {bitserial.tile = #bitserial.tile<rows = 1, vectors = 4>}

// -----

func.func @tile(%x: tensor<8x64x!bitserial.int<1, unsigned>>, %w: tensor<16x64x!bitserial.int<1, bipolar>>) -> tensor<8x16xi32> {
  // expected-error@+1 {{'bitserial.contract' op expects a #bitserial.tile as "bitserial.tile", got 6 : i64}}
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      {bitserial.tile = 6}
      : tensor<8x64x!bitserial.int<1, unsigned>>, tensor<16x64x!bitserial.int<1, bipolar>> -> tensor<8x16xi32>
  return %0 : tensor<8x16xi32>
}
