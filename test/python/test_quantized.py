# Part of the bitserial project, under the Apache License v2.0 with LLVM
# Exceptions. See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Quantised types, computed as the StableHLO specification says ("Quantization
computations"), and as TOSA's integers."""

import dataclasses
from typing import Sequence, Tuple, Union

import numpy as np
import pytest

import bitserial


@dataclasses.dataclass(frozen=True)
class Quant:
    """!quant.uniform: scale and zero point, of all or per index of `axis`."""

    storage: str = "i8"
    scale: Union[float, Tuple[float, ...]] = 1.0
    zero_point: Union[int, Tuple[int, ...]] = 0
    bounds: Tuple[int, int] = None
    axis: int = None
    expressed: str = "f32"

    @property
    def float(self):
        return np.dtype({"f16": "f2", "f32": "f4", "f64": "f8"}[self.expressed])

    @property
    def dtype(self):
        bits = max(8, int(self.storage[1:]))
        return np.dtype(f"{'u' if self.storage[0] == 'u' else ''}int{bits}")

    @property
    def limits(self):
        bits = int(self.storage[1:])
        if self.bounds:
            return self.bounds
        if self.storage[0] == "u":
            return 0, 2**bits - 1
        return -(2 ** (bits - 1)), 2 ** (bits - 1) - 1

    def __str__(self):
        bounds = "<%d:%d>" % self.bounds if self.bounds else ""
        if self.axis is None:
            numbers = f", {self.scale:.16e}:{self.zero_point}"
        else:
            points = np.broadcast_to(self.zero_point, len(self.scale))
            pairs = [f"{s:.16e}:{z}" for s, z in zip(self.scale, points)]
            numbers = f":{self.axis}, {{{', '.join(pairs)}}}"
        return f"!quant.uniform<{self.storage}{bounds}:{self.expressed}{numbers}>"

    def tensor(self, *shape):
        return "tensor<" + "".join(f"{s}x" for s in shape) + f"{self}>"

    def _along(self, values, x, dtype):
        values = np.asarray(values, dtype)
        if self.axis is None:
            return values
        shape = [1] * x.ndim
        shape[self.axis] = -1
        return np.broadcast_to(values, len(self.scale)).reshape(shape)

    def integers(self, stored):
        """Stored integers less their zero points."""
        return stored.astype(np.int64) - self._along(self.zero_point, stored, np.int64)

    def scales(self, x):
        return self._along(self.scale, x, self.float)

    def dequantize(self, stored):
        return self.integers(stored).astype(self.float) * self.scales(stored)

    def quantize(self, x):
        assert x.dtype == self.float
        x = x / self.scales(x) + self._along(self.zero_point, x, self.float)
        # Half a step beyond the largest 32-bit number is a float.
        x = np.rint(np.clip(x, *self.limits)).astype(np.float64)
        return np.clip(x, *self.limits).astype(self.dtype)

    def random(self, seed, *shape):
        low, high = self.limits
        random = np.random.default_rng(seed)
        return random.integers(low, high, shape, np.int64, endpoint=True).astype(
            self.dtype
        )

    def constant(self, name, stored):
        """The text of an op."""
        text = str(stored.tolist())
        bits = f"i{self.storage[1:]}"
        value = "tensor<" + "".join(f"{s}x" for s in stored.shape) + bits + ">"
        return (
            f"{name} = stablehlo.constant() <{{value = dense<{text}> : {value}}}> "
            f": () -> {self.tensor(*stored.shape)}"
        )


def rescale_sums(sums, lhs, rhs, to, axis=-1):
    """What becomes of exact sums of products."""
    narrow = to.expressed == "f16"
    kind = np.dtype("f4") if narrow else to.float
    scale = (
        np.float64(lhs.float.type(lhs.scale)) * np.asarray(rhs.scale, rhs.float)
    ).astype(kind)
    shape = [1] * sums.ndim
    if scale.ndim:
        shape[axis] = -1
        scale = scale.reshape(shape)
    return to.quantize((sums.astype(kind) * scale).astype(to.float))


