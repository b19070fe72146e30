# Part of the bitserial project, under the Apache License v2.0 with LLVM
# Exceptions. See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Functions of JAX, as StableHLO, give what JAX computes."""

import math

import numpy as np
import pytest

import bitserial

jax = pytest.importorskip("jax")
jax.config.update("jax_platforms", "cpu")
jnp, lax = jax.numpy, jax.lax
ml_dtypes = pytest.importorskip("ml_dtypes")


def compile_jax(function, *arguments, target="native"):
    text = jax.jit(function).lower(*arguments).as_text()
    return bitserial.compile(text, target=target)


def check(function, *arguments, low_bit=0, target="native", exact=True):
    """Compiles and runs; returns the module. Floats may differ in their order."""
    module = compile_jax(function, *arguments, target=target)
    assert module.report().low_bit == low_bit, str(module.report())
    results = module.main(*arguments)
    expected = jax.jit(function)(*arguments)
    if not isinstance(results, tuple):
        results, expected = (results,), (expected,)
    assert len(results) == len(expected)
    for got, wanted in zip(results, expected):
        wanted = np.asarray(wanted)
        assert got.dtype == wanted.dtype
        if exact:
            np.testing.assert_array_equal(got, wanted)
        else:
            np.testing.assert_allclose(got, wanted, rtol=1e-4, atol=1e-4)
    return module


def integers(seed, shape, dtype=np.int8):
    info = np.iinfo(dtype)
    random = np.random.default_rng(seed)
    return random.integers(info.min, info.max, shape, dtype, endpoint=True)


def floats(seed, shape):
    return np.random.default_rng(seed).standard_normal(shape).astype(np.float32)


DTYPES = [np.int8, np.uint8, np.int16, np.int32, np.uint32]


@pytest.mark.parametrize("dtype", DTYPES)
def test_integer_arithmetic(dtype):
    """Everything wraps; quotients by 0 are defined."""

    def f(x, y):
        signed = np.issubdtype(dtype, np.signedinteger)
        rest = (lax.abs(x), -x, lax.sign(x)) if signed else ()
        return (
            x + y,
            x - y,
            x * y,
            lax.div(x, y),
            lax.rem(x, y),
            jnp.maximum(x, y),
            jnp.minimum(x, y),
            x & y,
            x | y,
            x ^ y,
            ~x,
            jnp.where(x < y, x, y),
            lax.clamp(dtype(3), x, dtype(90)),
            x == y,
            x != y,
            x >= y,
            x > y,
            *rest,
        )

    x, y = integers(1, (3, 50), dtype), integers(2, (3, 50), dtype)
    y[0, :9] = 0
    y[1, :9] = x[1, :9]
    x[2, :3] = np.iinfo(dtype).min
    y[2, :3] = dtype(0) - dtype(1) if dtype(0) - dtype(1) < 0 else 1
    check(f, x, y)


@pytest.mark.parametrize("dtype", [np.int8, np.uint8, np.int32])
def test_shifts(dtype):
    """By more than the width, too."""

    def f(x, y):
        return (
            lax.shift_left(x, y),
            lax.shift_right_logical(x, y),
            lax.shift_right_arithmetic(x, y),
        )

    amounts = np.arange(50).reshape(1, 50).astype(dtype)
    check(f, integers(3, (1, 50), dtype), amounts)


@pytest.mark.parametrize("source", [*DTYPES, np.float32, np.bool_])
def test_conversions(source):
    def f(x):
        return tuple(x.astype(d) for d in (*DTYPES, np.float32, np.bool_))

    if source == np.float32:
        x = np.linspace(0, 100, 37, dtype=np.float32)
    elif source == np.bool_:
        x = np.arange(37) % 3 == 0
    else:
        x = integers(4, (37,), source)
    check(f, x)


def test_float_arithmetic():
    def f(x, y):
        return (
            x + y,
            x * y,
            x / y,
            jnp.maximum(x, y),
            jnp.clip(x, -1, 1),
            jnp.round(x * 4),
            lax.round(x * 4, lax.RoundingMethod.AWAY_FROM_ZERO),
            jnp.floor(x),
            jnp.ceil(x),
            jnp.sign(x),
            jnp.abs(x),
            -x,
            jnp.sqrt(jnp.abs(x)),
            x < y,
            jnp.where(x >= 0, 1.0, -1.0),
        )

    x, y = floats(5, (4, 33)), floats(6, (4, 33))
    x[0, :4] = [np.nan, -0.0, 0.0, np.inf]
    x[1, :6] = [0.125, 0.375, -0.125, -0.375, 0.625, -0.625]
    check(f, x, y)


