# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The loop of the tuner: choose, measure, record, learn."""

from __future__ import annotations

import dataclasses
import math
import os
import platform
import time
from typing import Any, Callable, Dict, List, Optional

from .._frontends import compile
from . import _model
from ._records import KEYS, Record, _warn, append_record, knobs_text, latest, read_records
from ._runners import CommandRunner, DaskRunner, LocalRunner, wait_for_any
from ._search import Knobs, Search
from ._space import space

# How long a trial may take, compilation included.
TRIAL_SECONDS = 120.0
# The learned model is fitted again after so many trials.
_REFIT = 8
# In the end what is fastest is measured again beside the default, in so many
# places of memory, until the fastest has been; so many at most.
_FINALISTS = 8
# What of the time there is for that.
_FINAL_TIME = 0.15
_FINAL_PLACES = 5


@dataclasses.dataclass
class Progress:
    """What is known after a trial. Times are seconds.

    location: of the contraction in the source. trials, total: of all
    contractions, made and to be made at most. seconds: of this trial, None if it
    failed; then `error` says why. best, default: of this contraction so far.
    is_final: one of the fastest was measured again, beside the others.
    """

    location: str
    trials: int
    total: int
    seconds: Optional[float]
    error: Optional[str]
    best: Optional[float]
    default: Optional[float]
    is_final: bool = False


def _new_record(entry: Dict[str, Any], knobs: Knobs, **members) -> Record:
    record = {name: entry[name] for name in KEYS}
    record.update(knobs=knobs, **members)
    return record


def _versions() -> Dict[str, str]:
    from .. import __version__

    return {"bitserial": __version__, "python": platform.python_version()}


class _Tuner:
    def __init__(self, searches, runner, db, job, trials, end, timeout, model, report):
        self.searches: List[Search] = searches
        self.runner, self.db, self.job = runner, db, job
        self.trials, self.end, self.timeout = trials, end, timeout
        self.model, self.report = model, report
        self.learned = None
        self.since_fit = _REFIT
        self.records: List[Record] = latest(read_records(db, warn=lambda text: None))
        # Trials in the database count as made; those of this run count for time.
        self.made = sum(min(len(s.tried), trials) for s in searches)

    def submit(self, search: Search, knobs: Knobs, places: int = 1):
        baselines = [search.default]
        others = places == 1
        if others and search.best and search.best[1] not in (search.default, knobs):
            baselines.append(search.best[1])
        if knobs == search.default:
            baselines = []
        job = dict(
            self.job, entry=search.entry, knobs=knobs, baselines=baselines, places=places
        )
        timeout = min(self.timeout, max(self.end - time.monotonic(), 5.0))
        return self.runner.submit(job, timeout)

    def finish(
        self, search: Search, knobs: Knobs, outcome: Dict[str, Any], is_final=False
    ) -> Record:
        """Records the outcome of a trial."""
        record = _new_record(
            search.entry,
            knobs,
            seconds=None,
            # With --fix what a search begins with is another one.
            is_default=knobs == search.entry["default"],
            cost=search.costs.get(knobs_text(knobs)),
            versions=_versions(),
            time=round(time.time()),
        )
        if is_final:
            record["confirmed"] = True
        if "error" in outcome:
            record["error"] = outcome["error"]
        else:
            # Relative to the default, which was measured in the same process.
            scale = 1.0
            if outcome["baselines"] and search.default_seconds:
                scale = search.default_seconds / outcome["baselines"][0]
            record["seconds"] = outcome["seconds"] * scale
        append_record(self.db, record)
        search.add(knobs, record["seconds"], is_final)
        self.records.append(record)
        self.since_fit += 1
        return record

    def refit(self) -> None:
        if self.model == "analytical" or self.since_fit < _REFIT:
            return
        self.since_fit = 0
        self.learned = _model.LearnedCost(self.records)

    def progress(self, search: Search, record: Record, is_final=False) -> None:
        self.report(
            Progress(
                search.entry["location"],
                self.made,
                self.trials * len(self.searches),
                record["seconds"],
                record.get("error"),
                search.best[0] if search.best else None,
                search.default_seconds,
                is_final,
            )
        )

    def explore(self, end: float) -> None:
        """Makes trials until there are enough of them or it is `end`."""
        active = list(self.searches)
        running: Dict[Any, Any] = {}
        while active or running:
            # In turns, so that all have had their share when the time is over.
            while active and len(running) < self.runner.capacity:
                search = active.pop(0)
                begun = len(search.tried) + len(search.running)
                if begun >= self.trials or time.monotonic() >= end:
                    continue
                if search.running and search.default_seconds is None:
                    # All others are measured relative to the default.
                    active.append(search)
                    if all(s.running and not s.tried for s in active):
                        break
                    continue
                self.refit()
                knobs = search.next(self.learned)
                if knobs is None:
                    continue
                active.append(search)
                future = self.submit(search, knobs)
                running[id(future)] = (future, search, knobs)
            for future in wait_for_any([f for f, _, _ in running.values()], 1.0):
                _, search, knobs = running.pop(id(future))
                record = self.finish(search, knobs, future.result())
                self.made += 1
                self.progress(search, record)
                if knobs == search.default and record["seconds"] is None:
                    # There is nothing to compare with.
                    active = [s for s in active if s is not search]

    def confirm(self) -> None:
        """Measures the fastest of each contraction again, so that a lucky
        measurement does not decide."""
        for search in self.searches:
            for _ in range(_FINALISTS):
                knobs = search.unconfirmed()
                if knobs is None or time.monotonic() >= self.end:
                    break
                future = self.submit(search, knobs, _FINAL_PLACES)
                while not wait_for_any([future], 1.0):
                    pass
                # One that fails now is recorded as failed.
                record = self.finish(search, knobs, future.result(), is_final=True)
                self.progress(search, record, is_final=True)


