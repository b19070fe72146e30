# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Shared set-up of the Python tests.

They test the installed package: of the source tree only the examples are on the path,
for the builder of models that they share with the tests.
"""

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "examples"))

# Results must not depend on what the user's cache of kernels holds.
os.environ["BITSERIAL_CACHE_DIR"] = ""
os.environ["XDG_STATE_HOME"] = "/dev/null"

pytest.register_assert_rewrite("grid")
