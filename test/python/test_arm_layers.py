# Part of the bitserial project, under the Apache License v2.0 with LLVM
# Exceptions. See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The layers of docs/arm.md, at reduced sizes, run under QEMU: the same filters,
strides, schedules and kernels as those that are modelled there."""

import sys
from pathlib import Path

import numpy as np
import pytest

import bitserial
import cross

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))

import layers  # noqa: E402


@pytest.mark.parametrize("cpu", ["cortex-a53", "cortex-a72", "neoverse-n1"])
def test_layers(cpu, tmp_path):
    emulator = cross.EMULATORS[cpu]
    if emulator.missing():
        pytest.skip(emulator.missing())
    random = np.random.default_rng(1)
    calls, expected = [], {}
    for formats in layers.FORMATS:
        reduced = {layer.reduced(): layer.name for layer in layers.LAYERS}
        names = {layer: f"{name}_{formats}" for layer, name in reduced.items()}
        text = "\n".join(
            layers.conv_text(layer, formats, name=name, seed=seed)
            for seed, (layer, name) in enumerate(names.items())
        )
        code = bitserial.compile(text, target=cpu).object
        activations, _ = layers.formats_of(formats)
        for seed, (layer, name) in enumerate(names.items()):
            shape = (1, layer.size, layer.size, layer.inputs)
            x = random.choice(activations.values(), shape).astype(np.int8)
            w = layers.weights_of(layer, formats, seed)
            y = bitserial.reference.conv2d(
                x, w, strides=layer.stride, padding=layer.filter // 2
            )
            expected[name] = y
            calls.append(cross.Call(name, code, [x], y.shape))
    results = cross.run(emulator, calls, tmp_path)
    for name, y in expected.items():
        np.testing.assert_array_equal(results[name], y, err_msg=name)


def test_reduced_layers_are_like_the_whole_ones():
    for layer in layers.LAYERS:
        reduced = layer.reduced()
        assert (reduced.filter, reduced.stride) == (layer.filter, layer.stride)
        assert 0 < reduced.macs < 5e6 and reduced.inputs % 64 == 0
