# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""bitserial.compile of functions, from_stablehlo, from_tosa, from_torch, save."""

import ctypes
import sys
import types

import numpy as np
import pytest

import bitserial
import tosa

W = np.random.default_rng(1).choice([-1, 1], (40, 6)).astype(np.int8)
X = np.random.default_rng(2).integers(-128, 128, (3, 40)).astype(np.int8)
EXPECTED = np.clip(X, 0, 3).astype(np.int32) @ W


@pytest.fixture(scope="module")
def jax():
    module = pytest.importorskip("jax")
    module.config.update("jax_platforms", "cpu")
    return module


@pytest.fixture(scope="module")
def function(jax):
    def few(x):
        return jax.lax.dot(
            jax.numpy.clip(x, 0, 3), W, preferred_element_type=np.int32
        )

    return few


def check(module):
    np.testing.assert_array_equal(module.main(X), EXPECTED)
    assert module.report().low_bit == 1
    return module


def test_jax_function(jax, function):
    check(bitserial.compile(function, (X,)))
    check(bitserial.compile(jax.jit(function), example_args=[X], synthesize="off"))
    shape = jax.ShapeDtypeStruct(X.shape, X.dtype)
    arm = bitserial.compile(function, (shape,), target="cortex-a53")
    assert not arm.runnable and arm.report().low_bit == 1


def test_arguments_of_a_jax_function(function):
    """Trees are flattened, unused arguments stay."""
    module = bitserial.compile(
        lambda unused, tree: {"sums": function(tree["x"]), "y": tree["y"] + 1},
        (np.zeros(5, np.float32), {"x": X, "y": np.arange(4, dtype=np.int32)}),
    )
    sums, y = module.main(np.zeros(5, np.float32), X, np.arange(4, dtype=np.int32))
    np.testing.assert_array_equal(sums, EXPECTED)
    np.testing.assert_array_equal(y, [1, 2, 3, 4])


def test_stablehlo(jax, function, tmp_path):
    lowered = jax.jit(function).lower(X)
    check(bitserial.from_stablehlo(lowered))
    check(bitserial.from_stablehlo(lowered.as_text()))
    path = tmp_path / "model.mlir"
    path.write_text(lowered.as_text())
    check(bitserial.from_stablehlo(path))
    check(bitserial.from_stablehlo(str(path), target="x86-64"))


def test_serialized_stablehlo(jax, function, tmp_path):
    """What jax.export serialises, and the portable artifact inside it."""
    from jax import export

    exported = export.export(jax.jit(function))(X)
    check(bitserial.from_stablehlo(exported))
    check(bitserial.from_stablehlo(exported.mlir_module_serialized))
    check(bitserial.from_stablehlo(exported.serialize()))
    path = tmp_path / "model.mlirbc"
    path.write_bytes(exported.mlir_module_serialized)
    check(bitserial.from_stablehlo(path))
    for source in (exported, exported.serialize(), path, jax.jit(function).lower(X)):
        check(bitserial.compile(source))

    with pytest.raises(ValueError, match="cannot be read as a portable artifact"):
        bitserial.from_stablehlo(exported.mlir_module_serialized[:200])
    with pytest.raises(ValueError, match="nor what jax.export serialises"):
        bitserial.from_stablehlo(b"\0\1\2\3" * 20)


def test_tosa(tmp_path):
    model = tosa.Model()
    x = model.input((1, 3, 40))
    model.output(model.matmul(model.clamp(x, 0, 3), model.const(W[None])))
    path = tmp_path / "model.mlir"
    path.write_text(model.text())
    for source in (model.text(), path, path.read_bytes()):
        module = bitserial.from_tosa(source)
        np.testing.assert_array_equal(module.main(X[None]), EXPECTED[None])
    with pytest.raises(ValueError, match="a flatbuffer of TOSA"):
        bitserial.from_tosa(b"\x1c\0\0\0TOSA" + bytes(40))


def test_torch(monkeypatch):
    """torch-mlir is asked for TOSA, and what it prints is compiled."""
    model = tosa.Model()
    x = model.input((1, 3, 40))
    model.output(model.matmul(model.clamp(x, 0, 3), model.const(W[None])))
    asked = []

    def export_and_import(*arguments, **options):
        asked.append((arguments, options))
        return model.text()

    monkeypatch.setitem(sys.modules, "torch", types.ModuleType("torch"))
    package, fx = types.ModuleType("torch_mlir"), types.ModuleType("torch_mlir.fx")
    fx.export_and_import = export_and_import
    monkeypatch.setitem(sys.modules, "torch_mlir", package)
    monkeypatch.setitem(sys.modules, "torch_mlir.fx", fx)
    module = bitserial.from_torch("model", (1, 2), target="native")
    assert asked == [(("model", 1, 2), {"output_type": "tosa"})]
    np.testing.assert_array_equal(module.main(X[None]), EXPECTED[None])
    with pytest.raises(ValueError, match="through must be 'tosa' or 'stablehlo'"):
        bitserial.from_torch("model", (), through="onnx")


