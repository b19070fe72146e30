# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""A small convolutional network for handwritten digits, in JAX: 2-bit activations,
1-bit weights (8-bit in the first layer), trained by train.py.

Both functions here compute the same numbers: `integer` as an integer-only export
would, `fake_quantized` in float32 as quantisation-aware training does. All scales
are fixed-point numbers, so that no float operation rounds; and biases are odd
halves of their unit, so that no quotient lies halfway between two integers.
"""

from __future__ import annotations

from pathlib import Path
from typing import Dict, Tuple

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

HERE = Path(__file__).resolve().parent

# Output channels and weight bits of the convolutions, all 3x3, each followed by a
# batch norm and 2-bit activations; a 2x2 max pool halves the size after POOLED ones.
CONVOLUTIONS = ((32, 8), (32, 1), (64, 1))
POOLED = (1, 2)
CLASSES = 10

# Batch norms are (sum * multiplier + bias) / 2^SHIFT, rounded to 0..3.
SHIFT = 12
# The step of 2-bit activations in float: their values are 0, 0.5, 1, 1.5.
STEP = 0.5

Weights = Dict[str, np.ndarray]


def load() -> Tuple[Weights, np.ndarray, np.ndarray]:
    """The trained weights; the test set's images, int8[n, 8, 8, 1] of 0..16, and
    labels."""
    data = dict(np.load(HERE / "digits.npz"))
    images, labels = data.pop("images"), data.pop("labels")
    return data, images, labels


def convolution(x, w, dtype):
    """Images as NHWC, weights as HWIO, zero padding."""
    return lax.conv_general_dilated(
        x,
        w,
        (1, 1),
        "SAME",
        dimension_numbers=("NHWC", "HWIO", "NHWC"),
        preferred_element_type=dtype,
    )


def as_float(values, step: float):
    """Multiples of a step, as training has them."""
    return values.astype(np.float32) * np.float32(step)


def max_pool(x, lowest):
    return lax.reduce_window(
        x, lowest, lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "VALID"
    )


def integer(weights: Weights):
    """The network on images of int8 -> logits of int32."""

    def digits(image):
        x = image
        for i in range(len(CONVOLUTIONS)):
            x = convolution(x, weights[f"conv{i}"], jnp.int32)
            x = x * weights[f"multiplier{i}"] + weights[f"bias{i}"]
            # The half of the rounding is in the bias.
            x = jnp.clip(x >> SHIFT, 0, 3).astype(jnp.int8)
            if i in POOLED:
                x = max_pool(x, np.int8(-128))
        x = x.reshape(x.shape[0], -1)
        return lax.dot(x, weights["dense"], preferred_element_type=jnp.int32)

    return digits


def fake_quantized(weights: Weights):
    """The network on images of float32 -> logits of float32, which are those of
    `integer` times the steps of its last layer, STEP / 4."""

    def digits(image):
        x = image
        for i, (_, bits) in enumerate(CONVOLUTIONS):
            scale = 2.0**-7 if bits > 1 else 2.0**-2
            x = convolution(x, as_float(weights[f"conv{i}"], scale), None)
            step = scale * (1 if i == 0 else STEP)
            multiplier = as_float(weights[f"multiplier{i}"], 2.0**-SHIFT * STEP / step)
            # The integers' shift rounds down, and their bias has a half for that.
            half = 2 ** (SHIFT - 1)
            bias = as_float(weights[f"bias{i}"] - half, 2.0**-SHIFT * STEP)
            x = x * multiplier + bias
            x = jnp.round(jnp.clip(x / STEP, 0, 3)) * STEP
            if i in POOLED:
                x = max_pool(x, np.float32(-np.inf))
        x = x.reshape(x.shape[0], -1)
        return x @ as_float(weights["dense"], 2.0**-2)

    return digits


def accuracy(logits, labels) -> float:
    return float(np.mean(np.argmax(np.asarray(logits), axis=-1) == labels))


def example(batch: int = 1, dtype=np.int8) -> jax.ShapeDtypeStruct:
    """The argument of the functions above, as `jax.jit(f).lower` takes it."""
    return jax.ShapeDtypeStruct((batch, 8, 8, 1), dtype)
