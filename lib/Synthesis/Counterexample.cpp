//===- Counterexample.cpp - Inputs for which a kernel is wrong ------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Claims 2 to 7 of Prover.h, evaluated for given states and words. Claims 1 and
// 6 say that V_p is linear and contributions do not depend on the state; what
// is compared here is what follows for results, which are all that counts.
//
//===----------------------------------------------------------------------===//

#include "DirectCheck.h"
#include "KernelCode.h"

#include "bitserial/Synthesis/Evaluate.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"

#include <random>

using namespace mlir;
using namespace mlir::bitserial;

namespace {

/// Random numbers that are the same with every standard library.
class Random {
public:
  uint64_t operator()() { return engine(); }
  uint64_t below(uint64_t count) { return engine() % count; }

private:
  std::mt19937_64 engine{20240229};
};

class Searcher {
public:
  explicit Searcher(const KernelCode &code)
      : code(code), kernel(*code.kernel) {}

  std::optional<Counterexample> run(ArrayRef<Suspect> suspects);

private:
  /// Each checks one claim for one input, and says what is wrong.
  std::optional<Counterexample> checkFinish(const std::vector<Lanes> &states);
  std::optional<Counterexample> checkFlush(unsigned pass,
                                           const std::vector<Lanes> &state);
  std::optional<Counterexample> checkEnd(unsigned pass,
                                         const std::vector<Lanes> &state);
  std::optional<Counterexample> checkStep(unsigned pass, unsigned index,
                                          const std::vector<Lanes> &arguments);
  std::optional<Counterexample> checkSpec(const std::vector<Lanes> &words);
  std::optional<Counterexample> check(const KernelFunction &function,
                                      const std::vector<Lanes> &arguments);

  /// Within (pass, used), before a step of so many words.
  std::vector<Lanes> makeState(unsigned sample, int64_t used, unsigned pass,
                               unsigned words = 0);
  /// A magnitude of sums that neither a step of so many words nor what follows
  /// carries beyond a narrow lane.
  int64_t getNarrowSumLimit(unsigned width, unsigned words) const;
  /// What the spec asks for of a word of each plane.
  int64_t evaluateSpec(ArrayRef<uint64_t> words) const;
  /// Words of a plane.
  Lanes makeWords(unsigned sample, unsigned plane);

  /// Reports a difference between outputs that should be equal.
  std::optional<Counterexample>
  compare(const KernelFunction &function, const std::vector<Lanes> &arguments,
          const Lanes &actual, const Lanes &expected, const llvm::Twine &what);

  /// The outputs that belong to an accumulator.
  bool belongs(unsigned output, unsigned accumulator) const {
    return !kernel.spec.lanesAreReduction || output == accumulator;
  }

  const KernelCode &code;
  const Kernel &kernel;
  Random random;
};

} // namespace

static std::string formatSigned(uint64_t lane, unsigned width) {
  return std::to_string(signedLane(lane, width));
}

std::optional<Counterexample>
Searcher::compare(const KernelFunction &function,
                  const std::vector<Lanes> &arguments, const Lanes &actual,
                  const Lanes &expected, const llvm::Twine &what) {
  for (unsigned output = 0; output < actual.size(); ++output)
    if (uint32_t(actual[output]) != uint32_t(expected[output]))
      return Counterexample{function.name, arguments,
                            (what + " in output " + llvm::Twine(output) +
                             " is " + formatSigned(actual[output], 32) +
                             ", and should be " +
                             formatSigned(expected[output], 32))
                                .str()};
  return std::nullopt;
}

std::optional<Counterexample>
Searcher::checkFinish(const std::vector<Lanes> &states) {
  // Outputs of an accumulator do not depend on other accumulators.
  Lanes all = evaluate(code.finish->program, states)[0];
  size_t size = code.stateTypes.size();
  for (unsigned i = 0; i < kernel.group; ++i) {
    Lanes one = code.evaluateRest(
        kernel.passes.size(),
        {states.begin() + i * size, states.begin() + (i + 1) * size}, i);
    for (unsigned output = 0; output < all.size(); ++output)
      if (!belongs(output, i))
        one[output] = all[output];
    if (auto found = compare(*code.finish, states, all, one, "the result"))
      return found;
  }
  return std::nullopt;
}

