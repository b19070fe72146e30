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


def sequence(*steps):
    """A schedule whose steps follow one another."""
    lines = "\n    ".join(steps)
    return f"""
module attributes {{transform.with_named_sequence}} {{
  transform.named_sequence @__transform_main(%module: !transform.any_op {{transform.consumed}}) {{
    {lines}
    transform.yield
  }}
}}
"""


WORDS = (
    '%words = transform.apply_registered_pass "bitserial-layout-pipeline" to %module'
    " : (!transform.any_op) -> !transform.any_op"
)
REDUCE = (
    '%reduce = transform.structured.match ops{["bitserial.reduce"]} in %words'
    " : (!transform.any_op) -> !transform.any_op"
)
FUNCTIONS = (
    '%functions = transform.structured.match ops{["func.func"]} in %words'
    " : (!transform.any_op) -> !transform.any_op"
)


def requested(layout, operand="rhs"):
    return sequence(
        '%contract = transform.structured.match ops{["bitserial.contract"]} in %module'
        " : (!transform.any_op) -> !transform.any_op",
        f"%layout = transform.param.constant #bitserial.layout<{layout}> -> !transform.any_param",
        f'transform.annotate %contract "bitserial.{operand}_layout" = %layout'
        " : !transform.any_op, !transform.any_param",
    )


def tiled(sizes):
    """Tiles of our pass; the sizes of reductions make loops of their own."""
    return sequence(
        WORDS,
        FUNCTIONS,
        '%tiled = transform.apply_registered_pass "bitserial-tile" with options ='
        f' {{ "tile-sizes" = {sizes} }} to %functions : (!transform.any_op) -> !transform.any_op',
    )


def tiled_upstream(kind, sizes, loops):
    handles = ", ".join(["!transform.any_op"] * (loops + 1))
    return sequence(
        WORDS,
        REDUCE,
        f"%tiled, %loops:{loops} = transform.structured.tile_using_{kind} %reduce"
        f" tile_sizes {sizes} : (!transform.any_op) -> ({handles})",
    )


def tile_requested(tile):
    return sequence(
        '%contract = transform.structured.match ops{["bitserial.contract"]} in %module'
        " : (!transform.any_op) -> !transform.any_op",
        f"%tile = transform.param.constant #bitserial.tile<{tile}> -> !transform.any_param",
        'transform.annotate %contract "bitserial.tile" = %tile'
        " : !transform.any_op, !transform.any_param",
    )


SCHEDULES = {
    "nothing": sequence(),
    "requested tile": tile_requested("rows = 5, vectors = 1"),
    "requested order": tile_requested("rows = 3, vectors = 1, order = rows"),
    "requested cache tiles": tile_requested("rows = 1, vectors = 1, lines = 1"),
    "words of 8 bits": requested(
        "packed = 1, word = 8, inner_dims_pos = [0], inner_tiles = [16], planes = 2"
    ),
    "words across lanes": requested("packed = 1, word = 32, inner_dims_pos = [1], inner_tiles = [4]"),
    "rows in tiles": requested("packed = 1, word = 64, inner_dims_pos = [0], inner_tiles = [2]", "lhs"),
    "wide inner tiles": requested(
        "packed = 1, word = 16, inner_dims_pos = [0], inner_tiles = [256], planes = 2"
    ),
    "tiles": tiled([5, 0, 0]),
    "tiles of words": tiled([0, 0, 2]),
    "tiles of all": tiled([3, 4, 2]),
    "loops": tiled_upstream("for", [5, 4, 3], 3),
    "forall": tiled_upstream("forall", [13, 4], 1),
    "all stages": sequence(
        *(
            f'%{n + 1} = transform.apply_registered_pass "bitserial-{name}-pipeline"'
            f" to %{n if n else 'module'} : (!transform.any_op) -> !transform.any_op"
            for n, name in enumerate(("layout", "kernel", "bufferize", "llvm"))
        )
    ),
}


@pytest.mark.parametrize("target", ["native", "haswell", "x86-64"])
@pytest.mark.parametrize("name", SCHEDULES)
def test_schedules(name, target, tmp_path):
    path = tmp_path / "schedule.mlir"
    path.write_text(SCHEDULES[name])
    random = np.random.default_rng(1)
    x = random.integers(0, 4, (13, 200)).astype(np.int8)
    w = random.choice([-1, 1], (52, 200)).astype(np.int8)
    text = bitserial.build.matmul(
        13, 52, 200, activations=("unsigned", 2), weights=("bipolar", 1)
    )
    module = bitserial.compile(text, target=target, schedule=path)
    expected = x.astype(np.int64) @ w.astype(np.int64).T
    np.testing.assert_array_equal(module.main(x, w), expected)


