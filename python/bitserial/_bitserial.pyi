# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The extension module; python/src/Extension.cpp says what is expected of arguments."""

from typing import Any, List, Optional, Tuple

import numpy as np

# (severity, message, file, line, column, line of the source, notes)
_Diagnostic = Tuple[str, str, str, int, int, str, Tuple[Any, ...]]
# (name, shape, dtype, type in MLIR, (minimum, maximum, step) or None, scalar)
_Value = Tuple[str, List[int], str, str, Optional[Tuple[int, int, int]], bool]

class Compilation:
    @property
    def functions(self) -> List[Tuple[str, List[_Value], List[_Value]]]: ...
    @property
    def target(self) -> str: ...
    @property
    def runnable(self) -> bool: ...
    def emit(self, kind: str) -> Tuple[Optional[bytes], List[_Diagnostic]]: ...
    def save(
        self, kind: str, path: str, prefix: str
    ) -> Tuple[bool, List[_Diagnostic]]: ...
    def report(self) -> Tuple[str, str]: ...
    def call(
        self, index: int, arguments: List[np.ndarray], results: List[np.ndarray]
    ) -> None: ...
    def set_num_threads(self, threads: int) -> None: ...

def compile(
    source: bytes,
    name: str,
    cpu: str,
    features: str,
    schedule: str,
    synthesize: str,
    threads: int,
    tuning_db: str,
    allow_reassociation: bool,
    max_input: float,
    proofs: str,
) -> Tuple[Optional[Compilation], List[_Diagnostic]]: ...
def tuning_space(
    source: bytes,
    name: str,
    cpu: str,
    features: str,
    schedule: str,
    threads: int,
    limit: int,
) -> Tuple[Optional[str], List[_Diagnostic]]: ...
def find_outside(
    array: np.ndarray, minimum: int, maximum: int, step: int
) -> int: ...
