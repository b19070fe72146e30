// RUN: not bitserial-opt %s --split-input-file --transform-interpreter 2>&1 | FileCheck %s

// CHECK: [[# @LINE + 2]]:8: error: 'bitserial.pack_words' op values of '!bitserial.int<2, unsigned>' have the type i8, not 'i32'
func.func @value_type(%x: tensor<4x64xi32>, %init: tensor<2x4x2xi32>) {
  %0 = bitserial.pack_words ins(%x : tensor<4x64xi32>) outs(%init : tensor<2x4x2xi32>)
      element = !bitserial.int<2, unsigned> layout = <packed = 1, word = 32> -> tensor<2x4x2xi32>
  return
}

// -----

// CHECK: [[# @LINE + 2]]:8: error: 'bitserial.pack_words' op layout packed names dimension 2 of a tensor of rank 2
func.func @rank(%x: tensor<4x64xi8>, %init: tensor<2x4x2xi32>) {
  %0 = bitserial.pack_words ins(%x : tensor<4x64xi8>) outs(%init : tensor<2x4x2xi32>)
      element = !bitserial.int<2, unsigned> layout = <packed = 2, word = 32> -> tensor<2x4x2xi32>
  return
}

// -----

// CHECK: [[# @LINE + 2]]:8: error: 'bitserial.pack_words' op the destination of 'tensor<4x65xi8>' is 'tensor<2x4x3xi32>' in this layout, got 'tensor<2x4x2xi32>'
func.func @shape(%x: tensor<4x65xi8>, %init: tensor<2x4x2xi32>) {
  %0 = bitserial.pack_words ins(%x : tensor<4x65xi8>) outs(%init : tensor<2x4x2xi32>)
      element = !bitserial.int<2, unsigned> layout = <packed = 1, word = 32> -> tensor<2x4x2xi32>
  return
}

// -----

// CHECK: [[# @LINE + 2]]:8: error: 'bitserial.pack_words' op the destination of 'tensor<4x64xi8>' is 'tensor<2x4x1xi64>' in this layout, got 'tensor<2x4x1xi32>'
func.func @words(%x: tensor<4x64xi8>, %init: tensor<2x4x1xi32>) {
  %0 = bitserial.pack_words ins(%x : tensor<4x64xi8>) outs(%init : tensor<2x4x1xi32>)
      element = !bitserial.int<2, unsigned> layout = <packed = 1, word = 64> -> tensor<2x4x1xi32>
  return
}

// -----

// CHECK: [[# @LINE + 2]]:8: error: 'bitserial.pack_words' op the result has the destination's type 'tensor<?x4x2xi32>', got 'tensor<2x4x2xi32>'
func.func @result(%x: tensor<4x64xi8>, %init: tensor<?x4x2xi32>) {
  %0 = bitserial.pack_words ins(%x : tensor<4x64xi8>) outs(%init : tensor<?x4x2xi32>)
      element = !bitserial.int<2, unsigned> layout = <packed = 1, word = 32> -> tensor<2x4x2xi32>
  return
}

// -----

// CHECK: [[# @LINE + 2]]:8: error: 'bitserial.pack_words' op cannot be tiled at multiples of 48 along dimension 1: use a multiple of 32 elements, which its layout keeps together
func.func @tile(%x: tensor<4x96xi8>, %init: tensor<2x4x3xi32>) -> tensor<2x4x3xi32> {
  %0 = bitserial.pack_words ins(%x : tensor<4x96xi8>) outs(%init : tensor<2x4x3xi32>)
      element = !bitserial.int<2, unsigned> layout = <packed = 1, word = 32> -> tensor<2x4x3xi32>
  return %0 : tensor<2x4x3xi32>
}
module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%root: !transform.any_op {transform.readonly}) {
    %pack = transform.structured.match ops{["bitserial.pack_words"]} in %root : (!transform.any_op) -> !transform.any_op
    %tile, %loop = transform.structured.tile_using_for %pack tile_sizes [0, 48]
      : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    transform.yield
  }
}
