//===- LinearCheck.cpp - The proof of a kernel by linear forms ------------===//
//
// Part of the bitserial project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The numbers in comments are those of the claims at the top of Prover.h.
//
//===----------------------------------------------------------------------===//

#include "KernelCode.h"

#include "bitserial/Synthesis/LinearForm.h"
#include "bitserial/Transforms/PlaneNames.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace mlir::bitserial;
using llvm::Twine;
using Polynomial = LinearPolynomial;
using Forms = std::vector<LinearLane>;

namespace {

class Checker {
public:
  explicit Checker(const KernelCode &code)
      : code(code), kernel(*code.kernel), spec(kernel.spec) {}

  LinearCheck run();

private:
  /// A state of variables.
  struct State {
    std::vector<Forms> lanes;
    std::vector<std::optional<unsigned>> variables; ///< By slot.
  };
  /// The words of a step, and what their bits are.
  /// The words of an input that lanes do not run along have no lane.
  static constexpr unsigned kAnyLane = ~0u;
  struct WordBit {
    unsigned position, plane; ///< Planes as the spec numbers them.
    unsigned lane;            ///< Or kAnyLane.
    unsigned bit;
  };

  /// Counters within `used`, bits free; both zero where the pass does not use
  /// them, and after the last.
  State addState(LinearDomain &domain, int64_t used, unsigned pass);

  bool fail(const Twine &reason) {
    if (result.reason.empty())
      result.reason = reason.str();
    return false;
  }
  /// Fails, and remembers the values of the inputs for which a number is
  /// largest or smallest.
  bool suspect(LinearDomain &domain, const KernelFunction &function,
               ArrayRef<Forms> inputs, const Polynomial &number,
               const Twine &reason);
  bool failUnknown(LinearDomain &domain, const KernelFunction &function,
                   ArrayRef<Forms> inputs, const LinearLane &lane,
                   const Twine &what);

  bool checkFinish();
  bool checkEnd(unsigned pass);
  bool checkFlush(unsigned pass);
  bool checkStep(unsigned pass, unsigned index);
  bool checkSpec();

  bool isZero(LinearDomain &domain, const KernelFunction &function,
              ArrayRef<Forms> inputs, const State &state,
              ArrayRef<Forms> outputs, bool countersOnly);
  std::optional<Polynomial> apply(LinearDomain &domain, const LinearRow &row,
                                  const KernelFunction &function,
                                  ArrayRef<Forms> outputs);
  bool checkContribution(LinearDomain &domain, unsigned pass, unsigned words,
                         const LinearRow &row, const Polynomial &difference,
                         ArrayRef<WordBit> wordBits, unsigned firstWord,
                         StringRef name);
  std::vector<Forms> evaluate(LinearDomain &domain,
                              const KernelFunction &function,
                              ArrayRef<Forms> inputs) {
    std::vector<WrapCheck> checks;
    auto outputs = domain.evaluate(function.program, inputs, &checks);
    result.wrapChecks += checks.size();
    return outputs;
  }
  std::string describe(unsigned component, unsigned lane) const {
    return llvm::formatv("lane {0} of component {1} ({2})", lane, component,
                         stringifyStateKind(kernel.stateKinds[component]));
  }

  const KernelCode &code;
  const Kernel &kernel;
  const KernelSpec &spec;
  LinearCheck result;
};

} // namespace

