#!/usr/bin/env python3
# Part of the bitserial project, under the Apache License v2.0 with LLVM
# Exceptions. See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Builds the fuzzer of the importers and runs it for some minutes.

It begins with the modules of the tests, and keeps what it finds in
build-fuzz/corpus; inputs that crash are build-fuzz/crash-*. The last line has the
figures. The exit code is 0 if nothing crashed.
"""

import argparse
import hashlib
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ["test/Conversion", "test/IR", "docs"]


def modules(path: Path):
    """The modules of a test or a page."""
    text = path.read_text()
    if path.suffix == ".md":
        return re.findall(r"<<'EOF'\n(.*?)\nEOF\n", text, re.DOTALL)
    return re.split(r"^// -----.*$", text, flags=re.MULTILINE)


def write_seeds(corpus: Path) -> int:
    corpus.mkdir(parents=True, exist_ok=True)
    count = 0

    def add(text: str) -> None:
        nonlocal count
        name = hashlib.sha1(text.encode()).hexdigest()
        (corpus / name).write_text(text + "\n")
        count += 1

    for folder in SEEDS:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix not in (".mlir", ".md"):
                continue
            for text in modules(path):
                text = "\n".join(
                    line
                    for line in text.splitlines()
                    if not line.strip().startswith("//")
                ).strip()
                if "func" in text:
                    add(text)
    # What JAX writes, where it is installed.
    sys.path.insert(0, str(ROOT / "test/python"))
    try:
        import jax_modules
    except ImportError:
        return count
    for index in range(100):
        add(jax_modules.text(jax_modules.make(1, index)).strip())
    return count


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--build-dir", type=Path, default=ROOT / "build-fuzz")
    parser.add_argument("--jobs", type=int, default=2, help="of the build")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    build = options.build_dir
    if not (build / "build.ninja").exists():
        configure = ["cmake", "--preset", "release", "-B", str(build)]
        configure += ["-DBITSERIAL_ENABLE_FUZZING=ON", "-DBITSERIAL_ENABLE_PYTHON=OFF"]
        configure += ["-DBITSERIAL_ENABLE_ASSERTIONS=ON"]
        subprocess.run(configure, cwd=ROOT, check=True)
    subprocess.run(
        ["ninja", "-C", str(build), "-j", str(options.jobs), "bitserial-import-fuzzer"],
        check=True,
    )
    corpus = build / "corpus"
    print(f"{write_seeds(corpus)} modules of the tests to begin with")
    log = build / "fuzz.log"
    with open(log, "wb") as out:
        code = subprocess.run(
            [
                str(build / "bin/bitserial-import-fuzzer"),
                f"-max_total_time={int(options.minutes * 60)}",
                f"-seed={options.seed}",
                "-max_len=16384",
                "-timeout=30",
                "-rss_limit_mb=3000",
                "-print_final_stats=1",
                f"-artifact_prefix={build}/",
                str(corpus),
            ],
            stdout=out,
            stderr=subprocess.STDOUT,
        ).returncode
    text = log.read_text(errors="replace")
    coverage = re.findall(r"cov: (\d+) ft: (\d+) corp: (\d+)", text)
    runs = re.findall(r"stat::number_of_executed_units: (\d+)", text)
    if coverage and runs:
        edges, features, size = coverage[-1]
        print(
            f"{runs[-1]} executions, {edges} edges and {features} features covered, "
            f"{size} modules kept, {'no crash' if code == 0 else 'a crash'}"
        )
    if code != 0:
        print(f"see {log}")
    return code != 0


if __name__ == "__main__":
    sys.exit(main())
