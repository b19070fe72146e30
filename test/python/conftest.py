# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Shared set-up of the Python tests.

They test the installed package: nothing here puts the source tree on the path.
"""

import os

import pytest

# Results must not depend on what the user's cache of kernels holds.
os.environ["BITSERIAL_CACHE_DIR"] = ""

pytest.register_assert_rewrite("grid")
