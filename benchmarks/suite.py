#!/usr/bin/env python3
# Part of the bitserial project, under the Apache License v2.0 with LLVM
# Exceptions. See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The benchmark as a whole: runs bitserial-bench on all that is to be compared.

`make bench` prints the tables and draws the plot, `make bench-accept` compares
the figures with the targets. Results are kept as JSON in <build>/benchmarks,
where both find those of an earlier run with --reuse.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any, Dict, Iterable, List, Optional

import plot

ROOT = Path(__file__).resolve().parent.parent
TABLES = ROOT / "scripts"

# What instruction sets (of bitserial-bench --isa) need, as /proc/cpuinfo says.
ISAS = {
    "avx2": "avx2",
    "avx512": "avx512_vpopcntdq",
    "amx": "amx_int8",
}
FORMATS = ["a1w1", "a2w1", "a2w2", "a4w1", "a8w1", "a8w2"]
CORE_FORMATS = FORMATS[:3]
# Of ResNet-18, those with at least 50 million multiply-accumulates.
LARGE_LAYERS = ["C2", "C4", "C6", "C7", "C9", "C10", "C12"]
# m x n x k: one token, a few, a prompt; square, expanding and contracting.
MATMULS = [
    f"{m}x{n}x{k}"
    for n, k in [(1024, 1024), (4096, 1024), (1024, 4096), (4096, 4096)]
    for m in (1, 8, 128)
] + ["1x8192x8192", "8x8192x8192"]
SIZES = [512, 1024, 2048, 4096, 8192]
GROWTH = {
    "n": [f"32x{size}x1024" for size in SIZES],
    "k": [f"32x1024x{size}" for size in SIZES],
}


def cpu_flags() -> set:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("flags"):
            return set(line.split(":", 1)[1].split())
    return set()


class Suite:
    """One run of bitserial-bench."""

    def __init__(self, title: str, layers: Iterable[str], formats=FORMATS, **options):
        self.title = title
        self.options = {"layers": ",".join(layers), "formats": ",".join(formats)}
        self.options.update(options)


def suites(isas: List[str]) -> Dict[str, Suite]:
    best = [isa for isa in isas if isa != "amx"][-1:]
    cpus = len(os.sched_getaffinity(0))
    threads = [str(n) for n in (2, 4, 8, 16) if n <= cpus]
    result = {
        "convs": Suite("Convolutions of ResNet-18", ["all"], isa=",".join(isas)),
        "packed": Suite(
            "Convolutions of ResNet-18, packed to packed",
            ["all"],
            isa=",".join(isas),
            packed=None,
        ),
        "matmuls": Suite("Matrix products", MATMULS, isa=",".join(isas)),
        "growth": Suite(
            "Cost against size",
            GROWTH["n"] + [l for l in GROWTH["k"] if l not in GROWTH["n"]],
            CORE_FORMATS,
            isa=",".join(best),
        ),
    }
    if threads:
        result["threads"] = Suite(
            "Threads",
            LARGE_LAYERS,
            CORE_FORMATS,
            isa=",".join(best),
            **{"num-threads": ",".join(threads), "no-peers": None},
        )
    return result


class Results:
    """A result file of bitserial-bench."""

    def __init__(self, path: Path):
        self.data = json.loads(path.read_text())
        self.products = {f["name"]: f["plane_products"] for f in self.data["formats"]}

    def isa(self) -> str:
        """The first instruction set."""
        return self.data["isas"][0]["name"]

    def layers(self) -> List[str]:
        return [layer["name"] for layer in self.data["layers"]]

    def macs(self, name: str) -> float:
        return next(l["macs"] for l in self.data["layers"] if l["name"] == name)

    def seconds(self, layer: str, isa: str, series: str) -> Optional[float]:
        for candidate in self.data["layers"]:
            if candidate["name"] == layer:
                for s in candidate["series"]:
                    if (s["isa"], s["name"]) == (isa, series):
                        return statistics.median(s["seconds"])
        return None

    def speedup(self, layer, isa, series, reference) -> Optional[float]:
        ours = self.seconds(layer, isa, series)
        other = self.seconds(layer, isa, reference)
        return other / ours if ours and other else None

    def of_plain(self, layer: str, isa: str, formats: str) -> Optional[float]:
        """The plain loop's time for the same one-bit products over ours."""
        rates = [
            s["macs"] / statistics.median(s["seconds"])
            for l in self.data["layers"]
            if l["name"] == layer
            for s in l["series"]
            if s["isa"] == isa and s["name"].startswith("plain-")
        ]
        ours = self.seconds(layer, isa, formats)
        if not rates or not ours:
            return None
        return self.macs(layer) * self.products[formats] / max(rates) / ours


