# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""bitserial.compile and the functions of compiled modules."""

import inspect
import pathlib
import re
import threading

import numpy as np
import pytest

import bitserial
from bitserial import Format, build, reference

TEXT = build.matmul(4, 3, 70)
LOW_BIT = "!bitserial.int<2, unsigned>"


@pytest.fixture(scope="module")
def module():
    return bitserial.compile(TEXT)


@pytest.fixture(scope="module")
def operands():
    rng = np.random.default_rng(1)
    return (
        rng.choice(Format("unsigned", 2).values(), (4, 70)),
        rng.choice(Format("bipolar", 1).values(), (3, 70)),
    )


def test_call(module, operands):
    y = module.main(*operands)
    assert y.dtype == np.int32
    assert (y == reference.matmul(*operands)).all()


def test_keywords(module, operands):
    x, w = operands
    expected = reference.matmul(x, w)
    assert (module.main(w=w, x=x) == expected).all()
    assert (module.main(x, w=w) == expected).all()


def test_arguments_that_are_not_contiguous(module, operands):
    x, w = operands
    expected = reference.matmul(x, w)
    x_strided = np.repeat(x, 2, axis=1)[:, ::2]
    w_fortran = np.asfortranarray(w)
    assert not x_strided.flags.c_contiguous and not w_fortran.flags.c_contiguous
    assert (module.main(x_strided, w_fortran) == expected).all()
    assert (module.main(x[:, ::-1], w[:, ::-1]) == expected).all()


def test_read_only_arguments(module, operands):
    x, w = (a.copy() for a in operands)
    x.flags.writeable = False
    assert (module.main(x, w) == reference.matmul(x, w)).all()


def test_uint8_for_a_format_without_negatives(module, operands):
    x, w = operands
    assert (module.main(x.astype(np.uint8), w) == reference.matmul(x, w)).all()


def test_results_are_independent(module, operands):
    x, w = operands
    first = module.main(x, w)
    kept = first.copy()
    module.main(np.zeros_like(x), w)
    assert (first == kept).all()


def test_functions_outlive_their_module(operands):
    main = bitserial.compile(TEXT).main
    assert (main(*operands) == reference.matmul(*operands)).all()


def test_several_functions(operands):
    x, w = operands
    other = build.matmul(2, 2, 5, ("signed", 3), ("ternary", 2), name="other")
    m = bitserial.compile(TEXT + other)
    assert list(m.functions) == ["main", "other"]
    assert (m.main(x, w) == reference.matmul(x, w)).all()
    a, b = np.full((2, 5), -4, np.int8), np.full((2, 5), -1, np.int8)
    assert (m.other(a, b) == 20).all()
    assert m.other is m.functions["other"]
    assert {"main", "other", "asm"} <= set(dir(m))


def test_several_results(operands):
    x, w = operands
    text = build.matmul(4, 3, 70)
    # The product of x and w, and the weights themselves.
    text = text.replace("-> tensor<4x3xi32> {", "-> (tensor<4x3xi32>, W) {")
    text = text.replace(
        "return %0 : tensor<4x3xi32>", "return %0, %w : tensor<4x3xi32>, W"
    ).replace("W", "tensor<3x70x!bitserial.int<1, bipolar>>")
    results = bitserial.compile(text).main(x, w)
    assert isinstance(results, tuple) and len(results) == 2
    assert (results[0] == reference.matmul(x, w)).all()
    assert results[1].dtype == np.int8 and (results[1] == w).all()
    assert results[1] is not w


