# Part of the bitserial project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The threads of runtime/Threads.c: by themselves, and with compiled code."""

import os
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

import bitserial

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
RUNTIME = ROOT / "runtime"
BUILD = Path(os.environ.get("BITSERIAL_BUILD_DIR", ROOT / "build"))
CPUS = {
    "x86-64": ("cc", None),
    "cortex-a53": ("aarch64-linux-gnu-gcc", "qemu-aarch64"),
    "cortex-a7": ("arm-linux-gnueabihf-gcc", "qemu-arm"),
}


def build(folder, gcc, *arguments):
    flags = ["-std=gnu11", "-O1", "-Wall", "-Wextra", "-Werror", "-pthread"]
    command = [gcc, *flags, f"-I{RUNTIME}", *arguments, "-o", "main"]
    return subprocess.run(
        [str(argument) for argument in command],
        cwd=folder,
        capture_output=True,
        text=True,
    )


def emulate(gcc, qemu):
    if not shutil.which(gcc) or (qemu and not shutil.which(qemu)):
        pytest.skip(f"{gcc} or {qemu} is not installed")
    return [qemu, "-L", "/usr/" + gcc[: -len("-gcc")]] if qemu else []


def execute(command, folder, **environment):
    return subprocess.run(
        [*command, "./main"],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=300,
    )


@pytest.mark.parametrize("cpu", CPUS)
def test_pool(cpu, tmp_path):
    """Counts, barriers, nested and concurrent regions, forks."""
    gcc, qemu = CPUS[cpu]
    emulator = emulate(gcc, qemu)
    # QEMU's own threads do not survive a fork.
    flags = ["-DNO_FORK"] if qemu else []
    built = build(tmp_path, gcc, *flags, RUNTIME / "Threads.c", HERE / "thread_pool.c")
    assert built.returncode == 0, built.stderr
    for threads in "124":
        output = execute(emulator, tmp_path, OMP_NUM_THREADS=threads)
        assert (output.stdout, output.returncode) == ("passed\n", 0), output.stderr
    for policy in "passive", "active":
        output = execute(emulator, tmp_path, OMP_WAIT_POLICY=policy)
        assert (output.stdout, output.returncode) == ("passed\n", 0), output.stderr


def test_pool_has_no_races(tmp_path):
    sources = [RUNTIME / "Threads.c", HERE / "thread_pool.c"]
    built = build(tmp_path, "cc", "-fsanitize=thread", "-DNO_FORK", *sources)
    if built.returncode:
        pytest.skip("the C compiler has no thread sanitizer")
    output = execute([], tmp_path, OMP_NUM_THREADS="3")
    if "unexpected memory mapping" in output.stderr:
        pytest.skip("the thread sanitizer does not run on this kernel")
    assert (output.stdout, output.returncode) == ("passed\n", 0), output.stderr


def test_pool_can_be_unloaded(tmp_path):
    """As part of a shared library whose threads sleep in it."""
    (tmp_path / "library.c").write_text(
        """
        #include <stdint.h>
        #include <stdatomic.h>
        static atomic_int ran;
        void __kmpc_push_num_threads(void *, int32_t, int32_t);
        void __kmpc_fork_call(void *, int32_t, void (*)(int32_t *, int32_t *, void *), ...);
        static void region(int32_t *a, int32_t *b, void *c) {
          (void)a, (void)b, (void)c;
          atomic_fetch_add(&ran, 1);
        }
        __attribute__((visibility("default"))) int run(void) {
          __kmpc_push_num_threads(0, 0, 4);
          __kmpc_fork_call(0, 1, region, (void *)0);
          return ran;
        }
        """
    )
    built = build(
        tmp_path, "cc", "-shared", "-fPIC", "-fvisibility=hidden", "library.c", RUNTIME / "Threads.c"
    )
    assert built.returncode == 0, built.stderr
    (tmp_path / "main").rename(tmp_path / "library.so")
    (tmp_path / "main.c").write_text(
        """
        #include <dlfcn.h>
        #include <stdio.h>
        #include <unistd.h>
        int main(void) {
          for (int i = 0; i < 3; ++i) {
            void *library = dlopen("./library.so", RTLD_NOW);
            int (*run)(void) = (int (*)(void))dlsym(library, "run");
            printf("%d ", run());
            dlclose(library);
            usleep(1000);
          }
        }
        """
    )
    built = build(tmp_path, "cc", "main.c", "-ldl")
    assert built.returncode == 0, built.stderr
    output = execute([], tmp_path)
    assert (output.stdout, output.returncode) == ("4 4 4 ", 0), output.stderr


