# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The convolutional network of "Binarized Neural Networks" (Courbariaux et al., arXiv
1602.02830) for images of 32x32 pixels: activations and weights are signs, except for
the images themselves, which are int8. Convolutions pad with zeros, which are no sign.
A batch norm followed by a sign is a comparison of the sum with a threshold. Weights
are random.
"""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path
from typing import List

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import tosa  # noqa: E402

# Output channels of the 3x3 convolutions; a 2x2 max pool follows every second one.
CONVOLUTIONS = (128, 128, 256, 256, 512, 512)
DENSE = (1024, 1024)


@dataclasses.dataclass
class Layer:
    """weights: OHWI, or inputs x outputs. The sign is that of (sum * direction -
    threshold), both per output; 0 counts as positive."""

    weights: np.ndarray
    direction: np.ndarray
    threshold: np.ndarray


@dataclasses.dataclass
class Network:
    convolutions: List[Layer]
    dense: List[Layer]
    size: int
    classes: int

    @property
    def low_bit(self) -> int:
        """How many contractions are low-bit by construction: all, since the first
        convolution has 8-bit activations, but 1-bit weights."""
        return len(self.convolutions) + len(self.dense)


def make(size: int = 32, width: int = 128, classes: int = 10, seed: int = 0) -> Network:
    """`width`: channels of the first convolution, 128 in the original."""
    random = np.random.default_rng(seed)

    def layer(shape, outputs, terms):
        deviation = np.sqrt(terms)
        return Layer(
            random.choice([-1, 1], shape).astype(np.int8),
            random.choice([-1, 1], outputs).astype(np.int32),
            np.round(random.normal(0, deviation / 2, outputs)).astype(np.int32),
        )

    convolutions, channels = [], 3
    for i, outputs in enumerate(CONVOLUTIONS):
        outputs = outputs * width // 128
        terms = 9 * channels * (5000 if i == 0 else 1)
        convolutions.append(layer((outputs, 3, 3, channels), outputs, terms))
        channels = outputs
    inputs = channels * (size // 8) ** 2
    dense = []
    for outputs in (*(n * width // 128 for n in DENSE), classes):
        dense.append(layer((inputs, outputs), outputs, inputs))
        inputs = outputs
    return Network(convolutions, dense, size, classes)


def image(network: Network, seed: int = 0) -> np.ndarray:
    random = np.random.default_rng(seed)
    shape = (1, network.size, network.size, 3)
    return random.integers(-128, 128, shape).astype(np.int8)


def jax_function(network: Network):
    """A function of JAX: int8[1, size, size, 3] -> int32[1, classes]."""
    import jax.numpy as jnp
    from jax import lax

    def sign(sums, layer: Layer):
        positive = sums * layer.direction >= layer.threshold
        return jnp.where(positive, 1, -1).astype(jnp.int8)

    def binarynet(image):
        x = image
        for i, layer in enumerate(network.convolutions):
            x = lax.conv_general_dilated(
                x,
                layer.weights,
                (1, 1),
                "SAME",
                dimension_numbers=("NHWC", "OHWI", "NHWC"),
                preferred_element_type=jnp.int32,
            )
            x = sign(x, layer)
            if i % 2 == 1:
                x = lax.reduce_window(
                    x, np.int8(-128), lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "VALID"
                )
        x = x.reshape(1, -1)
        for layer in network.dense[:-1]:
            x = lax.dot(x, layer.weights, preferred_element_type=jnp.int32)
            x = sign(x, layer)
        weights = network.dense[-1].weights
        return lax.dot(x, weights, preferred_element_type=jnp.int32)

    return binarynet


def _get_scales(layer: Layer) -> np.ndarray:
    """Of the weights of a layer of floats, per output."""
    return np.exp2(-(np.arange(len(layer.direction)) % 4)).astype(np.float32)


def fake_quantized(network: Network):
    """The network as training has it: float32[1, size, size, 3] ->
    float32[1, classes]. Images are rounded to 8 bits; signs of weights have a scale
    per output."""
    import jax.numpy as jnp
    from jax import lax

    def sign(sums, layer: Layer, scales):
        positive = sums * layer.direction >= layer.threshold * scales
        return jnp.where(positive, np.float32(1), np.float32(-1))

    def binarynet(image):
        x = jnp.round(jnp.clip(image, -128, 127))
        for i, layer in enumerate(network.convolutions):
            scales = _get_scales(layer)
            x = lax.conv_general_dilated(
                x,
                layer.weights * scales[:, None, None, None],
                (1, 1),
                "SAME",
                dimension_numbers=("NHWC", "OHWI", "NHWC"),
            )
            x = sign(x, layer, scales)
            if i % 2 == 1:
                x = lax.reduce_window(
                    x, -np.float32(np.inf), lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "VALID"
                )
        x = x.reshape(1, -1)
        for layer in network.dense[:-1]:
            scales = _get_scales(layer)
            x = sign(x @ (layer.weights * scales), layer, scales)
        return x @ np.float32(network.dense[-1].weights)

    return binarynet


def tosa_model(network: Network) -> tosa.Model:
    """The network in TOSA, with all directions positive: the bias of a convolution
    takes the threshold away."""
    model = tosa.Model()
    x = model.input((1, network.size, network.size, 3))
    for i, layer in enumerate(network.convolutions):
        bias = model.const(-layer.threshold, "i32")
        sums = model.conv2d(x, model.const(layer.weights), bias, pad=(1, 1, 1, 1))
        x = model.sign(sums)
        if i % 2 == 1:
            x = model.max_pool(x, (2, 2), (2, 2))
    x = model.reshape(x, (1, 1, 1, int(np.prod(x.shape))))
    for i, layer in enumerate(network.dense):
        weights = model.const(layer.weights.T[:, None, None, :])
        if i + 1 == len(network.dense):
            logits = model.conv2d(x, weights)
        else:
            x = model.sign(model.conv2d(x, weights, model.const(-layer.threshold, "i32")))
    return model.output(model.reshape(logits, (1, network.classes)))


def fake_quantized_tosa(network: Network) -> tosa.Model:
    """As fake_quantized, but that `floor` of a half more is how TOSA rounds."""
    model = tosa.Model()

    def channels(values):
        return model.const(np.reshape(values, (1, 1, 1, -1)), "f32")

    def layer(x, layer: Layer, weights, pad=0):
        """OHWI weights; the last layer has no sign."""
        scales = _get_scales(layer)
        weights = model.const(weights * scales[:, None, None, None], "f32")
        sums = model.conv2d(x, weights, pad=(pad, pad, pad, pad))
        positive = model.compare(
            "greater_equal",
            model.mul(sums, channels(layer.direction)),
            channels(layer.threshold * scales),
        )
        return sums, model.select(positive, channels(1.0), channels(-1.0))

    x = model.input((1, network.size, network.size, 3), "f32")
    x = model.clamp(x, -128, 127)
    x = model.floor(model.binary("add", x, channels(0.5)))
    for i, convolution in enumerate(network.convolutions):
        _, x = layer(x, convolution, convolution.weights, pad=1)
        if i % 2 == 1:
            x = model.max_pool(x, (2, 2), (2, 2))
    x = model.reshape(x, (1, 1, 1, int(np.prod(x.shape))))
    for dense in network.dense:
        sums, x = layer(x, dense, dense.weights.T[:, None, None, :])
    return model.output(model.reshape(sums, (1, network.classes)))