# What the arguments of tune() may be, beside those that other functions check.
_ARGUMENT_TYPES = {
    "trials": int,
    "seconds": (int, float),
    "rounds": int,
    "cpu": (int, type(None)),
    "timeout": (int, float),
    "fixed": (dict, type(None)),
    "seed": int,
    "model": str,
    "runner": (str, type(None)),
    "scheduler": (str, type(None)),
    "threads": int,
}


def _check_arguments(arguments: Dict[str, Any]) -> None:
    """Raises TypeError or ValueError for what no run can have."""
    for name, types in _ARGUMENT_TYPES.items():
        value = arguments[name]
        if not isinstance(value, types) or isinstance(value, bool):
            types = types if isinstance(types, tuple) else (types,)
            names = " or ".join("None" if t is type(None) else t.__name__ for t in types)
            raise TypeError(f"{name} must be {names}, got {type(value).__name__}")
    for name in ("report", "warn"):
        value = arguments[name]
        if not callable(value) and not (name == "warn" and value is None):
            raise TypeError(f"{name} must be callable, got {type(value).__name__}")
    for name in ("trials", "rounds", "threads"):
        if arguments[name] < 1:
            raise ValueError(f"{name} must be positive, got {arguments[name]}")
    if not arguments["timeout"] > 0:
        raise ValueError(f"timeout must be positive, got {arguments['timeout']}")
    if not arguments["seconds"] >= 0:
        raise ValueError(f"seconds must not be negative, got {arguments['seconds']}")
    if arguments["cpu"] is not None and arguments["threads"] > 1:
        raise ValueError(
            f"{arguments['threads']} threads cannot be measured on the single CPU "
            f"{arguments['cpu']}"
        )