# Functions of other things than contractions: (module, arguments, results).
FUNCTIONS = {
    "an argument as result": (
        "func.func @f(%x: tensor<4xi8>) -> tensor<4xi8> { return %x : tensor<4xi8> }",
        [np.arange(4, dtype=np.int8)],
        [np.arange(4, dtype=np.int8)],
    ),
    "arguments swapped": (
        "func.func @f(%x: tensor<2xi8>, %y: tensor<2xi8>) "
        "-> (tensor<2xi8>, tensor<2xi8>) { "
        "return %y, %x : tensor<2xi8>, tensor<2xi8> }",
        [np.array([1, 2], np.int8), np.array([3, 4], np.int8)],
        [np.array([3, 4], np.int8), np.array([1, 2], np.int8)],
    ),
    "no argument": (
        "func.func @f() -> tensor<2xi32> { "
        "%0 = arith.constant dense<[5, -6]> : tensor<2xi32> return %0 : tensor<2xi32> }",
        [],
        [np.array([5, -6], np.int32)],
    ),
    "a scalar result": (
        "func.func @f(%x: i32, %y: i32) -> i32 { "
        "%0 = arith.subi %x, %y : i32 return %0 : i32 }",
        [7, np.int32(9)],
        [np.int32(-2)],
    ),
    "a tensor and a scalar": (
        "func.func @f(%x: tensor<2xf32>, %y: i64) -> (i64, tensor<2xf32>) { "
        "return %y, %x : i64, tensor<2xf32> }",
        [np.array([0.5, 2], np.float32), 2**40],
        [np.int64(2**40), np.array([0.5, 2], np.float32)],
    ),
    "booleans": (
        "func.func @f(%c: i1, %x: tensor<2xi1>, %y: tensor<2xi1>) -> tensor<2xi1> { "
        "%0 = scf.if %c -> tensor<2xi1> { scf.yield %x : tensor<2xi1> } "
        "else { scf.yield %y : tensor<2xi1> } return %0 : tensor<2xi1> }",
        [True, np.array([True, False]), np.array([False, True])],
        [np.array([True, False])],
    ),
    "linalg": (
        "func.func @f(%x: tensor<2x2xf32>, %y: tensor<2x2xf32>, %z: tensor<2x2xf32>) "
        "-> tensor<2x2xf32> { %0 = linalg.matmul "
        "ins(%x, %y : tensor<2x2xf32>, tensor<2x2xf32>) "
        "outs(%z : tensor<2x2xf32>) -> tensor<2x2xf32> return %0 : tensor<2x2xf32> }",
        [
            np.array([[1, 2], [3, 4]], np.float32),
            np.array([[1, 1], [0, 1]], np.float32),
            np.ones((2, 2), np.float32),
        ],
        [np.array([[2, 4], [4, 8]], np.float32)],
    ),
    "packed numbers": (
        "func.func @f(%x: tensor<3x!bitserial.int<2, unsigned>>) -> "
        "tensor<3x!bitserial.int<2, unsigned>, "
        "#bitserial.layout<packed = 0, word = 8, planes = 0>> { "
        "%0 = bitserial.pack %x : tensor<3x!bitserial.int<2, unsigned>> to "
        "tensor<3x!bitserial.int<2, unsigned>, "
        "#bitserial.layout<packed = 0, word = 8, planes = 0>> "
        "return %0 : tensor<3x!bitserial.int<2, unsigned>, "
        "#bitserial.layout<packed = 0, word = 8, planes = 0>> }",
        [np.array([1, 2, 3], np.int8)],
        [np.array([[0b101], [0b110]], np.uint8)],
    ),
}


@pytest.mark.parametrize("text, arguments, expected", FUNCTIONS.values(), ids=FUNCTIONS)
def test_functions_of_other_things(text, arguments, expected):
    results = bitserial.compile(text).f(*arguments)
    if len(expected) == 1:
        results = (results,)
    assert len(results) == len(expected)
    for result, value in zip(results, expected):
        assert result.dtype == value.dtype and result.shape == value.shape
        assert (result == value).all()


def test_elementwise_ops_after_a_contraction(operands):
    x, w = operands
    text = build.matmul(4, 3, 70).replace(
        "  return %0 : tensor<4x3xi32>",
        """  %three = arith.constant dense<3> : tensor<4x3xi32>
  %zero = arith.constant dense<0> : tensor<4x3xi32>
  %1 = arith.shrsi %0, %three : tensor<4x3xi32>
  %2 = arith.maxsi %1, %zero : tensor<4x3xi32>
  %3 = arith.minsi %2, %three : tensor<4x3xi32>
  %4 = bitserial.encode %3 : tensor<4x3xi32> to tensor<4x3x!bitserial.int<2, unsigned>>
  return %4 : tensor<4x3x!bitserial.int<2, unsigned>>""",
    )
    text = text.replace("-> tensor<4x3xi32> {", f"-> tensor<4x3x{LOW_BIT}> {{")
    y = bitserial.compile(text).main(x, w)
    assert y.dtype == np.int8
    assert (y == np.clip(reference.matmul(x, w) >> 3, 0, 3)).all()


