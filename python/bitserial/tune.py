# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Finds the fastest knobs for the contractions of a model by measuring them.

    python -m bitserial.tune model.mlir --db=records.jsonl --trials=60 --time=300

Every trial is a process of its own: it compiles one contraction with the default
knobs and with others, and times both in turns. A trial that crashes or hangs
costs itself. Its outcome is appended to the database at once; trials that the
database has are not repeated, so that a run that was stopped goes on where it
was.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from typing import Any, Dict, List, Optional, Sequence

import numpy as np

from ._compiler import (
    CompileError,
    _diagnostic,
    _interruptible,
    compile_source,
    read_source,
)

_KEYS = ("version", "target", "family", "kind", "formats", "shape")
_MAX_CANDIDATES = 400
_CHILD_SECONDS = 120.0


def space(
    text_or_path,
    target: Optional[str] = "native",
    features: Optional[str] = None,
    schedule=None,
    limit: int = _MAX_CANDIDATES,
) -> List[Dict[str, Any]]:
    """What can be tuned: an entry for each contraction of a module that differs.

    Each has the members of its records (see docs/tuning.md), "location", "trial" (a
    module that computes the contraction alone) and "candidates", at most `limit`
    choices of knobs that the constraints of the schedule allow, the default
    first, the others by their distance from it.

    Raises as bitserial.compile does.
    """
    source, name = read_source(text_or_path)
    if schedule is not None:
        schedule = os.fspath(schedule)
    from . import _bitserial

    text, diagnostics = _interruptible(
        lambda: _bitserial.tuning_space(
            source, name, target or "", features or "", schedule or "", limit
        )
    )
    if text is None:
        raise CompileError([_diagnostic(d) for d in diagnostics])
    return json.loads(text)


# ----------------------------------------------------------------------------
# Records
# ----------------------------------------------------------------------------


def key_of(entry: Dict[str, Any]) -> str:
    """What a record and a contraction have in common, as text."""
    return json.dumps({name: entry.get(name) for name in _KEYS}, sort_keys=True)


def read_records(path) -> List[Dict[str, Any]]:
    """The records of a database; lines that are none are left out."""
    records = []
    try:
        with open(path, "rb") as file:
            for line in file:
                try:
                    record = json.loads(line)
                except ValueError:
                    continue
                if isinstance(record, dict) and isinstance(record.get("knobs"), dict):
                    records.append(record)
    except FileNotFoundError:
        pass
    return records


def append_record(path, record: Dict[str, Any]) -> None:
    """Appends a line by a single write, which other processes do not tear apart.

    A line that a killed process left unfinished is ended first.
    """
    line = (json.dumps(record, sort_keys=True) + "\n").encode()
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o666)
    try:
        size = os.fstat(file).st_size
        if size and os.pread(file, 1, size - 1) != b"\n":
            line = b"\n" + line
        if os.write(file, line) != len(line):
            raise OSError(f"{path}: a record was not written completely")
        os.fsync(file)
    finally:
        os.close(file)


def distance(a: Dict[str, Any], b: Dict[str, Any]) -> float:
    """How far apart the shapes of two contractions are; inf if they have
    different kinds, formats or targets."""
    if any(a.get(n) != b.get(n) for n in _KEYS if n != "shape"):
        return math.inf
    return sum(abs(math.log2(a["shape"][n] / b["shape"].get(n, 1))) for n in a["shape"])


# ----------------------------------------------------------------------------
# Trials
# ----------------------------------------------------------------------------


def _run_trial(job: Dict[str, Any]) -> Dict[str, float]:
    """Times `job["knobs"]` beside `job["reference"]`; in the child."""
    if job.get("cpu") is not None and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {job["cpu"]})
    functions = []
    for knobs in (job["reference"], job["knobs"]):
        record = {name: job["entry"][name] for name in _KEYS}
        record.update(knobs=knobs, seconds=0)
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
            json.dump(record, file)
            file.flush()
            module = compile_source(
                job["entry"]["trial"],
                target=job["target"],
                features=job["features"],
                schedule=job["schedule"],
                tuning_db=file.name,
            )
        if not any("(tuned)" in remark.message for remark in module.remarks):
            raise RuntimeError("the knobs were not used")
        functions.append(module.trial)
    return _time(functions, job["rounds"])