def _check_machine(entry, target, features, schedule, cpu) -> None:
    """Raises ValueError if trials cannot be made in processes of this machine."""
    module = compile(
        entry["trial"],
        target=target,
        features=features,
        schedule=schedule,
        threads=entry["threads"],
    )
    if entry["threads"] > 1:
        for problem in module.diagnostics:
            if problem.severity == "warning" and "thread" in problem.message:
                raise ValueError(problem.message)
    if not module.runnable:
        raise ValueError(
            f"this machine cannot run code for {module.target}; give a --runner that can"
        )
    if cpu is not None and hasattr(os, "sched_getaffinity"):
        allowed = sorted(os.sched_getaffinity(0))
        if cpu not in allowed:
            raise ValueError(
                f"trials cannot run on CPU {cpu}; there are "
                + ", ".join(map(str, allowed))
            )


def tune(
    text_or_path,
    db,
    target: Optional[str] = "native",
    features: Optional[str] = None,
    schedule=None,
    trials: int = 60,
    seconds: float = math.inf,
    rounds: int = 11,
    cpu: Optional[int] = None,
    timeout: float = TRIAL_SECONDS,
    fixed: Optional[Knobs] = None,
    seed: int = 0,
    model: str = "auto",
    runner: Optional[str] = None,
    scheduler: Optional[str] = None,
    report: Callable[[Progress], None] = lambda progress: None,
    warn: Optional[Callable[[str], None]] = None,
    threads: int = 1,
) -> List[Record]:
    """Measures up to `trials` choices of knobs for each contraction of a module,
    for `seconds` in all, and appends a record of each to the database `db`.

    rounds: samples per trial, of which the median counts.
    cpu: the CPU that trials run on.
    timeout: how many seconds a trial may take.
    fixed: knobs that keep one value.
    model: "learned" (needs scikit-learn), "analytical", or "auto": learned if
      that is installed.
    runner: a command that measures, on another machine for one; see CommandRunner.
    scheduler: the address of a Dask scheduler, on whose workers trials run.
    threads: that calls run in, at least 1. Several are measured by the time that
      passes, and need LLVM's OpenMP runtime.
    report: called after each trial. warn: gets a text for each line of `db` that
      is no record (default: to standard error).

    Returns the record for each contraction that the compiler will take: the
    fastest, or the default's if that is as fast. Records in `db` count as
    trials that have been made. Trials that KeyboardInterrupt ends are not
    recorded; all that were finished are.
    """
    _check_arguments(locals())
    if model not in ("auto", "learned", "analytical"):
        raise ValueError(
            f"model must be 'auto', 'learned' or 'analytical', got {model!r}"
        )
    if runner is not None and scheduler is not None:
        raise ValueError("there is either a runner or a scheduler")
    if model == "learned":
        _model.LearnedCost([])  # Says what is missing.
    elif model == "auto" and not _model.is_available():
        model = "analytical"
    db = os.fspath(db)
    end = time.monotonic() + seconds
    if schedule is not None:
        schedule = os.fspath(schedule)
    entries = space(text_or_path, target, features, schedule, threads=threads)
    records = latest(read_records(db, **({"warn": warn} if warn else {})))
    searches = [Search(entry, records, fixed, seed) for entry in entries]
    if not searches:
        (warn or _warn)(
            "there is no contraction of low-bit numbers to tune; "
            "`bitserial-compile --report=-` says why"
        )
        return []
    job = {
        "target": target,
        "features": features,
        "schedule": schedule,
        "rounds": rounds,
        "cpu": cpu,
    }
    if runner is not None:
        place = CommandRunner(runner)
    elif scheduler is not None:
        place = DaskRunner(scheduler, entries[0]["target"].partition(",")[0])
    else:
        _check_machine(entries[0], target, features, schedule, cpu)
        place = LocalRunner()
    try:
        tuner = _Tuner(searches, place, db, job, trials, end, timeout, model, report)
        tuner.explore(end if math.isinf(end) else end - _FINAL_TIME * seconds)
        tuner.confirm()
    finally:
        place.close()
    return [
        _new_record(search.entry, search.chosen[1], seconds=search.chosen[0])
        for search in searches
        if search.chosen
    ]
