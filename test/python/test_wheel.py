# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""`pip install .`: the package as a user gets it, outside the source tree."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

USE = """
import numpy as np
import bitserial

m = bitserial.compile(bitserial.build.matmul(
    3, 5, 70, activations=("unsigned", 2), weights=("bipolar", 1)))
rng = np.random.default_rng(0)
x = rng.integers(0, 4, (3, 70)).astype(np.int8)
w = rng.choice(np.array([-1, 1], np.int8), (5, 70))
np.testing.assert_array_equal(m.main(x, w), x.astype(np.int32) @ w.T.astype(np.int32))
print(bitserial.__file__)
"""


@pytest.mark.slow
def test_installed_package(tmp_path):
    # What the build needs is in this environment: nothing is downloaded.
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps"]
    pip += ["--no-build-isolation", "--disable-pip-version-check"]
    site = tmp_path / "site"
    done = subprocess.run(
        [*pip, "--target", str(site), str(ROOT)],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=1500,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    done = subprocess.run(
        [sys.executable, "-c", USE],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(site)},
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.strip()).is_relative_to(site)
    assert (site / "bitserial" / "py.typed").exists()
