# Part of the bitserial project, under the Apache License v2.0 with LLVM
# Exceptions. See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs every example of the documentation: of README, docs/ and the reference
pages that are generated into the build directory.

A fenced block says by its language what is done with it:
  mlir            parsed and verified, and parsed again after printing
  python          run, with the package of the build directory
  sh, console     run by bash, with the tools of the build directory on PATH;
                  in a console block only the lines that start with `$ `

The blocks of one page that are run share a directory, so that a later one finds
the files of an earlier one. Blocks of other languages, or none, show output or
grammar; they and indented blocks are not run.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("BITSERIAL_BUILD_DIR", ROOT / "build")).resolve()
# The reference pages that `make docs` generates.
GENERATED = ["BitserialDialect.md", "BitserialPasses.md"]
RUN = ("python", "sh", "console")


def blocks(page):
    """(line, language, text) of each fenced block of `page`."""
    text = page.read_text()
    pattern = re.compile(r"^([ \t]*)```(\w+)[^\n]*\n(.*?)^\1```[ \t]*$", re.M | re.S)
    for match in pattern.finditer(text):
        line = text.count("\n", 0, match.start(3)) + 1
        lines = match[3].splitlines(keepends=True)
        yield line, match[2], "".join(part[len(match[1]) :] for part in lines)


def pages():
    yield ROOT / "README.md"
    yield from sorted((ROOT / "docs").rglob("*.md"))
    yield from (BUILD / "docs" / name for name in GENERATED)


def examples(languages):
    for page in pages():
        if page.exists():
            for line, language, text in blocks(page):
                if language in languages:
                    yield pytest.param(text, id=f"{page.name}:{line}")


def split_types(text):
    """The types in a list separated by commas, which also occur within <>."""
    types, depth = [""], 0
    for char in text:
        depth += (char in "<(") - (char in ">)")
        if char == "," and depth == 0:
            types.append("")
        else:
            types[-1] += char
    return [part.strip() for part in types]


def complete(snippet):
    """Makes a module of the example of an op or a type: what it uses without
    defining becomes an argument of a function, of the type the example gives it.
    """
    aliases = re.findall(
        r"^[#!][\w.]+ = (?:[^\n]*\n)(?:[ \t]+[^\n]*\n)*", snippet, re.M
    )
    rest = snippet
    for alias in aliases:
        rest = rest.replace(alias, "", 1)
    code = re.sub(r"//[^\n]*", "", rest).strip()
    if re.match(r"(module|func\.func)\b", code) or not code:
        return snippet
    if code.startswith("!"):
        arguments = ", ".join(code.splitlines())
        return f"{''.join(aliases)}func.func private @example({arguments})\n"

    # Statements begin in the first column with the name they define.
    arguments, defined = {}, set()
    for statement in re.split(r"\n(?=%\w)", code):
        head = re.match(r"((?:%[\w:, ]+)=)?\s*[\w.]+\s*", statement)
        lists = re.findall(r"\b(?:ins|outs)\(([^:)]*):([^)]*)\)", statement)
        if not lists:
            names = re.match(r"(%\w+(?:, %\w+)*)?", statement[head.end() :])[0]
            types = statement.rsplit(" : ", 1)[-1]
            lists = [(names, re.split(r"\s+to\s+|\s*->\s*", types)[0])]
        for names, types in lists:
            names = re.findall(r"%\w+", names)
            for name, type_ in zip(names, split_types(types)):
                if name not in defined:
                    arguments.setdefault(name, type_)
        defined |= set(re.findall(r"%\w+", head[1] or ""))
    signature = ", ".join(f"{name}: {type_}" for name, type_ in arguments.items())
    return f"{''.join(aliases)}func.func @example({signature}) {{\n{code}\nreturn\n}}\n"


def bitserial_opt(text):
    command = [str(BUILD / "bin/bitserial-opt"), "--split-input-file", "-"]
    done = subprocess.run(command, input=text, capture_output=True, text=True)
    assert done.returncode == 0, f"{done.stderr}\nof\n{text}"
    return done.stdout


def test_pages_exist():
    missing = [page.name for page in pages() if not page.exists()]
    assert not missing


def test_every_op_has_an_example():
    text = (BUILD / "docs" / GENERATED[0]).read_text()
    ops = re.split(r"^### `", text.split("\n## Attributes")[0], flags=re.M)[1:]
    bare = [op.split("`")[0] for op in ops if "```mlir" not in op]
    # The terminator of regions stands in the example of the op it belongs to.
    assert ops and bare == ["bitserial.yield"]


@pytest.mark.parametrize("snippet", list(examples(["mlir"])))
def test_mlir_example(snippet):
    # A block may hold several modules.
    text = complete(snippet)
    text = re.sub(r"\n(?=module\b)", "\n// -----\n", text)
    assert bitserial_opt(bitserial_opt(text))


WRITTEN_PAGES = [
    page.relative_to(ROOT)
    for page in pages()
    if page.exists() and BUILD not in page.parents
]


@pytest.mark.parametrize("page", WRITTEN_PAGES, ids=str)
def test_page_runs(page, tmp_path):
    environment = dict(os.environ)
    environment["PATH"] = os.pathsep.join(
        [str(BUILD / "bin"), str(Path(sys.executable).parent), environment["PATH"]]
    )
    environment["PYTHONPATH"] = str(BUILD / "python")
    for line, language, text in blocks(ROOT / page):
        if language not in RUN:
            continue
        if language == "console":
            text = "".join(re.findall(r"^\$ (.*\n(?:^> .*\n)*)", text, re.M))
            text = re.sub(r"^> ", "", text, flags=re.M)
        if language == "python":
            command = [sys.executable, "-c", text]
        else:
            command = ["bash", "-euo", "pipefail", "-c", text]
        done = subprocess.run(
            command,
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=900,
        )
        assert (
            done.returncode == 0
        ), f"{page}:{line}:\n{text}\n{done.stdout}{done.stderr}"
