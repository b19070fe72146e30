# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Contractions that are neither matrix products nor convolutions as usual: what
indexing maps and padding can say besides. Checked against a loop nest."""

import ast
import functools
import itertools

import numpy as np
import pytest

import bitserial
from bitserial import Format

# Sizes of the loops, the maps of lhs, rhs and result, padding below and above
# per dimension of lhs, and of how many positions of the first one nothing reads.
FORMS = {
    "one loop reads a padded dimension": (
        dict(w=5, o=3, c=19), "w, c", "o, c", "w, o", [2, 0], [3, 0], 4,
    ),
    "stride without window": (
        dict(w=4, o=9, c=40), "w*3, c", "o, c", "w, o", [2, 0], [0, 0],
    ),
    "two parallel loops and a window": (
        dict(a=3, b=2, t=2, o=5, c=9), "a*3 + b + t*2, c", "o, t, c", "a, b, o", [1, 0], [2, 0],
    ),
    "two windows": (
        dict(w=5, s=2, t=3, o=17, c=8), "w + s*2 + t, c", "t, o, s, c", "o, w", [1, 0], [1, 0],
    ),
    "result transposed": (
        dict(m=7, n=33, k=65), "k, m", "k, n", "n, m", [0, 0], [0, 0],
    ),
    "loops of the weights alone": (
        dict(m=2, o=3, p=20, k=34), "m, k", "o, k, p", "p, m, o", [0, 0], [0, 0],
    ),
    "no loop of the activations alone": (
        dict(b=6, o=4, k=70), "b, k", "b, o, k", "o, b", [0, 0], [0, 0],
    ),
    "several reductions": (
        dict(m=3, i=4, j=5, k=6, n=10), "i, m, j, k", "j, n, k, i", "m, n", [0] * 4, [0] * 4,
    ),
    "all loops parallel": (
        dict(a=6, b=5), "a", "b", "a, b", [0], [0],
    ),
    "both operands' positions": (
        dict(a=6, b=5), "a, b", "b, a", "a, b", [2, 0], [1, 0],
    ),
    "dot product": (
        dict(k=100), "k", "k", "", [0], [0],
    ),
    "activations of rank 0": (
        dict(n=21), "", "n", "n", [], [],
    ),
    "only windows": (
        dict(w=6, t=9), "w + t", "t", "w", [4], [4],
    ),
}
FORMATS = [
    (Format("unsigned", 2), Format("bipolar", 1)),
    (Format("bipolar", 1), Format("signed", 2)),
    (Format("ternary", 2), Format("unsigned", 3)),
]


def results(text):
    return [r.strip() for r in text.split(",") if r.strip()]


@functools.lru_cache(maxsize=None)
def parse(result):
    return compile(ast.parse(result, mode="eval"), "map", "eval")


def evaluate(result, point):
    return eval(parse(result), {}, point)


def size(result, loops, low, high):
    last = {name: count - 1 for name, count in loops.items()}
    return evaluate(result, last) + 1 - low - high


def contract(x, w, shape, loops, maps, low):
    y = np.zeros(shape, np.int64)
    for values in itertools.product(*map(range, loops.values())):
        point = dict(zip(loops, values))
        at = [evaluate(r, point) - pad for r, pad in zip(maps[0], low)]
        if all(0 <= i < n for i, n in zip(at, x.shape)):
            term = int(x[tuple(at)]) * int(w[tuple(evaluate(r, point) for r in maps[1])])
            y[tuple(evaluate(r, point) for r in maps[2])] += term
    return y


@pytest.mark.parametrize("target", ["native", "x86-64"])
@pytest.mark.parametrize("formats", FORMATS, ids=lambda pair: f"{pair[0].kind}-{pair[1].kind}")
@pytest.mark.parametrize("name", FORMS)
def test_form(name, formats, target):
    loops, lhs, rhs, result, low, high, *unread = FORMS[name]
    maps = [results(text) for text in (lhs, rhs, result)]
    shapes = [
        [size(r, loops, a, b) for r, a, b in zip(maps[0], low, high)],
        [size(r, loops, 0, 0) for r in maps[1]],
        [size(r, loops, 0, 0) for r in maps[2]],
    ]
    if unread:
        shapes[0][0] += unread[0]

    def tensor(shape, element):
        return f"tensor<{''.join(f'{n}x' for n in shape)}{element}>"

    types = [tensor(s, f.mlir_type) for s, f in zip(shapes, formats)] + [tensor(shapes[2], "i32")]
    affine = ", ".join(
        f"affine_map<({', '.join(loops)}) -> ({text.replace('*', ' * ')})>"
        for text in (lhs, rhs, result)
    )
    module = f"""
