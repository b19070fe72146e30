# Part of the bitserial project, under the Apache License v2.0 with LLVM
# Exceptions. See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Models in TOSA, as text and as what they compute.

Every op is built and interpreted at once, by the pseudocode of the TOSA
specification 1.0 in NumPy's int64, so that a module's text comes with the
result that it has to give.
"""

from __future__ import annotations

import dataclasses
from typing import Callable, Dict, List, Optional, Sequence, Tuple

import numpy as np

DTYPES = {
    "i1": np.bool_,
    "i8": np.int8,
    "i16": np.int16,
    "i32": np.int32,
    "i48": np.int64,
    "f32": np.float32,
}


def limits(element: str) -> Tuple[int, int]:
    """The smallest and largest signed number of an integer type."""
    bits = int(element[1:])
    return -(1 << (bits - 1)), (1 << (bits - 1)) - 1


@dataclasses.dataclass(frozen=True)
class Tensor:
    """A value of the model."""

    name: str
    shape: Tuple[int, ...]
    element: str

    @property
    def type(self) -> str:
        return "tensor<" + "".join(f"{s}x" for s in self.shape) + self.element + ">"


Values = Dict[str, np.ndarray]


def apply_scale(value, multiplier, shift, double_round=False):
    """apply_scale_32 and apply_scale_16; broadcast over the last dimension."""
    multiplier, shift = np.asarray(multiplier), np.asarray(shift)
    rounding = np.int64(1) << (shift - 1)
    if double_round:
        extra = np.where(value >= 0, 1 << 30, -(1 << 30))
        rounding = rounding + np.where(shift > 31, extra, 0)
    return (value * multiplier + rounding) >> shift


class Model:
    """A function @main that is being built. Ops are methods that return Tensors.

    resources: constants of more than 1000 elements stand behind the module.
    """

    def __init__(self, resources: bool = False):
        self.resources: Optional[Dict[str, str]] = {} if resources else None
        self.arguments: List[Tensor] = []
        self.lines: List[str] = []
        self.steps: List[Tuple[Tensor, Callable[[Values], np.ndarray]]] = []
        self.results: List[Tensor] = []

    # What a model is made of.

    def input(self, shape: Sequence[int], element: str = "i8") -> Tensor:
        tensor = Tensor(f"%x{len(self.arguments)}", tuple(shape), element)
        self.arguments.append(tensor)
        return tensor

    def const(self, value, element: str = "i8") -> Tensor:
        value = np.asarray(value)
        tensor = self._new(value.shape, element)
        if value.size > 1000 and element in ("i8", "i32", "f32"):
            bytes_ = value.astype(DTYPES[element]).tobytes().hex()
            if self.resources is None:
                text = f'"0x{bytes_}"'
            else:
                key = f"constant_{len(self.resources)}_{element}"
                self.resources[key] = f"0x40000000{bytes_}"  # aligned to 64 bytes
                text = key
        elif element.startswith("f"):
            text = str(value.astype(np.float32).tolist())
        else:
            text = str(value.astype(np.int64).tolist())
            if element == "i1":
                text = text.replace("1", "true").replace("0", "false")
        value = value.astype(np.float32 if element.startswith("f") else np.int64)
        if value.size and (value == value.flat[0]).all():
            text = text.replace("[", "").replace("]", "").split(",")[0]
        kind = "dense_resource" if self.resources and text in self.resources else "dense"
        self.lines.append(
            f'  {tensor.name} = "tosa.const"() <{{values = {kind}<{text}> : '
            f"{tensor.type}}}> : () -> {tensor.type}"
        )
        self.steps.append((tensor, lambda values: value))
        return tensor

    def op(
        self,
        name: str,
        operands: Sequence[Tensor],
        shape: Sequence[int],
        element: str,
        compute: Callable[..., np.ndarray],
        attributes: str = "",
    ) -> Tensor:
        """Any op with one result, in generic form; `compute` gets the operands."""
        tensor = self._new(shape, element)
        names = ", ".join(o.name for o in operands)
        types = ", ".join(o.type for o in operands)
        self.lines.append(
            f'  {tensor.name} = "tosa.{name}"({names}) '
            + (f"<{{{attributes}}}> " if attributes else "")
            + f": ({types}) -> {tensor.type}"
        )
        self.steps.append(
            (tensor, lambda values: compute(*[values[o.name] for o in operands]))
        )
        return tensor

    def _new(self, shape, element) -> Tensor:
        return Tensor(f"%v{len(self.steps)}", tuple(int(s) for s in shape), element)

    def output(self, *tensors: Tensor) -> "Model":
        self.results = list(tensors)
        return self

    def text(self) -> str:
        arguments = ", ".join(f"{a.name}: {a.type}" for a in self.arguments)
        types = ", ".join(r.type for r in self.results)
        names = ", ".join(r.name for r in self.results)
        lines = [f"func.func @main({arguments}) -> ({types}) {{", *self.lines]
        lines += [f"  return {names} : {types}", "}", ""]
        if self.resources:
            entries = ",\n".join(f'{k}: "{v}"' for k, v in self.resources.items())
            lines += ["{-# dialect_resources: { builtin: {", entries, "} } #-}", ""]
        return "\n".join(lines)

    def evaluate(self, *inputs: np.ndarray) -> List[np.ndarray]:
        """The results, in the types that compiled code gives them."""
        values: Values = {}
        for argument, value in zip(self.arguments, inputs):
            floats = argument.element.startswith("f")
            values[argument.name] = value if floats else value.astype(np.int64)
        for tensor, compute in self.steps:
            value = np.asarray(compute(values))
            assert value.shape == tensor.shape, (tensor, value.shape)
            if not tensor.element.startswith("f") and tensor.element != "i1":
                low, high = limits(tensor.element)
                assert low <= value.min() and value.max() <= high, f"{tensor} overflows"
            values[tensor.name] = value
        return [values[r.name].astype(DTYPES[r.element]) for r in self.results]

    # Contractions.

    def conv2d(
        self,
        x: Tensor,
        weights: Tensor,
        bias: Optional[Tensor] = None,
        pad=(0, 0, 0, 0),
        stride=(1, 1),
        dilation=(1, 1),
        zero_points=(0, 0),
        depthwise: bool = False,
    ) -> Tensor:
        """Weights O x KH x KW x I, or KH x KW x C x M; pad top, bottom, left, right."""
        accumulator = _accumulator(x.element)
        if depthwise:
            kh, kw, channels, multiplier = weights.shape
            outputs = channels * multiplier
        else:
            outputs, kh, kw, channels = weights.shape
        assert x.shape[3] == channels
        if bias is None:
            bias = self.const(np.zeros(1), accumulator)
        xz = self.const([zero_points[0]], x.element)
        wz = self.const([zero_points[1]], weights.element)
        height = x.shape[1] + pad[0] + pad[1] - (kh - 1) * dilation[0] - 1
        width = x.shape[2] + pad[2] + pad[3] - (kw - 1) * dilation[1] - 1
        assert height % stride[0] == 0 and width % stride[1] == 0, "TOSA refuses it"
        oh, ow = height // stride[0] + 1, width // stride[1] + 1

        def compute(x, w, bias, xz, wz):
            x, w = x - xz, w - wz
            x = np.pad(x, ((0, 0), pad[:2], pad[2:], (0, 0)))
            # Floats are summed in float64, and rounded once.
            kind = np.float64 if accumulator == "f32" else np.int64
            total = np.zeros((x.shape[0], oh, ow, outputs), kind)
            for i in range(kh):
                for j in range(kw):
                    top, left = i * dilation[0], j * dilation[1]
                    part = x[:, top : top + (oh - 1) * stride[0] + 1 : stride[0]]
                    part = part[
                        :, :, left : left + (ow - 1) * stride[1] + 1 : stride[1]
                    ]
                    if depthwise:
                        product = part[..., None] * w[i, j]
                        total += product.reshape(total.shape)
                    else:
                        total += np.einsum(
                            "nhwc,oc->nhwo", part.astype(kind), w[:, i, j].astype(kind)
                        )
            return (total + bias).astype(np.float32 if kind is np.float64 else kind)

        return self.op(
            "depthwise_conv2d" if depthwise else "conv2d",
            [x, weights, bias, xz, wz],
            (x.shape[0], oh, ow, outputs),
            accumulator,
            compute,
            f"acc_type = {accumulator}, pad = array<i64: {_list(pad)}>, "
            f"stride = array<i64: {_list(stride)}>, "
            f"dilation = array<i64: {_list(dilation)}>",
        )

    def matmul(self, a: Tensor, b: Tensor, zero_points=(0, 0)) -> Tensor:
        az = self.const([zero_points[0]], a.element)
        bz = self.const([zero_points[1]], b.element)
        return self.op(
            "matmul",
            [a, b, az, bz],
            (a.shape[0], a.shape[1], b.shape[2]),
            _accumulator(a.element),
            lambda a, b, az, bz: np.einsum("bmk,bkn->bmn", a - az, b - bz),
        )

    # Elementwise ops.

    def rescale(
        self,
        x: Tensor,
        element: str,
        multiplier,
        shift,
        zero_points=(0, 0),
        rounding: str = "SINGLE_ROUND",
        scale32: bool = True,
        input_unsigned: bool = False,
        output_unsigned: bool = False,
    ) -> Tensor:
        multiplier, shift = np.atleast_1d(multiplier), np.atleast_1d(shift)
        operands = [
            x,
            self.const(multiplier, "i32" if scale32 else "i16"),
            self.const(shift, "i8"),
            self.const([_signed(zero_points[0], x.element)], x.element),
            self.const([_signed(zero_points[1], element)], element),
        ]
        in_bits, out_bits = int(x.element[1:]), int(element[1:])

        def compute(x, *_):
            if input_unsigned:
                x = x % (1 << in_bits)
            scaled = apply_scale(
                x - zero_points[0], multiplier, shift, rounding == "DOUBLE_ROUND"
            )
            scaled = scaled + zero_points[1]
            if output_unsigned:
                scaled = np.clip(scaled, 0, (1 << out_bits) - 1)
                return scaled - ((scaled >> (out_bits - 1)) << out_bits)
            return np.clip(scaled, *limits(element))

        def flag(value):
            return "true" if value else "false"

        return self.op(
            "rescale",
            operands,
            x.shape,
            element,
            compute,
            f"scale32 = {flag(scale32)}, rounding_mode = #tosa.rounding_mode<{rounding}>, "
            f"per_channel = {flag(multiplier.size > 1)}, "
            f"input_unsigned = {flag(input_unsigned)}, "
            f"output_unsigned = {flag(output_unsigned)}",
        )

    def clamp(self, x: Tensor, low: float, high: float) -> Tensor:
        if x.element.startswith("f"):
            low, high = np.float32(low), np.float32(high)
        return self.op(
            "clamp",
            [x],
            x.shape,
            x.element,
            lambda x: np.clip(x, low, high),
            f"min_val = {low} : {x.element}, max_val = {high} : {x.element}",
        )

    def floor(self, x: Tensor) -> Tensor:
        return self.op("floor", [x], x.shape, x.element, np.floor)

    def shift_right(self, x: Tensor, amount: Tensor) -> Tensor:
        """With the sign, rounded down."""
        shape = np.broadcast_shapes(x.shape, amount.shape)
        return self.op(
            "arithmetic_right_shift",
            [x, amount],
            shape,
            x.element,
            np.right_shift,
            "round = false",
        )

    def cast(self, x: Tensor, element: str) -> Tensor:
        def compute(x):
            if element == "i1":
                return (x != 0).astype(np.int64)
            bits = int(element[1:])
            return ((x + (1 << (bits - 1))) % (1 << bits)) - (1 << (bits - 1))

        return self.op("cast", [x], x.shape, element, compute)

    def binary(self, name: str, a: Tensor, b: Tensor) -> Tensor:
        """add, sub, maximum, minimum, with broadcasting."""
        functions = {
            "add": np.add,
            "sub": np.subtract,
            "maximum": np.maximum,
            "minimum": np.minimum,
        }
        shape = np.broadcast_shapes(a.shape, b.shape)
        return self.op(name, [a, b], shape, a.element, functions[name])

    def mul(self, a: Tensor, b: Tensor, shift: int = 0) -> Tensor:
        def compute(a, b, _):
            return a * b if shift == 0 else apply_scale(a * b, 1, shift)

        shape = np.broadcast_shapes(a.shape, b.shape)
        element = a.element if a.element.startswith("f") else "i32"
        return self.op("mul", [a, b, self.const([shift], "i8")], shape, element, compute)

    def compare(self, name: str, a: Tensor, b: Tensor) -> Tensor:
        """equal, greater, greater_equal."""
        functions = {
            "equal": np.equal,
            "greater": np.greater,
            "greater_equal": np.greater_equal,
        }
        shape = np.broadcast_shapes(a.shape, b.shape)
        return self.op(
            name,
            [a, b],
            shape,
            "i1",
            lambda a, b: functions[name](a, b).astype(np.int64),
        )

    def select(self, condition: Tensor, a: Tensor, b: Tensor) -> Tensor:
        shape = np.broadcast_shapes(condition.shape, a.shape, b.shape)
        return self.op(
            "select",
            [condition, a, b],
            shape,
            a.element,
            lambda c, a, b: np.where(c != 0, a, b),
        )

    def sign(self, x: Tensor, element: str = "i8") -> Tensor:
        """1 where x >= 0, else -1."""
        ones = [1] * len(x.shape)
        zero = self.const(np.zeros(ones), x.element)
        plus = self.const(np.ones(ones), element)
        minus = self.const(-np.ones(ones), element)
        return self.select(self.compare("greater_equal", x, zero), plus, minus)

    def table(self, x: Tensor, table: np.ndarray) -> Tensor:
        """256 entries for the values -128 to 127."""
        return self.op(
            "table",
            [x, self.const(table, "i8")],
            x.shape,
            "i8",
            lambda x, t: t[x + 128],
        )

    # Ops that move elements, and pools.

    def max_pool(self, x: Tensor, kernel, stride, pad=(0, 0, 0, 0)) -> Tensor:
        low = -np.inf if x.element.startswith("f") else limits(x.element)[0]
        return self._pool(
            "max_pool2d",
            x,
            [],
            kernel,
            stride,
            pad,
            lambda windows, counts: windows.max(axis=0),
            fill=low,
        )

    def avg_pool(
        self, x: Tensor, kernel, stride, pad=(0, 0, 0, 0), zero_points=(0, 0)
    ) -> Tensor:
        def mean(windows, counts):
            total = windows.sum(axis=0)
            result = np.empty_like(total)
            for count in np.unique(counts):
                # reciprocal_scale and apply_scale_32
                bits = int(count - 1).bit_length() if count > 1 else 0
                multiplier = (((1 << 30) + 1) << bits) // int(count)
                scaled = apply_scale(total, multiplier, 30 + bits)
                result = np.where(counts == count, scaled, result)
            return np.clip(result + zero_points[1], *limits(x.element))

        zeros = [self.const([z], x.element) for z in zero_points]
        return self._pool(
            "avg_pool2d", x, zeros, kernel, stride, pad, mean, shift=zero_points[0]
        )

    def _pool(self, name, x, zeros, kernel, stride, pad, reduce, fill=0, shift=0):
        oh = (x.shape[1] + pad[0] + pad[1] - kernel[0]) // stride[0] + 1
        ow = (x.shape[2] + pad[2] + pad[3] - kernel[1]) // stride[1] + 1

        def compute(x, *_):
            around = ((0, 0), pad[:2], pad[2:], (0, 0))
            padded = np.pad(x - shift, around, constant_values=fill)
            inside = np.pad(np.ones_like(x), around)

            def windows(values):
                return np.stack(
                    [
                        values[
                            :,
                            i : i + (oh - 1) * stride[0] + 1 : stride[0],
                            j : j + (ow - 1) * stride[1] + 1 : stride[1],
                        ]
                        for i in range(kernel[0])
                        for j in range(kernel[1])
                    ]
                )

            return reduce(windows(padded), windows(inside).sum(axis=0))

        attributes = (
            f"kernel = array<i64: {_list(kernel)}>, "
            f"stride = array<i64: {_list(stride)}>, pad = array<i64: {_list(pad)}>"
        )
        if zeros:
            attributes += ", acc_type = i32"
        shape = (x.shape[0], oh, ow, x.shape[3])
        return self.op(name, [x, *zeros], shape, x.element, compute, attributes)

    def _shape(self, sizes: Sequence[int]) -> Tensor:
        """A !tosa.shape; only to be an operand."""
        name = f"%s{len(self.lines)}"
        kind = f"!tosa.shape<{len(sizes)}>"
        self.lines.append(
            f"  {name} = tosa.const_shape {{values = dense<[{_list(sizes)}]> : "
            f"tensor<{len(sizes)}xindex>}} : () -> {kind}"
        )

        class Shape(Tensor):
            type = kind

        shape = Shape(name, (), "")
        self.steps.append((Tensor(name, (), "i32"), lambda values: np.int64(0)))
        return shape

    def reshape(self, x: Tensor, shape: Sequence[int]) -> Tensor:
        return self.op(
            "reshape",
            [x, self._shape(shape)],
            shape,
            x.element,
            lambda x, _: x.reshape(shape),
        )

    def transpose(self, x: Tensor, perms: Sequence[int]) -> Tensor:
        return self.op(
            "transpose",
            [x],
            [x.shape[p] for p in perms],
            x.element,
            lambda x: x.transpose(perms),
            f"perms = array<i32: {_list(perms)}>",
        )

    def slice(self, x: Tensor, start: Sequence[int], size: Sequence[int]) -> Tensor:
        index = tuple(slice(b, b + s) for b, s in zip(start, size))
        return self.op(
            "slice",
            [x, self._shape(start), self._shape(size)],
            size,
            x.element,
            lambda x, *_: x[index],
        )

    def pad(self, x: Tensor, padding: Sequence[Tuple[int, int]], value: int) -> Tensor:
        flat = [p for pair in padding for p in pair]
        shape = [s + low + high for s, (low, high) in zip(x.shape, padding)]
        return self.op(
            "pad",
            [x, self._shape(flat), self.const([value], x.element)],
            shape,
            x.element,
            lambda x, *_: np.pad(x, padding, constant_values=value),
        )

    def concat(self, parts: Sequence[Tensor], axis: int) -> Tensor:
        shape = list(parts[0].shape)
        shape[axis] = sum(p.shape[axis] for p in parts)
        return self.op(
            "concat",
            parts,
            shape,
            parts[0].element,
            lambda *parts: np.concatenate(parts, axis),
            f"axis = {axis} : i32",
        )

    def reduce(self, name: str, x: Tensor, axis: int) -> Tensor:
        """reduce_sum, reduce_max, reduce_min."""
        functions = {
            "reduce_sum": np.sum,
            "reduce_max": np.max,
            "reduce_min": np.min,
        }
        shape = [1 if i == axis else s for i, s in enumerate(x.shape)]
        return self.op(
            name,
            [x],
            shape,
            x.element,
            lambda x: functions[name](x, axis=axis, keepdims=True),
            f"axis = {axis} : i32",
        )

    def argmax(self, x: Tensor, axis: int) -> Tensor:
        shape = [s for i, s in enumerate(x.shape) if i != axis]
        return self.op(
            "argmax",
            [x],
            shape,
            "i32",
            lambda x: np.argmax(x, axis),
            f"axis = {axis} : i32",
        )


def _list(values: Sequence[int]) -> str:
    return ", ".join(str(int(v)) for v in values)


def _accumulator(element: str) -> str:
    """The type of sums of products."""
    return {"i16": "i48", "f32": "f32"}.get(element, "i32")


def _signed(value: int, element: str) -> int:
    """An unsigned zero point as the signed number with the same bits."""
    bits = int(element[1:])
    return value - (1 << bits) if value >= 1 << (bits - 1) else value


# Models at random.


def random_model(seed: int, ops: int = 12) -> Tuple[Model, List[np.ndarray], int]:
    """A model, inputs, and how many of its contractions are low-bit for certain.

    Images of few channels go through ops drawn at random. Sums are brought back
    to few or to many bits, so that low-bit and ordinary layers follow each other.
    """
    random = np.random.default_rng(seed)
    model = Model()
    shape = (1, *random.integers(3, 8, 2), random.integers(1, 20))
    x = model.input(shape)
    inputs = [random.integers(-128, 128, shape).astype(np.int8)]
    few, low_bit = False, 0

    def limited(x):
        """A few values, in one of the ways that networks have."""
        kind = random.integers(5)
        if kind == 0:
            return model.clamp(x, 0, int(random.choice([1, 3, 7])))
        if kind == 1:
            low = int(random.integers(-20, 20))
            return model.clamp(x, low, low + int(random.choice([1, 2, 3])))
        if kind == 2:
            return model.sign(x)
        if kind == 3:
            return model.table(x, random.integers(-2, 2, 256))
        scaled = model.rescale(x, "i8", 1 << 30, 36)
        return model.clamp(scaled, -1, 1)

    for _ in range(ops):
        kind = random.integers(10)
        channels = x.shape[3]
        if kind <= 2:
            if not few and random.integers(3):
                x, few = limited(x), True
            kernel = [int(min(k, s)) for k, s in zip((3, 2), x.shape[1:3])]
            pad = tuple(int(p) for p in random.integers(0, 2, 4))
            zero = int(random.integers(-2, 3))
            narrow = random.integers(3) > 0
            depthwise = kind == 2
            outputs = int(random.integers(1, 20))
            sizes = (
                (*kernel, channels, int(random.integers(1, 3)))
                if depthwise
                else (outputs, *kernel, channels)
            )
            choices = [[-1, 1], [-1, 0, 1], [0, 1, 2, 3], [5, -5]]
            values = (
                random.choice(choices[random.integers(4)], sizes)
                if narrow
                else random.integers(-128, 128, sizes)
            )
            bias = None
            if random.integers(2):
                count = sizes[2] * sizes[3] if depthwise else outputs
                bias = model.const(random.integers(-500, 500, count), "i32")
            sums = model.conv2d(
                x,
                model.const(values),
                bias,
                pad=pad,
                zero_points=(zero, 0),
                depthwise=depthwise,
            )
            low_bit += few and narrow
            count = sums.shape[3]
            multiplier, shift = 1 << 30, int(random.integers(30, 42))
            if random.integers(2):
                multiplier = random.integers(1 << 29, (1 << 31) - 1, count)
                shift = random.integers(31, 42, count)
            rounding = ["SINGLE_ROUND", "DOUBLE_ROUND"][random.integers(2)]
            zeros = (0, int(random.integers(-5, 5)))
            x = model.rescale(sums, "i8", multiplier, shift, zeros, rounding)
            few = False
        elif kind == 3:
            x, few = limited(x), True
        elif kind == 4 and min(x.shape[1:3]) > 2:
            x = model.max_pool(x, (2, 2), (1, 1), pad=(0, 1, 1, 0))
        elif kind == 5 and min(x.shape[1:3]) > 2:
            x = model.avg_pool(x, (2, 2), (1, 1), (1, 0, 0, 1), (1, 2))
        elif kind == 6:
            x = model.transpose(x, (0, 2, 1, 3))
        elif kind == 7:
            other = model.const(random.integers(-1, 2, (1, 1, 1, channels)), "i32")
            total = model.binary("add", model.cast(x, "i32"), other)
            x = model.cast(model.clamp(total, -128, 127), "i8")
        elif kind == 8:
            half = channels // 2
            if half:
                sizes = (*x.shape[:3], half)
                first = model.slice(x, (0, 0, 0, 0), sizes)
                last = model.slice(x, (0, 0, 0, channels - half), sizes)
                x = model.concat([last, first], 3)
        else:
            widths = [(0, 0), (1, 0), (0, 1), (0, 0)]
            x = model.pad(x, widths, int(random.integers(-1, 2)))
    return model.output(x), inputs, low_bit
