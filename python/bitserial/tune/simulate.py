# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""A runner for machines that are not at hand.

    bitserial-tune model.mlir --target=cortex-a53 \\
        --runner='python3 -m bitserial.tune.simulate'

Results are computed under QEMU; times are cycles by LLVM's scheduling model of
the CPU (Module.cost) at 1 GHz: an estimate, with all data in the first-level
cache, and for one thread alone. Needs a C compiler for the target (aarch64-linux-gnu-gcc,
arm-linux-gnueabihf-gcc) and QEMU's user mode.
"""

from __future__ import annotations

import json
import platform
import shutil
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any, Dict, List

import numpy as np

from .._frontends import compile

# By the number of the machine in an object file: its name, that of the triple of
# its tools, and of QEMU.
_MACHINES = {
    40: ("armv7l", "arm-linux-gnueabihf", "qemu-arm"),
    62: ("x86_64", "x86_64-linux-gnu", "qemu-x86_64"),
    183: ("aarch64", "aarch64-linux-gnu", "qemu-aarch64"),
}

_HERTZ = 1e9

_DRIVER = """
#include <stdio.h>
#include <stdlib.h>

void {function}({types});

static void *read_file(const char *name, size_t bytes) {{
  FILE *file = fopen(name, "rb");
  void *data = aligned_alloc(64, (bytes + 63) / 64 * 64);
  if (!file || !data || fread(data, 1, bytes, file) != bytes)
    exit(2);
  fclose(file);
  return data;
}}

static void write_file(const char *name, const void *data, size_t bytes) {{
  FILE *file = fopen(name, "wb");
  if (!file || fwrite(data, 1, bytes, file) != bytes || fclose(file))
    exit(3);
}}

int main(void) {{
{body}
  return 0;
}}
"""


def _bytes(array: Dict[str, Any]) -> int:
    return int(np.prod(array["shape"], dtype=np.int64)) * np.dtype(array["dtype"]).itemsize


def driver(job: Dict[str, Any]) -> str:
    """A C program that calls the function once, on the files of a job."""
    names, body = [], []
    for kind in ("inputs", "outputs"):
        for i, array in enumerate(job[kind]):
            name, size = f"{kind}{i}", _bytes(array)
            names.append(name)
            if kind == "inputs":
                body.append(f'  void *{name} = read_file("{array["file"]}", {size}u);')
            else:
                body.append(f"  void *{name} = aligned_alloc(64, {-(-size // 64) * 64}u);")
    body.append(f"  {job['function']}({', '.join(names)});")
    for i, array in enumerate(job["outputs"]):
        body.append(f'  write_file("{array["file"]}", outputs{i}, {_bytes(array)}u);')
    return _DRIVER.format(
        function=job["function"],
        types=", ".join(["void *"] * len(names)),
        body="\n".join(body),
    )


def command_for(object_file: Path) -> tuple:
    """(C compiler, what runs its programs) for an object file."""
    header = object_file.read_bytes()[:20]
    machine = struct.unpack_from("<H", header, 18)[0]
    if header[:4] != b"\x7fELF" or machine not in _MACHINES:
        raise RuntimeError(f"{object_file.name} is for no machine that is known here")
    name, triple, qemu = _MACHINES[machine]
    if name == platform.machine():
        return "cc", []
    for program in (f"{triple}-gcc", qemu):
        if shutil.which(program) is None:
            raise RuntimeError(f"{program} is not installed")
    return f"{triple}-gcc", [qemu, "-cpu", "max"]


def _call(command: List[str], directory: Path) -> None:
    done = subprocess.run(command, cwd=directory, capture_output=True, text=True)
    if done.returncode:
        reason = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
        raise RuntimeError(f"{command[0]}: {reason[-1]}")


def run(directory: Path) -> None:
    """Does what the protocol of runners says in a directory."""
    job = json.loads((directory / "job.json").read_text())
    if job["threads"] != 1:
        raise RuntimeError(f"times are modelled for one thread, not {job['threads']}")
    candidate = job["objects"][-1]
    compiler, emulator = command_for(directory / candidate)
    (directory / "driver.c").write_text(driver(job))
    program = ["-O1", "-static", "driver.c", candidate, "-o", "driver"]
    _call([compiler, *program], directory)
    _call([*emulator, "./driver"], directory)

    seconds = []
    for name in job["objects"]:
        module = compile(
            directory / "trial.mlir",
            target=job["target"],
            features=job["features"],
            schedule=job["schedule"],
            tuning_db=directory / Path(name).with_suffix(".jsonl"),
        )
        (function,) = module.cost()["functions"]
        seconds.append(function["cycles"] / _HERTZ)
    (directory / "result.json").write_text(json.dumps({"seconds": seconds}))


def main() -> int:
    if len(sys.argv) != 2:
        print("usage: python3 -m bitserial.tune.simulate DIRECTORY", file=sys.stderr)
        return 2
    try:
        run(Path(sys.argv[1]))
    except Exception as error:
        print(f"{error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