class ThreadRuns:
    """Runs of the suite "threads", some minutes in all.

    Other programs, or other guests on the host of a virtual machine, may take a CPU
    away for seconds. So a run counts for a layer only if the machine gave both threads
    a CPU, which loops that share nothing tell; the layer's figure is the median of
    those.
    """

    LEAST_SCALE = 1.9  # of two independent loops against one
    WANTED = 3
    MOST = 10

    def __init__(self, runs: Iterable[Results] = ()):
        self.runs = list(runs)

    def scales(self, layer: str) -> Dict[Results, float]:
        """How much more two independent loops did than one, in each run that has both."""
        ratios = {
            run: run.speedup(layer, run.isa(), "independent@2", "plain-regs")
            for run in self.runs
        }
        return {run: 2 * ratio for run, ratio in ratios.items() if ratio}

    def counted(self, layer: str) -> List[Results]:
        scales = self.scales(layer).items()
        return [run for run, scale in scales if scale >= self.LEAST_SCALE]

    def unsettled(self, layers: Iterable[str]) -> List[str]:
        """Layers for which too few runs count."""
        return [layer for layer in layers if len(self.counted(layer)) < self.WANTED]

    def speedup(self, layer: str, formats: str) -> Optional[float]:
        """Of two threads; None if too few runs count, or one lacks the formats."""
        ratios = [
            run.speedup(layer, run.isa(), f"{formats}@2", formats)
            for run in self.counted(layer)
        ]
        enough = len(ratios) >= self.WANTED and all(ratios)
        return statistics.median(ratios) if enough else None


# ---------------------------------------------------------------------------
# Acceptance
# ---------------------------------------------------------------------------


