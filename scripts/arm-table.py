#!/usr/bin/env python3
# Part of the bitserial project, under the Apache License v2.0 with LLVM
# Exceptions. See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Writes docs/arm.md: modelled cycles of C2..C12 on ARM cores, beside figures
published for a Raspberry Pi 3B. With --check it writes nothing and fails unless
the layers reach the target on Cortex-A53."""

import argparse
import sys
from pathlib import Path
from typing import Dict, List

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))

import bitserial  # noqa: E402
import layers  # noqa: E402

CPUS = ["cortex-a53", "cortex-a72", "neoverse-n1"]
# Clock of the Raspberry Pi 3B that the published figures are of, in Hz.
PUBLISHED_HERTZ = 1.4e9
# Milliseconds, from the best tuning records of the artifact of "Automatic
# generation of high-performance quantized machine learning kernels" (CGO 2020):
# in one thread at A2W1, in four threads at A1W1, A2W1 and A2W2.
PUBLISHED = {
    "C2": (16.31, 2.49, 4.53, 9.05),
    "C3": (2.17, 0.38, 0.82, 1.38),
    "C4": (8.27, 1.26, 2.42, 4.71),
    "C5": (1.23, 0.17, 0.54, 0.82),
    "C6": (15.07, 2.01, 3.91, 7.95),
    "C7": (7.66, 1.04, 2.09, 4.11),
    "C8": (1.06, 0.13, 0.45, 0.68),
    "C9": (14.85, 4.00, 3.70, 7.90),
    "C10": (7.55, 2.40, 2.07, 4.19),
    "C11": (0.96, 0.14, 0.33, 0.60),
    "C12": (14.71, 4.49, 4.20, 8.21),
}
# The share of the published cycles that A2W1 may take on Cortex-A53.
REQUIRED_SHARE = 0.5

INTRODUCTION = """\
# Layers on ARM, modelled

<!-- Written by scripts/arm-table.py (make arm-table); do not edit. -->

The convolutions C2..C12 of ResNet-18, batch 1, in one thread, from activations
as int8 values in memory to sums as i32: packing, corrections and all that is
between are included. **Nothing here was measured on hardware**: the figures are
those of `bitserial-compile --emit=cost`, LLVM's machine code analyser on every
loop of the compiled function times its iterations, with data in the first-level
cache and branches predicted ([cost model](cost-model.md#whole-functions)). That the same code
computes the right numbers is tested under QEMU (`test/python/test_arm_layers.py`).
"""

CAVEATS = """
On cores that execute in order (Cortex-A53) the cycles of a loop are the larger of
the analyser's and of one for each vector operation and 64 bits that are loaded.
The published times were measured on a Raspberry Pi 3B (four Cortex-A53 at 1.4 GHz), by the
tuning records of the artifact; *share* is our modelled cycles at A2W1 relative to
the cycles that its time in one thread is.
"""


def model(cpu: str, formats: str) -> Dict[str, float]:
    """Cycles by layer."""
    text = "\n".join(
        layers.conv_text(layer, formats, name=layer.name) for layer in layers.LAYERS
    )
    functions = bitserial.compile(text, target=cpu).cost()["functions"]
    return {function["name"]: function["cycles"] for function in functions}


def row(cells: List[str]) -> str:
    return "| " + " | ".join(cells) + " |\n"


def write(path: Path, cycles: Dict[str, Dict[str, Dict[str, float]]]) -> None:
    text = INTRODUCTION
    formats = list(layers.FORMATS)
    text += "\n## Million cycles\n\n"
    text += row(["layer", *(f"{cpu} {f.upper()}" for cpu in CPUS for f in formats)])
    text += row([":--", *["--:"] * (len(CPUS) * len(formats))])
    for layer in layers.LAYERS:
        cells = [f"{cycles[c][f][layer.name] / 1e6:.2f}" for c in CPUS for f in formats]
        text += row([layer.name, *cells])
    text += "\n## One-bit multiply-accumulates per cycle\n\n"
    text += row(["layer", *(f"{cpu} {f.upper()}" for cpu in CPUS for f in formats)])
    text += row([":--", *["--:"] * (len(CPUS) * len(formats))])
    for layer in layers.LAYERS:
        cells = []
        for cpu in CPUS:
            for f in formats:
                a, w = layers.FORMATS[f]
                cells.append(f"{layer.macs * a * w / cycles[cpu][f][layer.name]:.1f}")
        text += row([layer.name, *cells])
    text += "\n## Cortex-A53 beside the published system\n" + CAVEATS + "\n"
    text += row(
        ["layer", "A2W1 modelled, ms at 1.4 GHz", "published, 1 thread, ms", "share"]
        + ["published, 4 threads, ms: A1W1", "A2W1", "A2W2"]
    )
    text += row([":--", *["--:"] * 6])
    for layer in layers.LAYERS:
        one, *four = PUBLISHED[layer.name]
        ours = cycles["cortex-a53"]["a2w1"][layer.name]
        text += row(
            [layer.name, f"{ours / PUBLISHED_HERTZ * 1e3:.2f}", f"{one:.2f}"]
            + [f"{share(cycles, layer.name):.0%}", *(f"{ms:.2f}" for ms in four)]
        )
    path.write_text(text)


def share(cycles: Dict[str, Dict[str, Dict[str, float]]], layer: str) -> float:
    published = PUBLISHED[layer][0] * 1e-3 * PUBLISHED_HERTZ
    return cycles["cortex-a53"]["a2w1"][layer] / published


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "docs" / "arm.md")
    options = parser.parse_args()
    if options.check:
        cycles = {"cortex-a53": {"a2w1": model("cortex-a53", "a2w1")}}
    else:
        cycles = {c: {f: model(c, f) for f in layers.FORMATS} for c in CPUS}
        write(options.output, cycles)
    shares = {layer.name: share(cycles, layer.name) for layer in layers.LAYERS}
    worst = max(shares, key=shares.get)
    print(
        f"cortex-a53, A2W1, modelled: {worst} takes {shares[worst]:.1%} of the published "
        f"cycles, target {REQUIRED_SHARE:.0%}; all layers: "
        + ", ".join(f"{name} {value:.0%}" for name, value in shares.items())
    )
    return 0 if shares[worst] <= REQUIRED_SHARE else 1


if __name__ == "__main__":
    sys.exit(main())
