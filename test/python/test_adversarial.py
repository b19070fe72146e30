# Part of the bitserial project, under the Apache License v2.0 with LLVM
# Exceptions. See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Models that nearly are low-bit, of integers and of floats, in StableHLO and in TOSA:
each beside its neighbour that is. None is claimed that is not, and all compute what
the framework computes."""

import numpy as np
import pytest

import bitserial
import tosa

jax = pytest.importorskip("jax")
jax.config.update("jax_platforms", "cpu")
jnp, lax = jax.numpy, jax.lax

RANDOM = np.random.default_rng(0)
SIGNS = RANDOM.choice([-1, 1], (64, 8))
FOUR_BITS = RANDOM.integers(-8, 8, (64, 8))
BYTES = RANDOM.integers(-128, 128, (5, 64)).astype(np.int8)
INTS = RANDOM.integers(-(2**31), 2**31, (5, 64)).astype(np.int32)
INTS[:, ::2] %= 300
FLOATS = RANDOM.normal(0, 100, (5, 64)).astype(np.float32)
FLOATS[:, ::3] = np.round(FLOATS[:, ::3])


def sums(x, w):
    """x @ w, in 32 bits."""
    kind = np.float32 if x.dtype == np.float32 else np.int32
    return lax.dot(x, jnp.asarray(w).astype(x.dtype), preferred_element_type=kind)


# ===-----------------------------------------------------------------------===#
# StableHLO: (what is low-bit, what is not), of one argument
# ===-----------------------------------------------------------------------===#


def scaled(scale, weights=SIGNS):
    """A quantiser whose steps are `scale`."""
    scale = np.float32(scale)
    return lambda x: jnp.round(jnp.clip(x / scale, 0, 3)) * scale @ np.float32(weights)


def one_weight(value):
    weights = np.float32(SIGNS)
    weights[7, 3] = value
    return lambda x: jnp.round(jnp.clip(x, 0, 3)) @ weights


def guarded(guard):
    """A quotient that is NaN for 0 / 0, unless somebody sees to it."""

    def f(x):
        ratio = jnp.floor(x) / jnp.floor(x)
        if guard:
            ratio = jnp.where(jnp.floor(x) == 0, 1, 2)
        return jnp.clip(jnp.round(ratio), 0, 3).astype(np.float32) @ np.float32(SIGNS)

    return f


def limited(limit):
    def f(x):
        wide = jnp.clip(x, 0, limit).astype(np.int8)
        # Twice 64 wraps in 8 bits, and is no multiple of 2 between 0 and 126 then.
        return sums(jnp.clip(wide + wide, -128, 127) // 64, SIGNS)

    return f


def shared(first, second):
    """One function for both limits, as JAX writes it: `clip`."""

    def f(x):
        y = jnp.clip(x, 0, first).astype(np.int8)
        z = jnp.clip(x, 0, second).astype(np.int8)
        return jnp.concatenate([sums(y, FOUR_BITS), sums(z, FOUR_BITS)])

    return f


def long_sum(terms):
    w = np.full((terms, 1), 3, np.float32)

    def f(x):
        wide = jnp.resize(jnp.clip(jnp.round(x), 0, 255), (1, terms))
        return wide @ w

    return f


HLO = {
    # name: (argument, function that is low-bit, function that is not, reason)
    "range one too large": (
        INTS,
        lambda x: sums(jnp.clip(x, 0, 255), SIGNS),
        lambda x: sums(jnp.clip(x, 0, 256), SIGNS),
        "more than 8 bits",
    ),
    "range one too large for its weights": (
        INTS,
        lambda x: sums(jnp.clip(x, 0, 15), FOUR_BITS),
        lambda x: sums(jnp.clip(x, 0, 16), FOUR_BITS),
        "20 products of bit planes",
    ),
    "range one too large, of floats": (
        FLOATS,
        lambda x: sums(jnp.round(jnp.clip(x, 0, 255)), SIGNS),
        lambda x: sums(jnp.round(jnp.clip(x, 0, 256)), SIGNS),
        "more than 8 bits",
    ),
    "scale that is rounded": (
        FLOATS / 100,
        scaled(0.25),
        scaled(0.1),
        "no exact multiples of one number",
    ),
    "scale of weights that is rounded": (
        FLOATS,
        scaled(1, SIGNS * np.float32(0.25)),
        scaled(1, SIGNS * np.float32(0.1)),
        "more than the 2^24 that f32 has exactly",
    ),
    "weight that is no multiple": (
        FLOATS,
        one_weight(-1),
        one_weight(0.7),
        "the weights of a channel",
    ),
    "NaN": (FLOATS / 50, guarded(True), guarded(False), "may be NaN"),
    "infinity": (
        FLOATS,
        lambda x: sums(jnp.where(x > 0, np.float32(1), np.float32(-1)), SIGNS),
        lambda x: sums(jnp.where(x > 0, np.float32(np.inf), np.float32(1)), SIGNS),
        "may be NaN or infinite",
    ),
    "overflow": (INTS, limited(31), None, ""),
    "overflow of a product": (
        INTS,
        lambda x: sums(jnp.clip(x, 0, 3) * (1 << 20), SIGNS),
        lambda x: sums(jnp.clip(x, 0, 300) * (1 << 30), SIGNS),
        "more than 8 bits",
    ),
    "sums of floats beyond 24 bits": (
        FLOATS,
        long_sum(21931),
        long_sum(21932),
        "more than the 2^24 that f32 has exactly",
    ),
}


def compile_and_compare(function, x):
    module = bitserial.compile(function, (x,))
    expected = np.asarray(jax.jit(function)(x))
    report = module.report()
    if report.low_bit or expected.dtype != np.float32:
        np.testing.assert_array_equal(module.main(x), expected)
    else:  # The order of sums is the framework's.
        np.testing.assert_allclose(module.main(x), expected, rtol=1e-5, atol=1e-5)
    return report


@pytest.mark.parametrize("name", HLO)
def test_stablehlo(name):
    x, is_low_bit, is_not, reason = HLO[name]
    report = compile_and_compare(is_low_bit, x)
    assert all(layer.is_low_bit for layer in report.layers), str(report)
    if is_not is None:
        return
    report = compile_and_compare(is_not, x)
    assert report.low_bit == 0, str(report)
    assert reason in report.layers[0].reason, report.layers[0].reason


def test_overflow_is_not_forgotten():
    """Sums in 8 bits that wrap have values that their operands' ranges do not say."""
    report = compile_and_compare(limited(64), INTS)
    assert report.layers[0].activations.values != "0..1", str(report)
    assert report.layers[0].is_low_bit and report.layers[0].activations.bits >= 2