Checker::State Checker::addState(LinearDomain &domain, int64_t used,
                                 unsigned pass) {
  State state;
  state.variables.resize(code.slots.size());
  for (auto [component, type] : llvm::enumerate(code.stateTypes)) {
    Forms &lanes = state.lanes.emplace_back();
    for (unsigned lane = 0; lane < type.lanes; ++lane) {
      unsigned slot = code.getSlot(component, lane);
      if (code.isSum(component)) {
        // Of wider lanes nothing but their value modulo 2^width is known.
        int64_t max =
            type.width > 32 ? INT64_MAX : (int64_t(1) << (type.width - 1)) - 1;
        state.variables[slot] = domain.addInteger(-max - 1, max);
        lanes.push_back(domain.makeValue(
            domain.variable(*state.variables[slot]), type.width));
      } else if (pass == kernel.passes.size() ||
                 !code.isActive(pass, component)) {
        lanes.push_back(domain.makeConstant(0, type.width));
      } else if (code.isCounter(component)) {
        int64_t max = code.getCounterLimit(component, used);
        bool isSigned =
            kernel.stateKinds[component] == StateKind::SignedCounter;
        state.variables[slot] = domain.addInteger(isSigned ? -max : 0, max);
        lanes.push_back(domain.makeValue(
            domain.variable(*state.variables[slot]), type.width));
      } else {
        SmallVector<unsigned> bits;
        for (unsigned bit = 0; bit < type.width; ++bit) {
          bits.push_back(domain.addBit());
          state.variables[slot + bit] = bits.back();
        }
        lanes.push_back(domain.makeBits(bits));
      }
    }
  }
  return state;
}

bool Checker::suspect(LinearDomain &domain, const KernelFunction &function,
                      ArrayRef<Forms> inputs, const Polynomial &number,
                      const Twine &reason) {
  for (bool largest : {true, false}) {
    std::vector<int64_t> point = domain.extremePoint(number, largest);
    Suspect &made = result.suspects.emplace_back();
    made.function = &function;
    for (const Forms &lanes : inputs) {
      Lanes &values = made.arguments.emplace_back();
      for (const LinearLane &lane : lanes)
        values.push_back(domain.evaluate(lane, point));
    }
  }
  return fail(reason);
}

bool Checker::failUnknown(LinearDomain &domain, const KernelFunction &function,
                          ArrayRef<Forms> inputs, const LinearLane &lane,
                          const Twine &what) {
  if (lane.isUnknown())
    return fail("@" + function.name + ": " + what + ": " + *lane.reason);
  if (lane.form == LinearLane::Form::Value)
    if (auto canonical = domain.canonical(lane.value))
      return suspect(domain, function, inputs, *canonical,
                     "@" + function.name + ": " + what + " may wrap around");
  return fail("@" + function.name + ": " + what + " is not a number");
}

//===----------------------------------------------------------------------===//
// V_p
//===----------------------------------------------------------------------===//

// 1, after the last pass.
bool Checker::checkFinish() {
  LinearDomain domain;
  std::vector<State> states;
  std::vector<Forms> inputs;
  llvm::DenseMap<unsigned, std::pair<unsigned, unsigned>> slotOfVariable;
  for (unsigned i = 0; i < kernel.group; ++i) {
    states.push_back(addState(domain, 0, kernel.passes.size()));
    llvm::append_range(inputs, states.back().lanes);
    for (auto [slot, variable] : llvm::enumerate(states.back().variables))
      if (variable)
        slotOfVariable[*variable] = {i, slot};
  }
  std::vector<Forms> outputs = evaluate(domain, *code.finish, inputs);
  std::vector<LinearRow> rows;
  for (auto [output, lane] : llvm::enumerate(outputs[0])) {
    std::optional<Polynomial> value = domain.valueOf(lane);
    if (value)
      value = domain.canonical(*value);
    if (!value)
      return failUnknown(domain, *code.finish, inputs, lane,
                         "output " + Twine(output));
    LinearRow row;
    row.output = output;
    row.accumulator = spec.lanesAreReduction ? output : 0;
    row.coefficients.resize(code.slots.size());
    for (auto [monomial, coefficient] : value->terms()) {
      int64_t reduced = reduce32(coefficient);
      if (!reduced)
        continue;
      ArrayRef<unsigned> factors = domain.getFactors(monomial);
      if (factors.empty()) {
        row.constant = reduced;
        continue;
      }
      // There are only sums, and numbers are never multiplied.
      auto [accumulator, slot] = slotOfVariable.lookup(factors[0]);
      if (factors.size() != 1 || accumulator != row.accumulator)
        return suspect(domain, *code.finish, inputs, *value,
                       "@finish: output " + Twine(output) +
                           " depends on another accumulator");
      row.coefficients[slot] = reduced;
    }
    rows.push_back(std::move(row));
  }
  // Accumulators of which nothing differs are proved once.
  if (spec.lanesAreReduction)
    rows.erase(std::unique(rows.begin(), rows.end(),
                           [](const LinearRow &a, const LinearRow &b) {
                             return a.constant == b.constant &&
                                    a.coefficients == b.coefficients;
                           }),
               rows.end());
  result.rows.resize(kernel.passes.size() + 1);
  result.rows.back() = std::move(rows);
  return true;
}

