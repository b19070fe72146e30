# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs the examples of README and docs/.

The code blocks of a page run in order, in one empty directory, by language:

    python   is executed; the blocks of a page share their names
    sh       is run by bash with the tools on PATH; it has to succeed
    console  likewise, for each line that begins with "$ " (lines that end in a
             backslash go on); the lines below are what it prints, where "..."
             stands for any text, on a line of its own for any lines, and
             numbered values of MLIR (%12, %in_3) for any name, the same
             wherever they stand; a command may fail if that prints an error

Blocks in no language are not run; those in mlir are checked by
test/Docs/examples.test.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("BITSERIAL_BUILD_DIR", ROOT / "build"))
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("**/*.md"))]
ENVIRONMENT = {
    **os.environ,
    "PATH": os.pathsep.join(
        [str(BUILD / "bin"), os.path.dirname(sys.executable), os.environ["PATH"]]
    ),
}


def blocks(page):
    """Language, first line and text of the code blocks that are run."""
    text = page.read_text()
    for match in re.finditer(r"^```(\w+)\n(.*?)^```$", text, re.M | re.S):
        if match.group(1) in RUNNERS:
            line = text.count("\n", 0, match.start(2)) + 1
            yield match.group(1), line, match.group(2)


def run_python(block, where, names):
    # Errors point to the line of the page.
    path, line = where
    exec(compile("\n" * (line - 1) + block, path, "exec"), names)


def shell(command, where, may_fail=False):
    """What a command prints. A program that may be absent, or a solver that bitserial
    was built without, skips the page."""
    for program in re.findall(r"\b(?:qemu-\w+|\w+-linux-\w+-gcc)\b", command):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", command],
        env=ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
    )
    if "error: built without a solver" in done.stdout:
        pytest.skip("bitserial was built without a solver")
    place = "{}:{}".format(*where)
    assert done.returncode == 0 or may_fail, f"{place}: code {done.returncode}\n{done.stdout}"
    return done.stdout


def run_sh(block, where, names):
    shell(block, where)


def output_pattern(expected):
    """A regular expression for what a command prints."""
    values = {}

    def value(match):
        name = match.group()
        if name in values:
            return f"(?P={values[name]})"
        values[name] = f"value{len(values)}"
        return rf"(?P<{values[name]}>%\w+)"

    pattern = ""
    for line in expected.rstrip().splitlines():
        if line == "...":
            pattern += r"(?:.*\n)*?"
            continue
        line = ".*".join(map(re.escape, line.split("..."))) + r"\n"
        pattern += re.sub(r"%(?:\d+|[a-zA-Z]\w*_\d+)\b", value, line)
    return pattern


def run_console(block, where, names):
    # A command, with its continuation lines, and what is expected of it.
    parts = re.findall(r"^\$ ((?:.*\\\n)*.*)\n((?:(?!\$ ).*\n)*)", block, re.M)
    assert parts and block.startswith("$ "), "{}:{}: no command".format(*where)
    for command, expected in parts:
        printed = shell(command, where, "error: " in expected)
        text = printed.rstrip() + "\n" if printed.strip() else ""
        place = "{}:{}".format(*where)
        assert re.fullmatch(
            output_pattern(expected), text
        ), f"{place}: $ {command}\nprints\n{printed}\ninstead of\n{expected}"


RUNNERS = {
    "python": run_python,
    "sh": run_sh,
    "console": run_console,
}


@pytest.mark.parametrize(
    "page",
    [page for page in PAGES if any(blocks(page))],
    ids=lambda page: str(page.relative_to(ROOT)),
)
def test_examples(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = {"__name__": "__main__"}
    for language, line, block in blocks(page):
        RUNNERS[language](block, (str(page), line), names)
