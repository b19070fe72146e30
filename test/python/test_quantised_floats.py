# Part of the bitserial project, under the Apache License v2.0 with LLVM
# Exceptions. See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Models of floats that have been trained to hold few values: JAX's results."""

import numpy as np
import pytest

import bitserial

jax = pytest.importorskip("jax")
jax.config.update("jax_platforms", "cpu")
jnp, lax = jax.numpy, jax.lax


def floats(seed, *shape, scale=1.0):
    random = np.random.default_rng(seed)
    return (random.standard_normal(shape) * scale).astype(np.float32)


def check(function, *arguments, low_bit, **options):
    """Compiles and runs, expects JAX's numbers; returns the report."""
    module = bitserial.compile(function, arguments, **options)
    assert module.report().low_bit == low_bit, str(module.report())
    got = module.main(*arguments)
    wanted = np.asarray(jax.jit(function)(*arguments))
    assert got.dtype == wanted.dtype
    np.testing.assert_array_equal(got, wanted)
    return module.report()


def reject(function, *arguments, reason):
    """Nothing is low-bit, and the report says why."""
    report = bitserial.compile(function, arguments).report()
    assert report.low_bit == 0
    assert reason in report.layers[0].reason, str(report)


def conv(x, w, **options):
    options = {"window_strides": (1, 1), "padding": "SAME", **options}
    return lax.conv_general_dilated(
        x, w, dimension_numbers=("NHWC", "HWIO", "NHWC"), **options
    )


def signs(seed, *shape):
    return np.random.default_rng(seed).choice([-1, 1], shape).astype(np.float32)


# Ways in which frameworks write a quantiser.
QUANTISERS = {
    "clip then round": (lambda x: jnp.round(jnp.clip(x / 0.25, 0, 3)) * 0.25, 2),
    "round then clip": (lambda x: jnp.clip(jnp.round(x / 0.25), 0, 3) * 0.25, 2),
    "multiply": (lambda x: jnp.round(jnp.clip(x * 4, 0, 3)) * 0.25, 2),
    "clip scaled": (lambda x: jnp.round(jnp.clip(x, 0, 0.75) / 0.25) * 0.25, 2),
    "relu": (lambda x: jnp.floor(jnp.minimum(jax.nn.relu(x), 1) * 3 + 0.5), 2),
    "signed": (lambda x: jnp.round(jnp.clip(x * 2, -2, 1)) / 2, 2),
    "zero point": (
        lambda x: (jnp.clip(jnp.round(x / 0.5) + 5, 0, 15) - 5) * 0.5,
        4,
    ),
    "half steps": (lambda x: jnp.clip(jnp.floor(x), -2, 1) + 0.5, 2),
    "sign": (lambda x: jnp.sign(x), 2),
    "where": (lambda x: jnp.where(x >= 0, 1.0, -1.0), 1),
    "where with scale": (lambda x: jnp.where(x >= 0, 0.5, -0.5), 1),
    "compare": (lambda x: (x > 0).astype(np.float32), 1),
    "through integers": (
        lambda x: jnp.clip(x * 4, 0, 7).astype(np.int32).astype(np.float32) * 0.25,
        3,
    ),
    "straight-through": (
        lambda x: x + lax.stop_gradient(jnp.round(jnp.clip(x, 0, 3)) - x),
        None,
    ),
    "8 bits": (lambda x: jnp.clip(jnp.round(x * 32), -128, 127) / 32, 8),
}


@pytest.mark.parametrize("name", QUANTISERS)
def test_quantisers(name):
    quantise, bits = QUANTISERS[name]
    w = signs(1, 3, 3, 16, 24)

    def f(x):
        return conv(quantise(x), w)

    x = floats(2, 2, 6, 5, 16, scale=1.5)
    x.flat[:40] = np.arange(-20, 20) / 8  # halves, bounds, zeros
    x.flat[40] = -0.0
    report = check(f, x, low_bit=0 if bits is None else 1)
    if bits is None:
        # x + (q - x) rounds: it is not q.
        assert "no op limits them" in report.layers[0].reason
    else:
        assert report.layers[0].activations.bits == bits, str(report)
        assert report.layers[0].error_bound == 0
        assert report.max_input == 2**32