std::optional<Counterexample>
Searcher::checkFlush(unsigned pass, const std::vector<Lanes> &state) {
  const KernelFunction &flush = *code.passes[pass].flush;
  std::vector<Lanes> after = evaluate(flush.program, state);
  for (unsigned i = 0; i < code.stateTypes.size(); ++i)
    if (code.isCounter(i))
      for (auto [lane, value] : llvm::enumerate(after[i]))
        if (value)
          return Counterexample{
              flush.name, state,
              llvm::formatv("the counter in lane {0} of component {1} is {2}, "
                            "and should be 0",
                            lane, i,
                            formatSigned(value, code.stateTypes[i].width))};
  for (unsigned i = 0; i < kernel.group; ++i)
    if (auto found = compare(flush, state, code.evaluateRest(pass, after, i),
                             code.evaluateRest(pass, state, i),
                             "the result if nothing follows"))
      return found;
  return std::nullopt;
}

std::optional<Counterexample>
Searcher::checkEnd(unsigned pass, const std::vector<Lanes> &state) {
  const KernelFunction &end = *code.passes[pass].end;
  std::vector<Lanes> after = evaluate(end.program, state);
  for (unsigned i = 0; i < code.stateTypes.size(); ++i)
    if (!code.isSum(i))
      for (auto [lane, value] : llvm::enumerate(after[i]))
        if (value)
          return Counterexample{
              end.name, state,
              llvm::formatv("lane {0} of component {1} is {2:x}, and should "
                            "be 0",
                            lane, i, value)};
  return std::nullopt;
}

std::optional<Counterexample>
Searcher::checkStep(unsigned pass, unsigned index,
                    const std::vector<Lanes> &arguments) {
  const KernelFunction &function = code.passes[pass].steps[index];
  const KernelFunction &single = code.passes[pass].steps.back();
  const KernelStep &step = kernel.passes[pass].steps[index];
  size_t numStates = code.stateTypes.size();
  std::vector<Lanes> state(arguments.begin(), arguments.begin() + numStates);
  std::vector<Lanes> after = evaluate(function.program, arguments);

  // Bounds of counters, from the largest one before.
  for (unsigned i = 0; i < numStates; ++i) {
    if (!code.isActive(pass, i))
      for (auto [lane, value] : llvm::enumerate(after[i]))
        if (value)
          return Counterexample{
              function.name, arguments,
              llvm::formatv("lane {0} of component {1} is {2:x}, and should "
                            "be 0, since the pass does not use it",
                            lane, i, value)};
  }
  int64_t used = 0;
  auto magnitude = [&](unsigned i, uint64_t value) -> int64_t {
    if (kernel.stateKinds[i] == StateKind::Counter)
      return value;
    return std::abs(signedLane(value, code.stateTypes[i].width));
  };
  for (unsigned i = 0; i < numStates; ++i)
    if (code.isCounter(i))
      for (uint64_t value : state[i])
        used = std::max(used, magnitude(i, value));
  for (unsigned i = 0; i < numStates; ++i)
    if (code.isCounter(i))
      for (auto [lane, value] : llvm::enumerate(after[i]))
        if (magnitude(i, value) > used + step.cost)
          return Counterexample{
              function.name, arguments,
              llvm::formatv("the counter in lane {0} of component {1} is {2}, "
                            "and should be at most {3}",
                            lane, i, magnitude(i, value), used + step.cost)};

  // What it contributes: the same as word by word to an empty state.
  size_t perPosition = kernel.passes[pass].planes.size();
  for (unsigned i = 0; i < kernel.group; ++i) {
    Lanes expected = code.evaluateRest(pass, state, i);
    Lanes empty = code.evaluateRest(pass, code.zeroState(), i);
    for (unsigned u = 0; u < step.words; ++u) {
      std::vector<Lanes> one = code.zeroState();
      auto words = arguments.begin() + numStates + u * perPosition;
      one.insert(one.end(), words, words + perPosition);
      Lanes result = code.evaluateRest(pass, evaluate(single.program, one), i);
      for (unsigned output = 0; output < expected.size(); ++output)
        expected[output] += result[output] - empty[output];
    }
    if (auto found = compare(
            function, arguments, code.evaluateRest(pass, after, i), expected,
            "the result if nothing follows (expected from @" + single.name +
                " word by word from an empty state)"))
      return found;
  }
  return std::nullopt;
}

int64_t Searcher::getNarrowSumLimit(unsigned width, unsigned words) const {
  int64_t largest = 1;
  for (auto [planes, coefficient] : kernel.spec.polynomial.getTerms())
    largest = std::max(largest, std::abs(coefficient));
  int64_t room = int64_t(laneMask(width - 1)) / largest -
                 words * getMaxPerWord(kernel.spec);
  return std::max<int64_t>(room, 0);
}

