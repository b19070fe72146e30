# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""benchmarks/suite.py's runs of the threads, with a program in the place of
bitserial-bench that makes its results up: prints how often it ran.

usage: bench_thread_runs.py <benchmarks> <folder>
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, sys.argv[1])
import suite  # noqa: E402

# The last of equal options counts. Fails where it has run as often as RUNS says.
BENCH = """#!{python}
import json, os, sys
from pathlib import Path
log = Path({log!r})
if len(log.read_text().splitlines()) == int(os.environ["RUNS"]):
    sys.exit(1)
layers = [o for o in sys.argv if o.startswith("--layers=")][-1][len("--layers="):]
with log.open("a") as file:
    print(layers, file=file)
times = {{"a1w1": 1.0, "a1w1@2": 0.5}}
if "--isa=baseline" not in sys.argv:
    times["plain-regs"] = 1.0
    times["independent@2"] = 2 / float(os.environ["CPUS"])
series = [
    {{"isa": "x", "name": name, "macs": 1, "seconds": [seconds]}}
    for name, seconds in times.items()
]
data = {{
    "formats": [],
    "isas": [{{"name": "x"}}],
    "layers": [{{"name": l, "macs": 1, "series": series}} for l in layers.split(",")],
}}
Path(sys.argv[sys.argv.index("-o") + 1]).write_text(json.dumps(data))
"""

folder = Path(sys.argv[2])
folder.mkdir(exist_ok=True)
log, bench = folder / "runs", folder / "bench"
bench.write_text(BENCH.format(python=sys.executable, log=str(log)))
bench.chmod(0o755)


def run(what, cpus, *extra, reuse=False, runs=100):
    """Prints the layers of each run."""
    log.write_text("")
    os.environ.update(CPUS=str(cpus), RUNS=str(runs))
    threads = suite.Suite("Threads", suite.LARGE_LAYERS)
    output = folder / "runs.json"
    try:
        result = suite.run_threads(bench, threads, output, reuse, list(extra))
    except SystemExit as error:
        files = sorted(file.name for file in folder.glob("runs-*.json"))
        print(f"{what}: {error}; there are {', '.join(files)}")
        return None
    ran = [l.replace(",".join(suite.LARGE_LAYERS), "all") for l in log.open()]
    few = "not settled" if result.unsettled(suite.LARGE_LAYERS) else "settled"
    print(f"{what}: {few} by {' '.join(ran).split()}")
    return result


run("two CPUs", 2)
run("kept", 2, reuse=True)
run("interrupted", 2, runs=1)
run("continued", 2, reuse=True)
run("one CPU", 1)
run("one layer", 2, "--layers=C2")
result = run("no plain loop", 2, "--isa=baseline")
suite.Acceptance({"threads": result}, set()).check_threads()
