# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs the kernels of the library: natively, and those for ARM under QEMU.

For every target, what lanes hold and pairs of formats, products of matrices whose inner size is
that at which a kernel empties its counters, one word more, one bit less and so
on, on random values and on those that make every bit one. Results must equal
NumPy's."""

import concurrent.futures
import itertools
import os
import re
import zlib
from pathlib import Path

import numpy as np
import pytest

import bitserial
import cross

KERNELS = Path(__file__).parents[2] / "lib" / "Kernels"

# What sapphirerapids has and kernels do not use is taken away, so that more
# machines can run them.
TARGETS = {
    "haswell": None,
    "icelake-server": None,
    "sapphirerapids": "-amx-tile,-avx512fp16",
    "cortex-a53": None,
    "cortex-a72": None,
    "neoverse-n1": None,
    "cortex-a7": None,
}
LANES = ["outputs", "reduction"]
EMULATED = [target for target in TARGETS if target in cross.EMULATORS]
NATIVE = [target for target in TARGETS if target not in EMULATED]
WIDTHS = [(1, 1), (2, 1), (2, 2), (3, 1), (1, 2), (3, 3)]
KINDS = ["unsigned", "signed", "bipolar", "ternary"]


def formats():
    """All pairs of formats of these widths; ternary ones have two planes."""
    for widths in WIDTHS:
        for kinds in itertools.product(KINDS, repeat=2):
            if all(k != "ternary" or w == 2 for k, w in zip(kinds, widths)):
                yield tuple(zip(kinds, widths))


def representatives():
    """Pairs of formats for all kernels: unsigned and bipolar numbers, and all
    kinds of one bit, have the same planes but for a factor. All pairs instead
    if BITSERIAL_KERNEL_TESTS is "all"."""
    if os.environ.get("BITSERIAL_KERNEL_TESTS") == "all":
        return list(formats())
    groups = {}
    for pair in formats():
        key = tuple(
            (w, k if w > 1 and k in ("signed", "ternary") else "") for k, w in pair
        )
        groups.setdefault(key, []).append(pair)
    # Not always the first of them.
    return [group[i % len(group)] for i, group in enumerate(groups.values())]


def parameters(targets):
    return [
        pytest.param(
            target, lanes, pair, id=f"{target}-{lanes}-{x[0]}{x[1]}-{w[0]}{w[1]}"
        )
        for target in targets
        for lanes in LANES
        if lanes == "outputs" or (KERNELS / target / "a1w1-r16.mlir").exists()
        for pair in representatives()
        for x, w in [pair]
    ]


