# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Chains of convolutions with what stands between them: a requantisation, which
is computed on the sums of one layer and packed for the next one.

A chain's module takes the input, the filters and what the steps between need,
and returns the sums of the last layer. `python chains.py ID` prints it.
"""

from __future__ import annotations

import dataclasses
import sys
from typing import List, Tuple

import numpy as np

from bitserial import Format, reference

U1, U2, U3 = (Format("unsigned", width) for width in (1, 2, 3))
B1, S2, T2 = Format("bipolar", 1), Format("signed", 2), Format("ternary", 2)


@dataclasses.dataclass(frozen=True)
class Layer:
    """A convolution: size of the square filter, stride, padding, outputs."""

    filter: int
    stride: int
    padding: int
    channels: int
    weights: Format = B1


@dataclasses.dataclass(frozen=True)
class Chain:
    """Layers whose activations have the same format. `between` says what stands
    between two of them: "shift" (bias, shift, clamp), "relu" (the same after a
    maximum with zero that is used twice), "thresholds" (one or more per
    channel), "residual" (another tensor is added before) or "pool" (a maximum
    over 2x2 positions after it, which cannot be fused)."""

    id: str
    input: Tuple[int, int, int]  # height, width, channels
    activations: Format
    between: str
    layers: Tuple[Layer, ...]


CHAINS = (
    Chain("a1w1", (6, 9, 64), U1, "shift", (Layer(3, 1, 1, 64), Layer(1, 1, 0, 5))),
    Chain("a2w1", (6, 9, 33), U2, "shift", (Layer(3, 1, 1, 128), Layer(1, 1, 0, 70))),
    Chain("a2w2", (5, 7, 64), U2, "relu", (Layer(3, 1, 1, 96, T2), Layer(3, 1, 1, 6, T2))),
    Chain("a3w1", (4, 13, 20), U3, "shift", (Layer(1, 1, 0, 40), Layer(3, 1, 1, 9))),
    Chain("odd", (5, 5, 7), U2, "shift", (Layer(3, 1, 1, 7), Layer(3, 1, 1, 33), Layer(1, 1, 0, 3))),
    Chain("long", (3, 8, 64), U1, "shift", (Layer(1, 1, 0, 130), Layer(1, 1, 0, 257), Layer(1, 1, 0, 4))),
    Chain("strided", (11, 13, 64), U2, "shift", (Layer(3, 2, 1, 64), Layer(1, 2, 0, 24))),
    Chain("padded", (7, 7, 32), U1, "thresholds", (Layer(3, 1, 1, 64), Layer(3, 2, 1, 32), Layer(3, 1, 1, 16))),
    Chain("thresholds", (6, 6, 40), U2, "thresholds", (Layer(3, 1, 1, 64), Layer(1, 1, 0, 32, T2))),
    Chain("residual", (6, 14, 64), U2, "residual", (Layer(3, 1, 1, 64), Layer(3, 1, 1, 64))),
    Chain("bipolar", (6, 7, 64), B1, "shift", (Layer(3, 1, 0, 128), Layer(3, 1, 0, 40))),
    Chain("signed", (6, 7, 48), S2, "residual", (Layer(3, 1, 1, 48), Layer(1, 1, 0, 65))),
    Chain("pooled", (8, 8, 32), U2, "pool", (Layer(3, 1, 1, 64), Layer(3, 1, 1, 10))),
    Chain("point", (1, 1, 256), U1, "shift", (Layer(1, 1, 0, 512), Layer(1, 1, 0, 96), Layer(1, 1, 0, 10))),
)


def _levels(format: Format) -> List[int]:
    """All values, in ascending order."""
    if format.kind == "unsigned":
        return list(range(2**format.width))
    if format.kind == "signed":
        return list(range(-(2 ** (format.width - 1)), 2 ** (format.width - 1)))
    assert format.kind == "bipolar"
    return list(range(-(2**format.width) + 1, 2**format.width, 2))


class Built:
    """The text of a chain's module, `main`, with arguments for it and the result
    that they must give."""

    def __init__(self, chain: Chain):
        self._random = np.random.default_rng(sum(map(ord, chain.id)))
        self._lines: List[str] = []
        self._arguments: List[str] = []
        self._count = 0
        self.inputs: List[np.ndarray] = []

        levels = _levels(chain.activations)
        shape = (1, *chain.input)
        values = self._random.choice(levels, shape).astype(np.int8)
        name = self._add_argument(values, str(chain.activations.mlir_type))
        for index, layer in enumerate(chain.layers):
            if index:
                sums, values = self._requantise(chain, sums, values)
                name = self._emit(
                    f"bitserial.encode {sums} : {self._i32(values)} to "
                    f"{self._type(values, chain.activations.mlir_type)}"
                )
            sums, values = self._convolve(layer, chain.activations, name, values)
        self.expected = values.astype(np.int32)
        self.text = (
            f"func.func @main({', '.join(self._arguments)}) -> {self._i32(values)} {{\n"
            + "\n".join(self._lines)
            + f"\n  return {sums} : {self._i32(values)}\n}}\n"
        )

    # -- text ---------------------------------------------------------------

    @staticmethod
    def _type(values: np.ndarray, element: str) -> str:
        return f"tensor<{'x'.join(map(str, values.shape))}x{element}>"

    def _i32(self, values: np.ndarray) -> str:
        return self._type(values, "i32")

    def _emit(self, text: str) -> str:
        self._count += 1
        self._lines.append(f"  %{self._count} = {text}")
        return f"%{self._count}"

    def _add_argument(self, values: np.ndarray, element: str) -> str:
        name = f"%a{len(self.inputs)}"
        self._arguments.append(f"{name}: {self._type(values, element)}")
        self.inputs.append(values)
        return name

    def _constant(self, value: int, like: np.ndarray) -> str:
        return self._emit(f"arith.constant dense<{value}> : {self._i32(like)}")

    def _binary(self, op: str, a: str, b: str, like: np.ndarray) -> str:
        return self._emit(f"arith.{op} {a}, {b} : {self._i32(like)}")

    def _per_channel(self, values: np.ndarray, like: np.ndarray) -> str:
        argument = self._add_argument(values.astype(np.int32), "i32")
        empty = self._emit(f"tensor.empty() : {self._i32(like)}")
        return self._emit(
            f"linalg.broadcast ins({argument} : {self._i32(values)}) "
            f"outs({empty} : {self._i32(like)}) dimensions = [0, 1, 2]"
        )

    # -- steps --------------------------------------------------------------

    def _convolve(self, layer: Layer, format: Format, name: str, x: np.ndarray):
        shape = (layer.channels, layer.filter, layer.filter, x.shape[-1])
        levels = [-1, 0, 1] if layer.weights == T2 else [-1, 1]
        w = self._random.choice(levels, shape).astype(np.int8)
        filter = self._add_argument(w, layer.weights.mlir_type)
        result = reference.conv2d(
            x, w, strides=(layer.stride,) * 2, padding=(layer.padding,) * 2
        )
        dims = "(n, oh, ow, o, kh, kw, c)"
        padding = ""
        if layer.padding:
            sides = f"[0, {layer.padding}, {layer.padding}, 0]"
            padding = f"pad_low = {sides} pad_high = {sides} "
        sums = self._emit(
            f"bitserial.contract {name}, {filter} indexing_maps = ["
            f"affine_map<{dims} -> (n, oh * {layer.stride} + kh, ow * {layer.stride} + kw, c)>, "
            f"affine_map<{dims} -> (o, kh, kw, c)>, affine_map<{dims} -> (n, oh, ow, o)>] "
            f"{padding}: {self._type(x, format.mlir_type)}, "
            f"{self._type(w, layer.weights.mlir_type)} -> {self._i32(result)}"
        )
        return sums, result

    def _requantise(self, chain: Chain, sums: str, values: np.ndarray):
        levels = _levels(chain.activations)
        last, channels = len(levels) - 1, values.shape[-1]
        spread = max(int(np.abs(values).max()) // 2, 1)
        if chain.between == "thresholds":
            index, result = None, np.zeros_like(values)
            for _ in range(last):
                limits = self._random.integers(-spread, spread, channels)
                reached = self._emit(
                    f"arith.cmpi sge, {sums}, {self._per_channel(limits, values)} "
                    f": {self._i32(values)}"
                )
                one = self._emit(
                    f"arith.extui {reached} : {self._type(values, 'i1')} to {self._i32(values)}"
                )
                index = self._binary("addi", index, one, values) if index else one
                result = result + (values >= limits)
        else:
            if chain.between == "residual":
                other = self._random.integers(-spread, spread, values.shape)
                sums = self._binary(
                    "addi", sums, self._add_argument(other.astype(np.int32), "i32"), values
                )
                values = values + other
            bias = self._random.integers(0, spread, channels)
            sums = self._binary("addi", sums, self._per_channel(bias, values), values)
            values = values + bias
            if chain.between == "relu":
                zero = self._constant(0, values)
                positive = self._emit(f"arith.cmpi sgt, {sums}, {zero} : {self._i32(values)}")
                sums = self._emit(
                    f"arith.select {positive}, {sums}, {zero} : "
                    f"{self._type(values, 'i1')}, {self._i32(values)}"
                )
                values = np.maximum(values, 0)
            shift = max(spread.bit_length() - len(levels).bit_length() + 1, 0)
            index = self._binary("shrsi", sums, self._constant(shift, values), values)
            index = self._binary("maxsi", index, self._constant(0, values), values)
            index = self._binary("minsi", index, self._constant(last, values), values)
            result = np.clip(values >> shift, 0, last)
        # The index of a level as a value.
        step = levels[1] - levels[0]
        if step != 1:
            index = self._binary("muli", index, self._constant(step, values), values)
        if levels[0]:
            index = self._binary("addi", index, self._constant(levels[0], values), values)
        result = result * step + levels[0]
        if chain.between == "pool":
            index, result = self._pool(index, result)
        return index, result

    def _pool(self, name: str, values: np.ndarray):
        n, h, w, c = values.shape
        pooled = values.reshape(n, h // 2, 2, w // 2, 2, c).max(axis=(2, 4))
        least = self._constant(-(2**31), pooled)
        window = self._emit("tensor.empty() : tensor<2x2xi32>")
        name = self._emit(
            "linalg.pooling_nhwc_max {strides = dense<2> : tensor<2xi64>} "
            f"ins({name}, {window} : {self._i32(values)}, tensor<2x2xi32>) "
            f"outs({least} : {self._i32(pooled)}) -> {self._i32(pooled)}"
        )
        return name, pooled


if __name__ == "__main__":
    for chain in CHAINS:
        if chain.id in sys.argv[1:]:
            print(Built(chain).text)
