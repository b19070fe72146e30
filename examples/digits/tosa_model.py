# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The network of model.py, with the same trained weights, in TOSA. As a script it
writes the module:

    python examples/digits/tosa_model.py -o digits.mlir
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

sys.path[:0] = [
    str(Path(__file__).resolve().parent),
    str(Path(__file__).resolve().parents[1]),
]
import model as digits  # noqa: E402
import tosa  # noqa: E402


def integer(weights: digits.Weights, batch: int = 1) -> tosa.Model:
    """int8[batch, 8, 8, 1] -> int32[batch, 10], by integers alone. Multipliers have a
    sign, which those of `rescale` have not."""
    model = tosa.Model()
    x = model.input((batch, 8, 8, 1))
    for i in range(len(digits.CONVOLUTIONS)):
        w = model.const(weights[f"conv{i}"].transpose(3, 0, 1, 2))
        x = model.conv2d(x, w, pad=(1, 1, 1, 1))
        x = model.mul(x, _channels(model, weights[f"multiplier{i}"], "i32"))
        x = model.binary("add", x, _channels(model, weights[f"bias{i}"], "i32"))
        x = model.shift_right(x, _channels(model, [digits.SHIFT], "i32"))
        x = model.binary("maximum", x, _channels(model, [0], "i32"))
        x = model.binary("minimum", x, _channels(model, [3], "i32"))
        x = model.cast(x, "i8")
        if i in digits.POOLED:
            x = model.max_pool(x, (2, 2), (2, 2))
    return _classify(model, x, weights["dense"], "i8")


def fake_quantized(weights: digits.Weights, batch: int = 1) -> tosa.Model:
    """float[batch, 8, 8, 1] -> float[batch, 10], as quantisation-aware training has
    it: `floor` of a half more is how TOSA rounds."""
    model = tosa.Model()
    x = model.input((batch, 8, 8, 1), "f32")
    for i, (_, bits) in enumerate(digits.CONVOLUTIONS):
        scale = 2.0**-7 if bits > 1 else 2.0**-2
        step = scale * (1 if i == 0 else digits.STEP)
        unit = 2.0**-digits.SHIFT * digits.STEP
        half = 2 ** (digits.SHIFT - 1)
        w = weights[f"conv{i}"].transpose(3, 0, 1, 2) * scale
        x = model.conv2d(x, model.const(w, "f32"), pad=(1, 1, 1, 1))
        x = model.mul(x, _channels(model, weights[f"multiplier{i}"] * unit / step))
        x = model.binary(
            "add", x, _channels(model, (weights[f"bias{i}"] - half) * unit)
        )
        x = model.mul(x, _channels(model, [1 / digits.STEP]))
        x = model.clamp(x, 0.0, 3.0)
        x = model.floor(model.binary("add", x, _channels(model, [0.5])))
        x = model.mul(x, _channels(model, [digits.STEP]))
        if i in digits.POOLED:
            x = model.max_pool(x, (2, 2), (2, 2))
    return _classify(model, x, weights["dense"] * 2.0**-2, "f32")


def _channels(model: tosa.Model, values, element: str = "f32") -> tosa.Tensor:
    """Numbers of all channels, or one for all, to be broadcast."""
    return model.const(np.reshape(values, (1, 1, 1, -1)), element)


def _classify(model, x, dense, element) -> tosa.Model:
    """A fully connected layer is a 1x1 convolution."""
    batch = x.shape[0]
    x = model.reshape(x, (batch, 1, 1, dense.shape[0]))
    logits = model.conv2d(x, model.const(dense.T[:, None, None, :], element))
    return model.output(model.reshape(logits, (batch, dense.shape[1])))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", dest="output", required=True, help="the file to write")
    parser.add_argument("--float", action="store_true", help="the network in float32")
    options = parser.parse_args()
    weights, _, _ = digits.load()
    network = fake_quantized(weights) if options.float else integer(weights)
    Path(options.output).write_text(network.text())


if __name__ == "__main__":
    main()
