# Part of the bitserial project, under the Apache License v2.0 with LLVM
# Exceptions. See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Modules that are broken, or meant to bring the compiler down: name, text, and
what the error says."""


def function(body, arguments="%x: tensor<1x8x8x4xi8>", results="tensor<4xi32>"):
    return f"func.func @main({arguments}) -> {results} {{\n{body}\n}}\n"


def tosa_const(name, value, type):
    return f'  %{name} = "tosa.const"() <{{values = {value} : {type}}}> : () -> {type}\n'


def tosa_conv(
    x="1x8x8x4xi8",
    w="8x3x3x4xi8",
    bias="8xi32",
    out="1x6x6x8xi32",
    pad="0, 0, 0, 0",
    stride="1, 1",
    dilation="1, 1",
    zero="dense<0>",
    weights=None,
    acc="i32",
):
    weights = weights or f"dense<1> : tensor<{w}>"
    return function(
        f'  %w = "tosa.const"() <{{values = {weights}}}> : () -> tensor<{w}>\n'
        + tosa_const("b", "dense<0>", f"tensor<{bias}>")
        + tosa_const("z", zero, "tensor<1xi8>")
        + f"  %0 = tosa.conv2d %x, %w, %b, %z, %z {{acc_type = {acc}, "
        f"pad = array<i64: {pad}>, stride = array<i64: {stride}>, "
        f"dilation = array<i64: {dilation}>}} : (tensor<{x}>, tensor<{w}>, "
        f"tensor<{bias}>, tensor<1xi8>, tensor<1xi8>) -> tensor<{out}>\n"
        f"  return %0 : tensor<{out}>",
        f"%x: tensor<{x}>",
        f"tensor<{out}>",
    )


def hlo_conv(
    x="1x8x8x2xf32",
    w="3x3x2x4xf32",
    out="1x6x6x4xf32",
    numbers="[b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f]",
    window="",
    groups=1,
    batches=1,
):
    return function(
        f"  %0 = stablehlo.convolution(%x, %w) dim_numbers = {numbers}, window = "
        f"{{{window}}} {{feature_group_count = {groups} : i64, batch_group_count = "
        f"{batches} : i64}} : (tensor<{x}>, tensor<{w}>) -> tensor<{out}>\n"
        f"  return %0 : tensor<{out}>",
        f"%x: tensor<{x}>, %w: tensor<{w}>",
        f"tensor<{out}>",
    )


def hlo(op, arguments="%x: tensor<4xf32>", result="tensor<4xf32>"):
    return function(f"  %0 = {op}\n  return %0 : {result}", arguments, result)


def contract(
    x="4x70x!bitserial.int<2, unsigned>",
    w="3x70x!bitserial.int<1, bipolar>",
    maps=("(m, n, k) -> (m, k)", "(m, n, k) -> (n, k)", "(m, n, k) -> (m, n)"),
    out="4x3xi32",
    options="",
):
    maps = ", ".join(f"affine_map<{m}>" for m in maps)
    return function(
        f"  %0 = bitserial.contract %x, %w {options} indexing_maps = [{maps}] : "
        f"tensor<{x}>, tensor<{w}> -> tensor<{out}>\n  return %0 : tensor<{out}>",
        f"%x: tensor<{x}>, %w: tensor<{w}>",
        f"tensor<{out}>",
    )


IDENTITY = hlo("stablehlo.abs %x : tensor<4xf32>")

#===----------------------------------------------------------------------===#
# Text
#===----------------------------------------------------------------------===#

TEXT = {
    "nothing": ("", "there is nothing to compile"),
    "no function": ("module {\n}\n", "there is nothing to compile"),
    "truncated": (tosa_conv()[:-40], "expected"),
    "truncated in a constant": (tosa_conv()[:120], "expected"),
    "a brace too many": (IDENTITY + "}\n", "expected operation name"),
    "zeros": ("\0" * 4096, "there is nothing to compile"),
    "binary": (bytes(range(256)).decode("latin-1"), "unexpected character"),
    "bytecode, cut off": ("ML\xefR\x06", "attempting to parse"),
    "deep nesting of types": (
        hlo("stablehlo.abs %x : " + "tuple<" * 20000 + "i8" + ">" * 20000),
        "nest",
    ),
    "deep nesting of regions": ("module {\n" * 20000 + "}\n" * 20000, "nest"),
    "deep nesting of attributes": (
        "module attributes {a = " + "[" * 50000 + "]" * 50000 + "} {}\n",
        "nest",
    ),
    "deep nesting of maps": (
        "func.func @main() attributes {a = affine_map<(d) -> ("
        + "(" * 30000
        + "d"
        + ")" * 30000
        + ")>} { return }\n",
        "nest",
    ),
    "a long name": (
        f"func.func @main(%x: tensor<4x{'i' * 10**6}>) {{ return }}\n",
        "expected",
    ),
    "a wide integer": (
        "func.func @main(%x: tensor<4xi99999999>) { return }\n",
        "integer bitwidth is limited",
    ),
    "a size beyond 64 bits": (
        f"func.func @main(%x: tensor<{'9' * 30}xi8>) {{ return }}\n",
        "invalid dimension",
    ),
    "duplicate symbols": (IDENTITY + IDENTITY, "redefinition of symbol named 'main'"),
    "unknown dialect": (hlo("onnx.Relu %x : tensor<4xf32>"), "onnx"),
    "unknown value": (hlo("stablehlo.abs %y : tensor<4xf32>"), "undeclared SSA value"),
    "a use before its definition": (
        function(
            "  %0 = stablehlo.abs %1 : tensor<4xf32>\n"
            "  %1 = stablehlo.abs %0 : tensor<4xf32>\n  return %1 : tensor<4xf32>",
            "",
            "tensor<4xf32>",
        ),
        "does not dominate",
    ),
    "a return of another type": (
        function("  return %x : tensor<1x8x8x4xi8>"),
        "doesn't match function result type",
    ),
}

#===----------------------------------------------------------------------===#
# Calls and interfaces
#===----------------------------------------------------------------------===#

PRIVATE = "func.func private @{0}(%x: tensor<4xf32>) -> tensor<4xf32> {{\n{1}\n}}\n"


def calls(names):
    """Private functions that call one another in a circle, and one that begins."""
    text = ""
    for name, callee in zip(names, [*names[1:], names[0]]):
        text += PRIVATE.format(
            name,
            f"  %0 = call @{callee}(%x) : (tensor<4xf32>) -> tensor<4xf32>\n"
            "  %1 = stablehlo.abs %0 : tensor<4xf32>\n  return %1 : tensor<4xf32>",
        )
    return text + hlo(f"call @{names[0]}(%x) : (tensor<4xf32>) -> tensor<4xf32>")


def doubling(depth):
    """Each function calls the one before twice: 2^depth bodies when inlined."""
    text = PRIVATE.format(
        "f0", "  %0 = stablehlo.sqrt %x : tensor<4xf32>\n  return %0 : tensor<4xf32>"
    )
    for i in range(1, depth + 1):
        text += PRIVATE.format(
            f"f{i}",
            f"  %0 = call @f{i - 1}(%x) : (tensor<4xf32>) -> tensor<4xf32>\n"
            f"  %1 = call @f{i - 1}(%0) : (tensor<4xf32>) -> tensor<4xf32>\n"
            "  return %1 : tensor<4xf32>",
        )
    return text + hlo(f"call @f{depth}(%x) : (tensor<4xf32>) -> tensor<4xf32>")


INTERFACES = {
    "recursion": (calls(["f"]), "recursive"),
    "mutual recursion": (calls(["f", "g", "h"]), "recursive"),
    "recursion of the public function": (
        hlo("call @main(%x) : (tensor<4xf32>) -> tensor<4xf32>"),
        "recursive",
    ),
    "calls that double": (doubling(30), "too many"),
    "a call of nothing": (
        hlo("call @f(%x) : (tensor<4xf32>) -> tensor<4xf32>"),
        "does not reference a valid function",
    ),
    "a call of another type": (
        PRIVATE.format("f", "  return %x : tensor<4xf32>")
        + hlo("call @f(%x) : (tensor<4xf32>) -> tensor<5xf32>", result="tensor<5xf32>"),
        "result type mismatch",
    ),
    "an attribute without a name": (
        hlo(
            "tosa.clamp %x {min_val = 3 : i8,  = 3 : i8} : (tensor<4xi8>) -> tensor<4xi8>",
            "%x: tensor<4xi8>",
            "tensor<4xi8>",
        ),
        "cannot be parsed",
    ),
    "a dynamic shape": (
        hlo("tosa.abs %x : (tensor<?xf32>) -> tensor<?xf32>", "%x: tensor<?xf32>", "tensor<?xf32>"),
        "its shape is not static",
    ),
    "an unranked shape": (
        hlo("tosa.abs %x : (tensor<*xf32>) -> tensor<*xf32>", "%x: tensor<*xf32>", "tensor<*xf32>"),
        "neither a ranked tensor nor a scalar",
    ),
    "an odd width": (
        hlo("tosa.abs %x : (tensor<4xi37>) -> tensor<4xi37>", "%x: tensor<4xi37>", "tensor<4xi37>"),
        "its element type has no counterpart in C",
    ),
    "a complex type": (
        hlo("stablehlo.abs %x : tensor<4xcomplex<f32>>", "%x: tensor<4xcomplex<f32>>", "tensor<4xcomplex<f32>>"),
        "must be tensor",
    ),
}

#===----------------------------------------------------------------------===#
# TOSA
#===----------------------------------------------------------------------===#

HUGE = "1000000000"

TOSA = {
    "rfft2d": (
        function(
            "  %0, %1 = tosa.rfft2d %x : (tensor<4x8x16xf32>) -> (tensor<4x8x9xf32>, "
            "tensor<4x8x9xf32>)\n  return %0 : tensor<4x8x9xf32>",
            "%x: tensor<4x8x16xf32>",
            "tensor<4x8x9xf32>",
        ),
        "'tosa.rfft2d' cannot be compiled",
    ),
    "unknown op": (hlo("tosa.fancy %x : tensor<4xf32>"), "tosa.fancy"),
    "missing operands": (
        hlo('"tosa.conv2d"(%x) : (tensor<4xf32>) -> tensor<4xf32>'),
        "expected 5 operands, but found 1",
    ),
    "negative padding": (tosa_conv(pad="-1, 0, 0, 0"), "pad"),
    "overflowing padding": (
        tosa_conv(pad="4611686018427387904, 4611686018427387904, 0, 0"),
        "calculated output height did not match",
    ),
    "no stride": (tosa_conv(stride="0, 1"), "stride"),
    "overflowing dilation": (tosa_conv(dilation="9223372036854775807, 1"), "calculated output height did not match"),
    "two strides missing": (tosa_conv(stride=""), "expected integer literal"),
    "a result of another shape": (tosa_conv(out="1x7x6x8xi32"), "calculated output height"),
    "channels that differ": (tosa_conv(w="8x3x3x5xi8"), "dimension 3 of the input has size 4, but dimension 3 of the weights has size 5"),
    "a bias of another size": (tosa_conv(bias="7xi32"), "bias"),
    "a float accumulator": (tosa_conv(acc="f32"), "acc"),
    "matrices that do not fit": (
        function(
            tosa_const("z", "dense<0>", "tensor<1xi8>")
            + "  %0 = tosa.matmul %x, %w, %z, %z : (tensor<1x4x5xi8>, tensor<1x6x7xi8>, "
            "tensor<1xi8>, tensor<1xi8>) -> tensor<1x4x7xi32>\n"
            "  return %0 : tensor<1x4x7xi32>",
            "%x: tensor<1x4x5xi8>, %w: tensor<1x6x7xi8>",
            "tensor<1x4x7xi32>",
        ),
        "dimension 2 of the input has size 5, but dimension 1 of the weights has size 6",
    ),
    "a zero point out of range": (tosa_conv(zero="dense<300>"), "integer constant out of range for type"),
    "weights, a string of odd length": (
        tosa_conv(weights='dense<"0x010"> : tensor<8x3x3x4xi8>'),
        "expected string containing hex digits",
    ),
    "weights, too few bytes": (
        tosa_conv(weights='dense<"0x0101"> : tensor<8x3x3x4xi8>'),
        "hex data size is invalid",
    ),
    "weights, a missing resource": (
        tosa_conv(weights="dense_resource<w> : tensor<8x3x3x4xi8>"),
        "the resource 'w' has 0 bytes",
    ),
    "weights, a short resource": (
        tosa_conv(weights="dense_resource<w> : tensor<8x3x3x4xi8>")
        + '{-#\n  dialect_resources: { builtin: { w: "0x010000000101" } }\n#-}\n',
        "the resource 'w' has 2 bytes",
    ),
    "weights of another shape": (
        tosa_conv(weights="dense<[1, 2]> : tensor<8x3x3x4xi8>"),
        "does not match type ([8, 3, 3, 4])",
    ),
    "a constant of 10^9 different numbers' size": (
        tosa_conv(
            x=f"1x3x3x{HUGE}xi8", w=f"1x3x3x{HUGE}xi8", bias="1xi32", out="1x1x1x1xi32"
        ),
        "has more than 2^28 elements",
    ),
    "a reshape to other sizes": (
        function(
            "  %s = tosa.const_shape {values = dense<[3]> : tensor<1xindex>} : () -> "
            "!tosa.shape<1>\n  %0 = tosa.reshape %x, %s : (tensor<4xf32>, "
            "!tosa.shape<1>) -> tensor<3xf32>\n  return %0 : tensor<3xf32>",
            "%x: tensor<4xf32>",
            "tensor<3xf32>",
        ),
        "reshape",
    ),
    "control flow without regions": (
        hlo('"tosa.while_loop"(%x) ({}, {}) : (tensor<4xf32>) -> tensor<4xf32>'),
        "region with 1 blocks",
    ),
    "a table of another size": (
        function(
            tosa_const("t", "dense<0>", "tensor<100xi8>")
            + "  %0 = tosa.table %x, %t : (tensor<4xi8>, tensor<100xi8>) -> tensor<4xi8>\n"
            "  return %0 : tensor<4xi8>",
            "%x: tensor<4xi8>",
            "tensor<4xi8>",
        ),
        "a table of 100 entries, expected 256",
    ),
}

#===----------------------------------------------------------------------===#
# StableHLO
#===----------------------------------------------------------------------===#

STABLEHLO = {
    "hlo: unknown op": (
        hlo("stablehlo.cholesky %x : tensor<4xf32>"),
        "'stablehlo.cholesky' is not among the StableHLO ops that are supported",
    ),
    "hlo: wrong types": (
        hlo("stablehlo.add %x, %x : (tensor<4xf32>, tensor<4xi8>) -> tensor<4xf32>"),
        "expects different type than prior uses",
    ),
    "hlo: too many operands": (
        hlo('"stablehlo.add"(%x, %x, %x) : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>'),
        "expected 2 operands",
    ),
    "hlo: no attribute": (
        hlo('"stablehlo.transpose"(%x) : (tensor<4xf32>) -> tensor<4xf32>'),
        "requires attribute 'permutation'",
    ),
    "hlo: an attribute of another kind": (
        hlo('"stablehlo.transpose"(%x) <{permutation = "x"}> : (tensor<4xf32>) -> tensor<4xf32>'),
        "permutation",
    ),
    "hlo: 10^18 elements": (
        hlo(
            f"stablehlo.broadcast_in_dim %x, dims = [0] : (tensor<4xf32>) -> tensor<4x{HUGE}x{HUGE}xf32>",
            result=f"tensor<4x{HUGE}x{HUGE}xf32>",
        ),
        "tensor of static shape and at most 2^40 elements",
    ),
    "hlo: 10^30 elements": (
        hlo(
            f"stablehlo.abs %x : tensor<{HUGE}x{HUGE}x{HUGE}x{HUGE}xf32>",
            f"%x: tensor<{HUGE}x{HUGE}x{HUGE}x{HUGE}xf32>",
            f"tensor<{HUGE}x{HUGE}x{HUGE}x{HUGE}xf32>",
        ),
        "tensor of static shape and at most 2^40 elements",
    ),
    "hlo: a constant of another type": (
        hlo("stablehlo.constant dense<1> : tensor<5xf32>"),
        "unexpected decimal integer literal",
    ),
    "hlo: a splat of 10^12 strings": (
        hlo('stablehlo.constant dense<"a"> : tensor<4x!stablehlo.token>'),
        "the type '!stablehlo.token' is not supported",
    ),
    "hlo: overflowing padding": (
        hlo(
            "stablehlo.pad %x, %c, low = [9223372036854775807], high = "
            "[9223372036854775807], interior = [9223372036854775807] : (tensor<4xf32>, "
            "tensor<f32>) -> tensor<4xf32>",
            "%x: tensor<4xf32>, %c: tensor<f32>",
        ),
        "low has the entry",
    ),
    "hlo: a number beyond 64 bits": (
        hlo("stablehlo.slice %x [0:99999999999999999999] : (tensor<4xf32>) -> tensor<4xf32>"),
        "integer value too large",
    ),
    "hlo: a window of no size": (hlo_conv(window="stride = [0, 0]"), "stride has the entry 0"),
    "hlo: a dilation that overflows": (
        hlo_conv(window="rhs_dilate = [4611686018427387904, 1]"),
        "rhs_dilate has the entry",
    ),
    "hlo: padding for one dimension": (hlo_conv(window="pad = [[1, 1]]"), "padding"),
    "hlo: padding of three": (hlo_conv(window="pad = [[1, 1, 1], [0, 0, 0]]"), "low and high padding"),
    "hlo: no groups": (hlo_conv(groups=0), "group counts"),
    "hlo: negative groups": (hlo_conv(groups=-4), "group counts"),
    "hlo: a dimension number too large": (
        hlo_conv(numbers="[b, 0, 7, f]x[0, 1, i, o]->[b, 0, 1, f]"),
        "spatial dimensions",
    ),
    "hlo: 10^9 spatial dimensions": (
        hlo_conv(numbers="[b, " + "0, " * 100000 + "f]x[0, 1, i, o]->[b, 0, 1, f]"),
        "too many dimensions",
    ),
    "hlo: a reducer without terminator": (
        hlo(
            '"stablehlo.reduce"(%x, %c) <{dimensions = array<i64: 0>}> ({\n}) : '
            "(tensor<4xf32>, tensor<f32>) -> tensor<f32>",
            "%x: tensor<4xf32>, %c: tensor<f32>",
            "tensor<f32>",
        ),
        "region with 1 blocks",
    ),
    "hlo: a reducer of other types": (
        hlo(
            "stablehlo.reduce(%x init: %c) across dimensions = [0] : (tensor<4xf32>, "
            "tensor<f32>) -> tensor<f32>\n   reducer(%a: tensor<9xf32>, %b: tensor<f32>) "
            "{\n    stablehlo.return %b : tensor<f32>\n  }",
            "%x: tensor<4xf32>, %c: tensor<f32>",
            "tensor<f32>",
        ),
        "expects a body that takes two scalars",
    ),
    "hlo: a loop that ends in an error": (
        """func.func @main(%x: tensor<i1>) -> tensor<i1> {
  %0 = stablehlo.not %inner : tensor<i1>
  %1 = stablehlo.while(%y = %x) : tensor<i1>
  cond {
    %inner = stablehlo.not %y : tensor<i1>
    stablehlo.return %inner : tensor<i1>
  } od {
""",
        "expected 'do'",
    ),
    "hlo: a sort of 10^9 elements": (
        hlo(
            '"stablehlo.sort"(%x) <{dimension = 0 : i64}> ({\n^bb0(%a: tensor<i8>, %b: tensor<i8>):\n'
            "%1 = stablehlo.compare LT, %a, %b : (tensor<i8>, tensor<i8>) -> tensor<i1>\n"
            f"stablehlo.return %1 : tensor<i1>\n}}) : (tensor<{HUGE}xi8>) -> tensor<{HUGE}xi8>",
            f"%x: tensor<{HUGE}xi8>",
            f"tensor<{HUGE}xi8>",
        ),
        "cannot sort 1000000000 elements",
    ),
    "hlo: scales of a dimension that is not there": (
        hlo(
            "stablehlo.add %x, %x : tensor<4x!quant.uniform<i8:f32:9, {1.0}>>",
            "%x: tensor<4x!quant.uniform<i8:f32:9, {1.0}>>",
            "tensor<4x!quant.uniform<i8:f32:9, {1.0}>>",
        ),
        "has 1 scales for dimension 9",
    ),
    "hlo: a quantised constant without integers": (
        hlo(
            "stablehlo.constant() <{value = dense<1.0> : tensor<4xf32>}> : () -> tensor<4x!quant.uniform<i8:f32, 1.0>>",
            "",
            "tensor<4x!quant.uniform<i8:f32, 1.0>>",
        ),
        "has a value of type",
    ),
    "hlo: a scale that is no number": (
        hlo("stablehlo.abs %x : tensor<4x!quant.uniform<i8:f32, 0.0:999>>", "%x: tensor<4x!quant.uniform<i8:f32, 0.0:999>>"),
        "out of expressed type range",
    ),
}

#===----------------------------------------------------------------------===#
# Own dialect
#===----------------------------------------------------------------------===#

BITSERIAL = {
    "bitserial: a width of 0": (
        contract(x="4x70x!bitserial.int<0, unsigned>"),
        "width must be 1 to 8 bits, got 0",
    ),
    "bitserial: a width of 2^40": (
        contract(x=f"4x70x!bitserial.int<{2**40}, unsigned>"),
        "integer value too large",
    ),
    "bitserial: a use outside of a region that is thrown away": (
        """func.func @main(%a: tensor<2x8x18xi32>, %w: tensor<1x18x1x64xi32>, %acc: tensor<8x64xi32>) {
  %x = arith.andi %a1, %w0 : i1
  %0 = bitserial.reduce ins(%a, %w : tensor<2x8x18xi32>, tensor<1x18x1x64xi32>) outs(%acc : tensor<8x64xi32>)
      indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n floordiv 64, k, n mod 64)>, affine_map<(m, n, k) -> (m, n)>]
      plane_dims = [0, 2] {
  ^bb0(%a0: i1, %a1: i1, %w0: i1):
    %s = arith.extui %a0 : i1 to i32
    bitserial.yield %s : i32
  }
  return
}""",
        "expected '->'",
    ),
    "bitserial: a use outside of a region that ends in an error": (
        """bitserial.yield %q : i32
