# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""truncate.py COMPILER FILE: compiles beginnings of the file of many lengths.

Each must end with exit code 1 and a message, not by a signal.
"""

import subprocess
import sys

compiler, path = sys.argv[1:]
with open(path, "rb") as file:
    source = file.read().rstrip()

steps = 25
for length in sorted({len(source) * i // steps for i in range(steps)}):
    run = subprocess.run(
        [compiler, "-", "--emit=asm"], input=source[:length], capture_output=True
    )
    if run.returncode != 1 or b"error: " not in run.stderr:
        sys.stderr.buffer.write(run.stderr)
        sys.exit(f"{path}, the first {length} bytes: exit code {run.returncode}")