int64_t Searcher::evaluateSpec(ArrayRef<uint64_t> words) const {
  const KernelSpec &spec = kernel.spec;
  int64_t sum = 0;
  if (!spec.numbers.empty()) {
    for (unsigned i = 0; i < spec.wordBits; i += spec.numbers[0].bits) {
      int64_t product = 1;
      for (auto [word, numbers] : llvm::zip_equal(words, spec.numbers)) {
        uint64_t bits = word >> i & laneMask(numbers.bits);
        product *=
            numbers.isSigned ? signedLane(bits, numbers.bits) : int64_t(bits);
      }
      sum += product;
    }
    return sum;
  }
  for (auto [planes, coefficient] : spec.polynomial.getTerms()) {
    uint64_t all = ~uint64_t(0);
    for (unsigned plane = 0; plane < words.size(); ++plane)
      if (planes >> plane & 1)
        all &= words[plane];
    sum += coefficient * llvm::popcount(all);
  }
  return sum;
}

std::optional<Counterexample>
Searcher::checkSpec(const std::vector<Lanes> &words) {
  // One position through all passes; each is looked at on its own, so that the
  // state is empty.
  for (unsigned i = 0; i < kernel.group; ++i) {
    Lanes actual = code.evaluateRest(0, code.zeroState(), i);
    for (uint64_t value : actual)
      if (uint32_t(value))
        return Counterexample{code.finish->name, code.zeroState(),
                              "the sum of nothing is " +
                                  formatSigned(value, 32)};
    for (unsigned pass = 0; pass < kernel.passes.size(); ++pass) {
      std::vector<Lanes> arguments = code.zeroState();
      for (unsigned plane : kernel.passes[pass].planes)
        arguments.push_back(words[plane]);
      Lanes empty = code.evaluateRest(pass, code.zeroState(), i);
      Lanes result = code.evaluateRest(
          pass, evaluate(code.passes[pass].steps.back().program, arguments), i);
      for (unsigned output = 0; output < actual.size(); ++output)
        actual[output] += result[output] - empty[output];
    }
    Lanes expected(actual.size(), 0);
    for (unsigned lane = 0; lane < code.wordType.lanes; ++lane) {
      SmallVector<uint64_t> ofLane;
      for (const Lanes &plane : words)
        ofLane.push_back(plane[lane]);
      int64_t sum = evaluateSpec(ofLane);
      if (kernel.spec.lanesAreReduction)
        expected[i] += sum;
      else
        expected[lane] += sum;
    }
    if (auto found = compare(*code.finish, words, actual, expected,
                             "the sum over one position")) {
      found->function.clear();
      return found;
    }
  }
  return std::nullopt;
}

std::optional<Counterexample>
Searcher::check(const KernelFunction &function,
                const std::vector<Lanes> &arguments) {
  if (&function == &*code.finish)
    return checkFinish(arguments);
  for (unsigned pass = 0; pass < code.passes.size(); ++pass) {
    const KernelCode::Pass &functions = code.passes[pass];
    if (functions.flush && &function == &*functions.flush)
      return checkFlush(pass, arguments);
    if (functions.end && &function == &*functions.end)
      return checkEnd(pass, arguments);
    for (unsigned index = 0; index < functions.steps.size(); ++index)
      if (&function == &functions.steps[index])
        return checkStep(pass, index, arguments);
  }
  return std::nullopt;
}

std::vector<Lanes> Searcher::makeState(unsigned sample, int64_t used,
                                       unsigned pass, unsigned words) {
  std::vector<Lanes> state = code.zeroState();
  for (unsigned i = 0; i < state.size(); ++i) {
    LaneType type = code.stateTypes[i];
    if (!code.isSum(i) &&
        (pass == code.passes.size() || !code.isActive(pass, i)))
      continue;
    for (uint64_t &lane : state[i]) {
      if (code.isCounter(i)) {
        uint64_t max = code.getCounterLimit(i, used);
        bool isSigned = kernel.stateKinds[i] == StateKind::SignedCounter;
        lane = sample % 4 == 0   ? max
               : sample % 4 == 1 ? 0
                                 : random.below(max + 1);
        if (isSigned &&
            (sample % 8 == 4 || (sample % 4 > 1 && random.below(2))))
          lane = -lane;
      } else if (sample % 3 != 1) {
        lane = sample % 3 == 0 && !code.isSum(i) ? ~uint64_t(0) : random();
        if (kernel.maxPositions && type.width < 32) {
          int64_t most = getNarrowSumLimit(type.width, words);
          lane = int64_t(random.below(2 * most + 1)) - most;
        }
      }
      lane &= laneMask(type.width);
    }
  }
  return state;
}

