# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compiles a module and calls its functions."""

from __future__ import annotations

import dataclasses
import inspect
import keyword
import json
import math
import os
import re
import threading
import time
from typing import Any, Callable, Dict, List, Mapping, Optional, Tuple, Union

import numpy as np

from ._diagnostics import CompileError, Diagnostic
from ._report import Report

# A function whose last call took less runs in the calling thread: a signal
# waits no longer than that, and no thread is started for it.
_SHORT_CALL_SECONDS = 0.05

_MAX_THREADS = 1024

# Bytes: a line of the cache.
_ALIGNMENT = 64

# What Module.save writes, by the file's extension.
_KINDS = {
    ".so": "shared",
    ".o": "obj",
    ".h": "header",
    ".s": "asm",
    ".ll": "llvm",
    ".mlir": "mlir",
}


def aligned_empty(shape, dtype) -> np.ndarray:
    """An array without values that begins a line of the cache. NumPy's begin
    anywhere, and vectors stored across lines take up to a fifth longer."""
    dtype = np.dtype(dtype)
    size = math.prod(shape) * dtype.itemsize
    memory = np.empty(size + _ALIGNMENT, np.uint8)
    start = -memory.ctypes.data % _ALIGNMENT
    return memory[start : start + size].view(dtype).reshape(shape)


def compile_source(
    source: Union[str, bytes, os.PathLike],
    target: Optional[str] = "native",
    features: Optional[str] = None,
    schedule: Union[str, os.PathLike, None] = None,
    synthesize: str = "library",
    threads: int = 1,
    tuning_db: Union[str, os.PathLike, None] = None,
    allow_reassociation: bool = False,
    max_input: float = 2.0**32,
    proofs: Union[str, os.PathLike, None] = None,
    *,
    _name: Optional[str] = None,
) -> "Module":
    """bitserial.compile without JAX; `_name` is the source's in messages."""
    source, name = read_source(source)
    name = _name or name
    for what, value in (("target", target), ("features", features)):
        if value is not None and not isinstance(value, str):
            raise TypeError(f"{what} must be a str, got {type(value).__name__}")
    if not isinstance(threads, int):
        raise TypeError(f"threads must be an int, got {type(threads).__name__}")
    if not 0 <= threads <= _MAX_THREADS:
        raise ValueError(f"threads must be 0..{_MAX_THREADS}, got {threads}")
    if not isinstance(max_input, (int, float)) or isinstance(max_input, bool):
        raise TypeError(f"max_input must be a number, got {max_input!r}")
    if not 0 <= max_input < math.inf:
        raise ValueError(f"max_input must be finite and not negative, got {max_input}")
    if target == "":
        raise ValueError("target must not be empty")
    if synthesize not in ("library", "search", "off"):
        raise ValueError(
            f"synthesize must be 'library', 'search' or 'off', got {synthesize!r}"
        )
    if schedule is not None:
        schedule = os.fspath(schedule)
        with open(schedule, "rb"):
            pass
    if tuning_db is not None:
        tuning_db = os.fspath(tuning_db)
        with open(tuning_db, "rb"):
            pass

    from . import _bitserial

    compiled, diagnostics = _interruptible(
        lambda: _bitserial.compile(
            source,
            name,
            target or "",
            features or "",
            schedule or "",
            synthesize,
            threads,
            tuning_db or "",
            bool(allow_reassociation),
            float(max_input),
            "" if proofs is None else os.fspath(proofs),
        )
    )
    messages = [_diagnostic(d) for d in diagnostics]
    if compiled is None:
        raise CompileError(messages)
    return Module(compiled, messages)


