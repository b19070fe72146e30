# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Low-bit number formats and packed layouts, as Python values.

This is a second statement of the tables that the dialect defines, written on
purpose without looking at the C++ one: the tests compare the two.
"""

from __future__ import annotations

import dataclasses
import operator
from typing import Optional, Sequence, Tuple, Union

import numpy as np

KINDS = ("unsigned", "signed", "bipolar", "ternary")


def _as_int(value, what: str) -> int:
    """`value` as an int, or ValueError: bools and floats are no sizes."""
    if isinstance(value, (bool, np.bool_)):
        raise ValueError(f"{what} must be an integer, got {value!r}")
    try:
        return operator.index(value)
    except TypeError:
        raise ValueError(f"{what} must be an integer, got {value!r}") from None


@dataclasses.dataclass(frozen=True)
class Format:
    """A low-bit number format: `width` bits of one `kind`.

    The number that bits b[0..width) stand for is
    ``offset + sum(weights[i] * b[i])``:

    ========  ================================  ======================
    kind      values of `width` bits            2 bits
    ========  ================================  ======================
    unsigned  0 .. 2**width - 1                 0, 1, 2, 3
    signed    -2**(width-1) .. 2**(width-1)-1   -2, -1, 0, 1
    bipolar   odd, up to +-(2**width - 1)       -3, -1, 1, 3
    ternary   -(3**t-1)/2 .. (3**t-1)/2,        -1, 0, 1
              t = width/2; even widths only
    ========  ================================  ======================

    `zero_point` is subtracted from every value.

    kind: one of "unsigned", "signed", "bipolar", "ternary".
    width: 1..8.
    """

    kind: str
    width: int
    zero_point: int = 0

    def __post_init__(self):
        if self.kind not in KINDS:
            raise ValueError(
                f"format kind must be one of {', '.join(KINDS)}, got {self.kind!r}"
            )
        width = _as_int(self.width, "format width")
        if not 1 <= width <= 8:
            raise ValueError(f"format width must be in 1..8, got {width}")
        if self.kind == "ternary" and width % 2:
            raise ValueError(
                "format width of kind ternary must be even (2, 4, 6 or 8: a "
                f"ternary digit takes two bit planes), got {width}"
            )
        zero_point = _as_int(self.zero_point, "format zero_point")
        object.__setattr__(self, "width", width)
        object.__setattr__(self, "zero_point", zero_point)
        # The values travel as int16 at most.
        if self.min < -(2**15) or self.max > 2**15 - 1:
            raise ValueError(
                f"format zero_point {zero_point} moves the values to "
                f"[{self.min}, {self.max}], outside int16"
            )

    @staticmethod
    def of(value: "FormatLike", what: str = "format") -> "Format":
        """The format given as a Format or a (kind, width[, zero_point]) tuple.

        `what` names the argument in the ValueError raised for anything else.
        """
        if isinstance(value, Format):
            return value
        if not isinstance(value, (tuple, list)) or len(value) not in (2, 3):
            raise ValueError(
                f"{what} must be a bitserial.Format or a tuple (kind, width) or "
                f"(kind, width, zero_point), got {value!r}"
            )
        try:
            return Format(*value)
        except ValueError as error:
            raise ValueError(f"{what}: {error}") from None

    @property
    def weights(self) -> Tuple[int, ...]:
        """What each bit plane contributes when its bit is set."""
        if self.kind == "ternary":
            return tuple(
                sign * 3**digit for digit in range(self.width // 2) for sign in (1, -1)
            )
        scale = 2 if self.kind == "bipolar" else 1
        weights = [scale << i for i in range(self.width)]
        if self.kind == "signed":
            weights[-1] = -weights[-1]
        return tuple(weights)

    @property
    def offset(self) -> int:
        """The number that all-zero bits stand for."""
        base = -(2**self.width - 1) if self.kind == "bipolar" else 0
        return base - self.zero_point

    @property
    def min(self) -> int:
        """The smallest value."""
        return self._bounds()[0] - self.zero_point

    @property
    def max(self) -> int:
        """The largest value."""
        return self._bounds()[1] - self.zero_point

    @property
    def step(self) -> int:
        """The distance between neighbouring values: 2 for bipolar, else 1."""
        return 2 if self.kind == "bipolar" else 1

    def _bounds(self) -> Tuple[int, int]:
        if self.kind == "unsigned":
            return 0, 2**self.width - 1
        if self.kind == "signed":
            return -(2 ** (self.width - 1)), 2 ** (self.width - 1) - 1
        if self.kind == "bipolar":
            return -(2**self.width - 1), 2**self.width - 1
        digits = (3 ** (self.width // 2) - 1) // 2
        return -digits, digits

    def values(self) -> np.ndarray:
        """All values of the format in ascending order, as `dtype`."""
        return np.arange(self.min, self.max + 1, self.step, dtype=np.int64).astype(
            self.dtype
        )

    @property
    def dtype(self) -> np.dtype:
        """The NumPy type that arrays of these values have.

        int8 where every value fits; uint8 where that is what they fit
        (unsigned 8); else int16.
        """
        for dtype in (np.int8, np.uint8, np.int16):
            info = np.iinfo(dtype)
            if info.min <= self.min and self.max <= info.max:
                return np.dtype(dtype)
        raise AssertionError("excluded by __post_init__")

    @property
    def mlir_type(self) -> str:
        """The element type in MLIR text, e.g. ``!bitserial.int<2, unsigned>``."""
        zero_point = f", zero_point = {self.zero_point}" if self.zero_point else ""
        return f"!bitserial.int<{self.width}, {self.kind}{zero_point}>"

    def describe(self) -> str:
        """The values in words, for messages: ``{-3, -1, 1, 3}`` or ``0..15``."""
        if self.max - self.min <= 3 * self.step:
            return "{" + ", ".join(map(str, self.values())) + "}"
        odd = f", step {self.step}" if self.step > 1 else ""
        return f"{self.min}..{self.max}{odd}"


FormatLike = Union[Format, Tuple[str, int], Tuple[str, int, int]]


@dataclasses.dataclass(frozen=True)
class Layout:
    """How the bits of a low-bit tensor lie in memory: `#bitserial.layout`.

    packed: the dimension whose elements share words.
    word: bits per word: 8, 16, 32 or 64.
    inner_dims_pos, inner_tiles, outer_dims_perm: as in ``linalg.pack``; a tile
      of the packed dimension counts words. Without outer_dims_perm the order
      is kept.
    planes: place of the bit-plane dimension in the resulting word tensor.
    numbers: what a word holds if not bits of planes: whole numbers as "ui8",
      "si8" or "si16".
    """

    packed: int
    word: int
    inner_dims_pos: Tuple[int, ...] = ()
    inner_tiles: Tuple[int, ...] = ()
    outer_dims_perm: Optional[Tuple[int, ...]] = None
    planes: int = 0
    numbers: Optional[str] = None

    def mlir(self) -> str:
        """The attribute in MLIR text."""

        def array(values: Sequence[int]) -> str:
            return "[" + ", ".join(map(str, values)) + "]"

        parts = [f"packed = {self.packed}", f"word = {self.word}"]
        if self.numbers is not None:
            parts.append(f"numbers = {self.numbers}")
        if self.inner_dims_pos:
            parts.append(f"inner_dims_pos = {array(self.inner_dims_pos)}")
            parts.append(f"inner_tiles = {array(self.inner_tiles)}")
        if self.outer_dims_perm is not None:
            parts.append(f"outer_dims_perm = {array(self.outer_dims_perm)}")
        parts.append(f"planes = {self.planes}")
        return f"#bitserial.layout<{', '.join(parts)}>"
