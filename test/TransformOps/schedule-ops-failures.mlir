// RUN: bitserial-opt %s --split-input-file --transform-interpreter --verify-diagnostics

// Silenceable failures: the script has made a choice that the payload cannot have.

module attributes {bitserial.target = #bitserial.target<"icelake-server">, transform.with_named_sequence} {
// expected-note@+1 {{payload op}}
func.func @payload(%x: tensor<12x200x!bitserial.int<2, unsigned>>, %w: tensor<64x200x!bitserial.int<1, bipolar>>) -> tensor<12x64xi32> {
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      : tensor<12x200x!bitserial.int<2, unsigned>>, tensor<64x200x!bitserial.int<1, bipolar>> -> tensor<12x64xi32>
  return %0 : tensor<12x64xi32>
}
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %contract = transform.structured.match ops{["bitserial.contract"]} in %root : (!transform.any_op) -> !transform.any_op
    %func = transform.structured.match ops{["func.func"]} in %root : (!transform.any_op) -> !transform.any_op
    // expected-error@+1 {{only the operands of bitserial.contract get layouts}}
    %0 = transform.bitserial.assign_layouts %func : (!transform.any_op) -> !transform.any_op
    transform.yield
  }
}

// -----

module attributes {bitserial.target = #bitserial.target<"icelake-server">, transform.with_named_sequence} {
func.func @payload(%x: tensor<12x200x!bitserial.int<2, unsigned>>, %w: tensor<64x200x!bitserial.int<1, bipolar>>) -> tensor<12x64xi32> {
  // expected-note@+1 {{payload op}}
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      : tensor<12x200x!bitserial.int<2, unsigned>>, tensor<64x200x!bitserial.int<1, bipolar>> -> tensor<12x64xi32>
  return %0 : tensor<12x64xi32>
}
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %contract = transform.structured.match ops{["bitserial.contract"]} in %root : (!transform.any_op) -> !transform.any_op
    %func = transform.structured.match ops{["func.func"]} in %root : (!transform.any_op) -> !transform.any_op
    %0 = transform.bitserial.assign_layouts %contract : (!transform.any_op) -> !transform.any_op
    // expected-error@+1 {{the operands have layouts already}}
    %1 = transform.bitserial.assign_layouts %0 : (!transform.any_op) -> !transform.any_op
    transform.yield
  }
}

// -----

module attributes {bitserial.target = #bitserial.target<"icelake-server">, transform.with_named_sequence} {
func.func @payload(%x: tensor<12x200x!bitserial.int<2, unsigned>>, %w: tensor<64x200x!bitserial.int<1, bipolar>>) -> tensor<12x64xi32> {
  // expected-error@+1 {{'bitserial.contract' op cannot be packed in words of 24 bits; they have 8, 16, 32 or 64}}
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      : tensor<12x200x!bitserial.int<2, unsigned>>, tensor<64x200x!bitserial.int<1, bipolar>> -> tensor<12x64xi32>
  return %0 : tensor<12x64xi32>
}
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %contract = transform.structured.match ops{["bitserial.contract"]} in %root : (!transform.any_op) -> !transform.any_op
    %func = transform.structured.match ops{["func.func"]} in %root : (!transform.any_op) -> !transform.any_op
    %0 = transform.bitserial.assign_layouts %contract with word = 24 : (!transform.any_op) -> !transform.any_op
    transform.yield
  }
}

// -----

module attributes {bitserial.target = #bitserial.target<"icelake-server">, transform.with_named_sequence} {
func.func @payload(%x: tensor<12x200x!bitserial.int<2, unsigned>>, %w: tensor<64x200x!bitserial.int<1, bipolar>>) -> tensor<12x64xi32> {
  // expected-error@+1 {{'bitserial.contract' op cannot have weights in tiles of 0 vectors; there are 1 to 2^20 of them}}
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      : tensor<12x200x!bitserial.int<2, unsigned>>, tensor<64x200x!bitserial.int<1, bipolar>> -> tensor<12x64xi32>
  return %0 : tensor<12x64xi32>
}
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %contract = transform.structured.match ops{["bitserial.contract"]} in %root : (!transform.any_op) -> !transform.any_op
    %func = transform.structured.match ops{["func.func"]} in %root : (!transform.any_op) -> !transform.any_op
    %0 = transform.bitserial.assign_layouts %contract with vectors = 0 : (!transform.any_op) -> !transform.any_op
    transform.yield
  }
}

