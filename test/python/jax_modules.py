# Part of the bitserial project, under the Apache License v2.0 with LLVM
# Exceptions. See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Small random functions of JAX, from a seed, and how far results may differ.

Module number i of a seed does not depend on how many are made. The families of
FAMILIES take turns, so that a few dozen modules have some of each.

Results must be equal bit for bit, NaN for NaN, with one exception: sums of floats
in another order. `bound` of such a module gives, from its arguments, the error
that is allowed: a sum of n products in any order, fused or not, is off by at most
g(n) * sum |a||b| with g(n) = n u / (1 - n u), u = 2^-24 (Higham, Accuracy and
Stability of Numerical Algorithms, section 3.1); two of them differ by at most
twice as much.

    PYTHONPATH=build/python python test/python/jax_modules.py SEED INDEX

prints a module, runs it and compares.
"""

import dataclasses
import sys
from typing import Callable, List, Optional

import jax
import jax.numpy as jnp
import ml_dtypes
import numpy as np
from jax import lax

jax.config.update("jax_platforms", "cpu")

WIDE = ["int8", "uint8", "int16", "int32", "uint32"]
NARROW = ["int2", "uint2", "int4", "uint4"]
INTEGERS = [*WIDE, *NARROW]


def dtype(name: str) -> np.dtype:
    return np.dtype(getattr(ml_dtypes, name) if name in NARROW else name)


def is_narrow(array: np.ndarray) -> bool:
    return array.dtype.name in NARROW


def limits(name: str):
    info = ml_dtypes.iinfo(dtype(name))
    return int(info.min), int(info.max)


@dataclasses.dataclass
class JaxModule:
    """name: the family. function: of the arguments, to an array or a tuple.
    bound: see above; None for equal results. moves: only moves elements, which
    JAX does in bytes for shorter integers, as XLA cannot do all of it with
    them."""

    name: str
    function: Callable
    arguments: List[np.ndarray]
    bound: Optional[Callable] = None
    moves: bool = False


class Random:
    """Choices of one module."""

    def __init__(self, seed: int, index: int):
        self.generator = np.random.default_rng([seed, index])

    def choice(self, options):
        return options[self.generator.integers(len(options))]

    def integer(self, low: int, high: int) -> int:
        """Between `low` and `high`, both included."""
        return int(self.generator.integers(low, high, endpoint=True))

    def flip(self, probability: float = 0.5) -> bool:
        return bool(self.generator.random() < probability)

    def shape(self, low=1, high=4, most=6):
        return tuple(self.integer(1, most) for _ in range(self.integer(low, high)))

    def permutation(self, count: int):
        return tuple(int(i) for i in self.generator.permutation(count))

    def array(self, shape, name: str) -> np.ndarray:
        """All values of an integer type, or floats with infinities and NaN."""
        if name == "bool":
            return self.generator.random(shape) < 0.5
        if name == "float32":
            values = self.generator.standard_normal(shape).astype(np.float32) * 8
            odd = self.generator.random(shape) < 0.1
            special = np.array([np.nan, np.inf, -np.inf, -0.0, 0.5, 2.5], np.float32)
            return np.where(odd, self.generator.choice(special, shape), values)
        low, high = limits(name)
        values = self.generator.integers(low, high, shape, np.int64, endpoint=True)
        return values.astype(dtype(name))

    def small(self, shape, values=range(-4, 5), name="float32") -> np.ndarray:
        """Small integers, whose sums are exact in float32."""
        return self.generator.choice(list(values), shape).astype(dtype(name))

    def normal(self, shape) -> np.ndarray:
        return self.generator.standard_normal(shape).astype(np.float32)


def error_of_sums(terms: int):
    """By how much two float32 sums of so many products differ, at most, in units
    of the sum of the products' magnitudes."""
    u = 2.0**-24
    return 2 * terms * u / (1 - terms * u)


#===----------------------------------------------------------------------===#
# Contractions
#===----------------------------------------------------------------------===#


