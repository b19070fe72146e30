// Where activations are packed: failures, silenceable and definite, and numbers
// of choices that are words.

// RUN: bitserial-opt %s --split-input-file --transform-interpreter --verify-diagnostics

module attributes {bitserial.target = #bitserial.target<"icelake-server">, transform.with_named_sequence} {
// expected-note@+1 {{payload op}}
func.func @payload(%x: tensor<1x12x12x64x!bitserial.int<2, unsigned>>, %w: tensor<64x3x3x64x!bitserial.int<1, bipolar>>) -> tensor<1x12x12x64xi32> {
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(n, oh, ow, o, kh, kw, c) -> (n, oh + kh, ow + kw, c)>,
                       affine_map<(n, oh, ow, o, kh, kw, c) -> (o, kh, kw, c)>,
                       affine_map<(n, oh, ow, o, kh, kw, c) -> (n, oh, ow, o)>]
      pad_low = [0, 1, 1, 0] pad_high = [0, 1, 1, 0]
      : tensor<1x12x12x64x!bitserial.int<2, unsigned>>, tensor<64x3x3x64x!bitserial.int<1, bipolar>> -> tensor<1x12x12x64xi32>
  return %0 : tensor<1x12x12x64xi32>
}
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %contract = transform.structured.match ops{["bitserial.contract"]} in %root : (!transform.any_op) -> !transform.any_op
    %func = transform.structured.match ops{["func.func"]} in %root : (!transform.any_op) -> !transform.any_op
    // expected-error@+1 {{only bitserial.contract packs activations}}
    %0 = transform.bitserial.place_packing %func with packing = "whole" : (!transform.any_op) -> !transform.any_op
    transform.yield
  }
}

// -----

module attributes {bitserial.target = #bitserial.target<"icelake-server">, transform.with_named_sequence} {
func.func @payload(%x: tensor<1x12x12x64x!bitserial.int<2, unsigned>>, %w: tensor<64x3x3x64x!bitserial.int<1, bipolar>>) -> tensor<1x12x12x64xi32> {
  // expected-note@+1 {{payload op}}
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(n, oh, ow, o, kh, kw, c) -> (n, oh + kh, ow + kw, c)>,
                       affine_map<(n, oh, ow, o, kh, kw, c) -> (o, kh, kw, c)>,
                       affine_map<(n, oh, ow, o, kh, kw, c) -> (n, oh, ow, o)>]
      pad_low = [0, 1, 1, 0] pad_high = [0, 1, 1, 0]
      : tensor<1x12x12x64x!bitserial.int<2, unsigned>>, tensor<64x3x3x64x!bitserial.int<1, bipolar>> -> tensor<1x12x12x64xi32>
  return %0 : tensor<1x12x12x64xi32>
}
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %contract = transform.structured.match ops{["bitserial.contract"]} in %root : (!transform.any_op) -> !transform.any_op
    %0 = transform.bitserial.assign_layouts %contract : (!transform.any_op) -> !transform.any_op
    // expected-error@+1 {{the operands have layouts already}}
    %1 = transform.bitserial.place_packing %0 with packing = "whole" : (!transform.any_op) -> !transform.any_op
    transform.yield
  }
}

// -----

module attributes {bitserial.target = #bitserial.target<"icelake-server">, transform.with_named_sequence} {
func.func @payload(%x: tensor<1x12x12x64x!bitserial.int<2, unsigned>>, %w: tensor<64x3x3x64x!bitserial.int<1, bipolar>>) -> tensor<1x12x12x64xi32> {
  // expected-note@+1 {{payload op}}
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(n, oh, ow, o, kh, kw, c) -> (n, oh + kh, ow + kw, c)>,
                       affine_map<(n, oh, ow, o, kh, kw, c) -> (o, kh, kw, c)>,
                       affine_map<(n, oh, ow, o, kh, kw, c) -> (n, oh, ow, o)>]
      pad_low = [0, 1, 1, 0] pad_high = [0, 1, 1, 0]
      : tensor<1x12x12x64x!bitserial.int<2, unsigned>>, tensor<64x3x3x64x!bitserial.int<1, bipolar>> -> tensor<1x12x12x64xi32>
  return %0 : tensor<1x12x12x64xi32>
}
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %contract = transform.structured.match ops{["bitserial.contract"]} in %root : (!transform.any_op) -> !transform.any_op
    // expected-error@+1 {{packing = "producer" needs values that are computed from a contraction, position by position, and used by contractions alone}}
    %0 = transform.bitserial.place_packing %contract with packing = "producer" : (!transform.any_op) -> !transform.any_op
    transform.yield
  }
}