// -----

module attributes {bitserial.target = #bitserial.target<"icelake-server">, transform.with_named_sequence} {
func.func @payload(%x: tensor<12x200x!bitserial.int<2, unsigned>>, %w: tensor<64x200x!bitserial.int<1, bipolar>>) -> tensor<12x64xi32> {
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      : tensor<12x200x!bitserial.int<2, unsigned>>, tensor<64x200x!bitserial.int<1, bipolar>> -> tensor<12x64xi32>
  return %0 : tensor<12x64xi32>
}
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %contract = transform.structured.match ops{["bitserial.contract"]} in %root : (!transform.any_op) -> !transform.any_op
    %func = transform.structured.match ops{["func.func"]} in %root : (!transform.any_op) -> !transform.any_op
    // expected-error@+1 {{the rows and vectors of a tile must be 1 to 2^20, got 0 x 1}}
    %0 = transform.bitserial.request_tile %contract with rows = 0, vectors = 1 : (!transform.any_op) -> !transform.any_op
    transform.yield
  }
}

// -----

module attributes {bitserial.target = #bitserial.target<"icelake-server">, transform.with_named_sequence} {
// expected-note@+1 {{payload op}}
func.func @payload(%x: tensor<12x200x!bitserial.int<2, unsigned>>, %w: tensor<64x200x!bitserial.int<1, bipolar>>) -> tensor<12x64xi32> {
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      : tensor<12x200x!bitserial.int<2, unsigned>>, tensor<64x200x!bitserial.int<1, bipolar>> -> tensor<12x64xi32>
  return %0 : tensor<12x64xi32>
}
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %contract = transform.structured.match ops{["bitserial.contract"]} in %root : (!transform.any_op) -> !transform.any_op
    %func = transform.structured.match ops{["func.func"]} in %root : (!transform.any_op) -> !transform.any_op
    // expected-error@+1 {{only bitserial.contract and bitserial.reduce have tiles}}
    %0 = transform.bitserial.request_tile %func with rows = 1, vectors = 1 : (!transform.any_op) -> !transform.any_op
    transform.yield
  }
}

// -----

module attributes {bitserial.target = #bitserial.target<"icelake-server">, transform.with_named_sequence} {
// expected-note@+1 {{payload op}}
func.func @payload(%x: tensor<12x200x!bitserial.int<2, unsigned>>, %w: tensor<64x200x!bitserial.int<1, bipolar>>) -> tensor<12x64xi32> {
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      : tensor<12x200x!bitserial.int<2, unsigned>>, tensor<64x200x!bitserial.int<1, bipolar>> -> tensor<12x64xi32>
  return %0 : tensor<12x64xi32>
}
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %contract = transform.structured.match ops{["bitserial.contract"]} in %root : (!transform.any_op) -> !transform.any_op
    %func = transform.structured.match ops{["func.func"]} in %root : (!transform.any_op) -> !transform.any_op
    // expected-error@+1 {{layouts are materialised in whole modules}}
    %0 = transform.bitserial.materialize_layouts %func : (!transform.any_op) -> !transform.any_op
    transform.yield
  }
}

// -----

module attributes {bitserial.target = #bitserial.target<"icelake-server">, transform.with_named_sequence} {
func.func @payload(%x: tensor<12x200x!bitserial.int<2, unsigned>>, %w: tensor<64x200x!bitserial.int<1, bipolar>>) -> tensor<12x64xi32> {
  // expected-note@+1 {{payload op}}
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      : tensor<12x200x!bitserial.int<2, unsigned>>, tensor<64x200x!bitserial.int<1, bipolar>> -> tensor<12x64xi32>
  return %0 : tensor<12x64xi32>
}
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %contract = transform.structured.match ops{["bitserial.contract"]} in %root : (!transform.any_op) -> !transform.any_op
    %func = transform.structured.match ops{["func.func"]} in %root : (!transform.any_op) -> !transform.any_op
    // expected-error@+1 {{only bitserial.reduce is tiled}}
    %0:2 = transform.bitserial.tile %contract with rows = 1, vectors = 1 : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    transform.yield
  }
}

