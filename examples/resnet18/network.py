# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""ResNet-18 (He et al., "Deep Residual Learning for Image Recognition", arXiv
1512.03385) with activations and weights of few bits, for images of int8. The first
convolution and the last layer have 8-bit weights. Weights are random: this is for
speed and for tests, not for recognising anything.

`jax_function` and `tosa_model` build the network for the two importers. Their
convolutions are the same; between them JAX's has integer batch norms, TOSA's the
rescale ops of its own.
"""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path
from typing import Dict, List, Tuple

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import tosa  # noqa: E402

# Batch norms are (sum * multiplier + bias) >> SHIFT.
SHIFT = 14

# Output channels and stride of each stage's first block.
STAGES = ((64, 1), (128, 2), (256, 2), (512, 2))
BLOCKS = 2

# What n-bit weights can be.
WEIGHTS = {1: (-1, 1), 2: (-3, -1, 1, 3), 8: tuple(range(-127, 128))}


@dataclasses.dataclass
class Convolution:
    """weights: OHWI. multiplier, bias: of the batch norm, per output channel."""

    weights: np.ndarray
    multiplier: np.ndarray
    bias: np.ndarray
    stride: int

    @property
    def pad(self) -> int:
        return self.weights.shape[1] // 2


@dataclasses.dataclass
class Network:
    """activation_bits: 1 or 2. size: of the images, height and width."""

    activation_bits: int
    weight_bits: int
    size: int
    classes: int
    first: Convolution
    # Two convolutions per block, and the one of its shortcut, if any.
    blocks: List[Dict[str, Convolution]]
    dense: np.ndarray

    @property
    def name(self) -> str:
        return f"resnet18_a{self.activation_bits}w{self.weight_bits}"

    @property
    def largest(self) -> int:
        return 2**self.activation_bits - 1

    @property
    def convolutions(self) -> List[Convolution]:
        return [self.first, *(c for block in self.blocks for c in block.values())]

    @property
    def low_bit(self) -> int:
        """How many contractions are low-bit by construction."""
        return len(self.convolutions) - 1


def make(
    activation_bits: int = 2,
    weight_bits: int = 1,
    size: int = 224,
    classes: int = 1000,
    width: int = 64,
    seed: int = 0,
) -> Network:
    """A network with seeded random weights; `width` are the channels of the first
    stage, 64 in the original."""
    random = np.random.default_rng(seed)
    largest = 2**activation_bits - 1

    def convolution(outputs, kernel, channels, stride, bits, spread):
        """`spread` is the root mean square of what the convolution reads."""
        w = random.choice(WEIGHTS[bits], (outputs, kernel, kernel, channels))
        deviation = spread * np.sqrt(np.mean(np.square(w)) * kernel**2 * channels)
        scale = random.uniform(0.7, 1.3, outputs) * largest / 2.5 / deviation
        offset = random.uniform(0.1, 0.5, outputs) * largest + 0.5
        return Convolution(
            w.astype(np.int8),
            np.maximum(np.round(scale * 2**SHIFT), 1).astype(np.int32),
            np.round(offset * 2**SHIFT).astype(np.int32),
            stride,
        )

    spread = np.sqrt(np.mean(np.square(np.arange(largest + 1))))
    first = convolution(width, 7, 3, 2, 8, 74)
    blocks, channels = [], width
    for outputs, first_stride in STAGES:
        outputs = outputs * width // 64
        for stride in (first_stride, *[1] * (BLOCKS - 1)):
            bits = weight_bits
            block = {
                "a": convolution(outputs, 3, channels, stride, bits, spread),
                "b": convolution(outputs, 3, outputs, 1, bits, spread),
            }
            if stride != 1:
                block["shortcut"] = convolution(outputs, 1, channels, stride, bits, spread)
            blocks.append(block)
            channels = outputs
    dense = random.integers(-127, 128, (channels, classes)).astype(np.int8)
    return Network(activation_bits, weight_bits, size, classes, first, blocks, dense)


def image(network: Network, seed: int = 0) -> np.ndarray:
    random = np.random.default_rng(seed)
    shape = (1, network.size, network.size, 3)
    return random.integers(-128, 128, shape).astype(np.int8)


#===-----------------------------------------------------------------------===#
# JAX
#===-----------------------------------------------------------------------===#


def jax_function(network: Network):
    """The network as a function of JAX: int8[1, size, size, 3] -> int32[1, classes]."""
    import jax.numpy as jnp
    from jax import lax

    def convolve(x, c: Convolution):
        """Sums after the batch norm, in units of 2^-SHIFT."""
        sums = lax.conv_general_dilated(
            x,
            c.weights,
            (c.stride, c.stride),
            ((c.pad, c.pad), (c.pad, c.pad)),
            dimension_numbers=("NHWC", "OHWI", "NHWC"),
            preferred_element_type=jnp.int32,
        )
        return sums * c.multiplier + c.bias

    def quantize(y):
        return jnp.clip(y >> SHIFT, 0, network.largest).astype(jnp.int8)

    def resnet18(image):
        x = quantize(convolve(image, network.first))
        x = lax.reduce_window(
            x,
            np.int8(-128),
            lax.max,
            (1, 3, 3, 1),
            (1, 2, 2, 1),
            ((0, 0), (1, 1), (1, 1), (0, 0)),
        )
        for block in network.blocks:
            y = convolve(quantize(convolve(x, block["a"])), block["b"])
            if "shortcut" in block:
                shortcut = convolve(x, block["shortcut"])
            else:
                shortcut = x.astype(jnp.int32) << SHIFT
            x = quantize(y + shortcut)
        x = jnp.sum(x.astype(jnp.int32), (1, 2))
        x = jnp.minimum(x, 127).astype(jnp.int8)
        return lax.dot(x, network.dense, preferred_element_type=jnp.int32)

    return resnet18


def fake_quantized(network: Network):
    """The network as training has it: float32[1, size, size, 3] of integers ->
    float32[1, classes]. Activations are multiples of a half, weights of a quarter;
    all numbers of batch norms have less than 24 bits, so that no float is rounded."""
    import jax.numpy as jnp
    from jax import lax

    def convolve(x, c: Convolution, step):
        """Batch norms, in units of activations, which `step` is of the operand."""
        sums = lax.conv_general_dilated(
            x,
            np.float32(c.weights) * np.float32(0.25),
            (c.stride, c.stride),
            ((c.pad, c.pad), (c.pad, c.pad)),
            dimension_numbers=("NHWC", "OHWI", "NHWC"),
        )
        multiplier = np.float32(c.multiplier / (2**SHIFT * step * 0.25))
        # The integers' shift rounds down, and their bias has a half for that.
        bias = np.float32((c.bias - 2 ** (SHIFT - 1)) / 2**SHIFT)
        return sums * multiplier + bias

    def quantize(y):
        return jnp.round(jnp.clip(y, 0, network.largest)) * 0.5

    def resnet18(image):
        x = quantize(convolve(image, network.first, 1))
        x = lax.reduce_window(
            x,
            -np.float32(np.inf),
            lax.max,
            (1, 3, 3, 1),
            (1, 2, 2, 1),
            ((0, 0), (1, 1), (1, 1), (0, 0)),
        )
        for block in network.blocks:
            y = convolve(quantize(convolve(x, block["a"], 0.5)), block["b"], 0.5)
            shortcut = x * 2
            if "shortcut" in block:
                shortcut = convolve(x, block["shortcut"], 0.5)
            x = quantize(y + shortcut)
        x = jnp.minimum(jnp.sum(x, (1, 2)), 127)
        return x @ np.float32(network.dense / 128)

    return resnet18


#===-----------------------------------------------------------------------===#
# TOSA
#===-----------------------------------------------------------------------===#


def _convolve(model, x, c: Convolution, weights, bias=None) -> tosa.Tensor:
    """Windows must end at the border, so that strides pad at one side only, or
    leave the last row and column out."""
    low, high = c.pad, c.pad - (c.stride > 1)
    if high < 0:
        size = [1, x.shape[1] - 1, x.shape[2] - 1, x.shape[3]]
        x, high = model.slice(x, [0, 0, 0, 0], size), 0
    return model.conv2d(
        x, weights, bias, pad=(low, high, low, high), stride=(c.stride, c.stride)
    )


def fake_quantized_tosa(network: Network) -> tosa.Model:
    """As fake_quantized, but that `floor` of a half more is how TOSA rounds."""
    model = tosa.Model()

    def channels(values):
        return model.const(np.reshape(values, (1, 1, 1, -1)), "f32")

    def convolve(x, c: Convolution, step):
        sums = _convolve(model, x, c, model.const(c.weights * 0.25, "f32"))
        y = model.mul(sums, channels(c.multiplier / (2**SHIFT * step * 0.25)))
        bias = (c.bias - 2 ** (SHIFT - 1)) / 2**SHIFT
        return model.binary("add", y, channels(bias))

    def quantize(y):
        y = model.clamp(y, 0, network.largest)
        y = model.floor(model.binary("add", y, channels(0.5)))
        return model.mul(y, channels(0.5))

    x = model.input((1, network.size, network.size, 3), "f32")
    x = quantize(convolve(x, network.first, 1))
    x = model.max_pool(x, (3, 3), (2, 2), (1, 0, 1, 0))
    for block in network.blocks:
        y = convolve(quantize(convolve(x, block["a"], 0.5)), block["b"], 0.5)
        if "shortcut" in block:
            shortcut = convolve(x, block["shortcut"], 0.5)
        else:
            shortcut = model.mul(x, channels(2.0))
        x = quantize(model.binary("add", y, shortcut))
    x = model.reduce("reduce_sum", model.reduce("reduce_sum", x, 1), 2)
    x = model.binary("minimum", x, channels(127.0))
    weights = model.const(network.dense.T[:, None, None, :] / 128, "f32")
    logits = model.conv2d(x, weights)
    return model.output(model.reshape(logits, (1, network.classes)))


def tosa_model(network: Network) -> tosa.Model:
    """The network in TOSA, which also evaluates it."""
    model = tosa.Model()
    # An activation of 1 in the sums of a block's two branches.
    one = 1 << 8

    def convolve(x, c: Convolution):
        unit = c.multiplier / 2**SHIFT
        bias = model.const(np.round(c.bias / 2**SHIFT / unit), "i32")
        return _convolve(model, x, c, model.const(c.weights), bias)

    def rescale(x, scale, element):
        """Multipliers of 31 bits."""
        fraction, exponent = np.frexp(scale)
        return model.rescale(x, element, np.round(fraction * 2**31).astype(np.int64) - 1, 31 - exponent)

    def quantize(x, scale):
        return model.clamp(rescale(x, scale, "i8"), 0, network.largest)

    def scale(c: Convolution):
        return c.multiplier / 2**SHIFT

    x = model.input((1, network.size, network.size, 3))
    x = quantize(convolve(x, network.first), scale(network.first))
    x = model.max_pool(x, (3, 3), (2, 2), (1, 0, 1, 0))
    for block in network.blocks:
        y = quantize(convolve(x, block["a"]), scale(block["a"]))
        y = rescale(convolve(y, block["b"]), scale(block["b"]) * one, "i32")
        if "shortcut" in block:
            c = block["shortcut"]
            shortcut = rescale(convolve(x, c), scale(c) * one, "i32")
        else:
            shortcut = rescale(x, one, "i32")
        x = quantize(model.binary("add", y, shortcut), 1 / one)
    height, width = x.shape[1:3]
    x = model.avg_pool(rescale(x, 32, "i8"), (height, width), (1, 1))
    weights = model.const(network.dense.T[:, None, None, :])
    logits = model.conv2d(x, weights)
    return model.output(model.reshape(logits, (1, network.classes)))
