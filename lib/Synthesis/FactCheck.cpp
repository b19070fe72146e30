//===- FactCheck.cpp - The proof of a kernel by facts ---------------------===//
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

#include "FunctionProof.h"

#include "llvm/Support/FormatVariadic.h"

using namespace mlir;
using namespace mlir::bitserial;
using llvm::Twine;
using Expression = FunctionProof::Expression;

namespace {

class FactChecker {
public:
  FactChecker(const KernelCode &code, const InstructionSet &set,
              ObligationSet &obligations)
      : code(code), kernel(*code.kernel), set(set), obligations(obligations) {}

  bool run();

  LinearCheck check;

private:
  bool fail(const Twine &why) {
    if (check.reason.empty())
      check.reason = why.str();
    return false;
  }
  /// Cuts a function.
  bool cut(FunctionProof &proof) {
    bool done = proof.run();
    check.wrapChecks += proof.getNumBounded();
    return done;
  }
  bool fail(FunctionProof &proof, const Twine &why) {
    return fail(proof.getReason().empty() ? why : Twine(proof.getReason()));
  }

  /// Of a pass; counters and bits are zero after the last.
  void addState(FunctionProof &proof, int64_t used, unsigned pass);
  void addRow(FunctionProof &proof, Expression &sum, const LinearRow &row,
              unsigned firstArgument);
  /// A row of what a function returns, in its arguments.
  std::optional<Expression> apply(FunctionProof &proof, const LinearRow &row);
  bool areEqual(const Expression &a, const Expression &b);
  /// Whether components for which `which` holds are zero afterwards.
  bool isZero(FunctionProof &proof, llvm::function_ref<bool(unsigned)> which);

  bool addFinish();
  bool addEnd(unsigned pass);
  bool addFlush(unsigned pass);
  bool addStep(unsigned pass, unsigned index);
  bool addSpec();
  /// A row for what an expression in the state says.
  bool readRow(FunctionProof &proof, const Expression &sum,
               unsigned firstArgument, LinearRow &row);
  /// What bits of words add to the first output, at the lowest bit.
  void readContribution(FunctionProof &proof, unsigned pass,
                        const LinearRow &row, const Expression &sum);

  const KernelCode &code;
  const Kernel &kernel;
  const InstructionSet &set;
  ObligationSet &obligations;
};

} // namespace

void FactChecker::addState(FunctionProof &proof, int64_t used, unsigned pass) {
  for (unsigned i = 0; i < code.stateTypes.size(); ++i) {
    if (code.isSum(i)) {
      proof.addSums();
    } else if (pass == kernel.passes.size() || !code.isActive(pass, i)) {
      proof.addZeros();
    } else if (code.isCounter(i)) {
      int64_t max = code.getCounterLimit(i, used);
      bool isSigned = kernel.stateKinds[i] == StateKind::SignedCounter;
      proof.addNumbers(isSigned ? -max : 0, max, isSigned);
    } else {
      proof.addBits(/*isWord=*/false);
    }
  }
}

static unsigned monomialOf(FunctionProof &proof, ArrayRef<unsigned> factors) {
  return proof.getDomain().product(factors).terms()[0].first;
}

static void addTo(Expression &sum, unsigned monomial, int64_t coefficient) {
  sum[monomial] += coefficient;
}

/// V of the arguments.
void FactChecker::addRow(FunctionProof &proof, Expression &sum,
                         const LinearRow &row, unsigned firstArgument) {
  addTo(sum, 0, row.constant);
  for (auto [slot, coefficient] : llvm::enumerate(row.coefficients)) {
    auto [component, lane, bit] = code.slots[slot];
    if (coefficient &&
        proof.findArgument(firstArgument + component, lane, std::max(bit, 0)))
      addTo(sum,
            monomialOf(proof, proof.getArgument(firstArgument + component, lane,
                                                std::max(bit, 0))),
            coefficient);
  }
}

/// V of the results.
std::optional<Expression> FactChecker::apply(FunctionProof &proof,
                                             const LinearRow &row) {
  Expression sum;
  addTo(sum, 0, row.constant);
  for (auto [slot, coefficient] : llvm::enumerate(row.coefficients)) {
    if (!coefficient)
      continue;
    auto [component, lane, bit] = code.slots[slot];
    FunctionProof::Term term = bit < 0 ? proof.getLane(component, lane)
                                       : proof.getBit(component, lane, bit);
    if (!proof.getReason().empty())
      return std::nullopt;
    if (term.variable)
      addTo(sum, monomialOf(proof, *term.variable), coefficient);
    else
      addTo(sum, 0, coefficient * term.constant);
  }
  for (auto it = sum.begin(); it != sum.end();)
    it = it->second ? std::next(it) : sum.erase(it);
  return proof.express(sum);
}