// -----

module attributes {bitserial.target = #bitserial.target<"icelake-server">, transform.with_named_sequence} {
func.func @payload(%x: tensor<12x200x!bitserial.int<2, unsigned>>, %w: tensor<64x200x!bitserial.int<1, bipolar>>) -> tensor<12x64xi32> {
  // expected-note@+1 {{payload op}}
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      : tensor<12x200x!bitserial.int<2, unsigned>>, tensor<64x200x!bitserial.int<1, bipolar>> -> tensor<12x64xi32>
  return %0 : tensor<12x64xi32>
}
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.consumed}) {
    %contract = transform.structured.match ops{["bitserial.contract"]} in %root : (!transform.any_op) -> !transform.any_op
    %func = transform.structured.match ops{["func.func"]} in %root : (!transform.any_op) -> !transform.any_op
    %packed = transform.bitserial.assign_layouts %contract with vectors = 2 : (!transform.any_op) -> !transform.any_op
    %words = transform.bitserial.materialize_layouts %root : (!transform.any_op) -> !transform.any_op
    %reduce = transform.structured.match ops{["bitserial.reduce"]} in %words : (!transform.any_op) -> !transform.any_op
    // expected-error@+1 {{no tile is set, nor does the op request one}}
    %0:2 = transform.bitserial.tile %reduce : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    transform.yield
  }
}

// -----

module attributes {bitserial.target = #bitserial.target<"icelake-server">, transform.with_named_sequence} {
func.func @payload(%x: tensor<12x200x!bitserial.int<2, unsigned>>, %w: tensor<64x200x!bitserial.int<1, bipolar>>) -> tensor<12x64xi32> {
  // expected-error@+1 {{'bitserial.reduce' op cannot be tiled by 48 along d1: the size of a tile must divide the inner tiles of its dimension, or be a multiple of them}}
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      : tensor<12x200x!bitserial.int<2, unsigned>>, tensor<64x200x!bitserial.int<1, bipolar>> -> tensor<12x64xi32>
  return %0 : tensor<12x64xi32>
}
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.consumed}) {
    %contract = transform.structured.match ops{["bitserial.contract"]} in %root : (!transform.any_op) -> !transform.any_op
    %func = transform.structured.match ops{["func.func"]} in %root : (!transform.any_op) -> !transform.any_op
    %packed = transform.bitserial.assign_layouts %contract with vectors = 2 : (!transform.any_op) -> !transform.any_op
    %words = transform.bitserial.materialize_layouts %root : (!transform.any_op) -> !transform.any_op
    %reduce = transform.structured.match ops{["bitserial.reduce"]} in %words : (!transform.any_op) -> !transform.any_op
    %0:2 = transform.bitserial.tile %reduce with rows = 1, vectors = 3 : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    transform.yield
  }
}

// -----

module attributes {bitserial.target = #bitserial.target<"icelake-server">, transform.with_named_sequence} {
func.func @payload(%x: tensor<12x200x!bitserial.int<2, unsigned>>, %w: tensor<64x200x!bitserial.int<1, bipolar>>) -> tensor<12x64xi32> {
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      : tensor<12x200x!bitserial.int<2, unsigned>>, tensor<64x200x!bitserial.int<1, bipolar>> -> tensor<12x64xi32>
  return %0 : tensor<12x64xi32>
}
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %contract = transform.structured.match ops{["bitserial.contract"]} in %root : (!transform.any_op) -> !transform.any_op
    %func = transform.structured.match ops{["func.func"]} in %root : (!transform.any_op) -> !transform.any_op
    %rows = transform.bitserial.property "rows" of %contract : (!transform.any_op) -> !transform.param<i64>
    %vectors = transform.tune.knob<"vectors"> = 4 from options = [4] -> !transform.param<i64>
    %7 = transform.param.constant 7 -> !transform.param<i64>
    // expected-error@+1 {{what is cut must fit (rows = 12, vectors = 4, #2 = 7)}}
    transform.bitserial.require affine_set<()[a, b, c] : (a * b <= 48, a mod c == 0)>(%rows, %vectors, %7) "what is cut must fit" : !transform.param<i64>, !transform.param<i64>, !transform.param<i64>
    transform.yield
  }
}

