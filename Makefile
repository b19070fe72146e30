# Part of the bitserial project, under the Apache License v2.0 with LLVM
# Exceptions. See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Thin: what each target does is in scripts/ and in CMake. The build itself is
# `cmake --preset release && ninja -C build`.

PRESET ?= release
BUILD := $(if $(filter release,$(PRESET)),build,build-$(PRESET))
JOBS ?= $(shell nproc)
PYTHON := .venv/bin/python
NINJA := ninja -C $(BUILD) -j $(JOBS)
# The package with the extension module, as built in the build directory.
RUN_PYTHON := PYTHONPATH=$(CURDIR)/$(BUILD)/python $(PYTHON)
SOURCES = git ls-files -co --exclude-standard -- '*.c' '*.cpp' '*.h'

.PHONY: help deps configure build demo check bench bench-accept joint-table arm-table kernels docs format lint clean

help:
	@echo "make build    install what is needed and build everything"
	@echo "make demo     compile a network from JAX, check and time it; the same for ARM"
	@echo "make check    build and run all tests"
	@echo "make bench    time layers and matrix products beside oneDNN, draw the plot"
	@echo "make bench-accept  compare the figures with the targets, PASS or FAIL"
	@echo "make joint-table   tune with layout or tiling fixed, write docs/joint-choice.md"
	@echo "make arm-table     model layers on ARM cores, write docs/arm.md"
	@echo "make kernels  search for the kernels of the library that are not up to date"
	@echo "make docs     generate the reference of ops, types and passes"
	@echo "make format   clang-format the sources"
	@echo "make lint     check the format, run clang-tidy"
	@echo "make clean    remove the build directory"
	@echo "PRESET=debug selects assertions and sanitizers, JOBS=n the parallel jobs,"
	@echo "BENCH_ARGS=... options of benchmarks/suite.py and of bitserial-bench"

deps:
	@scripts/install-deps.sh

configure: deps $(BUILD)/build.ninja

# From then on ninja runs CMake again when it is needed.
$(BUILD)/build.ninja: | deps
	cmake --preset $(PRESET)

build: configure
	@$(NINJA)

demo: build
	@$(RUN_PYTHON) scripts/demo.py

check: build
	@$(PYTHON) scripts/check.py --build-dir $(BUILD) --jobs $(JOBS)

bench: build
	@$(PYTHON) benchmarks/suite.py --build-dir $(BUILD) $(BENCH_ARGS)

bench-accept: build
	@$(PYTHON) benchmarks/suite.py --build-dir $(BUILD) --accept $(BENCH_ARGS)

# Layout and tiling fixed and free, docs/joint-choice.md, for this machine and
# for AVX2: about an hour.
JOINT = $(RUN_PYTHON) benchmarks/tuning.py --joint=a1w1,a2w1,a2w2 --joint-trials=12 --trials=20
joint-table: build
	@$(JOINT) --folder=$(BUILD)/benchmarks/joint -o $(BUILD)/benchmarks/joint.json $(BENCH_ARGS)
	@$(JOINT) --folder=$(BUILD)/benchmarks/joint-avx2 -o $(BUILD)/benchmarks/joint-avx2.json \
	  --features=-avx512f,-avxvnni,-gfni --tiling=4x2 $(BENCH_ARGS)
	@$(PYTHON) scripts/joint-table.py $(BUILD)/benchmarks/joint.json $(BUILD)/benchmarks/joint-avx2.json

# Modelled cycles on ARM, docs/arm.md.
arm-table: build
	@$(RUN_PYTHON) scripts/arm-table.py

kernels: build
	@BUILD=$(BUILD) scripts/build-kernels.sh $(KERNEL_ARGS)

docs: configure
	@$(NINJA) bitserial-docs
	@echo "Generated in $(BUILD)/docs: $$(ls $(BUILD)/docs | tr '\n' ' ')"

format: deps
	@$(SOURCES) | xargs clang-format-22 -i

lint: build
	@$(SOURCES) | xargs clang-format-22 --dry-run -Werror
	@run-clang-tidy-22 -clang-tidy-binary clang-tidy-22 -quiet -j $(JOBS) \
	  -p $(BUILD) "$(CURDIR)/(lib|tools|unittests|benchmarks|python)/.*"

clean:
	rm -rf $(BUILD)