// -----

module attributes {bitserial.target = #bitserial.target<"icelake-server">, transform.with_named_sequence} {
func.func @payload(%x: tensor<1x12x12x64x!bitserial.int<2, unsigned>>, %w: tensor<64x3x3x64x!bitserial.int<1, bipolar>>) -> tensor<1x12x12x64xi32> {
  // expected-note@+1 {{payload op}}
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(n, oh, ow, o, kh, kw, c) -> (n, oh + kh, ow + kw, c)>,
                       affine_map<(n, oh, ow, o, kh, kw, c) -> (o, kh, kw, c)>,
                       affine_map<(n, oh, ow, o, kh, kw, c) -> (n, oh, ow, o)>]
      pad_low = [0, 1, 1, 0] pad_high = [0, 1, 1, 0]
      : tensor<1x12x12x64x!bitserial.int<2, unsigned>>, tensor<64x3x3x64x!bitserial.int<1, bipolar>> -> tensor<1x12x12x64xi32>
  return %0 : tensor<1x12x12x64xi32>
}
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %contract = transform.structured.match ops{["bitserial.contract"]} in %root : (!transform.any_op) -> !transform.any_op
    // expected-error@+1 {{packing = "tile" needs 'lines' to be set}}
    %0 = transform.bitserial.place_packing %contract with packing = "tile" : (!transform.any_op) -> !transform.any_op
    transform.yield
  }
}

// -----

module attributes {bitserial.target = #bitserial.target<"icelake-server">, transform.with_named_sequence} {
func.func @payload(%x: tensor<1x12x12x64x!bitserial.int<2, unsigned>>, %w: tensor<64x3x3x64x!bitserial.int<1, bipolar>>) -> tensor<1x12x12x64xi32> {
  // expected-error@+1 {{'bitserial.contract' op cannot be packed per cache tile of 5 lines: they must divide its 12}}
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(n, oh, ow, o, kh, kw, c) -> (n, oh + kh, ow + kw, c)>,
                       affine_map<(n, oh, ow, o, kh, kw, c) -> (o, kh, kw, c)>,
                       affine_map<(n, oh, ow, o, kh, kw, c) -> (n, oh, ow, o)>]
      pad_low = [0, 1, 1, 0] pad_high = [0, 1, 1, 0]
      : tensor<1x12x12x64x!bitserial.int<2, unsigned>>, tensor<64x3x3x64x!bitserial.int<1, bipolar>> -> tensor<1x12x12x64xi32>
  return %0 : tensor<1x12x12x64xi32>
}
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %contract = transform.structured.match ops{["bitserial.contract"]} in %root : (!transform.any_op) -> !transform.any_op
    %0 = transform.bitserial.place_packing %contract with packing = "tile", lines = 5 : (!transform.any_op) -> !transform.any_op
    transform.yield
  }
}

// -----