// -----

module attributes {bitserial.target = #bitserial.target<"icelake-server">, transform.with_named_sequence} {
func.func @payload(%x: tensor<12x200x!bitserial.int<2, unsigned>>, %w: tensor<64x200x!bitserial.int<1, bipolar>>) -> tensor<12x64xi32> {
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      : tensor<12x200x!bitserial.int<2, unsigned>>, tensor<64x200x!bitserial.int<1, bipolar>> -> tensor<12x64xi32>
  return %0 : tensor<12x64xi32>
}
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %contract = transform.structured.match ops{["bitserial.contract"]} in %root : (!transform.any_op) -> !transform.any_op
    %func = transform.structured.match ops{["func.func"]} in %root : (!transform.any_op) -> !transform.any_op
    %0 = transform.param.constant 0 -> !transform.param<i64>
    // expected-error@+1 {{nothing is divided by zero (#0 = 0)}}
    transform.bitserial.require affine_set<()[a] : (16 mod a >= 0)>(%0) "nothing is divided by zero" : !transform.param<i64>
    transform.yield
  }
}

// -----

module attributes {bitserial.target = #bitserial.target<"icelake-server">, transform.with_named_sequence} {
// expected-note@+1 {{payload op}}
func.func @payload(%x: tensor<12x200x!bitserial.int<2, unsigned>>, %w: tensor<64x200x!bitserial.int<1, bipolar>>) -> tensor<12x64xi32> {
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      : tensor<12x200x!bitserial.int<2, unsigned>>, tensor<64x200x!bitserial.int<1, bipolar>> -> tensor<12x64xi32>
  return %0 : tensor<12x64xi32>
}
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %contract = transform.structured.match ops{["bitserial.contract"]} in %root : (!transform.any_op) -> !transform.any_op
    %func = transform.structured.match ops{["func.func"]} in %root : (!transform.any_op) -> !transform.any_op
    // expected-error@+1 {{this is a property of a bitserial.contract}}
    %0 = transform.bitserial.property "rows" of %func : (!transform.any_op) -> !transform.param<i64>
    transform.yield
  }
}

// -----

module attributes {bitserial.target = #bitserial.target<"icelake-server">, transform.with_named_sequence} {
func.func @payload(%x: tensor<12x200x!bitserial.int<2, unsigned>>, %w: tensor<64x200x!bitserial.int<1, bipolar>>) -> tensor<12x64xi32> {
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      : tensor<12x200x!bitserial.int<2, unsigned>>, tensor<64x200x!bitserial.int<1, bipolar>> -> tensor<12x64xi32>
  return %0 : tensor<12x64xi32>
}
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %contract = transform.structured.match ops{["bitserial.contract"]} in %root : (!transform.any_op) -> !transform.any_op
    %func = transform.structured.match ops{["func.func"]} in %root : (!transform.any_op) -> !transform.any_op
    %both = transform.merge_handles %func, %contract : !transform.any_op
    // expected-error@+1 {{a property is one of exactly one op, got 2 of them}}
    %0 = transform.bitserial.property "rows" of %both : (!transform.any_op) -> !transform.param<i64>
    transform.yield
  }
}

// -----

