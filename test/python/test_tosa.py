# Part of the bitserial project, under the Apache License v2.0 with LLVM
# Exceptions. See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Models in TOSA give exactly what TOSA says."""

import numpy as np
import pytest

import bitserial
import cross
import tosa


def found(module) -> int:
    """How many contractions were found to be low-bit."""
    return sum(d.message.startswith("low-bit:") for d in module.remarks)


def missed(module) -> list:
    """Why the others were not."""
    return [
        d.message for d in module.remarks if d.message.startswith("not low-bit:")
    ]


def check(model: tosa.Model, *inputs, low_bit: int, target="native"):
    module = bitserial.compile(model.text(), target=target)
    assert found(module) == low_bit, module.remarks
    results = module.main(*inputs)
    for got, expected in zip(
        results if isinstance(results, tuple) else (results,), model.evaluate(*inputs)
    ):
        np.testing.assert_array_equal(got, expected)
    return module


def full_range(random, shape, element="i8"):
    low, high = tosa.limits(element)
    return random.integers(low, high + 1, shape).astype(tosa.DTYPES[element])


# Values of operands, as (low, high, step).
OPERANDS = {
    "unsigned 2": [0, 1, 2, 3],
    "unsigned 1": [0, 1],
    "signed 2": [-2, -1, 0, 1],
    "signed 3": [-4, -1, 3],
    "bipolar 1": [-1, 1],
    "ternary": [-1, 0, 1],
    "ternary times 5": [-5, 0, 5],
    "zero point": [10, 11, 12, 13],
    "bipolar 2 off centre": [2, 4, 6, 8],
}


@pytest.mark.parametrize("weights", OPERANDS)
@pytest.mark.parametrize("activations", ["unsigned 2", "bipolar 1", "signed 3"])
def test_formats(activations, weights):
    random = np.random.default_rng(len(weights))
    values = np.array(OPERANDS[activations])
    model = tosa.Model()
    x = model.input((1, 6, 5, 20))
    # Whatever comes in, a table makes it one of the values.
    few = model.table(x, values[np.arange(256) % len(values)])
    w = model.const(random.choice(OPERANDS[weights], (9, 3, 3, 20)))
    bias = model.const(random.integers(-1000, 1000, 9), "i32")
    model.output(model.conv2d(few, w, bias, pad=(1, 1, 1, 1)))
    check(model, full_range(random, x.shape), low_bit=1)


@pytest.mark.parametrize("zero_points", [(0, 0), (-128, 0), (3, -2), (-1, 127)])
@pytest.mark.parametrize("depthwise", [False, True])
def test_zero_points(depthwise, zero_points):
    """Padding stands for the zero point."""
    random = np.random.default_rng(1)
    model = tosa.Model()
    x = model.input((1, 7, 6, 11))
    low = max(zero_points[0], -127)
    few = model.clamp(x, low, low + 3)
    values = zero_points[1] + random.integers(-1, 1, (8, 3, 3, 11))
    if depthwise:
        values = values.transpose(1, 2, 3, 0)[:, :, :, :2]
    model.output(
        model.conv2d(
            few,
            model.const(values),
            pad=(1, 1, 2, 1),
            zero_points=zero_points,
            depthwise=depthwise,
        )
    )
    check(model, full_range(random, x.shape), low_bit=1)


