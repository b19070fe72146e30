// RUN: bitserial-opt %s --split-input-file --verify-diagnostics

// What the verifiers and the parser refuse.

module attributes {transform.with_named_sequence} {
transform.named_sequence @f(%c: !transform.any_op {transform.consumed}) {
  // expected-error@+1 {{'transform.bitserial.assign_layouts' op has no setting 'words', only word, vectors, lanes, planes}}
  %0 = transform.bitserial.assign_layouts %c with words = 32 : (!transform.any_op) -> !transform.any_op
  transform.yield
}
}

// -----

module attributes {transform.with_named_sequence} {
transform.named_sequence @f(%c: !transform.any_op {transform.consumed}) {
  // expected-error@+1 {{'transform.bitserial.assign_layouts' op 'lanes' must be "outputs" or "reduction", got "rows"}}
  %0 = transform.bitserial.assign_layouts %c with lanes = "rows" : (!transform.any_op) -> !transform.any_op
  transform.yield
}
}

// -----

module attributes {transform.with_named_sequence} {
transform.named_sequence @f(%c: !transform.any_op {transform.consumed}) {
  // expected-error@+1 {{'transform.bitserial.assign_layouts' op 'word' must be an integer, got "wide"}}
  %0 = transform.bitserial.assign_layouts %c with word = "wide" : (!transform.any_op) -> !transform.any_op
  transform.yield
}
}

// -----

module attributes {transform.with_named_sequence} {
transform.named_sequence @f(%c: !transform.any_op {transform.consumed}) {
  // expected-error@+1 {{'word' is set twice}}
  %0 = transform.bitserial.assign_layouts %c with word = 32, word = 64 : (!transform.any_op) -> !transform.any_op
  transform.yield
}
}

// -----

module attributes {transform.with_named_sequence} {
transform.named_sequence @f(%c: !transform.any_op {transform.consumed}) {
  // expected-error@+1 {{expected a param, an integer or a string}}
  %0 = transform.bitserial.assign_layouts %c with word = [32] : (!transform.any_op) -> !transform.any_op
  transform.yield
}
}

// -----

module attributes {transform.with_named_sequence} {
transform.named_sequence @f(%c: !transform.any_op {transform.consumed}, %p: !transform.param<i64> {transform.readonly}) {
  // expected-error@+1 {{'transform.bitserial.assign_layouts' op has 1 params, but names for 0}}
  %0 = "transform.bitserial.assign_layouts"(%c, %p) {param_names = [], settings = {}} : (!transform.any_op, !transform.param<i64>) -> !transform.any_op
  transform.yield
}
}

// -----

module attributes {transform.with_named_sequence} {
transform.named_sequence @f(%c: !transform.any_op {transform.readonly}) {
  // expected-error@+1 {{'transform.bitserial.request_tile' op does not set 'vectors'}}
  %0 = transform.bitserial.request_tile %c with rows = 4 : (!transform.any_op) -> !transform.any_op
  transform.yield
}
}

// -----

module attributes {transform.with_named_sequence} {
transform.named_sequence @f(%c: !transform.any_op {transform.consumed}) {
  // expected-error@+1 {{'transform.bitserial.tile' op does not set 'rows'}}
  %0:2 = transform.bitserial.tile %c with vectors = 4 : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
  transform.yield
}
}

// -----

module attributes {transform.with_named_sequence} {
transform.named_sequence @f(%c: !transform.any_op {transform.readonly}) {
  // expected-error@+1 {{'transform.bitserial.property' op has no property 'weight', only vector_bits, vector_registers, max_accumulators, step_registers, l1_bytes, l2_bytes, threads of targets and rows, lines, positions, outputs, groups, packed, taps, lhs_bits, rhs_bits, producer, epilogue, number_accumulator, number_step of contractions}}
  %0 = transform.bitserial.property "weight" of %c : (!transform.any_op) -> !transform.param<i64>
  transform.yield
}
}

// -----

module attributes {transform.with_named_sequence} {
transform.named_sequence @f(%p: !transform.param<i64> {transform.readonly}) {
  // expected-error@+1 {{'transform.bitserial.require' op has a condition with dimensions; params are symbols: affine_set<()[...] : (...)>}}
  transform.bitserial.require affine_set<(d0) : (d0 >= 0)>(%p) "positive" : !transform.param<i64>
  transform.yield
}
}

// -----

module attributes {transform.with_named_sequence} {
transform.named_sequence @f(%p: !transform.param<i64> {transform.readonly}) {
  // expected-error@+1 {{'transform.bitserial.require' op has a condition of 2 symbols, but 1 params}}
  transform.bitserial.require affine_set<()[s0, s1] : (s0 >= s1)>(%p) "positive" : !transform.param<i64>
  transform.yield
}
}

// -----

module attributes {transform.with_named_sequence} {
transform.named_sequence @f(%c: !transform.any_op {transform.consumed}) {
  // expected-error@+1 {{'transform.bitserial.split' op does not set 'blocks'}}
  %0 = transform.bitserial.split %c : (!transform.any_op) -> !transform.any_op
  transform.yield
}
}

// -----

module attributes {transform.with_named_sequence} {
transform.named_sequence @f(%c: !transform.any_op {transform.consumed}) {
  // expected-error@+1 {{'transform.bitserial.split' op has no setting 'threads', only blocks}}
  %0 = transform.bitserial.split %c with threads = 2 : (!transform.any_op) -> !transform.any_op
  transform.yield
}
}

// -----

module attributes {transform.with_named_sequence} {
transform.named_sequence @f(%c: !transform.any_op {transform.consumed}) {
  // expected-error@+1 {{'transform.bitserial.place_packing' op does not set 'packing'}}
  %0 = transform.bitserial.place_packing %c with lines = 4 : (!transform.any_op) -> !transform.any_op
  transform.yield
}
}

// -----

module attributes {transform.with_named_sequence} {
transform.named_sequence @f(%c: !transform.any_op {transform.consumed}) {
  // expected-error@+1 {{'transform.bitserial.place_packing' op 'packing' must be "whole" or "tile" or "producer", got "early"}}
  %0 = transform.bitserial.place_packing %c with packing = "early" : (!transform.any_op) -> !transform.any_op
  transform.yield
}
}
