# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Parallel loops: the same results whatever the number of threads."""

import os
import re
import shutil
import subprocess
import sys

import numpy as np
import pytest

import bitserial

# Enough work for threads, sizes that no tile divides, formats with every kind
# of correction.
MATMULS = {
    "one row": (1, 1000, 4100, ("unsigned", 2), ("bipolar", 1)),
    "one column": (1000, 1, 4100, ("unsigned", 2), ("ternary", 2)),
    "one tile": (3, 17, 65536, ("unsigned", 1), ("unsigned", 1)),
    "odd": (37, 101, 777, ("signed", 3), ("signed", 2)),
    "many tiles": (128, 512, 1024, ("bipolar", 1), ("bipolar", 1)),
}
CONVS = {
    "3x3": dict(input=(1, 7, 7, 300), filter=(100, 3, 3, 300), padding=(1, 1)),
    "strided": dict(input=(2, 15, 13, 64), filter=(65, 3, 3, 64), strides=(2, 2)),
    "1x1": dict(input=(1, 28, 28, 128), filter=(256, 1, 1, 128)),
    "grouped": dict(
        input=(1, 14, 14, 128), filter=(128, 3, 3, 32), padding=(1, 1), groups=4
    ),
}
THREADS = [1, 2, 3, 64]


def operand(shape, fmt, seed):
    values = bitserial.Format(*fmt).values()
    return np.random.default_rng(seed).choice(values, shape)


def check(text, x, w, target):
    expected = bitserial.compile(text, target=target).main(x, w)
    module = bitserial.compile(text, target=target, threads=0)
    assert not [d for d in module.diagnostics if d.severity == "warning"]
    assert any("run in parallel" in r.message for r in module.remarks)
    for threads in THREADS:
        module.set_num_threads(threads)
        np.testing.assert_array_equal(module.main(x, w), expected)
    fixed = bitserial.compile(text, target=target, threads=3)
    np.testing.assert_array_equal(fixed.main(x, w), expected)


@pytest.fixture(params=["native", "haswell", "x86-64"])
def target(request):
    text = bitserial.build.matmul(
        2, 2, 9, activations=("unsigned", 1), weights=("unsigned", 1)
    )
    try:
        if bitserial.compile(text, target=request.param).runnable:
            return request.param
    except bitserial.CompileError:
        pass
    pytest.skip(f"this machine does not run code for {request.param}")


@pytest.mark.parametrize("name", MATMULS)
def test_matmul(name, target):
    m, n, k, activations, weights = MATMULS[name]
    text = bitserial.build.matmul(m, n, k, activations=activations, weights=weights)
    x, w = operand((m, k), activations, 0), operand((n, k), weights, 1)
    check(text, x, w, target)


@pytest.mark.parametrize("name", CONVS)
def test_conv(name, target):
    sizes = CONVS[name]
    text = bitserial.build.conv2d(
        activations=("unsigned", 2), weights=("bipolar", 1), **sizes
    )
    x = operand(sizes["input"], ("unsigned", 2), 0)
    w = operand(sizes["filter"], ("bipolar", 1), 1)
    check(text, x, w, target)


SMALL = bitserial.build.matmul(
    2, 16, 64, activations=("unsigned", 1), weights=("bipolar", 1)
)
LARGE = bitserial.build.matmul(
    64, 512, 2048, activations=("unsigned", 1), weights=("bipolar", 1)
)


@pytest.mark.parametrize("threads", [2, 3, 4])
@pytest.mark.parametrize(
    "sizes",
    [
        # Lines; lines of which some read padding; outputs, as seven lines are odd.
        dict(input=(1, 30, 16, 128), filter=(96, 3, 3, 128), padding=1),
        dict(input=(1, 31, 17, 256), filter=(160, 5, 3, 256), padding=(2, 1), strides=(2, 2)),
        dict(input=(1, 14, 14, 128), filter=(768, 3, 3, 128), padding=1, strides=(2, 2)),
    ],
    ids=["lines", "strided", "outputs"],
)
def test_blocks(sizes, threads):
    """A contraction of its own is split into a block for each thread."""
    x = operand(sizes["input"], ("unsigned", 2), 0)
    w = operand(sizes["filter"], ("bipolar", 1), 1)
    text = bitserial.build.conv2d(
        activations=("unsigned", 2),
        weights=("bipolar", 1),
        weights_value=w.astype(np.int8),
        **sizes,
    )
    module = bitserial.compile(text, threads=threads)
    messages = [remark.message for remark in module.remarks]
    assert any(f"{threads} blocks along" in message for message in messages)
    assert any(f"{threads} independent parts" in message for message in messages)
    expected = bitserial.compile(text).main(x)
    for _ in range(3):
        np.testing.assert_array_equal(module.main(x), expected)


