#!/usr/bin/env python3
# Part of the bitserial project, under the Apache License v2.0 with LLVM
# Exceptions. See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Writes docs/joint-choice.md from the results of benchmarks/tuning.py --joint:
what it gains to choose layout and tiling together."""

import argparse
import json
import statistics
import sys
from pathlib import Path
from typing import Any, Dict

ROOT = Path(__file__).resolve().parent.parent

INTRODUCTION = """\
# Layout and tiling, chosen together

<!-- Written by scripts/joint-table.py (make joint-table); do not edit. -->

The best time of the convolutions C2..C12 of ResNet-18 that the [tuner](tuning.md) finds if it may
choose one side only, and both, in microseconds on one core ({target}); packing of the activations included.

- *Layout fixed*: the bits of each output in order, plane by plane ({layout}), as they come without a
  choice; the tiling is free.
- *Not tiled*: one row by one vector of outputs; the layout is free, but for its inner tile, which the micro-tile decides.
- *Tiling fixed*: one micro-tile for all layers, as large as the registers suggest, and no cache tiles; the
  layout is free in the same way.
- *Both free*: the inner tile of the layout is the micro-tile's width, and one knob decides both.
- *Default*: what the compiler chooses without tuning.

In brackets, how many times as long it takes as with both free; "–" where such a layout is not possible,
because a sum is a single word. Up to {trials} trials for both free, {joint_trials} for the
others; in the end all are timed in turns, in several places of memory.

The layout counts most: lanes of outputs in inner tiles are what vectors load. Without tiling, weights are
loaded once for each row instead of once for several. A good micro-tile, once found, suits all of these
layers on a machine; which one that is, the model that chooses the default derives from registers and kernels.
"""

COLUMNS = {
    "fixed_layout": "layout fixed",
    "untiled": "not tiled",
    "fixed_tiling": "tiling fixed",
    "tuned": "both free",
    "default": "default",
}


def knobs_text(knobs: Dict[str, Any]) -> str:
    return ", ".join(f"`{name} = {value}`" for name, value in knobs.items())


def table(layers: Dict[str, Dict[str, float]]) -> str:
    text = "| layer | " + " | ".join(COLUMNS.values()) + " |\n"
    text += "|:--|" + "--:|" * len(COLUMNS) + "\n"
    for name, seconds in layers.items():
        cells = []
        for key in COLUMNS:
            if key not in seconds:
                cells.append("–")
                continue
            cell = f"{seconds[key] * 1e6:.1f}"
            if key != "tuned":
                cell += f" ({seconds[key] / seconds['tuned']:.2f})"
            cells.append(cell)
        text += f"| {name} | " + " | ".join(cells) + " |\n"
    means = []
    for key in COLUMNS:
        ratios = [s[key] / s["tuned"] for s in layers.values() if key in s]
        means.append(f"{statistics.geometric_mean(ratios):.2f}")
    return text + "| mean | " + " | ".join(means) + " |\n"


def section(results: Dict[str, Any]) -> str:
    """The tables of one file of results: a machine, or a part of its features."""
    # A target is a CPU and, after commas, what was added to it or removed.
    features, cpu = results["features"], results["target"].split(",")[0]
    tiling = results["fixed"]["fixed_tiling"]
    text = f"\n## {cpu}"
    text += f" with `{features}`\n" if features else "\n"
    text += f"\nThe fixed tiling: `rows = {tiling['rows']}`, `vectors = {tiling['vectors']}`.\n"
    for formats, result in results["formats"].items():
        if all(any(k in s for s in result["layers"].values()) for k in COLUMNS):
            text += f"\n### {formats.upper()}\n\n" + table(result["layers"])
    return text


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "results", type=Path, nargs="+", help="JSON files of benchmarks/tuning.py"
    )
    parser.add_argument(
        "-o", "--output", type=Path, default=ROOT / "docs" / "joint-choice.md"
    )
    options = parser.parse_args()
    files = [json.loads(path.read_text()) for path in options.results]
    sections = [section(results) for results in files]
    if not all("###" in text for text in sections):
        sys.exit("joint-table.py: the results are not of --joint=FORMATS")
    formats = [result for results in files for result in results["formats"].values()]
    text = INTRODUCTION.format(
        target=" and ".join(
            dict.fromkeys(results["target"].split(",")[0] for results in files)
        ),
        layout=knobs_text(files[0]["fixed"]["fixed_layout"]),
        trials=max(result["trials"] for result in formats),
        joint_trials=max(result["joint_trials"] for result in formats),
    )
    options.output.write_text(text + "".join(sections))
    return 0


if __name__ == "__main__":
    sys.exit(main())
