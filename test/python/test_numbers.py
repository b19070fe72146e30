# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Contractions whose words hold whole numbers: by every instruction that
multiplies them, up to the largest sums and past the points where narrow
accumulators are emptied."""

import numpy as np
import pytest

import bitserial
import cross
from bitserial import Format, build, reference

# The instructions of a target, by a remark of the compiler.
NATIVE = {
    "vnni512": ("x86-64-v4", "+avx512vnni", "vpdpbusd"),
    "vnni256": ("x86-64-v3", "+avxvnni", "vpdpbusd"),
    "avx512bw": ("x86-64-v4", None, "vpmaddubsw"),
    "avx2": ("x86-64-v3", None, "vpmaddubsw"),
    "ssse3": ("x86-64-v2", None, "vpmaddubsw"),
    "sse2": ("x86-64", None, "vpmaddwd"),
}
EMULATED = {
    "cortex-a53": ("cortex-a53", None, "smlal"),
    "neoverse-n1": ("neoverse-n1", None, "sdot"),
    "cortex-a7": ("cortex-a7", None, "smlal"),
}
U8, S8 = Format("unsigned", 8), Format("signed", 8)
FORMATS = [
    (U8, Format("bipolar", 1)),
    (U8, Format("ternary", 2)),
    (U8, Format("signed", 4)),
    (S8, Format("signed", 7)),
    (S8, S8),  # products up to 2^14
    (U8, U8),  # weights that are no signed bytes
    (Format("bipolar", 8), Format("bipolar", 8)),  # beyond 8 bits
    (Format("unsigned", 8, 77), Format("unsigned", 4, -3)),
    (Format("unsigned", 4), Format("signed", 4)),
]


def remarks(text, target, features=None):
    module = bitserial.compile(text, target, features)
    return module, " ".join(r.message for r in module.remarks)


def operands(x_format, w_format, x_shape, w_shape, extreme):
    rng = np.random.default_rng(5)
    x = rng.choice(x_format.values(), x_shape).astype(x_format.dtype)
    w = rng.choice(w_format.values(), w_shape).astype(w_format.dtype)
    if extreme:  # the largest sums of either sign
        x[:, 0::1] = x_format.values()[-1]
        if x.shape[0] > 1:
            x[1] = x_format.values()[0]
        w[0::2] = w_format.values()[-1]
        w[1::2] = w_format.values()[0]
    return x, w


# Sums that fill whole words and vectors, and others; k beyond what 16 bits hold.
SHAPES = [(7, 33, 300, True), (1, 16, 1030, True), (3, 5, 67, False), (13, 130, 64, False)]


def ids(pair):
    return "-".join(f"{f.kind}{f.width}" for f in pair)


@pytest.mark.parametrize("name", NATIVE)
@pytest.mark.parametrize("formats", FORMATS, ids=ids)
def test_native(name, formats):
    target, features, _ = NATIVE[name]
    for m, n, k, extreme in SHAPES:
        x, w = operands(*formats, (m, k), (n, k), extreme)
        text = build.matmul(m, n, k, *formats, weights_value=w if n % 2 else None)
        module = bitserial.compile(text, target, features)
        if not module.runnable:
            pytest.skip(f"this CPU cannot run {target} {features or ''}")
        actual = module.main(*([x] if n % 2 else [x, w]))
        assert (actual == reference.matmul(x, w)).all(), (m, n, k)


@pytest.mark.parametrize("name", [*NATIVE, *EMULATED])
def test_instructions(name):
    target, features, instruction = {**NATIVE, **EMULATED}[name]
    _, text = remarks(build.matmul(16, 64, 256, U8, Format("signed", 2)), target, features)
    assert "numbers = " in text
    assert f"products of numbers by {instruction}" in text


def test_pairs_of_bytes_only_where_they_fit():
    # 2 * 255 * 64 is less than 2^15, 2 * 255 * 128 is not.
    _, text = remarks(build.matmul(16, 64, 256, U8, Format("signed", 7)), "haswell")
    assert "products of numbers by vpmaddubsw and vpmaddwd" in text
    _, text = remarks(build.matmul(16, 64, 256, U8, S8), "haswell")
    assert "numbers = si16" in text and "products of numbers by vpmaddwd" in text


@pytest.mark.parametrize("cpu", EMULATED)
def test_emulated(cpu, tmp_path):
    emulator = cross.EMULATORS[cpu]
    if emulator.missing():
        pytest.skip(emulator.missing())
    calls, expected = [], {}
    for index, formats in enumerate(FORMATS):
        for m, n, k, extreme in SHAPES[:3]:
            x, w = operands(*formats, (m, k), (n, k), extreme)
            symbol = f"f{index}_{k}"
            text = build.matmul(m, n, k, *formats, weights_value=w, name=symbol)
            module = bitserial.compile(text, cpu)
            calls.append(cross.Call(symbol, module.object, [x], (m, n)))
            expected[symbol] = reference.matmul(x, w)
    results = cross.run(emulator, calls, tmp_path)
    for symbol, result in expected.items():
        assert (results[symbol] == result).all(), symbol


def test_padded_convolution():
    # Padding contributes 0, which is not what a byte of zeros stands for.
    rng = np.random.default_rng(1)
    formats = Format("unsigned", 8, 77), Format("unsigned", 8, 12)
    x = rng.choice(formats[0].values(), (1, 9, 8, 3)).astype(formats[0].dtype)
    w = rng.choice(formats[1].values(), (20, 5, 3, 3)).astype(formats[1].dtype)
    arguments = dict(strides=(2, 1), padding=((2, 1), (1, 0)), dilations=(1, 2))
    for constant in (True, False):
        text = build.conv2d(
            x.shape, w.shape, *formats, **arguments, weights_value=w if constant else None
        )
        module, messages = remarks(text, "native")
        assert "numbers = " in messages
        actual = module.main(*([x] if constant else [x, w]))
        assert (actual == reference.conv2d(x, w, **arguments)).all()


def test_few_bits_stay_in_planes():
    _, text = remarks(build.matmul(16, 64, 256, ("unsigned", 2), ("bipolar", 1)), "icelake-server")
    assert "numbers" not in text
