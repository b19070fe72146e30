# Part of the bitserial project, under the Apache License v2.0 with LLVM
# Exceptions. See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Requantisation by thresholds: every sum that can occur against NumPy, which computes
the chain of ops step by step as the model has it."""

import numpy as np
import pytest

import bitserial

jax = pytest.importorskip("jax")
jax.config.update("jax_platforms", "cpu")
jnp, lax = jax.numpy, jax.lax

CHANNELS = 16
RANDOM = np.random.default_rng(7)
F32 = np.float32


def per_channel(low, high):
    return RANDOM.uniform(low, high, CHANNELS).astype(np.float32)


# Scales of both signs, of all sizes, one of them zero; what divides is not.
SCALE = per_channel(-0.02, 0.02)
SCALE[3], SCALE[4], SCALE[5] = 0, 1e-30, 7.5
SHIFT = per_channel(-2, 3)
DIVISOR = per_channel(3, 900) * np.where(np.arange(CHANNELS) % 3, 1, -1).astype(F32)
MULTIPLIER = RANDOM.integers(-900, 900, CHANNELS).astype(np.int32)
BIAS = RANDOM.integers(-(2**20), 2**20, CHANNELS).astype(np.int32)
MEAN, VARIANCE = per_channel(-400, 400), per_channel(1, 10000)

# Functions of int16 sums: of jax.numpy while they are traced, of NumPy as the oracle.
CHAINS = {
    "float 2 bits": lambda x, m: m.clip(m.round(x.astype(F32) * SCALE + SHIFT), 0, 3),
    "float 1 bit": lambda x, m: m.where(x.astype(F32) * SCALE + SHIFT > 0, F32(1), F32(-1)),
    "division": lambda x, m: m.clip(m.floor(x.astype(F32) / DIVISOR + F32(0.5)), -2, 1),
    "batch norm": lambda x, m: m.clip(
        m.round((x.astype(F32) - MEAN) / m.sqrt(VARIANCE + F32(1e-5)) * SHIFT + F32(0.3)), 0, 3
    ),
    "relu": lambda x, m: m.minimum(m.maximum(x.astype(F32) * SCALE, 0), F32(3)) + F32(0.5),
    "3 bits": lambda x, m: m.clip(
        m.round((x.astype(F32) - MEAN) / m.sqrt(VARIANCE) * SCALE * 300 + SHIFT), 0, 7
    ),
    "fixed point": lambda x, m: m.clip(
        (x.astype(np.int32) * MULTIPLIER + BIAS + 4096) >> 13, 0, 3
    ),
    "not monotone": lambda x, m: m.clip(m.abs(x.astype(F32) * SCALE), 0, 3),
}


@pytest.mark.parametrize("name", CHAINS)
def test_all_sums(name):
    """All 65536 values of an int16, in every channel."""
    sums = np.arange(-(2**15), 2**15, dtype=np.int16)
    sums = np.ascontiguousarray(np.broadcast_to(sums[:, None], (2**16, CHANNELS)))
    chain = CHAINS[name]
    module = bitserial.compile(lambda x: chain(x, jnp).astype(jnp.int8), (sums,))
    np.testing.assert_array_equal(module.main(sums), chain(sums, np).astype(np.int8))


@pytest.mark.parametrize("bits", [1, 2])
def test_between_layers(bits):
    """Two layers; the sums of the first are packed for the second one."""
    random = np.random.default_rng(bits)
    w1 = random.choice([-1, 1], (3, 3, 64, 32)).astype(np.int8)
    w2 = random.choice([-1, 1], (3, 3, 32, 16)).astype(np.int8)
    scale = random.uniform(-0.05, 0.05, 32).astype(np.float32)
    shift = random.uniform(0, 3, 32).astype(np.float32)
    most = 2**bits - 1

    def conv(x, w):
        return lax.conv_general_dilated(
            x, w, (1, 1), "SAME", dimension_numbers=("NHWC", "HWIO", "NHWC"),
            preferred_element_type=jnp.int32,
        )

    def network(x):
        sums = conv(jnp.clip(x, 0, most), w1)
        y = jnp.clip(jnp.round(sums.astype(jnp.float32) * scale + shift), 0, most)
        return sums, conv(y.astype(jnp.int8), w2)

    x = random.integers(-2, 6, (1, 9, 9, 64)).astype(np.int8)
    module = bitserial.compile(lambda x: network(x)[1], (x,))
    layers = module.report().layers
    assert [layer.requantization for layer in layers] == [
        f"{most} threshold" + "s" * (most > 1),
        "",
    ]
    # XLA may fuse a product with a sum; NumPy does not.
    sums = np.asarray(jax.jit(lambda x: network(x)[0])(x))
    y = np.clip(np.round(sums.astype(np.float32) * scale + shift), 0, most)
    wanted = jax.jit(conv)(y.astype(np.int8), w2)
    np.testing.assert_array_equal(module.main(x), np.asarray(wanted))
