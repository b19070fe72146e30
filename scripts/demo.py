#!/usr/bin/env python3
# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""A network from a framework to running code: handwritten digits, with 2-bit
activations and 1-bit weights. It is trained in JAX (examples/digits), compiled from
there for this CPU, checked and timed beside JAX, then compiled to an object file for
an ARM CPU and run by a C program under QEMU. Files are kept in <build>/demo."""

import argparse
import base64
import os
import shutil
import statistics
import struct
import subprocess
import sys
import time
import zlib
from pathlib import Path

# One thread for everybody.
os.environ["JAX_PLATFORMS"] = "cpu"
os.environ["XLA_FLAGS"] = (
    os.environ.get("XLA_FLAGS", "") + " --xla_cpu_multi_thread_eigen=false"
)
os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})

import jax
import numpy as np

import bitserial

ROOT = Path(__file__).resolve().parent.parent
DIGITS = ROOT / "examples" / "digits"
sys.path.insert(0, str(DIGITS))
import model  # noqa: E402

ARM_CPU = "cortex-a53"
ARM_TRIPLE = "aarch64-linux-gnu"
# QEMU is slow; these are enough to see that the results are the same.
ARM_IMAGES = 60


def say(text=""):
    print(text, flush=True)


def check(same, what):
    if not same:
        sys.exit(f"demo: wrong result: {what}")
    say(f"  {what}")


def run(command, **arguments):
    """Runs a program; ends the demo with its message if it fails."""
    done = subprocess.run(command, capture_output=True, **arguments)
    if done.returncode:
        command = " ".join(map(str, command))
        sys.exit(f"demo: {command} failed:\n{done.stderr.decode()}")
    return done.stdout


def compile_for(function, batch, dtype):
    start = time.perf_counter()
    module = bitserial.compile(function, (model.example(batch, dtype),))
    return module, time.perf_counter() - start


def native(functions, images, labels, expected):
    """Compiles what JAX exports as integers and as floats, and compares."""
    say("On this CPU, from JAX's StableHLO")
    module, seconds = compile_for(functions["integers"], 1, np.int8)
    say(f"  compiled in {seconds:.1f} s for {module.target}\n")
    say("\n".join("  " + line for line in str(module.report()).splitlines()) + "\n")
    logits = np.concatenate([module.main(image[None]) for image in images])
    check(
        (logits == expected).all(),
        f"all {logits.size:,} logits equal JAX's; "
        f"{model.accuracy(logits, labels):.2%} of {len(images)} digits are right",
    )
    floats, _ = compile_for(functions["floats"], 1, np.float32)
    logits = np.concatenate([floats.main(np.float32(i[None])) for i in images])
    check(
        (logits == expected * np.float32(model.STEP / 4)).all(),
        "so do those of the fake-quantised float32 model, where "
        f"{floats.report().low_bit} of {len(floats.report().layers)} contractions "
        "are low-bit",
    )
    return module


def measure(runs, rounds=30):
    """Median seconds of each of some functions, called in turn."""
    seconds = {name: [] for name in runs}
    for name, function in runs.items():
        function()
    for _ in range(rounds):
        for name, function in runs.items():
            start = time.perf_counter()
            function()
            seconds[name].append(time.perf_counter() - start)
    return {name: statistics.median(times) for name, times in seconds.items()}


def compare(functions, images):
    say("\n  One thread, microseconds per image    one image    360 images at once")
    rows = {}
    for batch in (1, len(images)):
        x = images[:batch]
        module, _ = compile_for(functions["integers"], batch, np.int8)
        runs = {"bitserial": lambda: module.main(x)}
        for name, dtype in (("integers", np.int8), ("floats", np.float32)):
            jitted, given = jax.jit(functions[name]), jax.numpy.asarray(x, dtype)
            runs[f"JAX {jax.__version__}, {name}"] = lambda f=jitted, a=given: (
                f(a).block_until_ready()
            )
        for name, seconds in measure(runs).items():
            rows.setdefault(name, []).append(seconds / batch * 1e6)
    for name, times in rows.items():
        line = f"  {name:36} {times[0]:10.1f} {times[1]:14.2f}"
        if name != "bitserial":
            ratios = [t / ours for t, ours in zip(times, rows["bitserial"])]
            line += f"   bitserial: {ratios[0]:.1f} x, {ratios[1]:.1f} x"
        say(line)


def emulated(functions, images, expected, directory):
    say(f"\nOn {ARM_CPU}, from C, under QEMU")
    gcc = f"{ARM_TRIPLE}-gcc"
    for program in (gcc, "qemu-aarch64"):
        if shutil.which(program) is None:
            say(f"  skipped: {program} is not installed")
            return
    module = bitserial.compile(
        functions["integers"], (model.example(),), target=ARM_CPU
    )
    for name in ("digits.o", "digits.h"):
        module.save(directory / name)
    program = directory / "digits-arm"
    source = DIGITS / "digits.c"
    run([gcc, "-O1", "-static", f"-I{directory}", source, directory / "digits.o"]
        + ["-o", program])
    size = (directory / "digits.o").stat().st_size
    say(f"  {directory.name}/digits.o ({size / 1024:.0f} KB), digits.h: weights packed, "
        "memory planned, nothing to link with")
    few = images[:ARM_IMAGES]
    output = run(["qemu-aarch64", "-cpu", ARM_CPU, program], input=few.tobytes())
    predicted = np.array(output.split(), dtype=int)
    check(
        predicted.tolist() == expected[: len(few)].argmax(1).tolist(),
        f"all {len(few)} predictions equal JAX's",
    )


def png(pixels):
    """An array of bytes, 0 black to 255 white, as a PNG file."""

    def chunk(kind, data):
        checked = kind + data
        checksum = struct.pack(">I", zlib.crc32(checked))
        return struct.pack(">I", len(data)) + checked + checksum

    height, width = pixels.shape
    rows = b"".join(b"\0" + row.tobytes() for row in pixels)
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows, 9))
        + chunk(b"IEND", b"")
    )


def draw(images, labels, logits, path, columns=15, rows=3, size=48):
    """Some digits with what they were taken for, as SVG; wrong ones first."""
    predicted = logits.argmax(1)
    order = np.argsort(predicted == labels, kind="stable")[: columns * rows]
    cell, line = size + 10, 20
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{columns * cell + 10}" '
        f'height="{rows * (cell + line)}" font-family="sans-serif" font-size="13">',
        '<rect width="100%" height="100%" fill="white"/>',
    ]
    for place, index in enumerate(order):
        left = 10 + place % columns * cell
        top = 10 + place // columns * (cell + line)
        pixels = (255 - images[index, :, :, 0].astype(int) * 255 // 16).astype(np.uint8)
        # Larger here, since not all viewers keep pixels apart.
        pixels = pixels.repeat(6, axis=0).repeat(6, axis=1)
        data = base64.b64encode(png(pixels)).decode()
        parts.append(
            f'<image x="{left}" y="{top}" width="{size}" height="{size}" '
            f'href="data:image/png;base64,{data}"/>'
        )
        text, color = f"{predicted[index]}", "black"
        if predicted[index] != labels[index]:
            text, color = f"{text} not {labels[index]}", "red"
        parts.append(
            f'<text x="{left + size // 2}" y="{top + size + 15}" '
            f'text-anchor="middle" fill="{color}">{text}</text>'
        )
    path.write_text("\n".join(parts + ["</svg>", ""]))
    say(f"\nSome digits with their predictions, wrong ones first: {path}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--build-dir",
        type=Path,
        default=Path(os.environ.get("BITSERIAL_BUILD_DIR", ROOT / "build")),
        help="where the files go, in a directory demo (default: %(default)s)",
    )
    parser.add_argument("--no-bench", action="store_true", help="do not time anything")
    options = parser.parse_args()
    directory = options.build_dir / "demo"
    directory.mkdir(parents=True, exist_ok=True)

    weights, images, labels = model.load()
    functions = {
        "integers": model.integer(weights),
        "floats": model.fake_quantized(weights),
    }
    expected = np.asarray(jax.jit(functions["integers"])(images))
    say("Handwritten digits, 8x8 pixels: three 3x3 convolutions and a dense layer, with")
    say("2-bit activations and 1-bit weights (8-bit in the first layer), trained in JAX")
    say("with straight-through gradients; the test set is scikit-learn's.\n")
    module = native(functions, images, labels, expected)
    if not options.no_bench:
        compare(functions, images)
    emulated(functions, images, expected, directory)
    logits = np.concatenate([module.main(image[None]) for image in images])
    draw(images, labels, logits, directory / "digits.svg")


if __name__ == "__main__":
    main()
