//===- KernelSchedule.cpp - How a kernel walks the reductions -------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelSchedule.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "llvm/Support/MathExtras.h"

#include <limits>

using namespace mlir;
using namespace mlir::bitserial;

/// The most ops in one body, all accumulators together: about what caches of
/// decoded instructions hold.
static constexpr uint64_t kMaxBodyOps = 1024;

/// The most steps of the largest kind in one body.
static constexpr uint64_t kMaxSteps = 8;

/// Ops of a function that become instructions, as far as the ops tell.
static uint64_t countOps(func::FuncOp function) {
  if (!function)
    return 0;
  return llvm::count_if(function.getBody().front().without_terminator(),
                        [](Operation &op) {
                          return !op.hasTrait<OpTrait::ConstantLike>() &&
                                 !isa<vector::BitCastOp>(op);
                        });
}

static uint64_t countStepOps(const KernelStep &step) {
  return countOps(step.function);
}

static uint64_t getCost(const KernelStep &step) { return step.cost; }

static uint64_t multiplyAdd(uint64_t a, uint64_t b, uint64_t c) {
  return llvm::SaturatingMultiplyAdd(a, b, c);
}

PassSchedule::PassSchedule(const KernelPass &pass,
                           ArrayRef<ReductionLoop> loops,
                           uint64_t numAccumulators)
    : pass(pass), loops(loops) {
  if (loops.empty())
    return;
  // Where one word is all that a step takes, unrolling gains nothing.
  uint64_t maxWords = pass.steps.front().words;
  if (maxWords > 1)
    maxWords *= kMaxSteps;
  uint64_t flushOps = countOps(pass.flush);
  unsigned bestDepth = loops.size() - 1;
  uint64_t bestChunk = 1;
  double bestOps = std::numeric_limits<double>::infinity();
  // Ties: the least code.
  for (depth = loops.size(); depth-- > 0;) {
    uint64_t perIteration = getWordsPerIteration();
    uint64_t maxChunk =
        std::min(maxWords / perIteration, loops[depth].numIterations());
    for (chunk = 1; chunk <= maxChunk; ++chunk) {
      // Single words always fit.
      auto fits = [&](uint64_t numWords) {
        return numWords <= 1 ||
               numAccumulators * (sumBody(numWords, countStepOps) +
                                  countFlushes(numWords) * flushOps) <=
                   kMaxBodyOps;
      };
      if (!fits(perIteration * chunk) || !fits(perIteration * getRest(depth)))
        continue;
      double ops = sumAll(countStepOps, flushOps);
      if (ops < bestOps) {
        bestOps = ops;
        bestDepth = depth;
        bestChunk = chunk;
      }
    }
    if (maxChunk < loops[depth].numIterations())
      break;
  }
  depth = bestDepth;
  chunk = bestChunk;
}

uint64_t PassSchedule::getWordsPerIteration() const {
  uint64_t words = 1;
  for (const ReductionLoop &loop : loops.drop_front(depth + 1))
    words = multiplyAdd(words, loop.numIterations(), 0);
  return words;
}

uint64_t PassSchedule::getTripCount(unsigned level) const {
  uint64_t count = loops[level].numWhole;
  return level == depth ? count / chunk : count;
}

uint64_t PassSchedule::getRest(unsigned level) const {
  uint64_t perTrip = level == depth ? chunk : 1;
  return loops[level].numIterations() - getTripCount(level) * perTrip;
}

SmallVector<const KernelStep *>
PassSchedule::getSteps(uint64_t numWords) const {
  SmallVector<const KernelStep *> steps;
  for (const KernelStep &step : pass.steps)
    for (; numWords >= step.words; numWords -= step.words)
      steps.push_back(&step);
  return steps;
}

uint64_t PassSchedule::countFlushes(uint64_t numWords) const {
  uint64_t flushes = 0, used = 0;
  if (!pass.capacity)
    return 0;
  for (const KernelStep *step : getSteps(numWords)) {
    if (used + step->cost > pass.capacity) {
      ++flushes;
      used = 0;
    }
    used += step->cost;
  }
  return flushes;
}

uint64_t PassSchedule::sumBody(uint64_t numWords, Weight weight) const {
  uint64_t sum = 0;
  for (const KernelStep *step : getSteps(numWords))
    sum += weight(*step);
  return sum;
}

uint64_t PassSchedule::sumTrip(unsigned level, Weight weight) const {
  if (level < depth)
    return sumLoop(level + 1, weight);
  return sumBody(getWordsPerIteration() * chunk, weight);
}

uint64_t PassSchedule::sumRest(unsigned level, Weight weight) const {
  if (level < depth)
    return getRest(level) * sumLoop(level + 1, weight);
  return sumBody(getWordsPerIteration() * getRest(level), weight);
}

uint64_t PassSchedule::sumLoop(unsigned level, Weight weight) const {
  if (loops.empty())
    return sumBody(1, weight);
  return multiplyAdd(getTripCount(level), sumTrip(level, weight),
                     sumRest(level, weight));
}

uint64_t PassSchedule::getCost(unsigned level) const {
  return sumLoop(level, ::getCost);
}
uint64_t PassSchedule::getTripCost(unsigned level) const {
  return sumTrip(level, ::getCost);
}
uint64_t PassSchedule::getRestCost(unsigned level) const {
  return sumRest(level, ::getCost);
}

double
PassSchedule::sumAll(llvm::function_ref<double(const KernelStep &)> stepWeight,
                     double flushWeight) const {
  if (!loops.empty())
    return sumAll(0, /*isLast=*/true, stepWeight, flushWeight);
  return stepWeight(pass.steps.back());
}

// As the kernel's emission goes through the loops.
double
PassSchedule::sumAll(unsigned level, bool isLast,
                     llvm::function_ref<double(const KernelStep &)> stepWeight,
                     double flushWeight) const {
  uint64_t trips = getTripCount(level), rest = getRest(level);
  uint64_t tripCost = getTripCost(level), capacity = pass.capacity;
  auto sumSteps = [&](uint64_t numWords) {
    double sum = flushWeight * countFlushes(numWords);
    for (const KernelStep *step : getSteps(numWords))
      sum += stepWeight(*step);
    return sum;
  };
  double trip, tail = 0;
  if (level < depth) {
    trip = sumAll(level + 1, /*isLast=*/false, stepWeight, flushWeight);
    if (rest)
      tail = sumAll(level + 1, isLast, stepWeight, flushWeight);
  } else {
    trip = sumSteps(getWordsPerIteration() * chunk);
    tail = sumSteps(getWordsPerIteration() * rest);
  }
  double sum = trips * trip + tail;
  if (!capacity || getCost(level) <= capacity)
    return sum;
  uint64_t flushes = 0;
  if (tripCost > capacity) {
    if (level == depth)
      flushes = trips + (rest != 0) - isLast;
  } else {
    uint64_t perStrip = capacity / std::max<uint64_t>(tripCost, 1);
    uint64_t numStrips = llvm::divideCeil(trips, perStrip);
    perStrip = llvm::divideCeil(trips, std::max<uint64_t>(numStrips, 1));
    flushes = trips ? (trips - 1) / perStrip : 0;
    flushes +=
        (trips - flushes * perStrip) * tripCost + getRestCost(level) > capacity;
    flushes += !isLast;
  }
  return sum + flushWeight * flushes;
}