def operands(r: Random, x_shape, w_shape):
    """What a contraction multiplies: prepare(x) makes the factor of the argument.
    Returns x, w, prepare, the type of the result and whether sums are exact."""
    kind = r.choice(
        ["low", "low", "int8", "uint8", "int32", "floats", "exact", "narrow"]
    )
    keep = lambda x: x  # noqa: E731
    if kind == "floats":
        return r.normal(x_shape), r.normal(w_shape), keep, "float32", False
    if kind == "exact":
        return r.small(x_shape), r.small(w_shape), keep, "float32", True
    if kind == "int32":
        x, w = r.array(x_shape, "int32"), r.array(w_shape, "int32")
        return x, w, keep, "int32", True
    if kind in ("int8", "uint8"):
        x, w = r.array(x_shape, kind), r.array(w_shape, kind)
        return x, w, keep, "int32", True
    if kind == "narrow":
        name, other = r.choice(NARROW), r.choice(NARROW)
        wide = "int8"
        x, w = r.array(x_shape, name), r.array(w_shape, other).astype(np.int8)
        return x, w, lambda x: x.astype(wide), "int32", True
    low, high = r.choice([(0, 1), (0, 3), (-1, 1), (-2, 1), (0, 7), (5, 8)])
    weights = r.choice([(-1, 1), (-1, 0, 1), (0, 1, 2, 3), (-3, 0, 3)])
    w = r.small(w_shape, weights, "int8")
    return r.array(x_shape, "int8"), w, lambda x: jnp.clip(x, low, high), "int32", True


def contraction(r: Random, name, x_shape, w_shape, apply, terms: int) -> JaxModule:
    """`apply(x, w, result type)`, with w constant or an argument."""
    x, w, prepare, result, is_exact = operands(r, x_shape, w_shape)
    arguments = [x]
    if r.flip(0.3):
        arguments.append(w)

    def function(x, w=w):
        return apply(prepare(x), w, dtype(result))

    def bound(x, w=w):
        return error_of_sums(terms) * apply(abs(x), abs(w), dtype(result))

    return JaxModule(name, function, arguments, None if is_exact else bound)


def convolution(r: Random) -> JaxModule:
    spatial = r.choice([1, 2, 2, 2, 3])
    groups, batch_groups = r.choice([(1, 1), (1, 1), (1, 1), (2, 1), (3, 1), (1, 2)])
    inputs = r.choice([1, 2, 5])
    outputs = groups * batch_groups * r.choice([1, 2, 3])
    batch = batch_groups * r.integer(1, 2)
    size = [r.integer(3, 7 if spatial < 3 else 4) for _ in range(spatial)]
    taps = [r.integer(1, 3) for _ in range(spatial)]
    options = dict(
        window_strides=[r.integer(1, 3) for _ in range(spatial)],
        feature_group_count=groups,
        batch_group_count=batch_groups,
    )
    if r.flip(0.3):
        options["padding"] = r.choice(["SAME", "VALID"])
    else:
        options["padding"] = [
            (r.integer(-1, 2), r.integer(-1, 3)) for _ in range(spatial)
        ]
        if r.flip(0.3):
            options["lhs_dilation"] = [r.integer(1, 3) for _ in range(spatial)]
    if r.flip(0.4):
        options["rhs_dilation"] = [r.integer(1, 3) for _ in range(spatial)]
    orders = [r.permutation(spatial + 2) for _ in range(3)]
    options["dimension_numbers"] = lax.ConvDimensionNumbers(*orders)
    x_shape, w_shape = [0] * (spatial + 2), [0] * (spatial + 2)
    for dim, extent in zip(orders[0], [batch, inputs * groups, *size]):
        x_shape[dim] = extent
    for dim, extent in zip(orders[1], [outputs, inputs, *taps]):
        w_shape[dim] = extent

    def apply(x, w, result):
        return lax.conv_general_dilated(
            x, w, **options, preferred_element_type=result
        )

    terms = inputs * int(np.prod(taps))
    return contraction(r, "convolution", x_shape, w_shape, apply, terms)


def dot(r: Random) -> JaxModule:
    batch, contracting = r.integer(0, 2), r.integer(0, 2)
    sizes = [r.integer(1, 5) for _ in range(batch)]
    sizes += [r.choice([1, 3, 33, 70]) for _ in range(contracting)]
    shapes, dims = [], []
    for _ in range(2):
        free = [r.integer(1, 5) for _ in range(r.integer(0, 2))]
        rank = len(sizes) + len(free)
        order = r.permutation(rank)
        shape = [0] * rank
        for dim, size in zip(order, sizes + free):
            shape[dim] = size
        shapes.append(shape)
        dims.append(order)
    numbers = tuple(
        tuple(order[low:high] for order in dims)
        for low, high in ((batch, batch + contracting), (0, batch))
    )

    def apply(x, w, result):
        return lax.dot_general(x, w, numbers, preferred_element_type=result)

    terms = int(np.prod(sizes[batch:], dtype=int))
    return contraction(r, "dot", *shapes, apply, terms)