Lanes Searcher::makeWords(unsigned sample, unsigned plane) {
  Lanes words(code.wordType.lanes);
  uint64_t kind = sample == 0 ? 0 : random.below(6);
  if (!kernel.spec.numbers.empty()) {
    const WordNumbers &numbers = kernel.spec.numbers[plane];
    uint64_t count = numbers.max - numbers.min + 1;
    for (uint64_t &lane : words)
      for (unsigned i = 0; i < code.wordType.width; i += numbers.bits) {
        int64_t number = kind == 0   ? numbers.max
                         : kind == 1 ? numbers.min
                                     : numbers.min + random.below(count);
        lane |= (number & laneMask(numbers.bits)) << i;
      }
    return words;
  }
  for (uint64_t &lane : words) {
    uint64_t value = random();
    switch (kind) {
    case 0:
      value = ~uint64_t(0);
      break;
    case 1:
      value = 0;
      break;
    case 2: // few ones
      value &= random() & random() & random();
      break;
    case 3: // few zeros
      value |= random() | random() | random();
      break;
    default:
      break;
    }
    lane = value & laneMask(code.wordType.width);
  }
  if (code.isSharedByLanes(plane))
    words.assign(words.size(), words.front());
  return words;
}

std::optional<Counterexample> Searcher::run(ArrayRef<Suspect> suspects) {
  for (const Suspect &suspect : suspects)
    if (auto found = check(*suspect.function, suspect.arguments))
      return found;

  constexpr unsigned numSamples = 96;
  for (unsigned sample = 0; sample < numSamples; ++sample) {
    std::vector<Lanes> words(kernel.spec.getTotalPlanes());
    for (unsigned plane = 0; plane < words.size(); ++plane)
      words[plane] = makeWords(sample, plane);
    if (auto found = checkSpec(words))
      return found;
    for (unsigned pass = 0; pass < code.passes.size(); ++pass) {
      const KernelCode::Pass &functions = code.passes[pass];
      int64_t capacity = kernel.passes[pass].capacity;
      for (unsigned index = 0; index < functions.steps.size(); ++index) {
        const KernelStep &step = kernel.passes[pass].steps[index];
        std::vector<Lanes> arguments =
            makeState(sample, capacity - step.cost, pass, step.words);
        for (unsigned i = 0; i < step.words; ++i)
          for (unsigned plane : kernel.passes[pass].planes)
            arguments.push_back(makeWords(sample, plane));
        if (auto found = checkStep(pass, index, arguments))
          return found;
      }
      if (functions.flush)
        if (auto found = checkFlush(pass, makeState(sample, capacity, pass)))
          return found;
      if (functions.end)
        if (auto found = checkEnd(pass, makeState(sample, capacity, pass)))
          return found;
    }
    std::vector<Lanes> states;
    for (unsigned i = 0; i < kernel.group; ++i)
      llvm::append_range(states, makeState(sample, 0, code.passes.size()));
    if (auto found = checkFinish(states))
      return found;
  }
  return std::nullopt;
}

std::optional<Counterexample>
mlir::bitserial::findCounterexample(const KernelCode &code,
                                    ArrayRef<Suspect> suspects) {
  return Searcher(code).run(suspects);
}

//===----------------------------------------------------------------------===//
// Printing
//===----------------------------------------------------------------------===//

static std::string print(const Counterexample &example,
                         ArrayRef<StateKind> kinds) {
  const auto &[function, arguments, message] = example;
  std::string text;
  llvm::raw_string_ostream os(text);
  os << (function.empty() ? std::string("all passes") : "@" + function) << ": "
     << message << '\n';
  for (auto [index, lanes] : llvm::enumerate(arguments)) {
    os << (function.empty() ? "  words of plane " : "  argument ") << index;
    if (!function.empty() && index < kinds.size() && function != "finish")
      os << " (" << stringifyStateKind(kinds[index]) << ")";
    os << ":";
    // Runs of equal lanes in short.
    for (size_t i = 0; i < lanes.size();) {
      size_t end = i;
      while (end < lanes.size() && lanes[end] == lanes[i])
        ++end;
      os << llvm::formatv(" {0:x}", lanes[i]);
      if (end - i > 1)
        os << "*" << end - i;
      i = end;
    }
    os << '\n';
  }
  return text;
}

std::string Counterexample::str(const Kernel &kernel) const {
  return print(*this, kernel.stateKinds);
}

std::string Counterexample::str() const { return print(*this, {}); }
