# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""bitserial.Format and bitserial.Layout."""

import itertools
import re

import numpy as np
import pytest

from bitserial import Format, Layout

FORMATS = [
    Format(kind, width, zero_point)
    for kind in ("unsigned", "signed", "bipolar", "ternary")
    for width in range(1, 9)
    for zero_point in (0, 1, -3)
    if kind != "ternary" or width % 2 == 0
]


@pytest.mark.parametrize("fmt", FORMATS, ids=str)
def test_values_are_affine_in_the_bits(fmt):
    patterns = itertools.product((0, 1), repeat=fmt.width)
    values = {fmt.offset + int(np.dot(fmt.weights, bits)) for bits in patterns}
    assert sorted(values) == fmt.values().astype(int).tolist()
    assert (fmt.min, fmt.max) == (min(values), max(values))
    info = np.iinfo(fmt.dtype)
    assert info.min <= fmt.min and fmt.max <= info.max


@pytest.mark.parametrize(
    "fmt, values",
    [
        (Format("unsigned", 2), [0, 1, 2, 3]),
        (Format("signed", 1), [-1, 0]),
        (Format("signed", 2), [-2, -1, 0, 1]),
        (Format("bipolar", 1), [-1, 1]),
        (Format("bipolar", 2), [-3, -1, 1, 3]),
        (Format("ternary", 2), [-1, 0, 1]),
        (Format("ternary", 4), [-4, -3, -2, -1, 0, 1, 2, 3, 4]),
        (Format("unsigned", 2, 1), [-1, 0, 1, 2]),
    ],
)
def test_values(fmt, values):
    assert fmt.values().tolist() == values


@pytest.mark.parametrize(
    "fmt, dtype",
    [
        (Format("unsigned", 7), np.int8),
        (Format("unsigned", 8), np.uint8),
        (Format("unsigned", 8, 128), np.int8),
        (Format("unsigned", 8, 1), np.int16),
        (Format("signed", 8), np.int8),
        (Format("bipolar", 7), np.int8),
        (Format("bipolar", 8), np.int16),
        (Format("ternary", 8), np.int8),
    ],
)
def test_dtype(fmt, dtype):
    assert fmt.dtype == dtype
    assert fmt.values().dtype == dtype


def test_mlir_type():
    assert Format("unsigned", 2).mlir_type == "!bitserial.int<2, unsigned>"
    assert (
        Format("signed", 4, -1).mlir_type
        == "!bitserial.int<4, signed, zero_point = -1>"
    )


@pytest.mark.parametrize(
    "arguments, message",
    [
        (
            ("float", 2),
            "format kind must be one of unsigned, signed, bipolar, ternary, got 'float'",
        ),
        (("unsigned", 0), "format width must be in 1..8, got 0"),
        (("unsigned", 9), "format width must be in 1..8, got 9"),
        (("unsigned", 2.0), "format width must be an integer, got 2.0"),
        (("unsigned", True), "format width must be an integer, got True"),
        (
            ("ternary", 3),
            "format width of kind ternary must be even (2, 4, 6 or 8: a ternary digit "
            "takes two bit planes), got 3",
        ),
        (
            ("unsigned", 1, 40000),
            "format zero_point 40000 moves the values to [-40000, -39999], outside int16",
        ),
        (("unsigned", 1, 0.5), "format zero_point must be an integer, got 0.5"),
    ],
)
def test_invalid(arguments, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        Format(*arguments)


def test_of():
    assert Format.of(("unsigned", 2)) == Format("unsigned", 2)
    assert Format.of(["unsigned", 2, 1]) == Format("unsigned", 2, 1)
    assert Format.of(Format("signed", 3)) == Format("signed", 3)
    with pytest.raises(ValueError, match="^weights: format width must be in 1..8"):
        Format.of(("unsigned", 10), "weights")
    with pytest.raises(
        ValueError, match="^weights must be a bitserial.Format or a tup"
    ):
        Format.of("unsigned", "weights")


def test_layout():
    assert (
        Layout(1, 32).mlir() == "#bitserial.layout<packed = 1, word = 32, planes = 0>"
    )
    assert Layout(3, 8, (0,), (64,), (0, 2, 1, 3), 4).mlir() == (
        "#bitserial.layout<packed = 3, word = 8, inner_dims_pos = [0], "
        "inner_tiles = [64], outer_dims_perm = [0, 2, 1, 3], planes = 4>"
    )