#===----------------------------------------------------------------------===#
# Reductions
#===----------------------------------------------------------------------===#


def reducer(r: Random, name: str):
    """A reduction that gives the same in any order, and its neutral element."""
    if name == "bool":
        return r.choice([(lax.bitwise_and, True), (lax.bitwise_or, False)])
    if name == "float32":
        return r.choice([(lax.max, -np.inf), (lax.min, np.inf), (lax.add, 0)])
    low, high = limits(name)
    choices = [(lax.add, 0), (lax.max, low), (lax.min, high), (lax.mul, 1)]
    if name in WIDE:  # JAX has no others for short integers
        choices += [(lax.bitwise_or, 0), (lax.bitwise_xor, 0)]
    return r.choice(choices)


def reduced(r: Random, shape):
    """An array to reduce, an operation and its initial value."""
    name = r.choice([*WIDE, "int4", "uint2", "float32", "float32", "bool"])
    operation, init = reducer(r, name)
    if name == "float32":
        x = r.small(shape) if operation is lax.add else r.array(shape, name)
    else:
        x = r.array(shape, name)
    return x, operation, np.asarray(init).astype(dtype(name))


def reduce_window(r: Random) -> JaxModule:
    shape = r.shape(1, 4, 7)
    rank = len(shape)
    x, operation, init = reduced(r, shape)
    window = [r.integer(1, 3) for _ in range(rank)]
    strides = [r.integer(1, 3) for _ in range(rank)]
    options = {}
    if r.flip(0.3):
        options["base_dilation"] = [r.integer(1, 3) for _ in range(rank)]
    if r.flip(0.3):
        options["window_dilation"] = [r.integer(1, 3) for _ in range(rank)]
    if r.flip(0.4):
        padding = r.choice(["SAME", "VALID"])
        if padding == "VALID":
            window = [min(w, s) for w, s in zip(window, shape)]
            options.pop("window_dilation", None)
        if padding == "SAME":
            options = {}
    else:
        padding = [(r.integer(-1, 2), r.integer(0, 3)) for _ in range(rank)]

    def function(x):
        return lax.reduce_window(
            x, init, operation, window, strides, padding, **options
        )

    return JaxModule("reduce_window", function, [x])


def reduction(r: Random) -> JaxModule:
    shape = r.shape(1, 4, 8)
    count = r.integer(1, len(shape))
    dims = tuple(sorted(r.permutation(len(shape))[:count]))
    x, operation, init = reduced(r, shape)
    kind = r.choice(["reduce", "reduce", "argmax", "pairs", "mean"])
    if kind == "argmax" and x.dtype != np.bool_:
        if x.dtype.itemsize == 1 and x.dtype.name in NARROW:
            x = x.astype(np.int8)
        axis = dims[0]
        return JaxModule(
            "argmax",
            lambda x: (jnp.argmax(x, axis), jnp.argmin(x, axis)),
            [x],
        )
    if kind == "pairs":
        y = r.array(shape, "int32")
        # The specification leaves open how often an initial value is used, and
        # XLA uses none where there is one element: neutral ones are all the same.
        least = np.int32(np.iinfo(np.int32).min)

        def both(a, b):
            return operation(a[0], b[0]), lax.max(a[1], b[1])

        return JaxModule(
            "reduction of pairs",
            lambda x, y: tuple(lax.reduce((x, y), (init, least), both, dims)),
            [x, y],
        )
    if kind == "mean":
        # Sums of small integers are exact; XLA multiplies by a rounded reciprocal.
        x = r.small(shape)

        def mean(x):
            return jnp.mean(x, dims, keepdims=True)

        return JaxModule("mean", mean, [x], lambda x: jnp.abs(mean(x)) * 2.0**-22)
    return JaxModule(
        "reduction", lambda x: lax.reduce(x, init, operation, dims), [x]
    )


#===----------------------------------------------------------------------===#
# Moved elements
#===----------------------------------------------------------------------===#


def any_array(r: Random, shape):
    return r.array(shape, r.choice([*INTEGERS, "float32", "bool"]))


def pad(r: Random) -> JaxModule:
    shape = r.shape()
    x = any_array(r, shape)
    value = r.array((), x.dtype.name)
    config = []
    for size in shape:
        interior = r.integer(0, 2)
        length = size + (size - 1) * interior
        low, high = r.integer(-2, 3), r.integer(-2, 3)
        if length + low + high < 0:
            low = high = 0
        config.append((low, high, interior))
    if r.flip(0.3):
        return JaxModule(
            "pad", lambda x, v: lax.pad(x, v, config), [x, value], moves=True
        )
    return JaxModule(
        "pad", lambda x: lax.pad(x, value.astype(x.dtype), config), [x], moves=True
    )


