# Part of the bitserial project, under the Apache License v2.0 with LLVM
# Exceptions. See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""benchmarks/suite.py on made-up results: prints the lines of acceptance.

usage: bench_suite.py <benchmarks> <folder> <flags of the CPU> <CPUs for two threads>
"""

import json
import sys
import xml.dom.minidom
from pathlib import Path

sys.path.insert(0, sys.argv[1])
import plot  # noqa: E402
import suite  # noqa: E402

folder, flags, cpus = Path(sys.argv[2]), set(sys.argv[3].split()), float(sys.argv[4])


def results(name, isas, layers, series):
    """One round each; `series` maps names to the seconds of a layer."""
    data = {
        "host": "A CPU <fast>",
        "formats": [
            {"name": "a1w1", "plane_products": 1},
            {"name": "a2w1", "plane_products": 2},
            {"name": "a2w2", "plane_products": 4},
        ],
        "isas": [{"name": isa} for isa in isas],
        "layers": [
            {
                "name": layer,
                "macs": 1e6,
                "series": [
                    {"isa": isa, "name": s, "macs": 1e6, "seconds": [of(index)]}
                    for isa in isas
                    for s, of in series.items()
                ],
            }
            for index, layer in enumerate(layers)
        ],
    }
    path = folder / f"{name}.json"
    path.write_text(json.dumps(data))
    return suite.Results(path)


def constant(seconds):
    return lambda index: seconds


convs = results(
    "convs",
    ["avx2", "avx512"],
    suite.LARGE_LAYERS,
    {
        "plain-tile": constant(0.8),
        "fp32": constant(6.0),
        "int8": constant(4.0),
        # C2 at 80 %, the others at 60 % of the plain loop.
        "a1w1": lambda index: 1.0 if index == 0 else 4 / 3,
        "a2w1": constant(2.0),
        "a2w2": constant(4.0),
    },
)
packed = results(
    "packed",
    ["avx512"],
    ["C2", "C3"],
    {
        "fp32": constant(6.0),
        "int8": constant(3.0),
        "a1w1": lambda index: 0.5 if index == 0 else 2.0,
        "a2w1": constant(2.0),
    },
)


def threads(number, cpus, slower=0.0):
    """A run on so many CPUs, some slower than another one."""
    return results(
        f"threads-{number}",
        ["avx512"],
        suite.LARGE_LAYERS,
        {
            "plain-regs": constant(1.0),
            "independent@2": constant(2 / cpus),
            "a1w1": constant(1.0),
            "a1w1@2": lambda index: 0.5 + 0.01 * index + slower,
        },
    )


sizes = suite.GROWTH["n"] + suite.GROWTH["k"]
growth = results(
    "growth",
    ["avx512"],
    sizes,
    {
        "a1w1": lambda index: 2.0 ** (index % 5),
        "a2w1": lambda index: 2.5 ** (index % 5),
    },
)
tuning = {
    "formats": {
        "a1w1": {
            "tuning_seconds": 600,
            "layers": {
                "C2": {"default": 1.1, "tuned": 1.0, "fixed_layout": 2.0, "fixed_tiling": 1.5},
                "C3": {"default": 0.9, "tuned": 1.0, "fixed_layout": 2.0, "fixed_tiling": 1.5},
            },
        },
        "a2w1": {"tuning_seconds": 1500, "layers": {"C2": {"default": 2.0, "tuned": 1.0}}},
    }
}
everything = {
    "convs": convs,
    "packed": packed,
    # The first one does not count, the median of the others is that without delay.
    "threads": suite.ThreadRuns(
        [threads(1, 1.0, 0.5), threads(2, 2.0, 0.2), threads(3, 2.0), threads(4, cpus)]
    ),
    "growth": growth,
    "tuning": tuning,
}
accepted = suite.Acceptance(everything, flags).run()
print("accepted" if accepted else "not accepted")

svg = plot.speedups(convs, "avx512", suite.FORMATS)
xml.dom.minidom.parseString(svg)
print("bars with a title:", svg.count("<title>"))