def test_shared_clamp():
    """Each call has its own bounds, not those of both."""
    report = compile_and_compare(shared(3, 15), INTS)
    assert [layer.activations.bits for layer in report.layers] == [2, 4]
    report = compile_and_compare(shared(3, 16), INTS)
    assert [layer.is_low_bit for layer in report.layers] == [True, False]


def test_inputs_that_are_not_numbers():
    """Without the assumption on inputs, rounding may give NaN."""
    f = scaled(0.25)
    assert bitserial.compile(f, (FLOATS,)).report().low_bit == 1
    report = bitserial.compile(f, (FLOATS,), max_input=0).report()
    assert report.low_bit == 0 and "may be NaN" in report.layers[0].reason


DYNAMIC = {
    "stablehlo": """func.func @main(%x: tensor<?x64xi8>, %w: tensor<64x8xi8>) -> tensor<?x8xi32> {
  %r = stablehlo.dot_general %x, %w, contracting_dims = [1] x [0] : (tensor<?x64xi8>, tensor<64x8xi8>) -> tensor<?x8xi32>
  return %r : tensor<?x8xi32>
}""",
    "tosa": """func.func @main(%x: tensor<1x?x64xi8>, %w: tensor<1x64x8xi8>) -> tensor<1x?x8xi32> {
  %z = "tosa.const"() <{values = dense<0> : tensor<1xi8>}> : () -> tensor<1xi8>
  %r = tosa.matmul %x, %w, %z, %z : (tensor<1x?x64xi8>, tensor<1x64x8xi8>, tensor<1xi8>, tensor<1xi8>) -> tensor<1x?x8xi32>
  return %r : tensor<1x?x8xi32>
}""",
    "quantised": """func.func @main(%x: tensor<?x!quant.uniform<i8:f32, 0.5>>) -> tensor<?x!quant.uniform<i8:f32, 0.5>> {
  return %x : tensor<?x!quant.uniform<i8:f32, 0.5>>
}""",
}