%0 = bitserial.reduce ins(%a : tensor<2x9xi8>) outs(%acc : tensor<i32>)
    indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> ()>] plane_dims = [0] {
  %c = arith.constant 32 : i32
  %q = arith.shli %s, %c : i32
  bitserial.yield %q : i32
^bb0(%a0: i1, %a1: i1):
  chlo.square {
""",
        "expected SSA operand",
    ),
    "quant: blocks of a storage type that is no integer": (
        """func.func @main(%x: tensor<2x!quant.uniform<!bitserial.int<2, unsigned>:f32:{1:2}, {0.5, 0.25}>>) {
  return
}""",
        "the storage type of a quantised type must be an integer type",
    ),
    "quant: a float as storage type": (
        "func.func private @main(tensor<2x!quant<any< f32:f32>>>)",
        "the storage type of a quantised type must be an integer type",
    ),
    "builtin: an array of index": (
        "func.func private @main() attributes {a = array<index: 1, 2>}",
        "the elements of array<...> must be integers or floats",
    ),
    "bitserial: an unknown kind": (contract(x="4x70x!bitserial.int<2, cubic>"), "expected one of [unsigned, signed, bipolar, ternary]"),
    "bitserial: terms that overflow": (
        contract(
            x=f"1x{2**34}x!bitserial.int<8, unsigned>",
            w=f"1x{2**34}x!bitserial.int<8, unsigned>",
            out="1x1xi32",
        ),
        "at most 33025 terms are safe",
    ),
    "bitserial: maps of other ranks": (
        contract(maps=("(m, n, k) -> (m)", "(m, n, k) -> (n, k)", "(m, n, k) -> (m, n)")),
        "has 1 results for 2 dimensions of the lhs",
    ),
    "bitserial: a map that is no window": (
        contract(
            maps=(
                "(m, n, k) -> (m, k floordiv 2)",
                "(m, n, k) -> (n, k)",
                "(m, n, k) -> (m, n)",
            )
        ),
        "has the result d2 floordiv 2",
    ),
    "bitserial: maps of 10^3 dimensions": (
        contract(
            maps=(
                "(" + ", ".join(f"d{i}" for i in range(10**3)) + ") -> (d0, d1)",
                "(m, n, k) -> (n, k)",
                "(m, n, k) -> (m, n)",
            )
        ),
        "has 3 dimensions, the lhs map 1000",
    ),
    "bitserial: an unknown op": (hlo("bitserial.magic %x : tensor<4xf32>"), "bitserial.magic"),
    "bitserial: a layout of no words": (
        hlo(
            "bitserial.pack %x : tensor<4x70x!bitserial.int<2, unsigned>> to "
            "tensor<4x70x!bitserial.int<2, unsigned>, #bitserial.layout<packed = 9, word = 7>>",
            "%x: tensor<4x70x!bitserial.int<2, unsigned>>",
            "tensor<4x70x!bitserial.int<2, unsigned>>",
        ),
        "word width must be 8, 16, 32 or 64 bits, got 7",
    ),
    "bitserial: a constant out of range": (
        hlo(
            "bitserial.constant dense<9> : tensor<4xi8> to tensor<4x!bitserial.int<2, unsigned>>",
            "",
            "tensor<4x!bitserial.int<2, unsigned>>",
        ),
        "element 0 is 9, which is no value of",
    ),
}

CASES = {**TEXT, **INTERFACES, **TOSA, **STABLEHLO, **BITSERIAL}
