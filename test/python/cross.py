# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs compiled functions under QEMU: many at once, in one C program.

The program reads the inputs of all functions from one file and writes their
results to another. Every array ends where a page without access begins, and
the bytes before a result are checked, so that code that strays is caught.
"""

from __future__ import annotations

import dataclasses
import shutil
import subprocess
from pathlib import Path
from typing import Dict, List, Optional, Sequence, Union

import numpy as np


@dataclasses.dataclass(frozen=True)
class Emulator:
    """How to build and run programs for another architecture."""

    triple: str
    qemu: str
    cpu: str  # as QEMU names it

    @property
    def gcc(self) -> str:
        return f"{self.triple}-gcc"

    def missing(self) -> Optional[str]:
        """What is not installed, or None."""
        for program in (self.gcc, self.qemu):
            if shutil.which(program) is None:
                return f"{program} is not installed"
        return None


EMULATORS = {
    "cortex-a53": Emulator("aarch64-linux-gnu", "qemu-aarch64", "cortex-a53"),
    "cortex-a72": Emulator("aarch64-linux-gnu", "qemu-aarch64", "cortex-a72"),
    "neoverse-n1": Emulator("aarch64-linux-gnu", "qemu-aarch64", "neoverse-n1"),
    "cortex-a7": Emulator("arm-linux-gnueabihf", "qemu-arm", "cortex-a7"),
}


@dataclasses.dataclass
class Call:
    """A function to call, its object file's content and its arguments. Calls
    of functions of one object file share it."""

    symbol: str
    object: bytes
    inputs: Sequence[np.ndarray]
    result_shape: Sequence[int]
    key: Optional[str] = None  # of the result: by default, the symbol


_DRIVER = r"""
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { kMaxArrays = 8, kMargin = 256, kMark = 0xa5 };
typedef struct {
  void (*call)(void **arrays);
  int inputs;
  size_t bytes[kMaxArrays]; /* the inputs', then the result's */
} Entry;

@FUNCTIONS@
static const Entry entries[] = {
@ENTRIES@
};

/* Memory that ends where a page without access begins. */
static unsigned char *allocate(size_t bytes) {
  size_t page = sysconf(_SC_PAGESIZE);
  size_t size = (bytes + kMargin + page - 1) / page * page;
  unsigned char *start = mmap(0, size + page, PROT_READ | PROT_WRITE,
                              MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (start == MAP_FAILED || mprotect(start + size, page, PROT_NONE))
    exit(3);
  memset(start, kMark, size);
  return start + size - bytes;
}

int main(int argc, char **argv) {
  if (argc != 4)
    return 2;
  FILE *in = fopen(argv[1], "rb"), *out = fopen(argv[2], "ab");
  size_t first = strtoul(argv[3], 0, 10);
  for (size_t i = 0; i < sizeof entries / sizeof *entries; ++i) {
    const Entry *e = &entries[i];
    void *arrays[kMaxArrays];
    for (int a = 0; a <= e->inputs; ++a) {
      arrays[a] = allocate(e->bytes[a]);
      if (a < e->inputs && fread(arrays[a], 1, e->bytes[a], in) != e->bytes[a])
        return 4;
    }
    if (i < first)
      continue;
    e->call(arrays);
    unsigned char *result = arrays[e->inputs];
    for (int b = 1; b <= kMargin; ++b)
      if (result[-b] != kMark) {
        fprintf(stderr, "wrote %d bytes before the result\n", b);
        return 5;
      }
    fwrite(result, 1, e->bytes[e->inputs], out);
    fflush(out);
  }
  return fclose(out) ? 6 : 0;
}
"""


def driver(calls: Sequence[Call]) -> str:
    """The C program."""
    functions, entries = [], []
    for i, call in enumerate(calls):
        count = len(call.inputs)
        parameters = ", ".join(["const void *"] * count + ["void *"])
        arrays = ", ".join(f"arrays[{a}]" for a in range(count + 1))
        functions.append(f"void {call.symbol}({parameters});")
        functions.append(
            f"static void call{i}(void **arrays) {{ {call.symbol}({arrays}); }}"
        )
        sizes = [a.nbytes for a in call.inputs]
        sizes.append(4 * int(np.prod(call.result_shape)))
        entries.append(f"  {{call{i}, {count}, {{{', '.join(map(str, sizes))}}}}},")
    return _DRIVER.replace("@FUNCTIONS@", "\n".join(functions)).replace(
        "@ENTRIES@", "\n".join(entries)
    )


def run(
    emulator: Emulator, calls: List[Call], directory: Path, timeout: float = 300
) -> Dict[str, Union[np.ndarray, str]]:
    """The result of each call by its key, or the reason why there is none."""
    directory.mkdir(parents=True, exist_ok=True)
    source, program = directory / "driver.c", directory / "driver"
    source.write_text(driver(calls))
    objects = []
    for code in dict.fromkeys(call.object for call in calls):
        objects.append(directory / f"{len(objects)}.o")
        objects[-1].write_bytes(code)
    linked = subprocess.run(
        [emulator.gcc, "-O1", "-Wall", "-Werror", "-static", source, *objects]
        + ["-o", program],
        capture_output=True,
        text=True,
    )
    if linked.returncode:
        raise RuntimeError(f"{emulator.gcc} failed:\n{linked.stderr}")

    inputs, outputs = directory / "inputs.bin", directory / "outputs.bin"
    inputs.write_bytes(b"".join(a.tobytes() for call in calls for a in call.inputs))
    results: Dict[str, Union[np.ndarray, str]] = {}
    first = 0
    while first < len(calls):
        outputs.write_bytes(b"")
        ran = subprocess.run(
            [emulator.qemu, "-cpu", emulator.cpu, program, inputs, outputs, str(first)],
            capture_output=True,
            text=True,
            timeout=timeout,
        )
        data, offset = outputs.read_bytes(), 0
        while first < len(calls):
            shape = tuple(calls[first].result_shape)
            size = 4 * int(np.prod(shape))
            if len(data) - offset < size:
                break
            result = np.frombuffer(data, "<i4", size // 4, offset).reshape(shape)
            results[calls[first].key or calls[first].symbol] = result
            offset, first = offset + size, first + 1
        if first < len(calls):  # the program died in this one: go on after it
            results[calls[first].key or calls[first].symbol] = (
                f"the program ended with code {ran.returncode}: {ran.stderr.strip()}"
            )
            first += 1
    return results
