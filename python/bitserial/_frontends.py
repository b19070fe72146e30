# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""From what frameworks have to a compiled module.

The frameworks are imported when they are needed, and only then.
"""

from __future__ import annotations

import importlib
import os
from typing import Any, Callable, Sequence, Tuple, Union, overload

from ._compiler import Module, compile_source, read_source

# What MLIR bytecode begins with; the name of the producer comes next. Portable
# artifacts have that of StableHLO and its versioned form of the dialect in them.
_BYTECODE = b"ML\xefR"
_PORTABLE = b"StableHLO_v"

_INSTALL = {
    "jax": "pip install 'bitserial[jax]'",
    "jaxlib": "pip install 'bitserial[jax]'",
    "distributed": "pip install 'bitserial[dask]'",
    "sklearn": "pip install 'bitserial[tune]'",
    "torch": "see https://pytorch.org/get-started",
    "torch_mlir": "see https://github.com/llvm/torch-mlir#install-torch-mlir-snapshot",
}


class MissingDependency(ImportError):
    """A package that is needed for this input, and for it alone, is not installed."""


def _need(module: str, purpose: str) -> Any:
    try:
        return importlib.import_module(module)
    except ImportError as error:
        package = module.split(".")[0]
        raise MissingDependency(
            f"{purpose} needs {package}, which cannot be imported ({error}); "
            f"to install it: {_INSTALL[package]}",
            name=package,
        ) from error


@overload
def compile(
    source: Union[str, bytes, os.PathLike],
    target: Union[str, None] = "native",
    features: Union[str, None] = None,
    schedule: Union[str, os.PathLike, None] = None,
    synthesize: str = "library",
    threads: int = 1,
    tuning_db: Union[str, os.PathLike, None] = None,
    allow_reassociation: bool = False,
    max_input: float = 2.0**32,
    proofs: Union[str, os.PathLike, None] = None,
) -> Module: ...


@overload
def compile(
    source: Callable[..., Any],
    example_args: Sequence[Any],
    *,
    target: Union[str, None] = "native",
    features: Union[str, None] = None,
    schedule: Union[str, os.PathLike, None] = None,
    synthesize: str = "library",
    threads: int = 1,
    tuning_db: Union[str, os.PathLike, None] = None,
    allow_reassociation: bool = False,
    max_input: float = 2.0**32,
    proofs: Union[str, os.PathLike, None] = None,
) -> Module: ...


def compile(source, *arguments, **options):
    """Compiles an MLIR module or a JAX function for a CPU.

    source: a module in TOSA, StableHLO or bitserial's own dialect, as text or
      bytecode, or the file that holds it. A str with a newline, a brace or an @ is
      text unless a file has that name; any other str and every os.PathLike is a
      file; bytes are the module; whatever from_stablehlo takes besides. Or a
      function of JAX, jitted or not.
    example_args: with a JAX function, and only then: a sequence of its arguments, or
      of things with their shape and dtype (jax.ShapeDtypeStruct). The module's
      function is called `main`; arguments and results that are trees are flattened.
    target: "native", an LLVM CPU name, or "<triple>:<cpu>". None: what the
      attribute `bitserial.target` of the module says, without it "native".
    features: CPU features to add or take away, as "+avx512vpopcntdq,-avx512bitalg".
    schedule: file with the schedule to use instead of the default one.
    synthesize: where the kernels of inner loops come from. "library": proved ones
      from the user's cache and those that come with bitserial; "search": also
      from a search, which may take a minute and fills the cache; "off": none.
    threads: how many threads a call uses. 1: code without threads. 0: as many as
      Module.set_num_threads or OMP_NUM_THREADS says, without them one per CPU.
      Object files need a runtime linked for that (docs/pipeline.md).
    tuning_db: file with records of the tuner, which decide for the contractions
      that they were made for.
    allow_reassociation: make contractions of floats low-bit also where their sums
      may be rounded differently; the report has a bound for each layer.
    max_input: arguments of floats are taken to be numbers of at most this magnitude,
      without NaN. 0: they may be anything; then what is rounded may be NaN.
    proofs: folder that the proofs of all kernels of contractions are written to, for
      scripts/check-proofs.sh. A kernel without one is an error.

    Raises CompileError, with the diagnostics, for whatever the compiler rejects;
    ValueError for what is serialised and cannot be read; FileNotFoundError and
    other OSErrors for a file that cannot be read.
    """
    if not callable(source):
        if "example_args" in options:
            raise TypeError(
                "example_args is for functions of JAX; the source is "
                f"{type(source).__name__}"
            )
        data, name = _read_model(source)
        return compile_source(data, *arguments, _name=name, **options)
    if len(arguments) > 1:
        raise TypeError(
            f"compile() of a function takes 2 positional arguments, got "
            f"{1 + len(arguments)}"
        )
    if arguments:
        options = {"example_args": arguments[0], **options}
    if "example_args" not in options:
        raise TypeError(
            "compile() of a function needs example_args, a sequence of its arguments "
            "or of their shapes"
        )
    return _compile_jax(source, options.pop("example_args"), options)


def _compile_jax(function, example_args, options) -> Module:
    if isinstance(example_args, (str, bytes)) or not isinstance(example_args, Sequence):
        raise TypeError(
            "example_args must be a tuple or list, one element per argument, got "
            f"{type(example_args).__name__}"
        )
    jax = _need("jax", "compiling a function")
    # JAX would drop unused arguments.
    traced = jax.jit(function, keep_unused=True).trace(*example_args)
    return from_stablehlo(traced.lower(lowering_platforms=("cpu",)), **options)


def from_stablehlo(source, **options) -> Module:
    """Compiles a model in StableHLO.

    source: text, or a path, as for `compile`; a portable artifact (.mlirbc) or what
      jax.export serialised, as bytes or in a file, which take jaxlib or jax to read;
      or what JAX has in memory: jax.stages.Lowered, jax.export.Exported.
    options: those of `compile`.
    """
    data, name = _read_model(source)
    return compile_source(data, _name=name, **options)


def _read_model(source) -> Tuple[bytes, str]:
    """A model as text or MLIR bytecode, and its name for locations."""
    if hasattr(source, "mlir_module_serialized"):  # jax.export.Exported
        source = source.mlir_module_serialized
    elif hasattr(source, "as_text"):  # jax.stages.Lowered
        source = source.as_text()
    data, name = read_source(source)
    if data.startswith(_BYTECODE):
        if data[len(_BYTECODE) + 1 :].startswith(_PORTABLE):
            data = _read_portable(data, name)
    elif b"\0" in data[:64]:
        data = _read_exported(data, name)
    return data, name


def _read_portable(data: bytes, name: str) -> bytes:
    purpose = f"reading {name}, a portable artifact of StableHLO,"
    ir = _need("jaxlib.mlir.ir", purpose)
    stablehlo = _need("jaxlib.mlir.dialects.stablehlo", purpose)
    with ir.Context() as context:
        try:
            return str(stablehlo.deserialize_portable_artifact(context, data)).encode()
        except Exception as error:
            raise ValueError(
                f"{name} cannot be read as a portable artifact: {error}"
            ) from error


def _read_exported(data: bytes, name: str) -> bytes:
    export = _need("jax.export", f"reading {name}, which is not text,")
    try:
        exported = export.deserialize(bytearray(data))
    except Exception as error:
        raise ValueError(
            f"{name} is neither text, nor bytecode, nor what jax.export serialises: "
            f"{error}"
        ) from error
    return _read_portable(exported.mlir_module_serialized, name)


def from_tosa(source, **options) -> Module:
    """Compiles a model in TOSA.

    source: text or MLIR bytecode, or a path, as for `compile`.
    options: those of `compile`.
    """
    data, name = read_source(source)
    # The identifier of TOSA's own flatbuffers.
    if bytes(data[4:8]) == b"TOSA":
        raise ValueError(
            f"{name} is a flatbuffer of TOSA; needed is MLIR text or bytecode in the "
            "tosa dialect"
        )
    return compile_source(data, _name=name, **options)


def from_torch(model, example_args: Sequence[Any], *, through="tosa", **options):
    """Compiles a PyTorch model, by torch-mlir.

    model: a torch.nn.Module or a torch.export.ExportedProgram.
    example_args: the arguments to trace the model with; with an ExportedProgram ().
    through: the dialect in between, "tosa" or "stablehlo".
    options: those of `compile`.

    Raises MissingDependency if torch or torch-mlir is not installed.
    """
    if through not in ("tosa", "stablehlo"):
        raise ValueError(f"through must be 'tosa' or 'stablehlo', got {through!r}")
    _need("torch", "compiling a PyTorch model")
    fx = _need("torch_mlir.fx", "compiling a PyTorch model")
    module = fx.export_and_import(model, *example_args, output_type=through)
    return compile_source(str(module).encode(), _name="<torch>", **options)
