# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Times compiled contractions in this process, which trials have of their own."""

from __future__ import annotations

import os
import statistics
import time
from typing import Any, Dict, List

import numpy as np

from .._compiler import Function, Module, aligned_empty
from ._records import knobs_text
from ._space import compile_with

# A sample takes at least so long.
_SAMPLE_SECONDS = 2e-3
# A candidate that is so many times slower than the best in the first rounds is
# measured no further.
_HOPELESS = 1.3
_FIRST_ROUNDS = 3


def random_inputs(function: Function) -> List[np.ndarray]:
    """Arguments for a function of low-bit numbers, the same in each call."""
    random = np.random.default_rng(0)
    inputs = []
    for a in function.arguments:
        inputs.append(aligned_empty(a.shape, a.dtype))
        values = np.arange(a.minimum, a.maximum + 1, a.step)
        inputs[-1][...] = random.choice(values, a.shape)
    return inputs


def memory_for(function: Function) -> List[np.ndarray]:
    """Where a function may write its results."""
    return [aligned_empty(r.shape, r.dtype) for r in function.results]


class TimedFunction:
    """A compiled function that writes its results to `outputs`. Functions that
    are compared share them: the place of memory alone is worth some percent.
    threads: that its calls run in."""

    def __init__(
        self,
        function: Function,
        inputs: List[np.ndarray],
        outputs: List[np.ndarray],
        threads: int = 1,
    ):
        self.compiled, self.index = function._compiled, function._index
        self.inputs, self.outputs = inputs, outputs
        self.clock = time.thread_time if threads == 1 else time.perf_counter

    def run(self, times: int) -> float:
        """Seconds per call: of one thread its CPU time, so that what other
        processes take does not count; of several the time that passes."""
        start = self.clock()
        self.compiled.call(self.index, self.inputs, self.outputs, times)
        return (self.clock() - start) / times

    def result(self) -> np.ndarray:
        for output in self.outputs:
            output.fill(0)
        self.run(1)
        return self.outputs[0].copy()


def only_function(module: Module) -> Function:
    """The function of a trial."""
    (function,) = module.functions.values()
    return function


class Measurements:
    """Makes the trials of one process. Keeps what it has compiled last: the
    default and the best so far are there in every trial."""

    _KEPT = 8

    def __init__(self):
        self.modules: Dict[Any, Module] = {}

    def _compile(self, job: Dict[str, Any], knobs: Dict[str, Any]) -> Module:
        names = ("target", "features", "schedule")
        settings = {name: job.get(name) for name in names}
        key = (job["entry"]["trial"], knobs_text(knobs), *settings.values())
        module = self.modules.pop(key, None)
        if module is None:
            module = compile_with(job["entry"], knobs, **settings)
        self.modules[key] = module  # the most recently used one last
        while len(self.modules) > self._KEPT:
            del self.modules[next(iter(self.modules))]
        return module

    def run(self, job: Dict[str, Any]) -> Dict[str, Any]:
        """Times `job["knobs"]` beside `job["baselines"]`, a list of knobs.

        Returns {"seconds": s, "baselines": [s, ...]}: medians over
        `job["rounds"]`, in each of which all are timed in turn, so that what
        disturbs one disturbs all. Raises if the results differ.

        The same code takes a few percent more or less in other places of memory.
        With `job["places"]` that is repeated for so many, in which everything is
        compiled anew, and the outcome is the worst for the candidate, relative to
        the first baseline.
        """
        if job.get("cpu") is not None and hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, {job["cpu"]})
        places = job.get("places", 1)
        outcomes, held = [], []
        for place in range(places):
            if places > 1:
                # What is held keeps its place.
                held.append(list(self.modules.values()))
                self.modules.clear()
            outcome, memory = self._time(job, swap=place % 2 == 1)
            outcomes.append(outcome)
            held.append(memory)

        def ratio(outcome):
            return outcome["seconds"] / (outcome["baselines"] or [1.0])[0]

        return max(outcomes, key=ratio)

    def _time(self, job: Dict[str, Any], swap: bool):
        """The outcome in one place, and the memory that was used. swap: the last
        is compiled and timed first."""
        knobs = [*job["baselines"], job["knobs"]]
        order = list(range(len(knobs)))[:: -1 if swap else 1]
        modules = {i: self._compile(job, knobs[i]) for i in order}
        if not modules[order[0]].runnable:
            raise RuntimeError(
                f"this machine cannot run code for {modules[order[0]].target}; "
                "give a --runner that can"
            )
        functions = [only_function(modules[i]) for i in range(len(knobs))]
        inputs, outputs = random_inputs(functions[0]), memory_for(functions[0])
        threads = job["entry"].get("threads", 1)
        timed = [TimedFunction(f, inputs, outputs, threads) for f in functions]
        expected = timed[0].result()
        for other in timed[1:]:
            if not np.array_equal(expected, other.result()):
                raise RuntimeError("the result depends on the knobs")
        times = max(1, round(_SAMPLE_SECONDS / max(timed[0].run(3), 1e-7)))
        samples: List[List[float]] = [[] for _ in knobs]
        for _ in range(job["rounds"]):
            for i in order:
                samples[i].append(timed[i].run(times))
            medians = [statistics.median(column) for column in samples]
            fastest = min(medians[:-1], default=medians[-1])
            if len(samples[0]) >= _FIRST_ROUNDS and medians[-1] > _HOPELESS * fastest:
                break
        outcome = {"seconds": medians[-1], "baselines": medians[:-1]}
        return outcome, (inputs, outputs)
