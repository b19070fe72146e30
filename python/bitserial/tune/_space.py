# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What can be tuned: the contractions of a module and the choices for each."""

from __future__ import annotations

import json
import os
import tempfile
from typing import Any, Dict, List, Optional

from .._compiler import CompileError, Module, _diagnostic, _interruptible, read_source
from .._frontends import compile
from ._records import KEYS

# More than there are in the shipped schedules: --fix may ask for any of them.
MAX_CANDIDATES = 100000


def space(
    text_or_path,
    target: Optional[str] = "native",
    features: Optional[str] = None,
    schedule=None,
    limit: int = MAX_CANDIDATES,
    threads: int = 1,
) -> List[Dict[str, Any]]:
    """What can be tuned: an entry for each contraction of a module that differs,
    in calls that run in so many threads.

    Each has the members of its records (see docs/tuning.md), "location", "trial" (a
    module that computes the contraction alone), "candidates", at most `limit`
    choices of knobs that the constraints of the schedule allow, the default
    first, the others by what the model of cost says of them, "costs", which
    is that, and "default", the knobs closest to what is compiled without any.

    Raises as bitserial.compile does.
    """
    source, name = read_source(text_or_path)
    for what, value in (("target", target), ("features", features)):
        if value is not None and not isinstance(value, str):
            raise TypeError(f"{what} must be a str, got {type(value).__name__}")
    if schedule is not None:
        schedule = os.fspath(schedule)
    from .. import _bitserial

    text, diagnostics = _interruptible(
        lambda: _bitserial.tuning_space(
            source, name, target or "", features or "", schedule or "", threads, limit
        )
    )
    if text is None:
        raise CompileError([_diagnostic(d) for d in diagnostics])
    entries = json.loads(text)
    for entry in entries:
        entry["default"] = entry["candidates"][0]
    return entries


def record_of(entry: Dict[str, Any], knobs: Dict[str, Any]) -> Dict[str, Any]:
    """A record that has the contraction compiled with these knobs; with those of
    the default, as it is without any."""
    record = {name: entry[name] for name in KEYS}
    return {**record, "knobs": knobs, "seconds": 1, "is_default": knobs == entry["default"]}


def compile_with(
    entry: Dict[str, Any],
    knobs: Dict[str, Any],
    target: Optional[str],
    features: Optional[str] = None,
    schedule: Optional[str] = None,
) -> Module:
    """Compiles the trial of a contraction with these knobs, as record_of says."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        json.dump(record_of(entry, knobs), file)
        file.flush()
        module = compile(
            entry["trial"],
            target=target,
            features=features,
            schedule=schedule,
            tuning_db=file.name,
            threads=entry.get("threads", 1),
        )
    if not any("(tuned" in remark.message for remark in module.remarks):
        reasons = [d.message for d in module.diagnostics if d.severity == "warning"]
        raise RuntimeError("; ".join(reasons) or "the knobs were not used")
    return module
