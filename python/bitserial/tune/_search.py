# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Which candidates of a contraction to try next."""

from __future__ import annotations

import math
import random
from typing import Any, Dict, List, Optional, Sequence, Set

from ._model import LearnedCost
from ._records import Record, distance, key_of, knobs_text

Knobs = Dict[str, Any]

# What the model of cost finds so many times as slow as the fastest is not tried,
# unless few are left.
_PRUNED = 2.0
_MIN_CANDIDATES = 100
# Of more than so many, the cheapest and a sample of the others are left.
_CHEAPEST, _SAMPLED = 600, 400
# The time of what replaces the default, relative to it: measurements of the same
# code differ by as much (kMargin of TuningRecords.cpp).
_MARGIN = 0.98
# How many similar shapes are asked for their best.
_NEIGHBOURS = 2


def differences(a: Knobs, b: Knobs) -> int:
    """How many knobs have different values."""
    return sum(a.get(name) != b.get(name) for name in {*a, *b})


def _explain(fixed: Knobs, candidates: Sequence[Knobs]) -> str:
    """Which of the fixed knobs no candidate has so, and what there is."""
    text = ""
    for name, value in fixed.items():
        values = {knobs[name] for knobs in candidates if name in knobs}
        if not values:
            text += f"; the knobs are {', '.join(sorted(candidates[0]))}"
        elif value not in values:
            text += f"; {name} can be {', '.join(str(v) for v in sorted(values))}"
    return text


class Search:
    """Which candidates of a contraction to try, and what became of them."""

    def __init__(
        self,
        entry: Dict[str, Any],
        records: Sequence[Record],
        fixed: Optional[Knobs] = None,
        seed: int = 0,
    ):
        """fixed: knobs that keep one value; the default is what is closest to
        it then."""
        self.entry = {k: v for k, v in entry.items() if k not in ("candidates", "costs")}
        pairs = [
            (knobs, cost)
            for knobs, cost in zip(entry["candidates"], entry["costs"])
            if all(knobs.get(n) == v for n, v in (fixed or {}).items())
        ]
        if not pairs:
            raise ValueError(
                f"{entry['location']}: no candidate has "
                + ", ".join(f"{n} = {v}" for n, v in (fixed or {}).items())
                + _explain(fixed or {}, entry["candidates"])
            )
        default = min(pairs, key=lambda p: differences(p[0], entry["candidates"][0]))
        # Hopeless ones are left out, as long as there are others.
        limit = _PRUNED * min(cost for _, cost in pairs)
        kept = sorted(pairs, key=lambda p: p[1])
        kept = [p for i, p in enumerate(kept) if p[1] <= limit or i < _MIN_CANDIDATES]
        self.random = random.Random(f"{seed} {key_of(entry)}")
        if len(kept) > _CHEAPEST + _SAMPLED:
            others = self.random.sample(kept[_CHEAPEST:], _SAMPLED)
            kept = kept[:_CHEAPEST] + sorted(others, key=lambda p: p[1])
        self.default: Knobs = default[0]
        # By their text, the default first.
        self.costs: Dict[str, float] = {}
        self.left: Dict[str, Knobs] = {}
        for knobs, cost in [default, *kept]:
            text = knobs_text(knobs)
            self.costs.setdefault(text, cost)
            self.left.setdefault(text, knobs)
        self.candidates: List[Knobs] = list(self.left.values())
        self.tried: Dict[str, Optional[float]] = {}  # None: failed
        self.confirmed: Set[str] = set()  # measured with many rounds
        self.knobs: Dict[str, Knobs] = {}
        self.running: Dict[str, Knobs] = {}
        allowed = {knobs_text(knobs) for knobs, _ in pairs}
        key = key_of(entry)
        for record in records:
            # Knobs that there were not when it was made had their defaults.
            knobs = {**self.default, **record["knobs"]}
            if key_of(record) == key and knobs_text(knobs) in allowed:
                if knobs == self.default and not record.get("seconds"):
                    continue  # Without it there is nothing to compare with.
                confirmed = bool(record.get("confirmed"))
                self.add(knobs, record.get("seconds"), confirmed)
        self.starts = self._best_of_neighbours(records)

    def _best_of_neighbours(self, records: Sequence[Record]) -> List[Knobs]:
        """What is fastest for the most similar contractions, if not for this one."""
        best: Dict[str, Record] = {}
        for record in records:
            key = key_of(record)
            if not record.get("seconds") or not 0 < distance(self.entry, record) < math.inf:
                continue
            if key not in best or record["seconds"] < best[key]["seconds"]:
                best[key] = record
        nearest = sorted(best.values(), key=lambda r: distance(self.entry, r))
        return [r["knobs"] for r in nearest[:_NEIGHBOURS]]

    def add(self, knobs: Knobs, seconds: Optional[float], confirmed=False) -> None:
        text = knobs_text(knobs)
        self.running.pop(text, None)
        self.left.pop(text, None)
        self.knobs[text] = knobs
        self.tried[text] = seconds
        if confirmed:
            self.confirmed.add(text)

    @property
    def default_seconds(self) -> Optional[float]:
        return self.tried.get(knobs_text(self.default))

    def fastest(self, count: int = 1) -> List[Knobs]:
        """The fastest that were measured, in order; of equal ones the default."""
        default = knobs_text(self.default)
        done = sorted((s, text != default, text) for text, s in self.tried.items() if s)
        return [self.knobs[text] for _, _, text in done[:count]]

    @property
    def best(self):
        """(seconds, knobs) of the fastest; None if nothing was measured."""
        knobs = self.fastest()
        return (self.tried[knobs_text(knobs[0])], knobs[0]) if knobs else None

    @property
    def chosen(self):
        """What the compiler takes, as `best`: the default, unless the fastest is
        faster by more than noise."""
        best, default = self.best, self.default_seconds
        if best and default and best[0] > _MARGIN * default:
            return default, self.default
        return best

    def unconfirmed(self) -> Optional[Knobs]:
        """What would replace the default, but has to be measured again first."""
        chosen = self.chosen
        if not chosen or chosen[1] == self.default:
            return None
        return None if knobs_text(chosen[1]) in self.confirmed else chosen[1]

    def next(self, model: Optional[LearnedCost] = None) -> Optional[Knobs]:
        """The next candidate, which counts as running; None if there is none."""
        text = self._choose(model)
        if text is None:
            return None
        self.running[text] = self.left.pop(text)
        return self.running[text]

    def _choose(self, model: Optional[LearnedCost]) -> Optional[str]:
        begun = len(self.tried) + len(self.running)
        left = list(self.left.items())
        if not left:
            return None
        if left[0][1] == self.default:
            return left[0][0]
        if self.starts:
            start = self.starts.pop(0)
            return min(left, key=lambda item: differences(item[1], start))[0]
        # By turns: what the models find fastest, twice; a neighbour of the best
        # so far; anything.
        turn = begun % 4
        if turn == 3:
            return self.random.choice(left)[0]
        if turn == 2 and self.best is not None:
            best = self.best[1]
            fewest = min(differences(knobs, best) for _, knobs in left)
            left = [item for item in left if differences(item[1], best) == fewest]
        costs = [self.costs[text] for text, _ in left]
        if model is not None and model.knows_enough:
            costs = list(model.predict(self.entry, [knobs for _, knobs in left], costs))
        return left[min(range(len(left)), key=costs.__getitem__)][0]