class Module:
    """A compiled module. Its functions are attributes: ``m.main(x, w)``.

    functions: all functions by name, for names that are no Python attribute.
    asm: the assembly text. llvm_ir: the optimised LLVM IR. object: an object file.
    target: the CPU the code is for. remarks: what was chosen, and why.
    """

    def __init__(self, compiled, diagnostics: List[Diagnostic]):
        self._compiled = compiled
        self._diagnostics = diagnostics
        self.functions: Mapping[str, Function] = {
            name: Function(compiled, index, name, arguments, results)
            for index, (name, arguments, results) in enumerate(compiled.functions)
        }
        max_input = self.report().max_input
        for function in self.functions.values():
            function._max_input = max_input

    def __getattr__(self, name: str) -> "Function":
        functions = self.__dict__.get("functions", {})
        if name in functions:
            return functions[name]
        raise AttributeError(
            f"the module has no function {name!r}; it has {', '.join(functions) or 'none'}"
        )

    def __dir__(self):
        return [*super().__dir__(), *self.functions]

    @property
    def asm(self) -> str:
        """The assembly text of the module."""
        return self._emit("asm").decode()

    @property
    def llvm_ir(self) -> str:
        """The optimised LLVM IR of the module."""
        return self._emit("llvm_ir").decode()

    @property
    def object(self) -> bytes:
        """An object file whose symbols are the functions' names.

        Tensors are passed as pointers to contiguous elements, results as further
        pointers behind the arguments, to memory of the caller.
        """
        return self._emit("object")

    def cost(self) -> Dict[str, Any]:
        """What calls cost by LLVM's scheduling model of the CPU, data in the cache.

        A dict with "target", "model" (whose scheduling model it is) and
        "functions", for each "name", "cycles" of a call and "loops", see
        docs/cost-model.md. Raises CompileError where there is no model, or where
        data decide how often a loop runs.
        """
        return json.loads(self._emit("cost"))

    def _emit(self, kind: str) -> bytes:
        code, diagnostics = _interruptible(lambda: self._compiled.emit(kind))
        if code is None:
            raise CompileError([_diagnostic(d) for d in diagnostics])
        return code

    def save(
        self,
        path: Union[str, os.PathLike],
        *,
        kind: Optional[str] = None,
        prefix: Optional[str] = None,
    ) -> None:
        """Writes the module to a file, as bitserial-compile does.

        path: of the file.
        kind: "shared", "obj", "header", "asm", "llvm" or "mlir"; by default what the
          extension says: .so, .o, .h, .s, .ll, .mlir.
        prefix: put before the C names of functions. By default the file's name
          without directory, "lib" and extension, and "_": `main` in libdigits.so is
          digits_main, and digits.h declares it.

        Raises CompileError if the file cannot be made or written.
        """
        path = os.fspath(path)
        stem, extension = os.path.splitext(os.path.basename(path))
        if kind is None:
            kind = _KINDS.get(extension)
            if kind is None:
                raise ValueError(
                    f"{path!r} does not say what to write; name it with one of "
                    f"{', '.join(_KINDS)}, or give `kind`"
                )
        elif kind not in _KINDS.values():
            raise ValueError(
                f"kind must be one of {', '.join(map(repr, _KINDS.values()))}, got "
                f"{kind!r}"
            )
        if prefix is None:
            name = stem[3:] if stem.startswith("lib") and stem != "lib" else stem
            prefix = re.sub(r"^(?=[0-9])|[^0-9A-Za-z_]", "_", name) + "_"
        written, diagnostics = _interruptible(
            lambda: self._compiled.save(kind, path, prefix)
        )
        if not written:
            raise CompileError([_diagnostic(d) for d in diagnostics])

    @property
    def runnable(self) -> bool:
        """Whether this machine can run the code, that is, call the functions."""
        return self._compiled.runnable

    @property
    def target(self) -> str:
        """The triple, CPU and features that the code is for."""
        return self._compiled.target

    def set_num_threads(self, threads: int) -> None:
        """Sets the number of threads of later calls; 0: as many as
        OMP_NUM_THREADS says, without it one per CPU.

        It counts for a module compiled with threads=0. The results do not
        depend on it.
        """
        if not 0 <= threads <= _MAX_THREADS:
            raise ValueError(f"threads must be 0..{_MAX_THREADS}, got {threads}")
        self._compiled.set_num_threads(threads)

    @property
    def remarks(self) -> List[Diagnostic]:
        """What the compiler chose, and why."""
        return [d for d in self._diagnostics if d.severity == "remark"]

    def report(self) -> Report:
        """What became of the convolutions and matrix products of a model.

        Empty for a module that has none of TOSA's or StableHLO's.
        """
        return Report(*self._compiled.report())

    @property
    def diagnostics(self) -> List[Diagnostic]:
        """All that the compiler said: warnings, remarks, notes."""
        return list(self._diagnostics)

    def __repr__(self) -> str:
        lines = [f"<bitserial.Module for {self.target}"]
        lines += [f"  {function.signature}" for function in self.functions.values()]
        return "\n".join(lines) + ">"