module attributes {bitserial.target = #bitserial.target<"icelake-server">, transform.with_named_sequence} {
func.func @payload(%x: tensor<12x200x!bitserial.int<2, unsigned>>, %w: tensor<64x200x!bitserial.int<1, bipolar>>) -> tensor<12x64xi32> {
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      : tensor<12x200x!bitserial.int<2, unsigned>>, tensor<64x200x!bitserial.int<1, bipolar>> -> tensor<12x64xi32>
  return %0 : tensor<12x64xi32>
}
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %contract = transform.structured.match ops{["bitserial.contract"]} in %root : (!transform.any_op) -> !transform.any_op
    %func = transform.structured.match ops{["func.func"]} in %root : (!transform.any_op) -> !transform.any_op
    // Silenced, the payload is as it was.
    transform.sequence %root : !transform.any_op failures(suppress) {
    ^bb0(%arg: !transform.any_op):
      %c = transform.structured.match ops{["bitserial.contract"]} in %arg : (!transform.any_op) -> !transform.any_op
      %0 = transform.bitserial.assign_layouts %c with word = 24 : (!transform.any_op) -> !transform.any_op
    }
    transform.yield
  }
}

// -----

// Definite failures, which cannot be silenced.

module attributes {bitserial.target = #bitserial.target<"icelake-server">, transform.with_named_sequence} {
func.func @payload(%x: tensor<12x200x!bitserial.int<2, unsigned>>, %w: tensor<64x200x!bitserial.int<1, bipolar>>) -> tensor<12x64xi32> {
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      : tensor<12x200x!bitserial.int<2, unsigned>>, tensor<64x200x!bitserial.int<1, bipolar>> -> tensor<12x64xi32>
  return %0 : tensor<12x64xi32>
}
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %contract = transform.structured.match ops{["bitserial.contract"]} in %root : (!transform.any_op) -> !transform.any_op
    %func = transform.structured.match ops{["func.func"]} in %root : (!transform.any_op) -> !transform.any_op
    // A definite failure cannot be silenced.
    transform.sequence %root : !transform.any_op failures(suppress) {
    ^bb0(%arg: !transform.any_op):
      %c = transform.structured.match ops{["bitserial.contract"]} in %arg : (!transform.any_op) -> !transform.any_op
      %p = transform.param.constant "wide" -> !transform.any_param
      // expected-error@+1 {{'word' must be an integer, got "wide"}}
      %0 = transform.bitserial.assign_layouts %c with word = %p : (!transform.any_op, !transform.any_param) -> !transform.any_op
    }
    transform.yield
  }
}

// -----

module attributes {bitserial.target = #bitserial.target<"icelake-server">, transform.with_named_sequence} {
func.func @payload(%x: tensor<12x200x!bitserial.int<2, unsigned>>, %w: tensor<64x200x!bitserial.int<1, bipolar>>) -> tensor<12x64xi32> {
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      : tensor<12x200x!bitserial.int<2, unsigned>>, tensor<64x200x!bitserial.int<1, bipolar>> -> tensor<12x64xi32>
  return %0 : tensor<12x64xi32>
}
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %contract = transform.structured.match ops{["bitserial.contract"]} in %root : (!transform.any_op) -> !transform.any_op
    %func = transform.structured.match ops{["func.func"]} in %root : (!transform.any_op) -> !transform.any_op
    transform.sequence %root : !transform.any_op failures(suppress) {
    ^bb0(%arg: !transform.any_op):
      %c = transform.structured.match ops{["bitserial.contract"]} in %arg : (!transform.any_op) -> !transform.any_op
      %c2 = transform.merge_handles %c, %c : !transform.any_op
      %p = transform.num_associations %c : (!transform.any_op) -> !transform.param<i64>
      %q = transform.merge_handles %p, %p : !transform.param<i64>
      // expected-error@+1 {{the param for 'word' has 2 values, expected one}}
      %0 = transform.bitserial.assign_layouts %c with word = %q : (!transform.any_op, !transform.param<i64>) -> !transform.any_op
    }
    transform.yield
  }
}

// -----

