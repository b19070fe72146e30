//===- Screening.cpp - Kernels on concrete values -------------------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Screening.h"

#include "bitserial/Synthesis/Evaluate.h"

#include "llvm/ADT/DenseMap.h"

#include <random>
#include <unordered_map>

using namespace mlir;
using namespace mlir::bitserial;

namespace {
/// The memory of one vector, in the format of Evaluator.
using Bytes = std::vector<uint8_t>;

class KernelRun {
public:
  KernelRun(const InstructionSet &set, const Kernel &kernel)
      : set(set), kernel(kernel), random(1) {}

  LogicalResult prepare();
  /// One run of all passes over `positions` positions; returns whether the
  /// sums are right. Words are random, or all ones.
  bool check(unsigned positions, bool allOnes);

private:
  LogicalResult addFunction(func::FuncOp function);
  std::vector<Bytes> call(func::FuncOp function, ArrayRef<Bytes> inputs);

  const InstructionSet &set;
  const Kernel &kernel;
  std::mt19937_64 random;
  struct Function {
    std::vector<LaneType> outputs;
    std::unique_ptr<Evaluator> evaluator;
  };
  llvm::DenseMap<Operation *, Function> functions;
};
} // namespace

LogicalResult KernelRun::addFunction(func::FuncOp function) {
  if (!function)
    return success();
  FailureOr<LaneProgram> program = set.getProgram(function);
  if (failed(program))
    return failure();
  Function &entry = functions[function];
  for (unsigned i = 0; i < program->outputs().size(); ++i)
    entry.outputs.push_back(program->outputType(i));
  entry.evaluator = std::make_unique<Evaluator>(*program);
  return success();
}

LogicalResult KernelRun::prepare() {
  for (const KernelPass &pass : kernel.passes) {
    for (const KernelStep &step : pass.steps)
      if (failed(addFunction(step.function)))
        return failure();
    if (failed(addFunction(pass.flush)) || failed(addFunction(pass.end)))
      return failure();
  }
  return addFunction(kernel.finish);
}

std::vector<Bytes> KernelRun::call(func::FuncOp function,
                                   ArrayRef<Bytes> inputs) {
  Function &entry = functions[function];
  std::vector<Bytes> results;
  SmallVector<const void *> from;
  SmallVector<void *> to;
  for (const Bytes &input : inputs)
    from.push_back(input.data());
  for (LaneType type : entry.outputs)
    results.emplace_back(bytesInMemory(type));
  for (Bytes &result : results)
    to.push_back(result.data());
  entry.evaluator->run(from, to, 1);
  return results;
}

bool KernelRun::check(unsigned positions, bool allOnes) {
  const KernelSpec &spec = kernel.spec;
  VectorType type = kernel.wordType();
  unsigned lanes = type.getNumElements(), bytesPerWord = spec.wordBits / 8;
  unsigned numPlanes = spec.getTotalPlanes();
  unsigned weights = spec.numPlanes.size() - 1;

  // The polynomial by its arguments, as far as they occur.
  std::unordered_map<uint32_t, uint32_t> values;
  auto valueOf = [&](uint32_t bits) {
    auto [it, isNew] = values.try_emplace(bits);
    if (isNew)
      it->second = uint32_t(spec.polynomial.evaluate(bits));
    return it->second;
  };

  // The accumulators of a group get words of their own.
  std::vector<uint32_t> expected(spec.lanesAreReduction ? kernel.group : lanes);
  std::vector<Bytes> finalStates;
  for (unsigned member = 0; member < kernel.group; ++member) {
    // Words by position and plane.
    std::vector<std::vector<Bytes>> words(positions);
    for (std::vector<Bytes> &position : words)
      for (unsigned plane = 0; plane < numPlanes; ++plane) {
        Bytes word(lanes * bytesPerWord);
        bool sameInLanes =
            !spec.lanesAreReduction && spec.getInput(plane) != weights;
        for (unsigned i = 0; i < word.size(); ++i)
          word[i] = allOnes                            ? 255
                    : sameInLanes && i >= bytesPerWord ? word[i - bytesPerWord]
                                                       : uint8_t(random());
        position.push_back(std::move(word));
      }
    for (const std::vector<Bytes> &position : words)
      for (unsigned byte = 0; byte < lanes * bytesPerWord; ++byte)
        for (unsigned bit = 0; bit < 8; ++bit) {
          uint32_t bits = 0;
          for (unsigned plane = 0; plane < numPlanes; ++plane)
            bits |= (position[plane][byte] >> bit & 1) << plane;
          expected[spec.lanesAreReduction ? member : byte / bytesPerWord] +=
              valueOf(bits);
        }

    std::vector<Bytes> state;
    for (VectorType type : kernel.stateTypes)
      state.emplace_back(bytesInMemory(*LaneType::get(type)));
    for (const KernelPass &pass : kernel.passes) {
      unsigned used = 0;
      for (unsigned at = 0; at < positions;) {
        // Mostly the largest step that there are words for.
        SmallVector<const KernelStep *> possible;
        for (const KernelStep &step : pass.steps)
          if (step.words <= positions - at)
            possible.push_back(&step);
        const KernelStep &step =
            *possible[random() % 4 ? 0 : random() % possible.size()];
        if (pass.capacity && used + step.cost > pass.capacity) {
          state = call(pass.flush, state);
          used = 0;
        }
        used += step.cost;
        std::vector<Bytes> inputs = state;
        for (unsigned i = 0; i < step.words; ++i)
          for (unsigned plane : pass.planes)
            inputs.push_back(words[at + i][plane]);
        state = call(step.function, inputs);
        at += step.words;
      }
      if (pass.end)
        state = call(pass.end, state);
    }
    finalStates.insert(finalStates.end(), state.begin(), state.end());
  }
  Bytes sums = call(kernel.finish, finalStates)[0];
  return sums.size() == 4 * expected.size() &&
         std::memcmp(sums.data(), expected.data(), sums.size()) == 0;
}

FailureOr<bool> bitserial::survivesScreening(const InstructionSet &set,
                                             const Kernel &kernel) {
  KernelRun run(set, kernel);
  if (failed(run.prepare()))
    return failure();
  // Counters that are never full in a few hundred steps are not filled here.
  unsigned full = 1;
  for (const KernelPass &pass : kernel.passes)
    for (const KernelStep &step : pass.steps)
      if (step.cost)
        full = std::max(full, step.words * (pass.capacity / step.cost));
  full = std::min(full, 256u);
  return run.check(1, false) && run.check(3, true) && run.check(37, false) &&
         run.check(full, true) && run.check(full + 1, true);
}
