# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The grid of contractions that the execution tests run.

Seeded, so that the id of a case is enough to build it again:

    python grid.py avx2-17        # prints the case, its module and its data

Every factor (kinds, widths, channels, strides, layouts, ...) cycles through its
values in an order shuffled per cycle: each value comes up equally often, and
together with every value of the other factors sooner or later. test_grid.py
checks what is covered.
"""

from __future__ import annotations

import dataclasses
import itertools
import random
import sys
from typing import List, Optional, Tuple

import numpy as np

from bitserial import Format, Layout, build, reference

KIND_PAIRS = list(
    itertools.product(("unsigned", "signed", "bipolar", "ternary"), repeat=2)
)
CHANNELS = (1, 3, 7, 33, 65, 130)
WORDS = (8, 16, 32, 64)
MAPPINGS = ("default", "outputs", "reduction")
# What words hold: bits, or whole numbers of these types in activations and weights.
NUMBERS = (None, None, ("ui8", "si8"), ("si8", "si8"), None, ("si16", "si16"), ("si8", "ui8"))


@dataclasses.dataclass(frozen=True)
class CodePath:
    """A set of CPU features that the lowering treats in its own way."""

    name: str
    target: str
    features: Optional[str]
    cases: int


CODE_PATHS = (
    CodePath("avx512vpopcnt", "x86-64-v4", "+avx512vpopcntdq,+avx512bitalg", 144),
    CodePath("avx512", "x86-64-v4", None, 144),
    CodePath("avx2", "x86-64-v3", None, 144),
    CodePath("baseline", "x86-64", None, 144),
    CodePath("aarch64", "cortex-a53", None, 64),
    CodePath("arm", "cortex-a7", None, 24),
)


@dataclasses.dataclass(frozen=True)
class Case:
    """One contraction, with what is needed to build, run and check it."""

    id: str
    seed: int
    op: str  # "conv2d", "matmul" or "batched"
    activations: Format
    weights: Format
    shape: dict  # arguments of build.conv2d or build.matmul
    mapping: str
    word: Optional[int]
    layouts: Tuple[Optional[Layout], Optional[Layout]]
    constant_weights: bool
    data: str  # "random" or "extreme"

    def operands(self) -> Tuple[np.ndarray, np.ndarray]:
        """The values of both operands."""
        rng = np.random.default_rng(self.seed)
        x_shape, w_shape = self.shapes()
        return (
            self._values(rng, self.activations, x_shape),
            self._values(rng, self.weights, w_shape),
        )

    def _values(self, rng, fmt: Format, shape) -> np.ndarray:
        values = fmt.values()
        if self.data == "extreme":  # the largest sums there are, with a few others
            largest = values[np.argmax(np.abs(values.astype(int)))]
            array = np.full(shape, largest, fmt.dtype)
            change = rng.random(shape) < 0.05
            array[change] = rng.choice(values, int(change.sum()))
            return array
        return rng.choice(values, shape)

    def shapes(self):
        if self.op == "conv2d":
            return self.shape["input"], self.shape["filter"]
        s = self.shape
        lead = (s["batch"],) if "batch" in s else ()
        return (*lead, s["m"], s["k"]), (*lead, s["n"], s["k"])

    def text(self, name: str = "main") -> str:
        """The module: one function with this name."""
        function = build.conv2d if self.op == "conv2d" else build.matmul
        return function(
            **self.shape,
            activations=self.activations,
            weights=self.weights,
            weights_value=self.operands()[1] if self.constant_weights else None,
            layouts=self.layouts,
            name=name,
        )

    def arguments(self) -> List[np.ndarray]:
        """What the function is called with."""
        x, w = self.operands()
        return [x] if self.constant_weights else [x, w]

    def expected(self) -> np.ndarray:
        x, w = self.operands()
        if self.op != "conv2d":
            return reference.matmul(x, w).astype(np.int32)
        keys = ("strides", "padding", "dilations", "groups")
        arguments = {k: self.shape[k] for k in keys}
        return reference.conv2d(x, w, **arguments).astype(np.int32)

    def __str__(self) -> str:
        fields = dataclasses.asdict(self)
        fields["activations"] = self.activations.mlir_type
        fields["weights"] = self.weights.mlir_type
        fields["layouts"] = [layout and layout.mlir() for layout in self.layouts]
        return "\n".join(f"  {key}: {value}" for key, value in fields.items())


class _Cycle:
    """The values of a factor: each once per round, rounds shuffled."""

    def __init__(self, rng: random.Random, values):
        self.rng, self.values, self.round = rng, list(values), []

    def next(self):
        if not self.round:
            self.round = list(self.values)
            self.rng.shuffle(self.round)
        return self.round.pop()


class _Generator:
    def __init__(self, name: str):
        self.name = name
        self.rng = rng = random.Random(f"bitserial grid {name}")
        cycle = lambda values: _Cycle(rng, values)  # noqa: E731
        self.kinds = cycle(KIND_PAIRS)
        widths = [*itertools.product((1, 2, 3, 4), repeat=2)]
        self.widths = cycle(
            widths + [(8, w) for w in (1, 8)] + [(w, 8) for w in (1, 4)]
        )
        self.zero_points = cycle([(0, 0)] * 5 + [(1, 0), (0, -3), (2, 5)])
        self.op = cycle(["conv2d"] * 5 + ["matmul"] * 3 + ["batched"])
        self.channels = cycle(CHANNELS)
        self.outputs = cycle(CHANNELS)
        self.rows = cycle((1, 2, 5, 8, 13))
        self.kernel = cycle([(1, 1), (3, 3), (3, 3), (2, 3), (5, 1)])
        self.strides = cycle([(1, 1), (1, 1), (2, 2), (3, 3), (1, 2)])
        self.dilations = cycle([(1, 1), (1, 1), (2, 2), (2, 1)])
        self.padding = cycle(
            [0, 1, 1, 2, ((0, 1), (1, 0)), ((2, 0), (0, 3)), ((1, 2), (2, 1))]
        )
        self.groups = cycle(["1", "1", "2", "depthwise"])
        self.batch = cycle((1, 1, 2))
        self.layout = cycle(itertools.product(MAPPINGS[1:], WORDS))
        self.default = cycle((True, False, False, False))
        self.tile = cycle((1, 2, 4))
        self.odd_tile = cycle((None, None, None, 1, 3, 12))
        self.rows_tile = cycle((None, None, None, 2, 4))
        self.planes = cycle(("first", "middle", "before tiles", "innermost"))
        self.order = cycle((False, False, True))
        # On their own, so that all else does not depend on them.
        self.numbers = _Cycle(random.Random(f"bitserial numbers {name}"), NUMBERS)
        self.constant = cycle((True, False))
        self.data = cycle(("random", "random", "extreme"))

    def case(self, index: int) -> Case:
        kinds = self.kinds.next()
        a_width, w_width = self.widths.next()
        a_zero, w_zero = self.zero_points.next()
        x_format = self._format(kinds[0], a_width, a_zero)
        w_format = self._format(kinds[1], w_width, w_zero)
        op = self.op.next()
        shape = self._conv2d() if op == "conv2d" else self._matmul(op)
        mapping, word, layouts = "default", None, (None, None)
        if not self.default.next():
            mapping, word = self.layout.next()
            layouts = self._layouts(op, shape, mapping, word)
        return Case(
            id=f"{self.name}-{index}",
            seed=self.rng.randrange(2**32),
            op=op,
            activations=x_format,
            weights=w_format,
            shape=shape,
            mapping=mapping,
            word=word,
            layouts=layouts,
            constant_weights=self.constant.next(),
            data=self.data.next(),
        )

    @staticmethod
    def _format(kind: str, width: int, zero_point: int) -> Format:
        if kind == "ternary" and width % 2:  # a ternary digit takes two planes
            width += 1
        return Format(kind, width, zero_point)

    def _conv2d(self) -> dict:
        kernel, strides = self.kernel.next(), self.strides.next()
        dilations, padding = self.dilations.next(), self.padding.next()
        channels, outputs = self.channels.next(), self.outputs.next()
        groups = self.groups.next()
        if groups == "2":
            groups, channels, outputs = 2, channels * 2, outputs * 2
        elif groups == "depthwise":
            groups, outputs = channels, channels * self.rng.choice((1, 1, 2))
        else:
            groups = 1
        # The smallest input that gives the output size wanted, and a bit more
        # than that: strides need not come out even.
        sizes = []
        sides = padding if isinstance(padding, tuple) else ((padding,) * 2,) * 2
        for k, s, d, p in zip(kernel, strides, dilations, sides):
            out = self.rng.choice((1, 2, 4, 5, 7))
            extent = (out - 1) * s + (k - 1) * d + 1 + self.rng.randrange(s)
            sizes.append(max(1, extent - sum(p)))
        height, width = sizes
        if height == width:
            width += 1
        return dict(
            input=(self.batch.next(), height, width, channels),
            filter=(outputs, *kernel, channels // groups),
            strides=strides,
            padding=padding,
            dilations=dilations,
            groups=groups,
        )

    def _matmul(self, op: str) -> dict:
        shape = dict(m=self.rows.next(), n=self.outputs.next(), k=self.channels.next())
        if op == "batched":
            shape["batch"] = self.rng.choice((1, 2, 3))
        return shape

    def _layouts(self, op: str, shape: dict, mapping: str, word: int):
        if op == "conv2d":
            x_rank = w_rank = 4 if shape["groups"] == 1 else 5
            output = 0 if shape["groups"] == 1 else 1
        else:
            x_rank = w_rank = 2 if op == "matmul" else 3
            output = w_rank - 2
        reverse = self.order.next()
        tile = self.odd_tile.next() or self.tile.next() * 128 // word

        numbers = self.numbers.next()
        if numbers and word == 8 and "si16" in numbers:
            numbers = None

        def layout(rank, tiles, operand):
            places = {
                "first": 0,
                "middle": 1,
                "before tiles": rank,
                "innermost": rank + len(tiles),
            }
            return Layout(
                rank - 1,
                word,
                inner_dims_pos=tuple(tiles),
                inner_tiles=tuple(tiles.values()),
                outer_dims_perm=tuple(range(rank))[::-1] if reverse else None,
                planes=places[self.planes.next()],
                numbers=numbers and numbers[operand],
            )

        if mapping == "outputs":
            # Words of consecutive outputs in one vector, activations broadcast.
            rows = self.rows_tile.next()
            rows = {x_rank - 2: rows} if rows and op != "conv2d" else {}
            return layout(x_rank, rows, 0), layout(w_rank, {output: tile}, 1)
        # Words of consecutive elements of the reduction in one vector.
        return (
            layout(x_rank, {x_rank - 1: tile}, 0),
            layout(w_rank, {w_rank - 1: tile}, 1),
        )


def cases(path: CodePath) -> List[Case]:
    """The cases of a code path."""
    generator = _Generator(path.name)
    return [generator.case(index) for index in range(path.cases)]


def find(id: str) -> Case:
    """The case with this id."""
    for path in CODE_PATHS:
        for case in cases(path):
            if case.id == id:
                return case
    raise KeyError(id)


def explain(case: Case, expected=None, actual=None) -> str:
    """All that is needed to look into a case that failed."""
    parts = [f"case {case.id} (python test/python/grid.py {case.id}):\n{case}"]
    text = case.text()
    if len(text) < 10000:
        parts.append(text)
    if actual is not None:
        wrong = np.argwhere(expected != actual)
        parts.append(f"{len(wrong)} of {expected.size} elements differ, the first:")
        for index in map(tuple, wrong[:8]):
            at = ", ".join(str(int(i)) for i in index)
            parts.append(f"  [{at}]: expected {expected[index]}, got {actual[index]}")
    return "\n".join(parts)


if __name__ == "__main__":
    np.set_printoptions(threshold=1000)
    for argument in sys.argv[1:]:
        found = find(argument)
        print(explain(found))
        print(*found.arguments(), found.expected(), sep="\n\n")