WEIGHTS = {
    "signs": lambda xp, w: xp.sign(w) + (w == 0),
    "ternary": lambda xp, w: xp.clip(xp.round(w), -1, 1),
    "4 bits": lambda xp, w: xp.clip(xp.round(w * 4), -8, 7) / 4,
    "a power of two per channel": lambda xp, w: xp.clip(xp.round(w), -1, 1)
    * np.exp2(-(np.arange(24) % 7)).astype(np.float32),
    "scale of few bits": lambda xp, w: (xp.sign(w) + (w == 0)) * np.float32(0.15625),
    "channels of zeros": lambda xp, w: xp.sign(w) * (np.arange(24) % 3 > 0),
}


@pytest.mark.parametrize("xp", [np, jnp])
@pytest.mark.parametrize("name", WEIGHTS)
def test_weights(name, xp):
    """As constants, or as what the model computes from trained ones."""
    trained = floats(3, 3, 3, 16, 24)

    def f(x):
        w = WEIGHTS[name](xp, xp.asarray(trained)).astype(np.float32)
        return conv(jnp.round(jnp.clip(x, 0, 3)), w)

    report = check(f, floats(4, 1, 5, 6, 16, scale=2), low_bit=1)
    assert report.layers[0].weights.is_constant


def test_computed_bias_and_types():
    """Sums of bf16 in f32; weights on the left; batches of both."""
    w = np.random.default_rng(5).integers(-2, 2, (9, 40)).astype(np.float32)

    def f(x):
        few = jnp.clip(jnp.round(x), -1, 1)
        left = jnp.asarray(w) @ few.T
        narrow = lax.dot_general(
            few.astype(jnp.bfloat16),
            jnp.asarray(w * 0.5, jnp.bfloat16),
            (((1,), (1,)), ((), ())),
            preferred_element_type=np.float32,
        )
        both = jnp.einsum("bik,bjk->bij", few[None] * 0.5, jnp.abs(few)[None])
        return jnp.concatenate([left, narrow.T, both[0]], 0)

    check(f, floats(6, 7, 40), low_bit=3)


def test_moved_elements():
    """Quantised numbers go through pools, pads and the like as integers."""
    w, v = signs(7, 3, 3, 8, 16), signs(8, 32, 10)

    def f(x):
        q = jnp.round(jnp.clip(x, 0, 3)) * 0.5
        p = lax.reduce_window(q, -np.inf, lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "SAME")
        p = jnp.concatenate([p, 1.5 - p], -1).transpose(0, 2, 1, 3)
        p = jnp.pad(p, ((0, 0), (1, 1), (0, 2), (0, 0)), constant_values=1.0)
        y = conv(p, w, window_strides=(2, 2), padding="VALID")
        b = jnp.where(y > 0.75, 0.25, -0.25).reshape(-1, 32)
        r = lax.slice(b, (0, 0), (2, 32)) + 0.25 * jnp.sign(b[:2])
        return r @ v

    report = check(f, floats(9, 2, 6, 7, 4, scale=2), low_bit=2)
    assert [layer.activations.bits for layer in report.layers] == [2, 2]


def test_average_pools():
    """Means of a power of two numbers are few numbers; those of three are not."""
    w, v = signs(60, 3, 3, 16, 24), signs(61, 24, 10)

    def f(x, size):
        def pool(q):
            window = (1, size, size, 1)
            return lax.reduce_window(q, 0.0, lax.add, window, window, "VALID") / size**2

        y = conv(pool(jnp.round(jnp.clip(x, 0, 3))), w)
        y = jnp.round(jnp.clip(y / 16, 0, 3)) * 0.5
        return jnp.mean(y.reshape(2, -1, 24)[:, :4], 1) @ v

    x = floats(62, 2, 12, 12, 16, scale=2)
    report = check(lambda x: f(x, 2), x, low_bit=2)
    assert [layer.activations.bits for layer in report.layers] == [4, 4]
    report = bitserial.compile(lambda x: f(x, 3), (x,)).report()
    assert [layer.is_low_bit for layer in report.layers] == [False, True]