module attributes {bitserial.target = #bitserial.target<"icelake-server">, transform.with_named_sequence} {
func.func @payload(%x: tensor<12x200x!bitserial.int<2, unsigned>>, %w: tensor<64x200x!bitserial.int<1, bipolar>>) -> tensor<12x64xi32> {
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      : tensor<12x200x!bitserial.int<2, unsigned>>, tensor<64x200x!bitserial.int<1, bipolar>> -> tensor<12x64xi32>
  return %0 : tensor<12x64xi32>
}
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %contract = transform.structured.match ops{["bitserial.contract"]} in %root : (!transform.any_op) -> !transform.any_op
    %func = transform.structured.match ops{["func.func"]} in %root : (!transform.any_op) -> !transform.any_op
    transform.sequence %root : !transform.any_op failures(suppress) {
    ^bb0(%arg: !transform.any_op):
      %p = transform.param.constant "two" -> !transform.any_param
      // expected-error@+1 {{param 0 is not a single integer}}
      transform.bitserial.require affine_set<()[a] : (a >= 0)>(%p) "positive" : !transform.any_param
    }
    transform.yield
  }
}

// -----

module attributes {transform.with_named_sequence} {
func.func @payload(%x: tensor<12x200x!bitserial.int<2, unsigned>>, %w: tensor<64x200x!bitserial.int<1, bipolar>>) -> tensor<12x64xi32> {
  // expected-error@+1 {{the module has no 'bitserial.target' attribute to choose by; run --bitserial-set-target first}}
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      : tensor<12x200x!bitserial.int<2, unsigned>>, tensor<64x200x!bitserial.int<1, bipolar>> -> tensor<12x64xi32>
  return %0 : tensor<12x64xi32>
}
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %contract = transform.structured.match ops{["bitserial.contract"]} in %root : (!transform.any_op) -> !transform.any_op
    %func = transform.structured.match ops{["func.func"]} in %root : (!transform.any_op) -> !transform.any_op
    transform.sequence %root : !transform.any_op failures(suppress) {
    ^bb0(%arg: !transform.any_op):
      %c = transform.structured.match ops{["bitserial.contract"]} in %arg : (!transform.any_op) -> !transform.any_op
      %0 = transform.bitserial.assign_layouts %c : (!transform.any_op) -> !transform.any_op
    }
    transform.yield
  }
}

// -----

module attributes {bitserial.target = #bitserial.target<"icelake-server">, transform.with_named_sequence} {
func.func @payload(%x: tensor<12x200x!bitserial.int<2, unsigned>>, %w: tensor<64x200x!bitserial.int<1, bipolar>>) -> tensor<12x64xi32> {
  // expected-error@+1 {{'bitserial.contract' op operands have no layout; run --bitserial-assign-layouts first}}
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      : tensor<12x200x!bitserial.int<2, unsigned>>, tensor<64x200x!bitserial.int<1, bipolar>> -> tensor<12x64xi32>
  return %0 : tensor<12x64xi32>
}
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.consumed}) {
    %contract = transform.structured.match ops{["bitserial.contract"]} in %root : (!transform.any_op) -> !transform.any_op
    %func = transform.structured.match ops{["func.func"]} in %root : (!transform.any_op) -> !transform.any_op
    transform.sequence %root : !transform.any_op failures(suppress) {
    ^bb0(%arg: !transform.any_op):
      %0 = transform.bitserial.materialize_layouts %arg : (!transform.any_op) -> !transform.any_op
    }
    transform.yield
  }
}

// -----

module attributes {bitserial.target = #bitserial.target<"icelake-server">, transform.with_named_sequence} {
func.func @payload(%x: tensor<12x200x!bitserial.int<2, unsigned>>, %w: tensor<64x200x!bitserial.int<1, bipolar>>) -> tensor<12x64xi32> {
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      : tensor<12x200x!bitserial.int<2, unsigned>>, tensor<64x200x!bitserial.int<1, bipolar>> -> tensor<12x64xi32>
  return %0 : tensor<12x64xi32>
}
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    transform.sequence %root : !transform.any_op failures(suppress) {
    ^bb0(%arg: !transform.any_op):
      %c = transform.structured.match ops{["bitserial.contract"]} in %arg : (!transform.any_op) -> !transform.any_op
      %p = transform.param.constant "four" -> !transform.any_param
      // expected-error@+1 {{'rows' must be an integer, got "four"}}
      %0 = transform.bitserial.request_tile %c with rows = %p, vectors = 2 : (!transform.any_op, !transform.any_param) -> !transform.any_op
    }
    transform.yield
  }
}

