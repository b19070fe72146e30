# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The tuning database: a file with a JSON object per line.

The compiler reads it as well (include/bitserial/Schedules/TuningRecords.h). Of
several records for the same contraction and knobs the last one counts.
"""

from __future__ import annotations

import fcntl
import json
import math
import os
import sys
from typing import Any, Callable, Dict, List

Record = Dict[str, Any]

VERSION = 1
# What a record and a contraction have in common.
KEYS = ("version", "target", "family", "kind", "formats", "shape", "threads")
# What a record that lacks one of them is for: they are older than that.
_IMPLIED = {"threads": 1}


def key_of(entry: Record) -> str:
    """What a record and a contraction have in common, as text."""
    key = {name: entry.get(name, _IMPLIED.get(name)) for name in KEYS}
    return json.dumps(key, sort_keys=True)


def knobs_text(knobs: Dict[str, Any]) -> str:
    """Knobs as text, whatever their order."""
    return json.dumps(knobs, sort_keys=True)


def _is_integer(value: Any) -> bool:
    """Whether the compiler reads it as an integer, which has 64 bits."""
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 1 << 63


def _is_number(value: Any) -> bool:
    return _is_integer(value) or (isinstance(value, float) and math.isfinite(value))


def problem_of(record: Any) -> str:
    """What is wrong with a record, "" if nothing is."""
    if not isinstance(record, dict):
        return "it is no object"
    for name in KEYS:
        if name not in record and name not in _IMPLIED:
            return f"there is no '{name}'"
    if not _is_integer(record["version"]) or record["version"] != VERSION:
        return f"it has version {record['version']}, expected {VERSION}"
    formats = record["formats"]
    if not isinstance(formats, list) or not all(isinstance(f, str) for f in formats):
        return "the 'formats' are no strings"
    shape = record["shape"]
    if not isinstance(shape, dict) or not all(
        _is_integer(v) and v > 0 for v in shape.values()
    ):
        return "the 'shape' does not consist of sizes"
    threads = record.get("threads", 1)
    if not _is_integer(threads) or threads < 1:
        return "'threads' is no positive integer"
    if not isinstance(record.get("knobs"), dict):
        return "there are no 'knobs'"
    for name, value in record["knobs"].items():
        if not _is_integer(value) and not isinstance(value, str):
            return f"the knob '{name}' is neither an integer nor a string"
    seconds = record.get("seconds", "")
    if seconds is not None and not (_is_number(seconds) and seconds > 0):
        return "'seconds' is neither a positive number nor null"
    cost = record.get("cost")
    if cost is not None and not (_is_number(cost) and cost >= 0):
        return "'cost' is neither a number nor null"
    return ""


def _warn(text: str) -> None:
    print(f"warning: {text}", file=sys.stderr)


def read_records(path, warn: Callable[[str], None] = _warn) -> List[Record]:
    """The records of a database, in order; none if there is no such file.

    A line that is no record, because a killed process left it unfinished, say,
    is skipped, and `warn` gets a text that names file and line. OSError for what
    is no regular file (some devices have lines without end), and for a file of
    several lines without any record, which is some other file.
    """
    records = []
    bad = []
    if os.path.exists(path) and not os.path.isfile(path):
        raise OSError(f"{path} is no regular file, as a tuning database must be")
    try:
        file = open(path, "rb")
    except FileNotFoundError:
        return records
    with file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                record = json.loads(line)
                problem = problem_of(record)
            except ValueError as error:  # of encoding, too
                problem = str(error)
            except RecursionError:
                problem = "it is nested too deeply"
            if problem:
                bad.append((number, problem))
            else:
                records.append(record)
    # A process that was killed leaves one such line.
    if not records and len(bad) > 1:
        raise OSError(
            f"{path} is no tuning database: none of its {len(bad)} lines is a "
            f"tuning record, the first because: {bad[0][1]}"
        )
    for number, problem in bad:
        warn(f"{path}:{number}: this is no tuning record: {problem}")
    return records


def append_record(path, record: Record) -> None:
    """Appends a line, which is on the disk when this returns.

    The file is locked meanwhile, so that processes can share it. A line that a
    killed process left unfinished is ended first; a process that is killed here
    leaves its own line whole, unfinished or out.
    """
    line = (json.dumps(record, sort_keys=True) + "\n").encode()
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o666)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        size = os.fstat(file).st_size
        if size and os.pread(file, 1, size - 1) != b"\n":
            line = b"\n" + line
        if os.write(file, line) != len(line):
            os.ftruncate(file, size)
            raise OSError(f"{path}: a record was not written completely")
        os.fsync(file)
    finally:
        os.close(file)


def latest(records: List[Record]) -> List[Record]:
    """Without records that a later one for the same knobs replaces."""
    result: Dict[Any, Record] = {}
    for record in records:
        result[key_of(record), knobs_text(record["knobs"])] = record
    return list(result.values())


def distance(a: Record, b: Record) -> float:
    """How different two contractions are: the sizes of their shapes in
    doublings, as do those of the threads; other formats or another kind count two
    each. inf if they are for different targets."""
    if any(a.get(n) != b.get(n) for n in ("version", "target", "family")):
        return math.inf
    different = 2.0 * sum(a.get(n) != b.get(n) for n in ("kind", "formats"))
    different += abs(math.log2(a.get("threads", 1) / b.get("threads", 1)))
    names = {*a["shape"], *b["shape"]}
    return different + sum(
        abs(math.log2(a["shape"].get(n, 1) / b["shape"].get(n, 1))) for n in names
    )