@pytest.mark.parametrize("target", ["native", "haswell", "x86-64"])
@pytest.mark.parametrize(
    "stride, dilation, pad",
    [
        ((1, 1), (1, 1), (0, 0, 0, 0)),
        ((2, 1), (1, 1), (1, 1, 1, 1)),
        ((2, 3), (1, 1), (1, 0, 0, 0)),
        ((1, 1), (2, 3), (2, 2, 3, 3)),
        ((1, 2), (3, 1), (0, 1, 2, 0)),
    ],
)
@pytest.mark.parametrize("multiplier", [0, 1, 3])
def test_windows(stride, dilation, pad, multiplier, target):
    """Ordinary convolutions, and depthwise ones with a channel multiplier."""
    random = np.random.default_rng(2)
    channels = 37

    def size(padding, stride, dilation):
        """Large enough, and such that the last window ends at the border."""
        least = 9 + padding - 2 * dilation - 1
        return 9 + (-least) % stride

    model = tosa.Model()
    height = size(pad[0] + pad[1], stride[0], dilation[0])
    width = size(pad[2] + pad[3], stride[1], dilation[1])
    x = model.input((2, height, width, channels))
    few = model.clamp(x, 0, 3)
    shape = (3, 3, channels, multiplier) if multiplier else (5, 3, 3, channels)
    w = model.const(random.choice([-1, 0, 1], shape))
    outputs = channels * multiplier or 5
    bias = model.const(random.integers(-99, 99, outputs), "i32")
    model.output(
        model.conv2d(
            few,
            w,
            bias,
            pad=pad,
            stride=stride,
            dilation=dilation,
            depthwise=bool(multiplier),
        )
    )
    check(model, full_range(random, x.shape), low_bit=1, target=target)


@pytest.mark.parametrize("batch", [1, 3])
def test_matmul(batch):
    random = np.random.default_rng(3)
    model = tosa.Model()
    a = model.input((batch, 5, 70))
    b = model.input((batch, 70, 6))
    few_a, few_b = model.clamp(a, -1, 2), model.clamp(b, 4, 5)
    model.output(model.matmul(few_a, few_b, zero_points=(-1, 4)))
    check(
        model, full_range(random, a.shape), full_range(random, b.shape), low_bit=1
    )


@pytest.mark.parametrize("element", ["i8", "i16"])
def test_fully_connected(element):
    """A 1x1 convolution on 1x1 pixels. Sums of i16 operands have 48 bits."""
    random = np.random.default_rng(4)
    model = tosa.Model()
    x = model.input((4, 1, 1, 100), element)
    few = model.clamp(x, 0, 1)
    w = model.const(random.choice([-1, 1], (10, 1, 1, 100)))
    accumulator = "i48" if element == "i16" else "i32"
    bias = model.const(random.integers(-50, 50, 10), accumulator)
    y = model.conv2d(few, w, bias)
    if element == "i16":
        y = model.rescale(y, "i32", 1 << 14, 14, scale32=False)
    model.output(y)
    check(model, full_range(random, x.shape, element), low_bit=1)


@pytest.mark.parametrize("bias", [7, 0, None])
def test_bias_of_one_element(bias):
    random = np.random.default_rng(5)
    model = tosa.Model()
    x = model.input((1, 4, 4, 16))
    argument = model.input((1,), "i32") if bias is None else None
    w = model.const(random.choice([-1, 1], (6, 1, 1, 16)))
    biases = argument or model.const([bias], "i32")
    model.output(model.conv2d(model.clamp(x, 0, 3), w, biases))
    inputs = [full_range(random, x.shape)]
    if bias is None:
        inputs.append(np.array([-13], np.int32))
    check(model, *inputs, low_bit=1)


def scale(random, channels):
    """Multipliers and shifts that take sums of a hundred to small numbers."""
    return random.integers(1 << 30, (1 << 31) - 1, channels), random.integers(
        33, 37, channels
    )


