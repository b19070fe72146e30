# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Finds the fastest knobs for the contractions of a model by measuring them.

    bitserial-tune model.mlir --tuning-db=records.jsonl --trials=60 --time=300

Each trial compiles one contraction with knobs of its own and times it in turns
with the default and the best so far, in a process beside this one: a trial that
crashes or hangs costs itself. Its outcome is appended to the database at once;
trials that the database has are not repeated, so that a run that was stopped
goes on where it was. docs/tuning.md has the whole.
"""

from ._cli import main
from ._records import append_record, read_records
from ._space import space
from ._tuner import Progress, tune

__all__ = ["Progress", "append_record", "main", "read_records", "space", "tune"]