def test_moved_elements():
    def f(x, y):
        return (
            x.T,
            x.reshape(6, 20),
            jnp.broadcast_to(x[:, None], (3, 7, 40)),
            x[1:3, 3:33:4],
            jnp.pad(x, ((1, 2), (0, 3)), constant_values=9),
            lax.pad(x, np.int32(5), ((-1, 0, 2), (1, -3, 0))),
            jnp.concatenate([x, y, x], 0),
            x + jnp.arange(40),
            jnp.arange(3)[:, None] * x,
            x.reshape(1, 3, 40)[0, 2, 7],
        )

    check(f, integers(7, (3, 40), np.int32), integers(8, (2, 40), np.int32))


def test_reductions():
    def f(x):
        return (
            jnp.sum(x, 1),
            jnp.max(x, (0, 2)),
            jnp.min(x),
            jnp.any(x > 5, 0),
            jnp.all(x > -5, 0),
            jnp.argmax(x, 1),
            jnp.argmin(x, 2),
        )

    check(f, integers(9, (4, 5, 6), np.int32))


@pytest.mark.parametrize("padding", ["VALID", "SAME"])
def test_windows(padding):
    def f(x):
        return (
            lax.reduce_window(
                x, np.int32(-(2**31)), lax.max, (1, 3, 2, 1), (1, 2, 1, 1), padding
            ),
            lax.reduce_window(
                x,
                np.int32(0),
                lax.add,
                (1, 2, 2, 1),
                (1, 1, 2, 1),
                padding,
                window_dilation=(1, 2, 1, 1),
                base_dilation=(1, 1, 2, 1),
            ),
        )

    check(f, integers(10, (2, 7, 6, 5), np.int32))


@pytest.mark.parametrize("target", ["native", "haswell"])
@pytest.mark.parametrize("as_int32", [False, True])
def test_low_bit_dot(as_int32, target):
    """Operands are i8, or have been converted before."""
    w = np.random.default_rng(11).choice([-1, 1], (70, 9)).astype(np.int8)

    def f(x):
        few = jnp.clip(x, 0, 3)
        if as_int32:
            return few.astype(np.int32) @ jnp.asarray(w, np.int32)
        return lax.dot(few, w, preferred_element_type=np.int32)

    check(f, integers(12, (5, 70)), low_bit=1, target=target)


def test_an_operand_is_the_result_of_another():
    def f(x, y):
        numbers = (((1,), (0,)), ((), ()))
        sums = lax.dot_general(
            jnp.clip(x, 0, 1), y, numbers, preferred_element_type=jnp.int32
        )
        signs = np.array([[1, -1], [-1, -1], [1, 1], [-1, 1]], np.int32)
        return lax.dot_general(sums, signs, numbers, preferred_element_type=jnp.int32)

    y = jnp.asarray(np.random.default_rng(0).choice([-1, 1], (3, 4)).astype(np.int8))
    check(lambda x: f(x, y), integers(3, (5, 3)), low_bit=2)


def test_unsigned_operands():
    w = np.random.default_rng(13).integers(0, 4, (40, 6)).astype(np.uint8)

    def f(x):
        few = jnp.minimum(x, np.uint8(1))
        return lax.dot(few, w, preferred_element_type=np.int32)

    check(f, integers(14, (3, 40), np.uint8), low_bit=1)


def test_dimension_numbers_of_dots():
    def f(x, y):
        few_x, few_y = jnp.clip(x, -1, 1), jnp.clip(y, 0, 3)
        return (
            lax.dot_general(
                few_x,
                few_y,
                (((1, 3), (3, 0)), ((2,), (1,))),
                preferred_element_type=np.int32,
            ),
            lax.dot_general(
                x, y, (((3,), (0,)), ((), ())), preferred_element_type=np.int32
            ),
        )

    check(f, integers(15, (2, 3, 4, 5)), integers(16, (5, 4, 6, 3)), low_bit=1)


