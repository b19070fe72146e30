# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The models in examples/ compile, their low-bit contractions are found, and they
compute what the framework computes."""

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import bitserial
import cross

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
BUILD = Path(os.environ.get("BITSERIAL_BUILD_DIR", EXAMPLES.parent / "build"))

jax = pytest.importorskip("jax")
jax.config.update("jax_platforms", "cpu")


def load(path):
    """A script of the examples as a module."""
    name = "examples_" + path.replace("/", "_").replace(".py", "")
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, EXAMPLES / path)
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


# As users would run them, except that JIT compilation is for the test's target.
TARGETS = ["native", "haswell"]


@pytest.fixture(scope="module")
def digits():
    return load("digits/model.py")


def test_digits_accuracy(digits):
    """Integers and floats agree on every logit of every image of the test set."""
    weights, images, labels = digits.load()
    logits = np.asarray(jax.jit(digits.integer(weights))(images))
    floats = np.asarray(jax.jit(digits.fake_quantized(weights))(np.float32(images)))
    assert len(images) == 360 and logits.dtype == np.int32
    assert digits.accuracy(logits, labels) >= 0.95
    np.testing.assert_array_equal(floats, logits * (digits.STEP / 4))


def test_digits_data(digits):
    """The test set is scikit-learn's, and none of it was trained with."""
    datasets = pytest.importorskip("sklearn.datasets")
    sys.modules["model"] = digits
    _, test_images, _, test_labels = load("digits/train.py").split()
    weights, images, labels = digits.load()
    np.testing.assert_array_equal(images, test_images)
    np.testing.assert_array_equal(labels, test_labels)
    assert {tuple(i.ravel()) for i in images.astype(int)} <= {
        tuple(i) for i in datasets.load_digits().data.astype(int)
    }
    for name, w in weights.items():
        if name.startswith("conv") and name != "conv0" or name == "dense":
            assert set(np.unique(w)) == {-1, 1}


@pytest.mark.parametrize("target", TARGETS)
def test_digits_integer(digits, target):
    weights, images, labels = digits.load()
    function = digits.integer(weights)
    module = bitserial.compile(function, (digits.example(),), target=target)
    layers = module.report().layers
    assert [layer.is_low_bit for layer in layers] == [False, True, True, True]
    assert [layer.weights.bits for layer in layers[1:]] == [1, 1, 1]
    assert [layer.activations.bits for layer in layers[1:]] == [2, 2, 2]
    logits = np.concatenate([module.main(image[None]) for image in images])
    np.testing.assert_array_equal(logits, jax.jit(function)(images))
    assert digits.accuracy(logits, labels) >= 0.95


@pytest.mark.parametrize("target", TARGETS)
def test_digits_fake_quantized(digits, target):
    weights, images, _ = digits.load()
    function, images = digits.fake_quantized(weights), np.float32(images)
    module = bitserial.compile(
        function, (digits.example(dtype=np.float32),), target=target
    )
    layers = module.report().layers
    assert [layer.is_low_bit for layer in layers] == [False, True, True, True]
    assert {layer.activations.format for layer in layers[1:]} == {
        "2-bit unsigned times 0.5"
    }
    assert {layer.weights.format for layer in layers[1:]} == {
        "1-bit bipolar times 0.25"
    }
    logits = np.concatenate([module.main(image[None]) for image in images])
    np.testing.assert_array_equal(logits, jax.jit(function)(images))


@pytest.mark.parametrize("target", ["cortex-a53", "cortex-a7"])
def test_digits_on_arm(digits, target, tmp_path):
    emulator = cross.EMULATORS[target]
    if emulator.missing():
        pytest.skip(emulator.missing())
    weights, images, _ = digits.load()
    function, few = digits.integer(weights), images[:8]
    text = jax.jit(function).lower(digits.example(len(few))).as_text()
    module = bitserial.compile(text.replace("@main", "@digits"), target=target)
    assert module.report().low_bit == 3
    call = cross.Call("digits", module.object, [few], (len(few), 10))
    result = cross.run(emulator, [call], tmp_path)["digits"]
    np.testing.assert_array_equal(result, jax.jit(function)(few))


