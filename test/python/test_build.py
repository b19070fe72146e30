# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""bitserial.build: the text, and what it rejects. Needs no compiler."""

import re

import numpy as np
import pytest

from bitserial import Layout, build


def test_conv2d():
    text = build.conv2d(input=(1, 8, 9, 5), filter=(4, 3, 3, 5), strides=(2, 1))
    assert text == """\
func.func @main(%x: tensor<1x8x9x5x!bitserial.int<2, unsigned>>, \
%w: tensor<4x3x3x5x!bitserial.int<1, bipolar>>) -> tensor<1x4x9x4xi32> {
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(n, oh, ow, o, kh, kw, c) -> (n, oh * 2 + kh, ow + kw, c)>,
                       affine_map<(n, oh, ow, o, kh, kw, c) -> (o, kh, kw, c)>,
                       affine_map<(n, oh, ow, o, kh, kw, c) -> (n, oh, ow, o)>]
      pad_low = [0, 1, 1, 0] pad_high = [0, 1, 1, 0]
      : tensor<1x8x9x5x!bitserial.int<2, unsigned>>, tensor<4x3x3x5x!bitserial.int<1, bipolar>>
      -> tensor<1x4x9x4xi32>
  return %0 : tensor<1x4x9x4xi32>
}
"""


def test_conv2d_groups():
    text = build.conv2d((2, 4, 5, 6), (4, 1, 1, 3), padding=0, groups=2)
    assert "tensor.expand_shape %x [[0], [1], [2], [3, 4]]" in text
    assert "tensor.expand_shape %w [[0, 1], [2], [3], [4]]" in text
    assert "tensor.collapse_shape %2 [[0], [1], [2], [3, 4]]" in text
    assert "-> tensor<2x4x5x4xi32> {" in text
    assert "pad_low" not in text


def test_conv2d_sides():
    text = build.conv2d(
        (1, 5, 5, 1), (1, 3, 3, 1), padding=((0, 1), (2, 3)), dilations=2
    )
    assert "pad_low = [0, 0, 2, 0] pad_high = [0, 1, 3, 0]" in text
    assert "oh + kh * 2, ow + kw * 2" in text
    assert "-> tensor<1x2x6x1xi32> {" in text


def test_matmul():
    assert build.matmul(4, 3, 70, ("signed", 3, 1), ("ternary", 2), name="f") == """\
func.func @f(%x: tensor<4x70x!bitserial.int<3, signed, zero_point = 1>>, \
%w: tensor<3x70x!bitserial.int<2, ternary>>) -> tensor<4x3xi32> {
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                       affine_map<(m, n, k) -> (n, k)>,
                       affine_map<(m, n, k) -> (m, n)>]
      : tensor<4x70x!bitserial.int<3, signed, zero_point = 1>>, tensor<3x70x!bitserial.int<2, ternary>>
      -> tensor<4x3xi32>
  return %0 : tensor<4x3xi32>
}
"""


def test_matmul_batch():
    text = build.matmul(4, 3, 70, batch=5)
    assert "%x: tensor<5x4x70x" in text and "%w: tensor<5x3x70x" in text
    assert "-> tensor<5x4x3xi32> {" in text


def test_layouts():
    text = build.matmul(1, 8, 9, layouts=(None, Layout(1, 16, (0,), (8,), planes=2)))
    assert "lhs_layout" not in text
    assert (
        "{bitserial.rhs_layout = #bitserial.layout<packed = 1, word = 16, "
        "inner_dims_pos = [0], inner_tiles = [8], planes = 2>}"
    ) in text


def test_small_constant():
    text = build.matmul(1, 2, 3, weights_value=np.array([[1, -1, 1], [-1, -1, 1]]))
    assert (
        "%w = bitserial.constant dense<[[1, -1, 1], [-1, -1, 1]]> : tensor<2x3xi8> to "
        "tensor<2x3x!bitserial.int<1, bipolar>>"
    ) in text
    assert "@main(%x: tensor<1x3x!bitserial.int<2, unsigned>>) ->" in text


def test_large_constant():
    values = np.where(np.arange(300) % 3, 255, -255).reshape(3, 100)
    text = build.matmul(1, 3, 100, weights=("bipolar", 8), weights_value=values)
    blob = re.search(r'dense<"0x([0-9A-F]+)"> : tensor<3x100xi16>', text).group(1)
    stored = np.frombuffer(bytes.fromhex(blob), "<i2").reshape(3, 100)
    assert (stored == values).all()


def test_grouped_constant_keeps_the_order():
    values = np.arange(8).reshape(4, 1, 1, 2)
    text = build.conv2d(
        (1, 1, 1, 4), (4, 1, 1, 2), weights=("unsigned", 3), padding=0, groups=2,
        weights_value=values,
    )  # fmt: skip
    assert "dense<[[[[[0, 1]]], [[[2, 3]]]], [[[[4, 5]]], [[[6, 7]]]]]>" in text


CONV = dict(input=(1, 8, 8, 6), filter=(4, 3, 3, 6))
MATMUL = dict(m=2, n=3, k=4)


