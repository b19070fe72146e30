# Part of the bitserial project, under the Apache License v2.0 with LLVM
# Exceptions. See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Modules that are broken or hostile: each is an error that says where, within
bounded time and memory."""

import os
import re
import resource
import subprocess
from pathlib import Path

import pytest

import hostile

BUILD = Path(os.environ.get("BITSERIAL_BUILD_DIR", "build"))
COMPILER = BUILD / "bin" / "bitserial-compile"
MEMORY = 3 << 30  # bytes of addresses; the libraries alone map half of one
SECONDS = 60  # a second on an idle machine


def limit_memory():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@pytest.mark.parametrize("name", hostile.CASES)
def test_hostile(name):
    text, message = hostile.CASES[name]
    if not COMPILER.exists():
        pytest.skip("there is no build directory with bitserial-compile")
    result = subprocess.run(
        [COMPILER, "-", "--emit=asm", "-o", os.devnull],
        input=text.encode("latin-1"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=limit_memory,
        timeout=SECONDS,
    )
    errors = result.stderr.decode("latin-1")
    assert result.returncode == 1, errors[:2000]
    assert re.match(r"<stdin>:(\d+:\d+:)? error: ", errors), errors[:2000]
    assert "internal error" not in errors, errors[:2000]
    assert message in errors, errors[:2000]


def test_count():
    assert len(hostile.CASES) >= 60
