#!/usr/bin/env python3
# Part of the bitserial project, under the Apache License v2.0 with LLVM
# Exceptions. See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs the tests of a build directory: lit, GoogleTest, pytest and the format
of the sources. Closes with one line, `N passed, N failed[, N skipped]`, over
all of them. The exit code is 0 if something ran and nothing failed. A suite
that runs no test at all counts as a failure: it lost its tests."""

import argparse
import dataclasses
import os
import re
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Dict, List, Optional

ROOT = Path(__file__).resolve().parent.parent


@dataclasses.dataclass
class Result:
    """Outcome of one suite; `failed` holds the names of failed tests."""

    passed: int = 0
    skipped: int = 0
    failed: List[str] = dataclasses.field(default_factory=list)

    def add(self, other: "Result") -> None:
        self.passed += other.passed
        self.skipped += other.skipped
        self.failed += other.failed

    def __str__(self) -> str:
        text = f"{self.passed} passed, {len(self.failed)} failed"
        return text + (f", {self.skipped} skipped" if self.skipped else "")


def read_junit(path: Path) -> Result:
    """Counts the test cases of a JUnit file, the format that all three test
    runners write."""
    result = Result()
    for case in ElementTree.parse(path).iter("testcase"):
        name = f"{case.get('classname', '')}.{case.get('name', '')}"
        if case.find("failure") is not None or case.find("error") is not None:
            result.failed.append(name)
        elif case.find("skipped") is not None or case.get("status") == "notrun":
            result.skipped += 1
        else:
            result.passed += 1
    return result


def run(
    name: str, command: List[str], report: Path, timeout: float, env: Dict[str, str]
) -> Result:
    """Runs one test program that writes a JUnit file to `report`. A program
    that dies, or fails without naming a test, is itself a failed test."""
    report.parent.mkdir(parents=True, exist_ok=True)
    report.unlink(missing_ok=True)
    try:
        code: Optional[int] = subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, **env},
            stdin=subprocess.DEVNULL,
            timeout=timeout,
        ).returncode
    except subprocess.TimeoutExpired:
        print(f"{name}: stopped after {timeout:.0f} s")
        code = None
    except OSError as error:
        print(f"{name}: {error}")
        code = None
    try:
        result = read_junit(report)
    except (OSError, ElementTree.ParseError):
        result = Result()
    if not result.failed:
        if code != 0:
            result.failed.append(f"{name} (exit code {code})")
        elif result.passed + result.skipped == 0:
            result.failed.append(f"{name} (ran no test)")
    return result


class Checker:
    """The suites, by name. `build` is the build directory."""

    def __init__(self, build: Path, jobs: int):
        self.build = build
        self.jobs = jobs
        self.reports = build / "check"
        cache = (build / "CMakeCache.txt").read_text()
        self.cache = dict(re.findall(r"^(\w+):\w+=(.*)$", cache, re.MULTILINE))
        self.env = {}
        if self.cache.get("BITSERIAL_USE_SANITIZERS"):
            # See test/lit.cfg.py.
            self.env["ASAN_OPTIONS"] = "allow_user_poisoning=0:detect_leaks=0"

    def lit(self) -> Result:
        report = self.reports / "lit.xml"
        command = [sys.executable, self.cache["LLVM_EXTERNAL_LIT"], "-s", "-v", "--no-progress-bar"]
        command += ["-j", str(self.jobs), "--xunit-xml-output", str(report)]
        return run("lit", command + [str(self.build / "test")], report, 3000, {})

    def unit(self) -> Result:
        result = Result()
        programs = (self.build / "unittests/programs.txt").read_text().split()
        for program in programs:
            report = self.reports / f"{program}.xml"
            command = [str(self.build / "unittests" / program), "--gtest_brief=1"]
            command.append(f"--gtest_output=xml:{report}")
            result.add(run(program, command, report, 900, self.env))
        if not programs:
            result.failed.append("unit (ran no test)")
        return result

    def pytest(self) -> Result:
        if self.cache.get("BITSERIAL_ENABLE_PYTHON") != "ON":
            print("this build has no Python package")
            return Result(skipped=1)
        report = self.reports / "pytest.xml"
        command = [sys.executable, "-m", "pytest", "-q", f"--junitxml={report}"]
        # Only from here may the package come, not from an installed copy.
        env = {
            "PYTHONPATH": str(self.build / "python"),
            "BITSERIAL_BUILD_DIR": str(self.build),
        }
        return run("pytest", command + ["test/python"], report, 3600, env)

    def format(self) -> Result:
        """clang-format over the sources that git tracks: one test a file."""
        listing = ["git", "ls-files", "--", "*.c", "*.cpp", "*.h"]
        files = subprocess.run(
            listing, cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout.split()
        files = [file for file in files if (ROOT / file).exists()]
        formatted = subprocess.run(
            ["clang-format-22", "--dry-run", *files],
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        bad = sorted(set(re.findall(r"^(\S+?):\d+:\d+: ", formatted.stderr, re.M)))
        for file in bad:
            print(f"{file}: not clang-format clean (make format mends it)")
        if not bad and formatted.returncode:
            print(formatted.stderr, end="")
            bad = ["clang-format"]
        passed = len(set(files) - set(bad))
        return Result(passed=passed, failed=[f"format.{file}" for file in bad])


SUITES = ["format", "lit", "unit", "pytest"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build-dir", type=Path, default=ROOT / "build")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument(
        "suites", nargs="*", metavar="suite", help=f"of {', '.join(SUITES)}; default all"
    )
    options = parser.parse_args()
    unknown = set(options.suites) - set(SUITES)
    if unknown:
        parser.error(f"no such suite: {', '.join(sorted(unknown))}")
    build = options.build_dir.resolve()
    if not (build / "CMakeCache.txt").exists():
        parser.error(f"{options.build_dir} is not a build directory; run make build")

    checker = Checker(build, options.jobs)
    total = Result()
    summaries = []
    for suite in options.suites or SUITES:
        print(f"== {suite}", flush=True)
        start = time.monotonic()
        result = getattr(checker, suite)()
        total.add(result)
        summaries.append(f"{suite}: {result} ({time.monotonic() - start:.0f} s)")
    print("==", *summaries, sep="\n")
    for name in total.failed:
        print(f"failed: {name}")
    print(total, flush=True)
    return 1 if total.failed or not total.passed else 0


if __name__ == "__main__":
    sys.exit(main())