def flush_periods(place):
    """In words: after how many a kernel of the library empties its counters, in
    each of its passes and with each of its steps."""
    text = (KERNELS / place).read_text()
    periods = set()
    for capacity, steps in re.findall(
        r"capacity = (\d+)[^,]*,[^\[]*?steps = \[(.*?)\]", text
    ):
        for cost, words in re.findall(r"cost = (\d+)[^,]*, words = (\d+)", steps):
            if int(cost):
                periods.add(int(capacity) // int(cost) * int(words))
    return periods


class Case:
    """The products of one pair of formats on one target."""

    rows, columns = 5, 70

    def __init__(self, target, lanes, pair):
        self.target, self.pair = target, pair
        x, w = pair
        self.name = f"{target}_{lanes}_{x[0]}{x[1]}_{w[0]}{w[1]}".replace("-", "_")
        # The words of the target's kernels, and as many as a vector holds.
        if target in EMULATED:
            self.word, vector = 16, 8
        else:
            self.word, vector = (64, 4) if target == "haswell" else (32, 16)
        # What steps take together.
        self.bits = self.word if lanes == "outputs" else self.word * vector
        if lanes == "outputs":
            tile = {"inner_dims_pos": (0,), "inner_tiles": (2 * vector,)}
            self.layouts = None, bitserial.Layout(1, self.word, **tile, planes=2)
        else:
            tile = {"inner_dims_pos": (1,), "inner_tiles": (vector,)}
            self.layouts = (bitserial.Layout(1, self.word, **tile),) * 2
        # A first look: which kernel?
        remarks = self.remarks(self.compile([64 * self.bits]))
        found = re.search(r"kernel \S+ from the library \((\S+)\)", remarks)
        assert found, f"no kernel of the library is used:\n{remarks}"
        self.place = found[1]
        sizes = {1, 3, 17}
        for period in flush_periods(self.place):
            # Beyond that it takes too long; counters of 16 bits are tested
            # with fewer bits per word.
            if period <= 600:
                sizes |= {period, period + 1, 2 * period + 3}
        self.sizes = sorted(positions * self.bits for positions in sizes)
        self.sizes.append(self.sizes[-1] - 5)
        self.module = self.compile(self.sizes)

    def compile(self, sizes):
        text = "".join(
            bitserial.build.matmul(
                self.rows,
                self.columns,
                size,
                *self.pair,
                layouts=self.layouts,
                name=f"{self.name}_{i}",
            )
            for i, size in enumerate(sizes)
        )
        return bitserial.compile(text, self.target, TARGETS[self.target])

    @staticmethod
    def remarks(module):
        return "\n".join(remark.message for remark in module.remarks)

    def calls(self):
        """For each function and kind of data: its symbol, and its arguments."""
        rng = np.random.default_rng(zlib.crc32(self.name.encode()))
        extremes = [
            [f.values()[0], f.values()[-1]] for f in map(bitserial.Format.of, self.pair)
        ]
        for i, size in enumerate(self.sizes):
            shapes = (self.rows, size), (self.columns, size)
            random = [
                rng.choice(bitserial.Format.of(f).values(), shape)
                for f, shape in zip(self.pair, shapes)
            ]
            same = [
                [np.full(shape, value) for shape, value in zip(shapes, values)]
                for values in itertools.product(*extremes)
            ]
            for arguments in [random] + same:
                yield f"{self.name}_{i}", [
                    a.astype(bitserial.Format.of(f).dtype)
                    for a, f in zip(arguments, self.pair)
                ]


def check(symbol, arguments, actual):
    assert not isinstance(actual, str), actual
    x, w = (a.astype(np.int64) for a in arguments)
    np.testing.assert_array_equal(actual, x @ w.T, err_msg=symbol)


@pytest.mark.parametrize("target, lanes, pair", parameters(NATIVE))
def test_native(target, lanes, pair):
    case = Case(target, lanes, pair)
    if not case.module.runnable:
        pytest.skip(f"this CPU cannot run code for {target}")
    for symbol, arguments in case.calls():
        check(symbol, arguments, getattr(case.module, symbol)(*arguments))


@pytest.fixture(scope="session")
def emulated(tmp_path_factory):
    """For a target, the calls for lanes and pairs, or why there are none; and
    the results of all calls, from one run of QEMU."""
    answers = {}

    def run(target):
        if target in answers:
            return answers[target]
        answer, calls = {}, []

        def prepare(key):
            try:
                case = Case(target, *key)
            except AssertionError as error:
                answer[key] = str(error)
                return
            answer[key] = []
            code = case.module.object
            shape = (case.rows, case.columns)
            for number, (symbol, arguments) in enumerate(case.calls()):
                name = f"{symbol}: {number}"
                answer[key].append((name, arguments))
                calls.append(cross.Call(symbol, code, arguments, shape, name))

        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            keys = [parameter.values[1:] for parameter in parameters([target])]
            list(pool.map(prepare, keys))
        directory = tmp_path_factory.mktemp(target)
        results = cross.run(cross.EMULATORS[target], calls, directory)
        answers[target] = answer, results
        return answers[target]

    return run


@pytest.mark.parametrize("target, lanes, pair", parameters(EMULATED))
def test_emulated(target, lanes, pair, emulated):
    missing = cross.EMULATORS[target].missing()
    if missing:
        pytest.skip(missing)
    answer, results = emulated(target)
    calls = answer[lanes, pair]
    assert isinstance(calls, list), calls
    for name, arguments in calls:
        check(name, arguments, results[name])
