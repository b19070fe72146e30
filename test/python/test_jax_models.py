# Part of the bitserial project, under the Apache License v2.0 with LLVM
# Exceptions. See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What networks from JAX are made of, beside plain layers: loops over layers and
steps, branches, sorting, normalisation, attention. Each gives JAX's results, and its
low-bit contractions are found."""

import numpy as np
import pytest

jax = pytest.importorskip("jax")
import jax.numpy as jnp  # noqa: E402
from jax import lax  # noqa: E402

import bitserial  # noqa: E402

jax.config.update("jax_platforms", "cpu")

RANDOM = np.random.default_rng(11)
WEIGHTS = RANDOM.standard_normal((6, 32, 32)).astype(np.float32)


def normal(*shape):
    return RANDOM.standard_normal(shape).astype(np.float32)


def quantise(x):
    """To 0, 0.5, 1 or 1.5."""
    return jnp.clip(jnp.round(x / 0.5), 0, 3) * 0.5


def sign(w):
    """Of constants this is one: a mask of booleans in the exported module."""
    return jnp.where(w >= 0, 1.0, -1.0).astype(jnp.float32)


def layer(i):
    return sign(WEIGHTS[i])


def layers(x):
    def body(h, w):
        return quantise(h @ sign(w)), None

    return lax.scan(body, x, jnp.asarray(WEIGHTS))[0]


def steps(x):
    """Too many to be layers of their own."""

    def body(h, step):
        h = quantise(step @ layer(0) + h @ layer(1))
        return h, h

    return lax.scan(body, jnp.zeros((2, 32)), x)


def nested(x):
    def outer(i, a):
        return lax.fori_loop(0, i, lambda j, b: b * 2 + j, a)

    return lax.fori_loop(0, 5, outer, x)


def collatz(n):
    def step(state):
        n, count = state
        return jnp.where(n % 2 == 0, n // 2, 3 * n + 1), count + 1

    return lax.while_loop(lambda state: state[0] != 1, step, (n, 0))


def unsigned(x):
    return lax.fori_loop(0, 200, lambda _, c: (c[0] + c[1], c[1]), (x, jnp.uint8(3)))


def branch(x, p):
    return lax.cond(p, lambda y: y @ layer(0), lambda y: y * 2, quantise(x))


def choice(x, i):
    return lax.switch(i, [lambda y: y + 1, lambda y: y * 2, lambda y: -y], x)


def sorts(x):
    return (
        jnp.sort(x, 0),
        jnp.sort(x, -1, descending=True),
        jnp.argsort(x, -1),
        lax.top_k(x, 3),
    )


def sorts_by_two(x, y):
    return lax.sort((x, y, y * 2), num_keys=2)


def with_odd_numbers():
    x = np.round(normal(3, 40))
    x[0, 3], x[1, 5], x[1, 6], x[2, 3] = np.nan, np.inf, -np.inf, -0.0
    return x


def attention(x):
    q, k, v = (
        (quantise(x) @ layer(i)).reshape(8, 4, 8).transpose(1, 0, 2) for i in range(3)
    )
    scores = jnp.einsum("hqd,hkd->hqk", quantise(q), quantise(k)) * 0.05
    scores = jnp.where(jnp.tril(jnp.ones((8, 8), bool)), scores, -1e9)
    mixed = jnp.einsum("hqk,hkd->hqd", jax.nn.softmax(scores, -1), v)
    return quantise(mixed.transpose(1, 0, 2).reshape(8, 32)) @ layer(3)


def cache(x, stored, place):
    stored = lax.dynamic_update_slice(stored, quantise(x) @ layer(0), (place, 0))
    return stored, quantise(stored) @ layer(1)


def layer_norm(x):
    mean = x.mean(-1, keepdims=True)
    variance = x.var(-1, keepdims=True)
    return (x - mean) * lax.rsqrt(variance + 1e-5) * WEIGHTS[0, 0] + WEIGHTS[0, 1]


def rms_norm(x):
    return x * lax.rsqrt(jnp.mean(x * x, -1, keepdims=True) + 1e-6) * WEIGHTS[0, 0]


# Function, arguments, and how many contractions of how many are low-bit.
MODELS = {
    "layers": (layers, (normal(4, 32),), (5, 6)),
    "steps": (steps, (normal(100, 2, 32),), (1, 2)),
    "nested loops": (nested, (np.arange(8, dtype=np.int32),), (0, 0)),
    "a loop of unknown length": (collatz, (np.int32(27),), (0, 0)),
    "unsigned numbers in a loop": (unsigned, (np.arange(9, dtype=np.uint8),), (0, 0)),
    "a branch": (branch, (normal(4, 32), np.bool_(True)), (1, 1)),
    "branches": (choice, (normal(4, 32), np.int32(2)), (0, 0)),
    "branches, none of them": (choice, (normal(4, 32), np.int32(-5)), (0, 0)),
    "sorts": (sorts, (with_odd_numbers(),), (0, 0)),
    "sorts of integers": (sorts, (RANDOM.integers(-5, 5, (3, 50)).astype(np.int8),), (0, 0)),
    "sorts by two keys": (
        sorts_by_two,
        (RANDOM.integers(0, 3, 50).astype(np.int32), normal(50)),
        (0, 0),
    ),
    "attention": (attention, (normal(8, 32),), (5, 6)),
    "a cache": (cache, (normal(1, 32), normal(8, 32), np.int32(3)), (2, 2)),
}

# Functions between layers that always yield numbers.
BETWEEN = {
    "layer norm": layer_norm,
    "rms norm": rms_norm,
    "softmax": lambda x: jax.nn.softmax(x, -1) * 4,
    "gelu": jax.nn.gelu,
    "gelu by erf": lambda x: jax.nn.gelu(x, approximate=False),
    "elu": jax.nn.elu,
    "softplus": jax.nn.softplus,
    "absolute mean": lambda x: x / (jnp.abs(x).mean(-1, keepdims=True) + 1e-5),
}


def run(function, arguments):
    """The results of bitserial and of JAX, and the report."""
    module = bitserial.compile(function, arguments)
    found = module.main(*map(np.asarray, arguments))
    found = list(found) if isinstance(found, (list, tuple)) else [found]
    expected = [np.asarray(a) for a in jax.tree.leaves(jax.jit(function)(*arguments))]
    return found, expected, module.report()


def count(report):
    return report.low_bit, len(report.layers)


@pytest.mark.parametrize("name", MODELS)
def test_model(name):
    function, arguments, counts = MODELS[name]
    found, expected, report = run(function, arguments)
    assert len(found) == len(expected)
    for a, b in zip(found, expected):
        np.testing.assert_array_equal(a, b)
    assert count(report) == counts


@pytest.mark.parametrize("name", BETWEEN)
def test_between_layers(name):
    def function(x):
        return quantise(BETWEEN[name](x)) @ layer(0)

    found, expected, report = run(function, (normal(4, 32),))
    # Were a sum rounded differently before a number is quantised, a level could
    # differ; none of these numbers is so close to one.
    np.testing.assert_array_equal(found[0], expected[0])
    assert count(report) == (1, 1)


@pytest.mark.parametrize(
    "function",
    [
        # A logarithm of a sum that is 0 as far as its range says; a quotient of two
        # numbers that may be 0; a maximum of other numbers than are divided.
        lambda x: jax.nn.log_softmax(x, -1),
        lambda x: x / jnp.linalg.norm(x, axis=-1, keepdims=True),
        lambda x: jnp.exp(x - x.max(0, keepdims=True))
        / jnp.exp(x - x.max(0, keepdims=True)).sum(-1, keepdims=True),
    ],
    ids=["log softmax", "norm", "no softmax"],
)
def test_may_be_nan(function):
    def model(x):
        return quantise(function(x)) @ layer(0)

    _, _, report = run(model, (normal(4, 32),))
    assert count(report) == (0, 1)
    assert "NaN" in report.layers[0].reason


def test_long_sort():
    with pytest.raises(bitserial.CompileError, match="cannot sort 20000 elements"):
        bitserial.compile(jnp.sort, (normal(20000),))