/// Modulo 2^32.
bool FactChecker::areEqual(const Expression &a, const Expression &b) {
  auto covers = [](const Expression &x, const Expression &y) {
    return llvm::all_of(x, [&](auto &term) {
      auto it = y.find(term.first);
      return reduce32(term.second - (it == y.end() ? 0 : it->second)) == 0;
    });
  };
  return covers(a, b) && covers(b, a);
}

bool FactChecker::isZero(FunctionProof &proof,
                         llvm::function_ref<bool(unsigned)> which) {
  for (unsigned i = 0; i < code.stateTypes.size(); ++i) {
    if (code.isSum(i) || !which(i))
      continue;
    for (unsigned lane = 0; lane < code.stateTypes[i].lanes; ++lane) {
      FunctionProof::Term term = proof.getLane(i, lane);
      if (term.variable || term.constant || !proof.getReason().empty())
        return false;
    }
  }
  return true;
}

bool FactChecker::readRow(FunctionProof &proof, const Expression &sum,
                          unsigned firstArgument, LinearRow &row) {
  std::map<unsigned, unsigned> slotOf;
  for (auto [slot, place] : llvm::enumerate(code.slots))
    if (std::optional<unsigned> variable =
            proof.findArgument(firstArgument + place.component, place.lane,
                               std::max(place.bit, 0)))
      slotOf[*variable] = slot;
  row.constant = 0;
  row.coefficients.assign(code.slots.size(), 0);
  for (auto [monomial, coefficient] : sum) {
    int64_t reduced = reduce32(coefficient);
    if (!reduced)
      continue;
    ArrayRef<unsigned> factors = proof.getFactors(monomial);
    if (factors.empty()) {
      row.constant = reduced;
      continue;
    }
    auto slot = slotOf.find(factors[0]);
    if (factors.size() != 1 || slot == slotOf.end())
      return fail("the result is not linear in the state, or depends on that "
                  "of another accumulator");
    row.coefficients[slot->second] = reduced;
  }
  // Where the value of a narrow sum goes it does so modulo 2^width.
  for (auto [slot, coefficient] : llvm::enumerate(row.coefficients)) {
    unsigned component = code.slots[slot].component;
    unsigned width = code.stateTypes[component].width;
    if (code.isSum(component) && width < 32 &&
        coefficient % (int64_t(1) << (32 - width)))
      return fail("sums of " + Twine(width) + " bits may wrap around");
  }
  return true;
}

// 1, after the last pass.
bool FactChecker::addFinish() {
  FunctionProof proof(*code.finish, set, obligations);
  for (unsigned i = 0; i < kernel.group; ++i)
    addState(proof, 0, kernel.passes.size());
  if (!cut(proof))
    return fail(proof, "");
  check.rows.resize(kernel.passes.size() + 1);
  std::vector<LinearRow> &rows = check.rows.back();
  for (unsigned output = 0; output < code.numOutputs(); ++output) {
    bool isReduction = kernel.spec.lanesAreReduction;
    LinearRow row;
    row.output = output;
    row.accumulator = isReduction ? output : 0;
    Expression given;
    FunctionProof::Term term = proof.getLane(0, output);
    addTo(given, term.variable ? monomialOf(proof, *term.variable) : 0,
          term.variable ? 1 : term.constant);
    std::optional<Expression> sum = proof.express(given);
    if (!sum)
      return fail(proof, "");
    if (!readRow(proof, *sum, row.accumulator * code.stateTypes.size(), row))
      return false;
    rows.push_back(std::move(row));
  }
  // Accumulators of which nothing differs are proved once.
  if (kernel.spec.lanesAreReduction)
    rows.erase(std::unique(rows.begin(), rows.end(),
                           [](const LinearRow &a, const LinearRow &b) {
                             return a.constant == b.constant &&
                                    a.coefficients == b.coefficients;
                           }),
               rows.end());
  return true;
}