def network(random, first: bool = True) -> tosa.Model:
    """Two residual blocks: 8-bit and low-bit layers, pools, a classifier."""
    model = tosa.Model()
    x = model.input((1, 12, 12, 3))
    # The first layer is ordinary: 8-bit activations and weights.
    w = model.const(random.integers(-127, 128, (32, 3, 3, 3)))
    y = model.conv2d(x, w, pad=(1, 1, 1, 1), zero_points=(-3, 0))
    y = model.rescale(y, "i8", 1 << 30, 40, zero_points=(0, -2))
    trunk = model.clamp(y, 0, 3)
    for kinds in ([-1, 1], [-1, 0, 1]):
        w = model.const(random.choice(kinds, (32, 3, 3, 32)))
        bias = model.const(random.integers(-60, 60, 32), "i32")
        y = model.conv2d(trunk, w, bias, pad=(1, 1, 1, 1))
        y = model.rescale(y, "i8", *scale(random, 32), rounding="DOUBLE_ROUND")
        branch = model.clamp(y, 0, 3)
        total = model.binary("add", model.cast(trunk, "i32"), model.cast(branch, "i32"))
        trunk = model.clamp(model.rescale(total, "i8", 1 << 30, 31), 0, 3)
    pooled = model.max_pool(trunk, (2, 2), (2, 2))
    w = model.const(random.choice([-2, -1, 0, 1], (3, 3, 32, 1)))
    y = model.conv2d(pooled, w, pad=(1, 1, 1, 1), depthwise=True)
    y = model.clamp(model.rescale(y, "i8", 1 << 30, 33), 0, 15)
    y = model.avg_pool(y, (6, 6), (1, 1))
    w = model.const(random.choice([-1, 0, 1], (10, 1, 1, 32)))
    logits = model.conv2d(y, w)
    return model.output(model.reshape(logits, (1, 10)))


@pytest.mark.parametrize("target", ["native", "alderlake", "haswell", "x86-64"])
def test_network(target):
    random = np.random.default_rng(6)
    model = network(random)
    x = full_range(random, (1, 12, 12, 3))
    module = check(model, x, low_bit=4, target=target)
    layers = module.report().layers
    assert [layer.op for layer in layers[-2:]] == [
        "tosa.depthwise_conv2d",
        "tosa.conv2d",
    ]
    assert [layer.activations.format for layer in layers] == [
        "8-bit unsigned (zero point 125)",
        "2-bit unsigned",
        "2-bit unsigned",
        "2-bit unsigned",
        # Clamped to 0..15, but an eighth of the sums is 3 at most.
        "2-bit unsigned",
    ]
    assert [layer.weights.bits for layer in layers] == [8, 1, 2, 2, 2]
    reason = "8 x 8 bits are 64 products of bit planes, more than the 16 that are worth it"
    assert layers[0].reason == reason
    if target != "native":
        # Bytes are multiplied where there are instructions for it.
        assert layers[0].is_whole_numbers == (target == "alderlake")
    said = [] if layers[0].is_whole_numbers else ["not low-bit: " + reason]
    assert missed(module) == said


def test_binary_network():
    """Sign activations; the zeros of padding are no value of the format."""
    random = np.random.default_rng(7)
    model = tosa.Model()
    x = model.input((1, 9, 8, 5))
    y = model.sign(x)
    for _ in range(3):
        w = model.const(random.choice([-1, 1], (40, 3, 3, y.shape[3])))
        y = model.sign(model.conv2d(y, w, pad=(1, 1, 1, 1)))
    model.output(y)
    check(model, full_range(random, x.shape), low_bit=3)


@pytest.mark.parametrize("padding, format", [(0, "1-bit bipolar"), (-2, "2-bit signed")])
def test_explicit_padding(padding, format):
    """Zeros around signs are the convolution's padding; others are values."""
    random = np.random.default_rng(8)
    model = tosa.Model()
    x = model.input((1, 5, 5, 32))
    padded = model.pad(model.sign(x), [(0, 0), (1, 1), (1, 1), (0, 0)], padding)
    w = model.const(random.choice([-1, 1], (8, 3, 3, 32)))
    model.output(model.conv2d(padded, w))
    module = check(model, full_range(random, x.shape), low_bit=1)
    assert any(f"{format} activations" in d.message for d in module.remarks)


def test_moved_elements():
    """Formats survive what only moves elements."""
    random = np.random.default_rng(9)
    model = tosa.Model()
    x = model.input((1, 6, 8, 16))
    a = model.clamp(x, 0, 1)
    b = model.clamp(x, 2, 3)
    y = model.concat([a, b], 3)
    y = model.transpose(y, (0, 2, 1, 3))
    y = model.slice(y, (0, 1, 0, 3), (1, 6, 6, 21))
    y = model.reshape(y, (1, 4, 9, 21))
    w = model.const(random.choice([-1, 1], (8, 1, 1, 21)))
    model.output(model.conv2d(y, w))
    module = check(model, full_range(random, x.shape), low_bit=1)
    assert any("2-bit unsigned activations" in d.message for d in module.remarks)


