// Blocks of contractions: silenceable failures, and definite ones.

// RUN: bitserial-opt %s --split-input-file --transform-interpreter --verify-diagnostics

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
    // expected-error@+1 {{only bitserial.contract is split into blocks}}
    %0 = transform.bitserial.split %func with blocks = 2 : (!transform.any_op) -> !transform.any_op
    transform.yield
  }
}

// -----

module attributes {bitserial.target = #bitserial.target<"icelake-server">, transform.with_named_sequence} {
func.func @payload(%x: tensor<12x200x!bitserial.int<2, unsigned>>, %w: tensor<64x200x!bitserial.int<1, bipolar>>) -> tensor<12x64xi32> {
  // expected-error@+1 {{'bitserial.contract' op has no parallel loop with 65 iterations to split into blocks}}
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      : tensor<12x200x!bitserial.int<2, unsigned>>, tensor<64x200x!bitserial.int<1, bipolar>> -> tensor<12x64xi32>
  return %0 : tensor<12x64xi32>
}
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %contract = transform.structured.match ops{["bitserial.contract"]} in %root : (!transform.any_op) -> !transform.any_op
    %0 = transform.bitserial.split %contract with blocks = 65 : (!transform.any_op) -> !transform.any_op
    transform.yield
  }
}

// -----

module attributes {bitserial.target = #bitserial.target<"icelake-server">, transform.with_named_sequence} {
func.func @payload(%x: tensor<12x200x!bitserial.int<2, unsigned>>, %w: tensor<64x200x!bitserial.int<1, bipolar>>) -> tensor<12x64xi32> {
  // expected-error@+1 {{'bitserial.contract' op cannot be split into 0 blocks; there is at least 1}}
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      : tensor<12x200x!bitserial.int<2, unsigned>>, tensor<64x200x!bitserial.int<1, bipolar>> -> tensor<12x64xi32>
  return %0 : tensor<12x64xi32>
}
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %contract = transform.structured.match ops{["bitserial.contract"]} in %root : (!transform.any_op) -> !transform.any_op
    %0 = transform.bitserial.split %contract with blocks = 0 : (!transform.any_op) -> !transform.any_op
    transform.yield
  }
}

// -----

module attributes {bitserial.target = #bitserial.target<"icelake-server">, transform.with_named_sequence} {
func.func @payload(%x: tensor<12x200x!bitserial.int<2, unsigned>>, %w: tensor<64x200x!bitserial.int<1, bipolar>>) -> tensor<12x64xi32> {
  // expected-error@+1 {{'bitserial.contract' op is packed already and cannot be split into blocks}}
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      : tensor<12x200x!bitserial.int<2, unsigned>>, tensor<64x200x!bitserial.int<1, bipolar>> -> tensor<12x64xi32>
  return %0 : tensor<12x64xi32>
}
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %contract = transform.structured.match ops{["bitserial.contract"]} in %root : (!transform.any_op) -> !transform.any_op
    %0 = transform.bitserial.assign_layouts %contract : (!transform.any_op) -> !transform.any_op
    %1 = transform.bitserial.split %0 with blocks = 2 : (!transform.any_op) -> !transform.any_op
    transform.yield
  }
}

// -----

// They can be silenced: the second one is as it was, and then is split in two.

module attributes {bitserial.target = #bitserial.target<"icelake-server">, transform.with_named_sequence} {
func.func @payload(%x: tensor<12x200x!bitserial.int<2, unsigned>>, %w: tensor<64x200x!bitserial.int<1, bipolar>>) -> tensor<12x64xi32> {
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      : tensor<12x200x!bitserial.int<2, unsigned>>, tensor<64x200x!bitserial.int<1, bipolar>> -> tensor<12x64xi32>
  return %0 : tensor<12x64xi32>
}
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %contract = transform.structured.match ops{["bitserial.contract"]} in %root : (!transform.any_op) -> !transform.any_op
    transform.sequence %root : !transform.any_op failures(suppress) {
    ^bb0(%inner: !transform.any_op):
      %again = transform.structured.match ops{["bitserial.contract"]} in %inner : (!transform.any_op) -> !transform.any_op
      %0 = transform.bitserial.split %again with blocks = 65 : (!transform.any_op) -> !transform.any_op
    }
    %whole = transform.structured.match ops{["bitserial.contract"]} in %root : (!transform.any_op) -> !transform.any_op
    %parts = transform.bitserial.split %whole with blocks = 2 : (!transform.any_op) -> !transform.any_op
    %first, %second = transform.split_handle %parts : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    // A single block is the contraction itself.
    %same = transform.bitserial.split %second with blocks = 1 : (!transform.any_op) -> !transform.any_op
    %one = transform.num_associations %same : (!transform.any_op) -> !transform.param<i64>
    // expected-remark@+1 {{1}}
    transform.debug.emit_param_as_remark %one : !transform.param<i64>
    transform.yield
  }
}

// -----

// Definite: no schedule could go on without it.

module attributes {bitserial.target = #bitserial.target<"icelake-server">, transform.with_named_sequence} {
func.func @payload(%x: tensor<12x200x!bitserial.int<2, unsigned>>, %w: tensor<64x200x!bitserial.int<1, bipolar>>) -> tensor<12x64xi32> {
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      : tensor<12x200x!bitserial.int<2, unsigned>>, tensor<64x200x!bitserial.int<1, bipolar>> -> tensor<12x64xi32>
  return %0 : tensor<12x64xi32>
}
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %contract = transform.structured.match ops{["bitserial.contract"]} in %root : (!transform.any_op) -> !transform.any_op
    %text = transform.param.constant "two" -> !transform.any_param
    // expected-error@+1 {{'blocks' must be an integer, got "two"}}
    %0 = transform.bitserial.split %contract with blocks = %text : (!transform.any_op, !transform.any_param) -> !transform.any_op
    transform.yield
  }
}