@pytest.mark.parametrize("name", DYNAMIC)
def test_dynamic_shapes(name):
    with pytest.raises(bitserial.CompileError, match="static") as caught:
        bitserial.compile(DYNAMIC[name])
    assert any(d.severity == "error" and d.line for d in caught.value.diagnostics)


# ===-----------------------------------------------------------------------===#
# TOSA
# ===-----------------------------------------------------------------------===#

FEATURES = RANDOM.integers(-128, 128, (1, 1, 5, 64)).astype(np.int8)
IMAGES = RANDOM.normal(0, 2, (1, 1, 5, 64)).astype(np.float32)
FILTERS = SIGNS.T[:, None, None, :]


def layer(model, x, weights=FILTERS, **options):
    return model.conv2d(x, model.const(weights, x.element), **options)


def number(model, value):
    return model.const(np.reshape(value, (1, 1, 1, 1)), "f32")


def rounded(model, x, step, largest=3):
    """floor(clamp(x / step) + 1/2) * step"""
    x = model.clamp(model.mul(x, number(model, 1 / step)), 0, largest)
    x = model.floor(model.binary("add", x, number(model, 0.5)))
    return model.mul(x, number(model, step))


def padded(model, x, number):
    """Numbers of 4 bits, with `number` around them."""
    few = model.clamp(x, -8, 7)
    few = model.pad(few, [(0, 0), (1, 1), (1, 1), (0, 0)], number)
    return layer(model, few, FOUR_BITS.T[:, None, None, :])


TOSA = {
    "range one too large": (
        FEATURES,
        lambda m, x: layer(m, m.clamp(x, 0, 15), FOUR_BITS.T[:, None, None, :]),
        lambda m, x: layer(m, m.clamp(x, 0, 16), FOUR_BITS.T[:, None, None, :]),
        "20 products of bit planes",
    ),
    "padding of another number": (
        FEATURES,
        lambda m, x: padded(m, x, -8),
        lambda m, x: padded(m, x, -9),
        "products of bit planes",
    ),
    "two limits, of which one is used twice": (
        FEATURES,
        lambda m, x: layer(
            m, m.clamp(m.clamp(x, 0, 15), 0, 3), FOUR_BITS.T[:, None, None, :]
        ),
        lambda m, x: layer(
            m,
            m.concat([m.clamp(x, 0, 3), m.clamp(x, 0, 31)], 2),
            FOUR_BITS.T[:, None, None, :],
        ),
        "products of bit planes",
    ),
    "scale of floats": (
        IMAGES,
        lambda m, x: layer(m, rounded(m, x, 0.25)),
        lambda m, x: layer(m, rounded(m, x, 0.1)),
        "no exact multiples of one number",
    ),
    "weights of floats": (
        IMAGES,
        lambda m, x: layer(m, rounded(m, x, 0.5), FILTERS * 0.25),
        lambda m, x: layer(
            m, rounded(m, x, 0.5), np.where(np.arange(64) == 9, 0.3, FILTERS)
        ),
        "the weights of a channel",
    ),
    "NaN of floats": (
        IMAGES,
        lambda m, x: layer(m, rounded(m, x, 0.5)),
        lambda m, x: layer(
            m, rounded(m, m.op("log", [x], x.shape, "f32", np.log), 0.5)
        ),
        "may be NaN",
    ),
    "unlimited floats": (
        IMAGES,
        lambda m, x: layer(m, rounded(m, x, 1, largest=255)),
        lambda m, x: layer(m, rounded(m, x, 1, largest=256)),
        "more than 8 bits",
    ),
}


@pytest.mark.parametrize("name", TOSA)
def test_tosa(name):
    data, is_low_bit, is_not, reason = TOSA[name]
    for build, found in ((is_low_bit, True), (is_not, False)):
        model = tosa.Model()
        x = model.input(data.shape, "i8" if data.dtype == np.int8 else "f32")
        model.output(build(model, x))
        module = bitserial.compile(model.text())
        (described,) = module.report().layers
        assert described.is_low_bit == found, str(module.report())
        assert found or reason in described.reason, described.reason
        if "NaN" in name and not found:
            continue  # and its logarithm is an approximation
        (expected,) = model.evaluate(data)
        if found or data.dtype == np.int8:
            np.testing.assert_array_equal(module.main(data), expected)
        else:
            np.testing.assert_allclose(
                module.main(data), expected, rtol=1e-5, atol=1e-5
            )