@pytest.mark.parametrize(
    "type, value, message",
    [
        ("i32", 2**31, f"f: argument 'x' is {2**31}, allowed are {-2**31}..{2**31-1}"),
        ("i32", 1.5, "f: argument 'x' must be a number of type int32, got 1.5"),
        ("i1", 1, "f: argument 'x' must be a number of type bool, got 1"),
        ("f32", "1", "f: argument 'x' must be a number of type float32, got '1'"),
    ],
)
def test_bad_scalars(type, value, message):
    m = bitserial.compile(
        f"func.func @f(%x: {type}) -> {type} {{ return %x : {type} }}"
    )
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        m.f(value)


def test_constant_weights(operands):
    x, w = operands
    m = bitserial.compile(build.matmul(4, 3, 70, weights_value=w))
    assert (m.main(x) == reference.matmul(x, w)).all()


@pytest.mark.parametrize("fmt", [("unsigned", 8), ("bipolar", 8), ("signed", 8, 100)])
def test_wide_formats(fmt):
    fmt = Format(*fmt)
    x = np.resize(fmt.values(), (3, 300))
    w = np.resize(fmt.values()[::-1], (2, 300))
    y = bitserial.compile(build.matmul(3, 2, 300, fmt, fmt)).main(x, w)
    assert (y == reference.matmul(x, w)).all()


def test_formats_agree_with_the_compiler():
    formats = [
        Format(kind, width, zero_point)
        for kind in ("unsigned", "signed", "bipolar", "ternary")
        for width in range(1, 9)
        for zero_point in (0, 1, -3, 130)
        if kind != "ternary" or width % 2 == 0
    ]
    arguments = ", ".join(
        f"%a{i}: tensor<2x{f.mlir_type}>" for i, f in enumerate(formats)
    )
    m = bitserial.compile(f"func.func @f({arguments}) {{\n  return\n}}")
    for fmt, argument in zip(formats, m.f.arguments):
        assert argument.dtype == fmt.dtype
        assert (argument.minimum, argument.maximum, argument.step) == (
            fmt.min,
            fmt.max,
            fmt.step,
        )


def test_introspection(module):
    assert module.main.__name__ == "main"
    assert list(inspect.signature(module.main).parameters) == ["x", "w"]
    signature = (
        "main(x: int8[4, 70] of {0, 1, 2, 3}, w: int8[3, 70] of {-1, 1}) -> int32[4, 3]"
    )
    assert module.main.signature == signature
    assert repr(module.main) == f"<bitserial function {signature}>"
    assert module.main.__doc__.startswith(signature)
    assert signature in repr(module)
    x = module.main.arguments[0]
    assert (x.name, x.shape, x.dtype) == ("x", (4, 70), np.int8)
    assert x.mlir_type == "tensor<4x70x!bitserial.int<2, unsigned>>"
    assert module.runnable
    assert module.target


def test_text_of_the_code(module):
    assert "main" in module.asm
    assert "define" in module.llvm_ir
    assert module.object[:4] == b"\x7fELF"


def test_remarks(module):
    assert all(d.severity == "remark" for d in module.remarks)


def test_features():
    wide = bitserial.compile(TEXT, "x86-64-v4", "+avx512vpopcntdq")
    narrow = bitserial.compile(TEXT, "x86-64-v4")
    assert "vpopcnt" in wide.asm
    assert "vpopcnt" not in narrow.asm


@pytest.mark.parametrize("target", ["cortex-a53", "cortex-a7"])
def test_foreign_target(target, operands):
    m = bitserial.compile(TEXT, target)
    assert not m.runnable
    assert m.object[:4] == b"\x7fELF"
    with pytest.raises(
        RuntimeError,
        match=f"^main is compiled for .*{target}.*, which this machine cannot run",
    ):
        m.main(*operands)


# Where the module comes from.


def test_path(tmp_path, operands, monkeypatch):
    path = tmp_path / "matmul.mlir"
    path.write_text(TEXT)
    expected = reference.matmul(*operands)
    assert (bitserial.compile(path).main(*operands) == expected).all()
    assert (bitserial.compile(str(path)).main(*operands) == expected).all()
    monkeypatch.chdir(tmp_path)
    assert (bitserial.compile("matmul.mlir").main(*operands) == expected).all()


def test_bytes(operands):
    m = bitserial.compile(TEXT.encode())
    assert (m.main(*operands) == reference.matmul(*operands)).all()