NUMBERS = "!bitserial.int<2, unsigned>"
WORDS = "#bitserial.layout<packed = 3, word = 32>"
WHOLE = "affine_map<(n, h, w, c) -> (n, h, w, c)>"


def requantised_conv(x, w, stride, packed):
    """A convolution whose sums become 2-bit numbers again, by a factor and a
    term for each channel, from values to values or from words to words; and
    what it returns, as numbers."""
    channels, loops = w.shape[0], "(n, oh, ow, o, kh, kw, c)"
    shape = (1, (x.shape[1] - 1) // stride + 1, (x.shape[2] - 1) // stride + 1, channels)
    factors = [(c * 37) % 91 + 3 for c in range(channels)]
    terms = [(c * 53) % 900 - 100 for c in range(channels)]
    size, result = ("x".join(map(str, s)) for s in (x.shape, shape))
    ends = [f"tensor<{s}x{NUMBERS}{', ' + WORDS if packed else ''}>" for s in (size, result)]
    filters = "x".join(map(str, w.shape))
    unpack = f"%x = bitserial.unpack %words : {ends[0]} to tensor<{size}x{NUMBERS}>"
    pack = f"%out = bitserial.pack %numbers : tensor<{result}x{NUMBERS}> to {ends[1]}"
    text = f"""
func.func @main(%{"words" if packed else "x"}: {ends[0]}) -> {ends[1]} {{
  {unpack if packed else ""}
  %w = bitserial.constant dense<"0x{w.tobytes().hex()}"> : tensor<{filters}xi8>
      to tensor<{filters}x!bitserial.int<1, bipolar>>
  %sums = bitserial.contract %x, %w indexing_maps = [
      affine_map<{loops} -> (n, oh * {stride} + kh, ow * {stride} + kw, c)>,
      affine_map<{loops} -> (o, kh, kw, c)>, affine_map<{loops} -> (n, oh, ow, o)>]
      pad_low = [0, 1, 1, 0] pad_high = [0, 1, 1, 0]
      : tensor<{size}x{NUMBERS}>, tensor<{filters}x!bitserial.int<1, bipolar>>
      -> tensor<{result}xi32>
  %factors = arith.constant dense<{factors}> : tensor<{channels}xi32>
  %terms = arith.constant dense<{terms}> : tensor<{channels}xi32>
  %shift = arith.constant 11 : i32
  %zero = arith.constant 0 : i32
  %three = arith.constant 3 : i32
  %empty = tensor.empty() : tensor<{result}xi32>
  %levels = linalg.generic {{
      indexing_maps = [{WHOLE}, affine_map<(n, h, w, c) -> (c)>, affine_map<(n, h, w, c) -> (c)>, {WHOLE}],
      iterator_types = ["parallel", "parallel", "parallel", "parallel"]}}
      ins(%sums, %factors, %terms : tensor<{result}xi32>, tensor<{channels}xi32>, tensor<{channels}xi32>)
      outs(%empty : tensor<{result}xi32>) {{
  ^bb0(%sum: i32, %factor: i32, %term: i32, %unused: i32):
    %0 = arith.muli %sum, %factor : i32
    %1 = arith.addi %0, %term : i32
    %2 = arith.shrsi %1, %shift : i32
    %3 = arith.maxsi %2, %zero : i32
    %4 = arith.minsi %3, %three : i32
    linalg.yield %4 : i32
  }} -> tensor<{result}xi32>
  %numbers = bitserial.encode %levels : tensor<{result}xi32> to tensor<{result}x{NUMBERS}>
  {pack if packed else ""}
  return %{"out" if packed else "numbers"} : {ends[1]}
}}
"""
    padded = np.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0))).astype(np.int32)
    h, v = (stride * (n - 1) + 1 for n in shape[1:3])
    sums = sum(
        padded[:, i : i + h : stride, j : j + v : stride] @ w[:, i, j].T.astype(np.int32)
        for i in range(3)
        for j in range(3)
    )
    return text, np.clip((sums * np.array(factors) + np.array(terms)) >> 11, 0, 3)


