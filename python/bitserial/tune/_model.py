# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""A model of time that is learned from records: gradient-boosted trees.

It says by how much knobs make a contraction faster or slower than its default,
from what all records of a target have in common, whatever the shape.
"""

from __future__ import annotations

import math
import re
from typing import Any, Dict, List, Optional, Sequence

import numpy as np

from .._frontends import MissingDependency, _need
from ._records import Record, key_of

# Fewer records teach nothing.
_MIN_RECORDS = 12


def is_available() -> bool:
    """Whether the library of the model is installed."""
    try:
        _need("sklearn", "the learned model of cost")
    except MissingDependency:
        return False
    return True


def _bits(formats: Sequence[str]) -> List[float]:
    """The widths in "int<2, unsigned>" and the like."""
    return [float((re.findall(r"\d+", text) or ["0"])[0]) for text in formats]


class LearnedCost:
    """Learns from records; those that failed teach nothing."""

    def __init__(self, records: Sequence[Record]):
        ensemble = _need("sklearn.ensemble", "the learned model of cost")
        self._words: Dict[str, int] = {}
        rows, targets = [], []
        default: Dict[str, float] = {}
        for record in records:
            if record.get("seconds") and record.get("is_default"):
                default[key_of(record)] = record["seconds"]
        usable = [r for r in records if r.get("seconds") and key_of(r) in default]
        self._knobs = sorted({name for r in usable for name in r["knobs"]})
        self._sizes = sorted({name for r in usable for name in r["shape"]})
        for record in usable:
            rows.append(self._features(record, record["knobs"], record.get("cost")))
            targets.append(math.log(record["seconds"] / default[key_of(record)]))
        self._model = None
        if len(rows) >= _MIN_RECORDS:
            self._model = ensemble.HistGradientBoostingRegressor(
                max_iter=120, min_samples_leaf=4, learning_rate=0.15, random_state=0
            ).fit(np.array(rows), np.array(targets))

    @property
    def knows_enough(self) -> bool:
        return self._model is not None

    def _number(self, value: Any) -> float:
        if isinstance(value, str):
            return float(self._words.setdefault(value, len(self._words)))
        return math.log2(1 + max(value, 0))

    def _features(
        self, entry: Record, knobs: Dict[str, Any], cost: Optional[float]
    ) -> List[float]:
        shape = entry["shape"]
        rows = shape.get("rows", 1)
        tile = knobs.get("rows") if isinstance(knobs.get("rows"), int) else 1
        return [
            *(math.log2(shape.get(name, 1)) for name in self._sizes),
            *_bits(entry["formats"]),
            math.log2(entry.get("threads", 1)),
            *(self._number(knobs[n]) if n in knobs else math.nan for n in self._knobs),
            # What a tile leaves over, which is no smooth function of the others.
            (-rows % max(tile, 1)) / rows,
            math.log2(cost) if cost else math.nan,
        ]

    def predict(
        self, entry: Record, candidates: Sequence[Dict[str, Any]], costs: Sequence[float]
    ) -> np.ndarray:
        """The logarithm of each candidate's time relative to the default's."""
        rows = [self._features(entry, k, c) for k, c in zip(candidates, costs)]
        return self._model.predict(np.array(rows))