@pytest.mark.parametrize(
    "changes, message",
    [
        (
            dict(input=(1, 8, 8)),
            "input must have 4 sizes (batch, height, width, channels), got (1, 8, 8)",
        ),
        (dict(input=7), "input must have 4 sizes (batch, height, width, channels), got 7"),
        (dict(input=(0, 8, 8, 6)), "input[0] (batch) must be at least 1, got 0"),
        (dict(input=(1, 8, -8, 6)), "input[2] (width) must be at least 1, got -8"),
        (dict(input=(1, 8, 8.5, 6)), "input[2] (width) must be an integer, got 8.5"),
        (
            dict(filter=(4, 3, 3)),
            "filter must have 4 sizes (output channels, height, width, input channels / "
            "groups), got (4, 3, 3)",
        ),
        (
            dict(filter=(4, 3, 3, 5)),
            "filter[3] must be input channels / groups = 6 / 1 = 6, got 5",
        ),
        (dict(filter=(4, 3, 3, 0)), "filter[3] (input channels / groups) must be at least 1, got 0"),
        (dict(groups=0), "groups must be at least 1, got 0"),
        (dict(groups=1.5), "groups must be an integer, got 1.5"),
        (dict(groups=4), "groups must divide the input channels, input[3] = 6, got 4"),
        (
            dict(groups=3, filter=(4, 3, 3, 2)),
            "groups must divide the output channels, filter[0] = 4, got 3",
        ),
        (
            dict(groups=2, filter=(4, 3, 3, 6)),
            "filter[3] must be input channels / groups = 6 / 2 = 3, got 6",
        ),
        (dict(strides=(0, 1)), "strides[0] must be at least 1, got 0"),
        (
            dict(strides=(1, 1, 1)),
            "strides must be one integer or a pair (vertical, horizontal), got (1, 1, 1)",
        ),
        (dict(dilations=(1, -1)), "dilations[1] must be at least 1, got -1"),
        (dict(padding=-1), "padding[0] must be at least 0, got -1"),
        (dict(padding=((0, 1), (0, -1))), "padding[1][1] must be at least 0, got -1"),
        (
            dict(padding=((0, 1), 1)),
            "padding must be (vertical, horizontal) or ((top, bottom), (left, right)), "
            "got ((0, 1), 1)",
        ),
        (
            dict(filter=(4, 11, 3, 6)),
            "filter does not fit: its height is 11 with dilation 1, the input's is 10 "
            "with padding",
        ),
        (
            dict(dilations=(1, 5)),
            "filter does not fit: its width is 11 with dilation 5, the input's is 10 "
            "with padding",
        ),
        (
            dict(activations="unsigned"),
            "activations must be a bitserial.Format or a tuple (kind, width) or (kind, "
            "width, zero_point), got 'unsigned'",
        ),
        (
            dict(activations=("unsigned", 9)),
            "activations: format width must be in 1..8, got 9",
        ),
        (
            dict(weights=("ternary", 1)),
            "weights: format width of kind ternary must be even (2, 4, 6 or 8: a ternary "
            "digit takes two bit planes), got 1",
        ),
        (dict(name="a b"), "name must be an identifier, got 'a b'"),
        (
            dict(layouts=Layout(0, 8)),
            "layouts must be a pair (activations, weights) of bitserial.Layout or None, "
            f"got {Layout(0, 8)!r}",
        ),
        (
            dict(layouts=("#a", None)),
            "layouts must hold bitserial.Layout or None, got '#a'",
        ),
        (
            dict(weights_value=np.ones((4, 3, 3, 5), np.int8)),
            "weights_value must have shape (4, 3, 3, 6), got (4, 3, 3, 5)",
        ),
        (
            dict(weights_value=np.ones((4, 3, 3, 6))),
            "weights_value must hold integers, got dtype float64",
        ),
        (
            dict(weights_value=np.eye(6, dtype=int)[None, :3, None].repeat(4, 0).repeat(3, 2)),
            "weights_value[0, 0, 0, 1] is 0, but 1-bit bipolar numbers are {-1, 1}",
        ),
    ],
)  # fmt: skip
def test_conv2d_rejects(changes, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        build.conv2d(**{**CONV, **changes})


@pytest.mark.parametrize(
    "changes, message",
    [
        (dict(m=0), "m must be at least 1, got 0"),
        (dict(n=-1), "n must be at least 1, got -1"),
        (dict(k="4"), "k must be an integer, got '4'"),
        (dict(batch=0), "batch must be at least 1, got 0"),
        (
            dict(k=70000, activations=("unsigned", 8), weights=("bipolar", 8)),
            "k: a sum of 70000 products of 8-bit unsigned and 8-bit bipolar numbers can "
            "be anything in [-4551750000, 4551750000], which does not fit the 32-bit "
            "result; at most 33025 products fit",
        ),
        (
            dict(batch=2, weights_value=np.ones((3, 4), np.int8)),
            "weights_value must have shape (2, 3, 4), got (3, 4)",
        ),
    ],
)
def test_matmul_rejects(changes, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        build.matmul(**{**MATMUL, **changes})


def test_largest_sum_is_accepted():
    formats = dict(activations=("unsigned", 8), weights=("bipolar", 8))
    build.matmul(1, 1, 33025, **formats)
    with pytest.raises(ValueError, match="at most 33025 products fit"):
        build.matmul(1, 1, 33026, **formats)