@pytest.mark.parametrize(
    "package, call",
    [
        ("jax", lambda: bitserial.compile(lambda x: x, (X,))),
        ("jaxlib", lambda: bitserial.from_stablehlo(b"ML\xefR\rStableHLO_v1.0.0\0")),
        ("jax", lambda: bitserial.from_stablehlo(b"\0\1\2\3")),
        ("torch", lambda: bitserial.from_torch(None, ())),
        ("torch_mlir", lambda: bitserial.from_torch(None, ())),
    ],
)
def test_missing_packages(monkeypatch, package, call):
    for name in [n for n in sys.modules if n.split(".")[0] == package]:
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.setitem(sys.modules, package, None)
    if package == "torch_mlir":
        monkeypatch.setitem(sys.modules, "torch", types.ModuleType("torch"))
        monkeypatch.setitem(sys.modules, "torch_mlir.fx", None)
    with pytest.raises(bitserial.MissingDependency, match=f"needs {package}") as error:
        call()
    assert "to install it: " in str(error.value) and error.value.name == package


def test_wrong_arguments(jax):
    with pytest.raises(TypeError, match="needs example_args"):
        bitserial.compile(lambda x: x)
    with pytest.raises(TypeError, match="must be a tuple or list"):
        bitserial.compile(lambda x: x, X)
    with pytest.raises(TypeError, match="takes 2 positional arguments"):
        bitserial.compile(lambda x: x, (X,), "native")
    with pytest.raises(TypeError, match="example_args is for functions of JAX"):
        bitserial.compile("module {}", example_args=())


SOURCE = """
func.func @first(%x: tensor<3xi32>) -> tensor<3xi32> {
  %0 = arith.addi %x, %x : tensor<3xi32>
  return %0 : tensor<3xi32>
}
"""


@pytest.mark.parametrize(
    "file, options, symbol",
    [
        ("libmy-net.so", {}, "my_net_first"),
        ("8bit.so", {}, "_8bit_first"),
        ("net.so", {"prefix": ""}, "first"),
        ("net", {"prefix": "a_", "kind": "shared"}, "a_first"),
    ],
)
def test_save_shared(tmp_path, file, options, symbol):
    module = bitserial.compile(SOURCE)
    module.save(tmp_path / file, **options)
    library = ctypes.CDLL(str(tmp_path / file))
    x, y = np.arange(3, dtype=np.int32), np.zeros(3, np.int32)
    library[symbol](x.ctypes.data_as(ctypes.c_void_p), y.ctypes.data_as(ctypes.c_void_p))
    assert y.tolist() == [0, 2, 4]
    # What the module does itself has not changed.
    assert module.first(x).tolist() == [0, 2, 4]
    assert "\nfirst:" in module.asm


def test_save_texts(tmp_path):
    module = bitserial.compile(SOURCE, target="cortex-a53")
    for extension, text in {
        ".h": "void net_first(const int32_t *x, int32_t *result);",
        ".s": "net_first:",
        ".ll": "@net_first(",
        ".mlir": "llvm.func @first(",
    }.items():
        path = tmp_path / f"net{extension}"
        module.save(path)
        assert text in path.read_text()
    module.save(tmp_path / "net.o")
    assert (tmp_path / "net.o").read_bytes().startswith(b"\x7fELF")


def test_save_errors(tmp_path):
    module = bitserial.compile(SOURCE)
    with pytest.raises(ValueError, match="does not say what to write"):
        module.save(tmp_path / "net")
    with pytest.raises(ValueError, match="kind must be one of 'shared', 'obj'"):
        module.save(tmp_path / "net", kind="exe")
    with pytest.raises(bitserial.CompileError, match="is no C identifier"):
        module.save(tmp_path / "net.h", prefix="a-b")
    with pytest.raises(bitserial.CompileError, match="No such file or directory"):
        module.save(tmp_path / "none" / "net.o")


def test_types():
    """The stub of the extension module names what it has."""
    from bitserial import _bitserial

    stub = _bitserial.__file__.rsplit("/", 1)[0] + "/_bitserial.pyi"
    text = open(stub).read()
    for name in dir(_bitserial) + dir(_bitserial.Compilation):
        if not name.startswith("__"):
            assert f"def {name}(" in text or f"class {name}:" in text, name