def test_odd_file_names(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    pathlib.Path("func@{1}.mlir").write_text(TEXT)
    assert list(bitserial.compile("func@{1}.mlir").functions) == ["main"]


def test_text_on_one_line():
    with pytest.raises(bitserial.CompileError, match="<string>:1:1: .* no public fun"):
        bitserial.compile("module {}")


@pytest.mark.parametrize("name", ["no-such-file.mlir", "func.mlir", "module", ""])
def test_missing_file(name):
    with pytest.raises(FileNotFoundError):
        bitserial.compile(name)
    with pytest.raises(FileNotFoundError):
        bitserial.compile(pathlib.Path("no") / "such" / name)


def test_directory(tmp_path):
    with pytest.raises(IsADirectoryError):
        bitserial.compile(tmp_path)


# Threads.


def test_threads(module, operands):
    expected = reference.matmul(*operands)
    failures = []

    def work():
        for _ in range(50):
            if not (module.main(*operands) == expected).all():
                failures.append("wrong result")
        if not (bitserial.compile(TEXT).main(*operands) == expected).all():
            failures.append("wrong result")

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures


def test_unknown_attribute(module):
    message = "the module has no function 'f'; it has main"
    with pytest.raises(AttributeError, match=f"^{re.escape(message)}$"):
        module.f


def test_a_loop_carries_what_each_iteration_computes():
    text = """
    #maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>,
             affine_map<(m, n, k) -> (m, n)>]
    func.func @main(%x: tensor<5x33x!bitserial.int<2, unsigned>>,
                    %w: tensor<33x33x!bitserial.int<1, bipolar>>, %times: i32)
        -> (tensor<5x33x!bitserial.int<2, unsigned>>, tensor<5x33xi32>) {
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      %zero = arith.constant dense<0> : tensor<5x33xi32>
      %three = arith.constant dense<3> : tensor<5x33xi32>
      %end = arith.index_cast %times : i32 to index
      %r:2 = scf.for %i = %c0 to %end step %c1 iter_args(%values = %x, %sum = %zero)
          -> (tensor<5x33x!bitserial.int<2, unsigned>>, tensor<5x33xi32>) {
        %0 = bitserial.contract %values, %w indexing_maps = #maps
            : tensor<5x33x!bitserial.int<2, unsigned>>,
              tensor<33x33x!bitserial.int<1, bipolar>> -> tensor<5x33xi32>
        %1 = arith.maxsi %0, %zero : tensor<5x33xi32>
        %2 = arith.minsi %1, %three : tensor<5x33xi32>
        %3 = bitserial.encode %2 : tensor<5x33xi32>
            to tensor<5x33x!bitserial.int<2, unsigned>>
        %4 = arith.addi %sum, %0 : tensor<5x33xi32>
        scf.yield %3, %4 : tensor<5x33x!bitserial.int<2, unsigned>>, tensor<5x33xi32>
      }
      return %r#0, %r#1 : tensor<5x33x!bitserial.int<2, unsigned>>, tensor<5x33xi32>
    }
    """
    m = bitserial.compile(text)
    rng = np.random.default_rng(0)
    x = rng.integers(0, 4, (5, 33), np.int8)
    w = rng.choice(np.array([-1, 1], np.int8), (33, 33))
    for times in (0, 1, 4):
        values, total = x.astype(int), np.zeros((5, 33), int)
        for _ in range(times):
            product = values @ w.T
            values, total = product.clip(0, 3), total + product
        got_values, got_total = m.main(x, w, times)
        assert (got_values == values).all() and (got_total == total).all()


def test_names_that_python_reserves():
    m = bitserial.compile("""
    func.func @main(%in: tensor<3xi32>, %arg0: tensor<3xi32>, %0: tensor<3xi32>)
        -> tensor<3xi32> {
      %1 = arith.subi %in, %arg0 : tensor<3xi32>
      %2 = arith.muli %1, %0 : tensor<3xi32>
      return %2 : tensor<3xi32>
    }
    """)
    assert list(inspect.signature(m.main).parameters) == ["arg0_", "arg0", "arg2"]
    five, two, three = (np.full(3, n, np.int32) for n in (5, 2, 3))
    assert (m.main(arg0_=five, arg0=two, arg2=three) == 9).all()
