# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Chains of layers against NumPy: what is between them is computed and packed
tile by tile, in registers or through a small buffer."""

import numpy as np
import pytest

import bitserial
import cross
from chains import CHAINS, Built

IDS = [chain.id for chain in CHAINS]


@pytest.fixture(scope="module")
def built():
    return {chain.id: Built(chain) for chain in CHAINS}


@pytest.mark.parametrize("target", ["native", "x86-64-v4", "haswell", "x86-64"])
@pytest.mark.parametrize("id", IDS)
def test_native(id, target, built):
    case = built[id]
    module = bitserial.compile(case.text, target=target)
    if not module.runnable:
        pytest.skip(f"this CPU cannot run code for {target}")
    np.testing.assert_array_equal(module.main(*case.inputs), case.expected)


@pytest.mark.parametrize("id", ["a2w1", "padded", "residual"])
def test_in_two_threads(id, built):
    case = built[id]
    module = bitserial.compile(case.text, target="haswell", threads=2)
    if not module.runnable:
        pytest.skip("this CPU cannot run code for haswell")
    np.testing.assert_array_equal(module.main(*case.inputs), case.expected)


@pytest.fixture(scope="module")
def emulated(built, tmp_path_factory):
    """The results of all chains on a target, from one run of QEMU."""
    answers = {}

    def run(target):
        if target not in answers:
            calls = []
            for id, case in built.items():
                text = case.text.replace("@main", f"@chain_{id}")
                code = bitserial.compile(text, target=target).object
                shape = case.expected.shape
                calls.append(cross.Call(f"chain_{id}", code, case.inputs, shape, id))
            directory = tmp_path_factory.mktemp(target)
            answers[target] = cross.run(cross.EMULATORS[target], calls, directory)
        return answers[target]

    return run


@pytest.mark.parametrize("target", ["cortex-a53", "cortex-a7"])
@pytest.mark.parametrize("id", IDS)
def test_emulated(id, target, built, emulated):
    missing = cross.EMULATORS[target].missing()
    if missing:
        pytest.skip(missing)
    result = emulated(target)[id]
    assert isinstance(result, np.ndarray), result
    np.testing.assert_array_equal(result, built[id].expected)