def pack_words(numbers):
    """The words of an array of 2-bit numbers, by a function that only packs."""
    size = "x".join(map(str, numbers.shape))
    values, words = f"tensor<{size}x{NUMBERS}>", f"tensor<{size}x{NUMBERS}, {WORDS}>"
    return bitserial.compile(
        f"""func.func @main(%x: {values}) -> {words} {{
          %0 = bitserial.pack %x : {values} to {words}
          return %0 : {words}
        }}"""
    ).main(numbers.astype(np.int8))


@pytest.mark.parametrize("threads", [2, 3])
@pytest.mark.parametrize("packed", [False, True], ids=["values", "words"])
@pytest.mark.parametrize(
    "h, w, c, o, stride",
    # Lines, evenly and not; outputs in two threads, as seven lines are odd.
    [(30, 13, 128, 96, 1), (29, 27, 128, 160, 2), (7, 7, 256, 512, 1)],
    ids=["lines", "strided", "outputs"],
)
def test_blocks_with_requantisation(h, w, c, o, stride, packed, threads):
    """What follows a contraction is part of its blocks, packing included."""
    x = operand((1, h, w, c), ("unsigned", 2), 0).astype(np.int8)
    weights = operand((o, 3, 3, c), ("bipolar", 1), 1).astype(np.int8)
    text, expected = requantised_conv(x, weights, stride, packed)
    assert set(np.unique(expected)) == {0, 1, 2, 3}
    module = bitserial.compile(text, threads=threads)
    messages = [remark.message for remark in module.remarks]
    assert any(f"{threads} blocks along" in message for message in messages)
    assert any(f"{threads} independent parts" in message for message in messages)
    if packed:
        x, expected = pack_words(x), pack_words(expected)
    for _ in range(3):
        np.testing.assert_array_equal(module.main(x), expected)


@pytest.mark.parametrize("threads", [0, 2])
def test_weights_are_packed_in_threads(threads):
    """Weights that are an argument: each block packs those of its outputs; or
    there is a parallel loop for it."""
    sizes = dict(input=(1, 7, 7, 512), filter=(512, 3, 3, 512), padding=1)
    text = bitserial.build.conv2d(
        activations=("unsigned", 1), weights=("bipolar", 1), **sizes
    )
    x = operand(sizes["input"], ("unsigned", 1), 0)
    w = operand(sizes["filter"], ("bipolar", 1), 1)
    module = bitserial.compile(text, target="x86-64-v3", threads=threads)
    messages = [remark.message for remark in module.remarks]
    if threads:
        assert "2 independent parts run in parallel" in messages
    else:
        assert any("iterations run in parallel" in m for m in messages)
        forks = re.findall(r"call void .*@__kmpc_fork_call\(", module.llvm_ir)
        assert len(forks) >= 2
    if module.runnable:
        expected = bitserial.compile(text, target="x86-64-v3").main(x, w)
        np.testing.assert_array_equal(module.main(x, w), expected)


def test_little_work_runs_in_one_thread():
    assert bitserial.compile(SMALL, threads=0).asm == bitserial.compile(SMALL).asm


FORALL = """
module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%module: !transform.any_op {transform.consumed}) {
    %words = transform.apply_registered_pass "bitserial-layout-pipeline" to %module
        : (!transform.any_op) -> !transform.any_op
    %reduce = transform.structured.match ops{["bitserial.reduce"]} in %words
        : (!transform.any_op) -> !transform.any_op
    %tiled, %loop = transform.structured.tile_using_forall %reduce tile_sizes [3, 32, 0]
        : (!transform.any_op) -> (!transform.any_op, !transform.any_op)
    transform.yield
  }
}
"""


@pytest.mark.parametrize("threads", [1, 0, 3])
def test_parallel_loops_of_a_schedule(threads, tmp_path):
    """They are parallel however little they do, and loops in one thread."""
    schedule = tmp_path / "forall.mlir"
    schedule.write_text(FORALL)
    layout = "#bitserial.layout<packed = 1, word = 32, inner_dims_pos = [0], inner_tiles = [32], planes = 2>"
    text = bitserial.build.matmul(
        12, 64, 200, activations=("unsigned", 2), weights=("bipolar", 1)
    ).replace("\n      :", f"\n      {{bitserial.rhs_layout = {layout}}} :", 1)
    module = bitserial.compile(text, schedule=schedule, threads=threads)
    assert ("__kmpc_fork_call" in module.llvm_ir) == (threads != 1)
    x, w = operand((12, 200), ("unsigned", 2), 0), operand((64, 200), ("bipolar", 1), 1)
    expected = x.astype(np.int64) @ w.astype(np.int64).T
    np.testing.assert_array_equal(module.main(x, w), expected)