def test_unsigned_rescale():
    """A u8 image, kept in i8, and back."""
    random = np.random.default_rng(10)
    model = tosa.Model()
    x = model.input((1, 4, 4, 24))
    y = model.rescale(
        x, "i8", 1 << 30, 36, zero_points=(128, 0), input_unsigned=True
    )
    w = model.const(random.choice([-1, 1], (8, 1, 1, 24)))
    z = model.conv2d(y, w)
    model.output(model.rescale(z, "i8", 1 << 30, 30, (0, 100), output_unsigned=True))
    check(model, full_range(random, x.shape), low_bit=1)


def test_ordinary_layers():
    """Nothing low-bit: everything is lowered by upstream's passes."""
    random = np.random.default_rng(11)
    model = tosa.Model()
    x = model.input((1, 6, 6, 8))
    w = model.const(random.integers(-128, 128, (12, 3, 3, 8)))
    y = model.conv2d(x, w, pad=(1, 1, 1, 1), zero_points=(5, 0))
    y = model.rescale(y, "i8", *scale(random, 12), zero_points=(0, 5))
    y = model.avg_pool(y, (3, 3), (1, 1), pad=(1, 1, 1, 1), zero_points=(5, 5))
    y = model.reduce("reduce_max", y, 1)
    model.output(y, model.argmax(y, 3))
    check(model, full_range(random, x.shape), low_bit=0)


def test_resources():
    """Constants as torch-mlir writes them."""
    random = np.random.default_rng(17)
    model = tosa.Model(resources=True)
    x = model.input((1, 6, 6, 40))
    y = model.conv2d(
        model.clamp(x, 0, 3),
        model.const(random.integers(-1, 2, (24, 3, 3, 40))),
        model.const(random.integers(-50, 50, 24), "i32"),
    )
    images = model.input((1, 4, 4, 24), "f32")
    z = model.conv2d(images, model.const(random.standard_normal((48, 1, 1, 24)), "f32"))
    model.output(model.rescale(y, "i8", 1 << 30, 33), z)
    assert model.text().count("dense_resource") == 2
    floats = random.integers(-9, 9, images.shape).astype(np.float32)
    data = full_range(random, x.shape), floats
    module = bitserial.compile(model.text())
    assert found(module) == 1
    results, (exact, near) = module.main(*data), model.evaluate(*data)
    np.testing.assert_array_equal(results[0], exact)
    np.testing.assert_allclose(results[1], near, rtol=1e-5, atol=1e-4)


def round_even(model, x):
    """By floors, ceilings and comparisons, as torch-mlir lowers torch.round."""

    def number(value):
        return model.const(np.full([1] * len(x.shape), value), "f32")

    def logic(name, a, b, function):
        return model.op(name, [a, b], a.shape, "i1", function)

    floor = model.floor(x)
    ceiling = model.op("ceil", [x], x.shape, "f32", np.ceil)
    fraction = model.binary("sub", x, floor)
    half = model.mul(floor, number(0.5))
    is_even = model.compare("equal", model.binary("sub", half, model.floor(half)), number(0))
    is_half = model.compare("equal", fraction, number(0.5))
    is_less = model.compare("greater", number(0.5), fraction)
    to_even = logic("logical_and", is_half, is_even, np.logical_and)
    down = logic("logical_or", is_less, to_even, np.logical_or)
    return model.select(down, floor, ceiling)