#===-----------------------------------------------------------------------===#
# The same through TOSA
#===-----------------------------------------------------------------------===#


@pytest.fixture(scope="module")
def digits_tosa(digits):
    sys.modules["model"] = digits
    return load("digits/tosa_model.py")


def digits_in_tosa(digits, digits_tosa, kind, batch):
    """(model, weights' and activations' bits of the low-bit layers, images, logits by
    TOSA's arithmetic), equal to those of JAX."""
    weights, images, labels = digits.load()
    few = images[:batch]
    if kind == "float":
        few = np.float32(few)
        model = digits_tosa.fake_quantized(weights, len(few))
        function = digits.fake_quantized(weights)
    else:
        model, function = digits_tosa.integer(weights, len(few)), digits.integer(weights)
    (logits,) = model.evaluate(few)
    np.testing.assert_array_equal(logits, jax.jit(function)(few))
    return model, few, logits


def check_digits_layers(module):
    layers = module.report().layers
    assert [layer.is_low_bit for layer in layers] == [False, True, True, True]
    assert [layer.weights.bits for layer in layers[1:]] == [1, 1, 1]
    assert [layer.activations.bits for layer in layers[1:]] == [2, 2, 2]


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("kind", ["integer", "float"])
def test_digits_tosa(digits, digits_tosa, kind, target):
    """TOSA's arithmetic, JAX and compiled code agree on every logit."""
    model, images, logits = digits_in_tosa(digits, digits_tosa, kind, 360)
    assert len(images) == 360 and len(np.unique(logits)) > 50
    assert digits.accuracy(logits, digits.load()[2]) >= 0.95
    weights = digits.load()[0]
    make = digits_tosa.integer if kind == "integer" else digits_tosa.fake_quantized
    module = bitserial.from_tosa(make(weights).text(), target=target)
    check_digits_layers(module)
    results = np.concatenate([module.main(image[None]) for image in images])
    np.testing.assert_array_equal(results, logits)


@pytest.mark.parametrize("kind", ["integer", "float"])
def test_digits_tosa_on_arm(digits, digits_tosa, kind, tmp_path):
    emulator = cross.EMULATORS["cortex-a53"]
    if emulator.missing():
        pytest.skip(emulator.missing())
    model, images, logits = digits_in_tosa(digits, digits_tosa, kind, 8)
    text = model.text().replace("@main", "@digits")
    module = bitserial.from_tosa(text, target="cortex-a53")
    check_digits_layers(module)
    call = cross.Call("digits", module.object, [images], (8, 10))
    result = cross.run(emulator, [call], tmp_path)["digits"]
    np.testing.assert_array_equal(result.view(logits.dtype), logits)


#===-----------------------------------------------------------------------===#
# C
#===-----------------------------------------------------------------------===#