DRIVER = """
#include "bitserial_threads.h"
#include <stdint.h>
#include <stdio.h>
void any(const int8_t *, int32_t *);
void two(const int8_t *, int32_t *);
static int8_t x[{inputs}];
static int32_t y[{outputs}];
static void run(void (*function)(const int8_t *, int32_t *), FILE *results) {{
  for (int i = 0; i < {outputs}; ++i)
    y[i] = -1;
  function(x, y);
  fwrite(y, sizeof y, 1, results);
}}
int main(void) {{
  FILE *values = fopen("x.bin", "rb"), *results = fopen("y.bin", "wb");
  if (!values || !results || fread(x, sizeof x, 1, values) != 1)
    return 1;
  printf("%u", bitserial_get_max_threads());
  run(any, results);
  run(two, results);
  bitserial_set_num_threads(3);
  run(any, results);
  return fclose(results);
}}
"""


@pytest.fixture(scope="module")
def conv():
    """A convolution with constant weights: text, values and result."""
    rng = np.random.default_rng(3)
    x = rng.integers(0, 4, (1, 29, 16, 128), np.int8)
    w = rng.choice(np.array([-1, 1], np.int8), (96, 3, 3, 128))
    text = bitserial.build.conv2d(
        x.shape,
        w.shape,
        activations=("unsigned", 2),
        weights=("bipolar", 1),
        weights_value=w,
        padding=(1, 1),
    )
    padded = np.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0))).astype(np.int32)
    expected = sum(
        padded[:, i : i + 29, j : j + 16] @ w[:, i, j].T.astype(np.int32)
        for i in range(3)
        for j in range(3)
    )
    return text, x, expected


@pytest.mark.parametrize("library", [False, True], ids=["source", "library"])
@pytest.mark.parametrize("cpu", CPUS)
def test_compiled_code(cpu, library, conv, tmp_path):
    gcc, qemu = CPUS[cpu]
    emulator = emulate(gcc, qemu)
    text, x, expected = conv
    for name, threads in (("any", 0), ("two", 2)):
        module = bitserial.compile(
            text.replace("@main", f"@{name}"), target=cpu, threads=threads
        )
        (tmp_path / f"{name}.o").write_bytes(module.object)
    (tmp_path / "main.c").write_text(
        DRIVER.format(inputs=x.size, outputs=expected.size)
    )
    x.tofile(tmp_path / "x.bin")
    # References of compiled code are weak, and take nothing out of a library.
    runtime = [RUNTIME / "Threads.c"]
    if library:
        archive = BUILD / "lib/libbitserial_threads.a"
        if qemu:
            pytest.skip("the library is for this machine")
        runtime = ["-u", "__kmpc_fork_call", archive]
    built = build(tmp_path, gcc, "main.c", "any.o", "two.o", *runtime)
    assert built.returncode == 0, built.stderr
    for threads in "124":
        output = execute(emulator, tmp_path, OMP_NUM_THREADS=threads)
        assert (output.stdout, output.returncode) == (threads, 0), output.stderr
        for result in np.fromfile(tmp_path / "y.bin", np.int32).reshape(3, -1):
            np.testing.assert_array_equal(result, expected.ravel())


@pytest.mark.parametrize("level", [0, 3])
@pytest.mark.parametrize("cpu", CPUS)
def test_regions(cpu, level, tmp_path):
    """What threads are told: nothing, pointers, numbers, more than four values."""
    gcc, qemu = CPUS[cpu]
    emulator = emulate(gcc, qemu)
    compiler = [BUILD / "bin/bitserial-compile", HERE / "thread_regions.mlir"]
    options = [f"--target={cpu}", "--num-threads=3", f"-O{level}", "--prefix="]
    output = [f"--header={tmp_path}/regions.h", "-o", tmp_path / "regions.o"]
    subprocess.run([*compiler, *options, *output], check=True)
    sources = [HERE / "thread_regions.c", "-I.", "regions.o"]
    for runtime in [[RUNTIME / "Threads.c"], []]:
        built = build(tmp_path, gcc, *sources, *runtime)
        assert built.returncode == 0, built.stderr
        output = execute(emulator, tmp_path)
        assert (output.stdout, output.returncode) == ("passed\n", 0), output.stderr