/// Whether counters (and bits) are zero.
bool Checker::isZero(LinearDomain &domain, const KernelFunction &function,
                     ArrayRef<Forms> inputs, const State &state,
                     ArrayRef<Forms> outputs, bool countersOnly) {
  for (auto [component, lanes] : llvm::enumerate(outputs)) {
    if (code.isSum(component) || (countersOnly && !code.isCounter(component)))
      continue;
    for (auto [index, lane] : llvm::enumerate(lanes)) {
      if (domain.asConstant(lane) == uint64_t(0))
        continue;
      std::string reason =
          ("@" + Twine(function.name) + ": " + describe(component, index) +
           " is not zero afterwards")
              .str();
      std::optional<Polynomial> number = domain.valueOf(lane);
      if (number)
        number = domain.canonical(*number);
      if (!number)
        return fail(reason);
      return suspect(domain, function, inputs, *number, reason);
    }
  }
  return true;
}

/// A row, of what a function returns.
std::optional<Polynomial> Checker::apply(LinearDomain &domain,
                                         const LinearRow &row,
                                         const KernelFunction &function,
                                         ArrayRef<Forms> outputs) {
  std::vector<Polynomial> numbers;
  std::vector<int64_t> factors;
  for (auto [slot, coefficient] : llvm::enumerate(row.coefficients)) {
    if (!coefficient)
      continue;
    auto [component, index, bit] = code.slots[slot];
    const LinearLane &lane = outputs[component][index];
    std::optional<Polynomial> number;
    switch (kernel.stateKinds[component]) {
    case StateKind::Sum:
      number = domain.valueOf(lane);
      break;
    case StateKind::Counter:
      number = domain.asUnsigned(lane);
      break;
    case StateKind::SignedCounter:
      number = domain.asSigned(lane);
      break;
    case StateKind::Bits: {
      if (lane.form != LinearLane::Form::Bits) {
        fail("@" + function.name + ": " + describe(component, index) +
             " is not known bit by bit" +
             (lane.reason ? ": " + *lane.reason : ""));
        return std::nullopt;
      }
      LinearLane one;
      one.form = LinearLane::Form::Bits;
      one.width = 1;
      one.bits = {lane.bits[bit]};
      number = domain.asUnsigned(one);
      break;
    }
    }
    if (!number) {
      fail("@" + function.name + ": " + describe(component, index) +
           (lane.reason ? ": " + *lane.reason : " may wrap around"));
      return std::nullopt;
    }
    numbers.push_back(std::move(*number));
    factors.push_back(coefficient);
  }
  std::vector<std::pair<const Polynomial *, int64_t>> addends;
  for (auto [number, factor] : llvm::zip_equal(numbers, factors))
    addends.push_back({&number, factor});
  Polynomial constant = domain.constant(row.constant);
  addends.push_back({&constant, 1});
  std::optional<Polynomial> sum = domain.sum(addends);
  if (sum)
    sum = domain.canonical(*sum);
  if (!sum)
    fail("@" + function.name + ": the result has too many terms");
  return sum;
}