// -----

module attributes {bitserial.target = #bitserial.target<"icelake-server">, transform.with_named_sequence} {
func.func @payload(%x: tensor<12x200x!bitserial.int<2, unsigned>>, %w: tensor<64x200x!bitserial.int<1, bipolar>>) -> tensor<12x64xi32> {
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      : tensor<12x200x!bitserial.int<2, unsigned>>, tensor<64x200x!bitserial.int<1, bipolar>> -> tensor<12x64xi32>
  return %0 : tensor<12x64xi32>
}
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.consumed}) {
    %contract = transform.structured.match ops{["bitserial.contract"]} in %root : (!transform.any_op) -> !transform.any_op
    %packed = transform.bitserial.assign_layouts %contract with vectors = 2 : (!transform.any_op) -> !transform.any_op
    %words = transform.bitserial.materialize_layouts %root : (!transform.any_op) -> !transform.any_op
    transform.sequence %words : !transform.any_op failures(suppress) {
    ^bb0(%arg: !transform.any_op):
      %r = transform.structured.match ops{["bitserial.reduce"]} in %arg : (!transform.any_op) -> !transform.any_op
      %p = transform.param.constant "four" -> !transform.any_param
      // expected-error@+1 {{'vectors' must be an integer, got "four"}}
      %tiles, %loops = transform.bitserial.tile %r with rows = 2, vectors = %p : (!transform.any_op, !transform.any_param) -> (!transform.any_op, !transform.any_op)
    }
    transform.yield
  }
}

// -----

module attributes {transform.with_named_sequence} {
// expected-error@+1 {{the module has no 'bitserial.target' attribute to choose by; run --bitserial-set-target first}}
func.func @payload() {
  return
}
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    transform.sequence %root : !transform.any_op failures(suppress) {
    ^bb0(%arg: !transform.any_op):
      %func = transform.structured.match ops{["func.func"]} in %arg : (!transform.any_op) -> !transform.any_op
      %0 = transform.bitserial.property "l1_bytes" of %func : (!transform.any_op) -> !transform.param<i64>
    }
    transform.yield
  }
}

// -----

// expected-error@+1 {{'bitserial.threads' must be a number of threads, an i64 of at least 1, got 0 : i64}}
module attributes {bitserial.target = #bitserial.target<"icelake-server">, bitserial.threads = 0 : i64, transform.with_named_sequence} {
func.func @payload(%x: tensor<12x200x!bitserial.int<2, unsigned>>, %w: tensor<64x200x!bitserial.int<1, bipolar>>) -> tensor<12x64xi32> {
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      : tensor<12x200x!bitserial.int<2, unsigned>>, tensor<64x200x!bitserial.int<1, bipolar>> -> tensor<12x64xi32>
  return %0 : tensor<12x64xi32>
}
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    transform.sequence %root : !transform.any_op failures(suppress) {
    ^bb0(%arg: !transform.any_op):
      %c = transform.structured.match ops{["bitserial.contract"]} in %arg : (!transform.any_op) -> !transform.any_op
      %0 = transform.bitserial.property "threads" of %c : (!transform.any_op) -> !transform.param<i64>
    }
    transform.yield
  }
}

// -----

module attributes {bitserial.target = #bitserial.target<"icelake-server">, bitserial.threads = 4 : i64, transform.with_named_sequence} {
func.func @payload() {
  return
}
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %threads = transform.bitserial.property "threads" of %root : (!transform.any_op) -> !transform.param<i64>
    // expected-error@+1 {{a thread for each (threads = 4)}}
    transform.bitserial.require affine_set<()[threads] : (threads >= 8)>(%threads) "a thread for each" : !transform.param<i64>
    transform.yield
  }
}