def test_network_with_residuals_and_shared_clamps():
    """Batch norm, ReLU and quantiser between layers; one quantiser has two users."""
    random = np.random.default_rng(10)
    first = floats(11, 3, 3, 3, 32) / 4
    w = [signs(12 + i, 3, 3, 32, 32) for i in range(3)]
    gamma, beta = [
        np.round(random.uniform(low, 1, (4, 32)) * 64).astype(np.float32) / 64
        for low in (0.25, -1)
    ]

    def quantise(x):
        return jnp.round(jnp.clip(x, 0, 1) * 3)

    def f(x):
        q = quantise(conv(x, first))
        y = quantise(jax.nn.relu(conv(q, w[0]) / 64 * gamma[0] + beta[0]))
        z = conv(y, w[1]) / 64 * gamma[1] + beta[1] + q / 4
        z = quantise(z)
        s = jnp.where(conv(z, w[2]) * gamma[2] + beta[2] >= 0, 1.0, -1.0)
        return jnp.sum(s, (1, 2)) + jnp.sum(q, (1, 2))

    report = check(f, floats(15, 1, 8, 8, 3), low_bit=3)
    assert [layer.activations.bits for layer in report.layers] == [0, 2, 2, 2]


#===- What is not low-bit ------------------------------------------------===#

W = signs(20, 64, 8)
X = floats(21, 5, 64)


def quantise(x):
    return jnp.round(jnp.clip(x, 0, 3))


def test_one_value_too_many():
    reject(lambda x: jnp.clip(jnp.round(x * 99), 0, 256) @ W, X, reason="8 bits")


def test_rounded_scale():
    """The multiples of 0.1f are rounded: no number divides them."""
    reject(
        lambda x: jnp.round(jnp.clip(x / 0.1, 0, 7)) * np.float32(0.1) @ W,
        X,
        reason="no exact multiples",
    )


def test_long_scale():
    """Sums of 0.1f are rounded, although its multiple is one number."""
    reject(
        lambda x: quantise(x) @ (W * np.float32(0.1)),
        X,
        reason="2^24 that f32 has exactly; --allow-reassociation converts it",
    )


def test_other_weights():
    w = W.copy()
    w[3, 4] = 0.3
    reject(lambda x: quantise(x) @ w, X, reason="weights of a channel")


@pytest.mark.parametrize(
    "f",
    [
        lambda x, s: quantise(x / s) @ W,  # 0 / 0
        lambda x, s: quantise(jnp.where(x > 0, x, np.nan)) @ W,
        lambda x, s: quantise(jnp.sqrt(x)) @ W,
        lambda x, s: quantise(x * x * x * x * x - x * x * x * x * x) @ W,  # inf - inf
        lambda x, s: (quantise(x) * np.float32(np.inf)) @ W,
        lambda x, s: jnp.maximum(quantise(x), jnp.where(s > 0, 0.0, np.inf)) @ W,
    ],
)
def test_nan_and_infinity(f):
    reject(f, X, np.ones(1, np.float32), reason="may be NaN or infinite")


def test_nan_of_inputs():
    """Inputs may be NaN if the user says so; not where a comparison drops it."""
    x = X.copy()
    x[1, 2] = np.nan
    module = bitserial.compile(lambda x: quantise(x) @ W, [x], max_input=0)
    assert module.report().low_bit == 0
    assert np.isnan(module.main(x)[1]).all()
    report = check(
        lambda x: jnp.where(x > 0.5, 1.0, -1.0) @ W, x, low_bit=1, max_input=0
    )
    assert report.layers[0].activations.format == "1-bit bipolar"