def test_digits_from_c(digits, tmp_path):
    """The object needs no library, and nothing is allocated while it runs."""
    weights, images, _ = digits.load()
    function = digits.integer(weights)
    module = bitserial.compile(function, (digits.example(),))
    module.save(tmp_path / "digits.o")
    module.save(tmp_path / "digits.h")
    header = (tmp_path / "digits.h").read_text()
    assert "#define DIGITS_MAIN_ARENA_BYTES " in header
    (tmp_path / "malloc.c").write_text(
        """#include <stdlib.h>
void *__wrap_malloc(size_t bytes) { (void)bytes; abort(); }
void __wrap_free(void *memory) { (void)memory; abort(); }
"""
    )
    program, object = tmp_path / "digits", tmp_path / "digits.o"
    subprocess.run(
        ["clang-22", "-O1", "-Wall", "-Werror", f"-I{tmp_path}"]
        + [EXAMPLES / "digits" / "digits.c", tmp_path / "malloc.c", object]
        + ["-Wl,--wrap=malloc,--wrap=free", "-o", program],
        check=True,
    )
    ran = subprocess.run([program], input=images.tobytes(), capture_output=True)
    predicted = [int(line) for line in ran.stdout.split()]
    assert predicted == np.asarray(jax.jit(function)(images)).argmax(1).tolist()

    symbols = subprocess.run(
        ["llvm-nm-22", "--undefined-only", "--format=just-symbols", object],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert set(symbols) <= {"malloc", "free", "memcpy", "memset", "memmove"}
    sizes = subprocess.run(
        ["llvm-size-22", "--format=sysv", object],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    code = sum(
        int(line.split()[1]) for line in sizes.splitlines() if line.startswith(".text")
    )
    assert code <= 100 * 1024, sizes


#===-----------------------------------------------------------------------===#
# Larger networks, at reduced size
#===-----------------------------------------------------------------------===#


def resnet18(formats):
    network = load("resnet18/network.py")
    net = network.make(int(formats[1]), int(formats[3]), size=64, width=32, classes=40)
    return net, network.image(net), network.jax_function(net), network.tosa_model(net)


def binarynet():
    network = load("binarynet/network.py")
    net = network.make(size=16, width=32)
    return net, network.image(net), network.jax_function(net), network.tosa_model(net)


def mlp():
    network = load("mlp/network.py")
    net = network.make(inputs=256, hidden=688, tokens=3)
    x = network.activations(net)
    return net, x, network.jax_function(net), network.tosa_model(net)


NETWORKS = {
    "resnet18 a2w1": lambda: resnet18("a2w1"),
    "resnet18 a1w1": lambda: resnet18("a1w1"),
    "resnet18 a2w2": lambda: resnet18("a2w2"),
    "binarynet": binarynet,
    "mlp": mlp,
}


def build(name, importer):
    """(how many contractions are low-bit, the module's text, argument, result)"""
    net, x, function, model = NETWORKS[name]()
    if importer == "tosa":
        x = x.reshape(model.arguments[0].shape)
        return net.low_bit, model.text(), x, model.evaluate(x)[0]
    text = jax.jit(function).lower(x).as_text()
    return net.low_bit, text, x, np.asarray(jax.jit(function)(x))


@pytest.mark.parametrize("importer", ["stablehlo", "tosa"])
def test_memory_of_resnet18(importer, tmp_path):
    """Of images of 224 x 224: constants and arena are at most 1.3 times the weights,
    as packed as they get, plus the two largest activations, packed: the result of the
    first convolution and that of the first pool."""
    network = load("resnet18/network.py")
    net = network.make(activation_bits=2, weight_bits=1)
    if importer == "tosa":
        text = network.tosa_model(net).text()
    else:
        text = jax.jit(network.jax_function(net)).lower(network.image(net)).as_text()
    module = bitserial.compile(text, target="skylake-avx512")
    module.save(str(tmp_path / "net.o"))
    module.save(str(tmp_path / "net.h"))
    sizes = subprocess.run(
        ["llvm-size-22", "--format=sysv", tmp_path / "net.o"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    constants = sum(
        int(line.split()[1])
        for line in sizes.splitlines()
        if line.startswith((".rodata", ".data", ".bss", ".lrodata"))
    )
    header = (tmp_path / "net.h").read_text()
    arena = int(re.search(r"_MAIN_ARENA_BYTES (\d+)", header).group(1))
    low_bit = sum(c.weights.size for c in net.convolutions[1:])
    weights = low_bit // 8 + net.first.weights.size + net.dense.size
    activations = (112 * 112 + 56 * 56) * 64 * 2 // 8
    assert constants > weights
    assert constants + arena <= 1.3 * weights + activations, (constants, arena)


@pytest.mark.parametrize("name", NETWORKS)
def test_fake_quantized_networks(name):
    """As training exports them: as many layers are found in floats as in integers."""
    net, x, _, _ = NETWORKS[name]()
    function = load(f"{name.split()[0]}/network.py").fake_quantized(net)
    x = np.float32(x)
    module = bitserial.compile(function, (x,))
    report = module.report()
    assert report.low_bit == net.low_bit, str(report)
    assert all(layer.error_bound == 0 for layer in report.layers)
    result = module.main(x)
    assert len(np.unique(result)) > 5
    np.testing.assert_array_equal(result, jax.jit(function)(x))


@pytest.mark.parametrize("name", NETWORKS)
def test_fake_quantized_networks_in_tosa(name):
    net, x, _, _ = NETWORKS[name]()
    model = load(f"{name.split()[0]}/network.py").fake_quantized_tosa(net)
    x = np.float32(x).reshape(model.arguments[0].shape)
    module = bitserial.from_tosa(model.text())
    report = module.report()
    assert report.low_bit == net.low_bit, str(report)
    assert all(layer.error_bound == 0 for layer in report.layers)
    result = module.main(x)
    assert len(np.unique(result)) > 5
    np.testing.assert_array_equal(result, model.evaluate(x)[0])


@pytest.mark.parametrize("importer", ["stablehlo", "tosa"])
@pytest.mark.parametrize("name", NETWORKS)
def test_networks(name, importer):
    """On the code paths of this machine in turn."""
    low_bit, text, x, expected = build(name, importer)
    for target in TARGETS:
        module = bitserial.compile(text, target=target)
        assert module.report().low_bit == low_bit, str(module.report())
        result = module.main(x)
        assert len(np.unique(result)) > 5  # not clamped to nothing on the way
        np.testing.assert_array_equal(result, expected)


@pytest.mark.parametrize("importer", ["stablehlo", "tosa"])
@pytest.mark.parametrize("name", NETWORKS)
def test_networks_on_arm(name, importer, tmp_path):
    emulator = cross.EMULATORS["cortex-a53"]
    if emulator.missing():
        pytest.skip(emulator.missing())
    low_bit, text, x, expected = build(name, importer)
    module = bitserial.compile(
        text.replace("@main", "@network"), target="cortex-a53"
    )
    assert module.report().low_bit == low_bit
    call = cross.Call("network", module.object, [x], expected.shape)
    result = cross.run(emulator, [call], tmp_path)["network"]
    np.testing.assert_array_equal(result, expected)


#===-----------------------------------------------------------------------===#
# The MLP at full size: 90 million weights
#===-----------------------------------------------------------------------===#


@pytest.fixture(scope="module")
def large_mlp(tmp_path_factory):
    """(network, file with the module in TOSA, argument, result)"""
    network = load("mlp/network.py")
    net = network.make()
    assert net.up.shape == (4096, 11008)
    model = network.tosa_model(net)
    path = tmp_path_factory.mktemp("mlp") / "mlp.mlir"
    path.write_text(model.text().replace("@main", "@mlp"))
    x = network.activations(net)
    # Not by the model's int64, which would take gigabytes.
    sums = x.astype(np.int32) @ net.up.astype(np.int32)
    sums = (sums * np.int64(net.multiplier) + (1 << (network.SHIFT - 1))) >> network.SHIFT
    hidden = np.clip(sums, 0, 127).astype(np.int32)
    return net, path, x, hidden @ net.down.astype(np.int32)


@pytest.mark.parametrize("target", TARGETS)
def test_large_mlp(large_mlp, target):
    net, path, x, expected = large_mlp
    module = bitserial.from_tosa(path, target=target)
    assert module.report().low_bit == net.low_bit == 2
    result = module.mlp(x.reshape(1, 1, 1, -1))
    np.testing.assert_array_equal(result.reshape(expected.shape), expected)


def test_memory_for_large_mlp(large_mlp, tmp_path):
    """The module is 180 MB of text and its weights 22 MB of bits: 3 GB of addresses
    are enough, most of which are LLVM's libraries and what is mapped."""
    _, path, _, _ = large_mlp
    object = tmp_path / "mlp.o"
    compiler = BUILD.resolve() / "bin" / "bitserial-compile"
    command = f"ulimit -v 3000000; exec {compiler} {path} -o {object} --target=cortex-a53"
    subprocess.run(["sh", "-c", command], check=True)
    assert 22e6 < object.stat().st_size < 25e6