// 1 and 3 of a pass.
bool FactChecker::addEnd(unsigned pass) {
  std::vector<LinearRow> &rows = check.rows[pass];
  rows = check.rows[pass + 1];
  if (!code.passes[pass].end) {
    // Counters and bits stay zero, and do not count.
    for (LinearRow &row : rows)
      for (auto [slot, coefficient] : llvm::enumerate(row.coefficients))
        if (!code.isSum(code.slots[slot].component))
          coefficient = 0;
    return true;
  }
  FunctionProof proof(*code.passes[pass].end, set, obligations);
  addState(proof, kernel.passes[pass].capacity, pass);
  if (!cut(proof) || !isZero(proof, [](unsigned) { return true; }))
    return fail(proof, "@" + code.passes[pass].end->name +
                           ": counters or bits are not zero");
  for (LinearRow &row : rows) {
    std::optional<Expression> sum = apply(proof, row);
    if (!sum)
      return fail(proof, "");
    if (!readRow(proof, *sum, 0, row))
      return false;
  }
  return true;
}

// 4.
bool FactChecker::addFlush(unsigned pass) {
  if (!code.passes[pass].flush)
    return true;
  FunctionProof proof(*code.passes[pass].flush, set, obligations);
  addState(proof, kernel.passes[pass].capacity, pass);
  if (!cut(proof) || !isZero(proof, [&](unsigned i) {
        return code.isCounter(i) || !code.isActive(pass, i);
      }))
    return fail(proof, "@" + code.passes[pass].flush->name +
                           ": counters are not zero");
  for (const LinearRow &row : check.rows[pass]) {
    Expression expected;
    addRow(proof, expected, row, 0);
    std::optional<Expression> actual = apply(proof, row);
    if (!actual || !areEqual(*actual, expected))
      return fail(proof,
                  "@" + code.passes[pass].flush->name + ": changes the result");
  }
  return true;
}

// 5 and 6, and 3 if there is no @end.
bool FactChecker::addStep(unsigned pass, unsigned index) {
  const KernelPass &kernelPass = kernel.passes[pass];
  const KernelStep &step = kernelPass.steps[index];
  const KernelFunction &function = code.passes[pass].steps[index];
  FunctionProof proof(function, set, obligations);
  addState(proof, int64_t(kernelPass.capacity) - step.cost, pass);
  for (unsigned i = 0; i < step.words; ++i)
    for (unsigned plane : kernelPass.planes)
      proof.addBits(/*isWord=*/true, code.isSharedByLanes(plane));
  if (!cut(proof))
    return fail(proof, "");
  if (!isZero(proof, [&](unsigned i) { return !code.isActive(pass, i); }))
    return fail(proof, "@" + function.name + ": counters or bits are set");

  for (unsigned i = 0; i < code.stateTypes.size(); ++i) {
    if (!code.isCounter(i) || !code.isActive(pass, i))
      continue;
    bool isSigned = kernel.stateKinds[i] == StateKind::SignedCounter;
    int64_t largest = code.getCounterLimit(i, INT64_MAX);
    for (unsigned lane = 0; lane < code.stateTypes[i].lanes; ++lane) {
      FunctionProof::Term term = proof.getLane(i, lane);
      if (!proof.getReason().empty())
        return fail(proof, "");
      if (term.isModular || term.min < (isSigned ? -largest - 1 : 0) ||
          term.max > largest)
        return fail("@" + function.name + ": a counter may wrap around");
      if (!term.variable) {
        if (std::abs(term.constant) > int64_t(step.cost))
          return fail("@" + function.name + ": a counter is set");
        continue;
      }
      if (!proof.bound(*term.variable, step.cost, isSigned))
        return fail(proof, "");
    }
  }

  size_t numStates = code.stateTypes.size(),
         numPlanes = kernelPass.planes.size();
  for (const LinearRow &row : check.rows[pass]) {
    std::optional<Expression> actual = apply(proof, row);
    if (!actual)
      return fail(proof, "");
    if (step.words == 1 && &row == &check.rows[pass].front())
      readContribution(proof, pass, row, *actual);
    Expression expected;
    addRow(proof, expected, row, 0);
    for (auto [planes, coefficient] :
         check.passes[pass].contribution.getTerms())
      for (unsigned position = 0; position < step.words; ++position)
        for (unsigned lane = 0; lane < code.wordType.lanes; ++lane) {
          if (!code.feeds(lane, row.output))
            continue;
          for (unsigned bit = 0; bit < code.wordType.width; ++bit) {
            SmallVector<unsigned> factors;
            for (auto [i, plane] : llvm::enumerate(kernelPass.planes))
              if (planes >> plane & 1)
                factors.push_back(proof.getArgument(
                    numStates + position * numPlanes + i, lane, bit));
            addTo(expected, monomialOf(proof, factors), coefficient);
          }
        }
    if (!areEqual(*actual, expected))
      return fail("@" + function.name + ": adds something else than " +
                  check.passes[pass].contribution.str() +
                  " of each bit, in output " + Twine(row.output));
  }
  return true;
}