def _time(functions, rounds: int) -> Dict[str, float]:
    argument = functions[0].arguments[0]
    allowed = np.arange(argument.minimum, argument.maximum + 1, argument.step)
    x = np.random.default_rng(0).choice(allowed, argument.shape).astype(argument.dtype)
    expected = functions[0](x)
    if not np.array_equal(expected, functions[1](x)):
        raise RuntimeError("the result depends on the knobs")

    def run(function, times):
        start = time.thread_time()
        for _ in range(times):
            function(x)
        return (time.thread_time() - start) / times

    times = max(1, round(2e-3 / max(run(functions[0], 3), 1e-7)))
    samples = [[run(f, times) for f in functions] for _ in range(rounds)]
    # In turns, so that what disturbs one disturbs the other.
    return {
        "reference": statistics.median(s[0] for s in samples),
        "seconds": statistics.median(s[1] for s in samples),
    }


def _try(job: Dict[str, Any], seconds: float) -> Dict[str, Any]:
    """The outcome of a trial in a process of its own: its times, or "error"."""
    try:
        child = subprocess.run(
            [sys.executable, "-m", "bitserial.tune", "--child"],
            input=json.dumps(job),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            timeout=seconds,
        )
    except subprocess.TimeoutExpired:
        return {"error": f"took longer than {seconds:.0f} s"}
    if child.returncode < 0:
        return {"error": f"killed by signal {-child.returncode}"}
    if child.returncode:
        lines = child.stderr.strip().splitlines()
        return {"error": lines[-1] if lines else f"exit code {child.returncode}"}
    return json.loads(child.stdout)


def _differences(a: Dict[str, Any], b: Dict[str, Any]) -> int:
    return sum(a.get(name) != b.get(name) for name in {*a, *b})


class _Search:
    """Which candidates of a contraction to try, and what became of them."""

    def __init__(self, entry: Dict[str, Any], records: Sequence[Dict[str, Any]]):
        self.entry = entry
        self.candidates: List[Dict[str, Any]] = entry["candidates"]
        self.default = self.candidates[0]
        self.tried: Dict[str, Optional[float]] = {}
        for record in records:
            if key_of(record) == key_of(entry):
                self.add(record["knobs"], record.get("seconds"))
        # What was best for the most similar shape comes first.
        others = [
            r for r in records if r.get("seconds") and 0 < distance(entry, r) < math.inf
        ]
        self.start = None
        if others:
            nearest = min(distance(entry, r) for r in others)
            self.start = min(
                (r for r in others if distance(entry, r) == nearest),
                key=lambda r: r["seconds"],
            )["knobs"]

    @staticmethod
    def text(knobs: Dict[str, Any]) -> str:
        return json.dumps(knobs, sort_keys=True)

    def add(self, knobs: Dict[str, Any], seconds: Optional[float]) -> None:
        self.tried[self.text(knobs)] = seconds

    @property
    def best(self):
        """(seconds, knobs) of the fastest; None if nothing was measured."""
        done = [(s, json.loads(t)) for t, s in self.tried.items() if s]
        return min(done, key=lambda pair: pair[0]) if done else None

    def next(self) -> Optional[Dict[str, Any]]:
        """The next candidate; None if all were tried."""
        left = [c for c in self.candidates if self.text(c) not in self.tried]
        if not left or self.text(self.default) not in self.tried:
            return self.default if left else None
        if self.start is not None:
            closest = min(left, key=lambda c: _differences(c, self.start))
            self.start = None
            return closest
        # Every other one is a neighbour of the best so far, the others are those
        # closest to what the model of cost chooses, which is their order.
        if len(self.tried) % 2 and self.best is not None:
            knobs = self.best[1]
            return min(left, key=lambda c: _differences(c, knobs))
        return left[0]


