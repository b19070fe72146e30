# Part of the bitserial project, under the Apache License v2.0 with LLVM
# Exceptions. See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Pools after ordinary convolutions, computed row by row: JAX's results."""

import re

import numpy as np
import pytest

import bitserial

jax = pytest.importorskip("jax")
jax.config.update("jax_platforms", "cpu")
jnp, lax = jax.numpy, jax.lax


def conv(x, w, strides):
    return lax.conv_general_dilated(
        x, w, strides, "SAME", dimension_numbers=("NHWC", "HWIO", "NHWC"),
        preferred_element_type=jnp.int32,
    )


# Window, strides, padding of rows and columns; whether rows are computed one by one.
POOLS = {
    "2x2": ((2, 2), (2, 2), ((0, 0), (0, 0)), True),
    "3x3 padded": ((3, 3), (2, 2), ((1, 0), (1, 1)), True),
    "3x3": ((3, 3), (2, 2), ((0, 0), (0, 0)), True),
    "3x3 stride 1": ((3, 3), (1, 1), ((1, 0), (0, 1)), True),
    "5x2": ((5, 2), (2, 1), ((2, 0), (0, 0)), True),
    "rows of padding at the end": ((3, 3), (1, 1), ((1, 1), (1, 1)), False),
    "rows left out": ((2, 2), (3, 3), ((0, 0), (0, 0)), False),
}


@pytest.mark.parametrize("kind", ["max", "sum"])
@pytest.mark.parametrize("name", POOLS)
def test_pool(name, kind, tmp_path):
    window, strides, padding, fused = POOLS[name]
    random = np.random.default_rng(len(name))
    w = random.integers(-128, 128, (3, 3, 5, 48)).astype(np.int8)
    bias = random.integers(-(2**16), 2**16, 48).astype(np.int32)

    def network(x):
        y = jnp.clip((conv(x, w, (1, 2)) + bias) >> 10, -128, 127).astype(jnp.int8)
        if kind == "sum":
            y = y.astype(jnp.int32)
        start, function = (np.int8(-128), lax.max) if kind == "max" else (0, lax.add)
        return lax.reduce_window(
            y, start, function, (1, *window, 1), (1, *strides, 1), ((0, 0), *padding, (0, 0))
        )

    x = random.integers(-128, 128, (1, 41, 43, 5)).astype(np.int8)
    module = bitserial.compile(network, (x,))
    np.testing.assert_array_equal(module.main(x), np.asarray(jax.jit(network)(x)))

    # No buffer for all rows of what the pool reads.
    module.save(str(tmp_path / "net.h"))
    header = (tmp_path / "net.h").read_text()
    arena = int(re.search(r"_MAIN_ARENA_BYTES (\d+)", header).group(1))
    whole = 41 * 22 * 48 * (1 if kind == "max" else 4)
    assert (arena < whole) == fused, arena