@pytest.mark.parametrize("order", ["round then clamp", "clamp then round"])
@pytest.mark.parametrize("resources", [False, True])
def test_layers_of_torch(order, resources):
    """NCHW between NHWC, quantisers of float, weights with a scale per channel."""
    random = np.random.default_rng(18)
    model = tosa.Model(resources=resources)
    x = model.input((1, 16, 7, 7), "f32")
    y = model.transpose(x, [0, 2, 3, 1])
    scales = np.exp2(-(np.arange(32) % 3)).reshape(32, 1, 1, 1)
    for channels in (16, 32):
        y = model.mul(y, model.const(np.full((1, 1, 1, 1), 4.0), "f32"))
        if order == "round then clamp":
            y = model.clamp(round_even(model, y), 0.0, 3.0)
        else:
            y = round_even(model, model.clamp(y, 0.0, 3.0))
        y = model.mul(y, model.const(np.full((1, 1, 1, 1), 0.25), "f32"))
        w = random.choice([-1, 1], (32, 3, 3, channels)) * scales
        y = model.conv2d(y, model.const(w, "f32"), pad=(1, 1, 1, 1))
    model.output(model.transpose(y, [0, 3, 1, 2]))
    module = bitserial.from_tosa(model.text())
    assert module.report().low_bit == 2, str(module.report())
    assert [layer.activations.bits for layer in module.report().layers] == [2, 2]
    data = random.normal(0, 1, x.shape).astype(np.float32)
    data.flat[:60] = np.arange(-30, 30) / 8
    np.testing.assert_array_equal(module.main(data), model.evaluate(data)[0])


def test_int32_arithmetic():
    random = np.random.default_rng(12)
    model = tosa.Model()
    x = model.input((2, 3, 16), "i32")
    y = model.clamp(x, -1000, 1000)
    z = model.mul(y, model.const(random.integers(-9, 9, (1, 1, 16)), "i32"))
    z = model.binary("sub", z, y)
    z = model.binary("maximum", z, model.const([[[-5000]]], "i32"))
    scaled = model.mul(z, y, shift=4)
    model.output(scaled, model.reduce("reduce_sum", scaled, 1))
    check(model, full_range(random, x.shape, "i32"), low_bit=0)


def test_float_layers():
    """Floating-point layers are lowered by upstream's passes, too."""
    random = np.random.default_rng(13)
    model = tosa.Model()
    x = model.input((1, 5, 5, 4), "f32")
    w = random.standard_normal((6, 3, 3, 4)).astype(np.float32)
    zero = model.const([0.0], "f32")

    def compute(x, w, bias, *_):
        windows = np.lib.stride_tricks.sliding_window_view(x, (3, 3), (1, 2))
        return np.einsum("nhwcij,oijc->nhwo", windows, w) + bias

    y = model.op(
        "conv2d",
        [x, model.const(w, "f32"), model.const(np.arange(6.0), "f32"), zero, zero],
        (1, 3, 3, 6),
        "f32",
        compute,
        "acc_type = f32, pad = array<i64: 0, 0, 0, 0>, "
        "stride = array<i64: 1, 1>, dilation = array<i64: 1, 1>",
    )
    model.output(y)
    data = random.standard_normal(x.shape).astype(np.float32)
    module = bitserial.compile(model.text())
    np.testing.assert_allclose(
        module.main(data), model.evaluate(data)[0], rtol=1e-4, atol=1e-5
    )
    (reason,) = missed(module)
    assert reason.startswith("not low-bit: the activations may be anything in")


@pytest.mark.parametrize("seed", range(16))
def test_random_models(seed):
    """On the code paths of this machine in turn."""
    model, inputs, low_bit = tosa.random_model(seed)
    target = ["native", "haswell", "x86-64"][seed % 3]
    module = bitserial.compile(model.text(), target=target)
    assert found(module) >= low_bit
    np.testing.assert_array_equal(module.main(*inputs), model.evaluate(*inputs)[0])


@pytest.mark.parametrize("target", ["cortex-a53", "cortex-a7"])
def test_network_on_arm(target, tmp_path):
    emulator = cross.EMULATORS[target]
    if emulator.missing():
        pytest.skip(emulator.missing())
    random = np.random.default_rng(14)
    model = network(random)
    x = full_range(random, (1, 12, 12, 3))
    text = model.text().replace("@main", "@network")
    module = bitserial.compile(text, target=target)
    assert found(module) == 4
    call = cross.Call("network", module.object, [x], (1, 10))
    result = cross.run(emulator, [call], tmp_path)["network"]
    np.testing.assert_array_equal(result, model.evaluate(x)[0])