def slices(r: Random) -> JaxModule:
    shape = r.shape(most=9)
    x = any_array(r, shape)
    starts, limits_, strides = [], [], []
    for size in shape:
        start = r.integer(0, size - 1)
        starts.append(start)
        limits_.append(r.integer(start + (not r.flip(0.05)), size))
        strides.append(r.integer(1, 3))
    at = tuple(r.integer(0, size - 1) for size in shape)
    axis = r.integer(0, len(shape) - 1)

    def function(x):
        return (
            lax.slice(x, starts, limits_, strides),
            x[at],
            jnp.flip(x, axis),
            lax.slice_in_dim(x, -1, None, axis=axis),
        )

    return JaxModule("slices", function, [x], moves=True)


def concatenate(r: Random) -> JaxModule:
    shape = list(r.shape())
    axis = r.integer(0, len(shape) - 1)
    name = r.choice([*INTEGERS, "float32", "bool"])
    parts = []
    for _ in range(r.integer(1, 4)):
        shape[axis] = r.integer(0 if r.flip(0.1) else 1, 5)
        parts.append(r.array(shape, name))
    return JaxModule("concatenate", lambda *x: lax.concatenate(x, axis), parts, moves=True)


def moves(r: Random) -> JaxModule:
    """Chains of transpose, reshape, broadcast, expand, flip."""
    x = any_array(r, r.shape(most=5))
    steps, shape = [], x.shape
    for _ in range(r.integer(2, 5)):
        kind = r.choice(["transpose", "reshape", "broadcast", "expand", "flip"])
        if kind == "transpose":
            order = r.permutation(len(shape))
            steps.append(lambda v, order=order: jnp.transpose(v, order))
            shape = tuple(shape[i] for i in order)
        elif kind == "reshape":
            factors = [1]
            for size in shape:
                if r.flip():
                    factors.append(size)
                else:
                    factors[-1] *= size
            to = tuple(factors)
            steps.append(lambda v, to=to: v.reshape(to))
            shape = to
        elif kind == "broadcast" and np.prod(shape) < 200:
            to = (r.integer(1, 4), *shape)
            steps.append(lambda v, to=to: jnp.broadcast_to(v, to))
            shape = to
        elif kind == "expand":
            axis = r.integer(0, len(shape))
            steps.append(lambda v, axis=axis: jnp.expand_dims(v, axis))
            shape = (*shape[:axis], 1, *shape[axis:])
        else:
            axis = r.integer(0, len(shape) - 1)
            steps.append(lambda v, axis=axis: jnp.flip(v, axis))

    def function(x):
        for step in steps:
            x = step(x)
        return x

    return JaxModule("moves", function, [x], moves=True)


def indexing(r: Random) -> JaxModule:
    """dynamic_slice, dynamic_update_slice, gather: indices out of range too."""
    shape = r.shape(1, 3, 6)
    x = any_array(r, shape)
    kind = r.choice(["slice", "update", "take", "take", "take_along"])
    axis = r.integer(0, len(shape) - 1)
    sizes = [r.integer(1, size) for size in shape]
    at = [np.int32(r.integer(-2, size + 1)) for size in shape]
    if kind == "slice":
        return JaxModule(
            "dynamic_slice",
            lambda x, *at: lax.dynamic_slice(x, at, sizes),
            [x, *at],
            moves=True,
        )
    if kind == "update":
        y = r.array(sizes, x.dtype.name)
        return JaxModule(
            "dynamic_update_slice",
            lambda x, y, *at: lax.dynamic_update_slice(x, y, at),
            [x, y, *at],
            moves=True,
        )
    if kind == "take_along":
        indices = list(shape)
        indices[axis] = r.integer(1, 5)
        i = r.small(indices, range(shape[axis]), "int32")
        return JaxModule(
            "take_along",
            lambda x, i: jnp.take_along_axis(x, i, axis),
            [x, i],
            moves=True,
        )
    i = r.small(r.shape(0, 2, 4), range(-1, shape[axis] + 1), "int32")
    mode = r.choice(["clip", "wrap", "fill"])
    if is_narrow(x):
        mode = "clip"  # NumPy has no value to fill others with
    return JaxModule(
        "take", lambda x, i: jnp.take(x, i, axis, mode=mode), [x, i], moves=True
    )


