# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs the kernels of the library: natively, and those for ARM under QEMU.

For every target and pair of formats, products of matrices whose inner size is
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
EMULATED = [target for target in TARGETS if target in cross.EMULATORS]
WIDTHS = [(1, 1), (2, 1), (2, 2), (3, 1), (1, 2), (3, 3)]
KINDS = ["unsigned", "signed", "bipolar", "ternary"]


def formats():
    """All pairs of formats of these widths; ternary ones have two planes."""
    for widths in WIDTHS:
        for kinds in itertools.product(KINDS, repeat=2):
            if all(k != "ternary" or w == 2 for k, w in zip(kinds, widths)):
                yield tuple(zip(kinds, widths))


def parameters(targets):
    return [
        pytest.param(target, pair, id=f"{target}-{x[0]}{x[1]}-{w[0]}{w[1]}")
        for target in targets
        for pair in formats()
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

    def __init__(self, target, pair):
        self.target, self.pair = target, pair
        x, w = pair
        self.name = f"{target}_{x[0]}{x[1]}_{w[0]}{w[1]}".replace("-", "_")
        # A first look: which words, which kernel?
        remarks = self.remarks(self.compile([64]))
        self.word = int(re.search(r"rhs #bitserial.layout<.*?word = (\d+)", remarks)[1])
        found = re.search(r"kernel \S+ from the library \((\S+)\)", remarks)
        assert found, f"no kernel of the library is used:\n{remarks}"
        self.place = found[1]
        sizes = {1, 2, 3, 9, 17}
        for period in flush_periods(self.place):
            # Beyond that it takes too long; counters of 16 bits are tested
            # with fewer bits per word.
            if period <= 600:
                sizes |= {period, period + 1, 2 * period + 3}
        self.sizes = sorted(words * self.word for words in sizes)
        self.sizes.append(self.sizes[-1] - 5)
        self.module = self.compile(self.sizes)

    def compile(self, sizes):
        text = "".join(
            bitserial.build.matmul(
                self.rows, self.columns, size, *self.pair, name=f"{self.name}_{i}"
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


@pytest.mark.parametrize("target, pair", parameters(["haswell", "icelake-server", "sapphirerapids"]))
def test_native(target, pair):
    case = Case(target, pair)
    if not case.module.runnable:
        pytest.skip(f"this CPU cannot run code for {target}")
    for symbol, arguments in case.calls():
        check(symbol, arguments, getattr(case.module, symbol)(*arguments))


@pytest.fixture(scope="session")
def emulated(tmp_path_factory):
    """For a target, the calls of every pair with their results, from one run of
    QEMU; or why there are none."""
    answers = {}

    def run(target):
        if target in answers:
            return answers[target]
        answer, calls = {}, []

        def prepare(pair):
            try:
                case = Case(target, pair)
            except AssertionError as error:
                answer[pair] = str(error)
                return
            answer[pair] = []
            code = case.module.object
            shape = (case.rows, case.columns)
            for number, (symbol, arguments) in enumerate(case.calls()):
                key = f"{symbol}: {number}"
                answer[pair].append((key, arguments))
                calls.append(cross.Call(symbol, code, arguments, shape, key))

        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            list(pool.map(prepare, formats()))
        directory = tmp_path_factory.mktemp(target)
        results = cross.run(cross.EMULATORS[target], calls, directory)
        answers[target] = answer, results
        return answers[target]

    return run


@pytest.mark.parametrize("target, pair", parameters(EMULATED))
def test_emulated(target, pair, emulated):
    missing = cross.EMULATORS[target].missing()
    if missing:
        pytest.skip(missing)
    answer, results = emulated(target)
    assert isinstance(answer[pair], list), answer[pair]
    for key, arguments in answer[pair]:
        check(key, arguments, results[key])