@dataclasses.dataclass(frozen=True)
class Argument:
    """An argument or result of a compiled function.

    name: as in the source, or None.
    shape: of the array; () for a tensor without dimensions or a scalar.
    dtype: of the array. Types that NumPy lacks (int4, bfloat16, ...) are those of
      ml_dtypes if that is installed.
    mlir_type: the type in the source.
    minimum, maximum, step: the values of a low-bit number are minimum,
      minimum + step, ..., maximum; None for other types.
    scalar: whether it is a number rather than an array.
    storage: the dtype of the elements in memory, where it is not `dtype`: int8 or
      uint8 for shorter integers, uint16 for the bits of a bfloat16.
    """

    name: Optional[str]
    shape: Tuple[int, ...]
    dtype: np.dtype
    mlir_type: str
    minimum: Optional[int] = None
    maximum: Optional[int] = None
    step: Optional[int] = None
    scalar: bool = False
    storage: Optional[np.dtype] = None

    @property
    def dtypes(self) -> Tuple[np.dtype, ...]:
        """The dtypes accepted: `dtype`, uint8 for int8 without negatives, int8 or
        uint8 for shorter integers."""
        if self.storage is not None and self.minimum is not None:
            return (self.dtype, self.storage)
        if self.dtype == np.int8 and self.minimum is not None and self.minimum >= 0:
            return (self.dtype, np.dtype(np.uint8))
        return (self.dtype,)

    @property
    def allowed(self) -> str:
        """The values of a low-bit number in words: `{-1, 1}` or `0..15`."""
        values = range(self.minimum, self.maximum + 1, self.step)
        if len(values) <= 4:
            return "{" + ", ".join(map(str, values)) + "}"
        odd = f" in steps of {self.step}" if self.step > 1 else ""
        return f"{self.minimum}..{self.maximum}{odd}"

    def __str__(self) -> str:
        text = f"{self.dtype}{list(self.shape)}" if not self.scalar else f"{self.dtype}"
        return text if self.minimum is None else f"{text} of {self.allowed}"


