# Part of the bitserial project, under the Apache License v2.0 with LLVM
# Exceptions. See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Random functions of JAX give what JAX computes.

60 modules of a fixed seed; BITSERIAL_JAX_MODULES=500 makes as many, and
BITSERIAL_JAX_SEED=7 others.
"""

import os

import pytest

import bitserial

jax = pytest.importorskip("jax")
import jax_modules  # noqa: E402

SEED = int(os.environ.get("BITSERIAL_JAX_SEED", "1"))
COUNT = int(os.environ.get("BITSERIAL_JAX_MODULES", "60"))


@pytest.fixture(scope="module", autouse=True)
def print_seed(request):
    capture = request.config.pluginmanager.getplugin("capturemanager")
    with capture.global_and_fixture_disabled():
        print(f"\n{COUNT} modules from JAX, seed {SEED}")


@pytest.mark.parametrize("index", range(COUNT))
def test_module(index):
    module = jax_modules.make(SEED, index)
    text = jax_modules.text(module)
    try:
        jax_modules.compare(module, bitserial.compile(text))
    except jax.errors.JaxRuntimeError as error:
        if "INTERNAL" not in str(error):
            raise
        pytest.skip(f"XLA fails on its own module: {str(error).splitlines()[0]}")
    except Exception:
        print(f"seed {SEED}, module {index}: {module.name}\n{text}")
        raise
