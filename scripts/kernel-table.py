#!/usr/bin/env python3
# Part of the bitserial project, under the Apache License v2.0 with LLVM
# Exceptions. See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Writes docs/kernels.md: the modelled cycles of every kernel of the shipped
library beside those of the reference lowering. With --check it writes nothing
and fails unless no kernel is slower than the reference and the ratios in
REQUIRED are reached. With --measure it runs the kernels that this machine can
run and writes docs/kernels-measured.md."""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Dict, List

ROOT = Path(__file__).resolve().parent.parent

# Least ratio of llvm-mca's cycles, reference to kernel, by CPU and widths.
REQUIRED = {
    ("haswell", "a1w1"): 1.25,
    ("haswell", "a2w1"): 1.25,
    ("icelake-server", "a1w1"): 1.04,
    ("sapphirerapids", "a1w1"): 1.04,
    ("cortex-a53", "a2w2"): 1.15,
    ("cortex-a72", "a2w2"): 1.15,
    ("neoverse-n1", "a2w1"): 1.10,
}
# Of long sums; that of short ones is at the bound (see REMARKS).
LONG_SUMS = {("cortex-a72", "a2w2")}
# What a figure may be off without meaning anything: it is rounded to 0.01.
TOLERANCE = 0.01

INTRODUCTION = """\
# Kernels of the library

<!-- Written by scripts/kernel-table.py; do not edit. -->

The kernels that ship with the compiler, beside the reference lowering
(`math.ctpop` of the AND of two planes, one pass for each pair) of the same
specification in the micro-tile of the default schedule: for sums over 512 bits
and over 4608 (a 3x3 convolution of 512 channels), where on NEON lanes of 16
bits may not be enough for it. Both are compiled as
any code is; LLVM's machine code analyser gives the cycles of the loops, those
of flushes as often as they run, loads and spills included
(`bitserial-synth model`).

- A *kernel*'s name is that of its file in `lib/Kernels`: planes of activations
  and weights (`s` signed, `t` ternary, else powers of two: unsigned and
  bipolar), lanes of outputs or a reduction (`o`, `r`), bits of a word.
- *Tile* is rows x vectors of accumulators, *cycles* are per vector: for one
  accumulator and position, a vector of words of every plane. On cores that
  execute in order they are the larger of llvm-mca's figure, which stands behind
  it in brackets, and of one cycle for each vector operation and 64 bits that
  are loaded.