class Function:
    """A function of a compiled module; call it with NumPy arrays.

    Low-bit arguments are arrays of the values, with dtype int8, uint8 for
    8-bit unsigned numbers (allowed for all formats without negative values),
    or int16 where int8 is too small. Arrays need not be contiguous. Results
    are new arrays, a tuple of them when there are several.

    Raises ValueError naming the argument for a wrong shape, dtype or value, a
    float that is no number or above the `max_input` of the module's report among
    them, and RuntimeError when the code is for another machine than this one.
    """

    def __init__(self, compiled, index: int, name: str, arguments, results):
        self._compiled = compiled
        self._index = index
        self._seconds = float("inf")
        self._max_input: Optional[float] = None
        self.name = self.__name__ = name
        self.arguments = [_argument(a) for a in arguments]
        self.results = [_argument(r) for r in results]
        parameters = _parameter_names(self.arguments)
        self.__signature__ = inspect.Signature(
            [
                inspect.Parameter(p, inspect.Parameter.POSITIONAL_OR_KEYWORD)
                for p in parameters
            ]
        )
        self.__doc__ = self.signature + "\n\n" + (type(self).__doc__ or "")

    @property
    def signature(self) -> str:
        """The arguments and results with dtypes, shapes and values."""
        arguments = ", ".join(
            f"{p}: {a}" for p, a in zip(self.__signature__.parameters, self.arguments)
        )
        results = ", ".join(map(str, self.results))
        if len(self.results) != 1:
            results = f"({results})"
        return f"{self.name}({arguments}) -> {results}"

    def __repr__(self) -> str:
        return f"<bitserial function {self.signature}>"

    def __call__(self, *args, **kwargs):
        if kwargs or len(args) != len(self.arguments):
            try:
                args = self.__signature__.bind(*args, **kwargs).args
            except TypeError as error:
                raise TypeError(f"{self.name}(): {error}") from None
        compiled = self._compiled
        if not compiled.runnable:
            raise RuntimeError(
                f"{self.name} is compiled for {compiled.target}, which this machine "
                "cannot run; compile it with target='native' to call it"
            )
        inputs = [self._input(i, value) for i, value in enumerate(args)]
        outputs = [aligned_empty(r.shape, r.storage or r.dtype) for r in self.results]
        run = lambda: compiled.call(self._index, inputs, outputs)  # noqa: E731
        start = time.perf_counter()
        if self._seconds < _SHORT_CALL_SECONDS:
            run()
        else:
            _interruptible(run)
        self._seconds = time.perf_counter() - start
        results = [_from_memory(r, o) for r, o in zip(self.results, outputs)]
        if len(results) == 1:
            return results[0]
        return tuple(results) if results else None

    def _input(self, position: int, value) -> np.ndarray:
        """`value` as the contiguous array that the code reads, checked."""
        argument = self.arguments[position]
        if argument.scalar:
            return self._scalar(position, value)
        if not isinstance(value, np.ndarray):
            if not hasattr(value, "__array__"):
                raise TypeError(
                    f"{self._where(position)} must be a numpy.ndarray, got "
                    f"{type(value).__name__}"
                )
            value = np.asarray(value)
        if value.dtype not in argument.dtypes:
            expected = " or ".join(map(str, argument.dtypes))
            raise ValueError(
                f"{self._where(position)} must have dtype {expected}, got {value.dtype}"
            )
        if value.shape != argument.shape:
            raise ValueError(
                f"{self._where(position)} must have shape {argument.shape}, got "
                f"{value.shape}"
            )
        array = np.ascontiguousarray(value).reshape(argument.shape)
        self._check_magnitude(position, array)
        if array.dtype == argument.dtype and argument.storage is not None:
            return _to_memory(argument, array)
        if argument.minimum is not None:
            from . import _bitserial

            wrong = _bitserial.find_outside(
                array, argument.minimum, argument.maximum, argument.step
            )
            if wrong >= 0:
                index = tuple(int(i) for i in np.unravel_index(wrong, array.shape))
                raise ValueError(
                    f"{self._where(position)} is {array[index]} at index "
                    f"[{', '.join(map(str, index))}], allowed are {argument.allowed}"
                )
        return array

    def _scalar(self, position: int, value) -> np.ndarray:
        argument = self.arguments[position]
        array = np.asarray(value)
        kinds = "iuf" if argument.dtype.kind == "f" else "iu"
        if argument.dtype.kind == "b":
            kinds = "b"
        if array.shape != () or array.dtype.kind not in kinds:
            raise ValueError(
                f"{self._where(position)} must be a number of type {argument.dtype}, "
                f"got {value!r}"
            )
        if argument.dtype.kind in "iu":
            info = np.iinfo(argument.dtype)
            if not info.min <= array <= info.max:
                raise ValueError(
                    f"{self._where(position)} is {array}, allowed are "
                    f"{info.min}..{info.max}"
                )
        array = array.astype(argument.dtype)
        self._check_magnitude(position, array)
        return array

    def _check_magnitude(self, position: int, array: np.ndarray) -> None:
        """Refuses floats for which the code would compute something else."""
        limit = self._max_input
        if limit is None or not array.size:
            return
        if not re.match("b?f[0-9]", _element(self.arguments[position].mlir_type)):
            return
        # Comparisons with NaN are false, and NaN is the extreme of all.
        if array.max() <= limit and array.min() >= -limit:
            return
        first = np.argmin(np.abs(array) <= limit)
        index = ", ".join(str(int(i)) for i in np.unravel_index(first, array.shape))
        raise ValueError(
            f"{self._where(position)} is {array.reshape(-1)[first]} at index [{index}]; "
            f"the code is for numbers of magnitude up to {limit:g} (compile with "
            "another `max_input`, or 0 for any float)"
        )

    def _where(self, position: int) -> str:
        name = self.arguments[position].name
        what = f"{name!r}" if name else f"{position}"
        return f"{self.name}: argument {what}"


