# Part of the bitserial project, under the Apache License v2.0 with LLVM
# Exceptions. See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Several contractions in one function, with what comes between them."""

import numpy as np
import pytest

import bitserial

TWO_LAYERS = """
#x = affine_map<(n, oh, ow, o, kh, kw, c) -> (n, oh + kh, ow + kw, c)>
#w = affine_map<(n, oh, ow, o, kh, kw, c) -> (o, kh, kw, c)>
#y = affine_map<(n, oh, ow, o, kh, kw, c) -> (n, oh, ow, o)>
func.func @main(%x: tensor<1x6x7x33x!bitserial.int<2, unsigned>>,
                %w1: tensor<{channels}x3x3x33x!bitserial.int<1, bipolar>>,
                %bias: tensor<{channels}xi32>,
                %w2: tensor<5x1x1x{channels}x!bitserial.int<2, ternary>>) -> tensor<1x6x7x5xi32> {{
  %sums = bitserial.contract %x, %w1 indexing_maps = [#x, #w, #y]
      pad_low = [0, 1, 1, 0] pad_high = [0, 1, 1, 0]
      : tensor<1x6x7x33x!bitserial.int<2, unsigned>>, tensor<{channels}x3x3x33x!bitserial.int<1, bipolar>>
      -> tensor<1x6x7x{channels}xi32>
  %empty = tensor.empty() : tensor<1x6x7x{channels}xi32>
  %biases = linalg.broadcast ins(%bias : tensor<{channels}xi32>) outs(%empty : tensor<1x6x7x{channels}xi32>)
      dimensions = [0, 1, 2]
  %biased = arith.addi %sums, %biases : tensor<1x6x7x{channels}xi32>
  %two = arith.constant dense<2> : tensor<1x6x7x{channels}xi32>
  %zero = arith.constant dense<0> : tensor<1x6x7x{channels}xi32>
  %three = arith.constant dense<3> : tensor<1x6x7x{channels}xi32>
  %scaled = arith.shrsi %biased, %two : tensor<1x6x7x{channels}xi32>
  %low = arith.maxsi %scaled, %zero : tensor<1x6x7x{channels}xi32>
  %clamped = arith.minsi %low, %three : tensor<1x6x7x{channels}xi32>
  %a = bitserial.encode %clamped : tensor<1x6x7x{channels}xi32>
      to tensor<1x6x7x{channels}x!bitserial.int<2, unsigned>>
  %y = bitserial.contract %a, %w2 indexing_maps = [#x, #w, #y]
      : tensor<1x6x7x{channels}x!bitserial.int<2, unsigned>>, tensor<5x1x1x{channels}x!bitserial.int<2, ternary>>
      -> tensor<1x6x7x5xi32>
  return %y : tensor<1x6x7x5xi32>
}}
"""


@pytest.mark.parametrize("channels", [7, 64, 130])
@pytest.mark.parametrize("target", ["native", "haswell", "x86-64"])
def test_two_layers_with_requantisation(target, channels):
    random = np.random.default_rng(channels)
    x = random.integers(0, 4, (1, 6, 7, 33)).astype(np.int8)
    w1 = random.choice([-1, 1], (channels, 3, 3, 33)).astype(np.int8)
    bias = random.integers(-40, 40, channels).astype(np.int32)
    w2 = random.choice([-1, 0, 1], (5, 1, 1, channels)).astype(np.int8)

    padded = np.pad(x.astype(np.int64), ((0, 0), (1, 1), (1, 1), (0, 0)))
    sums = sum(
        np.einsum("nhwc,oc->nhwo", padded[:, i : i + 6, j : j + 7], w1[:, i, j])
        for i in range(3)
        for j in range(3)
    )
    hidden = np.clip((sums + bias) >> 2, 0, 3)
    expected = np.einsum("nhwc,oc->nhwo", hidden, w2[:, 0, 0].astype(np.int64))

    module = bitserial.compile(TWO_LAYERS.format(channels=channels), target=target)
    np.testing.assert_array_equal(module.main(x, w1, bias, w2), expected)
