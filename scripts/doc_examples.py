#!/usr/bin/env python3
# Part of the bitserial project, under the Apache License v2.0 with LLVM
# Exceptions. See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs bitserial-opt on the MLIR examples of documentation: every code block
marked `mlir` must parse and verify.

An example need not be complete. Values that it uses and does not define are
defined in front of it, by an op of no dialect; their types are found out from
the parser, which says what type it expected. A line that is nothing but a type
becomes the type of such a value."""

import argparse
import re
import subprocess
import sys
from pathlib import Path
from typing import Dict, List, Tuple

UNDECLARED = re.compile(r"<stdin>:(\d+):(\d+): error: use of undeclared SSA value name")
MISMATCH = re.compile(
    r"use of value '(%[\w$.-]+)' expects different type than prior uses: '(.*)' vs 'none'"
)
VALUE = re.compile(r"%[\w$.-]+")
TYPE_LINE = re.compile(r"![\w.]+(<.*>)?$")
FIRST_OP = re.compile(r'[%"]|\w+\.\w')


def find_examples(text: str) -> List[Tuple[int, str]]:
    """The `mlir` blocks of a markdown page and the lines they start at."""
    examples = []
    for match in re.finditer(
        r"^( *)```mlir *\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL
    ):
        indent, body = match.groups()
        lines = [line[len(indent) :] for line in body.splitlines()]
        start = text.count("\n", 0, match.start(2)) + 1
        examples.append((start, "\n".join(lines) + "\n"))
    return examples


def complete(code: str, types: Dict[str, str]) -> str:
    """`code` with definitions of the values in `types` in front of its first
    op."""
    lines = [
        f'"example.value"() : () -> {line}' if TYPE_LINE.match(line) else line
        for line in code.splitlines()
    ]
    first = next((i for i, line in enumerate(lines) if FIRST_OP.match(line)), len(lines))
    values = [f'{name} = "example.value"() : () -> {type}' for name, type in types.items()]
    return "\n".join(lines[:first] + values + lines[first:]) + "\n"


def run(opt: str, code: str) -> str:
    """Returns the errors of `code`, empty if there are none."""
    result = subprocess.run(
        [opt, "--allow-unregistered-dialect", "-o", "/dev/null"],
        input=code,
        capture_output=True,
        text=True,
    )
    if result.returncode == 0:
        return ""
    return result.stderr or f"exit code {result.returncode}"


def check(opt: str, code: str) -> str:
    """Returns the errors of an example, empty if there are none."""
    types: Dict[str, str] = {}
    while True:
        completed = complete(code, types)
        errors = run(opt, completed)
        undeclared = UNDECLARED.search(errors)
        mismatch = MISMATCH.search(errors)
        if undeclared:
            line, column = int(undeclared.group(1)), int(undeclared.group(2))
            name = VALUE.match(completed.splitlines()[line - 1], column - 1)
            if not name or name.group() in types:
                return errors
            types[name.group()] = "none"
        elif mismatch:
            types[mismatch.group(1)] = mismatch.group(2)
        else:
            return errors


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--opt", default="bitserial-opt", help="the bitserial-opt to run")
    parser.add_argument("pages", nargs="+", type=Path, metavar="page", help="markdown files")
    options = parser.parse_args()
    failed = 0
    for page in options.pages:
        examples = find_examples(page.read_text())
        for line, code in examples:
            errors = check(options.opt, code)
            if errors:
                failed += 1
                print(f"{page}:{line}: example fails:\n{code}\n{errors}")
        print(f"{page.name}: {len(examples)} examples")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
