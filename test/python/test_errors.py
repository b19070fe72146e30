# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What compiling and calling reject, and how they say so."""

import os
import re
import signal
import subprocess
import sys
import textwrap

import numpy as np
import pytest

import bitserial
from bitserial import CompileError, Layout, build

TEXT = build.matmul(4, 3, 70)
X = np.zeros((4, 70), np.int8)
W = np.ones((3, 70), np.int8)


@pytest.fixture(scope="module")
def module():
    return bitserial.compile(TEXT)


def changed(array, index, value):
    array = array.copy()
    array[index] = value
    return array


@pytest.mark.parametrize(
    "arguments, message",
    [
        (
            (X[:3], W),
            "main: argument 'x' must have shape (4, 70), got (3, 70)",
        ),
        ((X, W.T), "main: argument 'w' must have shape (3, 70), got (70, 3)"),
        ((X.ravel(), W), "main: argument 'x' must have shape (4, 70), got (280,)"),
        (
            (X.astype(np.int32), W),
            "main: argument 'x' must have dtype int8 or uint8, got int32",
        ),
        ((X, W.astype(np.uint8)), "main: argument 'w' must have dtype int8, got uint8"),
        ((X, W.astype(float)), "main: argument 'w' must have dtype int8, got float64"),
        (
            (X.astype(bool), W),
            "main: argument 'x' must have dtype int8 or uint8, got bool",
        ),
        (
            (X.astype(object), W),
            "main: argument 'x' must have dtype int8 or uint8, got object",
        ),
        (
            (changed(X, (1, 68), 4), W),
            "main: argument 'x' is 4 at index [1, 68], allowed are {0, 1, 2, 3}",
        ),
        (
            (changed(X, (0, 0), -1), W),
            "main: argument 'x' is -1 at index [0, 0], allowed are {0, 1, 2, 3}",
        ),
        (
            (changed(X.astype(np.uint8), (2, 3), 255), W),
            "main: argument 'x' is 255 at index [2, 3], allowed are {0, 1, 2, 3}",
        ),
        (
            (X, changed(changed(W, (2, 69), 0), (2, 68), 3)),
            "main: argument 'w' is 3 at index [2, 68], allowed are {-1, 1}",
        ),
        (
            (X, changed(W, (2, 69), 0)),
            "main: argument 'w' is 0 at index [2, 69], allowed are {-1, 1}",
        ),
    ],
)
def test_bad_argument(module, arguments, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        module.main(*arguments)


@pytest.mark.parametrize(
    "formats, dtype, value, message",
    [
        (
            ("unsigned", 4),
            np.int8,
            16,
            "main: argument 'x' is 16 at index [0, 1], allowed are 0..15",
        ),
        (
            ("bipolar", 3),
            np.int8,
            2,
            "main: argument 'x' is 2 at index [0, 1], allowed are -7..7 in steps of 2",
        ),
        (
            ("bipolar", 8),
            np.int16,
            -257,
            "main: argument 'x' is -257 at index [0, 1], allowed are -255..255 in steps "
            "of 2",
        ),
        (
            ("ternary", 2),
            np.int8,
            2,
            "main: argument 'x' is 2 at index [0, 1], allowed are {-1, 0, 1}",
        ),
        (
            ("unsigned", 2, 1),
            np.int8,
            3,
            "main: argument 'x' is 3 at index [0, 1], allowed are {-1, 0, 1, 2}",
        ),
        (
            ("unsigned", 8),
            np.int8,
            1,
            "main: argument 'x' must have dtype uint8, got int8",
        ),
        (
            ("bipolar", 8),
            np.int8,
            1,
            "main: argument 'x' must have dtype int16, got int8",
        ),
    ],
)
def test_bad_value(formats, dtype, value, message):
    fmt = bitserial.Format(*formats)
    m = bitserial.compile(build.matmul(1, 1, 2, fmt))
    x = np.array([[fmt.min, value]]).astype(dtype)
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        m.main(x, np.ones((1, 2), np.int8))


def test_argument_without_a_name():
    text = build.matmul(1, 1, 2).replace("%x", "%0").replace("%w", "%1")
    text = text.replace("%0 = ", "%2 = ").replace("return %0", "return %2")
    m = bitserial.compile(text)
    with pytest.raises(ValueError, match="^main: argument 1 must have shape"):
        m.main(np.zeros((1, 2), np.int8), np.ones((1, 1), np.int8))


def test_not_an_array(module):
    with pytest.raises(
        TypeError, match="^main: argument 'x' must be a numpy.ndarray, got list$"
    ):
        module.main(X.tolist(), W)
    with pytest.raises(
        TypeError, match="^main: argument 'w' must be a numpy.ndarray, got NoneType$"
    ):
        module.main(X, None)


@pytest.mark.parametrize(
    "arguments, keywords, message",
    [
        ((X,), {}, "main(): missing a required argument: 'w'"),
        ((X, W, W), {}, "main(): too many positional arguments"),
        ((X, W), {"y": W}, "main(): got an unexpected keyword argument 'y'"),
        ((X, W), {"x": X}, "main(): multiple values for argument 'x'"),
    ],
)
def test_wrong_arguments(module, arguments, keywords, message):
    with pytest.raises(TypeError, match=f"^{re.escape(message)}$"):
        module.main(*arguments, **keywords)


# Compiling.


def test_syntax_error():
    with pytest.raises(CompileError) as caught:
        bitserial.compile("func.func @main() {\n  foo\n}\n")
    error = caught.value
    assert str(error).startswith("<string>:2:3: error: ")
    first = error.diagnostics[0]
    assert (first.severity, first.file, first.line, first.column) == (
        "error",
        "<string>",
        2,
        3,
    )


def test_location_in_a_file(tmp_path):
    path = tmp_path / "a.mlir"
    path.write_text(TEXT.replace("<2, unsigned>", "<9, unsigned>"))
    with pytest.raises(CompileError, match=f"^{re.escape(str(path))}:1:"):
        bitserial.compile(path)


def test_verifier_error():
    text = TEXT.replace("(m, n, k) -> (m, n)>", "(m, n, k) -> (m, m)>")
    with pytest.raises(
        CompileError, match="^<string>:2:8: error: 'bitserial.contract' op "
    ):
        bitserial.compile(text)


@pytest.mark.parametrize(
    "x, w, message",
    [
        (
            Layout(0, 32),
            Layout(1, 32),
            "the lhs is packed along d0, expected a reduction ",
        ),
        (
            Layout(5, 32),
            None,
            "bitserial.lhs_layout: layout packed names dimension 5 of a tensor of rank 2",
        ),
        (
            Layout(1, 32),
            Layout(1, 64),
            "the lhs has 32-bit words, the rhs 64-bit words",
        ),
        (
            Layout(1, 8, (1,), (4,)),
            Layout(1, 8, (1,), (8,)),
            "the packed dimension has an inner tile of 4 words in the lhs and of 8 in the "
            "rhs",
        ),
        (Layout(1, 24), None, "24"),
        (Layout(1, 8, (0,), (0,)), None, "0"),
        (Layout(1, 8, (0, 0), (2, 2)), None, "0"),
        (Layout(1, 8, planes=9), None, "planes"),
        (Layout(1, 8, outer_dims_perm=(0, 0)), None, "perm"),
    ],
)
def test_bad_layouts(x, w, message):
    with pytest.raises(CompileError, match=re.escape(message)):
        bitserial.compile(build.matmul(4, 3, 70, layouts=(x, w)))


@pytest.mark.parametrize(
    "arguments, message",
    [
        (dict(target="no-such-cpu"), "no-such-cpu"),
        (dict(target="haswell", features="+no-such-feature"), "no-such-feature"),
        (dict(target="haswell", features="avx2"), "avx2"),
        (dict(target="x86-64", features="-sse2"), "SSE2"),
    ],
)
def test_bad_target(arguments, message):
    with pytest.raises(CompileError, match=message):
        bitserial.compile(TEXT, **arguments)


def test_empty_target():
    with pytest.raises(ValueError, match="^target must not be empty$"):
        bitserial.compile(TEXT, "")


def test_target_of_the_module():
    text = f'module attributes {{bitserial.target = #bitserial.target<"cortex-a7">}} {{{TEXT}}}'
    assert "cortex-a7" in bitserial.compile(text, None).target
    assert "cortex-a7" not in bitserial.compile(text).target


def test_truncated_bytecode():
    with pytest.raises(CompileError):
        bitserial.compile(b"ML\xefR\x0dbitserial")


def test_bytes_that_are_no_module():
    with pytest.raises(CompileError):
        bitserial.compile(bytes(range(1, 256)))
    # Null bytes may be what JAX serialises, which takes JAX to read.
    with pytest.raises((ValueError, ImportError), match="<bytes>, which is not text|neither text"):
        bitserial.compile(bytes(range(256)))


def test_missing_schedule():
    with pytest.raises(FileNotFoundError):
        bitserial.compile(TEXT, schedule="no-such-schedule.mlir")


def test_malformed_schedule(tmp_path):
    schedule = tmp_path / "schedule.mlir"
    schedule.write_text("module {\n  nonsense\n}\n")
    with pytest.raises(CompileError, match="schedule.mlir:2:3: error"):
        bitserial.compile(TEXT, schedule=schedule)


@pytest.mark.parametrize(
    "arguments, message",
    [
        ((1,), "the source must be a str, bytes, an os.PathLike or a function, got int"),
        ((TEXT, 1), "target must be a str, got int"),
        ((TEXT, "native", ["+avx2"]), "features must be a str, got list"),
    ],
)
def test_wrong_types(arguments, message):
    with pytest.raises(TypeError, match=f"^{re.escape(message)}$"):
        bitserial.compile(*arguments)


def test_an_intrinsic_without_its_feature_does_not_abort():
    text = """
    func.func @f(%x: vector<8xi64>) -> vector<8xi64> {
      %0 = llvm.call_intrinsic "llvm.x86.avx512.vpermi2var.q.512"(%x, %x, %x)
        : (vector<8xi64>, vector<8xi64>, vector<8xi64>) -> vector<8xi64>
      return %0 : vector<8xi64>
    }
    """
    with pytest.raises(CompileError):
        bitserial.compile(text, "x86-64")


# Interrupts: in a process of their own, since they end it.


# Python leaves SIGINT ignored where it was, as it is for background jobs.
PROLOGUE = "import signal\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"


def run(script, *, interrupt=False, timeout=120):
    process = subprocess.Popen(
        [sys.executable, "-u", "-c", PROLOGUE + textwrap.dedent(script)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ,
    )
    try:
        if interrupt:
            assert process.stdout.readline() == "ready\n"
            process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=timeout)
    finally:
        process.kill()
    return process.returncode, out, err


def test_interrupt_while_compiling():
    code, out, err = run(
        """
        import bitserial, threading, time
        layers = [bitserial.build.conv2d(name=f"f{i}") for i in range(200)]
        text = "".join(layers)
        start = time.monotonic()
        try:
            print("ready")
            bitserial.compile(text)
        except KeyboardInterrupt:
            print("interrupted", time.monotonic() - start)
        import os; os._exit(0)
        """,
        interrupt=True,
    )
    assert code == 0, err
    word, seconds = out.split()
    assert word == "interrupted" and float(seconds) < 2


def test_interrupt_while_running():
    code, out, err = run(
        """
        import bitserial, time, os
        import numpy as np
        m = bitserial.compile(bitserial.build.matmul(
            20000, 20000, 3000, ("unsigned", 8), ("unsigned", 4)), "x86-64")
        x, w = np.zeros((20000, 3000), np.uint8), np.zeros((20000, 3000), np.int8)
        start = time.monotonic()
        try:
            print("ready")
            m.main(x, w)
        except KeyboardInterrupt:
            print("interrupted", time.monotonic() - start)
        os._exit(0)
        """,
        interrupt=True,
    )
    assert code == 0, err
    word, seconds = out.split()
    assert word == "interrupted" and float(seconds) < 5


def test_exit_after_an_interrupt_is_clean():
    code, out, err = run(
        """
        import bitserial
        text = "".join(bitserial.build.conv2d(name=f"f{i}") for i in range(4))
        try:
            print("ready")
            bitserial.compile(text)
        except KeyboardInterrupt:
            print("interrupted")
        """,
        interrupt=True,
    )
    assert code == 0, err


def test_a_tensor_returned_twice():
    code, out, err = run("""
        import bitserial, numpy as np
        two = "(tensor<4x3xi32>, tensor<4x3xi32>)"
        text = bitserial.build.matmul(4, 3, 5)
        text = text.replace("-> tensor<4x3xi32> {", f"-> {two} {{")
        text = text.replace("return %0 :", "return %0, %0 : tensor<4x3xi32>,")
        m = bitserial.compile(text)
        a, b = m.main(np.full((4, 5), 2, np.int8), np.ones((3, 5), np.int8))
        assert (a == 10).all() and (b == 10).all()
        """)
    assert code == 0, err