def _to_memory(argument: Argument, array: np.ndarray) -> np.ndarray:
    """An array of `argument.dtype` as one of its storage."""
    if argument.minimum is None:
        return array.view(argument.storage)
    return array.astype(argument.storage)


def _from_memory(result: Argument, array: np.ndarray):
    """What a call returns, from the array that it has written."""
    if result.scalar:
        return array[()]
    if result.storage is None:
        return array
    if result.minimum is None:
        return array.view(result.dtype)
    return array.astype(result.dtype)


def read_source(source) -> Tuple[bytes, str]:
    """The module as bytes, and its name for locations."""
    if isinstance(source, (bytes, bytearray)):
        return bytes(source), "<bytes>"
    if isinstance(source, str):
        if any(mark in source for mark in "\n{@") and not _is_file(source):
            return source.encode(), "<string>"
    elif not isinstance(source, os.PathLike):
        raise TypeError(
            "the source must be a str, bytes, an os.PathLike or a function, got "
            f"{type(source).__name__}"
        )
    path = os.fspath(source)
    with open(path, "rb") as file:
        return file.read(), os.fsdecode(path)


def _is_file(path: str) -> bool:
    try:
        return os.path.isfile(path)
    except ValueError:  # an embedded null character
        return False


def _diagnostic(record) -> Diagnostic:
    severity, message, file, line, column, source_line, notes = record
    return Diagnostic(
        severity,
        message,
        file or None,
        line or None,
        column or None,
        source_line or None,
        tuple(_diagnostic(note) for note in notes),
    )


def _argument(record) -> Argument:
    name, shape, dtype, mlir_type, values, scalar = record
    minimum, maximum, step = values or (None, None, None)
    stored = np.dtype(np.uint16 if _element(mlir_type) == "bf16" else dtype)
    own = _own_dtype(mlir_type, stored)
    return Argument(
        name or None,
        tuple(shape),
        own,
        mlir_type,
        minimum,
        maximum,
        step,
        scalar,
        None if own == stored else stored,
    )


def _element(mlir_type: str) -> str:
    """The element type of a tensor or memref, else the type itself."""
    return re.sub(r"^(tensor|memref)<(\d+x)*([^x,>]*).*$", r"\3", mlir_type)


def _own_dtype(mlir_type: str, stored: np.dtype) -> np.dtype:
    """The dtype for types that NumPy lacks; `stored` without ml_dtypes, and for
    all others."""
    names = {"bf16": "bfloat16", "i2": "int2", "ui2": "uint2"}
    names.update({"i4": "int4", "ui4": "uint4"})
    name = names.get(_element(mlir_type))
    if name is None:
        return stored
    try:
        import ml_dtypes
    except ImportError:
        return stored
    return np.dtype(getattr(ml_dtypes, name, stored))


def _parameter_names(arguments: List[Argument]) -> List[str]:
    """Names usable in Python, unique: the source's or arg<position>, followed by
    underscores where that is the name of another one."""
    names: Dict[str, None] = {}
    own = {argument.name for argument in arguments}
    for position, argument in enumerate(arguments):
        name = argument.name or ""
        if not name.isidentifier() or keyword.iskeyword(name) or name in names:
            name = f"arg{position}"
            while name in own or name in names:
                name += "_"
        names[name] = None
    return list(names)


def _interruptible(work: Callable[[], Any]) -> Any:
    """work(), such that Ctrl-C interrupts the wait for it.

    Python runs signal handlers in the main thread, which must therefore not be
    inside the compiler. Interrupted work goes on in its thread, which owns all
    that it touches, and its outcome is dropped.
    """
    if threading.current_thread() is not threading.main_thread():
        return work()
    outcome: Dict[str, Any] = {}
    done = threading.Event()

    def run():
        try:
            outcome["value"] = work()
        except BaseException as error:  # handed to the caller
            outcome["error"] = error
        finally:
            done.set()

    threading.Thread(target=run, name="bitserial").start()
    done.wait()
    if "error" in outcome:
        raise outcome["error"]
    return outcome["value"]
