# Part of the bitserial project, under the Apache License v2.0 with LLVM
# Exceptions. See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Configuration of the lit tests. Features that a test may require:
#   host-x86, host-aarch64      architecture of this machine
#   host-<x>                    what its CPU can run: avx2, avx512 (F, BW, DQ,
#                               VL), avx512vpopcntdq, avx512bitalg, avx512vnni
#   aarch64-gcc, arm-gcc        cross compilers (substitution of the same name
#                               with %: %aarch64-gcc, %arm-gcc)
#   qemu-aarch64, qemu-arm      emulators (%qemu-aarch64, %qemu-arm); each
#                               comes with its cross compiler's libraries
#   z3, cvc5                    solvers on the command line
#   sanitizers, assertions      how bitserial was built
#   solver                      bitserial was built with one

import os
import platform
import shutil

import lit.formats
from lit.llvm import llvm_config

config.name = "BITSERIAL"
config.test_format = lit.formats.ShTest(True)
config.suffixes = [".mlir", ".test"]
config.excludes = ["Inputs", "python"]
config.test_source_root = os.path.dirname(__file__)
config.test_exec_root = os.path.join(config.bitserial_obj_root, "test")

llvm_config.with_system_environment(["HOME", "TMP", "TEMP", "USER"])
llvm_config.with_environment("PATH", config.bitserial_tools_dir, append_path=True)
llvm_config.with_environment("PATH", config.llvm_tools_dir, append_path=True)
llvm_config.use_default_substitutions()

if config.sanitizers:
    config.available_features.add("sanitizers")
    # LLVM's allocators are partly inlined into instrumented code and partly
    # not, so that memory they poison is not always made readable again. And
    # what LLVM keeps to the end of the process is not a leak of ours.
    config.environment["ASAN_OPTIONS"] = "allow_user_poisoning=0:detect_leaks=0"
    config.environment["UBSAN_OPTIONS"] = "print_stacktrace=1"
if config.solver:
    config.available_features.add("solver")
if config.assertions:
    config.available_features.add("assertions")
for solver in ("z3", "cvc5"):
    if shutil.which(solver):
        config.available_features.add(solver)


def host_features():
    """The features that name this machine's architecture and CPU."""
    machine = platform.machine()
    if machine in ("aarch64", "arm64"):
        return {"host-aarch64"}
    if machine not in ("x86_64", "AMD64"):
        return set()
    flags = set()
    try:
        with open("/proc/cpuinfo") as info:
            for line in info:
                if line.startswith("flags"):
                    flags = set(line.split(":", 1)[1].split())
                    break
    except OSError:
        pass
    needed = {
        "host-avx2": {"avx2", "fma", "bmi2"},
        "host-avx512": {"avx512f", "avx512bw", "avx512dq", "avx512vl"},
        "host-avx512vpopcntdq": {"avx512_vpopcntdq", "avx512vl"},
        "host-avx512bitalg": {"avx512_bitalg", "avx512vl"},
        "host-avx512vnni": {"avx512_vnni", "avx512vl"},
    }
    return {"host-x86"} | {name for name, of in needed.items() if of <= flags}


config.available_features |= host_features()

# Cross compilers and emulators. The longer name is substituted first where one
# is the beginning of another.
for arch, triple in (("aarch64", "aarch64-linux-gnu"), ("arm", "arm-linux-gnueabihf")):
    gcc = shutil.which(f"{triple}-gcc")
    qemu = shutil.which(f"qemu-{arch}")
    sysroot = f"/usr/{triple}"
    if gcc:
        config.available_features.add(f"{arch}-gcc")
        config.substitutions.append((f"%{arch}-gcc", gcc))
    if qemu and os.path.isdir(sysroot):
        config.available_features.add(f"qemu-{arch}")
        config.substitutions.append((f"%qemu-{arch}", f"{qemu} -L {sysroot}"))

config.substitutions += [
    ("%bitserial_src_root", config.bitserial_src_root),
    ("%bitserial_obj_root", config.bitserial_obj_root),
    ("%mlir_lib_dir", config.mlir_lib_dir),
    ("%host_cc", config.host_cc),
    ("%python", f'"{config.python}"'),
]

# Tests that need a cache of kernels name a folder of their own.
config.environment["BITSERIAL_CACHE_DIR"] = ""
# So that what is proved does not depend on what was before.
config.environment["XDG_STATE_HOME"] = "/dev/null"

tools = ["bitserial-opt", "bitserial-compile", "bitserial-lsp-server", "bitserial-synth"]
llvm_config.add_tool_substitutions(
    tools + ["llc", "llvm-mc", "llvm-nm", "llvm-objdump", "llvm-readelf", "mlir-opt"],
    [config.bitserial_tools_dir, config.llvm_tools_dir],
)
