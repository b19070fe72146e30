# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What the compiler has to say."""

from __future__ import annotations

import dataclasses
from typing import Optional, Sequence, Tuple

# Lines with constants can have megabytes.
_MAX_WIDTH = 160


@dataclasses.dataclass(frozen=True)
class Diagnostic:
    """One message of the compiler.

    severity: "error", "warning", "remark" or "note".
    message: the text, without location.
    file, line, column: where; line and column count from 1, all are None for
      messages that concern no place in the source.
    source_line: the line of the source, if it is at hand.
    notes: further messages that belong to this one.
    """

    severity: str
    message: str
    file: Optional[str] = None
    line: Optional[int] = None
    column: Optional[int] = None
    source_line: Optional[str] = None
    notes: Tuple["Diagnostic", ...] = ()

    def __str__(self) -> str:
        place = ""
        if self.file is not None:
            numbers = f"{self.line}:{self.column}:" if self.line else ""
            place = f"{self.file}:{numbers} "
        lines = [f"{place}{self.severity}: {self.message}"]
        if self.source_line and self.column and self.column <= _MAX_WIDTH:
            text = self.source_line[:_MAX_WIDTH]
            lines.append(text + ("..." if text != self.source_line else ""))
            before = text[: self.column - 1]
            lines.append("".join("\t" if c == "\t" else " " for c in before) + "^")
        return "\n".join(lines + [str(note) for note in self.notes])


class CompileError(Exception):
    """The source cannot be compiled; str() reads like a compiler's output.

    diagnostics: all that the compiler said, in order: errors, but also warnings
      and remarks.
    """

    def __init__(self, diagnostics: Sequence[Diagnostic] = ()):
        super().__init__(list(diagnostics))
        self.diagnostics = list(diagnostics)

    def __str__(self) -> str:
        return "\n".join(str(d) for d in self.diagnostics if d.severity != "remark")
