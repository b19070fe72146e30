# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Builds the MLIR text of single contractions.

Each function returns a module with one function, `main(x, w)`, or `main(x)`
when the weights are given as a constant. Texts of functions with different
names can be joined with newlines into one module.

Needs neither the compiler nor MLIR. Every argument that the compiler would
reject is a ValueError here, which names the argument and what it may be.
"""

from __future__ import annotations

from typing import List, NamedTuple, Optional, Sequence, Tuple, Union

import numpy as np

from ._format import Format, FormatLike, Layout, _as_int

__all__ = ["conv2d", "matmul"]

_INT32_MIN, _INT32_MAX = -(2**31), 2**31 - 1

# Constants up to this many elements are printed as numbers, larger ones as one
# string of hexadecimal digits, which MLIR parses a hundred times as fast.
_READABLE_ELEMENTS = 64

_Layouts = Tuple[Optional[Layout], Optional[Layout]]


def conv2d(
    input: Sequence[int] = (1, 56, 56, 64),
    filter: Sequence[int] = (64, 3, 3, 64),
    activations: FormatLike = ("unsigned", 2),
    weights: FormatLike = ("bipolar", 1),
    strides: Union[int, Sequence[int]] = (1, 1),
    padding: Union[int, Sequence] = (1, 1),
    dilations: Union[int, Sequence[int]] = (1, 1),
    groups: int = 1,
    weights_value: Optional[np.ndarray] = None,
    *,
    layouts: _Layouts = (None, None),
    name: str = "main",
) -> str:
    """MLIR text of a 2-D convolution of low-bit numbers into 32-bit integers.

    The function takes x, the activations, of shape `input`, and w, the weights,
    of shape `filter`, and returns i32 of shape (batch, output height, output
    width, output channels). Padded positions contribute 0, whatever the format.

    input: (batch, height, width, channels).
    filter: (output channels, height, width, channels / groups).
    activations, weights: (kind, width), (kind, width, zero point) or a Format.
    strides, dilations: (vertical, horizontal), at least 1; or one for both.
    padding: (vertical, horizontal) or ((top, bottom), (left, right)), at least
      0; or one number for all sides.
    groups: output channels o and input channels c are connected where both are
      in the same of `groups` equal parts. As many groups as input channels
      make a depthwise convolution.
    weights_value: integers of shape `filter`. The weights are then a constant
      of the module, packed when it is compiled, and the function takes x only.
    layouts: bit layouts of activations and weights, None where the compiler
      shall choose. With groups, they are those of the operands with a group
      dimension: x[n, h, w, group, c] and w[group, o, kh, kw, c].
    name: of the function.
    """
    n, h, w, c = _sizes("input", input, ("batch", "height", "width", "channels"))
    o, kh, kw, fc = _sizes(
        "filter",
        filter,
        ("output channels", "height", "width", "input channels / groups"),
    )
    x_format = Format.of(activations, "activations")
    w_format = Format.of(weights, "weights")
    sh, sw = _pair("strides", strides, 1)
    dh, dw = _pair("dilations", dilations, 1)
    (top, bottom), (left, right) = _padding(padding)
    groups = _as_int(groups, "groups")
    if groups < 1:
        raise ValueError(f"groups must be at least 1, got {groups}")
    for what, size in (
        ("input channels, input[3]", c),
        ("output channels, filter[0]", o),
    ):
        if size % groups:
            raise ValueError(f"groups must divide the {what} = {size}, got {groups}")
    if fc != c // groups:
        raise ValueError(
            f"filter[3] must be input channels / groups = {c} / {groups} = "
            f"{c // groups}, got {fc}"
        )
    oh = _output_size("height", h, top + bottom, kh, dh, sh)
    ow = _output_size("width", w, left + right, kw, dw, sw)
    _check_accumulator(kh * kw * fc, x_format, w_format, "filter")
    value = _weights_value(weights_value, (o, kh, kw, fc), w_format)

    ih = _affine("oh", sh, "kh", dh)
    iw = _affine("ow", sw, "kw", dw)
    pad_low, pad_high = [0, top, left, 0], [0, bottom, right, 0]
    x_operand = _Operand(x_format, (n, h, w, c))
    w_operand = _Operand(w_format, (o, kh, kw, fc))
    body = _Body(name)
    body.argument("x", x_operand)
    if groups == 1:
        body.argument("w", w_operand, value)
        result = body.contract(
            "x",
            "w",
            x_operand,
            w_operand,
            (n, oh, ow, o),
            "n, oh, ow, o, kh, kw, c",
            (f"n, {ih}, {iw}, c", "o, kh, kw, c", "n, oh, ow, o"),
            (pad_low, pad_high),
            layouts,
        )
        return body.finish(result, (n, oh, ow, o))

    # A group is a dimension of its own.
    x_grouped = _Operand(x_format, (n, h, w, groups, c // groups))
    w_grouped = _Operand(w_format, (groups, o // groups, kh, kw, fc))
    x = body.reshape(
        "expand_shape", "x", "[[0], [1], [2], [3, 4]]", x_operand, x_grouped
    )
    if value is None:
        body.argument("w", w_operand)
        w_name = body.reshape(
            "expand_shape", "w", "[[0, 1], [2], [3], [4]]", w_operand, w_grouped
        )
    else:
        body.argument("w", w_grouped, value.reshape(w_grouped.shape))
        w_name = "w"
    grouped = (n, oh, ow, groups, o // groups)
    result = body.contract(
        x,
        w_name,
        x_grouped,
        w_grouped,
        grouped,
        "n, oh, ow, g, o, kh, kw, c",
        (f"n, {ih}, {iw}, g, c", "g, o, kh, kw, c", "n, oh, ow, g, o"),
        (pad_low[:3] + [0, 0], pad_high[:3] + [0, 0]),
        layouts,
    )
    result = body.reshape(
        "collapse_shape",
        result,
        "[[0], [1], [2], [3, 4]]",
        _Operand(None, grouped),
        _Operand(None, (n, oh, ow, o)),
    )
    return body.finish(result, (n, oh, ow, o))


def matmul(
    m: int,
    n: int,
    k: int,
    activations: FormatLike = ("unsigned", 2),
    weights: FormatLike = ("bipolar", 1),
    batch: Optional[int] = None,
    weights_value: Optional[np.ndarray] = None,
    *,
    layouts: _Layouts = (None, None),
    name: str = "main",
) -> str:
    """MLIR text of a product of low-bit matrices into 32-bit integers.

    The function takes x, the activations, of shape (m, k), and w, the weights,
    of shape (n, k), one row per output as in a fully connected layer, and
    returns ``x @ w.T`` of shape (m, n). With `batch`, all three have a leading
    dimension of that size: (batch, m, k), (batch, n, k) and (batch, m, n).

    m: rows of x; n: outputs; k: length of the dot products.
    activations, weights: (kind, width), (kind, width, zero point) or a Format.
    weights_value: integers of the shape of w. The weights are then a constant
      of the module, packed when it is compiled, and the function takes x only.
    layouts: bit layouts of activations and weights, None where the compiler
      shall choose.
    name: of the function.
    """
    m, n, k = (_size(*argument) for argument in (("m", m), ("n", n), ("k", k)))
    lead = () if batch is None else (_size("batch", batch),)
    x_format = Format.of(activations, "activations")
    w_format = Format.of(weights, "weights")
    _check_accumulator(k, x_format, w_format, "k")
    x_operand = _Operand(x_format, (*lead, m, k))
    w_operand = _Operand(w_format, (*lead, n, k))
    value = _weights_value(weights_value, w_operand.shape, w_format)

    b = "b, " if lead else ""
    body = _Body(name)
    body.argument("x", x_operand)
    body.argument("w", w_operand, value)
    result = body.contract(
        "x",
        "w",
        x_operand,
        w_operand,
        (*lead, m, n),
        f"{b}m, n, k",
        (f"{b}m, k", f"{b}n, k", f"{b}m, n"),
        None,
        layouts,
    )
    return body.finish(result, (*lead, m, n))


# ---------------------------------------------------------------------------
# Text
# ---------------------------------------------------------------------------


class _Operand(NamedTuple):
    """A tensor type: of low-bit numbers, or of i32 when format is None."""

    format: Optional[Format]
    shape: Tuple[int, ...]

    def __str__(self) -> str:
        element = self.format.mlir_type if self.format else "i32"
        return f"tensor<{'x'.join(map(str, self.shape))}x{element}>"


class _Body:
    """The function under construction; SSA names are the argument names."""

    def __init__(self, name: str):
        if not isinstance(name, str) or not name.isidentifier():
            raise ValueError(f"name must be an identifier, got {name!r}")
        self.name = name
        self.arguments: List[str] = []
        self.lines: List[str] = []
        self.count = 0

    def argument(self, name: str, operand: _Operand, value=None):
        """Declares %name as an argument, or as a constant with this value."""
        if value is None:
            self.arguments.append(f"%{name}: {operand}")
            return
        stored = "x".join(map(str, value.shape)) + f"xi{8 * value.itemsize}"
        self.lines.append(
            f"%{name} = bitserial.constant dense<{_dense(value)}> : tensor<{stored}> "
            f"to {operand}"
        )

    def _fresh(self) -> str:
        self.count += 1
        return f"{self.count - 1}"

    def contract(self, lhs, rhs, lhs_type, rhs_type, shape, dims, maps, pads, layouts):
        result = self._fresh()
        lines = [f"%{result} = bitserial.contract %{lhs}, %{rhs}"]
        for i, results in enumerate(maps):
            head = "    indexing_maps = [" if i == 0 else " " * 21
            tail = "]" if i == 2 else ","
            lines.append(f"{head}affine_map<({dims}) -> ({results})>{tail}")
        if pads and any(pads[0] + pads[1]):
            lines.append(f"    pad_low = {pads[0]} pad_high = {pads[1]}")
        attributes = _layout_attributes(layouts)
        if attributes:
            lines.append(f"    {{{attributes}}}")
        lines.append(f"    : {lhs_type}, {rhs_type}")
        lines.append(f"    -> {_Operand(None, shape)}")
        self.lines += lines
        return result

    def reshape(self, op, source, groups, source_type, result_type):
        result = self._fresh()
        shape = ""
        if op == "expand_shape":
            shape = f" output_shape {list(result_type.shape)}"
        self.lines.append(
            f"%{result} = tensor.{op} %{source} {groups}{shape} : {source_type} "
            f"into {result_type}"
        )
        return result

    def finish(self, result: str, shape: Tuple[int, ...]) -> str:
        tensor = _Operand(None, shape)
        lines = [f"func.func @{self.name}({', '.join(self.arguments)}) -> {tensor} {{"]
        lines += ["  " + line for line in self.lines]
        lines += [f"  return %{result} : {tensor}", "}", ""]
        return "\n".join(lines)


def _affine(d0: str, stride: int, d1: str, dilation: int) -> str:
    first = d0 if stride == 1 else f"{d0} * {stride}"
    second = d1 if dilation == 1 else f"{d1} * {dilation}"
    return f"{first} + {second}"


def _dense(value: np.ndarray) -> str:
    if value.size <= _READABLE_ELEMENTS:
        return str(value.tolist())
    return f'"0x{value.astype(value.dtype.newbyteorder("<")).tobytes().hex().upper()}"'


def _layout_attributes(layouts) -> str:
    if not isinstance(layouts, (tuple, list)) or len(layouts) != 2:
        raise ValueError(
            "layouts must be a pair (activations, weights) of bitserial.Layout or "
            f"None, got {layouts!r}"
        )
    parts = []
    for which, layout in zip(("lhs", "rhs"), layouts):
        if layout is None:
            continue
        if not isinstance(layout, Layout):
            raise ValueError(
                f"layouts must hold bitserial.Layout or None, got {layout!r}"
            )
        parts.append(f"bitserial.{which}_layout = {layout.mlir()}")
    return ", ".join(parts)


# ---------------------------------------------------------------------------
# Checks
# ---------------------------------------------------------------------------


def _size(argument: str, value) -> int:
    value = _as_int(value, argument)
    if value < 1:
        raise ValueError(f"{argument} must be at least 1, got {value}")
    return value


def _sizes(argument: str, value, names: Sequence[str]) -> Tuple[int, ...]:
    expected = f"({', '.join(names)})"
    if not isinstance(value, (tuple, list, np.ndarray)) or len(value) != len(names):
        raise ValueError(
            f"{argument} must have {len(names)} sizes {expected}, got {value!r}"
        )
    return tuple(
        _size(f"{argument}[{i}] ({name})", size)
        for i, (name, size) in enumerate(zip(names, value))
    )


def _pair(argument: str, value, least: int) -> Tuple[int, int]:
    if not isinstance(value, (tuple, list)):
        value = (value, value)
    if len(value) != 2:
        raise ValueError(
            f"{argument} must be one integer or a pair (vertical, horizontal), "
            f"got {value!r}"
        )
    pair = tuple(_as_int(v, f"{argument}[{i}]") for i, v in enumerate(value))
    for i, v in enumerate(pair):
        if v < least:
            raise ValueError(f"{argument}[{i}] must be at least {least}, got {v}")
    return pair


def _padding(value) -> Tuple[Tuple[int, int], Tuple[int, int]]:
    if isinstance(value, (tuple, list)) and any(
        isinstance(side, (tuple, list)) for side in value
    ):
        if len(value) != 2 or not all(
            isinstance(side, (tuple, list)) and len(side) == 2 for side in value
        ):
            raise ValueError(
                "padding must be (vertical, horizontal) or ((top, bottom), "
                f"(left, right)), got {value!r}"
            )
        return _pair("padding[0]", value[0], 0), _pair("padding[1]", value[1], 0)
    vertical, horizontal = _pair("padding", value, 0)
    return (vertical, vertical), (horizontal, horizontal)


def _output_size(side, size, padding, kernel, dilation, stride) -> int:
    extent = (kernel - 1) * dilation + 1
    if extent > size + padding:
        raise ValueError(
            f"filter does not fit: its {side} is {extent} with dilation {dilation}, "
            f"the input's is {size + padding} with padding"
        )
    return (size + padding - extent) // stride + 1


def _check_accumulator(terms: int, x: Format, w: Format, argument: str):
    products = [a * b for a in (x.min, x.max) for b in (w.min, w.max)]
    low, high = terms * min(products + [0]), terms * max(products + [0])
    if low < _INT32_MIN or high > _INT32_MAX:
        raise ValueError(
            f"{argument}: a sum of {terms} products of {x.width}-bit {x.kind} and "
            f"{w.width}-bit {w.kind} numbers can be anything in [{low}, {high}], "
            f"which does not fit the 32-bit result; at most "
            f"{_most_terms(products)} products fit"
        )


def _most_terms(products) -> int:
    low, high = min(products + [0]), max(products + [0])
    return min(
        _INT32_MIN // low if low else _INT32_MAX,
        _INT32_MAX // high if high else _INT32_MAX,
    )


def _weights_value(value, shape, fmt: Format) -> Optional[np.ndarray]:
    """The constant's values in the format's own type, or None."""
    if value is None:
        return None
    value = np.asarray(value)
    if value.dtype.kind not in "iu":
        raise ValueError(f"weights_value must hold integers, got dtype {value.dtype}")
    if value.shape != shape:
        raise ValueError(f"weights_value must have shape {shape}, got {value.shape}")
    wrong = ~np.isin(value, fmt.values())
    if wrong.any():
        index = tuple(int(i) for i in np.argwhere(wrong)[0])
        raise ValueError(
            f"weights_value[{', '.join(map(str, index))}] is {value[index]}, but "
            f"{fmt.width}-bit {fmt.kind} numbers are {fmt.describe()}"
        )
    return np.ascontiguousarray(value, dtype=fmt.dtype)