CONVOLUTIONS = {
    "plain": {},
    "same": {"padding": "SAME"},
    "strides": {"window_strides": (2, 1), "padding": "SAME"},
    "kernel dilation": {"rhs_dilation": (2, 3)},
    "groups": {"feature_group_count": 3},
    "depthwise": {"feature_group_count": 6},
    "batch groups": {"batch_group_count": 2},
    "input dilation": {"lhs_dilation": (2, 1), "padding": ((1, 0), (0, 2))},
    "negative padding": {"padding": ((-1, 0), (2, -1))},
    "channels first": {"dimension_numbers": ("NCHW", "OIHW", "NCHW")},
    "odd order": {"dimension_numbers": ("CHWN", "HIWO", "HNCW")},
}


@pytest.mark.parametrize("dtype", [np.int8, np.float32])
@pytest.mark.parametrize("name", CONVOLUTIONS)
def test_convolutions(name, dtype):
    options = {
        "window_strides": (1, 1),
        "padding": "VALID",
        "dimension_numbers": ("NHWC", "HWIO", "NHWC"),
        **CONVOLUTIONS[name],
    }
    groups = options.get("feature_group_count", 1)
    sizes = {"N": 2, "H": 9, "W": 8, "C": 6}
    kernel = {"H": 3, "W": 2, "I": 6 // groups, "O": 12}
    lhs, rhs, _ = options["dimension_numbers"]
    shape = [sizes[c] for c in lhs]
    random = np.random.default_rng(17)
    w = random.choice([-1, 0, 1], [kernel[c] for c in rhs]).astype(dtype)
    isfloat = dtype == np.float32

    def f(x):
        few = x if isfloat else jnp.clip(x, 0, 3)
        kind = np.float32 if isfloat else np.int32
        return lax.conv_general_dilated(
            few, w, **options, preferred_element_type=kind
        )

    x = floats(18, shape) if isfloat else integers(18, shape)
    ordinary = isfloat or name in ("input dilation", "negative padding")
    check(f, x, low_bit=0 if ordinary else 1, exact=not isfloat)


def test_network():
    """Integers throughout: shifts for scales, signs, pools, residual sums."""
    random = np.random.default_rng(19)

    def weights(values, *shape):
        return random.choice(values, shape).astype(np.int8)

    first = weights(np.arange(-128, 128), 3, 3, 3, 32)
    second, third = weights([-1, 1], 3, 3, 32, 32), weights([-1, 0, 1], 3, 3, 32, 32)
    last = weights([-1, 1], 512, 10)

    def conv(x, w):
        return lax.conv_general_dilated(
            x,
            w,
            (1, 1),
            "SAME",
            dimension_numbers=("NHWC", "HWIO", "NHWC"),
            preferred_element_type=np.int32,
        )

    def f(x):
        x = jnp.clip(conv(x, first) >> 11, 0, 3).astype(np.int8)
        y = jnp.clip((conv(x, second) + 8) >> 4, 0, 3).astype(np.int8)
        x = jnp.clip(x + y, 0, 3)
        x = lax.reduce_window(
            x, np.int8(-128), lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "VALID"
        )
        x = jnp.where(conv(x, third) >= 0, 1, -1).astype(np.int8)
        x = lax.dot(x.reshape(1, -1), last, preferred_element_type=np.int32)
        return x, jnp.argmax(x, 1)

    module = check(f, integers(20, (1, 8, 8, 3)), low_bit=3)
    formats = [layer.activations.format for layer in module.report().layers]
    assert formats == ["8-bit signed", "2-bit unsigned", "2-bit unsigned", "1-bit bipolar"]


def test_resources():
    """Weights and bounds behind the module."""
    weights = np.random.default_rng(30).integers(-1, 2, (8, 64), np.int8)

    def blob(array):
        return "0x01000000" + array.tobytes().hex()

    text = f"""func.func @main(%x: tensor<4x64xi8>) -> tensor<4x8xi32> {{
  %w = stablehlo.constant dense_resource<w> : tensor<8x64xi8>
  %low = stablehlo.constant dense_resource<low> : tensor<i8>
  %high = stablehlo.constant dense<3> : tensor<i8>
  %c = stablehlo.clamp %low, %x, %high : (tensor<i8>, tensor<4x64xi8>, tensor<i8>) -> tensor<4x64xi8>
  %s = stablehlo.dot_general %c, %w, contracting_dims = [1] x [1] : (tensor<4x64xi8>, tensor<8x64xi8>) -> tensor<4x8xi32>
  return %s : tensor<4x8xi32>
}}
{{-#
  dialect_resources: {{
    builtin: {{ w: "{blob(weights)}", low: "{blob(np.int8(0))}" }}
  }}
#-}}"""
    module = bitserial.from_stablehlo(text)
    assert module.report().low_bit == 1
    x = integers(31, (4, 64))
    expected = np.clip(x, 0, 3).astype(np.int32) @ weights.T.astype(np.int32)
    np.testing.assert_array_equal(module.main(x), expected)


def test_shared_functions():
    """One clip for both layers, of different bounds."""
    w = np.random.default_rng(21).choice([-1, 1], (20, 20)).astype(np.int32)

    def f(x):
        x = jnp.clip(x, 0, 1) @ w
        x = jnp.clip(x >> 2, 0, 7) @ w
        return x

    module = check(f, integers(22, (4, 20), np.int32), low_bit=2)
    bits = [layer.activations.bits for layer in module.report().layers]
    assert bits == [1, 3]


def test_not_low_bit():
    """One value too many, wrapping, and unlimited operands."""
    w = np.random.default_rng(23).choice([-1, 1], (20, 5)).astype(np.int32)

    def f(x, y):
        return (
            jnp.clip(x, 0, 256) @ w,
            x @ w,
            (jnp.clip(x, 0, 3) * y) @ w,
        )

    module = check(
        f, integers(24, (4, 20), np.int32), integers(25, (4, 20), np.int32)
    )
    assert "more than 8 bits" in module.report().layers[0].reason


UNSUPPORTED = {
    "'stablehlo.remainder'": lambda x: lax.rem(x, x + 1),
    "'stablehlo.cosine'": jnp.cos,
    "'chlo.erf_inv'": lax.erf_inv,
    "'stablehlo.scatter'": lambda x: x.at[0].set(1.0),
}


@pytest.mark.parametrize("op", UNSUPPORTED)
def test_unsupported_op(op):
    with pytest.raises(bitserial.CompileError) as error:
        compile_jax(UNSUPPORTED[op], np.zeros(4, np.float32))
    message = error.value.diagnostics[-1]
    assert op in message.message and message.line > 0


# From the least to the greatest argument, and the largest relative error of results
# in the range of normal numbers; upstream's polynomials keep it to a few units in
# the last place, the argument of an exponential that is a product of up to 88 to
# more.
FUNCTIONS = {
    "exp": (jnp.exp, np.exp, (-87, 88.7), 2**-20),
    "expm1": (jnp.expm1, np.expm1, (-10, 88.7), 2**-20),
    "log": (jnp.log, np.log, (1e-30, 1e30), 2**-20),
    "log1p": (jnp.log1p, np.log1p, (-0.999, 1e10), 2**-20),
    "tanh": (jnp.tanh, np.tanh, (-20, 20), 2**-20),
    "logistic": (lax.logistic, lambda x: 1 / (1 + np.exp(-x)), (-80, 80), 2**-20),
    "rsqrt": (lax.rsqrt, lambda x: 1 / np.sqrt(x), (1e-30, 1e30), 2**-22),
    "square": (jnp.square, np.square, (-1e4, 1e4), 2**-23),
    "erf": (lax.erf, np.vectorize(math.erf), (-5, 5), 2**-20),
    "erfc": (lax.erfc, np.vectorize(math.erfc), (-5, 5), 2**-20),
    "power": (lambda x: x**2.5, lambda x: x**2.5, (1e-14, 1e14), 2**-16),
}


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("target", ["native", "x86-64"])
def test_functions(name, target):
    """Without libm; on processors without fused and rounding instructions, too."""
    function, reference, (low, high), error = FUNCTIONS[name]
    x = np.linspace(low, high, 4000, dtype=np.float32)
    if low > 0:
        x = np.geomspace(low, high, 4000).astype(np.float32)
    got = compile_jax(function, x, target=target).main(x)
    np.testing.assert_allclose(got, reference(x.astype(float)), error, 2**-23)


def test_functions_of_special_numbers():
    def f(x):
        return (
            jnp.exp(x),
            jnp.log(x),
            jnp.tanh(x),
            lax.logistic(x),
            lax.rsqrt(x),
            jnp.expm1(x),
            lax.pow(x, jnp.full_like(x, 3)),
            lax.pow(x, jnp.full_like(x, -1.5)),
            jnp.isfinite(x),
        )

    x = np.array([0, -0.0, 1, -1, -2, np.inf, -np.inf, np.nan, 1e38, -1e38], "f")
    got = compile_jax(f, x).main(x)
    with np.errstate(all="ignore"):
        expected = (
            np.exp(x),
            np.log(x),
            np.tanh(x),
            1 / (1 + np.exp(-x)),
            1 / np.sqrt(x),
            np.expm1(x),
            np.power(x, np.float32(3)),
            np.power(x, np.float32(-1.5)),
            np.isfinite(x),
        )
    for actual, wanted in zip(got, expected):
        np.testing.assert_allclose(actual, wanted, 2**-20)


@pytest.mark.parametrize("target", ["native", "x86-64"])
def test_rounding(target):
    """Halves, their neighbours, numbers without fractions, zeros with a sign."""

    def f(x):
        return (
            jnp.floor(x),
            jnp.ceil(x),
            jnp.round(x),
            lax.round(x, lax.RoundingMethod.AWAY_FROM_ZERO),
        )

    x = np.arange(-20, 20, dtype=np.float32) / 4
    x = x[x != 0]  # XLA takes the neighbours of 0 for 0
    x = np.concatenate([x, np.nextafter(x, np.float32(9)), x * 2**21, x * 2**30])
    x = np.concatenate([x, np.float32([0.0, -0.0, np.inf, -np.inf, np.nan, 8388607.5])])
    results = compile_jax(f, x, target=target).main(x)
    for got, wanted in zip(results, jax.jit(f)(x)):
        np.testing.assert_array_equal(got, wanted)
        np.testing.assert_array_equal(np.signbit(got), np.signbit(wanted))


@pytest.mark.parametrize("name", ["int2", "uint2", "int4", "uint4"])
def test_short_integers_at_boundaries(name):
    """Arrays of ml_dtypes and of bytes; results are of the model's own type."""
    dtype = np.dtype(getattr(ml_dtypes, name))
    info = ml_dtypes.iinfo(dtype)
    x = np.arange(info.min, info.max + 1).astype(np.int8)
    module = compile_jax(lambda x: x + x, x.astype(dtype))
    expected = (x + x).astype(dtype)
    stored = np.dtype(np.int8 if info.min < 0 else np.uint8)
    for argument in (x.astype(dtype), x.astype(stored)):
        got = module.main(argument)
        assert got.dtype == dtype
        np.testing.assert_array_equal(got.astype(np.int8), expected.astype(np.int8))
    with pytest.raises(ValueError, match=f"is {info.max + 1} at index"):
        module.main(np.full(x.shape, info.max + 1, stored))


def test_bfloat16_at_boundaries():
    x = floats(30, (5, 7)).astype(ml_dtypes.bfloat16)
    module = compile_jax(lambda x: x + x, x)
    got = module.main(x)
    assert got.dtype == x.dtype
    np.testing.assert_array_equal(got.view(np.uint16), (x + x).view(np.uint16))


def convert_text(source, to, count):
    return f"""func.func @main(%x: tensor<{count}x{source}>) -> tensor<{count}x{to}> {{
  %0 = stablehlo.convert %x : (tensor<{count}x{source}>) -> tensor<{count}x{to}>
  return %0 : tensor<{count}x{to}>
}}"""


@pytest.mark.parametrize("target", ["native", "haswell", "x86-64"])
@pytest.mark.parametrize("name", ["f16", "bf16"])
def test_conversions_of_16_bit_floats(name, target):
    """All of them; and ties, tiny numbers, infinities and NaN, rounded once. x86-64 has
    no instructions for f16, and no x86 any that are right for all bf16."""
    dtype = np.dtype(np.float16 if name == "f16" else ml_dtypes.bfloat16)
    every = np.arange(2**16, dtype=np.uint16).view(dtype)
    with np.errstate(all="ignore"):
        wide = bitserial.compile(convert_text(name, "f32", 2**16), target=target, max_input=0)
        np.testing.assert_array_equal(wide.main(every), every.astype(np.float32))
        steps = every.astype(np.float64)
        # Halfway between neighbours, and the nearest numbers on both sides.
        middle = (steps + np.roll(steps, 1)) / 2
        for kind in (np.float32, np.float64):
            x = np.concatenate([steps, middle]).astype(kind)
            x = np.concatenate([x, np.nextafter(x, kind(np.inf)), np.nextafter(x, kind(0))])
            text = convert_text("f32" if kind is np.float32 else "f64", name, len(x))
            got = bitserial.compile(text, target=target, max_input=0).main(x)
            if name == "f16" or kind is np.float32:
                expected = x.astype(dtype)
            else:  # ml_dtypes rounds twice.
                odd = x.astype(np.float32)
                bits = odd.view(np.uint32) - (np.abs(odd.astype(kind)) > np.abs(x))
                bits |= odd.astype(kind) != x
                expected = bits.view(np.float32).astype(dtype)
            got, expected = got.astype(np.float64), expected.astype(np.float64)
            np.testing.assert_array_equal(got, expected)


@pytest.mark.parametrize("target", ["native", "x86-64"])
def test_arithmetic_of_f16(target):
    """Each op rounds to f16."""

    def f(x, y):
        return (
            *(x + y, x - y, x * y, x / y, jnp.maximum(x, y), -x, jnp.abs(x)),
            *(jnp.floor(x), jnp.round(y), jnp.sqrt(jnp.abs(x)), x < y),
            *(x.astype(np.int32), y.astype(np.int8).astype(np.float16)),
        )

    random = np.random.default_rng(32)
    x, y = random.normal(0, 30, (2, 999)).astype(np.float16)
    check(f, x, y, target=target)


@pytest.mark.parametrize("dtype", [np.float16, ml_dtypes.bfloat16])
def test_sums_of_16_bit_floats(dtype):
    """In f32: a sum of ones in f16 would stay at 2048, one in bf16 at 256."""
    x, w = np.ones((2, 4000), dtype), np.ones((4000, 3), dtype)
    image, kernel = np.ones((1, 20, 20, 10), dtype), np.ones((20, 20, 10, 2), dtype)

    def convolve(image, kernel):
        numbers = ("NHWC", "HWIO", "NHWC")
        return jax.lax.conv_general_dilated(
            image, kernel, (1, 1), "VALID", dimension_numbers=numbers
        )

    for function, arguments in ((jnp.dot, (x, w)), (convolve, (image, kernel))):
        got = compile_jax(function, *arguments).main(*arguments)
        assert got.dtype == dtype
        np.testing.assert_array_equal(got.astype(np.float32), 4000)


@pytest.mark.parametrize("dtype", [np.int32, np.uint8])
def test_no_elements(dtype):
    """Arguments, parts and results without elements."""

    def f(x, y):
        return (
            jnp.concatenate([x, y], 1),
            y + 1,
            x[:, 2:2],
            lax.dot(y.T, x, preferred_element_type=np.int32),
            jnp.sum(y, 1),
            lax.reduce_window(y, dtype(0), lax.add, (2, 2), (1, 1), "VALID"),
        )

    check(f, integers(31, (3, 4), dtype), integers(32, (3, 0), dtype))


def test_no_elements_of_contractions():
    """Sums of no terms, padding around nothing, slices where a tensor ends."""

    def f(x, images, y):
        few = jnp.clip(x, 0, 3)
        dot = lax.dot(few, np.ones((0, 4), np.int8), preferred_element_type=jnp.int32)
        sums = lax.conv_general_dilated(
            jnp.clip(images, 0, 3),
            np.ones((2, 2, 0, 4), np.int8),
            (1, 1),
            ((1, 0), (0, 2)),
            dimension_numbers=("NHWC", "HWIO", "NHWC"),
            preferred_element_type=jnp.int32,
        )
        part = lax.dynamic_slice(y, (dot[0, 0], 0), (0, 3))
        return dot, sums, y[2:], lax.dynamic_update_slice(y, part, (1, 0))

    no_terms, no_channels = np.zeros((2, 0), np.int8), np.zeros((1, 4, 4, 0), np.int8)
    check(f, no_terms, no_channels, integers(0, (2, 3)))


@pytest.mark.parametrize("dtype", ["int2", "uint4", "int8", "uint16", "int32", "uint32"])
def test_conversion_of_any_float(dtype):
    """NaN becomes 0, the rest the nearest number of the type."""
    dtype = np.dtype(getattr(ml_dtypes, dtype, dtype))
    x = np.array([np.nan, np.inf, -np.inf, -0.9, -1.5, 2**31, 2**32, 1e30], "f")
    x = np.concatenate([x, -x, np.linspace(-70000, 70000, 99, dtype="f")])
    got = compile_jax(lambda x: x.astype(dtype), x).main(x)
    wanted = np.asarray(jax.jit(lambda x: x.astype(dtype))(x))
    np.testing.assert_array_equal(got.astype(np.int64), wanted.astype(np.int64))