class Acceptance:
    """Prints a line per target: PASS, FAIL, or why it was not measured."""

    def __init__(
        self,
        results: Dict[str, Any],
        flags: set,
        environment: Optional[Dict[str, str]] = None,
    ):
        """`environment`: with the Python package."""
        self.results, self.flags = results, flags
        self.environment = environment
        self.failed = False

    def line(self, what: str, value: Optional[float], target: float, unit=""):
        if value is None or math.isnan(value):
            return self.skip(what, "was not measured")
        met = value >= target
        self.failed |= not met
        verdict = "PASS" if met else "FAIL"
        print(f"{verdict}     {what}: {value:.2f}{unit}, target {target:g}{unit}")

    def at_most(self, what: str, value: float, target: float, unit=""):
        met = value <= target
        self.failed |= not met
        verdict = "PASS" if met else "FAIL"
        print(f"{verdict}     {what}: {value:.2f}{unit}, target at most {target:g}{unit}")

    def skip(self, what: str, reason: str):
        print(f"skipped  {what}: {reason}")

    def not_yet(self, what: str, reason: str):
        print(f"not yet  {what}: {reason}")

    def mean_speedup(
        self, isa, formats, reference, suite="convs"
    ) -> Optional[float]:
        if suite not in self.results:
            return None
        convs = self.results[suite]
        ratios = [
            convs.speedup(l, isa, formats, reference) for l in convs.layers()
        ]
        return statistics.geometric_mean(ratios) if all(ratios) else None

    def has(self, isa: str, what: str) -> bool:
        if ISAS[isa] in self.flags:
            return True
        self.skip(what, f"this CPU has no {ISAS[isa]}")
        return False

    def check_layers(self):
        targets = {
            "1": ("avx512", {"a1w1": 5.5, "a2w1": 3.5, "a2w2": 2.0}),
            "2": ("avx2", {"a1w1": 4.5, "a2w1": 2.5}),
        }
        for number, (isa, minimums) in targets.items():
            for formats, target in minimums.items():
                what = f"{number}. {isa}, {formats}, values to i32, against fp32, mean"
                if self.has(isa, what):
                    value = self.mean_speedup(isa, formats, "fp32")
                    self.line(what, value, target, "×")
        for number, reference, minimums in [
            ("1", "fp32", {"a1w1": 8.0, "a2w1": 4.5, "a2w2": 2.4}),
            ("3", "int8", {"a1w1": 2.8, "a2w1": 1.4}),
        ]:
            for formats, target in minimums.items():
                what = (
                    f"{number}. avx512, {formats}, packed to packed, "
                    f"requantised, against {reference}, mean"
                )
                if self.has("avx512", what):
                    value = self.mean_speedup("avx512", formats, reference, "packed")
                    self.line(what, value, target, "×")

    def check_plain_loop(self):
        convs = self.results["convs"]
        what = "4. a1w1, best 3×3 layer, of the plain loop"
        if not self.has("avx512", what):
            return
        of = {l: convs.of_plain(l, "avx512", "a1w1") for l in LARGE_LAYERS}
        if not all(of.values()):
            return self.skip(what, "was not measured")
        self.line(what, 100 * max(of.values()), 85, " %")
        worst = min(of, key=of.get)
        self.line(
            f"4. a1w1, worst layer of 50 MMAC or more ({worst}), of the plain loop",
            100 * of[worst],
            65,
            " %",
        )

    def check_threads(self):
        if "threads" not in self.results:
            return self.skip("7. two threads against one", "this machine has one CPU")
        threads = self.results["threads"]
        counted = sum(len(threads.counted(l)) for l in LARGE_LAYERS)
        measured = sum(len(threads.scales(l)) for l in LARGE_LAYERS)
        for formats in CORE_FORMATS:
            what = f"7. {formats}, two threads against one, worst layer"
            ratios = {l: threads.speedup(l, formats) for l in LARGE_LAYERS}
            few = threads.unsettled(LARGE_LAYERS)
            if measured and few:
                self.skip(
                    what,
                    f"{', '.join(few)}: the machine gave two threads two CPUs in "
                    f"{counted} of {measured} measurements",
                )
                continue
            if not all(ratios.values()):
                self.skip(what, "was not measured")
                continue
            worst = min(ratios, key=ratios.get)
            self.line(f"{what} ({worst})", ratios[worst], 1.8, "×")

    def check_growth(self):
        growth = self.results["growth"]
        isa = growth.isa()
        for formats in CORE_FORMATS:
            for dim, layers in GROWTH.items():
                seconds = [growth.seconds(l, isa, formats) for l in layers]
                what = f"7. {formats}, time when {dim} doubles, 512 to 8192"
                if not all(seconds):
                    self.skip(what, "was not measured")
                    continue
                ratios = [b / a for a, b in zip(seconds, seconds[1:])]
                # The farthest from linear.
                worst = max(ratios, key=lambda ratio: abs(ratio / 2 - 1))
                met = abs(worst / 2 - 1) <= 0.15
                self.failed |= not met
                print(
                    f"{'PASS' if met else 'FAIL'}     {what}: farthest from double "
                    f"{worst:.2f}×, target 2× ± 15 %"
                )

    def check_tuning(self):
        """Lines 5 and 6: what tuning.py found."""
        if "tuning" not in self.results:
            return self.skip("5. tuned against default", "the tuner did not run")
        # Medians of interleaved rounds differ by so much for the same code.
        noise = 0.02
        ratios, slowest = {}, (math.inf, "")
        for formats, result in self.results["tuning"]["formats"].items():
            for layer, seconds in result["layers"].items():
                ratios[formats, layer] = seconds["default"] / seconds["tuned"]
                slowest = min(slowest, (ratios[formats, layer], f"{layer}, {formats}"))
            minutes = result["tuning_seconds"] / 60
            self.at_most(f"5. {formats}, tuning the layers", minutes, 20, " min")
        self.line(
            f"5. tuned against default, worst layer ({slowest[1]}; {noise:.0%} is noise)",
            slowest[0] + noise,
            1,
            "×",
        )
        mean = statistics.geometric_mean(ratios.values())
        self.at_most("5. default against tuned, mean", mean, 1.25, "×")
        for formats, result in self.results["tuning"]["formats"].items():
            for key, what in (
                ("fixed_layout", "layout fixed"),
                ("untiled", "not tiled"),
                ("fixed_tiling", "tiling fixed"),
            ):
                slower = [
                    s[key] / s["tuned"] for s in result["layers"].values() if key in s
                ]
                if slower:
                    self.line(
                        f"6. {formats}, {what} against both free, mean",
                        statistics.geometric_mean(slower),
                        1,
                        "×",
                    )

    def check_arm(self):
        if self.environment is None:
            return self.skip("8. layers on ARM", "the Python package is not at hand")
        done = subprocess.run(
            [sys.executable, TABLES / "arm-table.py", "--check"],
            stdout=subprocess.PIPE,
            text=True,
            env=self.environment,
        )
        self.failed |= done.returncode != 0
        verdict = "PASS" if done.returncode == 0 else "FAIL"
        print(f"{verdict}     8. {done.stdout.strip() or 'cannot be modelled'}")

    def run(self) -> bool:
        self.check_layers()
        self.check_plain_loop()
        self.check_tuning()
        self.check_threads()
        self.check_growth()
        self.check_arm()
        return not self.failed


# ---------------------------------------------------------------------------