// 1 and 3 of a pass.
bool Checker::checkEnd(unsigned pass) {
  std::vector<LinearRow> &rows = result.rows[pass];
  const std::vector<LinearRow> &next = result.rows[pass + 1];
  rows = next;
  if (!code.passes[pass].end) {
    // Counters and bits stay zero, and do not count.
    for (LinearRow &row : rows)
      for (auto [slot, coefficient] : llvm::enumerate(row.coefficients))
        if (!code.isSum(code.slots[slot].component))
          coefficient = 0;
    return true;
  }
  const KernelFunction &end = *code.passes[pass].end;
  LinearDomain domain;
  State state = addState(domain, kernel.passes[pass].capacity, pass);
  llvm::DenseMap<unsigned, unsigned> slotOfVariable;
  for (auto [slot, variable] : llvm::enumerate(state.variables))
    if (variable)
      slotOfVariable[*variable] = slot;
  std::vector<Forms> outputs = evaluate(domain, end, state.lanes);
  if (!isZero(domain, end, state.lanes, state, outputs, false))
    return false;
  for (auto [row, after] : llvm::zip_equal(rows, next)) {
    std::optional<Polynomial> value = apply(domain, after, end, outputs);
    if (!value)
      return false;
    row.constant = 0;
    row.coefficients.assign(code.slots.size(), 0);
    for (auto [monomial, coefficient] : value->terms()) {
      int64_t reduced = reduce32(coefficient);
      if (!reduced)
        continue;
      ArrayRef<unsigned> factors = domain.getFactors(monomial);
      if (factors.size() > 1)
        return suspect(domain, end, state.lanes, *value,
                       "@" + end.name + ": not linear in the state");
      if (factors.empty())
        row.constant = reduced;
      else
        row.coefficients[slotOfVariable.lookup(factors[0])] = reduced;
    }
  }
  return true;
}

// 4.
bool Checker::checkFlush(unsigned pass) {
  if (!code.passes[pass].flush)
    return true;
  const KernelFunction &flush = *code.passes[pass].flush;
  LinearDomain domain;
  State state = addState(domain, kernel.passes[pass].capacity, pass);
  std::vector<Forms> outputs = evaluate(domain, flush, state.lanes);
  if (!isZero(domain, flush, state.lanes, state, outputs,
              code.passes[pass].end.has_value()))
    return false;
  for (const LinearRow &row : result.rows[pass]) {
    std::optional<Polynomial> after = apply(domain, row, flush, outputs);
    if (!after)
      return false;
    std::optional<Polynomial> before = apply(domain, row, flush, state.lanes);
    std::optional<Polynomial> difference =
        before ? domain.add(*after, *before, -1) : std::nullopt;
    if (!difference)
      return false;
    for (auto [monomial, coefficient] : difference->terms())
      if (reduce32(coefficient))
        return suspect(domain, flush, state.lanes, *difference,
                       "@" + flush.name + ": output " + Twine(row.output) +
                           " is changed");
  }
  return true;
}

//===----------------------------------------------------------------------===//
// Steps
//===----------------------------------------------------------------------===//

