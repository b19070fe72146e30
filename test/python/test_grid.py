# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs the grid of contractions: natively on every code path of the CPU, the
ones for ARM under QEMU. Results must equal those of the NumPy reference."""

import collections
import concurrent.futures
import ctypes
import mmap
import os

import numpy as np
import pytest

import bitserial
import cross
import grid

PATHS = {path.name: path for path in grid.CODE_PATHS}
NATIVE = ["avx512vpopcnt", "avx512", "avx2", "baseline"]
EMULATED = ["aarch64", "arm"]


def of(*names):
    """The cases of these paths as test parameters."""
    return [
        pytest.param(path, case, id=case.id)
        for path in map(PATHS.get, names)
        for case in grid.cases(path)
    ]


def compile(case, path, name="main"):
    try:
        return bitserial.compile(case.text(name), path.target, path.features)
    except bitserial.CompileError as error:
        pytest.fail(f"{grid.explain(case)}\ndoes not compile:\n{error}", pytrace=False)


def compare(case, actual):
    expected = case.expected()
    assert actual.dtype == np.int32
    assert actual.shape == expected.shape
    if not (actual == expected).all():
        pytest.fail(grid.explain(case, expected, actual), pytrace=False)


def guarded(array):
    """A copy that ends where memory without access begins."""
    size = (array.nbytes + mmap.PAGESIZE - 1) // mmap.PAGESIZE * mmap.PAGESIZE
    memory = mmap.mmap(-1, size + mmap.PAGESIZE)
    bytes = np.frombuffer(memory, np.uint8)
    libc = ctypes.CDLL(None, use_errno=True)
    end = ctypes.c_void_p(bytes.ctypes.data + size)
    if libc.mprotect(end, ctypes.c_size_t(mmap.PAGESIZE), 0):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    copy = bytes[size - array.nbytes : size].view(array.dtype).reshape(array.shape)
    copy[...] = array
    return copy


@pytest.fixture(scope="session")
def runnable():
    """Whether this machine runs the code of a path."""
    answers = {}

    def check(path):
        if path.name not in answers:
            text = bitserial.build.matmul(1, 1, 1)
            module = bitserial.compile(text, path.target, path.features)
            answers[path.name] = module.runnable
        return answers[path.name]

    return check


@pytest.mark.parametrize("path, case", of(*NATIVE))
def test_native(path, case, runnable):
    if not runnable(path):
        pytest.skip(f"this CPU cannot run {path.target} {path.features or ''}")
    actual = compile(case, path).main(*map(guarded, case.arguments()))
    compare(case, actual)


@pytest.fixture(scope="session")
def emulated(tmp_path_factory):
    """Per path, the results of all its cases by symbol, from one run of QEMU."""
    results = {}

    def run(path):
        if path.name in results:
            return results[path.name]
        calls, found = [], {}

        def prepare(case):
            symbol = case.id.replace("-", "_")
            try:
                module = bitserial.compile(
                    case.text(symbol), path.target, path.features
                )
            except bitserial.CompileError as error:
                found[symbol] = f"does not compile:\n{error}"
                return
            shape = module.functions[symbol].results[0].shape
            calls.append(cross.Call(symbol, module.object, case.arguments(), shape))

        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            list(pool.map(prepare, grid.cases(path)))
        emulator = cross.EMULATORS[path.target]
        found.update(cross.run(emulator, calls, tmp_path_factory.mktemp(path.name)))
        results[path.name] = found
        return found

    return run


@pytest.mark.parametrize("path, case", of(*EMULATED))
def test_emulated(path, case, emulated):
    missing = cross.EMULATORS[path.target].missing()
    if missing:
        pytest.skip(missing)
    actual = emulated(path)[case.id.replace("-", "_")]
    if isinstance(actual, str):
        pytest.fail(f"{grid.explain(case)}\n{actual}", pytrace=False)
    compare(case, actual)


# What the grid covers.


@pytest.mark.parametrize("name", [*NATIVE, *EMULATED])
def test_coverage_of_each_path(name):
    cases = grid.cases(PATHS[name])
    seen = collections.defaultdict(set)
    for case in cases:
        seen["kinds"].add((case.activations.kind, case.weights.kind))
        seen["op"].add(case.op)
        seen["layout"].add((case.mapping, case.word))
        seen["constant"].add(case.constant_weights)
        if case.op == "conv2d":
            seen["stride"] |= set(case.shape["strides"])
            seen["dilation"] |= set(case.shape["dilations"])
            groups = case.shape["groups"]
            channels = case.shape["input"][3]
            seen["groups"].add("depthwise" if groups == channels else groups)
            seen["channels"].add(channels // groups)
            assert case.shape["input"][1] != case.shape["input"][2]
        else:
            seen["channels"].add(case.shape["k"])
    assert seen["kinds"] == set(grid.KIND_PAIRS)
    assert seen["op"] == {"conv2d", "matmul", "batched"}
    assert seen["constant"] == {True, False}
    assert {1, 2, 3} <= seen["stride"] and {1, 2} <= seen["dilation"]
    assert {1, 2, "depthwise"} <= seen["groups"]
    assert set(grid.CHANNELS) <= seen["channels"]
    for mapping in ("outputs", "reduction"):
        for word in grid.WORDS:
            assert (mapping, word) in seen["layout"]


def test_coverage_native():
    cases = [case for name in NATIVE for case in grid.cases(PATHS[name])]
    assert len(cases) >= 500
    widths = collections.Counter((c.activations.width, c.weights.width) for c in cases)
    assert all(widths[a, w] for a in (1, 2, 3, 4) for w in (1, 2, 3, 4))
    assert any(a == 8 for a, w in widths) and any(w == 8 for a, w in widths)
    padded = {
        (case.activations.kind, case.weights.kind)
        for case in cases
        if case.op == "conv2d" and case.shape["padding"] != 0
    }
    assert padded == set(grid.KIND_PAIRS)


def test_coverage_emulated():
    assert len(grid.cases(PATHS["aarch64"])) >= 60
    assert len(grid.cases(PATHS["arm"])) >= 20


def test_cases_do_not_depend_on_each_other():
    assert str(grid.find("avx2-5")) == str(grid.cases(PATHS["avx2"])[5])