def iota(r: Random) -> JaxModule:
    name = r.choice([*WIDE, *NARROW, "float32"])
    shape = r.shape()
    axis = r.integer(0, len(shape) - 1)
    x = r.array(shape, name)
    return JaxModule(
        "iota", lambda x: x + lax.broadcasted_iota(dtype(name), shape, axis), [x]
    )


#===----------------------------------------------------------------------===#
# Elementwise
#===----------------------------------------------------------------------===#


def integer_arithmetic(r: Random) -> JaxModule:
    name = r.choice(INTEGERS)
    shape = r.shape(1, 3, 8)
    x, y = r.array(shape, name), r.array(shape[-r.integer(1, len(shape)) :], name)
    binary = [
        lax.add,
        lax.sub,
        lax.mul,
        lax.div,
        lax.rem,
        lax.max,
        lax.min,
        lax.bitwise_and,
        lax.bitwise_or,
        lax.bitwise_xor,
        lax.shift_left,
        lax.shift_right_logical,
        lax.shift_right_arithmetic,
    ]
    unary = [lax.bitwise_not, lax.sign, lax.neg, lax.population_count, lax.clz]
    if name in NARROW:
        unary = unary[:3]  # those that JAX has for them
    elif limits(name)[0] < 0:
        unary.append(lax.abs)
    chosen = [r.choice(binary) for _ in range(4)] + [r.choice(unary) for _ in range(2)]

    def function(x, y):
        y = jnp.broadcast_to(y, shape)
        results, value = [], x
        for operation in chosen:
            value = operation(value, y) if operation in binary else operation(value)
            results.append(value)
        return tuple(results)

    return JaxModule("integer arithmetic", function, [x, y])


def conversions(r: Random) -> JaxModule:
    """Chains of types; floats beyond the range of an integer type saturate."""
    names = [r.choice([*INTEGERS, "float32", "bool"]) for _ in range(4)]
    x = r.array(r.shape(1, 2, 20), names[0])
    if names[0] == "float32" and r.flip():
        x = x * np.float32(1e9)

    def function(x):
        results = []
        for name in names[1:]:
            x = x.astype(dtype(name))
            results.append(x)
        return tuple(results)

    return JaxModule("conversions", function, [x])