def tune(
    text_or_path,
    db,
    target: Optional[str] = "native",
    features: Optional[str] = None,
    schedule=None,
    trials: int = 60,
    seconds: float = math.inf,
    rounds: int = 15,
    cpu: Optional[int] = None,
    report=lambda line: None,
) -> List[Dict[str, Any]]:
    """Measures up to `trials` choices of knobs for each contraction of a module,
    for `seconds` in all, and appends a record of each to the database `db`.

    cpu: the CPU that trials run on. report: gets a line of text after each trial.
    Returns the fastest record for each contraction. Records in `db` count as
    trials that have been made.
    """
    if trials < 1 or rounds < 1:
        raise ValueError("trials and rounds must be positive")
    end = time.monotonic() + seconds
    entries = space(text_or_path, target, features, schedule)
    searches = [_Search(entry, read_records(db)) for entry in entries]
    running = list(searches)
    while running and time.monotonic() < end:
        # In turns, so that all have had their share when the time is over.
        for search in list(running):
            knobs = search.next() if len(search.tried) < trials else None
            if knobs is None or time.monotonic() >= end:
                running.remove(search)
                continue
            job = {
                "entry": {k: v for k, v in search.entry.items() if k != "candidates"},
                "knobs": knobs,
                "reference": search.default,
                "target": target,
                "features": features,
                "schedule": None if schedule is None else os.fspath(schedule),
                "rounds": rounds,
                "cpu": cpu,
            }
            outcome = _try(job, min(_CHILD_SECONDS, max(end - time.monotonic(), 5.0)))
            record = {name: search.entry[name] for name in _KEYS}
            record["knobs"] = knobs
            if "error" in outcome:
                record.update(seconds=None, error=outcome["error"])
            else:
                # Relative to the default knobs, measured in the same process.
                default = search.tried.get(search.text(search.default))
                scale = (default or outcome["reference"]) / outcome["reference"]
                record.update(seconds=outcome["seconds"] * scale)
            search.add(knobs, record["seconds"])
            append_record(db, record)
            best = search.best
            report(
                f"{search.entry['location']}: trial {len(search.tried)}/{trials}: "
                + (record.get("error") or f"{record['seconds'] * 1e6:.1f} us")
                + (f", best {best[0] * 1e6:.1f} us" if best else "")
            )
    results = []
    for search in searches:
        if search.best:
            record = {name: search.entry[name] for name in _KEYS}
            record.update(knobs=search.best[1], seconds=search.best[0])
            results.append(record)
    return results


def _main(arguments: Optional[Sequence[str]] = None) -> int:
    if (sys.argv[1:] if arguments is None else list(arguments)) == ["--child"]:
        print(json.dumps(_run_trial(json.load(sys.stdin))))
        return 0
    parser = argparse.ArgumentParser(
        prog="python -m bitserial.tune",
        description="Finds the fastest knobs for the contractions of a model.",
    )
    parser.add_argument("model", help="MLIR file")
    parser.add_argument("--db", required=True, help="tuning database to read and append to")
    parser.add_argument("--target", default="native")
    parser.add_argument("--features")
    parser.add_argument("--schedule", help="file with schedules")
    parser.add_argument("--trials", type=int, default=60, help="per contraction (60)")
    parser.add_argument("--time", type=float, default=math.inf, help="seconds in all")
    parser.add_argument("--rounds", type=int, default=15, help="samples per trial (15)")
    parser.add_argument("--cpu", type=int, help="CPU to run trials on")
    options = parser.parse_args(arguments)
    try:
        results = tune(
            options.model,
            options.db,
            options.target,
            options.features,
            options.schedule,
            options.trials,
            options.time,
            options.rounds,
            options.cpu,
            lambda line: print(line, file=sys.stderr, flush=True),
        )
    except (CompileError, OSError, ValueError) as problem:
        print(f"error: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("stopped; the same command goes on from here", file=sys.stderr)
        return 130
    for record in results:
        print(json.dumps(record, sort_keys=True))
    return 0


if __name__ == "__main__":
    sys.exit(_main())
