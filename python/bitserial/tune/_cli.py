# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The command bitserial-tune."""

from __future__ import annotations

import argparse
import json
import math
import shutil
import sys
import time
from typing import Dict, Optional, Sequence

from .._diagnostics import CompileError
from . import _model
from ._runners import serve
from ._tuner import TRIAL_SECONDS, Progress, tune

_EXAMPLES = """
examples:
  Measure 60 choices for each contraction of a model, for five minutes at most:
    bitserial-tune model.mlir --tuning-db=records.jsonl --trials=60 --time=300
  and use what was found:
    bitserial-compile model.mlir --tuning-db=records.jsonl -o model.o
  The same for a board, by a command that runs programs there; for a model of it:
    bitserial-tune model.mlir --target=cortex-a53 --runner=./run-on-board.sh
    bitserial-tune model.mlir --target=cortex-a53 \\
      --runner='python3 -m bitserial.tune.simulate'
  On the workers of a Dask cluster that announce the target:
    bitserial-tune model.mlir --target=znver5 --scheduler=tcp://host:8786
"""


class Display:
    """A line with a bar on a terminal, a line for each trial elsewhere."""

    def __init__(self, stream=sys.stderr, seconds: float = math.inf):
        self.stream = stream
        self.is_terminal = stream.isatty()
        self.end = time.monotonic() + seconds
        self.best: Dict[str, float] = {}
        self.errors: Dict[str, str] = {}  # where nothing has been measured

    def __call__(self, progress: Progress) -> None:
        name = progress.location or "contraction"
        if progress.error:
            outcome = progress.error
        else:
            outcome = f"{progress.seconds * 1e6:.1f} us"
        best = ""
        if not progress.best:
            self.errors[name] = progress.error or ""
        if progress.best:
            self.errors.pop(name, None)
            best = f"best {progress.best * 1e6:.1f} us"
            if progress.default:
                best += f" ({progress.default / progress.best:.2f}x default)"
                self.best[name] = progress.default / progress.best
        if not self.is_terminal:
            trial = f"trial {progress.trials}/{progress.total}"
            text = f"{name}: {'again' if progress.is_final else trial}: {outcome}"
            print(text + (f", {best}" if best else ""), file=self.stream, flush=True)
            return
        width, length = shutil.get_terminal_size().columns, 20
        done = min(progress.trials / max(progress.total, 1), 1.0)
        bar = "#" * round(done * length)
        text = f"[{bar:-<{length}}] {progress.trials}/{progress.total} "
        if math.isfinite(self.end):
            left = max(self.end - time.monotonic(), 0)
            text += f"{left // 60:.0f}:{left % 60:02.0f} left "
        text += f"{name}: {outcome}" + (f", {best}" if best else "")
        print("\r" + text[: width - 1].ljust(width - 1), end="", file=self.stream, flush=True)

    def close(self) -> None:
        if self.is_terminal and (self.best or self.errors):
            print(file=self.stream)


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text} is not positive")
    return value


def _seconds(text: str) -> float:
    value = float(text)
    if not value > 0:
        raise argparse.ArgumentTypeError(f"{text} is not positive")
    return value


def _fixed(text: str) -> Dict[str, object]:
    """`word=64,lanes=reduction` as knobs."""
    knobs: Dict[str, object] = {}
    for part in text.split(","):
        name, equals, value = part.partition("=")
        if not equals or not name:
            raise argparse.ArgumentTypeError(f"'{part}' is not KNOB=VALUE")
        knobs[name] = int(value) if value.lstrip("-").isdigit() else value
    return knobs


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="bitserial-tune",
        description="Finds the fastest knobs for the contractions of a model, by "
        "measuring them.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("model", help="MLIR file")
    parser.add_argument(
        "--tuning-db",
        "--db",
        dest="db",
        default="tuning.jsonl",
        metavar="FILE",
        help="database to read and append to (tuning.jsonl)",
    )
    parser.add_argument("--target", default="native", help="CPU (native)")
    parser.add_argument("--features", help="CPU features, as +a,-b")
    parser.add_argument("--schedule", metavar="FILE", help="schedules of one's own")
    parser.add_argument(
        "--trials", type=_positive, default=60, help="at most, per contraction (60)"
    )
    parser.add_argument(
        "--time", type=_seconds, default=math.inf, help="seconds in all, about (no limit)"
    )
    parser.add_argument("--rounds", type=_positive, default=11, help="samples per trial (11)")
    parser.add_argument(
        "--timeout",
        type=_seconds,
        default=TRIAL_SECONDS,
        help=f"seconds that a trial may take ({TRIAL_SECONDS:.0f})",
    )
    parser.add_argument(
        "--num-threads",
        type=_positive,
        default=1,
        metavar="N",
        help="threads that calls run in (1); several are measured by the time that passes",
    )
    parser.add_argument("--cpu", type=int, help="number of the CPU to run trials on")
    parser.add_argument(
        "--fix",
        type=_fixed,
        metavar="KNOB=VALUE,...",
        help="knobs that are not to be varied",
    )
    parser.add_argument("--seed", type=int, default=0, help="of random choices (0)")
    parser.add_argument(
        "--model",
        dest="cost_model",
        choices=["auto", "learned", "analytical"],
        default="auto",
        help="what ranks candidates; learned needs scikit-learn, auto takes it if "
        "it is there",
    )
    place = parser.add_mutually_exclusive_group()
    place.add_argument(
        "--runner",
        metavar="COMMAND",
        help="measures trials, on another machine for one; gets a directory",
    )
    place.add_argument(
        "--scheduler", metavar="ADDRESS", help="of a Dask cluster that makes the trials"
    )
    return parser


def main(arguments: Optional[Sequence[str]] = None) -> int:
    if (sys.argv[1:] if arguments is None else list(arguments)) == ["--worker"]:
        return serve()
    options = _parser().parse_args(arguments)
    display = Display(seconds=options.time)
    try:
        if options.cost_model == "auto" and not _model.is_available():
            print(
                "note: scikit-learn is not installed: candidates are ranked by the "
                "analytical model alone (pip install 'bitserial[tune]')",
                file=sys.stderr,
            )
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
            options.timeout,
            options.fix,
            options.seed,
            options.cost_model,
            options.runner,
            options.scheduler,
            report=display,
            threads=options.num_threads,
        )
    except (CompileError, ImportError, OSError, ValueError) as problem:
        display.close()
        if isinstance(problem, OSError) and problem.filename is not None:
            problem = f"{problem.filename}: {problem.strerror}"
        text = str(problem)
        print(text if text.startswith("error: ") else f"error: {text}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        display.close()
        print("stopped; the same command goes on from here", file=sys.stderr)
        return 130
    display.close()
    for location, error in display.errors.items():
        print(f"error: {location}: nothing could be measured: {error}", file=sys.stderr)
    if results and not display.best and not display.errors:
        print(
            f"all trials are in {options.db} already; a larger --trials= makes more",
            file=sys.stderr,
        )
    for record in results:
        print(json.dumps(record, sort_keys=True))
    return 1 if display.errors else 0
