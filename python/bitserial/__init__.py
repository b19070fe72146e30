# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compiles low-bit tensor contractions to fast code, and runs them on NumPy arrays.

import numpy as np
import bitserial

text = bitserial.build.matmul(4, 8, 100, activations=("unsigned", 2),
                              weights=("bipolar", 1))
m = bitserial.compile(text)
x = np.random.randint(0, 4, (4, 100), dtype=np.int8)
w = np.random.choice(np.array([-1, 1], np.int8), (8, 100))
y = m.main(x, w)                       # int32, equal to x @ w.T
"""

from . import build, reference
from ._compiler import Argument, Function, Module
from ._diagnostics import CompileError, Diagnostic
from ._format import Format, Layout
from ._frontends import (
    MissingDependency,
    compile,
    from_stablehlo,
    from_torch,
    from_tosa,
)
from ._report import Layer, Operand, Report

__version__ = "0.1.0"

__all__ = [
    "Argument",
    "CompileError",
    "Diagnostic",
    "Format",
    "Function",
    "Layer",
    "Layout",
    "MissingDependency",
    "Module",
    "Operand",
    "Report",
    "build",
    "compile",
    "from_stablehlo",
    "from_torch",
    "from_tosa",
    "reference",
]
