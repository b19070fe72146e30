# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What the compiler made of the layers of a model."""

from __future__ import annotations

import dataclasses
import json
from typing import Any, Dict, Optional, Tuple


@dataclasses.dataclass(frozen=True)
class Operand:
    """An operand of a convolution or matrix product.

    type: of its elements in the model, "i8".
    values: those its elements can have, less the zero point, "0..3"; empty if
      nothing is known of them.
    format: the low-bit format of these values, "2-bit unsigned"; empty if there is
      none. bits: its bits, 0 if there is none.
    is_constant: whether it is a constant of the model.
    """

    type: str
    values: str
    format: str
    bits: int
    is_constant: bool


@dataclasses.dataclass(frozen=True)
class Layer:
    """A convolution or matrix product of a model.

    function, location, op: where it is, and the op's name in the model.
    shape: of the result; terms: the products per element of it.
    is_low_bit: whether its numbers have few bits; reason: if not, why not.
    is_whole_numbers: whether they have too many bits for that, but are integers of 8 bits
      or fewer, which are multiplied as they are.
    error_bound: by how much its result, of floats, may differ from the model's; 0 if
      it does not.
    requantization: how its sums become what the next layer reads: "3 thresholds",
      "fixed point" or "float"; empty if they are used as they are, or it is not low-bit.
    """

    function: str
    location: str
    op: str
    shape: Tuple[int, ...]
    terms: int
    activations: Operand
    weights: Operand
    is_low_bit: bool
    is_whole_numbers: bool
    reason: str
    error_bound: float
    requantization: str


class Report:
    """The convolutions and matrix products of a model; str() is a table.

    layers: all of them, in order. low_bit: how many have numbers of few bits.
    max_input: the magnitude that float arguments are taken to have at most, if
      anything depends on it, else None.
    """

    def __init__(self, table: str, text: str):
        self._table = table
        self._json: Dict[str, Any] = json.loads(text)
        self.layers: Tuple[Layer, ...] = tuple(
            Layer(
                **{
                    **layer,
                    "shape": tuple(layer["shape"]),
                    "activations": Operand(**layer["activations"]),
                    "weights": Operand(**layer["weights"]),
                }
            )
            for layer in self._json["layers"]
        )
        self.low_bit: int = self._json["low_bit"]
        self.max_input: Optional[float] = self._json["max_input"]

    def to_dict(self) -> Dict[str, Any]:
        """The same as dicts and lists, which json.dumps takes."""
        return self._json

    def __str__(self) -> str:
        return self._table

    def __repr__(self) -> str:
        return f"<bitserial.Report: {self.low_bit} of {len(self.layers)} low-bit>"