module attributes {bitserial.target = #bitserial.target<"icelake-server">, transform.with_named_sequence} {
func.func @payload(%x: tensor<1x12x12x64x!bitserial.int<2, unsigned>>, %w: tensor<64x3x3x64x!bitserial.int<1, bipolar>>) -> tensor<1x12x12x64xi32> {
  // expected-error@+1 {{'bitserial.contract' op cannot be packed per cache tile of 0 lines: they must divide its 12}}
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(n, oh, ow, o, kh, kw, c) -> (n, oh + kh, ow + kw, c)>,
                       affine_map<(n, oh, ow, o, kh, kw, c) -> (o, kh, kw, c)>,
                       affine_map<(n, oh, ow, o, kh, kw, c) -> (n, oh, ow, o)>]
      pad_low = [0, 1, 1, 0] pad_high = [0, 1, 1, 0]
      : tensor<1x12x12x64x!bitserial.int<2, unsigned>>, tensor<64x3x3x64x!bitserial.int<1, bipolar>> -> tensor<1x12x12x64xi32>
  return %0 : tensor<1x12x12x64xi32>
}
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %contract = transform.structured.match ops{["bitserial.contract"]} in %root : (!transform.any_op) -> !transform.any_op
    %0 = transform.bitserial.place_packing %contract with packing = "tile", lines = 0 : (!transform.any_op) -> !transform.any_op
    transform.yield
  }
}

// -----

module attributes {bitserial.target = #bitserial.target<"icelake-server">, transform.with_named_sequence} {
func.func @payload(%x: tensor<1x12x12x64x!bitserial.int<2, unsigned>>, %w: tensor<64x3x3x64x!bitserial.int<1, bipolar>>) -> tensor<1x12x12x64xi32> {
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(n, oh, ow, o, kh, kw, c) -> (n, oh + kh, ow + kw, c)>,
                       affine_map<(n, oh, ow, o, kh, kw, c) -> (o, kh, kw, c)>,
                       affine_map<(n, oh, ow, o, kh, kw, c) -> (n, oh, ow, o)>]
      pad_low = [0, 1, 1, 0] pad_high = [0, 1, 1, 0]
      : tensor<1x12x12x64x!bitserial.int<2, unsigned>>, tensor<64x3x3x64x!bitserial.int<1, bipolar>> -> tensor<1x12x12x64xi32>
  return %0 : tensor<1x12x12x64xi32>
}
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %contract = transform.structured.match ops{["bitserial.contract"]} in %root : (!transform.any_op) -> !transform.any_op
    // A definite failure cannot be silenced.
    transform.sequence %root : !transform.any_op failures(suppress) {
    ^bb0(%arg: !transform.any_op):
      %c = transform.structured.match ops{["bitserial.contract"]} in %arg : (!transform.any_op) -> !transform.any_op
      %p = transform.param.constant 3 -> !transform.any_param
      // expected-error@+1 {{'packing' must be "whole" or "tile" or "producer", got 3 : i64}}
      %0 = transform.bitserial.place_packing %c with packing = %p : (!transform.any_op, !transform.any_param) -> !transform.any_op
    }
    transform.yield
  }
}

// -----

module attributes {bitserial.target = #bitserial.target<"icelake-server">, transform.with_named_sequence} {
func.func @payload(%x: tensor<1x12x12x64x!bitserial.int<2, unsigned>>, %w: tensor<64x3x3x64x!bitserial.int<1, bipolar>>) -> tensor<1x12x12x64xi32> {
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(n, oh, ow, o, kh, kw, c) -> (n, oh + kh, ow + kw, c)>,
                       affine_map<(n, oh, ow, o, kh, kw, c) -> (o, kh, kw, c)>,
                       affine_map<(n, oh, ow, o, kh, kw, c) -> (n, oh, ow, o)>]
      pad_low = [0, 1, 1, 0] pad_high = [0, 1, 1, 0]
      : tensor<1x12x12x64x!bitserial.int<2, unsigned>>, tensor<64x3x3x64x!bitserial.int<1, bipolar>> -> tensor<1x12x12x64xi32>
  return %0 : tensor<1x12x12x64xi32>
}
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %contract = transform.structured.match ops{["bitserial.contract"]} in %root : (!transform.any_op) -> !transform.any_op
    transform.sequence %root : !transform.any_op failures(suppress) {
    ^bb0(%arg: !transform.any_op):
      %p = transform.param.constant 3 -> !transform.any_param
      // expected-error@+1 {{the param is not a single string}}
      %0 = transform.bitserial.is %p, "tile" : (!transform.any_param) -> !transform.param<i64>
    }
    transform.yield
  }
}