void FactChecker::readContribution(FunctionProof &proof, unsigned pass,
                                   const LinearRow &row,
                                   const Expression &sum) {
  unsigned lane = kernel.spec.lanesAreReduction ? 0 : row.output;
  std::map<unsigned, unsigned> planeOf;
  for (auto [i, plane] : llvm::enumerate(kernel.passes[pass].planes))
    planeOf[proof.getArgument(code.stateTypes.size() + i, lane, 0)] = plane;
  BitPolynomial &contribution = check.passes[pass].contribution;
  contribution = BitPolynomial();
  for (auto [monomial, coefficient] : sum) {
    BitPolynomial term = BitPolynomial::constant(reduce32(coefficient));
    ArrayRef<unsigned> factors = proof.getFactors(monomial);
    bool isOfWords = !factors.empty();
    for (unsigned factor : factors) {
      auto plane = planeOf.find(factor);
      isOfWords &= plane != planeOf.end();
      if (isOfWords)
        term = term * BitPolynomial::variable(plane->second);
    }
    if (isOfWords)
      contribution = contribution + term;
  }
}

// 2 and 7.
bool FactChecker::addSpec() {
  for (const LinearRow &row : check.rows[0])
    if (row.constant)
      return fail("the sum of nothing is " + Twine(row.constant));
  BitPolynomial total;
  for (const PassProof &pass : check.passes)
    total = total + pass.contribution;
  if (!(total == kernel.spec.polynomial))
    return fail("the kernel computes " + total.str() + " rather than " +
                kernel.spec.polynomial.str());
  std::map<BitPolynomial::Monomial, std::string> names;
  auto makeSum = [&](const BitPolynomial &polynomial) {
    std::string text = "(+ 0";
    for (auto [planes, coefficient] : polynomial.getTerms()) {
      std::string &name = names[planes];
      if (name.empty()) {
        name = "b";
        for (unsigned plane = 0; plane < BitPolynomial::kMaxVariables; ++plane)
          if (planes >> plane & 1)
            name += "." + std::to_string(plane);
      }
      text += coefficient < 0
                  ? llvm::formatv(" (* (- {0}) {1})", -coefficient, name).str()
                  : llvm::formatv(" (* {0} {1})", coefficient, name).str();
    }
    return text + ")";
  };
  std::string sum = "(+ 0";
  for (const PassProof &pass : check.passes)
    sum += " " + makeSum(pass.contribution);
  sum += ")";
  std::string claim =
      "(= " + sum + "\n  " + makeSum(kernel.spec.polynomial) + ")";
  std::string text = "(set-logic QF_LIA)\n";
  for (auto &[planes, name] : names)
    text += "(declare-const " + name + " Int)\n";
  text += "(assert (not " + claim + "))\n(check-sat)\n";
  obligations.add(Obligation::Kind::Link,
                  "The contributions of all passes add up to the polynomial of "
                  "the specification.\nb.i.j is the product of planes i and j.",
                  text);
  return true;
}

bool FactChecker::run() {
  check.passes.resize(kernel.passes.size());
  if (!addFinish())
    return false;
  for (unsigned pass = kernel.passes.size(); pass-- > 0;) {
    check.passes[pass].capacity = kernel.passes[pass].capacity;
    if (!addEnd(pass) || !addFlush(pass))
      return false;
    // The last step takes one word, and says what the contribution is.
    for (unsigned step = kernel.passes[pass].steps.size(); step-- > 0;)
      if (!addStep(pass, step))
        return false;
  }
  return addSpec();
}

LinearCheck mlir::bitserial::checkFacts(const KernelCode &code,
                                        const InstructionSet &set,
                                        ObligationSet &obligations) {
  FactChecker checker(code, set, obligations);
  checker.check.holds = checker.run();
  return std::move(checker.check);
}