func.func @main(%x: {types[0]}, %w: {types[1]}) -> {types[2]} {{
  %0 = bitserial.contract %x, %w indexing_maps = [{affine}]
      pad_low = {low} pad_high = {high}
      : {types[0]}, {types[1]} -> {types[2]}
  return %0 : {types[2]}
}}"""
    rng = np.random.default_rng(len(name))
    x, w = (rng.choice(f.values(), s) for f, s in zip(formats, shapes))
    expected = contract(x, w, shapes[2], loops, maps, low)
    assert (bitserial.compile(module, target).main(x, w) == expected).all()


@pytest.mark.parametrize("target", ["native", "haswell", "x86-64"])
@pytest.mark.parametrize("channels", [7, 64, 100])
def test_strided_pointwise(channels, target):
    """Only the positions that the strides touch are packed."""
    random = np.random.default_rng(channels)
    x = random.integers(0, 4, (2, 9, 11, channels)).astype(np.int8)
    w = random.choice([-1, 1], (33, 1, 1, channels)).astype(np.int8)
    text = bitserial.build.conv2d(
        x.shape, w.shape, ("unsigned", 2), ("bipolar", 1), strides=(2, 3), padding=(0, 0)
    )
    module = bitserial.compile(text, target=target)
    if not module.runnable:
        pytest.skip(f"this CPU cannot run code for {target}")
    expected = bitserial.reference.conv2d(x, w, strides=(2, 3), padding=(0, 0))
    np.testing.assert_array_equal(module.main(x, w), expected)


@pytest.mark.parametrize("target", ["native", "haswell", "x86-64"])
@pytest.mark.parametrize(
    "x_format, w_format",
    [
        (("unsigned", 2), ("bipolar", 1)),
        (("unsigned", 8), ("bipolar", 2)),
        (("signed", 3), ("ternary", 2)),
    ],
)
def test_one_row(x_format, w_format, target):
    """All planes are counted in one pass over the weights."""
    random = np.random.default_rng(1)
    x = random.choice(Format(*x_format).values(), (1, 700)).astype(Format(*x_format).dtype)
    w = random.choice(Format(*w_format).values(), (150, 700)).astype(Format(*w_format).dtype)
    text = bitserial.build.matmul(1, 150, 700, x_format, w_format)
    module = bitserial.compile(text, target=target)
    if not module.runnable:
        pytest.skip(f"this CPU cannot run code for {target}")
    np.testing.assert_array_equal(module.main(x, w), bitserial.reference.matmul(x, w))


@pytest.mark.parametrize("kind", ["unsigned", "bipolar"])
def test_sums_that_fill_bytes(kind):
    """Words of 8 bits, whose lanes hold sums of up to 120 ones."""
    w = np.ones((128, 120), np.int8)
    w[64:] = np.random.default_rng(0).choice([-1, 1], (64, 120))
    text = bitserial.build.matmul(
        40, 128, 120, bitserial.Format(kind, 1), bitserial.Format("bipolar", 1), weights_value=w
    )
    m = bitserial.compile(text, target="haswell")
    assert any("word = 8," in r.message for r in m.remarks)
    if not m.runnable:
        pytest.skip("this CPU cannot run code for haswell")
    x = np.ones((40, 120), np.int8 if kind == "bipolar" else np.uint8)
    np.testing.assert_array_equal(m.main(x), x.astype(np.int32) @ w.T.astype(np.int32))