def test_number_of_threads_is_checked():
    with pytest.raises(ValueError, match=r"threads must be 0\.\.1024, got -1"):
        bitserial.compile(SMALL, threads=-1)
    with pytest.raises(TypeError, match="threads must be an int, got str"):
        bitserial.compile(SMALL, threads="2")
    with pytest.raises(ValueError, match="threads must be 0"):
        bitserial.compile(SMALL).set_num_threads(1 << 20)


COUNT_THREADS = """
import sys, time
import numpy as np, bitserial
def count():
    return int(open("/proc/self/status").read().split("Threads:")[1].split()[0])
before = count()
m = bitserial.compile(open(sys.argv[1]).read(), threads=0)
def check(threads):
    m.main(np.zeros((64, 2048), np.int8), np.ones((512, 2048), np.int8))
    # The thread that compiled or called may still be ending.
    deadline = time.monotonic() + 10
    while count() - before != threads - 1 and time.monotonic() < deadline:
        time.sleep(0.01)
    print(count() - before + 1)
check(3)
m.set_num_threads(5)
check(5)
"""


@pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="needs Linux")
def test_number_of_threads_is_decided_at_run_time(tmp_path):
    path = tmp_path / "matmul.mlir"
    path.write_text(LARGE)
    output = subprocess.run(
        [sys.executable, "-c", COUNT_THREADS, str(path)],
        env={**os.environ, "OMP_NUM_THREADS": "3"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert output.split() == ["3", "5"]


DRIVER = """
#include <stdint.h>
#include <stdio.h>
#include <string.h>
void serial(const int8_t *, const int8_t *, int32_t *);
void parallel(const int8_t *, const int8_t *, int32_t *);
static int8_t x[64 * 2048], w[512 * 2048];
static int32_t expected[64 * 512], actual[64 * 512];
int main() {
  for (size_t i = 0; i < sizeof x; ++i) x[i] = i * 7919 % 31 % 2;
  for (size_t i = 0; i < sizeof w; ++i) w[i] = i * 104729 % 37 % 2 * 2 - 1;
  serial(x, w, expected);
  parallel(x, w, actual);
  puts(memcmp(expected, actual, sizeof actual) ? "different" : "equal");
}
"""


@pytest.mark.parametrize(
    "cpu, gcc, qemu, flags",
    [
        ("x86-64", "cc", None, []),
        ("x86-64", "cc", None, ["-Wl,--no-as-needed", "-l:libomp.so.5"]),
        ("cortex-a53", "aarch64-linux-gnu-gcc", "qemu-aarch64", []),
        ("cortex-a7", "arm-linux-gnueabihf-gcc", "qemu-arm", []),
    ],
    ids=["x86", "x86-openmp", "aarch64", "arm"],
)
def test_objects_need_no_openmp(cpu, gcc, qemu, flags, tmp_path):
    """They link and run without the runtime, and use it where it is linked."""
    if not shutil.which(gcc) or (qemu and not shutil.which(qemu)):
        pytest.skip(f"{gcc} or {qemu} is not installed")
    for name, threads in (("serial", 1), ("parallel", 0)):
        text = LARGE.replace("@main", f"@{name}")
        module = bitserial.compile(text, target=cpu, threads=threads)
        (tmp_path / f"{name}.o").write_bytes(module.object)
    (tmp_path / "main.c").write_text(DRIVER)
    command = [gcc, "main.c", "serial.o", "parallel.o", *flags, "-o", "main"]
    build = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    if flags and build.returncode and "omp" in build.stderr:
        pytest.skip("libomp is not where the linker looks")
    assert build.returncode == 0, build.stderr
    sysroot = ["-L", "/usr/" + gcc[: -len("-gcc")]] if qemu else []
    run = [qemu, *sysroot] if qemu else []
    output = subprocess.run(
        [*run, str(tmp_path / "main")],
        env={**os.environ, "OMP_NUM_THREADS": "3"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert output.stdout.strip() == "equal"