- *Ratio* is reference to kernel, of short and of long sums, *MAC/cycle* counts products of one-bit numbers.
- *Sketch* says what the kernel does ([synthesis](synthesis.md#search)); a0, a1, ... are
  the planes of activations, w0, w1, ... those of weights.

What packs values, one byte each, into the words of bit planes has a table of its
own: there, *cycles* are for 64 values, loaded, packed and stored, and *values* are
those of an iteration; ? where LLVM's model of the core lacks an instruction.
"""

# Said of a target, before its table.
REMARKS = {
    "cortex-a72": """\
A product of 2 by 2 bits takes at least 12 vector instructions here, 6.0 cycles at
two a cycle. It has seven values, 0, 1, 2, 3, 4, 6 and 9, which three words with
coefficients and a constant do not give: of their eight sums, each and that of
the other words would make a pair, all pairs with the same total t. If k is the
value in a pair with the eighth sum, the other six make three pairs, and
25 - k = 3 t. That leaves k = 1, t = 8 and k = 4, t = 7, where 0 would need 8 or 7.
So at least four words are counted, and each takes an instruction that makes it
of both operands, a count, and an instruction that adds it to something. (One
that multiplies as well takes two slots.) The reference of sums across lanes is
at that bound; that of lanes of outputs takes 6.82 cycles for short sums, because
a word in all lanes is a vector instruction, too: at most 1.14 times the bound.
For long sums it needs wider counters.
""",
}


# Whose kernels are run.
X86 = ["haswell", "icelake-server", "sapphirerapids"]

MEASURED = """\
# Kernels of the library, measured

<!-- Written by scripts/kernel-table.py --measure; do not edit. -->

What `bitserial-synth model --measure` says of the kernels that the machine at
hand can run: {machine}. Each
kernel and the reference lowering run by turns, one micro-tile each on operands
in L1; figures are medians, in nanoseconds per accumulator and position. The
model's order is *confirmed* if the kernel is more than 2 % faster when measured,
too; "equal" is within 2 %, and confirms nothing. The AVX-512 kernels are made
for Intel's CPUs, which this page
says nothing of unless it is one that the measurement was made on.

| target | kernel | reference | kernel | measured ratio | modelled ratio | confirmed |
|:--|:--|--:|--:|--:|--:|:--|
"""


def model(synth: str, targets: List[str], measure: bool = False) -> List[dict]:
    command = [synth, "model"] + [f"--target={name}" for name in targets]
    if measure:
        command.append("--measure")
    output = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, text=True
    ).stdout
    return json.loads(output)


def cycles(cost: dict) -> str:
    text = f"{cost['cycles']:.2f}"
    if cost["simulated"] != cost["cycles"]:
        text += f" ({cost['simulated']:.2f})"
    return text


def ratio(entry: dict, reference: str) -> str:
    return f"{entry[reference]['cycles'] / entry['kernel']['cycles']:.2f}"


def table(entries: List[dict]) -> str:
    lines = [
        "| kernel | reference: tile | cycles | long sums | kernel: tile | cycles "
        "| ratio | long sums | MAC/cycle | loads | stack | sketch |",
        "|:--|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|:--|",
    ]
    for entry in entries:
        reference, kernel = entry["reference"], entry["kernel"]
        row = [entry["spec"], reference["tile"], cycles(reference)]
        row.append(cycles(entry["long_reference"]))
        if kernel is None:
            row += ["–"] * 7 + ["none in the library"]
        else:
            row += [
                kernel["tile"],
                cycles(kernel),
                ratio(entry, "reference"),
                ratio(entry, "long_reference"),
                f"{kernel['bit_macs']:.1f}",
                f"{kernel['loads']:.2f}",
                f"{kernel['stack']:.2f}",
                kernel["sketch"].replace("|", "\\|"),
            ]
        lines.append("| " + " | ".join(row) + " |")
    return "\n".join(lines) + "\n"


def pack_table(entries: List[dict]) -> str:
    """The pack kernels; formats without one are those where none gains 3 %."""
    lines = [
        "| packing | reference: cycles | kernel: cycles | ratio | values | sketch |",
        "|:--|--:|--:|--:|--:|:--|",
    ]
    for entry in entries:
        kernel, reference = entry["kernel"], entry["reference"]
        row = [entry["pack"], f"{reference['cycles']:.2f}" if reference else "?"]
        if kernel is None:
            row += ["–"] * 3 + ["the reference lowering"]
        else:
            row += [
                f"{kernel['cycles']:.2f}",
                f"{reference['cycles'] / kernel['cycles']:.2f}",
                str(kernel["values"]),
                kernel["sketch"].replace("|", "\\|"),
            ]
        lines.append("| " + " | ".join(row) + " |")
    return "\n".join(lines) + "\n"


def render(entries: List[dict]) -> str:
    text = INTRODUCTION
    by_target: Dict[str, List[dict]] = {}
    for entry in entries:
        by_target.setdefault(entry["target"], []).append(entry)
    for target, group in by_target.items():
        title = target
        if group[0]["features"]:
            title += f", {group[0]['features']}"
        text += f"\n## {title}\n\n"
        if group[0]["model"] != target:
            text += f"Modelled as {group[0]['model']}.\n\n"
        if target in REMARKS:
            text += REMARKS[target] + "\n"
        text += table([entry for entry in group if "spec" in entry])
        text += "\n" + pack_table([entry for entry in group if "pack" in entry])
    return text


def machine() -> str:
    """This machine's processor."""
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.split(":")[1].strip()
    return "an unknown processor"


def render_measured(entries: List[dict]) -> str:
    text = MEASURED.format(machine=machine())
    for entry in entries:
        kernel, reference = entry["kernel"], entry["reference"]
        if kernel is None or "ns" not in kernel:
            continue
        measured = reference["ns"] / kernel["ns"]
        modelled = reference["cycles"] / kernel["cycles"]
        if measured > 1.02:
            confirmed = "yes" if modelled > 1 else "no"
        else:
            confirmed = "equal" if measured > 0.98 else "no"
        text += (
            f"| {entry['target']} | {entry['spec']} | {reference['ns']:.3f} "
            f"| {kernel['ns']:.3f} | {measured:.2f} | {modelled:.2f} "
            f"| {confirmed} |\n"
        )
    return text


def check(entries: List[dict]) -> List[str]:
    """The claims that do not hold."""
    problems = []
    for entry in entries:
        if "pack" in entry:
            kernel, reference = entry["kernel"], entry["reference"]
            if kernel and kernel["cycles"] > reference["cycles"] + TOLERANCE:
                problems.append(
                    f"{entry['target']}, {entry['pack']}: slower than the reference"
                )
            continue
        what = f"{entry['target']}, {entry['spec']}"
        if entry["kernel"] is None:
            problems.append(f"{what}: the library has no kernel")
            continue
        for figure in ("cycles", "simulated"):
            slower = entry["kernel"][figure] - entry["reference"][figure]
            if slower > TOLERANCE:
                problems.append(
                    f"{what}: {slower:.2f} {figure} above the reference"
                )
    for (target, widths), least in REQUIRED.items():
        found = [
            entry
            for entry in entries
            if entry["target"] == target
            and "spec" in entry
            and entry["spec"].split("-")[0] == widths
            and entry["kernel"] is not None
        ]
        if not found:
            if any(entry["target"] == target for entry in entries):
                problems.append(f"{target}, {widths}: no kernel")
            continue
        # The first is that of the default layout; another may serve instead.
        sums = "long_reference" if (target, widths) in LONG_SUMS else "reference"
        reference = found[0][sums]["simulated"]
        best = min(entry["kernel"]["simulated"] for entry in found)
        if reference / best < least - 0.005:
            problems.append(
                f"{target}, {widths}: {reference / best:.2f} times the "
                f"reference, {least:.2f} required"
            )
    return problems


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--synth",
        default=str(ROOT / "build/bin/bitserial-synth"),
        help="bitserial-synth (default: that of build/)",
    )
    parser.add_argument(
        "--target",
        action="append",
        default=[],
        help="a CPU of the library (default: all); may be repeated",
    )
    parser.add_argument("-o", default=str(ROOT / "docs/kernels.md"), metavar="FILE")
    parser.add_argument(
        "--check", action="store_true", help="check the ratios, write nothing"
    )
    parser.add_argument(
        "--measure",
        action="store_true",
        help="run the kernels of x86 CPUs, write docs/kernels-measured.md",
    )
    arguments = parser.parse_args()
    if arguments.measure:
        entries = model(arguments.synth, arguments.target or X86, measure=True)
        target = ROOT / "docs/kernels-measured.md"
        target.write_text(render_measured(entries), encoding="utf-8")
        return 0
    entries = model(arguments.synth, arguments.target)
    if arguments.check:
        problems = check(entries)
        for problem in problems:
            print(problem, file=sys.stderr)
        print(f"{len(entries)} specifications, {len(problems)} problems")
        return 1 if problems else 0
    Path(arguments.o).write_text(render(entries), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
