# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The harness that runs functions under QEMU notices what it is meant to."""

import subprocess

import numpy as np
import pytest

import cross

SOURCE = """
#include <stdint.h>
void good(const int8_t *x, const int8_t *w, int32_t *y) {
  for (int i = 0; i < 5; ++i) y[i] = x[i] * w[i];
}
void reads_beyond(const int8_t *x, const int8_t *w, int32_t *y) {
  y[0] = ((const volatile int8_t *)x)[5];
}
void writes_beyond(const int8_t *x, const int8_t *w, int32_t *y) { y[5] = 1; }
void writes_before(const int8_t *x, const int8_t *w, int32_t *y) { y[-1] = 1; }
void good_too(const int8_t *x, const int8_t *w, int32_t *y) {
  for (int i = 0; i < 5; ++i) y[i] = x[i] + w[i];
}
"""


@pytest.mark.parametrize("cpu", ["cortex-a53", "cortex-a7"])
def test_faults_are_noticed(cpu, tmp_path):
    emulator = cross.EMULATORS[cpu]
    if emulator.missing():
        pytest.skip(emulator.missing())
    source = tmp_path / "functions.c"
    source.write_text(SOURCE)
    object = tmp_path / "functions.o"
    subprocess.run([emulator.gcc, "-O1", "-c", source, "-o", object], check=True)
    empty = tmp_path / "empty.c"
    empty.write_text("")
    subprocess.run([emulator.gcc, "-c", empty, "-o", tmp_path / "empty.o"], check=True)
    x, w = np.arange(5, dtype=np.int8), np.full(5, -2, np.int8)
    names = ["good", "reads_beyond", "writes_beyond", "writes_before", "good_too"]
    code = object.read_bytes()
    nothing = (tmp_path / "empty.o").read_bytes()
    calls = [
        cross.Call(name, nothing if i else code, [x, w], (5,))
        for i, name in enumerate(names)
    ]
    results = cross.run(emulator, calls, tmp_path / "run")
    assert (results["good"] == x * w).all()
    assert (results["good_too"] == x + w).all()
    assert "Segmentation fault" in results["reads_beyond"]
    assert "Segmentation fault" in results["writes_beyond"]
    assert "wrote 1 bytes before the result" in results["writes_before"]