// -----

module attributes {bitserial.target = #bitserial.target<"icelake-server">, transform.with_named_sequence} {
func.func @payload(%x: tensor<1x12x12x64x!bitserial.int<2, unsigned>>, %w: tensor<64x3x3x64x!bitserial.int<1, bipolar>>) -> tensor<1x12x12x64xi32> {
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(n, oh, ow, o, kh, kw, c) -> (n, oh + kh, ow + kw, c)>,
                       affine_map<(n, oh, ow, o, kh, kw, c) -> (o, kh, kw, c)>,
                       affine_map<(n, oh, ow, o, kh, kw, c) -> (n, oh, ow, o)>]
      pad_low = [0, 1, 1, 0] pad_high = [0, 1, 1, 0]
      : tensor<1x12x12x64x!bitserial.int<2, unsigned>>, tensor<64x3x3x64x!bitserial.int<1, bipolar>> -> tensor<1x12x12x64xi32>
  return %0 : tensor<1x12x12x64xi32>
}
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %contract = transform.structured.match ops{["bitserial.contract"]} in %root : (!transform.any_op) -> !transform.any_op
    %knob = transform.tune.knob<"packing"> = "tile" from options = ["whole", "tile"] -> !transform.any_param
    %tile = transform.bitserial.is %knob, "tile" : (!transform.any_param) -> !transform.param<i64>
    %whole = transform.bitserial.is %knob, "whole" : (!transform.any_param) -> !transform.param<i64>
    // expected-error@+1 {{not both (packing = "tile", packing is not "whole")}}
    transform.bitserial.require affine_set<()[tile, whole] : (whole - tile >= 0)>(%tile, %whole) "not both" : !transform.param<i64>, !transform.param<i64>
    transform.yield
  }
}

// -----

module attributes {bitserial.target = #bitserial.target<"icelake-server">, transform.with_named_sequence} {
func.func @payload(%x: tensor<1x12x12x64x!bitserial.int<2, unsigned>>, %w: tensor<64x3x3x64x!bitserial.int<1, bipolar>>) -> tensor<1x12x12x64xi32> {
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(n, oh, ow, o, kh, kw, c) -> (n, oh + kh, ow + kw, c)>,
                       affine_map<(n, oh, ow, o, kh, kw, c) -> (o, kh, kw, c)>,
                       affine_map<(n, oh, ow, o, kh, kw, c) -> (n, oh, ow, o)>]
      pad_low = [0, 1, 1, 0] pad_high = [0, 1, 1, 0]
      : tensor<1x12x12x64x!bitserial.int<2, unsigned>>, tensor<64x3x3x64x!bitserial.int<1, bipolar>> -> tensor<1x12x12x64xi32>
  return %0 : tensor<1x12x12x64xi32>
}
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %contract = transform.structured.match ops{["bitserial.contract"]} in %root : (!transform.any_op) -> !transform.any_op
    transform.sequence %root : !transform.any_op failures(suppress) {
    ^bb0(%arg: !transform.any_op):
      %c = transform.structured.match ops{["bitserial.contract"]} in %arg : (!transform.any_op) -> !transform.any_op
      %0 = transform.bitserial.place_packing %c with packing = "producer" : (!transform.any_op) -> !transform.any_op
    }
    %again = transform.structured.match ops{["bitserial.contract"]} in %root : (!transform.any_op) -> !transform.any_op
    %tiles = transform.bitserial.place_packing %again with packing = "tile", lines = 4 : (!transform.any_op) -> !transform.any_op
    // Before, in and behind the loop.
    %count = transform.num_associations %tiles : (!transform.any_op) -> !transform.param<i64>
    transform.bitserial.require affine_set<()[n] : (n - 3 == 0)>(%count) "three tiles" : !transform.param<i64>
    transform.yield
  }
}
