# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The multilayer perceptron of a transformer block, 4096 to 11008 to 4096 numbers,
with ternary weights and 8-bit activations, as in "The Era of 1-bit LLMs" (Ma et al.,
arXiv 2402.17764). Weights are random.
"""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import tosa  # noqa: E402

# What sums are multiplied by to be 8-bit numbers again: multiplier / 2^SHIFT.
SHIFT = 16


@dataclasses.dataclass
class Network:
    """up: inputs x hidden, down: hidden x inputs, of -1, 0, 1."""

    up: np.ndarray
    down: np.ndarray
    multiplier: int
    tokens: int

    low_bit = 2


def make(
    inputs: int = 4096, hidden: int = 11008, tokens: int = 1, seed: int = 0
) -> Network:
    random = np.random.default_rng(seed)

    def ternary(*shape):
        return random.integers(-1, 2, shape, np.int8)

    deviation = 74 * np.sqrt(inputs * 2 / 3)
    multiplier = int(2**SHIFT * 40 / deviation)
    return Network(ternary(inputs, hidden), ternary(hidden, inputs), multiplier, tokens)


def activations(network: Network, seed: int = 0) -> np.ndarray:
    random = np.random.default_rng(seed)
    shape = (network.tokens, network.up.shape[0])
    return random.integers(-128, 128, shape).astype(np.int8)


def jax_function(network: Network):
    """A function of JAX: int8[tokens, inputs] -> int32[tokens, inputs]."""
    import jax.numpy as jnp
    from jax import lax

    # No product of a sum and the multiplier is beyond 32 bits.
    assert network.up.shape[0] * 128 * network.multiplier < 2**31

    def mlp(x):
        y = lax.dot(x, network.up, preferred_element_type=jnp.int32)
        y = (y * network.multiplier + (1 << (SHIFT - 1))) >> SHIFT
        y = jnp.clip(y, 0, 127).astype(jnp.int8)
        return lax.dot(y, network.down, preferred_element_type=jnp.int32)

    return mlp


def _get_scales(network: Network):
    """Of the weights, and of the activations between the layers."""
    step = 2.0 ** np.round(np.log2(network.multiplier / 2**SHIFT))
    return np.float32(0.25), np.float32(step)


def fake_quantized(network: Network):
    """The block as training has it: float32[tokens, inputs] -> float32[tokens, inputs].
    Weights have a scale, activations are rounded to 8 bits of steps that are powers of
    two."""
    import jax.numpy as jnp

    scale, step = _get_scales(network)

    def mlp(x):
        x = jnp.clip(jnp.round(x), -128, 127)
        y = x @ (network.up * scale)
        y = jnp.clip(jnp.round(y * (step / scale)), 0, 127)
        return y @ (network.down * scale)

    return mlp


def tosa_model(network: Network) -> tosa.Model:
    """The block in TOSA: fully connected layers are 1x1 convolutions."""
    model = tosa.Model()
    x = model.input((network.tokens, 1, 1, network.up.shape[0]))
    y = model.conv2d(x, model.const(network.up.T[:, None, None, :]))
    y = model.clamp(model.rescale(y, "i8", network.multiplier, SHIFT), 0, 127)
    y = model.conv2d(y, model.const(network.down.T[:, None, None, :]))
    return model.output(y)


def fake_quantized_tosa(network: Network) -> tosa.Model:
    """As fake_quantized, but that `floor` of a half more is how TOSA rounds."""
    model = tosa.Model()
    scale, step = _get_scales(network)

    def constant(value):
        return model.const(np.full((1, 1, 1, 1), value), "f32")

    def quantize(x, low):
        return model.clamp(model.floor(model.binary("add", x, constant(0.5))), low, 127)

    def dense(x, weights):
        return model.conv2d(x, model.const(weights.T[:, None, None, :] * scale, "f32"))

    x = model.input((network.tokens, 1, 1, network.up.shape[0]), "f32")
    y = dense(quantize(x, -128), network.up)
    y = quantize(model.mul(y, constant(step / scale)), 0)
    return model.output(dense(y, network.down))
