# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The option `synthesize`: where kernels come from, and that results agree."""

import json

import numpy as np
import pytest

import bitserial

SOURCE = """
func.func @main(%x: tensor<5x1000x!bitserial.int<2, unsigned>>,
                %w: tensor<40x1000x!bitserial.int<1, bipolar>>) -> tensor<5x40xi32> {
  %0 = bitserial.contract %x, %w
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>,
                       affine_map<(m, n, k) -> (n, k)>,
                       affine_map<(m, n, k) -> (m, n)>]
      : tensor<5x1000x!bitserial.int<2, unsigned>>, tensor<40x1000x!bitserial.int<1, bipolar>>
      -> tensor<5x40xi32>
  return %0 : tensor<5x40xi32>
}
"""


def kernels(module):
    return [r.message for r in module.remarks if "kernel" in r.message]


@pytest.mark.parametrize("mode", ["library", "off"])
def test_results(mode):
    module = bitserial.compile(SOURCE, target="haswell", synthesize=mode)
    used = [m for m in kernels(module) if m.startswith("kernel a2w1-o64 from the library")]
    assert bool(used) == (mode == "library")
    if not module.runnable:
        pytest.skip("needs AVX2")
    random = np.random.default_rng(0)
    for x in (
        random.integers(0, 4, (5, 1000), dtype=np.int8),
        np.full((5, 1000), 3, dtype=np.int8),
    ):
        for w in (
            random.choice(np.array([-1, 1], dtype=np.int8), (40, 1000)),
            np.ones((40, 1000), dtype=np.int8),
        ):
            expected = x.astype(np.int32) @ w.T.astype(np.int32)
            np.testing.assert_array_equal(module.main(x, w), expected)


def test_unknown_mode():
    with pytest.raises(ValueError, match="'library', 'search' or 'off', got 'on'"):
        bitserial.compile(SOURCE, synthesize="on")


@pytest.mark.parametrize("mode, name", [("library", "a2w1-o64"), ("off", "a2w1-o64-reference-x4")])
def test_proofs(tmp_path, mode, name):
    try:
        bitserial.compile(SOURCE, target="haswell", synthesize=mode, proofs=tmp_path)
    except bitserial.CompileError as error:
        if "built without a solver" in str(error):
            pytest.skip("built without a solver")
        raise
    manifest = json.loads((tmp_path / "haswell" / name / "manifest.json").read_text())
    assert manifest["verdict"] == "proved"
    assert {o["verdict"] for o in manifest["obligations"]} == {"proved"}


def test_proofs_need_a_folder(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(bitserial.CompileError, match="cannot make the folder|built without a solver"):
        bitserial.compile(SOURCE, target="haswell", proofs=tmp_path / "file")