bool Checker::checkContribution(LinearDomain &domain, unsigned pass,
                                unsigned words, const LinearRow &row,
                                const Polynomial &difference,
                                ArrayRef<WordBit> wordBits, unsigned firstWord,
                                StringRef name) {
  BitPolynomial &known = result.passes[pass].contribution;
  size_t found = 0;
  std::string where = ("@" + name + ": output " + Twine(row.output)).str();
  // The first step defines C_p, by the lowest bit.
  bool isDefinition = words == 1 && &row == &result.rows[pass].front();
  unsigned firstLane = spec.lanesAreReduction ? 0 : row.output;
  for (bool define : {true, false}) {
    if (define && !isDefinition)
      continue;
    for (auto [monomial, coefficient] : difference.terms()) {
      int64_t reduced = reduce32(coefficient);
      if (!reduced)
        continue;
      BitPolynomial term = BitPolynomial::constant(1);
      std::optional<WordBit> first;
      for (unsigned factor : domain.getFactors(monomial)) {
        if (factor < firstWord || factor - firstWord >= wordBits.size())
          return fail(where + " depends on the state in another way");
        const WordBit &bit = wordBits[factor - firstWord];
        if (!first)
          first = bit;
        if (first->lane == kAnyLane)
          first->lane = bit.lane;
        if (bit.position != first->position ||
            (bit.lane != first->lane && bit.lane != kAnyLane) ||
            bit.bit != first->bit)
          return fail(where + " depends on a product of bits of different " +
                      "places");
        term = term * BitPolynomial::variable(bit.plane);
      }
      if (!first)
        return fail(where + " is changed by a constant");
      if (first->lane == kAnyLane)
        first->lane = firstLane;
      if (!code.feeds(first->lane, row.output))
        return fail(where + " depends on lane " + Twine(first->lane));
      BitPolynomial::Monomial planes = term.getTerms().begin()->first;
      std::string product = term.str();
      term = term * BitPolynomial::constant(reduced);
      if (define) {
        if (first->bit == 0 && first->lane == firstLane)
          known = known + term;
        continue;
      }
      if (known.getCoefficient(planes) != reduced)
        return fail(where + llvm::formatv(" counts {0} of bit {1} in lane {2} "
                                          "of position {3} {4} times rather "
                                          "than {5}",
                                          product, first->bit, first->lane,
                                          first->position, reduced,
                                          known.getCoefficient(planes))
                                .str());
      ++found;
    }
  }
  size_t lanes = spec.lanesAreReduction ? code.wordType.lanes : 1;
  size_t expected =
      known.getTerms().size() * words * lanes * code.wordType.width;
  if (found != expected)
    return fail(where + " lacks " + Twine(expected - found) + " of " +
                Twine(expected) + " terms");
  return true;
}

// 5 and 6, and 3 if there is no @end.
bool Checker::checkStep(unsigned pass, unsigned index) {
  const KernelPass &kernelPass = kernel.passes[pass];
  const KernelStep &step = kernelPass.steps[index];
  const KernelFunction &function = code.passes[pass].steps[index];
  bool hasEnd = code.passes[pass].end.has_value();
  LinearDomain domain;
  State state =
      addState(domain, int64_t(kernelPass.capacity) - step.cost, pass);
  std::vector<Forms> inputs = state.lanes;
  unsigned firstWord = domain.numVariables();
  std::vector<WordBit> wordBits;
  for (unsigned position = 0; position < step.words; ++position)
    for (unsigned plane : kernelPass.planes) {
      Forms &lanes = inputs.emplace_back();
      bool isShared = code.isSharedByLanes(plane);
      for (unsigned lane = 0; lane < code.wordType.lanes; ++lane) {
        if (isShared && lane != 0) {
          lanes.push_back(lanes.front());
          continue;
        }
        lanes.push_back(domain.addBits(code.wordType.width));
        for (unsigned bit = 0; bit < code.wordType.width; ++bit)
          wordBits.push_back(
              {position, plane, isShared ? kAnyLane : lane, bit});
      }
    }
  std::vector<Forms> outputs = evaluate(domain, function, inputs);
  if (!hasEnd && !isZero(domain, function, inputs, state, outputs, false))
    return false;

  // Counters: what is added to one of before has magnitude `cost` at most.
  for (auto [component, lanes] : llvm::enumerate(outputs)) {
    if (!code.isCounter(component) || !code.isActive(pass, component))
      continue;
    bool isSigned = kernel.stateKinds[component] == StateKind::SignedCounter;
    for (auto [lane, form] : llvm::enumerate(lanes)) {
      std::optional<Polynomial> number =
          isSigned ? domain.asSigned(form) : domain.asUnsigned(form);
      if (number)
        number = domain.canonical(*number);
      if (!number)
        return failUnknown(domain, function, inputs, form,
                           describe(component, lane));
      Polynomial added = *number;
      unsigned counters = 0;
      for (auto [monomial, coefficient] : number->terms())
        for (unsigned factor : domain.getFactors(monomial)) {
          if (factor >= firstWord || state.variables.empty())
            continue;
          // A counter, a sum or a bit of the state.
          auto slot = llvm::find(state.variables, factor);
          StateSlot from = code.slots[slot - state.variables.begin()];
          if (from.bit >= 0)
            continue; // a bit is as good as that of a word
          if (!code.isCounter(from.component) || coefficient != 1 ||
              domain.getFactors(monomial).size() != 1 || counters++)
            return suspect(domain, function, inputs, *number,
                           "@" + function.name + ": " +
                               describe(component, lane) +
                               " is not a counter plus what is added");
          added = *domain.add(added, domain.variable(factor), -1);
        }
      Bounds bounds = domain.bounds(added);
      if (bounds.max > int64_t(step.cost) ||
          bounds.min < (isSigned ? -int64_t(step.cost) : 0))
        return suspect(
            domain, function, inputs, added,
            "@" + function.name + ": " + describe(component, lane) +
                llvm::formatv(" grows by {0} to {1}, the cost is {2}",
                              bounds.min, bounds.max, step.cost)
                    .str());
    }
  }

  for (const LinearRow &row : result.rows[pass]) {
    std::optional<Polynomial> after = apply(domain, row, function, outputs);
    std::optional<Polynomial> before =
        after ? apply(domain, row, function, state.lanes) : std::nullopt;
    std::optional<Polynomial> difference =
        before ? domain.add(*after, *before, -1) : std::nullopt;
    if (!difference)
      return fail("@" + function.name + ": the result has too many terms");
    if (!checkContribution(domain, pass, step.words, row, *difference, wordBits,
                           firstWord, function.name))
      return suspect(domain, function, inputs, *difference, "");
  }
  return true;
}