KNOBS = [
    "",
    "rows = 2, vectors = 1, word = 32",
    'lanes = "reduction", word = 16, rows = 3',
    'planes = "outer", word = 8',
    'lines = 4, rows = 4, vectors = 1, order = "rows"',
    'vectors = 3, columns = 0, order = "rows"',
]


@pytest.mark.parametrize("target", ["native", "haswell", "x86-64"])
@pytest.mark.parametrize("knobs", KNOBS)
def test_knobs_of_a_matmul(knobs, target):
    random = np.random.default_rng(2)
    x = random.integers(0, 4, (12, 300)).astype(np.int8)
    w = random.choice([-1, 1], (52, 300)).astype(np.int8)
    text = bitserial.build.matmul(
        12, 52, 300, activations=("unsigned", 2), weights=("bipolar", 1)
    ).replace("\n      :", f"\n      {{bitserial.knobs = {{{knobs}}}}} :", 1)
    module = bitserial.compile(text, target=target)
    assert any("schedule @matmul (given)" in r.message for r in module.remarks)
    expected = x.astype(np.int64) @ w.astype(np.int64).T
    np.testing.assert_array_equal(module.main(x, w), expected)


@pytest.mark.parametrize("kind", ["conv", "pointwise", "strided", "depthwise"])
@pytest.mark.parametrize(
    "knobs",
    ["", "lines = 7, rows = 3", 'order = "rows", planes = "outer", word = 16', "rows = 7, vectors = 1, lines = 2"],
)
def test_knobs_of_a_convolution(kind, knobs):
    size = 1 if kind in ("pointwise", "strided") else 3
    stride = 2 if kind == "strided" else 1
    groups = 24 if kind == "depthwise" else 1
    text = bitserial.build.conv2d(
        (1, 14 * stride, 14 * stride, 24),
        (24, size, size, 24 // groups),
        activations=("unsigned", 2),
        weights=("bipolar", 1),
        strides=stride,
        padding=size // 2,
        groups=groups,
    )
    given = text.replace("\n      :", f"\n      {{bitserial.knobs = {{{knobs}}}}} :", 1)
    assert given != text
    random = np.random.default_rng(3)
    x = random.integers(0, 4, (1, 14 * stride, 14 * stride, 24)).astype(np.int8)
    w = random.choice([-1, 1], (24, size, size, 24 // groups)).astype(np.int8)
    module = bitserial.compile(given)
    assert any(f"schedule @{kind} (given)" in r.message for r in module.remarks)
    np.testing.assert_array_equal(module.main(x, w), bitserial.compile(text).main(x, w))


def test_packing_per_cache_tile():
    """Tiles with and without padding, strides, numbers, cache tiles of outputs, blocks
    of threads."""
    random = np.random.default_rng(0)
    for image, filters, options, knobs in [
        (28, (32, 3, 3, 64), {}, "lines = 4"),
        (
            14,
            (128, 5, 5, 32),
            dict(padding=2),
            "lines = 2, columns = 16, vectors = 2, word = 64",
        ),
        (28, (24, 3, 3, 40), dict(strides=2), "lines = 2"),
        (28, (16, 1, 1, 64), dict(strides=2, padding=0), "lines = 7"),
        (14, (32, 3, 3, 64), {}, 'lines = 7, planes = "none"'),
    ]:
        shape = (1, image, image, filters[3])
        text = bitserial.build.conv2d(shape, filters, ("unsigned", 2), ("ternary", 2), **options)
        tiled = text.replace(
            "\n      :", f'\n      {{bitserial.knobs = {{packing = "tile", {knobs}}}}} :', 1
        )
        x = random.integers(0, 4, shape).astype(np.int8)
        w = random.integers(-1, 2, filters).astype(np.int8)
        expected = bitserial.compile(text).main(x, w)
        for target, threads in [("native", 1), ("haswell", 2)]:
            module = bitserial.compile(tiled, target=target, threads=threads)
            assert any("packed for each tile" in r.message for r in module.remarks)
            np.testing.assert_array_equal(module.main(x, w), expected)
