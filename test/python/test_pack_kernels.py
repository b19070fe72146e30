# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs the pack kernels of the library: natively, and those for ARM under QEMU.

For every target and format, rows of values whose length is and is not a
multiple of what a kernel takes at once become words, which must equal
NumPy's."""

import re
import zlib

import numpy as np
import pytest

import bitserial
import cross
from test_kernels import EMULATED, KERNELS, NATIVE, TARGETS

KINDS = {"u": "unsigned", "s": "signed", "b": "bipolar", "t": "ternary"}
WORD = 32
ROWS = 3
# A vector alone, one and its end, and vectors that do not fill an iteration.
LENGTHS = [64, 101, 64 * 5, 64 * 9 + 37]


def formats(target):
    """The (kind, width) that the library has a kernel for, with its folder."""
    found = []
    for path in sorted((KERNELS / target).glob("pack-*-v64.mlir")):
        kind, width = re.fullmatch(r"pack-([usbt])(\d)-v64", path.stem).groups()
        found.append((KINDS[kind], int(width)))
    return found


def planes(values, kind, width):
    """The bit planes of numbers of a format, along a new first axis."""
    values = values.astype(np.int64)
    if kind == "ternary":
        bits = []
        for _ in range(width // 2):
            digit = (values + 1) % 3 - 1
            bits += [digit == 1, digit == -1]
            values = (values - digit) // 3
        return np.stack(bits)
    if kind == "bipolar":
        values = (values + 2**width - 1) // 2
    return np.stack([values >> p & 1 for p in range(width)])


def pack(values, kind, width):
    """Words of planes: bit b of a word is that of number b."""
    bits = planes(values, kind, width).astype(np.uint8)
    padding = -bits.shape[-1] % WORD
    bits = np.pad(bits, [(0, 0)] * (bits.ndim - 1) + [(0, padding)])
    return np.packbits(bits, axis=-1, bitorder="little").view("<i4")


class Case:
    """All formats and lengths on one target, in one module."""

    def __init__(self, target):
        self.formats = formats(target)
        self.functions = {}
        text = "#words = #bitserial.layout<packed = 1, word = 32, planes = 0>\n"
        for kind, width in self.formats:
            for length in LENGTHS:
                name = f"{target}_{kind}{width}_{length}".replace("-", "_")
                self.functions[name] = kind, width, length
                shape = f"tensor<{ROWS}x{length}x!bitserial.int<{width}, {kind}>"
                text += (
                    f"func.func @{name}(%x: {shape}>) -> {shape}, #words> {{\n"
                    f"  %0 = bitserial.pack %x : {shape}> to {shape}, #words>\n"
                    f"  return %0 : {shape}, #words>\n}}\n"
                )
        self.module = bitserial.compile(text, target, TARGETS[target])
        remarks = [remark.message for remark in self.module.remarks]
        for kind, width in self.formats:
            kernel = f"packed by pack-{kind[0]}{width}-v64, from the library"
            assert any(kernel in remark for remark in remarks), (kernel, remarks)

    def calls(self):
        """For each function: its name, values and words."""
        for name, (kind, width, length) in self.functions.items():
            form = bitserial.Format.of((kind, width))
            rng = np.random.default_rng(zlib.crc32(name.encode()))
            x = rng.choice(form.values(), (ROWS, length)).astype(form.dtype)
            yield name, x, pack(x, kind, width)


@pytest.mark.parametrize("target", [t for t in NATIVE if formats(t)])
def test_native(target):
    case = Case(target)
    if not case.module.runnable:
        pytest.skip(f"this CPU cannot run code for {target}")
    for name, x, expected in case.calls():
        actual = getattr(case.module, name)(x)
        np.testing.assert_array_equal(actual.view("<i4"), expected, err_msg=name)


@pytest.mark.parametrize("target", [t for t in EMULATED if formats(t)])
def test_emulated(target, tmp_path):
    missing = cross.EMULATORS[target].missing()
    if missing:
        pytest.skip(missing)
    case = Case(target)
    code = case.module.object
    calls = list(case.calls())
    results = cross.run(
        cross.EMULATORS[target],
        [cross.Call(name, code, [x], words.shape) for name, x, words in calls],
        tmp_path,
    )
    for name, _, expected in calls:
        assert not isinstance(results[name], str), results[name]
        np.testing.assert_array_equal(
            results[name].view("<i4"), expected, err_msg=name
        )