// 2 and 7.
bool Checker::checkSpec() {
  for (const LinearRow &row : result.rows[0])
    if (row.constant)
      return fail("the sum of nothing is " + Twine(row.constant) +
                  " in output " + Twine(row.output));
  BitPolynomial sum;
  for (const PassProof &pass : result.passes)
    sum = sum + pass.contribution;
  BitPolynomial difference = sum - spec.polynomial;
  for (auto [monomial, coefficient] : difference.getTerms())
    if (reduce32(coefficient))
      return fail("the kernel computes " +
                  describePolynomial(sum, spec.numPlanes) + " rather than " +
                  describePolynomial(spec.polynomial, spec.numPlanes));
  return true;
}

LinearCheck Checker::run() {
  unsigned numPasses = kernel.passes.size();
  result.passes.resize(numPasses);
  result.holds = [&] {
    if (!checkFinish())
      return false;
    for (unsigned pass = numPasses; pass-- > 0;) {
      result.passes[pass].capacity = kernel.passes[pass].capacity;
      if (!checkEnd(pass))
        return false;
      // 1: wherever the value of a narrow sum goes it does so modulo 2^width.
      for (const LinearRow &row : result.rows[pass])
        for (auto [slot, coefficient] : llvm::enumerate(row.coefficients)) {
          unsigned component = code.slots[slot].component;
          unsigned width = code.stateTypes[component].width;
          if (code.isSum(component) && width < 32 &&
              coefficient % (int64_t(1) << (32 - width)))
            return fail("sums of " + Twine(width) +
                        " bits may wrap around in component " +
                        Twine(component));
        }
      if (!checkFlush(pass))
        return false;
      // The last step takes one word, and says what the contribution is.
      for (unsigned step = kernel.passes[pass].steps.size(); step-- > 0;)
        if (!checkStep(pass, step))
          return false;
    }
    return checkSpec();
  }();
  return std::move(result);
}

LinearCheck mlir::bitserial::checkLinear(const KernelCode &code) {
  return Checker(code).run();
}