def comparisons(r: Random) -> JaxModule:
    name = r.choice([*INTEGERS, "float32", "bool"])
    shape = r.shape(1, 3, 8)
    x, y = r.array(shape, name), r.array(shape, name)
    y.reshape(-1)[: y.size // 2] = x.reshape(-1)[: y.size // 2]
    a, b = any_array(r, shape), None
    b = r.array(shape, a.dtype.name)
    compare = r.choice([lax.eq, lax.ne, lax.lt, lax.le, lax.gt, lax.ge])
    scalar = r.flip(0.2)

    def function(x, y, a, b):
        p = compare(x, y)
        chosen = lax.select(p.reshape(-1)[0] if scalar else p, a, b)
        return p, chosen

    return JaxModule("comparisons", function, [x, y, a, b])


def float_chain(r: Random) -> JaxModule:
    """Clamps and roundings; products are by powers of two and so exact, since
    XLA may fuse a product and a sum."""
    shape = r.shape(1, 3, 9)
    x = r.array(shape, "float32")
    low, high = sorted(np.float32(v) for v in (r.integer(-9, 5), r.integer(0, 9)))
    limit = np.float32(r.choice([1.0, 3.5, 7.0]))
    scale = np.float32(2.0 ** r.integer(-3, 3))
    steps = [
        lambda v: jnp.clip(v, low, high),
        lambda v: jnp.round(v),
        lambda v: lax.round(v, lax.RoundingMethod.AWAY_FROM_ZERO),
        lambda v: jnp.floor(v),
        lambda v: jnp.ceil(v),
        lambda v: v * scale,
        lambda v: v / scale,
        lambda v: jnp.maximum(v, 0),
        lambda v: jnp.minimum(v, limit),
        lambda v: jnp.sign(v),
        lambda v: jnp.abs(v),
        lambda v: -v,
        lambda v: jnp.where(v >= 0, 1.0, -1.0).astype(np.float32),
        lambda v: lax.clamp(low, v, high),
        lambda v: jnp.sqrt(jnp.abs(v)),
    ]
    chosen = [r.choice(steps) for _ in range(r.integer(2, 6))]
    to = r.choice([None, "int8", "uint8", "int4", "uint2", "int32"])

    def function(x):
        for step in chosen:
            x = step(x)
        return x if to is None else x.astype(dtype(to))

    return JaxModule("float chain", function, [x])


#===----------------------------------------------------------------------===#
# Functions of functions
#===----------------------------------------------------------------------===#


def nested(r: Random) -> JaxModule:
    """Private functions that call private functions, with shared bounds."""
    first, second = r.choice([1, 3, 7]), r.choice([1, 3, 15])
    features = r.choice([8, 20, 40])
    w = r.small((features, features), (-1, 1), "int32")

    @jax.jit
    def quantise(x, high):
        return jnp.clip(x, 0, high)

    @jax.jit
    def layer(x, high):
        return quantise(x, high) @ w

    @jax.jit
    def twice(x):
        return layer(layer(x, first) >> 2, second)

    x = r.array((r.integer(1, 4), features), "int32")
    return JaxModule("nested functions", lambda x: (twice(x), quantise(x, first)), [x])


def network(r: Random) -> JaxModule:
    """A convolution, requantisation, pool, dense layer."""
    channels, width = r.choice([1, 3]), r.choice([4, 8])
    first = r.small((3, 3, channels, width), (-1, 1), "int8")
    second = r.small((4 * width, 5), (-1, 0, 1), "int8")
    shift, high = r.integer(1, 4), r.choice([1, 3])
    narrow = r.choice([None, "uint2", "uint4"])

    def function(x):
        x = jnp.clip(x, 0, high)
        x = lax.conv_general_dilated(
            x,
            first,
            (1, 1),
            "SAME",
            dimension_numbers=("NHWC", "HWIO", "NHWC"),
            preferred_element_type=np.int32,
        )
        x = jnp.clip(x >> shift, 0, 3).astype(np.int8)
        if narrow:
            x = x.astype(dtype(narrow)).astype(np.int8)
        x = lax.reduce_window(
            x, np.int8(-128), lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "VALID"
        )
        return lax.dot(
            x.reshape(x.shape[0], -1), second, preferred_element_type=np.int32
        )

    return JaxModule("network", function, [r.array((2, 4, 4, channels), "int8")])


FAMILIES = [
    convolution,
    dot,
    reduce_window,
    reduction,
    pad,
    slices,
    integer_arithmetic,
    concatenate,
    float_chain,
    convolution,
    comparisons,
    moves,
    conversions,
    dot,
    reduce_window,
    nested,
    indexing,
    iota,
    convolution,
    network,
]


def make(seed: int, index: int) -> JaxModule:
    """Module number `index` of a seed."""
    return FAMILIES[index % len(FAMILIES)](Random(seed, index))


def text(module: JaxModule) -> str:
    """Its StableHLO."""
    return jax.jit(module.function).lower(*module.arguments).as_text()


def results(value) -> List[np.ndarray]:
    values = value if isinstance(value, (tuple, list)) else (value,)
    return [np.asarray(v) for v in values]


def compare(module: JaxModule, compiled) -> None:
    """Runs both; raises AssertionError where they differ by more than allowed."""
    got = results(compiled.main(*module.arguments))
    arguments = module.arguments
    if module.moves:
        arguments = [a.astype(np.int8) if is_narrow(a) else a for a in arguments]
    expected = results(jax.jit(module.function)(*arguments))
    assert len(got) == len(expected)
    if module.moves:
        expected = [e.astype(g.dtype) for e, g in zip(expected, got)]
    bounds = [None] * len(got)
    if module.bound:
        bounds = results(jax.jit(module.bound)(*module.arguments))
    for actual, wanted, bound in zip(got, expected, bounds):
        assert actual.dtype == wanted.dtype, (actual.dtype, wanted.dtype)
        assert actual.shape == wanted.shape
        if bound is None:
            # -0.0 and 0.0 compare equal: which of them a maximum is, is open.
            np.testing.assert_array_equal(
                *(a.astype(np.int8) if is_narrow(a) else a for a in (actual, wanted))
            )
        else:
            excess = np.abs(actual.astype(float) - wanted) - bound
            assert np.all(excess <= 0), f"{np.max(excess)} more than allowed"


def main() -> int:
    import bitserial

    seed, index = map(int, sys.argv[1:])
    module = make(seed, index)
    print(text(module))
    compare(module, bitserial.compile(text(module)))
    print(f"seed {seed}, module {index} ({module.name}): equal")
    return 0


if __name__ == "__main__":
    sys.exit(main())
