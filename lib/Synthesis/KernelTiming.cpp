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

namespace {
/// A function, loaded, with operands of its own.
class LoadedTile {
public:
  static Expected<std::unique_ptr<LoadedTile>>
  load(const TimedKernel &timed, TileCompiler &compiler, const Target &target);

  /// The nanoseconds that `calls` calls take.
  double run(unsigned calls) {
    auto start = std::chrono::steady_clock::now();
    for (unsigned i = 0; i < calls; ++i)
      function(arguments.data());
    std::chrono::duration<double, std::nano> time =
        std::chrono::steady_clock::now() - start;
    return time.count();
  }

  /// What a call computes: positions x vectors.
  double work = 0;

private:
  void allocate(int64_t bytes);

  std::unique_ptr<JitModule> module;
  JitModule::PackedFunction function = nullptr;
  std::vector<std::vector<uint8_t>> buffers;
  /// Pointers to the operands, and pointers to those.
  std::vector<void *> operands, arguments;
};
} // namespace

void LoadedTile::allocate(int64_t bytes) {
  constexpr size_t kAlignment = 64;
  std::vector<uint8_t> &buffer = buffers.emplace_back(bytes + kAlignment);
  std::mt19937 random(buffers.size());
  for (uint8_t &byte : buffer)
    byte = random();
  operands.push_back(reinterpret_cast<void *>(
      llvm::alignAddr(buffer.data(), llvm::Align(kAlignment))));
}

Expected<std::unique_ptr<LoadedTile>> LoadedTile::load(const TimedKernel &timed,
                                                       TileCompiler &compiler,
                                                       const Target &target) {
  int64_t positions = choosePositionsInCache(timed.kernel, timed.tile);
  auto tile = std::make_unique<LoadedTile>();
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
  TileCompiler compiler(target);
  std::vector<std::unique_ptr<LoadedTile>> tiles;
  for (const TimedKernel &timed : kernels) {
    Expected<std::unique_ptr<LoadedTile>> tile =
        LoadedTile::load(timed, compiler, target);
    if (!tile)
      return tile.takeError();
    tiles.push_back(std::move(*tile));
  }
  // As many calls as take about 0.1 ms: long for the clock, short enough for
  // most rounds to pass without an interrupt.
  constexpr double kNanoseconds = 1e5;
  std::vector<unsigned> calls;
  for (auto &tile : tiles) {
    unsigned count = 1;
    while (tile->run(count) < kNanoseconds && count < (1u << 24))
      count *= 2;
    calls.push_back(count);
  }
  std::vector<std::vector<double>> times(tiles.size());
  for (unsigned round = 0; round < std::max(rounds, 1u); ++round)
    for (auto [i, tile] : llvm::enumerate(tiles))
      times[i].push_back(tile->run(calls[i]) / calls[i] / tile->work);
  std::vector<double> medians;
  for (std::vector<double> &all : times) {
    std::nth_element(all.begin(), all.begin() + all.size() / 2, all.end());
    medians.push_back(all[all.size() / 2]);
  }
  return medians;
}