def run_suite(bench: Path, suite: Suite, output: Path, extra: List[str]):
    command = [bench, "--json", "-o", output.with_suffix(".tmp")]
    for name, value in suite.options.items():
        command.append(f"--{name}" if value is None else f"--{name}={value}")
    command += extra  # the last of equal options counts
    if subprocess.run(command).returncode:
        sys.exit(f"suite.py: '{suite.title}' failed")
    output.with_suffix(".tmp").rename(output)


def run_threads(bench: Path, suite: Suite, output: Path, reuse: bool, extra: List[str]):
    """Runs the suite until enough runs count for each layer, or too many do not.

    The files are numbered from 1 on, before the suffix of `output`."""
    runs = ThreadRuns()
    files = [
        output.with_name(f"{output.stem}-{number}{output.suffix}")
        for number in range(1, ThreadRuns.MOST + 1)
    ]
    if not reuse:
        for file in files:  # an interrupted run is not to be continued by these
            file.unlink(missing_ok=True)
    for file in files:
        layers = runs.unsettled(LARGE_LAYERS)
        if not layers:
            break
        if not file.exists():
            run_suite(bench, suite, file, [f"--layers={','.join(layers)}", *extra])
        run = Results(file)
        runs.runs.append(run)
        if not any(run in runs.scales(layer) for layer in layers):
            break  # the options leave out what would settle them
    return runs


def package_environment(build_dir: Path) -> Dict[str, str]:
    """The environment in which Python finds the package of a build."""
    return {**os.environ, "PYTHONPATH": str((build_dir / "python").resolve())}


def run_tuning(output: Path, environment: Dict[str, str]):
    command = [sys.executable, ROOT / "benchmarks" / "tuning.py", "-o", output]
    command += [f"--folder={output.parent}", "--trials=60", "--seconds=1200"]
    command += ["--joint=a1w1"]
    if subprocess.run(command, env=environment).returncode:
        sys.exit("suite.py: tuning failed")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__.split("\n")[0],
        epilog="All other options go to bitserial-bench, e.g. --repetitions=5.",
    )
    parser.add_argument("--build-dir", type=Path, default=Path("build"))
    parser.add_argument("--accept", action="store_true", help="compare with targets")
    parser.add_argument("--suites", help="convs, packed, matmuls, growth, threads")
    parser.add_argument("--reuse", action="store_true", help="keep earlier results")
    parser.add_argument("--plot", type=Path, help="where the plot goes (SVG)")
    arguments, extra = parser.parse_known_args()

    flags = cpu_flags()
    isas = [isa for isa, needed in ISAS.items() if needed in flags]
    if not isas:
        sys.exit("suite.py: this CPU has no AVX2; see bitserial-bench --isa=baseline")
    table = suites(isas)
    chosen = arguments.suites.split(",") if arguments.suites else list(table)
    if arguments.accept:
        chosen = ["convs", "packed", "threads", "growth"]
        chosen = [name for name in chosen if name in table]
        for name in ("convs", "packed"):
            table[name].options["formats"] = ",".join(CORE_FORMATS)
            table[name].options["isa"] = ",".join(i for i in isas if i != "amx")
    for name in chosen:
        if name not in table:
            sys.exit(f"suite.py: no suite '{name}'; there are {', '.join(table)}")

    bench = arguments.build_dir / "bin" / "bitserial-bench"
    folder = arguments.build_dir / "benchmarks"
    folder.mkdir(exist_ok=True)
    results = {}
    for name in chosen:
        is_part = arguments.accept and name in ("convs", "packed")
        suffix = "-accept" if is_part else ""
        output = folder / f"{name}{suffix}.json"
        if arguments.accept and name == "threads":
            results[name] = run_threads(
                bench, table[name], output, arguments.reuse, extra
            )
            continue
        if not (arguments.reuse and output.exists()):
            run_suite(bench, table[name], output, extra)
        results[name] = Results(output)
        if not arguments.accept:
            print(f"\n== {table[name].title}\n", flush=True)
            subprocess.run([bench, f"--from-json={output}"], check=True)
    if arguments.accept:
        environment = package_environment(arguments.build_dir)
        if arguments.suites is None or "tuning" in arguments.suites.split(","):
            output = folder / "tuning.json"
            if not (arguments.reuse and output.exists()):
                run_tuning(output, environment)
            results["tuning"] = json.loads(output.read_text())
        return 0 if Acceptance(results, flags, environment).run() else 1
    if "convs" in results:
        path = arguments.plot or folder / "speedup.svg"
        isa = [i for i in isas if i != "amx"][-1]
        path.write_text(plot.speedups(results["convs"], isa, FORMATS))
        print(f"\nThe plot is {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
