//===- KernelTiming.cpp - How long micro-kernels take on this machine -----===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bitserial/Synthesis/KernelTiming.h"
#include "TileFunction.h"
#include "bitserial/Target/Codegen.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/AlignOf.h"
#include "llvm/Support/Alignment.h"

#include <algorithm>
#include <chrono>
#include <random>

using namespace mlir;
using namespace mlir::bitserial;
using llvm::Error;
using llvm::Expected;

/// The nanoseconds that `calls` runs take.
static double time(LoadedKernel &kernel, unsigned calls) {
  auto start = std::chrono::steady_clock::now();
  for (unsigned i = 0; i < calls; ++i)
    kernel.run();
  std::chrono::duration<double, std::nano> time =
      std::chrono::steady_clock::now() - start;
  return time.count();
}

void LoadedKernel::allocate(int64_t bytes) {
  constexpr size_t kAlignment = 64;
  std::vector<uint8_t> &buffer = buffers.emplace_back(bytes + kAlignment);
  std::mt19937 random(buffers.size());
  for (uint8_t &byte : buffer)
    byte = random();
  operands.push_back(reinterpret_cast<void *>(
      llvm::alignAddr(buffer.data(), llvm::Align(kAlignment))));
}

Expected<std::unique_ptr<LoadedKernel>>
LoadedKernel::load(const TimedKernel &timed, const Target &target) {
  TileCompiler compiler(target);
  int64_t positions = choosePositionsInCache(timed.kernel, timed.tile);
  auto tile = std::make_unique<LoadedKernel>();
  tile->work = double(positions) * timed.tile.rows * timed.tile.vectors;
  Expected<OwningOpRef<ModuleOp>> code =
      compiler.compile(timed.kernel, timed.tile, positions);
  if (!code)
    return code.takeError();
  Expected<std::unique_ptr<JitModule>> module =
      JitModule::create(**code, target);
  if (!module)
    return module.takeError();
  tile->module = std::move(*module);
  Expected<JitModule::PackedFunction> function =
      tile->module->lookup(kTileFunctionName);
  if (!function)
    return function.takeError();
  tile->function = *function;

  const KernelSpec &spec = timed.kernel.spec;
  int64_t lanes = Kernel(timed.kernel).wordType().getNumElements();
  int64_t wordBytes = spec.wordBits / 8;
  bool across = spec.lanesAreReduction;
  int64_t outputs = across ? timed.tile.vectors : timed.tile.vectors * lanes;
  int64_t words = across ? positions * lanes : positions;
  for (auto [input, planes] : llvm::enumerate(spec.numPlanes)) {
    bool isWeights = input + 1 == spec.numPlanes.size();
    tile->allocate(planes * (isWeights ? outputs : timed.tile.rows) * words *
                   wordBytes);
  }
  // What the outputs start from, and the outputs.
  for (int i = 0; i < 2; ++i)
    tile->allocate(timed.tile.rows * outputs * sizeof(int32_t));
  for (void *&operand : tile->operands)
    tile->arguments.push_back(&operand);
  return tile;
}

Expected<std::vector<double>>
mlir::bitserial::timeKernels(llvm::ArrayRef<TimedKernel> kernels,
                             const Target &target, unsigned rounds) {
  std::vector<std::unique_ptr<LoadedKernel>> loaded;
  for (const TimedKernel &timed : kernels) {
    Expected<std::unique_ptr<LoadedKernel>> kernel =
        LoadedKernel::load(timed, target);
    if (!kernel)
      return kernel.takeError();
    loaded.push_back(std::move(*kernel));
  }
  // As many calls as take about 0.1 ms: long for the clock, short enough for
  // most rounds to pass without an interrupt.
  constexpr double kNanoseconds = 1e5;
  std::vector<unsigned> calls;
  for (auto &kernel : loaded) {
    unsigned count = 1;
    while (time(*kernel, count) < kNanoseconds && count < (1u << 24))
      count *= 2;
    calls.push_back(count);
  }
  std::vector<std::vector<double>> times(loaded.size());
  for (unsigned round = 0; round < std::max(rounds, 1u); ++round)
    for (auto [i, kernel] : llvm::enumerate(loaded))
      times[i].push_back(time(*kernel, calls[i]) / calls[i] /
                         kernel->getWork());
  std::vector<double> medians;
  for (std::vector<double> &all : times) {
    std::nth_element(all.begin(), all.begin() + all.size() / 2, all.end());
    medians.push_back(all[all.size() / 2]);
  }
  return medians;
}
