# Part of the bitserial project, under the Apache License v2.0 with LLVM
# Exceptions. See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The layers C2..C12 of ResNet-18 and the pairs of formats, as MLIR."""

from __future__ import annotations

import dataclasses
import math
from typing import Tuple

import numpy as np

from bitserial import build
from bitserial import Format


@dataclasses.dataclass(frozen=True)
class Layer:
    """A square convolution, batch 1, padded so that stride 1 keeps the size."""

    name: str
    size: int
    inputs: int
    outputs: int
    filter: int
    stride: int

    @property
    def macs(self) -> int:
        output = math.ceil(self.size / self.stride)
        return output**2 * self.outputs * self.inputs * self.filter**2

    def reduced(self) -> "Layer":
        """A smaller one with the same filter and stride, for slow machines."""
        return dataclasses.replace(
            self,
            size=7 * self.stride,
            inputs=min(self.inputs, 256),
            outputs=min(self.outputs, 64) - 24,
        )


LAYERS = [
    Layer("C2", 56, 64, 64, 3, 1),
    Layer("C3", 56, 64, 64, 1, 1),
    Layer("C4", 56, 64, 128, 3, 2),
    Layer("C5", 56, 64, 128, 1, 2),
    Layer("C6", 28, 128, 128, 3, 1),
    Layer("C7", 28, 128, 256, 3, 2),
    Layer("C8", 28, 128, 256, 1, 2),
    Layer("C9", 14, 256, 256, 3, 1),
    Layer("C10", 14, 256, 512, 3, 2),
    Layer("C11", 14, 256, 512, 1, 2),
    Layer("C12", 7, 512, 512, 3, 1),
]

# Activations (unsigned) and weights (bipolar), by their widths.
FORMATS = {"a1w1": (1, 1), "a2w1": (2, 1), "a2w2": (2, 2)}


def formats_of(name: str) -> Tuple[Format, Format]:
    activations, weights = FORMATS[name]
    return Format("unsigned", activations), Format("bipolar", weights)


def weights_of(layer: Layer, formats: str, seed: int = 0) -> np.ndarray:
    """Random weights, (outputs, height, width, inputs)."""
    _, weights = formats_of(formats)
    shape = (layer.outputs, layer.filter, layer.filter, layer.inputs)
    values = np.arange(weights.min, weights.max + 1, weights.step)
    return np.random.default_rng(seed).choice(values, shape).astype(np.int8)


def conv_text(layer: Layer, formats: str, name: str = "main", seed: int = 0) -> str:
    """A module with the layer as a function of x, with constant weights."""
    activations, weights = formats_of(formats)
    return build.conv2d(
        (1, layer.size, layer.size, layer.inputs),
        (layer.outputs, layer.filter, layer.filter, layer.inputs),
        activations,
        weights,
        layer.stride,
        layer.filter // 2,
        weights_value=weights_of(layer, formats, seed),
        name=name,
    )