@pytest.mark.parametrize("wrong", [np.nan, np.inf, -np.inf, 2.0**33])
def test_inputs_beyond_the_assumption(wrong):
    """What the recovered formats rest on is checked in each call."""
    module = bitserial.compile(lambda x: quantise(x) @ W, [X])
    assert module.report().low_bit == 1
    module.main(X)
    x = X.copy()
    x[1, 2] = wrong
    with pytest.raises(ValueError, match=r"at index \[1, 2\].*`max_input`"):
        module.main(x)


def test_long_sums():
    """One term more than f32 has bits for."""
    for terms, low_bit in [(21931, 1), (21932, 0)]:
        w = np.full((terms, 1), 3, np.float32)
        x = np.arange(terms, dtype=np.float32)[None] % 300

        def f(x):
            return jnp.clip(jnp.round(x), 0, 255) @ w

        report = bitserial.compile(f, [x]).report()
        assert report.low_bit == low_bit, str(report)


def test_small_types():
    """f16 has 11 bits."""
    for terms, low_bit in [(682, 1), (683, 0)]:
        w = np.ones((terms, 2), np.float16)

        def f(x):
            return lax.dot(quantise(x), w, preferred_element_type=np.float16)

        report = bitserial.compile(f, [np.zeros((1, terms), np.float16)]).report()
        assert report.low_bit == low_bit, str(report)


@pytest.mark.parametrize("scale", [2.0**120, 2.0**-120])
def test_extreme_scales(scale):
    """Scales of both operands that together leave the type."""
    reject(
        lambda x: (quantise(x) * np.float32(scale)) @ (W * np.float32(scale)),
        X,
        reason="too small or too large",
    )


#===- Sums that are rounded differently ----------------------------------===#


@pytest.mark.parametrize("seed", range(3))
def test_reassociation(seed):
    """Scales that are no powers of two; the error stays below what is reported."""
    random = np.random.default_rng(30 + seed)
    w = signs(31 + seed, 200, 16)
    scale = np.float32(random.uniform(0.01, 0.1))
    alpha = np.float32(random.uniform(0.01, 0.1, 16))

    def f(x):
        q = jnp.round(jnp.clip(x / scale, 0, 7)) * scale
        return q @ (jnp.asarray(w) * alpha)

    x = floats(40 + seed, 50, 200) * scale * 4
    module = bitserial.compile(f, [x], allow_reassociation=True)
    layer = module.report().layers[0]
    assert layer.is_low_bit and 0 < layer.error_bound < 1e-3
    assert "error up to" in str(module.report())
    q = np.round(np.clip(x / scale, 0, 7)) * scale
    exact = q.astype(np.float64) @ (w * alpha).astype(np.float64)
    got = module.main(x)
    assert np.abs(got - exact).max() <= layer.error_bound
    assert np.abs(got - np.asarray(f(x))).max() <= layer.error_bound
    assert bitserial.compile(f, [x]).report().low_bit == 0


def test_binary_network_with_means_as_scales():
    """XNOR-Net: the mean magnitude of the weights, which is a sum in the model."""
    trained = floats(50, 3, 3, 32, 16)

    def f(x):
        alpha = jnp.mean(jnp.abs(trained), (0, 1, 2))
        return conv(jnp.where(x >= 0, 1.0, -1.0), jnp.sign(trained) * alpha)

    x = floats(51, 1, 6, 6, 32)
    assert bitserial.compile(f, [x]).report().low_bit == 0
    module = bitserial.compile(f, [x], allow_reassociation=True)
    layer = module.report().layers[0]
    assert layer.is_low_bit, layer.reason
    assert layer.weights.format == "1-bit bipolar, a scale per channel"
    assert np.abs(module.main(x) - np.asarray(f(x))).max() <= layer.error_bound
