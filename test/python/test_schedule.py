# Part of the bitserial project, under the Apache License v2.0 with LLVM
# Exceptions. See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Schedules: transform dialect scripts instead of the default choices."""

import numpy as np
import pytest

import bitserial

# Layouts by our pipeline, tiles by upstream's ops.
TILED = """
module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%module: !transform.any_op {transform.consumed}) {
    %words = transform.apply_registered_pass "bitserial-layout-pipeline" to %module
        : (!transform.any_op) -> !transform.any_op
    %reduce = transform.structured.match ops{["bitserial.reduce"]} in %words
        : (!transform.any_op) -> !transform.any_op
    %tiled, %loops:2 = transform.structured.tile_using_for %reduce tile_sizes [3, 32, 0]
        : (!transform.any_op) -> (!transform.any_op, !transform.any_op, !transform.any_op)
    transform.yield
  }
}
"""


@pytest.fixture
def schedule(tmp_path):
    path = tmp_path / "schedule.mlir"
    path.write_text(TILED)
    return path


@pytest.mark.parametrize("target", ["native", "haswell"])
def test_tiles_of_a_schedule(schedule, target):
    random = np.random.default_rng(0)
    x = random.integers(0, 4, (12, 200)).astype(np.int8)
    w = random.choice([-1, 1], (64, 200)).astype(np.int8)
    layout = "#bitserial.layout<packed = 1, word = 32, inner_dims_pos = [0], inner_tiles = [32], planes = 2>"
    text = bitserial.build.matmul(
        12, 64, 200, activations=("unsigned", 2), weights=("bipolar", 1)
    ).replace("\n      :", f"\n      {{bitserial.rhs_layout = {layout}}} :", 1)
    assert layout in text
    module = bitserial.compile(text, target=target, schedule=schedule)
    expected = x.astype(np.int64) @ w.astype(np.int64).T
    np.testing.assert_array_equal(module.main(x, w), expected)
