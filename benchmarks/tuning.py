#!/usr/bin/env python3
# Part of the bitserial project, under the Apache License v2.0 with LLVM
# Exceptions. See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Tunes C2..C12 and compares what was found with the default schedule.

Writes JSON: for each pair of formats how long tuning took, and for each layer
the seconds of a call with the default and with the tuned knobs, medians of
rounds in which both were timed in turns, in several places of memory. With --joint also with the layout or
the tiling fixed: what choosing them together gains.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import statistics
import sys
import time
from pathlib import Path
from typing import Any, Dict, List, Optional

import bitserial
from bitserial import tune
from bitserial.tune import _measure

import layers

# In how many places of memory layers are timed in the end.
PLACES = 5
# What does not depend on the layer. The layout: the bits of each output in
# order, plane by plane, as they come; lanes run along the sum.
FIXED_LAYOUT = {"word": 8, "lanes": "reduction", "planes": "outer"}


def fixed_tiling(rows: int, vectors: int) -> Dict[str, Any]:
    """One micro-tile for all layers, and no cache tiles."""
    no_cache_tiles = {"lines": 0, "columns": 0, "order": "columns"}
    return {"rows": rows, "vectors": vectors, **no_cache_tiles}


def text_of(names: List[str], formats: str) -> str:
    """A module with a function for each layer."""
    chosen = [layer for layer in layers.LAYERS if layer.name in names]
    return "\n".join(layers.conv_text(l, formats, name=l.name) for l in chosen)


def measure(
    text: str, databases: Dict[str, Optional[Path]], features: Optional[str], rounds: int
) -> Dict[str, float]:
    """Seconds of a call of a layer, compiled with each of some databases: medians
    over several places of memory, in each of which all are timed in turn. What is
    the same code is timed once."""
    samples: Dict[str, List[float]] = {key: [] for key in databases}
    held = []  # so that code and data get other places
    for place in range(PLACES):
        keys = list(databases)[:: -1 if place % 2 else 1]
        modules = {
            key: bitserial.compile(text, features=features, tuning_db=databases[key])
            for key in keys
        }
        same: Dict[str, List[str]] = {}
        for key, module in modules.items():
            same.setdefault(module.asm, []).append(key)
        timed = {}
        for group in same.values():
            function = _measure.only_function(modules[group[0]])
            if not timed:
                inputs = _measure.random_inputs(function)
                outputs = _measure.memory_for(function)
            timed[tuple(group)] = _measure.TimedFunction(function, inputs, outputs)
        results = [t.result() for t in timed.values()]
        if any((results[0] != other).any() for other in results[1:]):
            sys.exit("tuning.py: the results of a layer differ")
        times = max(1, round(2e-3 / max(next(iter(timed.values())).run(3), 1e-7)))
        here: Dict[tuple, List[float]] = {group: [] for group in timed}
        for _ in range(rounds):
            for group, t in timed.items():
                here[group].append(t.run(times))
        for group, seconds in here.items():
            for key in group:
                samples[key].append(statistics.median(seconds))
        held.append((modules, inputs, outputs))
    return {key: statistics.median(s) for key, s in samples.items()}


def measured(text: str, db: Path, features: Optional[str]) -> set:
    """The layers of which some trial in a database did not fail."""
    shapes = [r["shape"] for r in tune.read_records(db) if r["seconds"]]
    entries = tune.space(text, features=features, limit=1)
    names = [l.name for l in layers.LAYERS if f"@{l.name}(" in text]
    return {name for name, e in zip(names, entries) if e["shape"] in shapes}


def run(formats: str, options: argparse.Namespace) -> Dict[str, Any]:
    """Tunes the layers for a pair of formats, and compares."""
    text = text_of(options.layers, formats)
    db = options.folder / f"tuning-{formats}.jsonl"
    if not options.resume:
        db.unlink(missing_ok=True)

    def report(progress):
        print(
            f"\r{formats}: {progress.trials}/{progress.total} trials", end="", flush=True
        )

    common = dict(features=options.features, rounds=options.rounds, cpu=options.cpu)
    start = time.monotonic()
    tune.tune(
        text,
        db,
        trials=options.trials,
        seconds=options.seconds,
        report=report,
        **common,
    )
    tuning_seconds = time.monotonic() - start
    print(f", {tuning_seconds:.0f} s", flush=True)
    databases = {"default": None, "tuned": db}
    if formats in options.joint.split(","):
        for key, fixed in options.fixed.items():
            databases[key] = options.folder / f"tuning-{formats}-{key}.jsonl"
            if not options.resume:
                databases[key].unlink(missing_ok=True)
            tune.tune(
                text,
                databases[key],
                trials=options.joint_trials or options.trials,
                fixed=fixed,
                report=report,
                **common,
            )
            print(f", {key}", flush=True)
    results = {
        name: measure(
            text_of([name], formats), databases, options.features, options.rounds
        )
        for name in options.layers
    }
    for key, path in databases.items():
        if key in options.fixed:
            for name in set(results) - measured(text, path, options.features):
                del results[name][key]  # That was the default.
    return {
        "tuning_seconds": tuning_seconds,
        "trials": options.trials,
        "joint_trials": options.joint_trials or options.trials,
        "layers": results,
    }


def main(arguments: Optional[List[str]] = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--formats", default=",".join(layers.FORMATS))
    parser.add_argument("--layers", default=",".join(l.name for l in layers.LAYERS))
    parser.add_argument(
        "--joint-trials", type=int, help="per layer with one side fixed (as --trials)"
    )
    parser.add_argument("--features", help="CPU features to add or remove")
    parser.add_argument("--trials", type=int, default=60, help="per layer (60)")
    parser.add_argument("--seconds", type=float, default=math.inf, help="of tuning per format")
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--cpu", type=int, default=None)
    parser.add_argument(
        "--joint", default="", help="formats to tune also with layout or tiling fixed"
    )
    parser.add_argument(
        "--tiling", default="4x4", help="ROWSxVECTORS of the fixed tiling (4x4)"
    )
    parser.add_argument("--resume", action="store_true", help="keep earlier trials")
    parser.add_argument("--folder", type=Path, default=Path("."), help="for databases")
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args(arguments)
    options.layers = options.layers.split(",")
    options.fixed = {
        "fixed_layout": FIXED_LAYOUT,
        "untiled": fixed_tiling(1, 1),
        "fixed_tiling": fixed_tiling(*map(int, options.tiling.split("x"))),
    }
    options.folder.mkdir(parents=True, exist_ok=True)
    if options.cpu is not None:
        os.sched_setaffinity(0, {options.cpu})
    (first, *_) = tune.space(text_of(options.layers[:1], "a1w1"), features=options.features, limit=1)
    results = {
        "target": first["target"],
        "features": options.features or "",
        "fixed": options.fixed,
        "formats": {f: run(f, options) for f in options.formats.split(",")},
    }
    options.output.write_text(json.dumps(results, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
