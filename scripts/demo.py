#!/usr/bin/env python3
# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compiles a layer of ResNet-18 with 2-bit activations and 1-bit weights: for
this CPU, where it runs, is checked and timed beside oneDNN, and for an ARM CPU,
where QEMU runs it. Files are kept in <build>/demo."""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

import bitserial

ROOT = Path(__file__).resolve().parent.parent

# The second convolution, the first one that networks quantise.
LAYER = dict(
    input=(1, 56, 56, 64),
    filter=(64, 3, 3, 64),
    strides=(1, 1),
    padding=(1, 1),
    dilations=(1, 1),
    groups=1,
)
ACTIVATIONS = bitserial.Format("unsigned", 2)
WEIGHTS = bitserial.Format("bipolar", 1)
MACS = 56 * 56 * 64 * 3 * 3 * 64

ARM_CPU = "cortex-a53"
ARM_TRIPLE = "aarch64-linux-gnu"

MAIN_C = """\
#include "c2.h"
#include <stdint.h>
#include <stdio.h>

static int8_t x[56 * 56 * 64];
static int32_t y[56 * 56 * 64];

int main(void) {
  if (fread(x, 1, sizeof x, stdin) != sizeof x)
    return 1;
  c2_main(x, y);
  return fwrite(y, 1, sizeof y, stdout) != sizeof y;
}
"""


def say(text=""):
    print(text, flush=True)


def check(y, expected, where):
    if y.shape != expected.shape or not (y == expected).all():
        wrong = np.argwhere(y != expected)
        at = tuple(int(i) for i in wrong[0])
        sys.exit(
            f"demo: wrong result {where}: {len(wrong)} of {y.size} values differ, the "
            f"first at {list(at)}: {y[at]} instead of {expected[at]}"
        )
    say(f"  all {y.size:,} results equal those of the NumPy reference")


def run(command, **arguments):
    """Runs a program; ends the demo with its message if it fails."""
    done = subprocess.run(command, capture_output=True, **arguments)
    if done.returncode:
        message = done.stderr if isinstance(done.stderr, str) else done.stderr.decode()
        command = " ".join(map(str, command))
        sys.exit(f"demo: {command} failed:\n{message}")
    return done.stdout


def native(text, x, expected):
    say("On this CPU")
    start = time.perf_counter()
    module = bitserial.compile(text)
    seconds = time.perf_counter() - start
    say(f"  compiled in {seconds:.2f} s for {module.target}")
    check(module.main(x), expected, "on this CPU")


def compare(bench, directory):
    if not bench.exists():
        say(f"  not timed: {bench.name} is not built (it needs libdnnl-dev)")
        return
    output = directory / "bench.json"
    run(
        [bench, "--layers=C2", "--formats=a2w1", "--json", "-o", output],
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    result = json.loads(output.read_text())
    medians = {
        series["name"]: statistics.median(series["seconds"])
        for layer in result["layers"]
        for series in layer["series"]
    }
    say()
    say("  One thread, median       ms    GMAC/s")
    names = {"fp32": "oneDNN fp32", "int8": "oneDNN int8", "a2w1": "bitserial A2W1"}
    for key, name in names.items():
        if key not in medians:
            continue
        line = f"  {name:20} {medians[key] * 1e3:8.3f} {MACS / medians[key] / 1e9:9.1f}"
        if key == "a2w1":
            ratios = [
                f"{medians[peer] / medians[key]:.1f} x {peer}"
                for peer in ("fp32", "int8")
                if peer in medians
            ]
            line += "   " + ", ".join(ratios)
        say(line)
    say("  (activations as int8 in memory, packing included; results 32-bit)")


def emulated(compiler, source, directory, x, expected):
    say(f"On {ARM_CPU}, under QEMU")
    gcc = f"{ARM_TRIPLE}-gcc"
    for program in (gcc, "qemu-aarch64"):
        if shutil.which(program) is None:
            say(f"  skipped: {program} is not installed")
            return
    start = time.perf_counter()
    for kind, name in (("obj", "c2.o"), ("header", "c2.h")):
        run(
            [compiler, source, f"--target={ARM_CPU}", f"--emit={kind}"]
            + ["-o", directory / name]
        )
    seconds = time.perf_counter() - start
    say(f"  cross-compiled to {directory.name}/c2.o and c2.h in {seconds:.2f} s")
    main, program = directory / "main.c", directory / "c2-arm"
    main.write_text(MAIN_C)
    run([gcc, "-O1", "-static", main, directory / "c2.o", "-o", program])
    output = run(
        ["qemu-aarch64", "-cpu", ARM_CPU, program], input=x.tobytes(), timeout=120
    )
    check(np.frombuffer(output, "<i4").reshape(expected.shape), expected, "under QEMU")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--build-dir",
        type=Path,
        default=Path(os.environ.get("BITSERIAL_BUILD_DIR", ROOT / "build")),
        help="where the tools are (default: %(default)s)",
    )
    parser.add_argument("--no-bench", action="store_true", help="do not time anything")
    options = parser.parse_args()
    directory = options.build_dir / "demo"
    directory.mkdir(parents=True, exist_ok=True)

    rng = np.random.default_rng(2020)
    x = rng.choice(ACTIVATIONS.values(), LAYER["input"])
    w = rng.choice(WEIGHTS.values(), LAYER["filter"])
    say("ResNet-18's C2: 3x3 convolution of 56x56x64 to 56x56x64, stride 1, padding 1:")
    say(
        f"{MACS / 1e6:.1f} million multiply-adds of 2-bit activations (0..3) and 1-bit "
        "weights (-1, 1)"
    )
    say()
    text = bitserial.build.conv2d(
        **LAYER,
        activations=ACTIVATIONS,
        weights=WEIGHTS,
        weights_value=w,
    )
    source = directory / "c2.mlir"
    source.write_text(text)
    reference_arguments = {
        k: v for k, v in LAYER.items() if k not in ("input", "filter")
    }
    expected = bitserial.reference.conv2d(x, w, **reference_arguments)

    native(text, x, expected)
    if not options.no_bench:
        compare(options.build_dir / "bin/bitserial-bench", directory)
    say()
    emulated(
        options.build_dir / "bin/bitserial-compile", source, directory, x, expected
    )


if __name__ == "__main__":
    main()