def function(arguments: Sequence[str], result: str, *lines: str) -> str:
    names = ", ".join(f"%{chr(97 + i)}: {t}" for i, t in enumerate(arguments))
    body = "\n".join(f"  {line}" for line in lines)
    return f"func.func @main({names}) -> {result} {{\n{body}\n}}\n"


def conv(x, w, stride=1, pad=0):
    """Exact sums; x[n, h, w, i], w[h, w, i, o]."""
    x = np.pad(x, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    h, k = x.shape[1], w.shape[0]
    size = (h - k) // stride + 1
    out = np.zeros((x.shape[0], size, size, w.shape[3]), np.int64)
    for i in range(k):
        for j in range(k):
            part = x[:, i : i + stride * size : stride, j : j + stride * size : stride]
            out += np.einsum("nhwi,io->nhwo", part[:, :size, :size], w[i, j])
    return out


CHANNEL_SCALES = tuple(round(0.003 * (i + 1), 4) for i in range(12))

# Activations, weights, result, the formats that are found (none: not low-bit).
CONTRACTIONS = {
    "u2 i2": (
        Quant("u2", 0.1),
        Quant("i2", 0.02),
        Quant("i8", 0.005, 3),
        ("2-bit unsigned", "2-bit signed"),
    ),
    "zero points": (
        Quant("u8", 0.13, 2, (0, 3)),
        Quant("i8", 0.7, 0, (-1, 1)),
        Quant("u8", 0.31, 120),
        ("2-bit signed", "2-bit ternary"),
    ),
    "i4 i2": (
        Quant("i4", 0.5, -3),
        Quant("i2", 0.25, 1),
        Quant("i8", 1.25),
        ("4-bit unsigned (zero point 5)", "2-bit unsigned (zero point 3)"),
    ),
    "per channel": (
        Quant("u8", 0.2, 0, (0, 3)),
        Quant("i8", CHANNEL_SCALES, 0, (-1, 1), axis=1),
        Quant("i8", 0.01, -4),
        ("2-bit unsigned", "2-bit ternary"),
    ),
    "zero points per channel": (
        Quant("u2", 0.2, 1),
        Quant("u2", CHANNEL_SCALES, tuple(i % 4 for i in range(12)), axis=1),
        Quant("i8", 0.004),
        ("2-bit unsigned (zero point 1)", None),
    ),
    "result per channel": (
        Quant("u2", 0.2),
        Quant("i2", CHANNEL_SCALES, axis=1),
        Quant("i8", tuple(s / 3 for s in CHANNEL_SCALES), -1, axis=1),
        ("2-bit unsigned", "2-bit signed"),
    ),
    "accumulators": (
        Quant("u2", 0.5),
        Quant("i2", 0.25),
        Quant("i32", 0.125),
        ("2-bit unsigned", "2-bit signed"),
    ),
    "8 bits": (Quant("i8", 0.1, 5), Quant("i8", 0.2), Quant("i8", 30.1), None),
    "16 bits": (Quant("i16", 0.1, 5), Quant("i16", 0.2), Quant("i32", 0.02), None),
    "f64": (
        Quant("u2", 0.1, expressed="f64"),
        Quant("i2", 0.3, expressed="f64"),
        Quant("i8", 0.07, expressed="f64"),
        ("2-bit unsigned", "2-bit signed"),
    ),
    "f16": (
        Quant("u2", 0.1, expressed="f16"),
        Quant("i2", 0.3, expressed="f16"),
        Quant("i8", 0.07, expressed="f16"),
        ("2-bit unsigned", "2-bit signed"),
    ),
}


def check_formats(module, formats):
    (layer,) = module.report().layers
    assert layer.is_low_bit == (formats is not None), str(module.report())
    for found, expected in zip((layer.activations, layer.weights), formats or ()):
        assert expected is None or found.format == expected


@pytest.mark.parametrize("constant", [True, False])
@pytest.mark.parametrize("name", CONTRACTIONS)
def test_dot_general(name, constant):
    lhs, rhs, to, formats = CONTRACTIONS[name]
    a, b = lhs.random(1, 5, 70), rhs.random(2, 70, 12)
    types = f"({lhs.tensor(5, 70)}, {rhs.tensor(70, 12)}) -> {to.tensor(5, 12)}"
    arguments = [lhs.tensor(5, 70), rhs.tensor(70, 12)]
    lines = [
        f"%r = stablehlo.dot_general %a, %b, contracting_dims = [1] x [0] : {types}",
        f"return %r : {to.tensor(5, 12)}",
    ]
    if constant:
        lines.insert(0, rhs.constant("%b", b))
        arguments.pop()
    module = bitserial.compile(function(arguments, to.tensor(5, 12), *lines))
    if constant or name != "zero points per channel":
        check_formats(module, formats)
    result = module.main(*([a] if constant else [a, b]))
    expected = rescale_sums(lhs.integers(a) @ rhs.integers(b), lhs, rhs, to)
    assert result.dtype == to.dtype and len(np.unique(expected)) > 8
    np.testing.assert_array_equal(result, expected)


@pytest.mark.parametrize("stride, pad", [(1, 1), (2, 1), (1, 0)])
def test_convolution(stride, pad):
    """Padding is the zero point, whatever its integer."""
    lhs = Quant("u8", 0.4, 2, (0, 3))
    rhs = Quant("i8", CHANNEL_SCALES, 0, (-1, 1), axis=3)
    to = Quant("u8", 0.05, 100)
    x, w = lhs.random(3, 1, 9, 9, 20), rhs.random(4, 3, 3, 20, 12)
    sums = conv(lhs.integers(x), rhs.integers(w), stride, pad)
    text = function(
        [lhs.tensor(*x.shape)],
        to.tensor(*sums.shape),
        rhs.constant("%w", w),
        "%r = stablehlo.convolution(%a, %w) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], "
        f"window = {{stride = [{stride}, {stride}], pad = [[{pad}, {pad}], [{pad}, {pad}]]}} "
        "{batch_group_count = 1 : i64, feature_group_count = 1 : i64} : "
        f"({lhs.tensor(*x.shape)}, {rhs.tensor(*w.shape)}) -> {to.tensor(*sums.shape)}",
        f"return %r : {to.tensor(*sums.shape)}",
    )
    module = bitserial.compile(text)
    check_formats(module, ("2-bit signed", "2-bit ternary"))
    np.testing.assert_array_equal(module.main(x), rescale_sums(sums, lhs, rhs, to))


def test_network():
    """Float image, quantised, two layers with biases, ReLU and a pool between."""
    image, first = Quant("i8", 0.02, -10), Quant("i8", 0.05)
    sums1 = Quant("i32", 0.02 * 0.05)
    few = Quant("u2", 0.9)
    second = Quant("i8", CHANNEL_SCALES, 0, (-1, 1), axis=3)
    to = Quant("i8", 0.02, 7)
    w1, w2 = first.random(5, 3, 3, 4, 24), second.random(6, 3, 3, 24, 12)
    bias = Quant("i32", 0.001, 0, (-3000, 3000)).random(7, 24)
    x = np.random.default_rng(8).normal(0, 1, (1, 10, 10, 4)).astype(np.float32)
    window = (
        "window = {stride = [1, 1], pad = [[1, 1], [1, 1]]} "
        "{batch_group_count = 1 : i64, feature_group_count = 1 : i64} : "
    )
    numbers = "dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], "
    big, small = (1, 10, 10, 24), (1, 5, 5, 24)
    text = function(
        ["tensor<1x10x10x4xf32>"],
        "tensor<1x5x5x12xf32>",
        first.constant("%w1", w1),
        second.constant("%w2", w2),
        sums1.constant("%bias", bias),
        few.constant("%least", np.array(0)),
        f"%0 = stablehlo.uniform_quantize %a : (tensor<1x10x10x4xf32>) -> {image.tensor(1, 10, 10, 4)}",
        f"%1 = stablehlo.convolution(%0, %w1) {numbers}{window}({image.tensor(1, 10, 10, 4)}, {first.tensor(*w1.shape)}) -> {sums1.tensor(*big)}",
        f"%2 = stablehlo.broadcast_in_dim %bias, dims = [3] : ({sums1.tensor(24)}) -> {sums1.tensor(*big)}",
        f"%3 = stablehlo.add %1, %2 : {sums1.tensor(*big)}",
        f"%4 = stablehlo.uniform_quantize %3 : ({sums1.tensor(*big)}) -> {few.tensor(*big)}",
        '%5 = "stablehlo.reduce_window"(%4, %least) <{window_dimensions = array<i64: 1, 2, 2, 1>, window_strides = array<i64: 1, 2, 2, 1>}> ({',
        f"^bb0(%p: {few.tensor()}, %q: {few.tensor()}):",
        f"  %m = stablehlo.maximum %p, %q : {few.tensor()}",
        f"  stablehlo.return %m : {few.tensor()}",
        f"}}) : ({few.tensor(*big)}, {few.tensor()}) -> {few.tensor(*small)}",
        f"%6 = stablehlo.convolution(%5, %w2) {numbers}{window}({few.tensor(*small)}, {second.tensor(*w2.shape)}) -> {to.tensor(1, 5, 5, 12)}",
        f"%7 = stablehlo.uniform_dequantize %6 : ({to.tensor(1, 5, 5, 12)}) -> tensor<1x5x5x12xf32>",
        "return %7 : tensor<1x5x5x12xf32>",
    )
    stored = image.quantize(x)
    y = rescale_sums(
        conv(image.integers(stored), first.integers(w1), 1, 1), image, first, sums1
    )
    y = sums1.quantize(sums1.dequantize(y) + sums1.dequantize(bias))
    y = few.quantize(sums1.dequantize(y))
    assert {*np.unique(y)} == {0, 1, 2, 3}
    y = y.reshape(1, 5, 2, 5, 2, 24).max((2, 4))
    y = rescale_sums(conv(few.integers(y), second.integers(w2), 1, 1), few, second, to)
    for target in ("native", "haswell"):
        module = bitserial.compile(text, target=target)
        layers = module.report().layers
        assert [layer.is_low_bit for layer in layers] == [False, True]
        assert layers[1].activations.format == "2-bit unsigned"
        assert layers[1].weights.format == "2-bit ternary"
        np.testing.assert_array_equal(module.main(x), to.dequantize(y))


A, B, C = Quant("i8", 0.13, 5), Quant("u8", 0.07, 100), Quant("i8", 0.21, -3)
BINARY = {
    "add": np.add,
    "subtract": np.subtract,
    "multiply": np.multiply,
    "maximum": np.maximum,
    "minimum": np.minimum,
}


@pytest.mark.parametrize("op", BINARY)
@pytest.mark.parametrize("kinds", [(A, B, C), (A, A, A), (C, B, Quant("i4", 2.5))])
def test_elementwise(op, kinds):
    a, b, c = kinds
    x, y = a.random(9, 40, 50), b.random(10, 40, 50)
    text = function(
        [a.tensor(40, 50), b.tensor(40, 50)],
        c.tensor(40, 50),
        f"%r = stablehlo.{op} %a, %b : ({a.tensor(40, 50)}, {b.tensor(40, 50)}) -> {c.tensor(40, 50)}",
        f"return %r : {c.tensor(40, 50)}",
    )
    expected = c.quantize(BINARY[op](a.dequantize(x), b.dequantize(y)))
    np.testing.assert_array_equal(bitserial.compile(text).main(x, y), expected)


def test_moves_and_comparisons():
    t, shape = A.tensor, (4, 6)
    text = function(
        [t(*shape), t(*shape)],
        f"({t(6, 4)}, {t(4, 12)}, {t(6, 8)}, tensor<4x6xi1>, {t(*shape)}, {t(*shape)})",
        f"%0 = stablehlo.transpose %a, dims = [1, 0] : ({t(4, 6)}) -> {t(6, 4)}",
        f"%1 = stablehlo.concatenate %a, %b, dim = 1 : ({t(4, 6)}, {t(4, 6)}) -> {t(4, 12)}",
        A.constant("%z", np.array(5)),
        f"%2 = stablehlo.pad %a, %z, low = [1, 1], high = [1, 1], interior = [0, 0] : ({t(4, 6)}, {t()}) -> {t(6, 8)}",
        f"%3 = stablehlo.compare LT, %a, %b, FLOAT : ({t(4, 6)}, {t(4, 6)}) -> tensor<4x6xi1>",
        f"%4 = stablehlo.select %3, %a, %b : tensor<4x6xi1>, {t(4, 6)}",
        A.constant("%high", np.array(90)),
        f"%5 = stablehlo.clamp %z, %a, %high : ({t()}, {t(4, 6)}, {t()}) -> {t(4, 6)}",
        f"return %0, %1, %2, %3, %4, %5 : {t(6, 4)}, {t(4, 12)}, {t(6, 8)}, tensor<4x6xi1>, {t(4, 6)}, {t(4, 6)}",
    )
    x, y = A.random(11, *shape), A.random(12, *shape)
    expected = (
        x.T,
        np.concatenate([x, y], 1),
        np.pad(x, 1, constant_values=5),
        x < y,
        np.where(x < y, x, y),
        np.clip(x, 5, 90),
    )
    for got, wanted in zip(bitserial.compile(text).main(x, y), expected):
        np.testing.assert_array_equal(got, wanted)


@pytest.mark.parametrize(
    "kind", [A, Quant("u2", 0.3), Quant("i8", 0.3, 0, (-1, 1)), Quant("i16", 1e-3)]
)
def test_quantize(kind):
    """Halves, infinities and NaN, which becomes 0, among others."""
    text = function(
        ["tensor<1000xf32>"],
        f"({kind.tensor(1000)}, tensor<1000xf32>)",
        f"%q = stablehlo.uniform_quantize %a : (tensor<1000xf32>) -> {kind.tensor(1000)}",
        f"%f = stablehlo.uniform_dequantize %q : ({kind.tensor(1000)}) -> tensor<1000xf32>",
        f"return %q, %f : {kind.tensor(1000)}, tensor<1000xf32>",
    )
    x = np.random.default_rng(13).normal(0, 5, 1000).astype(np.float32)
    x[:100] = kind.scales(x) * np.arange(-25, 25, 0.5, dtype=np.float32)
    x[100:102] = np.inf, -np.inf
    module = bitserial.compile(text, max_input=0)
    stored, floats = module.main(x)
    np.testing.assert_array_equal(stored, kind.quantize(x))
    np.testing.assert_array_equal(floats, kind.dequantize(stored))
    if kind.limits[0] <= 0 <= kind.limits[1]:
        assert module.main(np.full_like(x, np.nan))[0].max() == 0


@pytest.mark.parametrize("kind", ["f16", "f32", "f64"])
def test_weights_only(kind):
    """Floats times quantised weights: a product of floats."""
    w = Quant("i4", CHANNEL_SCALES, axis=1, expressed=kind)
    stored = w.random(14, 32, 12)
    text = function(
        [f"tensor<3x32x{kind}>"],
        f"tensor<3x12x{kind}>",
        w.constant("%w", stored),
        "%r = stablehlo.dot_general %a, %w, contracting_dims = [1] x [0] : "
        f"(tensor<3x32x{kind}>, {w.tensor(32, 12)}) -> tensor<3x12x{kind}>",
        f"return %r : tensor<3x12x{kind}>",
    )
    x = np.random.default_rng(15).normal(0, 1, (3, 32)).astype(w.float)
    tolerance = 1e-2 if kind == "f16" else 1e-5
    np.testing.assert_allclose(
        bitserial.compile(text).main(x),
        x @ w.dequantize(stored),
        rtol=tolerance,
        atol=tolerance,
    )


def test_large_splat():
    """A constant that no memory holds one by one."""
    text = function(
        [],
        "tensor<f32>",
        "%w = stablehlo.constant() <{value = dense<3> : tensor<268435456xi8>}> : "
        f"() -> {A.tensor(2**28)}",
        f"%f = stablehlo.uniform_dequantize %w : ({A.tensor(2**28)}) -> tensor<268435456xf32>",
        "%s = stablehlo.slice %f [9:10] : (tensor<268435456xf32>) -> tensor<1xf32>",
        "%r = stablehlo.reshape %s : (tensor<1xf32>) -> tensor<f32>",
        "return %r : tensor<f32>",
    )
    bitserial.compile(text)


def test_bounds_of_arguments():
    """Python refuses what is out of bounds; generated code limits it."""
    kind = Quant("i8", 0.5, 0, (-1, 2))
    text = function([kind.tensor(4)], kind.tensor(4), f"return %a : {kind.tensor(4)}")
    module = bitserial.compile(text)
    with pytest.raises(ValueError, match="allowed are {-1, 0, 1, 2}"):
        module.main(np.array([0, 1, 2, 3], np.int8))


def constant_text(kind, value):
    return kind.constant("%w", np.full((4, 4), value, kind.dtype))


PER_AXIS = Quant("i8", (0.1, 0.2, 0.3, 0.4), axis=0)
DOT = "%r = stablehlo.dot_general %a, %b, contracting_dims = [1] x [0] : "
REDUCE = [
    A.constant("%z", np.array(0)),
    f"%r = stablehlo.reduce(%a init: %z) applies stablehlo.add across dimensions = [1] : ({A.tensor(4, 4)}, {A.tensor()}) -> {A.tensor(4)}",
]
REFUSED = {
    "weights' scales are contracted": (
        [A.tensor(4, 4), PER_AXIS.tensor(4, 4)],
        [f"{DOT}({A.tensor(4, 4)}, {PER_AXIS.tensor(4, 4)}) -> {A.tensor(4, 4)}"],
        r"dot_general' with quantised types cannot be compiled: the scales of the second operand run along dimension 0",
    ),
    "activations per channel": (
        [PER_AXIS.tensor(4, 4), A.tensor(4, 4)],
        [f"{DOT}({PER_AXIS.tensor(4, 4)}, {A.tensor(4, 4)}) -> {A.tensor(4, 4)}"],
        "the first operand has a scale per index",
    ),
    "integer result": (
        [A.tensor(4, 4), A.tensor(4, 4)],
        [f"{DOT}({A.tensor(4, 4)}, {A.tensor(4, 4)}) -> tensor<4x4xi32>"],
        "expected quantised operands and a quantised result",
    ),
    "sum": ([A.tensor(4, 4)], REDUCE, "reduced by maximum and minimum"),
    "number of scales": (
        [Quant("i8", (0.1, 0.2), axis=0).tensor(4, 4)],
        [],
        "has 2 scales for dimension 0",
    ),
    "no such dimension": (
        [Quant("i8", (0.1, 0.2), axis=7).tensor(2, 4)],
        [],
        "has 2 scales for dimension 7",
    ),
    "zero point": ([Quant("i8", 0.1, 3, (-2, 2)).tensor(4)], [], "zero point 3"),
    "scale of half precision": (
        [Quant("i8", 1e-30, expressed="f16").tensor(4)],
        [],
        "scale",
    ),
    "constant out of bounds": (
        [],
        [constant_text(Quant("i8", 0.1, 0, (-1, 1)), 2)],
        "a stored integer is not among -1 to 1",
    ),
    "expressed types": (
        [Quant(expressed="f16").tensor(4), A.tensor(4)],
        [
            f"%r = stablehlo.add %a, %b : ({Quant(expressed='f16').tensor(4)}, {A.tensor(4)}) -> {A.tensor(4)}"
        ],
        "numbers that express f16 and f32 are in one op",
    ),
    "one bit": (
        [],
        [
            f"%c = stablehlo.constant dense<1.0> : tensor<4xf32>\n  %r = stablehlo.uniform_quantize %c : (tensor<4xf32>) -> {Quant('i1').tensor(4)}"
        ],
        "stored integers of 2 or more bits",
    ),
    "any": (["tensor<4x!quant.any<i8:f32>>"], [], "expected !quant.uniform"),
    "bits": (
        [A.tensor(4)],
        [f"%r = stablehlo.and %a, %a : {A.tensor(4)}"],
        "the op is not for quantised numbers",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name):
    arguments, lines, message = REFUSED[name]
    text = function(arguments, "()", *lines, "return")
    with pytest.raises(bitserial.CompileError, match=message) as caught:
        bitserial.compile(text)
    assert any(d.severity == "error" and d.line for d in caught.value.diagnostics)


# ===-----------------------------------------------------------------------===#
# TOSA
# ===-----------------------------------------------------------------------===#


def tosa_layer(x, w, sums, to, weights):
    """A convolution with weights of -1 to 1, scaled to the numbers of `to`."""
    return f"""func.func @main(%x: {x.tensor(1, 6, 6, 40)}) -> {to.tensor(1, 6, 6, 8)} {{
  %w = "tosa.const"() <{{values = dense<{weights.tolist()}> : tensor<8x1x1x40xi8>}}> : () -> {w.tensor(8, 1, 1, 40)}
  %one = "tosa.const"() <{{values = dense<1> : tensor<1xi8>}}> : () -> tensor<1xi8>
  %zero = "tosa.const"() <{{values = dense<0> : tensor<1xi8>}}> : () -> tensor<1xi8>
  %m = "tosa.const"() <{{values = dense<1073741824> : tensor<1xi32>}}> : () -> tensor<1xi32>
  %s = "tosa.const"() <{{values = dense<31> : tensor<1xi8>}}> : () -> tensor<1xi8>
  %zero32 = "tosa.const"() <{{values = dense<0> : tensor<1xi32>}}> : () -> tensor<1xi32>
  %sums = tosa.conv2d %x, %w, %zero32, %one, %zero
    {{acc_type = i32, pad = array<i64: 0, 0, 0, 0>, stride = array<i64: 1, 1>, dilation = array<i64: 1, 1>}}
    : ({x.tensor(1, 6, 6, 40)}, {w.tensor(8, 1, 1, 40)}, tensor<1xi32>, tensor<1xi8>, tensor<1xi8>) -> {sums.tensor(1, 6, 6, 8)}
  %r = tosa.rescale %sums, %m, %s, %zero32, %zero
    {{scale32 = true, rounding_mode = SINGLE_ROUND, per_channel = false, input_unsigned = false, output_unsigned = false}}
    : ({sums.tensor(1, 6, 6, 8)}, tensor<1xi32>, tensor<1xi8>, tensor<1xi32>, tensor<1xi8>) -> {to.tensor(1, 6, 6, 8)}
  return %r : {to.tensor(1, 6, 6, 8)}
}}
"""


X, W = Quant("i8", 0.5, 1, (0, 3)), Quant("i8", 0.25, 0, (-1, 1))
SUMS, TO = Quant("i32", 0.125), Quant("i8", 0.5, 0, (-2, 8))


def test_tosa():
    """Integers as they are stored; bounds limit arguments and results."""
    x, w = X.random(16, 1, 6, 6, 40), W.random(17, 8, 1, 1, 40)
    module = bitserial.compile(tosa_layer(X, W, SUMS, TO, w))
    check_formats(module, ("2-bit unsigned (zero point 1)", "2-bit ternary"))
    sums = np.einsum(
        "nhwi,oi->nhwo", x.astype(np.int64) - 1, w[:, 0, 0].astype(np.int64)
    )
    expected = np.clip((sums + 1) >> 1, -2, 8)
    assert len(np.unique(expected)) == 11
    np.testing.assert_array_equal(module.main(x), expected)


@pytest.mark.parametrize(
    "change, message",
    [
        (lambda t: t.replace("i8<0:3>", "u8<0:3>"), "same element type"),
        (
            lambda t: t.replace("i8<-1:1>", "i8<-1:0>"),
            "a stored integer is not among -1 to 0",
        ),
        (
            lambda t: t.replace("i32:f32", "i32<-9:9>:f32"),
            "bounds narrower than the type",
        ),
    ],
)
def test_tosa_refused(change, message):
    w = W.random(17, 8, 1, 1, 40)
    with pytest.raises(bitserial.CompileError, match=message) as caught:
        bitserial.compile(change(tosa_layer(X, W, SUMS, TO, w)))
    assert any(d.severity == "error" and d.line for d in caught.value.diagnostics)


def test_tosa_floats_refused():
    text = f"""func.func @main(%x: {X.tensor(4)}) -> tensor<4xf32> {{
  %r = tosa.cast %x : ({X.tensor(4)}) -> tensor<4xf32>
  return %r : tensor<4xf32>
}}"""
    with pytest.raises(bitserial.CompileError, match="TOSA has no conversion between"):
        bitserial.compile(text)
