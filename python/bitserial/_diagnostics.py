# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What the compiler has to say."""

from __future__ import annotations

import dataclasses
from typing import Optional, Sequence, Tuple


@dataclasses.dataclass(frozen=True)
class Diagnostic:
    """One message of the compiler.

    severity: "error", "warning", "remark" or "note".
    message: the text, without location.
    file, line, column: where; line and column count from 1, all are None for
      messages that concern no place in the source.
    notes: further messages that belong to this one.
    """

    severity: str
    message: str
    file: Optional[str] = None
    line: Optional[int] = None
    column: Optional[int] = None
    notes: Tuple["Diagnostic", ...] = ()

    def __str__(self) -> str:
        place = ""
        if self.file is not None and self.line is not None:
            place = f"{self.file}:{self.line}:{self.column}: "
        lines = [f"{place}{self.severity}: {self.message}"]
        return "\n".join(lines + [str(note) for note in self.notes])


class CompileError(Exception):
    """The source cannot be compiled; str() reads like a compiler's output.

    diagnostics: the messages, errors and others, in the order reported.
    """

    def __init__(self, message: str, diagnostics: Sequence[Diagnostic] = ()):
        super().__init__(message)
        self.diagnostics = list(diagnostics)

    def __str__(self) -> str:
        if self.diagnostics:
            return "\n".join(map(str, self.diagnostics))
        return super().__str__()
